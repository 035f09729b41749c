//! The rule file as it is written, and how it becomes a valid rule. Every fault names the file and, where it can be told,
//! the line.

use super::Rule;
use super::condition::{Condition, ConditionFile};
use super::example::Example;
use crate::error::{DataError, toml_reason};
use crate::finding::{Basis, Confidence, Severity};
use crate::frame::Lexicon;
use crate::pattern::PatternReader;
use crate::report::{Audience, Instrument};
use serde::{Deserialize, Serialize};

/// What a rule belongs to, after the articles of 약관법; its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// 제6조: 일반원칙
    General,
    /// 제7조: 면책조항
    Liability,
    /// 제8조: 손해배상액의 예정
    Damages,
    /// 제9조: 해제·해지
    Termination,
    /// 제10조: 채무의 이행
    Performance,
    /// 제11조: 고객의 권익
    Rights,
    /// 제12조: 의사표시의 의제
    Intent,
    /// 제13조: 대리인
    Agent,
    /// 제14조: 소송
    Dispute,
    /// 공정거래법 제45조
    Trade,
    /// 표시광고법 제3조
    Advertising,
    /// A user's own.
    User,
}

impl Family {
    /// Every family with its folder and the words that people read.
    pub const ALL: [(Family, &'static str, &'static str); 12] = [
        (Family::General, "general", "약관법 제6조 (일반원칙)"),
        (Family::Liability, "liability", "약관법 제7조 (면책조항)"),
        (Family::Damages, "damages", "약관법 제8조 (손해배상액의 예정)"),
        (Family::Termination, "termination", "약관법 제9조 (해제·해지)"),
        (Family::Performance, "performance", "약관법 제10조 (채무의 이행)"),
        (Family::Rights, "rights", "약관법 제11조 (고객의 권익)"),
        (Family::Intent, "intent", "약관법 제12조 (의사표시의 의제)"),
        (Family::Agent, "agent", "약관법 제13조 (대리인의 책임)"),
        (Family::Dispute, "dispute", "약관법 제14조 (소송)"),
        (Family::Trade, "trade", "공정거래법 제45조"),
        (Family::Advertising, "advertising", "표시광고법 제3조"),
        (Family::User, "user", "사용자 규칙"),
    ];

    /// The family of a folder's name; a folder of another name is the user's own.
    pub fn of(folder: &str) -> Family {
        Self::ALL.iter().find(|(_, name, _)| *name == folder).map_or(Family::User, |(family, ..)| *family)
    }

    /// The words that people read.
    pub fn ko(self) -> &'static str {
        Self::ALL.iter().find(|(family, ..)| *family == self).map_or("", |(.., ko)| ko)
    }
}

/// Whose contracts a rule concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleAudience {
    /// Everybody's.
    #[default]
    Both,
    /// Businesses'.
    B2b,
    /// Consumers'.
    B2c,
}

impl RuleAudience {
    /// Whether it concerns a contract for this audience; one that could not be told is everybody's.
    pub fn concerns(self, audience: Option<Audience>) -> bool {
        match (self, audience) {
            (RuleAudience::Both, _) | (_, None) => true,
            (RuleAudience::B2b, Some(audience)) => audience == Audience::B2b,
            (RuleAudience::B2c, Some(audience)) => audience == Audience::B2c,
        }
    }
}

/// Which texts a rule concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleInstrument {
    /// 약관: in a negotiated contract the same clause is a deviation one step lower, since 약관법 does not apply.
    Terms,
    /// Any contract.
    Any,
}

impl RuleInstrument {
    /// Whether the law behind the rule applies to this text.
    pub fn applies(self, instrument: Option<Instrument>) -> bool {
        self == RuleInstrument::Any || instrument != Some(Instrument::Negotiated)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: String,
    title: String,
    severity: Severity,
    confidence: Confidence,
    #[serde(default)]
    audience: RuleAudience,
    instrument: RuleInstrument,
    basis: Vec<String>,
    #[serde(default)]
    topics: Vec<String>,
    message: String,
    why: String,
    advice: String,
    suggestion: String,
    r#match: Vec<ConditionFile>,
    #[serde(default)]
    bad: Vec<ExampleFile>,
    #[serde(default)]
    good: Vec<ExampleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleFile {
    text: String,
}

/// A rule needs at least so many examples on either side.
const EXAMPLES: usize = 4;

/// Reads one rule. `source` names its file in errors and listings; `family` is its folder's.
pub(super) fn read(
    text: &str,
    source: &str,
    family: Family,
    lexicon: &Lexicon,
    reader: &mut PatternReader,
) -> Result<Rule, DataError> {
    let file: RuleFile = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        fault(source, line, &toml_reason(&error))
    })?;
    // The line on which a value stands, as far as the text tells.
    let at = |value: &str| {
        let first = value.lines().next().unwrap_or_default();
        text.lines().position(|line| line.contains(first)).map(|line| line + 1)
    };
    let wrong = |value: &str, reason: String| fault(source, at(value), &reason);
    let kebab = file.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !kebab || file.id.is_empty() || file.id.starts_with('-') || file.id.ends_with('-') {
        return Err(wrong(&file.id, format!("id는 영문 소문자, 숫자, -로 적습니다: {:?}", file.id)));
    }
    let name =
        source.rsplit(['/', '\\']).next().and_then(|name| name.strip_suffix(".toml")).unwrap_or(source);
    if name != file.id {
        return Err(wrong(&file.id, format!("파일 이름과 id가 다릅니다: {}", file.id)));
    }
    if !file.message.trim_end().ends_with("볼 수 있습니다.") {
        return Err(wrong(&file.message, "message는 \"…로 볼 수 있습니다.\"로 끝나야 합니다".to_owned()));
    }
    let basis =
        file.basis.iter().map(|text| text.parse::<Basis>().map_err(|error| wrong(text, error.to_string())));
    let basis: Vec<Basis> = basis.collect::<Result<_, _>>()?;
    if basis.is_empty() && family != Family::User {
        return Err(wrong("basis", "basis가 없습니다".to_owned()));
    }
    let conditions = file.r#match.iter().map(|condition| {
        Condition::read(condition, lexicon, reader).map_err(|reason| {
            // The quoted or named value leads to the line.
            let value =
                reason.rsplit([':', ' ']).next().unwrap_or_default().trim_matches(['"', ' ']).to_owned();
            fault(source, at(&value).filter(|_| !value.is_empty()), &reason)
        })
    });
    let conditions: Vec<Condition> = conditions.collect::<Result<_, _>>()?;
    if conditions.is_empty() {
        return Err(fault(source, None, "[[match]]가 없습니다"));
    }
    let examples = |list: &[ExampleFile]| {
        list.iter()
            .map(|example| Example::read(&example.text).map_err(|reason| wrong(&example.text, reason)))
            .collect::<Result<Vec<_>, _>>()
    };
    let (bad, good) = (examples(&file.bad)?, examples(&file.good)?);
    if bad.len() < EXAMPLES || good.len() < EXAMPLES {
        let reason =
            format!("예가 모자랍니다: bad {}개, good {}개 (저마다 {EXAMPLES}개 이상)", bad.len(), good.len());
        return Err(fault(source, None, &reason));
    }
    if let Some(example) = bad.iter().find(|example| example.marked.is_empty()) {
        return Err(wrong(&example.text, "bad에는 지적할 곳을 [[ ]]로 표시합니다".to_owned()));
    }
    Ok(Rule {
        id: file.id,
        family,
        title: file.title,
        severity: file.severity,
        confidence: file.confidence,
        audience: file.audience,
        instrument: file.instrument,
        basis,
        topics: file.topics,
        message: file.message,
        why: file.why,
        advice: file.advice,
        suggestion: file.suggestion,
        bad,
        good,
        source: source.to_owned(),
        conditions,
    })
}

fn fault(source: &str, line: Option<usize>, reason: &str) -> DataError {
    let file = match line {
        Some(line) => format!("{source}:{line}"),
        None => source.to_owned(),
    };
    DataError { file, reason: reason.trim().to_owned() }
}
