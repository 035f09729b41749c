//! What stood between two lines that are one sentence: a space, or nothing. Korean is broken at words by some programs
//! and at syllables by others, and the space at the end of a line is often not written. A document tells by itself
//! which it does, by the room left at the ends of its lines, and what its words are, by the middles of its lines.
//! Knows no dictionary.

use crate::load::pdf::line::Line;
use std::collections::HashMap;

/// Where lines end in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wrap {
    /// Between words.
    #[default]
    Words,
    /// Also between the syllables of a word.
    Syllables,
}

impl Wrap {
    /// Told from pairs of lines that follow one another, each with the right edge of its column: where words stay whole,
    /// the first word of the next line explains the room that the line before left.
    pub fn of<'l>(pairs: impl Iterator<Item = (&'l Line, &'l Line, f32)>) -> Self {
        let (mut full, mut roomy) = (0usize, 0usize);
        for (line, next, right) in pairs {
            let fits = right - line.x1 > next.head + 0.3 * line.size;
            let korean = |c: Option<char>| c.is_some_and(hangul);
            if fits
                || !korean(line.text.chars().next_back())
                || !korean(next.text.chars().next())
                || line.text.ends_with('다')
            {
                continue;
            }
            full += 1;
            roomy += usize::from(right - line.x0 - line.natural > 1.35 * line.size);
        }
        if full >= 3 && roomy * 4 < full { Wrap::Syllables } else { Wrap::Words }
    }

    /// The width that the beginning of a line needs at the least at the end of the line before.
    pub fn need(self, line: &Line) -> f32 {
        match self {
            Wrap::Words => line.head,
            Wrap::Syllables => line.first.max(0.9 * line.size).min(line.head),
        }
    }
}

pub(super) fn hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// A letter as far as spaces depend on it: digits are alike, Latin letters too.
fn shape(c: char) -> char {
    match c {
        _ if c.is_ascii_digit() => '0',
        _ if c.is_ascii_alphabetic() => 'a',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        _ => c,
    }
}

/// The letters around a possible space; `None` is the end of the text, or a word further off.
type Around = [Option<char>; 4];

/// What a document's own lines teach of its spaces.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    pub wrap: Wrap,
    /// Spaces at the ends of lines are written, so that their absence tells as well.
    tells: bool,
    /// How often letters stood without a space between, and with one.
    seen: HashMap<Around, [u32; 2]>,
    /// Words, and beginnings of words.
    words: HashMap<String, u32>,
    stems: HashMap<String, u32>,
}

/// Longest beginning of a word that is kept, in letters.
const STEM: usize = 8;

impl Joiner {
    /// Learns from paragraphs, each as its lines.
    pub fn learn<'l>(wrap: Wrap, paragraphs: impl Iterator<Item = &'l [Line]>) -> Self {
        let mut joiner = Self { wrap, ..Self::default() };
        let (mut ends, mut trailing) = (0usize, 0usize);
        for lines in paragraphs {
            for (at, line) in lines.iter().enumerate() {
                if at + 1 < lines.len() {
                    ends += 1;
                    trailing += usize::from(line.trailing);
                }
                joiner.read(&line.text, at > 0, at + 1 < lines.len());
            }
        }
        joiner.tells = trailing >= 2 && trailing * 7 >= ends;
        joiner
    }

    /// Reads a line; words that the line's ends may have cut are none.
    fn read(&mut self, text: &str, cut_before: bool, cut_after: bool) {
        let letters: Vec<char> = text.chars().map(shape).collect();
        let mut before: [Option<char>; 2] = [None, None];
        let mut spaced = false;
        for (at, letter) in letters.iter().copied().enumerate() {
            if letter == ' ' {
                spaced = before[1].is_some();
                continue;
            }
            if before[1].is_some() {
                let after = letters.get(at + 1).copied().filter(|c| *c != ' ');
                for around in levels(before, letter, after) {
                    self.seen.entry(around).or_default()[usize::from(spaced)] += 1;
                }
            }
            before = if spaced { [None, Some(letter)] } else { [before[1], Some(letter)] };
            spaced = false;
        }
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        for (at, word) in words.iter().enumerate() {
            if at == 0 && cut_before || at + 1 == words.len() && cut_after {
                continue;
            }
            let word = bare(word);
            *self.words.entry(word.to_owned()).or_default() += 1;
            for (end, _) in word.char_indices().skip(1).take(STEM) {
                *self.stems.entry(word[..end].to_owned()).or_default() += 1;
            }
            *self.stems.entry(word.to_owned()).or_default() += 1;
        }
    }

    /// Whether a space stood between two lines of one paragraph; `so_far` is the paragraph's text up to the break.
    pub fn spaced(&self, so_far: &str, line: &Line, next: &Line) -> bool {
        let mut back = line.text.chars().rev();
        let (Some(last), before) = (back.next(), back.next()) else { return false };
        let Some(first) = next.text.chars().next() else { return false };
        if self.tells {
            return line.trailing;
        }
        let quoted = so_far.matches('"').count() % 2 == 1;
        match (last, first) {
            (_, ')' | '」' | '』' | ']' | '”' | '’' | ',' | '.' | ';' | ':' | '?' | '!' | '·' | '%' | '％') => {
                return false;
            }
            ('(' | '「' | '『' | '[' | '“' | '‘' | '·' | '/', _) => return false,
            ('"', _) if quoted => return false,
            (_, '"') => return !quoted,
            ('.', c) if c.is_ascii_digit() && before.is_some_and(|c| c.is_ascii_digit()) => return true,
            (',' | ';' | ':' | '?' | '!' | '.', _) => return true,
            _ => {}
        }
        let address = |word: &str| word.contains("://") || word.contains("www.") || word.contains('@');
        let tail = line.text.rsplit(' ').next().unwrap_or_default();
        if address(tail) && first.is_ascii() {
            return false;
        }
        if self.wrap == Wrap::Words && (hangul(last) || last.is_ascii_alphanumeric()) {
            return true;
        }
        if last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() {
            return true;
        }
        self.odds(tail, &next.text) > 0.0
    }

    /// Whether more speaks for a space (above zero) or against it.
    fn odds(&self, tail: &str, next: &str) -> f32 {
        let head = next.split(' ').next().unwrap_or_default();
        let mut back = tail.chars().rev().map(shape);
        let last = back.next();
        let before = [back.next(), last];
        let mut letters = head.chars().map(shape);
        let Some(first) = letters.next() else { return 0.0 };
        /// How much each number of known letters counts, from all four to the two at the break.
        const WEIGHTS: [f32; 4] = [1.6, 1.0, 1.0, 0.6];
        // Between any two letters of Korean a space is the rarer case.
        let mut odds = -0.9;
        for (around, weight) in levels(before, first, letters.next()).iter().zip(WEIGHTS) {
            if let Some([none, space]) = self.seen.get(around) {
                let (none, space) = (*none as f32 + 0.35, *space as f32 + 0.15);
                odds += weight * (space / none).ln().clamp(-3.0, 3.0);
            }
        }
        let (tail, head) = (bare(tail), bare(head));
        let count = |map: &HashMap<String, u32>, word: &str| map.get(word).copied().unwrap_or(0);
        let glued = format!("{tail}{head}");
        let begun: String = tail.chars().chain(head.chars().take(1)).collect();
        if count(&self.words, &glued) > 0 {
            odds -= 3.0;
        } else if begun.chars().count() <= STEM && count(&self.stems, &begun) > 0 {
            odds -= 1.2;
        }
        let (left, right) = (count(&self.words, tail) > 0, count(&self.words, head) > 0);
        odds += match (left, right) {
            (true, true) => 2.5,
            (true, false) => 0.8,
            (false, true) => 0.8,
            (false, false) => -0.4,
        };
        if PARTICLES.contains(&head) {
            odds -= 3.0;
        }
        odds
    }
}

/// Particles that, where a line begins with one as a word, belong to the word before. Those that are also words or
/// names of parties (이, 가, 을) are left to what the document shows.
const PARTICLES: [&str; 24] = [
    "은", "는", "를", "의", "에", "와", "과", "로", "도", "으로", "에서", "에게", "에는", "에도", "까지", "부터",
    "에게는", "로서", "으로서", "로써", "으로써", "이나", "이라", "라",
];

/// The letters at a break, from all that are known to fewer.
fn levels(before: [Option<char>; 2], first: char, second: Option<char>) -> [Around; 4] {
    let [earlier, last] = before;
    // Marks that no letter is: a level must not be taken for another.
    let (any_before, any_after) = (Some('\u{1}'), Some('\u{2}'));
    [
        [earlier, last, Some(first), second],
        [earlier, last, Some(first), any_after],
        [any_before, last, Some(first), second],
        [any_before, last, Some(first), any_after],
    ]
}

/// A word without quotes, brackets and stops around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        let width = text.chars().map(|c| if c == ' ' { 3.0 } else { 10.0 }).sum();
        let head = text.split(' ').next().unwrap().chars().count() as f32 * 10.0;
        Line { text: text.into(), x1: width, natural: width, size: 10.0, head, first: 10.0, ..Line::default() }
    }

    #[test]
    fn the_room_at_the_ends_tells_how_lines_are_wrapped() {
        let long = line("서비스이용계약에 관한");
        let pair = |right| (line("회사는 이용자에게 알리고"), long.clone(), right);
        let of = |rights: [f32; 4]| {
            let pairs: Vec<_> = rights.into_iter().map(pair).collect();
            Wrap::of(pairs.iter().map(|(a, b, right)| (a, b, *right)))
        };
        let width = line("회사는 이용자에게 알리고").x1;
        assert_eq!(of([0.0, 2.0, 5.0, 9.0].map(|room| width + room)), Wrap::Syllables);
        assert_eq!(of([0.0, 30.0, 55.0, 9.0].map(|room| width + room)), Wrap::Words);
    }

    #[test]
    fn syllables_are_joined_as_the_document_writes_them() {
        let body = [
            line("회사는 서비스를 이용자에게 제공하고 이용자는 요금을 납부한다"),
            line("이용자는 서비스를 해지할 수 있고 회사는 요금을 반환한다"),
        ];
        let joiner = Joiner::learn(Wrap::Syllables, body.iter().map(std::slice::from_ref));
        for (left, right, spaced) in [
            ("회사는 서비", "스를 제공하고", false),
            ("이 경우 이용", "자는 요금을", false),
            ("회사는", "요금을 반환", true),
            ("회사", "는 이를", false),
            ("제공하고", "이용자는", true),
            ("(이하", "\"회사\"라", true),
            ("알린다.", "다만", true),
            ("제10조", ", 제11조", false),
        ] {
            assert_eq!(joiner.spaced(left, &line(left), &line(right)), spaced, "{left}|{right}");
        }
    }

    #[test]
    fn written_spaces_at_the_ends_are_believed() {
        let mut lines = vec![line("회사는"), line("이용"), line("자에게"), line("알린다")];
        (lines[0].trailing, lines[2].trailing) = (true, true);
        let joiner = Joiner::learn(Wrap::Syllables, std::iter::once(lines.as_slice()));
        assert!(joiner.spaced("", &lines[0], &lines[1]));
        assert!(!joiner.spaced("", &lines[1], &lines[2]));
    }
}
