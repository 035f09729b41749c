//! Markers that begin a paragraph: ①, (1), 1., 1), 가., a), ㄱ, -, 1.1, 하나). Recognises shapes only; whether a
//! shape really is a marker, and of which level, is decided where its neighbours are known.

use super::path::subitem_number;

/// The shape of a marker. Lists are told apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// ①
    Circled,
    /// (1), ⑴, （１）
    ParenDigit,
    /// 1., １．
    Dot,
    /// 1)
    HalfDigit,
    /// A number with nothing behind it
    Bare,
    /// 1.1 with so many numbers
    Decimal(u8),
    /// 가.
    HangulDot,
    /// 가)
    HangulHalf,
    /// (가), ㉮, ㈎
    HangulParen,
    /// ㄱ, ㄱ., ㈀
    Jamo,
    /// a.
    LowerDot,
    /// a)
    LowerHalf,
    /// (a)
    LowerParen,
    /// A.
    UpperDot,
    /// A)
    UpperHalf,
    /// (A)
    UpperParen,
    /// i. and ⅰ.
    RomanDot,
    /// i)
    RomanHalf,
    /// (i)
    RomanParen,
    /// Ⅰ. and I.
    RomanUpper,
    /// 하나), 둘)
    Native,
    /// 제1항 printed in front of the text
    Spelled,
    /// - • ○ and the like
    Bullet(char),
}

impl Kind {
    /// Whether the marker carries no number.
    pub fn is_bullet(self) -> bool {
        matches!(self, Kind::Bullet(_))
    }
}

/// A possible marker at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Its shape.
    pub kind: Kind,
    /// Its number from 1 (0 for bullets; the last number of a decimal).
    pub number: u32,
    /// A second reading: the letters i, v, x may be letters or Roman numbers.
    pub also: Option<(Kind, u32)>,
    /// Bytes of the marker itself.
    pub len: usize,
    /// Bytes up to the first character of the text behind it.
    pub skip: usize,
    /// For decimals the first number, otherwise 0.
    pub first: u32,
}

const BULLETS: &str = "-–—−•∙◦○●◯◎□■▪▫◆◇▶▷►▸‣⁃*·ㆍ・✓✔→⇒";
const NATIVE: [&str; 10] = ["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열"];
const JAMO: &str = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㄲㄸㅃㅆㅉ";

/// The marker at the very start of `text`, in `heading` lines also sloppy ones (`3, 보증`).
pub fn at_start(text: &str, heading: bool) -> Option<Marker> {
    let first = text.chars().next()?;
    let marker = match first {
        c if digit(c).is_some() => digits(text, heading),
        '(' | '（' => parenthesised(text),
        '①'..='⑳' => single(Kind::Circled, u32::from(first) - 0x245F, first),
        '㉑'..='㉟' => single(Kind::Circled, u32::from(first) - 0x3251 + 21, first),
        '㊱'..='㊿' => single(Kind::Circled, u32::from(first) - 0x32B1 + 36, first),
        '❶'..='❿' => single(Kind::Circled, u32::from(first) - 0x2775, first),
        '⓫'..='⓴' => single(Kind::Circled, u32::from(first) - 0x24EB + 11, first),
        '➀'..='➉' => single(Kind::Circled, u32::from(first) - 0x277F, first),
        '⑴'..='⒇' => single(Kind::ParenDigit, u32::from(first) - 0x2473, first),
        '⒈'..='⒛' => single(Kind::Dot, u32::from(first) - 0x2487, first),
        '㉮'..='㉻' => single(Kind::HangulParen, u32::from(first) - 0x326D, first),
        '㈎'..='㈛' => single(Kind::HangulParen, u32::from(first) - 0x320D, first),
        '㈀'..='㈍' => single(Kind::Jamo, u32::from(first) - 0x31FF, first),
        'Ⅰ'..='Ⅻ' => enclosed(text, first, u32::from(first) - 0x215F, Kind::RomanUpper, Kind::RomanUpper),
        'ⅰ'..='ⅻ' => enclosed(text, first, u32::from(first) - 0x216F, Kind::RomanDot, Kind::RomanHalf),
        'a'..='z' | 'A'..='Z' => letters(text),
        'ㄱ'..='ㅎ' => jamo(text, first),
        c if BULLETS.contains(c) => bullet(text, c),
        '가'..='힣' => hangul(text, first),
        _ => None,
    }?;
    Some(Marker { skip: marker.len + gap(&text[marker.len..]), ..marker })
}

/// Bytes of white space (also entities that were left in the text) at the start.
pub fn gap(text: &str) -> usize {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
        });
        let next = ["&nbsp;", "&ensp;", "&emsp;", "&#160;", "&thinsp;"]
            .iter()
            .find_map(|entity| trimmed.strip_prefix(entity))
            .unwrap_or(trimmed);
        if next.len() == rest.len() {
            return text.len() - rest.len();
        }
        rest = next;
    }
}

fn make(kind: Kind, number: u32, len: usize) -> Option<Marker> {
    Some(Marker { kind, number, also: None, len, skip: len, first: 0 })
}

fn single(kind: Kind, number: u32, c: char) -> Option<Marker> {
    make(kind, number, c.len_utf8())
}

/// A digit, of full width too as older documents have them.
fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - 0xFF10),
        c => c.to_digit(10),
    }
}

fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// The number at the start and its bytes.
fn number(text: &str) -> (u32, usize) {
    let rest = text.trim_start_matches(is_digit);
    let len = text.len() - rest.len();
    let value = text[..len]
        .chars()
        .filter_map(digit)
        .try_fold(0_u32, |value, digit| value.checked_mul(10).and_then(|value| value.checked_add(digit)));
    (value.unwrap_or(u32::MAX), len)
}

/// How many digits a number has.
fn places(text: &str) -> usize {
    text.chars().count()
}

fn spaced(text: &str) -> bool {
    text.is_empty() || gap(text) > 0
}

fn digits(text: &str, heading: bool) -> Option<Marker> {
    let (n, len) = number(text);
    if n == 0 || n > 999 || places(&text[..len]) > 3 {
        return None;
    }
    let rest = &text[len..];
    let (tail, escape) = match rest.strip_prefix('\\') {
        Some(tail) => (tail, 1),
        None => (rest, 0),
    };
    if let Some(after) = tail.strip_prefix(['.', '-', '．']) {
        let separator = tail.len() - after.len() + escape;
        if after.starts_with(is_digit) {
            return decimal(text, n, len + separator, tail.starts_with('-'))
                .or_else(|| doubled(text, n, len + separator, after));
        }
        if tail.starts_with('-') {
            return None;
        }
        // Dates written with spaces: 2024. 5. 1.
        let next = after.trim_start();
        let (m, digits) = number(next);
        if digits > 0 && next[digits..].trim_start().starts_with('.') && m != n {
            return None;
        }
        if digits > 0 && m == n && next[digits..].starts_with('.') {
            return make(Kind::Dot, n, text.len() - next.len() + digits + 1);
        }
        return make(Kind::Dot, n, len + separator);
    }
    if let Some(after) = tail.strip_prefix([')', '）']) {
        return make(Kind::HalfDigit, n, len + tail.len() - after.len() + escape);
    }
    if heading && (tail.starts_with(", ") || tail.starts_with(": ")) {
        return make(Kind::Dot, n, len + 1);
    }
    if spaced(rest) {
        return make(Kind::Bare, n, len);
    }
    None
}

/// `01.1.`: an automatic number before a typed one.
fn doubled(text: &str, n: u32, len: usize, after: &str) -> Option<Marker> {
    let (m, digits) = number(after);
    if m == n && after[digits..].starts_with('.') {
        return make(Kind::Dot, n, len + digits + 1);
    }
    (text.starts_with('0') && m == 0).then_some(()).and(None)
}

fn decimal(text: &str, first: u32, mut at: usize, dashed: bool) -> Option<Marker> {
    if first > 199 {
        return None;
    }
    let mut parts = 1;
    let mut last;
    loop {
        let (n, len) = number(&text[at..]);
        if len == 0 || places(&text[at..at + len]) > 3 || n == 0 {
            return None;
        }
        last = n;
        at += len;
        parts += 1;
        let rest = text[at..].strip_prefix('\\').unwrap_or(&text[at..]);
        match rest.strip_prefix(['.', '-', '．']) {
            Some(after) if after.starts_with(is_digit) && parts < 6 => at = text.len() - after.len(),
            _ => break,
        }
    }
    let rest = &text[at..];
    let end = rest.strip_prefix("\\.").or_else(|| rest.strip_prefix(['.', ':', ')', '：', '．', '）']));
    let len = text.len() - end.unwrap_or(rest).len();
    // 10.5%, 3.5인치, 02-123: a number, not a marker.
    if (end.is_none() && !spaced(rest)) || (dashed && (end.is_none() && first > 50)) {
        return None;
    }
    // 01.1.: the same number twice is a marker that was numbered again.
    if parts == 2 && first == last && text.starts_with('0') {
        return make(Kind::Dot, last, len);
    }
    Some(Marker { first, ..make(Kind::Decimal(parts), last, len)? })
}

fn closing(text: &str) -> Option<usize> {
    let c = text.chars().next()?;
    matches!(c, ')' | '）').then(|| c.len_utf8())
}

fn parenthesised(text: &str) -> Option<Marker> {
    let open = text.chars().next()?.len_utf8();
    let inner = &text[open..];
    let inner_gap = gap(inner);
    let inner = &inner[inner_gap..];
    let at = open + inner_gap;
    let c = inner.chars().next()?;
    let close = |len: usize| -> Option<usize> {
        let rest = &inner[len..];
        let space = gap(rest);
        Some(at + len + space + closing(&rest[space..])?)
    };
    match c {
        c if is_digit(c) => {
            let (n, len) = number(inner);
            if n == 0 || places(&inner[..len]) > 2 { None } else { make(Kind::ParenDigit, n, close(len)?) }
        }
        'a'..='z' | 'A'..='Z' => {
            let len = inner.bytes().take_while(u8::is_ascii_alphabetic).count();
            lettered(&inner[..len], close(len)?, Kind::LowerParen, Kind::UpperParen, Kind::RomanParen)
        }
        'ⅰ'..='ⅻ' => make(Kind::RomanParen, u32::from(c) - 0x216F, close(c.len_utf8())?),
        '가'..='힣' => make(Kind::HangulParen, subitem_number(c)?, close(c.len_utf8())?),
        _ => None,
    }
}

fn roman(letters: &str) -> Option<u32> {
    const NUMBERS: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
        "xvii", "xviii", "xix", "xx",
    ];
    NUMBERS.iter().position(|n| letters.eq_ignore_ascii_case(n)).and_then(|i| u32::try_from(i + 1).ok())
}

fn lettered(word: &str, len: usize, lower: Kind, upper: Kind, roman_kind: Kind) -> Option<Marker> {
    let first = word.bytes().next()?;
    let is_upper = first.is_ascii_uppercase();
    let roman_kind = if is_upper { Kind::RomanUpper } else { roman_kind };
    let as_roman = roman(word).map(|n| (roman_kind, n));
    if word.len() == 1 {
        let kind = if is_upper { upper } else { lower };
        let n = u32::from(first.to_ascii_lowercase() - b'a') + 1;
        return Some(Marker { also: as_roman, ..make(kind, n, len)? });
    }
    let (kind, n) = as_roman?;
    make(kind, n, len)
}

fn letters(text: &str) -> Option<Marker> {
    let len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if len > 6 {
        return None;
    }
    let rest = &text[len..];
    let (rest, escape) = rest.strip_prefix('\\').map_or((rest, 0), |rest| (rest, 1));
    match rest.chars().next()? {
        // "A.I." and "e.g." are words.
        '.' if spaced(&rest[1..]) || rest[1..].starts_with(|c: char| !c.is_ascii()) => {
            lettered(&text[..len], len + escape + 1, Kind::LowerDot, Kind::UpperDot, Kind::RomanDot)
        }
        ')' => lettered(&text[..len], len + escape + 1, Kind::LowerHalf, Kind::UpperHalf, Kind::RomanHalf),
        _ => None,
    }
}

fn enclosed(text: &str, c: char, n: u32, dot: Kind, half: Kind) -> Option<Marker> {
    let len = c.len_utf8();
    match text[len..].chars().next() {
        Some('.') => make(dot, n, len + 1),
        Some(')') => make(half, n, len + 1),
        Some(c) if !c.is_whitespace() => None,
        _ => make(dot, n, len),
    }
}

fn jamo(text: &str, c: char) -> Option<Marker> {
    let n = u32::try_from(JAMO.chars().position(|j| j == c)? + 1).ok()?;
    let len = c.len_utf8();
    let rest = &text[len..];
    let end = match rest.chars().next() {
        Some('.' | ')') => len + 1,
        _ if spaced(rest) => len,
        _ => return None,
    };
    // ㅁ and ㅇ are also typed as boxes and rings.
    let also = matches!(c, 'ㅁ' | 'ㅇ').then_some((Kind::Bullet(c), 0));
    Some(Marker { also: also.filter(|_| end == len), ..make(Kind::Jamo, n, end)? })
}

fn bullet(text: &str, c: char) -> Option<Marker> {
    let len = c.len_utf8();
    let rest = &text[len..];
    let next = rest.chars().next()?;
    let dash = matches!(c, '-' | '–' | '—' | '−');
    if next == c
        || (dash && next.is_ascii_digit())
        || (c == '*' && !spaced(rest))
        || (!dash && next.is_ascii_digit() && c == '·')
    {
        return None;
    }
    let kind = match c {
        '–' | '—' | '−' | '⁃' => '-',
        '∙' | '·' | 'ㆍ' | '・' | '▪' | '‣' => '•',
        '◯' | '◦' => '○',
        c => c,
    };
    // • a): the letter is the marker.
    let space = gap(rest);
    // - 12 -: a page number.
    if dash
        && rest[space..]
            .trim_end()
            .trim_end_matches(['-', '–', '—', '−', ' '])
            .bytes()
            .all(|b| b.is_ascii_digit())
    {
        return None;
    }
    if rest[space..].len() > 1
        && let Some(inner) = at_start(&rest[space..], false)
        && !matches!(inner.kind, Kind::Bullet(_) | Kind::Bare | Kind::Spelled)
    {
        return Some(Marker { len: len + space + inner.len, ..inner });
    }
    make(Kind::Bullet(kind), 0, len)
}

fn hangul(text: &str, c: char) -> Option<Marker> {
    let len = c.len_utf8();
    let rest = &text[len..];
    if c == '제' || c == '재' {
        return spelled(text);
    }
    if let Some(n) = subitem_number(c).filter(|n| *n <= 28) {
        match rest.chars().next() {
            Some('.') => return make(Kind::HangulDot, n, len + 1),
            Some(')') => return make(Kind::HangulHalf, n, len + 1),
            _ => {}
        }
    }
    let (i, word) = NATIVE.iter().enumerate().find(|(_, word)| text.starts_with(**word))?;
    let close = text[word.len()..].chars().next().filter(|c| matches!(c, ')' | '.'))?;
    make(Kind::Native, u32::try_from(i + 1).ok()?, word.len() + close.len_utf8())
}

/// `제1항` as a printed number, not as a reference: a space, a colon or a bracket follows, and no particle.
fn spelled(text: &str) -> Option<Marker> {
    let rest = text.strip_prefix(['제', '재'])?.trim_start();
    let (n, len) = number(rest);
    let after = rest.get(len..)?.trim_start().strip_prefix('항')?;
    if len == 0 || n > 99 {
        return None;
    }
    let end = text.len() - after.len();
    match after.chars().next() {
        Some('.' | ':' | ')') => make(Kind::Spelled, n, end + 1),
        Some(' ') if !super::citation::continues_reference(after) => make(Kind::Spelled, n, end),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<(Kind, u32)> {
        at_start(text, false).map(|m| (m.kind, m.number))
    }

    #[test]
    fn shapes() {
        assert_eq!(kind("① 회사는"), Some((Kind::Circled, 1)));
        assert_eq!(kind("㉑회사는"), Some((Kind::Circled, 21)));
        assert_eq!(kind("(3) 회사는"), Some((Kind::ParenDigit, 3)));
        assert_eq!(kind("12. 회사"), Some((Kind::Dot, 12)));
        assert_eq!(kind("2\\. 회사"), Some((Kind::Dot, 2)));
        assert_eq!(kind("2\\.1 기간"), Some((Kind::Decimal(2), 1)));
        assert_eq!(kind("15.12: 회사"), Some((Kind::Decimal(2), 12)));
        assert_eq!(kind("1.2.3. 회사"), Some((Kind::Decimal(3), 3)));
        assert_eq!(kind("02.2. 회사"), Some((Kind::Dot, 2)));
        assert_eq!(kind("2. 2. 회사"), Some((Kind::Dot, 2)));
        assert_eq!(kind("가. 회사"), Some((Kind::HangulDot, 1)));
        assert_eq!(kind("하) 회사"), Some((Kind::HangulHalf, 14)));
        assert_eq!(kind("ㄴ 회사"), Some((Kind::Jamo, 2)));
        assert_eq!(kind("•b) 회사"), Some((Kind::LowerHalf, 2)));
        assert_eq!(kind("(iv) 회사"), Some((Kind::RomanParen, 4)));
        assert_eq!(kind("Ⅲ. 회사"), Some((Kind::RomanUpper, 3)));
        assert_eq!(kind("- 회사"), Some((Kind::Bullet('-'), 0)));
        assert_eq!(kind("둘) 회사"), Some((Kind::Native, 2)));
        assert_eq!(kind("제2항 회사는"), Some((Kind::Spelled, 2)));
        assert_eq!(kind("3 회사는"), Some((Kind::Bare, 3)));
        assert_eq!(kind("⓬ 회사"), Some((Kind::Circled, 12)));
    }

    #[test]
    fn shapes_of_full_width_and_in_brackets() {
        assert_eq!(kind("１． 회사"), Some((Kind::Dot, 1)));
        assert_eq!(kind("１2. 회사"), Some((Kind::Dot, 12)));
        assert_eq!(kind("３） 회사"), Some((Kind::HalfDigit, 3)));
        assert_eq!(kind("（１） 회사"), Some((Kind::ParenDigit, 1)));
        assert_eq!(kind("(２) 회사"), Some((Kind::ParenDigit, 2)));
        assert_eq!(kind("２．１． 회사"), Some((Kind::Decimal(2), 1)));
        assert_eq!(kind("㈎ 회사"), Some((Kind::HangulParen, 1)));
        assert_eq!(kind("㈛ 회사"), Some((Kind::HangulParen, 14)));
        assert_eq!(kind("㈀ 회사"), Some((Kind::Jamo, 1)));
        assert_eq!(kind("㈍ 회사"), Some((Kind::Jamo, 14)));
        let marker = at_start("１． 회사", false).unwrap();
        assert_eq!((marker.len, marker.skip), ("１．".len(), "１． ".len()));
        for text in [
            "２０２４． ５． １．",
            "２０２４．０５．０１",
            "１０．５％",
            "１，０００원",
            "３일",
            "㈜ 회사",
            "㈜회사",
        ] {
            assert!(!matches!(kind(text), Some((k, _)) if k != Kind::Bare), "{text}: {:?}", kind(text));
        }
    }

    #[test]
    fn numbers_that_are_no_markers() {
        for text in [
            "2024. 5. 1.",
            "24. 5. 1.부터",
            "1588-1234",
            "10.5%",
            "2016.05.01",
            "1,000원",
            "**굵게**",
            "---",
            "제2항의",
            "제2항에 따라",
            "3일",
            "- 12 -",
            "e.g. 이메일",
            "USD 10",
        ] {
            assert!(!matches!(kind(text), Some((k, _)) if k != Kind::Bare), "{text}: {:?}", kind(text));
        }
    }
}
