//! 글자 겹침: characters that stand on one place, often in a frame. Authors make numbers of it that their keyboard lacks
//! (⑯, ㉑), so that what is shown has to become one character where there is one, and in brackets where there is none.

use crate::load::numeral;

/// What is drawn around the characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load) enum Frame {
    /// Nothing: the characters themselves lie on each other.
    None,
    Circle,
    ReversedCircle,
    Rectangle,
    /// A triangle, a rhombus and others that no characters have.
    Other,
}

/// The frames in the order of their codes, with their names in OWPML and the character that a binary file puts before
/// the others to draw them.
const FRAMES: [(Frame, &str, char); 14] = [
    (Frame::None, "CHAR", '\u{3000}'),
    (Frame::Circle, "SHAPE_CIRCLE", '◯'),
    (Frame::ReversedCircle, "SHAPE_REVERSAL_CIRCLE", '●'),
    (Frame::Rectangle, "SHAPE_RECTANGLE", '□'),
    (Frame::Rectangle, "SHAPE_REVERSAL_RECTANGLE", '■'),
    (Frame::Other, "SHAPE_TRIANGLE", '△'),
    (Frame::Other, "SHAPE_REVERSAL_TIRANGLE", '▲'),
    (Frame::Other, "SHAPE_LIGHT", '☼'),
    (Frame::Other, "SHAPE_RHOMBUS", '◇'),
    (Frame::Other, "SHAPE_REVERSAL_RHOMBUS", '◆'),
    (Frame::Rectangle, "SHAPE_ROUNDED_RECTANGLE", '▢'),
    (Frame::Other, "SHAPE_EMPTY_CIRCULATE_TRIANGLE", '♲'),
    (Frame::Other, "SHAPE_THIN_CIRCULATE_TRIANGLE", '♺'),
    (Frame::Other, "SHAPE_THICK_CIRCULATE_TRIANGLE", '♻'),
];

impl Frame {
    /// The frame of a code in a binary file; an unknown one is a frame all the same.
    pub fn from_code(code: u8) -> Self {
        FRAMES.get(usize::from(code)).map_or(Frame::Other, |(frame, ..)| *frame)
    }

    /// The frame of a name in OWPML.
    pub fn from_name(name: &str) -> Self {
        let known = FRAMES.iter().find(|(_, own, _)| own.eq_ignore_ascii_case(name.trim()));
        match known {
            Some((frame, ..)) => *frame,
            None if name.trim().is_empty() => Frame::None,
            None => Frame::Other,
        }
    }

    /// The frame that a character is by itself.
    fn drawn_by(c: char) -> Option<Self> {
        if matches!(c, '○' | '\u{20dd}') {
            return Some(Frame::Circle);
        }
        let known = FRAMES.iter().find(|(frame, _, own)| *own == c && *frame != Frame::None);
        known.map(|(frame, ..)| *frame)
    }
}

/// Overlapped characters as one text.
pub(in crate::load) fn plain(frame: Frame, text: &str) -> String {
    let mut frame = frame;
    let mut inner = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if let Some(drawn) = Frame::drawn_by(c).filter(|drawn| frame == Frame::None || frame == *drawn) {
            frame = drawn;
        } else if let Some((around, number)) = boxed(c) {
            frame = if frame == Frame::None { around } else { frame };
            inner.push_str(&number.to_string());
        } else {
            inner.push(digit(c).unwrap_or(c));
        }
    }
    if inner.is_empty() {
        return text.trim().to_owned();
    }
    match frame {
        Frame::None => inner,
        Frame::Circle => circled(&inner).unwrap_or_else(|| format!("({inner})")),
        Frame::ReversedCircle => {
            let dark = inner.parse().ok().and_then(numeral::circled_dark);
            dark.or_else(|| circled(&inner)).unwrap_or_else(|| format!("({inner})"))
        }
        Frame::Rectangle if matches!(inner.as_str(), "✓" | "✔" | "√" | "∨") => "☑".to_owned(),
        Frame::Rectangle | Frame::Other => format!("[{inner}]"),
    }
}

/// A digit that the program has a glyph of its own for, so that several of them fit side by side into a frame: of two
/// places, then of three.
fn digit(c: char) -> Option<char> {
    const PLACES: [(u32, u32, u32); 5] = [
        (0xF0289, 0xF0291, 1),
        (0xF0292, 0xF029B, 0),
        (0xF0491, 0xF0499, 1),
        (0xF049A, 0xF04A3, 0),
        (0xF04A4, 0xF04AD, 0),
    ];
    let code = u32::from(c);
    let (from, _, first) = PLACES.iter().find(|(from, to, _)| (*from..=*to).contains(&code))?;
    char::from_digit(code - from + first, 10)
}

/// A number in a rectangle that the program has one glyph for.
fn boxed(c: char) -> Option<(Frame, u32)> {
    match u32::from(c) {
        code @ (0xF02B1..=0xF02C4) => Some((Frame::Rectangle, code - 0xF02B0)),
        code @ (0xF02CE..=0xF02E1) => Some((Frame::Rectangle, code - 0xF02CD)),
        _ => None,
    }
}

/// A number, a letter, a syllable or a sign in a circle as one character.
fn circled(inner: &str) -> Option<String> {
    /// From 月 in its circle on, in the order of Unicode.
    const SIGNS: &str = "月火水木金土日株有社名特財祝労秘男女適優印注項休写正上中下左右医宗学監企資協夜";
    if let Ok(number) = inner.parse::<i64>() {
        return (0..=50).contains(&number).then(|| numeral::circled(number));
    }
    let mut chars = inner.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    let place = |first: char| i64::from(u32::from(c)) - i64::from(u32::from(first)) + 1;
    let of = |set: &str| set.chars().position(|own| own == c).map(|at| at as i64 + 1);
    match c {
        'a'..='z' => Some(numeral::circled_letter(place('a'))),
        'A'..='Z' => Some(numeral::circled_capital(place('A'))),
        // Whoever writes ① needs no circle around it.
        '①'..='⓿' | '㈀'..='㋿' | '❶'..='➓' => Some(c.to_string()),
        'ㄱ'..='ㅎ' => of("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ").map(numeral::circled_chosung),
        '가'..='힣' => of("가나다라마바사아자차카타파하").map(numeral::circled_ganada),
        _ => {
            let sign = of(SIGNS).and_then(|at| char::from_u32(0x3289 + u32::try_from(at).ok()?));
            of("一二三四五六七八九十").map(numeral::circled_hanja).or_else(|| sign.map(String::from))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_become_characters() {
        for (frame, text, shown) in [
            ("SHAPE_CIRCLE", "16", "⑯"),
            ("SHAPE_CIRCLE", "21", "㉑"),
            ("SHAPE_CIRCLE", "50", "㊿"),
            ("SHAPE_CIRCLE", "51", "(51)"),
            ("SHAPE_CIRCLE", "\u{f028a}\u{f0295}", "㉓"),
            ("SHAPE_CIRCLE", "③", "③"),
            ("SHAPE_CIRCLE", "가", "㉮"),
            ("SHAPE_CIRCLE", "하", "㉻"),
            ("SHAPE_CIRCLE", "ㄴ", "㉡"),
            ("SHAPE_CIRCLE", "c", "ⓒ"),
            ("SHAPE_CIRCLE", "三", "㊂"),
            ("SHAPE_CIRCLE", "印", "㊞"),
            ("SHAPE_CIRCLE", "夜", "㊰"),
            ("SHAPE_CIRCLE", "인", "(인)"),
            ("SHAPE_REVERSAL_CIRCLE", "3", "❸"),
            ("SHAPE_REVERSAL_CIRCLE", "12", "⓬"),
            ("SHAPE_REVERSAL_CIRCLE", "21", "㉑"),
            ("SHAPE_REVERSAL_CIRCLE", "나", "㉯"),
            ("SHAPE_RECTANGLE", "16", "[16]"),
            ("SHAPE_RECTANGLE", "\u{f02b4}", "[4]"),
            ("SHAPE_RECTANGLE", "✓", "☑"),
            ("SHAPE_REVERSAL_TIRANGLE", "갑", "[갑]"),
            ("NEWER", "갑", "[갑]"),
            ("CHAR", "○1", "①"),
            ("CHAR", "1◯", "①"),
            ("CHAR", "□가", "[가]"),
            ("CHAR", "③", "③"),
            ("CHAR", "원/", "원/"),
            ("CHAR", "○", "○"),
            ("", "16", "16"),
            ("SHAPE_CIRCLE", "", ""),
        ] {
            assert_eq!(plain(Frame::from_name(frame), text), shown, "{frame} {text}");
        }
    }

    #[test]
    fn binary_files_put_the_frame_before_the_characters() {
        for (code, text, shown) in [
            (0, "\u{3000}16", "16"),
            (0, "○2", "②"),
            (1, "◯16", "⑯"),
            (1, "16", "⑯"),
            (2, "●7", "❼"),
            (3, "□7", "[7]"),
            (13, "♻7", "[7]"),
            (200, "7", "[7]"),
        ] {
            assert_eq!(plain(Frame::from_code(code), text), shown, "{code} {text}");
        }
    }
}
