//! Lines of a document with what their look says: indentation, Markdown or format headings, blankness, page noise.
//! Of clauses it knows only how their headings and numbers look.

use super::heading::{self, CELLS, Strength};
use super::marker::{self, gap};
use super::wording::ends_sentence;
use crate::document::{BlockKind, Document, Format};
use crate::text::Span;
use std::collections::HashMap;

/// One line of the text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The whole line with its line break.
    pub span: Span,
    /// The words: without indentation, heading marks, emphasis, trailing attributes.
    pub content: Span,
    /// Columns of indentation (a list level of an automatic number counts four).
    pub indent: usize,
    /// Outline level of a heading from 1, 0 for other lines.
    pub heading: u8,
    /// Whether the whole line is emphasised.
    pub bold: bool,
    /// Length of the automatic number in front, 0 without one.
    pub label: usize,
    /// What role the line can play.
    pub role: Role,
    /// Whether a blank line stands before.
    pub after_blank: bool,
}

/// What role a line can play in the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Words of the document.
    Text,
    /// Nothing.
    Blank,
    /// Page numbers, rules, "TOP": belongs to the clause around it and says nothing.
    Noise,
    /// Table rows, footnotes, running heads, text boxes: text that starts no clause.
    Inert,
    /// A translation of the contract: numbers nothing.
    Foreign,
}

impl Line {
    /// The words of the line.
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        self.content.of(text)
    }

    /// Whether the line has words that count.
    pub fn is_text(&self) -> bool {
        self.role == Role::Text
    }
}

/// The lines of a document, in order; together they cover the text.
pub(super) fn lines(document: &Document) -> Vec<Line> {
    let text = document.text();
    let mut lines: Vec<Line> = Vec::with_capacity(text.len() / 60 + 1);
    let boxed = holds_articles(document);
    let mut blocks = document.blocks().iter().peekable();
    let mut start = 0;
    let mut after_blank = false;
    let mut closed = false;
    let mut table = false;
    // Rows of the table so far; one alone may be a line with bars in it.
    let mut rows = 0usize;
    // Elsewhere the format says where a cell ends.
    let plain = matches!(document.format, Format::Text | Format::Markdown);
    for piece in text.split_inclusive('\n') {
        let span = Span::new(start, start + piece.len());
        start = span.end;
        while blocks.peek().is_some_and(|block| block.span.end < span.start) {
            blocks.next();
        }
        let block = blocks.peek().filter(|block| block.span.start < span.end || block.span.is_empty());
        let kind = block.map_or(BlockKind::Paragraph, |block| block.kind);
        let first = block.is_some_and(|block| block.span.start == span.start);
        let mut line = look(text, span);
        if let Some(block) = block.filter(|block| first && block.label > 0) {
            line.label = block.label;
            line.indent = line.indent.max(usize::from(block.depth) * 4);
        }
        let numbered = numbered_row(line.words(text));
        match kind {
            BlockKind::Heading(level) if line.heading == 0 && line.role == Role::Text => {
                line.heading = level.max(1)
            }
            BlockKind::TableRow if piece.contains(CELLS) && !numbered => line.inert(),
            BlockKind::TextBox if boxed => {}
            BlockKind::TextBox => line.inert(),
            BlockKind::Running | BlockKind::Note => line.inert(),
            _ => {}
        }
        if line.role == Role::Text && !numbered {
            let words = line.words(text);
            // A cell may run over several lines, until a blank line or an unmistakable clause; not once its row is closed.
            let runs_on = table
                && plain
                && !closed
                && rows > 1
                && !numbered_sentence(words)
                && !heads_parts(words, text[span.end..].lines().next().unwrap_or_default())
                && !words.starts_with(['제', '[', '#'])
                && !words.starts_with(|c| ('①'..='⑳').contains(&c));
            closed = pipes(words) && words.trim_end().ends_with('|');
            rows = if pipes(words) {
                rows + 1
            } else if runs_on {
                rows
            } else {
                0
            };
            table = pipes(words) || (runs_on && line.heading == 0 && line.label == 0);
            if table {
                line.inert();
            }
        } else if line.role == Role::Blank {
            table = false;
        }
        line.after_blank = after_blank;
        after_blank = line.role == Role::Blank || (after_blank && line.role == Role::Noise);
        lines.push(line);
    }
    repeated(text, &mut lines);
    foreign(text, &mut lines);
    lines
}

/// Whether the contract, or an article of it, stands in text boxes: one begins an article or a 항. Else they are remarks.
fn holds_articles(document: &Document) -> bool {
    let boxes = document.blocks().iter().filter(|block| block.kind == BlockKind::TextBox);
    boxes.map(|block| block.span.of(document.text()).trim_start()).any(|words| {
        words.starts_with(|c| ('①'..='⑳').contains(&c))
            || heading::article(words).is_some_and(|found| found.strength == Strength::Strong)
    })
}

/// A row that is nothing but a number and its text: `① | 요금을 매월 낸다.`
fn numbered_row(words: &str) -> bool {
    let mut cells = words.split(CELLS).map(str::trim).filter(|cell| !cell.is_empty());
    let (Some(number), Some(content), None) = (cells.next(), cells.next(), cells.next()) else {
        return false;
    };
    let whole = marker::at_start(number, false).is_some_and(|marker| marker.skip >= number.len());
    whole && content.contains(' ') && content.chars().filter(|c| ('가'..='힣').contains(c)).count() >= 4
}

/// The articles of a translation beside or behind the Korean ones number nothing: from a line `Article 1 …` on all lines
/// without Hangul, in a document that has 제N조.
fn foreign(text: &str, lines: &mut [Line]) {
    let korean = |words: &str| words.chars().any(|c| ('가'..='힣').contains(&c));
    let heads = |words: &str| {
        let rest =
            ["Article", "ARTICLE", "Section", "SECTION"].iter().find_map(|head| words.strip_prefix(head));
        rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    let words = |line: &Line| line.words(text);
    if !lines
        .iter()
        .any(|line| heading::article(words(line)).is_some_and(|found| found.strength > Strength::Weak))
    {
        return;
    }
    let mut inside = false;
    for line in lines.iter_mut().filter(|line| line.role == Role::Text) {
        let words = line.content.of(text);
        if korean(words) {
            continue;
        }
        inside |= heads(words);
        if inside && words.chars().any(char::is_alphabetic) {
            line.role = Role::Foreign;
        }
    }
}

impl Line {
    fn inert(&mut self) {
        if self.role == Role::Text {
            self.role = Role::Inert;
        }
    }
}

/// `2. 요금은 선불로 과금됩니다.`, `3.2 요금은 …`: an item behind a table, not what a cell goes on with.
fn numbered_sentence(words: &str) -> bool {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let whole = digits(words);
    let rest = &words[whole..];
    let part = rest.strip_prefix('.').map_or(0, digits);
    let parted = part > 0 && rest[1 + part..].starts_with([' ', '.']);
    whole > 0 && (rest.starts_with(". ") || parted) && super::wording::is_complete(rest)
}

/// `4. 측정과 보고` above `4.1 …`.
fn heads_parts(words: &str, next: &str) -> bool {
    let number = words.split_once(". ").map_or("", |(number, _)| number);
    let part = next.trim_start().strip_prefix(number).and_then(|rest| rest.strip_prefix(".1"));
    !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && part.is_some_and(|rest| rest.starts_with([' ', '.']))
}

/// A row of a table drawn with pipes.
fn pipes(words: &str) -> bool {
    words.starts_with('|') || words.contains(" | ")
}

fn look(text: &str, span: Span) -> Line {
    let raw = span.of(text);
    let mut at = 0;
    let mut indent = 0;
    let mut heading = 0;
    let mut bold = false;
    loop {
        let rest = &raw[at..];
        let space = gap(rest);
        if space > 0 {
            if heading == 0 && !bold {
                indent += columns(&rest[..space]);
            }
            at += space;
            continue;
        }
        if let Some(after) = rest.strip_prefix("**").or_else(|| rest.strip_prefix("__")) {
            if after.trim().is_empty() || bold || after.starts_with(['*', '_']) {
                break;
            }
            bold = true;
            at += 2;
        } else if heading == 0 && rest.starts_with('#') {
            let marks = rest.bytes().take_while(|b| *b == b'#').count();
            let after = &rest[marks..];
            if marks > 6 || !(after.starts_with(char::is_whitespace) || after.starts_with('제')) {
                break;
            }
            heading = u8::try_from(marks).unwrap_or(6);
            at += marks;
        } else if rest.starts_with("> ") {
            at += 2;
        } else {
            break;
        }
    }
    let mut words = raw[at..].trim_end();
    if words.ends_with('}')
        && let Some(open) = words.rfind("{:").or_else(|| words.rfind("{#"))
    {
        words = words[..open].trim_end();
    }
    if heading > 0 {
        words = words.trim_end_matches('#').trim_end();
    }
    let closed = ["**", "__"].iter().find_map(|mark| words.strip_suffix(mark));
    let whole = bold && closed.is_some_and(|inner| !inner.contains("**"));
    if whole {
        words = closed.unwrap_or(words).trim_end();
    }
    let words = &words[..words.len() - trailing_entities(words)];
    let content = Span::new(span.start + at.min(raw.len()), span.start + at + words.len());
    let role = if words.is_empty() {
        Role::Blank
    } else if is_noise(words) {
        Role::Noise
    } else {
        Role::Text
    };
    Line { span, content, indent, heading, bold: whole, label: 0, role, after_blank: false }
}

fn trailing_entities(words: &str) -> usize {
    let mut rest = words;
    while let Some(shorter) =
        ["&nbsp;", "&ensp;", "&emsp;", "<br>", "<br/>", "<br />"].iter().find_map(|e| rest.strip_suffix(e))
    {
        rest = shorter.trim_end();
    }
    words.len() - rest.len()
}

fn columns(space: &str) -> usize {
    space
        .chars()
        .map(|c| match c {
            '\t' => 4,
            '\u{3000}' => 2,
            '&' => 2,
            c if c.is_whitespace() => 1,
            _ => 0,
        })
        .sum()
}

/// Page numbers and rules.
fn is_noise(words: &str) -> bool {
    if words.len() > 60 {
        return false;
    }
    let lettered = words.chars().any(char::is_alphabetic);
    if !lettered {
        let digits = words.chars().any(|c| c.is_ascii_digit());
        let first = words.chars().next();
        if !digits {
            // A rule, but not an empty bullet or a lone circled number.
            return !words.chars().any(|c| c.is_numeric())
                && words.chars().count() > 1
                && !words.starts_with(['(', '<', '[']);
        }
        let framed = matches!(first, Some('-' | '–' | '—' | '~' | '<' | '[' | '|')) && words.len() > 2;
        let slashed = words.split_once('/').is_some_and(|(a, b)| {
            [a, b].iter().all(|n| !n.trim().is_empty() && n.trim().bytes().all(|b| b.is_ascii_digit()))
        });
        return slashed
            || (framed
                && words
                    .chars()
                    .all(|c| c.is_ascii_digit() || c.is_whitespace() || "-–—~<>[]|/".contains(c)));
    }
    let lower = words.to_lowercase();
    let page = lower
        .strip_prefix("page")
        .or_else(|| lower.strip_suffix("페이지"))
        .or_else(|| lower.strip_suffix("쪽"));
    page.is_some_and(|rest| rest.chars().all(|c| !c.is_alphabetic() || "of".contains(c)))
}

/// Short lines without a mark that come back again and again are running heads and links to the top.
fn repeated(text: &str, lines: &mut [Line]) {
    let short = |line: &Line| {
        line.role == Role::Text && line.heading == 0 && line.label == 0 && line.content.len() <= 90
    };
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for line in lines.iter().filter(|line| short(line)) {
        *seen.entry(line.words(text)).or_default() += 1;
    }
    for line in lines.iter_mut() {
        if !short(line) {
            continue;
        }
        let words = line.words(text);
        if seen.get(words).is_some_and(|n| *n >= 4)
            && super::marker::at_start(words, false).is_none()
            && !words.starts_with(['제', '[', '<', '(', '부', '별'])
            && !ends_sentence(words)
        {
            line.role = Role::Noise;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Line> {
        lines(&Document::from_text("t.txt", text))
    }

    #[test]
    fn decoration_is_no_word() {
        let text = "## 책임의 제한 {: #liability }\n**제1조 목적**\n&ensp;① 회사는\n  - 1 -\n---\n";
        let lines = of(text);
        assert_eq!(lines[0].words(text), "책임의 제한");
        assert_eq!(lines[0].heading, 2);
        assert_eq!(lines[1].words(text), "제1조 목적");
        assert!(lines[1].bold);
        assert_eq!(lines[2].words(text), "① 회사는");
        assert_eq!(lines[3].role, Role::Noise);
        assert_eq!(lines[4].role, Role::Noise);
    }

    #[test]
    fn links_to_the_top_are_noise() {
        let text = "맨 위로\n회사는 책임을 진다.\n맨 위로\n나\n맨 위로\n다\n맨 위로\n";
        assert_eq!(of(text).iter().filter(|line| line.role == Role::Noise).count(), 4);
    }
}
