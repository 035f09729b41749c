//! Clause frames: the legal acts that a contract states, each with who does it, what it asks for, whether it is denied,
//! and the stretch of text whose conditions, causes, procedures and exceptions are bound to it. Rules test frames, not
//! strings. Knows grammar and the lexicon, no rule and no law.
//!
//! A frame is read from a predicate: what stands in its own clause words the act; the conditions before it, the reasons
//! that it points back to, the list item that completes it, the provision that it cites and the proviso behind it are
//! *bound* to it; what another statement of the same sentence says is not.

mod actor;
mod fault;
mod lexicon;
mod predicate;
mod scope;
mod sentence;

pub(crate) use lexicon::source;
pub use lexicon::{Act, Bearer, Circumstance, Lexicon};
pub use predicate::Link;
pub(crate) use predicate::{Predicate, Predicates};
pub(crate) use scope::{Evidencing, Memo, Scope};

use crate::clause::{ClauseId, Level};
use crate::contract::Contract;
use crate::language::fact::Relative;
use crate::language::{FactKind, Modality, Role};
use crate::pattern::{Evidence, Feature, Form, Vocabulary, Words};
use crate::text::Span;
use sentence::Sentence;
use std::collections::BTreeMap;
use std::ops::Range;

/// So many provisos, sentences of a cited 항 or acts of a lead are looked at: more are no contract, and each frame would
/// carry them all.
const MANY: usize = 16;

/// One act that a sentence states, in a list once for every item.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Number of the act in the lexicon.
    pub act: usize,
    /// Number of the passage that the frame is read at: for an item of a list the item's.
    pub passage: usize,
    /// The words that state it: its clause with the conditions before it.
    pub span: Span,
    /// The predicate.
    pub head: Span,
    /// Who does or bears it.
    pub actor: Option<Role>,
    /// Whether either party may do it.
    pub mutual: bool,
    /// Whether it is denied.
    pub negated: bool,
    /// What the predicate asks for.
    pub modality: Modality,
    /// How the predicate stands in its sentence; only some links state the act.
    pub link: Link,
    /// Whether it is put in the passive.
    pub passive: bool,
    /// Whether it announces the items below it, which complete it.
    pub list: bool,
    /// Whether it is such an announced act read with one item.
    pub item: bool,
    own: Bound,
    bound: Vec<Bound>,
    /// The provisos behind it and the 항 that it cites: they may excuse the act, they do not make it worse.
    provisos: Vec<Bound>,
}

/// Terms of one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bound {
    passage: usize,
    terms: Range<usize>,
}

/// The frames of one contract, with what rules ask of them.
pub struct Frames<'c, 'd> {
    contract: &'c Contract<'d>,
    lexicon: &'c Lexicon,
    sentences: Vec<Sentence<'c>>,
    /// The frames, in text order.
    pub list: Vec<Frame>,
    headings: BTreeMap<ClauseId, Words>,
    /// Passages of each 조, and of each 항 (or 조 without 항).
    articles: BTreeMap<ClauseId, Vec<usize>>,
    paragraphs: BTreeMap<ClauseId, Vec<usize>>,
    paid: bool,
}

impl<'c, 'd> Frames<'c, 'd> {
    /// Reads all frames of a contract. Never fails.
    pub(crate) fn read(
        contract: &'c Contract<'d>,
        lexicon: &'c Lexicon,
        vocabulary: &Vocabulary,
        paid: bool,
    ) -> Self {
        let sentences: Vec<Sentence<'c>> =
            contract.passages.iter().map(|passage| Sentence::read(contract, passage, vocabulary)).collect();
        let mut frames = Self {
            contract,
            lexicon,
            sentences,
            list: Vec::new(),
            headings: BTreeMap::new(),
            articles: BTreeMap::new(),
            paragraphs: BTreeMap::new(),
            paid,
        };
        for (number, passage) in contract.passages.iter().enumerate() {
            frames.articles.entry(passage.article).or_default().push(number);
            frames.paragraphs.entry(frames.paragraph(passage.clause)).or_default().push(number);
            frames
                .headings
                .entry(passage.article)
                .or_insert_with(|| vocabulary.words(contract.heading_terms(passage.article)));
        }
        for number in 0..contract.passages.len() {
            let mut found = frames.sentence_frames(number);
            // An item completes what its lead announces.
            let announced = contract.passages[number].lead.map(|lead| frames.announced(lead, number));
            found.extend(announced.unwrap_or_default());
            frames.list.append(&mut found);
        }
        frames
    }

    /// The contract that the frames are read from.
    pub fn contract(&self) -> &'c Contract<'d> {
        self.contract
    }

    /// The lexicon that names the acts.
    pub fn lexicon(&self) -> &'c Lexicon {
        self.lexicon
    }

    /// The 항 that a clause is or stands in; the 조 when it has no 항.
    pub fn paragraph(&self, clause: ClauseId) -> ClauseId {
        let tree = &self.contract.tree;
        if tree.get(clause).level <= Level::Paragraph {
            return clause;
        }
        tree.ancestors(clause).find(|above| above.level <= Level::Paragraph).map_or(clause, |above| above.id)
    }

    /// The acts that one sentence states.
    fn sentence_frames(&self, number: usize) -> Vec<Frame> {
        let sentence = &self.sentences[number];
        let passage = &self.contract.passages[number];
        let mut frames: Vec<Frame> = Vec::new();
        // A line that is a noun and no item says nothing: it is a heading.
        let heading = passage.lead.is_none()
            && !sentence.terms.iter().any(|term| term.predicate)
            && !sentence.says_so_in_nouns();
        if heading {
            return frames;
        }
        let mut heads: Vec<(usize, usize)> = Vec::new();
        for hit in &sentence.hits {
            for &(act, wording, form) in self.lexicon.headed_by(hit.word) {
                let entry = &self.lexicon.acts()[act];
                let Some(at) = sentence.predicates.of(hit.last, entry.wordings[wording].loose) else {
                    continue;
                };
                let predicate = sentence.predicates.list[at];
                // 지지 않는 것은 아니다: 아니다 by itself denies what it is about, which is read there.
                let bare = sentence.terms[predicate.term].text == "이"
                    && at.checked_sub(1).map(|before| sentence.predicates.list[before]).is_some_and(
                        |before| before.link == Link::Content && before.term + 1 == predicate.term,
                    );
                if bare {
                    continue;
                }
                let asked = match form {
                    Form::Any => true,
                    Form::Negated => predicate.negated || sentence.terms[hit.last].negated,
                    Form::Unable => predicate.negated && predicate.modality == Modality::MustNot,
                    Form::Main => predicate.link.is_stated(),
                };
                if !asked || heads.contains(&(act, at)) {
                    continue;
                }
                let own = predicate.start..hit.last.max(predicate.term) + 1;
                let rest = &entry.wordings[wording].rest;
                let range = if entry.wordings[wording].wide { predicate.reach..own.end } else { own.clone() };
                let worded = Worded { frames: self, number, range, at, wide: None };
                let mut holds = rest.holds(&worded);
                if !holds && predicate.reach < predicate.start {
                    // What is spoken of may stand before a condition: 환불은 7일이 지난 경우 하지 않는다.
                    let shared = sentence.predicates.list[..at]
                        .iter()
                        .rev()
                        .find(|other| other.link != Link::Adnominal)
                        .is_some_and(|other| other.inherits);
                    let wide = sentence.reach_words(predicate.reach..predicate.start, shared);
                    holds = rest.holds(&Worded { wide: Some(wide), ..worded });
                }
                if !holds {
                    continue;
                }
                heads.push((act, at));
                let head = sentence.terms[predicate.term].span;
                let who = actor::actor(self.contract, passage, sentence, &predicate, head, entry);
                let denied_again = self.is_denied_again(sentence, at);
                let negated = (predicate.negated && form == Form::Any) != denied_again;
                let bound = self.bound(number, at);
                let start = bound
                    .first()
                    .filter(|bound| bound.passage == number)
                    .map_or(own.start, |bound| bound.terms.start);
                let span = Span::new(sentence.span(&(start..own.end)).start, predicate.end);
                frames.push(Frame {
                    act,
                    passage: number,
                    span,
                    head,
                    actor: who.role,
                    mutual: who.mutual,
                    negated,
                    modality: predicate.modality,
                    link: if self.is_case(number, &predicate) { Link::Condition } else { predicate.link },
                    passive: predicate.passive,
                    list: sentence.announces && self.has_items(number),
                    item: false,
                    own: Bound { passage: number, terms: own },
                    bound,
                    provisos: self.excuses(number),
                });
            }
        }
        frames
    }

    /// Whether an item only names a case in which the lead's act is done (2. 서비스의 중단), rather than an act itself: a
    /// noun, or a clause that ends in one, below a lead that speaks of cases.
    fn is_case(&self, number: usize, predicate: &predicate::Predicate) -> bool {
        let Some(lead) = self.contract.passages[number].lead else { return false };
        let sentence = &self.sentences[number];
        let nominal = sentence.predicates.list.last().is_none_or(|last| !sentence.terms[last.term].predicate);
        let lead = self.contract.text(self.contract.passages[lead].span);
        let acts = ["조치", "제재", "처분", "다음의 권리", "다음과 같은 권리", "다음의 방법"]
            .iter()
            .any(|word| lead.contains(word));
        let cases = ["경우", "사유", "때", "해당", "행위", "사항", "다음", "각 호", "각호"]
            .iter()
            .any(|word| lead.contains(word));
        nominal && cases && !acts && predicate.link == Link::Final
    }

    /// 면제하는 것으로 해석되지 아니한다, 하지 않는 것은 아니다: what the sentence is about is denied by what it says of it.
    fn is_denied_again(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let list = &sentence.predicates.list;
        let joined = |link| matches!(link, Link::Content | Link::Or | Link::And);
        if !joined(list[at].link) {
            return false;
        }
        let rest = list[at..].iter().skip_while(|other| joined(other.link) && other.link != Link::Content);
        let Some(content) = rest.clone().next().filter(|other| other.link == Link::Content) else {
            return false;
        };
        // 변경할 권리를 보유한다는 뜻으로 해석하지 아니한다: each is what the next is about.
        let mut about = content.term;
        while let Some(next) = list.iter().find(|other| other.term > about && other.link != Link::Adnominal) {
            let denies =
                matches!(sentence.terms[next.term].text, "이" | "의미" | "뜻" | "해석" | "보" | "간주");
            if next.negated && denies {
                return true;
            }
            if next.link != Link::Content {
                break;
            }
            about = next.term;
        }
        false
    }

    /// Whether some item is led into by the sentence.
    fn has_items(&self, number: usize) -> bool {
        self.contract.passages[number + 1..].iter().take(4).any(|passage| passage.lead == Some(number))
    }

    /// The acts that a lead announces, each read with the item.
    fn announced(&self, lead: usize, item: usize) -> Vec<Frame> {
        if !self.sentences[lead].announces {
            return Vec::new();
        }
        let whole = |passage: usize| Bound { passage, terms: 0..self.sentences[passage].terms.len() };
        let mut frames = Vec::new();
        // The frames are in text order: those of the lead stand together.
        let first = self.list.partition_point(|frame| frame.passage < lead);
        let of_lead = self.list[first..].iter().take_while(|frame| frame.passage == lead);
        for frame in of_lead.filter(|frame| frame.link.is_stated()).take(MANY) {
            let mut frame = frame.clone();
            frame.passage = item;
            frame.span = self.contract.passages[item].span;
            frame.list = false;
            frame.item = true;
            frame.bound.push(whole(item));
            frame.provisos.extend(self.provisos(item));
            frames.push(frame);
        }
        frames
    }

    /// What is bound to the predicate: its clause, the conditions before it, what it points back to, its list's lead, and
    /// what limits it behind it in the sentence.
    fn bound(&self, number: usize, at: usize) -> Vec<Bound> {
        let sentence = &self.sentences[number];
        let passage = &self.contract.passages[number];
        let predicate = sentence.predicates.list[at];
        let list = &sentence.predicates.list;
        let mut start = predicate.reach;
        let points_back = |from: usize| {
            let before =
                from.checked_sub(1).map_or(passage.span.start, |before| sentence.terms[before].span.end);
            let ended = list.iter().filter(|other| other.term < from).map(|other| other.end).max();
            let begin = ended.map_or(before, |ended| ended.max(before)).min(predicate.end);
            Sentence::points_back(self.contract, Span::new(begin, predicate.end))
        };
        // A statement before it is bound when it shares the predicate's end, gives the reason, or is pointed back to.
        while let Some(before) = start
            .checked_sub(1)
            .and_then(|_| list.iter().rev().find(|other| other.term < start && other.link != Link::Adnominal))
        {
            if before.inherits || before.link == Link::Cause || points_back(start) {
                start = before.reach.min(start - 1);
            } else {
                break;
            }
        }
        let mut end = predicate.term + 1;
        if predicate.link == Link::Contrast
            || sentence.has_exception_behind(self.contract, predicate.end, passage.span.end)
        {
            end = sentence.terms.len();
        }
        // What becomes of the act is said by the words that carry it on: 해지할 수 있는 것으로 한다.
        let mut bound = vec![Bound { passage: number, terms: start..end }];
        let whole = |passage: usize| Bound { passage, terms: 0..self.sentences[passage].terms.len() };
        let before = number.checked_sub(1).filter(|before| {
            let other = &self.contract.passages[*before];
            other.clause == passage.clause && start == 0
        });
        if let Some(before) = before
            && points_back(0)
        {
            bound.push(whole(before));
        }
        let mut lead = passage.lead;
        while let Some(above) = lead {
            bound.push(whole(above));
            lead = self.contract.passages[above].lead;
        }
        bound
    }

    /// What may excuse: the provisos behind a sentence and behind the lead that it is an item of, the 항 that it cites.
    fn excuses(&self, number: usize) -> Vec<Bound> {
        let lead = self.contract.passages[number].lead;
        let mut bound = self.provisos(number);
        bound.extend(self.cited(number, &(0..self.sentences[number].terms.len())));
        bound.extend(lead.into_iter().flat_map(|lead| self.provisos(lead)));
        bound
    }

    /// The sentences right behind one that limit it: 다만, …; 이 경우 ….
    fn provisos(&self, number: usize) -> Vec<Bound> {
        let clause = self.contract.passages[number].clause;
        let follows =
            |other: &usize| self.contract.passages[*other].clause == clause && self.sentences[*other].proviso;
        (number + 1..self.sentences.len())
            .take_while(follows)
            .take(MANY)
            .map(|passage| Bound { passage, terms: 0..self.sentences[passage].terms.len() })
            .collect()
    }

    /// The 항 of the same 조 that these terms cite: 제1항에도 불구하고, 전항의 경우.
    fn cited(&self, number: usize, terms: &Range<usize>) -> Vec<Bound> {
        let cites = |fact: &&FactKind| matches!(fact, FactKind::Citation(_));
        let citations: Vec<&FactKind> =
            self.sentences[number].facts(self.contract, terms).filter(cites).take(MANY).collect();
        if citations.is_empty() {
            return Vec::new();
        }
        let passage = &self.contract.passages[number];
        let tree = &self.contract.tree;
        let here = self.paragraph(passage.clause);
        let siblings: Vec<ClauseId> = tree
            .children(passage.article)
            .filter(|clause| clause.level == Level::Paragraph)
            .map(|clause| clause.id)
            .collect();
        let place = siblings.iter().position(|id| *id == here);
        let mut bound = Vec::new();
        let mut seen: Vec<ClauseId> = Vec::new();
        for fact in citations {
            let FactKind::Citation(citation) = fact else { continue };
            if citation.law.is_some() || citation.article.is_some() || citation.chapter.is_some() {
                continue;
            }
            let wanted = match (citation.relative, citation.paragraph) {
                (Some(Relative::PreviousParagraph), _) => place.and_then(|place| place.checked_sub(1)),
                (None | Some(Relative::SameArticle | Relative::ThisArticle), Some(number)) => {
                    (number as usize).checked_sub(1)
                }
                _ => None,
            };
            let Some(paragraph) =
                wanted.and_then(|at| siblings.get(at)).filter(|id| **id != here && !seen.contains(id))
            else {
                continue;
            };
            seen.push(*paragraph);
            let passages = self.paragraphs.get(paragraph).map_or(&[][..], Vec::as_slice);
            bound.extend(
                passages
                    .iter()
                    .take(MANY)
                    .map(|&passage| Bound { passage, terms: 0..self.sentences[passage].terms.len() }),
            );
        }
        bound
    }
}

/// The clause of a predicate as the wordings of acts see it.
struct Worded<'f, 'c, 'd> {
    frames: &'f Frames<'c, 'd>,
    number: usize,
    range: Range<usize>,
    at: usize,
    wide: Option<Words>,
}

impl Evidence for Worded<'_, '_, '_> {
    fn word(&self, word: usize, form: Form) -> bool {
        let sentence = &self.frames.sentences[self.number];
        let here = sentence.hits_in(&self.range).any(|hit| {
            hit.word == word
                && match form {
                    Form::Any => true,
                    Form::Negated => sentence.terms[hit.last].negated,
                    Form::Unable => {
                        sentence.terms[hit.last].negated
                            && sentence.terms[hit.last].modality == Modality::MustNot
                    }
                    Form::Main => true,
                }
        });
        here || self.wide.as_ref().is_some_and(|wide| wide.has(word, form))
    }

    fn heading(&self, word: usize) -> bool {
        let article = self.frames.contract.passages[self.number].article;
        self.frames.headings.get(&article).is_some_and(|words| words.any.has(word))
    }

    fn feature(&self, feature: Feature) -> bool {
        let passage = &self.frames.contract.passages[self.number];
        let predicate = &self.frames.sentences[self.number].predicates.list[self.at];
        match feature {
            Feature::Modal(modality) => predicate.modality == modality,
            Feature::Negated => predicate.negated,
            Feature::Thing => predicate.thing,
            Feature::Passive => predicate.passive,
            Feature::List => self.frames.sentences[self.number].announces,
            Feature::Item => passage.lead.is_some(),
            Feature::By(role) | Feature::OnlyBy(role) => passage.subject == Some(role),
            Feature::Who(role) => passage.named.contains(&role),
            Feature::Period => passage.facts.period,
            Feature::Percent => passage.facts.percent,
            Feature::Amount => passage.facts.amount,
            Feature::Definition => passage.definition,
            Feature::Law => passage.facts.law,
            Feature::Only => {
                let sentence = &self.frames.sentences[self.number];
                sentence.says_only(self.frames.contract, &self.range)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
