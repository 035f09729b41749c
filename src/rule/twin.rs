//! Twins: what becomes of a bad example when the flaw is taken out of it.
