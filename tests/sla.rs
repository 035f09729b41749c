//! Service levels: tables and prose of our own (`tests/sla.toml`) with the targets, tiers and findings that a reviewer
//! expects of each, and reports of the samples.

use jomun::analyze::Analyzer;
use jomun::check::sla::{Book, Setting, check};
use jomun::checklist::Scope;
use jomun::contract::Contract;
use jomun::document::Document;
use jomun::finding::{Finding, Kind};
use jomun::language;
use jomun::load::{Limits, load, load_path};
use jomun::report::Service;
use jomun::sla;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A document and what is seen in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    /// What the user says of the service.
    service: Option<Service>,
    /// "99.9", with the service where one is named: "가상서버 99.9".
    #[serde(default)]
    targets: Vec<String>,
    /// A list for each credit table: "99% 이상 99.9% 미만 10%".
    #[serde(default)]
    tiers: Vec<Vec<String>>,
    /// Ids of the findings, in the order of the data file.
    #[serde(default)]
    findings: Vec<String>,
    /// Words that a message must have.
    #[serde(default)]
    says: Vec<String>,
}

fn targets(sla: &sla::Sla) -> Vec<String> {
    let told = sla.targets.iter().map(|target| {
        let service = target.service.as_ref().map(|name| format!("{name} ")).unwrap_or_default();
        format!("{service}{}", target.availability)
    });
    told.collect()
}

fn tiers(sla: &sla::Sla) -> Vec<Vec<String>> {
    let told = sla.series.iter().map(|series| {
        series
            .tiers
            .iter()
            .map(|tier| format!("{} {}", tier.band.ko(series.measure), tier.credit.ko()))
            .collect()
    });
    told.collect()
}

/// Ids in the order of the book, each once for each place.
fn ids(book: &Book, findings: &[Finding]) -> Vec<String> {
    let place = |finding: &Finding| book.checks.iter().position(|check| check.id == finding.rule);
    let mut ids: Vec<&Finding> = findings.iter().collect();
    ids.sort_by_key(|finding| place(finding));
    ids.into_iter().map(|finding| finding.rule.clone()).collect()
}

#[test]
fn tables_and_prose_are_seen_as_a_reviewer_sees_them() {
    let Cases { case: cases } = toml::from_str(include_str!("sla.toml")).unwrap();
    let language = language::Analyzer::new().unwrap();
    let book = Book::builtin().unwrap();
    let mut wrong = Vec::new();
    let (mut silent, mut seen) = (0, BTreeSet::new());
    for case in &cases {
        // As a file is read: Markdown where it has marks, plain text else.
        let document = load("사례.txt", case.text.as_bytes(), &Limits::default()).unwrap();
        let contract = Contract::read(&document, &language);
        let levels = sla::read(&contract);
        let findings = check(&book, &contract, &levels, Setting { service: case.service, instrument: None });
        let ids = ids(&book, &findings);
        seen.extend(ids.iter().cloned());
        silent += usize::from(case.findings.is_empty());
        let mut differ = |what: &str, got: String, want: String| {
            if got != want {
                wrong.push(format!("{}: {what}\n  got  {got}\n  want {want}", case.name));
            }
        };
        differ("targets", format!("{:?}", targets(&levels)), format!("{:?}", case.targets));
        differ("tiers", format!("{:?}", tiers(&levels)), format!("{:?}", case.tiers));
        differ("findings", format!("{ids:?}"), format!("{:?}", case.findings));
        for words in &case.says {
            let said = findings.iter().any(|finding| finding.message.contains(words.as_str()));
            let told: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
            differ("says", format!("{said} {}", told.join(" / ")), format!("true {}", told.join(" / ")));
        }
        for finding in &findings {
            assert_eq!(finding.kind, Kind::Sla, "{}", case.name);
            assert!(finding.message.contains("볼 수 있습니다"), "{}: {}", case.name, finding.message);
            assert!(!finding.message.contains('{'), "{}: {}", case.name, finding.message);
            assert!(!finding.quote(&document).trim().is_empty(), "{}", case.name);
            assert!(!finding.suggestion.as_ref().unwrap().contains('{'), "{}", case.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() - silent >= 40 && silent >= 15, "{} cases, {silent} silent", cases.len());
    for check in &book.checks {
        assert!(seen.contains(&check.id), "no case shows {}", check.id);
    }
}

fn sample(name: &str) -> Document {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpora/samples").join(name);
    load_path(&path, &Limits::default()).unwrap()
}

#[test]
fn fair_agreements_of_the_samples_are_left_alone() {
    let analyzer = Analyzer::builder().build().unwrap();
    for (name, promised) in [
        ("sla.md", 7),
        ("fair-b2b-cloud.md", 3),
        ("iaas-terms.txt", 1),
        ("negotiated-service-contract.txt", 1),
        ("saas-terms.md", 0),
        ("hosting-terms-cp949.txt", 0),
        ("poor-b2c-cloud.html", 0),
    ] {
        let report = analyzer.analyze(&sample(name));
        let told: Vec<_> = report.findings.iter().filter(|finding| finding.kind == Kind::Sla).collect();
        assert!(told.is_empty(), "{name}: {told:#?}");
        assert_eq!(report.sla.targets.len(), promised, "{name}: {:#?}", report.sla.targets);
    }
}

#[test]
fn a_report_tells_the_levels_and_what_is_wrong_with_them() {
    let analyzer = Analyzer::builder()
        .scope(Scope { service: Some(Service::Saas), ..Scope::default() })
        .build()
        .unwrap();
    let text = include_str!("golden/sla.txt");
    let report = analyzer.analyze(&load("이용계약.txt", text.as_bytes(), &Limits::default()).unwrap());
    let findings: Vec<_> = report.findings.iter().filter(|finding| finding.kind == Kind::Sla).collect();
    let told = serde_json::json!({ "sla": report.sla, "findings": findings });
    let told = serde_json::to_string_pretty(&told).unwrap() + "\n";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/sla.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &told).unwrap();
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(want == told, "look at it with UPDATE_GOLDEN=1 and git diff. Now:\n{told}");
    // What a rule says of the same words is not said twice.
    let sole = report.findings.iter().filter(|finding| {
        [finding.rule.as_str()]
            .into_iter()
            .chain(finding.also.iter().map(String::as_str))
            .any(|rule| ["sla-sole-remedy", "service-credit-sole-remedy"].contains(&rule))
    });
    assert_eq!(sole.count(), 1);
}

#[test]
fn a_configuration_reaches_service_levels_too() {
    let config = jomun::config::Config::parse(
        "jomun.toml",
        "off = [\"sla-tiers-gap\"]
",
    );
    let text = include_str!("golden/sla.txt");
    let document = load("이용계약.txt", text.as_bytes(), &Limits::default()).unwrap();
    let analyzer = Analyzer::builder().config(config.unwrap()).build().unwrap();
    let report = analyzer.analyze(&document);
    assert!(report.findings.iter().any(|finding| finding.kind == Kind::Sla));
    assert!(!report.findings.iter().any(|finding| finding.rule == "sla-tiers-gap"));
    assert!(
        !report.notices.iter().any(|notice| notice.message.contains("모르는 규칙")),
        "{:?}",
        report.notices
    );
}

#[test]
fn nothing_breaks_the_reading() {
    let language = language::Analyzer::new().unwrap();
    for text in [
        "",
        "|",
        "| |",
        "||||",
        "|---|---|",
        "가용률",
        "가용률 %",
        "가용률 99.9",
        "가용률 ~99.9%",
        "가용률 9999999999999999999.9% 미만 월 요금의 %",
        "| 가용률 | 크레딧 |\n|---|---|\n| | |",
        "| 가용률 | 크레딧 |\n| 99.9% 미만 |\n| | 10% |",
        "가용률 (  )% 이상을 보장하고 미달 시 월 요금의 (  )%를 감면한다.",
        "가용률 <99.9% <br>10%<",
        "\t가용률\t99.9%\t\n\t\t\t",
    ] {
        let document = Document::from_text("a.txt", text);
        let contract = Contract::read(&document, &language);
        let levels = sla::read(&contract);
        let _ = check(&Book::builtin().unwrap(), &contract, &levels, Setting::default());
    }
    // Long rows and many of them are read in bounded time.
    let row = format!("| 가용률 {} |\n", "99.0% 이상 99.9% 미만 | 월 요금의 10% | ".repeat(200));
    let text = format!("제1조(가용률) 월 가용률 99.9%를 보장한다.\n{}", row.repeat(40));
    let document = Document::from_text("a.txt", text);
    let contract = Contract::read(&document, &language);
    assert!(sla::read(&contract).promises());
}
