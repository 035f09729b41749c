//! Sentences: where one ends and the next begins, lists, numbers and wrapped lines included. Knows punctuation and
//! morphemes, no document structure.

use super::analyzer::Morphs;
use super::tag::Tag;
use crate::text::Span;

impl Morphs {
    /// The sentences of `span`, trimmed, in text order. A point ends one behind a word (한다.), not behind a number, a
    /// list letter (가.) or inside brackets and quotes; a line break ends one unless the line goes on in the next.
    pub fn sentences(&self, span: Span) -> Vec<Span> {
        let text = self.text();
        let mut sentences = Vec::new();
        let (mut start, mut line) = (span.start, span.start);
        let mut closers: Vec<char> = Vec::new();
        let mut chars = span.of(text).char_indices().map(|(at, c)| (span.start + at, c)).peekable();
        let mut cut = |start: &mut usize, end: usize| {
            let sentence = Span::new(*start, end).trimmed(text);
            if !sentence.is_empty() {
                sentences.push(sentence);
            }
            *start = end;
        };
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            match c {
                '\n' => {
                    closers.clear();
                    let rest = Span::new(at + 1, span.end).of(text);
                    if !self.goes_on(Span::new(line, at), rest) {
                        cut(&mut start, at + 1);
                    }
                    line = at + 1;
                }
                '(' | '“' | '‘' | '「' | '『' | '[' if closers.len() < 8 => closers.push(closer(c)),
                _ if closers.last() == Some(&c) => {
                    closers.pop();
                }
                '.' | '!' | '?' | '。' if ends(&text[start..at], c, next) => {
                    // Open brackets hold a sentence together, unless they never close near by on this line.
                    if !closers.is_empty() {
                        let mut near = text[at..span.end].chars().take(300).take_while(|c| *c != '\n');
                        if near.any(|c| closers.contains(&c)) {
                            continue;
                        }
                    }
                    closers.clear();
                    let mut end = at + c.len_utf8();
                    while let Some((at, c)) =
                        chars.next_if(|(_, c)| matches!(c, '"' | '\'' | '”' | '’' | ')' | '」'))
                    {
                        end = at + c.len_utf8();
                    }
                    cut(&mut start, end);
                }
                _ => {}
            }
        }
        cut(&mut start, span.end);
        sentences
    }

    /// Whether the sentence of `line` goes on in the text `rest` below it.
    fn goes_on(&self, line: Span, rest: &str) -> bool {
        let below = rest.lines().next().unwrap_or_default().trim();
        let above = line.trimmed(self.text());
        if below.is_empty() || above.is_empty() || begins_item(below) {
            return false;
        }
        let words = self.in_span(above);
        let Some(last) = words.clone().next_back().and_then(|i| self.get(i)) else { return false };
        let next = self.get(words.end).filter(|next| next.span.start < line.end + 1 + rest.len());
        match last.last {
            tag if tag.is_particle() => true,
            Tag::EC | Tag::ETM | Tag::MAJ | Tag::XPN | Tag::MM | Tag::EP => true,
            Tag::SC => above.of(self.text()).ends_with([',', '·', '/']),
            // A noun ends a heading or an item, or stands in mid-sentence: what follows tells, else the line's length.
            tag if tag.is_noun() || tag == Tag::XSN => {
                let tied = next.is_some_and(|next| {
                    next.tag.is_particle() || matches!(next.tag, Tag::XSV | Tag::XSA | Tag::XSN | Tag::VCP)
                });
                tied || above.of(self.text()).chars().count() >= 40
            }
            _ => false,
        }
    }
}

fn closer(open: char) -> char {
    match open {
        '(' => ')',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        _ => ']',
    }
}

/// Whether the mark `c` behind `before` ends a sentence.
fn ends(before: &str, c: char, next: Option<char>) -> bool {
    if c != '.' {
        return !next.is_some_and(|next| matches!(next, '!' | '?' | '.'));
    }
    let mut back = before.chars().rev().skip_while(|c| matches!(c, '"' | '\'' | '”' | '’' | ')' | '」'));
    let Some(last) = back.next() else { return false };
    if !('가'..='힣').contains(&last) {
        // 제1조. and 3.5 and e-mail. are no ends; a unit or a bracket with nothing behind it is (… 99.9%.).
        return next.is_none_or(char::is_whitespace) && matches!(last, '%' | '％');
    }
    // 가. at the beginning of an item is its letter.
    let alone = back.next().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '['));
    if alone {
        return false;
    }
    // 제1조. behind a heading's number.
    if matches!(last, '조' | '항' | '호') && before.chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit())
    {
        return false;
    }
    match next {
        None => true,
        Some(next)
            if next.is_whitespace() || matches!(next, '"' | '\'' | '”' | '’' | ')' | '」' | '①'..='⑳') =>
        {
            true
        }
        // 한다.다만: the space is missing; only a final syllable allows it.
        // …로 본다.는 내용을, …한다.라고: the quotation goes on.
        Some('는' | '라') => false,
        Some(next) => {
            "다요음임함됨".contains(last)
                && (('가'..='힣').contains(&next) || next.is_ascii_digit() || next == '(')
        }
    }
}

/// Whether a line begins like an item, a heading or a bullet.
fn begins_item(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    match first {
        '①'..='⑳'
        | '㉠'..='㉭'
        | '-'
        | '*'
        | '•'
        | '▪'
        | '※'
        | '□'
        | '○'
        | 'ㅁ'
        | '·'
        | '#'
        | '【'
        | '['
        | '<'
        | '|'
        | '■' => true,
        '(' => {
            let inner: String = chars.take_while(|c| *c != ')').take(4).collect();
            !inner.is_empty() && (inner.chars().all(|c| c.is_ascii_digit()) || inner.chars().count() == 1)
        }
        '0'..='9' => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(['.', ')']) && !rest[1..].starts_with(|c: char| c.is_ascii_digit())
        }
        '가' | '나' | '다' | '라' | '마' | '바' | '사' | '아' | '자' | '차' | '카' | '타' | '파' | '하' =>
        {
            matches!(chars.next(), Some('.' | ')'))
        }
        '제' => {
            let rest = line['제'.len_utf8()..].trim_start();
            let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
            let number = rest.starts_with(|c: char| c.is_ascii_digit());
            // 제3조에 따라 goes on; 제3조(목적) and 제3장 총칙 are headings.
            number && unit.starts_with(['조', '장', '절', '편', '관']) && {
                let after: String = unit.chars().skip(1).take(1).collect();
                matches!(after.as_str(), "" | " " | "(" | "[" | "【" | ".")
            }
        }
        _ => line.starts_with("부칙") || line.starts_with("별표") || line.starts_with("별지"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Analyzer;
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let morphs = Analyzer::new().unwrap().analyze(text);
        morphs.sentences(Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn points_end_sentences_only_behind_words() {
        for (text, expected) in [
            ("회사는 알린다. 이용자는 읽는다.", vec!["회사는 알린다.", "이용자는 읽는다."]),
            ("가용률은 99.9% 이상이다. 3.5%를 뺀다.", vec!["가용률은 99.9% 이상이다.", "3.5%를 뺀다."]),
            ("1. 회사는 알린다.\n2. 이용자는 읽는다.", vec!["1. 회사는 알린다.", "2. 이용자는 읽는다."]),
            ("가. 요금을 낸다.\n나. 쓴다.", vec!["가. 요금을 낸다.", "나. 쓴다."]),
            ("제1조. 목적을 정한다.", vec!["제1조. 목적을 정한다."]),
            ("알린다.다만, 급하면 그러하지 아니하다.", vec!["알린다.", "다만, 급하면 그러하지 아니하다."]),
            (
                "e-mail은 help@example.com으로 보낸다. 끝.",
                vec!["e-mail은 help@example.com으로 보낸다.", "끝."],
            ),
            (
                "알린다(서면으로 한다. 전화는 안 된다). 지킨다.",
                vec!["알린다(서면으로 한다. 전화는 안 된다).", "지킨다."],
            ),
            ("“끝났다. 돌아간다.”라고 적는다. 보낸다.", vec!["“끝났다. 돌아간다.”라고 적는다.", "보낸다."]),
            ("정말입니까? 그렇습니다!", vec!["정말입니까?", "그렇습니다!"]),
            (
                "2024. 3. 1.부터 시행한다. 그 전에는 아니다.",
                vec!["2024. 3. 1.부터 시행한다.", "그 전에는 아니다."],
            ),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn a_wrapped_line_goes_on() {
        for (text, count) in [
            ("회사는 이용자의 정보를\n지킨다.", 1),
            ("회사는 이용자가 요청하면\n지체 없이 지운다.", 1),
            ("이용자는 다음 각 호를 지킨다.\n1. 암호의 보관\n2. 요금의 납부", 3),
            ("제1조(목적)\n이 약관은 권리를 정한다.", 2),
            ("회사는 다음 사항을\n\n지킨다.", 2),
            ("회사는 제3자에게 서비스의 운영을 맡길 수 있으며, 이때에도 이용자에 대한 책임\n을 진다.", 1),
        ] {
            assert_eq!(sentences(text).len(), count, "{text}: {:?}", sentences(text));
        }
    }

    #[test]
    fn an_open_bracket_does_not_swallow_the_rest() {
        assert_eq!(sentences("회사는 (이하 생략 알린다. 이용자는 읽는다.").len(), 2);
        assert_eq!(sentences("").len(), 0);
        assert_eq!(sentences("...").len(), 1);
    }
}
