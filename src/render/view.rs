//! What a reviewer wants to see, in reading order, before it takes a form. Both renderings for people write this down,
//! so that they cannot say different things.

use super::grouped;
use super::legend::{self, Chapter, Legend};
use super::level::Levels;
use super::sheet::{self, Sheet};
use crate::finding::{Basis, Kind, Severity};
use crate::notice::Gravity;
use crate::report::{self, Audience, Case, FindingInfo, Instrument, Report, Status, TopicStatus};

/// A report, ready to be written down.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The file as the caller named it.
    pub path: String,
    /// Labelled lines: document, kind, parties, standard, why, counts.
    pub head: Vec<(&'static str, String)>,
    /// The table of topics, a group for each chapter of the standard.
    pub groups: Vec<Group>,
    /// Titles of the topics that the standard does not have.
    pub not_applicable: Vec<String>,
    /// Whether the table has topics and none of them is missing or partial.
    pub complete: bool,
    /// The service levels that the document promises.
    pub levels: Levels,
    /// Missing and partial topics, the weightiest first.
    pub gaps: Vec<Gap>,
    /// All other findings, the weightiest first.
    pub remarks: Vec<Remark>,
    /// The checklists that were asked for.
    pub sheets: Vec<Sheet>,
    /// Findings of low confidence, which no figure counts.
    pub doubts: Doubts,
    /// Findings that the user's configuration takes out.
    pub suppressed: Vec<Suppressed>,
    /// What must be known about the reading: whether it is a warning, the sentence, the place.
    pub notices: Vec<(bool, String)>,
}

/// Findings of low confidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubts {
    /// Missing and partial topics.
    pub gaps: Vec<Gap>,
    /// All others.
    pub remarks: Vec<Remark>,
}

impl Doubts {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.gaps.is_empty() && self.remarks.is_empty()
    }
}

/// A finding that the user's configuration takes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// What its rule is called, and its id: "계속 이용을 동의로 보는 조항 [continued-use-as-consent]".
    pub rule: String,
    /// Where, as [`Remark::at`]; empty for what is absent.
    pub at: String,
    /// The user's reason and when: "고객과 합의함 (2026-11-27)".
    pub reason: String,
}

/// The topics of one chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// "제4장 이용자 정보의 보호"; topics without a chapter stand under "그 밖의 항목".
    pub title: String,
    /// Its topics.
    pub rows: Vec<Row>,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Title of the topic.
    pub title: String,
    /// How it fares.
    pub status: Status,
    /// Paths of the clauses that carry it.
    pub clauses: Vec<String>,
    /// The standard's provisions.
    pub provisions: Vec<String>,
}

/// A topic that is absent, wholly or in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Title of the topic.
    pub title: String,
    /// Missing or partial.
    pub status: Status,
    /// Weight.
    pub severity: Severity,
    /// What was seen.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// The elements that are not stated.
    pub elements: Vec<String>,
    /// Paths of the clauses that state the rest.
    pub clauses: Vec<String>,
    /// The standard's provisions with their titles.
    pub provisions: Vec<String>,
    /// The law.
    pub basis: Vec<String>,
    /// What can be done.
    pub advice: Option<String>,
    /// The model clause.
    pub suggestion: Option<String>,
}

/// A finding at words of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What kind.
    pub kind: Kind,
    /// What its rule is called.
    pub title: String,
    /// Id of its rule, and of the others that saw the same words.
    pub rules: String,
    /// Weight.
    pub severity: Severity,
    /// "제12조제2항", with the place in the file when known.
    pub at: String,
    /// The words.
    pub quote: String,
    /// What was seen.
    pub message: String,
    /// The standard's provisions with their titles.
    pub provisions: Vec<String>,
    /// The law, best first.
    pub basis: Vec<String>,
    /// Like cases: "불공정 「… 책임을 지지 않는다.」(83%)".
    pub cases: Vec<String>,
    /// What can be done.
    pub advice: Option<String>,
    /// Wording to put in.
    pub suggestion: Option<String>,
}

impl View {
    /// The view of a report, its ids named by `legend`.
    pub fn new(report: &Report, legend: &Legend) -> Self {
        let (gaps, doubtful_gaps) = gaps(report, legend);
        let (remarks, doubtful) = remarks(report, legend);
        let open = |topic: &TopicStatus| matches!(topic.status, Status::Missing | Status::Partial);
        Self {
            path: visible(&report.document.path),
            head: head(report, legend),
            groups: groups(report, legend),
            not_applicable: report
                .topics
                .iter()
                .filter(|topic| topic.status == Status::NotApplicable)
                .map(|topic| legend.topic_title(&topic.id).to_owned())
                .collect(),
            complete: report.context.standard.is_some() && !report.topics.iter().any(open),
            levels: levels(report),
            gaps,
            remarks,
            sheets: sheet::sheets(report, legend),
            doubts: Doubts { gaps: doubtful_gaps, remarks: doubtful },
            suppressed: suppressed(report, legend),
            notices: report
                .notices
                .iter()
                .map(|notice| {
                    let place = notice.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
                    (notice.severity == Gravity::Warning, visible(&format!("{}{place}", notice.message)))
                })
                .collect(),
        }
    }
}

/// Words of a document without what could steer a terminal or turn the reading direction: escapes, controls, bidi marks.
pub(super) fn visible(text: &str) -> String {
    let steers = |c: char| {
        c != '\n' && (c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    };
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

fn levels(report: &Report) -> Levels {
    let mut levels = Levels::of(&report.sla);
    for goal in &mut levels.targets {
        (goal.name, goal.clause) = (visible(&goal.name), visible(&goal.clause));
    }
    for table in &mut levels.tables {
        table.title = visible(&table.title);
        table.steps.iter_mut().for_each(|step| step.clause = visible(&step.clause));
    }
    levels.notes.iter_mut().for_each(|(_, text)| *text = visible(text));
    levels
}

fn all_visible(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| visible(text)).collect()
}

fn head(report: &Report, legend: &Legend) -> Vec<(&'static str, String)> {
    let document = &report.document;
    let context = &report.context;
    let mut lines = Vec::new();
    let title = document.title.as_ref().map(|title| format!("{title} · ")).unwrap_or_default();
    let mut about = format!("{title}{}, {}자", document.format, grouped(document.chars));
    for level in ["장", "조", "항", "호", "목"] {
        let count = report.clauses.iter().filter(|clause| clause.level == level).count();
        if count > 0 {
            about.push_str(&format!(", {level} {}", grouped(count)));
        }
    }
    lines.push(("문서", about));
    let kind: Vec<&str> = [
        context.instrument.map(|instrument| match instrument {
            Instrument::Terms => "약관",
            Instrument::Negotiated => "개별 계약서",
        }),
        context.audience.map(|audience| match audience {
            Audience::B2b => "사업자 고객(B2B)",
            Audience::B2c => "소비자 고객(B2C)",
        }),
        context.paid.map(|paid| if paid { "유료 서비스" } else { "무료 서비스" }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !kind.is_empty() {
        lines.push(("성격", kind.join(", ")));
    }
    let parties: Vec<String> = [("제공자", &context.parties.provider), ("고객", &context.parties.customer)]
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(role, names)| format!("{role} = {}", names.join("·")))
        .collect();
    if !parties.is_empty() {
        lines.push(("당사자", parties.join(", ")));
    }
    if let Some(id) = &context.standard {
        let title = legend.standard_title(id);
        let name = if title == id { id.clone() } else { format!("{title} [{id}]") };
        let edition = context.edition.as_ref().map(|edition| format!(", {edition}판")).unwrap_or_default();
        lines.push(("기준", format!("{name}{edition}")));
    }
    if !context.why.is_empty() {
        lines.push(("선택 이유", context.why.clone()));
    }
    if !report.topics.is_empty() && context.standard.is_some() {
        let mut counts = vec![format!("항목 {}", report.topics.len())];
        for status in
            [Status::Covered, Status::Partial, Status::Missing, Status::NotApplicable, Status::Unreadable]
        {
            let count = report.count(status);
            if count > 0 {
                counts.push(format!("{} {count}", status.ko()));
            }
        }
        lines.push(("결과", counts.join(" · ")));
    }
    let counted = report.counted().count();
    let doubts = report.findings.len() - counted;
    if !report.findings.is_empty() {
        let mut counts = vec![format!("지적 {counted}")];
        for severity in [Severity::High, Severity::Medium, Severity::Low, Severity::Info] {
            let count = report.counted().filter(|finding| finding.severity == severity).count();
            if count > 0 {
                counts.push(format!("{} {count}", severity.ko()));
            }
        }
        lines.push(("중요도", counts.join(" · ")));
    }
    let beside = [("확실하지 않은 지적", doubts), ("설정으로 뺀 지적", report.suppressed.len())];
    let beside: Vec<String> = beside
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{what} {count}"))
        .collect();
    if !beside.is_empty() {
        lines.push(("세지 않음", beside.join(" · ")));
    }
    lines.into_iter().map(|(label, text)| (label, visible(&text))).collect()
}

fn groups(report: &Report, legend: &Legend) -> Vec<Group> {
    let mut groups: Vec<(Option<&Chapter>, Vec<Row>)> = Vec::new();
    if report.context.standard.is_none() {
        // Nothing was held against anything; the notices say why.
        return Vec::new();
    }
    for topic in report.topics.iter().filter(|topic| topic.status != Status::NotApplicable) {
        let chapter = topic.provisions.iter().find_map(|provision| legend.chapter(provision));
        let row = Row {
            title: legend.topic_title(&topic.id).to_owned(),
            status: topic.status,
            clauses: all_visible(&topic.clauses),
            provisions: widest(&topic.provisions).into_iter().map(at).collect(),
        };
        match groups.iter_mut().find(|(known, _)| *known == chapter) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((chapter, vec![row])),
        }
    }
    // By the standard's chapters; what has none comes last.
    groups.sort_by_key(|(chapter, _)| (chapter.is_none(), *chapter));
    let named = |chapter: Option<&Chapter>| match chapter {
        Some(chapter) => format!("제{}장 {}", chapter.number, chapter.title),
        None => "그 밖의 항목".to_owned(),
    };
    groups.into_iter().map(|(chapter, rows)| Group { title: named(chapter), rows }).collect()
}

/// "cloud-b2b/제20조제1항" → "제20조제1항".
fn at(provision: &str) -> String {
    provision.split_once('/').map_or(provision, |(_, at)| at).to_owned()
}

/// Missing and partial topics that the report tells: those that count, and those that are doubtful. A topic whose finding
/// was switched off or taken out stands in the table only.
fn gaps(report: &Report, legend: &Legend) -> (Vec<Gap>, Vec<Gap>) {
    let open = report
        .topics
        .iter()
        .filter(|topic| matches!(topic.status, Status::Missing | Status::Partial))
        .filter_map(|topic| Some((topic, finding_of(report, &topic.id)?)));
    let (certain, doubtful): (Vec<_>, Vec<_>) = open.partition(|(_, finding)| finding.counts());
    let told = |pairs: Vec<(&TopicStatus, &FindingInfo)>| {
        let mut gaps: Vec<Gap> =
            pairs.into_iter().map(|(topic, finding)| gap(topic, finding, legend)).collect();
        gaps.sort_by_key(|gap| (std::cmp::Reverse(gap.severity), gap.status == Status::Partial));
        gaps
    };
    (told(certain), told(doubtful))
}

/// The finding that says that a topic is absent: rule `missing-<topic>` or `partial-<topic>`.
fn finding_of<'a>(report: &'a Report, topic: &str) -> Option<&'a FindingInfo> {
    report.findings.iter().find(|finding| topic_of(finding) == Some(topic))
}

pub(super) fn topic_of(finding: &FindingInfo) -> Option<&str> {
    if finding.kind != Kind::Missing {
        return None;
    }
    finding.rule.strip_prefix("missing-").or_else(|| finding.rule.strip_prefix("partial-"))
}

fn gap(topic: &TopicStatus, finding: &FindingInfo, legend: &Legend) -> Gap {
    let message = visible(&finding.message);
    let why = legend.topic_why(&topic.id).to_owned();
    let title = |element: &String| legend.element_title(&topic.id, element).to_owned();
    let mut elements: Vec<String> = topic.missing_elements.iter().map(title).collect();
    // A reader is not told the same thing twice; programs find both in the JSON.
    if elements.iter().all(|element| message.contains(element.as_str())) {
        elements.clear();
    }
    let advice = finding.advice.clone();
    Gap {
        title: legend.topic_title(&topic.id).to_owned(),
        status: topic.status,
        severity: finding.severity,
        message,
        elements,
        clauses: all_visible(&topic.clauses),
        provisions: cited(&topic.provisions, legend),
        basis: basis(finding),
        advice: advice.filter(|advice| why.is_empty() || !advice.contains(&why)),
        suggestion: finding.suggestion.clone(),
        why,
    }
}

/// The provisions that do not lie below another of them: 제7조 says all that 제7조제1항 says.
fn widest(provisions: &[String]) -> Vec<&str> {
    let covered = |at: &str| {
        provisions.iter().any(|whole| {
            at != whole && at.strip_prefix(whole.as_str()).is_some_and(|rest| rest.starts_with('제'))
        })
    };
    provisions.iter().map(String::as_str).filter(|at| !covered(at)).collect()
}

/// Provisions as lawyers cite them, the title of a 조 only where it is cited first.
fn cited(provisions: &[String], legend: &Legend) -> Vec<String> {
    let mut titled = Vec::new();
    let cite = |provision: &str| {
        let article = legend::article(provision).to_owned();
        if titled.contains(&article) {
            return at(provision);
        }
        titled.push(article);
        legend.cite(provision)
    };
    widest(provisions).into_iter().map(cite).collect()
}

/// The law behind what is absent, each statute named once. Parts of a 조 that is cited as a whole are left to it.
pub(super) fn basis(finding: &FindingInfo) -> Vec<String> {
    let whole = |basis: &&Basis| {
        let same =
            |other: &&Basis| other.law == basis.law && other.article == basis.article && other.item.is_none();
        basis.item.is_some() && finding.basis.iter().any(|other| same(&other))
    };
    by_law(finding.basis.iter().filter(|basis| !whole(basis)))
}

/// Provisions of law in their order, each statute named once: "약관의 규제에 관한 법률 제7조, 제12조제2호".
pub(crate) fn by_law<'a>(bases: impl Iterator<Item = &'a Basis>) -> Vec<String> {
    let mut laws: Vec<(&str, String)> = Vec::new();
    for basis in bases {
        match laws.iter_mut().find(|(law, _)| *law == basis.law) {
            Some((_, text)) => {
                text.push_str(", ");
                text.push_str(&basis.provision());
            }
            None => laws.push((&basis.law, basis.to_string())),
        }
    }
    laws.into_iter().map(|(_, text)| text).collect()
}

/// Findings at words of the document, or about what the table does not have: those that count, and the doubtful ones.
fn remarks(report: &Report, legend: &Legend) -> (Vec<Remark>, Vec<Remark>) {
    let told_by_topic =
        |finding: &&FindingInfo| topic_of(finding).is_some_and(|id| report.topics.iter().any(|t| t.id == id));
    let told_by_sheet = |finding: &&FindingInfo| sheet::tells(report, finding);
    let others = report.findings.iter().filter(|finding| !told_by_topic(finding) && !told_by_sheet(finding));
    let (certain, doubtful): (Vec<_>, Vec<_>) = others.partition(|finding| finding.counts());
    let told = |findings: Vec<&FindingInfo>| {
        let mut remarks: Vec<Remark> = findings.into_iter().map(|finding| remark(finding, legend)).collect();
        remarks.sort_by_key(|remark| std::cmp::Reverse(remark.severity));
        remarks
    };
    (told(certain), told(doubtful))
}

pub(super) fn remark(finding: &FindingInfo, legend: &Legend) -> Remark {
    let case = |case: &Case| {
        let judged = if case.unfair { "불공정" } else { "공정" };
        format!("{judged} 「{}」({:.0}%)", shortened(&visible(&case.text), CASE), case.likeness * 100.0)
    };
    Remark {
        kind: finding.kind,
        title: legend.rule_title(&finding.rule).to_owned(),
        rules: std::iter::once(&finding.rule).chain(&finding.also).cloned().collect::<Vec<_>>().join(", "),
        severity: finding.severity,
        at: place(finding),
        quote: visible(&finding.quote),
        message: visible(&finding.message),
        provisions: cited(&finding.provisions, legend),
        basis: by_law(finding.basis.iter()),
        cases: finding.cases.iter().map(case).collect(),
        advice: finding.advice.clone(),
        suggestion: finding.suggestion.clone(),
    }
}

/// So many characters of a like case are shown.
const CASE: usize = 60;

/// A text on one line, shortened to so many characters.
fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// "제12조제2항 (12쪽)".
fn place(finding: &FindingInfo) -> String {
    let clause = finding.clause.as_deref().map(visible);
    let place = finding.place.as_ref().map(|place| format!("({place})"));
    [clause, place].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn suppressed(report: &Report, legend: &Legend) -> Vec<Suppressed> {
    let told = |entry: &report::Suppressed| {
        let id = &entry.finding.rule;
        let title = legend.rule_title(id);
        Suppressed {
            rule: if title == id { id.clone() } else { format!("{title} [{id}]") },
            at: place(&entry.finding),
            reason: visible(&format!("{} ({})", entry.reason, entry.date)),
        }
    };
    report.suppressed.iter().map(told).collect()
}
