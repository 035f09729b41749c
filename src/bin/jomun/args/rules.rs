//! The command line of `jomun rules`.

use super::{Help, Own, TEMPLATE, family};
use clap::{Args, Subcommand};
use jomun::rule::Family;
use std::path::PathBuf;

/// 불공정 조항 규칙을 보이고, 시험하고, 새로 만듭니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun rules <명령> [옵션]",
    subcommand_help_heading = "명령",
    next_help_heading = "옵션",
    disable_help_subcommand = true,
    disable_help_flag = true
)]
pub struct Rules {
    #[command(subcommand)]
    pub command: RulesCommand,
    #[command(flatten)]
    help: Help,
}

#[derive(Subcommand)]
pub enum RulesCommand {
    List(RulesList),
    Show(RulesShow),
    Test(RulesTest),
    New(RulesNew),
}

/// 규칙을 갈래별로 늘어놓습니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun rules list [옵션]",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct RulesList {
    /// 이 갈래만 보입니다 (general, liability, damages, termination, performance, rights, intent, agent, dispute, trade,
    /// advertising, user)
    #[arg(long, value_name = "갈래", value_parser = family)]
    pub family: Option<Family>,
    #[command(flatten)]
    pub own: Own,
    #[command(flatten)]
    help: Help,
}

/// 규칙 하나의 모든 값과 예를 보입니다
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun rules show [옵션] <ID>",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct RulesShow {
    /// 규칙의 ID
    #[arg(value_name = "ID", help_heading = "인자")]
    pub id: String,
    #[command(flatten)]
    pub own: Own,
    #[command(flatten)]
    help: Help,
}

/// 규칙마다 적힌 예로 규칙을 시험합니다
///
/// bad의 [[ ]] 친 곳을 지적하지 못하거나 good에서 지적하면 어긋난 것이며, 하나라도 있으면 1로 끝납니다.
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun rules test [폴더]",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct RulesTest {
    /// 시험할 규칙을 둔 폴더. 없으면 내장 규칙을 시험합니다
    #[arg(value_name = "폴더", help_heading = "인자")]
    pub dir: Option<PathBuf>,
    #[command(flatten)]
    help: Help,
}

/// 적는 법을 풀이한 새 규칙 파일을 만듭니다
///
/// 이미 있는 파일에는 쓰지 않습니다.
#[derive(Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "jomun rules new [옵션] <ID>",
    next_help_heading = "옵션",
    disable_help_flag = true
)]
pub struct RulesNew {
    /// 새 규칙의 ID (영문 소문자, 숫자, -)
    #[arg(value_name = "ID", help_heading = "인자")]
    pub id: String,
    /// 규칙의 갈래. 폴더 이름이 됩니다 [기본값: user]
    #[arg(long, value_name = "갈래", value_parser = family)]
    pub family: Option<Family>,
    /// 규칙을 둘 폴더 [기본값: rules]
    #[arg(long, value_name = "폴더", default_value = "rules", hide_default_value = true)]
    pub dir: PathBuf,
    #[command(flatten)]
    help: Help,
}
