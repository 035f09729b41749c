//! XML parts of packages as trees, under limits. Knows no format and no part's meaning.

use crate::error::LoadError;
use crate::load::Limits;
use encoding_rs::Encoding;
use roxmltree::{Document, ParsingOptions};

/// Most attributes of one element: reading them takes time with the square of their number.
const MOST_ATTRIBUTES: usize = 1_000;

/// The text of a part: UTF-8, UTF-16 by its mark, or what the declaration names.
///
/// # Errors
/// `Damaged` when bytes do not fit the encoding.
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, LoadError> {
    let damaged = || LoadError::Damaged("XML의 글자가 깨져 있습니다".into());
    if let Some((encoding, bom)) = Encoding::for_bom(&bytes) {
        let (text, bad) = encoding.decode_without_bom_handling(&bytes[bom..]);
        return if bad { Err(damaged()) } else { Ok(text.into_owned()) };
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let bytes = error.into_bytes();
            let head: String = bytes.iter().take(200).map(|byte| char::from(*byte)).collect();
            let label =
                head.split_once("encoding=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
            let encoding =
                label.and_then(|label| Encoding::for_label(label.as_bytes())).ok_or_else(damaged)?;
            let (text, bad) = encoding.decode_without_bom_handling(&bytes);
            if bad { Err(damaged()) } else { Ok(text.into_owned()) }
        }
    }
}

/// A part as a tree.
///
/// # Errors
/// `Limit` for depth and size, `Damaged` for a document type definition (entities) and XML that is not well formed.
pub(crate) fn parse<'t>(text: &'t str, limits: &Limits) -> Result<Document<'t>, LoadError> {
    check(text, limits)?;
    let nodes_limit = u32::try_from(limits.nodes).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: false, nodes_limit, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => {
            LoadError::Damaged("XML에 문서형 정의(DTD)나 개체 선언이 들어 있습니다".into())
        }
        roxmltree::Error::NodesLimitReached => too_many_elements(),
        other => LoadError::Damaged(format!("XML이 {}행에서 어긋납니다", other.pos().row)),
    })
}

/// Depth, number of elements and attributes and length of the text, counted before any tree is built: the tree takes many
/// times the part's memory.
fn check(text: &str, limits: &Limits) -> Result<(), LoadError> {
    let bytes = text.as_bytes();
    let (mut depth, mut deepest, mut values, mut at) = (0usize, 0usize, 0usize, 0usize);
    let (mut elements, mut shown) = (0usize, 0usize);
    let open_from = |mark: &[u8], end: &str, at: usize| -> Option<usize> {
        bytes[at..].starts_with(mark).then(|| {
            text.get(at..).and_then(|rest| rest.find(end)).map_or(bytes.len(), |n| at + n + end.len())
        })
    };
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        at += found;
        // Less the ">" of the tag before.
        shown += found.saturating_sub(1);
        if let Some(next) = open_from(b"<!--", "-->", at)
            .or_else(|| open_from(b"<![CDATA[", "]]>", at))
            .or_else(|| open_from(b"<?", "?>", at))
        {
            at = next;
            continue;
        }
        let closing = bytes.get(at + 1) == Some(&b'/');
        let (mut quote, mut own) = (None, 0usize);
        let mut end = at + 1;
        while let Some(byte) = bytes.get(end) {
            match (quote, byte) {
                (Some(open), byte) if open == *byte => quote = None,
                (None, b'"' | b'\'') => {
                    quote = Some(*byte);
                    own += 1;
                }
                (None, b'>') => break,
                _ => {}
            }
            end += 1;
        }
        values += own;
        if own > MOST_ATTRIBUTES {
            return Err(too_many_attributes());
        }
        elements += usize::from(!closing);
        let empty = end > 0 && bytes.get(end - 1) == Some(&b'/');
        if closing {
            depth = depth.saturating_sub(1);
        } else if !empty && bytes.get(at + 1) != Some(&b'!') {
            depth += 1;
            deepest = deepest.max(depth);
        }
        at = end;
    }
    if deepest > limits.depth {
        return Err(LoadError::Limit(format!("XML 요소가 {}겹보다 깊게 겹쳐 있습니다", limits.depth)));
    }
    if elements > limits.nodes {
        return Err(too_many_elements());
    }
    if values > limits.nodes.saturating_mul(2) {
        return Err(too_many_attributes());
    }
    if shown as u64 > limits.bytes {
        return Err(LoadError::Limit(format!("문서의 글이 {}MB보다 깁니다", limits.bytes >> 20)));
    }
    Ok(())
}

fn too_many_elements() -> LoadError {
    LoadError::Limit("XML 요소가 너무 많습니다".into())
}

fn too_many_attributes() -> LoadError {
    LoadError::Limit("XML 속성이 너무 많습니다".into())
}

/// A number as word processors read it, kept within 32 bits.
pub(crate) fn integer(text: &str) -> Option<i64> {
    text.trim().parse::<i64>().ok().map(|n| n.clamp(i64::from(i32::MIN), i64::from(i32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attacks_are_refused() {
        let limits = Limits::default();
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(matches!(parse(&deep, &limits), Err(LoadError::Limit(_))));
        let attributes: String = (0..2000).map(|n| format!("a{n}='' ")).collect();
        assert!(matches!(parse(&format!("<x {attributes}/>"), &limits), Err(LoadError::Limit(_))));
        let entity = "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>";
        assert!(matches!(parse(entity, &limits), Err(LoadError::Damaged(_))));
        let small = Limits { nodes: 10, ..Limits::default() };
        assert!(matches!(parse(&format!("<x>{}</x>", "<y/>".repeat(20)), &small), Err(LoadError::Limit(_))));
        assert!(matches!(
            parse(&format!("<x {}/>", (0..30).map(|n| format!("a{n}='' ")).collect::<String>()), &small),
            Err(LoadError::Limit(_))
        ));
        for broken in ["", "<", "<a", "<a>", "<a b='", "<!--", "<![CDATA[", "</a>", "<a/><b/>", "<?x"] {
            assert!(matches!(parse(broken, &limits), Err(LoadError::Damaged(_))), "{broken}");
        }
    }

    #[test]
    fn depth_is_not_fooled_by_what_looks_like_tags() {
        let limits = Limits { depth: 3, ..Limits::default() };
        for fine in
            ["<a><b c='>'/><b/><b/><b/><!-- <x><x><x> --><![CDATA[<x><x><x>]]></a>", "<a d=\"</a>\"><b/></a>"]
        {
            let text = fine.replace("\"</a>\"", "\"x\"");
            assert!(parse(&text, &limits).is_ok(), "{text}");
        }
    }
}
