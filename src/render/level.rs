//! Service levels as people read them: each target with the downtime it allows and a bar for it, each credit table, and
//! what else was found. Both renderings for people write this down.

use crate::check::sla::minutes;
use crate::report::{Service, Sla, SlaMeasure, SlaPeriod};

/// The service levels of a report, ready to be written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    /// Promised availabilities.
    pub targets: Vec<Goal>,
    /// Credit tables.
    pub tables: Vec<Table>,
    /// Labelled lines: threshold, formula, maintenance, exclusions, claims.
    pub notes: Vec<(&'static str, String)>,
}

/// A promised availability.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The service, "서비스" where the document names none.
    pub name: String,
    /// "99.95%".
    pub availability: String,
    /// "월", "분기", "기간 없음".
    pub period: &'static str,
    /// "21.6분".
    pub downtime: String,
    /// The downtime as a part of the longest in the chart, from 0 to 1.
    pub share: f64,
    /// Path of the clause.
    pub clause: String,
}

/// A credit table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// "보상 1 (가상서버)".
    pub title: String,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// One step of a credit table.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// "99% 이상 99.5% 미만".
    pub level: String,
    /// "10%", "3일분".
    pub credit: String,
    /// The credit as a part of the fee, from 0 to 1; `None` when it is counted otherwise.
    pub share: Option<f64>,
    /// Path of the clause.
    pub clause: String,
}

/// How many marks a full bar has.
const BAR: usize = 20;

/// A bar of marks that every terminal shows one column wide; what is there at all has one.
pub fn bar(share: f64) -> String {
    let marks = (share.clamp(0.0, 1.0) * BAR as f64).round() as usize;
    "#".repeat(if share > 0.0 { marks.max(1) } else { 0 })
}

impl Levels {
    /// The service levels of a report.
    pub fn of(sla: &Sla) -> Self {
        if sla.targets.is_empty() && sla.tiers.is_empty() {
            return Self::default();
        }
        // The downtime that 99% leaves is the scale, unless a target leaves more.
        let longest = sla.targets.iter().map(|target| target.downtime_minutes).fold(432.0, f64::max);
        let targets = sla.targets.iter().map(|target| Goal {
            name: match (&target.service, target.stated) {
                (Some(name), _) => name.clone(),
                (None, true) => "서비스".to_owned(),
                (None, false) => "보상표의 가장 높은 수준".to_owned(),
            },
            availability: format!("{}%", target.availability),
            period: match target.period {
                Some(SlaPeriod::Month) => "월",
                Some(SlaPeriod::Quarter) => "분기",
                Some(SlaPeriod::HalfYear) => "반기",
                Some(SlaPeriod::Year) => "연",
                None => "기간 없음",
            },
            downtime: minutes(target.downtime_minutes),
            share: target.downtime_minutes / longest,
            clause: target.clause.clone(),
        });
        let mut tables: Vec<(usize, Table)> = Vec::new();
        for tier in &sla.tiers {
            let step = Step {
                level: tier.level.clone(),
                credit: tier.credit.clone(),
                share: tier.credit_percent.map(|percent| percent / 100.0),
                clause: tier.clause.clone(),
            };
            match tables.last_mut() {
                Some((number, table)) if *number == tier.table => table.steps.push(step),
                _ => {
                    let measure = match tier.measure {
                        SlaMeasure::Availability => "가용률",
                        SlaMeasure::Downtime => "중단 시간",
                    };
                    let about =
                        tier.service.as_ref().map_or(measure.to_owned(), |name| format!("{name}, {measure}"));
                    let title = format!("보상 {} ({about})", tier.table);
                    tables.push((tier.table, Table { title, steps: vec![step] }));
                }
            }
        }
        let tables = tables.into_iter().map(|(_, table)| table).collect();
        Self { targets: targets.collect(), tables, notes: notes(sla) }
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty() && self.tables.is_empty()
    }
}

/// What people call the kind of service.
pub(super) fn kind(service: Service) -> &'static str {
    match service {
        Service::Iaas => "IaaS",
        Service::Paas => "PaaS",
        Service::Saas => "SaaS",
        Service::Other => "그 밖의 서비스",
    }
}

fn notes(sla: &Sla) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    if let Some(service) = sla.service {
        let limit = sla.required.map_or("정해진 기준 없음".to_owned(), |required| {
            format!("{required}% 이상 (30일에 {} 이내)", minutes(crate::sla::downtime(required)))
        });
        notes.push(("기준", format!("{}: {limit}", kind(service))));
    }
    let clauses = |clauses: Vec<&String>| {
        let mut listed: Vec<&str> = Vec::new();
        for clause in clauses {
            if !listed.contains(&clause.as_str()) {
                listed.push(clause);
            }
        }
        if listed.is_empty() { "찾지 못함".to_owned() } else { listed.join(", ") }
    };
    notes.push(("산정 방식", clauses(sla.formulas.iter().map(|place| &place.clause).collect())));
    notes.push(("제외 시간", clauses(sla.exclusions.iter().map(|place| &place.clause).collect())));
    let windows: Vec<String> = sla
        .windows
        .iter()
        .map(|window| {
            let notice = match window.notice_hours {
                Some(hours) if hours % 24.0 == 0.0 => Some(format!("{}일 전 통지", hours / 24.0)),
                Some(hours) => Some(format!("{hours}시간 전 통지")),
                None => window.announced.then(|| "통지함".to_owned()),
            };
            let limit = match window.limit_minutes {
                Some(limit) => Some(format!("{} 한도", minutes(limit))),
                None => window.bounded.then(|| "시간대 정함".to_owned()),
            };
            let told: Vec<String> = [notice, limit].into_iter().flatten().collect();
            match told.is_empty() {
                true => window.clause.clone(),
                false => format!("{} ({})", window.clause, told.join(", ")),
            }
        })
        .collect();
    notes.push(("점검", if windows.is_empty() { "찾지 못함".to_owned() } else { windows.join(", ") }));
    for claim in &sla.claims {
        let within = if claim.days < 1.0 {
            format!("{}시간", (claim.days * 24.0).round())
        } else {
            format!("{}일", claim.days.round())
        };
        notes.push(("청구 기한", format!("{within} ({})", claim.clause)));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(bar(1.0).len(), 20);
        assert_eq!(bar(0.5).len(), 10);
        assert_eq!((bar(0.001).len(), bar(0.0).len(), bar(9.0).len()), (1, 0, 20));
    }
}
