//! Service levels as facts: what availability a contract promises, over what period and by what formula, what is paid at
//! which level, when maintenance does not count, how and until when a credit is claimed, each with its place. Knows how
//! contracts write such things, not what is fair; that is for [`crate::check::sla`].

mod band;
mod credit;
mod layout;
mod limit;
mod maintenance;
mod target;
mod term;
mod tier;
mod told;
mod words;

pub(crate) use band::figure;
pub use band::{Band, Edge};
pub use credit::{Credit, CreditUnit};
pub use limit::{Cap, Claim};
pub use maintenance::Window;

use crate::clause::ClauseId;
use crate::contract::Contract;
use crate::text::Span;

/// Minutes of the month of 30 days in which downtime is told.
pub const MONTH: f64 = 43_200.0;

/// A place in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The clause that holds the words.
    pub clause: ClauseId,
    /// The words.
    pub span: Span,
}

/// The period over which availability is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// 월
    Month,
    /// 분기
    Quarter,
    /// 반기
    HalfYear,
    /// 연
    Year,
}

/// A promised availability.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// In hundredths: 99.9.
    pub availability: f64,
    /// Over what period; `None` when the contract does not say.
    pub period: Option<Period>,
    /// The service or configuration it is promised for, as the contract calls it.
    pub service: Option<String>,
    /// Whether no sentence promises it and only the highest credit tier shows it.
    pub implied: bool,
    /// The sentence or the row of the table.
    pub at: Mark,
}

/// What the tiers of a credit table are measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Availability in hundredths: the lower, the worse.
    Availability,
    /// Downtime in minutes: the higher, the worse.
    Downtime,
}

/// What is paid at one level.
#[derive(Clone, Debug, PartialEq)]
pub struct Tier {
    /// The level.
    pub band: Band,
    /// What is paid.
    pub credit: Credit,
    /// The row, item or words.
    pub at: Mark,
}

/// The tiers of one credit table, in text order.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What they are measured in.
    pub measure: Measure,
    /// The service they belong to, where the table says.
    pub service: Option<String>,
    /// The target that they belong to, where the table says.
    pub target: Option<f64>,
    /// The tiers.
    pub tiers: Vec<Tier>,
}

/// All that a contract says of its service levels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sla {
    /// Promised availabilities.
    pub targets: Vec<Target>,
    /// Credit tables.
    pub series: Vec<Series>,
    /// Where a formula or a way of measuring stands.
    pub formulas: Vec<Mark>,
    /// Where it stands what the customer gets when a level is missed, tiers apart.
    pub remedies: Vec<Mark>,
    /// Times that do not count as downtime.
    pub exclusions: Vec<Mark>,
    /// Scheduled maintenance.
    pub windows: Vec<Window>,
    /// Until when a credit must be claimed.
    pub claims: Vec<Claim>,
    /// Upper limits of credits.
    pub caps: Vec<Cap>,
    /// Credits as the only remedy.
    pub sole: Vec<Mark>,
    /// Where it stands that damages beyond a credit stay open.
    pub beyond: Vec<Mark>,
    /// Credits that are good against later fees and for nothing else.
    pub future_only: Vec<Mark>,
    /// Credits that are lost unless they are claimed.
    pub on_claim: Vec<Mark>,
    /// Downtime that begins with the customer's report.
    pub from_report: Vec<Mark>,
    /// Where the contract leaves the rest to a document that is not part of it.
    pub elsewhere: Vec<Mark>,
}

impl Sla {
    /// Whether the contract promises a level at all: a target, or a table with several steps of downtime.
    pub fn promises(&self) -> bool {
        !self.targets.is_empty() || self.series.iter().any(|series| series.tiers.len() > 1)
    }
}

/// Reads the service levels of a contract. Cannot fail; a contract without any gives an empty [`Sla`].
pub fn read(contract: &Contract<'_>) -> Sla {
    let layout = layout::read(contract);
    let mut sla = Sla::default();
    let (series, used) = tier::read(contract, &layout);
    sla.series = series;
    sla.targets = target::read(contract, &layout, &used, &mut sla.series);
    term::read(contract, &layout, &mut sla);
    sla
}

/// Whether words speak of scheduled maintenance.
pub(crate) fn mentions_maintenance(text: &str) -> bool {
    words::has(text, words::MAINTENANCE)
}

/// Minutes of downtime that an availability leaves in a month of 30 days, to the hundredth.
pub fn downtime(availability: f64) -> f64 {
    ((100.0 - availability).max(0.0) * MONTH).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn downtime_is_that_of_a_month_of_thirty_days() {
        for (availability, minutes) in
            [(99.0, 432.0), (99.5, 216.0), (99.9, 43.2), (99.95, 21.6), (99.99, 4.32), (100.0, 0.0)]
        {
            assert_eq!(downtime(availability), minutes, "{availability}");
        }
    }
}
