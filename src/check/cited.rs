//! Every reference of a contract with whose provision it is: the contract's own, a statute's, another document's. Headings
//! and tables of contents refer to nothing. One pass over the facts, which were read once.

use super::at::{self, is_word, squeeze, tail};
use crate::clause::citation::continues_reference;
use crate::clause::{Clause, ClauseId, Level};
use crate::contract::Contract;
use crate::language::FactKind;
use crate::language::fact::{Citation, Relative};
use crate::text::Span;
use std::collections::BTreeMap;

/// Whose provision a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The contract's own.
    Own,
    /// A statute's, by its printed name without gaps; empty when it is not known which.
    Law(String),
    /// Another document's: 운영정책 제3조.
    Elsewhere,
}

/// A reference.
#[derive(Clone, Debug)]
pub(super) struct Cited {
    /// Its words, with the name of the statute.
    pub(super) span: Span,
    /// What it names. A reference that goes on from another (제5조제1항 및 제2항) has that one's 조.
    pub(super) citation: Citation,
    /// Whose provision it is.
    pub(super) whose: Whose,
    /// The clause in which it stands.
    pub(super) clause: ClauseId,
    /// The 조 in which it stands.
    pub(super) article: ClauseId,
    /// Whether its 조, or whose it is, was taken from the reference before.
    pub(super) joined: bool,
    /// Whether a statute is named before it in the same sentence, to which it may belong.
    pub(super) after_law: bool,
}

/// All references in text order.
pub(super) fn cited(contract: &Contract<'_>) -> Vec<Cited> {
    let text = contract.document.text();
    let mut all: Vec<Cited> = Vec::new();
    let mut aliases: BTreeMap<String, String> = BTreeMap::new();
    // The statute that 같은 법 means, and the end of the last statute's name.
    let mut law: Option<(ClauseId, String, usize)> = None;
    for fact in contract.morphs.facts() {
        let FactKind::Citation(mut citation) = fact.kind else { continue };
        let clause = contract.tree.at(fact.span.start);
        let Some(article) = contract.tree.article_of(clause.id).map(|article| article.id) else { continue };
        if is_label(contract, clause, fact.span) {
            continue;
        }
        let before = all.last().filter(|last| last.span.end <= fact.span.start && last.article == article);
        let near = before.filter(|last| joins(&text[last.span.end..fact.span.start]));
        let same_law = || law.as_ref().filter(|(at, ..)| *at == article).map(|(_, name, _)| name.clone());
        let mut joined = false;
        let whose = if let Some(name) = citation.law {
            let name = squeeze(name.of(text));
            let name: String = name.chars().filter(|c| !matches!(c, '「' | '」' | '『' | '』')).collect();
            let decree = |word: &str| format!("{}{word}", same_law().unwrap_or_default());
            let name = match name.as_str() {
                "시행령" | "법시행령" => decree("시행령"),
                "시행규칙" | "법시행규칙" => decree("시행규칙"),
                _ => aliases.get(&name).cloned().unwrap_or(name),
            };
            if let Some(alias) = alias(&text[fact.span.end..]) {
                aliases.insert(squeeze(alias), name.clone());
            }
            Whose::Law(name)
        } else if citation.relative == Some(Relative::SameLaw) {
            Whose::Law(same_law().unwrap_or_default())
        } else if let Some(last) = near.filter(|last| last.whose != Whose::Own || citation.article.is_none())
        {
            joined = true;
            // 제1항 및 제2항 of one 조, 제1호 및 제2호 of one 항.
            if citation.relative.is_none() && citation.article.is_none() {
                citation.article = last.citation.article;
                citation.branch = last.citation.branch;
                if citation.paragraph.is_none() && citation.item.is_some() {
                    citation.paragraph = last.citation.paragraph;
                    citation.relative = last.citation.relative.filter(|_| last.citation.item.is_some());
                }
            }
            last.whose.clone()
        } else if citation.article.is_some() && citation.relative.is_none() {
            match owner(&text[..fact.span.start]) {
                Owner::Law(word) => Whose::Law(aliases.get(&word).cloned().unwrap_or(word)),
                Owner::Elsewhere => Whose::Elsewhere,
                Owner::Own => Whose::Own,
            }
        } else {
            Whose::Own
        };
        let same_sentence = |from: usize| !text[from..fact.span.start].contains(['.', '\n', ';']);
        let after_law = law.as_ref().is_some_and(|(at, _, end)| {
            *at == article && *end <= fact.span.start && fact.span.start - end < 400 && same_sentence(*end)
        });
        if let Whose::Law(name) = &whose
            && !name.is_empty()
        {
            law = Some((article, name.clone(), fact.span.end));
        }
        all.push(Cited { span: fact.span, citation, whose, clause: clause.id, article, joined, after_law });
    }
    all
}

/// Whether the words are the number of a heading, or a line of a table of contents.
fn is_label(contract: &Contract<'_>, clause: &Clause, span: Span) -> bool {
    let text = contract.document.text();
    if clause.marker.overlaps(span) || clause.title.overlaps(span) {
        return true;
    }
    let mut above = std::iter::once(clause).chain(contract.tree.ancestors(clause.id));
    if above.any(|clause| clause.level == Level::Contents) {
        return true;
    }
    // A heading in the middle of a line: … 해지할 수 있다. 제3조(준칙) 이 약관은 …
    let opens = text[..span.start].trim_end_matches([' ', '\t', '\u{a0}']).ends_with(['.', '\n', ')', ']']);
    let behind = at::head(text[span.end..].trim_start_matches(' '), 60);
    if opens
        && behind.starts_with(['(', '[', '【'])
        && let Some(end) = behind.find([')', ']', '】'])
        && let Some(after) = behind.get(end + behind[end..].chars().next().map_or(1, char::len_utf8)..)
        && !after.is_empty()
        && !after.starts_with(is_word)
        && !continues_reference(after)
    {
        return true;
    }
    // 제1조(목적) alone on a line, a number or a bullet before it.
    let front = tail(&text[..span.start], 24);
    let line = front.rsplit_once('\n').map(|(_, line)| line);
    let Some(front) = line.or_else(|| (front.len() == span.start).then_some(front)) else { return false };
    let bare = !front.contains(|c: char| c.is_alphabetic() && !matches!(c, '제' | 'ㅇ'));
    bare && at::head(text[span.end..].trim_start_matches(' '), 1).starts_with(['(', '[', '【'])
        && text[span.end..].lines().next().is_some_and(|rest| {
            let rest = rest.trim();
            rest.ends_with([')', ']', '】']) && rest.chars().count() < 60
        })
}

/// Whether a reference goes on from the one before over these words: 제5조(목적) 및 제7조.
fn joins(between: &str) -> bool {
    let mut rest = between.trim();
    if rest.len() > 160 {
        return false;
    }
    if rest.starts_with(['(', '['])
        && let Some(end) = rest.find([')', ']'])
    {
        rest = rest[end + 1..].trim();
    }
    matches!(
        rest,
        "" | ","
            | "및"
            | "또는"
            | "·"
            | "ㆍ"
            | "와"
            | "과"
            | "내지"
            | "부터"
            | "에서"
            | "~"
            | "∼"
            | "-"
            | "이나"
            | "나"
            | ", 및"
            | "까지,"
            | "까지 및"
            | "까지와"
            | "/"
            | "혹은"
            | "와(과)"
            | "단서 및"
            | "본문 및"
            | "단서,"
            | "본문,"
    )
}

/// Whose an article is by the word before its number.
enum Owner {
    Own,
    Law(String),
    Elsewhere,
}

fn owner(before: &str) -> Owner {
    const QUOTES: [char; 12] = ['"', '\'', '“', '”', '‘', '’', '「', '」', '『', '』', '*', '`'];
    let near = tail(before, 40);
    let line = near.rsplit('\n').next().unwrap_or_default();
    let clean = line.trim_end_matches(|c: char| c == ' ' || QUOTES.contains(&c));
    let mut words = clean
        .split([' ', '(', ')', ',', '\t', '\u{a0}'])
        .rev()
        .map(|word| word.trim_matches(QUOTES))
        .filter(|word| !word.is_empty());
    let Some(word) = words.next() else { return Owner::Own };
    let previous = words.next().unwrap_or_default();
    let word = ["상의", "상", "의"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let word = word.trim_end_matches(QUOTES);
    let this = |word: &str| {
        ["이", "본", "동", "당", "위", "당해", "해당", "현", "아래", "본건", "현행"].contains(&word)
    };
    let begins = ["본", "이", "동"].iter().any(|mark| {
        word.strip_prefix(mark)
            .is_some_and(|rest| ["약관", "계약", "협약", "규정", "계약서", "합의서", "정책"].contains(&rest))
    });
    if this(previous) || begins {
        return Owner::Own;
    }
    const LAWS: [&str; 9] = ["법", "법률", "시행령", "시행규칙", "규정", "고시", "지침", "조례", "헌법"];
    const OTHERS: [&str; 18] = [
        "약관",
        "계약",
        "계약서",
        "협약",
        "협약서",
        "협정",
        "정책",
        "방침",
        "특약",
        "규약",
        "세칙",
        "정관",
        "합의서",
        "약정",
        "약정서",
        "내규",
        "회칙",
        "규칙",
    ];
    let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
    let other =
        ["방법", "불법", "위법", "적법", "문법", "기법", "편법"].iter().any(|end| word.ends_with(end));
    if ends(&LAWS) && !other || matches!(word, "영" | "령" | "법") {
        return Owner::Law(squeeze(word));
    }
    if ends(&OTHERS) { Owner::Elsewhere } else { Owner::Own }
}

/// The short name that a contract gives a statute right behind it: (이하 “법”이라 한다).
fn alias(after: &str) -> Option<&str> {
    let near = at::head(after, 40);
    let rest = near.trim_start_matches(['」', '』', '"', '”', '\'', '’', ' ']).strip_prefix(['(', ','])?;
    let rest = rest.trim_start().strip_prefix("이하")?.trim_start();
    let rest = rest.trim_start_matches(['"', '“', '\'', '‘', '「', ' ']);
    let end = rest.find(['"', '”', '\'', '’', '」', ')', ' '])?;
    let name = &rest[..end];
    let name =
        ["이라고", "이라", "라고", "라"].iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(name);
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::language::Analyzer;

    fn whose(text: &str) -> Vec<(String, Whose)> {
        let document = Document::from_text("a.txt", text);
        let analyzer = Analyzer::new().unwrap();
        let contract = Contract::read(&document, &analyzer);
        cited(&contract)
            .into_iter()
            .map(|cited| (cited.span.of(document.text()).to_owned(), cited.whose))
            .collect()
    }

    #[test]
    fn a_reference_has_an_owner() {
        let text = "제1조(목적) 이 약관은 이용 조건을 정한다.\n\
                    제2조(준용) 회사는 제1조, 운영정책 제3조, 「약관의 규제에 관한 법률」(이하 “법”이라 한다) 제6조 및 제9조, 법 제7조와 이 약관 제1조를 따른다.\n\
                    제3조(같은 법) 민법 제390조와 같은 법 제393조, 같은 법 시행령 제2조에 따르고 상법의 제5조는 따르지 아니한다.";
        let law = |name: &str| Whose::Law(name.to_owned());
        let terms = "약관의규제에관한법률";
        let expected = [
            ("제1조", Whose::Own),
            ("제3조", Whose::Elsewhere),
            ("「약관의 규제에 관한 법률」", law(terms)),
            ("제6조", law("")),
            ("제9조", law("")),
            ("제7조", law(terms)),
            ("제1조", Whose::Own),
            ("민법 제390조", law("민법")),
            ("같은 법 제393조", law("민법")),
        ];
        let found = whose(text);
        for (number, (words, owner)) in expected.iter().enumerate() {
            if *owner != law("") {
                assert_eq!(found[number], ((*words).to_owned(), owner.clone()), "{found:?}");
            } else {
                assert!(matches!(&found[number].1, Whose::Law(_)), "{found:?}");
            }
        }
        assert!(
            found
                .iter()
                .all(|(words, owner)| words != "상법의 제5조" && (words != "제5조" || *owner != Whose::Own))
        );
    }
}
