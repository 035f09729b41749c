//! Takes a PDF apart with PDFium, the library of Chromium, where the user names one (feature `pdfium`): for files that the
//! built-in reader does not get right. The same glyphs and ruled lines come out; knows nothing of what they say.
//!
//! PDFium stays loaded and works for one thread at a time; a process loads one of it, ever.

use crate::error::LoadError;
use crate::load::Limits;
use crate::load::pdf::ruled::{RULES, Step, rules};
use crate::load::pdf::sheet::{Book, Frame, Print, Rule, Sheet, main_turn, upright};
use pdfium_render::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The library that was loaded and from where, or that it could not be.
static LOADED: OnceLock<(PathBuf, Option<Pdfium>)> = OnceLock::new();

/// Takes a file apart.
///
/// # Errors
/// `Reader` when the library cannot be used; otherwise a password, damage, a limit.
pub(super) fn open(bytes: &[u8], library: &Path, limits: &Limits) -> Result<Book, LoadError> {
    let pdf = pdfium(library)?.load_pdf_from_byte_slice(bytes, None).map_err(|error| reason(&error))?;
    let count = usize::try_from(pdf.pages().len()).unwrap_or(0);
    let mut book = Book::of(count, limits)?;
    for number in 0..pdf.pages().len() {
        let sheet = match pdf.pages().get(number) {
            Ok(page) => sheet(&page, limits, &mut book)?,
            Err(_) => Sheet { broken: true, ..Sheet::default() },
        };
        book.sheets.push(sheet);
    }
    if book.sheets.iter().all(|sheet| sheet.broken) {
        return Err(LoadError::Damaged("PDF의 어느 쪽도 열리지 않습니다".into()));
    }
    Ok(book)
}

/// The library at that place.
fn pdfium(library: &Path) -> Result<&'static Pdfium, LoadError> {
    let (path, loaded) = LOADED.get_or_init(|| {
        let loaded = Pdfium::bind_to_library(library).ok().map(Pdfium::new);
        (library.to_owned(), loaded)
    });
    match loaded {
        Some(pdfium) if path == library => Ok(pdfium),
        _ => Err(LoadError::Reader(format!("{}에서 PDFium을 불러올 수 없습니다", library.display()))),
    }
}

fn sheet(page: &PdfPage, limits: &Limits, book: &mut Book) -> Result<Sheet, LoadError> {
    let size = page.page_size();
    let frame = Frame::of((size.left().value, size.bottom().value), (size.right().value, size.top().value));
    let Ok(text) = page.text() else { return Ok(Sheet { broken: true, ..Sheet::default() }) };
    let chars = text.chars();
    if chars.len() > limits.nodes {
        return Err(LoadError::Limit("한 쪽의 글자가 너무 많습니다".into()));
    }
    let prints = spaced(chars.iter().filter_map(|char| print(&char)).collect());
    book.spend(prints.iter().map(|print| print.c), limits)?;
    let mut sheet = upright(&prints, &frame);
    let empty = sheet.glyphs.iter().all(|glyph| glyph.c == ' ');
    sheet.painted = empty && !page.objects().is_empty();
    if !empty && main_turn(&prints) == 0 {
        let paths = page.objects().iter().take(RULES);
        sheet.rules = paths.filter_map(|object| ruled(&object, &frame)).flatten().take(RULES).collect();
    }
    Ok(sheet)
}

/// A character, a space that PDFium adds as a jump. The ends of lines that it adds are none.
fn print(char: &PdfPageTextChar) -> Option<Print> {
    let generated = char.is_generated().unwrap_or(false);
    let c = char.unicode_char().filter(|c| *c != '\0').unwrap_or('\u{fffd}');
    if generated && c != ' ' {
        return None;
    }
    // What shows nothing has no bounds.
    let advance = char.loose_bounds().map_or(0.0, |bounds| bounds.right().value - bounds.left().value);
    let (x, y) = char.origin().ok()?;
    Some(Print {
        c,
        x: x.value,
        y: y.value,
        advance,
        size: char.scaled_font_size().value,
        degrees: char.angle_degrees().unwrap_or(0.0),
        jump: generated,
    })
}

/// Makes spaces of those jumps that are as wide as a space. PDFium takes spaces out of a file and adds others wherever there
/// is a gap, also where the type is only set wider, as between Hangul and digits.
fn spaced(mut prints: Vec<Print>) -> Vec<Print> {
    let mut widths: Vec<f32> = prints
        .iter()
        .filter(|print| print.c == ' ' && !print.jump && print.size > 0.0)
        .map(|print| print.advance / print.size)
        .collect();
    widths.sort_by(f32::total_cmp);
    let usual = widths.get(widths.len() / 2).copied().unwrap_or(0.25);
    for at in 1..prints.len().saturating_sub(1) {
        let (before, after) = (prints[at - 1], prints[at + 1]);
        let gap = after.x - (before.x + before.advance);
        let beside = (before.y - after.y).abs() < 0.3 * before.size;
        if prints[at].jump && beside && (0.85 * usual..1.5).contains(&(gap / before.size)) {
            prints[at] = Print { c: ' ', x: before.x + before.advance, advance: gap, jump: false, ..before };
        }
    }
    prints.retain(|print| !print.jump);
    prints
}

/// The ruled lines of what a page draws; pictures and text have none.
fn ruled(object: &PdfPageObject, frame: &Frame) -> Option<Vec<Rule>> {
    let path = object.as_path_object()?;
    let segments = path.segments().transform(path.matrix().ok()?);
    let mut steps = Vec::new();
    for segment in segments.iter().take(RULES) {
        let (x, y) = (segment.x().value, segment.y().value);
        steps.push(match segment.segment_type() {
            PdfPathSegmentType::MoveTo => Step::Move(x, y),
            PdfPathSegmentType::LineTo => Step::Line(x, y),
            PdfPathSegmentType::BezierTo | PdfPathSegmentType::Unknown => Step::Curve,
        });
        if segment.is_close() {
            steps.push(Step::Close);
        }
    }
    Some(rules(&steps, path.is_stroked().unwrap_or(false), frame))
}

/// What a failure to open means.
fn reason(error: &PdfiumError) -> LoadError {
    match error {
        PdfiumError::PdfiumLibraryInternalError(
            PdfiumInternalError::PasswordError | PdfiumInternalError::SecurityError,
        ) => LoadError::Encrypted,
        _ => LoadError::Damaged("PDF의 구조를 읽을 수 없습니다".into()),
    }
}
