//! A document as every later stage sees it: one NFC text, its blocks and the way back to the file.

use crate::notice::Notice;
use crate::source::{Place, SourceMap};
use crate::text::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The file formats that are told apart, by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text.
    Text,
    /// Text with Markdown marks.
    Markdown,
    /// HTML page.
    Html,
    /// Word (OOXML).
    Docx,
    /// 한글 5.0 (binary).
    Hwp,
    /// 한글 OWPML.
    Hwpx,
    /// PDF.
    Pdf,
}

impl Format {
    /// The name that a report shows.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Hwp => "hwp",
            Format::Hwpx => "hwpx",
            Format::Pdf => "pdf",
        }
    }
}

/// What kind of block a stretch of text is, as far as the format says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// A paragraph, or a line of a text file.
    Paragraph,
    /// A heading with its outline level from 1.
    Heading(u8),
    /// One row of a table, cells separated by " | ".
    TableRow,
    /// 머리말 or 꼬리말.
    Running,
    /// 각주 or 미주.
    Note,
    /// 글상자.
    TextBox,
}

/// A paragraph of the document: one line or more of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its place in the text, without the line break that ends it.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Length in bytes of the automatic number that the format printed in front ("제1조", "①"), 0 without one.
    pub label: usize,
    /// Depth of that automatic number from 0 (ilvl in Word, nesting of lists in HTML).
    pub depth: u8,
}

/// One file of a document that was put together from several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name, as [`Document::name`].
    pub name: String,
    /// Its title, when it has one.
    pub title: Option<String>,
    /// Its place in the text.
    pub span: Span,
}

/// A document: NFC text with `\n` line ends, blocks in text order, and the way back to the file.
///
/// It can be sent and kept with serde; what comes back is held against all that is promised here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Document {
    /// The name that reports show: a path, or what the caller gave.
    pub name: String,
    /// Format told from the content.
    pub format: Format,
    /// Title from the file's metadata or first heading, when it has one.
    pub title: Option<String>,
    /// SHA-256 of the file's bytes, lower-case hex.
    pub sha256: String,
    /// What was noticed while reading.
    pub notices: Vec<Notice>,
    text: String,
    blocks: Vec<Block>,
    map: SourceMap,
    /// Put together by whoever has all files, so never sent.
    #[serde(skip)]
    parts: Vec<Part>,
}

/// A document as it comes from elsewhere; fields and their order are those of [`Document`].
#[derive(Deserialize)]
struct Unchecked {
    name: String,
    format: Format,
    title: Option<String>,
    sha256: String,
    notices: Vec<Notice>,
    text: String,
    blocks: Vec<Block>,
    map: SourceMap,
}

impl TryFrom<Unchecked> for Document {
    type Error = &'static str;

    fn try_from(raw: Unchecked) -> Result<Self, Self::Error> {
        let Unchecked { name, format, title, sha256, notices, text, blocks, map } = raw;
        let mut next = 0;
        for (n, block) in blocks.iter().enumerate() {
            let Span { start, end } = block.span;
            let parted = n == 0 || text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'\n');
            let label = start.saturating_add(block.label);
            let inside = start <= label && label <= end && text.get(start..end).is_some();
            if start != next || !parted || !inside || !text.is_char_boundary(label) {
                return Err("blocks do not cover the text");
            }
            next = end + 1;
        }
        if next != if blocks.is_empty() && text.is_empty() { 0 } else { text.len() + 1 } {
            return Err("blocks do not cover the text");
        }
        let mut starts = map.entries().iter().map(|(start, _)| *start);
        if !starts.clone().is_sorted() || starts.next_back().is_some_and(|last| last > text.len()) {
            return Err("places are out of order");
        }
        if text.contains('\r') || !unicode_normalization::is_nfc(&text) {
            return Err("the text is not in its normal form");
        }
        Ok(Self { name, format, title, sha256, notices, text, blocks, map, parts: Vec::new() })
    }
}

impl Document {
    /// A document of plain text: NFC, one block a line, places by line number.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let raw: String = text.into();
        let digest = crate::load::digest(raw.as_bytes());
        let mut builder = DocumentBuilder::default();
        let text = raw.strip_prefix('\u{feff}').unwrap_or(&raw).replace("\r\n", "\n").replace('\r', "\n");
        for (n, line) in text.split('\n').enumerate() {
            let place = Place { line: u32::try_from(n + 1).ok(), ..Place::default() };
            builder.block(BlockKind::Paragraph, 0, 0, line, place);
        }
        builder.finish(name.into(), Format::Text, digest)
    }

    /// The text that every span refers to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Blocks in text order; together they cover all but the line breaks between them.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The way back to the file.
    pub fn source_map(&self) -> &SourceMap {
        &self.map
    }

    /// The place of a byte, as a reader is told it; empty when unknown. Of a document put together from several files it
    /// begins with the file: "sla.md: 3행".
    pub fn place(&self, offset: usize) -> String {
        let place = self.map.place(offset).map(Place::to_string).unwrap_or_default();
        match self.parts.iter().rev().find(|part| part.span.start <= offset) {
            Some(part) if place.is_empty() => part.name.clone(),
            Some(part) => format!("{}: {place}", part.name),
            None => place,
        }
    }

    /// The files that it was put together from, the main one first; empty for a document of one file.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The text of the main file: all of it for a document of one file.
    pub fn main_text(&self) -> &str {
        self.parts.first().map_or(self.text.as_str(), |part| part.span.of(&self.text))
    }

    /// The document together with those that it refers to (별첨, SLA, 개인정보 처리방침), read as one set: one text, the
    /// further ones behind it, each a part whose clauses are found apart. Name, title, format and digest stay its own.
    pub fn with(mut self, others: &[Document]) -> Self {
        let part = |document: &Document, start: usize, end: usize| Part {
            name: document.name.clone(),
            title: document.title.clone(),
            span: Span::new(start, end),
        };
        for other in others {
            if self.parts.is_empty() {
                self.parts.push(part(&self, 0, self.text.len()));
            }
            self.text.push('\n');
            let start = self.text.len();
            self.text.push_str(&other.text);
            self.blocks.extend(other.blocks.iter().map(|block| Block {
                span: Span::new(block.span.start + start, block.span.end + start),
                ..block.clone()
            }));
            for (at, place) in other.map.entries() {
                self.map.push(at + start, place.clone());
            }
            self.parts.push(part(other, start, self.text.len()));
            self.notices.extend(other.notices.iter().map(|notice| {
                let place = match &notice.place {
                    Some(place) => format!("{}: {place}", other.name),
                    None => other.name.clone(),
                };
                notice.clone().at(place)
            }));
        }
        self
    }
}

/// Puts a document together block by block; the only way to make one, so that its invariants hold.
#[derive(Debug, Default)]
pub struct DocumentBuilder {
    text: String,
    blocks: Vec<Block>,
    map: SourceMap,
    notices: Vec<Notice>,
    title: Option<String>,
}

impl DocumentBuilder {
    /// Appends a block on a line of its own. `label` is the automatic number printed in front of `content` (empty
    /// for none); a space is put between the two unless the content already begins with white space.
    /// `depth` is the list level of that number. Content is brought to NFC.
    pub fn labelled(&mut self, kind: BlockKind, label: &str, depth: u8, content: &str, place: Place) {
        let mut whole = String::with_capacity(label.len() + content.len() + 1);
        whole.push_str(label);
        if !label.is_empty() && !content.is_empty() && !content.starts_with(char::is_whitespace) {
            whole.push(' ');
        }
        whole.push_str(content);
        let label = crate::text::nfc(label.to_owned()).len();
        self.block(kind, label, depth, &whole, place);
    }

    /// Appends a block whose first `label` bytes are an automatic number. A content with line breaks stays one block.
    pub fn block(&mut self, kind: BlockKind, label: usize, depth: u8, content: &str, place: Place) {
        if !self.blocks.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.map.push(start, place);
        let content = crate::text::nfc(content.replace("\r\n", "\n").replace('\r', "\n"));
        self.text.push_str(&content);
        self.blocks.push(Block { span: Span::new(start, self.text.len()), kind, label, depth });
    }

    /// Gives parts of the block that was appended last, whose content was `content`, places of their own, by where in it they
    /// begin. A part that has no beginning in the text's normal form keeps the place of the one before.
    pub fn inside(&mut self, content: &str, places: impl IntoIterator<Item = (usize, Place)>) {
        let Some(Span { start, end }) = self.blocks.last().map(|block| block.span) else { return };
        let same = self.text.get(start..end) == Some(content);
        for (at, place) in places {
            let before = content.get(..at).unwrap_or_default();
            let at = start + if same { before.len() } else { crate::text::nfc(before.to_owned()).len() };
            let follows = self.map.entries().last().is_none_or(|(last, _)| *last < at);
            if follows && at < end && self.text.is_char_boundary(at) {
                self.map.push(at, place);
            }
        }
    }

    /// Byte length of the text so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was appended yet.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds a notice.
    pub fn notice(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    /// Sets the title, unless one is set already or this one is blank.
    pub fn title(&mut self, title: &str) {
        let title = title.trim();
        if self.title.is_none() && !title.is_empty() {
            self.title = Some(crate::text::nfc(title.to_owned()));
        }
    }

    /// The finished document.
    pub fn finish(self, name: String, format: Format, sha256: String) -> Document {
        Document {
            name,
            format,
            title: self.title,
            sha256,
            notices: self.notices,
            text: self.text,
            blocks: self.blocks,
            map: self.map,
            parts: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_its_lines_and_places() {
        let document = Document::from_text("a.txt", "\u{feff}가\r\n나\n");
        assert_eq!(document.text(), "가\n나\n");
        assert_eq!(document.place(4), "2행");
        assert_eq!(document.blocks().len(), 3);
    }

    #[test]
    fn what_was_sent_comes_back_and_what_is_wrong_does_not() {
        let document = Document::from_text("a.txt", "제1조\n나\n");
        let sent = postcard::to_stdvec(&document).unwrap();
        assert_eq!(postcard::from_bytes::<Document>(&sent).unwrap(), document);
        let json = serde_json::to_value(&document).unwrap();
        let wrong = |change: fn(&mut serde_json::Value)| {
            let mut json = json.clone();
            change(&mut json);
            serde_json::from_value::<Document>(json).is_err()
        };
        assert!(wrong(|json| json["text"] = "짧음".into()));
        assert!(wrong(|json| json["text"] = "제1조 나\n".into()), "no line break between blocks");
        assert!(wrong(|json| json["blocks"][0]["label"] = 2.into()), "inside a character");
        assert!(wrong(|json| json["blocks"] = serde_json::json!([])));
        assert!(wrong(|json| json["map"]["entries"][0][0] = 9.into()));
    }
}
