//! The second opinion: clauses that were written unfair and fair, searched for those most like a clause of a contract.
//! Rules find, cases weigh, neither decides alone. Knows words and who is who, no rule.
//!
//! The words of the cases stand in `corpora/cases.words`, analysed beforehand, because reading 1,500 clauses takes
//! longer than a contract does; a test holds them against the analyser.

use crate::contract::Contract;
use crate::error::{DataError, toml_reason};
use crate::index::TermIndex;
use crate::language::{Modality, Morphs, Parties, Role};
use crate::text::Span;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::OnceLock;

const CASES: &str = include_str!("../corpora/cases.toml");
const WORDS: &str = include_str!("../corpora/cases.words");

/// How many of the nearest cases give a sound [`opinion`]: fewer sway with each, more are unlike the clause.
pub const NEIGHBOURS: usize = 25;
/// An [`opinion`] below this doubts a finding: of the findings on labelled contracts that lay below it hardly more than
/// half were right.
pub const DOUBT: f32 = -0.3;
/// An [`opinion`] above this agrees with a finding: of those on labelled contracts nearly nine in ten were right.
pub const AGREEMENT: f32 = 0.1;
/// The index proposes so many for each that is asked for; likeness orders them anew.
const PROPOSED: usize = 4;
/// There are so many fair cases to an unfair one; without it every opinion leaned to fair.
const BALANCE: f32 = 1.3;
/// What all cases together must weigh to be heard: a clause that is like none has no opinion.
const SILENCE: f32 = 0.1;

/// A clause that was judged when it was written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its id: "x012-unfair"; its counterpart is "x012-fair".
    pub id: String,
    /// Whether it is unfair.
    pub unfair: bool,
    /// Provisions of 약관법 that it, or its unfair counterpart, offends, best first: "12.1", "6.2.1", "8".
    pub law: Vec<String>,
    /// The clause.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    case: Vec<Case>,
}

/// A case that is like a clause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near<'c> {
    /// Id of the case.
    pub id: &'c str,
    /// Whether it is unfair.
    pub unfair: bool,
    /// Likeness from 0 (no word in common) to 1 (the same words).
    pub likeness: f32,
    /// The clause of the case.
    pub text: &'c str,
}

/// Cases, searchable by likeness.
pub struct Cases {
    list: Vec<Case>,
    index: TermIndex,
    /// Every word of the cases with its number.
    numbers: HashMap<&'static str, u32>,
    /// How much each word tells: the rarer, the more.
    weights: Vec<f32>,
    /// The words of each case, each once, in ascending order.
    words: Vec<Vec<u32>>,
    /// The length of each case as a vector of weights.
    lengths: Vec<f32>,
}

impl Cases {
    /// The built-in cases, read when they are first asked for, once a process.
    ///
    /// # Errors
    /// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
    pub fn shared() -> Result<&'static Cases, &'static DataError> {
        static SHARED: OnceLock<Result<Cases, DataError>> = OnceLock::new();
        SHARED.get_or_init(Cases::builtin).as_ref()
    }

    /// The built-in cases, read anew.
    ///
    /// # Errors
    /// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
    pub fn builtin() -> Result<Cases, DataError> {
        let CaseFile { case: list } = toml::from_str(CASES)
            .map_err(|error| DataError { file: "cases.toml".into(), reason: toml_reason(&error) })?;
        let fault = |id: &str| DataError {
            file: "cases.words".into(),
            reason: format!("cases.toml과 맞지 않습니다: {id}"),
        };
        let mut numbers: HashMap<&'static str, u32> = HashMap::new();
        let mut counts: Vec<u32> = Vec::new();
        let mut words = Vec::with_capacity(list.len());
        let mut lines = WORDS.lines();
        for case in &list {
            let (id, line) =
                lines.next().and_then(|line| line.split_once('\t')).ok_or_else(|| fault(&case.id))?;
            if id != case.id {
                return Err(fault(&case.id));
            }
            let mut own: Vec<u32> = Vec::with_capacity(line.len() / 6);
            for word in line.split(' ') {
                let next = u32::try_from(counts.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(word).or_insert(next);
                if number == next {
                    counts.push(0);
                }
                own.push(number);
            }
            own.sort_unstable();
            own.dedup();
            for &number in &own {
                counts[number as usize] += 1;
            }
            words.push(own);
        }
        if let Some(line) = lines.next() {
            return Err(fault(line));
        }
        let all = list.len() as f32;
        let weights: Vec<f32> = counts.iter().map(|&count| weight(count as f32, all)).collect();
        let length =
            |own: &Vec<u32>| own.iter().map(|&word| weights[word as usize].powi(2)).sum::<f32>().sqrt();
        let lengths = words.iter().map(length).collect();
        let units = WORDS.lines().map(|line| line.split_once('\t').map_or("", |(_, words)| words).split(' '));
        Ok(Cases { index: TermIndex::build(units), list, numbers, weights, words, lengths })
    }

    /// Every case, in the order of the file.
    pub fn list(&self) -> &[Case] {
        &self.list
    }

    /// The case with this id.
    pub fn get(&self, id: &str) -> Option<&Case> {
        self.list.iter().find(|case| case.id == id)
    }

    /// The `count` cases most like the words in `span`, likest first.
    pub fn nearest(&self, contract: &Contract<'_>, span: Span, count: usize) -> Vec<Near<'_>> {
        self.like(&words(&contract.morphs, &contract.parties, span), count)
    }

    fn like(&self, words: &[String], count: usize) -> Vec<Near<'_>> {
        let mut once: Vec<&str> = words.iter().map(String::as_str).collect();
        once.sort_unstable();
        once.dedup();
        // A word that no case has tells that the clause is unlike them all.
        let strange = weight(0.0, self.list.len() as f32);
        let mut length = 0.0;
        let mut own: Vec<u32> = Vec::with_capacity(once.len());
        for word in &once {
            let number = self.numbers.get(word).copied();
            length += number.map_or(strange, |number| self.weights[number as usize]).powi(2);
            own.extend(number);
        }
        own.sort_unstable();
        let length = length.sqrt();
        let hits = self.index.search(once, count.saturating_mul(PROPOSED));
        let mut near: Vec<(f32, usize)> = hits
            .iter()
            .map(|hit| {
                let shared = shared(&own, &self.words[hit.unit]);
                let product: f32 = shared.map(|word| self.weights[word as usize].powi(2)).sum();
                ((product / (length * self.lengths[hit.unit])).clamp(0.0, 1.0), hit.unit)
            })
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        near.truncate(count);
        let told = |(likeness, unit): (f32, usize)| {
            let case = &self.list[unit];
            Near { id: &case.id, unfair: case.unfair, likeness, text: &case.text }
        };
        near.into_iter().map(told).collect()
    }
}

/// What the cases say together, from -1 (fair) to 1 (unfair); near 0 when they differ or none is like the clause.
pub fn opinion(near: &[Near<'_>]) -> f32 {
    let weight = |unfair: bool| {
        near.iter().filter(|case| case.unfair == unfair).map(|case| case.likeness.powi(2)).sum::<f32>()
    };
    let (unfair, fair) = (weight(true) * BALANCE, weight(false));
    (unfair - fair) / (unfair + fair + SILENCE)
}

/// How much a word tells that `count` of `all` cases have.
fn weight(count: f32, all: f32) -> f32 {
    (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
}

/// The numbers that both ascending lists have.
fn shared<'a>(mut one: &'a [u32], mut other: &'a [u32]) -> impl Iterator<Item = u32> + use<'a> {
    std::iter::from_fn(move || {
        while let (Some((&a, after_a)), Some((&b, after_b))) = (one.split_first(), other.split_first()) {
            match a.cmp(&b) {
                std::cmp::Ordering::Less => one = after_a,
                std::cmp::Ordering::Greater => other = after_b,
                std::cmp::Ordering::Equal => {
                    (one, other) = (after_a, after_b);
                    return Some(a);
                }
            }
        }
        None
    })
}

/// The words by which clauses are compared: the normal form, with parties by their role, numbers without their figures,
/// and a mark on what is denied (`!`), must (`+`), may (`?`) or must not be done (`-`), or is striven for (`~`).
fn words(morphs: &Morphs, parties: &Parties, span: Span) -> Vec<String> {
    let mut mentions = parties.mentions_in(span).iter().peekable();
    let mut words = Vec::new();
    let mut name = Span::default();
    for term in morphs.terms(span).iter() {
        while let Some(mention) = mentions.next_if(|mention| mention.span.start < term.span.end) {
            words.push(role(mention.role).to_owned());
            name = mention.span;
        }
        // A term may be the second word of a name: 이용 사업자.
        if name.overlaps(term.span) {
            continue;
        }
        // A clause that stands alone does not say who they are.
        let letter = match term.text {
            "갑" => Some(Role::Provider),
            "을" => Some(Role::Customer),
            _ => None,
        };
        if let Some(letter) = letter {
            words.push(role(letter).to_owned());
            continue;
        }
        let mut word = without_figures(term.text);
        if word == "#" {
            continue;
        }
        if term.negated {
            word.push('!');
        }
        match term.modality {
            _ if !term.predicate => {}
            Modality::None => {}
            Modality::Must => word.push('+'),
            Modality::May => word.push('?'),
            Modality::MustNot => word.push('-'),
            Modality::Strive => word.push('~'),
        }
        words.push(word);
    }
    words
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Provider => "@provider",
        Role::Customer | Role::EndUser => "@customer",
        Role::ThirdParty => "@third-party",
    }
}

/// A term with `#` for every number in it, and no white space.
fn without_figures(term: &str) -> String {
    let mut word = String::with_capacity(term.len());
    for c in term.chars().filter(|c| !c.is_whitespace()) {
        let figure = c.is_ascii_digit() || matches!(c, '.' | ',') && word.ends_with('#');
        if !figure {
            word.push(c);
        } else if !word.ends_with('#') {
            word.push('#');
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::language::Analyzer;
    use std::fmt::Write as _;

    fn analyzer() -> &'static Analyzer {
        static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
        ANALYZER.get_or_init(|| Analyzer::new().unwrap())
    }

    fn read(text: &str) -> Vec<String> {
        let morphs = analyzer().analyze(text);
        words(&morphs, &analyzer().parties(&morphs), Span::new(0, text.len()))
    }

    fn near(text: &str) -> Vec<Near<'static>> {
        let document = Document::from_text("a.txt", text);
        let contract = Contract::read(&document, analyzer());
        Cases::shared().unwrap().nearest(&contract, Span::new(0, document.text().len()), NEIGHBOURS)
    }

    /// `UPDATE_GOLDEN=1 cargo test --lib case` writes the file anew.
    #[test]
    fn the_words_of_the_cases_are_what_the_analyser_reads() {
        let CaseFile { case: list } = toml::from_str(CASES).unwrap();
        let mut lines = String::new();
        for case in &list {
            writeln!(lines, "{}\t{}", case.id, read(&case.text).join(" ")).unwrap();
        }
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/corpora/cases.words"), &lines).unwrap();
            return;
        }
        let stale: Vec<&str> =
            lines.lines().zip(WORDS.lines()).filter(|(now, then)| now != then).map(|(now, _)| now).collect();
        assert!(stale.is_empty(), "{} lines of cases.words are stale: {:?}", stale.len(), stale.first());
        assert_eq!(lines.lines().count(), WORDS.lines().count());
    }

    #[test]
    fn every_case_has_a_text_of_its_own_and_every_unfair_one_a_fair_counterpart() {
        let cases = Cases::shared().unwrap();
        let mut ids: Vec<&str> = cases.list().iter().map(|case| case.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), cases.list().len(), "ids differ");
        let mut texts: Vec<&str> = cases.list().iter().map(|case| case.text.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), cases.list().len(), "texts differ");
        let law = regex::Regex::new(
            r"^(6\.1|6\.2\.[1-3]|7\.[1-4]|8|9\.[1-6]|10\.[12]|11\.[1-4]|12\.[1-4]|13|14\.[12])$",
        );
        let law = law.unwrap();
        for case in cases.list() {
            assert!(case.law.iter().all(|at| law.is_match(at)), "{}", case.id);
            if let Some(pair) = case.id.strip_suffix("-unfair") {
                assert!(case.unfair && !case.law.is_empty(), "{}", case.id);
                assert!(!cases.get(&format!("{pair}-fair")).unwrap().unfair, "{}", case.id);
            } else {
                assert!(!case.unfair, "{}", case.id);
            }
        }
        assert!(cases.list().iter().filter(|case| case.unfair).count() > 600);
    }

    #[test]
    fn names_are_roles_and_numbers_have_no_figures() {
        let one = read("회사는 이용자에게 30일 전에 통지하여야 한다.");
        assert_eq!(one, read("당사는 고객에게 1,500일 전에 통지하여야 합니다."));
        assert_eq!(one, ["@provider", "@customer", "#일", "전", "통지+"]);
        assert_eq!(read("갑은 을에게 알린다."), read("공급사업자는 이용 사업자에게 알립니다."));
    }

    #[test]
    fn what_is_denied_is_another_word() {
        let affirmed = read("회사는 책임을 진다.");
        assert_eq!(read("회사는 책임을 지지 아니한다."), ["@provider", "책임", "지!"]);
        assert_eq!(affirmed, ["@provider", "책임", "지"]);
        assert_ne!(read("계약을 해지할 수 있다."), read("계약을 해지할 수 없다."));
    }

    #[test]
    fn a_case_is_most_like_itself() {
        for case in Cases::shared().unwrap().list().iter().step_by(97) {
            let likest = near(&case.text)[0];
            assert_eq!((likest.id, likest.unfair), (case.id.as_str(), case.unfair));
            assert!(likest.likeness > 0.9, "{} {}", case.id, likest.likeness);
        }
    }

    #[test]
    fn the_nearest_are_in_order_and_between_0_and_1() {
        let near = near("회사는 언제든지 통지 없이 계약을 해지할 수 있다.");
        assert_eq!(near.len(), NEIGHBOURS);
        assert!(near.is_sorted_by(|a, b| a.likeness >= b.likeness));
        assert!(near.iter().all(|case| (0.0..=1.0).contains(&case.likeness)));
    }

    #[test]
    fn an_opinion_follows_what_the_likest_say() {
        let case = |unfair, likeness| Near { id: "", unfair, likeness, text: "" };
        assert_eq!(opinion(&[]), 0.0);
        assert!(opinion(&[case(true, 0.8), case(false, 0.3)]) > 0.5);
        assert!(opinion(&[case(true, 0.3), case(false, 0.8)]) < -0.5);
        assert!(opinion(&[case(true, 0.05)]).abs() < 0.1, "what is like no case has no opinion");
        let one = opinion(&[case(true, 1.0); NEIGHBOURS]);
        assert!((0.9..=1.0).contains(&one));
    }

    #[test]
    fn opinions_tell_an_unfair_clause_from_its_fair_version() {
        for (unfair, fair) in [
            (
                "회사는 서비스 장애로 이용자에게 생긴 어떠한 손해도 배상하지 아니한다.",
                "회사는 서비스 장애로 이용자에게 생긴 손해를 배상한다. 다만, 회사에 고의나 과실이 없는 때에는 그러하지 아니하다.",
            ),
            (
                "공지 후 7일 안에 이의를 제기하지 않으면 동의한 것으로 본다.",
                "회원이 동의하지 않으면 종전의 조건을 적용하며, 회원은 위약금 없이 해지할 수 있다.",
            ),
            (
                "납부한 요금은 어떠한 경우에도 환불하지 않습니다.",
                "회사는 남은 기간의 요금을 해지한 날부터 7일 안에 환불합니다.",
            ),
        ] {
            let (unfair, fair) = (opinion(&near(unfair)), opinion(&near(fair)));
            assert!(unfair > fair, "{unfair} {fair}");
        }
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert!(near("").is_empty());
        assert!(opinion(&near("오늘은 날씨가 맑다.")) < 0.3);
    }
}
