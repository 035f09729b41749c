//! Service levels as a picture for pages: one inline SVG, readable by screen readers, in the colour of the text around
//! it. It needs no style sheet and has no style of its own, so that a page's policy may forbid both; its classes
//! (`jomun-sla-…`) let one change it.

use super::level::{Goal, Levels, kind};
use crate::report::Sla;
use unicode_width::UnicodeWidthStr;

/// Width of the picture in its own units.
const WIDTH: usize = 640;
/// Height of a row.
const ROW: usize = 22;
/// Where bars begin.
const LEFT: usize = 250;
/// How long the longest bar is.
const LONGEST: f64 = 230.0;
/// How many columns of text fit before the bars.
const COLUMNS: usize = 34;
/// So many rows a part of the picture has at most; what is beyond them the table tells.
const ROWS: usize = 24;

/// The downtime that each target allows in a month of 30 days, and what each credit table pays, as one SVG element.
/// Empty when there is nothing to draw.
pub fn sla_chart_svg(sla: &Sla) -> String {
    let levels = Levels::of(sla);
    if levels.is_empty() {
        return String::new();
    }
    let mut drawing = Drawing { body: String::new(), y: 0 };
    let mut told: Vec<String> = Vec::new();
    if !levels.targets.is_empty() {
        drawing.heading("가용률 목표와 30일에 허용되는 중단");
        let from = drawing.y;
        for goal in levels.targets.iter().take(ROWS) {
            let Goal { name, availability, downtime, .. } = goal;
            told.push(format!("{name} {availability}: {downtime}"));
            drawing.bar("target", &format!("{name} {availability}"), goal.share, downtime);
        }
        drawing.rest(levels.targets.len());
        let longest = sla.targets.iter().map(|target| target.downtime_minutes).fold(432.0, f64::max);
        if let (Some(service), Some(required)) = (sla.service, sla.required) {
            let share = crate::sla::downtime(required) / longest;
            drawing.limit(from, share, &format!("{} 기준 {required}%", kind(service)));
        }
    }
    for table in &levels.tables {
        drawing.heading(&table.title);
        for step in table.steps.iter().take(ROWS) {
            told.push(format!("{}: {}", step.level, step.credit));
            drawing.bar("credit", &step.level, step.share.unwrap_or(0.0), &step.credit);
        }
        drawing.rest(table.steps.len());
    }
    let height = drawing.y + 8;
    format!(
        "<svg class=\"jomun-sla-chart\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         aria-label=\"서비스 수준: {}\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" font-size=\"13\" \
         fill=\"currentColor\">\n{}</svg>\n",
        escaped(&told.join("; ")),
        drawing.body
    )
}

struct Drawing {
    body: String,
    y: usize,
}

impl Drawing {
    fn heading(&mut self, text: &str) {
        self.y += ROW + 4;
        let line = format!(
            "<text class=\"jomun-sla-heading\" x=\"0\" y=\"{}\" font-weight=\"bold\">{}</text>\n",
            self.y - 8,
            escaped(&shortened(text, 80))
        );
        self.body.push_str(&line);
    }

    /// A row: what it is, a bar of its share, and the figure behind it.
    fn bar(&mut self, class: &str, label: &str, share: f64, figure: &str) {
        let length = if share > 0.0 { (share.min(1.0) * LONGEST).max(1.0) } else { 0.0 };
        let (text, top) = (self.y + 15, self.y + 5);
        let label = escaped(&shortened(label, COLUMNS));
        self.body.push_str(&format!("<text x=\"0\" y=\"{text}\">{label}</text>\n"));
        if length > 0.0 {
            self.body.push_str(&format!(
                "<rect class=\"jomun-sla-{class}\" x=\"{LEFT}\" y=\"{top}\" width=\"{length:.1}\" height=\"12\" \
                 fill-opacity=\"0.55\"/>\n"
            ));
        }
        let behind = LEFT as f64 + length + 6.0;
        self.body.push_str(&format!("<text x=\"{behind:.1}\" y=\"{text}\">{}</text>\n", escaped(figure)));
        self.y += ROW;
    }

    fn rest(&mut self, all: usize) {
        if all > ROWS {
            let line = format!("<text x=\"0\" y=\"{}\">외 {}개</text>\n", self.y + 15, all - ROWS);
            self.body.push_str(&line);
            self.y += ROW;
        }
    }

    /// A dashed line across the rows from `from`: no bar should reach over it.
    fn limit(&mut self, from: usize, share: f64, label: &str) {
        let x = LEFT as f64 + share.min(1.0) * LONGEST;
        let line = format!(
            "<line class=\"jomun-sla-limit\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{from}\" y2=\"{}\" stroke=\"currentColor\" \
             stroke-dasharray=\"4 3\"/>\n<text x=\"{x:.1}\" y=\"{}\">{}</text>\n",
            self.y + 4,
            self.y + 17,
            escaped(label)
        );
        self.body.push_str(&line);
        self.y += ROW;
    }
}

/// As much of a text as fits into so many columns.
fn shortened(text: &str, columns: usize) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.width() <= columns {
        return text;
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + 3 > columns {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

/// Words of a document as text of an element; control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}') =>
            {
                out.push(' ');
            }
            c => out.push(c),
        }
    }
    out
}
