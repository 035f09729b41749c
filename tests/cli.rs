//! The command line as its user meets it: cases as files under `tests/cli`, and here what needs a folder of its own.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A short consumer contract, our own words. It has no rule on data return, so that something is missing.
const CONTRACT: &str = "\
구름상자 서비스 이용약관

제1조(목적) 이 약관은 주식회사 구름상자(이하 \"회사\")가 제공하는 클라우드 저장 서비스를 회원이 이용하는 데 필요한 사항을 정합니다.
제2조(요금) ① 회원은 매월 말일까지 이용요금을 냅니다.
② 회사는 요금을 올리려면 30일 전에 회원에게 전자우편으로 알립니다.
제3조(관할) 이 약관에 관한 소송은 회원의 주소지를 관할하는 법원에 냅니다.
";

#[test]
fn cases() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").case("tests/cli/*.toml");
}

/// Runs jomun in `dir` with a data folder of its own.
fn jomun(dir: &Path, args: &[&str]) -> Output {
    jomun_with(dir, args, b"")
}

fn jomun_with(dir: &Path, args: &[&str], stdin: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jomun"));
    command
        .current_dir(dir)
        .args(args)
        .env("XDG_DATA_HOME", dir.join(".data"))
        .env("APPDATA", dir.join(".data"));
    command.env_remove("CLICOLOR_FORCE").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A run that refuses its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn paths(reports: &serde_json::Value) -> Vec<String> {
    let path = |report: &serde_json::Value| {
        assert_eq!(report["schema"], "jomun-report/1");
        report["document"]["path"].as_str().unwrap().replace('\\', "/")
    };
    reports.as_array().unwrap().iter().map(path).collect()
}

#[test]
fn one_file_gives_one_object_and_a_folder_an_array_in_order() {
    let text = CONTRACT.as_bytes();
    let dir = folder(&[
        ("계약/다.txt", text),
        ("계약/가.txt", text),
        ("계약/나/라.md", text),
        ("계약/표.xlsx", b"x"),
    ]);
    let one = jomun(dir.path(), &["scan", "계약/가.txt", "--format", "json"]);
    assert_eq!((code(&one), err(&one).as_str()), (0, ""));
    let report: jomun::report::Report = serde_json::from_slice(&one.stdout).unwrap();
    assert_eq!(report.document.path, "계약/가.txt");
    for jobs in ["1", "4"] {
        let many = jomun(dir.path(), &["scan", "계약", "--format", "json", "--jobs", jobs]);
        let reports = serde_json::from_slice(&many.stdout).unwrap();
        assert_eq!(paths(&reports), ["계약/가.txt", "계약/나/라.md", "계약/다.txt"]);
        assert_eq!(err(&many), "jomun: 3건을 분석했습니다, 다른 형식의 파일 1개는 건너뛰었습니다\n");
    }
    let lines = jomun(dir.path(), &["scan", "계약", "--format", "jsonl", "--quiet"]);
    assert_eq!((out(&lines).lines().count(), err(&lines).as_str()), (3, ""));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let dir = folder(&[("가.txt", CONTRACT.as_bytes()), ("나.txt", "제1조 목적\n".as_bytes())]);
    for format in ["terminal", "json", "jsonl", "markdown"] {
        let run = |jobs| jomun(dir.path(), &["scan", ".", "--format", format, "--jobs", jobs]).stdout;
        assert_eq!(run("1"), run("3"), "{format}");
    }
}

#[test]
fn standard_input_goes_by_its_name() {
    let dir = folder(&[]);
    let got = jomun_with(
        dir.path(),
        &["scan", "-", "--name", "보낸 약관.txt", "--format", "json"],
        CONTRACT.as_bytes(),
    );
    let report: jomun::report::Report = serde_json::from_slice(&got.stdout).unwrap();
    assert_eq!((code(&got), report.document.path.as_str()), (0, "보낸 약관.txt"));
    let text = jomun_with(dir.path(), &["text", "-"], CONTRACT.as_bytes());
    assert_eq!(out(&text), CONTRACT);
}

#[test]
fn the_threshold_decides_between_0_and_1_and_unreadable_input_gives_2() {
    let dir = folder(&[("가.txt", CONTRACT.as_bytes()), ("빈.txt", b"")]);
    for (args, want) in [
        (&["scan", "가.txt"][..], 0),
        (&["scan", "가.txt", "--fail-on", "high"], 1),
        (&["scan", "가.txt", "--fail-on", "low"], 1),
        (&["scan", "가.txt", "빈.txt", "--fail-on", "low"], 2),
        (&["scan", "."], 2),
        (&["scan", "없는.txt", "가.txt"], 2),
    ] {
        let got = jomun(dir.path(), args);
        assert_eq!(code(&got), want, "{args:?}");
        assert!(out(&got).contains("== "), "{args:?}: what can be read is reported");
    }
}

#[test]
fn every_bad_input_is_one_korean_line_and_the_others_are_reported() {
    let text = CONTRACT.as_bytes();
    // CP949 in which every tenth character is none.
    let garbled = [b"\xb0\xa1".repeat(9).as_slice(), b"\xff\xff\n"].concat().repeat(20);
    let dir = folder(&[
        ("가.txt", text),
        ("나-빈.txt", b""),
        (
            "다-이진.txt",
            b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00\x01\x00\x00\x00",
        ),
        ("라-이진.docx", b"\x00\x01\x02\x03\xff\xfe\x00\x00\x00\x00binary"),
        ("마-잘림.docx", b"PK\x03\x04\x14\x00\x00\x00\x08\x00"),
        ("바-암호.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00\x00\x00\x00\x00\x00\x00"),
        ("아-한글.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1........HWP Document File V5.00"),
        ("자-문서.pdf", b"%PDF-1.7\n%%EOF\n"),
        ("차-깨짐.txt", &garbled),
        ("카-빈쪽.html", b"<html><body></body></html>"),
        ("하.txt", text),
    ]);
    let large = fs::File::create(dir.path().join("사-큰.txt")).unwrap();
    large.set_len(300 << 20).unwrap();
    let got = jomun(dir.path(), &["scan", ".", "--format", "json", "--quiet"]);
    assert_eq!(code(&got), 2);
    let reports = serde_json::from_slice(&got.stdout).unwrap();
    assert_eq!(paths(&reports), ["./가.txt", "./하.txt"]);
    let told = err(&got).replace('\\', "/");
    let names: Vec<&str> = told
        .lines()
        .map(|line| line.strip_prefix("jomun: ./").unwrap().split_once(": ").unwrap().0)
        .collect();
    assert_eq!(
        names,
        [
            "나-빈.txt",
            "다-이진.txt",
            "라-이진.docx",
            "마-잘림.docx",
            "바-암호.docx",
            "사-큰.txt",
            "아-한글.hwp",
            "자-문서.pdf",
            "차-깨짐.txt",
            "카-빈쪽.html",
        ]
    );
    for line in told.lines() {
        let reason = line.rsplit_once(": ").unwrap().1;
        assert!(reason.chars().any(|c| ('가'..='힣').contains(&c)), "{line}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_loops_is_told_and_read_once() {
    let dir = folder(&[("계약/가.txt", CONTRACT.as_bytes())]);
    std::os::unix::fs::symlink("..", dir.path().join("계약/위로")).unwrap();
    let got = jomun(dir.path(), &["scan", "계약", "--format", "jsonl", "--quiet"]);
    assert_eq!((code(&got), out(&got).lines().count()), (2, 1));
    let told = err(&got);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("jomun: 계약/위로") && told.contains("심볼릭 링크"), "{told}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_and_closed_files_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder(&[("계약/가.txt", CONTRACT.as_bytes()), ("계약/닫힘.txt", b"x")]);
    std::os::unix::fs::symlink("없음.txt", dir.path().join("계약/끊김.txt")).unwrap();
    let closed = dir.path().join("계약/닫힘.txt");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let got = jomun(dir.path(), &["scan", "계약", "--format", "jsonl", "--quiet"]);
    assert!(err(&got).contains("jomun: 계약/끊김.txt: 파일이 없습니다\n"), "{}", err(&got));
    assert_eq!(code(&got), 2);
    // Permissions do not bind the superuser.
    if fs::File::open(&closed).is_err() {
        assert!(err(&got).contains("jomun: 계약/닫힘.txt: 읽을 권한이 없습니다\n"), "{}", err(&got));
        assert_eq!(out(&got).lines().count(), 1);
    }
}

#[test]
fn an_output_that_exists_is_kept_unless_forced() {
    let dir = folder(&[("가.txt", CONTRACT.as_bytes()), ("보고서.md", b"kept")]);
    let report = || fs::read_to_string(dir.path().join("보고서.md")).unwrap();
    let args = ["scan", "가.txt", "--format", "markdown", "--output", "보고서.md"];
    let got = jomun(dir.path(), &args);
    assert_eq!((code(&got), out(&got).as_str(), report().as_str()), (2, "", "kept"));
    assert_eq!(err(&got), "jomun: 보고서.md: 이미 있습니다(덮어쓰려면 --force)\n");
    let got = jomun(dir.path(), &[&args[..], &["--force"]].concat());
    assert_eq!(code(&got), 0);
    assert!(report().starts_with("# 가.txt\n"));
    let got = jomun(dir.path(), &["scan", "가.txt", "--output", "가.txt", "--force"]);
    assert_eq!((code(&got), fs::read_to_string(dir.path().join("가.txt")).unwrap().as_str()), (2, CONTRACT));
    // Neither a contract that a folder brings in, nor one that a report in an output folder would hit.
    let got = jomun(dir.path(), &["scan", ".", "--output", "가.txt", "--force", "--quiet"]);
    assert_eq!((code(&got), fs::read_to_string(dir.path().join("가.txt")).unwrap().as_str()), (2, CONTRACT));
    fs::write(dir.path().join("가.txt.md"), CONTRACT).unwrap();
    let got =
        jomun(dir.path(), &["scan", ".", "--format", "markdown", "--output", ".", "--force", "--quiet"]);
    let kept = fs::read_to_string(dir.path().join("가.txt.md")).unwrap();
    assert_eq!((code(&got), kept.as_str(), err(&got).lines().count()), (2, CONTRACT, 1), "{}", err(&got));
    for report in ["가.txt.md", "가.txt.md.md", "보고서.md.md"] {
        fs::remove_file(dir.path().join(report)).unwrap();
    }
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "no temporary file stays: {left:?}");
}

#[test]
fn an_output_folder_gets_a_report_for_each_input() {
    let text = CONTRACT.as_bytes();
    let dir = folder(&[("가/약관.txt", text), ("나/약관.txt", text), ("빈.txt", b"")]);
    let args = ["scan", "가", "나", "빈.txt", "--format", "json", "--output", "보고서/"];
    let got = jomun(dir.path(), &args);
    assert_eq!((code(&got), out(&got).as_str()), (2, ""));
    let mut names: Vec<_> = fs::read_dir(dir.path().join("보고서"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["약관.txt-2.json", "약관.txt.json"]);
    let again = jomun(dir.path(), &args);
    assert_eq!((code(&again), err(&again).matches("--force").count()), (2, 2), "{}", err(&again));
}

#[test]
fn an_unknown_standard_ends_the_run() {
    let dir = folder(&[("가.txt", CONTRACT.as_bytes())]);
    let got = jomun(dir.path(), &["scan", "가.txt", "--standard", "없는-표준"]);
    assert_eq!((code(&got), out(&got).as_str(), err(&got).lines().count()), (2, "", 1));
    assert!(err(&got).starts_with("jomun: 없는-표준: "), "{}", err(&got));
}

/// A rule of a user's on whatever the provider is not liable for.
const OWN_RULE: &str = r#"
id = "our-liability"
title = "우리 기준의 면책"
severity = "high"
confidence = "CONFIDENCE"
instrument = "any"
basis = []
message = "책임을 지지 않는 조항으로 볼 수 있습니다."
why = "까닭입니다."
advice = "고치십시오."
suggestion = "회사는 손해를 배상한다."
[[match]]
act = ["not-liable"]
actor = "provider"
[[bad]]
text = "[[회사는 손해에 대하여 책임을 지지 아니한다]]."
[[bad]]
text = "[[회사는 손해에 대하여 책임을 지지 않는다]]."
[[bad]]
text = "[[회사는 손해를 배상하지 아니한다]]."
[[bad]]
text = "[[회사의 책임은 면제된다]]."
[[good]]
text = "회사는 손해를 배상한다."
[[good]]
text = "회원은 요금을 낸다."
[[good]]
text = "회사는 책임을 진다."
[[good]]
text = "회사는 서비스를 제공한다."
"#;

/// A contract that nothing but the user's rule is held against: topics are switched off by the settings below.
const EXEMPTING: &str = "\
서비스 이용약관
제1조(목적) 이 약관은 회사가 제공하는 서비스를 회원이 이용하는 데 필요한 사항을 정한다.
제2조(책임) 회사는 회원에게 생긴 손해에 대하여 책임을 지지 아니한다.
";

/// Settings that leave the user's rule alone: every topic and every other rule is switched off.
fn only_own(more: &str) -> String {
    let topics = jomun::topic::Topics::builtin().unwrap();
    let topics = topics.list().iter().map(|topic| format!("\"missing-{}\"", topic.id));
    let rules = jomun::rule::RuleSet::builtin().unwrap();
    let rules = rules.rules().iter().map(|rule| format!("\"{}\"", rule.id));
    let off = topics.chain(rules).collect::<Vec<_>>().join(", ");
    format!("rules = [\"규칙\"]\noff = [{off}]\n{more}")
}

#[test]
fn own_rules_and_settings_decide() {
    let rule = |confidence: &str| OWN_RULE.replace("CONFIDENCE", confidence);
    let dir =
        folder(&[("가.txt", EXEMPTING.as_bytes()), ("규칙/our-liability.toml", rule("high").as_bytes())]);
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    let scan = |args: &[&str]| {
        let got =
            jomun(dir.path(), &[&["scan", "가.txt", "--format", "json", "--fail-on", "high"], args].concat());
        let report: jomun::report::Report = serde_json::from_slice(&got.stdout).unwrap();
        let is_own = |id: &String| id == "our-liability";
        let own =
            |finding: &&jomun::report::FindingInfo| is_own(&finding.rule) || finding.also.iter().any(is_own);
        let own = report.findings.iter().filter(own).count();
        (code(&got), own, report.suppressed.len(), err(&got))
    };
    write("jomun.toml", &only_own(""));
    assert_eq!(scan(&[]), (1, 1, 0, String::new()), "the settings in the folder are found");
    write("jomun.toml", &only_own("[severity]\nour-liability = \"low\"\n"));
    assert_eq!(scan(&[]), (0, 1, 0, String::new()));
    write("규칙/our-liability.toml", &rule("low"));
    write("jomun.toml", &only_own(""));
    assert_eq!(scan(&[]), (0, 1, 0, String::new()), "what is doubtful does not count");
    write("규칙/our-liability.toml", &rule("high"));
    let entry = "[[suppress]]\nrule = \"our-liability\"\nreason = \"합의함\"\ndate = \"2026-11-27\"\n";
    write("다른.toml", &only_own(&format!("{entry}{entry}clause = \"제9조\"\n")));
    let told = "jomun: 다른.toml:8: 이 suppress에 걸린 지적이 없습니다(our-liability, 제9조)\n";
    assert_eq!(scan(&["--config", "다른.toml", "--quiet"]), (0, 0, 1, told.to_owned()));
    write("jomun.toml", "");
    assert_eq!(scan(&[]).1, 0);
    assert_eq!(scan(&["--rules", "규칙"]).1, 1);
    write("jomun.toml", "off = [\n3]\n");
    let wrong = jomun(dir.path(), &["scan", "가.txt"]);
    assert_eq!(
        (code(&wrong), err(&wrong).as_str()),
        (2, "jomun: jomun.toml:2: 값의 꼴이 다릅니다: 문자열(\"…\")로 적습니다\n")
    );
}

#[test]
fn audience_and_instrument_are_the_users_to_choose() {
    let dir = folder(&[("가.txt", CONTRACT.as_bytes())]);
    let args = ["scan", "가.txt", "--audience", "b2b", "--instrument", "negotiated", "--format", "json"];
    let got = jomun(dir.path(), &args);
    let report: jomun::report::Report = serde_json::from_slice(&got.stdout).unwrap();
    assert_eq!(report.context.standard.as_deref(), Some("cloud-b2b"));
    assert_eq!(report.context.why.matches("사용자가 정했습니다").count(), 2, "{}", report.context.why);
}

#[test]
fn a_new_rule_works_as_it_is_and_is_never_written_over() {
    let dir = folder(&[("가.txt", EXEMPTING.as_bytes())]);
    let new = jomun(dir.path(), &["rules", "new", "our-data-loss", "--family", "liability", "--dir", "규칙"]);
    assert_eq!((code(&new), err(&new).as_str()), (0, ""));
    let path = dir.path().join("규칙/liability/our-data-loss.toml");
    let written = fs::read_to_string(&path).unwrap();
    let tested = jomun(dir.path(), &["rules", "test", "규칙"]);
    // A rule of 약관법 needs a basis; the template leaves it to the author.
    assert_eq!(code(&tested), 2, "{}", out(&tested));
    assert!(
        err(&tested).contains("our-data-loss.toml") && err(&tested).contains("basis"),
        "{}",
        err(&tested)
    );
    fs::write(&path, written.replace("basis = []", "basis = [\"약관법 제7조제2호\"]")).unwrap();
    let tested = jomun(dir.path(), &["rules", "test", "규칙"]);
    assert_eq!((code(&tested), err(&tested).as_str()), (0, ""), "{}", out(&tested));
    assert_eq!(out(&tested), "규칙 1개의 예 8개가 모두 맞습니다\n");
    let again =
        jomun(dir.path(), &["rules", "new", "our-data-loss", "--family", "liability", "--dir", "규칙"]);
    assert_eq!((code(&again), err(&again).matches("이미 있습니다").count()), (2, 1), "{}", err(&again));
    let list = out(&jomun(dir.path(), &["rules", "list", "--family", "liability", "--rules", "규칙"]));
    assert!(list.contains("  our-data-loss ") && !list.contains("silent-renewal"), "{list}");
    let plain = jomun(dir.path(), &["rules", "new", "our-own"]);
    assert_eq!(code(&plain), 0);
    assert_eq!(code(&jomun(dir.path(), &["rules", "test", "rules"])), 0);
}

#[test]
fn a_rule_that_does_not_hold_to_its_examples_is_told_with_what_was_found() {
    let wrong = OWN_RULE
        .replace("CONFIDENCE", "high")
        .replace("회사는 서비스를 제공한다", "회사는 불가항력으로 생긴 손해를 배상하지 아니한다")
        .replace("[[회사의 책임은 면제된다]]", "[[회원은 요금을 낸다]]");
    let dir = folder(&[("규칙/our-liability.toml", wrong.as_bytes())]);
    let got = jomun(dir.path(), &["rules", "test", "규칙"]);
    assert_eq!((code(&got), err(&got).as_str()), (1, ""));
    assert_eq!(
        out(&got).replace('\\', "/"),
        "규칙/our-liability.toml: bad 4번을 지적하지 못했습니다\n  예: [[회원은 요금을 낸다]].\n  찾은 것: 없음\n\
         규칙/our-liability.toml: good 4번을 지적했습니다\n  예: 회사는 불가항력으로 생긴 손해를 배상하지 아니한다.\n  \
         찾은 것: our-liability “회사는 불가항력으로 생긴 손해를 배상하지 아니한다.”\n\
         규칙 1개의 예 8개 가운데 2개가 어긋났습니다\n"
    );
}

#[test]
fn every_rule_and_every_topic_is_explained() {
    let dir = folder(&[]);
    let list = out(&jomun(dir.path(), &["rules", "list"]));
    let rules = jomun::rule::RuleSet::builtin().unwrap();
    assert!(rules.rules().iter().all(|rule| list.contains(&format!("  {} ", rule.id))), "{list}");
    let rule = out(&jomun(dir.path(), &["explain", "silent-renewal"]));
    for part in [
        "지적합니까",
        "왜",
        "제9조제6호 (계약의 해제·해지)",
        "지적하지 않습니다",
        "대신",
        "  | ",
        "cloud-b2c",
    ] {
        assert!(rule.contains(part), "{part}: {rule}");
    }
    let topic = out(&jomun(dir.path(), &["explain", "missing-data-return"]));
    for part in ["정하여야 할 내용", "제27조제3항", "[cloud-b2b] 제20조제1항", "  | ① "] {
        assert!(topic.contains(part), "{part}: {topic}");
    }
    for check in jomun::check::catalogue::CHECKS {
        let page = out(&jomun(dir.path(), &["explain", check.id]));
        for part in [check.title, check.id, check.what, check.why, check.advice] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
    let shown = out(&jomun(dir.path(), &["rules", "show", "silent-renewal"]));
    for part in ["중요도: ", "파일: termination/silent-renewal.toml", "지적하지 않는 예:", "[["] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn colours_come_only_when_they_are_wanted() {
    let dir = folder(&[("가.txt", CONTRACT.as_bytes())]);
    let plain = jomun(dir.path(), &["scan", "가.txt"]);
    assert!(!out(&plain).contains('\u{1b}'));
    let always = jomun(dir.path(), &["scan", "가.txt", "--color", "always"]);
    assert!(out(&always).contains('\u{1b}'));
    let mut forced = Command::new(env!("CARGO_BIN_EXE_jomun"));
    forced.current_dir(dir.path()).args(["scan", "가.txt"]).env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1");
    assert!(out(&forced.output().unwrap()).contains('\u{1b}'));
    forced.env("NO_COLOR", "1");
    assert!(!out(&forced.output().unwrap()).contains('\u{1b}'));
}

#[test]
fn a_reader_that_leaves_early_is_no_fault() {
    let dir = tempfile::tempdir().unwrap();
    for n in 0..40 {
        fs::write(dir.path().join(format!("{n:02}.txt")), CONTRACT).unwrap();
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_jomun"))
        .current_dir(dir.path())
        .args(["scan", ".", "--format", "jsonl", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let got = child.wait_with_output().unwrap();
    assert_eq!((got.status.code(), err(&got).as_str()), (Some(0), ""));
}

#[test]
fn a_template_is_imported_listed_shown_and_used() {
    let dir = folder(&[("기준.txt", CONTRACT.as_bytes()), ("가.txt", CONTRACT.as_bytes())]);
    let data = ["--data-dir", "자료"];
    let run = |args: &[&str]| jomun(dir.path(), &[args, &data[..]].concat());
    let got = run(&["standard", "import", "기준.txt", "--id", "our-terms", "--like", "cloud-b2c"]);
    assert_eq!(code(&got), 0, "{}", err(&got));
    assert!(out(&got).contains("조 3, 항 2, 호 0"), "{}", out(&got));
    let again = run(&["standard", "import", "기준.txt", "--id", "our-terms"]);
    assert_eq!(code(&again), 2);
    assert!(err(&again).contains("--force"), "{}", err(&again));
    let list = out(&run(&["standard", "list"]));
    for id in ["cloud-b2b", "cloud-b2c", "our-terms"] {
        assert!(list.lines().any(|line| line == id), "{list}");
    }
    let shown = run(&["standard", "show", "our-terms/2"]);
    assert!(out(&shown).contains("30일 전에 회원에게") && !out(&shown).contains("관할"), "{}", out(&shown));
    let missing = run(&["standard", "show", "our-terms/99"]);
    assert_eq!((code(&missing), err(&missing).lines().count()), (2, 1));
    let scanned = run(&["scan", "가.txt", "--standard", "our-terms", "--format", "json"]);
    let report: jomun::report::Report = serde_json::from_slice(&scanned.stdout).unwrap();
    assert_eq!(report.context.standard.as_deref(), Some("our-terms"));
    assert!(report.topics.iter().flat_map(|topic| &topic.provisions).all(|at| at.starts_with("our-terms/")));
}

#[test]
fn the_schema_is_printed() {
    let dir = folder(&[]);
    let got = jomun(dir.path(), &["schema"]);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/report.schema.json");
    assert!(
        out(&got) == fs::read_to_string(golden).unwrap().replace("\r\n", "\n"),
        "jomun schema differs from it"
    );
}

/// A list of ones own, which asks for one thing.
const OWN_LIST: &str = r#"
id = "own"
title = "우리 기준"
edition = "2026-01"
source = "구매 기준"
[[item]]
id = "target"
title = "가용률"
severity = "medium"
requires = "가용률을 정해야 합니다."
model = "회사는 월 가용률 99.9퍼센트 이상을 보장한다."
annex = ["가용률|품질 따르|정하"]
[[item.element]]
name = "가용률의 목표"
any = ["가용률 percent"]
"#;

#[test]
fn a_contract_is_read_with_what_it_refers_to_against_ones_own_list() {
    let contract =
        format!("{CONTRACT}제4조(품질) 서비스의 품질은 서비스수준협약에서 정하는 바에 따릅니다.\n");
    let sla = "서비스수준협약\n\n제1조(목표) 회사는 월 가용률 99.9퍼센트 이상을 보장합니다.\n";
    let dir = folder(&[
        ("약관.txt", contract.as_bytes()),
        ("협약.txt", sla.as_bytes()),
        ("목록/own.toml", OWN_LIST.as_bytes()),
        ("jomun.toml", "checklists = [\"목록\"]\nprofiles = [\"own\"]\n".as_bytes()),
    ]);
    let alone = jomun(dir.path(), &["scan", "약관.txt"]);
    assert!(out(&alone).contains("→ 서비스수준협약"), "{}", out(&alone));
    let args = ["scan", "약관.txt", "--with", "협약.txt", "--format", "json"];
    let together = jomun(dir.path(), &args);
    assert_eq!(code(&together), 0, "{}", err(&together));
    let report: serde_json::Value = serde_json::from_str(&out(&together)).unwrap();
    assert_eq!(report["document"]["parts"], serde_json::json!(["약관.txt", "협약.txt"]));
    let item = &report["checklists"][0]["items"][0];
    assert_eq!(
        (item["status"].as_str(), item["evidence"][0]["place"].as_str()),
        (Some("covered"), Some("협약.txt: 3행"))
    );
    // What the settings say of an item is heard.
    fs::write(
        dir.path().join("jomun.toml"),
        "checklists = [\"목록\"]\nprofiles = [\"own\"]\noff = [\"checklist-own-target\"]\n",
    )
    .unwrap();
    let off = jomun(dir.path(), &["scan", "약관.txt", "--format", "json"]);
    assert!(!out(&off).contains("\"checklist-own-target\""), "{}", err(&off));
    assert!(!err(&off).contains("모르는 규칙"), "{}", err(&off));
    let tested = jomun(dir.path(), &["checklist", "test", "목록"]);
    assert_eq!(code(&tested), 0, "{}", out(&tested));
}
