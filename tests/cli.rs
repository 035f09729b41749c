//! The command line as its user meets it: cases as files under `tests/cli`.
