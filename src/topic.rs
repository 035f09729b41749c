//! Topics: the 41 matters that a cloud contract must state, and whether a contract states them. Decided from elements
//! that show in passages, never from one word or a heading. No I/O; cannot fail once the data is read.

mod decide;

pub use decide::{Decision, Shown, Status, decide};

use crate::error::DataError;
use crate::finding::Severity;
use crate::pattern::{Pattern, PatternReader, Vocabulary};
use crate::standard::Standard;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const TOPICS: &str = include_str!("../corpora/topics.toml");
const CONCEPTS: &str = include_str!("../dictionaries/concepts.toml");

/// The data that decides topics, as it was compiled in: part of what a report's digest covers.
pub(crate) fn source() -> String {
    [TOPICS, CONCEPTS].concat()
}

/// A matter that a contract must state.
#[derive(Debug)]
pub struct Topic {
    /// Its id, as in the report.
    pub id: String,
    /// Its Korean name.
    pub name: String,
    /// How grave it is when missing.
    pub severity: Severity,
    /// Statutes behind it beside the standard ("약관법 제12조").
    pub basis: Vec<String>,
    /// Why it matters, one Korean sentence.
    pub why: String,
    /// Words by which the index looks for clauses about it.
    pub search: String,
    /// What it requires.
    pub elements: Vec<Element>,
}

/// One thing that a topic requires.
#[derive(Debug)]
pub struct Element {
    /// Its id within the topic.
    pub id: String,
    /// Its Korean name, shown when it is missing.
    pub name: String,
    /// Whether it decides that the topic is there at all.
    pub core: bool,
    /// Where the standards state it: built-in standard's id to citations.
    pub places: BTreeMap<String, Vec<String>>,
    definition: bool,
    patterns: Vec<Pattern>,
}

impl Topic {
    /// Citations of the topic in a standard, in the standard's order; empty when that standard does not have it.
    pub fn provisions<'a>(&'a self, standard: &'a Standard) -> Vec<&'a str> {
        let mut places: Vec<&str> = self
            .elements
            .iter()
            .filter_map(|element| element.places.get(&standard.like))
            .flatten()
            .map(String::as_str)
            .collect();
        if standard.like != standard.id {
            // An imported standard says itself which of its provisions carry the topic.
            places = standard
                .provisions
                .iter()
                .filter(|provision| provision.topics.contains(&self.id))
                .map(|provision| provision.at.as_str())
                .collect();
        }
        let order = |at: &str| standard.provisions.iter().position(|provision| provision.at == at);
        places.sort_by_key(|at| order(at));
        places.dedup();
        places
    }
}

/// All topics with their evidence, ready to be tested on contracts.
pub struct Topics {
    list: Vec<Topic>,
    vocabulary: Vocabulary,
}

impl Topics {
    /// The built-in topics.
    ///
    /// # Errors
    /// A [`DataError`] only when the data that was compiled in is wrong, which a test excludes.
    pub fn builtin() -> Result<Self, DataError> {
        Self::read(("topics.toml", TOPICS), ("concepts.toml", CONCEPTS))
    }

    fn read(topics: (&str, &str), concepts: (&str, &str)) -> Result<Self, DataError> {
        let fault = |file: &str, reason: String| DataError { file: file.to_owned(), reason };
        let concepts = toml::from_str(concepts.1).map_err(|error| fault(concepts.0, error.to_string()))?;
        let written: TopicFile =
            toml::from_str(topics.1).map_err(|error| fault(topics.0, error.to_string()))?;
        let mut reader = PatternReader::new(concepts);
        let mut list = Vec::with_capacity(written.topic.len());
        for topic in written.topic {
            let mut elements = Vec::with_capacity(topic.element.len());
            for element in topic.element {
                let at = |reason: String| fault(topics.0, format!("{}/{}: {reason}", topic.id, element.id));
                let patterns =
                    element.any.iter().map(|text| reader.read(text)).collect::<Result<_, _>>().map_err(at)?;
                let places = [("cloud-b2b", element.b2b), ("cloud-b2c", element.b2c)];
                elements.push(Element {
                    id: element.id,
                    name: element.name,
                    core: element.core,
                    definition: element.definition,
                    places: places
                        .into_iter()
                        .filter(|(_, at)| !at.is_empty())
                        .map(|(id, at)| (id.to_owned(), at))
                        .collect(),
                    patterns,
                });
            }
            let TopicEntry { id, name, severity, basis, why, search, .. } = topic;
            list.push(Topic { id, name, severity, basis, why, search, elements });
        }
        let vocabulary = reader.vocabulary().map_err(|reason| fault(topics.0, reason))?;
        Ok(Self { list, vocabulary })
    }

    /// The topics, in the order of the standards.
    pub fn list(&self) -> &[Topic] {
        &self.list
    }

    /// The words to look for in the index for each topic, in the topics' order: its search words, and for each pattern
    /// of its core elements words of which a passage that fulfils it has one. They are phrases still to be analysed.
    pub fn queries(&self) -> Vec<String> {
        let query = |topic: &Topic| {
            let core =
                topic.elements.iter().filter(|element| element.core).flat_map(|element| &element.patterns);
            let words: BTreeSet<usize> = core.flat_map(Pattern::needed_words).collect();
            let words = words.into_iter().map(|word| self.vocabulary.list()[word].as_str());
            std::iter::once(topic.search.as_str()).chain(words).collect::<Vec<_>>().join("\n")
        };
        self.list.iter().map(query).collect()
    }

    /// The topic with this id.
    pub fn get(&self, id: &str) -> Option<&Topic> {
        self.list.iter().find(|topic| topic.id == id)
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicFile {
    topic: Vec<TopicEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicEntry {
    id: String,
    name: String,
    severity: Severity,
    #[serde(default)]
    basis: Vec<String>,
    why: String,
    search: String,
    element: Vec<ElementEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ElementEntry {
    id: String,
    name: String,
    #[serde(default)]
    core: bool,
    #[serde(default)]
    definition: bool,
    #[serde(default)]
    b2b: Vec<String>,
    #[serde(default)]
    b2c: Vec<String>,
    any: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard;

    #[test]
    fn there_are_41_topics_and_each_has_a_core() {
        let topics = Topics::builtin().unwrap();
        assert_eq!(topics.list().len(), 41);
        for topic in topics.list() {
            assert!(topic.elements.iter().any(|element| element.core), "{}", topic.id);
            assert!(topic.elements.iter().any(|element| !element.places.is_empty()), "{}", topic.id);
        }
        assert!(topics.vocabulary.list().len() > 500);
    }

    #[test]
    fn every_citation_stands_in_its_standard_and_carries_the_topic() {
        let topics = Topics::builtin().unwrap();
        for standard in standard::builtin().unwrap() {
            for topic in topics.list() {
                for at in
                    topic.elements.iter().filter_map(|element| element.places.get(&standard.id)).flatten()
                {
                    assert!(standard.provision(at).is_some(), "{} {at}", topic.id);
                    let carried = standard.under(at).any(|provision| provision.topics.contains(&topic.id))
                        || standard.provisions.iter().any(|above| {
                            standard::is_under(at, &above.at) && above.topics.contains(&topic.id)
                        });
                    assert!(carried, "{} {at} does not carry {}", standard.id, topic.id);
                }
            }
        }
    }
}
