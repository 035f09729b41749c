//! Standard output and error as the whole binary uses them: one line a fault, quiet when the reader has gone.

use std::io::{self, Write};

/// Writes text to standard output as it is.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// One line on standard error: `jomun: <what>`. Line breaks and control characters inside become spaces.
pub fn complain(what: &str) {
    let line = one_line(what);
    // Nobody is left to be told when standard error is gone.
    let _ = writeln!(io::stderr().lock(), "jomun: {line}");
}

fn one_line(what: &str) -> String {
    let words: Vec<&str> =
        what.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

/// Whether the other side of a pipe was closed.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Why the operating system refused to write, in Korean.
pub fn write_reason(error: &io::Error) -> String {
    use io::ErrorKind::{
        AlreadyExists, IsADirectory, NotADirectory, NotFound, PermissionDenied, StorageFull,
    };
    match error.kind() {
        AlreadyExists => "이미 있습니다(덮어쓰려면 --force)".into(),
        NotFound => "쓸 폴더가 없습니다".into(),
        PermissionDenied => "쓸 권한이 없습니다".into(),
        StorageFull => "디스크가 가득 찼습니다".into(),
        IsADirectory => "폴더입니다".into(),
        NotADirectory => "폴더가 아닙니다".into(),
        _ => format!("쓰지 못했습니다({error})"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_fault_is_one_line() {
        assert_eq!(super::one_line("가\n  나\u{1b}[0m\r\n"), "가 나 [0m");
    }
}
