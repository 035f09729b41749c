//! The eight samples in every format (`tests/data/formats`, made by the programs there): the same clause tree and the same
//! report, but for places, whatever the file is.

use jomun::analyze::Analyzer;
use jomun::clause;
use jomun::document::{BlockKind, Document, Format};
use jomun::load::{Limits, load_path};
use jomun::report::Report;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every sample by the name of its file in corpora/samples.
pub const SAMPLES: [&str; 8] = [
    "auto-numbered.docx",
    "fair-b2b-cloud.md",
    "hosting-terms-cp949.txt",
    "iaas-terms.txt",
    "negotiated-service-contract.txt",
    "poor-b2c-cloud.html",
    "saas-terms.md",
    "sla.md",
];

pub fn sample(file: &str) -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/samples");
    load_path(&folder.join(file), &Limits::default()).unwrap()
}

/// The file of a sample in another format.
pub fn variant(file: &str, ending: &str) -> PathBuf {
    let stem = file.rsplit_once('.').unwrap().0;
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(format!("{stem}.{ending}"))
}

/// What a reader reads, without white space, marks of Markdown (with what stands before a page and where links lead),
/// rules and running lines.
pub fn letters(document: &Document) -> Vec<char> {
    letters_of(document, false)
}

/// The same, with running lines where they are asked for: text and pages have them as lines like any other.
fn letters_of(document: &Document, running: bool) -> Vec<char> {
    let mut out = Vec::new();
    let marked = document.format == Format::Markdown;
    let mut front = marked && document.text().starts_with("---\n");
    for (number, block) in
        document.blocks().iter().filter(|block| running || block.kind != BlockKind::Running).enumerate()
    {
        let text = block.span.of(document.text());
        if front {
            front = number == 0 || text != "---";
            continue;
        }
        let unlinked = text.split("](").enumerate().map(|(n, part)| match part.split_once(')') {
            Some((_, rest)) if n > 0 => rest,
            _ => part,
        });
        let text: String =
            if marked { unlinked.collect::<String>().replace('[', "") } else { text.to_owned() };
        out.extend(text.chars().filter(|c| !c.is_whitespace() && !"|#*>-–—=_.…[]".contains(*c)));
    }
    out
}

/// How many letters must be taken out and put in to make one text the other; at most `limit` are counted.
pub fn distance(a: &[char], b: &[char], limit: usize) -> usize {
    // Myers' greedy walk: the furthest point on every diagonal after each edit.
    let width = limit + 1;
    let mut furthest = vec![0usize; 2 * width + 2];
    for edits in 0..=limit {
        let mut diagonal = width - edits;
        while diagonal <= width + edits {
            let down = diagonal == width - edits
                || (diagonal != width + edits && furthest[diagonal - 1] < furthest[diagonal + 1]);
            let mut x = if edits == 0 {
                0
            } else if down {
                furthest[diagonal + 1]
            } else {
                furthest[diagonal - 1] + 1
            };
            let y_of = |x: usize| (x + width).checked_sub(diagonal);
            while let Some(y) = y_of(x) {
                if x < a.len() && y < b.len() && a[x] == b[y] {
                    x += 1;
                } else {
                    break;
                }
            }
            furthest[diagonal] = x;
            if x >= a.len() && y_of(x).is_some_and(|y| y >= b.len()) {
                return edits;
            }
            diagonal += 2;
        }
    }
    limit + 1
}

/// The paths of all clauses, in order.
pub fn labels(document: &Document) -> Vec<String> {
    let (tree, _) = clause::parse(document);
    tree.clauses().iter().map(|clause| clause.path.to_string()).collect()
}

/// What of one list the other lacks, counted both ways.
pub fn apart(a: &[String], b: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, i32> = BTreeMap::new();
    a.iter().for_each(|item| *counts.entry(item).or_default() += 1);
    b.iter().for_each(|item| *counts.entry(item).or_default() -= 1);
    let sign = |count: i32| if count > 0 { '-' } else { '+' };
    counts
        .iter()
        .filter(|(_, count)| **count != 0)
        .map(|(item, count)| format!("{}{item}", sign(*count)))
        .collect()
}

/// What a report says, but for places and the wording around: findings with their clauses, topics with how they fare. (The
/// other clauses that a topic is named with are ranked by the order of what the formats read.)
fn said(report: &Report) -> Vec<String> {
    let findings = report.findings.iter().map(|finding| {
        format!("{} {} {:?}", finding.rule, finding.clause.as_deref().unwrap_or_default(), finding.severity)
    });
    let topics = report.topics.iter().map(|topic| {
        format!("{} {:?} {}", topic.id, topic.status, topic.clauses.first().map_or("", |clause| clause))
    });
    findings.chain(topics).collect()
}

/// Holds a reading of a sample against the sample itself; what differs beyond the measure.
pub fn differences(analyzer: &Analyzer, file: &str, other: &Document) -> Vec<String> {
    let own = sample(file);
    let mut out = Vec::new();
    let (a, b) = (labels(&own), labels(other));
    let odd = apart(&a, &b);
    if odd.len() * 100 > a.len() {
        out.push(format!("{} of {} labels: {}", odd.len(), a.len(), odd.join(" ")));
    }
    // What was made of the text has running lines as lines like any other.
    let plain = !matches!(other.format, Format::Docx | Format::Pdf);
    let (a, b) = (letters_of(&own, plain), letters(other));
    let edits = distance(&a, &b, a.len() / 20);
    if edits * 200 > a.len() {
        out.push(format!("{edits} of {} letters", a.len()));
    }
    let odd = apart(&said(&analyzer.analyze(&own)), &said(&analyzer.analyze(other)));
    if !odd.is_empty() {
        out.push(format!("report: {}", odd.join("; ")));
    }
    out
}

#[test]
fn distances_are_counted() {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    for (a, b, edits) in
        [("가나다", "가나다", 0), ("가나다", "가다", 1), ("가나다", "라나다", 2), ("", "가", 1)]
    {
        assert_eq!(distance(&letters(a), &letters(b), 9), edits, "{a} {b}");
    }
}

#[test]
fn every_sample_is_the_same_in_every_format() {
    let analyzer = Analyzer::builder().build().unwrap();
    let mut wrong = Vec::new();
    for file in SAMPLES {
        for ending in ["docx", "hwpx", "hwp", "pdf", "html", "md", "txt"] {
            let path = variant(file, ending);
            if !path.exists() {
                assert!(file.ends_with(ending), "{} is missing", path.display());
                continue;
            }
            let document = load_path(&path, &Limits::default()).unwrap();
            for line in differences(&analyzer, file, &document) {
                wrong.push(format!("{file} as {ending}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Authors who space paragraphs by their format leave no empty ones.
#[test]
fn numbers_need_no_blank_lines() {
    for file in SAMPLES {
        let own = sample(file);
        let text: String =
            own.text().lines().filter(|line| !line.trim().is_empty()).flat_map(|line| [line, "\n"]).collect();
        let dense = Document::from_text("a.txt", text);
        let (a, b) = (labels(&own), labels(&dense));
        let odd = apart(&a, &b);
        assert!(odd.len() * 100 <= a.len(), "{file}: {} of {}: {}", odd.len(), a.len(), odd.join(" "));
    }
}
