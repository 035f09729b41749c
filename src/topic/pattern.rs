//! Evidence patterns: the small language in which `corpora/topics.toml` says how an idea shows in a passage, and the
//! vocabulary of words that all patterns share. Knows words and features, not topics or documents.

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

/// What patterns are tested on: the words and features of one passage.
pub(crate) trait Evidence {
    /// Whether the word stands in the passage in this form.
    fn word(&self, word: usize, form: Form) -> bool;
    /// Whether the word stands in the heading of the passage's 조.
    fn heading(&self, word: usize) -> bool;
    /// Whether the passage shows the feature.
    fn feature(&self, feature: Feature) -> bool;
}

impl Pattern {
    /// The words of which every passage that fulfils the pattern has one: the smallest group of words alone. None when
    /// the pattern may hold without a word.
    pub(crate) fn needed_words(&self) -> Vec<usize> {
        let words = |group: &Group| -> Option<Vec<usize>> {
            let word = |atom: &Atom| match *atom {
                Atom::Word(word, _) => Some(word),
                Atom::Heading(_) | Atom::Feature(_) => None,
            };
            if group.absent { None } else { group.atoms.iter().map(word).collect() }
        };
        self.groups.iter().filter_map(words).min_by_key(Vec::len).unwrap_or_default()
    }

    /// Whether every group holds.
    pub(crate) fn holds(&self, evidence: &impl Evidence) -> bool {
        self.groups.iter().all(|group| group.holds(evidence))
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
        });
        any != self.absent
    }
}

/// Reads patterns and gathers their words.
#[derive(Debug, Default)]
pub(crate) struct PatternReader {
    concepts: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, usize>,
}

impl PatternReader {
    /// A reader that knows these concepts.
    pub(crate) fn new(concepts: BTreeMap<String, Vec<String>>) -> Self {
        Self { concepts, words: BTreeMap::new() }
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

    fn group(&mut self, text: &str) -> Result<Group, String> {
        let (absent, alternatives) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut atoms = Vec::new();
        let mut in_heading = false;
        for alternative in alternatives.split('|') {
            if let Some(concept) = alternative.strip_prefix('@') {
                let (name, main) = concept.strip_suffix('^').map_or((concept, false), |name| (name, true));
                let words =
                    self.concepts.get(name).cloned().ok_or_else(|| format!("모르는 개념입니다: @{name}"))?;
                atoms.extend(words.iter().map(|word| match self.word(word, in_heading) {
                    Atom::Word(word, Form::Any) if main => Atom::Word(word, Form::Main),
                    atom => atom,
                }));
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
            Some((at, '~')) => (&word[..at], Form::Negated),
            Some((at, '^')) => (&word[..at], Form::Main),
            Some((at, '!')) => (&word[..at], Form::Unable),
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

fn feature(name: &str) -> Result<Option<Feature>, String> {
    if let Some(role) = name.strip_prefix("by:") {
        return self::role(role).map(|role| Some(Feature::By(role)));
    }
    if let Some(role) = name.strip_prefix("who:") {
        return self::role(role).map(|role| Some(Feature::Who(role)));
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

    /// The words in a sequence of terms. The terms are run together, so that a compound is found
    /// however it is spaced; a word must begin where a term begins, or lie wholly inside one term.
    pub(crate) fn words<'a>(&self, terms: impl IntoIterator<Item = Word<'a>>) -> Words {
        let mut key = String::new();
        let mut ends: Vec<(usize, Word<'a>)> = Vec::new();
        for term in terms {
            key.extend(term.lemma.chars().map(|c| c.to_ascii_lowercase()));
            ends.push((key.len(), term));
        }
        let mut words = Words::default();
        for hit in self.automaton.find_overlapping_iter(&key) {
            let first = ends.partition_point(|(end, _)| *end <= hit.start());
            let last = ends.partition_point(|(end, _)| *end < hit.end());
            let begins = first.checked_sub(1).map_or(0, |before| ends[before].0) == hit.start();
            // A stem of one syllable (내다, 쓰다) must be the whole term: 내용 is another word.
            let whole = ends.get(last).is_some_and(|(end, _)| *end == hit.end());
            let short = hit.end() - hit.start() <= '가'.len_utf8();
            if if short { begins && whole } else { begins || first == last } {
                let word = hit.pattern().as_usize();
                words.any.put(word);
                if let Some((_, term)) = ends.get(last) {
                    if term.negated {
                        words.negated.put(word);
                    }
                    if term.unable {
                        words.unable.put(word);
                    }
                    if !term.condition {
                        words.main.put(word);
                    }
                }
            }
        }
        words
    }
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
