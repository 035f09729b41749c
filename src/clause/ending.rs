//! What follows the articles: further documents on the same page, and the block of date, parties and seals.

use super::Level;
use super::line::Line;
use super::marker;
use super::outline::{Boundary, Region};
use super::path::{Number, Step};
use super::tree::{Opening, one_line, rank};
use super::wording::{breaks_off, ends_sentence};
use crate::text::Span;

/// Further documents: a title between a finished article and a numbering that begins again, or between the last
/// article and sections that are numbered differently.
pub(super) fn attached(text: &str, lines: &[Line], boundaries: &mut Vec<Boundary>) {
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
                words: line.span.end,
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
pub(super) fn signature(text: &str, lines: &[Line], boundaries: &mut Vec<Boundary>) {
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
        words: line.content.start,
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
