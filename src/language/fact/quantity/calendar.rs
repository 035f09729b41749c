//! Days of the calendar, and the blanks that a form leaves for days and other quantities.

use super::Date;
use super::reader::measured;
use super::unit::{Measure, measure};
use crate::language::fact::{FactKind, Here, Read};
use crate::language::number::number;

/// The length of a form's blank at the beginning of `rest`: `(   )`, `[  ]`, `____`, `○○`.
pub(super) fn blank(rest: &str) -> Option<usize> {
    let filler = |c: char| " _○◯●□〇.·…-*".contains(c);
    let close = match rest.chars().next()? {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '_' | '○' | '◯' | '●' | '□' | '〇' => {
            let end = rest.find(|c: char| !"_○◯●□〇".contains(c)).unwrap_or(rest.len());
            return (end > 1).then_some(end);
        }
        _ => return None,
    };
    let (at, c) = rest.char_indices().skip(1).take(24).find(|(_, c)| !filler(*c))?;
    (c == close).then_some(at + 1)
}

/// (  )일, ___%, 20__년 __월 __일.
pub(super) fn blank_quantity(here: Here, len: usize) -> Read {
    let rest = here.rest();
    let (unit, unit_len) = measure(&rest[len..])?;
    let end = len + unit_len;
    // A blank date goes on.
    if matches!(unit, Measure::Year | Measure::Month)
        && let Some(date) = blank_date_part(&rest[end..])
    {
        let end = end + date + blank_date_part(&rest[end + date..]).unwrap_or(0);
        return Some((FactKind::Date(Date::default()), here.at, here.at + end));
    }
    measured(here, None, unit, end)
}

/// The length of a blank month or day at the beginning of `rest`: ` __월`.
fn blank_date_part(rest: &str) -> Option<usize> {
    let tail = rest.trim_start();
    let len = blank(tail).or_else(|| number(tail).map(|read| read.len))?;
    let part = tail[len..].trim_start();
    let next = part.strip_prefix('월').or_else(|| part.strip_prefix('일'))?;
    Some(rest.len() - next.len())
}

/// 2024년 3월 1일, 2024. 3. 1., 2024-03-01, 3월 1일.
pub(super) fn calendar(here: Here) -> Read {
    let rest = here.rest();
    if !rest.starts_with(|c: char| c.is_ascii_digit())
        || here.before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.')
    {
        return None;
    }
    let whole = |text: &str| -> Option<(u16, usize)> {
        let len = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        Some((text.get(..len.min(4)).filter(|_| len <= 4)?.parse().ok()?, len))
    };
    let part = |text: &str, unit: char, most: u16| -> Option<(u8, usize)> {
        let tail = text.trim_start_matches(' ');
        let (value, len) = whole(tail)?;
        let after = tail[len..].trim_start_matches(' ').strip_prefix(unit)?;
        let value = u8::try_from(value).ok().filter(|_| (1..=most).contains(&value))?;
        Some((value, text.len() - after.len()))
    };
    let found = |date: Date, end: usize| Some((FactKind::Date(date), here.at, here.at + end));
    if let Some((month, end)) = part(rest, '월', 12) {
        let (day, day_len) = part(&rest[end..], '일', 31)?;
        return found(Date { month: Some(month), day: Some(day), ..Date::default() }, end + day_len);
    }
    let (year, len) = whole(rest)?;
    if !(1900..2200).contains(&year) {
        return None;
    }
    let tail = rest[len..].trim_start_matches(' ');
    let mark = tail.chars().next().filter(|c| "년.-/".contains(*c))?;
    let tail = &tail[mark.len_utf8()..];
    let (month_mark, day_mark) = if mark == '년' { ('월', '일') } else { (mark, mark) };
    let base = rest.len() - tail.len();
    let (month, month_len) = part(tail, month_mark, 12)?;
    let day = &tail[month_len..];
    let date = Date { year: Some(year), month: Some(month), day: None };
    if let Some((day, day_len)) = part(day, day_mark, 31) {
        return found(Date { day: Some(day), ..date }, base + month_len + day_len);
    }
    // The last point of 2024. 3. 1. may be missing, as the hyphen of 2024-03-01 is.
    let last = day.trim_start_matches(' ');
    match whole(last).and_then(|(value, len)| Some((u8::try_from(value).ok()?, len))) {
        Some((value, len)) if mark != '년' && (1..=31).contains(&value) => {
            found(Date { day: Some(value), ..date }, base + month_len + (day.len() - last.len()) + len)
        }
        _ if mark == '년' => found(date, base + month_len),
        _ => None,
    }
}
