//! Automatic numbers of 한글: 번호 문단, 개요 번호 and 글머리표, how far each list has counted and how it is printed.
//! Knows nothing of the text that is numbered, nor of how a file writes its lists.
//!
//! What was seen in the program and holds here:
//! - Every definition is one list: it goes on counting whatever stands between its paragraphs.
//! - Only the first paragraph of a definition asks how it begins: with its own first numbers, or (begin 0) with those
//!   of the definition used just before.
//! - 개요 and 번호 문단 count apart; a section names the definition of its 개요.
//! - A section that names no definition there is has the program's own: the numbers of all levels with a full stop.
//! - A number clears the levels below it; a level above that was passed over counts as begun.

use crate::load::blocks::visible;
use crate::load::numeral;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Levels of a list.
pub(in crate::load) const LEVELS: usize = 10;
/// Longest format of a number that is read; 한글 allows a few dozen characters.
const LONGEST_FORMAT: usize = 64;

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::load) enum Shape {
    #[default]
    Digit,
    CircledDigit,
    RomanCapital,
    RomanSmall,
    LatinCapital,
    LatinSmall,
    CircledLatinCapital,
    CircledLatinSmall,
    HangulSyllable,
    CircledHangulSyllable,
    HangulJamo,
    CircledHangulJamo,
    HangulPhonetic,
    Ideograph,
    CircledIdeograph,
    DecagonCircle,
    DecagonCircleHanja,
}

/// The shapes in the order of their codes, with their names in OWPML.
const SHAPES: [(Shape, &str); 17] = [
    (Shape::Digit, "DIGIT"),
    (Shape::CircledDigit, "CIRCLED_DIGIT"),
    (Shape::RomanCapital, "ROMAN_CAPITAL"),
    (Shape::RomanSmall, "ROMAN_SMALL"),
    (Shape::LatinCapital, "LATIN_CAPITAL"),
    (Shape::LatinSmall, "LATIN_SMALL"),
    (Shape::CircledLatinCapital, "CIRCLED_LATIN_CAPITAL"),
    (Shape::CircledLatinSmall, "CIRCLED_LATIN_SMALL"),
    (Shape::HangulSyllable, "HANGUL_SYLLABLE"),
    (Shape::CircledHangulSyllable, "CIRCLED_HANGUL_SYLLABLE"),
    (Shape::HangulJamo, "HANGUL_JAMO"),
    (Shape::CircledHangulJamo, "CIRCLED_HANGUL_JAMO"),
    (Shape::HangulPhonetic, "HANGUL_PHONETIC"),
    (Shape::Ideograph, "IDEOGRAPH"),
    (Shape::CircledIdeograph, "CIRCLED_IDEOGRAPH"),
    (Shape::DecagonCircle, "DECAGON_CIRCLE"),
    (Shape::DecagonCircleHanja, "DECAGON_CIRCLE_HANJA"),
];

impl Shape {
    /// The shape of a code in a binary file.
    pub fn from_code(code: u32) -> Option<Self> {
        SHAPES.get(usize::try_from(code).ok()?).map(|(shape, _)| *shape)
    }

    /// The shape of a name in OWPML, where older files write 甲 and 갑 in another order of words.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        let found = SHAPES.iter().find(|(_, own)| own.eq_ignore_ascii_case(name)).map(|(shape, _)| *shape);
        found.or(match name {
            "DECAGON_CIRCLE_HANGUL" => Some(Shape::DecagonCircle),
            _ => None,
        })
    }

    /// A number in this shape.
    pub fn print(self, n: u32) -> String {
        let n = i64::from(n);
        match self {
            Shape::Digit => n.to_string(),
            Shape::CircledDigit => numeral::circled(n),
            Shape::RomanCapital => numeral::roman(n).to_uppercase(),
            Shape::RomanSmall => numeral::roman(n),
            Shape::LatinCapital => numeral::letter_repeated(n).to_uppercase(),
            Shape::LatinSmall => numeral::letter_repeated(n),
            Shape::CircledLatinCapital => numeral::circled_capital(n),
            Shape::CircledLatinSmall => numeral::circled_letter(n),
            Shape::HangulSyllable => numeral::ganada_by_vowel(n),
            Shape::CircledHangulSyllable => numeral::circled_ganada(n),
            Shape::HangulJamo => numeral::chosung_repeated(n),
            Shape::CircledHangulJamo => numeral::circled_chosung(n),
            Shape::HangulPhonetic => numeral::counted(n, &numeral::KOREAN),
            Shape::Ideograph => numeral::counted(n, &numeral::HANJA),
            Shape::CircledIdeograph => numeral::circled_hanja(n),
            Shape::DecagonCircle => numeral::cyclic(n, "갑을병정무기경신임계"),
            Shape::DecagonCircleHanja => numeral::cyclic(n, "甲乙丙丁戊己庚辛壬癸"),
        }
    }
}

/// One level of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::load) struct Level {
    pub start: u32,
    pub shape: Shape,
    /// `^1` to `^10` stand for the numbers of the levels, `^n` for the path of them, `^N` for the path with a full stop.
    pub format: String,
    /// Whether nothing stands between number and text.
    pub tight: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, shape: Shape::Digit, format: String::new(), tight: false }
    }
}

/// The definition of a list.
#[derive(Clone, Debug, Default)]
pub(in crate::load) struct List {
    /// Whether its first paragraph goes on from the list used before.
    pub continues: bool,
    /// Level 1 first; missing ones print nothing.
    pub levels: Vec<Level>,
}

impl List {
    fn level(&self, at: usize) -> Option<&Level> {
        self.levels.get(at)
    }

    fn start(&self, at: usize) -> u32 {
        self.level(at).map_or(1, |level| level.start)
    }
}

/// The 개요 of the program itself.
static USUAL: LazyLock<List> = LazyLock::new(|| {
    let level = Level { format: "^N".to_owned(), ..Level::default() };
    List { continues: false, levels: vec![level; LEVELS] }
});

/// What a paragraph's shape says of its head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::load) enum HeadKind {
    #[default]
    None,
    /// 개요
    Outline,
    /// 번호 문단
    Number,
    /// 글머리표
    Bullet,
}

/// The head of a paragraph: its kind, its level from 0, and its list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::load) struct Head {
    pub kind: HeadKind,
    pub level: u8,
    pub list: u32,
}

/// The number in front of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::load) struct Label {
    pub text: String,
    pub tight: bool,
    /// Whether the program prints it of its own, as the document defines none.
    pub unasked: bool,
}

type Counts = [Option<u32>; LEVELS];

/// How far the lists of one kind have counted.
#[derive(Clone, Debug, Default)]
struct Counter {
    counts: HashMap<u32, Counts>,
    last: Option<u32>,
}

impl Counter {
    /// Makes a list the one that counts; at its first use it may go on from the last.
    fn turn(&mut self, id: u32, list: &List) {
        if !self.counts.contains_key(&id) {
            let before = self.last.and_then(|last| self.counts.get(&last)).copied();
            self.counts.insert(id, before.filter(|_| list.continues).unwrap_or_default());
        }
        self.last = Some(id);
    }

    /// Counts a paragraph.
    fn next(&mut self, id: u32, list: &List, at: usize) -> Counts {
        self.turn(id, list);
        let counts = self.counts.entry(id).or_default();
        for (above, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert_with(|| list.start(above));
        }
        counts[at] = Some(counts[at].map_or_else(|| list.start(at), |last| last.saturating_add(1)));
        counts[at + 1..].fill(None);
        *counts
    }
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(in crate::load) struct Numbering {
    pub lists: HashMap<u32, List>,
    /// The characters of 글머리표.
    pub bullets: HashMap<u32, String>,
    /// The list of the section's 개요.
    outline: u32,
    outlines: Counter,
    numbers: Counter,
    /// Shapes that are printed as plain digits because they are not known.
    pub unknown: BTreeSet<String>,
    /// References to lists that do not exist.
    pub dangling: usize,
}

impl Numbering {
    /// Begins a section whose 개요 counts by that list.
    pub fn section(&mut self, outline: u32) {
        self.outline = outline;
        if let Some(list) = self.lists.get(&outline) {
            self.outlines.turn(outline, list);
        }
    }

    /// Counts a paragraph and gives its number; `None` for a paragraph without one.
    pub fn next(&mut self, head: Head) -> Option<Label> {
        let (id, counter) = match head.kind {
            HeadKind::None => return None,
            HeadKind::Bullet => return self.bullet(head.list),
            HeadKind::Outline => (self.outline, &mut self.outlines),
            HeadKind::Number => (head.list, &mut self.numbers),
        };
        let unasked = !self.lists.contains_key(&id);
        let list = match self.lists.get(&id) {
            Some(list) => list,
            None if head.kind == HeadKind::Outline => &USUAL,
            None => {
                self.dangling += 1;
                return None;
            }
        };
        let at = usize::from(head.level).min(LEVELS - 1);
        let counts = counter.next(id, list, at);
        let level = list.level(at)?;
        let text: String = print(list, level, at, &counts).chars().filter_map(visible).collect();
        let text = text.trim();
        (!text.is_empty()).then(|| Label { text: text.to_owned(), tight: level.tight, unasked })
    }

    fn bullet(&mut self, id: u32) -> Option<Label> {
        let Some(bullet) = self.bullets.get(&id) else {
            self.dangling += 1;
            return None;
        };
        // Characters of symbol fonts stand where no other font has any.
        let shown = |c: char| if ('\u{e000}'..='\u{f8ff}').contains(&c) { '•' } else { c };
        let text: String = bullet.chars().take(4).map(shown).filter_map(visible).collect();
        let text = text.trim();
        (!text.is_empty()).then(|| Label { text: text.to_owned(), ..Label::default() })
    }
}

/// The number of a paragraph by the format of its level.
fn print(list: &List, level: &Level, at: usize, counts: &Counts) -> String {
    let one = |of: usize| {
        let shape = list.level(of).map_or(Shape::Digit, |level| level.shape);
        shape.print(counts.get(of).copied().flatten().unwrap_or_else(|| list.start(of)))
    };
    let path = || (0..=at).map(one).collect::<Vec<_>>().join(".");
    let mut text = String::new();
    let mut rest = level.format.chars().take(LONGEST_FORMAT).peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek().copied()) {
            ('^', Some('n')) => text.push_str(&path()),
            ('^', Some('N')) => {
                text.push_str(&path());
                text.push('.');
            }
            ('^', Some(digit @ '1'..='9')) => {
                rest.next();
                let ten = digit == '1' && rest.peek() == Some(&'0');
                if ten {
                    rest.next();
                }
                let of = if ten { LEVELS } else { digit.to_digit(10).unwrap_or(1) as usize };
                text.push_str(&one(of - 1));
                continue;
            }
            _ => {
                text.push(c);
                continue;
            }
        }
        rest.next();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(continues: bool, levels: &[(Shape, &str)]) -> List {
        let level = |(shape, format): &(Shape, &str)| Level {
            shape: *shape,
            format: (*format).to_owned(),
            ..Level::default()
        };
        List { continues, levels: levels.iter().map(level).collect() }
    }

    fn numbering(lists: Vec<(u32, List)>) -> Numbering {
        Numbering { lists: lists.into_iter().collect(), ..Numbering::default() }
    }

    fn next(numbering: &mut Numbering, kind: HeadKind, list: u32, level: u8) -> String {
        numbering.next(Head { kind, level, list }).map(|label| label.text).unwrap_or("-".into())
    }

    #[test]
    fn outlines_that_nobody_defines_have_the_numbers_of_the_program() {
        let mut numbering = numbering(Vec::new());
        let printed = [0, 1, 1, 2, 0].map(|level| next(&mut numbering, HeadKind::Outline, 0, level));
        assert_eq!(printed, ["1.", "1.1.", "1.2.", "1.2.1.", "2."]);
        assert_eq!(next(&mut numbering, HeadKind::Number, 3, 0), "-");
        assert_eq!(numbering.dangling, 1);
    }

    #[test]
    fn levels_restart_and_refer_to_those_above() {
        let levels = [
            (Shape::Digit, "제^1조"),
            (Shape::CircledDigit, "^2"),
            (Shape::Digit, "^1-^3."),
            (Shape::HangulSyllable, "^4."),
            (Shape::HangulJamo, "(^n)"),
            (Shape::RomanSmall, "^N"),
        ];
        let mut numbering = numbering(vec![(1, list(false, &levels))]);
        let wanted = [
            (0, "제1조"),
            (1, "①"),
            (1, "②"),
            (2, "1-1."),
            (3, "가."),
            (3, "나."),
            (4, "(1.②.1.나.ㄱ)"),
            (5, "1.②.1.나.ㄱ.i."),
            (0, "제2조"),
            (1, "①"),
            (8, "-"),
        ];
        for (level, label) in wanted {
            assert_eq!(next(&mut numbering, HeadKind::Number, 1, level), label);
        }
    }

    #[test]
    fn a_list_goes_on_where_it_was_and_a_new_one_begins_as_it_says() {
        let one = [(Shape::Digit, "^1."), (Shape::HangulSyllable, "^2.")];
        let mut late = list(false, &one);
        late.levels[0].start = 7;
        let mut numbering = numbering(vec![(1, list(false, &one)), (2, list(true, &one)), (3, late)]);
        let wanted = [
            (1, 0, "1."),
            (1, 1, "가."),
            (2, 1, "나."),
            (2, 0, "2."),
            (1, 0, "2."),
            (3, 0, "7."),
            (3, 0, "8."),
        ];
        for (id, level, label) in wanted {
            assert_eq!(next(&mut numbering, HeadKind::Number, id, level), label, "{id} {level}");
        }
        assert_eq!(next(&mut numbering, HeadKind::Number, 9, 0), "-");
        assert_eq!(numbering.dangling, 1);
    }

    #[test]
    fn outlines_count_apart_and_by_their_section() {
        let one = [(Shape::Digit, "제^1장"), (Shape::Digit, "^2)"), (Shape::Digit, "^3")];
        let mut numbering =
            numbering(vec![(1, list(false, &one)), (2, list(true, &one)), (3, list(false, &one))]);
        assert_eq!(next(&mut numbering, HeadKind::Outline, 0, 0), "1.", "no section yet: the program's own");
        numbering.section(1);
        assert_eq!(next(&mut numbering, HeadKind::Outline, 0, 0), "제1장");
        assert_eq!(next(&mut numbering, HeadKind::Number, 1, 0), "제1장");
        assert_eq!(next(&mut numbering, HeadKind::Outline, 0, 2), "1");
        assert_eq!(
            next(&mut numbering, HeadKind::Outline, 0, 1),
            "2)",
            "the level passed over was the first"
        );
        numbering.section(2);
        assert_eq!(next(&mut numbering, HeadKind::Outline, 0, 0), "제2장");
        numbering.section(3);
        assert_eq!(next(&mut numbering, HeadKind::Outline, 0, 0), "제1장");
    }

    #[test]
    fn every_shape_has_a_name_a_code_and_its_first_numbers() {
        let wanted = [
            "1 2", "① ②", "I II", "i ii", "A B", "a b", "Ⓐ Ⓑ", "ⓐ ⓑ", "가 나", "㉮ ㉯", "ㄱ ㄴ", "㉠ ㉡",
            "일 이", "一 二", "㊀ ㊁", "갑 을", "甲 乙",
        ];
        for (code, ((shape, name), printed)) in SHAPES.iter().zip(wanted).enumerate() {
            assert_eq!(Shape::from_code(code as u32), Some(*shape));
            assert_eq!(Shape::from_name(name), Some(*shape));
            assert_eq!(format!("{} {}", shape.print(1), shape.print(2)), printed);
            assert!(shape.print(u32::MAX).chars().count() <= 24 && shape.print(0).chars().count() <= 24);
        }
        assert_eq!(Shape::from_code(0x80), None);
    }

    #[test]
    fn absurd_definitions_stay_short() {
        let mut wild = list(true, &[(Shape::RomanSmall, "")]);
        wild.levels[0].format = "^n".repeat(10_000);
        wild.levels[0].start = u32::MAX;
        let mut numbering = numbering(vec![(1, wild)]);
        for level in [0, 0, 9, 255] {
            let label = next(&mut numbering, HeadKind::Number, 1, level);
            assert!(label.len() < 10_000, "{}", label.len());
        }
    }
}
