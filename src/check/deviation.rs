//! What is worse than the base: which typed changes are worth a finding, how grave, and what to do. Decides from changes
//! alone; does not read the contract again.

use super::catalogue::Check;
use crate::finding::{Confidence, Kind, Severity};
use crate::report::{ChangeKind, Favours};

/// One kind of deviation; how sure a finding is the alignment tells.
const fn check(
    id: &'static str,
    title: &'static str,
    severity: Severity,
    why: &'static str,
    advice: &'static str,
) -> Check {
    Check {
        id,
        kind: Kind::Deviation,
        title,
        severity,
        confidence: Confidence::High,
        what: "`jomun diff`가 기준 문서(표준계약서나 다른 판)의 조항과 견주어, 제공자에게 유리하게 바뀐 것을 지적합니다.",
        why,
        advice,
    }
}

/// Period.
pub const PERIOD: Check = check(
    "period-worse-than-base",
    "기간이 제공자에게 유리하게 바뀜",
    Severity::Medium,
    "알리는 때부터 대비할 시간과 권리를 쓸 수 있는 시간이 줄거나, 제공자가 이행을 미룰 시간이 늘어납니다.",
    "기준 문서의 기간으로 되돌리거나, 짧아진 까닭과 대신 주는 것을 함께 협의합니다.",
);
/// Amount.
pub const AMOUNT: Check = check(
    "amount-worse-than-base",
    "금액이 제공자에게 유리하게 바뀜",
    Severity::Medium,
    "받을 금액이 줄거나 낼 금액이 늘어납니다.",
    "기준 문서의 금액으로 되돌리거나 산정 근거를 요구합니다.",
);
/// Rate.
pub const RATE: Check = check(
    "rate-worse-than-base",
    "비율이 제공자에게 유리하게 바뀜",
    Severity::Medium,
    "보장 수준이나 돌려받을 몫이 줄거나, 가산금·위약금의 몫이 늘어납니다.",
    "기준 문서의 비율로 되돌리거나 산정 근거를 요구합니다.",
);
/// Modality.
pub const MODALITY: Check = check(
    "duty-weakened",
    "의무의 정도가 제공자에게 유리하게 바뀜",
    Severity::High,
    "하여야 할 일이 할 수 있는 일이나 노력할 일로 바뀌면 이행을 요구하기 어렵습니다.",
    "'하여야 한다'로 되돌리고, 예외가 필요하면 그 사유만 따로 적게 합니다.",
);
/// Actor.
pub const ACTOR: Check = check(
    "actor-shifted",
    "하는 쪽이 제공자에게 유리하게 바뀜",
    Severity::High,
    "서로 하기로 한 것을 한쪽만 하게 되거나, 제공자가 할 일을 이용자가 지게 됩니다.",
    "누가 하는지를 기준 문서와 같게 하고, 권한은 서로에게 같이 둡니다.",
);
/// Condition.
pub const CONDITION: Check = check(
    "condition-worse-than-base",
    "조건이 제공자에게 유리하게 바뀜",
    Severity::High,
    "고의·과실, 정당한 사유, 단서 같은 제한이 빠지면 제공자의 권한과 면책이 넓어지고, 새로 붙으면 이용자의 권리가 좁아집니다.",
    "빠진 조건이나 단서를 되살리고, 새로 붙은 조건은 빼거나 좁힙니다.",
);
/// Scope.
pub const SCOPE: Check = check(
    "scope-worse-than-base",
    "범위가 제공자에게 유리하게 바뀜",
    Severity::Medium,
    "제공자가 권한을 쓸 수 있는 경우가 늘거나, 이용자가 보호받는 경우가 줄어듭니다.",
    "빠진 항목을 되살리고, 더해진 항목은 뜻이 뚜렷하도록 좁혀 적게 합니다.",
);
/// Method.
pub const METHOD: Check = check(
    "weaker-notice-method",
    "알리는 방법이 제공자에게 유리하게 바뀜",
    Severity::Medium,
    "따로 알리지 않고 게시만 하면 이용자가 제때 알기 어렵습니다.",
    "전자우편·문자 등으로 따로 알리게 하고, 게시는 덧붙이는 방법으로 둡니다.",
);
/// Consent.
pub const CONSENT: Check = check(
    "consent-weakened",
    "상대방의 의사를 묻는 정도가 제공자에게 유리하게 바뀜",
    Severity::High,
    "동의를 얻던 일이 협의나 통지로, 또는 동의한 것으로 보는 일로 바뀌면 제공자 혼자 정할 수 있게 됩니다.",
    "동의를 얻도록 되돌리고, 침묵을 동의로 보려면 따로 알리고 거절할 시간을 주게 합니다.",
);
/// Remedy.
pub const REMEDY: Check = check(
    "remedy-weakened",
    "구제 수단이 제공자에게 유리하게 바뀜",
    Severity::High,
    "손해배상이나 환불이 크레딧으로 바뀌거나 빠지면 실제 손해를 메울 길이 없어집니다.",
    "손해배상과 환불을 되살리고, 크레딧은 그와 따로 주는 것으로 적게 합니다.",
);

/// The deviation that a change of this kind is, when it favours the provider.
pub fn of(kind: ChangeKind, favours: Favours) -> Option<&'static Check> {
    if favours != Favours::Provider {
        return None;
    }
    Some(match kind {
        ChangeKind::Period => &PERIOD,
        ChangeKind::Amount => &AMOUNT,
        ChangeKind::Rate => &RATE,
        ChangeKind::Modality => &MODALITY,
        ChangeKind::Actor => &ACTOR,
        ChangeKind::Condition => &CONDITION,
        ChangeKind::Scope => &SCOPE,
        ChangeKind::Method => &METHOD,
        ChangeKind::Consent => &CONSENT,
        ChangeKind::Remedy => &REMEDY,
    })
}

/// How sure a deviation is: where both sides are nearly the same words a change is plain to see. Beside our own gist of a
/// standard, whose words nobody has to use, more likeness is asked for.
pub fn confidence(score: f32, gist: bool) -> Confidence {
    let (high, medium) = if gist { (0.9, 0.7) } else { (0.75, 0.5) };
    match score {
        score if score >= high => Confidence::High,
        score if score >= medium => Confidence::Medium,
        _ => Confidence::Low,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_favours_the_provider_is_a_deviation() {
        assert_eq!(
            of(ChangeKind::Period, Favours::Provider).map(|one| one.id),
            Some("period-worse-than-base")
        );
        assert_eq!(of(ChangeKind::Period, Favours::Customer), None);
        assert_eq!(of(ChangeKind::Scope, Favours::Neither), None);
    }
}
