//! Reports for people and programs. Each renderer turns a [`Report`](crate::report::Report) into text; none prints,
//! none decides anything, none looks at the document again.
//!
//! [`terminal`], [`markdown`] and [`html`] say the same in three forms: all write down one [`view::View`]. A report holds
//! ids only; what they are called stands in a [`Legend`]. [`diff`] does the same for a contract beside its base.

mod chart;
pub mod diff;
pub mod html;
pub mod json;
pub mod legend;
pub mod level;
pub mod markdown;
pub mod memo;
pub mod sheet;
pub mod terminal;
pub mod view;

pub use chart::sla_chart_svg;
pub use legend::Legend;

/// The sentence under every report for people.
pub const DISCLAIMER: &str =
    "이 보고서는 문서에서 본 것을 표준계약서에 견주어 적은 것으로, 조항의 법적 효력을 판단하지 않습니다.";

/// The sentence over findings of low confidence.
pub const DOUBTS: &str = "맞을 가능성이 낮아 지적의 수와 --fail-on에 넣지 않은 것입니다. 참고로만 보십시오.";

/// A number with a comma every three digits: 18233 → "18,233".
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")] {
            assert_eq!(super::grouped(number), text);
        }
    }
}
