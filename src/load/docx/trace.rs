//! The way from the text of a Word document back to the XML of its main part, and which side of tracked changes is read.
//! For the redline, which must find the runs behind a stretch of text by the very rules by which they were read.

use crate::document::Document;
use crate::load::docx::xml::WordNode;
use roxmltree::{Node, NodeId};

/// Which side of tracked changes is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Revisions {
    /// All of them accepted: what the document will say.
    Accepted,
    /// All of them rejected: what it said before.
    Original,
    /// Those of one author with these ids rejected, all others accepted.
    Without {
        /// The author.
        author: String,
        /// Ids of the changes.
        ids: std::collections::BTreeSet<i64>,
    },
}

impl From<crate::load::Revisions> for Revisions {
    fn from(wanted: crate::load::Revisions) -> Self {
        match wanted {
            crate::load::Revisions::Accepted => Revisions::Accepted,
            crate::load::Revisions::Original => Revisions::Original,
        }
    }
}

impl Revisions {
    /// Whether the content of an `ins`, `del`, `moveTo` or `moveFrom` is read.
    pub fn reads(&self, change: Node) -> bool {
        let added = matches!(change.word(), "ins" | "moveTo" | "cellIns");
        added != self.rejects(change)
    }

    fn rejects(&self, change: Node) -> bool {
        match self {
            Revisions::Accepted => false,
            Revisions::Original => true,
            Revisions::Without { author, ids } => {
                change.value("author") == Some(author)
                    && change.number_of("id").is_some_and(|id| ids.contains(&id))
            }
        }
    }

    /// The properties that count: those before a tracked change of them where that is rejected.
    pub fn properties<'a, 't>(
        &self,
        properties: Option<Node<'a, 't>>,
        change: &str,
        name: &str,
    ) -> Option<Node<'a, 't>> {
        let before = properties.and_then(|own| own.part(change)).filter(|change| self.rejects(*change));
        match before {
            Some(change) => change.part(name),
            None => properties,
        }
    }
}

/// A paragraph of the main part that a block came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Its index in [`Trace::paragraphs`].
    pub paragraph: usize,
    /// The automatic number that is printed in front of it.
    pub label: String,
    /// In the row of a table: which of the row's texts it stands in, from 0.
    pub column: usize,
}

/// A stretch of a paragraph's text: it begins at `at` and ends where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The element that says it: `t`, `tab`, `sym`, …
    pub node: NodeId,
    /// First byte in the paragraph's text.
    pub at: usize,
}

/// A paragraph as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    /// Its element.
    pub node: NodeId,
    /// Its text before it was trimmed, brought to NFC and joined to others.
    pub text: String,
    /// Where the text came from, in order.
    pub pieces: Vec<Piece>,
}

/// Paragraphs of the main part, in the order of reading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    /// All of them, those without text too.
    pub paragraphs: Vec<Paragraph>,
}

impl Trace {
    /// Takes a paragraph in.
    pub(super) fn paragraph(&mut self, node: NodeId, text: &str, pieces: Vec<Piece>) -> Origin {
        self.paragraphs.push(Paragraph { node, text: text.to_owned(), pieces });
        Origin { paragraph: self.paragraphs.len() - 1, label: String::new(), column: 0 }
    }
}

/// A document with the way back.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The document.
    pub document: Document,
    /// For each of its blocks the paragraphs that it came from; none for those of other parts.
    pub origins: Vec<Vec<Origin>>,
    /// The paragraphs.
    pub trace: Trace,
}
