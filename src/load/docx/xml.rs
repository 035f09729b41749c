//! The few questions that are asked of WordprocessingML elements whatever their prefix and edition. Knows no part's
//! meaning.

pub(crate) use crate::load::xml::{integer, parse};
use roxmltree::Node;

/// WordprocessingML as Word writes it, and the strict edition of ISO/IEC 29500.
pub(crate) const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Questions asked of elements.
pub(crate) trait WordNode<'a, 't> {
    /// The local name of a WordprocessingML element, "" of any other node.
    fn word(&self) -> &'t str;
    /// The first WordprocessingML child of that name.
    fn part(&self, name: &str) -> Option<Node<'a, 't>>;
    /// An attribute by its local name, in the namespace of Word or in none.
    fn value(&self, name: &str) -> Option<&'a str>;
    /// The `val` of the child of that name.
    fn part_value(&self, name: &str) -> Option<&'a str>;
    /// Whether the child of that name stands for "on"; `None` without such a child.
    fn switch(&self, name: &str) -> Option<bool>;
    /// The `val` of the child of that name, as a number.
    fn number(&self, name: &str) -> Option<i64>;
    /// An attribute of its own, as a number.
    fn number_of(&self, name: &str) -> Option<i64>;
}

impl<'a, 't> WordNode<'a, 't> for Node<'a, 't>
where
    't: 'a,
{
    fn word(&self) -> &'t str {
        let tag = self.tag_name();
        // Static strings of the tree: the name lives as long as the text.
        match tag.namespace() {
            Some(namespace) if WORD.contains(&namespace) => local(*self),
            _ => "",
        }
    }

    fn part(&self, name: &str) -> Option<Node<'a, 't>> {
        self.children().find(|child| child.word() == name)
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes()
            .find(|attribute| {
                attribute.name() == name
                    && attribute.namespace().is_none_or(|namespace| WORD.contains(&namespace))
            })
            .map(|attribute| attribute.value())
    }

    fn part_value(&self, name: &str) -> Option<&'a str> {
        self.part(name)?.value("val")
    }

    fn switch(&self, name: &str) -> Option<bool> {
        let value = self.part(name)?.value("val");
        Some(!matches!(value, Some("0" | "false" | "off")))
    }

    fn number(&self, name: &str) -> Option<i64> {
        integer(self.part_value(name)?)
    }

    fn number_of(&self, name: &str) -> Option<i64> {
        integer(self.value(name)?)
    }
}

/// The text that stands directly in an element. Comments and instructions for programs are no text.
pub(crate) fn words(node: Node) -> String {
    node.children().filter(Node::is_text).filter_map(|child| child.text()).collect()
}

fn local<'t>(node: Node<'_, 't>) -> &'t str {
    node.tag_name().name()
}

/// The id of the relation that an element names.
pub(super) fn relation<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let named = |namespace: &str| namespace.ends_with("/relationships");
    node.attributes()
        .find(|attribute| attribute.name() == "id" && attribute.namespace().is_some_and(named))
        .map(|attribute| attribute.value())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Limits;
    use roxmltree::Document;

    #[test]
    fn any_prefix_and_edition_is_word() {
        for namespace in WORD {
            let text = format!("<q:p xmlns:q='{namespace}'><q:b q:val='0'/><q:n q:val=' 7 '/></q:p>");
            let tree = parse(&text, &Limits::default()).unwrap();
            let root = tree.root_element();
            assert_eq!(
                (root.word(), root.switch("b"), root.switch("c"), root.number("n")),
                ("p", Some(false), None, Some(7))
            );
        }
        let tree = Document::parse("<t>갑은<!-- 주석 -->을<?x 지시?>에<![CDATA[게 & ]]></t>").unwrap();
        assert_eq!(words(tree.root_element()), "갑은을에게 & ");
        let tree = Document::parse("<p xmlns='urn:else'/>").unwrap();
        assert_eq!(tree.root_element().word(), "");
    }
}
