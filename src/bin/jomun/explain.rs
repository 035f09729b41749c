//! `jomun explain`: what a finding means, why it is looked at, by what law, and what to write instead.

use crate::args::Explain;
use crate::{console, own};
use anyhow::bail;
use jomun::check::catalogue::{self, Check};
use jomun::check::sla::{self, Book};
use jomun::checklist::{Checklist, Item};
use jomun::finding::Basis;
use jomun::rule::Rule;
use jomun::rule::example::Example;
use jomun::standard::{self, Standard, article_part};
use jomun::statute::Statutes;
use jomun::topic::{Topic, Topics};
use std::collections::BTreeSet;

pub fn run(args: &Explain) -> anyhow::Result<()> {
    let config = own::config(&args.own)?;
    let rules = own::rules(&args.own, &config)?;
    let checklists = own::checklists(&args.dirs, &config)?;
    let topics = Topics::builtin()?;
    let book = Library { standards: standard::builtin()?, statutes: Statutes::builtin()? };
    if let Some(rule) = rules.get(&args.id) {
        return console::print(&book.rule(rule, &topics));
    }
    let topic = args.id.strip_prefix("missing-").and_then(|id| topics.get(id));
    if let Some(topic) = topic {
        return console::print(&book.topic(topic));
    }
    if let Some(check) = catalogue::get(&args.id) {
        return console::print(&builtin(check));
    }
    let levels = Book::builtin()?;
    if let Some(check) = levels.get(&args.id) {
        return console::print(&book.level(check, &levels));
    }
    if let Some((list, item)) = checklists.item(&args.id) {
        return console::print(&book.item(list, item));
    }
    let items = checklists.lists().iter().flat_map(|list| list.items.iter().map(|item| list.rule(item)));
    let ids: Vec<String> = rules
        .rules()
        .iter()
        .map(|rule| rule.id.clone())
        .chain(items)
        .chain(topics.list().iter().map(|topic| format!("missing-{}", topic.id)))
        .chain(catalogue::CHECKS.iter().map(|check| check.id.to_owned()))
        .chain(levels.checks.iter().map(|check| check.id.clone()))
        .collect();
    bail!("{}: 모르는 규칙입니다{}", args.id, own::alike(&args.id, ids.iter().map(String::as_str)))
}

/// A check that is written in Rust.
fn builtin(check: &Check) -> String {
    let mut page = Page::new(check.title, check.id);
    page.part("무엇을 지적합니까", &[check.what]);
    page.part("왜 살펴봅니까", &[check.why]);
    page.part("어떻게 합니까", &[check.advice]);
    page.text
}

/// What explanations refer to.
struct Library {
    standards: Vec<Standard>,
    statutes: Statutes,
}

impl Library {
    fn rule(&self, rule: &Rule, topics: &Topics) -> String {
        let mut page = Page::new(&rule.title, &rule.id);
        page.part("무엇을 지적합니까", &[&rule.message]);
        page.part("왜 살펴봅니까", &[&rule.why]);
        page.list("법령", rule.basis.iter().map(|basis| self.cite(basis)));
        let shown = |examples: &[Example]| {
            examples.iter().map(|example| example.text.replace('\n', " / ")).collect::<Vec<_>>()
        };
        page.list("이런 조항을 지적합니다", shown(&rule.bad).into_iter());
        page.list("비슷해 보여도 지적하지 않습니다", shown(&rule.good).into_iter());
        page.part("대신 이렇게 씁니다", &[&rule.advice]);
        page.model(&rule.suggestion);
        let topics: Vec<&Topic> = rule.topics.iter().filter_map(|id| topics.get(id)).collect();
        page.list("표준계약서", self.provisions(&topics).into_iter());
        page.text
    }

    fn topic(&self, topic: &Topic) -> String {
        let mut page = Page::new(&topic.name, &format!("missing-{}", topic.id));
        let what =
            format!("{}에 관한 조항이 없거나, 있어도 아래의 내용이 빠진 계약을 지적합니다.", topic.name);
        page.part("무엇을 지적합니까", &[&what]);
        page.list("정하여야 할 내용", topic.elements.iter().map(|element| element.name.clone()));
        page.part("왜 살펴봅니까", &[&topic.why]);
        let mut basis: Vec<Basis> = Vec::new();
        let of_standards = self.standards.iter().flat_map(|standard| {
            let at = topic.provisions(standard);
            at.into_iter()
                .flat_map(|at| standard.under(at))
                .flat_map(|provision| &provision.basis)
                .collect::<Vec<_>>()
        });
        for written in topic.basis.iter().chain(of_standards) {
            if let Ok(read) = written.parse::<Basis>()
                && !basis.contains(&read)
            {
                basis.push(read);
            }
        }
        page.list("법령", basis.iter().map(|basis| self.cite(basis)));
        page.list("표준계약서", self.provisions(&[topic]).into_iter());
        for standard in &self.standards {
            let mut models: Vec<String> = Vec::new();
            for at in topic.provisions(standard) {
                let wording = standard.wording(at);
                if !wording.is_empty() && !models.iter().any(|other| other.contains(&wording)) {
                    models.push(wording);
                }
            }
            if !models.is_empty() {
                page.part(&format!("이렇게 씁니다 ({})", standard.id), &[]);
                page.model(&models.join("\n"));
            }
        }
        page.text
    }

    /// A finding about service levels; what is filled in stands as ○.
    fn level(&self, check: &sla::Check, levels: &Book) -> String {
        let mut page = Page::new(&check.title, &check.id);
        page.part("무엇을 지적합니까", &[&blanked(&check.message)]);
        if check.message.contains("{threshold}") {
            let lines = levels.services.iter().map(|threshold| {
                format!("{}: {}% 이상 ({})", threshold.name, threshold.availability, threshold.source)
            });
            page.list("기준", lines);
        }
        page.part("왜 살펴봅니까", &[&check.why]);
        page.list("법령", check.basis.iter().map(|basis| self.cite(basis)));
        page.part("대신 이렇게 씁니다", &[&check.advice]);
        page.model(&blanked(&check.suggestion));
        page.text
    }

    /// An item of a checklist.
    fn item(&self, list: &Checklist, item: &Item) -> String {
        let mut page = Page::new(&item.title, &list.rule(item));
        page.part(
            "무엇을 지적합니까",
            &[&format!(
                "{} 목록이 요구하는 아래의 내용이 없거나, 일부만 있거나, 반대로 정한 문서를 지적합니다.",
                list.title
            )],
        );
        page.list("정하여야 할 내용", item.elements.iter().map(|element| element.name.clone()));
        page.part("왜 살펴봅니까", &[&item.requires]);
        if let Some(threshold) = &item.threshold {
            page.part("기준", &[threshold]);
        }
        page.list("법령", item.basis.iter().map(|basis| self.cite(basis)));
        let source = item.source.as_deref().unwrap_or(&list.source);
        page.part("근거", &[&format!("{source} ({}판)", list.edition)]);
        page.list("이런 글은 충족합니다", item.good.iter().map(|text| text.replace('\n', " / ")));
        page.list("비슷해 보여도 충족하지 않습니다", item.bad.iter().map(|text| text.replace('\n', " / ")));
        page.list("반대로 정한 글입니다", item.opposite.iter().map(|text| text.replace('\n', " / ")));
        page.part("이렇게 씁니다", &[]);
        page.model(&item.model);
        page.text
    }

    /// A provision of law with the title of its article.
    fn cite(&self, basis: &Basis) -> String {
        match self.statutes.article(basis) {
            Some(article) => format!("{basis} ({})", article.title),
            None => basis.to_string(),
        }
    }

    /// Where the standards state these topics, one line a standard.
    fn provisions(&self, topics: &[&Topic]) -> Vec<String> {
        let mut lines = Vec::new();
        for standard in &self.standards {
            let (mut cited, mut titled) = (Vec::new(), Vec::new());
            for at in topics.iter().flat_map(|topic| topic.provisions(standard)) {
                let article = article_part(at);
                let title = standard.provision(article).map_or("", |article| article.title.as_str());
                if titled.contains(&article) {
                    cited.push(at.to_owned());
                } else {
                    titled.push(article);
                    cited.push(format!("{at}({title})"));
                }
            }
            let mut seen = BTreeSet::new();
            cited.retain(|text| seen.insert(text.split('(').next().unwrap_or_default().to_owned()));
            if !cited.is_empty() {
                lines.push(format!("{} [{}] {}", standard.title, standard.id, cited.join(", ")));
            }
        }
        lines
    }
}

/// A text with its places to fill in as blanks.
fn blanked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, (_, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        out.push_str(before);
        out.push('○');
        rest = after;
    }
    out + rest
}

struct Page {
    text: String,
}

impl Page {
    fn new(title: &str, id: &str) -> Self {
        Self { text: format!("{title} [{id}]\n") }
    }

    fn part(&mut self, heading: &str, lines: &[&str]) {
        self.text.push_str(&format!("\n{heading}\n"));
        lines.iter().for_each(|line| self.text.push_str(&format!("  {line}\n")));
    }

    fn list(&mut self, heading: &str, lines: impl Iterator<Item = String>) {
        let lines: Vec<String> = lines.map(|line| format!("- {line}")).collect();
        if !lines.is_empty() {
            self.part(heading, &lines.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    fn model(&mut self, wording: &str) {
        wording.trim().lines().for_each(|line| self.text.push_str(&format!("  | {}\n", line.trim_end())));
    }
}
