//! The header of an OWPML package: shapes of paragraphs, styles, and the lists that paragraphs are numbered by. Knows
//! nothing of the text.

use crate::load::hangul::numbering::{Head, HeadKind, LEVELS, Level, List, Numbering, Shape};
use crate::load::hwpx::{children, natural};
use roxmltree::{Document, Node};
use std::collections::{HashMap, HashSet};

/// What paragraphs refer to.
#[derive(Debug, Default)]
pub(super) struct Header {
    heads: HashMap<u32, Head>,
    titles: HashSet<u32>,
    /// Shapes of characters that are crossed out.
    struck: HashSet<u32>,
}

impl Header {
    /// Reads the header; lists go to `numbering`. What has no number is passed over.
    pub fn read(tree: &Document, numbering: &mut Numbering) -> Self {
        let mut header = Self::default();
        for node in tree.root_element().descendants().filter(Node::is_element) {
            let Some(id) = natural(node, "id") else { continue };
            match node.tag_name().name() {
                "charPr" if is_struck(node) => {
                    header.struck.insert(id);
                }
                "paraPr" => {
                    header.heads.insert(id, head(node));
                }
                "style" => {
                    let name = node.attribute("name").unwrap_or_default().trim();
                    let english = node.attribute("engName").unwrap_or_default().trim();
                    if is_title(name, english) {
                        header.titles.insert(id);
                    }
                }
                "numbering" => {
                    let list = list(node, numbering);
                    numbering.lists.insert(id, list);
                }
                "bullet" => {
                    let char = node.attribute("char").unwrap_or_default().to_owned();
                    numbering.bullets.insert(id, char);
                }
                _ => {}
            }
        }
        header
    }

    /// The head of a paragraph by the shape that it names.
    pub fn head(&self, shape: Option<u32>) -> Head {
        shape.and_then(|shape| self.heads.get(&shape)).copied().unwrap_or_default()
    }

    /// Whether characters of a shape are crossed out.
    pub fn is_struck(&self, shape: Option<u32>) -> bool {
        shape.is_some_and(|shape| self.struck.contains(&shape))
    }

    /// Whether a style is that of a title.
    pub fn is_title(&self, style: Option<u32>) -> bool {
        style.is_some_and(|style| self.titles.contains(&style))
    }
}

/// Whether a style's name says that it is for the title of a document.
pub(in crate::load) fn is_title(name: &str, english: &str) -> bool {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(name.as_str(), "제목" | "문서제목" | "표제") || english.eq_ignore_ascii_case("title")
}

/// Whether a shape of characters has a line through them. Only the kinds of line that the program draws count: for
/// characters without one it writes `3D`, which is no line.
fn is_struck(shape: Node) -> bool {
    const LINES: [&str; 14] = [
        "SOLID",
        "DASH",
        "DOT",
        "DASH_DOT",
        "DASH_DOT_DOT",
        "LONG_DASH",
        "CIRCLE",
        "DOUBLE_SLIM",
        "SLIM_THICK",
        "THICK_SLIM",
        "SLIM_THICK_SLIM",
        "WAVE",
        "DOUBLEWAVE",
        "DOUBLE_WAVE",
    ];
    let mut kinds = children(shape, "strikeout").filter_map(|line| line.attribute("shape"));
    kinds.any(|kind| LINES.iter().any(|own| own.eq_ignore_ascii_case(kind.trim())))
}

fn head(shape: Node) -> Head {
    // The heading may stand inside an alternative for newer editions.
    let Some(heading) = shape.descendants().find(|node| node.tag_name().name() == "heading") else {
        return Head::default();
    };
    let kind = match heading.attribute("type") {
        Some("OUTLINE") => HeadKind::Outline,
        Some("NUMBER") => HeadKind::Number,
        Some("BULLET") => HeadKind::Bullet,
        _ => HeadKind::None,
    };
    let level = natural(heading, "level").unwrap_or(0).min(LEVELS as u32 - 1);
    Head { kind, level: u8::try_from(level).unwrap_or(0), list: natural(heading, "idRef").unwrap_or(0) }
}

fn list(node: Node, numbering: &mut Numbering) -> List {
    let mut list = List { continues: natural(node, "start") == Some(0), levels: Vec::new() };
    for (n, head) in (1u32..).zip(children(node, "paraHead")) {
        let at = natural(head, "level").unwrap_or(n).clamp(1, LEVELS as u32) as usize - 1;
        if list.levels.len() <= at {
            list.levels.resize_with(at + 1, Level::default);
        }
        let name = head.attribute("numFormat").unwrap_or("DIGIT");
        let shape = Shape::from_name(name).unwrap_or_else(|| {
            numbering.unknown.insert(name.chars().take(40).collect());
            Shape::Digit
        });
        let fits = head.attribute("useInstWidth") != Some("0");
        list.levels[at] = Level {
            start: natural(head, "start").unwrap_or(1),
            shape,
            format: head.children().filter_map(|child| child.text()).collect(),
            tight: fits && natural(head, "textOffset") == Some(0),
        };
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_heads_are_read() {
        let text = "<h:head xmlns:h='urn:h'><h:refList>
            <h:numberings><h:numbering id='3' start='0'>
              <h:paraHead level='1' start='2' numFormat='DIGIT' textOffset='0'>제^1조</h:paraHead>
              <h:paraHead level='3' numFormat='HANGUL_SYLLABLE' textOffset='50'>^3.</h:paraHead>
              <h:paraHead level='4' numFormat='WILD'>^4</h:paraHead>
            </h:numbering></h:numberings>
            <h:charProperties><h:charPr id='1'><h:strikeout shape='3D'/></h:charPr>
              <h:charPr id='2'><h:strikeout shape='DOUBLE_SLIM'/></h:charPr><h:charPr id='3'><h:strikeout shape='NONE'/></h:charPr></h:charProperties>
            <h:bullets><h:bullet id='1' char='■'/></h:bullets>
            <h:paraProperties><h:paraPr id='7'><h:heading type='NUMBER' idRef='3' level='2'/></h:paraPr>
              <h:paraPr id='8'><h:x><h:heading type='OUTLINE' idRef='0' level='99'/></h:x></h:paraPr><h:paraPr/></h:paraProperties>
            <h:styles><h:style id='5' name='제 목' engName='x'/></h:styles></h:refList></h:head>";
        let mut numbering = Numbering::default();
        let header = Header::read(&Document::parse(text).unwrap(), &mut numbering);
        assert_eq!(header.head(Some(7)), Head { kind: HeadKind::Number, level: 2, list: 3 });
        assert_eq!(header.head(Some(8)), Head { kind: HeadKind::Outline, level: 9, list: 0 });
        assert_eq!(header.head(Some(9)), Head::default());
        assert!(header.is_title(Some(5)) && !header.is_title(Some(7)));
        assert_eq!([1, 2, 3, 4].map(|shape| header.is_struck(Some(shape))), [false, true, false, false]);
        let list = &numbering.lists[&3];
        assert!(list.continues && list.levels.len() == 4);
        assert_eq!(
            (list.levels[0].start, list.levels[0].format.as_str(), list.levels[0].tight),
            (2, "제^1조", true)
        );
        assert_eq!(list.levels[2].shape, Shape::HangulSyllable);
        assert_eq!(numbering.unknown.len(), 1);
        assert_eq!(numbering.bullets[&1], "■");
    }
}
