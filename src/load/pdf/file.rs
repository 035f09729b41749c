//! The one place that knows the crate which takes a PDF apart: objects, fonts and content streams in, glyphs and ruled
//! lines with their places out. It knows nothing of lines, words or paragraphs.
//!
//! Foreign code on foreign bytes: it runs on a thread of its own, with a stack that deep objects do not exhaust, and a
//! panic in it is a damaged file.

use crate::error::LoadError;
use crate::load::Limits;
use crate::load::pdf::nesting;
use crate::load::pdf::replacement;
use crate::load::pdf::ruled::{RULES, Step, rules};
use crate::load::pdf::sheet::{Book, Frame, Print, Rule, Sheet, main_turn, upright};
use pdf_oxide::document::PdfDocument;
use pdf_oxide::elements::{PathContent, PathOperation};
use pdf_oxide::error::Error;
use pdf_oxide::extractors::TextExtractor;
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
    let content = pdf.get_page_content_data(number).unwrap_or_default();
    if nesting::of_content(&content) > limits.depth {
        return Err(Failure::Limit(too_deep(limits)));
    }
    fonts.learn(pdf, &object);
    let (shown, content, texts) = match replacement::take(&content) {
        Some((content, texts)) => (fonts.show(pdf, &object, number, &content), content, texts),
        // The variant with filters keeps no copy of the page behind.
        None => (pdf.extract_chars_filtered(number, HashSet::new(), HashSet::new()), content, Vec::new()),
    };
    let mut chars = shown.map_err(|_| Failure::Page)?;
    let mut frame = frame;
    let turn = main_turn(&prints(&chars, fonts));
    if !turn.is_multiple_of(2) {
        // The crate measures along the page's own axes, so what is turned by a quarter has no width: the page is turned back.
        let turned = [turning(turn), &content].concat();
        chars = fonts.show(pdf, &object, number, &turned).map_err(|_| Failure::Page)?;
        frame = frame.turned(turn);
    }
    if chars.len() > limits.nodes {
        return Err(Failure::Limit(LoadError::Limit(format!("{}쪽의 글자가 너무 많습니다", number + 1))));
    }
    book.spend(chars.iter().map(|glyph| glyph.char), limits).map_err(Failure::Limit)?;
    let prints = replacement::put(prints(&chars, fonts), &groups(&chars), &texts);
    let mut sheet = upright(&prints, &frame);
    let empty = sheet.glyphs.iter().all(|glyph| glyph.c.is_whitespace());
    let paths = pdf.extract_paths(number).unwrap_or_default();
    sheet.painted = empty && (!paths.is_empty() || draws(pdf, number));
    // On a page that stands on its head the lines would have to be turned too; such pages go without tables.
    if !empty && paths.len() <= RULES && main_turn(&prints) == 0 {
        sheet.rules = paths.iter().flat_map(|path| ruled(path, turn, &frame)).take(RULES).collect();
    }
    Ok(sheet)
}

/// The operator that turns a page back whose text is turned by that many quarters to the left.
fn turning(turn: u8) -> &'static [u8] {
    if turn == 1 { b"0 -1 1 0 0 0 cm\n" } else { b"0 1 -1 0 0 0 cm\n" }
}

/// Whether a page without text shows a picture or a form.
fn draws(pdf: &PdfDocument, number: usize) -> bool {
    let Ok(content) = pdf.get_page_content_data(number) else { return true };
    content.split(u8::is_ascii_whitespace).any(|word| matches!(word, b"Do" | b"BI" | b"sh" | b"Tj" | b"TJ"))
}

/// For every character the replacement text that it belongs to.
fn groups(chars: &[TextChar]) -> Vec<Option<usize>> {
    let number = |glyph: &TextChar| glyph.mcid?.checked_sub(replacement::FIRST);
    chars.iter().map(|glyph| number(glyph).and_then(|number| usize::try_from(number).ok())).collect()
}

/// Whether the page's letters are drawn upside down on a page that is upside down itself, as browsers do. The crate
/// multiplies the two matrices in the wrong order, so that it takes such a page, once it is turned, to be turned the
/// other way. Told from how places of the text's own space lie on the page: three of them run around the other way.
fn is_flipped(chars: &[TextChar]) -> bool {
    let across = |a: (f32, f32), b: (f32, f32)| a.0 * b.1 - a.1 * b.0;
    let places: Vec<([f32; 6], (f32, f32))> = chars
        .iter()
        .filter(|glyph| !glyph.char.is_whitespace())
        .filter_map(|glyph| Some((glyph.matrix?, (glyph.origin_x, glyph.origin_y))))
        .collect();
    let mut votes = 0i64;
    for (at, (matrix, place)) in places.iter().enumerate() {
        let others = [at + 1, at + 1 + places.len() / 3].map(|other| places.get(other));
        let [Some((next, near)), Some((far, away))] = others else { break };
        if matrix[..4] != next[..4] || matrix[..4] != far[..4] {
            continue;
        }
        let own = |other: &[f32; 6]| (other[4] - matrix[4], other[5] - matrix[5]);
        let shown = |other: &(f32, f32)| (other.0 - place.0, other.1 - place.1);
        let turn = across(own(next), own(far)) * across(shown(near), shown(away));
        votes += if turn < 0.0 { 1 } else { -i64::from(turn > 0.0) };
    }
    votes > 0
}

/// The characters, those of fonts that do not explain them as unknown.
fn prints(chars: &[TextChar], fonts: &Fonts) -> Vec<Print> {
    let faces: BTreeSet<&str> = chars
        .iter()
        .filter(|glyph| !glyph.char.is_whitespace())
        .map(|glyph| glyph.font_name.as_str())
        .collect();
    let flipped = is_flipped(chars);
    let print = |glyph: &TextChar| {
        let space = glyph.char.is_whitespace();
        Print {
            // What the crate puts there is the number of the glyph.
            c: if !space && fonts.blind.contains(&glyph.font_name) { '\u{fffd}' } else { glyph.char },
            x: glyph.origin_x,
            y: glyph.origin_y,
            advance: glyph.advance_width,
            size: glyph.font_size,
            degrees: if flipped { -glyph.rotation_degrees } else { glyph.rotation_degrees },
            jump: space
                && !faces.contains(glyph.font_name.as_str())
                && fonts.names.contains(&glyph.font_name),
        }
    };
    chars.iter().map(print).collect()
}

/// The ruled lines of a path, turned back like the page; one that is drawn elsewhere than its numbers say has none.
fn ruled(path: &PathContent, turn: u8, frame: &Frame) -> Vec<Rule> {
    if path.matrix.is_some() {
        return Vec::new();
    }
    let back = |x: f32, y: f32| match turn {
        1 => (y, -x),
        3 => (-y, x),
        _ => (x, y),
    };
    let step = |operation: &PathOperation| match *operation {
        PathOperation::MoveTo(x, y) => {
            let (x, y) = back(x, y);
            Step::Move(x, y)
        }
        PathOperation::LineTo(x, y) => {
            let (x, y) = back(x, y);
            Step::Line(x, y)
        }
        PathOperation::Rectangle(x, y, width, height) => {
            let ((x, y), (width, height)) = (back(x, y), back(width, height));
            Step::Box(x, y, width, height)
        }
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
    /// Fonts that were loaded here and not by the crate, by object.
    loaded: BTreeMap<u32, FontInfo>,
}

/// An object itself, where it is only referred to.
fn resolve(pdf: &PdfDocument, object: &Object) -> Option<Object> {
    match object.as_reference() {
        Some(reference) => pdf.load_object(reference).ok(),
        None => Some(object.clone()),
    }
}

fn entry(object: &Object, key: &str) -> Option<Object> {
    object.as_dict().and_then(|dict| dict.get(key)).cloned()
}

/// The fonts that a page names, by name.
fn of_page(pdf: &PdfDocument, page: &Object) -> BTreeMap<String, Object> {
    let fonts = entry(page, "Resources")
        .and_then(|resources| resolve(pdf, &resources))
        .and_then(|resources| entry(&resources, "Font"))
        .and_then(|fonts| resolve(pdf, &fonts));
    let fonts = fonts.as_ref().and_then(Object::as_dict);
    fonts.into_iter().flatten().map(|(name, font)| (name.clone(), font.clone())).collect()
}

impl Fonts {
    /// The characters of a content stream that is not the page's own one any more.
    fn show(
        &mut self,
        pdf: &PdfDocument,
        page: &Object,
        number: usize,
        content: &[u8],
    ) -> Result<Vec<TextChar>, Error> {
        let mut extractor = TextExtractor::new();
        extractor.set_page_index(u32::try_from(number).unwrap_or(u32::MAX));
        if let Some(resources) = entry(page, "Resources") {
            extractor.set_resources(resources);
            extractor.set_document(pdf);
        }
        for (name, object) in of_page(pdf, page) {
            let load = || resolve(pdf, &object).and_then(|font| FontInfo::from_dict(&font, pdf).ok());
            let font = match object.as_reference() {
                Some(reference) => match self.loaded.get(&reference.id) {
                    Some(font) => Some(font.clone()),
                    None => load().inspect(|font| drop(self.loaded.insert(reference.id, font.clone()))),
                },
                None => load(),
            };
            if let Some(font) = font {
                extractor.add_font(name, font);
            }
        }
        extractor.share_truetype_cmaps();
        extractor.extract_owned(content)
    }

    fn learn(&mut self, pdf: &PdfDocument, page: &Object) {
        for (name, object) in &of_page(pdf, page) {
            self.names.insert(name.clone());
            if object.as_reference().is_some_and(|reference| !self.seen.insert(reference.id)) {
                continue;
            }
            let Some(font) = resolve(pdf, object) else { continue };
            // Simple fonts have an encoding of their own; a composite one without a map is the case to ask about.
            let composite = entry(&font, "Subtype").is_some_and(|kind| kind.as_name() == Some("Type0"));
            let map = entry(&font, "ToUnicode").and_then(|map| resolve(pdf, &map));
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
