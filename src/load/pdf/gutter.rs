//! The gap between two columns of running text: where it is, and over which stretches of a page both stand beside it.
//! Knows of what is written only the look of numbers.

use crate::load::blocks::{article_number, begins_article_title, begins_clause};
use crate::load::pdf::line::Line;
use crate::load::pdf::paragraph::{Mark, is_division, mark};
use crate::load::pdf::piece::Piece;
use crate::load::pdf::sheet::Level;
use std::ops::Range;

/// How often columns are parted again: four stand side by side at most.
pub(super) const NESTED: u8 = 2;
/// Lines on each side that make a column.
const LEAST: usize = 5;
/// A page with more pieces than this is no text in columns.
const MOST: usize = 5000;

/// A gap between columns.
#[derive(Debug)]
pub(super) struct Gutter {
    pub x: f32,
    /// Stretches of pieces that are two columns, from top to bottom.
    pub runs: Vec<Range<usize>>,
}

impl Gutter {
    /// Where the gap between two columns is, when most of the lines keep clear of one. A column may itself be parted
    /// `nested - 1` times.
    pub fn find(pieces: &[&Piece], levels: &[Level], nested: u8) -> Option<Self> {
        let left = nested.checked_sub(1)?;
        let lines = || pieces.iter().filter_map(|piece| piece.line());
        if lines().count() < 2 * LEAST || pieces.len() > MOST {
            return None;
        }
        let low = lines().map(|line| line.x0).fold(f32::MAX, f32::min);
        let high = lines().map(|line| line.x1).fold(f32::MIN, f32::max);
        let places = (15u8..=45).map(|step| low + (high - low) * f32::from(step) / 60.0);
        let scored: Vec<(usize, f32)> =
            places.map(|x| (runs(pieces, levels, x, left).iter().map(|run| run.len()).sum(), x)).collect();
        let best = scored.iter().map(|(clear, _)| *clear).max().filter(|clear| *clear > 0)?;
        // The middle of the first clear stretch.
        let clear = scored.iter().skip_while(|(score, _)| *score < best);
        let clear: Vec<f32> = clear.take_while(|(score, _)| *score == best).map(|(_, x)| *x).collect();
        let x = *clear.get(clear.len() / 2)?;
        Some(Self { x, runs: runs(pieces, levels, x, left) })
    }

    /// Whether a piece stands in the column before the gap.
    pub fn is_before(&self, piece: &Piece) -> bool {
        is_before(piece, self.x)
    }
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
fn runs(pieces: &[&Piece], levels: &[Level], x: f32, nested: u8) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..=pieces.len() {
        if at == pieces.len() || crosses(pieces[at], x) {
            if at > start {
                let is_text = |range: &Range<usize>| is_text(&pieces[range.clone()], levels, x, nested);
                let whole = is_text(&(start..at));
                for block in blocks(pieces, start..at, x) {
                    if whole && is_wide(&pieces[block.clone()], x) || is_text(&block) {
                        let followed = at < pieces.len() || block.end < at;
                        out.push(block.start..block.start + without_tail(&pieces[block], x, followed));
                    }
                }
            }
            start = at + 1;
        }
    }
    out
}

/// Whether both sides of `x` have lines enough to be told from the beginning of something else.
fn is_wide(block: &[&Piece], x: f32) -> bool {
    let before = block.iter().filter(|piece| is_before(piece, x)).count();
    before.min(block.len() - before) + 2 >= LEAST
}

/// How many pieces of a run are columns: what stands below both, where both end side by side, is as wide as the page
/// again, however short its lines are. A clause of a line or two more in the left column is part of it, unless something
/// as wide as the page follows (`followed`).
fn without_tail(run: &[&Piece], x: f32, followed: bool) -> usize {
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
    let size = run.last().and_then(|piece| piece.line()).map_or(10.0, |line| line.size);
    let lowest = run.iter().map(|piece| piece.down().1).fold(f32::MIN, f32::max);
    let clause = run.get(tail).and_then(|piece| piece.line()).is_some_and(|line| begins_clause(&line.text));
    if followed || !clause || lowest - right > 3.5 * size { tail } else { run.len() }
}

/// Whether both sides of `x` are running text that stands side by side.
fn is_text(run: &[&Piece], levels: &[Level], x: f32, nested: u8) -> bool {
    let (mut low, mut high) = (f32::MAX, f32::MIN);
    let mut sides: [Vec<&Piece>; 2] = [Vec::new(), Vec::new()];
    for piece in run.iter().filter(|piece| piece.line().is_some()) {
        let (x0, x1) = piece.across();
        (low, high) = (low.min(x0), high.max(x1));
        sides[usize::from(x0 > x - 1.0)].push(piece);
    }
    let [left, right] = &sides;
    if is_numbered(left, right) {
        return true;
    }
    if !(is_column(left, x - low, levels, nested) && is_column(right, high - x, levels, nested)) {
        return false;
    }
    let [mut left, mut right] = [lines(left), lines(right)];
    let reach = |side: &[&Line]| {
        side.iter().fold((f32::MAX, f32::MIN), |(a, b), line| (a.min(line.y), b.max(line.y)))
    };
    let ((a0, a1), (b0, b1)) = (reach(&left), reach(&right));
    let (top, bottom) = (a0.max(b0), a1.min(b1));
    let inside = &levels[levels.partition_point(|level| level.y <= top)..];
    let across = inside
        .iter()
        .take_while(|level| level.y < bottom)
        .filter(|level| level.x0 < x - 1.0 && level.x1 > x + 1.0);
    let size = left.first().map_or(0.0, |line| line.size);
    if across.count() >= 2 || bottom - top <= 3.0 * size {
        return false;
    }
    for side in [&mut left, &mut right] {
        side.retain(|line| (top..=bottom).contains(&line.y));
    }
    !is_tabular(&left, &right)
}

fn lines<'p>(pieces: &[&'p Piece]) -> Vec<&'p Line> {
    pieces.iter().filter_map(|piece| piece.line()).collect()
}

/// Whether articles are numbered down one side and then down the other.
fn is_numbered(left: &[&Piece], right: &[&Piece]) -> bool {
    let numbers = |side: &[&Piece]| -> Vec<u32> {
        let titles = lines(side).into_iter().filter(|line| begins_article_title(&line.text));
        titles.filter_map(|line| article_number(&line.text)).collect()
    };
    let (left, right) = (numbers(left), numbers(right));
    let count = left.len() + right.len();
    !left.is_empty()
        && !right.is_empty()
        && count >= 3
        && left.iter().chain(&right).is_sorted_by(|a, b| a < b)
}

/// Whether lines are a column of running text of that width, or several beside one another: enough lines, many of them as
/// long as the column is wide, and others close below those. Rows of a table have short words on one side.
fn is_column(side: &[&Piece], width: f32, levels: &[Level], nested: u8) -> bool {
    let lines = lines(side);
    if lines.len() < LEAST {
        return false;
    }
    let long = |line: &&&Line| line.x1 - line.x0 > 0.6 * width;
    let count = lines.iter().filter(long).count();
    let close = |two: &&[&Line]| {
        long(&&two[0]) && (0.5..1.9).contains(&((two[1].y - two[0].y) / two[0].size.max(1.0)))
    };
    let running = || lines.windows(2).filter(close).count() >= LEAST;
    let parted = || {
        let parted = Gutter::find(side, levels, nested);
        parted.is_some_and(|gutter| {
            gutter.runs.iter().map(|run| run.len()).sum::<usize>() * 10 >= lines.len() * 6
        })
    };
    count * 5 >= lines.len() * 2 || count * 5 >= lines.len() && running() || parted()
}

/// Whether two sides are the cells of rows after all: nothing is numbered, and wherever there is room between lines of one
/// side, there is room between those of the other.
fn is_tabular(left: &[&Line], right: &[&Line]) -> bool {
    // "다." at the end of a sentence looks like a 목.
    let numbered = |line: &&Line| mark(&line.text) != Mark::None && line.text.chars().count() > 2;
    if left.iter().chain(right).any(numbered) {
        return false;
    }
    let (left, right) = (rooms(left), rooms(right));
    let meets = |own: &(f32, f32), others: &[(f32, f32)]| {
        others.iter().any(|other| own.0.max(other.0) < own.1.min(other.1))
    };
    let met = left.iter().filter(|room| meets(room, &right)).count();
    let lone = left.len() - met + right.iter().filter(|room| !meets(room, &left)).count();
    met >= 2 && lone * 4 <= met
}

/// Where there is more room between two lines of a side than between most.
fn rooms(lines: &[&Line]) -> Vec<(f32, f32)> {
    let mut pitches: Vec<f32> = lines.windows(2).map(|two| two[1].y - two[0].y).collect();
    pitches.sort_by(f32::total_cmp);
    let usual = pitches.get(pitches.len() / 3).copied().unwrap_or_default();
    let wide = |two: &&[&Line]| two[1].y - two[0].y > 1.12 * usual + 0.5;
    lines.windows(2).filter(wide).map(|two| (two[0].y, two[1].y)).collect()
}

/// A stretch of two columns, cut where a heading of its own stands between what is read first and what is read then: nothing
/// stands beside it, though the second column goes on below.
fn blocks(pieces: &[&Piece], run: Range<usize>, x: f32) -> Vec<Range<usize>> {
    let own = &pieces[run.clone()];
    let is_after = |piece: &&&Piece| !is_before(piece, x);
    let number = |piece: &Piece| piece.line().and_then(|line| article_number(&line.text));
    // Where all that follows begins, where that in the second column begins, and the next article of the first column.
    let mut below: Vec<(f32, f32, Option<u32>)> = Vec::with_capacity(own.len());
    let mut last = (f32::MAX, f32::MAX, None);
    for piece in own.iter().rev() {
        below.push(last);
        let top = piece.down().0;
        last.0 = last.0.min(top);
        if is_after(&piece) {
            last.1 = last.1.min(top);
        } else {
            last.2 = number(piece).or(last.2);
        }
    }
    let mut out = Vec::new();
    let mut start = run.start;
    // Where all so far ends, where that in the second column ends, and the last article there.
    let mut above = (f32::MIN, f32::MIN, None);
    for (at, (piece, below)) in run.clone().zip(own.iter().zip(below.into_iter().rev())) {
        if at > start && parts(piece, above, below, x) {
            out.push(start..at);
            start = at;
        }
        let bottom = piece.down().1;
        above.0 = above.0.max(bottom);
        if is_after(&piece) {
            above.1 = above.1.max(bottom);
            above.2 = number(piece).or(above.2);
        }
    }
    out.push(start..run.end);
    out
}

/// Whether `heading` parts two columns above it from two below: where both columns and the second one end above it and
/// begin below it, the last article of the second column above it, and the first one of the first column below it.
fn parts(heading: &Piece, above: (f32, f32, Option<u32>), below: (f32, f32, Option<u32>), x: f32) -> bool {
    let Some(line) = heading.line() else { return false };
    let (top, bottom) = heading.down();
    let number = article_number(&line.text);
    if number.is_none() && !is_division(&line.text) || !is_before(heading, x) {
        return false;
    }
    let beside = above.0 > top + 0.1 * line.size || below.0 < bottom - 0.1 * line.size;
    if beside || below.1 == f32::MAX || below.1 - above.1 < 2.0 * line.size {
        return false;
    }
    // What is numbered says in which order it is read; a chapter may do without.
    match (above.2, number.or(below.2)) {
        (Some(last), Some(first)) => last < first,
        _ => number.is_none(),
    }
}
