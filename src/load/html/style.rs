//! The little of CSS that decides what is read: hidden, struck through, preformatted, list markers, lines, numbers. From
//! `style` attributes and simple selectors of `style` elements, as on a screen of unknown size; most pseudo-classes and outside
//! files are not read.

use crate::load::html::counter::Counting;
use crate::load::html::symbols::Symbols;
use ego_tree::NodeId;
use scraper::node::Element;
use scraper::{Html, Selector};
use std::collections::HashMap;

/// How an element stands among its neighbours, as `display` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outer {
    Block,
    Inline,
    InlineBlock,
    /// A cell of a table.
    Cell,
    Contents,
}

/// How the children of an element stand, as `display` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inner {
    Text,
    Flex,
    Grid,
}

/// What `display` says of an element that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Display {
    pub outer: Outer,
    pub inner: Inner,
    /// Whether a list marker stands in front.
    pub marker: bool,
}

impl Display {
    /// `None` for values that say nothing by themselves, and unknown ones.
    fn parse(value: &str) -> Option<Self> {
        let value = value.trim_start_matches("-webkit-").trim_start_matches("-ms-");
        let (outer, inner) = match value {
            "block" | "flow-root" | "table" | "table-row" | "table-caption" | "table-row-group"
            | "table-header-group" | "table-footer-group" | "box" | "block flow" | "block flow-root" => {
                (Outer::Block, Inner::Text)
            }
            "flex" | "flexbox" | "block flex" => (Outer::Block, Inner::Flex),
            "grid" | "block grid" => (Outer::Block, Inner::Grid),
            "inline" | "inline flow" => (Outer::Inline, Inner::Text),
            "inline-block" | "inline-table" | "inline-box" | "inline flow-root" => {
                (Outer::InlineBlock, Inner::Text)
            }
            "inline-flex" | "inline-flexbox" | "inline flex" => (Outer::InlineBlock, Inner::Flex),
            "inline-grid" | "inline grid" => (Outer::InlineBlock, Inner::Grid),
            "table-cell" => (Outer::Cell, Inner::Text),
            "contents" => (Outer::Contents, Inner::Text),
            _ if value.split_whitespace().any(|word| word == "list-item") => {
                return Some(Self { outer: Outer::Block, inner: Inner::Text, marker: true });
            }
            _ => return None,
        };
        Some(Self { outer, inner, marker: false })
    }
}

/// What the style of one element says; `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub hidden: Option<bool>,
    pub struck: Option<bool>,
    pub preformatted: Option<bool>,
    /// `list-style-type` in lower case.
    pub list: Option<String>,
    pub display: Option<Display>,
    /// Whether the children of a flex container stand one below the other.
    pub column: Option<bool>,
    /// Whether the children of a flex container stand in reverse.
    pub reversed: Option<bool>,
    /// Its place among the children of a flex container or grid (`order`).
    pub order: Option<i32>,
    /// How many columns a grid has.
    pub columns: Option<usize>,
    /// Whether it takes the whole line or most of it.
    pub wide: Option<bool>,
    /// Whether what follows flows past it on its right (`float`).
    pub float: Option<bool>,
    /// Whether it takes no room of the text around it (`position`).
    pub lifted: Option<bool>,
    pub counting: Counting,
}

impl Style {
    /// Reads declarations (`a: b; c: d`).
    fn parse(text: &str) -> Self {
        let mut style = Style::default();
        for declaration in declarations(text) {
            let Some((property, raw)) = declaration.split_once(':') else { continue };
            let value = raw.trim().trim_end_matches("!important").trim().to_ascii_lowercase();
            match property.trim().to_ascii_lowercase().as_str() {
                "display" => {
                    style.hidden = Some(value == "none");
                    style.display = Display::parse(&value).or(style.display);
                }
                "visibility" if value != "inherit" => {
                    style.hidden = Some(matches!(value.as_str(), "hidden" | "collapse"))
                }
                "text-decoration" | "text-decoration-line" => {
                    style.struck = Some(value.contains("line-through"))
                }
                "white-space" => {
                    style.preformatted =
                        Some(matches!(value.as_str(), "pre" | "pre-wrap" | "pre-line" | "break-spaces"))
                }
                "list-style-type" => style.list = Some(value),
                "list-style" => {
                    let word = value
                        .split_whitespace()
                        .find(|word| !matches!(*word, "inside" | "outside") && !word.starts_with("url("));
                    style.list = word.map(str::to_owned).or(style.list);
                }
                "flex-direction" | "flex-flow" => {
                    style.column = Some(value.contains("column"));
                    let reverse = |word: &str| matches!(word, "row-reverse" | "column-reverse");
                    style.reversed = Some(value.split_whitespace().any(reverse));
                }
                "order" => style.order = value.parse().ok().or(style.order),
                "grid-template-columns" => style.columns = Some(columns(&value)),
                "width" => {
                    // Most rules give some width; only one that fills the line says anything here.
                    let share = value.strip_suffix('%').or_else(|| value.strip_suffix("vw"));
                    let wide = share.and_then(|n| n.parse::<f32>().ok()).is_some_and(|n| n > 50.0);
                    style.wide = wide.then_some(true);
                }
                "float" => style.float = Some(matches!(value.as_str(), "left" | "inline-start")),
                "position" => style.lifted = Some(matches!(value.as_str(), "absolute" | "fixed")),
                property @ ("counter-reset" | "counter-increment" | "counter-set" | "content") => {
                    let raw = raw.trim();
                    style.counting.declare(property, raw.strip_suffix("!important").unwrap_or(raw).trim());
                }
                _ => {}
            }
        }
        style
    }

    fn says_nothing(&self) -> bool {
        *self == Style::default()
    }

    /// This style with `over` laid over it.
    fn under(&self, over: &Style) -> Style {
        Style {
            hidden: over.hidden.or(self.hidden),
            struck: over.struck.or(self.struck),
            preformatted: over.preformatted.or(self.preformatted),
            list: over.list.clone().or_else(|| self.list.clone()),
            display: over.display.or(self.display),
            column: over.column.or(self.column),
            reversed: over.reversed.or(self.reversed),
            order: over.order.or(self.order),
            columns: over.columns.or(self.columns),
            wide: over.wide.or(self.wide),
            float: over.float.or(self.float),
            lifted: over.lifted.or(self.lifted),
            counting: self.counting.under(&over.counting),
        }
    }
}

/// The declarations of a text; a semicolon in a string ends none.
fn declarations(text: &str) -> impl Iterator<Item = &str> {
    let (mut quote, mut escaped) = (None, false);
    text.split(move |c: char| {
        match quote {
            _ if escaped => escaped = false,
            _ if c == '\\' => escaped = true,
            Some(open) if c == open || c == '\n' => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => return c == ';',
            Some(_) => {}
        }
        false
    })
}

/// How many columns a value of `grid-template-columns` makes; 1 where that depends on the width.
fn columns(value: &str) -> usize {
    let mut count = 0usize;
    let mut rest = value;
    while let Some(at) = rest.find("repeat(") {
        count = count.saturating_add(tracks(&rest[..at]));
        rest = &rest[at + "repeat(".len()..];
        let Some((times, repeated)) = rest.split_once(',') else { return 1 };
        let Ok(times) = times.trim().parse::<usize>() else { return 1 };
        let mut open = 1usize;
        let close = repeated.find(|c| {
            open = if c == '(' { open + 1 } else { open - usize::from(c == ')') };
            open == 0
        });
        let Some(close) = close else { return 1 };
        count = count.saturating_add(tracks(&repeated[..close]).saturating_mul(times));
        rest = &repeated[close + 1..];
    }
    count.saturating_add(tracks(rest)).clamp(1, 100)
}

/// How many tracks a list has; names in brackets are none.
fn tracks(list: &str) -> usize {
    let (mut count, mut depth, mut inside) = (0, 0usize, false);
    for c in list.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if c.is_whitespace() => inside = false,
            _ if !inside => {
                inside = true;
                count += 1;
            }
            _ => {}
        }
    }
    count
}

/// A part of an element that only styles know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pseudo {
    /// `::before`
    Before,
    /// `::marker`
    Marker,
}

/// Styles that the page's own `style` elements give.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_element: HashMap<NodeId, Style>,
    before: HashMap<NodeId, Counting>,
    markers: HashMap<NodeId, Counting>,
    symbols: Symbols,
}

impl Styles {
    /// Most matches of a selector against an element that are tried; rules after that are ignored.
    const MOST_WORK: usize = 20_000_000;

    /// Reads the `style` elements of a page; `work` counts the matches that were tried, over several pages.
    pub fn of(page: &Html, work: &mut usize) -> Self {
        let mut styles = Self::default();
        let nodes = page.tree.values().len();
        for node in page.tree.nodes() {
            let Some(element) = node.value().as_element().filter(|e| e.name() == "style") else { continue };
            if !element.attr("media").is_none_or(is_shown) {
                continue;
            }
            let css: String = node
                .children()
                .filter_map(|child| child.value().as_text().map(|text| text.to_string()))
                .collect();
            let mut sheet = Sheet::default();
            sheet.read(&strip_comments(&css), 0);
            for (name, block) in &sheet.counter_styles {
                styles.symbols.define(name, declarations(block));
            }
            for (selectors, style) in sheet.rules {
                for selector in selectors.split(',').map(str::trim) {
                    let Some((selector, pseudo)) = styles.wanted(selector, &style) else { continue };
                    *work = work.saturating_add(nodes);
                    if *work > Self::MOST_WORK {
                        return styles;
                    }
                    styles.add(page, &selector, pseudo, &style);
                }
            }
        }
        styles
    }

    /// The selector of a rule that says something of what it selects.
    fn wanted(&self, selector: &str, style: &Style) -> Option<(Selector, Option<Pseudo>)> {
        let (selector, pseudo) = parted(selector);
        let own = match pseudo {
            None => {
                let counts = Counting { content: None, ..style.counting.clone() };
                let looks = *style != Style { counting: style.counting.clone(), ..Style::default() };
                let selector = match looks {
                    true => simple(selector),
                    false => (!counts.says_nothing()).then(|| numbering(selector)).flatten(),
                };
                return selector.map(|selector| (selector, None));
            }
            Some(Pseudo::Before) => &self.before,
            Some(Pseudo::Marker) => &self.markers,
        };
        // Icons and ornaments are no numbers; at most they replace one.
        let wanted = if own.is_empty() { style.counting.counts() } else { !style.counting.says_nothing() };
        wanted.then(|| numbering(selector)).flatten().map(|selector| (selector, pseudo))
    }

    fn add(&mut self, page: &Html, selector: &Selector, pseudo: Option<Pseudo>, style: &Style) {
        let styles = match pseudo {
            None => {
                for element in page.select(selector) {
                    let entry = self.by_element.entry(element.id()).or_default();
                    *entry = entry.under(style);
                }
                return;
            }
            Some(Pseudo::Before) => &mut self.before,
            Some(Pseudo::Marker) => &mut self.markers,
        };
        for element in page.select(selector) {
            let entry = styles.entry(element.id()).or_default();
            *entry = entry.under(&style.counting);
        }
    }

    /// The style of an element, its own `style` attribute first.
    pub fn style(&self, id: NodeId, element: &Element) -> Style {
        let own = element.attr("style").map(Style::parse).unwrap_or_default();
        self.by_element.get(&id).map_or_else(|| own.clone(), |rules| rules.under(&own))
    }

    /// What the styles say of the `::before` of an element.
    pub fn before(&self, id: NodeId) -> Option<&Counting> {
        self.before.get(&id)
    }

    /// What the styles say of the `::marker` of an element.
    pub fn marker(&self, id: NodeId) -> Option<&Counting> {
        self.markers.get(&id)
    }

    /// The counter styles.
    pub fn symbols(&self) -> &Symbols {
        &self.symbols
    }

    /// Whether any number is counted by the styles.
    pub fn count(&self) -> bool {
        !self.before.is_empty() || !self.markers.is_empty()
    }
}

/// A selector without the part of the element that it ends with, and that part.
fn parted(selector: &str) -> (&str, Option<Pseudo>) {
    for (name, pseudo) in
        [("::before", Pseudo::Before), (":before", Pseudo::Before), ("::marker", Pseudo::Marker)]
    {
        if let Some(cut) = selector.len().checked_sub(name.len())
            && selector.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(name))
        {
            let element = selector[..cut].trim_end_matches(' ');
            return (if element.is_empty() { "*" } else { element }, Some(pseudo));
        }
    }
    (selector, None)
}

/// A selector for numbers: what [`simple`] takes, attributes, and the few pseudo-classes that only ask for the place in the page.
fn numbering(selector: &str) -> Option<Selector> {
    if let Some(selector) = simple(selector) {
        return Some(selector);
    }
    let mut plain = selector.to_ascii_lowercase();
    for class in [":not(", ":first-child", ":last-child", ":root"] {
        plain = plain.replace(class, "");
    }
    let fits = selector.len() <= 200
        && plain.chars().all(|c| c.is_alphanumeric() || "_-.#*>+ ()[]=^$\"'".contains(c));
    fits.then(|| Selector::parse(selector).ok()).flatten()
}

/// A selector of names, classes, ids and descendants; others are not read, since whether they hold depends on more than the
/// page's text.
fn simple(selector: &str) -> Option<Selector> {
    let fits = !selector.is_empty()
        && selector.len() <= 200
        && selector
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '#' | '*' | '>' | ' '));
    fits.then(|| Selector::parse(selector).ok()).flatten()
}

/// What is read of a style sheet.
#[derive(Debug, Default)]
struct Sheet {
    /// Selectors and the style of each rule that says something, in order.
    rules: Vec<(String, Style)>,
    /// Names and blocks of `@counter-style`.
    counter_styles: Vec<(String, String)>,
}

impl Sheet {
    /// Deepest nesting of at-rules that is read.
    const MOST_DEPTH: usize = 8;

    /// Reads rules. Blocks of at-rules are passed over unless they hold for every screen.
    fn read(&mut self, css: &str, depth: usize) {
        let mut rest = css;
        while let Some(open) = rest.find('{') {
            let head = rest[..open].trim();
            // "@import …;" may stand before the next rule.
            let head = head.rsplit_once(';').map_or(head, |(_, last)| last.trim());
            let body = &rest[open + 1..];
            let end = block_end(body);
            let block = &body[..end];
            if let Some(at) = head.strip_prefix('@') {
                let (name, condition) =
                    at.split_at(at.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(at.len()));
                match name.to_ascii_lowercase().as_str() {
                    "counter-style" => self.counter_styles.push((condition.to_owned(), block.to_owned())),
                    "media" if depth < Self::MOST_DEPTH && is_shown(condition) => self.read(block, depth + 1),
                    "layer" if depth < Self::MOST_DEPTH => self.read(block, depth + 1),
                    _ => {}
                }
            } else {
                let style = Style::parse(block);
                if !style.says_nothing() {
                    self.rules.push((head.to_owned(), style));
                }
            }
            rest = body.get(end + 1..).unwrap_or("");
        }
    }
}

/// Whether a list of media queries holds for every screen. Of one that asks for more than the kind of medium, nobody knows.
fn is_shown(queries: &str) -> bool {
    let holds = |query: &str| {
        let query = query.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let medium = query.strip_prefix("only ").unwrap_or(&query);
        matches!(medium, "" | "all" | "screen" | "not print" | "not speech")
    };
    queries.split(',').any(holds)
}

/// Where the block that was opened before `body` ends.
fn block_end(body: &str) -> usize {
    let mut depth = 0usize;
    let (mut quote, mut escaped) = (None, false);
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if quote == Some(byte) || byte == b'\n' => quote = None,
            _ if quote.is_some() => {}
            b'"' | b'\'' => quote = Some(byte),
            b'{' => depth += 1,
            b'}' if depth == 0 => return at,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    body.len()
}

fn strip_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(open) = rest.find("/*") {
        out.push_str(&rest[..open]);
        rest = rest[open + 2..].find("*/").map_or("", |end| &rest[open + 4 + end..]);
    }
    out.push_str(rest);
    out.replace("<!--", "").replace("-->", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(css: &str) -> Vec<(String, Style)> {
        let mut sheet = Sheet::default();
        sheet.read(&strip_comments(css), 0);
        sheet.rules
    }

    #[test]
    fn rules_for_a_screen_are_read() {
        for (head, shown) in [
            ("@media screen", true),
            ("@media all", true),
            ("@MEDIA only Screen", true),
            ("@media print, screen", true),
            ("@media not print", true),
            ("@media", true),
            ("@layer base", true),
            ("@media print", false),
            ("@media not screen", false),
            ("@media screen and (max-width: 600px)", false),
            ("@media(max-width:600px)", false),
            ("@font-face", false),
        ] {
            assert_eq!(rules(&format!("{head}{{.a{{display:none}}}}")).len(), usize::from(shown), "{head}");
        }
        let nested = rules("@media screen{@media print{.a{display:none}}.b{display:none}} .c{display:none}");
        let names: Vec<&str> = nested.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, [".b", ".c"]);
        let deep = format!("{}.a{{display:none}}", "@media screen{".repeat(10_000));
        assert!(rules(&deep).is_empty());
        let page = Html::parse_document("<style media=print>p{display:none}</style><p>가");
        let p = page.select(&Selector::parse("p").unwrap()).next().unwrap();
        assert_eq!(Styles::of(&page, &mut 0).style(p.id(), p.value()).hidden, None);
    }

    #[test]
    fn rules_are_read_and_at_rules_passed_over() {
        let rules = rules(
            "@import 'x';/* a{} */ .a, #b > li{DISPLAY: none !important} @media print{.c{display:none}} ol{list-style: inside lower-roman} p{color:red}",
        );
        let names: Vec<&str> = rules.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, [".a, #b > li", "ol"]);
        assert_eq!(rules[0].1.hidden, Some(true));
        assert_eq!(rules[1].1.list.as_deref(), Some("lower-roman"));
    }

    #[test]
    fn the_attribute_wins_over_the_rule() {
        let page = Html::parse_document(
            "<style>.a{display:none}</style><p class=a style='display:block'>x<p class=a>y",
        );
        let styles = Styles::of(&page, &mut 0);
        let hidden: Vec<Option<bool>> = page
            .select(&Selector::parse("p").unwrap())
            .map(|p| styles.style(p.id(), p.value()).hidden)
            .collect();
        assert_eq!(hidden, [Some(false), Some(true)]);
    }

    #[test]
    fn broken_css_is_harmless() {
        for css in
            ["{", "}", "a{", "/*", "a{b:c", "@media{a{", ":not(:not(a)){display:none}", "é{display:none}"]
        {
            let _ = rules(css);
            let page = Html::parse_document(&format!("<style>{css}</style><p>가"));
            let _ = Styles::of(&page, &mut 0);
        }
    }

    #[test]
    fn display_is_read_in_full() {
        let read = |css: &str| Style::parse(css).display.map(|d| (d.outer, d.inner, d.marker));
        assert_eq!(read("display:flex"), Some((Outer::Block, Inner::Flex, false)));
        assert_eq!(read("display:-ms-flexbox;display:FLEX !important"), read("display:flex"));
        assert_eq!(read("display:flex;display:unheard-of"), read("display:flex"));
        assert_eq!(read("display:inline-grid"), Some((Outer::InlineBlock, Inner::Grid, false)));
        assert_eq!(read("display:list-item"), Some((Outer::Block, Inner::Text, true)));
        assert_eq!(read("display:none"), None);
        for (value, count) in [
            ("none", 1),
            ("40px 1fr", 2),
            ("repeat(3, 1fr)", 3),
            ("[a] 1fr repeat(2, minmax(0, 1fr) 2px) [b]", 5),
            ("repeat(auto-fit, minmax(1px, 1fr))", 1),
            ("minmax(0, 1fr) 1fr", 2),
            ("repeat(99999999999999999, 1fr)", 100),
            ("repeat(", 1),
            ("repeat(2, (", 1),
        ] {
            assert_eq!(columns(value), count, "{value}");
        }
    }

    #[test]
    fn strings_may_hold_what_ends_a_declaration() {
        let all: Vec<&str> = declarations(r#"a:"x;y";b:'\';';c:"open"#).collect();
        assert_eq!(all, [r#"a:"x;y""#, r"b:'\';'", "c:\"open"]);
        assert_eq!(rules("a::before{content:'}'} b{display:none}").len(), 2);
    }
}
