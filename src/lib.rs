//! jomun (조문): a linter for Korean cloud contracts and terms of service.
//!
//! The way of the data, each arrow one room:
//!
//! ```text
//! bytes ─load→ Document ─clause→ ClauseTree ─┐
//!                  │                         ├─contract→ Contract ─topic→ decisions ─analyze→ Report ─render→ text
//!                  └─language→ Morphs, Parties, facts ─┘      ↑                                  ↑
//!                                                          index                  standard, finding
//! ```
//!
//! What every room speaks of:
//!
//! - [`text`]: byte ranges and the normal form of text; [`source`]: the way back to line, cell and page;
//!   [`document`]: one text with its blocks; [`notice`]: what was lost or guessed while reading; [`error`].
//!
//! What reads:
//!
//! - [`load`]: bytes of a file to a document, under limits; in this process or in workers ([`load::worker`]).
//! - [`clause`]: the tree of 편·장·절·관·조·항·호·목.
//! - [`language`]: morphemes, normal form, periods and amounts, who is who.
//! - [`contract`]: all of that for one document, read once, cut into passages.
//!
//! What decides:
//!
//! - [`standard`]: the standard contracts that documents are held against, built in or imported by the user.
//! - [`index`]: search by terms; it proposes where a topic may stand and decides nothing.
//! - [`case`]: the second opinion: clauses written unfair and fair, and which of them a clause is most like.
//! - `pattern` (within the crate): the wordings that topics, acts and rules are written in, and how they are found among terms.
//! - [`topic`]: which topics a contract states, and by which words.
//! - [`sla`]: what availability a contract promises and what it pays when that is missed, as facts.
//! - [`checklist`]: what a law, a sector or a buyer requires to be written, and what becomes of it in a contract.
//! - `evidence` (within the crate): the passages of a contract as topics and checklists see them.
//! - [`frame`]: the legal acts that sentences state, by whom, on what conditions.
//! - [`rule`]: which acts look unfair, as data; [`check`]: rules held against the frames of a contract, and its own order:
//!   references, terms, blanks and the law that it cites.
//! - [`statute`]: the statutes and articles that all these may cite, and what became of laws and agencies since.
//! - [`config`]: what a user switches off, weighs otherwise or takes out, and whose rules are added.
//! - [`finding`]: what a reviewer should look at, with its place and the law behind it.
//! - [`analyze`]: the whole way from a document to its report, and which standard fits.
//!
//! What tells:
//!
//! - [`report`]: the plain types of the report, the same for programs and people.
//! - [`render`]: a report, or a contract beside its base, as a page, JSON, Markdown or terminal text.
//! - [`redline`]: a Word document back with comments and tracked changes.
//!
//! Invariants:
//!
//! - No room fails on a text. [`load`] fails on a file, and what is built from data files
//!   ([`language::Analyzer::new`], [`topic::Topics::builtin`], [`standard::builtin`], [`case::Cases::builtin`], the
//!   analyser that holds them, and what a user gives: [`config::Config`], [`rule::RuleSetBuilder`],
//!   [`checklist::ChecklistsBuilder`]) on wrong data.
//! - Only [`load`], [`standard::load_dir`], [`config::Config::load`], [`rule::RuleSetBuilder`] and [`checklist::ChecklistsBuilder`] touch the disk; none touches the network, prints, or ends the process.
//!   Only [`load::worker::Pool`] starts processes, and only [`load::worker::serve`], which is made for them, takes the standard streams.
//! - Every span anywhere is a byte range into [`document::Document::text`], on character boundaries.
//! - The same bytes give the same report: nothing depends on the order of a hash map, a clock or the number of threads.
//! - What people read is Korean and stands beside the rule that says it; ids, types and this documentation are English.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod align;
pub mod analyze;
pub mod case;
pub mod check;
pub mod checklist;
pub mod clause;
pub mod config;
pub mod contract;
pub mod document;
pub mod error;
mod evidence;
pub mod finding;
pub mod frame;
pub mod index;
pub mod language;
pub mod load;
pub mod notice;
mod pattern;
pub mod redline;
pub mod render;
pub mod report;
pub mod rule;
pub mod sla;
pub mod source;
pub mod standard;
pub mod statute;
pub mod text;
pub mod topic;
