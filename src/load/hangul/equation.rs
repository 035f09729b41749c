//! Formulas of 한글, written in its script language, as one line that a reader understands: `{a} over {b}` is (a)/(b).
//! Knows no drawing.

/// Longest script that is read.
const LONGEST: usize = 4_000;

/// A script as one line of text.
pub(super) fn plain(script: &str) -> String {
    let script: String = script.chars().take(LONGEST).collect();
    line(&words(&script)).replace("()", "").trim().to_owned()
}

/// Words as one line.
fn line(words: &[String]) -> String {
    let mut out = String::new();
    let mut groups = Vec::new();
    let mut listing = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let mut root = String::new();
        let shown = match word.as_str() {
            "{" => {
                groups.push(std::mem::take(&mut listing));
                "("
            }
            "}" => {
                groups.pop();
                ")"
            }
            "over" | "OVER" | "atop" => "/",
            "times" | "TIMES" => "×",
            "div" | "DIV" | "DIVIDE" | "divide" => "÷",
            "leq" | "LEQ" | "le" | "<=" => "≤",
            "geq" | "GEQ" | "ge" | ">=" => "≥",
            "neq" | "NEQ" | "!=" => "≠",
            "sqrt" | "SQRT" | "root" | "ROOT" => {
                let (degree, taken) = degree(&words[at..]);
                at += taken;
                root.push_str(&degree);
                root.push('√');
                &root
            }
            "sum" | "SUM" => "∑",
            "cdot" | "CDOT" => "·",
            "+-" | "PLUSMINUS" | "plusminus" => "±",
            "matrix" | "pmatrix" | "bmatrix" | "dmatrix" | "cases" | "MATRIX" | "PMATRIX" | "BMATRIX"
            | "DMATRIX" | "CASES" => {
                listing = true;
                word
            }
            // The next row, and inside tables the next cell.
            "#" => ";",
            "&" if groups.last() == Some(&true) => ",",
            "LEFT" | "RIGHT" | "left" | "right" | "rm" | "it" | "bold" | "&" => continue,
            other => other,
        };
        let glued = out.is_empty()
            || out.ends_with(['(', '√', '/', '^', '_'])
            || matches!(shown, ")" | "/" | "^" | "_" | "," | "." | ";");
        if !glued {
            out.push(' ');
        }
        out.push_str(shown);
    }
    out
}

/// The degree of a root that the words after its name give (`3 of {8}`, `{n} of x`), as it stands before the sign, and how
/// many words it takes; nothing for a square root.
fn degree(words: &[String]) -> (String, usize) {
    let is = |at: usize, names: &[&str]| words.get(at).is_some_and(|word| names.contains(&word.as_str()));
    let (inner, end) = if is(0, &["{"]) {
        let mut open = 0_usize;
        let close = words.iter().position(|word| {
            open += usize::from(word == "{");
            open -= usize::from(word == "}");
            open == 0
        });
        let Some(close) = close else { return Default::default() };
        (&words[1..close], close + 1)
    } else {
        (&words[..words.len().min(1)], 1)
    };
    if !is(end, &["of", "OF"]) {
        return Default::default();
    }
    let degree = line(inner);
    let small: Option<String> = degree.chars().map(superscript).collect();
    (small.unwrap_or_else(|| format!("^({degree})")), end + 1)
}

/// A character small and high, where there is one.
fn superscript(c: char) -> Option<char> {
    const SMALL: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    match c {
        'n' => Some('ⁿ'),
        _ => SMALL.chars().nth(c.to_digit(10)? as usize),
    }
}

/// Words and signs of a script; `"…"` is one word, `~` and the back quote are space.
fn words(script: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in script.chars() {
        let quote = c == '"';
        quoted ^= quote;
        if !quote && (quoted || !(c.is_whitespace() || "~`{}#&^_,".contains(c))) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if "{}#&^_,".contains(c) {
            words.push(c.to_string());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_become_lines() {
        for (script, line) in [
            (
                "가동률 = {총시간 - 중단시간} over {총시간} times 100",
                "가동률 = (총시간 - 중단시간)/(총시간) × 100",
            ),
            ("\"월 요금\"~TIMES`0.1", "월 요금 × 0.1"),
            ("x^2 + sqrt {y} leq 3", "x^2 + √(y) ≤ 3"),
            ("root 3 of {8}", "³√(8)"),
            ("a ROOT {12} OF x + sqrt{y}", "a ¹²√x + √(y)"),
            ("root {n} of {root 4 of {b}}", "ⁿ√(⁴√(b))"),
            ("root {n+1} of x", "^(n+1)√x"),
            ("root x", "√x"),
            ("root {3", "√(3"),
            ("10% of x", "10% of x"),
            ("matrix{1 & 2 # 3 & 4}", "matrix (1, 2; 3, 4)"),
            ("cases{1 & x>0 # {0} & x<=0}", "cases (1, x>0; (0), x<=0)"),
            ("a &= b # c &= d", "a = b; c = d"),
            ("a DIVIDE b PLUSMINUS c", "a ÷ b ± c"),
            ("}}{", ")) ("),
            ("", ""),
            ("{{{", "((("),
        ] {
            assert_eq!(plain(script), line, "{script}");
        }
    }
}
