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
    let head = beginning(bytes, 4_096);
    let head = head.trim_ascii_start();
    if head.starts_with(b"<") {
        if [&b"<HWPML"[..], b"<w:wordDocument", b"<pkg:package"].iter().any(|mark| find(head, mark)) {
            return Some(LoadError::Convert("XML로 저장한 한글 또는 워드".into()));
        }
        if find(head, b"<office:document") {
            return Some(LoadError::Convert("XML로 저장한 오픈도큐먼트(.fodt)".into()));
        }
    }
    if is_mail(bytes) {
        return Some(LoadError::Convert("웹 보관(.mht)이나 전자우편(.eml)".into()));
    }
    let (_, what) = KINDS.iter().find(|(signature, _)| bytes.starts_with(signature))?;
    Some(LoadError::UnknownFormat(format!("{what}입니다")))
}

/// The first bytes of a text in any encoding that keeps ASCII (or UTF-16), without its mark of byte order.
fn beginning(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut rest = bytes;
    for bom in [b"\xEF\xBB\xBF".as_slice(), b"\xFF\xFE", b"\xFE\xFF"] {
        rest = rest.strip_prefix(bom).unwrap_or(rest);
    }
    rest.iter().take(most).filter(|byte| **byte != 0).copied().collect()
}

/// Whether a file has the header lines of a message whose text is packed in one way or another: parts, a page. A message of
/// plain text is text.
fn is_mail(bytes: &[u8]) -> bool {
    const FIRST: usize = 16_384;
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let mut mime = false;
    let mut packed = false;
    let head = bytes[..bytes.len().min(FIRST)].to_ascii_lowercase();
    for (n, line) in head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).enumerate() {
        // A line that begins with space goes on from the one before.
        let goes_on = n > 0 && matches!(line.first(), Some(b' ' | b'\t'));
        let name = line.iter().position(|byte| *byte == b':').unwrap_or(0);
        let named = name > 0 && line[..name].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        if line.is_empty() || !goes_on && !named {
            break;
        }
        mime |= line.starts_with(b"mime-version:");
        let kind = line.strip_prefix(b"content-type:").map(<[u8]>::trim_ascii_start);
        packed |= kind.is_some_and(|kind| !kind.starts_with(b"text/plain"));
    }
    mime && packed
}

/// Whether the bytes, in any encoding that keeps ASCII (or UTF-16), begin like a page. With `by_name` a fragment that
/// has tags only somewhere counts too.
fn is_page(bytes: &[u8], by_name: bool) -> bool {
    let head = beginning(bytes, 65_536).to_ascii_lowercase();
    let mut rest: &[u8] = &head;
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

    #[test]
    fn documents_in_other_clothes_are_named() {
        let refused = |text: &str| match sniff(text.as_bytes()) {
            Err(LoadError::Convert(what)) => what.into_owned(),
            other => format!("{other:?}"),
        };
        let flat = "<?xml version='1.0'?>\n<office:document xmlns:office='urn:o' office:version='1.3'>";
        assert!(refused(flat).contains(".fodt"));
        assert!(refused(&format!("\u{feff}{flat}")).contains(".fodt"));
        assert!(refused("<?xml version='1.0'?><HWPML Version='2.8'>").contains("한글"));
        let wide: Vec<u8> = "\u{feff}<?xml?><HWPML>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(matches!(sniff(&wide), Err(LoadError::Convert(_))));
        for mail in [
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\n",
            "From: <Saved by Blink>\nSubject: =?utf-8?Q?x?=\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype=\"text/html\"\n\n",
            "mime-version: 1.0\ncontent-type: text/html; charset=utf-8\n\n<html>",
        ] {
            assert!(refused(mail).contains(".mht"), "{mail}");
        }
        for text in [
            "From: 갑\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n제1조(목적)",
            "Article 1: MIME\nContent-Type: multipart/related\nMIME-Version: 1.0\n",
            "제1조(목적)\nMIME-Version: 1.0\nContent-Type: multipart/related\n",
            "Content-Type: 계약\n\nMIME-Version: 1.0\n",
        ] {
            assert_eq!(sniff(text.as_bytes()).unwrap(), Format::Text, "{text}");
        }
    }
}
