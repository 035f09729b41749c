//! Items that a style shows in another order than the page has them: `order`, `row-reverse`, `column-reverse`.

use crate::load::html::style::{Inner, Style, Styles};
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

/// Brings the items of flex containers and grids into the order in which they are seen. Returns how many containers stay as they
/// are, since their items are numbered in the order of the page.
pub(super) fn arrange(page: &mut Html, styles: &Styles) -> usize {
    let mut left = 0;
    let mut arranged: Vec<(NodeId, Vec<NodeId>)> = Vec::new();
    for node in page.tree.nodes() {
        let Some(items) = seen(node, styles) else { continue };
        if styles.count() || node.value().as_element().is_some_and(|element| element.name() == "ol") {
            left += 1;
        } else {
            arranged.push((node.id(), items));
        }
    }
    for (container, items) in arranged {
        for item in items {
            if let Some(mut container) = page.tree.get_mut(container) {
                container.append_id(item);
            }
        }
    }
    left
}

/// The children of a container as they are seen, when that is another order than theirs.
fn seen(node: NodeRef<'_, Node>, styles: &Styles) -> Option<Vec<NodeId>> {
    let of = |node: NodeRef<'_, Node>| -> Option<Style> {
        node.value().as_element().map(|element| styles.style(node.id(), element))
    };
    let style = of(node)?;
    let inner = style.display.map(|display| display.inner).filter(|inner| *inner != Inner::Text)?;
    let mut items: Vec<(i32, NodeId)> =
        node.children().map(|child| (of(child).and_then(|s| s.order).unwrap_or(0), child.id())).collect();
    let reversed = inner == Inner::Flex && style.reversed == Some(true) && items.len() > 1;
    if !reversed && items.is_sorted_by_key(|(order, _)| *order) {
        return None;
    }
    items.sort_by_key(|(order, _)| *order);
    if reversed {
        items.reverse();
    }
    Some(items.into_iter().map(|(_, id)| id).collect())
}
