//! Reads the quantity that begins at a place: a number in any script with its unit.

use super::bound::{bound, bound_after, bracketed, ends_here};
use super::calendar::{blank, blank_quantity, calendar};
use super::unit::{Measure, measure};
use super::{Amount, Bound, Currency, Date, Duration, Percent, Unit};
use crate::language::fact::{FactKind, Here, Read};
use crate::language::number::{Number, Script, number};

/// Whether a quantity may begin with `c`, digits and blanks apart.
pub(in crate::language::fact) fn may_begin(c: char) -> bool {
    matches!(
        c,
        '영' | '공'
            | '일'
            | '이'
            | '삼'
            | '사'
            | '오'
            | '육'
            | '칠'
            | '팔'
            | '구'
            | '십'
            | '백'
            | '천'
            | '만'
            | '억'
            | '반'
            | '한'
            | '두'
            | '세'
            | '석'
            | '네'
            | '넉'
            | '다'
            | '여'
            | '아'
            | '스'
            | '열'
            | '하'
            | '보'
            | '₩'
            | '\\'
            | '$'
            | '€'
            | 'U'
            | 'K'
    )
}

/// Reads the quantity that begins here.
pub(in crate::language::fact) fn read(here: Here) -> Read {
    let rest = here.rest();
    if let Some(read) = calendar(here) {
        return Some(read);
    }
    if let Some(len) = blank(rest) {
        return blank_quantity(here, len);
    }
    if let Some((currency, len)) = prefixed_currency(here) {
        let read = number(&rest[len..]).filter(|read| read.script == Script::Digits)?;
        return amount(here, Some(read.value), currency, len + read.len);
    }
    if let Some((count, len)) = days_by_name(here) {
        return duration(here, Some(count), Unit::Day, len);
    }
    if here.past().trim_end().ends_with('제')
        || here.before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.')
    {
        return None;
    }
    let read = number(rest)?;
    match read.script {
        Script::Digits => counted(here, read),
        Script::Sino if here.at_word() || here.before == Some('금') => sino(here, read),
        Script::Native if here.at_word() => native(here, read),
        _ => None,
    }
}

/// 14(십사)일, 십사(14)일: the number said again in brackets, digits preferred.
fn repeated(rest: &str, read: Number) -> Number {
    let again = |tail: &str| {
        let inner = tail.strip_prefix('(')?.trim_start();
        let again = number(inner)?;
        let close = inner[again.len..].trim_start().strip_prefix(')')?;
        Some((again, rest.len() - close.len()))
    };
    match again(&rest[read.len..]) {
        Some((again, len)) if again.script == Script::Digits => Number { len, ..again },
        Some((_, len)) => Number { len, ..read },
        None => read,
    }
}

fn counted(here: Here, read: Number) -> Read {
    let rest = here.rest();
    if let Some(read) = fraction(here, read) {
        return Some(read);
    }
    let read = repeated(rest, read);
    // 00일 and 20__년 are blanks of a form.
    if read.value == 0.0 && rest.starts_with("00") {
        return blank_quantity(here, read.len);
    }
    let (unit, len) = measure(&rest[read.len..])?;
    measured(here, Some(read.value), unit, read.len + len)
}

pub(super) fn measured(here: Here, value: Option<f64>, unit: Measure, len: usize) -> Read {
    match unit {
        Measure::Percent => {
            let bound = bound(here, len);
            Some((FactKind::Percent(Percent { value, bound }), here.at, here.at + len))
        }
        Measure::Money(currency) => amount(here, value, currency, len),
        Measure::Time(unit) => duration(here, value, unit, len),
        Measure::Year => year(here, value, len),
        Measure::Month => {
            let next = here.rest()[len..].trim_start();
            let bounded = bound_after(&here.rest()[len..]) != Bound::None && !next.starts_with("까지");
            match value {
                Some(value) if (1.0..=12.0).contains(&value) && !bounded => {
                    let date = Date { month: Some(value as u8), ..Date::default() };
                    Some((FactKind::Date(date), here.at, here.at + len))
                }
                value => duration(here, value, Unit::Month, len),
            }
        }
    }
}

/// 1년, 1년 6개월, 2024년.
fn year(here: Here, value: Option<f64>, len: usize) -> Read {
    let rest = &here.rest()[len..];
    if let Some(value) = value.filter(|value| (1900.0..2200.0).contains(value)) {
        let date = Date { year: Some(value as u16), ..Date::default() };
        return Some((FactKind::Date(date), here.at, here.at + len));
    }
    let tail = rest.trim_start();
    if let (Some(years), Some(months)) =
        (value, number(tail).filter(|_| tail.starts_with(|c: char| c.is_ascii_digit())))
        && tail[months.len..].trim_start().starts_with("개월")
    {
        let end = rest.len() - tail[months.len..].trim_start().len() + "개월".len();
        return duration(here, Some(years * 12.0 + months.value), Unit::Month, len + end);
    }
    duration(here, value, Unit::Year, len)
}

/// Sino-Korean numerals are also syllables of words: they count only where nothing else is meant.
fn sino(here: Here, read: Number) -> Read {
    let rest = here.rest();
    if let Some(read) = fraction(here, read) {
        return Some(read);
    }
    let said = repeated(rest, read);
    let single = rest[..read.len].chars().count() == 1;
    if let Some((unit, len)) = measure(&rest[said.len..]) {
        let end = said.len + len;
        let free = ends_here(&rest[end..]);
        let clear = match unit {
            _ if said.len > read.len => true,
            Measure::Time(Unit::Month | Unit::BusinessDay | Unit::Hour) | Measure::Percent => true,
            Measure::Time(Unit::Week) => rest[said.len..].trim_start().starts_with("주일"),
            Measure::Time(Unit::Day) => bound_after(&rest[end..]) != Bound::None || (!single && free),
            Measure::Money(_) => rest[..read.len].contains(['십', '백', '천', '만', '억']) && free,
            Measure::Year => free,
            Measure::Time(_) | Measure::Month => !single && free,
        };
        return if clear { measured(here, Some(said.value), unit, end) } else { None };
    }
    // 삼십일 이내: the last numeral was the unit.
    let stem = rest[..read.len].strip_suffix('일')?;
    let value = number(stem).filter(|number| number.len == stem.len())?;
    let bounded = bound_after(&rest[read.len..]) != Bound::None;
    let clear = match stem.chars().count() {
        1 => bounded && !matches!(stem, "만" | "천" | "백" | "억" | "조"),
        _ => bounded || ends_here(&rest[read.len..]),
    };
    if clear { duration(here, Some(value.value), Unit::Day, read.len) } else { None }
}

fn native(here: Here, read: Number) -> Read {
    let rest = here.rest();
    let read = repeated(rest, read);
    let (unit, len) = measure(&rest[read.len..])?;
    let end = read.len + len;
    match unit {
        Measure::Time(Unit::Hour) if read.value >= 1.0 => duration(here, Some(read.value), Unit::Hour, end),
        Measure::Time(Unit::Month)
            if read.value >= 1.0 && (rest[read.len..end].contains('개') || ends_here(&rest[end..])) =>
        {
            duration(here, Some(read.value), Unit::Month, end)
        }
        Measure::Year if rest.starts_with("반년") => duration(here, Some(6.0), Unit::Month, end),
        _ => None,
    }
}

/// 하루, 이틀, 열흘, 보름.
fn days_by_name(here: Here) -> Option<(f64, usize)> {
    let names = [("하루", 1.0), ("이틀", 2.0), ("사흘", 3.0), ("열흘", 10.0), ("보름", 15.0)];
    let (name, days) = names.into_iter().find(|(name, _)| here.at_word() && here.rest().starts_with(name))?;
    ends_here(&here.rest()[name.len()..]).then_some((days, name.len()))
}

/// 100분의 10.
fn fraction(here: Here, read: Number) -> Read {
    let rest = here.rest();
    let tail = rest[read.len..].trim_start().strip_prefix("분의")?.trim_start();
    let upper = number(tail)?;
    let end = rest.len() - tail.len() + upper.len;
    if read.value <= 0.0 {
        return None;
    }
    let percent = Percent { value: Some(upper.value * 100.0 / read.value), bound: bound(here, end) };
    Some((FactKind::Percent(percent), here.at, here.at + end))
}

/// ₩, $, USD before a number.
fn prefixed_currency(here: Here) -> Option<(Currency, usize)> {
    let rest = here.rest();
    let marks = [
        ("₩", Currency::Won),
        ("\\", Currency::Won),
        ("US$", Currency::Dollar),
        ("$", Currency::Dollar),
        ("USD", Currency::Dollar),
        ("KRW", Currency::Won),
        ("€", Currency::Euro),
    ];
    let (mark, currency) = marks.into_iter().find(|(mark, _)| rest.starts_with(mark))?;
    let tail = rest[mark.len()..].trim_start_matches(' ');
    tail.starts_with(|c: char| c.is_ascii_digit()).then_some((currency, rest.len() - tail.len()))
}

fn amount(here: Here, value: Option<f64>, currency: Currency, len: usize) -> Read {
    Some((FactKind::Amount(Amount { value, currency, bound: bound(here, len) }), here.at, here.at + len))
}

/// A period, in whole units: a part of a unit is told in the next smaller one.
fn duration(here: Here, value: Option<f64>, unit: Unit, len: usize) -> Read {
    let (value, unit) = match (value, unit) {
        (Some(value), Unit::Hour) if value.fract() != 0.0 => (Some(value * 60.0), Unit::Minute),
        (Some(value), Unit::Year) if value.fract() != 0.0 => (Some(value * 12.0), Unit::Month),
        other => other,
    };
    let count = match value {
        Some(value) if value.fract() == 0.0 && value < f64::from(u32::MAX) => Some(value as u32),
        Some(_) => return None,
        None => None,
    };
    let tail = &here.rest()[len..];
    // 매월 25일, 다음 달 10일: a day of the calendar.
    let past = here.past().trim_end();
    let month_before = ["매월", "매달", "익월", "다음 달", "다음달", "당월", "전월", "차월"];
    if unit == Unit::Day && month_before.iter().any(|word| past.ends_with(word)) {
        let day = count.and_then(|count| u8::try_from(count).ok());
        return Some((FactKind::Date(Date { day, ..Date::default() }), here.at, here.at + len));
    }
    // 영업일 기준 7일, 7일(영업일 기준).
    let working = |text: &str| ["영업일", "업무일", "근무일"].iter().any(|word| text.contains(word));
    let counted_so = past.ends_with("기준") && past.split(['.', ',']).next_back().is_some_and(working);
    let unit = if unit == Unit::Day && (counted_so || bracketed(tail).is_some_and(working)) {
        Unit::BusinessDay
    } else {
        unit
    };
    Some((FactKind::Duration(Duration { count, unit, bound: bound(here, len) }), here.at, here.at + len))
}
