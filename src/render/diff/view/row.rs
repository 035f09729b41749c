//! One row of a comparison as people read it: both sides cut where words went or came, what changed, what was found.

use super::word;
use crate::finding::Confidence;
use crate::render::Legend;
use crate::render::diff::segment::{Run, Segment, marked, segments};
use crate::render::view::{self as report_view, Remark, visible};
use crate::report::{
    self, BaseKind, ChangeKind, Favours, FindingInfo, Mark, MarkKind, Piece, Relation, Stated,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is said of a thing that the base requires.
pub fn shown(shown: Option<bool>) -> &'static str {
    match shown {
        Some(true) => "보임",
        Some(false) => "안 보임",
        None => "알 수 없음",
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its id in the comparison.
    pub id: String,
    /// How the two sides relate.
    pub relation: Relation,
    /// What that is called.
    pub word: &'static str,
    /// Paths of the base's side.
    pub from: String,
    /// Paths of the contract's side.
    pub to: String,
    /// The base's side.
    pub base: Vec<Side>,
    /// The contract's side.
    pub contract: Vec<Side>,
    /// The words of both sides in one line of reading, where the marks could not be laid over the sides.
    pub woven: Vec<Segment>,
    /// Likeness in hundredths; `None` where one side is empty.
    pub likeness: Option<u32>,
    /// Why they stand beside each other.
    pub why: Vec<String>,
    /// What differs in substance.
    pub changes: Vec<Change>,
    /// What the base requires: whether it is shown, the sentence; empty where the contract has nothing.
    pub elements: Vec<(Option<bool>, String)>,
    /// Findings that concern it.
    pub notes: Vec<Note>,
}

impl Row {
    /// "제12조제2항 → 제15조제1항"; one of them where the other is empty or the same.
    pub fn paths(&self) -> String {
        match (self.from.as_str(), self.to.as_str()) {
            ("", to) => to.to_owned(),
            (from, "") => from.to_owned(),
            (from, to) if from == to => from.to_owned(),
            (from, to) => format!("{from} → {to}"),
        }
    }

    /// Whether there is nothing to look at.
    pub fn quiet(&self) -> bool {
        self.relation == Relation::Same && self.changes.is_empty() && self.notes.is_empty()
    }
}

/// One provision or clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// "제12조제2항".
    pub path: String,
    /// Heading of its 조.
    pub heading: String,
    /// Where in the file; empty when unknown.
    pub place: String,
    /// Its words.
    pub segments: Vec<Segment>,
}

impl Side {
    /// "제12조제2항 해지 (3쪽)".
    pub fn named(&self) -> String {
        let place = if self.place.is_empty() { String::new() } else { format!("({})", self.place) };
        let parts = [self.path.as_str(), &self.heading, &place];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// A typed change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of thing changed.
    pub kind: ChangeKind,
    /// Whom it favours.
    pub favours: Favours,
    /// What the base says; empty when it says nothing.
    pub base: String,
    /// What the contract says; empty when it says nothing.
    pub contract: String,
    /// What changed, for whom; empty where a finding of the row says it.
    pub message: String,
}

impl Change {
    /// "30일 전 → 7일 전"; 없음 for the side that says nothing.
    pub fn values(&self) -> String {
        let said = |value: &str| if value.is_empty() { "없음".to_owned() } else { value.to_owned() };
        format!("{} → {}", said(&self.base), said(&self.contract))
    }
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: String,
    /// What it says.
    pub remark: Remark,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why its topic matters; empty when it is about none.
    pub why: String,
    /// Whether it was told in full at an earlier row.
    pub again: bool,
}

pub(super) fn row(
    row: &report::Row,
    kind: BaseKind,
    findings: &BTreeMap<&str, &FindingInfo>,
    told: &mut BTreeSet<String>,
    legend: &Legend,
) -> Row {
    let base_runs = marked(&row.base, &row.marks, MarkKind::Delete);
    let contract_runs = marked(&row.contract, &row.marks, MarkKind::Insert);
    let laid = base_runs.is_some() && contract_runs.is_some();
    let both = !row.base.is_empty() && !row.contract.is_empty();
    let notes = row.findings.iter().filter_map(|id| findings.get(id.as_str()));
    let notes: Vec<Note> =
        notes.map(|finding| note(finding, !told.insert(finding.id.clone()), legend)).collect();
    let said = |message: &str| notes.iter().any(|note| !note.again && note.remark.message.contains(message));
    let mut changes: Vec<Change> = row.changes.iter().map(change).collect();
    changes.iter_mut().filter(|change| said(&change.message)).for_each(|change| change.message.clear());
    // Of what is missing as a whole no part is shown; that need not be said of each.
    let elements = if row.contract.is_empty() { &[] } else { row.elements.as_slice() };
    Row {
        id: row.id.clone(),
        relation: row.relation,
        word: word(kind, row.relation),
        from: paths(&row.base),
        to: paths(&row.contract),
        base: sides(&row.base, base_runs.filter(|_| laid), row, |change| change.base.as_ref()),
        contract: sides(&row.contract, contract_runs.filter(|_| laid), row, |c| c.contract.as_ref()),
        woven: if laid || !both { Vec::new() } else { woven(&row.marks) },
        likeness: both.then(|| percent(row.score)),
        why: row.why.iter().map(|why| visible(why)).collect(),
        changes,
        elements: elements.iter().map(|element| (element.shown, visible(&element.text))).collect(),
        notes,
    }
}

/// A share as whole hundredths; what is out of range counts as its end.
fn percent(score: f64) -> u32 {
    // Rounded and within 0..=100, so that the conversion loses nothing.
    (score.clamp(0.0, 1.0) * 100.0).round() as u32
}

fn sides<'a>(
    pieces: &[Piece],
    runs: Option<Vec<Vec<Run>>>,
    row: &'a report::Row,
    stated: impl Fn(&'a report::TypedChange) -> Option<&'a Stated>,
) -> Vec<Side> {
    let runs = runs.unwrap_or_else(|| vec![Vec::new(); pieces.len()]);
    let side = |(piece, runs): (&Piece, Vec<Run>)| {
        let about = row.changes.iter().enumerate().filter_map(|(index, change)| {
            let said = stated(change).filter(|said| said.path == piece.path && !said.within.is_empty())?;
            Some((index, said.within.start..said.within.end))
        });
        let touched: Vec<_> = about.collect();
        Side {
            path: visible(&piece.path),
            heading: piece.heading.as_deref().map(visible).unwrap_or_default(),
            place: piece.place.as_deref().map(visible).unwrap_or_default(),
            segments: segments(&piece.text, &runs, &touched),
        }
    };
    pieces.iter().zip(runs).map(side).collect()
}

/// The marks in one line of reading, those of a kind that stand together made one.
fn woven(marks: &[Mark]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for mark in marks {
        let text = visible(&mark.text);
        match segments.last_mut() {
            Some(last) if last.mark == mark.kind => last.text.push_str(&text),
            _ => segments.push(Segment { text, mark: mark.kind, change: None }),
        }
    }
    segments
}

fn change(change: &report::TypedChange) -> Change {
    let value = |stated: &Option<Stated>| stated.as_ref().map(|s| visible(&s.value)).unwrap_or_default();
    Change {
        kind: change.kind,
        favours: change.favours,
        base: value(&change.base),
        contract: value(&change.contract),
        message: visible(&change.message),
    }
}

pub(super) fn note(finding: &FindingInfo, again: bool, legend: &Legend) -> Note {
    let topic = report_view::topic_of(finding);
    let why = topic.map(|topic| legend.topic_why(topic).to_owned()).unwrap_or_default();
    let mut remark = report_view::remark(finding, legend);
    if topic.is_some() {
        remark.basis = report_view::basis(finding);
        // A reader is not told the same thing twice.
        remark.advice = remark.advice.filter(|advice| why.is_empty() || !advice.contains(&why));
    }
    Note { id: finding.id.clone(), remark, confidence: finding.confidence, why, again }
}

/// Paths in their order, each once.
fn paths(pieces: &[Piece]) -> String {
    let mut paths: Vec<String> = Vec::new();
    for path in pieces.iter().map(|piece| visible(&piece.path)) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_stays_within_its_bounds() {
        assert_eq!([-1.0, 0.0, 0.834, 2.0, f64::NAN].map(percent), [0, 0, 83, 100, 0]);
    }
}
