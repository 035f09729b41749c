//! What is fuzzed, one function a target: any bytes must give a sound result or a reason, never a panic. Shared by the fuzz targets
//! and by the test that runs what was once found (`regressions`).
#![allow(dead_code, reason = "each target uses its own")]
#![allow(clippy::expect_used, clippy::panic, reason = "a failed expectation is a finding")]

use jomun::clause::{self, ClausePath};
use jomun::document::Document;
use jomun::load::{Limits, Options, Revisions, load_with};
use jomun::rule::RuleSetBuilder;
use jomun::standard::{self, Standard};
use std::io::{Cursor, Write};
use std::sync::OnceLock;

/// Small enough that an input which reaches a limit does so at once.
fn options(revisions: Revisions) -> Options {
    let limits = Limits {
        bytes: 1 << 20,
        unpacked: 4 << 20,
        parts: 200,
        nodes: 100_000,
        paragraphs: 50_000,
        ..Limits::default()
    };
    Options { revisions, ..limits.into() }
}

/// Reads a file under a name.
fn read(name: &str, data: &[u8]) {
    let revisions = if data.len().is_multiple_of(2) { Revisions::Accepted } else { Revisions::Original };
    match load_with(name, data, &options(revisions)) {
        Ok(document) => sound(&document),
        Err(error) => {
            let line = error.to_string();
            assert!(!line.is_empty() && !line.contains('\n'), "one line: {line}");
        }
    }
}

/// What every document keeps.
fn sound(document: &Document) {
    let text = document.text();
    if document.blocks().is_empty() {
        // Pages that are all pictures, which notices say.
        assert!(text.is_empty() && !document.notices.is_empty(), "nothing, and nobody says why");
        return;
    }
    let mut next = 0;
    for block in document.blocks() {
        assert_eq!(block.span.start, next, "blocks follow one another");
        assert!(text.get(block.span.start..block.span.end).is_some(), "character boundaries");
        assert!(text.is_char_boundary(block.span.start + block.label) && block.label <= block.span.len());
        next = block.span.end + 1;
    }
    assert_eq!(next, text.len() + 1, "blocks cover the text");
    assert!(document.source_map().entries().iter().all(|(at, _)| text.is_char_boundary(*at)));
}

/// A package of parts: those that `data` holds with a zero between them, unless it is a package already.
fn package(data: &[u8], names: &[&str]) -> Vec<u8> {
    if data.starts_with(b"PK") {
        return data.to_vec();
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in names.iter().zip(data.split(|byte| *byte == 0)) {
        let written = zip.start_file(*name, plain).is_ok() && zip.write_all(part).is_ok();
        assert!(written, "a package can be written to memory");
    }
    zip.finish().expect("a package can be written to memory").into_inner()
}

pub fn load_docx(data: &[u8]) {
    let names = [
        "word/document.xml",
        "word/numbering.xml",
        "word/styles.xml",
        "word/footnotes.xml",
        "word/_rels/document.xml.rels",
        "_rels/.rels",
    ];
    read("a.docx", &package(data, &names));
}

pub fn load_hwpx(data: &[u8]) {
    let names = ["Contents/section0.xml", "Contents/header.xml", "Contents/content.hpf", "mimetype"];
    read("a.hwpx", &package(data, &names));
}

pub fn load_hwp(data: &[u8]) {
    read("a.hwp", data);
}

pub fn load_pdf(data: &[u8]) {
    read("a.pdf", data);
}

pub fn load_html(data: &[u8]) {
    read("a.html", data);
}

pub fn load_text(data: &[u8]) {
    read(if data.first() == Some(&b'#') { "a.md" } else { "a.txt" }, data);
}

/// The tree of any text: every clause inside its parent, every path as it is printed.
pub fn clause_tree(data: &[u8]) {
    let document = Document::from_text("a.txt", String::from_utf8_lossy(data));
    sound(&document);
    let (tree, _) = clause::parse(&document);
    let mut bytes = 0;
    for clause in std::iter::once(tree.root()).chain(tree.clauses()) {
        assert!(document.text().get(clause.span.start..clause.span.end).is_some(), "character boundaries");
        let mut own = clause.span.len();
        let mut at = clause.span.start;
        for child in tree.children(clause.id) {
            assert!(at <= child.span.start && child.span.end <= clause.span.end, "sorted and nested");
            at = child.span.end;
            own -= child.span.len();
        }
        bytes += own;
        assert_eq!(clause.path.to_string().parse::<ClausePath>().as_ref(), Ok(&clause.path));
    }
    assert_eq!(bytes, document.text().len(), "every byte in one clause");
}

/// A user's rule: it is taken with all it says, or refused with one reason.
pub fn rule_file(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match RuleSetBuilder::default().without_builtin().file("our-rule.toml", text).build() {
        Ok(rules) => assert!(rules.rules().len() <= 1),
        Err(error) => assert!(!error.reason.is_empty()),
    }
}

/// A template as a standard: what is written can be read again.
pub fn standard_import(data: &[u8]) {
    static READY: OnceLock<(Standard, jomun::language::Analyzer)> = OnceLock::new();
    let (like, analyzer) = READY.get_or_init(|| {
        let mut builtin = standard::builtin().expect("the built-in standards are sound");
        (builtin.remove(0), jomun::language::Analyzer::new().expect("the dictionary is sound"))
    });
    let document = Document::from_text("a.txt", String::from_utf8_lossy(data));
    if let Ok((imported, _)) = standard::import(&document, "our-terms", "미상", like, analyzer) {
        let written = imported.to_toml().expect("a standard can be written");
        if let Err(error) = Standard::from_toml("our-terms", &written) {
            panic!("a standard that was written cannot be read: {error}");
        }
    }
}

/// Takes any bytes.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const ALL: [(&str, Target); 9] = [
    ("load_docx", load_docx),
    ("load_hwpx", load_hwpx),
    ("load_hwp", load_hwp),
    ("load_pdf", load_pdf),
    ("load_html", load_html),
    ("load_text", load_text),
    ("clause_tree", clause_tree),
    ("rule_file", rule_file),
    ("standard_import", standard_import),
];
