//! What a contract's owner is promised: nothing goes over a network, nothing is written but what is named, nothing of the
//! contract stands in what goes to standard error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Crates that open connections, or are there only to be used over one.
const NETWORK: [&str; 44] = [
    "actix-web",
    "async-std",
    "attohttpc",
    "awc",
    "axum",
    "curl",
    "curl-sys",
    "h2",
    "h3",
    "hickory-resolver",
    "http",
    "http-body",
    "hyper",
    "hyper-util",
    "isahc",
    "libssh2-sys",
    "mio",
    "minreq",
    "native-tls",
    "openssl",
    "openssl-sys",
    "polling",
    "quiche",
    "quinn",
    "reqwest",
    "rustls",
    "s2n-quic",
    "schannel",
    "security-framework",
    "smol",
    "socket2",
    "ssh2",
    "surf",
    "tiny_http",
    "tokio",
    "tokio-rustls",
    "tonic",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "warp",
    "webpki-roots",
    "websocket",
    "wininet",
];

/// The crates that the default build links, by the lock file: dependencies of dependencies, none that only tests use.
fn linked() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read =
        |name: &str| -> toml::Table { std::fs::read_to_string(root.join(name)).unwrap().parse().unwrap() };
    let (manifest, lock) = (read("Cargo.toml"), read("Cargo.lock"));
    let mut graph: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in lock["package"].as_array().unwrap() {
        // "name", or "name version" when there are several: all versions are taken together.
        let name = |entry: &toml::Value| entry.as_str().unwrap().split(' ').next().unwrap().to_owned();
        let needs = package.get("dependencies").and_then(toml::Value::as_array);
        let needs = needs.into_iter().flatten().map(name);
        graph.entry(package["name"].as_str().unwrap().to_owned()).or_default().extend(needs);
    }
    let tables = |table: &toml::Table| -> Vec<String> {
        let of = |kind: &str| table.get(kind).and_then(toml::Value::as_table).cloned().unwrap_or_default();
        let all = of("dependencies").into_iter().chain(of("build-dependencies"));
        let optional =
            |value: &toml::Value| value.get("optional").and_then(toml::Value::as_bool) == Some(true);
        let package = |(name, value): (String, toml::Value)| {
            value.get("package").and_then(toml::Value::as_str).map_or(name, str::to_owned)
        };
        all.filter(|(_, value)| !optional(value)).map(package).collect()
    };
    let mut open = tables(&manifest);
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    open.extend(targets.into_iter().flat_map(|t| t.values()).flat_map(|t| tables(t.as_table().unwrap())));
    let mut all = BTreeSet::new();
    while let Some(name) = open.pop() {
        if all.insert(name.clone()) {
            open.extend(graph.get(&name).cloned().unwrap_or_default());
        }
    }
    all
}

#[test]
fn no_crate_of_the_default_build_can_reach_a_network() {
    let linked = linked();
    assert!(linked.len() > 100 && linked.contains("roxmltree"), "the tree was read: {}", linked.len());
    let found: Vec<&&str> = NETWORK.iter().filter(|name| linked.contains(**name)).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn no_source_opens_a_connection() {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files += 1;
            let source = std::fs::read_to_string(&path).unwrap();
            for word in ["std::net", "TcpStream", "UdpSocket", "ToSocketAddrs", "UnixStream", "tempfile::"] {
                let code = source.split("#[cfg(test)]").next().unwrap();
                assert!(!code.contains(word), "{}: {word}", path.display());
            }
        }
    }
    assert!(files > 100);
}

/// Every path below a folder with its content.
fn listing(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            all.insert(path, Vec::new());
        } else {
            all.insert(path.clone(), std::fs::read(&path).unwrap_or_default());
        }
    }
    all
}

/// Runs jomun with every folder that programs write to by themselves inside `home`.
fn jomun(home: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jomun"));
    for name in ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"] {
        command.env(name, home);
    }
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"] {
        command.env(name, home.join("xdg"));
    }
    for name in ["TMPDIR", "TMP", "TEMP"] {
        command.env(name, home.join("tmp"));
    }
    command.current_dir(home.join("work")).args(args).stdin(Stdio::null()).output().unwrap()
}

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for folder in ["tmp", "xdg", "work/계약"] {
        std::fs::create_dir_all(home.path().join(folder)).unwrap();
    }
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/samples");
    for name in ["auto-numbered.docx", "poor-b2c-cloud.html", "hosting-terms-cp949.txt"] {
        let bytes = std::fs::read(samples.join(name)).unwrap();
        std::fs::write(home.path().join("work/계약").join(name), &bytes).unwrap();
        let cut = home.path().join("work/계약").join(format!("잘린-{name}"));
        std::fs::write(cut, &bytes[..bytes.len() / 2]).unwrap();
    }
    home
}

#[test]
fn nothing_is_written_but_what_is_named() {
    let home = home();
    let before = listing(home.path());
    for args in [
        &["scan", "계약"][..],
        &["scan", "계약", "--format", "json", "--timeout", "1ms"],
        &["text", "계약/auto-numbered.docx"],
        &["standard", "list"],
        &["rules", "list"],
        &["explain", "silent-renewal"],
    ] {
        jomun(home.path(), args);
        assert!(listing(home.path()) == before, "{args:?}");
    }
    let named = ["scan", "계약/auto-numbered.docx", "--format", "json", "--output", "보고서.json"];
    assert_eq!(jomun(home.path(), &named).status.code(), Some(0));
    let after = listing(home.path());
    let new: Vec<&PathBuf> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    assert_eq!(new, [&home.path().join("work/보고서.json")]);
    assert!(before.iter().all(|(path, bytes)| after[path] == *bytes));
}

#[test]
fn nothing_of_a_contract_is_said_on_standard_error() {
    let home = home();
    let contract = "제1조(목적) 비밀스러운 회사는 은밀한 고객에게 서비스를 제공한다.\n".repeat(20);
    let page = format!("<html><p>{contract}</p>{}</html>", "<b>".repeat(9_000));
    // CP949 in which every tenth character is none, and a page too deep to be read.
    let garbled = [b"\xba\xf1\xb9\xd0".repeat(5).as_slice(), b"\xff\xff\n"].concat().repeat(20);
    let work = home.path().join("work/계약");
    std::fs::write(work.join("깊음.html"), page).unwrap();
    std::fs::write(work.join("깨짐.txt"), garbled).unwrap();
    std::fs::write(work.join("좋음.txt"), &contract).unwrap();
    for args in [&["scan", "계약"][..], &["scan", "계약", "--timeout", "1ms"], &["text", "계약/깊음.html"]]
    {
        let output = jomun(home.path(), args);
        let told = String::from_utf8(output.stderr).unwrap();
        for word in ["비밀", "은밀", "제1조", "회사는"] {
            assert!(!told.contains(word), "{told}");
        }
        assert_eq!(output.status.code(), Some(2), "{told}");
        let lines = told.lines().filter(|line| line.contains(": "));
        assert!(lines.clone().count() >= 1);
        for line in told.lines() {
            assert!(line.starts_with("jomun: "), "{line}");
        }
    }
}
