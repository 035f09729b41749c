//! Damage to files, the same in every run: cut off, bits flipped, digits changed, blocks zeroed or doubled, parts of a package
//! removed, emptied or damaged inside. Knows no format but that of zip archives, whose checksums would hide the damage.

use std::io::{Cursor, Read, Write};
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
    let parts = parts(bytes);
    for (gone, (name, _)) in parts.iter().enumerate() {
        let name = name.replace(['/', '\\'], "_");
        out.push((
            format!("without-{name}"),
            package(&parts, |at, part| (at != gone).then(|| part.to_vec())),
        ));
        out.push((
            format!("empty-{name}"),
            package(&parts, |at, part| Some(if at == gone { Vec::new() } else { part.to_vec() })),
        ));
        out.push((
            format!("half-{name}"),
            package(&parts, |at, part| {
                Some(if at == gone { part[..part.len() / 2].to_vec() } else { part.to_vec() })
            }),
        ));
    }
    // A few of each kind come first when only a few are wanted.
    let step = out.len().div_ceil(count.max(2) / 2).max(1);
    let mut out: Vec<(String, Vec<u8>)> = out.into_iter().step_by(step).collect();
    while out.len() < count {
        let n = out.len();
        let (kind, damaged) = if n % 2 == 1 && !parts.is_empty() {
            let (hit, kind) = (random.below(parts.len()), random.below(4));
            let damaged = package(&parts, |at, part| {
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

/// The parts of a zip archive, none of any other file.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// A sound archive of those parts that `part` gives.
fn package(parts: &[(String, Vec<u8>)], mut part: impl FnMut(usize, &[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, bytes)) in parts.iter().enumerate() {
        if let Some(bytes) = part(at, bytes) {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}
