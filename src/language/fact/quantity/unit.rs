//! Units of quantities, and the words that only begin like one.

use super::{Currency, Unit};

/// What stands behind a number: its unit and the unit's length, the gap before it included.
#[derive(Clone, Copy)]
pub(super) enum Measure {
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
pub(super) fn measure(rest: &str) -> Option<(Measure, usize)> {
    let tail = rest.trim_start_matches(' ');
    let gap = rest.len() - tail.len();
    let (word, measure, not) = UNITS.iter().find(|unit| tail.starts_with(unit.0)).filter(|_| gap <= 2)?;
    (!not.iter().any(|word| tail.starts_with(word))).then_some((*measure, gap + word.len()))
}
