//! The checklists: every item holds its own examples; a contract that states everything is wholly covered, and with one
//! item taken out exactly that item is reported; what the official texts state and leave out; documents read together.

use jomun::analyze::Analyzer;
use jomun::checklist::{Checklist, Checklists, Item, Scope, Service, Status, example};
use jomun::contract::Contract;
use jomun::document::Document;
use jomun::finding::{Kind, Severity};
use jomun::language;
use jomun::report::{ItemStatus, Report};
use std::collections::BTreeMap;
use std::path::PathBuf;

#[test]
fn every_item_holds_its_examples() {
    let lists = Checklists::builtin().unwrap();
    let language = language::Analyzer::new().unwrap();
    let mut wrong = Vec::new();
    for list in lists.lists() {
        for item in &list.items {
            assert!(!item.good.is_empty() && !item.bad.is_empty(), "{}/{}", list.id, item.id);
            for failure in example::run(&lists, &language, list, item) {
                wrong.push(format!("{}/{}: {failure:?}", list.id, item.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_lists_are_as_long_as_their_sources() {
    let lists = Checklists::builtin().unwrap();
    let length = |id: &str| lists.get(id).unwrap().items.len();
    let critical = lists.get("finance").unwrap().items.iter().filter(|item| item.critical).count();
    assert_eq!((length("finance") - critical, critical), (12, 6));
    assert_eq!((length("finance-csp"), length("public"), length("quality")), (54, 11, 12));
    assert_eq!((length("medical"), length("personal-data")), (5, 7));
}

/// A contract of our own that states every item of a list but one: its model clauses, or the examples that state it.
fn contract(list: &Checklist, example: Option<usize>, without: Option<&str>) -> String {
    let mut text = String::from("클라우드 서비스 이용계약서\n\n");
    let items = list.items.iter().filter(|item| Some(item.id.as_str()) != without);
    for (number, item) in items.enumerate() {
        let wording = example.and_then(|n| item.good.get(n).or(item.good.last())).unwrap_or(&item.model);
        let title = item.title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        text.push_str(&format!("제{}조({title})\n{wording}\n\n", number + 1));
    }
    text
}

#[test]
fn taking_one_item_out_is_noticed_and_nothing_else_changes() {
    let lists = Checklists::builtin().unwrap();
    let language = language::Analyzer::new().unwrap();
    let scope = Scope { critical: true, service: Some(Service::Iaas) };
    let mut wrong = Vec::new();
    for list in lists.lists() {
        let decide = |text: String| -> Vec<(String, Status)> {
            let document = Document::from_text("계약.txt", text);
            let contract = Contract::read(&document, &language);
            let decided = lists.decide(&[list], &contract, scope).remove(0);
            decided.into_iter().map(|decision| (decision.item.id.clone(), decision.status)).collect()
        };
        for wording in [None, Some(0), Some(1)] {
            for without in std::iter::once(None).chain(list.items.iter().map(|item| Some(item.id.as_str()))) {
                for (id, status) in decide(contract(list, wording, without)) {
                    let wanted = if without == Some(id.as_str()) { Status::Missing } else { Status::Covered };
                    if status != wanted {
                        wrong.push(format!("{} {wording:?} without {without:?}: {id} {status:?}", list.id));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn analyzer(profiles: &[&str], scope: Scope) -> Analyzer {
    Analyzer::builder().profiles(profiles.iter().map(|id| (*id).to_owned())).scope(scope).build().unwrap()
}

fn statuses(report: &Report, list: &str) -> BTreeMap<String, ItemStatus> {
    let list = report.checklists.iter().find(|checklist| checklist.id == list).unwrap();
    list.items.iter().map(|item| (item.id.clone(), item.status)).collect()
}

#[test]
fn a_report_tells_of_what_is_missing_and_of_nothing_else() {
    let lists = Checklists::builtin().unwrap();
    let list = lists.get("cloud-act").unwrap();
    let analyzer = analyzer(&["cloud-act"], Scope::default());
    let told = |text: String| -> Vec<String> {
        let report = analyzer.analyze(&Document::from_text("계약.txt", text));
        assert_eq!(report.context.profiles, ["cloud-act"]);
        let of_list = report.findings.iter().filter(|finding| finding.rule.starts_with("checklist-"));
        of_list.map(|finding| finding.rule.clone()).collect()
    };
    assert_eq!(told(contract(list, None, None)), [""; 0]);
    for item in &list.items {
        assert_eq!(told(contract(list, None, Some(&item.id))), [list.rule(item)], "{}", item.id);
    }
}

#[test]
fn a_finding_names_what_lacks_the_law_and_a_model_clause() {
    let analyzer = analyzer(&["cloud-act"], Scope::default());
    let text = "클라우드 서비스 이용약관\n제1조(통지) ① 회사는 서비스를 종료하려면 10일 전에 회원에게 전자우편으로 알린다.\n\
        ② 계약이 해지된 뒤에는 회원의 데이터를 반환하지 않는다.\n제2조(사고) 회사는 침해사고가 나더라도 회원에게 통지할 의무를 부담하지 않는다.";
    let report = analyzer.analyze(&Document::from_text("약관.txt", text));
    let found = |id: &str| {
        let rule = format!("checklist-cloud-act-{id}");
        report.findings.iter().find(|finding| finding.rule == rule).unwrap()
    };
    let end = found("business-end-notice");
    assert_eq!((end.kind, end.severity), (Kind::Missing, Severity::Medium));
    assert!(end.message.contains("30일 전까지 알림"), "{}", end.message);
    assert!(end.basis.iter().any(|basis| basis.article == "27" && basis.item.as_deref() == Some("4")));
    assert!(end.suggestion.as_ref().is_some_and(|text| text.contains("30일 전까지")));
    // The law lets a contract depart from return: that is said, and weighs little.
    let back = found("data-return");
    assert_eq!((back.severity, back.clause.as_deref()), (Severity::Low, Some("제1조제2항")));
    assert!(back.message.contains("제27조제5항"), "{}", back.message);
    // The opposite of a duty is worse than silence: it keeps its weight and its place.
    let incident = found("incident-notice");
    assert_eq!((incident.severity, incident.clause.as_deref()), (Severity::High, Some("제2조")));
    let states = statuses(&report, "cloud-act");
    assert_eq!(states["data-return"], ItemStatus::Contradicted);
    assert_eq!(states["incident-notice"], ItemStatus::Contradicted);
    assert_eq!(states["escrow"], ItemStatus::Missing);
}

#[test]
fn without_profiles_a_report_is_what_it_was() {
    let text = "클라우드 서비스 이용약관\n제1조(사고) 회사는 침해사고가 나면 회원에게 알린다.";
    let plain = Analyzer::builder().build().unwrap().analyze(&Document::from_text("약관.txt", text));
    let asked = analyzer(&["cloud-act"], Scope::default()).analyze(&Document::from_text("약관.txt", text));
    assert!(plain.checklists.is_empty() && plain.context.profiles.is_empty());
    assert!(!plain.findings.iter().any(|finding| finding.rule.starts_with("checklist-")));
    let others = asked.findings.iter().filter(|finding| !finding.rule.starts_with("checklist-"));
    assert_eq!(others.cloned().collect::<Vec<_>>(), plain.findings);
    assert_ne!(asked.tool.rules, plain.tool.rules, "what decides is another thing");
}

#[test]
fn what_does_not_apply_is_told_apart() {
    let lists = Checklists::builtin().unwrap();
    let text = |list: &str| contract(lists.get(list).unwrap(), None, None);
    let report =
        |list: &str, scope| analyzer(&[list], scope).analyze(&Document::from_text("계약.txt", text(list)));
    let saas = Scope { critical: false, service: Some(Service::Saas) };
    let count = |report: &Report, list: &str, wanted: ItemStatus| {
        statuses(report, list).values().filter(|status| **status == wanted).count()
    };
    let finance = report("finance", Scope::default());
    assert_eq!(count(&finance, "finance", ItemStatus::NotApplicable), 6);
    assert_eq!(count(&finance, "finance", ItemStatus::Covered), 12);
    let csp = report("finance-csp", saas);
    let narrow = lists.get("finance-csp").unwrap().items.iter().filter(|item| item.services.len() == 2);
    assert_eq!(count(&csp, "finance-csp", ItemStatus::NotApplicable), narrow.count());
    let foreign = analyzer(&["medical"], Scope::default())
        .analyze(&Document::from_text("a.txt", "Terms of service. Nothing here is Korean."));
    assert_eq!(count(&foreign, "medical", ItemStatus::Unreadable), 5);
    assert!(!foreign.findings.iter().any(|finding| finding.rule.starts_with("checklist-")));
}

#[test]
fn a_threshold_depends_on_the_service() {
    let text = |target: &str| {
        format!(
            "서비스 이용계약서\n제1조(가용률) 회사는 월 가용률 {target} 이상을 보장한다. 가용률은 전체 시간에서 중단된 시간을 \
             뺀 값을 전체 시간으로 나누어 산정한다. 목표에 미달하면 월 요금의 10%를 보상한다."
        )
    };
    for (service, target, status) in [
        (Some(Service::Iaas), "99.9%", ItemStatus::Covered),
        (Some(Service::Paas), "99.5%", ItemStatus::Missing),
        (Some(Service::Saas), "99.5%", ItemStatus::Covered),
        (Some(Service::Saas), "99.0%", ItemStatus::Missing),
        (Some(Service::Other), "95%", ItemStatus::Covered),
        (None, "95%", ItemStatus::Covered),
    ] {
        let analyzer = analyzer(&["public"], Scope { critical: false, service });
        let report = analyzer.analyze(&Document::from_text("계약.txt", text(target)));
        assert_eq!(statuses(&report, "public")["pub-availability"], status, "{service:?} {target}");
    }
}

#[test]
fn a_named_document_is_told_and_read_when_it_is_given() {
    let analyzer = analyzer(&["quality"], Scope::default());
    let terms = "서비스 이용계약서\n제1조(품질) ① 회사는 서비스를 제공한다.\n② 서비스의 가용률과 백업은 서비스수준협약에서 정하는 바에 따른다.";
    let sla = "서비스수준협약\n\n제1조(가용률) 회사는 월 가용률 99.9퍼센트 이상을 보장한다.\n제2조(백업) 회사는 하루에 한 번 데이터를 백업한다.";
    let alone = analyzer.analyze(&Document::from_text("계약.txt", terms));
    let item = |report: &Report, id: &str| {
        report.checklists[0].items.iter().find(|item| item.id == id).unwrap().clone()
    };
    let availability = item(&alone, "availability");
    assert_eq!(
        (availability.status, availability.annex.as_deref()),
        (ItemStatus::Annex, Some("서비스수준협약"))
    );
    assert_eq!(item(&alone, "provider-capability").status, ItemStatus::Missing);

    let set = Document::from_text("계약.txt", terms).with(&[Document::from_text("sla.txt", sla)]);
    let together = analyzer.analyze(&set);
    assert_eq!(together.document.parts, ["계약.txt", "sla.txt"]);
    assert_eq!(together.document.path, "계약.txt");
    let availability = item(&together, "availability");
    assert_eq!((availability.status, availability.clauses), (ItemStatus::Covered, vec!["제1조".to_owned()]));
    assert_eq!(availability.evidence[0].place.as_deref(), Some("sla.txt: 3행"));
    // The two 제1조 are two clauses.
    let first: Vec<&str> = together
        .clauses
        .iter()
        .filter(|clause| clause.path == "제1조")
        .map(|clause| clause.id.as_str())
        .collect();
    assert_eq!(first.len(), 2, "{first:?}");
    assert_eq!(availability.evidence[0].clause_id, first[1]);
    // What was named and given and does not state it is missing after all.
    let short = Document::from_text("계약.txt", terms)
        .with(&[Document::from_text("sla.txt", "서비스수준협약\n제1조(목적) 회사는 품질을 지킨다.")]);
    assert_eq!(item(&analyzer.analyze(&short), "availability").status, ItemStatus::Missing);
}

#[test]
fn documents_read_together_keep_their_places_and_structure() {
    let first = Document::from_text(
        "가.txt",
        "약관\n제1조(목적) 이 약관은 목적을 정한다.\n제2조(책임) 회사는 책임을 진다.\n",
    );
    let second = Document::from_text("나.txt", "협약\n제1조(목표) 회사는 목표를 지킨다.\n1. 가용률\n2. 복구");
    let alone = [jomun::clause::parse(&first).0, jomun::clause::parse(&second).0];
    let set = first.clone().with(std::slice::from_ref(&second));
    let (tree, _) = jomun::clause::parse(&set);
    let paths = |tree: &jomun::clause::ClauseTree| -> Vec<String> {
        tree.clauses().iter().map(|clause| clause.path.to_string()).collect()
    };
    let mut wanted = paths(&alone[0]);
    wanted.push("나.txt".to_owned());
    wanted.extend(paths(&alone[1]));
    assert_eq!(paths(&tree), wanted);
    assert_eq!(set.main_text(), first.text());
    let start = set.text().find("제1조(목표)").unwrap();
    assert_eq!((set.place(0).as_str(), set.place(start).as_str()), ("가.txt: 1행", "나.txt: 2행"));
    for clause in tree.clauses() {
        assert!(set.text().get(clause.span.start..clause.span.end).is_some());
    }
}

#[test]
fn a_certificate_stands_for_alternative_items_only() {
    let analyzer = analyzer(&["finance-csp"], Scope::default());
    let text = "서비스 이용계약서\n제1조(인증) 회사는 클라우드 보안인증을 취득하여 유지한다.\n제2조(요금) 이용자는 요금을 낸다.";
    let report = analyzer.analyze(&Document::from_text("계약.txt", text));
    let states = statuses(&report, "finance-csp");
    assert_eq!(states["csp-1-1-1"], ItemStatus::Annex);
    assert_eq!(states["csp-5-2-1"], ItemStatus::Missing, "a mandatory item is evaluated in any case");
    let sheet = jomun::render::terminal::render(
        &report,
        &jomun::render::Legend::of(&analyzer),
        &jomun::render::terminal::Options::default(),
    );
    assert!(sheet.contains("점검 목록: 금융분야"), "{sheet}");
    assert!(sheet.contains("→ 클라우드 보안인증"), "{sheet}");
}

#[test]
fn ones_own_list_is_held_against_contracts_too() {
    let own = r#"
id = "own"
title = "우리 회사 기준"
edition = "2026-01"
source = "구매 기준"
[concepts]
refund-words = ["환불", "반환"]
[[item]]
id = "refund"
title = "환불"
severity = "medium"
requires = "해지하면 남은 요금을 돌려받아야 합니다."
model = "회사는 해지한 때에 남은 요금을 환불한다."
contradicted = ["요금 환불~"]
[[item.element]]
name = "남은 요금의 환불"
any = ["요금 @refund-words^"]
"#;
    let lists = Checklists::builder().file("own.toml", own).build().unwrap();
    let analyzer = Analyzer::builder()
        .checklists(std::sync::Arc::new(lists))
        .profiles(["own".to_owned()])
        .build()
        .unwrap();
    let status = |clause: &str| {
        let text = format!("서비스 이용약관\n제1조(해지) {clause}");
        statuses(&analyzer.analyze(&Document::from_text("약관.txt", text)), "own")["refund"]
    };
    assert_eq!(status("회사는 남은 요금을 환불한다."), ItemStatus::Covered);
    assert_eq!(status("요금은 환불하지 않는다."), ItemStatus::Contradicted);
    assert_eq!(status("회원은 요금을 낸다."), ItemStatus::Missing);
    let unknown = Analyzer::builder().profiles(["none".to_owned()]).build().err().unwrap();
    assert!(unknown.to_string().starts_with("none: 모르는 점검 목록입니다"), "{unknown}");
}

/// What the official texts of 2016 state of the law, held against the statute by hand: (item, B2B, B2C).
const OFFICIAL: &[(&str, ItemStatus, ItemStatus)] = {
    use ItemStatus::{Annex, Covered, Missing, Partial};
    &[
        ("incident-notice", Covered, Covered),
        ("leak-notice", Covered, Covered),
        // B2B notifies of every interruption and gives no time; B2C has that of the decree.
        ("outage-notice", Partial, Covered),
        ("notice-content", Covered, Covered),
        // Both allow notice on the access screen without the 15 days.
        ("notice-method", Partial, Partial),
        ("data-location", Missing, Covered),
        // B2B refers to a policy; B2C excepts every statute, not only the court's order and the warrant.
        ("third-party-limit", Annex, Partial),
        ("third-party-consent", Missing, Missing),
        ("contract-end-notice", Missing, Partial),
        ("business-end-notice", Partial, Partial),
        ("data-return", Partial, Partial),
        ("data-destruction", Covered, Covered),
        ("escrow", Missing, Missing),
        // Proof of no fault is spoken of for disputes between users (B2B) and for exposure (B2C) only.
        ("damages", Partial, Partial),
    ]
};

#[test]
fn the_official_texts_state_what_they_state() {
    let analyzer = analyzer(&["cloud-act"], Scope::default());
    for (file, column) in [("b2b.txt", 0), ("b2c.txt", 1)] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/standards").join(file);
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let states = statuses(&analyzer.analyze(&Document::from_text(file, text)), "cloud-act");
        assert_eq!(states.len(), OFFICIAL.len());
        for (id, b2b, b2c) in OFFICIAL {
            let wanted = [*b2b, *b2c][column];
            assert_eq!(states[*id], wanted, "{file} {id}");
        }
    }
}

#[test]
fn lists_cite_no_law_that_there_is_not() {
    let statutes = jomun::statute::Statutes::builtin().unwrap();
    for list in Checklists::builtin().unwrap().lists() {
        for item in &list.items {
            let Item { basis, departure, .. } = item;
            for basis in basis.iter().chain(departure) {
                assert!(statutes.article(basis).is_some(), "{}/{}: {basis}", list.id, item.id);
            }
        }
    }
}
