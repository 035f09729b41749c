//! What the XML of hwpx says, control by control.

use super::{assert_sound, lines, noticed, original, place, read};
use crate::draft::{Draft, hwpx};
use jomun::document::{BlockKind, Format};
use jomun::error::LoadError;
use jomun::load::{Limits, load};

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
                "<hp:compose circleType='SHAPE_CIRCLE' composeText='16'/><hp:compose composeText='印'/><hp:dutmal><hp:mainText>본말</hp:mainText><hp:subText>덧말</hp:subText></hp:dutmal><hp:checkBtn value='CHECKED' caption=' 동의'/>",
            ),
        ),
        hwpx::p(
            0,
            &hwpx::run(
                "<hp:equation><hp:shapeComment>수식입니다.</hp:shapeComment><hp:caption><hp:subList><hp:p><hp:run><hp:t>수식 설명</hp:t></hp:run></hp:p></hp:subList></hp:caption><hp:script>{가동 시간} over {전체 시간} times 100</hp:script></hp:equation>",
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
            "⑯印본말(덧말)☑ 동의",
            "(가동 시간)/(전체 시간) × 100",
            "수식 설명",
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
fn hwpx_text_with_a_line_through_it_is_told() {
    let shapes = "<hh:charProperties><hh:charPr id='0'><hh:strikeout shape='3D'/></hh:charPr>\
        <hh:charPr id='7'><hh:strikeout shape='SOLID'/></hh:charPr></hh:charProperties><hh:numberings>";
    let header = hwpx::header(&Draft::new("")).replacen("<hh:numberings>", shapes, 1);
    let run = |shape: u32, inner: &str| format!("<hp:run charPrIDRef='{shape}'>{inner}</hp:run>");
    let body = |inner: &str| {
        let start = hwpx::p(0, &hwpx::run(&hwpx::section_start()));
        hwpx::package(&header, &[format!("{start}{}", hwpx::p(0, inner))], "", &[])
    };
    let gone = "<hp:deleteBegin Id='1'/>빈<hp:deleteEnd Id='1'/>";
    let parts = [
        (0, "위약금은 "),
        (7, "10%"),
        (7, "와 5%"),
        (0, "20%로 "),
        (7, gone),
        (7, " "),
        (7, "안"),
        (0, "한다"),
    ];
    let inner: String = parts.iter().map(|(shape, words)| run(*shape, &t(words))).collect();
    let document = read(&body(&inner)).unwrap();
    assert_sound(&document);
    assert_eq!(lines(&document), ["위약금은 10%와 5%20%로  안한다"]);
    assert!(noticed(&document, "취소선이 그어진 글 2곳은 그대로 읽었습니다"), "{:?}", document.notices);
    let document = read(&body(&run(0, &t("위약금은 없다")))).unwrap();
    assert!(document.notices.is_empty(), "{:?}", document.notices);
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
fn hwpx_changes_can_be_read_as_they_were_before() {
    let added = |id: u32, inner: &str, end: u32| {
        format!(
            "<hp:insertBegin Id='{id}' TcId='{id}'/>{inner}<hp:insertEnd Id='{id}' TcId='{id}' paraend='{end}'/>"
        )
    };
    let body = [
        hwpx::p(
            10,
            &hwpx::run(&t(&format!(
                "대금은 <hp:deleteBegin Id='1' TcId='1'/>백만<hp:deleteEnd Id='1' TcId='1' paraend='0'/>{}원",
                added(2, "이백만", 0)
            ))),
        ),
        hwpx::p(10, &hwpx::run(&t(&added(3, "통째로 넣은 조", 1)))),
        hwpx::p(10, &hwpx::run(&t(&format!("나뉘기 {}", added(4, "", 1))))),
        hwpx::p(10, &hwpx::run(&t("전에는 하나"))),
        hwpx::p(10, &hwpx::run(&t("<hp:deleteBegin Id='5' TcId='5'/>끝나지 않은"))),
    ];
    let document = original(&package(&body.concat()));
    assert_sound(&document);
    assert_eq!(lines(&document), ["제1조대금은 백만원", "제2조나뉘기 전에는 하나", "제3조끝나지 않은"]);
    assert!(
        noticed(&document, "적용하기 전의 원래 상태로") && noticed(&document, "삽입 3곳, 삭제 2곳"),
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
fn heights_that_no_page_has_tell_no_page() {
    let line = |at: i64| {
        let line = format!("<hp:linesegarray><hp:lineseg vertpos='{at}' horzpos='0'/></hp:linesegarray>");
        format!("<hp:p paraPrIDRef='0' styleIDRef='0'><hp:run><hp:t>글</hp:t></hp:run>{line}</hp:p>")
    };
    let pages = |heights: &[i64]| {
        let body: String = heights.iter().map(|at| line(*at)).collect();
        let document = read(&hwpx::package(&hwpx::header(&Draft::new("")), &[body], "", &[])).unwrap();
        document.source_map().entries().iter().map(|(_, place)| place.page).collect::<Vec<_>>()
    };
    assert_eq!(pages(&[0, 1_600, 0]), [Some(1), Some(1), Some(2)]);
    assert_eq!(pages(&[0, 90_000, 180_000]), [None; 3], "counted on and on");
    assert_eq!(pages(&[0, 1, 2]), [None; 3], "counted paragraphs");
}

#[test]
fn outlines_that_nobody_defines_are_headings_with_the_numbers_of_the_program() {
    let header = hwpx::header(&Draft::new("")).replace("<hh:numbering id='900'", "<hh:numbering id='901'");
    let heading = |words: &str| hwpx::p(1, &hwpx::run(&t(words)));
    let start = hwpx::p(0, &hwpx::run(&hwpx::section_start()));
    let body = start + &heading("총칙") + &heading("제1조(목적)") + &heading("요금");
    let document = read(&hwpx::package(&header, &[body], "", &[])).unwrap();
    assert_eq!(lines(&document), ["1. 총칙", "제1조(목적)", "3. 요금"]);
    assert!(document.blocks().iter().all(|block| block.kind == BlockKind::Heading(1)));
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
fn what_the_package_lacks_is_told() {
    let whole = [hwpx::text("영"), hwpx::text("일")];
    let list = "<opf:package xmlns:opf='urn:o'><opf:metadata/><opf:manifest>\
        <opf:item id='s0' href='Contents/section0.xml'/><opf:item id='s1' href='Contents/section1.xml'/>\
        </opf:manifest><opf:spine><opf:itemref idref='s0'/><opf:itemref idref='s1'/><opf:itemref idref='section2'/></opf:spine></opf:package>";
    let more = [("Contents/content.hpf", list)];
    let document = read(&hwpx::package(&hwpx::header(&Draft::new("")), &whole[..1], "", &more)).unwrap();
    assert_eq!(lines(&document), ["영"]);
    let told = "파일 안에 없어 읽지 못한 부분이 있습니다: 본문(section1.xml), 본문(section2.xml)";
    assert!(noticed(&document, told), "{:?}", document.notices);
    let list = "<opf:package xmlns:opf='urn:o'><opf:manifest><opf:item id='header' href='Contents/nowhere.xml'/>\
        <opf:item id='s0' href='Contents/section0.xml'/></opf:manifest><opf:spine><opf:itemref idref='s0'/><opf:itemref idref='section1'/></opf:spine></opf:package>";
    let more = [("Contents/content.hpf", list)];
    let document = read(&hwpx::package(&hwpx::header(&Draft::new("")), &whole, "", &more)).unwrap();
    assert_eq!(lines(&document), ["영", "일"], "at the usual places");
    assert!(document.notices.is_empty(), "{:?}", document.notices);
    let headless = hwpx::package("", &whole, "", &[("Contents/header.xml", "")]);
    let document = read(&headless).unwrap();
    assert!(noticed(&document, "header.xml)이 파일 안에 없어 자동 번호를"), "{:?}", document.notices);
}

#[test]
fn hwpx_master_pages_are_running_text() {
    let page = |id: u32, words: &str| {
        let inside = hwpx::sub_list(&hwpx::text(words));
        format!("<masterPage xmlns:hp='urn:p' id='masterpage{id}' type='BOTH'>{inside}</masterPage>")
    };
    let pages = [page(0, "견본이며 효력이 없음"), page(1, "쓰이지 않음")];
    let list = "<opf:package xmlns:opf='urn:o'><opf:manifest><opf:item id='header' href='Contents/header.xml'/>\
        <opf:item id='section0' href='Contents/section0.xml'/><opf:item id='masterpage0' href='Contents/masterpage0.xml'/>\
        <opf:item id='masterpage1' href='Contents/masterpage1.xml'/></opf:manifest>\
        <opf:spine><opf:itemref idref='section0'/></opf:spine></opf:package>";
    let start =
        hwpx::section_start().replace("</hp:secPr>", "<hp:masterPage idRef='masterpage0'/></hp:secPr>");
    let body = hwpx::p(0, &hwpx::run(&start)) + &hwpx::text("제1조(목적)");
    let parts = [
        ("Contents/content.hpf", list),
        ("Contents/masterpage0.xml", pages[0].as_str()),
        ("Contents/masterpage1.xml", pages[1].as_str()),
    ];
    let document = read(&hwpx::package(&hwpx::header(&Draft::new("")), &[body], "", &parts)).unwrap();
    assert_sound(&document);
    assert_eq!(lines(&document), ["제1조(목적)", "견본이며 효력이 없음"]);
    assert_eq!(document.blocks()[1].kind, BlockKind::Running);
    assert!(noticed(&document, "바탕쪽 1개는 머리말로 읽었습니다"), "{:?}", document.notices);
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
