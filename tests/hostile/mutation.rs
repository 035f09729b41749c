//! Damage to files, the same in every run: cut off, bits flipped, digits changed, blocks zeroed or doubled, parts of a package
//! removed, emptied or damaged inside. Knows no format but those of zip archives, whose checksums would hide the damage, and of
//! compound files, whose packed streams would.

use crate::draft::hwp;
use flate2::read::DeflateDecoder;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use zip::write::SimpleFileOptions;

/// A simple generator of numbers.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// `count` damaged files with what was done to each: cut at every 2 %, then parts, then all else in turn.
pub fn mutations(bytes: &[u8], count: usize) -> Vec<(String, Vec<u8>)> {
    let mut random = Random::new(0x2545_F491_4F6C_DD1D);
    let mut out: Vec<(String, Vec<u8>)> = (0..50)
        .map(|n| (format!("cut-{}", n * 2), bytes[..bytes.len() * n / 50].to_vec()))
        .filter(|(_, cut)| !cut.is_empty())
        .collect();
    let package = Package::of(bytes);
    let parts = package.as_ref().map_or(0, Package::len);
    for (package, gone) in package.iter().flat_map(|package| (0..parts).map(move |gone| (package, gone))) {
        let name = package.name(gone).replace(['/', '\\'], "_");
        let only = |damaged: &dyn Fn(&[u8]) -> Option<Vec<u8>>| {
            package.with(|at, part| if at == gone { damaged(part) } else { Some(part.to_vec()) })
        };
        out.push((format!("without-{name}"), only(&|_| None)));
        out.push((format!("empty-{name}"), only(&|_| Some(Vec::new()))));
        out.push((format!("half-{name}"), only(&|part| Some(part[..part.len() / 2].to_vec()))));
    }
    // A few of each kind come first when only a few are wanted.
    let step = out.len().div_ceil(count.max(2) / 2).max(1);
    let mut out: Vec<(String, Vec<u8>)> = out.into_iter().step_by(step).collect();
    while out.len() < count {
        let n = out.len();
        let inside = package.as_ref().filter(|_| n % 2 == 1);
        let (kind, damaged) = if let Some(package) = inside {
            let (hit, kind) = (random.below(parts), random.below(4));
            let damaged = package.with(|at, part| {
                Some(if at == hit { damage(part, kind, &mut random).1 } else { part.to_vec() })
            });
            ("inside", damaged)
        } else {
            let kind = random.below(4);
            damage(bytes, kind, &mut random)
        };
        out.push((format!("{kind}-{n}"), damaged));
    }
    out
}

fn damage(bytes: &[u8], kind: usize, random: &mut Random) -> (&'static str, Vec<u8>) {
    let mut out = bytes.to_vec();
    if out.is_empty() {
        return ("nothing", out);
    }
    match kind {
        0 => {
            for _ in 0..=random.below(8) {
                let at = random.below(out.len());
                out[at] ^= 1 << random.below(8);
            }
            ("flipped", out)
        }
        1 => {
            // Numbers say how long, how many and where.
            let digits: Vec<usize> = (0..out.len()).filter(|at| out[*at].is_ascii_digit()).collect();
            for _ in 0..=random.below(6) {
                if let Some(at) = digits.get(random.below(digits.len())) {
                    out[*at] = b'0' + u8::try_from(random.below(10)).unwrap();
                }
            }
            ("digits", out)
        }
        2 => {
            let (at, long) = (random.below(out.len()), 1 + random.below(512));
            let end = (at + long).min(out.len());
            out[at..end].fill(0);
            ("zeroed", out)
        }
        _ => {
            let (at, long, to) = (random.below(out.len()), 1 + random.below(512), random.below(out.len()));
            let block = out[at..(at + long).min(out.len())].to_vec();
            out.splice(to..to, block);
            ("doubled", out)
        }
    }
}

/// The parts of a file that is a package, unpacked.
enum Package {
    /// A zip archive.
    Zip(Vec<(String, Vec<u8>)>),
    /// A compound file; of each stream whether it was packed.
    Compound(Vec<(PathBuf, Vec<u8>, bool)>),
}

impl Package {
    fn of(bytes: &[u8]) -> Option<Self> {
        if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) {
            let count = archive.len();
            let part = |at| {
                let mut part = archive.by_index(at).unwrap();
                let mut bytes = Vec::new();
                part.read_to_end(&mut bytes).unwrap();
                (part.name().unwrap().into_owned(), bytes)
            };
            return Some(Self::Zip((0..count).map(part).collect()));
        }
        let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
        let paths: Vec<PathBuf> =
            file.walk().filter(|entry| entry.is_stream()).map(|entry| entry.path().to_path_buf()).collect();
        let stream = |path: PathBuf| {
            let (mut raw, mut unpacked) = (Vec::new(), Vec::new());
            file.open_stream(&path).unwrap().read_to_end(&mut raw).unwrap();
            let packed = DeflateDecoder::new(raw.as_slice()).read_to_end(&mut unpacked).is_ok();
            let packed = packed && !unpacked.is_empty();
            (path, if packed { unpacked } else { raw }, packed)
        };
        Some(Self::Compound(paths.into_iter().map(stream).collect()))
    }

    fn len(&self) -> usize {
        match self {
            Self::Zip(parts) => parts.len(),
            Self::Compound(streams) => streams.len(),
        }
    }

    fn name(&self, at: usize) -> String {
        match self {
            Self::Zip(parts) => parts[at].0.clone(),
            Self::Compound(streams) => {
                streams[at].0.display().to_string().replace(|c: char| c.is_control(), "")
            }
        }
    }

    /// A sound package of those parts that `part` gives.
    fn with(&self, mut part: impl FnMut(usize, &[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
        match self {
            Self::Zip(parts) => {
                let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
                for (at, (name, bytes)) in parts.iter().enumerate() {
                    if let Some(bytes) = part(at, bytes) {
                        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
                        zip.write_all(&bytes).unwrap();
                    }
                }
                zip.finish().unwrap().into_inner()
            }
            Self::Compound(streams) => {
                let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
                for (at, (path, bytes, packed)) in streams.iter().enumerate() {
                    let Some(mut bytes) = part(at, bytes) else { continue };
                    if *packed {
                        bytes = hwp::deflated(&bytes);
                    }
                    file.create_storage_all(path.parent().unwrap()).unwrap();
                    file.create_stream(path).unwrap().write_all(&bytes).unwrap();
                }
                hwp::finish(file)
            }
        }
    }
}
