//! `jomun scan`: inputs in, reports out, in the order of the inputs whatever the threads do.

pub mod input;
mod ordered;
mod sink;

use crate::args::{Format, Scan};
use crate::{UNREADABLE, console, page, standard};
use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use input::{Entry, Input};
use jomun::analyze::Analyzer;
use jomun::document::Document;
use jomun::error::DataError;
use jomun::finding::Severity;
use jomun::render::{self, Legend};
use sink::Sink;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

/// What became of one input.
struct Done {
    name: String,
    result: Result<Rendered, Trouble>,
}

struct Rendered {
    text: String,
    worst: Option<Severity>,
}

enum Trouble {
    /// This input could not be read.
    Input(String),
    /// Nothing can be analysed.
    Everything(DataError),
}

/// Runs the command; the result is the exit code.
pub fn run(args: &Scan) -> anyhow::Result<u8> {
    let inputs = input::gather(&args.paths, &args.reading)?;
    let many = inputs.folder || inputs.entries.len() > 1;
    let mut sink = Sink::open(args, &inputs.entries, many)?;
    let engine = Engine::new(args)?;
    let bar = progress(args, inputs.entries.len());
    let jobs = jobs(args, inputs.entries.len());
    let mut tally = Tally::default();
    let mut broken = None;
    std::thread::scope(|scope| {
        // The analyser takes its time to build: it does so while the first file is read.
        scope.spawn(|| engine.ready());
        ordered::ordered(
            jobs,
            inputs.entries.into_iter(),
            |entry| engine.process(entry),
            |done| {
                let step = bar.suspend(|| tally.take(done, &mut sink));
                bar.inc(1);
                match step {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => {
                        broken = Some(error);
                        ControlFlow::Break(())
                    }
                }
            },
        )
    })
    .context("스레드를 만들지 못했습니다")?;
    bar.finish_and_clear();
    match broken {
        Some(error) if console::is_broken_pipe(&error) => return Ok(tally.code(args)),
        Some(error) => return Err(error),
        None => {}
    }
    match sink.finish() {
        Err(error) if !console::is_broken_pipe(&error) => return Err(error),
        _ => {}
    }
    // What the settings ask for in vain is no summary: it is told to the quiet too. Settings that are wrong are a fault
    // even when no input could be read.
    let (analyzer, _) = engine.ready().as_ref().map_err(again)?;
    analyzer.unused_suppressions().for_each(|entry| console::complain(&entry.unused()));
    if !args.quiet && many {
        tally.foreign = inputs.foreign;
        console::complain(&tally.summary());
    }
    Ok(tally.code(args))
}

/// The same error again, from one that is only lent.
fn again(error: &DataError) -> DataError {
    DataError { file: error.file.clone(), reason: error.reason.clone() }
}

fn jobs(args: &Scan, inputs: usize) -> NonZeroUsize {
    let machine = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let wanted = args.jobs.unwrap_or_else(machine).min(inputs.max(1));
    NonZeroUsize::new(wanted).unwrap_or(NonZeroUsize::MIN)
}

/// A bar on standard error, which indicatif hides by itself when that is no terminal.
fn progress(args: &Scan, inputs: usize) -> ProgressBar {
    if args.quiet || inputs < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(inputs as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}건") {
        bar.set_style(style);
    }
    bar
}

/// Reads, analyses and renders; shared by all threads.
struct Engine<'a> {
    args: &'a Scan,
    readers: jomun::load::worker::Pool,
    terminal: render::terminal::Options,
    ready: OnceLock<Result<(Analyzer, Legend), DataError>>,
    /// The documents that are read together with each input.
    with: OnceLock<Result<Vec<Document>, DataError>>,
}

impl<'a> Engine<'a> {
    fn new(args: &'a Scan) -> anyhow::Result<Self> {
        let terminal = page::options(args.color, args.output.is_none());
        let readers = input::readers(&args.reading)?;
        Ok(Self { args, readers, terminal, ready: OnceLock::new(), with: OnceLock::new() })
    }

    /// The analyser; whoever asks first builds it, the others wait.
    fn ready(&self) -> &Result<(Analyzer, Legend), DataError> {
        self.ready.get_or_init(|| standard::analyzer(&self.args.ask))
    }

    /// The documents of `--with`, read once. One that cannot be read would leave every report incomplete.
    fn with(&self) -> Result<&[Document], DataError> {
        let read = self.with.get_or_init(|| input::with(&self.args.ask.with, &self.readers));
        read.as_deref().map_err(again)
    }

    fn process(&self, entry: Entry) -> Done {
        match entry {
            Entry::Fault(name, reason) => Done { name, result: Err(Trouble::Input(reason)) },
            Entry::Read(input) => {
                let name = input.name();
                // The library does not panic; should it ever, the other documents still get their reports.
                let result = catch_unwind(AssertUnwindSafe(|| self.report(&input)))
                    .unwrap_or_else(|_| Err(Trouble::Input("내부 오류로 분석하지 못했습니다".into())));
                Done { name, result }
            }
        }
    }

    fn report(&self, input: &Input) -> Result<Rendered, Trouble> {
        let with = self.with().map_err(Trouble::Everything)?;
        let document =
            input.load(&self.readers).map_err(|error| Trouble::Input(error.to_string()))?.with(with);
        let (analyzer, legend) = match self.ready() {
            Ok(ready) => ready,
            Err(error) => return Err(Trouble::Everything(again(error))),
        };
        let report = analyzer.analyze(&document);
        let text = match self.args.format {
            Format::Terminal => Ok(render::terminal::render(&report, legend, &self.terminal)),
            Format::Markdown => Ok(render::markdown::render(&report, legend)),
            Format::Json => render::json::pretty(&report),
            Format::Jsonl => render::json::line(&report),
        };
        let text = text.map_err(|error| Trouble::Input(format!("보고서를 쓰지 못했습니다({error})")))?;
        Ok(Rendered { text, worst: report.worst() })
    }
}

/// What was done so far.
#[derive(Default)]
struct Tally {
    read: usize,
    unreadable: usize,
    foreign: usize,
    worst: Option<Severity>,
}

impl Tally {
    fn take(&mut self, done: Done, sink: &mut Sink) -> anyhow::Result<()> {
        match done.result {
            Ok(rendered) => {
                self.read += 1;
                self.worst = self.worst.max(rendered.worst);
                match sink.write(&done.name, &rendered.text) {
                    // A folder takes the other reports even when one name is taken.
                    Err(error) if sink.is_folder() => {
                        self.unreadable += 1;
                        console::complain(&error.to_string());
                        Ok(())
                    }
                    other => other,
                }
            }
            Err(Trouble::Input(reason)) => {
                self.unreadable += 1;
                sink.skip(&done.name);
                console::complain(&format!("{}: {reason}", done.name));
                Ok(())
            }
            Err(Trouble::Everything(error)) => Err(error.into()),
        }
    }

    fn code(&self, args: &Scan) -> u8 {
        match self.unreadable {
            0 => u8::from(args.fail_on.reached(self.worst)),
            _ => UNREADABLE,
        }
    }

    fn summary(&self) -> String {
        let mut text = format!("{}건을 분석했습니다", render::grouped(self.read));
        if self.unreadable > 0 {
            text.push_str(&format!(", {}건은 읽거나 쓰지 못했습니다", render::grouped(self.unreadable)));
        }
        if self.foreign > 0 {
            text.push_str(&format!(
                ", 다른 형식의 파일 {}개는 건너뛰었습니다",
                render::grouped(self.foreign)
            ));
        }
        text
    }
}
