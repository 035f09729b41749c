//! Ordered lists of Markdown whose items all have the same number (`1.` `1.` `1.`): a page counts them from the first one
//! on. Follows CommonMark as far as it decides which items are one list; where an author may have meant something else,
//! nothing is counted. Numbers that differ are never touched.

use super::Marks;
use crate::load::blocks::begins_clause;
use std::collections::HashMap;

/// The numbers that a page shows, by lines from 0, where they are others than those written; and how many lists have such.
pub(super) fn shown<'t>(lines: impl Iterator<Item = &'t str>) -> (HashMap<usize, u32>, usize) {
    let mut lists = Lists::default();
    let mut marks = Marks::default();
    for (n, line) in lines.enumerate() {
        let before = marks.fence.is_some();
        marks.kind(line);
        if !before {
            lists.line(n, line, marks.fence.is_some());
        }
    }
    lists.close(0);
    (lists.shown, lists.counted)
}

/// The mark that begins an item.
struct Mark {
    /// `None` for bullets.
    number: Option<u32>,
    /// What tells lists apart: the bullet, or the sign behind the number.
    sign: char,
    /// Bytes up to the text of the item.
    width: usize,
}

impl Mark {
    fn at_start(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let sign = text[digits..].chars().next()?;
        let number = match digits {
            0 if matches!(sign, '-' | '+' | '*') => None,
            1..=9 if matches!(sign, '.' | ')') => Some(text[..digits].parse().ok()?),
            _ => return None,
        };
        let after = &text[digits + 1..];
        let gap = columns(after).0;
        if gap == 0 && !after.is_empty() {
            return None;
        }
        // More than four spaces belong to code inside the item.
        Some(Self { number, sign, width: digits + 1 + if gap > 4 { 1 } else { gap.max(1) } })
    }
}

/// A list that is open.
struct List {
    sign: char,
    /// Columns before the mark of its first item.
    indent: usize,
    /// Columns before the text of its last item; what is indented as far belongs to it.
    content: usize,
    first: Option<u32>,
    /// The lines of its items.
    items: Vec<usize>,
    /// Whether all items have the same number and indentation.
    alike: bool,
}

#[derive(Default)]
struct Lists {
    open: Vec<List>,
    /// Whether the line before was blank.
    blank: bool,
    /// Whether a paragraph may go on in the next line.
    paragraph: bool,
    shown: HashMap<usize, u32>,
    counted: usize,
}

impl Lists {
    /// Reads a line outside of code; `fence` says whether it begins code.
    fn line(&mut self, n: usize, line: &str, fence: bool) {
        let (indent, text) = columns(line);
        if text.is_empty() {
            self.blank = true;
            return;
        }
        let depth = self.open.partition_point(|list| list.content <= indent);
        let around = depth.checked_sub(1).map_or(0, |outer| self.open[outer].content);
        let mark = Mark::at_start(text).filter(|_| !fence && indent < around + 4);
        match mark {
            Some(mark) if self.item(n, indent, depth, &mark) => {}
            _ => {
                // A paragraph goes on without indentation, unless a clause begins here.
                let goes_on = self.paragraph && !self.blank && !fence && !is_apart(text);
                if !goes_on {
                    self.close(depth);
                }
            }
        }
        self.paragraph = !fence && !text.starts_with(['#', '|']);
        self.blank = false;
    }

    /// Takes a line as an item; not when it only goes on with a paragraph.
    fn item(&mut self, n: usize, indent: usize, depth: usize, mark: &Mark) -> bool {
        let content = indent + mark.width;
        if self.open.get(depth).is_some_and(|list| list.sign == mark.sign) {
            self.close(depth + 1);
            if let Some(list) = self.open.last_mut() {
                list.alike &= list.first == mark.number && list.indent == indent;
                list.content = content;
                list.items.push(n);
            }
            return true;
        }
        // Only a list that begins with 1 may follow a paragraph at once.
        if self.paragraph && !self.blank && mark.number.is_some_and(|number| number != 1) {
            return false;
        }
        self.close(depth);
        let (sign, first) = (mark.sign, mark.number);
        self.open.push(List { sign, indent, content, first, items: vec![n], alike: true });
        true
    }

    /// Ends the lists from this depth on.
    fn close(&mut self, depth: usize) {
        for list in self.open.drain(depth.min(self.open.len())..) {
            let Some(first) = list.first.filter(|_| list.alike && list.items.len() > 1) else { continue };
            self.counted += 1;
            self.shown.extend((first..).skip(1).zip(list.items.into_iter().skip(1)).map(|(n, at)| (at, n)));
        }
    }
}

/// The columns of white space in front of a text, and the text.
fn columns(line: &str) -> (usize, &str) {
    let text = line.trim_start_matches([' ', '\t']);
    let space = &line[..line.len() - text.len()];
    let columns = space.bytes().fold(0, |at, byte| if byte == b'\t' { at / 4 * 4 + 4 } else { at + 1 });
    (columns, text.trim_end())
}

/// Whether a line begins something of its own: a clause, a heading, a row, a quotation, a rule.
fn is_apart(text: &str) -> bool {
    let division = || {
        text.strip_prefix('제')
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    text.starts_with(['#', '>', '|', '<', '[', '【', '*', '-', '+', '_', '='])
        || begins_clause(text)
        || division()
}

/// The line with another number in front.
pub(super) fn renumbered(line: &str, number: u32) -> String {
    let text = line.trim_start_matches([' ', '\t']);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{}{number}{rest}", &line[..line.len() - text.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines as a page shows them.
    fn read(text: &str) -> String {
        let (shown, _) = shown(text.lines());
        let line = |(n, line)| match shown.get(&n) {
            Some(number) => renumbered(line, *number),
            None => str::to_owned(line),
        };
        text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn items_of_one_number_are_counted() {
        for (written, expected) in [
            ("1. 가\n1. 나\n1. 다", "1. 가\n2. 나\n3. 다"),
            ("회사는 다음을 한다.\n1) 가\n\n1) 나\n", "회사는 다음을 한다.\n1) 가\n\n2) 나"),
            ("3. 가\n3. 나", "3. 가\n4. 나"),
            (
                "1. 가\n   1. 나\n   1. 다\n      - 라\n1. 마\n   1. 바\n\n   바의 둘째\n\n   1. 사\n",
                "1. 가\n   1. 나\n   2. 다\n      - 라\n2. 마\n   1. 바\n\n   바의 둘째\n\n   1. 사",
            ),
            ("- 가\n  1. 나\n  1. 다\n- 라", "- 가\n  1. 나\n  2. 다\n- 라"),
            ("1. 가\n```\n1. 코드\n```\n1. 나", "1. 가\n```\n1. 코드\n```\n1. 나"),
            ("1. 가\n   ```\n1. 코드\n   ```\n1. 나", "1. 가\n   ```\n1. 코드\n   ```\n2. 나"),
            ("1. 회사는 서비스를\n준다.\n1. 나", "1. 회사는 서비스를\n준다.\n2. 나"),
        ] {
            assert_eq!(read(written), expected);
        }
    }

    #[test]
    fn numbers_that_an_author_wrote_stay() {
        for text in [
            "1. 가\n2. 나\n2. 다",
            "1. 가\n1. 나\n2. 다",
            "제1조(목적)\n1. 가\n제2조(정의)\n1. 나",
            "### 제1조\n1. 가\n\n### 제2조\n1. 나",
            "1. 목적\n\n회사는 준다.\n\n1. 요금\n\n고객은 낸다.",
            "1. 가\n① 나\n1. 다",
            "1. 가\n  1. 나\n  1. 다\n1. 라",
            "1. 가\n1) 나",
            "1.가\n1.나",
            "1\\. 가\n1\\. 나",
            "글\n2. 가\n2. 나",
            "1. 가\n\n        1. 코드\n        1. 코드\n",
            "| 가 |\n1. 나\n| 다 |\n1. 라",
        ] {
            assert_eq!(read(text), text.trim_end());
        }
    }
}
