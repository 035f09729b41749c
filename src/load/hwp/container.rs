//! The compound file around a 한글 document: its header, its streams unpacked under limits, and the texts that the file
//! keeps about itself. Knows nothing of what streams mean.

use crate::error::LoadError;
use crate::load::Limits;
use crate::load::hwp::record::{begins_with, tag, u16_at, u32_at, wide};
use cfb::CompoundFile;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::{Cursor, Read};

/// Signature of the stream FileHeader.
const SIGNATURE: &[u8] = b"HWP Document File";
/// Where sections lie, and where those lie that are shown in their stead.
const BODY: &str = "/BodyText";
const SHOWN: &str = "/ViewText";
/// Longest text about the document itself (preview, properties) that is read.
const SIDE: u64 = 1 << 20;

/// A compound file that is open.
pub(super) struct Container<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    packed: bool,
    limits: &'a Limits,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Container<'a> {
    /// Opens a file and looks at its header.
    ///
    /// # Errors
    /// `Damaged`, `Encrypted`, `Distribution`, `UnknownFormat` for versions that are not 5.
    pub fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, LoadError> {
        let damaged = |what: &str| LoadError::Damaged(what.into());
        check(bytes)?;
        let file = CompoundFile::open(Cursor::new(bytes))
            .map_err(|_| damaged("한글 문서의 목록을 읽을 수 없습니다"))?;
        let mut container = Self { file, packed: false, limits, left: limits.unpacked };
        let header = container
            .raw("/FileHeader", SIDE)
            .map_err(|_| damaged("한글 문서의 머리(FileHeader)를 읽을 수 없습니다"))?;
        if !header.starts_with(SIGNATURE) {
            return Err(damaged("한글 문서의 머리(FileHeader)가 아닙니다"));
        }
        let (Some(version), Some(flags)) = (u32_at(&header, 32), u32_at(&header, 36)) else {
            return Err(damaged("한글 문서의 머리(FileHeader)가 잘렸습니다"));
        };
        if version >> 24 != 5 {
            return Err(LoadError::UnknownFormat(format!("한글 {}.x판 문서입니다", version >> 24)));
        }
        let flag = |bit: u32| flags >> bit & 1 == 1;
        // A password, protection of rights, a certificate.
        if [1, 4, 8, 10].into_iter().any(flag) {
            return Err(LoadError::Encrypted);
        }
        if flag(2) {
            return Err(LoadError::Distribution);
        }
        container.packed = flag(0);
        Ok(container)
    }

    /// A stream of the document, unpacked.
    ///
    /// # Errors
    /// `Damaged` when it is missing or does not unpack, `Limit` when it unpacks to too much.
    pub fn stream(&mut self, path: &str) -> Result<Vec<u8>, LoadError> {
        let name = path.trim_start_matches('/');
        let raw = self
            .raw(path, self.limits.bytes)
            .map_err(|_| LoadError::Damaged(format!("한글 문서의 {name} 부분을 읽을 수 없습니다")))?;
        let most = self.left.saturating_add(1);
        let mut data = Vec::new();
        let read = if self.packed {
            let mut read = DeflateDecoder::new(raw.as_slice()).take(most).read_to_end(&mut data);
            // Some writers put the header of zlib in front.
            if read.is_err() && raw.first() == Some(&0x78) {
                data.clear();
                read = ZlibDecoder::new(raw.as_slice()).take(most).read_to_end(&mut data);
            }
            read
        } else {
            data = raw;
            Ok(data.len())
        };
        let size = data.len() as u64;
        if size > self.left {
            let limit = self.limits.unpacked >> 20;
            return Err(LoadError::Limit(format!("압축을 풀면 {limit}MB보다 큽니다")));
        }
        read.map_err(|_| LoadError::Damaged(format!("한글 문서의 {name} 부분이 풀리지 않습니다")))?;
        self.left -= size;
        Ok(data)
    }

    /// Names of the sections in order.
    pub fn sections(&self) -> Vec<String> {
        let mut numbers: Vec<u32> = Vec::new();
        for storage in [SHOWN, BODY] {
            let Ok(entries) = self.file.read_storage(storage) else { continue };
            let names = entries.take(self.limits.parts);
            numbers
                .extend(names.filter_map(|entry| entry.name().strip_prefix("Section")?.parse::<u32>().ok()));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| format!("Section{number}")).collect()
    }

    /// A section as the program shows it. While changes are tracked a file may hold the body twice: what is shown, with
    /// the changes, and an older state for older versions of the program.
    ///
    /// # Errors
    /// Those of [`stream`](Self::stream).
    pub fn section(&mut self, name: &str) -> Result<Vec<u8>, LoadError> {
        match self.stream(&format!("{SHOWN}/{name}")) {
            // Some files have there what is no section.
            Ok(data) if begins_with(&data, tag::PARA_HEADER) => Ok(data),
            Err(error @ LoadError::Limit(_)) => Err(error),
            _ => self.stream(&format!("{BODY}/{name}")),
        }
    }

    /// The beginning of the text as the program that wrote the file saw it.
    pub fn preview(&mut self) -> Option<String> {
        let data = self.raw("/PrvText", SIDE).ok()?;
        Some(wide(&data)).filter(|text| !text.trim().is_empty())
    }

    /// The title among the properties.
    pub fn title(&mut self) -> Option<String> {
        const TITLE: u32 = 2;
        const WIDE_TEXT: u32 = 31;
        let data = self.raw("/\u{5}HwpSummaryInformation", SIDE).ok()?;
        let section = u32_at(&data, 44)? as usize;
        let count = u32_at(&data, section.checked_add(4)?)?.min(256) as usize;
        let property = |n: usize| {
            let at = section.checked_add(8 + n * 8)?;
            Some((u32_at(&data, at)?, u32_at(&data, at.checked_add(4)?)? as usize))
        };
        let (_, offset) = (0..count).filter_map(property).find(|(id, _)| *id == TITLE)?;
        let at = section.checked_add(offset)?;
        if u32_at(&data, at)? != WIDE_TEXT {
            return None;
        }
        let length = u32_at(&data, at.checked_add(4)?)?.min(1_000) as usize;
        let start = at.checked_add(8)?;
        let text = wide(data.get(start..start.checked_add(length * 2)?.min(data.len()))?);
        Some(text.trim_end_matches('\0').trim().to_owned()).filter(|title| !title.is_empty())
    }

    /// The bytes of a stream, at most `limit` of them.
    fn raw(&mut self, path: &str, limit: u64) -> std::io::Result<Vec<u8>> {
        let mut data = Vec::new();
        self.file.open_stream(path)?.take(limit).read_to_end(&mut data)?;
        Ok(data)
    }
}

/// Whether the tables of a compound file are no larger than the file can need: read as they are, a chain of sectors that
/// all name the same one would take gigabytes.
fn check(bytes: &[u8]) -> Result<(), LoadError> {
    const END: u32 = 0xFFFF_FFFA;
    /// Entries that stand in the file's header.
    const IN_HEADER: usize = 109;
    let damaged = || LoadError::Damaged("한글 문서의 목록이 어긋나 있습니다".into());
    let shift = u16_at(bytes, 30).filter(|shift| (9..=12).contains(shift)).ok_or_else(damaged)?;
    let size = 1usize << shift;
    let sectors = bytes.len() / size + 1;
    let per_sector = size / 4;
    let used = |at: usize| u32_at(bytes, at).is_some_and(|sector| sector < END);
    let mut tables = (0..IN_HEADER).filter(|n| used(76 + n * 4)).count();
    let mut next = u32_at(bytes, 68).ok_or_else(damaged)?;
    let mut steps = 0usize;
    while next < END {
        steps += 1;
        let start = (next as usize).checked_add(1).and_then(|n| n.checked_mul(size)).ok_or_else(damaged)?;
        if steps > sectors || start >= bytes.len() {
            return Err(damaged());
        }
        tables += (0..per_sector - 1).filter(|n| used(start + n * 4)).count();
        if tables > sectors / per_sector + per_sector {
            return Err(damaged());
        }
        next = u32_at(bytes, start + (per_sector - 1) * 4).ok_or_else(damaged)?;
    }
    Ok(())
}
