//! A contract as rows of tables and pieces of prose. A passage that runs from a sentence into a table is cut between the
//! two, so that figures of a table are never read as a sentence.

use crate::clause::ClauseId;
use crate::contract::Contract;
use crate::language::Role;
use crate::text::Span;

/// The prose and the tables of a contract.
pub(super) struct Layout<'c> {
    pub prose: Vec<Piece<'c>>,
    /// The rows of tables of two columns, which read as sentences: 청구 | 다음 달 말일까지.
    pub entries: Vec<Piece<'c>>,
    pub tables: Vec<Table<'c>>,
}

/// A sentence, an item of a list, or what a table left of them.
pub(super) struct Piece<'c> {
    pub clause: ClauseId,
    pub article: ClauseId,
    pub span: Span,
    pub text: &'c str,
    /// What leads into the list that it is an item of: the words of the clause above.
    pub lead: Option<&'c str>,
    pub subject: Option<Role>,
    /// Titles of the clause and of those above it up to the article, the lead, and how the clause begins.
    pub context: String,
    pub definition: bool,
}

/// One cell.
pub(super) struct Cell<'c> {
    pub span: Span,
    pub text: &'c str,
}

/// One row.
pub(super) struct Row<'c> {
    pub span: Span,
    pub clause: ClauseId,
    pub cells: Vec<Cell<'c>>,
}

/// A table and the words right before it.
pub(super) struct Table<'c> {
    pub rows: Vec<Row<'c>>,
    /// The line before, and the titles of the clause that holds it.
    pub caption: String,
}

impl<'c> Table<'c> {
    /// The text of a cell; empty where the row is short.
    pub fn cell(&self, row: usize, column: usize) -> &'c str {
        self.rows.get(row).and_then(|row| row.cells.get(column)).map_or("", |cell| cell.text)
    }

    /// How many columns the widest row has.
    pub fn columns(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

/// So much of a clause's own words, in bytes, says what its list is about where the list is not seen as one.
const OPENING: usize = 300;
/// More columns than this no credit table has; what is beyond them is not read.
const COLUMNS: usize = 24;

pub(super) fn read<'c>(contract: &'c Contract<'c>) -> Layout<'c> {
    let text = contract.document.text();
    let (tables, rows) = tables(contract);
    let mut prose = Vec::with_capacity(contract.passages.len());
    let mut next = 0;
    for passage in &contract.passages {
        let titles = titles(contract, passage.clause);
        let lead = passage.lead.map(|lead| {
            let above = contract.tree.get(passage.clause).parent.map(|parent| contract.tree.lead(parent));
            let whole = above.map_or("", |span| span.of(text));
            if whole.is_empty() { contract.passages[lead].span.of(text) } else { whole }
        });
        let own = contract.tree.lead(passage.clause);
        let own = own.start..floor(text, own.end.min(own.start + OPENING));
        let context = format!("{titles} {} {}", lead.unwrap_or_default(), &text[own]);
        let mut piece = |span: Span| {
            let span = span.trimmed(text);
            if span.is_empty() {
                return;
            }
            prose.push(Piece {
                clause: passage.clause,
                article: passage.article,
                span,
                text: span.of(text),
                lead,
                subject: passage.subject,
                context: context.clone(),
                definition: passage.definition,
            });
        };
        // Rows and passages both stand in text order.
        while rows.get(next).is_some_and(|row: &Span| row.end <= passage.span.start) {
            next += 1;
        }
        let mut at = passage.span.start;
        for row in rows[next..].iter().take_while(|row| row.start < passage.span.end) {
            piece(Span::new(at, row.start.max(at)));
            at = row.end.max(at);
        }
        if at < passage.span.end {
            piece(Span::new(at, passage.span.end));
        }
    }
    let entries = tables.iter().filter(|table| table.columns() == 2).flat_map(|table| &table.rows);
    let entries = entries.map(|row| Piece {
        clause: row.clause,
        article: contract.tree.article_of(row.clause).map_or(row.clause, |article| article.id),
        span: row.span,
        text: row.span.of(text),
        lead: None,
        subject: None,
        context: titles(contract, row.clause),
        definition: false,
    });
    let entries = entries.collect();
    Layout { prose, entries, tables }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Titles of a clause and of those above it, up to its article.
fn titles(contract: &Contract<'_>, clause: ClauseId) -> String {
    let mut titles = String::new();
    let own = contract.tree.get(clause);
    for clause in std::iter::once(own).chain(contract.tree.ancestors(clause)) {
        if let Some(heading) = &clause.heading {
            titles.push_str(heading);
            titles.push(' ');
        }
        if clause.level.is_article() {
            break;
        }
    }
    titles
}

/// The tables, and the spans of all their lines in text order.
fn tables<'c>(contract: &'c Contract<'c>) -> (Vec<Table<'c>>, Vec<Span>) {
    let text = contract.document.text();
    let mut tables: Vec<Table<'c>> = Vec::new();
    let mut lines = Vec::new();
    let mut open: Vec<Row<'c>> = Vec::new();
    let (mut before, mut caption) = ("", "");
    let mut start = 0;
    for piece in text.split_inclusive('\n') {
        let span = Span::new(start, start + piece.len());
        start = span.end;
        let line = piece.trim();
        match cells(text, span) {
            Some(cells) => {
                if open.is_empty() {
                    caption = before;
                }
                lines.push(span);
                // The rule under the head of a Markdown table.
                if !line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+' | '=')) {
                    let clause = contract.tree.at(span.start).id;
                    open.push(Row { span: span.trimmed(text), clause, cells });
                }
            }
            None => {
                close(contract, &mut open, caption, &mut tables);
                if !line.is_empty() {
                    before = line;
                }
            }
        }
    }
    close(contract, &mut open, caption, &mut tables);
    (tables, lines)
}

fn close<'c>(contract: &Contract<'_>, open: &mut Vec<Row<'c>>, caption: &str, tables: &mut Vec<Table<'c>>) {
    let rows = std::mem::take(open);
    if let Some(first) = rows.first() {
        let caption = format!("{caption} {}", titles(contract, first.clause));
        tables.push(Table { rows, caption });
    }
}

/// The cells of a line that is a row of a table: parted by pipes or by tabs.
fn cells<'c>(text: &'c str, line: Span) -> Option<Vec<Cell<'c>>> {
    let inner = line.trimmed(text);
    let words = inner.of(text);
    let pipes = words.starts_with('|') && words.len() > 1 || words.contains(" | ");
    let mark = if pipes {
        '|'
    } else if words.contains('\t') {
        '\t'
    } else {
        return None;
    };
    let mut cells = Vec::new();
    let mut at = inner.start;
    let body = if pipes { words.strip_suffix('|').unwrap_or(words) } else { words };
    for (number, part) in body.split(mark).enumerate() {
        let span = Span::new(at, at + part.len());
        at = span.end + mark.len_utf8();
        // A pipe at the very beginning opens the first cell.
        if number == 0 && pipes && part.is_empty() {
            continue;
        }
        if cells.len() < COLUMNS {
            let span = span.trimmed(text);
            cells.push(Cell { span, text: span.of(text) });
        }
    }
    Some(cells)
}
