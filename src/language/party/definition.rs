//! The names that a document gives its parties: `(이하 "갑"이라 한다)`, `"회원"이란 …을 말한다`.

use super::{PartyWords, Role};

const OPEN: [char; 8] = ['"', '\'', '“', '‘', '「', '『', '[', '<'];
const CLOSE: [char; 8] = ['"', '\'', '”', '’', '」', '』', ']', '>'];

/// Names that the text defines for parties, in text order; `None` for a name whose role only usage tells.
pub(super) fn defined(text: &str, words: &PartyWords) -> Vec<(String, Option<Role>)> {
    let mut found = Vec::new();
    for line in text.lines() {
        for (at, _) in line.match_indices("이하") {
            if let Some((name, after)) = named(&line[at + "이하".len()..]) {
                found.extend(called(name, &line[..at], after, words).map(|role| (name.to_owned(), role)));
            }
        }
        for (at, _) in line.char_indices().filter(|(_, c)| OPEN.contains(c)) {
            let Some((name, after)) = quoted(&line[at..]) else { continue };
            if let Some(meaning) = meaning(after)
                && let Some(role) = words.role(name).or_else(|| genus(meaning))
                && is_name(name)
            {
                found.push((name.to_owned(), Some(role)));
            }
        }
    }
    found
}

/// The name behind 이하, in quotes or bare before 라 한다, and what follows it.
fn named(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start_matches([' ', ':', ',']);
    if let Some(found) = quoted(rest) {
        return Some(found);
    }
    let end = window(rest, 30).find([' ', ')', ',', '.'])?;
    let (word, after) = (&rest[..end], rest[end..].trim_start());
    let said = ["한다", "합니다", "함", "칭", "하고", "하며"].iter().any(|verb| after.starts_with(verb));
    let name = ["이라고", "라고", "이라", "라"].iter().find_map(|tail| word.strip_suffix(tail))?;
    (said && !name.is_empty()).then_some((name, after))
}

/// A name in quotes at the beginning of `rest`, at most thirty characters long, and what follows it.
fn quoted(rest: &str) -> Option<(&str, &str)> {
    let open = rest.chars().next()?;
    let close = OPEN.iter().zip(CLOSE).find(|pair| *pair.0 == open)?.1;
    let inner = &rest[open.len_utf8()..];
    let (end, _) = inner.char_indices().take(30).find(|(_, c)| *c == close)?;
    let name = inner[..end].trim();
    (!name.is_empty()).then_some((name, &inner[end + close.len_utf8()..]))
}

/// The first `count` characters of `text`: what is looked for stands near, and looking further costs time.
fn window(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

fn is_name(name: &str) -> bool {
    name.chars().count() <= 20 && !name.contains(['.', ':', '\n'])
}

/// The role of `name` as 이하 introduces it after `before`: `None` when it is no party's name, `Some(None)` when it is
/// one whose role usage must tell.
fn called(name: &str, before: &str, after: &str, words: &PartyWords) -> Option<Option<Role>> {
    if !is_name(name) {
        return None;
    }
    if let Some(role) = words.role(name) {
        return Some(Some(role));
    }
    // The word that the name stands for: 공급사업자(이하 "갑").
    let stands = before.trim_end_matches(['(', ' ', '[', ',']);
    let word = stands.rsplit([' ', '"', '\'', '”', '’', ')']).next().unwrap_or_default();
    if let Some(role) = words.role(word) {
        return Some(Some(role));
    }
    // …을 이용하려는 사람(이하 "회원"이라 한다).
    let person = ["사람", "자", "개인", "법인", "사업자", "고객", "기업"].contains(&word);
    let uses = ["이용하려는", "이용하고자 하는", "이용하는", "사용하려는", "가입하려는", "이용을 신청하는"];
    let near: String = stands.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    if person && uses.iter().any(|verb| near.contains(verb)) {
        return Some(Some(Role::Customer));
    }
    let after = window(after, 40);
    let after = after.trim_start_matches(|c: char| c != ')').trim_start_matches(')');
    if ["가 제공하", "이 제공하", "가 운영하", "이 운영하", "에서 제공하"]
        .iter()
        .any(|verb| after.starts_with(verb))
    {
        return Some(Some(Role::Provider));
    }
    let tail: String = stands.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
    let company =
        ["주식회사", "㈜", "(주)", "유한회사", "법인", "Inc", "Corp", "Ltd", "LLC", "대표", "상호", "_", "○"]
            .iter()
            .any(|mark| tail.contains(mark));
    let letter = matches!(name, "갑" | "을" | "병" | "정" | "甲" | "乙");
    (company || letter).then_some(None)
}

/// What a definition says of the name before `after`: the text between 이란 and 말한다.
fn meaning(after: &str) -> Option<&str> {
    let said = ["이라 함은", "라 함은", "이라함은", "라함은", "이란", "란", "은", "는", ":"]
        .iter()
        .find_map(|link| after.trim_start().strip_prefix(link))?;
    let said = window(said, 300);
    let end =
        ["를 말", "을 말", "를 의미", "을 의미", "를 뜻", "을 뜻", "를 지칭", "을 지칭", "입니다", "이다"]
            .iter()
            .filter_map(|end| said.find(end))
            .min()?;
    Some(&said[..end])
}

/// The role of somebody defined as `meaning`: a definition ends in what the thing is (…하는 자).
fn genus(meaning: &str) -> Option<Role> {
    let people = [
        "자",
        "사업자",
        "회사",
        "고객",
        "이용자",
        "회원",
        "개인",
        "법인",
        "단체",
        "기업",
        "사람",
        "기관",
        "주체",
        "소비자",
        "당사자",
        "사용자",
        "운영자",
        "제공자",
        "상대방",
        "조직",
        "업체",
        "분",
    ];
    let last = meaning.trim_end().rsplit([' ', '·', ',']).next()?;
    people
        .iter()
        .any(|word| last == *word || (word.chars().count() > 1 && last.ends_with(word)))
        .then_some(())?;
    // The verb nearest to the end says what somebody does; who uses what a user offers is an end user.
    let place = |words: &[&str]| words.iter().filter_map(|word| meaning.rfind(word)).max();
    let provides = place(&["제공하는", "공급하는", "운영하는", "제공하고", "공급한", "제공한"]);
    let uses = place(&[
        "이용하는",
        "이용하여",
        "사용하는",
        "이용계약을",
        "이용 계약을",
        "계약을 체결",
        "가입한",
        "동의한",
        "등록한",
        "제공받는",
        "제공 받는",
        "공급받는",
        "신청한",
        "구매한",
    ]);
    let resold = meaning.contains("이용사업자가")
        || meaning.contains("고객이 제공하")
        || meaning.contains("이용자가 제공하");
    match (provides, uses) {
        (_, Some(_)) if resold => Some(Role::EndUser),
        (Some(provides), Some(uses)) if provides > uses => Some(Role::Provider),
        (_, Some(_)) => Some(Role::Customer),
        (Some(_), None) => Some(Role::Provider),
        (None, None) => None,
    }
}
