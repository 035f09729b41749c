//! Morphological analysis: one pass over a document's text, shared by everything that follows. Byte places are those
//! of the text given. Knows no law and no document structure.

use super::dictionary::{self, Record};
use super::fact::{self, Fact};
use super::normal::{self, TermEntry};
use super::party::{Parties, PartyWords};
use super::tag::Tag;
use super::variant::Seen;
use crate::error::DataError;
use crate::text::Span;
use lindera::segmenter::Segmenter;
use lindera_dictionary::viterbi::Lattice;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Longest stretch given to the analyser at once, in bytes; longer lines are cut at a space, or anywhere without one.
const STRETCH: usize = 4096;

/// The morphological analyser over the embedded dictionary. Cheap to clone; threads may share one.
#[derive(Clone)]
pub struct Analyzer {
    segmenter: Arc<Segmenter>,
    parties: Arc<PartyWords>,
}

impl fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Analyzer").finish_non_exhaustive()
    }
}

impl Analyzer {
    /// The analyser; takes some milliseconds.
    ///
    /// # Errors
    /// When the embedded dictionary is damaged, which means a broken build.
    pub fn new() -> Result<Analyzer, DataError> {
        Ok(Analyzer { segmenter: Arc::new(dictionary::segmenter()?), parties: Arc::new(PartyWords::load()?) })
    }

    /// The parties of an analysed text.
    pub fn parties(&self, morphs: &Morphs) -> Parties {
        Parties::find(morphs, &self.parties)
    }

    /// The analysis of `text`, in time linear in its length. Never fails: what the dictionary does not know is there
    /// as [`Tag::Unknown`] or a mark. Of a text over 4 GiB the first 4 GiB are analysed.
    pub fn analyze(&self, text: &str) -> Morphs {
        let mut morphs = Morphs { text: text.into(), ..Morphs::default() };
        let mut lattice = Lattice::default();
        let mut rest = Span::new(0, text.len().min(u32::MAX as usize / 2));
        while let Some(stretch) = next_stretch(text, &mut rest) {
            self.stretch(stretch, text, &mut lattice, &mut morphs);
        }
        morphs.facts = fact::facts(text);
        normal::read(&mut morphs);
        morphs
    }

    fn stretch(&self, stretch: Span, text: &str, lattice: &mut Lattice, morphs: &mut Morphs) {
        let seen = Seen::new(stretch.of(text));
        let dictionary = &self.segmenter.dictionary;
        // It cannot fail on text; were it to, the stretch would have no words.
        let words =
            self.segmenter.segment_with_lattice(Cow::Borrowed(&seen.text), lattice).unwrap_or_default();
        for word in words {
            let surface = word.surface.as_ref();
            if surface.trim().is_empty() {
                continue;
            }
            let (record, tag, last) = Record::of(word.word_id, dictionary);
            let (start, end) = (seen.origin(word.byte_start), seen.origin(word.byte_end));
            morphs.push(Span::new(stretch.start + start, stretch.start + end), record, tag, last, surface);
        }
    }
}

/// Takes the next stretch to analyse from `rest`: a line, or as much of it as [`STRETCH`] allows.
fn next_stretch(text: &str, rest: &mut Span) -> Option<Span> {
    loop {
        let ahead = rest.of(text);
        if ahead.is_empty() {
            return None;
        }
        let mut end = ahead.len().min(STRETCH);
        while !ahead.is_char_boundary(end) {
            end -= 1;
        }
        let window = &ahead.as_bytes()[..end];
        let length = match window.iter().position(|byte| *byte == b'\n') {
            Some(line) => line + 1,
            None if end == ahead.len() => end,
            None => {
                window.iter().rposition(|byte| *byte == b' ').filter(|at| *at > STRETCH / 2).unwrap_or(end)
            }
        };
        let stretch = Span::new(rest.start, rest.start + length);
        rest.start = stretch.end;
        if !stretch.of(text).trim().is_empty() {
            return Some(stretch);
        }
    }
}

/// One morpheme, or one contracted form of several (한다).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Morph {
    /// Its place in the text.
    pub span: Span,
    /// Tag of its first part.
    pub tag: Tag,
    /// Tag of its last part: [`Tag::EF`] for 한다, which begins as a verb.
    pub last: Tag,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u32,
    end: u32,
    record: Record,
    tag: Tag,
    last: Tag,
}

/// The analysis of one text. Keeps a copy of the text, so that words can be given without it.
#[derive(Clone, Debug, Default)]
pub struct Morphs {
    pub(super) text: Box<str>,
    entries: Vec<Entry>,
    /// Surfaces that the analyser saw otherwise than they are written (full-width letters), by morpheme.
    variants: Vec<(u32, Box<str>)>,
    facts: Vec<Fact>,
    pub(super) terms: Vec<TermEntry>,
    /// Quantities in one spelling, by the position of their fact.
    pub(super) quantities: Vec<(u32, Box<str>)>,
}

impl Morphs {
    fn push(&mut self, span: Span, record: Record, tag: Tag, last: Tag, surface: &str) {
        let (Ok(start), Ok(end)) = (u32::try_from(span.start), u32::try_from(span.end)) else { return };
        if span.of(&self.text) != surface {
            self.variants.push((u32::try_from(self.entries.len()).unwrap_or(u32::MAX), surface.into()));
        }
        self.entries.push(Entry { start, end, record, tag, last });
    }

    /// How many morphemes there are; white space is none.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The morpheme at position `i`.
    pub fn get(&self, i: usize) -> Option<Morph> {
        self.entries.get(i).map(Entry::morph)
    }

    /// All morphemes in text order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Morph> + ExactSizeIterator + '_ {
        self.entries.iter().map(Entry::morph)
    }

    /// The text that was analysed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The surface of morpheme `i` in common characters; empty when there is none.
    pub fn surface(&self, i: usize) -> &str {
        if let Ok(at) = self.variants.binary_search_by_key(&i, |variant| variant.0 as usize) {
            return &self.variants[at].1;
        }
        self.get(i).map_or("", |morph| morph.span.of(&self.text))
    }

    /// The stem of the first part of morpheme `i`: 알리 of 알려야, 하 of 한다; the surface for everything else.
    pub fn lemma(&self, i: usize) -> &str {
        match self.entries.get(i).and_then(|entry| entry.record.parts().next()) {
            Some((_, text)) if !text.is_empty() => text,
            _ => self.surface(i),
        }
    }

    /// Tag and text of every part of morpheme `i`, in order: 하/VX, 야/EC. One part for an uncontracted one.
    pub fn parts(&self, i: usize) -> impl Iterator<Item = (Tag, &str)> + '_ {
        self.static_parts(i)
            .map(move |(tag, text)| (tag, if text.is_empty() { self.surface(i) } else { text }))
    }

    /// Like [`Self::parts`], with an empty text for a part that is the surface itself.
    pub(super) fn static_parts(&self, i: usize) -> impl Iterator<Item = (Tag, &'static str)> + use<> {
        let entry = self.entries.get(i);
        let unknown = entry.filter(|entry| entry.record == Record::NONE).map(|entry| (entry.tag, ""));
        entry.map_or(Record::NONE, |entry| entry.record).parts().chain(unknown)
    }

    /// Lengths in bytes of the nouns of a compound noun; empty for every other morpheme.
    pub(super) fn nouns(&self, i: usize) -> &'static [u8] {
        self.entries.get(i).map_or(&[], |entry| entry.record.nouns())
    }

    /// Positions of the morphemes that start in `span`.
    pub fn in_span(&self, span: Span) -> Range<usize> {
        let start = self.entries.partition_point(|entry| (entry.start as usize) < span.start);
        let end = self.entries.partition_point(|entry| (entry.start as usize) < span.end);
        start..end.max(start)
    }

    /// The facts of the whole text, in text order.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The facts that start in `span`.
    pub fn facts_in(&self, span: Span) -> &[Fact] {
        let start = self.facts.partition_point(|fact| fact.span.start < span.start);
        let end = self.facts.partition_point(|fact| fact.span.start < span.end);
        self.facts.get(start..end).unwrap_or_default()
    }

    /// Whether morpheme `i` follows the one before it without white space.
    pub fn is_joined(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|before| self.entries.get(before));
        matches!((before, self.entries.get(i)), (Some(before), Some(here)) if before.end == here.start)
    }
}

impl Entry {
    fn morph(&self) -> Morph {
        Morph { span: Span::new(self.start as usize, self.end as usize), tag: self.tag, last: self.last }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyzed(text: &str) -> Morphs {
        Analyzer::new().unwrap().analyze(text)
    }

    fn surfaces(morphs: &Morphs) -> Vec<&str> {
        (0..morphs.len()).map(|i| morphs.surface(i)).collect()
    }

    #[test]
    fn threads_may_share_an_analyzer() {
        fn shared<T: Send + Sync + Clone + 'static>() {}
        shared::<Analyzer>();
        shared::<Morphs>();
    }

    #[test]
    fn places_are_those_of_the_text_whatever_the_characters() {
        let text = "회사ㆍ이용자는 “계정”을\u{a0}１０일 안에\u{200b} 알린다.\r\n둘째 줄";
        let morphs = analyzed(text);
        for i in 0..morphs.len() {
            let written = morphs.get(i).unwrap().span.of(text);
            assert!(!written.is_empty(), "morpheme {i} lies on characters");
            assert_eq!(super::super::variant::plain(written), morphs.surface(i));
        }
        assert_eq!(surfaces(&morphs)[..3], ["회사", "·", "이용자"]);
        assert!(surfaces(&morphs).contains(&"10"), "full-width digits are digits");
    }

    #[test]
    fn contracted_forms_show_their_parts() {
        let morphs = analyzed("미리 알려야 한다.");
        let at = (0..morphs.len()).find(|i| morphs.surface(*i) == "알려야").unwrap();
        assert_eq!(morphs.lemma(at), "알리");
        assert_eq!(morphs.parts(at).collect::<Vec<_>>(), [(Tag::VV, "알리"), (Tag::EC, "어야")]);
        assert_eq!((morphs.get(at).unwrap().tag, morphs.get(at).unwrap().last), (Tag::VV, Tag::EC));
        assert!(!morphs.is_joined(at) && morphs.is_joined(morphs.len() - 1));
    }

    #[test]
    fn a_span_finds_the_morphemes_that_start_in_it() {
        let text = "회사는 알린다. 이용자는 읽는다.";
        let morphs = analyzed(text);
        let at = text.find("이용자").unwrap();
        let range = morphs.in_span(Span::new(at, text.len()));
        assert_eq!(morphs.surface(range.start), "이용자");
        assert_eq!(range.end, morphs.len());
        assert!(morphs.in_span(Span::new(at, at)).is_empty());
    }

    #[test]
    fn anything_is_analysed_and_long_lines_are_cut() {
        for text in
            ["", " \n\t\r\n", "\u{0}\u{1}\u{7f}", "👩‍👩‍👧‍👦🇰🇷", "\u{1112}\u{1161}\u{11ab}", "ㅋㅋㅋ", "𠀀漢字かな"]
        {
            let morphs = analyzed(text);
            assert!(morphs.iter().all(|morph| !morph.span.of(text).is_empty()), "{text:?}");
        }
        assert!(analyzed(" \n\u{3000}").is_empty());
        for unit in ["가", "a", "(", "회사는 책임을 지지 아니하며 ", "1", "漢", "👍"] {
            let text = unit.repeat(60_000 / unit.len());
            let morphs = analyzed(&text);
            assert!(
                morphs.iter().zip(morphs.iter().skip(1)).all(|(a, b)| a.span.end <= b.span.start),
                "{unit}"
            );
        }
    }
}
