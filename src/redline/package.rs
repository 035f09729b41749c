//! The parts around the main one (comments, relations, content types) and the archive: edited parts are written anew, all
//! others copied as they are, bytes and all. Knows no text of the document.

use crate::error::LoadError;
use crate::load::Limits;
use crate::load::docx::package::Package;
use crate::load::docx::xml::{WordNode, parse};
use crate::redline::xml::{Names, Splices, end_tag, start_tag};
use crate::redline::{AUTHOR, RedlineError};
use roxmltree::{Document as Tree, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const TYPES: &str = "[Content_Types].xml";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATION_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";
/// Kinds of relation as Word writes them, and in the strict edition.
const RELATIONS: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
];

/// What stands beside the main part.
pub(super) struct Side {
    /// The part of comments, when there is one.
    comments: Option<(String, String)>,
    /// Ids that it uses.
    pub comment_ids: BTreeSet<i64>,
}

impl Side {
    /// Reads what stands beside the main part.
    ///
    /// # Errors
    /// Parts that cannot be read: what is broken is not extended.
    pub fn read(package: &mut Package, main: &str, limits: &Limits) -> Result<Self, LoadError> {
        let relations = package.relations(main)?;
        let path = relations.first("comments").map(str::to_owned);
        let mut comment_ids = BTreeSet::new();
        let comments = match path {
            Some(path) => package.text(&path)?.map(|text| (path, text)),
            None => None,
        };
        if let Some((_, text)) = &comments {
            let tree = parse(text, limits)?;
            let all = tree.root_element().children().filter(|node| node.word() == "comment");
            comment_ids.extend(all.filter_map(|node| node.number_of("id")));
        }
        Ok(Self { comments, comment_ids })
    }
}

/// The archive with an edited main part and new comments.
///
/// # Errors
/// Parts that cannot be read or written.
pub(super) fn write(
    docx: &[u8],
    package: &mut Package,
    main: &str,
    text: String,
    side: &Side,
    notes: Vec<(i64, String)>,
    limits: &Limits,
) -> Result<Vec<u8>, RedlineError> {
    let strict = parse(&text, limits)?
        .root_element()
        .tag_name()
        .namespace()
        .is_some_and(|uri| uri.contains("purl.oclc"));
    let mut edited: BTreeMap<usize, String> = BTreeMap::new();
    let mut added: Vec<(String, String)> = Vec::new();
    let index = |package: &Package, path: &str| {
        package.index(path).ok_or_else(|| RedlineError::Package(format!("{path} 부분이 없습니다")))
    };
    edited.insert(index(package, main)?, utf8(text));
    if !notes.is_empty() {
        match &side.comments {
            Some((path, text)) => {
                edited.insert(index(package, path)?, utf8(extended(text, &notes, limits)?));
            }
            None => {
                let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                let names = (1..).map(|n: usize| {
                    let number = if n == 1 { String::new() } else { n.to_string() };
                    format!("comments{number}.xml")
                });
                let name = names
                    .take(limits.parts.saturating_add(2))
                    .find(|name| package.index(&format!("{folder}{name}")).is_none())
                    .ok_or_else(|| RedlineError::Package("메모 부분의 이름을 정하지 못했습니다".into()))?;
                let path = format!("{folder}{name}");
                added.push((path.clone(), comments(strict, &notes)));
                relate(package, main, &name, strict, limits, &mut edited, &mut added)?;
                let types = package
                    .text(TYPES)?
                    .ok_or_else(|| RedlineError::Package(format!("{TYPES} 부분이 없습니다")))?;
                let new_relations = added.len() > 1;
                edited.insert(index(package, TYPES)?, utf8(typed(&types, &path, new_relations, limits)?));
            }
        }
    }
    pack(docx, &edited, &added).map_err(|error| RedlineError::Package(error.to_string()))
}

/// A part's text as it is written: in UTF-8, whatever it was read from.
fn utf8(text: String) -> String {
    let Some(end) = text.starts_with("<?xml").then(|| text.find("?>")).flatten() else { return text };
    let head = &text[..end];
    let Some(at) = head.find("encoding=") else { return text };
    let value = at + "encoding=".len() + 1;
    let length = head.get(value..).and_then(|rest| rest.find(['"', '\''])).unwrap_or(0);
    match head.get(value..value + length) {
        Some(name) if !name.eq_ignore_ascii_case("utf-8") => {
            format!("{}UTF-8{}", &text[..value], &text[value + length..])
        }
        _ => text,
    }
}

/// Comments as elements.
fn elements(names: &Names, notes: &[(i64, String)]) -> String {
    let mut out = String::new();
    for (id, text) in notes {
        let id = id.to_string();
        out.push_str(&names.open("comment", &[("id", &id), ("author", AUTHOR), ("initials", AUTHOR)]));
        for (n, line) in text.lines().enumerate() {
            out.push_str(&names.open("p", &[]));
            if n == 0 {
                let mark = names.empty("annotationRef", &[]);
                out.push_str(&format!("{}{mark}{}", names.open("r", &[]), names.close("r")));
            }
            if !line.trim().is_empty() {
                let words = names.words(line.trim());
                out.push_str(&format!("{}{words}{}", names.open("r", &[]), names.close("r")));
            }
            out.push_str(&names.close("p"));
        }
        out.push_str(&names.close("comment"));
    }
    out
}

/// A new part of comments.
fn comments(strict: bool, notes: &[(i64, String)]) -> String {
    let uri = crate::load::docx::xml::WORD[usize::from(strict)];
    let root = format!("<w:comments xmlns:w=\"{uri}\"/>");
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    let filled = Tree::parse(&root).ok().and_then(|tree| {
        let mut splices = Splices::default();
        splices.append(&root, tree.root_element(), &elements(&Names::of(tree.root_element()), notes));
        splices.apply(&root)
    });
    format!("{head}{}", filled.unwrap_or_default())
}

/// A part of comments with more of them.
fn extended(text: &str, notes: &[(i64, String)], limits: &Limits) -> Result<String, RedlineError> {
    let tree = parse(text, limits)?;
    let root = tree.root_element();
    appended(text, root, &elements(&Names::of(root), notes))
}

fn appended(text: &str, node: Node, inner: &str) -> Result<String, RedlineError> {
    let mut splices = Splices::default();
    splices.append(text, node, inner);
    splices.apply(text).ok_or_else(|| RedlineError::Package("부분을 이어 쓰지 못했습니다".into()))
}

/// A child in the namespace and with the prefix of an element: `<p:Name a="b"/>`.
fn sibling(text: &str, root: Node, name: &str, attributes: &str) -> String {
    let (tag, _) = start_tag(text, root);
    let qualified = end_tag(text, root);
    let prefix =
        qualified.trim_start_matches("</").split_once(':').map_or(String::new(), |(p, _)| format!("{p}:"));
    debug_assert!(tag.starts_with('<'));
    format!("<{prefix}{name} {attributes}/>")
}

/// Names the part of comments among the relations of the main part.
fn relate(
    package: &mut Package,
    main: &str,
    name: &str,
    strict: bool,
    limits: &Limits,
    edited: &mut BTreeMap<usize, String>,
    added: &mut Vec<(String, String)>,
) -> Result<(), RedlineError> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let slash = if folder.is_empty() { "" } else { "/" };
    let path = format!("{folder}{slash}_rels/{file}.rels");
    let kind = format!("{}/comments", RELATIONS[usize::from(strict)]);
    let known = package.index(&path).zip(package.text(&path)?);
    let (at, text) = match known {
        Some((at, text)) => (Some(at), text),
        None => {
            let uri = "http://schemas.openxmlformats.org/package/2006/relationships";
            let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
            (None, format!("{head}<Relationships xmlns=\"{uri}\"/>"))
        }
    };
    let tree = parse(&text, limits)?;
    let root = tree.root_element();
    let ids: BTreeSet<&str> = root.children().filter_map(|node| node.attribute("Id")).collect();
    let id = (1..)
        .map(|n: usize| format!("rIdJomun{n}"))
        .find(|id| !ids.contains(id.as_str()))
        .unwrap_or_default();
    let attributes = format!("Id=\"{id}\" Type=\"{kind}\" Target=\"{name}\"");
    let text = utf8(appended(&text, root, &sibling(&text, root, "Relationship", &attributes))?);
    match at {
        Some(at) => {
            edited.insert(at, text);
        }
        None => added.push((path, text)),
    }
    Ok(())
}

/// The content types with that of the part of comments.
fn typed(text: &str, path: &str, relations: bool, limits: &Limits) -> Result<String, RedlineError> {
    let tree = parse(text, limits)?;
    let root = tree.root_element();
    let name = format!("/{path}");
    let mut more =
        sibling(text, root, "Override", &format!("PartName=\"{name}\" ContentType=\"{COMMENTS_TYPE}\""));
    let known = |node: Node| node.attribute("Extension").is_some_and(|end| end.eq_ignore_ascii_case("rels"));
    if relations && !root.children().any(known) {
        let attributes = format!("Extension=\"rels\" ContentType=\"{RELATION_TYPE}\"");
        more.insert_str(0, &sibling(text, root, "Default", &attributes));
    }
    appended(text, root, &more)
}

/// The archive, part by part in its order; new parts come last.
fn pack(
    docx: &[u8],
    edited: &BTreeMap<usize, String>,
    added: &[(String, String)],
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut archive = ZipArchive::new(Cursor::new(docx))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(docx.len() + (64 << 10))));
    writer.set_raw_comment(archive.comment().into())?;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index)?;
        match edited.get(&index) {
            Some(text) => {
                let (name, options) = (part.name()?.into_owned(), part.options());
                let options = match part.compression() {
                    CompressionMethod::Stored => options,
                    _ => options.compression_method(CompressionMethod::Deflated),
                };
                drop(part);
                writer.start_file(name, options.large_file(false))?;
                writer.write_all(text.as_bytes())?;
            }
            None => writer.raw_copy_file(part)?,
        }
    }
    // A part without a time of its own has the earliest that an archive can tell: nothing here knows a clock.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in added {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_was_read_from_another_encoding_says_so_no_more() {
        assert_eq!(
            utf8("<?xml version='1.0' encoding='UTF-16'?><a/>".into()),
            "<?xml version='1.0' encoding='UTF-8'?><a/>"
        );
        for same in ["<a/>", "<?xml version='1.0'?><a/>", "<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>"] {
            assert_eq!(utf8(same.into()), same);
        }
    }

    #[test]
    fn relations_and_types_keep_their_prefix() {
        let text = "<x:Types xmlns:x='urn:t'/>";
        let typed = typed(text, "word/comments.xml", false, &Limits::default()).unwrap();
        assert!(
            typed.starts_with("<x:Types xmlns:x='urn:t'><x:Override PartName=\"/word/comments.xml\""),
            "{typed}"
        );
        assert!(typed.ends_with("</x:Types>"));
    }
}
