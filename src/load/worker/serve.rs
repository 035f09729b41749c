//! The worker's side: limits itself, then reads what it is sent until the parent ends. The only place that touches the standard
//! streams of the process.

use crate::document::Document;
use crate::error::LoadError;
use crate::load::worker::wire::{self, Hello, VERSION};
use crate::load::{Options, load_with};
use std::fs::File;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Deep documents are read by parsers that call themselves; what they need is reserved, not used.
const STACK: usize = 64 << 20;
/// How long after its time a worker that nobody ended (its parent was killed) ends itself.
const GRACE: Duration = Duration::from_secs(5);

/// Reads documents for a [`Pool`](crate::load::worker::Pool) in another process, through standard input and output, until
/// that process closes them. The process is for nothing else: panics are silenced, standard output is taken.
///
/// # Errors
/// What arrives was not sent by a pool of the same version, or the other side is gone.
pub fn serve() -> io::Result<()> {
    // What a panic says may hold words of the document.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut input, mut output) = (io::stdin(), claim_output()?);
    let hello: Hello = wire::receive(&mut input, 1 << 16)?;
    if hello.version != VERSION {
        return Err(io::ErrorKind::InvalidData.into());
    }
    limit(&hello.options);
    wire::send(&mut output, VERSION)?;
    let time = hello.options.limits.time;
    let (turn, turns) = mpsc::channel();
    let reader = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || conversation(&mut input, &mut output, &hello.options, &turn))?;
    // The parent ends a worker that takes too long. Should the parent be gone, the worker must not hang on for ever.
    while turns.recv().is_ok() {
        if turns.recv_timeout(time.saturating_add(GRACE)) == Err(mpsc::RecvTimeoutError::Timeout) {
            std::process::abort();
        }
    }
    reader.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
}

/// Reads one document after another, and says when each begins and ends.
fn conversation(
    input: &mut impl Read,
    output: &mut impl Write,
    options: &Options,
    turn: &mpsc::Sender<()>,
) -> io::Result<()> {
    while let Some(name) = wire::take(input, 1 << 20)? {
        let name = String::from_utf8_lossy(&name);
        let bytes = wire::take(input, options.limits.bytes)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        let told = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        turn.send(()).map_err(told)?;
        let answer: Result<Document, LoadError> =
            catch_unwind(AssertUnwindSafe(|| load_with(&name, &bytes, options)))
                .unwrap_or(Err(LoadError::Crashed));
        drop(bytes);
        wire::send(output, &answer)?;
        turn.send(()).map_err(told)?;
    }
    Ok(())
}

/// Takes standard output for the conversation, so that what a parser prints goes nowhere.
#[cfg(unix)]
fn claim_output() -> io::Result<File> {
    use std::os::fd::AsFd;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    rustix::stdio::dup2_stdout(File::options().write(true).open("/dev/null")?)?;
    Ok(output.into())
}

/// Elsewhere what a parser prints is no frame and costs the document that was read.
#[cfg(not(unix))]
fn claim_output() -> io::Result<io::Stdout> {
    Ok(io::stdout())
}

/// No more memory than allowed, no files, no core dump. A limit that the system refuses is not set.
#[cfg(unix)]
fn limit(options: &Options) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    for (resource, most) in [(Resource::As, options.limits.memory), (Resource::Core, 0), (Resource::Fsize, 0)]
    {
        let most = getrlimit(resource).maximum.map_or(most, |hard| hard.min(most));
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(unix))]
fn limit(_: &Options) {}
