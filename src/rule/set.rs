//! All rules that decide together, with the words that they share, ready to be tested on contracts.

use super::file::{self, Family};
use super::{Rule, builtin};
use crate::contract::Contract;
use crate::error::DataError;
use crate::frame::{Frames, Lexicon};
use crate::pattern::{PatternReader, Vocabulary};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const CONCEPTS: &str = include_str!("../../dictionaries/concepts.toml");

/// Rules, the acts that they speak of, and the words of both.
pub struct RuleSet {
    rules: Vec<Rule>,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    /// For each act the rules and conditions that ask for it.
    by_act: BTreeMap<usize, Vec<(usize, usize)>>,
    source: String,
}

/// What a [`RuleSet`] is built from: the built-in rules and a user's own.
#[derive(Clone, Debug, Default)]
pub struct RuleSetBuilder {
    files: Vec<(String, String)>,
    lexicon: Option<(String, Vec<(String, String)>)>,
    without_builtin: bool,
}

impl RuleSetBuilder {
    /// Adds every rule file below a folder (`<family>/<id>.toml`, or files right in it).
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn dir(mut self, dir: &Path) -> Result<Self, DataError> {
        for path in toml_files(dir)? {
            self.files.push((path.display().to_string(), read_text(&path)?));
        }
        Ok(self)
    }

    /// Adds one rule file: its name, and its text.
    pub fn file(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.push((name.into(), text.into()));
        self
    }

    /// Leaves the built-in rules out.
    pub fn without_builtin(mut self) -> Self {
        self.without_builtin = true;
        self
    }

    /// Takes acts and circumstances from a folder laid out as `dictionaries` is (`circumstances.toml`, `predicates/`).
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn lexicon_dir(mut self, dir: &Path) -> Result<Self, DataError> {
        let circumstances = read_text(&dir.join("circumstances.toml"))?;
        let mut acts = Vec::new();
        for path in toml_files(&dir.join("predicates"))? {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            acts.push((name, read_text(&path)?));
        }
        self.lexicon = Some((circumstances, acts));
        Ok(self)
    }

    /// Reads and validates everything.
    ///
    /// # Errors
    /// A [`DataError`] with file and line for the first rule that is wrong; ids must differ.
    pub fn build(self) -> Result<RuleSet, DataError> {
        let concepts = toml::from_str(CONCEPTS)
            .map_err(|error| DataError { file: "concepts.toml".into(), reason: error.to_string() })?;
        let mut reader = PatternReader::new(concepts);
        let lexicon = match &self.lexicon {
            Some((circumstances, acts)) => {
                let acts = acts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
                Lexicon::read(&mut reader, circumstances, acts)?
            }
            None => Lexicon::builtin(&mut reader)?,
        };
        let builtin = builtin::RULES.iter().filter(|_| !self.without_builtin);
        let mut files: Vec<(String, &str)> =
            builtin.map(|(name, text)| (format!("{name}.toml"), *text)).collect();
        files.extend(self.files.iter().map(|(name, text)| (name.clone(), text.as_str())));
        let mut rules: Vec<Rule> = Vec::with_capacity(files.len());
        let mut source = match &self.lexicon {
            Some((circumstances, acts)) => {
                let acts = acts.iter().map(|(name, text)| format!("{name}\n{text}"));
                std::iter::once(circumstances.clone()).chain(acts).collect()
            }
            None => crate::frame::source(),
        };
        source.push_str(CONCEPTS);
        for (name, text) in &files {
            let folder = Path::new(name).parent().and_then(Path::file_name).unwrap_or_default();
            let family = Family::of(&folder.to_string_lossy());
            let rule = file::read(text, name, family, &lexicon, &mut reader)?;
            if let Some(other) = rules.iter().find(|other| other.id == rule.id) {
                let reason = format!("같은 id의 규칙이 이미 있습니다: {}", other.source);
                return Err(DataError { file: name.clone(), reason });
            }
            source.push_str(family.ko());
            source.push_str(text);
            rules.push(rule);
        }
        rules.sort_by(|a, b| (a.family, &a.id).cmp(&(b.family, &b.id)));
        let vocabulary =
            reader.vocabulary().map_err(|reason| DataError { file: "corpora/rules".into(), reason })?;
        let mut by_act: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (number, rule) in rules.iter().enumerate() {
            for (condition, entry) in rule.conditions.iter().enumerate() {
                for act in &entry.acts {
                    by_act.entry(*act).or_default().push((number, condition));
                }
            }
        }
        Ok(RuleSet { rules, lexicon, vocabulary, by_act, source })
    }
}

impl RuleSet {
    /// The built-in rules.
    ///
    /// # Errors
    /// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
    pub fn builtin() -> Result<Self, DataError> {
        RuleSetBuilder::default().build()
    }

    /// The rules, by family and id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The acts and circumstances that rules speak of.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The frames of a contract.
    pub fn frames<'c, 'd>(&'c self, contract: &'c Contract<'d>, paid: bool) -> Frames<'c, 'd> {
        Frames::read(contract, &self.lexicon, &self.vocabulary, paid)
    }

    /// The rules with their conditions that ask for an act.
    pub(crate) fn asking(&self, act: usize) -> impl Iterator<Item = (&Rule, &super::Condition)> {
        let asking = self.by_act.get(&act).map_or(&[][..], Vec::as_slice);
        asking.iter().map(|&(rule, condition)| (&self.rules[rule], &self.rules[rule].conditions[condition]))
    }

    /// The data that decides: part of what a report's digest covers.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }
}

/// Every `.toml` file below a folder, in alphabetical order.
pub(crate) fn toml_files(dir: &Path) -> Result<Vec<PathBuf>, DataError> {
    let fault = |path: &Path, error: std::io::Error| DataError {
        file: path.display().to_string(),
        reason: crate::error::io_reason(&error),
    };
    let mut found = Vec::new();
    let mut folders = vec![(dir.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let mut entries: Vec<PathBuf> = fs::read_dir(&folder)
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
            .map_err(|error| fault(&folder, error))?;
        entries.sort();
        for path in entries {
            if path.is_dir() && depth < 3 {
                folders.push((path, depth + 1));
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A data file is text of moderate size.
const LONGEST_FILE: u64 = 4 << 20;

pub(crate) fn read_text(path: &Path) -> Result<String, DataError> {
    let fault = |reason: String| DataError { file: path.display().to_string(), reason };
    let size = fs::metadata(path).map_err(|error| fault(crate::error::io_reason(&error)))?.len();
    if size > LONGEST_FILE {
        return Err(fault(format!("파일이 너무 큽니다({size}바이트)")));
    }
    let bytes = fs::read(path).map_err(|error| fault(crate::error::io_reason(&error)))?;
    String::from_utf8(bytes).map_err(|_| fault("UTF-8 텍스트가 아닙니다".to_owned()))
}
