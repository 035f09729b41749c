//! Watermarks that stand upright: letters so large that lines of the text run through them. They must go before lines and
//! cells are put together, since they stand in all of them.

use crate::load::pdf::line::{Line, Spacing, lines};
use crate::load::pdf::sheet::{Book, Glyph};
use std::collections::BTreeMap;

/// Most large lines of one page that are looked at, and most watermarks of a document.
const MOST: usize = 20;
/// Letters of a watermark are at least so many times as large as those of the text.
const LARGE: f32 = 2.2;

/// Takes the watermarks out of the pages; each text is given once, with the first page that shows it running through.
pub(super) fn take(book: &mut Book, spacing: Spacing) -> Vec<Line> {
    let Some(body) = usual_size(book) else { return Vec::new() };
    let is_large = |glyph: &&Glyph| glyph.c != ' ' && glyph.size > LARGE * body;
    let marks: Vec<Vec<Line>> = (1u32..)
        .zip(&book.sheets)
        .map(|(number, sheet)| {
            let large: Vec<Glyph> = sheet.glyphs.iter().filter(is_large).copied().collect();
            lines(&large, spacing, number).into_iter().take(MOST).collect()
        })
        .collect();
    let mut out: Vec<Line> = Vec::new();
    for (sheet, marks) in book.sheets.iter().zip(&marks) {
        for mark in marks {
            let new = out.len() < MOST && !out.iter().any(|known| is_same(known, mark));
            if new && runs_through(mark, &sheet.glyphs) {
                out.push(mark.clone());
            }
        }
    }
    for (sheet, marks) in book.sheets.iter_mut().zip(&marks) {
        // On some pages it may lie where there is no text.
        let under: Vec<&Line> =
            marks.iter().filter(|mark| out.iter().any(|known| is_same(known, mark))).collect();
        let in_mark = |glyph: &Glyph| {
            glyph.size > LARGE * body
                && under.iter().any(|mark| {
                    (glyph.y - mark.y).abs() < 0.3 * mark.size && (mark.x0 - 1.0..=mark.x1).contains(&glyph.x)
                })
        };
        if !under.is_empty() {
            sheet.glyphs.retain(|glyph| !in_mark(glyph));
        }
    }
    out.dedup_by(|a, b| a.text == b.text);
    out
}

/// Whether two lines have the same words in the same size at the same height.
fn is_same(a: &Line, b: &Line) -> bool {
    a.text == b.text && (a.size - b.size).abs() < 0.1 * a.size && (a.y - b.y).abs() < 0.5 * a.size
}

/// Whether two base lines or more of smaller letters lie inside of a large line.
fn runs_through(mark: &Line, glyphs: &[Glyph]) -> bool {
    let inside = glyphs.iter().filter(|glyph| {
        glyph.c != ' '
            && glyph.size < 0.5 * mark.size
            && (mark.y - 0.7 * mark.size..mark.y + 0.1 * mark.size).contains(&glyph.y)
            && (mark.x0..mark.x1).contains(&glyph.x)
    });
    let (low, high, size) = inside.fold((f32::MAX, f32::MIN, 0.0f32), |(low, high, size), glyph| {
        (low.min(glyph.y), high.max(glyph.y), size.max(glyph.size))
    });
    high - low > 0.8 * size
}

/// The size that most letters have, `None` without letters.
fn usual_size(book: &Book) -> Option<f32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for glyph in book.sheets.iter().flat_map(|sheet| &sheet.glyphs).filter(|glyph| glyph.c != ' ') {
        *counts.entry((glyph.size * 4.0).round().clamp(0.0, 40_000.0) as u32).or_default() += 1;
    }
    let (size, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Some(size as f32 / 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::pdf::sheet::Sheet;

    fn row(text: &str, y: f32, size: f32) -> Vec<Glyph> {
        let place = |(c, at): (char, u8)| Glyph {
            c,
            x: 50.0 + size * f32::from(at),
            y,
            width: size,
            size,
            jump: false,
        };
        text.chars().zip(0u8..).map(place).collect()
    }

    #[test]
    fn what_the_text_runs_through_is_a_watermark() {
        let rows = [
            row("이용약관", 60.0, 40.0),
            row("제1조(목적)", 100.0, 10.0),
            row("회사는 이용자에게", 180.0, 10.0),
            row("대외비", 200.0, 40.0),
            row("서비스를 준다.", 195.0, 10.0),
        ];
        let mut book = Book::default();
        book.sheets = vec![Sheet { glyphs: rows.concat(), ..Sheet::default() }];
        let taken = take(&mut book, Spacing::default());
        assert_eq!(taken.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["대외비"]);
        let left: String = book.sheets[0].glyphs.iter().map(|glyph| glyph.c).collect();
        assert!(left.starts_with("이용약관제1조") && !left.contains("대외비"), "{left}");
    }
}
