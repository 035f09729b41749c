//! What a scan costs: contracts of about 25 KB, each different, made from the samples that ship with the project.
//! Run with `cargo bench --bench scan`; every case asserts what it counted.

#![allow(clippy::expect_used, reason = "a bench may panic")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jomun::analyze::Analyzer;
use jomun::document::Document;
use jomun::load::{Limits, load_path};
use rayon::prelude::*;
use std::path::PathBuf;

fn main() {
    divan::main();
}

/// Texts of the samples, in the order of their names.
fn samples() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpora/samples");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("samples").filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
        .iter()
        .filter(|path| jomun::load::is_candidate(path) && !path.ends_with("README.md"))
        .map(|path| load_path(path, &Limits::default()).expect("sample").text().to_owned())
        .collect()
}

/// `count` contracts of 25 KB: the samples' lines from another start each time, with a number that none other has.
fn contracts(count: usize) -> Vec<Document> {
    let samples = samples();
    assert_eq!(samples.len(), 8);
    (0..count)
        .map(|n| {
            let lines: Vec<&str> =
                samples[n % samples.len()].lines().chain(samples[(n + 3) % samples.len()].lines()).collect();
            let mut text = format!("제{n}호 서비스 이용약관\n");
            for line in lines.iter().cycle().skip(n * 7 % lines.len()) {
                if text.len() + line.len() > 25_000 {
                    break;
                }
                text.push_str(line);
                text.push('\n');
            }
            Document::from_text(format!("{n}.txt"), text)
        })
        .collect()
}

fn bytes(documents: &[Document]) -> usize {
    documents.iter().map(|document| document.text().len()).sum()
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn thousand_contracts_on_one_core(bencher: Bencher) {
    let analyzer = Analyzer::builder().build().expect("built-in data");
    let documents = contracts(1000);
    bencher.counter(BytesCount::new(bytes(&documents))).bench_local(|| {
        let topics: usize =
            documents.iter().map(|document| black_box(analyzer.analyze(document)).topics.len()).sum();
        assert_eq!(topics, 41 * 1000);
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn thousand_contracts_on_all_cores(bencher: Bencher) {
    let analyzer = Analyzer::builder().build().expect("built-in data");
    let documents = contracts(1000);
    bencher.counter(BytesCount::new(bytes(&documents))).bench_local(|| {
        let topics: usize =
            documents.par_iter().map(|document| black_box(analyzer.analyze(document)).topics.len()).sum();
        assert_eq!(topics, 41 * 1000);
    });
}

#[divan::bench(sample_count = 20)]
fn the_analyzer_from_nothing(bencher: Bencher) {
    bencher.bench_local(|| {
        let analyzer = Analyzer::builder().build().expect("built-in data");
        assert_eq!(analyzer.standards().len(), 2);
    });
}
