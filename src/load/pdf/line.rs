//! Glyphs put together into lines: what stands on one base line without a wide gap. Knows nothing of pages, columns or
//! paragraphs.

use crate::load::pdf::sheet::Glyph;

/// A stretch of text on one base line, between wide gaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Page, from 1.
    pub page: u32,
    /// Row on its page, from 1.
    pub row: u32,
    pub x0: f32,
    pub x1: f32,
    /// Base line, from the top.
    pub y: f32,
    pub size: f32,
    /// The text without white space around it.
    pub text: String,
    /// A glyph of a space stands at the end.
    pub trailing: bool,
    /// Width of the first word.
    pub head: f32,
    /// Width of the first character, with what may not stand apart from it: closing marks, the rest of a number.
    pub first: f32,
    /// Width of the line if nothing were stretched.
    pub natural: f32,
    /// What its column would still hold if nothing were stretched; known once the column is.
    pub slack: f32,
}

impl Line {
    /// Appends a stretch that stands to the right on the same line.
    pub fn append(&mut self, other: &Line) {
        self.text.push(' ');
        self.text.push_str(&other.text);
        // A place of its own is not what justifying makes.
        self.natural += other.natural + (other.x0 - self.x1).max(0.3 * self.size);
        self.x1 = self.x1.max(other.x1);
        self.trailing = other.trailing;
        self.size = self.size.max(other.size);
    }
}

/// How a document writes spaces, and how far it sets letters apart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spacing {
    /// Words are parted by glyphs of a space, so that a gap without one is no space (around Latin letters and digits, for one).
    pub glyphs: bool,
    /// What stands between any two letters (자간), in parts of their size; what only justified lines have is not counted.
    pub apart: f32,
}

impl Spacing {
    /// Told from all glyphs of a document: Korean has a space after every fourth or fifth syllable.
    pub fn of<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> Self {
        /// Gaps that are counted, each as wide as a hundredth of the size, the first from this one on.
        const LEAST: f32 = -0.2;
        let mut gaps = [0usize; 80];
        let (mut spaces, mut others) = (0usize, 0usize);
        let mut last: Option<&Glyph> = None;
        for glyph in glyphs {
            match glyph.c {
                ' ' if glyph.jump => {}
                ' ' => spaces += 1,
                _ => others += 1,
            }
            let beside =
                |last: &&Glyph| last.c > '가' && glyph.c > '가' && last.y == glyph.y && last.x < glyph.x;
            if let Some(last) = last.filter(beside) {
                let gap = (glyph.x - last.x - last.width) / glyph.size.max(1.0);
                let place = ((gap - LEAST) * 100.0).round();
                if (0.0..80.0).contains(&place) {
                    gaps[place as usize] += 1;
                }
            }
            last = Some(glyph);
        }
        // Most lines that are stretched are stretched more than the fifth that is stretched least.
        let all: usize = gaps.iter().sum();
        let mut so_far = 0;
        let low = (0u8..).zip(gaps).find(|(_, count)| {
            so_far += count;
            so_far * 5 > all
        });
        let apart = low.map_or(0.0, |(place, _)| LEAST + f32::from(place) / 100.0);
        Self { glyphs: spaces * 25 >= others, apart: if apart > 0.02 { apart } else { 0.0 } }
    }
}

/// The lines of some glyphs, from top to bottom and from left to right.
pub(super) fn lines(glyphs: &[Glyph], spacing: Spacing, page: u32) -> Vec<Line> {
    let mut out = Vec::new();
    for row in rows(glyphs) {
        let start = out.len();
        stretches(&row, spacing, &mut out);
        for line in &mut out[start..] {
            line.page = page;
        }
    }
    out
}

/// Most raised letters of one line.
const RAISED: usize = 12;

/// A base line with its glyphs.
struct Row {
    y: f32,
    size: f32,
    glyphs: Vec<Glyph>,
}

impl Row {
    fn reaches(&self) -> (f32, f32) {
        let ends = self.glyphs.iter().filter(|glyph| glyph.c != ' ');
        ends.fold((f32::MAX, f32::MIN), |(a, b), glyph| (a.min(glyph.x), b.max(glyph.x + glyph.width)))
    }

    /// Whether its letters stand between those of another row, not above or below them.
    fn stands_beside(&self, other: &Row) -> bool {
        let inked = |row: &Row| row.glyphs.iter().filter(|glyph| glyph.c != ' ').copied().collect::<Vec<_>>();
        let (own, others) = (inked(self), inked(other));
        let over = |a: &Glyph, b: &Glyph| (a.x + a.width).min(b.x + b.width) - a.x.max(b.x);
        own.iter().all(|a| others.iter().all(|b| over(a, b) <= 0.5 * a.width))
    }
}

/// Glyphs grouped by base line. Small raised or lowered ones (references to notes, m²) belong to the line beside them.
fn rows(glyphs: &[Glyph]) -> Vec<Vec<Glyph>> {
    let mut sorted: Vec<Glyph> = glyphs.iter().filter(|glyph| !glyph.jump).copied().collect();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Row> = Vec::new();
    for glyph in sorted {
        match rows.last_mut() {
            Some(row) if (glyph.y - row.y).abs() <= 0.25 * glyph.size.min(row.size) => {
                if glyph.size > row.size && glyph.c != ' ' {
                    (row.size, row.y) = (glyph.size, glyph.y);
                }
                row.glyphs.push(glyph);
            }
            _ => rows.push(Row { y: glyph.y, size: glyph.size, glyphs: vec![glyph] }),
        }
    }
    rows.retain(|row| row.glyphs.iter().any(|glyph| glyph.c != ' '));
    let host = |at: usize| {
        let near =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(|other| *other < rows.len());
        let (small, (s0, s1)) = (&rows[at], rows[at].reaches());
        near.filter(|other| {
            let (large, (l0, l1)) = (&rows[*other], rows[*other].reaches());
            // A few letters, not a line of another column or one that a watermark lies over.
            small.glyphs.len() <= RAISED
                && small.stands_beside(large)
                && (0.4 * large.size..0.88 * large.size).contains(&small.size)
                && (small.y - large.y).abs() < 0.6 * large.size
                && s0 <= l1 + large.size
                && s1 >= l0 - large.size
        })
        .min_by(|a, b| (small.y - rows[*a].y).abs().total_cmp(&(small.y - rows[*b].y).abs()))
    };
    let hosts: Vec<Option<usize>> = (0..rows.len()).map(host).collect();
    for (at, host) in hosts.iter().enumerate() {
        if let Some(host) = host.filter(|host| hosts[*host].is_none()) {
            let small = std::mem::take(&mut rows[at].glyphs);
            rows[host].glyphs.extend(small);
        }
    }
    rows.retain(|row| !row.glyphs.is_empty());
    rows.into_iter()
        .map(|mut row| {
            row.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
            row.glyphs
        })
        .collect()
}

/// Digits as they are raised; nothing else changes.
pub(super) fn superior(c: char) -> char {
    c.to_digit(10).and_then(|digit| SUPERIORS.chars().nth(digit as usize)).unwrap_or(c)
}

/// The raised digits.
pub(super) const SUPERIORS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Marks that stand close to what follows.
fn opens(c: char) -> bool {
    "(「『[“‘【〈《〔".contains(c)
}

/// Marks that stand close to what they end.
fn closes(c: char) -> bool {
    ")」』]”’】〉》〕".contains(c)
}

/// Marks that open or close.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'')
}

/// Whether a line so far is nothing but a number of several levels, "1.1".
fn is_decimal(text: &str) -> bool {
    text.contains('.') && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A letter with the white space before it.
#[derive(Clone, Copy)]
struct Letter {
    glyph: Glyph,
    /// Glyphs of spaces, and their width.
    spaces: usize,
    blank: f32,
    /// From the end of the letter before; 0 for the first.
    gap: f32,
}

impl Letter {
    fn is_latin(&self) -> bool {
        self.glyph.c.is_ascii_alphanumeric()
    }
}

/// The letters of a row, and whether a space stands behind the last.
fn letters(row: &[Glyph]) -> (Vec<Letter>, bool) {
    let mut out: Vec<Letter> = Vec::with_capacity(row.len());
    let (mut spaces, mut blank) = (0usize, 0.0f32);
    for glyph in row {
        if glyph.c == ' ' {
            spaces += 1;
            blank += glyph.width;
            continue;
        }
        let last = out.last().map(|last| last.glyph);
        // A letter printed twice to look bold.
        let twice = |last: Glyph| last.c == glyph.c && (glyph.x - last.x).abs() < 0.3 * glyph.width;
        if spaces == 0 && last.is_some_and(twice) {
            continue;
        }
        let gap = last.map_or(0.0, |last| glyph.x - (last.x + last.width));
        let (spaces, blank) = (std::mem::take(&mut spaces), std::mem::take(&mut blank));
        out.push(Letter { glyph: *glyph, spaces, blank, gap });
    }
    (out, spaces > 0)
}

/// The gap that most letters have between them: all may be set apart, or pressed together.
fn usual_gap(letters: &[Letter]) -> f32 {
    let size = letters.iter().map(|letter| letter.glyph.size).fold(0.0, f32::max);
    // Dots that lead to a page number stand close whatever the letters do.
    let lettered = |two: &&[Letter]| two[1].spaces == 0 && two.iter().all(|letter| letter.glyph.c != '.');
    let mut gaps: Vec<f32> =
        letters.windows(2).filter(lettered).map(|two| two[1].gap).filter(|gap| *gap < size).collect();
    gaps.sort_by(f32::total_cmp);
    let most = if gaps.len() >= 8 { size } else { 0.3 * size };
    gaps.get(gaps.len() / 2).copied().unwrap_or(0.0).clamp(-0.2 * size, most)
}

/// Cuts a row at wide gaps and writes the text of each stretch.
fn stretches(row: &[Glyph], spacing: Spacing, out: &mut Vec<Line>) {
    let (letters, trailing) = letters(row);
    let usual = usual_gap(&letters).max(0.0);
    let stretches = letters.iter().filter(|letter| letter.spaces > 0).map(|letter| letter.gap - letter.blank);
    // How far the least stretched of several spaces is.
    let stretched = (stretches.clone().count() >= 2)
        .then(|| stretches.fold(f32::MAX, f32::min))
        .filter(|_| spacing.glyphs);
    let wide = |at: &usize| {
        let (last, next) = (&letters[at - 1], &letters[*at]);
        let size = last.glyph.size.max(next.glyph.size);
        let small = last.glyph.size.min(next.glyph.size);
        if next.spaces > 0 {
            // The end of a full cell may have a space, too; a justified line stretches all of its spaces alike.
            let justified = stretched.is_none_or(|least| (0.4 * size..=0.8 * size).contains(&least));
            let most = if justified { 1.5 } else { 0.8 };
            return next.gap - next.blank > most * size;
        }
        // Where spaces are written, what has none is no space but a place of its own; so is what begins in another size.
        // Beside brackets, and where Latin letters and digits meet others, programs leave a gap by themselves.
        let loose = last.is_latin() != next.is_latin() || opens(next.glyph.c) || closes(last.glyph.c);
        let most = match (spacing.glyphs, loose) {
            (false, _) => 1.0,
            (true, true) => 0.8,
            (true, false) => 0.5 + usual / size.max(1.0),
        };
        let resized = small < 0.85 * size && next.gap > 0.5 * small;
        // Another text that begins where this one still is: cells without room.
        next.gap > most * size || resized || next.gap < -0.5 * size
    };
    let cuts: Vec<usize> = (1..letters.len()).filter(wide).collect();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(letters.len()));
    for (start, end) in starts.zip(ends).filter(|(start, end)| start < end) {
        let mut line = line(&letters[start..end], spacing);
        line.trailing = letters.get(end).map_or(trailing, |next| next.spaces > 0);
        out.push(line);
    }
}

/// The line that a stretch of letters makes.
fn line(letters: &[Letter], spacing: Spacing) -> Line {
    let largest = letters.iter().map(|letter| letter.glyph).max_by(|a, b| a.size.total_cmp(&b.size));
    let (size, base) = largest.map_or((0.0, 0.0), |glyph| (glyph.size, glyph.y));
    // The least gap that is a space where the file has no glyphs of spaces.
    let word = usual_gap(letters) + 0.15 * size;

    let mut line = Line::default();
    let mut headed = false;
    let mut closing = true;
    for (at, letter) in letters.iter().enumerate() {
        let glyph = &letter.glyph;
        // Beside Latin letters and digits programs leave a gap by themselves.
        let last = at.checked_sub(1).map(|last| letters[last]);
        let mixed = last.is_some_and(|last| last.is_latin() != letter.is_latin());
        match last.map(|last| last.glyph.c) {
            None => {
                (line.x0, line.y, line.first) = (glyph.x, glyph.y, glyph.width);
                line.natural -= spacing.apart * size;
            }
            Some(last) => {
                let least = if !spacing.glyphs {
                    word
                } else if opens(last) || closes(glyph.c) {
                    // Justified lines are stretched there too.
                    f32::MAX
                } else if mixed && is_decimal(&line.text) {
                    // Behind a number the text of a clause begins, further off than programs put letters by themselves.
                    0.4 * size
                } else if mixed || opens(glyph.c) || closes(last) {
                    0.7 * size
                } else {
                    word
                };
                if letter.spaces > 0 || letter.gap > least {
                    line.text.extend(std::iter::repeat_n(' ', letter.spaces.max(1)));
                    let apart = letter.spaces as f32 * spacing.apart * size;
                    line.natural += if letter.spaces > 0 { letter.blank + apart } else { 0.3 * size };
                    headed = true;
                } else if mixed {
                    line.natural += letter.gap.clamp(0.0, 0.25 * size);
                }
            }
        }
        let raised = glyph.size <= 0.88 * size && base - glyph.y > 0.15 * size;
        line.text.push(if raised { superior(glyph.c) } else { glyph.c });
        line.x1 = line.x1.max(glyph.x + glyph.width);
        line.natural += glyph.width + spacing.apart * size;
        if glyph.size > line.size {
            (line.size, line.y) = (glyph.size, glyph.y);
        }
        if let Some(last) = last.map(|last| last.glyph.c) {
            // Nor are a number, a word of Latin letters or an address parted, where syllables are.
            let run = letter.spaces == 0 && glyph.c.is_ascii_graphic() && last.is_ascii_graphic();
            let bound = letter.spaces == 0 && (opens(last) || is_quote(last));
            let ends = closes(glyph.c) || is_quote(glyph.c) || ",.;:?!%".contains(glyph.c);
            closing &= run || bound || ends;
            line.first += if closing { glyph.width } else { 0.0 };
        }
        if !headed {
            line.head = glyph.x + glyph.width - line.x0;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs of a text, each as wide as its size, a space 0.3 of it.
    fn glyphs(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let mut at = x;
        text.chars()
            .map(|c| {
                let width = if c == ' ' { 0.3 * size } else { size };
                let glyph = Glyph { c, x: at, y, width, size, jump: false };
                at += width;
                glyph
            })
            .collect()
    }

    const WRITTEN: Spacing = Spacing { glyphs: true, apart: 0.0 };
    const UNWRITTEN: Spacing = Spacing { glyphs: false, apart: 0.0 };

    #[test]
    fn letters_set_apart_are_as_wide_as_they_are_set() {
        let mut all = glyphs("가나다라마바사", 0.0, 10.0, 10.0);
        all.extend(glyphs("아자차카타파하", 0.0, 30.0, 10.0));
        for (at, glyph) in all.iter_mut().enumerate() {
            glyph.x += 2.0 * (at % 7) as f32;
        }
        let spacing = Spacing::of(all.iter());
        assert!((spacing.apart - 0.2).abs() < 0.01, "{spacing:?}");
        assert!((lines(&all, spacing, 1)[0].natural - 82.0).abs() < 0.5);
        assert_eq!(Spacing::of(glyphs("가나다라마바사", 0.0, 10.0, 10.0).iter()).apart, 0.0);
    }

    fn texts(glyphs: &[Glyph], spacing: Spacing) -> Vec<String> {
        lines(glyphs, spacing, 1).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn what_may_not_be_parted_is_the_beginning_of_a_line() {
        let first = |text: &str| lines(&glyphs(text, 0.0, 10.0, 10.0), WRITTEN, 1)[0].first;
        for (text, count) in [
            ("요금은", 1.0),
            ("요)금", 2.0),
            ("15%까지", 3.0),
            ("1,000.5원", 7.0),
            ("IaaS를", 4.0),
            ("3 일", 1.0),
            ("「개인정보", 2.0),
            ("(이하", 2.0),
            ("\"갑\"은", 4.0),
            ("금”이라", 2.0),
        ] {
            assert_eq!(first(text), 10.0 * count, "{text}");
        }
    }

    #[test]
    fn gaps_are_spaces_only_where_no_glyph_stands_for_one() {
        let mut apart = glyphs("제1조", 0.0, 10.0, 10.0);
        apart[1].x += 2.5;
        apart[2].x += 5.0;
        assert_eq!(texts(&apart, WRITTEN), ["제1조"]);
        assert_eq!(texts(&apart, UNWRITTEN), ["제1조"], "all letters are set apart alike");
        let mut words = glyphs("요금을내다", 0.0, 10.0, 10.0);
        for glyph in &mut words[3..] {
            glyph.x += 3.0;
        }
        assert_eq!(texts(&words, UNWRITTEN), ["요금을 내다"]);
        let numbered = |text: &str, gap: f32| {
            let mut row = glyphs(text, 0.0, 10.0, 10.0);
            row[3..].iter_mut().for_each(|glyph| glyph.x += gap);
            texts(&row, WRITTEN)
        };
        assert_eq!(numbered("1.1회사는", 5.0), ["1.1 회사는"]);
        assert_eq!(numbered("1.1배까지", 2.5), ["1.1배까지"], "as far as programs keep them apart");
    }

    #[test]
    fn wide_gaps_cut_and_small_raised_letters_stay() {
        let mut row = glyphs("가나", 0.0, 50.0, 10.0);
        row.extend(glyphs("다라", 200.0, 50.5, 10.0));
        row.extend(glyphs("1", 20.0, 46.0, 6.0));
        row.extend(glyphs("마", 0.0, 64.0, 10.0));
        assert_eq!(texts(&row, WRITTEN), ["가나¹", "다라", "마"]);
        // As browsers raise them, and a line of its own in small letters.
        let mut marked = glyphs("손해", 0.0, 50.0, 10.0);
        marked.extend(glyphs("1", 20.0, 46.2, 8.3));
        assert_eq!(texts(&marked, WRITTEN), ["손해¹"]);
        marked[2].x = 3.0;
        assert_eq!(texts(&marked, WRITTEN), ["1", "손해"], "above the others, not beside them");
        let mut twice = glyphs("제목", 0.0, 0.0, 10.0);
        twice.extend(glyphs("제목", 0.4, 0.0, 10.0));
        assert_eq!(texts(&twice, WRITTEN), ["제목"]);
    }
}
