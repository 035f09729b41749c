//! Where reports go: standard output, one file, or a file for each input.

use crate::args::{Format, Scan};
use crate::console::write_reason;
use crate::output::{self, Whole};
use crate::scan::input::{Entry, Input};
use anyhow::{anyhow, bail};
use jomun::render::json::Array;
use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Takes rendered reports one by one.
pub struct Sink {
    target: Target,
    frame: Frame,
}

enum Target {
    Stdout(anstream::AutoStream<io::Stdout>),
    File(Whole),
    Folder { path: PathBuf, taken: BTreeSet<String>, format: Format, force: bool, read: HashSet<PathBuf> },
}

/// What stands between reports that share one stream.
enum Frame {
    Nothing,
    /// An empty line between.
    Lines {
        begun: bool,
    },
    Array(Array),
}

impl Sink {
    /// Opens the output that the command line names. `many`: whether several reports may come.
    pub fn open(args: &Scan, inputs: &[Entry], many: bool) -> anyhow::Result<Self> {
        let target = match &args.output {
            None => Target::Stdout(anstream::AutoStream::new(io::stdout(), args.color.into())),
            Some(path) if is_folder(path) => {
                std::fs::create_dir_all(path)
                    .map_err(|e| anyhow!("{}: {}", path.display(), write_reason(&e)))?;
                let taken = BTreeSet::new();
                // Without force nothing that is there is written over, whether it is read or not.
                let read = if args.force { read(inputs) } else { HashSet::new() };
                Target::Folder { path: path.clone(), taken, format: args.format, force: args.force, read }
            }
            Some(path) => {
                refuse_inputs(path, &read(inputs))?;
                Target::File(Whole::create(path, args.force)?)
            }
        };
        let frame = match (args.format, &target) {
            (_, Target::Folder { .. }) | (Format::Jsonl, _) => Frame::Nothing,
            (Format::Json, _) if many => Frame::Array(Array::default()),
            (Format::Json, _) => Frame::Nothing,
            (Format::Terminal | Format::Markdown, _) => Frame::Lines { begun: false },
        };
        Ok(Self { target, frame })
    }

    /// Whether each report has a file of its own, so that one that cannot be written does not harm the others.
    pub fn is_folder(&self) -> bool {
        matches!(self.target, Target::Folder { .. })
    }

    /// Writes the report on the input `name`.
    pub fn write(&mut self, name: &str, report: &str) -> anyhow::Result<()> {
        let before = match &mut self.frame {
            Frame::Nothing => "",
            Frame::Lines { begun } => {
                if std::mem::replace(begun, true) {
                    "\n"
                } else {
                    ""
                }
            }
            // The array's commas stand at line starts: the report ends with its own line break.
            Frame::Array(array) => array.before(),
        };
        match &mut self.target {
            Target::Stdout(out) => put(out, &[before, report]),
            Target::File(file) => put(file, &[before, report]),
            Target::Folder { path, taken, format, force, read } => {
                let target = path.join(free_name(name, format.ending(), taken));
                refuse_inputs(&target, read)?;
                output::write(&target, report, *force)
            }
        }
    }

    /// A name in the output folder is kept for an input that gave no report, so that the others' do not depend on it.
    pub fn skip(&mut self, name: &str) {
        if let Target::Folder { taken, format, .. } = &mut self.target {
            free_name(name, format.ending(), taken);
        }
    }

    /// Ends the output; only now a file appears under its name.
    pub fn finish(self) -> anyhow::Result<()> {
        let end = if let Frame::Array(array) = self.frame { array.end() } else { "" };
        match self.target {
            Target::Stdout(mut out) => put(&mut out, &[end]),
            Target::File(mut file) => {
                put(&mut file, &[end])?;
                file.finish()
            }
            Target::Folder { .. } => Ok(()),
        }
    }
}

fn put(out: &mut impl Write, parts: &[&str]) -> anyhow::Result<()> {
    let written = parts.iter().try_for_each(|part| out.write_all(part.as_bytes())).and_then(|()| out.flush());
    written.map_err(|error| {
        let reason = format!("보고서를 쓰지 못했습니다: {}", write_reason(&error));
        // The error itself stays in the chain, where a broken pipe is told from a fault.
        anyhow::Error::new(error).context(reason)
    })
}

fn is_folder(path: &Path) -> bool {
    let written = path.as_os_str().to_string_lossy();
    path.is_dir() || written.ends_with('/') || written.ends_with(std::path::MAIN_SEPARATOR)
}

/// The files that are read, by the names that the system gives them.
fn read(inputs: &[Entry]) -> HashSet<PathBuf> {
    let file = |entry: &Entry| match entry {
        Entry::Read(Input::File(path)) => path.canonicalize().ok(),
        _ => None,
    };
    inputs.iter().filter_map(file).collect()
}

/// `--force` is meant for reports: a contract that is being read is never written over.
fn refuse_inputs(output: &Path, read: &HashSet<PathBuf>) -> anyhow::Result<()> {
    if output.canonicalize().is_ok_and(|path| read.contains(&path)) {
        bail!("{}: 읽을 문서에 보고서를 쓸 수 없습니다", output.display());
    }
    Ok(())
}

/// "계약/가.docx" → "가.docx.json"; a name that is taken gets a number: "가.docx-2.json". Names that differ in case
/// only are one name on some systems.
fn free_name(name: &str, ending: &str, taken: &mut BTreeSet<String>) -> String {
    let last = Path::new(name).file_name().map(|name| name.to_string_lossy().into_owned());
    let stem = last.filter(|name| name != "-").unwrap_or_else(|| "stdin".to_owned());
    let mut number = 1;
    loop {
        let suffix = if number == 1 { String::new() } else { format!("-{number}") };
        let candidate = format!("{stem}{suffix}.{ending}");
        if taken.insert(candidate.to_lowercase()) {
            return candidate;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_output_folder_do_not_collide() {
        let mut taken = BTreeSet::new();
        let names = ["a/가.txt", "b/가.txt", "b/A.txt", "c/a.txt", "-"];
        let got: Vec<String> = names.iter().map(|name| free_name(name, "json", &mut taken)).collect();
        assert_eq!(got, ["가.txt.json", "가.txt-2.json", "A.txt.json", "a.txt-2.json", "stdin.json"]);
    }
}
