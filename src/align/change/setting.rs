//! The sentences of one group, and which of them stand beside each other.

use super::super::Group;
use super::super::side::{Side, Token};
use std::collections::HashMap;

/// From this likeness on two sentences say the same thing in nearly the same words, so that a word which is missing was
/// taken out: between two literal texts, and against our gist of a standard, where only a copy of it tells so much.
const NEAR: f32 = 0.80;
const NEAR_GIST: f32 = 0.92;
/// So much the other side must hold at least: a few words stand in any sentence.
const REST: f32 = 0.15;
const REST_GIST: f32 = 0.35;
/// From this likeness on they speak of the same thing.
pub(super) const LIKE: f32 = 0.25;

/// A sentence of the base and the sentence of the contract that says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Twin {
    pub base: usize,
    pub contract: usize,
    /// Share of the base sentence's words that the contract's has, and the other way round.
    pub held: f32,
    pub holds: f32,
    near: bool,
    /// Whether neither has another twin that is likelier.
    pub alone: bool,
}

impl Twin {
    /// Whether the two are nearly the same words: on both sides, or one within the other.
    pub fn is_near(&self) -> bool {
        self.near
    }
}

/// One group, ready for its changes to be read.
pub(crate) struct Setting<'s> {
    pub base: &'s Side,
    pub contract: &'s Side,
    /// Sentences of each side, in text order.
    pub(super) base_sentences: Vec<usize>,
    pub(super) contract_sentences: Vec<usize>,
    pub(super) twins: Vec<Twin>,
    /// Units of the base below this group that the contract does not have, and the contract's that the base has not.
    pub(super) lost: Vec<usize>,
    pub(super) gained: Vec<usize>,
    worth: &'s dyn Fn(u64) -> f32,
    /// From which likeness on sentences are nearly the same: that of the side that is held best, and of the other.
    near: f32,
    rest: f32,
    base_words: HashMap<u64, u32>,
    contract_words: HashMap<u64, u32>,
}

impl<'s> Setting<'s> {
    pub(crate) fn new(
        base: &'s Side,
        contract: &'s Side,
        group: &Group,
        (lost, gained): (Vec<usize>, Vec<usize>),
        worth: &'s dyn Fn(u64) -> f32,
        literal: bool,
    ) -> Self {
        let sentences = |side: &Side, units: &[usize]| -> Vec<usize> {
            units.iter().flat_map(|&unit| side.units[unit].sentences.clone()).collect()
        };
        let words = |side: &Side, sentences: &[usize]| {
            let mut words: HashMap<u64, u32> = HashMap::new();
            for token in sentences.iter().flat_map(|&sentence| side.sentence_tokens(sentence)) {
                *words.entry(token.key).or_default() += 1;
            }
            words
        };
        let base_sentences = sentences(base, &group.base);
        let contract_sentences = sentences(contract, &group.contract);
        let mut setting = Self {
            base_words: words(base, &base_sentences),
            contract_words: words(contract, &contract_sentences),
            base,
            contract,
            base_sentences,
            contract_sentences,
            twins: Vec::new(),
            lost,
            gained,
            worth,
            near: if literal { NEAR } else { NEAR_GIST },
            rest: if literal { REST } else { REST_GIST },
        };
        setting.twins = setting.paired();
        setting
    }

    /// The twin of every base sentence that has one.
    fn paired(&self) -> Vec<Twin> {
        let mut all: Vec<(f32, Twin)> = Vec::new();
        for &base in &self.base_sentences {
            let ours = self.base.sentence_tokens(base);
            for &contract in &self.contract_sentences {
                let theirs = self.contract.sentence_tokens(contract);
                let (held, holds) = (self.share(ours, theirs), self.share(theirs, ours));
                let near = held.max(holds) >= self.near && held.min(holds) >= self.rest;
                let same_kind =
                    self.base.sentences[base].proviso == self.contract.sentences[contract].proviso;
                let whole = held.max(holds) + 0.5 * held.min(holds) + if same_kind { 0.05 } else { 0.0 };
                if held.max(holds) >= LIKE {
                    all.push((whole, Twin { base, contract, held, holds, near, alone: false }));
                }
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1.base, a.1.contract).cmp(&(b.1.base, b.1.contract))));
        // Each sentence once, best first; what is left shares the twin that it is likest to.
        let mut twins: Vec<Twin> = Vec::new();
        for once in [true, false] {
            for (_, twin) in &all {
                let has = twins.iter().any(|other| other.base == twin.base);
                let taken = twins.iter().any(|other| other.contract == twin.contract);
                let free = !(has || once && taken);
                if free && (once || twin.held >= 0.5) {
                    twins.push(Twin { alone: once, ..*twin });
                }
            }
        }
        // One sentence of the base may have become several.
        for (_, twin) in &all {
            let known = twins.iter().any(|other| other.contract == twin.contract);
            if !known && twin.holds >= 0.5 {
                twins.push(*twin);
            }
        }
        twins.sort_by_key(|twin| (twin.base, twin.contract));
        twins
    }

    /// How much of the telling words of `part` are among `whole`.
    fn share(&self, part: &[Token], whole: &[Token]) -> f32 {
        let (mut all, mut common) = (0.0, 0.0);
        for token in part.iter().filter(|token| telling(token)) {
            let worth = (self.worth)(token.key);
            all += worth;
            if whole.iter().any(|other| other.key == token.key) {
                common += worth;
            }
        }
        if all > 0.0 { common / all } else { 0.0 }
    }

    /// Whether some sentence of the contract says what this one of the base says: its own twin, or one that has its words.
    pub(super) fn says(&self, base: usize) -> bool {
        let own = self.twins.iter().any(|twin| twin.base == base && twin.alone && twin.held >= 0.5);
        let tokens = self.base.sentence_tokens(base);
        let among = |number: &usize| self.share(tokens, self.contract.sentence_tokens(*number)) >= 0.75;
        own || self.contract_sentences.iter().any(among)
    }

    /// The same for a sentence of the contract.
    pub(super) fn said(&self, contract: usize) -> bool {
        let own = self.twins.iter().any(|twin| twin.contract == contract && twin.alone && twin.holds >= 0.5);
        let tokens = self.contract.sentence_tokens(contract);
        let among = |number: &usize| self.share(tokens, self.base.sentence_tokens(*number)) >= 0.75;
        own || self.base_sentences.iter().any(among)
    }

    /// Whether the whole group of the contract has this word; whether that of the base has it.
    pub(super) fn has(&self, key: u64) -> bool {
        self.contract_words.contains_key(&key)
    }

    pub(super) fn had(&self, key: u64) -> bool {
        self.base_words.contains_key(&key)
    }

    /// How much of these words of the base the whole group has in the contract. Nothing telling is held anyway.
    pub(super) fn held(&self, tokens: &[Token]) -> f32 {
        self.covered(tokens, &self.contract_words)
    }

    /// The same for words of the contract.
    pub(super) fn known(&self, tokens: &[Token]) -> f32 {
        self.covered(tokens, &self.base_words)
    }

    fn covered(&self, tokens: &[Token], words: &HashMap<u64, u32>) -> f32 {
        let (mut all, mut common) = (0.0, 0.0);
        for token in tokens.iter().filter(|token| telling(token)) {
            let worth = (self.worth)(token.key);
            all += worth;
            if words.contains_key(&token.key) {
                common += worth;
            }
        }
        if all > 0.0 { common / all } else { 1.0 }
    }

    /// The sentence of the contract that stands in for `base`, if any.
    pub(super) fn twin_of(&self, base: usize) -> Option<&Twin> {
        self.twins
            .iter()
            .filter(|twin| twin.base == base)
            .max_by(|a, b| (a.held + a.holds).total_cmp(&(b.held + b.holds)))
    }

    /// Whether the whole group is nearly the same words on both sides.
    pub(crate) fn is_near(&self) -> bool {
        let held = |side: &Side, sentences: &[usize], words: &HashMap<u64, u32>| {
            let tokens = sentences.iter().flat_map(|&sentence| side.sentence_tokens(sentence));
            let (mut all, mut common) = (0.0, 0.0);
            for token in tokens.filter(|token| telling(token)) {
                let worth = (self.worth)(token.key);
                all += worth;
                common += if words.contains_key(&token.key) { worth } else { 0.0 };
            }
            if all > 0.0 { common / all } else { 0.0 }
        };
        let ours = held(self.base, &self.base_sentences, &self.contract_words);
        let theirs = held(self.contract, &self.contract_sentences, &self.base_words);
        ours.max(theirs) >= self.near && ours.min(theirs) >= 0.3
    }
}

/// Whether a word tells what a sentence is about.
pub(super) fn telling(token: &Token) -> bool {
    !token.empty && token.quantity.is_none() && token.party.is_none()
}
