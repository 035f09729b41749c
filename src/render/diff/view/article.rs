//! Rows gathered by article, so that both contracts are read article by article.

use super::row::Row;
use crate::clause::{ClausePath, Step};
use crate::render::view::visible;
use crate::report::{self, Piece, Relation};

/// The rows of one article of the base, with what stands beside or behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Unique: "a3".
    pub id: String,
    /// The base's article, "제12조 해지"; the contract's where the base has none.
    pub title: String,
    /// Articles of the contract that stand beside it; empty where the title names them.
    pub beside: String,
    /// Whether only the contract has it.
    pub extra: bool,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Article {
    /// "제12조 해지 ↔ 제15조 계약의 해지".
    pub fn told(&self) -> String {
        match (self.extra, self.beside.as_str()) {
            (true, _) => format!("{} (계약서에만 있음)", self.title),
            (false, "") => self.title.clone(),
            (false, beside) => format!("{} ↔ {beside}", self.title),
        }
    }

    /// How many of its rows relate how, without those that are the same.
    pub fn counts(&self) -> Vec<(Relation, &'static str, usize)> {
        let count = |relation| {
            let rows = self.rows.iter().filter(|row| row.relation == relation);
            rows.map(|row| row.word)
                .next()
                .map(|word| (relation, word, self.rows.iter().filter(|row| row.relation == relation).count()))
        };
        Relation::ALL.into_iter().filter(|relation| *relation != Relation::Same).filter_map(count).collect()
    }
}

/// The article that a path leads into: "제12조제2항" → "제12조", "7.제2항" → "7.".
fn article(path: &str) -> String {
    let Ok(whole) = path.parse::<ClausePath>() else { return path.to_owned() };
    let below =
        |step: &Step| matches!(step, Step::Paragraph(_) | Step::Item(_) | Step::Subitem(_) | Step::Detail(_));
    let above: String =
        whole.steps().iter().take_while(|step| !below(step)).map(ToString::to_string).collect();
    if above.is_empty() { path.to_owned() } else { above }
}

/// "제12조 해지".
fn named(piece: &Piece) -> String {
    let at = article(&piece.path);
    match piece.heading.as_deref().filter(|heading| !at.contains(heading)) {
        Some(heading) => visible(&format!("{at} {heading}")),
        None => visible(&at),
    }
}

/// The articles of pieces with their headings, each once.
fn all_named(pieces: &[Piece]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in pieces.iter().map(named) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Rows that belong to one article of the base stand together; so do rows that only one article of the contract has,
/// unless that article already stands beside the rows before them.
pub(super) fn articles(rows: Vec<(&report::Row, Row)>) -> Vec<Article> {
    struct Open {
        key: (bool, String),
        names: Vec<String>,
        beside: Vec<String>,
        rows: Vec<Row>,
    }
    let mut groups: Vec<Open> = Vec::new();
    for (plain, row) in rows {
        let beside = all_named(&plain.contract);
        let extra = plain.base.is_empty();
        let first = if extra { plain.contract.first() } else { plain.base.first() };
        let key = (extra, first.map(|piece| article(&piece.path)).unwrap_or_default());
        // What only the contract has may stand between two rows of one article: the article stays whole, ahead of it.
        let whole = groups.iter().rposition(|open| !open.key.0);
        let last = groups.len().checked_sub(1);
        let within = |at: &usize| {
            let open = &groups[*at];
            open.key == key || extra && !open.key.0 && beside.iter().all(|name| open.beside.contains(name))
        };
        let place = last.filter(within).or(whole.filter(within)).unwrap_or(groups.len());
        if place == groups.len() {
            let names = if extra { beside.clone() } else { all_named(&plain.base) };
            groups.push(Open { key, names, beside: Vec::new(), rows: Vec::new() });
        }
        if let Some(open) = groups.get_mut(place) {
            for name in beside {
                if !open.beside.contains(&name) {
                    open.beside.push(name);
                }
            }
            open.rows.push(row);
        }
    }
    groups
        .into_iter()
        .enumerate()
        .map(|(index, open)| Article {
            id: format!("a{}", index + 1),
            title: open.names.join(", "),
            beside: if open.key.0 { String::new() } else { open.beside.join(", ") },
            extra: open.key.0,
            rows: open.rows,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_told_from_what_lies_below_it() {
        for (path, want) in [
            ("제12조제2항제1호가목", "제12조"),
            ("제8조의2제1항", "제8조의2"),
            ("7.제2항", "7."),
            ("부칙제1항", "부칙"),
            ("별표1", "별표1"),
            ("전문", "전문"),
        ] {
            assert_eq!(article(path), want);
        }
    }
}
