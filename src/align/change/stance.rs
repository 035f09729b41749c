//! Who acts in a sentence, and whom the sentence favours: a power, a right or a release favours who has it, a duty the
//! other. Knows grammar and the words of changes.

use super::super::side::{Sentence, Side, Token};
use super::other;
use super::words::Meaning;
use crate::frame::{Link, Predicate};
use crate::language::party::Case;
use crate::language::{Modality, Role};

/// The predicate that states what a sentence is for: its last stated one.
pub(crate) fn main(sentence: &Sentence) -> Option<&Predicate> {
    let list = &sentence.predicates;
    let stated = |predicate: &&Predicate| predicate.link.is_stated() && predicate.link != Link::Content;
    list.iter().rev().find(stated).or(list.last())
}

/// Who does what a predicate says: whom the sentence is about, else the subject of its own clause.
pub(crate) fn actor(side: &Side, number: usize, predicate: &Predicate) -> Option<Role> {
    let sentence = &side.sentences[number];
    let tokens = side.sentence_tokens(number);
    let upto = predicate.term.min(tokens.len());
    let named = |range: std::ops::Range<usize>, cases: &[Case]| {
        let tokens = tokens.get(range).unwrap_or_default();
        tokens.iter().rev().find_map(|token| token.party.filter(|(_, case)| cases.contains(case)))
    };
    let start = predicate.start.min(upto);
    let conditional = matches!(predicate.link, Link::Condition | Link::Concession | Link::Adnominal);
    if conditional {
        let own = named(start..upto, &[Case::Subject]).or_else(|| named(start..upto, &[Case::Topic]));
        return own.map(|(role, _)| role).or(sentence.subject);
    }
    named(start..upto, &[Case::Topic])
        .or_else(|| named(start..upto, &[Case::Subject]))
        .or_else(|| named(0..start, &[Case::Topic]))
        .map(|(role, _)| role)
        .or(sentence.subject)
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

/// Whom a sentence favours; for an item of a list the sentence that leads into it.
pub(crate) fn beneficiary(side: &Side, number: usize) -> Option<Role> {
    let number = lead(side, number);
    let sentence = &side.sentences[number];
    let predicate = main(sentence)?;
    if sentence.mutual || sentence.definition {
        return None;
    }
    let tokens = side.sentence_tokens(number);
    let token = tokens.get(predicate.term)?;
    // 이용자에게는 다음의 행위가 금지된다: good for the other.
    if token.meaning.is(Meaning::BAN) {
        let banned = tokens.iter().find_map(|token| token.party).map(|(role, _)| role);
        return other(banned);
    }
    favoured(token, predicate, actor(side, number, predicate))
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
