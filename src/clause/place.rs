//! Where a marker stands among the open lists: the next of one of them, the first of a new one, or no marker at
//! all; and whether an article's topmost list is one of 항 or of 호.

use super::body::{Event, PLAIN, Reader, step};
use super::lead::{announces, is_date_note};
use super::marker::{Kind, Marker};
use super::tree::{Opening, rank};
use super::wording::{breaks_off, ends_sentence, is_complete};
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    None,
    /// The next item of the list open at this depth.
    Continue(usize),
    /// The first item of a list at this depth.
    New(usize),
}

impl Reader<'_> {
    /// Where a marker stands: in an open list, as a new one, or nowhere.
    pub(super) fn find_place(&self, i: usize, kind: Kind, number: u32, marker: Marker) -> Place {
        let unit = &self.units[i];
        let before = i.checked_sub(1).map_or("", |p| self.words(p));
        let broken = i > 0 && !unit.certain && breaks_off(before);
        let rest = &self.words(i)[marker.skip.min(unit.words.len())..];
        if kind == Kind::Bare && !unit.certain && !self.bare_is_marker(i, number, rest) {
            return Place::None;
        }
        if rest.is_empty()
            && !unit.certain
            && matches!(kind, Kind::HangulDot | Kind::LowerDot | Kind::UpperDot | Kind::Jamo)
        {
            return Place::None;
        }
        if is_date_note(self.words(i)) && !unit.certain {
            return Place::None;
        }
        if kind.is_bullet() {
            return self.bullet_place(i, kind, broken);
        }
        // 1. continues at every depth where this number is next.
        let next: Vec<usize> = (0..self.stack.len())
            .rev()
            .filter(|d| self.stack[*d].kind == kind && self.stack[*d].last + 1 == number)
            .collect();
        if let Some(depth) = self.choose(i, &next) {
            // "다." may end a wrapped sentence.
            if kind == Kind::HangulDot && broken {
                return Place::None;
            }
            // "…\n② 항의 사유는": the number that was referred to comes again.
            let cited = ["항의", "항에", "항과", "항을", "호의", "호에", "호를", "호와"]
                .iter()
                .any(|w| rest.starts_with(w));
            if !unit.certain && i > 0 && !is_complete(before) && (cited || self.comes_again(i, kind, number))
            {
                return Place::None;
            }
            return Place::Continue(depth);
        }
        let same = (0..self.stack.len()).rev().find(|d| self.stack[*d].kind == kind);
        if broken && !(number == 1 && self.announced(i)) {
            return Place::None;
        }
        if number == 1 {
            return match same {
                Some(depth) if depth + 1 == self.stack.len() && self.announced(i) => {
                    Place::New(self.stack.len())
                }
                Some(depth)
                    if self.stack[depth].last == 1 && depth + 1 == self.stack.len() && !self.announced(i) =>
                {
                    // 1. twice: the second is a list of its own only when it is indented.
                    if unit.indent > self.stack[depth].indent {
                        Place::New(self.stack.len())
                    } else {
                        Place::Continue(depth)
                    }
                }
                Some(depth) if self.announced(i) && self.stack.len() > depth + 1 => {
                    Place::New(self.stack.len())
                }
                Some(depth) => Place::Continue(depth),
                None => Place::New(self.new_depth(i, kind)),
            };
        }
        if let Some(depth) = same {
            let open = &self.stack[depth];
            let near = number > open.last && number <= open.last + 4 || number == open.last;
            return if near && (is_complete(before) || unit.after_blank || unit.certain) {
                Place::Continue(depth)
            } else {
                Place::None
            };
        }
        // A list that other markers interrupted goes on.
        if let Some(list) =
            self.closed.iter().rev().take(40).find(|open| open.kind == kind && open.last + 1 == number)
        {
            let depth = self.stack.iter().position(|open| open.rank >= list.rank).unwrap_or(self.stack.len());
            let fits =
                depth == 0 || self.stack.get(depth - 1).is_some_and(|parent| parent.rank + 1 == list.rank);
            if fits {
                return Place::New(depth);
            }
        }
        // The first number is missing.
        if number == 2 || unit.certain {
            let later =
                self.units.iter().skip(i + 1).take(60).filter_map(|u| u.marker).find(|m| m.kind == kind);
            let goes_on = later.is_some_and(|m| m.number == number + 1);
            let usual = kind == Kind::Circled || self.habits.paragraph == Some(kind);
            if goes_on || unit.certain || (usual && !breaks_off(before)) {
                return Place::New(if usual { 0 } else { self.new_depth(i, kind) });
            }
        }
        Place::None
    }

    /// Whether the same marker stands again before the next one in turn.
    fn comes_again(&self, i: usize, kind: Kind, number: u32) -> bool {
        let mut later =
            self.units.iter().skip(i + 1).take(12).filter_map(|u| u.marker).filter(|m| m.kind == kind);
        later.next().is_some_and(|m| m.number == number)
    }

    fn bare_is_marker(&self, i: usize, number: u32, rest: &str) -> bool {
        if !self.habits.bare {
            return false;
        }
        const UNITS: [&str; 26] = [
            "일",
            "월",
            "년",
            "개월",
            "개",
            "원",
            "회",
            "조",
            "항",
            "호",
            "장",
            "인",
            "명",
            "시간",
            "차",
            "부",
            "층",
            "주",
            "영업일",
            "분",
            "초",
            "건",
            "배",
            "세",
            "퍼센트",
            "만",
        ];
        let next =
            self.stack.iter().any(|open| open.kind == Kind::Bare && open.last + 1 == number) || number == 1;
        let counted = UNITS.iter().any(|unit| {
            rest.strip_prefix(unit).is_some_and(|after| {
                after.chars().next().is_none_or(|c| {
                    !('가'..='힣').contains(&c) || "을를은는이가의에로과와도까부마".contains(c)
                })
            })
        });
        let before = i.checked_sub(1).map_or("", |p| self.words(p));
        next && !counted && !rest.starts_with(|c: char| c.is_ascii_digit()) && (i == 0 || !breaks_off(before))
    }

    fn bullet_place(&self, i: usize, kind: Kind, broken: bool) -> Place {
        let unit = &self.units[i];
        if broken
            && !self.announced(i)
            && !unit.after_blank
            && !self.stack.iter().any(|open| open.kind == kind)
        {
            return Place::None;
        }
        let alike: Vec<usize> = (0..self.stack.len()).rev().filter(|d| self.stack[*d].kind == kind).collect();
        if let Some(inner) = alike.first() {
            let exact = alike.iter().find(|d| self.stack[**d].indent == unit.indent);
            if let Some(depth) = exact {
                return Place::Continue(*depth);
            }
            if unit.indent > self.stack[*inner].indent + 1 && inner + 1 == self.stack.len() {
                return Place::New(self.stack.len());
            }
            let shallow = alike.iter().find(|d| self.stack[**d].indent <= unit.indent);
            return Place::Continue(*shallow.unwrap_or(inner));
        }
        Place::New(self.new_depth(i, kind))
    }

    /// Of several lists that a number would continue the one it fits best.
    fn choose(&self, i: usize, depths: &[usize]) -> Option<usize> {
        let (inner, outer) = match depths {
            [] => return None,
            [one] => return Some(*one),
            [inner, .., outer] => (*inner, *outer),
        };
        let unit = &self.units[i];
        let (a, b) = (self.stack[inner].indent, self.stack[outer].indent);
        if a != b {
            return Some(if unit.indent.abs_diff(a) <= unit.indent.abs_diff(b) { inner } else { outer });
        }
        let inner_is_noun = !self.item_is_sentence(self.stack[inner].item);
        Some(if inner_is_noun && self.item_is_sentence(i) { outer } else { inner })
    }

    /// Whether the item that begins at unit `i` ends as a sentence.
    fn item_is_sentence(&self, i: usize) -> bool {
        let run = self.units.iter().skip(i + 1).take(20).take_while(|u| u.marker.is_none()).count();
        ends_sentence(self.words(i)) || ends_sentence(self.words(i + run))
    }

    /// Whether the words before unit `i` within the open item (or the lead) announce a list.
    fn announced(&self, i: usize) -> bool {
        if i == 0 {
            return false;
        }
        let from = self.stack.last().map(|open| open.item).or(self.lead).unwrap_or(i - 1);
        announces(self.said(from.min(i - 1), i))
    }

    /// How deep a new list of this kind begins: under the open item, unless that item cannot have one.
    fn new_depth(&self, i: usize, kind: Kind) -> usize {
        let unit = &self.units[i];
        let mut depth = self.stack.len();
        // The document's own mark of 항 is no part of a 호.
        if self.habits.paragraph == Some(kind)
            && !kind.is_bullet()
            && self.stack.first().is_some_and(|open| open.rank > rank::PARAGRAPH)
        {
            return 0;
        }
        while let Some(open) = depth.checked_sub(1).and_then(|d| self.stack.get(d)) {
            let under_bullet = open.kind.is_bullet() && open.kind != PLAIN;
            let leaf = under_bullet && !kind.is_bullet() && unit.indent <= open.indent && !self.announced(i);
            let outdented = under_bullet && kind.is_bullet() && unit.indent > 0 && unit.indent < open.indent;
            if !(leaf || outdented) {
                break;
            }
            depth -= 1;
        }
        depth
    }

    /// Whether the article's topmost list is one of 항 or of 호.
    pub(super) fn base(&mut self, i: usize, kind: Kind, number: u32) -> u8 {
        if self.habits.sections || matches!(kind, Kind::Decimal(_) | Kind::Spelled) {
            return rank::PARAGRAPH;
        }
        if kind.is_bullet() {
            return rank::ITEM;
        }
        if let Some(list) = self
            .closed
            .iter()
            .rev()
            .take(40)
            .find(|open| open.kind == kind && open.last + 1 == number && open.last > 0)
            && number > 1
        {
            return list.rank;
        }
        let Some(lead) = self.lead.filter(|lead| *lead < i) else {
            let items = self.habits.unnumbered && self.items_are_nouns(i, kind);
            return if items { rank::ITEM } else { rank::PARAGRAPH };
        };
        if number == 2 && !self.implied {
            self.implied = true;
            // What stands before ② is ①, its own items included.
            let at = self.units[lead].at;
            let (level, step) = step(rank::PARAGRAPH, 1);
            let marker = Span::new(at, at);
            let opening = Opening {
                at,
                level,
                rank: rank::PARAGRAPH,
                label: String::new(),
                step,
                marker,
                title: marker,
                words: at,
            };
            let place = self.events.iter().position(|event| match event {
                Event::Open(open) => open.at >= at,
                Event::Close(_, end) => *end >= at,
            });
            self.events.insert(place.unwrap_or(self.events.len()), Event::Open(opening));
            return rank::PARAGRAPH;
        }
        if self.habits.unnumbered || announces(self.said(lead, i)) || self.items_are_nouns(i, kind) {
            rank::ITEM
        } else {
            rank::PARAGRAPH
        }
    }

    /// Whether the list that begins at unit `i` consists of noun phrases.
    fn items_are_nouns(&self, i: usize, kind: Kind) -> bool {
        let items: Vec<usize> = (i..self.units.len().min(i + 40))
            .filter(|j| {
                self.units[*j]
                    .marker
                    .is_some_and(|m| m.kind == kind || m.also.is_some_and(|(k, _)| k == kind))
            })
            .take(8)
            .collect();
        items.iter().all(|item| !self.item_is_sentence(*item))
    }
}
