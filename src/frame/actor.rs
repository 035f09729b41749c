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

const EITHER: [&str; 18] = [
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
    "갑과 을",
    "을과 갑",
    "양측",
    "서로 합의",
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
        Bearer::Subject => place.subject(),
        Bearer::Embedded => place.willing(),
        Bearer::Owner => place.owner().or_else(|| place.subject()),
        Bearer::Burdened => {
            self_named(contract, own).or_else(|| place.burdened()).or_else(|| place.subject())
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
    // Whoever posts, writes or creates something is the customer too.
    const SELF: [&str; 11] = [
        "본인",
        "자신에게",
        "자신의",
        "스스로",
        "게시자",
        "저작자",
        "작성자",
        "권리자",
        "창작자",
        "등록자",
        "제작자",
    ];
    SELF.iter().any(|word| text.contains(word)).then_some(Role::Customer)
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
    fn subject(&self) -> Option<Role> {
        let own = || self.mentions.iter().rev().filter(|mention| self.own.contains(mention.span));
        let topic = own().find(|mention| mention.case == Case::Topic);
        let subject = own().find(|mention| mention.case == Case::Subject && !self.is_embedded(mention));
        // 귀하는 회사가 책임을 지지 않음에 동의한다: what is agreed to has its own subject.
        let content = subject.filter(|subject| {
            self.predicate.link == Link::Content
                && topic.is_some_and(|topic| topic.span.end <= subject.span.start)
        });
        let before = || {
            let earlier = self.mentions.iter().rev().filter(|mention| mention.span.end <= self.own.start);
            earlier.clone().find(|mention| mention.case == Case::Topic).or_else(|| {
                earlier.clone().find(|mention| mention.case == Case::Subject && !self.in_condition(mention))
            })
        };
        content
            .or(topic)
            .or(subject)
            .or_else(before)
            .map(|mention| mention.role)
            .or_else(|| self.lead_subject())
    }

    /// Whose will is presumed: who directly agrees, accepts or objects (회사가 승낙한 것으로 본다), else the customer, whoever
    /// presumes it (회사는 회원이 계속 이용하는 경우 동의한 것으로 본다).
    fn willing(&self) -> Option<Role> {
        let acting = |mention: &&Mention| {
            matches!(mention.case, Case::Topic | Case::Subject | Case::Owner)
                && mention.span.end <= self.head.start
        };
        let directly = |mention: &&Mention| {
            let next = self.sentence.terms.iter().find(|term| term.span.start >= mention.span.end);
            next.is_some_and(|next| {
                matches!(
                    next.text,
                    "승낙" | "승인" | "수락" | "동의" | "거절" | "거부" | "수용" | "합의" | "이의"
                )
            })
        };
        let mentions = || self.mentions.iter().rev().filter(acting);
        mentions().find(directly).map(|mention| mention.role).or_else(|| {
            let customer = |mention: &&Mention| {
                matches!(mention.role, Role::Customer | Role::EndUser) && mention.case != Case::Owner
            };
            mentions().find(customer).map(|mention| mention.role)
        })
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
        let liable = |text: &str| matches!(text, "책임" | "의무" | "손해배상책임" | "배상책임" | "법적책임");
        let only_liability = between.clone().next().is_some_and(|term| liable(term.text))
            || between.clone().nth(1).is_some_and(|term| liable(term.text))
                && between
                    .clone()
                    .next()
                    .is_some_and(|term| matches!(term.text, "손해배상" | "배상" | "법적" | "손해" | "모든"));
        only_liability.then_some(owner.role)
    }

    /// Whom it falls on: the addressee, else the owner of the burden.
    fn burdened(&self) -> Option<Role> {
        let own = || self.mentions.iter().rev().filter(|mention| self.own.contains(mention.span));
        let fallen_on = |mention: &&Mention| {
            let rest = self.contract.text(Span::new(mention.span.end, self.head.end));
            let rest = rest.trim_start_matches(['"', '\'', '”', '’', ')']);
            // 회사는 이용자에게 발생한 손해에 대하여 책임을 진다: the loss befalls the customer, the liability does not.
            mention.case == Case::Addressee && !self.is_embedded(mention)
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
