//! What is to be read: files as they are named, folders down to their last file, standard input.

use crate::args::Reading;
use anyhow::{Context, bail};
use jomun::document::Document;
use jomun::error::{DataError, LoadError};
use jomun::load::{self, worker::Pool};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// One document to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, under this name.
    Stdin(String),
}

/// One step through the inputs, in order.
#[derive(Debug)]
pub enum Entry {
    /// Something to read.
    Read(Input),
    /// Something that cannot be read: its name and a Korean reason.
    Fault(String, String),
}

/// All inputs of a run.
#[derive(Debug, Default)]
pub struct Inputs {
    /// In the order of the command line; a folder's files by name.
    pub entries: Vec<Entry>,
    /// Files in folders whose names end like no document.
    pub foreign: usize,
    /// Whether a folder was named.
    pub folder: bool,
}

impl Input {
    /// The input that a word of the command line names.
    pub fn named(path: &Path, reading: &Reading) -> anyhow::Result<Self> {
        if path.as_os_str() == "-" {
            return Ok(Self::Stdin(reading.name.clone().unwrap_or_else(|| "-".to_owned())));
        }
        if reading.name.is_some() {
            bail!("--name은 표준 입력(-)을 읽을 때만 씁니다");
        }
        Ok(Self::File(path.to_owned()))
    }

    /// The name that reports and faults show.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stdin(name) => name.clone(),
        }
    }

    /// Reads it; the error is a Korean reason without the name.
    pub fn load(&self, readers: &Pool) -> Result<Document, LoadError> {
        match self {
            Self::File(path) => readers.load_path(path),
            Self::Stdin(name) => {
                let mut bytes = Vec::new();
                // One byte over the limit is enough to see that it is too large.
                let most = readers.options().limits.bytes.saturating_add(1);
                std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
                readers.load(name, &bytes)
            }
        }
    }
}

impl Input {
    /// Reads it and keeps the bytes that it was read from; the error is a Korean reason without the name.
    pub fn load_kept(&self, readers: &Pool) -> Result<(Vec<u8>, Document), LoadError> {
        let bytes = match self {
            Self::File(path) => load::bytes(path, &readers.options().limits)?,
            Self::Stdin(_) => {
                let most = readers.options().limits.bytes.saturating_add(1);
                let mut bytes = Vec::new();
                std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
                bytes
            }
        };
        let document = readers.load(&self.name(), &bytes)?;
        Ok((bytes, document))
    }
}

/// The documents of `--with`. One that cannot be read would leave every report incomplete.
pub fn with(paths: &[PathBuf], readers: &Pool) -> Result<Vec<Document>, DataError> {
    let load = |path: &PathBuf| {
        let fault =
            |reason: LoadError| DataError { file: path.display().to_string(), reason: reason.to_string() };
        readers.load_path(path).map_err(fault)
    };
    paths.iter().map(load).collect()
}

/// Workers of this very program that read documents as the command line says.
pub fn readers(reading: &Reading) -> anyhow::Result<Pool> {
    let program = std::env::current_exe().context("실행 파일의 위치를 알 수 없습니다")?;
    Ok(Pool::new(program, ["worker"], reading.options()))
}

/// All inputs that the command line names.
pub fn gather(paths: &[PathBuf], reading: &Reading) -> anyhow::Result<Inputs> {
    let mut inputs = Inputs::default();
    let stdin = paths.iter().filter(|path| path.as_os_str() == "-").count();
    if stdin > 1 {
        bail!("표준 입력(-)은 한 번만 읽을 수 있습니다");
    }
    if stdin == 0 && reading.name.is_some() {
        bail!("--name은 표준 입력(-)을 읽을 때만 씁니다");
    }
    for path in paths {
        if path.as_os_str() == "-" {
            let name = reading.name.clone().unwrap_or_else(|| "-".to_owned());
            inputs.entries.push(Entry::Read(Input::Stdin(name)));
        } else if path.is_dir() {
            inputs.folder = true;
            walk(path, &mut inputs);
        } else {
            inputs.entries.push(Entry::Read(Input::File(path.clone())));
        }
    }
    Ok(inputs)
}

/// Adds a folder's documents, by name. What versions a file (.gitignore) does not matter; hidden files are left out.
fn walk(folder: &Path, inputs: &mut Inputs) {
    let loops = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&loops);
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_name(std::cmp::Ord::cmp)
        .filter_entry(move |entry| {
            // The walk itself notices a loop only on the second round, and above its root not at all.
            let Some(above) = leads_back(entry) else { return true };
            seen.lock().unwrap_or_else(PoisonError::into_inner).push((entry.path().to_owned(), above));
            false
        })
        .build();
    let told = |inputs: &mut Inputs| {
        for (link, above) in loops.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            inputs.entries.push(Entry::Fault(link.display().to_string(), loop_reason(&above)));
        }
    };
    for entry in walk {
        told(inputs);
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                if load::is_candidate(entry.path()) {
                    inputs.entries.push(Entry::Read(Input::File(entry.into_path())));
                } else {
                    inputs.foreign += 1;
                }
            }
            Ok(_) => {}
            Err(error) => {
                let (path, reason) = fault(&error);
                let path = path.unwrap_or(folder);
                inputs.entries.push(Entry::Fault(path.display().to_string(), reason));
            }
        }
    }
    told(inputs);
}

/// The folder that a linked folder leads back to, when it lies above the link.
fn leads_back(entry: &ignore::DirEntry) -> Option<PathBuf> {
    if !entry.path_is_symlink() || entry.depth() == 0 {
        return None;
    }
    let target = entry.path().canonicalize().ok()?;
    let parent = entry.path().parent()?.canonicalize().ok()?;
    parent.starts_with(&target).then_some(target)
}

fn loop_reason(above: &Path) -> String {
    format!("심볼릭 링크가 위 폴더 {}(으)로 되돌아가 따라가지 않았습니다", above.display())
}

/// Where a walk stumbled, and why.
fn fault(error: &ignore::Error) -> (Option<&Path>, String) {
    match error {
        ignore::Error::WithPath { path, err } => {
            let (inner, reason) = fault(err);
            (inner.or(Some(path)), reason)
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => fault(err),
        ignore::Error::Loop { ancestor, child } => (Some(child), loop_reason(ancestor)),
        ignore::Error::Io(error) => (None, LoadError::Io(copy(error)).to_string()),
        other => (None, format!("읽지 못했습니다({other})")),
    }
}

/// The same error again, from one that is only lent.
fn copy(error: &std::io::Error) -> std::io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), std::io::Error::from_raw_os_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(inputs: &Inputs) -> Vec<String> {
        let name = |entry: &Entry| match entry {
            Entry::Read(input) => {
                Path::new(&input.name()).file_name().unwrap().to_string_lossy().into_owned()
            }
            Entry::Fault(path, _) => format!("! {}", Path::new(path).file_name().unwrap().to_string_lossy()),
        };
        inputs.entries.iter().map(name).collect()
    }

    #[test]
    fn folders_give_their_documents_by_name_and_count_the_rest() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("나")).unwrap();
        for name in ["다.txt", "가.docx", "나/라.html", "표.xlsx", ".숨은.txt"] {
            std::fs::write(dir.path().join(name), "글").unwrap();
        }
        let inputs = gather(&[dir.path().to_owned()], &Reading::default()).unwrap();
        assert_eq!(names(&inputs), ["가.docx", "라.html", "다.txt"]);
        assert_eq!((inputs.foreign, inputs.folder), (1, true));
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_is_told_once_and_ends() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("가.txt"), "글").unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("되돌이")).unwrap();
        let inputs = gather(&[dir.path().to_owned()], &Reading::default()).unwrap();
        assert_eq!(names(&inputs), ["가.txt", "! 되돌이"]);
    }

    #[test]
    fn standard_input_is_read_once_and_alone_has_a_name() {
        assert!(gather(&["-".into(), "-".into()], &Reading::default()).is_err());
        let named = Reading { name: Some("약관.md".into()), ..Reading::default() };
        assert!(gather(&["a.txt".into()], &named).is_err());
        assert_eq!(names(&gather(&["-".into()], &named).unwrap()), ["약관.md"]);
    }
}
