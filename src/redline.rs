//! A Word document back to its sender with comments and tracked changes: the same file, everything that is not edited
//! untouched byte for byte. Knows of findings only where it plans; edits are made on the XML of the main part, and what
//! comes out is read again before anybody gets it.
//!
//! - `plan`: which edits a report asks for, `place`: where what is missing would stand,
//!   `party` and `wording`: model wording made fit for it;
//! - `back`: from bytes of the text to paragraphs of the file; `desk`: edits gathered and held against what the file
//!   allows; `runs`: what stands in a paragraph; `rewrite`: runs split, deleted and written anew; `fresh`: new paragraphs;
//!   `xml`: names, escapes and splices;
//! - `package`: the parts around the main one and the archive; `check`: the result read again.

mod back;
mod check;
mod desk;
mod fresh;
mod package;
mod party;
mod place;
mod plan;
mod rewrite;
mod runs;
mod wording;
mod xml;

use crate::document::{Document, Format};
use crate::error::LoadError;
use crate::load::Limits;
use crate::load::docx::trace::{Revisions, Trace};
use crate::load::docx::{self};
use crate::render::Legend;
use crate::report::Report;
use crate::text::Span;

/// The author of every comment and change.
pub const AUTHOR: &str = "jomun";

/// How far the edits of a report go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Comments only.
    Annotate,
    /// Comments, and tracked changes that put in model wording.
    Redline,
}

/// One thing to do to a document. Spans are bytes of [`Document::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A comment on words.
    Comment {
        /// The words.
        span: Span,
        /// What the comment says; a paragraph a line.
        text: String,
    },
    /// Words deleted and others put in, both as tracked changes.
    Replace {
        /// The words that go. Over several paragraphs only when they go to the end of the last one.
        span: Span,
        /// The words that come; further lines become paragraphs behind.
        text: String,
        /// What a comment on both says; empty for none.
        comment: String,
    },
    /// Paragraphs put in as a tracked change, without automatic numbers.
    Insert {
        /// They follow the paragraph (or the table) that holds this byte.
        after: usize,
        /// The paragraphs.
        paragraphs: Vec<Fresh>,
        /// What a comment on the first of them says; empty for none.
        comment: String,
    },
}

/// A paragraph to put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// Its text, one line.
    pub text: String,
    /// It looks like the paragraph that holds this byte.
    pub like: usize,
}

/// A document with its edits.
#[derive(Clone, Debug)]
pub struct Redlined {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many comments were put in.
    pub comments: usize,
    /// How many tracked replacements and insertions were put in.
    pub changes: usize,
    /// What could not be done as asked, and why, one Korean sentence each: a change that became a comment, a comment
    /// without a place.
    pub left: Vec<String>,
}

/// Why there is no redline. `Display` is one Korean line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RedlineError {
    /// Only Word documents can be given back.
    #[error("메모와 변경 추적은 워드 문서(.docx)에만 넣을 수 있습니다(이 문서는 {})", .0.name())]
    NotWord(Format),
    /// The file is not the one that the document was read from.
    #[error("파일이 읽은 뒤에 바뀌었습니다. 다시 검토해 주십시오")]
    Changed,
    /// The file could not be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The archive could not be put together.
    #[error("워드 문서를 다시 묶지 못했습니다: {0}")]
    Package(String),
    /// What came out does not say what it should; nothing is handed over.
    #[error("고친 문서를 되읽어 보니 {0}. 원본을 지키려고 결과를 버렸습니다")]
    Check(String),
}

/// The edits that a report on a document asks for, in text order.
pub fn edits(report: &Report, legend: &Legend, document: &Document, mode: Mode) -> Vec<Edit> {
    plan::edits(report, legend, document, mode)
}

/// A document back with comments on what the report found.
///
/// # Errors
/// Those of [`apply`].
pub fn annotate(
    docx: &[u8],
    document: &Document,
    report: &Report,
    legend: &Legend,
    limits: &Limits,
) -> Result<Redlined, RedlineError> {
    apply(docx, document, &edits(report, legend, document, Mode::Annotate), limits)
}

/// A document back with comments, and with the model wording as tracked changes.
///
/// # Errors
/// Those of [`apply`].
pub fn redline(
    docx: &[u8],
    document: &Document,
    report: &Report,
    legend: &Legend,
    limits: &Limits,
) -> Result<Redlined, RedlineError> {
    apply(docx, document, &edits(report, legend, document, Mode::Redline), limits)
}

/// Makes edits in a Word document. `docx` are the bytes that `document` was read from.
///
/// ```no_run
/// use jomun::load::{Limits, load};
/// use jomun::redline::{Edit, apply};
/// use jomun::text::Span;
///
/// let bytes = std::fs::read("계약.docx")?;
/// let limits = Limits::default();
/// let document = load("계약.docx", &bytes, &limits)?;
/// let at = document.text().find("7일").unwrap_or(0);
/// let edit = Edit::Replace { span: Span::new(at, at + "7일".len()), text: "30일".into(), comment: String::new() };
/// let redlined = apply(&bytes, &document, &[edit], &limits)?;
/// assert_eq!(redlined.changes, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A change that the file's structure does not allow becomes a comment, and a notice tells it. Of edits that touch the
/// same words the first is made and the others become comments.
///
/// # Errors
/// A file that is no Word document, was changed since it was read or cannot be read; and a result that, read again, does
/// not say what it should with all changes accepted, or not what the original says with ours rejected.
pub fn apply(
    docx: &[u8],
    document: &Document,
    edits: &[Edit],
    limits: &Limits,
) -> Result<Redlined, RedlineError> {
    if document.format != Format::Docx {
        return Err(RedlineError::NotWord(document.format));
    }
    let read = docx::read(&document.name, docx, limits, Revisions::Accepted, Some(Trace::default()))?;
    if read.document.text() != document.text() {
        return Err(RedlineError::Changed);
    }
    let mut package = docx::package::Package::open(docx, limits)?;
    let path = package.main_part()?;
    let damaged = || LoadError::Damaged("워드 문서의 본문이 없습니다".into());
    let source = package.text(&path)?.ok_or_else(damaged)?;
    let tree = docx::xml::parse(&source, limits)?;
    let side = package::Side::read(&mut package, &path, limits)?;

    let mut work = Work {
        desk: desk::Desk::new(&tree, &source, &side),
        back: back::Back::new(&read),
        read: &read,
        expected: check::Expected::new(&read.document),
        left: Vec::new(),
        notes: Vec::new(),
        changes: 0,
    };
    let order = |edit: &&Edit| match edit {
        Edit::Replace { .. } => 0,
        Edit::Insert { .. } => 1,
        Edit::Comment { .. } => 2,
    };
    let mut queue: Vec<&Edit> = edits.iter().collect();
    // Comments are put around what is deleted and inserted, so that comes first.
    queue.sort_by_key(order);
    for edit in queue {
        work.edit(edit);
    }
    let Work { desk, left, notes, changes, expected, .. } = work;
    let desk::Finished { text, ids } =
        desk.finish().map_err(|reason| RedlineError::Check(reason.to_owned()))?;
    let comments = notes.len();
    let mut left = left;
    if package.has_folder("_xmlsignatures") && (comments > 0 || changes > 0) {
        left.push("전자서명이 있는 문서입니다. 고친 문서에서는 그 서명이 맞지 않습니다".to_owned());
    }
    let bytes = package::write(docx, &mut package, &path, text, &side, notes, limits)?;
    check::check(docx, &bytes, &read.document, expected, ids, limits)?;
    Ok(Redlined { bytes, comments, changes, left })
}

/// The edits while they are made.
struct Work<'r> {
    desk: desk::Desk<'r>,
    back: back::Back<'r>,
    read: &'r docx::trace::Reading,
    expected: check::Expected,
    left: Vec<String>,
    /// Comments that have a place: id and text.
    notes: Vec<(i64, String)>,
    changes: usize,
}

impl Work<'_> {
    fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Comment { span, text } => self.comment(*span, text),
            Edit::Replace { span, text, comment } => {
                let span = span.trimmed(self.read.document.text());
                if let Err(reason) = self.replace(span, text, comment) {
                    self.tell(
                        span.start,
                        &format!("변경 추적으로 고치지 못하고 메모로 적었습니다: {reason}"),
                    );
                    let gap = if comment.is_empty() { "" } else { "\n" };
                    self.comment(span, &format!("{comment}{gap}제안 문안: {text}"));
                }
            }
            Edit::Insert { after, paragraphs, comment } => {
                if let Err(reason) = self.insert(*after, paragraphs, comment) {
                    self.tell(*after, &format!("새 문단을 넣지 못하고 메모로 적었습니다: {reason}"));
                    let lines: Vec<&str> = paragraphs.iter().map(|fresh| fresh.text.as_str()).collect();
                    let gap = if comment.is_empty() { "" } else { "\n" };
                    let span = Span::new(*after, *after);
                    self.comment(span, &format!("{comment}{gap}제안 문안:\n{}", lines.join("\n")));
                }
            }
        }
    }

    fn tell(&mut self, at: usize, message: &str) {
        let place = self.read.document.place(at);
        let place = if place.is_empty() { place } else { format!("{place}: ") };
        self.left.push(format!("{place}{message}"));
    }

    fn comment(&mut self, span: Span, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        match self.back.ground(span) {
            Some(ground) => {
                let id = self.desk.comment_id();
                self.desk.comment(&self.read.trace, ground, id);
                self.notes.push((id, text.to_owned()));
            }
            None => self.tell(span.start, "본문에 자리가 없어 메모를 달지 못했습니다"),
        }
    }

    fn replace(&mut self, span: Span, text: &str, comment: &str) -> Result<(), &'static str> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next().ok_or("넣을 글이 없습니다")?;
        let rest: Vec<&str> = lines.collect();
        let stretches = self.back.stretches(span).ok_or("글의 자리를 파일에서 찾지 못했습니다")?;
        let blocks = self.expected.replaceable(span)?;
        if self.back.crosses_cells(span) {
            return Err("표의 여러 칸에 걸친 글입니다");
        }
        let id = (!comment.trim().is_empty()).then(|| self.desk.comment_id());
        let tail = self.back.last_paragraph(span.end.saturating_sub(1));
        let behind = if rest.is_empty() {
            None
        } else {
            Some(tail.ok_or("새 문단을 넣을 자리가 없습니다")?)
        };
        self.desk.replace(&self.read.trace, &stretches, first, id)?;
        self.expected.replace(span, blocks, first);
        if let Some(paragraph) = behind {
            let fresh: Vec<(String, usize)> =
                rest.iter().map(|line| ((*line).to_owned(), paragraph)).collect();
            let node = self.read.trace.paragraphs.get(paragraph).map(|paragraph| paragraph.node);
            if let Some(node) = node {
                self.desk.insert(&self.read.trace, node, &fresh, None);
                self.expected.insert(self.back.last_block_in(&self.desk, node), rest.iter().copied());
            }
        }
        self.changes += 1;
        if let Some(id) = id {
            self.notes.push((id, comment.to_owned()));
        }
        Ok(())
    }

    fn insert(&mut self, after: usize, paragraphs: &[Fresh], comment: &str) -> Result<(), &'static str> {
        const NOWHERE: &str = "본문에 넣을 자리가 없습니다";
        let fresh: Vec<(String, usize)> = paragraphs
            .iter()
            .filter(|fresh| !fresh.text.trim().is_empty())
            .map(|fresh| {
                let like = self.back.last_paragraph(fresh.like).or_else(|| self.back.last_paragraph(after));
                Some((fresh.text.trim().replace(['\n', '\r', '\t'], " "), like?))
            })
            .collect::<Option<_>>()
            .ok_or(NOWHERE)?;
        if fresh.is_empty() {
            return Err("넣을 글이 없습니다");
        }
        let paragraph = self.back.last_paragraph(after).ok_or(NOWHERE)?;
        let row = self.back.is_row(after);
        let node = self.desk.anchor(&self.read.trace, paragraph, row).ok_or(NOWHERE)?;
        let id = (!comment.trim().is_empty()).then(|| self.desk.comment_id());
        self.desk.insert(&self.read.trace, node, &fresh, id);
        self.expected
            .insert(self.back.last_block_in(&self.desk, node), fresh.iter().map(|(text, _)| text.as_str()));
        self.changes += 1;
        if let Some(id) = id {
            self.notes.push((id, comment.to_owned()));
        }
        Ok(())
    }
}
