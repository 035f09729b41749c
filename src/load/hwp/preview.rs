//! Holds the text that was read against the preview that the file keeps of its own beginning, to notice what was lost.
//! Knows words only.

use crate::notice::{Notice, Stage};
use std::collections::HashSet;

/// How many words may be missing: at least this many, and this part of all.
const MISSING: usize = 3;
const PART: usize = 20;

/// A warning when words of the preview do not stand in the text.
pub(super) fn compare(preview: &str, text: &str) -> Option<Notice> {
    let mut wanted = words(preview);
    // The preview is cut off somewhere, often inside a word.
    wanted.pop();
    let own: HashSet<&str> = words(text).into_iter().collect();
    let squeezed = || text.chars().filter(|c| is_hangul(*c)).collect::<String>();
    let mut missing: Vec<&str> = wanted.iter().copied().filter(|word| !own.contains(word)).collect();
    if missing.len() > MISSING {
        // Words that only stand together otherwise, as over a line's end.
        let squeezed = squeezed();
        missing = missing.into_iter().take(200).filter(|word| !squeezed.contains(word)).collect();
    }
    if missing.len() <= MISSING || missing.len() * PART < wanted.len() {
        return None;
    }
    let shown: Vec<&str> = missing.iter().copied().take(3).collect();
    Some(Notice::warning(
        Stage::Load,
        format!(
            "파일 안의 미리보기에 있는 낱말 {}개 가운데 {}개가 읽은 글에 없습니다({} 등). 빠진 글이 있을 수 있습니다",
            wanted.len(),
            missing.len(),
            shown.join(", ")
        ),
    ))
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c| !is_hangul(c)).filter(|word| word.chars().count() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_words_are_noticed() {
        let preview = "제1조(목적)\r\n<구분><요율><기한>\r\n회사는 요금을 돌려준다 그리고 잘린";
        assert_eq!(compare(preview, "제1조(목적)\n구분 | 요율 | 기한\n회사는 요금을 돌려준다. 그리고"), None);
        let notice = compare(preview, "제1조(목적)\n회사는").unwrap();
        assert!(notice.message.contains("구분, 요율, 기한"), "{}", notice.message);
        assert_eq!(compare("", "가나"), None);
    }
}
