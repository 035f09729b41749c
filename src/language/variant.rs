//! Characters that mean the same written in several ways: middle dots, quotes, full-width forms, odd spaces. One form
//! for the analyser, with the way back to the bytes of the text. Knows nothing of words.

use std::borrow::Cow;

/// How the analyser sees `c`: another character, or none at all (an invisible one).
fn common(c: char) -> Option<char> {
    Some(match c {
        // Middle dots: ㆍ is a vowel letter by its code, ・ Japanese, ‧ a hyphenation point, • and ∙ bullets.
        '\u{318d}' | '\u{119e}' | '・' | '‧' | '･' | '•' | '∙' | '⋅' | '᛫' => '·',
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '＂' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '＇' | '′' | '`' | '´' => '\'',
        '｢' => '「',
        '｣' => '」',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' => '-',
        '～' | '〜' | '∼' => '~',
        '％' | '﹪' => '%',
        // Full-width ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        // Spaces of every width, and control characters, part words.
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => ' ',
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => ' ',
        // Invisible: zero-width spaces and joiners, soft hyphen, byte order mark, variation selectors.
        '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{ad}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => return None,
        _ => c,
    })
}

/// Whether `c` looks different to the analyser. Fast for what most text is made of.
fn is_variant(c: char) -> bool {
    !matches!(c, ' '..='_' | 'a'..='~' | '가'..='힣' | '\n' | '\t') && common(c) != Some(c)
}

/// A stretch of text as the analyser sees it.
#[derive(Debug)]
pub(super) struct Seen<'t> {
    /// The text in common characters.
    pub(super) text: Cow<'t, str>,
    /// For each byte of `text`, and one past its end, the byte of the original; empty when they are the same.
    origins: Vec<u32>,
}

impl<'t> Seen<'t> {
    /// `text` (shorter than 4 GiB) in common characters; borrowed when nothing changes.
    pub(super) fn new(text: &'t str) -> Self {
        if !text.chars().any(is_variant) {
            return Seen { text: Cow::Borrowed(text), origins: Vec::new() };
        }
        let mut seen = String::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            if let Some(c) = common(c) {
                seen.push(c);
                origins.resize(seen.len(), u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        origins.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        Seen { text: Cow::Owned(seen), origins }
    }

    /// The byte of the original where the character at byte `at` of the seen text began.
    pub(super) fn origin(&self, at: usize) -> usize {
        if self.origins.is_empty() { at } else { self.origins.get(at).map_or(at, |origin| *origin as usize) }
    }
}

/// `text` in common characters, without the way back: for words and queries.
pub fn plain(text: &str) -> Cow<'_, str> {
    Seen::new(text).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_become_one_and_lead_back() {
        let text = "이용ㆍ제공‧보관 “회원”\u{a0}１０％\u{200b}이내";
        let seen = Seen::new(text);
        assert_eq!(seen.text, "이용·제공·보관 \"회원\" 10%이내");
        for (word, place) in [("제공", "제공"), ("\"회", "“회"), ("10", "１０"), ("이내", "이내")]
        {
            let at = seen.text.find(word).unwrap();
            assert!(text[seen.origin(at)..].starts_with(place), "{word}");
        }
        assert_eq!(seen.origin(seen.text.len()), text.len());
    }

    #[test]
    fn common_text_is_not_copied() {
        let seen = Seen::new("회사는 30일 이내에 (서면으로) 알린다.\n");
        assert!(matches!(seen.text, Cow::Borrowed(_)));
        assert_eq!(seen.origin(7), 7);
        assert!(matches!(Seen::new("①「법」·『시행령』").text, Cow::Borrowed(_)));
    }
}
