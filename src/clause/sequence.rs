//! Which headings of 제N조, 편·장·절·관, 부칙 and annexes are real: those that continue the document's numbering.

use super::Level;
use super::contents::has_body;
use super::heading::{self, Heading, Strength, What};
use super::line::{Line, Role};
use super::marker;
use super::outline::{Boundary, Region};
use super::path::{Number, Step};
use super::tree::{Opening, rank};
use super::wording::{breaks_off, ends_sentence, is_complete};
use crate::text::Span;
use std::collections::HashSet;

/// A heading as found in its line.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub line: usize,
    /// Start of the clause: the line, or the heading's own first byte inside a line.
    pub at: usize,
    /// Offset of the words that the heading's ranges count from.
    pub base: usize,
    pub heading: Heading,
}

impl Candidate {
    pub fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    pub fn article(&self) -> Option<Number> {
        match self.heading.what {
            What::Article(number) => Some(number),
            _ => None,
        }
    }
}

/// Headings by their wording: those that begin a line, and those behind a list number.
pub(super) fn candidates(text: &str, lines: &[Line]) -> (Vec<Candidate>, Vec<Candidate>) {
    let mut plain = Vec::new();
    let mut prefixed = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let words = line.words(text);
        if !line.is_text() {
            if line.role == Role::Inert
                && let Some((offset, mut heading)) = heading::in_row(words)
            {
                heading.strength = heading.strength.min(Strength::Titled);
                let base = line.content.start + offset;
                let at = if offset == 0 { line.span.start } else { base };
                plain.push(Candidate { line: i, at, base, heading });
            }
            continue;
        }
        if let Some(mut heading) = heading::at_start(words) {
            if line.label > 0 && heading.marker.end <= line.label + 1 {
                heading.strength = Strength::Strong;
            }
            let second = line.content.start + heading.body;
            let joined = matches!(heading.what, What::Division(..)) && second < line.content.end;
            plain.push(Candidate { line: i, at: line.span.start, base: line.content.start, heading });
            if joined && let Some(heading) = heading::article(Span::new(second, line.content.end).of(text)) {
                plain.push(Candidate { line: i, at: second, base: second, heading });
            }
        } else if line.label > 0
            && let Some(label) = words.get(..line.label)
            && let Some(mut heading) = heading::at_start(label.trim_end())
        {
            // The format numbered it: no wording behind the number can make it a reference.
            heading.strength = Strength::Strong;
            heading.body = marker::gap(&words[line.label..]) + line.label;
            heading.title = heading.marker.end..heading.marker.end;
            plain.push(Candidate { line: i, at: line.span.start, base: line.content.start, heading });
        } else if let Some(marker) = marker::at_start(words, false)
            && marker.skip < words.len()
            && let Some(heading) = heading::article(&words[marker.skip..])
            && heading.strength >= Strength::Titled
        {
            let base = line.content.start + marker.skip;
            prefixed.push(Candidate { line: i, at: line.span.start, base, heading });
        }
    }
    (plain, prefixed)
}

/// Goes through the candidates in order and keeps those that fit.
pub(super) struct Finder<'a> {
    text: &'a str,
    lines: &'a [Line],
    pub accepted: Vec<(Candidate, Level)>,
    /// The last article of the main text.
    last: Option<Number>,
    /// Inside a 부칙 the number of its last article.
    supplement: Option<u32>,
}

impl<'a> Finder<'a> {
    /// A finder that has accepted nothing yet.
    pub fn new(text: &'a str, lines: &'a [Line]) -> Self {
        Self { text, lines, accepted: Vec::new(), last: None, supplement: None }
    }

    pub fn sequence(&mut self, all: Vec<Candidate>) {
        let mut from = 0;
        for i in 0..all.len() {
            let candidate = &all[i];
            let Some(number) = candidate.article() else {
                self.other(&all, i);
                continue;
            };
            if self.accepts(&all, i, number) {
                if self.last.is_some_and(|last| number.main != last.main + 1) && self.supplement.is_none() {
                    self.inline(from, candidate.line, number);
                }
                self.take(candidate.clone(), number);
                from = candidate.line;
            }
        }
        self.inline(from, self.lines.len(), Number::new(u32::MAX));
        self.accepted.sort_by_key(|(candidate, _)| candidate.at);
    }

    fn other(&mut self, all: &[Candidate], i: usize) {
        let candidate = &all[i];
        let line = &self.lines[candidate.line];
        let before = self.before(candidate.line);
        match candidate.heading.what {
            What::Division(level, _) => {
                let marked = line.heading > 0 || line.bold || line.label > 0;
                if breaks_off(before) && !line.after_blank && !marked {
                    return;
                }
                if candidate.heading.strength == Strength::Weak && !marked && !line.after_blank {
                    return;
                }
                self.supplement = None;
                self.accepted.push((candidate.clone(), level));
            }
            What::Supplement => {
                if breaks_off(before) && !line.after_blank {
                    return;
                }
                self.supplement = Some(0);
                self.accepted.push((candidate.clone(), Level::Supplement));
            }
            What::Annex(..) => {
                let last = || !all[i + 1..].iter().any(|c| c.article().is_some());
                let strong = candidate.heading.strength == Strength::Strong;
                if self.last.is_some() && self.fits_annex(candidate) && (strong || last()) {
                    self.supplement = None;
                    self.accepted.push((candidate.clone(), Level::Annex));
                }
            }
            What::Article(_) => {}
        }
    }

    /// Whether a line that names an annex stands where a heading may stand.
    fn fits_annex(&self, candidate: &Candidate) -> bool {
        let line = &self.lines[candidate.line];
        let before = self.before(candidate.line);
        // Behind the signatures nothing goes on.
        let signed = before.trim_end().ends_with("(인)");
        let marked = line.heading > 0 || line.bold || line.after_blank || candidate.line == 0 || signed;
        match candidate.heading.strength {
            // [별표 2] is nothing else, unless the line above goes on in it.
            Strength::Strong => {
                let enclosed = line.words(self.text).starts_with(['[', '<', '【', '〔']);
                before.is_empty() || is_complete(before) || marked || enclosed && !breaks_off(before)
            }
            _ => marked,
        }
    }

    /// The annexes of a document without 조. One that is named again later stood in a table of contents.
    pub fn annexes(&self, all: &[Candidate]) -> Vec<Boundary> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for candidate in all.iter().rev() {
            let Candidate { line, heading, .. } = candidate;
            let What::Annex(kind, number) = heading.what else { continue };
            let line = &self.lines[*line];
            let sure = heading.strength == Strength::Strong || line.heading > 0 || line.bold;
            let title = candidate.span(&heading.title).of(self.text);
            if sure && self.fits_annex(candidate) && seen.insert((kind, number, title)) {
                found.push(self.boundary(candidate, Level::Annex));
            }
        }
        found.reverse();
        found
    }

    fn take(&mut self, candidate: Candidate, number: Number) {
        if self.supplement.is_some() {
            self.supplement = Some(number.main);
            self.accepted.push((candidate, Level::SupplementArticle));
        } else {
            self.last = Some(number);
            self.accepted.push((candidate, Level::Article));
        }
    }

    /// The words of the last line with words above `line`.
    fn before(&self, line: usize) -> &'a str {
        let heading = self.accepted.last().map_or(usize::MAX, |(candidate, _)| candidate.line);
        let above = (line.saturating_sub(12)..line).rev().find(|n| self.lines[*n].is_text());
        // A heading is complete, whatever its title ends with.
        above.filter(|n| *n != heading).map_or("", |n| self.lines[n].words(self.text))
    }

    fn is_next(&self, number: Number) -> bool {
        match self.last {
            None => number.main == 1 && number.branch == 0,
            Some(last) => {
                (number.main == last.main + 1 && number.branch == 0)
                    || (number.main == last.main && number.branch == last.branch.max(1) + 1)
            }
        }
    }

    fn accepts(&mut self, all: &[Candidate], i: usize, number: Number) -> bool {
        let candidate = &all[i];
        let line = &self.lines[candidate.line];
        let before = self.before(candidate.line);
        let apart = before.is_empty() || is_complete(before) || line.after_blank || !breaks_off(before);
        let whole = before.is_empty() || is_complete(before) || line.after_blank || line.heading > 0;
        let title = candidate.span(&candidate.heading.title).of(self.text);
        if let Some(last) = self.supplement {
            let restart = number.main == 1
                && (last > 0 || ["목적", "정의", "총칙"].iter().any(|word| title.contains(word)))
                && !title.contains("시행");
            let resumes = last == 0 && number.main > 1 && self.is_next(number);
            if restart || resumes {
                self.supplement = None;
                if restart {
                    self.last = None;
                }
            } else {
                return apart
                    && candidate.heading.strength > Strength::Weak
                    && (number.main == last + 1 || number.main == last)
                    || (candidate.heading.strength == Strength::Weak && whole && number.main == last + 1);
            }
        }
        let strength = candidate.heading.strength;
        if self.is_next(number) {
            return match strength {
                Strength::Weak => whole,
                Strength::Alone | Strength::Titled => apart,
                Strength::Strong => apart,
            };
        }
        // Rows may also speak of articles: a number alone in its cell counts only in turn.
        if line.role == Role::Inert && strength < Strength::Titled {
            return false;
        }
        let divided = self.accepted.last().is_some_and(|(_, level)| level.is_division());
        let restart = number.main == 1 && number.branch == 0;
        match strength {
            Strength::Weak => restart && whole && divided,
            Strength::Alone | Strength::Titled => {
                let near =
                    self.last.is_some_and(|last| number.main >= last.main && number.main <= last.main + 3);
                apart
                    && whole
                    && (restart || near || (self.last.is_none() && number.main <= 3))
                    && has_body(self.text, self.lines, all, i)
            }
            Strength::Strong => {
                let Some(last) = self.last else { return apart };
                let expected = all[i + 1..]
                    .iter()
                    .take(40)
                    .any(|c| c.article().is_some_and(|n| n.main == last.main + 1 && n.branch == 0));
                if restart && expected && !has_body(self.text, self.lines, all, i) {
                    return false;
                }
                let backwards = number.main <= last.main && !restart;
                let far = number.main > last.main + 5;
                if (backwards || far) && expected {
                    apart && whole && has_body(self.text, self.lines, all, i) && !self.in_list(candidate.line)
                } else {
                    apart
                }
            }
        }
    }

    /// Whether the line above is an item of a list as short as this line: headings named in a list.
    fn in_list(&self, line: usize) -> bool {
        let next = self.lines[line + 1..].iter().find(|line| line.is_text());
        self.before(line).trim_end().ends_with(':')
            || next.is_some_and(|next| heading::article(next.words(self.text)).is_some())
    }

    /// Headings that follow other text on their line: only those whose number is missing.
    fn inline(&mut self, from: usize, to: usize, until: Number) {
        if self.supplement.is_some() && until.main != u32::MAX {
            return;
        }
        let Some(mut last) = self.last else { return };
        let stop = if until.main == 1 { u32::MAX } else { until.main };
        let supplement = self
            .accepted
            .iter()
            .rev()
            .take_while(|(c, _)| c.line >= from)
            .find(|(_, level)| matches!(level, Level::Supplement | Level::Annex))
            .map(|(c, _)| c.line);
        let to = supplement.map_or(to, |line| line.min(to));
        let mut found = Vec::new();
        for i in from..to {
            let line = &self.lines[i];
            if !line.is_text() || last.main + 1 >= stop {
                continue;
            }
            let words = line.words(self.text);
            let mut at = 0;
            while let Some(offset) = words[at..].find("제") {
                let start = at + offset;
                at = start + '제'.len_utf8();
                let rest = head(&words[start..]);
                if start == 0 || !digits_follow(rest, last.main + 1) {
                    continue;
                }
                let Some(heading) = heading::article(rest) else { continue };
                let What::Article(number) = heading.what else { continue };
                if number != Number::new(last.main + 1) || heading.strength != Strength::Strong {
                    continue;
                }
                let before = words[..start].trim_end();
                let ends_line = start + heading.body >= words.len();
                let next = self.lines[i + 1..]
                    .iter()
                    .find(|line| line.is_text())
                    .map_or("", |line| line.words(self.text));
                let opens = marker::at_start(next, false).is_some() && !breaks_off(before);
                if ends_sentence(before)
                    || before.ends_with(['.', '>', ']'])
                    || (ends_line && opens && words[..start].ends_with(' '))
                {
                    let base = line.content.start + start;
                    found.push((Candidate { line: i, at: base, base, heading }, Level::Article));
                    last = number;
                }
            }
        }
        if !found.is_empty() {
            self.last = Some(last);
            self.accepted.extend(found);
        }
    }

    pub fn boundary(&self, candidate: &Candidate, level: Level) -> Boundary {
        let heading = &candidate.heading;
        let mut title = candidate.span(&heading.title);
        let marker = candidate.span(&heading.marker);
        let mut body = candidate.base + heading.body;
        let mut line = candidate.line;
        // The title may stand alone on the next line.
        if title.is_empty()
            && body >= self.lines[candidate.line].content.end
            && matches!(heading.what, What::Article(_) | What::Division(..))
            && let Some((n, span)) = self.title_below(candidate.line, level)
        {
            title = span;
            line = n;
            body = self.lines[n].content.end;
        }
        let (rank, label, step, region) = match (heading.what, level) {
            (What::Article(n), level) => (
                rank::ARTICLE,
                Step::Article(n).to_string(),
                Step::Article(n),
                if level == Level::SupplementArticle { Region::Aside } else { Region::Article },
            ),
            (What::Division(level, n), _) => {
                let (rank, step) = match level {
                    Level::Part => (rank::PART, Step::Part(n)),
                    Level::Chapter => (rank::CHAPTER, Step::Chapter(n)),
                    Level::Section => (rank::SECTION, Step::Section(n)),
                    _ => (rank::SUBSECTION, Step::Subsection(n)),
                };
                (rank, step.to_string(), step, Region::Plain)
            }
            (What::Supplement, _) => (rank::PART, "부칙".to_owned(), Step::Supplement, Region::Aside),
            (What::Annex(kind, n), _) => {
                let step = Step::Annex(kind, n);
                let label = n.map_or_else(|| kind.korean().to_owned(), |n| format!("{} {n}", kind.korean()));
                (rank::PART, label, step, Region::Aside)
            }
        };
        let words = if body >= self.lines[line].content.end { self.lines[line].span.end } else { body };
        let opening = Opening { at: candidate.at, level, rank, label, step, marker, title, words };
        Boundary { opening, body, line, region }
    }

    fn title_below(&self, line: usize, level: Level) -> Option<(usize, Span)> {
        let (n, next) =
            self.lines.iter().enumerate().skip(line + 1).take(3).find(|(_, line)| line.is_text())?;
        let words = next.words(self.text);
        let inner = [('(', ')'), ('[', ']'), ('【', '】'), ('（', '）'), ('<', '>')]
            .iter()
            .find_map(|(open, close)| words.strip_prefix(*open)?.strip_suffix(*close));
        if let Some(inner) = inner.filter(|inner| {
            inner.chars().count() <= 40 && !ends_sentence(inner) && marker::at_start(words, false).is_none()
        }) {
            let start = next.content.end - inner.len() - words.chars().next_back().map_or(0, char::len_utf8);
            return Some((n, Span::new(start, start + inner.len()).trimmed(self.text)));
        }
        let short = words.chars().count() <= 20 && !is_complete(words) && !breaks_off(words);
        let alone = level.is_division()
            && marker::at_start(words, false).is_none()
            && heading::at_start(words).is_none();
        (short && alone).then_some((n, next.content))
    }
}

/// The first 400 bytes or fewer: a heading is no longer than that.
fn head(words: &str) -> &str {
    let mut end = words.len().min(400);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    &words[..end]
}

/// Whether `제` is followed by this number.
fn digits_follow(words: &str, n: u32) -> bool {
    let rest = words.trim_start_matches('제').trim_start();
    let len = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[..len].parse() == Ok(n)
}
