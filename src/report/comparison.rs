//! A contract beside what it is held against, article by article: the plain data behind every form of `jomun diff`.
//!
//! The base is a standard contract, an imported one, or another version of the same contract. A built-in standard is
//! worded by us: its side is a gist (요지), and only elements and typed changes are told. Where both sides are literal
//! texts the words that went and came are told too.

use super::{ChangeKind, Favours, Relation, Report};
use crate::text::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of [`Comparison::schema`].
pub const COMPARISON_SCHEMA: &str = "jomun-diff/1";

/// One contract held against one base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "jomun-diff/1")]
pub struct Comparison {
    /// Always `jomun-diff/1`.
    #[schemars(extend("const" = COMPARISON_SCHEMA))]
    pub schema: String,
    /// What the contract is held against.
    pub base: Base,
    /// Whether both sides are literal texts, so that words can be held against words.
    pub literal: bool,
    /// The chapters of the base and how much of each the contract carries, in the base's order.
    pub chapters: Vec<Coverage>,
    /// What stands beside what: in the base's order, what is extra behind the row that it follows in the contract.
    pub rows: Vec<Row>,
    /// The report on the contract: its clauses, topics, findings (those of kind `deviation` come from the rows) and notices.
    pub report: Report,
}

impl Comparison {
    /// Keeps the rows of these relations only; none means all. Coverage, report and findings stay those of the whole.
    pub fn only(&mut self, relations: &[Relation]) {
        self.rows.retain(|row| relations.is_empty() || relations.contains(&row.relation));
    }

    /// How many rows relate so.
    pub fn count(&self, relation: Relation) -> usize {
        self.rows.iter().filter(|row| row.relation == relation).count()
    }

    /// The JSON Schema (draft 2020-12) of a comparison as it is written.
    pub fn json_schema() -> schemars::Schema {
        schemars::generate::SchemaSettings::draft2020_12()
            .for_serialize()
            .into_generator()
            .into_root_schema_for::<Comparison>()
    }
}

/// What a contract is held against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Base {
    /// What it is.
    pub kind: BaseKind,
    /// Id of the standard ("cloud-b2b"), or the path of the other version.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its edition, "2016-12-04"; `null` for another version.
    pub edition: Option<String>,
    /// How many 조 it has.
    pub articles: usize,
}

/// The kinds of base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BaseKind {
    /// A built-in standard, worded by us.
    Builtin,
    /// A standard that the user imported, in its own words.
    Imported,
    /// Another version of the contract.
    Version,
}

/// How much of one chapter of the base the contract carries; its rows counted by relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// "제1장 총칙"; the whole base when it has no chapters.
    pub title: String,
    /// Provisions whose substance stands in the contract, in their place.
    pub same: usize,
    /// Those that stand elsewhere, otherwise the same.
    pub moved: usize,
    /// Those that differ in substance.
    pub changed: usize,
    /// Those that the contract does not have.
    pub missing: usize,
}

/// Provisions of the base beside the clauses that carry them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Unique in the comparison: "r12".
    pub id: String,
    /// How the two relate.
    pub relation: Relation,
    /// The base's side; empty for what is extra.
    pub base: Vec<Piece>,
    /// The contract's side; empty for what is missing.
    pub contract: Vec<Piece>,
    /// Likeness from 0 to 1, in hundredths.
    pub score: f64,
    /// Korean: why these stand beside each other, one reason each.
    pub why: Vec<String>,
    /// What differs in substance.
    pub changes: Vec<TypedChange>,
    /// The words of both sides, in the order of reading; empty unless both are literal and the row has both sides.
    pub marks: Vec<Mark>,
    /// What the base's provisions require, and whether the contract's side shows it; for a built-in standard only.
    pub elements: Vec<ElementShown>,
    /// Ids of the report's findings that concern the row.
    pub findings: Vec<String>,
}

/// One provision or clause in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Piece {
    /// "제12조제2항".
    pub path: String,
    /// The heading of its 조.
    pub heading: Option<String>,
    /// Its own words, without what lies below it. Of a built-in standard our gist.
    pub text: String,
    /// Bytes of the contract's text; `null` on the base's side of a standard.
    pub span: Option<Span>,
    /// Where in the file: "12쪽".
    pub place: Option<String>,
}

/// A difference in substance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TypedChange {
    /// What kind of thing changed.
    pub kind: ChangeKind,
    /// What the base says.
    pub base: Option<Stated>,
    /// What the contract says.
    pub contract: Option<Stated>,
    /// Whom the change favours.
    pub favours: Favours,
    /// Korean, one sentence: what changed, for whom.
    pub message: String,
}

/// What one side says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stated {
    /// As people write it: "30일 전", "하여야 한다", "동의".
    pub value: String,
    /// Path of the piece that says it.
    pub path: String,
    /// Bytes of that piece's text.
    pub within: Span,
    /// Bytes of the document's text; `null` on the side of a standard.
    pub span: Option<Span>,
}

/// A stretch of words that both sides have or one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// Who has it.
    pub kind: MarkKind,
    /// The words, with the blanks behind them.
    pub text: String,
}

/// Who has the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// Both.
    Equal,
    /// The base only.
    Delete,
    /// The contract only.
    Insert,
}

/// One thing that the base requires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ElementShown {
    /// Korean.
    pub text: String,
    /// Whether the contract's side shows it; `null` when jomun cannot tell.
    pub shown: Option<bool>,
}
