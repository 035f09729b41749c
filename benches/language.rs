//! How fast the language room reads. Each bench asserts what it counted, so that a fast wrong answer fails.

#![allow(clippy::expect_used, reason = "a bench may panic")]

use divan::counter::BytesCount;
use jomun::language::{Analyzer, fact};

fn main() {
    divan::main();
}

const SENTENCES: &str = include_str!("../tests/golden/tokens.txt");

/// Some 25 KB of contract sentences, each a little different from the others.
fn contract() -> String {
    let mut text = String::new();
    let sentences: Vec<&str> =
        SENTENCES.lines().filter(|line| !line.is_empty() && !line.starts_with([' ', '#'])).collect();
    for article in 1.. {
        text.push_str(&format!("제{article}조(조건 {article})\n"));
        for (paragraph, sentence) in sentences.iter().cycle().skip(article * 7).take(4).enumerate() {
            text.push_str(&format!(
                "{}. {sentence} 그 기간은 {}일로 한다.\n",
                paragraph + 1,
                article + paragraph
            ));
        }
        if text.len() > 25_000 {
            break;
        }
    }
    text
}

#[divan::bench]
fn ready(bencher: divan::Bencher) {
    bencher.bench(|| {
        let analyzer = Analyzer::new().expect("the embedded dictionary");
        assert_eq!(analyzer.analyze("회사는 알린다.").len(), 4);
        analyzer
    });
}

#[divan::bench]
fn analyze(bencher: divan::Bencher) {
    let analyzer = Analyzer::new().expect("the embedded dictionary");
    let text = contract();
    let expected = analyzer.analyze(&text).len();
    assert!(expected > text.len() / 8, "{expected} morphemes of {} bytes", text.len());
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let morphs = analyzer.analyze(&text);
        assert_eq!(morphs.len(), expected);
        morphs
    });
}

#[divan::bench]
fn facts(bencher: divan::Bencher) {
    let text = contract();
    let expected = fact::facts(&text).len();
    assert!(expected > 100, "{expected} facts");
    bencher.counter(BytesCount::of_str(&text)).bench(|| assert_eq!(fact::facts(&text).len(), expected));
}

#[divan::bench]
fn parties(bencher: divan::Bencher) {
    let analyzer = Analyzer::new().expect("the embedded dictionary");
    let text = contract();
    let morphs = analyzer.analyze(&text);
    let expected = analyzer.parties(&morphs).mentions().len();
    assert!(expected > 100, "{expected} mentions");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| assert_eq!(analyzer.parties(&morphs).mentions().len(), expected));
}
