//! Quantities: periods, rates, sums of money and days of the calendar, with the word that bounds them, blanks of a
//! form included.

use super::{FactKind, Here, Read};
use crate::language::number::{Number, Script, number};

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 초
    Second,
    /// 분
    Minute,
    /// 시간
    Hour,
    /// 일
    Day,
    /// 영업일, 업무일, 근무일
    BusinessDay,
    /// 주, 주일
    Week,
    /// 월, 개월, 달
    Month,
    /// 년
    Year,
}

/// How a quantity bounds what is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// No word bounds it.
    #[default]
    None,
    /// 이내, 안에, 까지
    Within,
    /// 전까지, 전에, 이전
    Before,
    /// 후, 이후, 경과
    After,
    /// 동안, 간
    During,
    /// 이상, 최소
    AtLeast,
    /// 이하, 최대
    AtMost,
    /// 초과
    Over,
    /// 미만
    Under,
}

/// A period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    /// How many units; `None` where the form leaves a blank.
    pub count: Option<u32>,
    /// The unit.
    pub unit: Unit,
    /// The word that bounds it.
    pub bound: Bound,
}

impl Duration {
    /// Whether the form leaves the number blank.
    pub fn is_blank(&self) -> bool {
        self.count.is_none()
    }

    /// The length in days, for comparing only: a month counts 30, a year 365, five business days a week.
    pub fn days(&self) -> Option<f64> {
        let count = f64::from(self.count?);
        Some(match self.unit {
            Unit::Second => count / 86_400.0,
            Unit::Minute => count / 1_440.0,
            Unit::Hour => count / 24.0,
            Unit::Day => count,
            Unit::BusinessDay => count * 7.0 / 5.0,
            Unit::Week => count * 7.0,
            Unit::Month => count * 30.0,
            Unit::Year => count * 365.0,
        })
    }
}

/// A rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percent {
    /// Hundredths: 10.0 for 10% and for 100분의 10; `None` where the form leaves a blank.
    pub value: Option<f64>,
    /// The word that bounds it.
    pub bound: Bound,
}

/// Currencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Currency {
    /// 원
    Won,
    /// 달러
    Dollar,
    /// 유로
    Euro,
    /// 엔
    Yen,
    /// 위안
    Yuan,
}

/// A sum of money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The sum in the currency's unit; `None` where the form leaves a blank.
    pub value: Option<f64>,
    /// The currency.
    pub currency: Currency,
    /// The word that bounds it.
    pub bound: Bound,
}

/// A place in the calendar; what is not said, or left blank, is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// Year.
    pub year: Option<u16>,
    /// Month.
    pub month: Option<u8>,
    /// Day of the month.
    pub day: Option<u8>,
}

impl FactKind {
    /// A quantity in one spelling: `30일`, `10%`, `5000000원`; for a blank its unit. `None` for what is no quantity.
    pub fn canonical(&self) -> Option<String> {
        let written = |value: Option<f64>, unit: &str| match value {
            Some(value) => format!("{value}{unit}"),
            None => unit.to_owned(),
        };
        Some(match self {
            FactKind::Duration(duration) => {
                let unit = match duration.unit {
                    Unit::Second => "초",
                    Unit::Minute => "분",
                    Unit::Hour => "시간",
                    Unit::Day => "일",
                    Unit::BusinessDay => "영업일",
                    Unit::Week => "주",
                    Unit::Month => "개월",
                    Unit::Year => "년",
                };
                written(duration.count.map(f64::from), unit)
            }
            FactKind::Percent(percent) => written(percent.value, "%"),
            FactKind::Amount(amount) => {
                let unit = match amount.currency {
                    Currency::Won => "원",
                    Currency::Dollar => "달러",
                    Currency::Euro => "유로",
                    Currency::Yen => "엔",
                    Currency::Yuan => "위안",
                };
                written(amount.value, unit)
            }
            FactKind::Date(_) | FactKind::Citation(_) | FactKind::Notice(_) => return None,
        })
    }
}

/// Whether a quantity may begin with `c`, digits and blanks apart.
pub(super) fn may_begin(c: char) -> bool {
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
pub(super) fn read(here: Here) -> Read {
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

/// What stands behind a number: its unit and the unit's length, the gap before it included.
#[derive(Clone, Copy)]
enum Measure {
    Time(Unit),
    /// 월: months or a month of the calendar.
    Month,
    /// 년: years or a year of the calendar.
    Year,
    Percent,
    Money(Currency),
}

/// Units, longer ones first, with the beginnings of words that they are not.
const UNITS: [(&str, Measure, &[&str]); 25] = [
    ("영업일", Measure::Time(Unit::BusinessDay), &[]),
    ("업무일", Measure::Time(Unit::BusinessDay), &[]),
    ("근무일", Measure::Time(Unit::BusinessDay), &[]),
    ("퍼센트", Measure::Percent, &[]),
    ("프로", Measure::Percent, &["프로그", "프로젝", "프로세", "프로모", "프로필", "프로토"]),
    ("%", Measure::Percent, &[]),
    ("개월", Measure::Time(Unit::Month), &[]),
    ("주일", Measure::Time(Unit::Week), &[]),
    ("시간", Measure::Time(Unit::Hour), &[]),
    ("달러", Measure::Money(Currency::Dollar), &[]),
    ("유로", Measure::Money(Currency::Euro), &[]),
    ("위안", Measure::Money(Currency::Yuan), &[]),
    ("USD", Measure::Money(Currency::Dollar), &[]),
    ("KRW", Measure::Money(Currency::Won), &[]),
    ("원정", Measure::Money(Currency::Won), &[]),
    (
        "원",
        Measure::Money(Currency::Won),
        &["원칙", "원인", "원본", "원격", "원활", "원천", "원고", "원장", "원시"],
    ),
    ("엔", Measure::Money(Currency::Yen), &["엔진", "엔드", "엔터", "엔지"]),
    ("달", Measure::Time(Unit::Month), &["달라", "달성", "달력", "달리"]),
    (
        "주",
        Measure::Time(Unit::Week),
        &["주식", "주소", "주요", "주체", "주택", "주문", "주된", "주민", "주주", "주년"],
    ),
    ("초", Measure::Time(Unit::Second), &["초과", "초기"]),
    ("분", Measure::Time(Unit::Minute), &["분의", "분기", "분쟁", "분야", "분할", "분류"]),
    ("년", Measure::Year, &[]),
    ("월", Measure::Month, &["월요"]),
    (
        "일",
        Measure::Time(Unit::Day),
        &["일반", "일체", "일정", "일괄", "일시", "일방", "일요", "일종", "일치"],
    ),
    ("해", Measure::Time(Unit::Year), &["해당", "해지", "해제", "해석"]),
];

/// The unit at the beginning of `rest`, at most two spaces away.
fn measure(rest: &str) -> Option<(Measure, usize)> {
    let tail = rest.trim_start_matches(' ');
    let gap = rest.len() - tail.len();
    let (word, measure, not) = UNITS.iter().find(|unit| tail.starts_with(unit.0)).filter(|_| gap <= 2)?;
    (!not.iter().any(|word| tail.starts_with(word))).then_some((*measure, gap + word.len()))
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

fn measured(here: Here, value: Option<f64>, unit: Measure, len: usize) -> Read {
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

/// The inside of the brackets that open right here, when they are short.
fn bracketed(tail: &str) -> Option<&str> {
    let inner = tail.trim_start_matches(' ').strip_prefix('(')?;
    let end = inner.char_indices().take(60).find(|(_, c)| *c == ')')?.0;
    Some(&inner[..end])
}

/// The word that bounds the quantity of `len` bytes here: behind it, or before it.
fn bound(here: Here, len: usize) -> Bound {
    let tail = &here.rest()[len..];
    let tail = match bracketed(tail) {
        Some(inner) => &tail[tail.find('(').unwrap_or(0) + inner.len() + 2..],
        None => tail,
    };
    // (…의 경우 30일) 이내: the word stands behind the bracket that the quantity closes.
    let after = bound_after(tail.strip_prefix(')').unwrap_or(tail));
    if after != Bound::None {
        return after;
    }
    let past = here.past().trim_end();
    let past = past.strip_suffix("금").unwrap_or(past).trim_end();
    if past.ends_with("최소") || past.ends_with("적어도") || past.ends_with("최소한") {
        Bound::AtLeast
    } else if past.ends_with("최대") || past.ends_with("최장") {
        Bound::AtMost
    } else {
        Bound::None
    }
}

/// The bounding word at the beginning of `tail`.
fn bound_after(tail: &str) -> Bound {
    let tail = tail.trim_start_matches(' ');
    // 30일의 기간 동안, 30일이 지난 후.
    let tail = ["의 기간", "이 ", "을 ", "를 ", "의 "]
        .iter()
        .find_map(|link| tail.strip_prefix(link))
        .unwrap_or(tail);
    let tail = tail.trim_start_matches(' ');
    let word = |words: &[&str]| words.iter().any(|word| tail.starts_with(word));
    let alone = |word: &str| {
        tail.strip_prefix(word).is_some_and(|rest| {
            !rest.starts_with(|c: char| ('가'..='힣').contains(&c))
                || rest.starts_with(['까', '에', '의', '으', '은', '을', '이', '로'])
                || rest.starts_with("부터")
        })
    };
    if word(&["이상"]) {
        // 30일 이상 전에 is a time before.
        let rest = tail["이상".len()..].trim_start();
        if rest.starts_with("전에") || rest.starts_with("이전") { Bound::Before } else { Bound::AtLeast }
    } else if word(&["이내", "안에", "안으로", "내에", "까지", "내로"]) || alone("내") {
        Bound::Within
    } else if word(&["전까지", "전에", "이전"]) || alone("전") {
        Bound::Before
    } else if word(&["이후", "경과", "지난", "지나", "뒤에"]) || alone("후") || alone("뒤") {
        Bound::After
    } else if word(&["이하", "한도"]) {
        Bound::AtMost
    } else if word(&["초과", "넘는", "넘어", "넘은"]) {
        Bound::Over
    } else if word(&["미만", "못 미치", "밑도"]) {
        Bound::Under
    } else if word(&["동안"]) || alone("간") {
        Bound::During
    } else {
        Bound::None
    }
}

/// Whether a word may end before `tail`: no Hangul follows, or a particle or a bound does.
fn ends_here(tail: &str) -> bool {
    let particles = [
        "이", "의", "을", "를", "은", "는", "에", "로", "으로", "인", "까지", "부터", "마다", "씩", "정",
        "간", "전", "후", "내", "동안", "분", "째",
    ];
    !tail.starts_with(|c: char| ('가'..='힣').contains(&c))
        || particles.iter().any(|word| tail.starts_with(word))
}

/// The length of a form's blank at the beginning of `rest`: `(   )`, `[  ]`, `____`, `○○`.
fn blank(rest: &str) -> Option<usize> {
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
fn blank_quantity(here: Here, len: usize) -> Read {
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
fn calendar(here: Here) -> Read {
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

#[cfg(test)]
mod tests {
    use super::super::{FactKind, facts};
    use super::*;

    /// Kind and place of the quantities in `text`, as one writes them down.
    fn read(text: &str) -> Vec<String> {
        let mut read = Vec::new();
        for fact in facts(text) {
            let bound = match fact.kind {
                FactKind::Duration(duration) => duration.bound,
                FactKind::Percent(percent) => percent.bound,
                FactKind::Amount(amount) => amount.bound,
                FactKind::Date(date) => {
                    read.push(
                        format!("{:?}-{:?}-{:?}", date.year, date.month, date.day).replace("None", "?"),
                    );
                    continue;
                }
                FactKind::Citation(_) | FactKind::Notice(_) => continue,
            };
            let bound = if bound == Bound::None { String::new() } else { format!(" {bound:?}") };
            read.push(fact.kind.canonical().unwrap() + &bound);
        }
        read
    }

    #[test]
    fn periods_are_read_however_written() {
        for (text, expected) in [
            ("30일 이내에", "30일 Within"),
            ("30 일 내에", "30일 Within"),
            ("삼십일 이내", "30일 Within"),
            ("삼십(30)일 전까지", "30일 Before"),
            ("십사(14)일 전에", "14일 Before"),
            ("14(십사)일 전부터", "14일 Before"),
            ("십일 이내에", "10일 Within"),
            ("7영업일 이내", "7영업일 Within"),
            ("7일(영업일 기준) 이내", "7영업일 Within"),
            ("영업일 기준 5일 안에", "5영업일 Within"),
            ("10일(공휴일은 제외한다) 이내에", "10일 Within"),
            ("1개월 동안", "1개월 During"),
            ("삼 개월간", "3개월 During"),
            ("세 달 후", "3개월 After"),
            ("3월 이내", "3개월 Within"),
            ("한 달 전", "1개월 Before"),
            ("2주일이 지난 후", "2주 After"),
            ("일주일 이내", "1주 Within"),
            ("1년 6개월 이상", "18개월 AtLeast"),
            ("1.5시간을 초과", "90분 Over"),
            ("최소 24시간", "24시간 AtLeast"),
            ("최대 4시간", "4시간 AtMost"),
            ("10분 미만", "10분 Under"),
            ("(   )일 이내", "일 Within"),
            ("___개월 전", "개월 Before"),
            ("○○일 이상", "일 AtLeast"),
            ("00일 이내", "일 Within"),
            ("하루 이내", "1일 Within"),
            ("30일의 기간 동안", "30일 During"),
            ("반년이 지나면", "6개월 After"),
            ("30일 이상 전에", "30일 Before"),
            ("(급한 때에는 3일) 이내에", "3일 Within"),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn rates_and_sums_are_read_however_written() {
        for (text, expected) in [
            ("10% 이상", "10% AtLeast"),
            ("100분의 10", "10%"),
            ("백분의 십", "10%"),
            ("1000분의 5 이하", "0.5% AtMost"),
            ("99.95 퍼센트 미만", "99.95% Under"),
            ("십 퍼센트", "10%"),
            ("(  )%를 초과", "% Over"),
            ("1,000,000원", "1000000원"),
            ("금 오백만 원정", "5000000원"),
            ("5백만원 이하", "5000000원 AtMost"),
            ("3억 2천만원", "320000000원"),
            ("만원 미만", "10000원 Under"),
            ("₩50,000", "50000원"),
            ("USD 100", "100달러"),
            ("100달러를 한도로", "100달러 AtMost"),
            ("(   )원", "원"),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn dates_are_no_periods() {
        for (text, expected) in [
            ("2024년 3월 1일부터", "Some(2024)-Some(3)-Some(1)"),
            ("2024. 3. 1.", "Some(2024)-Some(3)-Some(1)"),
            ("2024-03-01", "Some(2024)-Some(3)-Some(1)"),
            ("3월 1일", "?-Some(3)-Some(1)"),
            ("매년 3월 말", "?-Some(3)-?"),
            ("매월 25일까지", "?-?-Some(25)"),
            ("2024년 12월", "Some(2024)-Some(12)-?"),
            ("20__년 __월 __일", "?-?-?"),
            ("(  )년 (  )월 (  )일", "?-?-?"),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn words_that_look_like_numbers_are_words() {
        for text in [
            "이 사용자",
            "일반 이용자",
            "만일 이상이 있으면",
            "제3자",
            "제 3 자",
            "이일을",
            "사일로 저장소",
            "천만에",
            "한 가지",
            "3원칙",
            "구글",
            "오일",
            "백업 데이터",
            "공급자",
            "일부 이용자",
            "이용일",
            "1.2버전",
            "2회",
            "5명",
            "두 가지 방법",
            "한시적",
            "일시",
            "반달",
            "해당 없음",
            "하루하루",
            "이주민",
            "십분 활용",
            "버전 2.0.1",
            "A4용지 30매",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }
}
