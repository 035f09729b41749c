//! Reads morphemes into terms, one after the other: which words carry meaning, what 하다 makes a predicate, and what
//! negation and modality fall on.

use super::{Modality, Source, TermEntry};
use crate::language::analyzer::Morphs;
use crate::language::tag::Tag;
use crate::text::Span;

/// The terms of a whole analysis whose quantities are known.
pub(super) fn terms(morphs: &Morphs) -> Vec<TermEntry> {
    let mut reader = Reader::new(morphs);
    let mut quantities = morphs.quantities.iter().enumerate().peekable();
    let mut covered = 0;
    for i in 0..morphs.len() {
        let Some(morph) = morphs.get(i) else { break };
        while let Some((n, (fact, _))) = quantities.peek() {
            let Some(span) = morphs.facts().get(*fact as usize).map(|fact| fact.span) else { break };
            if span.start > morph.span.start {
                break;
            }
            reader.forget_sum_mark(span);
            reader.push(span, Source::Quantity(u32::try_from(*n).unwrap_or(u32::MAX)), false);
            reader.noun = reader.terms.len().checked_sub(1);
            reader.before = Before::Noun;
            reader.bare = true;
            covered = span.end;
            quantities.next();
        }
        if morph.span.start >= covered {
            reader.morph(i);
        }
    }
    reader.terms
}

/// What went just before, as far as grammar needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Before {
    #[default]
    Other,
    /// A noun, perhaps with a particle: 하다 makes it a predicate.
    Noun,
    /// The ending 지, which a negation follows.
    Ji,
    /// An obligation begun: 하여야.
    Must,
    /// A condition of 되다: 하여서(는), 하면, 하여도.
    Allowed { despite: bool },
    /// An adnominal ending.
    Adnominal,
    /// 할 수.
    Ability,
    /// 아, 어, 여: the verb goes on in the next (확인해 준다).
    Serial,
    /// Any other ending.
    Ending,
}

struct Reader<'m> {
    morphs: &'m Morphs,
    terms: Vec<TermEntry>,
    before: Before,
    /// 안, 못, 아니 heard, with what went before it; what it denies is still to come.
    denial: Option<(Denial, Before)>,
    /// The last predicate, which negation and modality fall on.
    predicate: Option<usize>,
    /// The last noun, which 하다 makes a predicate.
    noun: Option<usize>,
    /// The last noun with 을 or 를 that no verb has taken yet.
    object: Option<usize>,
    /// The last noun with 은, 는 or 도.
    topic: Option<usize>,
    /// Whether the last noun has no particle.
    bare: bool,
    /// 할 의무 or 할 권리 heard: the predicate it is about, and what it asks for.
    duty: Option<(usize, Modality)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Denial {
    /// 안 or 아니 as an adverb.
    Adverb,
    /// 못.
    Inability,
    /// 아니 as it stands in 아니다 and, so the analyser sees it, in 아니 하다.
    Copula,
}

impl<'m> Reader<'m> {
    fn new(morphs: &'m Morphs) -> Self {
        Reader {
            morphs,
            terms: Vec::new(),
            before: Before::Other,
            denial: None,
            predicate: None,
            noun: None,
            object: None,
            topic: None,
            bare: false,
            duty: None,
        }
    }

    fn morph(&mut self, i: usize) {
        let morphs = self.morphs;
        let Some(morph) = morphs.get(i) else { return };
        let mut at = morph.span;
        for (n, (tag, text)) in morphs.static_parts(i).enumerate() {
            // Parts after the first have no place of their own: they stand where the form ends.
            if n > 0 {
                at = Span::new(morph.span.end, morph.span.end);
            }
            self.part(i, tag, text, at);
        }
    }

    /// One part: `text` is empty when it is morpheme `i` as written.
    fn part(&mut self, i: usize, tag: Tag, text: &'static str, at: Span) {
        let word = if text.is_empty() { self.morphs.surface(i) } else { text };
        if self.denial.is_some() && tag.is_ending() {
            // 아닌, 아니며: the copula denied, unless 지 went before (지지 아니하).
            self.copula_denied(at);
        }
        match tag {
            Tag::SF => *self = Reader { terms: std::mem::take(&mut self.terms), ..Reader::new(self.morphs) },
            _ if tag.is_mark() => {
                self.before = match self.before {
                    Before::Noun | Before::Ending | Before::Serial => self.before,
                    _ => Before::Other,
                };
            }
            _ if tag.is_particle() => {
                if self.before == Before::Noun && tag == Tag::JKO {
                    self.object = self.noun;
                } else if self.before == Before::Noun && matches!(word, "은" | "는" | "도") {
                    self.topic = self.noun;
                }
                self.bare = false;
            }
            Tag::EP => {}
            Tag::ETM => {
                self.forget_relation(word);
                self.before = Before::Adnominal;
            }
            Tag::EC | Tag::EF | Tag::ETN => {
                self.forget_relation(word);
                self.ending(word);
            }
            // 손해를 안 날부터: no verb to deny follows, it is 알다.
            Tag::MAG if word == "안" && self.is_before_time(i) => self.before = Before::Adnominal,
            Tag::MAG | Tag::IC if matches!(word, "안" | "못" | "아니") => {
                self.denial =
                    Some((if word == "못" { Denial::Inability } else { Denial::Adverb }, self.before));
            }
            Tag::VCN => self.denial = Some((Denial::Copula, self.before)),
            Tag::MAG if matches!(word, "없이" | "없음") => {
                self.push(at, Source::Word("있"), true);
                self.flag_last(true);
            }
            Tag::VCP => {
                self.predicate = self.noun.filter(|_| self.before == Before::Noun);
                self.before = Before::Other;
            }
            _ if tag.is_predicate() || matches!(tag, Tag::XSV | Tag::XSA) => {
                self.verb(i, tag, word, text, at)
            }
            Tag::NNB | Tag::NNG if self.before == Before::Adnominal && matches!(word, "수" | "수도") => {
                self.before = Before::Ability
            }
            Tag::NNB if matches!(word, "것" | "거" | "바" | "데" | "등" | "따름" | "뿐") => {
                self.before = Before::Other;
            }
            Tag::XR if matches!(word, "어떠" | "여하" | "이러") => self.before = Before::Other,
            Tag::XSN if self.before == Before::Noun && self.morphs.is_joined(i) => self.suffix(i, word, at),
            Tag::MAJ | Tag::IC => self.before = Before::Other,
            Tag::MM
                if matches!(
                    word,
                    "이" | "그" | "저" | "이런" | "그런" | "어떤" | "어느" | "동" | "본" | "당해" | "해당"
                ) => {}
            Tag::NP if matches!(word, "이" | "그" | "저" | "이것" | "그것" | "무엇" | "여기") => {
                self.before = Before::Noun
            }
            _ if tag.is_content() => self.noun(i, tag, text, at),
            _ => self.before = Before::Other,
        }
    }

    /// 에 대하여, 에 따른, 을 통하여: no more than a particle.
    fn forget_relation(&mut self, ending: &str) {
        if !matches!(ending, "여" | "어" | "아" | "여서" | "어서" | "아서" | "ᆫ" | "은") {
            return;
        }
        let relation = |entry: &TermEntry| {
            matches!(
                entry.term(self.morphs).text,
                "대하" | "관하" | "의하" | "위하" | "따르" | "인하" | "통하" | "말미암" | "의거하" | "즈음하"
            )
        };
        if self.predicate.is_some_and(|last| last + 1 == self.terms.len())
            && self.terms.last().is_some_and(relation)
        {
            self.terms.pop();
            self.predicate = None;
        }
    }

    /// 금 백만 원: the mark before a sum is no word of its own.
    fn forget_sum_mark(&mut self, sum: Span) {
        let mark = |entry: &TermEntry| {
            let term = entry.term(self.morphs);
            term.span.overlaps(sum) || (term.text == "금" && sum.start <= term.span.end + 1)
        };
        if self.terms.last().is_some_and(mark) {
            self.terms.pop();
        }
    }

    fn ending(&mut self, word: &str) {
        self.before = match word {
            "아" | "어" | "여" => Before::Serial,
            _ if word.ends_with('지') => Before::Ji,
            _ if word.ends_with('야') => Before::Must,
            _ if word.ends_with('서') || word.ends_with('면') => Before::Allowed { despite: false },
            _ if word.ends_with('도') => Before::Allowed { despite: true },
            _ => Before::Ending,
        };
    }

    fn verb(&mut self, i: usize, tag: Tag, word: &str, text: &'static str, at: Span) {
        // An auxiliary follows an ending; right behind a noun it is the verb itself (책임을 지지 않는다).
        let tag = if tag == Tag::VX && self.before == Before::Noun { Tag::VV } else { tag };
        match word {
            "아니하" | "않" | "못하" | "말" if matches!(self.before, Before::Ji) || tag == Tag::VX => {
                self.deny(word == "못하");
            }
            "아니하" | "않" | "못하" if self.before == Before::Noun => {
                self.predicate = self.noun;
                self.deny(word == "못하");
            }
            "아니되" | "안되" | "못되" if tag != Tag::VA => {
                self.denial = Some((Denial::Adverb, self.before));
                self.light("되");
            }
            "하" | "되" | "시키" | "당하" => {
                // 7일 동안 할 수 있다: a verb of its own behind a bare noun of time is done to what was named before; behind
                // another it is that noun's, written apart (제한 할 수 있다).
                if self.before == Before::Noun
                    && tag == Tag::VV
                    && self.bare
                    && !self.morphs.is_joined(i)
                    && self.is_behind_time(i)
                {
                    self.noun = self.object.or(self.topic).or(self.noun);
                }
                self.light(word);
            }
            // 확인해 준다, 남겨 둔다: auxiliaries that say nothing of their own.
            "주" | "두" | "놓" | "달" if self.before == Before::Serial => self.before = Before::Other,
            "있" | "없" if self.before == Before::Ability => {
                self.ability(word == "없");
            }
            "있" if tag == Tag::VX || matches!(self.before, Before::Ending | Before::Serial) => {
                self.before = Before::Other
            }
            "없" => {
                self.push(at, Source::Word("있"), true);
                self.flag_last(true);
            }
            _ if tag == Tag::VX || matches!(tag, Tag::XSV | Tag::XSA) => {
                // Other auxiliaries (주, 두, 보) add nothing; a suffix (롭, 스럽) makes its noun a predicate.
                if tag != Tag::VX && self.before == Before::Noun {
                    self.predicate = self.noun;
                    self.flag_predicate();
                }
                self.before = Before::Other;
            }
            "책임지" => {
                let middle = at.start + "책임".len();
                self.push(Span::new(at.start, middle), Source::Word("책임"), false);
                self.push(Span::new(middle, at.end), Source::Word("지"), true);
                self.flag_last(false);
            }
            _ => {
                let stem = match word {
                    "그렇" => Source::Word("그러"),
                    _ if text.is_empty() => self.surface(i),
                    _ => Source::Word(text),
                };
                let denied = self.denial.take().is_some();
                self.push(at, stem, true);
                self.flag_last(denied);
            }
        }
    }

    /// 하다, 되다 and their kin: what they do depends on what went before.
    fn light(&mut self, word: &str) {
        let before = self.before;
        self.before = Before::Other;
        if let Some((denial, earlier)) = self.denial.take() {
            match earlier {
                Before::Allowed { .. } => {
                    self.toggle();
                    self.ask(if self.is_denied() { Modality::MustNot } else { Modality::Must });
                }
                Before::Ji => {
                    self.toggle();
                    if denial == Denial::Inability && self.is_denied() {
                        self.ask(Modality::MustNot);
                    }
                }
                Before::Noun => {
                    self.predicate = self.noun;
                    self.flag_predicate();
                    self.toggle();
                }
                // 안 통지한다: the denial stands before the noun that 하다 makes a predicate.
                _ if before == Before::Noun => {
                    self.predicate = self.noun;
                    self.flag_predicate();
                    self.toggle();
                }
                _ => {}
            }
            return;
        }
        match before {
            Before::Must => self.ask(if self.is_denied() { Modality::MustNot } else { Modality::Must }),
            Before::Allowed { despite: true } if word == "되" => self.ask(Modality::May),
            Before::Noun => {
                self.predicate = self.noun;
                self.flag_predicate();
                match self
                    .noun
                    .and_then(|noun| self.terms.get(noun))
                    .map(|entry| entry.term(self.morphs).text)
                {
                    Some("노력") => self.ask(Modality::Strive),
                    Some("금지") => self.ask(Modality::MustNot),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn deny(&mut self, unable: bool) {
        // 지지 아니한다 read as the noun 지지 (support): 지 is denied.
        if let Some(noun) =
            self.noun.filter(|_| self.before == Before::Noun).and_then(|noun| self.terms.get_mut(noun))
            && Span::new(noun.start as usize, noun.end as usize).of(&self.morphs.text) == "지지"
        {
            noun.text = Source::Word("지");
            noun.predicate = true;
            self.predicate = self.noun;
        }
        self.denial = None;
        self.toggle();
        if unable && self.is_denied() {
            self.ask(Modality::MustNot);
        }
        self.before = Before::Other;
    }

    fn ability(&mut self, lacking: bool) {
        if lacking {
            self.toggle();
            self.ask(if self.is_denied() { Modality::MustNot } else { Modality::Must });
        } else {
            self.ask(Modality::May);
        }
        self.before = Before::Other;
    }

    fn copula_denied(&mut self, at: Span) {
        if let Some((denial, before)) = self.denial.take()
            && denial == Denial::Copula
            && !matches!(before, Before::Ji | Before::Allowed { .. })
        {
            self.push(at, Source::Word("이"), true);
            self.flag_last(true);
        }
    }

    fn noun(&mut self, i: usize, tag: Tag, text: &'static str, at: Span) {
        // 할 의무, 할 권리: the predicate before is asked for.
        if self.before == Before::Adnominal {
            let asked = match self.morphs.surface(i) {
                "의무" => Modality::Must,
                "권리" => Modality::May,
                _ => Modality::None,
            };
            if asked != Modality::None {
                self.ask(asked);
                self.duty = self.predicate.map(|predicate| (predicate, asked));
            }
        }
        let nouns = self.morphs.nouns(i);
        if nouns.is_empty() || at.len() != nouns.iter().map(|length| usize::from(*length)).sum::<usize>() {
            let source = if text.is_empty() { self.surface(i) } else { Source::Word(text) };
            self.push(at, source, false);
        } else {
            let mut start = at.start;
            for length in nouns {
                let end = start + usize::from(*length);
                self.push(Span::new(start, end), Source::Text, false);
                start = end;
            }
        }
        if matches!(tag, Tag::MAG | Tag::MM) {
            self.before = Before::Other;
        } else {
            self.noun = self.terms.len().checked_sub(1);
            self.before = Before::Noun;
            self.bare = true;
        }
    }

    /// Whether a noun of time or of number stands before a morpheme.
    fn is_behind_time(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let counted = self.morphs.get(before).is_some_and(|morph| !matches!(morph.tag, Tag::NNG | Tag::NNP));
        let time = [
            "동안", "기간", "이내", "이상", "이하", "사이", "정도", "당일", "즉시", "이후", "이전", "서면",
            "각각", "모두",
        ];
        counted || time.contains(&self.morphs.surface(before))
    }

    /// Whether a noun of time stands behind a morpheme.
    fn is_before_time(&self, i: usize) -> bool {
        let next = self.morphs.get(i + 1).filter(|morph| morph.tag.is_noun());
        next.is_some_and(|_| {
            matches!(self.morphs.surface(i + 1), "날" | "때" | "후" | "뒤" | "다음" | "즉시")
        })
    }

    /// 가용 + 률: one noun. The plural and the honorific say nothing.
    fn suffix(&mut self, i: usize, word: &str, at: Span) {
        if matches!(word, "들" | "님") {
            return;
        }
        match self.noun.and_then(|noun| self.terms.get_mut(noun)) {
            Some(noun) if matches!(noun.text, Source::Text) && noun.end as usize == at.start => {
                noun.end = u32::try_from(at.end).unwrap_or(u32::MAX);
            }
            _ => {
                let source = self.surface(i);
                self.push(at, source, false);
            }
        }
    }

    /// The surface of morpheme `i`: a place in the text, unless it is written in uncommon characters.
    fn surface(&self, i: usize) -> Source {
        let written = self.morphs.get(i).map_or("", |morph| morph.span.of(&self.morphs.text));
        if written == self.morphs.surface(i) {
            Source::Text
        } else {
            Source::Surface(u32::try_from(i).unwrap_or(u32::MAX))
        }
    }

    fn push(&mut self, at: Span, text: Source, predicate: bool) {
        let (Ok(start), Ok(end)) = (u32::try_from(at.start), u32::try_from(at.end)) else { return };
        self.terms.push(TermEntry { start, end, text, negated: false, predicate, modality: Modality::None });
    }

    fn flag_last(&mut self, denied: bool) {
        self.predicate = self.terms.len().checked_sub(1);
        self.object = None;
        self.bear();
        if denied {
            self.toggle();
        }
        self.before = Before::Other;
    }

    fn flag_predicate(&mut self) {
        if let Some(entry) = self.predicate.and_then(|i| self.terms.get_mut(i)) {
            entry.predicate = true;
        }
        self.bear();
    }

    /// 의무를 진다, 권리가 있다: the verb asks for what the noun does.
    fn bear(&mut self) {
        let Some((_, asked)) = self.duty else { return };
        let verb =
            self.predicate.and_then(|i| self.terms.get(i)).map_or("", |entry| entry.term(self.morphs).text);
        if matches!(verb, "지" | "부담" | "있" | "가지" | "갖" | "보유") {
            self.ask(asked);
        } else {
            self.duty = None;
        }
    }

    fn toggle(&mut self) {
        // 의무를 지지 아니한다 asks for nothing.
        if let Some((predicate, _)) = self.duty.take() {
            for i in [Some(predicate), self.predicate].into_iter().flatten() {
                if let Some(entry) = self.terms.get_mut(i) {
                    entry.modality = Modality::None;
                }
            }
        }
        if let Some(entry) = self.predicate.and_then(|i| self.terms.get_mut(i)) {
            entry.negated = !entry.negated;
        }
    }

    fn is_denied(&self) -> bool {
        self.predicate.and_then(|i| self.terms.get(i)).is_some_and(|entry| entry.negated)
    }

    fn ask(&mut self, modality: Modality) {
        if let Some(entry) = self.predicate.and_then(|i| self.terms.get_mut(i)) {
            // 노력하여야 한다 remains an effort, 의무 asked of a denied act forbids it.
            if entry.modality != Modality::Strive || modality == Modality::MustNot {
                entry.modality = modality;
            }
        }
    }
}
