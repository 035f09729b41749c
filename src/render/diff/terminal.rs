//! A comparison for a terminal: figures, coverage, what differs article by article, then what is the same in one line
//! each. Words that only one side has stand in `[- -]` and `{+ +}`, whatever the colours.

use super::segment::{Segment, bare, by_mark};
use super::view::{Article, Note, Row, Side, View};
use super::{Options, view};
use crate::finding::Confidence;
use crate::render::terminal::{self, BOLD, DIM, GREEN, PLAIN, Page, RED, YELLOW, padded, weight};
use crate::render::{DISCLAIMER, Legend, grouped};
use crate::report::{Comparison, Favours, MarkKind, Relation};
use anstyle::Style;
use unicode_width::UnicodeWidthStr;

/// The comparison as text with line breaks.
pub fn render(
    comparison: &Comparison,
    legend: &Legend,
    options: &Options,
    page: &terminal::Options,
) -> String {
    let view = View::new(comparison, legend, options);
    let mut page = Page { out: String::new(), width: page.width.max(40), color: page.color };
    let title = page.paint(&format!("== {} ==", view.path), BOLD);
    page.line(&title);
    let column = view.head.iter().map(|(label, _)| label.width()).max().unwrap_or(0) + 2;
    view.head.iter().for_each(|(label, text)| page.labelled("", label, column, text));
    coverage(&mut page, &view);
    worst(&mut page, &view);
    let loud = |article: &&Article| article.rows.iter().any(|row| !row.quiet());
    if view.articles.iter().any(|article| loud(&article)) {
        page.section("달라진 조문");
        if view.gist {
            page.wrapped("", "", view::GIST, DIM);
        }
        view.articles.iter().filter(loud).for_each(|part| article(&mut page, part, &view, options));
    }
    quiet(&mut page, &view, options);
    if view.left_out > 0 {
        page.line("");
        page.wrapped("", "", &view.told_left_out(), DIM);
    }
    if !view.others.is_empty() {
        page.section("그 밖의 지적");
        view.others.iter().for_each(|part| note(&mut page, part, ""));
    }
    if !view.suppressed.is_empty() {
        page.section("설정으로 뺀 지적");
        view.suppressed.iter().for_each(|entry| page.suppressed(entry));
    }
    if !view.notices.is_empty() {
        page.section("읽으면서 알게 된 것");
        for (warning, message) in &view.notices {
            let (mark, style) = if *warning { ("! ", YELLOW) } else { ("- ", PLAIN) };
            page.wrapped(mark, "  ", message, style);
        }
    }
    page.line("");
    page.wrapped("", "", DISCLAIMER, DIM);
    page.out
}

/// ASCII, one column wide everywhere.
fn sign(relation: Relation) -> (&'static str, Style) {
    match relation {
        Relation::Same => ("=", DIM),
        Relation::Changed => ("~", YELLOW),
        Relation::Missing => ("-", RED),
        Relation::Extra => ("+", GREEN),
        Relation::Moved => (">", PLAIN),
    }
}

fn whom(favours: Favours) -> Style {
    match favours {
        Favours::Provider => RED,
        Favours::Customer => GREEN,
        Favours::Neither => DIM,
    }
}

/// A line for each chapter: its title, a bar of its provisions, the counts.
fn coverage(page: &mut Page, view: &View) {
    const BAR: usize = 20;
    if view.chapters.is_empty() {
        return;
    }
    page.section("기준의 장별 반영");
    let widest = view.chapters.iter().map(|chapter| chapter.title.width()).max().unwrap_or(0);
    let titles = widest.min(page.width.saturating_sub(BAR + 4).max(16));
    for chapter in &view.chapters {
        let total = chapter.total().max(1);
        let (mut bar, mut counted, mut drawn) = (String::new(), 0, 0);
        for (relation, _, count) in chapter.counts {
            counted += count;
            let until = counted * BAR / total;
            let (mark, style) = sign(relation);
            bar.push_str(&page.paint(&mark.repeat(until - drawn), style));
            drawn = until;
        }
        let lead = titles + 2 + BAR + 2;
        let title = padded(&chapter.title, titles);
        if chapter.title.width() <= titles && lead + chapter.told().width() <= page.width {
            page.line(&format!("{title}  {bar}  {}", chapter.told()));
        } else {
            page.wrapped("", "", &chapter.title, PLAIN);
            page.line(&format!("  {bar}"));
            page.wrapped("  ", "  ", &chapter.told(), PLAIN);
        }
    }
}

fn worst(page: &mut Page, view: &View) {
    if view.worst.is_empty() {
        return;
    }
    page.section("먼저 볼 지적");
    for (number, worst) in view.worst.iter().enumerate() {
        let lead = format!("{}. ", number + 1);
        let text = format!("{} · {}", worst.title, worst.told());
        page.wrapped(&lead, "   ", &text, weight(worst.severity));
        page.wrapped("   ", "   ", &worst.message, PLAIN);
    }
}

fn article(page: &mut Page, article: &Article, view: &View, options: &Options) {
    page.line("");
    page.wrapped("", "", &article.told(), BOLD);
    for row in article.rows.iter().filter(|row| !row.quiet()) {
        loud(page, row, view, options);
    }
}

fn loud(page: &mut Page, row: &Row, view: &View, options: &Options) {
    let (mark, style) = sign(row.relation);
    page.line("");
    page.wrapped("  ", "    ", &format!("{mark} {}  {}", row.word, row.paths()), style);
    let column = 10;
    let base = if view.gist { "요지" } else { "기준" };
    sides(page, base, &row.base, column);
    sides(page, "계약서", &row.contract, column);
    if !row.woven.is_empty() {
        let text = words(page, &row.woven);
        page.labelled("    ", "낱말", column, &text);
    }
    for (shown, text) in &row.elements {
        let label = view::shown(*shown);
        page.labelled(
            "    ",
            if *shown == Some(true) {
                "O"
            } else if shown.is_some() {
                "X"
            } else {
                "?"
            },
            4,
            &format!("{text} ({label})"),
        );
    }
    for change in &row.changes {
        let whom = page.paint(change.favours.ko(), whom(change.favours));
        let text = format!("{}: {} [{whom}]\n{}", change.kind.ko(), change.values(), change.message);
        page.labelled("    ", "달라짐", column, &text);
    }
    row.notes.iter().for_each(|part| note(page, part, "    "));
    explained(page, row, options);
}

fn sides(page: &mut Page, label: &str, sides: &[Side], column: usize) {
    for side in sides {
        let text = words(page, &side.segments);
        let name = page.paint(&side.named(), DIM);
        page.labelled("    ", label, column, &format!("{name}\n{text}"));
    }
}

/// The words with their marks. Colours go on and off within a line's words, so the text can be wrapped as it is.
fn words(page: &Page, segments: &[Segment]) -> String {
    let told = |segment: &Segment| match segment.mark {
        MarkKind::Equal => segment.text.clone(),
        MarkKind::Delete => around(page, segment, "[-", "-]", RED),
        MarkKind::Insert => around(page, segment, "{+", "+}", GREEN),
    };
    by_mark(segments).iter().map(told).collect()
}

fn around(page: &Page, segment: &Segment, open: &str, close: &str, style: Style) -> String {
    match bare(segment) {
        Some((before, words, after)) => {
            format!("{before}{}{after}", page.paint(&format!("{open}{words}{close}"), style))
        }
        None => segment.text.clone(),
    }
}

fn note(page: &mut Page, note: &Note, indent: &str) {
    let remark = &note.remark;
    if note.again {
        page.wrapped(
            &format!("{indent}! "),
            &format!("{indent}  "),
            &format!("앞에서 적은 지적: {}", remark.title),
            DIM,
        );
        return;
    }
    let sure = if note.confidence == Confidence::Low { ", 확실하지 않음" } else { "" };
    let title = format!("{} ({}, 중요도 {}{sure})", remark.title, remark.kind.ko(), remark.severity.ko());
    if indent.is_empty() {
        page.line("");
    }
    page.wrapped(&format!("{indent}! "), &format!("{indent}  "), &title, weight(remark.severity));
    let inner = format!("{indent}  ");
    let column = 13;
    let advice = remark.advice.as_deref().unwrap_or("");
    for (label, text) in [
        ("자리", remark.at.as_str()),
        ("문구", &remark.quote),
        ("본 것", &remark.message),
        ("왜 중요한가", &note.why),
        ("법령", &remark.basis.join("; ")),
        ("표준", &remark.provisions.join(", ")),
        ("비슷한 사례", &remark.cases.join(", ")),
        ("할 일", advice),
        ("규칙", &remark.rules),
    ] {
        page.labelled(&inner, label, column, text);
    }
    if let Some(text) = remark.suggestion.as_deref().filter(|text| !text.trim().is_empty()) {
        let label = page.paint("모델 조항", DIM);
        page.line(&format!("{inner}{label}"));
        let bar = format!("{inner}  | ");
        page.wrapped(&bar, &bar, text.trim_end(), PLAIN);
    }
}

fn explained(page: &mut Page, row: &Row, options: &Options) {
    if options.explain && !row.why.is_empty() {
        let likeness = row.likeness.map(|likeness| format!(" (닮음 {likeness}%)")).unwrap_or_default();
        page.labelled("    ", "까닭", 10, &format!("{}{likeness}", row.why.join("; ")));
    }
}

/// What is the same, one line each; nothing of it has to be read.
fn quiet(page: &mut Page, view: &View, options: &Options) {
    let rows: Vec<&Row> = view.rows().filter(|row| row.quiet()).collect();
    if rows.is_empty() {
        return;
    }
    page.section(&format!("같은 조문 {}", grouped(rows.len())));
    for row in rows {
        page.wrapped("  = ", "    ", &row.paths(), PLAIN);
        explained(page, row, options);
    }
}
