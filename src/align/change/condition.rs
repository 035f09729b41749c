//! Conditions and exceptions that are gone or new: clauses of condition, provisos, and the words that narrow what is said
//! (고의 또는 과실, 정당한 사유). A condition narrows what a sentence states: without it whom the sentence favours gains.

use super::setting::{Setting, Twin, telling};
use super::stance;
use super::words::Meaning;
use super::{Change, Said, favours, other};
use crate::align::side::{Side, Token};
use crate::frame::Link;
use crate::language::Role;
use crate::report::ChangeKind;
use crate::text::Span;

/// Below this share of its words on the other side a condition is not there.
const GONE: f32 = 0.34;

/// A condition of a sentence.
struct Part {
    sentence: usize,
    span: Span,
    tokens: std::ops::Range<usize>,
    what: &'static str,
    /// Whether it is an exception of its own sentence (다만 …).
    proviso: bool,
}

pub(super) fn read(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    let (base, contract) = (setting.base, setting.contract);
    let near_group = setting.is_near();
    for &number in &setting.base_sentences {
        let twin = setting.twin_of(number).copied();
        for part in parts(base, number) {
            let tokens = &base.sentence_tokens(number)[part.tokens.clone()];
            let applies = if part.proviso { near_group } else { twin.is_some_and(|twin| twin.is_near()) };
            let there = if part.proviso { setting.says(number) } else { setting.held(tokens) >= GONE };
            if !applies || there || told(changes, base, &part, true) {
                continue;
            }
            let gains = if part.proviso {
                without_proviso(base, number)
            } else {
                stance::beneficiary_behind(base, number, part.span.end)
            };
            let at = twin.map(|twin| twin.contract).or(setting.contract_sentences.first().copied());
            changes.push(Change {
                kind: ChangeKind::Condition,
                base: Some(Said::at(base, base.sentences[number].unit, part.span)),
                contract: None,
                favours: favours(gains),
                what: part.what,
                near: at.map(|at| (contract.sentences[at].unit, contract.sentences[at].span)),
            });
        }
    }
    for &number in &setting.contract_sentences {
        let twin = setting.twins.iter().find(|twin| twin.contract == number).copied();
        for part in parts(contract, number) {
            let tokens = &contract.sentence_tokens(number)[part.tokens.clone()];
            let applies = if part.proviso { near_group } else { twin.is_some_and(|twin| twin.is_near()) };
            let there = if part.proviso { setting.said(number) } else { setting.known(tokens) >= GONE };
            if !applies || there || told(changes, contract, &part, false) {
                continue;
            }
            let gains = if part.proviso {
                other(without_proviso(contract, number))
            } else {
                other(stance::beneficiary_behind(contract, number, part.span.end))
            };
            changes.push(Change {
                kind: ChangeKind::Condition,
                base: None,
                contract: Some(Said::at(contract, contract.sentences[number].unit, part.span)),
                favours: favours(gains),
                what: part.what,
                near: None,
            });
        }
    }
    for twin in &setting.twins {
        narrowed(setting, twin, changes);
    }
}

/// Whether a change of this kind, or of one that says more, lies there already.
fn told(changes: &[Change], side: &Side, part: &Part, ours: bool) -> bool {
    let unit = side.sentences[part.sentence].unit;
    changes.iter().any(|change| {
        let said = if ours { &change.base } else { &change.contract };
        said.as_ref().is_some_and(|said| said.unit == unit && said.span.overlaps(part.span))
            && matches!(change.kind, ChangeKind::Consent | ChangeKind::Remedy | ChangeKind::Condition)
    })
}

/// The conditions of a sentence: its clauses of condition, or the whole of it when it is an exception.
fn parts(side: &Side, number: usize) -> Vec<Part> {
    let sentence = &side.sentences[number];
    let tokens = side.sentence_tokens(number);
    if sentence.item {
        return Vec::new();
    }
    if sentence.proviso {
        let what = "단서";
        return vec![Part {
            sentence: number,
            span: sentence.span,
            tokens: 0..tokens.len(),
            what,
            proviso: true,
        }];
    }
    let mut parts = Vec::new();
    for predicate in sentence.predicates.iter().filter(|predicate| predicate.link == Link::Condition) {
        let end = (predicate.term + 1).min(tokens.len());
        let range = predicate.start.min(end)..end;
        let own = &tokens[range.clone()];
        // 다음 각 호의 경우에는 names no condition itself.
        if own.iter().filter(|token| telling(token)).count() < 2 {
            continue;
        }
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        let span = Span::new(first.span.start, predicate.end.max(last.span.end));
        parts.push(Part { sentence: number, span, tokens: range, what: "조건", proviso: false });
    }
    parts
}

/// Who gains when an exception is gone: whom the rule favours that it limits; when it grants something itself, whoever
/// granted it.
fn without_proviso(side: &Side, number: usize) -> Option<Role> {
    let sentence = &side.sentences[number];
    let text = sentence.span.of(&side.text);
    let limits =
        ["그러하지", "그렇지", "예외", "제외", "아니하다", "적용하지"].iter().any(|word| text.contains(word));
    let rule = side.units[sentence.unit]
        .sentences
        .clone()
        .rev()
        .find(|&before| before < number && !side.sentences[before].proviso)
        .and_then(|before| stance::beneficiary(side, before));
    let own = other(stance::beneficiary(side, number));
    if limits { rule.or(own) } else { own.or(rule) }
}

/// Words that narrow what a sentence says and that only one side has.
fn narrowed(setting: &Setting<'_>, twin: &Twin, changes: &mut Vec<Change>) {
    let (base, contract) = (setting.base, setting.contract);
    // Fault decides who bears a loss, whatever else is worded anew.
    let speaks_of_loss = |side: &Side, number: usize| {
        let bear = Meaning::BEAR.or(Meaning::RELEASE).or(Meaning::DAMAGES);
        side.sentence_tokens(number).iter().any(|token| token.meaning.is(bear))
    };
    let loss = speaks_of_loss(base, twin.base) && speaks_of_loss(contract, twin.contract);
    let like = twin.held.max(twin.holds) >= 0.4;
    for (meaning, what) in [
        (Meaning::GROSS, "귀책의 정도"),
        (Meaning::FAULT, "귀책사유"),
        (Meaning::NARROW, "조건"),
        (Meaning::PAID, "비용 부담"),
        (Meaning::PROMPT, "때"),
    ] {
        if !(twin.is_near() || meaning == Meaning::FAULT && loss && like) {
            continue;
        }
        let ours = word(base, &[twin.base], meaning);
        let theirs = word(contract, &[twin.contract], meaning);
        let ours_anywhere = word(base, &setting.base_sentences, meaning);
        let theirs_anywhere = word(contract, &setting.contract_sentences, meaning);
        // In other words a fault that is named besides is somebody else's as often as not.
        let theirs = theirs.filter(|_| twin.is_near());
        let (from, to) = match (ours, theirs) {
            // Narrowing words are many: each stands for itself.
            _ if meaning == Meaning::NARROW => {
                let gone = base
                    .sentence_tokens(twin.base)
                    .iter()
                    .find(|token| token.meaning.is(meaning) && !setting.has(token.key));
                let new = contract
                    .sentence_tokens(twin.contract)
                    .iter()
                    .find(|token| token.meaning.is(meaning) && !setting.had(token.key));
                match (gone, new) {
                    (Some(gone), None) => (Some((base.sentences[twin.base].unit, gone.span)), None),
                    (None, Some(new)) => (None, Some((contract.sentences[twin.contract].unit, new.span))),
                    _ => continue,
                }
            }
            (Some(gone), None) if theirs_anywhere.is_none() => (Some(gone), None),
            (None, Some(new)) if ours_anywhere.is_none() => (None, Some(new)),
            _ => continue,
        };
        let told = changes.iter().any(|change| {
            let at = |said: &Option<Said>, span: Option<(usize, Span)>| {
                span.is_some_and(|(_, span)| said.as_ref().is_some_and(|said| said.span.overlaps(span)))
            };
            at(&change.base, from) || at(&change.contract, to)
        });
        if told {
            continue;
        }
        let behind = |side: &Side, number: usize, span: Span| {
            if side.sentences[number].item {
                stance::beneficiary(side, number)
            } else {
                stance::beneficiary_behind(side, number, span.end)
            }
        };
        let favoured = match (from, to) {
            (Some((_, span)), _) => behind(base, twin.base, span),
            (None, Some((_, span))) => behind(contract, twin.contract, span),
            (None, None) => None,
        };
        // How soon a duty must be done narrows nothing: without it the duty is lighter.
        let gains = match (meaning == Meaning::PROMPT, from.is_some()) {
            (false, true) => favoured,
            (false, false) => other(favoured),
            (true, true) => other(favoured),
            (true, false) => favoured,
        };
        let kind = if meaning == Meaning::PROMPT { ChangeKind::Period } else { ChangeKind::Condition };
        let sentence = &contract.sentences[twin.contract];
        changes.push(Change {
            kind,
            base: from.map(|(unit, span)| Said::at(base, unit, span)),
            contract: to.map(|(unit, span)| Said::at(contract, unit, span)),
            favours: favours(gains),
            what,
            near: Some((sentence.unit, sentence.span)),
        });
    }
}

fn word(side: &Side, sentences: &[usize], meaning: Meaning) -> Option<(usize, Span)> {
    let found = |number: &usize| {
        let has = |token: &&Token| token.meaning.is(meaning);
        side.sentence_tokens(*number).iter().find(has).map(|token| (side.sentences[*number].unit, token.span))
    };
    sentences.iter().find_map(found)
}
