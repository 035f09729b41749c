//! The parts that pages share: a finding's card, labelled lines, the table of topics, notices. They write what they are
//! given and choose nothing.

use crate::finding::{Confidence, Severity};
use crate::render::level::Levels;
use crate::render::sla_chart_svg;
use crate::render::view::{Group, Remark, Suppressed};
use crate::report::{Sla, Status};
use maud::{Markup, PreEscaped, html};

/// A finding and what else is known of it.
pub struct Weighed<'a> {
    /// What it says.
    pub remark: &'a Remark,
    /// How sure it is, where that is told.
    pub confidence: Option<Confidence>,
    /// Why its topic matters; empty when that is not told.
    pub why: &'a str,
}

/// The card of a finding, its title a heading of this level.
pub fn note(weighed: Weighed<'_>, level: u8, id: &str) -> Markup {
    let Weighed { remark, confidence, why } = weighed;
    html! {
        div.note.(weight_class(remark.severity)) #(id) {
            (heading(level, &remark.title))
            p.tags {
                span.weight { "중요도 " (remark.severity.ko()) }
                @if let Some(confidence) = confidence { span.tag { "확신도 " (confidence.ko()) } }
                span.tag { (remark.kind.ko()) }
            }
            @if !remark.quote.is_empty() { blockquote { (remark.quote) } }
            p { (remark.message) }
            dl {
                (term("자리", &remark.at))
                (term("왜 중요한가", why))
                (term("법령", &remark.basis.join("; ")))
                (term("표준 조항", &remark.provisions.join(", ")))
                (term("비슷한 사례", &remark.cases.join(", ")))
                (term("할 일", remark.advice.as_deref().unwrap_or("")))
                (term("규칙", &remark.rules))
            }
            (model(remark.suggestion.as_deref()))
        }
    }
}

/// A heading of a level from 2 to 6.
pub fn heading(level: u8, text: &str) -> Markup {
    html! {
        @match level {
            2 => { h2 { (text) } }
            3 => { h3 { (text) } }
            4 => { h4 { (text) } }
            5 => { h5 { (text) } }
            _ => { h6 { (text) } }
        }
    }
}

/// The class that says how much something weighs.
pub fn weight_class(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low | Severity::Info => "light",
    }
}

/// A term and what it says, unless it says nothing.
pub fn term(label: &str, text: &str) -> Markup {
    html! { @if !text.is_empty() { div { dt { (label) } dd { (text) } } } }
}

/// Wording that could be put in, folded.
pub fn model(suggestion: Option<&str>) -> Markup {
    let text = suggestion.map(str::trim_end).filter(|text| !text.trim().is_empty());
    html! { @if let Some(text) = text { details.model { summary { "모델 조항" } div.wording { (text) } } } }
}

/// Labelled lines.
pub fn labelled(lines: &[(&'static str, String)]) -> Markup {
    html! { dl.lines { @for (label, text) in lines { (term(label, text)) } } }
}

/// The table of topics, a table for each chapter.
pub fn topics(groups: &[Group]) -> Markup {
    html! {
        @for group in groups {
            div.scroll tabindex="0" role="region" aria-label=(group.title) {
                table.topics {
                    caption { (group.title) }
                    thead { tr { th scope="col" { "항목" } th scope="col" { "상태" } th scope="col" { "조항" } th scope="col" { "표준 조항" } } }
                    tbody {
                        @for row in &group.rows {
                            tr {
                                th scope="row" { (row.title) }
                                td { span.status.(status_class(row.status)) { (row.status.ko()) } }
                                td { (row.clauses.join(", ")) }
                                td { (row.provisions.join(", ")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn status_class(status: Status) -> &'static str {
    match status {
        Status::Covered => "covered",
        Status::Partial => "partial",
        Status::Missing => "absent",
        Status::NotApplicable | Status::Unreadable => "untold",
    }
}

/// The service levels that a document promises: a picture, and the same as tables.
pub fn levels(levels: &Levels, sla: &Sla) -> Markup {
    html! {
        @if !levels.is_empty() {
            section aria-labelledby="levels" {
                h2 #levels { "서비스 수준" }
                (PreEscaped(sla_chart_svg(sla)))
                (level_tables(levels))
            }
        }
    }
}

fn level_tables(levels: &Levels) -> Markup {
    html! {
        @if !levels.targets.is_empty() {
            div.scroll tabindex="0" role="region" aria-label="가용률 목표 표" {
                table {
                    thead {
                        tr {
                            @for head in ["대상", "가용률 목표", "기간", "30일에 허용되는 중단", "조항"] { th scope="col" { (head) } }
                        }
                    }
                    tbody {
                        @for goal in &levels.targets {
                            tr {
                                th scope="row" { (goal.name) }
                                td { (goal.availability) }
                                td { (goal.period) }
                                td { (goal.downtime) }
                                td { (goal.clause) }
                            }
                        }
                    }
                }
            }
        }
        @for table in &levels.tables {
            div.scroll tabindex="0" role="region" aria-label=(table.title) {
                table {
                    caption { (table.title) }
                    thead { tr { @for head in ["수준", "보상", "조항"] { th scope="col" { (head) } } } }
                    tbody {
                        @for step in &table.steps {
                            tr {
                                th scope="row" { (step.level) }
                                td { (step.credit) }
                                td { (step.clause) }
                            }
                        }
                    }
                }
            }
        }
        dl.lines { @for (label, text) in &levels.notes { (term(label, text)) } }
    }
}

/// Findings that the user's configuration takes out.
pub fn suppressed(entries: &[Suppressed]) -> Markup {
    html! {
        @if !entries.is_empty() {
            section aria-labelledby="suppressed" {
                h2 #suppressed { "설정으로 뺀 지적" }
                ul { @for entry in entries {
                    li { (entry.rule) @if !entry.at.is_empty() { ", " (entry.at) } ": " (entry.reason) }
                } }
            }
        }
    }
}

/// What must be known about the reading.
pub fn notices(notices: &[(bool, String)]) -> Markup {
    html! {
        @if !notices.is_empty() {
            section aria-labelledby="notices" {
                h2 #notices { "읽으면서 알게 된 것" }
                ul.notices { @for (warning, message) in notices {
                    li.warning[*warning] { @if *warning { strong { "주의 " } } (message) }
                } }
            }
        }
    }
}
