//! New paragraphs as tracked insertions: they look like a paragraph of the document but have no automatic number, so that
//! no other number moves.

use crate::load::docx::xml::WordNode;
use crate::redline::AUTHOR;
use crate::redline::desk::Ids;
use crate::redline::rewrite::end;
use crate::redline::xml::{Names, inner_without, raw, without};
use roxmltree::Node;

/// What a new paragraph does not take over: numbers, page breaks, frames, sections and the history of another one.
const NOT_TAKEN: [&str; 7] = ["numPr", "sectPr", "pPrChange", "rPr", "pageBreakBefore", "framePr", "divId"];
/// What stands in front of `numPr` in the properties of a paragraph.
const BEFORE_NUMBER: [&str; 4] = ["pStyle", "keepNext", "keepLines", "widowControl"];
/// What new words do not take over.
const NOT_WORN: [&str; 7] = ["rPrChange", "vanish", "strike", "dstrike", "specVanish", "webHidden", "rStyle"];

/// A new paragraph that looks like another one.
pub(super) fn paragraph(
    source: &str,
    names: &Names,
    like: Option<Node>,
    text: &str,
    ids: &mut Ids,
    comment: Option<i64>,
) -> String {
    let (mark, change) = (ids.next().to_string(), ids.next().to_string());
    let properties = like.and_then(|like| like.part("pPr"));
    let mut kept = String::new();
    let mut numbered = false;
    if let Some(properties) = properties {
        for child in properties.children().filter(Node::is_element) {
            let name = child.word();
            if !numbered && !BEFORE_NUMBER.contains(&name) {
                kept.push_str(&no_number(names));
                numbered = true;
            }
            if !NOT_TAKEN.contains(&name) {
                kept.push_str(raw(source, child));
            }
        }
    }
    if !numbered {
        kept.push_str(&no_number(names));
    }
    let of_mark = properties.and_then(|properties| properties.part("rPr")).map(|mark| {
        inner_without(
            source,
            mark,
            &["ins", "del", "moveFrom", "moveTo", "rPrChange", "vanish", "specVanish"],
        )
    });
    let worn = like.and_then(typical).map(|rpr| without(source, rpr, &NOT_WORN)).unwrap_or_default();
    let id = comment.map(|id| id.to_string());
    let begin = id.map(|id| names.empty("commentRangeStart", &[("id", &id)])).unwrap_or_default();
    let close = comment.map(|id| end(names, id)).unwrap_or_default();
    [
        names.open("p", &[]),
        names.open("pPr", &[]),
        kept,
        names.open("rPr", &[]),
        names.empty("ins", &[("id", &mark), ("author", AUTHOR)]),
        of_mark.unwrap_or_default(),
        names.close("rPr"),
        names.close("pPr"),
        begin,
        names.open("ins", &[("id", &change), ("author", AUTHOR)]),
        names.open("r", &[]),
        worn,
        names.words(text),
        names.close("r"),
        names.close("ins"),
        close,
        names.close("p"),
    ]
    .concat()
}

/// A style may number its paragraphs; this one has none in any case.
fn no_number(names: &Names) -> String {
    let number = names.empty("numId", &[("val", "0")]);
    let level = names.empty("ilvl", &[("val", "0")]);
    format!("{}{level}{number}{}", names.open("numPr", &[]), names.close("numPr"))
}

/// The properties of the run with the most words.
fn typical<'a, 't>(paragraph: Node<'a, 't>) -> Option<Node<'a, 't>> {
    let inside = |node: &Node| {
        let mut above = node.ancestors().skip(1);
        above.find(|node| node.word() == "p").is_some_and(|own| own.id() == paragraph.id())
    };
    let words = |run: &Node| -> usize {
        run.children().filter(|child| child.word() == "t").filter_map(|t| t.text()).map(str::len).sum()
    };
    let runs = paragraph.descendants().filter(|node| node.word() == "r").filter(inside);
    // Of several that are as long the first one.
    let longest = runs.rev().max_by_key(words)?;
    longest.part("rPr")
}
