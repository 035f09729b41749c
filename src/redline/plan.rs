//! Which edits a report asks for: a comment on every finding that counts, and model wording where it can stand as a lawyer
//! would put it. Knows reports and clauses, no file format.

use crate::clause::{self, Clause, ClauseId, ClauseTree, Level};
use crate::document::Document;
use crate::finding::{Kind, Severity};
use crate::redline::party::Parties;
use crate::redline::place::{self, Numbers};
use crate::redline::{Edit, Mode};
use crate::render::Legend;
use crate::render::view::by_law;
use crate::report::{FindingInfo, Report, Status};
use crate::text::Span;

/// The edits, in text order.
pub(super) fn edits(report: &Report, legend: &Legend, document: &Document, mode: Mode) -> Vec<Edit> {
    let (tree, _) = clause::parse(document);
    let parties = Parties::of(report, document);
    let mut out: Vec<(usize, Edit)> = Vec::new();
    let mut taken: Vec<Span> = Vec::new();
    let mut findings: Vec<&FindingInfo> = report.counted().collect();
    // Where two findings would rewrite the same words the weightier one does.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for finding in &findings {
        let Some(span) = finding.span.filter(|_| finding.kind != Kind::Missing) else { continue };
        // What weighs little is no reason to rewrite a clause.
        let rewrites = matches!(finding.kind, Kind::Unfair | Kind::Deviation | Kind::Trade)
            && finding.severity >= Severity::Medium
            && mode == Mode::Redline;
        let wording = wording(finding).map(|wording| parties.adapt(wording)).filter(|_| rewrites);
        let target = wording.as_ref().and_then(|_| target(&tree, document, finding, span));
        let free = target.filter(|target| !taken.iter().any(|other| other.overlaps(*target)));
        match (wording, free) {
            (Some(wording), Some(target)) => {
                taken.push(target);
                let comment =
                    format!("{}\n제안 문안을 변경 추적으로 넣었습니다.", told(finding, legend, None));
                out.push((target.start, Edit::Replace { span: target, text: wording, comment }));
            }
            _ => {
                let span = span.trimmed(document.text());
                let span = if span.is_empty() { first_words(document, span.start) } else { span };
                out.push((span.start, Edit::Comment { span, text: told(finding, legend, Some(&parties)) }));
            }
        }
    }
    absent(report, legend, document, &tree, mode, &parties, &mut out);
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, edit)| edit).collect()
}

/// What is missing: new articles, or comments where they would stand.
fn absent(
    report: &Report,
    legend: &Legend,
    document: &Document,
    tree: &ClauseTree,
    mode: Mode,
    parties: &Parties,
    out: &mut Vec<(usize, Edit)>,
) {
    let mut all: Vec<_> = report
        .counted()
        .filter_map(|finding| {
            let topic = place::topic(report, finding)?;
            Some((place::key(topic, finding), topic, finding))
        })
        .collect();
    all.sort_by(|one, two| one.0.cmp(&two.0));
    let mut numbers = Numbers::new(tree);
    for (key, topic, finding) in all {
        let own = topic.clauses.iter().find_map(|path| tree.find(&path.parse().ok()?));
        let article = match own {
            Some(own) if topic.status == Status::Partial => {
                let span = name(document, own);
                out.push((span.start, Edit::Comment { span, text: told(finding, legend, Some(parties)) }));
                continue;
            }
            _ => place::article(report, tree, &key),
        };
        let Some(article) = article else {
            let span = first_words(document, 0);
            out.push((span.start, Edit::Comment { span, text: told(finding, legend, Some(parties)) }));
            continue;
        };
        match wording(finding).filter(|_| mode == Mode::Redline) {
            Some(wording) => {
                let label = numbers.behind(article);
                let title = legend.topic_title(&topic.id);
                let wording = numbered(&parties.adapt(wording));
                let paragraphs = place::paragraphs(document, tree, article, &label, title, &wording);
                let comment = format!(
                    "{}\n모델 조항을 변경 추적으로 넣었습니다. 괄호의 빈칸은 당사자가 정하고, 용어와 인용한 조 번호는 이 계약에 맞추십시오.",
                    told(finding, legend, None)
                );
                let after = place::tail(document, article);
                out.push((after, Edit::Insert { after, paragraphs, comment }));
            }
            None => {
                let span = name(document, article);
                let text = format!("이 조 뒤에 넣을 내용: {}", told(finding, legend, Some(parties)));
                out.push((span.start, Edit::Comment { span, text }));
            }
        }
    }
}

fn wording(finding: &FindingInfo) -> Option<&str> {
    finding.suggestion.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// What a comment says of a finding, with the model wording where `model` says what the parties are called.
fn told(finding: &FindingInfo, legend: &Legend, model: Option<&Parties>) -> String {
    let title = legend.rule_title(&finding.rule);
    let mut lines = vec![format!("[{}·{}] {title}", finding.kind.ko(), finding.severity.ko())];
    lines.push(finding.message.clone());
    let law = by_law(finding.basis.iter()).join("; ");
    if !law.is_empty() {
        lines.push(format!("법령: {law}"));
    }
    if let Some(advice) = finding.advice.as_deref().map(str::trim).filter(|advice| !advice.is_empty()) {
        lines.push(format!("할 일: {advice}"));
    }
    if let Some((wording, parties)) = wording(finding).zip(model) {
        lines.push(format!("제안 문안: {}", parties.adapt(wording)));
    }
    lines.join("\n")
}

/// The words by which a reader knows a clause: its title, its number, its first line.
fn name(document: &Document, clause: &Clause) -> Span {
    let named = if clause.title.is_empty() { clause.marker } else { clause.title };
    if named.is_empty() { first_words(document, clause.span.start) } else { named }
}

/// The first line at or behind a byte that says anything.
fn first_words(document: &Document, at: usize) -> Span {
    let text = document.text();
    let mut blocks = document.blocks().iter().filter(|block| block.span.end > at);
    let block = blocks.find(|block| !block.span.of(text).trim().is_empty());
    block.map_or(Span::new(at, at), |block| block.span.trimmed(text))
}

/// The words that a suggestion stands for: the whole 항 with its 호, one paragraph of it, or the sentence. `None` where a
/// full sentence cannot stand, as in a 호 that only names a case.
fn target(tree: &ClauseTree, document: &Document, finding: &FindingInfo, span: Span) -> Option<Span> {
    let text = document.text();
    let span = span.trimmed(text);
    let named = finding.clause_id.as_deref().and_then(|id| id.strip_prefix('c')?.parse().ok()).map(ClauseId);
    let clause = named.map(|id| tree.get(id)).filter(|clause| clause.span.contains(span));
    let clause = clause.unwrap_or_else(|| tree.at(span.start));
    let first = clause.body.first()?;
    let listed = matches!(clause.level, Level::Item | Level::Subitem | Level::Detail);
    if !clause.children.is_empty() {
        let lead = tree.at(span.start).id == clause.id;
        let items = tree.children(clause.id).all(|child| matches!(child.level, Level::Item | Level::Subitem));
        // A 항 and its 호 say one thing together.
        let whole = Span::new(first.start, clause.span.trimmed(text).end);
        let unit = matches!(clause.level, Level::Paragraph | Level::Article);
        return (lead && items && unit && first.start <= span.start).then_some(whole);
    }
    let own = clause.body.iter().find(|own| own.overlaps(span))?;
    // A 항 of several paragraphs changes only in the one that is meant.
    let block = document.blocks().iter().find(|block| block.span.overlaps(span))?;
    let own =
        Span::new(own.start.max(block.span.start + block.label), own.end.min(block.span.end)).trimmed(text);
    if !own.overlaps(span) || listed && !is_sentence(own.of(text)) {
        return None;
    }
    let sentences = sentences(text, own);
    // What is not meant stays; but an exception or a consequence does not stand without its rule.
    let hangs = |sentence: &Span| {
        let text = sentence.of(text);
        ["다만", "단,", "단 ", "이 경우", "이때", "그러나"].iter().any(|word| text.starts_with(word))
    };
    let first = sentences.iter().position(|sentence| sentence.overlaps(span))?;
    let last = sentences.iter().rposition(|sentence| sentence.overlaps(span))?;
    let tail = sentences.iter().skip(last + 1).take_while(|sentence| hangs(sentence)).count();
    let (start, end) = (sentences.get(first)?, sentences.get(last + tail)?);
    Some(Span::new(start.start, end.end))
}

/// Wording whose 항 are numbered from ①, as they must be in an article of their own; one that is alone has no number.
fn numbered(wording: &str) -> String {
    let circled = |line: &str| line.chars().next().is_some_and(|c| ('①'..='⑳').contains(&c));
    let lines: Vec<&str> = wording.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let marked = lines.iter().filter(|line| circled(line)).count();
    let alone = marked == 1 && lines.first().is_some_and(|line| circled(line));
    let mut number = 0u32;
    let lines = lines.into_iter().map(|line| {
        if !circled(line) {
            return line.to_owned();
        }
        let rest = line.chars().skip(1).collect::<String>();
        let mark = char::from_u32(u32::from('①') + number).filter(|_| number < 20);
        number += 1;
        match mark {
            _ if alone => rest.trim_start().to_owned(),
            Some(mark) => format!("{mark}{rest}"),
            None => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether words end as a Korean sentence does.
fn is_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['.', '”', '"', ')']);
    ["다", "요", "까"].iter().any(|end| text.ends_with(end))
}

/// The sentences of a paragraph: each ends with 다., 요. or 오. outside brackets.
fn sentences(text: &str, span: Span) -> Vec<Span> {
    let inner = span.of(text);
    let (mut out, mut start, mut depth) = (Vec::new(), 0, 0usize);
    let mut last = ' ';
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '(' | '“' | '「' => depth += 1,
            ')' | '”' | '」' => depth = depth.saturating_sub(1),
            '.' if depth == 0 && matches!(last, '다' | '요' | '오' | '까') => {
                if chars.peek().is_none_or(|(_, next)| next.is_whitespace()) {
                    out.push(Span::new(span.start + start, span.start + at + 1).trimmed(text));
                    start = at + 1;
                }
            }
            _ => {}
        }
        last = c;
    }
    let rest = Span::new(span.start + start, span.end).trimmed(text);
    if !rest.is_empty() {
        out.push(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_outside_brackets() {
        let text = "회사는 (알린다. 곧) 바꾼다. 이용자는 따른다. 다만 그 밖에는";
        let all = sentences(text, Span::new(0, text.len()));
        let all: Vec<&str> = all.into_iter().map(|span| span.of(text)).collect();
        assert_eq!(all, ["회사는 (알린다. 곧) 바꾼다.", "이용자는 따른다.", "다만 그 밖에는"]);
    }

    #[test]
    fn an_article_of_its_own_counts_from_one() {
        assert_eq!(numbered("③ 알린다.\n1. 방법"), "알린다.\n1. 방법");
        assert_eq!(numbered("② 가\n④ 나\n제한"), "① 가\n② 나\n제한");
        assert_eq!(numbered("서문\n③ 가"), "서문\n① 가");
    }

    #[test]
    fn a_case_is_no_sentence() {
        assert!(is_sentence("회사는 배상한다.") && !is_sentence("서버 장애로 인한 손해"));
    }
}
