//! How a line's words end: a sentence, a noun phrase, or in the midst of something. Told by endings and particles
//! on the surface, without morphemes, so that structure needs no dictionary.

/// The end of long words: what a line ends with is told by its last 300 bytes.
fn tail(words: &str) -> &str {
    let mut start = words.len().saturating_sub(300);
    while !words.is_char_boundary(start) {
        start += 1;
    }
    &words[start..]
}

/// Closing brackets, quotes and dates of amendment at the end of a sentence say nothing about it.
fn bare_end(words: &str) -> &str {
    let mut rest = tail(words).trim_end();
    loop {
        let mut cut =
            rest.trim_end_matches(['"', '”', '’', '\'', '」', '』', '*', '_', '`', '<', '\\']).trim_end();
        for (open, close) in [('<', '>'), ('[', ']'), ('(', ')'), ('（', '）')] {
            if cut.ends_with(close)
                && let Some(at) = cut.rfind(open)
                && at > 0
            {
                let inner = &cut[at + open.len_utf8()..cut.len() - close.len_utf8()];
                let note = open == '<' || ["개정", "신설", "시행", "삭제"].iter().any(|w| inner.contains(w));
                let sentence = cut[..at].trim_end().ends_with(['.', '다']) && !inner.is_empty();
                if note || sentence {
                    cut = cut[..at].trim_end();
                }
            }
        }
        if cut.len() == rest.len() {
            return rest;
        }
        rest = cut;
    }
}

/// Whether the words end a sentence (`…합니다.`, `…한다`, `…바랍니다)`), as opposed to a noun (`…한 경우`) or a break.
pub(super) fn ends_sentence(words: &str) -> bool {
    let bare = bare_end(words);
    let stopped = bare.ends_with(['.', '。', '!', '?']);
    let end = bare_end(bare.trim_end_matches(['.', ' ', ';']))
        .trim_end_matches([')', ']', '）', '.', ',', ' ', ';']);
    const ENDS: [&str; 7] = ["다", "요", "죠", "시오", "까", "니라", "라"];
    if end.ends_with("다") && !end.ends_with("마다") && !end.ends_with("보다") {
        return true;
    }
    stopped && ENDS.iter().any(|e| end.ends_with(e))
}

/// Whether the words come to an end at all: a sentence, a noun phrase with a full stop or colon, a list item.
pub(super) fn is_complete(words: &str) -> bool {
    let end = bare_end(words);
    if ends_sentence(end) || end.ends_with(['.', ':', ';', '。', '!', '?', '：']) {
        return true;
    }
    const NOUNS: [&str; 30] = [
        "경우",
        "행위",
        "사항",
        "사유",
        "내용",
        "자료",
        "정보",
        "것",
        "때",
        "자",
        "등",
        "함",
        "음",
        "임",
        "됨",
        "서비스",
        "기간",
        "방법",
        "절차",
        "금액",
        "기준",
        "기타",
        "수단",
        "권리",
        "의무",
        "책임",
        "용도",
        "목적",
        "게시물",
        "회원",
    ];
    NOUNS.iter().any(|noun| end.trim_end_matches([')', ',']).ends_with(noun))
}

/// Whether the words plainly break off, so that the next line continues them.
pub(super) fn breaks_off(words: &str) -> bool {
    let end = tail(words).trim_end();
    if is_complete(end) {
        return false;
    }
    // - 아 래 -: a line that is set between dashes is whole.
    if words.trim_start().starts_with('-') && end.ends_with('-') {
        return false;
    }
    if end.ends_with([',', '(', '「', '“', '·', 'ㆍ', '-']) {
        return true;
    }
    const OPEN: [&str; 50] = [
        "은",
        "는",
        "을",
        "를",
        "의",
        "에",
        "와",
        "과",
        "로",
        "며",
        "및",
        "또는",
        "한",
        "된",
        "할",
        "될",
        "하여",
        "되어",
        "이어",
        "에서",
        "하여서",
        "면서",
        "로서",
        "해서",
        "적인",
        "에도",
        "라도",
        "에게",
        "하게",
        "되게",
        "거나",
        "하고",
        "되고",
        "이고",
        "않고",
        "있고",
        "받고",
        "따라",
        "수",
        "이",
        "가",
        "그",
        "각",
        "제",
        "본",
        "해",
        "시",
        "중",
        "없이",
        "내지",
    ];
    /// Nouns that end like a particle or an ending.
    const NOUNS: [&str; 75] = [
        "제한",
        "권한",
        "기한",
        "시한",
        "상한",
        "하한",
        "무한",
        "최소한",
        "관할",
        "역할",
        "분할",
        "동의",
        "협의",
        "합의",
        "회의",
        "결의",
        "유의",
        "고의",
        "이의",
        "주의",
        "정의",
        "질의",
        "심의",
        "논의",
        "임의",
        "명의",
        "문의",
        "편의",
        "호의",
        "악의",
        "선의",
        "신의",
        "강의",
        "결과",
        "효과",
        "부과",
        "경과",
        "초과",
        "통과",
        "성과",
        "사과",
        "학과",
        "경로",
        "통로",
        "진로",
        "선로",
        "회로",
        "도로",
        "과로",
        "관로",
        "을",
        "병은",
        "후불은",
        "정은",
        "가을",
        "마을",
        "전과",
        "일과",
        "내과",
        "외과",
        "안과",
        "치과",
        "교과",
        "투과",
        "여과",
        "결제",
        "구제",
        "배제",
        "해제",
        "공제",
        "면제",
        "통제",
        "규제",
        "삭제",
        "강제",
    ];
    let last = end.rsplit(char::is_whitespace).next().unwrap_or(end);
    if NOUNS.iter().any(|noun| last.ends_with(noun)) {
        return false;
    }
    OPEN.iter().any(|word| {
        if matches!(*word, "수" | "이" | "가" | "그" | "각" | "제" | "본" | "해" | "시" | "중") {
            last == *word
        } else {
            last.ends_with(word)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        assert!(ends_sentence("이용할 수 있습니다.”"));
        assert!(ends_sentence("따로 정한다. <개정 2020.1.1>"));
        assert!(ends_sentence("따릅니다(부가세 별도)."));
        assert!(!ends_sentence("요금을 내지 아니한 경우"));
        assert!(is_complete("요금을 내지 아니한 경우"));
        assert!(breaks_off("회사는 이용자에게"));
        assert!(!breaks_off("제2조 정의"));
    }
}
