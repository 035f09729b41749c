//! Levels between two edges, as contracts write them: 99.0% 이상 99.5% 미만, 99.0~99.5%, 99.5% ≤ x < 99.9%, <99.9%,
//! 4시간 초과 8시간 이하. Builds on the facts; reads only what stands around them.

use super::Measure;
use super::words::{FEES, has};
use crate::contract::Contract;
use crate::language::fact::{Bound, Unit};
use crate::language::{Fact, FactKind};
use crate::text::Span;

/// One side of a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Its value.
    pub value: f64,
    /// Whether the value itself belongs to the level; `None` where the contract does not say (99.0~99.5%).
    pub included: Option<bool>,
    /// How many decimals are written.
    pub decimals: u8,
}

/// A level between two edges; without an edge it is open to that side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    /// The lower edge.
    pub low: Option<Edge>,
    /// The upper edge.
    pub high: Option<Edge>,
}

/// What stands at a quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Item {
    /// A level.
    Band(Band),
    /// A bare figure.
    Plain(f64),
    /// A share of a fee.
    Fee(f64),
}

/// A quantity or level with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub item: Item,
    pub measure: Measure,
    pub span: Span,
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Low,
    High,
}

#[derive(Clone, Copy)]
struct Quantity {
    value: f64,
    decimals: u8,
    measure: Measure,
    side: Option<Side>,
    included: Option<bool>,
    fee: bool,
    span: Span,
    /// The lower figure of `99.0~99.5%`, whose unit stands at the other.
    from: Option<(f64, u8, usize)>,
}

/// Below this no figure in per cent is a level of availability.
const LEAST: f64 = 50.0;

/// The levels, bare figures and shares of fees in a stretch of text, in text order.
pub(super) fn items(contract: &Contract<'_>, span: Span) -> Vec<Found> {
    assembled(&quantities(contract, span), contract.document.text())
}

/// The same for a cell whose column says that its figures are per cent: 99.0 이상 99.5 미만.
pub(super) fn bare_items(contract: &Contract<'_>, span: Span) -> Vec<Found> {
    let text = contract.document.text();
    let mut quantities: Vec<Quantity> = Vec::new();
    let mut at = span.start;
    while let Some(skip) = Span::new(at, span.end).of(text).find(|c: char| c.is_ascii_digit()) {
        let start = at + skip;
        let rest = Span::new(start, span.end).of(text);
        let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let written = rest[..len].trim_end_matches('.');
        at = start + len;
        let Ok(value) = written.parse::<f64>() else { continue };
        let free = quantities.last().map_or(span.start, |last| last.span.end);
        let before = Span::new(free, start).of(text);
        let after = Span::new(start + written.len(), span.end).of(text);
        let next = after.trim_start();
        let bound = [
            ("이상", Bound::AtLeast),
            ("이하", Bound::AtMost),
            ("초과", Bound::Over),
            ("미만", Bound::Under),
        ];
        let bound =
            bound.iter().find(|(word, _)| next.starts_with(word)).map_or(Bound::None, |(_, bound)| *bound);
        let (side, included) = side(before, after, bound);
        quantities.push(Quantity {
            value,
            decimals: decimals(written),
            measure: Measure::Availability,
            side,
            included,
            fee: false,
            span: Span::new(start, start + written.len()),
            from: None,
        });
    }
    assembled(&quantities, text)
}

fn assembled(quantities: &[Quantity], text: &str) -> Vec<Found> {
    let mut found = Vec::with_capacity(quantities.len());
    let mut i = 0;
    while let Some(one) = quantities.get(i) {
        i += 1;
        if one.fee || (one.measure == Measure::Availability && one.value < LEAST && one.side.is_none()) {
            found.push(Found { item: Item::Fee(one.value), measure: one.measure, span: one.span });
            continue;
        }
        let edge = |q: &Quantity| Edge { value: q.value, included: q.included, decimals: q.decimals };
        if let Some((value, decimals, start)) = one.from {
            let low = Edge { value: value.min(one.value), included: None, decimals };
            let high = Edge { value: value.max(one.value), included: None, decimals: one.decimals };
            let band = Band { low: Some(low), high: Some(high) };
            found.push(Found {
                item: Item::Band(band),
                measure: one.measure,
                span: Span::new(start, one.span.end),
            });
            continue;
        }
        let next = quantities.get(i).filter(|next| {
            !next.fee && next.measure == one.measure && next.from.is_none() && !next.parted(one, text)
        });
        let both = next.and_then(|next| {
            let between = Span::new(one.span.end, next.span.start).of(text);
            let ranged = between.contains(['~', '～', '∼', '〜', '–', '—', '-'])
                || between.contains("부터")
                || between.contains("에서");
            let (low, high) = match (one.side, next.side) {
                (Some(Side::Low), Some(Side::High)) => (one, next),
                (Some(Side::High), Some(Side::Low)) => (next, one),
                // 99.0% 이상 ~ 99.5%, 99.0% ~ 99.5% 미만, 99.0%~99.5%.
                (None, Some(Side::High)) | (Some(Side::Low), None) if ranged => (one, next),
                (None, Some(Side::Low)) | (Some(Side::High), None) if ranged => (next, one),
                (None, None) if ranged && one.value != next.value => {
                    if one.value < next.value {
                        (one, next)
                    } else {
                        (next, one)
                    }
                }
                _ => return None,
            };
            (low.value <= high.value).then(|| Band { low: Some(edge(low)), high: Some(edge(high)) })
        });
        if let (Some(band), Some(next)) = (both, next) {
            i += 1;
            let span = Span::new(one.span.start, next.span.end);
            found.push(Found { item: Item::Band(band), measure: one.measure, span });
            continue;
        }
        let item = match one.side {
            Some(Side::Low) => Item::Band(Band { low: Some(edge(one)), high: None }),
            Some(Side::High) => Item::Band(Band { low: None, high: Some(edge(one)) }),
            None => Item::Plain(one.value),
        };
        found.push(Found { item, measure: one.measure, span: one.span });
    }
    found
}

impl Quantity {
    /// Whether too much stands between two quantities for one level.
    fn parted(&self, before: &Quantity, text: &str) -> bool {
        let between = Span::new(before.span.end, self.span.start).of(text);
        between.chars().count() > 28 || between.contains([':', ';', '\n', '|', '→']) || between.contains(". ")
    }
}

fn quantities(contract: &Contract<'_>, span: Span) -> Vec<Quantity> {
    let text = contract.document.text();
    let facts = contract.morphs.facts_in(span);
    let mut quantities: Vec<Quantity> = Vec::new();
    for fact in facts.iter().filter(|fact| span.contains(fact.span)) {
        let Some((value, measure, bound)) = value(fact) else { continue };
        let free = quantities.last().map_or(span.start, |last| last.span.end);
        let before = Span::new(free, fact.span.start).of(text);
        let after = Span::new(fact.span.end, span.end).of(text);
        let (side, included) = side(before, after, bound);
        let fee = measure == Measure::Availability && is_fee(before);
        let from = range(before)
            .filter(|_| side.is_none())
            .map(|(value, decimals, len)| (value, decimals, fact.span.start - len));
        let from = from.filter(|(other, ..)| measure == Measure::Downtime || *other >= LEAST);
        let from = from.map(|(other, decimals, start)| (other * scale(fact), decimals, start));
        let decimals = decimals(fact.span.of(text));
        quantities.push(Quantity { value, decimals, measure, side, included, fee, span: fact.span, from });
    }
    quantities
}

/// Minutes of the fact's unit; 1 for what is no time.
fn scale(fact: &Fact) -> f64 {
    match fact.kind {
        FactKind::Duration(duration) if duration.unit == Unit::Hour => 60.0,
        _ => 1.0,
    }
}

/// A figure in per cent, or a time in minutes that is told in minutes or hours.
fn value(fact: &Fact) -> Option<(f64, Measure, Bound)> {
    match fact.kind {
        FactKind::Percent(percent) => Some((percent.value?, Measure::Availability, percent.bound)),
        FactKind::Duration(duration) if matches!(duration.unit, Unit::Hour | Unit::Minute) => {
            Some((f64::from(duration.count?) * scale(fact), Measure::Downtime, duration.bound))
        }
        _ => None,
    }
}

/// How many digits stand behind the point.
fn decimals(written: &str) -> u8 {
    let Some((_, tail)) = written.split_once('.') else { return 0 };
    u8::try_from(tail.chars().take_while(char::is_ascii_digit).count()).unwrap_or(u8::MAX)
}

/// 월 요금의 10%, 지불한 금액의 10%: the fee stands close before.
fn is_fee(before: &str) -> bool {
    let tail = before.trim_end().trim_end_matches(['(', ' ']);
    let near: String = tail.chars().rev().take(14).collect::<Vec<_>>().into_iter().rev().collect();
    let near = near.rsplit([':', ';', '|', '.']).next().unwrap_or_default();
    has(near, FEES)
}

/// `99.0~` right before a figure: the value, its decimals, and how many bytes it takes.
fn range(before: &str) -> Option<(f64, u8, usize)> {
    let tail = before.trim_end();
    let tail = tail.strip_suffix(['~', '～', '∼', '〜', '–', '—', '-'])?.trim_end();
    let digits = tail.len() - tail.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let number = tail.get(tail.len() - digits..)?;
    let value: f64 = number.parse().ok()?;
    Some((value, decimals(number), before.len() - (tail.len() - digits)))
}

/// Which side of a level a figure is, and whether it belongs to it.
fn side(before: &str, after: &str, bound: Bound) -> (Option<Side>, Option<bool>) {
    let low = |included| (Some(Side::Low), included);
    let high = |included| (Some(Side::High), included);
    let after = after.strip_prefix(')').unwrap_or(after);
    // The figure may be said again in brackets.
    let after = after.trim_start_matches("**").trim_start();
    let before = before.trim_end_matches("**").trim_end();
    let begins = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    if let Some(tail) = after.strip_prefix("보다") {
        let tail: String = tail.chars().take(12).collect();
        let word = |words: &[&str]| words.iter().any(|word| tail.contains(word));
        let equal = word(&["거나 같", "거나같", "같거나"]);
        if word(&["작", "낮", "적", "짧"]) {
            return high(Some(equal));
        }
        if word(&["크", "커", "컸", "높", "많", "길", "오래"]) {
            return low(Some(equal));
        }
    }
    if begins(&[
        "에 미달",
        "에 미치지",
        "에 못 미",
        "를 밑",
        "을 밑",
        "아래",
        "에 이르지",
        "를 하회",
        "을 하회",
        "하회",
        "이 안 되",
        "가 안 되",
        "이 되지",
        "가 되지",
        "를 달성하지 못",
        "를 충족하지 못",
        "를 유지하지 못",
        "를 지키지 못",
        "보다 못",
        "를 미달",
        "을 미달",
        "미달",
    ]) {
        return high(Some(false));
    }
    if begins(&["를 상회", "을 상회", "상회"]) {
        return low(Some(false));
    }
    match bound {
        Bound::AtLeast => return low(Some(true)),
        Bound::Over => return low(Some(false)),
        Bound::AtMost => return high(Some(true)),
        Bound::Under => return high(Some(false)),
        // 까지 and 이내 reach the figure itself, as far as a contract says so.
        Bound::Within => return high(None),
        Bound::After => return low(Some(false)),
        Bound::None | Bound::Before | Bound::During => {}
    }
    if after.starts_with("부터") {
        return low(None);
    }
    let arrow = before.ends_with("=>") || before.ends_with("->");
    let tag = before.ends_with('>')
        && before.rfind('<').is_some_and(|at| {
            before[at + 1..before.len() - 1].trim_start_matches('/').chars().all(|c| c.is_ascii_alphabetic())
                && before.len() - at > 2
        });
    if !arrow && !tag {
        for (mark, side, included) in [
            ("<=", Side::High, true),
            ("≤", Side::High, true),
            ("≦", Side::High, true),
            (">=", Side::Low, true),
            ("≥", Side::Low, true),
            ("≧", Side::Low, true),
            ("<", Side::High, false),
            (">", Side::Low, false),
        ] {
            if before.ends_with(mark) {
                return (Some(side), Some(included));
            }
        }
    }
    let markup =
        after.starts_with('<') && after[1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
    if !markup && !after.starts_with("=>") {
        for (mark, side, included) in [
            ("<=", Side::Low, true),
            ("≤", Side::Low, true),
            ("≦", Side::Low, true),
            (">=", Side::High, true),
            ("≥", Side::High, true),
            ("≧", Side::High, true),
            ("<", Side::Low, false),
            (">", Side::High, false),
        ] {
            if after.starts_with(mark) {
                return (Some(side), Some(included));
            }
        }
    }
    (None, None)
}

impl Band {
    /// The level as people write it: "99% 이상 99.5% 미만", "4시간 초과".
    pub fn ko(&self, measure: Measure) -> String {
        let low = self.low.map(|edge| {
            let word = if edge.included == Some(false) { "초과" } else { "이상" };
            format!("{} {word}", figure(edge.value, measure))
        });
        let high = self.high.map(|edge| {
            let word = if edge.included == Some(true) { "이하" } else { "미만" };
            format!("{} {word}", figure(edge.value, measure))
        });
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.included.is_none() && high.included.is_none() => {
                format!("{}~{}", figure(low.value, measure), figure(high.value, measure))
            }
            _ => [low, high].into_iter().flatten().collect::<Vec<_>>().join(" "),
        }
    }
}

/// A figure with its unit: "99.95%", "4시간", "30분".
pub(crate) fn figure(value: f64, measure: Measure) -> String {
    match measure {
        Measure::Availability => format!("{}%", rounded(value)),
        Measure::Downtime if value >= 60.0 && value % 60.0 == 0.0 => format!("{}시간", value / 60.0),
        Measure::Downtime if value > 60.0 => {
            format!("{}시간 {}분", (value / 60.0).floor(), rounded(value % 60.0))
        }
        Measure::Downtime => format!("{}분", rounded(value)),
    }
}

/// Without the dust that binary fractions leave.
fn rounded(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}
