//! What reading a contract of twenty pages costs, from its bytes to a document, in each format: Word and hwpx must take at
//! most 15 ms, hwp 30 ms and PDF 80 ms on one core. Every bench asserts what it read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    reason = "a bench may panic, and takes in what tests need more of"
)]

#[path = "../tests/draft.rs"]
mod draft;

use divan::Bencher;
use divan::counter::BytesCount;
use draft::Draft;
use jomun::load::{Limits, load};

fn main() {
    divan::main();
}

/// The contracts that the PDF was printed from, as far as they are text.
fn text() -> String {
    [
        include_str!("../tests/data/formats/fair-b2b-cloud.txt"),
        include_str!("../corpora/samples/negotiated-service-contract.txt"),
        include_str!("../tests/data/formats/saas-terms.txt"),
        include_str!("../tests/data/formats/sla.txt"),
    ]
    .join("\n")
}

fn read(bencher: Bencher, name: &str, bytes: &[u8]) {
    let limits = Limits::default();
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let document = load(name, bytes, &limits).expect("a sound file");
        assert!(document.text().contains("서비스 크레딧") && document.text().len() > 60_000);
        document
    });
}

#[divan::bench]
fn docx(bencher: Bencher) {
    read(bencher, "a.docx", &draft::docx::write(&Draft::new(&text())));
}

#[divan::bench]
fn hwpx(bencher: Bencher) {
    read(bencher, "a.hwpx", &draft::hwpx::write(&Draft::new(&text())));
}

#[divan::bench]
fn hwp(bencher: Bencher) {
    read(bencher, "a.hwp", &draft::hwp::write(&Draft::new(&text())));
}

#[divan::bench]
fn pdf(bencher: Bencher) {
    read(bencher, "a.pdf", include_bytes!("../tests/data/formats/twenty-pages.pdf"));
}
