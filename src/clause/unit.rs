//! The stretches of an article that may begin a 항, 호 or 목: its lines, and what follows a marker inside a line
//! (`…합니다.⑦ 회사는`, `1. 검색 2. 예약`). Decides nothing about levels.

use super::line::{Line, Role};
use super::marker::{self, Kind, Marker};
use super::path::subitem_letter;
use super::wording::ends_sentence;
use crate::text::Span;

/// A stretch of an article's text that may begin a clause: a line, or what follows a marker inside a line.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Where a clause that begins here starts.
    pub at: usize,
    pub words: Span,
    pub marker: Option<Marker>,
    pub indent: usize,
    /// The format itself numbered it.
    pub certain: bool,
    pub after_blank: bool,
}

/// Cuts the lines of an article from byte `from` on into units.
pub(super) fn units(text: &str, lines: &[Line], from: usize, to: usize) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(lines.len());
    let mut after_blank = false;
    for line in lines {
        let start = line.content.start.max(from);
        let end = line.content.end.min(to);
        // A row of a layout table in which the article itself begins has its text as well.
        let row = line.role == Role::Inert && (line.span.start..line.span.end).contains(&from);
        let start = if row { start + separator(&text[start.min(end)..end]) } else { start };
        if !(row || line.role == Role::Text) || start >= end {
            after_blank |= line.role == Role::Blank;
            continue;
        }
        let whole = start == line.content.start;
        let words = Span::new(start, end);
        let marker = if whole && line.label > 0 && line.label <= words.len() {
            marker::at_start(words.of(text), true).filter(|m| m.len <= line.label + 1).or_else(|| {
                let len = line.label;
                Some(Marker { kind: Kind::Bullet('*'), number: 0, also: None, len, skip: len, first: 0 })
            })
        } else {
            marker::at_start(words.of(text), line.heading > 0)
        };
        let unit = Unit {
            at: if whole { line.span.start.max(from) } else { start },
            words,
            marker,
            indent: line.indent,
            certain: whole && line.label > 0,
            after_blank,
        };
        after_blank = false;
        split_circled(text, unit, &mut units);
    }
    split_lists(text, units)
}

/// Length of what parts two cells at the start of a text.
fn separator(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c == '|' || c.is_whitespace()).len()
}

fn is_circled(c: char) -> bool {
    ('①'..='⑳').contains(&c)
}

/// `…합니다.⑦ 회사는`: a circled number after the end of a sentence begins a clause.
fn split_circled(text: &str, unit: Unit, units: &mut Vec<Unit>) {
    let words = unit.words.of(text);
    let own = unit.marker.filter(|m| m.kind == Kind::Circled).map(|m| m.number);
    let mut last = own;
    let mut cuts = Vec::new();
    let skip = unit.marker.map_or(0, |m| m.skip);
    if words.len() > skip && words[skip..].contains(is_circled) {
        for (at, c) in words.char_indices().filter(|(at, c)| *at > skip && is_circled(*c)) {
            let n = u32::from(c) - 0x245F;
            let before = words[..at].trim_end();
            let follows = match last {
                Some(last) => n == last + 1,
                None => {
                    n <= 2
                        || units
                            .iter()
                            .rev()
                            .take(30)
                            .find_map(|u| u.marker)
                            .is_some_and(|m| m.kind == Kind::Circled && m.number + 1 == n)
                }
            };
            let title = cuts.is_empty() && n == 1 && own.is_none() && before.ends_with([')', ']', ':']);
            if follows
                && n > 1 - u32::from(own.is_none())
                && (ends_sentence(before) || before.ends_with('.') || title)
            {
                cuts.push(at);
                last = Some(n);
            }
        }
    }
    cut(text, unit, &cuts, units);
}

fn cut(text: &str, unit: Unit, cuts: &[usize], units: &mut Vec<Unit>) {
    let mut start = 0;
    for (i, end) in cuts.iter().copied().chain([unit.words.len()]).enumerate() {
        let words = Span::new(unit.words.start + start, unit.words.start + end);
        let trimmed = Span::new(words.start, words.start + words.of(text).trim_end().len());
        if i == 0 {
            units.push(Unit { words: trimmed, ..unit.clone() });
        } else {
            let marker = marker::at_start(trimmed.of(text), false);
            units.push(Unit {
                at: words.start,
                words: trimmed,
                marker,
                certain: false,
                after_blank: false,
                ..unit.clone()
            });
        }
        start = end;
    }
}

/// `1. 검색 2. 예약` on one line: the next numbers in turn begin clauses, unless the following line has them.
fn split_lists(text: &str, units: Vec<Unit>) -> Vec<Unit> {
    let mut split = Vec::with_capacity(units.len());
    let mut units = units.into_iter().peekable();
    while let Some(unit) = units.next() {
        let Some(marker) =
            unit.marker.filter(|m| !m.kind.is_bullet() && m.number < 50 && m.kind != Kind::Bare)
        else {
            split.push(unit);
            continue;
        };
        let words = unit.words.of(text);
        let mut read = (marker.kind, marker.number);
        let mut cuts = successors(words, marker.skip, read);
        if let Some(roman) = marker.also.filter(|_| cuts.is_empty()) {
            read = roman;
            cuts = successors(words, marker.skip, roman);
        }
        let last = read.1 + u32::try_from(cuts.len()).unwrap_or(0);
        let repeated = units
            .peek()
            .and_then(|u| u.marker)
            .is_some_and(|next| next.kind == read.0 && next.number > read.1 && next.number <= last);
        if repeated {
            cuts.clear();
        }
        let first = split.len();
        cut(text, unit, &cuts, &mut split);
        for (piece, number) in split.iter_mut().skip(first + 1).zip(read.1 + 1..) {
            if let Some(marker) = &mut piece.marker {
                (marker.kind, marker.number, marker.also) = (read.0, number, None);
            }
        }
    }
    split
}

/// Where the markers that follow (kind, number) begin in `words` behind byte `at`.
fn successors(words: &str, mut at: usize, (kind, mut number): (Kind, u32)) -> Vec<usize> {
    let mut cuts = Vec::new();
    while let Some((offset, len)) = words.get(at..).and_then(|rest| successor(rest, kind, number + 1)) {
        cuts.push(at + offset);
        at += offset + len;
        number += 1;
    }
    cuts
}

/// Where the marker with number `n` of the same shape stands in `words`: offset and length.
fn successor(words: &str, kind: Kind, n: u32) -> Option<(usize, usize)> {
    let roman = || -> Option<&'static str> {
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"].get(n as usize - 1).copied()
    };
    let letter = |base: u8| char::from(base + u8::try_from(n - 1).unwrap_or(25).min(25));
    let mark = match kind {
        Kind::Dot => format!("{n}. "),
        Kind::HalfDigit => format!("{n}) "),
        Kind::ParenDigit => format!("({n})"),
        Kind::HangulDot => format!("{}. ", subitem_letter(n)?),
        Kind::HangulHalf => format!("{}) ", subitem_letter(n)?),
        Kind::RomanHalf | Kind::RomanParen => format!("({})", roman()?),
        Kind::LowerHalf => format!("{}) ", letter(b'a')),
        Kind::LowerParen => format!("({})", letter(b'a')),
        _ => return None,
    };
    let mut from = 0;
    while let Some(found) = words[from..].find(&mark) {
        let at = from + found;
        let before = &words[..at];
        let after = words[at + mark.len()..].trim_start();
        let apart = before.ends_with(char::is_whitespace) || before.ends_with([',', ';']);
        let before = before.trim_end();
        let plain = !before.is_empty()
            && !before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '~' | '-'))
            && before.rsplit(char::is_whitespace).next() != Some("제")
            && !after.starts_with(|c: char| c.is_ascii_digit())
            && !["항의", "항에", "호의", "호에", "조의", "조에", "의 ", "및 ", "에 ", "을 ", "를 "]
                .iter()
                .any(|w| after.starts_with(w));
        if apart && plain && !after.is_empty() {
            return Some((at, mark.len()));
        }
        from = at + mark.len();
    }
    None
}
