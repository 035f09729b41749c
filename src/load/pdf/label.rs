//! Numbers and bullets that stand apart in front of their text. Knows their look, not what they mean.

use crate::load::blocks::begins_clause;
use crate::load::pdf::line::Line;
use crate::load::pdf::piece::Piece;

/// A number that stands apart in front of its text is no cell of its own, in whichever column of a page.
pub(super) fn labelled(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut texts: Vec<Option<Piece>> = pieces.into_iter().map(Some).collect();
    for at in 0..texts.len() {
        let Some(piece) = texts[at].take() else { continue };
        let Piece::Line(mut line) = piece else {
            out.push(piece);
            continue;
        };
        while is_label(&line.text) || is_number(&line.text) {
            let Some(next) = beside(&texts, at, &line) else { break };
            let Some(Piece::Line(text)) = texts[next].take_if(|piece| {
                is_label(&line.text) || piece.line().is_some_and(|next| is_sentence(&next.text))
            }) else {
                break;
            };
            line.append(&text);
        }
        out.push(Piece::Line(line));
    }
    out
}

fn is_label(text: &str) -> bool {
    text.chars().count() <= 6 && (begins_clause(text) || is_bullet(text))
}

/// A number that may also be a value of a table: 1.1, 2.1.3, A., IV.
fn is_number(text: &str) -> bool {
    let decimal = text.contains('.') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let letters = text.trim_end_matches(['.', ')']);
    let roman = letters.chars().all(|c| "IVXivxⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ".contains(c));
    let lettered = letters.len() < text.len() && !letters.is_empty() && (letters.len() == 1 || roman);
    text.chars().count() <= 8 && (decimal || lettered)
}

/// Text as clauses have it, not a word in a cell.
fn is_sentence(text: &str) -> bool {
    text.chars().filter(|c| ('가'..='힣').contains(c)).count() >= 6 && text.contains(' ')
}

/// The nearest line to the right on the base line of a label, not too far off.
fn beside(texts: &[Option<Piece>], at: usize, label: &Line) -> Option<usize> {
    /// Furthest that a text hangs behind its number, in parts of the size.
    const FAR: f32 = 5.0;
    let gap = |next: &Line| next.x0 - label.x1;
    let fits = |next: &Line| {
        (next.y - label.y).abs() < 0.35 * label.size.min(next.size)
            && (0.0..FAR * label.size).contains(&gap(next))
    };
    let lines = texts.iter().enumerate().take(at + 40).skip(at.saturating_sub(40));
    lines
        .filter_map(|(index, piece)| Some((index, piece.as_ref()?.line()?)))
        .filter(|(_, next)| fits(next))
        .min_by(|a, b| gap(a.1).total_cmp(&gap(b.1)))
        .map(|(index, _)| index)
}

fn is_bullet(text: &str) -> bool {
    matches!(text, "•" | "▪" | "□" | "○" | "-" | "·" | "◦" | "※" | "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x0: f32, x1: f32, y: f32) -> Piece {
        Piece::Line(Line { page: 1, text: text.into(), x0, x1, y, size: 10.0, ..Line::default() })
    }

    #[test]
    fn numbers_join_their_texts_in_every_column() {
        let pieces = vec![
            line("①", 20.0, 30.0, 10.0),
            line("회사는", 45.0, 90.0, 10.0),
            line("②", 300.0, 310.0, 10.0),
            line("회원은", 325.0, 370.0, 10.0),
        ];
        let texts: Vec<String> =
            labelled(pieces).iter().filter_map(Piece::line).map(|line| line.text.clone()).collect();
        assert_eq!(texts, ["① 회사는", "② 회원은"]);
    }
}
