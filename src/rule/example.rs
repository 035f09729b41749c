//! Examples of a rule: clauses that must be reported, with the words to report in `[[ ]]`, and near misses that must not.

use super::{Rule, RuleSet};
use crate::check::unfair::{self, Hit, Ideas, Setting};
use crate::contract::Contract;
use crate::document::Document;
use crate::language;
use crate::text::Span;

/// One example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The clause, without marks.
    pub text: String,
    /// The words that must be reported; empty for a near miss.
    pub marked: Vec<Span>,
}

impl Example {
    /// Reads a text with `[[ ]]` around what must be reported.
    ///
    /// # Errors
    /// One Korean sentence when the marks do not match.
    pub fn read(written: &str) -> Result<Self, String> {
        let mut text = String::with_capacity(written.len());
        let mut marked = Vec::new();
        let mut rest = written;
        while let Some((before, after)) = rest.split_once("[[") {
            let (inside, behind) =
                after.split_once("]]").ok_or_else(|| format!("[[에 짝이 없습니다: {written:?}"))?;
            text.push_str(before);
            let start = text.len();
            text.push_str(inside);
            marked.push(Span::new(start, text.len()));
            rest = behind;
        }
        if rest.contains("]]") {
            return Err(format!("]]에 짝이 없습니다: {written:?}"));
        }
        text.push_str(rest);
        Ok(Self { text, marked })
    }

    /// The text with its marks.
    pub fn written(&self) -> String {
        let mut written = String::with_capacity(self.text.len() + 4 * self.marked.len());
        let mut done = 0;
        for mark in &self.marked {
            written.push_str(&self.text[done..mark.start]);
            written.push_str(&format!("[[{}]]", mark.of(&self.text)));
            done = mark.end;
        }
        written.push_str(&self.text[done..]);
        written
    }

    /// The example as a small contract, and how far its text is moved in it. Most examples are a sentence; a document is
    /// read as one only with a heading.
    pub fn document(&self) -> (String, usize) {
        let head = "클라우드 서비스 이용약관\n\n";
        let article = if self.text.trim_start().starts_with('제') && self.text.contains("조(") {
            ""
        } else {
            "제1조(조항)\n"
        };
        (format!("{head}{article}{}\n", self.text), head.len() + article.len())
    }
}

/// An example that a rule does not do justice to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong.
    pub kind: FailureKind,
    /// Which of the rule's examples of that kind, from 1.
    pub number: usize,
    /// The example, its marks put back.
    pub text: String,
    /// What was found in it: rule and words, in text order.
    pub found: Vec<(String, String)>,
}

/// What is wrong with an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// A bad example of which the rule sees no marked words.
    Missed,
    /// A good example in which the rule sees something.
    Flagged,
}

/// Holds a rule against its own examples: a bad one must be seen at words that are marked, a good one not at all.
pub fn run(rules: &RuleSet, language: &language::Analyzer, rule: &Rule) -> Vec<Failure> {
    let mut failures = Vec::new();
    for (kind, examples) in [(FailureKind::Missed, &rule.bad), (FailureKind::Flagged, &rule.good)] {
        for (number, example) in examples.iter().enumerate() {
            let (text, moved) = example.document();
            let document = Document::from_text("예.txt", text);
            let contract = Contract::read(&document, language);
            let frames = rules.frames(&contract, true);
            let hits = unfair::check(rules, &frames, Setting::default(), Ideas::default());
            let own =
                |hit: &Hit<'_>| std::iter::once(&hit.rule).chain(&hit.also).any(|other| other.id == rule.id);
            let marked = |hit: &Hit<'_>| {
                let span = |mark: &Span| Span::new(mark.start + moved, mark.end + moved);
                example.marked.iter().any(|mark| span(mark).overlaps(hit.span))
            };
            let fails = match kind {
                FailureKind::Missed => !hits.iter().any(|hit| own(hit) && marked(hit)),
                FailureKind::Flagged => hits.iter().any(own),
            };
            if fails {
                let found = hits.iter().flat_map(|hit| {
                    let words = hit.span.of(document.text());
                    std::iter::once(&hit.rule)
                        .chain(&hit.also)
                        .map(|rule| (rule.id.clone(), words.to_owned()))
                });
                failures.push(Failure {
                    kind,
                    number: number + 1,
                    text: example.written(),
                    found: found.collect(),
                });
            }
        }
    }
    failures
}

#[cfg(test)]
mod tests {
    use super::Example;

    #[test]
    fn marks_are_taken_out_and_remembered() {
        let example = Example::read("앞 [[가운데]] 뒤 [[끝]].").unwrap();
        assert_eq!(example.text, "앞 가운데 뒤 끝.");
        let marked: Vec<_> = example.marked.iter().map(|span| span.of(&example.text)).collect();
        assert_eq!(marked, ["가운데", "끝"]);
        assert_eq!(example.written(), "앞 [[가운데]] 뒤 [[끝]].");
        assert!(Example::read("[[가").is_err() && Example::read("가]]").is_err());
    }
}
