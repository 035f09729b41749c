//! A contract prepared for patterns: the words of every passage with those of its leads and of the heading above it.
//! Shared by all who ask what a passage states ([`crate::topic`], [`crate::checklist`]); knows neither of them.

use crate::clause::{ClauseId, Level};
use crate::contract::{Contract, FactKinds, Passage};
use crate::language::FactKind;
use crate::pattern::{Evidence, Feature, Form, Vocabulary, Words};
use crate::text::Span;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The words of a contract's passages, as far as a vocabulary knows them.
pub(crate) struct Reading<'c, 'd> {
    pub(crate) contract: &'c Contract<'d>,
    /// The contract's passages, or finer ones.
    pub(crate) passages: Cow<'c, [Passage]>,
    /// The words of each passage; a 호 has those of its lead too ("다음 각 호의 경우 해지할 수 있다" + "1. 요금 연체").
    words: Vec<Words>,
    /// The words of the heading over each passage.
    headings: Vec<Words>,
}

/// One passage as the patterns see it.
pub(crate) struct Seen<'r> {
    contract: &'r Contract<'r>,
    passages: &'r [Passage],
    number: usize,
    words: &'r Words,
    heading: &'r Words,
}

impl<'c, 'd> Reading<'c, 'd> {
    /// The passages as they are.
    pub(crate) fn new(vocabulary: &Vocabulary, contract: &'c Contract<'d>) -> Self {
        Self::of(vocabulary, contract, Cow::Borrowed(&contract.passages))
    }

    /// The rows of tables apart: what one row says of its target the next does not say of its own.
    pub(crate) fn by_row(vocabulary: &Vocabulary, contract: &'c Contract<'d>) -> Self {
        Self::of(vocabulary, contract, Cow::Owned(by_row(contract)))
    }

    fn of(vocabulary: &Vocabulary, contract: &'c Contract<'d>, passages: Cow<'c, [Passage]>) -> Self {
        let own: Vec<Words> =
            passages.iter().map(|passage| vocabulary.words(contract.terms(passage))).collect();
        let with_leads = |(number, passage): (usize, &Passage)| {
            let mut words = own[number].clone();
            let mut lead = passage.lead;
            while let Some(above) = lead {
                words.join(&own[above]);
                lead = passages[above].lead;
            }
            words
        };
        let words = passages.iter().enumerate().map(with_leads).collect();
        let mut by_article: BTreeMap<ClauseId, Words> = BTreeMap::new();
        let headings = passages
            .iter()
            .map(|passage| {
                let heading = by_article
                    .entry(passage.article)
                    .or_insert_with(|| vocabulary.words(contract.heading_terms(passage.article)));
                heading.clone()
            })
            .collect();
        Self { contract, passages, words, headings }
    }

    /// A passage by its number.
    pub(crate) fn seen(&self, passage: usize) -> Seen<'_> {
        Seen {
            contract: self.contract,
            passages: &self.passages,
            number: passage,
            words: &self.words[passage],
            heading: &self.headings[passage],
        }
    }

    /// The clause that a reader is sent to: the 항, or the 조 without 항.
    pub(crate) fn carrier(&self, clause: ClauseId) -> ClauseId {
        let tree = &self.contract.tree;
        let own = tree.get(clause);
        if own.level <= Level::Paragraph {
            return clause;
        }
        tree.ancestors(clause).find(|above| above.level <= Level::Paragraph).map_or(clause, |above| above.id)
    }
}

impl Seen<'_> {
    /// The passage itself.
    pub(crate) fn passage(&self) -> &Passage {
        &self.passages[self.number]
    }

    /// The words of the passage, then of the passages that lead into it.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let passages = self.passages;
        std::iter::successors(Some(self.number), move |&number| passages[number].lead)
            .map(move |number| self.contract.text(passages[number].span))
    }

    /// The facts of the passage, then of the passages that lead into it.
    pub(crate) fn facts(&self) -> impl Iterator<Item = &FactKind> {
        let passages = self.passages;
        std::iter::successors(Some(self.number), move |&number| passages[number].lead)
            .flat_map(move |number| self.contract.morphs.facts_in(passages[number].span))
            .map(|fact| &fact.kind)
    }
}

impl Evidence for Seen<'_> {
    fn word(&self, word: usize, form: Form) -> bool {
        self.words.has(word, form)
    }

    fn heading(&self, word: usize) -> bool {
        self.heading.any.has(word)
    }

    fn feature(&self, feature: Feature) -> bool {
        let passage = self.passage();
        match feature {
            Feature::By(role) => passage.is_by(role),
            Feature::OnlyBy(role) => passage.is_by(role) && !passage.mutual,
            Feature::Who(role) => passage.named.contains(&role),
            Feature::Modal(modality) => passage.modalities.contains(&modality),
            Feature::Period => passage.facts.period,
            Feature::Percent => passage.facts.percent,
            Feature::Amount => passage.facts.amount,
            Feature::Law => passage.facts.law,
            Feature::Blank => passage.facts.blank,
            Feature::Negated => passage.negated,
            Feature::Opening => passage.opening,
            Feature::Definition => passage.definition,
            Feature::Mutual => passage.mutual,
            Feature::Item => passage.lead.is_some(),
            Feature::Only => self.texts().any(says_only),
            Feature::PeriodAtLeast(_)
            | Feature::PeriodBelow(_)
            | Feature::PercentAtLeast(_)
            | Feature::Individual => stated(feature, self.facts()),
            // Of an act, not of a passage.
            _ => false,
        }
    }
}

/// The passages of a contract, each row of a table one.
fn by_row(contract: &Contract<'_>) -> Vec<Passage> {
    let text = contract.document.text();
    let mut passages: Vec<Passage> = Vec::with_capacity(contract.passages.len());
    // Where the first piece of each passage stands: a lead goes on leading.
    let mut places: Vec<usize> = Vec::with_capacity(contract.passages.len());
    // The first row of the table that the last piece stood in, and its clause.
    let mut table: Option<(ClauseId, usize)> = None;
    for passage in &contract.passages {
        places.push(passages.len());
        let lead = passage.lead.map(|lead| places[lead]);
        let lines = lines(text, passage.span);
        let cells = lines.iter().filter(|line| line.of(text).contains('|')).count();
        if cells == 0 || cells == 1 && lines.len() > 1 {
            table = None;
            passages.push(Passage { lead, ..passage.clone() });
            continue;
        }
        for span in lines {
            // What the first row names (가용률, 백업 주기) the others say something of.
            let head = table.filter(|(clause, _)| *clause == passage.clause).map(|(_, head)| head);
            table = Some((passage.clause, head.unwrap_or(passages.len())));
            let facts = facts(contract, span);
            passages.push(Passage { span, lead: head.or(lead), facts, ..passage.clone() });
        }
    }
    passages
}

/// The lines of a stretch of text that are not blank.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut start = span.start;
    let mut lines = Vec::new();
    for line in span.of(text).split_inclusive('\n') {
        let whole = Span::new(start, start + line.len());
        start = whole.end;
        let words = whole.trimmed(text);
        if !words.is_empty() {
            lines.push(words);
        }
    }
    lines
}

fn facts(contract: &Contract<'_>, span: Span) -> FactKinds {
    let mut kinds = FactKinds::default();
    for fact in contract.morphs.facts_in(span) {
        match &fact.kind {
            FactKind::Duration(duration) => {
                kinds.period = true;
                kinds.blank |= duration.is_blank();
            }
            FactKind::Percent(_) => kinds.percent = true,
            FactKind::Amount(_) => kinds.amount = true,
            FactKind::Citation(citation) => kinds.law |= citation.law.is_some(),
            _ => {}
        }
    }
    kinds
}

/// Whether something is said of one thing alone: 범위에서만, 국내에 한정하여. 다만, 하지만 and 불만 end alike, 만 14세 stands
/// alone.
fn says_only(text: &str) -> bool {
    let particle = text.match_indices('만').any(|(at, word)| {
        let behind = text[at + word.len()..].chars().next();
        let before: String = text[..at].chars().rev().take(1).collect();
        behind.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | '은' | '을' | '이'))
            && before.chars().all(|c| c.is_alphanumeric() && !matches!(c, '다' | '지' | '불' | '기' | '미'))
            && !before.is_empty()
    });
    particle
        || ["에 한하", "에 한정", "로 한정", "으로 한정", "오직", "오로지"]
            .iter()
            .any(|word| text.contains(word))
}

/// Whether the facts show the feature.
pub(crate) fn stated<'k>(feature: Feature, mut facts: impl Iterator<Item = &'k FactKind>) -> bool {
    let days = |fact: &FactKind| match fact {
        FactKind::Duration(duration) => duration.days(),
        _ => None,
    };
    match feature {
        Feature::Period => facts.any(|fact| matches!(fact, FactKind::Duration(_))),
        Feature::PeriodAtLeast(least) => facts.filter_map(days).any(|days| days + 0.5 >= f64::from(least)),
        Feature::PeriodBelow(limit) => {
            let days: Vec<f64> = facts.filter_map(days).collect();
            !days.is_empty() && days.iter().all(|days| days + 0.5 < f64::from(limit))
        }
        Feature::Percent => facts.any(|fact| matches!(fact, FactKind::Percent(_))),
        Feature::PercentAtLeast(least) => facts.any(|fact| match fact {
            FactKind::Percent(percent) => percent.value.is_some_and(|value| value >= f64::from(least)),
            _ => false,
        }),
        Feature::Amount => facts.any(|fact| matches!(fact, FactKind::Amount(_))),
        Feature::Law => {
            facts.any(|fact| matches!(fact, FactKind::Citation(citation) if citation.law.is_some()))
        }
        Feature::Blank => {
            facts.any(|fact| matches!(fact, FactKind::Duration(duration) if duration.is_blank()))
        }
        Feature::Individual => {
            facts.any(|fact| matches!(fact, FactKind::Notice(method) if method.is_individual()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_said_of_one_thing_alone() {
        for (text, only) in [
            ("위탁받은 범위 안에서만 처리한다", true),
            ("국내에 한정하여 둔다", true),
            ("담당자만 접근한다", true),
            ("다만, 그러하지 아니하다", false),
            ("만 14세 미만인 사람", false),
            ("불만을 처리한다", false),
            ("어렵지만 한다", false),
        ] {
            assert_eq!(super::says_only(text), only, "{text}");
        }
    }
}
