//! The samples and, where they lie beside the project, the official standards, written as Word and 한글 files whose numbers
//! come from lists, and as PDF where LibreOffice is installed: each reads like its text.

#![allow(clippy::print_stdout, reason = "a failed test tells what it saw")]

use crate::draft::{self, Draft};
use crate::formats::{distance, letters};
use crate::load::assert_sound;
use crate::office;
use jomun::analyze::Analyzer;
use jomun::clause;
use jomun::document::{Document, Format};
use jomun::load::{Limits, load, load_path, sniff};
use jomun::report::Report;
use std::path::PathBuf;

fn read(bytes: &[u8]) -> Document {
    load("계약", bytes, &Limits::default()).unwrap()
}

/// The samples and, where they lie beside the project, the official standards, as plain text without the marks of
/// their formats.
fn texts() -> Vec<(Document, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root.join("corpora/samples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'))
        .collect();
    paths.sort();
    assert_eq!(paths.len(), 8);
    for name in ["b2b.txt", "b2c.txt"] {
        let path = root.join("../shared/standards").join(name);
        paths.extend(path.exists().then_some(path));
    }
    let plain = |document: &Document| {
        let mut out = String::new();
        for line in document.text().lines() {
            let line = line.trim().trim_start_matches('#').trim_start().replace("**", "");
            // A row of a Markdown table, and the line under its head.
            let row = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
            if row.is_some_and(|row| row.chars().all(|c| "-| :".contains(c))) {
                continue;
            }
            out.push_str(row.unwrap_or(&line).trim());
            out.push('\n');
        }
        out
    };
    let documents = paths.iter().map(|path| load_path(path, &Limits::default()).unwrap());
    documents.map(|document| (plain(&document), document)).map(|(text, document)| (document, text)).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The share of the characters of one text that stand in the same lines of the other.
fn common(one: &str, other: &str) -> f64 {
    let mut own: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    other.lines().for_each(|line| *own.entry(squeezed(line)).or_default() += 1);
    let (mut same, mut all) = (0, 0);
    for line in one.lines().map(squeezed) {
        let length = line.chars().count();
        all += length;
        if let Some(count) = own.get_mut(&line).filter(|count| **count > 0) {
            *count -= 1;
            same += length;
        }
    }
    same as f64 / all as f64
}

/// Paths of all clauses, in order.
fn labels(document: &Document) -> Vec<String> {
    let (tree, _) = clause::parse(document);
    tree.clauses().iter().map(|clause| format!("{} {}", clause.path, clause.label)).collect()
}

fn findings(report: &Report) -> Vec<String> {
    let finding = |finding: &jomun::report::FindingInfo| {
        format!("{} {:?} {}", finding.rule, finding.clause, squeezed(&finding.quote.replace("**", "")))
    };
    report.findings.iter().map(finding).collect()
}

/// How a format is written.
type Writer = fn(&Draft) -> Vec<u8>;

const WRITERS: [(Format, Writer); 3] = [
    (Format::Docx, draft::docx::write),
    (Format::Hwpx, draft::hwpx::write),
    (Format::Hwp, draft::hwp::write),
];

/// All labels in their places, but for one in a hundred.
fn assert_labels(wanted: &[String], found: &[String], told: &str) {
    let same = wanted.iter().zip(found).filter(|(one, other)| one == other).count();
    let first = wanted.iter().zip(found).find(|(one, other)| one != other);
    assert!(
        wanted.len() == found.len() && same * 100 >= wanted.len() * 99,
        "{told}: {same} of {} and {}, {first:?}",
        wanted.len(),
        found.len()
    );
    println!("{told}: {same} of {} labels", wanted.len());
}

#[test]
fn lists_read_like_the_numbers_that_they_print() {
    let analyzer = Analyzer::builder().build().unwrap();
    let mut told = 0;
    for (plain, text) in texts() {
        let name = plain.name.rsplit('/').next().unwrap();
        let draft = Draft::new(&text);
        assert!(
            draft.numbered == 0 || draft.automatic * 10 >= draft.numbered * 7,
            "{name}: {} of {}",
            draft.automatic,
            draft.numbered
        );
        let wanted = labels(&plain);
        let report = analyzer.analyze(&plain);
        for (format, write) in WRITERS {
            let (bytes, what) = (write(&draft), format!("{name} as {format:?}"));
            assert!(bytes == write(&draft), "{what}: the same whenever it is written");
            assert_eq!(sniff(&bytes).unwrap(), format);
            // For looking at them with other programs, and as seeds for fuzzing.
            if let Ok(folder) = std::env::var("DRAFTS_TO") {
                let path = PathBuf::from(folder).join(format!("{name}.{}", format.name()));
                std::fs::write(path, &bytes).unwrap();
            }
            let document = read(&bytes);
            assert_sound(&document);
            assert_eq!(document.notices, [], "{what}");
            let automatic = document.blocks().iter().filter(|block| block.label > 0).count();
            assert_eq!(automatic, draft.automatic, "{what}");
            let share = common(&text, document.text());
            assert!(share >= 0.995, "{what}: {share}");
            assert_labels(&wanted, &labels(&document), &what);
            assert_eq!(findings(&analyzer.analyze(&document)), findings(&report), "{what}");
            told += 1;
        }
    }
    assert!(told >= 24);
}

#[test]
fn pages_read_like_the_lists_that_they_were_printed_from() {
    let texts = texts();
    let files: Vec<(String, Vec<u8>)> = texts
        .iter()
        .enumerate()
        .map(|(n, (_, text))| (format!("{n}.docx"), draft::docx::write(&Draft::new(text))))
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let pages = office::to_pdf(&files);
    assert!(pages.is_empty() || pages.len() == texts.len());
    for (((plain, _), (_, docx)), pdf) in texts.iter().zip(files).zip(pages) {
        let what = format!("{} as pages", plain.name);
        let document = read(&pdf);
        assert_sound(&document);
        assert_labels(&labels(plain), &labels(&document), &what);
        let (a, b) = (letters(&read(docx)), letters(&document));
        let edits = distance(&a, &b, a.len() / 20);
        assert!(edits * 200 <= a.len(), "{what}: {edits} of {} letters", a.len());
    }
}

#[test]
fn long_documents_are_read_in_time() {
    let text: String =
        (0..50_000).map(|n| format!("{}. 회사는 이 조에 따라 서비스를 제공한다.\n", n + 1)).collect();
    let draft = Draft::new(&text);
    for (format, write) in WRITERS {
        let bytes = write(&draft);
        let started = std::time::Instant::now();
        let document = read(&bytes);
        println!("{format:?} {:?}", started.elapsed());
        assert!(started.elapsed().as_secs() < 60, "took {:?}", started.elapsed());
        assert_eq!(document.blocks().len(), 50_000);
        assert!(document.text().ends_with("50000. 회사는 이 조에 따라 서비스를 제공한다."));
    }
}
