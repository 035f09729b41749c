//! What a contract calls things: terms that are defined and never used, core terms that are used and never defined, terms that
//! are defined twice, parties that are called by a name that nobody gave them.

mod party;
mod term;

use super::at::{self, Squeezed, places, squeeze};
use super::catalogue::{TERM_DEFINED_TWICE, TERM_UNDEFINED, TERM_UNUSED};
use crate::clause::ClauseId;
use crate::contract::Contract;
use crate::finding::Finding;
use crate::language::particle;
use crate::text::Span;
use aho_corasick::AhoCorasick;
use std::collections::{BTreeMap, BTreeSet};
use term::{Says, Term};

/// The core terms of the standards' 제2조, without gaps, with what else they are called.
const CORE: [(&str, &[&str]); 4] = [
    ("이용자 정보", &["이용자정보"]),
    ("서비스수준협약", &["서비스수준협약", "서비스수준계약"]),
    ("최종이용자", &["최종이용자"]),
    ("클라우드컴퓨팅서비스", &["클라우드컴퓨팅서비스"]),
];

/// All findings about terms and names.
pub(super) fn check(contract: &Contract<'_>) -> Vec<Finding> {
    let terms = term::terms(contract);
    let squeezed = Squeezed::new(contract.document.text());
    let mut findings = unused(contract, &terms, &squeezed);
    findings.extend(undefined(contract, &terms, &squeezed));
    findings.extend(twice(contract, &terms));
    findings.extend(party::check(contract, &terms));
    findings
}

/// Terms that stand nowhere but where they are defined.
fn unused(contract: &Contract<'_>, terms: &[Term<'_>], squeezed: &Squeezed) -> Vec<Finding> {
    let text = contract.document.text();
    let mut names: Vec<String> = terms.iter().flat_map(|term| term.names()).collect();
    names.sort_unstable();
    names.dedup();
    let Ok(finder) = AhoCorasick::new(&names) else { return Vec::new() };
    // Where each name is defined does not count as use.
    let mut defined: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let spellings: Vec<Vec<String>> = terms.iter().map(|term| term.names()).collect();
    for (term, spelt) in terms.iter().zip(&spellings) {
        for name in spelt {
            defined.entry(name.as_str()).or_default().push(term.own());
        }
    }
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for hit in finder.find_overlapping_iter(&squeezed.text) {
        let name = names[hit.pattern().as_usize()].as_str();
        if used.contains(name) {
            continue;
        }
        let span = squeezed.origin(hit.start(), hit.end(), text);
        if !defined.get(name).is_some_and(|own| own.iter().any(|own| own.contains(span))) {
            used.insert(name);
        }
    }
    let is_used = |spelt: &[String]| spelt.iter().any(|name| used.contains(name.as_str()));
    let groups: BTreeSet<usize> = terms
        .iter()
        .zip(&spellings)
        .filter(|(_, spelt)| is_used(spelt))
        .map(|(term, _)| term.group)
        .collect();
    let mut findings = Vec::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (term, spelt) in terms.iter().zip(&spellings) {
        if is_used(spelt)
            || groups.contains(&term.group)
            || !term.is_told()
            || !spelt.iter().all(|name| told.insert(name))
        {
            continue;
        }
        let message = format!(
            "{} 정해 놓고 그 뒤로 쓰지 않아, 필요 없는 정의이거나 다른 말로 부르고 있는 것으로 볼 수 있습니다.",
            particle::with(&format!("'{}'", term.name), "을", "를")
        );
        findings.push(TERM_UNUSED.at(contract, term.span, message));
    }
    findings
}

/// Core terms that are used again and again without a meaning, in a contract that defines others.
fn undefined(contract: &Contract<'_>, terms: &[Term<'_>], squeezed: &Squeezed) -> Vec<Finding> {
    let text = contract.document.text();
    if terms.iter().filter(|term| matches!(term.says, Says::Meaning(_))).count() < 2 {
        return Vec::new();
    }
    let names: BTreeSet<String> = terms.iter().flat_map(|term| term.names()).collect();
    let mut findings = Vec::new();
    for (core, spellings) in CORE {
        if names.iter().any(|name| spellings.iter().any(|spelling| name.contains(spelling))) {
            continue;
        }
        let mut spans: Vec<Span> = Vec::new();
        let (mut explained, mut weighty) = (false, core != "이용자 정보");
        for spelling in spellings {
            for (at, _) in squeezed.text.match_indices(spelling) {
                let after = at::head(&squeezed.text[at + spelling.len()..], 12);
                let before = at::tail(&squeezed.text[..at], 6);
                // 이용자 정보보호, 이용자 정보처리방침; 별도의 서비스수준협약.
                let other = ["보호", "처리", "관리", "통신", "제공", "입력", "등록"]
                    .iter()
                    .any(|word| after.starts_with(word));
                explained |=
                    ["란", "이란", "라함", "이라함", "(이하", ":"].iter().any(|word| after.starts_with(word));
                explained |= ["별도", "별지", "별첨", "부속", "첨부"]
                    .iter()
                    .any(|word| before.contains(word) || after.contains(word));
                // What is entered to join is another thing than what is kept for the customer.
                weighty |=
                    ["반환", "돌려", "파기", "삭제", "지우", "지운", "유출", "저장", "이전", "복구", "멸실"]
                        .iter()
                        .any(|word| after.contains(word));
                if !other && !before.ends_with(['「', '『']) {
                    spans.push(squeezed.origin(at, at + spelling.len(), text));
                }
            }
        }
        spans.sort_unstable();
        if explained || !weighty || spans.len() < 3 {
            continue;
        }
        let message = format!(
            "{} {}곳에서 쓰면서 뜻을 정하지 않아, 그 범위가 분명하지 않은 것으로 볼 수 있습니다({}).",
            particle::with(&format!("'{core}'"), "을", "를"),
            spans.len(),
            places(contract, &spans)
        );
        findings.push(TERM_UNDEFINED.at(contract, spans[0], message));
    }
    findings
}

/// Terms that mean one thing here and another there.
fn twice(contract: &Contract<'_>, terms: &[Term<'_>]) -> Vec<Finding> {
    let mut first: BTreeMap<(ClauseId, String), &Term<'_>> = BTreeMap::new();
    let mut findings = Vec::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for term in terms.iter().filter(|term| term.is_told()) {
        let part = at::part(contract, contract.tree.at(term.span.start));
        let key = (part, squeeze(term.name));
        let Some(other) = first.get(&key) else {
            first.insert(key, term);
            continue;
        };
        if !differ(&other.says, &term.says) || !told.insert(key.1) {
            continue;
        }
        let place = contract.tree.at(other.span.start);
        let message = format!(
            "{} {}에서 정하고 여기에서 다시 달리 정하여, 어느 뜻인지 분명하지 않은 것으로 볼 수 있습니다.",
            particle::with(&format!("'{}'", term.name), "을", "를"),
            place.path
        );
        findings.push(TERM_DEFINED_TWICE.at(contract, term.span, message));
    }
    findings
}

/// Whether two definitions of one name say different things.
fn differ(a: &Says<'_>, b: &Says<'_>) -> bool {
    match (a, b) {
        (Says::Meaning(a), Says::Meaning(b)) => alike(a, b) < 0.30,
        // 주식회사 가람(이하 "회사"), 나래 주식회사(이하 "회사").
        (Says::Name(a), Says::Name(b)) => {
            let company =
                |text: &str| ["주식회사", "㈜", "(주)", "유한회사"].iter().any(|mark| text.contains(mark));
            let (a, b) = (squeeze(a), squeeze(b));
            company(&a) && company(&b) && !a.ends_with(&b) && !b.ends_with(&a)
        }
        _ => false,
    }
}

/// Share of pairs of letters that two texts have in common.
fn alike(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| -> BTreeSet<(char, char)> {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).take(200).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let (a, b) = (pairs(a), pairs(b));
    let common = a.intersection(&b).count() as f64;
    let least = a.len().min(b.len()) as f64;
    if least < 6.0 { 1.0 } else { common / least }
}
