//! 항·호·목 inside one article: which markers are real and how they nest. Numbering that continues decides, then the
//! sentence before a list, then the shape of its items; the glyph alone decides nothing.

use super::Level;
use super::lead::{announces, is_date_note};
use super::marker::{Kind, Marker};
use super::path::{Number, Step, subitem_letter};
use super::prose::Prose;
use super::tree::{Opening, rank};
use super::unit::Unit;
use super::wording::{breaks_off, ends_sentence, is_complete};
use crate::text::Span;

/// The kind of items and paragraphs that have no mark.
pub(super) const PLAIN: Kind = Kind::Bullet('¶');

/// What an article's reading needs to know of the whole document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habits {
    /// The marker that 항 mostly have.
    pub paragraph: Option<Kind>,
    /// Whether 항 are paragraphs without any number.
    pub unnumbered: bool,
    /// Whether bare numbers are markers.
    pub bare: bool,
    /// Whether the topmost list is one of 항 whatever its lead says (sections of a further document).
    pub sections: bool,
}

/// What one article showed about the document's habits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// The marker of its 항, if it has marked ones.
    pub paragraph: Option<Kind>,
    /// Paragraphs of prose without marker.
    pub prose: usize,
    /// Whether it begins with a bare 1.
    pub bare: bool,
}

/// What happens in an article's text, in text order.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Open(Opening),
    /// Text from here belongs to the clause above this rank.
    Close(u8, usize),
}

#[derive(Clone, Debug)]
pub(super) struct Open {
    pub kind: Kind,
    last: u32,
    pub rank: u8,
    indent: usize,
    /// The unit of the item that is open.
    pub item: usize,
}

pub(super) struct Reader<'a> {
    text: &'a str,
    pub(super) units: &'a [Unit],
    pub(super) habits: Habits,
    pub(super) stack: Vec<Open>,
    closed: Vec<Open>,
    events: Vec<Event>,
    signs: Signs,
    /// First text unit before any marker on the article's own level.
    pub(super) lead: Option<usize>,
    /// Whether a first 항 without mark was already found.
    implied: bool,
}

/// Reads an article.
pub(super) fn read(text: &str, units: &[Unit], habits: Habits) -> (Vec<Event>, Signs) {
    let mut reader = Reader {
        text,
        units,
        habits,
        stack: Vec::new(),
        closed: Vec::new(),
        events: Vec::new(),
        signs: Signs::default(),
        lead: None,
        implied: false,
    };
    reader.run();
    (reader.events, reader.signs)
}

impl Reader<'_> {
    pub(super) fn words(&self, i: usize) -> &str {
        self.units.get(i).map_or("", |unit| unit.words.of(self.text))
    }

    /// The words of the item or paragraph that ends before unit `i`, from unit `from` on, at most 400 bytes.
    pub(super) fn said(&self, from: usize, i: usize) -> &str {
        let end = self.units[i - 1].words.end;
        let mut start = self.units[from].words.start.max(end.saturating_sub(400));
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        &self.text[start..end]
    }

    fn run(&mut self) {
        let roles = self.prose();
        let paragraphs = roles.iter().filter(|role| **role == Prose::Paragraph).count();
        let marked = self.habits.unnumbered;
        self.signs.bare = self
            .units
            .iter()
            .find(|u| u.marker.is_some())
            .is_some_and(|u| u.marker.is_some_and(|m| m.kind == Kind::Bare && m.number == 1))
            && self.units.iter().any(|u| u.marker.is_some_and(|m| m.kind == Kind::Bare && m.number == 2));
        let mut since = None;
        for (i, role) in roles.into_iter().enumerate() {
            if self.try_marker(i) {
                since = None;
                continue;
            }
            if marked && self.signs.paragraph.is_none() {
                match role {
                    Prose::Paragraph if paragraphs > 1 => self.open_plain(i, rank::PARAGRAPH),
                    Prose::Paragraph => self.close(rank::PARAGRAPH, i),
                    Prose::Item => self.open_plain(i, rank::ITEM),
                    Prose::Continues => {}
                }
            } else if self.plain_item(i) {
                let rank = self.stack.iter().rev().find(|open| open.kind == PLAIN).map(|open| open.rank);
                let rank = rank.or(self.stack.last().map(|open| open.rank + 1)).unwrap_or(rank::ITEM);
                self.open_plain(i, rank);
                since = None;
                continue;
            } else if self.stack.is_empty() {
                self.lead.get_or_insert(i);
            } else if since.is_none() {
                self.trailing(i);
            }
            since.get_or_insert(i);
        }
        self.signs.prose = paragraphs;
    }

    /// Ends lists of `rank` and deeper before unit `i`.
    fn close(&mut self, rank: u8, i: usize) {
        let Some(first) = self.stack.iter().position(|open| open.rank >= rank) else { return };
        self.closed.extend(self.stack.drain(first..));
        self.events.push(Event::Close(rank, self.units[i].at));
    }

    /// A closing paragraph after the items of a list belongs to the clause above the list.
    fn trailing(&mut self, i: usize) {
        let Some(top) = self.stack.last() else { return };
        let words = self.words(i);
        let before = self.words(i - 1);
        if top.rank < rank::ITEM
            || !ends_sentence(&self.text[self.units[i].words.start..self.paragraph_end(i)])
        {
            return;
        }
        const STARTS: [&str; 12] = [
            "다만",
            "단,",
            "단 ",
            "이 경우",
            "위 ",
            "위의",
            "상기",
            "이상",
            "이때",
            "그러나",
            "전 각",
            "이 때",
        ];
        let starts = STARTS.iter().any(|start| words.starts_with(start));
        let item_is_noun = !ends_sentence(before);
        let ended = is_complete(before) || self.units[i].after_blank;
        if item_is_noun && ended && (starts || !breaks_off(before)) {
            let rank =
                self.stack.iter().map(|open| open.rank).find(|r| *r >= rank::ITEM).unwrap_or(rank::ITEM);
            self.close(rank, i);
            if self.stack.is_empty() {
                self.lead = Some(i);
            }
        }
    }

    /// Where the run of units without marker that begins at `i` ends.
    fn paragraph_end(&self, i: usize) -> usize {
        let mut end = self.units[i].words.end;
        for unit in self.units.iter().skip(i + 1).take(12) {
            if unit.marker.is_some() {
                break;
            }
            end = unit.words.end;
        }
        end
    }

    fn open_plain(&mut self, i: usize, rank: u8) {
        let last = self.stack.iter().find(|open| open.rank == rank).map_or(0, |open| open.last);
        self.stack.retain(|open| open.rank < rank);
        let at = self.units[i].at;
        // An item or paragraph without mark.
        self.push(
            i,
            Open { kind: PLAIN, last: last + 1, rank, indent: 0, item: i },
            at,
            Span::new(at, at),
            String::new(),
        );
    }

    fn push(&mut self, _i: usize, open: Open, at: usize, marker: Span, label: String) {
        let (level, step) = step(open.rank, open.last);
        self.events.push(Event::Open(Opening {
            at,
            level,
            rank: open.rank,
            label,
            step,
            marker,
            title: Span::new(marker.end, marker.end),
        }));
        self.stack.push(open);
    }

    /// Opens a clause at unit `i` when its marker is a real one.
    fn try_marker(&mut self, i: usize) -> bool {
        let unit = &self.units[i];
        let Some(marker) = unit.marker else { return false };
        let first = self.find_place(i, marker.kind, marker.number, marker);
        let second = marker.also.map(|(kind, n)| (self.find_place(i, kind, n, marker), kind, n));
        let (place, kind, number) = match (first, second) {
            // Of two readings the one that continues a list wins.
            (Place::Continue(d), _) => (Place::Continue(d), marker.kind, marker.number),
            (_, Some((Place::Continue(d), kind, n))) => (Place::Continue(d), kind, n),
            (Place::None, Some((place, kind, n))) => (place, kind, n),
            (Place::New(d), Some((Place::New(e), kind, 1))) if marker.number > 1 => {
                (Place::New(e.max(d)), kind, 1)
            }
            (place, _) => (place, marker.kind, marker.number),
        };
        let (depth, new) = match place {
            Place::None => return false,
            Place::Continue(depth) => (depth, false),
            Place::New(depth) => (depth, true),
        };
        let (rank, last) = if new {
            let rank = match depth.checked_sub(1).and_then(|d| self.stack.get(d)) {
                Some(parent) => parent.rank + 1,
                None => self.base(i, kind, number),
            };
            (rank, if kind.is_bullet() { 1 } else { number })
        } else {
            let open = &self.stack[depth];
            (open.rank, if kind.is_bullet() { open.last + 1 } else { number })
        };
        if rank > rank::DEEPEST {
            return false;
        }
        if rank == rank::PARAGRAPH && kind != PLAIN {
            self.signs.paragraph.get_or_insert(kind);
        }
        let closed = self.stack.split_off(depth.min(self.stack.len()));
        self.closed.extend(closed);
        let span = Span::new(unit.words.start, unit.words.start + marker.len);
        let label = label(kind, number, span.of(self.text));
        let open = Open { kind, last, rank, indent: unit.indent, item: i };
        self.push(i, open, unit.at, span, label);
        true
    }

    /// Where a marker stands: in an open list, as a new one, or nowhere.
    fn find_place(&self, i: usize, kind: Kind, number: u32, marker: Marker) -> Place {
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
            let leaf = open.kind.is_bullet() && !kind.is_bullet();
            let ends_leaf = leaf && open.kind != PLAIN && unit.indent <= open.indent && !self.announced(i);
            let both = kind.is_bullet() && open.kind.is_bullet();
            let shallower = both && unit.indent > 0 && unit.indent < open.indent;
            if !ends_leaf && !shallower {
                break;
            }
            depth -= 1;
        }
        depth
    }

    /// Whether the article's topmost list is one of 항 or of 호.
    fn base(&mut self, i: usize, kind: Kind, number: u32) -> u8 {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    None,
    /// The next item of the list open at this depth.
    Continue(usize),
    /// The first item of a list at this depth.
    New(usize),
}

fn step(rank: u8, n: u32) -> (Level, Step) {
    match rank {
        rank::PARAGRAPH => (Level::Paragraph, Step::Paragraph(Number::new(n))),
        rank::ITEM => (Level::Item, Step::Item(Number::new(n))),
        rank::SUBITEM => (Level::Subitem, Step::Subitem(n)),
        _ => (Level::Detail, Step::Detail(n)),
    }
}

/// The printed label without slips of the pen.
fn label(kind: Kind, n: u32, printed: &str) -> String {
    match kind {
        Kind::Circled => char::from_u32(match n {
            1..=20 => 0x245F + n,
            21..=35 => 0x3250 + n - 20,
            _ => 0x32B0 + n - 35,
        })
        .map_or_else(|| printed.to_owned(), String::from),
        Kind::ParenDigit => format!("({n})"),
        Kind::Dot => format!("{n}."),
        Kind::HalfDigit => format!("{n})"),
        Kind::Bare => n.to_string(),
        Kind::Spelled => format!("제{n}항"),
        Kind::HangulDot => subitem_letter(n).map_or_else(|| printed.to_owned(), |c| format!("{c}.")),
        Kind::HangulHalf => subitem_letter(n).map_or_else(|| printed.to_owned(), |c| format!("{c})")),
        _ => {
            let plain: String = printed.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
            let inner = plain.trim_start_matches(['•', '-', '*', '○', '·']);
            if inner.is_empty() { plain } else { inner.to_owned() }
        }
    }
}
