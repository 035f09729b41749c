//! Documents that a contract names and leaves things to (별첨, SLA, 개인정보 처리방침), and whether they were given.
//! Knows names of documents, no requirement.

use crate::clause::{AnnexKind, Level};
use crate::contract::Contract;
use crate::text::Span;

/// Names of documents, written without spaces; those in one row name the same document.
const DOCUMENTS: &[&[&str]] = &[
    &["서비스수준협약", "서비스수준협약서", "서비스수준계약", "서비스수준합의서", "sla"],
    &["개인정보처리방침", "개인정보취급방침", "이용자정보처리방침", "개인정보보호정책"],
    &[
        "개인정보처리위탁계약",
        "개인정보위탁계약",
        "데이터처리계약",
        "데이터처리부속",
        "데이터처리부록",
        "dpa",
    ],
    &["정보보호정책", "정보보안정책", "보안정책", "보안백서", "정보보호지침", "보안지침"],
    &["운영정책", "서비스운영정책", "장애운영지침", "서비스장애운영지침", "운영지침"],
    &["환불정책", "취소환불정책", "환불규정"],
    &["백업정책", "업무연속성계획", "재해복구계획", "비상대응계획"],
    &["비밀유지협약", "비밀유지계약", "비밀유지서약", "nda"],
    &["책임분담표", "책임공유모델"],
];

/// The document that a passage names, as the passage writes it, unless it was given with the contract.
pub(super) fn not_given(contract: &Contract<'_>, span: Span) -> Option<String> {
    let text = contract.text(span);
    annexes(text)
        .into_iter()
        .find(|(kind, number, _)| !has_annex(contract, *kind, *number))
        .map(|(_, _, written)| written)
        .or_else(|| {
            let (row, written) = document(text)?;
            (!has_document(contract, row)).then_some(written)
        })
}

/// "별첨 2", "별지 제1호": kind, number and how it is written.
fn annexes(text: &str) -> Vec<(AnnexKind, Option<u32>, String)> {
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        if !matches!(c, '별' | '붙' | '첨' | '부') || before.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let Some((kind, word)) = AnnexKind::at_start(rest) else { continue };
        let behind = rest[word.len()..].trim_start();
        let behind = behind.strip_prefix('제').unwrap_or(behind).trim_start();
        let digits: String = behind.chars().take(4).take_while(char::is_ascii_digit).collect();
        let number = digits.parse().ok();
        let written = number.map_or_else(|| word.to_owned(), |number: u32| format!("{word} {number}"));
        found.push((kind, number, written));
    }
    found
}

fn has_annex(contract: &Contract<'_>, kind: AnnexKind, number: Option<u32>) -> bool {
    contract.tree.clauses().iter().filter(|clause| clause.level == Level::Annex).any(|clause| {
        let of_kind = AnnexKind::at_start(&clause.label).is_some_and(|(other, _)| other == kind);
        let digits: String = clause.label.chars().filter(char::is_ascii_digit).collect();
        of_kind && number.is_none_or(|number| digits.parse() == Ok(number))
    })
}

/// The row of [`DOCUMENTS`] that a text names, and the words.
fn document(text: &str) -> Option<(&'static [&'static str], String)> {
    let (plain, places) = squeezed(text);
    let mut best: Option<(usize, usize, &'static [&'static str])> = None;
    for row in DOCUMENTS {
        for name in *row {
            if let Some(at) =
                plain.match_indices(name).map(|(at, _)| at).find(|at| stands_alone(&plain, *at, name))
            {
                // The first that is named, and of names that begin there the longest.
                let better = best.is_none_or(|(first, len, _)| at < first || at == first && name.len() > len);
                if better {
                    best = Some((at, name.len(), row));
                }
            }
        }
    }
    let (at, len, row) = best?;
    let start = *places.get(at)?;
    let last = *places.get(at + len - 1)?;
    let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
    Some((row, text[start..end].split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Whether a name in Latin letters stands alone and in no longer word: dpa, but not in an address.
fn stands_alone(plain: &str, at: usize, name: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '/';
    !name.is_ascii()
        || !plain[..at].chars().next_back().is_some_and(joins)
            && !plain[at + name.len()..].chars().next().is_some_and(joins)
}

/// Whether an annex, a further document or a part read together carries one of the names.
fn has_document(contract: &Contract<'_>, names: &[&str]) -> bool {
    let named = |text: &str| {
        let (plain, _) = squeezed(text);
        names.iter().any(|name| plain.match_indices(name).any(|(at, _)| stands_alone(&plain, at, name)))
    };
    let headed = contract.tree.clauses().iter().any(|clause| {
        matches!(clause.level, Level::Annex | Level::Attached)
            && (named(&clause.label) || clause.heading.as_deref().is_some_and(named))
    });
    headed
        || contract
            .document
            .parts()
            .iter()
            .any(|part| named(&part.name) || part.title.as_deref().is_some_and(named))
}

/// The text without white space, in lower case, and for each byte where its character begins in `text`.
fn squeezed(text: &str) -> (String, Vec<usize>) {
    let mut plain = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        plain.push(c.to_ascii_lowercase());
        places.resize(plain.len(), at);
    }
    (plain, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_named_as_they_are_written() {
        let named = |text| document(text).map(|(_, written)| written);
        assert_eq!(
            named("개인정보의 처리는 개인정보 처리방침에 따른다").as_deref(),
            Some("개인정보 처리방침")
        );
        assert_eq!(named("가용률은 SLA로 정한다").as_deref(), Some("SLA"));
        assert_eq!(named("별도로 정한다"), None);
        assert_eq!(named("https://a.example/dpa 를 보십시오"), None);
        let annexes: Vec<String> = annexes("세부 사항은 별첨 2와 별지 제3호, 차별표시를 따른다")
            .into_iter()
            .map(|(.., w)| w)
            .collect();
        assert_eq!(annexes, ["별첨 2", "별지 3"]);
    }
}
