//! The predicates of a sentence and how they hang together: which one states, which one is a condition or qualifies a
//! noun, how far each reaches to its left, and whose negation and modality a noun shares. Knows grammar, no law.

use crate::language::party::{Case, Mention};
use crate::language::{Modality, Morphs, Tag, Term};
use crate::text::Span;

/// How a predicate is tied to what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It ends the sentence.
    Final,
    /// 하고, 하며: what follows holds too.
    And,
    /// 하지 않고: how the next is done, and stated too.
    Without,
    /// 하거나, 하든지
    Or,
    /// 하나, 하지만, 하되: what follows limits it.
    Contrast,
    /// 하므로, 하여서: it is a reason, and stated.
    Cause,
    /// 하면, 한 경우, 한 때, 한 후: it is not stated, it says when the rest holds.
    Condition,
    /// 하더라도, 함에도 불구하고
    Concession,
    /// 하도록, 하기 위하여, 하여: how or to what end the next is done.
    Purpose,
    /// 한 사람: it qualifies a noun.
    Adnominal,
    /// 한 것으로, 함에, 하다고: it is what the next predicate is about.
    Content,
}

impl Link {
    /// Whether the sentence itself says so.
    pub fn is_stated(self) -> bool {
        self.ends_statement() || matches!(self, Link::Without | Link::Content)
    }

    /// Whether a new statement begins behind it.
    fn ends_statement(self) -> bool {
        matches!(self, Link::Final | Link::And | Link::Or | Link::Contrast | Link::Cause)
    }

    /// Whether what stands before it is out of the next predicate's own reach.
    fn is_boundary(self) -> bool {
        self.ends_statement() || matches!(self, Link::Condition | Link::Concession)
    }
}

/// One predicate of a sentence. Positions are those of the sentence's terms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Predicate {
    /// Its term.
    pub term: usize,
    /// How it is tied to what follows.
    pub link: Link,
    /// First term of its own clause.
    pub start: usize,
    /// First term of the statement that its clause belongs to: conditions that stand before it included.
    pub reach: usize,
    /// Whether it is denied.
    pub negated: bool,
    /// What it asks for; inherited from the statement's end where it says nothing itself (정지하고 해지할 수 있다).
    pub modality: Modality,
    /// Whether it has its modality from a later predicate.
    pub inherits: bool,
    /// 되다, 받다, 당하다
    pub passive: bool,
    /// 하는 것이다, 하는 것으로 한다
    pub thing: bool,
    /// Where its words end in the text.
    pub end: usize,
}

/// The predicates of one sentence, and by which of them every term is governed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Predicates {
    pub list: Vec<Predicate>,
    /// For each term the predicate that says what becomes of it: its own, or that of the phrase it ends in
    /// (변경 또는 중단할 수 있다, 해지 조치를 취한다, 해지권을 행사한다).
    pub governor: Vec<Option<usize>>,
}

/// Verbs that do no more than carry out the noun before them.
const LIGHT: [&str; 30] = [
    "취하",
    "가하",
    "행하",
    "받",
    "당하",
    "이루어지",
    "진행",
    "시행",
    "실시",
    "행사",
    "보유",
    "가지",
    "갖",
    "처리",
    "조치",
    "내리",
    "적용",
    "수행",
    "집행",
    "강구",
    "있",
    "하",
    "되",
    "발생",
    "처하",
    "처분",
    "결정",
    "요구",
    "부과",
    "드리",
];

/// Nouns that say of the nouns before them what a predicate would: 환불 불가, 해지 등 제재.
const NOMINAL: [&str; 16] = [
    "불가",
    "불가능",
    "불허",
    "금지",
    "가능",
    "제외",
    "면책",
    "무관",
    "거절",
    "제한",
    "제재",
    "행위",
    "필요",
    "처분",
    "부담",
    "포기",
];

/// What the words behind a predicate say of it.
struct Tail {
    link: Link,
    passive: bool,
    thing: bool,
    end: usize,
}

impl Predicates {
    /// Reads the predicates among `terms`, the terms of the sentence at `span`.
    pub fn read(morphs: &Morphs, span: Span, terms: &[Term<'_>], mentions: &[Mention]) -> Self {
        let mut list = Vec::new();
        for (term, entry) in terms.iter().enumerate() {
            if entry.predicate {
                let next = terms.get(term + 1);
                let tail = tail(morphs, span, entry, next);
                list.push(Predicate {
                    term,
                    link: tail.link,
                    start: 0,
                    reach: 0,
                    negated: entry.negated,
                    modality: entry.modality,
                    inherits: false,
                    passive: tail.passive,
                    thing: tail.thing,
                    end: tail.end,
                });
            }
        }
        // A sentence, or an item of a list, may end in a noun: 이용계약의 해지.
        if let Some(last) = terms.len().checked_sub(1)
            && !terms[last].predicate
        {
            list.push(Predicate {
                term: last,
                link: Link::Final,
                start: 0,
                reach: 0,
                negated: false,
                modality: Modality::None,
                inherits: false,
                passive: false,
                thing: false,
                end: terms[last].span.end,
            });
        }
        let mut predicates = Self { governor: vec![None; terms.len()], list };
        predicates.settle(morphs, terms, mentions);
        predicates.delimit(terms);
        predicates.share_modality(morphs, terms, mentions);
        predicates.share_reach();
        predicates.govern(morphs, span, terms);
        predicates
    }

    /// The predicate that a term is.
    fn at(&self, term: usize) -> Option<usize> {
        self.list.binary_search_by_key(&term, |predicate| predicate.term).ok()
    }

    /// The predicate that governs a term; a `loose` one is that of the clause the term stands in.
    pub fn of(&self, term: usize, loose: bool) -> Option<usize> {
        self.governor[term].filter(|_| !loose).or_else(|| {
            let clause = |p: &Predicate| p.link != Link::Adnominal && p.link != Link::Purpose;
            let behind = self.list.partition_point(|p| p.term < term);
            let at = behind + self.list[behind..].iter().position(clause)?;
            (loose && self.list[at].start <= term).then_some(at)
        })
    }

    /// 통지하지 않거나 안내에 따르지 않은 경우: what is joined to a condition is one too, unless a new subject comes between.
    fn settle(&mut self, morphs: &Morphs, terms: &[Term<'_>], mentions: &[Mention]) {
        for at in (0..self.list.len().saturating_sub(1)).rev() {
            let (own, next) = (self.list[at], self.list[at + 1]);
            let joined = match own.link {
                Link::Or => {
                    matches!(next.link, Link::Condition | Link::Concession | Link::Adnominal | Link::Purpose)
                }
                // 환불이 불가능하여 따로 알린 조건에 따른다: a reason is not part of what qualifies a noun.
                Link::Cause => matches!(next.link, Link::Condition | Link::Concession | Link::Purpose),
                Link::And => matches!(next.link, Link::Condition | Link::Concession),
                _ => false,
            };
            // 책임을 지지 아니하며, …한 경우에도 같다: a comma ends the statement.
            let comma = own.link == Link::And && morphs.text()[own.end..].starts_with(',');
            let joined = joined && !comma;
            let between = Span::new(terms[own.term].span.end, terms[next.term].span.start);
            if joined && own.modality == Modality::None && !new_subject(morphs, mentions, between) {
                self.list[at].link = next.link;
            } else if own.link == Link::Without && new_subject(morphs, mentions, between) {
                self.list[at].link = Link::And;
            }
        }
    }

    /// What shares its end with the statement before it shares its objects too: API를 변경하거나 중단할 수 있다.
    fn share_reach(&mut self) {
        for at in 1..self.list.len() {
            let before = self.list[..at].iter().rev().find(|other| other.link.ends_statement()).copied();
            if let Some(before) = before
                && before.inherits
                && self.list[at].reach == before.term + 1
            {
                self.list[at].reach = before.reach;
            }
        }
    }

    /// Where each predicate's own clause and statement begin.
    fn delimit(&mut self, terms: &[Term<'_>]) {
        let (mut start, mut reach) = (0, 0);
        let mut adnominal = 0;
        for predicate in &mut self.list {
            predicate.reach = reach;
            // An embedded predicate reaches back to the one before it, whatever that is.
            predicate.start = if predicate.link == Link::Adnominal { start.max(adnominal) } else { start };
            adnominal = predicate.term + 1;
            if predicate.link.is_boundary() {
                start = predicate.term + 1;
                // The noun that makes it a condition belongs to it.
                if predicate.link == Link::Condition
                    && terms.get(start).is_some_and(|term| is_occasion(term.text))
                {
                    start += 1;
                }
            }
            if predicate.link.ends_statement() {
                reach = start;
            }
        }
    }

    /// 정지하고 해지할 수 있다: the first may be done too. 하거나 shares the denial as well.
    fn share_modality(&mut self, morphs: &Morphs, terms: &[Term<'_>], mentions: &[Mention]) {
        for at in (0..self.list.len().saturating_sub(1)).rev() {
            let own = self.list[at];
            if !matches!(own.link, Link::And | Link::Or) || own.modality != Modality::None {
                continue;
            }
            let Some(next) = self.list[at + 1..]
                .iter()
                .find(|next| next.link.ends_statement() || next.link == Link::Content)
                .copied()
            else {
                continue;
            };
            // A new subject makes a new statement.
            let between = Span::new(terms[own.term].span.end, terms[next.term].span.start);
            if new_subject(morphs, mentions, between) || own.negated && own.link == Link::And {
                continue;
            }
            let own = &mut self.list[at];
            own.inherits = true;
            own.modality = next.modality;
            if own.link == Link::Or && !own.negated {
                own.negated = next.negated;
            }
        }
    }

    fn govern(&mut self, morphs: &Morphs, span: Span, terms: &[Term<'_>]) {
        for term in 0..terms.len() {
            if let Some(predicate) = self.at(term) {
                self.governor[term] = Some(predicate);
                continue;
            }
            self.governor[term] = self.phrase_end(morphs, span, terms, term);
        }
    }

    /// The predicate in which the noun phrase that holds `term` ends.
    fn phrase_end(&self, morphs: &Morphs, span: Span, terms: &[Term<'_>], term: usize) -> Option<usize> {
        let mut marked = false;
        for next in term + 1..terms.len().min(term + 12) {
            let gap = Span::new(terms[next - 1].span.end, terms[next].span.start);
            match particles(morphs, gap, span) {
                Gap::Joined => {}
                // 해지권을 행사한다: only a verb that carries the noun out may follow its particle.
                Gap::Marked if !marked => marked = true,
                _ => return None,
            }
            let Some(predicate) = self.at(next) else {
                if marked && next > term + 3 {
                    return None;
                }
                continue;
            };
            let light = LIGHT.contains(&terms[next].text);
            // A noun at the end (…분석 서비스) is what the words before it describe, unless it carries them out.
            let carries = terms[next].predicate || light || NOMINAL.contains(&terms[next].text);
            return (carries && (!marked || light)).then_some(predicate);
        }
        None
    }
}

/// Nouns that make the predicate before them a condition.
fn is_occasion(noun: &str) -> bool {
    matches!(
        noun,
        "경우"
            | "때"
            | "시"
            | "즉시"
            | "한"
            | "동안"
            | "중"
            | "후"
            | "이후"
            | "뒤"
            | "다음"
            | "전"
            | "이전"
            | "이상"
            | "날"
            | "불구"
            | "사유"
            | "정도"
            | "범위"
            | "기간"
    )
}

enum Gap {
    /// Nothing, or what joins nouns: 및, 또는, 등, a comma.
    Joined,
    /// An object's or subject's particle, or 의.
    Marked,
    /// Anything else.
    Other,
}

fn particles(morphs: &Morphs, gap: Span, sentence: Span) -> Gap {
    let mut found = Gap::Joined;
    for i in morphs.in_span(Span::new(gap.start, gap.end.min(sentence.end))) {
        let Some(morph) = morphs.get(i) else { continue };
        match morph.tag {
            Tag::JKO | Tag::JKS | Tag::JKG => found = Gap::Marked,
            Tag::JX if matches!(morphs.surface(i), "은" | "는" | "도" | "만") => found = Gap::Marked,
            Tag::JC
            | Tag::SC
            | Tag::MAJ
            | Tag::SY
            | Tag::XSN
            | Tag::NNB
            | Tag::SSO
            | Tag::SSC
            | Tag::XPN
            | Tag::MAG
            | Tag::MM => {}
            tag if tag.is_particle() => return Gap::Other,
            tag if tag.is_ending() || tag.is_predicate() => return Gap::Other,
            _ => {}
        }
    }
    found
}

/// Whether a new topic, or a party as subject, stands in the stretch.
fn new_subject(morphs: &Morphs, mentions: &[Mention], stretch: Span) -> bool {
    let topic = |i: usize| {
        morphs.get(i).is_some_and(|morph| morph.tag == Tag::JX) && matches!(morphs.surface(i), "은" | "는")
    };
    let acts = |mention: &Mention| {
        stretch.contains(mention.span) && matches!(mention.case, Case::Topic | Case::Subject)
    };
    mentions.iter().any(acts) || morphs.in_span(stretch).any(topic)
}

/// Reads the words between a predicate and the next term.
fn tail(morphs: &Morphs, sentence: Span, term: &Term<'_>, next: Option<&Term<'_>>) -> Tail {
    let stop = next.map_or(sentence.end, |next| next.span.start).max(term.span.start);
    let mut ending: Option<(Tag, String)> = None;
    let mut after: Vec<(Tag, String)> = Vec::new();
    let mut purpose = false;
    let mut despite = false;
    let mut thing = false;
    let mut after_thing = false;
    let mut passive = false;
    let mut end = term.span.end;
    for i in morphs.in_span(Span::new(term.span.start, stop)) {
        let Some(morph) = morphs.get(i) else { continue };
        if !morph.tag.is_mark() {
            end = morph.span.end.max(end);
        }
        // The stem itself, unless its ending is part of the same form.
        let whole = morph.span.end <= term.span.end && morph.tag == morph.last;
        if whole {
            continue;
        }
        // 해지할 수 있고, 이로 인한 손해는 …: what begins anew belongs to the next predicate.
        let denies =
            morph.tag == Tag::MAG && morphs.parts(i).all(|(_, text)| matches!(text, "못" | "아니" | "안"));
        if matches!(ending, Some((Tag::EC | Tag::EF, _)))
            && !denies
            && (morph.tag.is_noun() && morph.tag != Tag::NNB
                || matches!(morph.tag, Tag::MM | Tag::MAG | Tag::MAJ))
        {
            break;
        }
        for (tag, text) in morphs.parts(i) {
            match tag {
                Tag::EF | Tag::EC | Tag::ETM | Tag::ETN => {
                    ending = Some((tag, text.to_owned()));
                    after.clear();
                }
                Tag::VV | Tag::XSV | Tag::VX
                    if matches!(text, "되" | "받" | "당하" | "지" | "어지" | "되어지") =>
                {
                    // 지다 by itself is a verb (책임을 진다); behind 어 or 아 it makes a passive.
                    let joined = matches!(&ending, Some((Tag::EC, before)) if matches!(before.as_str(), "어" | "아" | "여"));
                    passive |= if text == "지" { joined } else { ending.is_none() };
                    after.push((tag, text.to_owned()));
                }
                _ => {
                    // 하는 것이다, 하는 것으로; but 하는 것이 어렵다, 하는 것을 막는다 speak of the thing.
                    if after_thing {
                        thing = !matches!(tag, Tag::JKS | Tag::JKC | Tag::JKO | Tag::JX);
                    }
                    after_thing = matches!(text, "것" | "거" | "게") && matches!(ending, Some((Tag::ETM, _)));
                    thing |= after_thing;
                    purpose |= text == "위하";
                    despite |= text == "불구" || text == "불구하";
                    after.push((tag, text.to_owned()));
                }
            }
        }
    }
    let following = next.map_or("", |next| next.text);
    let thing_noun = after.iter().any(|(tag, text)| {
        *tag == Tag::NNB && matches!(text.as_str(), "것" | "거" | "바")
            || matches!(text.as_str(), "것" | "게")
    });
    let copula = after.iter().any(|(tag, _)| *tag == Tag::VCP);
    let closed = next.is_none();
    let link = match &ending {
        _ if purpose => Link::Purpose,
        _ if despite || following == "불구" => Link::Concession,
        Some((Tag::EF, _)) => {
            // …한다는, …라고: quoted.
            if after.iter().any(|(tag, _)| matches!(tag, Tag::JKQ | Tag::ETM)) {
                Link::Content
            } else {
                Link::Final
            }
        }
        // 불가능하여, 없어: a state is a reason, an act goes on in the next.
        Some((Tag::EC, text))
            if matches!(text.as_str(), "아" | "어" | "여")
                && (term.negated || NOMINAL.contains(&term.text)) =>
        {
            if closed {
                Link::Final
            } else {
                Link::Cause
            }
        }
        Some((Tag::EC, text)) if text == "고" && term.negated && !closed => Link::Without,
        Some((Tag::EC, text)) => connective(text, closed),
        Some((Tag::ETN, _)) => {
            let particle = after.iter().find(|(tag, _)| tag.is_particle()).map(|(_, text)| text.as_str());
            match particle {
                _ if following == "때문" => Link::Cause,
                Some("으로써" | "로써") => Link::Condition,
                Some("에도") => Link::Concession,
                _ if is_occasion(following) && particle.is_none() => Link::Condition,
                None if closed => Link::Final,
                _ => Link::Content,
            }
        }
        Some((Tag::ETM, text)) => {
            // 책임이 없다는 뜻으로; but 책임이 없다는 뜻을 알린다 says what a notice says.
            let quoted = (text.ends_with("다는") || text.ends_with("라는"))
                && next.is_some_and(|next| {
                    let behind = Span::new(next.span.end, sentence.end);
                    let particle = morphs.in_span(behind).next().and_then(|i| morphs.get(i));
                    !particle.is_some_and(|morph| matches!(morph.tag, Tag::JKO | Tag::JKG))
                });
            let noun = after.iter().find(|(tag, _)| tag.is_noun()).map(|(_, text)| text.as_str());
            match noun {
                Some("것" | "거" | "바" | "수" | "줄" | "데") => Link::Content,
                Some(
                    "때" | "시" | "중" | "한" | "동안" | "즉시" | "후" | "뒤" | "전" | "경우" | "날" | "이상",
                ) => Link::Condition,
                Some("등") => Link::Adnominal,
                _ if quoted && matches!(following, "뜻" | "의미" | "취지" | "말") => Link::Content,
                _ if thing || after_thing => Link::Content,
                _ if is_occasion(following) => Link::Condition,
                _ if matches!(following, "의무" | "권리" | "권한" | "필요" | "예정" | "재량" | "자격")
                    && term.modality != Modality::None =>
                {
                    Link::Content
                }
                _ if closed => Link::Final,
                _ => Link::Adnominal,
            }
        }
        _ if closed => Link::Final,
        _ if is_occasion(following) => Link::Condition,
        _ => Link::Adnominal,
    };
    Tail {
        link,
        passive,
        thing: thing_noun && (copula || closed || following == "하"),
        end: end.min(sentence.end),
    }
}

fn connective(text: &str, closed: bool) -> Link {
    match text {
        _ if closed => Link::Final,
        _ if text.ends_with('면') || text.ends_with("거든") => Link::Condition,
        _ if text.ends_with('도') || text.ends_with("든지") || text == "든" => Link::Concession,
        _ if text.ends_with("도록")
            || text.ends_with("려고")
            || text.ends_with("고자")
            || matches!(text, "게" | "러") =>
        {
            Link::Purpose
        }
        _ if text.ends_with("거나") || text.ends_with("든가") => Link::Or,
        "나" | "되" | "는데" | "은데" | "ㄴ데" | "ᆫ데" => Link::Contrast,
        _ if text.ends_with("지만") || text.ends_with("으나") => Link::Contrast,
        "므로" | "으므로" | "니" | "으니" | "니까" | "기에" | "어서" | "아서" | "여서" => {
            Link::Cause
        }
        "아" | "어" | "여" => Link::Purpose,
        "자" => Link::Condition,
        _ => Link::And,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Analyzer;

    /// What `see` makes of the terms and predicates of a sentence.
    fn reading<T>(text: &str, see: impl Fn(&[Term<'_>], &Predicates) -> T) -> T {
        let analyzer = Analyzer::new().unwrap();
        let morphs = analyzer.analyze(text);
        let parties = analyzer.parties(&morphs);
        let span = Span::new(0, text.len());
        let terms: Vec<Term<'_>> = morphs.terms(span).iter().collect();
        let predicates = Predicates::read(&morphs, span, &terms, parties.mentions_in(span));
        see(&terms, &predicates)
    }

    #[test]
    fn links_tell_statements_from_what_only_limits_them() {
        for (text, expected) in [
            ("회원이 요금을 연체하면 회사는 계약을 해지한다.", vec!["연체:Condition", "해지:Final"]),
            ("회원이 입은 손해를 배상하지 않는다.", vec!["입:Adnominal", "배상:Final"]),
            ("변경에 동의한 것으로 본다.", vec!["동의:Content", "보:Final"]),
            ("이용을 정지하고 계약을 해지할 수 있다.", vec!["정지:And", "해지:Final"]),
            ("동의하지 않더라도 적용합니다.", vec!["동의:Concession", "적용:Final"]),
            ("품질을 높이기 위하여 변경할 수 있습니다.", vec!["높이:Purpose", "변경:Final"]),
        ] {
            let links = reading(text, |terms, predicates| {
                let told = predicates.list.iter().map(|p| format!("{}:{:?}", terms[p.term].text, p.link));
                told.collect::<Vec<_>>()
            });
            assert_eq!(links, expected, "{text}");
        }
    }

    #[test]
    fn nouns_share_what_becomes_of_their_phrase() {
        for (text, noun, verb) in [
            ("회사는 서비스를 변경 또는 중단할 수 있다.", "변경", "중단"),
            ("회사는 해지권을 행사할 수 있다.", "해지", "행사"),
            ("이용제한 조치를 취할 수 있습니다.", "제한", "취하"),
        ] {
            let governor = reading(text, |terms, predicates| {
                let at = terms.iter().position(|term| term.text.contains(noun)).unwrap();
                predicates.governor[at].map(|p| terms[predicates.list[p].term].text.to_owned())
            });
            assert_eq!(governor.as_deref(), Some(verb), "{text}");
        }
    }

    #[test]
    fn modality_is_shared_unless_the_subject_changes() {
        let text = "회사는 이용을 정지하거나 계약을 해지할 수 있으며, 회원은 이를 따른다.";
        let modalities: Vec<_> =
            reading(text, |_, predicates| predicates.list.iter().map(|p| p.modality).collect());
        assert_eq!(modalities, [Modality::May, Modality::May, Modality::None]);
    }
}
