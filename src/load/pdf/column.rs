//! The order in which a page is read: columns one after the other, all else from top to bottom.

use crate::load::pdf::aside::{self, Stand};
use crate::load::pdf::gutter::{Gutter, NESTED};
use crate::load::pdf::label::labelled;
use crate::load::pdf::piece::Piece;
use crate::load::pdf::sheet::Level;
use crate::load::pdf::tabular::{self, Columns};

/// Pieces that follow one another in one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Flow {
    pub page: u32,
    pub track: Track,
    pub stand: Stand,
    pub left: f32,
    pub right: f32,
    pub pieces: Vec<Piece>,
    /// Lines with prose beside prose, which may be read in the wrong order.
    pub mixed: usize,
}

/// Which of the columns of its page a flow stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Track {
    /// 0 for the whole width, 1 and 2 for its left and right column, 3 and 4 for those of the left one, and so on.
    column: u8,
    /// Where the gap is beside which it stands.
    gutter: f32,
}

impl Track {
    /// Whether it is the same column, on another page perhaps.
    pub fn is_like(self, other: Track) -> bool {
        self.column == other.column && (self.gutter - other.gutter).abs() < 15.0
    }
}

/// Puts the pieces of a page, sorted from top to bottom, in reading order. `open` is the table with which the page before
/// ended, and then this one.
pub(super) fn flows(
    pieces: Vec<Piece>,
    levels: &[Level],
    page: u32,
    open: &mut Option<Columns>,
) -> Vec<Flow> {
    let pieces = labelled(pieces);
    let mut reader = Reader { levels, page, open, out: Vec::new() };
    reader.read(&pieces.iter().collect::<Vec<_>>(), Track::default(), NESTED, AREAS);
    reader.out
}

/// How often what columns leave of a page is looked through for others.
const AREAS: u8 = 6;

/// A page on its way into reading order.
struct Reader<'p> {
    levels: &'p [Level],
    page: u32,
    open: &'p mut Option<Columns>,
    out: Vec<Flow>,
}

impl Reader<'_> {
    /// Reads a column, which may itself be parted into columns `nested` times, and into `areas` with columns of their own
    /// that follow one another.
    fn read(&mut self, pieces: &[&Piece], track: Track, nested: u8, areas: u8) {
        let nested = if areas > 0 { nested } else { 0 };
        let Some(gutter) = Gutter::find(pieces, self.levels, nested) else {
            self.text(pieces, track);
            return;
        };
        let mut rest: Vec<&Piece> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            match gutter.runs.iter().find(|run| run.contains(&at)) {
                Some(run) if run.start == at => {
                    self.read(&std::mem::take(&mut rest), track, nested, areas - 1);
                    for (own, is_left) in [(2 * track.column + 1, true), (2 * track.column + 2, false)] {
                        let side = pieces[run.clone()].iter().copied();
                        let side: Vec<&Piece> =
                            side.filter(|piece| gutter.is_before(piece) == is_left).collect();
                        let own = Track { column: own, gutter: gutter.x };
                        self.read(&side, own, nested.saturating_sub(1), areas - 1);
                    }
                }
                Some(_) => {}
                None => rest.push(piece),
            }
        }
        // Elsewhere on the page the columns may be others.
        self.read(&rest, track, nested, areas - 1);
    }

    /// Reads what is not parted into columns, and what hangs beside it.
    fn text(&mut self, pieces: &[&Piece], track: Track) {
        let Some(chunks) = aside::chunks(pieces, self.levels) else {
            self.flow(pieces, track, Stand::Whole);
            return;
        };
        for chunk in chunks {
            self.flow(&chunk.pieces, track, chunk.stand);
        }
    }

    fn flow(&mut self, pieces: &[&Piece], track: Track, stand: Stand) {
        let pieces = pieces.iter().copied().cloned().collect();
        let (pieces, mixed) = tabular::rows(pieces, self.levels, self.open);
        let reach = |flow: (f32, f32), piece: &Piece| {
            let (a, b) = piece.across();
            (flow.0.min(a), flow.1.max(b))
        };
        let (left, right) = pieces.iter().fold((f32::MAX, f32::MIN), reach);
        if !pieces.is_empty() {
            self.out.push(Flow { page: self.page, track, stand, left, right, pieces, mixed });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::pdf::line::Line;

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
    fn three_columns_are_read_one_after_the_other() {
        let mut pieces = Vec::new();
        for n in 0..6u8 {
            let y = 30.0 + 14.0 * f32::from(n);
            for (name, left) in [("왼", 20.0), ("중", 180.0), ("오", 340.0)] {
                pieces.push(line(&format!("{name}{n}"), left, left + 140.0, y));
            }
        }
        let expected = ["왼0왼1왼2왼3왼4왼5", "중0중1중2중3중4중5", "오0오1오2오3오4오5"];
        assert_eq!(read(&flows(pieces, &[], 1, &mut None)).join(""), expected.join(""));
    }

    #[test]
    fn a_heading_with_nothing_beside_it_parts_two_blocks_of_columns() {
        let block = |articles: [&str; 2], y: f32| {
            let side = |article: &str, x: f32| {
                let text = (1u8..5).map(move |n| line("글", x, x + 220.0, y + 14.0 * f32::from(n)));
                std::iter::once(line(article, x, x + 60.0, y)).chain(text).collect::<Vec<_>>()
            };
            let mut both = [side(articles[0], 20.0), side(articles[1], 260.0)].concat();
            both.sort_by(|a, b| a.down().0.total_cmp(&b.down().0));
            both
        };
        let mut pieces = block(["제1조(목적)", "제2조(정의)"], 30.0);
        pieces.push(line("제2장 이용", 20.0, 80.0, 120.0));
        pieces.extend(block(["제3조(요금)", "제4조(해지)"], 150.0));
        let read = read(&flows(pieces, &[], 1, &mut None));
        let heads: Vec<&str> = read.iter().map(String::as_str).filter(|text| *text != "글").collect();
        assert_eq!(heads, ["제1조(목적)", "제2조(정의)", "제2장 이용", "제3조(요금)", "제4조(해지)"]);
    }

    #[test]
    fn rows_of_cells_are_no_columns() {
        // Cells of four lines each, more room between the rows on both sides at once.
        let mut pieces = Vec::new();
        for n in 0..12u8 {
            let y = 30.0 + 14.0 * f32::from(n) + 8.0 * f32::from(n / 4);
            pieces.push(line("왼", 20.0, 240.0, y));
            pieces.push(line("오", 260.0, 480.0, y));
        }
        assert_eq!(flows(pieces, &[], 1, &mut None).len(), 1);
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
