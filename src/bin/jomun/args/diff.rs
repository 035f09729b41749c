//! The command line of `jomun diff`.

use super::{Ask, Color, FailOn, Help, Reading, TEMPLATE};
use clap::{Args, ValueEnum};
use jomun::report::Relation;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
종료 코드:
  0  --fail-on에 이르는 지적이 없음
  1  --fail-on에 이르는 지적이 있음
  2  명령이 잘못되었거나 읽지 못한 입력이 있음";

/// 계약서를 표준계약서나 다른 판과 조항마다 견주어, 달라진 것과 누구에게 유리한지를 보입니다
///
/// 내장 표준은 jomun이 다시 쓴 요지이므로 요소와 변화만 견줍니다. 들여온 표준이나 다른 판과는 낱말까지 견줍니다.
/// --annotate와 --redline은 워드 문서(.docx)를 그대로 두고 메모와 변경 추적만 넣어 돌려줍니다.
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    after_help = EXIT_CODES,
    override_usage = "jomun diff [옵션] <계약서>",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct Diff {
    /// 견줄 계약서, 또는 표준 입력을 뜻하는 -
    #[arg(value_name = "계약서", help_heading = "인자")]
    pub contract: PathBuf,
    #[command(flatten)]
    pub ask: Ask,
    /// 표준 대신 견줄 다른 판(먼저의 계약서)
    #[arg(long, value_name = "파일")]
    pub against: Option<PathBuf>,
    /// 보고서 형식. docx는 검토 메모이며 --output이 있어야 합니다 [기본값: terminal]
    #[arg(
        long,
        value_name = "terminal|json|html|docx|markdown",
        default_value = "terminal",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Format,
    /// 보고서를 쓸 파일
    #[arg(short, long, value_name = "파일")]
    pub output: Option<PathBuf>,
    /// 이미 있는 출력 파일을 덮어씁니다
    #[arg(long)]
    pub force: bool,
    /// 이 관계의 조항만 보입니다: same(같음), changed(바뀜), missing(없음), extra(더 있음), moved(옮김)
    #[arg(long, value_name = "관계,…", value_delimiter = ',', hide_possible_values = true)]
    pub only: Vec<Only>,
    /// 조항을 서로 맞춘 까닭도 보입니다
    #[arg(long)]
    pub explain: bool,
    /// 워드 문서에 지적을 메모로 넣어 --output에 씁니다
    #[arg(long, conflicts_with = "redline")]
    pub annotate: bool,
    /// 워드 문서에 지적을 메모로, 고칠 문구를 변경 추적으로 넣어 --output에 씁니다
    #[arg(long)]
    pub redline: bool,
    /// 중요도가 이 이상인 지적이 있으면 1로 끝납니다. 확실하지 않은 지적은 세지 않습니다 [기본값: never]
    #[arg(
        long,
        value_name = "high|medium|low|never",
        default_value = "never",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub fail_on: FailOn,
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

/// The forms of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Terminal,
    Json,
    Html,
    Docx,
    Markdown,
}

/// The relations that may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Only {
    Same,
    Changed,
    Missing,
    Extra,
    Moved,
}

impl From<Only> for Relation {
    fn from(only: Only) -> Self {
        match only {
            Only::Same => Relation::Same,
            Only::Changed => Relation::Changed,
            Only::Missing => Relation::Missing,
            Only::Extra => Relation::Extra,
            Only::Moved => Relation::Moved,
        }
    }
}
