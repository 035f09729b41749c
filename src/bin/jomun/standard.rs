//! `jomun standard`: lists, shows and imports standards. Also makes the analyser, which needs them all.

use crate::args::{Ask, DataDir, Import, List, Reading, Show, Standard as Args, StandardCommand};
use crate::scan::input::{self, Input};
use crate::{console, output, own};
use anyhow::{anyhow, bail};
use etcetera::BaseStrategy;
use jomun::analyze::{Analyzer, StandardChoice};
use jomun::checklist::Scope;
use jomun::error::DataError;
use jomun::language;
use jomun::render::Legend;
use jomun::standard::{self, Provision, Standard};
use std::path::PathBuf;
use std::sync::Arc;

pub fn run(args: &Args) -> anyhow::Result<()> {
    match &args.command {
        StandardCommand::List(args) => list(args),
        StandardCommand::Show(args) => show(args),
        StandardCommand::Import(args) => import(args),
    }
}

/// The folder of imported standards: `standards` in the given data folder or in the user's own
/// (`$XDG_DATA_HOME/jomun` on Linux and macOS, `%APPDATA%\jomun` on Windows).
fn folder(data: &DataDir) -> Result<PathBuf, DataError> {
    if let Some(dir) = &data.data_dir {
        return Ok(dir.join("standards"));
    }
    let reason = |_| "사용자 데이터 폴더를 알 수 없습니다. --data-dir로 알려 주십시오".to_owned();
    let base = etcetera::choose_base_strategy()
        .map_err(|error| DataError { file: "--data-dir".into(), reason: reason(error) })?;
    Ok(base.data_dir().join("jomun").join("standards"))
}

/// The analyser with all standards and rules, built-in and the user's, and the names that its reports are rendered with.
pub fn analyzer(args: &Ask) -> Result<(Analyzer, Legend), DataError> {
    let choice = match args.standard.as_str() {
        "auto" => StandardChoice::Auto,
        id => StandardChoice::Id(id.to_owned()),
    };
    let config = own::config(&args.own)?;
    let mut builder = Analyzer::builder()
        .standard(choice)
        .instrument(args.instrument.into())
        .audience(args.audience.into())
        .as_of(args.as_of.clone())
        .rules(Arc::new(own::rules(&args.own, &config)?))
        .profiles(args.lists.profile.iter().filter(|id| !id.is_empty()).cloned())
        .scope(Scope { critical: args.lists.critical, service: args.lists.service });
    if !args.lists.dirs.checklists.is_empty() {
        builder = builder.checklists(Arc::new(own::checklists(&args.lists.dirs, &config)?));
    }
    builder = builder.config(config);
    for standard in standard::load_dir(&folder(&args.data)?)? {
        builder = builder.add_standard(standard);
    }
    let analyzer = builder.build()?;
    let legend = Legend::of(&analyzer);
    Ok((analyzer, legend))
}

/// Built-in standards, then imported ones by name.
fn all(data: &DataDir) -> Result<Vec<Standard>, DataError> {
    let mut all = standard::builtin()?;
    all.extend(standard::load_dir(&folder(data)?)?);
    Ok(all)
}

fn find(id: &str, data: &DataDir) -> anyhow::Result<Standard> {
    let all = all(data)?;
    let known: Vec<String> = all.iter().map(|standard| standard.id.clone()).collect();
    all.into_iter()
        .find(|standard| standard.id == id)
        .ok_or_else(|| anyhow!("{id}: 모르는 표준입니다. 쓸 수 있는 것: {}", known.join(", ")))
}

fn list(args: &List) -> anyhow::Result<()> {
    let mut out = String::new();
    for standard in all(&args.data)? {
        let counts = standard.count();
        let origin = if standard.like == standard.id || standard.like.is_empty() {
            "내장".to_owned()
        } else {
            format!("들여옴, {} 기준", standard.like)
        };
        out.push_str(&format!(
            "{}\n  {} ({}판, {origin})\n  장 {}, 조 {}, 항 {}, 호 {}, 목 {}\n",
            standard.id,
            standard.title,
            standard.edition,
            counts.chapters,
            counts.articles,
            counts.paragraphs,
            counts.items,
            counts.subitems
        ));
    }
    console::print(&out)
}

fn show(args: &Show) -> anyhow::Result<()> {
    let (id, wanted) = match args.what.split_once('/') {
        Some((id, at)) => (id, Some(citation(at))),
        None => (args.what.as_str(), None),
    };
    let standard = find(id, &args.data)?;
    let mut out = String::new();
    if wanted.is_none() {
        out.push_str(&format!("{} [{}] {}판\n", standard.title, standard.id, standard.edition));
    }
    let mut any = false;
    let mut chapter = None;
    for provision in &standard.provisions {
        if wanted.as_ref().is_some_and(|at| !standard::is_under(&provision.at, at)) {
            continue;
        }
        any = true;
        if wanted.is_none() && provision.chapter.is_some() && provision.chapter != chapter {
            chapter = provision.chapter;
            let title = standard.chapters.iter().find(|c| Some(c.number) == chapter);
            if let Some(title) = title {
                out.push_str(&format!("\n제{}장 {}\n", title.number, title.title));
            }
        }
        describe(provision, &mut out);
    }
    if let (Some(at), false) = (wanted, any) {
        bail!("{id}/{at}: 이 표준에 없는 조항입니다");
    }
    console::print(&out)
}

/// "20" → "제20조"; anything else is taken as it is written, without spaces.
fn citation(at: &str) -> String {
    let at: String = at.chars().filter(|c| !c.is_whitespace()).collect();
    if !at.is_empty() && at.chars().all(|c| c.is_ascii_digit()) { format!("제{at}조") } else { at }
}

fn describe(provision: &Provision, out: &mut String) {
    let depth = provision.at.chars().filter(|c| matches!(c, '항' | '호' | '목')).count();
    let indent = "  ".repeat(depth);
    // A 항 without a heading is named by its first words, which its text repeats.
    let repeats = provision.text.as_ref().is_some_and(|text| text.starts_with(&provision.title));
    let title = if repeats { "" } else { &provision.title };
    out.push_str(format!("\n{indent}{} {title}", provision.at).trim_end());
    out.push('\n');
    let mut line = |label: &str, text: String| {
        if !text.is_empty() {
            out.push_str(&format!("{indent}  {label}: {text}\n"));
        }
    };
    line("항목", provision.topics.join(", "));
    line("요건", provision.requires.join("; "));
    let facts = provision.facts.iter().map(|fact| format!("{} {}", fact.of, fact.value));
    line("정한 값", facts.collect::<Vec<_>>().join("; "));
    line("법령", provision.basis.join(", "));
    let (label, wording) = match (&provision.text, &provision.model) {
        (Some(text), _) => ("원문", text),
        (None, Some(model)) => ("모델 조항", model),
        (None, None) => return,
    };
    out.push_str(&format!("{indent}  {label}:\n"));
    for part in wording.trim().lines() {
        out.push_str(&format!("{indent}    | {part}\n"));
    }
}

fn import(args: &Import) -> anyhow::Result<()> {
    let like = find(&args.like, &args.data)?;
    let target = folder(&args.data)?.join(format!("{}.toml", args.id));
    let document = read(&args.file, &args.reading)?;
    let (standard, notices) =
        standard::import(&document, &args.id, &args.edition, &like, &language::Analyzer::new()?)?;
    if let Some(parent) = target.parent() {
        std::fs::create_dir_all(parent)
            .map_err(|error| anyhow!("{}: {}", parent.display(), console::write_reason(&error)))?;
    }
    output::write(&target, &standard.to_toml()?, args.force)?;
    for notice in document.notices.iter().chain(&notices) {
        console::complain(&format!("{}: {}", document.name, notice.message));
    }
    let counts = standard.count();
    console::print(&format!(
        "{} 표준을 들여왔습니다: 장 {}, 조 {}, 항 {}, 호 {}, 목 {}\n이제 --standard {}(으)로 쓸 수 있습니다. 둔 곳: {}\n",
        standard.id,
        counts.chapters,
        counts.articles,
        counts.paragraphs,
        counts.items,
        counts.subitems,
        standard.id,
        target.display()
    ))
}

fn read(file: &std::path::Path, reading: &Reading) -> anyhow::Result<jomun::document::Document> {
    let input = Input::named(file, reading)?;
    input.load(&input::readers(reading)?).map_err(|reason| anyhow!("{}: {reason}", input.name()))
}

#[cfg(test)]
mod tests {
    use super::citation;

    #[test]
    fn a_number_is_an_article() {
        assert_eq!(citation("20"), "제20조");
        assert_eq!(citation("제20조 제1항"), "제20조제1항");
    }
}
