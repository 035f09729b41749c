//! Who does an act, or bears it, by the particles and the order of the parties' names around its predicate. Knows
//! grammar, no rule.

use super::lexicon::{Act, Bearer};
use super::predicate::{Link, Predicate};
use super::sentence::Sentence;
use crate::contract::{Contract, Passage};
use crate::language::Role;
use crate::language::party::{Case, Mention};
use crate::text::Span;

/// Who acts, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Actor {
    /// The role; what the act presumes when nobody is named.
    pub role: Option<Role>,
    /// Whether both parties, or either of them, act.
    pub mutual: bool,
}

const EITHER: [&str; 14] = [
    "당사자 일방",
    "일방 당사자",
    "어느 일방",
    "각 당사자",
    "양 당사자",
    "양당사자",
    "쌍방",
    "당사자는",
    "당사자가",
    "상대방에게",
    "상호 간",
    "어느 당사자",
    "일방이 상대방",
    "당사자 중",
];

/// The actor of an act at `predicate` of the sentence.
pub(super) fn actor(
    contract: &Contract<'_>,
    passage: &Passage,
    sentence: &Sentence<'_>,
    predicate: &Predicate,
    head: Span,
    act: &Act,
) -> Actor {
    let mentions = contract.parties.mentions_in(passage.span);
    let own = Span::new(clause_start(passage, sentence, predicate), head.start.max(passage.span.start));
    let statement = contract.text(Span::new(statement_start(passage, sentence, predicate), predicate.end));
    let mutual = EITHER.iter().any(|word| statement.contains(word))
        || passage.mutual && act.bearer != Bearer::Embedded;
    let place = Place { contract, passage, sentence, predicate, mentions, own, head };
    let named = match act.bearer {
        Bearer::Nobody => None,
        Bearer::Subject if predicate.passive => by_agent(contract, &place),
        Bearer::Subject => place.subject(false),
        Bearer::Embedded => place.subject(true),
        Bearer::Owner => place.owner().or_else(|| place.subject(false)),
        Bearer::Burdened => {
            self_named(contract, own).or_else(|| place.burdened()).or_else(|| place.subject(false))
        }
    };
    Actor { role: named.or(act.actor), mutual }
}

/// Where the predicate's own clause begins.
fn clause_start(passage: &Passage, sentence: &Sentence<'_>, predicate: &Predicate) -> usize {
    behind(passage, sentence, predicate.start)
}

fn statement_start(passage: &Passage, sentence: &Sentence<'_>, predicate: &Predicate) -> usize {
    behind(passage, sentence, predicate.reach)
}

/// The place behind the term before `term`, where names may stand that are no terms of their own.
fn behind(passage: &Passage, sentence: &Sentence<'_>, term: usize) -> usize {
    term.checked_sub(1)
        .and_then(|before| sentence.terms.get(before))
        .map_or(passage.span.start, |before| before.span.end)
}

/// 회사에 의하여 정지된다.
fn by_agent(contract: &Contract<'_>, place: &Place<'_>) -> Option<Role> {
    let near = |mention: &&Mention| place.own.contains(mention.span);
    place.mentions.iter().filter(near).find_map(|mention| {
        let rest = contract.text(Span::new(mention.span.end, place.head.end));
        let rest = rest.trim_start_matches(['"', '\'', '”', '’', ')']);
        let agent =
            ["에 의", "에의", "의 결정", "의 판단", "의 재량"].iter().any(|word| rest.starts_with(word));
        agent.then_some(mention.role)
    })
}

/// 본인의 책임이다: whoever speaks of oneself in terms is the customer.
fn self_named(contract: &Contract<'_>, own: Span) -> Option<Role> {
    let text = contract.text(own);
    ["본인", "자신에게", "당사자 본인", "스스로"]
        .iter()
        .any(|word| text.contains(word))
        .then_some(Role::Customer)
}

struct Place<'a> {
    contract: &'a Contract<'a>,
    passage: &'a Passage,
    sentence: &'a Sentence<'a>,
    predicate: &'a Predicate,
    mentions: &'a [Mention],
    /// From the beginning of the predicate's own clause to its head.
    own: Span,
    head: Span,
}

impl Place<'_> {
    /// The topic or subject of the act: in its own clause, else whom the sentence is about, else the lead's subject.
    fn subject(&self, embedded: bool) -> Option<Role> {
        let own = || self.mentions.iter().rev().filter(|mention| self.own.contains(mention.span));
        let topic = own().find(|mention| mention.case == Case::Topic);
        let subject =
            own().find(|mention| mention.case == Case::Subject && (embedded || !self.is_embedded(mention)));
        let before = || {
            let earlier = self.mentions.iter().rev().filter(|mention| mention.span.end <= self.own.start);
            earlier.clone().find(|mention| mention.case == Case::Topic).or_else(|| {
                earlier.clone().find(|mention| mention.case == Case::Subject && !self.in_condition(mention))
            })
        };
        let (first, second) = if embedded { (subject, topic) } else { (topic, subject) };
        // 회사의 승낙이 있는 것으로 본다: whose will it is.
        let owner = || own().find(|mention| embedded && mention.case == Case::Owner);
        first
            .or(second)
            .or_else(owner)
            .or_else(before)
            .map(|mention| mention.role)
            .or_else(|| self.lead_subject())
    }

    /// A 호 has the subject of its lead.
    fn lead_subject(&self) -> Option<Role> {
        self.passage.lead.and(self.passage.subject)
    }

    /// Whose it is: 회사의 책임이 면제된다.
    fn owner(&self) -> Option<Role> {
        let owner = |mention: &&Mention| mention.case == Case::Owner && self.own.contains(mention.span);
        let owner = self.mentions.iter().rev().find(owner)?;
        let between = self
            .sentence
            .terms
            .iter()
            .filter(|term| term.span.start >= owner.span.end && term.span.end <= self.head.start);
        let only_liability = between.clone().count() <= 3
            && between
                .clone()
                .any(|term| matches!(term.text, "책임" | "의무" | "손해배상책임" | "배상책임" | "법적책임"));
        only_liability.then_some(owner.role)
    }

    /// Whom it falls on: the addressee, else the owner of the burden.
    fn burdened(&self) -> Option<Role> {
        let own = || self.mentions.iter().rev().filter(|mention| self.own.contains(mention.span));
        let fallen_on = |mention: &&Mention| {
            let rest = self.contract.text(Span::new(mention.span.end, self.head.end));
            let rest = rest.trim_start_matches(['"', '\'', '”', '’', ')']);
            mention.case == Case::Addressee
                || rest.starts_with("에 ") && !rest.starts_with("에 대") && !rest.starts_with("에 관")
        };
        own()
            .find(fallen_on)
            .or_else(|| own().find(|mention| mention.case == Case::Subject && !self.is_embedded(mention)))
            .or_else(|| {
                own().find(|mention| mention.case == Case::Owner && self.head.start < mention.span.end + 40)
            })
            .map(|mention| mention.role)
    }

    /// Whether the mention is the subject of a predicate that only qualifies a noun before the head.
    fn is_embedded(&self, mention: &Mention) -> bool {
        self.sentence.predicates.list.iter().any(|other| {
            let place = self.sentence.terms[other.term].span.start;
            other.term != self.predicate.term
                && place >= mention.span.end
                && place < self.head.start
                && matches!(other.link, Link::Adnominal | Link::Purpose | Link::Content)
        })
    }

    fn in_condition(&self, mention: &Mention) -> bool {
        let next = self
            .sentence
            .predicates
            .list
            .iter()
            .find(|other| self.sentence.terms[other.term].span.start >= mention.span.end);
        next.is_some_and(|next| !next.link.is_stated())
    }
}
