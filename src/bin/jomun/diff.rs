//! `jomun diff`: one contract beside a standard or another version, as a report, a memo or the Word file itself.

use crate::args::RevisionsChoice;
use crate::args::diff::{Diff, Format};
use crate::scan::input::{self, Input};
use crate::{console, output, page, standard};
use anyhow::{anyhow, bail};
use jomun::analyze::Against;
use jomun::document::Document;
use jomun::load::Limits;
use jomun::redline;
use jomun::render::{self, Legend};
use jomun::report::Comparison;
use std::path::Path;

/// Runs the command; the result is the exit code.
pub fn run(args: &Diff) -> anyhow::Result<u8> {
    let word = args.annotate || args.redline;
    if (word || args.format == Format::Docx) && args.output.is_none() {
        bail!("워드 문서를 쓸 파일을 --output으로 알려 주십시오");
    }
    if word && args.format != Format::Terminal {
        bail!("--annotate와 --redline은 --format과 함께 쓰지 않습니다");
    }
    if word && args.reading.revisions == RevisionsChoice::Original {
        bail!(
            "--annotate와 --redline은 변경 추적을 모두 적용한 글에 넣습니다. --revisions original과 함께 쓰지 않습니다"
        );
    }
    let readers = input::readers(&args.reading)?;
    let limits = &readers.options().limits;
    let contract = Input::named(&args.contract, &args.reading)?;
    let read =
        |input: &Input| input.load_kept(&readers).map_err(|reason| anyhow!("{}: {reason}", input.name()));
    let (bytes, document) = read(&contract)?;
    if word && !args.ask.with.is_empty() {
        bail!("--with로 함께 읽은 문서에는 메모와 변경 추적을 넣을 수 없습니다");
    }
    let document = document.with(&input::with(&args.ask.with, &readers)?);
    let older = match &args.against {
        Some(path) => Some(read(&Input::File(path.clone()))?.1),
        None => None,
    };
    let (analyzer, legend) = standard::analyzer(&args.ask)?;
    let against = older.as_ref().map_or(Against::Standard, Against::Version);
    let comparison = analyzer.compare(&document, against);
    if word {
        redlined(args, &bytes, &document, &comparison, &legend, limits)?;
    } else {
        told(args, &comparison, &legend)?;
    }
    Ok(u8::from(args.fail_on.reached(comparison.report.worst())))
}

/// The comparison in the form that was asked for.
fn told(args: &Diff, comparison: &Comparison, legend: &Legend) -> anyhow::Result<()> {
    let options = render::diff::Options {
        only: args.only.iter().map(|&only| only.into()).collect(),
        explain: args.explain,
    };
    let text = match args.format {
        Format::Terminal => {
            let page = page::options(args.color, args.output.is_none());
            render::diff::terminal::render(comparison, legend, &options, &page)
        }
        Format::Markdown => render::diff::markdown::render(comparison, legend, &options),
        Format::Html => render::diff::html::render(comparison, legend, &options),
        Format::Json => render::json::pretty(comparison)?,
        Format::Docx => {
            let memo = render::memo::render(comparison, legend)?;
            return written(args.output.as_deref(), &memo, args.force);
        }
    };
    match &args.output {
        Some(_) => written(args.output.as_deref(), text.as_bytes(), args.force),
        None => console::print(&text),
    }
}

/// The Word file back, with comments and tracked changes.
fn redlined(
    args: &Diff,
    bytes: &[u8],
    document: &Document,
    comparison: &Comparison,
    legend: &Legend,
    limits: &Limits,
) -> anyhow::Result<()> {
    let named = |error: redline::RedlineError| anyhow!("{}: {error}", document.name);
    let report = &comparison.report;
    let result = if args.redline {
        redline::redline(bytes, document, report, legend, limits)
    } else {
        redline::annotate(bytes, document, report, legend, limits)
    };
    let redlined = result.map_err(named)?;
    written(args.output.as_deref(), &redlined.bytes, args.force)?;
    redlined.left.iter().for_each(|left| console::complain(left));
    console::complain(&format!(
        "메모 {}건, 변경 추적 {}건을 넣었습니다",
        redlined.comments, redlined.changes
    ));
    Ok(())
}

fn written(target: Option<&Path>, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    target.map_or(Ok(()), |target| output::write(target, bytes, force))
}
