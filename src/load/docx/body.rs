//! Walks a story of a document (body, note, header, text box): blocks, tables, paragraphs with their numbers. What stands inside
//! a paragraph is [`inline`](super::inline)'s business.

use crate::document::BlockKind;
use crate::load::Limits;
use crate::load::blocks::{Para, row, tidy, visible};
use crate::load::docx::field::{Field, Fields, Standin, standin};
use crate::load::docx::inline::Inline;
use crate::load::docx::numbering::{Label, Numbering};
use crate::load::docx::styles::{StyleSheet, heading_level};
use crate::load::docx::trace::{Origin, Revisions, Trace};
use crate::load::docx::xml::{WordNode, relation};
use crate::source::{Cell, Part, Place};
use roxmltree::Node;
use std::collections::HashMap;

/// What was met and left out, or read in a way that the reader must know.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub inserted: usize,
    pub deleted: usize,
    pub comments: usize,
    pub hidden: usize,
    pub struck: usize,
    pub pictures: usize,
    pub drawings: usize,
    pub objects: usize,
    pub embedded: usize,
    pub uncounted: usize,
    /// Fields without a stored result that are not understood.
    pub fields: usize,
    /// EQ fields whose words are read, but not how they are set.
    pub laid: usize,
    /// Glyphs of symbol fonts whose meaning is not known.
    pub glyphs: usize,
    pub styleless: usize,
}

/// A paragraph that does not end where its mark stands: the mark was deleted, or it parts two styles on one line.
#[derive(Debug, Default)]
struct Pending {
    text: String,
    /// Where the text came from.
    origins: Vec<Origin>,
    /// The number in front, when the paragraph has one of its own.
    label: Option<Label>,
}

/// A reference to a note, in order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteRef {
    Footnote(i64),
    Endnote(i64),
}

/// The state of reading a document, story by story.
pub(super) struct Walker<'s> {
    pub styles: &'s StyleSheet,
    pub numbering: Numbering,
    pub tally: Tally,
    pub notes: Vec<NoteRef>,
    /// Relation ids of headers and footers, in order.
    pub running: Vec<(Part, String)>,
    /// Text of the paragraph in the style of a title.
    pub title: Option<String>,
    pub part: Option<Part>,
    /// Pages as Word broke them when it last saved, when it did.
    pub page: Option<u32>,
    /// Where the runs of a paragraph of the body begin in its text, when it has several.
    pub runs: HashMap<u32, Vec<(usize, u32)>>,
    paragraph: u32,
    tables: u32,
    pub fields: Fields,
    /// Bytes of text that may still be read.
    pub left: u64,
    /// What begins the next paragraph.
    pending: Pending,
    /// Which side of tracked changes is read.
    pub revisions: Revisions,
    /// The way back to the XML of the main part, where that is asked for.
    pub trace: Option<Trace>,
    /// Whether a story is read that is not of the main part.
    foreign: bool,
}

impl<'s> Walker<'s> {
    /// A walker at the beginning of a document.
    pub fn new(styles: &'s StyleSheet, numbering: Numbering, limits: &Limits) -> Self {
        Self {
            styles,
            numbering,
            tally: Tally::default(),
            notes: Vec::new(),
            running: Vec::new(),
            title: None,
            part: None,
            page: None,
            runs: HashMap::new(),
            paragraph: 0,
            tables: 0,
            fields: Fields::default(),
            left: limits.bytes,
            pending: Pending::default(),
            revisions: Revisions::Accepted,
            trace: None,
            foreign: false,
        }
    }

    /// Reads a story that is not the body.
    pub fn story(&mut self, root: Node, part: Part, out: &mut Vec<Para>) {
        let (paragraph, page) = (std::mem::take(&mut self.paragraph), self.page.take());
        let outer = self.part.replace(part);
        self.fields = Fields::default();
        let foreign = std::mem::replace(&mut self.foreign, true);
        self.blocks(root, None, out);
        self.foreign = foreign;
        self.part = outer;
        (self.paragraph, self.page) = (paragraph, page);
    }

    /// Reads the blocks inside an element, in order.
    pub fn blocks(&mut self, parent: Node, cell: Option<Cell>, out: &mut Vec<Para>) {
        let outer = std::mem::take(&mut self.pending);
        self.each_block(parent, cell, out);
        let left = std::mem::replace(&mut self.pending, outer);
        if !left.text.trim().is_empty() {
            let (label, tight, depth) = left.label.map(Label::parts).unwrap_or_default();
            out.push(Para { origins: left.origins, label, tight, depth, ..self.plain(left.text, cell) });
        }
    }

    fn each_block(&mut self, parent: Node, cell: Option<Cell>, out: &mut Vec<Para>) {
        for node in parent.children().filter(Node::is_element) {
            match node.word() {
                "p" => self.paragraph(node, cell, out),
                "tbl" => self.table(node, out),
                "sdt" => {
                    if let Some(content) = node.part("sdtContent") {
                        self.each_block(content, cell, out);
                    }
                }
                "customXml" | "smartTag" | "body" => self.each_block(node, cell, out),
                "ins" | "moveTo" | "del" | "moveFrom" if !self.stays(node) => {}
                "ins" | "moveTo" | "del" | "moveFrom" => self.each_block(node, cell, out),
                "altChunk" | "subDoc" => self.tally.embedded += 1,
                "sectPr" => self.section(node),
                "" => match node.tag_name().name() {
                    "AlternateContent" => {
                        if let Some(choice) = alternative(node) {
                            self.each_block(choice, cell, out);
                        }
                    }
                    "oMathPara" | "oMath" => self.loose(node, cell, out),
                    _ => {}
                },
                // A run that stands outside any paragraph is wrong but readable.
                "r" | "hyperlink" | "fldSimple" => self.loose(node, cell, out),
                _ => {}
            }
        }
    }

    /// Counts a change, and whether what it marks is read.
    pub fn stays(&mut self, change: Node) -> bool {
        if matches!(change.word(), "ins" | "moveTo" | "cellIns") {
            self.tally.inserted += 1;
        } else {
            self.tally.deleted += 1;
        }
        self.revisions.reads(change)
    }

    /// A paragraph without number or style, for text that stands in none.
    fn plain(&self, text: String, cell: Option<Cell>) -> Para {
        Para {
            kind: self.kind(None),
            label: String::new(),
            tight: false,
            depth: 0,
            text,
            place: self.place(cell),
            origins: Vec::new(),
        }
    }

    /// Words that are drawn: WordArt, a watermark.
    fn drawn(&mut self, words: &str) -> Option<Para> {
        self.left = self.left.saturating_sub(words.len() as u64);
        let text: String = words.replace(['\n', '\r'], " ").chars().filter_map(visible).collect();
        (self.left > 0 && !text.trim().is_empty()).then(|| self.plain(tidy(text), None))
    }

    /// Inline content without a paragraph around it.
    fn loose(&mut self, node: Node, cell: Option<Cell>, out: &mut Vec<Para>) {
        let mut inline = Inline::default();
        inline.one(self, node);
        inline.settle();
        if !inline.text.trim().is_empty() {
            out.push(self.plain(inline.text, cell));
        }
    }

    fn paragraph(&mut self, node: Node, cell: Option<Cell>, out: &mut Vec<Para>) {
        self.paragraph = self.paragraph.saturating_add(1);
        let own = node.part("pPr");
        let properties = self.revisions.properties(own, "pPrChange", "pPr");
        let style = self.styles.paragraph(properties.and_then(|properties| properties.part_value("pStyle")));
        let named = properties.and_then(|properties| properties.part("pStyle"));
        self.tally.styleless += usize::from(named.is_some_and(|named| named.value("val").is_none()));
        let mark = own.and_then(|properties| properties.part("rPr"));
        let mut inline = Inline { style: style.clone(), ..Inline::default() };
        inline.all(self, node);
        inline.settle();
        // Instructions never reach over the end of a paragraph in a sound document.
        let broken = self.fields.break_off();
        self.count_fields(&broken);
        if let Some(section) = own.and_then(|properties| properties.part("sectPr")) {
            self.section(section);
        }
        let Inline { text, boxes, page, hid, runs, pieces, .. } = inline;
        let Pending { text: begun, mut origins, label: begun_label } = std::mem::take(&mut self.pending);
        let first = origins.len();
        if let Some(trace) = self.trace.as_mut().filter(|_| !self.foreign) {
            origins.push(trace.paragraph(node.id(), &text, pieces));
        }
        if self.leaves_out(mark, ["del", "moveFrom", "ins", "moveTo"]) {
            self.pending = Pending { text: begun + &text, origins, label: begun_label };
        } else {
            let hides = |name: &str| mark.is_some_and(|mark| mark.switch(name) == Some(true));
            let vanished = hid && text.trim().is_empty() && hides("vanish");
            let direct = properties.and_then(|properties| properties.part("numPr"));
            // A number that was given as a tracked change was not there before.
            let given = direct.and_then(|direct| direct.part("ins"));
            let direct = direct.filter(|_| given.is_none_or(|change| self.revisions.reads(change)));
            let label = if vanished { None } else { self.numbering.next(direct, &style) };
            let own = label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
            if let Some(origin) = origins.get_mut(if begun_label.is_some() { first } else { 0 }) {
                origin.label.clone_from(&own);
            }
            // On a line that has begun with a number, a further one stands where it is shown.
            let inner = if begun_label.is_some() && !own.is_empty() { own + " " } else { String::new() };
            let before = begun.len() + inner.len();
            let text = begun + &inner + &text;
            let label = begun_label.or(label);
            // 17.3.2.36: the mark parts two styles, not two lines.
            if hides("specVanish") && !text.is_empty() {
                let label = label.or_else(|| Some(Label::default()));
                self.pending = Pending { text, origins, label };
            } else {
                let outline = properties.and_then(|properties| properties.number("outlineLvl"));
                let heading = outline.map_or(style.heading, heading_level);
                // Line breaks in front are cut off.
                let cut = text.len() - text.trim_start_matches('\n').len();
                let text = tidy(text);
                if style.title && self.part.is_none() && !text.is_empty() && self.title.is_none() {
                    self.title = Some(text.clone());
                }
                let (label, tight, depth) = label.map(Label::parts).unwrap_or_default();
                // An empty item shows its number, but a lone bullet says nothing.
                let shown = !text.is_empty() || label.chars().any(char::is_alphanumeric);
                if shown {
                    let mut place = self.place(cell);
                    place.page = page.or(place.page);
                    place.run = runs.first().map(|(_, run)| *run);
                    if runs.len() > 1 && cell.is_none() && self.part.is_none() {
                        let shifted = runs.iter().map(|(at, run)| ((before + at).saturating_sub(cut), *run));
                        self.runs.insert(self.paragraph, shifted.collect());
                    }
                    out.push(Para { kind: self.kind(heading), label, tight, depth, text, place, origins });
                }
            }
        }
        for content in boxes {
            let mut inside = Vec::new();
            let outer = self.part;
            self.part = self.part.or(Some(Part::TextBox));
            match content.attribute("string") {
                Some(drawn) if content.word().is_empty() => inside.extend(self.drawn(drawn)),
                _ => self.blocks(content, None, &mut inside),
            }
            self.part = outer;
            out.extend(inside);
        }
    }

    /// Counts fields that do not end where they should: what they show is not known.
    fn count_fields(&mut self, broken: &[Field]) {
        for field in broken {
            match standin(&field.instruction) {
                Standin::Nothing => {}
                Standin::Number => self.tally.uncounted += 1,
                Standin::Text(_) | Standin::Words(_) | Standin::Unknown => self.tally.fields += 1,
            }
        }
    }

    /// The kind of a paragraph: the story's, or what its style says.
    fn kind(&self, heading: Option<u8>) -> BlockKind {
        match self.part {
            None => heading.map_or(BlockKind::Paragraph, BlockKind::Heading),
            Some(Part::Footnote(_) | Part::Endnote(_) | Part::Comment) => BlockKind::Note,
            Some(Part::Header | Part::Footer) => BlockKind::Running,
            Some(Part::TextBox) => BlockKind::TextBox,
        }
    }

    fn place(&self, cell: Option<Cell>) -> Place {
        // "각주 1" says enough; paragraphs are counted in the body and its boxes.
        let paragraph = self.part.is_none_or(|part| part == Part::TextBox).then_some(self.paragraph);
        Place { page: self.page, paragraph, cell, part: self.part, ..Place::default() }
    }

    fn table(&mut self, node: Node, out: &mut Vec<Para>) {
        self.tables = self.tables.saturating_add(1);
        let number = self.tables;
        let mut rows = Vec::new();
        through(node, "tr", &self.revisions, &mut rows);
        let revisions = self.revisions.clone();
        let cells_of = |row: &Node<'_, '_>| {
            let mut cells = Vec::new();
            through(*row, "tc", &revisions, &mut cells);
            cells.len()
        };
        let columns = rows.iter().map(cells_of).max().unwrap_or(0);
        for (line, node) in (1u32..).zip(rows) {
            let properties = node.part("trPr");
            if self.leaves_out(properties, ["ins", "del"]) {
                continue;
            }
            if properties.is_some_and(|properties| properties.switch("hidden") == Some(true)) {
                self.tally.hidden += 1;
                continue;
            }
            let mut cells = Vec::new();
            let mut content = Vec::new();
            through(node, "tc", &self.revisions, &mut content);
            for (column, node) in (1u32..).zip(content) {
                let properties = node.part("tcPr");
                if self.leaves_out(properties, ["cellIns", "cellDel"]) {
                    continue;
                }
                let goes_on = |name: &str| {
                    let merge = properties.and_then(|properties| properties.part(name));
                    merge.is_some_and(|merge| merge.value("val") != Some("restart"))
                };
                let mut paras = Vec::with_capacity(1);
                self.blocks(node, Some(Cell { table: number, row: line, column }), &mut paras);
                if !(paras.is_empty() && (goes_on("vMerge") || goes_on("hMerge"))) {
                    cells.push(paras);
                }
            }
            let rows = row(cells, columns);
            // Headers, notes and boxes stay what they are, whatever their layout.
            let kind = self.kind(None);
            out.extend(rows.into_iter().map(|para| match self.part {
                Some(Part::Header | Part::Footer | Part::Footnote(_) | Part::Endnote(_)) => {
                    Para { kind, ..para }
                }
                _ => para,
            }));
        }
    }

    /// Whether what has these properties (a row, a cell, the mark of a paragraph) goes with one of these changes.
    fn leaves_out<const N: usize>(&mut self, properties: Option<Node>, changes: [&str; N]) -> bool {
        let mut goes = false;
        for change in changes.into_iter().filter_map(|change| properties?.part(change)) {
            goes |= !self.stays(change);
        }
        goes
    }

    fn section(&mut self, node: Node) {
        for child in node.children() {
            let part = match child.word() {
                "headerReference" => Part::Header,
                "footerReference" => Part::Footer,
                _ => continue,
            };
            if let Some(id) = relation(child) {
                self.running.push((part, id.to_owned()));
            }
        }
    }
}

/// Children of that name, also inside content controls and marks of change.
fn through<'a, 't>(parent: Node<'a, 't>, name: &str, revisions: &Revisions, out: &mut Vec<Node<'a, 't>>) {
    for child in parent.children() {
        match child.word() {
            found if found == name => out.push(child),
            "sdt" => {
                if let Some(content) = child.part("sdtContent") {
                    through(content, name, revisions, out);
                }
            }
            "customXml" | "smartTag" => through(child, name, revisions, out),
            "ins" | "moveTo" | "del" | "moveFrom" if revisions.reads(child) => {
                through(child, name, revisions, out)
            }
            _ => {}
        }
    }
}

/// The one branch of an `AlternateContent` that is read: the first choice that needs nothing unknown, unless only the
/// fallback has a text box.
pub(super) fn alternative<'a, 't>(node: Node<'a, 't>) -> Option<Node<'a, 't>> {
    let named = |name: &'static str| node.children().filter(move |child| child.tag_name().name() == name);
    let boxed = |branch: &Node| branch.descendants().any(|inner| inner.word() == "txbxContent");
    let choice = named("Choice").find(is_understood);
    match (choice, named("Fallback").next()) {
        (Some(choice), Some(fallback)) if !boxed(&choice) && boxed(&fallback) => Some(fallback),
        (choice, fallback) => choice.or(fallback),
    }
}

/// Whether all that a choice requires is known to Word and therefore shown by it.
fn is_understood(choice: &Node) -> bool {
    const KNOWN: [&str; 4] = [
        "http://schemas.microsoft.com/office/",
        "http://schemas.openxmlformats.org/",
        "http://purl.oclc.org/ooxml/",
        "urn:schemas-microsoft-com:",
    ];
    // Some writers declare a prefix only where they use it.
    const USUAL: [&str; 12] =
        ["wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "w16se", "wp14", "wp15", "a14", "cx"];
    choice.attribute("Requires").unwrap_or_default().split_whitespace().all(|prefix| {
        match choice.lookup_namespace_uri(Some(prefix)) {
            Some(namespace) => KNOWN.iter().any(|known| namespace.starts_with(known)),
            None => USUAL.contains(&prefix),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use roxmltree::Document;

    #[test]
    fn a_choice_is_read_when_all_it_requires_is_known() {
        let read = |branches: &str| {
            let text = format!(
                "<mc:AlternateContent xmlns:mc='urn:mc' xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' xmlns:zzz='urn:zzz'>{branches}</mc:AlternateContent>"
            );
            let tree = Document::parse(&text).unwrap();
            alternative(tree.root_element()).and_then(|branch| branch.text()).map(str::to_owned)
        };
        let fallback = "<mc:Fallback>대체</mc:Fallback>";
        let choice = |requires: &str| format!("<mc:Choice Requires='{requires}'>{requires}</mc:Choice>");
        assert_eq!(read(&(choice("w14") + fallback)).as_deref(), Some("w14"));
        assert_eq!(read(&(choice("wps") + fallback)).as_deref(), Some("wps"));
        assert_eq!(read(&(choice("zzz") + fallback)).as_deref(), Some("대체"));
        assert_eq!(read(&(choice("w14 zzz") + &choice("w14") + fallback)).as_deref(), Some("w14"));
        assert_eq!(read(&choice("nobody")), None);
        assert_eq!(read(&format!("<mc:Choice>선택</mc:Choice>{fallback}")).as_deref(), Some("선택"));
    }
}
