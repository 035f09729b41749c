//! Terms that stand in a page's scripts only: strings of JSON or JavaScript, from which the page is drawn once it runs. Nothing is run;
//! strings are read as they are written. Knows a clause only by its 제N조.

use crate::load::blocks::is_article;
use scraper::{Html, Node};
use std::collections::HashSet;

/// Strings may hold JSON, whose strings may hold JSON.
const DEPTH: usize = 3;

/// A string literal with its escapes resolved.
struct Literal {
    text: String,
    /// Whether it names a value (`"title": …`).
    key: bool,
    /// Whether it stood in data, among names of elements and classes.
    data: bool,
}

/// A page made of the terms in the scripts of `page`, `None` when there are none.
pub(super) fn terms(page: &Html) -> Option<String> {
    let mut seen = HashSet::new();
    let mut out = String::new();
    for node in page.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        if element.name() != "script" {
            continue;
        }
        let script: String =
            node.children().filter_map(|child| child.value().as_text().map(|t| t.to_string())).collect();
        if !script.contains('조') && !script.contains("\\u") {
            continue;
        }
        // A template is a piece of a page, not a program.
        let kind = element.attr("type").unwrap_or_default().to_ascii_lowercase();
        if (kind.contains("template") || kind.contains("html")) && articles(&script) >= 2 {
            out.push_str(&script);
            continue;
        }
        let mut literals = Vec::new();
        collect(&script, 0, &mut literals);
        for text in chosen(&literals) {
            if seen.insert(text.to_owned()) {
                show(text, &mut out);
            }
        }
    }
    if out.is_empty() {
        return None;
    }
    let title = page.tree.nodes().find(|n| n.value().as_element().is_some_and(|e| e.name() == "title"));
    let title: String = title
        .into_iter()
        .flat_map(|title| title.children().filter_map(|child| child.value().as_text().map(|t| t.to_string())))
        .collect();
    Some(format!("<!doctype html><title>{}</title>{out}", escaped(&title)))
}

/// All strings of a program text in order; strings that hold strings are opened when terms are in them.
fn collect(script: &str, depth: usize, out: &mut Vec<Literal>) {
    for literal in literals(script) {
        let own = articles(&literal.text);
        let (whole, data) = (own >= 2 || !literal.text.contains('조'), is_data(&literal.text));
        if (data || !whole) && depth < DEPTH && literal.text.contains(['"', '\'', '`']) {
            let before = out.len();
            collect(&literal.text, depth + 1, out);
            let found: usize = out[before..].iter().map(|inner| articles(&inner.text)).sum();
            if out.len() > before && found >= own && (data || found > 0) {
                out[before..].iter_mut().for_each(|inner| inner.data |= data);
                continue;
            }
            out.truncate(before);
        }
        out.push(literal);
    }
}

/// Whether a text is data and no words: JSON, perhaps behind the number of a row as frameworks send it (`5:["$","p",…]`).
fn is_data(text: &str) -> bool {
    let text = text.trim_start();
    let row = text.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    let json = row.strip_prefix(':').filter(|_| row.len() < text.len()).unwrap_or(text);
    json.strip_prefix(['[', '{']).is_some_and(|inner| inner.trim_start().starts_with(['"', '[', '{']))
}

/// The strings that are terms: whole ones, or else the pieces from the first 제N조 to the last with what belongs to it.
fn chosen(literals: &[Literal]) -> Vec<&str> {
    let whole: Vec<&str> =
        literals.iter().map(|literal| literal.text.as_str()).filter(|text| articles(text) >= 2).collect();
    if !whole.is_empty() {
        return whole;
    }
    let begins = |literal: &Literal| !literal.key && articles(&literal.text) > 0;
    let (Some(first), Some(last)) = (literals.iter().position(begins), literals.iter().rposition(begins))
    else {
        return Vec::new();
    };
    if first == last {
        return Vec::new();
    }
    let spoken =
        |literal: &&Literal| !literal.key && literal.text.chars().any(|c| ('가'..='힣').contains(&c));
    let sentence = |text: &str| text.trim_end().ends_with(['.', '>']) || text.chars().count() >= 30;
    let after = literals[last + 1..]
        .iter()
        .filter(|l| !l.key && (!l.data || spoken(l)))
        .take_while(|l| sentence(&l.text));
    literals[first..=last].iter().chain(after).filter(spoken).map(|literal| literal.text.as_str()).collect()
}

/// Lines that begin with 제N조, tags aside.
fn articles(text: &str) -> usize {
    let mut count = 0;
    for line in text.lines() {
        // What follows a tag begins a line of its own as far as it matters here.
        count += line.split('>').filter(|piece| is_article(piece)).count();
    }
    count
}

/// Puts a text into the page: markup as it is, plain text line by line.
fn show(text: &str, out: &mut String) {
    let is_markup =
        text.as_bytes().windows(2).any(|w| w[0] == b'<' && (w[1] == b'/' || w[1].is_ascii_alphabetic()));
    if is_markup {
        out.push_str("<div>");
        out.push_str(text);
        out.push_str("</div>");
    } else {
        out.push_str("<pre>\n");
        out.push_str(&escaped(text));
        out.push_str("</pre>");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The string literals of a JSON or JavaScript text.
fn literals(script: &str) -> Vec<Literal> {
    let mut out = Vec::new();
    let mut rest = script;
    while let Some(at) = rest.find(['"', '\'', '`', '/']) {
        let (mark, after) = (rest.as_bytes()[at], &rest[at + 1..]);
        if mark == b'/' {
            rest = match after.as_bytes().first() {
                Some(b'/') => after.find('\n').map_or("", |end| &after[end..]),
                Some(b'*') => after.find("*/").map_or("", |end| &after[end + 2..]),
                _ => after,
            };
            continue;
        }
        match literal(after, char::from(mark)) {
            Some((text, end)) => {
                rest = &after[end..];
                let key = rest.trim_start().starts_with(':');
                out.push(Literal { text, key, data: false });
            }
            // A lone quote, in a regular expression or between tags.
            None => rest = after,
        }
    }
    out
}

/// The string up to its closing `quote`, and where the text goes on; `None` for one that does not close on its line.
fn literal(text: &str, quote: char) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => return Some((out, at + c.len_utf8())),
            '\n' if quote != '`' => return None,
            '\\' => {
                let (at, escape) = chars.next()?;
                match escape {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'r' | 'b' | 'f' | 'v' | '0' | '\n' => {}
                    'u' | 'x' => {
                        let (c, length) = code(&text[at..])?;
                        out.push(c);
                        for _ in 1..length {
                            chars.next();
                        }
                    }
                    other => out.push(other),
                }
            }
            c => out.push(c),
        }
    }
    None
}

/// The character of an escape from its letter on (`uAC00`, `u{AC00}`, `xB7`, a pair of surrogates), and its length.
fn code(text: &str) -> Option<(char, usize)> {
    let hex = |from: usize, to: usize| u32::from_str_radix(text.get(from..to)?, 16).ok();
    if text.starts_with('x') {
        return Some((char::from_u32(hex(1, 3)?)?, 3));
    }
    if text.starts_with("u{") {
        let end = text.find('}').filter(|end| *end <= 8)?;
        return Some((char::from_u32(hex(2, end)?)?, end + 1));
    }
    let first = hex(1, 5)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, 5));
    }
    let second = text.get(5..7).filter(|mark| *mark == "\\u").and_then(|_| hex(7, 11));
    let pair = second.and_then(|second| {
        char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?]).next()?.ok()
    });
    Some(pair.map_or(('\u{fffd}', 5), |c| (c, 11)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(script: &str) -> Vec<String> {
        literals(script).into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn strings_are_read_as_they_are_written() {
        assert_eq!(
            texts(
                r#"var a = "가\n\"나\"", b = '\uB2E4\x41' /* "아님" */; // "아님"
                c = `라
마\u{BC14}`, d = "\ud83d\ude00", e = /["]/;"#
            ),
            ["가\n\"나\"", "다A", "라\n마바", "😀"]
        );
        for broken in ["\"", "'a\\", "\"\\u12", "\"\\u{", "`", "/*", "\"\\ud83d\"", "\"\\xzz\""] {
            let _ = texts(broken);
        }
    }

    #[test]
    fn rows_of_data_are_opened() {
        let row = |n: u32, text: &str| {
            format!(r#"self.push([1,"{n}:[\"$\",\"p\",null,{{\"children\":\"{text}\"}}]\n"]);"#)
        };
        let lines = ["제1조(목적)", "회사는 서비스를 준다.", "제2조(요금)", "요금은 없다."];
        let rows: String = lines.iter().zip(5..).map(|(text, n)| row(n, text)).collect();
        let page = Html::parse_document(&format!("<script>{rows}</script>"));
        let text = terms(&page).unwrap_or_default();
        assert!(lines.iter().all(|line| text.contains(line)) && !text.contains('$'), "{text}");
        for words in ["[별표 1] 요금", "[제1조] 목적", "{이름}은", "5: 가", "", "[", "abc:"] {
            assert!(!is_data(words), "{words}");
        }
    }
}
