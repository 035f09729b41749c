//! Automatic numbers: which level a paragraph has, what it counts to, and how that is printed. ECMA-376 part 1, 17.9.
//! Knows nothing of the text that is numbered.

use crate::load::docx::styles::{Inherited, StyleSheet};
use crate::load::docx::xml::{WordNode, integer};
use crate::load::numeral;
use roxmltree::{Document, Node};
use std::collections::{HashMap, HashSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// How one level is counted and printed.
#[derive(Clone, Debug)]
struct Level {
    start: i64,
    format: String,
    text: String,
    /// Whether nothing stands between number and text.
    tight: bool,
    restart: Option<i64>,
    /// All numbers in plain digits.
    legal: bool,
    style: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// The numbering style that holds the levels in its stead.
    follows: Option<String>,
    /// The numbering style whose levels these are.
    defines: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Num {
    of: i64,
    starts: [Option<i64>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// The number in front of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub text: String,
    pub tight: bool,
    pub level: u8,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<i64, Abstract>,
    nums: HashMap<i64, Num>,
    /// Last number of each level, by abstract list: lists that share one go on counting.
    counts: HashMap<i64, [Option<i64>; LEVELS]>,
    started: HashSet<(i64, usize)>,
    /// Formats that are printed as plain digits because they are not known.
    pub unknown: HashSet<String>,
    /// References to lists that do not exist.
    pub dangling: usize,
    /// Definitions with a value that is missing or absurd.
    pub malformed: usize,
}

impl Numbering {
    /// Reads the numbering part; what has no number is passed over.
    pub fn read(tree: &Document, styles: &StyleSheet) -> Self {
        let mut numbering = Self::default();
        for node in tree.root_element().children() {
            match node.word() {
                "abstractNum" => {
                    let Some(id) = node.value("abstractNumId").and_then(integer) else {
                        numbering.malformed += 1;
                        continue;
                    };
                    let mut list = Abstract {
                        follows: node.part_value("numStyleLink").map(str::to_owned),
                        defines: node.part_value("styleLink").map(str::to_owned),
                        ..Abstract::default()
                    };
                    for child in node.children().filter(|child| child.word() == "lvl") {
                        numbering.malformed += usize::from(is_malformed(child));
                        if let Some(at) = index(child) {
                            list.levels[at] = Some(level(child));
                        }
                    }
                    numbering.abstracts.insert(id, list);
                }
                "num" => {
                    let (Some(id), Some(of)) =
                        (node.value("numId").and_then(integer), node.number("abstractNumId"))
                    else {
                        continue;
                    };
