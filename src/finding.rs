//! A finding: what a reviewer should look at, why, and on what law. Knows the clauses only by path; writes nothing.
//!
//! A finding carries its place symbolically ([`Anchor`]); [`Finding::reported`] makes it concrete once, so that no
//! renderer searches for a text again.

use crate::document::Document;
use crate::report::{Case, FindingInfo};
use crate::text::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub mod basis;
pub mod fingerprint;

pub use basis::{Basis, BasisError};

/// What the rule id of a finding about an item of a checklist begins with: "checklist-cloud-act-escrow".
pub const FINDING_OF_ITEM: &str = "checklist-";

/// What kind of finding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A clause that looks unfair under 약관법 제6조–제14조.
    Unfair,
    /// A topic of the standard or an item of a checklist that is absent, wholly or in part, or said the opposite of.
    Missing,
    /// A clause that is worse than the standard.
    Deviation,
    /// A service level.
    Sla,
    /// A reference that leads nowhere.
    Reference,
    /// A term without a definition, or defined twice.
    Definition,
    /// A document that is not whole.
    Integrity,
    /// A citation of law that is stale or wrong.
    Citation,
    /// Fair trade between businesses.
    Trade,
    /// Labelling and advertising.
    Advertising,
}

impl Kind {
    /// The word that people read.
    pub fn ko(self) -> &'static str {
        match self {
            Kind::Unfair => "불공정 우려",
            Kind::Missing => "누락",
            Kind::Deviation => "표준과 다름",
            Kind::Sla => "서비스 수준",
            Kind::Reference => "조항 인용",
            Kind::Definition => "용어 정의",
            Kind::Integrity => "문서 완결성",
            Kind::Citation => "법령 인용",
            Kind::Trade => "거래 공정",
            Kind::Advertising => "표시·광고",
        }
    }
}

/// Weight of the consequence, lightest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Formal.
    Low,
    /// Weakens the customer's position.
    Medium,
    /// Required by statute, or touches customer data, damages or termination.
    High,
}

impl Severity {
    /// The word that people read.
    pub fn ko(self) -> &'static str {
        match self {
            Severity::Info => "참고",
            Severity::Low => "낮음",
            Severity::Medium => "보통",
            Severity::High => "높음",
        }
    }

    /// One step less; formal matters and hints stay what they are.
    pub fn lower(self) -> Severity {
        match self {
            Severity::High => Severity::Medium,
            Severity::Medium | Severity::Low => Severity::Low,
            Severity::Info => Severity::Info,
        }
    }
}

/// How likely a finding or a status is right, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A hint.
    Low,
    /// Likely.
    Medium,
    /// Nearly certain.
    High,
}

impl Confidence {
    /// The word that people read.
    pub fn ko(self) -> &'static str {
        match self {
            Confidence::Low => "낮음",
            Confidence::Medium => "보통",
            Confidence::High => "높음",
        }
    }

    /// One step less.
    pub fn lower(self) -> Confidence {
        if self == Confidence::High { Confidence::Medium } else { Confidence::Low }
    }

    /// One step more.
    pub fn higher(self) -> Confidence {
        if self == Confidence::Low { Confidence::Medium } else { Confidence::High }
    }
}

/// Where a finding sits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// At words of the document.
    Text {
        /// Path of the clause: "제12조제2항".
        clause: String,
        /// Unique id of the clause in the report.
        clause_id: String,
        /// The words.
        span: Span,
    },
    /// At a clause as a whole; only its first line is quoted.
    Clause {
        /// Path of the clause.
        clause: String,
        /// Unique id of the clause in the report.
        clause_id: String,
        /// The whole clause.
        span: Span,
    },
    /// At nothing: what should be there is not.
    Absent {
        /// Id of the topic.
        topic: String,
        /// Path of the clause after which it would stand; `None` when the document has no fitting place.
        after: Option<String>,
    },
}

/// What a check saw.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Id of the rule, ASCII kebab-case: "missing-data-return".
    pub rule: String,
    /// What kind.
    pub kind: Kind,
    /// Weight of the consequence.
    pub severity: Severity,
    /// How likely it is right.
    pub confidence: Confidence,
    /// Where.
    pub anchor: Anchor,
    /// What was seen, one Korean sentence that claims no legal validity ("…로 볼 수 있습니다").
    pub message: String,
    /// The law behind it, best first.
    pub basis: Vec<Basis>,
    /// The standard's provisions that are the yardstick: "cloud-b2c/제20조제1항".
    pub provisions: Vec<String>,
    /// Other rules that saw the same words.
    pub also: Vec<String>,
    /// What can be done.
    pub advice: Option<String>,
    /// Wording to put in.
    pub suggestion: Option<String>,
    /// Cases that are like it, the likest unfair ones first, then the likest fair ones.
    pub cases: Vec<Case>,
}

impl Finding {
    /// A topic that is not in the document: kind `missing`, rule `missing-<topic>`, anchored at nothing.
    pub fn missing(
        topic: &str,
        severity: Severity,
        confidence: Confidence,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule: format!("missing-{topic}"),
            kind: Kind::Missing,
            severity,
            confidence,
            anchor: Anchor::Absent { topic: topic.to_owned(), after: None },
            message: message.into(),
            basis: Vec::new(),
            provisions: Vec::new(),
            also: Vec::new(),
            advice: None,
            suggestion: None,
            cases: Vec::new(),
        }
    }

    /// The words of the document that the finding is about; of a whole clause its first line, empty for what is absent.
    pub fn quote<'a>(&self, document: &'a Document) -> &'a str {
        match &self.anchor {
            Anchor::Text { span, .. } => span.of(document.text()),
            Anchor::Clause { span, .. } => {
                span.of(document.text()).trim_start().lines().next().unwrap_or("").trim_end()
            }
            Anchor::Absent { .. } => "",
        }
    }

    /// The stable id of the finding: the same as long as rule, clause path and quote (or topic) are the same.
    pub fn fingerprint(&self, document: &Document) -> String {
        match &self.anchor {
            Anchor::Text { clause, .. } | Anchor::Clause { clause, .. } => {
                fingerprint::of(&self.rule, clause, self.quote(document))
            }
            Anchor::Absent { topic, .. } => fingerprint::of(&self.rule, "", topic),
        }
    }

    /// The finding as the report has it, with place, quote and id made concrete.
    pub fn reported(&self, document: &Document) -> FindingInfo {
        let text = document.text();
        let (clause, clause_id, span) = match &self.anchor {
            Anchor::Text { clause, clause_id, span } | Anchor::Clause { clause, clause_id, span } => {
                (Some(clause.clone()), Some(clause_id.clone()), Some(*span))
            }
            Anchor::Absent { .. } => (None, None, None),
        };
        let place =
            span.map(|span| document.place(span.trimmed(text).start)).filter(|place| !place.is_empty());
        FindingInfo {
            id: self.fingerprint(document),
            rule: self.rule.clone(),
            kind: self.kind,
            severity: self.severity,
            confidence: self.confidence,
            clause,
            clause_id,
            span,
            place,
            quote: self.quote(document).to_owned(),
            basis: self.basis.clone(),
            provisions: self.provisions.clone(),
            also: self.also.clone(),
            message: self.message.clone(),
            advice: self.advice.clone(),
            suggestion: self.suggestion.clone(),
            cases: self.cases.clone(),
        }
    }
}

/// All findings as the report has them, in the order given. Two that would have the same id (the same words under
/// the same number twice) are told apart by their order.
pub fn report_all(findings: &[Finding], document: &Document) -> Vec<FindingInfo> {
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    let mut reported = Vec::with_capacity(findings.len());
    for finding in findings {
        let mut info = finding.reported(document);
        let times = seen.entry(info.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            info.id = fingerprint::of(&info.id, &times.to_string(), "");
        }
        reported.push(info);
    }
    reported
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(anchor: Anchor) -> Finding {
        Finding { anchor, ..Finding::missing("x", Severity::High, Confidence::High, "…") }
    }

    #[test]
    fn severities_are_ordered() {
        assert!(Severity::Info < Severity::Low && Severity::Low < Severity::Medium);
        assert!(Severity::Medium < Severity::High);
    }

    #[test]
    fn a_finding_becomes_concrete_with_place_and_quote() {
        let document = Document::from_text("a.txt", "첫 줄\n제2조 둘째 줄\n셋째 줄");
        let start = document.text().find("제2조").unwrap();
        let anchor = Anchor::Clause {
            clause: "제2조".into(),
            clause_id: "c2".into(),
            span: Span::new(start, document.text().len()),
        };
        let info = finding(anchor).reported(&document);
        assert_eq!(info.quote, "제2조 둘째 줄");
        assert_eq!(info.place.as_deref(), Some("2행"));
    }

    #[test]
    fn what_is_absent_has_no_place_but_an_id() {
        let document = Document::from_text("a.txt", "글");
        let info = Finding::missing("data-return", Severity::High, Confidence::High, "…").reported(&document);
        assert_eq!((info.rule.as_str(), info.span, info.place), ("missing-data-return", None, None));
        assert_eq!(info.id.len(), 12);
    }

    #[test]
    fn the_same_words_twice_keep_two_ids_and_the_first_stays() {
        let document = Document::from_text("a.txt", "같은 말\n같은 말");
        let anchor = |start| Anchor::Text {
            clause: "제1조".into(),
            clause_id: format!("c{start}"),
            span: Span::new(start, start + "같은 말".len()),
        };
        let both = report_all(&[finding(anchor(0)), finding(anchor("같은 말\n".len()))], &document);
        assert_ne!(both[0].id, both[1].id);
        assert_eq!(both[0].id, finding(anchor(0)).fingerprint(&document));
    }
}
