//! Markers of list items as a browser shows them: counters of `<ol>` and the counter styles that it may have.
//! Names and suffixes follow CSS Counter Styles Level 3 and the ready-made styles for Korean.

use crate::load::html::symbols::Symbols;
use crate::load::numeral;
use scraper::node::Element;

/// A list that is open while the page is walked.
#[derive(Clone, Debug)]
pub(super) struct List {
    ordered: bool,
    style: Option<String>,
    next: i64,
    step: i64,
    /// Whether an item had a counter style that the page defines and that is not read.
    pub unread: bool,
}

impl List {
    /// A list for its element; `style` is what CSS says, `items` how many items it has (for counting down).
    pub fn new(element: &Element, style: Option<String>, items: usize) -> Self {
        let ordered = element.name() == "ol";
        let reversed = ordered && element.attr("reversed").is_some();
        let start = element.attr("start").and_then(integer);
        let style = style.or_else(|| element.attr("type").map(|kind| by_type(kind.trim())));
        Self {
            ordered,
            style,
            next: start.unwrap_or(if reversed { i64::try_from(items).unwrap_or(0) } else { 1 }),
            step: if reversed { -1 } else { 1 },
            unread: false,
        }
    }

    /// The number of the item whose marker was given last.
    pub fn number(&self) -> i64 {
        self.next.saturating_sub(self.step)
    }

    /// The marker of the next item; empty when none is shown.
    pub fn marker(&mut self, item: &Element, style: Option<String>, symbols: &Symbols) -> String {
        let value = item.attr("value").filter(|_| self.ordered).and_then(integer).unwrap_or(self.next);
        self.next = value.saturating_add(self.step);
        let own = style.or_else(|| item.attr("type").map(|kind| by_type(kind.trim())));
        match own.as_deref().or(self.style.as_deref()) {
            Some(style) => {
                self.unread |= symbols.lacks(style);
                symbols.print(style, value).marker()
            }
            None if self.ordered => format!("{value}."),
            None => "-".into(),
        }
    }
}

fn integer(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.trim_start_matches(['-', '+']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let value: i64 = digits[..end].parse().ok()?;
    // Browsers keep counters in 32 bits.
    let value = value.min(i64::from(i32::MAX));
    Some(if text.starts_with('-') { -value } else { value })
}

/// The `type` attribute, which tells letters by their case.
fn by_type(kind: &str) -> String {
    match kind {
        "a" => "lower-alpha".into(),
        "A" => "upper-alpha".into(),
        "i" => "lower-roman".into(),
        "I" => "upper-roman".into(),
        "1" => "decimal".into(),
        other => other.to_ascii_lowercase(),
    }
}

/// Whether a counter style is one of those that [`number`] prints; others are printed in plain digits.
pub(super) fn is_known(style: &str) -> bool {
    style == "decimal" || number(style, 2) != number("decimal", 2)
}

/// A number as a counter style prints it, and the suffix that a list puts behind it.
pub(super) fn number(style: &str, n: i64) -> (String, &'static str) {
    let style = style.strip_prefix("-moz-").or_else(|| style.strip_prefix("-webkit-")).unwrap_or(style);
    match style {
        "none" | "" => (String::new(), ""),
        "disc" | "circle" | "square" | "disclosure-open" | "disclosure-closed" => ("-".into(), ""),
        "decimal-leading-zero" => (format!("{n:02}"), "."),
        "lower-alpha" | "lower-latin" => (numeral::letter(n), "."),
        "upper-alpha" | "upper-latin" => (numeral::letter(n).to_uppercase(), "."),
        "lower-roman" => (numeral::roman(n), "."),
        "upper-roman" => (numeral::roman(n).to_uppercase(), "."),
        "hangul" | "korean-syllable" => (numeral::ganada(n), "."),
        "hangul-consonant" | "korean-consonant" => (numeral::chosung(n), "."),
        "korean-hangul-formal" => (numeral::counted(n, &numeral::KOREAN_FORMAL), ","),
        "korean-hanja-formal" => (numeral::counted(n, &numeral::HANJA_FORMAL), ","),
        "korean-hanja-informal" => (numeral::counted(n, &numeral::HANJA), ","),
        "cjk-decimal" => {
            (numeral::digits(n, &["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]), "、")
        }
        "cjk-ideographic" | "trad-chinese-informal" => (numeral::counted(n, &numeral::HANJA), "、"),
        "cjk-heavenly-stem" => (numeral::cyclic(n, "甲乙丙丁戊己庚辛壬癸"), "、"),
        "cjk-earthly-branch" => (numeral::cyclic(n, "子丑寅卯辰巳午未申酉戌亥"), "、"),
        "circled-decimal" => (numeral::circled(n), ""),
        "parenthesized-decimal" => (numeral::parenthesised(n), ""),
        quoted if quoted.starts_with(['"', '\'']) => (quoted.trim_matches(['"', '\'']).trim().to_owned(), ""),
        _ => (n.to_string(), "."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::{Html, Selector};

    fn markers(page: &str) -> Vec<String> {
        let page = Html::parse_fragment(page);
        let list = page.select(&Selector::parse("ol,ul").unwrap()).next().unwrap();
        let items: Vec<_> = page.select(&Selector::parse("li").unwrap()).collect();
        let mut open = List::new(list.value(), None, items.len());
        let symbols = Symbols::default();
        items.iter().map(|item| open.marker(item.value(), None, &symbols)).collect()
    }

    #[test]
    fn attributes_count_as_in_a_browser() {
        assert_eq!(markers("<ol><li>a<li>b"), ["1.", "2."]);
        assert_eq!(markers("<ol start=5><li>a<li value=9>b<li>c"), ["5.", "9.", "10."]);
        assert_eq!(markers("<ol reversed><li>a<li>b<li>c"), ["3.", "2.", "1."]);
        assert_eq!(markers("<ol type=A><li>a<li type=i>b"), ["A.", "ii."]);
        assert_eq!(markers("<ol start=x><li>a"), ["1."]);
        assert_eq!(markers("<ul><li>a"), ["-"]);
        assert_eq!(markers("<ol start=99999999999><li value=-3>a<li>b"), ["-3.", "-2."]);
    }

    #[test]
    fn counter_styles_print_korean() {
        let cases = [
            ("hangul", "나."),
            ("-moz-hangul-consonant", "ㄴ."),
            ("korean-hangul-formal", "이,"),
            ("none", ""),
            ("upper-roman", "II."),
            ("decimal-leading-zero", "02."),
            ("cjk-decimal", "二、"),
            ("'§ '", "§"),
            ("unheard-of", "2."),
        ];
        for (style, expected) in cases {
            assert_eq!(Symbols::default().print(style, 2).marker(), expected, "{style}");
        }
    }
}
