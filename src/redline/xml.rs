//! Writing bits of WordprocessingML into a foreign part: its own prefix, escapes, and splices that leave all else as it
//! is. Knows no meaning of any element.

use crate::load::docx::xml::{WORD, WordNode};
use roxmltree::Node;
use std::ops::Range;

/// How a part names WordprocessingML elements.
#[derive(Clone, Debug)]
pub(super) struct Names {
    prefix: String,
    /// A declaration of the prefix where the part has none for attributes.
    declare: String,
}

impl Names {
    /// The names that are in scope at an element of WordprocessingML.
    pub fn of(node: Node) -> Self {
        let uri = node.tag_name().namespace().filter(|uri| WORD.contains(uri)).unwrap_or(WORD[0]);
        let bound = node.namespaces().find(|namespace| namespace.uri() == uri && namespace.name().is_some());
        match bound.and_then(|namespace| namespace.name()) {
            Some(prefix) => Self { prefix: prefix.to_owned(), declare: String::new() },
            None => Self { prefix: "w".to_owned(), declare: format!(" xmlns:w=\"{uri}\"") },
        }
    }

    /// `<w:name a="b">`; attributes are of Word's namespace.
    pub fn open(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        format!("{}>", self.head(name, attributes))
    }

    /// `<w:name a="b"/>`.
    pub fn empty(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        format!("{}/>", self.head(name, attributes))
    }

    /// `</w:name>`.
    pub fn close(&self, name: &str) -> String {
        format!("</{}:{name}>", self.prefix)
    }

    fn head(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        let mut out = format!("<{}:{name}{}", self.prefix, self.declare);
        for (key, value) in attributes {
            let prefix = if key.contains(':') { String::new() } else { format!("{}:", self.prefix) };
            out.push_str(&format!(" {prefix}{key}=\"{}\"", escaped(value)));
        }
        out
    }

    /// An element with text whose blanks count.
    pub fn text(&self, name: &str, text: &str) -> String {
        let open = self.open(name, &[("xml:space", "preserve")]);
        format!("{open}{}{}", escaped(text), self.close(name))
    }

    /// Text as the content of a run: line breaks and tabs as their elements.
    pub fn words(&self, text: &str) -> String {
        let mut out = String::new();
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                out.push_str(&self.empty("br", &[]));
            }
            for (n, words) in line.split('\t').enumerate() {
                if n > 0 {
                    out.push_str(&self.empty("tab", &[]));
                }
                if !words.is_empty() {
                    out.push_str(&self.text("t", words));
                }
            }
        }
        out
    }
}

/// Text as the content of an element or of an attribute; characters that XML cannot hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\r' => out.push('\n'),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The start tag of an element as it is written, and whether the element ends with it.
pub(super) fn start_tag<'s>(source: &'s str, node: Node) -> (&'s str, bool) {
    let whole = source.get(node.range()).unwrap_or_default();
    let mut quote = None;
    for (at, byte) in whole.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => {
                let tag = whole.get(..=at).unwrap_or_default();
                return (tag, tag.ends_with("/>"));
            }
            _ => {}
        }
    }
    (whole, true)
}

/// The end tag that belongs to an element.
pub(super) fn end_tag(source: &str, node: Node) -> String {
    format!("</{}>", qualified(source, node))
}

/// The name of an element as it is written, with its prefix.
fn qualified<'s>(source: &'s str, node: Node) -> &'s str {
    let (tag, _) = start_tag(source, node);
    let name = tag.trim_start_matches('<');
    let end = name.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(name.len());
    name.get(..end).unwrap_or_default()
}

/// An element as it is written.
pub(super) fn raw<'s>(source: &'s str, node: Node) -> &'s str {
    source.get(node.range()).unwrap_or_default()
}

/// An element without some of its children; "" when nothing is left in it.
pub(super) fn without(source: &str, node: Node, names: &[&str]) -> String {
    let inner = inner_without(source, node, names);
    if inner.trim().is_empty() {
        return String::new();
    }
    let (tag, _) = start_tag(source, node);
    format!("{tag}{inner}{}", end_tag(source, node))
}

/// The children of an element as they are written, without some of them.
pub(super) fn inner_without(source: &str, node: Node, names: &[&str]) -> String {
    let kept = node.children().filter(|child| child.is_element() && !names.contains(&child.word()));
    kept.map(|child| raw(source, child)).collect()
}

/// Changes to a text at places of it, made all at once.
#[derive(Debug, Default)]
pub(super) struct Splices {
    all: Vec<(usize, usize, String)>,
}

impl Splices {
    /// Puts text in front of byte `at`; of several the first one given comes first.
    pub fn insert(&mut self, at: usize, text: String) {
        self.all.push((at, at, text));
    }

    /// Puts text in the place of a range.
    pub fn replace(&mut self, range: Range<usize>, text: String) {
        self.all.push((range.start, range.end, text));
    }

    /// Puts text into an element behind its start tag, whether it has an end tag or not.
    pub fn prepend(&mut self, source: &str, node: Node, text: &str) {
        let (tag, empty) = start_tag(source, node);
        let start = node.range().start;
        if empty {
            let open = tag.trim_end_matches("/>").trim_end();
            self.replace(node.range(), format!("{open}>{text}{}", end_tag(source, node)));
        } else {
            self.insert(start + tag.len(), text.to_owned());
        }
    }

    /// Puts text into an element before its end tag.
    pub fn append(&mut self, source: &str, node: Node, text: &str) {
        if start_tag(source, node).1 {
            self.prepend(source, node, text);
        } else {
            let end = node.range().end;
            let close = source.get(..end).and_then(|before| before.rfind("</")).unwrap_or(end);
            self.insert(close, text.to_owned());
        }
    }

    /// The text with all changes; `None` when two of them touch the same bytes.
    pub fn apply(mut self, source: &str) -> Option<String> {
        self.all.sort_by_key(|(start, end, _)| (*start, *end));
        let grown: usize = self.all.iter().map(|(_, _, text)| text.len()).sum();
        let mut out = String::with_capacity(source.len() + grown);
        let mut at = 0;
        for (start, end, text) in &self.all {
            out.push_str(source.get(at..*start)?);
            out.push_str(text);
            at = *end;
        }
        out.push_str(source.get(at..)?);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use roxmltree::Document;

    #[test]
    fn splices_leave_the_rest_alone() {
        let mut splices = Splices::default();
        splices.replace(2..4, "X".into());
        splices.insert(2, "a".into());
        splices.insert(4, "b".into());
        assert_eq!(splices.apply("012345").as_deref(), Some("01aXb45"));
        let mut splices = Splices::default();
        splices.replace(1..4, String::new());
        splices.replace(3..5, String::new());
        assert_eq!(splices.apply("012345"), None);
    }

    #[test]
    fn names_follow_the_part() {
        let uri = WORD[0];
        for (xml, shown) in [
            (format!("<q:p xmlns:q='{uri}'/>"), "<q:t q:id=\"1\"/>".to_owned()),
            (format!("<p xmlns='{uri}'/>"), format!("<w:t xmlns:w=\"{uri}\" w:id=\"1\"/>")),
        ] {
            let tree = Document::parse(&xml).unwrap();
            assert_eq!(Names::of(tree.root_element()).empty("t", &[("id", "1")]), shown);
        }
    }

    #[test]
    fn an_element_is_entered_whatever_its_form() {
        for (xml, want) in
            [("<a b='>'/>", "<a b='>'>X</a>"), ("<a></a>", "<a>X</a>"), ("<a><c/></a >", "<a><c/>X</a >")]
        {
            let tree = Document::parse(xml).unwrap();
            let mut splices = Splices::default();
            splices.append(xml, tree.root_element(), "X");
            assert_eq!(splices.apply(xml).as_deref(), Some(want));
        }
    }
}
