//! A section of an OWPML package: paragraphs, what stands in their runs and what hangs on them. Makes a manuscript of
//! it and knows nothing of how it is told.

use crate::load::Revisions;
use crate::load::hangul::composed::{self, Frame};
use crate::load::hangul::numbering::Shape;
use crate::load::hangul::{AutoNumber, Control, Counted, Paragraph, Piece, Table, ruby};
use crate::load::hwpx::header::Header;
use crate::load::hwpx::{children, natural, number};
use crate::source::Part;
use roxmltree::Node;
use std::collections::{HashMap, HashSet};

/// Reads one section.
pub(super) struct Reader<'h, 'a> {
    header: &'h Header,
    revisions: Revisions,
    /// Ids of the changes that end somewhere in the section.
    ends: HashSet<&'a str>,
    /// Whether the run that is read is crossed out.
    struck: bool,
    /// 바탕쪽 by their ids, each until a section asks for it.
    pub masters: HashMap<String, Vec<Paragraph>>,
    /// Changes that begin and never end: their text is read.
    pub unended: usize,
}

impl<'h, 'a> Reader<'h, 'a> {
    /// A reader of the section with this text and tree.
    pub fn new(header: &'h Header, text: &str, root: Node<'a, '_>, revisions: Revisions) -> Self {
        let (_, end) = omitted(revisions);
        let ends = if text.contains(end) {
            let ends = root.descendants().filter(|node| node.tag_name().name() == end);
            ends.filter_map(change).collect()
        } else {
            HashSet::new()
        };
        Self { header, revisions, ends, struck: false, masters: HashMap::new(), unended: 0 }
    }

    /// The paragraphs that stand in an element.
    pub fn paragraphs(&mut self, parent: Node) -> Vec<Paragraph> {
        children(parent, "p").map(|node| self.paragraph(node)).collect()
    }

    /// The paragraphs of all lists that stand in an element.
    pub fn lists(&mut self, parent: Node) -> Vec<Paragraph> {
        children(parent, "subList").flat_map(|list| self.paragraphs(list)).collect()
    }

    fn paragraph(&mut self, node: Node) -> Paragraph {
        let mut paragraph = Paragraph {
            head: self.header.head(natural(node, "paraPrIDRef")),
            title: self.header.is_title(natural(node, "styleIDRef")),
            breaks: node.attribute("pageBreak") == Some("1"),
            ..Paragraph::default()
        };
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "run" => {
                    let struck = self.header.is_struck(natural(child, "charPrIDRef"));
                    let outer = std::mem::replace(&mut self.struck, struck);
                    self.run(child, &mut paragraph.pieces);
                    self.struck = outer;
                }
                "linesegarray" => {
                    for line in children(child, "lineseg") {
                        let at = number(line, "vertpos").unwrap_or(0);
                        paragraph.lines.push(at, number(line, "horzpos").unwrap_or(0));
                    }
                }
                _ => {}
            }
        }
        paragraph
    }

    fn run(&mut self, run: Node, out: &mut Vec<Piece>) {
        for node in run.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "t" => self.text(node, out),
                "ctrl" => {
                    for control in node.children().filter(Node::is_element) {
                        self.control(control, out);
                    }
                }
                "secPr" => self.section(node, out),
                // What newer programs show and what older ones do; the older is plainer.
                "switch" => {
                    let branch = children(node, "default").next().or_else(|| children(node, "case").next());
                    if let Some(branch) = branch {
                        self.run(branch, out);
                    }
                }
                _ => self.object(node, out),
            }
        }
    }

    /// What begins a section.
    fn section(&mut self, node: Node, out: &mut Vec<Piece>) {
        let outline = natural(node, "outlineShapeIDRef").unwrap_or(0);
        out.push(Piece::Control(Control::Section { outline }));
        for page in children(node, "masterPage") {
            let id = page.attribute("idRef").unwrap_or_default();
            out.extend(self.masters.remove(id).map(|inside| Piece::Control(Control::MasterPage(inside))));
        }
        let Some(start) = children(node, "startNum").next() else { return };
        for (name, of) in
            [("pic", Counted::Picture), ("tbl", Counted::Table), ("equation", Counted::Equation)]
        {
            if let Some(number) = natural(start, name).filter(|number| *number > 0) {
                out.push(Piece::Control(Control::NewNumber(of, number)));
            }
        }
    }

    /// Text with the marks that stand in it.
    fn text(&mut self, node: Node, out: &mut Vec<Piece>) {
        let struck = self.struck;
        let text = |text: &str, out: &mut Vec<Piece>| match (out.last_mut(), struck) {
            (Some(Piece::Text(last)), false) | (Some(Piece::Struck(last)), true) => last.push_str(text),
            (_, false) => out.push(Piece::Text(text.to_owned())),
            (_, true) => out.push(Piece::Struck(text.to_owned())),
        };
        for child in node.children() {
            if child.is_text() {
                let words = child.text().unwrap_or_default();
                if words.contains(['\n', '\r']) {
                    text(&words.replace(['\n', '\r'], " "), out);
                } else {
                    text(words, out);
                }
                continue;
            }
            match child.tag_name().name() {
                "tab" => text("\t", out),
                "lineBreak" => text("\n", out),
                "nbSpace" | "fwSpace" => text(" ", out),
                "hyphen" => text("-", out),
                name @ ("insertBegin" | "deleteBegin") => {
                    out.push(Piece::Change { inserted: name == "insertBegin" });
                    if name != omitted(self.revisions).0 {
                        continue;
                    }
                    if change(child).is_none_or(|id| self.ends.contains(id)) {
                        out.push(Piece::Omitted);
                    } else {
                        self.unended += 1;
                    }
                }
                name if name == omitted(self.revisions).1 => {
                    out.push(Piece::Resumed { mark: child.attribute("paraend") == Some("1") });
                }
                _ => {}
            }
        }
    }

    fn control(&mut self, node: Node, out: &mut Vec<Piece>) {
        let control = match node.tag_name().name() {
            "colPr" => Control::Columns(natural(node, "colCount").unwrap_or(1)),
            "header" => Control::Running(Part::Header, self.lists(node)),
            "footer" => Control::Running(Part::Footer, self.lists(node)),
            "footNote" => Control::Footnote(self.lists(node)),
            "endNote" => Control::Endnote(self.lists(node)),
            "hiddenComment" => Control::Hidden,
            "fieldBegin" if node.attribute("type") == Some("MEMO") => Control::Memo,
            "autoNum" => Control::AutoNumber(auto_number(node)),
            "newNum" => Control::NewNumber(counted(node), natural(node, "num").unwrap_or(1)),
            _ => return,
        };
        out.push(Piece::Control(control));
    }

    /// Tables, drawings and other objects.
    fn object(&mut self, node: Node, out: &mut Vec<Piece>) {
        let control = match node.tag_name().name() {
            "tbl" => Control::Table(self.table(node)),
            "equation" => {
                let script = children(node, "script").filter_map(|script| script.text()).collect();
                out.push(Piece::Control(Control::Equation(script)));
                let caption = self.caption(node);
                if caption.is_empty() {
                    return;
                }
                Control::TextBox { inside: Vec::new(), caption }
            }
            "compose" => return push(Some(&compose(node)), out),
            "dutmal" => {
                let text = |name| children(node, name).find_map(|text| text.text()).unwrap_or_default();
                return push(Some(&ruby(text("mainText"), text("subText"))), out);
            }
            "edit" => {
                let text = children(node, "text").filter_map(|text| text.text()).next();
                return push(text, out);
            }
            "checkBtn" | "radioBtn" => {
                let on = node.attribute("value") == Some("CHECKED");
                push(Some(if on { "☑" } else { "☐" }), out);
                return push(node.attribute("caption"), out);
            }
            "comboBox" => return push(node.attribute("selectedValue"), out),
            _ => return self.drawing(node, out),
        };
        out.push(Piece::Control(control));
    }

    /// What stands under an object.
    fn caption(&mut self, node: Node) -> Vec<Paragraph> {
        children(node, "caption").flat_map(|caption| self.lists(caption)).collect()
    }

    /// A drawing or a group of them: the boxes with text in it, and what can only be counted. Without recursion, and not
    /// into the boxes found: what hangs on their own text is read with it.
    fn drawing(&mut self, node: Node, out: &mut Vec<Piece>) {
        let mut caption = self.caption(node);
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match node.tag_name().name() {
                "drawText" => {
                    let inside = self.lists(node);
                    let caption = std::mem::take(&mut caption);
                    out.push(Piece::Control(Control::TextBox { inside, caption }));
                    continue;
                }
                "textart" => {
                    if let Some(text) = node.attribute("text").filter(|text| !text.trim().is_empty()) {
                        let pieces = vec![Piece::Text(text.replace(['\n', '\r'], " "))];
                        let inside = vec![Paragraph { pieces, ..Paragraph::default() }];
                        out.push(Piece::Control(Control::TextBox { inside, caption: Vec::new() }));
                    }
                    continue;
                }
                "pic" => out.push(Piece::Control(Control::Picture)),
                "ole" | "chart" | "video" => out.push(Piece::Control(Control::Object)),
                "caption" => continue,
                _ => {}
            }
            let from = open.len();
            open.extend(node.children().filter(Node::is_element));
            if let Some(found) = open.get_mut(from..) {
                found.reverse();
            }
        }
        if !caption.is_empty() {
            out.push(Piece::Control(Control::TextBox { inside: Vec::new(), caption }));
        }
    }

    fn table(&mut self, node: Node) -> Table {
        let caption = children(node, "caption").next();
        let above = caption.is_some_and(|caption| caption.attribute("side") == Some("TOP"));
        let caption = caption.map(|caption| self.lists(caption)).unwrap_or_default();
        let mut rows: Vec<Vec<Vec<Paragraph>>> = Vec::new();
        for row in children(node, "tr") {
            rows.push(children(row, "tc").map(|cell| self.lists(cell)).collect());
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        Table { rows, columns, caption, above }
    }
}

/// The marks around what is not read.
fn omitted(revisions: Revisions) -> (&'static str, &'static str) {
    match revisions {
        Revisions::Accepted => ("deleteBegin", "deleteEnd"),
        Revisions::Original => ("insertBegin", "insertEnd"),
    }
}

/// The id of a tracked change.
fn change<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute("Id").or_else(|| node.attribute("id")).or_else(|| node.attribute("TcId"))
}

fn push(text: Option<&str>, out: &mut Vec<Piece>) {
    if let Some(text) = text {
        out.push(Piece::Text(text.replace(['\n', '\r'], " ")));
    }
}

/// 글자 겹침 as one text. Some writers put the characters into an element of their own.
fn compose(node: Node) -> String {
    let inside = || children(node, "composeText").find_map(|text| text.text());
    let text = node.attribute("composeText").or_else(inside).unwrap_or_default();
    composed::plain(Frame::from_name(node.attribute("circleType").unwrap_or_default()), text)
}

fn counted(node: Node) -> Counted {
    match node.attribute("numType") {
        Some("PICTURE") => Counted::Picture,
        Some("TABLE") => Counted::Table,
        Some("EQUATION") => Counted::Equation,
        _ => Counted::Other,
    }
}

fn auto_number(node: Node) -> AutoNumber {
    let format = children(node, "autoNumFormat").next();
    let text = |name: &str| format.and_then(|format| format.attribute(name)).unwrap_or_default().to_owned();
    AutoNumber {
        of: counted(node),
        shape: format
            .and_then(|format| Shape::from_name(format.attribute("type").unwrap_or_default()))
            .unwrap_or_default(),
        number: natural(node, "num").unwrap_or(0),
        prefix: text("prefixChar"),
        suffix: text("suffixChar"),
    }
}
