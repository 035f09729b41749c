//! The 신구대조표: what the base says, what the contract says, and a remark on the difference. Knows comparisons and lines,
//! no file format.

use super::page::{Line, Page, Tone};
use crate::render::grouped;
use crate::report::{BaseKind, Comparison, Favours, MarkKind, Piece, Relation, Row, TypedChange};

/// The table, without the rows that are the same.
pub(super) fn table(page: &mut Page, comparison: &Comparison) {
    let (base, contract) = match comparison.base.kind {
        BaseKind::Builtin => ("표준계약서 요지", "계약서"),
        BaseKind::Imported => ("표준계약서", "계약서"),
        BaseKind::Version => ("구", "신"),
    };
    let shown: Vec<&Row> = comparison.rows.iter().filter(|row| row.relation != Relation::Same).collect();
    let same = comparison.rows.len() - shown.len();
    if comparison.base.kind == BaseKind::Builtin {
        page.text(
            "왼쪽은 jomun이 쓴 표준계약서의 요지이므로 낱말이 아니라 요소와 내용으로 견주었습니다.",
            Tone::Quiet,
        );
    } else {
        page.text("붉은 취소선은 없어진 말, 푸른 글씨는 새로 들어온 말입니다.", Tone::Quiet);
    }
    if same > 0 {
        page.text(&format!("내용이 같은 조항 {}개는 적지 않았습니다.", grouped(same)), Tone::Quiet);
    }
    if shown.is_empty() {
        page.text("달라진 조항을 찾지 못했습니다.", Tone::Plain);
        return;
    }
    let rows: Vec<Vec<Vec<Line>>> = shown
        .iter()
        .map(|row| {
            let side = |pieces: &[Piece], own: MarkKind| {
                if pieces.is_empty() {
                    vec![vec![("(없음)".to_owned(), Tone::Quiet)]]
                } else {
                    words(row, pieces, own)
                }
            };
            vec![side(&row.base, MarkKind::Delete), side(&row.contract, MarkKind::Insert), remark(row)]
        })
        .collect();
    page.table(&[base, contract, "비고"], &[36, 36, 28], &rows);
}

/// One side of a row: where it stands, and its words with those marked that only this side has.
fn words(row: &Row, pieces: &[Piece], own: MarkKind) -> Vec<Line> {
    if row.marks.is_empty() {
        return pieces
            .iter()
            .flat_map(|piece| {
                let text = piece.text.lines().map(|line| vec![(line.to_owned(), Tone::Plain)]);
                std::iter::once(name(piece)).chain(text).collect::<Vec<Line>>()
            })
            .collect();
    }
    let mut lines: Vec<Line> = pieces.iter().map(name).collect();
    let tone = if own == MarkKind::Delete { Tone::Gone } else { Tone::Come };
    let mut line: Line = Vec::new();
    for mark in row.marks.iter().filter(|mark| mark.kind == MarkKind::Equal || mark.kind == own) {
        let tone = if mark.kind == own { tone } else { Tone::Plain };
        for (n, text) in mark.text.split('\n').enumerate() {
            if n > 0 {
                lines.push(std::mem::take(&mut line));
            }
            line.push((text.to_owned(), tone));
        }
    }
    lines.push(line);
    lines
}

/// "제12조제2항(손해배상) 12쪽".
fn name(piece: &Piece) -> Line {
    let heading = piece.heading.as_ref().map(|heading| format!("({heading})")).unwrap_or_default();
    let place = piece.place.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
    vec![(format!("{}{heading}", piece.path), Tone::Strong), (place, Tone::Quiet)]
}

/// What a row comes to.
fn remark(row: &Row) -> Vec<Line> {
    let mut lines: Vec<Line> = vec![vec![(row.relation.ko().to_owned(), Tone::Strong)]];
    for change in &row.changes {
        lines.push(vec![(told(change), Tone::Plain)]);
        let tone = if change.favours == Favours::Provider { Tone::Warning } else { Tone::Quiet };
        lines.push(vec![(change.favours.ko().to_owned(), tone)]);
        if !change.message.trim().is_empty() {
            lines.push(vec![(change.message.clone(), Tone::Plain)]);
        }
    }
    let absent = row.elements.iter().filter(|element| element.shown == Some(false));
    for element in absent.filter(|_| row.relation != Relation::Missing) {
        lines.push(vec![("보이지 않는 요소: ".to_owned(), Tone::Quiet), (element.text.clone(), Tone::Plain)]);
    }
    lines
}

/// "기간: 30일 전 → 7일 전".
fn told(change: &TypedChange) -> String {
    let value = |stated: &Option<crate::report::Stated>| {
        stated.as_ref().map_or_else(|| "없음".to_owned(), |stated| stated.value.clone())
    };
    format!("{}: {} → {}", change.kind.ko(), value(&change.base), value(&change.contract))
}
