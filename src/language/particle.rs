//! Particles (조사) for messages: 은/는, 이/가, 을/를 chosen by the last sound of the word before. Knows spelling only.

/// `word` with the particle that fits it: `closed` after a final consonant, `open` after a vowel. Digits and Latin
/// letters are taken as they are read in Korean; after anything else both are given: `closed(open)`.
pub fn with(word: &str, closed: &str, open: &str) -> String {
    let last = word.chars().rev().find(|c| c.is_alphanumeric());
    let is_closed = match last {
        Some(c @ '가'..='힣') => Some((u32::from(c) - 0xAC00) % 28 != 0),
        Some(c @ '0'..='9') => Some(matches!(c, '0' | '1' | '3' | '6' | '7' | '8')),
        Some(c) if c.is_ascii_alphabetic() => Some(matches!(c.to_ascii_lowercase(), 'l' | 'm' | 'n' | 'r')),
        _ => None,
    };
    match is_closed {
        Some(true) => format!("{word}{closed}"),
        Some(false) => format!("{word}{open}"),
        None => format!("{word}{closed}({open})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sound_decides() {
        assert_eq!(with("관할법원", "을", "를"), "관할법원을");
        assert_eq!(with("해지", "을", "를"), "해지를");
        assert_eq!(with("통지할 사항(사유·일자·환급)", "은", "는"), "통지할 사항(사유·일자·환급)은");
        assert_eq!(with("SLA", "이", "가"), "SLA가");
        assert_eq!(with("제13", "을", "를"), "제13을");
        assert_eq!(with("…", "을", "를"), "…을(를)");
    }
}
