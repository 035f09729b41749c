//! The integration tests: one binary, a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed unwrap is a failed test"
)]

mod acts;
mod clause;
mod cli;
mod config;
mod formats;
mod language;
mod load;
mod pdf;
mod references;
mod render;
mod rules;
mod samples;
mod standards;
mod topics;
