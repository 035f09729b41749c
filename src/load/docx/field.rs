//! Fields (17.16): what Word shows for one whose result is not stored. Numbers drawn as overlays, fractions, single
//! characters and buttons can be told from the instruction; nothing is ever run or looked up.

use crate::load::docx::formula::{fraction, grouped, root, scripts, sum};
use crate::load::docx::symbol::Face;
use crate::load::numeral;
use unicode_normalization::UnicodeNormalization;

/// A field that is open while its paragraph is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    /// Whether the result is read, no longer the instruction.
    pub result: bool,
    /// Whether anything of it was shown.
    pub said: bool,
    pub instruction: String,
}

/// The open fields, innermost last. A file may open any number of them, so that none is looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// Places of those whose instruction is read.
    asked: Vec<usize>,
}

impl Fields {
    /// Opens a field.
    pub fn begin(&mut self, field: Field) {
        if !field.result {
            self.asked.push(self.open.len());
        }
        self.open.push(field);
    }

    /// The innermost field goes over to its result.
    pub fn separate(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.result = true;
        }
        self.answered(self.open.len().saturating_sub(1));
    }

    /// Closes the innermost field.
    pub fn end(&mut self) -> Option<Field> {
        let field = self.open.pop();
        self.answered(self.open.len());
        field
    }

    fn answered(&mut self, at: usize) {
        if self.asked.last() == Some(&at) {
            self.asked.pop();
        }
    }

    /// Notes that the innermost field shows something.
    pub fn said(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.said = true;
        }
    }

    /// The innermost instruction that is read; it may hold other fields, whose results are part of it.
    pub fn instruction(&mut self) -> Option<&mut String> {
        self.open.get_mut(*self.asked.last()?).map(|field| &mut field.instruction)
    }

    /// Whether an instruction is read.
    pub fn is_asking(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Whether the instruction of the innermost field is read.
    pub fn is_last_asking(&self) -> bool {
        self.asked.last().is_some_and(|at| at + 1 == self.open.len())
    }

    /// Closes those whose instruction has no end.
    pub fn break_off(&mut self) -> Vec<Field> {
        if self.asked.is_empty() {
            return Vec::new();
        }
        self.asked.clear();
        let (results, broken) = std::mem::take(&mut self.open).into_iter().partition(|field| field.result);
        self.open = results;
        broken
    }
}

/// What becomes of a field without a stored result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standin {
    /// This is what Word shows.
    Text(String),
    /// Its words; how they are set cannot be told on a line.
    Words(String),
    /// A number that Word counts.
    Number,
    /// Word shows nothing, or nothing of the contract (page numbers).
    Nothing,
    /// Something that is not known.
    Unknown,
}

/// What stands for a field with that instruction.
pub(super) fn standin(instruction: &str) -> Standin {
    let instruction = instruction.trim();
    let end = instruction.find(|c: char| c.is_whitespace() || c == '\\').unwrap_or(instruction.len());
    let (name, rest) = instruction.split_at(end);
    match name.to_ascii_uppercase().as_str() {
        "EQ" => equation(rest),
        "SYMBOL" => character(rest).map_or(Standin::Unknown, |c| Standin::Text(c.into())),
        "MACROBUTTON" | "GOTOBUTTON" => {
            let shown = rest.trim_start().split_once(char::is_whitespace).map_or("", |(_, shown)| shown);
            Standin::Text(shown.trim().to_owned())
        }
        "QUOTE" => Standin::Text(quoted(rest).to_owned()),
        name if name.starts_with("AUTONUM") || name == "LISTNUM" || name == "AUTOLGL" => Standin::Number,
        "" | "XE" | "TC" | "RD" | "TA" | "SET" | "ASK" | "PRIVATE" | "ADVANCE" | "DATA" | "NEXT"
        | "NEXTIF" | "SKIPIF" | "PRINT" | "PAGE" | "NUMPAGES" | "SECTION" | "SECTIONPAGES" | "FORMTEXT"
        | "FORMCHECKBOX" | "FORMDROPDOWN" => Standin::Nothing,
        _ => Standin::Unknown,
    }
}

/// The text between the first quotation marks, or up to the first switch.
fn quoted(text: &str) -> &str {
    let text = text.trim();
    match text.strip_prefix(['"', '“']) {
        Some(inner) => inner.split(['"', '”']).next().unwrap_or_default(),
        None => text.split('\\').next().unwrap_or_default().trim(),
    }
}

/// The character of a SYMBOL field: a number in the code of Windows or of Unicode, in a font that may be one of symbols.
fn character(rest: &str) -> Option<char> {
    let first = rest.split_whitespace().next()?;
    let hex = first.strip_prefix("0x").or_else(|| first.strip_prefix("0X"));
    let code = match hex {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None if first.chars().all(|c| c.is_ascii_digit()) => first.parse().ok()?,
        None => u32::from(first.chars().next()?),
    };
    let font = rest.split_once("\\f").or_else(|| rest.split_once("\\F"));
    let face = font.map_or(Face::Text, |(_, font)| Face::named(quoted(font)));
    let unicode = rest.split_whitespace().any(|switch| switch.eq_ignore_ascii_case("\\u"));
    match (face, u8::try_from(code)) {
        (Face::Text, Ok(byte)) if byte >= 0x80 && !unicode => {
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
        }
        (face, _) => char::from_u32(code).map(|c| face.shows(c)),
    }
}

/// Deepest nesting of an EQ field that is taken apart; what is deeper is shown as it is written.
const DEEPEST: usize = 24;

fn equation(rest: &str) -> Standin {
    let mut reader = Equation { rest: rest.chars().collect(), at: 0, exact: true };
    let text = reader.text(0, false).trim().to_owned();
    if reader.exact || text.is_empty() { Standin::Text(text) } else { Standin::Words(text) }
}

/// Reads the instruction of an EQ field: text and elements as \f(1,2).
struct Equation {
    rest: Vec<char>,
    at: usize,
    /// Whether everything so far reads on a line as it is set.
    exact: bool,
}

impl Equation {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    /// Text up to the end, or inside brackets up to what ends an argument.
    fn text(&mut self, depth: usize, argument: bool) -> String {
        let (mut out, mut open) = (String::new(), 0usize);
        while let Some(c) = self.peek() {
            match c {
                ',' | ';' | ')' if argument && open == 0 => break,
                '(' => open += 1,
                ')' => open = open.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            match c {
                '\\' => {
                    let element = self.element(depth);
                    let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                    if digits(out.chars().last()) && digits(element.chars().next()) && element.contains('/') {
                        out.push(' ');
                    }
                    out.push_str(&element);
                }
                c => out.push(c),
            }
        }
        out
    }

    /// What a backslash begins.
    fn element(&mut self, depth: usize) -> String {
        let Some(name) = self.next() else { return String::new() };
        match name {
            // How the result is set, nothing that is shown.
            '*' => {
                self.switch_value();
                return String::new();
            }
            c if !c.is_ascii_alphabetic() => return c.to_string(),
            _ if depth >= DEEPEST => {
                self.exact = false;
                return String::new();
            }
            _ => {}
        }
        let options = self.options();
        let given = |name: &str| options.iter().any(|option| option.name == name);
        let sign =
            |name: &str| options.iter().find(|option| option.name == name).and_then(|option| option.sign);
        let parts = self.arguments(depth);
        let part = |n: usize| parts.get(n).map(String::as_str).unwrap_or_default();
        match name.to_ascii_lowercase() {
            'f' => fraction(part(0), part(1)),
            'r' if parts.len() > 1 => root(part(0), part(1)),
            'r' => root("", part(0)),
            's' if parts.len() > 1 => scripts(part(1), part(0)),
            's' if given("do") => scripts(part(0), ""),
            's' => scripts("", part(0)),
            'o' => self.overlay(&parts),
            'b' => {
                let both = sign("bc");
                let open = sign("lc").or(both);
                let close = sign("rc").or_else(|| both.map(closing));
                match (open, close) {
                    (None, None) => format!("({})", parts.join(",")),
                    (open, close) => {
                        let shown = |c: Option<char>| c.map(String::from).unwrap_or_default();
                        format!("{}{}{}", shown(open), parts.join(","), shown(close))
                    }
                }
            }
            'i' => {
                let usual = if given("su") {
                    '∑'
                } else if given("pr") {
                    '∏'
                } else {
                    '∫'
                };
                let sign = sign("fc").or_else(|| sign("vc")).unwrap_or(usual);
                sum(&sign.to_string(), part(0), part(1), part(2))
            }
            'l' => parts.join(","),
            'x' if options.is_empty() => format!("[{}]", parts.join(",")),
            'd' => parts.concat(),
            'a' => {
                let columns =
                    options.iter().find(|option| option.name == "co").and_then(|option| option.number);
                let rows = parts.chunks(columns.unwrap_or(1).max(1)).map(|row| row.join(", "));
                self.exact &= parts.len() <= 1;
                rows.collect::<Vec<_>>().join("; ")
            }
            _ => {
                self.exact = false;
                parts.join(" ")
            }
        }
    }

    /// A general switch: a word, or text in quotation marks.
    fn switch_value(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
        let quoted = self.peek() == Some('"');
        self.at += usize::from(quoted);
        while let Some(c) = self.peek() {
            match c {
                '"' if quoted => {
                    self.at += 1;
                    return;
                }
                ' ' | '\\' | '(' if !quoted => return,
                _ => self.at += 1,
            }
        }
    }

    /// Options between the name of an element and its brackets: \up 9, \lc\{.
    fn options(&mut self) -> Vec<Setting> {
        let mut found = Vec::new();
        loop {
            let start = self.at;
            while self.peek() == Some(' ') {
                self.at += 1;
            }
            if self.peek() != Some('\\') {
                if self.peek() != Some('(') {
                    self.at = start;
                }
                return found;
            }
            let name: String =
                self.rest.iter().skip(self.at + 1).take(2).filter(|c| c.is_ascii_alphabetic()).collect();
            let takes_sign = matches!(name.as_str(), "lc" | "rc" | "bc" | "fc" | "vc");
            self.at += 1 + name.chars().count();
            let mut option = Setting { name: name.to_ascii_lowercase(), ..Setting::default() };
            if takes_sign && self.peek() == Some('\\') {
                self.at += 1;
                option.sign = self.next();
            } else {
                while self.peek() == Some(' ') {
                    self.at += 1;
                }
                let digits: String =
                    self.rest.iter().skip(self.at).take_while(|c| c.is_ascii_digit()).collect();
                self.at += digits.len();
                option.number = digits.parse().ok();
            }
            if name.is_empty() {
                return found;
            }
            found.push(option);
        }
    }

    /// The arguments in brackets, none without brackets.
    fn arguments(&mut self, depth: usize) -> Vec<String> {
        let mut parts = Vec::new();
        if self.peek() != Some('(') {
            return parts;
        }
        self.at += 1;
        loop {
            parts.push(self.text(depth + 1, true));
            match self.next() {
                Some(',' | ';') => {}
                _ => return parts,
            }
        }
    }

    /// Characters drawn over one another: a number in a circle is one character, a ring around other words a pair of brackets, words
    /// that stand higher than others their gloss.
    fn overlay(&mut self, parts: &[String]) -> String {
        let shown: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        match shown.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [ring, inner] | [inner, ring] if is_ring(ring) => enclosed(ring, inner),
            [gloss, base] if gloss.starts_with('^') => {
                let gloss = gloss.trim_start_matches('^');
                format!(
                    "{base}({})",
                    gloss.strip_prefix('(').and_then(|g| g.strip_suffix(')')).unwrap_or(gloss)
                )
            }
            _ => {
                self.exact = false;
                shown.concat()
            }
        }
    }
}

/// An option of an element.
#[derive(Clone, Debug, Default)]
struct Setting {
    name: String,
    sign: Option<char>,
    number: Option<usize>,
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        other => other,
    }
}

/// Whether a text is nothing but a shape that Word draws around characters.
fn is_ring(text: &str) -> bool {
    matches!(text, "○" | "◯" | "〇" | "◎" | "●" | "□" | "▢" | "☐" | "△" | "◇")
}

/// Words in a ring: one character where there is one, else in brackets.
fn enclosed(ring: &str, inner: &str) -> String {
    let round = matches!(ring, "○" | "◯" | "〇");
    round.then(|| circled(inner)).flatten().unwrap_or_else(|| {
        let inner = grouped(inner);
        if inner.starts_with('(') { inner } else { format!("({inner})") }
    })
}

fn circled(inner: &str) -> Option<String> {
    const SYLLABLES: &str = "가나다라마바사아자차카타파하";
    const CONSONANTS: &str = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ";
    if let Ok(n) = inner.nfkc().collect::<String>().parse::<i64>() {
        return (1..=50).contains(&n).then(|| numeral::circled(n));
    }
    let mut all = inner.chars();
    let (Some(c), None) = (all.next(), all.next()) else { return None };
    let place = |list: &str| list.chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok());
    let code = match c {
        'a'..='z' => 0x24D0 + u32::from(c) - u32::from('a'),
        'A'..='Z' => 0x24B6 + u32::from(c) - u32::from('A'),
        _ => place(CONSONANTS).map(|at| 0x3260 + at).or_else(|| place(SYLLABLES).map(|at| 0x326E + at))?,
    };
    char::from_u32(code).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(instruction: &str) -> String {
        match standin(instruction) {
            Standin::Text(text) => text,
            other => panic!("{instruction}: {other:?}"),
        }
    }

    #[test]
    fn open_fields_know_whose_instruction_is_read() {
        let mut fields = Fields::default();
        fields.begin(Field::default());
        fields.begin(Field::default());
        fields.separate();
        assert!(fields.is_asking() && !fields.is_last_asking());
        fields.instruction().unwrap().push_str("바깥");
        assert_eq!(fields.end().unwrap().instruction, "");
        assert!(fields.is_last_asking());
        fields.begin(Field { result: true, ..Field::default() });
        assert_eq!(fields.break_off().pop().unwrap().instruction, "바깥");
        assert!(!fields.is_asking() && fields.end().is_some() && fields.end().is_none());
        fields.separate();
        assert!(fields.instruction().is_none() && fields.break_off().is_empty());
    }

    #[test]
    fn numbers_in_rings_are_characters() {
        let cases = [
            (" eq \\o\\ac(○,1)", "①"),
            (" EQ \\o\\ac(○, 12 )", "⑫"),
            ("EQ \\O(50,○)", "㊿"),
            ("EQ \\o(○,51)", "(51)"),
            ("EQ \\o\\ac(○,３)", "③"),
            ("EQ \\o\\ac(○,가)", "㉮"),
            ("EQ \\o\\ac(○,ㄴ)", "㉡"),
            ("EQ \\o\\ac(○,b)", "ⓑ"),
            ("EQ \\o\\ac(○,인)", "(인)"),
            ("EQ \\o\\ac(□,가)", "(가)"),
            ("EQ \\o\\ac(○,\\s\\up 2(4))", "(^4)"),
        ];
        for (instruction, text) in cases {
            assert_eq!(shown(instruction), text, "{instruction}");
        }
    }

    #[test]
    fn equations_stand_on_a_line() {
        let cases = [
            ("eq \\f(1,2) ", "1/2"),
            ("EQ 2\\f(1;2)", "2 1/2"),
            ("EQ \\f(a+b,\\r(3,8)) \\* MERGEFORMAT", "(a+b)/(∛8)"),
            ("EQ \\r(x) + \\r(n,x)", "√x + root(n, x)"),
            ("EQ x\\s\\up8(2)\\s\\do8(i)", "x^2_i"),
            ("EQ x\\s(a,b)", "x_b^a"),
            ("EQ \\b\\bc\\{(x) \\b(y) \\b\\lc\\|\\rc\\|(z)", "{x} (y) |z|"),
            ("EQ \\i\\su(i=1,n,월요금)", "∑(i=1..n)월요금"),
            ("EQ \\* jc2 \\* \"Font:바탕\" \\* hps10 \\o\\ad(\\s\\up 9(ruby),본말)", "본말(ruby)"),
            ("EQ \\x(5)", "[5]"),
            ("EQ 100\\,000(원) \\l(a,b)", "100,000(원) a,b"),
            ("EQ \\d\\fo10\\li()", ""),
            ("EQ \\f(1", "1/"),
        ];
        for (instruction, text) in cases {
            assert_eq!(shown(instruction), text, "{instruction}");
        }
        assert_eq!(standin("EQ \\a\\co2(1,2,3,4)"), Standin::Words("1, 2; 3, 4".into()));
        assert_eq!(standin("EQ \\o(=,/)"), Standin::Words("=/".into()));
        assert_eq!(standin("EQ \\z(무엇)"), Standin::Words("무엇".into()));
        let deep = format!("EQ {}1{}", "\\f(".repeat(5_000), ",2)".repeat(5_000));
        assert!(matches!(standin(&deep), Standin::Words(text) if text.contains('1')));
    }

    #[test]
    fn other_fields_are_told_apart() {
        assert_eq!(shown(" SYMBOL 9312 \\u \\f \"바탕\" "), "①");
        assert_eq!(shown("symbol 254 \\f Wingdings \\s 10"), "☑");
        assert_eq!(shown("SYMBOL 0xB7 \\f \"Symbol\""), "•");
        assert_eq!(shown("SYMBOL 151"), "—");
        assert_eq!(shown("MACROBUTTON NoMacro [상호를 입력] "), "[상호를 입력]");
        assert_eq!(shown("GOTOBUTTON x 표시 글"), "표시 글");
        assert_eq!(shown("QUOTE \"인용\""), "인용");
        for (instruction, standin_is) in [
            ("autonumlgl", Standin::Number),
            ("LISTNUM NumberDefault \\l 4", Standin::Number),
            ("XE \"색인\"", Standin::Nothing),
            ("", Standin::Nothing),
            ("SYMBOL", Standin::Unknown),
            ("DOCPROPERTY x", Standin::Unknown),
        ] {
            assert_eq!(standin(instruction), standin_is, "{instruction}");
        }
    }
}
