//! One sentence made ready for acts: its terms, the words that the lexicon knows, its predicates and faults. Knows
//! grammar and words, no act.

use super::fault::{self, Fault};
use super::predicate::Predicates;
use crate::contract::{Contract, Passage, Word};
use crate::language::{FactKind, Modality, Tag, Term};
use crate::pattern::{Vocabulary, WordHit, Words};
use crate::text::Span;
use std::ops::Range;

/// A sentence, or a 호, of a contract.
pub(super) struct Sentence<'c> {
    /// Its terms without names of statutes and titles of cited clauses.
    pub terms: Vec<Term<'c>>,
    /// The words among them, by where they end.
    pub hits: Vec<WordHit>,
    /// All of them as a set, for questions that do not ask where.
    pub words: Words,
    pub predicates: Predicates,
    pub faults: Vec<Fault>,
    /// Whether it begins as an exception: 다만, 단, 그러나, 이 경우.
    pub proviso: bool,
    /// Whether it announces the list below it: 다음 각 호.
    pub announces: bool,
    /// For each term whether it stands in an aside.
    flags: Vec<bool>,
    /// For each term what morpheme follows it close by.
    particles: Vec<Option<Tag>>,
}

const PROVISOS: [&str; 14] = [
    "다만",
    "단,",
    "단 ",
    "그러나",
    "그럼에도",
    "하지만",
    "이 경우",
    "이때",
    "이 때",
    "그 경우",
    "이러한 경우",
    "위 경우",
    "(단",
    "(다만",
];

/// Words that point back to what was said before.
const BACK: [&str; 32] = [
    "이에 대",
    "이에 관",
    "이에 따",
    "이로 인",
    "이로인",
    "이에 의",
    "그로 인",
    "그에 대",
    "그에 따",
    "이와 관련",
    "그와 관련",
    "이러한",
    "그러한",
    "이 경우",
    "이때",
    "그 결과",
    "이를 ",
    "해당 손해",
    "위 손해",
    "그 손해",
    "그 책임",
    "이와 같",
    "이 같은",
    "그와 같",
    "이로써",
    "그럼으로써",
    "그로써",
    "이 때문",
    "그 때문",
    "위와 같",
    "위 사유",
    "그 사유",
];

impl<'c> Sentence<'c> {
    pub fn read(contract: &'c Contract<'_>, passage: &Passage, vocabulary: &Vocabulary) -> Self {
        let inside = |spans: &[Span], span: Span| spans.iter().any(|outer| outer.contains(span));
        let terms: Vec<Term<'c>> = contract
            .morphs
            .terms(passage.span)
            .iter()
            .filter(|term| !inside(&passage.names, term.span))
            .collect();
        let hits = vocabulary.hits(terms.iter().map(|term| term.text));
        let mentions = contract.parties.mentions_in(passage.span);
        let predicates = Predicates::read(&contract.morphs, passage.span, &terms, mentions);
        let text = contract.text(passage.span).trim_start();
        let flags: Vec<bool> = terms.iter().map(|term| inside(&passage.asides, term.span)).collect();
        let follower = |term: &Term<'_>| {
            let next = contract.morphs.in_span(Span::new(term.span.end, term.span.end + 12)).next();
            next.and_then(|i| contract.morphs.get(i)).map(|morph| morph.tag)
        };
        let particles = terms.iter().map(follower).collect();
        let mut sentence = Self {
            faults: fault::read(&contract.morphs, passage.span, &terms, mentions),
            proviso: PROVISOS.iter().any(|word| text.starts_with(word)),
            announces: announces(text),
            words: Words::default(),
            predicates,
            hits,
            terms,
            flags,
            particles,
        };
        sentence.words = sentence.words_in(0..sentence.terms.len());
        sentence
    }

    /// The known words that lie within these terms.
    pub fn hits_in(&self, range: &Range<usize>) -> impl Iterator<Item = &WordHit> {
        let first = self.hits.partition_point(|hit| hit.last < range.start);
        let end = self.hits.partition_point(|hit| hit.last < range.end);
        self.hits[first..end.max(first)].iter().filter(|hit| range.start <= hit.first)
    }

    /// The words that lie within these terms. A word has the polarity of the predicate that governs its last term.
    pub fn words_in(&self, range: Range<usize>) -> Words {
        let mut words = Words::default();
        for hit in self.hits_in(&range) {
            words.put(hit.word, self.word(hit.last));
        }
        words
    }

    /// Whether its last noun states something: 환불 불가, 회사 면책.
    pub fn says_so_in_nouns(&self) -> bool {
        let last = self.terms.last().map_or("", |term| term.text);
        matches!(last, "불가" | "불가능" | "불허" | "금지" | "면책" | "무관" | "제외" | "불가함" | "없음")
    }

    /// The nouns in these terms of which the sentence goes on to speak: its topic (환불은), and where the statement is
    /// `shared` its object too (API를 변경하거나 중단).
    pub fn reach_words(&self, range: Range<usize>, shared: bool) -> Words {
        let mut words = Words::default();
        for hit in self.hits_in(&range) {
            let carried = match self.particles[hit.last] {
                Some(Tag::JX) => true,
                Some(Tag::JKO | Tag::JKS) => shared,
                _ => false,
            };
            if !self.terms[hit.last].predicate && carried {
                words.put(hit.word, self.word(hit.last));
            }
        }
        words
    }

    /// Whether the sentence goes on with an exception in brackets or behind a comma: (단, …은 제외).
    pub fn has_exception_behind(&self, contract: &Contract<'_>, from: usize, to: usize) -> bool {
        let rest = contract.text(Span::new(from, to));
        ["단,", "단 ", "다만", "제외"].iter().any(|word| begins_word(rest, word))
    }

    /// Whether these terms leave nothing out: 어떠한, 일체, 모든.
    pub fn is_sweeping(&self, contract: &Contract<'_>, range: &Range<usize>) -> bool {
        const ALL: [&str; 16] = [
            "어떠한",
            "어떤",
            "아무런",
            "아무 ",
            "일체",
            "여하한",
            "일절",
            "하등",
            "모든",
            "전적",
            "전부",
            "전혀",
            "불문",
            "막론",
            "여하를",
            "관계없이",
        ];
        let text = contract.text(self.span(range));
        ALL.iter().any(|word| text.contains(word))
    }

    /// Whether these terms say something of one thing alone: 서면으로만, 우편에 한하여.
    pub fn says_only(&self, contract: &Contract<'_>, range: &Range<usize>) -> bool {
        let alone = |i: usize| {
            contract.morphs.get(i).is_some_and(|morph| morph.tag == Tag::JX)
                && matches!(contract.morphs.surface(i), "만" | "뿐" | "밖에")
        };
        contract.morphs.in_span(self.span(range)).any(alone)
            || self.terms[range.clone()]
                .iter()
                .any(|term| matches!(term.text, "한하" | "한정" | "국한" | "오직" | "오로지" | "반드시"))
    }

    /// A term as evidence sees it.
    fn word(&self, at: usize) -> Word<'c> {
        let term = self.terms[at];
        Word {
            lemma: term.text,
            negated: term.negated,
            unable: term.negated && term.modality == Modality::MustNot,
            condition: self.flags[at],
        }
    }

    /// The text that these terms cover.
    pub fn span(&self, range: &Range<usize>) -> Span {
        match (self.terms.get(range.start), range.end.checked_sub(1).and_then(|last| self.terms.get(last))) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// Whether the words in `span` point back to what was said before.
    pub fn points_back(contract: &Contract<'_>, span: Span) -> bool {
        let text = contract.text(span);
        // 그 영업활동의 결과에 대하여: the clause begins with what it points to.
        let begin = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        begin.split_once(' ').is_some_and(|(word, _)| word == "그")
            || BACK.iter().any(|word| begins_word(text, word))
    }

    /// The kinds of fact in these terms.
    pub fn facts<'f>(
        &self,
        contract: &'f Contract<'_>,
        range: &Range<usize>,
    ) -> impl Iterator<Item = &'f FactKind> + use<'f> {
        contract.morphs.facts_in(self.span(range)).iter().map(|fact| &fact.kind)
    }
}

/// Whether a word of the text begins so: 단, is no part of 중단,.
fn begins_word(text: &str, beginning: &str) -> bool {
    text.match_indices(beginning)
        .any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

/// 다음 각 호의 경우, 아래와 같은 사유로, 다음과 같다.
fn announces(text: &str) -> bool {
    let listed = [
        "각 호",
        "각호",
        "각 목",
        "각목",
        "다음의",
        "다음과 같",
        "아래의",
        "아래와 같",
        "아래 ",
        "다음 사항",
        "다음 사유",
        "하기의",
        "하기 각",
        "다음에 ",
        "다음 중",
        "다음 항목",
        "다음:",
    ];
    listed.iter().any(|word| begins_word(text, word)) || text.trim_end().ends_with([':', '：'])
}
