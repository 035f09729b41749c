//! What is looked for in service levels, as data (`corpora/sla.toml`): thresholds by kind of service, and what people
//! read of each finding.

use crate::error::{DataError, toml_reason};
use crate::finding::{Basis, Confidence, Severity};
use crate::report::Service;
use serde::Deserialize;

const SOURCE: &str = include_str!("../../../corpora/sla.toml");

/// All that is looked for.
#[derive(Clone, Debug)]
pub struct Book {
    /// A credit must be claimable for at least so many days.
    pub claim_days: f64,
    /// A claim period of at most so many days weighs more.
    pub claim_days_grave: f64,
    /// The availability that each kind of service is held against.
    pub services: Vec<Threshold>,
    /// The findings that there are.
    pub checks: Vec<Check>,
}

/// What a kind of service is held against.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The kind of service.
    pub id: Service,
    /// What people call it.
    pub name: String,
    /// Words by which a document says that it is one.
    pub words: Vec<String>,
    /// The availability in hundredths.
    pub availability: f64,
    /// Where the figure stands.
    pub source: String,
}

/// A finding that there is, as people read it.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its id: "sla-tiers-gap".
    pub id: String,
    /// Its title.
    pub title: String,
    /// Weight of the consequence.
    pub severity: Severity,
    /// How likely it is right.
    pub confidence: Confidence,
    /// The law behind it.
    pub basis: Vec<Basis>,
    /// What was seen; `{…}` is filled in.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What can be done.
    pub advice: String,
    /// Wording to put in.
    pub suggestion: String,
    /// Rules that say the same of the same words.
    pub same: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim_days: f64,
    claim_days_grave: f64,
    service: Vec<Threshold>,
    check: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    title: String,
    severity: Severity,
    confidence: Confidence,
    basis: Vec<String>,
    message: String,
    why: String,
    advice: String,
    suggestion: String,
    #[serde(default)]
    same: Vec<String>,
}

impl Book {
    /// What comes with jomun.
    ///
    /// # Errors
    /// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
    pub fn builtin() -> Result<Self, DataError> {
        let wrong = |reason: String| DataError { file: "sla.toml".to_owned(), reason };
        let file: File = toml::from_str(SOURCE).map_err(|error| wrong(toml_reason(&error)))?;
        let mut checks = Vec::with_capacity(file.check.len());
        for written in file.check {
            let basis: Result<Vec<Basis>, _> = written.basis.iter().map(|basis| basis.parse()).collect();
            checks.push(Check {
                basis: basis.map_err(|error| wrong(format!("{}: {error}", written.id)))?,
                id: written.id,
                title: written.title,
                severity: written.severity,
                confidence: written.confidence,
                message: written.message,
                why: written.why,
                advice: written.advice,
                suggestion: written.suggestion,
                same: written.same,
            });
        }
        let (claim_days, claim_days_grave) = (file.claim_days, file.claim_days_grave);
        Ok(Book { claim_days, claim_days_grave, services: file.service, checks })
    }

    /// The data as written: part of what a report's digest covers.
    pub(crate) fn source() -> &'static str {
        SOURCE
    }

    /// The check with this id.
    pub fn get(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// What this kind of service is held against; nothing for [`Service::Other`].
    pub fn threshold(&self, service: Service) -> Option<&Threshold> {
        self.services.iter().find(|threshold| threshold.id == service)
    }

    /// What every kind of service with a threshold must reach at least.
    pub fn lowest(&self) -> Option<&Threshold> {
        self.services.iter().min_by(|one, other| one.availability.total_cmp(&other.availability))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::RuleSet;
    use crate::statute::Statutes;
    use std::collections::BTreeSet;

    #[test]
    fn the_data_reads_and_cites_what_there_is() {
        let book = Book::builtin().unwrap();
        let statutes = Statutes::builtin().unwrap();
        let rules = RuleSet::builtin().unwrap();
        let ids: BTreeSet<&str> = book.checks.iter().map(|check| check.id.as_str()).collect();
        assert_eq!(ids.len(), book.checks.len());
        for check in &book.checks {
            assert!(check.id.starts_with("sla-"), "{}", check.id);
            assert!(check.message.ends_with('.') && check.message.contains("볼 수 있습니다"), "{}", check.id);
            assert!(check.basis.iter().all(|basis| statutes.article(basis).is_some()), "{}", check.id);
            assert!(check.same.iter().all(|rule| rules.get(rule).is_some()), "{}", check.id);
            assert!(rules.get(&check.id).is_none(), "{}", check.id);
        }
        assert_eq!(book.threshold(Service::Iaas).map(|threshold| threshold.availability), Some(99.9));
        assert_eq!(book.threshold(Service::Saas).map(|threshold| threshold.availability), Some(99.5));
        assert!(book.threshold(Service::Other).is_none());
        assert_eq!(book.lowest().map(|threshold| threshold.availability), Some(99.5));
    }
}
