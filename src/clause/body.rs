//! 항·호·목 inside one article: which markers are real and how they nest. Numbering that continues decides, then the
//! sentence before a list, then the shape of its items; the glyph alone decides nothing.

use super::Level;
use super::marker::Kind;
use super::path::{Number, Step, subitem_letter};
use super::place::Place;
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
    pub last: u32,
    pub rank: u8,
    pub indent: usize,
    /// The unit of the item that is open.
    pub item: usize,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) units: &'a [Unit],
    pub(super) habits: Habits,
    pub(super) stack: Vec<Open>,
    pub(super) closed: Vec<Open>,
    pub(super) events: Vec<Event>,
    signs: Signs,
    /// First text unit before any marker on the article's own level.
    pub(super) lead: Option<usize>,
    /// Whether a first 항 without mark was already found.
    pub(super) implied: bool,
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
        for (i, role) in roles.iter().copied().enumerate() {
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

    fn push(&mut self, i: usize, open: Open, at: usize, marker: Span, label: String) {
        let (level, step) = step(open.rank, open.last);
        let mut title = Span::new(marker.end, marker.end);
        // In a further document the sections stand as 항, with their titles.
        if self.habits.sections && open.rank == rank::PARAGRAPH {
            let words = self.units[i].words;
            let rest = Span::new(marker.end.max(words.start), words.end).trimmed(self.text);
            let shown = rest.of(self.text);
            let follows = self.units.get(i + 1).is_some_and(|next| next.after_blank || next.marker.is_none());
            if follows && shown.chars().count() <= 40 && !ends_sentence(shown) && !breaks_off(shown) {
                title = rest;
            }
        }
        self.events.push(Event::Open(Opening {
            at,
            level,
            rank: open.rank,
            label,
            step,
            marker,
            title,
            words: title.end,
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
}

pub(super) fn step(rank: u8, n: u32) -> (Level, Step) {
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
        Kind::Decimal(_) => {
            let plain: String = printed.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
            plain.trim_end_matches(['.', ':', ')', '：']).to_owned()
        }
        Kind::HangulDot => subitem_letter(n).map_or_else(|| printed.to_owned(), |c| format!("{c}.")),
        Kind::HangulHalf => subitem_letter(n).map_or_else(|| printed.to_owned(), |c| format!("{c})")),
        _ => {
            let plain: String = printed.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
            let inner = plain.trim_start_matches(['•', '-', '*', '○', '·']);
            if inner.is_empty() { plain } else { inner.to_owned() }
        }
    }
}
