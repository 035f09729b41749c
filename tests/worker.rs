//! Reading in processes of their own: the same documents come back, and a bad file costs its own result only.

use jomun::document::Document;
use jomun::error::LoadError;
use jomun::load::worker::Pool;
use jomun::load::{Limits, Options, Revisions, load, load_path};
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn pool(limits: Limits) -> Pool {
    Pool::new(env!("CARGO_BIN_EXE_jomun"), ["worker"], limits.into())
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/samples");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

/// A Word document with that body.
fn word(body: &str) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body></w:document>"
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(document.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// A Word document with that many paragraphs.
fn docx(paragraphs: usize, text: &str) -> Vec<u8> {
    let mut body = String::new();
    for _ in 0..paragraphs {
        if text.is_empty() {
            body.push_str("<w:p/>");
        } else {
            write!(body, "<w:p><w:r><w:t>{text}</w:t></w:r></w:p>").unwrap();
        }
    }
    word(&body)
}

#[test]
fn a_worker_reads_what_this_process_reads() {
    let pool = pool(Limits::default());
    for _ in 0..2 {
        for path in samples() {
            let here = load_path(&path, &Limits::default());
            let there = pool.load_path(&path);
            match (here, there) {
                (Ok(here), Ok(there)) => assert!(here == there, "{}", path.display()),
                (here, there) => {
                    let told = |result: Result<Document, LoadError>| result.unwrap_err().to_string();
                    assert_eq!(told(here), told(there), "{}", path.display());
                }
            }
        }
    }
    for bad in [&b"PK\x03\x04\x14\0\0\0"[..], b"<html><body></body></html>", b"", b"\x89PNG\r\n\x1a\n"] {
        let here = load("a", bad, &Limits::default()).unwrap_err().to_string();
        assert_eq!(pool.load("a", bad).unwrap_err().to_string(), here);
    }
    assert!(matches!(pool.load_path(Path::new("없는.docx")), Err(LoadError::Io(_))));
}

#[test]
fn many_threads_share_a_pool() {
    let pool = pool(Limits::default());
    let files: Vec<Vec<u8>> = (0..4).map(|n| docx(20, &format!("{n}번 문서"))).collect();
    std::thread::scope(|scope| {
        for (n, file) in files.iter().enumerate() {
            let pool = &pool;
            scope.spawn(move || {
                for _ in 0..20 {
                    let document = pool.load("a.docx", file).unwrap();
                    assert!(document.text().starts_with(&format!("{n}번 문서\n")));
                }
            });
        }
    });
}

#[test]
fn what_takes_too_long_is_given_up_and_the_next_file_is_read() {
    let pool = pool(Limits { time: Duration::from_millis(60), ..Limits::default() });
    let (slow, quick) = (docx(200_000, "회사는 서비스를 제공한다."), docx(1, "글"));
    let started = Instant::now();
    for _ in 0..3 {
        let error = pool.load("느린.docx", &slow).unwrap_err();
        assert!(matches!(error, LoadError::Timeout(_)), "{error}");
        assert_eq!(error.to_string(), "0.06초 안에 다 읽지 못했습니다(--timeout으로 바꿀 수 있습니다)");
    }
    assert!(started.elapsed() < Duration::from_secs(20));
    // Starting a worker on a busy machine may take its time too.
    let read = (0..50).any(|_| pool.load("빠른.docx", &quick).is_ok_and(|document| document.text() == "글"));
    assert!(read);
}

#[cfg(target_os = "linux")]
#[test]
fn what_takes_too_much_memory_is_given_up_and_the_next_file_is_read() {
    let pool = pool(Limits { memory: 256 << 20, ..Limits::default() });
    let (large, small) = (docx(2_900_000, ""), docx(1, "글"));
    for _ in 0..2 {
        let error = pool.load("큰.docx", &large).unwrap_err();
        assert!(matches!(error, LoadError::Memory(_)), "{error}");
        assert_eq!(pool.load("작은.docx", &small).unwrap().text(), "글");
    }
}

/// Programs that are no workers, or die in the middle.
#[cfg(unix)]
#[test]
fn a_worker_that_dies_or_is_none_is_an_error_of_its_file() {
    let file = docx(1, "글");
    let run = |script: &str| {
        let limits = Limits { time: Duration::from_secs(5), ..Limits::default() };
        Pool::new("/bin/sh", ["-c", script], limits.into()).load("a.docx", &file).unwrap_err()
    };
    assert!(matches!(run("exit 3"), LoadError::Worker(_)));
    assert!(matches!(run("echo 안녕하십니까"), LoadError::Worker(_)));
    // The greeting of a worker, byte for byte, then death.
    let version = env!("CARGO_PKG_VERSION");
    let length = version.len() + 1;
    let hello = format!(
        "head -c 40 >/dev/null; printf '\\221jmn\\{length:03o}\\0\\0\\0\\0\\0\\0\\0\\{:03o}{version}'",
        version.len()
    );
    assert!(matches!(run(&format!("{hello}; exit 1")), LoadError::Crashed));
    assert!(matches!(run(&format!("{hello}; head -c 100 >/dev/null; kill -SEGV $$")), LoadError::Crashed));
    assert!(matches!(run(&format!("{hello}; kill -KILL $$")), LoadError::Memory(_)));
    assert!(matches!(
        run(&format!("{hello}; echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$")),
        LoadError::Memory(_)
    ));
    assert!(matches!(
        Pool::new("/없는/프로그램", [""; 0], Options::default()).load("a.docx", &file),
        Err(LoadError::Worker(_))
    ));
}

#[cfg(unix)]
#[test]
fn a_worker_that_does_not_answer_is_not_waited_for() {
    let limits = Limits { time: Duration::from_millis(200), ..Limits::default() };
    let started = Instant::now();
    let pool = Pool::new("/bin/sh", ["-c", "exec sleep 60"], limits.into());
    assert!(matches!(pool.load("a.docx", &docx(1, "글")), Err(LoadError::Timeout(_))));
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn changes_are_read_as_the_options_say() {
    let body = "<w:p><w:r><w:t xml:space='preserve'>대금은 </w:t></w:r><w:del><w:r><w:delText>백만</w:delText></w:r></w:del><w:ins><w:r><w:t>이백만</w:t></w:r></w:ins><w:r><w:t>원</w:t></w:r></w:p>";
    let file = word(body);
    for (revisions, text) in
        [(Revisions::Accepted, "대금은 이백만원"), (Revisions::Original, "대금은 백만원")]
    {
        let options = Options { revisions, ..Options::default() };
        let pool = Pool::new(env!("CARGO_BIN_EXE_jomun"), ["worker"], options);
        assert_eq!(pool.load("a.docx", &file).unwrap().text(), text);
    }
}
