//! Tells formats apart by content. Knows signatures only, nothing of what stands inside.

use crate::document::Format;
use crate::error::LoadError;
use crate::load::{Limits, package};

/// The format of a file, told from its bytes alone. Anything that is not another known format counts as
/// [`Format::Text`]; whether it really is text shows when it is read.
///
/// # Errors
/// [`LoadError`] for what is known to be unreadable: encrypted or damaged packages, older Word and 한글 files, spreadsheets,
/// pictures, other archives.
pub fn sniff(bytes: &[u8]) -> Result<Format, LoadError> {
    hinted("", bytes, &Limits::default())
}

/// As [`sniff`], with the name's ending deciding between text and Markdown, and for fragments of pages.
pub(super) fn hinted(name: &str, bytes: &[u8], limits: &Limits) -> Result<Format, LoadError> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return compound(bytes);
    }
    if bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"PK\x05\x06")
        || bytes.starts_with(b"PK\x07\x08")
    {
        return package::format(bytes, limits);
    }
    if find(&bytes[..bytes.len().min(1024)], b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if let Some(what) = foreign(bytes) {
        return Err(what);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if matches!(ending.as_str(), "md" | "markdown") {
        return Ok(Format::Markdown);
    }
    let page_by_name = matches!(ending.as_str(), "html" | "htm" | "xhtml");
    Ok(if is_page(bytes, page_by_name) { Format::Html } else { Format::Text })
}

/// Whether a file is text or Markdown, or is refused for its first bytes: reading it takes time and memory in proportion to its
/// size whatever stands inside, so that no worker is needed.
pub(super) fn is_plain(name: &str, bytes: &[u8]) -> bool {
    let packed = bytes.starts_with(b"\xD0\xCF\x11\xE0") || bytes.starts_with(b"PK");
    if packed || find(&bytes[..bytes.len().min(1024)], b"%PDF-") {
        return false;
    }
    matches!(
        hinted(name, bytes, &Limits::default()),
        Ok(Format::Text | Format::Markdown) | Err(LoadError::UnknownFormat(_) | LoadError::Convert(_))
    )
}

/// OLE containers: encrypted packages, 한글 5, old Word, others. The names of their streams tell them apart.
fn compound(bytes: &[u8]) -> Result<Format, LoadError> {
    let stream = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide)
    };
    if stream("EncryptedPackage") || stream("EncryptionInfo") {
        Err(LoadError::Encrypted)
    } else if find(bytes, b"HWP Document File") || stream("HwpSummaryInformation") {
        Ok(Format::Hwp)
    } else if stream("WordDocument") {
        Err(LoadError::Convert("옛 워드(.doc)".into()))
    } else if stream("Workbook") || stream("PowerPoint Document") {
        Err(LoadError::UnknownFormat("옛 엑셀이나 파워포인트 문서입니다".into()))
    } else {
        Err(LoadError::UnknownFormat("문서가 아닌 OLE 파일이거나 잘린 파일입니다".into()))
    }
}

/// Formats with a signature that jomun does not read.
fn foreign(bytes: &[u8]) -> Option<LoadError> {
    const KINDS: [(&[u8], &str); 14] = [
        (b"\x89PNG\r\n", "그림(PNG)"),
        (b"\xFF\xD8\xFF", "그림(JPEG)"),
        (b"GIF8", "그림(GIF)"),
        (b"II*\0", "그림(TIFF)"),
        (b"MM\0*", "그림(TIFF)"),
        (b"\x7FELF", "실행 파일"),
        (b"MZ\x90\0", "실행 파일"),
        (b"\x1F\x8B\x08", "압축 파일(gzip)"),
        (b"7z\xBC\xAF\x27\x1C", "압축 파일(7z)"),
        (b"Rar!\x1A\x07", "압축 파일(rar)"),
        (b"BZh", "압축 파일(bzip2)"),
        (b"\xFD7zXZ\0", "압축 파일(xz)"),
        (b"SQLite format 3\0", "데이터베이스"),
        (b"OggS", "소리 파일"),
    ];
    if bytes.starts_with(b"HWP Document File V") {
        return Some(LoadError::Convert("한글 3.x(.hwp)".into()));
    }
    // Wrappers of Korean document protection.
    if bytes.get(2..8) == Some(b"DRMONE")
        || bytes.starts_with(b"SCDSA00")
        || bytes.starts_with(b"<DOCUMENT SAFER")
    {
        return Some(LoadError::Encrypted);
    }
    if bytes.starts_with(br"{\rtf") {
        return Some(LoadError::Convert("서식 있는 텍스트(.rtf)".into()));
    }
    let head = &bytes[..bytes.len().min(2048)];
    if head.trim_ascii_start().starts_with(b"<?xml")
        && [&b"<HWPML"[..], b"<w:wordDocument", b"<pkg:package"].iter().any(|mark| find(head, mark))
    {
        return Some(LoadError::Convert("XML로 저장한 한글 또는 워드".into()));
    }
    let (_, what) = KINDS.iter().find(|(signature, _)| bytes.starts_with(signature))?;
    Some(LoadError::UnknownFormat(format!("{what}입니다")))
}

/// Whether the bytes, in any encoding that keeps ASCII (or UTF-16), begin like a page. With `by_name` a fragment that
/// has tags only somewhere counts too.
fn is_page(bytes: &[u8], by_name: bool) -> bool {
    let head: Vec<u8> =
        bytes.iter().take(65_536).filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let mut rest: &[u8] = &head;
    for bom in [b"\xEF\xBB\xBF".as_slice(), b"\xFF\xFE", b"\xFE\xFF"] {
        rest = rest.strip_prefix(bom).unwrap_or(rest);
    }
    loop {
        rest = rest.trim_ascii_start();
        if let Some(after) = rest.strip_prefix(b"<!--") {
            rest = after.windows(3).position(|w| w == b"-->").map_or(&[], |end| &after[end + 3..]);
        } else if rest.starts_with(b"<?xml") {
            rest = rest.iter().position(|byte| *byte == b'>').map_or(&[], |end| &rest[end + 1..]);
        } else {
            break;
        }
    }
    const FIRST: [&[u8]; 20] = [
        b"!doctype html",
        b"html",
        b"head",
        b"body",
        b"meta",
        b"title",
        b"div",
        b"p",
        b"h1",
        b"h2",
        b"h3",
        b"table",
        b"main",
        b"article",
        b"section",
        b"ol",
        b"ul",
        b"style",
        b"script",
        b"pre",
    ];
    let first_tag = rest.strip_prefix(b"<").is_some_and(|tag| {
        FIRST.iter().any(|name| {
            tag.strip_prefix(*name)
                .is_some_and(|after| after.first().is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-'))
        })
    });
    let closes = || {
        [&b"</p>"[..], b"</div>", b"<br", b"</li>", b"</html>", b"</td>", b"</body>"]
            .iter()
            .any(|tag| find(&head, tag))
    };
    let whole = || {
        [&b"<html"[..], b"<head", b"<body", b"!doctype html"]
            .iter()
            .any(|tag| find(&rest[..rest.len().min(512)], tag))
    };
    first_tag && (whole() || closes()) || by_name && (closes() || whole())
}

/// Whether `needle` occurs in `hay`.
pub(super) fn find(hay: &[u8], needle: &[u8]) -> bool {
    aho_corasick::AhoCorasick::new([needle]).is_ok_and(|finder| finder.is_match(hay))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_first_tag() {
        for page in [
            "<!DOCTYPE html><p>가",
            "\u{feff} <!-- x --><HTML lang=ko>",
            "<?xml version='1.0'?>\n<html>",
            "<div>가</div>",
        ] {
            assert_eq!(sniff(page.as_bytes()).unwrap(), Format::Html, "{page}");
        }
        for text in [
            "제1조 <삭제> 2020. 1. 1.",
            "<별표 1> 요금",
            "<p",
            "<placeholder> 가</p>",
            "{\"html\": \"<p>가</p>\"}",
        ] {
            assert_eq!(sniff(text.as_bytes()).unwrap(), Format::Text, "{text}");
        }
        assert_eq!(hinted("a.html", "약관<br>제1조".as_bytes(), &Limits::default()).unwrap(), Format::Html);
        assert_eq!(hinted("a.md", "<div>가</div>".as_bytes(), &Limits::default()).unwrap(), Format::Markdown);
    }

    #[test]
    fn foreign_files_are_named() {
        let ole = |name: &str| {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
            sniff(&bytes)
        };
        assert!(matches!(ole("EncryptedPackage"), Err(LoadError::Encrypted)));
        assert!(matches!(ole("WordDocument"), Err(LoadError::Convert(_))));
        assert!(matches!(ole("HwpSummaryInformation"), Ok(Format::Hwp)));
        assert!(matches!(ole("Nothing"), Err(LoadError::UnknownFormat(_))));
        assert!(matches!(sniff(b"%PDF-1.7\n"), Ok(Format::Pdf)));
        assert!(matches!(sniff(b"\x89PNG\r\n\x1a\n"), Err(LoadError::UnknownFormat(_))));
        assert!(matches!(sniff(br"{\rtf1}"), Err(LoadError::Convert(_))));
    }
}
