//! Word.
use crate::document::{Document, Format};
use crate::error::LoadError;
use crate::load::Limits;
pub(super) fn package_format(_: &[u8], _: &Limits) -> Result<Format, LoadError> { Ok(Format::Docx) }
pub(super) fn load(_: &str, _: &[u8], _: &Limits) -> Result<Document, LoadError> { Err(LoadError::Empty) }
