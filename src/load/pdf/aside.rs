//! What hangs beside the running text: titles of articles in front of their text, notes and boxes on the margin. A title
//! is read before the text that begins beside it, a note behind the paragraph beside which it begins.

use crate::load::blocks::begins_article_title;
use crate::load::pdf::line::Line;
use crate::load::pdf::paragraph::{Mark, ends_sentence, is_division, mark};
use crate::load::pdf::piece::Piece;
use crate::load::pdf::sheet::Level;
use std::ops::Range;

/// Pieces that are read one after the other.
#[derive(Debug, PartialEq)]
pub(super) struct Chunk<'p> {
    pub stand: Stand,
    pub pieces: Vec<&'p Piece>,
}

/// Where a chunk stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Stand {
    /// Between the edges of its column.
    #[default]
    Whole,
    /// Beside a note, which narrows it.
    Narrow,
    /// A title, or a note.
    Aside,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Title,
    Note,
}

/// A page with more pieces than this is no text with notes.
const MOST: usize = 1000;

/// A line with its place among the pieces.
type Placed<'p> = (usize, &'p Line);

/// Lines beside the text that follow one another closely, one at least.
#[derive(Debug)]
struct Hanging<'p> {
    kind: Kind,
    lines: Vec<Placed<'p>>,
}

impl<'p> Hanging<'p> {
    fn first(&self) -> &'p Line {
        self.lines[0].1
    }

    fn last(&self) -> &'p Line {
        self.lines[self.lines.len() - 1].1
    }
}

/// The pieces of a column, sorted from top to bottom, in chunks as they are read; `None` when nothing hangs beside the text.
pub(super) fn chunks<'p>(pieces: &[&'p Piece], levels: &[Level]) -> Option<Vec<Chunk<'p>>> {
    let beside = |two: &[&Piece]| {
        let ((a0, a1), (b0, b1)) = (two[0].across(), two[1].across());
        two[1].down().0 < two[0].down().1 && (b0 > a1 || a0 > b1)
    };
    if pieces.len() > MOST || !pieces.windows(2).any(beside) {
        return None;
    }
    let low = pieces.iter().map(|piece| piece.across().0).fold(f32::MAX, f32::min);
    let high = pieces.iter().map(|piece| piece.across().1).fold(f32::MIN, f32::max);
    let places = (6u8..=54).map(|step| low + (high - low) * f32::from(step) / 60.0);
    let mut found: Vec<Found> = places.flat_map(|x| hanging(pieces, levels, x)).collect();
    found.sort_by_key(|found| found.lines().count());
    // What most stands beside goes first; nothing is told twice.
    let mut best: Vec<Found> = Vec::new();
    while let Some(next) = found.pop() {
        let own = next.range();
        let apart = |other: &Found| other.range().end <= own.start || other.range().start >= own.end;
        if best.iter().all(apart) {
            best.push(next);
        }
    }
    let best: Vec<Hanging> = best.into_iter().flat_map(|found| found.0).collect();
    (!best.is_empty()).then(|| ordered(pieces, &best))
}

/// What hangs beside a stretch of pieces.
struct Found<'p>(Vec<Hanging<'p>>);

impl Found<'_> {
    fn lines(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().flat_map(|block| block.lines.iter().map(|(at, _)| *at))
    }

    /// The pieces from its first line to its last.
    fn range(&self) -> Range<usize> {
        self.lines().min().unwrap_or(0)..self.lines().max().map_or(0, |last| last + 1)
    }
}

/// What hangs on either side of `x`, stretch by stretch of pieces that keep clear of it.
fn hanging<'p>(pieces: &[&'p Piece], levels: &[Level], x: f32) -> Vec<Found<'p>> {
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
        let notes = || stretch.notes(levels, x, pieces.get(at).copied());
        out.extend(stretch.titles().or_else(notes).map(Found));
        start = at + 1;
    }
    out
}

/// Lines before and behind a place across the page.
struct Stretch<'p> {
    sides: [Vec<Placed<'p>>; 2],
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
    fn titles(&self) -> Option<Vec<Hanging<'p>>> {
        let [titles, text] = &self.sides;
        if titles.is_empty() || !is_running(text) {
            return None;
        }
        let (titles, others): (Vec<_>, Vec<_>) =
            blocks(titles, Kind::Title, |line| begins_article_title(&line.text)).into_iter().partition(
                |block| {
                    let first = block.first();
                    begins_article_title(&first.text) && text.iter().any(|(_, line)| is_level(line, first))
                },
            );
        let chapters = others.iter().all(|block| is_division(&block.first().text));
        (chapters && !titles.is_empty()).then_some(titles)
    }

    /// The notes beside the text, on the side where nothing is numbered. `below` is as wide as both.
    fn notes(&self, levels: &[Level], x: f32, below: Option<&Piece>) -> Option<Vec<Hanging<'p>>> {
        let numbered = |side: &[Placed]| side.iter().any(|(_, line)| is_clause(line));
        let [left, right] = &self.sides;
        let (text, notes) = match (numbered(left), numbered(right)) {
            (true, false) => (left, right),
            (false, true) => (right, left),
            _ => return None,
        };
        let (top, bottom) = (notes.first()?.1.y, notes.last()?.1.y);
        let from = levels.partition_point(|level| level.y < top);
        let across = levels[from..].iter().take_while(|level| level.y < bottom);
        let ruled = across.filter(|level| level.x0 < x && level.x1 > x).count() >= 2;
        if ruled || notes.iter().any(|(_, line)| mark(&line.text) != Mark::None) {
            return None;
        }
        let next = below.and_then(Piece::line);
        let text: Vec<&Line> = text.iter().map(|(_, line)| *line).chain(next).collect();
        let blocks = blocks(notes, Kind::Note, |_| false);
        // Cells of rows begin where the clause beside them does, all of them.
        let begins =
            |block: &Hanging| text.iter().any(|line| is_level(line, block.first()) && is_clause(line));
        let tabular = blocks.len() >= 2 && blocks.iter().all(begins);
        (!tabular && !blocks.is_empty() && blocks.iter().all(|block| is_note(block, &text))).then_some(blocks)
    }
}

/// Whether lines beside the text are a note: several that begin alike, beside a clause that goes on from line to line.
fn is_note(block: &Hanging, text: &[&Line]) -> bool {
    let even = block.lines.windows(2).all(|two| (two[0].1.x0 - two[1].1.x0).abs() < 0.3 * two[0].1.size);
    let (top, bottom) = (block.first().y - block.first().size, block.last().y);
    let from = text.iter().position(|line| line.y > top).unwrap_or(text.len());
    let count = text[from..].iter().take_while(|line| line.y - line.size < bottom).count();
    let beside = &text[from..from + count];
    let reach = beside.iter().map(|line| line.x1).fold(f32::MIN, f32::max);
    let goes_on = |two: &&[&Line]| {
        reach - two[0].x1 < 1.5 * two[0].size
            && !ends_sentence(&two[0].text)
            && mark(&two[1].text) == Mark::None
            && (0.5..1.9).contains(&((two[1].y - two[0].y) / two[0].size.max(1.0)))
    };
    let last = text.len().min(from + count + 1);
    block.lines.len() >= 2
        && even
        && !beside.windows(2).any(|two| is_level(two[0], two[1]))
        && beside.iter().any(|line| is_clause(line))
        && text[from..last].windows(2).any(|two| goes_on(&two))
}

/// Whether two lines stand on one base line.
fn is_level(a: &Line, b: &Line) -> bool {
    (a.y - b.y).abs() < 0.35 * b.size
}

/// A line that begins an article or a 항.
fn is_clause(line: &Line) -> bool {
    begins_article_title(&line.text) || line.text.starts_with(|c| ('①'..='⑳').contains(&c))
}

/// Whether lines are running text: some reach the edge, and others follow close below those.
fn is_running(side: &[Placed]) -> bool {
    let reach = side.iter().map(|(_, line)| line.x1).fold(f32::MIN, f32::max);
    let close = |two: &&[Placed]| {
        let (line, next) = (two[0].1, two[1].1);
        reach - line.x1 < 2.0 * line.size && (0.5..1.9).contains(&((next.y - line.y) / line.size.max(1.0)))
    };
    side.len() >= 3 && side.windows(2).any(|two| close(&two))
}

/// Lines of a side that follow one another closely, cut before those that begin something.
fn blocks<'p>(side: &[Placed<'p>], kind: Kind, begins: impl Fn(&Line) -> bool) -> Vec<Hanging<'p>> {
    let mut out: Vec<Hanging> = Vec::new();
    for (at, line) in side {
        match out.last_mut() {
            Some(block) if line.y - block.last().y < 1.9 * block.last().size && !begins(line) => {
                block.lines.push((*at, line));
            }
            _ => out.push(Hanging { kind, lines: vec![(*at, line)] }),
        }
    }
    out
}

/// The chunks in order.
fn ordered<'p>(pieces: &[&'p Piece], hanging: &[Hanging]) -> Vec<Chunk<'p>> {
    let mut aside: Vec<Option<usize>> = vec![None; pieces.len()];
    for (block, own) in hanging.iter().enumerate() {
        own.lines.iter().for_each(|(at, _)| aside[*at] = Some(block));
    }
    // A title stands before all that is on its base line.
    let size = |at: usize| pieces[at].line().map_or(0.0, |line| line.size);
    let top = |at: usize| match aside[at].map(|block| &hanging[block]) {
        Some(block) if block.kind == Kind::Title => {
            pieces[block.lines[0].0].down().0 - 0.4 * block.first().size
        }
        _ => pieces[at].down().0,
    };
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by(|a, b| top(*a).total_cmp(&top(*b)));

    // Where notes narrow the text.
    let notes = || {
        hanging.iter().filter(|block| block.kind == Kind::Note).map(|block| {
            (pieces[block.lines[0].0].down().0, pieces[block.lines[block.lines.len() - 1].0].down().1)
        })
    };
    let mut out = Chunks::default();
    let mut waiting: Vec<usize> = Vec::new();
    for at in order {
        match aside[at] {
            Some(block) if hanging[block].kind == Kind::Title => out.push(Stand::Aside, pieces[at]),
            Some(block) => {
                if hanging[block].lines[0].0 == at {
                    waiting.push(block);
                }
            }
            None => {
                let begins = pieces[at].line().is_none_or(|line| mark(&line.text) != Mark::None);
                // A note on the same base line may come first.
                waiting.retain(|block| {
                    let note = pieces[hanging[*block].lines[0].0];
                    let above = note.down().0 < pieces[at].down().0 - 0.4 * size(at);
                    if begins && above {
                        hanging[*block]
                            .lines
                            .iter()
                            .for_each(|(line, _)| out.push(Stand::Aside, pieces[*line]));
                    }
                    !(begins && above)
                });
                let narrow = notes().any(|(top, bottom)| {
                    let (own, end) = pieces[at].down();
                    own < bottom && end > top
                });
                out.push(if narrow { Stand::Narrow } else { Stand::Whole }, pieces[at]);
            }
        }
    }
    let rest = waiting.iter().flat_map(|block| &hanging[*block].lines).map(|(at, _)| pieces[*at]).collect();
    out.close(rest)
}

#[derive(Default)]
struct Chunks<'p>(Vec<Chunk<'p>>);

impl<'p> Chunks<'p> {
    fn push(&mut self, stand: Stand, piece: &'p Piece) {
        match self.0.last_mut() {
            Some(chunk) if chunk.stand == stand => chunk.pieces.push(piece),
            _ => self.0.push(Chunk { stand, pieces: vec![piece] }),
        }
    }

    /// Notes beside the last paragraph follow it, but stand before it where it goes on on the next page.
    fn close(mut self, notes: Vec<&'p Piece>) -> Vec<Chunk<'p>> {
        if notes.is_empty() {
            return self.0;
        }
        let unfinished = |line: &Line| !ends_sentence(&line.text);
        let last = self.0.last_mut().filter(|chunk| {
            let line = chunk.pieces.last().and_then(|piece| piece.line());
            chunk.stand != Stand::Aside && line.is_some_and(unfinished)
        });
        let begins = |piece: &&Piece| piece.line().is_none_or(|line| mark(&line.text) != Mark::None);
        let rest = last.and_then(|chunk| {
            let at = chunk.pieces.iter().rposition(begins)?;
            Some(Chunk { stand: chunk.stand, pieces: chunk.pieces.split_off(at) })
        });
        self.0.push(Chunk { stand: Stand::Aside, pieces: notes });
        self.0.extend(rest);
        self.0.retain(|chunk| !chunk.pieces.is_empty());
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x0: f32, x1: f32, y: f32) -> Piece {
        Piece::Line(Line { page: 1, text: text.into(), x0, x1, y, size: 10.0, ..Line::default() })
    }

    fn read(pieces: &[Piece]) -> Option<Vec<(Stand, String)>> {
        let text = |piece: &&Piece| piece.line().map_or(String::new(), |line| line.text.clone());
        let chunks = chunks(&pieces.iter().collect::<Vec<_>>(), &[])?;
        Some(chunks.iter().map(|chunk| (chunk.stand, chunk.pieces.iter().map(text).collect())).collect())
    }

    #[test]
    fn titles_are_read_before_the_text_beside_them() {
        let pieces = [
            line("제1조(목적)", 20.0, 80.0, 30.0),
            line("이 약관은 조건을 정하", 110.0, 400.0, 30.0),
            line("는 것을 목적으로 한다.", 110.0, 300.0, 45.0),
            line("① 회원은 요금을 매월 25", 110.0, 400.0, 75.0),
            line("제2조(요금의", 20.0, 90.0, 75.2),
            line("납부)", 20.0, 50.0, 90.0),
            line("일까지 낸다.", 110.0, 200.0, 90.2),
        ];
        let expected = [
            (Stand::Aside, "제1조(목적)"),
            (Stand::Whole, "이 약관은 조건을 정하는 것을 목적으로 한다."),
            (Stand::Aside, "제2조(요금의납부)"),
            (Stand::Whole, "① 회원은 요금을 매월 25일까지 낸다."),
        ];
        let expected: Vec<(Stand, String)> =
            expected.iter().map(|(stand, text)| (*stand, (*text).to_owned())).collect();
        assert_eq!(read(&pieces), Some(expected));
    }

    #[test]
    fn a_note_follows_the_paragraph_beside_which_it_begins() {
        let text = [
            line("① 회사는 데이터를 30일 동안 내려받을 수 있게 하고 그", 20.0, 300.0, 30.0),
            line("서둘러 내려", 330.0, 400.0, 30.0),
            line("뒤에 지운다.", 20.0, 90.0, 45.0),
            line("받으십시오.", 330.0, 400.0, 45.0),
            line("② 회원은 언제든지 해지할 수 있고 회사는 남은 요금을 돌려준다.", 20.0, 400.0, 60.0),
        ];
        let chunks = read(&text).unwrap();
        let words: Vec<&str> = chunks.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(words[1], "서둘러 내려받으십시오.", "{words:?}");
        assert!(words[0].ends_with("지운다.") && words[2].starts_with('②'));
        assert_eq!(chunks[0].0, Stand::Narrow);
    }

    #[test]
    fn cells_of_rows_are_no_notes() {
        let rows = [
            line(
                "제1조(배상) 회사는 다음 표에 따라 배상하고 이를 다음 달의 요금에서 뺀다.",
                20.0,
                400.0,
                10.0,
            ),
            line("① 전면 장애가 네 시간 넘게 이어진 경우로서 회원이", 20.0, 280.0, 30.0),
            line("월 요금의", 330.0, 380.0, 30.0),
            line("알린 때", 20.0, 60.0, 45.0),
            line("30%", 330.0, 350.0, 45.0),
            line("② 일부 장애가 여덟 시간 넘게 이어진 경우로서 회원이", 20.0, 280.0, 70.0),
            line("월 요금의", 330.0, 380.0, 70.0),
            line("알린 때", 20.0, 60.0, 85.0),
            line("10%", 330.0, 350.0, 85.0),
        ];
        assert_eq!(read(&rows), None);
    }
}
