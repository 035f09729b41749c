//! Typed changes between the units of one group: period, amount, rate, modality, actor, condition, scope, method, consent,
//! remedy, each with what both sides say and whom it favours. Knows grammar and the words of `dictionaries/changes.toml`;
//! no statute and no threshold.
//!
//! Each kind is read by a module of its own from a [`Setting`]: the sentences of both sides, which stand beside each other
//! there, and whom each favours ([`stance`]). What differs in words only gives no change.

mod actor;
mod condition;
mod consent;
mod method;
mod modality;
mod quantity;
mod remedy;
mod scope;
mod setting;
pub(crate) mod stance;
mod words;

pub(crate) use setting::Setting;
pub(crate) use words::{Lexicon, Meaning};

use super::side::Side;
use crate::language::Role;
use crate::report::{ChangeKind, Favours};
use crate::text::Span;

/// A difference in substance.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    pub kind: ChangeKind,
    pub base: Option<Said>,
    pub contract: Option<Said>,
    pub favours: Favours,
    /// What changed, a Korean noun phrase: 통지 기간.
    pub what: &'static str,
    /// Where the contract's side does not say it: the sentence of the contract that it is missing from.
    pub near: Option<(usize, Span)>,
}

/// What one side says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub value: String,
    pub unit: usize,
    pub span: Span,
}

impl Said {
    pub(crate) fn at(side: &Side, unit: usize, span: Span) -> Self {
        let value = span.of(&side.text).split_whitespace().collect::<Vec<_>>().join(" ");
        Self { value, unit, span }
    }
}

/// All typed changes of a group, in the order of the base's text.
pub(crate) fn changes(setting: &Setting<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    quantity::read(setting, &mut changes);
    consent::read(setting, &mut changes);
    remedy::read(setting, &mut changes);
    method::read(setting, &mut changes);
    actor::read(setting, &mut changes);
    modality::read(setting, &mut changes);
    condition::read(setting, &mut changes);
    scope::read(setting, &mut changes);
    changes.sort_by_key(|change| {
        let place =
            |said: &Option<Said>| said.as_ref().map_or((usize::MAX, 0), |said| (said.unit, said.span.start));
        (place(&change.base), place(&change.contract))
    });
    changes
}

/// Who is favoured when something becomes better for `role`.
pub(crate) fn favours(role: Option<Role>) -> Favours {
    match role {
        Some(Role::Provider) => Favours::Provider,
        Some(Role::Customer | Role::EndUser) => Favours::Customer,
        _ => Favours::Neither,
    }
}

/// The other party to the contract.
pub(crate) fn other(role: Option<Role>) -> Option<Role> {
    match role {
        Some(Role::Provider) => Some(Role::Customer),
        Some(Role::Customer | Role::EndUser) => Some(Role::Provider),
        _ => None,
    }
}
