//! The legal acts (`dictionaries/predicates`) with every wording that a lawyer gave them, and the circumstances
//! (`dictionaries/circumstances.toml`) that may justify or aggravate one. Knows words, no document and no rule.

use crate::error::{DataError, toml_reason};
use crate::language::Role;
use crate::pattern::{Form, Pattern, PatternReader, Wording};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names and texts of data files.
pub(crate) type Files = [(&'static str, &'static str)];

macro_rules! acts {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../dictionaries/predicates/", $name, ".toml")))),*]
    };
}

/// Every file of `dictionaries/predicates`, in alphabetical order; a test holds the list against the folder.
pub(crate) const ACTS: &Files = acts!(
    "accelerate" "agent-liable" "assign" "bar-setoff" "bar-suit" "bear-risk" "change-price" "change-service"
    "change-terms" "choose-court" "choose-law" "claim" "deem-consent" "deem-delivered" "delegate" "delete-content" "disclose"
    "forfeit" "indemnify" "interpret" "license-content" "limit-damages" "not-liable" "not-warrant" "notify" "own-content"
    "penalise" "prevail" "refuse-application" "refuse-refund" "renew" "require-form" "restrict-dealing"
    "restrict-termination" "shift-proof" "stop-service" "suspend" "terminate" "use-data" "waive-claim"
);
pub(crate) const CIRCUMSTANCES: &str = include_str!("../../dictionaries/circumstances.toml");

/// The data that acts and circumstances are read from: part of what a report's digest covers.
pub(crate) fn source() -> String {
    let mut source = CIRCUMSTANCES.to_owned();
    source.extend(ACTS.iter().map(|(_, text)| *text));
    source
}

/// Which mention near its predicate names the one who does or bears an act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bearer {
    /// Its subject: 회사는 …를 해지한다; in the passive whoever it is done by: 회사에 의하여 정지된다.
    #[default]
    Subject,
    /// Whom it falls on: 책임은 회원에게 있다, 회원의 부담으로 한다.
    Burdened,
    /// The owner of what it is about, else its subject: 회사의 책임이 면제된다.
    Owner,
    /// The subject of what is presumed: 회원이 동의한 것으로 본다.
    Embedded,
    /// Nobody: the act is of the contract (관할, 준거법).
    Nobody,
}

/// A legal act that a sentence may state.
#[derive(Debug)]
pub struct Act {
    /// Its id: "not-liable".
    pub id: String,
    /// Its Korean name.
    pub name: String,
    /// What counts as the act, one Korean sentence.
    pub what: String,
    /// Who does or bears it when nobody is named.
    pub actor: Option<Role>,
    /// How the actor is found.
    pub bearer: Bearer,
    /// Its wordings as they are written.
    pub written: Vec<String>,
    pub(super) wordings: Vec<Wording>,
}

/// A circumstance of an act: a cause, a condition, a procedure.
#[derive(Debug)]
pub struct Circumstance {
    /// Its id: "force-majeure".
    pub id: String,
    /// Its Korean name.
    pub name: String,
    pub(super) any: Vec<Pattern>,
}

/// All acts and circumstances.
#[derive(Debug)]
pub struct Lexicon {
    acts: Vec<Act>,
    circumstances: Vec<Circumstance>,
    /// For the number of each word in a head: which wordings of which acts it heads, and in what form.
    heads: BTreeMap<usize, Vec<(usize, usize, Form)>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActFile {
    id: String,
    name: String,
    what: String,
    actor: Option<Role>,
    #[serde(default)]
    bearer: Bearer,
    wordings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CircumstanceFile {
    circumstance: Vec<CircumstanceEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CircumstanceEntry {
    id: String,
    name: String,
    any: Vec<String>,
}

impl Lexicon {
    /// The built-in acts and circumstances, their words added to `reader`'s.
    ///
    /// # Errors
    /// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
    pub(crate) fn builtin(reader: &mut PatternReader) -> Result<Self, DataError> {
        Self::read(reader, CIRCUMSTANCES, ACTS.iter().copied())
    }

    /// The acts and circumstances of these files.
    ///
    /// # Errors
    /// A [`DataError`] that names the file and says what is wrong in it.
    pub(crate) fn read<'t>(
        reader: &mut PatternReader,
        circumstances: &str,
        acts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, DataError> {
        let circumstances = read_circumstances(reader, circumstances)?;
        let mut lexicon = Self { acts: Vec::new(), circumstances, heads: BTreeMap::new() };
        for (file, text) in acts {
            let fault = |reason: String| DataError { file: format!("predicates/{file}.toml"), reason };
            let written: ActFile = toml::from_str(text).map_err(|error| fault(toml_reason(&error)))?;
            if written.id != file {
                return Err(fault(format!("파일 이름과 id가 다릅니다: {}", written.id)));
            }
            let wordings = written.wordings.iter().map(|text| reader.wording(text));
            let act = Act {
                wordings: wordings.collect::<Result<_, _>>().map_err(fault)?,
                id: written.id,
                name: written.name,
                what: written.what,
                actor: written.actor,
                bearer: written.bearer,
                written: written.wordings,
            };
            for (number, wording) in act.wordings.iter().enumerate() {
                for &(word, form) in &wording.head {
                    lexicon.heads.entry(word).or_default().push((lexicon.acts.len(), number, form));
                }
            }
            lexicon.acts.push(act);
        }
        Ok(lexicon)
    }

    /// The acts, by id.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// The circumstances, in the order of their file.
    pub fn circumstances(&self) -> &[Circumstance] {
        &self.circumstances
    }

    /// The number of an act.
    pub fn act(&self, id: &str) -> Option<usize> {
        self.acts.iter().position(|act| act.id == id)
    }

    /// The wordings that this word heads: act, wording, form.
    pub(super) fn headed_by(&self, word: usize) -> &[(usize, usize, Form)] {
        self.heads.get(&word).map_or(&[], Vec::as_slice)
    }
}

fn read_circumstances(reader: &mut PatternReader, text: &str) -> Result<Vec<Circumstance>, DataError> {
    let fault = |reason: String| DataError { file: "circumstances.toml".to_owned(), reason };
    let written: CircumstanceFile = toml::from_str(text).map_err(|error| fault(toml_reason(&error)))?;
    // A circumstance may speak of one that stands before it.
    let mut circumstances = Vec::with_capacity(written.circumstance.len());
    for entry in written.circumstance {
        let any = entry.any.iter().map(|text| reader.read(text)).collect::<Result<_, _>>();
        let any = any.map_err(|reason| fault(format!("{}: {reason}", entry.id)))?;
        if circumstances.iter().any(|other: &Circumstance| other.id == entry.id) {
            return Err(fault(format!("두 번 적혀 있습니다: {}", entry.id)));
        }
        reader.name(&entry.id);
        circumstances.push(Circumstance { id: entry.id, name: entry.name, any });
    }
    Ok(circumstances)
}
