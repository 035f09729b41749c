//! PDF: glyphs with places put together into the paragraphs that a reader sees. Only the text layer is read; pictures of
//! text are counted and told, text that a font does not explain is refused. What a number means is the parser's business.

mod aside;
mod column;
mod file;
mod gutter;
mod joint;
mod label;
mod line;
mod nesting;
mod paragraph;
#[cfg(feature = "pdfium")]
mod pdfium;
mod piece;
mod readable;
mod replacement;
mod ruled;
mod running;
mod sheet;
mod table;
mod tabular;
mod watermark;

use crate::document::{BlockKind, Document, Format};
use crate::error::LoadError;
use crate::load::Options;
use crate::load::blocks::{Para, Sink, begins_clause, is_article, row};
use crate::notice::{Notice, Stage};
use crate::source::{Cell, Part, Place};
use aside::Stand;
use column::{Flow, Track};
use joint::Joiner;
use line::{Line, Spacing};
use paragraph::{Mark, Pair, Paragraph, Setting, mark};
use piece::{Block, Piece, TableRow};
use running::{Leaf, Running};
use sheet::{Book, Sheet};
use std::collections::BTreeMap;

/// Pages without text that are named one by one.
const NAMED: usize = 30;

/// Reads a PDF.
///
/// # Errors
/// A password, damage, a limit, pages that show nothing at all, or fonts that do not say which characters their glyphs are.
pub(super) fn load(name: &str, bytes: &[u8], options: &Options) -> Result<Document, LoadError> {
    let limits = &options.limits;
    let mut book = open(bytes, options)?;
    let hidden = readable::check(&book)?;
    let spacing = Spacing::of(book.sheets.iter().flat_map(|sheet| &sheet.glyphs));
    let marks = watermark::take(&mut book, spacing);
    let mut leaves: Vec<Leaf> = Vec::with_capacity(book.sheets.len());
    let mut left = limits.paragraphs;
    for (number, sheet) in (1u32..).zip(&book.sheets) {
        let pieces = piece::pieces(sheet, spacing, number);
        left = left
            .checked_sub(pieces.len())
            .ok_or_else(|| LoadError::Limit("문단이나 줄이 너무 많습니다".into()))?;
        leaves.push(Leaf { number, height: sheet.height, pieces, levels: sheet.levels() });
    }
    let mut running = running::take(&mut leaves);
    let body = body_size(&leaves);
    running.extend(marks.into_iter().map(|line| Running { part: None, line }));
    let notes: Vec<Line> = leaves.iter_mut().flat_map(|leaf| take_notes(leaf, body)).collect();
    let mut flows: Vec<Flow> = Vec::new();
    let mut table = None;
    for leaf in leaves {
        flows.extend(column::flows(leaf.pieces, &leaf.levels, leaf.number, &mut table));
    }
    settle(&mut flows);
    let mixed = mixed_pages(&flows);

    let mut parts = split(&flows);
    let note_parts = note_paragraphs(notes);
    let learned = parts.list.iter().chain(&note_parts).flat_map(Piecewise::paragraphs);
    let joiner = Joiner::learn(parts.setting.wrap, learned.map(|paragraph| paragraph.lines.as_slice()));

    let mut sink = Sink::new(limits);
    let sizes = heading_sizes(&parts.list, body);
    let mut tables = Tables::default();
    for part in std::mem::take(&mut parts.list) {
        match part {
            Piecewise::Text(paragraph, indent) => {
                let para = text_para(&paragraph, indent, &sizes, &joiner);
                if matches!(para.kind, BlockKind::Heading(1)) && !is_article(&para.text) {
                    sink.builder.title(&para.text);
                }
                sink.para(&para)?;
            }
            Piecewise::Row(cells, table_row) => {
                for para in tables.row(&cells, &table_row, &joiner) {
                    sink.para(&para)?;
                }
            }
        }
    }
    for (number, part) in (1u32..).zip(&note_parts) {
        for paragraph in part.paragraphs() {
            let place = Place { part: Some(Part::Footnote(number)), ..place(paragraph) };
            sink.para(&para(BlockKind::Note, joined(paragraph, &joiner), place))?;
        }
    }
    for running in running {
        let place = Place { page: Some(running.line.page), part: running.part, ..Place::default() };
        sink.para(&para(BlockKind::Running, running.line.text, place))?;
    }
    let blank = |sheet: &Sheet| !sheet.painted && !sheet.broken && sheet.turned == 0;
    if sink.builder.is_empty() && book.sheets.iter().all(blank) && !book.cut {
        return Err(LoadError::Empty);
    }
    notices(&book, hidden, &mut sink);
    if !mixed.is_empty() {
        let pages = listed(&mixed);
        sink.warning(format!("글이 나란히 놓여 있어 읽은 순서가 보이는 것과 다를 수 있습니다({pages})"));
    }
    Ok(sink.finish(name, Format::Pdf, bytes))
}

/// What the pages show, by the reader that the user wants.
fn open(bytes: &[u8], options: &Options) -> Result<Book, LoadError> {
    #[cfg(feature = "pdfium")]
    if let Some(library) = &options.pdfium {
        return pdfium::open(bytes, library, &options.limits);
    }
    file::open(bytes, &options.limits)
}

/// A paragraph or a row of a table, in reading order.
enum Piecewise {
    /// With its indent from the column's left edge, in points.
    Text(Paragraph, f32),
    /// The paragraphs of every cell, and where the row stood.
    Row(Vec<Vec<Paragraph>>, TableRow),
}

impl Piecewise {
    fn paragraphs(&self) -> Box<dyn Iterator<Item = &Paragraph> + '_> {
        match self {
            Piecewise::Text(paragraph, _) => Box::new(std::iter::once(paragraph)),
            Piecewise::Row(cells, _) => Box::new(cells.iter().flatten()),
        }
    }
}

/// The size in which most of the text is set.
fn body_size(leaves: &[Leaf]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for line in leaves.iter().flat_map(|leaf| leaf.pieces.iter().filter_map(Piece::line)) {
        sizes.push((line.size, line.text.len()));
    }
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, len)| len).sum::<usize>() / 2;
    let mut so_far = 0;
    for (size, len) in sizes {
        so_far += len;
        if so_far > half {
            return size;
        }
    }
    10.0
}

/// Takes the notes off the foot of a page: lines below everything else, the first with a raised number, or with a plain
/// one where they are smaller and stand apart. References to them are taken out of the page's text.
fn take_notes(leaf: &mut Leaf, body: f32) -> Vec<Line> {
    let foot = |piece: &Piece| {
        piece.line().is_some_and(|line| line.size <= 1.02 * body && line.y > 0.4 * leaf.height)
    };
    let count = leaf.pieces.iter().rev().take_while(|piece| foot(piece)).count();
    let text = |piece: &Piece| piece.line().map_or(String::new(), |line| line.text.clone());
    let above: String = leaf.pieces.iter().map(text).collect();
    let left = leaf.pieces.iter().map(|piece| piece.across().0).fold(f32::MAX, f32::min);
    let begins = |at: &usize| {
        let Some(line) = leaf.pieces[*at].line() else { return false };
        let digits = line.text.chars().take_while(char::is_ascii_digit);
        let number: String = digits.map(line::superior).collect();
        // Something above refers to it.
        let apart = line.text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(' ');
        let referred = !number.is_empty()
            && above.contains(&number)
            && (apart || line.size < 0.95 * body)
            && line.x0 < left + 0.5 * line.size
            && !begins_clause(&line.text);
        let above = at.checked_sub(1).map(|above| leaf.pieces[above].down().1);
        let small = line.size < 0.9 * body && above.is_some_and(|above| line.y - above > 1.6 * line.size);
        // Clauses of the text below it are no notes.
        let clauses = leaf.pieces[at + 1..]
            .iter()
            .filter_map(Piece::line)
            .any(|line| is_article(&line.text) || line.text.starts_with(|c: char| ('①'..='⑳').contains(&c)));
        if clauses {
            return false;
        }
        line.text.starts_with(is_superior)
            || referred
            || small && line.text.starts_with(|c: char| c.is_ascii_digit() || c == '*')
    };
    let Some(start) = (leaf.pieces.len() - count..leaf.pieces.len()).find(begins) else { return Vec::new() };
    let notes: Vec<Line> = leaf
        .pieces
        .split_off(start)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Line(line) => Some(line),
            Piece::Row(_) => None,
        })
        .collect();
    let number = |line: &Line| -> String {
        line.text.chars().map(line::superior).take_while(|c| is_superior(*c)).collect()
    };
    let numbers: Vec<String> = notes.iter().map(number).collect();
    for piece in &mut leaf.pieces {
        let Piece::Line(line) = piece else { continue };
        for number in numbers.iter().filter(|number| !number.is_empty()) {
            line.text = line.text.replace(number.as_str(), "");
        }
    }
    notes
}

fn is_superior(c: char) -> bool {
    line::SUPERIORS.contains(c)
}

fn note_paragraphs(notes: Vec<Line>) -> Vec<Piecewise> {
    let left = notes.iter().map(|line| line.x0).fold(f32::MAX, f32::min);
    let mut out: Vec<Piecewise> = Vec::new();
    let (mut last, mut page) = (0u32, 0u32);
    for mut line in notes {
        let label: String =
            line.text.chars().take_while(|c| c.is_ascii_digit() || *c == '*' || is_superior(*c)).collect();
        let number = label.chars().filter_map(digit).fold(0u32, |sum, digit| sum.saturating_mul(10) + digit);
        // A line that goes on may begin with a number too, but hardly with the next note's.
        let begins = !label.is_empty()
            && (page != line.page || label.starts_with(is_superior) || number == last.saturating_add(1));
        page = line.page;
        if begins {
            last = number;
            line.text = line.text[label.len()..].trim_start().to_owned();
        }
        match out.last_mut() {
            Some(Piecewise::Text(paragraph, _)) if !begins && !is_elsewhere(paragraph, &line) => {
                paragraph.push(line, left);
            }
            _ => out.push(Piecewise::Text(Paragraph::begin(line, left), 0.0)),
        }
    }
    out
}

fn digit(c: char) -> Option<u32> {
    c.to_digit(10)
        .or_else(|| line::SUPERIORS.chars().zip(0u32..).find(|(own, _)| *own == c).map(|(_, digit)| digit))
}

/// A note ends where the next page's begin.
fn is_elsewhere(paragraph: &Paragraph, line: &Line) -> bool {
    paragraph.lines.last().is_some_and(|last| last.page != line.page)
}

/// Pages on which more than a line or two have prose beside prose.
fn mixed_pages(flows: &[Flow]) -> Vec<usize> {
    let mut count: BTreeMap<u32, usize> = BTreeMap::new();
    for flow in flows {
        *count.entry(flow.page).or_default() += flow.mixed;
    }
    count.into_iter().filter(|(_, mixed)| *mixed >= 2).map(|(page, _)| page as usize).collect()
}

/// Gives the flows of one kind the same edges: a page that holds little text does not show how wide its column is.
/// Pages that lie opposite one another may have other margins.
fn settle(flows: &mut [Flow]) {
    let mut tracks: Vec<Track> = Vec::new();
    for track in flows.iter().filter(|flow| flow.stand == Stand::Whole).map(|flow| flow.track) {
        if !tracks.iter().any(|known| known.is_like(track)) {
            tracks.push(track);
        }
    }
    for track in tracks {
        for side in 0..2u32 {
            let own = |flow: &&mut Flow| {
                flow.stand == Stand::Whole && flow.track.is_like(track) && flow.page % 2 == side
            };
            set_edges(&mut flows.iter_mut().filter(own).collect::<Vec<_>>());
        }
    }
    for flow in flows.iter_mut().filter(|flow| flow.stand != Stand::Whole) {
        set_edges(&mut [flow]);
    }
}

/// Gives these flows the edges that most of their lines agree on.
fn set_edges(flows: &mut [&mut Flow]) {
    let mut rights: Vec<f32> = Vec::new();
    let mut left = f32::MAX;
    for line in flows.iter().flat_map(|flow| flow.pieces.iter().filter_map(Piece::line)) {
        rights.push(line.x1);
        left = left.min(line.x0);
    }
    rights.sort_by(|a, b| b.total_cmp(a));
    // A line or two that stick out are no edge, where many others agree on one.
    let agreed = |near: &&[f32]| near[0] - near[4] < 2.0;
    let edge = rights.windows(5).take(3).find(agreed).map(|near| near[0]);
    let Some(right) = edge.or(rights.first().copied()) else { return };
    for flow in flows {
        (flow.left, flow.right) = (left, right);
        for piece in &mut flow.pieces {
            if let Piece::Line(line) = piece {
                line.slack = right - line.x0 - line.natural;
            }
        }
    }
}

struct Parts {
    list: Vec<Piecewise>,
    setting: Setting,
}

/// The paragraphs and rows of all flows.
fn split(flows: &[Flow]) -> Parts {
    let lines: Vec<(&Line, &Flow)> = flows
        .iter()
        .flat_map(|flow| flow.pieces.iter().filter_map(move |piece| Some((piece.line()?, flow))))
        .collect();
    let pairs: Vec<Pair> =
        lines.windows(2).map(|two| Pair { line: two[0].0, next: two[1].0, right: two[0].1.right }).collect();
    let rows = flows.iter().flat_map(|flow| &flow.pieces).filter_map(|piece| match piece {
        Piece::Row(row) => Some(row),
        Piece::Line(_) => None,
    });
    let cells = rows.flat_map(|row| &row.cells).flat_map(|cell| {
        let (_, right) = edges(cell);
        cell.lines.windows(2).map(move |two| Pair { line: &two[0], next: &two[1], right })
    });
    let setting = Setting::of(&pairs, &cells.collect::<Vec<_>>());
    let mut list: Vec<Piecewise> = Vec::new();
    let mut marks: Vec<Mark> = Vec::new();
    let mut open: Option<(Paragraph, f32)> = None;
    let mut edge = 0.0;
    let mut aside = false;
    for flow in flows {
        // Titles and notes beside the text are paragraphs of their own.
        if std::mem::replace(&mut aside, flow.stand == Stand::Aside) || aside {
            list.extend(open.take().map(|(paragraph, indent)| Piecewise::Text(paragraph, indent)));
        }
        for piece in &flow.pieces {
            match piece {
                Piece::Line(line) => {
                    match &mut open {
                        Some((paragraph, _))
                            if paragraph.goes_on(line, flow.left, edge, &setting, &marks) =>
                        {
                            paragraph.push(line.clone(), flow.left);
                        }
                        _ => {
                            list.extend(
                                open.take().map(|(paragraph, indent)| Piecewise::Text(paragraph, indent)),
                            );
                            marks.push(mark(&line.text));
                            open = Some((Paragraph::begin(line.clone(), flow.left), line.x0 - flow.left));
                        }
                    }
                    edge = flow.right;
                }
                Piece::Row(table_row) => {
                    list.extend(open.take().map(|(paragraph, indent)| Piecewise::Text(paragraph, indent)));
                    let cells = table_row.cells.iter().map(|cell| cell_paragraphs(cell, &setting)).collect();
                    list.push(Piecewise::Row(cells, table_row.clone()));
                }
            }
        }
    }
    list.extend(open.take().map(|(paragraph, indent)| Piecewise::Text(paragraph, indent)));
    Parts { list, setting }
}

/// Where the text of a cell begins and how far it may reach: it keeps as far from the right border as from the left one.
fn edges(cell: &Block) -> (f32, f32) {
    let (left, reach) =
        cell.lines.iter().fold((f32::MAX, f32::MIN), |(a, b), line| (a.min(line.x0), b.max(line.x1)));
    (left, reach.max(cell.right - 6.0))
}

fn cell_paragraphs(cell: &Block, setting: &Setting) -> Vec<Paragraph> {
    let (left, right) = edges(cell);
    let loose = Setting { justified: false, ..*setting };
    let mut out: Vec<Paragraph> = Vec::new();
    for line in &cell.lines {
        match out.last_mut() {
            Some(paragraph) if paragraph.goes_on(line, left, right, &loose, &[]) => {
                paragraph.push(line.clone(), left);
            }
            _ => out.push(Paragraph::begin(line.clone(), left)),
        }
    }
    out
}

/// The text of a paragraph, its lines joined.
fn joined(paragraph: &Paragraph, joiner: &Joiner) -> String {
    let mut text = String::new();
    let mut last: Option<&Line> = None;
    for line in &paragraph.lines {
        if let Some(last) = last
            && joiner.spaced(&text, last, line)
        {
            text.push(' ');
        }
        text.push_str(&line.text);
        last = Some(line);
    }
    text
}

fn place(paragraph: &Paragraph) -> Place {
    let first = paragraph.lines.first();
    Place { page: first.map(|line| line.page), line: first.map(|line| line.row), ..Place::default() }
}

fn para(kind: BlockKind, text: String, place: Place) -> Para {
    Para { kind, label: String::new(), tight: true, depth: 0, text, place, origins: Vec::new() }
}

/// Sizes of headings, the largest first.
fn heading_sizes(parts: &[Piecewise], body: f32) -> Vec<f32> {
    let mut sizes: Vec<f32> = parts
        .iter()
        .filter_map(|part| match part {
            Piecewise::Text(paragraph, _) => paragraph.lines.first().map(|line| line.size),
            Piecewise::Row(..) => None,
        })
        .filter(|size| *size > 1.12 * body)
        .collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|a, b| (*b - *a).abs() < 0.4);
    sizes
}

fn text_para(paragraph: &Paragraph, indent: f32, sizes: &[f32], joiner: &Joiner) -> Para {
    let text = joined(paragraph, joiner);
    let size = paragraph.lines.first().map_or(10.0, |line| line.size);
    let level = sizes.iter().position(|large| (large - size).abs() < 0.5);
    let short = paragraph.lines.len() <= 2 && text.chars().count() <= 80;
    let kind = match level {
        Some(level) if short => BlockKind::Heading(u8::try_from(level + 1).unwrap_or(6).min(6)),
        _ => BlockKind::Paragraph,
    };
    // How far a numbered line is set in tells its level where numbers do not.
    let columns = (indent / (0.5 * size.max(1.0))).round().clamp(0.0, 40.0);
    let columns = if begins_clause(&text) && kind == BlockKind::Paragraph && columns < 30.0 {
        columns as usize
    } else {
        0
    };
    para(kind, format!("{}{text}", " ".repeat(columns)), place(paragraph))
}

/// Numbers the tables of a document.
#[derive(Default)]
struct Tables {
    count: u32,
    row: u32,
    /// Page, number on the page and edges of the table before.
    last: Option<(u32, usize, f32, f32)>,
    head: Vec<String>,
}

impl Tables {
    fn row(&mut self, cells: &[Vec<Paragraph>], at: &TableRow, joiner: &Joiner) -> Vec<Para> {
        let texts: Vec<String> = cells
            .iter()
            .map(|cell| cell.iter().map(|paragraph| joined(paragraph, joiner)).collect::<Vec<_>>().join(" "))
            .collect();
        let same = self.last.is_some_and(|(page, table, _, _)| page == at.page && table == at.table);
        // A table that goes on at the top of the next page, perhaps with its heading again.
        let on = self.last.is_some_and(|(page, _, x0, x1)| {
            page + 1 == at.page
                && (x0 - at.x0).abs() < 4.0
                && (x1 - at.x1).abs() < 4.0
                && self.head.len() == texts.len()
        });
        let fresh = !same && !on;
        self.last = Some((at.page, at.table, at.x0, at.x1));
        if fresh {
            (self.count, self.row) = (self.count + 1, 0);
            self.head = texts.clone();
        } else if !same && self.head == texts {
            return Vec::new();
        }
        self.row += 1;
        let line = cells.iter().flatten().flat_map(|paragraph| &paragraph.lines).map(|line| line.row).min();
        let mut out = Vec::with_capacity(cells.len());
        for (column, cell) in (1u32..).zip(cells) {
            let cell_place = Cell { table: self.count, row: self.row, column };
            let place = Place { page: Some(at.page), line, cell: Some(cell_place), ..Place::default() };
            let paras = cell
                .iter()
                .map(|paragraph| para(BlockKind::Paragraph, joined(paragraph, joiner), place.clone()));
            out.push(paras.collect());
        }
        row(out, cells.len().max(self.head.len()))
    }
}

fn notices(book: &Book, hidden: usize, sink: &mut Sink) {
    let pages = book.sheets.len();
    let picked = |test: fn(&Sheet) -> bool| -> Vec<usize> {
        (1usize..).zip(&book.sheets).filter(|(_, sheet)| test(sheet)).map(|(number, _)| number).collect()
    };
    let broken = picked(|sheet| sheet.broken);
    if !broken.is_empty() {
        sink.warning(format!(
            "{pages}쪽 중 {}쪽은 손상되어 읽지 못했습니다({})",
            broken.len(),
            listed(&broken)
        ));
    }
    let pictures = picked(|sheet| sheet.painted);
    if !pictures.is_empty() {
        sink.warning(format!(
            "{pages}쪽 중 {}쪽은 글자 층이 없는 그림이어서 읽지 못했습니다({}). 글자 인식(OCR)을 거친 파일이 필요합니다",
            pictures.len(),
            listed(&pictures)
        ));
    }
    if pages > 1 {
        for page in pictures.iter().take(NAMED) {
            let notice = Notice::warning(Stage::Load, "글자 층이 없는 쪽이어서 읽지 못했습니다");
            sink.builder.notice(notice.at(format!("{page}쪽")));
        }
    }
    if book.cut {
        sink.warning("쪽의 내용이 너무 많아 뒷부분을 읽지 못한 쪽이 있습니다");
    }
    if book.mended {
        sink.warning("PDF의 개체 목록이 손상되어 다시 찾아 읽었습니다. 빠진 내용이 있을 수 있습니다");
    }
    if hidden > 0 {
        sink.warning(format!("글꼴이 어떤 글자인지 밝히지 않은 글자 {hidden}개는 \u{fffd}로 두었습니다"));
    }
    let turned: usize = book.sheets.iter().map(|sheet| sheet.turned).sum();
    if turned > 0 {
        sink.info(format!("비스듬하거나 세로로 선 글자 {turned}개(워터마크 등)는 읽지 않았습니다"));
    }
}

/// Page numbers, runs of them shortened: "2, 5–9쪽".
fn listed(pages: &[usize]) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < pages.len() {
        let mut end = at;
        while pages.get(end + 1) == Some(&(pages[end] + 1)) {
            end += 1;
        }
        out.push(if end > at { format!("{}–{}", pages[at], pages[end]) } else { pages[at].to_string() });
        at = end + 1;
    }
    let more = out.len() > NAMED;
    out.truncate(NAMED);
    format!("{}{}쪽", out.join(", "), if more { " …" } else { "" })
}
