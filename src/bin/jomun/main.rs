#![allow(missing_docs, reason = "the binary documents itself with --help")]
fn main() {}
