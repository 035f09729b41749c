//! What a user's configuration and choices make of a report: rules of one's own, switched off, weighed otherwise, taken
//! out; audience and instrument chosen. Held against rules that are written here, so that no built-in one matters.

use jomun::analyze::{Analyzer, AnalyzerBuilder};
use jomun::config::Config;
use jomun::document::Document;
use jomun::finding::{Kind, Severity};
use jomun::language;
use jomun::notice::Stage;
use jomun::report::{Audience, Instrument, Report};
use jomun::rule::example::{self, FailureKind};
use jomun::rule::{RuleSet, RuleSetBuilder};
use std::sync::{Arc, OnceLock};

const TERMS: &str = "\
서비스 이용약관
제1조(목적) 이 약관은 회사가 제공하는 클라우드 서비스를 회원이 이용하는 데 필요한 사항을 정한다.
제2조(책임) ① 회사는 회원에게 생긴 손해에 대하여 책임을 지지 아니한다.
② 회사는 데이터의 유실에 대하여 책임을 지지 아니한다.
제3조(요금) 회원은 요금을 낸다.
";

/// A rule on not being liable, with what it asks for besides.
fn rule(id: &str, severity: &str, instrument: &str, asks: &str, good: &str) -> String {
    let bad = "[[bad]]\ntext = \"[[회사는 데이터의 유실에 대하여 책임을 지지 아니한다]].\"\n".repeat(4);
    let good = format!("[[good]]\ntext = \"{good}\"\n").repeat(4);
    format!(
        "id = \"{id}\"\ntitle = \"{id}의 이름\"\nseverity = \"{severity}\"\nconfidence = \"high\"\n\
         instrument = \"{instrument}\"\nbasis = [\"약관법 제7조제2호\"]\ntopics = [\"provider-damages\"]\n\
         message = \"책임을 지지 않는 조항으로 볼 수 있습니다.\"\nwhy = \"까닭입니다.\"\nadvice = \"고치십시오.\"\n\
         suggestion = \"회사는 손해를 배상한다.\"\n[[match]]\nact = [\"not-liable\"]\nactor = \"provider\"\n{asks}\n{bad}{good}"
    )
}

const GOOD: &str = "회사는 손해를 배상한다.";

/// One rule on all that the provider is not liable for, and a lighter one on data.
fn rules() -> Arc<RuleSet> {
    static RULES: OnceLock<Arc<RuleSet>> = OnceLock::new();
    let read = || {
        let rules = RuleSetBuilder::default()
            .without_builtin()
            .file("user/no-liability.toml", rule("no-liability", "high", "terms", "", GOOD))
            .file(
                "user/no-data-care.toml",
                rule("no-data-care", "medium", "terms", "when = [\"데이터\"]", GOOD),
            );
        Arc::new(rules.build().unwrap())
    };
    Arc::clone(RULES.get_or_init(read))
}

fn analyzer(config: &str) -> AnalyzerBuilder {
    static LANGUAGE: OnceLock<Arc<language::Analyzer>> = OnceLock::new();
    let language = LANGUAGE.get_or_init(|| Arc::new(language::Analyzer::new().unwrap()));
    Analyzer::builder()
        .language(Arc::clone(language))
        .rules(rules())
        .config(Config::parse("jomun.toml", config).unwrap())
}

fn report(config: &str) -> Report {
    analyzer(config).build().unwrap().analyze(&Document::from_text("계약/약관.txt", TERMS))
}

/// Clause, rule, others and severity of the findings at words.
fn told(report: &Report) -> Vec<(&str, &str, Vec<&str>, Severity)> {
    let at_words = report.findings.iter().filter(|finding| finding.clause.is_some());
    at_words
        .map(|finding| {
            let also = finding.also.iter().map(String::as_str).collect();
            (finding.clause.as_deref().unwrap(), finding.rule.as_str(), also, finding.severity)
        })
        .collect()
}

fn settings(report: &Report) -> Vec<&str> {
    let of_config = report.notices.iter().filter(|notice| notice.stage == Stage::Config);
    of_config.map(|notice| notice.message.as_str()).collect()
}

#[test]
fn without_a_word_of_the_user_both_rules_tell() {
    let report = report("");
    assert_eq!(
        told(&report),
        [
            ("제2조제1항", "no-liability", vec![], Severity::High),
            ("제2조제2항", "no-liability", vec!["no-data-care"], Severity::High),
        ]
    );
    assert_eq!(report.suppressed, []);
    assert_eq!(settings(&report), [""; 0]);
    let finding = report.findings.iter().find(|finding| finding.rule == "no-liability").unwrap();
    assert_eq!(finding.provisions[0], "cloud-b2c/제22조제1항");
    let missing = report.findings.iter().find(|finding| finding.rule == "missing-jurisdiction").unwrap();
    assert!(
        missing.provisions.iter().all(|at| at.starts_with("cloud-b2c/제25조")),
        "{:?}",
        missing.provisions
    );
    assert_eq!(report.tool.law_as_of.as_deref(), Some("2026-01-02"));
}

#[test]
fn a_rule_that_is_off_leaves_the_others_on_the_same_words() {
    let report = report("off = [\"no-liability\", \"missing-jurisdiction\"]");
    assert_eq!(told(&report), [("제2조제2항", "no-data-care", vec![], Severity::Medium)]);
    assert!(report.findings.iter().all(|finding| finding.rule != "missing-jurisdiction"));
    assert!(report.topics.iter().any(|topic| topic.id == "jurisdiction"), "the table stays whole");
}

#[test]
fn a_severity_of_the_users_is_final() {
    let config = "[severity]\nno-liability = \"low\"\nmissing-jurisdiction = \"info\"";
    let terms = report(config);
    let severities: Vec<Severity> = told(&terms).iter().map(|finding| finding.3).collect();
    assert_eq!(severities, [Severity::Low, Severity::Medium]);
    let missing = terms.findings.iter().find(|finding| finding.rule == "missing-jurisdiction").unwrap();
    assert_eq!(missing.severity, Severity::Info);
    let negotiated = analyzer(config).instrument(Some(Instrument::Negotiated)).build().unwrap();
    let negotiated = negotiated.analyze(&Document::from_text("계약/약관.txt", TERMS));
    assert_eq!(told(&negotiated)[0].3, Severity::Low);
    assert_ne!(report("").tool.rules, terms.tool.rules, "the digest tells that the settings decided too");
}

const TAKEN_OUT: &str = "\
[[suppress]]
rule = \"no-data-care\"
clause = \"제2조\"
document = \"*.txt\"
reason = \"백업은 고객이 하기로 함\"
date = \"2026-11-27\"
";

#[test]
fn what_is_taken_out_stands_apart_with_its_reason() {
    let analyzer = analyzer(TAKEN_OUT).build().unwrap();
    let report = analyzer.analyze(&Document::from_text("계약/약관.txt", TERMS));
    assert_eq!(
        told(&report),
        [
            ("제2조제1항", "no-liability", vec![], Severity::High),
            ("제2조제2항", "no-liability", vec![], Severity::High),
        ]
    );
    let [entry] = &report.suppressed[..] else { panic!("{:?}", report.suppressed) };
    assert_eq!((entry.finding.rule.as_str(), entry.finding.severity), ("no-data-care", Severity::Medium));
    assert_eq!((entry.reason.as_str(), entry.date.as_str()), ("백업은 고객이 하기로 함", "2026-11-27"));
    assert_eq!(analyzer.unused_suppressions().count(), 0);
    assert_eq!(settings(&report), [""; 0]);
}

#[test]
fn a_suppression_that_takes_nothing_out_is_told_once() {
    let entry = |rule: &str, more: &str| {
        format!("[[suppress]]\nrule = \"{rule}\"\n{more}reason = \"r\"\ndate = \"2026-11-27\"\n")
    };
    let config = [
        entry("no-liability", "clause = \"제9조\"\n"),
        entry("no-liability", "clause = \"제9조\"\ndocument = \"약관.txt\"\n"),
        entry("no-liability", "document = \"다른.txt\"\n"),
        entry("gone", ""),
        entry("missing-jurisdiction", ""),
    ];
    let analyzer = analyzer(&config.concat()).build().unwrap();
    let documents = ["계약/약관.txt", "계약/둘째.txt"].map(|name| Document::from_text(name, TERMS));
    let reports: Vec<Report> = std::thread::scope(|scope| {
        let threads = documents.each_ref().map(|document| scope.spawn(|| analyzer.analyze(document)));
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let unknown = "jomun.toml:18: 모르는 규칙이어서 쓰이지 않습니다: gone";
    let unused = "jomun.toml:7: 이 suppress에 걸린 지적이 없습니다(no-liability, 약관.txt, 제9조)";
    assert_eq!(settings(&reports[0]), [unknown, unused]);
    assert_eq!(settings(&reports[1]), [unknown]);
    let left: Vec<String> = analyzer.unused_suppressions().map(jomun::config::Suppression::unused).collect();
    assert_eq!(
        left,
        [
            "jomun.toml:2: 이 suppress에 걸린 지적이 없습니다(no-liability, 제9조)",
            "jomun.toml:13: 이 suppress에 걸린 지적이 없습니다(no-liability, 다른.txt)",
        ]
    );
    assert!(reports.iter().all(|report| report.suppressed[0].finding.rule == "missing-jurisdiction"));
}

#[test]
fn ids_that_nobody_knows_stand_in_every_report() {
    let report = report("off = [\"missing-nothing\"]\n[severity]\nno-such = \"low\"\nmissing-sla = \"low\"");
    assert_eq!(
        settings(&report),
        [
            "jomun.toml:1: 모르는 규칙이어서 쓰이지 않습니다: missing-nothing",
            "jomun.toml:3: 모르는 규칙이어서 쓰이지 않습니다: no-such",
        ]
    );
}

#[test]
fn a_negotiated_contract_is_told_as_one_and_why() {
    let document = Document::from_text("계약.txt", TERMS);
    let plain = analyzer("").build().unwrap().analyze(&document);
    assert!(plain.context.why.contains("약관으로 보았습니다"), "{}", plain.context.why);
    let chosen = analyzer("")
        .instrument(Some(Instrument::Negotiated))
        .audience(Some(Audience::B2b))
        .build()
        .unwrap()
        .analyze(&document);
    assert_eq!(chosen.context.audience, Some(Audience::B2b));
    assert_eq!(chosen.context.instrument, Some(Instrument::Negotiated));
    assert_eq!(chosen.context.standard.as_deref(), Some("cloud-b2b"));
    for words in ["고객이 사업자라고 사용자가 정했습니다.", "교섭한 계약이라고 사용자가 정했습니다."]
    {
        assert!(chosen.context.why.contains(words), "{}", chosen.context.why);
    }
    let finding = chosen.findings.iter().find(|finding| finding.rule == "no-liability").unwrap();
    assert_eq!((finding.kind, finding.severity), (Kind::Deviation, Severity::Medium));
    assert!(
        finding.advice.as_ref().unwrap().starts_with("교섭한 계약이어서 약관법이 바로 적용되지 않으므로")
    );
    assert!(
        chosen.notices.iter().any(|notice| notice.stage == Stage::Rules && notice.message.contains("2건"))
    );
    assert!(plain.notices.iter().all(|notice| notice.stage != Stage::Rules));
}

#[test]
fn examples_say_what_a_rule_overlooks_and_what_it_should_not_see() {
    let wrong = rule(
        "wrong",
        "high",
        "any",
        "when = [\"데이터\"]",
        "회사는 데이터 손실에 대하여 책임을 지지 않는다.",
    )
    .replacen("데이터의 유실", "자료의 유실", 1);
    let rules = RuleSetBuilder::default().without_builtin().file("wrong.toml", wrong).build().unwrap();
    let language = language::Analyzer::new().unwrap();
    let failures = example::run(&rules, &language, &rules.rules()[0]);
    let seen: Vec<_> = failures.iter().map(|failure| (failure.kind, failure.number)).collect();
    let flagged = FailureKind::Flagged;
    assert_eq!(seen, [(FailureKind::Missed, 1), (flagged, 1), (flagged, 2), (flagged, 3), (flagged, 4)]);
    assert!(failures[0].text.starts_with("[[회사는 자료의") && failures[0].found.is_empty());
    assert_eq!(failures[1].found[0].0, "wrong");
}

#[test]
fn folders_of_rules_lie_beside_the_file_that_names_them() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("규칙/팀");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("our-rule.toml"), rule("our-rule", "low", "any", "", GOOD)).unwrap();
    let path = dir.path().join("jomun.toml");
    std::fs::write(&path, "rules = [\"규칙\"]\n[severity]\nour-rule = \"high\"\n").unwrap();
    let analyzer = Analyzer::builder().config(Config::load(&path).unwrap()).build().unwrap();
    assert!(analyzer.rules().get("our-rule").is_some() && analyzer.rules().rules().len() > 100);
    let missing = Config::load(&dir.path().join("none.toml")).unwrap_err();
    assert_eq!(missing.reason, "파일이 없습니다");
}
