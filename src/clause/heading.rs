//! Headings by their wording: 제N조, 편·장·절·관, 부칙, 별표. Tells a heading from a reference by what follows the
//! number; whether it fits the document's numbering is decided in `outline`.

use super::citation::continues_reference;
use super::path::{AnnexKind, Number};
use super::wording::ends_sentence;
use super::{Level, marker};
use std::ops::Range;

/// How sure a heading is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Only the next number in turn makes it a heading: text on the same line, no 제, 재.
    Weak,
    /// The number alone on its line.
    Alone,
    /// A short title without brackets.
    Titled,
    /// A title in brackets.
    Strong,
}

/// A heading in a line; ranges are bytes into the line's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub what: What,
    pub strength: Strength,
    /// The number as printed, with its bracket when one encloses it.
    pub marker: Range<usize>,
    /// The title; empty without one.
    pub title: Range<usize>,
    /// Where text on the same line begins; the end of the words without any.
    pub body: usize,
    /// Whether it stands in a table of contents by its looks (dot leaders, page number).
    pub leader: bool,
}

/// What a heading opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Article(Number),
    Division(Level, Number),
    Supplement,
    Annex(AnnexKind, Option<u32>),
}

const OPENERS: [(char, char); 10] = [
    ('(', ')'),
    ('[', ']'),
    ('【', '】'),
    ('〔', '〕'),
    ('<', '>'),
    ('〈', '〉'),
    ('「', '」'),
    ('『', '』'),
    ('［', '］'),
    ('（', '）'),
];

fn closer_of(open: char) -> Option<char> {
    OPENERS.iter().find(|(o, _)| *o == open).map(|(_, c)| *c)
}

/// Skips ornaments in front of a heading and an opening bracket; gives the offset and the bracket's partner.
fn skip_opening(words: &str) -> (usize, Option<char>) {
    let mut at = 0;
    for _ in 0..3 {
        let rest = &words[at..];
        let Some(c) = rest.chars().next() else { break };
        if "■□◆◇●○▶▷◎★☆※§❖✓*\"“'".contains(c) {
            at += c.len_utf8();
            at += marker::gap(&words[at..]);
        } else if let Some(close) = closer_of(c) {
            let after = at + c.len_utf8();
            return (after + marker::gap(&words[after..]), Some(close));
        } else {
            break;
        }
    }
    (at, None)
}

fn digits(text: &str) -> Option<(u32, usize)> {
    let mut n = 0u32;
    let mut len = 0;
    for c in text.chars() {
        let digit = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            '０'..='９' => u32::from(c) - u32::from('０'),
            _ => break,
        };
        n = n.checked_mul(10)?.checked_add(digit)?;
        len += c.len_utf8();
    }
    (len > 0 && n > 0 && n < 1000).then_some((n, len))
}

/// A number in Chinese characters: 三, 十二, 百五, 一〇.
fn han(text: &str) -> Option<(u32, usize)> {
    const DIGITS: &str = "零一二三四五六七八九";
    let (mut whole, mut last, mut len) = (0_u32, 0_u32, 0);
    for c in text.chars() {
        let unit = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            _ => 0,
        };
        if unit > 0 {
            whole += last.max(1) * unit;
            last = 0;
        } else {
            let c = if c == '〇' { '零' } else { c };
            let Some(digit) = DIGITS.chars().position(|own| own == c).and_then(|at| u32::try_from(at).ok())
            else {
                break;
            };
            last = last * 10 + digit;
        }
        len += c.len_utf8();
        if whole + last > 999 {
            return None;
        }
    }
    let n = whole + last;
    (len > 0 && n > 0).then_some((n, len))
}

fn skip_space(text: &str, at: usize) -> usize {
    at + marker::gap(&text[at..])
}

/// The heading that `words` begin with.
pub(super) fn at_start(words: &str) -> Option<Heading> {
    // Most lines are no heading: look at the first characters only.
    let first = words.chars().next()?;
    if !(matches!(first, '제' | '재' | '第' | '부' | '별' | '붙' | '첨' | '附' | 'A' | '-' | '–' | '—' | '*')
        || digits(words).is_some()
        || skip_opening(words).0 > 0)
    {
        return None;
    }
    article(words).or_else(|| division(words)).or_else(|| supplement(words)).or_else(|| annex(words))
}

/// `제8조의2(…)`
pub(super) fn article(words: &str) -> Option<Heading> {
    let (start, close) = skip_opening(words);
    let mut at = start;
    let prefix = words[at..].chars().next().filter(|c| matches!(c, '제' | '재' | '第'));
    at += prefix.map_or(0, char::len_utf8);
    at = skip_space(words, at);
    let (n, len) =
        digits(&words[at..]).or_else(|| han(&words[at..]).filter(|_| prefix.is_some_and(|c| c != '재')))?;
    at = skip_space(words, at + len);
    let unit = words[at..].chars().next().filter(|c| matches!(c, '조' | '條'))?;
    at += unit.len_utf8();
    let mut number = Number::new(n);
    let mut end = at;
    if let Some((branch, after)) = branch(words, at) {
        number.branch = branch;
        end = after;
    }
    let mut cursor = end;
    if let Some(close) = close
        && let Some(after) = words[skip_space(words, cursor)..].strip_prefix(close)
    {
        cursor = words.len() - after.len();
        end = cursor;
    }
    let leader = has_leader(words);
    let heading = |strength, title: Range<usize>, body: usize| {
        Some(Heading { what: What::Article(number), strength, marker: 0..end, title, body, leader })
    };
    let tail = &words[cursor..];
    if continues_reference(tail) && !leader {
        return None;
    }
    // Dashes, colons and dots between number and title.
    let separated = cursor
        + (tail.len() - tail.trim_start_matches(|c: char| c.is_whitespace() || ".:-–—_*".contains(c)).len());
    let rest = &words[separated..];
    if rest.is_empty() {
        let strength =
            if prefix == Some('제') || prefix == Some('第') { Strength::Alone } else { Strength::Weak };
        return heading(strength, end..end, words.len());
    }
    if let Some((title, after)) = bracketed(rest) {
        let title = separated + title.start..separated + title.end;
        let after = separated + after;
        let tail = &words[after..];
        let object = tail.starts_with(['의', '을', '를']) && tail[3..].starts_with(' ');
        if (continues_reference(tail) || object) && !leader {
            return None;
        }
        let body = skip_space(words, after);
        // "제1조(정의) / Article 1 (Definitions)"
        let body =
            if words[body..].starts_with('/') || tail.trim_start_matches(['*', ']', '】', ' ']).is_empty() {
                words.len()
            } else {
                body
            };
        let strength = match prefix {
            Some('재') => Strength::Titled,
            Some(_) => Strength::Strong,
            None => Strength::Titled,
        };
        return heading(strength, title, body);
    }
    prefix?;
    let spaced = separated > cursor;
    let circled = rest.find(|c: char| ('①'..='⑳').contains(&c)).unwrap_or(rest.len());
    let title = trim_title(&rest[..circled], close);
    if is_title(title) && (spaced || !title.contains(' ')) {
        let body = if circled < rest.len() { separated + circled } else { words.len() };
        let strength = if spaced && prefix != Some('재') { Strength::Titled } else { Strength::Weak };
        let shown = title.find(" / ").map_or(title.len(), |cut| cut);
        return heading(strength, separated..separated + shown, body);
    }
    if !spaced {
        return None;
    }
    // "제1조 목적 이 약관은 …"
    if let Some(len) = known_title(rest) {
        return heading(Strength::Weak, separated..separated + len, skip_space(words, separated + len));
    }
    heading(Strength::Weak, end..end, separated)
}

/// The heading of an article in a row of a layout table that holds the contract, with the offset of its cell:
/// `제1조(목적) | …`, `총칙 | 제1조(목적) …`, `제1조 | (목적) …`, `제1조 | 목적 | …`. A row that names two articles compares
/// them.
pub(super) fn in_row(words: &str) -> Option<(usize, Heading)> {
    // An empty first cell leaves its bar.
    let mut offset = words.len() - words.trim_start_matches(['|', ' ']).len();
    let mut cells: Vec<(usize, &str)> = Vec::new();
    for cell in words[offset..].split(CELLS) {
        if !cell.trim().is_empty() {
            cells.push((offset, cell));
        }
        offset += cell.len() + CELLS.len();
    }
    let sure = |cell: &str| {
        article(cell).filter(|h| h.strength >= Strength::Alone && h.strength != Strength::Titled)
    };
    let mut heads = cells.iter().enumerate().filter_map(|(n, (_, cell))| Some((n, sure(cell)?)));
    let (n, found) = heads.next().filter(|(n, _)| cells[*n].1.starts_with('제'))?;
    if heads.next().is_some() {
        return None;
    }
    let (offset, _) = cells[n];
    if found.strength == Strength::Strong {
        return article(&words[offset..]).map(|heading| (offset, heading));
    }
    // The number alone in its cell: the title and the text stand in the next ones.
    let (second, text) = *cells.get(n + 1)?;
    let place = second - offset;
    let (title, body) = match bracketed(text) {
        Some((title, after)) => {
            let after = after + marker::gap(&text[after..]);
            (title.start + place..title.end + place, after + place)
        }
        None if is_sentence(text) => (place..place, place),
        None => {
            let (third, _) =
                *cells.get(n + 2).filter(|(_, text)| is_title(cells[n + 1].1) && is_sentence(text))?;
            (place..place + text.len(), third - offset)
        }
    };
    Some((offset, Heading { title, body, ..found }))
}

/// What stands between two cells of a row.
pub(super) const CELLS: &str = " | ";

/// Text as clauses have it, not a word in a cell.
fn is_sentence(text: &str) -> bool {
    text.trim().contains(' ') && text.chars().filter(|c| ('가'..='힣').contains(c)).count() >= 8
}

fn branch(words: &str, at: usize) -> Option<(u32, usize)> {
    let rest = &words[skip_space(words, at)..];
    let after = rest.strip_prefix('의')?;
    let after = &after[marker::gap(after)..];
    let (n, len) = digits(after)?;
    let tail = &after[len..];
    let ends = tail.chars().next().is_none_or(|c| {
        !c.is_alphanumeric() || matches!(c, '제' | '에' | '를' | '의' | '와' | '및' | '은' | '는')
    });
    (ends && n < 100).then(|| (n, words.len() - tail.len()))
}

/// Titles that are followed by text on the same line even without brackets.
fn known_title(rest: &str) -> Option<usize> {
    const TITLES: [&str; 8] =
        ["목적", "용어의 정의", "정의", "총칙", "적용범위", "적용 범위", "계약의 목적", "계약 목적"];
    const STARTS: [&str; 12] =
        ["이 ", "본 ", "이약관", "본약관", "회사", "\"", "“", "갑", "을", "\u{2018}", "'", "서비스"];
    TITLES.iter().find_map(|title| {
        let after = rest.strip_prefix(title)?;
        let text = after.trim_start();
        (after.len() > text.len() && STARTS.iter().any(|s| text.starts_with(s))).then_some(title.len())
    })
}

/// The title in brackets that `rest` begins with: its range and the offset behind the bracket.
fn bracketed(rest: &str) -> Option<(Range<usize>, usize)> {
    let open = rest.chars().next()?;
    let close = closer_of(open)?;
    let mut depth = 0;
    let mut last = None;
    for (at, c) in rest.char_indices() {
        if at > 300 {
            break;
        }
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            last = Some(at);
            if depth == 0 {
                break;
            }
        }
    }
    let end = match last {
        Some(end) if depth == 0 => end,
        // Unbalanced: a short line ends with its bracket, otherwise the first bracket ends the title.
        Some(end) if rest[end..].trim_end().len() == close.len_utf8() && rest.chars().count() <= 60 => end,
        Some(_) => rest.find(close)?,
        None if rest.chars().count() <= 30 && !ends_sentence(rest) => {
            return Some((open.len_utf8()..rest.trim_end().len(), rest.len()));
        }
        None => return None,
    };
    let inner = &rest[open.len_utf8()..end];
    let start = open.len_utf8() + inner.len() - inner.trim_start().len();
    Some((start..start + inner.trim().len(), end + close.len_utf8()))
}

fn trim_title(title: &str, close: Option<char>) -> &str {
    let title = title.trim_end_matches(|c: char| c.is_whitespace() || c == '*' || c == ':');
    close.and_then(|close| title.strip_suffix(close)).unwrap_or(title).trim_end()
}

/// A short noun phrase.
fn is_title(title: &str) -> bool {
    let count = title.chars().count();
    count > 0
        && count <= 45
        && !ends_sentence(title)
        && !title.ends_with([',', '，'])
        && title.split_whitespace().count() <= 9
        && !super::wording::breaks_off(title)
}

/// Dot leaders, or a page number far to the right.
fn has_leader(words: &str) -> bool {
    let end = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let end = if end.len() < words.len() { end } else { words };
    if end.trim_end().ends_with(['…', '‥', '·', '.', '⋯', '─', '_']) {
        let dots = end
            .trim_end()
            .chars()
            .rev()
            .take_while(|c| "…‥·.⋯─_ ".contains(*c))
            .filter(|c| *c != ' ')
            .count();
        let wide = end.trim_end().ends_with(['…', '⋯', '‥']);
        return dots >= 3 || (wide && dots >= 1 && end.len() < words.len());
    }
    end.len() < words.len() && (end.ends_with('\t') || end.ends_with("   "))
}

/// `제1장 총칙`, `[제2편 …]`
fn division(words: &str) -> Option<Heading> {
    let (start, close) = skip_opening(words);
    let mut at = start;
    let prefix = words[at..].starts_with(['제', '第']);
    if prefix {
        at += '제'.len_utf8();
    }
    at = skip_space(words, at);
    let (n, len) = digits(&words[at..]).or_else(|| {
        let c = words[at..].chars().next()?;
        let roman = ('Ⅰ'..='Ⅻ').contains(&c).then(|| (u32::from(c) - 0x215F, c.len_utf8()));
        roman.or_else(|| han(&words[at..]).filter(|_| prefix))
    })?;
    at = skip_space(words, at + len);
    let unit = words[at..].chars().next()?;
    let level = match unit {
        '편' | '부' | '編' => Level::Part,
        '장' | '章' => Level::Chapter,
        '절' | '節' => Level::Section,
        '관' | '款' => Level::Subsection,
        _ => return None,
    };
    at += unit.len_utf8();
    let mut number = Number::new(n);
    if let Some((branch, after)) = branch(words, at) {
        number.branch = branch;
        at = after;
    }
    let tail = &words[at..];
    // 제1부속서, 제3장비, 제2관리자 are words.
    if tail.chars().next().is_some_and(|c| c.is_alphanumeric()) || (!prefix && (unit == '부' || unit == '관'))
    {
        return None;
    }
    let leader = has_leader(words);
    if continues_reference(tail) && !leader {
        return None;
    }
    let begin = at
        + (tail.len()
            - tail.trim_start_matches(|c: char| c.is_whitespace() || ".:-–—*)]>】〕".contains(c)).len());
    // "제1장 총칙 제1조(목적)": the article on the same line is a heading of its own.
    let next = words[begin..].match_indices('제').map(|(offset, _)| begin + offset).find(|offset| {
        *offset > begin
            && words[..*offset].ends_with(char::is_whitespace)
            && article(&words[*offset..]).is_some_and(|heading| heading.strength == Strength::Strong)
    });
    let title = trim_title(&words[begin..next.unwrap_or(words.len())], close);
    let title =
        title.strip_prefix(['(', '[']).and_then(|t| t.strip_suffix([')', ']'])).unwrap_or(title).trim();
    if title.chars().count() > 50
        || ends_sentence(title)
        || super::wording::breaks_off(title) && title.chars().count() > 25
        || (!prefix && title.is_empty())
    {
        return None;
    }
    let begin = words[begin..].find(title).map_or(begin, |offset| begin + offset);
    Some(Heading {
        what: What::Division(level, number),
        strength: if prefix { Strength::Strong } else { Strength::Weak },
        marker: 0..at,
        title: begin..begin + title.len(),
        body: next.unwrap_or(words.len()),
        leader,
    })
}

/// `부칙`, `[부 칙]`, `- 부칙 -`, `부칙 <2024. 1. 1.>`, `부칙 이 약관은 …`
fn supplement(words: &str) -> Option<Heading> {
    let start = words.len()
        - words
            .trim_start_matches(|c: char| c.is_whitespace() || "-–—*<[【〈(〔「『■□◆●○▶※#=".contains(c))
            .len();
    let rest = words[start..].strip_prefix(['부', '附'])?;
    let rest = rest[marker::gap(rest)..].strip_prefix(['칙', '則'])?;
    let end = words.len() - rest.len();
    let bracket = words[..start].contains(['<', '[', '【', '〈', '(', '〔', '「', '『']);
    let mut tail = rest;
    if bracket {
        let cut = tail.trim_start().strip_prefix(['>', ']', '】', '〉', ')', '〕', '」', '』']);
        // 「부칙 …」에 따라 is a mention.
        tail = cut.or(tail.starts_with(' ').then_some(tail))?;
    }
    if tail.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_ascii_digit() && c != '제')
        || continues_reference(tail)
    {
        return None;
    }
    let body_gap =
        tail.len() - tail.trim_start_matches(|c: char| c.is_whitespace() || "-–—*:.]>=".contains(c)).len();
    let body = words.len() - tail.len() + body_gap;
    let body_words = &words[body..];
    // A date, number or amendment in brackets is part of the heading.
    let dated = body_words.starts_with(['<', '(', '〈', '[', '〔', '제'])
        && !body_words.starts_with("제1조")
        && !body_words.starts_with("제 1 조")
        && !ends_sentence(body_words)
        && body_words.contains(|c: char| c.is_ascii_digit())
        && body_words.chars().count() < 40;
    let from = body;
    let body = if dated || body_words.is_empty() { words.len() } else { body };
    if body < words.len()
        && !(ends_sentence(body_words)
            || body_words.chars().count() > 25
            || body_words.starts_with(['(', '제', '①', '1']))
    {
        // "부칙 개정 안내" is some other heading.
        return None;
    }
    Some(Heading {
        what: What::Supplement,
        strength: Strength::Strong,
        marker: start..end,
        title: if dated { from..words.trim_end().len() } else { end..end },
        body,
        leader: has_leader(words),
    })
}

/// The kind of annex that a heading names. English contracts translate 부속서.
fn annex_kind(words: &str) -> Option<(AnnexKind, &'static str)> {
    let english = || ["Annex", "ANNEX"].into_iter().find(|word| words.starts_with(word));
    AnnexKind::at_start(words).or_else(|| Some((AnnexKind::Schedule, english()?)))
}

/// Whether nothing, or a title set off from the number, follows `Annex 1`: its sentences go on with a space alone.
fn is_set_off(tail: &str, close: Option<char>) -> bool {
    let tail = tail.trim();
    tail.is_empty() || tail.starts_with(|c: char| ".:-–—_".contains(c) || close == Some(c))
}

/// `[별표 1] 서비스 수준`, `<별지 제1호 서식>`, `별첨 2. …`, `Annex A: …`
fn annex(words: &str) -> Option<Heading> {
    let (start, close) = skip_opening(words);
    let (kind, word) = annex_kind(&words[start..])?;
    let mut at = start + word.len();
    let mut number = None;
    let mut cursor = skip_space(words, at);
    if words[cursor..].starts_with('#') {
        cursor += 1;
    }
    if let Some(rest) = words[cursor..].strip_prefix('제') {
        cursor = words.len() - rest.len();
    }
    cursor = skip_space(words, cursor);
    if let Some((n, len)) = digits(&words[cursor..]) {
        number = Some(n);
        at = cursor + len;
        let rest = &words[skip_space(words, at)..];
        if let Some(rest) = rest.strip_prefix('호') {
            at = words.len() - rest.len();
        }
        let rest = words[at..].trim_start();
        if let Some(rest) = rest.strip_prefix("서식") {
            at = words.len() - rest.len();
        }
    }
    let mut tail = &words[at..];
    let mut enclosed = false;
    let mut lettered = false;
    if word.is_ascii() {
        let letter = |c: char| c.is_ascii_uppercase();
        let after = if number.is_none() { tail.trim_start().strip_prefix(letter) } else { None };
        lettered = after.is_some_and(|after| is_set_off(after, close));
        if !lettered && !is_set_off(tail, close) {
            return None;
        }
    }
    if let Some(close) = close {
        if let Some(rest) = tail.trim_start().strip_prefix(close) {
            tail = rest;
            enclosed = true;
        } else if let Some(inner) = tail.trim_end().strip_suffix(close) {
            tail = inner;
            enclosed = true;
        }
    }
    let begin = words.len() - words[at..].len()
        + (words[at..].len()
            - words[at..]
                .trim_start_matches(|c: char| c.is_whitespace() || ".:-–—*)]>】〉〕_".contains(c))
                .len());
    let glued = tail.chars().next().is_some_and(|c| c.is_alphanumeric());
    if glued
        || continues_reference(tail)
        || (!enclosed
            && number.is_none()
            && !lettered
            && !tail.trim().is_empty()
            && !tail.trim_start().starts_with([':', '.', '-', '–']))
    {
        return None;
    }
    let title = trim_title(&words[begin.min(words.len())..], close);
    if title.chars().count() > 50 || ends_sentence(title) || super::wording::breaks_off(title) {
        return None;
    }
    Some(Heading {
        what: What::Annex(kind, number),
        strength: if enclosed || lettered || number.is_some() { Strength::Strong } else { Strength::Weak },
        marker: 0..at,
        title: begin.min(words.len())..begin.min(words.len()) + title.len(),
        body: words.len(),
        leader: has_leader(words),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(words: &str) -> Option<(String, String, String)> {
        let heading = at_start(words)?;
        let name = match heading.what {
            What::Article(n) if n.branch > 0 => format!("{}조의{}", n.main, n.branch),
            What::Article(n) => format!("{}조", n.main),
            What::Division(level, n) => format!("{}{}", n.main, level.korean()),
            What::Supplement => "부칙".into(),
            What::Annex(kind, n) => format!("{}{}", kind.korean(), n.unwrap_or(0)),
        };
        Some((name, words[heading.title.clone()].to_owned(), words[heading.body..].to_owned()))
    }

    fn check(words: &str, name: &str, title: &str, body: &str) {
        assert_eq!(show(words), Some((name.into(), title.into(), body.into())), "{words}");
    }

    #[test]
    fn article_headings_as_people_write_them() {
        check("제1조(목적)", "1조", "목적", "");
        check("제 1 조 (목적)", "1조", "목적", "");
        check("제1조 목적", "1조", "목적", "");
        check("제 1조 [목 적]", "1조", "목 적", "");
        check("제1조【목적】", "1조", "목적", "");
        check("[제1조] 목적", "1조", "목적", "");
        check("제8조의2(분리 보관)", "8조의2", "분리 보관", "");
        check("제 8조의 2 분리 보관", "8조의2", "분리 보관", "");
        check("29조 (통지)", "29조", "통지", "");
        check("재 21 조 (해지)", "21조", "해지", "");
        check("제6조 - [권리]", "6조", "권리", "");
        check("제1조 — 정의 / Article 1 — Definitions", "1조", "정의", "");
        check("제1조", "1조", "", "");
        check("제1조(목적)이 약관은 조건을 정한다.", "1조", "목적", "이 약관은 조건을 정한다.");
        check("제2조(정의) ① 용어는 다음과 같다.", "2조", "정의", "① 용어는 다음과 같다.");
        check("제2조 정의 ① 용어는 다음과 같다.", "2조", "정의", "① 용어는 다음과 같다.");
        check("제3조 회사는 서비스를 제공한다.", "3조", "", "회사는 서비스를 제공한다.");
        check("제1조 목적 이 약관은 조건을 정한다.", "1조", "목적", "이 약관은 조건을 정한다.");
        check("第一條(목적)", "1조", "목적", "");
        check("第十二條 (目的)", "12조", "目的", "");
        check("제二十조(해지)", "20조", "해지", "");
        check("第百五條(해지)", "105조", "해지", "");
        check("第二一條", "21조", "", "");
        check("第１０條의２(해지)", "10조의2", "해지", "");
        check("제１조(목적)", "1조", "목적", "");
        check("第一章 總則", "1장", "總則", "");
        check("제23조 (게시물 제한(삭제 및 이동)", "23조", "게시물 제한(삭제 및 이동", "");
    }

    #[test]
    fn references_are_no_headings() {
        for words in [
            "제10조 제③항의 사유가 있으면",
            "제10조 제3항에 따라",
            "7조제3항에 의한 통지",
            "제 84 조의 2 제 2 항 단서에 따라",
            "제5조에 따른 요금",
            "제5조의 요금",
            "제5조 및 제6조를 위반한 경우",
            "제12조(해지)에 따라 계약이 끝난",
            "제12조(해지)를 위반한",
            "제12조(해지) 및 제13조(정산)의 경우",
            "제3장에 따라",
            "부칙에 따라",
            "별표 1에 따라",
            "별표 1과 같다.",
            "3조원 규모의 시장",
            "第一條의 規定",
            "一條 (目的)",
            "第條(目的)",
            "第千條(目的)",
            "제1부속서를 따른다",
        ] {
            assert_eq!(show(words), None, "{words}");
        }
    }

    #[test]
    fn other_headings() {
        check("[제1장 총칙]", "1장", "총칙", "");
        check("제 2 장 - 이용계약", "2장", "이용계약", "");
        check("제1편 공통", "1편", "공통", "");
        check("부 칙", "부칙", "", "");
        check("[부칙]", "부칙", "", "");
        check("- 부칙 -", "부칙", "", "");
        check("부칙 <2024. 3. 1.>", "부칙", "<2024. 3. 1.>", "");
        check(
            "부칙 이 약관은 2024년 3월 1일부터 시행한다.",
            "부칙",
            "",
            "이 약관은 2024년 3월 1일부터 시행한다.",
        );
        check("[별표 1] 요금표", "별표1", "요금표", "");
        check("별첨 2. 서비스 수준", "별첨2", "서비스 수준", "");
        check("<별지 제3호 서식>", "별지3", "", "");
        check("Annex 1. 서비스 수준", "부속서1", "서비스 수준", "");
        check("ANNEX B: 요금표", "부속서0", "B: 요금표", "");
        check("[Annex 2] 요금표", "부속서2", "요금표", "");
        for words in ["Annex 1 is part of this agreement", "Annexes", "Annex A applies", "Annex 1에 따라"]
        {
            assert_eq!(show(words), None, "{words}");
        }
        assert!(at_start("제1조(목적) ······ 3").unwrap().leader);
    }
}
