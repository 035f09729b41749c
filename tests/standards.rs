//! The standards as contracts: scanned against themselves nothing is missing, and when one 조 is taken out, what stood
//! only there is missed and nothing else changes. Told on the built-in model clauses, and on the official texts where
//! they lie beside the project.

use jomun::analyze::{Analyzer, StandardChoice};
use jomun::document::Document;
use jomun::finding::Kind;
use jomun::report::{Instrument, Report, Status};
use jomun::standard::{self, Counts, Standard, article_part};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The model clauses of a standard as one contract, chapter by chapter.
pub fn model_contract(standard: &Standard) -> String {
    let mut text = format!("{}\n\n", standard.title);
    let mut chapter = 0;
    for article in standard.provisions.iter().filter(|provision| provision.level() == '조') {
        let number = article.chapter.unwrap();
        if number != chapter {
            chapter = number;
            let title = &standard.chapters.iter().find(|chapter| chapter.number == number).unwrap().title;
            text.push_str(&format!("제{number}장 {title}\n\n"));
        }
        text.push_str(&format!("{}({})\n", article.at, article.title));
        for clause in standard.under(&article.at).filter_map(|provision| provision.model.as_deref()) {
            text.push_str(clause);
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

fn official(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/standards").join(name);
    std::fs::read_to_string(path).ok()
}

/// Every text that a standard must find nothing missing in: its model clauses, and the official text when there.
fn texts(standard: &Standard) -> Vec<String> {
    let file = if standard.id == "cloud-b2b" { "b2b.txt" } else { "b2c.txt" };
    [Some(model_contract(standard)), official(file)].into_iter().flatten().collect()
}

fn analyzer(standard: &Standard) -> Analyzer {
    Analyzer::builder().standard(StandardChoice::Id(standard.id.clone())).build().unwrap()
}

fn missing(report: &Report) -> Vec<&str> {
    report
        .topics
        .iter()
        .filter(|topic| topic.status == Status::Missing)
        .map(|topic| topic.id.as_str())
        .collect()
}

#[test]
fn a_standard_misses_no_topic_of_its_own() {
    for standard in standard::builtin().unwrap() {
        let analyzer = analyzer(&standard);
        for text in texts(&standard) {
            let report = analyzer.analyze(&Document::from_text("표준.txt", text));
            assert_eq!(missing(&report), [""; 0], "{}", standard.id);
            let partial: Vec<_> = report
                .topics
                .iter()
                .filter(|topic| topic.status == Status::Partial)
                .map(|topic| (topic.id.as_str(), topic.missing_elements.as_slice()))
                .collect();
            assert!(partial.is_empty(), "{}: {partial:?}", standard.id);
        }
    }
}

#[test]
fn a_standard_has_no_unfair_clause() {
    for standard in standard::builtin().unwrap() {
        let analyzer = Analyzer::builder()
            .standard(StandardChoice::Id(standard.id.clone()))
            .instrument(Some(Instrument::Terms))
            .build()
            .unwrap();
        for text in texts(&standard) {
            let report = analyzer.analyze(&Document::from_text("표준.txt", text));
            let unfair: Vec<String> = report
                .counted()
                .filter(|finding| finding.kind == Kind::Unfair)
                .map(|finding| format!("{} {}", finding.rule, finding.quote))
                .collect();
            assert!(unfair.is_empty(), "{}: {unfair:?}", standard.id);
        }
    }
}

#[test]
fn imported_a_standard_keeps_its_counts_and_topics() {
    for standard in standard::builtin().unwrap() {
        let language = jomun::language::Analyzer::new().unwrap();
        for text in texts(&standard) {
            let document = Document::from_text("표준.txt", text);
            let (imported, _) =
                standard::import(&document, "own", "2016-12-04", &standard, &language).unwrap();
            assert_eq!(imported.count(), standard.counts, "{}", standard.id);
            let again = Standard::from_toml("own.toml", &imported.to_toml().unwrap()).unwrap();
            assert_eq!(again, imported);
            // What the import takes for the same topic as the built-in standard does.
            let carriers: Vec<_> =
                standard.provisions.iter().filter(|provision| provision.model.is_some()).collect();
            let agree = carriers
                .iter()
                .filter(|own| {
                    imported
                        .provision(&own.at)
                        .is_some_and(|other| other.topics.iter().any(|topic| own.topics.contains(topic)))
                })
                .count();
            assert!(agree * 100 >= carriers.len() * 90, "{}: {agree} of {}", standard.id, carriers.len());
        }
    }
    assert_ne!(Counts::default(), standard::builtin().unwrap()[0].counts);
}

/// The text without one 조: from its heading to the next 조 or 장.
fn without(text: &str, article: &str) -> String {
    let heading = |line: &str| {
        line.starts_with('제') && (line.contains("조(") || line.contains("장 ")) && !line.starts_with("제1항")
    };
    let mut out = String::new();
    let mut skipping = false;
    for line in text.lines() {
        if heading(line) {
            skipping = line.starts_with(&format!("{article}("));
        }
        if !skipping {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[test]
fn taking_one_article_out_is_noticed_and_nothing_else_changes() {
    for standard in standard::builtin().unwrap() {
        let analyzer = analyzer(&standard);
        for text in texts(&standard) {
            let whole = analyzer.analyze(&Document::from_text("표준.txt", text.clone()));
            let mut wrong = Vec::new();
            for article in standard.provisions.iter().filter(|provision| provision.level() == '조') {
                let cut = without(&text, &article.at);
                assert!(cut.len() < text.len(), "{} {}", standard.id, article.at);
                let report = analyzer.analyze(&Document::from_text("표준.txt", cut));
                for ((topic, before), known) in
                    report.topics.iter().zip(&whole.topics).zip(analyzer.topics().list())
                {
                    let places = known.provisions(&standard);
                    let stands: BTreeSet<&str> = places.iter().map(|at| article_part(at)).collect();
                    let only_here = stands.len() == 1 && stands.contains(article.at.as_str());
                    let changed =
                        topic.status != before.status || topic.missing_elements != before.missing_elements;
                    if only_here && !matches!(topic.status, Status::Missing | Status::Partial) {
                        wrong.push(format!(
                            "{} 없이도 {}: {:?} {:?}",
                            article.at, topic.id, topic.status, topic.clauses
                        ));
                    }
                    if only_here && topic.missing_elements.is_empty() {
                        wrong.push(format!("{}: {}에 빠진 요소의 이름이 없음", article.at, topic.id));
                    }
                    if changed && !stands.contains(article.at.as_str()) {
                        wrong.push(format!(
                            "{} 때문에 {}: {:?} → {:?}",
                            article.at, topic.id, before.status, topic.status
                        ));
                    }
                }
            }
            assert!(wrong.is_empty(), "{}\n{}", standard.id, wrong.join("\n"));
        }
    }
}
