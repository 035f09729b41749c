//! The normal form: what a text says with endings, particles, spacing, speech level and the ways of negating left out.
//! 통지하여야 한다, 통지를 해야 합니다 and 통지해야 해요 are one term, 통지, that must be done; 지지 아니한다, 지지 않으며
//! and 안 진다 are one, 지, negated. Knows grammar only, no law.

mod reader;

use super::analyzer::Morphs;
use crate::text::Span;

/// What a predicate asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// It states: 한다, 하지 아니한다.
    #[default]
    None,
    /// An obligation: 하여야 한다, 할 의무가 있다, 하지 아니할 수 없다.
    Must,
    /// A liberty: 할 수 있다, 하여도 된다, 할 권리가 있다.
    May,
    /// A prohibition or an inability: 하여서는 아니 된다, 할 수 없다, 하지 못한다, 금지된다.
    MustNot,
    /// An effort: 노력한다.
    Strive,
}

/// One word of the normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term<'m> {
    /// The noun, or the stem of the predicate: 통지, 알리, 지. `있` negated stands for 없다, `이` negated for 아니다.
    pub text: &'m str,
    /// Its place in the text.
    pub span: Span,
    /// Whether the sentence denies it; twice denied is not denied.
    pub negated: bool,
    /// What its predicate asks for, when it is one.
    pub modality: Modality,
    /// Whether it is said of somebody: a verb, an adjective, or a noun with 하다, 되다.
    pub predicate: bool,
}

/// The terms of a span, in text order.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'m> {
    morphs: &'m Morphs,
    entries: &'m [TermEntry],
}

impl<'m> Terms<'m> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The term at position `i`.
    pub fn get(&self, i: usize) -> Option<Term<'m>> {
        self.entries.get(i).map(|entry| entry.term(self.morphs))
    }

    /// All terms, in text order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Term<'m>> + ExactSizeIterator + use<'m> {
        let morphs = self.morphs;
        self.entries.iter().map(move |entry| entry.term(morphs))
    }

    /// The terms' texts put together, a negated one with `!` behind it: equal for texts that say the same in the same
    /// words, whatever their spacing.
    pub fn key(&self) -> String {
        let mut key = String::new();
        for term in self.iter() {
            key.push_str(term.text);
            if term.negated {
                key.push('!');
            }
        }
        key
    }
}

impl Morphs {
    /// The normal form of `span`: the terms that start in it.
    pub fn terms(&self, span: Span) -> Terms<'_> {
        let start = self.terms.partition_point(|term| (term.start as usize) < span.start);
        let end = self.terms.partition_point(|term| (term.start as usize) < span.end).max(start);
        Terms { morphs: self, entries: self.terms.get(start..end).unwrap_or_default() }
    }

    /// What the last predicate of `span` asks for: the modality of a sentence, as Korean puts it at the end.
    pub fn modality(&self, span: Span) -> Modality {
        self.terms(span).iter().rev().find(|term| term.predicate).map_or(Modality::None, |term| term.modality)
    }
}

/// A term as [`Morphs`] keeps it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TermEntry {
    start: u32,
    end: u32,
    text: Source,
    negated: bool,
    predicate: bool,
    modality: Modality,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// The text at the term's place.
    Text,
    /// The surface of a morpheme that is written in uncommon characters.
    Surface(u32),
    /// A word of the dictionary or of ours.
    Word(&'static str),
    /// A quantity: its position among [`Morphs::quantities`].
    Quantity(u32),
}

impl TermEntry {
    fn term<'m>(&self, morphs: &'m Morphs) -> Term<'m> {
        let span = Span::new(self.start as usize, self.end as usize);
        let text = match self.text {
            Source::Text => span.of(&morphs.text),
            Source::Surface(i) => morphs.surface(i as usize),
            Source::Word(word) => word,
            Source::Quantity(i) => morphs.quantities.get(i as usize).map_or("", |quantity| &quantity.1),
        };
        Term { text, span, negated: self.negated, modality: self.modality, predicate: self.predicate }
    }
}

/// Reads the normal form of a whole analysis. A quantity is one term in one spelling (삼십일 and 30 일 are `30일`).
pub(super) fn read(morphs: &mut Morphs) {
    let quantities = morphs
        .facts()
        .iter()
        .enumerate()
        .filter_map(|(i, fact)| Some((u32::try_from(i).ok()?, fact.kind.canonical()?.into_boxed_str())));
    morphs.quantities = quantities.collect();
    morphs.terms = reader::terms(morphs);
}
