//! Putting blocks together under limits: characters that nobody sees, rows of tables, the paragraph count. Shared by
//! all readers; knows no format.

use crate::document::{BlockKind, Document, DocumentBuilder, Format};
use crate::error::LoadError;
use crate::load::docx::trace::Origin;
use crate::load::{Limits, digest, numeral};
use crate::notice::{Notice, Stage};
use crate::source::Place;

/// A paragraph before it becomes a block.
#[derive(Clone, Debug)]
pub(super) struct Para {
    pub kind: BlockKind,
    /// The automatic number in front, empty without one.
    pub label: String,
    /// Whether the format puts no space between label and text.
    pub tight: bool,
    pub depth: u8,
    pub text: String,
    pub place: Place,
    /// The paragraphs of the file that it came from, where that is asked for.
    pub origins: Vec<Origin>,
}

impl Para {
    /// The label and the text as they are printed.
    fn whole(&self) -> String {
        let gap = !self.tight
            && !self.label.is_empty()
            && !self.text.is_empty()
            && !self.text.starts_with(char::is_whitespace);
        format!("{}{}{}", self.label, if gap { " " } else { "" }, self.text)
    }

    fn is_blank(&self) -> bool {
        self.label.is_empty() && self.text.trim().is_empty()
    }
}

/// A [`DocumentBuilder`] that stops at the limit of paragraphs.
pub(super) struct Sink {
    pub builder: DocumentBuilder,
    left: usize,
    limits: Limits,
}

impl Sink {
    pub fn new(limits: &Limits) -> Self {
        Self { builder: DocumentBuilder::default(), left: limits.paragraphs, limits: limits.clone() }
    }

    /// Appends a paragraph as one block.
    pub fn para(&mut self, para: &Para) -> Result<(), LoadError> {
        self.left = self.left.checked_sub(1).ok_or_else(|| {
            let most = self.limits.paragraphs;
            LoadError::Limit(format!(
                "문단이나 줄이 {most}개보다 많습니다(--max-paragraphs로 바꿀 수 있습니다)"
            ))
        })?;
        if para.place.page.is_some_and(|page| page as usize > self.limits.pages) {
            let most = self.limits.pages;
            return Err(LoadError::Limit(format!("{most}쪽보다 깁니다(--max-pages로 바꿀 수 있습니다)")));
        }
        let label = crate::text::nfc(para.label.clone()).len();
        self.builder.block(para.kind, label, para.depth, &para.whole(), para.place.clone());
        Ok(())
    }

    /// Records where in the paragraph that was just appended its runs begin, by bytes of its text.
    pub fn runs(&mut self, para: &Para, runs: &[(usize, u32)]) {
        if runs.is_empty() {
            return;
        }
        let whole = para.whole();
        let label = whole.len() - para.text.len();
        let places = runs.iter().map(|(at, run)| {
            let place = Place { run: Some(*run), ..para.place.clone() };
            (label + at, place)
        });
        self.builder.inside(&whole, places);
    }

    pub fn info(&mut self, message: impl Into<String>) {
        self.builder.notice(Notice::info(Stage::Load, message));
    }

    pub fn warning(&mut self, message: impl Into<String>) {
        self.builder.notice(Notice::warning(Stage::Load, message));
    }

    /// The document.
    pub fn finish(self, name: &str, format: Format, bytes: &[u8]) -> Document {
        self.builder.finish(name.to_owned(), format, digest(bytes))
    }
}

/// The character as a reader sees it: kinds of space become a space, what has no width or no print is gone. Line
/// breaks and tabs are the caller's business and stay.
pub(crate) fn visible(c: char) -> Option<char> {
    match c {
        '\t' | '\n' => Some(c),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3164}' | '\u{ffa0}' => Some(' '),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => None,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{fff9}'..='\u{fffb}' => None,
        _ if c.is_control() => None,
        _ => Some(c),
    }
}

/// Without white space at the end and line breaks at the beginning.
pub(super) fn tidy(text: String) -> String {
    let trimmed = text.trim_end();
    let trimmed = trimmed.trim_start_matches('\n');
    if trimmed.trim().is_empty() {
        String::new()
    } else if trimmed.len() == text.len() {
        text
    } else {
        trimmed.to_owned()
    }
}

/// One row of a table as blocks. Usually one [`BlockKind::TableRow`] with the cells separated by " | "; but a row whose
/// cell holds running clauses (a layout table, a bilingual contract) keeps its paragraphs, so that clauses are seen.
/// Rows of tables inside a cell follow the row they stand in.
pub(super) fn row(cells: Vec<Vec<Para>>, columns: usize) -> Vec<Para> {
    let is_row = |para: &Para| para.kind == BlockKind::TableRow;
    let filled = cells.iter().filter(|cell| cell.iter().any(|para| !para.is_blank())).count();
    if filled == 0 {
        return Vec::new();
    }
    let prose = |cell: &Vec<Para>| {
        let own: Vec<&Para> = cell.iter().filter(|para| !is_row(para) && !para.is_blank()).collect();
        let marked = own.iter().filter(|para| para.whole().trim_start().starts_with(is_circled)).count();
        let article = own.iter().any(|para| is_article(&para.whole()));
        own.len() >= 2 && (article || marked >= 1)
            || own.iter().any(|para| matches!(para.kind, BlockKind::Heading(_)) && article)
    };
    if columns <= 1 || cells.iter().any(prose) {
        return cells.into_iter().flatten().filter(|para| !para.is_blank()).collect();
    }
    let place = cells.iter().flatten().next().map(|para| para.place.clone()).unwrap_or_default();
    let mut nested = Vec::new();
    let mut texts = Vec::with_capacity(cells.len());
    let mut origins = Vec::new();
    for (column, cell) in cells.into_iter().enumerate() {
        let (rows, own): (Vec<Para>, Vec<Para>) = cell.into_iter().partition(is_row);
        nested.extend(rows);
        origins.extend(
            own.iter().flat_map(|para| &para.origins).map(|origin| Origin { column, ..origin.clone() }),
        );
        let own: Vec<String> = own.iter().filter(|para| !para.is_blank()).map(Para::whole).collect();
        texts.push(own.join(" ").split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let mut out = Vec::with_capacity(nested.len() + 1);
    if texts.iter().any(|text| !text.is_empty()) {
        let text = texts.join(" | ");
        out.push(Para {
            kind: BlockKind::TableRow,
            label: String::new(),
            tight: false,
            depth: 0,
            text,
            place,
            origins,
        });
    }
    out.extend(nested);
    out
}

/// Whether a text begins with 제N조.
pub(super) fn is_article(text: &str) -> bool {
    article_number(text).is_some()
}

/// The N of a text that begins with 제N조.
pub(super) fn article_number(text: &str) -> Option<u32> {
    let rest = text.trim_start().trim_start_matches(['[', '【', '*', '#']);
    let rest = rest.strip_prefix('제')?.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = (digits > 0).then(|| rest[..digits].parse().unwrap_or(u32::MAX))?;
    rest[digits..].trim_start().starts_with('조').then_some(number)
}

/// What stands behind 제N조, 제N조의N; the text itself when it begins with neither.
pub(super) fn after_article(text: &str) -> &str {
    let numeral = |rest: &str| rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.trim_start().trim_start_matches(['[', '【', '*', '#']);
    let Some(rest) = rest.strip_prefix('제').map(str::trim_start) else { return text };
    let Some(rest) = rest[numeral(rest)..].trim_start().strip_prefix('조') else { return text };
    let branch = rest.trim_start().strip_prefix('의').map(str::trim_start).unwrap_or_default();
    if numeral(branch) > 0 { &branch[numeral(branch)..] } else { rest }
}

/// Whether a text begins with 제N조 as a heading has it (제5조, 제5조(목적), 제5조 목적) and not as a reference has it
/// (제5조를, 제5조 및 제6조, 제3조(목적)에 따라).
pub(super) fn begins_article_title(text: &str) -> bool {
    if !is_article(text) {
        return false;
    }
    let rest = after_article(text).trim_start_matches([']', '】', '*']);
    let Some(first) = rest.chars().next() else { return true };
    let close = match first {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '【' => '】',
        '<' => '>',
        '〈' => '〉',
        '「' => '」',
        _ => {
            let separator = |c: char| c.is_whitespace() || ".:：-–—|/".contains(c);
            return separator(first) && !refers(rest.trim_start_matches(separator));
        }
    };
    // A title that is never closed goes on to the end.
    rest.find(close).is_none_or(|at| {
        let tail = &rest[at + close.len_utf8()..];
        // Not "이": "제1조(목적)이 약관은" has a demonstrative.
        let particle = ["도", "로", "으로", "만", "가", "상", "상의"]
            .iter()
            .any(|word| tail.strip_prefix(word).is_some_and(|after| after.starts_with(' ')));
        !particle && !refers(tail.trim_start())
    })
}

/// Whether what stands behind a number shows that the number refers: a particle, a conjunction, another number.
fn refers(rest: &str) -> bool {
    const OPEN: [&str; 18] = [
        "에서",
        "에는",
        "에도",
        "에게",
        "에 ",
        "부터",
        "까지",
        "내지",
        "각 호",
        "각호",
        "각 항",
        "각항",
        "전단",
        "후단",
        "단서",
        "본문",
        "소정의",
        "위반",
    ];
    const WHOLE: [&str; 13] =
        ["에", "의", "을", "를", "와", "과", "은", "는", "및", "또는", "혹은", "중", "등"];
    let ends = |after: &str| after.chars().next().is_none_or(|c| c.is_whitespace() || c == ',');
    let numbered =
        |after: &str| after.trim_start().starts_with(|c: char| c.is_ascii_digit() || is_circled(c));
    rest.starts_with([',', '，', '·', 'ㆍ', '~', '∼', ';'])
        || OPEN.iter().any(|word| rest.starts_with(word))
        || WHOLE.iter().any(|word| rest.strip_prefix(word).is_some_and(ends))
        || rest.strip_prefix('제').is_some_and(numbered)
}

/// Whether a text is nothing but a number as clauses have it: 제1조, ①, 1., (1), 가., 1.1, A., (ii).
pub(super) fn is_bare_number(text: &str) -> bool {
    let text = text.trim();
    let core = text.strip_prefix('(').unwrap_or(text).trim_end_matches(['.', ')']);
    is_article(text) && after_article(text).is_empty()
        || begins_clause(text) && core.chars().count() == 1
        || is_bare_letter(text)
        || core.len() <= 8
            && core.starts_with(|c: char| c.is_ascii_digit())
            && core.chars().all(|c| c.is_ascii_digit() || c == '.')
            && (begins_clause(text) || core.contains('.'))
}

/// Whether a text is one letter or Roman number with its dot or bracket: A., b), (c), iv., Ⅱ.
fn is_bare_letter(text: &str) -> bool {
    let (core, closing) = match text.strip_prefix('(') {
        Some(rest) => (rest.trim_end_matches(')'), rest.len()),
        None => (text.trim_end_matches(['.', ')']), text.len()),
    };
    let mut chars = core.chars();
    let Some(first) = chars.next() else { return false };
    if matches!(first, 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ') {
        return chars.next().is_none();
    }
    let upper = core.chars().all(|c| c.is_ascii_uppercase());
    let alike = upper || core.chars().all(|c| c.is_ascii_lowercase());
    let roman = || (1..=39).any(|n| numeral::roman(n).eq_ignore_ascii_case(core));
    // Without its dot or bracket a letter is a word.
    closing == core.len() + 1 && alike && (core.len() == 1 || roman())
}

/// A circled number, as 항 have it.
fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿')
}

/// A digit, of full width too.
fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// Whether a text begins with a number as clauses have it: 제1조, ①, 1., (1), 1), 가., (가).
pub(super) fn begins_clause(text: &str) -> bool {
    let text = text.trim_start();
    let Some(first) = text.chars().next() else { return false };
    if is_circled(first) || matches!(first, '⑴'..='⒵' | '㈀'..='㈛' | '㉠'..='㉾') || is_article(text)
    {
        return true;
    }
    let rest = text.strip_prefix(['(', '（']).unwrap_or(text);
    let number = rest.len() - rest.trim_start_matches(is_figure).len();
    let taken = match rest.chars().next() {
        _ if (1..=3).contains(&rest[..number].chars().count()) => number,
        Some(c) if "가나다라마바사아자차카타파하ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ".contains(c) => {
            c.len_utf8()
        }
        _ => return false,
    };
    let mut after = rest[taken..].chars();
    match after.next() {
        Some(')' | '）') => true,
        // "1.5배" and "3.1절" are no markers, "1. " and "1.회사" are.
        Some('.' | '．') => after.next().is_none_or(|c| !is_figure(c)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn para(text: &str) -> Para {
        Para {
            kind: BlockKind::Paragraph,
            label: String::new(),
            tight: false,
            depth: 0,
            text: text.into(),
            place: Place::default(),
            origins: Vec::new(),
        }
    }

    #[test]
    fn rows_of_data_become_one_line() {
        let out = row(vec![vec![para("구분")], vec![para("요율"), para("(월)")], vec![]], 3);
        assert_eq!(out.len(), 1);
        assert_eq!(out[0].text, "구분 | 요율 (월) | ");
        assert_eq!(out[0].kind, BlockKind::TableRow);
        assert!(row(vec![vec![para(" ")], vec![]], 2).is_empty());
    }

    #[test]
    fn rows_of_clauses_stay_paragraphs() {
        let cells = vec![vec![para("제3조(요금)"), para("① 요금은 매월 낸다.")], vec![para("Article 3")]];
        let texts: Vec<String> = row(cells, 2).into_iter().map(|para| para.text).collect();
        assert_eq!(texts, ["제3조(요금)", "① 요금은 매월 낸다.", "Article 3"]);
        assert_eq!(row(vec![vec![para("가"), para("나")]], 1).len(), 2, "a table of one column is a frame");
    }

    #[test]
    fn markers_are_told_from_numbers() {
        for text in [
            "제1조",
            "제 12 조의2",
            "① 가",
            "1. 가",
            "12) 가",
            "(3) 가",
            "가. 나",
            "(나) 다",
            "㉑ 가",
            "１． 가",
            "（３） 가",
            "㈎ 나",
            "㈀ 나",
        ] {
            assert!(begins_clause(text), "{text}");
        }
        for text in
            ["", "1.5배", "2024년", "가격은", "제외한다", "30일 이내", "1234. 가", "１．５배", "㈜ 가"]
        {
            assert!(!begins_clause(text), "{text}");
        }
    }

    #[test]
    fn titles_are_told_from_references() {
        for text in [
            "제5조",
            "제5조의2",
            "제5조(목적)",
            "제 5 조 (목적) 이 약관은",
            "제1조(목적)이 약관은",
            "제5조의2 【용어】",
            "제5조 목적",
            "제5조 의무",
            "제5조. 목적",
            "제5조: 목적",
            "제5조 - 목적",
            "[제5조] 목적",
            "제5조 회사는 준다.",
            "제5조(목적",
        ] {
            assert!(begins_article_title(text), "{text}");
        }
        for text in [
            "제5조를 위반하여",
            "제6조제2항 각 호의 행위",
            "제6조 제2항의 행위",
            "제5조의2에 따라",
            "제3조(목적)에 따라",
            "제3조(목적) 및 제4조의 경우",
            "제3조(목적)를 어긴",
            "제5조 및 제6조를",
            "제5조, 제6조",
            "제5조·제6조",
            "제5조 - 제7조",
            "제5조 위반",
            "제5조 각 호의",
            "제1항의 경우",
        ] {
            assert!(!begins_article_title(text), "{text}");
        }
    }

    #[test]
    fn bare_numbers_are_told_from_text() {
        for text in ["제1조", "제 3 조의2", "①", "1.", "(12)", "가.", "나)", "1.1", "2.3.1"] {
            assert!(is_bare_number(text), "{text}");
        }
        for text in ["A.", "b)", "(C)", "ii.", "XIV)", "(iv)", "Ⅱ.", "Ⅲ", "ⅳ)"] {
            assert!(is_bare_number(text), "{text}");
        }
        for text in ["A", "iv", "(a", "a..", "Iv.", "No.", "e.g.", "(주)", "ⅠⅡ."] {
            assert!(!is_bare_number(text), "{text}");
        }
        for text in ["", "제1조(목적)", "① 가", "2024", "1.회사", "가", "가격", "()", "제1항"] {
            assert!(!is_bare_number(text), "{text}");
        }
    }
}
