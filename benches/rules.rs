//! What frames and rules cost beside the analysis that they need: a contract of about 25 KB read (language, clauses,
//! parties, passages), its frames read from that, and all rules held against them. The last two together must stay under
//! 60 % of the first. Every bench asserts what it counted.

#![allow(clippy::expect_used, reason = "a bench may panic")]

use divan::Bencher;
use divan::counter::BytesCount;
use jomun::check::unfair::{self, Ideas, Setting};
use jomun::contract::Contract;
use jomun::document::Document;
use jomun::language::Analyzer;
use jomun::rule::RuleSet;

fn main() {
    divan::main();
}

/// Two samples in one text of 25 KB, the shared words of both worlds: terms and a contract for businesses.
fn document() -> Document {
    let samples = [
        include_str!("../corpora/samples/iaas-terms.txt"),
        include_str!("../corpora/samples/negotiated-service-contract.txt"),
    ];
    let mut text = String::new();
    for line in samples.iter().flat_map(|sample| sample.lines()).cycle() {
        if text.len() + line.len() > 25_000 {
            break;
        }
        text.push_str(line);
        text.push('\n');
    }
    assert!(text.len() > 24_000);
    Document::from_text("contract.txt", text)
}

#[divan::bench]
fn analysis(bencher: Bencher) {
    let analyzer = Analyzer::new().expect("the embedded dictionary");
    let document = document();
    bencher.counter(BytesCount::new(document.text().len())).bench_local(|| {
        let contract = Contract::read(&document, &analyzer);
        assert!(contract.passages.len() > 100);
        contract
    });
}

#[divan::bench]
fn frames(bencher: Bencher) {
    let analyzer = Analyzer::new().expect("the embedded dictionary");
    let rules = RuleSet::builtin().expect("built-in data");
    let document = document();
    let contract = Contract::read(&document, &analyzer);
    bencher.counter(BytesCount::new(document.text().len())).bench_local(|| {
        let frames = rules.frames(&contract, true);
        assert!(frames.list.len() > 50);
        frames
    });
}

#[divan::bench]
fn rules(bencher: Bencher) {
    let analyzer = Analyzer::new().expect("the embedded dictionary");
    let rules = RuleSet::builtin().expect("built-in data");
    let document = document();
    let contract = Contract::read(&document, &analyzer);
    let frames = rules.frames(&contract, true);
    let ideas = Ideas { cases: false, ..Ideas::default() };
    bencher.counter(BytesCount::new(document.text().len())).bench_local(|| {
        let hits = unfair::check(&rules, &frames, Setting::default(), ideas);
        assert!(!hits.is_empty());
        hits
    });
}

#[divan::bench]
fn second_opinion(bencher: Bencher) {
    let analyzer = Analyzer::new().expect("the embedded dictionary");
    let rules = RuleSet::builtin().expect("built-in data");
    let document = document();
    let contract = Contract::read(&document, &analyzer);
    let frames = rules.frames(&contract, true);
    bencher.counter(BytesCount::new(document.text().len())).bench_local(|| {
        let hits = unfair::check(&rules, &frames, Setting::default(), Ideas::default());
        assert!(hits.iter().any(|hit| !hit.cases.is_empty()));
        hits
    });
}
