//! Files that are written whole or not at all, and never over another unless asked to.

use crate::console::write_reason;
use anyhow::anyhow;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that appears under its name only when [`Whole::finish`] is called; dropped before, it leaves nothing.
pub struct Whole {
    target: PathBuf,
    temporary: PathBuf,
    file: Option<BufWriter<File>>,
    force: bool,
}

impl Whole {
    /// Begins a file beside its target. Fails at once when the target is there and `force` is not set.
    pub fn create(target: &Path, force: bool) -> anyhow::Result<Self> {
        let named = |error: io::Error| anyhow!("{}: {}", target.display(), write_reason(&error));
        refuse_existing(target, force).map_err(named)?;
        let mut name = OsString::from(".");
        name.push(target.file_name().ok_or_else(|| named(io::ErrorKind::IsADirectory.into()))?);
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = target.with_file_name(name);
        let file = File::create_new(&temporary).map_err(named)?;
        Ok(Self { target: target.to_owned(), temporary, file: Some(BufWriter::new(file)), force })
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> anyhow::Result<()> {
        let target = self.target.clone();
        self.put_in_place().map_err(|error| anyhow!("{}: {}", target.display(), write_reason(&error)))
    }

    fn put_in_place(&mut self) -> io::Result<()> {
        if let Some(file) = self.file.take() {
            file.into_inner().map_err(io::IntoInnerError::into_error)?;
        }
        refuse_existing(&self.target, self.force)?;
        fs::rename(&self.temporary, &self.target)
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        drop(self.file.take());
        // Gone already after `finish`.
        let _ = fs::remove_file(&self.temporary);
    }
}

fn refuse_existing(target: &Path, force: bool) -> io::Result<()> {
    match fs::symlink_metadata(target) {
        Ok(metadata) if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) if !force => Err(io::ErrorKind::AlreadyExists.into()),
        _ => Ok(()),
    }
}

/// Writes a whole file.
pub fn write(target: &Path, content: impl AsRef<[u8]>, force: bool) -> anyhow::Result<()> {
    let mut file = Whole::create(target, force)?;
    let written = file.write_all(content.as_ref());
    written.map_err(|error| anyhow!("{}: {}", target.display(), write_reason(&error)))?;
    file.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten_unless_asked() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("보고서.txt");
        write(&target, "하나", false).unwrap();
        assert!(write(&target, "둘", false).is_err());
        assert_eq!(fs::read_to_string(&target).unwrap(), "하나");
        write(&target, "둘", true).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "둘");
        drop(Whole::create(&dir.path().join("b"), false).unwrap());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "an unfinished file leaves nothing");
    }
}
