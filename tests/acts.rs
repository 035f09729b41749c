//! The acts of `dictionaries/predicates` held against sentences that were written apart from their wordings
//! (`tests/acts/<act>.toml`): each states the act, and by whom, or denies it. One that is not read right yet is marked
//! `missed`; the mark must go as soon as it is.

#![allow(clippy::print_stdout, reason = "a failed test tells what it saw")]

use jomun::contract::Contract;
use jomun::document::Document;
use jomun::frame::Frame;
use jomun::language::{Analyzer, Role};
use jomun::rule::RuleSet;
use jomun::rule::example::Example;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// An act needs at least so many sentences that are read right.
const LEAST: usize = 25;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActFile {
    paraphrase: Vec<Paraphrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paraphrase {
    text: String,
    actor: Actor,
    #[serde(default)]
    negated: bool,
    /// Known not to be read right yet.
    #[serde(default)]
    missed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Actor {
    Provider,
    Customer,
    ThirdParty,
    /// Nobody in particular: who is found does not matter.
    None,
}

impl Actor {
    /// Whether the frame is by this one, or by either party.
    fn does(self, frame: &Frame) -> bool {
        frame.mutual
            || match self {
                Actor::Provider => frame.actor == Some(Role::Provider),
                Actor::Customer => matches!(frame.actor, Some(Role::Customer | Role::EndUser)),
                Actor::ThirdParty => frame.actor == Some(Role::ThirdParty),
                Actor::None => true,
            }
    }
}

/// Names without ending of the TOML files in a folder of the project, each with its path.
fn files(folder: &str) -> BTreeMap<String, PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .collect()
}

fn read(path: &Path) -> Vec<Paraphrase> {
    let text = std::fs::read_to_string(path).unwrap();
    toml::from_str::<ActFile>(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())).paraphrase
}

#[test]
fn every_act_in_the_folder_is_built_in_and_has_its_sentences() {
    let rules = RuleSet::builtin().unwrap();
    let built_in: BTreeSet<String> = rules.lexicon().acts().iter().map(|act| act.id.clone()).collect();
    assert_eq!(files("dictionaries/predicates").into_keys().collect::<BTreeSet<_>>(), built_in);
    let lists = files("tests/acts");
    assert_eq!(lists.keys().cloned().collect::<BTreeSet<_>>(), built_in, "a list for each act");
    for (act, path) in &lists {
        let list = read(path);
        let read_right = list.iter().filter(|sentence| !sentence.missed).count();
        assert!(read_right >= LEAST, "{act}: {read_right} sentences");
        assert!(list.iter().any(|sentence| sentence.negated && !sentence.missed), "{act}: none denies it");
        let texts: BTreeSet<&str> = list.iter().map(|sentence| sentence.text.as_str()).collect();
        assert_eq!(texts.len(), list.len(), "{act}: the same sentence twice");
    }
}

#[test]
fn sentences_are_seen_for_the_act_that_they_state() {
    let rules = RuleSet::builtin().unwrap();
    let analyzer = Analyzer::new().unwrap();
    let (mut all, mut wrong) = (0, 0);
    for (act, path) in files("tests/acts") {
        let number = rules.lexicon().act(&act).unwrap();
        let mut faults = Vec::new();
        let list = read(&path);
        for sentence in &list {
            let example = Example { text: sentence.text.clone(), marked: Vec::new() };
            let document = Document::from_text("a.txt", example.document().0);
            let contract = Contract::read(&document, &analyzer);
            let frames = rules.frames(&contract, true);
            let stated: Vec<&Frame> =
                frames.list.iter().filter(|frame| frame.act == number && frame.link.is_stated()).collect();
            let fault = if sentence.negated {
                stated.iter().any(|frame| !frame.negated).then(|| "affirmed".to_owned())
            } else if stated.iter().any(|frame| !frame.negated && sentence.actor.does(frame)) {
                None
            } else if let Some(frame) = stated.iter().find(|frame| !frame.negated) {
                Some(format!("by {:?}, not {:?}", frame.actor, sentence.actor))
            } else if stated.is_empty() {
                Some(
                    if frames.list.iter().any(|frame| frame.act == number) {
                        "not stated"
                    } else {
                        "not seen"
                    }
                    .into(),
                )
            } else {
                Some("denied".to_owned())
            };
            let fault = match (fault, sentence.missed) {
                (None, true) => Some("read right now, no longer missed".to_owned()),
                (Some(_), true) => None,
                (fault, false) => fault,
            };
            faults.extend(fault.map(|fault| format!("  {fault}: {}", sentence.text)));
        }
        all += list.len();
        wrong += faults.len();
        if !faults.is_empty() {
            println!("{act}: {} of {} wrong\n{}", faults.len(), list.len(), faults.join("\n"));
        }
    }
    assert_eq!(wrong, 0, "{wrong} of {all} sentences are read otherwise than their list says");
}
