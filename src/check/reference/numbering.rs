//! Numbers that are left out or used twice, of 장, 조, 항, 호 and 목. Only printed numbers count, and only where the next number
//! is the next of the same list.

use super::super::at;
use super::super::catalogue::{Check, NUMBERING_DOUBLE, NUMBERING_GAP};
use super::shelf::Shelf;
use crate::clause::{Clause, ClauseId, ClauseTree, Level, Number, Step, subitem_letter};
use crate::contract::Contract;
use crate::finding::Finding;
use crate::language::particle;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// More numbers than this are not left out by mistake: the list is another one.
const WIDE: u32 = 8;

pub(super) fn check(contract: &Contract<'_>, shelf: &Shelf<'_>) -> Vec<Finding> {
    let tree = &contract.tree;
    let mut findings = Vec::new();
    let articles =
        tree.clauses().iter().filter(|clause| clause.level == Level::Article && at::is_main(tree, clause));
    let articles: Vec<&Clause> =
        articles.filter(|clause| matches!(clause.path.steps().last(), Some(Step::Article(_)))).collect();
    sequence(contract, &articles, Some(shelf), &mut findings);
    let chapters: Vec<&Clause> = tree
        .clauses()
        .iter()
        .filter(|clause| clause.level == Level::Chapter && at::is_main(tree, clause))
        .collect();
    sequence(contract, &chapters, None, &mut findings);
    // What stands below one clause is one list.
    let mut lists: BTreeMap<(ClauseId, Level2), Vec<&Clause>> = BTreeMap::new();
    for clause in tree.clauses() {
        let kind = match clause.level {
            Level::Paragraph => Level2::Paragraph,
            Level::Item => Level2::Item,
            Level::Subitem => Level2::Subitem,
            _ => continue,
        };
        let below_article = tree.article_of(clause.id).is_some_and(|article| {
            matches!(article.path.steps().last(), Some(Step::Article(_))) && at::is_main(tree, article)
        });
        if let Some(parent) = clause.parent.filter(|_| below_article) {
            lists.entry((parent, kind)).or_default().push(clause);
        }
    }
    for list in lists.values() {
        if list.iter().all(|clause| !clause.marker.is_empty()) && list.len() > 1 {
            sequence(contract, list, None, &mut findings);
        }
    }
    findings
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level2 {
    Paragraph,
    Item,
    Subitem,
}

fn number(clause: &Clause) -> Option<Number> {
    match clause.path.steps().last()? {
        Step::Article(number) | Step::Chapter(number) | Step::Paragraph(number) | Step::Item(number) => {
            Some(*number)
        }
        Step::Subitem(number) => Some(Number::new(*number)),
        _ => None,
    }
}

/// The number as people write it: 제7조, 제2항, 다목.
fn name(clause: &Clause, main: u32) -> String {
    match clause.level {
        Level::Chapter => format!("제{main}장"),
        Level::Paragraph => format!("제{main}항"),
        Level::Item => format!("제{main}호"),
        Level::Subitem => {
            subitem_letter(main).map_or_else(|| format!("제{main}목"), |letter| format!("{letter}목"))
        }
        _ => format!("제{main}조"),
    }
}

/// The chapter or part that an article stands in.
fn division(tree: &ClauseTree, clause: &Clause) -> Option<ClauseId> {
    tree.ancestors(clause.id).find(|above| above.level.is_division()).map(|above| above.id)
}

fn sequence(
    contract: &Contract<'_>,
    list: &[&Clause],
    shelf: Option<&Shelf<'_>>,
    findings: &mut Vec<Finding>,
) {
    let tree = &contract.tree;
    let all: BTreeSet<u32> =
        list.iter().filter_map(|clause| number(clause)).map(|number| number.main).collect();
    let mut seen: BTreeMap<Number, ClauseId> = BTreeMap::new();
    let mut last: Option<(Number, &Clause)> = None;
    for clause in list {
        let Some(own) = number(clause) else { continue };
        if let Some((before, previous)) = last {
            // Some contracts begin anew in every chapter; a list that begins anew is another list.
            let anew = match clause.level {
                Level::Article | Level::Chapter => division(tree, previous) != division(tree, clause),
                _ => before.main > 1,
            };
            if own.main == 1 && own.branch == 0 && anew {
                seen.clear();
            }
            let skipped = (before.main + 1)..own.main;
            let printed =
                |main: u32| all.contains(&main) || shelf.is_some_and(|shelf| shelf.prints(Number::new(main)));
            let skipped: Vec<u32> = skipped.take(WIDE as usize + 1).filter(|main| !printed(*main)).collect();
            if !skipped.is_empty() && skipped.len() <= WIDE as usize && own.main - before.main - 1 <= WIDE {
                findings.push(gap(contract, previous, clause, &skipped));
            }
        }
        if let Some(first) = seen.get(&own) {
            let first = tree.get(*first);
            // The same words on two pages are one clause printed twice.
            if first.span.of(contract.document.text()).trim()
                != clause.span.of(contract.document.text()).trim()
            {
                findings.push(double(contract, first, clause, own));
            }
        } else {
            seen.insert(own, clause.id);
        }
        last = Some((own, clause));
    }
}

fn gap(contract: &Contract<'_>, before: &Clause, clause: &Clause, skipped: &[u32]) -> Finding {
    let missing = match skipped {
        [one] => name(clause, *one),
        many => format!("{}부터 {}까지", name(clause, many[0]), name(clause, many[many.len() - 1])),
    };
    let message = format!(
        "{} 다음에 {} 나와, {} 빠진 것으로 볼 수 있습니다.",
        before.path,
        particle::with(&clause.path.to_string(), "이", "가"),
        particle::with(&missing, "이", "가")
    );
    told(contract, &NUMBERING_GAP, clause, message)
}

fn double(contract: &Contract<'_>, first: &Clause, clause: &Clause, own: Number) -> Finding {
    let label = match (own.branch, clause.level) {
        (0, _) => name(clause, own.main),
        (branch, _) => format!("{}의{branch}", name(clause, own.main)),
    };
    let titles = match (&first.heading, &clause.heading) {
        (Some(first), Some(second)) if first != second => format!("('{first}', '{second}')"),
        _ => String::new(),
    };
    let at = match clause.level {
        Level::Article | Level::Chapter => String::new(),
        _ => contract
            .tree
            .article_of(clause.id)
            .map_or_else(String::new, |article| format!("{}에서 ", article.path)),
    };
    let message = format!(
        "{at}{} 두 번{titles} 쓰여, 인용할 때 어느 것인지 알 수 없는 것으로 볼 수 있습니다.",
        particle::with(&label, "이", "가")
    );
    told(contract, &NUMBERING_DOUBLE, clause, message)
}

/// The finding at the printed number, with the title where there is one.
fn told(contract: &Contract<'_>, check: &Check, clause: &Clause, message: String) -> Finding {
    let end = clause.title.end.max(clause.marker.end);
    check.at(contract, Span::new(clause.marker.start, end), message)
}
