//! What is paid for a missed level: 월 요금의 10%, 3일분, 3배, 전액, 없음.

use super::words::has;
use crate::contract::Contract;
use crate::language::FactKind;
use crate::language::fact::Unit;
use crate::text::Span;

/// What a credit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditUnit {
    /// Hundredths of a fee.
    Percent,
    /// Days of service or of its fee.
    Days,
    /// Times the time lost, or its fee.
    Times,
    /// A sum in won.
    Won,
}

/// A credit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Credit {
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: CreditUnit,
}

impl Credit {
    /// The credit as people write it: "10%", "3일분".
    pub fn ko(&self) -> String {
        let value = self.value;
        match self.unit {
            CreditUnit::Percent if value == 0.0 => "없음".to_owned(),
            CreditUnit::Percent => format!("{value}%"),
            CreditUnit::Days => format!("{value}일분"),
            CreditUnit::Times => format!("{value}배"),
            CreditUnit::Won => format!("{value}원"),
        }
    }
}

/// The credit that a stretch of text states, the first one.
pub(super) fn read(contract: &Contract<'_>, span: Span) -> Option<Credit> {
    placed(contract, span).map(|(credit, _)| credit)
}

/// The credit that a stretch of text states, and where its words end: for what is no figure at the end of the line.
pub(super) fn placed(contract: &Contract<'_>, span: Span) -> Option<(Credit, usize)> {
    let text = span.of(contract.document.text());
    let facts = contract.morphs.facts_in(span);
    let whole = contract.document.text();
    for fact in facts.iter().filter(|fact| span.contains(fact.span)) {
        let after = whole.get(fact.span.end..span.end).unwrap_or_default().trim_start();
        match fact.kind {
            FactKind::Percent(percent) => {
                let credit = percent.value.map(|value| Credit { value, unit: CreditUnit::Percent });
                return credit.map(|credit| (credit, fact.span.end));
            }
            FactKind::Duration(duration) if matches!(duration.unit, Unit::Day | Unit::Month | Unit::Week) => {
                // 3일분, 3일치, 3일 연장; a time limit is none.
                let granted = after.starts_with('분')
                    || after.starts_with('치')
                    || after.starts_with("간의 요금")
                    || after.starts_with("의 요금")
                    || after.starts_with("의 이용")
                    || has(text, &["연장", "무상", "무료"]);
                if granted && let Some(value) = duration.days() {
                    return Some((Credit { value, unit: CreditUnit::Days }, fact.span.end));
                }
            }
            FactKind::Amount(amount) => {
                let credit = amount.value.map(|value| Credit { value, unit: CreditUnit::Won });
                return credit.map(|credit| (credit, fact.span.end));
            }
            _ => {}
        }
    }
    let line = span.start + text.find('\n').unwrap_or(text.len());
    if let Some(value) = times(text) {
        return Some((Credit { value, unit: CreditUnit::Times }, line));
    }
    if has(text, &["전액", "전부 면제"]) {
        return Some((Credit { value: 100.0, unit: CreditUnit::Percent }, line));
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    let none = has(bare, &["없음", "해당없음", "해당 없음", "미적용", "미지급", "대상 아님", "면제 없"])
        || matches!(bare, "-" | "0" | "해당사항 없음");
    none.then_some((Credit { value: 0.0, unit: CreditUnit::Percent }, line))
}

/// A bare figure in a column that says that it is per cent.
pub(super) fn bare(text: &str) -> Option<Credit> {
    let value: f64 = text.trim().parse().ok()?;
    (0.0..=1000.0).contains(&value).then_some(Credit { value, unit: CreditUnit::Percent })
}

/// 3배, 세 배.
fn times(text: &str) -> Option<f64> {
    for (at, _) in text.match_indices('배') {
        let before = text[..at].trim_end();
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        if digits > 0 {
            return before[before.len() - digits..].parse().ok();
        }
        let words = [("두", 2.0), ("세", 3.0), ("네", 4.0), ("다섯", 5.0), ("열", 10.0)];
        if let Some((_, value)) = words.into_iter().find(|(word, _)| before.ends_with(word)) {
            return Some(value);
        }
    }
    None
}
