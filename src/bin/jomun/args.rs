//! What may stand on the command line, and how its faults are told: all in Korean.

mod checklist;
pub mod diff;
mod fault;
mod rules;
mod standard;

pub use checklist::{Checklist, ChecklistCommand, ChecklistList, ChecklistShow, ChecklistTest};
pub use fault::{fault, parse};
pub use rules::{Rules, RulesCommand, RulesList, RulesNew, RulesShow, RulesTest};
pub use standard::{Import, List, Show, Standard, StandardCommand};

use clap::builder::PossibleValue;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use jomun::checklist::Service;
use jomun::finding::Severity;
use jomun::load;
use jomun::report::{Audience, Instrument};
use jomun::rule::Family;
use std::path::PathBuf;
use std::time::Duration;

const TEMPLATE: &str = "{about-with-newline}\n사용법: {usage}\n\n{all-args}{after-help}";

const EXIT_CODES: &str = "\
종료 코드:
  0  --fail-on에 이르는 지적이 없음
  1  --fail-on에 이르는 지적이 있음
  2  명령이 잘못되었거나 읽지 못한 입력이 있음 (나머지는 분석하고 보고하며, 1보다 앞섭니다)";

/// 한국 클라우드 계약서와 이용약관을 약관법과 표준계약서에 비추어 읽습니다.
///
/// 인터넷에 연결하지 않으며, 같은 입력에는 늘 같은 보고서를 냅니다. 본 것을 적을 뿐 법적 효력을 판단하지 않습니다.
#[derive(Parser)]
#[command(
    name = "jomun",
    help_template = TEMPLATE,
    after_help = EXIT_CODES,
    override_usage = "jomun <명령> [옵션]",
    subcommand_help_heading = "명령",
    next_help_heading = "옵션",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    version,
    max_term_width = 100
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    help: Help,
    /// 버전을 보입니다
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// clap's own flag says "Print help".
#[derive(Args)]
pub struct Help {
    /// 이 도움말을 보입니다
    #[arg(short, long, action = ArgAction::HelpLong, display_order = 1000)]
    help: Option<bool>,
}

#[derive(Subcommand)]
pub enum Command {
    Scan(Scan),
    Diff(diff::Diff),
    Text(Text),
    Standard(Standard),
    Rules(Rules),
    Checklist(Checklist),
    Explain(Explain),
    Schema(Schema),
    /// 문서를 읽는 작업(jomun이 스스로 부름)
    #[command(hide = true)]
    Worker,
}

/// 문서를 읽고 불공정해 보이는 조항과, 표준계약서에 비추어 빠졌거나 부족한 항목을 보고합니다
///
/// 읽는 형식: txt(UTF-8, UTF-16, CP949), md, html, docx, hwpx, hwp, pdf. 형식은 이름이 아니라 내용으로 알아봅니다.
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    after_help = EXIT_CODES,
    override_usage = "jomun scan [옵션] <경로>…",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct Scan {
    /// 파일이나 폴더(하위 폴더까지, 숨은 파일은 빼고), 또는 표준 입력을 뜻하는 -
    #[arg(required = true, value_name = "경로", help_heading = "인자")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub ask: Ask,
    /// 보고서 형식. json은 파일이 여럿이거나 폴더면 배열, jsonl은 한 줄에 하나 [기본값: terminal]
    #[arg(
        long,
        value_name = "terminal|json|jsonl|markdown",
        default_value = "terminal",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Format,
    /// 보고서를 쓸 파일, 또는 입력마다 한 파일씩 쓸 폴더(있는 폴더이거나 /로 끝나는 이름)
    #[arg(short, long, value_name = "파일|폴더")]
    pub output: Option<PathBuf>,
    /// 이미 있는 출력 파일을 덮어씁니다
    #[arg(long)]
    pub force: bool,
    /// 중요도가 이 이상인 지적이 있으면 1로 끝납니다. 확실하지 않은 지적은 세지 않습니다 [기본값: never]
    #[arg(
        long,
        value_name = "high|medium|low|never",
        default_value = "never",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub fail_on: FailOn,
    /// 한꺼번에 분석할 문서의 수 [기본값: CPU 수]
    #[arg(short, long, value_name = "수", value_parser = jobs)]
    pub jobs: Option<usize>,
    /// 진행 막대와 요약을 보이지 않습니다 (오류는 보입니다)
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub reading: Reading,
    /// 색을 쓸지. auto는 터미널에서만 쓰며 NO_COLOR와 CLICOLOR_FORCE를 따릅니다 [기본값: auto]
    #[arg(
        long,
        value_name = "auto|always|never",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: Color,
    #[command(flatten)]
    help: Help,
}

/// What documents are held against.
#[derive(Args)]
pub struct Ask {
    /// 견줄 표준계약서의 ID. auto는 당사자를 보고 cloud-b2b와 cloud-b2c 가운데 고릅니다 [기본값: auto]
    #[arg(long, value_name = "auto|ID", default_value = "auto", hide_default_value = true)]
    pub standard: String,
    /// 약관인지 교섭한 계약인지. auto는 문서를 보고 가립니다 [기본값: auto]
    #[arg(
        long,
        value_name = "terms|negotiated|auto",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub instrument: InstrumentChoice,
    /// 고객이 사업자인지 소비자인지. auto는 문서를 보고 가립니다 [기본값: auto]
    #[arg(
        long,
        value_name = "b2b|b2c|auto",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub audience: AudienceChoice,
    #[command(flatten)]
    pub own: Own,
    /// 인용한 법령을 이 날짜의 법에 비추어 봅니다 [기본값: 법령 자료의 기준일]
    #[arg(long, value_name = "날짜", value_parser = day)]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub lists: Lists,
    /// 문서가 가리키는 다른 문서(별첨, SLA, 개인정보 처리방침). 문서와 한 벌로 읽습니다. 여러 번 쓸 수 있습니다
    #[arg(long, value_name = "파일")]
    pub with: Vec<PathBuf>,
    #[command(flatten)]
    pub data: DataDir,
}

/// How much a file may cost, and what standard input is called.
#[derive(Args)]
pub struct Reading {
    /// 표준 입력(-)을 보고서에서 부를 이름. 텍스트와 마크다운은 이름의 끝으로 가립니다
    #[arg(long, value_name = "이름")]
    pub name: Option<String>,
    /// 파일 하나의 최대 크기 (KB, MB, GB는 1024 단위) [기본값: 64MB]
    #[arg(long, value_name = "크기", value_parser = size)]
    pub max_size: Option<u64>,
    /// 압축된 문서(docx, hwpx, hwp)를 풀었을 때의 최대 크기 [기본값: 200MB]
    #[arg(long, value_name = "크기", value_parser = size)]
    pub max_unpacked: Option<u64>,
    /// 압축된 문서 안의 최대 파일 수 [기본값: 10000]
    #[arg(long, value_name = "수", value_parser = jobs)]
    pub max_parts: Option<usize>,
    /// XML 요소가 겹칠 수 있는 최대 깊이. 웹 페이지는 그 여덟 배까지 [기본값: 256]
    #[arg(long, value_name = "수", value_parser = jobs)]
    pub max_depth: Option<usize>,
    /// 문서 하나의 최대 쪽수 [기본값: 5000]
    #[arg(long, value_name = "수", value_parser = jobs)]
    pub max_pages: Option<usize>,
    /// 문서 하나의 문단, 줄, 표의 행을 더한 최대 수 [기본값: 1000000]
    #[arg(long, value_name = "수", value_parser = jobs)]
    pub max_paragraphs: Option<usize>,
    /// 문서를 읽는 작업 하나의 최대 메모리. 윈도와 macOS에서는 지켜지지 않습니다 [기본값: 1GB]
    #[arg(long, value_name = "크기", value_parser = memory)]
    pub max_memory: Option<u64>,
    /// 문서 하나를 읽는 데 쓸 수 있는 최대 시간 (ms, s, m; 단위가 없으면 초) [기본값: 60s]
    #[arg(long, value_name = "시간", value_parser = time)]
    pub timeout: Option<Duration>,
    /// PDF를 읽을 때 쓸 PDFium 라이브러리 파일 [기본값: 안에 든 판독기]
    #[cfg(feature = "pdfium")]
    #[arg(long, value_name = "파일")]
    pub pdfium: Option<PathBuf>,
    /// 변경 추적이 있는 문서를 모두 적용한 상태로 읽을지, 적용하기 전의 상태로 읽을지 [기본값: accepted]
    #[arg(
        long,
        value_name = "accepted|original",
        default_value = "accepted",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub revisions: RevisionsChoice,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            name: None,
            max_size: None,
            max_unpacked: None,
            max_parts: None,
            max_depth: None,
            max_pages: None,
            max_paragraphs: None,
            max_memory: None,
            timeout: None,
            #[cfg(feature = "pdfium")]
            pdfium: None,
            revisions: RevisionsChoice::Accepted,
        }
    }
}

impl Reading {
    /// How documents are read: what the command line sets, and the library's defaults.
    pub fn options(&self) -> load::Options {
        let usual = load::Limits::default();
        load::Options {
            limits: load::Limits {
                bytes: self.max_size.unwrap_or(usual.bytes),
                unpacked: self.max_unpacked.unwrap_or(usual.unpacked),
                parts: self.max_parts.unwrap_or(usual.parts),
                depth: self.max_depth.unwrap_or(usual.depth),
                pages: self.max_pages.unwrap_or(usual.pages),
                paragraphs: self.max_paragraphs.unwrap_or(usual.paragraphs),
                memory: self.max_memory.unwrap_or(usual.memory),
                time: self.timeout.unwrap_or(usual.time),
                ..usual
            },
            revisions: match self.revisions {
                RevisionsChoice::Accepted => load::Revisions::Accepted,
                RevisionsChoice::Original => load::Revisions::Original,
            },
            #[cfg(feature = "pdfium")]
            pdfium: self.pdfium.clone(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RevisionsChoice {
    Accepted,
    Original,
}

/// A user's own rules and settings.
#[derive(Args)]
pub struct Own {
    /// 더할 규칙을 둔 폴더. 여러 번 쓸 수 있습니다
    #[arg(long, value_name = "폴더")]
    pub rules: Vec<PathBuf>,
    /// 설정 파일 [기본값: 지금 폴더에 있으면 jomun.toml]
    #[arg(long, value_name = "파일")]
    pub config: Option<PathBuf>,
}

/// Which checklists a document is held against.
#[derive(Args)]
pub struct Lists {
    /// 문서를 점검할 목록의 ID(쉼표로 여럿). cloud-act, finance, finance-csp, public, quality, medical, personal-data,
    /// consumer, 또는 --checklists로 더한 것
    #[arg(long, value_name = "ID[,ID…]", value_delimiter = ',')]
    pub profile: Vec<String>,
    /// 서비스를 중요 업무에 씁니다(금융 목록의 추가 기재사항까지 점검합니다)
    #[arg(long)]
    pub critical: bool,
    /// 서비스 유형. 유형마다 다른 항목과 기준(가용률)을 고릅니다
    #[arg(long, value_name = "iaas|paas|saas|other", value_parser = service)]
    pub service: Option<Service>,
    #[command(flatten)]
    pub dirs: ListDirs,
}

/// A user's own checklists.
#[derive(Args)]
pub struct ListDirs {
    /// 더할 점검 목록을 둔 폴더. 여러 번 쓸 수 있습니다
    #[arg(long, value_name = "폴더")]
    pub checklists: Vec<PathBuf>,
}

/// Where imported standards are kept.
#[derive(Args)]
pub struct DataDir {
    /// 들여온 표준을 두는 폴더 [기본값: 사용자 데이터 폴더의 jomun]
    #[arg(long, value_name = "폴더")]
    pub data_dir: Option<PathBuf>,
}

/// 보고서의 위치(바이트)가 가리키는 본문을 그대로 보입니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun text [옵션] <파일>",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct Text {
    /// 파일, 또는 표준 입력을 뜻하는 -
    #[arg(value_name = "파일", help_heading = "인자")]
    pub file: PathBuf,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    help: Help,
}

/// 지적이 무엇을 뜻하는지, 왜 살펴보는지, 대신 어떻게 쓰는지 풀이합니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun explain [옵션] <ID>",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct Explain {
    /// 보고서에 적힌 규칙의 ID. 예: silent-renewal, missing-data-return, checklist-cloud-act-escrow
    #[arg(value_name = "ID", help_heading = "인자")]
    pub id: String,
    #[command(flatten)]
    pub own: Own,
    #[command(flatten)]
    pub dirs: ListDirs,
    #[command(flatten)]
    help: Help,
}

/// JSON 보고서의 JSON Schema를 보입니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun schema [옵션]",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct Schema {
    /// 보고서가 아니라 `jomun diff --format json`의 구조를 보입니다
    #[arg(long)]
    pub diff: bool,
    #[command(flatten)]
    help: Help,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Terminal,
    Json,
    Jsonl,
    Markdown,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Terminal, Self::Json, Self::Jsonl, Self::Markdown]
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Terminal => "terminal",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Markdown => "markdown",
        }))
    }
}

impl Format {
    /// The ending of a report's file name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Terminal => "txt",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Markdown => "md",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InstrumentChoice {
    Terms,
    Negotiated,
    Auto,
}

impl From<InstrumentChoice> for Option<Instrument> {
    fn from(choice: InstrumentChoice) -> Self {
        match choice {
            InstrumentChoice::Terms => Some(Instrument::Terms),
            InstrumentChoice::Negotiated => Some(Instrument::Negotiated),
            InstrumentChoice::Auto => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AudienceChoice {
    B2b,
    B2c,
    Auto,
}

impl From<AudienceChoice> for Option<Audience> {
    fn from(choice: AudienceChoice) -> Self {
        match choice {
            AudienceChoice::B2b => Some(Audience::B2b),
            AudienceChoice::B2c => Some(Audience::B2c),
            AudienceChoice::Auto => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    High,
    Medium,
    Low,
    Never,
}

impl FailOn {
    /// Whether a report with this worst finding makes the run fail.
    pub fn reached(self, worst: Option<Severity>) -> bool {
        let least = match self {
            Self::High => Severity::High,
            Self::Medium => Severity::Medium,
            Self::Low => Severity::Low,
            Self::Never => return false,
        };
        worst.is_some_and(|worst| worst >= least)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

fn size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim().to_ascii_uppercase().as_str() {
        "" | "B" => Some(1_u64),
        "K" | "KB" | "KIB" => Some(1 << 10),
        "M" | "MB" | "MIB" => Some(1 << 20),
        "G" | "GB" | "GIB" => Some(1 << 30),
        _ => None,
    };
    let size = number.parse::<u64>().ok().zip(factor).and_then(|(n, factor)| n.checked_mul(factor));
    size.filter(|size| *size > 0).ok_or_else(|| "크기는 64MB처럼 적습니다".to_owned())
}

/// Less would not even hold the program itself.
const LEAST_MEMORY: u64 = 256 << 20;

fn memory(text: &str) -> Result<u64, String> {
    size(text)?
        .checked_sub(LEAST_MEMORY)
        .map(|more| more + LEAST_MEMORY)
        .ok_or_else(|| "256MB 이상으로 적습니다".to_owned())
}

fn time(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "ms" => Some(1_u64),
        "" | "s" => Some(1_000),
        "m" => Some(60_000),
        _ => None,
    };
    // A day is as good as no limit.
    let most = 24 * 60 * 60_000;
    let time = number.parse::<u64>().ok().zip(factor).and_then(|(n, factor)| n.checked_mul(factor));
    time.filter(|time| (1..=most).contains(time))
        .map(Duration::from_millis)
        .ok_or_else(|| "시간은 60s처럼 적습니다(하루까지)".to_owned())
}

fn family(text: &str) -> Result<Family, String> {
    let found = Family::ALL.iter().find(|(_, name, _)| *name == text);
    found.map(|(family, ..)| *family).ok_or_else(|| {
        let names: Vec<&str> = Family::ALL.iter().map(|(_, name, _)| *name).collect();
        format!("쓸 수 있는 값: {}", names.join(", "))
    })
}

fn service(text: &str) -> Result<Service, String> {
    let found = Service::ALL.iter().find(|(_, id, _)| *id == text);
    found.map(|(service, ..)| *service).ok_or_else(|| {
        let ids: Vec<&str> = Service::ALL.iter().map(|(_, id, _)| *id).collect();
        format!("쓸 수 있는 값: {}", ids.join(", "))
    })
}

fn jobs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| *n > 0).ok_or_else(|| "1 이상의 수를 적습니다".to_owned())
}

fn day(text: &str) -> Result<String, String> {
    match jomun::statute::is_day(text) {
        true => Ok(text.to_owned()),
        false => Err("2026-01-02처럼 있는 날짜를 적습니다".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_states_the_defaults_that_hold() {
        assert_eq!(Reading::default().options(), load::Options::default());
        let help = Cli::command().find_subcommand_mut("scan").unwrap().render_long_help().to_string();
        let usual = load::Limits::default();
        for stated in [
            format!("{}MB", usual.bytes >> 20),
            format!("{}MB", usual.unpacked >> 20),
            usual.parts.to_string(),
            usual.depth.to_string(),
            usual.pages.to_string(),
            usual.paragraphs.to_string(),
            format!("{}GB", usual.memory >> 30),
            format!("{}s", usual.time.as_secs()),
        ] {
            assert!(help.contains(&format!("[기본값: {stated}]")), "{stated}");
        }
    }

    #[test]
    fn sizes_have_units() {
        for (text, bytes) in [("512", 512), ("64MB", 64 << 20), ("1 GiB", 1 << 30), ("10k", 10 << 10)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "MB", "0", "-1", "1TB", "99999999999GB"] {
            assert!(size(text).is_err(), "{text}");
        }
        assert!(memory("100MB").is_err() && memory("256MB").is_ok());
        for (text, millis) in [("60", 60_000), ("500ms", 500), ("2m", 120_000), ("1 s", 1000)] {
            assert_eq!(time(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "s", "0", "-1s", "2h", "99999999999m"] {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
