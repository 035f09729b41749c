//! 머리말, 꼬리말 and page numbers, known by standing at the same place of several pages with the same words. Knows
//! nothing of clauses.

use crate::load::blocks::begins_clause;
use crate::load::pdf::line::Line;
use crate::load::pdf::piece::Piece;
use crate::load::pdf::sheet::Level;
use crate::source::Part;
use std::collections::BTreeMap;

/// A running line, kept once.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Running {
    /// 머리말 or 꼬리말; `None` for a watermark.
    pub part: Option<Part>,
    pub line: Line,
}

/// A page on its way to be read.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaf {
    pub number: u32,
    pub height: f32,
    pub pieces: Vec<Piece>,
    pub levels: Vec<Level>,
}

/// Lines from the edge that may run, and the part of the page in which they stand.
const DEPTH: usize = 4;
const MARGIN: f32 = 0.16;

/// Takes the running lines out of the pages: each text once, headers first.
pub(super) fn take(leaves: &mut [Leaf]) -> Vec<Running> {
    let mut places: BTreeMap<(bool, String), Vec<(usize, f32)>> = BTreeMap::new();
    for (at, leaf) in leaves.iter().enumerate() {
        for (index, top) in edge(leaf) {
            if let Some(line) = leaf.pieces[index].line() {
                places.entry((top, key(&line.text))).or_default().push((at, line.y));
            }
        }
    }
    let pages = leaves.iter().filter(|leaf| !leaf.pieces.is_empty()).count();
    let runs = |top: bool, line: &Line| {
        let key = key(&line.text);
        let Some(seen) = places.get(&(top, key.clone())) else { return false };
        let same: usize = seen.iter().filter(|(_, y)| (y - line.y).abs() < 4.0).count();
        // A lone numeral is a page number where others of its form stand on other pages too, or where it looks like one.
        if is_number(&line.text) {
            return same >= 2 || pages == 1 && is_framed(&line.text);
        }
        // Pages may well begin alike with "제3조" and "제7조".
        same >= 2 && same * 3 >= pages && !key.is_empty() && !begins_clause(&line.text)
    };
    let printed: Vec<Vec<usize>> = leaves.iter().map(browser).collect();
    let mut out: Vec<Running> = Vec::new();
    let mut known: Vec<(bool, String)> = Vec::new();
    for (leaf, printed) in leaves.iter_mut().zip(&printed) {
        let marked: Vec<(usize, bool)> = edge(leaf)
            .into_iter()
            .filter(|(index, top)| {
                let line = leaf.pieces[*index].line();
                printed.contains(index)
                    || line.is_some_and(|line| runs(*top, line)) && !is_set_as_text(leaf, *index, *top)
            })
            .collect();
        for (index, top) in &marked {
            let Some(line) = leaf.pieces[*index].line() else { continue };
            let name = (*top, key(&line.text));
            if !known.contains(&name) {
                known.push(name);
                let part = if *top { Part::Header } else { Part::Footer };
                out.push(Running { part: Some(part), line: line.clone() });
            }
        }
        let mut index = 0;
        leaf.pieces.retain(|_| {
            index += 1;
            !marked.iter().any(|(at, _)| *at + 1 == index)
        });
    }
    out.sort_by_key(|running| running.part != Some(Part::Header));
    out
}

/// Whether a line is as long as lines of the text and as close to the next one: contracts repeat sentences, and two of them
/// may stand at the same place of two pages.
fn is_set_as_text(leaf: &Leaf, index: usize, top: bool) -> bool {
    let lines: Vec<&Line> = leaf.pieces.iter().filter_map(Piece::line).collect();
    let inner = if top { Some(index + 1) } else { index.checked_sub(1) };
    let inner = inner.and_then(|inner| leaf.pieces.get(inner)).and_then(Piece::line);
    let (Some(line), Some(inner)) = (leaf.pieces[index].line(), inner) else { return false };
    let mut pitches: Vec<f32> =
        lines.windows(2).map(|two| two[1].y - two[0].y).filter(|y| *y > 1.0).collect();
    pitches.sort_by(f32::total_cmp);
    let Some(pitch) = pitches.get(pitches.len().saturating_sub(1) / 2) else { return false };
    let reach = lines.iter().fold((f32::MAX, f32::MIN), |(a, b), line| (a.min(line.x0), b.max(line.x1)));
    line.x1 - line.x0 > 0.6 * (reach.1 - reach.0) && (line.y - inner.y).abs() <= 1.15 * pitch
}

/// What a browser puts around a page that it prints: the time and the title above, the address and the page number below.
/// No clause looks like that, so it need not stand on several pages.
fn browser(leaf: &Leaf) -> Vec<usize> {
    let edge = edge(leaf);
    let text = |index: usize| leaf.pieces[index].line().map_or("", |line| line.text.as_str());
    let find = |top: bool, test: fn(&str) -> bool| {
        edge.iter().find(|(index, high)| *high == top && test(text(*index))).map(|(index, _)| *index)
    };
    let number = |text: &str| is_number(text) && text.contains('/');
    let (above, below) = (find(true, is_time), find(false, is_address).or_else(|| find(false, number)));
    let (Some(above), Some(below)) = (above, below) else { return Vec::new() };
    let beside = |index: usize, other: usize| match (leaf.pieces[index].line(), leaf.pieces[other].line()) {
        (Some(a), Some(b)) => (a.y - b.y).abs() < 2.0,
        _ => false,
    };
    edge.iter()
        .map(|(index, _)| *index)
        .filter(|index| beside(*index, above) || beside(*index, below))
        .collect()
}

/// A point in time as browsers print it: "11/28/26, 8:34 AM", "2026. 11. 28. 오전 8:34".
fn is_time(text: &str) -> bool {
    let rest = ["오전", "오후", "AM", "PM"].iter().fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    (6..=14).contains(&digits)
        && rest.matches(':').count() == 1
        && rest.chars().all(|c| c.is_ascii_digit() || " ./-:,".contains(c))
}

/// The address of a page, alone.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "file://"].iter().any(|scheme| text.starts_with(scheme)) && !text.contains(' ')
}

/// The lines near the top and the bottom of a page, by index; `true` for the top.
fn edge(leaf: &Leaf) -> Vec<(usize, bool)> {
    let line = |index: &usize| leaf.pieces[*index].line();
    let high = |index: &usize| line(index).is_some_and(|line| line.y < MARGIN * leaf.height);
    let low = |index: &usize| line(index).is_some_and(|line| line.y > (1.0 - MARGIN) * leaf.height);
    let count = leaf.pieces.len();
    let top = (0..count).take(DEPTH).take_while(|index| high(index)).map(|index| (index, true));
    let bottom = (0..count).rev().take(DEPTH).take_while(|index| low(index)).map(|index| (index, false));
    top.chain(bottom).collect()
}

/// A text without its spaces, with all numbers alike.
fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            _ if c.is_ascii_digit() && out.ends_with('#') => {}
            _ if c.is_ascii_digit() => out.push('#'),
            _ => out.push(c),
        }
    }
    out
}

/// Whether a line is nothing but a page number, as "3", "- 3 -", "3 / 12", "3쪽", "Page 3 of 12".
fn is_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let rest =
        ["페이지", "page", "of", "쪽", "면", "p."].iter().fold(lower, |rest, word| rest.replace(word, " "));
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits)
        && rest.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-–—/|()[]<>·~제".contains(c))
}

/// Whether a page number stands in marks that nothing else has.
fn is_framed(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['-', '–', '—', '<', '[', '|'])
        || text.contains('/')
        || text.to_lowercase().contains("page")
        || text.ends_with(['쪽', '지'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(number: u32, lines: &[(&str, f32)]) -> Leaf {
        let piece = |(text, y): &(&str, f32)| {
            Piece::Line(Line { page: number, text: (*text).into(), y: *y, size: 10.0, ..Line::default() })
        };
        Leaf { number, height: 800.0, pieces: lines.iter().map(piece).collect(), levels: Vec::new() }
    }

    fn left(leaves: &[Leaf]) -> Vec<String> {
        let lines = leaves.iter().flat_map(|leaf| leaf.pieces.iter().filter_map(Piece::line));
        lines.map(|line| line.text.clone()).collect()
    }

    #[test]
    fn what_stands_on_every_page_runs() {
        let mut leaves = [
            leaf(1, &[("이용약관", 40.0), ("제1조(목적)", 80.0), ("① 가", 400.0), ("- 1 -", 770.0)]),
            leaf(2, &[("이용약관", 40.0), ("제2조(정의)", 80.0), ("② 나", 400.0), ("- 2 -", 770.0)]),
            leaf(3, &[("이용약관", 40.0), ("1. 다", 95.0), ("③ 라", 400.0), ("- 3 -", 770.0)]),
        ];
        let running = take(&mut leaves);
        let texts: Vec<&str> = running.iter().map(|running| running.line.text.as_str()).collect();
        assert_eq!(texts, ["이용약관", "- 1 -"]);
        assert_eq!(running[1].part, Some(Part::Footer));
        assert_eq!(left(&leaves)[1..3], ["① 가", "제2조(정의)"]);
    }

    #[test]
    fn sentences_at_the_same_place_do_not_run() {
        let wide = |mut leaf: Leaf| {
            for piece in &mut leaf.pieces {
                let Piece::Line(line) = piece else { continue };
                (line.x0, line.x1) = (50.0, 500.0);
            }
            leaf
        };
        let lines =
            [("가", 712.0), ("나", 726.0), ("다", 740.0), ("회사는 남은 요금을 3일 안에 돌려준다.", 754.0)];
        let mut pages = [wide(leaf(1, &lines)), wide(leaf(2, &lines))];
        assert!(take(&mut pages).iter().all(|running| !running.line.text.contains("돌려준다")));
        let apart = [("가", 700.0), ("나", 714.0), ("누리결 이용계약서, 제3판, 2026년 7월 1일", 770.0)];
        let mut pages = [wide(leaf(1, &apart)), wide(leaf(2, &apart))];
        assert!(take(&mut pages).iter().any(|running| running.line.text.contains("제3판")));
    }

    #[test]
    fn a_single_page_loses_only_what_is_a_page_number_beyond_doubt() {
        let mut one = [leaf(1, &[("머리글", 30.0), ("본문", 400.0), ("- 1 -", 790.0)])];
        assert_eq!(take(&mut one).len(), 1);
        assert_eq!(left(&one), ["머리글", "본문"]);
        let mut two = [leaf(1, &[("본문", 400.0), ("2026", 790.0)])];
        assert!(take(&mut two).is_empty());
        for time in ["11/28/26, 8:34 AM", "2026. 11. 28. 오후 3:05", "28/11/2026, 15:05"] {
            let mut printed = [leaf(
                1,
                &[
                    (time, 20.0),
                    ("이용약관", 21.0),
                    ("제1조", 60.0),
                    ("https://예.kr/약관", 785.0),
                    ("1/1", 785.0),
                ],
            )];
            assert_eq!((take(&mut printed).len(), left(&printed)), (4, vec!["제1조".to_owned()]), "{time}");
        }
        let mut dated = [leaf(1, &[("2026. 11. 28.", 20.0), ("이용약관", 21.0), ("제1조", 60.0)])];
        assert!(take(&mut dated).is_empty(), "nothing below says that a browser printed it");
    }
}
