//! Paragraphs and items that carry no mark at all: where a document numbers none of its 항, and below sentences that
//! announce a list.

use super::body::{PLAIN, Reader};
use super::lead::{announces, announces_plainly, says_when_effective};
use super::marker::Kind;
use super::tree::rank;
use super::wording::{breaks_off, ends_sentence, is_complete};

/// How a text unit without marker counts where 항 have no numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prose {
    Continues,
    Paragraph,
    Item,
}

impl Reader<'_> {
    /// How each unit counts where 항 are paragraphs of prose.
    pub(super) fn prose(&self) -> Vec<Prose> {
        let mut roles = vec![Prose::Continues; self.units.len()];
        // Announced and not yet begun; then whether the items are nouns.
        let mut pending: Option<bool> = None;
        let mut items: Option<bool> = None;
        let mut listed = false;
        let mut i = 0;
        while i < self.units.len() {
            if self.units[i].marker.is_some_and(|m| m.kind != Kind::Bare) {
                listed = true;
                pending = None;
                i += 1;
                continue;
            }
            let mut end = i + 1;
            while end < self.units.len() && self.units[end].marker.is_none() {
                let last = self.words(end - 1);
                let parted = is_complete(last) || (self.units[end].after_blank && !breaks_off(last));
                if parted {
                    break;
                }
                end += 1;
            }
            let words = self.said(i, end);
            // Notes are no 항.
            if self.words(i).starts_with(['※', '*', '☞', '▣']) || says_when_effective(words) {
                i = end;
                continue;
            }
            let sentence = ends_sentence(words);
            let role = match (items, pending) {
                (Some(true), _) if !sentence => Prose::Item,
                (Some(false), _) => Prose::Item,
                (None, Some(plain)) if !sentence || plain => {
                    items = Some(!sentence);
                    Prose::Item
                }
                _ if listed && !sentence => Prose::Continues,
                _ => {
                    items = None;
                    Prose::Paragraph
                }
            };
            roles[i] = role;
            pending = (role == Prose::Paragraph && announces(words)).then(|| announces_plainly(words));
            if role != Prose::Continues {
                listed = false;
            }
            i = end;
        }
        roles
    }

    /// Whether unit `i` is an item without any mark: the words before it announce a list for certain, and it and
    /// its neighbours are defined terms in quotes or short noun phrases.
    pub(super) fn plain_item(&self, i: usize) -> bool {
        if i == 0 || self.habits.sections || self.units[i].marker.is_some() {
            return false;
        }
        let before = self.words(i - 1);
        let listed = self.stack.last().is_some_and(|open| open.kind == PLAIN);
        if !(listed || ends_sentence(before) || before.trim_end().ends_with([':', '.'])) {
            return false;
        }
        let parted = is_complete(before) || (self.units[i].after_blank && !breaks_off(before));
        let quoted = |i: usize| self.words(i).starts_with(['“', '"', '‘', '\'', '「', '\u{201f}']);
        let noun = |i: usize| {
            let words = self.words(i);
            words.chars().count() <= 100 && !ends_sentence(words) && !breaks_off(words)
        };
        let alike = |i: usize, first: bool| {
            let unit = self.units.get(i);
            unit.is_some_and(|unit| unit.marker.is_none())
                && if first {
                    quoted(i)
                } else {
                    noun(i) && (is_complete(self.words(i)) || self.units[i].after_blank)
                }
        };
        if let Some(open) = self.stack.last().filter(|open| open.kind == PLAIN) {
            return parted && alike(i, quoted(open.item));
        }
        let from = self.stack.last().map(|open| open.item).or(self.lead);
        let Some(from) = from.filter(|from| *from < i) else { return false };
        if self.stack.last().is_some_and(|open| open.rank > rank::PARAGRAPH) {
            return false;
        }
        let quoted = quoted(i);
        if !alike(i, quoted) {
            return false;
        }
        // A marker soon after means that this is no more than a wrapped lead.
        let next = (i + 1..self.units.len().min(i + 8))
            .find(|j| self.units[*j].marker.is_some() || alike(*j, quoted));
        let said = self.said(from, i);
        next.is_some_and(|j| self.units[j].marker.is_none() && (quoted || j == i + 1))
            && (announces_plainly(said) || said.trim_end().ends_with(':'))
    }
}
