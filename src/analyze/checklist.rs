//! The checklists that were asked for, held against a contract: what the report has of them, and what a reviewer is told.

use super::choice::is_korean;
use crate::checklist::{Checklist, Checklists, Decision, Item, Scope, Status};
use crate::clause::ClauseId;
use crate::config::Config;
use crate::contract::Contract;
use crate::error::DataError;
use crate::finding::{Anchor, Confidence, FINDING_OF_ITEM, Finding, Kind, Severity};
use crate::language::particle;
use crate::notice::{Gravity, Stage};
use crate::report;
use std::sync::Arc;

/// The checklists that documents are held against.
pub(super) struct Asked {
    checklists: Option<Arc<Checklists>>,
    /// Their numbers, in the order asked for.
    wanted: Vec<usize>,
    scope: Scope,
}

/// What came of holding them against a document.
pub(super) struct Checked {
    pub(super) lists: Vec<report::Checklist>,
    pub(super) findings: Vec<Finding>,
}

impl Asked {
    /// Finds the lists. The built-in and the configured ones are read only when something asks for them.
    pub(super) fn new(
        checklists: Option<Arc<Checklists>>,
        profiles: Vec<String>,
        scope: Scope,
        config: &Config,
    ) -> Result<Self, DataError> {
        let profiles = if profiles.is_empty() { config.profiles.clone() } else { profiles };
        let named = config.named().any(|(rule, _)| rule.starts_with(FINDING_OF_ITEM));
        let checklists = match checklists {
            None if profiles.is_empty() && !named => None,
            None => {
                let mut dirs = config.checklists.iter();
                let builder = dirs.try_fold(Checklists::builder(), |lists, dir| lists.dir(dir))?;
                Some(Arc::new(builder.build()?))
            }
            given => given,
        };
        let mut wanted: Vec<usize> = Vec::new();
        if let Some(lists) = &checklists {
            for id in profiles {
                let Some(number) = lists.lists().iter().position(|list| list.id == id) else {
                    let known: Vec<&str> = lists.lists().iter().map(|list| list.id.as_str()).collect();
                    let reason = format!("모르는 점검 목록입니다. 쓸 수 있는 것: {}", known.join(", "));
                    return Err(DataError { file: id, reason });
                };
                if !wanted.contains(&number) {
                    wanted.push(number);
                }
            }
        }
        let scope =
            Scope { critical: scope.critical || config.critical, service: scope.service.or(config.service) };
        Ok(Self { checklists, wanted, scope })
    }

    /// The kind of service that the user names, on the command line or in the configuration.
    pub(super) fn service(&self) -> Option<report::Service> {
        self.scope.service
    }

    /// The lists, in the order asked for.
    pub(super) fn lists(&self) -> impl Iterator<Item = &Checklist> {
        let all = self.checklists.as_deref().map_or(&[][..], Checklists::lists);
        self.wanted.iter().filter_map(|&number| all.get(number))
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.lists().map(|list| list.id.clone()).collect()
    }

    /// Whether there is an item whose findings have this rule id, asked for or not.
    pub(super) fn knows(&self, rule: &str) -> bool {
        self.checklists.as_ref().is_some_and(|lists| lists.item(rule).is_some())
    }

    /// What of it decides: nothing when nothing is asked for.
    pub(super) fn source(&self) -> String {
        match &self.checklists {
            Some(lists) if !self.wanted.is_empty() => {
                format!("profiles {} {:?}\n{}", self.ids().join(","), self.scope, lists.source())
            }
            _ => String::new(),
        }
    }

    /// Holds the lists against a contract.
    pub(super) fn check(&self, contract: &Contract<'_>) -> Checked {
        let mut checked = Checked { lists: Vec::new(), findings: Vec::new() };
        let Some(checklists) = self.checklists.as_ref().filter(|_| !self.wanted.is_empty()) else {
            return checked;
        };
        let lists: Vec<&Checklist> = self.lists().collect();
        let readable = is_korean(contract.document.text());
        let decided = checklists.decide(&lists, contract, self.scope);
        for (list, decisions) in lists.into_iter().zip(decided) {
            let items = decisions.iter().map(|decision| {
                if readable { reported(decision, contract) } else { unreadable(decision.item) }
            });
            checked.lists.push(report::Checklist {
                id: list.id.clone(),
                edition: Some(list.edition.clone()),
                service: self.scope.service.map(|service| service.id().to_owned()),
                critical: self.scope.critical,
                items: items.collect(),
            });
            if readable {
                let told = decisions.iter().filter_map(|decision| finding(list, decision, contract));
                checked.findings.extend(told);
            }
        }
        checked
    }
}

fn unreadable(item: &Item) -> report::ChecklistItem {
    report::ChecklistItem {
        id: item.id.clone(),
        status: Status::Unreadable,
        clauses: Vec::new(),
        missing_elements: Vec::new(),
        threshold: item.threshold.clone(),
        evidence: Vec::new(),
        annex: None,
        nearest: None,
        class: item.class,
    }
}

fn path(contract: &Contract<'_>, clause: ClauseId) -> String {
    contract.tree.get(clause).path.to_string()
}

fn reported(decision: &Decision<'_>, contract: &Contract<'_>) -> report::ChecklistItem {
    let document = contract.document;
    let evidence = decision.shown.iter().map(|shown| {
        let start = shown.span.trimmed(document.text()).start;
        report::ItemEvidence {
            element: shown.element.name.clone(),
            clause: path(contract, shown.clause),
            clause_id: format!("c{}", shown.clause.0),
            span: shown.span,
            place: Some(document.place(start)).filter(|place| !place.is_empty()),
        }
    });
    report::ChecklistItem {
        status: decision.status,
        clauses: decision.clauses.iter().map(|&clause| path(contract, clause)).collect(),
        missing_elements: decision.missing.iter().map(|element| element.name.clone()).collect(),
        evidence: evidence.collect(),
        annex: decision.annex.clone(),
        nearest: decision.nearest.map(|clause| path(contract, clause)),
        ..unreadable(decision.item)
    }
}

/// What a reviewer is told of an item that is not wholly stated; nothing where another document may state it: the table
/// names that document.
fn finding(list: &Checklist, decision: &Decision<'_>, contract: &Contract<'_>) -> Option<Finding> {
    let item = decision.item;
    let lacking: Vec<&str> = decision.missing.iter().map(|element| element.name.as_str()).collect();
    let lacking = lacking.join(", ");
    let title = &item.title;
    let mut severity = item.severity;
    let message = match decision.status {
        Status::Missing => {
            format!(
                "{title}에 관한 내용이 보이지 않아, {} 정하지 않은 것으로 볼 수 있습니다.",
                particle::with(&lacking, "을", "를")
            )
        }
        Status::Partial => {
            severity = severity.lower();
            format!(
                "{title}에 관한 내용은 있으나 {} 정하지 않은 것으로 볼 수 있습니다.",
                particle::with(&lacking, "은", "는")
            )
        }
        Status::Annex => {
            severity = Severity::Info;
            let named = decision.annex.as_deref().unwrap_or_default();
            format!(
                "{title}에 관한 내용은 이 문서에 보이지 않고, {} 정하거나 갈음한 것으로 볼 수 있습니다.",
                particle::with(&format!("'{named}'"), "이", "가")
            )
        }
        Status::Contradicted => match &item.departure {
            Some(basis) => {
                severity = Severity::Low;
                format!(
                    "{title}에 관하여 법이 정한 것과 다르게 정한 것으로 볼 수 있습니다. 계약으로 달리 정하는 것은 허용됩니다({basis})."
                )
            }
            None => format!("{title}에 관하여 요구되는 것과 반대로 정한 것으로 볼 수 있습니다."),
        },
        Status::Covered | Status::NotApplicable | Status::Unreadable => return None,
    };
    let lost = contract
        .document
        .notices
        .iter()
        .any(|notice| notice.stage == Stage::Load && notice.severity == Gravity::Warning);
    let mut confidence = match decision.status {
        Status::Missing if decision.nearness <= 0.5 => Confidence::High,
        _ => Confidence::Medium,
    };
    if lost && decision.status == Status::Missing {
        confidence = Confidence::Medium;
    }
    let anchor = match decision.contradiction {
        Some((clause, span)) => {
            Anchor::Text { clause: path(contract, clause), clause_id: format!("c{}", clause.0), span }
        }
        None => Anchor::Absent {
            topic: format!("{}/{}", list.id, item.id),
            after: decision
                .clauses
                .first()
                .copied()
                .or(decision.nearest)
                .map(|clause| path(contract, clause)),
        },
    };
    let mut advice = format!("{} 근거: {}", item.requires, item.source.as_deref().unwrap_or(&list.source));
    advice.push_str(&format!("({}판).", list.edition));
    if let Some(threshold) = &item.threshold {
        advice.push_str(&format!(" 기준: {threshold}."));
    }
    match (decision.status, decision.nearest, decision.annex.as_deref()) {
        (Status::Annex, _, Some(named)) => {
            advice.push_str(&format!(
                " {} 함께 살펴보십시오(--with).",
                particle::with(&format!("'{named}'"), "을", "를")
            ));
        }
        (Status::Missing | Status::Partial, Some(clause), _) => {
            let nearest = path(contract, clause);
            let start = contract.tree.get(clause).span.trimmed(contract.document.text()).start;
            let place = contract.document.place(start);
            let place = if place.is_empty() { String::new() } else { format!("({place})") };
            advice.push_str(&format!(" 가장 가까운 글은 {nearest}{place}에 있습니다."));
        }
        _ => {}
    }
    if lost && decision.status == Status::Missing {
        advice.push_str(" 문서에 읽지 못한 부분이 있으니 원본에서 확인하십시오.");
    }
    Some(Finding {
        rule: list.rule(item),
        kind: Kind::Missing,
        severity,
        confidence,
        anchor,
        message,
        basis: item.basis.clone(),
        provisions: Vec::new(),
        also: Vec::new(),
        advice: Some(advice),
        suggestion: Some(item.model.clone()),
        cases: Vec::new(),
    })
}
