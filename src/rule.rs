//! Rules: which acts, done by whom and how, look unfair, and what excuses them. Each is one data file with its own
//! examples (`corpora/rules/<family>/<id>.toml`). Knows frames and patterns, no document.

mod builtin;
mod condition;
pub mod example;
mod file;
mod set;
pub mod twin;

pub use condition::Polarity;
pub use file::{Family, RuleAudience, RuleInstrument};
pub use set::{RuleSet, RuleSetBuilder};
pub(crate) use set::{read_text, toml_files};

use crate::finding::{Basis, Confidence, Kind, Severity};
use condition::Condition;
use example::Example;

/// A valid rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, ASCII kebab-case, named after the flawed pattern: "continued-use-as-consent".
    pub id: String,
    /// What it belongs to.
    pub family: Family,
    /// Its Korean title.
    pub title: String,
    /// Weight of the consequence.
    pub severity: Severity,
    /// How likely it is right where it fires.
    pub confidence: Confidence,
    /// Whose contracts it concerns.
    pub audience: RuleAudience,
    /// Which texts it concerns.
    pub instrument: RuleInstrument,
    /// The law behind it, best first.
    pub basis: Vec<Basis>,
    /// Topics whose standard provisions are the yardstick.
    pub topics: Vec<String>,
    /// What was seen, one Korean sentence that ends in "…로 볼 수 있습니다."
    pub message: String,
    /// What is wrong with it.
    pub why: String,
    /// What to negotiate.
    pub advice: String,
    /// A model clause of ours.
    pub suggestion: String,
    /// Clauses that must be reported, with the words to report.
    pub bad: Vec<Example>,
    /// Near misses that must stay silent.
    pub good: Vec<Example>,
    /// Where it stands: file and, for a user's, folder.
    pub source: String,
    pub(crate) conditions: Vec<Condition>,
}

impl Rule {
    /// The kind of its findings in terms.
    pub fn kind(&self) -> Kind {
        match self.family {
            Family::Trade => Kind::Trade,
            Family::Advertising => Kind::Advertising,
            _ => Kind::Unfair,
        }
    }
}
