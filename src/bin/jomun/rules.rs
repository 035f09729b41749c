//! `jomun rules`: lists, shows and tests rules, and makes new ones.

mod template;

use crate::args::{Rules, RulesCommand, RulesList, RulesNew, RulesShow, RulesTest};
use crate::console::{self, write_reason};
use crate::own;
use anyhow::{anyhow, bail};
use jomun::finding::Confidence;
use jomun::language;
use jomun::render::grouped;
use jomun::rule::example::{self, Example, FailureKind};
use jomun::rule::{Family, Rule, RuleAudience, RuleInstrument, RuleSet, RuleSetBuilder};
use jomun::topic::Topics;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Runs the command; the result is the exit code.
pub fn run(args: &Rules) -> anyhow::Result<u8> {
    match &args.command {
        RulesCommand::List(args) => list(args).map(|()| 0),
        RulesCommand::Show(args) => show(args).map(|()| 0),
        RulesCommand::Test(args) => test(args),
        RulesCommand::New(args) => new(args).map(|()| 0),
    }
}

fn list(args: &RulesList) -> anyhow::Result<()> {
    let config = own::config(&args.own)?;
    let rules = own::rules(&args.own, &config)?;
    let wanted = |rule: &&Rule| args.family.is_none_or(|family| rule.family == family);
    let rules: Vec<&Rule> = rules.rules().iter().filter(wanted).collect();
    let column = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    let mut family = None;
    for rule in &rules {
        if family != Some(rule.family) {
            let gap = if family.is_some() { "\n" } else { "" };
            out.push_str(&format!("{gap}{}\n", rule.family.ko()));
            family = Some(rule.family);
        }
        let severity = config.severity_of(&rule.id).unwrap_or(rule.severity);
        let mut title = rule.title.clone();
        if rule.confidence == Confidence::Low {
            title.push_str(" (확실하지 않음)");
        }
        if config.is_off(&rule.id) {
            title.push_str(" (꺼짐)");
        }
        out.push_str(&format!("  {:column$}  {}  {title}\n", rule.id, severity.ko()));
    }
    out.push_str(&format!("\n규칙 {}개\n", grouped(rules.len())));
    console::print(&out)
}

fn show(args: &RulesShow) -> anyhow::Result<()> {
    let rules = own::rules(&args.own, &own::config(&args.own)?)?;
    let Some(rule) = rules.get(&args.id) else {
        let ids = rules.rules().iter().map(|rule| rule.id.as_str());
        bail!("{}: 모르는 규칙입니다{}", args.id, own::alike(&args.id, ids));
    };
    let topics = Topics::builtin()?;
    let topic =
        |id: &String| topics.get(id).map_or_else(|| id.clone(), |topic| format!("{}({id})", topic.name));
    let audience = match rule.audience {
        RuleAudience::Both => "모두",
        RuleAudience::B2b => "사업자",
        RuleAudience::B2c => "소비자",
    };
    let instrument = match rule.instrument {
        RuleInstrument::Terms => "약관 (교섭한 계약에서는 한 단계 낮춤)",
        RuleInstrument::Any => "모든 계약",
    };
    let mut out = format!("{}\n", rule.id);
    let mut line = |label: &str, text: &str| {
        if !text.is_empty() {
            out.push_str(&format!("  {label}: {text}\n"));
        }
    };
    line("이름", &rule.title);
    line("갈래", rule.family.ko());
    line("파일", &rule.source);
    line("중요도", rule.severity.ko());
    line("확실함", rule.confidence.ko());
    line("고객", audience);
    line("글", instrument);
    line("법령", &rule.basis.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
    line("항목", &rule.topics.iter().map(topic).collect::<Vec<_>>().join(", "));
    line("본 것", &rule.message);
    line("까닭", &rule.why);
    line("할 일", &rule.advice);
    out.push_str("  모델 조항:\n");
    rule.suggestion.trim().lines().for_each(|part| out.push_str(&format!("    | {part}\n")));
    for (label, examples) in [("지적하는 예", &rule.bad), ("지적하지 않는 예", &rule.good)] {
        out.push_str(&format!("  {label}:\n"));
        for (number, example) in examples.iter().enumerate() {
            out.push_str(&format!("    {}. {}\n", number + 1, written(example)));
        }
    }
    console::print(&out)
}

/// An example on one line, its marks in place.
fn written(example: &Example) -> String {
    example.written().replace('\n', " / ")
}

fn test(args: &RulesTest) -> anyhow::Result<u8> {
    let builtin = RuleSet::builtin()?;
    let known: BTreeSet<&str> = builtin.rules().iter().map(|rule| rule.id.as_str()).collect();
    let own = match &args.dir {
        Some(dir) => Some(RuleSetBuilder::default().dir(dir)?.build()?),
        None => None,
    };
    let rules = own.as_ref().unwrap_or(&builtin);
    let tested: Vec<&Rule> =
        rules.rules().iter().filter(|rule| own.is_none() || !known.contains(rule.id.as_str())).collect();
    if let (Some(dir), true) = (&args.dir, tested.is_empty()) {
        bail!("{}: 규칙 파일(.toml)이 없습니다", dir.display());
    }
    let language = language::Analyzer::new()?;
    let (mut examples, mut failures) = (0, 0);
    for rule in &tested {
        examples += rule.bad.len() + rule.good.len();
        let mut out = String::new();
        for failure in example::run(rules, &language, rule) {
            failures += 1;
            let (list, what) = match failure.kind {
                FailureKind::Missed => ("bad", "지적하지 못했습니다"),
                FailureKind::Flagged => ("good", "지적했습니다"),
            };
            let text = failure.text.replace('\n', " / ");
            out.push_str(&format!("{}: {list} {}번을 {what}\n  예: {text}\n", rule.source, failure.number));
            if failure.found.is_empty() {
                out.push_str("  찾은 것: 없음\n");
            }
            for (id, words) in &failure.found {
                out.push_str(&format!("  찾은 것: {id} \u{201c}{}\u{201d}\n", words.replace('\n', " / ")));
            }
        }
        console::print(&out)?;
    }
    let (rules, all) = (grouped(tested.len()), grouped(examples));
    if failures == 0 {
        console::print(&format!("규칙 {rules}개의 예 {all}개가 모두 맞습니다\n"))?;
        return Ok(0);
    }
    console::print(&format!("규칙 {rules}개의 예 {all}개 가운데 {}개가 어긋났습니다\n", grouped(failures)))?;
    Ok(1)
}

fn new(args: &RulesNew) -> anyhow::Result<()> {
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !args.id.chars().all(kebab) || args.id.is_empty() || args.id.starts_with('-') || args.id.ends_with('-')
    {
        bail!("{}: ID는 영문 소문자, 숫자, -로 적습니다", args.id);
    }
    if RuleSet::builtin()?.get(&args.id).is_some() {
        bail!("{}: 같은 ID의 내장 규칙이 있습니다", args.id);
    }
    let family = args.family.unwrap_or(Family::User);
    let folder = Family::ALL.iter().find(|(other, ..)| *other == family).map_or("user", |(_, name, _)| name);
    let dir = args.dir.join(folder);
    let path = dir.join(format!("{}.toml", args.id));
    std::fs::create_dir_all(&dir).map_err(|error| anyhow!("{}: {}", dir.display(), write_reason(&error)))?;
    let written = std::fs::File::create_new(&path)
        .and_then(|mut file| file.write_all(template::text(&args.id).as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => anyhow!("{}: 이미 있습니다. 다른 ID를 쓰십시오", path.display()),
        _ => anyhow!("{}: {}", path.display(), write_reason(&error)),
    })?;
    console::print(&format!(
        "{} 파일을 만들었습니다. 고친 뒤에 시험합니다: jomun rules test {}\n",
        path.display(),
        args.dir.display()
    ))
}
