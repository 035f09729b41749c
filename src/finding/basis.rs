//! A provision of law as data files write it ("약관법 제12조제1호") and as the report has it. Knows no text of law.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A provision of law behind a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Basis {
    /// The statute's full name: "약관의 규제에 관한 법률".
    pub law: String,
    /// The 조 without its words: "12", "23의2".
    pub article: String,
    /// 항, 호 and 목 without their words, joined by points: 제6조제1항 "1", 제6조제2항제1호 "2.1", 제12조제1호 "1";
    /// `null` for the whole 조.
    pub item: Option<String>,
}

/// Short names that lawyers use, and the statute's full name (국가법령정보센터's 약칭 and 제명).
const SHORT_NAMES: &[(&str, &str)] = &[
    ("약관법", "약관의 규제에 관한 법률"),
    ("약관규제법", "약관의 규제에 관한 법률"),
    ("클라우드컴퓨팅법", "클라우드컴퓨팅 발전 및 이용자 보호에 관한 법률"),
    ("전자상거래법", "전자상거래 등에서의 소비자보호에 관한 법률"),
    ("개인정보보호법", "개인정보 보호법"),
    ("정보통신망법", "정보통신망 이용촉진 및 정보보호 등에 관한 법률"),
    ("신용정보법", "신용정보의 이용 및 보호에 관한 법률"),
    ("공정거래법", "독점규제 및 공정거래에 관한 법률"),
    ("표시광고법", "표시·광고의 공정화에 관한 법률"),
    ("하도급법", "하도급거래 공정화에 관한 법률"),
    ("할부거래법", "할부거래에 관한 법률"),
    ("방문판매법", "방문판매 등에 관한 법률"),
    ("위치정보법", "위치정보의 보호 및 이용 등에 관한 법률"),
    ("전자문서법", "전자문서 및 전자거래 기본법"),
    ("정보통신기반보호법", "정보통신기반 보호법"),
    ("지능정보화기본법", "지능정보화 기본법"),
    ("소프트웨어진흥법", "소프트웨어 진흥법"),
];

/// Articles whose 호 stand directly under the 조, so that "12" + "1" reads 제12조제1호 (약관법 제7조, 제9조–제12조, 제14조).
const DIRECT_ITEMS: &[(&str, &[&str])] =
    &[("약관의 규제에 관한 법률", &["2", "7", "9", "10", "11", "12", "14"])];

impl fmt::Display for Basis {
    /// "약관의 규제에 관한 법률 제6조제2항제1호".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.law, self.provision())
    }
}

impl Basis {
    /// The provision without its statute: "제6조제2항제1호".
    pub fn provision(&self) -> String {
        let (number, branch) = self.article.split_once('의').unwrap_or((&self.article, ""));
        let mut text = format!("제{number}조");
        if !branch.is_empty() {
            text.push_str(&format!("의{branch}"));
        }
        let Some(item) = &self.item else { return text };
        let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
        let mut parts = item.split('.').peekable();
        if !self.has_direct_items()
            && let Some(paragraph) = parts.next_if(|part| is_number(part))
        {
            text.push_str(&format!("제{paragraph}항"));
        }
        for part in parts {
            if !is_number(part) {
                text.push_str(&format!("{part}목"));
            } else if let Some((number, branch)) = part.split_once('의') {
                text.push_str(&format!("제{number}호의{branch}"));
            } else {
                text.push_str(&format!("제{part}호"));
            }
        }
        text
    }

    /// Whether the first number of `item` is a 호. 제2조 of a statute defines its terms in 호 throughout.
    fn has_direct_items(&self) -> bool {
        self.article == "2"
            || DIRECT_ITEMS
                .iter()
                .any(|(law, articles)| *law == self.law && articles.contains(&self.article.as_str()))
    }
}

/// A citation that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("법령 조항을 읽을 수 없습니다: {0:?} (예: \"약관법 제12조제1호\")")]
pub struct BasisError(pub String);

impl FromStr for Basis {
    type Err = BasisError;

    /// Reads "약관법 제6조제2항제1호", "「상법」 제64조", "클라우드컴퓨팅법 시행령 제17조", spaces as one likes.
    fn from_str(source: &str) -> Result<Self, BasisError> {
        parse(source).ok_or_else(|| BasisError(source.to_owned()))
    }
}

fn parse(source: &str) -> Option<Basis> {
    let start = source
        .match_indices('제')
        .map(|(at, _)| at)
        .find(|at| source[at + '제'.len_utf8()..].trim_start().starts_with(|c: char| c.is_ascii_digit()))?;
    let law = full_name(&source[..start])?;
    let compact: String = source[start..].chars().filter(|c| !c.is_whitespace()).collect();
    let mut rest = compact.as_str();
    let article = unit(&mut rest, "조")?;
    let mut item = Vec::new();
    item.extend(unit(&mut rest, "항"));
    item.extend(unit(&mut rest, "호"));
    if let Some(letter) = rest.strip_suffix('목') {
        let mut letters = letter.chars();
        let (Some(c), None) = (letters.next(), letters.next()) else { return None };
        item.push(c.to_string());
        rest = "";
    }
    rest.is_empty().then(|| Basis { law, article, item: (!item.is_empty()).then(|| item.join(".")) })
}

/// Takes "제12조" or "제23조의2" off `rest` and gives "12" or "23의2"; leaves `rest` alone when it is another unit.
fn unit(rest: &mut &str, word: &str) -> Option<String> {
    let after = rest.strip_prefix('제')?;
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut number = after.get(..digits).filter(|n| !n.is_empty())?.to_owned();
    let mut tail = after.get(digits..)?.strip_prefix(word)?;
    if let Some(branch) = tail.strip_prefix('의') {
        let digits = branch.len() - branch.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            number.push('의');
            number.push_str(&branch[..digits]);
            tail = &branch[digits..];
        }
    }
    *rest = tail;
    Some(number)
}

/// The full name of a statute, its brackets off: "「약관법」" and "약관법" alike; an unknown name stays as it is written.
/// A decree keeps its word: "클라우드컴퓨팅법 시행령".
fn full_name(written: &str) -> Option<String> {
    let name = written.trim().trim_matches(['「', '」', '『', '』']).trim();
    let (statute, decree) = ["시행령", "시행규칙"]
        .iter()
        .find_map(|word| name.strip_suffix(word).map(|rest| (rest, *word)))
        .unwrap_or((name, ""));
    let statute = statute.trim().trim_matches(['「', '」', '『', '』']).trim();
    if statute.is_empty() {
        return None;
    }
    let compact: String = statute.chars().filter(|c| !c.is_whitespace()).collect();
    let full = SHORT_NAMES.iter().find(|(short, _)| *short == compact).map_or(statute, |(_, full)| *full);
    Some(if decree.is_empty() { full.to_owned() } else { format!("{full} {decree}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (String, String, Option<String>) {
        let basis: Basis = source.parse().unwrap();
        (basis.law, basis.article, basis.item)
    }

    #[test]
    fn citations_of_data_files_become_law_article_and_item() {
        let terms = "약관의 규제에 관한 법률";
        for (source, law, article, item) in [
            ("약관법 제12조제1호", terms, "12", Some("1")),
            ("약관법 제6조제1항", terms, "6", Some("1")),
            ("약관법 제6조제2항제1호", terms, "6", Some("2.1")),
            ("약관법 제8조", terms, "8", None),
            ("「약관의 규제에 관한 법률」 제 6 조 제2항 제3호", terms, "6", Some("2.3")),
            (
                "클라우드컴퓨팅법 시행령 제17조",
                "클라우드컴퓨팅 발전 및 이용자 보호에 관한 법률 시행령",
                "17",
                None,
            ),
            ("클라우드컴퓨팅법 제23조의2", "클라우드컴퓨팅 발전 및 이용자 보호에 관한 법률", "23의2", None),
            ("개인정보 보호법 제28조의8제1항제3호나목", "개인정보 보호법", "28의8", Some("1.3.나")),
            ("상법 제64조", "상법", "64", None),
        ] {
            assert_eq!(read(source), (law.into(), article.into(), item.map(Into::into)), "{source}");
        }
    }

    #[test]
    fn what_is_printed_reads_back() {
        for source in [
            "약관법 제12조제1호",
            "약관법 제6조제2항제1호",
            "약관법 제8조",
            "전자상거래법 제17조제1항",
            "개인정보 보호법 제28조의8제1항제3호나목",
        ] {
            let basis: Basis = source.parse().unwrap();
            assert_eq!(basis.to_string().parse::<Basis>().unwrap(), basis, "{basis}");
        }
        let basis: Basis = "약관법 제12조제1호".parse().unwrap();
        assert_eq!(basis.to_string(), "약관의 규제에 관한 법률 제12조제1호");
    }

    #[test]
    fn what_is_no_citation_is_an_error() {
        for source in ["", "약관법", "제12조", "약관법 제12", "약관법 제12조 등", "약관법 제6조-제14조"]
        {
            assert!(source.parse::<Basis>().is_err(), "{source}");
        }
    }
}
