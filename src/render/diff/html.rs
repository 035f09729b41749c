//! A comparison as a page: what is offered beside what it is held against, article by article, with what to say about it
//! in the margin. The page reads whole without its script, which only filters and walks.

use super::Options;
use super::segment::Segment;
use super::view::{self, Article, Change, Chapter, GIST, Note, Row, Side, View};
use crate::finding::Confidence;
use crate::render::html::part::{self, Weighed};
use crate::render::html::{Page, page};
use crate::render::{Legend, grouped};
use crate::report::{Comparison, Favours, MarkKind, Relation};
use maud::{Markup, PreEscaped, html};

/// What filters the rows and walks among them.
const SCRIPT: &str = include_str!("html/page.js");

/// The comparison as a page.
pub fn render(comparison: &Comparison, legend: &Legend, options: &Options) -> String {
    let view = View::new(comparison, legend, options);
    let top = html! {
        p.kicker { "계약서 대조 보고서" }
        h1 { (view.title) }
        p.file {
            @if view.title != view.path { (view.path) " · " }
            "기준: " (view.base)
        }
    };
    let content = html! {
        (summary(&view))
        (coverage(&view))
        (part::levels(&view.levels, &comparison.report.sla))
        div.body {
            (contents(&view))
            (rows(&view, options))
        }
        @if !view.others.is_empty() {
            section aria-labelledby="others" {
                h2 #others { "그 밖의 지적" }
                div.cards { @for note in &view.others { (card(note, 3, None)) } }
            }
        }
        @if !view.topics.is_empty() {
            section aria-labelledby="topics" {
                h2 #topics { "항목별 결과" }
                details { summary { "표준의 항목마다 계약서의 어느 조항이 다루는지 보기" } (part::topics(&view.topics)) }
            }
        }
        (part::suppressed(&view.suppressed))
        (part::notices(&view.notices))
    };
    page(&Page { title: &view.title, top, content, class: "diff", script: Some(SCRIPT) })
}

fn summary(view: &View) -> Markup {
    let (told, whom) = view.verdict();
    html! {
        section.summary aria-labelledby="summary" {
            h2 #summary { "요약" }
            div.two {
                div {
                    p.lead { (told) }
                    ul.tiles { @for (relation, word, count) in &view.relations {
                        li.(relation_class(*relation)) { strong { (grouped(*count)) } span { (sign(*relation)) " " (word) } }
                    } }
                    p.lead { (whom) }
                    @if view.changes() > 0 {
                        (balance(view))
                        p.kinds { @for (kind, count) in &view.kinds { span.chip { (kind.ko()) " " (count) } " " } }
                    }
                }
                div {
                    h3 { "먼저 볼 지적" }
                    @if view.worst.is_empty() { p.muted { "중요도가 보통 이상인 지적이 없습니다." } } @else {
                        @if !view.severities.is_empty() {
                            p.muted { "모두 " @for (i, (weight, count)) in view.severities.iter().enumerate() {
                                @if i > 0 { " · " } (weight.ko()) " " (grouped(*count))
                            } }
                        }
                        ol.worst { @for worst in &view.worst {
                            li.(part::weight_class(worst.severity)) {
                                a href={ "#f-" (worst.id) } { (worst.title) }
                                span.muted { " " (worst.told()) }
                                p { (worst.message) }
                            }
                        } }
                    }
                }
            }
            details.about { summary { "문서와 기준에 대하여" } (part::labelled(&view.head)) }
        }
    }
}

/// Whom the changes favour, as one bar; the sentence above it says the same.
fn balance(view: &View) -> Markup {
    let shares = view.favours.iter().map(|(favours, count)| (favours_class(*favours), *count));
    html! { (bar(shares.collect(), view.changes())) }
}

/// A bar of shares. It repeats what stands beside it in words and is not read out.
fn bar(shares: Vec<(&'static str, usize)>, total: usize) -> Markup {
    let mut begun = 0;
    let parts = shares.into_iter().filter(|(_, count)| *count > 0).map(|(class, count)| {
        let start = begun;
        begun += count;
        (class, start, count)
    });
    html! {
        svg.bar viewBox={ "0 0 " (total.max(1)) " 1" } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for (class, start, count) in parts { rect.(class) x=(start) y="0" width=(count) height="1" {} }
        }
    }
}

fn coverage(view: &View) -> Markup {
    html! {
        @if !view.chapters.is_empty() {
            section aria-labelledby="coverage" {
                h2 #coverage { "기준의 장별 반영" }
                div.scroll tabindex="0" role="region" aria-label="장별 반영 표" {
                    table.coverage {
                        thead { tr { th scope="col" { "장" } th scope="col" { "반영" } th scope="col" { "조항 수" } } }
                        tbody { @for chapter in &view.chapters { (chapter_row(chapter)) } }
                    }
                }
            }
        }
    }
}

fn chapter_row(chapter: &Chapter) -> Markup {
    let shares = chapter.counts.iter().map(|(relation, _, count)| (relation_class(*relation), *count));
    html! {
        tr {
            th scope="row" { (chapter.title) }
            td.graph { (bar(shares.collect(), chapter.total())) }
            td { (chapter.told()) }
        }
    }
}

fn contents(view: &View) -> Markup {
    html! {
        nav.contents aria-label="차례" {
            details open { summary { "차례" }
                ol { @for article in &view.articles {
                    li data-article=(article.id) {
                        a href={ "#" (article.id) } { @if article.extra { "계약서 " } (article.title) }
                        @for (relation, word, count) in article.counts() {
                            " " span.dot.(relation_class(relation)) { (word) " " (count) }
                        }
                    }
                } }
            }
        }
    }
}

fn rows(view: &View, options: &Options) -> Markup {
    html! {
        section.rows aria-labelledby="rows" {
            h2 #rows { "조문 대조" }
            @if view.gist {
                p.muted { (GIST) }
            }
            @if view.left_out > 0 {
                p.muted { (view.told_left_out()) }
            }
            (filters(view))
            div.columns aria-hidden="true" { span { (view.base_label) } span { "계약서" } span { "비고" } }
            @for article in &view.articles { (article_part(article, view, options)) }
            p #nothing hidden { "조건에 맞는 줄이 없습니다." }
        }
        (help())
    }
}

/// The script shows this; without it there is nothing to filter with.
fn filters(view: &View) -> Markup {
    html! {
        div.filters #filters hidden role="group" aria-label="거르기" {
            fieldset {
                legend { "관계" }
                @for (relation, word, count) in &view.relations {
                    @if *count > 0 {
                        label.check { input type="checkbox" name="relation" value=(relation_class(*relation)) checked; (word) " " (grouped(*count)) }
                    }
                }
            }
            @if !view.kinds.is_empty() {
                label { "달라진 것 " select #kind {
                    option value="" { "모두" }
                    @for (kind, count) in &view.kinds { option value=(kind.ko()) { (kind.ko()) " (" (count) ")" } }
                } }
                label { "누구에게 유리 " select #favours {
                    option value="" { "모두" }
                    @for (favours, count) in &view.favours {
                        @if *count > 0 { option value=(favours_class(*favours)) { (favours.ko()) " (" (count) ")" } }
                    }
                } }
            }
            label.check { input #findings type="checkbox"; "지적이 있는 줄만" }
            label.search { "찾기 " input #search type="search" autocomplete="off" spellcheck="false"; }
            span.buttons {
                button #unfold type="button" aria-pressed="false" { "같은 조항 펼치기" }
                button #reset type="button" { "처음대로" }
                button #keys type="button" aria-haspopup="dialog" { "단축키 " kbd { "?" } }
            }
            output #shown role="status" {}
        }
    }
}

fn help() -> Markup {
    let keys = [
        ("j", "다음 줄(같은 조항은 건너뜀)"),
        ("k", "앞줄"),
        ("/", "찾기"),
        ("?", "이 도움말"),
        ("Esc", "닫기"),
    ];
    html! {
        dialog #help aria-labelledby="help-title" {
            h2 #help-title { "단축키" }
            dl { @for (key, what) in keys { div { dt { kbd { (key) } } dd { (what) } } } }
            label.check { input #keys-on type="checkbox" checked; "한 글자 단축키 쓰기" }
            p { button #help-close type="button" { "닫기" } }
        }
    }
}

fn article_part(article: &Article, view: &View, options: &Options) -> Markup {
    html! {
        section.article #(article.id) {
            h3 {
                (article.title)
                @if article.extra { span.beside { " 계약서에만 있음" } }
                @if !article.beside.is_empty() { span.beside { span.to { "↔" } " " (article.beside) } }
            }
            @for row in &article.rows { (row_part(row, view, options)) }
        }
    }
}

fn row_part(row: &Row, view: &View, options: &Options) -> Markup {
    let relation = relation_class(row.relation);
    let kinds: Vec<&str> = row.changes.iter().map(|change| change.kind.ko()).collect();
    let whom: Vec<&str> = row.changes.iter().map(|change| favours_class(change.favours)).collect();
    let findings = row.notes.len().to_string();
    let name = html! {
        span.relation { (sign(row.relation)) " " (row.word) } " "
        span.paths { (row.paths()) }
    };
    let facts = (kinds.join("|"), whom.join("|"), findings);
    let inner = html! {
        div.sides {
            (side_part(&row.base, view.base_label, "base", row))
            (side_part(&row.contract, "계약서", "contract", row))
            (margin(row, options))
        }
    };
    html! {
        @if row.quiet() {
            details.row.quiet.(relation) #(row.id) data-relation=(relation) data-kinds="" data-favours="" data-findings="0" {
                summary { h4 { (name) } span.gist { (opening(row)) } }
                (inner)
            }
        } @else {
            article.row.(relation) #(row.id) tabindex="-1" aria-labelledby={ (row.id) "-t" }
                data-relation=(relation) data-kinds=(facts.0) data-favours=(facts.1) data-findings=(facts.2) {
                h4 id={ (row.id) "-t" } { (name) }
                (inner)
            }
        }
    }
}

/// How the contract's side begins, for a row that is folded.
fn opening(row: &Row) -> String {
    const MOST: usize = 60;
    let words = row.contract.iter().flat_map(|side| &side.segments).map(|segment| segment.text.as_str());
    let words: String = words.collect::<Vec<_>>().join(" ");
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn side_part(sides: &[Side], label: &str, class: &str, row: &Row) -> Markup {
    let none = if class == "base" {
        "기준에 없는 조항입니다."
    } else {
        "계약서에서 찾지 못했습니다."
    };
    html! {
        div.side.(class) {
            div.hold {
                p.label { (label) }
                @if sides.is_empty() { p.none { (none) } }
                @for side in sides {
                    p.where {
                        strong { (side.path) }
                        @if !side.heading.is_empty() { " " (side.heading) }
                        @if !side.place.is_empty() { span.muted { " · " (side.place) } }
                    }
                    p.words { @for segment in &side.segments { (words(segment, row)) } }
                }
                @if class == "base" && !row.elements.is_empty() {
                    ul.elements aria-label="요구 내용" {
                        @for (shown, text) in &row.elements { (element(*shown, text)) }
                    }
                }
            }
        }
    }
}

fn element(shown: Option<bool>, text: &str) -> Markup {
    let (class, mark) = match shown {
        Some(true) => ("yes", "✓"),
        Some(false) => ("no", "✗"),
        None => ("untold", "?"),
    };
    let word = view::shown(shown);
    html! { li.(class) { span.mark { span aria-hidden="true" { (mark) " " } (word) } " " (text) } }
}

fn words(segment: &Segment, row: &Row) -> Markup {
    let whom =
        segment.change.and_then(|change| row.changes.get(change)).map(|change| favours_class(change.favours));
    let inner = html! {
        @match segment.mark {
            MarkKind::Equal => (segment.text),
            MarkKind::Delete => del { (segment.text) },
            MarkKind::Insert => ins { (segment.text) },
        }
    };
    html! { @match whom { Some(class) => mark.(class) { (inner) }, None => (inner) } }
}

fn margin(row: &Row, options: &Options) -> Markup {
    html! {
        div.margin {
            @if !row.changes.is_empty() {
                ul.changes aria-label="달라진 것" { @for change in &row.changes { (change_part(change)) } }
            }
            @if !row.woven.is_empty() {
                div.woven { p.label { "낱말 대조" } p.words { @for segment in &row.woven { (words(segment, row)) } } }
            }
            @for note in &row.notes {
                @if note.again {
                    p.again { "앞에서 적은 지적: " a href={ "#f-" (note.id) } { (note.remark.title) } }
                } @else { (card(note, 5, Some(row))) }
            }
            @if !row.why.is_empty() {
                details.why open[options.explain] {
                    summary { "맞댄 까닭" @if let Some(likeness) = row.likeness { " · 닮음 " (likeness) "%" } }
                    ul { @for why in &row.why { li { (why) } } }
                }
            }
        }
    }
}

fn change_part(change: &Change) -> Markup {
    let class = favours_class(change.favours);
    html! {
        li.(class) {
            p.tags {
                span.chip { (change.kind.ko()) } " "
                span.chip.whom { span aria-hidden="true" { (whom_sign(change.favours)) " " } (change.favours.ko()) }
            }
            p.values {
                @if change.base.is_empty() { span.muted { "없음" } } @else { span.from { (change.base) } }
                span.to { " → " }
                @if change.contract.is_empty() { span.muted { "없음" } } @else { strong { (change.contract) } }
            }
            @if !change.message.is_empty() { p { (change.message) } }
        }
    }
}

/// A finding's card; beside a row of one clause it does not say again which clause that is.
fn card(note: &Note, level: u8, row: Option<&Row>) -> Markup {
    let mut remark = note.remark.clone();
    if row.is_some_and(|row| row.contract.len() == 1 && remark.at.starts_with(row.to.as_str())) {
        remark.at.clear();
    }
    let weighed = Weighed { remark: &remark, confidence: Some(note.confidence), why: &note.why };
    let card = part::note(weighed, level, &format!("f-{}", note.id));
    html! { @if note.confidence == Confidence::Low { div.doubtful { (card) } } @else { (card) } }
}

fn relation_class(relation: Relation) -> &'static str {
    match relation {
        Relation::Same => "same",
        Relation::Changed => "changed",
        Relation::Missing => "missing",
        Relation::Extra => "extra",
        Relation::Moved => "moved",
    }
}

/// A sign beside the word, not instead of it.
fn sign(relation: Relation) -> Markup {
    let sign = match relation {
        Relation::Same => "=",
        Relation::Changed => "≠",
        Relation::Missing => "−",
        Relation::Extra => "+",
        Relation::Moved => "⇅",
    };
    html! { span.sign aria-hidden="true" { (PreEscaped(sign)) } }
}

fn favours_class(favours: Favours) -> &'static str {
    match favours {
        Favours::Provider => "provider",
        Favours::Customer => "customer",
        Favours::Neither => "neither",
    }
}

fn whom_sign(favours: Favours) -> &'static str {
    match favours {
        Favours::Provider => "▲",
        Favours::Customer => "▼",
        Favours::Neither => "●",
    }
}
