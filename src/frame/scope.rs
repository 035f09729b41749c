//! What rules ask of a frame, and how far they look: its own clause, what is bound to it, the 항, the 조 or the
//! whole contract. Knows evidence, no rule.

use super::{Bound, Frame, Frames};
use crate::clause::ClauseId;
use crate::contract::Passage;
use crate::evidence::stated;
use crate::language::{FactKind, Role};
use crate::pattern::{Evidence, Feature, Form, Pattern, Words};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::marker::PhantomData;

/// How far a condition looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scope {
    /// The clause of the predicate alone.
    Clause,
    /// What is bound to the act.
    #[default]
    Bound,
    /// What is bound to the act, and the provisos behind it.
    Excuse,
    /// Any sentence of the 항.
    Paragraph,
    /// Any sentence of the 조.
    Article,
    /// Any sentence of the contract.
    Contract,
}

/// What patterns were found to hold in a 항, a 조 or the contract: it does not depend on the frame that asks, and asking
/// every time would take the square of a long list's length.
#[derive(Default)]
pub(crate) struct Memo<'p> {
    known: RefCell<HashMap<(usize, Scope, usize), bool>>,
    patterns: PhantomData<&'p Pattern>,
}

impl<'p> Memo<'p> {
    /// What `look` says of the pattern in one 항, 조 or contract; asked once. A pattern is told by its place in memory,
    /// where it stays as long as the memo lives.
    fn once(&self, pattern: &'p Pattern, scope: Scope, place: usize, look: impl FnOnce() -> bool) -> bool {
        let key = (std::ptr::from_ref(pattern) as usize, scope, place);
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let holds = look();
        self.known.borrow_mut().insert(key, holds);
        holds
    }
}

/// A frame with its evidence, gathered once.
pub(crate) struct Evidencing<'f, 'c, 'd, 'p> {
    frames: &'f Frames<'c, 'd>,
    frame: &'f Frame,
    memo: &'f Memo<'p>,
    own: OnceCell<Words>,
    bound: OnceCell<Words>,
    excuse: OnceCell<Words>,
}

impl<'f, 'c, 'd, 'p> Evidencing<'f, 'c, 'd, 'p> {
    pub fn new(frames: &'f Frames<'c, 'd>, frame: &'f Frame, memo: &'f Memo<'p>) -> Self {
        Self { frames, frame, memo, own: OnceCell::new(), bound: OnceCell::new(), excuse: OnceCell::new() }
    }

    /// Whether the pattern holds in this scope. In a 항, 조 or contract one sentence must show all of it.
    pub fn holds(&self, pattern: &'p Pattern, scope: Scope) -> bool {
        let passage = &self.frames.contract.passages[self.frame.passage];
        let far = |number: usize| pattern.holds(&Far { all: self, number });
        let within =
            |numbers: Option<&Vec<usize>>| numbers.is_some_and(|all| all.iter().any(|&number| far(number)));
        match scope {
            Scope::Clause | Scope::Bound | Scope::Excuse => pattern.holds(&Near { all: self, scope }),
            Scope::Paragraph => {
                let paragraph = self.frames.paragraph(passage.clause);
                self.memo.once(pattern, scope, paragraph.0, || within(self.frames.paragraphs.get(&paragraph)))
            }
            Scope::Article => {
                let article = passage.article;
                self.memo.once(pattern, scope, article.0, || within(self.frames.articles.get(&article)))
            }
            Scope::Contract => {
                self.memo.once(pattern, scope, 0, || (0..self.frames.sentences.len()).any(far))
            }
        }
    }

    fn bounds(&self, scope: Scope) -> impl Iterator<Item = &'f Bound> {
        let frame = self.frame;
        let (own, bound, provisos) = match scope {
            Scope::Clause => (Some(&frame.own), &[][..], &[][..]),
            Scope::Excuse => (None, frame.bound.as_slice(), frame.provisos.as_slice()),
            _ => (None, frame.bound.as_slice(), &[][..]),
        };
        own.into_iter().chain(bound).chain(provisos)
    }

    fn words(&self, scope: Scope) -> &Words {
        let gather = || {
            let mut words = Words::default();
            for bound in self.bounds(scope) {
                let sentence = &self.frames.sentences[bound.passage];
                if bound.terms == (0..sentence.terms.len()) {
                    words.join(&sentence.words);
                } else {
                    words.join(&sentence.words_in(bound.terms.clone()));
                }
            }
            words
        };
        match scope {
            Scope::Clause => self.own.get_or_init(gather),
            Scope::Excuse => self.excuse.get_or_init(gather),
            _ => self.bound.get_or_init(gather),
        }
    }

    fn heading(&self, article: ClauseId, word: usize) -> bool {
        self.frames.headings.get(&article).is_some_and(|words| words.any.has(word))
    }

    fn circumstance(&self, number: usize, evidence: &impl Evidence) -> bool {
        self.frames.lexicon.circumstances()[number].any.iter().any(|pattern| pattern.holds(evidence))
    }
}

/// Evidence of the frame's own clause, or of all that is bound to it.
struct Near<'e, 'f, 'c, 'd, 'p> {
    all: &'e Evidencing<'f, 'c, 'd, 'p>,
    scope: Scope,
}

impl Near<'_, '_, '_, '_, '_> {
    fn bounds(&self) -> impl Iterator<Item = &Bound> {
        self.all.bounds(self.scope)
    }

    fn facts(&self) -> impl Iterator<Item = &FactKind> {
        let frames = self.all.frames;
        self.bounds()
            .flat_map(move |bound| frames.sentences[bound.passage].facts(frames.contract, &bound.terms))
    }

    fn named(&self, role: Role) -> bool {
        let frames = self.all.frames;
        self.bounds().any(|bound| {
            let span = frames.sentences[bound.passage].span(&bound.terms);
            let whole = frames.contract.passages[bound.passage].span;
            // A name before the first term belongs to it.
            let start = if bound.terms.start == 0 { whole.start } else { span.start };
            let span = crate::text::Span::new(start, span.end);
            frames.contract.parties.mentions_in(span).iter().any(|mention| mention.role == role)
        })
    }
}

impl Evidence for Near<'_, '_, '_, '_, '_> {
    fn word(&self, word: usize, form: Form) -> bool {
        self.all.words(self.scope).has(word, form)
    }

    fn heading(&self, word: usize) -> bool {
        self.all.heading(self.all.frames.contract.passages[self.all.frame.passage].article, word)
    }

    fn named(&self, circumstance: usize) -> bool {
        self.all.circumstance(circumstance, self)
    }

    fn feature(&self, feature: Feature) -> bool {
        let frame = self.all.frame;
        let passage = &self.all.frames.contract.passages[frame.passage];
        match feature {
            Feature::By(role) => frame.actor == Some(role) || frame.mutual,
            Feature::OnlyBy(role) => frame.actor == Some(role) && !frame.mutual,
            Feature::Who(role) => Near::named(self, role),
            Feature::Modal(modality) => frame.modality == modality,
            Feature::Negated => frame.negated,
            Feature::Mutual => frame.mutual,
            Feature::List => frame.list,
            Feature::Item => frame.item,
            Feature::Passive => frame.passive,
            Feature::Fault(part) => self.bounds().any(|bound| {
                let faults = &self.all.frames.sentences[bound.passage].faults;
                faults.iter().any(|fault| bound.terms.contains(&fault.term) && fault.plays(part, frame.actor))
            }),
            Feature::Opening => passage.opening,
            Feature::Definition => passage.definition,
            Feature::Thing => false,
            Feature::Sweeping => self.bounds().any(|bound| {
                self.all.frames.sentences[bound.passage].is_sweeping(self.all.frames.contract, &bound.terms)
            }),
            Feature::Only => self.bounds().any(|bound| {
                self.all.frames.sentences[bound.passage].says_only(self.all.frames.contract, &bound.terms)
            }),
            Feature::Paid => self.all.frames.paid,
            Feature::Period
            | Feature::PeriodAtLeast(_)
            | Feature::PeriodBelow(_)
            | Feature::Percent
            | Feature::PercentAtLeast(_)
            | Feature::Amount
            | Feature::Law
            | Feature::Blank
            | Feature::Individual => stated(feature, self.facts()),
        }
    }
}

/// Evidence of one sentence of a wider scope, a 호 with its lead.
struct Far<'e, 'f, 'c, 'd, 'p> {
    all: &'e Evidencing<'f, 'c, 'd, 'p>,
    number: usize,
}

impl Far<'_, '_, '_, '_, '_> {
    fn passage(&self) -> &Passage {
        &self.all.frames.contract.passages[self.number]
    }

    /// The sentence and the leads above it.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        let passages = &self.all.frames.contract.passages;
        std::iter::successors(Some(self.number), move |&number| passages[number].lead)
    }
}

impl Evidence for Far<'_, '_, '_, '_, '_> {
    fn word(&self, word: usize, form: Form) -> bool {
        self.numbers().any(|number| self.all.frames.sentences[number].words.has(word, form))
    }

    fn heading(&self, word: usize) -> bool {
        self.all.heading(self.passage().article, word)
    }

    fn named(&self, circumstance: usize) -> bool {
        self.all.circumstance(circumstance, self)
    }

    fn feature(&self, feature: Feature) -> bool {
        let passage = self.passage();
        match feature {
            Feature::By(role) => passage.is_by(role),
            Feature::OnlyBy(role) => passage.is_by(role) && !passage.mutual,
            Feature::Who(role) => passage.named.contains(&role),
            Feature::Modal(modality) => passage.modalities.contains(&modality),
            Feature::Negated => passage.negated,
            Feature::Opening => passage.opening,
            Feature::Definition => passage.definition,
            Feature::Mutual => passage.mutual,
            Feature::List => self.all.frames.sentences[self.number].announces,
            Feature::Item => passage.lead.is_some(),
            Feature::Fault(part) => self.numbers().any(|number| {
                self.all.frames.sentences[number].faults.iter().any(|fault| fault.plays(part, None))
            }),
            Feature::Paid => self.all.frames.paid,
            Feature::Thing | Feature::Passive => false,
            Feature::Sweeping => self.numbers().any(|number| {
                let sentence = &self.all.frames.sentences[number];
                sentence.is_sweeping(self.all.frames.contract, &(0..sentence.terms.len()))
            }),
            Feature::Only => self.numbers().any(|number| {
                let sentence = &self.all.frames.sentences[number];
                sentence.says_only(self.all.frames.contract, &(0..sentence.terms.len()))
            }),
            _ => {
                let frames = self.all.frames;
                let facts = self.numbers().flat_map(|number| {
                    let sentence = &frames.sentences[number];
                    sentence.facts(frames.contract, &(0..sentence.terms.len()))
                });
                stated(feature, facts)
            }
        }
    }
}
