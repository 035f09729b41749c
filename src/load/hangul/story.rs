//! Tells a manuscript as a text: paragraphs with their numbers, tables row by row, text boxes after the paragraph they
//! hang on, notes, 머리말 and 꼬리말 at the end, tracked changes as accepted or as before them. The same order as for Word documents.

use crate::document::BlockKind;
use crate::error::LoadError;
use crate::load::blocks::{Para, Sink, begins_clause, row, tidy, visible};
use crate::load::hangul::numbering::{Head, HeadKind, Label, Numbering};
use crate::load::hangul::{
    AutoNumber, Control, Counted, Lines, Manuscript, Paragraph, Piece, THINNEST, Table, equation,
};
use crate::load::{Limits, Revisions};
use crate::source::{Cell, Part, Place};
use std::collections::HashSet;

/// What was met and left out, or read in a way that the reader must know.
#[derive(Clone, Debug, Default)]
struct Tally {
    inserted: usize,
    deleted: usize,
    unclosed: usize,
    struck: usize,
    masters: usize,
    hidden: usize,
    memos: usize,
    pictures: usize,
    objects: usize,
    equations: usize,
}

/// Puts the whole manuscript into the sink. Tells whether nothing but text was in it.
///
/// # Errors
/// `Limit` for too much text or too many paragraphs.
pub(super) fn tell(manuscript: Manuscript, limits: &Limits, sink: &mut Sink) -> Result<bool, LoadError> {
    let mut teller = Teller::new(manuscript.numbering, manuscript.revisions, limits);
    let mut paras = Vec::new();
    for section in manuscript.sections {
        teller.story(section, None, &mut paras);
        teller.tally.unclosed += usize::from(std::mem::take(&mut teller.omitting));
    }
    teller.notes(&mut paras);
    teller.running(&mut paras);
    if teller.left == 0 {
        return Err(LoadError::Limit(format!("문서의 글이 {}MB보다 깁니다", limits.bytes >> 20)));
    }
    if teller.doubtful {
        for para in &mut paras {
            para.place.page = None;
        }
    }
    for title in [&teller.title, &manuscript.title].into_iter().flatten() {
        sink.builder.title(title);
    }
    for para in &paras {
        sink.para(para)?;
    }
    for warning in manuscript.warnings {
        sink.warning(warning);
    }
    if !manuscript.lost.is_empty() {
        sink.warning(format!("손상되어 읽지 못한 부분이 있습니다: {}", manuscript.lost.join(", ")));
    }
    teller.notices(sink);
    Ok(teller.tally.pictures + teller.tally.objects == 0)
}

struct Teller {
    numbering: Numbering,
    revisions: Revisions,
    tally: Tally,
    footnotes: Vec<Vec<Paragraph>>,
    endnotes: Vec<Vec<Paragraph>>,
    headers: Vec<(Part, Vec<Paragraph>)>,
    title: Option<String>,
    part: Option<Part>,
    /// Whether what comes is not read: it was deleted, or not there yet.
    omitting: bool,
    /// Text of a paragraph whose end was deleted: it begins the next one.
    pending: String,
    /// Whether an empty paragraph stood before, as authors part clauses.
    blank: bool,
    paragraph: u32,
    tables: u32,
    /// Figures, tables and formulas counted so far.
    counts: [u32; 3],
    page: u32,
    /// The height of the last line of the body.
    height: Option<i64>,
    columns: u32,
    /// Whether heights of lines are missing or no layout, so that pages cannot be told.
    doubtful: bool,
    /// Bytes of text that may still be read.
    left: u64,
}

impl Teller {
    fn new(numbering: Numbering, revisions: Revisions, limits: &Limits) -> Self {
        Self {
            numbering,
            revisions,
            tally: Tally::default(),
            footnotes: Vec::new(),
            endnotes: Vec::new(),
            headers: Vec::new(),
            title: None,
            part: None,
            omitting: false,
            pending: String::new(),
            blank: false,
            paragraph: 0,
            tables: 0,
            counts: [0; 3],
            page: 1,
            height: None,
            columns: 1,
            doubtful: false,
            left: limits.bytes,
        }
    }

    /// Tells paragraphs in order. Changes that begin in a cell or a box end there.
    fn story(&mut self, paragraphs: Vec<Paragraph>, cell: Option<Cell>, out: &mut Vec<Para>) {
        let outer = std::mem::take(&mut self.pending);
        let omitting = self.omitting;
        for paragraph in paragraphs {
            self.paragraph(paragraph, cell, out);
        }
        self.omitting = omitting;
        let left = std::mem::replace(&mut self.pending, outer);
        if !left.trim().is_empty() {
            let para = self.para(Label::default(), Head::default(), tidy(left), cell);
            out.push(para);
        }
    }

    /// A story of its own: note, header, footer.
    fn aside(&mut self, paragraphs: Vec<Paragraph>, part: Part, out: &mut Vec<Para>) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let outer = self.part.replace(part);
        self.story(paragraphs, None, out);
        self.part = outer;
        self.paragraph = paragraph;
    }

    fn paragraph(&mut self, paragraph: Paragraph, cell: Option<Cell>, out: &mut Vec<Para>) {
        self.paragraph = self.paragraph.saturating_add(1);
        let body = self.part.is_none() && cell.is_none();
        let mut page = None;
        let mut text = std::mem::take(&mut self.pending);
        let mut hanging = Vec::new();
        let (mut ended, changed) = (self.omitting, self.omitting);
        let mut struck = false;
        for piece in paragraph.pieces {
            match piece {
                Piece::Text(_) | Piece::Struck(_) if self.omitting => {}
                Piece::Text(piece) => {
                    (ended, struck) = (false, false);
                    self.push(&piece, &mut text);
                }
                Piece::Struck(piece) => {
                    let shown = !piece.trim().is_empty();
                    self.tally.struck += usize::from(shown && !struck);
                    (ended, struck) = (false, struck || shown);
                    self.push(&piece, &mut text);
                }
                Piece::Change { inserted: true } => self.tally.inserted += 1,
                Piece::Change { inserted: false } => self.tally.deleted += 1,
                Piece::Omitted => {
                    self.omitting = true;
                    ended = true;
                }
                Piece::Resumed { mark } => {
                    self.omitting = false;
                    ended = mark;
                }
                Piece::Control(Control::Section { outline }) => {
                    self.numbering.section(outline);
                    self.height = self.height.map(|_| i64::MAX);
                    self.columns = 1;
                }
                Piece::Control(Control::Columns(columns)) => self.columns = columns,
                Piece::Control(_) if self.omitting => {}
                Piece::Control(control) => {
                    ended = false;
                    self.control(control, &mut text, &mut hanging);
                }
            }
        }
        if body {
            page = self.turn(paragraph.lines, paragraph.breaks);
        }
        let gone = ended || changed && self.omitting;
        if gone {
            self.pending = text;
        } else {
            let text = tidy(text);
            let mut label = self.numbering.next(paragraph.head).unwrap_or_default();
            // Nobody who writes 제1조 by hand wants the program's own number before it.
            if label.unasked && begins_clause(&text) {
                label = Label::default();
            }
            self.left = self.left.saturating_sub(label.text.len() as u64);
            if paragraph.title && body && !text.is_empty() && self.title.is_none() {
                self.title = Some(text.clone());
            }
            // An empty item shows its number, but a lone bullet says nothing.
            let shown = !text.is_empty() || label.text.chars().any(char::is_alphanumeric);
            if body {
                self.part_clauses(shown, hanging.is_empty(), out);
            }
            if shown {
                let mut para = self.para(label, paragraph.head, text, cell);
                para.place.page = page;
                out.push(para);
            }
        }
        for control in hanging {
            let start = out.len();
            match control {
                Control::Table(table) => self.table(table, cell, out),
                Control::TextBox { inside, caption } => {
                    let outer = self.part;
                    self.part = self.part.or(Some(Part::TextBox));
                    self.story(inside, None, out);
                    self.part = outer;
                    self.story(caption, cell, out);
                }
                _ => {}
            }
            for para in out.iter_mut().skip(start) {
                para.place.page = para.place.page.or(page);
            }
        }
    }

    /// Keeps one empty paragraph between two that show something: it tells where a clause or a list ends.
    fn part_clauses(&mut self, shown: bool, bare: bool, out: &mut Vec<Para>) {
        if !shown && bare {
            self.blank = true;
        } else if std::mem::take(&mut self.blank) && !out.is_empty() {
            out.push(self.para(Label::default(), Head::default(), String::new(), None));
        }
    }

    fn push(&mut self, piece: &str, text: &mut String) {
        // What is over the limit is not collected; the reader looks whether anything was left.
        self.left = self.left.saturating_sub(piece.len() as u64);
        if self.left > 0 {
            text.extend(piece.chars().filter_map(visible));
        }
    }

    /// What hangs on a place in the text: what is text goes there, what stands by itself is kept for later.
    fn control(&mut self, control: Control, text: &mut String, hanging: &mut Vec<Control>) {
        match control {
            Control::Table(_) | Control::TextBox { .. } => hanging.push(control),
            Control::Footnote(inside) => self.footnotes.push(inside),
            Control::Endnote(inside) => self.endnotes.push(inside),
            Control::Running(part, inside) => self.headers.push((part, inside)),
            Control::MasterPage(inside) => {
                self.tally.masters +=
                    usize::from(inside.iter().any(|paragraph| !paragraph.pieces.is_empty()));
                self.headers.push((Part::Header, inside));
            }
            Control::NewNumber(of, number) => {
                if let Some(count) = self.count(of) {
                    *count = number.saturating_sub(1);
                }
            }
            Control::AutoNumber(AutoNumber { of, shape, number, prefix, suffix }) => {
                let Some(count) = self.count(of) else { return };
                *count = if number > 0 { number } else { count.saturating_add(1) };
                let shown = format!("{prefix}{}{suffix}", shape.print(*count));
                self.push(&shown, text);
            }
            Control::Equation(script) => {
                let line = equation::plain(&script);
                self.tally.equations += usize::from(line.is_empty());
                self.push(&line, text);
            }
            Control::Words(words) => self.push(&words, text),
            Control::Hidden => self.tally.hidden += 1,
            Control::Memo => self.tally.memos += 1,
            Control::Picture => self.tally.pictures += 1,
            Control::Object => self.tally.objects += 1,
            Control::Section { .. } | Control::Columns(_) => {}
        }
    }

    fn count(&mut self, of: Counted) -> Option<&mut u32> {
        match of {
            Counted::Picture => Some(&mut self.counts[0]),
            Counted::Table => Some(&mut self.counts[1]),
            Counted::Equation => Some(&mut self.counts[2]),
            Counted::Other => None,
        }
    }

    fn table(&mut self, table: Table, cell: Option<Cell>, out: &mut Vec<Para>) {
        self.tables = self.tables.saturating_add(1);
        let number = self.tables;
        let mut caption = Vec::new();
        self.story(table.caption, cell, &mut caption);
        if table.above {
            out.append(&mut caption);
        }
        for (line, cells) in (1u32..).zip(table.rows) {
            let cells = (1u32..).zip(cells).map(|(column, paragraphs)| {
                let mut paras = Vec::with_capacity(1);
                self.story(paragraphs, Some(Cell { table: number, row: line, column }), &mut paras);
                paras
            });
            let cells: Vec<Vec<Para>> = cells.collect();
            let rows = row(cells, table.columns);
            // Headers, notes and boxes stay what they are, whatever their layout.
            let kind = self.kind(Head::default(), &Label::default());
            out.extend(rows.into_iter().map(|para| match self.part {
                Some(Part::Header | Part::Footer | Part::Footnote(_) | Part::Endnote(_)) => {
                    Para { kind, ..para }
                }
                _ => para,
            }));
        }
        out.append(&mut caption);
    }

    /// Bodies of the notes in the order in which the text refers to them; notes may hold further notes.
    fn notes(&mut self, out: &mut Vec<Para>) {
        let (mut footnote, mut endnote) = (0u32, 0u32);
        while !self.footnotes.is_empty() || !self.endnotes.is_empty() {
            for inside in std::mem::take(&mut self.footnotes) {
                footnote = footnote.saturating_add(1);
                self.note(inside, Part::Footnote(footnote), out);
            }
            for inside in std::mem::take(&mut self.endnotes) {
                endnote = endnote.saturating_add(1);
                self.note(inside, Part::Endnote(endnote), out);
            }
        }
    }

    fn note(&mut self, inside: Vec<Paragraph>, part: Part, out: &mut Vec<Para>) {
        let start = out.len();
        self.aside(inside, part, out);
        // The reference mark leaves a space in front.
        for para in out.iter_mut().skip(start) {
            para.text = para.text.trim_start().to_owned();
        }
    }

    /// 머리말 and 꼬리말, each text once.
    fn running(&mut self, out: &mut Vec<Para>) {
        let mut texts: HashSet<(bool, String)> = HashSet::new();
        for (part, inside) in std::mem::take(&mut self.headers) {
            let mut paras = Vec::new();
            self.aside(inside, part, &mut paras);
            let whole: String = paras.iter().flat_map(|para| [para.text.as_str(), "\n"]).collect();
            if texts.insert((part == Part::Header, whole)) {
                out.append(&mut paras);
            }
        }
        // Notes of a header are told after it.
        self.notes(out);
    }

    /// Follows the lines of a body paragraph over the pages; the page of its first line.
    fn turn(&mut self, lines: Lines, breaks: bool) -> Option<u32> {
        let Some(first) = lines.first else {
            self.doubtful = true;
            return None;
        };
        // Columns begin again at the top of the same page.
        let close = self.height.is_some_and(|height| (0..THINNEST).contains(&first.saturating_sub(height)));
        self.doubtful |= lines.doubtful || self.columns > 1 || (close && !breaks);
        if self.height.is_some_and(|height| breaks || first < height) {
            self.page = self.page.saturating_add(1);
        }
        let page = self.page;
        self.page = self.page.saturating_add(lines.turns);
        self.height = Some(lines.last.0);
        Some(page)
    }

    fn para(&self, label: Label, head: Head, text: String, cell: Option<Cell>) -> Para {
        // "각주 1" says enough; paragraphs are counted in the body and its boxes.
        let counted = matches!(self.part, None | Some(Part::TextBox));
        let place =
            Place { paragraph: counted.then_some(self.paragraph), cell, part: self.part, ..Place::default() };
        let (kind, depth) = (self.kind(head, &label), depth(head, &label.text));
        Para { kind, label: label.text, tight: label.tight, depth, text, place, origins: Vec::new() }
    }

    /// The kind of a paragraph: the story's, or a heading for 개요 without a number of the document's. With one the number
    /// says more than the level: contracts write 항 and 호 as 개요 too.
    fn kind(&self, head: Head, label: &Label) -> BlockKind {
        match self.part {
            None if head.kind == HeadKind::Outline && (label.text.is_empty() || label.unasked) => {
                BlockKind::Heading(head.level.saturating_add(1))
            }
            None => BlockKind::Paragraph,
            Some(Part::Footnote(_) | Part::Endnote(_) | Part::Comment) => BlockKind::Note,
            Some(Part::Header | Part::Footer) => BlockKind::Running,
            Some(Part::TextBox) => BlockKind::TextBox,
        }
    }

    fn notices(&self, sink: &mut Sink) {
        let tally = &self.tally;
        if tally.inserted + tally.deleted > 0 {
            let (inserted, deleted) = (tally.inserted, tally.deleted);
            let how = match self.revisions {
                Revisions::Accepted => "모두 적용한 상태로",
                Revisions::Original => "적용하기 전의 원래 상태로",
            };
            sink.warning(format!("변경 추적이 있어 {how} 읽었습니다(삽입 {inserted}곳, 삭제 {deleted}곳)"));
        }
        let numbering = &self.numbering;
        if !numbering.unknown.is_empty() {
            let unknown: Vec<&str> = numbering.unknown.iter().map(String::as_str).collect();
            sink.warning(format!("모르는 번호 형식은 숫자로 읽었습니다: {}", unknown.join(", ")));
        }
        let counted = [
            (numbering.dangling, "정의가 없는 자동 번호", "문단에 붙이지 못했습니다"),
            (tally.unclosed, "끝나지 않은 변경 표시", "그 구역의 끝까지 이어진 것으로 읽었습니다"),
            (tally.struck, "취소선이 그어진 글", "그대로 읽었습니다"),
            (tally.hidden, "숨은 설명", "읽지 않았습니다"),
            (tally.equations, "내용이 없는 수식", "읽지 못했습니다"),
        ];
        for (count, what, how) in counted {
            if count > 0 {
                sink.warning(format!("{what} {count}곳은 {how}"));
            }
        }
        if tally.masters > 0 {
            sink.info(format!("바탕쪽 {}개는 머리말로 읽었습니다", tally.masters));
        }
        for (count, what) in [(tally.pictures, "그림"), (tally.objects, "개체"), (tally.memos, "메모")]
        {
            if count > 0 {
                sink.info(format!("{what} {count}개는 읽지 않았습니다"));
            }
        }
    }
}

/// The depth of a number, 0 without one.
fn depth(head: Head, label: &str) -> u8 {
    if label.is_empty() { 0 } else { head.level }
}
