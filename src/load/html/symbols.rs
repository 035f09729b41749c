//! Counter styles that a page defines itself (`@counter-style`), as CSS Counter Styles Level 3 has them, without additive ones
//! and ranges.

use crate::load::html::counter::string;
use crate::load::html::list;
use crate::load::numeral;
use std::collections::HashMap;

/// Most symbols of a style, and most characters of one symbol, prefix or suffix.
const MOST_SYMBOLS: usize = 200;
const MOST_TEXT: usize = 20;
/// Most styles that one may go through by `extends` and `fallback`.
const MOST_DEPTH: usize = 4;

/// How a style makes symbols out of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
enum System {
    Cyclic,
    /// From this number on.
    Fixed(i64),
    Numeric,
    Alphabetic,
    Symbolic,
    Extends(String),
}

/// One style.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CounterStyle {
    system: System,
    symbols: Vec<String>,
    prefix: Option<String>,
    suffix: Option<String>,
    fallback: Option<String>,
    /// How many characters a number has at least, and what fills them up.
    pad: Option<(usize, String)>,
}

/// A number in print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    pub prefix: String,
    pub number: String,
    pub suffix: String,
}

impl Printed {
    /// As a list shows it.
    pub fn marker(&self) -> String {
        format!("{}{}{}", self.prefix, self.number, self.suffix).trim().to_owned()
    }
}

/// The counter styles of a page, by name in lower case; `None` for one that is not read.
#[derive(Debug, Default)]
pub(super) struct Symbols(HashMap<String, Option<CounterStyle>>);

impl Symbols {
    /// Adds the style that the block of an at-rule defines.
    pub fn define<'t>(&mut self, name: &str, declarations: impl Iterator<Item = &'t str>) {
        let name = name.trim().to_ascii_lowercase();
        // These mean the same on every page.
        if !matches!(name.as_str(), "" | "none" | "decimal" | "disc" | "circle" | "square") {
            self.0.insert(name, CounterStyle::parse(declarations));
        }
    }

    /// Whether a number in this style is printed as a browser prints it, as far as the page tells.
    pub fn reads(&self, style: &str) -> bool {
        self.0.get(style).map_or_else(|| list::is_known(style), Option::is_some)
    }

    /// Whether the page defines the style in a way that is not read.
    pub fn lacks(&self, style: &str) -> bool {
        self.0.get(style).is_some_and(Option::is_none)
    }

    /// A number in a style; in plain digits where the style is not read.
    pub fn print(&self, style: &str, n: i64) -> Printed {
        self.at_depth(style, n, 0)
    }

    fn at_depth(&self, style: &str, n: i64, depth: usize) -> Printed {
        let own = self.0.get(style).and_then(Option::as_ref).filter(|_| depth < MOST_DEPTH);
        let Some(own) = own else {
            let style = if self.0.contains_key(style) { "decimal" } else { style };
            let (number, suffix) = list::number(style, n);
            return Printed { prefix: String::new(), number, suffix: suffix.to_owned() };
        };
        let (prefix, number, suffix) = match &own.system {
            System::Extends(other) => {
                let Printed { prefix, number, suffix } = self.at_depth(other, n, depth + 1);
                (prefix, number, suffix)
            }
            _ => {
                let fallback = || own.fallback.as_deref().unwrap_or("decimal");
                let number = own.number(n).unwrap_or_else(|| self.at_depth(fallback(), n, depth + 1).number);
                (String::new(), number, ". ".to_owned())
            }
        };
        Printed {
            prefix: own.prefix.clone().unwrap_or(prefix),
            number: own.padded(number),
            suffix: own.suffix.clone().unwrap_or(suffix),
        }
    }
}

impl CounterStyle {
    /// Reads the descriptors; `None` when there is one that changes numbers and is not read.
    fn parse<'t>(declarations: impl Iterator<Item = &'t str>) -> Option<Self> {
        let mut style = Self {
            system: System::Symbolic,
            symbols: Vec::new(),
            prefix: None,
            suffix: None,
            fallback: None,
            pad: None,
        };
        for declaration in declarations {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "system" => style.system = System::parse(&value.to_ascii_lowercase())?,
                "symbols" => style.symbols = symbols(value)?,
                "prefix" => style.prefix = Some(symbols(value)?.concat()),
                "suffix" => style.suffix = Some(symbols(value)?.concat()),
                "fallback" => style.fallback = Some(value.to_ascii_lowercase()),
                "pad" => {
                    let (length, filler) = value.split_once(char::is_whitespace)?;
                    style.pad = Some((length.parse().ok()?, symbols(filler)?.concat()));
                }
                "range" if value != "auto" => return None,
                "additive-symbols" => return None,
                _ => {}
            }
        }
        let least = match style.system {
            System::Extends(_) => 0,
            System::Numeric | System::Alphabetic => 2,
            _ => 1,
        };
        (style.symbols.len() >= least).then_some(style)
    }

    /// The symbols of a number; `None` outside the range of the system.
    fn number(&self, n: i64) -> Option<String> {
        let count = i64::try_from(self.symbols.len()).ok().filter(|count| *count > 0)?;
        let symbol = |at: i64| usize::try_from(at).ok().and_then(|at| self.symbols.get(at)).cloned();
        match self.system {
            System::Cyclic => symbol(n.saturating_sub(1).rem_euclid(count)),
            System::Fixed(first) => symbol(n.saturating_sub(first)),
            System::Numeric => {
                let mut rest = n.unsigned_abs();
                let mut out = Vec::new();
                loop {
                    out.push(symbol(i64::try_from(rest % count.unsigned_abs()).ok()?)?);
                    rest /= count.unsigned_abs();
                    if rest == 0 {
                        break;
                    }
                }
                out.extend((n < 0).then(|| "-".to_owned()));
                Some(out.into_iter().rev().collect())
            }
            System::Alphabetic => (n > 0).then(|| numeral::bijective(n, &self.symbols)),
            System::Symbolic => {
                let round = (n.saturating_sub(1)).div_euclid(count) + 1;
                let round = usize::try_from(round).ok().filter(|round| n > 0 && *round <= MOST_TEXT)?;
                symbol((n - 1) % count).map(|symbol| symbol.repeat(round))
            }
            System::Extends(_) => None,
        }
    }

    fn padded(&self, number: String) -> String {
        let Some((length, filler)) = &self.pad else { return number };
        let missing = length.saturating_sub(number.chars().count()).min(MOST_TEXT);
        format!("{}{number}", filler.repeat(missing))
    }
}

impl System {
    fn parse(value: &str) -> Option<Self> {
        let mut words = value.split_whitespace();
        Some(match (words.next()?, words.next()) {
            ("cyclic", None) => System::Cyclic,
            ("fixed", first) => System::Fixed(first.map_or(Ok(1), str::parse::<i32>).ok()?.into()),
            ("numeric", None) => System::Numeric,
            ("alphabetic", None) => System::Alphabetic,
            ("symbolic", None) => System::Symbolic,
            ("extends", Some(name)) => System::Extends(name.to_owned()),
            _ => return None,
        })
    }
}

/// Strings and bare words; `None` for pictures and what is too long.
fn symbols(value: &str) -> Option<Vec<String>> {
    let mut out = Vec::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let (symbol, after) = if rest.starts_with(['"', '\'']) {
            string(rest)?
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).unwrap_or(rest.len());
            let word = &rest[..end];
            // A picture, or an escape outside a string.
            if word.contains(['(', '\\']) {
                return None;
            }
            (word.to_owned(), &rest[end..])
        };
        if out.len() == MOST_SYMBOLS || symbol.chars().count() > MOST_TEXT {
            return None;
        }
        out.push(symbol);
        rest = after.trim_start();
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(styles: &[(&str, &str)]) -> Symbols {
        let mut all = Symbols::default();
        for (name, block) in styles {
            all.define(name, block.split(';'));
        }
        all
    }

    #[test]
    fn numbers_are_printed_as_the_page_defines_them() {
        let styles = page(&[
            ("Cycle", "system: cyclic; symbols: '◆' '◇'; suffix: ' '"),
            ("circled", "system: fixed; symbols: ① ② ③; suffix: ' '"),
            ("late", "system: fixed 3; symbols: 다 라"),
            ("binary", "system: numeric; symbols: '0' '1'; pad: 3 '0'"),
            ("hangul2", "system: alphabetic; symbols: 가 나 다; suffix: ') '"),
            ("star", "symbols: '*'; suffix: ''"),
            ("paren", "system: extends decimal; prefix: '('; suffix: ') '"),
            ("jo", "system: extends decimal; prefix: '제'; suffix: '조 '"),
            ("double", "system: extends paren; suffix: ']'"),
            ("loop", "system: extends loop"),
        ]);
        for (style, n, marker) in [
            ("cycle", 3, "◆"),
            ("circled", 2, "②"),
            ("circled", 4, "4"),
            ("late", 3, "다."),
            ("late", 1, "1."),
            ("binary", 5, "101."),
            ("binary", 1, "001."),
            ("hangul2", 3, "다)"),
            ("hangul2", 4, "가가)"),
            ("star", 3, "***"),
            ("paren", 7, "(7)"),
            ("jo", 7, "제7조"),
            ("double", 7, "(7]"),
            ("loop", 7, "7."),
            ("lower-roman", 4, "iv."),
        ] {
            assert_eq!(styles.print(style, n).marker(), marker, "{style} {n}");
        }
        assert_eq!(styles.print("jo", 3).number, "3");
        assert!(styles.reads("jo") && styles.reads("hangul") && !styles.reads("unheard-of"));
    }

    #[test]
    fn what_is_not_read_is_known() {
        for block in [
            "system: additive; additive-symbols: 10 '십', 1 '일'",
            "system: fixed; symbols: url(a.png)",
            "system: extends decimal; range: 1 5",
            "system: numeric; symbols: '0'",
            "system: cyclic",
            "pad: 3; symbols: a",
            "symbols: '",
        ] {
            let styles = page(&[("own", block)]);
            assert!(styles.lacks("own") && !styles.reads("own"), "{block}");
            assert_eq!(styles.print("own", 2).marker(), "2.", "{block}");
        }
        let styles = page(&[
            ("a", "system: numeric; symbols: 0 1"),
            ("b", "symbols: x"),
            ("c", "system: fixed; symbols: x"),
        ]);
        for n in [i64::MIN, -1, 0, i64::MAX] {
            for style in ["a", "b", "c"] {
                assert!(styles.print(style, n).marker().chars().count() <= 70);
            }
        }
    }
}
