//! The way to a clause as people cite it: `제12조제2항제1호가목`, `7.제2항`, `부칙제1항`. Knows no text, only names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A number with its 가지번호: 8 and 2 in 제8조의2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// The number itself.
    pub main: u32,
    /// The branch number after 의, 0 without one.
    pub branch: u32,
}

impl Number {
    /// A number without a branch.
    pub fn new(main: u32) -> Self {
        Self { main, branch: 0 }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.main)
    }
}

/// The kinds of attachment that are cited by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnnexKind {
    /// 별표
    Table,
    /// 별지
    Sheet,
    /// 별첨
    Enclosure,
    /// 붙임
    Attachment,
    /// 첨부
    Appendix,
    /// 부속서
    Schedule,
}

impl AnnexKind {
    const ALL: [(AnnexKind, &'static str); 6] = [
        (AnnexKind::Table, "별표"),
        (AnnexKind::Sheet, "별지"),
        (AnnexKind::Enclosure, "별첨"),
        (AnnexKind::Attachment, "붙임"),
        (AnnexKind::Appendix, "첨부"),
        (AnnexKind::Schedule, "부속서"),
    ];

    /// The Korean word.
    pub fn korean(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("별표", |(_, word)| word)
    }

    /// The kind whose word `text` begins with.
    pub fn at_start(text: &str) -> Option<(AnnexKind, &'static str)> {
        Self::ALL.into_iter().find(|(_, word)| text.starts_with(word))
    }
}

/// One step of a [`ClausePath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The document as a whole.
    Document,
    /// 전문: what stands before the first article.
    Preamble,
    /// 편
    Part(Number),
    /// 장
    Chapter(Number),
    /// 절
    Section(Number),
    /// 관
    Subsection(Number),
    /// 조
    Article(Number),
    /// A section of a document without 조: its printed label ("7.", "A.") or its heading. Only the first step.
    Named(String),
    /// 항
    Paragraph(Number),
    /// 호
    Item(Number),
    /// 목, counted from 1
    Subitem(u32),
    /// 세목 and deeper, counted from 1
    Detail(u32),
    /// 부칙
    Supplement,
    /// 별표, 별지 …, with its number when it has one
    Annex(AnnexKind, Option<u32>),
    /// 서명란
    Signature,
    /// 목차
    Contents,
}

/// Letters of 목: 가…하, 거…허, 고…호, 구…후, 그…흐, 기…히.
const INITIALS: [u32; 14] = [0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18];
const VOWELS: [u32; 6] = [0, 4, 8, 13, 18, 20];

/// The letter of the 목 with number `n` from 1; `None` beyond 84.
pub fn subitem_letter(n: u32) -> Option<char> {
    let index = n.checked_sub(1)? as usize;
    let vowel = VOWELS.get(index / INITIALS.len())?;
    char::from_u32(0xAC00 + INITIALS.get(index % INITIALS.len())? * 588 + vowel * 28)
}

/// The number from 1 of a 목 letter such as 가, 나, 거.
pub fn subitem_number(letter: char) -> Option<u32> {
    let code = u32::from(letter).checked_sub(0xAC00).filter(|code| *code < 11172)?;
    let vowel = VOWELS.iter().position(|v| *v == code % 588 / 28 && code % 28 == 0)?;
    let initial = INITIALS.iter().position(|i| *i == code / 588)?;
    u32::try_from(vowel * INITIALS.len() + initial + 1).ok()
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut unit = |number: &Number, unit: &str| {
            write!(f, "제{}{unit}", number.main)?;
            if number.branch > 0 { write!(f, "의{}", number.branch) } else { Ok(()) }
        };
        match self {
            Step::Part(n) => unit(n, "편"),
            Step::Chapter(n) => unit(n, "장"),
            Step::Section(n) => unit(n, "절"),
            Step::Subsection(n) => unit(n, "관"),
            Step::Article(n) => unit(n, "조"),
            Step::Paragraph(n) => unit(n, "항"),
            Step::Item(n) => unit(n, "호"),
            Step::Subitem(n) => match subitem_letter(*n) {
                Some(letter) => write!(f, "{letter}목"),
                None => write!(f, "제{n}목"),
            },
            Step::Detail(n) => write!(f, "제{n}세목"),
            Step::Annex(kind, None) => f.write_str(kind.korean()),
            Step::Annex(kind, Some(n)) => write!(f, "{}{n}", kind.korean()),
            Step::Document => f.write_str("문서"),
            Step::Preamble => f.write_str("전문"),
            Step::Supplement => f.write_str("부칙"),
            Step::Signature => f.write_str("서명란"),
            Step::Contents => f.write_str("목차"),
            Step::Named(label) if is_plain(label) => f.write_str(label),
            Step::Named(label) => write!(f, "⟦{label}⟧"),
        }
    }
}

/// Whether a label can stand in a path without brackets: no end of it reads as a step.
fn is_plain(label: &str) -> bool {
    let mut squeezed: &str = &label.split_whitespace().collect::<String>();
    while let Some((before, _)) = last_step(squeezed) {
        squeezed = before;
    }
    last_step(label).is_none() && !squeezed.is_empty()
}

/// The last step that `text` ends with and the text before it.
fn last_step(text: &str) -> Option<(&str, Step)> {
    const WORDS: [(&str, Step); 5] = [
        ("문서", Step::Document),
        ("전문", Step::Preamble),
        ("부칙", Step::Supplement),
        ("서명란", Step::Signature),
        ("목차", Step::Contents),
    ];
    for (word, step) in WORDS {
        if let Some(rest) = text.strip_suffix(word) {
            return Some((rest, step));
        }
    }
    if let Some(rest) = text.strip_suffix('목')
        && let Some(letter) = rest.chars().next_back()
        && let Some(n) = subitem_number(letter)
    {
        return Some((&rest[..rest.len() - letter.len_utf8()], Step::Subitem(n)));
    }
    if let Some(rest) = text.strip_suffix("세목") {
        return numbered(rest).map(|(rest, n)| (rest, Step::Detail(n)));
    }
    if let Some(rest) = text.strip_suffix('목') {
        return numbered(rest)
            .filter(|(_, n)| subitem_letter(*n).is_none())
            .map(|(rest, n)| (rest, Step::Subitem(n)));
    }
    let (plain, branch) = match trailing_number(text) {
        Some((rest, n)) => {
            if let Some((kind, head)) =
                AnnexKind::ALL.iter().find_map(|(kind, word)| Some((*kind, rest.strip_suffix(word)?)))
            {
                return Some((head, Step::Annex(kind, Some(n))));
            }
            (rest.strip_suffix('의').filter(|_| n > 0)?, n)
        }
        None => (text, 0),
    };
    for (unit, make) in [
        ("편", Step::Part as fn(Number) -> Step),
        ("장", Step::Chapter),
        ("절", Step::Section),
        ("관", Step::Subsection),
        ("조", Step::Article),
        ("항", Step::Paragraph),
        ("호", Step::Item),
    ] {
        if let Some(rest) = plain.strip_suffix(unit) {
            return numbered(rest).map(|(rest, main)| (rest, make(Number { main, branch })));
        }
    }
    AnnexKind::ALL
        .iter()
        .filter(|_| branch == 0)
        .find_map(|(kind, word)| Some((text.strip_suffix(word)?, Step::Annex(*kind, None))))
}

/// `…제12` -> (`…`, 12)
fn numbered(text: &str) -> Option<(&str, u32)> {
    let (rest, n) = trailing_number(text)?;
    Some((rest.strip_suffix('제')?, n))
}

fn trailing_number(text: &str) -> Option<(&str, u32)> {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &text[rest.len()..];
    // A printed zero in front would not come back.
    if digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    Some((rest, digits.parse().ok()?))
}

/// Where a clause stands: `제12조제2항제1호가목`. 편·장 are not part of an article's path, as no one cites them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct ClausePath(Vec<Step>);

impl ClausePath {
    /// A path of one step.
    pub fn new(step: Step) -> Self {
        let step = match step {
            Step::Named(label) => named(&label),
            step => step,
        };
        Self(vec![step])
    }

    /// The path of a child. A [`Step::Named`] below another step starts a path of its own, as an article does.
    pub fn child(&self, step: Step) -> Self {
        if let Step::Named(_) = step {
            return Self::new(step);
        }
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The steps from the outermost.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether this path is `other` or leads to something below it.
    pub fn is_within(&self, other: &ClausePath) -> bool {
        self.0.starts_with(&other.0)
    }
}

/// A named step whose label has no line break, no doubled space and no bracket of ours; never empty.
fn named(label: &str) -> Step {
    let plain: String = label.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
    let clean = super::tree::one_line(&plain);
    if clean.is_empty() { Step::Document } else { Step::Named(clean) }
}

impl fmt::Display for ClausePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| step.fmt(f))
    }
}

/// A path with nothing in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("빈 조항 경로입니다")]
pub struct EmptyPath;

impl FromStr for ClausePath {
    type Err = EmptyPath;

    /// Reads what `Display` prints, and also spaces as people write them (`제12조 제2항`). Anything that is no
    /// citation is the name of a section.
    fn from_str(text: &str) -> Result<Self, EmptyPath> {
        let squeezed: String = text.split_whitespace().collect();
        if let Some(steps) = steps_of(&squeezed)
            && !matches!(steps.first(), Some(Step::Named(_)))
        {
            return Ok(Self(steps));
        }
        match steps_of(text.trim()) {
            Some(steps) => Ok(Self(steps)),
            None => Err(EmptyPath),
        }
    }
}

fn steps_of(text: &str) -> Option<Vec<Step>> {
    let mut rest = text;
    let mut steps = Vec::new();
    while let Some((before, step)) = last_step(rest) {
        steps.push(step);
        rest = before;
    }
    if !rest.is_empty() {
        let label = rest.strip_prefix('⟦').and_then(|r| r.strip_suffix('⟧')).unwrap_or(rest);
        match named(label) {
            Step::Named(label) => steps.push(Step::Named(label)),
            _ => return None,
        }
    }
    steps.reverse();
    (!steps.is_empty()).then_some(steps)
}

impl TryFrom<String> for ClausePath {
    type Error = EmptyPath;

    fn try_from(text: String) -> Result<Self, EmptyPath> {
        text.parse()
    }
}

impl From<ClausePath> for String {
    fn from(path: ClausePath) -> Self {
        path.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(text: &str) {
        let path: ClausePath = text.parse().unwrap();
        assert_eq!(path.to_string(), text);
        assert_eq!(path.to_string().parse::<ClausePath>().unwrap(), path);
    }

    #[test]
    fn paths_print_and_parse() {
        for text in [
            "제12조제2항제1호가목",
            "제8조의2제1항",
            "7.제2항",
            "부칙제1항",
            "부칙제1조",
            "전문",
            "제1편제2장",
            "별표1",
            "별지",
            "A.제1호",
            "책임의 제한제3항",
            "제1조제1호거목제3세목",
            "제2조제1호의2",
        ] {
            back(text);
        }
        let path: ClausePath = "제 12 조 제 2항".parse().unwrap();
        assert_eq!(path.to_string(), "제12조제2항");
        assert!("  ".parse::<ClausePath>().is_err());
    }

    #[test]
    fn a_label_that_reads_as_a_citation_is_bracketed() {
        let path = ClausePath::new(Step::Named("부칙".into())).child(Step::Paragraph(Number::new(1)));
        assert_eq!(path.to_string(), "⟦부칙⟧제1항");
        assert_eq!(path.to_string().parse::<ClausePath>().unwrap(), path);
    }

    #[test]
    fn letters_of_subitems() {
        let letters: String = (1..=16).filter_map(subitem_letter).collect();
        assert_eq!(letters, "가나다라마바사아자차카타파하거너");
        assert_eq!(subitem_number('하'), Some(14));
        assert_eq!(subitem_number('각'), None);
    }
}
