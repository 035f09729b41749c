//! Whether a contract is whole: blanks that nobody filled in, one matter with two numbers, clauses that exclude each other.

mod blank;
mod conflict;

use crate::contract::Contract;
use crate::finding::Finding;

/// All findings about what is open or contradictory.
pub(super) fn check(contract: &Contract<'_>) -> Vec<Finding> {
    let mut findings = blank::check(contract);
    findings.extend(conflict::check(contract));
    findings
}
