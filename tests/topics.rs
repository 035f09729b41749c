//! Topic detection held against clauses that were written apart from the pattern data (`tests/topics.toml`): how many
//! of those that state a topic are seen, and how many of those that only come near it are taken for it.

#![allow(clippy::print_stdout, reason = "a failed test tells what it saw")]

use jomun::analyze::{Analyzer, StandardChoice};
use jomun::document::Document;
use jomun::report::Status;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What holds at least (of the clauses that state a topic) and at most (of those that do not).
const RECALL: f64 = 0.75;
const FALSE_RATE: f64 = 0.03;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    topic: String,
    states: bool,
    text: String,
}

/// The standard that has the topic: three topics are the business standard's only.
fn standard_of(topic: &str) -> &'static str {
    if ["data-migration", "assignment", "sla"].contains(&topic) { "cloud-b2b" } else { "cloud-b2c" }
}

/// Right and all answers.
#[derive(Clone, Copy, Default)]
struct Tally {
    stated: usize,
    found: usize,
    silent: usize,
    wrong: usize,
}

#[test]
fn clauses_written_apart_are_seen_for_what_they_state() {
    let Cases { case: cases } = toml::from_str(include_str!("topics.toml")).unwrap();
    let analyzers: BTreeMap<&str, Analyzer> = ["cloud-b2b", "cloud-b2c"]
        .into_iter()
        .map(|id| (id, Analyzer::builder().standard(StandardChoice::Id(id.to_owned())).build().unwrap()))
        .collect();
    let mut topics: BTreeMap<&str, Tally> = BTreeMap::new();
    for case in &cases {
        let document = Document::from_text("약관.txt", format!("서비스 이용약관\n\n{}", case.text));
        let report = analyzers[standard_of(&case.topic)].analyze(&document);
        let status = report.topics.iter().find(|topic| topic.id == case.topic).unwrap().status;
        assert_ne!(status, Status::NotApplicable, "{}", case.topic);
        let seen = matches!(status, Status::Covered | Status::Partial);
        if seen != case.states {
            let fault = if seen { "false" } else { "missed" };
            println!("{fault} {}: {}", case.topic, case.text.replace('\n', " "));
        }
        let tally = topics.entry(&case.topic).or_default();
        if case.states {
            tally.stated += 1;
            tally.found += usize::from(seen);
        } else {
            tally.silent += 1;
            tally.wrong += usize::from(seen);
        }
    }
    let mut all = Tally::default();
    for (topic, tally) in &topics {
        println!(
            "{topic}: {} of {} stated, {} of {} silent",
            tally.found, tally.stated, tally.wrong, tally.silent
        );
        all.stated += tally.stated;
        all.found += tally.found;
        all.silent += tally.silent;
        all.wrong += tally.wrong;
    }
    // Every topic is tried from both sides, or the rates say nothing of it.
    assert_eq!(topics.len(), analyzers["cloud-b2b"].topics().list().len());
    assert!(topics.values().all(|tally| tally.stated > 0 && tally.silent > 0));
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let (recall, false_rate) = (share(all.found, all.stated), share(all.wrong, all.silent));
    println!(
        "recall {recall:.3} ({} of {}), false {false_rate:.3} ({} of {})",
        all.found, all.stated, all.wrong, all.silent
    );
    assert!(recall >= RECALL, "{recall:.3}");
    assert!(false_rate <= FALSE_RATE, "{false_rate:.3}");
}
