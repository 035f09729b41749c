//! Documents of 한글, hwpx and hwp: every kind of control is told, and what cannot be read is refused with a reason.

mod hwp;
mod hwpx;

use jomun::document::Document;
use jomun::error::LoadError;
use jomun::load::{Limits, Options, Revisions, load, load_with};

fn read(bytes: &[u8]) -> Result<Document, LoadError> {
    load("계약.hwp", bytes, &Limits::default())
}

/// As it was before the changes that were tracked.
fn original(bytes: &[u8]) -> Document {
    let options = Options { revisions: Revisions::Original, ..Options::default() };
    load_with("계약.hwp", bytes, &options).unwrap()
}

fn lines(document: &Document) -> Vec<&str> {
    document.blocks().iter().map(|block| block.span.of(document.text())).collect()
}

fn noticed(document: &Document, word: &str) -> bool {
    document.notices.iter().any(|notice| notice.message.contains(word))
}

fn place(document: &Document, word: &str) -> String {
    document.place(document.text().find(word).unwrap())
}

/// What every document must keep, however it came about.
fn assert_sound(document: &Document) {
    let text = document.text();
    let mut end = None;
    for block in document.blocks() {
        assert!(text.is_char_boundary(block.span.start) && text.is_char_boundary(block.span.end));
        assert!(text.is_char_boundary(block.span.start + block.label));
        assert!(block.span.start + block.label <= block.span.end);
        assert!(end.is_none_or(|end| end < block.span.start));
        end = Some(block.span.end);
    }
}
