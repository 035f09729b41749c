//! The renderings of a report made by hand, part by part, and the schema of the JSON.

use jomun::finding::{Confidence, Finding, Kind, Severity};
use jomun::notice::{Notice, Stage};
use jomun::render::{self, Legend, legend::Chapter};
use jomun::report::*;
use jomun::text::Span;

/// A report with every part filled: two chapters, all five statuses, unfair clauses, a doubtful one, one that was taken
/// out, notices.
pub fn report() -> Report {
    let clause = |id: &str, path: &str, level: &str, label: &str, heading: Option<&str>, span| ClauseInfo {
        id: id.into(),
        path: path.into(),
        level: level.into(),
        label: label.into(),
        heading: heading.map(Into::into),
        span: Span::from(span),
        place: Some("3행".into()),
    };
    let topic = |id: &str, status, clauses: &[&str], provisions: &[&str], missing: &[&str]| TopicStatus {
        id: id.into(),
        status,
        clauses: clauses.iter().map(ToString::to_string).collect(),
        provisions: provisions.iter().map(ToString::to_string).collect(),
        missing_elements: missing.iter().map(ToString::to_string).collect(),
        confidence: Confidence::High,
    };
    let document = jomun::document::Document::from_text("계약/서비스 약관.txt", "글");
    let mut missing = Finding::missing(
        "data-return",
        Severity::High,
        Confidence::High,
        "계약이 끝날 때 이용자 정보를 돌려준다는 내용을 찾지 못했습니다.",
    );
    let laws = [
        "클라우드컴퓨팅법 제27조",
        "약관법 제9조제5호",
        "클라우드컴퓨팅법 제27조제3항",
        "클라우드컴퓨팅법 제29조",
    ];
    missing.basis = laws.map(|law| law.parse().unwrap()).to_vec();
    missing.suggestion =
        Some("① 회사는 계약이 끝나면 (  )일 안에 고객이 맡긴 정보를 돌려준다.\n1. 돌려주는 방법: (  )\n2. 돌려주는 형식: (  )".into());
    let mut partial = Finding::missing(
        "suspension",
        Severity::Medium,
        Confidence::Medium,
        "이용 정지에 관한 조항은 있으나 일부 내용이 빠진 것으로 볼 수 있습니다.",
    );
    partial.advice = Some("정지 전에 알리는 기간과 이의 방법을 넣어 주십시오.".into());
    let mut findings: Vec<FindingInfo> = [missing, partial].iter().map(|f| f.reported(&document)).collect();
    findings.push(FindingInfo {
        id: "0123456789ab".into(),
        rule: "blanket-liability-exclusion".into(),
        kind: Kind::Unfair,
        severity: Severity::High,
        confidence: Confidence::High,
        clause: Some("제9조제1항".into()),
        clause_id: Some("c4".into()),
        span: Some(Span::new(10, 40)),
        place: Some("9행".into()),
        quote: "회사는 어떤 일에도 책임이 없다 \u{1b}[31m".into(),
        basis: ["약관법 제7조제1호", "공정거래법 제45조제1항제6호", "약관법 제6조제2항제1호"]
            .map(|law| law.parse().unwrap())
            .to_vec(),
        provisions: ["cloud-x/제22조제1항", "cloud-x/제22조제2항"].map(Into::into).to_vec(),
        also: vec!["outage-liability-excluded".into()],
        message: "사업자의 책임을 모두 없애는 조항으로 볼 수 있습니다.".into(),
        advice: Some("고의나 과실이 있으면 배상한다고 고치십시오.".into()),
        suggestion: Some("회사는 고의 또는 과실로 생긴 손해를 배상한다.".into()),
        cases: vec![
            Case {
                id: "c12".into(),
                text: "회사는 모든 책임을 지지 아니한다.".into(),
                unfair: true,
                likeness: 0.834,
            },
            Case {
                id: "c07".into(),
                text: "회사는 고의나 과실이 있으면 책임을 진다.".into(),
                unfair: false,
                likeness: 0.5,
            },
        ],
    });
    let doubtful = FindingInfo {
        id: "0123456789ac".into(),
        rule: "superlative-claim".into(),
        kind: Kind::Advertising,
        severity: Severity::High,
        confidence: Confidence::Low,
        clause: Some("제1조".into()),
        quote: "업계에서 가장 안전하다".into(),
        basis: vec!["표시광고법 제3조제1항제1호".parse().unwrap()],
        provisions: vec![],
        also: vec![],
        cases: vec![],
        ..findings[2].clone()
    };
    findings.push(doubtful.clone());
    Report {
        schema: SCHEMA.into(),
        tool: Tool {
            name: "jomun".into(),
            version: "0.0.0".into(),
            rules: "d1ge57".into(),
            law_as_of: Some("2026-01-01".into()),
        },
        document: DocumentInfo {
            path: document.name.clone(),
            sha256: document.sha256.clone(),
            format: "text".into(),
            title: Some("구름 저장 서비스 이용약관".into()),
            chars: 18233,
            parts: vec![],
        },
        context: Context {
            standard: Some("cloud-x".into()),
            edition: Some("2016-12-04".into()),
            why: "고객을 '회원'이라 부르고 청약철회를 정하고 있어 소비자용 표준을 골랐습니다.".into(),
            audience: Some(Audience::B2c),
            instrument: Some(Instrument::Terms),
            paid: Some(true),
            profiles: vec![],
            as_of: None,
            parties: Parties {
                provider: vec!["회사".into()],
                customer: vec!["회원".into(), "이용자".into()],
            },
        },
        clauses: vec![
            clause("c1", "제1조", "조", "제1조", Some("목적"), (0, 10)),
            clause("c2", "제9조", "조", "제9조", None, (10, 60)),
            clause("c3", "제9조제1항", "항", "①", None, (16, 40)),
        ],
        topics: vec![
            topic("data-return", Status::Missing, &[], &["cloud-x/제20조제1항"], &[]),
            topic("purpose", Status::Covered, &["제1조"], &["cloud-x/제1조"], &[]),
            topic(
                "suspension",
                Status::Partial,
                &["제9조제1항", "제9조제2항", "제9조제3항", "제10조제1항", "제10조제2항", "제11조제1항"],
                &["cloud-x/제9조제1항", "cloud-x/제9조제2항"],
                &["notice-period", "이의를 제기하는 방법"],
            ),
            topic("withdrawal", Status::NotApplicable, &[], &[], &[]),
            topic("sla", Status::Unreadable, &["별표 1"], &[], &[]),
        ],
        alignment: vec![],
        checklists: vec![],
        sla: levels(),
        findings,
        suppressed: vec![Suppressed {
            finding: FindingInfo { id: "0123456789ad".into(), ..doubtful },
            reason: "고객과 합의한 조항임".into(),
            date: "2026-11-27".into(),
        }],
        notices: vec![
            Notice::warning(Stage::Load, "그림 안의 글은 읽지 못했습니다.").at("3쪽"),
            Notice::info(Stage::Structure, "조 번호 제7조가 두 번 쓰였습니다."),
        ],
    }
}

/// Two targets and a credit table.
fn levels() -> Sla {
    let target = |service: Option<&str>, availability, period, downtime_minutes| SlaTarget {
        service: service.map(Into::into),
        availability,
        period,
        downtime_minutes,
        stated: true,
        clause: "별표 1".into(),
        span: Span::new(10, 20),
    };
    let tier = |level: &str, low, high, credit: &str, credit_percent| SlaTier {
        table: 1,
        service: None,
        measure: SlaMeasure::Availability,
        level: level.into(),
        low,
        low_included: low.map(|_| true),
        high,
        high_included: high.map(|_| false),
        credit: credit.into(),
        credit_percent,
        clause: "별표 1".into(),
        span: Span::new(20, 30),
    };
    Sla {
        targets: vec![
            target(Some("가상서버 <표준>"), 99.95, Some(SlaPeriod::Month), 21.6),
            target(Some("아주 긴 이름을 가진 객체 저장소와 그 밖의 부가 서비스"), 99.0, None, 432.0),
        ],
        tiers: vec![
            tier("99% 이상 99.95% 미만", Some(99.0), Some(99.95), "10%", Some(10.0)),
            tier("99% 미만", None, Some(99.0), "3일분", None),
        ],
        windows: vec![SlaWindow {
            notice_hours: Some(168.0),
            announced: true,
            limit_minutes: Some(240.0),
            bounded: true,
            excluded: true,
            clause: "제9조제1항".into(),
            span: Span::new(30, 40),
        }],
        formulas: vec![],
        exclusions: vec![SlaPlace { clause: "제9조제1항".into(), span: Span::new(30, 40) }],
        claims: vec![SlaClaim { days: 60.0, clause: "제9조제1항".into(), span: Span::new(30, 40) }],
        service: Some(Service::Saas),
        required: Some(99.5),
    }
}

pub fn legend() -> Legend {
    let chapter = |number, title: &str| Some(Chapter { number, title: title.into() });
    let mut legend = Legend::default();
    legend.standard("cloud-x", "시험용 표준계약");
    legend.provision("cloud-x", "제1조", Some("목적"), chapter(1, "총칙"));
    legend.provision("cloud-x", "제9조", Some("이용 정지"), chapter(3, "서비스의 이용"));
    legend.provision("cloud-x", "제20조", Some("정보의 반환"), chapter(4, "이용자 정보"));
    legend.provision("cloud-x", "제22조", Some("손해배상"), chapter(4, "이용자 정보"));
    legend.rule("blanket-liability-exclusion", "서비스 이용 중 생긴 손해에 대한 전면 면책");
    legend.topic("purpose", "목적", "무엇을 위한 계약인지 알아야 다른 조항을 풀이할 수 있습니다.");
    legend.topic("data-return", "종료 시 정보 반환", "돌려받을 근거가 없으면 서비스를 옮기기 어렵습니다.");
    legend.topic("suspension", "이용 정지·제한", "갑작스러운 정지는 고객의 업무를 멈추게 합니다.");
    legend.topic("withdrawal", "청약철회", "");
    legend.topic("sla", "서비스수준협약", "");
    legend.element("suspension", "notice-period", "정지 전에 알리는 기간");
    legend
}

/// Compares with `tests/golden/<name>`; `UPDATE_GOLDEN=1` writes it anew, to be looked at before it is committed.
pub fn golden(name: &str, got: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, got).unwrap();
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(want == got, "{name} differs; look at it with UPDATE_GOLDEN=1 and git diff. Now:\n{got}");
}

#[test]
fn terminal_plain() {
    let options = render::terminal::Options { width: 80, color: false };
    let text = render::terminal::render(&report(), &legend(), &options);
    golden("terminal.txt", &text);
    assert!(!text.contains('\u{1b}'), "no escape may come out of a document");
}

#[test]
fn the_chart_of_service_levels() {
    let chart = render::sla_chart_svg(&report().sla);
    golden("sla.svg", &chart);
    assert!(chart.contains("가상서버 &lt;표준&gt;") && !chart.contains("<표준>"));
    assert!(
        chart.contains("role=\"img\"") && chart.contains("aria-label=") && chart.contains("currentColor")
    );
    assert_eq!(render::sla_chart_svg(&Sla::default()), "");
}

#[test]
fn terminal_lines_keep_to_the_width() {
    use unicode_width::UnicodeWidthStr;
    for width in [40, 60, 80, 120] {
        let options = render::terminal::Options { width, color: false };
        for line in render::terminal::render(&report(), &legend(), &options).lines() {
            assert!(line.width() <= width + 8, "{width}: {line}");
        }
    }
}

#[test]
fn colours_add_nothing_but_colours() {
    let plain = render::terminal::render(
        &report(),
        &legend(),
        &render::terminal::Options { width: 80, color: false },
    );
    let coloured =
        render::terminal::render(&report(), &legend(), &render::terminal::Options { width: 80, color: true });
    assert_ne!(plain, coloured);
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn markdown() {
    golden("report.md", &render::markdown::render(&report(), &legend()));
}

#[test]
fn json_is_the_wire_format() {
    let json = render::json::pretty(&report()).unwrap();
    golden("report.json", &json);
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report(), "what is written reads back");
    let line = render::json::line(&report()).unwrap();
    assert_eq!(line.matches('\n').count(), 1);
}

#[test]
fn a_document_that_is_no_contract_has_no_table() {
    let mut report = report();
    report.topics.clear();
    report.findings.clear();
    report.suppressed.clear();
    report.sla = Sla::default();
    report.context = Context::default();
    report.notices = vec![Notice::warning(Stage::Topics, "계약서나 약관으로 보이지 않습니다.")];
    let options = render::terminal::Options { width: 80, color: false };
    golden("no-contract.txt", &render::terminal::render(&report, &legend(), &options));
}

#[test]
fn what_is_doubtful_or_taken_out_counts_nowhere() {
    let mut report = report();
    assert_eq!((report.findings.len(), report.counted().count()), (4, 3));
    report.findings.retain(|finding| finding.confidence == Confidence::Low);
    assert_eq!(report.worst(), None);
}

#[test]
fn the_schema_does_not_change_unnoticed() {
    let schema = serde_json::to_string_pretty(&Report::json_schema()).unwrap() + "\n";
    golden("report.schema.json", &schema);
}

#[test]
fn a_report_holds_to_the_schema() {
    let schema = serde_json::to_value(Report::json_schema()).unwrap();
    let mut instance = serde_json::to_value(report()).unwrap();
    assert_eq!(check(&schema, &schema, &instance, "$"), Vec::<String>::new());
    instance["topics"][0]["status"] = "gone".into();
    instance["findings"][0]["span"] = serde_json::json!([1]);
    instance["document"].as_object_mut().unwrap().remove("sha256");
    let faults = check(&schema, &schema, &instance, "$");
    assert_eq!(faults.len(), 3, "the check itself must see faults: {faults:?}");
}

#[test]
fn reports_on_the_samples_hold_to_the_schema() {
    let schema = serde_json::to_value(Report::json_schema()).unwrap();
    let analyzer = jomun::analyze::Analyzer::builder().build().unwrap();
    let legend = Legend::of(&analyzer);
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/samples");
    let mut paths: Vec<_> = std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| jomun::load::is_candidate(path));
    assert!(paths.len() >= 8, "{paths:?}");
    for path in paths {
        let document = jomun::load::load_path(&path, &jomun::load::Limits::default()).unwrap();
        let report = analyzer.analyze(&document);
        let value = serde_json::to_value(&report).unwrap();
        assert_eq!(check(&schema, &schema, &value, "$"), Vec::<String>::new(), "{}", path.display());
        let ids: std::collections::BTreeSet<&str> =
            report.findings.iter().map(|finding| finding.id.as_str()).collect();
        assert_eq!(ids.len(), report.findings.len(), "each finding has an id of its own: {}", path.display());
        for topic in &report.topics {
            assert_ne!(legend.topic_title(&topic.id), topic.id, "every topic has a Korean title");
        }
        for finding in &report.findings {
            let about = finding.rule.strip_prefix("missing-");
            let known = match about {
                Some(about) => report.topics.iter().any(|topic| topic.id == about),
                None => {
                    let built_in = jomun::check::catalogue::get(&finding.rule).is_some();
                    built_in || analyzer.rules().get(&finding.rule).is_some()
                }
            };
            assert!(known, "{}", finding.rule);
            assert_ne!(legend.rule_title(&finding.rule), finding.rule, "every rule has a Korean title");
        }
    }
}

/// As much of JSON Schema as the report's schema uses; an unknown keyword fails, so that nothing goes unchecked.
pub fn check(
    root: &serde_json::Value,
    schema: &serde_json::Value,
    value: &serde_json::Value,
    at: &str,
) -> Vec<String> {
    use serde_json::Value;
    let mut faults = Vec::new();
    let Some(schema) = schema.as_object() else { return faults };
    for (key, rule) in schema {
        match key.as_str() {
            "$schema" | "$defs" | "title" | "description" | "items" | "minimum" | "format" => {}
            "$ref" => {
                let target = root.pointer(rule.as_str().unwrap().trim_start_matches('#')).unwrap();
                faults.extend(check(root, target, value, at));
            }
            "type" => {
                let is = |name: &str| match name {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    "integer" => value.is_u64() || value.is_i64(),
                    "number" => value.is_number(),
                    other => panic!("type {other}"),
                };
                let fits = match rule {
                    Value::String(name) => is(name),
                    Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
                    _ => panic!("type"),
                };
                if !fits {
                    faults.push(format!("{at}: not {rule}"));
                }
            }
            "const" if rule != value => faults.push(format!("{at}: not {rule}")),
            "const" | "additionalProperties" => {}
            "enum" if !rule.as_array().unwrap().contains(value) => {
                faults.push(format!("{at}: not in {rule}"))
            }
            "enum" => {}
            "anyOf" | "oneOf" => {
                let options = rule.as_array().unwrap();
                let fitting = options.iter().filter(|o| check(root, o, value, at).is_empty()).count();
                if fitting == 0 || (key == "oneOf" && fitting > 1) {
                    faults.push(format!("{at}: fits {fitting} of {key}"));
                }
            }
            "required" => {
                for name in rule.as_array().unwrap() {
                    if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                        faults.push(format!("{at}: lacks {name}"));
                    }
                }
            }
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        faults.extend(check(root, rule, inner, &format!("{at}.{name}")));
                    }
                }
            }
            "prefixItems" => {
                for (i, (rule, inner)) in
                    rule.as_array().unwrap().iter().zip(value.as_array().into_iter().flatten()).enumerate()
                {
                    faults.extend(check(root, rule, inner, &format!("{at}[{i}]")));
                }
            }
            "minItems" => {
                if value.as_array().is_some_and(|a| (a.len() as u64) < rule.as_u64().unwrap()) {
                    faults.push(format!("{at}: too few items"));
                }
            }
            "maxItems" => {
                if value.as_array().is_some_and(|a| (a.len() as u64) > rule.as_u64().unwrap()) {
                    faults.push(format!("{at}: too many items"));
                }
            }
            other => panic!("the schema uses {other:?}, which this check does not know"),
        }
    }
    if let (Some(rule), Some(items), None) =
        (schema.get("items"), value.as_array(), schema.get("prefixItems"))
    {
        for (i, inner) in items.iter().enumerate() {
            faults.extend(check(root, rule, inner, &format!("{at}[{i}]")));
        }
    }
    faults
}
