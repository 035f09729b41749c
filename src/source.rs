//! From a byte of the text back to the file: paragraph, line, cell, page. Loaders fill it, renderers print it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a stretch of text stood in the file it came from. Numbers count from 1; unknown ones are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Printed page (formats with pages).
    pub page: Option<u32>,
    /// Line of a text file.
    pub line: Option<u32>,
    /// Paragraph of a word-processor file or block element of a page.
    pub paragraph: Option<u32>,
    /// Run inside the paragraph.
    pub run: Option<u32>,
    /// Table, row and cell.
    pub cell: Option<Cell>,
    /// The part of the document that is not the body.
    pub part: Option<Part>,
}

/// A cell of a table, all numbers from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Table in document order.
    pub table: u32,
    /// Row in the table.
    pub row: u32,
    /// Cell in the row.
    pub column: u32,
}

/// Parts of a document beside its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// 머리말
    Header,
    /// 꼬리말
    Footer,
    /// 각주
    Footnote(u32),
    /// 미주
    Endnote(u32),
    /// 글상자
    TextBox,
    /// 메모
    Comment,
}

impl fmt::Display for Place {
    /// Korean, shortest helpful form: "12쪽", "표 3의 2행", "각주 1", "41번째 문단", "17행".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(page) = self.page {
            parts.push(format!("{page}쪽"));
        }
        match self.part {
            Some(Part::Header) => parts.push("머리말".into()),
            Some(Part::Footer) => parts.push("꼬리말".into()),
            Some(Part::Footnote(n)) => parts.push(format!("각주 {n}")),
            Some(Part::Endnote(n)) => parts.push(format!("미주 {n}")),
            Some(Part::TextBox) => parts.push("글상자".into()),
            Some(Part::Comment) => parts.push("메모".into()),
            None => {}
        }
        if let Some(cell) = self.cell {
            parts.push(format!("표 {}의 {}행", cell.table, cell.row));
        } else if let Some(paragraph) = self.paragraph {
            parts.push(format!("{paragraph}번째 문단"));
        } else if let Some(line) = self.line {
            parts.push(format!("{line}행"));
        }
        f.write_str(&parts.join(" "))
    }
}

/// Places of a text, one entry for each stretch, in text order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMap {
    entries: Vec<(usize, Place)>,
}

impl SourceMap {
    /// Records that the text from byte `start` on (until the next entry) stood at `place`. Starts must not decrease.
    pub fn push(&mut self, start: usize, place: Place) {
        debug_assert!(self.entries.last().is_none_or(|(last, _)| *last <= start));
        self.entries.push((start, place));
    }

    /// The place of byte `offset`, `None` before the first entry.
    pub fn place(&self, offset: usize) -> Option<&Place> {
        let next = self.entries.partition_point(|(start, _)| *start <= offset);
        next.checked_sub(1).map(|i| &self.entries[i].1)
    }

    /// All entries, in text order.
    pub fn entries(&self) -> &[(usize, Place)] {
        &self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_leads_back_to_its_entry() {
        let mut map = SourceMap::default();
        map.push(0, Place { line: Some(1), ..Place::default() });
        map.push(10, Place { cell: Some(Cell { table: 3, row: 2, column: 1 }), ..Place::default() });
        assert_eq!(map.place(9).unwrap().to_string(), "1행");
        assert_eq!(map.place(10).unwrap().to_string(), "표 3의 2행");
        assert_eq!(SourceMap::default().place(0), None);
    }
}
