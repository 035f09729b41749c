//! The statutes that data files may cite (`corpora/statutes.toml`): names, numbers and dates, no sentence of law. What is
//! not there is a slip of the pen, which a test finds.

mod change;

pub use change::{Extent, Moved, Named, Renamed, is_day};

use crate::error::{DataError, toml_reason};
use crate::finding::Basis;
use serde::Deserialize;

const STATUTES: &str = include_str!("../corpora/statutes.toml");

/// The data as they are written: part of what a report's digest covers.
pub(crate) fn source() -> &'static str {
    STATUTES
}

/// All statutes, and the state of the law that they stand for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statutes {
    /// The date of the law, "2026-01-02".
    pub law_as_of: String,
    /// The statutes.
    #[serde(rename = "statute")]
    pub list: Vec<Statute>,
    /// Types of unfair conduct that no text of a contract shows.
    pub outside: Vec<Outside>,
    /// Names of laws and agencies that are no longer used.
    #[serde(default)]
    pub renamed: Vec<Renamed>,
    /// Provisions that went elsewhere or were repealed.
    #[serde(default)]
    pub moved: Vec<Moved>,
    /// How far the articles of statutes go.
    #[serde(default)]
    pub extent: Vec<Extent>,
}

/// A statute or decree.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    /// Its full name: "약관의 규제에 관한 법률".
    pub name: String,
    /// What it is called for short: "약관법".
    pub short: Vec<String>,
    /// Number of the act whose text was read.
    pub act: Option<String>,
    /// Since when that text is in force.
    pub in_force: Option<String>,
    /// The articles that may be cited.
    #[serde(rename = "article")]
    pub articles: Vec<Article>,
}

/// A 조 that may be cited.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Its number as [`Basis::article`] has it: "12", "23의2".
    pub number: String,
    /// Its title.
    pub title: String,
    /// What may be cited below it as [`Basis::item`] has it; anything when empty.
    #[serde(default)]
    pub items: Vec<String>,
}

/// A type of conduct that the law forbids and no rule looks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// Where it is forbidden: "공정거래법 제45조제1항제1호".
    pub basis: String,
    /// What it is called.
    pub r#type: String,
    /// The kinds of it.
    pub kinds: String,
    /// Why no contract shows it.
    pub why: String,
}

impl Statutes {
    /// The statutes that come with jomun.
    ///
    /// # Errors
    /// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
    pub fn builtin() -> Result<Self, DataError> {
        toml::from_str(STATUTES)
            .map_err(|error| DataError { file: "statutes.toml".to_owned(), reason: toml_reason(&error) })
    }

    /// The 조 that a provision belongs to, when that provision may be cited.
    pub fn article(&self, basis: &Basis) -> Option<&Article> {
        let statute = self.list.iter().find(|statute| statute.name == basis.law)?;
        let article = statute.articles.iter().find(|article| article.number == basis.article)?;
        let below = |listed: &String, item: &str| {
            listed.strip_prefix(item).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let known = match &basis.item {
            Some(item) if !article.items.is_empty() => article.items.iter().any(|listed| below(listed, item)),
            _ => true,
        };
        known.then_some(article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_cited_is_known_to_the_last_item() {
        let statutes = Statutes::builtin().unwrap();
        for (written, known) in [
            ("약관법 제12조제1호", true),
            ("약관법 제12조제5호", false),
            ("약관법 제6조제2항", true),
            ("약관법 제6조제2항제4호", false),
            ("약관법 제99조", false),
            ("공정거래법 제45조제1항제6호", true),
            ("공정거래법 제23조", false),
            ("없는법 제1조", false),
        ] {
            let basis: Basis = written.parse().unwrap();
            assert_eq!(statutes.article(&basis).is_some(), known, "{written}");
        }
    }

    #[test]
    fn names_for_short_are_those_that_data_files_use() {
        let statutes = Statutes::builtin().unwrap();
        for statute in &statutes.list {
            for name in statute.short.iter().chain([&statute.name]) {
                let basis: Basis = format!("{name} 제1조").parse().unwrap();
                assert_eq!(basis.law, statute.name, "{name}");
            }
            assert!(!statute.articles.is_empty(), "{}", statute.name);
        }
        for outside in &statutes.outside {
            let basis: Basis = outside.basis.parse().unwrap();
            assert!(statutes.article(&basis).is_some(), "{}", outside.basis);
        }
    }
}
