//! The contract's own order: what it refers to, what it calls things, whether it is whole, and the law that it cites. Every
//! scan asks this, whatever the rules are.

use super::citation::Law;
use super::cited;
use super::{citation, definition, integrity, reference};
use crate::contract::Contract;
use crate::finding::{Anchor, Finding};

/// All findings about the order of a contract, in text order.
pub fn check(contract: &Contract<'_>, law: &Law) -> Vec<Finding> {
    let cited = cited::cited(contract);
    let mut findings = reference::check(contract, &cited);
    findings.extend(definition::check(contract));
    findings.extend(integrity::check(contract));
    findings.extend(citation::check(contract, &cited, law));
    findings.sort_by(|a, b| (place(a), &a.rule).cmp(&(place(b), &b.rule)));
    findings
}

fn place(finding: &Finding) -> usize {
    match &finding.anchor {
        Anchor::Text { span, .. } | Anchor::Clause { span, .. } => span.start,
        Anchor::Absent { .. } => usize::MAX,
    }
}
