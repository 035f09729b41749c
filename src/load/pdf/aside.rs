//! What hangs beside the running text: titles of articles in front of their text, notes and boxes on the margin. A title
//! is read before the text that begins beside it, a note behind the paragraph beside which it begins.

use crate::load::blocks::begins_article_title;
use crate::load::pdf::line::Line;
use crate::load::pdf::paragraph::{Mark, ends_sentence, is_division, mark};
use crate::load::pdf::piece::Piece;
use crate::load::pdf::sheet::Level;
use std::ops::Range;

/// Pieces that are read one after the other, of the text or beside it.
#[derive(Debug, PartialEq)]
pub(super) struct Chunk<'p> {
    pub aside: bool,
    pub pieces: Vec<&'p Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Title,
    Note,
}

/// Lines beside the text that follow one another closely.
#[derive(Debug)]
struct Hanging {
    kind: Kind,
    /// Indices of its lines.
    lines: Vec<usize>,
}

/// The pieces of a column, sorted from top to bottom, in chunks as they are read; `None` when nothing hangs beside the text.
pub(super) fn chunks<'p>(pieces: &[&'p Piece], levels: &[Level]) -> Option<Vec<Chunk<'p>>> {
    let beside = |two: &[&Piece]| {
        let ((a0, a1), (b0, b1)) = (two[0].across(), two[1].across());
        two[1].down().0 < two[0].down().1 && (b0 > a1 || a0 > b1)
    };
    if !pieces.windows(2).any(beside) {
        return None;
    }
    let low = pieces.iter().map(|piece| piece.across().0).fold(f32::MAX, f32::min);
    let high = pieces.iter().map(|piece| piece.across().1).fold(f32::MIN, f32::max);
    let places = (6u8..=54).map(|step| low + (high - low) * f32::from(step) / 60.0);
    let mut best: Vec<Hanging> = Vec::new();
    for x in places {
        let found = hanging(pieces, levels, x);
        let count = |all: &[Hanging]| all.iter().map(|block| block.lines.len()).sum::<usize>();
        if count(&found) > count(&best) {
            best = found;
        }
    }
    (!best.is_empty()).then(|| ordered(pieces, &best))
}

/// What hangs on either side of `x`, stretch by stretch of pieces that keep clear of it.
fn hanging(pieces: &[&Piece], levels: &[Level], x: f32) -> Vec<Hanging> {
    let clear = |piece: &Piece| {
        let (x0, x1) = piece.across();
        x1 < x + 1.0 || x0 > x - 1.0
    };
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..=pieces.len() {
        if at < pieces.len() && clear(pieces[at]) {
            continue;
        }
        let stretch = Stretch::of(pieces, start..at, x);
        out.extend(
            stretch
                .titles()
                .or_else(|| stretch.notes(levels, x, pieces.get(at).copied()))
                .unwrap_or_default(),
        );
        start = at + 1;
    }
    out
}

/// Lines before and behind a place across the page.
struct Stretch<'p> {
    sides: [Vec<(usize, &'p Line)>; 2],
}

impl<'p> Stretch<'p> {
    fn of(pieces: &[&'p Piece], range: Range<usize>, x: f32) -> Self {
        let mut sides = [Vec::new(), Vec::new()];
        for at in range {
            if let Some(line) = pieces[at].line() {
                sides[usize::from(line.x0 > x - 1.0)].push((at, line));
            }
        }
        Self { sides }
    }

    /// The titles in front of the text: each begins an article and stands on the base line where its text begins.
    fn titles(&self) -> Option<Vec<Hanging>> {
        let [titles, text] = &self.sides;
        if titles.is_empty() || !is_running(text) {
            return None;
        }
        let mut blocks = blocks(titles, Kind::Title, |line| begins_article_title(&line.text));
        let line = |at: usize| titles.iter().find(|(own, _)| *own == at).map(|(_, line)| *line);
        let begins = |block: &Hanging| {
            line(block.lines[0]).is_some_and(|first| {
                let level = |(_, text): &(usize, &Line)| (text.y - first.y).abs() < 0.35 * first.size;
                begins_article_title(&first.text) && text.iter().any(level)
            })
        };
        let mut all = !blocks.is_empty();
        for block in &blocks {
            all &= begins(block) || line(block.lines[0]).is_some_and(|line| is_division(&line.text));
        }
        blocks.retain(|block| begins(block));
        (all && !blocks.is_empty()).then_some(blocks)
    }

    /// The notes beside the text, on the side where nothing is numbered. `below` is as wide as both.
    fn notes(&self, levels: &[Level], x: f32, below: Option<&Piece>) -> Option<Vec<Hanging>> {
        let numbered = |side: &[(usize, &Line)]| side.iter().any(|(_, line)| is_clause(line));
        let [left, right] = &self.sides;
        let (text, notes) = match (numbered(left), numbered(right)) {
            (true, false) => (left, right),
            (false, true) => (right, left),
            _ => return None,
        };
        let marked = |side: &[(usize, &Line)]| side.iter().any(|(_, line)| mark(&line.text) != Mark::None);
        let (top, bottom) = (text.first()?.1.y, text.last()?.1.y);
        let from = levels.partition_point(|level| level.y < top);
        let across = levels[from..].iter().take_while(|level| level.y < bottom);
        if marked(notes)
            || notes.len() < 2
            || across.filter(|level| level.x0 < x && level.x1 > x).count() >= 2
        {
            return None;
        }
        // The text goes on from line to line beside the note.
        let reach = text.iter().map(|(_, line)| line.x1).fold(f32::MIN, f32::max);
        let next = below.and_then(Piece::line);
        let lines: Vec<&Line> = text.iter().map(|(_, line)| *line).chain(next).collect();
        let goes_on = |two: &&[&Line]| {
            reach - two[0].x1 < 1.5 * two[0].size
                && !ends_sentence(&two[0].text)
                && mark(&two[1].text) == Mark::None
                && two[1].y - two[0].y < 1.9 * two[0].size
        };
        if lines.windows(2).filter(goes_on).count() < 2.min(text.len() - 1) || text.len() < 3 {
            return None;
        }
        let blocks = blocks(notes, Kind::Note, |_| false);
        // Cells of rows begin where the clause beside them does, all of them.
        let begins = |block: &Hanging| {
            let first = notes.iter().find(|(own, _)| *own == block.lines[0]).map(|(_, line)| *line);
            first.is_some_and(|first| {
                let level = |(_, line): &&(usize, &Line)| (line.y - first.y).abs() < 0.35 * first.size;
                text.iter().filter(level).any(|(_, line)| is_clause(line))
            })
        };
        let tabular = blocks.len() >= 2 && blocks.iter().all(begins);
        (!tabular).then_some(blocks)
    }
}

/// A line that begins an article or a 항.
fn is_clause(line: &Line) -> bool {
    begins_article_title(&line.text) || line.text.starts_with(|c| ('①'..='⑳').contains(&c))
}

/// Whether lines are running text: some reach the edge, and others follow close below those.
fn is_running(side: &[(usize, &Line)]) -> bool {
    let reach = side.iter().map(|(_, line)| line.x1).fold(f32::MIN, f32::max);
    let close = |two: &&[(usize, &Line)]| {
        let (line, next) = (two[0].1, two[1].1);
        reach - line.x1 < 2.0 * line.size && (0.5..1.9).contains(&((next.y - line.y) / line.size.max(1.0)))
    };
    side.len() >= 3 && side.windows(2).any(|two| close(&two))
}

/// Lines of a side that follow one another closely, cut before those that begin something.
fn blocks(side: &[(usize, &Line)], kind: Kind, begins: impl Fn(&Line) -> bool) -> Vec<Hanging> {
    let mut out: Vec<Hanging> = Vec::new();
    let mut last: Option<&Line> = None;
    for (at, line) in side {
        let close = last.is_some_and(|last| line.y - last.y < 1.9 * last.size);
        match out.last_mut() {
            Some(block) if close && !begins(line) => block.lines.push(*at),
            _ => out.push(Hanging { kind, lines: vec![*at] }),
        }
        last = Some(line);
    }
    out
}

/// The chunks in order.
fn ordered<'p>(pieces: &[&'p Piece], hanging: &[Hanging]) -> Vec<Chunk<'p>> {
    let mut aside: Vec<Option<usize>> = vec![None; pieces.len()];
    for (block, own) in hanging.iter().enumerate() {
        own.lines.iter().for_each(|at| aside[*at] = Some(block));
    }
    // A title stands before all that is on its base line.
    let size = |at: usize| pieces[at].line().map_or(0.0, |line| line.size);
    let top = |at: usize| match aside[at].map(|block| &hanging[block]) {
        Some(block) if block.kind == Kind::Title => {
            pieces[block.lines[0]].down().0 - 0.4 * size(block.lines[0])
        }
        _ => pieces[at].down().0,
    };
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by(|a, b| top(*a).total_cmp(&top(*b)));

    let mut out = Chunks::default();
    let mut waiting: Vec<usize> = Vec::new();
    for at in order {
        match aside[at] {
            Some(block) if hanging[block].kind == Kind::Title => out.push(true, pieces[at]),
            Some(block) => {
                if hanging[block].lines[0] == at {
                    waiting.push(block);
                }
            }
            None => {
                let begins = pieces[at].line().is_none_or(|line| mark(&line.text) != Mark::None);
                // A note on the same base line may come first.
                waiting.retain(|block| {
                    let note = pieces[hanging[*block].lines[0]];
                    let above = note.down().0 < pieces[at].down().0 - 0.4 * size(at);
                    if begins && above {
                        hanging[*block].lines.iter().for_each(|line| out.push(true, pieces[*line]));
                    }
                    !(begins && above)
                });
                out.push(false, pieces[at]);
            }
        }
    }
    let rest = waiting.iter().flat_map(|block| &hanging[*block].lines).map(|at| pieces[*at]).collect();
    out.close(rest)
}

#[derive(Default)]
struct Chunks<'p>(Vec<Chunk<'p>>);

impl<'p> Chunks<'p> {
    fn push(&mut self, aside: bool, piece: &'p Piece) {
        match self.0.last_mut() {
            Some(chunk) if chunk.aside == aside => chunk.pieces.push(piece),
            _ => self.0.push(Chunk { aside, pieces: vec![piece] }),
        }
    }

    /// Notes beside the last paragraph follow it, but stand before it where it goes on on the next page.
    fn close(mut self, notes: Vec<&'p Piece>) -> Vec<Chunk<'p>> {
        if notes.is_empty() {
            return self.0;
        }
        let unfinished = |line: &Line| !ends_sentence(&line.text);
        let last = self.0.last_mut().filter(|chunk| {
            !chunk.aside && chunk.pieces.last().and_then(|piece| piece.line()).is_some_and(unfinished)
        });
        let begins = |piece: &&Piece| piece.line().is_none_or(|line| mark(&line.text) != Mark::None);
        let rest = last.and_then(|chunk| {
            let at = chunk.pieces.iter().rposition(begins)?;
            Some(chunk.pieces.split_off(at))
        });
        self.0.push(Chunk { aside: true, pieces: notes });
        self.0.extend(rest.map(|pieces| Chunk { aside: false, pieces }));
        self.0.retain(|chunk| !chunk.pieces.is_empty());
        self.0
    }
}
