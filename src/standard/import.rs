//! Reading any template (the ministry's file, a company's playbook) as a standard: its literal text, its own numbers,
//! and topics by likeness to a built-in standard.

use super::{Chapter, Provision, Standard, article_part};
use crate::clause::{Clause, ClauseTree, Level};
use crate::contract::Contract;
use crate::document::Document;
use crate::error::DataError;
use crate::index::TermIndex;
use crate::language::{Analyzer, Role, particle};
use crate::notice::{Notice, Stage};
use crate::text::Span;
use std::collections::BTreeSet;

/// How many provisions of the built-in standard are compared with one imported clause.
const COMPARED: usize = 3;
/// From this share of common terms on (Dice coefficient), a clause counts as like a provision.
const LIKE: f32 = 0.30;
/// A common heading ("손해배상") makes up for that much of the share.
const SAME_HEADING: f32 = 0.15;

/// Reads `document` as a standard with this `id`; topics, binding party and statutes are taken from the most alike
/// provisions of the built-in standard `like`. `edition` names its date or version.
///
/// # Errors
/// A [`DataError`] when the id is not usable as a name (lower-case ASCII letters, digits, `-`) or is a built-in's, and
/// when the document has no 조.
pub fn import(
    document: &Document,
    id: &str,
    edition: &str,
    like: &Standard,
    analyzer: &Analyzer,
) -> Result<(Standard, Vec<Notice>), DataError> {
    let fault = |reason: &str| DataError { file: document.name.clone(), reason: reason.to_owned() };
    let named = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if id.is_empty() || !named || id.starts_with('-') {
        return Err(fault("id에는 영문 소문자, 숫자, 붙임표(-)만 쓸 수 있습니다"));
    }
    if ["auto", "cloud-b2b", "cloud-b2c"].contains(&id) {
        return Err(fault("내장 표준계약서의 id는 쓸 수 없습니다"));
    }
    let contract = Contract::read(document, analyzer);
    let tree = &contract.tree;
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut provisions: Vec<Provision> = Vec::new();
    for clause in tree.clauses() {
        match clause.level {
            Level::Chapter => chapters.push(chapter(clause, chapters.len())),
            Level::Article | Level::Paragraph | Level::Item | Level::Subitem => {
                let last = chapters.last().map(|chapter| chapter.number);
                provisions.push(provision(clause, tree, document, last));
            }
            _ => {}
        }
    }
    if !provisions.iter().any(|provision| provision.level() == '조') {
        return Err(fault("조를 찾지 못해 표준계약서로 읽을 수 없습니다"));
    }
    let mut notices = Vec::new();
    let mut seen = BTreeSet::new();
    provisions.retain(|provision| {
        let first = seen.insert(provision.at.clone());
        if !first {
            notices.push(Notice::warning(
                Stage::Standard,
                format!("{} 두 번 나와 뒤의 것은 뺐습니다", particle::with(&provision.at, "이", "가")),
            ));
        }
        first
    });
    give_topics(&mut provisions, like, analyzer);
    let without = provisions
        .iter()
        .filter(|one| one.level() == '조' && topics_below(&provisions, &one.at).is_empty())
        .count();
    if without > 0 {
        notices.push(Notice::info(
            Stage::Standard,
            format!("조 {without}개는 {}의 어느 주제와도 비슷하지 않습니다", like.id),
        ));
    }
    let (provider, customer) =
        (contract.parties.of(Role::Provider).next(), contract.parties.of(Role::Customer).next());
    let mut standard = Standard {
        id: id.to_owned(),
        title: document.title.clone().unwrap_or_else(|| id.to_owned()),
        publisher: None,
        edition: edition.to_owned(),
        audience: like.audience,
        like: like.id.clone(),
        provider: provider.unwrap_or(&like.provider).to_owned(),
        customer: customer.unwrap_or(&like.customer).to_owned(),
        counts: super::Counts::default(),
        chapters,
        provisions,
    };
    standard.counts = standard.count();
    Ok((standard, notices))
}

fn chapter(clause: &Clause, before: usize) -> Chapter {
    let digits: String = clause.label.chars().filter(char::is_ascii_digit).collect();
    let number = digits.parse().unwrap_or_else(|_| u32::try_from(before + 1).unwrap_or(u32::MAX));
    Chapter { number, title: clause.heading.clone().unwrap_or_default() }
}

/// The clause as a provision. Its literal text is its whole span for a 항 or a 조 without 항, and only its own for a 호.
fn provision(clause: &Clause, tree: &ClauseTree, document: &Document, chapter: Option<u32>) -> Provision {
    let has_paragraphs = tree.children(clause.id).any(|child| child.level == Level::Paragraph);
    let whole = clause.level == Level::Paragraph || clause.level == Level::Article && !has_paragraphs;
    let text = whole.then(|| clause.span.of(document.text()).trim().to_owned());
    let summary = clause.span.of(document.text()).trim().chars().take(24).collect::<String>();
    Provision {
        at: clause.path.to_string(),
        chapter: if clause.level == Level::Article { chapter } else { None },
        title: clause.heading.clone().unwrap_or(summary),
        binds: super::Binds::None,
        topics: Vec::new(),
        requires: Vec::new(),
        facts: Vec::new(),
        basis: Vec::new(),
        model: None,
        text,
    }
}

fn topics_below(provisions: &[Provision], at: &str) -> BTreeSet<String> {
    provisions
        .iter()
        .filter(|below| super::is_under(&below.at, at))
        .flat_map(|below| below.topics.iter().cloned())
        .collect()
}

/// Terms of a provision of the built-in standard: its heading, what it requires, its model clause.
fn terms_of(provision: &Provision, heading: &str, analyzer: &Analyzer) -> BTreeSet<String> {
    let mut text = format!("{heading}\n{}\n{}", provision.title, provision.requires.join("\n"));
    if let Some(model) = &provision.model {
        text.push('\n');
        text.push_str(model);
    }
    distinct(analyzer, &text)
}

fn distinct(analyzer: &Analyzer, text: &str) -> BTreeSet<String> {
    analyzer.analyze(text).terms(Span::new(0, text.len())).iter().map(|term| term.text.to_owned()).collect()
}

fn give_topics(provisions: &mut [Provision], like: &Standard, analyzer: &Analyzer) {
    let carriers: Vec<&Provision> = like.provisions.iter().filter(|one| one.model.is_some()).collect();
    let heading = |provision: &Provision| {
        like.provision(article_part(&provision.at)).map_or("", |article| article.title.as_str())
    };
    let known: Vec<BTreeSet<String>> =
        carriers.iter().map(|one| terms_of(one, heading(one), analyzer)).collect();
    let index = TermIndex::build(known.iter().map(|terms| terms.iter().map(String::as_str)));
    let headings: Vec<(String, String)> = provisions
        .iter()
        .filter(|one| one.level() == '조')
        .map(|one| (one.at.clone(), one.title.clone()))
        .collect();
    for provision in provisions.iter_mut().filter(|one| one.text.is_some()) {
        let own_heading = headings
            .iter()
            .find(|(at, _)| at == article_part(&provision.at))
            .map_or("", |(_, title)| title.as_str());
        let text = provision.text.as_deref().unwrap_or_default();
        let terms = distinct(analyzer, &format!("{own_heading}\n{text}"));
        let same = distinct(analyzer, own_heading);
        let best = index
            .search(terms.iter().map(String::as_str), COMPARED)
            .into_iter()
            .map(|hit| {
                let common = terms.intersection(&known[hit.unit]).count() as f32;
                let dice = 2.0 * common / (terms.len() + known[hit.unit].len()).max(1) as f32;
                let bonus = if !same.is_empty() && same == distinct(analyzer, heading(carriers[hit.unit])) {
                    SAME_HEADING
                } else {
                    0.0
                };
                (hit.unit, dice + bonus)
            })
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((unit, likeness)) = best
            && likeness >= LIKE
        {
            let alike = carriers[unit];
            provision.topics.clone_from(&alike.topics);
            provision.binds = alike.binds;
            provision.basis.clone_from(&alike.basis);
        }
    }
}
