//! Where a clause that is missing would stand: behind the 조 that carries what precedes it in the standard. Knows topics
//! and clauses, no file format.

use crate::clause::{Clause, ClauseTree, Level};
use crate::document::{BlockKind, Document};
use crate::finding::Kind;
use crate::redline::Fresh;
use crate::report::{FindingInfo, Report, Status, TopicStatus};
use crate::text::Span;
use std::collections::BTreeSet;

/// The place of a provision in its standard, so that places can be compared: "제8조의2제1항" → [8, 2, 1].
pub(super) fn order(provision: &str) -> Vec<u32> {
    let at = provision.split_once('/').map_or(provision, |(_, at)| at);
    let (article, rest) = at.split_once('조').unwrap_or((at, ""));
    let number = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap_or(0)
    };
    let (branch, below) = match rest.strip_prefix('의') {
        Some(branch) => branch.split_once('제').unwrap_or((branch, "")),
        None => ("", rest),
    };
    let mut out = vec![number(article), number(branch)];
    out.extend(below.split('제').filter(|step| !step.is_empty()).map(number));
    out
}

/// The topic that a finding says is absent.
pub(super) fn topic<'r>(report: &'r Report, finding: &FindingInfo) -> Option<&'r TopicStatus> {
    if finding.kind != Kind::Missing {
        return None;
    }
    let id = finding.rule.strip_prefix("missing-").or_else(|| finding.rule.strip_prefix("partial-"))?;
    report.topics.iter().find(|topic| topic.id == id)
}

/// Where what a finding misses stands in the standard.
pub(super) fn key(topic: &TopicStatus, finding: &FindingInfo) -> Vec<u32> {
    let own = finding.provisions.iter().chain(&topic.provisions);
    own.map(|provision| order(provision)).min().unwrap_or_default()
}

/// The 조 behind which a missing topic would stand.
pub(super) fn article<'t>(report: &Report, tree: &'t ClauseTree, key: &[u32]) -> Option<&'t Clause> {
    let carries = |topic: &&TopicStatus| matches!(topic.status, Status::Covered | Status::Partial);
    // Every place of the standard that a 조 of the contract carries.
    let mut known: Vec<(Vec<u32>, &Clause)> = Vec::new();
    for topic in report.topics.iter().filter(carries) {
        let clause = topic.clauses.iter().find_map(|path| article_at(tree, path));
        let place = topic.provisions.iter().map(|provision| order(provision)).min();
        known.extend(place.zip(clause));
    }
    let before = known.iter().filter(|(place, _)| place.as_slice() <= key);
    // Of two that are as near the one further down: what is new never comes between them.
    let nearest = before.max_by_key(|(place, clause)| (place.clone(), clause.span.start));
    if let Some((_, clause)) = nearest {
        return Some(clause);
    }
    let articles: Vec<&Clause> =
        tree.clauses().iter().filter(|clause| clause.level == Level::Article).collect();
    let behind = known.iter().min_by_key(|(place, clause)| (place.clone(), clause.span.start));
    let previous = behind.and_then(|(_, next)| {
        articles.iter().rev().find(|article| article.span.start < next.span.start).copied()
    });
    previous.or_else(|| articles.last().copied())
}

fn article_at<'t>(tree: &'t ClauseTree, path: &str) -> Option<&'t Clause> {
    let path = path.parse().ok()?;
    tree.article_of(tree.find(&path)?.id).filter(|article| article.level == Level::Article)
}

/// New articles behind those of a document, numbered so that no other number moves.
pub(super) struct Numbers {
    taken: BTreeSet<String>,
}

impl Numbers {
    pub fn new(tree: &ClauseTree) -> Self {
        Self { taken: tree.clauses().iter().map(|clause| clause.label.clone()).collect() }
    }

    /// "제12조의2" behind "제12조", "7의2." behind "7."; "" behind what has no number.
    pub fn behind(&mut self, article: &Clause) -> String {
        let label = article.label.trim();
        let (head, tail) = match label.find('조') {
            Some(at) if label.starts_with('제') => (&label[..at + '조'.len_utf8()], ""),
            _ => {
                let digits = label.trim_end_matches(['.', ')']);
                if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
                    return String::new();
                }
                (digits, &label[digits.len()..])
            }
        };
        let mut branch = 2;
        loop {
            let new = format!("{head}의{branch}{tail}");
            if self.taken.insert(new.clone()) {
                return new;
            }
            branch += 1;
        }
    }
}

/// The last byte of a 조 in the body of the document, so that what is new stands behind it.
pub(super) fn tail(document: &Document, article: &Clause) -> usize {
    let flows =
        |kind: BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::TableRow);
    let blocks = document.blocks().iter().rev();
    let mut own = blocks.filter(|block| block.span.overlaps(article.span) && flows(block.kind));
    own.find(|block| !block.span.of(document.text()).trim().is_empty())
        .map_or(article.span.start, |block| block.span.end.saturating_sub(1).max(block.span.start))
}

/// A new 조 in the manner of another one: its heading, then the lines of its wording.
pub(super) fn paragraphs(
    document: &Document,
    tree: &ClauseTree,
    article: &Clause,
    label: &str,
    title: &str,
    wording: &str,
) -> Vec<Fresh> {
    let text = document.text();
    let head = article.marker.start.max(article.span.start);
    let (open, close) = brackets(text, article);
    let gap = if label.is_empty() || open.starts_with(char::is_whitespace) || !open.trim().is_empty() {
        ""
    } else {
        " "
    };
    let heading = match label {
        "" => title.to_owned(),
        label => format!("{label}{gap}{open}{title}{close}"),
    };
    let below = tree.subtree(article.id);
    let first = |level: Level| {
        below
            .iter()
            .find(|clause| clause.level == level)
            .map(|clause| clause.marker.start.max(clause.span.start))
    };
    let plain = plain(document, article).unwrap_or(head);
    let like = |line: &str| {
        let numbered =
            line.split_once('.').is_some_and(|(n, _)| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
        let level = if numbered { Level::Item } else { Level::Paragraph };
        first(level).or_else(|| first(Level::Paragraph)).unwrap_or(plain)
    };
    let mut lines: Vec<&str> = wording.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut out = Vec::with_capacity(lines.len() + 1);
    // Headings on a line of their own, or in front of the text, as the neighbour has them.
    let line = document.blocks().iter().find(|block| block.span.start <= head && head < block.span.end);
    let title_end = article.title.end.max(article.marker.end);
    let alone = line.is_some_and(|block| {
        let rest = Span::new(title_end, block.span.end.max(title_end)).of(text);
        rest.trim_matches([')', ']', '】', '〉', '>']).trim().is_empty()
    });
    if alone || lines.is_empty() {
        out.push(Fresh { text: heading, like: head });
    } else {
        out.push(Fresh { text: format!("{heading} {}", lines.remove(0)), like: head });
    }
    out.extend(lines.into_iter().map(|line| Fresh { text: line.to_owned(), like: like(line) }));
    out
}

/// What stands around the title of a 조: "(" and ")".
fn brackets(text: &str, article: &Clause) -> (String, &'static str) {
    if article.title.is_empty() {
        return ("(".into(), ")");
    }
    let open = Span::new(article.marker.end, article.title.start).of(text);
    let open = open.rsplit('\n').next().unwrap_or_default();
    let close = match open.trim() {
        "(" => ")",
        "[" => "]",
        "【" => "】",
        "〈" => "〉",
        "<" => ">",
        _ => "",
    };
    if close.is_empty() { (" ".into(), "") } else { (open.to_owned(), close) }
}

/// The first byte of a paragraph of a 조 behind its heading, when it has one of its own.
fn plain(document: &Document, article: &Clause) -> Option<usize> {
    let title = article.title.end.max(article.marker.end);
    let mut blocks = document.blocks().iter().filter(|block| {
        block.span.start > title && block.span.overlaps(article.span) && block.kind == BlockKind::Paragraph
    });
    blocks.find(|block| !block.span.of(document.text()).trim().is_empty()).map(|block| block.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provisions_stand_in_the_order_of_the_standard() {
        let mut all = ["a/제10조", "a/제8조의2제1항", "a/제8조제2항", "a/제8조제1항제3호", "a/제8조"];
        all.sort_by_key(|provision| order(provision));
        assert_eq!(all, ["a/제8조", "a/제8조제1항제3호", "a/제8조제2항", "a/제8조의2제1항", "a/제10조"]);
    }
}
