//! References to provisions: of the same document, of a statute, and relative ones (전항, 각 호).

use super::{FactKind, Here, Read};
use crate::text::Span;

/// What a relative reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relative {
    /// 전조
    PreviousArticle,
    /// 전항
    PreviousParagraph,
    /// 전호
    PreviousItem,
    /// 같은 법, 동법
    SameLaw,
    /// 같은 조, 동조
    SameArticle,
    /// 같은 항, 동항
    SameParagraph,
    /// 본 조, 이 조
    ThisArticle,
    /// 본 항, 이 항
    ThisParagraph,
    /// 각 항
    EachParagraph,
    /// 각 호
    EachItem,
    /// 각 목
    EachSubitem,
    /// 별표, with its number as article when it has one
    Annex,
    /// 별지
    Form,
    /// 부칙
    Addenda,
}

/// A reference. What it does not name is `None`: 제2항 alone has a paragraph only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// Place of the statute's name, without brackets.
    pub law: Option<Span>,
    /// 제N장
    pub chapter: Option<u32>,
    /// 제N조, or the number of a 별표
    pub article: Option<u32>,
    /// 의M of 제N조의M
    pub branch: Option<u32>,
    /// 제N항
    pub paragraph: Option<u32>,
    /// 제N호
    pub item: Option<u32>,
    /// 가목
    pub subitem: Option<char>,
    /// What a relative reference leads to.
    pub relative: Option<Relative>,
}

impl Citation {
    pub(super) fn moved(self, place: impl Fn(usize) -> usize) -> Citation {
        Citation { law: self.law.map(|law| Span::new(place(law.start), place(law.end))), ..self }
    }
}

/// Relative references; those that are words in themselves need no space, a longer one comes first.
const RELATIVE: [(&str, Relative); 24] = [
    ("전조", Relative::PreviousArticle),
    ("전항", Relative::PreviousParagraph),
    ("전호", Relative::PreviousItem),
    ("같은 법", Relative::SameLaw),
    ("같은법", Relative::SameLaw),
    ("동법", Relative::SameLaw),
    ("같은 조", Relative::SameArticle),
    ("동조", Relative::SameArticle),
    ("같은 항", Relative::SameParagraph),
    ("동항", Relative::SameParagraph),
    ("본 조", Relative::ThisArticle),
    ("본조", Relative::ThisArticle),
    ("이 조", Relative::ThisArticle),
    ("본 항", Relative::ThisParagraph),
    ("본항", Relative::ThisParagraph),
    ("이 항", Relative::ThisParagraph),
    ("각 항", Relative::EachParagraph),
    ("각항", Relative::EachParagraph),
    ("각 호", Relative::EachItem),
    ("각호", Relative::EachItem),
    ("각 목", Relative::EachSubitem),
    ("별표", Relative::Annex),
    ("별지", Relative::Form),
    ("부칙", Relative::Addenda),
];

/// Whether a relative reference may begin with `c`.
pub(super) fn may_begin(c: char) -> bool {
    matches!(c, '전' | '같' | '동' | '본' | '이' | '각' | '별' | '부')
}

/// Reads the reference that begins here.
pub(super) fn read(here: Here) -> Read {
    let rest = here.rest();
    if let Some((law, len)) = bracketed_law(rest, here.at) {
        let mut citation = Citation { law: Some(law), ..Citation::default() };
        let gap = rest[len..].len() - rest[len..].trim_start().len();
        let tail = &rest[len + gap..];
        // 「법」 시행령 제3조.
        let rule = ["시행령", "시행규칙"].into_iter().find(|rule| tail.starts_with(rule)).map_or(0, str::len);
        let mut end = len;
        if rule > 0 {
            citation.law = Some(Span::new(law.start, here.at + len + gap + rule));
            end = len + gap + rule;
        }
        let taken = path(&rest[end..], &mut citation).map_or(0, |path| path);
        return Some((FactKind::Citation(citation), here.at, here.at + end + taken));
    }
    if here.before.is_some_and(|c| ('가'..='힣').contains(&c)) && !rest.starts_with('제') {
        return None;
    }
    if let Some((relative, len)) = relative(rest) {
        let mut citation = Citation { relative: Some(relative), ..Citation::default() };
        let mut end = len;
        match relative {
            Relative::Annex | Relative::Form => {
                if let Some((number, taken)) = plain_number(&rest[len..]) {
                    citation.article = Some(number);
                    end += taken;
                }
            }
            _ => end += path(&rest[len..], &mut citation).unwrap_or(0),
        }
        return Some((FactKind::Citation(citation), here.at, here.at + end));
    }
    let mut citation = Citation::default();
    let len = path(rest, &mut citation)?;
    let start = match law_before(here) {
        Some(law) if citation.article.is_some() => {
            citation.law = Some(law);
            law.start
        }
        _ => here.at,
    };
    Some((FactKind::Citation(citation), start, here.at + len))
}

fn relative(rest: &str) -> Option<(Relative, usize)> {
    let (word, relative) = RELATIVE.into_iter().find(|(word, _)| rest.starts_with(word))?;
    let tail = &rest[word.len()..];
    // 전조(前兆), 동조(同調)하다, 이 조건, 각 목적: other words.
    let free = !tail.starts_with(|c: char| ('가'..='힣').contains(&c))
        || [
            "의", "에", "와", "과", "및", "를", "을", "은", "는", "이 ", "가 ", "로", "으로", "제", "상",
            "단서", "본문", "부터", "까지",
        ]
        .iter()
        .any(|particle| tail.starts_with(particle));
    let other = [
        "각 항목",
        "각항목",
        "별지시",
        "동조하",
        "동조를",
        "이 조항",
        "본 조항",
        "본조항",
        "이 항목",
        "본 항목",
        "각 호실",
    ];
    (free && !other.iter().any(|word| rest.starts_with(word))).then_some((relative, word.len()))
}

/// `제N장`, `제N조의M 제N항 제N호 가목`: fills `citation` and gives the length.
fn path(rest: &str, citation: &mut Citation) -> Option<usize> {
    let (mut end, mut level) = (0, 0);
    while let Some(tail) = rest.get(end..) {
        // The first step may stand anywhere; a further one after at most two spaces, and only if it goes deeper.
        let gap = tail.len() - tail.trim_start_matches(' ').len();
        if gap > 2 {
            break;
        }
        let tail = &tail[gap..];
        if let Some(letter) = subitem(tail).filter(|_| level > 0 && level < 5) {
            citation.subitem = Some(letter);
            end += gap + letter.len_utf8() + "목".len();
            break;
        }
        let Some((number, unit, len)) = step(tail) else { break };
        let deeper = match unit {
            '장' => 1,
            '조' => 2,
            '항' => 3,
            _ => 4,
        };
        if deeper <= level {
            break;
        }
        match unit {
            '장' => citation.chapter = Some(number),
            '조' => citation.article = Some(number),
            '항' => citation.paragraph = Some(number),
            _ => citation.item = Some(number),
        }
        level = deeper;
        end += gap + len;
        if unit == '조'
            && let Some((branch, len)) = branch(&rest[end..])
        {
            citation.branch = Some(branch);
            end += len;
        }
    }
    (level > 0).then_some(end)
}

/// 제 12 조, 제②항, 7조 behind a law's name are 제N + unit; without 제 only 조 followed by no other word.
fn step(tail: &str) -> Option<(u32, char, usize)> {
    let inner = tail.strip_prefix('제')?.trim_start_matches(' ');
    let (number, len) = ordinal(inner)?;
    let after = inner[len..].trim_start_matches(' ');
    let unit = after.chars().next().filter(|c| "장조항호".contains(*c))?;
    let end = tail.len() - after.len() + unit.len_utf8();
    // 제1항목, 제3호실, 제2조건: other words.
    let other = ["항목", "호실", "호기", "조건", "조합", "장치", "장소"];
    (!other.iter().any(|word| after.starts_with(word))).then_some((number, unit, end))
}

fn ordinal(text: &str) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some((u32::from(first) - u32::from('①') + 1, first.len_utf8()));
    }
    plain_number(text).filter(|_| first.is_ascii_digit())
}

/// A number of at most four digits, after spaces or an opening bracket.
fn plain_number(text: &str) -> Option<(u32, usize)> {
    let tail = text.trim_start_matches(' ');
    let len = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
    let number = tail.get(..len).filter(|digits| (1..=4).contains(&digits.len()))?.parse().ok()?;
    Some((number, text.len() - tail.len() + len))
}

/// 의2, 의 2 behind 제8조; not the particle of 제8조의 2 개 항목.
fn branch(tail: &str) -> Option<(u32, usize)> {
    let inner = tail.trim_start_matches(' ').strip_prefix('의')?;
    let (number, len) = plain_number(inner)?;
    let after = inner[len..].trim_start_matches(' ');
    let clear = !after.starts_with(|c: char| ('가'..='힣').contains(&c))
        || [
            "제", "에", "의", "및", "와", "과", "를", "을", "는", "은", "단", "본", "항", "부", "까", "내",
            "로", "으",
        ]
        .iter()
        .any(|word| after.starts_with(word));
    clear.then_some((number, tail.len() - inner.len() + len))
}

fn subitem(tail: &str) -> Option<char> {
    let mut chars = tail.chars();
    let letter = chars.next().filter(|c| "가나다라마바사아자차카타파하".contains(*c))?;
    let free = chars.next() == Some('목') && !chars.next().is_some_and(|c| "적록차표".contains(c));
    free.then_some(letter)
}

/// 「…」 or 『…』 with a name that reads like a statute's: its place without brackets and the whole length.
fn bracketed_law(rest: &str, at: usize) -> Option<(Span, usize)> {
    let close = match rest.chars().next()? {
        '「' => '」',
        '『' => '』',
        _ => return None,
    };
    let open = '「'.len_utf8();
    let end = rest.char_indices().take(80).find(|(_, c)| *c == close)?.0;
    let name = rest[open..end].trim();
    let law = ["법", "법률", "령", "규칙", "규정", "고시", "조례", "기준", "지침"]
        .iter()
        .any(|tail| name.ends_with(tail));
    (law && end > open).then(|| (Span::new(at + open, at + end), end + close.len_utf8()))
}

/// The name of a statute right before here, without brackets: 약관법 제3조, 개인정보 보호법 제26조.
fn law_before(here: Here) -> Option<Span> {
    let past = here.past();
    let head = past.trim_end_matches(' ');
    let name =
        head.rsplit([' ', '(', ',', '·', '"', '\'', '「', '『', '[']).next().filter(|word| is_law(word))?;
    let mut start = head.len() - name.len();
    // Further words of the name: 개인정보 보호법, 약관의 규제에 관한 법률.
    let mut short = name.chars().count() <= 3
        && matches!(name, "법률" | "보호법" | "촉진법" | "이용법" | "시행령" | "시행규칙" | "진흥법");
    while short {
        let before = head[..start].trim_end_matches(' ');
        let word = before.rsplit([' ', '(', ',', '"', '\'', '「', '『', '[']).next().unwrap_or_default();
        if word.is_empty()
            || word.ends_with(['은', '는', '을', '를', '가', '도', '고', '며', '.'])
            || before.ends_with(',')
        {
            break;
        }
        start = before.len() - word.len();
        short = word.ends_with("관한")
            || word.ends_with(['에', '및', '의', '등'])
            || matches!(word, "보호" | "발전" | "촉진");
    }
    let base = here.at - past.len();
    Some(Span::new(base + start, base + head.len()))
}

fn is_law(word: &str) -> bool {
    ["법", "법률", "시행령", "시행규칙"].iter().any(|tail| word.ends_with(tail))
        && word.chars().count() >= 2
        && !["방법", "불법", "위법", "적법", "합법", "편법", "문법", "기법", "동법"]
            .iter()
            .any(|tail| word.ends_with(tail))
}

#[cfg(test)]
mod tests {
    use super::super::facts;
    use super::*;

    fn read(text: &str) -> Vec<(String, Citation)> {
        let cited = |fact: &super::super::Fact| match fact.kind {
            FactKind::Citation(citation) => Some((fact.span.of(text).to_owned(), citation)),
            _ => None,
        };
        facts(text).iter().filter_map(cited).collect()
    }

    #[test]
    fn paths_are_read_however_spaced() {
        for text in
            ["제8조의2제1항제3호가목", "제 8 조의 2 제 1 항 제 3 호 가목", "제8조의2 제①항 제3호 가목에"]
        {
            let read = read(text);
            let expected = Citation {
                article: Some(8),
                branch: Some(2),
                paragraph: Some(1),
                item: Some(3),
                subitem: Some('가'),
                ..Citation::default()
            };
            assert_eq!(read.iter().map(|(_, citation)| *citation).collect::<Vec<_>>(), [expected], "{text}");
        }
        let list = read("제5조 제1항 및 제2항, 제7조 내지 제9조");
        assert_eq!(
            list.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(),
            ["제5조 제1항", "제2항", "제7조", "제9조"]
        );
    }

    #[test]
    fn statutes_are_named() {
        for (text, law, article) in [
            ("「약관의 규제에 관한 법률」 제7조에 따라", "약관의 규제에 관한 법률", 7),
            ("「개인정보 보호법」 시행령 제28조", "개인정보 보호법」 시행령", 28),
            ("회사는 개인정보 보호법 제26조를 따른다", "개인정보 보호법", 26),
            ("약관의 규제에 관한 법률 제9조", "약관의 규제에 관한 법률", 9),
            ("이 경우 민법 제390조", "민법", 390),
        ] {
            let read = read(text);
            assert_eq!(read.len(), 1, "{text}");
            assert_eq!(
                (read[0].1.law.map(|law| law.of(text)), read[0].1.article),
                (Some(law), Some(article)),
                "{text}"
            );
        }
        assert!(read("이용 방법 제3조").iter().all(|(_, citation)| citation.law.is_none()));
    }

    #[test]
    fn relative_references_are_read_and_other_words_are_not() {
        for (text, relative) in [
            ("전항의 경우", Relative::PreviousParagraph),
            ("다음 각 호의 사항", Relative::EachItem),
            ("같은 조 제2항", Relative::SameArticle),
            ("본 조에 따라", Relative::ThisArticle),
            ("별표 2와 같다", Relative::Annex),
            ("동법 제5조", Relative::SameLaw),
        ] {
            assert_eq!(
                read(text).first().map(|(_, citation)| citation.relative),
                Some(Some(relative)),
                "{text}"
            );
        }
        for text in [
            "각 항목을",
            "이 조건에",
            "동조하는",
            "본 조항",
            "본조직",
            "제1항목",
            "이 조치",
            "별표시",
            "부칙적",
            "이전조치",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
