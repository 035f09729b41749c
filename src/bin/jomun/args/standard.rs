//! The command line of `jomun standard`.

use super::{DataDir, Help, Reading, TEMPLATE};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// 표준계약서를 보이거나 들여옵니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun standard <명령> [옵션]",
    subcommand_help_heading = "명령",
    next_help_heading = "옵션",
    disable_help_subcommand = true,
    disable_help_flag = true
)]
pub struct Standard {
    #[command(subcommand)]
    pub command: StandardCommand,
    #[command(flatten)]
    help: Help,
}

#[derive(Subcommand)]
pub enum StandardCommand {
    List(List),
    Show(Show),
    Import(Box<Import>),
}

/// 쓸 수 있는 표준을 모두 보입니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun standard list [옵션]",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct List {
    #[command(flatten)]
    pub data: DataDir,
    #[command(flatten)]
    help: Help,
}

/// 표준의 조문과 모델 조항을 보입니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun standard show [옵션] <ID[/조항]>",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct Show {
    /// 표준의 ID, 또는 그 한 조항. 예: cloud-b2b, cloud-b2b/제20조, cloud-b2b/20
    #[arg(value_name = "ID[/조항]", help_heading = "인자")]
    pub what: String,
    #[command(flatten)]
    pub data: DataDir,
    #[command(flatten)]
    help: Help,
}

/// 표준계약서 원문이나 회사의 기준 계약을 새 표준으로 들여옵니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun standard import [옵션] --id <ID> <파일>",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct Import {
    /// 들여올 문서
    #[arg(value_name = "파일", help_heading = "인자")]
    pub file: PathBuf,
    /// 새 표준의 ID (영문 소문자, 숫자, -)
    #[arg(long, value_name = "ID")]
    pub id: String,
    /// 항목을 나눌 때 본으로 삼을 표준 [기본값: cloud-b2b]
    #[arg(long, value_name = "ID", default_value = "cloud-b2b", hide_default_value = true)]
    pub like: String,
    /// 보고서에 적을 판(날짜나 이름) [기본값: 미상]
    #[arg(long, value_name = "판", default_value = "미상", hide_default_value = true)]
    pub edition: String,
    /// 같은 ID의 표준을 덮어씁니다
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub data: DataDir,
    #[command(flatten)]
    help: Help,
}
