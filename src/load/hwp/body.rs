//! A section of the body: paragraphs, their text with the control characters in it, and the controls that hang on them.
//! Makes a manuscript of it and knows nothing of how it is told.

use crate::error::LoadError;
use crate::load::hangul::composed::{self, Frame};
use crate::load::hangul::numbering::Shape;
use crate::load::hangul::{AutoNumber, Control, Counted, Paragraph, Piece, Table, ruby};
use crate::load::hwp::docinfo::DocInfo;
use crate::load::hwp::record::{Record, records, split, tag, text_at, u16_at, u32_at};
use crate::load::{Options, Revisions};
use crate::source::Part;
use std::collections::BTreeMap;

/// Reads a section.
///
/// # Errors
/// Those of reading records.
pub(super) fn section(stream: &[u8], info: &DocInfo, options: &Options) -> Result<Vec<Paragraph>, LoadError> {
    let records = records(stream, &options.limits)?;
    // All sections together stay under the limit of one: small records make large manuscripts.
    info.spend(records.len())?;
    let changes = records.iter().filter(|record| record.tag == tag::PARA_RANGE_TAG);
    info.spend(changes.map(|record| record.data.len() / 12).sum())?;
    Ok(paragraphs(&records, Reader { info, revisions: options.revisions }))
}

/// What a section is read with.
#[derive(Clone, Copy)]
struct Reader<'d> {
    info: &'d DocInfo,
    revisions: Revisions,
}

/// The paragraphs among records, on whatever level they stand; what stands between them is passed over.
fn paragraphs(mut records: &[Record], reader: Reader) -> Vec<Paragraph> {
    let mut out = Vec::new();
    while let Some((first, rest)) = records.split_first() {
        if first.tag == tag::PARA_HEADER {
            let Some((head, own, rest)) = split(records) else { break };
            out.push(paragraph(head, own, reader));
            records = rest;
        } else if first.tag == tag::MEMO_LIST {
            records = split(records).map_or(&[][..], |(_, _, rest)| rest);
        } else {
            records = rest;
        }
    }
    out
}

fn paragraph(head: Record, own: &[Record], reader: Reader) -> Paragraph {
    let shape = u16_at(head.data, 8).unwrap_or(0);
    let style = head.data.get(10).copied().unwrap_or(0);
    let breaks = head.data.get(11).copied().unwrap_or(0);
    let mut paragraph = Paragraph {
        head: reader.info.head(shape),
        title: reader.info.is_title(style),
        breaks: breaks & 0x04 != 0,
        ..Paragraph::default()
    };
    let mut text: &[u8] = &[];
    let mut controls: Vec<Vec<Control>> = Vec::new();
    let mut changes = Changes::default();
    let mut shapes: &[u8] = &[];
    let mut records = own;
    while let Some((record, inside, rest)) = split(records) {
        match record.tag {
            tag::PARA_TEXT => text = record.data,
            tag::PARA_CHAR_SHAPE => shapes = record.data,
            tag::PARA_LINE_SEG => {
                for line in record.data.chunks_exact(36) {
                    let signed = |at: usize| i64::from(u32_at(line, at).unwrap_or(0).cast_signed());
                    paragraph.lines.push(signed(4), signed(24));
                }
            }
            tag::CTRL_HEADER => {
                let id = u32_at(record.data, 0).unwrap_or(0);
                controls.push(control(id, record.data, inside, reader));
            }
            tag::PARA_RANGE_TAG => changes.read(record.data),
            _ => {}
        }
        records = rest;
    }
    let masters = master_pages(own, reader).map(Piece::Control);
    let looks = Looks { shapes, info: reader.info };
    pieces(text, looks, controls, changes, reader.revisions, &mut paragraph.pieces);
    paragraph.pieces.extend(masters);
    paragraph
}

/// 바탕쪽 among the records that hang on a paragraph or on the beginning of a section: lists of paragraphs, but for those of
/// memos.
fn master_pages(mut records: &[Record], reader: Reader) -> impl Iterator<Item = Control> + use<> {
    let mut lists: Vec<Vec<Paragraph>> = Vec::new();
    let (mut memo, mut open) = (false, false);
    while let Some((record, own, rest)) = split(records) {
        match record.tag {
            tag::MEMO_LIST => memo = true,
            tag::LIST_HEADER => {
                open = !std::mem::take(&mut memo);
                if open {
                    lists.push(paragraphs(own, reader));
                }
            }
            tag::PARA_HEADER if open => {
                if let Some(list) = lists.last_mut() {
                    list.push(paragraph(record, own, reader));
                }
            }
            _ => {}
        }
        records = rest;
    }
    lists.into_iter().map(Control::MasterPage)
}

/// The shapes of a paragraph's characters: each from one place on.
#[derive(Clone, Copy)]
struct Looks<'d> {
    shapes: &'d [u8],
    info: &'d DocInfo,
}

impl<'d> Looks<'d> {
    /// From which places on the text is crossed out, or no longer.
    fn struck(self) -> impl Iterator<Item = (usize, bool)> + use<'d> {
        self.shapes.chunks_exact(8).map(move |shape| {
            let number = |at: usize| u32_at(shape, at).unwrap_or(0);
            (number(0) as usize, self.info.is_struck(number(4)))
        })
    }
}

/// Stretches of a paragraph that were changed while changes were tracked, by the places of their characters: from one to
/// before another.
#[derive(Debug, Default)]
struct Changes {
    inserted: Vec<(usize, usize)>,
    deleted: Vec<(usize, usize)>,
}

impl Changes {
    /// Reads ranges of the text; other kinds of them are marks of a pen.
    fn read(&mut self, data: &[u8]) {
        const INSERTED: u32 = 0x10;
        const DELETED: u32 = 0x11;
        for range in data.chunks_exact(12) {
            let number = |at: usize| u32_at(range, at).unwrap_or(0);
            let (start, end) = (number(0) as usize, number(4) as usize);
            match number(8) >> 24 {
                INSERTED => self.inserted.push((start, end)),
                DELETED => self.deleted.push((start, end)),
                _ => {}
            }
        }
    }
}

/// Ranges in order and apart, without those that hold nothing.
fn apart(mut ranges: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    ranges.retain(|(start, end)| start < end);
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let joined = next.0 <= last.1;
        if joined {
            last.1 = last.1.max(next.1);
        }
        joined
    });
    ranges
}

/// Puts the characters and the controls, which stand in the order of their places, together.
fn pieces(
    text: &[u8],
    looks: Looks,
    controls: Vec<Vec<Control>>,
    changes: Changes,
    revisions: Revisions,
    out: &mut Vec<Piece>,
) {
    let units: Vec<u16> = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let mut controls = controls.into_iter();
    let mut run: Vec<u16> = Vec::new();
    let mut struck = false;
    let flush = |run: &mut Vec<u16>, struck: bool, out: &mut Vec<Piece>| {
        if !run.is_empty() {
            let text =
                char::decode_utf16(run.drain(..)).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
            let text = text.collect();
            out.push(if struck { Piece::Struck(text) } else { Piece::Text(text) });
        }
    };
    // What is read counts as changes; what is not, where it is left out.
    let (read, omitted, inserted) = match revisions {
        Revisions::Accepted => (changes.inserted, changes.deleted, true),
        Revisions::Original => (changes.deleted, changes.inserted, false),
    };
    out.extend(read.iter().map(|_| Piece::Change { inserted }));
    let mut omitted = apart(omitted).into_iter().peekable();
    let mut until = None;
    let mut lines = looks.struck().peekable();
    let mut at = 0;
    while let Some(unit) = units.get(at).copied() {
        while let Some((_, next)) = lines.next_if(|(from, _)| *from <= at) {
            if next != struck {
                flush(&mut run, struck, out);
            }
            struck = next;
        }
        if until.is_some_and(|end| at >= end) {
            flush(&mut run, struck, out);
            out.push(Piece::Resumed { mark: false });
            until = None;
        }
        if let Some((_, end)) = omitted.next_if(|(start, _)| *start <= at) {
            flush(&mut run, struck, out);
            out.extend([Piece::Change { inserted: !inserted }, Piece::Omitted]);
            until = Some(end);
        }
        at += match unit {
            // Controls that have a record of their own.
            1..=3 | 11 | 12 | 14..=18 | 21..=23 => {
                if let Some(hanging) = controls.next().filter(|hanging| !hanging.is_empty()) {
                    flush(&mut run, struck, out);
                    out.extend(hanging.into_iter().map(Piece::Control));
                }
                8
            }
            9 => {
                run.push(u16::from(b'\t'));
                8
            }
            // Ends of fields, marks for tables of contents.
            4..=8 | 19 | 20 => 8,
            10 => {
                run.push(u16::from(b'\n'));
                1
            }
            24 => {
                run.push(u16::from(b'-'));
                1
            }
            30 | 31 => {
                run.push(u16::from(b' '));
                1
            }
            0..=31 => 1,
            _ => {
                run.push(unit);
                1
            }
        };
    }
    flush(&mut run, struck, out);
    if let Some(end) = until {
        // The last character is the end of the paragraph.
        out.push(Piece::Resumed { mark: end >= units.len() });
    }
    // Nothing that hangs on a paragraph is lost because its place is.
    out.extend(controls.flatten().map(Piece::Control));
}

const fn id(name: [u8; 4]) -> u32 {
    u32::from_be_bytes(name)
}

const SECTION: u32 = id(*b"secd");
const COLUMNS: u32 = id(*b"cold");
const TABLE: u32 = id(*b"tbl ");
const DRAWING: u32 = id(*b"gso ");
const EQUATION: u32 = id(*b"eqed");
const HEADER: u32 = id(*b"head");
const FOOTER: u32 = id(*b"foot");
const FOOTNOTE: u32 = id(*b"fn  ");
const ENDNOTE: u32 = id(*b"en  ");
const HIDDEN: u32 = id(*b"tcmt");
const AUTO_NUMBER: u32 = id(*b"atno");
const NEW_NUMBER: u32 = id(*b"nwno");
const MEMO: u32 = id(*b"%%me");
const UNKNOWN: u32 = id(*b"%unk");
const RUBY: u32 = id(*b"tdut");
const COMPOSED: u32 = id(*b"tcps");
const FORM: u32 = id(*b"form");

fn control(id: u32, data: &[u8], inside: &[Record], reader: Reader) -> Vec<Control> {
    let one = match id {
        SECTION => return section_start(data).into_iter().chain(master_pages(inside, reader)).collect(),
        COLUMNS => Control::Columns(u32::from(u16_at(data, 4).unwrap_or(4) >> 2 & 0xFF).max(1)),
        TABLE => Control::Table(table(inside, reader)),
        DRAWING | FORM => return drawing(inside, reader),
        EQUATION => {
            let script = inside.iter().find(|record| record.tag == tag::EQUATION);
            let script = script.and_then(|record| text_at(record.data, 4));
            let caption = paragraphs(inside, reader);
            let caption = (!caption.is_empty()).then_some(Control::TextBox { inside: Vec::new(), caption });
            let equation = Control::Equation(script.unwrap_or_default().0);
            return [equation].into_iter().chain(caption).collect();
        }
        HEADER => Control::Running(Part::Header, paragraphs(inside, reader)),
        FOOTER => Control::Running(Part::Footer, paragraphs(inside, reader)),
        FOOTNOTE => Control::Footnote(paragraphs(inside, reader)),
        ENDNOTE => Control::Endnote(paragraphs(inside, reader)),
        HIDDEN => Control::Hidden,
        MEMO => Control::Memo,
        // Newer versions write a memo as a field that older ones do not know.
        UNKNOWN if text_at(data, 9).is_some_and(|(command, _)| command.starts_with("MEMO")) => Control::Memo,
        AUTO_NUMBER => {
            let properties = u32_at(data, 4).unwrap_or(0);
            let char = |at: usize| {
                let unit = u16_at(data, at).filter(|unit| *unit > 31);
                unit.and_then(|unit| char::from_u32(u32::from(unit))).map(String::from).unwrap_or_default()
            };
            Control::AutoNumber(AutoNumber {
                of: counted(properties),
                shape: Shape::from_code(properties >> 4 & 0xFF).unwrap_or_default(),
                number: u32::from(u16_at(data, 8).unwrap_or(0)),
                prefix: char(12),
                suffix: char(14),
            })
        }
        NEW_NUMBER => {
            let properties = u32_at(data, 4).unwrap_or(0);
            Control::NewNumber(counted(properties), u32::from(u16_at(data, 8).unwrap_or(1)))
        }
        RUBY => {
            let (main, end) = text_at(data, 4).unwrap_or_default();
            Control::Words(ruby(&main, &text_at(data, end).unwrap_or_default().0))
        }
        COMPOSED => {
            let (text, end) = text_at(data, 4).unwrap_or_default();
            let frame = data.get(end).map_or(Frame::None, |code| Frame::from_code(*code));
            Control::Words(composed::plain(frame, &text))
        }
        _ => return Vec::new(),
    };
    vec![one]
}

fn section_start(data: &[u8]) -> Vec<Control> {
    let number = |at: usize| u32::from(u16_at(data, at).unwrap_or(0));
    let mut out = vec![Control::Section { outline: number(18) }];
    for (at, of) in [(22, Counted::Picture), (24, Counted::Table), (26, Counted::Equation)] {
        if number(at) > 0 {
            out.push(Control::NewNumber(of, number(at)));
        }
    }
    out
}

fn counted(properties: u32) -> Counted {
    match properties & 0xF {
        3 => Counted::Picture,
        4 => Counted::Table,
        5 => Counted::Equation,
        _ => Counted::Other,
    }
}

/// A table: the caption before the table's own record, the cells after it, each a list with its row and column.
fn table(inside: &[Record], reader: Reader) -> Table {
    let mut table = Table::default();
    let mut rows: BTreeMap<u16, Vec<Vec<Paragraph>>> = BTreeMap::new();
    let mut records = inside;
    let (mut in_cells, mut row) = (false, 0u16);
    while let Some((record, own, rest)) = split(records) {
        match record.tag {
            tag::TABLE => in_cells = true,
            tag::LIST_HEADER if in_cells => {
                row = u16_at(record.data, 10).unwrap_or(row);
                // Some writers put a list's paragraphs under it, not beside it.
                rows.entry(row).or_default().push(paragraphs(own, reader));
            }
            tag::LIST_HEADER => {
                table.above = u32_at(record.data, 8).is_some_and(|properties| properties & 3 == 2);
                table.caption.extend(paragraphs(own, reader));
            }
            tag::PARA_HEADER => {
                let paragraph = paragraph(record, own, reader);
                match rows.get_mut(&row).and_then(|cells| cells.last_mut()) {
                    Some(cell) if in_cells => cell.push(paragraph),
                    _ => table.caption.push(paragraph),
                }
            }
            _ => {}
        }
        records = rest;
    }
    table.rows = rows.into_values().collect();
    table.columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    table
}

/// A drawing or a group of them: the boxes with text in it, and what can only be counted.
fn drawing(inside: &[Record], reader: Reader) -> Vec<Control> {
    let mut out = Vec::new();
    let (mut caption, mut text) = (Vec::new(), Vec::new());
    let mut in_shape = false;
    let mut records = inside;
    while let Some((record, own, after)) = split(records) {
        // Into groups of drawings, but not into paragraphs: what hangs on these is read with them.
        records = records.get(1..).unwrap_or_default();
        match record.tag {
            tag::SHAPE_COMPONENT => in_shape = true,
            tag::PARA_HEADER => {
                let target = if in_shape { &mut text } else { &mut caption };
                target.push(paragraph(record, own, reader));
                records = after;
            }
            tag::PICTURE => out.push(Control::Picture),
            tag::OLE | tag::CHART | tag::VIDEO | tag::TEXT_ART | tag::FORM => out.push(Control::Object),
            _ => {}
        }
    }
    if !text.is_empty() || !caption.is_empty() {
        out.push(Control::TextBox { inside: text, caption });
    }
    out
}
