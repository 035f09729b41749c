//! Articles of documents without 조: numbered sections (`1.`, `A.`, `Ⅰ.`), headings of the format or of Markdown,
//! or short lines above paragraphs of prose.

use super::Level;
use super::line::Line;
use super::marker::{self, Kind, Marker};
use super::outline::{Boundary, Region};
use super::path::Step;
use super::tree::{Opening, one_line, rank};
use super::wording::{breaks_off, ends_sentence, is_complete};
use crate::text::Span;

/// A line that heads a section.
#[derive(Clone, Copy, Debug)]
struct Head {
    line: usize,
    marker: Option<Marker>,
}

/// The sections of a document and its annexes, together with the divisions and 부칙 already found.
pub(super) fn sections(
    text: &str,
    lines: &[Line],
    others: Vec<Boundary>,
    mut annexes: Vec<Boundary>,
) -> Vec<Boundary> {
    let mut heads = heads(text, lines, &others, &annexes);
    let divisions = others.iter().filter(|b| b.opening.level.is_division()).map(|b| b.line);
    let first = heads.iter().map(|head| head.line).chain(divisions).min().unwrap_or(usize::MAX);
    // A file that is one annex has its name for a title.
    if annexes.len() == 1 && annexes[0].line < first {
        annexes.clear();
        heads = self::heads(text, lines, &others, &annexes);
    }
    let heads = outside(lines, heads, &mut annexes);
    let mut boundaries = others;
    let divisions = boundaries.iter().filter(|b| b.opening.level.is_division()).count();
    let enough = match heads.len() {
        0 => divisions < 2 && annexes.len() >= 2,
        1 => divisions > 0 || !annexes.is_empty(),
        _ => true,
    };
    if enough {
        boundaries.extend(heads.iter().map(|head| boundary(text, lines, head)));
    } else {
        // Divisions are then all the articles there are; a lone 부칙 or annex makes no outline.
        if divisions < 2 {
            return Vec::new();
        }
        for boundary in boundaries.iter_mut().filter(|b| b.opening.level.is_division()) {
            boundary.opening.level = Level::Article;
            boundary.opening.rank = rank::ARTICLE;
            boundary.opening.step = Step::Named(boundary.opening.label.clone());
            boundary.region = Region::Article;
        }
    }
    boundaries.extend(annexes);
    boundaries.sort_by_key(|b| b.opening.at);
    boundaries
}

/// The lines that head a section.
fn heads(text: &str, lines: &[Line], others: &[Boundary], annexes: &[Boundary]) -> Vec<Head> {
    let mut taken: Vec<usize> = others.iter().chain(annexes).map(|b| b.line).collect();
    taken.sort_unstable();
    let mut heads = by_heading(text, lines, &taken);
    let numbered = by_number(text, lines, &taken);
    // Where there are chapters, the sections begin in the first of them.
    let mut divisions = others.iter().filter(|b| b.opening.level.is_division()).map(|b| b.line);
    let second = divisions.nth(1);
    let inside =
        |heads: &[Head]| second.is_none_or(|second| heads.first().is_some_and(|head| head.line < second));
    if !inside(&heads) {
        heads = Vec::new();
    }
    let numbered = if inside(&numbered) { numbered } else { Vec::new() };
    // Numbers that run through the document say more than three stray headings.
    if heads.len() < 2 || (heads.len() < 3 && numbered.len() >= 3) {
        heads = numbered;
    }
    if heads.len() < 2 && second.is_none() {
        heads = by_look(text, lines, &taken);
    }
    match annexes.first() {
        Some(annex) if heads.is_empty() => beside(lines, annex),
        _ => heads,
    }
}

/// The headings before an annex that are of its level.
fn beside(lines: &[Line], annex: &Boundary) -> Vec<Head> {
    let level = lines[annex.line].heading;
    let alike = |line: &Line| level > 0 && line.heading == level && line.is_text();
    let before = lines[..annex.line].iter().enumerate();
    before.filter(|(_, line)| alike(line)).map(|(line, _)| Head { line, marker: None }).collect()
}

/// The heads that are no part of an annex. Behind an annex only those go on with the document that take up its numbers, or have
/// none and are headings of the same level.
fn outside(lines: &[Line], heads: Vec<Head>, annexes: &mut [Boundary]) -> Vec<Head> {
    let level = |line: &Line| match line.heading {
        0 if line.bold => 7,
        0 => 8,
        level => level,
    };
    let number = |head: &Head| head.marker.map(|marker| (marker.kind, marker.number));
    let follows = |head: &Head, last: Option<(Kind, u32)>| {
        last.is_some_and(|(kind, n)| number(head) == Some((kind, n.saturating_add(1))))
    };
    let mut kept: Vec<Head> = Vec::with_capacity(heads.len());
    let mut last = None;
    // The last number inside the annex.
    let mut inner = (0, None);
    for head in heads {
        let behind = annexes.partition_point(|annex| annex.line < head.line);
        if inner.0 != behind {
            inner = (behind, None);
        }
        if let Some(annex) = behind.checked_sub(1).map(|n| &mut annexes[n]) {
            let (own, above) = (level(&lines[head.line]), level(&lines[annex.line]));
            let goes_on = match head.marker {
                Some(_) => own <= above && follows(&head, last) && !follows(&head, inner.1),
                None => own == above && own < 8,
            };
            if !goes_on {
                inner.1 = number(&head);
                continue;
            }
            // What follows stands beside the annex.
            annex.opening.rank = rank::ARTICLE;
        }
        last = number(&head).or(last);
        kept.push(head);
    }
    kept
}

fn boundary(text: &str, lines: &[Line], head: &Head) -> Boundary {
    let line = &lines[head.line];
    let words = line.words(text);
    let (marker, label, rest) = match head.marker {
        Some(m) => {
            let span = Span::new(line.content.start, line.content.start + m.len);
            (
                span,
                label(m, span.of(text)),
                Span::new(line.content.start + m.skip.min(words.len()), line.content.end),
            )
        }
        None => (Span::new(line.content.start, line.content.start), one_line(words), line.content),
    };
    // A long first sentence is text, not a title.
    let title_like = head.marker.is_none() || line.heading > 0 || line.bold || is_title(rest.of(text));
    let (title, body) =
        if title_like { (rest, line.content.end) } else { (Span::new(rest.start, rest.start), rest.start) };
    let label = if label.is_empty() { one_line(words) } else { label };
    Boundary {
        opening: Opening {
            at: line.span.start,
            level: Level::Article,
            rank: rank::ARTICLE,
            step: Step::Named(label.clone()),
            label,
            marker,
            title,
            words: if body >= line.content.end { line.span.end } else { body },
        },
        body,
        line: head.line,
        region: Region::Article,
    }
}

fn label(marker: Marker, printed: &str) -> String {
    match marker.kind {
        Kind::Dot => format!("{}.", marker.number),
        _ => printed.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect(),
    }
}

fn is_title(words: &str) -> bool {
    let count = words.chars().count();
    count > 0 && count <= 50 && !ends_sentence(words) && !breaks_off(words)
}

fn numbered_kind(kind: Kind) -> bool {
    !matches!(kind, Kind::Bullet(_) | Kind::Spelled)
}

/// Headings that the format or Markdown marks.
fn by_heading(text: &str, lines: &[Line], taken: &[usize]) -> Vec<Head> {
    let level = |line: &Line| if line.heading > 0 { line.heading } else { 7 };
    let marked: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(n, line)| {
            let words = line.words(text);
            let bold =
                line.bold && words.chars().count() <= 50 && !ends_sentence(words) && !words.ends_with(':');
            line.is_text() && taken.binary_search(n).is_err() && (line.heading > 0 || bold)
        })
        .map(|(n, _)| n)
        .collect();
    let mut counts = [0usize; 8];
    for n in &marked {
        counts[usize::from(level(&lines[*n]).min(7))] += 1;
    }
    let Some(top) = (1..=7usize).find(|l| counts[*l] >= if *l == 7 { 3 } else { 2 }) else {
        return Vec::new();
    };
    marked
        .iter()
        .filter(|n| usize::from(level(&lines[**n])) == top)
        .map(|n| {
            let marker = marker::at_start(lines[*n].words(text), true).filter(|m| {
                numbered_kind(m.kind) && m.kind != Kind::Bare && m.skip < lines[*n].content.len()
            });
            Head { line: *n, marker }
        })
        .collect()
}

/// The list of numbers that runs through the document from near its beginning.
fn by_number(text: &str, lines: &[Line], taken: &[usize]) -> Vec<Head> {
    let marked: Vec<(usize, Marker)> = lines
        .iter()
        .enumerate()
        .filter(|(n, line)| line.is_text() && taken.binary_search(n).is_err())
        .filter_map(|(n, line)| Some((n, marker::at_start(line.words(text), line.heading > 0)?)))
        .filter(|(_, m)| numbered_kind(m.kind))
        .collect();
    const KINDS: [Kind; 12] = [
        Kind::RomanUpper,
        Kind::UpperDot,
        Kind::Dot,
        Kind::HalfDigit,
        Kind::ParenDigit,
        Kind::HangulDot,
        Kind::Circled,
        Kind::LowerDot,
        Kind::LowerHalf,
        Kind::LowerParen,
        Kind::HangulHalf,
        Kind::Bare,
    ];
    let mut best: Vec<Head> = Vec::new();
    let mut best_score = 0;
    for kind in KINDS {
        let chain = chain(text, lines, &marked, kind, taken);
        if chain.len() < 2 || (kind == Kind::Bare && chain.len() < 4) {
            continue;
        }
        let titles = chain.iter().filter(|h| heads_like(text, &lines[h.line], h.marker)).count();
        // The outermost list begins first and reaches far; ties go to titles.
        let first = chain[0].line;
        let reach = chain[chain.len() - 1].line - first;
        let score = reach * 4 + chain.len() * 2 + titles * 3 + (lines.len() - first);
        let outer = best.first().is_none_or(|b| first < b.line) || score > best_score * 2;
        if best.is_empty() || (outer && chain.len() >= 2 && score * 2 > best_score) {
            best_score = score;
            best = chain;
        }
    }
    with_named(text, lines, best)
}

fn heads_like(text: &str, line: &Line, marker: Option<Marker>) -> bool {
    let words = line.words(text);
    let rest = &words[marker.map_or(0, |m| m.skip).min(words.len())..];
    line.heading > 0 || line.bold || is_title(rest)
}

/// The longest run 1, 2, 3 … of one kind of marker, skipping lists inside the sections.
fn chain(text: &str, lines: &[Line], marked: &[(usize, Marker)], kind: Kind, taken: &[usize]) -> Vec<Head> {
    let reading = |m: &Marker| -> Option<u32> {
        if m.kind == kind { Some(m.number) } else { m.also.filter(|(k, _)| *k == kind).map(|(_, n)| n) }
    };
    let mut chain: Vec<Head> = Vec::new();
    let mut last = 0;
    // The number of a list inside the section that counts with the same marker.
    let mut inner: Option<u32> = None;
    let mut styled = false;
    let mut blank = false;
    let mut indent = 0;
    for (n, m) in marked {
        let Some(number) = reading(m) else { continue };
        let line = &lines[*n];
        let titled = heads_like(text, line, Some(*m));
        if chain.is_empty() {
            if number == 1 {
                chain.push(Head { line: *n, marker: Some(Marker { kind, number, ..*m }) });
                (last, styled, blank, indent) = (1, titled, line.after_blank, line.indent);
            }
            continue;
        }
        let alike = (!styled || titled) && (!blank || line.after_blank) && line.indent <= indent;
        let restarted = number == 1 && {
            let above = taken.partition_point(|t| t < n);
            above.checked_sub(1).is_some_and(|t| taken[t] > chain[chain.len() - 1].line)
        };
        if let Some(i) = inner.filter(|i| *i + 1 == number) {
            let both = number == last + 1
                && alike
                && (line.indent < lines[*n - 1].indent || (blank && i < 2 && styled && titled));
            if !both {
                inner = Some(number);
                continue;
            }
        }
        if (number == last + 1 || restarted) && (alike || (number > 1 && !styled)) {
            chain.push(Head { line: *n, marker: Some(Marker { kind, number, ..*m }) });
            last = number;
            inner = None;
        } else if number == 1 {
            inner = Some(1);
        } else if alike && line.after_blank && styled && number > last && number <= last + 2 {
            chain.push(Head { line: *n, marker: Some(Marker { kind, number, ..*m }) });
            last = number;
            inner = None;
        }
    }
    chain
}

/// A section without number among numbered ones, known by its name.
fn with_named(text: &str, lines: &[Line], mut heads: Vec<Head>) -> Vec<Head> {
    const NAMES: [&str; 8] = ["정의", "용어의 정의", "용어 정의", "목적", "총칙", "서문", "개요", "기타"];
    let (Some(first), true) = (heads.first().map(|h| h.line), heads.len() >= 3) else { return heads };
    let named: Vec<Head> = lines[..first]
        .iter()
        .enumerate()
        .filter(|(_, line)| {
            line.is_text() && line.after_blank && NAMES.contains(&line.words(text).trim_end_matches(':'))
        })
        .map(|(n, _)| Head { line: n, marker: None })
        .collect();
    heads.splice(0..0, named);
    heads
}

/// Short lines that stand apart above paragraphs of prose.
fn by_look(text: &str, lines: &[Line], taken: &[usize]) -> Vec<Head> {
    let mut heads = Vec::new();
    let texts: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].is_text()).collect();
    // Where a page was copied without its blank lines, none can be asked for; then only a noun heads.
    let spaced = texts.iter().any(|n| lines[*n].after_blank);
    for (i, n) in texts.iter().enumerate().skip(1) {
        let line = &lines[*n];
        let words = line.words(text);
        let count = words.chars().count();
        if taken.binary_search(n).is_ok()
            || count > 45
            || (spaced && !line.after_blank)
            || marker::at_start(words, false).is_some_and(|m| m.kind != Kind::Bare)
        {
            continue;
        }
        let before = lines[texts[i - 1]].words(text);
        let Some(next) = texts.get(i + 1).map(|n| lines[*n].words(text)) else { continue };
        let prose = next.chars().count() >= count * 2 && (ends_sentence(next) || next.chars().count() > 40);
        let sentence = ends_sentence(words);
        // A heading that is itself a sentence must be much shorter than its text and no part of a run of sentences.
        let fits = if sentence {
            spaced && count <= 40 && next.chars().count() >= count * 2 && !words.contains(',')
        } else {
            !breaks_off(words) && !words.ends_with(':')
        };
        if prose && fits && (is_complete(before) || before.chars().count() <= 45) {
            heads.push((Head { line: *n, marker: None }, sentence));
        }
    }
    let nouns = heads.iter().filter(|(_, sentence)| !sentence).count();
    let keep_nouns = nouns >= 2;
    let heads: Vec<Head> =
        heads.into_iter().filter(|(_, sentence)| *sentence != keep_nouns).map(|(head, _)| head).collect();
    if heads.len() >= 3 || (keep_nouns && heads.len() >= 2) { heads } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::clause::{Level, parse};
    use crate::document::Document;

    fn outline(name: &str, text: &str) -> Vec<String> {
        let document = Document::from_text(name, text);
        let (tree, _) = parse(&document);
        let word = |level: Level| level.korean();
        tree.clauses()
            .iter()
            .filter(|clause| clause.level.is_article() && clause.level != Level::Preamble)
            .map(|clause| format!("{} {}", word(clause.level), clause.path))
            .collect()
    }

    #[test]
    fn annexes_are_no_sections() {
        let prose = "회사는 서비스를 안정적으로 제공하기 위하여 노력하며 고객은 요금을 매월 냅니다.";
        let md = |annex: &str| {
            format!(
                "# 솔빛 계약서\n\n## 1. 목적\n\n{prose}\n\n## 2. 요금\n\n{prose}\n\n## {annex}\n\n{prose}\n"
            )
        };
        for (annex, path) in [
            ("별표 1. 서비스 수준", "별표1"),
            ("[별지 2] 신청서", "별지2"),
            ("붙임 1 요금표", "붙임1"),
            ("부속서 3: 보안", "부속서3"),
            ("Annex 1. 보안", "부속서1"),
            ("별첨", "별첨"),
        ] {
            let expected = ["조 1.".to_owned(), "조 2.".to_owned(), format!("별표 {path}")];
            assert_eq!(outline("a.md", &md(annex)), expected, "{annex}");
            let text = md(annex).replace("# ", "").replace('#', "");
            let sure = annex.contains(|c: char| c.is_ascii_digit());
            assert_eq!(outline("a.txt", &text)[..2], expected[..2], "{annex}");
            assert_eq!(outline("a.txt", &text).get(2), expected.get(2).filter(|_| sure), "{annex}");
        }
        // What an annex holds is its own; what goes on behind it is not.
        let inside = format!("{}### 1. 가용성\n\n{prose}\n\n### 2. 복구\n\n{prose}\n", md("별표 1. 수준"));
        assert_eq!(outline("a.md", &inside), ["조 1.", "조 2.", "별표 별표1"]);
        assert_eq!(outline("a.txt", &inside.replace('#', "")), ["조 1.", "조 2.", "별표 별표1"]);
        let behind = format!("{}## 3. 해지\n\n{prose}\n\n## 문의\n\n{prose}\n", md("별표 1. 수준"));
        assert_eq!(outline("a.md", &behind), ["조 1.", "조 2.", "별표 별표1", "조 3.", "조 문의"]);
        let alone = format!("# 솔빛 계약서\n\n## 목적\n\n{prose}\n\n## 별표 1. 수준\n\n{prose}\n");
        assert_eq!(outline("a.md", &alone), ["조 목적", "별표 별표1"]);
    }

    #[test]
    fn a_file_that_is_an_annex_keeps_its_sections() {
        let prose = "회사는 서비스를 안정적으로 제공하기 위하여 노력하며 고객은 요금을 매월 냅니다.";
        let one = format!("# 별표 1. 서비스 수준\n\n## 1. 가용성\n\n{prose}\n\n## 2. 복구\n\n{prose}\n");
        assert_eq!(outline("a.md", &one), ["조 1.", "조 2."]);
        let two = format!("{one}\n# 별표 2. 요금\n\n## 1. 기본료\n\n{prose}\n\n## 2. 할인\n\n{prose}\n");
        assert_eq!(outline("a.md", &two), ["별표 별표1", "별표 별표2"]);
        let listed = format!(
            "목차\n1. 목적\n2. 요금\n별표 1. 수준\n\n1. 목적\n{prose}\n2. 요금\n{prose}\n별표 1. 수준\n{prose}\n"
        );
        assert_eq!(outline("a.txt", &listed).last().map(String::as_str), Some("별표 별표1"));
    }
}
