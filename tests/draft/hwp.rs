//! Writes 한글 5 files for tests: as much of a file as holds a text with its lists, cells and notes, in our own words.

use crate::draft::{Draft, Head, Line};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::{Cursor, Write};
use std::time::SystemTime;

const SHAPES: [&str; 17] = [
    "DIGIT",
    "CIRCLED_DIGIT",
    "ROMAN_CAPITAL",
    "ROMAN_SMALL",
    "LATIN_CAPITAL",
    "LATIN_SMALL",
    "CIRCLED_LATIN_CAPITAL",
    "CIRCLED_LATIN_SMALL",
    "HANGUL_SYLLABLE",
    "CIRCLED_HANGUL_SYLLABLE",
    "HANGUL_JAMO",
    "CIRCLED_HANGUL_JAMO",
    "HANGUL_PHONETIC",
    "IDEOGRAPH",
    "CIRCLED_IDEOGRAPH",
    "DECAGON_CIRCLE",
    "DECAGON_CIRCLE_HANJA",
];

pub fn record(tag: u32, level: u32, data: &[u8]) -> Vec<u8> {
    let size = data.len() as u32;
    let mut out = (tag | level << 10 | size.min(0xFFF) << 20).to_le_bytes().to_vec();
    if size >= 0xFFF {
        out.extend(size.to_le_bytes());
    }
    out.extend(data);
    out
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn sized(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().count() as u16;
    [units.to_le_bytes().to_vec(), wide(text)].concat()
}

fn id(name: &str) -> Vec<u8> {
    name.bytes().rev().collect()
}

/// A character that a control hangs on.
pub fn mark(code: u16, name: &str) -> Vec<u8> {
    let mut out = code.to_le_bytes().to_vec();
    out.extend(id(name));
    out.extend([0; 8]);
    out.extend(code.to_le_bytes());
    out
}

/// A paragraph: its shape, its characters, and the records of what hangs on them.
pub fn paragraph(level: u32, shape: u16, characters: &[u8], hanging: &[u8]) -> Vec<u8> {
    let mut characters = characters.to_vec();
    characters.extend(13u16.to_le_bytes());
    let mut head = (characters.len() as u32 / 2).to_le_bytes().to_vec();
    head.extend([0; 4]);
    head.extend(shape.to_le_bytes());
    head.extend([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut out = record(0x42, level, &head);
    out.extend(record(0x43, level + 1, &characters));
    out.extend(record(0x44, level + 1, &[0; 8]));
    out.extend(hanging);
    out
}

pub fn text(level: u32, words: &str) -> Vec<u8> {
    paragraph(level, 0, &wide(words), &[])
}

/// A control with data after its name, and the records inside it.
pub fn control(level: u32, name: &str, data: &[u8], inside: &[u8]) -> Vec<u8> {
    let mut out = record(0x47, level, &[id(name), data.to_vec()].concat());
    out.extend(inside);
    out
}

/// A list of paragraphs that were written on the same level.
pub fn list(level: u32, count: u32, more: &[u8], paragraphs: &[u8]) -> Vec<u8> {
    let head = [count.to_le_bytes().to_vec(), vec![0; 4], more.to_vec()].concat();
    [record(0x48, level, &head), paragraphs.to_vec()].concat()
}

/// The control of a table on that level; cells are words, or records of the level two deeper.
pub fn table(level: u32, rows: &[Vec<Vec<u8>>]) -> Vec<u8> {
    let columns = rows[0].len() as u16;
    let mut inside = record(
        0x4D,
        level + 1,
        &[
            vec![0; 4],
            (rows.len() as u16).to_le_bytes().to_vec(),
            columns.to_le_bytes().to_vec(),
            vec![0; 12],
        ]
        .concat(),
    );
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let mut place = Vec::new();
            for number in [column as u16, row as u16, 1, 1] {
                place.extend(number.to_le_bytes());
            }
            place.extend([0; 18]);
            inside.extend(list(level + 1, 1, &place, cell));
        }
    }
    control(level, "tbl ", &[0; 40], &inside)
}

/// The beginning of a section whose 개요 counts by that list.
pub fn section_start(level: u32, outline: u16) -> (Vec<u8>, Vec<u8>) {
    let mut data = vec![0; 14];
    data.extend(outline.to_le_bytes());
    data.extend([0; 24]);
    let records = [control(level, "secd", &data, &[]), control(level, "cold", &[4, 0, 0, 0], &[])].concat();
    ([mark(2, "secd"), mark(2, "cold")].concat(), records)
}

fn level_head((shape, format): (&str, &str), gap: u8) -> Vec<u8> {
    let code = SHAPES.iter().position(|name| *name == shape).unwrap() as u32;
    let mut out = (0x0C | code << 5).to_le_bytes().to_vec();
    out.extend([0, 0, gap, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
    out.extend(sized(format));
    out
}

fn numbering(formats: &[(&str, &str)], continues: bool, start: u32) -> Vec<u8> {
    let mut out = Vec::new();
    for at in 0..7 {
        // No gap after 제1조, as its heading stands right behind it.
        let gap = if formats.len() > 1 && at == 0 { 0 } else { 50 };
        out.extend(level_head(formats.get(at).copied().unwrap_or(("DIGIT", "")), gap));
    }
    out.extend(u16::from(!continues).to_le_bytes());
    for at in 0..7 {
        out.extend(if at == 0 { start } else { 1 }.to_le_bytes());
    }
    out
}

fn shape(kind: u32, level: u32, list: u16) -> Vec<u8> {
    let mut out = (kind << 23 | level << 25).to_le_bytes().to_vec();
    out.extend([0; 26]);
    out.extend(list.to_le_bytes());
    out.extend([0; 22]);
    record(0x19, 1, &out)
}

/// DocInfo for a draft: shape 0 is plain, 1 that of chapters, 2 a bullet, then seven for each list.
pub fn docinfo(draft: &Draft) -> Vec<u8> {
    let starts = &draft.starts;
    let mut out = record(0x10, 0, &[0; 26]);
    out.extend(record(0x11, 0, &[0; 72]));
    for start in starts {
        out.extend(record(0x17, 1, &numbering(&draft.formats(), false, *start)));
    }
    out.extend(record(0x17, 1, &numbering(&[draft.outline()], true, 1)));
    let bullet = [vec![0; 12], wide("■"), vec![0; 4]].concat();
    out.extend(record(0x18, 1, &bullet));
    out.extend([shape(0, 0, 0), shape(1, 0, 0), shape(3, 0, 1)].concat());
    for list in 1..=starts.len() as u16 {
        (0..7).for_each(|level| out.extend(shape(2, level, list)));
    }
    out.extend(record(0x1A, 1, &[sized("바탕글"), sized("Normal"), vec![0; 8]].concat()));
    out
}

/// A file in the making.
pub struct File {
    pub flags: u32,
    pub version: u32,
    pub docinfo: Vec<u8>,
    pub sections: Vec<Vec<u8>>,
    /// What ViewText has, as it is stored.
    pub shown: Vec<Vec<u8>>,
    pub preview: String,
    pub title: String,
}

impl File {
    pub fn new(docinfo: Vec<u8>, sections: Vec<Vec<u8>>) -> Self {
        Self {
            flags: 1,
            version: 0x0501_0000,
            docinfo,
            sections,
            shown: Vec::new(),
            preview: String::new(),
            title: String::new(),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let mut put = |path: &str, data: &[u8]| file.create_stream(path).unwrap().write_all(data).unwrap();
        let packed = |data: &[u8]| if self.flags & 1 == 0 { data.to_vec() } else { deflated(data) };
        let mut header = b"HWP Document File".to_vec();
        header.resize(32, 0);
        header.extend(self.version.to_le_bytes());
        header.extend(self.flags.to_le_bytes());
        header.resize(256, 0);
        put("/FileHeader", &header);
        put("/DocInfo", &packed(&self.docinfo));
        put("/PrvText", &wide(&self.preview));
        put("/\u{5}HwpSummaryInformation", &properties(&self.title));
        file.create_storage("/BodyText").unwrap();
        for (n, section) in self.sections.iter().enumerate() {
            let mut stream = file.create_stream(format!("/BodyText/Section{n}")).unwrap();
            stream.write_all(&packed(section)).unwrap();
        }
        if !self.shown.is_empty() {
            file.create_storage("/ViewText").unwrap();
        }
        for (n, section) in self.shown.iter().enumerate() {
            let mut stream = file.create_stream(format!("/ViewText/Section{n}")).unwrap();
            stream.write_all(section).unwrap();
        }
        finish(file)
    }
}

pub fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// The bytes of a compound file, the same whenever it is written.
pub fn finish(mut file: cfb::CompoundFile<Cursor<Vec<u8>>>) -> Vec<u8> {
    let entries = file.walk().filter(cfb::Entry::is_storage);
    let storages: Vec<_> = entries.map(|entry| entry.path().to_path_buf()).collect();
    for path in storages {
        file.set_created_time(&path, SystemTime::UNIX_EPOCH).unwrap();
        file.set_modified_time(&path, SystemTime::UNIX_EPOCH).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// The set of properties with a title.
fn properties(title: &str) -> Vec<u8> {
    let mut out = vec![0xFE, 0xFF, 0, 0];
    out.extend([0; 20]);
    out.extend(1u32.to_le_bytes());
    out.extend([0; 16]);
    out.extend(48u32.to_le_bytes());
    let text = wide(&format!("{title}\0"));
    let mut section = (16 + 8 + text.len() as u32).to_le_bytes().to_vec();
    section.extend(1u32.to_le_bytes());
    section.extend(2u32.to_le_bytes());
    section.extend(16u32.to_le_bytes());
    section.extend(31u32.to_le_bytes());
    section.extend((text.len() as u32 / 2).to_le_bytes());
    section.extend(text);
    out.extend(section);
    out
}

/// The draft as a file.
pub fn write(draft: &Draft) -> Vec<u8> {
    let (marks, start) = section_start(1, draft.starts.len() as u16 + 1);
    let mut body = paragraph(0, 0, &marks, &start);
    let mut preview = String::new();
    for line in &draft.lines {
        match line {
            Line::Para(head, words) => {
                let shape = match head {
                    Head::None => 0,
                    Head::Outline => 1,
                    Head::Number(list, level) => 3 + (*list as u16 - 1) * 7 + *level as u16,
                };
                body.extend(paragraph(0, shape, &wide(words), &[]));
                preview.push_str(words);
            }
            Line::Blank => body.extend(text(0, "")),
            Line::Table(rows) => {
                let cells: Vec<Vec<Vec<u8>>> =
                    rows.iter().map(|row| row.iter().map(|cell| text(2, cell)).collect()).collect();
                body.extend(paragraph(0, 0, &mark(11, "tbl "), &table(1, &cells)));
                preview.extend(rows.iter().flatten().map(|cell| format!("<{cell}>")));
            }
        }
        preview.push_str("\r\n");
    }
    let mut file = File::new(docinfo(draft), vec![body]);
    file.preview = preview.chars().take(1_000).collect();
    file.title = draft.title().to_owned();
    file.bytes()
}
