//! What a negotiator wants to see of a comparison, in reading order, before it takes a form: the figures, the findings
//! that weigh most, and the rows gathered by article. Decides nothing and knows no form of output.

mod article;
mod row;

pub use article::Article;
pub use row::{Change, Note, Row, Side, shown};

use super::Options;
use crate::finding::{Confidence, Severity};
use crate::render::level::Levels;
use crate::render::view::{self as report_view, Group, Suppressed, visible};
use crate::render::{Legend, grouped};
use crate::report::{self, BaseKind, ChangeKind, Comparison, Favours, FindingInfo, Relation};
use row::{note, row};
use std::collections::{BTreeMap, BTreeSet};

/// So many findings stand at the top.
const WORST: usize = 5;

/// What is said over the rows where the base's side is a gist.
pub const GIST: &str = "기준 쪽은 표준계약서의 문장이 아니라 jomun이 적은 요지입니다. 낱말이 아니라 요구 내용과 달라진 값을 견줍니다.";

/// A comparison, ready to be written down.
#[derive(Clone, Debug, PartialEq)]
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
    /// The service levels that the contract promises.
    pub levels: Levels,
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
    /// How many other findings are called the same.
    pub more: usize,
}

impl Worst {
    /// "중요도 높음 · 제12조제2항 (3쪽) · 같은 지적 2건 더".
    pub fn told(&self) -> String {
        let mut told = format!("중요도 {}", self.severity.ko());
        if !self.at.is_empty() {
            told.push_str(&format!(" · {}", self.at));
        }
        if self.more > 0 {
            told.push_str(&format!(" · 같은 지적 {}건 더", self.more));
        }
        told
    }
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
        let articles = article::articles(rows);
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
            levels: plain.levels,
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

/// The shown findings that weigh most, in the order of the rows among equals; those of one rule stand together as one.
fn worst(articles: &[Article], others: &[Note]) -> Vec<Worst> {
    let rows = articles.iter().flat_map(|article| &article.rows);
    let notes = rows.flat_map(|row| &row.notes).chain(others);
    let mut notes: Vec<&Note> = notes.filter(|n| !n.again && n.confidence > Confidence::Low).collect();
    notes.sort_by_key(|note| std::cmp::Reverse((note.remark.severity, note.confidence)));
    let mut told: Vec<Worst> = Vec::new();
    for note in notes.into_iter().filter(|note| note.remark.severity >= Severity::Medium) {
        match told.iter_mut().find(|worst| worst.title == note.remark.title) {
            Some(worst) => worst.more += 1,
            None => told.push(Worst {
                id: note.id.clone(),
                severity: note.remark.severity,
                title: note.remark.title.clone(),
                message: note.remark.message.clone(),
                at: note.remark.at.clone(),
                more: 0,
            }),
        }
    }
    told.truncate(WORST);
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_two_versions_what_is_missing_was_struck_out() {
        assert_eq!(word(BaseKind::Version, Relation::Missing), "삭제");
        assert_eq!(word(BaseKind::Builtin, Relation::Missing), "없음");
    }
}
