//! Whether the characters of a PDF are those that a reader sees. Fonts may hide it: without a map from glyphs to
//! characters, or with a wrong one, the text is noise, and noise must be refused, not reported on. Knows no words, only
//! which characters Korean documents are made of.

use crate::error::LoadError;
use crate::load::pdf::sheet::Book;

/// Checks all pages.
///
/// # Errors
/// `Encoding` when a tenth of the text or more cannot be trusted. Otherwise the number of glyphs to which no character is known.
pub(super) fn check(book: &Book) -> Result<usize, LoadError> {
    let mut count = Count::default();
    for glyph in book.sheets.iter().flat_map(|sheet| &sheet.glyphs).filter(|glyph| glyph.c != ' ') {
        count.see(glyph.c);
    }
    count.verdict()
}

#[derive(Debug, Default)]
struct Count {
    all: usize,
    /// Of the private use area, or put for a glyph of which the font says nothing.
    unknown: usize,
    /// Of scripts that Korean contracts do not use.
    strange: usize,
    hangul: usize,
    /// Syllables that Korean can write but hardly ever does.
    rare: usize,
}

impl Count {
    fn see(&mut self, c: char) {
        self.all += 1;
        self.unknown += usize::from(is_unknown(c));
        self.strange += usize::from(is_strange(c));
        if ('가'..='힣').contains(&c) {
            self.hangul += 1;
            self.rare += usize::from(is_rare(c));
        }
    }

    fn verdict(&self) -> Result<usize, LoadError> {
        let reason = if self.unknown * 10 > self.all {
            "글꼴이 어떤 글자인지 밝히지 않아(ToUnicode 없음) 글을 알아볼 수 없는 PDF입니다"
        } else if self.strange * 5 > self.all || self.hangul >= 50 && self.rare * 10 > self.hangul {
            "글꼴의 글자 대응표가 잘못되어 글이 깨져 있는 PDF입니다"
        } else {
            return Ok(self.unknown);
        };
        Err(LoadError::Encoding(reason.into()))
    }
}

fn is_unknown(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Neither Korean, Latin, Hanja, Japanese nor a sign. Letters with accents count as strange: a text full of them is Korean
/// bytes read as Latin ones.
fn is_strange(c: char) -> bool {
    let usual = c.is_ascii()
        || matches!(c,
            '\u{a0}'..='\u{bf}' | '×' | '÷'
            | 'Α'..='ω' | '\u{1100}'..='\u{11ff}' | '\u{2000}'..='\u{2bff}' | '\u{2e80}'..='\u{9fff}'
            | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
            | '\u{fe10}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{1f000}'..='\u{1faff}');
    !usual && !is_unknown(c)
}

/// Whether a syllable stands outside of the 2,350 of KS X 1001, which all but a few names and dialects keep to.
fn is_rare(c: char) -> bool {
    let mut buffer = [0u8; 4];
    let (bytes, _, lost) = encoding_rs::EUC_KR.encode(c.encode_utf8(&mut buffer));
    // The extension of CP949 puts the others below A1.
    lost || bytes.len() != 2 || bytes.iter().any(|byte| *byte < 0xA1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str) -> bool {
        let mut count = Count::default();
        text.chars().filter(|c| *c != ' ').for_each(|c| count.see(c));
        count.verdict().is_ok()
    }

    #[test]
    fn noise_is_refused_and_contracts_are_not() {
        assert!(verdict("제1조(목적) 이 약관은 「약관법」에 따른다. SLA 99.9% ① ₩1,000 甲·乙 ②"));
        assert!(!verdict("회사는 \u{fffd}\u{fffd}을 진다"), "the font says nothing");
        assert!(!verdict("\u{e001}\u{e002}\u{f8ff} 약관"));
        assert!(!verdict("ÀÌ ¾à°üÀº È¸»ç°¡ Á¦°øÇÏ´Â"), "Korean bytes read as Latin");
        let shifted: String = (0..100u32).filter_map(|n| char::from_u32(0xAC00 + n * 97)).collect();
        assert!(!verdict(&shifted), "syllables at random");
    }
}
