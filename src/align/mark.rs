//! The words that went and came between two literal texts, on the bounds of words: never half a syllable, and an ending
//! only with its word. Knows text, no law.

use crate::report::{Mark, MarkKind};
use crate::text::Span;
use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// Longest texts that are held against each other word by word, in words of both; longer ones are told as a whole.
const LONGEST: usize = 8_000;

/// A text with the places where its morphemes begin, in bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cut {
    pub text: String,
    pub starts: Vec<usize>,
}

impl Cut {
    /// Several texts, each on lines of its own.
    pub fn joined(texts: impl IntoIterator<Item = Cut>) -> Cut {
        let mut all = Cut::default();
        for text in texts {
            if !all.text.is_empty() {
                all.text.push('\n');
            }
            let at = all.text.len();
            all.starts.extend(text.starts.iter().map(|start| at + start));
            all.text.push_str(&text.text);
        }
        all
    }

    /// Where a span of the document lies in this text, which is made of the document's `body`.
    pub fn place(&self, body: &[Span], span: Span) -> Span {
        let mut at = 0;
        for part in body {
            if span.start < part.end {
                let start = at + span.start.saturating_sub(part.start);
                let end = start + span.len();
                return Span::new(start.min(self.text.len()), end.min(self.text.len()));
            }
            at += part.len() + 1;
        }
        Span::new(self.text.len(), self.text.len())
    }
}

/// The marks between two texts of one row.
pub(crate) fn marks(base: &Cut, contract: &Cut) -> Vec<Mark> {
    let (old, new) = (words(base), words(contract));
    let (base, contract) = (base.text.as_str(), contract.text.as_str());
    if old.len() + new.len() > LONGEST {
        let one = |kind, text: &str| Mark { kind, text: text.to_owned() };
        return vec![one(MarkKind::Delete, base), one(MarkKind::Insert, contract)];
    }
    // White space is no difference.
    let plain = |words: &[&str]| words.iter().map(|word| word.trim_end().to_owned()).collect::<Vec<_>>();
    let (old_plain, new_plain) = (plain(&old), plain(&new));
    let mut marks: Vec<Mark> = Vec::new();
    let mut push = |kind, text: &str| match marks.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(text),
        _ => marks.push(Mark { kind, text: text.to_owned() }),
    };
    for op in capture_diff_slices(Algorithm::Myers, &old_plain, &new_plain) {
        for change in op.iter_changes(&old_plain, &new_plain) {
            let (kind, word) = match change.tag() {
                ChangeTag::Equal => (MarkKind::Equal, change.new_index().map(|at| new[at])),
                ChangeTag::Delete => (MarkKind::Delete, change.old_index().map(|at| old[at])),
                ChangeTag::Insert => (MarkKind::Insert, change.new_index().map(|at| new[at])),
            };
            push(kind, word.unwrap_or_default());
        }
    }
    joined(marks)
}

/// A text cut at its morphemes, each with the white space behind it.
fn words(cut: &Cut) -> Vec<&str> {
    let mut words = Vec::with_capacity(cut.starts.len() + 1);
    let mut start = 0;
    for &next in &cut.starts {
        if next > start && cut.text.is_char_boundary(next) {
            words.push(&cut.text[start..next]);
            start = next;
        }
    }
    if start < cut.text.len() {
        words.push(&cut.text[start..]);
    }
    words
}

/// A single syllable that both have between two differences (a particle, mostly) makes a change hard to read: it goes with
/// them.
fn joined(marks: Vec<Mark>) -> Vec<Mark> {
    let mut joined: Vec<Mark> = Vec::with_capacity(marks.len());
    let (mut gone, mut come) = (String::new(), String::new());
    let flush = |gone: &mut String, come: &mut String, joined: &mut Vec<Mark>| {
        for (kind, text) in [(MarkKind::Delete, gone), (MarkKind::Insert, come)] {
            if !text.is_empty() {
                joined.push(Mark { kind, text: std::mem::take(text) });
            }
        }
    };
    let mut rest = marks.into_iter().peekable();
    while let Some(mark) = rest.next() {
        match mark.kind {
            MarkKind::Delete => gone.push_str(&mark.text),
            MarkKind::Insert => come.push_str(&mark.text),
            MarkKind::Equal => {
                let between = !(gone.is_empty() && come.is_empty()) && rest.peek().is_some();
                let word = mark.text.trim_end();
                if between && word.chars().count() == 1 && word.chars().all(char::is_alphanumeric) {
                    gone.push_str(&mark.text);
                    come.push_str(&mark.text);
                } else {
                    flush(&mut gone, &mut come, &mut joined);
                    joined.push(mark);
                }
            }
        }
    }
    flush(&mut gone, &mut come, &mut joined);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Cut {
        let analyzer = crate::language::Analyzer::new().unwrap();
        let starts = analyzer.analyze(text).iter().map(|morph| morph.span.start).collect();
        Cut { text: text.to_owned(), starts }
    }

    #[test]
    fn both_sides_can_be_read_from_the_marks() {
        let base = "회사는 30일 전까지 이용자에게 통지하여야 한다.";
        let contract = "회사는 7일 전까지 홈페이지에 게시할 수 있다.";
        let marks = marks(&cut(base), &cut(contract));
        let side = |gone| {
            marks.iter().filter(|mark| mark.kind != gone).map(|mark| mark.text.as_str()).collect::<String>()
        };
        assert_eq!(side(MarkKind::Insert), base);
        assert_eq!(side(MarkKind::Delete), contract);
        assert_eq!(marks[0], Mark { kind: MarkKind::Equal, text: "회사는 ".into() });
    }

    #[test]
    fn white_space_is_no_difference() {
        let marks = marks(&cut("서비스 이용"), &cut("서비스\n이용"));
        assert!(marks.iter().all(|mark| mark.kind == MarkKind::Equal), "{marks:?}");
    }
}
