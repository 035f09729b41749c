//! How a reference looks to the reader of structure: whether a number at the start of a line is a heading's or goes on as a
//! reference. What references name [`crate::language::fact`] reads.

/// Whether the text behind a number (`제10조`, `제10조(의무)`) shows that it was a reference: a particle, another
/// number, a conjunction.
pub fn continues_reference(after: &str) -> bool {
    let spaced = after.starts_with(char::is_whitespace);
    let rest = after.trim_start();
    if rest.starts_with([',', '，', '·', 'ㆍ', '~', '∼', ';']) {
        return true;
    }
    const WORDS: [&str; 21] = [
        "및 ", "또는 ", "내지", "부터", "까지", "에서", "에 ", "의 ", "을 ", "를 ", "와 ", "과 ", "각 호",
        "각호", "각 항", "전단", "후단", "단서", "본문", "중 ", "이나 ",
    ];
    if WORDS.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    // A particle may end a wrapped line.
    if ["에", "의", "을", "를", "와", "과", "및", "은", "는", "또는"].contains(&rest.trim_end()) {
        return true;
    }
    if let Some(number) = rest.strip_prefix('제').map(str::trim_start)
        && number.starts_with(|c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c))
    {
        return true;
    }
    if spaced {
        return false;
    }
    const TIGHT: [&str; 20] = [
        "에는", "에도", "에게", "에서", "에 ", "은 ", "는 ", "도 ", "로 ", "으로", "만 ", "가 ", "이나",
        "이란", "상의 ", "상 ", "소정", "에의", "의한", "이라",
    ];
    if TIGHT.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    // "제1조(목적)이 약관은" has a demonstrative, "제5조(대금)이 적용" a particle.
    rest.starts_with("이 ")
        && ![
            "약관",
            "계약",
            "규정",
            "서비스",
            "운영",
            "이용",
            "정책",
            "합의",
            "협약",
            "조는",
            "조에",
            "문서",
            "동의",
            "방침",
            "내규",
            "회칙",
            "지침",
        ]
        .iter()
        .any(|word| rest[4..].starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_reference() {
        for after in [
            "에 따라",
            "의 규정",
            " 제3항",
            "제3항에",
            ", 제6조",
            " 및 제7조",
            "를 위반한",
            " 단서에",
            "이 적용되는",
        ] {
            assert!(continues_reference(after), "{after}");
        }
        for after in ["", " 회사는", " 의무", "이 약관은", " 이용자는", "회사는", " ① 회사는"]
        {
            assert!(!continues_reference(after), "{after}");
        }
    }
}
