//! The edits of a part while they are gathered: what is to go, to come and to be commented in which paragraph, and whether
//! that can be. `rewrite` makes them. Knows no text but that of the paragraphs.

use crate::load::docx::trace::{Paragraph, Trace};
use crate::load::docx::xml::WordNode;
use crate::redline::back::{Ground, Stretch};
use crate::redline::fresh;
use crate::redline::package::Side;
use crate::redline::rewrite;
use crate::redline::runs::{fields, is_kept, runs};
use crate::redline::xml::{Names, Splices};
use roxmltree::{Document as Tree, NodeId};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
pub(super) struct Ids {
    used: BTreeSet<i64>,
    next: i64,
    /// Those given out.
    pub ours: BTreeSet<i64>,
}

impl Ids {
    pub fn new(used: BTreeSet<i64>) -> Self {
        Self { used, next: 1, ours: BTreeSet::new() }
    }

    pub fn next(&mut self) -> i64 {
        while self.used.contains(&self.next) {
            self.next += 1;
        }
        self.used.insert(self.next);
        self.ours.insert(self.next);
        self.next
    }
}

/// What is to be done in one paragraph, in bytes of its text.
#[derive(Debug, Default)]
pub(super) struct Ops {
    pub deletions: Vec<Deletion>,
    /// Where comments begin and end; both are at the paragraph's ends when it is commented as a whole.
    pub begins: Vec<(Option<usize>, i64)>,
    pub ends: Vec<(Option<usize>, i64)>,
    /// Whether the paragraph goes as a whole, its mark too.
    pub gone: bool,
}

#[derive(Debug)]
pub(super) struct Deletion {
    pub start: usize,
    pub end: usize,
    /// The words that come behind.
    pub words: Option<String>,
}

/// New paragraphs behind an element.
#[derive(Debug)]
struct Insertion {
    behind: NodeId,
    /// Text and the paragraph that it should look like.
    paragraphs: Vec<(String, usize)>,
    comment: Option<i64>,
}

/// A part that is being edited.
pub(super) struct Desk<'r> {
    tree: &'r Tree<'r>,
    source: &'r str,
    names: Names,
    ids: Ids,
    comments: Ids,
    ops: BTreeMap<usize, (Paragraph, Ops)>,
    insertions: Vec<Insertion>,
    /// Paragraphs whose look new ones take.
    looks: BTreeMap<usize, NodeId>,
}

/// A part after the edits.
pub(super) struct Finished {
    /// Its text.
    pub text: String,
    /// The ids of all our changes.
    pub ids: BTreeSet<i64>,
}

impl<'r> Desk<'r> {
    pub fn new(tree: &'r Tree<'r>, source: &'r str, side: &Side) -> Self {
        let (mut ids, mut comments) = (BTreeSet::new(), side.comment_ids.clone());
        for node in tree.descendants() {
            let Some(id) = node.number_of("id") else { continue };
            if node.word().starts_with("comment") {
                comments.insert(id);
            } else if !node.word().is_empty() {
                ids.insert(id);
            }
        }
        Self {
            tree,
            source,
            names: Names::of(tree.root_element()),
            ids: Ids::new(ids),
            comments: Ids::new(comments),
            ops: BTreeMap::new(),
            insertions: Vec::new(),
            looks: BTreeMap::new(),
        }
    }

    /// Whether an element stands within another one, or is it.
    pub fn is_in(&self, node: NodeId, whole: NodeId) -> bool {
        let range = |id| self.tree.get_node(id).map(|node| node.range());
        range(node)
            .zip(range(whole))
            .is_some_and(|(inner, outer)| outer.start <= inner.start && inner.end <= outer.end)
    }

    /// A number for a comment.
    pub fn comment_id(&mut self) -> i64 {
        self.comments.next()
    }

    fn ops(&mut self, trace: &Trace, index: usize) -> Option<&mut Ops> {
        let paragraph = trace.paragraphs.get(index)?;
        Some(&mut self.ops.entry(index).or_insert_with(|| (paragraph.clone(), Ops::default())).1)
    }

    /// Puts a comment around words or a paragraph.
    pub fn comment(&mut self, trace: &Trace, ground: Ground, id: i64) {
        let (first, last) = match ground {
            Ground::Whole(paragraph) => ((paragraph, None), (paragraph, None)),
            Ground::Words(first, last)
                if first.paragraph == last.paragraph || self.are_siblings(trace, first, last) =>
            {
                ((first.paragraph, Some(first.start)), (last.paragraph, Some(last.end)))
            }
            // From one cell into another a comment has no sound place.
            Ground::Words(first, _) => {
                ((first.paragraph, Some(first.start)), (first.paragraph, Some(first.end)))
            }
        };
        // Text boxes take no comments: the paragraph on which the box hangs does.
        let (first, last) = match self.outside_box(trace, first.0) {
            Some(paragraph) => ((paragraph, None), (paragraph, None)),
            None => (first, last),
        };
        if let Some(ops) = self.ops(trace, first.0) {
            ops.begins.push((first.1, id));
        }
        if let Some(ops) = self.ops(trace, last.0) {
            ops.ends.push((last.1, id));
        }
    }

    fn are_siblings(&self, trace: &Trace, first: Stretch, last: Stretch) -> bool {
        let parent = |stretch: Stretch| {
            let node = self.tree.get_node(trace.paragraphs.get(stretch.paragraph)?.node)?;
            Some((node.parent()?.id(), node.range().start))
        };
        parent(first).zip(parent(last)).is_some_and(|(first, last)| first.0 == last.0 && first.1 <= last.1)
    }

    /// The paragraph on which the text box hangs that this one stands in.
    fn outside_box(&self, trace: &Trace, index: usize) -> Option<usize> {
        let node = self.tree.get_node(trace.paragraphs.get(index)?.node)?;
        let outermost = node.ancestors().filter(|node| node.word() == "txbxContent").last()?;
        let holder = outermost.ancestors().find(|node| node.word() == "p")?;
        trace.paragraphs.iter().position(|paragraph| paragraph.node == holder.id())
    }

    /// Has words go and others come. The first stretch takes the new words; further paragraphs go as a whole.
    ///
    /// # Errors
    /// Why that cannot be done (Korean); nothing is changed then.
    pub fn replace(
        &mut self,
        trace: &Trace,
        stretches: &[Stretch],
        words: &str,
        comment: Option<i64>,
    ) -> Result<(), &'static str> {
        let mut stretches = stretches.to_vec();
        for stretch in stretches.iter_mut().skip(1) {
            let length = trace.paragraphs.get(stretch.paragraph).map_or(stretch.end, |read| read.text.len());
            (stretch.start, stretch.end) = (0, length);
        }
        let (first, rest) = stretches.split_first().ok_or("글의 자리를 파일에서 찾지 못했습니다")?;
        for stretch in &stretches {
            let paragraph = trace.paragraphs.get(stretch.paragraph).ok_or("문단을 찾지 못했습니다")?;
            self.deletable(paragraph, stretch)?;
            if let Some((_, ops)) = self.ops.get(&stretch.paragraph)
                && (ops.gone
                    || ops
                        .deletions
                        .iter()
                        .any(|other| stretch.start < other.end && other.start < stretch.end))
            {
                return Err("같은 글을 다른 제안이 이미 고쳤습니다");
            }
        }
        for (before, stretch) in stretches.iter().zip(rest) {
            if !self.are_siblings(trace, *before, *stretch) || !self.may_go(trace, stretch.paragraph) {
                return Err("여러 칸이나 구역에 걸친 글입니다");
            }
            // What is left of one would stand on the line of whatever follows the other.
            if self.goes_on(trace, before.paragraph) {
                return Err("한 줄로 이어진 두 문단에 걸친 글입니다");
            }
        }
        let words = Some(words.to_owned());
        for (stretch, words) in stretches.iter().zip(std::iter::once(words).chain(std::iter::repeat(None))) {
            let gone = words.is_none();
            if let Some(ops) = self.ops(trace, stretch.paragraph) {
                ops.deletions.push(Deletion { start: stretch.start, end: stretch.end, words });
                ops.gone |= gone;
            }
        }
        if let Some(id) = comment {
            let last = stretches.last().unwrap_or(first);
            self.comment(trace, Ground::Words(*first, *last), id);
        }
        Ok(())
    }

    /// Whether the next paragraph goes on on the line of this one: a style separator stands between them.
    fn goes_on(&self, trace: &Trace, index: usize) -> bool {
        let node = trace.paragraphs.get(index).and_then(|paragraph| self.tree.get_node(paragraph.node));
        let mark = node.and_then(|node| node.part("pPr")).and_then(|properties| properties.part("rPr"));
        mark.is_some_and(|mark| mark.switch("specVanish") == Some(true))
    }

    /// Whether a paragraph may go with its mark: another one must follow to take what is left of it.
    fn may_go(&self, trace: &Trace, index: usize) -> bool {
        let Some(node) = trace.paragraphs.get(index).and_then(|p| self.tree.get_node(p.node)) else {
            return false;
        };
        let section = node.part("pPr").is_some_and(|properties| properties.part("sectPr").is_some());
        let next = node.next_siblings().skip(1).find(|next| next.is_element());
        !section && next.is_some_and(|next| next.word() == "p")
    }

    /// Whether the words of a stretch can be wrapped as deleted.
    fn deletable(&self, paragraph: &Paragraph, stretch: &Stretch) -> Result<(), &'static str> {
        let node = self.tree.get_node(paragraph.node).ok_or("문단을 찾지 못했습니다")?;
        let runs = runs(node, paragraph);
        let mut covered = 0;
        for run in &runs {
            let mut touched = false;
            for child in &run.children {
                let (start, end) = (child.start.max(stretch.start), child.end.min(stretch.end));
                if start >= end {
                    continue;
                }
                touched = true;
                covered += end - start;
                let partly = start > child.start || end < child.end;
                if partly && child.node.word() == "t" && !child.plain {
                    return Err("기호 글꼴로 쓴 글의 일부입니다");
                }
                if partly && child.node.word() != "t" || is_kept(child.node) {
                    return Err("도형이나 필드 안의 글입니다");
                }
            }
            let parent = run.node.parent().map_or("", |parent| parent.word());
            let sound = match parent {
                "p" | "hyperlink" | "smartTag" | "customXml" | "sdtContent" | "fldSimple" | "bdo" | "dir" => {
                    true
                }
                "ins" | "moveTo" => {
                    let above = run.node.parent().and_then(|parent| parent.parent());
                    above.is_some_and(|above| {
                        matches!(above.word(), "p" | "hyperlink" | "sdtContent" | "smartTag")
                    })
                }
                _ => false,
            };
            if touched && !sound {
                return Err("도형이나 필드 안의 글입니다");
            }
        }
        if covered != stretch.end.saturating_sub(stretch.start) {
            return Err("수식이나 도형 안의 글입니다");
        }
        fields(&runs, stretch).map(|_| ())
    }

    /// The element behind which new paragraphs may stand: the paragraph, or of a row the outermost table.
    pub fn anchor(&self, trace: &Trace, index: usize, row: bool) -> Option<NodeId> {
        let node = self.tree.get_node(trace.paragraphs.get(index)?.node)?;
        if node.ancestors().any(|above| above.word() == "txbxContent") {
            return None;
        }
        let table = node.ancestors().filter(|above| above.word() == "tbl").last();
        let anchor = if row { table.unwrap_or(node) } else { node };
        let parent = anchor.parent()?;
        matches!(parent.word(), "body" | "tc" | "sdtContent" | "customXml").then(|| anchor.id())
    }

    /// Puts new paragraphs behind an element.
    pub fn insert(
        &mut self,
        trace: &Trace,
        behind: NodeId,
        paragraphs: &[(String, usize)],
        comment: Option<i64>,
    ) {
        for (_, like) in paragraphs {
            if let Some(paragraph) = trace.paragraphs.get(*like) {
                self.looks.insert(*like, paragraph.node);
            }
        }
        self.insertions.push(Insertion { behind, paragraphs: paragraphs.to_vec(), comment });
    }

    /// The part with all edits.
    ///
    /// # Errors
    /// When two edits touch the same bytes (Korean).
    pub fn finish(mut self) -> Result<Finished, &'static str> {
        let mut splices = Splices::default();
        for (paragraph, ops) in std::mem::take(&mut self.ops).into_values() {
            if let Some(node) = self.tree.get_node(paragraph.node) {
                let mut writer =
                    rewrite::Writer { source: self.source, names: &self.names, ids: &mut self.ids };
                writer.paragraph(node, &paragraph, &ops, &mut splices);
            }
        }
        for insertion in std::mem::take(&mut self.insertions) {
            let Some(anchor) = self.tree.get_node(insertion.behind) else { continue };
            let mut out = String::new();
            for (n, (text, like)) in insertion.paragraphs.iter().enumerate() {
                let like = self.looks.get(like).and_then(|id| self.tree.get_node(*id));
                let comment = insertion.comment.filter(|_| n == 0);
                let names = self.names.clone();
                out.push_str(&fresh::paragraph(self.source, &names, like, text, &mut self.ids, comment));
            }
            splices.insert(anchor.range().end, out);
        }
        let text = splices.apply(self.source).ok_or("고칠 자리가 서로 겹칩니다")?;
        Ok(Finished { text, ids: self.ids.ours })
    }
}
