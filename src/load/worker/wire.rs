//! What goes through the pipes: frames with a mark and a length. A conversation is a [`Hello`] and its echo, then for each
//! document its name, its bytes, and one answer. Knows no processes.

use crate::load::Options;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// First bytes of every frame: whatever else a parser may print to the same pipe is told apart.
const MARK: [u8; 4] = *b"\x91jmn";

/// The version that both sides must have; they are the same program unless it was replaced meanwhile.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The first frame, from the parent.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Hello {
    pub version: String,
    pub options: Options,
}

/// Writes a frame.
pub(super) fn put(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let mut head = [0; 12];
    head[..4].copy_from_slice(&MARK);
    head[4..].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
    out.write_all(&head)?;
    out.write_all(bytes)?;
    out.flush()
}

/// Writes a value as a frame.
pub(super) fn send<T: Serialize + ?Sized>(out: &mut impl Write, value: &T) -> io::Result<()> {
    put(out, &postcard::to_stdvec(value).map_err(io::Error::other)?)
}

/// Reads a frame of at most `most` bytes, `None` when the other side has ended.
pub(super) fn take(input: &mut impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut head = [0; 12];
    let mut filled = 0;
    while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let mut length = [0; 8];
    length.copy_from_slice(&head[4..]);
    let length = u64::from_le_bytes(length);
    if head[..4] != MARK || length > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // A length that lies takes no memory: what comes is collected as it comes.
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(1 << 20)).unwrap_or(0));
    if input.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(bytes))
}

/// Reads a value from a frame; the end of the other side is an error.
pub(super) fn receive<T: DeserializeOwned>(input: &mut impl Read, most: u64) -> io::Result<T> {
    let bytes = take(input, most)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    postcard::from_bytes(&bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_and_broken_ones_are_refused() {
        let mut pipe = Vec::new();
        put(&mut pipe, b"abc").unwrap();
        send(&mut pipe, "가").unwrap();
        let mut input = pipe.as_slice();
        assert_eq!(take(&mut input, 10).unwrap().unwrap(), b"abc");
        assert_eq!(receive::<String>(&mut input, 10).unwrap(), "가");
        assert!(take(&mut input, 10).unwrap().is_none());
        assert!(take(&mut &pipe[..5], 10).is_err(), "cut in the head");
        assert!(take(&mut &pipe[..13], 10).is_err(), "cut in the body");
        assert!(take(&mut pipe.as_slice(), 2).is_err(), "over the limit");
        assert!(take(&mut b"printed by a parser".as_slice(), 99).is_err());
        let mut lying = pipe[..15].to_vec();
        lying[4..12].copy_from_slice(&u64::MAX.to_le_bytes());
        assert!(take(&mut lying.as_slice(), u64::MAX).is_err());
    }
}
