//! Standard contracts: the yardstick. Built-in ones hold citation, elements and a model clause in our own words;
//! imported ones hold the literal text of the user's file. Knows nothing of the contract that is measured.

mod builtin;
mod import;
mod text;

pub use builtin::builtin;
pub use import::import;

use crate::error::DataError;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A standard contract or playbook: chapters and provisions in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// `cloud-b2b`, `cloud-b2c`, or the id given at import.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Who published it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The date that tells its edition, `2016-12-04` for the built-in ones.
    pub edition: String,
    /// Whom it is for.
    pub audience: Audience,
    /// The built-in standard whose topics and elements apply; its own id for a built-in one.
    #[serde(default)]
    pub like: String,
    /// What its text calls the provider.
    pub provider: String,
    /// What its text calls the customer.
    pub customer: String,
    /// How many 장, 조, 항, 호 and 목 it has.
    pub counts: Counts,
    /// 장, in order.
    #[serde(default, rename = "chapter")]
    pub chapters: Vec<Chapter>,
    /// 조, 항, 호 and 목, in order, each 조 before its 항.
    #[serde(rename = "provision")]
    pub provisions: Vec<Provision>,
}

/// Whom a contract is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Between businesses (사업자 간).
    B2b,
    /// With consumers (소비자).
    B2c,
}

impl Audience {
    /// The name in data files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Audience::B2b => "b2b",
            Audience::B2c => "b2c",
        }
    }
}

/// Numbers of units by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// 장
    pub chapters: usize,
    /// 조
    pub articles: usize,
    /// 항
    pub paragraphs: usize,
    /// 호
    pub items: usize,
    /// 목
    pub subitems: usize,
}

/// A 장 of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
}

/// Whom a provision binds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Binds {
    /// 제공자
    Provider,
    /// 이용자
    Customer,
    /// 쌍방
    Both,
    /// Nobody: a definition, an aim.
    #[default]
    None,
}

/// A 조, 항, 호 or 목 of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Citation as a clause path: "제3조제1항".
    pub at: String,
    /// Number of its 장 (조 only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<u32>,
    /// Title of the 조, or a summary in our words.
    pub title: String,
    /// Whom it binds.
    #[serde(default)]
    pub binds: Binds,
    /// Topics it carries, main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// What it requires, one idea each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<String>,
    /// Periods, rates, methods it fixes or leaves blank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<StatedFact>,
    /// The statutes behind it ("약관법 제3조").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<String>,
    /// A clause in our own words that fulfils every element.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The literal text (imported standards).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A fact that a provision states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedFact {
    /// period, rate, amount, method or count.
    pub kind: String,
    /// The value with its unit, or a blank.
    pub value: String,
    /// What it is about.
    pub of: String,
}

impl Standard {
    /// Reads a standard from TOML. `name` is what errors call it.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, DataError> {
        let fault = |reason: String| DataError { file: name.to_owned(), reason };
        let mut standard: Self = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        if standard.like.is_empty() {
            standard.like.clone_from(&standard.id);
        }
        let counted = standard.count();
        if counted != standard.counts {
            return Err(fault(format!(
                "counts가 본문과 다릅니다: 적힌 값 {:?}, 센 값 {counted:?}",
                standard.counts
            )));
        }
        Ok(standard)
    }

    /// The standard as TOML, as it is kept in the user's data directory.
    pub fn to_toml(&self) -> Result<String, DataError> {
        toml::to_string_pretty(self)
            .map_err(|error| DataError { file: self.id.clone(), reason: error.to_string() })
    }

    /// Units by level, counted from the citations.
    pub fn count(&self) -> Counts {
        let mut counts = Counts { chapters: self.chapters.len(), ..Counts::default() };
        for provision in &self.provisions {
            match provision.level() {
                '목' => counts.subitems += 1,
                '호' => counts.items += 1,
                '항' => counts.paragraphs += 1,
                _ => counts.articles += 1,
            }
        }
        counts
    }

    /// The provision with this citation.
    pub fn provision(&self, at: &str) -> Option<&Provision> {
        self.provisions.iter().find(|provision| provision.at == at)
    }

    /// The 장 that holds a provision, by its citation.
    pub fn chapter_of(&self, at: &str) -> Option<&Chapter> {
        let number = self.provision(article_part(at))?.chapter?;
        self.chapters.iter().find(|chapter| chapter.number == number)
    }

    /// The provision at `at` and all below it ("제3조": its 항 and their 호), in order.
    pub fn under<'a>(&'a self, at: &'a str) -> impl Iterator<Item = &'a Provision> {
        self.provisions.iter().filter(move |provision| is_under(&provision.at, at))
    }

    /// What to write for the provisions at `at`: the literal text of an imported standard, else the model clauses of
    /// the 항 (or the 조) below, or of the 항 that holds a 호.
    pub fn wording(&self, at: &str) -> String {
        let own = |provision: &Provision| provision.text.clone().or_else(|| provision.model.clone());
        let below: Vec<String> = self.under(at).filter_map(own).collect();
        if !below.is_empty() {
            return below.join("\n");
        }
        let holder = self
            .provisions
            .iter()
            .rev()
            .find(|provision| is_under(at, &provision.at) && own(provision).is_some());
        holder.and_then(own).unwrap_or_default()
    }
}

impl Provision {
    /// The level that its citation ends with: 조, 항, 호 or 목.
    pub fn level(&self) -> char {
        self.at.chars().next_back().filter(|level| matches!(level, '항' | '호' | '목')).unwrap_or('조')
    }
}

/// Whether the provision `at` is `whole` or lies below it.
pub fn is_under(at: &str, whole: &str) -> bool {
    // "제2조의2" does not lie below "제2조".
    at.strip_prefix(whole).is_some_and(|rest| !rest.starts_with('의'))
}

/// The 조 of a citation: "제3조제1항" gives "제3조".
pub fn article_part(at: &str) -> &str {
    match at.find('조') {
        Some(i) => {
            let end = i + '조'.len_utf8();
            let branch = at[end..].strip_prefix('의').map_or(0, |rest| {
                rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len() + '의'.len_utf8()
            });
            &at[..end + branch]
        }
        None => at,
    }
}

/// Reads every imported standard (`*.toml`) of a data directory's `standards` folder, by name. A folder that is not
/// there holds none.
pub fn load_dir(dir: &Path) -> Result<Vec<Standard>, DataError> {
    let fault = |path: &Path, error: &dyn std::fmt::Display| DataError {
        file: path.display().to_string(),
        reason: error.to_string(),
    };
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fault(dir, &error)),
    };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).map_err(|error| fault(path, &error))?;
            Standard::from_toml(&path.display().to_string(), &text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_lies_below_its_article() {
        assert!(is_under("제2조제1항", "제2조"));
        assert!(!is_under("제2조의2제1항", "제2조"));
        assert!(!is_under("제20조", "제2조제1항"));
        assert_eq!(article_part("제12조제3항제1호가목"), "제12조");
        assert_eq!(article_part("제8조의2제1항"), "제8조의2");
    }
}
