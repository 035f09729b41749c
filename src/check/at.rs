//! Where a check saw something: the clause of a place, lists of places for people, and the text without spaces in which
//! names are looked for. Knows no law.

use crate::clause::{Clause, ClauseId, ClauseTree, Level};
use crate::contract::Contract;
use crate::finding::Anchor;
use crate::text::Span;

/// The clause that holds words.
pub(super) struct Place {
    path: String,
    id: ClauseId,
}

impl Place {
    pub(super) fn of(contract: &Contract<'_>, span: Span) -> Self {
        let clause = contract.tree.at(span.start);
        Self { path: clause.path.to_string(), id: clause.id }
    }

    pub(super) fn anchor(self, span: Span) -> Anchor {
        Anchor::Text { clause: self.path, clause_id: format!("c{}", self.id.0), span }
    }
}

/// How many clauses a message names before it says 등.
const NAMED: usize = 30;

/// The clauses of places in text order, each with how often: "제3조제1항, 제11조제1항(4곳) 등".
pub(super) fn places(contract: &Contract<'_>, spans: &[Span]) -> String {
    let mut clauses: Vec<(ClauseId, usize)> = Vec::new();
    for span in spans {
        let id = contract.tree.at(span.start).id;
        match clauses.last_mut() {
            Some((last, count)) if *last == id => *count += 1,
            _ => clauses.push((id, 1)),
        }
    }
    let told = clauses.iter().take(NAMED).map(|(id, count)| {
        let path = &contract.tree.get(*id).path;
        if *count > 1 { format!("{path}({count}곳)") } else { path.to_string() }
    });
    let mut told = told.collect::<Vec<_>>().join(", ");
    if clauses.len() > NAMED {
        told.push_str(" 등");
    }
    told
}

/// The document on the page that a clause belongs to: the terms, or a further document after them.
pub(super) fn part(contract: &Contract<'_>, clause: &Clause) -> ClauseId {
    let own = (clause.level == Level::Attached).then_some(clause);
    let attached = || contract.tree.ancestors(clause.id).find(|above| above.level == Level::Attached);
    own.or_else(attached).map_or(ClauseId(0), |attached| attached.id)
}

/// Whether a clause is of the contract itself: not of a 부칙, an annex or a further document.
pub(super) fn is_main(tree: &ClauseTree, clause: &Clause) -> bool {
    let aside = |level| {
        matches!(level, Level::Supplement | Level::SupplementArticle | Level::Annex | Level::Attached)
    };
    !aside(clause.level) && !tree.ancestors(clause.id).any(|above| aside(above.level))
}

/// The text without white space and middle dots, with the way back. Names are looked for in it, however they are spaced and
/// wherever a line was broken.
pub(super) struct Squeezed {
    pub(super) text: String,
    /// For each byte of `text` the byte of the original, then the original's length.
    origins: Vec<u32>,
}

impl Squeezed {
    pub(super) fn new(text: &str) -> Self {
        let mut squeezed = String::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices().filter(|(_, c)| !is_gap(*c)) {
            squeezed.push(c);
            origins.resize(squeezed.len(), u32::try_from(at).unwrap_or(u32::MAX));
        }
        origins.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        Self { text: squeezed, origins }
    }

    /// The words of the original behind a stretch of the squeezed text, without the gap that follows them.
    pub(super) fn origin(&self, start: usize, end: usize, text: &str) -> Span {
        let at = |byte: usize| self.origins.get(byte).map_or(text.len(), |at| *at as usize);
        Span::new(at(start), at(end)).trimmed(text)
    }
}

/// Whether a character separates nothing in a name.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, 'ㆍ' | '·' | '・' | '‧' | '･' | '\u{119e}' | '\u{200b}' | '\u{feff}')
}

/// A name as it is compared: without gaps.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !is_gap(*c)).collect()
}

/// The last `count` characters of a text.
pub(super) fn tail(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).map_or(text, |(at, _)| &text[at..])
}

/// The first `count` characters of a text.
pub(super) fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

/// Whether a word goes on here: Hangul, a letter or a digit.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_however_it_is_spaced() {
        let text = "「국가정보화\n 기본법」 제3조";
        let squeezed = Squeezed::new(text);
        let at = squeezed.text.find("국가정보화기본법").unwrap();
        let span = squeezed.origin(at, at + "국가정보화기본법".len(), text);
        assert_eq!(span.of(text), "국가정보화\n 기본법");
        assert_eq!(squeeze("표시ㆍ광고의 공정화"), squeeze("표시·광고의공정화"));
    }

    #[test]
    fn ends_are_cut_by_characters() {
        assert_eq!(
            (tail("가나다", 2), head("가나다", 2), tail("가", 5), head("가", 5)),
            ("나다", "가나", "가", "가")
        );
    }
}
