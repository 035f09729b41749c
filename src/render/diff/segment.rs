//! The words of a clause cut where a mark begins or ends: what went, what came, what a typed change is about. Knows texts
//! and places, no form of output.

use crate::render::view::visible;
use crate::report::{Mark, MarkKind, Piece};
use std::ops::Range;

/// A marked place in a text.
pub(super) type Run = (MarkKind, Range<usize>);

/// A stretch of a clause's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The words.
    pub text: String,
    /// [`MarkKind::Delete`] or [`MarkKind::Insert`] for words that only one side has, otherwise [`MarkKind::Equal`].
    pub mark: MarkKind,
    /// The typed change that is about these words, counted from 0 within the row.
    pub change: Option<usize>,
}

/// The segments without the places of typed changes, for forms that show marks only: neighbours with one mark are one.
pub(super) fn by_mark(segments: &[Segment]) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::new();
    for segment in segments {
        match joined.last_mut() {
            Some(last) if last.mark == segment.mark => last.text.push_str(&segment.text),
            _ => joined.push(Segment { change: None, ..segment.clone() }),
        }
    }
    joined
}

/// A marked segment's words between the blanks at either side, which no mark covers; `None` for blanks alone.
pub(super) fn bare(segment: &Segment) -> Option<(&str, &str, &str)> {
    let words = segment.text.trim();
    let (before, rest) = segment.text.split_at(segment.text.len() - segment.text.trim_start().len());
    (!words.is_empty()).then(|| (before, words, &rest[words.len()..]))
}

/// The marked stretches of each piece of one side: `own` is the kind of mark that only this side has. `None` when the
/// marks do not spell the side's words, blanks aside.
pub(super) fn marked(pieces: &[Piece], marks: &[Mark], own: MarkKind) -> Option<Vec<Vec<Run>>> {
    let kept = marks.iter().filter(|mark| mark.kind == MarkKind::Equal || mark.kind == own);
    let mut spelled = kept.flat_map(|mark| mark.text.chars().map(move |c| (mark.kind, c)));
    let mut sides = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let mut runs: Vec<Run> = Vec::new();
        for (at, c) in piece.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let (kind, same) = spelled.find(|(_, c)| !c.is_whitespace())?;
            if c != same {
                return None;
            }
            let end = at + c.len_utf8();
            // Blanks belong to a run only between its words, so that no line is drawn under the gap before the next.
            match runs.last_mut() {
                Some((last, run)) if *last == kind => run.end = end,
                _ => runs.push((kind, at..end)),
            }
        }
        sides.push(runs);
    }
    spelled.all(|(_, c)| c.is_whitespace()).then_some(sides)
}

/// A text cut at every place where something begins or ends. Places that do not lie on its characters are left out.
pub(super) fn segments(text: &str, runs: &[Run], touched: &[(usize, Range<usize>)]) -> Vec<Segment> {
    let mut cuts = vec![0, text.len()];
    let places = runs.iter().map(|(_, place)| place).chain(touched.iter().map(|(_, place)| place));
    for place in places.filter(|place| text.get((*place).clone()).is_some()) {
        cuts.extend([place.start, place.end]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut segments: Vec<Segment> = Vec::new();
    for cut in cuts.windows(2) {
        let [start, end] = cut else { continue };
        let inside = |place: &Range<usize>| place.start <= *start && *end <= place.end;
        let mark = runs.iter().find(|(_, place)| inside(place)).map_or(MarkKind::Equal, |(kind, _)| *kind);
        let change = touched.iter().find(|(_, place)| inside(place)).map(|(change, _)| *change);
        let words = visible(text.get(*start..*end).unwrap_or(""));
        match segments.last_mut() {
            Some(last) if last.mark == mark && last.change == change => last.text.push_str(&words),
            _ => segments.push(Segment { text: words, mark, change }),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str) -> Piece {
        Piece { path: "제1조".into(), heading: None, text: text.into(), span: None, place: None }
    }

    fn mark(kind: MarkKind, text: &str) -> Mark {
        Mark { kind, text: text.into() }
    }

    #[test]
    fn marks_over_two_pieces_find_their_words_in_both() {
        let marks = [
            mark(MarkKind::Equal, "① 회사는 "),
            mark(MarkKind::Delete, "30일 전 "),
            mark(MarkKind::Insert, "7일 전 "),
            mark(MarkKind::Equal, "알린다.\n② 회사는 "),
            mark(MarkKind::Delete, "갚는다."),
        ];
        let pieces = [piece("① 회사는 30일 전 알린다."), piece("② 회사는  갚는다.")];
        let sides = marked(&pieces, &marks, MarkKind::Delete).unwrap();
        let words = |i: usize| {
            let cut = segments(&pieces[i].text, &sides[i], &[]);
            cut.into_iter().filter(|s| s.mark == MarkKind::Delete).map(|s| s.text).collect::<Vec<_>>()
        };
        assert_eq!((words(0), words(1)), (vec!["30일 전".to_owned()], vec!["갚는다.".to_owned()]));
        assert_eq!(marked(&pieces, &marks, MarkKind::Insert), None, "the other side spells other words");
    }

    #[test]
    fn blanks_stay_outside_the_marks() {
        let segment = |text: &str| Segment { text: text.into(), mark: MarkKind::Insert, change: None };
        assert_eq!(bare(&segment(" 7일 전\n")), Some((" ", "7일 전", "\n")));
        assert_eq!(bare(&segment(" ")), None);
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost_whatever_the_places(text in "[가-힣ᄀ-하-ᅵ a|\n]{0,40}", places in proptest::collection::vec((0usize..130, 0usize..130), 0..6)) {
            let touched: Vec<_> = places.iter().enumerate().map(|(i, (a, b))| (i, *a..*b)).collect();
            let runs: Vec<_> = places.iter().rev().map(|(a, b)| (MarkKind::Delete, *a..*b)).collect();
            let told: String = segments(&text, &runs, &touched).into_iter().map(|s| s.text).collect();
            proptest::prop_assert_eq!(told, text);
        }
    }

    #[test]
    fn a_place_inside_a_syllable_is_left_out() {
        let cut = segments("가나다", &[(MarkKind::Delete, 1..4)], &[(0, 3..6), (1, 7..90)]);
        assert_eq!(cut.iter().map(|s| s.text.as_str()).collect::<Vec<_>>(), ["가", "나", "다"]);
        assert!(cut.iter().all(|s| s.mark == MarkKind::Equal));
        assert_eq!(cut[1].change, Some(0));
    }
}
