//! Edits inside paragraphs: runs are split where an edit begins or ends, what goes is wrapped in `del`, what comes in
//! `ins`, and every split run keeps its properties. Knows no text but that of the paragraphs.

use crate::load::docx::inline::written;
use crate::load::docx::trace::{Paragraph, Trace};
use crate::load::docx::xml::WordNode;
use crate::redline::AUTHOR;
use crate::redline::back::{Ground, Stretch};
use crate::redline::fresh;
use crate::redline::package::Side;
use crate::redline::xml::{Names, Splices, end_tag, escaped, raw, start_tag, without};
use roxmltree::{Document as Tree, Node, NodeId};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Numbers that nothing in the document has yet.
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
struct Ops {
    deletions: Vec<Deletion>,
    /// Where comments begin and end; both are at the paragraph's ends when it is commented as a whole.
    begins: Vec<(Option<usize>, i64)>,
    ends: Vec<(Option<usize>, i64)>,
    /// Whether the paragraph goes as a whole, its mark too.
    gone: bool,
}

#[derive(Debug)]
struct Deletion {
    start: usize,
    end: usize,
    /// The words that come behind.
    words: Option<String>,
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

/// A run of a paragraph with what stands in it.
struct Run<'a, 't> {
    node: Node<'a, 't>,
    children: Vec<Child<'a, 't>>,
}

/// A direct child of a run and the stretch of the paragraph's text that it says; often none.
struct Child<'a, 't> {
    node: Node<'a, 't>,
    start: usize,
    end: usize,
}

/// A bit of a split run, or something between runs.
enum Bit {
    Words { gone: bool, run: NodeId, xml: String },
    Between(String),
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
        range(node).zip(range(whole)).is_some_and(|(inner, outer)| outer.start <= inner.start && inner.end <= outer.end)
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
            Ground::Words(first, last) if first.paragraph == last.paragraph || self.are_siblings(trace, first, last) => {
                ((first.paragraph, Some(first.start)), (last.paragraph, Some(last.end)))
            }
            // From one cell into another a comment has no sound place.
            Ground::Words(first, _) => ((first.paragraph, Some(first.start)), (first.paragraph, Some(first.end))),
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
                    || ops.deletions.iter().any(|other| stretch.start < other.end && other.start < stretch.end))
            {
                return Err("같은 글을 다른 제안이 이미 고쳤습니다");
            }
        }
        for (before, stretch) in stretches.iter().zip(rest) {
            if !self.are_siblings(trace, *before, *stretch) || !self.may_go(trace, stretch.paragraph) {
                return Err("여러 칸이나 구역에 걸친 글입니다");
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

    /// Whether a paragraph may go with its mark: another one must follow to take what is left of it.
    fn may_go(&self, trace: &Trace, index: usize) -> bool {
        let Some(node) = trace.paragraphs.get(index).and_then(|p| self.tree.get_node(p.node)) else { return false };
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
                if partly && child.node.word() != "t" || is_kept(child.node) {
                    return Err("도형이나 필드 안의 글입니다");
                }
            }
            let parent = run.node.parent().map_or("", |parent| parent.word());
            let sound = match parent {
                "p" | "hyperlink" | "smartTag" | "customXml" | "sdtContent" | "fldSimple" | "bdo" | "dir" => true,
                "ins" | "moveTo" => {
                    let above = run.node.parent().and_then(|parent| parent.parent());
                    above.is_some_and(|above| matches!(above.word(), "p" | "hyperlink" | "sdtContent" | "smartTag"))
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
    pub fn insert(&mut self, trace: &Trace, behind: NodeId, paragraphs: &[(String, usize)], comment: Option<i64>) {
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
                self.paragraph(node, &paragraph, &ops, &mut splices);
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

    fn paragraph(&mut self, node: Node, paragraph: &Paragraph, ops: &Ops, splices: &mut Splices) {
        let runs = runs(node, paragraph);
        let length = paragraph.text.len();
        // Marks in front of a byte and behind one, in the order in which they are written.
        let mut before: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
        let mut after: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
        let (mut first, mut last) = (String::new(), String::new());
        for (at, id) in &ops.begins {
            match at.filter(|_| length > 0) {
                Some(at) => before.entry(at).or_default().push(Mark::Comment(self.begin(*id))),
                None => first.push_str(&self.begin(*id)),
            }
        }
        for deletion in &ops.deletions {
            if let Some(words) = &deletion.words {
                after.entry(deletion.end).or_default().push(Mark::Words(words.clone()));
            }
        }
        for (at, id) in &ops.ends {
            match at.filter(|_| length > 0) {
                Some(at) => after.entry(at).or_default().push(Mark::Comment(end(&self.names, *id))),
                None => last.push_str(&end(&self.names, *id)),
            }
        }
        let mut chain: Vec<(Node, Vec<Bit>)> = Vec::new();
        for run in &runs {
            let bits = self.run(node, run, &runs, ops, &mut before, &mut after, splices);
            let Some(bits) = bits else { continue };
            let joined = chain.last().is_some_and(|(node, _)| {
                node.next_siblings().skip(1).find(|next| !next.is_text()).map(|next| next.id()) == Some(run.node.id())
            });
            if !joined {
                self.write(std::mem::take(&mut chain), splices);
            }
            chain.push((run.node, bits));
        }
        self.write(chain, splices);
        // What begins or ends in a formula or another place that takes no marks does so at the paragraph's ends.
        let left = |marks: BTreeMap<usize, Vec<Mark>>| -> String {
            let comments = marks.into_values().flatten().filter_map(|mark| match mark {
                Mark::Comment(xml) => Some(xml),
                Mark::Words(_) => None,
            });
            comments.collect()
        };
        first.push_str(&left(before));
        last.insert_str(0, &left(after));
        if !first.is_empty() {
            match node.part("pPr") {
                Some(properties) => splices.insert(properties.range().end, first),
                None => splices.prepend(self.source, node, &first),
            }
        }
        if !last.is_empty() {
            splices.append(self.source, node, &last);
        }
        if ops.gone {
            self.mark(node, splices);
        }
    }

    fn begin(&self, id: i64) -> String {
        self.names.empty("commentRangeStart", &[("id", &id.to_string())])
    }

    /// The attributes of a change of ours.
    fn change(&mut self) -> String {
        self.ids.next().to_string()
    }

    /// The bits of a run that is touched; `None` for one that stays as it is.
    #[allow(clippy::too_many_arguments)]
    fn run(
        &mut self,
        paragraph: Node,
        run: &Run,
        runs: &[Run],
        ops: &Ops,
        before: &mut BTreeMap<usize, Vec<Mark>>,
        after: &mut BTreeMap<usize, Vec<Mark>>,
        splices: &mut Splices,
    ) -> Option<Vec<Bit>> {
        let nested = run.node.parent().is_some_and(|parent| parent.id() != paragraph.id());
        let in_change = run.node.parent().filter(|parent| matches!(parent.word(), "ins" | "moveTo"));
        let (mut bits, mut touched) = (Vec::new(), false);
        for child in &run.children {
            if child.start == child.end {
                let gone = ops.deletions.iter().any(|deletion| {
                    !is_kept(child.node)
                        && (deletion.start < child.start && child.start < deletion.end
                            || is_field(child.node)
                                && fields(runs, &Stretch { paragraph: 0, start: deletion.start, end: deletion.end })
                                    .is_ok_and(|marks| marks.contains(&child.node.id())))
                });
                touched |= gone;
                bits.push(Bit::Words { gone, run: run.node.id(), xml: self.child(child.node, gone) });
                continue;
            }
            let inside = |at: &usize| child.start < *at && *at < child.end;
            let mut cuts: BTreeSet<usize> = BTreeSet::from([child.start, child.end]);
            cuts.extend(ops.deletions.iter().flat_map(|deletion| [deletion.start, deletion.end]).filter(inside));
            cuts.extend(before.keys().chain(after.keys()).copied().filter(inside));
            // Only words can be split; other marks stand at the side of the whole.
            let splits = child.node.word() == "t" && cuts.len() > 2;
            if child.node.word() != "t" {
                cuts.retain(|at| !inside(at));
            }
            let cuts: Vec<usize> = cuts.into_iter().collect();
            for pair in cuts.windows(2) {
                let [start, end] = *pair else { continue };
                // What begins inside something that is never split begins in front of it.
                let keys: Vec<usize> = before.range(start..end).map(|(at, _)| *at).collect();
                let marks: Vec<Mark> = keys.iter().filter_map(|at| before.remove(at)).flatten().collect();
                touched |= self.marks(marks, nested, in_change, run, paragraph, false, &mut bits, splices);
                let gone = ops.deletions.iter().any(|deletion| deletion.start <= start && end <= deletion.end);
                touched |= gone;
                let xml = if splits {
                    self.part_of(child, start, end, gone)
                } else {
                    self.child(child.node, gone)
                };
                bits.push(Bit::Words { gone, run: run.node.id(), xml });
                let keys: Vec<usize> = after.range(start + 1..=end).map(|(at, _)| *at).collect();
                let marks: Vec<Mark> = keys.iter().filter_map(|at| after.remove(at)).flatten().collect();
                touched |= self.marks(marks, nested, in_change, run, paragraph, true, &mut bits, splices);
            }
            touched |= splits;
        }
        touched.then_some(bits)
    }

    /// Puts marks between bits, or where they may not stand there, at the side of what hangs in the paragraph.
    #[allow(clippy::too_many_arguments)]
    fn marks(
        &mut self,
        marks: Vec<Mark>,
        nested: bool,
        in_change: Option<Node>,
        run: &Run,
        paragraph: Node,
        behind: bool,
        bits: &mut Vec<Bit>,
        splices: &mut Splices,
    ) -> bool {
        let mut touched = false;
        for mark in marks {
            match mark {
                Mark::Comment(xml) if nested => {
                    let mut above = run.node.ancestors();
                    let top = above.find(|node| node.parent().is_some_and(|parent| parent.id() == paragraph.id()));
                    let range = top.unwrap_or(run.node).range();
                    splices.insert(if behind { range.end } else { range.start }, xml);
                }
                Mark::Comment(xml) => {
                    bits.push(Bit::Between(xml));
                    touched = true;
                }
                Mark::Words(words) => {
                    let inserted = self.inserted(run, &words);
                    let xml = match in_change {
                        // An insertion of ours cannot stand in one of somebody else's: that one is cut in two.
                        Some(change) => {
                            let (tag, _) = start_tag(self.source, change);
                            let close = end_tag(self.source, change);
                            format!("{close}{inserted}{}", self.with_new_id(change, tag))
                        }
                        None => inserted,
                    };
                    bits.push(Bit::Between(xml));
                    touched = true;
                }
            }
        }
        touched
    }

    /// A start tag with another number.
    fn with_new_id(&mut self, node: Node, tag: &str) -> String {
        let id = node.attributes().find(|attribute| attribute.name() == "id");
        let range = id.map(|id| id.range_value());
        let start = node.range().start;
        match range.map(|range| (range.start.wrapping_sub(start), range.end.wrapping_sub(start))) {
            Some((from, to)) if to <= tag.len() => {
                format!("{}{}{}", &tag[..from], self.ids.next(), &tag[to..])
            }
            _ => tag.to_owned(),
        }
    }

    fn inserted(&mut self, run: &Run, words: &str) -> String {
        let id = self.change();
        let names = &self.names;
        let properties =
            run.node.part("rPr").map(|rpr| without(self.source, rpr, &["rPrChange"])).unwrap_or_default();
        format!(
            "{}{}{properties}{}{}{}",
            names.open("ins", &[("id", &id), ("author", AUTHOR)]),
            names.open("r", &[]),
            names.words(words),
            names.close("r"),
            names.close("ins"),
        )
    }

    /// A child of a run as it is written, or as deleted.
    fn child(&self, node: Node, gone: bool) -> String {
        match node.word() {
            "t" if gone => self.names.text("delText", &written(node)),
            "instrText" if gone => {
                let text: String = node.children().filter_map(|child| child.text()).collect();
                self.names.text("delInstrText", &text)
            }
            _ => raw(self.source, node).to_owned(),
        }
    }

    /// A part of the words of a `t`.
    fn part_of(&self, child: &Child, start: usize, end: usize, gone: bool) -> String {
        let (mut at, mut part) = (child.start, String::new());
        for c in written(child.node).chars() {
            let shown = crate::load::blocks::visible(c);
            // What nobody sees stays with what stands behind it, at the end with what stands before.
            if start <= at && (at < end || end == child.end) {
                part.push(c);
            }
            at += shown.map_or(0, char::len_utf8);
        }
        if gone {
            return self.names.text("delText", &part);
        }
        // The element's own name, so that it stays what it was in every namespace.
        let close = end_tag(self.source, child.node);
        let name = close.trim_start_matches("</").trim_end_matches('>');
        format!("<{name} xml:space=\"preserve\">{}{close}", escaped(&part))
    }

    /// Writes runs that stand side by side, bits that go alike in one mark of change.
    fn write(&mut self, chain: Vec<(Node, Vec<Bit>)>, splices: &mut Splices) {
        let (Some((first, _)), Some((last, _))) = (chain.first(), chain.last()) else { return };
        let range = first.range().start..last.range().end;
        let nodes: HashMap<NodeId, Node> = chain.iter().map(|(node, _)| (node.id(), *node)).collect();
        let mut out = String::new();
        // The run and the change that are open.
        let (mut open, mut deleting) = (None::<NodeId>, false);
        let close_run = |open: &mut Option<NodeId>, out: &mut String| {
            if let Some(node) = open.take().and_then(|id| nodes.get(&id)) {
                out.push_str(&end_tag(self.source, *node));
            }
        };
        for bit in chain.into_iter().flat_map(|(_, bits)| bits) {
            match bit {
                Bit::Between(xml) => {
                    close_run(&mut open, &mut out);
                    if std::mem::take(&mut deleting) {
                        out.push_str(&self.names.close("del"));
                    }
                    out.push_str(&xml);
                }
                Bit::Words { gone, run, xml } => {
                    if open.is_some_and(|id| id != run) || gone != deleting {
                        close_run(&mut open, &mut out);
                    }
                    if deleting && !gone {
                        out.push_str(&self.names.close("del"));
                    } else if gone && !deleting {
                        let id = self.ids.next().to_string();
                        out.push_str(&self.names.open("del", &[("id", &id), ("author", AUTHOR)]));
                    }
                    deleting = gone;
                    if open.is_none()
                        && let Some(node) = nodes.get(&run)
                    {
                        out.push_str(start_tag(self.source, *node).0);
                        out.push_str(node.part("rPr").map_or("", |properties| raw(self.source, properties)));
                        open = Some(run);
                    }
                    out.push_str(&xml);
                }
            }
        }
        close_run(&mut open, &mut out);
        if deleting {
            out.push_str(&self.names.close("del"));
        }
        splices.replace(range, out);
    }

    /// Marks the end of a paragraph as deleted.
    fn mark(&mut self, node: Node, splices: &mut Splices) {
        let id = self.change();
        let del = self.names.empty("del", &[("id", &id), ("author", AUTHOR)]);
        let names = &self.names;
        let whole = format!("{}{del}{}", names.open("rPr", &[]), names.close("rPr"));
        let Some(properties) = node.part("pPr") else {
            let whole = format!("{}{whole}{}", names.open("pPr", &[]), names.close("pPr"));
            return splices.prepend(self.source, node, &whole);
        };
        match properties.part("rPr") {
            Some(run) => match run.part("ins") {
                Some(inserted) => splices.insert(inserted.range().end, del),
                None => splices.prepend(self.source, run, &del),
            },
            None => match properties.part("pPrChange") {
                Some(change) => splices.insert(change.range().start, whole),
                None => splices.append(self.source, properties, &whole),
            },
        }
    }
}

/// What stands between bits of runs.
enum Mark {
    Comment(String),
    Words(String),
}

/// The end of a comment's words and the reference to it.
pub(super) fn end(names: &Names, id: i64) -> String {
    let id = id.to_string();
    format!(
        "{}{}{}{}",
        names.empty("commentRangeEnd", &[("id", &id)]),
        names.open("r", &[]),
        names.empty("commentReference", &[("id", &id)]),
        names.close("r")
    )
}

/// The runs of a paragraph in order with the text that each child says; not those of text boxes or of deleted text.
fn runs<'a, 't>(paragraph: Node<'a, 't>, read: &Paragraph) -> Vec<Run<'a, 't>> {
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
                    children.push(Child { node: child, start, end });
                }
                out.push(Run { node, children });
            }
            "hyperlink" | "smartTag" | "customXml" | "fldSimple" | "bdo" | "dir" | "ins" | "moveTo" | "sdt"
            | "sdtContent" => inner_runs(node, said, at, out),
            _ => {}
        }
    }
}

/// Whether a child of a run stays when words around it go: pictures, boxes, notes and comments are not ours to delete.
fn is_kept(node: Node) -> bool {
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

fn is_field(node: Node) -> bool {
    matches!(node.word(), "fldChar" | "instrText")
}

/// The marks of the fields whose whole result lies in a stretch: they go with it.
///
/// # Errors
/// When the stretch cuts a field in two, or a field does not end in the paragraph.
fn fields(runs: &[Run], stretch: &Stretch) -> Result<HashSet<NodeId>, &'static str> {
    const CUT: &str = "필드의 일부만 고칠 수 없습니다";
    let mut open: Vec<(usize, Vec<NodeId>)> = Vec::new();
    let mut gone = HashSet::new();
    for child in runs.iter().flat_map(|run| &run.children).filter(|child| is_field(child.node)) {
        let id = child.node.id();
        match child.node.value("fldCharType") {
            Some("begin") => open.push((child.end, vec![id])),
            Some("end") => {
                let Some((start, mut marks)) = open.pop() else { return Err(CUT) };
                marks.push(id);
                let end = child.start;
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
