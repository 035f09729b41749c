//! The order in which a page is read: two columns one after the other, all else from top to bottom. Knows of
//! what is written only the look of numbers.

use crate::load::blocks::begins_clause;
use crate::load::pdf::line::Line;
use crate::load::pdf::piece::Piece;
use crate::load::pdf::sheet::Level;
use crate::load::pdf::tabular::{self, Columns};
use std::ops::Range;

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

/// Puts the pieces of a page, sorted from top to bottom, in reading order. `open` is the table with which the page before
/// ended, and then this one.
pub(super) fn flows(
    pieces: Vec<Piece>,
    levels: &[Level],
    page: u32,
    open: &mut Option<Columns>,
) -> Vec<Flow> {
    let pieces = tabular::labelled(pieces);
    let Some(gutter) = gutter(&pieces, levels) else {
        return flow(pieces, levels, page, 0, open).into_iter().collect();
    };
    let mut out = Vec::new();
    let mut rest: Vec<Piece> = Vec::new();
    let runs = runs(&pieces, levels, gutter);
    for (at, piece) in pieces.iter().enumerate() {
        match runs.iter().find(|run| run.contains(&at)) {
            Some(run) if run.start == at => {
                out.extend(flow(std::mem::take(&mut rest), levels, page, 0, open));
                for (column, is_left) in [(1u8, true), (2u8, false)] {
                    let side = pieces[run.clone()].iter().filter(|piece| is_before(piece, gutter) == is_left);
                    out.extend(flow(side.cloned().collect(), levels, page, column, open));
                }
            }
            Some(_) => {}
            None => rest.push(piece.clone()),
        }
    }
    out.extend(flow(rest, levels, page, 0, open));
    out
}

fn flow(
    pieces: Vec<Piece>,
    levels: &[Level],
    page: u32,
    column: u8,
    open: &mut Option<Columns>,
) -> Option<Flow> {
    let pieces = tabular::rows(pieces, levels, open);
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
fn runs(pieces: &[Piece], levels: &[Level], x: f32) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..=pieces.len() {
        if at == pieces.len() || crosses(&pieces[at], x) {
            if at > start && is_text(&pieces[start..at], levels, x) {
                out.push(start..start + without_tail(&pieces[start..at], x, at < pieces.len()));
            }
            start = at + 1;
        }
    }
    out
}

/// How many pieces of a run are columns: what stands below both, where both end side by side, is as wide as the page
/// again, however short its lines are. A clause of a line or two more in the left column is part of it, unless something
/// as wide as the page follows (`followed`).
fn without_tail(run: &[Piece], x: f32, followed: bool) -> usize {
    let right = run.iter().filter(|piece| !is_before(piece, x)).map(|piece| piece.down().1);
    let right = right.fold(f32::MIN, f32::max);
    let below = run.iter().position(|piece| piece.down().0 > right).unwrap_or(run.len());
    let mut end = run[..below].iter().map(|piece| piece.down().1).fold(f32::MIN, f32::max);
    let (mut tail, mut widest) = (run.len(), 0.0);
    for (at, piece) in run.iter().enumerate().skip(below) {
        let size = piece.line().map_or(10.0, |line| line.size);
        // The columns are level when not even four lines more stand in the left one.
        if end - right > 3.5 * size {
            break;
        }
        let gap = piece.down().0 - end;
        if gap > 0.8 * size && gap >= widest {
            (tail, widest) = (at, gap);
        }
        end = end.max(piece.down().1);
    }
    let size = run.last().and_then(Piece::line).map_or(10.0, |line| line.size);
    let lowest = run.iter().map(|piece| piece.down().1).fold(f32::MIN, f32::max);
    let clause = run.get(tail).and_then(Piece::line).is_some_and(|line| begins_clause(&line.text));
    if followed || !clause || lowest - right > 3.5 * size { tail } else { run.len() }
}

/// Whether both sides of `x` are running text that stands side by side: enough lines, many of them as long as the column is
/// wide, and others close below those. Rows of a table have lines across, or short words on one side.
fn is_text(run: &[Piece], levels: &[Level], x: f32) -> bool {
    let (mut low, mut high) = (f32::MAX, f32::MIN);
    let mut sides: [Vec<&Line>; 2] = [Vec::new(), Vec::new()];
    for line in run.iter().filter_map(Piece::line) {
        low = low.min(line.x0);
        high = high.max(line.x1);
        sides[usize::from(line.x0 > x - 1.0)].push(line);
    }
    let widths = [x - low, high - x];
    let running = sides.iter().zip(widths).all(|(lines, width)| {
        let long = |line: &&&Line| line.x1 - line.x0 > 0.6 * width;
        let count = lines.iter().filter(long).count();
        let close = |two: &&[&Line]| {
            long(&&two[0]) && (0.5..1.9).contains(&((two[1].y - two[0].y) / two[0].size.max(1.0)))
        };
        let running = lines.windows(2).filter(close).count();
        lines.len() >= LEAST && (count * 5 >= lines.len() * 2 || count * 5 >= lines.len() && running >= LEAST)
    });
    let reach = |lines: &[&Line]| {
        lines.iter().fold((f32::MAX, f32::MIN), |(a, b), line| (a.min(line.y), b.max(line.y)))
    };
    let ((a0, a1), (b0, b1)) = (reach(&sides[0]), reach(&sides[1]));
    let (top, bottom) = (a0.max(b0), a1.min(b1));
    let inside = &levels[levels.partition_point(|level| level.y <= top)..];
    let across = inside
        .iter()
        .take_while(|level| level.y < bottom)
        .filter(|level| level.x0 < x - 1.0 && level.x1 > x + 1.0);
    running && across.count() < 2 && bottom - top > 3.0 * sides[0].first().map_or(0.0, |line| line.size)
}

/// Where the gap between two columns is, when most of a page's lines keep clear of one.
fn gutter(pieces: &[Piece], levels: &[Level]) -> Option<f32> {
    let lines: Vec<&Line> = pieces.iter().filter_map(Piece::line).collect();
    if lines.len() < 2 * LEAST {
        return None;
    }
    let low = lines.iter().map(|line| line.x0).fold(f32::MAX, f32::min);
    let high = lines.iter().map(|line| line.x1).fold(f32::MIN, f32::max);
    let places = (15u8..=45).map(|step| low + (high - low) * f32::from(step) / 60.0);
    let scored = places.map(|x| {
        let clear: usize = runs(pieces, levels, x).iter().map(|run| run.len()).sum();
        (clear, x)
    });
    let scored: Vec<(usize, f32)> = scored.filter(|(clear, _)| *clear > 0).collect();
    let best = scored.iter().map(|(clear, _)| *clear).max()?;
    // The middle of the clear stretch.
    let clear: Vec<f32> = scored.iter().filter(|(score, _)| *score == best).map(|(_, x)| *x).collect();
    clear.get(clear.len() / 2).copied()
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
            Piece::Row(_) => String::new(),
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
        let read = read(&flows(pieces, &[], 1, &mut None));
        assert_eq!(read[0], "제목");
        assert_eq!(read[1..7].join(""), "왼0왼1왼2왼3왼4왼5");
        assert_eq!(read[7..13].join(""), "오0오1오2오3오4오5");
        assert_eq!(read[13], "끝");
    }

    /// Two columns of so many full lines, from the height 30 on, 14 apart.
    fn two_columns(lines: u8) -> Vec<Piece> {
        let row = |n: u8| {
            let y = 30.0 + 14.0 * f32::from(n);
            [line(&format!("왼{n}"), 20.0, 240.0, y), line(&format!("오{n}"), 260.0, 480.0, y)]
        };
        (0..lines).flat_map(row).collect()
    }

    #[test]
    fn what_stands_below_both_columns_follows_both() {
        let mut pieces = two_columns(7);
        pieces.push(line("왼7", 20.0, 240.0, 128.0));
        pieces.push(line("부칙", 20.0, 50.0, 160.0));
        let order = read(&flows(pieces, &[], 1, &mut None));
        assert_eq!(order.last().map(String::as_str), Some("부칙"));
        assert_eq!(order[7..9], ["왼7", "오0"], "a line more does not end the column");
    }

    #[test]
    fn rules_across_make_a_table_of_what_looks_like_columns() {
        let pieces = two_columns(8);
        let level = |y: f32| Level { y, x0: 20.0, x1: 480.0 };
        let levels = [level(62.0), level(90.0)];
        assert_eq!(flows(pieces.clone(), &[], 1, &mut None).len(), 2);
        assert_eq!(flows(pieces, &levels, 1, &mut None).len(), 1);
    }
}
