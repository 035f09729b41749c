//! A comparison as Markdown, for a wiki or a review tool: the same content as on the terminal.

use super::segment::{Segment, bare, by_mark};
use super::view::{Article, Note, Row, Side, View};
use super::{Options, view};
use crate::finding::Confidence;
use crate::render::markdown::{escaped, model, point};
use crate::render::{DISCLAIMER, Legend, grouped};
use crate::report::{Comparison, MarkKind};

/// The comparison as Markdown. Words of the documents are escaped, so that they cannot become marks.
pub fn render(comparison: &Comparison, legend: &Legend, options: &Options) -> String {
    let view = View::new(comparison, legend, options);
    let mut out = format!("# {}\n\n", escaped(&view.path));
    view.head.iter().for_each(|(label, text)| point(&mut out, label, text));
    coverage(&mut out, &view);
    worst(&mut out, &view);
    let loud = |article: &&Article| article.rows.iter().any(|row| !row.quiet());
    if view.articles.iter().any(|article| loud(&article)) {
        out.push_str("\n## 달라진 조문\n");
        if view.gist {
            out.push_str(&format!("\n{}\n", view::GIST));
        }
        view.articles.iter().filter(loud).for_each(|part| article(&mut out, part, &view, options));
    }
    quiet(&mut out, &view, options);
    if view.left_out > 0 {
        out.push_str(&format!("\n{}\n", escaped(&view.told_left_out())));
    }
    if !view.others.is_empty() {
        out.push_str("\n## 그 밖의 지적\n");
        for other in &view.others {
            out.push_str(&format!("\n### {}\n\n", escaped(&titled(other))));
            note_points(&mut out, other);
        }
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

fn coverage(out: &mut String, view: &View) {
    if view.chapters.is_empty() {
        return;
    }
    out.push_str("\n## 기준의 장별 반영\n\n| 장 | 조항 수 | 반영 |\n|---|---|---|\n");
    for chapter in &view.chapters {
        let cells = [escaped(&chapter.title), chapter.total().to_string(), chapter.told()];
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn worst(out: &mut String, view: &View) {
    if view.worst.is_empty() {
        return;
    }
    out.push_str("\n## 먼저 볼 지적\n\n");
    for (number, worst) in view.worst.iter().enumerate() {
        let (title, message) = (escaped(&worst.title), escaped(&worst.message));
        let about = escaped(&worst.told());
        out.push_str(&format!("{}. **{title}** · {about}: {message}\n", number + 1));
    }
}

fn article(out: &mut String, article: &Article, view: &View, options: &Options) {
    out.push_str(&format!("\n### {}\n", escaped(&article.told())));
    for row in article.rows.iter().filter(|row| !row.quiet()) {
        out.push_str(&format!("\n#### {}: {}\n\n", row.word, escaped(&row.paths())));
        let base = if view.gist { "표준 요지" } else { "기준" };
        sides(out, base, &row.base);
        sides(out, "계약서", &row.contract);
        if !row.woven.is_empty() {
            out.push_str(&format!("- **낱말**: {}\n", words(&row.woven)));
        }
        for (shown, text) in &row.elements {
            out.push_str(&format!("  - {}: {}\n", view::shown(*shown), escaped(text)));
        }
        for change in &row.changes {
            let (kind, whom) = (change.kind.ko(), change.favours.ko());
            let (values, message) = (escaped(&change.values()), escaped(&change.message));
            let told = format!("- **달라짐** {kind}: {values} (**{whom}**) {message}");
            out.push_str(told.trim_end());
            out.push('\n');
        }
        for note in &row.notes {
            if note.again {
                out.push_str(&format!("- 앞에서 적은 지적: {}\n", escaped(&note.remark.title)));
            } else {
                out.push_str(&format!("\n##### {}\n\n", escaped(&titled(note))));
                note_points(out, note);
            }
        }
        if options.explain {
            let likeness = row.likeness.map(|likeness| format!(" (닮음 {likeness}%)")).unwrap_or_default();
            let why =
                if row.why.is_empty() { String::new() } else { format!("{}{likeness}", row.why.join("; ")) };
            point(out, "까닭", &why);
        }
    }
}

fn sides(out: &mut String, label: &str, sides: &[Side]) {
    for side in sides {
        let text = words(&side.segments);
        out.push_str(&format!("- **{label}** {}: {text}\n", escaped(&side.named())));
    }
}

/// The words with their marks on one line. The marks are tags: `**` and `~~` do not close before a particle that follows
/// a full stop or a quotation mark without a blank, as Korean does.
fn words(segments: &[Segment]) -> String {
    let told = |segment: &Segment| {
        let tag = match segment.mark {
            MarkKind::Equal => return lines(&segment.text),
            MarkKind::Delete => "del",
            MarkKind::Insert => "ins",
        };
        match bare(segment) {
            Some((before, words, after)) => {
                format!("{}<{tag}>{}</{tag}>{}", lines(before), lines(words), lines(after))
            }
            None => lines(&segment.text),
        }
    };
    by_mark(segments).iter().map(told).collect()
}

/// Escaped words whose line breaks stay: the rows of a table, 호 under their 항.
fn lines(text: &str) -> String {
    text.split('\n').map(escaped).collect::<Vec<_>>().join("<br>")
}

fn titled(note: &Note) -> String {
    let remark = &note.remark;
    let sure = if note.confidence == Confidence::Low { ", 확실하지 않음" } else { "" };
    format!("{} ({}, 중요도 {}{sure})", remark.title, remark.kind.ko(), remark.severity.ko())
}

fn note_points(out: &mut String, note: &Note) {
    let remark = &note.remark;
    point(out, "자리", &remark.at);
    point(out, "문구", &remark.quote);
    point(out, "본 것", &remark.message);
    point(out, "왜 중요한가", &note.why);
    point(out, "법령", &remark.basis.join("; "));
    point(out, "표준", &remark.provisions.join(", "));
    point(out, "비슷한 사례", &remark.cases.join(", "));
    point(out, "할 일", remark.advice.as_deref().unwrap_or(""));
    point(out, "규칙", &remark.rules);
    model(out, remark.suggestion.as_deref());
}

fn quiet(out: &mut String, view: &View, options: &Options) {
    let rows: Vec<&Row> = view.rows().filter(|row| row.quiet()).collect();
    if rows.is_empty() {
        return;
    }
    out.push_str(&format!("\n## 같은 조문 {}\n\n", grouped(rows.len())));
    for row in rows {
        let why = if options.explain && !row.why.is_empty() {
            format!(" — {}", escaped(&row.why.join("; ")))
        } else {
            String::new()
        };
        out.push_str(&format!("- {}{why}\n", escaped(&row.paths())));
    }
}
