//! Who acts in a sentence, and whom the sentence favours: a power, a right or a release favours who has it, a duty the
//! other. Knows grammar and the words of changes.

use super::super::side::{Sentence, Side, Token};
use super::other;
use super::words::Meaning;
use crate::frame::{Link, Predicate};
use crate::language::party::Case;
use crate::language::{Modality, Role};
use crate::text::Span;

/// The predicate that states what a sentence is for: its last stated one.
pub(crate) fn main(sentence: &Sentence) -> Option<&Predicate> {
    let list = &sentence.predicates;
    let stated = |predicate: &&Predicate| predicate.link.is_stated() && predicate.link != Link::Content;
    list.iter().rev().find(stated).or(list.last())
}

/// Who does what a predicate says: whom the sentence is about, else the subject of its own clause.
pub(crate) fn actor(side: &Side, number: usize, predicate: &Predicate) -> Option<Role> {
    named_actor(side, number, predicate).or(side.sentences[number].subject)
}

/// The actor as far as the sentence itself names him.
fn named_actor(side: &Side, number: usize, predicate: &Predicate) -> Option<Role> {
    let sentence = &side.sentences[number];
    let tokens = side.sentence_tokens(number);
    let upto = predicate.term.min(tokens.len());
    let named = |range: std::ops::Range<usize>, cases: &[Case]| {
        let tokens = tokens.get(range).unwrap_or_default();
        let found =
            tokens.iter().rev().find_map(|token| token.party.filter(|(_, case)| cases.contains(case)));
        found.map(|(role, _)| role)
    };
    let start = predicate.start.min(upto);
    let conditional = matches!(predicate.link, Link::Condition | Link::Concession | Link::Adnominal);
    if conditional {
        return named(start..upto, &[Case::Subject])
            .or_else(|| named(start..upto, &[Case::Topic]))
            .or_else(|| named(0..start, &[Case::Subject]));
    }
    let item = sentence.item.then(|| named(0..upto, &[Case::Subject, Case::Topic])).flatten();
    named(start..upto, &[Case::Topic])
        .or_else(|| named(start..upto, &[Case::Subject]))
        .or_else(|| named(0..start, &[Case::Topic]))
        .or(item)
}

/// Words for both parties as those who act.
const EITHER: [&str; 8] =
    ["당사자는", "당사자가", "쌍방은", "쌍방이", "양측은", "양측이", "당사자 일방", "어느 한쪽"];

/// 공급사업자와 이용사업자는: both names before one particle of the subject; or a word for both.
pub(crate) fn both(side: &Side, number: usize) -> Option<Span> {
    let sentence = side.sentences[number].span;
    let either = EITHER.iter().filter_map(|word| Some((sentence.of(&side.text).find(word)?, word))).min();
    if let Some((at, word)) = either {
        let start = sentence.start + at;
        return Some(Span::new(start, start + word.len()));
    }
    let tokens = side.sentence_tokens(number);
    tokens.windows(2).find_map(|pair| {
        let (Some((a, _)), Some((b, case))) = (pair[0].party, pair[1].party) else { return None };
        if pair[0].span.end > pair[1].span.start {
            return None;
        }
        let joined = Span::new(pair[0].span.end, pair[1].span.start).of(&side.text);
        let joined = joined.trim_matches(|c: char| !c.is_alphanumeric());
        let acts = matches!(case, Case::Topic | Case::Subject);
        let and = matches!(joined.trim(), "와" | "과" | "및" | "또는" | "이나" | "나" | "");
        let parties = |role| matches!(role, Role::Provider | Role::Customer);
        (a != b && parties(a) && parties(b) && acts && and)
            .then(|| Span::new(pair[0].span.start, pair[1].span.end))
    })
}

/// Whom a predicate of an actor favours.
pub(crate) fn favoured(token: &Token, predicate: &Predicate, actor: Option<Role>) -> Option<Role> {
    let actor = actor.filter(|role| matches!(role, Role::Provider | Role::Customer | Role::EndUser))?;
    let meaning = token.meaning;
    let own = if meaning.is(Meaning::RELEASE) {
        !predicate.negated
    } else if meaning.is(Meaning::BEAR) && predicate.negated {
        predicate.modality != Modality::May || token.meaning.is(Meaning::BEAR)
    } else {
        predicate.modality == Modality::May
    };
    if own { Some(actor) } else { other(Some(actor)) }
}

/// Whom a sentence favours; for an item of a list the act to which the list belongs.
pub(crate) fn beneficiary(side: &Side, number: usize) -> Option<Role> {
    let leading = lead(side, number);
    if leading == number {
        return favoured_by(side, number, main(&side.sentences[number])?);
    }
    // 다음 각 호의 경우 정지할 수 있으며 … 재개하여야 한다: the list belongs to what follows its announcement.
    let sentence = &side.sentences[leading];
    let text = sentence.span.of(&side.text);
    let announced = ["각 호", "각호", "다음"].iter().filter_map(|word| text.find(word)).max();
    beneficiary_behind(side, leading, sentence.span.start + announced.unwrap_or(0))
}

/// Whom the first statement favours that ends behind a place of the sentence: what a condition there belongs to.
pub(crate) fn beneficiary_behind(side: &Side, number: usize, at: usize) -> Option<Role> {
    let sentence = &side.sentences[number];
    let states = |predicate: &&Predicate| predicate.link.is_stated() && predicate.link != Link::Content;
    let behind = |predicate: &&Predicate| {
        states(predicate)
            && side.sentence_tokens(number).get(predicate.term).is_some_and(|token| token.span.start >= at)
    };
    let predicate = sentence.predicates.iter().find(behind).or_else(|| main(sentence))?;
    favoured_by(side, number, predicate)
}

/// Whom one statement of a sentence favours.
fn favoured_by(side: &Side, number: usize, predicate: &Predicate) -> Option<Role> {
    let sentence = &side.sentences[number];
    let named = named_actor(side, number, predicate);
    let tokens = side.sentence_tokens(number);
    let token = tokens.get(predicate.term)?;
    let from = tokens.get(predicate.reach).map_or(sentence.span.start, |first| first.span.start);
    // Both act where they are named together in what leads to the predicate.
    let joint = both(side, number)
        .is_some_and(|both| both.end <= token.span.start && (both.start >= from || predicate.reach == 0));
    if joint || sentence.mutual && named.is_none() || sentence.definition {
        return None;
    }
    // 이용자에게는 다음의 행위가 금지된다: good for the other.
    if token.meaning.is(Meaning::BAN) {
        let banned = tokens.iter().find_map(|token| token.party).map(|(role, _)| role);
        return other(banned);
    }
    favoured(token, predicate, named.or(sentence.subject))
}

/// The sentence that leads into the list of an item; the sentence itself when it is no item.
pub(crate) fn lead(side: &Side, number: usize) -> usize {
    let sentence = &side.sentences[number];
    if !sentence.item {
        return number;
    }
    let Some(parent) = side.units[sentence.unit].parent else { return number };
    let sentences = side.units[parent].sentences.clone();
    sentences.clone().rev().find(|&at| !side.sentences[at].proviso).or(sentences.clone().last()).map_or(
        number,
        |at| {
            if side.sentences[at].item { lead(side, at) } else { at }
        },
    )
}
