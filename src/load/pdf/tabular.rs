//! Tables that no net of ruled lines frames: parts of lines that stand under one another. Where a row ends is told by a
//! line or a shade across, else by the room between rows, else by the first column. Knows nothing of what is written but
//! the look of numbers in front of a text.

use crate::load::blocks::begins_clause;
use crate::load::pdf::line::Line;
use crate::load::pdf::paragraph::ends_sentence;
use crate::load::pdf::piece::{Block, Piece, TableRow};
use crate::load::pdf::sheet::Level;
use std::collections::BTreeSet;
use std::ops::Range;

/// First number of such tables on a page, above those of ruled ones.
const FIRST: usize = 1000;

/// The pieces of a column of text, with rows of tables in place of the parts that make them, and one line where parts on
/// one base line are no table. `open` is the table with which the column before ended, and then the one that ends this one:
/// it may go on with a single row.
///
/// Also how many lines have prose beside prose without being rows: nobody knows in which order those are read.
pub(super) fn rows(pieces: Vec<Piece>, levels: &[Level], open: &mut Option<Columns>) -> (Vec<Piece>, usize) {
    let mut mixed = 0;
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut lines: Vec<Line> = Vec::new();
    let mut table = FIRST;
    for piece in pieces {
        match piece {
            Piece::Line(line) => lines.push(line),
            row @ Piece::Row(_) => {
                mixed += stretch(std::mem::take(&mut lines), levels, open, &mut table, &mut out);
                *open = None;
                out.push(row);
            }
        }
    }
    mixed += stretch(lines, levels, open, &mut table, &mut out);
    (out, mixed)
}

/// The columns of a table.
pub(super) struct Columns(Vec<Column>);

/// Lines without a ruled table between them.
fn stretch(
    lines: Vec<Line>,
    levels: &[Level],
    open: &mut Option<Columns>,
    table: &mut usize,
    out: &mut Vec<Piece>,
) -> usize {
    let mut mixed = 0;
    let bands = bands(lines);
    let mut at = 0;
    while at < bands.len() {
        let before = open.take().map(|columns| columns.0);
        match Region::grown(&bands, at, before, levels) {
            Some(region) => {
                // Lines above the first row that are the top of a cell of several were taken for text.
                let above = region.above(&bands, at);
                out.truncate(out.len() - (at - above));
                let rows = region.rows(&bands[above..region.end], levels, *table);
                mixed += rows.windows(2).filter(|two| breaks_off(&two[0], &two[1])).count();
                out.extend(rows.into_iter().map(Piece::Row));
                *table += 1;
                at = region.end;
                *open = Some(Columns(region.columns));
            }
            None => {
                mixed += usize::from(bands[at].parts.iter().filter(|part| is_prose(&part.text)).count() >= 2);
                out.extend(one(bands[at].parts.clone()).map(Piece::Line));
                at += 1;
            }
        }
    }
    mixed
}

/// Whether two cells of a row or more stop in the middle of a sentence, where the next row has more below them: perhaps
/// they are columns of text.
fn breaks_off(row: &TableRow, next: &TableRow) -> bool {
    let unfinished = |(cell, below): &(&Block, &Block)| match (cell.lines.as_slice(), below.lines.is_empty())
    {
        ([line], false) => is_prose(&line.text) && !ends_sentence(&line.text),
        _ => false,
    };
    row.cells.iter().zip(&next.cells).filter(unfinished).count() >= 2
}

/// Words of a sentence that goes on, not a name, a number or a date.
fn is_prose(text: &str) -> bool {
    text.split_whitespace().count() >= 3 && text.chars().filter(|c| ('가'..='힣').contains(c)).count() >= 12
}

/// What stands on one base line.
#[derive(Clone, Debug, Default)]
struct Band {
    y: f32,
    size: f32,
    parts: Vec<Line>,
}

fn bands(lines: Vec<Line>) -> Vec<Band> {
    let mut out: Vec<Band> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(band) if (band.y - line.y).abs() < 0.35 * line.size.min(band.size) => {
                band.size = band.size.max(line.size);
                band.parts.push(line);
            }
            _ => out.push(Band { y: line.y, size: line.size, parts: vec![line] }),
        }
    }
    for band in &mut out {
        band.parts.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    out
}

fn one(parts: Vec<Line>) -> Option<Line> {
    parts.into_iter().reduce(|mut line, other| {
        line.append(&other);
        line
    })
}

/// A column with the places where parts were seen in it.
#[derive(Clone, Debug)]
struct Column {
    left: f32,
    right: f32,
    places: Vec<(f32, f32)>,
}

/// Most places of one column that are kept, and most columns of a table: what has more is a drawing.
const PLACES: usize = 64;
const COLUMNS: usize = 64;

impl Column {
    fn of(part: &Line) -> Self {
        Self { left: part.x0, right: part.x1, places: vec![(part.x0, part.x1)] }
    }

    /// Whether a part begins, ends or is centred where another did.
    fn aligns(&self, part: &Line) -> bool {
        let near = |x: f32, y: f32| (x - y).abs() < 0.5 * part.size;
        self.places
            .iter()
            .any(|(x0, x1)| near(*x0, part.x0) || near(*x1, part.x1) || near(x0 + x1, part.x0 + part.x1))
    }

    fn overlap(&self, part: &Line) -> f32 {
        self.right.min(part.x1) - self.left.max(part.x0)
    }
}

/// Bands that are one table.
struct Region {
    /// The band behind its last.
    end: usize,
    columns: Vec<Column>,
}

/// Base lines further apart than so many sizes are no neighbours, and those that a line across parts.
const APART: f32 = 3.5;
const RULED_APART: f32 = 6.0;

impl Region {
    /// The table that begins with the parts of a band, if there are two rows that agree on columns, one of which may be
    /// `before`.
    fn grown(bands: &[Band], start: usize, before: Option<Vec<Column>>, levels: &[Level]) -> Option<Self> {
        let parts = &bands[start].parts;
        if !(2..=COLUMNS).contains(&parts.len()) {
            return None;
        }
        let goes_on = |columns: Vec<Column>| {
            let mut region = Region { end: start + 1, columns };
            (start == 0 && region.takes(parts)).then_some(region)
        };
        let (mut region, mut full) = match before.and_then(goes_on) {
            Some(region) => (region, 2),
            None => (Region { end: start + 1, columns: parts.iter().map(Column::of).collect() }, 1),
        };
        for at in start + 1..bands.len() {
            let (before, band) = (&bands[at - 1], &bands[at]);
            let apart = if parted(before, band, levels) { RULED_APART } else { APART };
            if band.y - before.y > apart * before.size.max(band.size) {
                break;
            }
            if band.parts.len() >= 2 {
                if !region.takes(&band.parts) {
                    break;
                }
                full += 1;
                region.end = at + 1;
            } else if !region.holds(bands, at, levels) {
                break;
            } else if region.beside(band, before) {
                region.end = at + 1;
            }
        }
        if full < 2 {
            return None;
        }
        // Below its last row only what goes on in one of its cells.
        let pitch = region.pitch(&bands[start..region.end]);
        while let Some(band) = bands.get(region.end) {
            let before = &bands[region.end - 1];
            // Where no cell has two lines, nothing but the size tells how far apart they would be.
            let near = (1.15 * pitch).min(1.9 * band.size);
            let close = band.y - before.y <= near && !parted(before, band, levels);
            let cell = match band.parts.as_slice() {
                [part] => region.column(part).is_some_and(|column| column > 0 || !begins_clause(&part.text)),
                _ => false,
            };
            if !(close && cell) {
                break;
            }
            region.end += 1;
        }
        Some(region)
    }

    /// The first band of the table: lines of a cell may begin above the others of its row.
    fn above(&self, bands: &[Band], start: usize) -> usize {
        let mut first = start;
        while first > 0 {
            let (band, below) = (&bands[first - 1], &bands[first]);
            let within = below.y - band.y < 0.95 * below.size;
            if !(within && band.parts.len() == 1 && self.column(&band.parts[0]).is_some()) {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Takes the parts of a further row, if two of them stand where columns are.
    fn takes(&mut self, parts: &[Line]) -> bool {
        if parts.len() > COLUMNS {
            return false;
        }
        let place = |part: &Line| {
            let over = self.columns.iter().enumerate().filter(|(_, column)| column.overlap(part) > 0.0);
            over.max_by(|a, b| a.1.overlap(part).total_cmp(&b.1.overlap(part))).map(|(at, _)| at)
        };
        let places: Vec<Option<usize>> = parts.iter().map(place).collect();
        let mut known: Vec<usize> = places.iter().copied().flatten().collect();
        let found = known.len();
        known.dedup();
        // Also one over several columns that begins where the first of them does.
        let agrees = |part: &&Line| {
            let mut over = self.columns.iter().filter(|column| column.overlap(part) > 0.0);
            over.any(|column| column.aligns(part))
        };
        let agreed = parts.iter().filter(agrees).count();
        if known.len() < 2 || known.len() < found || agreed < 2 || agreed * 2 < parts.len() {
            return false;
        }
        for part in parts {
            self.add(part);
        }
        true
    }

    fn add(&mut self, part: &Line) {
        let over: Vec<usize> =
            (0..self.columns.len()).filter(|at| self.columns[*at].overlap(part) > 0.0).collect();
        match over.as_slice() {
            [] if self.columns.len() < COLUMNS => {
                let at = self.columns.partition_point(|column| column.left < part.x0);
                self.columns.insert(at, Column::of(part));
            }
            [only] => {
                let column = &mut self.columns[*only];
                column.left = column.left.min(part.x0);
                column.right = column.right.max(part.x1);
                if column.places.len() < PLACES {
                    column.places.push((part.x0, part.x1));
                }
            }
            // One that spans several says nothing of where they end.
            _ => {}
        }
    }

    /// The column in which a part stands that is alone on its base line.
    fn column(&self, part: &Line) -> Option<usize> {
        let mut over = (0..self.columns.len()).filter(|at| self.columns[*at].overlap(part) > 0.0);
        let at = over.next()?;
        // Centred text and text set to the right begin anywhere between its neighbours.
        let starts = match at.checked_sub(1) {
            Some(before) => part.x0 > self.columns[before].right + 0.3 * part.size,
            None => part.x0 > self.columns[at].left - 0.6 * part.size,
        };
        let ends = self.columns.get(at + 1).is_none_or(|next| part.x1 < next.left - 0.3 * part.size);
        (over.next().is_none() && starts && ends).then_some(at)
    }

    /// Whether a lone part is a line of a cell: of a later column, or of the first where rows lie around it so closely that
    /// it can be nothing else.
    fn holds(&mut self, bands: &[Band], at: usize, levels: &[Level]) -> bool {
        let part = &bands[at].parts[0];
        let (above, below) = (&bands[at - 1], bands.get(at + 1));
        let within = |other: &Band| {
            (other.parts.len() >= 2 || self.beside(&bands[at], other))
                && (other.y - part.y).abs() < 0.95 * part.size
        };
        let Some(column) = self.column(part) else {
            // The first row need not have shown all columns: a heading of two lines stands around it.
            let free = self.columns.iter().all(|column| column.overlap(part) < -0.3 * part.size);
            let apart = free && within(above);
            if apart {
                self.add(part);
            }
            return apart;
        };
        if column > 0 {
            self.add(part);
            return true;
        }
        let framed =
            parted(above, &bands[at], levels) && below.is_some_and(|below| parted(&bands[at], below, levels));
        // A line of a cell of several, close to the other lines of its row, where rows go on below.
        let text = &part.text;
        let titled = begins_clause(text) || text.starts_with(['[', '<', '【', '※', '(']);
        let (up, down) = (part.y - above.y, below.map_or(f32::MAX, |below| below.y - part.y));
        let goes_on = up.min(down) < 1.9 * part.size
            && down < APART * part.size
            && below.is_some_and(|below| below.parts.len() >= 2)
            && (above.parts.len() >= 2 || down < up)
            && !titled;
        within(above) || below.is_some_and(within) || framed || goes_on
    }

    /// Whether two bands are lines of two cells of one row, which stand beside one another at different heights.
    fn beside(&self, a: &Band, b: &Band) -> bool {
        let place = |band: &Band| match band.parts.as_slice() {
            [part] => self.column(part),
            _ => None,
        };
        (a.y - b.y).abs() < 0.95 * a.size.min(b.size)
            && matches!((place(a), place(b)), (Some(a), Some(b)) if a != b)
    }

    /// Least distance of two lines of one column.
    fn pitch(&self, bands: &[Band]) -> f32 {
        let mut least = f32::MAX;
        let mut last: Vec<Option<f32>> = vec![None; self.columns.len()];
        for part in bands.iter().flat_map(|band| &band.parts) {
            let at = self.place(part);
            if let Some(above) = last[at].filter(|above| part.y - above > 0.9 * part.size) {
                least = least.min(part.y - above);
            }
            last[at] = Some(part.y);
        }
        least
    }

    /// The column of a part of the table: what spans several stands in the first of them, what none covers in the nearest.
    fn place(&self, part: &Line) -> usize {
        let over = |at: &usize| self.columns[*at].overlap(part);
        let nearest = || (0..self.columns.len()).max_by(|a, b| over(a).total_cmp(&over(b)));
        (0..self.columns.len()).find(|at| over(at) > 0.0).or_else(nearest).unwrap_or(0)
    }

    /// Whether a band can be no second line of the cells above it: a value stands below its like, or in every column that
    /// both have the first word would have had room above.
    fn breaks(&self, above: &Band, below: &Band) -> bool {
        let mut roomy = 0;
        let mut full = false;
        for part in &below.parts {
            let at = self.place(part);
            let Some(over) = above.parts.iter().find(|over| self.place(over) == at).filter(|_| at > 0) else {
                continue;
            };
            if part.text.contains(|c: char| c.is_ascii_digit()) && shape(&part.text) == shape(&over.text) {
                return below.parts.len() >= 2;
            }
            let next = self.columns.get(at + 1);
            let edge = next.map_or(self.columns[at].right, |next| next.left - part.size);
            if edge - over.x1 > part.head + 0.5 * part.size {
                roomy += 1;
            } else {
                full |= next.is_some();
            }
        }
        roomy > 0 && !full && below.parts.len() >= 2
    }

    /// The columns in which a band has parts.
    fn filled(&self, band: &Band) -> Vec<usize> {
        band.parts.iter().map(|part| self.place(part)).collect()
    }

    /// The rows, from top to bottom.
    fn rows(&self, bands: &[Band], levels: &[Level], table: usize) -> Vec<TableRow> {
        let mut rows: Vec<TableRow> =
            self.cuts(bands, levels).into_iter().map(|range| self.row(&bands[range], table)).collect();
        span(&mut rows);
        rows
    }

    fn row(&self, bands: &[Band], table: usize) -> TableRow {
        let mut cells: Vec<Block> =
            self.columns.iter().map(|column| Block { right: column.right, lines: Vec::new() }).collect();
        let parts = || bands.iter().flat_map(|band| &band.parts);
        for part in parts() {
            let cell = &mut cells[self.place(part)];
            match cell.lines.last_mut() {
                Some(last) if (last.y - part.y).abs() < 0.3 * last.size => last.append(part),
                _ => cell.lines.push(part.clone()),
            }
        }
        TableRow {
            page: parts().next().map_or(0, |part| part.page),
            table,
            x0: self.columns.iter().map(|column| column.left).fold(f32::MAX, f32::min),
            x1: self.columns.iter().map(|column| column.right).fold(f32::MIN, f32::max),
            top: parts().map(|part| part.y - part.size).fold(f32::MAX, f32::min),
            bottom: parts().map(|part| part.y).fold(f32::MIN, f32::max),
            cells,
        }
    }

    /// Which bands each row has.
    fn cuts(&self, bands: &[Band], levels: &[Level]) -> Vec<Range<usize>> {
        let between = || 1..bands.len();
        // Lines that overlap are of one row whatever else.
        let clear =
            |at: &usize| bands[*at].y - bands[*at - 1].y > 0.95 * bands[*at].size.min(bands[*at - 1].size);
        // The first cell of several rows stands in the middle of them, perhaps beside a line that parts the others.
        let labels = |at: usize| bands[at].parts.len() == 1 && self.place(&bands[at].parts[0]) == 0;
        let ruled = |at: &usize| {
            let parted = |above: usize, below: usize| parted(&bands[above], &bands[below], levels);
            let around = || *at >= 2 && labels(*at - 1) && !parted(*at - 2, *at - 1) && parted(*at - 2, *at);
            parted(*at - 1, *at) || around()
        };
        let ruled: Vec<usize> = between().filter(ruled).collect();
        // One line across parts the heading from the rest; several part the rows.
        if ruled.len() >= 2 {
            return ranges(&ruled, bands.len());
        }
        let pitch = self.pitch(bands);
        let wide: Vec<usize> = between()
            .filter(|at| {
                let apart = bands[*at].y - bands[*at - 1].y;
                clear(at) && apart > 1.12 * pitch + 0.5 || ruled.contains(at)
            })
            .collect();
        let full = |at: &usize| bands[*at].parts.len() >= 2.max((self.columns.len() * 3).div_ceil(5));
        let crowded = |range: &Range<usize>| range.clone().filter(full).count() >= 3;
        let groups = ranges(&wide, bands.len());
        if wide.len() >= 2 || wide.len() == 1 && !groups.iter().any(crowded) {
            return groups;
        }
        // As much room between rows as between lines: a row begins where the first column has something beside other cells.
        // Where no band is a lone line, each is a row, as the one of the sums.
        let single = bands.iter().all(|band| band.parts.len() >= 2);
        let starts = |at: &usize| {
            let parts = &bands[*at].parts;
            parts.len() >= 2 && (single || parts.iter().any(|part| self.place(part) == 0))
        };
        let breaks = |at: &usize| {
            let above = if labels(*at - 1) { at.checked_sub(2) } else { Some(*at - 1) };
            above.is_some_and(|above| self.breaks(&bands[above], &bands[*at]))
        };
        // What fills the same columns as a row that is told is a row as well, the first of its kind.
        let rows: BTreeSet<Vec<usize>> = between().filter(breaks).map(|at| self.filled(&bands[at])).collect();
        let like = |at: &usize| !rows.is_empty() && clear(at) && rows.contains(&self.filled(&bands[*at]));
        let cuts = |at: &usize| wide.contains(at) || clear(at) && starts(at) || breaks(at) || like(at);
        let cuts: Vec<usize> = between().filter(cuts).collect();
        ranges(&cuts, bands.len())
    }
}

/// What a value looks like: "30%" and "5%" alike.
fn shape(text: &str) -> String {
    let kinds = text.chars().map(|c| match c {
        '0'..='9' | ',' | '.' => '9',
        '가'..='힣' => '가',
        other => other,
    });
    let mut kinds: Vec<char> = kinds.collect();
    kinds.dedup();
    kinds.into_iter().collect()
}

/// Moves the first cells that stand in the middle of several rows to the first of those, if all first cells do so.
fn span(rows: &mut [TableRow]) {
    let middle = |lines: &[Line]| {
        let (top, bottom) = (lines.first()?.y, lines.last()?.y);
        Some((top + bottom) / 2.0)
    };
    let level = |row: &TableRow| row.cells.iter().skip(1).find_map(|cell| middle(&cell.lines));
    let Some(levels) = rows.iter().map(level).collect::<Option<Vec<f32>>>() else { return };
    let labels: Vec<usize> = (0..rows.len()).filter(|at| !rows[*at].cells[0].lines.is_empty()).collect();
    if labels.len() == rows.len() {
        return;
    }
    let mut groups: Vec<usize> = Vec::new();
    let mut start = 0;
    for label in &labels {
        let lines = &rows[*label].cells[0].lines;
        let (Some(own), Some(first)) = (middle(lines), lines.first()) else { return };
        let Some(top) = levels.get(start) else { return };
        // As far below the first cell as above it.
        let end =
            levels.iter().skip(start).position(|bottom| (top + bottom - 2.0 * own).abs() < 0.8 * first.size);
        let Some(end) = end else { return };
        groups.push(start);
        start += end + 1;
    }
    if start != rows.len() {
        return;
    }
    for (start, label) in groups.iter().zip(labels) {
        let lines = std::mem::take(&mut rows[label].cells[0].lines);
        rows[*start].cells[0].lines = lines;
    }
    // A row over which the first cell of another reaches has one cell less.
    for (_, row) in rows.iter_mut().enumerate().filter(|(at, _)| groups.binary_search(at).is_err()) {
        row.cells.remove(0);
    }
}

/// The ranges that cuts leave of `0..len`.
fn ranges(cuts: &[usize], len: usize) -> Vec<Range<usize>> {
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(len));
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether a line or the edge of a shade lies across between two bands.
fn parted(above: &Band, below: &Band, levels: &[Level]) -> bool {
    let reach = |bands: [&Band; 2]| {
        let parts = bands.into_iter().flat_map(|band| &band.parts);
        parts.fold((f32::MAX, f32::MIN), |(a, b), part| (a.min(part.x0), b.max(part.x1)))
    };
    let (left, right) = reach([above, below]);
    let from = levels.partition_point(|level| level.y < above.y);
    let near = levels[from..].iter().take_while(|level| level.y < below.y - 0.5 * below.size);
    let covered: f32 = near.map(|level| (level.x1.min(right) - level.x0.max(left)).max(0.0)).sum();
    covered > 0.5 * (right - left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::pdf::label::labelled;

    fn line(text: &str, x0: f32, x1: f32, y: f32) -> Piece {
        Piece::Line(Line { page: 1, text: text.into(), x0, x1, y, size: 10.0, ..Line::default() })
    }

    fn read(pieces: Vec<Piece>, levels: &[Level]) -> Vec<String> {
        let cell = |cell: &Block| cell.lines.iter().map(|line| line.text.as_str()).collect::<String>();
        let text = |piece: Piece| match piece {
            Piece::Line(line) => line.text,
            Piece::Row(row) => row.cells.iter().map(cell).collect::<Vec<_>>().join(" | "),
        };
        rows(labelled(pieces), levels, &mut None).0.into_iter().map(text).collect()
    }

    #[test]
    fn parts_that_stand_under_one_another_are_cells() {
        let pieces = vec![
            line("①", 20.0, 30.0, 10.0),
            line("요금은 다음과 같다.", 40.0, 200.0, 10.0),
            line("구분", 20.0, 40.0, 30.0),
            line("요율", 120.0, 140.0, 30.0),
            line("기본", 20.0, 40.0, 45.0),
            line("10%", 120.0, 137.0, 45.0),
            line("(월)", 120.0, 136.0, 57.0),
            line("갑", 20.0, 30.0, 100.0),
            line("을", 120.0, 130.0, 100.0),
        ];
        assert_eq!(read(pieces, &[]), ["① 요금은 다음과 같다.", "구분 | 요율", "기본 | 10%(월)", "갑 을"]);
    }

    #[test]
    fn lines_of_cells_find_their_row() {
        // A heading, and two rows whose last cell has two lines, its other cells in the middle of them.
        let row = |top: f32, name: &str| {
            vec![
                line(&format!("{name}설명"), 200.0, 300.0, top),
                line(name, 20.0, 60.0, top + 8.0),
                line("10", 120.0, 130.0, top + 8.0),
                line("한다.", 200.0, 230.0, top + 16.0),
            ]
        };
        let mut pieces = vec![
            line("구분", 20.0, 40.0, 20.0),
            line("요율", 120.0, 140.0, 20.0),
            line("비고", 200.0, 220.0, 20.0),
        ];
        pieces.extend(row(44.0, "기본"));
        pieces.extend(row(90.0, "추가"));
        // A first cell of two lines that ends the table.
        pieces.extend([
            line("끝난", 20.0, 60.0, 140.0),
            line("5", 120.0, 125.0, 140.0),
            line("것", 20.0, 30.0, 154.0),
        ]);
        pieces.push(line("제2조(해지)", 20.0, 80.0, 180.0));
        let expected = [
            "구분 | 요율 | 비고",
            "기본 | 10 | 기본설명한다.",
            "추가 | 10 | 추가설명한다.",
            "끝난것 | 5 | ",
            "제2조(해지)",
        ];
        assert_eq!(read(pieces.clone(), &[]), expected);
        // Rows as close as lines: those that lie across tell them apart.
        let level = |y: f32| Level { y, x0: 10.0, x1: 310.0 };
        let close: Vec<Piece> = [("가", 20.0), ("나", 32.0), ("다", 44.0), ("라", 56.0)]
            .into_iter()
            .flat_map(|(text, y)| [line(text, 20.0, 30.0, y), line("값", 200.0, 210.0, y)])
            .collect();
        assert_eq!(read(close.clone(), &[]), ["가 | 값", "나 | 값", "다 | 값", "라 | 값"]);
        assert_eq!(read(close, &[level(22.0), level(46.0)]), ["가 | 값", "나다 | 값값", "라 | 값"]);
    }

    #[test]
    fn a_first_cell_in_the_middle_of_several_rows_stands_in_the_first() {
        let row =
            |grade: &str, rate: &str, y: f32| [line(grade, 90.0, 108.0, y), line(rate, 134.0, 156.0, y)];
        let mut pieces = vec![line("구분", 37.0, 55.0, 20.0)];
        pieces.extend(row("등급", "감면율", 20.0));
        pieces.extend(row("긴급", "30%", 37.0));
        pieces.push(line("서버", 37.0, 55.0, 54.0));
        pieces.extend(row("중대", "20%", 54.0));
        pieces.extend(row("보통", "10%", 71.0));
        pieces.extend(row("중대", "15%", 88.0));
        pieces.push(line("저장소", 37.0, 64.0, 96.5));
        pieces.extend(row("보통", "5%", 105.0));
        let expected = [
            "구분 | 등급 | 감면율",
            "서버 | 긴급 | 30%",
            "중대 | 20%",
            "보통 | 10%",
            "저장소 | 중대 | 15%",
            "보통 | 5%",
        ];
        assert_eq!(read(pieces.clone(), &[]), expected);
        // Lines across part the rows, beside the first cells.
        let level = |y: f32, x0: f32| Level { y, x0, x1: 160.0 };
        let levels =
            [level(25.0, 30.0), level(42.0, 80.0), level(59.0, 80.0), level(76.0, 30.0), level(93.0, 80.0)];
        assert_eq!(read(pieces, &levels), expected);
    }

    #[test]
    fn a_table_may_go_on_with_one_row() {
        let row = |text: &str, y: f32| [line(text, 20.0, 40.0, y), line("값", 200.0, 210.0, y)];
        let mut open = None;
        rows([row("가", 700.0), row("나", 720.0)].concat(), &[], &mut open);
        let (next, _) =
            rows([row("다", 50.0).to_vec(), vec![line("끝", 20.0, 30.0, 90.0)]].concat(), &[], &mut open);
        assert!(matches!(next.as_slice(), [Piece::Row(_), Piece::Line(_)]), "{next:?}");
        assert!(open.is_none(), "text stands below it");
    }

    #[test]
    fn prose_beside_prose_is_counted() {
        let (left, right) =
            ("회사는 장애가 난 때에는 지체 없이 그", "회원은 언제든지 계약을 해지할 수 있고 남");
        let row = |y: f32| [line(left, 20.0, 240.0, y), line(right, 260.0, 480.0, y)];
        let aligned = [row(20.0), row(34.0), row(48.0)].concat();
        assert_eq!(rows(aligned, &[], &mut None).1, 2);
        let ragged = vec![line(left, 20.0, 240.0, 20.0), line(right, 260.0, 480.0, 20.0)];
        assert_eq!(rows(ragged, &[], &mut None).1, 1);
        let cells = |y: f32| [line("가상 서버의 요금", 20.0, 100.0, y), line("10,000원", 260.0, 300.0, y)];
        assert_eq!(rows([cells(20.0), cells(34.0)].concat(), &[], &mut None).1, 0);
    }
}
