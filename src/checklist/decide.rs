//! The decision for one contract: which elements of which items show where, what is said against them, which other
//! document may carry the rest.

use super::{Checklist, Element, Item, Service, annex};
use crate::clause::{ClauseId, Level};
use crate::contract::Contract;
use crate::evidence::{Reading, Seen};
use crate::language::FactKind;
use crate::pattern::{Pattern, Vocabulary};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

pub use crate::report::ItemStatus as Status;

/// How many clauses a report names for one item, and how many places it tells for one element.
const NAMED: usize = 5;
const PLACES: usize = 3;
/// A clause is named only when its score is at least this share of the best one's.
const NAMED_SHARE: f32 = 0.35;
/// A text is near when at least this share of what a pattern asks for, weighed by how rare it is, stands in it.
const NEAR: f32 = 0.5;

/// What is known of the service and of the work that it is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Whether the work is critical (중요 업무).
    pub critical: bool,
    /// The kind of service; with `None` items of every kind are asked for, and no threshold that depends on it.
    pub service: Option<Service>,
}

/// What was decided for one item.
#[derive(Clone, Debug)]
pub struct Decision<'l> {
    /// The item.
    pub item: &'l Item,
    /// What became of it.
    pub status: Status,
    /// Clauses that carry it (항, or 조 without 항), the best first; of what is contradicted the one that says so.
    pub clauses: Vec<ClauseId>,
    /// Elements that do not show.
    pub missing: Vec<&'l Element>,
    /// What showed where, element by element.
    pub shown: Vec<Shown<'l>>,
    /// The words that say the opposite.
    pub contradiction: Option<(ClauseId, Span)>,
    /// The document that may carry it and was not given, or the certificate that may stand for it.
    pub annex: Option<String>,
    /// The clause whose words come nearest to what is missing.
    pub nearest: Option<ClauseId>,
    /// From 0 to 1: how near the nearest text comes to a core element that does not show.
    pub nearness: f32,
}

/// One piece of evidence: an element and the passage that shows it.
#[derive(Clone, Debug)]
pub struct Shown<'l> {
    /// The element.
    pub element: &'l Element,
    /// The clause.
    pub clause: ClauseId,
    /// The passage.
    pub span: Span,
}

/// Decides every item of some lists.
pub(super) fn decide<'l>(
    vocabulary: &Vocabulary,
    lists: &[&'l Checklist],
    contract: &Contract<'_>,
    scope: Scope,
) -> Vec<Vec<Decision<'l>>> {
    let reading = Reading::by_row(vocabulary, contract);
    let states =
        |number: &usize| contract.tree.get(reading.passages[*number].clause).level != Level::Contents;
    let passages: Vec<usize> = (0..reading.passages.len()).filter(states).collect();
    let decider = Decider { reading, passages, scope };
    lists.iter().map(|list| list.items.iter().map(|item| decider.item(list, item)).collect()).collect()
}

struct Decider<'c, 'd> {
    reading: Reading<'c, 'd>,
    /// The passages that state something: all but the table of contents.
    passages: Vec<usize>,
    scope: Scope,
}

impl Decider<'_, '_> {
    fn item<'l>(&self, list: &Checklist, item: &'l Item) -> Decision<'l> {
        let bare = |status| Decision {
            item,
            status,
            clauses: Vec::new(),
            missing: Vec::new(),
            shown: Vec::new(),
            contradiction: None,
            annex: None,
            nearest: None,
            nearness: 0.0,
        };
        if item.applies_not(self.scope).is_some() {
            return bare(Status::NotApplicable);
        }
        let (shown, articles) = self.evidence(item);
        let has = |element: &Element| shown.iter().any(|(n, _)| std::ptr::eq(&item.elements[*n], element));
        let present = item.elements.iter().any(|element| element.core && has(element));
        let lacks = |element: &&Element| !has(element) && self.asks(element, present, &articles);
        let missing: Vec<&Element> = item.elements.iter().filter(lacks).collect();
        let contradiction = self.first(&item.contradicted);
        let annex = || self.annex(list, item);
        let mut annexed = None;
        let status = if contradiction.is_some() {
            Status::Contradicted
        } else if present {
            if missing.is_empty() { Status::Covered } else { Status::Partial }
        } else {
            annexed = annex();
            if annexed.is_some() { Status::Annex } else { Status::Missing }
        };
        let (nearest, nearness) = if missing.is_empty() { (None, 0.0) } else { self.nearest(&missing) };
        let carriers = if present { self.carriers(item, &shown) } else { Vec::new() };
        let contradiction = contradiction.map(|number| {
            let passage = &self.reading.passages[number];
            (self.reading.carrier(passage.clause), passage.span)
        });
        Decision {
            status,
            clauses: contradiction.map(|(clause, _)| clause).into_iter().chain(carriers).collect(),
            missing: if status == Status::Contradicted && missing.len() == item.elements.len() {
                Vec::new()
            } else {
                missing
            },
            shown: self.places(item, &shown),
            contradiction,
            annex: annexed,
            nearest,
            nearness,
            ..bare(status)
        }
    }

    /// Whether the contract is asked for an element: one that depends on something is not asked for where the 조 that
    /// state the item do not show that. Where none does every element is.
    fn asks(&self, element: &Element, present: bool, articles: &BTreeSet<ClauseId>) -> bool {
        let passages = &self.reading.passages;
        !present
            || element.when.is_empty()
            || self.passages.iter().filter(|number| articles.contains(&passages[**number].article)).any(
                |&n| {
                    let seen = self.reading.seen(n);
                    element.when.iter().any(|pattern| pattern.holds(&seen))
                },
            )
    }

    /// Every element with every passage that shows it, in text order, and the 조 that state a core element.
    fn evidence(&self, item: &Item) -> (Vec<(usize, usize)>, BTreeSet<ClauseId>) {
        let mut shown: Vec<(usize, usize)> = Vec::new();
        let mut articles: BTreeSet<ClauseId> = BTreeSet::new();
        let passages = &self.reading.passages;
        for near in [false, true] {
            for (n, element) in item.elements.iter().enumerate().filter(|(_, element)| element.near == near) {
                for &number in &self.passages {
                    let wanted = !near || articles.contains(&passages[number].article);
                    if wanted && self.shows(element, number) {
                        shown.push((n, number));
                        if element.core {
                            articles.insert(passages[number].article);
                        }
                    }
                }
            }
        }
        (shown, articles)
    }

    fn shows(&self, element: &Element, number: usize) -> bool {
        let seen = self.reading.seen(number);
        (element.definition || !seen.passage().definition)
            && element.patterns.iter().any(|pattern| pattern.holds(&seen))
            && self.reaches(element, &seen)
    }

    /// Whether the passage states a rate as high as the service's kind demands.
    fn reaches(&self, element: &Element, seen: &Seen<'_>) -> bool {
        let least = self
            .scope
            .service
            .and_then(|service| element.least.iter().find(|(of, _)| *of == service).map(|(_, least)| *least));
        let Some(least) = least else { return true };
        seen.facts().any(|fact| match fact {
            // What was read from "99.9" may be a hair below it.
            FactKind::Percent(percent) => percent.value.is_some_and(|value| value + 1e-9 >= least),
            _ => false,
        })
    }

    /// The first passage for which one of the patterns holds.
    fn first(&self, patterns: &[Pattern]) -> Option<usize> {
        self.passages.iter().copied().find(|&number| {
            let seen = self.reading.seen(number);
            !seen.passage().definition && patterns.iter().any(|pattern| pattern.holds(&seen))
        })
    }

    /// The document that is named for the item and was not given; else what stands for an alternative item.
    fn annex(&self, list: &Checklist, item: &Item) -> Option<String> {
        let contract = self.reading.contract;
        let named = self
            .passages
            .iter()
            .filter(|&&number| {
                let seen = self.reading.seen(number);
                item.annex.iter().any(|pattern| pattern.holds(&seen))
            })
            .find_map(|&number| annex::not_given(contract, self.reading.passages[number].span));
        named.or_else(|| {
            let substitute =
                list.substitute.as_ref().filter(|_| item.class == Some(super::Class::Alternative))?;
            self.first(&substitute.patterns).map(|_| substitute.name.clone())
        })
    }

    /// The clause whose words come nearest to one of the elements, and how near. What few passages show weighs more: a
    /// text about users' data is near by what it says of them, not by naming them.
    fn nearest(&self, elements: &[&Element]) -> (Option<ClauseId>, f32) {
        let core = elements.iter().any(|element| element.core);
        let mut nearest: (Option<ClauseId>, f32) = (None, 0.0);
        let patterns =
            elements.iter().filter(|element| element.core == core).flat_map(|element| &element.patterns);
        for pattern in patterns {
            let held: Vec<(usize, Vec<bool>)> = self
                .passages
                .iter()
                .map(|&number| (number, self.reading.seen(number)))
                .filter(|(_, seen)| !seen.passage().definition)
                .map(|(number, seen)| (number, pattern.held(&seen)))
                .filter(|(_, held)| held.contains(&true))
                .collect();
            let groups = held.first().map_or(0, |(_, held)| held.len());
            let shows = |group: usize| held.iter().filter(|(_, held)| held[group]).count() as f32;
            let all = self.passages.len() as f32;
            let weights: Vec<f32> =
                (0..groups).map(|group| (1.0 + all / shows(group).max(0.5)).ln()).collect();
            let whole: f32 = weights.iter().sum();
            for (number, held) in &held {
                let near: f32 = held.iter().zip(&weights).filter(|(held, _)| **held).map(|(_, w)| w).sum();
                let near = near / whole.max(f32::MIN_POSITIVE);
                if near > nearest.1 {
                    let clause = self.reading.passages[*number].clause;
                    nearest = (Some(self.reading.carrier(clause)), near);
                }
            }
        }
        if nearest.1 < NEAR { (None, nearest.1) } else { nearest }
    }

    /// The clauses that state the most of the item, the best first.
    fn carriers(&self, item: &Item, shown: &[(usize, usize)]) -> Vec<ClauseId> {
        let mut elements: BTreeMap<ClauseId, BTreeSet<usize>> = BTreeMap::new();
        for &(element, number) in shown {
            let carrier = self.reading.carrier(self.reading.passages[number].clause);
            elements.entry(carrier).or_default().insert(element);
        }
        let weight = |element: &usize| if item.elements[*element].core { 2.0 } else { 1.0 };
        let mut carriers: Vec<(ClauseId, f32)> = elements
            .into_iter()
            .map(|(clause, elements)| (clause, elements.iter().map(weight).sum()))
            .collect();
        carriers.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let least = carriers.first().map_or(0.0, |(_, best)| best * NAMED_SHARE);
        carriers
            .into_iter()
            .take(NAMED)
            .take_while(|(_, score)| *score >= least)
            .map(|(clause, _)| clause)
            .collect()
    }

    /// The first places of each element.
    fn places<'l>(&self, item: &'l Item, shown: &[(usize, usize)]) -> Vec<Shown<'l>> {
        let mut places = Vec::new();
        for (n, element) in item.elements.iter().enumerate() {
            let of_element = shown.iter().filter(|(of, _)| *of == n).take(PLACES);
            places.extend(of_element.map(|&(_, number)| {
                let passage = &self.reading.passages[number];
                Shown { element, clause: self.reading.carrier(passage.clause), span: passage.span }
            }));
        }
        places
    }
}
