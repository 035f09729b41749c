//! What fuzzing once found, and the seeds it starts from, run as ordinary tests.

#[path = "fuzz/targets.rs"]
mod targets;

use std::path::Path;

#[test]
fn what_fuzzing_found_does_no_harm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/regressions");
    for (name, target) in targets::ALL {
        let Ok(entries) = std::fs::read_dir(folder.join(name)) else { continue };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            target(&std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn every_target_takes_the_samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/samples");
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for (_, target) in targets::ALL {
            target(&bytes);
            target(&bytes[..bytes.len() / 3]);
        }
    }
}
