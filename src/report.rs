//! The report as other programs read it: the plain types of `jomun-report/1`. Knows no rule, no format, no output.
//!
//! Version 1 grows by fields; it never renames, retypes or drops one. Every key is always there: a value that does
//! not exist is `null`, a list without entries is `[]`. `null` therefore has one meaning, "there is none" (a missing
//! topic has no span) or "it could not be told" (an audience), and a reader never asks whether a key exists.
//! A reader should ignore keys that it does not know.

mod checklist;
mod comparison;
mod level;

pub use checklist::{Checklist, ChecklistItem, ItemClass, ItemEvidence, ItemStatus, Service};
pub use comparison::{
    Base, BaseKind, COMPARISON_SCHEMA, Comparison, Coverage, ElementShown, Mark, MarkKind, Piece, Row,
    Stated, TypedChange,
};
pub use level::{Sla, SlaClaim, SlaMeasure, SlaPeriod, SlaPlace, SlaTarget, SlaTier, SlaWindow};

use crate::finding::{Basis, Confidence, Kind, Severity};
use crate::notice::Notice;
use crate::text::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of [`Report::schema`].
pub const SCHEMA: &str = "jomun-report/1";

/// What jomun saw in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "jomun-report/1")]
pub struct Report {
    /// Always `jomun-report/1`.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// The program and the data that decided.
    pub tool: Tool,
    /// The file.
    pub document: DocumentInfo,
    /// What the document was taken for.
    pub context: Context,
    /// The clause tree in text order, parents before their children.
    pub clauses: Vec<ClauseInfo>,
    /// The topics of the standard, in the order of the topic table.
    pub topics: Vec<TopicStatus>,
    /// The document beside the standard, clause by clause. Empty in this version.
    pub alignment: Vec<Link>,
    /// Checklists that were asked for.
    pub checklists: Vec<Checklist>,
    /// The service levels that the document promises.
    pub sla: Sla,
    /// What a reviewer should look at.
    pub findings: Vec<FindingInfo>,
    /// Findings that the user's configuration takes out, each with the user's reason.
    pub suppressed: Vec<Suppressed>,
    /// What must be known about how the document was read.
    pub notices: Vec<Notice>,
}

impl Report {
    /// The findings that count: those of low confidence are hints, shown but in no figure.
    pub fn counted(&self) -> impl Iterator<Item = &FindingInfo> {
        self.findings.iter().filter(|finding| finding.counts())
    }

    /// The weightiest severity among the findings that count, `None` without such findings.
    pub fn worst(&self) -> Option<Severity> {
        self.counted().map(|finding| finding.severity).max()
    }

    /// How many topics have this status.
    pub fn count(&self, status: Status) -> usize {
        self.topics.iter().filter(|topic| topic.status == status).count()
    }

    /// The JSON Schema (draft 2020-12) of a report as it is written.
    pub fn json_schema() -> schemars::Schema {
        schemars::generate::SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator()
            .into_root_schema_for::<Report>()
    }
}

/// The program that wrote the report and the state of its data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Always "jomun".
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// Digest of the rules, topics and standards that decided.
    pub rules: String,
    /// The date of the law that the data states, "2026-01-01".
    pub law_as_of: Option<String>,
}

/// The file behind the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentInfo {
    /// As the caller named it.
    pub path: String,
    /// SHA-256 of the file's bytes, lower-case hex.
    pub sha256: String,
    /// text, markdown, html, docx, …
    pub format: String,
    /// From the file's metadata or its first heading.
    pub title: Option<String>,
    /// Length of the text in characters.
    pub chars: usize,
    /// Paths of the documents that were read together with this one.
    pub parts: Vec<String>,
}

/// What the document was taken for, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Context {
    /// Id of the standard that the topics are held against; `null` when the document is no contract.
    pub standard: Option<String>,
    /// Edition of that standard, "2016-12-04".
    pub edition: Option<String>,
    /// Korean: why this standard, this audience and this instrument; what the user chose is told as the user's choice.
    pub why: String,
    /// Whether the customer is a business or a consumer.
    pub audience: Option<Audience>,
    /// Whether these are terms for many or a contract between two.
    pub instrument: Option<Instrument>,
    /// Whether the service is paid for.
    pub paid: Option<bool>,
    /// Profiles that were asked for (finance, public sector, …).
    pub profiles: Vec<String>,
    /// The day whose law citations were held against, when the user chose one; else `tool.law_as_of`.
    pub as_of: Option<String>,
    /// What the document calls its parties.
    pub parties: Parties,
}

/// Who the customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// A business.
    B2b,
    /// A consumer.
    B2c,
}

/// What kind of text the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Instrument {
    /// 약관: prepared by one side for many contracts.
    Terms,
    /// A contract negotiated between two named parties.
    Negotiated,
}

/// The names that the document gives its parties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Parties {
    /// 회사, 공급사업자, 갑, …
    pub provider: Vec<String>,
    /// 회원, 이용사업자, 을, …
    pub customer: Vec<String>,
}

/// One clause of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClauseInfo {
    /// Unique in the report, whatever numbers repeat.
    pub id: String,
    /// "제12조제2항제1호가목"; in documents without 조 "7.제2항".
    pub path: String,
    /// 편, 장, 절, 관, 조, 항, 호, 목, 세목, 전문, … as the document's own structure has it.
    pub level: String,
    /// The number as printed: "제12조", "①", "부칙", "7.".
    pub label: String,
    /// The heading, without its brackets.
    pub heading: Option<String>,
    /// Bytes of the document's text, the children's included.
    pub span: Span,
    /// Where in the file: "12쪽", "표 3의 2행".
    pub place: Option<String>,
}

/// How a topic fares in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// All that the standard requires is stated.
    Covered,
    /// Stated, but elements are missing.
    Partial,
    /// Not stated.
    Missing,
    /// The standard that was chosen has no such topic.
    NotApplicable,
    /// It could not be told: the part of the document could not be read.
    Unreadable,
}

impl Status {
    /// The word that people read.
    pub fn ko(self) -> &'static str {
        match self {
            Status::Covered => "충족",
            Status::Partial => "일부 누락",
            Status::Missing => "없음",
            Status::NotApplicable => "해당 없음",
            Status::Unreadable => "판독 불가",
        }
    }
}

/// One topic of the standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TopicStatus {
    /// Id of the topic table: "data-return".
    pub id: String,
    /// How it fares.
    pub status: Status,
    /// Paths of the clauses that carry it, best first.
    pub clauses: Vec<String>,
    /// The standard's provisions: "cloud-b2b/제20조제1항".
    pub provisions: Vec<String>,
    /// What a partial topic lacks.
    pub missing_elements: Vec<String>,
    /// How sure that is.
    pub confidence: Confidence,
}

/// A clause beside its provision. For the issue on comparison; empty in this version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// "cloud-b2b/제20조제1항"; `null` for what is extra.
    pub provision: Option<String>,
    /// Path of the clause; `null` for what is missing.
    pub clause: Option<String>,
    /// How the two relate.
    pub relation: Relation,
    /// Likeness from 0 to 1.
    pub score: f64,
    /// What differs in substance.
    pub changes: Vec<Change>,
}

/// How a clause relates to a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same in substance.
    Same,
    /// Different in substance.
    Changed,
    /// The contract has no such clause.
    Missing,
    /// The standard has no such provision.
    Extra,
    /// The same, elsewhere.
    Moved,
}

impl Relation {
    /// All relations, in the order in which people are shown them.
    pub const ALL: [Relation; 5] =
        [Relation::Changed, Relation::Missing, Relation::Extra, Relation::Moved, Relation::Same];

    /// The word that people read.
    pub fn ko(self) -> &'static str {
        match self {
            Relation::Same => "같음",
            Relation::Changed => "변경",
            Relation::Missing => "없음",
            Relation::Extra => "추가",
            Relation::Moved => "이동",
        }
    }
}

/// One typed change between a provision and a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What kind of thing changed.
    pub kind: ChangeKind,
    /// What the standard says; `null` when it says nothing.
    pub standard: Option<String>,
    /// What the contract says; `null` when it says nothing.
    pub contract: Option<String>,
    /// Whom the change favours.
    pub favours: Favours,
}

/// The kinds of change that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A period of time.
    Period,
    /// A sum.
    Amount,
    /// A rate.
    Rate,
    /// Duty, power or effort.
    Modality,
    /// Who acts.
    Actor,
    /// A condition added or gone.
    Condition,
    /// Cases added or gone.
    Scope,
    /// How notice is given.
    Method,
    /// Consent, notice or fiction.
    Consent,
    /// What the customer gets in the end.
    Remedy,
}

impl ChangeKind {
    /// The word that people read.
    pub fn ko(self) -> &'static str {
        match self {
            ChangeKind::Period => "기간",
            ChangeKind::Amount => "금액",
            ChangeKind::Rate => "비율",
            ChangeKind::Modality => "의무의 정도",
            ChangeKind::Actor => "주체",
            ChangeKind::Condition => "조건",
            ChangeKind::Scope => "범위",
            ChangeKind::Method => "통지 방법",
            ChangeKind::Consent => "동의 방식",
            ChangeKind::Remedy => "구제 수단",
        }
    }
}

/// Whom a change favours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Favours {
    /// The provider.
    Provider,
    /// The customer.
    Customer,
    /// Neither.
    Neither,
}

impl Favours {
    /// The words that people read.
    pub fn ko(self) -> &'static str {
        match self {
            Favours::Provider => "제공자 유리",
            Favours::Customer => "이용자 유리",
            Favours::Neither => "중립",
        }
    }
}

/// One finding, its place made concrete. [`crate::finding::Finding::reported`] makes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingInfo {
    /// Fingerprint: stays the same when other parts of the document change.
    pub id: String,
    /// Id of the rule: "missing-data-return".
    pub rule: String,
    /// What kind of finding.
    pub kind: Kind,
    /// Weight of the consequence.
    pub severity: Severity,
    /// How likely the finding is right.
    pub confidence: Confidence,
    /// Path of the clause; `null` for what is absent.
    pub clause: Option<String>,
    /// Unique id of that clause.
    pub clause_id: Option<String>,
    /// Bytes of the document's text; `null` for what is absent.
    pub span: Option<Span>,
    /// Where in the file: "12쪽", "표 3의 2행".
    pub place: Option<String>,
    /// The words of the document; empty for what is absent.
    pub quote: String,
    /// The law behind it, best first.
    pub basis: Vec<Basis>,
    /// The standard's provisions that are the yardstick, "cloud-b2c/제20조제1항"; empty when it has none.
    pub provisions: Vec<String>,
    /// Ids of the other rules that saw the same words.
    pub also: Vec<String>,
    /// What was seen, one Korean sentence.
    pub message: String,
    /// What can be done.
    pub advice: Option<String>,
    /// Wording to put in.
    pub suggestion: Option<String>,
    /// Written cases that are like it, unfair ones first, each kind the likest first; empty for what is absent.
    pub cases: Vec<Case>,
}

impl FindingInfo {
    /// Whether it counts in summaries and thresholds: one of low confidence is a hint.
    pub fn counts(&self) -> bool {
        self.confidence > Confidence::Low
    }
}

/// A finding that the user's configuration takes out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suppressed {
    /// The finding as it would stand among the others.
    pub finding: FindingInfo,
    /// Why the user takes it out.
    pub reason: String,
    /// When the user did so, "2026-11-27".
    pub date: String,
}

/// A case written for jomun that is like a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Case {
    /// Id of the case.
    pub id: String,
    /// The clause that was written.
    pub text: String,
    /// Whether it was written as an unfair clause.
    pub unfair: bool,
    /// Likeness from 0 (no word in common) to 1 (the same words), in hundredths.
    pub likeness: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_report_is_required_by_the_schema() {
        let schema = serde_json::to_value(Report::json_schema()).unwrap();
        let mut objects = vec![("Report", &schema)];
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            objects.push((name, definition));
        }
        for (name, object) in objects {
            let Some(properties) = object["properties"].as_object() else { continue };
            let required = object["required"].as_array().unwrap();
            for key in properties.keys() {
                assert!(required.iter().any(|r| r == key), "{name}.{key} may be left out");
            }
        }
    }
}
