//! A contract as the later stages see it: the document with its clauses, one analysis of its words, its parties, and
//! its passages (sentences with what they show). Read once, shared by index, topics and rules.

use crate::clause::{ClauseId, ClauseTree, Level};
use crate::document::Document;
use crate::language::{self, Analyzer, Fact, FactKind, Modality, Morphs, Parties, Role, Terms};
use crate::notice::Notice;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A document read as a contract.
pub struct Contract<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its clauses.
    pub tree: ClauseTree,
    /// Its words, analysed once.
    pub morphs: Morphs,
    /// Its parties by role.
    pub parties: Parties,
    /// Periods, rates, amounts, citations, in text order.
    pub facts: Vec<Fact>,
    /// Sentences of the clauses' own texts, in text order.
    pub passages: Vec<Passage>,
    /// Normal form of every passage and of every heading.
    terms: Vec<Terms>,
    headings: BTreeMap<ClauseId, Terms>,
}

/// A sentence of a clause's own text, with what it shows. What its leads show, it shows too.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The clause that the sentence belongs to.
    pub clause: ClauseId,
    /// The 조 (or other top clause) that holds it.
    pub article: ClauseId,
    /// The sentence.
    pub span: Span,
    /// Numbers of the passages that lead into it: for a 호 the last sentence before the list.
    pub leads: Vec<usize>,
    /// Whose act it is: its subject, else its lead's.
    pub subject: Option<Role>,
    /// Roles that are named in it.
    pub named: BTreeSet<Role>,
    /// Modalities of its predicates.
    pub modalities: BTreeSet<Modality>,
    /// Kinds of fact in it.
    pub facts: Facts,
    /// Whether it stands in the preamble or the first 조.
    pub opening: bool,
    /// Whether it defines a term.
    pub definition: bool,
}

/// Which kinds of fact a passage holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// 30일, 7영업일
    pub period: bool,
    /// 99.9 %
    pub percent: bool,
    /// 3만 원
    pub amount: bool,
    /// 「약관의 규제에 관한 법률」
    pub law: bool,
    /// ( )일
    pub blank: bool,
    /// 별첨, another named document
    pub annex: bool,
}
