//! Who acts: the same predicate with another party, or with one party instead of both.

use super::setting::Setting;
use super::stance;
use super::{Change, Said, favours, other};
use crate::align::side::Side;
use crate::frame::{Link, Predicate};
use crate::language::Role;
use crate::language::party::Case;
use crate::report::ChangeKind;
use crate::text::Span;

pub(super) fn read(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    let (base, contract) = (setting.base, setting.contract);
    let mut told: Vec<Span> = Vec::new();
    for twin in setting.twins.iter().filter(|twin| twin.is_near()) {
        if base.sentences[twin.base].definition || contract.sentences[twin.contract].definition {
            continue;
        }
        // 공급사업자와 이용사업자는 → 공급사업자는: one party only.
        let (ours, theirs) = (stance::both(base, twin.base), stance::both(contract, twin.contract));
        if let (Some(ours), None) = (ours, theirs)
            && let Some((role, span)) = actor_name(contract, twin.contract)
            && !told.contains(&span)
        {
            told.push(span);
            let predicate = stance::main(&contract.sentences[twin.contract]);
            let gains = predicate.and_then(|predicate| {
                let token = contract.sentence_tokens(twin.contract).get(predicate.term)?;
                stance::favoured(token, predicate, Some(role))
            });
            push(setting, changes, twin, ours, span, gains);
            continue;
        }
        if ours.is_some() || theirs.is_some() {
            continue;
        }
        for (a, b, at) in named(setting, twin.base, twin.contract) {
            if told.contains(&b.1) || a.0 == b.0 {
                continue;
            }
            told.push(b.1);
            let conditional = matches!(at.link, Link::Condition | Link::Adnominal | Link::Concession);
            let gains = if conditional {
                // Whose doing the rest hangs on: by the party that the rest favours, it hangs on the favoured.
                let favoured = stance::beneficiary(contract, twin.contract);
                if favoured == Some(b.0) { other(favoured) } else { favoured }
            } else {
                let token = contract.sentence_tokens(twin.contract).get(at.term);
                token.and_then(|token| stance::favoured(token, &at, Some(b.0)))
            };
            push(setting, changes, twin, a.1, b.1, gains);
        }
    }
}

fn push(
    setting: &Setting<'_>,
    changes: &mut Vec<Change>,
    twin: &super::setting::Twin,
    ours: Span,
    theirs: Span,
    gains: Option<Role>,
) {
    let (base, contract) = (setting.base, setting.contract);
    changes.push(Change {
        kind: ChangeKind::Actor,
        base: Some(Said::at(base, base.sentences[twin.base].unit, ours)),
        contract: Some(Said::at(contract, contract.sentences[twin.contract].unit, theirs)),
        favours: favours(gains),
        what: "행위자",
        near: None,
    });
}

/// A party's name and where it stands.
type Named = (Role, Span);

/// The names that stand for the actor of the same predicates on both sides, where both sides name one; with the
/// contract's predicate.
fn named(setting: &Setting<'_>, ours: usize, theirs: usize) -> Vec<(Named, Named, Predicate)> {
    let (base, contract) = (setting.base, setting.contract);
    let mut found = Vec::new();
    let others = &contract.sentences[theirs].predicates;
    let mut next = 0;
    for predicate in &base.sentences[ours].predicates {
        let Some(token) = base.sentence_tokens(ours).get(predicate.term) else { continue };
        // What another predicate is about, or done for, has no actor of its own.
        if matches!(predicate.link, Link::Content | Link::Purpose | Link::Without) {
            continue;
        }
        let same = others[next.min(others.len())..].iter().position(|other| {
            contract.sentence_tokens(theirs).get(other.term).is_some_and(|other| other.key == token.key)
        });
        let Some(at) = same.map(|at| at + next) else { continue };
        next = at + 1;
        if let (Some(a), Some(b)) = (name(base, ours, predicate), name(contract, theirs, &others[at])) {
            let parties = |role| matches!(role, Role::Provider | Role::Customer);
            if parties(a.0) && parties(b.0) {
                found.push((a, b, others[at]));
            }
        }
    }
    found
}

/// The name that a sentence gives the actor of a predicate: its topic, or the subject of the clause.
fn name(side: &Side, number: usize, predicate: &Predicate) -> Option<Named> {
    let tokens = side.sentence_tokens(number);
    let upto = predicate.term.min(tokens.len());
    let find = |range: std::ops::Range<usize>, wanted: Case| {
        let tokens = tokens.get(range).unwrap_or_default();
        tokens.iter().rev().find_map(|token| {
            token.party.filter(|(_, case)| *case == wanted).map(|(role, _)| (role, token.span))
        })
    };
    let start = predicate.start.min(upto);
    if matches!(predicate.link, Link::Condition | Link::Adnominal | Link::Concession) {
        return find(start..upto, Case::Subject);
    }
    find(start..upto, Case::Topic)
        .or_else(|| find(start..upto, Case::Subject))
        .or_else(|| find(0..start, Case::Topic))
}

/// The actor of the main statement and its name.
fn actor_name(side: &Side, number: usize) -> Option<Named> {
    let predicate = stance::main(&side.sentences[number])?;
    name(side, number, predicate).filter(|(role, _)| matches!(role, Role::Provider | Role::Customer))
}
