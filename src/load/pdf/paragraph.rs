//! Where paragraphs begin: a line goes on when the next one's beginning would not have fitted on it, stands where
//! lines of the paragraph stand, and is no numbered clause of its own. Knows the look of numbers, not what they mean.

use crate::load::blocks::{after_article, is_article};
use crate::load::pdf::joint::{Wrap, hangul};
use crate::load::pdf::line::Line;

/// How a document sets its lines, told from all of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting {
    pub wrap: Wrap,
    /// Full lines end at the edge.
    pub justified: bool,
    /// Usual distance of two base lines in parts of the size.
    pub pitch: f32,
}

/// Two lines that follow one another in a column, with the column's right edge.
pub(super) struct Pair<'l> {
    pub line: &'l Line,
    pub next: &'l Line,
    pub right: f32,
}

impl Setting {
    /// Learns from all pairs of lines, those of running text and those inside cells of tables.
    pub fn of(pairs: &[Pair], cells: &[Pair]) -> Self {
        let plain = |pair: &&Pair| mark(&pair.next.text) == Mark::None && same_size(pair.line, pair.next);
        let unmarked = || pairs.iter().filter(plain);
        let all = unmarked().chain(cells.iter().filter(plain));
        let wrap = Wrap::of(all.map(|pair| (pair.line, pair.next, pair.right)));
        let full: Vec<&Pair> =
            unmarked().filter(|pair| is_full(wrap, pair) && !ends_sentence(&pair.line.text)).collect();
        let flush = full.iter().filter(|pair| pair.right - pair.line.x1 < 0.35 * pair.line.size).count();
        let mut pitches: Vec<f32> = full
            .iter()
            .filter(|pair| pair.line.page == pair.next.page)
            .map(|pair| (pair.next.y - pair.line.y) / pair.line.size.max(1.0))
            .filter(|pitch| (0.8..3.5).contains(pitch))
            .collect();
        pitches.sort_by(f32::total_cmp);
        let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(2.0);
        Self { wrap, justified: full.len() >= 4 && flush * 20 >= full.len() * 17, pitch }
    }
}

fn same_size(a: &Line, b: &Line) -> bool {
    (a.size - b.size).abs() <= 0.12 * a.size.max(b.size)
}

/// Whether the next line's beginning would not have fitted on the line.
fn is_full(wrap: Wrap, pair: &Pair) -> bool {
    // Between words a space needs room too; where syllables may part, inside a sentence only.
    let spaced = wrap == Wrap::Words || !ends_sentence(&pair.line.text);
    let gap = if spaced { 0.33 * pair.line.size } else { 0.1 * pair.line.size };
    pair.right - pair.line.x1 <= wrap.need(pair.next) + gap
}

/// A paragraph on its way.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub lines: Vec<Line>,
    /// Where its lines begin, from the left edge of their columns: the first, and the second.
    first: f32,
    rest: Option<f32>,
    pitch: Option<f32>,
}

impl Paragraph {
    pub fn begin(line: Line, left: f32) -> Self {
        let first = line.x0 - left;
        Self { lines: vec![line], first, ..Self::default() }
    }

    pub fn push(&mut self, line: Line, left: f32) {
        if self.rest.is_none() {
            self.rest = Some(line.x0 - left);
        }
        if let Some(last) = self.lines.last().filter(|last| last.page == line.page && line.y > last.y) {
            self.pitch = Some(line.y - last.y);
        }
        self.lines.push(line);
    }

    /// Whether `next`, at `left` from its column's edge, goes on with the paragraph. `before` are the first lines of the
    /// paragraphs before, this one's last.
    pub fn goes_on(&self, next: &Line, left: f32, right: f32, setting: &Setting, before: &[Mark]) -> bool {
        let Some(last) = self.lines.last() else { return false };
        let size = last.size.max(1.0);
        let pair = Pair { line: last, next, right };
        if !same_size(last, next) || !is_full(setting.wrap, &pair) {
            return false;
        }
        // Lines that are only left-aligned reach the edge too where syllables may part, but for what cannot: a number, a word
        // of Latin letters.
        let whole = setting.wrap.need(next) > 1.2 * size;
        if setting.justified
            && right - last.x1 > 0.8 * size
            && (setting.wrap == Wrap::Syllables && !whole || ends_sentence(&last.text))
        {
            return false;
        }
        let down = next.y - last.y;
        if next.page == last.page && down > 0.0 {
            let usual = self.pitch.map_or(setting.pitch * size * 1.2, |pitch| pitch * 1.12);
            if down > usual + 0.5 {
                return false;
            }
        }
        let start = next.x0 - left;
        let moved = match self.rest {
            Some(rest) => (start - rest).abs() > 0.6 * size,
            None => start > self.first + 0.6 * size && mark(&self.lines[0].text) == Mark::None,
        };
        // Lines that are centred begin anywhere.
        let centred = (next.x0 + next.x1 - last.x0 - last.x1).abs() < 0.8 * size;
        (!moved || centred) && !begins(&last.text, next, before)
    }
}

/// The number that a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// None.
    None,
    /// One that no sentence runs into: ①, 제N장, a bullet.
    Strong,
    /// 제N조 with a title or without, which may also be a reference.
    Article,
    /// A kind and a number: 1., 1), (1), 가., 가), (가), a., a), (a), A., A), (A); 1.1 has a kind but no number that counts.
    Weak(u8, u32),
}

pub(super) fn mark(text: &str) -> Mark {
    let Some(first) = text.chars().next() else { return Mark::None };
    if matches!(first, '①'..='⒛' | '㉑'..='㉟' | '㊱'..='㊿' | '㉠'..='㉻' | '•' | '▪' | '□' | '■' | '○' | '●' | '◦' | '※' | '◇' | '◆')
    {
        return Mark::Strong;
    }
    if text.starts_with("- ") || text.starts_with("* ") {
        return Mark::Strong;
    }
    if is_article(text) {
        return Mark::Article;
    }
    if text.starts_with('제') {
        return if is_division(text) { Mark::Strong } else { Mark::None };
    }
    let (open, rest) = text.strip_prefix('(').map_or((false, text), |rest| (true, rest));
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (letters, number, len) = if (1..=3).contains(&digits) {
        (0u8, rest[..digits].parse().unwrap_or(0), digits)
    } else if let Some(at) = "가나다라마바사아자차카타파하".chars().position(|c| rest.starts_with(c))
    {
        (3u8, u32::try_from(at).unwrap_or(0) + 1, 3)
    } else if let Some(letter) = rest.bytes().next().filter(u8::is_ascii_lowercase) {
        (7u8, u32::from(letter - b'a') + 1, 1)
    } else if let Some(letter) = rest.bytes().next().filter(u8::is_ascii_uppercase) {
        (10u8, u32::from(letter - b'A') + 1, 1)
    } else {
        return Mark::None;
    };
    // 10.2, 3.1.1
    let numbers = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let decimal = &rest[..rest.len() - numbers.len()];
    if !open
        && decimal.contains('.')
        && !decimal.ends_with('.')
        && numbers.starts_with(' ')
        && decimal.len() <= 9
    {
        return Mark::Weak(6, 1);
    }
    let mut after = rest[len..].chars();
    match (open, after.next()) {
        (false, Some('.')) if after.next().is_none_or(|c| !c.is_ascii_digit()) => Mark::Weak(letters, number),
        (false, Some(')')) => Mark::Weak(letters + 1, number),
        (true, Some(')')) => Mark::Weak(letters + 2, number),
        _ => Mark::None,
    }
}

/// Whether a text begins with 제N편, 제N장, 제N절 or 제N관, and not with a word that runs on (제2장에).
pub(super) fn is_division(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('제') else { return false };
    let rest = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let parted = rest.chars().nth(1).is_none_or(|c| !hangul(c));
    rest.starts_with(['장', '절', '편', '관']) && parted
}

/// Whether a line that could go on begins something new by its number.
fn begins(last: &str, next: &Line, before: &[Mark]) -> bool {
    let ended = ends_sentence(last) || last.ends_with([':', ';']);
    match mark(&next.text) {
        Mark::None => false,
        Mark::Strong => true,
        Mark::Article => {
            let rest = after_article(&next.text);
            match rest.chars().next() {
                Some('(' | '[' | '【') => {
                    let close = rest.find([')', ']', '】']);
                    let after = close.and_then(|at| rest[at..].chars().nth(1));
                    // "제3조(목적)에 따라" refers; a title is followed by a space, a number or nothing.
                    after.is_none_or(|c| !hangul(c)) && (ended || !opens(last))
                }
                Some(c) if c.is_whitespace() => ended,
                None => ended,
                // "제3조에", "제3조제1항"
                Some(_) => false,
            }
        }
        Mark::Weak(kind, number) => {
            // "포함한 / 다.", "2026. / 1. 15."
            let third = before.last() == Some(&Mark::Weak(3, 2)) && next.text.chars().count() > 2;
            let verb = next.text.starts_with("다.") && stem(last) && !third;
            let date = kind == 0 && last.ends_with(|c: char| c == '.' || c.is_ascii_digit()) && dated(last);
            let follows = || match number {
                1 => ended,
                _ => before.iter().rev().take(30).any(|mark| *mark == Mark::Weak(kind, number - 1)),
            };
            !verb && !date && (ended && (number == 1 || !(3..6).contains(&kind)) || follows())
        }
    }
}

/// Whether a sentence waits for a reference: "이 계약", "및".
fn opens(last: &str) -> bool {
    ["및", "또는", "와", "과", "내지", "부터", "약관", "계약", "법", ",", "·", "에서", "은", "는", "이"]
        .iter()
        .any(|word| last.ends_with(word))
}

pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches([')', '"', '\'', '”', '’', '」', ']', '】']);
    text.ends_with(['.', '?', '!', '。'])
}

/// Whether the last syllable is one that 다 follows in a verb: 한, 있, 없, 니.
fn stem(text: &str) -> bool {
    let Some(last) = text.chars().next_back().filter(|c| hangul(*c)) else { return false };
    let coda = (u32::from(last) - 0xAC00) % 28;
    matches!(coda, 4 | 6 | 18 | 20)
        || matches!(last, '니' | '이' | '하' | '르' | '크' | '같' | '높' | '낮' | '많')
}

/// Whether a text ends in the middle of a date.
fn dated(text: &str) -> bool {
    let tail = text.rsplit(' ').next().unwrap_or_default().trim_end_matches('.');
    !tail.is_empty() && tail.len() <= 4 && tail.bytes().all(|b| b.is_ascii_digit()) && text.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, y: f32, x0: f32, x1: f32) -> Line {
        let letters = text.split(' ').next().unwrap_or_default().chars().count();
        Line {
            page: 1,
            text: text.into(),
            x0,
            x1,
            y,
            size: 10.0,
            head: 10.0 * letters as f32,
            first: 10.0,
            natural: x1 - x0,
            ..Line::default()
        }
    }

    fn goes_on(first: &Line, next: &Line, wrap: Wrap) -> bool {
        let setting = Setting { wrap, justified: false, pitch: 1.5 };
        Paragraph::begin(first.clone(), 0.0).goes_on(next, 0.0, 300.0, &setting, &[])
    }

    #[test]
    fn a_line_goes_on_when_the_next_word_had_no_room() {
        let full = line("회사는 이용자에게 다음 사항을", 10.0, 0.0, 270.0);
        assert!(goes_on(&full, &line("알린다.", 25.0, 0.0, 60.0), Wrap::Words));
        assert!(!goes_on(&full, &line("그", 25.0, 0.0, 10.0), Wrap::Words), "it would have fitted");
        assert!(!goes_on(&full, &line("알린다.", 45.0, 0.0, 60.0), Wrap::Words), "too far below");
        assert!(!goes_on(&full, &line("알린다.", 25.0, 30.0, 60.0), Wrap::Words), "indented");
    }

    #[test]
    fn numbers_begin_paragraphs_and_references_do_not() {
        let full = line("회사는 이 계약", 10.0, 0.0, 298.0);
        let ended = line("회사는 이를 알린다.", 10.0, 0.0, 298.0);
        for (text, after_open, after_end) in [
            ("① 회사는", false, false),
            ("제3조(정의) 이", true, false),
            ("제3조(정의)에 따라", true, true),
            ("제3조제1항에 따라", true, true),
            ("제3조", true, false),
            ("1. 가입", true, false),
            ("가. 기업", true, false),
        ] {
            let next = line(text, 25.0, 0.0, 100.0);
            assert_eq!(goes_on(&full, &next, Wrap::Syllables), after_open, "{text}");
            assert_eq!(goes_on(&ended, &next, Wrap::Syllables), after_end, "{text}");
        }
        let cut = line("개인정보를 포함한", 10.0, 0.0, 298.0);
        assert!(goes_on(&cut, &line("다.", 25.0, 0.0, 15.0), Wrap::Syllables));
    }
}
