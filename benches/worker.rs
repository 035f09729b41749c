//! What it costs to read a document in a worker rather than in this process: a page and a Word document, and starting a
//! worker. The bench's own program is the worker.

#![allow(clippy::unwrap_used, missing_docs)]

use divan::Bencher;
use jomun::load::worker::{Pool, serve};
use jomun::load::{Limits, Options, load};
use std::path::Path;

const FILES: [&str; 2] = ["auto-numbered.docx", "poor-b2c-cloud.html"];

fn main() {
    if std::env::args().nth(1).as_deref() == Some("worker") {
        return serve().unwrap();
    }
    divan::main();
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/samples").join(name)).unwrap()
}

fn pool() -> Pool {
    Pool::new(std::env::current_exe().unwrap(), ["worker"], Options::default())
}

#[divan::bench(args = FILES)]
fn here(bencher: Bencher, name: &str) {
    let bytes = file(name);
    bencher.bench(|| {
        let document = load(name, &bytes, &Limits::default()).unwrap();
        assert!(document.blocks().len() > 20);
    });
}

#[divan::bench(args = FILES)]
fn in_a_worker(bencher: Bencher, name: &str) {
    let (bytes, pool) = (file(name), pool());
    pool.load(name, &bytes).unwrap();
    bencher.bench(|| {
        let document = pool.load(name, &bytes).unwrap();
        assert!(document.blocks().len() > 20);
    });
}

#[divan::bench(args = FILES)]
fn in_a_new_worker(bencher: Bencher, name: &str) {
    let bytes = file(name);
    bencher.bench(|| {
        let document = pool().load(name, &bytes).unwrap();
        assert!(document.blocks().len() > 20);
    });
}
