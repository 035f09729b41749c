//! The Korean language of contracts: morphemes, normal form, facts, parties. No I/O; cannot fail.
