//! The one place that knows the crate which takes a PDF apart: objects, fonts and content streams in, glyphs and ruled
//! lines with their places out. It knows nothing of lines, words or paragraphs.
//!
//! Foreign code on foreign bytes: it runs on a thread of its own, with a stack that deep objects do not exhaust, and a
//! panic in it is a damaged file.

use crate::error::LoadError;
use crate::load::Limits;
use crate::load::blocks::visible;
use crate::load::pdf::nesting;
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
/// A page with more ruled lines than this is a drawing and has no tables.
const RULES: usize = 20_000;

/// A character where it stands, in points from the page's top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub c: char,
    /// Left edge.
    pub x: f32,
    /// Base line.
    pub y: f32,
    /// How far its own shape goes, without spacing.
    pub width: f32,
    /// Size of the font as shown.
    pub size: f32,
    /// A space that no glyph of the font stands for: a jump that the crate took for one.
    pub jump: bool,
}

/// A straight ruled line, along one axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rule {
    Across { y: f32, x0: f32, x1: f32 },
    Down { x: f32, y0: f32, y1: f32 },
}

/// What one page shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// Characters that stand across the others (a watermark, a note on the margin), left out.
    pub turned: usize,
    /// It draws something, be it a picture or shapes.
    pub painted: bool,
    /// It could not be read.
    pub broken: bool,
}

/// All pages.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub sheets: Vec<Sheet>,
    /// Pages whose drawing went on after the crate stopped reading.
    pub cut: bool,
    /// The table of objects was broken and put together again.
    pub mended: bool,
}

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
    if count == 0 {
        return Err(LoadError::Damaged("PDF에 쪽이 없습니다".into()));
    }
    if count > limits.pages {
        return Err(LoadError::Limit(format!("쪽이 {count}개로 한도 {}개보다 많습니다", limits.pages)));
    }
    let mut book = Book::default();
    let mut left = usize::try_from(limits.bytes).unwrap_or(usize::MAX);
    let mut fonts = Fonts::default();
    let mut broken = 0;
    for number in 0..count {
        let sheet = match page(&pdf, number, &mut fonts, limits, &mut left) {
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
    left: &mut usize,
) -> Result<Sheet, Failure> {
    let object = pdf.get_page(number).map_err(|_| Failure::Page)?;
    let (x0, y0, x1, y1) = pdf.get_page_visible_box(number).unwrap_or((0.0, 0.0, 595.0, 842.0));
    let frame = Frame {
        left: x0.min(x1),
        bottom: y0.min(y1),
        width: (x1 - x0).abs().clamp(1.0, 20_000.0),
        height: (y1 - y0).abs().clamp(1.0, 20_000.0),
    };
    if pdf.get_page_content_data(number).is_ok_and(|content| nesting::of_content(&content) > limits.depth) {
        return Err(Failure::Limit(too_deep(limits)));
    }
    // The variant with filters keeps no copy of the page behind.
    let chars =
        pdf.extract_chars_filtered(number, HashSet::new(), HashSet::new()).map_err(|_| Failure::Page)?;
    if chars.len() > limits.nodes {
        return Err(Failure::Limit(LoadError::Limit(format!("{}쪽의 글자가 너무 많습니다", number + 1))));
    }
    let size: usize = chars.iter().map(|glyph| glyph.char.len_utf8()).sum();
    *left = left.checked_sub(size).ok_or_else(|| {
        Failure::Limit(LoadError::Limit(format!("문서의 글이 {}MB보다 깁니다", limits.bytes >> 20)))
    })?;
    fonts.learn(pdf, &object);
    let mut sheet = upright(&chars, &frame, fonts);
    let empty = sheet.glyphs.iter().all(|glyph| glyph.c.is_whitespace());
    let paths = pdf.extract_paths(number).unwrap_or_default();
    sheet.painted = empty && (!paths.is_empty() || draws(pdf, number));
    // On a turned page the lines would have to be turned too; such pages are rare and go without tables.
    if !empty && paths.len() <= RULES && main_turn(&chars) == 0 {
        sheet.rules = paths.iter().flat_map(|path| rules(path, &frame)).take(RULES).collect();
    }
    Ok(sheet)
}

/// Whether a page without text shows a picture or a form.
fn draws(pdf: &PdfDocument, number: usize) -> bool {
    let Ok(content) = pdf.get_page_content_data(number) else { return true };
    content.split(u8::is_ascii_whitespace).any(|word| matches!(word, b"Do" | b"BI" | b"sh" | b"Tj" | b"TJ"))
}

/// The visible rectangle of a page in the file's own axes, which go up.
struct Frame {
    left: f32,
    bottom: f32,
    width: f32,
    height: f32,
}

/// The quarter turn that most characters have.
fn main_turn(chars: &[TextChar]) -> u8 {
    let mut turns = [0usize; 4];
    for glyph in chars.iter().filter(|glyph| !glyph.char.is_whitespace()) {
        if let Some(turn) = quarter(glyph.rotation_degrees) {
            turns[usize::from(turn)] += 1;
        }
    }
    (0u8..4).max_by_key(|turn| (turns[usize::from(*turn)], 4 - turn)).unwrap_or(0)
}

/// How many quarters an angle is turned to the left, `None` when it is slanted.
fn quarter(degrees: f32) -> Option<u8> {
    let quarters = degrees.rem_euclid(360.0) / 90.0;
    ((quarters - quarters.round()).abs() < 0.03).then(|| (quarters.round() as u8) % 4)
}

/// The characters as one reads them: the page turned so that most stand upright, those that stand otherwise left out.
fn upright(chars: &[TextChar], frame: &Frame, fonts: &Fonts) -> Sheet {
    let turn = main_turn(chars);
    let (width, height) =
        if turn.is_multiple_of(2) { (frame.width, frame.height) } else { (frame.height, frame.width) };
    let mut sheet = Sheet { height, ..Sheet::default() };
    let faces: BTreeSet<&str> = chars
        .iter()
        .filter(|glyph| !glyph.char.is_whitespace())
        .map(|glyph| glyph.font_name.as_str())
        .collect();
    for glyph in chars {
        let Some(c) = visible(glyph.char) else { continue };
        let c = match c {
            _ if c.is_whitespace() => ' ',
            // What the crate puts there is the number of the glyph.
            _ if fonts.blind.contains(&glyph.font_name) => '\u{fffd}',
            _ => symbol(c),
        };
        if quarter(glyph.rotation_degrees) != Some(turn) {
            sheet.turned += usize::from(c != ' ');
            continue;
        }
        let (x, y) = (glyph.origin_x - frame.left, glyph.origin_y - frame.bottom);
        let (x, y) = match turn {
            0 => (x, frame.height - y),
            1 => (y, x),
            2 => (frame.width - x, y),
            _ => (frame.height - y, frame.width - x),
        };
        let size = if glyph.font_size.is_finite() { glyph.font_size.abs() } else { 0.0 };
        let outside = !(x.is_finite() && y.is_finite())
            || x < -size
            || x > width + size
            || y < -size
            || y > height + size;
        if outside || size < 0.5 {
            continue;
        }
        // The crate measures along the page's axis, so what is turned has no width there.
        let measured = if turn.is_multiple_of(2) { glyph.advance_width.abs() } else { 0.0 };
        let advance = if measured > 0.0 && measured.is_finite() { measured } else { usual_width(c) * size };
        sheet.glyphs.push(Glyph {
            c,
            x,
            y,
            width: advance.min(size * 4.0),
            size,
            jump: c == ' '
                && !faces.contains(glyph.font_name.as_str())
                && fonts.names.contains(&glyph.font_name),
        });
    }
    sheet
}

/// Width of a character in parts of its size, where the file does not tell.
fn usual_width(c: char) -> f32 {
    if c == ' ' {
        0.3
    } else if c.is_ascii() {
        0.5
    } else {
        1.0
    }
}

/// Marks of lists in symbol fonts, as the characters that they look like.
fn symbol(c: char) -> char {
    match c {
        '\u{f0b7}' | '\u{f06c}' | '\u{f09f}' => '•',
        '\u{f0a7}' | '\u{f06e}' => '▪',
        '\u{f0a8}' | '\u{f071}' | '\u{f06f}' => '□',
        '\u{f0fc}' => '✓',
        '\u{f0d8}' => '➢',
        '\u{f076}' => '❖',
        _ => c,
    }
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

/// The straight lines along an axis that a path draws; thin filled boxes count as lines.
fn rules(path: &PathContent, frame: &Frame) -> Vec<Rule> {
    /// Thickest box that is a line.
    const THIN: f32 = 3.0;
    let mut out = Vec::new();
    let flip = |x: f32, y: f32| (x - frame.left, frame.height - (y - frame.bottom));
    let straight = |(ax, ay): (f32, f32), (bx, by): (f32, f32), out: &mut Vec<Rule>| {
        let (dx, dy) = ((ax - bx).abs(), (ay - by).abs());
        if dy <= 1.0 && dx > THIN {
            out.push(Rule::Across { y: (ay + by) / 2.0, x0: ax.min(bx), x1: ax.max(bx) });
        } else if dx <= 1.0 && dy > THIN {
            out.push(Rule::Down { x: (ax + bx) / 2.0, y0: ay.min(by), y1: ay.max(by) });
        }
    };
    let boxed = |corners: [(f32, f32); 2], out: &mut Vec<Rule>| {
        let [(ax, ay), (bx, by)] = corners;
        let (x0, x1, y0, y1) = (ax.min(bx), ax.max(bx), ay.min(by), ay.max(by));
        if y1 - y0 <= THIN && x1 - x0 > THIN {
            out.push(Rule::Across { y: (y0 + y1) / 2.0, x0, x1 });
        } else if x1 - x0 <= THIN && y1 - y0 > THIN {
            out.push(Rule::Down { x: (x0 + x1) / 2.0, y0, y1 });
        } else if path.has_stroke() && x1 - x0 > THIN && y1 - y0 > THIN {
            out.extend([Rule::Across { y: y0, x0, x1 }, Rule::Across { y: y1, x0, x1 }]);
            out.extend([Rule::Down { x: x0, y0, y1 }, Rule::Down { x: x1, y0, y1 }]);
        }
    };
    let curved = path.operations.iter().any(|step| matches!(step, PathOperation::CurveTo(..)));
    if curved || path.matrix.is_some() {
        return out;
    }
    let mut shape: Vec<(f32, f32)> = Vec::new();
    let end = |shape: &mut Vec<(f32, f32)>, out: &mut Vec<Rule>| {
        let bounds = |of: fn(&(f32, f32)) -> f32| {
            shape.iter().map(of).fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(v), b.max(v)))
        };
        let ((x0, x1), (y0, y1)) = (bounds(|point| point.0), bounds(|point| point.1));
        if shape.len() >= 4 && (x1 - x0 <= THIN || y1 - y0 <= THIN) {
            boxed([(x0, y0), (x1, y1)], out);
        } else if path.has_stroke() {
            for pair in shape.windows(2) {
                straight(pair[0], pair[1], out);
            }
        }
        shape.clear();
    };
    for step in &path.operations {
        match *step {
            PathOperation::MoveTo(x, y) => {
                end(&mut shape, &mut out);
                shape.push(flip(x, y));
            }
            PathOperation::LineTo(x, y) => shape.push(flip(x, y)),
            PathOperation::Rectangle(x, y, width, height) => {
                end(&mut shape, &mut out);
                boxed([flip(x, y), flip(x + width, y + height)], &mut out);
            }
            PathOperation::ClosePath => {
                if let Some(first) = shape.first().copied() {
                    shape.push(first);
                }
            }
            PathOperation::CurveTo(..) => {}
        }
    }
    end(&mut shape, &mut out);
    out.retain(|rule| match rule {
        Rule::Across { y, x0, x1 } => y.is_finite() && x0.is_finite() && x1.is_finite(),
        Rule::Down { x, y0, y1 } => x.is_finite() && y0.is_finite() && y1.is_finite(),
    });
    out
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
