//! References in running text: to the contract's own clauses (제5조 제2항, 전항, 각 호, 별표 1, 섹션 2.3) and to
//! statutes (「약관의 규제에 관한 법률」 제6조, 민법 제390조, 같은 법 시행령 제3조). Looks at the wording only.

use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// What a reference points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A clause of the same document by number; missing parts mean the clause in which the reference stands.
    Clause(ClauseRef),
    /// 전조, 전항, 전호, 같은 조, 이 항, 각 호: relative to where the reference stands.
    Relative(Relative),
    /// 별표 1, 별지 제2호, 별첨: the word and its number.
    Annex(String, Option<u32>),
    /// A numbered section of a document without 조: "2.3".
    Section(String),
    /// A provision of a statute; the name as printed ("약관의 규제에 관한 법률", "같은 법 시행령").
    Statute(String, Option<ClauseRef>),
}

/// Numbers of a reference; ranges carry their end (제1호부터 제3호까지).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClauseRef {
    /// 조 and its 가지번호 (0 for none).
    pub article: Option<(u32, u32)>,
    /// 항
    pub paragraph: Option<u32>,
    /// 호 and its 가지번호.
    pub item: Option<(u32, u32)>,
    /// 목 from 1.
    pub subitem: Option<u32>,
    /// The last number of a range of the smallest unit named.
    pub through: Option<u32>,
}

/// References that have no number of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relative {
    /// 전조, 앞 조
    PreviousArticle,
    /// 전항, 앞 항
    PreviousParagraph,
    /// 전호, 앞 호
    PreviousItem,
    /// 본조, 이 조, 같은 조, 동조
    SameArticle,
    /// 이 항, 본 항, 같은 항, 동항
    SameParagraph,
    /// 각 항
    EachParagraph,
    /// 각 호
    EachItem,
    /// 각 목
    EachSubitem,
}

/// One reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Where it stands in the text that was searched.
    pub span: Span,
    /// What it points to.
    pub target: Target,
}

#[allow(clippy::unwrap_used, reason = "constant patterns, compiled in tests")]
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    let unit = r"제\s*(?P<a>\d+)\s*조(?:\s*의\s*(?P<ab>\d+))?(?:\s*제\s*(?P<p>\d+|[①-⑳])\s*항|\s*(?P<p2>\d+)\s*항)?(?:\s*제\s*(?P<i>\d+)\s*호(?:의\s*(?P<ib>\d+))?)?(?:\s*(?P<m>[가-하])\s*목)?|제\s*(?P<bp>\d+|[①-⑳])\s*항(?:\s*제\s*(?P<bi>\d+)\s*호(?:의\s*(?P<bib>\d+))?)?(?:\s*(?P<bm>[가-하])\s*목)?|제\s*(?P<ci>\d+)\s*호(?:의\s*(?P<cib>\d+))?(?:\s*(?P<cm>[가-하])\s*목)?";
    let law = r"(?:[「『](?P<quoted>[^」』\n]{2,60})[」』]|(?P<same>(?:같은|동|위)\s?법(?:률)?(?:\s?시행(?:령|규칙))?)|(?P<law>[가-힣ㆍ·]{1,30}(?:법|법률|시행령|시행규칙|규정|조례|헌법)))";
    Regex::new(&format!(
        r"(?:{law}\s*)?(?:{unit})(?:\s*(?:내지|부터|에서|[~∼-])\s*제\s*(?P<to>\d+)\s*(?:조|항|호)(?:의\s*\d+)?(?:\s*까지)?)?|[「『](?P<only>[^」』\n]{{2,60}}(?:법|법률|령|규칙|규정|고시|조례|지침|기준))[」』]|(?P<annex>별표|별지|별첨|붙임|부속서)\s*(?:제?\s*(?P<an>\d+)\s*호?)?|(?:(?:[Ss]ection|섹션|단락)\s*)(?P<sec>\d+(?:\.\d+)*)|(?P<rel>전\s?조|전\s?항|전\s?호|앞\s조|앞\s항|앞\s호|본\s?조|이\s조|같은\s?조|동조|본\s?항|이\s항|같은\s?항|동항|각\s?항|각\s?호|각\s?목)"
    ))
    .unwrap()
});

/// All references in `text`, in order, spans into `text`.
pub fn citations(text: &str) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut before = 0;
    for caps in REFERENCE.captures_iter(text) {
        let Some(whole) = caps.get(0) else { continue };
        let span = Span::new(whole.start(), whole.end());
        let number = |name: &str| caps.name(name).and_then(|m| read(m.as_str()));
        let branch = |name: &str| number(name).unwrap_or(0);
        let target = if let Some(name) = caps.name("only") {
            Target::Statute(name.as_str().to_owned(), None)
        } else if let Some(word) = caps.name("annex") {
            Target::Annex(word.as_str().to_owned(), number("an"))
        } else if let Some(section) = caps.name("sec") {
            Target::Section(section.as_str().to_owned())
        } else if let Some(word) = caps.name("rel") {
            match relative(word.as_str(), &text[before..whole.start()], &text[whole.end()..]) {
                Some(relative) => Target::Relative(relative),
                None => continue,
            }
        } else {
            let clause = ClauseRef {
                article: number("a").map(|n| (n, branch("ab"))),
                paragraph: number("p").or_else(|| number("p2")).or_else(|| number("bp")),
                item: number("i")
                    .map(|n| (n, branch("ib")))
                    .or_else(|| number("bi").map(|n| (n, branch("bib"))))
                    .or_else(|| number("ci").map(|n| (n, branch("cib")))),
                subitem: ["m", "bm", "cm"]
                    .iter()
                    .find_map(|name| caps.name(name))
                    .and_then(|m| m.as_str().chars().next())
                    .and_then(super::path::subitem_number),
                through: number("to"),
            };
            let statute = ["quoted", "same", "law"].iter().find_map(|name| caps.name(name));
            match statute.filter(|name| !is_this_contract(name.as_str())) {
                Some(name) => Target::Statute(name.as_str().trim().to_owned(), Some(clause)),
                None => match joined_statute(&found, text, span) {
                    Some(name) => Target::Statute(name, Some(clause)),
                    None => Target::Clause(clause),
                },
            }
        };
        before = whole.end();
        found.push(Citation { span, target });
    }
    found
}

/// 「법률」 제3조 및 제5조: the second number belongs to the same statute.
fn joined_statute(found: &[Citation], text: &str, span: Span) -> Option<String> {
    let last = found.last()?;
    let between = text.get(last.span.end..span.start)?.trim();
    let joins =
        between.is_empty() || matches!(between, "," | "및" | "또는" | "·" | "ㆍ" | "와" | "과" | "내지");
    match &last.target {
        Target::Statute(name, _) if joins => Some(name.clone()),
        _ => None,
    }
}

fn is_this_contract(name: &str) -> bool {
    ["약관", "계약", "협약", "운영정책"].iter().any(|word| name.ends_with(word))
        || matches!(name, "방법" | "본 규정" | "이 규정")
}

fn read(text: &str) -> Option<u32> {
    match text.chars().next()? {
        c @ '①'..='⑳' => Some(u32::from(c) - 0x245F),
        _ => text.parse().ok(),
    }
}

fn relative(word: &str, before: &str, after: &str) -> Option<Relative> {
    let squeezed: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    // 유전호, 안전조치, 각호텔: part of another word.
    if before.chars().next_back().is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let next = after.chars().next();
    let apart = next.is_none_or(|c| !c.is_alphanumeric());
    let particle = [
        "의", "에", "를", "을", "은", "는", "와", "과", "에서", "로", "으로", "가", "이", "부터", "까지",
        "제",
    ]
    .iter()
    .any(|p| after.starts_with(p));
    if !(apart || particle) {
        return None;
    }
    Some(match squeezed.as_str() {
        "전조" | "앞조" => Relative::PreviousArticle,
        "전항" | "앞항" => Relative::PreviousParagraph,
        "전호" | "앞호" => Relative::PreviousItem,
        "본조" | "이조" | "같은조" | "동조" => Relative::SameArticle,
        "본항" | "이항" | "같은항" | "동항" => Relative::SameParagraph,
        "각항" => Relative::EachParagraph,
        "각호" => Relative::EachItem,
        "각목" => Relative::EachSubitem,
        _ => return None,
    })
}

/// Whether the text behind a number (`제10조`, `제10조(의무)`) shows that it was a reference: a particle, another
/// number, a conjunction.
pub fn continues_reference(after: &str) -> bool {
    let spaced = after.starts_with(char::is_whitespace);
    let rest = after.trim_start();
    if rest.starts_with([',', '，', '·', 'ㆍ', '~', '∼', ';']) {
        return true;
    }
    const WORDS: [&str; 21] = [
        "및 ", "또는 ", "내지", "부터", "까지", "에서", "에 ", "의 ", "을 ", "를 ", "와 ", "과 ", "각 호",
        "각호", "각 항", "전단", "후단", "단서", "본문", "중 ", "이나 ",
    ];
    if WORDS.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    // A particle may end a wrapped line.
    if ["에", "의", "을", "를", "와", "과", "및", "은", "는", "또는"].contains(&rest.trim_end()) {
        return true;
    }
    if let Some(number) = rest.strip_prefix('제').map(str::trim_start)
        && number.starts_with(|c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c))
    {
        return true;
    }
    if spaced {
        return false;
    }
    const TIGHT: [&str; 20] = [
        "에는", "에도", "에게", "에서", "에 ", "은 ", "는 ", "도 ", "로 ", "으로", "만 ", "가 ", "이나",
        "이란", "상의 ", "상 ", "소정", "에의", "의한", "이라",
    ];
    if TIGHT.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    // "제1조(목적)이 약관은" has a demonstrative, "제5조(대금)이 적용" a particle.
    rest.starts_with("이 ")
        && ![
            "약관",
            "계약",
            "규정",
            "서비스",
            "운영",
            "이용",
            "정책",
            "합의",
            "협약",
            "조는",
            "조에",
            "문서",
            "동의",
            "방침",
            "내규",
            "회칙",
            "지침",
        ]
        .iter()
        .any(|word| rest[4..].starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(text: &str) -> Vec<Target> {
        citations(text).into_iter().map(|c| c.target).collect()
    }

    #[test]
    fn own_clauses() {
        let text = "제5조 제2항 및 제8조의2제1항제3호에 따라 정한다";
        let found = citations(text);
        assert_eq!(found[0].span.of(text), "제5조 제2항");
        assert_eq!(
            found[1].target,
            Target::Clause(ClauseRef {
                article: Some((8, 2)),
                paragraph: Some(1),
                item: Some((3, 0)),
                ..ClauseRef::default()
            })
        );
        let range = targets("제1호부터 제3호까지의 사유");
        assert_eq!(
            range,
            [Target::Clause(ClauseRef { item: Some((1, 0)), through: Some(3), ..ClauseRef::default() })]
        );
    }

    #[test]
    fn relative_references() {
        assert_eq!(
            targets("전항의 각 호와 같은 조는 별표 1과 섹션 2.3에 따른다"),
            [
                Target::Relative(Relative::PreviousParagraph),
                Target::Relative(Relative::EachItem),
                Target::Relative(Relative::SameArticle),
                Target::Annex("별표".into(), Some(1)),
                Target::Section("2.3".into()),
            ]
        );
        assert!(targets("안전조치와 사전조사를 한다").is_empty());
    }

    #[test]
    fn statutes_are_not_clauses() {
        let article = |n| ClauseRef { article: Some((n, 0)), ..ClauseRef::default() };
        assert_eq!(
            targets(
                "「약관의 규제에 관한 법률」 제6조 및 제9조, 민법 제390조, 같은 법 시행령 제3조, 이 약관 제7조"
            ),
            [
                Target::Statute("약관의 규제에 관한 법률".into(), Some(article(6))),
                Target::Statute("약관의 규제에 관한 법률".into(), Some(article(9))),
                Target::Statute("민법".into(), Some(article(390))),
                Target::Statute("같은 법 시행령".into(), Some(article(3))),
                Target::Clause(article(7)),
            ]
        );
    }

    #[test]
    fn what_follows_a_reference() {
        for after in [
            "에 따라",
            "의 규정",
            " 제3항",
            "제3항에",
            ", 제6조",
            " 및 제7조",
            "를 위반한",
            " 단서에",
            "이 적용되는",
        ] {
            assert!(continues_reference(after), "{after}");
        }
        for after in ["", " 회사는", " 의무", "이 약관은", " 이용자는", "회사는", " ① 회사는"]
        {
            assert!(!continues_reference(after), "{after}");
        }
    }
}
