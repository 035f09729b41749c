//! What clauses there are, by number, and whether a reference finds one. Numbers that a document prints where the tree has
//! no clause count as there: a reading that is in doubt accuses nobody.

use super::super::at;
use super::super::cited::{Cited, Whose};
use crate::clause::citation::continues_reference;
use crate::clause::{Clause, ClauseId, ClauseTree, Level, Number, Step, subitem_number};
use crate::contract::Contract;
use crate::language::fact::{Citation, Relative};
use std::collections::{BTreeMap, BTreeSet};

/// What a reference leads to.
pub(super) enum Verdict {
    Found(ClauseId),
    /// Nowhere: what is not there, and what the document has instead (a sentence or nothing).
    Missing {
        what: String,
        known: String,
    },
    /// It cannot be told.
    Unsure,
}

/// The units below an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Paragraph,
    Item,
    Subitem,
}

pub(super) struct Shelf<'c> {
    tree: &'c ClauseTree,
    text: &'c str,
    /// Articles with their number, in text order; those of 부칙 and annexes too.
    articles: BTreeMap<(u32, u32), Vec<ClauseId>>,
    /// Chapters.
    chapters: BTreeSet<u32>,
    /// Articles that the text seems to have and the tree has not.
    printed: BTreeSet<(u32, u32)>,
    /// The lowest and highest article of the contract itself.
    range: Option<(u32, u32)>,
    /// What stands directly below a clause.
    below: BTreeMap<(ClauseId, Unit, u32), ClauseId>,
    /// What stands anywhere in an article.
    within: BTreeSet<(ClauseId, Unit, u32)>,
    /// Numbers that an article prints at the start of a line or in a circle.
    marks: BTreeSet<(ClauseId, u32)>,
    /// How many 항 an article has, and whether all print their number.
    paragraphs: BTreeMap<ClauseId, (usize, bool)>,
    /// Whether all numbers of the list below a clause are printed.
    lists: BTreeMap<ClauseId, bool>,
    /// Whether the list below a clause is of 목 only.
    lettered: BTreeMap<ClauseId, bool>,
    /// Articles by their title.
    titles: BTreeMap<String, Vec<ClauseId>>,
}

impl<'c> Shelf<'c> {
    pub(super) fn new(contract: &'c Contract<'_>, cited: &[Cited]) -> Self {
        let (tree, text) = (&contract.tree, contract.document.text());
        let mut shelf = Self {
            tree,
            text,
            articles: BTreeMap::new(),
            chapters: BTreeSet::new(),
            printed: BTreeSet::new(),
            range: None,
            below: BTreeMap::new(),
            within: BTreeSet::new(),
            marks: BTreeSet::new(),
            paragraphs: BTreeMap::new(),
            lists: BTreeMap::new(),
            lettered: BTreeMap::new(),
            titles: BTreeMap::new(),
        };
        for clause in tree.clauses() {
            shelf.put(clause);
        }
        shelf.print(contract, cited);
        shelf
    }

    fn put(&mut self, clause: &Clause) {
        let Some(step) = clause.path.steps().last() else { return };
        let Some(parent) = clause.parent else { return };
        let printed = !clause.marker.is_empty();
        if clause.level == Level::Paragraph {
            let found = self.paragraphs.entry(parent).or_insert((0, true));
            *found = (found.0 + 1, found.1 && printed);
        }
        if matches!(clause.level, Level::Item | Level::Subitem) {
            let all = self.lists.entry(parent).or_insert(true);
            *all = *all && printed;
        }
        let lettered = self.lettered.entry(parent).or_insert(true);
        *lettered = *lettered && matches!(step, Step::Subitem(_));
        let mut own = |unit, number: u32| {
            self.below.entry((parent, unit, number)).or_insert(clause.id);
            if let Some(article) = self.tree.article_of(clause.id) {
                self.within.insert((article.id, unit, number));
            }
        };
        match step {
            Step::Article(Number { main, branch }) => {
                self.articles.entry((*main, *branch)).or_default().push(clause.id);
                if clause.level == Level::Article && at::is_main(self.tree, clause) {
                    let range = self.range.get_or_insert((*main, *main));
                    *range = (range.0.min(*main), range.1.max(*main));
                    if let Some(heading) = &clause.heading {
                        let title: String = heading.chars().filter(|c| c.is_alphanumeric()).collect();
                        self.titles.entry(title).or_default().push(clause.id);
                    }
                }
            }
            Step::Chapter(number) => {
                self.chapters.insert(number.main);
            }
            Step::Paragraph(number) => own(Unit::Paragraph, number.main),
            Step::Item(number) => own(Unit::Item, number.main),
            Step::Subitem(number) | Step::Detail(number) => own(Unit::Subitem, *number),
            _ => {}
        }
    }

    /// What the text prints: numbers of articles that are no reference, and numbers at the start of lines.
    fn print(&mut self, contract: &Contract<'_>, cited: &[Cited]) {
        let known: BTreeSet<usize> = cited.iter().map(|reference| reference.span.start).collect();
        for fact in contract.morphs.facts() {
            let crate::language::FactKind::Citation(citation) = fact.kind else { continue };
            let (Some(main), None, None, None) =
                (citation.article, citation.paragraph, citation.item, citation.law)
            else {
                continue;
            };
            let rest = &self.text[fact.span.end..];
            let near = at::head(rest, 80);
            let titled = near.trim_start().starts_with(['(', '[', '【', '〔']);
            let behind = near.find([')', ']', '】', '〕']).map_or(near, |end| {
                let close = near[end..].chars().next().map_or(1, char::len_utf8);
                &near[end + close..]
            });
            let front = at::tail(&self.text[..fact.span.start], 6);
            let begins = front.rsplit('\n').next().unwrap_or_default().trim().is_empty()
                && (front.contains('\n') || fact.span.start < 6);
            let heads = !known.contains(&fact.span.start)
                || titled
                    && !continues_reference(behind)
                    && !behind
                        .trim_start()
                        .starts_with(['에', '의', '을', '를', '제', '와', '과', '및', ',', '각', '단', '본'])
                || begins && !continues_reference(rest.lines().next().unwrap_or_default());
            if heads {
                self.printed.insert((main, citation.branch.unwrap_or(0)));
            }
        }
        for clause in self.tree.clauses().iter().filter(|clause| clause.level.is_article()) {
            for line in clause.span.of(self.text).lines() {
                let line = line.trim_start_matches(|c: char| {
                    c.is_whitespace()
                        || matches!(
                            c,
                            '-' | '*' | '>' | '#' | '(' | '&' | ';' | '※' | '·' | '[' | '{' | '"' | '\''
                        )
                });
                let line = line
                    .strip_prefix('제')
                    .map(str::trim_start)
                    .filter(|rest| {
                        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
                        unit.starts_with(['항', '호'])
                    })
                    .unwrap_or(line);
                let line = line.strip_prefix("emsp;").or_else(|| line.strip_prefix("ensp;")).unwrap_or(line);
                let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
                if let Ok(number) = line[..digits.min(3)].parse::<u32>() {
                    self.marks.insert((clause.id, number));
                }
            }
            for c in clause.span.of(self.text).chars() {
                let number = match c {
                    '①'..='⑳' => u32::from(c) - 0x245F,
                    '㉑'..='㉟' => u32::from(c) - 0x3251 + 21,
                    _ => continue,
                };
                self.marks.insert((clause.id, number));
            }
        }
    }

    /// Whether an article's number is used twice.
    pub(super) fn is_double(&self, clause: ClauseId) -> bool {
        match self.tree.get(clause).path.steps().last() {
            Some(Step::Article(number)) => {
                self.articles.get(&(number.main, number.branch)).is_some_and(|ids| ids.len() > 1)
            }
            _ => false,
        }
    }

    /// The one article that bears a title.
    pub(super) fn bearing(&self, title: &str) -> Option<String> {
        match self.titles.get(title)?.as_slice() {
            [one] => Some(self.tree.get(*one).path.to_string()),
            _ => None,
        }
    }

    /// Whether the text has an article of this number that the tree has not.
    pub(super) fn prints(&self, number: Number) -> bool {
        self.printed.contains(&(number.main, number.branch))
    }

    /// What the reference with this number in the list leads to.
    pub(super) fn look(&self, cited: &[Cited], number: usize) -> Verdict {
        let reference = &cited[number];
        let citation = &reference.citation;
        match citation.relative {
            None => {}
            Some(Relative::PreviousArticle | Relative::PreviousParagraph) => return self.previous(reference),
            Some(_) => return Verdict::Unsure,
        }
        if let Some(chapter) = citation.chapter {
            let wrong =
                citation.article.is_none() && self.chapters.len() > 1 && !self.chapters.contains(&chapter);
            if !wrong {
                return Verdict::Unsure;
            }
            return Verdict::Missing { what: format!("제{chapter}장"), known: String::new() };
        }
        let Some(range) = self.range else { return Verdict::Unsure };
        let Some(main) = citation.article else {
            return self.in_own_article(cited, number);
        };
        let key = (main, citation.branch.unwrap_or(0));
        let Some(articles) = self.articles.get(&key) else {
            if self.printed.contains(&key) || reference.after_law && main > range.1 {
                return Verdict::Unsure;
            }
            let known = format!(" 이 문서의 조는 제{}조부터 제{}조까지입니다.", range.0, range.1);
            return Verdict::Missing { what: article_name(key), known };
        };
        let mut verdict = Verdict::Unsure;
        for id in articles {
            verdict = self.in_article(*id, citation, &article_name(key));
            if !matches!(verdict, Verdict::Missing { .. }) {
                break;
            }
        }
        verdict
    }

    /// 전조, 전항: there must be one before.
    fn previous(&self, reference: &Cited) -> Verdict {
        let article = self.tree.get(reference.article);
        if reference.citation.relative == Some(Relative::PreviousArticle) {
            return Verdict::Unsure;
        }
        let clause = self.tree.get(reference.clause);
        let mut chain = std::iter::once(clause).chain(self.tree.ancestors(clause.id));
        let paragraph = chain.find(|clause| clause.level == Level::Paragraph);
        match paragraph {
            Some(paragraph) if !paragraph.marker.is_empty() && self.is_numbered(article.id) => {
                let first = matches!(paragraph.path.steps().last(), Some(Step::Paragraph(number)) if number.main == 1 && number.branch == 0);
                // 다만 전항의 … in ① may mean its own first sentence.
                let lead = self.tree.lead(paragraph.id);
                let opens = lead.contains(reference.span)
                    && !self.text[lead.start..reference.span.start].contains(['.', '\n']);
                let whole = lead.start <= article.marker.end.max(paragraph.marker.end) + 4;
                if first && opens && whole {
                    let what = "전항".to_owned();
                    return Verdict::Missing {
                        what, known: format!(" {}은 첫 항입니다.", paragraph.path)
                    };
                }
                Verdict::Unsure
            }
            _ => Verdict::Unsure,
        }
    }

    /// 제2항, 제3호 without a 조: of the article in which they stand, or of one that was named before.
    fn in_own_article(&self, cited: &[Cited], number: usize) -> Verdict {
        let reference = &cited[number];
        let citation = &reference.citation;
        let article = self.tree.get(reference.article);
        if !matches!(article.path.steps().last(), Some(Step::Article(_))) {
            return Verdict::Unsure;
        }
        let own = self.scoped(reference, citation);
        if !matches!(own, Verdict::Missing { .. }) {
            return own;
        }
        if reference.after_law {
            return Verdict::Unsure;
        }
        // Named before in the same article: 제1항제1호의 경우 …. 다만, 제2호의 경우 …; 제5조의 … 제2항.
        let before = cited[..number].iter().rev().take(16);
        for other in before.take_while(|other| other.article == reference.article) {
            let mut joined = *citation;
            match &other.whose {
                Whose::Own => {}
                Whose::Elsewhere | Whose::Law(_) if other.clause == reference.clause => {
                    return Verdict::Unsure;
                }
                _ => continue,
            }
            joined.article = other.citation.article;
            joined.branch = other.citation.branch;
            if joined.paragraph.is_none() {
                joined.paragraph = other.citation.paragraph;
            }
            let there = match joined.article {
                None => !matches!(self.scoped(reference, &joined), Verdict::Missing { .. }),
                Some(main) => self.articles.get(&(main, joined.branch.unwrap_or(0))).is_some_and(|ids| {
                    ids.iter().any(|id| !matches!(self.in_article(*id, &joined, ""), Verdict::Missing { .. }))
                }),
            };
            if there {
                return Verdict::Unsure;
            }
        }
        own
    }

    /// In the article where the reference stands; 제N호 alone is of the same paragraph first.
    fn scoped(&self, reference: &Cited, citation: &Citation) -> Verdict {
        let article = self.tree.get(reference.article);
        if citation.paragraph.is_none()
            && let Some(item) = citation.item
            && self.within.contains(&(article.id, Unit::Item, item))
        {
            return Verdict::Unsure;
        }
        let name = article.path.to_string();
        self.in_article(article.id, citation, &name)
    }

    fn in_article(&self, id: ClauseId, citation: &Citation, name: &str) -> Verdict {
        let mut at = id;
        let mut path = name.to_owned();
        if let Some(number) = citation.paragraph {
            match self.paragraph(id, number) {
                Some(Some(found)) => at = found,
                Some(None) => return Verdict::Unsure,
                None => {
                    let last = self.count(id);
                    let known = match last {
                        0 => format!(" {name}에는 항이 없습니다."),
                        last => format!(" {name}에는 항이 {last}개 있습니다."),
                    };
                    return Verdict::Missing { what: format!("{path}제{number}항"), known };
                }
            }
            path.push_str(&format!("제{number}항"));
        }
        if let Some(number) = citation.item {
            let found = self.below.get(&(at, Unit::Item, number)).copied();
            let found = found.or_else(|| self.below.get(&(at, Unit::Subitem, number)).copied());
            // Where an article has no 항, or the list is of paragraphs, 제N호 is any number of the article.
            let loose = (at == id || self.count(id) <= 1)
                && (self.within.contains(&(id, Unit::Item, number))
                    || self.within.contains(&(id, Unit::Paragraph, number)));
            match found {
                Some(found) => at = found,
                None if loose => return Verdict::Unsure,
                None => {
                    let certain = self.has_items(at) || self.is_plain(at);
                    if self.marks.contains(&(id, number)) || !certain {
                        return Verdict::Unsure;
                    }
                    let known = if self.has_items(at) {
                        String::new()
                    } else {
                        format!(" {path}에는 호가 없습니다.")
                    };
                    return Verdict::Missing { what: format!("{path}제{number}호"), known };
                }
            }
            path.push_str(&format!("제{number}호"));
        }
        if let Some(letter) = citation.subitem
            && let Some(number) = subitem_number(letter)
            && citation.item.is_some()
            && self.lettered.get(&at).copied().unwrap_or(false)
            && !self.below.contains_key(&(at, Unit::Subitem, number))
        {
            return Verdict::Missing { what: format!("{path}{letter}목"), known: String::new() };
        }
        Verdict::Found(at)
    }

    /// The paragraph with this number: found, in doubt, or none.
    fn paragraph(&self, article: ClauseId, number: u32) -> Option<Option<ClauseId>> {
        if let Some(found) = self.below.get(&(article, Unit::Paragraph, number)) {
            return Some(Some(*found));
        }
        let count = self.count(article);
        if count == 0 {
            // Lists right below an article are cited as 항 by some.
            if let Some(found) = self.below.get(&(article, Unit::Item, number)) {
                return Some(Some(*found));
            }
            let certain = number > 1 && self.is_plain(article) && !self.marks.contains(&(article, number));
            return if number == 1 {
                Some(Some(article))
            } else if certain {
                None
            } else {
                Some(None)
            };
        }
        let certain = self.is_numbered(article) && !self.marks.contains(&(article, number));
        if certain { None } else { Some(None) }
    }

    /// How many paragraphs an article has.
    fn count(&self, article: ClauseId) -> usize {
        self.paragraphs.get(&article).map_or(0, |found| found.0)
    }

    /// Whether all its paragraphs print their number, so that it is known which there are.
    fn is_numbered(&self, article: ClauseId) -> bool {
        self.paragraphs.get(&article).is_none_or(|found| found.1)
    }

    /// Whether a clause is one stretch of words without anything below it.
    fn is_plain(&self, clause: ClauseId) -> bool {
        let own = self.tree.get(clause);
        own.children.is_empty()
            && own.body.len() <= 1
            && own.body.iter().all(|span| span.of(self.text).lines().nth(1).is_none())
    }

    /// Whether a list stands below a clause, all of it with numbers.
    fn has_items(&self, clause: ClauseId) -> bool {
        self.lists.get(&clause).copied().unwrap_or(false)
    }
}

fn article_name((main, branch): (u32, u32)) -> String {
    if branch > 0 { format!("제{main}조의{branch}") } else { format!("제{main}조") }
}
