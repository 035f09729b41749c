//! What the second opinion costs: the cases made ready, and the nearest of them for every sentence of a contract. Each
//! bench asserts what it counted.

#![allow(clippy::expect_used, reason = "a bench may panic")]

use divan::Bencher;
use divan::counter::ItemsCount;
use jomun::case::{Cases, NEIGHBOURS, opinion};
use jomun::contract::Contract;
use jomun::document::Document;
use jomun::language::Analyzer;

fn main() {
    divan::main();
}

#[divan::bench]
fn ready(bencher: Bencher) {
    bencher.bench_local(|| {
        let cases = Cases::builtin().expect("built-in data");
        assert!(cases.list().len() > 1_400);
        cases
    });
}

#[divan::bench]
fn nearest(bencher: Bencher) {
    let analyzer = Analyzer::new().expect("the embedded dictionary");
    let cases = Cases::builtin().expect("built-in data");
    let text = include_str!("../corpora/samples/iaas-terms.txt");
    let document = Document::from_text("iaas-terms.txt", text);
    let contract = Contract::read(&document, &analyzer);
    assert!(contract.passages.len() > 100);
    bencher.counter(ItemsCount::new(contract.passages.len())).bench_local(|| {
        let opinions: Vec<f32> = contract
            .passages
            .iter()
            .map(|passage| opinion(&cases.nearest(&contract, passage.span, NEIGHBOURS)))
            .collect();
        assert_eq!(opinions.len(), contract.passages.len());
        assert!(opinions.iter().all(|opinion| (-1.0..=1.0).contains(opinion)));
        opinions
    });
}
