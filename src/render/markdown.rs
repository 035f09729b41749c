//! A report as Markdown, for a wiki or a review tool: the same content as on the terminal.

use super::sheet::Sheet;
use super::view::{Gap, Remark, View};
use super::{DISCLAIMER, DOUBTS, Legend, level};
use crate::report::Report;

/// The report as Markdown. Words of the document are escaped, so that they cannot become marks.
pub fn render(report: &Report, legend: &Legend) -> String {
    let view = View::new(report, legend);
    let mut out = format!("# {}\n\n", escaped(&view.path));
    for (label, text) in &view.head {
        out.push_str(&format!("- **{label}**: {}\n", escaped(text)));
    }
    table(&mut out, &view);
    levels(&mut out, &view);
    if !view.remarks.is_empty() {
        out.push_str("\n## 살펴볼 조항\n");
        remarks(&mut out, &view.remarks);
    }
    if !view.gaps.is_empty() {
        out.push_str("\n## 빠졌거나 부족한 항목\n");
        gaps(&mut out, &view.gaps, 0);
    }
    view.sheets.iter().for_each(|sheet| self::sheet(&mut out, sheet));
    if !view.doubts.is_empty() {
        out.push_str(&format!("\n## 확실하지 않은 지적\n\n{DOUBTS}\n"));
        remarks(&mut out, &view.doubts.remarks);
        gaps(&mut out, &view.doubts.gaps, view.doubts.remarks.len());
    }
    if !view.suppressed.is_empty() {
        out.push_str("\n## 설정으로 뺀 지적\n\n");
        for entry in &view.suppressed {
            let at = if entry.at.is_empty() { String::new() } else { format!(", {}", entry.at) };
            let what = escaped(&format!("{}{at}", entry.rule));
            out.push_str(&format!("- {what}: {}\n", escaped(&entry.reason)));
        }
    }
    if !view.notices.is_empty() {
        out.push_str("\n## 읽으면서 알게 된 것\n\n");
        for (warning, message) in &view.notices {
            let mark = if *warning { "**주의** " } else { "" };
            out.push_str(&format!("- {mark}{}\n", escaped(message)));
        }
    }
    out.push_str(&format!("\n---\n\n{DISCLAIMER}\n"));
    out
}

fn table(out: &mut String, view: &View) {
    if view.groups.is_empty() {
        return;
    }
    out.push_str("\n## 항목별 결과\n");
    for group in &view.groups {
        out.push_str(&format!("\n### {}\n\n", escaped(&group.title)));
        out.push_str("| 항목 | 상태 | 조항 | 표준 조항 |\n|---|---|---|---|\n");
        for row in &group.rows {
            let cells = [
                escaped(&row.title),
                row.status.ko().to_owned(),
                escaped(&row.clauses.join(", ")),
                escaped(&row.provisions.join(", ")),
            ];
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    if !view.not_applicable.is_empty() {
        out.push_str(&format!("\n이 기준에 없는 항목: {}\n", escaped(&view.not_applicable.join(", "))));
    }
    if view.complete {
        out.push_str("\n기준에 견주어 빠지거나 부족한 항목을 찾지 못했습니다.\n");
    }
}

fn levels(out: &mut String, view: &View) {
    let levels = &view.levels;
    if levels.is_empty() {
        return;
    }
    out.push_str("\n## 서비스 수준\n");
    if !levels.targets.is_empty() {
        out.push_str(
            "\n| 대상 | 가용률 목표 | 기간 | 30일에 허용되는 중단 | | 조항 |\n|---|---|---|---|---|---|\n",
        );
        for goal in &levels.targets {
            let cells = [
                escaped(&goal.name),
                goal.availability.clone(),
                goal.period.to_owned(),
                goal.downtime.clone(),
                code(goal.share),
                escaped(&goal.clause),
            ];
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    for table in &levels.tables {
        out.push_str(&format!(
            "\n{}\n\n| 수준 | 보상 | | 조항 |\n|---|---|---|---|\n",
            escaped(&table.title)
        ));
        for step in &table.steps {
            let cells = [
                escaped(&step.level),
                step.credit.clone(),
                code(step.share.unwrap_or(0.0)),
                escaped(&step.clause),
            ];
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    out.push('\n');
    levels.notes.iter().for_each(|(label, text)| point(out, label, text));
}

/// A bar as code, so that its marks stay marks.
fn code(share: f64) -> String {
    let bar = level::bar(share);
    if bar.is_empty() { bar } else { format!("`{bar}`") }
}

fn sheet(out: &mut String, sheet: &Sheet) {
    out.push_str(&format!("\n## 점검 목록: {}\n\n{}\n\n", escaped(&sheet.title), escaped(&sheet.counts)));
    out.push_str("| 항목 | 상태 | 내용 |\n|---|---|---|\n");
    for row in &sheet.rows {
        let cells = [escaped(&row.title), row.status.ko().to_owned(), escaped(&row.text())];
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    remarks(out, &sheet.remarks);
}

fn gaps(out: &mut String, gaps: &[Gap], begun: usize) {
    for (number, gap) in gaps.iter().enumerate() {
        let (title, status, weight) = (escaped(&gap.title), gap.status.ko(), gap.severity.ko());
        out.push_str(&format!("\n### {}. {title} ({status}, 중요도 {weight})\n\n", begun + number + 1));
        point(out, "본 것", &gap.message);
        point(out, "빠진 내용", &gap.elements.join("; "));
        point(out, "관련 조항", &gap.clauses.join(", "));
        point(out, "왜 중요한가", &gap.why);
        point(out, "표준 조항", &gap.provisions.join(", "));
        point(out, "법령", &gap.basis.join("; "));
        point(out, "할 일", gap.advice.as_deref().unwrap_or(""));
        model(out, gap.suggestion.as_deref());
    }
}

fn remarks(out: &mut String, remarks: &[Remark]) {
    for (number, remark) in remarks.iter().enumerate() {
        let (title, kind, weight) = (escaped(&remark.title), remark.kind.ko(), remark.severity.ko());
        out.push_str(&format!("\n### {}. {title} ({kind}, 중요도 {weight})\n\n", number + 1));
        point(out, "자리", &remark.at);
        point(out, "문구", &remark.quote);
        point(out, "본 것", &remark.message);
        point(out, "법령", &remark.basis.join("; "));
        point(out, "표준", &remark.provisions.join(", "));
        point(out, "비슷한 사례", &remark.cases.join(", "));
        point(out, "할 일", remark.advice.as_deref().unwrap_or(""));
        point(out, "규칙", &remark.rules);
        model(out, remark.suggestion.as_deref());
    }
}

pub(super) fn point(out: &mut String, label: &str, text: &str) {
    if !text.is_empty() {
        out.push_str(&format!("- **{label}**: {}\n", escaped(text)));
    }
}

pub(super) fn model(out: &mut String, suggestion: Option<&str>) {
    let Some(text) = suggestion.filter(|text| !text.trim().is_empty()) else { return };
    out.push_str("\n모델 조항:\n\n");
    for line in text.trim_end().lines() {
        // Two spaces at the end keep the line breaks between 항 and 호; "1\." keeps them from becoming a list.
        let line = line.trim();
        let escaped = escaped(line);
        let numbered =
            line.split_once('.').filter(|(n, _)| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
        match numbered {
            Some((number, _)) => out.push_str(&format!("> {number}\\.{}  \n", &escaped[number.len() + 1..])),
            None => out.push_str(&format!("> {escaped}  \n")),
        }
    }
}

/// Words on one line, with the characters that Markdown or HTML would read as marks escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_document_do_not_become_marks() {
        assert_eq!(escaped("a|b*c\n<img>"), "a\\|b\\*c &lt;img&gt;");
    }

    #[test]
    fn a_model_clause_keeps_its_lines() {
        let mut out = String::new();
        model(&mut out, Some("① 돌려준다.\n1. 기간\n2. 방법\n"));
        assert_eq!(out, "\n모델 조항:\n\n> ① 돌려준다.  \n> 1\\. 기간  \n> 2\\. 방법  \n");
    }
}
