//! Promised availabilities: in sentences, lists and tables. A figure in a condition, a credit or another metric is none.

use super::band::{self, Item};
use super::layout::{Layout, Piece, Table};
use super::words::{AVAILABILITY, OTHER_FIGURES, has, last, last_other, period};
use super::{Mark, Measure, Period, Series, Target};
use crate::contract::Contract;
use crate::text::Span;

/// Below this no figure is a promise of availability.
const LEAST: f64 = 80.0;

/// The targets in text order; where none is stated, those that the credit tables show.
pub(super) fn read(
    contract: &Contract<'_>,
    layout: &Layout<'_>,
    used: &[Span],
    series: &mut [Series],
) -> Vec<Target> {
    let mut targets = Vec::new();
    for piece in &layout.prose {
        prose(contract, piece, used, &mut targets);
    }
    for table in &layout.tables {
        if !used.iter().any(|span| table.rows.iter().any(|row| row.span == *span)) {
            rows(contract, table, used, &mut targets);
        }
    }
    for found in series.iter() {
        // A column or a head that names the target of its credits promises it.
        if let (Some(availability), Some(first)) = (found.target, found.tiers.first())
            && !targets.iter().any(|target| target.availability == availability)
        {
            let (service, at) = (found.service.clone(), first.at);
            targets.push(Target { availability, period: None, service, implied: false, at });
        }
    }
    if targets.is_empty() {
        targets.extend(series.iter().filter_map(implied));
    }
    targets.sort_by_key(|target| target.at.span.start);
    let general = general(contract, layout);
    for target in &mut targets {
        target.period = target.period.or(general);
    }
    for found in series.iter_mut() {
        found.target = found.target.or_else(|| owner(found, &targets));
    }
    targets
}

/// The highest level below which something is paid.
fn implied(series: &Series) -> Option<Target> {
    if series.measure != Measure::Availability {
        return None;
    }
    let paid = series.tiers.iter().filter(|tier| tier.credit.value > 0.0);
    let highest = paid.filter_map(|tier| Some((tier.band.high?.value, tier.at)));
    let (availability, at) = highest.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (LEAST..=100.0).contains(&availability).then(|| Target {
        availability,
        period: None,
        service: series.service.clone(),
        implied: true,
        at,
    })
}

/// The target that a credit table belongs to: the only one that there is, or that of the same service.
fn owner(series: &Series, targets: &[Target]) -> Option<f64> {
    if series.measure != Measure::Availability {
        return None;
    }
    let stated: Vec<&Target> = targets.iter().filter(|target| !target.implied).collect();
    let first = stated.first()?;
    if stated.iter().all(|target| target.availability == first.availability) {
        return Some(first.availability);
    }
    let service = series.service.as_deref()?;
    let mut same = stated.iter().filter(|target| target.service.as_deref() == Some(service));
    same.next().map(|target| target.availability)
}

/// The measuring period that the contract names apart from its targets: in the definition, in the formula.
fn general(contract: &Contract<'_>, layout: &Layout<'_>) -> Option<Period> {
    let named = layout
        .prose
        .iter()
        .find_map(|piece| if has(piece.text, AVAILABILITY) { period(piece.text) } else { None });
    named.or_else(|| {
        layout.tables.iter().find_map(|table| {
            let rows = || table.rows.iter().map(|row| row.span.of(contract.document.text()));
            if has(&table.caption, AVAILABILITY) || rows().any(|row| has(row, AVAILABILITY)) {
                period(&table.caption).or_else(|| {
                    rows().find_map(|row| {
                        // 월 or 분기 in a column of its own.
                        let alone = |cell: &str| match cell.trim() {
                            "월" | "월 단위" | "매월" | "월간" => Some(Period::Month),
                            "분기" => Some(Period::Quarter),
                            "연" | "연간" => Some(Period::Year),
                            _ => None,
                        };
                        has(row, AVAILABILITY)
                            .then(|| period(row).or_else(|| row.split('|').find_map(alone)))
                            .flatten()
                    })
                })
            } else {
                None
            }
        })
    })
}

fn prose(contract: &Contract<'_>, piece: &Piece<'_>, used: &[Span], targets: &mut Vec<Target>) {
    let own = has(piece.text, AVAILABILITY);
    if !own && !has(&piece.context, AVAILABILITY) {
        return;
    }
    let text = contract.document.text();
    let items = band::items(contract, piece.span);
    for (number, found) in items.iter().enumerate() {
        let value = match found.item {
            _ if found.measure != Measure::Availability => continue,
            Item::Plain(value) => value,
            Item::Band(band) => match (band.low, band.high) {
                (Some(low), None) => low.value,
                _ => continue,
            },
            Item::Fee(_) => continue,
        };
        if !(LEAST..=100.0).contains(&value) || used.iter().any(|span| span.contains(found.span)) {
            continue;
        }
        let start = number.checked_sub(1).map_or(piece.span.start, |before| items[before].span.end);
        let before = Span::new(start, found.span.start).of(text);
        let after = Span::new(found.span.end, piece.span.end).of(text);
        if promises(before, after, piece) && measures(before, after, own) {
            let service = piece.lead.and_then(|_| service(before));
            let period = period(piece.text).or_else(|| period(&piece.context));
            let at = Mark { clause: piece.clause, span: piece.span };
            let target = Target { availability: value, period, service, implied: false, at };
            push(targets, target);
        }
    }
}

/// The same promise twice in one sentence is one.
fn push(targets: &mut Vec<Target>, target: Target) {
    let same = targets.iter().any(|other| {
        other.at == target.at && other.availability == target.availability && other.service == target.service
    });
    if !same {
        targets.push(target);
    }
}

/// Whether the figure is said as what the provider keeps to: not as a condition, not denied, not as a record of the past.
fn promises(before: &str, after: &str, piece: &Piece<'_>) -> bool {
    // 100%에서 뺀다: a figure to calculate with.
    if after.starts_with("에서") {
        return false;
    }
    let near: String = after.chars().take(24).collect();
    let near = near.split(['.', '\n']).next().unwrap_or_default();
    let condition = [
        "인 경우",
        "일 경우",
        "인 때",
        "일 때",
        "이면",
        "인 달",
        "인 월",
        "이라면",
        "였던",
        "인데도",
        "이었",
    ];
    let denied = ["보장하지", "보증하지", "보장되지", "약속하지", "보장할 수 없", "보증할 수 없", "담보하지"];
    let past = ["기록하였", "기록했", "달성하였", "달성했", "실적", "유지해 왔", "유지하여 왔"];
    let sentence = after.split('.').next().unwrap_or_default();
    let rest = if after.starts_with('.') { "" } else { sentence };
    !has(near, &condition)
        && !has(rest, &denied)
        && !has(piece.text, &past)
        && !before.trim_end().ends_with("소수점")
}

/// Whether it is availability that the figure measures: no other figure's name stands nearer.
fn measures(before: &str, after: &str, own: bool) -> bool {
    let other = last_other(before);
    let named = last(before, AVAILABILITY);
    let behind: String = after.chars().take(14).collect();
    match (named, other) {
        (_, Some(other)) if named.is_none_or(|named| named < other) => false,
        (Some(_), _) => true,
        (None, _) => {
            !has(&behind, OTHER_FIGURES)
                && (!own || has(&behind, AVAILABILITY) || before.trim().chars().count() < 60)
        }
    }
}

/// The service that an item names before its figure: "가상서버: ".
fn service(before: &str) -> Option<String> {
    let name = before.split([':', '：', '|']).next().unwrap_or_default();
    let name = name.trim().trim_start_matches(['-', '*', '·', '•', 'ㅇ', '○', '□', ' ']);
    let mut name = name.trim().to_owned();
    for word in AVAILABILITY.iter().chain(&["월간", "목표", "의 월", "월 "]) {
        name = name.replace(word, "");
    }
    let name = name.trim().trim_end_matches(['는', '은', '의', '을', '를', ' ', ',', '-', '(']).trim();
    let general = ["월", "연간", "서비스", "전체 서비스", "본 서비스"];
    let fits = !name.is_empty() && name.chars().count() <= 30 && !general.contains(&name);
    fits.then(|| name.to_owned())
}

fn rows(contract: &Contract<'_>, table: &Table<'_>, used: &[Span], targets: &mut Vec<Target>) {
    let heads: Vec<&str> = (0..table.columns()).map(|column| table.cell(0, column)).collect();
    let headed = !heads.iter().any(|head| figure(contract, table, 0, head).is_some());
    let all = heads.join(" ");
    for row in table.rows.iter().skip(usize::from(headed)) {
        let labels: String = row
            .cells
            .iter()
            .filter(|cell| band::items(contract, cell.span).is_empty())
            .map(|cell| format!("{} ", cell.text))
            .collect();
        for (column, cell) in row.cells.iter().enumerate() {
            let head = if headed { heads[column] } else { "" };
            let bare = || cell.text.parse::<f64>().ok().filter(|value| (LEAST..=100.0).contains(value));
            let unit = has(head, AVAILABILITY);
            let value = value(contract, cell.span).or_else(|| bare().filter(|_| unit));
            let Some(value) = value.filter(|_| !used.contains(&cell.span)) else { continue };
            let before = row.cells[..column].iter().map(|cell| cell.text).collect::<Vec<_>>().join(" ");
            let goal = has(head, &["목표", "보장", "기준", "수준", "SLA", "약정", "제공", "값", "등급"])
                || head.is_empty();
            let fits = if has(head, OTHER_FIGURES) || has(cell.text, OTHER_FIGURES) {
                false
            } else if has(head, AVAILABILITY) || has(cell.text, AVAILABILITY) {
                true
            } else if has(&before, AVAILABILITY) {
                !has(head, super::words::CREDITS)
            } else {
                goal && last_other(&labels).is_none()
                    && (has(&table.caption, AVAILABILITY) || has(&all, AVAILABILITY))
            };
            if !fits {
                continue;
            }
            let period = period(row.span.of(contract.document.text()))
                .or_else(|| period(head))
                .or_else(|| period(&all))
                .or_else(|| period(&table.caption));
            let names: Vec<&str> = row.cells[..column]
                .iter()
                .map(|cell| cell.text)
                .filter(|text| !text.is_empty() && text.chars().count() <= 40 && !text.contains('%'))
                .collect();
            let service = service(&names.join(" "));
            let at = Mark { clause: row.clause, span: row.span };
            push(targets, Target { availability: value, period, service, implied: false, at });
            // One promise a row; what stands further right is how it is measured.
            break;
        }
    }
}

/// The figure of a cell that is a promise by itself: 99.9%, 99.9% 이상.
fn value(contract: &Contract<'_>, span: Span) -> Option<f64> {
    let items = band::items(contract, span);
    let first = items.iter().find(|found| found.measure == Measure::Availability)?;
    let value = match first.item {
        Item::Plain(value) => value,
        Item::Band(band) if band.high.is_none() => band.low?.value,
        _ => return None,
    };
    (LEAST..=100.0).contains(&value).then_some(value)
}

fn figure(contract: &Contract<'_>, table: &Table<'_>, row: usize, head: &str) -> Option<f64> {
    let cell = table.rows.get(row)?.cells.iter().find(|cell| cell.text == head)?;
    value(contract, cell.span)
}
