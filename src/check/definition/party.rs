//! Parties that are called by a name that the contract did not give them: 이용자 in a contract whose customer is 이용사업자.

use super::super::at::{self, head, places, squeeze, tail};
use super::super::catalogue::PARTY_NAME_DRIFTS;
use super::term::Term;
use crate::contract::Contract;
use crate::finding::Finding;
use crate::language::{Role, Tag, particle};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Names by which any party may be called. Pronouns (당사, 귀하) are no names.
const PROVIDERS: [&str; 7] =
    ["회사", "공급사업자", "공급자", "제공자", "사업자", "서비스제공자", "제공사업자"];
const CUSTOMERS: [&str; 10] =
    ["이용자", "이용사업자", "고객", "고객사", "회원", "사용자", "가입자", "이용고객", "이용기업", "계약자"];

/// A given name must be used as often as this to be the contract's own.
const OWN: usize = 5;

pub(super) fn check(contract: &Contract<'_>, terms: &[Term<'_>]) -> Vec<Finding> {
    let text = contract.document.text();
    let given: BTreeSet<String> = terms.iter().flat_map(Term::names).collect();
    let mut spans: BTreeMap<(&str, bool), Vec<Span>> = BTreeMap::new();
    let mut own: BTreeMap<(Role, &str), usize> = BTreeMap::new();
    for mention in contract.parties.mentions() {
        let name = mention.span.of(text);
        let clause = contract.tree.at(mention.span.start);
        if !at::is_main(&contract.tree, clause) {
            continue;
        }
        if given.contains(&squeeze(name)) {
            *own.entry((mention.role, name)).or_default() += 1;
            continue;
        }
        let provider = PROVIDERS.contains(&name);
        if (provider || CUSTOMERS.contains(&name)) && names_party(contract, mention.span) {
            spans.entry((name, provider)).or_default().push(mention.span);
        }
    }
    let given_to = |roles: &[Role]| {
        let mut names: Vec<(usize, &str)> = own
            .iter()
            .filter(|((role, _), count)| roles.contains(role) && **count >= OWN)
            .map(|((_, name), count)| (*count, *name))
            .collect();
        names.sort_unstable_by(|a, b| b.cmp(a));
        names
    };
    let (providers, customers) = (given_to(&[Role::Provider]), given_to(&[Role::Customer]));
    if providers.is_empty() || customers.is_empty() {
        return Vec::new();
    }
    let definitions: Vec<Span> = terms.iter().map(Term::own).collect();
    let mut findings = Vec::new();
    for ((name, provider), all) in spans {
        // 이용자 beside 이용사업자 may be anybody; a name within the given one is not another.
        let meant = if provider { &providers } else { &customers };
        let defining = |span: &Span| {
            let at = definitions.partition_point(|own| own.start <= span.start);
            at.checked_sub(1).is_some_and(|at| definitions[at].contains(*span))
                || stands_aside(contract, *span)
        };
        let all: Vec<Span> = all.into_iter().filter(|span| !defining(span)).collect();
        let (Some((_, own)), Some(first)) = (meant.first(), all.first()) else { continue };
        // A name that is used as much as the given one is the contract's own way, wherever it came from.
        let message = format!(
            "{} '{own}'{} 하고 {}곳에서 {} 불러({}), 같은 당사자인지 분명하지 않은 것으로 볼 수 있습니다.",
            if provider { "제공하는 쪽을" } else { "이용하는 쪽을" },
            quoting(own),
            all.len(),
            format_args!("'{name}'{}", by(name)),
            places(contract, &all)
        );
        findings.push(PARTY_NAME_DRIFTS.at(contract, *first, message));
    }
    findings
}

/// 이라 behind a final consonant, else 라.
fn quoting(name: &str) -> &'static str {
    if particle::with(name, "이", "가").ends_with('이') { "이라" } else { "라" }
}

/// 으로 behind a final consonant, else 로.
fn by(name: &str) -> &'static str {
    if particle::with(name, "이", "가").ends_with('이') { "으로" } else { "로" }
}

/// Whether the place is in the clause that defines the terms, whose words are not yet fixed, or in one on how somebody becomes
/// a party, before which he has another name.
fn stands_aside(contract: &Contract<'_>, span: Span) -> bool {
    let article = contract.tree.article_of(contract.tree.at(span.start).id);
    article.is_some_and(|article| {
        let heading = article.heading.as_deref().unwrap_or_default();
        heading.contains("정의")
            || heading.contains("용어")
            || article.level == crate::clause::Level::Preamble
    })
}

/// Whether the word names a party of this contract here: with a particle, and nobody else's or any other (다른 고객, 회사의 고객).
fn names_party(contract: &Contract<'_>, span: Span) -> bool {
    let text = contract.document.text();
    let after = text[span.end..].trim_start_matches(['"', '”', '\'', '’']);
    let particle = head(after, 1).starts_with(|c: char| ('가'..='힣').contains(&c));
    // 이용자라 함은, 고객이란, 회원으로 가입, 사용자들.
    let other = [
        "라",
        "란",
        "이란",
        "이라",
        "으로서",
        "로서",
        "으로 ",
        "로 ",
        "별",
        "인 ",
        "이 되",
        "가 되",
        "사 ",
        "측",
        "용",
        "들",
    ];
    let joins = head(after, 14).contains("가입");
    if !particle || joins || other.iter().any(|word| after.starts_with(word)) {
        return false;
    }
    let before = tail(&text[..span.start], 14);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let spaced = line.ends_with([' ', '\u{a0}', '\t']) || line.is_empty();
    let word =
        line.split_whitespace().next_back().unwrap_or_default().trim_matches(['"', '”', '“', '\'', '‘', '’']);
    if !spaced && !line.ends_with(['"', '“', '\'', '‘', '(', ',', '·', 'ㆍ', '.']) {
        return false;
    }
    let modifiers = ["다른", "타", "모든", "각", "해당", "당해", "어떤", "여러", "두", "양", "본인", "자기"];
    if modifiers.contains(&word) || word.ends_with('의') {
        return false;
    }
    !is_qualified(contract, span) && !word.ends_with(['별', '형'])
}

/// Whether a noun, a determiner or a verb that qualifies stands right before the word: 오픈마켓 사업자, 두 회사, 가입한 고객. Some
/// nouns only say when.
fn is_qualified(contract: &Contract<'_>, span: Span) -> bool {
    let at = contract.morphs.in_span(span).start;
    let Some(before) = at.checked_sub(1) else { return false };
    let Some(morph) = contract.morphs.get(before) else { return false };
    let text = contract.document.text();
    let gap = &text[morph.span.end.min(span.start)..span.start];
    if gap.contains('\n') || gap.contains(['"', '“', '\'', '‘', '(', ',']) {
        return false;
    }
    const WHEN: [&str; 14] =
        ["경우", "후", "시", "때", "전", "이후", "이전", "등", "중", "동안", "즉시", "단", "내", "다음"];
    let surface = morph.span.of(text);
    let qualifies = contract.morphs.parts(before).last().map_or(morph.tag, |(tag, _)| tag) == Tag::ETM;
    qualifies || (morph.tag.is_noun() || morph.tag == Tag::MM) && !WHEN.contains(&surface)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::language::Analyzer;

    #[test]
    fn others_than_the_party_are_told_from_it() {
        let analyzer = Analyzer::new().unwrap();
        for (text, is) in [
            ("통지는 이용자에게 한다.", true),
            ("침해하는 때에 이용자가 막는다.", true),
            ("회사는 다른 이용자에게 알린다.", false),
            ("회사의 이용자에게 알린다.", false),
            ("오픈마켓 이용자에게 알린다.", false),
            ("결제수단을 제공한 이용자에게 알린다.", false),
            ("이용자 정보를 지킨다.", false),
        ] {
            let document = Document::from_text("a.txt", text);
            let contract = Contract::read(&document, &analyzer);
            let at = text.find("이용자").unwrap();
            assert_eq!(names_party(&contract, Span::new(at, at + "이용자".len())), is, "{text}");
        }
    }
}
