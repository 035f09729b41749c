//! The review memo, part by part, and in LibreOffice where it is installed.

use crate::office;
use crate::redline::parts;
use crate::render::{golden, legend, report};
use jomun::document::BlockKind;
use jomun::load::{Limits, load};
use jomun::render::memo;
use jomun::report::*;
use jomun::text::Span;

fn piece(path: &str, heading: &str, text: &str, span: Option<(usize, usize)>) -> Piece {
    Piece {
        path: path.into(),
        heading: Some(heading.into()),
        text: text.into(),
        span: span.map(Span::from),
        place: span.map(|_| "2쪽".into()),
    }
}

fn stated(value: &str, path: &str) -> Option<Stated> {
    Some(Stated { value: value.into(), path: path.into(), within: Span::new(0, 6), span: None })
}

/// A comparison with every relation, marks on one row, and changes that favour each side.
fn comparison(kind: BaseKind) -> Comparison {
    let row = |id: &str, relation, base: Vec<Piece>, contract: Vec<Piece>| Row {
        id: id.into(),
        relation,
        base,
        contract,
        score: 0.5,
        why: vec!["제목이 같습니다".into()],
        changes: vec![],
        marks: vec![],
        elements: vec![],
        findings: vec![],
    };
    let change = |kind, base, contract, favours, message: &str| TypedChange {
        kind,
        base,
        contract,
        favours,
        message: message.into(),
    };
    let mark = |kind, text: &str| Mark { kind, text: text.into() };
    let old = "회사는 30일 전에 알리고 고의 또는 과실이 없으면 정지하지 않는다.";
    let new = "회사는 7일 전에 알리고 정지할 수 있다.";
    let literal = kind != BaseKind::Builtin;
    let changed = Row {
        changes: vec![
            change(
                ChangeKind::Period,
                stated("30일 전", "제9조제1항"),
                stated("7일 전", "제9조제1항"),
                Favours::Provider,
                "알리는 기간이 줄어 고객이 대비할 시간이 적습니다.",
            ),
            change(ChangeKind::Condition, stated("고의 또는 과실", "제9조제1항"), None, Favours::Neither, ""),
        ],
        marks: if literal {
            vec![
                mark(MarkKind::Equal, "회사는 "),
                mark(MarkKind::Delete, "30일 "),
                mark(MarkKind::Insert, "7일 "),
                mark(MarkKind::Equal, "전에 알리고 "),
                mark(MarkKind::Delete, "고의 또는 과실이 없으면 정지하지 않는다."),
                mark(MarkKind::Insert, "정지할 수 있다."),
            ]
        } else {
            vec![]
        },
        elements: vec![ElementShown { text: "정지 사유를 알리는 것".into(), shown: Some(false) }],
        ..row(
            "r2",
            Relation::Changed,
            vec![piece("제9조제1항", "이용 정지", old, None)],
            vec![piece("제9조제1항", "이용 정지", new, Some((10, 40)))],
        )
    };
    let purpose = || piece("제1조", "목적", "이 계약의 목적을 정한다.", None);
    Comparison {
        schema: COMPARISON_SCHEMA.into(),
        base: Base {
            kind,
            id: "cloud-x".into(),
            title: "시험용 표준계약".into(),
            edition: (kind != BaseKind::Version).then(|| "2016-12-04".into()),
            articles: 26,
        },
        literal,
        chapters: vec![
            Coverage { title: "제1장 총칙".into(), same: 3, moved: 1, changed: 0, missing: 0 },
            Coverage {
                title: "제3장 서비스의 이용".into(), same: 4, moved: 0, changed: 1, missing: 2
            },
        ],
        rows: vec![
            row("r1", Relation::Same, vec![purpose()], vec![purpose()]),
            changed,
            row(
                "r3",
                Relation::Missing,
                vec![piece(
                    "제20조제1항",
                    "정보의 반환",
                    "계약이 끝나면 정보를 돌려준다.\n1. 기간\n2. 방법",
                    None,
                )],
                vec![],
            ),
            Row {
                changes: vec![change(
                    ChangeKind::Remedy,
                    None,
                    stated("크레딧", "제12조"),
                    Favours::Customer,
                    "고객이 받는 것이 늘었습니다.",
                )],
                ..row(
                    "r4",
                    Relation::Extra,
                    vec![],
                    vec![piece(
                        "제12조",
                        "광고 <동의> & \u{1b}[31m",
                        "회사는 광고를 보낼 수 있다.",
                        Some((41, 60)),
                    )],
                )
            },
            row(
                "r5",
                Relation::Moved,
                vec![purpose()],
                vec![piece("부칙", "시행일", "시행한다.", Some((61, 70)))],
            ),
        ],
        report: report(),
    }
}

#[test]
fn part_by_part() {
    let bytes = memo::render(&comparison(BaseKind::Version), &legend()).unwrap();
    let parts = parts(&bytes);
    for name in ["word/document.xml", "word/styles.xml", "word/footer1.xml"] {
        // One line a paragraph, row or style, so that a difference can be seen.
        let mut text = String::from_utf8(parts[name].clone()).unwrap();
        for start in ["<w:p ", "<w:tbl>", "<w:tr>", "<w:style ", "<w:sectPr"] {
            text = text.replace(start, &format!("\n{start}"));
        }
        golden(&format!("memo/{}", name.rsplit('/').next().unwrap()), &text);
    }
    let said = |name: &str, words: &str| String::from_utf8_lossy(&parts[name]).matches(words).count();
    assert_eq!(said("word/document.xml", "<w:tblHeader />"), 6, "one head a table");
    assert_eq!(said("word/styles.xml", "w:eastAsia=\"ko-KR\""), 1);
    assert_eq!(said("word/styles.xml", "autoSpaceDN"), 1);
    assert_eq!(
        said("docProps/core.xml", "<dc:title>구름 저장 서비스 이용약관</dc:title><dc:creator>jomun<"),
        1
    );
    for (name, bytes) in &parts {
        let text = String::from_utf8(bytes.clone()).unwrap();
        roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(text, jomun::text::nfc(text.clone()), "{name}");
        assert!(!text.contains('\u{1b}'), "{name}");
    }
}

#[test]
fn the_same_bytes_whatever_was_written_before() {
    for kind in [BaseKind::Builtin, BaseKind::Imported, BaseKind::Version] {
        let first = memo::render(&comparison(kind), &legend()).unwrap();
        let _ = docx_rs::Docx::new().add_paragraph(docx_rs::Paragraph::new()).build();
        assert_eq!(first, memo::render(&comparison(kind), &legend()).unwrap());
    }
}

#[test]
fn it_says_what_the_comparison_says() {
    let bytes = memo::render(&comparison(BaseKind::Builtin), &legend()).unwrap();
    let document = load("메모.docx", &bytes, &Limits::default()).unwrap();
    let text = document.text();
    for said in [
        "계약 검토 메모",
        "구름 저장 서비스 이용약관",
        "시험용 표준계약 (jomun이 쓴 요지, 2016-12-04판, 조 26)",
        "변경 1 · 없음 1 · 추가 1 · 이동 1 · 같음 1",
        "제공자 유리 1 · 이용자 유리 1 · 중립 1",
        "제1장 총칙 | 3 | 1 | 0 | 0",
        "표준계약서 요지 | 계약서 | 비고",
        "기간: 30일 전 → 7일 전",
        "보이지 않는 요소: 정지 사유를 알리는 것",
        "알리는 기간이 줄어 고객이 대비할 시간이 적습니다.",
        "약관의 규제에 관한 법률 제7조제1호",
        "회사는 고의 또는 과실로 생긴 손해를 배상한다.",
        "고객과 합의한 조항임 (2026-11-27)",
        "주의: 그림 안의 글은 읽지 못했습니다. (3쪽)",
        "법적 효력을 판단하지 않습니다",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(document.blocks().iter().any(|block| block.kind == BlockKind::Heading(1)));
    assert!(!text.contains("목적을 정한다.\n이 계약의 목적"), "what is the same is folded");
    let version = memo::render(&comparison(BaseKind::Version), &legend()).unwrap();
    let text = load("메모.docx", &version, &Limits::default()).unwrap().text().to_owned();
    assert!(text.contains("구 | 신 | 비고"));
}

#[test]
fn libreoffice_opens_it() {
    for kind in [BaseKind::Builtin, BaseKind::Version] {
        let bytes = memo::render(&comparison(kind), &legend()).unwrap();
        if let Ok(folder) = std::env::var("JOMUN_KEEP") {
            std::fs::write(format!("{folder}/memo-{kind:?}.docx"), &bytes).unwrap();
        }
        office::to_pdf(&[("memo.docx", &bytes)]);
    }
}
