//! A standard as the contract that it stands for, so that it can be read like any other document: 장 and 조 as headings,
//! below them the literal text of an imported standard or our model clauses. Knows nothing of what is compared with it.

use super::Standard;
use crate::document::Document;

impl Standard {
    /// The standard written out as a contract. Of a built-in standard that is our wording (요지), of an imported one its
    /// own; every provision stands under its own number.
    pub fn document(&self) -> Document {
        let mut text = String::new();
        let mut chapter = None;
        for provision in &self.provisions {
            let words = provision.text.as_deref().or(provision.model.as_deref()).map(str::trim);
            if provision.level() != '조' {
                // A 항 carries its 호; those have no words of their own here.
                if let Some(words) = words {
                    text.push_str(words);
                    text.push('\n');
                }
                continue;
            }
            if provision.chapter != chapter {
                chapter = provision.chapter;
                let title = self.chapters.iter().find(|one| Some(one.number) == chapter);
                if let Some(title) = title {
                    text.push_str(&format!("제{}장 {}\n", title.number, title.title));
                }
            }
            let words = words.unwrap_or_default();
            // The literal text of a 조 without 항 has its heading in front already.
            if !words.starts_with(provision.at.as_str()) {
                text.push_str(&format!("{}({})\n", provision.at, provision.title));
            }
            if !words.is_empty() {
                text.push_str(words);
                text.push('\n');
            }
        }
        Document::from_text(self.id.clone(), text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::builtin;
    use crate::clause::parse;

    #[test]
    fn the_written_out_standard_has_the_provisions_of_the_standard() {
        for standard in builtin().unwrap() {
            let document = standard.document();
            let (tree, _) = parse(&document);
            let paths: Vec<String> = tree.clauses().iter().map(|clause| clause.path.to_string()).collect();
            for provision in &standard.provisions {
                assert!(paths.contains(&provision.at), "{} {}", standard.id, provision.at);
            }
            let counts = tree.counts();
            assert_eq!(counts.articles, standard.counts.articles, "{}", standard.id);
            assert_eq!(counts.paragraphs, standard.counts.paragraphs, "{}", standard.id);
        }
    }
}
