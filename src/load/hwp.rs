//! Binary 한글 files (HWP 5): the streams of a compound file put together into one manuscript. Read by own code rather
//! than a crate, because labels, cells, notes and places must come out as they do for the other formats; the container
//! and the compression are left to crates. Scripts are never run.

mod body;
mod container;
mod docinfo;
mod preview;
mod record;

use crate::document::{Document, Format};
use crate::error::LoadError;
use crate::load::Options;
use crate::load::hangul::Manuscript;
use container::Container;
use docinfo::DocInfo;

/// Reads a 한글 5 file.
///
/// # Errors
/// A password, a 배포용 document, a version that is not 5, no section that can be read, an attack on a limit.
pub(super) fn load(name: &str, bytes: &[u8], options: &Options) -> Result<Document, LoadError> {
    let limits = &options.limits;
    let mut container = Container::open(bytes, limits)?;
    let mut manuscript = Manuscript { revisions: options.revisions, ..Manuscript::default() };
    let info = match container.stream("/DocInfo").and_then(|data| DocInfo::read(&data, limits)) {
        Ok(info) => info,
        Err(error @ LoadError::Limit(_)) => return Err(error),
        Err(_) => {
            manuscript.lost.push("글자와 번호 모양(DocInfo)".into());
            DocInfo::none(limits)
        }
    };
    if info.tracked > 0 {
        manuscript.warnings.push(
            "변경 추적을 쓴 hwp 파일입니다. 변경이 모두 맞게 읽혔는지 확인하려면 hwpx로 저장해 주십시오"
                .into(),
        );
    }
    let mut first = None;
    for name in container.sections() {
        let read = container.section(&name).and_then(|data| body::section(&data, &info, options));
        match read {
            Ok(section) => manuscript.sections.push(section),
            Err(error @ LoadError::Limit(_)) => return Err(error),
            Err(error) => {
                manuscript.lost.push(format!("본문({name})"));
                first.get_or_insert(error);
            }
        }
    }
    if manuscript.sections.is_empty() {
        return Err(first.unwrap_or_else(|| LoadError::Damaged("한글 문서의 본문이 없습니다".into())));
    }
    manuscript.numbering = info.numbering;
    manuscript.title = container.title();
    let preview = container.preview();
    let mut document = manuscript.finish(name, Format::Hwp, bytes, limits)?;
    document.notices.extend(preview.and_then(|preview| preview::compare(&preview, document.text())));
    Ok(document)
}
