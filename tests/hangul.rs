//! Documents of 한글, hwpx and hwp: the samples and the standards written as such files with automatic numbers read like
//! their text; every kind of control is told; nothing that is damaged does harm.

#![allow(clippy::print_stdout, reason = "a failed test tells what it saw")]

mod draft;
mod hwp;
mod hwpx;

use draft::Draft;
use jomun::analyze::Analyzer;
use jomun::clause;
use jomun::document::{BlockKind, Document, Format};
use jomun::error::LoadError;
use jomun::load::{Limits, load, load_path, sniff};
use jomun::report::Report;
use std::path::PathBuf;

fn read(bytes: &[u8]) -> Result<Document, LoadError> {
    load("계약.hwp", bytes, &Limits::default())
}

fn lines(document: &Document) -> Vec<&str> {
    document.blocks().iter().map(|block| block.span.of(document.text())).collect()
}

fn noticed(document: &Document, word: &str) -> bool {
    document.notices.iter().any(|notice| notice.message.contains(word))
}

fn place(document: &Document, word: &str) -> String {
    document.place(document.text().find(word).unwrap())
}

/// What every document must keep, however it came about.
fn assert_sound(document: &Document) {
    let text = document.text();
    let mut end = None;
    for block in document.blocks() {
        assert!(text.is_char_boundary(block.span.start) && text.is_char_boundary(block.span.end));
        assert!(text.is_char_boundary(block.span.start + block.label));
        assert!(block.span.start + block.label <= block.span.end);
        assert!(end.is_none_or(|end| end < block.span.start));
        end = Some(block.span.end);
    }
}

/// The samples and, where they lie beside the project, the official standards, as plain text without the marks of
/// their formats.
fn texts() -> Vec<(Document, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root.join("corpora/samples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'))
        .collect();
    paths.sort();
    assert_eq!(paths.len(), 8);
    for name in ["b2b.txt", "b2c.txt"] {
        let path = root.join("../shared/standards").join(name);
        paths.extend(path.exists().then_some(path));
    }
    let plain = |document: &Document| {
        let mut out = String::new();
        for line in document.text().lines() {
            let line = line.trim().trim_start_matches('#').trim_start().replace("**", "");
            // A row of a Markdown table, and the line under its head.
            let row = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
            if row.is_some_and(|row| row.chars().all(|c| "-| :".contains(c))) {
                continue;
            }
            out.push_str(row.unwrap_or(&line).trim());
            out.push('\n');
        }
        out
    };
    let documents = paths.iter().map(|path| load_path(path, &Limits::default()).unwrap());
    documents.map(|document| (plain(&document), document)).map(|(text, document)| (document, text)).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The share of the characters of one text that stand in the same lines of the other.
fn common(one: &str, other: &str) -> f64 {
    let mut own: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    other.lines().for_each(|line| *own.entry(squeezed(line)).or_default() += 1);
    let (mut same, mut all) = (0, 0);
    for line in one.lines().map(squeezed) {
        let length = line.chars().count();
        all += length;
        if let Some(count) = own.get_mut(&line).filter(|count| **count > 0) {
            *count -= 1;
            same += length;
        }
    }
    same as f64 / all as f64
}

/// Paths of all clauses, in order.
fn labels(document: &Document) -> Vec<String> {
    let (tree, _) = clause::parse(document);
    tree.clauses().iter().map(|clause| format!("{} {}", clause.path, clause.label)).collect()
}

fn findings(report: &Report) -> Vec<String> {
    let finding = |finding: &jomun::report::FindingInfo| {
        format!("{} {:?} {}", finding.rule, finding.clause, squeezed(&finding.quote.replace("**", "")))
    };
    report.findings.iter().map(finding).collect()
}

#[test]
fn samples_and_standards_read_like_their_text() {
    let analyzer = Analyzer::builder().build().unwrap();
    let mut told = 0;
    for (plain, text) in texts() {
        let name = plain.name.rsplit('/').next().unwrap();
        let draft = Draft::new(&text);
        assert!(
            draft.numbered == 0 || draft.automatic * 10 >= draft.numbered * 7,
            "{name}: {} of {}",
            draft.automatic,
            draft.numbered
        );
        let wanted = labels(&plain);
        let report = analyzer.analyze(&plain);
        for (format, bytes) in [(Format::Hwpx, hwpx::write(&draft)), (Format::Hwp, hwp::write(&draft))] {
            assert_eq!(sniff(&bytes).unwrap(), format);
            // For looking at them with other programs.
            if let Ok(folder) = std::env::var("HANGUL_SAMPLES") {
                std::fs::write(PathBuf::from(folder).join(format!("{name}.{}", format.name())), &bytes)
                    .unwrap();
            }
            let document = read(&bytes).unwrap();
            assert_sound(&document);
            assert_eq!(document.notices, [], "{name} {format:?}");
            let automatic = document.blocks().iter().filter(|block| block.label > 0).count();
            assert_eq!(automatic, draft.automatic, "{name} {format:?}");
            let share = common(&text, document.text());
            assert!(share >= 0.995, "{name} {format:?}: {share}");
            let found = labels(&document);
            let same = wanted.iter().zip(&found).filter(|(one, other)| one == other).count();
            let first = wanted.iter().zip(&found).find(|(one, other)| one != other);
            assert!(
                wanted.len() == found.len() && same * 100 >= wanted.len() * 99,
                "{name} {format:?}: {same} of {} and {}, {first:?}",
                wanted.len(),
                found.len()
            );
            assert_eq!(findings(&analyzer.analyze(&document)), findings(&report), "{name} {format:?}");
            println!(
                "{name} {format:?}: {same} of {} labels, {:.2} % of characters, {automatic} numbers by lists",
                wanted.len(),
                share * 100.0
            );
            told += 1;
        }
    }
    assert!(told >= 16);
}

/// A package of one section.
fn package(inner: &str) -> Vec<u8> {
    let start = hwpx::p(0, &hwpx::run(&hwpx::section_start()));
    hwpx::package(&hwpx::header(&Draft::new("")), &[format!("{start}{inner}")], "서식 이름", &[])
}

fn ctrl(inner: &str) -> String {
    format!("<hp:ctrl>{inner}</hp:ctrl>")
}

fn t(inner: &str) -> String {
    format!("<hp:t>{inner}</hp:t>")
}

#[test]
fn hwpx_runs_are_text_with_their_characters() {
    let body = [
        hwpx::p(
            0,
            &hwpx::run(&t(
                "가<hp:tab width='1' leader='0' type='1'/>나<hp:lineBreak/>다<hp:nbSpace/>라<hp:fwSpace/>마<hp:hyphen/>바<hp:markpenBegin color='#FFFF00'/>사<hp:markpenEnd/>",
            )),
        ),
        hwpx::p(
            0,
            &(hwpx::run(
                &(t("이름: ")
                    + &ctrl(
                        "<hp:fieldBegin id='1' type='CLICK_HERE'><hp:parameters><hp:stringParam name='Direction'>적으십시오</hp:stringParam></hp:parameters></hp:fieldBegin>",
                    )),
            ) + &hwpx::run(&(t("홍길동") + &ctrl("<hp:fieldEnd beginIDRef='1'/>") + &t(" 귀하")))),
        ),
        hwpx::p(
            0,
            &hwpx::run(
                "<hp:compose composeText='印'/><hp:dutmal><hp:mainText>본말</hp:mainText><hp:subText>덧말</hp:subText></hp:dutmal><hp:checkBtn value='CHECKED' caption=' 동의'/>",
            ),
        ),
        hwpx::p(
            0,
            &hwpx::run(
                "<hp:equation><hp:shapeComment>수식입니다.</hp:shapeComment><hp:script>{가동 시간} over {전체 시간} times 100</hp:script></hp:equation>",
            ),
        ),
        hwpx::p(
            0,
            &hwpx::run(
                "<hp:switch><hp:case hp:required-namespace='urn:new'><hp:chart/></hp:case><hp:default><hp:ole/></hp:default></hp:switch><hp:pic/><hp:pic/>",
            ),
        ),
        hwpx::p(5, &hwpx::run(&t("글머리"))),
        hwpx::p(5, &hwpx::run(&t(""))),
        hwpx::p(99, &hwpx::run(&t("모르는 모양"))),
    ];
    let document = read(&package(&body.concat())).unwrap();
    assert_sound(&document);
    assert_eq!(
        lines(&document),
        [
            "가\t나\n다 라 마-바사",
            "이름: 홍길동 귀하",
            "印본말☑ 동의",
            "(가동 시간)/(전체 시간) × 100",
            "",
            "■ 글머리",
            "",
            "모르는 모양"
        ]
    );
    assert!(noticed(&document, "그림 2개") && noticed(&document, "개체 1개"), "{:?}", document.notices);
    assert_eq!(document.title.as_deref(), Some("서식 이름"));
    assert_eq!(document.format, Format::Hwpx);
}

#[test]
fn hwpx_parts_are_told_apart() {
    let note = |name: &str, words: &str| {
        let mark = "<hp:ctrl><hp:autoNum num='1' numType='FOOTNOTE'><hp:autoNumFormat type='DIGIT' suffixChar=')'/></hp:autoNum></hp:ctrl>";
        let inside = hwpx::p(0, &hwpx::run(&format!("{mark}<hp:t> {words}</hp:t>")));
        ctrl(&format!("<hp:{name} number='1'>{}</hp:{name}>", hwpx::sub_list(&inside)))
    };
    let running = |name: &str, words: &str| {
        ctrl(&format!(
            "<hp:{name} id='1' applyPageType='BOTH'>{}</hp:{name}>",
            hwpx::sub_list(&hwpx::text(words))
        ))
    };
    let boxed = |words: &str| {
        format!(
            "<hp:container><hp:rect><hp:drawText name=''>{}</hp:drawText></hp:rect></hp:container>",
            hwpx::sub_list(&hwpx::text(words))
        )
    };
    let hidden =
        ctrl(&format!("<hp:hiddenComment>{}</hp:hiddenComment>", hwpx::sub_list(&hwpx::text("숨은 말"))));
    let memo = ctrl(&format!(
        "<hp:fieldBegin id='7' type='MEMO'>{}</hp:fieldBegin>",
        hwpx::sub_list(&hwpx::text("메모 말"))
    ));
    let first = hwpx::p(
        0,
        &hwpx::run(
            &(running("header", "비밀")
                + &running("header", "비밀")
                + &running("footer", "우리 회사")
                + &t("본문")
                + &note("footNote", "발 주석")
                + &note("endNote", "끝 주석")
                + &t(" 이어짐")
                + &hidden
                + &memo
                + &boxed("상자 말")),
        ),
    );
    let document = read(&package(&(first + &hwpx::text("다음")))).unwrap();
    assert_sound(&document);
    assert_eq!(
        lines(&document),
        ["본문 이어짐", "상자 말", "다음", "발 주석", "끝 주석", "비밀", "우리 회사"]
    );
    let kinds: Vec<BlockKind> = document.blocks().iter().map(|block| block.kind).collect();
    use BlockKind::{Note, Paragraph, Running, TextBox};
    assert_eq!(kinds, [Paragraph, TextBox, Paragraph, Note, Note, Running, Running]);
    let places = ["본문", "상자", "발 주석", "끝 주석", "비밀", "우리"].map(|word| place(&document, word));
    assert_eq!(places, ["2번째 문단", "글상자 3번째 문단", "각주 1", "미주 1", "머리말", "꼬리말"]);
    assert!(noticed(&document, "숨은 설명 1곳") && noticed(&document, "메모 1개"), "{:?}", document.notices);
}

#[test]
fn hwpx_tables_are_rows_with_their_captions_and_inner_tables() {
    let number = "<hp:ctrl><hp:autoNum num='0' numType='TABLE'><hp:autoNumFormat type='DIGIT'/></hp:autoNum></hp:ctrl>";
    let caption = hwpx::p(0, &hwpx::run(&format!("<hp:t>표 </hp:t>{number}<hp:t> 요금</hp:t>")));
    let caption = format!("<hp:caption side='TOP'>{}</hp:caption>", hwpx::sub_list(&caption));
    let inner = hwpx::table(&[vec![hwpx::text("안"), hwpx::text("쪽")]]);
    let outer = hwpx::table(&[
        vec![hwpx::text("구분"), hwpx::text("요율") + &hwpx::text("(월)")],
        vec![hwpx::p(21, &hwpx::run(&t("가"))), hwpx::text("나") + &hwpx::p(0, &hwpx::run(&inner))],
    ])
    .replacen("<hp:sz", &format!("{caption}<hp:sz"), 1);
    let frame =
        hwpx::table(&[vec![hwpx::p(10, &hwpx::run(&t("(목적)"))) + &hwpx::p(11, &hwpx::run(&t("정한다.")))]]);
    let body = hwpx::p(0, &hwpx::run(&(t("앞") + &outer))) + &hwpx::p(0, &hwpx::run(&frame));
    let document = read(&package(&body)).unwrap();
    assert_sound(&document);
    assert_eq!(
        lines(&document),
        ["앞", "표 1 요금", "구분 | 요율 (월)", "가 | 나", "안 | 쪽", "제1조(목적)", "① 정한다."]
    );
    assert_eq!(place(&document, "가 | 나"), "표 1의 2행");
    assert_eq!(place(&document, "안 | 쪽"), "표 2의 1행");
    let labels: Vec<usize> = document.blocks().iter().map(|block| block.label).collect();
    assert_eq!(labels, [0, 0, 0, 0, 0, "제1조".len(), "①".len()]);
}

#[test]
fn hwpx_changes_are_read_as_accepted() {
    let gone = |inner: &str| {
        format!("<hp:deleteBegin Id='1' TcId='1'/>{inner}<hp:deleteEnd Id='1' TcId='1' paraend='0'/>")
    };
    let body = [
        hwpx::p(
            10,
            &hwpx::run(&t(&format!(
                "남고 {}<hp:insertBegin Id='2' TcId='2'/>더해진<hp:insertEnd Id='2' TcId='2' paraend='0'/> 말",
                gone("지운 ")
            ))),
        ),
        // A deletion over the ends of two paragraphs and a table.
        hwpx::p(10, &hwpx::run(&t("앞<hp:deleteBegin Id='3' TcId='3'/>사라질"))),
        hwpx::p(10, &hwpx::run(&(t("전부") + &hwpx::table(&[vec![hwpx::text("지운 표"), hwpx::text("x")]])))),
        hwpx::p(10, &hwpx::run(&t("사라질<hp:deleteEnd Id='3' TcId='3' paraend='0'/>뒤"))),
        hwpx::p(
            10,
            &hwpx::run(&t(
                "<hp:deleteBegin Id='4' TcId='4'/>통째로<hp:deleteEnd Id='4' TcId='4' paraend='1'/>",
            )),
        ),
        hwpx::p(10, &hwpx::run(&t("<hp:deleteBegin Id='5' TcId='5'/>끝나지 않은"))),
    ];
    let document = read(&package(&body.concat())).unwrap();
    assert_sound(&document);
    assert_eq!(lines(&document), ["제1조남고 더해진 말", "제2조앞뒤", "제3조끝나지 않은"]);
    assert!(
        noticed(&document, "삽입 1곳, 삭제 4곳") && noticed(&document, "끝이 없는 변경 표시 1곳"),
        "{:?}",
        document.notices
    );
}

#[test]
fn hwpx_pages_are_told_from_the_heights_of_lines() {
    let lines_at = |heights: &[i64]| {
        let lines: String = heights
            .iter()
            .map(|at| format!("<hp:lineseg textpos='0' vertpos='{at}' horzpos='0'/>"))
            .collect();
        format!("<hp:linesegarray>{lines}</hp:linesegarray>")
    };
    let para = |words: &str, heights: &[i64]| hwpx::p(0, &(hwpx::run(&t(words)) + &lines_at(heights)));
    let start = hwpx::p(0, &(hwpx::run(&hwpx::section_start()) + &lines_at(&[0])));
    let table = hwpx::p(
        0,
        &(hwpx::run(&hwpx::table(&[vec![hwpx::text("칸"), hwpx::text("둘")]])) + &lines_at(&[3200])),
    );
    let body = para("하나", &[1600])
        + &table
        + &para("넘는", &[60_000, 0, 1600])
        + &para("셋", &[3200])
        + &para("넷", &[0]);
    let sections = [format!("{start}{body}"), para("다섯", &[100])];
    let file = |sections: &[String]| hwpx::package(&hwpx::header(&Draft::new("")), sections, "", &[]);
    let document = read(&file(&sections)).unwrap();
    let places = ["하나", "칸 |", "넘는", "셋", "넷"].map(|word| place(&document, word));
    assert_eq!(
        places,
        ["1쪽 2번째 문단", "1쪽 표 1의 1행", "1쪽 6번째 문단", "2쪽 7번째 문단", "3쪽 8번째 문단"]
    );
    // Lines that all stand at the same height are no layout.
    let flat = read(&file(&[format!("{start}{}{}", para("하나", &[0]), para("둘", &[0]))])).unwrap();
    assert_eq!(place(&flat, "둘"), "3번째 문단");
}

#[test]
fn hwpx_sections_follow_the_spine() {
    let list = "<opf:package xmlns:opf='urn:o'><opf:metadata/><opf:manifest>\
        <opf:item id='b' href='Contents/section1.xml'/><opf:item id='a' href='section0.xml'/><opf:item id='x' href='../../etc/passwd'/>\
        </opf:manifest><opf:spine><opf:itemref idref='b'/><opf:itemref idref='a'/><opf:itemref idref='b'/><opf:itemref idref='x'/></opf:spine></opf:package>";
    let sections = [hwpx::text("영"), hwpx::text("일")];
    let file = |more: &[(&str, &str)]| hwpx::package(&hwpx::header(&Draft::new("")), &sections, "", more);
    assert_eq!(lines(&read(&file(&[("Contents/content.hpf", list)])).unwrap()), ["일", "영"]);
    let document = read(&file(&[("Contents/content.hpf", "<broken")])).unwrap();
    assert_eq!(lines(&document), ["영", "일"]);
    assert!(noticed(&document, "content.hpf"));
    let document =
        read(&file(&[("Contents/header.xml", "<broken"), ("Contents/section1.xml", "<hs:sec")])).unwrap();
    assert_eq!(lines(&document), ["영"]);
    assert!(noticed(&document, "header.xml") && noticed(&document, "section1.xml"), "{:?}", document.notices);
}

#[test]
fn hwpx_that_cannot_be_read_is_refused_with_a_reason() {
    let file = |more: &[(&str, &str)]| {
        read(&hwpx::package(&hwpx::header(&Draft::new("")), &[hwpx::text("가")], "", more))
    };
    let locked = "<odf:manifest xmlns:odf='urn:m'><odf:file-entry full-path='Contents/section0.xml'><odf:encryption-data checksum='x'/></odf:file-entry></odf:manifest>";
    assert!(matches!(file(&[("META-INF/manifest.xml", locked)]), Err(LoadError::Encrypted)));
    let entity = "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>";
    for (broken, part) in [
        ("<hs:sec", "Contents/section0.xml"),
        (entity, "Contents/section0.xml"),
        ("<a/>", "Contents/section0.xml"),
    ] {
        assert!(matches!(file(&[(part, broken)]), Err(LoadError::Damaged(_))), "{broken}");
    }
    let deep = format!("<hs:sec xmlns:hs='urn:s'>{}{}</hs:sec>", "<a>".repeat(5_000), "</a>".repeat(5_000));
    assert!(matches!(file(&[("Contents/section0.xml", &deep)]), Err(LoadError::Limit(_))));
    assert!(matches!(file(&[("Contents/header.xml", &deep)]), Err(LoadError::Limit(_))));
    let many = [hwpx::text("가").repeat(40), hwpx::text("나").repeat(40)];
    let many = hwpx::package(&hwpx::header(&Draft::new("")), &many, "", &[]);
    let limits = |nodes: usize| Limits { nodes, ..Limits::default() };
    assert!(load("a.hwpx", &many, &limits(500)).is_ok());
    assert!(matches!(load("a.hwpx", &many, &limits(200)), Err(LoadError::Limit(_))));
    let picture = read(&package(&hwpx::p(0, &hwpx::run("<hp:pic/>"))));
    assert!(matches!(picture, Err(LoadError::Damaged(_))));
    assert!(matches!(read(&package("")), Err(LoadError::Empty)));
    let tables = (0..40).fold(hwpx::text("속"), |inner, _| {
        hwpx::p(0, &hwpx::run(&hwpx::table(&[vec![inner, hwpx::text("곁")]])))
    });
    let document = read(&package(&tables)).unwrap();
    assert_eq!(document.blocks().len(), 40);
}

/// A file of one section after its beginning.
fn file(body: &[u8]) -> hwp::File {
    let (marks, start) = hwp::section_start(1, 2);
    hwp::File::new(
        hwp::docinfo(&Draft::new("")),
        vec![[hwp::paragraph(0, 0, &marks, &start), body.to_vec()].concat()],
    )
}

fn units(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn hwp_controls_are_told_as_those_of_hwpx() {
    let inside = |level: u32, name: &str, words: &str| {
        hwp::control(level, name, &[0; 8], &hwp::list(level + 1, 1, &[], &hwp::text(level + 1, words)))
    };
    let field = [
        units("가"),
        hwp::mark(9, "\0\0\0\0"),
        units("나\n다\u{1e}라\u{18}마"),
        hwp::mark(3, "%clk"),
        units("칸"),
        hwp::mark(4, "%clk"),
    ]
    .concat();
    let drawing = hwp::control(
        1,
        "gso ",
        &[0; 40],
        &[
            hwp::list(2, 1, &[], &hwp::text(2, "그림 설명")),
            hwp::record(0x4C, 2, &[0; 40]),
            hwp::record(0x4C, 3, &[0; 40]),
            hwp::list(4, 1, &[], &hwp::text(4, "상자 말")),
            hwp::record(0x4F, 4, &[0; 8]),
            hwp::record(0x55, 3, &[0; 8]),
        ]
        .concat(),
    );
    let parts = [
        hwp::mark(16, "head"),
        hwp::mark(16, "foot"),
        units("본문"),
        hwp::mark(17, "fn  "),
        hwp::mark(17, "en  "),
        units(" 이어짐"),
        hwp::mark(15, "tcmt"),
        hwp::mark(3, "%%me"),
        hwp::mark(11, "gso "),
        hwp::mark(11, "eqed"),
        hwp::mark(23, "tdut"),
    ]
    .concat();
    let script = units("1 over 2");
    let equation = [vec![0; 4], (script.len() as u16 / 2).to_le_bytes().to_vec(), script].concat();
    let hanging = [
        inside(1, "head", "비밀"),
        inside(1, "foot", "우리 회사"),
        inside(1, "fn  ", "발 주석"),
        inside(1, "en  ", "끝 주석"),
        inside(1, "tcmt", "숨은 말"),
        hwp::control(1, "%%me", &[0; 8], &[]),
        drawing,
        hwp::control(1, "eqed", &[0; 8], &hwp::record(0x58, 2, &equation)),
        hwp::control(1, "tdut", &[vec![2, 0], units("본말"), vec![2, 0], units("덧말")].concat(), &[]),
    ]
    .concat();
    let memos = [hwp::record(0x5D, 1, &[0; 4]), hwp::list(2, 1, &[], &hwp::text(2, "메모 말"))].concat();
    let body = [
        hwp::paragraph(0, 0, &field, &hwp::control(1, "%clk", &[0; 8], &[])),
        hwp::paragraph(0, 0, &parts, &hanging),
        hwp::paragraph(0, 2, &units("글머리"), &memos),
    ]
    .concat();
    let document = read(&file(&body).bytes()).unwrap();
    assert_sound(&document);
    assert_eq!(
        lines(&document),
        [
            "가\t나\n다 라-마칸",
            "본문 이어짐1/2본말",
            "상자 말",
            "그림 설명",
            "■ 글머리",
            "발 주석",
            "끝 주석",
            "비밀",
            "우리 회사"
        ]
    );
    let places = ["상자", "발 주석", "끝 주석", "비밀", "우리"].map(|word| place(&document, word));
    assert_eq!(places, ["글상자 4번째 문단", "각주 1", "미주 1", "머리말", "꼬리말"]);
    for word in ["숨은 설명 1곳", "메모 1개", "그림 1개"] {
        assert!(noticed(&document, word), "{:?}", document.notices);
    }
}

#[test]
fn hwp_tables_are_rows_with_inner_tables() {
    let inner = hwp::table(3, &[vec![hwp::text(4, "안"), hwp::text(4, "쪽")]]);
    let nested = [hwp::text(2, "나"), hwp::paragraph(2, 0, &hwp::mark(11, "tbl "), &inner)].concat();
    let rows = [
        vec![hwp::text(2, "구분"), [hwp::text(2, "요율"), hwp::text(2, "(월)")].concat()],
        vec![hwp::paragraph(2, 4, &units("가"), &[]), nested],
    ];
    let body = [
        hwp::text(0, "앞"),
        hwp::paragraph(0, 0, &hwp::mark(11, "tbl "), &hwp::table(1, &rows)),
        hwp::text(0, "뒤"),
    ]
    .concat();
    let document = read(&file(&body).bytes()).unwrap();
    assert_eq!(lines(&document), ["앞", "구분 | 요율 (월)", "① 가 | 나", "안 | 쪽", "뒤"]);
    assert_eq!(place(&document, "① 가"), "표 1의 2행");
    assert_eq!(place(&document, "안 |"), "표 2의 1행");
}

#[test]
fn hwp_that_cannot_be_read_is_refused_with_a_reason() {
    let body = hwp::text(0, "본문입니다");
    for (flags, expected) in [(0b11, "암호"), (0b10011, "암호"), (0b101, "배포용"), (1 << 8 | 1, "암호")]
    {
        let reason = read(&hwp::File { flags, ..file(&body) }.bytes()).unwrap_err().to_string();
        assert!(reason.contains(expected), "{reason}");
    }
    assert_eq!(
        lines(&read(&hwp::File { flags: 0, ..file(&body) }.bytes()).unwrap()),
        ["본문입니다"],
        "not compressed"
    );
    let reason = read(&hwp::File { version: 0x0600_0000, ..file(&body) }.bytes()).unwrap_err().to_string();
    assert!(reason.contains("6.x판"), "{reason}");
    assert!(matches!(read(&file(b"").bytes()), Err(LoadError::Empty)));
    let broken = hwp::File { sections: vec![vec![1, 2, 3, 4, 5, 6]], ..file(&body) };
    assert!(matches!(read(&broken.bytes()), Err(LoadError::Damaged(_))));
    let mut half = file(&body);
    half.sections.push(vec![1, 2, 3, 4, 5, 6]);
    half.docinfo = vec![9, 9, 9, 9, 9];
    let document = read(&half.bytes()).unwrap();
    assert_eq!(lines(&document), ["본문입니다"]);
    assert!(noticed(&document, "Section1") && noticed(&document, "DocInfo"), "{:?}", document.notices);
    let deep: Vec<u8> = (0..400).flat_map(|level| hwp::paragraph(level, 0, &[], &[])).collect();
    assert!(matches!(read(&file(&deep).bytes()), Err(LoadError::Limit(_))));
    // As deep as the limit lets it go, a table in a table.
    let mut nested = hwp::text(254, "속");
    for level in (0..127).rev().map(|n| n * 2) {
        let rows = [vec![nested, hwp::text(level + 2, "곁")]];
        nested = hwp::paragraph(level, 0, &hwp::mark(11, "tbl "), &hwp::table(level + 1, &rows));
    }
    let document = read(&file(&nested).bytes()).unwrap();
    assert!(document.text().contains("속") && document.blocks().len() == 127, "{}", document.blocks().len());
    let bomb = hwp::File { sections: vec![vec![0; 50 << 20]], ..file(&body) };
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    assert!(matches!(load("a.hwp", &bomb.bytes(), &limits), Err(LoadError::Limit(_))));
    let many = file(&hwp::text(0, "가").repeat(40));
    let twice = hwp::File { sections: [many.sections.clone(), many.sections].concat(), ..file(&body) };
    let limits = |nodes: usize| Limits { nodes, ..Limits::default() };
    assert!(load("a.hwp", &twice.bytes(), &limits(500)).is_ok());
    assert!(matches!(load("a.hwp", &twice.bytes(), &limits(200)), Err(LoadError::Limit(_))));
    let old = [b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05".to_vec(), vec![0; 200]].concat();
    assert!(matches!(read(&old), Err(LoadError::Convert(what)) if what.contains("3.x")));
}

#[test]
fn hwp_says_what_its_own_preview_has_and_the_text_has_not() {
    let mut kept = file(&hwp::text(0, "회사는 이용 요금을 매월 청구한다"));
    kept.preview = "회사는 이용 요금을 매월 청구한다\r\n".into();
    assert_eq!(read(&kept.bytes()).unwrap().notices, []);
    kept.preview = "회사는 이용 요금을 매월 청구한다\r\n사라진 조항 손해배상 책임 제한 규정\r\n".into();
    assert!(noticed(&read(&kept.bytes()).unwrap(), "미리보기"));
    let mut tracked = file(&hwp::text(0, "본문"));
    tracked.docinfo.extend(hwp::record(0x60, 1, &[0; 16]));
    tracked.title = "서비스 이용약관".into();
    let document = read(&tracked.bytes()).unwrap();
    assert!(noticed(&document, "변경 추적"));
    assert_eq!(document.title.as_deref(), Some("서비스 이용약관"));
}

#[test]
fn hwp_changes_are_read_as_accepted() {
    // Kind 16 was inserted, 17 deleted, 2 is a pen; up to before the second place.
    let ranges = |all: &[(u32, u32, u32)]| {
        let range = |(start, end, kind): &(u32, u32, u32)| {
            [*start, *end, kind << 24 | 7].map(u32::to_le_bytes).concat()
        };
        hwp::record(0x46, 1, &all.iter().map(range).collect::<Vec<_>>().concat())
    };
    let body = [
        hwp::paragraph(0, 3, &units("남고 지운 더해진 말"), &ranges(&[(6, 10, 16), (3, 6, 17), (0, 2, 2)])),
        hwp::paragraph(0, 3, &units("앞사라질"), &ranges(&[(1, 5, 17)])),
        hwp::paragraph(0, 3, &units("뒤"), &[]),
        hwp::paragraph(0, 3, &units("통째로"), &ranges(&[(0, 2, 17), (2, 900, 17)])),
        hwp::paragraph(0, 3, &units("끝"), &ranges(&[(9, 3, 17), (u32::MAX, u32::MAX, 17)])),
    ]
    .concat();
    let document = read(&file(&body).bytes()).unwrap();
    assert_sound(&document);
    assert_eq!(lines(&document), ["제1조남고 더해진 말", "제2조앞뒤", "제3조끝"]);
    assert!(noticed(&document, "삽입 1곳, 삭제 3곳"), "{:?}", document.notices);
}

#[test]
fn long_documents_are_read_in_time() {
    let text: String =
        (0..50_000).map(|n| format!("{}. 회사는 이 조에 따라 서비스를 제공한다.\n", n + 1)).collect();
    let draft = Draft::new(&text);
    for bytes in [hwpx::write(&draft), hwp::write(&draft)] {
        let started = std::time::Instant::now();
        let document = read(&bytes).unwrap();
        println!("{:?} {:?}", document.format, started.elapsed());
        assert!(started.elapsed().as_secs() < 60, "took {:?}", started.elapsed());
        assert_eq!(document.blocks().len(), 50_000);
        assert!(document.text().ends_with("50000. 회사는 이 조에 따라 서비스를 제공한다."));
    }
}

/// A sequence of numbers that is the same every time.
fn random(seed: u64) -> impl FnMut() -> usize {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 20) as usize
    }
}

/// Truncated at every 2 %, bits flipped, stretches overwritten.
fn mutations(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut out: Vec<Vec<u8>> = (1..50).map(|n| bytes[..bytes.len() * n / 50].to_vec()).collect();
    for seed in 1..150u64 {
        let mut next = random(seed);
        let mut wrong = bytes.to_vec();
        for _ in 0..1 + next() % 12 {
            let at = next() % wrong.len();
            match next() % 3 {
                0 => wrong[at] ^= 1 << (next() % 8),
                1 => wrong[at] = 0xFF,
                _ => {
                    let end = (at + next() % 64).min(wrong.len());
                    wrong[at..end].fill((next() % 256) as u8);
                }
            }
        }
        out.push(wrong);
    }
    out
}

const CONTRACT: &str = "제1장 총칙\n제1조(목적) 이 계약은 요금을 정한다.\n① 요금은 매월 낸다.\n1. 기본 요금\n2. 추가 요금\n가. 초과분\n\
    구분 | 요율\n월 | 10%\n② 남은 돈은 돌려준다.\n제2조(해지) 고객은 해지할 수 있다.\n";

#[test]
fn damaged_files_do_no_harm() {
    let draft = Draft::new(CONTRACT);
    let mut read_all = 0;
    // The container damaged, and what is packed in it.
    let plain = hwp::File { flags: 0, ..hwp::File::new(hwp::docinfo(&Draft::new("")), Vec::new()) };
    let (marks, start) = hwp::section_start(1, 2);
    let rows = [vec![hwp::text(2, "구분"), hwp::text(2, "요율")]];
    let section = [
        hwp::paragraph(0, 0, &marks, &start),
        hwp::paragraph(0, 3, &units("(목적) 요금을 정한다."), &[]),
        hwp::paragraph(0, 0, &hwp::mark(11, "tbl "), &hwp::table(1, &rows)),
        hwp::text(0, "뒤"),
    ]
    .concat();
    for bytes in mutations(&hwpx::write(&draft)).into_iter().chain(mutations(&hwp::write(&draft))) {
        read_all += usize::from(read(&bytes).is_ok());
    }
    for section in mutations(&section) {
        let file = hwp::File { sections: vec![section], docinfo: plain.docinfo.clone(), ..file(&[]) };
        read_all += usize::from(read(&hwp::File { flags: 0, ..file }.bytes()).is_ok());
    }
    for docinfo in mutations(&plain.docinfo) {
        let file = hwp::File { docinfo, sections: vec![section.clone()], ..file(&[]) };
        let document = read(&file.bytes()).unwrap();
        assert_sound(&document);
        assert!(document.text().contains("요금을 정한다."));
        read_all += 1;
    }
    let xml = hwpx::text("가나다")
        + &hwpx::p(10, &hwpx::run(&(t("라<hp:tab/>마") + &hwpx::table(&[vec![hwpx::text("칸")]]))));
    for inner in mutations(xml.as_bytes()) {
        let inner = String::from_utf8_lossy(&inner).into_owned();
        let bytes = hwpx::package(&hwpx::header(&Draft::new("")), &[inner], "", &[]);
        read_all += usize::from(read(&bytes).is_ok_and(|document| {
            assert_sound(&document);
            true
        }));
    }
    assert!(read_all > 198, "{read_all}");
}
