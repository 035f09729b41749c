//! How like two units are: the words that they share, weighed by how few units have them; the better of "alike as a whole"
//! and "one holds the other". Knows words, no order and no law.

use super::side::{Side, Token};
use std::collections::HashMap;

/// What a party's name is worth beside a word: everybody acts everywhere.
const PARTY: f32 = 0.3;
/// What it is worth beside a word how a party stands: who acts, upon whom.
const CASE: f32 = 1.0;
/// What a quantity is worth: it is what changes.
const QUANTITY: f32 = 0.3;
/// What two neighbouring words are worth beside each of them.
const NEIGHBOURS: f32 = 0.35;
/// Likeness below which two units are not considered.
const FLOOR: f32 = 0.08;
/// A word is looked for in so many units, those first in the text; contracts of 60 pages have some 400.
const COMMON: usize = 1_500;
/// How many clauses each provision is considered with, the likest ones.
pub(super) const CONSIDERED: usize = 14;

/// Two units and how like they are; all from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Likeness {
    /// The other side's unit.
    pub other: usize,
    /// Share of common words in both (Dice).
    pub both: f32,
    /// Share of the base's words that stand close together in the other.
    pub base: f32,
    /// Share of the other's words that stand close together in the base.
    pub contract: f32,
}

impl Likeness {
    /// The likeness that counts: of the whole, or of the part that holds the other.
    pub(super) fn whole(&self) -> f32 {
        self.both.max(0.85 * self.base.min(1.0)).max(0.7 * self.contract.min(1.0)).min(1.0)
    }
}

/// What each word is worth between two sides: the fewer units have it, the more.
#[derive(Clone, Debug)]
pub(crate) struct Worth(HashMap<u64, f32>);

impl Worth {
    /// What a word is worth.
    pub(crate) fn of(&self, key: u64) -> f32 {
        self.0.get(&key).copied().unwrap_or(1.0)
    }
}

/// The words of a unit, sorted, with what each is worth.
struct Bag {
    words: Vec<(u64, f32)>,
    weight: f32,
    length: usize,
}

/// Likeness between the units of two sides.
pub(crate) struct Scorer<'s> {
    base: &'s Side,
    other: &'s Side,
    worth: Worth,
    base_bags: Vec<Bag>,
    other_bags: Vec<Bag>,
}

/// Two words side by side, as one.
fn pair(a: u64, b: u64) -> u64 {
    a.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b
}

fn features(tokens: &[Token]) -> Vec<(u64, f32)> {
    let mut features = Vec::with_capacity(tokens.len() * 2);
    let mut before: Option<u64> = None;
    for token in tokens.iter().filter(|token| !token.empty) {
        let share = match token {
            Token { party: Some(_), .. } => PARTY,
            Token { quantity: Some(_), .. } => QUANTITY,
            _ => 1.0,
        };
        features.push((token.key, share));
        // Who acts upon whom tells two clauses apart that say the same of either party.
        if let Some((_, case)) = token.party {
            features.push((pair(token.key, case as u64 + 1), CASE));
        }
        if token.party.is_none() && token.quantity.is_none() {
            if let Some(before) = before {
                features.push((pair(before, token.key), NEIGHBOURS));
            }
            before = Some(token.key);
        }
    }
    features
}

impl<'s> Scorer<'s> {
    pub(crate) fn new(base: &'s Side, other: &'s Side) -> Self {
        let raw = |side: &Side| -> Vec<Vec<(u64, f32)>> {
            (0..side.units.len()).map(|unit| features(side.unit_tokens(unit))).collect()
        };
        let (base_raw, other_raw) = (raw(base), raw(other));
        let mut units_with: HashMap<u64, u32> = HashMap::new();
        for unit in base_raw.iter().chain(&other_raw) {
            let mut keys: Vec<u64> = unit.iter().map(|(key, _)| *key).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                *units_with.entry(key).or_default() += 1;
            }
        }
        let all = (base_raw.len() + other_raw.len()) as f32;
        let worth =
            Worth(units_with.iter().map(|(key, with)| (*key, (1.0 + all / *with as f32).ln())).collect());
        let bag = |raw: &Vec<(u64, f32)>| {
            let mut words: Vec<(u64, f32)> =
                raw.iter().map(|(key, share)| (*key, share * worth.of(*key))).collect();
            words.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            let weight = words.iter().map(|(_, worth)| worth).sum();
            Bag { weight, length: raw.len(), words }
        };
        let base_bags = base_raw.iter().map(bag).collect();
        let other_bags = other_raw.iter().map(bag).collect();
        Self { base, other, worth, base_bags, other_bags }
    }

    /// What each word is worth.
    pub(crate) fn into_worth(self) -> Worth {
        self.worth
    }

    /// For every unit of the base the likest units of the other side, likest first; equal ones in text order.
    pub(crate) fn candidates(&self) -> Vec<Vec<Likeness>> {
        let mut holders: HashMap<u64, Vec<(u32, f32)>> = HashMap::new();
        for (unit, bag) in self.other_bags.iter().enumerate() {
            for (key, times) in counted(&bag.words) {
                holders.entry(key).or_default().push((unit as u32, times));
            }
        }
        let mut shared = vec![0.0_f32; self.other_bags.len()];
        let mut met: Vec<usize> = Vec::new();
        let mut candidates = Vec::with_capacity(self.base_bags.len());
        for (unit, bag) in self.base_bags.iter().enumerate() {
            for (key, worth) in counted(&bag.words) {
                let holders = holders.get(&key).map(Vec::as_slice).unwrap_or_default();
                // A word that everybody has finds nobody; a document of equal lines must not cost its square.
                for (other, times) in holders.iter().take(COMMON) {
                    let other = *other as usize;
                    if shared[other] == 0.0 {
                        met.push(other);
                    }
                    shared[other] += worth.min(*times);
                }
            }
            met.sort_unstable();
            let mut likely: Vec<Likeness> = met
                .drain(..)
                .map(|other| self.likeness(unit, other, std::mem::take(&mut shared[other])))
                .filter(|likeness| likeness.whole() >= FLOOR)
                .collect();
            likely.sort_by(|a, b| b.whole().total_cmp(&a.whole()).then(a.other.cmp(&b.other)));
            likely.truncate(CONSIDERED);
            candidates.push(likely);
        }
        candidates
    }

    fn likeness(&self, unit: usize, other: usize, common: f32) -> Likeness {
        let (a, b) = (&self.base_bags[unit], &self.other_bags[other]);
        let both = 2.0 * common / (a.weight + b.weight).max(f32::EPSILON);
        let mut likeness = Likeness { other, both, base: 0.0, contract: 0.0 };
        // A part of something longer: what counts is what stands together there. A few words are found anywhere.
        if b.length > a.length * 2 && a.length >= 4 && common > 0.35 * a.weight {
            likeness.base = self.held(self.base.unit_tokens(unit), a.weight, self.other.unit_tokens(other));
        }
        if a.length > b.length * 2 && b.length >= 4 && common > 0.35 * b.weight {
            likeness.contract =
                self.held(self.other.unit_tokens(other), b.weight, self.base.unit_tokens(unit));
        }
        likeness
    }

    /// How much of `part` stands together somewhere in `whole`: the best window of twice its length.
    fn held(&self, part: &[Token], weight: f32, whole: &[Token]) -> f32 {
        let wanted: HashMap<u64, f32> = counted(&sorted(features(part), &self.worth)).collect();
        let found = features(whole);
        let window = features(part).len() * 2 + 4;
        let mut inside: HashMap<u64, f32> = HashMap::new();
        let (mut common, mut best) = (0.0_f32, 0.0_f32);
        for (at, (key, share)) in found.iter().enumerate() {
            if let Some(limit) = wanted.get(key) {
                let have = inside.entry(*key).or_default();
                let before = have.min(*limit);
                *have += share * self.worth.of(*key);
                common += have.min(*limit) - before;
            }
            if let Some((key, share)) = at.checked_sub(window).map(|gone| found[gone])
                && let Some(limit) = wanted.get(&key)
                && let Some(have) = inside.get_mut(&key)
            {
                let before = have.min(*limit);
                *have -= share * self.worth.of(key);
                common += have.min(*limit) - before;
            }
            best = best.max(common);
        }
        (best / weight.max(f32::EPSILON)).min(1.0)
    }

    /// The words that two units share, the most telling ones first.
    pub(crate) fn common(&self, unit: usize, other: usize) -> Vec<(u64, f32)> {
        let theirs: HashMap<u64, f32> = counted(&self.other_bags[other].words).collect();
        let mut common: Vec<(u64, f32)> = counted(&self.base_bags[unit].words)
            .filter_map(|(key, worth)| Some((key, worth.min(*theirs.get(&key)?))))
            .collect();
        common.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        common
    }
}

fn sorted(features: Vec<(u64, f32)>, worth: &Worth) -> Vec<(u64, f32)> {
    let mut words: Vec<(u64, f32)> =
        features.into_iter().map(|(key, share)| (key, share * worth.of(key))).collect();
    words.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    words
}

/// Every word once, with all that its occurrences are worth.
fn counted(words: &[(u64, f32)]) -> impl Iterator<Item = (u64, f32)> + '_ {
    words.chunk_by(|a, b| a.0 == b.0).filter_map(|same| {
        let key = same.first()?.0;
        Some((key, same.iter().map(|(_, worth)| worth).sum()))
    })
}

/// The share of common keys in two lists (Dice).
pub(super) fn dice(a: &[u64], b: &[u64]) -> f32 {
    let common = a.iter().filter(|key| b.contains(key)).count();
    if a.is_empty() || b.is_empty() { 0.0 } else { 2.0 * common as f32 / (a.len() + b.len()) as f32 }
}
