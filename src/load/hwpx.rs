//! OWPML packages (KS X 6101) as 한글 writes them: the parts of a package put together into one manuscript. Scripts are
//! never run and nothing outside the package is followed.

mod header;
mod section;

use crate::document::{Document, Format};
use crate::error::LoadError;
use crate::load::hangul::{Manuscript, Paragraph};
use crate::load::package::Package;
use crate::load::xml;
use crate::load::{Limits, Options};
use header::Header;
pub(super) use header::is_title;
use roxmltree::Node;
use section::Reader;
use std::collections::{HashMap, HashSet};

/// Reads an OWPML document.
///
/// # Errors
/// No section that can be read, a password, an attack on a limit in any part. Other parts may be broken: a warning says
/// which.
pub(super) fn load(name: &str, bytes: &[u8], options: &Options) -> Result<Document, LoadError> {
    let limits = &options.limits;
    let mut package = Package::open(bytes, limits)?;
    if let Ok(Some(manifest)) = package.text("META-INF/manifest.xml")
        && manifest.contains("encryption-data")
    {
        return Err(LoadError::Encrypted);
    }
    let mut manuscript = Manuscript { revisions: options.revisions, ..Manuscript::default() };
    let mut contents = match note(&mut manuscript, "목록(content.hpf)", Contents::read(&mut package, limits))?
    {
        Some(contents) => contents,
        None => Contents::guess(&package),
    };
    manuscript.title = contents.title.take();

    if !contents.absent.is_empty() {
        let absent: Vec<String> = contents.absent.iter().map(|name| format!("본문({name})")).collect();
        manuscript.warnings.push(format!("파일 안에 없어 읽지 못한 부분이 있습니다: {}", absent.join(", ")));
    }
    let text = note(&mut manuscript, "글자와 번호 모양(header.xml)", package.text(&contents.header))?;
    if matches!(text, Some(None)) {
        manuscript
            .warnings
            .push("글자와 번호 모양(header.xml)이 파일 안에 없어 자동 번호를 읽지 못했습니다".into());
    }
    let header = match text.flatten() {
        Some(text) => match note(&mut manuscript, "글자와 번호 모양(header.xml)", xml::parse(&text, limits))?
        {
            Some(tree) => Header::read(&tree, &mut manuscript.numbering),
            None => Header::default(),
        },
        None => Header::default(),
    };
    let mut first = None;
    // All sections together stay under the limit of one part: small elements make large manuscripts.
    let mut left = limits.nodes;
    let mut masters = masters(&mut package, &contents, &header, limits, &mut left, &mut manuscript)?;
    for path in &contents.sections {
        match section(&mut package, path, &header, limits, &mut left, &mut masters, &mut manuscript) {
            Ok(()) => {}
            Err(error @ (LoadError::Limit(_) | LoadError::Encrypted)) => return Err(error),
            Err(error) => {
                manuscript.lost.push(format!("본문({})", file_name(path)));
                first.get_or_insert(error);
            }
        }
    }
    if manuscript.sections.is_empty() {
        return Err(first.unwrap_or_else(|| LoadError::Damaged("한글 문서의 본문이 없습니다".into())));
    }
    manuscript.finish(name, Format::Hwpx, bytes, limits)
}

/// Takes what was read; a broken part is noted, an attack goes on as an error: a bomb is a bomb in any part.
fn note<T>(
    manuscript: &mut Manuscript,
    what: &str,
    read: Result<T, LoadError>,
) -> Result<Option<T>, LoadError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error @ (LoadError::Limit(_) | LoadError::Encrypted)) => Err(error),
        Err(_) => {
            if !manuscript.lost.iter().any(|part| part == what) {
                manuscript.lost.push(what.to_owned());
            }
            Ok(None)
        }
    }
}

/// Counts the elements of a part: all parts together stay under the limit of one.
fn spend(left: &mut usize, root: Node) -> Result<(), LoadError> {
    *left = left
        .checked_sub(root.descendants().count())
        .ok_or_else(|| LoadError::Limit("XML 요소가 너무 많습니다".into()))?;
    Ok(())
}

/// The paragraphs of all 바탕쪽, by their ids.
fn masters(
    package: &mut Package,
    contents: &Contents,
    header: &Header,
    limits: &Limits,
    left: &mut usize,
    manuscript: &mut Manuscript,
) -> Result<HashMap<String, Vec<Paragraph>>, LoadError> {
    let mut masters = HashMap::new();
    for (id, path) in &contents.masters {
        let Some(text) = note(manuscript, "바탕쪽", package.text(path))?.flatten() else { continue };
        let Some(tree) = note(manuscript, "바탕쪽", xml::parse(&text, limits))? else { continue };
        let root = tree.root_element();
        spend(left, root)?;
        let mut reader = Reader::new(header, &text, root, manuscript.revisions);
        masters.insert(id.clone(), reader.lists(root));
    }
    Ok(masters)
}

fn section(
    package: &mut Package,
    path: &str,
    header: &Header,
    limits: &Limits,
    left: &mut usize,
    masters: &mut HashMap<String, Vec<Paragraph>>,
    manuscript: &mut Manuscript,
) -> Result<(), LoadError> {
    let missing = || LoadError::Damaged("한글 문서의 본문이 없습니다".into());
    let text = package.text(path)?.ok_or_else(missing)?;
    let tree = xml::parse(&text, limits)?;
    let root = tree.root_element();
    if root.tag_name().name() != "sec" {
        return Err(LoadError::Damaged("본문이 한글 문서의 것이 아닙니다".into()));
    }
    spend(left, root)?;
    let mut reader = Reader::new(header, &text, root, manuscript.revisions);
    reader.masters = std::mem::take(masters);
    manuscript.sections.push(reader.paragraphs(root));
    *masters = std::mem::take(&mut reader.masters);
    if reader.unended > 0 {
        manuscript.warnings.push(format!("끝이 없는 변경 표시 {}곳은 그대로 읽었습니다", reader.unended));
    }
    Ok(())
}

/// Which parts make up the document, in order.
#[derive(Debug, Default)]
struct Contents {
    sections: Vec<String>,
    /// Names of sections that the list has and the package has not.
    absent: Vec<String>,
    /// 바탕쪽: their ids and paths.
    masters: Vec<(String, String)>,
    header: String,
    title: Option<String>,
}

impl Contents {
    /// As the package's list says: sections in the order of its spine.
    fn read(package: &mut Package, limits: &Limits) -> Result<Self, LoadError> {
        let usual = "Contents/content.hpf";
        let path = root_file(package, limits).unwrap_or_else(|| usual.to_owned());
        let text = match package.text(&path)? {
            Some(text) => text,
            None => package
                .text(usual)?
                .ok_or_else(|| LoadError::Damaged("한글 문서의 목록이 없습니다".into()))?,
        };
        let tree = xml::parse(&text, limits)?;
        let root = tree.root_element();
        let mut contents = Self::guess(package);
        let known: HashSet<&str> = package.paths().into_iter().collect();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Most lists count from the root of the package, some from their own folder.
        let resolve = |href: &str| {
            let href = href.trim_start_matches("./").trim_start_matches('/');
            [href.to_owned(), format!("{folder}/{href}")]
                .into_iter()
                .find(|path| known.contains(path.to_ascii_lowercase().as_str()))
        };
        let items: Vec<(&str, &str)> = children(root, "manifest")
            .flat_map(|manifest| children(manifest, "item"))
            .filter_map(|item| Some((item.attribute("id")?, item.attribute("href")?)))
            .collect();
        let by_id: HashMap<&str, &str> = items.iter().rev().copied().collect();
        let spine = children(root, "spine").flat_map(|spine| children(spine, "itemref")).filter_map(|item| {
            let id = item.attribute("idref")?;
            // What the list does not have stands at the usual place, if anywhere.
            Some(by_id.get(id).map_or_else(|| format!("Contents/{id}.xml"), |href| (*href).to_owned()))
        });
        // A list without a spine has the order of its items.
        for hrefs in [spine.collect::<Vec<_>>(), items.iter().map(|(_, href)| (*href).to_owned()).collect()] {
            let mut seen = HashSet::new();
            let (mut sections, mut absent) = (Vec::new(), Vec::new());
            for href in hrefs.iter().filter(|href| is_section(href)) {
                match resolve(href) {
                    Some(path) if seen.insert(path.clone()) => sections.push(path),
                    None if seen.insert(href.clone()) => absent.push(file_name(href).to_owned()),
                    _ => {}
                }
            }
            if !sections.is_empty() {
                (contents.sections, contents.absent) = (sections, absent);
                break;
            }
        }
        if let Some(header) = by_id.get("header").and_then(|href| resolve(href)) {
            contents.header = header;
        }
        contents.masters = items
            .iter()
            .filter(|(_, href)| is_master(href))
            .filter_map(|(id, href)| Some(((*id).to_owned(), resolve(href)?)))
            .collect();
        contents.title = children(root, "metadata")
            .flat_map(|metadata| children(metadata, "title"))
            .find_map(|title| title.text().map(str::to_owned));
        Ok(contents)
    }

    /// By the usual names, for a package whose list is missing or names no section.
    fn guess(package: &Package) -> Self {
        let mut sections: Vec<String> = package
            .paths()
            .into_iter()
            .filter(|path| path.starts_with("contents/") && is_section(path))
            .map(str::to_owned)
            .collect();
        sections.sort_by_key(|path| section_number(path));
        let masters = package.paths().into_iter().filter(|path| is_master(path));
        let stem = |path: &str| file_name(path).trim_end_matches(".xml").to_owned();
        let masters = masters.map(|path| (stem(path), path.to_owned())).collect();
        Self { sections, masters, header: "Contents/header.xml".into(), ..Self::default() }
    }
}

/// The list that the container names.
fn root_file(package: &mut Package, limits: &Limits) -> Option<String> {
    let text = package.text("META-INF/container.xml").ok()??;
    let tree = xml::parse(&text, limits).ok()?;
    let file = tree.descendants().find(|node| {
        node.tag_name().name() == "rootfile"
            && node.attribute("full-path").is_some_and(|path| path.to_ascii_lowercase().ends_with(".hpf"))
    })?;
    file.attribute("full-path").map(|path| path.trim_start_matches('/').to_owned())
}

/// The last step of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a path is that of a 바탕쪽: `…/masterpage0.xml`.
fn is_master(path: &str) -> bool {
    let name = file_name(path).to_ascii_lowercase();
    name.starts_with("masterpage") && name.ends_with(".xml")
}

/// Whether a path is that of a section: `…/section0.xml`.
fn is_section(path: &str) -> bool {
    section_number(path).is_some()
}

fn section_number(path: &str) -> Option<u64> {
    let name = file_name(path).to_ascii_lowercase();
    name.strip_prefix("section")?.strip_suffix(".xml")?.parse().ok()
}

/// Children of an element by their local name; editions of the standard differ in their namespaces.
fn children<'a, 't>(
    parent: Node<'a, 't>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 't>> + use<'a, 't> {
    parent.children().filter(move |node| node.tag_name().name() == name)
}

/// A whole number of an attribute.
fn number(node: Node, name: &str) -> Option<i64> {
    node.attribute(name).and_then(xml::integer)
}

/// A number that cannot be negative.
fn natural(node: Node, name: &str) -> Option<u32> {
    number(node, name).and_then(|n| u32::try_from(n).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_known_by_their_number() {
        assert_eq!(section_number("Contents/section12.xml"), Some(12));
        assert_eq!(section_number("Contents/Section0.xml"), Some(0));
        for other in
            ["Contents/header.xml", "Contents/section.xml", "Contents/section1.xml.bak", "section-1.xml"]
        {
            assert!(!is_section(other), "{other}");
        }
    }
}
