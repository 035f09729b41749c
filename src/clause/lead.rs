//! What a sentence says about the list below it, and a line about itself. Wording only.

use super::wording::ends_sentence;

/// Whether a sentence announces a list: `다음 각 호의 …`, `아래와 같다`, a colon.
pub(super) fn announces(words: &str) -> bool {
    let end = words.trim_end().trim_end_matches(['*', '_', '"', '”']);
    if end.ends_with([':', '：']) {
        return true;
    }
    const TIMES: [&str; 15] = [
        "날",
        "달",
        "해",
        "년",
        "연도",
        "주",
        "월",
        "분기",
        "번",
        "회",
        "영업일",
        "평일",
        "단계",
        "결제",
        "갱신",
    ];
    let next = |word: &str| {
        words.match_indices(word).any(|(at, _)| {
            let after = words[at + word.len()..].trim_start();
            !TIMES.iter().any(|time| after.starts_with(time))
                && !words[..at].ends_with(|c: char| c.is_alphanumeric())
        })
    };
    if next("다음") || next("아래") || next("하기의") || next("하기와") {
        return true;
    }
    if ["이와 같습니다", "이와 같다", "각 호와 같", "각호와 같"].iter().any(|w| words.contains(w))
    {
        return true;
    }
    ["각 호", "각호", "각 목", "각목"].iter().any(|word| {
        words.match_indices(word).any(|(at, _)| {
            let before = words[..at].trim_end();
            !before.ends_with(['항', '조', '위', '기', '의', '단', '호'])
        })
    })
}

/// `다음 각 호`, `다음과 같다`: a list follows for certain, whatever its items look like.
pub(super) fn announces_plainly(words: &str) -> bool {
    announces(words)
        && ["각 호", "각호", "각 목", "각목", "같습니다", "같다", "같음", "같이", "각 사항", "사항을", "사항"]
            .iter()
            .any(|w| words.contains(w))
}

/// `- 시행일자: 2024년 5월 1일`: a date of the document, no clause.
pub(super) fn is_date_note(words: &str) -> bool {
    words.len() <= 120
        && !ends_sentence(words)
        && ["시행", "공고", "개정", "제정", "변경", "적용"].iter().any(|w| words.contains(w))
        && ["일자", "일 :", "일:", "일 : "].iter().any(|w| words.contains(w))
        && words.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// `이 약관은 2024년 5월 1일부터 시행합니다.` below the last article: about the document, no 항.
pub(super) fn says_when_effective(words: &str) -> bool {
    words.len() <= 240
        && ["부터 시행", "부터 적용", "일 시행", "시행일"].iter().any(|w| words.contains(w))
        && words.bytes().filter(u8::is_ascii_digit).count() >= 6
}
