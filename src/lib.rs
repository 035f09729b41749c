//! jomun (조문): a linter for Korean cloud contracts and terms of service.
//!
//! The way of the data:
//!
//! ```text
//! bytes -> Document(+SourceMap) -> ClauseTree -> Contract(Morphs, facts, parties) -> topics -> Findings -> Report
//! ```
//!
//! Invariants: [`clause`], [`language`], [`topic`] do no I/O and cannot fail; only [`load`] knows formats; every
//! span anywhere is a byte range into [`document::Document::text`]; nothing depends on hash-map order or a clock.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod analyze;
pub mod clause;
pub mod contract;
pub mod document;
pub mod error;
pub mod finding;
pub mod index;
pub mod language;
pub mod load;
pub mod notice;
pub mod render;
pub mod report;
pub mod source;
pub mod standard;
pub mod text;
pub mod topic;
