//! From bytes of a document's text back to the paragraphs of the file that said them. A block is its automatic numbers,
//! the texts of its paragraphs and, in a table, bars between cells; white space was folded and the whole brought to NFC.
//! Knows no XML.

use crate::document::BlockKind;
use crate::load::docx::trace::Reading;
use crate::redline::desk::Desk;
use crate::text::Span;
use roxmltree::NodeId;
use unicode_normalization::UnicodeNormalization;

/// A stretch of one paragraph's text, in bytes of that text as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Index of the paragraph in the trace.
    pub paragraph: usize,
    pub start: usize,
    pub end: usize,
}

/// What a comment is put around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// Words, from the first stretch to the last one (often the same).
    Words(Stretch, Stretch),
    /// A paragraph as a whole.
    Whole(usize),
}

/// The way back.
pub(super) struct Back<'r> {
    read: &'r Reading,
}

/// A character of a block that is not blank: its bytes in the document's text, and where it came from.
struct Found {
    at: Span,
    from: Option<Stretch>,
}

impl<'r> Back<'r> {
    pub fn new(read: &'r Reading) -> Self {
        Self { read }
    }

    /// The index of the block that holds a byte, or of the last one before it.
    pub fn block(&self, offset: usize) -> Option<usize> {
        let blocks = self.read.document.blocks();
        blocks.partition_point(|block| block.span.start <= offset).checked_sub(1)
    }

    /// Whether a byte stands in a row of a table that became one line.
    pub fn is_row(&self, offset: usize) -> bool {
        let block = self.block(offset).and_then(|index| self.read.document.blocks().get(index));
        block.is_some_and(|block| block.kind == BlockKind::TableRow)
    }

    /// The paragraph in which the block that holds a byte ends.
    pub fn last_paragraph(&self, offset: usize) -> Option<usize> {
        let origins = self.read.origins.get(self.block(offset)?)?;
        origins.last().map(|origin| origin.paragraph)
    }

    /// The last block that came from within an element of the main part.
    pub fn last_block_in(&self, desk: &Desk, node: NodeId) -> usize {
        let paragraphs = &self.read.trace.paragraphs;
        let within = |paragraph: usize| paragraphs.get(paragraph).is_some_and(|p| desk.is_in(p.node, node));
        let block = self.read.origins.iter().rposition(|from| from.iter().any(|o| within(o.paragraph)));
        block.unwrap_or_default()
    }

    /// The stretches that say a span, in order, one for each paragraph; automatic numbers and bars are passed over.
    /// `None` when words of it have no way back.
    pub fn stretches(&self, span: Span) -> Option<Vec<Stretch>> {
        let mut out: Vec<Stretch> = Vec::new();
        for (index, block) in self.read.document.blocks().iter().enumerate() {
            if !block.span.overlaps(span) {
                continue;
            }
            for found in self.align(index)? {
                let Some(from) = found.from.filter(|_| found.at.overlaps(span)) else { continue };
                match out.last_mut() {
                    Some(last) if last.paragraph == from.paragraph && last.end <= from.end => {
                        last.end = from.end
                    }
                    _ => out.push(from),
                }
            }
        }
        // A paragraph that is left and entered again is no stretch.
        let mut seen = std::collections::BTreeSet::new();
        (!out.is_empty() && out.iter().all(|stretch| seen.insert(stretch.paragraph))).then_some(out)
    }

    /// Whether a span reaches from one cell of a row into another.
    pub fn crosses_cells(&self, span: Span) -> bool {
        let blocks = self.read.document.blocks().iter().enumerate();
        let mut rows =
            blocks.filter(|(_, block)| block.kind == BlockKind::TableRow && block.span.overlaps(span));
        rows.any(|(index, _)| {
            let found = self.align(index).unwrap_or_default();
            found.iter().any(|found| found.from.is_none() && found.at.overlaps(span))
        })
    }

    /// What a comment on a span is put around: its words, or the paragraph of its automatic number; of what stands in
    /// no body paragraph (notes, headers) the paragraph before.
    pub fn ground(&self, span: Span) -> Option<Ground> {
        if let Some(stretches) = self.stretches(span)
            && let (Some(first), Some(last)) = (stretches.first(), stretches.last())
        {
            return Some(Ground::Words(*first, *last));
        }
        let mut index = self.block(span.start)?;
        loop {
            if let Some(origin) = self.read.origins.get(index).and_then(|origins| origins.first()) {
                return Some(Ground::Whole(origin.paragraph));
            }
            index = index.checked_sub(1)?;
        }
    }

    /// The characters of a block that are not blank, each with where it came from. `None` when the block is not what its
    /// paragraphs say.
    fn align(&self, index: usize) -> Option<Vec<Found>> {
        let block = self.read.document.blocks().get(index)?;
        let origins = self.read.origins.get(index)?;
        // What the block should say, in decomposed characters.
        let mut said: Vec<(char, Option<Stretch>)> = Vec::new();
        let mut column = 0;
        for origin in origins {
            if block.kind == BlockKind::TableRow {
                said.extend((column..origin.column).map(|_| ('|', None)));
                column = column.max(origin.column);
            }
            said.extend(origin.label.nfd().map(|c| (c, None)));
            let paragraph = self.read.trace.paragraphs.get(origin.paragraph)?;
            for (start, c) in paragraph.text.char_indices() {
                let from = Stretch { paragraph: origin.paragraph, start, end: start + c.len_utf8() };
                said.extend(std::iter::once(c).nfd().map(|unit| (unit, Some(from))));
            }
        }
        let mut said = said.into_iter().filter(|(c, _)| !c.is_whitespace());
        let mut out = Vec::new();
        for (at, c) in block.span.of(self.read.document.text()).char_indices() {
            if c.is_whitespace() {
                continue;
            }
            let start = block.span.start + at;
            let mut from: Option<Stretch> = None;
            for unit in std::iter::once(c).nfd().filter(|c| !c.is_whitespace()) {
                match said.next() {
                    Some((same, stretch)) if same == unit => {
                        from = match (from, stretch) {
                            (Some(first), Some(last)) if first.paragraph == last.paragraph => {
                                Some(Stretch { end: last.end.max(first.end), ..first })
                            }
                            (first, last) => first.or(last),
                        };
                    }
                    // Bars before empty cells at the end of a row.
                    None if block.kind == BlockKind::TableRow && unit == '|' => {}
                    _ => return None,
                }
            }
            out.push(Found { at: Span::new(start, start + c.len_utf8()), from });
        }
        Some(out)
    }
}
