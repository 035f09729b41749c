//! Examples of a rule: clauses that must be reported, with the words to report in `[[ ]]`, and near misses that must not.

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

#[cfg(test)]
mod tests {
    use super::Example;

    #[test]
    fn marks_are_taken_out_and_remembered() {
        let example = Example::read("앞 [[가운데]] 뒤 [[끝]].").unwrap();
        assert_eq!(example.text, "앞 가운데 뒤 끝.");
        let marked: Vec<_> = example.marked.iter().map(|span| span.of(&example.text)).collect();
        assert_eq!(marked, ["가운데", "끝"]);
        assert!(Example::read("[[가").is_err() && Example::read("가]]").is_err());
    }
}
