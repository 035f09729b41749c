//! Duty, power, effort, prohibition: what the same predicate asks for on both sides.

use super::setting::{Setting, Twin};
use super::stance;
use super::words::Meaning;
use super::{Change, Said, favours, other};
use crate::align::side::Side;
use crate::frame::{Link, Predicate};
use crate::language::{Modality, Role};
use crate::report::ChangeKind;
use crate::text::Span;

/// What a predicate asks of its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// 한다, 하여야 한다
    Duty,
    /// 노력한다
    Effort,
    /// 할 수 있다
    Power,
    /// 하지 아니할 수 있다
    Refusal,
    /// 하지 아니한다, 하여서는 아니 된다, 할 수 없다
    Not,
}

impl Asks {
    /// How much it binds the actor, from free to bound.
    fn burden(self) -> u8 {
        match self {
            Asks::Power | Asks::Refusal => 0,
            Asks::Effort => 1,
            Asks::Duty | Asks::Not => 2,
        }
    }
}

pub(super) fn read(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    let mut told: Vec<Span> = Vec::new();
    for twin in setting.twins.iter().filter(|twin| twin.held.max(twin.holds) >= 0.4) {
        for change in compared(setting, twin) {
            let at = change.contract.as_ref().map_or(Span::new(0, 0), |said| said.span);
            // What was told as another kind is no second change; nor is one predicate told twice.
            let known = changes.iter().any(|other| {
                matches!(other.kind, ChangeKind::Consent | ChangeKind::Remedy)
                    && other.contract.as_ref().is_some_and(|said| said.span.overlaps(at))
            });
            if !known && !told.contains(&at) {
                told.push(at);
                changes.push(change);
            }
        }
    }
}

fn compared(setting: &Setting<'_>, twin: &Twin) -> Vec<Change> {
    let (base, contract) = (setting.base, setting.contract);
    let theirs = stated(contract, twin.contract);
    let mut used = vec![false; theirs.len()];
    let mut found = Vec::new();
    for (predicate, asks) in stated(base, twin.base) {
        let token = &base.sentence_tokens(twin.base)[predicate.term];
        // The same word, in order; each once.
        let same = theirs.iter().enumerate().find(|(at, (other, _))| {
            !used[*at] && contract.sentence_tokens(twin.contract)[other.term].key == token.key
        });
        let Some((at, (other_predicate, other_asks))) = same else { continue };
        used[at] = true;
        let their_token = &contract.sentence_tokens(twin.contract)[other_predicate.term];
        if asks == *other_asks {
            continue;
        }
        // Elsewhere in the group the contract may ask the same as the base does.
        let elsewhere = setting.contract_sentences.iter().any(|&number| {
            number != twin.contract
                && stated(contract, number).iter().any(|(other, other_asks)| {
                    *other_asks == asks && contract.sentence_tokens(number)[other.term].key == token.key
                })
        });
        if elsewhere {
            continue;
        }
        // In other words altogether, what another party does is another act.
        let (before, now) = (
            stance::actor(base, twin.base, &predicate),
            stance::actor(contract, twin.contract, other_predicate),
        );
        if !twin.is_near() && before.is_some() && now.is_some() && before != now {
            continue;
        }
        let actor = stance::actor(contract, twin.contract, other_predicate)
            .or_else(|| stance::actor(base, twin.base, &predicate));
        let bears = token.meaning.is(Meaning::BEAR);
        found.push(Change {
            kind: ChangeKind::Modality,
            base: Some(said(base, twin.base, token.span, &predicate)),
            contract: Some(said(contract, twin.contract, their_token.span, other_predicate)),
            favours: favours(better(actor, asks, *other_asks, bears)),
            what: "의무의 정도",
            near: None,
        });
    }
    found
}

/// Who gains when what is asked of `actor` turns from one to the other.
fn better(actor: Option<Role>, from: Asks, to: Asks, bears: bool) -> Option<Role> {
    let actor = actor.filter(|role| matches!(role, Role::Provider | Role::Customer | Role::EndUser));
    if bears && matches!((from, to), (Asks::Duty, Asks::Not) | (Asks::Not, Asks::Duty)) {
        return if to == Asks::Not { actor } else { other(actor) };
    }
    match from.burden().cmp(&to.burden()) {
        std::cmp::Ordering::Greater => actor,
        std::cmp::Ordering::Less => other(actor),
        // A duty that is turned round frees the actor of it; a ban that becomes a duty burdens him.
        std::cmp::Ordering::Equal => match (from, to) {
            (Asks::Duty, Asks::Not) => actor,
            _ => None,
        },
    }
}

/// The predicates that a sentence states, with what they ask.
fn stated(side: &Side, number: usize) -> Vec<(Predicate, Asks)> {
    let sentence = &side.sentences[number];
    let tokens = side.sentence_tokens(number);
    let list = &sentence.predicates;
    let mut found = Vec::new();
    for (at, predicate) in list.iter().enumerate() {
        let Some(token) = tokens.get(predicate.term).filter(|token| token.predicate) else { continue };
        // 통지하도록 노력한다: what the effort is for is asked for as an effort.
        let strives = list[at + 1..].iter().take(2).any(|next| {
            tokens.get(next.term).is_some_and(|token| token.meaning.is(Meaning::STRIVE))
                && next.link.is_stated()
        });
        let aim = matches!(predicate.link, Link::Purpose | Link::Adnominal | Link::Content | Link::Cause);
        if strives && aim {
            found.push((*predicate, Asks::Effort));
            continue;
        }
        // 통지하지 않고 중단한다, 그러하지 아니하다: how the next is done, and what points to another statement.
        let points = matches!(token.span.of(&side.text), "그러" | "그렇" | "예외" | "아니");
        let how = matches!(predicate.link, Link::Content | Link::Without);
        if !predicate.link.is_stated() || how || token.empty || points {
            continue;
        }
        let asks = match (predicate.modality, predicate.negated) {
            // 지키며 … 위하여 노력한다: only the last is an effort.
            (Modality::Strive, _) if !predicate.inherits => Asks::Effort,
            (Modality::May, true) => Asks::Refusal,
            (Modality::May, false) => Asks::Power,
            (Modality::MustNot, _) | (_, true) => Asks::Not,
            (Modality::Must | Modality::None | Modality::Strive, false) => Asks::Duty,
        };
        let asks = if asks == Asks::Duty && token.meaning.is(Meaning::STRIVE) { Asks::Effort } else { asks };
        found.push((*predicate, asks));
    }
    found
}

fn said(side: &Side, number: usize, word: Span, predicate: &Predicate) -> Said {
    let sentence = &side.sentences[number];
    let start = word.start;
    // The predicate with its ending: up to the mark or the space behind the last auxiliary.
    let rest = Span::new(predicate.end.max(word.end), sentence.span.end).of(&side.text);
    let more = rest.find(['.', ',', '\n']).unwrap_or(rest.len());
    let more = if predicate.link == Link::Final { more.min(60) } else { 0 };
    let mut end = predicate.end.max(word.end) + more;
    while !side.text.is_char_boundary(end) {
        end -= 1;
    }
    Said::at(side, sentence.unit, Span::new(start, end))
}
