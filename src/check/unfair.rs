//! Unfair terms: rules held against the frames of a contract. Several rules on the same words are one finding with
//! several bases.

use crate::case::{self, Cases, Near};
use crate::clause::ClauseId;
use crate::finding::{Basis, Confidence, Kind, Severity};
use crate::frame::{Evidencing, Frame, Frames, Memo};
use crate::report::{Audience, Instrument};
use crate::rule::{Rule, RuleSet};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What the document is, as far as rules ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// Whether the customer is a business or a consumer.
    pub audience: Option<Audience>,
    /// Whether the text is terms or negotiated.
    pub instrument: Option<Instrument>,
}

/// What one or several rules saw in the same words.
#[derive(Clone, Debug)]
pub struct Hit<'r> {
    /// The weightiest rule.
    pub rule: &'r Rule,
    /// The other rules that saw the same words.
    pub also: Vec<&'r Rule>,
    /// What kind of finding.
    pub kind: Kind,
    /// Weight of the consequence.
    pub severity: Severity,
    /// How likely it is right.
    pub confidence: Confidence,
    /// The clause that holds the words.
    pub clause: ClauseId,
    /// The words.
    pub span: Span,
    /// The predicate that states it.
    pub head: Span,
    /// The law behind it, the weightiest rule's first.
    pub basis: Vec<Basis>,
    /// What the cases say together, from -1 (fair) to 1 (unfair).
    pub opinion: f32,
    /// The likest unfair and fair cases.
    pub cases: Vec<Near<'static>>,
}

/// Switches that a measurement may turn off, to see what each idea is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ideas {
    /// Exceptions (`unless`) excuse.
    pub exceptions: bool,
    /// Who acts matters.
    pub roles: bool,
    /// Cases may lower a finding's confidence or raise it.
    pub cases: bool,
}

impl Default for Ideas {
    fn default() -> Self {
        Self { exceptions: true, roles: true, cases: true }
    }
}

/// Everything that the rules see in a contract, in text order.
pub fn check<'r>(
    rules: &'r RuleSet,
    frames: &Frames<'_, '_>,
    setting: Setting,
    ideas: Ideas,
) -> Vec<Hit<'r>> {
    let mut hits: Vec<Seen<'r>> = Vec::new();
    let memo = Memo::default();
    for frame in &frames.list {
        // A definition only says what a word means.
        let passage = &frames.contract().passages[frame.passage];
        if passage.definition {
            continue;
        }
        let evidence = Evidencing::new(frames, frame, &memo);
        for (rule, condition) in rules.asking(frame.act) {
            let concerned = rule.audience.concerns(setting.audience);
            if concerned && condition.fits(frame, ideas.roles) && condition.holds(&evidence, ideas.exceptions)
            {
                let lead = passage.lead.filter(|_| frame.item);
                hits.push(Seen { hit: hit(rule, frame, frames, setting), lead });
            }
        }
    }
    let mut hits = merged(folded(hits, frames));
    if ideas.cases {
        for hit in &mut hits {
            weigh(hit, frames);
        }
    }
    hits
}

/// How many cases of either kind a finding shows.
const SHOWN: usize = 2;
/// A case less like the clause than this is not worth showing.
const LIKE: f32 = 0.25;

/// The second opinion: the nearest cases raise or lower the confidence by one step, and are shown.
fn weigh(hit: &mut Hit<'_>, frames: &Frames<'_, '_>) {
    // The cases are compiled in; a test holds that they can be read.
    let Ok(cases) = Cases::shared() else { return };
    let near = cases.nearest(frames.contract(), hit.span, case::NEIGHBOURS);
    hit.opinion = case::opinion(&near);
    hit.confidence = heard(hit.confidence, hit.opinion);
    for unfair in [true, false] {
        let likest = near.iter().filter(|case| case.unfair == unfair && case.likeness >= LIKE);
        hit.cases.extend(likest.take(SHOWN).copied());
    }
}

/// A rule's confidence after the cases were heard.
pub(crate) fn heard(confidence: Confidence, opinion: f32) -> Confidence {
    match opinion {
        opinion if opinion < case::DOUBT => confidence.lower(),
        opinion if opinion > case::AGREEMENT => confidence.higher(),
        _ => confidence,
    }
}

/// A hit, and the lead whose act it is when it was seen at an item.
struct Seen<'r> {
    hit: Hit<'r>,
    lead: Option<usize>,
}

/// So many items of one list that a rule sees are not each a flaw: the sentence that leads into them is.
const MANY_ITEMS: usize = 3;

/// What a rule sees in a list is told once, at the sentence that leads into it, when that sentence alone is enough or
/// when many of its items show it.
fn folded<'r>(seen: Vec<Seen<'r>>, frames: &Frames<'_, '_>) -> Vec<Hit<'r>> {
    let key = |seen: &Seen<'r>| (seen.hit.rule.id.as_str(), seen.hit.head.start);
    let mut leads: BTreeSet<(&str, usize)> = BTreeSet::new();
    let mut items: BTreeMap<(&str, usize), BTreeSet<Span>> = BTreeMap::new();
    for seen in &seen {
        match seen.lead {
            None => drop(leads.insert(key(seen))),
            Some(_) => drop(items.entry(key(seen)).or_default().insert(seen.hit.span)),
        }
    }
    let mut hits = Vec::with_capacity(seen.len());
    let mut told: BTreeSet<(&str, usize)> = BTreeSet::new();
    for mut seen in seen {
        let key = (seen.hit.rule.id.as_str(), seen.hit.head.start);
        if let Some(lead) = seen.lead {
            if leads.contains(&key) {
                continue;
            }
            if items.get(&key).is_some_and(|items| items.len() >= MANY_ITEMS) {
                if !told.insert(key) {
                    continue;
                }
                let lead = &frames.contract().passages[lead];
                seen.hit.span = lead.span;
                seen.hit.clause = lead.clause;
            }
        }
        hits.push(seen.hit);
    }
    hits
}

/// For whoever writes rules: every frame of a contract, and why each rule that asks for its act is silent or speaks.
pub fn trace(rules: &RuleSet, frames: &Frames<'_, '_>) -> Vec<String> {
    let mut lines = Vec::new();
    let memo = Memo::default();
    for frame in &frames.list {
        let act = &frames.lexicon().acts()[frame.act];
        let text = frames.contract().text(frame.span).replace('\n', " ");
        let denied = if frame.negated { "부정 " } else { "" };
        lines.push(format!(
            "{} {denied}[{:?} {:?} {:?}] {text}",
            act.id, frame.actor, frame.modality, frame.link
        ));
        let evidence = Evidencing::new(frames, frame, &memo);
        for (rule, condition) in rules.asking(frame.act) {
            let verdict = if !condition.fits(frame, true) {
                continue;
            } else {
                match condition.silenced(&evidence, true) {
                    None => "지적".to_owned(),
                    Some((list, number)) => format!("{list} {}", number + 1),
                }
            };
            lines.push(format!("    {}: {verdict}", rule.id));
        }
    }
    lines
}

fn hit<'r>(rule: &'r Rule, frame: &Frame, frames: &Frames<'_, '_>, setting: Setting) -> Hit<'r> {
    let contract = frames.contract();
    let passage = &contract.passages[frame.passage];
    let (kind, severity) = match rule.kind() {
        Kind::Unfair if !rule.instrument.applies(setting.instrument) => {
            (Kind::Deviation, rule.severity.lower())
        }
        kind => (kind, rule.severity),
    };
    Hit {
        rule,
        also: Vec::new(),
        kind,
        severity,
        confidence: rule.confidence,
        clause: passage.clause,
        span: quoted(frame, passage.span),
        head: frame.head,
        basis: rule.basis.clone(),
        opinion: 0.0,
        cases: Vec::new(),
    }
}

/// A quote is the sentence, unless that is long; then it is the words that state the act.
const LONG: usize = 600;

fn quoted(frame: &Frame, sentence: Span) -> Span {
    if sentence.len() <= LONG {
        sentence
    } else {
        Span::new(frame.span.start.max(sentence.start), frame.span.end)
    }
}

/// Hits on the same words become one: the weightiest tells, the others lend their bases.
fn merged(mut hits: Vec<Hit<'_>>) -> Vec<Hit<'_>> {
    let weight = |hit: &Hit<'_>| (hit.confidence, hit.severity);
    hits.sort_by(|a, b| {
        (a.span.start, a.span.end)
            .cmp(&(b.span.start, b.span.end))
            .then(weight(b).cmp(&weight(a)))
            .then(a.head.start.cmp(&b.head.start))
            .then(a.rule.id.cmp(&b.rule.id))
    });
    let mut merged: Vec<Hit<'_>> = Vec::with_capacity(hits.len());
    // How far into the text the hits up to each reach: behind that nothing overlaps.
    let mut reach: Vec<usize> = Vec::with_capacity(hits.len());
    for hit in hits {
        let first = reach.partition_point(|end| *end <= hit.span.start);
        let same = merged[first..].iter_mut().rev().find(|other| {
            let one_cause = other.head == hit.head || other.rule.family == hit.rule.family;
            one_cause && other.span.overlaps(hit.span) && other.clause == hit.clause && other.kind == hit.kind
        });
        match same {
            Some(other) => {
                let mut hit = hit;
                // Of one long sentence the weightier may stand further on.
                if weight(&hit) > weight(other) {
                    std::mem::swap(&mut other.rule, &mut hit.rule);
                    std::mem::swap(&mut other.confidence, &mut hit.confidence);
                    std::mem::swap(&mut other.basis, &mut hit.basis);
                    other.also.retain(|rule| rule.id != other.rule.id);
                }
                if other.rule.id != hit.rule.id && !other.also.iter().any(|rule| rule.id == hit.rule.id) {
                    other.also.push(hit.rule);
                }
                other.severity = other.severity.max(hit.severity);
                for basis in hit.basis {
                    if !other.basis.contains(&basis) {
                        other.basis.push(basis);
                    }
                }
            }
            None => {
                reach.push(reach.last().map_or(hit.span.end, |last| hit.span.end.max(*last)));
                merged.push(hit);
            }
        }
    }
    merged
}
