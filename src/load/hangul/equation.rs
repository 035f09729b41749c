//! Formulas of 한글, written in its script language, as one line that a reader understands: `{a} over {b}` is (a)/(b).
//! Knows no drawing.

/// Longest script that is read.
const LONGEST: usize = 4_000;

/// A script as one line of text.
pub(super) fn plain(script: &str) -> String {
    let script: String = script.chars().take(LONGEST).collect();
    let mut out = String::with_capacity(script.len());
    for (n, word) in words(&script).into_iter().enumerate() {
        let shown = match word.as_str() {
            "{" => "(",
            "}" => ")",
            "over" | "OVER" | "atop" => "/",
            "times" | "TIMES" => "×",
            "div" | "DIV" => "÷",
            "leq" | "LEQ" | "le" => "≤",
            "geq" | "GEQ" | "ge" => "≥",
            "neq" | "NEQ" | "!=" => "≠",
            "sqrt" | "SQRT" | "root" => "√",
            "sum" | "SUM" => "∑",
            "cdot" | "CDOT" => "·",
            "+-" => "±",
            "LEFT" | "RIGHT" | "left" | "right" | "rm" | "it" | "bold" | "#" | "&" => continue,
            other => other,
        };
        let glued = n == 0
            || out.ends_with(['(', '√', '/', '^', '_'])
            || matches!(shown, ")" | "/" | "^" | "_" | "," | ".")
            || shown == "(" && out.ends_with('√');
        if !glued {
            out.push(' ');
        }
        out.push_str(shown);
    }
    out.replace("()", "").trim().to_owned()
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
            ("", ""),
            ("{{{", "((("),
        ] {
            assert_eq!(plain(script), line, "{script}");
        }
    }
}
