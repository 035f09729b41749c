//! `jomun diff`: what is the same stays the same however it is written, what was changed is found with its kind and the
//! side that it favours, what was left alone is left alone.

mod rewrite;

use jomun::analyze::{Against, Analyzer, StandardChoice};
use jomun::document::Document;
use jomun::finding::Kind;
use jomun::language;
use jomun::report::{ChangeKind, Comparison, Favours, Relation, Row};
use jomun::standard::{self, Standard};
use rewrite::Draft;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

static LANGUAGE: LazyLock<Arc<language::Analyzer>> =
    LazyLock::new(|| Arc::new(language::Analyzer::new().unwrap()));

/// A standard with the analyser that holds contracts against it.
struct Yardstick {
    name: String,
    text: String,
    analyzer: Analyzer,
    parties: Vec<(&'static str, &'static str)>,
}

/// The built-in standards, and with `../shared` the official texts, imported.
fn yardsticks() -> Vec<Yardstick> {
    let mut all = Vec::new();
    for builtin in standard::builtin().unwrap() {
        let parties = if builtin.id == "cloud-b2b" {
            vec![("공급사업자", "가람클라우드"), ("이용사업자", "나래상사")]
        } else {
            // What users store keeps its name.
            [("이용자 정보", "§"), ("회사", "가람클라우드"), ("이용자", "나래상사"), ("§", "이용자 정보")]
                .to_vec()
        };
        let official = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../shared/standards")
            .join(format!("{}.txt", builtin.id.trim_start_matches("cloud-")));
        if let Ok(text) = std::fs::read_to_string(official) {
            let document = Document::from_text(builtin.id.clone(), text.clone());
            let (imported, _) =
                standard::import(&document, "official", "2016-12-04", &builtin, &LANGUAGE).unwrap();
            let analyzer = analyzer("official", Some(imported));
            let name = format!("{} (official)", builtin.id);
            all.push(Yardstick { name, text, analyzer, parties: parties.clone() });
        }
        let text = builtin.document().text().to_owned();
        all.push(Yardstick {
            name: builtin.id.clone(),
            text,
            analyzer: analyzer(&builtin.id, None),
            parties,
        });
    }
    all
}

fn analyzer(id: &str, imported: Option<Standard>) -> Analyzer {
    let mut builder =
        Analyzer::builder().language(LANGUAGE.clone()).standard(StandardChoice::Id(id.to_owned()));
    if let Some(imported) = imported {
        builder = builder.add_standard(imported);
    }
    builder.build().unwrap()
}

impl Yardstick {
    fn compare(&self, text: &str) -> Comparison {
        self.analyzer.compare(&Document::from_text("계약서.txt", text), Against::Standard)
    }
}

/// The row that holds each provision of the base.
fn rows(comparison: &Comparison) -> BTreeMap<&str, &Row> {
    let pieces = |row| {
        let row: &Row = row;
        row.base.iter().map(move |piece| (piece.path.as_str(), row))
    };
    comparison.rows.iter().flat_map(pieces).collect()
}

fn told(row: &Row) -> Vec<String> {
    row.changes
        .iter()
        .map(|change| format!("{:?}/{:?} {}", change.kind, change.favours, change.message))
        .collect()
}

#[test]
fn a_standard_is_the_same_as_itself() {
    for yardstick in yardsticks() {
        let comparison = yardstick.compare(&yardstick.text);
        let articles = comparison.rows.iter().flat_map(|row| &row.base);
        let mut articles: Vec<&str> = articles.map(|piece| standard::article_part(&piece.path)).collect();
        articles.dedup();
        articles.sort_unstable();
        articles.dedup();
        assert_eq!(articles.len(), 26, "{}", yardstick.name);
        for row in &comparison.rows {
            let paths = |pieces: &[jomun::report::Piece]| -> Vec<String> {
                pieces.iter().map(|piece| piece.path.clone()).collect()
            };
            assert_eq!(
                row.relation,
                Relation::Same,
                "{} {:?}: {:?}",
                yardstick.name,
                paths(&row.base),
                told(row)
            );
            assert_eq!(paths(&row.base), paths(&row.contract), "{}", yardstick.name);
            assert!(row.marks.iter().all(|mark| mark.kind == jomun::report::MarkKind::Equal));
        }
        assert!(!comparison.report.findings.iter().any(|finding| finding.kind == Kind::Deviation));
    }
}

#[test]
fn what_is_only_written_otherwise_is_the_same() {
    type Rewriting = (&'static str, fn(Draft, &[(&str, &str)]) -> Draft);
    let rewritings: [Rewriting; 9] = [
        ("renamed", |draft, names| draft.renamed(names)),
        ("polite", |draft, _| draft.polite()),
        ("shuffled", |draft, _| draft.shuffled()),
        ("retitled", |draft, _| draft.retitled()),
        ("merged", |draft, _| draft.merged(13)),
        ("split", |draft, _| draft.split(6)),
        ("prose", |draft, _| draft.prose()),
        ("without order and endings", |draft, _| draft.polite().shuffled()),
        ("all", |draft, names| {
            draft.merged(13).split(6).prose().retitled().shuffled().renamed(names).polite()
        }),
    ];
    let mut faults = Vec::new();
    for yardstick in yardsticks() {
        for (name, rewriting) in &rewritings {
            let draft = rewriting(Draft::read(&yardstick.text), &yardstick.parties);
            let (text, places) = draft.print();
            let comparison = yardstick.compare(&text);
            let rows = rows(&comparison);
            let (mut right, mut all) = (0, 0);
            let mut misplaced = Vec::new();
            for (origin, place) in &places {
                let Some(row) = rows.get(origin.as_str()) else { continue };
                all += 1;
                if row.contract.iter().any(|piece| piece.path == *place) {
                    right += 1;
                } else {
                    let beside: Vec<&str> = row.contract.iter().map(|piece| piece.path.as_str()).collect();
                    misplaced.push(format!("{origin} stands at {place}, not beside {beside:?}"));
                }
            }
            assert!(all > 100, "{} {name}: {all}", yardstick.name);
            if (right as f64) < 0.98 * f64::from(all) {
                faults.push(format!("{} {name}: {right} of {all}: {misplaced:?}", yardstick.name));
            }
            for row in comparison.rows.iter().filter(|row| !row.changes.is_empty()) {
                let path = row.base.first().or(row.contract.first()).map(|piece| piece.path.as_str());
                faults.push(format!("{} {name}: {path:?} {:?}", yardstick.name, told(row)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn an_article_that_is_gone_is_missing_and_nothing_else_is() {
    let mut faults = Vec::new();
    for yardstick in yardsticks() {
        for number in 1..=26 {
            let (text, _) = Draft::read(&yardstick.text).without(number).print();
            let comparison = yardstick.compare(&text);
            let gone = format!("제{number}조");
            for row in &comparison.rows {
                let ours = row.base.iter().any(|piece| standard::is_under(&piece.path, &gone));
                let place = row.base.first().or(row.contract.first()).map(|piece| piece.path.clone());
                let wanted = if ours { Relation::Missing } else { Relation::Same };
                if row.relation != wanted {
                    let beside: Vec<&str> = row.contract.iter().map(|piece| piece.path.as_str()).collect();
                    faults.push(format!(
                        "{} without {gone}: {place:?} is {:?} beside {beside:?} {:?}",
                        yardstick.name,
                        row.relation,
                        told(row)
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A change put into a model contract by hand, with what must be said of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plant {
    /// Id of the standard, or `official-b2b`, `official-b2c` for the official text.
    standard: String,
    /// Path of the clause.
    at: String,
    kind: ChangeKind,
    favours: Favours,
    /// Words of the clause and what stands in their place.
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// A 호 that goes.
    #[serde(default)]
    drop: bool,
    /// A 호 that comes behind the others below `at`.
    #[serde(default)]
    add: Option<String>,
}

#[derive(Deserialize)]
struct Plants {
    plant: Vec<Plant>,
}

#[test]
fn planted_changes_are_found_and_nothing_else_is() {
    let plants: Plants = toml::from_str(include_str!("diff/plants.toml")).unwrap();
    let yardsticks = yardsticks();
    let (mut found, mut all) = (0, 0);
    let mut missed = Vec::new();
    let mut faults = Vec::new();
    for plant in &plants.plant {
        let name = match plant.standard.strip_prefix("official-") {
            Some(id) => format!("cloud-{id} (official)"),
            None => plant.standard.clone(),
        };
        let Some(yardstick) = yardsticks.iter().find(|yardstick| yardstick.name == name) else { continue };
        let mut draft = Draft::read(&yardstick.text);
        let clause = if plant.drop { parent(&plant.at) } else { plant.at.as_str() };
        let node = draft.find(clause).unwrap_or_else(|| panic!("{name} has no {clause}"));
        if plant.drop {
            node.items.retain(|item| !item.origins.contains(&plant.at));
        } else if let Some(add) = &plant.add {
            let new = rewrite::Node { origins: Vec::new(), words: add.clone(), items: Vec::new() };
            node.items.push(new);
        } else {
            assert!(
                node.words.contains(&plant.from),
                "{name} {}: no {:?} in {}",
                plant.at,
                plant.from,
                node.words
            );
            node.words = node.words.replacen(&plant.from, &plant.to, 1);
        }
        let comparison = yardstick.compare(&draft.print().0);
        all += 1;
        let mut ok = false;
        for row in &comparison.rows {
            let touched = row.base.iter().any(|piece| piece.path == clause || piece.path == plant.at);
            let right = row.changes.iter().any(|c| c.kind == plant.kind && c.favours == plant.favours);
            if touched && right {
                ok = true;
            } else if !touched && !row.changes.is_empty() {
                let path = row.base.first().or(row.contract.first()).map(|piece| piece.path.as_str());
                faults.push(format!("untouched {path:?}: {:?} ({plant:?})", told(row)));
            }
        }
        if ok {
            found += 1;
        } else {
            let rows = comparison.rows.iter().filter(|row| row.base.iter().any(|piece| piece.path == clause));
            let seen: Vec<String> = rows.flat_map(told).collect();
            missed.push(format!("{plant:?}: {seen:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(all >= 80, "{all}");
    assert!(f64::from(found) >= 0.95 * f64::from(all), "{found} of {all}: {}", missed.join("\n"));
}

/// The clause above: 제5조제2항 of 제5조제2항제3호.
fn parent(path: &str) -> &str {
    path.rfind('제').map_or(path, |at| &path[..at])
}
