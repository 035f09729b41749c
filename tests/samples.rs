//! The samples that ship with the project, read as the program reads them, held against what their author says of
//! them (`tests/samples.toml`): audience, number of 조, and how each topic fares.

#![allow(clippy::print_stdout, reason = "a failed test tells what it saw")]

use jomun::analyze::Analyzer;
use jomun::clause::{self, Level};
use jomun::finding::{Basis, Kind, Severity};
use jomun::load::{Limits, load_path};
use jomun::report::{Audience, Status};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// How many of the clauses that are clearly unfair may be overlooked, and how many of those that are not may be reported.
const UNFAIR_OVERLOOKED: usize = 11;
const FAIR_REPORTED: usize = 3;
/// In how many cases a topic that is stated may be reported missing, and one that is not stated covered.
const OVERLOOKED: usize = 8;
const IMAGINED: usize = 2;

#[derive(Deserialize)]
struct Samples {
    sample: Vec<Sample>,
}

#[derive(Deserialize)]
struct Sample {
    file: String,
    audience: String,
    articles: usize,
    covered: Vec<String>,
    partial: Vec<String>,
    missing: Vec<String>,
    not_applicable: Vec<String>,
    unfair: Vec<Unfair>,
    #[serde(default)]
    arguable: BTreeMap<String, String>,
    #[serde(default)]
    beyond: BTreeMap<String, String>,
}

/// A clause that its author means to be unfair.
#[derive(Deserialize)]
struct Unfair {
    clause: String,
    law: Vec<String>,
    grade: String,
}

impl Sample {
    /// What may be said of a topic: what its author says, a second answer where it is arguable, and the answer for a
    /// topic that the document states though its standard has none such.
    fn accepted(&self) -> BTreeMap<&str, BTreeSet<Status>> {
        let lists = [
            (&self.covered, Status::Covered),
            (&self.partial, Status::Partial),
            (&self.missing, Status::Missing),
            (&self.not_applicable, Status::NotApplicable),
        ];
        let mut accepted: BTreeMap<&str, BTreeSet<Status>> = BTreeMap::new();
        for (topics, status) in lists {
            for topic in topics {
                let new = accepted.insert(topic, BTreeSet::from([status])).is_none();
                assert!(new, "{} {topic} twice", self.file);
            }
        }
        for (topic, status) in &self.arguable {
            let status = match status.as_str() {
                "covered" => Status::Covered,
                "partial" => Status::Partial,
                "missing" => Status::Missing,
                other => panic!("{} {topic} {other}", self.file),
            };
            accepted.get_mut(topic.as_str()).unwrap().insert(status);
        }
        // Held against either standard: the other one's topics do not apply.
        if self.audience == "both" {
            for topic in &self.missing {
                accepted.get_mut(topic.as_str()).unwrap().insert(Status::NotApplicable);
            }
        }
        for topic in self.beyond.keys() {
            accepted.get_mut(topic.as_str()).unwrap().extend([Status::Covered, Status::Partial]);
        }
        accepted
    }
}

#[test]
fn samples_are_read_as_their_author_means_them() {
    let Samples { sample: samples } = toml::from_str(include_str!("samples.toml")).unwrap();
    assert_eq!(samples.len(), 8);
    let analyzer = Analyzer::builder().build().unwrap();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpora/samples");
    let (mut overlooked, mut imagined) = (Vec::new(), Vec::new());
    for sample in &samples {
        let document = load_path(&folder.join(&sample.file), &Limits::default()).unwrap();
        let (tree, _) = clause::parse(&document);
        // In a document without 조 its top-level sections stand in for them, by their own numbers.
        let articles = tree
            .clauses()
            .iter()
            .filter(|clause| clause.level == Level::Article && clause.label.starts_with('제'))
            .count();
        assert_eq!(articles, sample.articles, "{}", sample.file);

        let report = analyzer.analyze(&document);
        let audience = match sample.audience.as_str() {
            "b2b" => Some(Audience::B2b),
            "b2c" => Some(Audience::B2c),
            _ => report.context.audience,
        };
        assert_eq!(report.context.audience, audience, "{}: {}", sample.file, report.context.why);

        let accepted = sample.accepted();
        assert_eq!(accepted.len(), report.topics.len(), "{}", sample.file);
        for topic in &report.topics {
            let expected = &accepted[topic.id.as_str()];
            if expected.contains(&topic.status) {
                continue;
            }
            let line = format!(
                "{} {} {expected:?} {:?} {}",
                sample.file,
                topic.id,
                topic.status,
                topic.clauses.join(", ")
            );
            println!("{line}");
            if sample.covered.contains(&topic.id) && topic.status == Status::Missing {
                overlooked.push(line);
            } else if sample.missing.contains(&topic.id) && topic.status == Status::Covered {
                imagined.push(line);
            }
        }
    }
    println!("overlooked {}, imagined {}", overlooked.len(), imagined.len());
    assert!(overlooked.len() <= OVERLOOKED, "{}", overlooked.join("\n"));
    assert!(imagined.len() <= IMAGINED, "{}", imagined.join("\n"));
}

#[test]
fn unfair_clauses_of_samples_are_reported_and_fair_ones_are_not() {
    let Samples { sample: samples } = toml::from_str(include_str!("samples.toml")).unwrap();
    let analyzer = Analyzer::builder().build().unwrap();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpora/samples");
    let (mut overlooked, mut reported, mut astray) = (Vec::new(), Vec::new(), Vec::new());
    for sample in &samples {
        let document = load_path(&folder.join(&sample.file), &Limits::default()).unwrap();
        let report = analyzer.analyze(&document);
        let unfair: Vec<_> = report
            .counted()
            .filter(|finding| finding.kind == Kind::Unfair && finding.severity >= Severity::Medium)
            .map(|finding| (finding, finding.clause.as_deref().unwrap_or_default()))
            .collect();
        assert!(!sample.unfair.is_empty() || unfair.is_empty(), "{}: {unfair:?}", sample.file);
        // A clause of which one part is marked may be reported at that part or as a whole.
        let same = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one);
        for wanted in &sample.unfair {
            let found: Vec<_> = unfair.iter().filter(|(_, clause)| same(clause, &wanted.clause)).collect();
            let line = format!("{} {} {:?}", sample.file, wanted.clause, wanted.law);
            if found.is_empty() && wanted.grade == "clear" {
                overlooked.push(line);
            } else if !found.is_empty() {
                let laws: Vec<Basis> = wanted.law.iter().map(|law| law.parse().unwrap()).collect();
                let lawful = found
                    .iter()
                    .flat_map(|(finding, _)| &finding.basis)
                    .any(|basis| laws.iter().any(|law| law.law == basis.law && law.article == basis.article));
                if !lawful {
                    astray.push(line);
                }
            }
        }
        for (finding, clause) in &unfair {
            if !sample.unfair.iter().any(|wanted| same(clause, &wanted.clause)) {
                reported.push(format!("{} {clause} {} {}", sample.file, finding.rule, finding.quote));
            }
        }
    }
    for line in overlooked.iter().chain(&reported).chain(&astray) {
        println!("{line}");
    }
    println!("overlooked {}, reported {}, other law {}", overlooked.len(), reported.len(), astray.len());
    assert!(overlooked.len() <= UNFAIR_OVERLOOKED, "{}", overlooked.join("\n"));
    assert!(reported.len() <= FAIR_REPORTED, "{}", reported.join("\n"));
    assert!(astray.is_empty(), "{}", astray.join("\n"));
}
