//! The little of CSS that decides what is read: hidden, struck through, preformatted, list markers. From `style`
//! attributes and simple selectors of `style` elements; media queries, pseudo-classes and outside files are not read.

use ego_tree::NodeId;
use scraper::node::Element;
use scraper::{Html, Selector};
use std::collections::HashMap;

/// What the style of one element says; `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub hidden: Option<bool>,
    pub struck: Option<bool>,
    pub preformatted: Option<bool>,
    /// `list-style-type` in lower case.
    pub list: Option<String>,
}

impl Style {
    /// Reads declarations (`a: b; c: d`).
    fn parse(declarations: &str) -> Self {
        let mut style = Style::default();
        for declaration in declarations.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().trim_end_matches("!important").trim().to_ascii_lowercase();
            match property.trim().to_ascii_lowercase().as_str() {
                "display" => style.hidden = Some(value == "none"),
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
        }
    }
}

/// Styles that the page's own `style` elements give.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_element: HashMap<NodeId, Style>,
}

impl Styles {
    /// Most matches of a selector against an element that are tried; rules after that are ignored.
    const MOST_WORK: usize = 20_000_000;

    /// Reads the `style` elements of a page.
    pub fn of(page: &Html) -> Self {
        let mut styles = Self::default();
        let nodes = page.tree.values().len();
        let mut work = 0;
        for node in page.tree.nodes() {
            if node.value().as_element().is_none_or(|element| element.name() != "style") {
                continue;
            }
            let css: String = node
                .children()
                .filter_map(|child| child.value().as_text().map(|text| text.to_string()))
                .collect();
            for (selectors, style) in rules(&css) {
                for selector in selectors.split(',').map(str::trim) {
                    work += nodes;
                    if work > Self::MOST_WORK {
                        return styles;
                    }
                    let Some(selector) = simple(selector) else { continue };
                    for element in page.select(&selector) {
                        let entry = styles.by_element.entry(element.id()).or_default();
                        *entry = entry.under(&style);
                    }
                }
            }
        }
        styles
    }

    /// The style of an element, its own `style` attribute first.
    pub fn style(&self, id: NodeId, element: &Element) -> Style {
        let own = element.attr("style").map(Style::parse).unwrap_or_default();
        self.by_element.get(&id).map_or_else(|| own.clone(), |rules| rules.under(&own))
    }
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

/// Selectors and the style of each rule that says something, in order; blocks of at-rules are passed over.
fn rules(css: &str) -> Vec<(String, Style)> {
    let css = strip_comments(css);
    let mut out = Vec::new();
    let mut rest = css.as_str();
    while let Some(open) = rest.find('{') {
        let head = rest[..open].trim();
        // "@import …;" may stand before the next rule.
        let head = head.rsplit_once(';').map_or(head, |(_, last)| last.trim());
        let body = &rest[open + 1..];
        let end = block_end(body);
        if !head.starts_with('@') {
            let style = Style::parse(&body[..end]);
            if !style.says_nothing() {
                out.push((head.to_owned(), style));
            }
        }
        rest = body.get(end + 1..).unwrap_or("");
    }
    out
}

/// Where the block that was opened before `body` ends.
fn block_end(body: &str) -> usize {
    let mut depth = 0usize;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
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
        let styles = Styles::of(&page);
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
            let _ = Styles::of(&page);
        }
    }
}
