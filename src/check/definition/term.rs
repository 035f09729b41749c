//! The terms that a contract defines: `“회원”이란 …을 말한다`, `(이하 “서비스”라 한다)`. One pass over the lines.

use super::super::at::{self, squeeze, tail};
use crate::contract::Contract;
use crate::text::Span;

/// A term where it is defined.
#[derive(Clone, Debug)]
pub(super) struct Term<'t> {
    /// The name as printed, without quotes.
    pub(super) name: &'t str,
    /// The name in the text.
    pub(super) span: Span,
    /// What is said of it.
    pub(super) says: Says<'t>,
    /// The whole definition.
    whole: Span,
    /// Where the definition begins; names that are given together (이하 ‘당사’, ‘저희’) begin together.
    pub(super) group: usize,
}

/// What a definition says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says<'t> {
    /// What the term means: the words behind it.
    Meaning(&'t str),
    /// What it is short for: the words before it.
    Name(&'t str),
}

impl Term<'_> {
    /// How the name may be written, without gaps: `아이디(ID)` is 아이디 and ID; 등 may be left out.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = vec![squeeze(self.name)];
        if let Some((first, rest)) = self.name.split_once(['(', '（']) {
            names.push(squeeze(first));
            names.push(squeeze(rest.trim_end_matches([')', '）'])));
        }
        for separator in ["/", " 또는 ", ",", "또는"] {
            if self.name.contains(separator) {
                names.extend(self.name.split(separator).map(squeeze));
            }
        }
        let short: Vec<String> = names
            .iter()
            .filter_map(|name| name.strip_suffix('등').or_else(|| name.strip_prefix('본')).map(str::to_owned))
            .collect();
        names.extend(short);
        names.retain(|name| !name.is_empty());
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What belongs to the definition itself, where the name is not used.
    pub(super) fn own(&self) -> Span {
        self.whole
    }

    /// Whether anything is reported of it: one letter (갑) and long phrases are no terms.
    pub(super) fn is_told(&self) -> bool {
        let letters = self.name.chars().filter(|c| c.is_alphanumeric()).count();
        (2..=20).contains(&letters) && !self.name.contains(['.', ':', ';', '?'])
    }
}

const OPEN: [char; 9] = ['"', '\'', '“', '‘', '「', '『', '”', '’', '`'];

/// All definitions in text order.
pub(super) fn terms<'t>(contract: &Contract<'t>) -> Vec<Term<'t>> {
    let text = contract.document.text();
    let mut terms = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for (at, _) in line.match_indices("이하") {
            named(text, start, line, at, &mut terms);
        }
        meant(text, start, line, &mut terms);
        start += line.len();
    }
    terms.sort_by_key(|term| term.span.start);
    terms
}

/// A name in quotes at the beginning of `rest`, and where it ends.
fn quoted(rest: &str) -> Option<(&str, usize, usize)> {
    let open = rest.chars().next().filter(|c| OPEN.contains(c))?;
    let inner = &rest[open.len_utf8()..];
    let close = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | '“' | '‘' | '`');
    let (end, last) = inner.char_indices().take(30).find(|(_, c)| close(*c))?;
    let name = inner[..end].trim();
    (!name.is_empty()).then_some((name, open.len_utf8(), open.len_utf8() + end + last.len_utf8()))
}

/// `(이하 “서비스”, ‘본 서비스’라 한다)`: every name in quotes behind 이하.
fn named<'t>(text: &'t str, start: usize, line: &'t str, at: usize, terms: &mut Vec<Term<'t>>) {
    if line[..at].ends_with(at::is_word) {
        return;
    }
    let mut place = at + "이하".len();
    let front = tail(line[..at].trim_end_matches(['(', '[', ' ', ',']), 24);
    let mut first = true;
    loop {
        let rest = &line[place..];
        let lead = rest.trim_start_matches([' ', ',', ':', '\u{a0}']);
        let lead = if first {
            lead
        } else {
            ["또는", "혹은", "및"]
                .iter()
                .find_map(|word| lead.strip_prefix(word))
                .unwrap_or(lead)
                .trim_start()
        };
        let skipped = rest.len() - lead.len();
        let Some((name, open, end)) = quoted(lead) else { break };
        let from = start + place + skipped;
        let span = Span::new(from + open, from + end);
        let span = Span::new(span.start, span.start + name.len());
        let span = if span.of(text) == name { span } else { Span::new(from, from + end) };
        terms.push(Term {
            name,
            span,
            says: Says::Name(front),
            whole: Span::new(from, from + end),
            group: start + at,
        });
        place += skipped + end;
        first = false;
    }
}

/// `“회원”이란 …을 말한다`; at the start of a clause also without quotes.
fn meant<'t>(text: &'t str, start: usize, line: &'t str, terms: &mut Vec<Term<'t>>) {
    let mut free = 0;
    for (at, _) in line.char_indices().filter(|(_, c)| OPEN.contains(c)) {
        if at < free {
            continue;
        }
        let Some((name, open, end)) = quoted(&line[at..]) else { continue };
        free = at + end;
        let after = line[at + end..].trim_start_matches(['"', '”', '\'', '’', ' ']);
        let after = match after.strip_prefix('(') {
            Some(rest) => {
                rest.find(')').filter(|end| *end < 60).map_or(after, |end| rest[end + 1..].trim_start())
            }
            None => after,
        };
        // A statute in quotes is no term, and neither is what was just called so.
        let law = ["법", "법률", "령"].iter().any(|end| name.ends_with(end));
        let shortened = tail(&line[..at], 4).contains("이하");
        if law || shortened {
            continue;
        }
        if let Some(meaning) = meaning(after) {
            let from = start + at;
            let whole = Span::new(from, from + end);
            let span = Span::new(from + open, from + open + name.len());
            let span = if span.of(text) == name { span } else { whole };
            terms.push(Term {
                name,
                span,
                says: Says::Meaning(meaning),
                whole: sentence(text, whole),
                group: from,
            });
        }
    }
    bare(text, start, line, terms);
}

/// `회원이라 함은 …`, `회원이란 …`, `회원: …을 말한다` at the start of a line.
fn bare<'t>(text: &'t str, start: usize, line: &'t str, terms: &mut Vec<Term<'t>>) {
    let near = at::head(line, 50);
    let Some((at, link)) = ["이라 함은", "라 함은", "이라함은", "라함은", "이란 ", "란 ", ": "]
        .iter()
        .filter_map(|link| Some((near.find(link)?, *link)))
        .min()
    else {
        return;
    };
    let front = &near[..at];
    let name = front.trim_start_matches(|c: char| !c.is_alphabetic() || ('①'..='⑳').contains(&c));
    // 가. 나. before the name.
    let name = match name.char_indices().nth(1) {
        Some((at, '.' | ')')) => name[at + 1..].trim_start(),
        _ => name,
    };
    let marks = name.len() - name.trim_end_matches(['*', '_', '`', ' ']).len();
    let name = &name[..name.len() - marks];
    if name.is_empty()
        || name.chars().count() > 14
        || name.contains(|c: char| OPEN.contains(&c) || matches!(c, ',' | ':' | ')'))
    {
        return;
    }
    let from = start + at - marks - name.len();
    let after = &line[at + link.len()..];
    if let Some(says) = says(after) {
        let span = Span::new(from, from + name.len());
        terms.push(Term { name, span, says: Says::Meaning(says), whole: sentence(text, span), group: from });
    }
}

/// The words of a meaning behind 이란.
fn meaning(after: &str) -> Option<&str> {
    let links = [
        "이라 함은",
        "라 함은",
        "이라함은",
        "라함은",
        "이라고 함은",
        "라고 함은",
        "이란",
        "란",
        "은 ",
        "는 ",
    ];
    let rest = links.iter().find_map(|link| after.strip_prefix(link))?;
    says(rest)
}

/// The words up to 말한다, when the sentence says what something means.
fn says(rest: &str) -> Option<&str> {
    let near = at::head(rest, 400);
    let ends = [
        "말한다",
        "말합니다",
        "말하며",
        "말하고",
        "의미한다",
        "의미합니다",
        "의미하며",
        "뜻한다",
        "뜻합니다",
        "통칭합니다",
        "통칭한다",
        "총칭",
        "지칭",
        "일컫",
        "말함",
        "의미함",
    ];
    let end = ends.iter().filter_map(|end| near.find(end)).min()?;
    Some(&near[..end])
}

/// The rest of the sentence in which a definition begins: up to the end of the line.
fn sentence(text: &str, span: Span) -> Span {
    let rest = at::head(&text[span.end..], 400);
    let stop = ["말한다", "말합니다", "의미한다", "의미합니다", "뜻한다", "뜻합니다"]
        .iter()
        .filter_map(|end| rest.find(end))
        .min();
    Span::new(span.start, span.end + stop.unwrap_or(0).min(rest.find('\n').unwrap_or(rest.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::language::Analyzer;

    fn found(text: &str) -> Vec<(String, bool)> {
        let document = Document::from_text("a.txt", text);
        let analyzer = Analyzer::new().unwrap();
        let contract = Contract::read(&document, &analyzer);
        let meaning = |term: &Term<'_>| matches!(term.says, Says::Meaning(_));
        terms(&contract).iter().map(|term| (term.name.to_owned(), meaning(term))).collect()
    }

    #[test]
    fn terms_are_found_however_they_are_written() {
        let text = "1. “회원”이란 가입한 자를 말한다.\n2. 이용자라 함은 회원을 말합니다.\n3. 계정: 회원의 문자를 말한다.\n\
                    구름 저장(이하 “서비스”, ‘본 서비스’라 한다)을 쓴다. 가람(이하 '회사')은 “민법”을 지킨다.\n\
                    회사는 “동의”를 받고 이하 같다.";
        let expected = [
            ("회원", true),
            ("이용자", true),
            ("계정", true),
            ("서비스", false),
            ("본 서비스", false),
            ("회사", false),
        ];
        let expected: Vec<(String, bool)> =
            expected.iter().map(|(name, meaning)| ((*name).to_owned(), *meaning)).collect();
        assert_eq!(found(text), expected);
    }

    #[test]
    fn a_name_has_its_spellings() {
        let term = Term {
            name: "아이디(ID)",
            span: Span::new(0, 1),
            says: Says::Name(""),
            whole: Span::new(0, 1),
            group: 0,
        };
        let names = term.names();
        assert!(
            ["아이디", "ID", "아이디(ID)"].iter().all(|name| names.iter().any(|other| other == name)),
            "{names:?}"
        );
    }

    #[test]
    fn nothing_breaks_the_reading() {
        for text in
            ["이하", "(이하 “", "“”란", "이하 “”라", "란 ", "\u{200b}란 말한다", "“가”란", "이하이하이하 '가"]
        {
            found(text);
        }
    }
}
