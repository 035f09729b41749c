//! Damaged files of every format: read within this process by the smoke test, and through the command line. A few dozen a
//! format by default; `HOSTILE_MUTATIONS=500 cargo test --test integration hostile` does the full number.

#![allow(clippy::print_stderr, reason = "tells what was counted")]

pub mod mutation;

use crate::draft::{self, Draft};
use crate::load::assert_sound;
use jomun::load::{Limits, load};
use mutation::mutations;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Files to be damaged, one or more of each format that is read: name and bytes.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let files = [
        "corpora/samples/auto-numbered.docx",
        "corpora/samples/poor-b2c-cloud.html",
        "corpora/samples/hosting-terms-cp949.txt",
        "corpora/samples/iaas-terms.txt",
        "corpora/samples/saas-terms.md",
        "tests/data/formats/sla.pdf",
    ];
    let file = |path: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())
    };
    let mut seeds: Vec<_> = files.into_iter().map(file).collect();
    let (_, sla) = file("tests/data/formats/sla.txt");
    let draft = Draft::new(std::str::from_utf8(&sla).unwrap());
    seeds.push(("sla.hwpx".to_owned(), draft::hwpx::write(&draft)));
    seeds.push(("sla.hwp".to_owned(), draft::hwp::write(&draft)));
    seeds
}

/// How long one damaged file may take, and how much memory it may cost.
const TIME: Duration = Duration::from_secs(20);
const MEMORY: u64 = 1 << 30;

fn count(usual: usize) -> usize {
    std::env::var("HOSTILE_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// One Korean line.
fn assert_line(line: &str) {
    assert!(!line.contains('\n') && line.chars().any(|c| ('가'..='힣').contains(&c)), "{line}");
}

#[test]
fn damaged_files_are_read_or_refused_in_one_line() {
    for (name, bytes) in seeds() {
        let (mut read, mut refused) = (0, 0);
        for (kind, damaged) in mutations(&bytes, count(120)) {
            let started = Instant::now();
            match load(&name, &damaged, &Limits::default()) {
                Ok(document) => {
                    assert_sound(&document);
                    read += 1;
                }
                Err(error) => {
                    assert_line(&error.to_string());
                    refused += 1;
                }
            }
            assert!(started.elapsed() < TIME, "{name} {kind} took {:?}", started.elapsed());
        }
        eprintln!("{name}: {read} read, {refused} refused");
        assert!(read + refused >= 100);
    }
}

#[test]
fn a_folder_of_damaged_files_costs_nothing_but_their_results() {
    for (name, bytes) in seeds() {
        let ending = Path::new(&name).extension().unwrap().to_string_lossy();
        let dir = tempfile::tempdir().unwrap();
        let write = |name: String, bytes: &[u8]| std::fs::write(dir.path().join(name), bytes).unwrap();
        write(format!("m-good.{ending}"), &bytes);
        let alone = scan(dir.path());
        assert_eq!((alone.code, alone.reports.len(), alone.told.as_str()), (0, 1, ""));
        let damaged = mutations(&bytes, count(12));
        for (n, (kind, bytes)) in damaged.iter().enumerate() {
            // Before the good one and after it.
            let side = if n % 2 == 0 { 'a' } else { 'z' };
            write(format!("{side}{n:03}-{kind}.{ending}"), bytes);
        }
        let started = Instant::now();
        let all = scan(dir.path());
        let refused = all.told.lines().count();
        assert_eq!(all.code, if refused == 0 { 0 } else { 2 });
        assert_eq!(all.reports.len() + refused, damaged.len() + 1, "{}", all.told);
        for line in all.told.lines() {
            assert!(line.starts_with("jomun: ./"), "{line}");
            assert_line(line);
            assert!(!line.contains("내부 오류") && !line.contains("초 안에"), "{line}");
        }
        assert!(all.reports.contains(&alone.reports[0]), "the good one is reported as always");
        assert!(all.memory < MEMORY, "{} bytes", all.memory);
        eprintln!(
            "{name}: {} reports, {refused} refused, {:.1?}, {} MB",
            all.reports.len(),
            started.elapsed(),
            all.memory >> 20
        );
    }
}

struct Scanned {
    code: i32,
    reports: Vec<String>,
    told: String,
    /// The most that the process and its workers were seen to hold at the same time; 0 where that cannot be seen.
    memory: u64,
}

fn scan(dir: &Path) -> Scanned {
    let time = format!("{}s", TIME.as_secs());
    let child = Command::new(env!("CARGO_BIN_EXE_jomun"))
        .current_dir(dir)
        .args(["scan", ".", "--format", "jsonl", "--quiet", "--timeout", &time])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id();
    let (end, ended) = std::sync::mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        let mut most = 0;
        while ended.recv_timeout(Duration::from_millis(20)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
        {
            most = most.max(resident(id));
        }
        most
    });
    let output = child.wait_with_output().unwrap();
    drop(end);
    Scanned {
        code: output.status.code().unwrap(),
        reports: String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect(),
        told: String::from_utf8(output.stderr).unwrap().replace('\\', "/"),
        memory: watch.join().unwrap(),
    }
}

/// Bytes that a process and its children hold, as Linux tells.
fn resident(id: u32) -> u64 {
    let own = std::fs::read_to_string(format!("/proc/{id}/statm")).unwrap_or_default();
    let pages: u64 = own.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    let mut bytes = pages * 4096;
    for task in std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten() {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        bytes += children.split_whitespace().filter_map(|id| id.parse().ok()).map(resident).sum::<u64>();
    }
    bytes
}
