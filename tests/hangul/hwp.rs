//! What the records of hwp say, control by control.

use super::{assert_sound, lines, noticed, original, place, read};
use crate::draft::{Draft, hwp};
use crate::hostile::mutation::mutations;
use jomun::error::LoadError;
use jomun::load::{Limits, load};

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
        hwp::mark(23, "tcps"),
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
        hwp::control(
            1,
            "eqed",
            &[0; 8],
            &[hwp::list(2, 1, &[], &hwp::text(2, "수식 설명")), hwp::record(0x58, 2, &equation)].concat(),
        ),
        hwp::control(1, "tdut", &[vec![2, 0], units("본말"), vec![2, 0], units("덧말")].concat(), &[]),
        hwp::control(1, "tcps", &[vec![3, 0], units("◯16"), vec![1, 0, 0, 0]].concat(), &[]),
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
            "본문 이어짐1/2본말(덧말)⑯",
            "상자 말",
            "그림 설명",
            "수식 설명",
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
fn hwp_text_with_a_line_through_it_is_told() {
    let mut file = {
        let places = [(0u32, 0u32), (5, 1), (8, 2)];
        let shapes: Vec<u8> = places
            .iter()
            .flat_map(|(from, shape)| [from.to_le_bytes(), shape.to_le_bytes()])
            .flatten()
            .collect();
        file(&hwp::paragraph(0, 0, &units("위약금은 10%20%로 한다"), &hwp::record(0x44, 1, &shapes)))
    };
    // The program writes the bits for a line where there is none, with a kind of line that it never draws.
    for properties in [15u32 << 26 | 1 << 18, 1 << 18, 0] {
        let shape = [vec![0; 46], properties.to_le_bytes().to_vec(), vec![0; 22]].concat();
        file.docinfo.extend(hwp::record(0x15, 1, &shape));
    }
    let document = read(&file.bytes()).unwrap();
    assert_sound(&document);
    assert_eq!(lines(&document), ["위약금은 10%20%로 한다"]);
    assert!(noticed(&document, "취소선이 그어진 글 1곳은 그대로 읽었습니다"), "{:?}", document.notices);
}

#[test]
fn hwp_master_pages_are_running_text() {
    // One hangs on the beginning of the section, the one for its last page on its last paragraph, behind a memo.
    let every = hwp::list(2, 1, &[], &hwp::text(2, "견본이며 효력이 없음"));
    let start = hwp::control(1, "secd", &[0; 40], &every);
    let memo = [hwp::record(0x5D, 1, &[0; 4]), hwp::list(1, 1, &[], &hwp::text(1, "메모 말"))].concat();
    let last = [memo, hwp::list(1, 1, &[], &hwp::text(1, "끝 쪽 바탕"))].concat();
    let body = [
        hwp::paragraph(0, 0, &hwp::mark(2, "secd"), &start),
        hwp::text(0, "제1조(목적)"),
        hwp::paragraph(0, 0, &units("끝"), &last),
    ];
    let document = read(&hwp::File::new(hwp::docinfo(&Draft::new("")), vec![body.concat()]).bytes()).unwrap();
    assert_sound(&document);
    assert_eq!(lines(&document), ["제1조(목적)", "끝", "견본이며 효력이 없음", "끝 쪽 바탕"]);
    assert_eq!(place(&document, "견본"), "머리말");
    assert!(noticed(&document, "바탕쪽 2개는 머리말로 읽었습니다"), "{:?}", document.notices);
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
    let before = original(&file(&body).bytes());
    assert_sound(&before);
    assert_eq!(lines(&before), ["제1조남고 지운 말", "제2조앞사라질", "제3조뒤", "제4조통째로", "제5조끝"]);
    assert!(noticed(&before, "적용하기 전의 원래 상태로"), "{:?}", before.notices);
}

#[test]
fn a_damaged_docinfo_costs_no_text() {
    let plain =
        file(&[hwp::paragraph(0, 3, &units("(목적) 요금을 정한다."), &[]), hwp::text(0, "뒤")].concat());
    let damaged = mutations(&plain.docinfo, 200);
    assert_eq!(damaged.len(), 200);
    for (kind, docinfo) in damaged {
        let file = hwp::File { docinfo, sections: plain.sections.clone(), ..file(&[]) };
        let document = read(&file.bytes()).unwrap();
        assert_sound(&document);
        assert!(document.text().contains("요금을 정한다."), "{kind}");
    }
}

#[test]
fn hwp_is_read_as_it_is_shown_while_changes_are_tracked() {
    let older = file(&hwp::text(0, "요금은 1만원"));
    let shown = file(&hwp::text(0, "요금은 2만원")).sections;
    let with = |shown: Vec<u8>| hwp::File { shown: vec![shown], ..file(&hwp::text(0, "요금은 1만원")) };
    assert_eq!(lines(&read(&older.bytes()).unwrap()), ["요금은 1만원"]);
    assert_eq!(lines(&read(&with(hwp::deflated(&shown[0])).bytes()).unwrap()), ["요금은 2만원"]);
    // What does not unpack, or is no section, is not what is shown.
    for other in [b"not packed".to_vec(), hwp::deflated(&hwp::record(0x10, 0, &[0; 26])), Vec::new()] {
        assert_eq!(lines(&read(&with(other).bytes()).unwrap()), ["요금은 1만원"]);
    }
}
