//! Examples of an item: texts that state it wholly, near misses that do not, texts that say the opposite; and its model
//! clause, which must state it too.

use super::{Checklist, Checklists, Decision, Item, Scope, Status};
use crate::contract::Contract;
use crate::document::Document;
use crate::language;

/// An example that an item does not do justice to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which list of examples: "model", "good", "bad", "opposite".
    pub list: &'static str,
    /// Which of them, from 1.
    pub number: usize,
    /// The example.
    pub text: String,
    /// What it was taken for.
    pub status: Status,
    /// Elements that were not seen in it.
    pub missing: Vec<String>,
}

/// The text as a small contract under the item's title: most examples are a sentence or two.
pub fn document(item: &Item, text: &str) -> String {
    let article = if text.trim_start().starts_with("제1조") {
        String::new()
    } else {
        format!("제1조({})\n", item.title)
    };
    format!("클라우드 서비스 이용계약서\n\n{article}{text}\n")
}

/// Holds an item against its own examples and its model clause. Examples are of critical work; no kind of service is
/// told, so that none of the thresholds that depend on it is held against them.
pub fn run(lists: &Checklists, language: &language::Analyzer, list: &Checklist, item: &Item) -> Vec<Failure> {
    let model = [item.model.clone()];
    let groups: [(&'static str, &[String]); 4] =
        [("model", &model), ("good", &item.good), ("bad", &item.bad), ("opposite", &item.opposite)];
    let mut failures = Vec::new();
    for (name, examples) in groups {
        for (number, text) in examples.iter().enumerate() {
            let (status, missing) = status(lists, language, list, item, text);
            let right = match name {
                "bad" => !matches!(status, Status::Covered | Status::Partial | Status::Contradicted),
                "opposite" => status == Status::Contradicted,
                _ => status == Status::Covered,
            };
            if !right {
                failures.push(Failure {
                    list: name,
                    number: number + 1,
                    text: text.clone(),
                    status,
                    missing,
                });
            }
        }
    }
    failures
}

fn status(
    lists: &Checklists,
    language: &language::Analyzer,
    list: &Checklist,
    item: &Item,
    text: &str,
) -> (Status, Vec<String>) {
    let document = Document::from_text("예.txt", document(item, text));
    let contract = Contract::read(&document, language);
    let scope = Scope { critical: true, service: None };
    let decided = lists.decide(&[list], &contract, scope);
    let own = decided.first().and_then(|all| all.iter().find(|decision| decision.item.id == item.id));
    let named =
        |decision: &Decision<'_>| decision.missing.iter().map(|element| element.name.clone()).collect();
    own.map_or((Status::Unreadable, Vec::new()), |decision| (decision.status, named(decision)))
}
