//! Paragraphs written anew: runs are split where an edit begins or ends, what goes is wrapped in `del`, what comes in `ins`,
//! and every split run keeps its properties. Knows where, not why.

use crate::load::docx::inline::written;
use crate::load::docx::trace::Paragraph;
use crate::load::docx::xml::{WordNode, words};
use crate::redline::AUTHOR;
use crate::redline::back::Stretch;
use crate::redline::desk::{Ids, Ops};
use crate::redline::runs::{Child, Run, fields, is_field, is_kept, runs};
use crate::redline::xml::{Names, Splices, end_tag, escaped, raw, start_tag, without};
use roxmltree::{Node, NodeId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Writes paragraphs of one part.
pub(super) struct Writer<'w> {
    /// The part as it is written.
    pub source: &'w str,
    /// Its names.
    pub names: &'w Names,
    /// Numbers for changes.
    pub ids: &'w mut Ids,
}

/// A bit of a split run, or something between runs.
enum Bit {
    Words { gone: bool, run: NodeId, xml: String },
    Between(String),
}
impl Writer<'_> {
    /// Writes a paragraph with what is to be done in it.
    pub fn paragraph(&mut self, node: Node, paragraph: &Paragraph, ops: &Ops, splices: &mut Splices) {
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
                Some(at) => after.entry(at).or_default().push(Mark::Comment(end(self.names, *id))),
                None => last.push_str(&end(self.names, *id)),
            }
        }
        let mut chain: Vec<(Node, Vec<Bit>)> = Vec::new();
        for run in &runs {
            let bits = self.run(node, run, &runs, ops, &mut before, &mut after, splices);
            let Some(bits) = bits else { continue };
            let joined = chain.last().is_some_and(|(node, _)| {
                node.next_siblings().skip(1).find(|next| !next.is_text()).map(|next| next.id())
                    == Some(run.node.id())
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
                                && fields(
                                    runs,
                                    &Stretch { paragraph: 0, start: deletion.start, end: deletion.end },
                                )
                                .is_ok_and(|marks| marks.contains(&child.node.id())))
                });
                touched |= gone;
                bits.push(Bit::Words { gone, run: run.node.id(), xml: self.child(child.node, gone) });
                continue;
            }
            let inside = |at: &usize| child.start < *at && *at < child.end;
            let mut cuts: BTreeSet<usize> = BTreeSet::from([child.start, child.end]);
            cuts.extend(
                ops.deletions.iter().flat_map(|deletion| [deletion.start, deletion.end]).filter(inside),
            );
            cuts.extend(before.keys().chain(after.keys()).copied().filter(inside));
            // Only words can be split; other marks stand at the side of the whole.
            let splits = child.plain && cuts.len() > 2;
            if !child.plain {
                cuts.retain(|at| !inside(at));
            }
            let cuts: Vec<usize> = cuts.into_iter().collect();
            for pair in cuts.windows(2) {
                let [start, end] = *pair else { continue };
                // What begins inside something that is never split begins in front of it.
                let keys: Vec<usize> = before.range(start..end).map(|(at, _)| *at).collect();
                let marks: Vec<Mark> = keys.iter().filter_map(|at| before.remove(at)).flatten().collect();
                touched |= self.marks(marks, nested, in_change, run, paragraph, false, &mut bits, splices);
                let gone =
                    ops.deletions.iter().any(|deletion| deletion.start <= start && end <= deletion.end);
                touched |= gone;
                let xml =
                    if splits { self.part_of(child, start, end, gone) } else { self.child(child.node, gone) };
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
                    let top =
                        above.find(|node| node.parent().is_some_and(|parent| parent.id() == paragraph.id()));
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
        let names = self.names;
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
            "instrText" if gone => self.names.text("delInstrText", &words(node)),
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
        let names = self.names;
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
