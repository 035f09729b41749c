//! Reading files: bytes in, a [`Document`] out. The only room that knows formats, and the only one besides the
//! standards' that touches the disk. It must not know what a clause or a law is.
//!
//! The format is told from the content ([`sniff`]). Every reader works under [`Limits`] and reports what it left out
//! as notices of the document, never silently.
//!
//! [`load`] reads in this process. What comes from strangers is better read in a [`worker`], which may hang or die alone.

pub(crate) mod blocks;
mod charset;
pub(crate) mod docx;
mod hangul;
mod html;
mod hwp;
mod hwpx;
mod numeral;
pub(crate) mod package;
mod pdf;
mod sniff;
mod text;
pub mod worker;
mod xml;

use crate::document::{Document, Format};
use crate::error::LoadError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

pub use sniff::sniff;

/// What reading one file may cost. Every limit gives a [`LoadError`], never a document that was quietly cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Largest file, and longest text of a document, in bytes; 64 MiB by default.
    pub bytes: u64,
    /// Most bytes that the parts of an archive may have when unpacked, all together; 200 MiB by default.
    pub unpacked: u64,
    /// Most parts of an archive; 10,000 by default.
    pub parts: usize,
    /// Deepest nesting of elements in XML; 256 by default. Pages, whose elements often stay open, may go eight times as deep.
    pub depth: usize,
    /// Most elements and texts in one XML part or page; 3,000,000 by default (a contract of 50 pages has some 100,000).
    pub nodes: usize,
    /// Most paragraphs, lines or table rows; 1,000,000 by default.
    pub paragraphs: usize,
    /// Most pages, where a format has pages; 5,000 by default.
    pub pages: usize,
    /// Longest time that reading may take; 60 seconds by default. Only a [`worker`] is held to it.
    pub time: Duration,
    /// Most memory (address space) that a [`worker`] may take, the program itself included; 1 GiB by default. Not watched on
    /// Windows, and hardly on macOS, whose system keeps no such limit.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            unpacked: 200 << 20,
            parts: 10_000,
            depth: 256,
            nodes: 3_000_000,
            paragraphs: 1_000_000,
            pages: 5_000,
            time: Duration::from_secs(60),
            memory: 1 << 30,
        }
    }
}

/// Which of its two states a document with tracked changes is read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Revisions {
    /// All changes accepted: what was inserted is read, what was deleted is not.
    #[default]
    Accepted,
    /// All changes rejected: the document as it was before them.
    Original,
}

/// How a document is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// What it may cost.
    pub limits: Limits,
    /// What becomes of tracked changes.
    pub revisions: Revisions,
    /// The PDFium library that takes PDF files apart instead of the built-in reader. A process uses the first one it is given.
    #[cfg(feature = "pdfium")]
    pub pdfium: Option<std::path::PathBuf>,
}

impl From<Limits> for Options {
    fn from(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }
}

/// Reads a document from the bytes of a file. `name` is what reports show; only between text and Markdown (and for a
/// page without any of the usual first tags) does its ending decide, otherwise the content does.
///
/// # Errors
/// Any [`LoadError`] but `Io`: an empty or damaged file, an unknown or later format, a password, a limit.
pub fn load(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, LoadError> {
    load_with(name, bytes, &limits.clone().into())
}

/// As [`load`], with all options.
///
/// # Errors
/// Those of [`load`].
pub fn load_with(name: &str, bytes: &[u8], options: &Options) -> Result<Document, LoadError> {
    let limits = &options.limits;
    check_size(bytes, limits)?;
    match sniff::hinted(name, bytes, limits)? {
        Format::Docx => docx::load(name, bytes, options),
        Format::Hwp => hwp::load(name, bytes, options),
        Format::Hwpx => hwpx::load(name, bytes, options),
        Format::Html => html::load(name, bytes, limits),
        Format::Pdf => pdf::load(name, bytes, options),
        format @ (Format::Text | Format::Markdown) => text::load(name, bytes, format, limits),
    }
}

/// Whether there is anything, and not too much of it.
fn check_size(bytes: &[u8], limits: &Limits) -> Result<(), LoadError> {
    let size = bytes.len() as u64;
    if size > limits.bytes {
        return Err(LoadError::TooLarge { size, limit: limits.bytes });
    }
    if bytes.is_empty() { Err(LoadError::Empty) } else { Ok(()) }
}

/// Reads a document from a file.
///
/// # Errors
/// Those of [`load`] and of [`bytes`].
pub fn load_path(path: &Path, limits: &Limits) -> Result<Document, LoadError> {
    load(&path.to_string_lossy(), &bytes(path, limits)?, limits)
}

/// The bytes of a file. The size is checked before reading, and never more than one byte over the limit is read, so
/// that a growing or endless file does no harm.
///
/// # Errors
/// `TooLarge`, and `Io` when the operating system refuses.
pub fn bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>, LoadError> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(LoadError::Io(std::io::ErrorKind::IsADirectory.into()));
    }
    let too_large = |size: u64| LoadError::TooLarge { size, limit: limits.bytes };
    if metadata.len() > limits.bytes {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    File::open(path)?.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether the ending of a file's name is one that jomun looks for in folders: txt, text, md, markdown, html, htm,
/// xhtml, docx, docm, hwp, hwpx, pdf. Word's own lock files (`~$…`) are none.
pub fn is_candidate(path: &Path) -> bool {
    const ENDINGS: [&str; 12] =
        ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "docx", "docm", "hwp", "hwpx", "pdf"];
    let lock = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    !lock && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// SHA-256 of `bytes`, lower-case hex.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_pick_candidates() {
        for name in ["a.txt", "b/약관.HTML", "c.Docx", "d.hwp", "e.pdf", "f.md"] {
            assert!(is_candidate(Path::new(name)), "{name}");
        }
        for name in ["a.xlsx", "b", ".txt", "~$계약.docx", "c.txt.bak"] {
            assert!(!is_candidate(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn size_is_refused_before_anything_else() {
        let limits = Limits { bytes: 4, ..Limits::default() };
        assert!(matches!(load("a.txt", b"12345", &limits), Err(LoadError::TooLarge { size: 5, limit: 4 })));
        assert!(matches!(load("a.txt", b"", &limits), Err(LoadError::Empty)));
    }
}
