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
        // How much likelier syllables are than words, as a logarithm.
        let mut odds = 0.0f32;
        for (line, next, right) in pairs {
            let size = line.size.max(1.0);
            let fits = right - line.x1 > next.head + 0.3 * size;
            let korean = |c: Option<char>| c.is_some_and(hangul);
            if fits
                || !korean(line.text.chars().next_back())
                || !korean(next.text.chars().next())
                || line.text.ends_with('다')
            {
                continue;
            }
            let head = next.text.split(' ').next().unwrap_or_default();
            if PARTICLES.contains(&bare(head)) {
                odds += 3.0;
                continue;
            }
            // Where words stay whole, any room up to the word's width is as likely; where they do not, less than a
            // syllable's is left.
            let little = (1.35 / (next.head / size + 0.3)).clamp(0.05, 0.97);
            let room = (right - line.x0 - line.natural) / size;
            odds += if room > 1.35 { (0.04 / (1.0 - little)).ln() } else { (0.96 / little).ln() };
        }
        if odds > 0.5 { Wrap::Syllables } else { Wrap::Words }
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
    /// The same for any two syllables.
    usual: [u32; 2],
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
        joiner.tells = wrap == Wrap::Syllables && trailing >= 4 && trailing * 100 >= ends * 15;
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
                if hangul(letter) && before[1].is_some_and(hangul) {
                    self.usual[usize::from(spaced)] += 1;
                }
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
        if line.trailing {
            return true;
        }
        let quoted = so_far.matches('"').count() % 2 == 1;
        match (last, first) {
            (
                _,
                ')' | '」' | '』' | ']' | '”' | '’' | ',' | '.' | ';' | ':' | '?' | '!' | '·' | '%' | '％',
            ) => {
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
        if first == '(' && hangul(last) {
            // A line may end before a bracket whether a space stood there or not.
            let [.., habit] = levels([before, Some(last)], first, None);
            return self.seen.get(&habit).is_some_and(|[none, space]| space > none);
        }
        if self.wrap == Wrap::Words && (hangul(last) || last.is_ascii_alphabetic()) {
            return true;
        }
        if last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() {
            return true;
        }
        let mut odds = self.odds(tail, &next.text);
        if self.tells {
            odds -= 1.5;
        } else if hangul(last) && line.slack > 1.03 * next.first {
            // The next syllable would have had room, but for a space in between.
            odds += 4.0;
        }
        odds > 0.0
    }

    /// Whether more speaks for a space (above zero) or against it. The weights were fitted on contracts wrapped at
    /// known places; they say how far to trust what the document shows, not what its words are.
    fn odds(&self, tail: &str, next: &str) -> f32 {
        let head = next.split(' ').next().unwrap_or_default();
        let mut back = tail.chars().rev().map(shape);
        let (Some(last), before) = (back.next(), back.next()) else { return 0.0 };
        let mut letters = head.chars().map(shape);
        let Some(first) = letters.next() else { return 0.0 };
        /// How much each number of known letters counts, from all four to the one on either side.
        const WEIGHTS: [f32; LEVELS] = [0.45, 0.4, 0.4, 0.4, 0.5, 0.5];
        let usual = ((self.usual[1] as f32 + 1.0) / (self.usual[0] as f32 + 1.0)).ln();
        let mut odds = usual + 0.3;
        let levels = levels([before, Some(last)], first, letters.next());
        for (level, (around, weight)) in levels.iter().zip(WEIGHTS).enumerate() {
            match self.seen.get(around) {
                Some([none, space]) => {
                    let shown = ((*space as f32 + 0.3) / (*none as f32 + 0.7)).ln();
                    odds += weight * (shown.clamp(-3.0, 3.0) - usual);
                }
                // Letters that never stand together are likelier two words.
                None if level == 3 => odds += 0.4,
                None => {}
            }
        }
        let (tail, head) = (bare(tail), bare(head));
        let known = |map: &HashMap<String, u32>, word: &str| map.contains_key(word);
        let begun: String = tail.chars().chain(head.chars().take(1)).collect();
        if known(&self.words, &format!("{tail}{head}")) {
            odds -= 2.5;
        } else if known(&self.stems, &begun) {
            odds -= 0.8;
        }
        odds += match (known(&self.words, tail), known(&self.words, head)) {
            (true, true) => 2.1,
            (true, false) => 0.8,
            (false, true) => 0.3,
            (false, false) => -0.4,
        };
        let stem: String = head.chars().take(2).collect();
        if stem.chars().count() == 2 && known(&self.stems, &stem) {
            odds += 0.8;
        }
        if PARTICLES.contains(&head) {
            odds -= 3.0;
        }
        if matches!(last, ')' | '」' | '"') && matches!(head, "을" | "이" | "가") {
            odds -= 4.0;
        }
        // "수집 / 한", "게시 / 하며": the verb that makes one of a noun.
        let verb = head.starts_with(['하', '되', '한', '된', '할', '될', '함', '됨', '해', '돼', '했', '됐']);
        if verb && !"을를이가은는도고록며지게로에의과와".contains(last) {
            odds -= 1.2;
        }
        if last == '0' && hangul(first) {
            odds -= 1.0;
        }
        if first == '0' && hangul(last) {
            odds += if last == '제' { -5.0 } else { 0.8 };
        }
        odds
    }
}

/// Particles that, where a line begins with one as a word, belong to the word before. Those that are also words or
/// names of parties (이, 가, 을) are left to what the document shows.
const PARTICLES: [&str; 27] = [
    "은",
    "는",
    "를",
    "의",
    "에",
    "와",
    "과",
    "로",
    "도",
    "으로",
    "에서",
    "에게",
    "에는",
    "에도",
    "까지",
    "부터",
    "에게는",
    "로서",
    "으로서",
    "로써",
    "으로써",
    "이나",
    "이라",
    "라",
    "다",
    "니다",
    "습니다",
];

/// Numbers of letters that are looked at.
const LEVELS: usize = 6;

/// The letters at a break, from all that are known to fewer.
fn levels(before: [Option<char>; 2], first: char, second: Option<char>) -> [Around; LEVELS] {
    let [earlier, last] = before;
    // Marks that no letter is: a level must not be taken for another.
    let (any_before, any_after) = (Some('\u{1}'), Some('\u{2}'));
    [
        [earlier, last, Some(first), second],
        [earlier, last, Some(first), any_after],
        [any_before, last, Some(first), second],
        [any_before, last, Some(first), any_after],
        [any_before, last, Some('\u{3}'), any_after],
        [any_before, Some('\u{3}'), Some(first), any_after],
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
        Line {
            text: text.into(),
            x1: width,
            natural: width,
            size: 10.0,
            head,
            first: 10.0,
            ..Line::default()
        }
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
        let mut lines =
            vec![line("회사는"), line("이용"), line("자에게"), line("알린다"), line("다만"), line("끝")];
        for at in [0, 2, 3, 4] {
            lines[at].trailing = true;
        }
        let joiner = Joiner::learn(Wrap::Syllables, std::iter::once(lines.as_slice()));
        assert!(joiner.tells);
        assert!(joiner.spaced("", &lines[0], &lines[1]));
        assert!(!joiner.spaced("", &lines[1], &lines[2]));
    }
}
