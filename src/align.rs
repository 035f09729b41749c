//! Alignment: which clauses of a contract carry which provisions of the base, many to many. No I/O; cannot fail.
//!
//! Both sides are cut into units ([`Side`]); [`score`] says how like two units are by their words, `assign` finds the one
//! assignment with the greatest sum, and this module adds what words do not say: headings, topics, what stands around. The
//! order of clauses is a hint, never a law. What is left over is attached to what holds it: merged and split clauses.

mod assign;
pub(crate) mod change;
pub(crate) mod mark;
mod order;
mod score;
mod side;

pub(crate) use score::Worth;
pub use side::Side;
pub(crate) use side::key;

use crate::clause::Level;
use crate::report::Relation;
use score::{Likeness, Scorer};
use std::collections::{BTreeMap, BTreeSet};

/// From this likeness on two units carry the same matter.
const LEAST: f32 = 0.36;
/// Below this likeness of their words nothing around two units makes them alike.
const WORDS: f32 = 0.2;
/// A unit that another holds to this share is part of it.
const HELD: f32 = 0.62;
/// From this share of its words on a short unit lies in a clause that holds what stands around it.
const HELD_SHORT: f32 = 0.7;
/// The same where what stands around them is beside each other already.
const HELD_NEAR: f32 = 0.42;
/// From this score on a clause is a copy of its provision.
const COPIED: f32 = 0.95;
/// From this likeness on two units that carry the same topic stand beside each other where little is copied.
const BY_TOPIC: f32 = 0.12;
/// What equal headings, a common topic and neighbours add at most.
const HEADING: f32 = 0.10;
const TOPIC: f32 = 0.10;
const ARTICLE: f32 = 0.12;
const PARENT: f32 = 0.08;
const NEIGHBOUR: f32 = 0.04;
const ORDER: f32 = 0.03;
/// The greatest score: the same words with all that can stand around them.
const TOP: f32 = 1.35;
/// How often what stands around is looked at anew.
const ROUNDS: usize = 3;

/// What is known of the units beside their words: the topics that they carry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hints {
    /// For each unit of the base.
    pub base: Vec<BTreeSet<usize>>,
    /// For each unit of the contract.
    pub contract: Vec<BTreeSet<usize>>,
}

/// One provision beside one clause, as far as it can be told why.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    pub base: usize,
    pub contract: usize,
    /// From 0 to 1.
    pub score: f32,
    pub reasons: Vec<Reason>,
}

/// Why two units stand beside each other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reason {
    /// Share of common words in hundredths, and the most telling of them.
    Words(u8, Vec<String>),
    /// The base's unit stands within the clause, to this share in hundredths.
    Within(u8),
    /// The clause is part of the base's unit.
    Part(u8),
    /// Their articles have like headings.
    Heading(String, String),
    /// They carry the same topic, by its number.
    Topic(usize),
    /// Their articles stand beside each other otherwise too.
    Article,
    /// What leads into them stands beside each other.
    Parent,
    /// What stands before or behind them does.
    Neighbours,
}

/// Units of the base and of the contract that belong together; one side is empty where the other has nothing like it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub base: Vec<usize>,
    pub contract: Vec<usize>,
    pub pairs: Vec<Pair>,
    /// Whether it stands elsewhere than its neighbours do.
    pub moved: bool,
}

impl Group {
    pub(crate) fn score(&self) -> f32 {
        self.pairs.iter().map(|pair| pair.score).fold(0.0, f32::max)
    }

    /// How it relates as long as no difference in substance is known.
    pub(crate) fn relation(&self) -> Relation {
        match (self.base.is_empty(), self.contract.is_empty()) {
            (true, _) => Relation::Extra,
            (_, true) => Relation::Missing,
            _ if self.moved => Relation::Moved,
            _ => Relation::Same,
        }
    }
}

/// Lays a contract beside its base. Groups come in the base's order; what is extra follows what it stands behind.
/// Also tells what each word is worth between the two.
pub(crate) fn align(base: &Side, contract: &Side, hints: &Hints) -> (Vec<Group>, Worth) {
    let scorer = Scorer::new(base, contract);
    let aligner = Aligner { base, contract, hints, candidates: scorer.candidates(), scorer };
    let assigned = aligner.assigned();
    let pairs = aligner.attached(assigned);
    (order::ordered(groups(base, contract, pairs), base, contract), aligner.scorer.into_worth())
}

struct Aligner<'s> {
    base: &'s Side,
    contract: &'s Side,
    hints: &'s Hints,
    scorer: Scorer<'s>,
    candidates: Vec<Vec<Likeness>>,
}

/// What stands beside what so far.
struct State {
    of_base: Vec<Option<usize>>,
    of_contract: Vec<Option<usize>>,
    /// How much of two articles stands beside each other, from 0 to 1.
    articles: BTreeMap<(usize, usize), f32>,
}

impl State {
    fn new(base: &Side, contract: &Side, of_base: Vec<Option<usize>>) -> Self {
        let mut of_contract = vec![None; contract.units.len()];
        let mut articles: BTreeMap<(usize, usize), f32> = BTreeMap::new();
        for (unit, other) in of_base.iter().enumerate() {
            if let Some(other) = other {
                of_contract[*other] = Some(unit);
                let at = (base.units[unit].article, contract.units[*other].article);
                *articles.entry(at).or_default() += 1.0;
            }
        }
        let count = |side: &Side| {
            let mut count = vec![0.0_f32; side.articles.len()];
            side.units.iter().for_each(|unit| count[unit.article] += 1.0);
            count
        };
        let (ours, theirs) = (count(base), count(contract));
        for ((a, b), common) in &mut articles {
            *common = (*common / ours[*a].min(theirs[*b]).max(1.0)).min(1.0);
        }
        Self { of_base, of_contract, articles }
    }
}

impl<'s> Aligner<'s> {
    /// The one-to-one assignment, found anew as long as what stands around tells more.
    fn assigned(&self) -> State {
        let none = vec![None; self.base.units.len()];
        let mut state = State::new(self.base, self.contract, none);
        for _ in 0..ROUNDS {
            let pairs: Vec<Vec<(usize, f32)>> = self
                .candidates
                .iter()
                .enumerate()
                .map(|(unit, candidates)| {
                    candidates
                        .iter()
                        .map(|likeness| (likeness.other, self.score(unit, likeness, &state) / TOP))
                        .collect()
                })
                .collect();
            let assigned = assign::assign(&pairs, self.contract.units.len(), LEAST / TOP);
            let settled = assigned == state.of_base;
            state = State::new(self.base, self.contract, assigned);
            if settled {
                break;
            }
        }
        state
    }

    /// Likeness with all that speaks for it, from 0 to [`TOP`]: also among equal words what stands around decides.
    fn score(&self, unit: usize, likeness: &Likeness, state: &State) -> f32 {
        let around = self.around(unit, likeness.other, state);
        // What stands around makes a likely pair more likely; it makes none of itself.
        let words = likeness.whole();
        if words < WORDS {
            return words;
        }
        words + (around * (0.4 + words)).min(TOP - 1.0)
    }

    fn around(&self, unit: usize, other: usize, state: &State) -> f32 {
        let (a, b) = (&self.base.units[unit], &self.contract.units[other]);
        let heading =
            score::dice(&self.base.articles[a.article].keys, &self.contract.articles[b.article].keys);
        let topic = f32::from(u8::from(self.common_topic(unit, other).is_some()));
        let article = state.articles.get(&(a.article, b.article)).copied().unwrap_or(0.0);
        let parent = match (a.parent, b.parent) {
            (Some(a), Some(b)) if state.of_base[a] == Some(b) => 1.0,
            _ => 0.0,
        };
        let near = |step: isize| {
            let beside = |at: usize, len: usize| at.checked_add_signed(step).filter(|&at| at < len);
            let (a, b) = (beside(unit, self.base.units.len()), beside(other, self.contract.units.len()));
            matches!((a, b), (Some(a), Some(b)) if state.of_base[a] == Some(b))
        };
        let neighbours = f32::from(u8::from(near(-1))) + f32::from(u8::from(near(1)));
        let place = |at: usize, len: usize| at as f32 / len.max(1) as f32;
        let apart = (place(unit, self.base.units.len()) - place(other, self.contract.units.len())).abs();
        let level = if a.level == b.level { 0.02 } else { 0.0 };
        HEADING * heading
            + TOPIC * topic
            + ARTICLE * article
            + PARENT * parent
            + NEIGHBOUR * neighbours
            + ORDER * (1.0 - apart)
            + level
    }

    fn common_topic(&self, unit: usize, other: usize) -> Option<usize> {
        let (ours, theirs) = (self.hints.base.get(unit)?, self.hints.contract.get(other)?);
        ours.intersection(theirs).next().copied()
    }

    /// The assigned pairs, and those that hold what is left over.
    fn attached(&self, state: State) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = Vec::new();
        for (unit, other) in state.of_base.iter().enumerate() {
            if let Some(other) = other
                && let Some(likeness) = self.candidates[unit].iter().find(|one| one.other == *other)
            {
                pairs.push(self.pair(unit, likeness, &state));
            }
        }
        // Several provisions in one clause: what is left over stands within what another has got.
        for unit in (0..self.base.units.len()).filter(|&unit| state.of_base[unit].is_none()) {
            let holder = self.best_holder(unit, &state).or_else(|| self.holder_beside(unit, &state));
            if let Some(likeness) = holder {
                pairs.push(self.pair(unit, &likeness, &state));
            }
        }
        self.add_by_topic(&state, &mut pairs);
        // Items of one list that few words tell from others: the same number below the same lead.
        for unit in (0..self.base.units.len()).filter(|&unit| state.of_base[unit].is_none()) {
            let held = pairs.iter().any(|pair| pair.base == unit);
            if let Some(likeness) = self.same_item(unit, &state).filter(|_| !held) {
                pairs.push(self.pair(unit, &likeness, &state));
            }
        }
        // One provision in several clauses.
        let mut by_contract: BTreeMap<usize, Vec<(usize, &Likeness)>> = BTreeMap::new();
        for (unit, candidates) in self.candidates.iter().enumerate() {
            for likeness in candidates.iter().filter(|one| state.of_contract[one.other].is_none()) {
                by_contract.entry(likeness.other).or_default().push((unit, likeness));
            }
        }
        for (other, candidates) in by_contract {
            let part = |unit: usize, likeness: &Likeness| {
                let near = self.is_near(unit, other, &state);
                let share = likeness.contract.max(if self.is_short(other) { 0.0 } else { likeness.both });
                let least = if near { HELD_NEAR } else { HELD };
                (share >= least && self.goes_on(unit, other, &state, near)).then_some(share)
            };
            let best = candidates
                .into_iter()
                .filter_map(|(unit, likeness)| Some((part(unit, likeness)?, unit, likeness)))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((_, unit, likeness)) = best {
                pairs.push(self.pair(unit, likeness, &state));
            }
        }
        pairs
    }

    /// In a contract that words nearly everything otherwise, a provision stands beside the likest clause of its topic:
    /// what was found to carry a matter carries it, whatever its words. One that copies the base has no need of it.
    fn add_by_topic(&self, state: &State, pairs: &mut Vec<Pair>) {
        let copied = pairs.iter().filter(|pair| pair.score >= COPIED).count();
        if copied * 3 > self.base.units.len() {
            return;
        }
        let held: BTreeSet<usize> = pairs.iter().map(|pair| pair.base).collect();
        for unit in (0..self.base.units.len()).filter(|unit| !held.contains(unit)) {
            if self.base.units[unit].level >= Level::Item {
                continue;
            }
            let best = self.candidates[unit]
                .iter()
                .filter(|likeness| {
                    likeness.whole() >= BY_TOPIC && self.common_topic(unit, likeness.other).is_some()
                })
                .max_by(|a, b| {
                    let score = |one: &Likeness| self.score(unit, one, state);
                    score(a).total_cmp(&score(b)).then(b.other.cmp(&a.other))
                });
            if let Some(likeness) = best {
                pairs.push(self.pair(unit, likeness, state));
            }
        }
    }

    /// The item of the contract that has the same number below the same lead and nothing beside it yet.
    fn same_item(&self, unit: usize, state: &State) -> Option<Likeness> {
        let own = &self.base.units[unit];
        let lead = state.of_base[own.parent?]?;
        let other = self.contract.units.iter().enumerate().skip(lead + 1).find(|(at, other)| {
            other.parent == Some(lead)
                && state.of_contract[*at].is_none()
                && last_step(&other.path) == last_step(&own.path)
        })?;
        let likeness = self.candidates[unit].iter().find(|one| one.other == other.0).copied();
        let short = |tokens: &[side::Token]| tokens.iter().filter(|token| !token.empty).count() < 5;
        let few = short(self.base.unit_tokens(unit)) && short(self.contract.unit_tokens(other.0));
        let other = Likeness { other: other.0, ..Likeness::default() };
        likeness.filter(|one| one.whole() >= 0.15 || few).or(few.then_some(other))
    }

    fn is_short(&self, other: usize) -> bool {
        self.contract.unit_tokens(other).iter().filter(|token| !token.empty).count() < 4
    }

    /// The clause that holds a provision which has none of its own.
    fn best_holder(&self, unit: usize, state: &State) -> Option<Likeness> {
        self.candidates[unit]
            .iter()
            .filter(|likeness| {
                let near = self.is_near(unit, likeness.other, state);
                let share = likeness.base.max(likeness.both);
                // An item lies in its own list or nowhere: other lists have items like it.
                let item = self.base.units[unit].level >= Level::Item;
                let beside = state.of_contract[likeness.other];
                beside.is_some_and(|beside| self.adds(unit, beside, likeness.other, near))
                    && share >= if near { HELD_NEAR } else { HELD }
                    && (near || !item)
            })
            .max_by(|a, b| {
                let score = |one: &Likeness| self.score(unit, one, state);
                score(a).total_cmp(&score(b)).then(b.other.cmp(&a.other))
            })
            .copied()
    }

    /// Whether a clause says what this unit of the base says beyond what the unit beside it says already: two powers in the
    /// same words but one are two.
    fn adds(&self, unit: usize, beside: usize, other: usize, near: bool) -> bool {
        let said: BTreeSet<u64> = told(self.base.unit_tokens(beside)).collect();
        let theirs: BTreeSet<u64> = told(self.contract.unit_tokens(other)).collect();
        more(self.base.unit_tokens(unit), &said, &theirs, near)
    }

    /// The same for a clause of the contract beside a unit of the base that has its clause already.
    fn goes_on(&self, unit: usize, other: usize, state: &State, near: bool) -> bool {
        let Some(beside) = state.of_base[unit] else { return false };
        let said: BTreeSet<u64> = told(self.contract.unit_tokens(beside)).collect();
        let ours: BTreeSet<u64> = told(self.base.unit_tokens(unit)).collect();
        more(self.contract.unit_tokens(other), &said, &ours, near)
    }

    /// The clause that holds what stands around a unit (its lead, its items, its fellows) and its own words too, however
    /// few they are.
    fn holder_beside(&self, unit: usize, state: &State) -> Option<Likeness> {
        let own = &self.base.units[unit];
        let words: Vec<u64> = told(self.base.unit_tokens(unit)).collect();
        let kin = |other: usize| {
            let one = &self.base.units[other];
            one.article == own.article
                && (own.parent == Some(other)
                    || one.parent == Some(unit)
                    || own.parent.is_some() && one.parent == own.parent)
        };
        let mut best: Option<(f32, Likeness)> = None;
        for other in
            (0..self.base.units.len()).filter(|&other| kin(other)).filter_map(|kin| state.of_base[kin])
        {
            let theirs: BTreeSet<u64> = told(self.contract.unit_tokens(other)).collect();
            let common = words.iter().filter(|word| theirs.contains(word)).count();
            let share = common as f32 / words.len().max(1) as f32;
            if share >= HELD_SHORT && best.is_none_or(|(top, _)| share > top) {
                let known = self.candidates[unit].iter().find(|one| one.other == other).copied();
                let likeness = known.unwrap_or(Likeness { other, ..Likeness::default() });
                best = Some((share, Likeness { base: likeness.base.max(share), ..likeness }));
            }
        }
        best.map(|(_, likeness)| likeness)
    }

    /// Whether what leads into a unit, or its article, stands beside the other's.
    fn is_near(&self, unit: usize, other: usize, state: &State) -> bool {
        let (a, b) = (&self.base.units[unit], &self.contract.units[other]);
        let led = a.parent.is_some_and(|parent| {
            state.of_base[parent] == Some(other)
                || state.of_base[parent].is_some_and(|beside| Some(beside) == b.parent)
        });
        led || state.articles.get(&(a.article, b.article)).is_some_and(|common| *common >= 0.5)
    }

    fn pair(&self, unit: usize, likeness: &Likeness, state: &State) -> Pair {
        let hundredths = |share: f32| (share * 100.0).round().clamp(0.0, 100.0) as u8;
        let other = likeness.other;
        let (a, b) = (&self.base.units[unit], &self.contract.units[other]);
        let mut reasons = vec![Reason::Words(hundredths(likeness.both), self.telling(unit, other))];
        if likeness.base > likeness.both {
            reasons.push(Reason::Within(hundredths(likeness.base)));
        }
        if likeness.contract > likeness.both {
            reasons.push(Reason::Part(hundredths(likeness.contract)));
        }
        let (ours, theirs) = (&self.base.articles[a.article], &self.contract.articles[b.article]);
        if score::dice(&ours.keys, &theirs.keys) >= 0.5
            && let (Some(ours), Some(theirs)) = (&ours.heading, &theirs.heading)
        {
            reasons.push(Reason::Heading(ours.clone(), theirs.clone()));
        }
        reasons.extend(self.common_topic(unit, other).map(Reason::Topic));
        if state.articles.get(&(a.article, b.article)).is_some_and(|common| *common >= 0.5) {
            reasons.push(Reason::Article);
        }
        if let (Some(a), Some(b)) = (a.parent, b.parent)
            && state.of_base[a] == Some(b)
        {
            reasons.push(Reason::Parent);
        }
        let beside = |a: Option<usize>, b: Option<usize>| {
            a.zip(b).is_some_and(|(a, b)| state.of_base.get(a).copied().flatten() == Some(b))
        };
        if beside(unit.checked_sub(1), other.checked_sub(1)) || beside(Some(unit + 1), Some(other + 1)) {
            reasons.push(Reason::Neighbours);
        }
        Pair { base: unit, contract: other, score: self.score(unit, likeness, state).min(1.0), reasons }
    }

    /// The words that tell most of what two units share, as the contract writes them.
    fn telling(&self, unit: usize, other: usize) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for (key, _) in self.scorer.common(unit, other) {
            let token = self.contract.unit_tokens(other).iter().find(|token| token.key == key);
            let word = token.map(|token| token.span.of(&self.contract.text).to_owned());
            if let Some(word) = word.filter(|word| word.chars().count() > 1 && !words.contains(word)) {
                words.push(word);
            }
            if words.len() == 4 {
                break;
            }
        }
        words
    }
}

/// Whether what `tokens` say beyond `said` is mostly among `there`; when they say nothing more, whether they stand near.
fn more(tokens: &[side::Token], said: &BTreeSet<u64>, there: &BTreeSet<u64>, near: bool) -> bool {
    let own: Vec<u64> = told(tokens).filter(|word| !said.contains(word)).collect();
    let common = own.iter().filter(|word| there.contains(word)).count();
    if own.is_empty() { near } else { common * 5 >= own.len() * 3 }
}

/// The words of a unit that tell something.
fn told(tokens: &[side::Token]) -> impl Iterator<Item = u64> + '_ {
    tokens.iter().filter(|token| !token.empty && token.party.is_none()).map(|token| token.key)
}

/// The last step of a path: 제3호 of 제5조제2항제3호.
fn last_step(path: &str) -> &str {
    path.rfind('제').map_or(path, |at| &path[at..])
}

/// Units that hang together by their pairs.
fn groups(base: &Side, contract: &Side, pairs: Vec<Pair>) -> Vec<Group> {
    // A forest over the units of both sides, the contract's behind the base's.
    let first = base.units.len();
    let mut up: Vec<usize> = (0..first + contract.units.len()).collect();
    fn root(up: &mut [usize], mut at: usize) -> usize {
        while up[at] != at {
            up[at] = up[up[at]];
            at = up[at];
        }
        at
    }
    for pair in &pairs {
        let (a, b) = (root(&mut up, pair.base), root(&mut up, first + pair.contract));
        up[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for unit in 0..first + contract.units.len() {
        let at = root(&mut up, unit);
        let group = groups.entry(at).or_insert_with(|| Group {
            base: Vec::new(),
            contract: Vec::new(),
            pairs: Vec::new(),
            moved: false,
        });
        if unit < first { group.base.push(unit) } else { group.contract.push(unit - first) }
    }
    for pair in pairs {
        let at = root(&mut up, pair.base);
        if let Some(group) = groups.get_mut(&at) {
            group.pairs.push(pair);
        }
    }
    groups.into_values().collect()
}
