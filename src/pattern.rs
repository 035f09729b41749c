//! Evidence patterns: the small language in which topics, legal acts and rules say how an idea shows in a text, and
//! the vocabulary of words that all patterns share. Knows words and features, not topics, rules or documents.

use crate::contract::Word;
use crate::language::{Modality, Role};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// What a passage shows besides its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feature {
    /// The subject has this role, alone or with another party.
    By(Role),
    /// The subject has this role and acts alone: what `-by:` excludes.
    OnlyBy(Role),
    /// Somebody of this role is named.
    Who(Role),
    /// A predicate of this modality.
    Modal(Modality),
    /// A period (30일, 7영업일).
    Period,
    /// A rate (99.9 %).
    Percent,
    /// An amount of money.
    Amount,
    /// A statute is cited.
    Law,
    /// A blank to be filled in.
    Blank,
    /// It stands in the preamble or the first 조.
    Opening,
    /// It defines a term.
    Definition,
    /// Some predicate is negated.
    Negated,
    /// A period of at least so many days.
    PeriodAtLeast(u32),
    /// A period, and none of so many days or more.
    PeriodBelow(u32),
    /// A rate of at least so many hundredths.
    PercentAtLeast(u32),
    /// A way of notice that reaches the addressee in person (전자우편, 문자메시지, 서면).
    Individual,
    /// Whose fault, and what part it plays.
    Fault(Fault),
    /// Both parties do it: what is mutual is not one-sided.
    Mutual,
    /// The sentence announces a list (다음 각 호), whose items are read with it.
    List,
    /// It is an item read with its lead.
    Item,
    /// The predicate says what something is: …하는 것이다, …하는 것으로 한다.
    Thing,
    /// The act is put in the passive: 정지된다, 제한을 받는다.
    Passive,
    /// Something is said of one thing alone: 만, 에 한하여, 오직.
    Only,
    /// Nothing is left out: 어떠한, 일체, 모든.
    Sweeping,
    /// The contract is for money.
    Paid,
}

/// The part that fault plays in what a sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// 귀책사유가 없는 한: it holds only without the actor's fault.
    Absent,
    /// 다만 고의 또는 과실이 있는 경우에는 그러하지 아니하다: the actor's fault is carved out.
    Excepted,
    /// Only intent and gross negligence are spoken of, ordinary negligence is not.
    Gross,
    /// The customer's own fault is the cause.
    Customer,
    /// 고의·과실을 불문하고.
    Regardless,
}

/// The form in which a word is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// In whatever form.
    Any,
    /// As a negated predicate.
    Negated,
    /// As a predicate that cannot be done (…할 수 없다, …하지 못한다).
    Unable,
    /// Said by the sentence itself, not in a condition of it (…한 경우, …한 때).
    Main,
}

/// One alternative of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Atom {
    /// Word number, and in which form it must stand.
    Word(usize, Form),
    /// Word number in the heading of the 조.
    Heading(usize),
    Feature(Feature),
    /// A named circumstance (`#force-majeure`), by its number.
    Named(usize),
}

/// Alternatives, one of which must hold; or, when `absent`, none of which may.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    absent: bool,
    atoms: Vec<Atom>,
}

/// A conjunction of groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    groups: Vec<Group>,
}

/// How an act is worded: what is said of it last (its predicate), and what must stand before that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wording {
    /// The words of the predicate with the form that each asks for.
    pub(crate) head: Vec<(usize, Form)>,
    /// What else must hold in the predicate's reach.
    pub(crate) rest: Pattern,
    /// Whether any predicate of the clause will do (`_`): the words of the head stand somewhere before it.
    pub(crate) loose: bool,
    /// Whether the conditions before the clause may word it too (`>`): 충돌하는 경우 지침에 따른다.
    pub(crate) wide: bool,
}

/// What patterns are tested on: the words and features of one passage.
pub(crate) trait Evidence {
    /// Whether the word stands in the passage in this form.
    fn word(&self, word: usize, form: Form) -> bool;
    /// Whether the word stands in the heading of the passage's 조.
    fn heading(&self, word: usize) -> bool;
    /// Whether the passage shows the feature.
    fn feature(&self, feature: Feature) -> bool;
    /// Whether the named circumstance holds; who knows no names has none.
    fn named(&self, _circumstance: usize) -> bool {
        false
    }
}

impl Pattern {
    /// The words of which every passage that fulfils the pattern has one: the smallest group of words alone. None when
    /// the pattern may hold without a word.
    pub(crate) fn needed_words(&self) -> Vec<usize> {
        let words = |group: &Group| -> Option<Vec<usize>> {
            let word = |atom: &Atom| match *atom {
                Atom::Word(word, _) => Some(word),
                Atom::Heading(_) | Atom::Feature(_) | Atom::Named(_) => None,
            };
            if group.absent { None } else { group.atoms.iter().map(word).collect() }
        };
        self.groups.iter().filter_map(words).min_by_key(Vec::len).unwrap_or_default()
    }

    /// Whether every group holds.
    pub(crate) fn holds(&self, evidence: &impl Evidence) -> bool {
        self.groups.iter().all(|group| group.holds(evidence))
    }

    /// For each group asked for whether it holds; nothing where what must be absent stands there.
    pub(crate) fn held(&self, evidence: &impl Evidence) -> Vec<bool> {
        let (absent, asked): (Vec<&Group>, Vec<&Group>) = self.groups.iter().partition(|group| group.absent);
        if absent.iter().all(|group| group.holds(evidence)) {
            asked.iter().map(|group| group.holds(evidence)).collect()
        } else {
            Vec::new()
        }
    }

    /// The share of the groups asked for that hold, from 0 to 1: how near a text without the evidence comes to it.
    pub(crate) fn nearness(&self, evidence: &impl Evidence) -> f32 {
        let asked: Vec<&Group> = self.groups.iter().filter(|group| !group.absent).collect();
        let held = asked.iter().filter(|group| group.holds(evidence)).count();
        held as f32 / asked.len().max(1) as f32
    }
}

impl Group {
    /// Whether one of the alternatives holds (for a group of absences: none of them).
    fn holds(&self, evidence: &impl Evidence) -> bool {
        let any = self.atoms.iter().any(|atom| match *atom {
            Atom::Word(word, form) => evidence.word(word, form),
            Atom::Heading(word) => evidence.heading(word),
            Atom::Feature(feature) => evidence.feature(feature),
            Atom::Named(circumstance) => evidence.named(circumstance),
        });
        any != self.absent
    }
}

/// Reads patterns and gathers their words.
#[derive(Debug, Default)]
pub(crate) struct PatternReader {
    concepts: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, usize>,
    names: Vec<String>,
}

impl PatternReader {
    /// A reader that knows these concepts.
    pub(crate) fn new(concepts: BTreeMap<String, Vec<String>>) -> Self {
        Self { concepts, ..Self::default() }
    }

    /// Adds concepts of a list's own.
    ///
    /// # Errors
    /// The name of one that there is already.
    pub(crate) fn add_concepts(&mut self, concepts: BTreeMap<String, Vec<String>>) -> Result<(), String> {
        for (name, words) in concepts {
            if self.concepts.insert(name.clone(), words).is_some() {
                return Err(name);
            }
        }
        Ok(())
    }

    /// Makes a circumstance known, so that `#id` may stand in patterns; gives its number.
    pub(crate) fn name(&mut self, id: &str) -> usize {
        self.names.iter().position(|name| name == id).unwrap_or_else(|| {
            self.names.push(id.to_owned());
            self.names.len() - 1
        })
    }

    /// Reads one pattern.
    ///
    /// # Errors
    /// One Korean sentence when a concept is unknown or a group is empty.
    pub(crate) fn read(&mut self, text: &str) -> Result<Pattern, String> {
        let groups = text.split_whitespace().map(|group| self.group(group)).collect::<Result<Vec<_>, _>>()?;
        if groups.iter().all(|group| group.absent) {
            return Err(format!("긍정 조건이 없는 패턴입니다: {text:?}"));
        }
        Ok(Pattern { groups })
    }

    /// Reads a wording: a pattern whose last group is the predicate, of words alone; or `_`, when the clause may end in
    /// any predicate and its words say enough. A `>` in front lets the conditions before the clause count as well.
    ///
    /// # Errors
    /// One Korean sentence when the last group is no group of words.
    pub(crate) fn wording(&mut self, text: &str) -> Result<Wording, String> {
        let loose = text.split_whitespace().next_back() == Some("_");
        let wide = text.starts_with("> ");
        let written = text.split_whitespace().filter(|group| !matches!(*group, "_" | ">"));
        let mut groups = written.map(|group| self.group(group)).collect::<Result<Vec<_>, _>>()?;
        let words = |group: &Group| {
            let word = |atom: &Atom| match *atom {
                Atom::Word(word, form) => Some((word, form)),
                _ => None,
            };
            group.atoms.iter().map(word).collect::<Option<Vec<_>>>().filter(|_| !group.absent)
        };
        // The rarest group leads to the clause.
        let head = if loose {
            groups.iter().filter_map(words).min_by_key(Vec::len)
        } else {
            groups.pop().as_ref().and_then(words)
        };
        let head = head.ok_or_else(|| format!("끝에 서술어가 없습니다: {text:?}"))?;
        Ok(Wording { head, rest: Pattern { groups }, loose, wide })
    }

    fn group(&mut self, text: &str) -> Result<Group, String> {
        let (absent, alternatives) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut atoms = Vec::new();
        let mut in_heading = false;
        for alternative in alternatives.split('|') {
            if let Some(concept) = alternative.strip_prefix('@') {
                // A mark behind the name asks all its words for that form.
                let (name, mark) = match concept.char_indices().next_back() {
                    Some((at, mark @ ('^' | '~' | '!'))) => (&concept[..at], Some(mark)),
                    _ => (concept, None),
                };
                let words =
                    self.concepts.get(name).cloned().ok_or_else(|| format!("모르는 개념입니다: @{name}"))?;
                atoms.extend(words.iter().map(|word| match self.word(word, in_heading) {
                    Atom::Word(word, Form::Any) => Atom::Word(word, mark.map_or(Form::Any, form)),
                    atom => atom,
                }));
            } else if let Some(id) = alternative.strip_prefix('#') {
                let name = self.names.iter().position(|name| name == id);
                atoms.push(Atom::Named(name.ok_or_else(|| format!("모르는 사정입니다: #{id}"))?));
            } else if let Some(feature) = feature(alternative)? {
                atoms.push(Atom::Feature(match feature {
                    Feature::By(role) if absent => Feature::OnlyBy(role),
                    other => other,
                }));
            } else if let Some(word) = alternative.strip_prefix("head:") {
                in_heading = true;
                atoms.push(self.word(word, true));
            } else if alternative.is_empty() {
                return Err(format!("빈 조건이 있습니다: {text:?}"));
            } else {
                atoms.push(self.word(alternative, in_heading));
            }
        }
        Ok(Group { absent, atoms })
    }

    fn word(&mut self, word: &str, in_heading: bool) -> Atom {
        let (key, form) = match word.char_indices().next_back() {
            Some((at, mark @ ('^' | '~' | '!'))) => (&word[..at], form(mark)),
            _ => (word, Form::Any),
        };
        let next = self.words.len();
        let number = *self.words.entry(key.to_owned()).or_insert(next);
        if in_heading { Atom::Heading(number) } else { Atom::Word(number, form) }
    }

    /// The vocabulary of everything read so far.
    ///
    /// # Errors
    /// One Korean sentence when the automaton cannot be built.
    pub(crate) fn vocabulary(&self) -> Result<Vocabulary, String> {
        let mut words: Vec<(&usize, &String)> =
            self.words.iter().map(|(word, number)| (number, word)).collect();
        words.sort();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(words.iter().map(|(_, word)| word.as_str()))
            .map_err(|error| format!("어휘 목록을 만들지 못했습니다: {error}"))?;
        Ok(Vocabulary { automaton, list: words.into_iter().map(|(_, word)| word.clone()).collect() })
    }
}

/// The form that a mark asks for.
fn form(mark: char) -> Form {
    match mark {
        '~' => Form::Negated,
        '!' => Form::Unable,
        _ => Form::Main,
    }
}

fn feature(name: &str) -> Result<Option<Feature>, String> {
    if let Some(role) = name.strip_prefix("by:") {
        return self::role(role).map(|role| Some(Feature::By(role)));
    }
    if let Some(role) = name.strip_prefix("who:") {
        return self::role(role).map(|role| Some(Feature::Who(role)));
    }
    if let Some(fault) = name.strip_prefix("fault:") {
        return Ok(Some(Feature::Fault(match fault {
            "absent" => Fault::Absent,
            "excepted" => Fault::Excepted,
            "gross" => Fault::Gross,
            "customer" => Fault::Customer,
            "regardless" => Fault::Regardless,
            _ => return Err(format!("모르는 귀책입니다: {name}")),
        })));
    }
    for (prefix, unit) in [("period>=", "d"), ("period<", "d"), ("percent>=", "%")] {
        if let Some(number) = name.strip_prefix(prefix) {
            let number = number.strip_suffix(unit).and_then(|number| number.parse().ok());
            let number = number.ok_or_else(|| format!("수를 읽을 수 없습니다: {name} (예: period>=30d)"))?;
            return Ok(Some(match prefix {
                "period>=" => Feature::PeriodAtLeast(number),
                "period<" => Feature::PeriodBelow(number),
                _ => Feature::PercentAtLeast(number),
            }));
        }
    }
    Ok(Some(match name {
        "must" => Feature::Modal(Modality::Must),
        "may" => Feature::Modal(Modality::May),
        "mustnot" => Feature::Modal(Modality::MustNot),
        "strive" => Feature::Modal(Modality::Strive),
        "period" => Feature::Period,
        "percent" => Feature::Percent,
        "amount" => Feature::Amount,
        "law" => Feature::Law,
        "blank" => Feature::Blank,
        "opening" => Feature::Opening,
        "def" => Feature::Definition,
        "neg" => Feature::Negated,
        "individual" => Feature::Individual,
        "mutual" => Feature::Mutual,
        "list" => Feature::List,
        "item" => Feature::Item,
        "thing" => Feature::Thing,
        "passive" => Feature::Passive,
        "only" => Feature::Only,
        "sweeping" => Feature::Sweeping,
        "paid" => Feature::Paid,
        _ => return Ok(None),
    }))
}

fn role(name: &str) -> Result<Role, String> {
    match name {
        "provider" => Ok(Role::Provider),
        "customer" => Ok(Role::Customer),
        "end-user" => Ok(Role::EndUser),
        "third-party" => Ok(Role::ThirdParty),
        _ => Err(format!("모르는 당사자입니다: {name}")),
    }
}

/// All words of all patterns, found in one pass.
pub(crate) struct Vocabulary {
    automaton: AhoCorasick,
    list: Vec<String>,
}

/// A set of word numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordSet(Vec<u64>);

impl WordSet {
    /// Whether the set holds the word.
    pub(crate) fn has(&self, word: usize) -> bool {
        self.0.get(word / 64).is_some_and(|bits| bits & (1 << (word % 64)) != 0)
    }

    fn put(&mut self, word: usize) {
        let slot = word / 64;
        if self.0.len() <= slot {
            self.0.resize(slot + 1, 0);
        }
        self.0[slot] |= 1 << (word % 64);
    }

    /// Adds all words of the other set.
    pub(crate) fn join(&mut self, other: &WordSet) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }
}

/// The words of a stretch of text, by polarity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Words that stand there in whatever form.
    pub(crate) any: WordSet,
    /// Words whose last term is a negated predicate.
    pub(crate) negated: WordSet,
    /// Words whose last term cannot be done.
    pub(crate) unable: WordSet,
    /// Words that do not stand in a condition.
    pub(crate) main: WordSet,
}

impl Words {
    /// Whether the word stands here in this form.
    pub(crate) fn has(&self, word: usize, form: Form) -> bool {
        match form {
            Form::Any => self.any.has(word),
            Form::Negated => self.negated.has(word),
            Form::Unable => self.unable.has(word),
            Form::Main => self.main.has(word),
        }
    }

    /// Adds a word that ends in this term.
    pub(crate) fn put(&mut self, word: usize, term: Word<'_>) {
        self.any.put(word);
        if term.negated {
            self.negated.put(word);
        }
        if term.unable {
            self.unable.put(word);
        }
        if !term.condition {
            self.main.put(word);
        }
    }

    /// Adds the words of another stretch.
    pub(crate) fn join(&mut self, other: &Words) {
        self.any.join(&other.any);
        self.negated.join(&other.negated);
        self.unable.join(&other.unable);
        self.main.join(&other.main);
    }
}

impl Vocabulary {
    /// The words by their numbers.
    pub(crate) fn list(&self) -> &[String] {
        &self.list
    }

    /// The words in a sequence of terms.
    pub(crate) fn words<'a>(&self, terms: impl IntoIterator<Item = Word<'a>>) -> Words {
        let terms: Vec<Word<'a>> = terms.into_iter().collect();
        let mut words = Words::default();
        for hit in self.hits(terms.iter().map(|term| term.lemma)) {
            words.put(hit.word, terms[hit.last]);
        }
        words
    }

    /// Every place where a word stands in a sequence of lemmas. The lemmas are run together, so that a compound is found
    /// however it is spaced; a word must begin where a lemma begins, or lie wholly inside one.
    pub(crate) fn hits<'a>(&self, lemmas: impl IntoIterator<Item = &'a str>) -> Vec<WordHit> {
        let mut key = String::new();
        let mut ends: Vec<usize> = Vec::new();
        for lemma in lemmas {
            key.extend(lemma.chars().map(|c| c.to_ascii_lowercase()));
            ends.push(key.len());
        }
        let mut hits = Vec::new();
        for hit in self.automaton.find_overlapping_iter(&key) {
            let first = ends.partition_point(|end| *end <= hit.start());
            let last = ends.partition_point(|end| *end < hit.end());
            let begins = first.checked_sub(1).map_or(0, |before| ends[before]) == hit.start();
            // A stem of one syllable (내다, 쓰다) must be the whole term: 내용 is another word.
            let whole = ends.get(last).is_some_and(|end| *end == hit.end());
            let short = hit.end() - hit.start() <= '가'.len_utf8();
            if last < ends.len() && if short { begins && whole } else { begins || first == last } {
                hits.push(WordHit { word: hit.pattern().as_usize(), first, last });
            }
        }
        hits
    }
}

/// A word at its place: from one term to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordHit {
    /// The word's number.
    pub(crate) word: usize,
    /// The term in which it begins.
    pub(crate) first: usize,
    /// The term in which it ends.
    pub(crate) last: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Plain(Words);
    impl Evidence for Plain {
        fn word(&self, word: usize, form: Form) -> bool {
            self.0.has(word, form)
        }
        fn heading(&self, _: usize) -> bool {
            false
        }
        fn feature(&self, feature: Feature) -> bool {
            feature == Feature::Period
        }
    }

    fn holds(pattern: &str, terms: &[(&str, bool)]) -> bool {
        let concepts = BTreeMap::from([("refund".to_owned(), vec!["환불".to_owned(), "반환".to_owned()])]);
        let mut reader = PatternReader::new(concepts);
        let pattern = reader.read(pattern).unwrap();
        let words = reader.vocabulary().unwrap().words(terms.iter().map(|&(lemma, negated)| Word {
            lemma,
            negated,
            unable: false,
            condition: lemma.starts_with('연'),
        }));
        pattern.holds(&Plain(words))
    }

    #[test]
    fn groups_are_all_needed_and_alternatives_one() {
        let terms = [("이용", false), ("요금", false), ("반환", false)];
        assert!(holds("요금|대금 @refund", &terms));
        assert!(!holds("요금 위약금", &terms));
        assert!(!holds("요금 -@refund", &terms));
        assert!(holds("이용요금 period", &terms), "spacing of a compound does not matter");
    }

    #[test]
    fn a_word_never_straddles_two_terms() {
        assert!(!holds("해지", &[("이해", false), ("지", false)]));
        assert!(holds("요금", &[("이용요금", false)]));
    }

    #[test]
    fn a_stem_of_one_syllable_is_a_whole_term() {
        assert!(!holds("내", &[("내용", false)]));
        assert!(holds("내", &[("요금", false), ("내", false)]));
    }

    #[test]
    fn polarity_is_that_of_the_last_term() {
        assert!(holds("책임지~", &[("책임", false), ("지", true)]));
        assert!(!holds("책임지~", &[("책임", false), ("지", false)]));
    }

    #[test]
    fn what_a_condition_says_is_not_what_the_sentence_says() {
        let terms = [("요금", false), ("연체", false), ("해지", false)];
        assert!(holds("해지^ 연체", &terms));
        assert!(!holds("연체^", &terms));
    }

    #[test]
    fn faults_are_named() {
        let mut reader = PatternReader::default();
        assert!(reader.read("@none").unwrap_err().contains("@none"));
        assert!(reader.read("-요금").is_err());
        assert!(reader.read("by:nobody").is_err());
    }
}
