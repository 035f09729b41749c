//! The checks that are written in Rust, each with its id, weight and words, in one place: what `jomun explain` and the list
//! of rules say of them. Ids are never used again for something else. Knows no contract.

use super::at::Place;
use super::deviation;
use crate::contract::Contract;
use crate::finding::{Confidence, Finding, Kind, Severity};
use crate::text::Span;

/// A built-in check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its id, ASCII kebab-case.
    pub id: &'static str,
    /// The kind of its findings.
    pub kind: Kind,
    /// Its name.
    pub title: &'static str,
    /// Weight of its findings; a single finding may weigh less.
    pub severity: Severity,
    /// How likely its findings are right; a single finding may be less so.
    pub confidence: Confidence,
    /// What it reports.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to do.
    pub advice: &'static str,
}

impl Check {
    /// A finding of this check at words of a contract.
    pub(super) fn at(&self, contract: &Contract<'_>, span: Span, message: String) -> Finding {
        Finding {
            rule: self.id.to_owned(),
            kind: self.kind,
            severity: self.severity,
            confidence: self.confidence,
            anchor: Place::of(contract, span).anchor(span),
            message,
            basis: Vec::new(),
            provisions: Vec::new(),
            also: Vec::new(),
            advice: Some(format!("{} {}", self.why, self.advice)),
            suggestion: None,
            cases: Vec::new(),
        }
    }
}

/// The check with this id.
pub fn get(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.id == id).copied()
}

/// Every check, by kind.
pub const CHECKS: [&Check; 27] = [
    &MISSING_CLAUSE,
    &MISSING_ANNEX,
    &TITLE_DIFFERS,
    &REFERENCE_TO_ITSELF,
    &REFERENCE_CIRCULAR,
    &NUMBERING_GAP,
    &NUMBERING_DOUBLE,
    &TERM_UNUSED,
    &TERM_UNDEFINED,
    &TERM_DEFINED_TWICE,
    &PARTY_NAME_DRIFTS,
    &BLANK_LEFT_OPEN,
    &NUMBERS_DISAGREE,
    &CLAUSES_CONTRADICT,
    &STALE_CITATION,
    &OLD_MINISTRY_NAME,
    &NO_SUCH_ARTICLE,
    &deviation::PERIOD,
    &deviation::AMOUNT,
    &deviation::RATE,
    &deviation::MODALITY,
    &deviation::ACTOR,
    &deviation::CONDITION,
    &deviation::SCOPE,
    &deviation::METHOD,
    &deviation::CONSENT,
    &deviation::REMEDY,
];

/// A clause that is cited and is not there.
pub const MISSING_CLAUSE: Check = Check {
    id: "reference-to-missing-clause",
    kind: Kind::Reference,
    title: "없는 조항을 인용",
    severity: Severity::Medium,
    confidence: Confidence::High,
    what: "이 문서에 없는 조·항·호를 인용한 곳을 지적합니다.",
    why: "가리키는 조항이 없으면 그 문장이 정하려던 요건이나 효과를 알 수 없습니다.",
    advice: "가리키려던 조항을 찾아 번호를 고칩니다. 조문을 넣거나 뺀 뒤에는 인용을 모두 다시 맞춥니다.",
};

/// An annex that is cited and is not there.
pub const MISSING_ANNEX: Check = Check {
    id: "reference-to-missing-annex",
    kind: Kind::Reference,
    title: "없는 별표·별첨을 인용",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    what: "번호를 붙여 인용한 별표·별지·별첨이 이 문서에 붙어 있지 않은 곳을 지적합니다.",
    why: "별표에 적기로 한 내용은 별표가 붙어 있어야 계약의 내용이 됩니다.",
    advice: "그 별표를 받아 함께 확인하고, 없는 것이면 인용을 지우거나 고칩니다.",
};

/// A clause that is cited by another title than its own.
pub const TITLE_DIFFERS: Check = Check {
    id: "reference-title-differs",
    kind: Kind::Reference,
    title: "제목이 다른 조항을 인용",
    severity: Severity::Medium,
    confidence: Confidence::High,
    what: "인용하면서 괄호에 적은 제목이 그 조의 제목과 다른 곳을 지적합니다.",
    why: "번호와 제목이 서로 다른 조항을 가리키면 어느 쪽이 맞는지 다툼이 생길 수 있습니다.",
    advice: "가리키려던 조항을 확인하여 번호나 제목을 고칩니다.",
};

/// A paragraph that refers to itself.
pub const REFERENCE_TO_ITSELF: Check = Check {
    id: "reference-to-itself",
    kind: Kind::Reference,
    title: "자기 자신을 인용",
    severity: Severity::Low,
    confidence: Confidence::High,
    what: "항이 자기 번호를 인용하여 다른 항을 가리켜야 할 자리에서 자신을 가리키는 곳을 지적합니다.",
    why: "항을 넣거나 빼면서 번호가 하나씩 밀린 흔적이며, 적용할 요건을 알 수 없게 됩니다.",
    advice: "앞뒤 항 가운데 가리키려던 것을 찾아 번호를 고칩니다.",
};

/// Clauses that refer to each other and decide nothing.
pub const REFERENCE_CIRCULAR: Check = Check {
    id: "reference-circular",
    kind: Kind::Reference,
    title: "서로 미루는 조항",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    what: "한 조항은 다른 조항에 따른다 하고 그 조항은 다시 처음 조항에 따른다 하는 곳을 지적합니다.",
    why: "서로 미루기만 하면 어느 조항도 내용을 정하지 않습니다.",
    advice: "둘 가운데 하나에 내용을 직접 적습니다.",
};

/// Numbers that are left out.
pub const NUMBERING_GAP: Check = Check {
    id: "numbering-gap",
    kind: Kind::Reference,
    title: "번호가 빠짐",
    severity: Severity::Low,
    confidence: Confidence::High,
    what: "장·조·항·호의 번호가 건너뛴 곳을 지적합니다.",
    why: "빠진 번호의 조항이 있었는지, 번호만 틀렸는지 알 수 없고 인용이 어긋나기 쉽습니다.",
    advice: "빠진 조항이 없는지 확인하고 번호를 이어 붙입니다. 삭제한 조항이면 '삭제'라고 적습니다.",
};

/// Numbers that are used twice.
pub const NUMBERING_DOUBLE: Check = Check {
    id: "numbering-double",
    kind: Kind::Reference,
    title: "번호가 겹침",
    severity: Severity::Low,
    confidence: Confidence::High,
    what: "같은 번호의 장·조·항·호가 둘 이상 있는 곳을 지적합니다.",
    why: "그 번호를 인용하면 어느 조항을 가리키는지 알 수 없습니다.",
    advice: "뒤의 번호를 고치고, 그 뒤의 번호와 인용을 함께 맞춥니다.",
};

/// A term that is defined and never used.
pub const TERM_UNUSED: Check = Check {
    id: "term-unused",
    kind: Kind::Definition,
    title: "쓰지 않는 용어를 정의",
    severity: Severity::Low,
    confidence: Confidence::High,
    what: "뜻을 정하거나 줄여 부르기로 한 말을 그 뒤로 한 번도 쓰지 않은 것을 지적합니다.",
    why: "같은 것을 다른 말로 부르고 있거나, 그 말을 쓰던 조항이 빠졌을 수 있습니다.",
    advice: "본문에서 쓰는 말과 맞추거나 정의를 지웁니다.",
};

/// A core term that is used and never defined.
pub const TERM_UNDEFINED: Check = Check {
    id: "term-undefined",
    kind: Kind::Definition,
    title: "정의하지 않은 핵심 용어",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    what: "표준계약서가 뜻을 정하여 쓰는 핵심 용어를 정의 없이 되풀이하여 쓴 것을 지적합니다.",
    why: "반환·파기·책임의 범위가 그 말의 뜻에 달려 있어, 뜻이 없으면 범위를 다투게 됩니다.",
    advice: "정의 조항에 그 말의 뜻을 적습니다.",
};

/// A term that is defined twice, differently.
pub const TERM_DEFINED_TWICE: Check = Check {
    id: "term-defined-twice",
    kind: Kind::Definition,
    title: "두 번 달리 정의한 용어",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    what: "같은 말의 뜻을 두 곳에서 서로 다르게 정한 것을 지적합니다.",
    why: "어느 뜻으로 읽는지에 따라 권리와 의무의 범위가 달라집니다.",
    advice: "한 곳에서만 정의하거나, 다른 말로 나누어 부릅니다.",
};

/// A party that is called by a name that the contract did not give it.
pub const PARTY_NAME_DRIFTS: Check = Check {
    id: "party-name-drifts",
    kind: Kind::Definition,
    title: "당사자 이름이 흔들림",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    what: "계약이 당사자에게 붙인 이름이 아닌 다른 말로 당사자를 부른 곳을 지적합니다.",
    why: "그 말이 같은 당사자를 뜻하는지, 다른 사람을 뜻하는지 다툴 수 있습니다.",
    advice: "계약이 정한 이름으로 통일하거나, 다른 사람을 뜻하면 그 말을 정의합니다.",
};

/// A blank that nobody filled in.
pub const BLANK_LEFT_OPEN: Check = Check {
    id: "blank-left-open",
    kind: Kind::Integrity,
    title: "채우지 않은 빈칸",
    severity: Severity::Medium,
    confidence: Confidence::High,
    what: "( )일, ___원, ○○처럼 채우지 않고 남겨 둔 자리를 지적합니다. 빈칸이 많은 서식은 한 건으로 모아 알립니다.",
    why: "기간이나 금액이 비어 있으면 그 사항은 정하지 않은 것이 됩니다.",
    advice: "체결하기 전에 값을 채우거나, 쓰지 않을 자리이면 지웁니다.",
};

/// Two numbers for one matter.
pub const NUMBERS_DISAGREE: Check = Check {
    id: "numbers-disagree",
    kind: Kind::Integrity,
    title: "같은 사항의 수가 서로 다름",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    what: "거의 같은 문장이 한 곳과 다른 곳에서 서로 다른 기간을 적은 것을 지적합니다.",
    why: "어느 기간이 적용되는지 알 수 없습니다.",
    advice: "한 곳에서만 정하고 다른 곳은 그 조항을 인용합니다.",
};

/// Clauses that exclude each other.
pub const CLAUSES_CONTRADICT: Check = Check {
    id: "clauses-contradict",
    kind: Kind::Integrity,
    title: "서로 어긋나는 조항",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    what: "관할법원이나 준거법을 두 곳에서 서로 다르게 정한 것을 지적합니다.",
    why: "둘 가운데 어느 조항이 적용되는지부터 다투게 됩니다.",
    advice: "하나만 남기거나, 어느 경우에 어느 것이 적용되는지 적습니다.",
};

/// A citation of law that was renamed, moved or repealed.
pub const STALE_CITATION: Check = Check {
    id: "stale-citation",
    kind: Kind::Citation,
    title: "낡은 법령 인용",
    severity: Severity::Low,
    confidence: Confidence::High,
    what: "이름이 바뀐 법률, 자리를 옮기거나 없어진 조문을 인용한 곳을 지적하고 지금의 조문을 알려 줍니다.",
    why: "없어진 조문을 인용하면 적용할 법을 찾을 수 없고, 오래된 서식을 검토하지 않고 쓴 것으로 보일 수 있습니다.",
    advice: "지금의 법령 이름과 조문 번호로 고칩니다.",
};

/// A ministry or agency by a name that it no longer has.
pub const OLD_MINISTRY_NAME: Check = Check {
    id: "old-ministry-name",
    kind: Kind::Citation,
    title: "옛 기관 이름",
    severity: Severity::Low,
    confidence: Confidence::High,
    what: "이름이 바뀌었거나 없어진 부처·위원회·기관을 적은 곳을 지적합니다.",
    why: "기준을 정하거나 신고를 받는 기관이 어디인지 알 수 없게 됩니다.",
    advice: "지금의 기관 이름으로 고칩니다.",
};

/// An article that the statute does not have.
pub const NO_SUCH_ARTICLE: Check = Check {
    id: "no-such-article",
    kind: Kind::Citation,
    title: "법률에 없는 조문을 인용",
    severity: Severity::Medium,
    confidence: Confidence::High,
    what: "그 법률의 마지막 조보다 큰 번호를 인용한 곳을 지적합니다. jomun이 조문의 수를 아는 법률만 봅니다.",
    why: "없는 조문을 인용하면 적용할 법을 찾을 수 없습니다.",
    advice: "법률의 이름과 조문 번호를 국가법령정보센터에서 확인하여 고칩니다.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_every_check_says_why() {
        for (number, check) in CHECKS.iter().enumerate() {
            assert!(CHECKS[..number].iter().all(|other| other.id != check.id), "{}", check.id);
            assert_eq!(get(check.id), Some(*check));
            assert!(check.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", check.id);
            for words in [check.what, check.why, check.advice] {
                assert!(words.ends_with("다."), "{}: {words}", check.id);
                assert!(!words.contains("무효"), "{}: {words}", check.id);
            }
        }
    }
}
