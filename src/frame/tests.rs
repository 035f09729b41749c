//! Frames as grammar, with the acts that are built in.

use super::*;
use crate::document::Document;
use crate::language::Analyzer;
use crate::rule::RuleSet;
use std::sync::OnceLock;

/// What is told of the frames of one act: who, denied or not, stated or not.
#[derive(Debug, PartialEq)]
struct Told {
    actor: Option<Role>,
    negated: bool,
    mutual: bool,
    words: String,
}

fn stated(text: &str, act: &str) -> Vec<Told> {
    static SHARED: OnceLock<(Analyzer, RuleSet)> = OnceLock::new();
    let (analyzer, rules) = SHARED.get_or_init(|| (Analyzer::new().unwrap(), RuleSet::builtin().unwrap()));
    let document = Document::from_text("a.txt", format!("클라우드 서비스 이용약관\n제1조(서비스) {text}"));
    let contract = Contract::read(&document, analyzer);
    let frames = rules.frames(&contract, true);
    let act = rules.lexicon().act(act).unwrap();
    let of_act = frames.list.iter().filter(|frame| frame.act == act && frame.link.is_stated());
    of_act
        .map(|frame| Told {
            actor: frame.actor,
            negated: frame.negated,
            mutual: frame.mutual,
            words: contract.text(frame.head).to_owned(),
        })
        .collect()
}

fn one(text: &str, act: &str) -> Told {
    let mut told = stated(text, act);
    assert_eq!(told.len(), 1, "{text}: {told:?}");
    told.remove(0)
}

#[test]
fn who_acts_is_told_by_the_particle_and_by_the_name() {
    for (text, actor) in [
        ("회사는 계약을 해지할 수 있다.", Role::Provider),
        ("이용자는 계약을 해지할 수 있다.", Role::Customer),
        ("회사는 이용자가 요금을 내지 않으면 계약을 해지할 수 있다.", Role::Provider),
        ("이용자가 요금을 내지 않으면 회사가 계약을 해지할 수 있습니다.", Role::Provider),
    ] {
        assert_eq!(one(text, "terminate").actor, Some(actor), "{text}");
    }
}

#[test]
fn a_denied_act_is_no_act_and_two_denials_are_one() {
    assert!(!one("회사는 이용자의 손해에 대하여 책임을 지지 아니한다.", "not-liable").negated);
    let stated = |text| stated(text, "not-liable").iter().any(|told| !told.negated);
    assert!(!stated("회사는 이용자의 손해에 대하여 책임을 진다."));
    assert!(!stated("회사는 책임을 지지 아니하는 것은 아니다."));
    assert!(!stated("이 조항은 회사가 책임을 지지 아니한다는 뜻으로 해석하지 아니한다."));
}

#[test]
fn either_party_may_be_said_at_once() {
    assert!(one("각 당사자는 30일 전에 알리고 계약을 해지할 수 있다.", "terminate").mutual);
    assert!(!one("회사는 30일 전에 알리고 계약을 해지할 수 있다.", "terminate").mutual);
}

#[test]
fn a_condition_states_nothing() {
    assert_eq!(stated("회사가 계약을 해지하는 경우 30일 전에 알린다.", "terminate"), []);
    assert_eq!(stated("서비스가 중단된 때에는 회사가 그 사유를 알린다.", "stop-service"), []);
}

#[test]
fn an_item_is_read_with_what_leads_into_it() {
    let text = "회사는 다음 각 호의 손해에 대하여 책임을 지지 아니한다.\n1. 해킹으로 생긴 손해\n2. 자료가 없어진 손해";
    let told = stated(text, "not-liable");
    assert_eq!(told.len(), 3, "{told:?}: the lead and each item");
    assert!(told.iter().all(|told| told.actor == Some(Role::Provider) && !told.negated));
}

#[test]
fn two_statements_of_one_sentence_are_two_acts() {
    let text = "회사는 서비스를 중단할 수 있으며 이로 인한 손해를 배상하지 아니한다.";
    assert_eq!(one(text, "stop-service").actor, Some(Role::Provider));
    assert_eq!(one(text, "not-liable").actor, Some(Role::Provider));
}

#[test]
fn a_heading_states_nothing() {
    assert_eq!(stated("본문\n제2조(책임의 면책)\n서비스를 제공한다.", "not-liable"), []);
}
