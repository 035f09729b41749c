//! Tables of contents: headings that are repeated later and have no text of their own here.

use super::line::Line;
use super::path::Number;
use super::sequence::Candidate;
use crate::text::Span;
use std::collections::HashMap;

/// Leaves out a table of contents: headings with dot leaders, and runs of headings without text whose numbers begin
/// again later.
pub(super) fn without_contents(
    text: &str,
    lines: &[Line],
    all: Vec<Candidate>,
) -> (Vec<Candidate>, Option<Span>) {
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
pub(super) fn has_body(text: &str, lines: &[Line], all: &[Candidate], i: usize) -> bool {
    let candidate = &all[i];
    if candidate.base + candidate.heading.body < lines[candidate.line].content.end {
        return true;
    }
    let end = all.get(i + 1).map_or(lines.len(), |next| next.line);
    lines[candidate.line + 1..end.max(candidate.line + 1)]
        .iter()
        .any(|line| line.is_text() && !line.words(text).is_empty())
}
