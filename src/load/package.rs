//! The zip archive of a document: parts unpacked under limits, and the relations between them. Shared by all formats that
//! are zip archives. Nothing is ever written to disk, and no path leads out of the archive.

use crate::document::Format;
use crate::error::LoadError;
use crate::load::Limits;
use crate::load::xml;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// What a package with the signature of a zip archive holds.
///
/// # Errors
/// `UnknownFormat` for archives that are no document, `Damaged` and `Limit` for what cannot be opened.
pub(super) fn format(bytes: &[u8], limits: &Limits) -> Result<Format, LoadError> {
    Package::open(bytes, limits)?.format()
}

/// An archive that is open.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Parts by path, without leading slash and in lower case, as Word compares them.
    parts: HashMap<String, usize>,
    limits: &'a Limits,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive, reading its directory only.
    ///
    /// # Errors
    /// `Damaged` without a directory, `Limit` with too many parts or too large ones, `Encrypted`.
    pub fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, LoadError> {
        let damaged = || LoadError::Damaged("압축 목록을 읽을 수 없습니다".into());
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > limits.parts {
            return Err(LoadError::Limit(format!("압축 안에 파일이 {}개보다 많습니다", limits.parts)));
        }
        let mut parts = HashMap::new();
        let mut declared = 0u64;
        for index in 0..archive.len() {
            let part = match archive.by_index_raw(index) {
                Ok(part) => part,
                // A part that cannot be found is missed when it is wanted.
                Err(_) => continue,
            };
            if part.encrypted() {
                return Err(LoadError::Encrypted);
            }
            declared = declared.saturating_add(part.size());
            let path = String::from_utf8_lossy(part.name_raw()).replace('\\', "/");
            parts.entry(path.trim_start_matches('/').to_ascii_lowercase()).or_insert(index);
        }
        if declared > limits.unpacked {
            return Err(too_much(limits));
        }
        Ok(Self { archive, parts, limits, left: limits.unpacked })
    }

    /// The paths of all parts, in lower case, in order.
    pub fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.parts.keys().map(String::as_str).collect();
        paths.sort_unstable();
        paths
    }

    /// The bytes of a part, `None` when there is none.
    ///
    /// # Errors
    /// `Damaged` when it does not unpack, `Limit` when it unpacks to too much, whatever size it declares.
    pub fn bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>, LoadError> {
        let damaged = || LoadError::Damaged(format!("압축 안의 {path} 부분이 풀리지 않습니다"));
        let Some(index) = self.parts.get(&path.trim_start_matches('/').to_ascii_lowercase()) else {
            return Ok(None);
        };
        let part = self.archive.by_index(*index).map_err(|error| match error {
            ZipError::CompressionMethodNotSupported(_) => {
                LoadError::Damaged(format!("압축 안의 {path} 부분이 모르는 방식으로 압축되어 있습니다"))
            }
            _ => damaged(),
        })?;
        // What grows by doubling would for a moment take three times a large part.
        let size = part.size().min(self.left).saturating_add(1);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        let read = part.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            return Err(too_much(self.limits));
        }
        read.map_err(|_| damaged())?;
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The number of a part in the archive.
    pub fn index(&self, path: &str) -> Option<usize> {
        self.parts.get(&path.trim_start_matches('/').to_ascii_lowercase()).copied()
    }

    /// Whether there is a part in a folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.parts.keys().any(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The text of an XML part, `None` when there is none.
    ///
    /// # Errors
    /// Those of [`Package::bytes`], and `Damaged` for a wrong encoding.
    pub fn text(&mut self, path: &str) -> Result<Option<String>, LoadError> {
        self.bytes(path)?.map(xml::text).transpose()
    }

    /// The format of what the archive holds.
    ///
    /// # Errors
    /// `UnknownFormat` when it is none that jomun reads.
    pub fn format(&mut self) -> Result<Format, LoadError> {
        let mimetype =
            if self.parts.contains_key("mimetype") { self.bytes("mimetype").ok().flatten() } else { None };
        let mimetype =
            mimetype.map(|bytes| String::from_utf8_lossy(&bytes[..bytes.len().min(100)]).trim().to_owned());
        let unknown = |what: &str| Err(LoadError::UnknownFormat(what.into()));
        let word = self.main_part().is_ok();
        let has = |start: &str| self.parts.keys().any(|path| path.starts_with(start));
        match mimetype.as_deref() {
            Some("application/hwp+zip" | "application/owpml") => return Ok(Format::Hwpx),
            Some(kind) if kind.starts_with("application/vnd.oasis.opendocument.text") => {
                return Err(LoadError::Convert("오픈도큐먼트(.odt)".into()));
            }
            Some(kind) if kind.starts_with("application/epub") => return unknown("전자책(epub)입니다"),
            _ => {}
        }
        if has("contents/section") && has("contents/header") {
            Ok(Format::Hwpx)
        } else if word || has("word/document") {
            Ok(Format::Docx)
        } else if has("xl/") {
            unknown("엑셀 문서입니다")
        } else if has("ppt/") {
            unknown("파워포인트 문서입니다")
        } else if self.parts.contains_key("[content_types].xml") {
            Err(LoadError::Damaged("워드 문서의 본문이 없습니다".into()))
        } else {
            unknown("압축 파일(zip)입니다. 풀어서 안의 문서를 넣어 주십시오")
        }
    }

    /// The path of the main part: what the package's relations name, or the usual place.
    ///
    /// # Errors
    /// `Damaged` when there is none.
    pub fn main_part(&mut self) -> Result<String, LoadError> {
        let relations = self.relations("").unwrap_or_default();
        let named = relations
            .first("officeDocument")
            .filter(|path| self.parts.contains_key(&path.to_ascii_lowercase()));
        let usual = ["word/document.xml", "word/document2.xml"]
            .into_iter()
            .find(|path| self.parts.contains_key(*path));
        let path = named
            .or(usual)
            .ok_or_else(|| LoadError::Damaged("워드 문서의 본문이 없습니다".into()))?
            .to_owned();
        // Spreadsheets and slides name their main part the same way.
        if path.to_ascii_lowercase().starts_with("xl/") || path.to_ascii_lowercase().starts_with("ppt/") {
            return Err(LoadError::Damaged("워드 문서의 본문이 없습니다".into()));
        }
        Ok(path)
    }

    /// The relations of a part ("" for the package's own).
    ///
    /// # Errors
    /// Those of [`Package::text`] and of reading XML.
    pub fn relations(&mut self, part: &str) -> Result<Relations, LoadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = format!("{folder}{}_rels/{name}.rels", if folder.is_empty() { "" } else { "/" });
        let Some(text) = self.text(&path)? else { return Ok(Relations::default()) };
        let tree = xml::parse(&text, self.limits)?;
        let mut relations = Relations::default();
        for node in tree.root_element().children().filter(|node| node.tag_name().name() == "Relationship") {
            let (Some(kind), Some(target)) = (node.attribute("Type"), node.attribute("Target")) else {
                continue;
            };
            if node.attribute("TargetMode") == Some("External") {
                continue;
            }
            let kind = kind.rsplit('/').next().unwrap_or(kind).to_owned();
            relations.all.push((
                node.attribute("Id").unwrap_or_default().to_owned(),
                kind,
                resolve(folder, target),
            ));
        }
        Ok(relations)
    }
}

fn too_much(limits: &Limits) -> LoadError {
    LoadError::Limit(format!("압축을 풀면 {}MB보다 큽니다", limits.unpacked >> 20))
}

/// A target's path in the archive; steps up end at its root.
fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|step| !step.is_empty()).collect()
    };
    for step in target.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Relations inside the package: id, kind (the last word of its type), path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relations {
    all: Vec<(String, String, String)>,
}

impl Relations {
    /// The path of the first relation of a kind.
    pub fn first(&self, kind: &str) -> Option<&str> {
        self.all.iter().find(|(_, of, _)| of == kind).map(|(_, _, path)| path.as_str())
    }

    /// The path of the relation with an id.
    pub fn by_id(&self, id: &str) -> Option<&str> {
        self.all.iter().find(|(of, _, _)| of == id).map(|(_, _, path)| path.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_never_leave_the_archive() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolve("", "word\\document.xml"), "word/document.xml");
    }
}
