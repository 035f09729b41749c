//! Clauses that leave a matter to each other: 제3조 says 제8조에 따른다, 제8조 says 제3조에 따른다. Only a sentence that leaves the
//! matter to one exact clause counts.

use super::super::at::head;
use super::super::catalogue::REFERENCE_CIRCULAR;
use super::super::cited::Cited;
use crate::clause::{ClauseId, Level};
use crate::contract::Contract;
use crate::finding::Finding;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Findings about circles; `links` are references that lead to a clause.
pub(super) fn check(contract: &Contract<'_>, cited: &[Cited], links: &[(usize, ClauseId)]) -> Vec<Finding> {
    let mut edges: BTreeMap<ClauseId, (ClauseId, Span)> = BTreeMap::new();
    for (number, target) in links {
        let reference = &cited[*number];
        let Some(from) = unit(contract, reference.clause) else { continue };
        let Some(to) = unit(contract, *target) else { continue };
        if from != to && leaves(contract, reference) {
            edges.entry(from).or_insert((to, reference.span));
        }
    }
    let mut findings = Vec::new();
    let mut done: BTreeSet<ClauseId> = BTreeSet::new();
    for start in edges.keys() {
        let mut way: Vec<ClauseId> = Vec::new();
        let mut at = *start;
        while !done.contains(&at)
            && let Some((next, _)) = edges.get(&at)
        {
            done.insert(at);
            way.push(at);
            at = *next;
        }
        if let Some(begin) = way.iter().position(|id| *id == at) {
            let round: Vec<ClauseId> = way[begin..].to_vec();
            let names: Vec<String> = round.iter().map(|id| contract.tree.get(*id).path.to_string()).collect();
            let message = format!(
                "{}이 서로 상대 조항에 따른다고 하여, 어느 조항도 내용을 정하지 않은 것으로 볼 수 있습니다.",
                names.join(", ")
            );
            if let Some((_, span)) = round.iter().min().and_then(|id| edges.get(id)) {
                findings.push(REFERENCE_CIRCULAR.at(contract, *span, message));
            }
        }
    }
    findings
}

/// The one unit that decides: a 항, or a 조 without 항. A 조 with several 항 may leave one matter and decide another.
fn unit(contract: &Contract<'_>, id: ClauseId) -> Option<ClauseId> {
    let tree = &contract.tree;
    let clause = std::iter::once(tree.get(id))
        .chain(tree.ancestors(id))
        .find(|clause| clause.level == Level::Paragraph || clause.level.is_article())?;
    let divided =
        clause.level.is_article() && tree.children(clause.id).any(|child| child.level == Level::Paragraph);
    (!divided && clause.level != Level::Preamble).then_some(clause.id)
}

/// Whether the sentence does nothing but leave the matter to the clause that it names.
fn leaves(contract: &Contract<'_>, reference: &Cited) -> bool {
    let text = contract.document.text();
    let mut rest = head(&text[reference.span.end..], 60).trim_start();
    if rest.starts_with('(')
        && let Some(end) = rest.find(')')
    {
        rest = rest[end + 1..].trim_start();
    }
    for lead in ["의 규정", "의 정함", "의 내용", "의 절차"] {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    let rest: String = head(rest, 30).chars().filter(|c| !c.is_whitespace()).collect();
    let verbs = [
        "에따른다",
        "에따릅니다",
        "에의한다",
        "에의합니다",
        "에서정한바에따른다",
        "에서정한바에따릅니다",
        "에서정하는바에따른다",
        "에서정하는바에따릅니다",
        "에정한바에따른다",
        "에정한바에따릅니다",
        "을준용한다",
        "를준용한다",
        "을준용합니다",
        "를준용합니다",
        "을따른다",
        "를따른다",
        "을따릅니다",
        "를따릅니다",
        "에서정한다",
        "에서정합니다",
    ];
    verbs.iter().any(|verb| rest.starts_with(verb))
}
