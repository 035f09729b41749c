//! Checklists: what a law, a sector or a buyer requires a contract to write, as data (`corpora/checklists/<id>.toml`, and
//! a user's own), and what becomes of each requirement in a contract. Evidence is the same as that of topics: an element
//! is stated by a passage that its patterns hold for. No I/O but reading a user's folder; deciding cannot fail.

mod annex;
mod builtin;
mod decide;
pub mod example;
mod file;

pub use crate::report::ItemClass as Class;
pub use decide::{Decision, Scope, Shown, Status};

use crate::contract::Contract;
use crate::error::DataError;
use crate::finding::{Basis, FINDING_OF_ITEM, Severity};
use crate::pattern::{Pattern, PatternReader, Vocabulary};
use crate::rule::{read_text, toml_files};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

const CONCEPTS: &str = include_str!("../dictionaries/concepts.toml");
const REQUIREMENTS: &str = include_str!("../dictionaries/requirements.toml");

pub use crate::report::Service;

/// A list of requirements.
#[derive(Debug)]
pub struct Checklist {
    /// Its id: "cloud-act".
    pub id: String,
    /// Its Korean title.
    pub title: String,
    /// The state of what it was taken from, "2022-11".
    pub edition: String,
    /// What it was taken from.
    pub source: String,
    /// What its reader should know, when there is something.
    pub note: Option<String>,
    /// Whether the items are reported as a table of service levels or as an evaluation sheet; a plain list otherwise.
    pub form: Form,
    /// The file, or the built-in's name.
    pub file: String,
    /// Its items in the order of the file.
    pub items: Vec<Item>,
    substitute: Option<Substitute>,
}

/// How a list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// What a contract must write.
    #[default]
    List,
    /// How far a service level agreement goes.
    Coverage,
    /// Which evidence a provider's documents give.
    Sheet,
}

/// What may stand for the alternative items of a list.
#[derive(Debug)]
struct Substitute {
    name: String,
    patterns: Vec<Pattern>,
}

/// One requirement.
#[derive(Debug)]
pub struct Item {
    /// Its id within the list.
    pub id: String,
    /// Its Korean title.
    pub title: String,
    /// How grave it is when it is missing.
    pub severity: Severity,
    /// The law behind it; empty where its source is no statute.
    pub basis: Vec<Basis>,
    /// Where it is required, as people cite it: "전자금융감독규정 별표 2의5 가"; the list's source when left out.
    pub source: Option<String>,
    /// What is required, one Korean sentence.
    pub requires: String,
    /// The threshold that is held against the contract, as people write it.
    pub threshold: Option<String>,
    /// Whether a certificate may stand for it.
    pub class: Option<Class>,
    /// The services that it concerns; all when empty.
    pub services: Vec<Service>,
    /// Whether it concerns critical work only.
    pub critical: bool,
    /// The provision by which a contract may depart from it, when it may.
    pub departure: Option<Basis>,
    /// Our wording of it.
    pub model: String,
    /// What it requires.
    pub elements: Vec<Element>,
    /// Texts that state it wholly.
    pub good: Vec<String>,
    /// Texts that come near it and do not state it.
    pub bad: Vec<String>,
    /// Texts that say the opposite.
    pub opposite: Vec<String>,
    contradicted: Vec<Pattern>,
    annex: Vec<Pattern>,
}

/// One thing that an item requires.
#[derive(Debug)]
pub struct Element {
    /// Its Korean name, shown when it is missing.
    pub name: String,
    /// Whether it decides that the item is there at all.
    pub core: bool,
    /// The least rate that it must state, in hundredths, by service; the empty list asks for none.
    pub least: Vec<(Service, f64)>,
    /// Whether it must stand in a 조 that also states a core element: "담당부서 및 연락처" is no notice by itself.
    near: bool,
    definition: bool,
    /// It is asked for only where one of these holds in a 조 that states a core element; always when empty.
    when: Vec<Pattern>,
    patterns: Vec<Pattern>,
}

/// Checklists with their evidence, ready to be held against contracts.
pub struct Checklists {
    lists: Vec<Checklist>,
    vocabulary: Vocabulary,
    source: String,
}

/// What [`Checklists`] are built from: the built-in lists and a user's own.
#[derive(Clone, Debug, Default)]
pub struct ChecklistsBuilder {
    files: Vec<(String, String)>,
    without_builtin: bool,
}

impl ChecklistsBuilder {
    /// Adds every list of a folder.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn dir(mut self, dir: &Path) -> Result<Self, DataError> {
        for path in toml_files(dir)? {
            self.files.push((path.display().to_string(), read_text(&path)?));
        }
        Ok(self)
    }

    /// Adds one list: its name, and its text.
    pub fn file(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.push((name.into(), text.into()));
        self
    }

    /// Leaves the built-in lists out.
    pub fn without_builtin(mut self) -> Self {
        self.without_builtin = true;
        self
    }

    /// Reads and validates everything.
    ///
    /// # Errors
    /// A [`DataError`] that names the file, and the item where it is wrong; ids must differ.
    pub fn build(self) -> Result<Checklists, DataError> {
        let fault = |file: &str, reason: String| DataError { file: file.to_owned(), reason };
        let mut concepts: BTreeMap<String, Vec<String>> =
            toml::from_str(CONCEPTS).map_err(|error| fault("concepts.toml", error.to_string()))?;
        let own: BTreeMap<String, Vec<String>> =
            toml::from_str(REQUIREMENTS).map_err(|error| fault("requirements.toml", error.to_string()))?;
        concepts.extend(own);
        let mut reader = PatternReader::new(concepts);
        let mut source = String::new();
        let mut lists: Vec<Checklist> = Vec::new();
        let builtin: &[(&str, &str)] = if self.without_builtin { &[] } else { builtin::CHECKLISTS };
        let builtin = builtin.iter().map(|(name, text)| (*name, *text));
        let own = self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        for (name, text) in builtin.chain(own) {
            let list = file::read(name, text, &mut reader)?;
            if let Some(other) = lists.iter().find(|other| other.id == list.id) {
                return Err(fault(name, format!("같은 id의 목록이 이미 있습니다: {}", other.file)));
            }
            source.push_str(text);
            lists.push(list);
        }
        let vocabulary = reader.vocabulary().map_err(|reason| fault("corpora/checklists", reason))?;
        Ok(Checklists { lists, vocabulary, source })
    }
}

impl Checklists {
    /// Settings to start from: the built-in lists.
    pub fn builder() -> ChecklistsBuilder {
        ChecklistsBuilder::default()
    }

    /// The built-in lists.
    ///
    /// # Errors
    /// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
    pub fn builtin() -> Result<Self, DataError> {
        Self::builder().build()
    }

    /// The lists, built-in ones first.
    pub fn lists(&self) -> &[Checklist] {
        &self.lists
    }

    /// The list with this id.
    pub fn get(&self, id: &str) -> Option<&Checklist> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// The list and item that a rule id of a finding names: "checklist-cloud-act-incident-notice".
    pub fn item(&self, rule: &str) -> Option<(&Checklist, &Item)> {
        let rest = rule.strip_prefix(FINDING_OF_ITEM)?;
        self.lists.iter().find_map(|list| {
            let id = rest.strip_prefix(list.id.as_str())?.strip_prefix('-')?;
            Some((list, list.items.iter().find(|item| item.id == id)?))
        })
    }

    /// Decides every item of some lists for one contract, list by list in the order asked for.
    pub fn decide<'l>(
        &self,
        lists: &[&'l Checklist],
        contract: &Contract<'_>,
        scope: Scope,
    ) -> Vec<Vec<Decision<'l>>> {
        decide::decide(&self.vocabulary, lists, contract, scope)
    }

    /// The data that decides: part of what a report's digest covers.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }
}

impl Checklist {
    /// Id of the rule that tells of an item.
    pub fn rule(&self, item: &Item) -> String {
        format!("{FINDING_OF_ITEM}{}-{}", self.id, item.id)
    }
}

impl Item {
    /// Whether it concerns a contract at all: `None` when it does, else one Korean reason.
    pub fn applies_not(&self, scope: Scope) -> Option<&'static str> {
        if self.critical && !scope.critical {
            return Some("중요 업무에만 요구됩니다(--critical)");
        }
        match scope.service {
            Some(service) if !self.services.is_empty() && !self.services.contains(&service) => {
                Some("이 서비스 유형에는 요구되지 않습니다(--service)")
            }
            _ => None,
        }
    }
}
