//! The one place that knows the crate which takes a PDF apart: objects, fonts and content streams in, glyphs and ruled
//! lines with their places out. It knows nothing of lines, words or paragraphs.
//!
//! Foreign code on foreign bytes: it runs on a thread of its own, with a stack that deep objects do not exhaust, and a
//! panic in it is a damaged file.

use crate::error::LoadError;
use crate::load::Limits;
use crate::load::pdf::nesting;
use crate::load::pdf::ruled::{RULES, Step, rules};
use crate::load::pdf::sheet::{Book, Frame, Print, Rule, Sheet, main_turn, upright};
use pdf_oxide::document::PdfDocument;
use pdf_oxide::elements::{PathContent, PathOperation};
use pdf_oxide::error::Error;
use pdf_oxide::extractors::warnings::WarningCategory;
use pdf_oxide::fonts::{FontInfo, MappingProvenance};
use pdf_oxide::layout::TextChar;
use pdf_oxide::object::Object;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Stack of the thread that reads; address space only, until it is needed.
const STACK: usize = 64 << 20;

/// Takes a file apart.
///
/// # Errors
/// A password, damage, a limit.
pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Book, LoadError> {
    if nesting::of_file(bytes) > limits.depth {
        return Err(too_deep(limits));
    }
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new()
            .name("pdf".into())
            .stack_size(STACK)
            .spawn_scoped(scope, || read(bytes, limits))?;
        reader.join().unwrap_or_else(|_| Err(LoadError::Damaged("PDF의 구조가 잘못되었습니다".into())))
    })
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Book, LoadError> {
    let pdf = PdfDocument::from_bytes(bytes.to_vec()).map_err(|error| reason(&error))?;
    if pdf.is_encrypted() && !pdf.is_authenticated() && !pdf.authenticate(b"").unwrap_or(false) {
        return Err(LoadError::Encrypted);
    }
    check_tree(&pdf, limits)?;
    let count = pdf.page_count().map_err(|error| reason(&error))?;
    let mut book = Book::of(count, limits)?;
    let mut fonts = Fonts::default();
    let mut broken = 0;
    for number in 0..count {
        let sheet = match page(&pdf, number, &mut fonts, limits, &mut book) {
            Ok(sheet) => sheet,
            Err(Failure::Limit(error)) => return Err(error),
            Err(Failure::Page) => {
                broken += 1;
                Sheet { broken: true, ..Sheet::default() }
            }
        };
        book.sheets.push(sheet);
    }
    if broken == count {
        return Err(LoadError::Damaged("PDF의 어느 쪽도 열리지 않습니다".into()));
    }
    for warning in pdf.structured_warnings() {
        book.cut |= warning.category == WarningCategory::OperatorCapExceeded;
        book.mended |= warning.category == WarningCategory::XrefRecovery;
    }
    Ok(book)
}

/// Refuses a tree of pages that leads back into itself: the crate would follow it without end.
fn check_tree(pdf: &PdfDocument, limits: &Limits) -> Result<(), LoadError> {
    let child = |object: &Object, key: &str| object.as_dict().and_then(|dict| dict.get(key)).cloned();
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut open: Vec<Object> =
        pdf.catalog().ok().and_then(|catalog| child(&catalog, "Pages")).into_iter().collect();
    while let Some(node) = open.pop() {
        let Some(reference) = node.as_reference() else { continue };
        if !seen.insert(reference.id) {
            return Err(LoadError::Damaged("PDF의 쪽 목록이 제자리로 돌아옵니다".into()));
        }
        // Pages and what holds them; a tree of binary branches has no more than that.
        if seen.len() > limits.pages.saturating_mul(2).saturating_add(16) {
            return Err(LoadError::Limit(format!("쪽이 한도 {}개보다 많습니다", limits.pages)));
        }
        let kids = pdf.load_object(reference).ok().and_then(|object| child(&object, "Kids"));
        let kids = match kids.as_ref().and_then(Object::as_reference) {
            Some(reference) => pdf.load_object(reference).ok(),
            None => kids,
        };
        open.extend(kids.as_ref().and_then(Object::as_array).into_iter().flatten().cloned());
    }
    Ok(())
}

/// Why one page gave nothing.
enum Failure {
    /// The whole file is refused.
    Limit(LoadError),
    /// Only this page is lost.
    Page,
}

fn page(
    pdf: &PdfDocument,
    number: usize,
    fonts: &mut Fonts,
    limits: &Limits,
    book: &mut Book,
) -> Result<Sheet, Failure> {
    let object = pdf.get_page(number).map_err(|_| Failure::Page)?;
    let (x0, y0, x1, y1) = pdf.get_page_visible_box(number).unwrap_or((0.0, 0.0, 595.0, 842.0));
    let frame = Frame::of((x0, y0), (x1, y1));
    if pdf.get_page_content_data(number).is_ok_and(|content| nesting::of_content(&content) > limits.depth) {
        return Err(Failure::Limit(too_deep(limits)));
    }
    // The variant with filters keeps no copy of the page behind.
    let chars =
        pdf.extract_chars_filtered(number, HashSet::new(), HashSet::new()).map_err(|_| Failure::Page)?;
    if chars.len() > limits.nodes {
        return Err(Failure::Limit(LoadError::Limit(format!("{}쪽의 글자가 너무 많습니다", number + 1))));
    }
    book.spend(chars.iter().map(|glyph| glyph.char), limits).map_err(Failure::Limit)?;
    fonts.learn(pdf, &object);
    let prints = prints(&chars, fonts);
    let mut sheet = upright(&prints, &frame);
    let empty = sheet.glyphs.iter().all(|glyph| glyph.c.is_whitespace());
    let paths = pdf.extract_paths(number).unwrap_or_default();
    sheet.painted = empty && (!paths.is_empty() || draws(pdf, number));
    // On a turned page the lines would have to be turned too; such pages are rare and go without tables.
    if !empty && paths.len() <= RULES && main_turn(&prints) == 0 {
        sheet.rules = paths.iter().flat_map(|path| ruled(path, &frame)).take(RULES).collect();
    }
    Ok(sheet)
}

/// Whether a page without text shows a picture or a form.
fn draws(pdf: &PdfDocument, number: usize) -> bool {
    let Ok(content) = pdf.get_page_content_data(number) else { return true };
    content.split(u8::is_ascii_whitespace).any(|word| matches!(word, b"Do" | b"BI" | b"sh" | b"Tj" | b"TJ"))
}

/// The characters, those of fonts that do not explain them as unknown.
fn prints(chars: &[TextChar], fonts: &Fonts) -> Vec<Print> {
    let faces: BTreeSet<&str> = chars
        .iter()
        .filter(|glyph| !glyph.char.is_whitespace())
        .map(|glyph| glyph.font_name.as_str())
        .collect();
    let print = |glyph: &TextChar| {
        let space = glyph.char.is_whitespace();
        Print {
            // What the crate puts there is the number of the glyph.
            c: if !space && fonts.blind.contains(&glyph.font_name) { '\u{fffd}' } else { glyph.char },
            x: glyph.origin_x,
            y: glyph.origin_y,
            advance: glyph.advance_width,
            size: glyph.font_size,
            degrees: glyph.rotation_degrees,
            jump: space
                && !faces.contains(glyph.font_name.as_str())
                && fonts.names.contains(&glyph.font_name),
        }
    };
    chars.iter().map(print).collect()
}

/// The ruled lines of a path; one that is drawn elsewhere than its numbers say has none.
fn ruled(path: &PathContent, frame: &Frame) -> Vec<Rule> {
    if path.matrix.is_some() {
        return Vec::new();
    }
    let step = |operation: &PathOperation| match *operation {
        PathOperation::MoveTo(x, y) => Step::Move(x, y),
        PathOperation::LineTo(x, y) => Step::Line(x, y),
        PathOperation::Rectangle(x, y, width, height) => Step::Box(x, y, width, height),
        PathOperation::ClosePath => Step::Close,
        PathOperation::CurveTo(..) => Step::Curve,
    };
    let steps: Vec<Step> = path.operations.iter().map(step).collect();
    rules(&steps, path.has_stroke(), frame)
}

/// What is known of the fonts of the pages read so far.
#[derive(Default)]
struct Fonts {
    /// Names by which pages call their fonts ("F1").
    names: BTreeSet<String>,
    /// Own names of fonts whose glyphs mean no character that the file tells.
    blind: BTreeSet<String>,
    seen: BTreeSet<u32>,
}

impl Fonts {
    fn learn(&mut self, pdf: &PdfDocument, page: &Object) {
        let resolve = |object: &Object| match object.as_reference() {
            Some(reference) => pdf.load_object(reference).ok(),
            None => Some(object.clone()),
        };
        let entry = |object: &Object, key: &str| object.as_dict().and_then(|dict| dict.get(key)).cloned();
        let Some(fonts) = entry(page, "Resources")
            .and_then(|resources| resolve(&resources))
            .and_then(|resources| entry(&resources, "Font"))
            .and_then(|fonts| resolve(&fonts))
        else {
            return;
        };
        let Some(fonts) = fonts.as_dict() else { return };
        let fonts: BTreeMap<&String, &Object> = fonts.iter().collect();
        for (name, object) in fonts {
            self.names.insert(name.clone());
            if object.as_reference().is_some_and(|reference| !self.seen.insert(reference.id)) {
                continue;
            }
            let Some(font) = resolve(object) else { continue };
            // Simple fonts have an encoding of their own; a composite one without a map is the case to ask about.
            let composite = entry(&font, "Subtype").is_some_and(|kind| kind.as_name() == Some("Type0"));
            let map = entry(&font, "ToUnicode").and_then(|map| resolve(&map));
            if !composite || map.is_some_and(|map| matches!(map, Object::Stream { .. })) {
                continue;
            }
            if let Ok(info) = FontInfo::from_dict(&font, pdf)
                && info.best_mapping_provenance() == MappingProvenance::Fallback
            {
                self.blind.insert(info.base_font);
            }
        }
    }
}

fn too_deep(limits: &Limits) -> LoadError {
    LoadError::Limit(format!("PDF의 개체가 {}겹보다 깊이 들어 있습니다", limits.depth))
}

/// What a failure to open means.
fn reason(error: &Error) -> LoadError {
    match error {
        Error::EncryptedPdf => LoadError::Encrypted,
        Error::InvalidHeader(_) | Error::UnsupportedVersion(_) => {
            LoadError::Damaged("PDF의 머리가 잘못되었습니다".into())
        }
        Error::RecursionLimitExceeded(_) | Error::CircularReference(_) => {
            LoadError::Limit("PDF의 개체가 서로 물려 있거나 너무 깊습니다".into())
        }
        _ => LoadError::Damaged("PDF의 구조를 읽을 수 없습니다".into()),
    }
}
