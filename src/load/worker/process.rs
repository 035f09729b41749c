//! One worker as its parent sees it: started, asked, watched, given up. Knows no formats.

use crate::document::Document;
use crate::error::LoadError;
use crate::load::Options;
use crate::load::worker::wire::{self, Hello, VERSION};
use std::ffi::OsString;
use std::io::Read;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Whose turn it is: between these the clock and the answer race, and only one of them wins.
const IDLE: u8 = 0;
const READING: u8 = 1;
const LATE: u8 = 2;

/// A running worker.
#[derive(Debug)]
pub(super) struct Worker {
    child: Arc<Mutex<Child>>,
    input: ChildStdin,
    output: ChildStdout,
    /// What it said on standard error, as far as that tells why it died.
    said: Option<JoinHandle<Vec<u8>>>,
    state: Arc<AtomicU8>,
    clock: mpsc::Sender<()>,
    options: Options,
}

impl Worker {
    /// Starts a worker and tells it its options.
    pub fn start(program: &Path, args: &[OsString], options: &Options) -> Result<Self, LoadError> {
        let failed = |error: std::io::Error| LoadError::Worker(error.to_string());
        let mut child = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let child = Arc::new(Mutex::new(child));
        let state = Arc::new(AtomicU8::new(IDLE));
        let (clock, turns) = mpsc::channel();
        let (Some(input), Some(output), Some(errors)) = (input, output, errors) else {
            end(&child);
            return Err(LoadError::Worker("pipe".into()));
        };
        let time = options.limits.time;
        let threads = (
            thread::Builder::new().spawn(move || beginning(errors)),
            thread::Builder::new().spawn({
                let (child, state) = (Arc::clone(&child), Arc::clone(&state));
                move || watch(&child, &state, &turns, time)
            }),
        );
        let said = match threads {
            (Ok(said), Ok(_)) => Some(said),
            (Err(error), _) | (_, Err(error)) => {
                end(&child);
                return Err(failed(error));
            }
        };
        let mut worker = Self { child, input, output, said, state, clock, options: options.clone() };
        let hello = Hello { version: VERSION.to_owned(), options: options.clone() };
        // Starting counts as reading: a program that is no worker must not be waited for.
        let greeted = worker.timed(|worker| {
            wire::send(&mut worker.input, &hello)?;
            wire::receive::<String>(&mut worker.output, 64)
        });
        match greeted {
            Ok(version) if version == VERSION => Ok(worker),
            Err(error @ (LoadError::Timeout(_) | LoadError::Memory(_))) => Err(error),
            _ => Err(LoadError::Worker("응답이 맞지 않습니다".into())),
        }
    }

    /// Has a document read. An outer error means that the worker is of no more use.
    pub fn ask(&mut self, name: &str, bytes: &[u8]) -> Result<Result<Document, LoadError>, LoadError> {
        // Blocks, places and notices beside the text; what is longer is no answer.
        let most = self.options.limits.bytes.saturating_mul(4).saturating_add(256 << 20);
        self.timed(|worker| {
            wire::put(&mut worker.input, name.as_bytes())?;
            wire::put(&mut worker.input, bytes)?;
            wire::receive(&mut worker.output, most)
        })
    }

    /// Talks to the worker while the clock runs.
    fn timed<T>(&mut self, talk: impl FnOnce(&mut Self) -> std::io::Result<T>) -> Result<T, LoadError> {
        self.state.store(READING, Ordering::SeqCst);
        // The clock stops only with this worker.
        let _ = self.clock.send(());
        let result = talk(self);
        if self.state.compare_exchange(READING, IDLE, Ordering::SeqCst, Ordering::SeqCst).is_err() {
            return Err(LoadError::Timeout(self.options.limits.time));
        }
        let _ = self.clock.send(());
        result.map_err(|_| self.cause_of_death())
    }

    /// Why the worker did not answer.
    fn cause_of_death(&mut self) -> LoadError {
        let killed = killed(&self.child);
        end(&self.child);
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        let out_of_memory = said.windows(20).any(|words| words == b"memory allocation of");
        if out_of_memory || killed {
            LoadError::Memory(self.options.limits.memory)
        } else {
            LoadError::Crashed
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        end(&self.child);
    }
}

/// Ends a worker for good.
fn end(child: &Mutex<Child>) {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = child.kill();
    let _ = child.wait();
}

/// Whether a worker that no longer answers was killed by somebody else: the system does so when memory runs out.
fn killed(child: &Mutex<Child>) -> bool {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    // It has closed its pipes and is about to end; what it died of is known a moment later.
    for _ in 0..100 {
        match child.try_wait() {
            Ok(Some(status)) => return was_killed(status),
            Ok(None) => thread::sleep(Duration::from_millis(1)),
            Err(_) => break,
        }
    }
    false
}

#[cfg(unix)]
fn was_killed(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(9)
}

#[cfg(not(unix))]
fn was_killed(_: std::process::ExitStatus) -> bool {
    false
}

/// Ends a worker that reads one document for longer than `time`.
fn watch(child: &Mutex<Child>, state: &AtomicU8, turns: &mpsc::Receiver<()>, time: Duration) {
    while turns.recv().is_ok() {
        if turns.recv_timeout(time) == Err(mpsc::RecvTimeoutError::Timeout) {
            if state.compare_exchange(READING, LATE, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
                let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = child.kill();
                return;
            }
            // The answer came at the last moment; its message is on the way.
            if turns.recv().is_err() {
                return;
            }
        }
    }
}

/// The first words of a stream, which is read to its end so that nobody waits for a reader.
fn beginning(mut stream: impl Read) -> Vec<u8> {
    let mut said = Vec::new();
    let _ = stream.by_ref().take(4096).read_to_end(&mut said);
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
    said
}
