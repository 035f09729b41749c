//! Checklists as a report tells them: what a law, a sector or a buyer requires, and what became of it.

use crate::text::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A checklist and what became of its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Checklist {
    /// Id of the list.
    pub id: String,
    /// Its edition.
    pub edition: Option<String>,
    /// The kind of service that its thresholds were chosen for: "iaas", "paas", "saas", "other"; `null` when not told.
    pub service: Option<String>,
    /// Whether items that concern critical work only were asked for.
    pub critical: bool,
    /// Its items in the list's order.
    pub items: Vec<ChecklistItem>,
}

/// One item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChecklistItem {
    /// Id in the list.
    pub id: String,
    /// What became of it.
    pub status: ItemStatus,
    /// Paths of the clauses that decide.
    pub clauses: Vec<String>,
    /// What is lacking.
    pub missing_elements: Vec<String>,
    /// The threshold that was held against the document, as people write it.
    pub threshold: Option<String>,
    /// Where each element is stated.
    pub evidence: Vec<ItemEvidence>,
    /// The document that may state it and was not given (별첨 2, SLA), or the certificate that may stand for it.
    pub annex: Option<String>,
    /// Path of the clause whose words come nearest to what is lacking.
    pub nearest: Option<String>,
    /// Whether a certificate may stand for the item; `null` where the list does not tell.
    pub class: Option<ItemClass>,
}

/// Where an element of an item is stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemEvidence {
    /// The element.
    pub element: String,
    /// Path of the clause.
    pub clause: String,
    /// Unique id of that clause.
    pub clause_id: String,
    /// Bytes of the document's text.
    pub span: Span,
    /// Where in the file: "12쪽"; of documents read together with the file: "sla.md: 3행".
    pub place: Option<String>,
}

/// Whether a certificate may stand for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemClass {
    /// 필수
    Mandatory,
    /// 대체
    Alternative,
}

impl ItemClass {
    /// The word that people read.
    pub fn ko(self) -> &'static str {
        match self {
            ItemClass::Mandatory => "필수",
            ItemClass::Alternative => "대체",
        }
    }
}

/// What became of an item of a checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemStatus {
    /// Stated.
    Covered,
    /// Stated in part.
    Partial,
    /// Not stated.
    Missing,
    /// The opposite is stated.
    Contradicted,
    /// The document refers to an annex that was not given.
    Annex,
    /// Does not concern this document.
    NotApplicable,
    /// It could not be told.
    Unreadable,
}

/// The kind of cloud service, which decides what availability is expected of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// 서비스형 인프라
    Iaas,
    /// 서비스형 플랫폼
    Paas,
    /// 서비스형 소프트웨어
    Saas,
    /// Any other.
    Other,
}

impl Service {
    /// Every kind with the word that a user writes and the one that people read.
    pub const ALL: [(Service, &'static str, &'static str); 4] = [
        (Service::Iaas, "iaas", "IaaS"),
        (Service::Paas, "paas", "PaaS"),
        (Service::Saas, "saas", "SaaS"),
        (Service::Other, "other", "그 밖의 서비스"),
    ];

    /// The word that a user writes.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(service, ..)| *service == self).map_or("", |(_, id, _)| id)
    }

    /// The word that people read.
    pub fn ko(self) -> &'static str {
        Self::ALL.iter().find(|(service, ..)| *service == self).map_or("", |(.., ko)| ko)
    }
}

impl ItemStatus {
    /// The word that people read.
    pub fn ko(self) -> &'static str {
        match self {
            ItemStatus::Covered => "있음",
            ItemStatus::Partial => "일부",
            ItemStatus::Missing => "없음",
            ItemStatus::Contradicted => "반대로 정함",
            ItemStatus::Annex => "다른 문서",
            ItemStatus::NotApplicable => "해당 없음",
            ItemStatus::Unreadable => "판독 불가",
        }
    }
}
