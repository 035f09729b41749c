//! What became of laws and agencies, as `corpora/statutes.toml` writes it: names, numbers and dates.

use serde::Deserialize;

/// Names that are no longer used.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    /// What had the name.
    pub kind: Named,
    /// The names that are no longer used.
    pub old: Vec<String>,
    /// Since when it is called what, the oldest first.
    pub names: Vec<(String, String)>,
}

/// What has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    /// A statute.
    Statute,
    /// A ministry, commission or public body.
    Agency,
}

impl Renamed {
    /// The name on a day ("2026-01-02"), and since when; `None` when the old name still stood then.
    pub fn on(&self, day: &str) -> Option<(&str, &str)> {
        let names = self.names.iter().rev();
        names.map(|(since, name)| (since.as_str(), name.as_str())).find(|(since, _)| *since <= day)
    }
}

/// A provision that went elsewhere or was repealed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// The statute's full name.
    pub law: String,
    /// The 조: "3", "39의12".
    pub article: Option<String>,
    /// The 항, when only that one.
    pub paragraph: Option<u32>,
    /// The 호, when only that one.
    pub item: Option<u32>,
    /// A 별표 instead of a 조: "2의5".
    pub annex: Option<String>,
    /// Words one of which must stand near; none when the number has no other content today.
    #[serde(default)]
    pub about: Vec<String>,
    /// Since when.
    pub since: String,
    /// Today's provision ("지능정보화 기본법 제2조제1호"), or words where it is none.
    pub now: String,
}

/// How far the articles of a statute go.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extent {
    /// The statute's full name.
    pub law: String,
    /// What else it is called.
    #[serde(default)]
    pub short: Vec<String>,
    /// Its last 조.
    pub last: u32,
}

/// Whether the text is a day of the calendar as these data write it: "2026-01-02".
pub fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return false;
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<u32>(), month.parse::<u32>(), day.parse::<u32>())
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return false,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::super::Statutes;
    use super::*;
    use crate::finding::Basis;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (text, is) in [
            ("2026-01-02", true),
            ("2024-02-29", true),
            ("2023-02-29", false),
            ("2026-1-2", false),
            ("", false),
        ] {
            assert_eq!(is_day(text), is, "{text}");
        }
    }

    #[test]
    fn every_change_has_its_day_and_goes_forward() {
        let statutes = Statutes::builtin().unwrap();
        assert!(statutes.renamed.len() > 20 && statutes.moved.len() > 20 && statutes.extent.len() > 5);
        for renamed in &statutes.renamed {
            assert!(!renamed.old.is_empty() && !renamed.names.is_empty());
            let days: Vec<&String> = renamed.names.iter().map(|(day, _)| day).collect();
            assert!(days.iter().all(|day| is_day(day) && **day <= statutes.law_as_of), "{:?}", renamed.old);
            assert!(days.is_sorted(), "{:?}", renamed.old);
        }
        for moved in &statutes.moved {
            assert!(is_day(&moved.since) && moved.since <= statutes.law_as_of, "{}", moved.law);
            assert!(moved.article.is_some() != moved.annex.is_some(), "{}", moved.law);
            assert!(moved.now.contains('「') || moved.now.parse::<Basis>().is_ok(), "{}", moved.now);
        }
    }

    #[test]
    fn a_name_is_that_of_the_day() {
        let statutes = Statutes::builtin().unwrap();
        let ministry = statutes.renamed.iter().find(|renamed| renamed.old == ["정보통신부"]).unwrap();
        assert_eq!(ministry.on("2007-01-01"), None);
        assert_eq!(ministry.on("2015-01-01"), Some(("2013-03-23", "미래창조과학부")));
        assert_eq!(ministry.on("2026-01-02"), Some(("2017-07-26", "과학기술정보통신부")));
    }
}
