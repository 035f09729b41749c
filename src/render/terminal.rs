//! A report for a terminal: columns that align whatever the script, lines wrapped to the width, colours only on wish.
//! Whether there is a terminal, and how wide it is, the caller knows.

use super::sheet::Sheet;
use super::view::{Gap, Remark, Suppressed, View};
use super::{DISCLAIMER, Legend, level};
use crate::finding::Severity;
use crate::report::{ItemStatus, Report, Status};
use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// How to write for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns of a line; fewer than 40 count as 40.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub color: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 100, color: false }
    }
}

/// The report as text with line breaks.
pub fn render(report: &Report, legend: &Legend, options: &Options) -> String {
    let view = View::new(report, legend);
    let mut page = Page { out: String::new(), width: options.width.max(40), color: options.color };
    page.head(&view);
    page.table(&view);
    page.levels(&view);
    if !view.remarks.is_empty() {
        page.section("살펴볼 조항");
        for (number, remark) in view.remarks.iter().enumerate() {
            page.remark(number + 1, remark);
        }
    }
    if !view.gaps.is_empty() {
        page.section("빠졌거나 부족한 항목");
        for (number, gap) in view.gaps.iter().enumerate() {
            page.gap(number + 1, gap);
        }
    }
    view.sheets.iter().for_each(|sheet| page.sheet(sheet));
    if !view.doubts.is_empty() {
        page.section("확실하지 않은 지적");
        page.wrapped("", "", super::DOUBTS, DIM);
        let remarks = view.doubts.remarks.iter().enumerate();
        remarks.for_each(|(number, remark)| page.remark(number + 1, remark));
        let begun = view.doubts.remarks.len();
        let gaps = view.doubts.gaps.iter().enumerate();
        gaps.for_each(|(number, gap)| page.gap(begun + number + 1, gap));
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

pub(super) const PLAIN: Style = Style::new();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
pub(super) const YELLOW: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
pub(super) const GREEN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));

/// Marks are ASCII: the round ones are one column wide on some Korean terminals and two on others.
fn mark(status: Status) -> (&'static str, Style) {
    match status {
        Status::Covered => ("O", GREEN),
        Status::Partial => ("~", YELLOW),
        Status::Missing => ("X", RED),
        Status::NotApplicable => ("-", DIM),
        Status::Unreadable => ("?", YELLOW),
    }
}

pub(super) fn weight(severity: Severity) -> Style {
    match severity {
        Severity::High => RED.bold(),
        Severity::Medium => YELLOW,
        Severity::Low | Severity::Info => DIM,
    }
}

/// A text that grows line by line.
pub(super) struct Page {
    pub(super) out: String,
    pub(super) width: usize,
    pub(super) color: bool,
}

impl Page {
    pub(super) fn paint(&self, text: &str, style: Style) -> String {
        if self.color && style != PLAIN { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    pub(super) fn section(&mut self, title: &str) {
        let title = self.paint(&format!("[{title}]"), BOLD);
        self.line("");
        self.line(&title);
    }

    /// Writes `text` wrapped to the width: `first` before the first line, `rest` before the others.
    pub(super) fn wrapped(&mut self, first: &str, rest: &str, text: &str, style: Style) {
        let mut indent = first;
        for paragraph in text.lines() {
            // A line that is numbered or indented keeps its indent, so that 호 stay under their 항.
            let inner = paragraph.len() - paragraph.trim_start().len();
            let lead = &paragraph[..inner];
            let room = self.width.saturating_sub(indent.width().max(rest.width()) + lead.width()).max(20);
            for piece in textwrap::wrap(paragraph.trim(), room) {
                let painted = self.paint(&piece, style);
                self.line(&format!("{indent}{lead}{painted}"));
                indent = rest;
            }
        }
    }

    /// A labelled line, its label padded to `column` columns, the text wrapped beside it.
    pub(super) fn labelled(&mut self, indent: &str, label: &str, column: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let pad = " ".repeat(column.saturating_sub(label.width()).max(1));
        let label = self.paint(label, DIM);
        // The label's colour codes have no width; the plain indent has the same columns.
        let rest = " ".repeat(indent.width() + column);
        let start = self.out.len();
        self.wrapped(&rest, &rest, text, PLAIN);
        let tail = self.out.split_off(start);
        let tail = tail.strip_prefix(rest.as_str()).map_or(tail.clone(), str::to_owned);
        self.out.push_str(&format!("{indent}{label}{pad}{tail}"));
    }

    fn head(&mut self, view: &View) {
        let path = self.paint(&format!("== {} ==", view.path), BOLD);
        self.line(&path);
        let column = view.head.iter().map(|(label, _)| label.width()).max().unwrap_or(0) + 2;
        for (label, text) in &view.head {
            self.labelled("", label, column, text);
        }
    }

    fn table(&mut self, view: &View) {
        let rows = || view.groups.iter().flat_map(|group| &group.rows);
        let titles = rows().map(|row| row.title.width()).max().unwrap_or(0);
        let states = rows().map(|row| row.status.ko().width()).max().unwrap_or(0);
        for group in &view.groups {
            self.line("");
            let title = self.paint(&group.title, BOLD);
            self.line(&title);
            for row in &group.rows {
                let (sign, style) = mark(row.status);
                let title = padded(&row.title, titles);
                let state = self.paint(&padded(row.status.ko(), states), style);
                let sign = self.paint(sign, style);
                let lead = 4 + titles + 2 + states + 2;
                let where_ = match (row.clauses.is_empty(), row.provisions.is_empty()) {
                    (false, _) => row.clauses.join(", "),
                    (true, false) => format!("(표준 {})", row.provisions.join(", ")),
                    (true, true) => String::new(),
                };
                let room = self.width.saturating_sub(lead).max(16);
                let mut lines = textwrap::wrap(&where_, room).into_iter();
                let first = lines.next().unwrap_or_default();
                self.line(&format!("  {sign} {title}  {state}  {first}"));
                for more in lines {
                    self.line(&format!("{}{more}", " ".repeat(lead)));
                }
            }
        }
        if !view.not_applicable.is_empty() {
            self.line("");
            let text = format!("이 기준에 없는 항목: {}", view.not_applicable.join(", "));
            self.wrapped("", "  ", &text, DIM);
        }
        if !view.groups.is_empty() && view.complete {
            self.line("");
            self.wrapped("", "", "기준에 견주어 빠지거나 부족한 항목을 찾지 못했습니다.", GREEN);
        }
    }

    fn levels(&mut self, view: &View) {
        let levels = &view.levels;
        if levels.is_empty() {
            return;
        }
        self.section("서비스 수준");
        if !levels.targets.is_empty() {
            self.line("");
            self.line("가용률 목표와 30일에 허용되는 중단");
            let widest =
                |of: &dyn Fn(&level::Goal) -> usize| levels.targets.iter().map(of).max().unwrap_or(0);
            let (availability, period, downtime) = (
                widest(&|goal| goal.availability.width()),
                widest(&|goal| goal.period.width()),
                widest(&|goal| goal.downtime.width()),
            );
            for goal in &levels.targets {
                let figures = [
                    padded(&goal.availability, availability),
                    padded(goal.period, period),
                    padded(&goal.downtime, downtime),
                ];
                self.level(&goal.name, &figures.join("  "), goal.share, &goal.clause);
            }
        }
        for table in &levels.tables {
            self.line("");
            self.wrapped("", "  ", &table.title, PLAIN);
            let credits = table.steps.iter().map(|step| step.credit.width()).max().unwrap_or(0);
            for step in &table.steps {
                self.level(
                    &step.level,
                    &padded(&step.credit, credits),
                    step.share.unwrap_or(0.0),
                    &step.clause,
                );
            }
        }
        self.line("");
        levels.notes.iter().for_each(|(label, text)| self.labelled("  ", label, 11, text));
    }

    /// A name with its figures and a bar on one line; the name stands alone where the line is too short for both.
    fn level(&mut self, name: &str, figures: &str, share: f64, clause: &str) {
        let bar = level::bar(share);
        let bar = self.paint(&padded(&bar, bar.len()), YELLOW);
        let rest = format!("{figures}  {bar} ({clause})");
        let column = 26;
        if name.width() <= column && column + 4 + figures.width() + 24 + clause.width() + 3 <= self.width {
            self.line(&format!("  {}  {rest}", padded(name, column)));
        } else {
            self.wrapped("  ", "    ", name, PLAIN);
            self.wrapped("    ", "      ", figures, PLAIN);
            self.wrapped("    ", "      ", &format!("{} ({clause})", level::bar(share)), PLAIN);
        }
    }

    fn gap(&mut self, number: usize, gap: &Gap) {
        let (sign, style) = mark(gap.status);
        let weight = self.paint(&format!("  중요도 {}", gap.severity.ko()), weight(gap.severity));
        let title = self.paint(&format!("{number}. {}", gap.title), BOLD);
        let state = self.paint(&format!("{sign} {}", gap.status.ko()), style);
        self.line("");
        self.line(&format!("{title}  {state}{weight}"));
        let column = 13;
        self.labelled("   ", "본 것", column, &gap.message);
        self.labelled("   ", "빠진 내용", column, &gap.elements.join("; "));
        self.labelled("   ", "관련 조항", column, &gap.clauses.join(", "));
        self.labelled("   ", "왜 중요한가", column, &gap.why);
        self.labelled("   ", "표준 조항", column, &gap.provisions.join(", "));
        self.labelled("   ", "법령", column, &gap.basis.join("; "));
        self.labelled("   ", "할 일", column, gap.advice.as_deref().unwrap_or(""));
        self.model(gap.suggestion.as_deref());
    }

    fn remark(&mut self, number: usize, remark: &Remark) {
        let (title, kind) = (format!("{number}. {}", remark.title), remark.kind.ko());
        let weighed = format!("중요도 {}", remark.severity.ko());
        let fits = title.width() + kind.width() + weighed.width() + 4 <= self.width;
        let weighed = self.paint(&weighed, weight(remark.severity));
        self.line("");
        if fits {
            let title = self.paint(&title, BOLD);
            self.line(&format!("{title}  {kind}  {weighed}"));
        } else {
            self.wrapped("", "   ", &title, BOLD);
            self.line(&format!("   {kind}  {weighed}"));
        }
        let column = 13;
        self.labelled("   ", "자리", column, &remark.at);
        self.labelled("   ", "문구", column, &remark.quote);
        self.labelled("   ", "본 것", column, &remark.message);
        self.labelled("   ", "법령", column, &remark.basis.join("; "));
        self.labelled("   ", "표준", column, &remark.provisions.join(", "));
        self.labelled("   ", "비슷한 사례", column, &remark.cases.join(", "));
        self.labelled("   ", "할 일", column, remark.advice.as_deref().unwrap_or(""));
        self.labelled("   ", "규칙", column, &remark.rules);
        self.model(remark.suggestion.as_deref());
    }

    fn sheet(&mut self, sheet: &Sheet) {
        self.section(&format!("점검 목록: {}", sheet.title));
        self.wrapped("", "", &sheet.counts, PLAIN);
        let titles = sheet.rows.iter().map(|row| row.title.width()).max().unwrap_or(0).min(44);
        let states = sheet.rows.iter().map(|row| row.status.ko().width()).max().unwrap_or(0);
        for row in &sheet.rows {
            let (sign, style) = item_mark(row.status);
            let sign = self.paint(sign, style);
            let state = self.paint(&padded(row.status.ko(), states), style);
            let mut pieces = textwrap::wrap(&row.title, titles.max(10)).into_iter();
            let title = padded(&pieces.next().unwrap_or_default(), titles);
            let lead = 4 + titles + 2 + states + 2;
            let room = self.width.saturating_sub(lead).max(16);
            let text = row.text();
            let mut lines = textwrap::wrap(&text, room).into_iter();
            let first = lines.next().unwrap_or_default();
            self.line(format!("  {sign} {title}  {state}  {first}").trim_end());
            loop {
                let (piece, line) = (pieces.next(), lines.next());
                if piece.is_none() && line.is_none() {
                    break;
                }
                let piece = padded(&piece.unwrap_or_default(), titles);
                let line = line.unwrap_or_default();
                let blank = " ".repeat(2 + states + 2);
                self.line(format!("    {piece}{blank}{line}").trim_end());
            }
        }
        for (number, remark) in sheet.remarks.iter().enumerate() {
            self.remark(number + 1, remark);
        }
    }

    pub(super) fn suppressed(&mut self, entry: &Suppressed) {
        let at = if entry.at.is_empty() { String::new() } else { format!(", {}", entry.at) };
        self.wrapped("- ", "  ", &format!("{}{at}", entry.rule), PLAIN);
        self.wrapped("  ", "  ", &format!("까닭: {}", entry.reason), DIM);
    }

    pub(super) fn model(&mut self, suggestion: Option<&str>) {
        if let Some(text) = suggestion.filter(|text| !text.trim().is_empty()) {
            let label = self.paint("모델 조항", DIM);
            self.line(&format!("   {label}"));
            self.wrapped("     | ", "     | ", text.trim_end(), PLAIN);
        }
    }
}

/// The text with spaces behind it up to `width` columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// As [`mark`], for items of checklists.
fn item_mark(status: ItemStatus) -> (&'static str, Style) {
    match status {
        ItemStatus::Covered => ("O", GREEN),
        ItemStatus::Partial => ("~", YELLOW),
        ItemStatus::Missing => ("X", RED),
        ItemStatus::Contradicted => ("!", RED),
        ItemStatus::Annex => ("+", YELLOW),
        ItemStatus::NotApplicable => ("-", DIM),
        ItemStatus::Unreadable => ("?", YELLOW),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_counts_two_columns() {
        assert_eq!(padded("해지", 6), "해지  ");
        assert_eq!(padded("SLA", 6), "SLA   ");
    }

    #[test]
    fn a_label_stands_beside_wrapped_lines() {
        let mut page = Page { out: String::new(), width: 40, color: false };
        page.labelled(" ", "법령", 6, "가나다라 마바사아 자차카타 파하가나 다라마바");
        assert_eq!(page.out, " 법령  가나다라 마바사아 자차카타\n       파하가나 다라마바\n");
    }
}
