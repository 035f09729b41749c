//! Service levels that do not hold together or favour the provider: targets below the threshold, without formula, period
//! or remedy; credit tables with holes, overlaps or the wrong way round; credits that are capped, lost, or all there is.
//! Speaks only of contracts that promise a level.

mod book;
mod steps;

pub use book::{Book, Check, Threshold};

use crate::contract::Contract;
use crate::finding::{Anchor, Finding, Kind, Severity};
use crate::report::{Instrument, Service};
use crate::sla::{Mark, Measure, Series, Sla, Target, downtime, figure, mentions_maintenance};
use crate::text::Span;
use steps::Fault;

/// What the document is, as far as service levels ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// The kind of service, when the user says it.
    pub service: Option<Service>,
    /// Whether the text is terms or negotiated.
    pub instrument: Option<Instrument>,
}

/// Longest quote of several rows of a table, in bytes.
const LONG: usize = 900;

/// The kind of service: what the user says, else what the document calls itself where it names one kind only.
pub fn service(book: &Book, contract: &Contract<'_>, setting: Setting) -> Option<Service> {
    if setting.service.is_some() {
        return setting.service;
    }
    let text = contract.document.text();
    let named = |threshold: &&Threshold| threshold.words.iter().any(|word| text.contains(word.as_str()));
    let named: Vec<&Threshold> = book.services.iter().filter(named).collect();
    match named.as_slice() {
        [one] => Some(one.id),
        _ => None,
    }
}

/// Everything that looks wrong with the service levels, in text order.
pub fn check(book: &Book, contract: &Contract<'_>, sla: &Sla, setting: Setting) -> Vec<Finding> {
    if !sla.promises() {
        return Vec::new();
    }
    let mut checker = Checker { book, contract, sla, setting, found: Vec::new() };
    checker.targets();
    sla.series.iter().for_each(|series| checker.table(series));
    checker.credits();
    checker.claims();
    checker.maintenance();
    for at in &sla.from_report {
        checker.tell("sla-downtime-from-report", *at, None, &[]);
    }
    let mut found = checker.found;
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, finding)| finding).collect()
}

struct Checker<'c> {
    book: &'c Book,
    contract: &'c Contract<'c>,
    sla: &'c Sla,
    setting: Setting,
    found: Vec<(usize, Finding)>,
}

impl Checker<'_> {
    /// Tells a finding; `severity` replaces the usual one, `filled` are the words for the `{…}` of its texts.
    fn tell(&mut self, id: &str, at: Mark, severity: Option<Severity>, filled: &[(&str, String)]) {
        // A test holds the ids against the data.
        let Some(check) = self.book.get(id) else { return };
        let fill = |text: &str| {
            filled
                .iter()
                .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
        };
        let negotiated = self.setting.instrument == Some(Instrument::Negotiated)
            && check.basis.iter().any(|basis| basis.law.starts_with("약관"));
        let severity = severity.unwrap_or(check.severity);
        let (severity, note) = if negotiated {
            (
                severity.lower(),
                "교섭한 계약이어서 약관법이 바로 적용되지 않으므로 한 단계 낮추어 적었습니다. ",
            )
        } else {
            (severity, "")
        };
        let finding = Finding {
            rule: check.id.clone(),
            kind: Kind::Sla,
            severity,
            confidence: check.confidence,
            anchor: Anchor::Text {
                clause: self.contract.tree.get(at.clause).path.to_string(),
                clause_id: format!("c{}", at.clause.0),
                span: at.span,
            },
            message: fill(&check.message),
            basis: check.basis.clone(),
            provisions: Vec::new(),
            also: Vec::new(),
            advice: Some(format!("{note}{} {}", check.why, check.advice)),
            suggestion: Some(fill(&check.suggestion)),
            cases: Vec::new(),
        };
        let again =
            self.found.iter().any(|(_, other)| other.rule == finding.rule && other.anchor == finding.anchor);
        if !again {
            self.found.push((at.span.start, finding));
        }
    }

    fn targets(&mut self) {
        let sla = self.sla;
        let Some(first) = sla.targets.first() else { return };
        self.thresholds();
        let told = [("target", figure(first.availability, Measure::Availability))];
        let elsewhere = !sla.elsewhere.is_empty();
        if sla.formulas.is_empty() && !elsewhere {
            self.tell("sla-target-without-formula", first.at, None, &told);
        }
        if let Some(target) = sla.targets.iter().find(|target| target.period.is_none()).filter(|_| !elsewhere)
        {
            let told = [("target", figure(target.availability, Measure::Availability))];
            self.tell("sla-target-without-period", target.at, None, &told);
        }
        if sla.remedies.is_empty() && sla.series.is_empty() && !elsewhere {
            self.tell("sla-target-without-remedy", first.at, None, &told);
        }
    }

    fn thresholds(&mut self) {
        let (book, sla) = (self.book, self.sla);
        let service = service(book, self.contract, self.setting);
        let (threshold, severity, whose) = match service {
            Some(service) => match book.threshold(service) {
                // What the user says weighs more than what the document calls itself.
                Some(threshold) => {
                    let severity = self.setting.service.map_or(Severity::Low, |_| Severity::Medium);
                    (threshold, severity, threshold.name.clone())
                }
                None => return,
            },
            None => match book.lowest() {
                Some(threshold) => (threshold, Severity::Low, "공공 디지털서비스의 가장 낮은".to_owned()),
                None => return,
            },
        };
        let below = |target: &&Target| target.availability + 1e-9 < threshold.availability;
        for target in sla.targets.iter().filter(below) {
            let filled = [
                ("target", figure(target.availability, Measure::Availability)),
                ("threshold", figure(threshold.availability, Measure::Availability)),
                ("whose", whose.clone()),
                ("down", minutes(downtime(target.availability))),
                ("allowed", minutes(downtime(threshold.availability))),
            ];
            self.tell("sla-target-below-threshold", target.at, Some(severity), &filled);
        }
    }

    fn table(&mut self, series: &Series) {
        let faults = steps::faults(series);
        for (id, name, faults) in [
            ("sla-tiers-gap", "gap", faults.gaps),
            ("sla-tiers-overlap", "overlap", faults.overlaps),
            ("sla-tiers-not-monotone", "order", faults.orders),
        ] {
            let Some(at) = self.place(series, &faults) else { continue };
            let what: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
            self.tell(id, at, None, &[(name, what.join(", "))]);
        }
    }

    /// The rows from the first that is at fault to the last; only the first where that is long.
    fn place(&self, series: &Series, faults: &[Fault]) -> Option<Mark> {
        let first = faults.iter().map(|fault| fault.tiers.0).min()?;
        let last = faults.iter().map(|fault| fault.tiers.1).max()?;
        let (first, last) = (series.tiers.get(first)?.at, series.tiers.get(last)?.at);
        let whole = Span::new(first.span.start.min(last.span.start), first.span.end.max(last.span.end));
        if first.clause == last.clause && whole.len() <= LONG {
            Some(Mark { clause: first.clause, span: whole })
        } else {
            Some(first)
        }
    }

    fn credits(&mut self) {
        let sla = self.sla;
        for at in &sla.sole {
            self.tell("sla-sole-remedy", *at, None, &[]);
        }
        for cap in sla.caps.iter().filter(|_| sla.beyond.is_empty()) {
            let told = match (cap.percent, cap.days) {
                (Some(percent), _) if percent < 100.0 => figure(percent, Measure::Availability),
                (None, Some(days)) if days < 30.0 => format!("{days}일분"),
                _ => continue,
            };
            self.tell("sla-credit-capped", cap.at, None, &[("cap", told)]);
        }
        for at in &sla.future_only {
            self.tell("sla-credit-only-future-fees", *at, None, &[]);
        }
    }

    fn claims(&mut self) {
        let (book, sla) = (self.book, self.sla);
        let short: Vec<_> = sla.claims.iter().filter(|claim| claim.days + 1e-9 < book.claim_days).collect();
        for claim in &short {
            let severity = if claim.days <= book.claim_days_grave { Severity::Medium } else { Severity::Low };
            let days = if claim.days < 1.0 {
                format!("{}시간", (claim.days * 24.0).round())
            } else {
                format!("{}일", claim.days.round())
            };
            self.tell("sla-claim-deadline-short", claim.at, Some(severity), &[("days", days)]);
        }
        for at in sla.on_claim.iter().filter(|at| !short.iter().any(|claim| claim.at == **at)) {
            self.tell("sla-credit-only-on-claim", *at, None, &[]);
        }
    }

    fn maintenance(&mut self) {
        let sla = self.sla;
        let text = self.contract.document.text();
        let excluded = sla.exclusions.iter().find(|at| mentions_maintenance(at.span.of(text)));
        let window = sla.windows.iter().find(|window| window.excluded);
        let Some(at) = excluded.copied().or_else(|| window.map(|window| window.at)) else { return };
        let kept = sla.windows.iter().any(|window| window.announced || window.bounded);
        let unlimited = sla.windows.iter().find(|window| window.unlimited);
        if let Some(window) = unlimited {
            self.tell("sla-maintenance-unlimited", window.at, None, &[]);
        } else if !kept {
            self.tell("sla-maintenance-unlimited", at, None, &[]);
        }
    }
}

/// "7시간 12분", "43.2분".
pub(crate) fn minutes(minutes: f64) -> String {
    if minutes < 60.0 {
        return format!("{}분", (minutes * 10.0).round() / 10.0);
    }
    let whole = minutes.round();
    let (hours, rest) = ((whole / 60.0).floor(), whole % 60.0);
    if rest == 0.0 { format!("{hours}시간") } else { format!("{hours}시간 {rest}분") }
}
