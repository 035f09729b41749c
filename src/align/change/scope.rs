//! Cases that are gone or new: 호 of a list, sentences of a clause, and words that sweep everything in (일체, 어떠한).

use super::setting::Setting;
use super::stance;
use super::words::Meaning;
use super::{Change, Said, favours, other};
use crate::align::side::Side;
use crate::language::Role;
use crate::report::{ChangeKind, Favours};
use crate::text::Span;

/// Below this share of its words on the other side a sentence is not there.
const GONE: f32 = 0.34;

pub(super) fn read(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    let (base, contract) = (setting.base, setting.contract);
    let near = setting.contract_sentences.first().map(|&at| {
        let sentence = &contract.sentences[at];
        (sentence.unit, sentence.span)
    });
    for &unit in &setting.lost {
        let Some(number) = base.units[unit].sentences.clone().next() else { continue };
        changes.push(Change {
            kind: ChangeKind::Scope,
            base: Some(Said::at(base, unit, base.stretch(unit))),
            contract: None,
            favours: favours(other(stance::beneficiary(base, number))),
            what: "목록의 항목",
            near,
        });
    }
    for &unit in &setting.gained {
        let Some(number) = contract.units[unit].sentences.clone().next() else { continue };
        changes.push(Change {
            kind: ChangeKind::Scope,
            base: None,
            contract: Some(Said::at(contract, unit, contract.stretch(unit))),
            favours: favours(stance::beneficiary(contract, number)),
            what: "목록의 항목",
            near: None,
        });
    }
    sentences(setting, changes);
    sweeping(setting, changes);
}

/// Statements of their own that one side lacks.
fn sentences(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    let (base, contract) = (setting.base, setting.contract);
    if !setting.is_near() {
        return;
    }
    let plain = |side: &Side, number: usize| {
        let sentence = &side.sentences[number];
        !sentence.proviso && !sentence.item && !sentence.definition && side.sentence_tokens(number).len() >= 3
    };
    let known = |changes: &[Change], ours: bool, span: Span| {
        changes.iter().any(|change| {
            let said = if ours { &change.base } else { &change.contract };
            said.as_ref().is_some_and(|said| said.span.overlaps(span))
        })
    };
    let several = |side: &Side, number: usize| side.units[side.sentences[number].unit].sentences.len() > 1;
    for &number in &setting.base_sentences {
        let sentence = &base.sentences[number];
        let gone =
            plain(base, number) && several(base, number) && setting.held(base.sentence_tokens(number)) < GONE;
        if gone && !known(changes, true, sentence.span) {
            changes.push(Change {
                kind: ChangeKind::Scope,
                base: Some(Said::at(base, sentence.unit, sentence.span)),
                contract: None,
                favours: favours(other(stance::beneficiary(base, number))),
                what: "문장",
                near: setting.contract_sentences.first().map(|&at| {
                    let sentence = &contract.sentences[at];
                    (sentence.unit, sentence.span)
                }),
            });
        }
    }
    for &number in &setting.contract_sentences {
        let sentence = &contract.sentences[number];
        let new = plain(contract, number)
            && several(contract, number)
            && setting.known(contract.sentence_tokens(number)) < GONE;
        if new && !known(changes, false, sentence.span) {
            changes.push(Change {
                kind: ChangeKind::Scope,
                base: None,
                contract: Some(Said::at(contract, sentence.unit, sentence.span)),
                favours: favours(stance::beneficiary(contract, number)),
                what: "문장",
                near: None,
            });
        }
    }
}

/// Words that sweep in whatever one likes, new in a sentence that favours somebody.
fn sweeping(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    let (base, contract) = (setting.base, setting.contract);
    let word = |side: &Side, numbers: &[usize]| {
        numbers.iter().find_map(|&number| {
            let token =
                side.sentence_tokens(number).iter().find(|token| token.meaning.is(Meaning::SWEEPING))?;
            Some((number, token.span))
        })
    };
    for twin in setting.twins.iter().filter(|twin| twin.is_near()) {
        if word(base, &setting.base_sentences).is_some() {
            return;
        }
        let Some((number, span)) = word(contract, &[twin.contract]) else { continue };
        let gains: Option<Role> = stance::beneficiary(contract, number);
        let told = changes
            .iter()
            .any(|change| change.contract.as_ref().is_some_and(|said| said.span.overlaps(span)));
        if told || favours(gains) == Favours::Neither {
            continue;
        }
        changes.push(Change {
            kind: ChangeKind::Scope,
            base: None,
            contract: Some(Said::at(contract, contract.sentences[number].unit, span)),
            favours: favours(gains),
            what: "포괄하는 말",
            near: None,
        });
        return;
    }
}
