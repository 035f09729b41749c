//! Numbers as contracts write them: 1,000,000 · 99.95 · 5백만 · 삼십 · 두. Reads a number at the beginning of a text;
//! knows no units.

/// A number and how it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: f64,
    /// Its length in bytes.
    pub(super) len: usize,
    /// How it was written.
    pub(super) script: Script,
}

/// In what a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Digits, perhaps with Hangul powers (5백만).
    Digits,
    /// Sino-Korean numerals (삼십).
    Sino,
    /// Native numerals before a counter (두 달).
    Native,
}

fn digit(c: char) -> Option<f64> {
    Some(match c {
        '영' | '공' => 0.0,
        '일' => 1.0,
        '이' => 2.0,
        '삼' => 3.0,
        '사' => 4.0,
        '오' => 5.0,
        '육' => 6.0,
        '칠' => 7.0,
        '팔' => 8.0,
        '구' => 9.0,
        _ => return None,
    })
}

/// 십, 백, 천: powers inside a group of four digits.
fn small_power(c: char) -> Option<f64> {
    Some(match c {
        '십' => 10.0,
        '백' => 100.0,
        '천' => 1000.0,
        _ => return None,
    })
}

/// 만, 억, 조: powers of whole groups.
fn great_power(c: char) -> Option<f64> {
    Some(match c {
        '만' => 1e4,
        '억' => 1e8,
        '조' => 1e12,
        _ => return None,
    })
}

/// The native numerals as they stand before a counter, longer ones first.
const NATIVE: [(&str, f64); 14] = [
    ("다섯", 5.0),
    ("여섯", 6.0),
    ("일곱", 7.0),
    ("여덟", 8.0),
    ("아홉", 9.0),
    ("스무", 20.0),
    ("한", 1.0),
    ("두", 2.0),
    ("세", 3.0),
    ("석", 3.0),
    ("네", 4.0),
    ("넉", 4.0),
    ("열", 10.0),
    ("반", 0.5),
];

/// The number at the beginning of `text`, read as far as it goes.
pub(super) fn number(text: &str) -> Option<Number> {
    match text.chars().next()? {
        '0'..='9' => Some(with_powers(text, digits(text)?)),
        c if digit(c).is_some() || small_power(c).is_some() || great_power(c).is_some() => sino(text),
        _ => {
            let (word, value) = NATIVE.iter().find(|(word, _)| text.starts_with(word))?;
            Some(Number { value: *value, len: word.len(), script: Script::Native })
        }
    }
}

/// Digits with groups of three and a decimal point: `1,000`, `99.95`. A point or comma that no digit follows ends it.
fn digits(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let (mut len, mut value, mut scale, mut read) = (0, 0.0, None, 0_u32);
    loop {
        match bytes.get(len) {
            Some(byte) if byte.is_ascii_digit() => {
                // Past sixteen digits the value is of no use, but its end is.
                if read < 16 {
                    value = value * 10.0 + f64::from(byte - b'0');
                    scale = scale.map(|scale: f64| scale * 10.0);
                }
                read += 1;
                len += 1;
            }
            Some(b',') if scale.is_none() && (1..4).all(|i| is_digit(len + i)) && !is_digit(len + 4) => {
                len += 1
            }
            Some(b'.') if scale.is_none() && read > 0 && is_digit(len + 1) => {
                scale = Some(1.0);
                len += 1;
            }
            _ => break,
        }
    }
    (read > 0).then(|| Number { value: value / scale.unwrap_or(1.0), len, script: Script::Digits })
}

/// Digits followed by powers: 5백만, 3억 2천만, 1,000만.
fn with_powers(text: &str, first: Number) -> Number {
    let (mut total, mut group, mut last) = (0.0, 0.0, Some(first.value));
    let (mut len, mut powers) = (first.len, false);
    // 조, 억, 만 with 천, 백, 십 each: no number has more steps, and a long chain of such is none.
    for _ in 0..24 {
        let Some(rest) = text.get(len..) else { break };
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let Some(c) = rest[gap..].chars().next() else { break };
        if let Some(power) = small_power(c).filter(|_| gap == 0) {
            group += last.take().unwrap_or(1.0) * power;
        } else if let Some(power) = great_power(c).filter(|_| gap == 0 && !is_article(rest)) {
            total += (group + last.take().unwrap_or(0.0)) * power;
            group = 0.0;
        } else if powers && gap <= 1 && last.is_none() {
            let Some(next) = digits(&rest[gap..]) else { break };
            // A further group must have a power of its own (3억 2천만), or it is another number.
            let after = rest[gap + next.len..].chars().next();
            if after.is_none_or(|c| small_power(c).is_none() && great_power(c).is_none()) {
                break;
            }
            last = Some(next.value);
            len += gap + next.len;
            continue;
        } else {
            break;
        }
        powers = true;
        len += c.len_utf8();
    }
    if powers {
        Number { value: total + group + last.unwrap_or(0.0), len, script: Script::Digits }
    } else {
        first
    }
}

/// 조 behind digits is 兆 only when money follows; else it is an article (제7조).
fn is_article(rest: &str) -> bool {
    rest.starts_with('조') && !rest.trim_start_matches('조').trim_start().starts_with(['원', '달'])
}

/// Sino-Korean numerals without a gap: 삼십, 이백오십, 오백만.
fn sino(text: &str) -> Option<Number> {
    let (mut total, mut group, mut last, mut len) = (0.0, 0.0, None, 0);
    for c in text.chars() {
        if let Some(value) = digit(c) {
            // 이일: two digits side by side are no number, but 공 and 영 may (일공).
            if last.is_some() {
                break;
            }
            last = Some(value);
        } else if let Some(power) = small_power(c) {
            group += last.take().unwrap_or(1.0) * power;
        } else if let Some(power) = great_power(c) {
            let value: f64 = group + last.take().unwrap_or(0.0);
            total += if value == 0.0 { 1.0 } else { value } * power;
            group = 0.0;
        } else {
            break;
        }
        len += c.len_utf8();
    }
    let whole = total + group + last.unwrap_or(0.0);
    let (value, len) = spoken_decimals(text, len).map_or((whole, len), |(part, end)| (whole + part, end));
    (len > 0).then_some(Number { value, len, script: Script::Sino })
}

/// 구십구점구오: what is said behind the point, and where it ends. Only before a per cent sign or word, since 점 begins
/// many words.
fn spoken_decimals(text: &str, at: usize) -> Option<(f64, usize)> {
    let rest = text.get(at..).filter(|_| at > 0)?;
    let tail = rest.trim_start_matches(' ').strip_prefix('점')?.trim_start_matches(' ');
    let (mut value, mut scale, mut len) = (0.0, 1.0, 0);
    for c in tail.chars().take(6) {
        let Some(read) = digit(c) else { break };
        scale *= 10.0;
        value = value * 10.0 + read;
        len += c.len_utf8();
    }
    let behind = tail.get(len..)?.trim_start_matches(' ');
    let percent = ["퍼센트", "프로", "%"].iter().any(|unit| behind.starts_with(unit));
    (len > 0 && percent).then(|| (value / scale, text.len() - tail.len() + len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_written() {
        for (text, value, rest) in [
            ("30일", 30.0, "일"),
            ("1,000,000원", 1e6, "원"),
            ("99.95%", 99.95, "%"),
            ("5백만 원", 5e6, " 원"),
            ("3억 2천만원", 3.2e8, "원"),
            ("1,000만원", 1e7, "원"),
            ("삼십 일", 30.0, " 일"),
            ("이백오십만", 2.5e6, ""),
            ("십사(14)", 14.0, "(14)"),
            ("만 원", 1e4, " 원"),
            ("두 달", 2.0, " 달"),
            ("7조", 7.0, "조"),
            ("2조원", 2e12, "원"),
            ("1.", 1.0, "."),
            ("3, 4", 3.0, ", 4"),
            ("10 20", 10.0, " 20"),
            ("구십구점구오 퍼센트", 99.95, " 퍼센트"),
            ("구십구 점 구퍼센트", 99.9, "퍼센트"),
            ("십점수", 10.0, "점수"),
        ] {
            let read = number(text).unwrap();
            assert_eq!((read.value, &text[read.len..]), (value, rest), "{text}");
        }
        assert_eq!(number("회사"), None);
        assert_eq!(number(""), None);
    }

    #[test]
    fn a_very_long_number_is_one_number() {
        let text = "9".repeat(10_000);
        assert_eq!(number(&text).map(|read| read.len), Some(10_000));
    }
}
