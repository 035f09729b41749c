//! The command line of `jomun checklist`.

use super::{Help, ListDirs, TEMPLATE};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// 점검 목록을 보이고 시험합니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun checklist <명령> [옵션]",
    subcommand_help_heading = "명령",
    next_help_heading = "옵션",
    disable_help_subcommand = true,
    disable_help_flag = true
)]
pub struct Checklist {
    #[command(subcommand)]
    pub command: ChecklistCommand,
    #[command(flatten)]
    help: Help,
}

#[derive(Subcommand)]
pub enum ChecklistCommand {
    List(ChecklistList),
    Show(ChecklistShow),
    Test(ChecklistTest),
}

/// 쓸 수 있는 점검 목록을 모두 보입니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun checklist list [옵션]",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct ChecklistList {
    #[command(flatten)]
    pub dirs: ListDirs,
    #[command(flatten)]
    help: Help,
}

/// 목록의 항목마다 요건, 근거, 기준과 모델 조항을 보입니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun checklist show [옵션] <ID[/항목]>",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct ChecklistShow {
    /// 목록의 ID, 또는 그 한 항목. 예: cloud-act, cloud-act/data-return
    #[arg(value_name = "ID[/항목]", help_heading = "인자")]
    pub what: String,
    #[command(flatten)]
    pub dirs: ListDirs,
    #[command(flatten)]
    help: Help,
}

/// 항목마다 적힌 예와 모델 조항으로 목록을 시험합니다
///
/// good과 모델 조항에서 요건을 다 찾지 못하거나, bad에서 찾거나, opposite를 반대로 보지 못하면 어긋난 것이며, 하나라도
/// 있으면 1로 끝납니다.
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun checklist test [폴더]",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct ChecklistTest {
    /// 시험할 목록을 둔 폴더. 없으면 내장 목록을 시험합니다
    #[arg(value_name = "폴더", help_heading = "인자")]
    pub dir: Option<PathBuf>,
    #[command(flatten)]
    help: Help,
}
