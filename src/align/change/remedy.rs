//! What the customer gets in the end: damages, money back, a credit, nothing.

use super::setting::Setting;
use super::stance;
use super::words::Meaning;
use super::{Change, Said, favours};
use crate::align::side::Side;
use crate::language::Role;
use crate::report::{ChangeKind, Favours};
use crate::text::Span;

pub(super) fn read(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    for &number in &setting.base_sentences {
        let Some(twin) = setting.twin_of(number).filter(|twin| twin.held.max(twin.holds) >= 0.4) else {
            continue;
        };
        let (base, contract) = (setting.base, setting.contract);
        let there = twin.contract;
        let (unit, sentence) = (base.sentences[number].unit, &contract.sentences[there]);
        let mut push = |from: Option<Span>, to: Option<Span>, favours: Favours| {
            changes.push(Change {
                kind: ChangeKind::Remedy,
                base: from.map(|span| Said::at(base, unit, span)),
                contract: to.map(|span| Said::at(contract, sentence.unit, span)),
                favours,
                what: "구제 수단",
                near: Some((sentence.unit, sentence.span)),
            });
        };
        let money = Meaning::DAMAGES.or(Meaning::REFUND);
        let (ours, theirs) = (word(base, number, money), word(contract, there, money));
        let (our_credit, their_credit) =
            (word(base, number, Meaning::CREDIT), word(contract, there, Meaning::CREDIT));
        if ours.is_some() && our_credit.is_none() && their_credit.is_some() {
            // A credit in place of money, or as all there is; one on top of it is no loss.
            let sole = word(contract, there, Meaning::SOLE);
            if theirs.is_none() || sole.is_some() {
                push(ours, sole.or(their_credit), Favours::Provider);
                continue;
            }
        }
        if our_credit.is_some() && ours.is_none() && theirs.is_some() && their_credit.is_none() {
            push(our_credit, theirs, Favours::Customer);
            continue;
        }
        // 배상한다 became 배상하지 아니한다, 책임을 진다 became 책임을 지지 아니한다; or the other way round.
        if !twin.is_near() {
            continue;
        }
        if let Some((from, to, denied)) = turned(base, number, contract, there) {
            let actor = stance::main(&contract.sentences[there])
                .and_then(|predicate| stance::actor(contract, there, predicate))
                .filter(|role| matches!(role, Role::Provider | Role::Customer));
            let better = if denied { actor } else { super::other(actor) };
            push(Some(from), Some(to), favours(better));
        }
    }
}

fn word(side: &Side, number: usize, meaning: Meaning) -> Option<Span> {
    side.sentence_tokens(number).iter().find(|token| token.meaning.is(meaning)).map(|token| token.span)
}

/// A stated bearing of loss that is denied on one side only.
fn turned(base: &Side, ours: usize, contract: &Side, theirs: usize) -> Option<(Span, Span, bool)> {
    let stated = |side: &Side, number: usize| -> Vec<(u64, bool, Span)> {
        let tokens = side.sentence_tokens(number);
        side.sentences[number]
            .predicates
            .iter()
            .filter(|predicate| predicate.link.is_stated())
            .filter_map(|predicate| Some((predicate, tokens.get(predicate.term)?)))
            .filter(|(_, token)| token.meaning.is(Meaning::BEAR))
            .map(|(predicate, token)| {
                (token.key, predicate.negated, Span::new(token.span.start, predicate.end.max(token.span.end)))
            })
            .collect()
    };
    let theirs = stated(contract, theirs);
    stated(base, ours).into_iter().find_map(|(key, denied, from)| {
        let same = theirs.iter().filter(|(other, ..)| *other == key);
        let mut turned = same.clone().filter(|(_, other, _)| *other != denied);
        if same.clone().any(|(_, other, _)| *other == denied) {
            return None;
        }
        turned.next().map(|(_, denied, to)| (from, *to, *denied))
    })
}
