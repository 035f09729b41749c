//! A contract as the later stages see it: the document with its clauses, one analysis of its words, its parties, and
//! its passages (sentences with what they show). Read once, shared by index, topics and rules.

mod passage;

pub use passage::{FactKinds, Passage};

use crate::clause::{self, ClauseId, ClauseTree};
use crate::document::Document;
use crate::language::{Analyzer, Modality, Morphs, Parties};
use crate::notice::Notice;
use crate::text::Span;

/// A term of a passage as evidence sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'c> {
    /// Its normal form.
    pub lemma: &'c str,
    /// Whether it is a negated predicate.
    pub negated: bool,
    /// Whether it is a predicate that cannot or must not be done (…할 수 없다, …하지 못한다).
    pub unable: bool,
    /// Whether it stands in a condition (…한 경우) or qualifies a noun, so that the sentence does not itself say it.
    pub condition: bool,
}

/// A document read as a contract.
#[derive(Debug)]
pub struct Contract<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its clauses.
    pub tree: ClauseTree,
    /// Its words, analysed once, with the facts among them (periods, rates, amounts, citations).
    pub morphs: Morphs,
    /// Its parties by role.
    pub parties: Parties,
    /// Sentences of the clauses' own texts, in text order.
    pub passages: Vec<Passage>,
    /// What was noticed while reading its structure and language.
    pub notices: Vec<Notice>,
}

impl<'d> Contract<'d> {
    /// Reads the document. Never fails.
    pub fn read(document: &'d Document, analyzer: &Analyzer) -> Self {
        let (tree, notices) = clause::parse(document);
        let morphs = analyzer.analyze(document.text());
        let parties = analyzer.parties(&morphs);
        let passages = passage::read(document.text(), &tree, &morphs, &parties);
        Self { document, tree, morphs, parties, passages, notices }
    }

    /// The normal form of a passage, without the names of statutes and the titles of cited clauses.
    pub fn terms(&self, passage: &Passage) -> impl Iterator<Item = Word<'_>> {
        let inside = |spans: &[Span], span: Span| spans.iter().any(|outer| outer.contains(span));
        self.morphs.terms(passage.span).iter().filter(move |term| !inside(&passage.names, term.span)).map(
            move |term| Word {
                lemma: term.text,
                negated: term.negated,
                unable: term.negated && term.modality == Modality::MustNot,
                condition: inside(&passage.asides, term.span),
            },
        )
    }

    /// The normal form of the heading of a clause; nothing when it has none.
    pub fn heading_terms(&self, clause: ClauseId) -> impl Iterator<Item = Word<'_>> {
        let span = self.tree.get(clause).title;
        self.morphs.terms(span).iter().map(|term| Word {
            lemma: term.text,
            negated: term.negated,
            unable: term.negated && term.modality == Modality::MustNot,
            condition: false,
        })
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &'d str {
        span.of(self.document.text())
    }
}
