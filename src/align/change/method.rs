//! How somebody is told: in writing, in person, or by posting; ahead of time or not.

use super::setting::Setting;
use super::stance;
use super::words::Meaning;
use super::{Change, Said, favours, other};
use crate::align::side::Side;
use crate::language::Role;
use crate::language::fact::NoticeMethod;
use crate::report::ChangeKind;
use crate::text::Span;

/// How surely a way of notice reaches the addressee.
fn reach(method: NoticeMethod) -> u8 {
    match method {
        NoticeMethod::Writing | NoticeMethod::Post => 3,
        method if method.is_individual() => 2,
        _ => 1,
    }
}

pub(super) fn read(setting: &Setting<'_>, changes: &mut Vec<Change>) {
    for &number in &setting.base_sentences {
        let Some(twin) = setting.twin_of(number).filter(|twin| twin.held.max(twin.holds) >= 0.4) else {
            continue;
        };
        let (ours, theirs) = (best(setting.base, number), best(setting.contract, twin.contract));
        let sentence = &setting.contract.sentences[twin.contract];
        let unit = setting.base.sentences[number].unit;
        let notifier = notifier(setting.base, number);
        let (from, to) = (ours.map(|one| one.0), theirs.map(|one| one.0));
        let changed = match (from, to) {
            (Some(from), Some(to)) => from != to,
            // A way that is not named any more, where the sentence is otherwise the same.
            (Some(from), None) => twin.is_near() && from > 1 && !named_elsewhere(setting, from),
            (None, Some(_)) | (None, None) => false,
        };
        if changed {
            let weaker = to.unwrap_or(0) < from.unwrap_or(0);
            changes.push(Change {
                kind: ChangeKind::Method,
                base: ours.map(|(_, span)| Said::at(setting.base, unit, span)),
                contract: theirs.map(|(_, span)| Said::at(setting.contract, sentence.unit, span)),
                favours: favours(if weaker { notifier } else { other(notifier) }),
                what: "알리는 방법",
                near: Some((sentence.unit, sentence.span)),
            });
            continue;
        }
        if !twin.is_near() {
            continue;
        }
        // 사전에, 개별로: the way without its medium.
        for (meaning, what) in [(Meaning::PRIOR, "사전 통지"), (Meaning::EACH, "개별 통지")] {
            let gone = word(setting.base, number, meaning);
            let kept = setting
                .contract_sentences
                .iter()
                .any(|&other| word(setting.contract, other, meaning).is_some());
            if let (Some(span), false) = (gone, kept) {
                changes.push(Change {
                    kind: ChangeKind::Method,
                    base: Some(Said::at(setting.base, unit, span)),
                    contract: None,
                    favours: favours(notifier),
                    what,
                    near: Some((sentence.unit, sentence.span)),
                });
            }
        }
    }
}

fn named_elsewhere(setting: &Setting<'_>, least: u8) -> bool {
    setting
        .contract_sentences
        .iter()
        .any(|&number| best(setting.contract, number).is_some_and(|(reach, _)| reach >= least))
}

/// The surest way of notice that a sentence names; 개별 통지 is one in person whatever its medium.
fn best(side: &Side, number: usize) -> Option<(u8, Span)> {
    let sentence = &side.sentences[number];
    let named = sentence.methods.iter().map(|(method, span)| (reach(*method), *span));
    let posted = word_of_posting(side, number);
    named.chain(posted).max_by(|a, b| a.0.cmp(&b.0).then(b.1.start.cmp(&a.1.start)))
}

/// 게시, 공지 as the act itself.
fn word_of_posting(side: &Side, number: usize) -> Option<(u8, Span)> {
    let posting = ["게시", "게재", "공지", "공고"];
    side.sentence_tokens(number)
        .iter()
        .find(|token| token.predicate && posting.contains(&token.span.of(&side.text)))
        .map(|token| (1, token.span))
}

fn word(side: &Side, number: usize, meaning: Meaning) -> Option<Span> {
    let tokens = side.sentence_tokens(number);
    let told = tokens.iter().any(|token| token.meaning.is(Meaning::NOTIFY));
    tokens.iter().find(|token| told && token.meaning.is(meaning)).map(|token| token.span)
}

/// Who tells: the actor of the sentence's word of notice.
fn notifier(side: &Side, number: usize) -> Option<Role> {
    let sentence = &side.sentences[number];
    let tokens = side.sentence_tokens(number);
    let tells = |predicate: &&crate::frame::Predicate| {
        tokens.get(predicate.term).is_some_and(|token| token.meaning.is(Meaning::NOTIFY))
    };
    let stated = sentence.predicates.iter().filter(|one| one.link.is_stated()).find(tells);
    let predicate =
        stated.or_else(|| sentence.predicates.iter().find(tells)).or_else(|| stance::main(sentence))?;
    stance::actor(side, number, predicate)
}
