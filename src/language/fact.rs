//! Facts: periods, rates, amounts, dates, citations and ways of notice, read once and typed. Later stages compare
//! these and never read a number again. Knows how contracts write, not what law asks.

mod citation;
mod notice;
mod quantity;

use super::variant::Seen;
use crate::text::Span;
pub use citation::{Citation, Relative};
pub use notice::NoticeMethod;
pub use quantity::{Amount, Bound, Currency, Date, Duration, Percent, Unit};

/// Something typed that a text states, with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fact {
    /// What it is.
    pub kind: FactKind,
    /// Its place: the number with its unit, without the word that bounds it (`30일` of 30일 이내에).
    pub span: Span,
}

/// The kinds of facts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FactKind {
    /// A period: 30일 이내, 3개월 전까지.
    Duration(Duration),
    /// A rate: 99.9% 이상, 100분의 10.
    Percent(Percent),
    /// A sum of money: 5백만원.
    Amount(Amount),
    /// A day, a month or a year of the calendar: 2024년 3월 1일, 매월 25일.
    Date(Date),
    /// A reference: 제5조 제2항, 전항, 「민법」 제390조. A heading's own label (제5조(목적)) is read as one too;
    /// who knows the clause tree leaves those out.
    Citation(Citation),
    /// A way of telling somebody: 전자우편, 홈페이지.
    Notice(NoticeMethod),
}

/// All facts of `text` in text order, none overlapping another. Linear in the text's length.
pub fn facts(text: &str) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let seen = Seen::new(line);
        scan(&seen.text, |kind, from, to| {
            let place = |at: usize| start + seen.origin(at);
            let kind = match kind {
                FactKind::Citation(citation) => FactKind::Citation(citation.moved(place)),
                other => other,
            };
            facts.push(Fact { kind, span: Span::new(place(from), place(to)) });
        });
        start += line.len();
    }
    facts
}

/// Reads one line from left to right; at each character the first reader that knows what begins there takes it.
fn scan(line: &str, mut found: impl FnMut(FactKind, usize, usize)) {
    let mut at = 0;
    let mut before = None;
    // The place behind the last fact: what is read may not reach back over it.
    let mut free = 0;
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let here = Here { line, at, before, free };
        let read = match c {
            '0'..='9' | '(' | '[' | '{' | '_' | '○' | '◯' | '●' | '□' | '〇' => quantity::read(here),
            ' '..='/' | ':'..='@' | '~' if c != '$' => None,
            '제' | '「' | '『' => citation::read(here),
            _ => {
                let quantity = if quantity::may_begin(c) { quantity::read(here) } else { None };
                let citation = || if citation::may_begin(c) { citation::read(here) } else { None };
                quantity.or_else(citation).or_else(|| notice::read(here))
            }
        };
        let next = match read {
            Some((kind, from, to)) if to > at => {
                found(kind, from, to);
                free = to;
                before = line[..to].chars().next_back();
                to
            }
            // A number that is no fact is passed as a whole, so that its digits are not read again.
            _ if c.is_ascii_digit() => {
                before = Some(c);
                at + line[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len() - at)
            }
            _ => {
                before = Some(c);
                at + c.len_utf8()
            }
        };
        at = next;
    }
}

/// Where a reader stands.
#[derive(Clone, Copy)]
struct Here<'t> {
    line: &'t str,
    at: usize,
    /// The character before.
    before: Option<char>,
    /// Nothing before this place may be taken.
    free: usize,
}

impl<'t> Here<'t> {
    /// The line from here on.
    fn rest(self) -> &'t str {
        self.line.get(self.at..).unwrap_or_default()
    }

    /// The line up to here, as far as it is free; at most the last 120 bytes, so that looking back costs nothing.
    fn past(self) -> &'t str {
        let mut start = self.at.saturating_sub(120).max(self.free);
        while !self.line.is_char_boundary(start) {
            start += 1;
        }
        self.line.get(start..self.at).unwrap_or_default()
    }

    /// Whether a word begins here.
    fn at_word(self) -> bool {
        !self.before.is_some_and(char::is_alphanumeric)
    }
}

/// What a reader found: its kind and its place in the line.
type Read = Option<(FactKind, usize, usize)>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stand_in_order_at_their_places() {
        let text = "회사는 이용요금의 １０％를 30일 이내에\n「민법」 제390조에 따라 전자우편으로 알린다.";
        let facts = facts(text);
        let places: Vec<&str> = facts.iter().map(|fact| fact.span.of(text)).collect();
        assert_eq!(places, ["１０％", "30일", "「민법」 제390조", "전자우편"]);
        let FactKind::Citation(citation) = facts[2].kind else { panic!("{:?}", facts[2]) };
        assert_eq!(citation.law.map(|law| law.of(text)), Some("민법"));
    }

    #[test]
    fn nothing_breaks_the_scan() {
        for text in [
            "",
            "(",
            "((((((((",
            "제",
            "제제제",
            "제1",
            "1.",
            "_",
            "____",
            "「",
            "「」",
            "100분의",
            "₩",
            "$",
            "금",
        ] {
            for fact in facts(text) {
                assert!(!fact.span.of(text).is_empty(), "{text:?}: {fact:?}");
            }
        }
        for unit in ["(", "1", "제1조 ", "삼", "30일 ", "「", "( ", "[", "1,", "전자"] {
            assert!(facts(&unit.repeat(50_000 / unit.len())).len() < 50_000, "{unit}");
        }
    }
}
