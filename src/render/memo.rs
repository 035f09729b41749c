//! A comparison as a review memo in Word, for a lawyer to send on: summary, table of topics, findings with quotes and law,
//! 신구대조표, notices. Says what the other renderings say; `page` knows how it looks, `rows` lays the two sides side by
//! side.

mod page;
mod rows;

use super::view::{Gap, Remark, View};
use super::{DISCLAIMER, DOUBTS, Legend, grouped};
use crate::report::{BaseKind, Comparison, Favours, Relation};
use page::{Page, Tone};

/// Why a memo could not be written.
#[derive(Debug, thiserror::Error)]
#[error("검토 메모를 워드 문서로 묶지 못했습니다: {0}")]
pub struct MemoError(String);

/// The memo as the bytes of a Word document. The same comparison gives the same bytes.
///
/// ```no_run
/// # fn get() -> (jomun::report::Comparison, jomun::render::Legend) { loop {} }
/// let (comparison, legend) = get();
/// std::fs::write("검토.docx", jomun::render::memo::render(&comparison, &legend)?)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the archive cannot be put together.
pub fn render(comparison: &Comparison, legend: &Legend) -> Result<Vec<u8>, MemoError> {
    let view = View::new(&comparison.report, legend);
    let mut page = Page::new();
    let name = comparison.report.document.title.clone().unwrap_or_else(|| view.path.clone());
    page.title("계약 검토 메모", &name);
    page.heading(1, "1. 요약");
    page.facts(&summary(comparison, &view));
    chapters(&mut page, comparison);
    let mut number = 2;
    let mut next = |page: &mut Page, title: &str| {
        page.heading(1, &format!("{number}. {title}"));
        number += 1;
    };
    if !view.groups.is_empty() {
        next(&mut page, "항목별 결과");
        topics(&mut page, &view);
    }
    if !view.remarks.is_empty() {
        next(&mut page, "살펴볼 조항");
        remarks(&mut page, &view.remarks);
    }
    if !view.gaps.is_empty() {
        next(&mut page, "빠졌거나 부족한 항목");
        gaps(&mut page, &view.gaps, 0);
    }
    for sheet in &view.sheets {
        next(&mut page, &format!("점검 목록: {}", sheet.title));
        page.text(&sheet.counts, Tone::Plain);
        for row in &sheet.rows {
            let text = row.text();
            let text = if text.is_empty() { text } else { format!(" — {text}") };
            page.bullet(&format!("{}: {}{text}", row.title, row.status.ko()));
        }
        remarks(&mut page, &sheet.remarks);
    }
    if !view.doubts.is_empty() {
        next(&mut page, "확실하지 않은 지적");
        page.text(DOUBTS, Tone::Quiet);
        remarks(&mut page, &view.doubts.remarks);
        gaps(&mut page, &view.doubts.gaps, view.doubts.remarks.len());
    }
    next(&mut page, "신구대조표");
    rows::table(&mut page, comparison);
    if !view.suppressed.is_empty() {
        next(&mut page, "설정으로 뺀 지적");
        for entry in &view.suppressed {
            let at = if entry.at.is_empty() { String::new() } else { format!(", {}", entry.at) };
            page.bullet(&format!("{}{at}: {}", entry.rule, entry.reason));
        }
    }
    if !view.notices.is_empty() {
        next(&mut page, "읽으면서 알게 된 것");
        for (warning, message) in &view.notices {
            let mark = if *warning { "주의: " } else { "" };
            page.bullet(&format!("{mark}{message}"));
        }
    }
    page.close(DISCLAIMER);
    page.finish(&name).map_err(MemoError)
}

/// The lines of the summary: what the report's head says, what it is held against, and what came of it.
fn summary(comparison: &Comparison, view: &View) -> Vec<(String, String)> {
    let base = &comparison.base;
    let kind = match base.kind {
        BaseKind::Builtin => "jomun이 쓴 요지",
        BaseKind::Imported => "가져온 표준계약서",
        BaseKind::Version => "다른 판",
    };
    let edition = base.edition.as_ref().map(|edition| format!(", {edition}판")).unwrap_or_default();
    let mut lines = vec![("파일".to_owned(), view.path.clone())];
    let (head, counts): (Vec<_>, Vec<_>) =
        view.head.iter().partition(|(label, _)| !matches!(*label, "결과" | "중요도" | "세지 않음"));
    let told = |lines: &mut Vec<(String, String)>, all: Vec<&(&'static str, String)>| {
        lines.extend(all.into_iter().map(|(label, text)| ((*label).to_owned(), text.clone())));
    };
    told(&mut lines, head);
    let against = format!("{} ({kind}{edition}, 조 {})", base.title, grouped(base.articles));
    lines.push(("견준 대상".into(), against));
    let count = |relation| comparison.rows.iter().filter(|row| row.relation == relation).count();
    let relations: Vec<String> = Relation::ALL
        .into_iter()
        .map(|relation| (relation.ko(), count(relation)))
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{word} {}", grouped(count)))
        .collect();
    lines.push(("견준 결과".into(), relations.join(" · ")));
    let changes = || comparison.rows.iter().flat_map(|row| &row.changes);
    let favoured: Vec<String> = [Favours::Provider, Favours::Customer, Favours::Neither]
        .into_iter()
        .map(|side| (side.ko(), changes().filter(|change| change.favours == side).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{word} {}", grouped(count)))
        .collect();
    let favoured = if favoured.is_empty() {
        "내용이 달라진 곳을 찾지 못했습니다".into()
    } else {
        favoured.join(" · ")
    };
    lines.push(("달라진 내용".into(), favoured));
    told(&mut lines, counts);
    lines
}

/// How much of each chapter of the base the contract carries.
fn chapters(page: &mut Page, comparison: &Comparison) {
    if comparison.chapters.is_empty() {
        return;
    }
    page.heading(2, "장별 반영");
    let rows: Vec<Vec<String>> = comparison
        .chapters
        .iter()
        .map(|chapter| {
            let counts = [chapter.same, chapter.moved, chapter.changed, chapter.missing];
            std::iter::once(chapter.title.clone()).chain(counts.map(grouped)).collect()
        })
        .collect();
    page.grid(&["장", "같음", "이동", "변경", "없음"], &[50, 12, 12, 13, 13], &rows);
}

fn topics(page: &mut Page, view: &View) {
    for group in &view.groups {
        page.heading(2, &group.title);
        let rows: Vec<Vec<String>> = group
            .rows
            .iter()
            .map(|row| {
                vec![
                    row.title.clone(),
                    row.status.ko().to_owned(),
                    row.clauses.join(", "),
                    row.provisions.join(", "),
                ]
            })
            .collect();
        page.grid(&["항목", "상태", "조항", "표준 조항"], &[32, 14, 29, 25], &rows);
    }
    if !view.not_applicable.is_empty() {
        page.text(&format!("이 기준에 없는 항목: {}", view.not_applicable.join(", ")), Tone::Quiet);
    }
    if view.complete {
        page.text("기준에 견주어 빠지거나 부족한 항목을 찾지 못했습니다.", Tone::Plain);
    }
}

fn remarks(page: &mut Page, remarks: &[Remark]) {
    for (number, remark) in remarks.iter().enumerate() {
        let (kind, weight) = (remark.kind.ko(), remark.severity.ko());
        page.heading(2, &format!("({}) {} — {kind}, 중요도 {weight}", number + 1, remark.title));
        page.point("자리", &remark.at);
        page.quote(&remark.quote);
        page.point("본 것", &remark.message);
        page.point("법령", &remark.basis.join("; "));
        page.point("표준", &remark.provisions.join(", "));
        page.point("비슷한 사례", &remark.cases.join(", "));
        page.point("할 일", remark.advice.as_deref().unwrap_or(""));
        page.model("제안 문안", remark.suggestion.as_deref());
    }
}

fn gaps(page: &mut Page, gaps: &[Gap], begun: usize) {
    for (number, gap) in gaps.iter().enumerate() {
        let (status, weight) = (gap.status.ko(), gap.severity.ko());
        page.heading(2, &format!("({}) {} — {status}, 중요도 {weight}", begun + number + 1, gap.title));
        page.point("본 것", &gap.message);
        page.point("빠진 내용", &gap.elements.join("; "));
        page.point("관련 조항", &gap.clauses.join(", "));
        page.point("왜 중요한가", &gap.why);
        page.point("표준 조항", &gap.provisions.join(", "));
        page.point("법령", &gap.basis.join("; "));
        page.point("할 일", gap.advice.as_deref().unwrap_or(""));
        page.model("모델 조항", gap.suggestion.as_deref());
    }
}
