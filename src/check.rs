//! Checks: each looks at one contract and gives findings. No I/O; cannot fail.

pub mod deviation;
pub mod sla;
pub mod unfair;
