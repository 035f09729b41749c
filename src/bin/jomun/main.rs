//! The command `jomun`: reads the command line, asks the library, writes reports. Uses the public API only.
#![allow(missing_docs, reason = "the binary documents itself with --help")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod args;
mod checklist;
mod console;
mod diff;
mod explain;
mod output;
mod own;
mod page;
mod rules;
mod scan;
mod standard;
mod text;

use args::Command;
use std::process::ExitCode;

/// Usage error or an input that could not be read.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    // A bug is one line too; the other documents still get their reports.
    std::panic::set_hook(Box::new(|panic| {
        // Only where: what a panic says may hold words of a contract.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        console::complain(&format!("내부 오류입니다. 알려 주십시오: {place}"))
    }));
    let cli = match args::parse() {
        Ok(cli) => cli,
        Err(error) => match args::fault(&error) {
            Some(fault) => {
                console::complain(&fault);
                return ExitCode::from(UNREADABLE);
            }
            None => return finish(console::print(&error.render().to_string())),
        },
    };
    match cli.command {
        Command::Scan(args) => coded(scan::run(&args)),
        Command::Diff(args) => coded(diff::run(&args)),
        Command::Text(args) => finish(text::run(&args)),
        Command::Standard(args) => finish(standard::run(&args)),
        Command::Rules(args) => coded(rules::run(&args)),
        Command::Checklist(args) => coded(checklist::run(&args)),
        Command::Explain(args) => finish(explain::run(&args)),
        Command::Schema(_) => finish(schema()),
        Command::Worker => finish(jomun::load::worker::serve().map_err(Into::into)),
    }
}

/// Ends with a command's own exit code.
fn coded(result: anyhow::Result<u8>) -> ExitCode {
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => finish(Err(error)),
    }
}

fn schema() -> anyhow::Result<()> {
    let schema = serde_json::to_string_pretty(&jomun::report::Report::json_schema())?;
    console::print(&(schema + "\n"))
}

/// Tells a fault in one line. A reader that has gone (`jomun … | head`) is no fault.
fn finish(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if console::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            console::complain(&error.to_string());
            ExitCode::from(UNREADABLE)
        }
    }
}
