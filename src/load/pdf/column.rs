//! The order in which a page is read: two columns one after the other, all else from top to bottom. Rows that no ruled
//! line frames, but whose parts stand under one another, are rows of a table. Knows nothing of what is written.

use crate::load::blocks::begins_clause;
use crate::load::pdf::line::Line;
use crate::load::pdf::piece::{Block, Piece, TableRow};

/// Pieces that follow one another in one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Flow {
    pub page: u32,
    /// 0 for the whole width, 1 for the left column, 2 for the right.
    pub column: u8,
    pub left: f32,
    pub right: f32,
    pub pieces: Vec<Piece>,
}

/// Lines on each side that make a column.
const LEAST: usize = 5;

/// Puts the pieces of a page, sorted from top to bottom, in reading order.
pub(super) fn flows(pieces: Vec<Piece>, page: u32) -> Vec<Flow> {
    let Some(gutter) = gutter(&pieces) else {
        return whole(pieces, page).into_iter().collect();
    };
    let mut out = Vec::new();
    let mut rest: Vec<Piece> = Vec::new();
    let runs = runs(&pieces, gutter);
    for (at, piece) in pieces.iter().enumerate() {
        match runs.iter().find(|run| run.contains(&at)) {
            Some(run) if run.start == at => {
                out.extend(whole(std::mem::take(&mut rest), page));
                for (column, is_left) in [(1u8, true), (2u8, false)] {
                    let side = pieces[run.clone()].iter().filter(|piece| is_before(piece, gutter) == is_left);
                    out.extend(flow(side.cloned().collect(), page, column));
                }
            }
            Some(_) => {}
            None => rest.push(piece.clone()),
        }
    }
    out.extend(whole(rest, page));
    out
}

fn whole(pieces: Vec<Piece>, page: u32) -> Option<Flow> {
    flow(pieces, page, 0)
}

fn flow(pieces: Vec<Piece>, page: u32, column: u8) -> Option<Flow> {
    let pieces = rows(pieces);
    let reach = |flow: (f32, f32), piece: &Piece| {
        let (a, b) = piece.across();
        (flow.0.min(a), flow.1.max(b))
    };
    let (left, right) = pieces.iter().fold((f32::MAX, f32::MIN), reach);
    (!pieces.is_empty()).then_some(Flow { page, column, left, right, pieces })
}

fn crosses(piece: &Piece, x: f32) -> bool {
    let (x0, x1) = piece.across();
    x0 < x - 1.0 && x1 > x + 1.0
}

fn is_before(piece: &Piece, x: f32) -> bool {
    let (x0, x1) = piece.across();
    (x0 + x1) / 2.0 < x
}

/// Stretches of pieces, all on one side of `x` or the other, that are two columns of running text.
fn runs(pieces: &[Piece], x: f32) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..=pieces.len() {
        if at == pieces.len() || crosses(&pieces[at], x) {
            if at > start && is_text(&pieces[start..at], x) {
                out.push(start..at);
            }
            start = at + 1;
        }
    }
    out
}

/// Whether both sides of `x` are running text: enough lines, most of them as long as the column is wide, side by side.
fn is_text(run: &[Piece], x: f32) -> bool {
    let (mut low, mut high) = (f32::MAX, f32::MIN);
    let mut sides: [Vec<&Line>; 2] = [Vec::new(), Vec::new()];
    for line in run.iter().filter_map(Piece::line) {
        low = low.min(line.x0);
        high = high.max(line.x1);
        sides[usize::from(line.x0 > x - 1.0)].push(line);
    }
    let widths = [x - low, high - x];
    let running = sides.iter().zip(widths).all(|(lines, width)| {
        let long = lines.iter().filter(|line| line.x1 - line.x0 > 0.6 * width).count();
        lines.len() >= LEAST && long * 5 >= lines.len() * 2
    });
    let reach = |lines: &[&Line]| {
        lines.iter().fold((f32::MAX, f32::MIN), |(a, b), line| (a.min(line.y), b.max(line.y)))
    };
    let ((a0, a1), (b0, b1)) = (reach(&sides[0]), reach(&sides[1]));
    running && a1.min(b1) - a0.max(b0) > 3.0 * sides[0].first().map_or(0.0, |line| line.size)
}

/// Where the gap between two columns is, when most of a page's lines keep clear of one.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    let lines: Vec<&Line> = pieces.iter().filter_map(Piece::line).collect();
    if lines.len() < 2 * LEAST {
        return None;
    }
    let low = lines.iter().map(|line| line.x0).fold(f32::MAX, f32::min);
    let high = lines.iter().map(|line| line.x1).fold(f32::MIN, f32::max);
    let places = (15u8..=45).map(|step| low + (high - low) * f32::from(step) / 60.0);
    let scored = places.map(|x| {
        let clear: usize = runs(pieces, x).iter().map(|run| run.len()).sum();
        (clear, x)
    });
    let scored: Vec<(usize, f32)> = scored.filter(|(clear, _)| *clear > 0).collect();
    let best = scored.iter().map(|(clear, _)| *clear).max()?;
    // The middle of the clear stretch.
    let clear: Vec<f32> = scored.iter().filter(|(score, _)| *score == best).map(|(_, x)| *x).collect();
    clear.get(clear.len() / 2).copied()
}

/// Parts on one base line put together: as a row of a table where the rows around have their parts at the same places, as
/// one line otherwise.
fn rows(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut grouped: Vec<Vec<Line>> = Vec::new();
    let mut slots: Vec<Option<Piece>> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                let same = matches!(slots.last(), Some(None));
                match grouped.last_mut().filter(|_| same) {
                    Some(row) if (row[0].y - line.y).abs() < 0.35 * line.size.min(row[0].size) => {
                        row.push(line)
                    }
                    _ => {
                        grouped.push(vec![line]);
                        slots.push(None);
                    }
                }
            }
            row @ Piece::Row(_) => slots.push(Some(row)),
        }
    }
    for row in &mut grouped {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        labelled(row);
    }
    let aligned = |a: &[Line], b: &[Line]| {
        let shared = a.iter().filter(|one| b.iter().any(|other| under(one, other))).count();
        a.len() >= 2 && b.len() >= 2 && shared >= 2 && shared * 2 >= a.len().max(b.len())
    };
    let near = |a: &[Line], b: &[Line]| b[0].y - a[0].y < 3.5 * a[0].size;
    // A cell of two lines: a part by itself under one that is not the first.
    let wrapped: Vec<bool> = (0..grouped.len())
        .map(|at| {
            let above = at.checked_sub(1).map(|above| &grouped[above]).filter(|above| above.len() >= 2);
            above.is_some_and(|above| {
                let part = &grouped[at][0];
                grouped[at].len() == 1
                    && part.y - above[0].y < 1.6 * part.size
                    && above[1..].iter().any(|cell| under(cell, part))
            })
        })
        .collect();
    let tabular: Vec<bool> = (0..grouped.len())
        .map(|at| {
            let with = |other: usize| {
                let (first, second) = (at.min(other), at.max(other));
                aligned(&grouped[first], &grouped[second]) && near(&grouped[first], &grouped[second])
            };
            let before = at.checked_sub(1).map(|before| if wrapped[before] { before - 1 } else { before });
            let after = if wrapped.get(at + 1) == Some(&true) { at + 2 } else { at + 1 };
            before.is_some_and(with) || (after < grouped.len() && with(after))
        })
        .collect();
    let mut table = 1000;
    let mut grouped = grouped.into_iter().zip(tabular).zip(wrapped);
    let mut out: Vec<Piece> = Vec::with_capacity(slots.len());
    for slot in slots {
        let Some(piece) = slot else {
            let Some(((row, tabular), wrapped)) = grouped.next() else { continue };
            let above = match out.last_mut() {
                Some(Piece::Row(above)) if wrapped => above
                    .cells
                    .iter_mut()
                    .skip(1)
                    .find(|cell| cell.lines.iter().any(|line| under(line, &row[0]))),
                _ => None,
            };
            if let Some(cell) = above {
                cell.right = cell.right.max(row[0].x1);
                cell.lines.extend(row);
            } else if tabular {
                out.push(Piece::Row(loose(row, table)));
            } else {
                table += 1;
                out.extend(one(row).map(Piece::Line));
            }
            continue;
        };
        table += 1;
        out.push(piece);
    }
    out
}

/// Whether two parts begin, end or are centred at the same place.
fn under(a: &Line, b: &Line) -> bool {
    let near = |x: f32, y: f32| (x - y).abs() < 0.5 * a.size;
    near(a.x0, b.x0) || near(a.x1, b.x1) || near(a.x0 + a.x1, b.x0 + b.x1)
}

/// A number that stands apart in front of its text is no cell of its own.
fn labelled(row: &mut Vec<Line>) {
    while row.len() >= 2 {
        let label = &row[0].text;
        let short = label.chars().count() <= 6;
        let mark = matches!(label.as_str(), "•" | "▪" | "□" | "○" | "-" | "·" | "◦" | "※" | "*");
        if !(short && (begins_clause(label) || mark)) {
            break;
        }
        let text = row.remove(1);
        row[0].append(&text);
        if short && row.len() == 1 {
            break;
        }
    }
}

fn one(row: Vec<Line>) -> Option<Line> {
    row.into_iter().reduce(|mut line, other| {
        line.append(&other);
        line
    })
}

fn loose(row: Vec<Line>, table: usize) -> TableRow {
    let reach = |f: fn(f32, f32) -> f32, of: fn(&Line) -> f32, start: f32| row.iter().map(of).fold(start, f);
    TableRow {
        page: row[0].page,
        table,
        x0: reach(f32::min, |line| line.x0, f32::MAX),
        x1: reach(f32::max, |line| line.x1, f32::MIN),
        top: reach(f32::min, |line| line.y - line.size, f32::MAX),
        bottom: reach(f32::max, |line| line.y, f32::MIN),
        cells: row.into_iter().map(|line| Block { right: line.x1, lines: vec![line] }).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x0: f32, x1: f32, y: f32) -> Piece {
        Piece::Line(Line { page: 1, text: text.into(), x0, x1, y, size: 10.0, ..Line::default() })
    }

    fn read(flows: &[Flow]) -> Vec<String> {
        let text = |piece: &Piece| match piece {
            Piece::Line(line) => line.text.clone(),
            Piece::Row(row) => {
                let cell =
                    |cell: &Block| cell.lines.iter().map(|line| line.text.as_str()).collect::<String>();
                row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")
            }
        };
        flows.iter().flat_map(|flow| flow.pieces.iter().map(text)).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut pieces = vec![line("제목", 150.0, 350.0, 10.0)];
        for n in 0..6u8 {
            let y = 30.0 + 14.0 * f32::from(n);
            pieces.push(line(&format!("왼{n}"), 20.0, 240.0, y));
            pieces.push(line(&format!("오{n}"), 260.0, 480.0, y + 2.0));
        }
        pieces.push(line("끝", 20.0, 480.0, 200.0));
        let read = read(&flows(pieces, 1));
        assert_eq!(read[0], "제목");
        assert_eq!(read[1..7].join(""), "왼0왼1왼2왼3왼4왼5");
        assert_eq!(read[7..13].join(""), "오0오1오2오3오4오5");
        assert_eq!(read[13], "끝");
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
        let read = read(&flows(pieces, 1));
        assert_eq!(read, ["① 요금은 다음과 같다.", "구분 | 요율", "기본 | 10%(월)", "갑 을"]);
    }
}
