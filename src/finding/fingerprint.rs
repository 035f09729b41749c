//! The id of a finding that survives edits elsewhere: no offsets, no clock, no line numbers in it.

/// A short stable hash (12 hex digits) of a rule's id, a clause path and the words found or the topic missed.
/// White space, punctuation, case and Unicode composition of `what` do not matter.
pub fn of(rule: &str, clause: &str, what: &str) -> String {
    let mut source = String::with_capacity(rule.len() + clause.len() + what.len() + 2);
    source.push_str(rule);
    source.push('\n');
    source.push_str(clause);
    source.push('\n');
    let composed = crate::text::nfc(what.to_owned());
    source.extend(composed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    let mut digest = crate::load::digest(source.as_bytes());
    digest.truncate(12);
    digest
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn spacing_and_quotes_do_not_change_the_id() {
        assert_eq!(
            of("r", "제1조", "회사는  “책임”을\n지지 않는다."),
            of("r", "제1조", "회사는 '책임'을 지지 않는다")
        );
    }

    #[test]
    fn rule_clause_and_words_do() {
        let id = of("r", "제1조", "책임");
        assert_ne!(id, of("s", "제1조", "책임"));
        assert_ne!(id, of("r", "제2조", "책임"));
        assert_ne!(id, of("r", "제1조", "의무"));
    }
}
