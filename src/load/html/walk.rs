//! Walks a page without recursion and gives its blocks: paragraphs, headings, list items with their markers, rows.

use crate::document::BlockKind;
use crate::error::LoadError;
use crate::load::blocks::{Para, Sink, begins_article_title, begins_clause, is_article, row, visible};
use crate::load::html::list::List;
use crate::load::html::parts::Parts;
use crate::load::html::style::Styles;
use crate::source::{Cell, Place};
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

/// Elements that begin and end a line.
const BLOCKS: [&str; 52] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "th",
    "tr",
    "ul",
    "xmp",
];

/// Reads the page into the sink.
pub(super) fn walk(page: &Html, styles: &Styles, parts: &Parts, sink: &mut Sink) -> Result<(), LoadError> {
    let mut walker = Walker {
        styles,
        sink,
        paragraph: 0,
        line: String::new(),
        kind: Vec::new(),
        pre: 0,
        lists: Vec::new(),
        marker: None,
        tables: Vec::new(),
        seen_tables: 0,
    };
    if let Some(title) =
        page.tree.nodes().find(|node| node.value().as_element().is_some_and(|e| e.name() == "title"))
    {
        let text: String = title
            .children()
            .filter_map(|child| child.value().as_text().map(|text| text.to_string()))
            .collect();
        // A title that was never closed holds markup.
        let text = text.rsplit('>').next().unwrap_or_default();
        walker.sink.builder.title(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let start = parts.main.and_then(|id| page.tree.get(id)).unwrap_or_else(|| page.tree.root());
    let mut skipped: Option<NodeId> = None;
    for edge in start.traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Element(element) if parts.leaves_out(node.id()) => {
                    // A header between two paragraphs parts them even when it is not read.
                    if BLOCKS.contains(&element.name()) {
                        walker.flush()?;
                    }
                    skipped = Some(node.id());
                }
                Node::Element(element) => {
                    let items = || {
                        node.children()
                            .filter(|c| c.value().as_element().is_some_and(|e| e.name() == "li"))
                            .count()
                    };
                    walker.open(node.id(), element, items)?;
                }
                Node::Text(text) => walker.text(text)?,
                _ => {}
            },
            Edge::Close(node) => {
                if skipped == Some(node.id()) {
                    skipped = None;
                } else if let (None, Node::Element(element)) = (skipped, node.value()) {
                    walker.close(node.id(), element)?;
                }
            }
            Edge::Open(_) => {}
        }
    }
    walker.flush()?;
    while !walker.tables.is_empty() {
        walker.end_row()?;
        walker.tables.pop();
    }
    Ok(())
}

/// A table that is open.
struct Table {
    number: u32,
    row: u32,
    columns: usize,
    cells: Vec<Vec<Para>>,
    in_cell: bool,
}

struct Walker<'a> {
    styles: &'a Styles,
    sink: &'a mut Sink,
    paragraph: u32,
    /// The paragraph so far, with white space folded.
    line: String,
    kind: Vec<BlockKind>,
    pre: usize,
    lists: Vec<List>,
    /// Marker of the list item that has had no text yet, and its depth.
    marker: Option<(String, u8)>,
    tables: Vec<Table>,
    seen_tables: u32,
}

impl Walker<'_> {
    fn open(&mut self, id: NodeId, element: &Element, items: impl Fn() -> usize) -> Result<(), LoadError> {
        let name = element.name();
        if BLOCKS.contains(&name) {
            self.flush()?;
        }
        self.pre += usize::from(self.is_pre(id, element));
        match name {
            "br" => self.line.push('\n'),
            "q" => self.line.push('“'),
            "ol" | "ul" | "menu" | "dir" => {
                // A list inside an item that has no text of its own: the outer marker stands alone in a browser.
                let style = self.styles.style(id, element).list;
                self.lists.push(List::new(element, style, items()));
            }
            "li" => {
                let style = self.styles.style(id, element).list;
                let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
                self.marker = self.lists.last_mut().map(|list| (list.marker(element, style), depth));
            }
            "table" => {
                self.seen_tables += 1;
                self.tables.push(Table {
                    number: self.seen_tables,
                    row: 0,
                    columns: 0,
                    cells: Vec::new(),
                    in_cell: false,
                });
            }
            "tr" => {
                self.end_row()?;
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                }
            }
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cells.push(Vec::new());
                    table.columns = table.columns.max(table.cells.len());
                    table.in_cell = true;
                }
            }
            _ => {
                if let Some(level) = heading(name) {
                    self.kind.push(BlockKind::Heading(level));
                }
            }
        }
        Ok(())
    }

    fn close(&mut self, id: NodeId, element: &Element) -> Result<(), LoadError> {
        let name = element.name();
        if BLOCKS.contains(&name) {
            self.flush()?;
        }
        self.pre -= usize::from(self.is_pre(id, element)).min(self.pre);
        match name {
            "q" => self.line.push('”'),
            "ol" | "ul" | "menu" | "dir" => {
                self.lists.pop();
            }
            "li" => self.marker = None,
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                }
            }
            "tr" => self.end_row()?,
            "table" => {
                self.end_row()?;
                self.tables.pop();
            }
            _ => {
                if heading(name).is_some() {
                    self.kind.pop();
                }
            }
        }
        Ok(())
    }

    fn is_pre(&self, id: NodeId, element: &Element) -> bool {
        matches!(element.name(), "pre" | "textarea" | "listing" | "xmp" | "plaintext")
            || self.styles.style(id, element).preformatted == Some(true)
    }

    fn text(&mut self, text: &str) -> Result<(), LoadError> {
        if self.pre > 0 {
            for (n, line) in text.split('\n').enumerate() {
                if n > 0 {
                    self.flush()?;
                }
                self.line.extend(line.chars().filter(|c| *c != '\r').filter_map(visible));
            }
            return Ok(());
        }
        for c in text.chars().filter_map(visible) {
            if !c.is_whitespace() {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with(char::is_whitespace) {
                self.line.push(' ');
            }
        }
        Ok(())
    }

    /// Ends the paragraph. Two line breaks or more (`<br><br>`) part it in two; single ones stay inside it.
    fn flush(&mut self) -> Result<(), LoadError> {
        if self.line.trim().is_empty() {
            self.line.clear();
            return Ok(());
        }
        let text = std::mem::take(&mut self.line);
        let pre = self.pre > 0;
        let mut piece: Vec<&str> = Vec::new();
        for line in text.split('\n') {
            let line = if pre { line.trim_end() } else { line.trim() };
            if line.is_empty() {
                self.paragraph(&piece.join("\n"))?;
                piece.clear();
            } else {
                piece.push(line);
            }
        }
        self.paragraph(&piece.join("\n"))
    }

    fn paragraph(&mut self, text: &str) -> Result<(), LoadError> {
        if text.is_empty() {
            return Ok(());
        }
        self.paragraph = self.paragraph.saturating_add(1);
        let (marker, depth) = self.marker.take().unwrap_or_default();
        // Styles of another file took the marker away when the item has a number of its own.
        let numbered = begins_clause(text) && (!is_article(text) || begins_article_title(text));
        let marker = if numbered || text.starts_with(['-', '•', '·', '※', '○', '■', '□', '*']) {
            String::new()
        } else {
            marker
        };
        let mut place = Place { paragraph: Some(self.paragraph), ..Place::default() };
        if let Some(table) = self.tables.last().filter(|table| table.in_cell) {
            let column = u32::try_from(table.cells.len()).unwrap_or(u32::MAX);
            place.cell = Some(Cell { table: table.number, row: table.row, column });
        }
        let kind = self.kind.last().copied().unwrap_or(BlockKind::Paragraph);
        if kind == BlockKind::Heading(1) {
            self.sink.builder.title(text);
        }
        self.put(Para {
            kind,
            label: marker,
            tight: false,
            depth,
            text: text.to_owned(),
            place,
            origins: Vec::new(),
        })
    }

    /// Gives a paragraph to the innermost open cell, or to the document.
    fn put(&mut self, para: Para) -> Result<(), LoadError> {
        match self.tables.iter_mut().rev().find(|table| table.in_cell) {
            Some(table) => {
                if let Some(cell) = table.cells.last_mut() {
                    // Most cells have one paragraph, and there may be a million of them.
                    if cell.is_empty() {
                        cell.reserve_exact(1);
                    }
                    cell.push(para);
                }
                Ok(())
            }
            None => self.sink.para(&para),
        }
    }

    fn end_row(&mut self) -> Result<(), LoadError> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        table.in_cell = false;
        let cells = std::mem::take(&mut table.cells);
        for para in row(cells, table.columns) {
            self.put(para)?;
        }
        Ok(())
    }
}

fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
