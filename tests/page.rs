//! Comparisons as pages, terminal text and Markdown: their wording part by part, and what holds for every page: it parses,
//! loads nothing, runs nothing of a contract's, loses no word, and can be read by everyone.

use super::render::{golden, legend, report};
use jomun::finding::{Confidence, Kind, Severity};
use jomun::render::{self, Legend, diff};
use jomun::report::*;
use jomun::text::Span;
use scraper::{ElementRef, Html, Selector};
use serde::Deserialize;
use std::collections::BTreeSet;
use unicode_normalization::is_nfc;

#[derive(Deserialize)]
struct Data {
    row: Vec<RowData>,
    finding: Vec<FindingData>,
}

#[derive(Deserialize)]
struct RowData {
    relation: Relation,
    #[serde(default)]
    base: Vec<Vec<String>>,
    #[serde(default)]
    contract: Vec<Vec<String>>,
    #[serde(default)]
    changes: Vec<[String; 5]>,
    #[serde(default)]
    findings: Vec<String>,
    #[serde(default)]
    why: Vec<String>,
}

#[derive(Deserialize)]
struct FindingData {
    id: String,
    rule: String,
    title: String,
    kind: Kind,
    severity: Severity,
    confidence: Confidence,
    clause: Option<String>,
    place: Option<String>,
    #[serde(default)]
    quote: String,
    message: String,
    basis: Vec<String>,
    advice: Option<String>,
    suggestion: Option<String>,
}

fn data() -> Data {
    toml::from_str(include_str!("page.toml")).unwrap()
}

fn piece(side: &[String]) -> Piece {
    Piece {
        path: side[0].clone(),
        heading: Some(side[1].clone()).filter(|heading| !heading.is_empty()),
        text: side[2].clone(),
        span: None,
        place: side.get(3).cloned(),
    }
}

/// What a side says, with its place; the place is found here because the data are written by hand.
fn stated(value: &str, pieces: &[Piece]) -> Option<Stated> {
    if value.is_empty() {
        return None;
    }
    let (piece, start) = pieces.iter().find_map(|piece| Some((piece, piece.text.find(value)?))).unwrap();
    let within = Span::new(start, start + value.len());
    Some(Stated { value: value.to_owned(), path: piece.path.clone(), within, span: None })
}

/// Words with the blanks behind them.
fn words(pieces: &[Piece]) -> Vec<String> {
    let text = pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("\n");
    text.split_inclusive(char::is_whitespace).map(str::to_owned).collect()
}

/// The longest common words of both sides.
fn marks(base: &[Piece], contract: &[Piece]) -> Vec<Mark> {
    let (old, new) = (words(base), words(contract));
    let like = |i: usize, j: usize| old[i].trim() == new[j].trim();
    let mut longest = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i][j] = if like(i, j) {
                longest[i + 1][j + 1] + 1
            } else {
                usize::max(longest[i + 1][j], longest[i][j + 1])
            };
        }
    }
    let mut marks: Vec<Mark> = Vec::new();
    let mut push = |kind, word: &str| match marks.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(word),
        _ => marks.push(Mark { kind, text: word.to_owned() }),
    };
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && like(i, j) {
            push(MarkKind::Equal, &new[j]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && longest[i + 1][j] >= longest[i][j + 1] {
            push(MarkKind::Delete, &old[i]);
            i += 1;
        } else {
            push(MarkKind::Insert, &new[j]);
            j += 1;
        }
    }
    marks
}

fn row(index: usize, data: RowData) -> Row {
    let side = |pieces: &[Vec<String>]| pieces.iter().map(|side| piece(side)).collect::<Vec<_>>();
    let (base, contract) = (side(&data.base), side(&data.contract));
    let both = !base.is_empty() && !contract.is_empty();
    let changes = data.changes.iter().map(|[kind, old, new, favours, message]| TypedChange {
        kind: serde_json::from_value(kind.as_str().into()).unwrap(),
        base: stated(old, &base),
        contract: stated(new, &contract),
        favours: serde_json::from_value(favours.as_str().into()).unwrap(),
        message: message.clone(),
    });
    Row {
        id: format!("r{}", index + 1),
        relation: data.relation,
        score: match data.relation {
            Relation::Same => 1.0,
            Relation::Moved => 0.93,
            Relation::Changed => 0.62,
            _ => 0.0,
        },
        why: data.why,
        changes: changes.collect(),
        marks: if both { marks(&base, &contract) } else { Vec::new() },
        elements: Vec::new(),
        findings: data.findings,
        base,
        contract,
    }
}

fn finding(data: FindingData) -> FindingInfo {
    FindingInfo {
        id: data.id,
        rule: data.rule,
        kind: data.kind,
        severity: data.severity,
        confidence: data.confidence,
        clause_id: data.clause.clone(),
        clause: data.clause,
        span: None,
        place: data.place,
        quote: data.quote,
        basis: data.basis.iter().map(|basis| basis.parse().unwrap()).collect(),
        provisions: vec![],
        also: vec![],
        message: data.message,
        advice: data.advice,
        suggestion: data.suggestion,
        cases: vec![],
    }
}

/// The comparison of `page.toml` with an imported standard: both sides literal.
pub fn literal() -> (Comparison, Legend) {
    let data = data();
    let mut legend = legend();
    data.finding.iter().for_each(|finding| {
        legend.rule(&finding.rule, &finding.title);
    });
    let mut report = report();
    report.findings = data.finding.into_iter().map(finding).collect();
    report.document.title = Some("구름서버 이용계약서".into());
    report.suppressed.clear();
    let rows: Vec<Row> = data.row.into_iter().enumerate().map(|(index, data)| row(index, data)).collect();
    let chapter = |title: &str, articles: std::ops::RangeInclusive<u32>| {
        let within = |row: &&Row| {
            let number = row
                .base
                .first()
                .and_then(|piece| piece.path.strip_prefix('제')?.split('조').next()?.parse::<u32>().ok());
            number.is_some_and(|number| articles.contains(&number))
        };
        let count = |relation| rows.iter().filter(within).filter(|row| row.relation == relation).count();
        Coverage {
            title: title.into(),
            same: count(Relation::Same),
            moved: count(Relation::Moved),
            changed: count(Relation::Changed),
            missing: count(Relation::Missing),
        }
    };
    let comparison = Comparison {
        schema: COMPARISON_SCHEMA.into(),
        base: Base {
            kind: BaseKind::Imported,
            id: "our-cloud".into(),
            title: "우리 회사 표준 클라우드 계약서".into(),
            edition: Some("2026-03-01".into()),
            articles: 15,
        },
        literal: true,
        chapters: vec![
            chapter("제1장 총칙", 1..=4),
            chapter("제2장 계약의 성립과 요금", 5..=6),
            chapter("제3장 서비스의 제공과 이용", 7..=10),
            chapter("제4장 정보와 책임", 11..=13),
            chapter("제5장 끝내기", 14..=15),
        ],
        rows,
        report,
    };
    (comparison, legend)
}

/// The same beside a built-in standard: no marks, elements instead.
fn gist() -> (Comparison, Legend) {
    let (mut comparison, legend) = literal();
    comparison.literal = false;
    comparison.base = Base {
        kind: BaseKind::Builtin,
        id: "cloud-x".into(),
        title: "시험용 표준계약".into(),
        edition: Some("2016-12-04".into()),
        articles: 15,
    };
    for row in &mut comparison.rows {
        row.marks.clear();
        if !row.base.is_empty() {
            let shown = match row.relation {
                Relation::Missing => Some(false),
                _ => Some(true),
            };
            row.elements = vec![
                ElementShown { text: "누가 무엇을 하는지 밝힘".into(), shown },
                ElementShown {
                    text: "언제까지 하는지 밝힘".into(),
                    shown: if row.changes.is_empty() { None } else { Some(false) },
                },
            ];
        }
    }
    (comparison, legend)
}

fn pages() -> Vec<(&'static str, String)> {
    let (comparison, legend) = literal();
    let options = diff::Options::default();
    let mut pages = vec![("literal", diff::html::render(&comparison, &legend, &options))];
    let (comparison, legend) = gist();
    pages.push(("gist", diff::html::render(&comparison, &legend, &options)));
    let mut empty = comparison;
    empty.rows.clear();
    empty.chapters.clear();
    empty.report.findings.clear();
    pages.push(("empty", diff::html::render(&empty, &legend, &options)));
    pages.push(("scan", render::html::render(&report(), &super::render::legend())));
    pages
}

/// Comparisons that the analyser makes: samples beside their standards, and a contract beside an earlier version of it.
fn real() -> Vec<(String, Comparison, Legend)> {
    use jomun::analyze::Against;
    let analyzer = jomun::analyze::Analyzer::builder().build().unwrap();
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/samples");
    let load =
        |name: &str| jomun::load::load_path(&samples.join(name), &jomun::load::Limits::default()).unwrap();
    let mut made = Vec::new();
    for name in ["poor-b2c-cloud.html", "fair-b2b-cloud.md", "iaas-terms.txt", "auto-numbered.docx"] {
        let comparison = analyzer.compare(&load(name), Against::Standard);
        made.push((name.to_owned(), comparison, Legend::of(&analyzer)));
    }
    let name = "negotiated-service-contract.txt";
    let older = std::fs::read_to_string(samples.join(name)).unwrap();
    let edits = [
        ("30일 전에 갑의 승인을 받는다", "7일 전에 갑에게 알린다"),
        ("준수한다", "준수하기 위하여 노력한다"),
        ("고의 또는 중과실, 갑의 데이터의 유출, ", ""),
        ("24시간 365일", "평일 09시부터 18시까지"),
    ];
    let newer = edits.iter().fold(older.clone(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    });
    let newer: String =
        newer.split_inclusive('\n').filter(|line| !line.contains("제2조에서 정하지")).collect();
    let document = |text: &str, name: &str| jomun::document::Document::from_text(name, text);
    let older = document(&older, "계약서-1차.txt");
    let comparison = analyzer.compare(&document(&newer, "계약서-2차.txt"), Against::Version(&older));
    made.push(("version".to_owned(), comparison, Legend::of(&analyzer)));
    made
}

#[test]
fn real_comparisons_become_whole_pages() {
    let options = diff::Options::default();
    for (name, comparison, legend) in real() {
        assert!(comparison.rows.len() > 10, "{name}");
        let page = diff::html::render(&comparison, &legend, &options);
        if let Some(folder) = std::env::var_os("PAGES_TO") {
            let folder = std::path::Path::new(&folder);
            std::fs::write(folder.join(format!("{name}.html")), &page).unwrap();
            let text = diff::terminal::render(&comparison, &legend, &options, &Default::default());
            std::fs::write(folder.join(format!("{name}.out")), text).unwrap();
        }
        parses(&name, &page);
        holds_every_word(&comparison, &legend);
        let view = diff::View::new(&comparison, &legend, &options);
        assert!(view.rows().all(|row| row.woven.is_empty()), "{name}: the marks spell both sides");
        assert!(view.chapters.iter().all(|chapter| chapter.total() > 0), "{name}");
    }
}

fn all<'a>(page: &'a Html, query: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(query).unwrap();
    page.select(&selector).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect()
}

/// A page's markup a tag a line, so that a golden is read part by part; look and script have files of their own.
fn unfolded(page: &str) -> String {
    let mut out = page.replace('>', ">\n").replace("</", "\n</");
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
        if let Some(start) = out.find(open).map(|at| at + open.len())
            && let Some(end) = out[start..].find(close)
        {
            out.replace_range(start..start + end, "\n…\n");
        }
    }
    if let Some(start) = out.find("'sha256-")
        && let Some(end) = out[start + 1..].find('\'')
    {
        out.replace_range(start..start + end + 2, "'sha256-…'");
    }
    let lines = out.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// `PAGES_TO=folder` writes the pages there, to be looked at in a browser.
#[test]
fn pages_to_look_at() {
    let Some(folder) = std::env::var_os("PAGES_TO") else { return };
    for (name, page) in pages() {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.html")), page).unwrap();
    }
}

#[test]
fn a_comparison_as_a_page() {
    let (comparison, legend) = literal();
    golden("diff.html", &unfolded(&diff::html::render(&comparison, &legend, &diff::Options::default())));
}

#[test]
fn a_report_as_a_page() {
    golden("report.html", &unfolded(&render::html::render(&report(), &legend())));
}

#[test]
fn a_comparison_as_markdown() {
    let (comparison, legend) = literal();
    golden("diff.md", &diff::markdown::render(&comparison, &legend, &diff::Options::default()));
}

#[test]
fn a_comparison_on_a_terminal() {
    let (comparison, legend) = gist();
    let options = diff::Options { explain: true, ..Default::default() };
    let terminal = render::terminal::Options { width: 80, color: false };
    let text = diff::terminal::render(&comparison, &legend, &options, &terminal);
    golden("diff.txt", &text);
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn terminal_text_keeps_to_the_width_and_colours_add_nothing() {
    use unicode_width::UnicodeWidthStr;
    let (comparison, legend) = literal();
    let options = diff::Options { explain: true, ..Default::default() };
    for width in [40, 64, 100] {
        let render = |color| {
            let terminal = render::terminal::Options { width, color };
            diff::terminal::render(&comparison, &legend, &options, &terminal)
        };
        let (plain, coloured) = (render(false), render(true));
        for line in plain.lines() {
            assert!(line.width() <= width + 8, "{width}: {line}");
        }
        assert_ne!(plain, coloured);
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    }
}

#[test]
fn only_some_relations_are_shown_and_all_are_counted() {
    let (comparison, legend) = literal();
    let options = diff::Options { only: vec![Relation::Missing], explain: false };
    let view = diff::View::new(&comparison, &legend, &options);
    assert_eq!(view.rows().count(), 4);
    assert_eq!(view.left_out, comparison.rows.len() - 4);
    assert!(view.relations.iter().any(|(relation, _, n)| *relation == Relation::Changed && *n > 10));
    // A finding of a row that is not shown is no finding without a row.
    assert_eq!(view.others.iter().map(|note| note.id.as_str()).collect::<Vec<_>>(), ["r-reference"]);
    let mut kept = comparison.clone();
    kept.only(&[Relation::Missing, Relation::Extra]);
    assert!(kept.rows.iter().all(|row| matches!(row.relation, Relation::Missing | Relation::Extra)));
    kept = comparison.clone();
    kept.only(&[]);
    assert_eq!(kept, comparison);
}

#[test]
fn a_comparison_reads_back_from_json() {
    let (comparison, _) = literal();
    let json = render::json::pretty(&comparison).unwrap();
    assert_eq!(serde_json::from_str::<Comparison>(&json).unwrap(), comparison);
    assert_eq!(render::json::line(&comparison).unwrap().matches('\n').count(), 1);
}

#[test]
fn a_comparison_holds_to_its_schema() {
    let schema = serde_json::to_value(Comparison::json_schema()).unwrap();
    for (comparison, _) in [literal(), gist()] {
        let instance = serde_json::to_value(comparison).unwrap();
        assert_eq!(super::render::check(&schema, &schema, &instance, "$"), Vec::<String>::new());
    }
}

#[test]
fn pages_parse_without_a_fault() {
    pages().iter().for_each(|(name, page)| parses(name, page));
}

fn parses(name: &str, page: &str) {
    let parsed = Html::parse_document(page);
    // The parser grumbles at anything that a browser would have to guess.
    assert!(parsed.errors.is_empty(), "{name}: {:?}", parsed.errors);
    assert!(is_nfc(page), "{name}: every syllable is whole");
    assert!(!page.contains('\u{fffd}'), "{name}");
    let ids: Vec<&str> = all(&parsed, "[id]").iter().filter_map(|e| e.value().id()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "{name}: ids are unique");
    for attribute in ["aria-labelledby", "for", "href"] {
        for element in all(&parsed, &format!("[{attribute}]")) {
            let target = element.value().attr(attribute).unwrap().trim_start_matches('#');
            assert!(unique.contains(target), "{name}: {attribute} leads to {target}");
        }
    }
}

#[test]
fn pages_load_nothing_and_run_only_their_own_script() {
    for (name, page) in pages() {
        let parsed = Html::parse_document(&page);
        assert!(
            all(&parsed, "link, img, iframe, object, embed, base, video, audio, source").is_empty(),
            "{name}"
        );
        for element in all(&parsed, "*") {
            for (attribute, value) in element.value().attrs() {
                assert!(!attribute.starts_with("on"), "{name}: {attribute}");
                assert!(!matches!(attribute, "src" | "srcset" | "style" | "action"), "{name}: {attribute}");
                assert!(attribute != "href" || value.starts_with('#'), "{name}: {value}");
            }
        }
        let style = all(&parsed, "style").iter().map(text).collect::<String>();
        assert!(!style.contains("url(") && !style.contains("@import"), "{name}");
        let scripts = all(&parsed, "script");
        assert_eq!(scripts.len(), usize::from(name != "scan"), "{name}");
        let policy =
            all(&parsed, "meta[http-equiv=Content-Security-Policy]")[0].value().attr("content").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("script-src 'unsafe"),
            "{policy}"
        );
    }
}

#[test]
fn a_large_comparison_is_written_whole() {
    let (mut comparison, legend) = literal();
    let rows = comparison.rows.clone();
    for copy in 1..30 {
        comparison.rows.extend(rows.iter().cloned().map(|mut row| {
            row.id = format!("{}-{copy}", row.id);
            row
        }));
    }
    let page = diff::html::render(&comparison, &legend, &diff::Options::default());
    let shown = all(&Html::parse_document(&page), ".row").len();
    assert_eq!(shown, rows.len() * 30);
    let view = diff::View::new(&comparison, &legend, &diff::Options::default());
    assert_eq!(view.rows().count(), shown);
}

#[test]
fn every_word_of_every_row_stands_in_the_page() {
    for (comparison, legend) in [literal(), gist()] {
        holds_every_word(&comparison, &legend);
    }
}

fn holds_every_word(comparison: &Comparison, legend: &Legend) {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let page = diff::html::render(comparison, legend, &diff::Options::default());
    let parsed = Html::parse_document(&page);
    let within = |element: &ElementRef<'_>, query: &str| -> String {
        let selector = Selector::parse(query).unwrap();
        element.select(&selector).flat_map(|words| words.text()).collect()
    };
    let shown: std::collections::BTreeMap<&str, ElementRef<'_>> =
        all(&parsed, ".row").into_iter().map(|row| (row.value().id().unwrap(), row)).collect();
    assert_eq!(shown.len(), comparison.rows.len());
    for row in &comparison.rows {
        let element = &shown[row.id.as_str()];
        for (side, pieces) in [(".base .words", &row.base), (".contract .words", &row.contract)] {
            let want: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(squeezed(&within(element, side)), squeezed(&want), "{} {side}", row.id);
        }
        let told = text(element);
        for change in &row.changes {
            assert!(told.contains(&change.message), "{}: {}", row.id, change.message);
        }
        for element in row.elements.iter().filter(|_| !row.contract.is_empty()) {
            assert!(told.contains(&element.text), "{}: {}", row.id, element.text);
        }
    }
    let cards: BTreeSet<&str> = all(&parsed, ".note").iter().filter_map(|card| card.value().id()).collect();
    for finding in &comparison.report.findings {
        assert!(cards.contains(format!("f-{}", finding.id).as_str()), "{}", finding.message);
    }
}

#[test]
fn marks_stand_on_the_side_that_has_the_words() {
    let (comparison, legend) = literal();
    let page = diff::html::render(&comparison, &legend, &diff::Options::default());
    let parsed = Html::parse_document(&page);
    assert!(all(&parsed, ".contract del, .base ins").is_empty());
    let went: String = all(&parsed, "#r17 del").iter().map(text).collect();
    let came: String = all(&parsed, "#r17 ins").iter().map(text).collect();
    assert_eq!((went.as_str(), came.as_str()), ("공급자는99.9퍼센트", "회사는99.5퍼센트"));
    let about: Vec<String> = all(&parsed, "#r17 mark").iter().map(text).collect();
    assert_eq!(about, ["99.9퍼센트", "99.5퍼센트"]);
    assert!(all(&parsed, ".woven").is_empty(), "all marks could be laid over their sides");
}

#[test]
fn marks_that_spell_other_words_are_told_beside_the_sides() {
    let (mut comparison, legend) = literal();
    comparison.rows[4].marks.truncate(3);
    let page = diff::html::render(&comparison, &legend, &diff::Options::default());
    let parsed = Html::parse_document(&page);
    assert_eq!(all(&parsed, "#r5 .woven").len(), 1);
    assert!(all(&parsed, "#r5 .side del").is_empty());
}

#[test]
fn pages_can_be_read_by_everyone() {
    for (name, page) in pages() {
        let parsed = Html::parse_document(&page);
        assert_eq!(all(&parsed, "html[lang=ko]").len(), 1, "{name}");
        for landmark in ["main", "header.top", "footer", "a.skip[href='#main']", "h1", "title"] {
            assert_eq!(all(&parsed, landmark).len(), 1, "{name}: {landmark}");
        }
        let mut before = 0;
        for heading in all(&parsed, "h1, h2, h3, h4, h5, h6") {
            let level: usize = heading.value().name()[1..].parse().unwrap();
            assert!(level <= before + 1, "{name}: h{level} after h{before}: {}", text(&heading));
            assert!(!text(&heading).trim().is_empty(), "{name}: an empty heading");
            before = level;
        }
        for control in all(&parsed, "input, select") {
            let named = control.ancestors().filter_map(ElementRef::wrap).any(|e| e.value().name() == "label");
            assert!(named, "{name}: {}", control.html());
        }
        for graph in all(&parsed, "svg") {
            let hidden = graph.value().attr("aria-hidden") == Some("true");
            let said =
                graph.value().attr("role") == Some("img") && graph.value().attr("aria-label").is_some();
            assert!(hidden || said, "{name}");
        }
        for cell in all(&parsed, "th") {
            assert!(cell.value().attr("scope").is_some(), "{name}");
        }
        for chip in all(&parsed, ".relation, .whom, .weight, .status, .elements .mark") {
            assert!(!text(&chip).trim().is_empty(), "{name}: colour is never alone");
        }
    }
}

/// Relative luminance of "#rrggbb" after WCAG 2.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[test]
fn ink_stands_out_from_paper_by_day_by_night_and_in_print() {
    let page = render::html::render(&report(), &legend());
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let palettes: Vec<std::collections::BTreeMap<&str, &str>> = style
        .split(":root {")
        .skip(1)
        .map(|block| {
            let block = block.split('}').next().unwrap();
            let pairs = block.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "));
            pairs.map(|(name, colour)| (name, colour.trim())).collect()
        })
        .collect();
    assert_eq!(palettes.len(), 3, "day, night and print");
    let mut pairs = vec![];
    for ink in ["ink", "faint", "link"] {
        pairs.extend(["paper", "sheet", "soft"].map(|paper| (ink.to_owned(), paper.to_owned())));
    }
    for name in
        ["same", "moved", "changed", "missing", "extra", "provider", "customer", "neither", "del", "ins"]
    {
        pairs.push((name.to_owned(), format!("{name}-bg")));
        pairs.push((name.to_owned(), "sheet".to_owned()));
    }
    pairs.push(("ink".into(), "neither-bg".into()));
    for palette in palettes {
        for (ink, paper) in &pairs {
            let (a, b) = (luminance(palette[ink.as_str()]), luminance(palette[paper.as_str()]));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{ink} on {paper}: {contrast:.2}");
        }
    }
}
