//! The Korean language of contracts: morphemes, normal form, facts, parties. No I/O; cannot fail.

pub mod analyzer;
mod dictionary;
pub mod normal;
pub mod tag;
pub mod variant;

pub use analyzer::{Analyzer, Morph, Morphs};
pub use normal::{Modality, Term, Terms};
pub use tag::Tag;
