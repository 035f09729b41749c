//! What a negotiator wants to see of a comparison, in reading order, before it takes a form: the figures, the findings
//! that weigh most, and the rows gathered by article. Decides nothing and knows no form of output.

use super::Options;
use super::segment::{Run, Segment, marked, segments};
use crate::clause::{ClausePath, Step};
use crate::finding::{Confidence, Severity};
use crate::render::view::{self as report_view, Group, Remark, Suppressed, visible};
use crate::render::{Legend, grouped};
use crate::report::{
    self, BaseKind, ChangeKind, Comparison, Favours, FindingInfo, Mark, MarkKind, Piece, Relation, Stated,
};
use std::collections::{BTreeMap, BTreeSet};

/// So many findings stand at the top.
const WORST: usize = 5;

/// What is said over the rows where the base's side is a gist.
pub const GIST: &str = "기준 쪽은 표준계약서의 문장이 아니라 jomun이 적은 요지입니다. 낱말이 아니라 요구 내용과 달라진 값을 견줍니다.";

/// What is said of a thing that the base requires.
pub fn shown(shown: Option<bool>) -> &'static str {
    match shown {
        Some(true) => "보임",
        Some(false) => "안 보임",
        None => "알 수 없음",
    }
}

/// A comparison, ready to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The contract's file as the caller named it.
    pub path: String,
    /// The contract's title; its path when it has none.
    pub title: String,
    /// The base by its name: "표준계약서(B2C) [cloud-b2c], 2016-12-04판".
    pub base: String,
    /// What the base's side is called: "표준계약서 요지".
    pub base_label: &'static str,
    /// Whether the base's side is a gist in our words.
    pub gist: bool,
    /// Labelled lines: figures, document, kind, parties, base, why.
    pub head: Vec<(&'static str, String)>,
    /// How many rows relate how, and what that is called; all five.
    pub relations: Vec<(Relation, &'static str, usize)>,
    /// How many typed changes favour whom; all three.
    pub favours: Vec<(Favours, usize)>,
    /// The kinds of typed change that there are, and how many of each.
    pub kinds: Vec<(ChangeKind, usize)>,
    /// How many findings that count have which severity, the weightiest first; only those that there are.
    pub severities: Vec<(Severity, usize)>,
    /// The shown findings that weigh most: id, weight, title, where.
    pub worst: Vec<Worst>,
    /// The chapters of the base.
    pub chapters: Vec<Chapter>,
    /// The rows by article.
    pub articles: Vec<Article>,
    /// Findings that concern no row.
    pub others: Vec<Note>,
    /// Rows that [`Options::only`] leaves out.
    pub left_out: usize,
    /// The topics of the standard by chapter, as in the report.
    pub topics: Vec<Group>,
    /// Findings that the user's configuration takes out.
    pub suppressed: Vec<Suppressed>,
    /// What must be known about the reading: whether it is a warning, the sentence, the place.
    pub notices: Vec<(bool, String)>,
}

/// A finding as the summary names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worst {
    /// Id of the finding.
    pub id: String,
    /// Its weight.
    pub severity: Severity,
    /// What its rule is called.
    pub title: String,
    /// What was seen.
    pub message: String,
    /// "제12조제2항"; empty for what is absent.
    pub at: String,
}

/// How much of a chapter the contract carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// "제1장 총칙".
    pub title: String,
    /// How many of its provisions relate how, and what that is called: same, moved, changed, missing.
    pub counts: [(Relation, &'static str, usize); 4],
}

impl Chapter {
    /// How many provisions it has.
    pub fn total(&self) -> usize {
        self.counts.iter().map(|(_, _, count)| count).sum()
    }

    /// "같음 5 · 변경 2", without what there is none of.
    pub fn told(&self) -> String {
        let some = self.counts.iter().filter(|(_, _, count)| *count > 0);
        some.map(|(_, word, count)| format!("{word} {count}")).collect::<Vec<_>>().join(" · ")
    }
}

/// The rows of one article of the base, with what stands beside or behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Unique: "a3".
    pub id: String,
    /// The base's article, "제12조 해지"; the contract's where the base has none.
    pub title: String,
    /// Articles of the contract that stand beside it; empty where the title names them.
    pub beside: String,
    /// Whether only the contract has it.
    pub extra: bool,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Article {
    /// "제12조 해지 ↔ 제15조 계약의 해지".
    pub fn told(&self) -> String {
        match (self.extra, self.beside.as_str()) {
            (true, _) => format!("{} (계약서에만 있음)", self.title),
            (false, "") => self.title.clone(),
            (false, beside) => format!("{} ↔ {beside}", self.title),
        }
    }

    /// How many of its rows relate how, without those that are the same.
    pub fn counts(&self) -> Vec<(Relation, &'static str, usize)> {
        let count = |relation| {
            let rows = self.rows.iter().filter(|row| row.relation == relation);
            rows.map(|row| row.word)
                .next()
                .map(|word| (relation, word, self.rows.iter().filter(|row| row.relation == relation).count()))
        };
        Relation::ALL.into_iter().filter(|relation| *relation != Relation::Same).filter_map(count).collect()
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its id in the comparison.
    pub id: String,
    /// How the two sides relate.
    pub relation: Relation,
    /// What that is called.
    pub word: &'static str,
    /// Paths of the base's side.
    pub from: String,
    /// Paths of the contract's side.
    pub to: String,
    /// The base's side.
    pub base: Vec<Side>,
    /// The contract's side.
    pub contract: Vec<Side>,
    /// The words of both sides in one line of reading, where the marks could not be laid over the sides.
    pub woven: Vec<Segment>,
    /// Likeness in hundredths; `None` where one side is empty.
    pub likeness: Option<u32>,
    /// Why they stand beside each other.
    pub why: Vec<String>,
    /// What differs in substance.
    pub changes: Vec<Change>,
    /// What the base requires: whether it is shown, the sentence.
    pub elements: Vec<(Option<bool>, String)>,
    /// Findings that concern it.
    pub notes: Vec<Note>,
}

impl Row {
    /// "제12조제2항 → 제15조제1항"; one of them where the other is empty or the same.
    pub fn paths(&self) -> String {
        match (self.from.as_str(), self.to.as_str()) {
            ("", to) => to.to_owned(),
            (from, "") => from.to_owned(),
            (from, to) if from == to => from.to_owned(),
            (from, to) => format!("{from} → {to}"),
        }
    }

    /// Whether there is nothing to look at.
    pub fn quiet(&self) -> bool {
        self.relation == Relation::Same && self.changes.is_empty() && self.notes.is_empty()
    }
}

/// One provision or clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// "제12조제2항".
    pub path: String,
    /// Heading of its 조.
    pub heading: String,
    /// Where in the file; empty when unknown.
    pub place: String,
    /// Its words.
    pub segments: Vec<Segment>,
}

impl Side {
    /// "제12조제2항 해지 (3쪽)".
    pub fn named(&self) -> String {
        let place = if self.place.is_empty() { String::new() } else { format!("({})", self.place) };
        let parts = [self.path.as_str(), &self.heading, &place];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// A typed change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of thing changed.
    pub kind: ChangeKind,
    /// Whom it favours.
    pub favours: Favours,
    /// What the base says; empty when it says nothing.
    pub base: String,
    /// What the contract says; empty when it says nothing.
    pub contract: String,
    /// What changed, for whom.
    pub message: String,
}

impl Change {
    /// "30일 전 → 7일 전"; 없음 for the side that says nothing.
    pub fn values(&self) -> String {
        let said = |value: &str| if value.is_empty() { "없음".to_owned() } else { value.to_owned() };
        format!("{} → {}", said(&self.base), said(&self.contract))
    }
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: String,
    /// What it says.
    pub remark: Remark,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why its topic matters; empty when it is about none.
    pub why: String,
    /// Whether it was told in full at an earlier row.
    pub again: bool,
}

impl View {
    /// The view of a comparison, its ids named by `legend`.
    pub fn new(comparison: &Comparison, legend: &Legend, options: &Options) -> Self {
        let report = &comparison.report;
        let kind = comparison.base.kind;
        let plain = report_view::View::new(report, legend);
        let shown = |row: &&report::Row| options.only.is_empty() || options.only.contains(&row.relation);
        let findings: BTreeMap<&str, &FindingInfo> =
            report.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect();
        let mut told = BTreeSet::new();
        let rows: Vec<(&report::Row, Row)> = comparison
            .rows
            .iter()
            .filter(shown)
            .map(|plain| (plain, row(plain, kind, &findings, &mut told, legend)))
            .collect();
        let concerned: BTreeSet<&str> =
            comparison.rows.iter().flat_map(|row| &row.findings).map(String::as_str).collect();
        let free = report.findings.iter().filter(|finding| !concerned.contains(finding.id.as_str()));
        let mut others: Vec<Note> = free.map(|finding| note(finding, false, legend)).collect();
        // Doubtful ones last, the weightiest first; the sort keeps the text's order among equals.
        others.sort_by_key(|note| {
            (note.confidence == Confidence::Low, std::cmp::Reverse(note.remark.severity))
        });
        let left_out = comparison.rows.len() - rows.len();
        let articles = articles(rows);
        let worst = worst(&articles, &others);
        let changes = || comparison.rows.iter().flat_map(|row| &row.changes);
        let mut kinds = BTreeMap::new();
        changes().for_each(|change| *kinds.entry(change.kind).or_insert(0) += 1);
        let severities = [Severity::High, Severity::Medium, Severity::Low, Severity::Info];
        let mut view = Self {
            title: report.document.title.as_deref().map_or_else(|| plain.path.clone(), visible),
            path: plain.path,
            base: base(comparison),
            base_label: base_label(kind),
            gist: kind == BaseKind::Builtin,
            head: Vec::new(),
            relations: Relation::ALL
                .into_iter()
                .map(|relation| (relation, word(kind, relation), comparison.count(relation)))
                .collect(),
            favours: [Favours::Provider, Favours::Customer, Favours::Neither]
                .map(|favours| (favours, changes().filter(|change| change.favours == favours).count()))
                .to_vec(),
            kinds: kinds.into_iter().collect(),
            severities: severities
                .into_iter()
                .map(|weight| (weight, report.counted().filter(|f| f.severity == weight).count()))
                .filter(|(_, count)| *count > 0)
                .collect(),
            worst,
            chapters: comparison.chapters.iter().map(|chapter| coverage(chapter, kind)).collect(),
            articles,
            others,
            left_out,
            topics: plain.groups,
            suppressed: plain.suppressed,
            notices: plain.notices,
        };
        view.head = head(&view, plain.head, kind);
        view
    }

    /// How many typed changes there are.
    pub fn changes(&self) -> usize {
        self.favours.iter().map(|(_, count)| count).sum()
    }

    /// All rows that are shown.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.articles.iter().flat_map(|article| &article.rows)
    }

    /// What is said of the rows that are not shown.
    pub fn told_left_out(&self) -> String {
        format!("--only에 따라 {}줄을 싣지 않았습니다. 수치는 모두를 센 것입니다.", grouped(self.left_out))
    }

    /// The figures in two sentences: how the rows relate, and whom the changes favour.
    pub fn verdict(&self) -> (String, String) {
        let count = |relation| {
            self.relations.iter().find(|(r, _, _)| *r == relation).map_or((0, ""), |(_, word, n)| (*n, *word))
        };
        let some = |relations: &[Relation]| {
            let told = relations.iter().map(|r| count(*r)).filter(|(n, _)| *n > 0);
            told.map(|(n, word)| format!("{word} {}", grouped(n))).collect::<Vec<_>>().join(" · ")
        };
        let of_base = [Relation::Same, Relation::Moved, Relation::Changed, Relation::Missing];
        let total: usize = of_base.iter().map(|relation| count(*relation).0).sum();
        let extra = count(Relation::Extra).0;
        let mut rows = if total == 0 {
            "기준에서 견줄 조항을 찾지 못했습니다.".to_owned()
        } else {
            format!("기준의 조항 {}줄: {}", grouped(total), some(&of_base))
        };
        if extra > 0 {
            rows.push_str(&format!(" / 계약서에만 있는 조항 {}줄", grouped(extra)));
        }
        let changes = self.changes();
        let whom = if changes == 0 {
            "내용이 달라진 곳을 찾지 못했습니다.".to_owned()
        } else {
            let told = self.favours.iter().filter(|(_, n)| *n > 0);
            let told: Vec<String> = told.map(|(f, n)| format!("{} {}", f.ko(), grouped(*n))).collect();
            format!("내용이 달라진 곳 {}군데: {}", grouped(changes), told.join(" · "))
        };
        (rows, whom)
    }
}

/// What a relation is called. Between two versions what is missing was struck out and what is extra is new.
pub fn word(kind: BaseKind, relation: Relation) -> &'static str {
    match (kind, relation) {
        (BaseKind::Version, Relation::Missing) => "삭제",
        (BaseKind::Version, Relation::Extra) => "신설",
        (_, relation) => relation.ko(),
    }
}

/// What the base's side is called.
pub fn base_label(kind: BaseKind) -> &'static str {
    match kind {
        BaseKind::Builtin => "표준계약서 요지",
        BaseKind::Imported => "표준계약서",
        BaseKind::Version => "기준 문서",
    }
}

fn base(comparison: &Comparison) -> String {
    let base = &comparison.base;
    let id = if base.title == base.id { String::new() } else { format!(" [{}]", base.id) };
    let edition = base.edition.as_ref().map(|edition| format!(", {edition}판")).unwrap_or_default();
    visible(&format!("{}{id}{edition}", base.title))
}

/// The labelled lines: figures first, then what the report says of the document. What it says of topics stands elsewhere;
/// its standard is the base unless two versions are compared.
fn head(view: &View, plain: Vec<(&'static str, String)>, kind: BaseKind) -> Vec<(&'static str, String)> {
    let (rows, whom) = view.verdict();
    let mut lines = vec![("대조", rows), ("유불리", whom)];
    let kept = |label: &str| match label {
        "결과" => false,
        "기준" | "선택 이유" => kind == BaseKind::Version,
        _ => true,
    };
    let why = plain.iter().find(|(label, _)| *label == "선택 이유").cloned();
    let mut rest: Vec<_> = plain.into_iter().filter(|(label, _)| kept(label)).collect();
    let last = rest.iter().position(|(label, _)| matches!(*label, "중요도" | "세지 않음"));
    let figures = rest.split_off(last.unwrap_or(rest.len()));
    lines.extend(figures);
    if kind == BaseKind::Version {
        lines.push(("견준 문서", view.base.clone()));
        let renamed = |(label, text)| (if label == "기준" { "표준" } else { label }, text);
        lines.extend(rest.into_iter().map(renamed));
    } else {
        lines.push(("기준", view.base.clone()));
        lines.extend(why);
        lines.extend(rest);
    }
    lines
}

fn coverage(chapter: &report::Coverage, kind: BaseKind) -> Chapter {
    let counts = [
        (Relation::Same, chapter.same),
        (Relation::Moved, chapter.moved),
        (Relation::Changed, chapter.changed),
        (Relation::Missing, chapter.missing),
    ];
    let counts = counts.map(|(relation, count)| (relation, word(kind, relation), count));
    Chapter { title: visible(&chapter.title), counts }
}

fn row(
    row: &report::Row,
    kind: BaseKind,
    findings: &BTreeMap<&str, &FindingInfo>,
    told: &mut BTreeSet<String>,
    legend: &Legend,
) -> Row {
    let base_runs = marked(&row.base, &row.marks, MarkKind::Delete);
    let contract_runs = marked(&row.contract, &row.marks, MarkKind::Insert);
    let laid = base_runs.is_some() && contract_runs.is_some();
    let both = !row.base.is_empty() && !row.contract.is_empty();
    let notes = row.findings.iter().filter_map(|id| findings.get(id.as_str()));
    Row {
        id: row.id.clone(),
        relation: row.relation,
        word: word(kind, row.relation),
        from: paths(&row.base),
        to: paths(&row.contract),
        base: sides(&row.base, base_runs.filter(|_| laid), row, |change| change.base.as_ref()),
        contract: sides(&row.contract, contract_runs.filter(|_| laid), row, |c| c.contract.as_ref()),
        woven: if laid || !both { Vec::new() } else { woven(&row.marks) },
        likeness: both.then(|| percent(row.score)),
        why: row.why.iter().map(|why| visible(why)).collect(),
        changes: row.changes.iter().map(change).collect(),
        elements: row.elements.iter().map(|element| (element.shown, visible(&element.text))).collect(),
        notes: notes.map(|finding| note(finding, !told.insert(finding.id.clone()), legend)).collect(),
    }
}

/// A share as whole hundredths; what is out of range counts as its end.
fn percent(score: f64) -> u32 {
    // Rounded and within 0..=100, so that the conversion loses nothing.
    (score.clamp(0.0, 1.0) * 100.0).round() as u32
}

fn sides<'a>(
    pieces: &[Piece],
    runs: Option<Vec<Vec<Run>>>,
    row: &'a report::Row,
    stated: impl Fn(&'a report::TypedChange) -> Option<&'a Stated>,
) -> Vec<Side> {
    let runs = runs.unwrap_or_else(|| vec![Vec::new(); pieces.len()]);
    let side = |(piece, runs): (&Piece, Vec<Run>)| {
        let about = row.changes.iter().enumerate().filter_map(|(index, change)| {
            let said = stated(change).filter(|said| said.path == piece.path && !said.within.is_empty())?;
            Some((index, said.within.start..said.within.end))
        });
        let touched: Vec<_> = about.collect();
        Side {
            path: visible(&piece.path),
            heading: piece.heading.as_deref().map(visible).unwrap_or_default(),
            place: piece.place.as_deref().map(visible).unwrap_or_default(),
            segments: segments(&piece.text, &runs, &touched),
        }
    };
    pieces.iter().zip(runs).map(side).collect()
}

/// The marks in one line of reading, those of a kind that stand together made one.
fn woven(marks: &[Mark]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for mark in marks {
        let text = visible(&mark.text);
        match segments.last_mut() {
            Some(last) if last.mark == mark.kind => last.text.push_str(&text),
            _ => segments.push(Segment { text, mark: mark.kind, change: None }),
        }
    }
    segments
}

fn change(change: &report::TypedChange) -> Change {
    let value = |stated: &Option<Stated>| stated.as_ref().map(|s| visible(&s.value)).unwrap_or_default();
    Change {
        kind: change.kind,
        favours: change.favours,
        base: value(&change.base),
        contract: value(&change.contract),
        message: visible(&change.message),
    }
}

fn note(finding: &FindingInfo, again: bool, legend: &Legend) -> Note {
    let topic = report_view::topic_of(finding);
    Note {
        id: finding.id.clone(),
        remark: report_view::remark(finding, legend),
        confidence: finding.confidence,
        why: topic.map(|topic| legend.topic_why(topic).to_owned()).unwrap_or_default(),
        again,
    }
}

/// Paths in their order, each once.
fn paths(pieces: &[Piece]) -> String {
    let mut paths: Vec<String> = Vec::new();
    for path in pieces.iter().map(|piece| visible(&piece.path)) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths.join(", ")
}

/// The article that a path leads into: "제12조제2항" → "제12조", "7.제2항" → "7.".
fn article(path: &str) -> String {
    let Ok(whole) = path.parse::<ClausePath>() else { return path.to_owned() };
    let below =
        |step: &Step| matches!(step, Step::Paragraph(_) | Step::Item(_) | Step::Subitem(_) | Step::Detail(_));
    let above: String =
        whole.steps().iter().take_while(|step| !below(step)).map(ToString::to_string).collect();
    if above.is_empty() { path.to_owned() } else { above }
}

/// "제12조 해지".
fn named(piece: &Piece) -> String {
    let at = article(&piece.path);
    match piece.heading.as_deref().filter(|heading| !at.contains(heading)) {
        Some(heading) => visible(&format!("{at} {heading}")),
        None => visible(&at),
    }
}

/// The articles of pieces with their headings, each once.
fn all_named(pieces: &[Piece]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in pieces.iter().map(named) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Rows that belong to one article of the base stand together; so do rows that only one article of the contract has,
/// unless that article already stands beside the rows before them.
fn articles(rows: Vec<(&report::Row, Row)>) -> Vec<Article> {
    struct Open {
        key: (bool, String),
        names: Vec<String>,
        beside: Vec<String>,
        rows: Vec<Row>,
    }
    let mut groups: Vec<Open> = Vec::new();
    for (plain, row) in rows {
        let beside = all_named(&plain.contract);
        let extra = plain.base.is_empty();
        let first = if extra { plain.contract.first() } else { plain.base.first() };
        let key = (extra, first.map(|piece| article(&piece.path)).unwrap_or_default());
        // What only the contract has may stand between two rows of one article: the article stays whole, ahead of it.
        let whole = groups.iter().rposition(|open| !open.key.0);
        let last = groups.len().checked_sub(1);
        let within = |at: &usize| {
            let open = &groups[*at];
            open.key == key || extra && !open.key.0 && beside.iter().all(|name| open.beside.contains(name))
        };
        let place = last.filter(within).or(whole.filter(within)).unwrap_or(groups.len());
        if place == groups.len() {
            let names = if extra { beside.clone() } else { all_named(&plain.base) };
            groups.push(Open { key, names, beside: Vec::new(), rows: Vec::new() });
        }
        if let Some(open) = groups.get_mut(place) {
            for name in beside {
                if !open.beside.contains(&name) {
                    open.beside.push(name);
                }
            }
            open.rows.push(row);
        }
    }
    groups
        .into_iter()
        .enumerate()
        .map(|(index, open)| Article {
            id: format!("a{}", index + 1),
            title: open.names.join(", "),
            beside: if open.key.0 { String::new() } else { open.beside.join(", ") },
            extra: open.key.0,
            rows: open.rows,
        })
        .collect()
}

/// The shown findings that weigh most, in the order of the rows among equals.
fn worst(articles: &[Article], others: &[Note]) -> Vec<Worst> {
    let rows = articles.iter().flat_map(|article| &article.rows);
    let notes = rows.flat_map(|row| &row.notes).chain(others);
    let mut notes: Vec<&Note> = notes.filter(|n| !n.again && n.confidence > Confidence::Low).collect();
    notes.sort_by_key(|note| std::cmp::Reverse((note.remark.severity, note.confidence)));
    let told = |note: &&Note| Worst {
        id: note.id.clone(),
        severity: note.remark.severity,
        title: note.remark.title.clone(),
        message: note.remark.message.clone(),
        at: note.remark.at.clone(),
    };
    notes.iter().filter(|note| note.remark.severity >= Severity::Medium).take(WORST).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_told_from_what_lies_below_it() {
        for (path, want) in [
            ("제12조제2항제1호가목", "제12조"),
            ("제8조의2제1항", "제8조의2"),
            ("7.제2항", "7."),
            ("부칙제1항", "부칙"),
            ("별표1", "별표1"),
            ("전문", "전문"),
        ] {
            assert_eq!(article(path), want);
        }
    }

    #[test]
    fn a_share_stays_within_its_bounds() {
        assert_eq!([-1.0, 0.0, 0.834, 2.0, f64::NAN].map(percent), [0, 0, 83, 100, 0]);
    }

    #[test]
    fn between_two_versions_what_is_missing_was_struck_out() {
        assert_eq!(word(BaseKind::Version, Relation::Missing), "삭제");
        assert_eq!(word(BaseKind::Builtin, Relation::Missing), "없음");
    }
}
