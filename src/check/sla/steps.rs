//! The steps of a credit table laid side by side: holes, overlaps, and a worse level that pays less. Figures only.

use crate::sla::{CreditUnit, Edge, Measure, Series, Tier, figure};

/// What is wrong between two steps, as people read it, and the numbers of the tiers that show it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault {
    pub what: String,
    pub tiers: (usize, usize),
}

/// What is wrong with a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Faults {
    pub gaps: Vec<Fault>,
    pub overlaps: Vec<Fault>,
    pub orders: Vec<Fault>,
}

/// One step on an axis on which higher is better: availability, or downtime turned round.
#[derive(Clone, Copy)]
struct Step {
    low: Side,
    high: Side,
    tier: usize,
}

/// An edge on that axis; infinite where the step is open.
#[derive(Clone, Copy)]
struct Side {
    at: f64,
    included: Option<bool>,
    decimals: u8,
}

/// Figures closer than this are the same.
const SAME: f64 = 1e-9;

pub(super) fn faults(series: &Series) -> Faults {
    let mut steps: Vec<Step> =
        series.tiers.iter().enumerate().map(|(number, tier)| step(number, tier, series.measure)).collect();
    nested(&mut steps);
    steps.sort_by(|one, other| {
        other
            .high
            .at
            .total_cmp(&one.high.at)
            .then(other.low.at.total_cmp(&one.low.at))
            .then(one.tier.cmp(&other.tier))
    });
    let mut faults = Faults::default();
    between(series, &steps, &mut faults);
    ends(series, &steps, &mut faults);
    orders(series, &steps, &mut faults);
    faults
}

fn step(number: usize, tier: &Tier, measure: Measure) -> Step {
    let open = |at: f64| Side { at, included: None, decimals: 0 };
    let side = |edge: Edge, sign: f64| Side {
        at: sign * edge.value,
        included: edge.included,
        decimals: edge.decimals,
    };
    let (low, high) = match measure {
        Measure::Availability => (tier.band.low.map(|e| side(e, 1.0)), tier.band.high.map(|e| side(e, 1.0))),
        // The longer the downtime, the worse.
        Measure::Downtime => (tier.band.high.map(|e| side(e, -1.0)), tier.band.low.map(|e| side(e, -1.0))),
    };
    Step {
        low: low.unwrap_or(open(f64::NEG_INFINITY)),
        high: high.unwrap_or(open(f64::INFINITY)),
        tier: number,
    }
}

/// 99.9% 미만 and 99% 미만 beside each other mean steps: each ends where the next begins.
fn nested(steps: &mut [Step]) {
    let turned = |side: Side| Side { included: side.included.map(|included| !included), ..side };
    let lower: Vec<Side> =
        steps.iter().filter(|step| step.low.at.is_infinite()).map(|step| step.high).collect();
    let upper: Vec<Side> =
        steps.iter().filter(|step| step.high.at.is_infinite()).map(|step| step.low).collect();
    for step in steps {
        let both = step.low.at.is_infinite() && step.high.at.is_infinite();
        if both {
            continue;
        }
        if step.low.at.is_infinite() {
            let below = lower.iter().filter(|side| side.at < step.high.at - SAME);
            if let Some(next) = below.max_by(|one, other| one.at.total_cmp(&other.at)) {
                step.low = turned(*next);
            }
        } else if step.high.at.is_infinite() {
            let above = upper.iter().filter(|side| side.at > step.low.at + SAME);
            if let Some(next) = above.min_by(|one, other| one.at.total_cmp(&other.at)) {
                step.high = turned(*next);
            }
        }
    }
}

/// Whether two closed steps meet as far as their decimals go: 99.49 and 99.50.
fn meets(upper: Side, lower: Side) -> bool {
    let closed = upper.included != Some(false) && lower.included != Some(false);
    let unit = 10f64.powi(-i32::from(upper.decimals.max(lower.decimals)));
    closed && upper.decimals.max(lower.decimals) > 0 && upper.at - lower.at <= unit + SAME
}

fn between(series: &Series, steps: &[Step], faults: &mut Faults) {
    for pair in steps.windows(2) {
        let [upper, lower] = pair else { continue };
        let (from, to) = (upper.low, lower.high);
        let tiers = (upper.tier.min(lower.tier), upper.tier.max(lower.tier));
        if from.at > to.at + SAME {
            if !meets(from, to) {
                let what = format!("{} 구간의", span(to.at, from.at, series.measure));
                faults.gaps.push(Fault { what, tiers });
            }
        } else if from.at < to.at - SAME {
            let bottom = from.at.max(lower.low.at);
            let what = match bottom.is_finite() {
                true => format!("{} 구간에", span(bottom, to.at, series.measure)),
                false => format!("{}에", beyond(to.at, series.measure)),
            };
            faults.overlaps.push(Fault { what, tiers });
        } else if from.included == Some(false) && to.included == Some(false) {
            let what = format!("정확히 {}인 때의", figure(from.at.abs(), series.measure));
            faults.gaps.push(Fault { what, tiers });
        } else if from.included == Some(true) && to.included == Some(true) {
            let what = format!("정확히 {}인 때에", figure(from.at.abs(), series.measure));
            faults.overlaps.push(Fault { what, tiers });
        }
    }
}

/// Holes between the target and the first step, and below the last.
fn ends(series: &Series, steps: &[Step], faults: &mut Faults) {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return };
    let paid = |step: &Step| series.tiers[step.tier].credit.value > 0.0;
    if let Some(target) = series.target.filter(|_| series.measure == Measure::Availability && paid(first)) {
        let goal = Side { at: target, included: None, decimals: first.high.decimals };
        if target > first.high.at + SAME && !meets(goal, first.high) {
            let what = format!(
                "목표 {}에는 미치지 못하나 {} 이상인 때의",
                figure(target, series.measure),
                figure(first.high.at, series.measure)
            );
            faults.gaps.push(Fault { what, tiers: (first.tier, first.tier) });
        }
    }
    let lowest = steps.iter().map(|step| step.low.at).fold(f64::INFINITY, f64::min);
    let ground = match series.measure {
        Measure::Availability => lowest <= SAME,
        Measure::Downtime => lowest.is_infinite(),
    };
    if !ground && lowest.is_finite() {
        let what = format!("{} 때의", beyond(lowest, series.measure));
        faults.gaps.push(Fault { what, tiers: (last.tier, last.tier) });
    }
}

fn orders(series: &Series, steps: &[Step], faults: &mut Faults) {
    let credit = |step: &Step| series.tiers[step.tier].credit;
    for unit in [CreditUnit::Percent, CreditUnit::Days, CreditUnit::Times, CreditUnit::Won] {
        let same: Vec<&Step> = steps.iter().filter(|step| credit(step).unit == unit).collect();
        for pair in same.windows(2) {
            let [better, worse] = pair else { continue };
            if credit(worse).value + SAME < credit(better).value {
                let told = |step: &Step| {
                    let tier = &series.tiers[step.tier];
                    format!("{} {}", tier.band.ko(series.measure), tier.credit.ko())
                };
                let what = format!("{} / {}", told(better), told(worse));
                let tiers = (better.tier.min(worse.tier), better.tier.max(worse.tier));
                faults.orders.push(Fault { what, tiers });
            }
        }
    }
}

/// "99.5%~99.9%", "8시간~24시간".
fn span(low: f64, high: f64, measure: Measure) -> String {
    let (low, high) = if low.abs() < high.abs() { (low, high) } else { (high, low) };
    format!("{}~{}", figure(low.abs(), measure), figure(high.abs(), measure))
}

/// What lies beyond the worst edge: "95%보다 낮은", "24시간을 넘는".
fn beyond(at: f64, measure: Measure) -> String {
    match measure {
        Measure::Availability => format!("{}보다 낮은", figure(at, measure)),
        Measure::Downtime => format!("{}보다 긴", figure(at.abs(), measure)),
    }
}
