//! Word documents given back with comments and tracked changes: what is accepted, what is rejected, what stays as it was.
//! Results are read here by a small reader of their own, which knows nothing of the library.

use crate::office;
use jomun::analyze::{Against, Analyzer, StandardChoice};
use jomun::document::Document;
use jomun::load::{Limits, load};
use jomun::redline::{Edit, Fresh, Mode, RedlineError, Redlined, annotate, apply, edits, redline};
use jomun::render::Legend;
use jomun::text::Span;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::builder().build().unwrap());
static LEGEND: LazyLock<Legend> = LazyLock::new(|| Legend::of(&ANALYZER));

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method = if name.ends_with(".png") {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        zip.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ROOT_RELATIONS: &str = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>";
const TYPES: &str = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/><Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";

/// A document with that body, in Word's usual namespaces.
fn word(body: &str) -> Vec<u8> {
    main(&format!(
        "<?xml version='1.0' encoding='UTF-8'?>\r\n<w:document xmlns:w='{W}' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' xmlns:x='urn:other'><w:body>{body}<w:sectPr/></w:body></w:document>"
    ))
}

/// A document with that main part.
fn main(document: &str) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT_RELATIONS),
        ("word/document.xml", document),
        ("word/media/image1.png", "no real picture"),
        ("customXml/item1.xml", "<a/>"),
    ])
}

fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

fn read(bytes: &[u8]) -> Document {
    load("계약.docx", bytes, &Limits::default()).unwrap()
}

/// The parts of an archive, unpacked.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        out.insert(part.name().unwrap().into_owned(), bytes);
    }
    out
}

fn part(bytes: &[u8], name: &str) -> String {
    String::from_utf8(parts(bytes).remove(name).unwrap_or_else(|| panic!("{name}"))).unwrap()
}

/// The paragraphs of a main part with changes accepted or, those of jomun, rejected. Knows only what it must.
fn view(xml: &str, accept: bool) -> Vec<String> {
    let tree = roxmltree::Document::parse(xml).unwrap();
    let word = |node: &roxmltree::Node, name: &str| {
        node.tag_name().name() == name
            && node.tag_name().namespace().is_some_and(|uri| uri == W || uri == STRICT)
    };
    let ours =
        |node: &roxmltree::Node| node.attributes().any(|a| a.name() == "author" && a.value() == "jomun");
    let gone = |node: &roxmltree::Node| {
        let (ins, del) =
            (word(node, "ins") || word(node, "moveTo"), word(node, "del") || word(node, "moveFrom"));
        // Everybody else's changes are accepted in both views.
        let accept = accept || !ours(node);
        ins && !accept || del && accept
    };
    let (mut out, mut pending) = (Vec::new(), String::new());
    for paragraph in tree.descendants().filter(|node| word(node, "p")) {
        let own = |node: &roxmltree::Node| {
            node.ancestors().find(|node| word(node, "p")).is_some_and(|holder| holder.id() == paragraph.id())
        };
        let mut text = std::mem::take(&mut pending);
        for node in paragraph.descendants().filter(own) {
            if node.ancestors().take_while(|above| above.id() != paragraph.id()).any(|above| gone(&above)) {
                continue;
            }
            if word(&node, "t") || word(&node, "delText") {
                let said: String = node.children().filter_map(|child| child.text()).collect();
                let kept = node.attributes().any(|a| a.name() == "space" && a.value() == "preserve");
                text.push_str(if kept { &said } else { said.trim() });
            } else if word(&node, "tab") && !word(&node.parent().unwrap(), "tabs") {
                text.push('\t');
            } else if word(&node, "br") {
                text.push('\n');
            }
        }
        let mark = paragraph
            .children()
            .find(|node| word(node, "pPr"))
            .and_then(|properties| properties.children().find(|node| word(node, "rPr")));
        if mark.is_some_and(|mark| mark.children().any(|change| gone(&change))) {
            pending = text;
        } else {
            out.push(text);
        }
    }
    out.into_iter()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|text| !text.is_empty())
        .collect()
}

/// A part as text; some are in UTF-16.
fn decoded(bytes: &[u8]) -> String {
    let (text, _, bad) = encoding_rs::UTF_8.decode(bytes);
    assert!(!bad);
    text.into_owned()
}

/// What every result must keep: parts that are not edited, well-formed XML, ids that are there once, comments that all
/// have a place, and the original behind the changes.
fn assert_sound(before: &[u8], after: &[u8]) {
    let (old, new) = (parts(before), parts(after));
    let main = new.keys().find(|name| name.ends_with("document.xml")).unwrap().clone();
    let edited = |name: &str| {
        name == main
            || name == "word/comments.xml"
            || name == "[Content_Types].xml"
            || name.ends_with("document.xml.rels")
    };
    for (name, bytes) in &old {
        assert!(edited(name) || new.get(name) == Some(bytes), "{name} changed");
    }
    assert!(new.keys().all(|name| old.contains_key(name) || edited(name)));
    let text = decoded(&new[&main]);
    let tree = roxmltree::Document::parse(&text).unwrap();
    let named = |tree: &roxmltree::Document, name: &str| -> Vec<String> {
        let all = tree.descendants().filter(|node| node.tag_name().name() == name);
        all.filter_map(|node| node.attributes().find(|a| a.name() == "id").map(|a| a.value().to_owned()))
            .collect()
    };
    let mut ids: Vec<String> = ["ins", "del"].iter().flat_map(|name| named(&tree, name)).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id of a change is used twice");
    // Every comment of ours begins, ends and is referred to once; what others left may be broken and stays so.
    if let Some(comments) = new.get("word/comments.xml") {
        let comments = String::from_utf8(comments.clone()).unwrap();
        let comments = roxmltree::Document::parse(&comments).unwrap();
        let known = old.get("word/comments.xml").map(|bytes| String::from_utf8(bytes.clone()).unwrap());
        let known = known.map(|text| named(&roxmltree::Document::parse(&text).unwrap(), "comment"));
        let ours =
            named(&comments, "comment").into_iter().filter(|id| !known.iter().flatten().any(|k| k == id));
        for id in ours {
            for mark in ["commentRangeStart", "commentRangeEnd", "commentReference"] {
                assert_eq!(named(&tree, mark).iter().filter(|other| **other == id).count(), 1, "{mark} {id}");
            }
        }
    }
    let before = decoded(&old[&main]);
    assert_eq!(view(&text, false), view(&before, false), "ours rejected is not the original");
}

fn edit(bytes: &[u8], edits: impl Fn(&Document) -> Vec<Edit>) -> Redlined {
    let document = read(bytes);
    let done = apply(bytes, &document, &edits(&document), &Limits::default()).unwrap();
    assert_sound(bytes, &done.bytes);
    done
}

fn find(document: &Document, words: &str) -> Span {
    let start = document.text().find(words).unwrap_or_else(|| panic!("{words}: {}", document.text()));
    Span::new(start, start + words.len())
}

fn swap(document: &Document, words: &str, text: &str) -> Edit {
    Edit::Replace { span: find(document, words), text: text.into(), comment: String::new() }
}

fn accepted(done: &Redlined) -> Vec<String> {
    view(&part(&done.bytes, "word/document.xml"), true)
}

#[test]
fn words_split_over_runs_are_replaced_and_keep_their_looks() {
    let bytes = word(
        "<w:p w:rsidR='00AA'><w:r><w:t xml:space='preserve'>회사는 </w:t></w:r><w:r w:rsidRPr='00BB'><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>언제든지 약</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space='preserve'>관을 바꿀 수 있다.</w:t></w:r></w:p>",
    );
    let done =
        edit(&bytes, |document| vec![swap(document, "언제든지 약관을 바꿀", "30일 전에 알리고 약관을 바꿀")]);
    assert_eq!(accepted(&done), ["회사는 30일 전에 알리고 약관을 바꿀 수 있다."]);
    assert_eq!((done.changes, done.comments, done.left.len()), (1, 0, 0));
    let text = part(&done.bytes, "word/document.xml");
    // What goes keeps its run and the run's properties, what comes looks like where it stands.
    assert!(text.contains("w:author=\"jomun\"><w:r w:rsidRPr='00BB'><w:rPr><w:b/></w:rPr><w:delText xml:space=\"preserve\">언제든지 약</w:delText></w:r><w:r><w:rPr><w:i/></w:rPr><w:delText xml:space=\"preserve\">관을 바꿀</w:delText></w:r></w:del>"), "{text}");
    assert!(text.contains("<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">30일 전에 알리고 약관을 바꿀</w:t></w:r></w:ins>"), "{text}");
    assert!(
        text.starts_with("<?xml version='1.0' encoding='UTF-8'?>\r\n<w:document xmlns:w="),
        "the rest stays"
    );
}

#[test]
fn entities_white_space_and_decomposed_letters_are_mapped() {
    let decomposed = "\u{1112}\u{116c}\u{1109}\u{1161}"; // 회사 in letters
    let body = [
        p(&r(&format!("A&amp;B&#xC0AC;&lt;  {decomposed}는 &quot;즉시&quot; 끊는다."))),
        p("<w:r><w:t>  앞뒤 빈칸  </w:t></w:r><w:r><w:t>붙는다</w:t><w:noBreakHyphen/><w:t>끝</w:t></w:r>"),
        p(&r("가\u{200b}나\u{a0}다")),
    ]
    .concat();
    let done = edit(&word(&body), |document| {
        assert_eq!(document.text(), "A&B사<  회사는 \"즉시\" 끊는다.\n앞뒤 빈칸붙는다-끝\n가나 다");
        vec![
            swap(document, "회사는 \"즉시\"", "회사는 <7일> & 뒤에"),
            swap(document, "빈칸붙는다-", "글"),
            swap(document, "나 다", "라"),
        ]
    });
    assert_eq!(accepted(&done), ["A&B사< 회사는 <7일> & 뒤에 끊는다.", "앞뒤 글끝", "가라"]);
}

#[test]
fn links_controls_fields_and_boxes_are_gone_through() {
    let body = [
        p(&format!(
            "{}<w:hyperlink r:id='r9'>{}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt><w:smartTag w:element='x'>{}</w:smartTag>",
            r("앞 "), r("이어진 글 "), r("조절된 글 "), r("끝")
        )),
        p(&format!(
            "{}<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText xml:space='preserve'> REF a &amp; b </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{}<w:r><w:fldChar w:fldCharType='end'/></w:r>{}",
            r("제"), r("12"), r("조에 따른다.")
        )),
        p(&format!("{}<w:r><w:footnoteReference w:id='2'/></w:r>{}", r("각주 "), r("있는 글"))),
        p(&format!(
            "<w:r><w:pict><x:shape><w:txbxContent>{}</w:txbxContent></x:shape></w:pict></w:r>{}",
            p(&r("상자 글")), r("밖의 글")
        )),
    ]
    .concat();
    let done = edit(&word(&body), |document| {
        vec![
            swap(document, "진 글 조절된 글 끝", "진 것"),
            swap(document, "제12조에 따른다.", "정한 대로 한다."),
            swap(document, "각주 있는 글", "다른 글"),
            swap(document, "상자 글", "상자 말"),
            Edit::Comment { span: find(document, "밖의"), text: "메모".into() },
            Edit::Comment { span: find(document, "상자"), text: "상자의 메모".into() },
        ]
    });
    assert_eq!((done.changes, done.comments, done.left.len()), (4, 2, 0), "{:?}", done.left);
    assert_eq!(accepted(&done), ["앞 이어진 것", "정한 대로 한다.", "다른 글", "밖의 글", "상자 말"]);
    let text = part(&done.bytes, "word/document.xml");
    assert!(
        text.contains("<w:delInstrText xml:space=\"preserve\"> REF a &amp; b </w:delInstrText>"),
        "{text}"
    );
    assert!(text.contains("<w:r><w:footnoteReference w:id='2'/></w:r>"), "notes stay: {text}");
    assert!(!text.contains("<w:txbxContent><w:p><w:commentRangeStart"), "a box takes no comment");
}

#[test]
fn a_part_of_a_field_is_commented_not_changed() {
    let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>12345</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let done = edit(&word(&p(&format!("{}{field}{}", r("앞"), r("뒤")))), |document| {
        vec![Edit::Replace { span: find(document, "345뒤"), text: "6".into(), comment: "까닭".into() }]
    });
    assert_eq!((done.changes, done.comments, done.left.len()), (0, 1, 1));
    assert!(done.left[0].contains("필드"), "{:?}", done.left);
    assert!(part(&done.bytes, "word/comments.xml").contains("제안 문안: 6"));
}

#[test]
fn glyphs_and_fields_without_a_result_go_as_a_whole() {
    let glyphs =
        "<w:r><w:rPr><w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/></w:rPr><w:t>þoþ</w:t></w:r>";
    let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>EQ \\o\\ac(○,1)</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let body = [
        p(&format!("{}{glyphs}{}", r("앞 "), r(" 뒤"))),
        p(&format!("{field}{}", r(" 갑은 낸다."))),
        p(&format!("{}{field}{}", r("앞"), r("뒤"))),
        p(&format!("{}<w:r><w:br w:type='page'/></w:r>{}", r("쪽을 넘어"), r("간다"))),
    ]
    .concat();
    let done = edit(&word(&body), |document| {
        assert_eq!(document.text(), "앞 ☑□☑ 뒤\n① 갑은 낸다.\n앞①뒤\n쪽을 넘어 간다");
        vec![
            swap(document, "□☑ 뒤", "끝"),
            swap(document, "① 갑은", "을은"),
            swap(document, "①뒤", "글"),
            swap(document, "넘어 간다", "넘는다"),
        ]
    });
    assert_eq!((done.changes, done.left.len()), (3, 1), "{:?}", done.left);
    assert!(done.left[0].contains("기호 글꼴"), "{:?}", done.left);
    let text = part(&done.bytes, "word/document.xml");
    assert_eq!(
        text.matches("fldCharType='begin'").count(),
        text.matches("fldCharType='end'").count(),
        "{text}"
    );
    let texts = read(&done.bytes);
    assert_eq!(texts.text(), "앞 ☑□☑ 뒤\n을은 낸다.\n앞글\n쪽을 넘는다");
}

#[test]
fn words_on_both_sides_of_a_style_separator_are_changed_apart() {
    let separator = "<w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>";
    let body =
        p(&format!("{separator}{}", r("제1조(목적)"))) + &p(&r(" 이 계약은 목적을 정한다.")) + &p(&r("끝"));
    let done =
        edit(&word(&body), |document| vec![swap(document, "목적)", "뜻)"), swap(document, "목적을", "뜻을")]);
    assert_eq!((done.changes, done.left.len()), (2, 0), "{:?}", done.left);
    assert_eq!(read(&done.bytes).text(), "제1조(뜻) 이 계약은 뜻을 정한다.\n끝");
    let done = edit(&word(&body), |document| vec![swap(document, "목적) 이 계약은", "뜻) 이 약관은")]);
    assert_eq!((done.changes, done.left.len()), (0, 1), "{:?}", done.left);
}

#[test]
fn changes_of_others_stay_theirs() {
    let body = p(&format!(
        "{}<w:ins w:id='1' w:author='김'>{}</w:ins><w:del w:id='2' w:author='김'><w:r><w:delText>지운 </w:delText></w:r></w:del>{}",
        r("앞의 "),
        r("새로 넣은 긴 글 "),
        r("뒤의 글")
    ));
    let done = edit(&word(&body), |document| {
        assert_eq!(document.text(), "앞의 새로 넣은 긴 글 뒤의 글");
        vec![swap(document, "넣은 긴", "쓴"), swap(document, "뒤의 글", "끝")]
    });
    assert_eq!(accepted(&done), ["앞의 새로 쓴 글 끝"]);
    let text = part(&done.bytes, "word/document.xml");
    assert!(
        text.contains("<w:del w:id='2' w:author='김'><w:r><w:delText>지운 </w:delText></w:r></w:del>"),
        "{text}"
    );
    assert!(!text.contains("author='김'><w:ins"), "no insertion in an insertion: {text}");
}

#[test]
fn one_that_was_redlined_before_is_redlined_again() {
    let first = edit(&word(&p(&r("7일 안에 알린다."))), |document| vec![swap(document, "7일", "30일")]);
    let again = edit(&first.bytes, |document| {
        assert_eq!(document.text(), "30일 안에 알린다.");
        vec![Edit::Replace {
            span: find(document, "알린다"),
            text: "통지한다".into(),
            comment: "메모".into(),
        }]
    });
    assert_eq!(accepted(&again), ["30일 안에 통지한다."]);
}

#[test]
fn a_clause_goes_with_its_items_and_lines_become_paragraphs() {
    let body = [
        p(&r("① 다음 각 호의 책임을 지지 않는다.")),
        p(&r("1. 장애")),
        format!("<w:p><w:pPr><w:jc w:val='left'/><w:rPr><w:b/></w:rPr></w:pPr>{}</w:p>", r("2. 유실")),
        p(&r("② 남는 글")),
    ]
    .concat();
    let done = edit(&word(&body), |document| {
        let span = Span::new(find(document, "다음 각").start, find(document, "2. 유실").end);
        vec![Edit::Replace {
            span,
            text: "배상한다.\n1. 직접 손해\n2. 통상 손해".into(),
            comment: "까닭".into(),
        }]
    });
    assert_eq!((done.changes, done.comments), (1, 1), "{:?}", done.left);
    assert_eq!(accepted(&done), ["① 배상한다.", "1. 직접 손해", "2. 통상 손해", "② 남는 글"]);
}

#[test]
fn new_paragraphs_take_the_look_but_no_number() {
    let body = [
        "<w:p><w:pPr><w:pStyle w:val='a'/><w:keepNext/><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr><w:spacing w:after='0'/><w:rPr><w:sz w:val='22'/></w:rPr></w:pPr><w:r><w:rPr><w:b/><w:strike/></w:rPr><w:t>제1조(목적)</w:t></w:r></w:p>".to_owned(),
        format!("<w:tbl><w:tblPr/><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p(&r("요금")), p(&r("월 1만 원"))),
        p(&r("끝")),
    ]
    .concat();
    let done = edit(&word(&body), |document| {
        let like = find(document, "목적").start;
        let fresh = |text: &str| Fresh { text: text.into(), like };
        vec![
            Edit::Insert {
                after: like,
                paragraphs: vec![fresh("제1조의2(정의)"), fresh("뜻을 정한다.")],
                comment: "빠짐".into(),
            },
            Edit::Insert {
                after: find(document, "1만").start,
                paragraphs: vec![fresh("표 뒤")],
                comment: String::new(),
            },
        ]
    });
    assert_eq!(
        accepted(&done),
        ["제1조(목적)", "제1조의2(정의)", "뜻을 정한다.", "요금", "월 1만 원", "표 뒤", "끝"]
    );
    let text = part(&done.bytes, "word/document.xml");
    assert!(text.contains("<w:pStyle w:val='a'/><w:keepNext/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr><w:spacing w:after='0'/><w:rPr><w:ins w:id="), "{text}");
    assert!(text.contains("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">제1조의2(정의)"), "{text}");
    assert!(text.contains("</w:tbl><w:p><w:pPr>"), "behind the table: {text}");
}

#[test]
fn a_comment_may_reach_over_paragraphs_and_joins_those_there_are() {
    let comments = format!(
        "<c:comments xmlns:c='{W}'><c:comment c:id='7' c:author='김'><c:p/></c:comment></c:comments>"
    );
    let relations = "<rel:Relationships xmlns:rel='http://schemas.openxmlformats.org/package/2006/relationships'><rel:Relationship Id='c' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments' Target='comments.xml'/></rel:Relationships>";
    let document = format!(
        "<w:document xmlns:w='{W}'><w:body><w:p><w:commentRangeStart w:id='7'/>{}<w:commentRangeEnd w:id='7'/><w:r><w:commentReference w:id='7'/></w:r></w:p>{}</w:body></w:document>",
        r("하나의 글"),
        p(&r("둘의 글"))
    );
    let bytes = archive(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT_RELATIONS),
        ("word/_rels/document.xml.rels", relations),
        ("word/comments.xml", &comments),
        ("word/document.xml", &document),
    ]);
    let done = edit(&bytes, |document| {
        let over = Span::new(find(document, "의 글").start, find(document, "둘의").end);
        vec![
            Edit::Comment { span: over, text: "첫 줄\n<둘째> 줄".into() },
            Edit::Comment { span: find(document, "하나"), text: "또".into() },
        ]
    });
    assert_eq!(done.comments, 2);
    let after = part(&done.bytes, "word/comments.xml");
    assert!(after.starts_with(comments.trim_end_matches("</c:comments>")), "what was there stays: {after}");
    assert!(after.contains("<c:t xml:space=\"preserve\">&lt;둘째&gt; 줄</c:t>"), "{after}");
    assert_eq!(
        parts(&bytes)["word/_rels/document.xml.rels"],
        parts(&done.bytes)["word/_rels/document.xml.rels"]
    );
    assert_eq!(view(&part(&done.bytes, "word/document.xml"), true), ["하나의 글", "둘의 글"]);
}

#[test]
fn any_prefix_edition_and_encoding_is_written_in_its_own_way() {
    for (uri, open, close, q) in
        [(W, "q:", "xmlns:q", "q:"), (STRICT, "w:", "xmlns:w", "w:"), (W, "", "xmlns", "")]
    {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><{open}document {close}='{uri}'><{open}body><{open}p><{open}r><{open}t>7일 전에</{open}t></{open}r></{open}p></{open}body></{open}document>"
        );
        let utf16: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", ROOT_RELATIONS.as_bytes()),
            ("word/document.xml", &utf16),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let document = read(&bytes);
        let edit =
            Edit::Replace { span: find(&document, "7일"), text: "30일".into(), comment: "메모".into() };
        let done = apply(&bytes, &document, &[edit], &Limits::default()).unwrap();
        let text = part(&done.bytes, "word/document.xml");
        assert!(text.contains("encoding=\"UTF-8\"") && text.contains(&format!("</{q}t>")), "{text}");
        assert_eq!(
            (view(&text, true), view(&text, false)),
            (vec!["30일 전에".to_owned()], vec!["7일 전에".to_owned()])
        );
        let types = part(&done.bytes, "[Content_Types].xml");
        assert!(types.contains("/word/comments.xml"), "{types}");
        let relations = part(&done.bytes, "word/_rels/document.xml.rels");
        assert_eq!(relations.contains("purl.oclc.org"), uri == STRICT, "{relations}");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let bytes = word(&p(&r("글")));
    let document = read(&bytes);
    let limits = Limits::default();
    let text = Document::from_text("a.txt", "글");
    assert!(matches!(apply(&bytes, &text, &[], &limits), Err(RedlineError::NotWord(_))));
    let other = word(&p(&r("다른 글")));
    assert!(matches!(apply(&other, &document, &[], &limits), Err(RedlineError::Changed)));
    assert!(matches!(apply(b"PK", &document, &[], &limits), Err(RedlineError::Load(_))));
    // Two that want the same words: the first is made, the other becomes a comment.
    let edits = [swap(&document, "글", "가"), swap(&document, "글", "나")];
    let done = apply(&bytes, &document, &edits, &limits).unwrap();
    assert_eq!((done.changes, done.comments, done.left.len()), (1, 1, 1));
    assert_sound(&bytes, &done.bytes);
    // A document without edits comes back as it is, part by part.
    let done = apply(&bytes, &document, &[], &limits).unwrap();
    assert_eq!(parts(&bytes), parts(&done.bytes));
}

/// A sample of the project as a Word document: a paragraph a line, each line in two runs.
pub fn sample(name: &str) -> Vec<u8> {
    lines(&sample_text(name))
}

fn sample_text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/samples").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// A text as a Word document, each line in two runs.
fn lines(text: &str) -> Vec<u8> {
    let lines =
        text.lines().map(|line| line.trim_start_matches(['#', ' '])).filter(|line| !line.trim().is_empty());
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let body: String = lines
        .map(|line| {
            let cut = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
            let properties =
                if line.starts_with('제') && line.contains('(') { "<w:rPr><w:b/></w:rPr>" } else { "" };
            let run = |text: &str| {
                format!("<w:r>{properties}<w:t xml:space='preserve'>{}</w:t></w:r>", escape(text))
            };
            p(&format!("<w:pPr><w:spacing w:after='80'/></w:pPr>{}{}", run(&line[..cut]), run(&line[cut..])))
        })
        .collect();
    word(&body)
}

/// Word documents of every kind that lie here and beside the project.
fn documents() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out: Vec<(String, Vec<u8>)> =
        ["iaas-terms.txt", "negotiated-service-contract.txt", "saas-terms.md"]
            .map(|name| (name.to_owned(), sample(name)))
            .to_vec();
    let mut paths = vec![root.join("corpora/samples/auto-numbered.docx")];
    let shared = std::fs::read_dir(root.join("../shared/eval/formats/docx")).into_iter().flatten().flatten();
    let mut shared: Vec<PathBuf> = shared.map(|entry| entry.path()).collect();
    shared.sort();
    paths.extend(shared.into_iter().filter(|path| path.extension().is_some_and(|end| end == "docx")));
    out.extend(paths.iter().map(|path| (path.display().to_string(), std::fs::read(path).unwrap())));
    out
}

#[test]
fn every_document_comes_back_whole() {
    for (name, bytes) in documents() {
        let document = read(&bytes);
        let report = ANALYZER.analyze(&document);
        let limits = Limits::default();
        for mode in [Mode::Annotate, Mode::Redline] {
            let asked = edits(&report, &LEGEND, &document, mode);
            let done = match mode {
                Mode::Annotate => annotate(&bytes, &document, &report, &LEGEND, &limits),
                Mode::Redline => redline(&bytes, &document, &report, &LEGEND, &limits),
            };
            let done = done.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_sound(&bytes, &done.bytes);
            assert_eq!(done.comments, asked.len(), "{name}: every finding has its comment");
            let inserted = asked.iter().filter(|edit| matches!(edit, Edit::Insert { .. })).count();
            assert!(done.changes >= inserted, "{name}: {:?}", done.left);
            assert_eq!(
                mode == Mode::Annotate,
                done.changes == 0
                    && asked.iter().all(|edit| matches!(edit, Edit::Comment { .. }))
                    && mode == Mode::Annotate,
                "{name}"
            );
            if let Ok(folder) = std::env::var("JOMUN_KEEP") {
                let stem = Path::new(&name).file_stem().unwrap().to_string_lossy().into_owned();
                std::fs::write(format!("{folder}/{stem}-{mode:?}.docx"), &done.bytes).unwrap();
            }
            // The same again gives the same bytes.
            let again = apply(&bytes, &document, &asked, &limits).unwrap();
            assert_eq!(again.bytes, done.bytes, "{name}");
        }
    }
}

#[test]
fn accepted_changes_say_what_was_suggested() {
    let bytes = sample("iaas-terms.txt");
    let document = read(&bytes);
    let report = Analyzer::builder()
        .standard(StandardChoice::Id("cloud-b2c".into()))
        .build()
        .unwrap()
        .analyze(&document);
    let asked = edits(&report, &LEGEND, &document, Mode::Redline);
    let replaced = asked.iter().filter(|edit| matches!(edit, Edit::Replace { .. })).count();
    let inserted = asked.iter().filter(|edit| matches!(edit, Edit::Insert { .. })).count();
    assert!(replaced >= 3 && inserted >= 1, "{replaced} {inserted}");
    let done = apply(&bytes, &document, &asked, &Limits::default()).unwrap();
    assert_eq!(done.changes, replaced + inserted, "{:?}", done.left);
    let text = accepted(&done).join("\n");
    for edit in &asked {
        let lines: Vec<&str> = match edit {
            Edit::Replace { text, .. } => text.lines().collect(),
            Edit::Insert { paragraphs, .. } => paragraphs.iter().map(|fresh| fresh.text.as_str()).collect(),
            Edit::Comment { .. } => continue,
        };
        for line in lines {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(&line), "{line}");
        }
    }
}

#[test]
fn libreoffice_opens_redlines() {
    let mut files = Vec::new();
    for (name, bytes) in documents() {
        let document = read(&bytes);
        let report = ANALYZER.analyze(&document);
        let done = redline(&bytes, &document, &report, &LEGEND, &Limits::default()).unwrap();
        files.push((
            Path::new(&name).with_extension("docx").file_name().unwrap().to_string_lossy().into_owned(),
            done.bytes,
        ));
    }
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    office::to_pdf(&files);
}

/// Edits at places that nobody would choose: whatever is made is sound, and nothing is handed over that is not.
#[test]
fn edits_anywhere_leave_a_sound_document() {
    // A fixed sequence of numbers, so that a failure comes again.
    let mut state = 7u64;
    let mut next = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % most.max(1)
    };
    let (mut made, mut left) = (0, 0);
    for (name, bytes) in documents() {
        let document = read(&bytes);
        let text = document.text();
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for _ in 0..3 {
            let asked: Vec<Edit> = (0..12)
                .map(|n| {
                    let start = next(bounds.len() - 1);
                    let long = if n % 4 == 0 { 200 } else { 12 };
                    let end = (start + 1 + next(long)).min(bounds.len() - 1);
                    let span = Span::new(bounds[start], bounds[end]);
                    let like = bounds[next(bounds.len() - 1)];
                    let fresh = |text: &str| Fresh { text: text.into(), like };
                    match n % 3 {
                        0 => Edit::Comment { span, text: format!("메모 {n}") },
                        1 => {
                            Edit::Replace { span, text: format!("새 글 {n} <&>"), comment: "까닭".into() }
                        }
                        _ => Edit::Insert {
                            after: span.start,
                            paragraphs: vec![fresh("새 문단"), fresh("또 하나")],
                            comment: String::new(),
                        },
                    }
                })
                .collect();
            let done = apply(&bytes, &document, &asked, &Limits::default())
                .unwrap_or_else(|error| panic!("{name}: {error}: {asked:?}\n{text}"));
            assert_sound(&bytes, &done.bytes);
            made += done.changes;
            left += done.left.len();
        }
    }
    // Spans that begin and end anywhere often cross paragraphs in part; those become comments.
    assert!(made > 2 * left, "{made} made, {left} left");
}

#[test]
fn hostile_files_are_refused_or_come_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/formats/hostile");
    // Tight limits: what reading large attacks takes is measured where reading is tested.
    let limits = Limits { bytes: 4 << 20, unpacked: 16 << 20, nodes: 200_000, ..Limits::default() };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        let Ok(document) = load("a.docx", &bytes, &limits) else { continue };
        let comment = Edit::Comment { span: Span::new(0, document.text().len()), text: "메모".into() };
        match apply(&bytes, &document, &[comment], &limits) {
            Ok(done) => assert_sound(&bytes, &done.bytes),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

#[test]
fn a_worse_version_is_turned_back_word_by_word() {
    let text = sample_text("iaas-terms.txt");
    let line = "② 이용고객에게 불리하거나 중요한 변경은 30일 전까지 전자우편으로 통지한다.";
    assert!(text.contains(line));
    let older = Document::from_text("구.txt", text.clone());
    let bytes = lines(&text.replace(line, &line.replace("30일", "7일")));
    let document = read(&bytes);
    let comparison = ANALYZER.compare(&document, Against::Version(&older));
    let done = redline(&bytes, &document, &comparison.report, &LEGEND, &Limits::default()).unwrap();
    assert_sound(&bytes, &done.bytes);
    assert!(accepted(&done).iter().any(|shown| shown == line), "{:?}", done.left);
    let main = part(&done.bytes, "word/document.xml");
    assert!(main.contains("<w:delText xml:space=\"preserve\">7일</w:delText>"), "only the words that differ");
}
