//! `jomun checklist`: lists, shows and tests checklists.

use crate::args::{Checklist as Args, ChecklistCommand, ChecklistList, ChecklistShow, ChecklistTest};
use crate::{console, own};
use anyhow::{anyhow, bail};
use jomun::checklist::{Checklist, Checklists, Class, Item, example};
use jomun::config::Config;
use jomun::language;
use jomun::render::grouped;

/// Runs the command; the result is the exit code.
pub fn run(args: &Args) -> anyhow::Result<u8> {
    match &args.command {
        ChecklistCommand::List(args) => list(args).map(|()| 0),
        ChecklistCommand::Show(args) => show(args).map(|()| 0),
        ChecklistCommand::Test(args) => test(args),
    }
}

fn list(args: &ChecklistList) -> anyhow::Result<()> {
    let lists = own::checklists(&args.dirs, &Config::default())?;
    let mut out = String::new();
    for list in lists.lists() {
        out.push_str(&format!(
            "{}\n  {} ({}판, 항목 {}개{})\n  근거: {}\n",
            list.id,
            list.title,
            list.edition,
            grouped(list.items.len()),
            classes(list),
            list.source
        ));
        if let Some(note) = &list.note {
            out.push_str(&format!("  참고: {note}\n"));
        }
    }
    console::print(&out)
}

/// ", 필수 16개, 대체 38개" or ", 중요 업무에만 6개" where a list tells its items apart.
fn classes(list: &Checklist) -> String {
    let count = |wanted: &dyn Fn(&Item) -> bool| list.items.iter().filter(|item| wanted(item)).count();
    let of = |class: Class| count(&|item: &Item| item.class == Some(class));
    let mut text = String::new();
    for (label, number) in [
        (Class::Mandatory.ko(), of(Class::Mandatory)),
        (Class::Alternative.ko(), of(Class::Alternative)),
        ("중요 업무에만", count(&|item: &Item| item.critical)),
    ] {
        if number > 0 {
            text.push_str(&format!(", {label} {number}개"));
        }
    }
    text
}

fn show(args: &ChecklistShow) -> anyhow::Result<()> {
    let lists = own::checklists(&args.dirs, &Config::default())?;
    let (id, wanted) = match args.what.split_once('/') {
        Some((id, item)) => (id, Some(item)),
        None => (args.what.as_str(), None),
    };
    let list = lists.get(id).ok_or_else(|| {
        let known: Vec<&str> = lists.lists().iter().map(|list| list.id.as_str()).collect();
        anyhow!("{id}: 모르는 점검 목록입니다. 쓸 수 있는 것: {}", known.join(", "))
    })?;
    let items: Vec<&Item> =
        list.items.iter().filter(|item| wanted.is_none_or(|wanted| item.id == wanted)).collect();
    if let (Some(wanted), true) = (wanted, items.is_empty()) {
        let ids = list.items.iter().map(|item| item.id.as_str());
        bail!("{id}/{wanted}: 이 목록에 없는 항목입니다{}", own::alike(wanted, ids));
    }
    let mut out = String::new();
    if wanted.is_none() {
        out.push_str(&format!("{} [{}] {}판\n  근거: {}\n", list.title, list.id, list.edition, list.source));
        if let Some(note) = &list.note {
            out.push_str(&format!("  참고: {note}\n"));
        }
    }
    for (number, item) in items.iter().enumerate() {
        if number > 0 || wanted.is_none() {
            out.push('\n');
        }
        describe(item, &mut out);
    }
    console::print(&out)
}

fn describe(item: &Item, out: &mut String) {
    let mut marks: Vec<String> = vec![format!("중요도 {}", item.severity.ko())];
    marks.extend(item.class.map(|class| class.ko().to_owned()));
    if item.critical {
        marks.push("중요 업무에만".to_owned());
    }
    if !item.services.is_empty() {
        marks.push(item.services.iter().map(|service| service.ko()).collect::<Vec<_>>().join("·"));
    }
    out.push_str(&format!("{}  {} ({})\n", item.id, item.title, marks.join(", ")));
    let mut line = |label: &str, text: &str| {
        if !text.is_empty() {
            out.push_str(&format!("  {label}: {text}\n"));
        }
    };
    line("뜻", &item.requires);
    line("요건", &item.elements.iter().map(|element| element.name.as_str()).collect::<Vec<_>>().join("; "));
    line("기준", item.threshold.as_deref().unwrap_or_default());
    line("법령", &item.basis.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
    line("근거", item.source.as_deref().unwrap_or_default());
    out.push_str("  모델 조항:\n");
    item.model.lines().for_each(|part| out.push_str(&format!("    | {}\n", part.trim_end())));
}

fn test(args: &ChecklistTest) -> anyhow::Result<u8> {
    let lists = match &args.dir {
        Some(dir) => Checklists::builder().without_builtin().dir(dir)?.build()?,
        None => Checklists::builtin()?,
    };
    if let (Some(dir), true) = (&args.dir, lists.lists().is_empty()) {
        bail!("{}: 점검 목록 파일(.toml)이 없습니다", dir.display());
    }
    let language = language::Analyzer::new()?;
    let (mut items, mut examples, mut failures) = (0, 0, 0);
    for list in lists.lists() {
        for item in &list.items {
            items += 1;
            examples += 1 + item.good.len() + item.bad.len() + item.opposite.len();
            let mut out = String::new();
            for failure in example::run(&lists, &language, list, item) {
                failures += 1;
                let lacking = failure.missing.join(", ");
                let lacking = if lacking.is_empty() { lacking } else { format!(" (빠진 것: {lacking})") };
                out.push_str(&format!(
                    "{}/{}: {} {}번을 '{}'{lacking}(으)로 보았습니다\n  예: {}\n",
                    list.id,
                    item.id,
                    failure.list,
                    failure.number,
                    failure.status.ko(),
                    failure.text.replace('\n', " / ")
                ));
            }
            console::print(&out)?;
        }
    }
    let (items, all) = (grouped(items), grouped(examples));
    if failures == 0 {
        console::print(&format!("항목 {items}개의 예 {all}개가 모두 맞습니다\n"))?;
        return Ok(0);
    }
    console::print(&format!("항목 {items}개의 예 {all}개 가운데 {}개가 어긋났습니다\n", grouped(failures)))?;
    Ok(1)
}
