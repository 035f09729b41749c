//! The decision for one contract: which elements show where, and so which topics are covered.

use super::{Element, Topic, Topics};
use crate::clause::ClauseId;
use crate::contract::Contract;
use crate::evidence::{Reading, Seen};
use crate::index::{Hit, TermIndex};
use crate::standard::Standard;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How many clauses the index may propose for one topic; ordinary contracts have fewer that share a word with it.
const CANDIDATES: usize = 256;
/// How many clauses a report names for one topic.
const NAMED: usize = 5;
/// A clause is named only when its score is at least this share of the best one's.
const NAMED_SHARE: f32 = 0.35;

/// Whether a contract states a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Every element shows.
    Covered,
    /// Some elements show.
    Partial,
    /// None of its core elements shows.
    Missing,
    /// The chosen standard does not ask for it, and the contract does not state it.
    NotApplicable,
}

/// What was decided for one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<'t> {
    /// The topic.
    pub topic: &'t Topic,
    /// The status.
    pub status: Status,
    /// Clauses that carry it (항, or 조 without 항), the best first.
    pub clauses: Vec<ClauseId>,
    /// Elements that the standard asks for and that do not show.
    pub missing: Vec<&'t Element>,
    /// What showed where, in the order of the index's hits.
    pub shown: Vec<Shown<'t>>,
    /// From 0 to 1: how plain the evidence (or its absence) is.
    pub certainty: f32,
}

/// One piece of evidence: an element and the passage that shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown<'t> {
    /// The element.
    pub element: &'t Element,
    /// Which of its patterns held, from 0.
    pub pattern: usize,
    /// The passage.
    pub span: Span,
}

impl PartialEq for Topic {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl PartialEq for Element {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.name == other.name
    }
}

/// Decides every topic for a contract held against a standard. `queries` are the analysed search words of the topics,
/// in the topics' order.
pub fn decide<'t>(
    topics: &'t Topics,
    queries: &[Vec<String>],
    contract: &Contract<'_>,
    standard: &Standard,
) -> Vec<Decision<'t>> {
    let contract = Indexed::new(topics, contract);
    topics.list().iter().zip(queries).map(|(topic, query)| contract.decide(topic, query, standard)).collect()
}

/// A contract prepared for all topics: its passages as patterns see them, its units in the index.
struct Indexed<'c, 'd> {
    reading: Reading<'c, 'd>,
    index: TermIndex,
    /// Every term of the contract: what it does not have need not be searched.
    known: BTreeSet<&'c str>,
    /// Passages of each unit of the index, a unit being the own text of one clause.
    units: Vec<Vec<usize>>,
}

/// What was found of one topic in one unit.
#[derive(Default)]
struct Found {
    elements: BTreeSet<usize>,
    /// Element, pattern and passage of everything that holds.
    shown: Vec<(usize, usize, usize)>,
}

impl<'c, 'd> Indexed<'c, 'd> {
    fn new(topics: &Topics, contract: &'c Contract<'d>) -> Self {
        let reading = Reading::new(&topics.vocabulary, contract);
        let mut units: Vec<Vec<usize>> = Vec::new();
        for (number, passage) in contract.passages.iter().enumerate() {
            match units.last_mut() {
                Some(unit) if contract.passages[unit[0]].clause == passage.clause => unit.push(number),
                _ => units.push(vec![number]),
            }
        }
        // A 호 is found by the words of its lead too: its evidence may stand in either.
        let unit_terms = |unit: &Vec<usize>| {
            let first = &contract.passages[unit[0]];
            let lead = first.lead.map(|lead| &contract.passages[lead]);
            let passages = unit.iter().map(|&number| &contract.passages[number]).chain(lead);
            let words = contract
                .heading_terms(first.article)
                .chain(passages.flat_map(|passage| contract.terms(passage)));
            words.map(|word| word.lemma).collect::<Vec<_>>()
        };
        let terms: Vec<Vec<&str>> = units.iter().map(unit_terms).collect();
        let known: BTreeSet<&str> = terms.iter().flatten().copied().collect();
        let index = TermIndex::build(terms.iter().map(|unit| unit.iter().copied()));
        Self { reading, index, known, units }
    }

    fn decide<'t>(&self, topic: &'t Topic, query: &[String], standard: &Standard) -> Decision<'t> {
        let here = query.iter().map(String::as_str).filter(|term| self.known.contains(term));
        let hits = self.index.search(here, CANDIDATES);
        let best = hits.first().map_or(1.0, |hit| hit.score.max(f32::MIN_POSITIVE));
        let mut all = Found::default();
        let mut carriers: BTreeMap<ClauseId, f32> = BTreeMap::new();
        for hit in &hits {
            let mut found = Found::default();
            for &number in &self.units[hit.unit] {
                self.test(topic, number, &mut found);
            }
            if !found.elements.is_empty() {
                let passages = &self.reading.contract.passages;
                let carrier = self.reading.carrier(passages[self.units[hit.unit][0]].clause);
                let weight: f32 =
                    found.elements.iter().map(|&n| if topic.elements[n].core { 2.0 } else { 1.0 }).sum();
                let score = weight + hit.score / best;
                // Several 호 of one 항 speak for it, but the best one speaks loudest.
                let sum = carriers.entry(carrier).or_insert(0.0);
                *sum = sum.max(score) + 0.1 * sum.min(score);
            }
            all.elements.extend(&found.elements);
            all.shown.extend(found.shown);
        }
        let asked = !topic.provisions(standard).is_empty();
        let present =
            topic.elements.iter().enumerate().any(|(n, element)| element.core && all.elements.contains(&n));
        let demanded = |element: &Element| {
            if asked { element.places.contains_key(&standard.like) } else { element.core }
        };
        let missing: Vec<&Element> = topic
            .elements
            .iter()
            .enumerate()
            .filter(|(n, element)| demanded(element) && !all.elements.contains(n))
            .map(|(_, element)| element)
            .collect();
        let status = match (present, asked) {
            (true, _) if missing.is_empty() => Status::Covered,
            (true, _) => Status::Partial,
            (false, true) => Status::Missing,
            (false, false) => Status::NotApplicable,
        };
        let core = all.shown.iter().filter(|(n, ..)| topic.elements[*n].core).count();
        let shown = all.shown.iter().map(|&(element, pattern, passage)| Shown {
            element: &topic.elements[element],
            pattern,
            span: self.reading.contract.passages[passage].span,
        });
        let certainty = if present {
            (0.5 + 0.15 * core as f32).min(1.0)
        } else {
            1.0 - 0.7 * self.nearest(topic, &hits)
        };
        let clauses = if present { named(carriers) } else { Vec::new() };
        Decision {
            topic,
            status,
            clauses,
            missing: if present || asked { missing } else { Vec::new() },
            shown: shown.collect(),
            certainty,
        }
    }

    /// Tests every element on one passage.
    fn test(&self, topic: &Topic, number: usize, found: &mut Found) {
        let seen = self.reading.seen(number);
        for (n, element) in self.open_elements(topic, &seen) {
            for (number_of_pattern, pattern) in element.patterns.iter().enumerate() {
                if pattern.holds(&seen) {
                    found.elements.insert(n);
                    found.shown.push((n, number_of_pattern, number));
                }
            }
        }
    }

    /// How near the nearest core pattern came in any of the units, from 0 to 1.
    fn nearest(&self, topic: &Topic, hits: &[Hit]) -> f32 {
        let mut nearest: f32 = 0.0;
        for &number in hits.iter().flat_map(|hit| &self.units[hit.unit]) {
            let seen = self.reading.seen(number);
            for (_, element) in self.open_elements(topic, &seen).filter(|(_, element)| element.core) {
                nearest =
                    element.patterns.iter().map(|pattern| pattern.nearness(&seen)).fold(nearest, f32::max);
            }
        }
        nearest
    }

    /// The elements that a passage can show. A definition only says what a word means; it grants and promises nothing.
    fn open_elements<'t>(
        &self,
        topic: &'t Topic,
        seen: &Seen<'_>,
    ) -> impl Iterator<Item = (usize, &'t Element)> + use<'t> {
        let defines = seen.passage().definition;
        topic.elements.iter().enumerate().filter(move |(_, element)| !defines || element.definition)
    }
}

fn named(carriers: BTreeMap<ClauseId, f32>) -> Vec<ClauseId> {
    let mut carriers: Vec<(ClauseId, f32)> = carriers.into_iter().collect();
    carriers.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let least = carriers.first().map_or(0.0, |(_, best)| best * NAMED_SHARE);
    carriers
        .into_iter()
        .take(NAMED)
        .take_while(|(_, score)| *score >= least)
        .map(|(clause, _)| clause)
        .collect()
}
