//! The arena of clauses and its builder: clauses are opened in text order and close what they do not fit into, so
//! that nesting and completeness hold by construction. Knows no wording.

use super::path::{ClausePath, Step};
use super::{Clause, ClauseId, Level};
use crate::text::Span;

/// A document's clauses in text order, the root first.
#[derive(Clone, Debug)]
pub struct ClauseTree {
    clauses: Vec<Clause>,
}

/// How many clauses of each level a tree has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// 편
    pub parts: usize,
    /// 장
    pub chapters: usize,
    /// 절
    pub sections: usize,
    /// 조 without 부칙
    pub articles: usize,
    /// 항
    pub paragraphs: usize,
    /// 호
    pub items: usize,
    /// 목
    pub subitems: usize,
}

impl ClauseTree {
    /// All clauses in document order without the root.
    pub fn clauses(&self) -> &[Clause] {
        self.clauses.get(1..).unwrap_or_default()
    }

    /// The root: the whole document.
    pub fn root(&self) -> &Clause {
        &self.clauses[0]
    }

    /// A clause by its number; the root for a number that is not of this tree.
    pub fn get(&self, id: ClauseId) -> &Clause {
        self.clauses.get(id.0).unwrap_or(&self.clauses[0])
    }

    /// What belongs directly to a clause, in text order.
    pub fn children(&self, id: ClauseId) -> impl Iterator<Item = &Clause> {
        self.get(id).children.iter().map(|child| self.get(*child))
    }

    /// A clause and everything below it, in text order.
    pub fn subtree(&self, id: ClauseId) -> &[Clause] {
        let top = self.get(id);
        let tail = self.clauses.get(top.id.0..).unwrap_or_default();
        let len = 1 + tail.iter().skip(1).take_while(|clause| self.is_below(clause, top.id)).count();
        tail.get(..len).unwrap_or_default()
    }

    fn is_below(&self, clause: &Clause, top: ClauseId) -> bool {
        let mut parent = clause.parent;
        while let Some(id) = parent.filter(|id| *id >= top) {
            if id == top {
                return true;
            }
            parent = self.get(id).parent;
        }
        false
    }

    /// The clauses above a clause, the nearest first, the root last.
    pub fn ancestors(&self, id: ClauseId) -> impl Iterator<Item = &Clause> {
        std::iter::successors(self.get(id).parent, |id| self.get(*id).parent).map(|id| self.get(id))
    }

    /// The article-like clause (조, 부칙, 전문, 별표, section) that a clause is or stands in.
    pub fn article_of(&self, id: ClauseId) -> Option<&Clause> {
        let own = self.get(id);
        std::iter::once(own).chain(self.ancestors(id)).find(|clause| clause.level.is_article())
    }

    /// The deepest clause that owns the byte; the root beyond the text.
    pub fn at(&self, offset: usize) -> &Clause {
        let mut clause = self.root();
        loop {
            let children = &clause.children;
            let next = children.partition_point(|id| self.get(*id).span.start <= offset);
            match next.checked_sub(1).map(|i| self.get(children[i])) {
                Some(child) if offset < child.span.end => clause = child,
                _ => return clause,
            }
        }
    }

    /// The first clause with this path.
    pub fn find(&self, path: &ClausePath) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.path == *path)
    }

    /// The clause's own text before its first child: the sentence that introduces its 호. Trimmed, without marker
    /// and title.
    pub fn lead(&self, id: ClauseId) -> Span {
        let clause = self.get(id);
        let end = clause.children.first().map_or(clause.span.end, |child| self.get(*child).span.start);
        match clause.body.first() {
            Some(first) if first.start < end => *first,
            _ => Span::new(clause.marker.end, clause.marker.end),
        }
    }

    /// How many clauses there are of each level.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for clause in self.clauses() {
            match clause.level {
                Level::Part => counts.parts += 1,
                Level::Chapter => counts.chapters += 1,
                Level::Section => counts.sections += 1,
                Level::Article => counts.articles += 1,
                Level::Paragraph => counts.paragraphs += 1,
                Level::Item => counts.items += 1,
                Level::Subitem => counts.subitems += 1,
                _ => {}
            }
        }
        counts
    }
}

/// A clause about to be opened.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    /// First byte, usually the start of the line.
    pub at: usize,
    pub level: Level,
    /// How deep it stands: opening closes everything of the same rank or deeper.
    pub rank: u8,
    pub label: String,
    pub step: Step,
    pub marker: Span,
    pub title: Span,
    /// Where its own words begin: behind the heading's line, or behind the marker.
    pub words: usize,
}

/// Ranks of the levels; a clause contains clauses of higher rank only.
pub(super) mod rank {
    pub const ATTACHED: u8 = 1;
    pub const PART: u8 = 2;
    pub const CHAPTER: u8 = 3;
    pub const SECTION: u8 = 4;
    pub const SUBSECTION: u8 = 5;
    pub const ARTICLE: u8 = 6;
    pub const PARAGRAPH: u8 = 7;
    pub const ITEM: u8 = 8;
    pub const SUBITEM: u8 = 9;
    /// Deeper lists stay text.
    pub const DEEPEST: u8 = 13;
}

/// Builds a tree from openings in text order.
#[derive(Debug)]
pub(super) struct Builder<'t> {
    text: &'t str,
    clauses: Vec<Clause>,
    /// Where each clause's own words begin.
    words: Vec<usize>,
    open: Vec<(usize, u8)>,
}

impl<'t> Builder<'t> {
    pub fn new(text: &'t str) -> Self {
        let root = Clause {
            id: ClauseId(0),
            level: Level::Document,
            label: String::new(),
            heading: None,
            path: ClausePath::new(Step::Document),
            span: Span::new(0, text.len()),
            marker: Span::new(0, 0),
            title: Span::new(0, 0),
            body: Vec::new(),
            parent: None,
            children: Vec::new(),
        };
        Self { text, clauses: vec![root], words: vec![0], open: vec![(0, 0)] }
    }

    /// Ends every open clause of `rank` or deeper at `at`.
    pub fn close(&mut self, rank: u8, at: usize) {
        while let Some((index, _)) = self.open.pop_if(|(_, open)| *open >= rank && *open > 0) {
            let span = &mut self.clauses[index].span;
            span.end = at.max(span.start);
        }
    }

    /// Opens a clause; it lasts until one of its rank or above opens.
    pub fn open(&mut self, opening: Opening) {
        let Opening { at, level, rank, label, step, marker, title, words } = opening;
        self.words.push(words);
        self.close(rank.max(1), at);
        let parent = self.open.last().map_or(0, |(index, _)| *index);
        let path = self.path(parent, level, step);
        let id = ClauseId(self.clauses.len());
        let heading = title.of(self.text);
        let heading = (!heading.is_empty()).then(|| one_line(heading));
        self.clauses.push(Clause {
            id,
            level,
            label,
            heading,
            path,
            span: Span::new(at, self.text.len()),
            marker,
            title,
            body: Vec::new(),
            parent: Some(ClauseId(parent)),
            children: Vec::new(),
        });
        self.clauses[parent].children.push(id);
        self.open.push((id.0, rank.max(1)));
    }

    /// Articles are cited without the 편 or 장 they stand in; only within a 부칙 or an annex is that one named.
    fn path(&self, parent: usize, level: Level, step: Step) -> ClausePath {
        let above = &self.clauses[parent];
        let own = match level {
            Level::Article => above.level != Level::Annex,
            Level::Preamble
            | Level::Supplement
            | Level::Annex
            | Level::Signature
            | Level::Attached
            | Level::Document => true,
            _ => above.level == Level::Document,
        };
        if own { ClausePath::new(step) } else { above.path.child(step) }
    }

    pub fn finish(mut self) -> ClauseTree {
        let end = self.text.len();
        self.close(1, end);
        for index in 0..self.clauses.len() {
            let body = self.own_text(index);
            self.clauses[index].body = body;
        }
        ClauseTree { clauses: self.clauses }
    }

    fn own_text(&self, index: usize) -> Vec<Span> {
        let clause = &self.clauses[index];
        let mut body = Vec::new();
        let mut at = clause.span.start.max(self.words[index]);
        let mut push = |start: usize, end: usize| {
            let span = Span::new(start, end).trimmed(self.text);
            if !span.is_empty() {
                body.push(span);
            }
        };
        for child in &clause.children {
            let span = self.clauses[child.0].span;
            push(at, span.start.max(at));
            at = span.end.max(at);
        }
        push(at, clause.span.end.max(at));
        body
    }
}

/// White space as single spaces.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
