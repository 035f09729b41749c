//! References of the contract to itself: to what is not there, by a title that the clause does not bear, to oneself, in a
//! circle; and numbers that are left out or used twice. What a document's own numbering leaves open is not reported.

mod circle;
mod numbering;
mod shelf;

use super::at::{self, head, places};
use super::catalogue::{MISSING_ANNEX, MISSING_CLAUSE, REFERENCE_TO_ITSELF, TITLE_DIFFERS};
use super::cited::{Cited, Whose};
use crate::clause::{AnnexKind, Level, Step};
use crate::contract::Contract;
use crate::finding::{Confidence, Finding, Severity};
use crate::language::particle;
use crate::text::Span;
use shelf::{Shelf, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// All findings about references and numbers.
pub(super) fn check(contract: &Contract<'_>, cited: &[Cited]) -> Vec<Finding> {
    let shelf = Shelf::new(contract, cited);
    let mut findings = numbering::check(contract, &shelf);
    let mut links = Vec::new();
    let mut missing: BTreeMap<(String, String), (Span, Vec<Span>)> = BTreeMap::new();
    for (number, reference) in cited.iter().enumerate() {
        if reference.whose != Whose::Own {
            continue;
        }
        match shelf.look(cited, number) {
            Verdict::Found(clause) => {
                findings.extend(titled(contract, &shelf, reference, clause));
                links.push((number, clause));
            }
            Verdict::Missing { what, known } => {
                missing
                    .entry((what, known))
                    .or_insert_with(|| (reference.span, Vec::new()))
                    .1
                    .push(reference.span);
            }
            Verdict::Unsure => {}
        }
        findings.extend(itself(contract, reference));
    }
    for ((what, known), (first, all)) in missing {
        let often = match all.len() {
            1 => String::new(),
            count => format!(" 같은 인용이 {count}곳에 있습니다({}).", places(contract, &all)),
        };
        let message = format!(
            "인용한 {} 이 문서에 없어, 가리키는 조항을 알 수 없는 것으로 볼 수 있습니다.{known}{often}",
            particle::with(&what, "이", "가")
        );
        findings.push(MISSING_CLAUSE.at(contract, first, message));
    }
    findings.extend(circle::check(contract, cited, &links));
    findings.extend(annexes(contract));
    findings
}

/// A title in brackets behind the number of an article: 제19조(해지), 제9조 [통지].
fn title_behind(text: &str, end: usize) -> Option<&str> {
    let rest = head(&text[end..], 70);
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let close = match rest.chars().next()? {
        '(' | '（' => [')', '）'],
        '[' | '【' | '〔' => [']', '】'],
        _ => return None,
    };
    let inner = rest.char_indices().nth(1).map(|(at, _)| &rest[at..])?;
    let title = inner[..inner.find(close)?].trim();
    let aside = [
        "이하",
        "제외",
        "포함",
        "경우",
        "한함",
        "한한다",
        "한정",
        "말한다",
        "말합니다",
        "의미",
        "참조",
        "준용",
        "다만",
        "단,",
        "신설",
        "개정",
    ];
    let number = title
        .match_indices('제')
        .any(|(at, word)| title[at + word.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let hangul = title.chars().filter(|c| ('가'..='힣').contains(c)).count();
    let is_title = hangul >= 2
        && (!number || title.contains("제3자"))
        && !title.contains(['\n', '.'])
        && !aside.iter().any(|word| title.contains(word));
    is_title.then_some(title)
}

/// A title as it is compared: letters only.
fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Without the particles and joints that one writer puts and another leaves out.
fn bare(title: &str) -> String {
    let words = title.split_whitespace().map(|word| word.strip_suffix('의').unwrap_or(word));
    let words: Vec<&str> =
        words.filter(|word| !matches!(*word, "및" | "등" | "·" | "와" | "과" | "또는")).collect();
    plain(&words.concat())
}

fn titled(
    contract: &Contract<'_>,
    shelf: &Shelf<'_>,
    reference: &Cited,
    clause: crate::clause::ClauseId,
) -> Option<Finding> {
    let citation = &reference.citation;
    if reference.joined && citation.article.is_none()
        || citation.paragraph.is_some()
        || citation.item.is_some()
    {
        return None;
    }
    let text = contract.document.text();
    let title = title_behind(text, reference.span.end)?;
    let article = contract.tree.get(clause);
    let heading = article.heading.as_deref().filter(|_| article.level == Level::Article)?;
    if shelf.is_double(clause) {
        return None;
    }
    let (cited, own) = (plain(title), plain(heading));
    let same = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && (a.contains(b) || b.contains(a));
    let number = article.path.to_string();
    // 제12조(손해배상) may be short for 손해배상의 범위, unless another article has that very title.
    let bearer = shelf.bearing(&cited).filter(|path| *path != number);
    let short = same(&cited, &own) || same(&bare(title), &bare(heading));
    if cited.is_empty()
        || own.is_empty()
        || cited == own
        || bare(title) == bare(heading)
        || short && bearer.is_none()
    {
        return None;
    }
    let by = if particle::with(title, "으", "").ends_with('으') && !ends_in_rieul(title) {
        "으로"
    } else {
        "로"
    };
    let meant = match &bearer {
        Some(path) => format!("그 제목의 조항은 {path}입니다."),
        None => "그 제목의 조항은 이 문서에 없습니다.".to_owned(),
    };
    let message = format!(
        "{number}의 제목은 '{heading}'인데 '{title}'{by} 인용하여, 다른 조항을 가리키는 것으로 볼 수 있습니다. {meant}"
    );
    let end = text[reference.span.end..]
        .find(title)
        .map_or(reference.span.end, |at| reference.span.end + at + title.len());
    let mut finding = TITLE_DIFFERS.at(contract, Span::new(reference.span.start, end), message);
    if bearer.is_none() {
        finding.severity = Severity::Low;
    }
    Some(finding)
}

/// 제7조(반환)의 예: 로, not 으로, follows a final ㄹ.
fn ends_in_rieul(word: &str) -> bool {
    let last = word.chars().rev().find(|c| c.is_alphanumeric());
    last.is_some_and(|c| ('가'..='힣').contains(&c) && (u32::from(c) - 0xAC00) % 28 == 8)
}

/// `② 제2항에도 불구하고`: a paragraph that excepts itself, or that says what follows from itself.
fn itself(contract: &Contract<'_>, reference: &Cited) -> Option<Finding> {
    let citation = &reference.citation;
    let only = citation.article.is_none() && citation.item.is_none() && citation.relative.is_none();
    let number = citation.paragraph.filter(|_| only && !reference.joined && !reference.after_law)?;
    let clause = contract.tree.get(reference.clause);
    let own = clause.level == Level::Paragraph
        && !clause.marker.is_empty()
        && matches!(clause.path.steps().last(), Some(Step::Paragraph(own)) if own.main == number && own.branch == 0);
    let text = contract.document.text();
    let lead = contract.tree.lead(clause.id);
    let first = lead.contains(reference.span) && !text[lead.start..reference.span.start].contains('.');
    let rest = text[reference.span.end..].trim_start();
    let leans = [
        "에도 불구",
        "에 불구",
        "의 규정에도",
        "에 따라",
        "에 따른",
        "에 의하여",
        "에 의한",
        "에 의해",
        "의 규정에 따",
        "의 규정에 의",
    ];
    // In ①, 제1항에 따른 may speak of what the same sentence began with.
    if !(own && first && leans.iter().any(|word| rest.starts_with(word))) {
        return None;
    }
    let message = format!(
        "{} 자기 자신인 제{number}항을 인용하여, 다른 항을 가리키려던 것으로 볼 수 있습니다.",
        particle::with(&clause.path.to_string(), "이", "가")
    );
    Some(REFERENCE_TO_ITSELF.at(contract, reference.span, message))
}

/// Annexes that are cited by number and are not there: 별표 2 where only 별표 1 is.
fn annexes(contract: &Contract<'_>) -> Vec<Finding> {
    let text = contract.document.text();
    let mut there: BTreeSet<(AnnexKind, u32)> = BTreeSet::new();
    let mut any: BTreeSet<AnnexKind> = BTreeSet::new();
    for clause in contract.tree.clauses().iter().filter(|clause| clause.level == Level::Annex) {
        if let Some(Step::Annex(kind, number)) = clause.path.steps().last() {
            any.insert(*kind);
            there.extend(number.map(|number| (*kind, number)));
        }
    }
    let mut cited: BTreeMap<(AnnexKind, u32), Vec<Span>> = BTreeMap::new();
    for (at, _) in text.match_indices(['별', '붙', '첨', '부']) {
        let Some((kind, word)) = AnnexKind::at_start(&text[at..]) else { continue };
        let before = at::tail(&text[..at], 12);
        let rest = &text[at + word.len()..];
        let label = head(rest, 12);
        let digits = label.trim_start_matches([' ', '제', '[', '<', '(', '#', '-']);
        let len = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let Ok(number) = digits[..len].parse::<u32>() else { continue };
        let end = at + word.len() + (label.len() - digits.len()) + len;
        // At the start of a line it is the annex itself, or a list of them.
        let line = before.rsplit('\n').next().unwrap_or_default();
        let begins = before.contains('\n') || at <= 12;
        if begins && !line.contains(|c: char| c.is_alphanumeric()) {
            there.insert((kind, number));
        } else if !before.ends_with(at::is_word)
            && (1..100).contains(&number)
            && !of_law(before)
            && !digits[len..].starts_with(['.', '%', '일', '개', '장', '부', '년'])
        {
            cited.entry((kind, number)).or_default().push(Span::new(at, end));
        }
    }
    let gone = cited.into_iter().filter(|(annex, _)| !there.contains(annex));
    gone.map(|((kind, number), spans)| {
        let name = format!("{} {number}", kind.korean());
        let message = format!(
            "인용한 {} 이 문서에 붙어 있지 않아, 그 내용을 확인할 수 없는 것으로 볼 수 있습니다({}).",
            particle::with(&name, "이", "가"),
            places(contract, &spans)
        );
        let mut finding = MISSING_ANNEX.at(contract, spans[0], message);
        if any.contains(&kind) {
            finding.confidence = Confidence::High;
        }
        finding
    })
    .collect()
}

/// Whether the words before an annex name the statute or the other document that it belongs to.
fn of_law(before: &str) -> bool {
    let word = before.trim_end_matches([' ', '\u{a0}']);
    [
        "법", "법률", "령", "규칙", "규정", "고시", "지침", "기준", "」", "』", "조", "항", "약관", "정책",
        "방침",
    ]
    .iter()
    .any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_in_brackets_right_behind() {
        for (text, title) in [
            ("제9조(통지)에", Some("통지")),
            ("제9조 [\"회원\"에 대한 통지]에", Some("\"회원\"에 대한 통지")),
            ("제9조(제3자에 대한 제공)의", Some("제3자에 대한 제공")),
            ("제9조(이하 같다)", None),
            ("제9조(제2항은 제외한다)", None),
            ("제9조(제1호 및 제2호)", None),
            ("제9조에 따라 (통지)", None),
            ("제9조(통", None),
        ] {
            assert_eq!(title_behind(text, "제9조".len()), title, "{text}");
        }
    }

    #[test]
    fn titles_are_compared_without_joints() {
        assert_eq!(bare("서비스의 제공 및 변경"), bare("서비스 제공·변경"));
        assert_ne!(bare("회사의 계약 해지"), bare("회사의 계약 해제"));
    }

    #[test]
    fn a_particle_fits_the_last_sound() {
        assert!(ends_in_rieul("요금의 조절") && !ends_in_rieul("반환") && !ends_in_rieul("해지"));
    }
}
