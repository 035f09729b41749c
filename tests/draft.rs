//! A contract as a writer of Word and 한글 documents has it before it is a file: lines that are numbered by lists, and tables.
//! Made of a plain text by taking the printed numbers off wherever a list would print the same; written as a file by a
//! module for each format.

// Named by their files, as the benches take this file in from elsewhere.
#[path = "draft/docx.rs"]
pub mod docx;
#[path = "draft/hwp.rs"]
pub mod hwp;
#[path = "draft/hwpx.rs"]
pub mod hwpx;

use std::collections::HashMap;

/// The levels of every list, by what their numbers look like; articles first.
const FORMATS: [(&str, &str); 7] = [
    ("DIGIT", "제^1조"),
    ("CIRCLED_DIGIT", "^2"),
    ("DIGIT", "^3."),
    ("DIGIT", "(^4)"),
    ("HANGUL_SYLLABLE", "^5."),
    ("DIGIT", "^6)"),
    ("LATIN_SMALL", "(^7)"),
];

const GANADA: &str = "가나다라마바사아자차카타파하";
const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    None,
    /// Chapters.
    Outline,
    /// The list from 1 and its level from 0.
    Number(u32, usize),
}

#[derive(Clone, Debug)]
pub enum Line {
    Para(Head, String),
    Table(Vec<Vec<String>>),
    /// An empty paragraph.
    Blank,
}

#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub lines: Vec<Line>,
    /// The first number of level 1 of each list, the first list first.
    pub starts: Vec<u32>,
    /// How many lines have a printed number, and how many of these a list prints.
    pub numbered: usize,
    pub automatic: usize,
    /// Chapters so far.
    outline: u32,
    /// Whether numbers stand apart: 제 1 조.
    spaced: bool,
}

/// The number at the beginning of a line: the level it looks like, its value, and what stands before the text.
fn marker(line: &str) -> Option<(usize, u32, &str)> {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let first = line.chars().next()?;
    if let Some(rest) = line.strip_prefix("제 ").or_else(|| line.strip_prefix('제')) {
        let n = digits(rest);
        let value = rest[..n].parse().ok()?;
        let after = rest[n..].strip_prefix(' ').unwrap_or(&rest[n..]);
        // What has no heading is a reference at the beginning of a line.
        let rest = after.strip_prefix('조').filter(|rest| rest.trim_start().starts_with(['(', '[']))?;
        return Some((0, value, &line[..line.len() - rest.len()]));
    }
    if let Some(at) = CIRCLED.chars().position(|c| c == first) {
        return Some((1, at as u32 + 1, &line[..first.len_utf8()]));
    }
    if let Some(at) = GANADA.chars().position(|c| c == first) {
        let end = first.len_utf8();
        return line[end..].starts_with(". ").then(|| (4, at as u32 + 1, &line[..end + 1]));
    }
    if let Some(rest) = line.strip_prefix('(') {
        let n = digits(rest);
        if n > 0 && rest[n..].starts_with(") ") {
            return Some((3, rest[..n].parse().ok()?, &line[..n + 2]));
        }
        let letter = rest.chars().next().filter(char::is_ascii_lowercase)?;
        return rest[1..].starts_with(") ").then(|| (6, letter as u32 - 'a' as u32 + 1, &line[..3]));
    }
    let n = digits(line);
    let level = if line[n..].starts_with(". ") { 2 } else { 5 };
    (n > 0 && (line[n..].starts_with(". ") || line[n..].starts_with(") ")))
        .then(|| Some((level, line[..n].parse().ok()?, &line[..n + 1])))
        .flatten()
}

impl Draft {
    /// Line by line; rows of cells separated by " | " become tables.
    pub fn new(text: &str) -> Self {
        let mut draft = Draft { starts: vec![1], spaced: text.contains("\n제 1 조"), ..Draft::default() };
        let mut counts: HashMap<u32, [Option<u32>; 7]> = HashMap::new();
        // The list of the articles, and the one that the lines below them have.
        let (mut main, mut list) = (1u32, 1u32);
        for line in text.lines().map(str::trim) {
            if line.is_empty() {
                draft.lines.push(Line::Blank);
                continue;
            }
            if line.contains(" | ") {
                let row: Vec<String> = line.split(" | ").map(|cell| cell.trim().to_owned()).collect();
                match draft.lines.last_mut() {
                    Some(Line::Table(rows)) if rows[0].len() == row.len() => rows.push(row),
                    _ => draft.lines.push(Line::Table(vec![row])),
                }
                continue;
            }
            // A table of contents is plain text.
            if line.contains("....") {
                draft.lines.push(Line::Para(Head::None, line.to_owned()));
                continue;
            }
            let chapter = draft.outline().1.replace("^1", &(draft.outline + 1).to_string()) + " ";
            if let Some(rest) = line.strip_prefix(&chapter) {
                draft.outline += 1;
                draft.numbered += 1;
                draft.automatic += 1;
                draft.lines.push(Line::Para(Head::Outline, rest.to_owned()));
                continue;
            }
            let Some((level, value, label)) = marker(line) else {
                draft.lines.push(Line::Para(Head::None, line.to_owned()));
                continue;
            };
            draft.numbered += 1;
            if level == 0 {
                list = main;
            }
            let own = counts.entry(list).or_default();
            let expected =
                own[level].map_or(if level == 0 { draft.starts[list as usize - 1] } else { 1 }, |n| n + 1);
            if expected != value && level > 0 && value > 1 {
                draft.lines.push(Line::Para(Head::None, line.to_owned()));
                continue;
            }
            if expected != value {
                // A list of its own, as the program makes one for "begin a new list".
                draft.starts.push(if level == 0 { value } else { 1 });
                list = draft.starts.len() as u32;
                counts.insert(list, [None; 7]);
                if level == 0 {
                    main = list;
                }
            }
            let own = counts.entry(list).or_default();
            own[level] = Some(value);
            own[level + 1..].fill(None);
            for above in own.iter_mut().take(level) {
                above.get_or_insert(1);
            }
            draft.automatic += 1;
            let rest = line[label.len()..].trim_start().to_owned();
            draft.lines.push(Line::Para(Head::Number(list, level), rest));
        }
        draft
    }

    /// The levels of the lists: how their numbers are written and with what around them.
    pub fn formats(&self) -> [(&'static str, &'static str); 7] {
        let mut formats = FORMATS;
        if self.spaced {
            formats[0].1 = "제 ^1 조";
        }
        formats
    }

    /// The one level of 개요: chapters.
    pub fn outline(&self) -> (&'static str, &'static str) {
        ("DIGIT", if self.spaced { "제 ^1 장" } else { "제^1장" })
    }

    /// The text of the first line, as 한글 takes it for the title.
    pub fn title(&self) -> &str {
        fn text(line: &Line) -> Option<&str> {
            match line {
                Line::Para(_, text) => Some(text),
                _ => None,
            }
        }
        self.lines.iter().find_map(text).unwrap_or_default()
    }
}
