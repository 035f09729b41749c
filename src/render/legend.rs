//! What the ids of a report are called: rules, topics, their elements, provisions, standards. A report holds ids only, so
//! that a title may be mended without changing the report.

use crate::analyze::Analyzer;
use crate::check::catalogue::CHECKS;
use std::collections::BTreeMap;

/// Titles by id. An id without an entry is shown as it is.
#[derive(Clone, Debug, Default)]
pub struct Legend {
    standards: BTreeMap<String, String>,
    provisions: BTreeMap<String, Provision>,
    topics: BTreeMap<String, Topic>,
    elements: BTreeMap<String, BTreeMap<String, String>>,
    rules: BTreeMap<String, String>,
    checklists: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
struct Provision {
    title: Option<String>,
    chapter: Option<Chapter>,
}

#[derive(Clone, Debug)]
struct Topic {
    title: String,
    why: String,
}

/// A chapter of a standard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chapter {
    /// Its number from 1.
    pub number: u32,
    /// Its title.
    pub title: String,
}

impl Legend {
    /// What the ids in an analyser's reports are called.
    pub fn of(analyzer: &Analyzer) -> Self {
        let mut legend = Self::default();
        for standard in analyzer.standards() {
            legend.standard(&standard.id, &standard.title);
            for provision in &standard.provisions {
                let chapter = provision
                    .chapter
                    .and_then(|number| standard.chapters.iter().find(|chapter| chapter.number == number))
                    .map(|chapter| Chapter { number: chapter.number, title: chapter.title.clone() });
                legend.provision(&standard.id, &provision.at, Some(&provision.title), chapter);
            }
        }
        for topic in analyzer.topics().list() {
            legend.topic(&topic.id, &topic.name, &topic.why);
            for element in &topic.elements {
                legend.element(&topic.id, &element.id, &element.name);
            }
        }
        for rule in analyzer.rules().rules() {
            legend.rule(&rule.id, &rule.title);
        }
        for check in CHECKS {
            legend.rule(check.id, check.title);
        }
        for check in &analyzer.levels().checks {
            legend.rule(&check.id, &check.title);
        }
        for list in analyzer.checklists() {
            legend.checklist(&list.id, &list.title);
            for item in &list.items {
                legend.rule(&list.rule(item), &item.title);
            }
        }
        legend
    }

    /// Names a standard.
    pub fn standard(&mut self, id: &str, title: &str) -> &mut Self {
        self.standards.insert(id.to_owned(), title.to_owned());
        self
    }

    /// Names a provision, `at` as in "제20조제1항", and the chapter it stands in.
    pub fn provision(
        &mut self,
        standard: &str,
        at: &str,
        title: Option<&str>,
        chapter: Option<Chapter>,
    ) -> &mut Self {
        let title = title.map(str::to_owned);
        self.provisions.insert(format!("{standard}/{at}"), Provision { title, chapter });
        self
    }

    /// Names a topic and says why it matters.
    pub fn topic(&mut self, id: &str, title: &str, why: &str) -> &mut Self {
        self.topics.insert(id.to_owned(), Topic { title: title.to_owned(), why: why.to_owned() });
        self
    }

    /// Names an element of a topic.
    pub fn element(&mut self, topic: &str, id: &str, title: &str) -> &mut Self {
        self.elements.entry(topic.to_owned()).or_default().insert(id.to_owned(), title.to_owned());
        self
    }

    /// Names a rule.
    pub fn rule(&mut self, id: &str, title: &str) -> &mut Self {
        self.rules.insert(id.to_owned(), title.to_owned());
        self
    }

    /// Names a checklist; its items are named as rules: "checklist-<list>-<item>".
    pub fn checklist(&mut self, id: &str, title: &str) -> &mut Self {
        self.checklists.insert(id.to_owned(), title.to_owned());
        self
    }

    /// Title of a checklist.
    pub fn checklist_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.checklists.get(id).map_or(id, String::as_str)
    }

    /// Title of an item of a checklist.
    pub fn item_title<'a>(&'a self, list: &str, item: &'a str) -> &'a str {
        self.rules.get(&format!("checklist-{list}-{item}")).map_or(item, String::as_str)
    }

    /// Title of a rule; of a rule about a topic ("missing-purpose", "partial-purpose") the topic's.
    pub fn rule_title<'a>(&'a self, id: &'a str) -> &'a str {
        let about = || id.strip_prefix("missing-").or_else(|| id.strip_prefix("partial-"));
        let topic = || about().and_then(|topic| self.topics.get(topic));
        let title = self.rules.get(id).or_else(|| topic().map(|topic| &topic.title));
        title.map_or(id, String::as_str)
    }

    /// Title of a standard.
    pub fn standard_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.standards.get(id).map_or(id, String::as_str)
    }

    /// Title of a topic.
    pub fn topic_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.topics.get(id).map_or(id, |topic| topic.title.as_str())
    }

    /// Why a topic matters; empty when nothing is known.
    pub fn topic_why(&self, id: &str) -> &str {
        self.topics.get(id).map_or("", |topic| topic.why.as_str())
    }

    /// Title of an element; what is no id is its own title.
    pub fn element_title<'a>(&'a self, topic: &str, id: &'a str) -> &'a str {
        self.elements.get(topic).and_then(|elements| elements.get(id)).map_or(id, String::as_str)
    }

    /// The chapter of a provision "cloud-b2b/제20조제1항", or of its 조.
    pub fn chapter(&self, provision: &str) -> Option<&Chapter> {
        let own = self.provisions.get(provision).and_then(|p| p.chapter.as_ref());
        own.or_else(|| self.provisions.get(article(provision)).and_then(|p| p.chapter.as_ref()))
    }

    /// A provision as lawyers cite it, with the title of its 조: "제20조제1항(정보의 반환)".
    pub fn cite(&self, provision: &str) -> String {
        let at = provision.split_once('/').map_or(provision, |(_, at)| at);
        let title = |key: &str| self.provisions.get(key).and_then(|p| p.title.as_deref());
        match title(article(provision)).or_else(|| title(provision)) {
            Some(title) => format!("{at}({title})"),
            None => at.to_owned(),
        }
    }
}

/// "cloud-b2b/제8조의2제1항" → "cloud-b2b/제8조의2"; a path without 조 stays whole.
pub(super) fn article(provision: &str) -> &str {
    let Some((before, after)) = provision.split_once('조') else { return provision };
    let mut end = before.len() + '조'.len_utf8();
    if let Some(branch) = after.strip_prefix('의') {
        let digits = branch.len() - branch.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            end += '의'.len_utf8() + digits;
        }
    }
    &provision[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provision_goes_by_the_title_of_its_article() {
        let chapter = Chapter { number: 4, title: "정보".into() };
        let mut legend = Legend::default();
        legend.provision("s", "제20조", Some("정보의 반환"), Some(chapter.clone()));
        legend.provision("s", "제20조제1항", Some("반환 방법"), None);
        assert_eq!(legend.cite("s/제20조제1항"), "제20조제1항(정보의 반환)");
        assert_eq!(legend.chapter("s/제20조제1항"), Some(&chapter));
        assert_eq!(legend.cite("s/제9조"), "제9조");
        assert_eq!(article("s/제8조의2제1항"), "s/제8조의2");
    }

    #[test]
    fn an_unknown_id_is_shown_as_it_is() {
        let legend = Legend::default();
        assert_eq!((legend.topic_title("x"), legend.element_title("x", "보존 기간")), ("x", "보존 기간"));
    }
}
