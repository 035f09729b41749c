//! The result read again: with all changes accepted it says what was asked for, with ours rejected what it said before,
//! with all rejected what the original says then. Knows texts only.

use crate::document::{BlockKind, Document, Format};
use crate::load::Limits;
use crate::load::docx::trace::Revisions;
use crate::load::docx::{self};
use crate::redline::{AUTHOR, RedlineError};
use crate::text::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// What a document should say with all changes accepted, block by block.
pub(super) struct Expected {
    text: String,
    slots: Vec<Slot>,
    /// Whether paragraphs go, so that automatic numbers behind them may move.
    shrinks: bool,
}

struct Slot {
    span: Span,
    label: usize,
    row: bool,
    gone: bool,
    /// Ranges of the document's text that are replaced, and by what.
    changes: Vec<(Span, String)>,
    /// Blocks that follow.
    fresh: Vec<String>,
}

impl Expected {
    /// The document as it is.
    pub fn new(document: &Document) -> Self {
        let slots = document.blocks().iter().map(|block| Slot {
            span: block.span,
            label: block.label,
            row: block.kind == BlockKind::TableRow,
            gone: false,
            changes: Vec::new(),
            fresh: Vec::new(),
        });
        Self { text: document.text().to_owned(), slots: slots.collect(), shrinks: false }
    }

    /// The blocks that a replacement of a span touches.
    ///
    /// # Errors
    /// When it may not be replaced (Korean): words that are replaced already, automatic numbers, half a paragraph.
    pub fn replaceable(&self, span: Span) -> Result<Range<usize>, &'static str> {
        let start = self.slots.partition_point(|slot| slot.span.end <= span.start);
        let end = self.slots.partition_point(|slot| slot.span.start < span.end).max(start);
        let slots = self.slots.get(start..end).unwrap_or_default();
        let first = slots.first().ok_or("글의 자리를 찾지 못했습니다")?;
        if slots.iter().any(|slot| slot.gone || slot.changes.iter().any(|(other, _)| other.overlaps(span))) {
            return Err("같은 글을 다른 제안이 이미 고쳤습니다");
        }
        if span.start < first.span.start + first.label {
            return Err("자동 번호는 고치지 않습니다");
        }
        if slots.len() > 1 {
            let last = slots.last().map_or(Span::default(), |slot| slot.span);
            let tail = Span::new(span.end.min(last.end), last.end);
            if span.end > last.end
                || !tail.of(&self.text).trim().is_empty()
                || slots.iter().any(|slot| slot.row)
            {
                return Err("여러 문단에 걸친 글의 일부입니다");
            }
            if slots.iter().skip(1).any(|slot| !slot.changes.is_empty() || !slot.fresh.is_empty()) {
                return Err("같은 글을 다른 제안이 이미 고쳤습니다");
            }
        }
        Ok(start..end)
    }

    /// Has a span of these blocks replaced.
    pub fn replace(&mut self, span: Span, blocks: Range<usize>, words: &str) {
        self.shrinks |= blocks.len() > 1;
        for (n, slot) in self.slots.iter_mut().skip(blocks.start).take(blocks.len()).enumerate() {
            if n == 0 {
                let end = span.end.min(slot.span.end);
                slot.changes.push((Span::new(span.start, end), words.to_owned()));
            } else {
                slot.gone = true;
            }
        }
    }

    /// Has blocks follow a block.
    pub fn insert<'t>(&mut self, block: usize, lines: impl Iterator<Item = &'t str>) {
        if let Some(slot) = self.slots.get_mut(block) {
            slot.fresh.extend(lines.map(str::to_owned));
        }
    }

    /// The blocks: automatic number and text, white space folded.
    fn lines(mut self) -> Vec<(String, String)> {
        let mut out = Vec::with_capacity(self.slots.len());
        for slot in &mut self.slots {
            let body = slot.span.start + slot.label;
            if !slot.gone {
                let mut text = Span::new(body, slot.span.end).of(&self.text).to_owned();
                slot.changes.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
                for (span, words) in &slot.changes {
                    text.replace_range(span.start - body..span.end - body, words);
                }
                let label = Span::new(slot.span.start, body).of(&self.text);
                out.push((label.to_owned(), folded(&text)));
            }
            out.extend(slot.fresh.iter().map(|line| (String::new(), folded(line))));
        }
        out
    }
}

/// White space as single blanks, in NFC.
fn folded(text: &str) -> String {
    crate::text::nfc(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn lines(document: &Document) -> Vec<(String, String)> {
    let text = document.text();
    let blocks = document.blocks().iter().map(|block| {
        let body = block.span.start + block.label;
        let label = Span::new(block.span.start, body).of(text);
        (label.to_owned(), folded(Span::new(body, block.span.end).of(text)))
    });
    blocks.collect()
}

/// Reads the result again.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(
    before: &[u8],
    after: &[u8],
    document: &Document,
    expected: Expected,
    ids: BTreeSet<i64>,
    limits: &Limits,
) -> Result<(), RedlineError> {
    let failed = |reason: &str| RedlineError::Check(reason.to_owned());
    let read = |bytes: &[u8], revisions: Revisions| {
        docx::read(&document.name, bytes, limits, revisions, None).map(|reading| reading.document)
    };
    let accepted = read(after, Revisions::Accepted)?;
    if accepted.format != Format::Docx {
        return Err(failed("워드 문서로 읽히지 않습니다"));
    }
    let numbers = !expected.shrinks;
    let (told, wanted) = (lines(&accepted), expected.lines());
    let same =
        |(one, two): (&(String, String), &(String, String))| one.1 == two.1 && (!numbers || one.0 == two.0);
    let differs = told.iter().zip(&wanted).position(|pair| !same(pair));
    if let Some(at) = differs.or_else(|| (told.len() != wanted.len()).then(|| told.len().min(wanted.len()))) {
        let line = wanted.get(at).or_else(|| told.get(at)).map_or("", |(_, text)| text.as_str());
        let start: String = line.chars().take(30).collect();
        return Err(failed(&format!("변경을 모두 적용한 글이 제안과 다릅니다(「{start}…」)")));
    }
    let ours = Revisions::Without { author: AUTHOR.to_owned(), ids };
    if read(after, ours)?.text() != document.text() {
        return Err(failed("변경을 되돌린 글이 원문과 다릅니다"));
    }
    // With everything rejected too; a document that is then empty is so before and after.
    let text =
        |bytes: &[u8]| read(bytes, Revisions::Original).map(|document| document.text().to_owned()).ok();
    if text(before) != text(after) {
        return Err(failed("변경을 모두 되돌린 글이 원문과 다릅니다"));
    }
    Ok(())
}
