//! What the pages of a PDF show: characters and ruled lines with their places, turned so that they can be read. Whoever takes
//! the file apart hands them over here; what they say together is told elsewhere.

use crate::error::LoadError;
use crate::load::Limits;
use crate::load::blocks::visible;

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
    Across {
        y: f32,
        x0: f32,
        x1: f32,
    },
    Down {
        x: f32,
        y0: f32,
        y1: f32,
    },
    /// The upper or lower edge of a shade, which nobody drew as a line.
    Edge {
        y: f32,
        x0: f32,
        x1: f32,
    },
}

/// Something that lies across the page and parts what stands above from what stands below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Level {
    pub y: f32,
    pub x0: f32,
    pub x1: f32,
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

impl Sheet {
    /// What lies across, from top to bottom.
    pub fn levels(&self) -> Vec<Level> {
        let level = |rule: &Rule| match *rule {
            Rule::Across { y, x0, x1 } | Rule::Edge { y, x0, x1 } => Some(Level { y, x0, x1 }),
            Rule::Down { .. } => None,
        };
        let mut levels: Vec<Level> = self.rules.iter().filter_map(level).collect();
        levels.sort_by(|a, b| a.y.total_cmp(&b.y));
        levels
    }
}

/// All pages.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub sheets: Vec<Sheet>,
    /// Pages whose drawing went on after the crate stopped reading.
    pub cut: bool,
    /// The table of objects was broken and put together again.
    pub mended: bool,
    /// Bytes of text so far.
    text: u64,
}

impl Book {
    /// A book to be filled with that many pages.
    ///
    /// # Errors
    /// `Damaged` for none, `Limit` for too many.
    pub fn of(pages: usize, limits: &Limits) -> Result<Self, LoadError> {
        if pages == 0 {
            return Err(LoadError::Damaged("PDF에 쪽이 없습니다".into()));
        }
        if pages > limits.pages {
            return Err(LoadError::Limit(format!("쪽이 {pages}개로 한도 {}개보다 많습니다", limits.pages)));
        }
        Ok(Self::default())
    }

    /// Counts the characters of a page.
    ///
    /// # Errors
    /// `Limit` when all pages together have too many.
    pub fn spend(&mut self, chars: impl Iterator<Item = char>, limits: &Limits) -> Result<(), LoadError> {
        self.text = self.text.saturating_add(chars.map(|c| c.len_utf8() as u64).sum());
        if self.text > limits.bytes {
            return Err(LoadError::Limit(format!("문서의 글이 {}MB보다 깁니다", limits.bytes >> 20)));
        }
        Ok(())
    }
}

/// A character as a reader of PDF finds it, in the file's own axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Print {
    pub c: char,
    pub x: f32,
    pub y: f32,
    /// How far it moves the pen along the page's axis.
    pub advance: f32,
    pub size: f32,
    /// How far it is turned to the left.
    pub degrees: f32,
    /// Not written by the file: the reader took a jump for a space.
    pub jump: bool,
}

/// The visible rectangle of a page in the file's own axes, which go up.
pub(super) struct Frame {
    pub left: f32,
    pub bottom: f32,
    pub width: f32,
    pub height: f32,
}

impl Frame {
    /// The rectangle between two corners; a page has some size.
    pub fn of((x0, y0): (f32, f32), (x1, y1): (f32, f32)) -> Self {
        Self {
            left: x0.min(x1),
            bottom: y0.min(y1),
            width: (x1 - x0).abs().clamp(1.0, 20_000.0),
            height: (y1 - y0).abs().clamp(1.0, 20_000.0),
        }
    }

    /// The rectangle after the page was turned back by one quarter (its text had `turn` quarters to the left, 1 or 3).
    pub fn turned(&self, turn: u8) -> Self {
        let (left, bottom) = match turn {
            1 => (self.bottom, -self.left - self.width),
            _ => (-self.bottom - self.height, self.left),
        };
        Self { left, bottom, width: self.height, height: self.width }
    }
}

/// The characters as one reads them: the page turned so that most stand upright, those that stand otherwise left out.
pub(super) fn upright(prints: &[Print], frame: &Frame) -> Sheet {
    let turn = main_turn(prints);
    let (width, height) =
        if turn.is_multiple_of(2) { (frame.width, frame.height) } else { (frame.height, frame.width) };
    let mut sheet = Sheet { height, ..Sheet::default() };
    for print in prints {
        let Some(c) = visible(print.c) else { continue };
        let c = if c.is_whitespace() { ' ' } else { symbol(c) };
        if quarter(print.degrees) != Some(turn) {
            sheet.turned += usize::from(c != ' ');
            continue;
        }
        let (x, y) = (print.x - frame.left, print.y - frame.bottom);
        let (x, y) = match turn {
            0 => (x, frame.height - y),
            1 => (y, x),
            2 => (frame.width - x, y),
            _ => (frame.height - y, frame.width - x),
        };
        let size = if print.size.is_finite() { print.size.abs() } else { 0.0 };
        let outside = !(x.is_finite() && y.is_finite())
            || x < -size
            || x > width + size
            || y < -size
            || y > height + size;
        if outside || size < 0.5 {
            continue;
        }
        // It is measured along the page's axis, so what is turned has no width there.
        let measured = if turn.is_multiple_of(2) { print.advance.abs() } else { 0.0 };
        let advance = if measured > 0.0 && measured.is_finite() { measured } else { usual_width(c) * size };
        sheet.glyphs.push(Glyph {
            c,
            x,
            y,
            width: advance.min(size * 4.0),
            size,
            jump: c == ' ' && print.jump,
        });
    }
    sheet
}

/// The quarter turn that most characters have.
pub(super) fn main_turn(prints: &[Print]) -> u8 {
    let mut turns = [0usize; 4];
    for print in prints.iter().filter(|print| !print.c.is_whitespace()) {
        if let Some(turn) = quarter(print.degrees) {
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

/// Width of a character in parts of its size, where the file does not tell.
pub(super) fn usual_width(c: char) -> f32 {
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
