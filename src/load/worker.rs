//! Reading in processes of their own. Parsers of foreign formats can hang, take all memory or overflow the stack, which
//! nothing in the same process can undo. A [`Pool`] keeps worker processes that read one file after another; a file that
//! kills its worker, or takes too long, costs its own result only. Must not know what is done with documents.
//!
//! A worker is any program that calls [`serve`] and does nothing else, usually the same one under a hidden command:
//!
//! ```no_run
//! use jomun::load::{Options, worker};
//! if std::env::args().nth(1).as_deref() == Some("read-worker") {
//!     worker::serve().unwrap();
//!     return;
//! }
//! let program = std::env::current_exe().unwrap();
//! let pool = worker::Pool::new(program, ["read-worker"], Options::default());
//! let document = pool.load("약관.docx", &std::fs::read("약관.docx").unwrap()).unwrap();
//! println!("{}", document.text());
//! ```
//!
//! Documents come and go through pipes; nothing is written to disk. On Unix a worker limits itself before it reads: its
//! address space is [`Limits::memory`](crate::load::Limits::memory), it writes no file and leaves no core dump.

mod process;
mod serve;
mod wire;

use crate::document::Document;
use crate::error::LoadError;
use crate::load::{Options, check_size, load_with, sniff};
use process::Worker;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub use serve::serve;

/// Workers that read documents, started when they are needed and kept for the next one. As many run at the same time
/// as threads ask at the same time.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    args: Vec<OsString>,
    options: Options,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// A pool whose workers are `program` with `args`, and read under `options`. Starts nothing yet.
    pub fn new<A: Into<OsString>>(
        program: impl Into<PathBuf>,
        args: impl IntoIterator<Item = A>,
        options: Options,
    ) -> Self {
        let args = args.into_iter().map(Into::into).collect();
        Self { program: program.into(), args, options, idle: Mutex::default() }
    }

    /// How the pool's documents are read.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Reads a document as [`load_with`] does, in a worker. Plain text is read in this process: its reader is simple
    /// and takes time in proportion to the size, which is limited.
    ///
    /// # Errors
    /// Those of [`load`](crate::load::load); `Timeout`, `Memory` and `Crashed` when the worker had to be given up, `Worker`
    /// when none could be started.
    pub fn load(&self, name: &str, bytes: &[u8]) -> Result<Document, LoadError> {
        check_size(bytes, &self.options.limits)?;
        if sniff::is_plain(name, bytes) {
            return load_with(name, bytes, &self.options);
        }
        let known = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(worker) = known {
            match self.ask(worker, name, bytes) {
                // What an earlier file left behind in a worker must not decide about this one.
                Err(LoadError::Memory(_) | LoadError::Crashed) => {}
                result => return result,
            }
        }
        self.ask(Worker::start(&self.program, &self.args, &self.options)?, name, bytes)
    }

    /// Reads a document from a file, in a worker.
    ///
    /// # Errors
    /// Those of [`Pool::load`], and `Io` when the operating system refuses.
    pub fn load_path(&self, path: &Path) -> Result<Document, LoadError> {
        self.load(&path.to_string_lossy(), &crate::load::bytes(path, &self.options.limits)?)
    }

    /// Lets a worker read; one that is still sound is kept.
    fn ask(&self, mut worker: Worker, name: &str, bytes: &[u8]) -> Result<Document, LoadError> {
        let answer = worker.ask(name, bytes)?;
        // A reader that panicked may have left anything behind.
        if !matches!(answer, Err(LoadError::Crashed)) {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        answer
    }
}
