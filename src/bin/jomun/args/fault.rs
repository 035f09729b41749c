//! Faults of the command line, told in Korean.

use super::Cli;
use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The command line, or what to print and the exit code.
pub fn parse() -> Result<Cli, clap::Error> {
    Cli::try_parse()
}

/// A fault of the command line as one Korean line; `None` when clap's text is to be shown as it is (help, version).
pub fn fault(error: &clap::Error) -> Option<String> {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let valid = || {
        let values = get(ContextKind::ValidValue);
        if values.is_empty() { String::new() } else { format!(" (쓸 수 있는 값: {values})") }
    };
    let text = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return None,
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument}에 값이 없습니다{}", valid()),
        ErrorKind::InvalidValue => format!("{argument}의 값이 잘못되었습니다: {value}{}", valid()),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|why| format!(" ({why})")).unwrap_or_default();
            format!("{argument}의 값이 잘못되었습니다: {value}{why}")
        }
        ErrorKind::UnknownArgument => {
            let like = get(ContextKind::SuggestedArg);
            let hint = if like.is_empty() { String::new() } else { format!(" (비슷한 것: {like})") };
            format!("알 수 없는 옵션입니다: {argument}{hint}")
        }
        ErrorKind::InvalidSubcommand => {
            let like = get(ContextKind::SuggestedSubcommand);
            let hint = if like.is_empty() { String::new() } else { format!(" (비슷한 것: {like})") };
            format!("알 수 없는 명령입니다: {}{hint}", get(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "명령이 없습니다".to_owned()
        }
        ErrorKind::MissingRequiredArgument => format!("빠진 것이 있습니다: {argument}"),
        ErrorKind::ArgumentConflict => {
            let prior = get(ContextKind::PriorArg);
            if prior.is_empty() || prior == argument {
                format!("한 번만 쓸 수 있습니다: {argument}")
            } else {
                format!("함께 쓸 수 없습니다: {argument}, {prior}")
            }
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument}의 값의 수가 맞지 않습니다 {value}")
        }
        ErrorKind::NoEquals => format!("{argument}=값 꼴로 적어야 합니다"),
        ErrorKind::InvalidUtf8 => "명령줄에 유니코드가 아닌 글자가 있습니다".to_owned(),
        _ => "명령이 잘못되었습니다".to_owned(),
    };
    Some(format!("{} — 도움말: jomun --help", text.trim_end()))
}
