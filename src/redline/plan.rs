//! Which edits a report asks for: a comment on every finding that counts, and model wording where it can stand as a lawyer
//! would put it. Knows reports and clauses, no file format.

use crate::check::catalogue;
use crate::clause::{self, Clause, ClauseId, ClauseTree, Level};
use crate::document::Document;
use crate::finding::{Confidence, Kind, Severity};
use crate::redline::party::Parties;
use crate::redline::place::{self, Numbers};
use crate::redline::wording::{circled, is_sentence, narrowed, numbered, sentences, unmarked};
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
    let mut taken: Vec<(Span, String)> = Vec::new();
    let mut findings: Vec<&FindingInfo> = report.counted().collect();
    // Where two findings would rewrite the same words the weightier one does.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for finding in &findings {
        let Some(span) = finding.span.filter(|_| finding.kind != Kind::Missing) else { continue };
        // What weighs little is no reason to rewrite a clause, and a provision takes the place only of a clause that is
        // nearly the same: of another one it would delete what is not meant.
        let rewrites = matches!(finding.kind, Kind::Unfair | Kind::Deviation | Kind::Trade)
            && finding.severity >= Severity::Medium
            && (finding.confidence == Confidence::High || !is_counterpart(finding))
            && mode == Mode::Redline;
        let wording = wording(finding).filter(|_| rewrites).map(|wording| parties.adapt(unmarked(wording)));
        let target = wording.as_ref().and_then(|wording| target(&tree, document, finding, span, wording));
        // What says so already needs no change.
        let differs = |target: &Span| Some(target.of(document.text())) != wording.as_deref();
        let target = target.filter(differs);
        let free = target.filter(|target| !taken.iter().any(|(other, _)| other.overlaps(*target)));
        match (wording, free) {
            (Some(wording), Some(target)) => {
                let comment = told(finding, legend, None);
                let (span, words) = narrowed(document.text(), target, &wording);
                taken.push((target, wording));
                out.push((span.start, Edit::Replace { span, text: words, comment }));
            }
            // Several changes of one clause are mended by one wording.
            (Some(wording), None)
                if target.is_some_and(|target| {
                    taken.iter().any(|(other, by)| *other == target && *by == wording)
                }) =>
            {
                let text =
                    format!("{}\n이 조항의 제안 문안으로 함께 고쳤습니다.", told(finding, legend, None));
                out.push((span.start, Edit::Comment { span: span.trimmed(document.text()), text }));
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
                    "{}\n모델 조항의 괄호 안 빈칸은 당사자가 정하고, 용어와 인용한 조 번호는 이 계약에 맞추십시오.",
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

/// The words that a wording stands for: what a comparison found, as the whole clause that is its counterpart; what looks
/// unfair, as the sentences that are meant, or a 항 with its 호. `None` where the wording cannot stand.
fn target(
    tree: &ClauseTree,
    document: &Document,
    finding: &FindingInfo,
    span: Span,
    wording: &str,
) -> Option<Span> {
    let text = document.text();
    let span = span.trimmed(text);
    // Several 항 cannot stand in the place of one.
    if wording.lines().any(|line| circled(line.trim_start())) {
        return None;
    }
    let counterpart = is_counterpart(finding);
    let several = wording.lines().count() > 1;
    let named = finding.clause_id.as_deref().and_then(|id| id.strip_prefix('c')?.parse().ok()).map(ClauseId);
    let clause = named.map(|id| tree.get(id)).filter(|clause| clause.span.contains(span));
    let clause = clause.unwrap_or_else(|| tree.at(span.start));
    let first = clause.body.first()?;
    // Another version gives its clause without what lies below, a standard with it.
    let lead_only = counterpart && finding.provisions.is_empty();
    if lead_only && several {
        return None;
    }
    let listed = matches!(clause.level, Level::Item | Level::Subitem | Level::Detail);
    if !clause.children.is_empty() && !lead_only {
        let lead = counterpart || tree.at(span.start).id == clause.id;
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
    // A case among others is replaced by a case, a sentence by a sentence.
    let alike = !listed || !several && is_sentence(own.of(text)) == is_sentence(wording);
    if !own.overlaps(span) || !alike {
        return None;
    }
    if counterpart {
        return Some(own);
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

/// Whether a finding comes from a comparison, so that its wording is the other side's clause.
fn is_counterpart(finding: &FindingInfo) -> bool {
    catalogue::get(&finding.rule).is_some_and(|check| check.kind == Kind::Deviation)
}
