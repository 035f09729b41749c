//! Model wording made fit for its place: its own numbers off or counted anew, and only the words that really differ. Knows
//! spelling, no findings.

use crate::text::Span;

/// Whether a line begins with the mark of a 항.
pub(super) fn circled(line: &str) -> bool {
    line.chars().next().is_some_and(|c| ('①'..='⑳').contains(&c))
}

/// Wording without the mark of its first line: the clause that takes it has its own.
pub(super) fn unmarked(wording: &str) -> &str {
    let text = wording.trim_start();
    if circled(text) {
        return text.trim_start_matches(|c| ('①'..='⑳').contains(&c)).trim_start();
    }
    let Some((mark, rest)) = text.split_once(". ") else { return text };
    let number = !mark.is_empty() && mark.len() <= 2 && mark.chars().all(|c| c.is_ascii_digit());
    let letter =
        mark.chars().count() == 1 && mark.chars().all(|c| "가나다라마바사아자차카타파하".contains(c));
    if number || letter { rest.trim_start() } else { text }
}

/// The words that differ when `wording` takes the place of `target`, whole words on both sides; all of them where little
/// is the same or the wording has several lines.
pub(super) fn narrowed(text: &str, target: Span, wording: &str) -> (Span, String) {
    let old = target.of(text);
    let whole = || (target, wording.to_owned());
    if wording.contains('\n') || old.contains('\n') || old == wording {
        return whole();
    }
    let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let mut head = same(&mut old.chars().zip(wording.chars()));
    // Back to where a word begins.
    head = word_start(&old[..head]);
    let (rest, new) = (&old[head..], &wording[head..]);
    let mut tail = same(&mut rest.chars().rev().zip(new.chars().rev()));
    let begins = |text: &str| text[..text.len() - tail].chars().next_back().is_none_or(char::is_whitespace);
    if !(begins(rest) && begins(new)) {
        tail = rest[rest.len() - tail..].find(char::is_whitespace).map_or(0, |at| tail - at);
    }
    loop {
        let (gone, come) = (&old[head..old.len() - tail], &wording[head..wording.len() - tail]);
        if (head + tail) * 5 < old.len() * 2 {
            return whole();
        }
        if !gone.trim().is_empty() && !come.trim().is_empty() {
            let start = target.start + head;
            let span = Span::new(start, start + gone.len());
            return (span.trimmed(text), come.trim().to_owned());
        }
        if head == 0 {
            return whole();
        }
        // Nothing goes or nothing comes: the word in front goes along and comes again.
        head = word_start(old[..head].trim_end());
    }
}

/// Where the last word of a text begins.
fn word_start(text: &str) -> usize {
    let blank = text.char_indices().rev().find(|(_, c)| c.is_whitespace());
    blank.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Wording whose 항 are numbered from ①, as they must be in an article of their own; one that is alone has no number.
pub(super) fn numbered(wording: &str) -> String {
    let lines: Vec<&str> = wording.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let marked = lines.iter().filter(|line| circled(line)).count();
    let alone = marked == 1 && lines.first().is_some_and(|line| circled(line));
    let mut number = 0u32;
    let lines = lines.into_iter().map(|line| {
        if !circled(line) {
            return line.to_owned();
        }
        let rest = line.chars().skip(1).collect::<String>();
        let mark = char::from_u32(u32::from('①') + number).filter(|_| number < 20);
        number += 1;
        match mark {
            _ if alone => rest.trim_start().to_owned(),
            Some(mark) => format!("{mark}{rest}"),
            None => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether words end as a Korean sentence does.
pub(super) fn is_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['.', '”', '"', ')']);
    ["다", "요", "까"].iter().any(|end| text.ends_with(end))
}

/// The sentences of a paragraph: each ends with 다., 요. or 오. outside brackets.
pub(super) fn sentences(text: &str, span: Span) -> Vec<Span> {
    let inner = span.of(text);
    let (mut out, mut start, mut depth) = (Vec::new(), 0, 0usize);
    let mut last = ' ';
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '(' | '“' | '「' => depth += 1,
            ')' | '”' | '」' => depth = depth.saturating_sub(1),
            '.' if depth == 0
                && matches!(last, '다' | '요' | '오' | '까')
                && chars.peek().is_none_or(|(_, next)| next.is_whitespace()) =>
            {
                out.push(Span::new(span.start + start, span.start + at + 1).trimmed(text));
                start = at + 1;
            }
            _ => {}
        }
        last = c;
    }
    let rest = Span::new(span.start + start, span.end).trimmed(text);
    if !rest.is_empty() {
        out.push(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_outside_brackets() {
        let text = "회사는 (알린다. 곧) 바꾼다. 이용자는 따른다. 다만 그 밖에는";
        let all = sentences(text, Span::new(0, text.len()));
        let all: Vec<&str> = all.into_iter().map(|span| span.of(text)).collect();
        assert_eq!(all, ["회사는 (알린다. 곧) 바꾼다.", "이용자는 따른다.", "다만 그 밖에는"]);
    }

    #[test]
    fn an_article_of_its_own_counts_from_one() {
        assert_eq!(numbered("③ 알린다.\n1. 방법"), "알린다.\n1. 방법");
        assert_eq!(numbered("② 가\n④ 나\n제한"), "① 가\n② 나\n제한");
        assert_eq!(numbered("서문\n③ 가"), "서문\n① 가");
    }

    #[test]
    fn the_mark_of_another_place_is_taken_off() {
        for (wording, rest) in [
            ("② 알린다.", "알린다."),
            ("3. 기간", "기간"),
            ("가. 기간", "기간"),
            ("회사는 알린다. 곧", "회사는 알린다. 곧"),
        ] {
            assert_eq!(unmarked(wording), rest);
        }
    }

    #[test]
    fn only_the_words_that_differ_are_changed() {
        for (old, new, gone, come) in [
            ("회사는 7일 전에 알린다.", "회사는 30일 전에 알린다.", "7일", "30일"),
            ("회사는 미리 알린다.", "회사는 미리 이메일로 알린다.", "미리", "미리 이메일로"),
            ("회사는 미리 이메일로 알린다.", "회사는 미리 알린다.", "미리 이메일로", "미리"),
            ("끝.", "전혀 다른 글이다.", "끝.", "전혀 다른 글이다."),
            ("회사는 알린다.", "회사는 알린다.\n1. 기간", "회사는 알린다.", "회사는 알린다.\n1. 기간"),
            ("가 나 다 라", "가 나 다 라", "가 나 다 라", "가 나 다 라"),
        ] {
            let (span, words) = narrowed(old, Span::new(0, old.len()), new);
            assert_eq!((span.of(old), words.as_str()), (gone, come), "{old}");
        }
    }

    #[test]
    fn a_case_is_no_sentence() {
        assert!(is_sentence("회사는 배상한다.") && !is_sentence("서버 장애로 인한 손해"));
    }
}
