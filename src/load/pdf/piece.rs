//! What stands on a page, before and after it is put in reading order: lines, and rows of tables.

use crate::load::pdf::line::{Line, Spacing, lines};
use crate::load::pdf::sheet::Sheet;
use crate::load::pdf::table::grids;

/// A line, or a row of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Line(Line),
    Row(TableRow),
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableRow {
    pub page: u32,
    /// Which table on its page, from 0; rows of one table follow one another.
    pub table: usize,
    pub x0: f32,
    pub x1: f32,
    pub top: f32,
    pub bottom: f32,
    pub cells: Vec<Block>,
}

/// Lines that stand under one another, with the right edge that they may reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub right: f32,
    pub lines: Vec<Line>,
}

impl Piece {
    pub fn across(&self) -> (f32, f32) {
        match self {
            Piece::Line(line) => (line.x0, line.x1),
            Piece::Row(row) => (row.x0, row.x1),
        }
    }

    /// Top and bottom.
    pub fn down(&self) -> (f32, f32) {
        match self {
            Piece::Line(line) => (line.y - 0.8 * line.size, line.y + 0.2 * line.size),
            Piece::Row(row) => (row.top, row.bottom),
        }
    }

    pub fn line(&self) -> Option<&Line> {
        match self {
            Piece::Line(line) => Some(line),
            Piece::Row(_) => None,
        }
    }
}

/// The pieces of a page from top to bottom.
pub(super) fn pieces(sheet: &Sheet, spacing: Spacing, page: u32) -> Vec<Piece> {
    let mut glyphs = sheet.glyphs.clone();
    let mut out = Vec::new();
    for (table, grid) in grids(&sheet.rules).iter().enumerate() {
        for (at, cells) in grid.take(&mut glyphs).into_iter().enumerate() {
            let cells: Vec<Block> = cells
                .into_iter()
                .map(|cell| Block { right: cell.right, lines: flat(lines(&cell.glyphs, spacing, page)) })
                .collect();
            if cells.iter().all(|cell| cell.lines.is_empty()) {
                continue;
            }
            out.push(Piece::Row(TableRow {
                page,
                table,
                x0: grid.xs[0],
                x1: grid.xs[grid.xs.len() - 1],
                top: grid.ys[at],
                bottom: grid.ys[at + 1],
                cells,
            }));
        }
    }
    out.extend(lines(&glyphs, spacing, page).into_iter().map(Piece::Line));
    out.sort_by(|a, b| a.down().0.total_cmp(&b.down().0).then(a.across().0.total_cmp(&b.across().0)));
    let mut row = 0u32;
    let mut last = f32::MIN;
    for piece in &mut out {
        let (top, bottom) = piece.down();
        if row == 0 || (top + bottom) / 2.0 > last {
            row += 1;
            last = bottom;
        }
        match piece {
            Piece::Line(line) => line.row = row,
            Piece::Row(cells) => {
                for line in cells.cells.iter_mut().flat_map(|cell| &mut cell.lines) {
                    line.row = row;
                }
            }
        }
    }
    out
}

/// In a cell, what stands on one line is one line.
fn flat(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match out.last_mut() {
            Some(last) if (last.y - line.y).abs() < 0.3 * last.size => last.append(&line),
            _ => out.push(line),
        }
    }
    out
}
