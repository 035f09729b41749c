//! Formulas in one line, so that nothing of them is lost and nothing reads otherwise than it is set: (a+b)/c, root(5, x),
//! x_1, (1+r)^n, ∑(i=1..n)x. Shared by Office Math and by EQ fields; knows nothing of the paragraph around.

use crate::load::docx::xml::words;
use roxmltree::Node;

/// A formula of Office Math (22.1).
pub(super) fn linear(node: Node) -> String {
    let mut out = String::new();
    for child in node.children().filter(Node::is_element) {
        let text = term(child);
        // Side by side on one line, "2" and "1/2" would be "21/2", and what follows an index would belong to it.
        let set = |node: Node| is_set(node.tag_name().name());
        let before = child.prev_sibling_element();
        let apart = set(child) && out.ends_with(|c: char| c.is_ascii_digit()) || before.is_some_and(set);
        if apart && !out.is_empty() && text.starts_with(|c: char| c.is_alphanumeric() || "([{".contains(c)) {
            out.push(' ');
        }
        out.push_str(&text);
    }
    out
}

/// Elements that Word does not set as plain text on the line.
fn is_set(name: &str) -> bool {
    matches!(name, "f" | "sSub" | "sSup" | "sSubSup" | "sPre" | "limLow" | "limUpp")
}

fn term(node: Node) -> String {
    let part = |name: &str| node.children().find(|child| child.tag_name().name() == name);
    let text = |name: &str| part(name).map(linear).unwrap_or_default();
    // A property, as `m:val`: what Word takes without it depends on the element.
    let property = |name: &str| {
        let all = node.children().find(|child| child.tag_name().name().ends_with("Pr"))?;
        let found = all.children().find(|child| child.tag_name().name() == name)?;
        found.attributes().find(|attribute| attribute.name() == "val").map(|attribute| attribute.value())
    };
    match node.tag_name().name() {
        "t" => words(node),
        "f" if property("type") == Some("noBar") => {
            format!("{}¦{}", grouped(&text("num")), grouped(&text("den")))
        }
        "f" => fraction(&text("num"), &text("den")),
        "sSub" | "sSup" | "sSubSup" => grouped(&text("e")) + &scripts(&text("sub"), &text("sup")),
        "sPre" => format!("({}){}", scripts(&text("sub"), &text("sup")), grouped(&text("e"))),
        "limLow" => text("e") + &scripts(&text("lim"), ""),
        "limUpp" => text("e") + &scripts("", &text("lim")),
        "rad" => root(&text("deg"), &text("e")),
        "nary" => sum(property("chr").unwrap_or("∫"), &text("sub"), &text("sup"), &text("e")),
        "func" => {
            let (name, of) = (text("fName"), text("e"));
            let gap = if of.starts_with(char::is_alphanumeric) { " " } else { "" };
            format!("{name}{gap}{of}")
        }
        "d" => {
            let (open, close) = (property("begChr").unwrap_or("("), property("endChr").unwrap_or(")"));
            format!("{open}{}{close}", listed(node, "e", property("sepChr").unwrap_or("|")))
        }
        "eqArr" => listed(node, "e", "; "),
        "m" => format!("[{}]", listed(node, "mr", "; ")),
        "mr" => listed(node, "e", ", "),
        "acc" => accented(&text("e"), property("chr").unwrap_or("\u{302}")),
        "bar" if property("pos") == Some("top") => accented(&text("e"), "\u{305}"),
        "bar" => accented(&text("e"), "\u{332}"),
        "phant" if matches!(property("show"), Some("0" | "off" | "false")) => String::new(),
        "del" | "moveFrom" => String::new(),
        _ => linear(node),
    }
}

/// Parts of that name with a sign between them.
fn listed(node: Node, name: &str, between: &str) -> String {
    let parts = node.children().filter(|child| child.tag_name().name() == name);
    parts.map(|part| if name == "mr" { term(part) } else { linear(part) }).collect::<Vec<_>>().join(between)
}

/// One character carries its accent, a longer stretch has it behind.
fn accented(of: &str, accent: &str) -> String {
    if of.chars().count() <= 1 { format!("{of}{accent}") } else { format!("{}\u{a0}{accent}", grouped(of)) }
}

/// Something that is set as one: a name or a number as it is, anything longer in brackets unless it has some.
pub(super) fn grouped(text: &str) -> String {
    let text = text.trim();
    let single = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '%' | '′'));
    if single || is_bracketed(text) { text.to_owned() } else { format!("({text})") }
}

/// Whether one pair of brackets holds the whole text.
fn is_bracketed(text: &str) -> bool {
    const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];
    let Some((open, close)) = PAIRS.into_iter().find(|(open, _)| text.starts_with(*open)) else {
        return false;
    };
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + c.len_utf8() == text.len();
            }
        }
    }
    false
}

/// A fraction with a stroke.
pub(super) fn fraction(over: &str, under: &str) -> String {
    format!("{}/{}", grouped(over), grouped(under))
}

/// A root; that of a degree which has no sign of its own is named.
pub(super) fn root(degree: &str, of: &str) -> String {
    match degree.trim() {
        "" | "2" => format!("√{}", grouped(of)),
        "3" => format!("∛{}", grouped(of)),
        "4" => format!("∜{}", grouped(of)),
        degree => format!("root({degree}, {})", of.trim()),
    }
}

/// What stands below and above behind a base.
pub(super) fn scripts(below: &str, above: &str) -> String {
    let script = |mark: &str, text: &str| {
        if text.trim().is_empty() { String::new() } else { mark.to_owned() + &grouped(text) }
    };
    script("_", below) + &script("^", above)
}

/// A sum, product or integral with its limits.
pub(super) fn sum(sign: &str, from: &str, to: &str, of: &str) -> String {
    let limits = match (from.trim(), to.trim()) {
        ("", "") => String::new(),
        (from, "") => format!("({from})"),
        (from, to) => format!("({from}..{to})"),
    };
    let gap = if limits.is_empty() && of.starts_with(char::is_alphanumeric) { " " } else { "" };
    format!("{sign}{limits}{gap}{of}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use roxmltree::Document;

    const M: &str = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'";

    fn read(inner: &str) -> String {
        let text = format!("<m:oMath {M}>{inner}</m:oMath>");
        linear(Document::parse(&text).unwrap().root_element())
    }

    fn r(text: &str) -> String {
        format!("<m:r><m:t>{text}</m:t></m:r>")
    }

    fn m(name: &str, inner: &str) -> String {
        format!("<m:{name}>{inner}</m:{name}>")
    }

    #[test]
    fn nothing_of_a_formula_is_lost() {
        let sum = m(
            "nary",
            &format!(
                "<m:naryPr><m:chr m:val='∑'/></m:naryPr>{}{}{}",
                m("sub", &r("i=1")),
                m("sup", &r("n")),
                m("e", &r("월요금"))
            ),
        );
        assert_eq!(read(&sum), "∑(i=1..n)월요금");
        assert_eq!(read(&m("nary", &(m("sub", "") + &m("sup", "") + &m("e", &r("x"))))), "∫ x");
        assert_eq!(read(&m("rad", &(m("deg", &r("3")) + &m("e", &r("8"))))), "∛8");
        assert_eq!(read(&m("rad", &(m("deg", &r("n")) + &m("e", &r("a+b"))))), "root(n, a+b)");
        assert_eq!(read(&m("rad", &m("e", &r("a+b")))), "√(a+b)");
        let bars = "<m:dPr><m:begChr m:val='|'/><m:endChr m:val='|'/></m:dPr>";
        assert_eq!(read(&m("d", &(bars.to_owned() + &m("e", &r("a-b"))))), "|a-b|");
        assert_eq!(
            read(&m(
                "d",
                &("<m:dPr><m:endChr m:val=''/></m:dPr>".to_owned() + &m("e", &r("a")) + &m("e", &r("b")))
            )),
            "(a|b"
        );
        let sub = m("sSub", &(m("e", &r("x")) + &m("sub", &r("1"))));
        let both = m("sSubSup", &(m("e", &r("y")) + &m("sub", &r("2")) + &m("sup", &r("3"))));
        assert_eq!(read(&(sub + &both)), "x_1 y_2^3");
        assert_eq!(read(&m("sSup", &(m("e", &r("1+r")) + &m("sup", &r("n-1"))))), "(1+r)^(n-1)");
        let half = m("f", &(m("num", &r("1")) + &m("den", &r("2"))));
        assert_eq!(read(&(r("2") + &half + &r("개월"))), "2 1/2 개월");
        let rows =
            m("mr", &(m("e", &r("a")) + &m("e", &r("b")))) + &m("mr", &(m("e", &r("c")) + &m("e", &r("d"))));
        assert_eq!(read(&m("m", &rows)), "[a, b; c, d]");
        assert_eq!(read(&m("limLow", &(m("e", &r("lim")) + &m("lim", &r("n→∞"))))), "lim_(n→∞)");
        assert_eq!(read(&m("func", &(m("fName", &r("min")) + &m("e", &r("x"))))), "min x");
    }

    #[test]
    fn brackets_are_not_doubled() {
        assert_eq!(grouped("(a+b)"), "(a+b)");
        assert_eq!(grouped("(a)+(b)"), "((a)+(b))");
        assert_eq!(grouped("가동 시간"), "(가동 시간)");
        assert_eq!(fraction("1", "(2"), "1/((2)");
    }
}
