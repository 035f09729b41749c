//! Numbers as word processors and browsers print them: ①, 가, ㄱ, 일, 一, iv. Knows neither Word nor CSS names.

/// Consonants in the order of counting.
const CHOSUNG: [char; 14] =
    ['ㄱ', 'ㄴ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
/// Syllables in the order of counting.
const GANADA: [char; 14] =
    ['가', '나', '다', '라', '마', '바', '사', '아', '자', '차', '카', '타', '파', '하'];

/// Digits and unit names of a counting system.
pub(super) struct Counting {
    pub digits: [&'static str; 10],
    /// Names of 10, 100, 1,000.
    pub units: [&'static str; 3],
    /// Name of 10,000.
    pub myriad: &'static str,
    /// Whether 10 is "one ten" (일십) rather than "ten" (십).
    pub formal: bool,
}

/// 일, 이, … 십, 십일.
pub(super) const KOREAN: Counting = Counting {
    digits: ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"],
    units: ["십", "백", "천"],
    myriad: "만",
    formal: false,
};
/// 일, 이, … 일십, 일십일.
pub(super) const KOREAN_FORMAL: Counting = Counting { formal: true, ..KOREAN };
/// 一, 二, … 十, 十一.
pub(super) const HANJA: Counting = Counting {
    digits: ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    units: ["十", "百", "千"],
    myriad: "萬",
    formal: false,
};
/// 壹, 貳, … 壹拾.
pub(super) const HANJA_FORMAL: Counting = Counting {
    digits: ["零", "壹", "貳", "參", "四", "五", "六", "七", "八", "九"],
    units: ["拾", "百", "千"],
    myriad: "萬",
    formal: true,
};

/// 壹, 貳, … 玖, 壹拾, as Word writes its traditional legal numbers.
pub(super) const LEGAL_TRADITIONAL: Counting = Counting {
    digits: ["零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"],
    units: ["拾", "佰", "仟"],
    myriad: "萬",
    formal: true,
};
/// 壹, 贰, … 玖, 壹拾, in simplified characters.
pub(super) const LEGAL_SIMPLIFIED: Counting = Counting {
    digits: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
    units: ["拾", "佰", "仟"],
    myriad: "万",
    formal: true,
};
/// 壱, 弐, … 九, 壱拾, as Japanese documents have them.
pub(super) const LEGAL_JAPANESE: Counting = Counting {
    digits: ["零", "壱", "弐", "参", "四", "伍", "六", "七", "八", "九"],
    units: ["拾", "百", "阡"],
    myriad: "萬",
    formal: true,
};

/// One of a range of characters from `first` on, when `n` counts within it.
fn in_range(n: i64, first: u32, count: i64) -> Option<String> {
    let offset = (1..=count).contains(&n).then(|| u32::try_from(n - 1).ok()).flatten()?;
    char::from_u32(first + offset).map(String::from)
}

/// ① to ㊿; other numbers in plain digits.
pub(super) fn circled(n: i64) -> String {
    in_range(n, 0x2460, 20)
        .or_else(|| in_range(n.saturating_sub(20), 0x3251, 15))
        .or_else(|| in_range(n.saturating_sub(35), 0x32B1, 15))
        .unwrap_or_else(|| if n == 0 { "⓪".into() } else { n.to_string() })
}

/// ❶ to ⓴, with ⓿.
pub(super) fn circled_dark(n: i64) -> Option<String> {
    let ten = in_range(n, 0x2776, 10).or_else(|| in_range(n.saturating_sub(10), 0x24EB, 10));
    ten.or_else(|| (n == 0).then(|| "⓿".into()))
}

/// ⑴ to ⒇, then (21).
pub(super) fn parenthesised(n: i64) -> String {
    in_range(n, 0x2474, 20).unwrap_or_else(|| format!("({n})"))
}

/// ⒈ to ⒛, then 21.
pub(super) fn full_stopped(n: i64) -> String {
    in_range(n, 0x2488, 20).unwrap_or_else(|| format!("{n}."))
}

/// ㊀ to ㊉, then plain digits.
pub(super) fn circled_hanja(n: i64) -> String {
    in_range(n, 0x3280, 10).unwrap_or_else(|| n.to_string())
}

/// Ⓐ to Ⓩ, then plain digits.
pub(super) fn circled_capital(n: i64) -> String {
    in_range(n, 0x24B6, 26).unwrap_or_else(|| n.to_string())
}

/// ⓐ to ⓩ, then plain digits.
pub(super) fn circled_letter(n: i64) -> String {
    in_range(n, 0x24D0, 26).unwrap_or_else(|| n.to_string())
}

/// ㉮ to ㉻, then plain digits.
pub(super) fn circled_ganada(n: i64) -> String {
    in_range(n, 0x326E, 14).unwrap_or_else(|| n.to_string())
}

/// ㉠ to ㉭, then plain digits.
pub(super) fn circled_chosung(n: i64) -> String {
    in_range(n, 0x3260, 14).unwrap_or_else(|| n.to_string())
}

/// 가, 나, … 하, 거, 너, … 허, 고, … as official documents go on; plain digits after 히.
pub(super) fn ganada_by_vowel(n: i64) -> String {
    // ㅏ ㅓ ㅗ ㅜ ㅡ ㅣ by their places among the vowels of a syllable.
    const VOWELS: [u32; 6] = [0, 4, 8, 13, 18, 20];
    let place = n.checked_sub(1).and_then(|n| usize::try_from(n).ok());
    let row = place.and_then(|place| Some((GANADA.get(place % 14)?, VOWELS.get(place / 14)?)));
    row.and_then(|(syllable, vowel)| char::from_u32(u32::from(*syllable) + vowel * 28))
        .map_or_else(|| n.to_string(), String::from)
}

/// A letter, then the same letter twice and so on (word processors: z, aa, bb; 하, 가가).
fn repeated(n: i64, set: &[char]) -> String {
    let len = set.len() as i64;
    if n < 1 || n > 30 * len {
        return n.to_string();
    }
    let letter = set[((n - 1) % len) as usize];
    std::iter::repeat_n(letter, ((n - 1) / len + 1) as usize).collect()
}

/// Digits of a system without zero (browsers: z, aa, ab; 하, 가가, 가나).
pub(super) fn bijective<T: ToString>(n: i64, set: &[T]) -> String {
    if n < 1 || set.is_empty() {
        return n.to_string();
    }
    let len = set.len() as i64;
    let mut rest = n;
    let mut out = Vec::new();
    while rest > 0 {
        rest -= 1;
        out.push(set[(rest % len) as usize].to_string());
        rest /= len;
    }
    out.into_iter().rev().collect()
}

fn latin() -> Vec<char> {
    ('a'..='z').collect()
}

/// a, b, … z, aa, bb.
pub(super) fn letter_repeated(n: i64) -> String {
    repeated(n, &latin())
}

/// a, b, … z, aa, ab.
pub(super) fn letter(n: i64) -> String {
    bijective(n, &latin())
}

/// 가, 나, … 하, 가가, 나나.
pub(super) fn ganada_repeated(n: i64) -> String {
    repeated(n, &GANADA)
}

/// 가, 나, … 하, 가가, 가나.
pub(super) fn ganada(n: i64) -> String {
    bijective(n, &GANADA)
}

/// ㄱ, ㄴ, … ㅎ, ㄱㄱ, ㄴㄴ.
pub(super) fn chosung_repeated(n: i64) -> String {
    repeated(n, &CHOSUNG)
}

/// ㄱ, ㄴ, … ㅎ, ㄱㄱ, ㄱㄴ.
pub(super) fn chosung(n: i64) -> String {
    bijective(n, &CHOSUNG)
}

/// One of a fixed set that begins again after its end (甲乙…, 子丑…).
pub(super) fn cyclic(n: i64, set: &str) -> String {
    let set: Vec<char> = set.chars().collect();
    if n < 1 || set.is_empty() {
        n.to_string()
    } else {
        set[((n - 1) % set.len() as i64) as usize].to_string()
    }
}

/// i, ii, iii, iv; plain digits outside 1–3999.
pub(super) fn roman(n: i64) -> String {
    const PARTS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..=3999).contains(&n) {
        return n.to_string();
    }
    let mut rest = n;
    let mut out = String::new();
    for (value, letters) in PARTS {
        while rest >= value {
            out.push_str(letters);
            rest -= value;
        }
    }
    out
}

/// Each decimal digit replaced (10 becomes 일영).
pub(super) fn digits(n: i64, set: &[&str; 10]) -> String {
    n.to_string()
        .bytes()
        .map(|byte| if byte.is_ascii_digit() { set[usize::from(byte - b'0')] } else { "-" })
        .collect()
}

/// Counted with unit names (21 becomes 이십일), up to 99,999,999; plain digits outside.
pub(super) fn counted(n: i64, system: &Counting) -> String {
    if !(1..=99_999_999).contains(&n) {
        return if n == 0 { system.digits[0].into() } else { n.to_string() };
    }
    let group = |value: i64| {
        let mut out = String::new();
        for (place, unit) in [(1000, system.units[2]), (100, system.units[1]), (10, system.units[0]), (1, "")]
        {
            let digit = (value / place % 10) as usize;
            if digit == 0 {
                continue;
            }
            if digit > 1 || place == 1 || system.formal {
                out.push_str(system.digits[digit]);
            }
            out.push_str(unit);
        }
        out
    };
    if n < 10_000 {
        return group(n);
    }
    let high = if n / 10_000 == 1 && !system.formal { String::new() } else { group(n / 10_000) };
    format!("{high}{}{}", system.myriad, group(n % 10_000))
}

/// 하나, 둘, … 아흔아홉; plain digits outside 1–99.
pub(super) fn native(n: i64) -> String {
    const ONES: [&str; 10] = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"];
    const TENS: [&str; 10] = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"];
    if (1..=99).contains(&n) {
        format!("{}{}", TENS[(n / 10) as usize], ONES[(n % 10) as usize])
    } else {
        n.to_string()
    }
}

/// 1st, 2nd, 3rd, 4th, 11th.
pub(super) fn ordinal(n: i64) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// "One", "Twenty-One", up to 999; plain digits outside.
pub(super) fn english(n: i64) -> String {
    let (small, tens) = (
        [
            "",
            "One",
            "Two",
            "Three",
            "Four",
            "Five",
            "Six",
            "Seven",
            "Eight",
            "Nine",
            "Ten",
            "Eleven",
            "Twelve",
            "Thirteen",
            "Fourteen",
            "Fifteen",
            "Sixteen",
            "Seventeen",
            "Eighteen",
            "Nineteen",
        ],
        ["", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"],
    );
    if !(1..=999).contains(&n) {
        return n.to_string();
    }
    let (hundreds, rest) = ((n / 100) as usize, (n % 100) as usize);
    let below = match rest {
        0..=19 => small[rest].to_owned(),
        _ if rest % 10 == 0 => tens[rest / 10].to_owned(),
        _ => format!("{}-{}", tens[rest / 10], small[rest % 10]),
    };
    match (hundreds, below.as_str()) {
        (0, _) => below,
        (_, "") => format!("{} Hundred", small[hundreds]),
        _ => format!("{} Hundred {below}", small[hundreds]),
    }
}

/// "First", "Twenty-First", up to 999; 1000th outside.
pub(super) fn english_ordinal(n: i64) -> String {
    if !(1..=999).contains(&n) {
        return ordinal(n);
    }
    let cardinal = english(n);
    let last = cardinal.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (before, word) = cardinal.split_at(last);
    let word = match word {
        "One" => "First".into(),
        "Two" => "Second".into(),
        "Three" => "Third".into(),
        "Five" => "Fifth".into(),
        "Eight" => "Eighth".into(),
        "Nine" => "Ninth".into(),
        "Twelve" => "Twelfth".into(),
        other => match other.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{other}th"),
        },
    };
    format!("{before}{word}")
}

/// A pair out of two cycles that turn together (甲子, 乙丑, …).
pub(super) fn paired(n: i64, one: &str, other: &str) -> String {
    if n < 1 { n.to_string() } else { cyclic(n, one) + &cyclic(n, other) }
}

/// A mark from a set, twice in the second round and so on (*, †, ‡, §, **).
pub(super) fn marks(n: i64, set: &str) -> String {
    repeated(n, &set.chars().collect::<Vec<_>>())
}

/// Full-width digits.
pub(super) fn full_width(n: i64) -> String {
    n.to_string()
        .chars()
        .map(|c| c.to_digit(10).and_then(|d| char::from_u32(0xFF10 + d)).unwrap_or('－'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_documents_print_them() {
        type Case = (&'static str, fn(i64) -> String, [(i64, &'static str); 3]);
        let cases: [Case; 15] = [
            ("circled_capital", circled_capital, [(1, "Ⓐ"), (26, "Ⓩ"), (27, "27")]),
            ("circled_letter", circled_letter, [(1, "ⓐ"), (26, "ⓩ"), (27, "27")]),
            ("circled_ganada", circled_ganada, [(1, "㉮"), (14, "㉻"), (15, "15")]),
            ("circled_chosung", circled_chosung, [(1, "㉠"), (14, "㉭"), (15, "15")]),
            ("ganada_by_vowel", ganada_by_vowel, [(14, "하"), (15, "거"), (85, "85")]),
            ("circled", circled, [(1, "①"), (21, "㉑"), (51, "51")]),
            ("parenthesised", parenthesised, [(1, "⑴"), (20, "⒇"), (21, "(21)")]),
            ("ganada_repeated", ganada_repeated, [(1, "가"), (14, "하"), (16, "나나")]),
            ("ganada", ganada, [(14, "하"), (15, "가가"), (16, "가나")]),
            ("chosung", chosung_repeated, [(1, "ㄱ"), (2, "ㄴ"), (15, "ㄱㄱ")]),
            ("letter", letter, [(26, "z"), (27, "aa"), (28, "ab")]),
            ("letter_repeated", letter_repeated, [(26, "z"), (27, "aa"), (28, "bb")]),
            ("roman", roman, [(4, "iv"), (1999, "mcmxcix"), (4000, "4000")]),
            ("native", native, [(1, "하나"), (12, "열둘"), (100, "100")]),
            ("ordinal", ordinal, [(1, "1st"), (12, "12th"), (23, "23rd")]),
        ];
        for (name, print, values) in cases {
            for (n, text) in values {
                assert_eq!(print(n), text, "{name}");
            }
        }
        assert_eq!(counted(21, &KOREAN), "이십일");
        assert_eq!(counted(10, &KOREAN), "십");
        assert_eq!(counted(11, &KOREAN_FORMAL), "일십일");
        assert_eq!(counted(10_305, &KOREAN), "만삼백오");
        assert_eq!(counted(110, &HANJA), "百十");
        assert_eq!(digits(10, &KOREAN.digits), "일영");
        assert_eq!(cyclic(11, "甲乙丙丁戊己庚辛壬癸"), "甲");
        assert_eq!(full_width(12), "１２");
        for (n, cardinal, ordinal) in [
            (1, "One", "First"),
            (12, "Twelve", "Twelfth"),
            (20, "Twenty", "Twentieth"),
            (45, "Forty-Five", "Forty-Fifth"),
            (308, "Three Hundred Eight", "Three Hundred Eighth"),
            (900, "Nine Hundred", "Nine Hundredth"),
            (1000, "1000", "1000th"),
        ] {
            assert_eq!((english(n).as_str(), english_ordinal(n).as_str()), (cardinal, ordinal));
        }
        assert_eq!(paired(13, "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"), "丙子");
        assert_eq!(marks(6, "*†‡§"), "††");
    }

    #[test]
    fn absurd_numbers_stay_short() {
        for n in [i64::MIN, -1, 0, i64::MAX] {
            for print in [
                circled,
                ganada_repeated,
                ganada,
                ganada_by_vowel,
                circled_ganada,
                letter,
                roman,
                native,
                ordinal,
                full_width,
                english,
                english_ordinal,
            ] {
                assert!(print(n).chars().count() <= 24);
            }
            assert!(counted(n, &KOREAN).chars().count() <= 24);
        }
    }
}
