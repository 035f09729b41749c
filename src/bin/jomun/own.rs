//! A user's own rules and settings, as the command line and `jomun.toml` name them.

use crate::args::{ListDirs, Own};
use jomun::checklist::Checklists;
use jomun::config::{self, Config};
use jomun::error::DataError;
use jomun::rule::{RuleSet, RuleSetBuilder};
use std::path::Path;

/// The configuration file that is named, or the one in the current folder when it is there.
pub fn config(own: &Own) -> Result<Config, DataError> {
    match &own.config {
        Some(path) => Config::load(path),
        None if Path::new(config::NAME).is_file() => Config::load(Path::new(config::NAME)),
        None => Ok(Config::default()),
    }
}

/// The built-in rules, those of the configuration file and those of the command line.
pub fn rules(own: &Own, config: &Config) -> Result<RuleSet, DataError> {
    let mut dirs = config.rules.iter().chain(&own.rules);
    dirs.try_fold(RuleSetBuilder::default(), |rules, dir| rules.dir(dir))?.build()
}

/// The built-in checklists, those of the configuration file and those of the command line.
pub fn checklists(dirs: &ListDirs, config: &Config) -> Result<Checklists, DataError> {
    let mut dirs = config.checklists.iter().chain(&dirs.checklists);
    dirs.try_fold(Checklists::builder(), |lists, dir| lists.dir(dir))?.build()
}

/// Ids that share most words with one that nobody knows, for a hint: " (비슷한 것: …)".
pub fn alike<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> String {
    let words = |id: &'a str| id.split('-').filter(|word| *word != "missing");
    let shared = |other: &'a str| words(other).filter(|word| id.split('-').any(|own| own == *word)).count();
    let mut like: Vec<(usize, &str)> = known.map(|other| (shared(other), other)).collect();
    like.retain(|(count, _)| *count > 0);
    like.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    like.truncate(3);
    if like.is_empty() {
        return String::new();
    }
    format!(" (비슷한 것: {})", like.iter().map(|(_, id)| *id).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_that_share_words_are_alike() {
        let known = ["no-refund", "missing-refund", "silent-renewal", "no-refund-after-short-period"];
        let hint = super::alike("refund-no", known.into_iter());
        assert_eq!(hint, " (비슷한 것: no-refund, no-refund-after-short-period, missing-refund)");
        assert_eq!(super::alike("xyz", known.into_iter()), "");
    }
}
