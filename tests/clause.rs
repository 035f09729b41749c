//! The clause tree over documents as people write them; every sentence is our own.

use jomun::clause::{ClausePath, ClauseTree, Level, parse};
use jomun::document::{BlockKind, Document, DocumentBuilder, Format};
use jomun::source::Place;
use proptest::prelude::*;

fn tree(text: &str) -> (Document, ClauseTree) {
    let document = Document::from_text("약관.txt", text);
    let (tree, _) = parse(&document);
    (document, tree)
}

/// Every article with the numbers of its 항, 호 and 목: `제1조 0/0/0`.
fn shape(text: &str) -> Vec<String> {
    let (_, tree) = tree(text);
    whole(text, &tree);
    tree.clauses()
        .iter()
        .filter(|clause| clause.level.korean() == "조")
        .map(|article| {
            let count =
                |level| tree.subtree(article.id).iter().filter(|clause| clause.level == level).count();
            let (p, i, s) = (count(Level::Paragraph), count(Level::Item), count(Level::Subitem));
            format!("{} {p}/{i}/{s}", article.label)
        })
        .collect()
}

/// Every byte in exactly one clause's own text, children sorted and inside, paths round-trip.
fn whole(text: &str, tree: &ClauseTree) {
    let mut owner = vec![0u8; text.len()];
    for clause in std::iter::once(tree.root()).chain(tree.clauses()) {
        assert!(text.get(clause.span.start..clause.span.end).is_some(), "character boundaries");
        let mut at = clause.span.start;
        for child in tree.children(clause.id) {
            assert!(at <= child.span.start && child.span.end <= clause.span.end, "sorted and nested");
            assert_eq!(child.parent, Some(clause.id));
            owner[at..child.span.start].iter_mut().for_each(|n| *n += 1);
            at = child.span.end;
        }
        owner[at..clause.span.end].iter_mut().for_each(|n| *n += 1);
        assert!(clause.span.contains(clause.marker) && clause.span.contains(clause.title));
        assert!(clause.body.iter().all(|body| clause.span.contains(*body) && !body.is_empty()));
        assert_eq!(clause.path.to_string().parse::<ClausePath>().as_ref(), Ok(&clause.path));
    }
    assert!(owner.iter().all(|n| *n == 1), "every byte once");
}

fn check(text: &str, want: &[&str]) {
    assert_eq!(shape(text), want, "\n{text}");
}

fn heading(text: &str, label: &str) -> String {
    let (_, tree) = tree(text);
    let clause = tree.clauses().iter().find(|clause| clause.label == label);
    clause.and_then(|clause| clause.heading.clone()).unwrap_or_default()
}

#[test]
fn headings_as_people_write_them() {
    let text = "제1조(목적)\n이 약관은 조건을 정한다.\n제 2 조 (정의)\n용어의 뜻을 정한다.\n제3조 요금\n요금을 정한다.\n\
                제 4조 [해 지]\n해지를 정한다.\n제5조【통지】\n통지를 정한다.\n[제6조] 손해배상\n배상을 정한다.\n\
                **제7조 면책**\n면책을 정한다.\n## 제8조 관할\n관할을 정한다.\n제9조 — 언어 / Article 9 — Language\n국어로 쓴다.\n\
                제10조\n기타를 정한다.\n재 11 조 (양도)\n양도를 정한다.\n12조 (분쟁)\n분쟁을 정한다.\n제12조의2(중재)\n중재를 정한다.\n\
                제 12조의 3 (조정)\n조정을 정한다.";
    let labels: Vec<String> =
        shape(text).iter().map(|s| s.split(' ').next().unwrap_or("").to_owned()).collect();
    assert_eq!(
        labels,
        [
            "제1조",
            "제2조",
            "제3조",
            "제4조",
            "제5조",
            "제6조",
            "제7조",
            "제8조",
            "제9조",
            "제10조",
            "제11조",
            "제12조",
            "제12조의2",
            "제12조의3"
        ]
    );
    for (label, title) in [
        ("제1조", "목적"),
        ("제4조", "해 지"),
        ("제6조", "손해배상"),
        ("제9조", "언어"),
        ("제10조", ""),
        ("제12조의3", "조정"),
    ] {
        assert_eq!(heading(text, label), title);
    }
}

#[test]
fn text_on_the_line_of_the_heading() {
    check(
        "제1조(목적)이 약관은 조건을 정한다.\n제2조(요금) 요금은 선불로 한다.\n제3조(해지) ① 언제든지 해지할 수 있다.\n② 해지하면 정산한다.\n\
         제4조 회사는 서비스를 제공한다.\n제5조 목적 이 조는 남는다.",
        &["제1조 0/0/0", "제2조 0/0/0", "제3조 2/0/0", "제4조 0/0/0", "제5조 0/0/0"],
    );
}

#[test]
fn paragraphs_with_every_kind_of_mark() {
    for [a, b, c] in [
        ["① ", "② ", "③ "],
        ["(1) ", "(2) ", "(3) "],
        ["1. ", "2. ", "3. "],
        ["1) ", "2) ", "3) "],
        ["1 ", "2 ", "3 "],
        ["하나) ", "둘) ", "셋) "],
        ["가. ", "나. ", "다. "],
        ["a. ", "b. ", "c. "],
        ["1. ① ", "2. ② ", "3. ③ "],
        ["제1항 ", "제2항 ", "제3항 "],
    ] {
        let text = format!(
            "제1조(요금)\n{a}요금은 매월 청구합니다.\n{b}이용자는 기한까지 냅니다.\n{c}늦으면 이자를 냅니다.\n\
             제2조(해지)\n{a}언제든지 해지할 수 있습니다.\n{b}해지하면 요금을 정산합니다."
        );
        check(&text, &["제1조 3/0/0", "제2조 2/0/0"]);
    }
}

#[test]
fn items_with_every_kind_of_mark() {
    for [a, b] in [
        ["1. ", "2. "],
        ["1) ", "2) "],
        ["(1) ", "(2) "],
        ["가. ", "나. "],
        ["a. ", "b. "],
        ["- ", "- "],
        ["ㅁ ", "ㅁ "],
        ["• ", "• "],
        ["ㄱ. ", "ㄴ. "],
        ["A. ", "B. "],
        ["i) ", "ii) "],
    ] {
        let text = format!(
            "제1조(제한)\n① 회사는 다음 각 호의 경우 이용을 제한할 수 있습니다.\n{a}요금을 내지 않은 경우\n{b}계정을 빌려준 경우\n\
             ② 제한할 때에는 미리 알립니다.\n제2조(금지)\n이용자는 다음 행위를 하여서는 안 됩니다.\n{a}남의 계정을 쓰는 행위\n{b}서버를 공격하는 행위"
        );
        check(&text, &["제1조 2/2/0", "제2조 0/2/0"]);
    }
}

#[test]
fn the_same_number_is_an_item_or_a_paragraph_by_its_lead() {
    check(
        "제1조(의무)\n1. 회사는 서비스를 계속 제공합니다.\n2. 회사는 장애를 고칩니다.\n\
         제2조(제한)\n회사는 다음의 경우 이용을 제한할 수 있습니다.\n1. 요금을 내지 않은 경우\n2. 남의 정보를 쓴 경우\n\
         제3조(자료)\n이용자는 자료를 스스로 관리합니다.\n1. 자료의 권리는 이용자에게 있습니다.\n2. 회사는 자료를 열어 보지 않습니다.\n\
         제4조(요금제)\n요금제의 종류:\n- 기본: 월 만 원\n- 확장: 월 오만 원",
        &["제1조 2/0/0", "제2조 0/2/0", "제3조 2/0/0", "제4조 0/2/0"],
    );
}

#[test]
fn levels_may_be_inverted() {
    check(
        "제1조(환불)\n1. 회사는 다음 각 호의 경우 환불합니다.\n① 중복하여 결제한 경우\n② 서비스를 열지 못한 경우\n2. 환불은 열흘 안에 합니다.\n\
         제2조(정의)\n이 약관에서 쓰는 말의 뜻은 다음과 같습니다.\n① 회원: 가입한 사람\n② 요금: 이용의 대가",
        &["제1조 2/2/0", "제2조 0/2/0"],
    );
}

#[test]
fn three_levels_and_a_closing_sentence() {
    let text = "제1조(해지)\n① 이용자는 다음 각 호의 경우 해지할 수 있다.\n1. 서비스가 아래와 같이 멈춘 경우\n가. 하루 넘게 멈춘 경우\n나. 한 달에 세 번 멈춘 경우\n2. 회사가 약속을 어긴 경우\n\
                다만, 이용자의 잘못이 있으면 그러하지 아니하다.\n② 해지의 효과는 따로 정한다.";
    check(text, &["제1조 2/2/2"]);
    let (document, tree) = tree(text);
    let paragraph = tree.find(&"제1조제1항".parse().unwrap()).unwrap();
    assert_eq!(paragraph.body.len(), 2);
    assert!(paragraph.body[1].of(document.text()).starts_with("다만"));
    assert_eq!(tree.lead(paragraph.id).of(document.text()), "이용자는 다음 각 호의 경우 해지할 수 있다.");
    assert_eq!(tree.find(&"제1조제1항제1호나목".parse().unwrap()).unwrap().label, "나.");
}

#[test]
fn a_list_within_a_list_of_the_same_mark() {
    check(
        "제4조(가입)\n1. 가입은 신청과 승낙으로 이루어집니다.\n2. 신청하는 사람은 다음 각 호를 갖추어야 합니다.\n1. 사업자 등록이 있을 것\n2. 대표자의 동의가 있을 것\n\
         3. 회사는 다음 각 호의 신청을 거절할 수 있습니다.\n1. 이름을 속인 경우\n2. 서류를 꾸민 경우\n3. 해지된 적이 있는 경우\n4. 거절하면 까닭을 알립니다.",
        &["제4조 4/5/0"],
    );
}

#[test]
fn paragraphs_on_one_line_and_missing_or_doubled_numbers() {
    check(
        "제1조(통지)\n① 회사는 전자우편으로 알립니다.② 주소가 틀리면 게시로 갈음합니다. ③ 통지는 닿은 때 효력이 있습니다.\n\
         제2조(변경)\n회사는 조건을 바꿀 수 있습니다.\n② 바꿀 때에는 한 달 전에 알립니다.\n③ 이용자는 거절할 수 있습니다.\n\
         제3조(요금)\n① 요금은 선불입니다.\n② 요금은 표에 따릅니다.\n② 세금은 따로 냅니다.\n④ 연체하면 이자를 냅니다.",
        &["제1조 3/0/0", "제2조 3/0/0", "제3조 4/0/0"],
    );
}

#[test]
fn a_missing_first_paragraph_takes_its_items_along() {
    check(
        "제2조(정의) 이 계약에서 쓰는 용어는 다음과 같다.\n1. 자료: 이용자가 올린 모든 것\n2. 장애: 쓸 수 없는 상태\n② 정하지 않은 말은 관례에 따른다.\n\
         제3조(효력) ① 계약은 서명한 날부터 효력이 있다.\n② 기간은 일 년으로 한다.",
        &["제2조 2/2/0", "제3조 2/0/0"],
    );
}

#[test]
fn unnumbered_paragraphs_count_where_the_document_numbers_none() {
    check(
        "제1조(목적)\n\n이 약관은 조건을 정합니다.\n\n제2조(가입)\n\n가입은 신청으로 시작합니다.\n\n회사는 다음 각 호의 신청을 거절할 수 있습니다.\n\n이름을 속인 경우\n\n서류를 꾸민 경우\n\n\
         제3조(요금)\n\n요금은 매월 청구합니다.\n\n늦으면 이자를 더합니다.\n\n제4조(금지)회원은 다음 행위를 하여서는 안 됩니다.\n\n남의 계정을 쓰는 행위\n\n서버를 공격하는 행위\n",
        &["제1조 0/0/0", "제2조 2/2/0", "제3조 2/0/0", "제4조 0/2/0"],
    );
    // Where 항 are numbered, loose sentences are just the article's text.
    check(
        "제1조(목적)\n이 약관은 조건을 정합니다.\n모든 이용자에게 적용합니다.\n제2조(요금)\n① 요금은 선불입니다.\n② 환불은 따로 정합니다.\n제3조(자료)\n자료는 이용자의 것입니다.\n\n회사는 자료를 보호합니다.",
        &["제1조 0/0/0", "제2조 2/0/0", "제3조 0/0/0"],
    );
}

#[test]
fn references_at_the_start_of_a_line_are_no_headings() {
    check(
        "제1조(해지)\n① 이용자는 요금이 오르면\n제10조 제③항의 절차에 따라 해지할 수 있고,\n7조제3항에 의한 통지를 받은 때에도 같다.\n\
         ② 회사는 「상법」\n제 84 조의 2 제 2 항 단서에 해당하면 거절할 수 있다.\n\
         제2조(정산)\n① 다음 각 호를 뺀다.\n1. 제5조에 따른 할인액\n2. 제1조제2항의 위약금\n② 제1조(해지)에 따라 끝난 계약은\n제3조(환불)를 준용하여 정산한다.\n\
         제3조(환불)\n환불은 보름 안에 한다.",
        &["제1조 2/0/0", "제2조 2/2/0", "제3조 0/0/0"],
    );
}

#[test]
fn dates_prices_versions_and_telephones_are_no_markers() {
    check(
        "제1조(시행)\n이 약관은 아래 날짜부터 시행합니다.\n2024. 5. 1.\n문의는 다음 번호로 합니다.\n1588-1234\n1.5배의 요금을\n10.5% 더한 값으로 하며\n3일 안에 냅니다.\n\
         제2조(요금)\n① 요금은\n1,000원으로 합니다.\n② 갱신은 2. 0판부터 합니다.",
        &["제1조 0/0/0", "제2조 2/0/0"],
    );
}

#[test]
fn wrapped_lines_and_page_numbers() {
    check(
        "제1조(책임)\n① 회사는 고의나 과실로 이용자에게 손해를 입힌 때에는 그 손해를 배상하여야 하며, 그 범위는\n- 11 -\n통상의 손해로 하고, 이용자가 미리 알린\n② 항의 특별한 손해도 배상한다.\n② 배상액은 협의로 정한다.\n\
         12 / 20\n제2조(면책)\n① 회사는 천재지변이나\n전쟁으로 서비스를 할 수 없게\n된 때에는 책임을 지지 아니한다.\n② 이용자의 잘못도 같다.",
        &["제1조 2/0/0", "제2조 2/0/0"],
    );
}

#[test]
fn bare_numbers_and_numbers_alone_on_their_line() {
    check(
        "제1조(가입)\n1 이용자는 신청서를 냅니다.\n2 회사는 다음 각 호가 아니면 승낙합니다.\n1. 이름이 다른 경우\n2. 서류가 빠진 경우\n3 승낙은 알린 때 효력이 있습니다.\n\
         제2조(탈퇴)\n1\n2\n이용자는 언제든지 탈퇴할 수 있습니다.\n회사는 곧바로 처리합니다.\n- 3 -\n제3조(통지)\n1 회사는 전자우편으로 알립니다.\n2 전체에 대한 통지는\n7 일 이상 게시합니다.",
        &["제1조 3/2/0", "제2조 2/0/0", "제3조 2/0/0"],
    );
}

#[test]
fn tables_of_contents_are_preamble() {
    let text = "클라우드 이용약관\n\n목차\n제1장 총칙 ········ 1\n제1조(목적) ········ 1\n제2조(정의) ········ 1\n제3조(요금) ········ 2\n\n\
                제1장 총칙\n제1조(목적)\n조건을 정한다.\n제2조(정의)\n뜻을 정한다.\n제3조(요금)\n요금을 정한다.";
    check(text, &["제1조 0/0/0", "제2조 0/0/0", "제3조 0/0/0"]);
    let (_, tree) = tree(text);
    assert_eq!(tree.counts().chapters, 1);
    assert!(tree.clauses().iter().any(|clause| clause.level == Level::Contents));
    check(
        "이용약관\n제1조 목적\n제2조 정의\n제3조 요금\n부칙\n\n이 약관을 읽어 주십시오.\n\n제1조 목적\n조건을 정한다.\n제2조 정의\n뜻을 정한다.\n제3조 요금\n요금을 정한다.\n부칙\n오늘부터 시행한다.",
        &["제1조 0/0/0", "제2조 0/0/0", "제3조 0/0/0", "부칙 0/0/0"],
    );
    check(
        "1. 제1조(목적)\n\n2. 제2조(정의)\n\n3. 제3조(요금)\n\n제1조(목적)\n조건을 정한다.\n\n제2조(정의)\n뜻을 정한다.\n\n제3조(요금)\n요금을 정한다.",
        &["제1조 0/0/0", "제2조 0/0/0", "제3조 0/0/0"],
    );
}

#[test]
fn numbers_restart_in_parts_and_after_supplements() {
    let text = "제1편 공통\n제1조(목적)\n조건을 정한다.\n제2조(정의)\n뜻을 정한다.\n제2편 저장소\n제1조(범위)\n범위를 정한다.\n제2조(요금)\n① 선불로 한다.\n② 환불은 따로 정한다.\n\
                부칙\n제1조(시행일) 이 약관은 3월 1일부터 시행한다.\n제2조(경과조치) 앞서 맺은 계약에도 적용한다.";
    check(text, &["제1조 0/0/0", "제2조 0/0/0", "제1조 0/0/0", "제2조 2/0/0", "부칙 0/0/0"]);
    let (_, tree) = tree(text);
    assert_eq!(tree.counts().parts, 2);
    assert!(tree.find(&"부칙제2조".parse().unwrap()).is_some());
}

#[test]
fn divisions_of_every_rank() {
    let text = "제1편 총론\n제1장 총칙\n제1절 목적\n제1관 취지\n제1조(목적)\n정한다.\n제2장 이용\n제2조(이용)\n제2장에 따라 이용한다.";
    let (_, tree) = tree(text);
    whole(text, &tree);
    let counts = tree.counts();
    assert_eq!((counts.parts, counts.chapters, counts.sections, counts.articles), (1, 2, 1, 2));
    let path: Vec<String> = tree.clauses().iter().map(|clause| clause.path.to_string()).collect();
    assert_eq!(path[1], "제1편제1장");
    assert_eq!(path.last().unwrap(), "제2조");
}

#[test]
fn several_documents_on_one_page() {
    let text = "이용약관\n\n제1조(목적)\n조건을 정합니다.\n제2조(요금)\n① 선불입니다.\n② 환불합니다.\n부칙\n오늘부터 시행합니다.\n\n개인정보 처리방침\n\n우리는 정보를 소중히 다룹니다.\n\n\
                1. 모으는 정보\n\n이름과 전자우편 주소를 모읍니다.\n\n2. 쓰는 목적\n\n가입을 확인하는 데 씁니다.\n\n3. 두는 기간\n\n탈퇴할 때까지 둡니다.";
    check(text, &["제1조 0/0/0", "제2조 2/0/0", "부칙 0/0/0"]);
    let (_, tree) = tree(text);
    assert!(tree.clauses().iter().any(|c| c.level == Level::Attached && c.label == "개인정보 처리방침"));
    check(
        "서비스 이용약관\n제1조(목적)\n조건을 정합니다.\n제2조(정의)\n뜻을 정합니다.\n\n위치정보 이용약관\n제1조(목적)\n위치를 다룹니다.\n제2조(동의)\n동의를 받습니다.",
        &["제1조 0/0/0", "제2조 0/0/0", "제1조 0/0/0", "제2조 0/0/0"],
    );
}

#[test]
fn a_number_used_twice() {
    check(
        "제1장 - 기본\n제3조\n서비스를 제공합니다.\n제4조\n정하지 않은 것은 법에 따릅니다.\n\n제2장 - 이용자\n\n제4조[권리]\n1. 이용자는 고침을 요구할 수 있습니다.\n2. 이용자는 물을 수 있습니다.\n2. 이용자는 끝낼 수 있습니다.\n\n제5조 - [제한]\n1. 서버를 공격할 수 없습니다.",
        &["제3조 0/0/0", "제4조 0/0/0", "제4조 3/0/0", "제5조 1/0/0"],
    );
}

#[test]
fn supplements_annexes_and_signatures() {
    let text = "제1조(목적)\n조건을 정한다.\n제2조(요금)\n별표 1에 따른다.\n- 부칙 -\n1. 이 계약은 오늘부터 시행한다.\n\n이 계약을 맺은 증거로 두 통을 작성하여 서명한 뒤 한 통씩 보관한다.\n\n2026년 3월 2일\n\n갑: 가나다 주식회사 대표이사 홍길동 (인)\n을: 라마바 주식회사 대표이사 김철수 (인)\n\n[별표 1] 요금표\n\n기본 요금은 만 원으로 한다.";
    check(text, &["제1조 0/0/0", "제2조 0/0/0", "부칙 1/0/0"]);
    let (document, tree) = tree(text);
    let signature = tree.clauses().iter().find(|c| c.level == Level::Signature).unwrap();
    assert!(signature.span.of(document.text()).starts_with("이 계약을 맺은 증거로"));
    let annex = tree.clauses().iter().find(|c| c.level == Level::Annex).unwrap();
    assert_eq!((annex.label.as_str(), annex.heading.as_deref()), ("별표 1", Some("요금표")));
}

#[test]
fn numbered_sections() {
    check(
        "평가판 조건\n\n이 조건은 평가에만 적용됩니다.\n\n## 1. 이용\n\n계정이 있어야 합니다.\n\n## 2. 기간\n\n2\\.1 시작. 승낙한 날 시작합니다.\n\n2\\.2 종료. 한 달 뒤 끝납니다.\n\n## 3, 보증\n\n있는 그대로 제공합니다.\n\n## 4. 책임\n\n4.1 책임은 요금을 넘지 않습니다.\n\n4.2 간접 손해는 빼고 셉니다.",
        &["1. 0/0/0", "2. 2/0/0", "3. 0/0/0", "4. 2/0/0"],
    );
    check(
        "서비스 조건\n\n1. 접속\n\n1.1: 회원은 이름을 지킵니다.\n\n1.2: 회원은 다음 각 호를 지킵니다.\n\n•a) 서버를 공격하지 않습니다.\n\n•b) 남을 속이지 않습니다.\n\n2. 요금\n\n2.1: 요금은 선불입니다.\n\n3. 해지\n\n•a) 회사는 계정을 닫을 수 있습니다.\n\n•b) 회원은 언제든지 떠날 수 있습니다.",
        &["1. 2/2/0", "2. 1/0/0", "3. 2/0/0"],
    );
    check(
        "A. 목적\n조건을 정합니다.\nB. 요금\n1. 요금은 선불입니다.\n2. 환불은 열흘 안에 합니다.\nC. 해지\n언제든지 해지할 수 있습니다.",
        &["A. 0/0/0", "B. 2/0/0", "C. 0/0/0"],
    );
    check(
        "Ⅰ. 총칙\n1. 이 조건은 모두에게 적용됩니다.\n2. 바꿀 때에는 알립니다.\nⅡ. 요금\n1. 요금은 선불입니다.\nⅢ. 해지\n언제든지 해지할 수 있습니다.",
        &["Ⅰ. 2/0/0", "Ⅱ. 1/0/0", "Ⅲ. 0/0/0"],
    );
    check(
        "### 3.1 이용\n계정이 있어야 합니다.\n### 3.2 요금\n선불로 냅니다.\n### 3.3 해지\n언제든지 해지합니다.",
        &["3.1 0/0/0", "3.2 0/0/0", "3.3 0/0/0"],
    );
}

#[test]
fn named_sections() {
    check(
        "# 서비스 조건\n\n읽어 주십시오.\n\n* [이용](#use)\n* [책임](#liability)\n\n## 이용 {: #use }\n\n누구나 쓸 수 있습니다.\n\n아이는 부모와 함께 씁니다.\n\n## 책임의 제한 {: #liability }\n\n책임은 요금을 넘지 않습니다.",
        &["이용 0/0/0", "책임의 제한 0/0/0"],
    );
    check(
        "서비스 안내\n\n저희 서비스를 찾아 주셔서 고맙습니다. 아래의 조건을 읽어 주시기 바랍니다.\n\n가입하기\n\n가입하려면 전자우편 주소와 비밀번호가 있어야 하며 나이는 열네 살을 넘어야 합니다.\n\n요금 내기\n\n요금은 매월 첫날 등록한 카드로 청구하며 세금은 따로 더합니다.\n\n그만두기\n\n설정 화면에서 언제든지 그만둘 수 있으며 남은 요금은 돌려 드립니다.",
        &["가입하기 0/0/0", "요금 내기 0/0/0", "그만두기 0/0/0"],
    );
}

#[test]
fn a_whole_contract_on_one_line() {
    check(
        "제1조(목적) 이 약관은 조건을 정합니다. 제2조(요금) ① 요금은 선불입니다. ② 제1조(목적)에 맞게 씁니다. 제3조(해지) 언제든지 해지할 수 있습니다.",
        &["제1조 0/0/0", "제2조 2/0/0", "제3조 0/0/0"],
    );
}

#[test]
fn text_without_structure_is_one_clause() {
    let text = "오늘 날씨가 좋다. 내일은 비가 온다고 한다.";
    let (_, tree) = tree(text);
    assert_eq!(tree.clauses().len(), 1);
    assert_eq!((tree.clauses()[0].level, tree.clauses()[0].label.as_str()), (Level::Preamble, "전문"));
    assert!(self::tree("").1.clauses().is_empty());
    assert_eq!(tree.at(0).level, Level::Preamble);
    assert_eq!(tree.at(1000).level, Level::Document);
}

fn line() -> impl Strategy<Value = String> {
    let marker = prop::sample::select(vec![
        "",
        "",
        "① ",
        "② ",
        "③",
        "1. ",
        "2. ",
        "3. ",
        "1) ",
        "(1) ",
        "가. ",
        "나. ",
        "- ",
        "• ",
        "ㄱ. ",
        "a. ",
        "i) ",
        "1.1 ",
        "1 ",
        "2 ",
        "제1조(목적) ",
        "제2조 ",
        "제3조(해지)",
        "제2조의2 ",
        "제1장 총칙",
        "부칙",
        "[별표 1] ",
        "## ",
        "**",
        "&ensp;",
        "\u{3000}",
        "제1편 ",
        "하나) ",
        "「",
    ]);
    let words = prop::sample::select(vec![
        "",
        "회사는 다음 각 호와 같이 정한다.",
        "제10조 제3항에 따라",
        "요금을 내지 않은 경우",
        "이용자는 해지할 수 있습니다.② 정산한다.",
        "다만, 그러하지 아니하다.",
        "1. 가 2. 나 3. 다",
        "2024. 5. 1.",
        "**굵게**",
        "개인정보 처리방침",
        "(인)",
        "가",
        "\u{1F600}",
        "a | b | c",
        "- 1 -",
        "제2조(정의) 뜻을",
    ]);
    (marker, words, "[ \\t]{0,3}").prop_map(|(marker, words, space)| format!("{space}{marker}{words}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_covered(lines in prop::collection::vec(line(), 0..40)) {
        let text = lines.join("\n");
        let (document, tree) = tree(&text);
        whole(document.text(), &tree);
        for clause in tree.clauses() {
            prop_assert!(tree.find(&clause.path).is_some());
            if !clause.span.is_empty() {
                prop_assert!(clause.span.contains(tree.at(clause.span.start).span));
            }
        }
    }

    #[test]
    fn any_string_is_covered(text in "\\PC{0,200}") {
        let (document, tree) = tree(&text);
        whole(document.text(), &tree);
    }

    #[test]
    fn any_path_comes_back(text in "(제[0-9]{1,3}(조|항|호)|[가-하]목|부칙|별표[0-9]?|의[0-9]|7\\.|[가-힣 ]{0,4}|⟦|⟧){1,5}") {
        if let Ok(path) = text.parse::<ClausePath>() {
            prop_assert_eq!(path.to_string().parse::<ClausePath>(), Ok(path));
        }
    }
}

#[test]
fn automatic_numbers_of_the_format() {
    let mut builder = DocumentBuilder::default();
    let place = Place::default;
    let rows = [
        ("제1조", 0, "계약의 목적"),
        ("", 0, "이 계약은 조건을 정한다."),
        ("제2조", 0, "에너지 요금"),
        ("①", 1, "요금은 매월 청구한다."),
        ("②", 1, "다음 각 호의 금액을 뺀다."),
        ("1.", 2, "할인액"),
        ("2.", 2, "제2조에 따른 환급액"),
        ("가.", 3, "이미 낸 금액"),
        ("나.", 3, "잘못 낸 금액"),
        ("③", 1, "연체하면 이자를 더한다."),
        ("제3조", 0, "기타"),
        ("•", 1, "국어로 쓴다."),
        ("•", 1, "두 통을 만든다."),
    ];
    for (label, depth, words) in rows {
        builder.labelled(BlockKind::Paragraph, label, depth, words, place());
    }
    builder.block(BlockKind::TableRow, 0, 0, "항목 | 값 | ① 비고", place());
    builder.block(BlockKind::Note, 0, 0, "1. 각주는 조항이 아니다.", place());
    builder.block(BlockKind::Running, 0, 0, "제9조(머리말)", place());
    let document = builder.finish("가.docx".into(), Format::Docx, String::new());
    let (tree, _) = parse(&document);
    whole(document.text(), &tree);
    let counts = tree.counts();
    assert_eq!((counts.articles, counts.paragraphs, counts.items, counts.subitems), (3, 3, 4, 2));
    assert_eq!(tree.find(&"제2조".parse().unwrap()).unwrap().heading.as_deref(), Some("에너지 요금"));
}

#[test]
fn sentence_like_headings() {
    check(
        "서비스 이야기\n\n저희 서비스를 쓰기 전에 아래 내용을 꼭 읽어 주시기 바라며 궁금한 점은 물어 주십시오.\n\n\
         누구나 가입할 수 있습니다.\n\n가입하려면 전자우편 주소를 확인하고 비밀번호를 정한 뒤 이 조건에 동의한다고 알려 주시면 되고, 가입은 저희가 승낙한 때 이루어집니다.\n\n\
         여러분의 자료는 여러분의 것입니다.\n\n여러분이 올린 글과 그림과 파일의 권리는 모두 여러분에게 있으며, 저희는 서비스를 제공하는 데 필요한 만큼만 그것을 복사하고 보관합니다.\n\n\
         언제든지 떠날 수 있습니다.\n\n설정 화면에서 탈퇴를 누르면 계약이 끝나고, 저희는 법이 정한 기간이 지나면 남은 자료를 되살릴 수 없게 지웁니다.\n",
        &[
            "누구나 가입할 수 있습니다. 0/0/0",
            "여러분의 자료는 여러분의 것입니다. 0/0/0",
            "언제든지 떠날 수 있습니다. 0/0/0",
        ],
    );
}

#[test]
fn lettered_and_doubly_numbered_sections() {
    check(
        "이용 조건\n1. 정의\n1.1 \"서비스\"는 저장 공간을 말합니다.\n1.2 \"고객\"은 다음을 말합니다.\n(a) 가입한 법인\n(b) 그 임직원\n2. 요금\n2.1 요금은 선불입니다.\n2.2 세금은 따로 냅니다.\n2.3 연체하면 이자를 냅니다.\n3. 일반\n3.1 이 조건은 한국법에 따릅니다.",
        &["1. 2/2/0", "2. 3/0/0", "3. 1/0/0"],
    );
    check("이용 조건\n\n14. 분쟁\n", &[]);
    check(
        "1) 목적\n이 안내는 요금을 설명합니다.\n2) 요금\n가. 기본 요금은 만 원입니다.\n나. 추가 요금은 쓴 만큼입니다.\n3) 환불\n환불은 이레 안에 합니다.",
        &["1) 0/0/0", "2) 2/0/0", "3) 0/0/0"],
    );
}

#[test]
fn chapters_with_numbered_sections_inside() {
    check(
        "제1장 총칙\n1. 목적\n조건을 정한다.\n2. 정의\n뜻을 정한다.\n제2장 이용\n1. 가입\n신청하면 가입된다.\n2. 탈퇴\n언제든지 할 수 있다.",
        &["1. 0/0/0", "2. 0/0/0", "1. 0/0/0", "2. 0/0/0"],
    );
    check(
        "제1장 목적\n조건을 정한다.\n제2장 요금\n① 선불로 한다.\n② 환불은 따로 정한다.",
        &["제1장 0/0/0", "제2장 2/0/0"],
    );
}

#[test]
fn a_negotiated_contract() {
    check(
        "용역 계약서\n\n\"갑\"과 \"을\"은 다음과 같이 계약을 맺는다.\n\n제 1 조 (목적) 본 계약은 \"갑\"이 맡긴 일을 \"을\"이 하는 조건을 정한다.\n\n제 2 조 (기간)\n1. 계약 기간은 2026. 1. 1.부터 2026. 12. 31.까지로 한다.\n2. \"갑\"과 \"을\"은 한 달 전에 협의하여 늘릴 수 있다.\n\n\
         제 3 조 (대금)\n1. 대금은 금 일억 원정(₩100,000,000)으로 하고 다음과 같이 나누어 준다.\n  가. 착수금: 계약한 날 30%\n  나. 잔금: 검수한 날 70%\n2. 세금은 따로 더한다.\n\n제 4 조 (비밀)\n\"을\"은 비밀을 지킨다. 다만 다음 각 호는 그러하지 아니하다.\n 1) 이미 알려진 것\n 2) 스스로 만든 것\n\n\
         제 5 조 (해지) \"갑\"은 \"을\"이 제 2 조를 어기거나\n제 4 조의 비밀을 새어 나가게 한 때 해지할 수 있다.\n\n위 계약을 증명하기 위하여 두 통을 작성하여 서명 날인한다.\n\n2026년  월  일\n\n\"갑\" 주소:\n     상호: (인)\n\"을\" 주소:\n     성명: (인)\n",
        &["제1조 0/0/0", "제2조 2/0/0", "제3조 2/2/0", "제4조 0/2/0", "제5조 0/0/0"],
    );
}

#[test]
fn headings_named_in_a_list_are_no_headings() {
    check(
        "제1조(목적)\n조건을 정한다.\n제2조(비밀)\n비밀을 지킨다.\n제3조(존속)\n다음 조항은 계약이 끝난 뒤에도 남는다:\n제1조(목적)\n제2조(비밀)\n\n제4조(관할)\n서울의 법원으로 한다.",
        &["제1조 0/0/0", "제2조 0/0/0", "제3조 0/0/0", "제4조 0/0/0"],
    );
}

#[test]
fn numbers_without_paragraphs_and_bold_titles() {
    check(
        "**제1조 (목적)**\n\n이 약관은 조건을 정합니다.\n\n**제2조 (요금)**\n\n1. **선불**: 요금은 먼저 냅니다.\n2. **환불**: 환불은 이레 안에 합니다.\n   - 쓰지 않은 달\n   - 잘못 낸 요금\n3. **연체**: 늦으면 이자를 냅니다.\n\n**제3조 (금지)**\n\n이용자는 다음을 하지 않습니다.\n\n* 서버 공격\n* 계정 대여\n",
        &["제1조 0/0/0", "제2조 3/2/0", "제3조 0/2/0"],
    );
}

#[test]
fn paragraphs_one_blank_line_apart_with_wraps() {
    check(
        "제1조(책임)\n\n① 회사는 고의 또는 과실로 이용자에게 손해를\n\n입힌 때에는 배상합니다.\n\n② 회사는 다음 각 호에는 책임을 지지 않습니다.\n\n1. 천재지변으로\n\n멈춘 경우\n\n2. 이용자의 잘못으로 멈춘 경우\n\n③ 배상은 요금을 넘지 않습니다.\n",
        &["제1조 3/2/0"],
    );
}

#[test]
fn items_without_any_mark() {
    check(
        "제1조(목적)\n조건을 정한다.\n제2조(정의) 이 약관에서 쓰는 말의 뜻은 다음과 같습니다.\n\"회원\"이란 가입한 사람을 말합니다.\n\"자료\"란 회원이 올린 것을\n말합니다.\n\"장애\"란 멈춘 상태를 말합니다.\n\
         제3조(금지)\n① 회원은 다음 각 호의 행위를 하지 않습니다.\n남의 계정을 쓰는 행위\n서버를 공격하는 행위\n② 어기면 이용을 멈출 수 있습니다.\n제4조(요금)\n① 선불로 합니다.\n② 다음과 같은 경우에는 이용자에게 알린 뒤\n1. 올릴 수 있고\n2. 내릴 수 있습니다.",
        &["제1조 0/0/0", "제2조 0/3/0", "제3조 2/2/0", "제4조 2/2/0"],
    );
}

#[test]
fn a_chapter_and_its_first_article_on_one_line() {
    let text = "제1장 총칙 제1조(목적) 조건을 정한다.\n제2조(정의) 뜻을 정한다.\n제2장 이용 제3조(가입) ① 신청한다.\n② 승낙한다.";
    check(text, &["제1조 0/0/0", "제2조 0/0/0", "제3조 2/0/0"]);
    assert_eq!(heading(text, "제1장"), "총칙");
}

#[test]
fn own_words_leave_out_heading_marks() {
    let text =
        "알립니다\n\n## 이용 {: #use }\n\n누구나 씁니다.\n\n## **책임** {: #liability }\n\n책임은 작습니다.";
    let (document, tree) = tree(text);
    let words: Vec<&str> =
        tree.clauses().iter().flat_map(|c| &c.body).map(|s| s.of(document.text())).collect();
    assert_eq!(words, ["알립니다", "누구나 씁니다.", "책임은 작습니다."]);
    assert!(tree.clauses().iter().all(|clause| clause.parent == Some(tree.root().id)));
    let text = "제1조(목적)\n정한다.\n[부칙]\n오늘부터 시행한다.";
    let (document, tree) = self::tree(text);
    let last = tree.clauses().last().unwrap();
    assert_eq!(last.body.iter().map(|s| s.of(document.text())).collect::<Vec<_>>(), ["오늘부터 시행한다."]);
}

/// A document of blocks of these kinds.
fn blocks(blocks: &[(BlockKind, &str)]) -> (Document, ClauseTree) {
    let mut builder = DocumentBuilder::default();
    for (kind, text) in blocks {
        builder.block(*kind, 0, 0, text, Place::default());
    }
    let document = builder.finish("계약.docx".to_owned(), Format::Docx, String::new());
    let (tree, _) = parse(&document);
    whole(document.text(), &tree);
    (document, tree)
}

fn paths(tree: &ClauseTree) -> Vec<String> {
    let numbered = tree.clauses().iter().filter(|clause| clause.level != Level::Preamble);
    numbered.map(|clause| clause.path.to_string()).collect()
}

#[test]
fn articles_in_rows_of_a_layout_table() {
    use BlockKind::{Paragraph, TableRow};
    let (document, tree) = blocks(&[
        (Paragraph, "이용계약서"),
        (TableRow, "총칙 | 제1조(목적) 이 계약은 조건을 정한다."),
        (TableRow, " | 제2조(정의) ① 용어의 뜻은 다음과 같다."),
        (TableRow, "제3조 | (요금) 회원은 요금을 매월 낸다. | 비고"),
        (TableRow, "제4조 | 해지 | 회원은 언제든지 해지할 수 있다."),
    ]);
    assert_eq!(paths(&tree), ["제1조", "제2조", "제2조제1항", "제3조", "제4조"]);
    let titles: Vec<Option<&str>> = tree
        .clauses()
        .iter()
        .filter(|clause| clause.level == Level::Article)
        .map(|clause| clause.heading.as_deref())
        .collect();
    assert_eq!(titles, [Some("목적"), Some("정의"), Some("요금"), Some("해지")]);
    assert!(document.text().contains("총칙 | 제1조"));
    // A table that compares, one that lists what the contract has, and one that cites it.
    let (_, tree) = blocks(&[
        (Paragraph, "제1조(목적) 이 계약은 조건을 정한다."),
        (Paragraph, "제2조(해지) 회원은 해지할 수 있다."),
        (TableRow, "제1조(목적) 목적을 정한다. | 제1조(목적) 조건을 정한다."),
        (TableRow, "제2조 | 회원이 언제든지 해지할 수 있게 고칠 것"),
        (TableRow, "제3조 | 해지 | 3"),
        (TableRow, "제3조 위반 | 위약금은 요금의 10%로 한다."),
    ]);
    assert_eq!(paths(&tree), ["제1조", "제2조"]);
}

#[test]
fn numbers_in_cells_of_their_own() {
    use BlockKind::{Paragraph, TableRow};
    let (_, tree) = blocks(&[
        (Paragraph, "제1조(의무)"),
        (TableRow, "① | 회원은 요금을 매월 낸다."),
        (TableRow, "② | 회원은 비밀을 지킨다."),
        (Paragraph, "제2조(요금) 요금은 다음과 같다."),
        (TableRow, "번호 | 품목 | 금액"),
        (TableRow, "1. | 가상 서버 임대 | 10원"),
        (TableRow, "2. | 서버 | "),
    ]);
    assert_eq!(paths(&tree), ["제1조", "제1조제1항", "제1조제2항", "제2조"]);
}

#[test]
fn clauses_in_text_boxes() {
    use BlockKind::{Paragraph, TextBox};
    let boxed = [
        (TextBox, "제1조(목적) 이 약관은 조건을 정한다."),
        (TextBox, "제2조(요금)"),
        (TextBox, "① 회원은 요금을 낸다."),
        (TextBox, "② 회사는 청구한다."),
    ];
    assert_eq!(paths(&blocks(&boxed).1), ["제1조", "제2조", "제2조제1항", "제2조제2항"]);
    let remark = [
        (Paragraph, "제1조(목적) 이 약관은 조건을 정한다."),
        (TextBox, "1. 꼭 읽어 주십시오."),
        (Paragraph, "제2조(요금) 회원은 요금을 낸다."),
    ];
    assert_eq!(paths(&blocks(&remark).1), ["제1조", "제2조"]);
}

#[test]
fn a_translation_numbers_nothing() {
    let text = "제1조(목적)\nArticle 1 (Purpose)\n① 이 계약은 조건을 정한다.\n(1) This Agreement sets forth the terms.\n\
                제2조(방법)\nArticle 2 (Means)\n다음 각 호의 방법으로 알린다.\n1. 전자우편\n1. email\n2. 서면\n2. in writing";
    let (_, tree) = tree(text);
    assert_eq!(paths(&tree), ["제1조", "제1조제1항", "제2조", "제2조제1호", "제2조제2호"]);
    // Names in Latin letters are items of the contract.
    let text = "제1조(제품) 제품은 다음 각 호와 같다.\n1. Cloud Server\n2. Object Storage";
    assert_eq!(paths(&self::tree(text).1), ["제1조", "제1조제1호", "제1조제2호"]);
}
