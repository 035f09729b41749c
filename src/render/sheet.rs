//! A checklist as people read it: a table of its items, where each is stated, and what is told of those that are not.

use super::Legend;
use super::view::{Remark, remark, visible};
use crate::finding::{FINDING_OF_ITEM, Severity};
use crate::report::{Checklist, ChecklistItem, FindingInfo, ItemStatus, Report};

/// One checklist, ready to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called, its id and edition.
    pub title: String,
    /// "항목 12 · 있음 9 · 일부 1 · 없음 2".
    pub counts: String,
    /// Its items.
    pub rows: Vec<SheetRow>,
    /// What is told of items that are not wholly stated, the weightiest first.
    pub remarks: Vec<Remark>,
}

/// One item of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Title of the item, with 필수 or 대체 where the list tells.
    pub title: String,
    /// What became of it.
    pub status: ItemStatus,
    /// Where it is stated: clauses with their places.
    pub places: Vec<String>,
    /// What is lacking.
    pub lacking: Vec<String>,
    /// The threshold.
    pub threshold: Option<String>,
    /// The document that may state it.
    pub annex: Option<String>,
}

impl SheetRow {
    /// What stands beside the status, on one line.
    pub fn text(&self) -> String {
        let mut parts = Vec::new();
        if !self.places.is_empty() {
            parts.push(self.places.join(", "));
        }
        if let Some(annex) = &self.annex {
            parts.push(format!("→ {annex}"));
        }
        if !self.lacking.is_empty() && self.status == ItemStatus::Partial {
            parts.push(format!("빠짐: {}", self.lacking.join("; ")));
        }
        if let Some(threshold) = &self.threshold {
            parts.push(format!("기준: {threshold}"));
        }
        parts.join(" / ")
    }
}

/// The sheets of a report.
pub(super) fn sheets(report: &Report, legend: &Legend) -> Vec<Sheet> {
    report.checklists.iter().map(|list| sheet(report, list, legend)).collect()
}

/// Whether a finding is told under the sheet of its list.
pub(super) fn tells(report: &Report, finding: &FindingInfo) -> bool {
    report.checklists.iter().any(|list| item_of(list, finding).is_some())
}

fn item_of<'a>(list: &'a Checklist, finding: &FindingInfo) -> Option<&'a ChecklistItem> {
    let rest = finding.rule.strip_prefix(FINDING_OF_ITEM)?.strip_prefix(list.id.as_str())?;
    let id = rest.strip_prefix('-')?;
    list.items.iter().find(|item| item.id == id)
}

fn sheet(report: &Report, list: &Checklist, legend: &Legend) -> Sheet {
    let mut counts = vec![format!("항목 {}", list.items.len())];
    for status in [
        ItemStatus::Covered,
        ItemStatus::Partial,
        ItemStatus::Missing,
        ItemStatus::Contradicted,
        ItemStatus::Annex,
        ItemStatus::NotApplicable,
        ItemStatus::Unreadable,
    ] {
        let count = list.items.iter().filter(|item| item.status == status).count();
        if count > 0 {
            counts.push(format!("{} {count}", status.ko()));
        }
    }
    // That another document may state an item stands in the table; it is no remark.
    let told = |finding: &&FindingInfo| item_of(list, finding).is_some() && finding.severity > Severity::Info;
    let mut remarks: Vec<Remark> =
        report.findings.iter().filter(told).map(|finding| remark(finding, legend)).collect();
    remarks.sort_by_key(|remark| std::cmp::Reverse(remark.severity));
    let title = legend.checklist_title(&list.id);
    let edition = list.edition.as_ref().map(|edition| format!(", {edition}판")).unwrap_or_default();
    let named = if title == list.id { title.to_owned() } else { format!("{title} [{}]", list.id) };
    Sheet {
        title: format!("{named}{edition}"),
        counts: counts.join(" · "),
        rows: list.items.iter().map(|item| row(report, list, item, legend)).collect(),
        remarks,
    }
}

fn row(report: &Report, list: &Checklist, item: &ChecklistItem, legend: &Legend) -> SheetRow {
    let class = item.class.map(|class| format!(" ({})", class.ko())).unwrap_or_default();
    // Of documents read together the file is named with each clause.
    let several = !report.document.parts.is_empty();
    let place = |clause: &String| {
        let of_clause = item.evidence.iter().find(|evidence| evidence.clause == *clause);
        match of_clause.and_then(|evidence| evidence.place.as_ref()).filter(|_| several) {
            Some(place) => visible(&format!("{clause} ({place})")),
            None => visible(clause),
        }
    };
    SheetRow {
        title: format!("{}{class}", legend.item_title(&list.id, &item.id)),
        status: item.status,
        places: item.clauses.iter().map(place).collect(),
        lacking: item.missing_elements.clone(),
        threshold: item.threshold.clone(),
        annex: item.annex.as_deref().map(visible),
    }
}
