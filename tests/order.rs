//! The contract's own order: references, terms, blanks and the law that is cited, as cases of `order.toml`; the model
//! standards, which have nothing but blanks; and the official texts where they lie beside the project.

use crate::standards::model_contract;
use jomun::analyze::{Analyzer, StandardChoice};
use jomun::check::catalogue;
use jomun::config::Config;
use jomun::document::Document;
use jomun::finding::Kind;
use jomun::report::{FindingInfo, Report};
use jomun::standard;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A text and what is found in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// reference, definition, integrity or citation.
    check: Kind,
    text: String,
    /// "rule clause: quote", in text order.
    found: Vec<String>,
    as_of: Option<String>,
}

fn language() -> std::sync::Arc<jomun::language::Analyzer> {
    static LANGUAGE: OnceLock<std::sync::Arc<jomun::language::Analyzer>> = OnceLock::new();
    LANGUAGE.get_or_init(|| std::sync::Arc::new(jomun::language::Analyzer::new().unwrap())).clone()
}

fn analyzer(standard: &str, as_of: Option<&str>) -> Analyzer {
    Analyzer::builder()
        .language(language())
        .standard(StandardChoice::Id(standard.to_owned()))
        .as_of(as_of.map(str::to_owned))
        .build()
        .unwrap()
}

const ORDER: [Kind; 4] = [Kind::Reference, Kind::Definition, Kind::Integrity, Kind::Citation];

fn written(finding: &FindingInfo) -> String {
    let clause = finding.clause.clone().unwrap_or_default();
    let quote = finding.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {clause}: {quote}", finding.rule)
}

fn found(report: &Report, kind: Kind) -> Vec<String> {
    report.findings.iter().filter(|finding| finding.kind == kind).map(written).collect()
}

#[test]
fn cases_have_their_findings_and_no_others() {
    let cases: Cases = toml::from_str(include_str!("order.toml")).unwrap();
    let mut analyzers: BTreeMap<Option<String>, Analyzer> = BTreeMap::new();
    let mut counts: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (number, case) in cases.case.iter().enumerate() {
        let analyzer = analyzers
            .entry(case.as_of.clone())
            .or_insert_with(|| analyzer("cloud-b2c", case.as_of.as_deref()));
        let text = format!("서비스 이용약관\n\n{}", case.text.trim_start());
        let report = analyzer.analyze(&Document::from_text("약관.txt", text));
        let seen = found(&report, case.check);
        if seen != case.found {
            wrong.push(format!(
                "{}. {}\n  wanted {:?}\n  found  {seen:?}",
                number + 1,
                case.text.trim(),
                case.found
            ));
        }
        let count = counts.entry(case.check).or_default();
        if case.found.is_empty() { count.1 += 1 } else { count.0 += 1 }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for kind in ORDER {
        let (some, none) = counts[&kind];
        assert!(
            some + none >= 12 && some >= 5 && none >= 5,
            "{kind:?}: {some} with findings, {none} near misses"
        );
    }
}

#[test]
fn every_check_has_a_case() {
    let cases: Cases = toml::from_str(include_str!("order.toml")).unwrap();
    // What a comparison alone can see has its cases in tests/diff.
    for check in catalogue::CHECKS.iter().filter(|check| check.kind != Kind::Deviation) {
        let has = cases
            .case
            .iter()
            .flat_map(|case| &case.found)
            .any(|found| found.split(' ').next() == Some(check.id));
        assert!(has, "{}", check.id);
    }
}

#[test]
fn the_model_standards_have_nothing_but_blanks() {
    for standard in standard::builtin().unwrap() {
        let report =
            analyzer(&standard.id, None).analyze(&Document::from_text("표준.txt", model_contract(&standard)));
        let wrong: Vec<String> = report
            .findings
            .iter()
            .filter(|finding| ORDER.contains(&finding.kind) && finding.rule != "blank-left-open")
            .map(written)
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", standard.id);
    }
}

/// What is really wrong in the official texts, and nothing else.
#[test]
fn the_official_texts_have_their_known_faults() {
    let expected = [
        (
            "b2b.txt",
            "cloud-b2b",
            &[
                "stale-citation 제2조제6호: 「국가정보화기본법」 제3조 제1호",
                "old-ministry-name 제7조제1항: 미래창조과학부",
                "party-name-drifts 제11조제1항: 이용자",
                "party-name-drifts 제22조제4항제3호: 사업자",
            ][..],
        ),
        (
            "b2c.txt",
            "cloud-b2c",
            &[
                "stale-citation 제2조제5호: 「국가정보화 기본법」 제3조 제1호",
                "reference-title-differs 제3조제5항: 제19조(회사의 계약 해제 및 해지",
                "party-name-drifts 제7조제1항제2호: 사업자",
                "old-ministry-name 제9조제1항: 미래창조과학부",
            ][..],
        ),
    ];
    for (file, standard, faults) in expected {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/standards").join(file);
        let Ok(text) = std::fs::read_to_string(path) else { return };
        // Blanks are counted here by another way than the check's.
        let brackets = text.matches("()").count();
        let lines = text.split(|c: char| c != '_').filter(|run| run.len() >= 3).count();
        let inside = text.matches("(_____)").count();
        let report = analyzer(standard, None).analyze(&Document::from_text(file, text));
        let seen: Vec<String> = report
            .findings
            .iter()
            .filter(|finding| ORDER.contains(&finding.kind) && finding.rule != "blank-left-open")
            .map(written)
            .collect();
        assert_eq!(seen, faults, "{file}");
        let blanks: Vec<&FindingInfo> =
            report.findings.iter().filter(|finding| finding.rule == "blank-left-open").collect();
        assert_eq!(blanks.len(), 1, "{file}: a form is told once");
        let told = format!("빈칸 {}곳", brackets + lines);
        assert!(
            blanks[0].message.contains(&told) && inside <= lines,
            "{file}: {told}: {}",
            blanks[0].message
        );
        // Today's citation is given with each.
        let stale = report.findings.iter().find(|finding| finding.rule == "stale-citation").unwrap();
        assert_eq!(stale.suggestion.as_deref(), Some("「지능정보화 기본법」 제2조제1호"));
        let ministry = report.findings.iter().find(|finding| finding.rule == "old-ministry-name").unwrap();
        assert_eq!(ministry.suggestion.as_deref(), Some("과학기술정보통신부"));
    }
}

#[test]
fn as_of_a_day_before_the_change_nothing_is_stale() {
    let text = "서비스 이용약관\n제1조(기준) 회사는 미래창조과학부장관이 정한 기준을 따른다.\n제2조(문의) 이용자는 회사에 묻는다.";
    let document = Document::from_text("약관.txt", text);
    let before = analyzer("cloud-b2c", Some("2016-12-04")).analyze(&document);
    assert!(found(&before, Kind::Citation).is_empty());
    assert_eq!(before.context.as_of.as_deref(), Some("2016-12-04"));
    let today = analyzer("cloud-b2c", None).analyze(&document);
    assert_eq!(found(&today, Kind::Citation).len(), 1);
    assert_eq!(today.context.as_of, None);
    let later = analyzer("cloud-b2c", Some("2099-01-01")).analyze(&document);
    assert!(later.notices.iter().any(|notice| notice.message.contains("2099-01-01")));
    assert!(Analyzer::builder().language(language()).as_of(Some("2026-02-30".into())).build().is_err());
}

/// Settings take these findings out, switch them off and weigh them as they do others.
#[test]
fn settings_concern_these_checks_too() {
    let text = "서비스 이용약관\n제1조(기준) 회사는 미래창조과학부장관이 정한 기준을 따른다.\n제2조(문의) 이용자는 제9조에 따라 회사에 묻는다.";
    let document = Document::from_text("약관.txt", text);
    let scan = |config: &str| {
        let config = Config::parse("jomun.toml", config).unwrap();
        let analyzer = Analyzer::builder()
            .language(language())
            .standard(StandardChoice::Id("cloud-b2c".into()))
            .config(config)
            .build()
            .unwrap();
        analyzer.analyze(&document)
    };
    let off = scan("off = [\"old-ministry-name\"]\n[severity]\nreference-to-missing-clause = \"high\"\n");
    assert!(off.notices.iter().all(|notice| !notice.message.contains("모르는 규칙")), "{:?}", off.notices);
    assert!(found(&off, Kind::Citation).is_empty());
    let reference = off.findings.iter().find(|finding| finding.kind == Kind::Reference).unwrap();
    assert_eq!(reference.severity, jomun::finding::Severity::High);
    let entry = |clause: &str| {
        format!(
            "[[suppress]]\nrule = \"old-ministry-name\"\nclause = \"{clause}\"\nreason = \"서식 그대로\"\ndate = \"2026-01-02\"\n"
        )
    };
    let taken = scan(&entry("제1조"));
    assert_eq!((found(&taken, Kind::Citation).len(), taken.suppressed.len()), (0, 1));
    let elsewhere = scan(&entry("제2조"));
    assert_eq!((found(&elsewhere, Kind::Citation).len(), elsewhere.suppressed.len()), (1, 0));
}

/// A hostile document costs no more than its length.
#[test]
fn thousands_of_references_are_read_in_one_pass() {
    let mut text = String::from("서비스 이용약관\n제1조(목적) 이 약관은 이용 조건을 정한다.\n제2조(내용)\n");
    for number in 0..2_000 {
        text.push_str(&format!("① 제{}조 제{number}항과 제{}호, 같은 법 제3조, 별표 {} 및 ( )일, “용어{number}”란 것을 말한다.\n", number % 50, number % 9, number % 90));
    }
    let begun = std::time::Instant::now();
    let report = analyzer("cloud-b2c", None).analyze(&Document::from_text("약관.txt", text));
    assert!(report.findings.iter().any(|finding| finding.kind == Kind::Reference));
    assert!(begun.elapsed().as_secs() < 120, "{:?}", begun.elapsed());
}
