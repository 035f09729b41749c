//! Degraded input is data: what could not be read, or was read differently, stands in every report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The stage of the pipeline that noticed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Reading the file's format.
    Load,
    /// Finding 편·장·절·조·항·호·목.
    Structure,
    /// Morphemes, parties, facts.
    Language,
    /// Choosing or reading a standard contract.
    Standard,
    /// Deciding which topics are covered.
    Topics,
    /// Holding rules against the clauses.
    Rules,
    /// The user's configuration file.
    Config,
}

/// How much a notice matters to the reader of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Gravity {
    /// Good to know; the reading is complete.
    Info,
    /// Something was left out or is uncertain.
    Warning,
}

/// One thing that the reader of a report must know about how the document was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// Where in the pipeline it was noticed.
    pub stage: Stage,
    /// How much it matters.
    pub severity: Gravity,
    /// One Korean sentence.
    pub message: String,
    /// Where in the file, when known ("표 3의 2행").
    pub place: Option<String>,
}

impl Notice {
    /// A notice that the reading is complete but something is worth knowing.
    pub fn info(stage: Stage, message: impl Into<String>) -> Self {
        Self { stage, severity: Gravity::Info, message: message.into(), place: None }
    }

    /// A notice that something was left out or is uncertain.
    pub fn warning(stage: Stage, message: impl Into<String>) -> Self {
        Self { stage, severity: Gravity::Warning, message: message.into(), place: None }
    }

    /// The same notice with the place in the file.
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}
