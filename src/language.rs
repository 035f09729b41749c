//! The Korean language of contracts: morphemes, normal form, facts, parties. No I/O; cannot fail.

pub mod analyzer;
mod dictionary;
pub mod fact;
pub mod normal;
mod number;
pub mod party;
mod sentence;
pub mod tag;
pub mod variant;

pub use analyzer::{Analyzer, Morph, Morphs};
pub use fact::{Fact, FactKind};
pub use normal::{Modality, Term, Terms};
pub use party::{Parties, Role};
pub use tag::Tag;
