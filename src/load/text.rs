//! Plain text and Markdown: one block a line, as written. Knows no clause; a Markdown heading is one by its marks, and lists
//! whose items all have the same number are counted as on a page.

mod list;

use crate::document::{BlockKind, Document, Format};
use crate::error::LoadError;
use crate::load::Limits;
use crate::load::blocks::{Para, Sink, visible};
use crate::load::charset::{Decoded, decode};
use crate::source::Place;

/// Reads text or Markdown.
pub(super) fn load(name: &str, bytes: &[u8], format: Format, limits: &Limits) -> Result<Document, LoadError> {
    let decoded = decode(bytes)?;
    if decoded.text.chars().all(|c| visible(c).is_none_or(char::is_whitespace)) {
        return Err(LoadError::Empty);
    }
    let mut sink = Sink::new(limits);
    note_encoding(&mut sink, &decoded);
    let text = decoded.text.replace("\r\n", "\n");
    let mut marks = (format == Format::Markdown).then(Marks::default);
    // A form feed ends the line and the page; a text without any has no pages.
    let mut page = text.contains('\u{c}').then_some(1u32);
    let mut dropped = 0usize;
    let mut number = 0u32;
    let pieces = || text.split_inclusive(is_break);
    let (shown, lists) = match format {
        Format::Markdown => list::shown(pieces().map(|piece| piece.trim_end_matches(is_break))),
        _ => Default::default(),
    };
    let mut lines = pieces().peekable();
    while let Some(piece) = lines.next() {
        let line = piece.trim_end_matches(is_break);
        let counted = shown.get(&(number as usize)).map(|number| list::renumbered(line, *number));
        number = number.saturating_add(1);
        push(&mut sink, counted.as_deref().unwrap_or(line), number, page, marks.as_mut(), &mut dropped)?;
        if piece.ends_with('\u{c}') {
            page = page.map(|page| page + 1);
        }
        // The line break that ends the file is kept as an empty last line, so that the text ends as the file does.
        if lines.peek().is_none() && piece.ends_with(is_break) {
            push(&mut sink, "", number.saturating_add(1), page, None, &mut dropped)?;
        }
    }
    if lists > 0 {
        sink.info(format!("항목 번호가 모두 같은 목록 {lists}개는 화면에 보이는 차례대로 번호를 매겼습니다"));
    }
    if dropped > 0 {
        sink.info(format!("보이지 않는 제어 문자 {dropped}개를 뺐습니다"));
    }
    Ok(sink.finish(name, format, bytes))
}

/// Says which encoding was read and what was damaged.
pub(super) fn note_encoding(sink: &mut Sink, decoded: &Decoded) {
    if let Some(legacy) = decoded.legacy {
        sink.info(format!("글자 인코딩을 {legacy}로 읽었습니다"));
    }
    if decoded.damaged > 0 {
        sink.warning(format!("글자 {}개가 깨져 있어 \u{fffd}로 두었습니다", decoded.damaged));
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn push(
    sink: &mut Sink,
    line: &str,
    number: u32,
    page: Option<u32>,
    marks: Option<&mut Marks>,
    dropped: &mut usize,
) -> Result<(), LoadError> {
    let kind = marks.map_or(BlockKind::Paragraph, |marks| marks.kind(line));
    if let BlockKind::Heading(_) = kind {
        sink.builder.title(line.trim_matches(|c: char| c == '#' || c == '*' || c.is_whitespace()));
    }
    *dropped += line.chars().filter(|c| visible(*c).is_none() && c.is_control()).count();
    let text = line.chars().filter_map(visible).collect();
    let place = Place { line: Some(number), page, ..Place::default() };
    sink.para(&Para { kind, label: String::new(), tight: true, depth: 0, text, place, origins: Vec::new() })
}

/// What is needed to tell Markdown headings from other lines with a `#`.
#[derive(Default)]
struct Marks {
    fence: Option<char>,
}

impl Marks {
    fn kind(&mut self, line: &str) -> BlockKind {
        let trimmed = line.trim_start();
        let fence = ['`', '~'].into_iter().find(|mark| trimmed.starts_with(&String::from(*mark).repeat(3)));
        match (self.fence, fence) {
            (None, Some(mark)) => self.fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => self.fence = None,
            (Some(_), _) => {}
            (None, None) => {
                let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
                let after = trimmed.as_bytes().get(level);
                if (1..=6).contains(&level)
                    && after.is_none_or(|byte| byte.is_ascii_whitespace())
                    && line.len() - trimmed.len() < 4
                {
                    return BlockKind::Heading(u8::try_from(level).unwrap_or(6));
                }
            }
        }
        BlockKind::Paragraph
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;

    #[test]
    fn lines_keep_their_numbers_and_pages() {
        let document =
            load("a.txt", "가\r\n\r\n\u{c}나\u{200b}다\r라\n".as_bytes(), &Limits::default()).unwrap();
        assert_eq!(document.text(), "가\n\n\n나다\n라\n");
        assert_eq!(document.place(document.text().find('나').unwrap()), "2쪽 4행");
        assert_eq!(document.format, Format::Text);
        assert!(document.notices.is_empty());
    }

    #[test]
    fn markdown_headings_are_marked_but_kept_as_written() {
        let document =
            load("a.md", "# 약관\n```\n# 아님\n```\n## 제1조\n#해시\n".as_bytes(), &Limits::default())
                .unwrap();
        let kinds: Vec<BlockKind> = document.blocks().iter().map(|block| block.kind).collect();
        assert_eq!(kinds[0], BlockKind::Heading(1));
        assert_eq!(kinds[4], BlockKind::Heading(2));
        assert_eq!(kinds.iter().filter(|kind| **kind == BlockKind::Paragraph).count(), 5);
        assert_eq!(document.title.as_deref(), Some("약관"));
        assert!(document.text().starts_with("# 약관\n"));
    }

    #[test]
    fn lists_of_one_number_are_counted_in_markdown_only() {
        let text = "1. 가\n1. 나\n";
        let read = |name: &str| load(name, text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(read("a.md").text(), "1. 가\n2. 나\n");
        assert!(read("a.md").notices.iter().any(|notice| notice.message.contains("목록 1개")));
        assert_eq!(read("a.txt").text(), text);
        assert!(read("a.txt").notices.is_empty());
    }

    #[test]
    fn too_many_lines_are_refused_and_blank_files_are_empty() {
        let limits = Limits { paragraphs: 3, ..Limits::default() };
        assert!(matches!(load("a.txt", b"a\nb\nc\nd", &limits), Err(LoadError::Limit(_))));
        assert!(matches!(load("a.txt", b" \n\t\n", &Limits::default()), Err(LoadError::Empty)));
    }
}
