//! One side of a comparison: a contract cut into units (clauses with words of their own) and their sentences, with all
//! that alignment and typed changes ask of them. Owns what it needs, so that a base is read once and held against many.

use super::change::{Lexicon, Meaning};
use super::mark::Cut;
use crate::clause::{ClauseId, Level};
use crate::contract::{Contract, Passage};
use crate::frame::{Predicate, Predicates};
use crate::language::party::Case;
use crate::language::{Fact, FactKind, Role, Term};
use crate::text::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words that every clause has or that only point: they tell no clause from another.
const EMPTY: [&str; 33] = [
    "하", "되", "있", "이", "경우", "때", "다음", "각", "호", "항", "조", "목", "각호", "각항", "어느",
    "하나", "해당", "등", "기타", "밖", "외", "같", "위", "아래", "정하", "규정", "사항", "관련", "대하",
    "말", "의미", "한", "것",
];

/// What the paper that the clauses stand in may be called.
const PAPER: [&str; 8] = ["계약서", "약관", "계약", "협약", "이용약관", "이용계약", "합의서", "본계약"];

/// One word of a side.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Equal for words that say the same: the stem, the role instead of a party's name, a quantity in one spelling.
    pub key: u64,
    /// Its place in the side's text.
    pub span: Span,
    /// Whose name it is, and how it stands.
    pub party: Option<(Role, Case)>,
    /// Whether it tells nothing.
    pub empty: bool,
    pub negated: bool,
    pub predicate: bool,
    /// What it means for changes.
    pub meaning: Meaning,
    /// The quantity that it is.
    pub quantity: Option<FactKind>,
}

/// A sentence, or a 호.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub unit: usize,
    pub span: Span,
    /// Its words, among the side's.
    pub tokens: Range<usize>,
    /// Its predicates; their terms count from the sentence's first word.
    pub predicates: Vec<Predicate>,
    /// Who acts, with the lead's word for a 호.
    pub subject: Option<Role>,
    pub mutual: bool,
    /// Whether it begins as an exception.
    pub proviso: bool,
    /// Whether it defines a term.
    pub definition: bool,
    /// Whether a lead announces it.
    pub item: bool,
    pub methods: Vec<(crate::language::fact::NoticeMethod, Span)>,
}

/// A clause with words of its own.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub clause: ClauseId,
    pub path: String,
    pub level: Level,
    /// Number of the article, counted from 0 in text order.
    pub article: usize,
    /// The unit of the clause above that leads into it.
    pub parent: Option<usize>,
    /// Number of the chapter that it stands in, in text order.
    pub chapter: Option<usize>,
    pub tokens: Range<usize>,
    pub sentences: Range<usize>,
    /// Its own words, first to last, as one stretch where they are one.
    pub body: Vec<Span>,
}

/// The articles of a side.
#[derive(Clone, Debug)]
pub(crate) struct Article {
    pub heading: Option<String>,
    /// Keys of the heading's words.
    pub keys: Vec<u64>,
}

/// A contract ready to be held against another. Independent of the document that it was read from.
#[derive(Clone, Debug)]
pub struct Side {
    pub(crate) text: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) units: Vec<Unit>,
    pub(crate) articles: Vec<Article>,
    /// Titles of the chapters: 제1장 총칙.
    pub(crate) chapters: Vec<String>,
    /// Where morphemes begin in the text.
    starts: Vec<u32>,
}

impl Side {
    /// Reads a contract. Linear in its length.
    pub(crate) fn read(contract: &Contract<'_>, lexicon: &Lexicon) -> Self {
        let mut reader = Reader::new(contract, lexicon);
        for clause in contract.tree.clauses() {
            reader.clause(clause.id);
        }
        reader.side
    }

    /// How many articles it has: 조, and what stands in their place.
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    /// From where to where a unit's own words reach.
    pub(crate) fn stretch(&self, unit: usize) -> Span {
        let body = &self.units[unit].body;
        match (body.first(), body.last()) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => Span::new(0, 0),
        }
    }

    pub(crate) fn unit_tokens(&self, unit: usize) -> &[Token] {
        &self.tokens[self.units[unit].tokens.clone()]
    }

    pub(crate) fn sentence_tokens(&self, sentence: usize) -> &[Token] {
        &self.tokens[self.sentences[sentence].tokens.clone()]
    }

    /// A unit's own words as a reader sees them, with the places where morphemes begin in them.
    pub(crate) fn words(&self, unit: usize) -> Cut {
        let mut cut = Cut::default();
        for span in &self.units[unit].body {
            if !cut.text.is_empty() {
                cut.text.push('\n');
            }
            let at = cut.text.len();
            let first = self.starts.partition_point(|start| (*start as usize) < span.start);
            let inside = self.starts[first..].iter().take_while(|start| (**start as usize) < span.end);
            cut.starts.extend(inside.map(|start| at + *start as usize - span.start));
            cut.text.push_str(span.of(&self.text));
        }
        cut
    }
}

/// The key of a word. FNV-1a: the same on every machine.
pub(crate) fn key(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The key of a party, whatever it is called.
pub(crate) fn role_key(role: Role) -> u64 {
    key(match role {
        Role::Provider => "@provider",
        Role::Customer => "@customer",
        Role::EndUser => "@end-user",
        Role::ThirdParty => "@third-party",
    })
}

struct Reader<'c, 'd> {
    contract: &'c Contract<'d>,
    lexicon: &'c Lexicon,
    side: Side,
    /// Passages by clause.
    passages: BTreeMap<ClauseId, Vec<usize>>,
    /// The unit of each clause that has one.
    units: BTreeMap<ClauseId, usize>,
    articles: BTreeMap<ClauseId, usize>,
    chapters: BTreeMap<ClauseId, usize>,
    /// Places of references to clauses, which say where and not what.
    references: Vec<Span>,
}

impl<'c, 'd> Reader<'c, 'd> {
    fn new(contract: &'c Contract<'d>, lexicon: &'c Lexicon) -> Self {
        let mut passages: BTreeMap<ClauseId, Vec<usize>> = BTreeMap::new();
        for (number, passage) in contract.passages.iter().enumerate() {
            passages.entry(passage.clause).or_default().push(number);
        }
        let references = contract
            .morphs
            .facts()
            .iter()
            .filter(|fact| matches!(fact.kind, FactKind::Citation(_)))
            .map(|fact| fact.span)
            .collect();
        let side = Side {
            text: contract.document.text().to_owned(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            units: Vec::new(),
            articles: Vec::new(),
            chapters: Vec::new(),
            starts: contract.morphs.iter().filter_map(|morph| u32::try_from(morph.span.start).ok()).collect(),
        };
        Self {
            contract,
            lexicon,
            side,
            passages,
            units: BTreeMap::new(),
            articles: BTreeMap::new(),
            chapters: BTreeMap::new(),
            references,
        }
    }

    fn clause(&mut self, id: ClauseId) {
        let tree = &self.contract.tree;
        let clause = tree.get(id);
        let silent = matches!(clause.level, Level::Contents | Level::Signature) || clause.level.is_division();
        if silent || clause.body.is_empty() {
            return;
        }
        // A title above the first article is no provision.
        let says = |number: &usize| {
            let terms = self.contract.morphs.terms(self.contract.passages[*number].span);
            terms.iter().any(|term| term.predicate)
        };
        if clause.level == Level::Preamble && !self.passages.get(&id).is_some_and(|all| all.iter().any(says))
        {
            return;
        }
        let article = self.article(tree.article_of(id).map_or(id, |article| article.id));
        let parent = tree
            .ancestors(id)
            .find_map(|above| self.units.get(&above.id).copied())
            .filter(|&unit| self.side.units[unit].article == article);
        let chapter = tree.ancestors(id).find(|above| above.level == Level::Chapter).map(|above| above.id);
        let chapter = chapter.map(|chapter| self.chapter(chapter));
        let unit = self.side.units.len();
        let (first_token, first_sentence) = (self.side.tokens.len(), self.side.sentences.len());
        for number in self.passages.remove(&id).unwrap_or_default() {
            self.sentence(unit, &self.contract.passages[number]);
        }
        self.side.units.push(Unit {
            clause: id,
            path: clause.path.to_string(),
            level: clause.level,
            article,
            parent,
            chapter,
            tokens: first_token..self.side.tokens.len(),
            sentences: first_sentence..self.side.sentences.len(),
            body: clause.body.clone(),
        });
        self.units.insert(id, unit);
    }

    fn chapter(&mut self, id: ClauseId) -> usize {
        if let Some(&known) = self.chapters.get(&id) {
            return known;
        }
        let clause = self.contract.tree.get(id);
        let title = [clause.label.as_str(), clause.heading.as_deref().unwrap_or_default()].join(" ");
        self.side.chapters.push(title.trim().to_owned());
        self.chapters.insert(id, self.side.chapters.len() - 1);
        self.side.chapters.len() - 1
    }

    fn article(&mut self, id: ClauseId) -> usize {
        if let Some(&known) = self.articles.get(&id) {
            return known;
        }
        let clause = self.contract.tree.get(id);
        let terms = self.contract.morphs.terms(clause.title);
        let mentions = self.contract.parties.mentions_in(clause.title);
        let keys = terms.iter().filter(|term| !EMPTY.contains(&term.text)).map(|term| {
            let party = mentions.iter().find(|mention| mention.span.overlaps(term.span));
            party.map_or_else(|| self.term_key(&term), |mention| role_key(mention.role))
        });
        let article = Article { heading: clause.heading.clone(), keys: keys.collect() };
        self.side.articles.push(article);
        let number = self.side.articles.len() - 1;
        self.articles.insert(id, number);
        number
    }

    fn sentence(&mut self, unit: usize, passage: &Passage) {
        let contract = self.contract;
        let inside = |spans: &[Span], span: Span| spans.iter().any(|outer| outer.overlaps(span));
        let first = self.references.partition_point(|span| span.end <= passage.span.start);
        let last = self.references.partition_point(|span| span.start < passage.span.end);
        let references = &self.references[first..last.max(first)];
        let mentions = contract.parties.mentions_in(passage.span);
        let terms: Vec<Term<'_>> = contract
            .morphs
            .terms(passage.span)
            .iter()
            .filter(|term| {
                !inside(&passage.names, term.span) && (term.span.is_empty() || !inside(references, term.span))
            })
            .collect();
        let read = Predicates::read(&contract.morphs, passage.span, &terms, mentions);
        let facts = facts_in(contract.morphs.facts(), passage.span);
        let start = self.side.tokens.len();
        let mut named = None;
        // Where each term went: the words of one name are one.
        let mut places = Vec::with_capacity(terms.len());
        for term in &terms {
            let party = mentions.iter().find(|mention| mention.span.overlaps(term.span));
            if party.is_some() && party.map(|mention| mention.span) == named && self.side.tokens.len() > start
            {
                places.push(self.side.tokens.len() - 1 - start);
                continue;
            }
            named = party.map(|mention| mention.span);
            places.push(self.side.tokens.len() - start);
            let quantity = facts.iter().find(|fact| fact.span == term.span).map(|fact| fact.kind);
            self.side.tokens.push(Token {
                key: party.map_or_else(|| self.term_key(term), |mention| role_key(mention.role)),
                span: party.map_or(term.span, |mention| mention.span),
                party: party.map(|mention| (mention.role, mention.case)),
                empty: EMPTY.contains(&term.text),
                negated: term.negated,
                predicate: term.predicate,
                meaning: self.lexicon.meaning(term.text),
                quantity,
            });
        }
        let text = contract.text(passage.span).trim_start();
        self.side.sentences.push(Sentence {
            unit,
            span: passage.span,
            tokens: start..self.side.tokens.len(),
            predicates: moved(read.list, &places),
            subject: passage.subject,
            mutual: passage.mutual,
            proviso: ["다만", "단,", "단 "].iter().any(|word| text.starts_with(word)),
            definition: passage.definition,
            item: passage.lead.is_some(),
            methods: facts
                .iter()
                .filter_map(|fact| match fact.kind {
                    FactKind::Notice(method) => Some((method, fact.span)),
                    _ => None,
                })
                .collect(),
        });
    }

    fn term_key(&self, term: &Term<'_>) -> u64 {
        if PAPER.contains(&term.text) { key("계약") } else { key(term.text) }
    }
}

/// The facts that lie in a stretch of text, of `facts` in text order.
fn facts_in(facts: &[Fact], span: Span) -> &[Fact] {
    let first = facts.partition_point(|fact| fact.span.start < span.start);
    let last = facts.partition_point(|fact| fact.span.end <= span.end);
    facts.get(first..last.max(first)).unwrap_or_default()
}

/// The predicates with their terms counted as tokens.
fn moved(mut predicates: Vec<Predicate>, places: &[usize]) -> Vec<Predicate> {
    let end = places.last().map_or(0, |last| last + 1);
    let place = |term: usize| places.get(term).copied().unwrap_or(end);
    for predicate in &mut predicates {
        predicate.term = place(predicate.term);
        predicate.start = place(predicate.start);
        predicate.reach = place(predicate.reach);
    }
    predicates
}
