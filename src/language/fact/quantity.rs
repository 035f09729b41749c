//! Quantities: periods, rates, sums of money and days of the calendar, with the word that bounds them, blanks of a
//! form included.

mod bound;
mod calendar;
mod reader;
mod unit;

use super::FactKind;
pub(super) use reader::{may_begin, read};

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

#[cfg(test)]
mod tests {
    use super::super::facts;
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
