//! Records of a 한글 stream: a tag, a level and data, one after another; a record of a deeper level belongs to the one
//! before it. Knows where records begin and end, not what they say.

use crate::error::LoadError;
use crate::load::Limits;

/// Tags of records that are read.
pub(super) mod tag {
    pub const CHAR_SHAPE: u16 = 0x15;
    pub const NUMBERING: u16 = 0x17;
    pub const BULLET: u16 = 0x18;
    pub const PARA_SHAPE: u16 = 0x19;
    pub const STYLE: u16 = 0x1A;
    pub const PARA_HEADER: u16 = 0x42;
    pub const PARA_TEXT: u16 = 0x43;
    pub const PARA_CHAR_SHAPE: u16 = 0x44;
    pub const PARA_LINE_SEG: u16 = 0x45;
    pub const PARA_RANGE_TAG: u16 = 0x46;
    pub const CTRL_HEADER: u16 = 0x47;
    pub const LIST_HEADER: u16 = 0x48;
    pub const SHAPE_COMPONENT: u16 = 0x4C;
    pub const TABLE: u16 = 0x4D;
    pub const OLE: u16 = 0x54;
    pub const PICTURE: u16 = 0x55;
    pub const EQUATION: u16 = 0x58;
    pub const TEXT_ART: u16 = 0x5A;
    pub const FORM: u16 = 0x5B;
    pub const MEMO_LIST: u16 = 0x5D;
    pub const CHART: u16 = 0x5F;
    pub const TRACK_CHANGE: u16 = 0x60;
    pub const VIDEO: u16 = 0x62;
}

/// One record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'d> {
    pub tag: u16,
    pub level: u16,
    pub data: &'d [u8],
}

/// All records of a stream.
///
/// # Errors
/// `Damaged` when the stream ends inside a record, `Limit` for too many records or too deep ones.
pub(super) fn records<'d>(stream: &'d [u8], limits: &Limits) -> Result<Vec<Record<'d>>, LoadError> {
    let damaged = || LoadError::Damaged("한글 문서의 본문이 잘렸습니다".into());
    let mut records = Vec::new();
    let mut at = 0;
    while at < stream.len() {
        // Some writers fill a stream up with zeros; no record is all zero.
        if stream[at..].len() < 4 || stream[at..].iter().take(4_096).all(|byte| *byte == 0) {
            break;
        }
        let head = u32_at(stream, at).ok_or_else(damaged)?;
        at += 4;
        let mut size = (head >> 20) as usize;
        if size == 0xFFF {
            size = u32_at(stream, at).ok_or_else(damaged)? as usize;
            at += 4;
        }
        let end = at.checked_add(size).ok_or_else(damaged)?;
        let data = stream.get(at..end).ok_or_else(damaged)?;
        at = end;
        let level = (head >> 10 & 0x3FF) as u16;
        let before = records.last().map_or(0, |record: &Record| record.level);
        if usize::from(level) > limits.depth && level > before + 1 {
            return Err(damaged());
        }
        if usize::from(level) > limits.depth {
            return Err(LoadError::Limit(format!("문서의 요소가 {}겹보다 깊게 겹쳐 있습니다", limits.depth)));
        }
        if records.len() >= limits.nodes {
            return Err(LoadError::Limit("문서의 요소가 너무 많습니다".into()));
        }
        records.push(Record { tag: (head & 0x3FF) as u16, level, data });
    }
    Ok(records)
}

/// The first record with all that belongs to it, and the rest.
pub(super) fn split<'r, 'd>(
    records: &'r [Record<'d>],
) -> Option<(Record<'d>, &'r [Record<'d>], &'r [Record<'d>])> {
    let (first, rest) = records.split_first()?;
    let end = rest.iter().position(|record| record.level <= first.level).unwrap_or(rest.len());
    let (own, rest) = rest.split_at(end);
    Some((*first, own, rest))
}

/// Whether a stream begins with a record of that kind.
pub(super) fn begins_with(stream: &[u8], tag: u16) -> bool {
    u32_at(stream, 0).is_some_and(|head| (head & 0x3FF) as u16 == tag)
}

/// Two bytes, low byte first.
pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// Four bytes, low byte first.
pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// Text of two bytes a unit.
pub(super) fn wide(data: &[u8]) -> String {
    let units = data.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A text that its length in units stands before, and where it ends.
pub(super) fn text_at(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = usize::from(u16_at(data, at)?);
    let start = at + 2;
    let end = start.checked_add(length * 2)?;
    Some((wide(data.get(start..end)?), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(tag: u32, level: u32, data: &[u8]) -> Vec<u8> {
        let mut bytes = (tag | level << 10 | (data.len() as u32) << 20).to_le_bytes().to_vec();
        bytes.extend(data);
        bytes
    }

    #[test]
    fn records_know_what_belongs_to_them() {
        let stream =
            [record(0x42, 0, b"ab"), record(0x43, 1, b""), record(0x47, 1, b"x"), record(0x42, 0, b"")];
        let stream = stream.concat();
        let records = records(&stream, &Limits::default()).unwrap();
        let (first, own, rest) = split(&records).unwrap();
        assert_eq!((first.data, own.len(), rest.len()), (b"ab".as_slice(), 2, 1));
        assert!(split(&[]).is_none());
    }

    #[test]
    fn wrong_streams_are_refused() {
        let limits = Limits { depth: 10, nodes: 3, ..Limits::default() };
        assert!(matches!(records(&record(0x42, 0, b"abc")[..6], &limits), Err(LoadError::Damaged(_))));
        assert!(matches!(records(&record(0x42, 11, b""), &limits), Err(LoadError::Damaged(_))));
        let deep: Vec<u8> = (0..12).flat_map(|level| record(0x42, level, b"")).collect();
        let nodes = Limits { nodes: 100, ..limits.clone() };
        assert!(matches!(records(&deep, &nodes), Err(LoadError::Limit(_))));
        assert!(matches!(records(&record(0x42, 1, b"").repeat(4), &limits), Err(LoadError::Limit(_))));
        let huge = [(0x42u32 | 0xFFF << 20).to_le_bytes(), u32::MAX.to_le_bytes()].concat();
        assert!(matches!(records(&huge, &limits), Err(LoadError::Damaged(_))));
        assert_eq!(records(&[record(0x42, 0, b"a"), vec![0; 100]].concat(), &limits).unwrap().len(), 1);
    }
}
