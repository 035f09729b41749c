//! What the articles of a document are: 제N조 in turn, or numbered sections, or named sections; divisions, 부칙,
//! annexes, further documents and the signature block. Headings are accepted by their place in the numbering.

use super::body::{self, Event, Habits, Signs};
use super::heading::{self, Heading, Strength, What};
use super::line::{Line, breaks_off, ends_sentence, is_complete};
use super::path::{Number, Step};
use super::section;
use super::tree::{Builder, Opening, one_line, rank};
use super::unit::{self, Unit};
use super::{Level, marker};
use crate::notice::{Notice, Stage};
use crate::text::Span;
use std::collections::HashMap;

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
    text: &'t str,
    boundaries: Vec<Boundary>,
    contents: Option<Span>,
    scheme: Scheme,
}

/// A heading as found in its line.
#[derive(Clone, Debug)]
struct Candidate {
    line: usize,
    /// Start of the clause: the line, or the heading's own first byte inside a line.
    at: usize,
    /// Offset of the words that the heading's ranges count from.
    base: usize,
    heading: Heading,
}

impl Candidate {
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    fn article(&self) -> Option<Number> {
        match self.heading.what {
            What::Article(number) => Some(number),
            _ => None,
        }
    }
}

/// Finds the outline of a document.
pub(super) fn outline<'t>(text: &'t str, lines: &[Line]) -> Outline<'t> {
    let (plain, prefixed) = candidates(text, lines);
    let (plain, contents) = without_contents(text, lines, plain);
    let mut finder = Finder { text, lines, accepted: Vec::new(), last: None, supplement: None };
    finder.sequence(plain.clone());
    let articles = |accepted: &[(Candidate, Level)]| {
        accepted
            .iter()
            .filter(|(c, level)| *level == Level::Article && c.heading.strength > Strength::Weak)
            .count()
    };
    if articles(&finder.accepted) < 2 && prefixed.len() > articles(&finder.accepted) {
        let mut other = Finder { text, lines, accepted: Vec::new(), last: None, supplement: None };
        let mut all = plain;
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
        boundaries.extend(section::sections(text, lines, others));
    }
    let scheme = if boundaries.is_empty() { Scheme::Nothing } else { scheme };
    if scheme == Scheme::Articles {
        attached(text, lines, &mut boundaries);
    }
    signature(text, lines, &mut boundaries);
    Outline { text, boundaries, contents, scheme }
}

fn candidates(text: &str, lines: &[Line]) -> (Vec<Candidate>, Vec<Candidate>) {
    let mut plain = Vec::new();
    let mut prefixed = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let words = line.words(text);
        if !line.is_text() {
            // A layout table may hold the contract: "제1조(목적) | …".
            let row =
                heading::article(words).filter(|h| h.strength == Strength::Strong && words.starts_with('제'));
            if line.role == super::line::Role::Inert
                && let Some(mut heading) = row
            {
                heading.strength = Strength::Titled;
                plain.push(Candidate { line: i, at: line.span.start, base: line.content.start, heading });
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

/// Leaves out a table of contents: headings with dot leaders, and runs of headings without text whose numbers begin
/// again later.
fn without_contents(text: &str, lines: &[Line], all: Vec<Candidate>) -> (Vec<Candidate>, Option<Span>) {
    let mut drop = vec![false; all.len()];
    for (i, candidate) in all.iter().enumerate() {
        drop[i] = candidate.heading.leader;
    }
    let bodyless: Vec<bool> = (0..all.len()).map(|i| !has_body(text, lines, &all, i)).collect();
    let last_at: HashMap<Number, usize> =
        all.iter().enumerate().filter_map(|(i, c)| Some((c.article()?, i))).collect();
    let mut i = 0;
    while i < all.len() {
        let mut end = i;
        while end < all.len() && bodyless[end] && (end == i || ascends(&all[i..=end])) {
            end += 1;
        }
        // The last heading of a table may be followed by the preamble's words; then the numbers begin again.
        if end < all.len() && end > i && ascends(&all[i..=end]) {
            let first = all[i..end].iter().take(20).find_map(Candidate::article);
            let next = all[end + 1..].iter().take(20).find_map(Candidate::article);
            let again = next.is_some_and(|next| first.is_some_and(|first| next <= first));
            end += usize::from(all[end].article().is_some() || again);
        }
        let run = &all[i..end];
        let articles: Vec<Number> = run.iter().filter_map(Candidate::article).collect();
        let again = articles.iter().filter(|n| last_at.get(n).is_some_and(|at| *at >= end)).count();
        if articles.len() >= 3 && again * 3 >= articles.len() * 2 {
            drop[i..end].fill(true);
        }
        i = end.max(i + 1);
    }
    // Divisions in between go with their neighbours.
    for i in 0..all.len() {
        if !drop[i] && all[i].article().is_none() && bodyless[i] {
            let before = i.checked_sub(1).is_none_or(|p| drop[p]);
            let after = drop.get(i + 1).copied().unwrap_or(false);
            drop[i] = after && (before || i == 0);
        }
    }
    let dropped: Vec<&Candidate> = all.iter().zip(&drop).filter(|(_, d)| **d).map(|(c, _)| c).collect();
    let contents = match (dropped.first(), dropped.last()) {
        (Some(first), Some(last)) => Some(Span::new(first.at, lines[last.line].span.end)),
        _ => None,
    };
    let kept = all.iter().zip(&drop).filter(|(_, d)| !**d).map(|(c, _)| c.clone()).collect();
    (kept, contents)
}

/// Whether the articles of a run count upwards.
fn ascends(run: &[Candidate]) -> bool {
    let mut numbers = run.iter().rev().take(40).filter_map(Candidate::article);
    match (numbers.next(), numbers.next()) {
        (Some(last), Some(before)) => (last.main, last.branch) > (before.main, before.branch),
        _ => true,
    }
}

/// Whether words stand between a heading and the next one.
fn has_body(text: &str, lines: &[Line], all: &[Candidate], i: usize) -> bool {
    let candidate = &all[i];
    if candidate.base + candidate.heading.body < lines[candidate.line].content.end {
        return true;
    }
    let end = all.get(i + 1).map_or(lines.len(), |next| next.line);
    lines[candidate.line + 1..end.max(candidate.line + 1)]
        .iter()
        .any(|line| line.is_text() && !line.words(text).is_empty())
}

struct Finder<'a> {
    text: &'a str,
    lines: &'a [Line],
    accepted: Vec<(Candidate, Level)>,
    /// The last article of the main text.
    last: Option<Number>,
    /// Inside a 부칙 the number of its last article.
    supplement: Option<u32>,
}

impl<'a> Finder<'a> {
    fn sequence(&mut self, all: Vec<Candidate>) {
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
                let marked = line.heading > 0 || line.bold || line.after_blank || candidate.line == 0;
                let fits = match candidate.heading.strength {
                    Strength::Strong => is_complete(before) || marked,
                    _ => marked && self.last.is_some() && !all[i + 1..].iter().any(|c| c.article().is_some()),
                };
                if fits && self.last.is_some() {
                    self.supplement = None;
                    self.accepted.push((candidate.clone(), Level::Annex));
                }
            }
            What::Article(_) => {}
        }
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

    fn boundary(&self, candidate: &Candidate, level: Level) -> Boundary {
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
        let opening = Opening { at: candidate.at, level, rank, label, step, marker, title };
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

/// Further documents: a title between a finished article and a numbering that begins again, or between the last
/// article and sections that are numbered differently.
fn attached(text: &str, lines: &[Line], boundaries: &mut Vec<Boundary>) {
    let mut found: Vec<Boundary> = Vec::new();
    for i in 0..boundaries.len() {
        let boundary = &boundaries[i];
        if !matches!(boundary.opening.level, Level::Article | Level::Supplement | Level::SupplementArticle) {
            continue;
        }
        let next = boundaries.get(i + 1);
        let restarts = next.is_none_or(|next| {
            next.opening.step == Step::Article(Number::new(1)) && next.opening.level == Level::Article
                || next.opening.step == Step::Chapter(Number::new(1))
        });
        if !restarts {
            continue;
        }
        let end = next.map_or(lines.len(), |next| next.line);
        let title =
            (boundary.line + 1..end).find(|n| is_document_title(text, lines, *n, end, next.is_some()));
        if let Some(n) = title {
            let line = &lines[n];
            let label = one_line(line.words(text));
            let opening = Opening {
                at: line.span.start,
                level: Level::Attached,
                rank: rank::ATTACHED,
                step: Step::Named(label.clone()),
                label,
                marker: Span::new(line.content.start, line.content.start),
                title: line.content,
            };
            found.push(Boundary { opening, body: line.content.end, line: n, region: Region::Sections });
        }
    }
    boundaries.extend(found);
    boundaries.sort_by_key(|boundary| boundary.opening.at);
}

fn is_document_title(text: &str, lines: &[Line], n: usize, end: usize, followed: bool) -> bool {
    let line = &lines[n];
    let words = line.words(text);
    if !line.is_text() || words.chars().count() > 40 || ends_sentence(words) || breaks_off(words) {
        return false;
    }
    if !(line.after_blank || line.heading > 0 || line.bold || followed)
        || marker::at_start(words, false).is_some_and(|m| !m.kind.is_bullet())
    {
        return false;
    }
    let bare = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.split(['(', '[', '<']).next().unwrap_or(bare).trim_end();
    let named = [
        "방침",
        "정책",
        "약관",
        "동의서",
        "계약서",
        "협약서",
        "동의",
        "특약",
        "지침",
        "정보보호정책",
        "보호정책",
    ]
    .iter()
    .any(|end| bare.ends_with(end));
    let rest = lines[n + 1..end].iter().filter(|line| line.is_text()).take(4).count();
    named && (followed || rest >= 4)
}

/// Date, parties and seals at the end.
fn signature(text: &str, lines: &[Line], boundaries: &mut Vec<Boundary>) {
    let Some((index, last)) = boundaries.iter().enumerate().rev().find(|(_, b)| {
        matches!(b.opening.level, Level::Article | Level::Supplement | Level::SupplementArticle)
    }) else {
        return;
    };
    let end = boundaries.get(index + 1).map_or(lines.len(), |next| next.line);
    let sealed = |line: &Line| {
        let words = line.words(text);
        words.len() < 200
            && ["(인)", "(서명)", "(직인)", "(날인)", "서명 또는", "(印)", "[인]", "(서명 "]
                .iter()
                .any(|seal| words.contains(seal))
    };
    let region = last.line + 1..end.max(last.line + 1);
    let Some(seal) = region.clone().rev().find(|n| !lines[*n].words(text).is_empty() && sealed(&lines[*n]))
    else {
        return;
    };
    let earliest = region.start.max(seal.saturating_sub(40));
    let mut start = None;
    for n in (earliest..=seal).rev() {
        let line = &lines[n];
        let words = line.words(text);
        if words.is_empty() {
            continue;
        }
        if is_date(words) || is_party(words) || sealed(line) {
            start = Some(n);
        } else if ends_sentence(words) {
            let closing =
                ["작성", "서명", "날인", "보관", "체결"].iter().filter(|w| words.contains(**w)).count() >= 2;
            if closing && marker::at_start(words, false).is_none() {
                start = Some(n);
            }
            break;
        }
    }
    let Some(start) = start else { return };
    let line = &lines[start];
    let marker = Span::new(line.content.start, line.content.start);
    let opening = Opening {
        at: line.span.start,
        level: Level::Signature,
        rank: rank::PART,
        label: "서명란".to_owned(),
        step: Step::Signature,
        marker,
        title: marker,
    };
    boundaries.insert(
        index + 1,
        Boundary { opening, body: line.content.start, line: start, region: Region::Plain },
    );
}

/// A line that is a date, filled in or not.
fn is_date(words: &str) -> bool {
    let count = words.chars().count();
    count <= 30
        && ["년", "월", "일"].iter().all(|unit| words.contains(unit))
        && !ends_sentence(words)
        && words.chars().all(|c| {
            c.is_ascii_digit()
                || c.is_whitespace()
                || "년월일_.()○00 서기계약체결일:".contains(c)
                || !c.is_alphanumeric()
        })
}

fn is_party(words: &str) -> bool {
    const PARTIES: [&str; 14] = [
        "갑",
        "을",
        "\"갑\"",
        "\"을\"",
        "“갑”",
        "“을”",
        "(갑)",
        "(을)",
        "계약 당사자",
        "계약당사자",
        "공급자",
        "위탁자",
        "공급사업자",
        "이용사업자",
    ];
    words.chars().count() <= 60
        && !ends_sentence(words)
        && PARTIES.iter().any(|party| {
            words
                .trim_start_matches(['[', '<', '■', '□', ' '])
                .strip_prefix(party)
                .is_some_and(|after| after.chars().next().is_none_or(|c| !c.is_alphanumeric()))
        })
}

impl<'t> Outline<'t> {
    /// Opens every clause in text order.
    pub fn build(&self, lines: &[Line], builder: &mut Builder<'t>) {
        let text = self.text;
        let first = self.boundaries.first().map_or(text.len(), |b| b.opening.at);
        if text.get(..first).is_some_and(|before| !before.trim().is_empty()) {
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

    fn preamble(&self, builder: &mut Builder<'t>, _end: usize) {
        let at = 0;
        let marker = Span::new(at, at);
        builder.open(Opening {
            at,
            level: Level::Preamble,
            rank: rank::PART,
            label: "전문".to_owned(),
            step: Step::Preamble,
            marker,
            title: marker,
        });
        if let Some(span) = self.contents {
            let marker = Span::new(span.start, span.start);
            builder.open(Opening {
                at: span.start,
                level: Level::Contents,
                rank: rank::PARAGRAPH,
                label: "목차".to_owned(),
                step: Step::Contents,
                marker,
                title: marker,
            });
            builder.close(rank::PARAGRAPH, span.end);
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
            Scheme::Nothing if self.text.trim().is_empty() => Vec::new(),
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
