//! The words that service levels are written in.

use super::Period;

/// Names of availability.
pub(super) const AVAILABILITY: &[&str] = &[
    "가용률",
    "가용율",
    "가동률",
    "가동율",
    "가용성",
    "가용도",
    "업타임",
    "Uptime",
    "uptime",
    "UPTIME",
    "Availability",
    "availability",
    "작동 시간",
    "작동시간",
    "정상 가동",
    "정상가동",
];

/// Names of other figures in per cent, which are no availability.
pub(super) const OTHER_FIGURES: &[&str] = &[
    "내구성",
    "오류율",
    "에러율",
    "오류 비율",
    "성공률",
    "실시율",
    "준수율",
    "사용률",
    "이용률",
    "점유율",
    "처리율",
    "만족도",
    "복구율",
    "백업률",
    "백업 성공",
    "적중률",
    "정확도",
    "정확률",
    "응답",
    "요청의",
    "손실률",
    "납기",
    "완료율",
    "처리시간",
    "해결률",
    "부하율",
    "할인율",
    "이자율",
    "지연이자",
];

/// What a customer gets for a missed level.
pub(super) const CREDITS: &[&str] = &[
    "크레딧",
    "크레디트",
    "감면",
    "감액",
    "환급",
    "보상",
    "배상",
    "할인",
    "공제",
    "상환",
    "차감",
    "연장",
    "무상",
    "돌려",
    "환불",
    "credit",
    "Credit",
    "뺀다",
    "뺍니다",
    "깎",
    "위약금",
    "페널티",
    "패널티",
    "요금을 반환",
    "이용료를 반환",
    "대금을 반환",
    "금액을 반환",
    "반환율",
];

/// Words for time in which a service does not work.
pub(super) const OUTAGE: &[&str] = &[
    "장애",
    "중단",
    "다운타임",
    "불능",
    "이용하지 못",
    "쓰지 못",
    "사용하지 못",
    "중지 시간",
    "중지시간",
    "downtime",
    "Downtime",
];

/// Words for what the customer pays.
pub(super) const FEES: &[&str] = &[
    "요금",
    "이용료",
    "사용료",
    "대가",
    "대금",
    "금액",
    "청구액",
    "비용",
    "구독료",
    "월정액",
    "지불한",
    "납부한",
    "수수료",
];

/// Words for scheduled maintenance.
pub(super) const MAINTENANCE: &[&str] = &[
    "점검",
    "정비",
    "유지보수",
    "유지 보수",
    "예방보수",
    "PM 작업",
    "정기 작업",
    "정기작업",
    "업그레이드",
    "패치",
];

/// Words for a level that is missed.
pub(super) const MISSED: &[&str] = &[
    "미달",
    "미치지 못",
    "못 미",
    "밑돌",
    "밑도",
    "달성하지 못",
    "지키지 못",
    "미만",
    "충족하지 못",
    "충족되지",
    "떨어",
    "하회",
    "이르지 못",
    "준수하지 못",
    "위반",
    "유지하지 못",
    "달성되지",
    "지켜지지",
    "유지되지",
    "낮은 경우",
    "낮으면",
];

/// Whether `text` has one of the words.
pub(super) fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Where the last of the words ends in `text`.
pub(super) fn last(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max()
}

/// Where the last name of another figure ends: one of those known, or any word that ends in 율 or 률.
pub(super) fn last_other(text: &str) -> Option<usize> {
    let known = last(text, OTHER_FIGURES);
    let mut at = 0;
    let mut rate = None;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let end = at + word.len();
        // The parting character is not always one byte.
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
        let bare = word.trim_end_matches(['은', '는', '이', '가', '을', '를', '의']);
        let other = bare.ends_with(['율', '률']) && !bare.ends_with("비율") && !has(bare, AVAILABILITY);
        if other {
            rate = Some(end);
        }
    }
    known.max(rate)
}

/// The measuring period that `text` names. 월 요금 and 연 이자 name none.
pub(super) fn period(text: &str) -> Option<Period> {
    let months = [
        "월 가용",
        "월 가동",
        "월간",
        "매월",
        "매달",
        "월별",
        "한 달",
        "해당 월",
        "해당월",
        "당월",
        "그 달",
        "그달",
        "월 단위",
        "월 전체",
        "월 총",
        "월의 총",
        "달의",
        "1개월",
        "1달",
        "월 평균",
        "월평균",
        "월 작동",
        "월 업타임",
        "월 정상",
        "전월",
        "월 중",
        "월가용",
        "월가동",
        "월 목표",
        "월 서비스",
        "Monthly",
        "monthly",
        "월 기준",
    ];
    let paid = ["요금", "이용", "사용", "대가", "대금", "정액", "구독", "청구", "비용", "결제", "납부"];
    let names = |words: &[&str]| {
        words.iter().any(|word| {
            text.match_indices(word).any(|(at, _)| {
                let next = text[at + word.len()..].trim_start_matches([' ', '의']);
                !paid.iter().any(|fee| next.starts_with(fee))
                    || word.ends_with("가용")
                    || word.ends_with("가동")
            })
        })
    };
    // 월 99.9% 이상: the figure follows the word.
    let figure = text.match_indices("월 ").any(|(at, word)| {
        let next = text[at + word.len()..].trim_start_matches(['최', '소', ' ']);
        let bare = !text[..at].ends_with(|c: char| c.is_ascii_digit() || c.is_alphabetic());
        bare && next.starts_with('9')
    });
    if figure || names(&months) {
        Some(Period::Month)
    } else if text.contains("분기") {
        Some(Period::Quarter)
    } else if text.contains("반기") {
        Some(Period::HalfYear)
    } else if names(&["연간", "매년", "1년", "한 해", "연 가용", "연 가동", "연 단위", "연평균", "연 평균"])
    {
        Some(Period::Year)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_monthly_fee_is_no_measuring_period() {
        for (text, expected) in [
            ("월 가용률 99.9%", Some(Period::Month)),
            ("매월 이용요금의 10%", None),
            ("월 요금의 10%", None),
            ("월간 이용료를 감면", None),
            ("한 달 동안의 가동률", Some(Period::Month)),
            ("분기별 작동 시간", Some(Period::Quarter)),
            ("연간 가동률 99.5%", Some(Period::Year)),
            ("가용성을 월 99.5% 이상으로", Some(Period::Month)),
            ("가용률 99.9%", None),
        ] {
            assert_eq!(period(text), expected, "{text}");
        }
    }
}
