//! Twins of bad examples: the same clause denied, with the parties changed over, with an exception behind it, or put for
//! both parties alike. A rule must stay silent on each of them. Knows how clauses are worded and rules by their id, no
//! frame.
//!
//! A twin is only made where a sensible sentence comes of it; most examples have one or two.

mod ending;
mod name;

use super::Rule;
use super::example::Example;
use super::file::Family;
use crate::text::Span;
use ending::Style;
use name::{Name, Side};

/// How a twin differs from its example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What it states is denied.
    Negated,
    /// Provider and customer have changed places.
    Swapped,
    /// An exception stands behind it that takes it back.
    Excepted,
    /// Either party may do it.
    Mutual,
}

/// A clause near a bad example that the rule must not report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// How it differs.
    pub kind: Kind,
    /// The clause.
    pub text: String,
}

/// Rules about what is nobody's act, or both parties' or one side's among themselves: with the parties changed over they
/// say the same, or nothing.
const NOBODYS: [&str; 11] = [
    "adverse-change-notice-too-short",
    "dispute-nonintervention",
    "forced-arbitration",
    "foreign-court",
    "foreign-governing-law",
    "foreign-language-prevails",
    "long-lock-in",
    "policy-prevails-over-terms",
    "silent-renewal",
    "terms-effective-on-posting",
    "trial-converts-to-paid",
];

/// Rules about a promise that is too weak: to deny it makes it worse.
const WEAK_PROMISES: [&str; 5] = [
    "adverse-change-notice-too-short",
    "delivery-date-unbound",
    "open-ended-provider-period",
    "refund-reduced",
    "service-level-lowered",
];

/// Rules that the provider's answering for its own fault excuses.
const EXCUSED_BY_FAULT: [&str; 14] = [
    "account-activity-at-customers-risk",
    "blanket-liability-exclusion",
    "customer-waives-claims",
    "data-loss-liability-excluded",
    "dispute-nonintervention",
    "free-service-liability-excluded",
    "indirect-damages-excluded",
    "information-accuracy-disclaimed",
    "liability-cap-without-carve-out",
    "outage-liability-excluded",
    "risk-shifted-to-customer",
    "security-incident-liability-excluded",
    "service-credit-sole-remedy",
    "third-party-fault-excluded",
];

/// Rules that spare a customer without fault.
const EXCUSED_BY_INNOCENCE: [&str; 1] = ["indemnity-without-fault"];

/// Rules about what is fair when both parties may do it.
const FAIR_IF_MUTUAL: [&str; 6] = [
    "contract-assigned-without-consent",
    "expected-profit-excluded",
    "indirect-damages-excluded",
    "provider-terminates-at-will",
    "provider-terminates-on-vague-grounds",
    "provider-terminates-without-notice",
];

/// The twins of a bad example.
pub fn twins(rule: &Rule, example: &Example) -> Vec<Twin> {
    let made = |kind: Kind| move |text: String| Twin { kind, text };
    let mut twins = Vec::new();
    let Some(clause) = Clause::read(example) else { return twins };
    let id = rule.id.as_str();
    if !WEAK_PROMISES.contains(&id) {
        twins.extend(clause.denied().map(made(Kind::Negated)));
        twins.extend(clause.reversed().map(made(Kind::Negated)));
    }
    let sided = !matches!(rule.family, Family::Agent | Family::Trade | Family::Advertising);
    if sided && !NOBODYS.contains(&id) {
        twins.extend(clause.swapped().map(made(Kind::Swapped)));
    }
    if EXCUSED_BY_FAULT.contains(&id) {
        twins.extend(clause.excepted(Excuse::Fault).map(made(Kind::Excepted)));
    } else if EXCUSED_BY_INNOCENCE.contains(&id) {
        twins.extend(clause.excepted(Excuse::Innocence).map(made(Kind::Excepted)));
    }
    if FAIR_IF_MUTUAL.contains(&id) {
        twins.extend(clause.mutual().map(made(Kind::Mutual)));
    }
    twins
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Excuse {
    /// The provider answers for its own fault.
    Fault,
    /// The customer was not at fault.
    Innocence,
}

/// A bad example as twins are made of it.
struct Clause {
    text: String,
    /// The one sentence that is marked, without its full stop.
    sentence: Span,
    /// Whether it is an item of a list, or leads into one: it is then no sentence of its own.
    listed: bool,
    /// Whether the marks reach the predicate that ends the sentence.
    whole: bool,
    names: Vec<Name>,
}

impl Clause {
    /// Nothing when the marks are in several sentences: a twin would have to change them all.
    fn read(example: &Example) -> Option<Self> {
        let text = example.text.as_str();
        let mut sentences: Vec<Span> = example.marked.iter().map(|mark| sentence(text, *mark)).collect();
        sentences.dedup();
        let [sentence] = sentences[..] else { return None };
        let line = text[..sentence.start].rfind('\n').map_or(0, |at| at + 1);
        let marker = text[line..sentence.start].trim();
        let item = marker.ends_with(['.', ')']) && marker.chars().count() <= 3;
        let leads = ["각 호", "다음", "아래"].iter().any(|word| sentence.of(text).contains(word))
            && text[sentence.end..].trim_start_matches('.').starts_with('\n');
        let whole = example.marked.iter().any(|mark| mark.end == sentence.end);
        Some(Self { text: text.to_owned(), sentence, listed: item || leads, whole, names: name::read(text) })
    }

    fn said(&self) -> &str {
        self.sentence.of(&self.text)
    }

    /// The text with another sentence in the place of the marked one.
    fn with(&self, sentence: &str) -> String {
        format!("{}{sentence}{}", &self.text[..self.sentence.start], &self.text[self.sentence.end..])
    }

    /// Whom the marked sentence is about: 회사는, 이용자는.
    fn topic(&self) -> Option<&Name> {
        self.names.iter().find(|name| self.sentence.contains(name.span) && name.is_topic())
    }

    /// …다는 뜻으로 해석하지 아니한다. Of a sentence that makes one statement only, and no right that is merely narrow.
    fn denied(&self) -> Option<String> {
        let said = self.said();
        if self.listed || !self.whole || !is_simple(said) || is_narrow(said) {
            return None;
        }
        let (plain, style) = ending::plain(said)?;
        let denial = match style {
            Style::Plain => "아니한다",
            Style::Polite => "않습니다",
            Style::Noun => "아니함",
        };
        Some(self.with(&format!("{plain}는 뜻으로 해석하지 {denial}")))
    }

    /// The predicate itself turned round: the provider may not, the customer may, the provider is liable.
    fn reversed(&self) -> Option<String> {
        let said = self.said();
        // 어떠한 책임도 goes with a denial only.
        let sweeping = ["어떠한", "어떤 ", "아무런", "여하한", "일절", "일체", "전혀", "절대"];
        if self.listed
            || !self.whole
            || !is_simple(said)
            || is_narrow(said)
            || sweeping.iter().any(|word| said.contains(word))
        {
            return None;
        }
        let turned = match self.topic()?.side {
            Side::Provider => ending::forbidden(said).or_else(|| ending::affirmed(said)),
            Side::Customer => ending::allowed(said),
        };
        turned.map(|sentence| self.with(&sentence))
    }

    /// Provider and customer with each other's names. The marked sentence must be about one of them, and the provider
    /// must have a name that is known: a product's stays what it is.
    fn swapped(&self) -> Option<String> {
        self.topic()?;
        // What only a customer does makes no sense of a provider.
        const CUSTOMERS: [&str; 15] = [
            "회원자격",
            "회원 등록",
            "탈퇴",
            "로그인",
            "가입",
            "휴면",
            "라이선스 수",
            "정지된",
            "이용정지",
            "다운로드",
            "보호지침",
            "요금제",
            "이용후기",
            "개정",
            "유료로 전환",
        ];
        if CUSTOMERS.iter().any(|word| self.text.contains(word)) {
            return None;
        }
        // A clause alone does not say who 갑 and 을 are, and what they do in it may tell either.
        if self.names.iter().any(|name| matches!(name.word, "갑" | "을")) {
            return None;
        }
        let first = |side: Side| self.names.iter().find(|name| name.side == side).map(|name| name.word);
        let provider = first(Side::Provider)?;
        let customer = first(Side::Customer).unwrap_or(name::customer_of(provider));
        Some(name::replaced(&self.text, &self.names, |name| match name.side {
            Side::Provider => customer,
            Side::Customer => provider,
        }))
    }

    /// Whether it says who 갑 or 을 is: 고객인 을은.
    fn is_told(&self) -> bool {
        ["인 갑", "인 을"].iter().any(|told| self.text.contains(told))
    }

    /// 다만, 회사의 고의 또는 과실로 인한 경우에는 그러하지 아니하다. Not behind a sentence that speaks of fault itself.
    fn excepted(&self, excuse: Excuse) -> Option<String> {
        let said = self.said();
        let spoken = [
            "고의",
            "과실",
            "귀책",
            "부주의",
            "잘못",
            "원인",
            "까닭",
            "불문",
            "상관없이",
            "관계없이",
            "어떠한 경우",
            "묻지",
        ];
        if self.listed || spoken.iter().any(|word| said.contains(word)) || self.text.contains("다만") {
            return None;
        }
        let (_, style) = ending::plain(said)?;
        let side = if excuse == Excuse::Fault { Side::Provider } else { Side::Customer };
        let party = self
            .names
            .iter()
            .find(|name| name.side == side)
            .map_or_else(|| if side == Side::Provider { "회사" } else { "이용자" }, |name| name.word);
        let end = match style {
            Style::Plain => "그러하지 아니하다",
            Style::Polite => "그러하지 않습니다",
            Style::Noun => "그러하지 아니함",
        };
        let exception = match excuse {
            Excuse::Fault => format!("다만, {party}의 고의 또는 과실로 인한 경우에는 {end}"),
            Excuse::Innocence => format!("다만, {party}에게 고의 또는 과실이 없는 경우에는 {end}"),
        };
        Some(self.with(&format!("{said}. {exception}")))
    }

    /// 각 당사자는 상대방에게 …: the acting party is either one.
    fn mutual(&self) -> Option<String> {
        let actor = self.topic()?;
        // What one party alone has cannot be said of both.
        let own = ["계정", "회원자격", "회원 등록", "탈퇴", "이용요금"];
        let twice = self.names.iter().any(|name| name.side == actor.side && name.span != actor.span);
        // What another sentence says of the other party alone stays one-sided.
        let apart = self
            .names
            .iter()
            .any(|name| name.side != actor.side && name.is_topic() && !self.sentence.contains(name.span));
        if self.listed || twice || apart || self.is_told() || own.iter().any(|word| self.text.contains(word))
        {
            return None;
        }
        Some(name::replaced(&self.text, &self.names, |name| {
            if name.side == actor.side { "각 당사자" } else { "상대방" }
        }))
    }
}

/// The sentence around a mark, without its full stop.
fn sentence(text: &str, mark: Span) -> Span {
    let ends = |at: usize| {
        text[at..].starts_with('\n')
            || text[at..].starts_with('.')
                && text[at + 1..].chars().next().is_none_or(|next| next.is_whitespace())
    };
    let start = text[..mark.start].char_indices().rev().find(|(at, _)| ends(*at)).map_or(0, |(at, _)| at + 1);
    let end = text[mark.end..]
        .char_indices()
        .map(|(at, _)| mark.end + at)
        .find(|at| ends(*at))
        .unwrap_or(text.len());
    // A number before the sentence (②, 제1조(목적)) is not part of it.
    let mut span = Span::new(start, end).trimmed(text);
    let number = |c: char| ('\u{2460}'..='\u{2473}').contains(&c);
    if let Some(at) = text.get(span.start..mark.start).and_then(|head| head.rfind(number)) {
        let after = span.start + at;
        span.start = after + text[after..].chars().next().map_or(0, char::len_utf8);
    }
    span.trimmed(text)
}

/// Whether the sentence makes one statement: no 하고, 하며, 하나 joins another to it.
fn is_simple(sentence: &str) -> bool {
    const NOUNS: [&str; 17] = [
        "최고", "경고", "광고", "공고", "신고", "사고", "참고", "재고", "보고", "예고", "창고", "통고",
        "권고", "원고", "피고", "선고", "상고",
    ];
    !sentence.split_whitespace().any(|word| {
        let word = word.trim_end_matches(',');
        let joins = word.ends_with('며')
            || ["으나", "하나", "지만", "하되", "되나", "므로"].iter().any(|end| word.ends_with(end))
            || word.ends_with('고') && !["않고", "아니하고", "말고"].iter().any(|end| word.ends_with(end));
        joins && !NOUNS.iter().any(|noun| word.ends_with(noun))
    })
}

/// Whether it grants something, but only under a condition or within a limit.
fn is_narrow(sentence: &str) -> bool {
    let limit = ["에만", "에게만", "만을", "만이", "만 ", "한하여", "한해", "한정"];
    limit.iter().any(|word| sentence.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;

    fn clause(written: &str, make: impl Fn(&Clause) -> Option<String>) -> Option<String> {
        let example = Example::read(written).unwrap();
        Clause::read(&example).and_then(|clause| make(&clause))
    }

    #[test]
    fn a_statement_is_denied() {
        for (written, expected) in [
            (
                "[[이용자는 회사를 상대로 소송을 제기할 수 없다]].",
                "이용자는 회사를 상대로 소송을 제기할 수 없다는 뜻으로 해석하지 아니한다.",
            ),
            (
                "앞 문장이다. [[요금은 환불되지 않습니다]]. 뒤 문장이다.",
                "앞 문장이다. 요금은 환불되지 않는다는 뜻으로 해석하지 않습니다. 뒤 문장이다.",
            ),
            (
                "제3조 ① 앞이다.\n② [[결과물의 권리는 당사의 소유입니다]].",
                "제3조 ① 앞이다.\n② 결과물의 권리는 당사의 소유라는 뜻으로 해석하지 않습니다.",
            ),
            ("[[회원은 탈퇴할 수 없음]]", "회원은 탈퇴할 수 없다는 뜻으로 해석하지 아니함"),
        ] {
            assert_eq!(clause(written, Clause::denied).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_makes_two_statements_or_a_narrow_right_is_not_denied() {
        for written in [
            "[[회사는 요금을 변경할 수 있으며 변경된 요금은 즉시 적용된다]].",
            "[[회원은 24시간 이내에 한하여 청약을 철회할 수 있다]].",
            "다음과 같다.\n1. [[환급 없음]]",
            "[[앞을 한다]]. 그리고 [[뒤를 한다]].",
        ] {
            assert_eq!(clause(written, Clause::denied), None, "{written}");
        }
    }

    #[test]
    fn a_predicate_is_turned_round_for_the_one_it_is_about() {
        for (written, expected) in [
            ("[[회사는 최고 없이 계약을 해지할 수 있다]].", Some("회사는 최고 없이 계약을 해지할 수 없다.")),
            ("[[고객은 소송을 낼 수 없습니다]].", Some("고객은 소송을 낼 수 있습니다.")),
            ("[[을은 이의를 제기하지 못한다]].", Some("을은 이의를 제기할 수 있다.")),
            (
                "[[회사는 장애로 생긴 손해에 대하여 책임을 지지 아니한다]].",
                Some("회사는 장애로 생긴 손해에 대하여 책임을 진다."),
            ),
            ("[[당사는 요금을 환불하지 않습니다]].", Some("당사는 요금을 환불합니다.")),
            ("[[회사는 어떠한 책임도 지지 아니한다]].", None),
            ("[[배상액은 3개월분을 초과할 수 없다]].", None),
        ] {
            assert_eq!(clause(written, Clause::reversed).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn parties_change_places_with_the_particles_that_fit() {
        for (written, expected) in [
            (
                "[[회사는 이용자에게 알리지 않고 계약을 해지할 수 있다]].",
                Some("이용자는 회사에게 알리지 않고 계약을 해지할 수 있다."),
            ),
            (
                "[[고객은 당사와 당사의 직원을 고소할 수 없습니다]].",
                Some("당사는 고객과 고객의 직원을 고소할 수 없습니다."),
            ),
            (
                "[[몰은 필요시 이용을 제한할 수 있다]]. 회원이 이를 따른다.",
                Some("회원은 필요시 이용을 제한할 수 있다. 몰이 이를 따른다."),
            ),
            ("[[을은 갑을 면책한다]].", None),
            ("[[회사는 서비스를 변경할 수 있다]].", Some("이용자는 서비스를 변경할 수 있다.")),
            ("[[요금은 회사의 결정에 따라 바뀔 수 있다]].", None),
            ("[[귀하는 구름온에 대한 청구를 포기합니다]].", None),
        ] {
            assert_eq!(clause(written, Clause::swapped).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn an_exception_stands_behind() {
        let fault = |clause: &Clause| clause.excepted(Excuse::Fault);
        assert_eq!(
            clause("[[당사는 데이터의 유실에 책임지지 않습니다]]. 고객은 백업합니다.", fault).as_deref(),
            Some(
                "당사는 데이터의 유실에 책임지지 않습니다. 다만, 당사의 고의 또는 과실로 인한 경우에는 그러하지 않습니다. \
                 고객은 백업합니다."
            )
        );
        assert_eq!(clause("[[회사는 과실이 있어도 책임을 지지 아니한다]].", fault), None);
        assert_eq!(
            clause("[[을은 갑의 소송비용을 부담한다]].", |clause| clause
                .excepted(Excuse::Innocence))
            .as_deref(),
            Some(
                "을은 갑의 소송비용을 부담한다. 다만, 을에게 고의 또는 과실이 없는 경우에는 그러하지 아니하다."
            )
        );
    }

    #[test]
    fn either_party_may_do_it() {
        assert_eq!(
            clause("이용자가 약관을 위반하면 [[회사는 최고 없이 계약을 해지할 수 있다]].", Clause::mutual)
                .as_deref(),
            Some("상대방이 약관을 위반하면 각 당사자는 최고 없이 계약을 해지할 수 있다.")
        );
        assert_eq!(clause("[[당사는 귀하의 계정을 종료할 수 있습니다]].", Clause::mutual), None);
    }

    #[test]
    fn the_rules_named_here_are_built_in_and_most_rules_have_twins() {
        let rules = RuleSet::builtin().unwrap();
        let lists: [&[&str]; 5] =
            [&NOBODYS, &WEAK_PROMISES, &EXCUSED_BY_FAULT, &EXCUSED_BY_INNOCENCE, &FAIR_IF_MUTUAL];
        for list in lists {
            assert!(list.is_sorted(), "{list:?}");
            for id in list {
                assert!(rules.get(id).is_some(), "{id}");
            }
        }
        let mut of_kind = std::collections::BTreeMap::new();
        let mut without = Vec::new();
        for rule in rules.rules() {
            let twins: Vec<Twin> = rule.bad.iter().flat_map(|example| twins(rule, example)).collect();
            for twin in &twins {
                *of_kind.entry(twin.kind).or_insert(0) += 1;
            }
            if twins.is_empty() {
                without.push(&rule.id);
            }
        }
        assert_eq!(of_kind.len(), 4, "{of_kind:?}");
        assert!(without.len() < rules.rules().len() / 5, "{without:?}");
    }
}
