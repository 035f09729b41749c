//! The whole pipeline: a document in, a report out. The only place that knows all stages.

mod checklist;
mod choice;
mod compare;
mod tuning;

pub use choice::StandardChoice;
pub use compare::Against;

use crate::align::change::Lexicon;
use crate::case::Near;
use crate::check;
use crate::check::citation::Law;
use crate::check::order;
use crate::check::sla::Book;
use crate::check::unfair::{self, Hit, Setting};
use crate::checklist::{Checklists, Scope};
use crate::config::{Config, Suppression};
use crate::contract::Contract;
use crate::document::Document;
use crate::error::DataError;
use crate::finding::{Anchor, Basis, Confidence, Finding, Kind, report_all};
use crate::language::party::{Case, Mention};
use crate::language::{self, particle};
use crate::notice::{Notice, Stage};
use crate::report::{
    self, Audience, ClauseInfo, Context, DocumentInfo, Instrument, Report, Service, Suppressed, TopicStatus,
};
use crate::rule::{RuleSet, RuleSetBuilder};
use crate::sla;
use crate::standard::{self, Standard};
use crate::statute::{self, Statutes};
use crate::text::Span;
use crate::topic::{self, Decision, Status, Topics};
use choice::{Choice, Wishes};
use std::collections::BTreeSet;
use std::sync::Arc;
use tuning::{Fate, Tuning};

/// Analyses documents. Build it once, share it between threads.
///
/// ```
/// use jomun::analyze::Analyzer;
/// use jomun::document::Document;
///
/// let analyzer = Analyzer::builder().build()?;
/// let text = "서비스 이용약관\n제1조(관할) 분쟁에 관한 소송은 이용자의 주소지를 관할하는 법원에 낸다.";
/// let document = Document::from_text("약관.txt", text);
/// let report = analyzer.analyze(&document);
/// let jurisdiction = report.topics.iter().find(|topic| topic.id == "jurisdiction").unwrap();
/// assert_eq!(jurisdiction.clauses, ["제1조"]);
/// # Ok::<(), jomun::error::DataError>(())
/// ```
pub struct Analyzer {
    language: Arc<language::Analyzer>,
    topics: Topics,
    queries: Vec<Vec<String>>,
    standards: Vec<Arc<Standard>>,
    sides: compare::Sides,
    wishes: Wishes,
    rules: Arc<RuleSet>,
    tuning: Tuning,
    book: Book,
    service: Option<Service>,
    asked: checklist::Asked,
    law_as_of: String,
    /// The law that citations are held against.
    law: Law,
    /// The day that the user asked for.
    as_of: Option<String>,
    digest: String,
}

/// Settings of an [`Analyzer`].
#[derive(Default)]
pub struct AnalyzerBuilder {
    language: Option<Arc<language::Analyzer>>,
    imported: Vec<Standard>,
    wishes: Wishes,
    rules: Option<Arc<RuleSet>>,
    config: Config,
    as_of: Option<String>,
    checklists: Option<Arc<Checklists>>,
    profiles: Vec<String>,
    scope: Scope,
}

impl AnalyzerBuilder {
    /// Which standard to hold documents against; by default chosen for each document.
    pub fn standard(mut self, choice: StandardChoice) -> Self {
        self.wishes.standard = choice;
        self
    }

    /// Who the customer is; told from the document when `None`.
    pub fn audience(mut self, audience: Option<Audience>) -> Self {
        self.wishes.audience = audience;
        self
    }

    /// Whether documents are terms or negotiated; told from the document when `None`.
    pub fn instrument(mut self, instrument: Option<Instrument>) -> Self {
        self.wishes.instrument = instrument;
        self
    }

    /// What a user's configuration file asks for. Its folders of rules are read unless [`AnalyzerBuilder::rules`] is given.
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Adds an imported standard; one with the same id replaces one imported earlier. A built-in one cannot be replaced.
    pub fn add_standard(mut self, standard: Standard) -> Self {
        self.imported.retain(|other| other.id != standard.id);
        self.imported.push(standard);
        self
    }

    /// Uses a language analyser that is there already (it is costly to build).
    pub fn language(mut self, language: Arc<language::Analyzer>) -> Self {
        self.language = Some(language);
        self
    }

    /// Uses these rules instead of the built-in ones alone.
    pub fn rules(mut self, rules: Arc<RuleSet>) -> Self {
        self.rules = Some(rules);
        self
    }

    /// The day ("2026-01-02") whose law citations are held against; that of the statutes' edition when `None`. Never the clock's.
    pub fn as_of(mut self, day: Option<String>) -> Self {
        self.as_of = day;
        self
    }

    /// Uses these checklists instead of the built-in ones and those of the configuration.
    pub fn checklists(mut self, checklists: Arc<Checklists>) -> Self {
        self.checklists = Some(checklists);
        self
    }

    /// The checklists to hold documents against, by id; those of the configuration when there are none. Without any the
    /// report says nothing of checklists.
    pub fn profiles(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        self.profiles = ids.into_iter().collect();
        self
    }

    /// Whether the service is used for critical work (중요 업무), and which kind of service it is.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Builds the analyser.
    ///
    /// # Errors
    /// A [`DataError`] when the chosen standard or a checklist is not known, an imported one, a rule or a list of the
    /// user's is wrong, or the day is none.
    pub fn build(self) -> Result<Analyzer, DataError> {
        let language = match self.language {
            Some(language) => language,
            None => Arc::new(language::Analyzer::new()?),
        };
        let mut standards: Vec<Arc<Standard>> = standard::builtin()?.into_iter().map(Arc::new).collect();
        standards.extend(self.imported.into_iter().map(Arc::new));
        if let StandardChoice::Id(id) = &self.wishes.standard
            && !standards.iter().any(|standard| standard.id == *id)
        {
            let known: Vec<&str> = standards.iter().map(|standard| standard.id.as_str()).collect();
            let reason = format!("모르는 표준계약서입니다. 쓸 수 있는 것: auto, {}", known.join(", "));
            return Err(DataError { file: id.clone(), reason });
        }
        let topics = Topics::builtin()?;
        let queries = topics.queries().iter().map(|words| query(&language, words)).collect();
        let rules = match self.rules {
            Some(rules) => rules,
            None => {
                let mut own = self.config.rules.iter();
                let rules = own.try_fold(RuleSetBuilder::default(), |rules, dir| rules.dir(dir))?;
                Arc::new(rules.build()?)
            }
        };
        let statutes = Statutes::builtin()?;
        let as_of = self.as_of;
        if let Some(day) = as_of.as_ref().filter(|day| !statute::is_day(day)) {
            let reason = "2026-01-02처럼 있는 날짜를 적습니다".to_owned();
            return Err(DataError { file: day.clone(), reason });
        }
        let law = Law::new(&statutes, as_of.as_deref().unwrap_or(&statutes.law_as_of))?;
        let (law_as_of, wishes) = (statutes.law_as_of, self.wishes);
        let book = Book::builtin()?;
        let asked = checklist::Asked::new(self.checklists, self.profiles, self.scope, &self.config)?;
        let digest = digest(&standards, &rules, &self.config, &asked)?;
        let service = asked.service();
        let tuning = Tuning::new(self.config, &rules, &topics, &book, &asked);
        let sides = compare::Sides::new(standards.len())?;
        Ok(Analyzer {
            language,
            topics,
            queries,
            standards,
            sides,
            wishes,
            rules,
            tuning,
            law_as_of,
            law,
            as_of,
            book,
            service,
            asked,
            digest,
        })
    }
}

/// The terms to search for.
fn query(language: &language::Analyzer, words: &str) -> Vec<String> {
    let morphs = language.analyze(words);
    let terms: BTreeSet<&str> =
        morphs.terms(Span::new(0, words.len())).iter().map(|term| term.text).collect();
    terms.into_iter().map(str::to_owned).collect()
}

/// What decided: a digest of the topics, of every standard, of the rules and of what the user asked for.
fn digest(
    standards: &[Arc<Standard>],
    rules: &RuleSet,
    config: &Config,
    asked: &checklist::Asked,
) -> Result<String, DataError> {
    let mut source = topic::source();
    source.push_str(rules.source());
    source.push_str(Book::source());
    source.push_str(Lexicon::source());
    source.push_str(&config.source());
    source.push_str(statute::source());
    source.push_str(&asked.source());
    for standard in standards {
        source.push_str(&standard.to_toml()?);
    }
    let mut digest = crate::load::digest(source.as_bytes());
    digest.truncate(16);
    Ok(digest)
}

impl Analyzer {
    /// Settings to start from.
    pub fn builder() -> AnalyzerBuilder {
        AnalyzerBuilder::default()
    }

    /// The standards that documents can be held against, built-in ones first.
    pub fn standards(&self) -> &[Arc<Standard>] {
        &self.standards
    }

    /// The topics.
    pub fn topics(&self) -> &Topics {
        &self.topics
    }

    /// The rules.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The checklists that documents are held against, in the order asked for.
    pub fn checklists(&self) -> impl Iterator<Item = &crate::checklist::Checklist> {
        self.asked.lists()
    }

    /// The suppressions that took nothing out of any document so far and of which no report has told that yet, in the
    /// order of the configuration file. Ask when the last document is analysed.
    pub fn unused_suppressions(&self) -> impl Iterator<Item = &Suppression> {
        self.tuning.unused()
    }

    /// What is looked for in service levels.
    pub fn levels(&self) -> &Book {
        &self.book
    }

    /// The decisions on every topic for a contract held against a standard, with their evidence.
    pub fn decide<'t>(&'t self, contract: &Contract<'_>, standard: &Standard) -> Vec<Decision<'t>> {
        topic::decide(&self.topics, &self.queries, contract, standard)
    }

    /// The language analyser.
    pub fn language(&self) -> &language::Analyzer {
        &self.language
    }

    /// The report on a document. Never fails: what could not be told stands in its notices.
    pub fn analyze(&self, document: &Document) -> Report {
        let contract = Contract::read(document, &self.language);
        let choice = choice::choose(&contract, &self.wishes, &self.standards);
        self.report(&contract, &choice, |_| Vec::new())
    }

    /// The report on a contract; `more` adds what was seen beside topics and rules.
    fn report<'t>(
        &'t self,
        contract: &Contract<'_>,
        choice: &Choice,
        more: impl FnOnce(&[Decision<'t>]) -> Vec<Finding>,
    ) -> Report {
        let document = contract.document;
        let mut notices = document.notices.clone();
        notices.extend(contract.notices.iter().cloned());
        let (decisions, standard) = match &choice.standard {
            Some(standard) => (self.decide(contract, standard), Some(standard)),
            None => {
                notices.push(Notice::warning(Stage::Topics, choice.why.clone()));
                (Vec::new(), None)
            }
        };
        let (mut findings, mut suppressed): (Vec<Finding>, Vec<(Finding, &Suppression)>) = Default::default();
        let mut tuned = self.tuning.on(&document.name);
        let mut levels = report::Sla::default();
        if let Some(standard) = standard {
            let setting = Setting { audience: choice.audience, instrument: choice.instrument };
            let frames = self.rules.frames(contract, choice.paid != Some(false));
            let hits = unfair::check(&self.rules, &frames, setting, unfair::Ideas::default());
            let mut all: Vec<(Finding, Fate<'_>)> = Vec::with_capacity(hits.len());
            for hit in &hits {
                let parts = tuned.hit(hit, &contract.tree.get(hit.clause).path.to_string());
                all.extend(parts.into_iter().map(|(hit, fate)| (self.told(&hit, standard, contract), fate)));
            }
            let missing = decisions.iter().filter_map(|decision| finding(decision, standard, contract));
            all.extend(missing.filter_map(|finding| tuned.finding(finding)));
            all.extend(more(&decisions).into_iter().filter_map(|finding| tuned.finding(finding)));
            let order = order::check(contract, &self.law);
            all.extend(order.into_iter().filter_map(|finding| tuned.finding(finding)));
            let (read, found) = self.levels_of(contract, choice.instrument, &hits);
            levels = read;
            all.extend(found.into_iter().filter_map(|finding| tuned.finding(finding)));
            for (finding, fate) in all {
                match fate {
                    Fate::Told => findings.push(finding),
                    Fate::TakenOut(by) => suppressed.push((finding, by)),
                }
            }
            let lowered = findings.iter().filter(|finding| finding.kind == Kind::Deviation).count();
            if lowered > 0 {
                let message = format!(
                    "교섭한 계약에는 약관법이 바로 적용되지 않으므로, 약관법에 관한 지적 {lowered}건은 '{}'으로 한 단계 낮추어 적었습니다.",
                    Kind::Deviation.ko()
                );
                notices.push(Notice::info(Stage::Rules, message));
            }
        }
        let checked = self.asked.check(contract);
        for (finding, fate) in checked.findings.into_iter().filter_map(|finding| tuned.finding(finding)) {
            match fate {
                Fate::Told => findings.push(finding),
                Fate::TakenOut(by) => suppressed.push((finding, by)),
            }
        }
        notices.extend(tuned.notices());
        if let Some(day) = self.as_of.as_ref().filter(|day| **day > self.law_as_of) {
            let message = format!(
                "법령 자료는 {}까지의 것이어서, 그 뒤 {day}까지의 개정은 보지 못합니다.",
                self.law_as_of
            );
            notices.push(Notice::warning(Stage::Rules, message));
        }
        Report {
            schema: report::SCHEMA.to_owned(),
            tool: report::Tool {
                name: "jomun".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                rules: self.digest.clone(),
                law_as_of: Some(self.law_as_of.clone()),
            },
            document: DocumentInfo {
                path: document.name.clone(),
                sha256: document.sha256.clone(),
                format: document.format.name().to_owned(),
                title: document.title.clone(),
                chars: document.text().chars().count(),
                parts: document.parts().iter().map(|part| part.name.clone()).collect(),
            },
            context: Context {
                profiles: self.asked.ids(),
                ..context(choice, contract, self.as_of.as_deref())
            },
            clauses: clauses(contract),
            topics: statuses(&self.topics, &decisions, standard.map(AsRef::as_ref), contract),
            alignment: Vec::new(),
            checklists: checked.lists,
            sla: levels,
            findings: report_all(&findings, document),
            suppressed: taken_out(&suppressed, document),
            notices,
        }
    }

    /// The service levels of a contract and what looks wrong with them, where no rule says the same of the same words.
    fn levels_of(
        &self,
        contract: &Contract<'_>,
        instrument: Option<Instrument>,
        hits: &[Hit<'_>],
    ) -> (report::Sla, Vec<Finding>) {
        let levels = sla::read(contract);
        if !levels.promises() {
            return (report::Sla::default(), Vec::new());
        }
        let setting = check::sla::Setting { service: self.service, instrument };
        let service = check::sla::service(&self.book, contract, setting);
        let required = service.and_then(|service| self.book.threshold(service));
        let mut found = check::sla::check(&self.book, contract, &levels, setting);
        found.retain(|finding| {
            let same = self.book.get(&finding.rule).map_or(&[][..], |check| &check.same);
            let Anchor::Text { span, .. } = &finding.anchor else { return true };
            !hits.iter().any(|hit| {
                let mut rules = [hit.rule].into_iter().chain(hit.also.iter().copied());
                hit.span.overlaps(*span) && rules.any(|rule| same.contains(&rule.id))
            })
        });
        (levels.reported(contract, service, required.map(|threshold| threshold.availability)), found)
    }

    /// What a reviewer is told of words that look unfair.
    fn told(&self, hit: &Hit<'_>, standard: &Standard, contract: &Contract<'_>) -> Finding {
        let rule = hit.rule;
        let negotiated = match hit.kind {
            Kind::Deviation => {
                "교섭한 계약이어서 약관법이 바로 적용되지 않으므로 한 단계 낮추어 적었습니다. "
            }
            _ => "",
        };
        Finding {
            rule: rule.id.clone(),
            kind: hit.kind,
            severity: hit.severity,
            confidence: hit.confidence,
            anchor: Anchor::Text {
                clause: contract.tree.get(hit.clause).path.to_string(),
                clause_id: format!("c{}", hit.clause.0),
                span: hit.span,
            },
            message: rule.message.clone(),
            basis: hit.basis.clone(),
            provisions: self.provisions(hit, standard),
            also: hit.also.iter().map(|rule| rule.id.clone()).collect(),
            advice: Some(format!("{negotiated}{} {}", rule.why, rule.advice)),
            suggestion: Some(rule.suggestion.clone()),
            cases: hit.cases.iter().map(like).collect(),
        }
    }

    /// Where the standard states what the rules of a hit measure by.
    fn provisions(&self, hit: &Hit<'_>, standard: &Standard) -> Vec<String> {
        let mut provisions: Vec<String> = Vec::new();
        for topic in [hit.rule].iter().chain(&hit.also).flat_map(|rule| &rule.topics) {
            let at = self.topics.get(topic).map(|topic| topic.provisions(standard)).unwrap_or_default();
            for provision in at.iter().map(|at| format!("{}/{at}", standard.id)) {
                if !provisions.contains(&provision) {
                    provisions.push(provision);
                }
            }
        }
        provisions
    }
}

/// A like case, as the report has it.
fn like(near: &Near<'_>) -> report::Case {
    let likeness = (f64::from(near.likeness) * 100.0).round() / 100.0;
    report::Case { id: near.id.to_owned(), text: near.text.to_owned(), unfair: near.unfair, likeness }
}

/// Findings that are taken out, as the report has them.
fn taken_out(suppressed: &[(Finding, &Suppression)], document: &Document) -> Vec<Suppressed> {
    let findings: Vec<Finding> = suppressed.iter().map(|(finding, _)| finding.clone()).collect();
    report_all(&findings, document)
        .into_iter()
        .zip(suppressed)
        .map(|(finding, (_, by))| Suppressed { finding, reason: by.reason.clone(), date: by.date.clone() })
        .collect()
}

fn context(choice: &Choice, contract: &Contract<'_>, as_of: Option<&str>) -> Context {
    // A party acts or is addressed somewhere: 은행 계좌 and the names of statutes make nobody one.
    let acts = |mention: &&Mention| matches!(mention.case, Case::Topic | Case::Subject | Case::Addressee);
    let names = |role| {
        let mentions = contract.parties.mentions().iter().filter(acts).filter(|mention| mention.role == role);
        let names: BTreeSet<&str> = mentions.map(|mention| contract.text(mention.span)).collect();
        names.into_iter().map(str::to_owned).collect()
    };
    Context {
        standard: choice.standard.as_ref().map(|standard| standard.id.clone()),
        edition: choice.standard.as_ref().map(|standard| standard.edition.clone()),
        why: choice.why.clone(),
        audience: choice.audience,
        instrument: choice.instrument,
        paid: choice.paid,
        profiles: Vec::new(),
        as_of: as_of.map(str::to_owned),
        parties: report::Parties {
            provider: names(language::Role::Provider),
            customer: names(language::Role::Customer),
        },
    }
}

fn clauses(contract: &Contract<'_>) -> Vec<ClauseInfo> {
    let document = contract.document;
    let place = |at: usize| Some(document.place(at)).filter(|place| !place.is_empty());
    contract
        .tree
        .clauses()
        .iter()
        .map(|clause| ClauseInfo {
            id: format!("c{}", clause.id.0),
            path: clause.path.to_string(),
            level: clause.level.korean().to_owned(),
            label: clause.label.clone(),
            heading: clause.heading.clone(),
            span: clause.span,
            place: place(clause.span.trimmed(document.text()).start),
        })
        .collect()
}

fn statuses(
    topics: &Topics,
    decisions: &[Decision<'_>],
    standard: Option<&Standard>,
    contract: &Contract<'_>,
) -> Vec<TopicStatus> {
    let Some(standard) = standard else {
        let unreadable = |topic: &topic::Topic| TopicStatus {
            id: topic.id.clone(),
            status: report::Status::Unreadable,
            clauses: Vec::new(),
            provisions: Vec::new(),
            missing_elements: Vec::new(),
            confidence: Confidence::High,
        };
        return topics.list().iter().map(unreadable).collect();
    };
    let path = |id| contract.tree.get(id).path.to_string();
    decisions
        .iter()
        .map(|decision| TopicStatus {
            id: decision.topic.id.clone(),
            status: match decision.status {
                Status::Covered => report::Status::Covered,
                Status::Partial => report::Status::Partial,
                Status::Missing => report::Status::Missing,
                Status::NotApplicable => report::Status::NotApplicable,
            },
            clauses: decision.clauses.iter().copied().map(path).collect(),
            provisions: decision
                .topic
                .provisions(standard)
                .iter()
                .map(|at| format!("{}/{at}", standard.id))
                .collect(),
            missing_elements: decision.missing.iter().map(|element| element.name.clone()).collect(),
            confidence: confidence(decision.certainty),
        })
        .collect()
}

fn confidence(certainty: f32) -> Confidence {
    match certainty {
        c if c >= 0.75 => Confidence::High,
        c if c >= 0.45 => Confidence::Medium,
        _ => Confidence::Low,
    }
}

/// What a reviewer is told of a topic that is missing or partial. A partial one weighs one step less.
fn finding(decision: &Decision<'_>, standard: &Standard, contract: &Contract<'_>) -> Option<Finding> {
    let topic = decision.topic;
    let provisions = topic.provisions(standard);
    let named =
        |at: &[&str]| at.iter().map(|at| format!("{} {at}", standard.title)).collect::<Vec<_>>().join(", ");
    let lacking = decision.missing.iter().map(|element| element.name.as_str()).collect::<Vec<_>>().join(", ");
    let (severity, message) = match decision.status {
        Status::Missing => {
            let what = particle::with(&lacking, "을", "를");
            let message = format!(
                "{}에 관한 조항이 보이지 않아, {what} 정하지 않은 것으로 볼 수 있습니다.",
                topic.name
            );
            (topic.severity, message)
        }
        Status::Partial => {
            let what = particle::with(&lacking, "은", "는");
            let message =
                format!("{}에 관한 조항은 있으나 {what} 정하지 않은 것으로 볼 수 있습니다.", topic.name);
            (topic.severity.lower(), message)
        }
        Status::Covered | Status::NotApplicable => return None,
    };
    let mut wanted: Vec<&str> = decision
        .missing
        .iter()
        .filter_map(|element| element.places.get(&standard.like))
        .flatten()
        .map(String::as_str)
        .filter(|at| standard.provision(at).is_some() && standard.like == standard.id)
        .collect();
    if wanted.is_empty() {
        wanted.clone_from(&provisions);
    }
    let mut seen = BTreeSet::new();
    wanted.retain(|at| seen.insert(*at));
    let mut wording: Vec<String> = Vec::new();
    for at in &wanted {
        let text = standard.wording(at);
        if !text.is_empty() && !wording.contains(&text) {
            wording.push(text);
        }
    }
    let mut finding = Finding::missing(&topic.id, severity, confidence(decision.certainty), message);
    if decision.status == Status::Partial {
        let after = decision.clauses.first().map(|&id| contract.tree.get(id).path.to_string());
        finding.anchor = Anchor::Absent { topic: topic.id.clone(), after };
    }
    finding.basis = bases(topic, &wanted, standard);
    finding.provisions = wanted.iter().map(|at| format!("{}/{at}", standard.id)).collect();
    finding.advice = Some(format!("{} 기준: {}", topic.why, named(&wanted)));
    finding.suggestion = Some(wording.join("\n")).filter(|text| !text.is_empty());
    Some(finding)
}

/// The statutes behind a topic: its own first, then those of the standard's provisions.
fn bases(topic: &topic::Topic, at: &[&str], standard: &Standard) -> Vec<Basis> {
    let of_provisions = at.iter().flat_map(|at| standard.under(at)).flat_map(|provision| &provision.basis);
    let mut bases: Vec<Basis> = Vec::new();
    for written in topic.basis.iter().chain(of_provisions) {
        if let Ok(basis) = written.parse::<Basis>()
            && !bases.contains(&basis)
        {
            bases.push(basis);
        }
    }
    bases
}
