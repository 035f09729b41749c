//! The built-in rules held against their own examples: what is bad is reported at the marked words, what is good is
//! not, and no twin of a bad one is (negated, parties exchanged, excepted, mutual). What is known to be wrong stands in
//! `tests/open.toml`. Every test tells all its failures.

#![allow(clippy::print_stdout, reason = "a failed test tells what it saw")]

use jomun::check::unfair::{self, Ideas, Setting};
use jomun::contract::Contract;
use jomun::document::Document;
use jomun::language::Analyzer;
use jomun::rule::example::Example;
use jomun::rule::{Rule, RuleSet, twin};
use jomun::text::Span;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

/// A rule needs at least so many examples that come right on either side.
const LEAST: usize = 4;

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| RuleSet::builtin().unwrap())
}

fn analyzer() -> &'static Analyzer {
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    ANALYZER.get_or_init(|| Analyzer::new().unwrap())
}

/// Where the rule reports something in the example, as places of the example's text.
fn reported(rule: &Rule, example: &Example) -> Vec<Span> {
    let (text, moved) = example.document();
    let document = Document::from_text("a.txt", text);
    let contract = Contract::read(&document, analyzer());
    let frames = rules().frames(&contract, true);
    unfair::check(rules(), &frames, Setting::default(), Ideas::default())
        .into_iter()
        .filter(|hit| hit.rule.id == rule.id || hit.also.iter().any(|other| other.id == rule.id))
        .map(|hit| Span::new(hit.span.start.saturating_sub(moved), hit.span.end.saturating_sub(moved)))
        .collect()
}

/// Prints all failures and fails when there is one.
fn assert_none(failures: &[String], of: usize, what: &str) {
    for failure in failures {
        println!("{}", failure.replace('\n', " ⏎ "));
    }
    assert!(failures.is_empty(), "{} of {of} {what}", failures.len());
}

#[test]
fn every_bad_example_is_reported_at_its_marks() {
    let mut failures = Vec::new();
    let mut all = 0;
    for rule in rules().rules() {
        for example in &rule.bad {
            all += 1;
            let spans = reported(rule, example);
            let missed = example.marked.iter().filter(|mark| !spans.iter().any(|span| span.overlaps(**mark)));
            failures.extend(missed.map(|mark| {
                let how = if spans.is_empty() { "silent" } else { "elsewhere" };
                format!("{}: {how}: {}", rule.id, mark.of(&example.text))
            }));
        }
    }
    assert_none(&failures, all, "bad examples are missed");
}

/// What jomun is known to be wrong about (`tests/open.toml`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenFile {
    #[serde(default)]
    bad: Vec<Open>,
    #[serde(default)]
    good: Vec<Open>,
    #[serde(default)]
    twin: Vec<Open>,
}

/// A sentence that a rule should report and does not, or the other way round.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    rule: String,
    text: String,
}

fn open() -> OpenFile {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/open.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

#[test]
fn what_is_known_to_be_wrong_still_is() {
    let OpenFile { bad, good, twin } = open();
    let of = bad.len() + good.len() + twin.len();
    let mut right = Vec::new();
    for (open, reports) in
        bad.iter().map(|open| (open, true)).chain(good.iter().chain(&twin).map(|open| (open, false)))
    {
        let rule = rules().get(&open.rule).unwrap_or_else(|| panic!("{}: no such rule", open.rule));
        let example = Example::read(&open.text).unwrap();
        let spans = reported(rule, &example);
        let found = example.marked.iter().all(|mark| spans.iter().any(|span| span.overlaps(*mark)));
        if if reports { found } else { spans.is_empty() } {
            right.push(format!("{}: {}", rule.id, open.text));
        }
    }
    assert_none(&right, of, "are right now: move them to their rules' examples");
}

#[test]
fn no_good_example_is_reported() {
    let mut failures = Vec::new();
    let mut all = 0;
    for rule in rules().rules() {
        for example in &rule.good {
            all += 1;
            if !reported(rule, example).is_empty() {
                failures.push(format!("{}: {}", rule.id, example.text));
            }
        }
    }
    assert_none(&failures, all, "good examples are reported");
}

#[test]
fn no_twin_of_a_bad_example_is_reported() {
    let known = open().twin;
    let mut failures = Vec::new();
    let mut all = 0;
    for rule in rules().rules() {
        for twin in rule.bad.iter().flat_map(|example| twin::twins(rule, example)) {
            all += 1;
            if known.iter().any(|open| open.rule == rule.id && open.text == twin.text) {
                continue;
            }
            let example = Example { text: twin.text, marked: Vec::new() };
            if !reported(rule, &example).is_empty() {
                failures.push(format!("{}: {:?}: {}", rule.id, twin.kind, example.text));
            }
        }
    }
    assert!(all > 300, "{all} twins");
    assert_none(&failures, all, "twins are reported");
}

#[test]
fn every_rule_has_enough_examples_each_of_its_own() {
    for rule in rules().rules() {
        assert!(rule.bad.len() >= LEAST && rule.good.len() >= LEAST, "{}", rule.id);
        let texts: BTreeSet<&str> =
            rule.bad.iter().chain(&rule.good).map(|example| example.text.as_str()).collect();
        assert_eq!(texts.len(), rule.bad.len() + rule.good.len(), "{}: the same example twice", rule.id);
        assert!(
            rule.good.iter().all(|example| example.marked.is_empty()),
            "{}: a mark in a good one",
            rule.id
        );
    }
}

#[test]
fn every_rule_file_is_built_in_and_ids_are_unique() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/rules");
    let mut files = BTreeSet::new();
    for family in
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for file in std::fs::read_dir(&family).unwrap().map(|entry| entry.unwrap().path()) {
            let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
            files.insert(format!("{}/{}", name(&family), name(&file)));
        }
    }
    let built_in: BTreeSet<String> = rules().rules().iter().map(|rule| rule.source.clone()).collect();
    let apart: Vec<&String> = files.symmetric_difference(&built_in).collect();
    assert!(apart.is_empty(), "in the folder or built in, but not both: {apart:?}");
    let ids: BTreeSet<&str> = rules().rules().iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), rules().rules().len(), "ids differ");
}

/// Whether a text is Korean: more Hangul than other letters.
fn is_korean(text: &str) -> bool {
    let hangul = text.chars().filter(|c| ('가'..='힣').contains(c)).count();
    let others = text.chars().filter(|c| c.is_alphabetic() && !('가'..='힣').contains(c)).count();
    hangul > others
}

#[test]
fn every_text_is_korean_and_says_only_how_it_looks() {
    let mut failures = Vec::new();
    for rule in rules().rules() {
        let examples = rule.bad.iter().chain(&rule.good).map(|example| &example.text);
        let texts = [&rule.title, &rule.message, &rule.why, &rule.advice, &rule.suggestion]
            .into_iter()
            .chain(examples);
        failures.extend(
            texts.filter(|text| !is_korean(text)).map(|text| format!("{}: not Korean: {text:?}", rule.id)),
        );
        if !rule.message.ends_with("로 볼 수 있습니다.") {
            failures.push(format!("{}: message: {}", rule.id, rule.message));
        }
        if rule.message.trim_end_matches('.').contains(['.', '\n']) {
            failures.push(format!("{}: a message is one sentence: {}", rule.id, rule.message));
        }
    }
    assert_none(&failures, rules().rules().len(), "texts of rules are wrong");
}
