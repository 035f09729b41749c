//! Checks: each looks at one contract and gives findings. No I/O; cannot fail.

mod at;
pub mod catalogue;
pub mod citation;
mod cited;
mod definition;
pub mod deviation;
mod integrity;
pub mod order;
mod reference;
pub mod sla;
pub mod unfair;
