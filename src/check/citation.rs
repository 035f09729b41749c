//! Stale and wrong law: statutes under a name that they no longer have, provisions that moved or were repealed, articles that
//! a statute does not have, agencies that are called otherwise today; all as of a given day. What is not in
//! `corpora/statutes.toml` is passed over in silence.

use super::at::{self, Squeezed, places, squeeze};
use super::catalogue::{NO_SUCH_ARTICLE, OLD_MINISTRY_NAME, STALE_CITATION};
use super::cited::{Cited, Whose};
use crate::contract::Contract;
use crate::error::DataError;
use crate::finding::{Basis, Finding};
use crate::language::fact::{Citation, Relative};
use crate::language::particle;
use crate::statute::{Moved, Named, Renamed, Statutes};
use crate::text::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// The law of a day, ready to hold citations against.
#[derive(Debug)]
pub struct Law {
    day: String,
    renamed: Vec<Renamed>,
    moved: Vec<Moved>,
    /// Full names without gaps by every name without gaps.
    names: BTreeMap<String, String>,
    /// The last article and the name by full name without gaps.
    last: BTreeMap<String, (u32, String)>,
    /// Names without gaps that are looked for in the text; today's only so that an old one within it is not found.
    finder: AhoCorasick,
    /// For each of them the place in `renamed`.
    sought: Vec<Option<usize>>,
}

impl Law {
    /// The law of a day ("2026-01-02").
    ///
    /// # Errors
    /// A [`DataError`] only when the data are wrong, which a test excludes.
    pub fn new(statutes: &Statutes, day: &str) -> Result<Self, DataError> {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for statute in &statutes.list {
            for name in statute.short.iter().chain([&statute.name]) {
                names.insert(squeeze(name), squeeze(&statute.name));
            }
        }
        let mut last = BTreeMap::new();
        for extent in &statutes.extent {
            for name in extent.short.iter().chain([&extent.law]) {
                names.insert(squeeze(name), squeeze(&extent.law));
            }
            last.insert(squeeze(&extent.law), (extent.last, extent.law.clone()));
        }
        let mut words: Vec<(String, Option<usize>)> = Vec::new();
        for (number, renamed) in statutes.renamed.iter().enumerate() {
            words.extend(renamed.old.iter().map(|old| (squeeze(old), Some(number))));
            words.extend(renamed.names.iter().map(|(_, name)| (squeeze(name), None)));
        }
        words.extend(names.keys().map(|name| (name.clone(), None)));
        // An old name is sought, whatever it is a later name of.
        words.sort_by(|a, b| (&a.0, a.1.is_none()).cmp(&(&b.0, b.1.is_none())));
        words.dedup_by(|later, first| later.0 == first.0);
        let patterns = words.iter().map(|(word, _)| word.as_str());
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        let finder = finder
            .map_err(|error| DataError { file: "statutes.toml".to_owned(), reason: error.to_string() })?;
        Ok(Self {
            day: day.to_owned(),
            renamed: statutes.renamed.clone(),
            moved: statutes.moved.clone(),
            names,
            last,
            finder,
            sought: words.into_iter().map(|(_, number)| number).collect(),
        })
    }

    /// The full name without gaps.
    fn full<'a>(&'a self, name: &'a str) -> &'a str {
        self.names.get(name).map_or(name, String::as_str)
    }

    /// What became of a provision.
    fn moved(&self, law: &str, citation: &Citation, near: &str) -> Option<&Moved> {
        let main = citation.article?;
        let number = match citation.branch {
            Some(branch) => format!("{main}의{branch}"),
            None => main.to_string(),
        };
        let fits = |wanted: Option<u32>, cited: Option<u32>| wanted.is_none() || wanted == cited;
        self.moved.iter().find(|moved| {
            moved.article.as_ref() == Some(&number)
                && squeeze(&moved.law) == law
                && moved.since <= self.day
                && fits(moved.paragraph, citation.paragraph)
                && fits(moved.item, citation.item)
                && (moved.about.is_empty() || moved.about.iter().any(|word| near.contains(word.as_str())))
        })
    }
}

/// Findings of one kind about one thing, told once.
struct Group {
    spans: Vec<Span>,
    finding: Finding,
}

/// All findings about the law that a contract cites.
pub(super) fn check(contract: &Contract<'_>, cited: &[Cited], law: &Law) -> Vec<Finding> {
    let text = contract.document.text();
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut told: Vec<Span> = Vec::new();
    for reference in cited {
        let Whose::Law(name) = &reference.whose else { continue };
        let (Some(main), false) = (reference.citation.article, name.is_empty()) else { continue };
        if reference.citation.relative == Some(Relative::Addenda)
            || at::tail(&text[..reference.span.start], 4).contains("부칙")
        {
            continue;
        }
        let full = law.full(name);
        let near = around(text, reference.span);
        let finding = if let Some(moved) = law.moved(full, &reference.citation, near) {
            Some(moved_finding(contract, reference, moved))
        } else {
            let beyond = law.last.get(full).filter(|(last, _)| main > *last);
            beyond.map(|(last, name)| {
                let message = format!(
                    "{} 제{last}조까지 있어, 제{main}조는 잘못 인용한 것으로 볼 수 있습니다.",
                    particle::with(&format!("「{name}」"), "은", "는")
                );
                NO_SUCH_ARTICLE.at(contract, reference.span, message)
            })
        };
        let Some(finding) = finding else { continue };
        told.push(reference.span);
        let key = format!("{} {}", finding.rule, finding.message);
        groups.entry(key).or_insert_with(|| Group { spans: Vec::new(), finding }).spans.push(reference.span);
    }
    annexes(contract, law, &mut groups);
    let squeezed = Squeezed::new(text);
    for hit in law.finder.find_iter(&squeezed.text) {
        let Some(renamed) = law.sought[hit.pattern().as_usize()].and_then(|number| law.renamed.get(number))
        else {
            continue;
        };
        let span = squeezed.origin(hit.start(), hit.end(), text);
        if !stands_alone(text, span, renamed.kind) || told_within(&told, span) {
            continue;
        }
        let Some((since, name)) = renamed.on(&law.day) else { continue };
        let old = squeeze(span.of(text));
        let old = renamed.old.iter().find(|other| squeeze(other) == old).map_or(old.as_str(), String::as_str);
        let key = format!("name {old}");
        let group = groups.entry(key).or_insert_with(|| Group {
            spans: Vec::new(),
            finding: renamed_finding(contract, span, renamed.kind, old, since, name),
        });
        group.spans.push(span);
    }
    let mut findings: Vec<Finding> = Vec::new();
    for mut group in groups.into_values() {
        group.spans.sort_unstable();
        if group.spans.len() > 1 {
            let often = format!(" {}곳에 있습니다({}).", group.spans.len(), places(contract, &group.spans));
            group.finding.message.push_str(&often);
        }
        findings.push(group.finding);
    }
    findings
}

fn told_within(told: &[Span], span: Span) -> bool {
    let at = told.partition_point(|other| other.end <= span.start);
    told.get(at).is_some_and(|other| other.overlaps(span))
}

/// The words around a citation, up to the next comma or full stop.
fn around(text: &str, span: Span) -> &str {
    let stops = [',', '.', '\n', ';'];
    let before = at::tail(&text[..span.start], 60);
    let before = before.rfind(stops).map_or(before, |at| &before[at + 1..]).len();
    let after = at::head(&text[span.end..], 60);
    let after = after.find(stops).unwrap_or(after.len());
    &text[span.start - before..span.end + after]
}

fn moved_finding(contract: &Contract<'_>, reference: &Cited, moved: &Moved) -> Finding {
    let basis = moved.now.parse::<Basis>().ok();
    let now = match &basis {
        Some(basis) => format!("「{}」 {}", basis.law, basis.provision()),
        None => moved.now.clone(),
    };
    let words = reference.span.of(contract.document.text());
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let message =
        format!("'{words}'의 내용은 {}부터 {now}에 있어, 낡은 인용으로 볼 수 있습니다.", moved.since);
    let mut finding = STALE_CITATION.at(contract, reference.span, message);
    finding.suggestion = basis.is_some().then_some(now);
    finding.basis = basis.into_iter().collect();
    finding
}

fn renamed_finding(
    contract: &Contract<'_>,
    span: Span,
    kind: Named,
    old: &str,
    since: &str,
    name: &str,
) -> Finding {
    let (check, today) = match kind {
        Named::Statute => (&STALE_CITATION, format!("「{name}」")),
        Named::Agency => (&OLD_MINISTRY_NAME, name.to_owned()),
    };
    let message = match kind {
        Named::Statute => format!(
            "「{old}」의 지금 이름은 {since}부터 {today}이어서, 옛 이름으로 인용한 것으로 볼 수 있습니다. 조문 번호도 달라졌을 수 있습니다."
        ),
        Named::Agency => format!(
            "{} 지금 이름은 {since}부터 {today}이어서, 옛 이름을 쓴 것으로 볼 수 있습니다.",
            particle::with(&format!("'{old}'"), "의", "의")
        ),
    };
    let mut finding = check.at(contract, span, message);
    finding.suggestion = Some(today);
    finding
}

/// A 별표 of a statute that is no longer cited: 전자금융감독규정 별표 2의5.
fn annexes(contract: &Contract<'_>, law: &Law, groups: &mut BTreeMap<String, Group>) {
    let text = contract.document.text();
    for moved in law.moved.iter().filter(|moved| moved.since <= law.day) {
        let Some(annex) = &moved.annex else { continue };
        for (at, word) in text.match_indices("별표") {
            let rest = at::head(&text[at + word.len()..], 16);
            let compact = squeeze(rest);
            let number = compact.trim_start_matches(['제', '<', '[']);
            let follows = number
                .strip_prefix(annex.as_str())
                .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_digit()));
            let named = squeeze(at::tail(&text[..at], 60)).contains(&squeeze(&moved.law));
            if follows && named {
                let end =
                    at + word.len() + rest.find(|c: char| c == annex_end(annex)).map_or(0, |end| end + 1);
                let span = Span::new(at, end);
                let message = format!(
                    "{} 별표 {annex}의 내용은 {}부터 {}에 있어, 낡은 인용으로 볼 수 있습니다.",
                    moved.law, moved.since, moved.now
                );
                let key = format!("annex {} {annex}", moved.law);
                let finding = || STALE_CITATION.at(contract, span, message);
                groups
                    .entry(key)
                    .or_insert_with(|| Group { spans: Vec::new(), finding: finding() })
                    .spans
                    .push(span);
            }
        }
    }
}

fn annex_end(annex: &str) -> char {
    annex.chars().next_back().unwrap_or('0')
}

/// Whether a name is a word of its own, and not one that the contract itself calls a former one.
fn stands_alone(text: &str, span: Span, kind: Named) -> bool {
    let before = at::tail(&text[..span.start], 6);
    if before.ends_with(|c: char| c.is_alphanumeric()) {
        return false;
    }
    let former = before.trim_end_matches([' ', '「', '\'', '"', '“', '‘', ')']);
    let was = |word: &str| {
        former.strip_suffix(word).is_some_and(|front| !front.ends_with(|c: char| ('가'..='힣').contains(&c)))
    };
    if ["구", "舊", "옛", "종전", "종전의", "전신인", "당시", "당시의"].iter().any(|word| was(word))
    {
        return false;
    }
    // 전자상거래 등에서의 소비자보호법 is a short name of another statute.
    if kind == Named::Statute
        && ["의", "등", "및", "관한", "전자상거래"].iter().any(|word| former.ends_with(word))
    {
        let own = ["약관의", "법률의"].iter().any(|word| former.ends_with(word));
        if !own {
            return false;
        }
    }
    let after = &text[span.end..];
    let quote = after.trim_start_matches(['」', '』', '"', '”', '\'', '’']);
    if quote.trim_start().starts_with("(현") {
        return false;
    }
    const FOLLOWS: [&str; 40] = [
        "장관",
        "차관",
        "위원장",
        "청장",
        "원장",
        "령",
        "고시",
        "훈령",
        "예규",
        "지침",
        "산하",
        "소관",
        "소속",
        "등",
        "및",
        "에서",
        "에",
        "의",
        "이",
        "가",
        "은",
        "는",
        "을",
        "를",
        "와",
        "과",
        "로",
        "으로",
        "도",
        "나",
        "상",
        "시행",
        "제",
        "또는",
        "인",
        "가이드",
        "규칙",
        "공고",
        "홈페이지",
        "상담",
    ];
    !after.starts_with(|c: char| c.is_alphanumeric()) || FOLLOWS.iter().any(|word| after.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::cited;
    use crate::document::Document;
    use crate::language::Analyzer;

    fn found(analyzer: &Analyzer, text: &str, day: &str) -> Vec<(String, String)> {
        let document = Document::from_text("a.txt", text);
        let contract = Contract::read(&document, analyzer);
        let law = Law::new(&Statutes::builtin().unwrap(), day).unwrap();
        let findings = check(&contract, &cited::cited(&contract), &law);
        findings.iter().map(|finding| (finding.rule.clone(), finding.quote(&document).to_owned())).collect()
    }

    #[test]
    fn what_is_stale_depends_on_the_day() {
        let analyzer = Analyzer::new().unwrap();
        let text =
            "제1조(기준) 회사는 미래창조과학부 장관이 정한 기준과 「국가정보화 기본법」 제3조제1호를 따른다.";
        assert!(found(&analyzer, text, "2016-12-04").is_empty());
        assert_eq!(found(&analyzer, text, "2018-01-01").len(), 1);
        let today = found(&analyzer, text, "2026-01-02");
        let rules: Vec<&str> = today.iter().map(|(rule, _)| rule.as_str()).collect();
        assert!(
            rules.contains(&"stale-citation") && rules.contains(&"old-ministry-name") && rules.len() == 2,
            "{today:?}"
        );
    }

    #[test]
    fn names_are_words_of_their_own() {
        let analyzer = Analyzer::new().unwrap();
        for text in [
            "제1조(부문) 정보통신부문과 정보통신부품은 대상이 아니다.",
            "제1조(부처) 과학기술정보통신부(구 미래창조과학부)의 기준에 따른다.",
            "제1조(법) 전자문서 및 전자거래 기본법에 따른다.",
            "제1조(법) 전자상거래 등에서의 소비자보호법에 따른다.",
        ] {
            assert_eq!(found(&analyzer, text, "2026-01-02"), [], "{text}");
        }
    }
}
