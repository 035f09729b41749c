//! Endings of sentences: the plain form of a statement, and its predicate turned round. Knows spelling only.

/// How a sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// 한다
    Plain,
    /// 합니다
    Polite,
    /// 함
    Noun,
}

/// A statement in the plain form before 는 뜻 (한다, 있다, 소유라), and how it ended; nothing when it is no whole
/// statement.
pub(super) fn plain(sentence: &str) -> Option<(String, Style)> {
    if let Some(noun) = sentence.strip_suffix("입니다") {
        return Some((is(noun), Style::Polite));
    }
    if let Some(stem) = sentence.strip_suffix("습니다") {
        let last = stem.chars().next_back()?;
        // 있다, 없다, 하였다, 같다; but 않는다, 받는다.
        let states =
            matches!(last_consonant(last), Some(18 | 20)) || matches!(last, '같' | '많' | '적' | '높' | '낮');
        return Some((format!("{stem}{}", if states { "다" } else { "는다" }), Style::Polite));
    }
    // 합니다, but not 아니다.
    if let Some(stem) = sentence.strip_suffix("니다")
        && let Some(last) = stem.chars().next_back().filter(|last| last_consonant(*last) == Some(17))
    {
        let stem = &stem[..stem.len() - last.len_utf8()];
        return Some((verb(stem, char::from_u32(u32::from(last) - 17)?)?, Style::Polite));
    }
    if let Some(noun) = sentence.strip_suffix("아니다") {
        return Some((format!("{noun}아니라"), Style::Plain));
    }
    if let Some(noun) = sentence.strip_suffix("이다") {
        return Some((is(noun), Style::Plain));
    }
    if sentence.ends_with('다') {
        return Some((sentence.to_owned(), Style::Plain));
    }
    for (end, form) in [("있음", "있다"), ("없음", "없다"), ("않음", "않는다")] {
        if let Some(stem) = sentence.strip_suffix(end) {
            return Some((format!("{stem}{form}"), Style::Noun));
        }
    }
    for (end, form) in [('함', '하'), ('됨', '되'), ('짐', '지'), ('봄', '보')] {
        if let Some(stem) = sentence.strip_suffix(end) {
            return Some((verb(stem, form)?, Style::Noun));
        }
    }
    None
}

/// A verb's plain form: 하 → 한다; of what is a quality 하다.
fn verb(stem: &str, last: char) -> Option<String> {
    const QUALITIES: [&str; 10] =
        ["불가", "가능", "필요", "유효", "무효", "무관", "동일", "타당", "저렴", "우수"];
    if last == '하' && QUALITIES.iter().any(|quality| stem.ends_with(quality)) {
        return Some(format!("{stem}하다"));
    }
    Some(format!("{stem}{}다", char::from_u32(u32::from(last) + 4)?))
}

/// A noun that something is: 소유라, 몫이라.
fn is(noun: &str) -> String {
    let open = noun.chars().next_back().is_some_and(|last| last_consonant(last).is_none());
    format!("{noun}{}", if open { "라" } else { "이라" })
}

/// The number of the final consonant of a syllable; none when it ends in a vowel.
fn last_consonant(c: char) -> Option<u32> {
    if !('가'..='힣').contains(&c) {
        return None;
    }
    Some((u32::from(c) - 0xAC00) % 28).filter(|number| *number > 0)
}

/// What may be done may not: 할 수 있다 → 할 수 없다.
pub(super) fn forbidden(sentence: &str) -> Option<String> {
    exchanged(sentence, &[("수 있다", "수 없다"), ("수 있습니다", "수 없습니다"), ("수 있음", "수 없음")])
}

/// What may not be done may: 할 수 없다, 하지 못한다 → 할 수 있다.
pub(super) fn allowed(sentence: &str) -> Option<String> {
    exchanged(
        sentence,
        &[
            ("수 없다", "수 있다"),
            ("수 없습니다", "수 있습니다"),
            ("수 없음", "수 있음"),
            ("하지 못한다", "할 수 있다"),
            ("하지 못합니다", "할 수 있습니다"),
            ("하지 못함", "할 수 있음"),
        ],
    )
}

/// What a party does not bear, pay or give back it does: 책임을 지지 아니한다 → 책임을 진다.
pub(super) fn affirmed(sentence: &str) -> Option<String> {
    const STEMS: [&str; 9] =
        ["책임지", "책임을 지", "배상하", "보상하", "부담하", "보증하", "환불하", "반환하", "돌려주"];
    const DENIALS: [(&str, Style); 6] = [
        ("지 아니한다", Style::Plain),
        ("지 않는다", Style::Plain),
        ("지 아니합니다", Style::Polite),
        ("지 않습니다", Style::Polite),
        ("지 아니함", Style::Noun),
        ("지 않음", Style::Noun),
    ];
    let (stem, style) =
        DENIALS.iter().find_map(|(end, style)| Some((sentence.strip_suffix(end)?, *style)))?;
    STEMS.iter().find(|known| stem.ends_with(*known))?;
    let last = stem.chars().next_back()?;
    let with = |consonant: u32| char::from_u32(u32::from(last) + consonant);
    let head = &stem[..stem.len() - last.len_utf8()];
    Some(match style {
        Style::Plain => format!("{head}{}다", with(4)?),
        Style::Polite => format!("{head}{}니다", with(17)?),
        Style::Noun => format!("{head}{}", with(16)?),
    })
}

/// The sentence with another end.
fn exchanged(sentence: &str, ends: &[(&str, &str)]) -> Option<String> {
    ends.iter().find_map(|(end, other)| Some(format!("{}{other}", sentence.strip_suffix(end)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_have_a_plain_form() {
        for (sentence, expected) in [
            ("해지한다", "해지한다"),
            ("회사의 재산이다", "회사의 재산이라"),
            ("그 경우가 아니다", "그 경우가 아니라"),
            ("변경됩니다", "변경된다"),
            ("책임을 집니다", "책임을 진다"),
            ("환불이 불가합니다", "환불이 불가하다"),
            ("보지 않습니다", "보지 않는다"),
            ("할 수 없습니다", "할 수 없다"),
            ("동의하였습니다", "동의하였다"),
            ("회원의 몫입니다", "회원의 몫이라"),
            ("적립금을 회수함", "적립금을 회수한다"),
            ("자동으로 연장됨", "자동으로 연장된다"),
        ] {
            assert_eq!(plain(sentence).map(|read| read.0).as_deref(), Some(expected), "{sentence}");
        }
        assert_eq!(plain("해지 시 환급 없음").unwrap(), ("해지 시 환급 없다".to_owned(), Style::Noun));
        assert_eq!(plain("중도해지 불가"), None);
    }

    #[test]
    fn what_is_denied_is_affirmed_in_its_style() {
        for (sentence, expected) in [
            ("책임지지 않습니다", Some("책임집니다")),
            ("손해를 배상하지 아니한다", Some("손해를 배상한다")),
            ("돌려주지 않음", Some("돌려줌")),
            ("기다리지 않는다", None),
        ] {
            assert_eq!(affirmed(sentence).as_deref(), expected);
        }
    }
}
