//! The runs of a paragraph with the text that each of their children says, the fields that they make up, and what in them
//! is nobody's to delete. Changes nothing.

use crate::load::blocks::visible;
use crate::load::docx::inline::written;
use crate::load::docx::trace::Paragraph;
use crate::load::docx::xml::WordNode;
use crate::redline::back::Stretch;
use roxmltree::{Node, NodeId};
use std::collections::{HashMap, HashSet};

/// A run of a paragraph with what stands in it.
pub(super) struct Run<'a, 't> {
    pub node: Node<'a, 't>,
    pub children: Vec<Child<'a, 't>>,
}

/// A direct child of a run and the stretch of the paragraph's text that it says; often none.
pub(super) struct Child<'a, 't> {
    pub node: Node<'a, 't>,
    pub start: usize,
    pub end: usize,
    /// Whether its characters are shown as they are written: glyphs of symbol fonts are not.
    pub plain: bool,
}

/// The runs of a paragraph in order with the text that each child says; not those of text boxes or of deleted text.
pub(super) fn runs<'a, 't>(paragraph: Node<'a, 't>, read: &Paragraph) -> Vec<Run<'a, 't>> {
    let tree = paragraph.document();
    let mut said: HashMap<NodeId, (usize, usize)> = HashMap::new();
    for (n, piece) in read.pieces.iter().enumerate() {
        let end = read.pieces.get(n + 1).map_or(read.text.len(), |next| next.at);
        // The child of the run that the piece stands in.
        let Some(node) = tree.get_node(piece.node) else { continue };
        let child = node.ancestors().find(|node| node.parent().is_some_and(|parent| parent.word() == "r"));
        if let Some(child) = child {
            said.entry(child.id()).or_insert((piece.at, end)).1 = end;
        }
    }
    let mut out = Vec::new();
    let mut at = 0;
    inner_runs(paragraph, &said, &mut at, &mut out);
    for child in out.iter_mut().flat_map(|run| &mut run.children).filter(|child| child.node.word() == "t") {
        let shown: String = written(child.node).chars().filter_map(visible).collect();
        child.plain = read.text.get(child.start..child.end) == Some(shown.as_str());
    }
    out
}

fn inner_runs<'a, 't>(
    parent: Node<'a, 't>,
    said: &HashMap<NodeId, (usize, usize)>,
    at: &mut usize,
    out: &mut Vec<Run<'a, 't>>,
) {
    for node in parent.children().filter(Node::is_element) {
        match node.word() {
            "r" => {
                let mut children = Vec::new();
                for child in node.children().filter(|child| child.is_element() && child.word() != "rPr") {
                    let (start, end) = said.get(&child.id()).copied().unwrap_or((*at, *at));
                    *at = end;
                    children.push(Child { node: child, start, end, plain: false });
                }
                out.push(Run { node, children });
            }
            "hyperlink" | "smartTag" | "customXml" | "fldSimple" | "bdo" | "dir" | "ins" | "moveTo"
            | "sdt" | "sdtContent" => inner_runs(node, said, at, out),
            _ => {}
        }
    }
}

/// Whether a child of a run stays when words around it go: pictures, boxes, notes and comments are not ours to delete.
pub(super) fn is_kept(node: Node) -> bool {
    matches!(
        node.word(),
        "" | "drawing"
            | "pict"
            | "object"
            | "commentReference"
            | "annotationRef"
            | "footnoteReference"
            | "endnoteReference"
            | "r"
            | "hyperlink"
            | "sdt"
            | "ins"
            | "del"
            | "ruby"
    )
}

pub(super) fn is_field(node: Node) -> bool {
    matches!(node.word(), "fldChar" | "instrText")
}

/// The marks of the fields whose whole result lies in a stretch: they go with it.
///
/// # Errors
/// When the stretch cuts a field in two, or a field does not end in the paragraph.
pub(super) fn fields(runs: &[Run], stretch: &Stretch) -> Result<HashSet<NodeId>, &'static str> {
    const CUT: &str = "필드의 일부만 고칠 수 없습니다";
    let mut open: Vec<(usize, Vec<NodeId>)> = Vec::new();
    let mut gone = HashSet::new();
    for child in runs.iter().flat_map(|run| &run.children).filter(|child| is_field(child.node)) {
        let id = child.node.id();
        match child.node.value("fldCharType") {
            // Marks may say something themselves: a form field's box, what stands for a result that is not stored.
            Some("begin") => open.push((child.start, vec![id])),
            Some("end") => {
                let Some((start, mut marks)) = open.pop() else { return Err(CUT) };
                marks.push(id);
                let end = child.end;
                let overlaps = start < stretch.end && stretch.start < end;
                if overlaps && stretch.start <= start && end <= stretch.end {
                    gone.extend(marks);
                } else if overlaps {
                    return Err(CUT);
                }
            }
            _ => match open.last_mut() {
                Some((_, marks)) => marks.push(id),
                None => return Err(CUT),
            },
        }
    }
    if open.is_empty() { Ok(gone) } else { Err(CUT) }
}
