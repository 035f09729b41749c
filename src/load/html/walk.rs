//! Walks a page without recursion and gives its blocks: paragraphs, headings, list items with their markers, rows.

use crate::document::BlockKind;
use crate::error::LoadError;
use crate::load::blocks::{
    Para, Sink, begins_article_title, begins_clause, is_article, is_bare_number, row, visible,
};
use crate::load::html::counter::{Counters, Counting};
use crate::load::html::layout::{Edge, Flow, Layout, is_block};
use crate::load::html::list::List;
use crate::load::html::page::Page;
use crate::load::html::style::{Style, Styles};
use crate::source::{Cell, Place};
use ego_tree::NodeId;
use ego_tree::iter::Edge as Step;
use scraper::Node;
use scraper::node::Element;

/// Reads the page into the sink.
pub(super) fn walk(page: &Page, sink: &mut Sink) -> Result<(), LoadError> {
    if let Some(title) =
        page.tree.tree.nodes().find(|node| node.value().as_element().is_some_and(|e| e.name() == "title"))
    {
        let text: String = title
            .children()
            .filter_map(|child| child.value().as_text().map(|text| text.to_string()))
            .collect();
        // A title that was never closed holds markup.
        let text = text.rsplit('>').next().unwrap_or_default();
        sink.builder.title(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let mut walker = Walker::new(&page.styles, sink);
    walker.read(page)?;
    if walker.unread {
        sink.warning(
            "스타일이 붙이는 번호 가운데 읽지 못한 것이 있습니다. 빠진 번호가 없는지 확인해 주십시오",
        );
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

/// An element that is open.
struct Open {
    after: Edge,
    children: Flow,
    in_row: bool,
    flanked: bool,
    first: bool,
    pre: bool,
    /// How many of its children were read.
    read: usize,
    /// Whether an element stands last in it so far.
    after_element: bool,
}

/// A number that waits for the text of its paragraph.
struct Marker {
    text: String,
    /// How deep the list is.
    depth: u8,
    /// How many elements are open where it must be shown at the latest, with text or without; `None` for the marker of a list, which
    /// goes with its item.
    owner: Option<usize>,
}

struct Walker<'a> {
    styles: &'a Styles,
    sink: &'a mut Sink,
    paragraph: u32,
    /// The paragraph so far, with white space folded.
    line: String,
    /// What parts the line from what follows: a space, in any case or unless it would part a word.
    gap: Option<bool>,
    kind: Vec<BlockKind>,
    pre: usize,
    open: Vec<Open>,
    lists: Vec<List>,
    marker: Option<Marker>,
    counters: Counters,
    /// How many elements stand around the one that the walk began with.
    around: usize,
    /// Whether a number of the style sheet could not be read.
    unread: bool,
    tables: Vec<Table>,
    seen_tables: u32,
}

impl<'a> Walker<'a> {
    fn new(styles: &'a Styles, sink: &'a mut Sink) -> Self {
        Self {
            styles,
            sink,
            paragraph: 0,
            line: String::new(),
            gap: None,
            kind: Vec::new(),
            pre: 0,
            open: Vec::new(),
            lists: Vec::new(),
            marker: None,
            counters: Counters::default(),
            around: 0,
            unread: false,
            tables: Vec::new(),
            seen_tables: 0,
        }
    }

    fn read(&mut self, page: &Page) -> Result<(), LoadError> {
        let tables = self.tables.len();
        let start = page.start();
        if self.styles.count() {
            let mut around: Vec<_> = start.ancestors().collect();
            around.reverse();
            for (depth, node) in around.iter().enumerate() {
                if let Node::Element(element) = node.value() {
                    self.counters.apply(depth, &self.styles.style(node.id(), element).counting);
                }
            }
            self.around = around.len();
        }
        let mut skipped: Option<NodeId> = None;
        for step in start.traverse() {
            match step {
                Step::Open(node) if skipped.is_none() => match node.value() {
                    Node::Element(element) if page.parts.leaves_out(node.id()) => {
                        if let Some(frame) = page.frame(node.id()) {
                            self.flush()?;
                            self.frame(frame)?;
                        }
                        // A header between two paragraphs parts them even when it is not read.
                        if is_block(element.name()) {
                            self.flush()?;
                        }
                        skipped = Some(node.id());
                    }
                    Node::Element(element) => {
                        let items = || {
                            node.children()
                                .filter(|c| c.value().as_element().is_some_and(|e| e.name() == "li"))
                                .count()
                        };
                        self.open(node.id(), element, items)?;
                    }
                    Node::Text(text) => self.text(text)?,
                    _ => {}
                },
                Step::Close(node) => {
                    if skipped == Some(node.id()) {
                        skipped = None;
                    } else if let (None, Node::Element(element)) = (skipped, node.value()) {
                        self.close(element)?;
                    }
                }
                Step::Open(_) => {}
            }
        }
        self.flush()?;
        self.show_marker()?;
        while self.tables.len() > tables {
            self.end_row()?;
            self.tables.pop();
        }
        Ok(())
    }

    /// Reads a page that stands inside this one.
    fn frame(&mut self, page: &Page) -> Result<(), LoadError> {
        let mut inner = Walker::new(&page.styles, self.sink);
        inner.paragraph = self.paragraph;
        inner.seen_tables = self.seen_tables;
        inner.tables = std::mem::take(&mut self.tables);
        inner.read(page)?;
        let Walker { paragraph, seen_tables, tables, unread, .. } = inner;
        (self.paragraph, self.seen_tables, self.tables) = (paragraph, seen_tables, tables);
        self.unread |= unread;
        Ok(())
    }

    fn open(&mut self, id: NodeId, element: &Element, items: impl Fn() -> usize) -> Result<(), LoadError> {
        let name = element.name();
        let style = self.styles.style(id, element);
        let (flow, child, firm) =
            self.open.last().map_or_else(Default::default, |o| (o.children, o.read, o.after_element));
        let layout = Layout::of(name, &style, flow, child);
        if let Some(outer) = self.open.last_mut() {
            outer.read += 1;
        }
        self.edge(layout.before, layout.beside, firm)?;
        let pre = is_pre(name, &style);
        self.pre += usize::from(pre);
        self.open.push(Open {
            after: layout.after,
            children: layout.children,
            in_row: layout.in_row,
            flanked: layout.flanked,
            first: layout.first,
            pre,
            read: 0,
            after_element: false,
        });
        let depth = self.around + self.open.len();
        if self.styles.count() {
            self.counters.apply(depth, &style.counting);
        }
        match name {
            "br" => self.line.push('\n'),
            "q" => self.line.push('“'),
            "ol" | "ul" | "menu" | "dir" => {
                // A list inside an item that has no text of its own: the outer marker stands alone in a browser.
                self.lists.push(List::new(element, style.list, items()));
            }
            "li" => {
                self.show_marker()?;
                // Only what is displayed as an item has a marker.
                let shown = style.display.is_none_or(|display| display.marker);
                if let Some(list) = self.lists.last_mut() {
                    let text = list.marker(element, style.list, self.styles.symbols());
                    self.unread |= list.unread;
                    if self.styles.count() {
                        self.counters.make(depth, "list-item", list.number());
                    }
                    let depth = u8::try_from(self.lists.len() - 1).unwrap_or(u8::MAX);
                    if shown || self.marker.is_none() {
                        let text = if shown { text } else { String::new() };
                        self.marker = Some(Marker { text, depth, owner: None });
                    }
                }
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
        if self.styles.count() {
            if let Some(counting) = self.styles.marker(id).filter(|_| name == "li") {
                self.number(depth, counting, element);
            }
            if let Some(counting) = self.styles.before(id) {
                self.number(depth, counting, element);
            }
        }
        Ok(())
    }

    /// Puts a number of the style sheet in front of what follows.
    fn number(&mut self, depth: usize, counting: &Counting, element: &Element) {
        self.counters.apply(depth + 1, counting);
        let Some(content) = &counting.content else { return };
        self.unread |= content.is_unread(self.styles.symbols());
        let text = self.counters.text(content, element, self.styles.symbols());
        if text.is_empty() {
            return;
        }
        if !self.line.trim().is_empty() {
            self.put_text(&text);
            self.gap = Some(true);
            return;
        }
        let owner = Some(self.open.len());
        match &mut self.marker {
            Some(marker) if marker.owner.is_some() => {
                if marker.text.len() < 1000 {
                    marker.text.push(' ');
                    marker.text.push_str(&text);
                }
            }
            // Whoever counts items by the style sheet means its number to be seen, and no other.
            marker => {
                let depth = marker.as_ref().map_or(0, |marker| marker.depth);
                *marker = Some(Marker { text, depth, owner });
            }
        }
    }

    fn close(&mut self, element: &Element) -> Result<(), LoadError> {
        let name = element.name();
        let Some(open) = self.open.pop() else { return Ok(()) };
        if self.is_label(&open) {
            self.carry();
        } else {
            self.edge(open.after, open.in_row, false)?;
        }
        let left = self.open.len();
        if let Some(Marker { owner: Some(owner), .. }) = &mut self.marker
            && *owner > left
        {
            if open.after == Edge::Line {
                self.show_marker()?;
            } else {
                *owner = left;
            }
        }
        if self.styles.count() {
            self.counters.close(self.around + left + 1);
        }
        if let Some(outer) = self.open.last_mut() {
            outer.after_element = true;
        }
        self.pre -= usize::from(open.pre).min(self.pre);
        match name {
            "q" => self.line.push('”'),
            "ol" | "ul" | "menu" | "dir" => {
                self.lists.pop();
            }
            "li" => {
                // Set inline, its text is still on the way.
                if open.after == Edge::Line && self.marker.as_ref().is_some_and(|m| m.owner.is_none()) {
                    self.marker = None;
                }
            }
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

    /// Parts what follows from what stands before. In a row, a number alone goes with what stands beside it.
    fn edge(&mut self, edge: Edge, beside: bool, firm: bool) -> Result<(), LoadError> {
        match edge {
            Edge::None => {}
            Edge::Gap => self.gap = Some(firm || self.gap == Some(true)),
            Edge::Line if beside && self.may_carry() && is_bare_number(&self.line) => self.carry(),
            Edge::Line => self.flush()?,
        }
        Ok(())
    }

    /// Whether the line is nothing but a label that goes with what stands beside it.
    fn is_label(&self, open: &Open) -> bool {
        // 제1조 is seen wherever it stands, and in a box of its own it may be a link.
        let number = open.flanked && is_bare_number(&self.line) && !is_article(&self.line);
        let bullet = open.flanked || open.in_row && open.first;
        self.may_carry() && (number || bullet && is_bullet(&self.line))
    }

    fn may_carry(&self) -> bool {
        self.pre == 0 && self.marker.as_ref().is_none_or(|marker| marker.text.len() < 30)
    }

    /// Makes the line the number of what follows.
    fn carry(&mut self) {
        let line = std::mem::take(&mut self.line);
        let (text, depth) = match self.marker.take() {
            Some(Marker { text, depth, owner: Some(_) }) => (format!("{text} {}", line.trim()), depth),
            marker => (line.trim().to_owned(), marker.map_or(0, |marker| marker.depth)),
        };
        self.marker = Some(Marker { text, depth, owner: Some(self.open.len()) });
        self.gap = None;
    }

    /// Shows a number that has had no text, unless it goes with its item.
    fn show_marker(&mut self) -> Result<(), LoadError> {
        let owned = |marker: &mut Marker| marker.owner.is_some();
        if self.line.trim().is_empty()
            && let Some(marker) = self.marker.take_if(owned)
        {
            self.line = marker.text;
        } else if self.marker.as_mut().is_none_or(|marker| !owned(marker)) {
            return Ok(());
        }
        self.flush()
    }

    fn text(&mut self, text: &str) -> Result<(), LoadError> {
        if let Some(open) = self.open.last_mut().filter(|open| open.after_element)
            && !text.trim().is_empty()
        {
            open.after_element = false;
        }
        if self.pre > 0 {
            for (n, line) in text.split('\n').enumerate() {
                if n > 0 {
                    self.flush()?;
                }
                for c in line.chars().filter(|c| *c != '\r').filter_map(visible) {
                    self.part(c);
                    self.line.push(c);
                }
            }
            return Ok(());
        }
        self.put_text(text);
        Ok(())
    }

    /// Appends to the line, white space folded.
    fn put_text(&mut self, text: &str) {
        for c in text.chars().filter_map(visible) {
            if !c.is_whitespace() {
                self.part(c);
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with(char::is_whitespace) {
                self.line.push(' ');
            }
        }
    }

    /// Puts the space in that stands before `next`, if any does.
    fn part(&mut self, next: char) {
        let Some(firm) = self.gap.take() else { return };
        let in_word = |c: char| c.is_alphabetic() || c.is_ascii_digit();
        let word = in_word(next) && self.line.ends_with(in_word);
        if !self.line.is_empty() && !self.line.ends_with(char::is_whitespace) && (firm || !word) {
            self.line.push(' ');
        }
    }

    /// Ends the paragraph. Two line breaks or more (`<br><br>`) part it in two; single ones stay inside it.
    fn flush(&mut self) -> Result<(), LoadError> {
        self.gap = None;
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
        let (marker, depth) = match self.marker.take() {
            Some(Marker { text: marker, depth, owner }) => {
                // Styles of another file took the marker of the list away when the item has a number of its own.
                let numbered = begins_clause(text) && (!is_article(text) || begins_article_title(text))
                    || text.starts_with(['-', '•', '·', '※', '○', '■', '□', '*']);
                (if owner.is_none() && numbered { String::new() } else { marker }, depth)
            }
            None => Default::default(),
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

/// Whether a line is a bullet and nothing else.
fn is_bullet(line: &str) -> bool {
    let mut chars = line.trim().chars();
    chars.next().is_some_and(|c| "-–•∙·ㆍ◦○●□■▪◆◇▶▷‣※*".contains(c)) && chars.next().is_none()
}

/// Whether white space and line breaks are shown as they are written.
fn is_pre(name: &str, style: &Style) -> bool {
    matches!(name, "pre" | "textarea" | "listing" | "xmp" | "plaintext") || style.preformatted == Some(true)
}
