//! Whose fault a sentence speaks of and what part it plays: 회사의 고의 또는 과실이 없는 한, 회원의 귀책사유로, 고의·과실을
//! 불문하고. Knows words of fault and how they are denied, no rule.

use crate::language::party::{Case, Mention};
use crate::language::{Morphs, Role, Term};
use crate::pattern::Fault as Part;
use crate::text::Span;

/// A mention of fault in one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The term that names it.
    pub term: usize,
    /// Whose fault; `None` when nobody is named, which means whoever acts.
    pub owner: Option<Role>,
    /// Whether ordinary negligence counts.
    pub ordinary: bool,
    /// Whether it is said not to be there: 없는 한, 아닌 경우.
    pub absent: bool,
    /// Whether it is carved out: 제외하고, 그러하지 아니하다.
    pub excepted: bool,
    /// Whether it does not matter: 불문하고, 관계없이.
    pub regardless: bool,
}

impl Fault {
    /// Whether it plays this part for an act of `actor`. The provider's fault counts whoever acts: what the customer bears
    /// or waives is excused by it too.
    pub fn plays(&self, part: Part, actor: Option<Role>) -> bool {
        let actors = self.owner.is_none() || self.owner == actor || self.owner == Some(Role::Provider);
        match part {
            Part::Absent => actors && self.absent,
            Part::Excepted => actors && self.excepted,
            Part::Gross => actors && !self.ordinary && (self.absent || self.excepted),
            Part::Customer => {
                matches!(self.owner, Some(Role::Customer | Role::EndUser)) && !self.absent && !self.regardless
            }
            Part::Regardless => self.regardless,
        }
    }
}

/// How many terms behind a word of fault its denial may stand.
const NEAR: usize = 6;
/// How far before a word of fault its owner may stand, in bytes.
const OWNER: usize = 60;

fn is_fault(text: &str) -> bool {
    matches!(
        text,
        "고의"
            | "과실"
            | "중과실"
            | "경과실"
            | "귀책"
            | "귀책사유"
            | "잘못"
            | "부주의"
            | "태만"
            | "소홀"
            | "실수"
            | "무과실"
    )
}

/// The faults that the sentence at `span` speaks of, in text order; "고의 또는 중대한 과실" is one.
pub(super) fn read(morphs: &Morphs, span: Span, terms: &[Term<'_>], mentions: &[Mention]) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut at = 0;
    while at < terms.len() {
        let liable = terms[at].text == "책임"
            && terms.get(at + 1).is_some_and(|next| next.text == "있" && !next.negated)
            && terms.get(at + 2).is_some_and(|next| next.text == "사유");
        if !is_fault(terms[at].text) && !liable {
            at += 1;
            continue;
        }
        // Several words of fault in a row are one fault.
        let mut last = if liable { at + 2 } else { at };
        while let Some(next) =
            (last + 1..(last + 4).min(terms.len())).find(|next| is_fault(terms[*next].text))
        {
            last = next;
        }
        let words = &terms[at..=last];
        let ordinary = liable
            || words.iter().enumerate().any(|(n, term)| match term.text {
                "과실" => !words[..n].last().is_some_and(|before| matches!(before.text, "중대" | "중")),
                "고의" | "중과실" => false,
                _ => is_fault(term.text),
            });
        let after = &terms[last + 1..(last + 1 + NEAR).min(terms.len())];
        let behind = Span::new(
            terms[last].span.end,
            after.get(1).or(after.first()).map_or(span.end, |term| term.span.end),
        );
        let absent = terms[at].text == "무과실"
            || terms[last].negated
            || after
                .iter()
                .take(2)
                .any(|term| term.negated && matches!(term.text, "있" | "이" | "기인" | "해당" | "의하"))
            || ["없", "의하지 아니", "의하지 않", "기인하지", "인하지 아니", "아닌 "]
                .iter()
                .any(|word| behind.of(morphs.text()).contains(word))
            || after.iter().take(4).any(|term| term.text == "이" && term.negated);
        let excepted = after.iter().any(|term| {
            matches!(term.text, "제외" | "예외") && !term.negated || term.text == "그러" && term.negated
        }) || after.iter().any(|term| matches!(term.text, "외" | "이외" | "밖"));
        // 회사의 과실로 인한 손해는 배상한다: the sentence ends in liability.
        let answered = terms.iter().rev().find(|term| term.predicate).is_some_and(|term| {
            !term.negated && matches!(term.text, "배상" | "보상" | "변상" | "지" | "부담" | "책임지" | "책임")
        });
        let excepted = excepted || answered && !absent;
        // 고의 여부를 불문하고, 과실과 관계없이; but 고의로 관계 법령을 위반한다.
        let regardless = after.iter().enumerate().any(|(at, term)| {
            matches!(term.text, "불문" | "막론" | "관계없이" | "상관없이")
                || matches!(term.text, "관계" | "상관")
                    && (term.negated || after.get(at + 1).is_some_and(|next| next.negated))
        }) || behind.of(morphs.text()).contains("묻지");
        faults.push(Fault {
            term: at,
            owner: owner(terms[at].span, span, mentions, morphs),
            ordinary,
            absent,
            excepted,
            regardless,
        });
        at = last + 1;
    }
    faults
}

/// Whose fault: the party named last before it, near by.
fn owner(fault: Span, sentence: Span, mentions: &[Mention], morphs: &Morphs) -> Option<Role> {
    let near = |mention: &&Mention| {
        mention.span.end <= fault.start
            && mention.span.end + OWNER >= fault.start
            && mention.span.start >= sentence.start
    };
    let mention = mentions.iter().rev().find(near);
    let between = Span::new(
        mention.map_or(sentence.start.max(fault.start.saturating_sub(OWNER)), |mention| mention.span.end),
        fault.start,
    );
    let text = between.of(morphs.text());
    // 본인의 부주의: whoever speaks of oneself in a contract is the customer.
    if ["본인", "자신", "스스로"].iter().any(|word| text.contains(word)) {
        return Some(Role::Customer);
    }
    let mention = mention?;
    // 회사가 회원에게 고의로: the addressee is not at fault, 회원의 손해가 고의로 neither.
    let tied = match mention.case {
        Case::Owner | Case::Subject | Case::Topic => true,
        Case::Addressee => text.contains('게') && text.chars().count() <= 8,
        Case::Other => text.chars().count() <= 8,
    };
    let damage = ["손해", "피해", "이용", "데이터", "정보"].iter().any(|word| text.contains(word));
    (tied && !damage).then_some(mention.role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Analyzer;

    fn faults(text: &str) -> Vec<Fault> {
        let analyzer = Analyzer::new().unwrap();
        let morphs = analyzer.analyze(text);
        let span = Span::new(0, text.len());
        let parties = analyzer.parties(&morphs);
        let terms: Vec<Term<'_>> = morphs.terms(span).iter().collect();
        read(&morphs, span, &terms, parties.mentions_in(span))
    }

    #[test]
    fn an_absent_fault_is_the_providers_own() {
        for text in [
            "회사는 회사의 고의 또는 과실이 없는 한 책임을 지지 않는다.",
            "당사에 귀책사유가 없는 경우 배상하지 않습니다.",
            "회사의 책임 있는 사유가 없으면 책임지지 않는다.",
        ] {
            let found = faults(text);
            assert!(
                found.iter().any(|fault| fault.plays(Part::Absent, Some(Role::Provider))),
                "{text} {found:?}"
            );
            assert!(!found.iter().any(|fault| fault.plays(Part::Gross, Some(Role::Provider))), "{text}");
        }
    }

    #[test]
    fn a_carve_out_may_reach_gross_negligence_only() {
        let found = faults("다만, 회사의 고의 또는 중대한 과실로 인한 경우에는 그러하지 아니하다.");
        assert!(found[0].plays(Part::Excepted, Some(Role::Provider)), "{found:?}");
        assert!(found[0].plays(Part::Gross, Some(Role::Provider)), "{found:?}");
    }

    #[test]
    fn the_customers_fault_and_no_matter_whose() {
        let found = faults("회사는 회원의 귀책사유로 인한 장애에 대하여 책임을 지지 않는다.");
        assert!(found[0].plays(Part::Customer, Some(Role::Provider)));
        let found = faults("회사의 고의, 과실 여부를 불문하고 책임을 지지 않는다.");
        assert!(found[0].plays(Part::Regardless, Some(Role::Provider)));
    }
}
