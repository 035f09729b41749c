//! What the articles of a document are: 제N조 in turn, or numbered sections, or named sections; divisions, 부칙,
//! annexes, further documents and the signature block. Headings are accepted by their place in the numbering.

use super::Level;
use super::body::{self, Event, Habits, Signs};
use super::contents::without_contents;
use super::ending::{attached, signature};
use super::heading::Strength;
use super::line::Line;
use super::marker;
use super::path::Step;
use super::section;
use super::sequence::{Candidate, Finder, candidates};
use super::tree::{Builder, Opening, one_line, rank};
use super::unit::{self, Unit};
use crate::notice::{Notice, Stage};
use crate::text::Span;

/// A heading that opens a clause, and where its text begins.
#[derive(Clone, Debug)]
pub(super) struct Boundary {
    pub opening: Opening,
    /// Where the text below the heading begins.
    pub body: usize,
    /// The line of the heading.
    pub line: usize,
    /// How the text below is read.
    pub region: Region,
}

/// How the text below a heading is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// 항·호·목.
    Article,
    /// 항·호·목 of a 부칙 or annex.
    Aside,
    /// Sections of a further document.
    Sections,
    /// Text only.
    Plain,
}

/// What a document's articles turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Articles,
    Sections,
    Nothing,
}

/// The settled outline of a document.
#[derive(Debug)]
pub(super) struct Outline<'t> {
    /// The text up to where the document ends.
    text: &'t str,
    /// Where the document begins in it.
    start: usize,
    boundaries: Vec<Boundary>,
    contents: Option<Span>,
    scheme: Scheme,
}

/// The opening of a further file, read together with the one before it.
pub(super) fn part(at: usize, name: &str) -> Opening {
    let marker = Span::new(at, at);
    let label = one_line(name);
    Opening {
        at,
        level: Level::Attached,
        rank: rank::ATTACHED,
        step: Step::Named(label.clone()),
        label,
        marker,
        title: marker,
        words: at,
    }
}

/// Finds the outline of a document: the part of `text` from byte `start` on, which `lines` cover.
pub(super) fn outline<'t>(text: &'t str, start: usize, lines: &[Line]) -> Outline<'t> {
    let (plain, prefixed) = candidates(text, lines);
    let (plain, contents) = without_contents(text, lines, plain);
    let mut finder = Finder::new(text, lines);
    finder.sequence(plain.clone());
    let articles = |accepted: &[(Candidate, Level)]| {
        accepted
            .iter()
            .filter(|(c, level)| *level == Level::Article && c.heading.strength > Strength::Weak)
            .count()
    };
    if articles(&finder.accepted) < 2 && prefixed.len() > articles(&finder.accepted) {
        let mut other = Finder::new(text, lines);
        let mut all = plain.clone();
        all.extend(prefixed);
        all.sort_by_key(|candidate| candidate.at);
        other.sequence(all);
        if articles(&other.accepted) > articles(&finder.accepted) {
            finder = other;
        }
    }
    let scheme = if articles(&finder.accepted) > 0 { Scheme::Articles } else { Scheme::Sections };
    let mut boundaries: Vec<Boundary> = Vec::new();
    if scheme == Scheme::Articles {
        boundaries =
            finder.accepted.iter().map(|(candidate, level)| finder.boundary(candidate, *level)).collect();
    } else {
        let others: Vec<Boundary> = finder
            .accepted
            .iter()
            .filter(|(_, level)| *level != Level::Article && *level != Level::SupplementArticle)
            .map(|(candidate, level)| finder.boundary(candidate, *level))
            .collect();
        boundaries.extend(section::sections(text, lines, others, finder.annexes(&plain)));
    }
    let scheme = if boundaries.is_empty() { Scheme::Nothing } else { scheme };
    if scheme == Scheme::Articles {
        attached(text, lines, &mut boundaries);
    }
    signature(text, lines, &mut boundaries);
    Outline { text, start, boundaries, contents, scheme }
}

impl<'t> Outline<'t> {
    /// Opens every clause in text order.
    pub fn build(&self, lines: &[Line], builder: &mut Builder<'t>) {
        let text = self.text;
        let first = self.boundaries.first().map_or(text.len(), |b| b.opening.at);
        if text.get(self.start..first).is_some_and(|before| !before.trim().is_empty()) {
            self.preamble(builder, first);
        }
        let regions: Vec<Vec<Unit>> = (0..self.boundaries.len()).map(|i| self.units(lines, i)).collect();
        let habits = self.habits(&regions);
        for (boundary, units) in self.boundaries.iter().zip(&regions) {
            builder.open(boundary.opening.clone());
            let habits = match boundary.region {
                Region::Plain => continue,
                Region::Article => habits,
                Region::Aside => Habits { unnumbered: false, ..habits },
                Region::Sections => {
                    Habits { unnumbered: false, sections: true, paragraph: None, bare: false }
                }
            };
            let (events, _) = body::read(text, units, habits);
            for event in events {
                match event {
                    Event::Open(opening) => builder.open(opening),
                    Event::Close(rank, at) => builder.close(rank, at),
                }
            }
        }
    }

    fn preamble(&self, builder: &mut Builder<'t>, end: usize) {
        let at = self.start;
        let marker = Span::new(at, at);
        builder.open(Opening {
            at,
            level: Level::Preamble,
            rank: rank::ARTICLE,
            label: "전문".to_owned(),
            step: Step::Preamble,
            marker,
            title: marker,
            words: at,
        });
        // A table of contents that stands further down is no part of what comes before the first heading.
        if let Some(span) = self.contents.filter(|span| span.start < end) {
            let marker = Span::new(span.start, span.start);
            builder.open(Opening {
                at: span.start,
                level: Level::Contents,
                rank: rank::PARAGRAPH,
                label: "목차".to_owned(),
                step: Step::Contents,
                marker,
                title: marker,
                words: span.start,
            });
            builder.close(rank::PARAGRAPH, span.end.min(end));
        }
    }

    fn units(&self, lines: &[Line], i: usize) -> Vec<Unit> {
        let boundary = &self.boundaries[i];
        if boundary.region == Region::Plain {
            return Vec::new();
        }
        let next = self.boundaries.get(i + 1);
        let to = next.map_or(self.text.len(), |next| next.opening.at);
        let end = next.map_or(lines.len(), |next| first_line(lines, next.opening.at) + 1).min(lines.len());
        let start = boundary.line.min(end);
        unit::units(self.text, &lines[start..end], boundary.body, to)
    }

    /// What the document does in most of its articles.
    fn habits(&self, regions: &[Vec<Unit>]) -> Habits {
        let articles: Vec<&Vec<Unit>> = self
            .boundaries
            .iter()
            .zip(regions)
            .filter(|(boundary, _)| boundary.opening.level == Level::Article)
            .map(|(_, units)| units)
            .collect();
        let mut habits = Habits::default();
        let probe = |habits: Habits| -> Vec<Signs> {
            articles.iter().map(|units| body::read(self.text, units, habits).1).collect()
        };
        let mut signs = probe(habits);
        let bare = signs.iter().filter(|s| s.bare).count();
        if bare >= 2 || (bare == 1 && articles.len() <= 3) {
            habits.bare = true;
            signs = probe(habits);
        }
        let mut kinds: Vec<(marker::Kind, usize)> = Vec::new();
        for kind in signs.iter().filter_map(|s| s.paragraph) {
            match kinds.iter_mut().find(|(k, _)| *k == kind) {
                Some((_, n)) => *n += 1,
                None => kinds.push((kind, 1)),
            }
        }
        let marked: usize = kinds.iter().map(|(_, n)| n).sum();
        habits.paragraph = kinds.iter().rev().max_by_key(|(_, n)| *n).map(|(kind, _)| *kind);
        let prose = signs.iter().filter(|s| s.paragraph.is_none() && s.prose >= 2).count();
        habits.unnumbered = self.scheme == Scheme::Articles
            && ((marked == 0 && prose >= 2) || (prose >= 4 && marked * 4 <= prose));
        habits
    }

    /// What the reader of a report should know.
    pub fn notices(&self) -> Vec<Notice> {
        match self.scheme {
            Scheme::Articles => Vec::new(),
            Scheme::Sections => {
                vec![Notice::info(Stage::Structure, "제N조 형식의 조문이 없어 최상위 단락을 조로 보았습니다")]
            }
            Scheme::Nothing if self.text[self.start..].trim().is_empty() => Vec::new(),
            Scheme::Nothing => {
                vec![Notice::warning(
                    Stage::Structure,
                    "조나 번호 붙은 단락을 찾지 못해 문서 전체를 한 조항으로 보았습니다",
                )]
            }
        }
    }
}

/// The line that holds byte `at`.
pub(super) fn first_line(lines: &[Line], at: usize) -> usize {
    lines.partition_point(|line| line.span.end <= at)
}
