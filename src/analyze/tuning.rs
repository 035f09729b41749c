//! What a user's configuration makes of what was seen: rules switched off, other severities, findings taken out. Remembers
//! which suppressions were of use, whatever threads ask.

use super::checklist::Asked;
use crate::check::catalogue;
use crate::check::sla::Book;
use crate::check::unfair::{self, Hit};
use crate::config::{Config, Suppression};
use crate::finding::{Anchor, Finding, Kind, Severity};
use crate::notice::{Notice, Stage};
use crate::rule::{Rule, RuleSet};
use crate::topic::Topics;
use std::sync::atomic::{AtomicBool, Ordering};

/// A configuration beside the rules and topics that there are.
pub(super) struct Tuning {
    config: Config,
    /// For each suppression whether nothing is left to tell of its use: it took something out, or a report told that
    /// it did not or that there is no such rule.
    settled: Vec<AtomicBool>,
    /// For each suppression whether its rule is one that there is.
    known: Vec<bool>,
    /// What is wrong with the configuration: stands in every report.
    faults: Vec<Notice>,
}

/// The configuration on one document.
pub(super) struct Tuned<'t> {
    tuning: &'t Tuning,
    /// Numbers of the suppressions that concern the document, and whether each took something out.
    concerned: Vec<(usize, bool)>,
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate<'t> {
    Told,
    TakenOut(&'t Suppression),
}

impl Tuning {
    pub(super) fn new(
        config: Config,
        rules: &RuleSet,
        topics: &Topics,
        levels: &Book,
        asked: &Asked,
    ) -> Self {
        let known = |id: &str| {
            rules.get(id).is_some()
                || catalogue::get(id).is_some()
                || levels.get(id).is_some()
                || asked.knows(id)
                || id.strip_prefix("missing-").is_some_and(|topic| topics.get(topic).is_some())
        };
        let ids: Vec<bool> = config.suppress.iter().map(|entry| known(&entry.rule)).collect();
        let settled = ids.iter().map(|known| AtomicBool::new(!known)).collect();
        let faults = config
            .named()
            .filter(|(rule, _)| !known(rule))
            .map(|(rule, source)| {
                Notice::warning(Stage::Config, format!("{source}: 모르는 규칙이어서 쓰이지 않습니다: {rule}"))
            })
            .collect();
        Self { config, settled, known: ids, faults }
    }

    /// The configuration for a document of this name.
    pub(super) fn on(&self, document: &str) -> Tuned<'_> {
        let concerns = |(_, entry): &(usize, &Suppression)| entry.concerns(document);
        let concerned = self.config.suppress.iter().enumerate().filter(concerns);
        Tuned { tuning: self, concerned: concerned.map(|(number, _)| (number, false)).collect() }
    }

    /// The suppressions whose use is not settled.
    pub(super) fn unused(&self) -> impl Iterator<Item = &Suppression> {
        let entries = self.config.suppress.iter().zip(&self.settled);
        entries.filter(|(_, settled)| !settled.load(Ordering::Relaxed)).map(|(entry, _)| entry)
    }
}

impl<'t> Tuned<'t> {
    /// What becomes of a hit: rules that are off fall away, those taken out leave it, the rest tell it.
    pub(super) fn hit<'r>(&mut self, hit: &Hit<'r>, clause: &str) -> Vec<(Hit<'r>, Fate<'t>)> {
        let config = &self.tuning.config;
        let rules = [hit.rule].into_iter().chain(hit.also.iter().copied());
        let on: Vec<&Rule> = rules.filter(|rule| !config.is_off(&rule.id)).collect();
        let mut parts: Vec<(Option<usize>, Vec<&'r Rule>)> = Vec::new();
        for rule in on {
            let by = self.taken_out(&rule.id, Some(clause));
            match parts.iter_mut().find(|(other, _)| *other == by) {
                Some((_, rules)) => rules.push(rule),
                None => parts.push((by, vec![rule])),
            }
        }
        parts.into_iter().map(|(by, rules)| (self.part(hit, rules), self.fate(by))).collect()
    }

    /// What becomes of the finding of a topic, of an item of a checklist or of a built-in check; `None` when it is off.
    pub(super) fn finding(&mut self, mut finding: Finding) -> Option<(Finding, Fate<'t>)> {
        let config = &self.tuning.config;
        if config.is_off(&finding.rule) {
            return None;
        }
        finding.severity = config.severity_of(&finding.rule).unwrap_or(finding.severity);
        let clause = match &finding.anchor {
            Anchor::Text { clause, .. } | Anchor::Clause { clause, .. } => Some(clause.as_str()),
            Anchor::Absent { .. } => None,
        };
        let by = self.taken_out(&finding.rule, clause);
        Some((finding, self.fate(by)))
    }

    /// What the report must say: what is wrong with the configuration, and which suppressions that name this very
    /// document took nothing out of it.
    pub(super) fn notices(self) -> Vec<Notice> {
        let mut notices = self.tuning.faults.clone();
        for (number, used) in self.concerned {
            let entry = &self.tuning.config.suppress[number];
            let settled = &self.tuning.settled[number];
            if used {
                settled.store(true, Ordering::Relaxed);
            } else if entry.names_one() && self.tuning.known[number] {
                settled.store(true, Ordering::Relaxed);
                notices.push(Notice::warning(Stage::Config, entry.unused()));
            }
        }
        notices
    }

    /// The first suppression that takes this rule out here; all that do are of use.
    fn taken_out(&mut self, rule: &str, clause: Option<&str>) -> Option<usize> {
        let mut first = None;
        for (number, used) in &mut self.concerned {
            if self.tuning.config.suppress[*number].takes(rule, clause) {
                *used = true;
                first = first.or(Some(*number));
            }
        }
        first
    }

    fn fate(&self, by: Option<usize>) -> Fate<'t> {
        by.map_or(Fate::Told, |number| Fate::TakenOut(&self.tuning.config.suppress[number]))
    }

    /// The hit as some of its rules alone saw it.
    fn part<'r>(&self, hit: &Hit<'r>, mut rules: Vec<&'r Rule>) -> Hit<'r> {
        let config = &self.tuning.config;
        let whole = rules.len() == hit.also.len() + 1;
        if whole && rules.iter().all(|rule| config.severity_of(&rule.id).is_none()) {
            return hit.clone();
        }
        let mut first = 0;
        if rules[0].id != hit.rule.id {
            let weight = |rule: &Rule| (rule.confidence, rule.severity);
            for (number, rule) in rules.iter().enumerate() {
                if weight(rule) > weight(rules[first]) {
                    first = number;
                }
            }
        }
        let rule = rules.remove(first);
        // A severity of the user's is final, also for a negotiated contract.
        let severity = |rule: &Rule| {
            let own = if hit.kind == Kind::Deviation { rule.severity.lower() } else { rule.severity };
            config.severity_of(&rule.id).unwrap_or(own)
        };
        let mut basis = rule.basis.clone();
        for other in rules.iter().flat_map(|rule| &rule.basis) {
            if !basis.contains(other) {
                basis.push(other.clone());
            }
        }
        let heaviest: Severity = rules.iter().map(|rule| severity(rule)).fold(severity(rule), Severity::max);
        Hit {
            rule,
            severity: heaviest,
            confidence: if rule.id == hit.rule.id {
                hit.confidence
            } else {
                unfair::heard(rule.confidence, hit.opinion)
            },
            basis,
            also: rules,
            ..hit.clone()
        }
    }
}
