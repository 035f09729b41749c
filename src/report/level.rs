//! Service levels as a report tells them: what is promised, measured and paid.

use super::Service;
use crate::text::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The service levels that a document promises. Empty lists in a document that promises none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sla {
    /// Promised availabilities, in text order.
    pub targets: Vec<SlaTarget>,
    /// What is paid at which level, table by table.
    pub tiers: Vec<SlaTier>,
    /// Scheduled maintenance.
    pub windows: Vec<SlaWindow>,
    /// Where the formula or the way of measuring stands.
    pub formulas: Vec<SlaPlace>,
    /// Times that do not count as downtime.
    pub exclusions: Vec<SlaPlace>,
    /// Until when a credit must be claimed.
    pub claims: Vec<SlaClaim>,
    /// The kind of service that the targets are held against; `null` when it is not known.
    pub service: Option<Service>,
    /// The availability in hundredths that this kind of service is held against; `null` when there is none.
    pub required: Option<f64>,
}

/// The period over which a level is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SlaPeriod {
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// Half a year.
    HalfYear,
    /// A year.
    Year,
}

/// What the levels of a credit table are measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SlaMeasure {
    /// Availability in hundredths.
    Availability,
    /// Downtime in minutes.
    Downtime,
}

/// A promised availability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlaTarget {
    /// The service or configuration, as the document calls it.
    pub service: Option<String>,
    /// In hundredths: 99.9.
    pub availability: f64,
    /// Over what period it is measured; `null` when the document does not say.
    pub period: Option<SlaPeriod>,
    /// Minutes of downtime that it leaves in a month of 30 days.
    pub downtime_minutes: f64,
    /// Whether it is promised in words; `false` when only the highest tier of a credit table shows it.
    pub stated: bool,
    /// Path of the clause.
    pub clause: String,
    /// The sentence or the row of the table.
    pub span: Span,
}

/// What is paid at one level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlaTier {
    /// Number of the credit table in the document, from 1.
    pub table: usize,
    /// The service that the table is for, where it says.
    pub service: Option<String>,
    /// What the level is measured in.
    pub measure: SlaMeasure,
    /// The level as people write it: "99% 이상 99.5% 미만".
    pub level: String,
    /// Lower edge of the level, in hundredths or minutes; `null` when it is open downwards.
    pub low: Option<f64>,
    /// Whether the lower edge belongs to the level; `null` without an edge or when the document does not say.
    pub low_included: Option<bool>,
    /// Upper edge of the level, in hundredths or minutes; `null` when it is open upwards.
    pub high: Option<f64>,
    /// Whether the upper edge belongs to the level; `null` without an edge or when the document does not say.
    pub high_included: Option<bool>,
    /// The credit as people write it: "10%", "3일분".
    pub credit: String,
    /// The credit in hundredths of the fee; `null` when it is counted otherwise.
    pub credit_percent: Option<f64>,
    /// Path of the clause.
    pub clause: String,
    /// The row, item or words.
    pub span: Span,
}

/// Scheduled maintenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlaWindow {
    /// How many hours before it is announced; `null` when the document does not say.
    pub notice_hours: Option<f64>,
    /// Whether it is announced at all.
    pub announced: bool,
    /// How many minutes it may last; `null` when the document does not say.
    pub limit_minutes: Option<f64>,
    /// Whether it is bound to a length or to certain hours.
    pub bounded: bool,
    /// Whether its time does not count as downtime.
    pub excluded: bool,
    /// Path of the clause.
    pub clause: String,
    /// The sentence.
    pub span: Span,
}

/// Until when a credit must be claimed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlaClaim {
    /// In days; a month counts 30.
    pub days: f64,
    /// Path of the clause.
    pub clause: String,
    /// The sentence.
    pub span: Span,
}

/// A place where a document says something about its service levels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SlaPlace {
    /// Path of the clause.
    pub clause: String,
    /// The words.
    pub span: Span,
}
