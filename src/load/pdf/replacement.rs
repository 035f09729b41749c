//! Replacement text (`/ActualText`, ISO 32000-1 §14.9.4): what some glyphs stand for together, where the font alone cannot
//! say it — a ligature, a syllable written as its letters, a space that shares its glyph. The crate pushes such text through
//! the font as if it were codes of glyphs. So it is taken out of the content stream before and put in place afterwards.

use crate::load::blocks::visible;
use crate::load::pdf::sheet::{Print, usual_width};

/// The first number by which marked content is known that had a replacement text; files number theirs from zero.
pub(super) const FIRST: u32 = 0x4000_0000;
/// Longest replacement text that is read, in bytes of the file; what is longer stands for no few glyphs.
const LONGEST: usize = 1 << 14;
const KEY: &[u8] = b"/ActualText";
const UNREAD: &[u8] = b"/XctualText";
const NUMBER: &[u8] = b"/MCID";

/// The content stream with a number (`/MCID`, from [`FIRST`] on) instead of every replacement text, and the texts in the
/// order of their numbers. `None` when there is none.
pub(super) fn take(content: &[u8]) -> Option<(Vec<u8>, Vec<String>)> {
    find(content, KEY)?;
    let mut out = Vec::with_capacity(content.len());
    let mut texts = Vec::new();
    let mut rest = content;
    while let Some(at) = find(rest, KEY) {
        let (before, after) = (&rest[..at], &rest[at + KEY.len()..]);
        let Some((text, used)) = string(after) else {
            // What cannot be read must not go through the font either.
            out.extend_from_slice(before);
            out.extend_from_slice(UNREAD);
            rest = after;
            continue;
        };
        // A number that the same dictionary gives would win or lose by chance.
        let open = before.windows(2).rposition(|two| two == b"<<").unwrap_or(0);
        out.extend_from_slice(&before[..open]);
        out.extend(unnumbered(&before[open..]));
        out.extend_from_slice(NUMBER);
        let number = u32::try_from(texts.len()).unwrap_or(u32::MAX >> 2);
        out.extend_from_slice(format!(" {} ", FIRST.saturating_add(number)).as_bytes());
        texts.push(text);
        rest = &after[used..];
        let close = find(&rest[..rest.len().min(LONGEST)], b">>").unwrap_or(0);
        // Another replacement text may stand before the end only where the file is broken.
        let close = find(&rest[..close], KEY).unwrap_or(close);
        out.extend(unnumbered(&rest[..close]));
        rest = &rest[close..];
    }
    out.extend_from_slice(rest);
    Some((out, texts))
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = hay[from..].iter().position(|byte| *byte == needle[0]) {
        if hay[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// The entries of a dictionary with its number renamed, at the same length.
fn unnumbered(entries: &[u8]) -> Vec<u8> {
    let mut out = entries.to_vec();
    let mut from = 0;
    while let Some(at) = find(&out[from..], NUMBER) {
        out[from + at + 1] = b'X';
        from += at + NUMBER.len();
    }
    out
}

/// The text of the string object that the bytes begin with, and how many bytes it takes.
fn string(bytes: &[u8]) -> Option<(String, usize)> {
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let body = &bytes[start + 1..];
    let (raw, used) = match (bytes[start], body.first()) {
        (b'(', _) => literal(body)?,
        (b'<', Some(next)) if *next != b'<' => hexadecimal(body)?,
        _ => return None,
    };
    Some((decoded(&raw), start + 1 + used))
}

fn hexadecimal(body: &[u8]) -> Option<(Vec<u8>, usize)> {
    let end = body.iter().position(|byte| *byte == b'>')?;
    let digits: Vec<u8> = body[..end]
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    let pair = |two: &[u8]| two[0] << 4 | two.get(1).copied().unwrap_or(0);
    Some((digits.chunks(2).map(pair).collect(), end + 1))
}

fn literal(body: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut out = Vec::new();
    let (mut at, mut depth) = (0, 0usize);
    loop {
        let byte = *body.get(at)?;
        at += 1;
        match byte {
            b')' if depth == 0 => return Some((out, at)),
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'\\' => {
                let escaped = *body.get(at)?;
                at += 1;
                match escaped {
                    b'n' => out.push(b'\n'),
                    b'r' => out.push(b'\r'),
                    b't' => out.push(b'\t'),
                    b'b' | b'f' | b'\n' => {}
                    b'\r' => at += usize::from(body.get(at) == Some(&b'\n')),
                    b'0'..=b'7' => {
                        let more = body[at..].iter().take(2).take_while(|byte| (b'0'..=b'7').contains(byte));
                        let digits = 1 + more.count();
                        let octal = body[at - 1..at - 1 + digits].iter();
                        out.push(octal.fold(0u8, |sum, digit| sum.wrapping_shl(3) | (digit - b'0')));
                        at += digits - 1;
                    }
                    other => out.push(other),
                }
                continue;
            }
            _ => {}
        }
        out.push(byte);
    }
}

/// A text string of PDF: UTF-16 or UTF-8 behind its mark, or else PDFDocEncoding, which is Latin-1 but for signs that no
/// ligature has.
fn decoded(raw: &[u8]) -> String {
    match raw {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => raw.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Puts the texts where their glyphs stand. `group` tells for every character the number of its text.
pub(super) fn put(prints: Vec<Print>, group: &[Option<usize>], texts: &[String]) -> Vec<Print> {
    let mut members: Vec<Vec<Print>> = vec![Vec::new(); texts.len()];
    let mut out = Vec::with_capacity(prints.len());
    for (print, number) in prints.into_iter().zip(group) {
        match number.and_then(|number| members.get_mut(number)) {
            Some(members) => members.push(print),
            None => out.push(print),
        }
    }
    for (members, text) in members.iter().zip(texts) {
        out.extend(replaced(members, text));
    }
    out
}

/// The characters of `text` over the place of its glyphs; the glyphs themselves where it cannot be the same words.
fn replaced(glyphs: &[Print], text: &str) -> Vec<Print> {
    let Some(first) = glyphs.first() else { return Vec::new() };
    let off = |print: &Print| {
        let (sin, cos) = first.degrees.to_radians().sin_cos();
        ((print.y - first.y) * cos - (print.x - first.x) * sin).abs()
    };
    let one_line = glyphs.iter().all(|glyph| off(glyph) <= 0.5 * first.size);
    let spread = if one_line { spread(glyphs, text) } else { None };
    spread.unwrap_or_else(|| glyphs.to_vec())
}

/// `text` from the first glyph to the end of the last; `None` for one that says more or less than so many glyphs can.
fn spread(glyphs: &[Print], text: &str) -> Option<Vec<Print>> {
    /// Most letters that a glyph stands for, as in U+FDFA and the like.
    const MOST: usize = 18;
    let text = crate::text::nfc(text.to_owned());
    let letters: Vec<char> = text.chars().filter_map(visible).collect();
    let blank = letters.iter().all(|c| c.is_whitespace());
    if blank && glyphs.len() > 2 || letters.len() > glyphs.len().saturating_mul(MOST) {
        return None;
    }
    if letters.len() == glyphs.len() {
        return Some(letters.into_iter().zip(glyphs).map(|(c, glyph)| Print { c, ..*glyph }).collect());
    }
    let (first, last) = (glyphs.first()?, glyphs.last()?);
    let (sin, cos) = first.degrees.to_radians().sin_cos();
    let advance = if last.advance > 0.0 { last.advance } else { usual_width(last.c) * last.size };
    let way = (last.x - first.x) * cos + (last.y - first.y) * sin + advance;
    let whole: f32 = letters.iter().map(|c| usual_width(*c)).sum();
    let mut at = 0.0;
    let place = |c: char| {
        let width = way * usual_width(c) / whole;
        let print =
            Print { c, x: first.x + at * cos, y: first.y + at * sin, advance: width * cos.abs(), ..*first };
        at += width;
        print
    };
    Some(letters.into_iter().map(place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(c: char, x: f32) -> Print {
        Print { c, x, y: 50.0, advance: 10.0, size: 10.0, degrees: 0.0, jump: false }
    }

    fn text(prints: &[Print]) -> String {
        prints.iter().map(|print| print.c).collect()
    }

    #[test]
    fn texts_leave_the_stream_and_numbers_stand_for_them() {
        let stream = b"/P <</MCID 3>> BDC /Span<</MCID 4/ActualText <FEFF110C1166> >> BDC (a) Tj EMC EMC \
            /Span <</ActualText(f\\(i\\051\\n)/MCID 5>> BDC (b) Tj EMC /X <</ActualText 7>> BDC";
        let (out, texts) = take(stream).unwrap();
        assert_eq!(texts, ["\u{110C}\u{1166}", "f(i)\n"]);
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("/P <</MCID 3>> BDC /Span<</XCID 4/MCID 1073741824  >> BDC (a) Tj"), "{out}");
        assert!(out.contains("/Span <</MCID 1073741825 /XCID 5>> BDC (b) Tj"), "{out}");
        assert!(out.ends_with("/X <</XctualText 7>> BDC"), "{out}");
        assert!(take(b"(plain) Tj").is_none());
        for broken in ["/ActualText", "/ActualText (", "/ActualText <FE", "/ActualText (\\", "/ActualText <<"]
        {
            assert!(take(broken.as_bytes()).unwrap().1.is_empty(), "{broken}");
        }
    }

    #[test]
    fn a_text_stands_where_its_glyphs_stood() {
        let glyphs = [print('x', 10.0), print('y', 20.0)];
        let put = |text: &str| replaced(&glyphs, text);
        assert_eq!(text(&put("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}")), "한글");
        let four = put("가나다라");
        assert_eq!((text(&four).as_str(), four[1].x, four[1].advance), ("가나다라", 15.0, 5.0));
        assert_eq!(text(&put("\u{ad}")), "", "a hyphen at the end of a line is no letter");
        assert_eq!(text(&put(&"가".repeat(99))), "xy", "more than two glyphs can say");
        let long: Vec<Print> = (0..9u8).map(|n| print('x', f32::from(n) * 10.0)).collect();
        assert_eq!(text(&replaced(&long, "\t")), "xxxxxxxxx", "words are not nothing");
    }

    #[test]
    fn a_text_over_two_lines_is_not_believed() {
        let glyphs = [print('x', 10.0), Print { y: 30.0, ..print('y', 10.0) }];
        assert_eq!(text(&replaced(&glyphs, "가나")), "xy");
    }
}
