//! Passages: the sentences of a contract with what they show. A 호 is read with the sentence that leads into its list,
//! so it shows what its lead shows. Knows grammar and structure, no law.

use crate::clause::{Clause, ClauseId, ClauseTree, Level};
use crate::language::{Fact, FactKind, Modality, Morphs, Parties, Role, sentences};
use crate::text::Span;
use std::collections::BTreeSet;

/// A sentence of a clause's own text.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The clause that the sentence belongs to.
    pub clause: ClauseId,
    /// The 조 (or other top clause) that holds it.
    pub article: ClauseId,
    /// The sentence.
    pub span: Span,
    /// Number of the passage that leads into it: for a 호 the last sentence before the list.
    pub lead: Option<usize>,
    /// Whose act it is: its subject, else its lead's, else that of the sentence before in the same 항.
    pub subject: Option<Role>,
    /// Roles that are named in it.
    pub named: BTreeSet<Role>,
    /// Modalities of its predicates.
    pub modalities: BTreeSet<Modality>,
    /// Kinds of fact in it.
    pub facts: FactKinds,
    /// Whether it stands before the first 조 or in it.
    pub opening: bool,
    /// Whether it defines a term.
    pub definition: bool,
}

/// Which kinds of fact a passage holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactKinds {
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
}

impl FactKinds {
    fn join(&mut self, other: FactKinds) {
        self.period |= other.period;
        self.percent |= other.percent;
        self.amount |= other.amount;
        self.law |= other.law;
        self.blank |= other.blank;
    }
}

/// All passages of a contract, in text order.
pub(super) fn read(text: &str, tree: &ClauseTree, morphs: &Morphs, parties: &Parties, facts: &[Fact]) -> Vec<Passage> {
    let mut reader = Reader { text, tree, morphs, parties, facts, passages: Vec::new(), leads: vec![None; tree.clauses().len()] };
    let first = tree.clauses().iter().find(|clause| clause.level == Level::Article).map(|clause| clause.id);
    for clause in tree.clauses() {
        reader.clause(clause, first);
    }
    reader.passages.sort_by_key(|passage| passage.span.start);
    reader.passages
}

struct Reader<'c> {
    text: &'c str,
    tree: &'c ClauseTree,
    morphs: &'c Morphs,
    parties: &'c Parties,
    facts: &'c [Fact],
    passages: Vec<Passage>,
    /// For each clause the passage that leads into its children.
    leads: Vec<Option<usize>>,
}
