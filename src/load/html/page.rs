//! A page with what is known of it, and the pages that stand inside it as text (`<iframe srcdoc>`).

use crate::error::LoadError;
use crate::load::Limits;
use crate::load::blocks::Sink;
use crate::load::html::check;
use crate::load::html::order::arrange;
use crate::load::html::parts::Parts;
use crate::load::html::style::Styles;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};
use std::collections::HashMap;

/// How deep pages may stand in one another; deeper ones are not read.
const MOST_DEPTH: usize = 2;

/// What all pages of a file may still take together.
pub(super) struct Budget<'l> {
    limits: &'l Limits,
    nodes: usize,
    /// Matches of selectors that were tried.
    work: usize,
}

impl<'l> Budget<'l> {
    pub fn new(limits: &'l Limits) -> Self {
        Self { limits, nodes: limits.nodes, work: 0 }
    }
}

/// A page.
pub(super) struct Page {
    pub tree: Html,
    pub styles: Styles,
    pub parts: Parts,
    /// Containers whose items are seen in another order than they are read in.
    disordered: usize,
    /// The pages inside, by the elements that show them.
    frames: HashMap<NodeId, Page>,
}

impl Page {
    /// Parses a page and the pages inside it.
    pub fn parse(text: &str, budget: &mut Budget) -> Result<Self, LoadError> {
        Self::at_depth(text, budget, 0)
    }

    fn at_depth(text: &str, budget: &mut Budget, depth: usize) -> Result<Self, LoadError> {
        check(text, budget.limits)?;
        let mut tree = Html::parse_document(text);
        budget.nodes = budget
            .nodes
            .checked_sub(tree.tree.values().len())
            .ok_or_else(|| LoadError::Limit("웹 페이지의 요소가 너무 많습니다".into()))?;
        let styles = Styles::of(&tree, &mut budget.work);
        let disordered = arrange(&mut tree, &styles);
        let parts = Parts::of(&tree, &styles);
        let mut frames = HashMap::new();
        for node in tree.tree.nodes() {
            let Node::Element(element) = node.value() else { continue };
            if element.name() != "iframe" || depth == MOST_DEPTH {
                continue;
            }
            let hidden = styles.style(node.id(), element).hidden.unwrap_or(element.attr("hidden").is_some());
            if let Some(inner) = element.attr("srcdoc").filter(|inner| !hidden && !inner.trim().is_empty()) {
                frames.insert(node.id(), Self::at_depth(inner, budget, depth + 1)?);
            }
        }
        Ok(Self { tree, styles, parts, disordered, frames })
    }

    /// The page that an element shows.
    pub fn frame(&self, id: NodeId) -> Option<&Page> {
        self.frames.get(&id)
    }

    /// The element that the text is read from: the one that holds the terms, when the page names it.
    pub fn start(&self) -> NodeRef<'_, Node> {
        let root = self.tree.tree.root();
        let Some(main) = self.parts.main.and_then(|id| self.tree.tree.get(id)) else { return root };
        let beside = |id: &NodeId| {
            self.tree
                .tree
                .get(*id)
                .is_some_and(|frame| frame.ancestors().all(|above| above.id() != main.id()))
        };
        if self.frames.iter().any(|(id, frame)| frame.has_terms() && beside(id)) { root } else { main }
    }

    fn articles(&self) -> usize {
        self.frames.values().fold(self.parts.articles, |sum, frame| sum.saturating_add(frame.articles()))
    }

    /// Whether clauses stand in what is read.
    pub fn has_terms(&self) -> bool {
        self.articles() >= 2
    }

    /// Says what was left out.
    pub fn notices(&self, sink: &mut Sink) {
        self.parts.notices(sink, self.has_terms());
        if self.disordered > 0 {
            let count = self.disordered;
            sink.warning(format!(
                "스타일이 순서를 바꾸어 보여 주는 부분 {count}곳은 적힌 순서대로 읽었습니다. 차례를 확인해 주십시오"
            ));
        }
    }
}
