//! Pages: one self-contained file each, that loads nothing, reads without a script, prints, and is legible by night, on a
//! phone and to a screen reader. [`render()`] writes a report; [`crate::render::diff::html`] writes a comparison with the
//! same parts.
//!
//! Every word of a document is escaped by maud, and the page's own policy lets it load nothing and run only the script
//! that jomun wrote, so that not even a mistake here could make a contract's words run.

pub(super) mod part;

use super::sheet::Sheet;
use super::view::{Gap, View};
use super::{DISCLAIMER, DOUBTS, Legend};
use crate::report::Report;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

/// A checklist: the table of its items, then what is told of them. `id` is the anchor of its heading.
fn checklist(sheet: &Sheet, id: &str) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { "점검 목록: " (sheet.title) }
            p { (sheet.counts) }
            div.scroll tabindex="0" role="region" aria-label=(sheet.title) {
                table.topics {
                    thead { tr { th scope="col" { "항목" } th scope="col" { "상태" } th scope="col" { "내용" } } }
                    tbody {
                        @for row in &sheet.rows {
                            tr { th scope="row" { (row.title) } td { (row.status.ko()) } td { (row.text()) } }
                        }
                    }
                }
            }
            @for (number, remark) in sheet.remarks.iter().enumerate() {
                (part::note(part::Weighed { remark, confidence: None, why: "" }, 3, &format!("{id}-{}", number + 1)))
            }
        }
    }
}

/// The look of every page.
const STYLE: &str = include_str!("html/page.css");

/// A report as a page.
pub fn render(report: &Report, legend: &Legend) -> String {
    let view = View::new(report, legend);
    let title = report.document.title.as_deref().map_or_else(|| view.path.clone(), super::view::visible);
    let content = html! {
        section aria-labelledby="summary" {
            h2 #summary { "요약" }
            (part::labelled(&view.head))
        }
        (part::levels(&view.levels, &report.sla))
        @if !view.remarks.is_empty() {
            section aria-labelledby="remarks" {
                h2 #remarks { "살펴볼 조항" }
                @for (number, remark) in view.remarks.iter().enumerate() {
                    (part::note(part::Weighed { remark, confidence: None, why: "" }, 3, &format!("f{}", number + 1)))
                }
            }
        }
        @if !view.gaps.is_empty() {
            section aria-labelledby="gaps" {
                h2 #gaps { "빠졌거나 부족한 항목" }
                @for (number, gap) in view.gaps.iter().enumerate() { (missing(gap, &format!("g{}", number + 1))) }
            }
        }
        @if !view.groups.is_empty() {
            section aria-labelledby="topics" {
                h2 #topics { "항목별 결과" }
                @if view.complete { p { "기준에 견주어 빠지거나 부족한 항목을 찾지 못했습니다." } }
                (part::topics(&view.groups))
                @if !view.not_applicable.is_empty() {
                    p.muted { "이 기준에 없는 항목: " (view.not_applicable.join(", ")) }
                }
            }
        }
        @for (list, sheet) in view.sheets.iter().enumerate() {
            (checklist(sheet, &format!("l{}", list + 1)))
        }
        @if !view.doubts.is_empty() {
            section aria-labelledby="doubts" {
                h2 #doubts { "확실하지 않은 지적" }
                p.muted { (DOUBTS) }
                @for (number, remark) in view.doubts.remarks.iter().enumerate() {
                    (part::note(part::Weighed { remark, confidence: None, why: "" }, 3, &format!("d{}", number + 1)))
                }
                @for (number, gap) in view.doubts.gaps.iter().enumerate() {
                    (missing(gap, &format!("e{}", number + 1)))
                }
            }
        }
        (part::suppressed(&view.suppressed))
        (part::notices(&view.notices))
    };
    let top = html! {
        p.kicker { "계약서 점검 보고서" }
        h1 { (title) }
        @if title != view.path { p.file { (view.path) } }
    };
    page(&Page { title: &title, top, content, class: "scan", script: None })
}

fn missing(gap: &Gap, id: &str) -> Markup {
    html! {
        div.note.(part::weight_class(gap.severity)) #(id) {
            h3 { (gap.title) }
            p.tags {
                span.tag { (gap.status.ko()) }
                span.weight { "중요도 " (gap.severity.ko()) }
            }
            p { (gap.message) }
            dl {
                (part::term("빠진 내용", &gap.elements.join("; ")))
                (part::term("관련 조항", &gap.clauses.join(", ")))
                (part::term("왜 중요한가", &gap.why))
                (part::term("표준 조항", &gap.provisions.join(", ")))
                (part::term("법령", &gap.basis.join("; ")))
                (part::term("할 일", gap.advice.as_deref().unwrap_or("")))
            }
            (part::model(gap.suggestion.as_deref()))
        }
    }
}

/// What makes a page.
pub(super) struct Page<'a> {
    /// What the window is called.
    pub title: &'a str,
    /// What stands in its banner.
    pub top: Markup,
    /// What stands in its main part.
    pub content: Markup,
    /// What the style may tell kinds of page apart by.
    pub class: &'static str,
    /// The one script that it may run.
    pub script: Option<&'static str>,
}

/// The whole file.
pub(super) fn page(page: &Page) -> String {
    // Reading HTML, a browser turns every line break into one character; the digest is over what it has then.
    let script = page.script.map(|script| script.replace("\r\n", "\n"));
    let allowed = match &script {
        Some(script) => format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script))),
        None => "'none'".to_owned(),
    };
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}; base-uri 'none'; form-action 'none'"
    );
    let markup = html! {
        (DOCTYPE)
        html lang="ko" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="jomun";
                meta name="robots" content="noindex";
                title { (page.title) " — jomun" }
                style { (PreEscaped(STYLE.replace("\r\n", "\n"))) }
            }
            body.(page.class) {
                a.skip href="#main" { "본문으로 건너뛰기" }
                header.top { div.inner { (page.top) } }
                main #main tabindex="-1" { (page.content) }
                footer.bottom { div.inner { p { (DISCLAIMER) } } }
                @if let Some(script) = &script { script { (PreEscaped(script)) } }
            }
        }
    };
    let mut text = markup.into_string();
    text.push('\n');
    text
}
