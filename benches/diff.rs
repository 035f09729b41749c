//! What a comparison costs beside a scan of the same contract: an ordinary one of about 25 KB, where it must stay under twice
//! the scan, and one of 60 pages, which must take under half a second. Every bench asserts what it counted.

#![allow(clippy::expect_used, reason = "a bench may panic")]

use divan::Bencher;
use divan::counter::BytesCount;
use jomun::analyze::{Against, Analyzer, StandardChoice};
use jomun::document::Document;

fn main() {
    divan::main();
}

fn analyzer() -> Analyzer {
    Analyzer::builder().standard(StandardChoice::Id("cloud-b2b".into())).build().expect("built-in data")
}

/// A contract of so many bytes, of articles of the samples with numbers of their own.
fn document(bytes: usize) -> Document {
    let samples = [
        include_str!("../corpora/samples/negotiated-service-contract.txt"),
        include_str!("../corpora/samples/iaas-terms.txt"),
    ];
    let mut text = String::new();
    let mut number = 0;
    for line in samples.iter().flat_map(|sample| sample.lines()).cycle() {
        if text.len() + line.len() > bytes {
            break;
        }
        match line.strip_prefix('제').and_then(|rest| rest.split_once("조(")) {
            Some((digits, rest)) if digits.chars().all(|c| c.is_ascii_digit()) => {
                number += 1;
                text.push_str(&format!("제{number}조({rest}"));
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    assert!(number > 10);
    Document::from_text("contract.txt", text)
}

#[divan::bench]
fn scan(bencher: Bencher) {
    let (analyzer, document) = (analyzer(), document(25_000));
    bencher.counter(BytesCount::new(document.text().len())).bench_local(|| {
        let report = analyzer.analyze(&document);
        assert!(report.clauses.len() > 100);
        report
    });
}

#[divan::bench]
fn compare(bencher: Bencher) {
    let (analyzer, document) = (analyzer(), document(25_000));
    bencher.counter(BytesCount::new(document.text().len())).bench_local(|| {
        let comparison = analyzer.compare(&document, Against::Standard);
        assert!(comparison.rows.len() > 100);
        comparison
    });
}

/// Sixty pages of some 2,700 bytes each.
#[divan::bench(sample_count = 10)]
fn compare_sixty_pages(bencher: Bencher) {
    let (analyzer, document) = (analyzer(), document(160_000));
    bencher.counter(BytesCount::new(document.text().len())).bench_local(|| {
        let comparison = analyzer.compare(&document, Against::Standard);
        assert!(comparison.rows.len() > 300);
        comparison
    });
}
