//! A contract beside its base for people: [`html`], [`terminal`] and [`markdown`] write down one [`view::View`]. Nothing
//! here aligns or decides; that is in the [`Comparison`](crate::report::Comparison).

pub mod html;
pub mod markdown;
pub mod segment;
pub mod terminal;
pub mod view;

use crate::report::Relation;

pub use view::View;

/// What of a comparison is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The relations whose rows are shown; none means all. Figures count all rows whatever is shown.
    pub only: Vec<Relation>,
    /// Whether to say why clauses were laid beside each other.
    pub explain: bool,
}
