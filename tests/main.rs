//! The integration tests: one binary, a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed unwrap is a failed test"
)]

mod acts;
mod checklists;
mod clause;
mod cli;
mod config;
mod diff;
mod draft;
mod formats;
mod fuzz;
mod hangul;
mod hostile;
mod language;
mod load;
mod memo;
mod numbered;
mod office;
mod order;
mod page;
mod pdf;
mod privacy;
mod redline;
mod references;
mod render;
mod rules;
mod samples;
mod sla;
mod standards;
mod topics;
mod worker;
