//! The stream DocInfo: shapes of paragraphs, styles, and the lists that paragraphs are numbered by. Knows nothing of
//! the text.

use crate::error::LoadError;
use crate::load::Limits;
use crate::load::hangul::numbering::{Head, HeadKind, LEVELS, Level, List, Numbering, Shape};
use crate::load::hwp::record::{records, tag, text_at, u16_at, u32_at, wide};
use crate::load::hwpx::is_title;
use std::cell::Cell;

/// What paragraphs refer to.
#[derive(Debug, Default)]
pub(super) struct DocInfo {
    pub numbering: Numbering,
    /// Recorded changes.
    pub tracked: usize,
    heads: Vec<Head>,
    titles: Vec<bool>,
    /// By the shapes of characters, whether they are crossed out.
    struck: Vec<bool>,
    /// Records and ranges that the sections may still have.
    left: Cell<usize>,
}

impl DocInfo {
    /// What a document whose stream cannot be read refers to: nothing.
    pub fn none(limits: &Limits) -> Self {
        Self { left: Cell::new(limits.nodes), ..Self::default() }
    }

    /// Reads the stream.
    ///
    /// # Errors
    /// Those of reading records.
    pub fn read(stream: &[u8], limits: &Limits) -> Result<Self, LoadError> {
        let mut info = Self::none(limits);
        let (mut lists, mut bullets) = (0u32, 0u32);
        for record in records(stream, limits)? {
            match record.tag {
                tag::NUMBERING => {
                    lists += 1;
                    if let Some(list) = list(record.data, &mut info.numbering) {
                        info.numbering.lists.insert(lists, list);
                    }
                }
                tag::BULLET => {
                    bullets += 1;
                    if let Some(char) = record.data.get(12..14) {
                        info.numbering.bullets.insert(bullets, wide(char));
                    }
                }
                tag::CHAR_SHAPE => info.struck.push(is_struck(record.data)),
                tag::PARA_SHAPE => info.heads.push(head(record.data).unwrap_or_default()),
                tag::STYLE => info.titles.push(title(record.data).unwrap_or(false)),
                tag::TRACK_CHANGE => info.tracked += 1,
                _ => {}
            }
        }
        Ok(info)
    }

    /// Counts what a section is made of.
    ///
    /// # Errors
    /// `Limit` when all sections together have too much.
    pub fn spend(&self, count: usize) -> Result<(), LoadError> {
        let left = self.left.get().checked_sub(count);
        self.left.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or_else(|| LoadError::Limit("문서의 요소가 너무 많습니다".into()))
    }

    /// The head of a paragraph by the shape that it names.
    pub fn head(&self, shape: u16) -> Head {
        self.heads.get(usize::from(shape)).copied().unwrap_or_default()
    }

    /// Whether characters of a shape are crossed out.
    pub fn is_struck(&self, shape: u32) -> bool {
        usize::try_from(shape).ok().and_then(|shape| self.struck.get(shape)).copied().unwrap_or(false)
    }

    /// Whether a style is that of a title.
    pub fn is_title(&self, style: u8) -> bool {
        self.titles.get(usize::from(style)).copied().unwrap_or(false)
    }
}

/// Whether a shape of characters has a line through them. The program sets the bits for a line in shapes without one too;
/// then the kind of line is none that it draws.
fn is_struck(data: &[u8]) -> bool {
    const DRAWN: u32 = 12;
    u32_at(data, 46).is_some_and(|properties| properties >> 18 & 7 != 0 && properties >> 26 & 0xF <= DRAWN)
}

fn head(data: &[u8]) -> Option<Head> {
    const SATURATED: u32 = 6;
    let properties = u32_at(data, 0)?;
    let kind = match properties >> 23 & 3 {
        1 => HeadKind::Outline,
        2 => HeadKind::Number,
        3 => HeadKind::Bullet,
        _ => HeadKind::None,
    };
    // Seven levels fit here; newer files have those below the seventh at the end.
    let level = match properties >> 25 & 7 {
        SATURATED => {
            u32_at(data, 54).filter(|level| (SATURATED..LEVELS as u32).contains(level)).unwrap_or(SATURATED)
        }
        level => level,
    };
    let level = u8::try_from(level).ok()?;
    Some(Head { kind, level, list: u32::from(u16_at(data, 30).unwrap_or(0)) })
}

fn title(data: &[u8]) -> Option<bool> {
    let (name, at) = text_at(data, 0)?;
    let (english, _) = text_at(data, at).unwrap_or_default();
    Some(is_title(name.trim(), english.trim()))
}

/// A list: seven levels with their formats, the number that it begins with (0: it goes on from the list before) and
/// those of the levels, then three more levels in newer files.
fn list(data: &[u8], numbering: &mut Numbering) -> Option<List> {
    const OLD_LEVELS: usize = 7;
    let mut at = 0;
    let mut level = |data: &[u8], at: &mut usize| -> Option<Level> {
        let properties = u32_at(data, *at)?;
        let distance = u16_at(data, *at + 6)?;
        let (format, end) = text_at(data, *at + 12)?;
        *at = end;
        let code = properties >> 5 & 0x1F;
        let shape = Shape::from_code(code).unwrap_or_else(|| {
            numbering.unknown.insert(code.to_string());
            Shape::Digit
        });
        Some(Level { start: 1, shape, format, tight: distance == 0 && properties >> 2 & 1 == 1 })
    };
    let mut levels = Vec::with_capacity(LEVELS);
    for _ in 0..OLD_LEVELS {
        levels.push(level(data, &mut at)?);
    }
    let first = u16_at(data, at);
    at += 2;
    let own = |at: usize, first: u32| u32_at(data, at).unwrap_or(first);
    let begin = first.map_or(1, |first| u32::from(first).max(1));
    for level in &mut levels {
        level.start = own(at, begin);
        at += 4;
    }
    let from = levels.len();
    while levels.len() < LEVELS {
        let Some(level) = level(data, &mut at) else { break };
        levels.push(level);
    }
    if levels.len() == LEVELS {
        for level in levels.iter_mut().skip(from) {
            level.start = own(at, 1);
            at += 4;
        }
    }
    Some(List { continues: first == Some(0), levels })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbering(first: u16) -> Vec<u8> {
        let mut data = Vec::new();
        let level = |n: usize, data: &mut Vec<u8>| {
            data.extend((0x0Cu32 | (n as u32 % 17) << 5).to_le_bytes());
            data.extend([0, 0, if n == 0 { 0 } else { 50 }, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
            let format: Vec<u16> = format!("^{}.", n + 1).encode_utf16().collect();
            data.extend((format.len() as u16).to_le_bytes());
            data.extend(format.iter().flat_map(|unit| unit.to_le_bytes()));
        };
        (0..7).for_each(|n| level(n, &mut data));
        data.extend(first.to_le_bytes());
        (1u32..8).for_each(|n| data.extend(n.to_le_bytes()));
        (7..10).for_each(|n| level(n, &mut data));
        (8u32..11).for_each(|n| data.extend(n.to_le_bytes()));
        data
    }

    #[test]
    fn levels_below_the_seventh_stand_at_the_end_of_a_shape() {
        let shape = |level: u32, more: u32| {
            let mut data = (1u32 << 23 | level << 25).to_le_bytes().to_vec();
            data.resize(54, 0);
            data.extend(more.to_le_bytes());
            data
        };
        for (level, more, expected) in [(0, 0, 0), (3, 0, 3), (6, 6, 6), (6, 0, 6), (6, 9, 9), (6, 70, 6)] {
            assert_eq!(head(&shape(level, more)).unwrap().level, expected, "{level} {more}");
        }
        assert_eq!(head(&shape(6, 9)[..54]).unwrap().level, 6, "older files");
    }

    #[test]
    fn lines_through_characters_are_told_from_what_is_written_without_one() {
        let shape = |properties: u32| [vec![0; 46], properties.to_le_bytes().to_vec(), vec![0; 22]].concat();
        for (properties, struck) in [
            (0, false),
            (1 << 18, true),
            (1 << 18 | 7 << 26, true),
            (1 << 18 | 15 << 26, false),
            (7 << 26, false),
        ] {
            assert_eq!(is_struck(&shape(properties)), struck, "{properties:x}");
        }
        assert!(!is_struck(&shape(1 << 18)[..46]));
    }

    #[test]
    fn lists_have_ten_levels() {
        let mut found = Numbering::default();
        let list_ = list(&numbering(0), &mut found).unwrap();
        assert!(list_.continues && list_.levels.len() == 10);
        let starts: Vec<u32> = list_.levels.iter().map(|level| level.start).collect();
        assert_eq!(starts, (1..=10).collect::<Vec<_>>());
        assert!(list_.levels[0].tight && !list_.levels[1].tight);
        assert_eq!((list_.levels[8].shape, list_.levels[8].format.as_str()), (Shape::HangulSyllable, "^9."));
        let whole = numbering(1);
        for end in 0..whole.len() {
            let cut = list(&whole[..end], &mut found);
            assert!(cut.is_none_or(|list| list.levels.len() >= 7));
        }
    }
}
