//! Clauses that exclude each other: two courts, two laws, and one sentence said twice with another period. Whatever stands
//! under a condition may differ.

use super::super::at;
use super::super::catalogue::{CLAUSES_CONTRADICT, NUMBERS_DISAGREE};
use crate::clause::{ClauseId, Level};
use crate::contract::{Contract, Passage};
use crate::finding::Finding;
use crate::language::FactKind;
use crate::language::fact::{Duration, Unit};
use crate::text::Span;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[allow(clippy::unwrap_used, reason = "constant patterns, compiled in tests")]
static COURT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([가-힣]{2,6}(?:중앙|동부|서부|남부|북부)?지방법원)|((?:회사|당사|공급사업자|사업자|공급자|본사|갑|을|몰|사이트)[^.\n]{0,14}(?:소재지|본점|주사무소|주소지?)[^.\n]{0,14}법원)|((?:이용자|회원|고객|소비자|이용사업자)[^.\n]{0,14}(?:소재지|주소지?|거소)[^.\n]{0,24}법원)")
        .unwrap()
});

#[allow(clippy::unwrap_used, reason = "constant patterns, compiled in tests")]
static COUNTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(대한민국|한국|미국|미합중국|일본국?|영국|잉글랜드|중국|싱가포르|홍콩|독일|아일랜드|캘리포니아|델라웨어)[가-힣 ]{0,8}(?:법률?|법령)").unwrap()
});

pub(super) fn check(contract: &Contract<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    findings.extend(courts(contract));
    findings.extend(laws(contract));
    findings.extend(numbers(contract));
    findings
}

/// The 항 or 조 that decides.
fn unit(contract: &Contract<'_>, clause: ClauseId) -> ClauseId {
    let tree = &contract.tree;
    let mut above = std::iter::once(tree.get(clause)).chain(tree.ancestors(clause));
    above
        .find(|clause| clause.level == Level::Paragraph || clause.level.is_article())
        .map_or(clause, |clause| clause.id)
}

/// Whether a sentence binds in every case and of the contract itself.
fn is_unconditional(contract: &Contract<'_>, passage: &Passage) -> bool {
    let text = contract.text(passage.span);
    let conditions = [
        "경우",
        "다만",
        "단,",
        "소비자",
        "외국",
        "해외",
        "아닌 ",
        "한하여",
        "때에는",
        "불구하고",
        "국외",
        "제외",
    ];
    // That a dispute arises, or a suit is brought, is no condition.
    let plain = [
        "소송이 제기되는 경우",
        "소송이 제기될 경우",
        "분쟁이 발생한 경우",
        "분쟁이 발생하는 경우",
        "소송을 제기하는 경우",
        "소를 제기하는 경우",
        "합의가 이루어지지 않는 경우",
        "해결되지 않는 경우",
        "해결되지 아니한 경우",
        "소송이 필요한 경우",
        "소송할 경우",
    ]
    .iter()
    .fold(text.to_owned(), |text, words| text.replace(words, ""));
    !conditions.iter().any(|word| plain.contains(word))
        && at::is_main(&contract.tree, contract.tree.get(passage.clause))
}

/// Two sentences that name different courts.
fn courts(contract: &Contract<'_>) -> Option<Finding> {
    let kind = |text: &str| -> BTreeSet<String> {
        COURT
            .captures_iter(text)
            .filter_map(|caps| {
                let named = caps.get(1).map(|court| court.as_str().to_owned());
                named
                    .or_else(|| caps.get(2).map(|_| "회사 소재지 법원".to_owned()))
                    .or_else(|| caps.get(3).map(|_| "고객 주소지 법원".to_owned()))
            })
            .collect()
    };
    let about = |text: &str| {
        text.contains("법원") && ["관할", "제소", "소송", "소를"].iter().any(|word| text.contains(word))
    };
    conflict(contract, about, kind, "관할법원")
}

/// Two sentences that name different laws.
fn laws(contract: &Contract<'_>) -> Option<Finding> {
    let kind = |text: &str| -> BTreeSet<String> {
        COUNTRY
            .captures_iter(text)
            .filter_map(|caps| caps.get(1))
            .map(|country| match country.as_str() {
                "한국" => "대한민국".to_owned(),
                "미합중국" => "미국".to_owned(),
                "일본국" => "일본".to_owned(),
                "잉글랜드" => "영국".to_owned(),
                other => other.to_owned(),
            })
            .collect()
    };
    let about = |text: &str| {
        let governs = ["준거법", "적용", "따라 해석", "해석되", "규율", "지배", "따릅니다", "따른다"]
            .iter()
            .any(|word| text.contains(word));
        governs && ["약관", "계약", "본 합의", "소송", "분쟁"].iter().any(|word| text.contains(word))
    };
    conflict(contract, about, kind, "준거법")
}

fn conflict(
    contract: &Contract<'_>,
    about: impl Fn(&str) -> bool,
    kind: impl Fn(&str) -> BTreeSet<String>,
    matter: &str,
) -> Option<Finding> {
    let mut first: Option<(&Passage, BTreeSet<String>)> = None;
    for passage in &contract.passages {
        let text = contract.text(passage.span);
        if text.len() > 2_000 || !about(text) || !is_unconditional(contract, passage) {
            continue;
        }
        let named = kind(text);
        if named.is_empty() {
            continue;
        }
        let Some((other, before)) = &first else {
            first = Some((passage, named));
            continue;
        };
        if unit(contract, other.clause) != unit(contract, passage.clause) && before.is_disjoint(&named) {
            let list =
                |names: &BTreeSet<String>| names.iter().map(String::as_str).collect::<Vec<_>>().join("·");
            let message = format!(
                "{matter}을 {}에서는 '{}', 여기에서는 '{}' 쪽으로 정하여 서로 어긋나는 것으로 볼 수 있습니다.",
                contract.tree.get(other.clause).path,
                list(before),
                list(&named)
            );
            return Some(CLAUSES_CONTRADICT.at(contract, passage.span, message));
        }
    }
    None
}

/// A sentence with one period, as it is compared.
struct Timed {
    passage: usize,
    period: Duration,
    span: Span,
    words: BTreeSet<String>,
}

/// Words that two sentences must have at least, and how many of all they must share.
const WORDS: usize = 6;
const SHARED: f64 = 0.8;
/// Sentences that share a rare word; more are not rare.
const RARE: usize = 24;

/// Nearly the same sentence in two places with another period.
fn numbers(contract: &Contract<'_>) -> Vec<Finding> {
    let mut timed: Vec<Timed> = Vec::new();
    for (number, passage) in contract.passages.iter().enumerate() {
        if passage.span.len() > 1_200
            || passage.definition
            || !at::is_main(&contract.tree, contract.tree.get(passage.clause))
        {
            continue;
        }
        let mut periods = contract.morphs.facts_in(passage.span).iter().filter_map(|fact| match fact.kind {
            FactKind::Duration(period) if period.count.is_some() => Some((period, fact.span)),
            _ => None,
        });
        let (Some((period, span)), None) = (periods.next(), periods.next()) else { continue };
        let words: BTreeSet<String> = contract
            .terms(passage)
            .map(|word| if word.negated { format!("!{}", word.lemma) } else { word.lemma.to_owned() })
            .filter(|word| !word.chars().any(|c| c.is_ascii_digit()))
            .collect();
        if words.len() >= WORDS {
            timed.push(Timed { passage: number, period, span, words });
        }
    }
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for word in timed.iter().flat_map(|timed| &timed.words) {
        *often.entry(word).or_default() += 1;
    }
    let mut shelves: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, sentence) in timed.iter().enumerate() {
        let mut rare: Vec<&String> = sentence.words.iter().filter(|word| often[word.as_str()] > 1).collect();
        rare.sort_by_key(|word| (often[word.as_str()], word.as_str()));
        for word in rare.into_iter().take(3) {
            shelves.entry(word).or_default().push(number);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for shelf in shelves.values().filter(|shelf| shelf.len() <= RARE) {
        for (at, a) in shelf.iter().enumerate() {
            pairs.extend(shelf[at + 1..].iter().map(|b| (*a, *b)));
        }
    }
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let mut findings = Vec::new();
    for (a, b) in pairs {
        let (first, second) = (&timed[a], &timed[b]);
        let differ = first.period.unit == second.period.unit
            && first.period.bound == second.period.bound
            && first.period.count != second.period.count
            && !matches!(first.period.unit, Unit::Second | Unit::Minute);
        if !differ || !same_matter(contract, first, second) || !told.insert(b) {
            continue;
        }
        let text = contract.document.text();
        let message = format!(
            "{}에서는 '{}', 여기에서는 '{}'로 적어 같은 사항의 기간이 서로 다른 것으로 볼 수 있습니다.",
            contract.tree.get(contract.passages[first.passage].clause).path,
            first.span.of(text),
            second.span.of(text)
        );
        findings.push(NUMBERS_DISAGREE.at(contract, contract.passages[second.passage].span, message));
    }
    findings
}

fn same_matter(contract: &Contract<'_>, a: &Timed, b: &Timed) -> bool {
    let (first, second) = (&contract.passages[a.passage], &contract.passages[b.passage]);
    let common = a.words.intersection(&b.words).count() as f64;
    let all = a.words.union(&b.words).count() as f64;
    common / all >= SHARED
        && unit(contract, first.clause) != unit(contract, second.clause)
        && first.subject == second.subject
        && first.modalities == second.modalities
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::language::Analyzer;

    #[test]
    fn courts_conflict_only_where_both_bind_always() {
        let analyzer = Analyzer::new().unwrap();
        let first = "제1조(관할) 소송은 서울중앙지방법원을 관할법원으로 한다.\n제2조(분쟁) ";
        for (second, conflicts) in [
            ("소송의 관할은 대전지방법원으로 한다.", true),
            ("소송은 이용자의 주소를 관할하는 지방법원에 낸다.", true),
            ("소송은 서울중앙지방법원에 낸다.", false),
            ("외국 이용자의 소송은 대전지방법원이 관할한다.", false),
            ("다만, 소액의 소송은 대전지방법원이 관할한다.", false),
        ] {
            let document = Document::from_text("a.txt", format!("{first}{second}"));
            let contract = Contract::read(&document, &analyzer);
            assert_eq!(courts(&contract).is_some(), conflicts, "{second}");
        }
    }
}
