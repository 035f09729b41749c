//! What binary 한글 files and OWPML packages have in common: a document as paragraphs with their heads and what hangs on
//! them, and how that becomes a text. The readers [`hwp`](super::hwp) and [`hwpx`](super::hwpx) fill it in; here nothing
//! is known of records or XML.

pub(super) mod composed;
mod equation;
pub(super) mod numbering;
mod story;

use crate::document::{Document, Format};
use crate::error::LoadError;
use crate::load::blocks::Sink;
use crate::load::{Limits, Revisions};
use crate::source::Part;
use numbering::{Head, Numbering, Shape};

/// A document as its file has it.
#[derive(Debug, Default)]
pub(super) struct Manuscript {
    pub sections: Vec<Vec<Paragraph>>,
    pub numbering: Numbering,
    /// Which state of tracked changes is read.
    pub revisions: Revisions,
    /// Title from the properties.
    pub title: Option<String>,
    /// Parts that could not be read.
    pub lost: Vec<String>,
    /// Further warnings of the reader.
    pub warnings: Vec<String>,
}

/// One paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub head: Head,
    /// Whether its style is that of a title.
    pub title: bool,
    pub pieces: Vec<Piece>,
    /// Whether it begins a page.
    pub breaks: bool,
    pub lines: Lines,
}

/// What a paragraph consists of, in order.
#[derive(Debug)]
pub(super) enum Piece {
    Text(String),
    /// Text that is crossed out by its looks alone, no tracked change.
    Struck(String),
    /// A stretch was inserted (or deleted) while changes were tracked; what of it is read, the other pieces say.
    Change {
        inserted: bool,
    },
    /// From here on the text is not read: it was deleted, or it was not there before it was inserted.
    Omitted,
    /// From here on it is read again; whether the end of the paragraph is part of what is not.
    Resumed {
        mark: bool,
    },
    Control(Control),
}

/// What hangs on a place in a paragraph.
#[derive(Debug)]
pub(super) enum Control {
    /// A section begins, with the list of its 개요.
    Section {
        outline: u32,
    },
    /// Columns of the text from here on.
    Columns(u32),
    Table(Table),
    /// 글상자, also inside a group of drawings, with its caption.
    TextBox {
        inside: Vec<Paragraph>,
        caption: Vec<Paragraph>,
    },
    /// 머리말, 꼬리말
    Running(Part, Vec<Paragraph>),
    /// 바탕쪽: what stands on every page.
    MasterPage(Vec<Paragraph>),
    /// 각주
    Footnote(Vec<Paragraph>),
    /// 미주
    Endnote(Vec<Paragraph>),
    /// A number that counts figures, tables or formulas.
    AutoNumber(AutoNumber),
    /// From here on a kind counts from this number.
    NewNumber(Counted, u32),
    /// A formula in 한글's script.
    Equation(String),
    /// Text that a control shows at its place: 덧말, 글자 겹침.
    Words(String),
    /// 숨은 설명
    Hidden,
    /// 메모
    Memo,
    Picture,
    /// OLE objects, charts, videos.
    Object,
}

/// A table: rows of cells of paragraphs.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub rows: Vec<Vec<Vec<Paragraph>>>,
    pub columns: usize,
    pub caption: Vec<Paragraph>,
    /// Whether the caption stands above the table.
    pub above: bool,
}

/// What automatic numbers count beside paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Picture,
    Table,
    Equation,
    /// Pages and notes, whose numbers are no text.
    Other,
}

/// An automatic number inside a text ("표 1").
#[derive(Clone, Debug)]
pub(super) struct AutoNumber {
    pub of: Counted,
    pub shape: Shape,
    /// The number that the file remembers, 0 when it does not.
    pub number: u32,
    pub prefix: String,
    pub suffix: String,
}

/// Lower than any page is, an A2 sheet: the writer counted on from page to page.
const TALLEST: i64 = 170_000;
/// Closer than any line is to the next, a point: the writer put no heights there.
const THINNEST: i64 = 100;

/// Where the lines of a paragraph stood, in hundredths of a point, when 한글 last laid it out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    first: Option<i64>,
    last: (i64, i64),
    /// How often a line stood higher than the one before: there a page begins.
    turns: u32,
    /// Whether they stood as no program lays lines out.
    doubtful: bool,
}

impl Lines {
    /// The next line at that height, with its distance from the left: beside a picture one line has two parts.
    pub fn push(&mut self, at: i64, left: i64) {
        self.doubtful |= at > TALLEST;
        if self.first.is_none() {
            self.first = Some(at);
        } else {
            self.turns = self.turns.saturating_add(u32::from(at < self.last.0));
            let step = at.saturating_sub(self.last.0);
            self.doubtful |= (0..THINNEST).contains(&step) && left <= self.last.1;
        }
        self.last = (at, left);
    }
}

/// 덧말: a text with what explains it above or below.
pub(super) fn ruby(main: &str, sub: &str) -> String {
    if sub.trim().is_empty() { main.to_owned() } else { format!("{main}({})", sub.trim()) }
}

impl Manuscript {
    /// The document with its text.
    ///
    /// # Errors
    /// `Limit` for too much text or too many paragraphs, `Empty` and `Damaged` when there is no text.
    pub fn finish(
        self,
        name: &str,
        format: Format,
        bytes: &[u8],
        limits: &Limits,
    ) -> Result<Document, LoadError> {
        let mut sink = Sink::new(limits);
        let lost = self.lost.clone();
        let empty_handed = story::tell(self, limits, &mut sink)?;
        if sink.builder.is_empty() {
            if empty_handed && lost.is_empty() {
                return Err(LoadError::Empty);
            }
            return Err(LoadError::Damaged("글이 없거나 읽을 수 없습니다".into()));
        }
        Ok(sink.finish(name, format, bytes))
    }
}
