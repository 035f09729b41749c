//! Numbers that a style sheet counts: `counter-reset`, `counter-increment`, and the `content` that shows them. Follows the
//! scopes of CSS Lists Level 3; strings without a counter are read only when they are a number themselves.

use crate::load::blocks::{is_bare_number, visible};
use crate::load::html::symbols::Symbols;
use scraper::node::Element;
use std::collections::HashMap;
use std::rc::Rc;

/// Longest text that a style may put in front of an element; what is longer is no number.
const MOST_TEXT: usize = 100;
/// Most counters that one declaration may name, and most levels that `counters()` shows.
const MOST_NAMES: usize = 16;

/// What a style says about counters; `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counting {
    pub reset: Option<Rc<[(String, i64)]>>,
    pub increment: Option<Rc<[(String, i64)]>>,
    pub set: Option<Rc<[(String, i64)]>>,
    /// Only meant for `::before` and `::marker`.
    pub content: Option<Rc<Content>>,
}

impl Counting {
    /// Reads one declaration.
    pub fn declare(&mut self, property: &str, value: &str) {
        match property {
            "counter-reset" => self.reset = Some(named(value, 0)),
            "counter-increment" => self.increment = Some(named(value, 1)),
            "counter-set" => self.set = Some(named(value, 0)),
            "content" => self.content = Some(Rc::new(Content::parse(value))),
            _ => {}
        }
    }

    /// Whether it counts or shows a number.
    pub fn counts(&self) -> bool {
        let shows = self.content.as_ref().is_some_and(|content| **content != Content::Nothing);
        self.reset.is_some() || self.increment.is_some() || self.set.is_some() || shows
    }

    pub fn says_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// This one with `over` laid over it.
    pub fn under(&self, over: &Self) -> Self {
        Self {
            reset: over.reset.clone().or_else(|| self.reset.clone()),
            increment: over.increment.clone().or_else(|| self.increment.clone()),
            set: over.set.clone().or_else(|| self.set.clone()),
            content: over.content.clone().or_else(|| self.content.clone()),
        }
    }
}

/// Names of counters, each with its number or `otherwise`.
fn named(value: &str, otherwise: i64) -> Rc<[(String, i64)]> {
    let mut out: Vec<(String, i64)> = Vec::new();
    for word in value.split_whitespace() {
        if let Ok(number) = word.parse::<i32>() {
            let Some((_, last)) = out.last_mut() else { break };
            *last = i64::from(number);
        } else if out.len() == MOST_NAMES || matches!(word, "none" | "inherit" | "initial" | "unset") {
            break;
        } else {
            out.push((word.chars().take(MOST_TEXT).collect(), otherwise));
        }
    }
    out.into()
}

/// What `content` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing that is a number.
    Nothing,
    /// A number, piece by piece.
    Pieces(Vec<Piece>),
    /// A number with something in it that is not read.
    Unread,
}

/// A piece of `content`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    /// An attribute of the element.
    Attribute(String),
    /// A counter and its style.
    Counter(String, String),
    /// All counters of a name, what stands between them, and their style.
    Counters(String, String, String),
}

impl Content {
    /// Whether it shows a number in a way that is not read.
    pub fn is_unread(&self, symbols: &Symbols) -> bool {
        match self {
            Content::Nothing => false,
            Content::Unread => true,
            Content::Pieces(pieces) => pieces.iter().any(|piece| match piece {
                Piece::Counter(_, style) | Piece::Counters(_, _, style) => !symbols.reads(style),
                _ => false,
            }),
        }
    }

    fn parse(value: &str) -> Self {
        let counted = value.to_ascii_lowercase().contains("counter");
        let otherwise = if counted { Content::Unread } else { Content::Nothing };
        let mut pieces = Vec::new();
        let mut rest = value.trim();
        while let Some(first) = rest.chars().next() {
            if pieces.len() > MOST_NAMES {
                return otherwise;
            }
            if matches!(first, '"' | '\'') {
                let Some((text, after)) = string(rest) else { return otherwise };
                pieces.push(Piece::Text(text));
                rest = after.trim_start();
                continue;
            }
            // What follows is read aloud instead.
            if first == '/' {
                break;
            }
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '\'' | '/'));
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            let function = word.to_ascii_lowercase();
            let Some(inner) = after.strip_prefix('(') else {
                match function.as_str() {
                    "open-quote" | "close-quote" | "no-open-quote" | "no-close-quote" if !word.is_empty() => {
                        rest = after.trim_start();
                        continue;
                    }
                    _ => return otherwise,
                }
            };
            let Some((arguments, after)) = arguments(inner) else { return otherwise };
            rest = after.trim_start();
            let style = |at: usize| {
                arguments.get(at).map_or_else(|| "decimal".to_owned(), |style| style.to_ascii_lowercase())
            };
            let Some(name) = arguments.first().cloned() else { return otherwise };
            match function.as_str() {
                "counter" => pieces.push(Piece::Counter(name, style(1))),
                "counters" => {
                    let between = arguments.get(1).cloned().unwrap_or_default();
                    pieces.push(Piece::Counters(name, between, style(2)));
                }
                "attr" if arguments.len() == 1 => pieces.push(Piece::Attribute(name.to_ascii_lowercase())),
                _ => return otherwise,
            }
        }
        let long = |piece: &Piece| matches!(piece, Piece::Text(text) if text.chars().count() > MOST_TEXT);
        if pieces.iter().any(long) {
            return otherwise;
        }
        // Icons, quotation marks and the like.
        let plain: Option<String> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        if plain.is_some_and(|text| !is_bare_number(&text)) {
            Content::Nothing
        } else {
            Content::Pieces(pieces)
        }
    }
}

/// The string that `text` begins with, its escapes resolved, and what follows it.
pub(super) fn string(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next()?;
    let mut out = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => return Some((out, &text[at + 1..])),
            '\n' => return None,
            '\\' => {
                let mut code = 0u32;
                let mut digits = 0;
                while let Some(digit) = chars.peek().and_then(|(_, c)| c.to_digit(16)).filter(|_| digits < 6)
                {
                    code = code * 16 + digit;
                    digits += 1;
                    chars.next();
                }
                if digits > 0 {
                    out.extend(char::from_u32(code));
                    // A space ends the number.
                    if chars.peek().is_some_and(|(_, c)| *c == ' ') {
                        chars.next();
                    }
                } else if let Some((_, escaped)) = chars.next().filter(|(_, c)| *c != '\n') {
                    out.push(escaped);
                }
            }
            _ => out.push(c),
        }
    }
    None
}

/// The arguments of a function, strings without their quotes, and what follows its bracket.
fn arguments(text: &str) -> Option<(Vec<String>, &str)> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    loop {
        if out.len() > 4 {
            return None;
        }
        let (argument, after) = if rest.starts_with(['"', '\'']) {
            string(rest)?
        } else {
            let end = rest.find([',', ')', '(', '"', '\''])?;
            (rest[..end].trim().to_owned(), &rest[end..])
        };
        if argument.chars().count() > MOST_TEXT {
            return None;
        }
        out.push(argument);
        rest = after.trim_start();
        if let Some(after) = rest.strip_prefix(')') {
            return Some((out, after));
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}

/// The counters of a page while it is walked.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// The values of each name, the innermost last, each with the depth of the element that made it.
    values: HashMap<String, Vec<(usize, i64)>>,
    /// The names that were made at each depth.
    made: Vec<Vec<String>>,
}

impl Counters {
    /// Applies a style to the element at `depth`.
    pub fn apply(&mut self, depth: usize, counting: &Counting) {
        for (name, value) in counting.reset.iter().flat_map(|names| names.iter()) {
            self.make(depth, name, *value);
        }
        for (name, step) in counting.increment.iter().flat_map(|names| names.iter()) {
            let value = self.innermost(depth, name);
            // Browsers keep counters in 32 bits.
            *value = value.saturating_add(*step).clamp(i64::from(i32::MIN), i64::from(i32::MAX));
        }
        for (name, to) in counting.set.iter().flat_map(|names| names.iter()) {
            *self.innermost(depth, name) = *to;
        }
    }

    /// Makes a counter of the element at `depth`; it lasts as long as the element's parent.
    pub fn make(&mut self, depth: usize, name: &str, value: i64) {
        let values = self.values.entry(name.to_owned()).or_default();
        match values.last_mut() {
            // A brother's counter is replaced.
            Some((made, old)) if *made == depth => *old = value,
            _ => {
                values.push((depth, value));
                if self.made.len() <= depth {
                    self.made.resize_with(depth + 1, Vec::new);
                }
                self.made[depth].push(name.to_owned());
            }
        }
    }

    /// The innermost counter of a name, made here when there is none.
    fn innermost(&mut self, depth: usize, name: &str) -> &mut i64 {
        if self.values.get(name).is_none_or(Vec::is_empty) {
            self.make(depth, name, 0);
        }
        let values = self.values.entry(name.to_owned()).or_default();
        if values.is_empty() {
            values.push((depth, 0));
        }
        let last = values.len() - 1;
        &mut values[last].1
    }

    /// Ends the counters that the children of the element at `depth` made.
    pub fn close(&mut self, depth: usize) {
        while self.made.len() > depth + 1 {
            for name in self.made.pop().unwrap_or_default() {
                if let Some(values) = self.values.get_mut(&name) {
                    values.pop();
                }
            }
        }
    }

    /// The text of a number, empty when the content is none. `element` is the one that it stands in front of.
    pub fn text(&self, content: &Content, element: &Element, symbols: &Symbols) -> String {
        let pieces = match content {
            Content::Pieces(pieces) if !content.is_unread(symbols) => pieces,
            _ => return String::new(),
        };
        let number = |style: &str, n: i64| symbols.print(style, n).number;
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Attribute(name) => out.push_str(element.attr(name).unwrap_or_default()),
                Piece::Counter(name, style) => {
                    let value = self.values.get(name).and_then(|values| values.last());
                    out.push_str(&number(style, value.map_or(0, |(_, value)| *value)));
                }
                Piece::Counters(name, between, style) => {
                    let values = self.values.get(name).map(Vec::as_slice).unwrap_or_default();
                    let shown = &values[values.len().saturating_sub(MOST_NAMES)..];
                    let shown: Vec<String> = shown.iter().map(|(_, value)| number(style, *value)).collect();
                    out.push_str(&shown.join(between));
                }
            }
        }
        let counted = pieces.iter().any(|piece| matches!(piece, Piece::Counter(..) | Piece::Counters(..)));
        let text: String = out.chars().take(10 * MOST_TEXT).filter_map(visible).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if counted || is_bare_number(&text) { text } else { String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[test]
    fn content_is_read_piece_by_piece() {
        let text = |text: &str| Piece::Text(text.into());
        let counter = |name: &str, style: &str| Piece::Counter(name.into(), style.into());
        assert_eq!(
            Content::parse(r#""제" counter(jo) "조\00a0""#),
            Content::Pieces(vec![text("제"), counter("jo", "decimal"), text("조\u{a0}")])
        );
        assert_eq!(
            Content::parse(r"'(' counter( a , Lower-Roman ) ')' / 'one'"),
            Content::Pieces(vec![text("("), counter("a", "lower-roman"), text(")")])
        );
        assert_eq!(
            Content::parse(r#"counters(a,".")" ""#),
            Content::Pieces(vec![Piece::Counters("a".into(), ".".into(), "decimal".into()), text(" ")])
        );
        assert_eq!(Content::parse("none"), Content::Nothing);
        assert_eq!(Content::parse("url(a.png)"), Content::Nothing);
        assert_eq!(Content::parse("counter(a) url(b)"), Content::Unread);
        assert!(Content::parse("counter(a, of-my-own)").is_unread(&Symbols::default()));
        for broken in
            ["\"", "counter(", "counter()", "counter(a", "counters(a,", "'\\", "(", ")", "a(b)c", "''''"]
        {
            let _ = Content::parse(broken);
        }
    }

    #[test]
    fn counters_follow_their_scopes() {
        let page = Html::parse_fragment("<p data-n='3.'>");
        let element =
            page.tree.nodes().find_map(|node| node.value().as_element().filter(|e| e.name() == "p"));
        let element = element.unwrap();
        let counting = |reset: &str, increment: &str| {
            let mut counting = Counting::default();
            counting.declare("counter-reset", reset);
            counting.declare("counter-increment", increment);
            counting
        };
        let symbols = Symbols::default();
        let all = Content::parse("counters(a, '-')");
        let mut counters = Counters::default();
        counters.apply(1, &counting("a", ""));
        counters.apply(2, &counting("", "a"));
        counters.apply(2, &counting("", "a 2"));
        assert_eq!(counters.text(&all, element, &symbols), "3");
        counters.apply(3, &counting("a 4", "a"));
        assert_eq!(counters.text(&all, element, &symbols), "3-5");
        counters.apply(3, &counting("a", "a"));
        assert_eq!(counters.text(&all, element, &symbols), "3-1", "a brother's counter is replaced");
        counters.close(2);
        assert_eq!(counters.text(&all, element, &symbols), "3");
        counters.close(0);
        assert_eq!(counters.text(&Content::parse("counter(a, upper-alpha)"), element, &symbols), "0");
        assert_eq!(counters.text(&Content::parse("attr(data-n) ' '"), element, &symbols), "3.");
        assert_eq!(counters.text(&Content::parse("'새 글'"), element, &symbols), "");
        assert_eq!(counters.text(&Content::parse("'① '"), element, &symbols), "①");
    }
}
