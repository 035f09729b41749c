//! Where an element stands on the page: on a line of its own, beside its neighbour, or inside the text. From its name
//! and what `display` says. A page has no width here, so that a row is one line however long it is.

use crate::load::html::style::{Inner, Outer, Style};

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

/// Of these, the ones that a style may put into a line. Headings, tables and preformatted text are what they are.
const INLINABLE: [&str; 12] =
    ["address", "article", "dd", "div", "dl", "dt", "li", "ol", "p", "section", "summary", "ul"];

/// How the children of an element stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Flow {
    /// As text flows.
    #[default]
    Text,
    /// Beside one another.
    Row,
    /// Each on a line of its own.
    Lines,
    /// So many beside one another, then the next line.
    Columns(usize),
}

impl Flow {
    /// Whether the child with this number, from 0, stands beside what is before it.
    fn beside(self, child: usize) -> bool {
        match self {
            Flow::Row => true,
            Flow::Columns(columns) => !child.is_multiple_of(columns.max(1)),
            Flow::Text | Flow::Lines => false,
        }
    }
}

/// What parts an element from what stands before or behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Nothing but the white space of the page.
    None,
    /// A space.
    Gap,
    /// A line.
    Line,
}

/// How one element stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub before: Edge,
    pub after: Edge,
    pub children: Flow,
    /// Whether it stands beside the element before it.
    pub beside: bool,
    /// Whether it stands in a row, so that another may stand beside it.
    pub in_row: bool,
    /// Whether another may stand beside it though it is in no row.
    pub flanked: bool,
    /// Whether it begins a row.
    pub first: bool,
}

impl Layout {
    /// The layout of the child with the number `child` of an element whose children stand as `parent` says.
    pub fn of(name: &str, style: &Style, parent: Flow, child: usize) -> Self {
        let by_name = is_block(name);
        let outer = style.display.map(|display| display.outer);
        let inlined = INLINABLE.contains(&name)
            && match outer {
                Some(Outer::Inline) => true,
                // What fills the line has no neighbour.
                Some(Outer::InlineBlock) => style.wide != Some(true),
                _ => false,
            };
        let block = by_name && !inlined;
        let edge = match outer {
            // A line break is one, whatever its style says.
            _ if matches!(name, "br" | "wbr") => Edge::None,
            _ if block => Edge::Line,
            Some(Outer::Block) => Edge::Line,
            Some(Outer::Cell) => Edge::Gap,
            // Items in a line have no marker that would part them.
            _ if name == "li" => Edge::Gap,
            _ => Edge::None,
        };
        // Cells of a table keep to themselves.
        let in_row = matches!(parent, Flow::Row | Flow::Columns(_)) && !matches!(name, "br" | "td" | "th");
        let (before, after) = match parent {
            _ if matches!(name, "br" | "wbr") => (edge, edge),
            Flow::Text => (edge, edge),
            Flow::Lines => (Edge::Line, Edge::Line),
            Flow::Row | Flow::Columns(_) => {
                let item = if block { Edge::Line } else { Edge::Gap };
                let first = matches!(parent, Flow::Columns(_)) && !parent.beside(child);
                (if first { Edge::Line } else { item }, item)
            }
        };
        let children = match style.display.map(|display| display.inner) {
            Some(Inner::Flex) if style.column == Some(true) => Flow::Lines,
            Some(Inner::Flex) => Flow::Row,
            Some(Inner::Grid) => match style.columns {
                Some(columns) if columns > 1 => Flow::Columns(columns),
                _ => Flow::Lines,
            },
            _ if outer == Some(Outer::Contents) && !by_name => parent,
            _ => Flow::Text,
        };
        let beside = in_row && parent.beside(child);
        Self {
            before,
            after,
            children,
            beside,
            in_row,
            flanked: !in_row && leaves_room(name, style, inlined),
            first: child == 0 || !beside,
        }
    }
}

/// Whether the style of an element lets what follows stand beside it: floats, boxes in the line, cells.
fn leaves_room(name: &str, style: &Style, inlined: bool) -> bool {
    let boxed = match style.display.map(|display| display.outer) {
        Some(Outer::Cell) => true,
        Some(Outer::InlineBlock) => (inlined || !is_block(name)) && style.wide != Some(true),
        _ => false,
    };
    !matches!(name, "br" | "td" | "th") && (boxed || style.float == Some(true) || style.lifted == Some(true))
}

/// Whether an element begins and ends a line by its name.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}
