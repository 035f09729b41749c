//! A contract beside its base: alignment and typed changes put into the plain data of a comparison, and the findings that
//! come from them. Reads every document once.

use super::{Analyzer, choice};
use crate::align::change::{self, Change, Lexicon, Said, Setting};
use crate::align::{self, Group, Hints, Pair, Reason, Side, mark};
use crate::check::deviation;
use crate::contract::Contract;
use crate::document::Document;
use crate::error::DataError;
use crate::finding::{Anchor, Finding, Kind};
use crate::language::particle;
use crate::notice::{Notice, Stage};
use crate::report::{
    self, Base, BaseKind, COMPARISON_SCHEMA, Comparison, Coverage, ElementShown, Favours, Link, Piece,
    Relation, Row, Stated, TypedChange,
};
use crate::standard::Standard;
use crate::text::Span;
use crate::topic::Decision;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// What to hold a contract against.
#[derive(Clone, Copy, Debug)]
pub enum Against<'d> {
    /// The standard that the analyser would choose for it.
    Standard,
    /// Another version of it, the older one.
    Version(&'d Document),
}

/// The standards read as contracts, each when it is first asked for.
pub(super) struct Sides {
    lexicon: Lexicon,
    read: Vec<OnceLock<Based>>,
}

/// A base, ready.
struct Based {
    side: Side,
    /// For each unit the topics that it carries.
    topics: Vec<BTreeSet<usize>>,
    /// For each unit what its provision requires, with the words of each requirement.
    requires: Vec<Vec<(String, Vec<u64>)>>,
}

impl Sides {
    pub(super) fn new(standards: usize) -> Result<Self, DataError> {
        Ok(Self { lexicon: Lexicon::builtin()?, read: (0..standards).map(|_| OnceLock::new()).collect() })
    }
}

impl Analyzer {
    /// A contract beside the standard chosen for it, or beside another version. Never fails: a document that is no
    /// contract gives a comparison without rows, and its report says why.
    pub fn compare(&self, document: &Document, against: Against<'_>) -> Comparison {
        let contract = Contract::read(document, &self.language);
        let choice = choice::choose(&contract, &self.wishes, &self.standards);
        let side = Side::read(&contract, &self.sides.lexicon);
        let version;
        let (based, base) = match (against, &choice.standard) {
            (Against::Version(other), _) => {
                let older = Contract::read(other, &self.language);
                let side = Side::read(&older, &self.sides.lexicon);
                let base = Base {
                    kind: BaseKind::Version,
                    id: other.name.clone(),
                    title: other.title.clone().unwrap_or_else(|| other.name.clone()),
                    edition: None,
                    articles: side.articles(),
                };
                version = Based { side, topics: Vec::new(), requires: Vec::new() };
                (&version, base)
            }
            (Against::Standard, Some(standard)) => {
                let builtin = standard.like == standard.id;
                let base = Base {
                    kind: if builtin { BaseKind::Builtin } else { BaseKind::Imported },
                    id: standard.id.clone(),
                    title: standard.title.clone(),
                    edition: Some(standard.edition.clone()),
                    articles: standard.counts.articles,
                };
                (self.based(standard), base)
            }
            (Against::Standard, None) => return self.without_base(&contract, &choice),
        };
        let places = |unit: usize| document.place(side.stretch(unit).start);
        let mut rows = Vec::new();
        let report = self.report(&contract, &choice, |decisions| {
            let hints = Hints { base: based.topics.clone(), contract: carried(&side, decisions) };
            let beside = Beside { based, base: &base, contract: &side, standard: choice.standard.as_ref() };
            let (told, findings) = beside.rows(&hints, &self.topics, &places, against);
            rows = told;
            findings
        });
        let mut comparison = Comparison {
            schema: COMPARISON_SCHEMA.to_owned(),
            literal: base.kind != BaseKind::Builtin,
            chapters: coverage(&based.side, &base, &rows),
            base,
            rows,
            report,
        };
        settle(&mut comparison);
        comparison
    }

    /// What can be said of a document that there is nothing to hold against.
    fn without_base(&self, contract: &Contract<'_>, choice: &choice::Choice) -> Comparison {
        let mut report = self.report(contract, choice, |_| Vec::new());
        let message =
            "견줄 표준계약서를 정하지 못했습니다. --standard로 고르거나 --against로 견줄 문서를 주십시오.";
        report.notices.push(Notice::warning(Stage::Standard, message));
        Comparison {
            schema: COMPARISON_SCHEMA.to_owned(),
            base: Base {
                kind: BaseKind::Builtin,
                id: String::new(),
                title: String::new(),
                edition: None,
                articles: 0,
            },
            literal: false,
            chapters: Vec::new(),
            rows: Vec::new(),
            report,
        }
    }

    /// A standard read as a contract; once for all documents.
    fn based(&self, standard: &Arc<Standard>) -> &Based {
        let at = self.standards.iter().position(|other| other.id == standard.id).unwrap_or(0);
        self.sides.read[at].get_or_init(|| {
            let document = standard.document();
            let contract = Contract::read(&document, &self.language);
            let side = Side::read(&contract, &self.sides.lexicon);
            let mut topics = vec![BTreeSet::new(); side.units.len()];
            for (number, topic) in self.topics.list().iter().enumerate() {
                for at in topic.provisions(standard) {
                    for (unit, _) in side.units.iter().enumerate().filter(|(_, unit)| unit.path == at) {
                        topics[unit].insert(number);
                    }
                }
            }
            let words = |text: &str| -> Vec<u64> {
                let morphs = self.language.analyze(text);
                let terms = morphs.terms(Span::new(0, text.len()));
                terms.iter().map(|term| align::key(term.text)).collect()
            };
            let requires = side.units.iter().map(|unit| {
                let provision = standard.provision(&unit.path);
                let requires = provision.map(|provision| provision.requires.as_slice()).unwrap_or_default();
                requires.iter().map(|text| (text.clone(), words(text))).collect()
            });
            Based { requires: requires.collect(), side, topics }
        })
    }
}

/// For each unit of a contract the topics that it was found to carry.
fn carried(side: &Side, decisions: &[Decision<'_>]) -> Vec<BTreeSet<usize>> {
    let mut units: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (number, unit) in side.units.iter().enumerate() {
        units.entry(unit.clause).or_default().push(number);
    }
    let mut topics = vec![BTreeSet::new(); side.units.len()];
    for (number, decision) in decisions.iter().enumerate() {
        for unit in decision.clauses.iter().filter_map(|clause| units.get(clause)).flatten() {
            topics[*unit].insert(number);
        }
    }
    topics
}

/// A contract beside its base, with all that rows are made of.
struct Beside<'a> {
    based: &'a Based,
    base: &'a Base,
    contract: &'a Side,
    standard: Option<&'a Arc<Standard>>,
}

impl Beside<'_> {
    fn rows(
        &self,
        hints: &Hints,
        topics: &crate::topic::Topics,
        places: &dyn Fn(usize) -> String,
        against: Against<'_>,
    ) -> (Vec<Row>, Vec<Finding>) {
        let (base, contract) = (&self.based.side, self.contract);
        let (groups, worth) = align::align(base, contract, hints);
        let lists = Lists::new(base, contract, &groups);
        let literal = self.base.kind != BaseKind::Builtin;
        let mut rows = Vec::with_capacity(groups.len());
        let mut findings = Vec::new();
        for (number, group) in groups.iter().enumerate() {
            let both = !group.base.is_empty() && !group.contract.is_empty();
            let mut relation = group.relation();
            let mut changes = Vec::new();
            let mut marks = Vec::new();
            if both {
                let weigh = |key: u64| worth.of(key);
                let setting = Setting::new(base, contract, group, lists.of(group), &weigh, literal);
                changes = change::changes(&setting);
                // Other words altogether are a change, even where no kind of it can be told.
                if !changes.is_empty() || literal && !setting.is_near() {
                    relation = Relation::Changed;
                }
                if literal {
                    let words = |side: &Side, units: &[usize]| {
                        mark::Cut::joined(units.iter().map(|&unit| side.words(unit)))
                    };
                    marks = mark::marks(&words(base, &group.base), &words(contract, &group.contract));
                }
            }
            let id = format!("r{}", number + 1);
            for change in &changes {
                findings.extend(self.finding(change, group));
            }
            rows.push(Row {
                id,
                relation,
                base: group.base.iter().map(|&unit| self.base_piece(unit, against)).collect(),
                contract: group.contract.iter().map(|&unit| contract_piece(contract, unit, places)).collect(),
                score: (f64::from(group.score()) * 100.0).round() / 100.0,
                why: group.pairs.iter().flat_map(|pair| self.why(pair, group, topics)).collect(),
                elements: if literal { Vec::new() } else { self.elements(group) },
                changes: changes.iter().map(|change| self.typed(change)).collect(),
                marks,
                findings: Vec::new(),
            });
        }
        (rows, findings)
    }

    fn base_piece(&self, unit: usize, against: Against<'_>) -> Piece {
        let side = &self.based.side;
        let (span, place) = match against {
            Against::Version(document) => {
                let span = side.stretch(unit);
                (Some(span), Some(document.place(span.start)).filter(|place| !place.is_empty()))
            }
            Against::Standard => (None, None),
        };
        Piece {
            path: side.units[unit].path.clone(),
            heading: side.articles[side.units[unit].article].heading.clone(),
            text: side.words(unit).text,
            span,
            place,
        }
    }

    /// What the provisions of a group require, and whether the contract's side shows the words of it.
    fn elements(&self, group: &Group) -> Vec<ElementShown> {
        let contract = self.contract;
        let has: BTreeSet<u64> = group
            .contract
            .iter()
            .flat_map(|&unit| contract.unit_tokens(unit))
            .map(|token| token.key)
            .collect();
        let requires = group.base.iter().filter_map(|&unit| self.based.requires.get(unit)).flatten();
        requires
            .map(|(text, words)| {
                let common = words.iter().filter(|word| has.contains(word)).count();
                let share = common as f32 / words.len().max(1) as f32;
                let shown = match share {
                    _ if group.contract.is_empty() => Some(false),
                    share if share >= 0.5 => Some(true),
                    share if share < 0.15 => Some(false),
                    _ => None,
                };
                ElementShown { text: text.clone(), shown }
            })
            .collect()
    }

    /// The reasons of one pair as people read them.
    fn why(&self, pair: &Pair, group: &Group, topics: &crate::topic::Topics) -> Vec<String> {
        let (ours, theirs) =
            (&self.based.side.units[pair.base].path, &self.contract.units[pair.contract].path);
        let told = pair.reasons.iter().map(|reason| match reason {
            Reason::Words(share, words) if words.is_empty() => format!("공통 낱말 {share}%"),
            Reason::Words(share, words) => format!("공통 낱말 {share}%({})", words.join(", ")),
            Reason::Within(share) => format!("기준의 내용이 계약 조항 안에 {share}% 들어 있음"),
            Reason::Part(share) => format!("계약 조항이 기준의 일부임({share}%)"),
            Reason::Heading(a, b) if a == b => format!("같은 제목 '{a}'"),
            Reason::Heading(a, b) => format!("비슷한 제목 '{a}'·'{b}'"),
            Reason::Topic(number) => {
                let name = topics.list().get(*number).map_or("", |topic| topic.name.as_str());
                format!("같은 주제 '{name}'")
            }
            Reason::Article => "같은 조의 다른 조항도 서로 맞음".to_owned(),
            Reason::Parent => "위의 조항이 서로 맞음".to_owned(),
            Reason::Neighbours => "앞뒤 조항이 서로 맞음".to_owned(),
        });
        let mut why = vec![format!(
            "{ours} ↔ {theirs}: {} (점수 {:.2})",
            told.collect::<Vec<_>>().join(", "),
            pair.score
        )];
        if group.moved && group.pairs.first() == Some(pair) {
            why.push("다른 조항들과 순서가 달라 옮겨진 것으로 봄".to_owned());
        }
        why
    }

    fn typed(&self, change: &Change) -> TypedChange {
        let stated = |said: &Said, side: &Side, literal: bool| {
            let own = side.words(said.unit);
            Stated {
                value: said.value.clone(),
                path: side.units[said.unit].path.clone(),
                within: own.place(&side.units[said.unit].body, said.span),
                span: literal.then_some(said.span),
            }
        };
        let version = self.base.kind == BaseKind::Version;
        TypedChange {
            kind: change.kind,
            base: change.base.as_ref().map(|said| stated(said, &self.based.side, version)),
            contract: change.contract.as_ref().map(|said| stated(said, self.contract, true)),
            favours: change.favours,
            message: message(change),
        }
    }

    /// The finding that a change is worth, if any.
    fn finding(&self, change: &Change, group: &Group) -> Option<Finding> {
        let deviation = deviation::of(change.kind, change.favours)?;
        let (unit, span) = change.contract.as_ref().map(|said| (said.unit, said.span)).or(change.near)?;
        let side = self.contract;
        let at = change.base.as_ref().map(|said| said.unit).or(group.base.first().copied())?;
        let base_path = &self.based.side.units[at].path;
        let standard = self.standard.filter(|_| self.base.kind != BaseKind::Version);
        let named = match self.base.kind {
            BaseKind::Version => format!("견준 문서의 {base_path}"),
            _ => format!("{} {base_path}", self.base.title),
        };
        let provision = standard.and_then(|standard| standard.provision(base_path));
        let wording = match standard {
            Some(standard) => standard.wording(base_path),
            None => self.based.side.words(at).text,
        };
        Some(Finding {
            rule: deviation.id.to_owned(),
            kind: Kind::Deviation,
            severity: deviation.severity,
            confidence: deviation::confidence(group.score(), self.base.kind == BaseKind::Builtin),
            anchor: Anchor::Text {
                clause: side.units[unit].path.clone(),
                clause_id: format!("c{}", side.units[unit].clause.0),
                span,
            },
            message: format!("{named}에 견주어 {}", message(change)),
            basis: provision
                .map(|provision| provision.basis.iter().filter_map(|basis| basis.parse().ok()).collect())
                .unwrap_or_default(),
            provisions: standard.map(|standard| format!("{}/{base_path}", standard.id)).into_iter().collect(),
            also: Vec::new(),
            advice: Some(format!("{} {}", deviation.why, deviation.advice)),
            suggestion: Some(wording).filter(|text| !text.is_empty()),
            cases: Vec::new(),
        })
    }
}

fn contract_piece(side: &Side, unit: usize, places: &dyn Fn(usize) -> String) -> Piece {
    Piece {
        path: side.units[unit].path.clone(),
        heading: side.articles[side.units[unit].article].heading.clone(),
        text: side.words(unit).text,
        span: Some(side.stretch(unit)),
        place: Some(places(unit)).filter(|place| !place.is_empty()),
    }
}

/// One sentence: what changed, and whom it favours.
fn message(change: &Change) -> String {
    let side = |said: &Option<Said>| said.as_ref().map(|said| shortened(&said.value));
    let what = change.what;
    let subject = particle::with(what, "이", "가");
    let seen = match (side(&change.base), side(&change.contract)) {
        (Some(base), Some(contract)) => format!("{subject} '{base}'에서 '{contract}'(으)로 바뀌어"),
        (Some(base), None) => format!("{what} '{base}'{} 빠져", if ends_closed(&base) { "이" } else { "가" }),
        (None, Some(contract)) => {
            format!("{what} '{contract}'{} 더해져", if ends_closed(&contract) { "이" } else { "가" })
        }
        (None, None) => format!("{subject} 바뀌어"),
    };
    let whom = match change.favours {
        Favours::Provider => "제공자에게 유리한 것으로 볼 수 있습니다.",
        Favours::Customer => "이용자에게 유리한 것으로 볼 수 있습니다.",
        Favours::Neither => "어느 쪽에 유리한지는 따로 살펴야 합니다.",
    };
    format!("{seen} {whom}")
}

fn ends_closed(word: &str) -> bool {
    particle::with(word, "이", "가").ends_with('이')
}

/// At most forty characters of what is said.
fn shortened(value: &str) -> String {
    const LONGEST: usize = 40;
    if value.chars().count() <= LONGEST {
        return value.to_owned();
    }
    let head: String = value.chars().take(LONGEST - 1).collect();
    format!("{}…", head.trim_end())
}

/// Lists whose items one side has and the other has not.
struct Lists<'a> {
    base: &'a Side,
    contract: &'a Side,
    /// For each unit whether it stands beside something.
    base_kept: Vec<bool>,
    contract_kept: Vec<bool>,
}

impl<'a> Lists<'a> {
    fn new(base: &'a Side, contract: &'a Side, groups: &[Group]) -> Self {
        let mut base_kept = vec![false; base.units.len()];
        let mut contract_kept = vec![false; contract.units.len()];
        for group in groups.iter().filter(|group| !group.base.is_empty() && !group.contract.is_empty()) {
            group.base.iter().for_each(|&unit| base_kept[unit] = true);
            group.contract.iter().for_each(|&unit| contract_kept[unit] = true);
        }
        Self { base, contract, base_kept, contract_kept }
    }

    /// The items below a group that only the base has, and those that only the contract has. Of a list that is another
    /// list altogether no item is missing.
    fn of(&self, group: &Group) -> (Vec<usize>, Vec<usize>) {
        let alone = |side: &Side, kept: &[bool], parents: &[usize]| -> Vec<usize> {
            let mut found = Vec::new();
            for &parent in parents {
                let items: Vec<usize> = (parent + 1..side.units.len())
                    .take_while(|&unit| side.units[unit].article == side.units[parent].article)
                    .filter(|&unit| side.units[unit].parent == Some(parent))
                    .filter(|&unit| side.units[unit].level >= crate::clause::Level::Item)
                    .collect();
                let kept_count = items.iter().filter(|&&unit| kept[unit]).count();
                if kept_count * 2 >= items.len() {
                    found.extend(items.into_iter().filter(|&unit| !kept[unit]));
                }
            }
            found
        };
        (
            alone(self.base, &self.base_kept, &group.base),
            alone(self.contract, &self.contract_kept, &group.contract),
        )
    }
}

/// The chapters of the base with their rows counted.
fn coverage(side: &Side, base: &Base, rows: &[Row]) -> Vec<Coverage> {
    let mut relation: BTreeMap<&str, Relation> = BTreeMap::new();
    for row in rows {
        row.base.iter().for_each(|piece| {
            relation.insert(piece.path.as_str(), row.relation);
        });
    }
    let empty = |title: &str| Coverage { title: title.to_owned(), same: 0, moved: 0, changed: 0, missing: 0 };
    let mut all: Vec<Coverage> = side.chapters.iter().map(|title| empty(title)).collect();
    let mut rest = empty(&base.title);
    for unit in &side.units {
        let entry = match unit.chapter {
            Some(chapter) => &mut all[chapter],
            None => &mut rest,
        };
        match relation.get(unit.path.as_str()) {
            Some(Relation::Same) => entry.same += 1,
            Some(Relation::Moved) => entry.moved += 1,
            Some(Relation::Changed) => entry.changed += 1,
            _ => entry.missing += 1,
        }
    }
    if rest.same + rest.moved + rest.changed + rest.missing > 0 {
        all.insert(0, rest);
    }
    all
}

/// Ties rows to the findings of the report, and gives the report the alignment.
fn settle(comparison: &mut Comparison) {
    for row in &mut comparison.rows {
        let paths: Vec<&str> = row.contract.iter().map(|piece| piece.path.as_str()).collect();
        let spans: Vec<Span> = row.contract.iter().filter_map(|piece| piece.span).collect();
        let concerns = |finding: &&report::FindingInfo| match (finding.span, &finding.clause) {
            (Some(span), Some(clause)) => {
                paths.contains(&clause.as_str()) && spans.iter().any(|own| own.overlaps(span))
            }
            // What is absent stands beside the provisions that nobody carries.
            (None, _) => {
                row.relation == Relation::Missing
                    && row.base.iter().any(|piece| {
                        finding.provisions.iter().any(|at| within(at, &comparison.base.id, &piece.path))
                    })
            }
            _ => false,
        };
        row.findings =
            comparison.report.findings.iter().filter(concerns).map(|finding| finding.id.clone()).collect();
    }
    let base = match comparison.base.kind {
        BaseKind::Version => "base",
        _ => comparison.base.id.as_str(),
    };
    comparison.report.alignment = comparison.rows.iter().flat_map(|row| links(row, base)).collect();
}

/// Whether a cited provision ("cloud-b2b/제7조") is the one at a path or holds it.
fn within(provision: &str, standard: &str, path: &str) -> bool {
    let cited = provision.strip_prefix(standard).and_then(|rest| rest.strip_prefix('/'));
    let below = cited.and_then(|cited| path.strip_prefix(cited));
    below.is_some_and(|rest| rest.is_empty() || rest.starts_with('제'))
}

/// A row as the report's links: each provision beside each clause.
fn links(row: &Row, base: &str) -> Vec<Link> {
    let changes = |of: Option<&Piece>| -> Vec<report::Change> {
        let own = |change: &&TypedChange| {
            let stated = change.base.as_ref().or(change.contract.as_ref());
            stated.zip(of).is_some_and(|(stated, piece)| stated.path == piece.path)
                || change.base.is_none()
                    && row.base.first().map(|piece| &piece.path) == of.map(|piece| &piece.path)
        };
        let plain = |change: &TypedChange| report::Change {
            kind: change.kind,
            standard: change.base.as_ref().map(|stated| stated.value.clone()),
            contract: change.contract.as_ref().map(|stated| stated.value.clone()),
            favours: change.favours,
        };
        row.changes.iter().filter(own).map(plain).collect()
    };
    let link = |provision: Option<&Piece>, clause: Option<&Piece>| Link {
        provision: provision.map(|piece| format!("{base}/{}", piece.path)),
        clause: clause.map(|piece| piece.path.clone()),
        relation: row.relation,
        score: row.score,
        changes: changes(provision),
    };
    match (row.base.is_empty(), row.contract.is_empty()) {
        (true, _) => row.contract.iter().map(|clause| link(None, Some(clause))).collect(),
        (_, true) => row.base.iter().map(|provision| link(Some(provision), None)).collect(),
        _ => row
            .base
            .iter()
            .flat_map(|provision| row.contract.iter().map(move |clause| (provision, clause)))
            .map(|(provision, clause)| link(Some(provision), Some(clause)))
            .collect(),
    }
}
