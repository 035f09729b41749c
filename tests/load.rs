//! Reading files, from the outside: documents are made here, byte by byte or with docx-rs, and read by the library.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

use jomun::document::{BlockKind, Document};
use jomun::error::LoadError;
use jomun::load::{Limits, Options, Revisions, load, load_path, load_with, sniff};
use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

const NAMESPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
    xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
    xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A zip archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document in the making: parts of the main folder by their kind.
#[derive(Default)]
struct Word {
    parts: Vec<(&'static str, String)>,
}

impl Word {
    fn with(mut self, kind: &'static str, inner: &str) -> Self {
        let root = match kind {
            "header" => "hdr",
            "footer" => "ftr",
            other => other,
        };
        self.parts.push((
            kind,
            format!("<?xml version='1.0' encoding='UTF-8'?><w:{root} {NAMESPACES}>{inner}</w:{root}>"),
        ));
        self
    }

    /// The file with that body.
    fn file(&self, body: &str) -> Vec<u8> {
        let document = format!(
            "<?xml version='1.0' encoding='UTF-8'?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        );
        self.raw(document.as_bytes())
    }

    /// The file with that main part.
    fn raw(&self, document: &[u8]) -> Vec<u8> {
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id='{id}' Type='{RELATIONS}/{kind}' Target='{target}'/>")
        };
        let rels = |inner: String| {
            format!(
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inner}</Relationships>"
            )
        };
        let root = rels(relation("r1", "officeDocument", "word/document.xml"));
        let sides =
            rels(self.parts.iter().map(|(kind, _)| relation(kind, kind, &format!("{kind}.xml"))).collect());
        let names: Vec<String> = self.parts.iter().map(|(kind, _)| format!("word/{kind}.xml")).collect();
        let mut parts: Vec<(&str, &[u8])> = vec![
            (
                "[Content_Types].xml",
                b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            ),
            ("_rels/.rels", root.as_bytes()),
            ("word/document.xml", document),
            ("word/_rels/document.xml.rels", sides.as_bytes()),
        ];
        parts.extend(names.iter().zip(&self.parts).map(|(name, (_, text))| (name.as_str(), text.as_bytes())));
        archive(&parts)
    }

    fn read(&self, body: &str) -> Document {
        read(&self.file(body)).unwrap()
    }
}

fn read(bytes: &[u8]) -> Result<Document, LoadError> {
    load("계약.docx", bytes, &Limits::default())
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

fn numbered(list: i64, level: i64, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn lines(document: &Document) -> Vec<&str> {
    document.blocks().iter().map(|block| block.span.of(document.text())).collect()
}

fn kinds(document: &Document) -> Vec<BlockKind> {
    document.blocks().iter().map(|block| block.kind).collect()
}

fn noticed(document: &Document, word: &str) -> bool {
    document.notices.iter().any(|notice| notice.message.contains(word))
}

/// What every document must keep, however it came about.
pub fn assert_sound(document: &Document) {
    let text = document.text();
    let mut end = None;
    for block in document.blocks() {
        let start = end.map_or(0, |end: usize| end + 1);
        assert_eq!(block.span.start, start, "blocks follow one another");
        assert!(text.is_char_boundary(block.span.end) && block.label <= block.span.len());
        assert!(text.is_char_boundary(block.span.start + block.label));
        end = Some(block.span.end);
    }
    assert_eq!(end, Some(text.len()));
    assert!(unicode_normalization::is_nfc(text) && !text.contains('\r'));
    assert_eq!(document.sha256.len(), 64);
}

const LISTS: &str = "
    <w:abstractNum w:abstractNumId='0'>
      <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='Jo'/><w:suff w:val='nothing'/><w:lvlText w:val='제%1조'/></w:lvl>
      <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimalEnclosedCircle'/><w:suff w:val='space'/><w:lvlText w:val='%2'/></w:lvl>
      <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl>
      <w:lvl w:ilvl='3'><w:start w:val='1'/><w:numFmt w:val='ganada'/><w:lvlText w:val='%4.'/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId='1'><w:numStyleLink w:val='Listed'/></w:abstractNum>
    <w:abstractNum w:abstractNumId='2'><w:styleLink w:val='Listed'/>
      <w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='koreanCounting'/><w:lvlText w:val='(%1)'/></w:lvl></w:abstractNum>
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>
    <w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>
    <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>
    <w:num w:numId='4'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1 -'/></w:lvl></w:lvlOverride></w:num>";

const STYLES: &str = "
    <w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>
    <w:style w:type='paragraph' w:styleId='Jo'><w:name w:val='heading 1'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>
    <w:style w:type='paragraph' w:styleId='JoToo'><w:basedOn w:val='Jo'/></w:style>
    <w:style w:type='paragraph' w:styleId='Title'><w:name w:val='Title'/></w:style>
    <w:style w:type='numbering' w:styleId='Listed'><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>
    <w:style w:type='character' w:styleId='Veil'><w:rPr><w:vanish/></w:rPr></w:style>";

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn automatic_numbers_stand_in_the_text() {
    let word = Word::default().with("numbering", LISTS).with("styles", STYLES);
    let off = "<w:p><w:pPr><w:pStyle w:val='Jo'/><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr><w:r><w:t>번호 없음</w:t></w:r></w:p>";
    let body = [
        styled("Title", "공급 계약서"),
        styled("Jo", "(목적)"),
        numbered(1, 1, "첫째 항"),
        numbered(1, 2, "첫째 호"),
        numbered(1, 3, "첫째 목"),
        numbered(1, 1, "둘째 항"),
        numbered(1, 2, "다시 첫째 호"),
        styled("JoToo", "(정의)"),
        off.into(),
        numbered(1, 1, "다시 첫째 항"),
        numbered(2, 0, "셋부터"),
        numbered(4, 0, "로마 숫자"),
        numbered(3, 0, "(처음부터)"),
        numbered(77, 0, "없는 목록"),
    ];
    let document = word.read(&body.concat());
    assert_eq!(
        lines(&document),
        [
            "공급 계약서",
            "제1조(목적)",
            "① 첫째 항",
            "1. 첫째 호",
            "가. 첫째 목",
            "② 둘째 항",
            "1. 다시 첫째 호",
            "제2조(정의)",
            "번호 없음",
            "① 다시 첫째 항",
            "(삼) 셋부터",
            "III - 로마 숫자",
            "제1조(처음부터)",
            "없는 목록"
        ]
    );
    assert_eq!(document.title.as_deref(), Some("공급 계약서"));
    assert_eq!(document.blocks()[1].label, "제1조".len());
    assert_eq!(document.blocks()[4].depth, 3);
    assert_eq!(kinds(&document)[1], BlockKind::Heading(1));
    assert!(noticed(&document, "정의가 없는 자동 번호"));
    assert_sound(&document);
}

/// As Word and LibreOffice count: an item right below an article takes the first number of the paragraph level with it.
#[test]
fn a_level_that_is_jumped_over_is_counted() {
    let body = [
        numbered(1, 0, "(목적)"),
        numbered(1, 2, "항 없는 호"),
        numbered(1, 1, "그 뒤의 항"),
        numbered(1, 0, "(정의)"),
        numbered(1, 1, "다시 첫째 항"),
    ];
    let document = Word::default().with("numbering", LISTS).read(&body.concat());
    assert_eq!(
        lines(&document),
        ["제1조(목적)", "1. 항 없는 호", "② 그 뒤의 항", "제2조(정의)", "① 다시 첫째 항"]
    );
}

#[test]
fn changes_are_read_as_accepted_with_one_notice() {
    let body = "<w:p><w:r><w:t xml:space='preserve'>대금은 </w:t></w:r><w:del><w:r><w:delText>백만</w:delText></w:r></w:del><w:ins><w:r><w:t>이백만</w:t></w:r>\
        <w:del><w:r><w:t>삼백만</w:t></w:r></w:del></w:ins><w:r><w:t>원이다.</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>이어지는 </w:t></w:r></w:p><w:p><w:r><w:t>문장</w:t></w:r></w:p>\
        <w:p><w:moveFrom><w:r><w:t>떠남</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>옴</w:t></w:r></w:moveTo></w:p>\
        <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>지운 행</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>끝</w:t></w:r></w:p>";
    let document = Word::default().read(body);
    assert_eq!(lines(&document), ["대금은 이백만원이다.", "이어지는 문장", "옴", "끝"]);
    assert_eq!(document.notices.iter().filter(|notice| notice.message.contains("변경 추적")).count(), 1);
    assert_sound(&document);
}

fn original(bytes: &[u8]) -> Document {
    let options = Options { revisions: Revisions::Original, ..Options::default() };
    load_with("계약.docx", bytes, &options).unwrap()
}

#[test]
fn changes_can_be_read_as_they_were_before() {
    let word = Word::default().with("numbering", LISTS).with("styles", STYLES);
    let body = "<w:p><w:r><w:t xml:space='preserve'>대금은 </w:t></w:r><w:del><w:r><w:delText>백만</w:delText></w:r></w:del><w:ins><w:r><w:t>이백만</w:t></w:r>\
        <w:del><w:r><w:delText>삼백만</w:delText></w:r></w:del></w:ins><w:r><w:t>원이다.</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>나뉘기 전에는 </w:t></w:r></w:p><w:p><w:r><w:t>한 문단</w:t></w:r></w:p>\
        <w:p><w:moveFrom><w:r><w:t>떠남</w:t></w:r></w:moveFrom></w:p><w:p><w:pPr><w:rPr><w:moveTo/></w:rPr></w:pPr><w:moveTo><w:r><w:t>옴</w:t></w:r></w:moveTo></w:p>\
        <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:del><w:r><w:delText>지운 행</w:delText></w:r></w:del></w:p></w:tc></w:tr>\
        <w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:p><w:ins><w:r><w:t>넣은 행</w:t></w:r></w:ins></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>(지운 조)</w:delText></w:r></w:del></w:p>\
        <w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>(남은 조)</w:t></w:r></w:p>\
        <w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr><w:pPrChange><w:pPr><w:numPr><w:ilvl w:val='2'/><w:numId w:val='1'/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>항이 된 호</w:t></w:r></w:p>\
        <w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/><w:ins/></w:numPr></w:pPr><w:r><w:t>번호를 얻음</w:t></w:r></w:p>\
        <w:p><w:r><w:rPr><w:vanish/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>숨겨짐</w:t></w:r></w:p>";
    let file = word.file(body);
    let before = original(&file);
    assert_eq!(
        lines(&before),
        [
            "대금은 백만원이다.",
            "나뉘기 전에는 한 문단",
            "떠남",
            "지운 행",
            "제1조(지운 조)",
            "제2조(남은 조)",
            "1. 항이 된 호",
            "번호를 얻음",
            "숨겨짐"
        ]
    );
    assert!(noticed(&before, "적용하기 전의 원래 상태로"));
    assert_sound(&before);
    let after = read(&file).unwrap();
    assert_eq!(
        lines(&after),
        [
            "대금은 이백만원이다.",
            "나뉘기 전에는",
            "한 문단",
            "옴",
            "넣은 행",
            "제1조(남은 조)",
            "① 항이 된 호",
            "② 번호를 얻음"
        ]
    );
    assert!(noticed(&after, "모두 적용한 상태로"));
    assert_sound(&after);
    // The same field, deleted as a whole.
    let field = "<w:p><w:r><w:t>앞</w:t></w:r><w:del><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:delInstrText>REF x</w:delInstrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:delText>제3조</w:delText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:del><w:r><w:t>뒤</w:t></w:r></w:p>";
    let file = word.file(field);
    assert_eq!((original(&file).text(), read(&file).unwrap().text()), ("앞제3조뒤", "앞뒤"));
}

#[test]
fn every_korean_number_format_several_levels_and_overrides_are_rebuilt() {
    let formats = [
        ("koreanDigital", ["일.", "이.", "일영."]),
        ("koreanDigital2", ["一.", "二.", "一零."]),
        ("koreanCounting", ["일.", "이.", "십."]),
        ("koreanLegal", ["하나.", "둘.", "열."]),
        ("ganada", ["가.", "나.", "차."]),
        ("chosung", ["ㄱ.", "ㄴ.", "ㅊ."]),
        ("decimalEnclosedCircle", ["①.", "②.", "⑩."]),
        ("decimalEnclosedParen", ["⑴.", "⑵.", "⑽."]),
        ("decimalFullWidth", ["１.", "２.", "１０."]),
        ("ideographDigital", ["一.", "二.", "一〇."]),
        ("ideographTraditional", ["甲.", "乙.", "癸."]),
        ("ideographLegalTraditional", ["壹.", "貳.", "壹拾."]),
        ("ideographZodiac", ["子.", "丑.", "酉."]),
        ("ideographEnclosedCircle", ["㊀.", "㊁.", "㊉."]),
        ("chineseCounting", ["一.", "二.", "十."]),
        ("upperRoman", ["I.", "II.", "X."]),
    ];
    let mut lists = String::new();
    let mut body = String::new();
    let mut expected = Vec::new();
    for (n, (format, labels)) in formats.iter().enumerate() {
        lists += &format!(
            "<w:abstractNum w:abstractNumId='{n}'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>"
        );
        for number in 1..=10 {
            body += &numbered(n as i64 + 1, 0, "글");
            if let Some(at) = [1, 2, 10].iter().position(|known| *known == number) {
                expected.push((n * 10 + number - 1, format!("{} 글", labels[at])));
            }
        }
    }
    for n in 0..formats.len() {
        lists += &format!("<w:num w:numId='{}'><w:abstractNumId w:val='{n}'/></w:num>", n + 1);
    }
    let document = Word::default().with("numbering", &lists).read(&body);
    let read = lines(&document);
    for (at, line) in expected {
        assert_eq!(read[at], line);
    }
    assert!(document.notices.is_empty(), "{:?}", document.notices);

    // Three levels in one label, a level that does not restart, one that restarts only below the first, an override of each kind.
    let lvl = |at: usize, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}<w:suff w:val='space'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let lists = format!(
        "<w:abstractNum w:abstractNumId='0'>{}{}{}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='1'><w:startOverride w:val='5'/></w:lvlOverride></w:num>\
         <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='1'>{}</w:lvlOverride></w:num>",
        lvl(0, "decimal", "제%1장", ""),
        lvl(1, "decimal", "제%2조", "<w:lvlRestart w:val='0'/>"),
        lvl(2, "ganada", "%1.%2.%3)", "<w:lvlRestart w:val='1'/>"),
        lvl(1, "koreanCounting", "제%2조의", "<w:lvlRestart w:val='0'/>"),
    );
    let asked = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2), (2, 1), (2, 1), (3, 1)];
    let body: String = asked.iter().map(|(list, level)| numbered(*list, *level, "글")).collect();
    let document = Word::default().with("numbering", &lists).read(&body);
    assert_eq!(
        lines(&document),
        [
            "제1장 글",
            "제1조 글",
            "1.1.가) 글",
            "제2조 글",
            "1.2.나) 글",
            "제2장 글",
            "제3조 글",
            "2.3.가) 글",
            "제5조 글",
            "제6조 글",
            "제칠조의 글"
        ]
    );
}

#[test]
fn a_paragraph_leads_back_to_its_runs() {
    let run = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}{}<w:hyperlink>{}</w:hyperlink></w:p><w:p>{}<w:del>{}</w:del>{}</w:p>",
        run("  회사는 "),
        run("서비스를 "),
        run("제공한다."),
        run("요금은 "),
        run("백만"),
        run("이백만 원")
    );
    let document = Word::default().with("numbering", LISTS).read(&[numbered(1, 0, "(목적)"), body].concat());
    let at = |words: &str| {
        let place = document.source_map().place(document.text().find(words).unwrap()).unwrap();
        (place.paragraph, place.run)
    };
    assert_eq!(at("제1조"), (Some(1), Some(1)));
    assert_eq!(at("(목적)"), (Some(1), Some(1)));
    assert_eq!(at("회사는"), (Some(2), Some(1)));
    assert_eq!(at("비스를"), (Some(2), Some(2)));
    assert_eq!(at("제공한다."), (Some(2), Some(3)));
    assert_eq!(at("요금은"), (Some(3), Some(1)));
    assert_eq!(at("이백만"), (Some(3), Some(3)), "runs that are not read count");
    assert_eq!(document.place(document.text().find("제공한다").unwrap()), "2번째 문단");
    assert_sound(&document);
}

#[test]
fn a_deleted_numbered_paragraph_takes_no_number() {
    let word = Word::default().with("numbering", LISTS);
    let gone = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>(삭제)</w:delText></w:r></w:del></w:p>";
    let document = word.read(&[numbered(1, 0, "(가)"), gone.into(), numbered(1, 0, "(나)")].concat());
    assert_eq!(lines(&document), ["제1조(가)", "제2조(나)"]);
}

#[test]
fn notes_boxes_headers_and_controls_are_told_apart() {
    let boxed = "<w:txbxContent><w:p><w:r><w:t>상자 글</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:p><w:r><w:t>본문</w:t></w:r><w:r><w:endnoteReference w:id='5'/></w:r><w:r><w:footnoteReference w:id='9'/></w:r><w:r><w:footnoteReference w:id='2'/></w:r>\
         <w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{boxed}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{boxed}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:commentReference w:id='0'/></w:r></w:p>\
         <w:p><w:pPr><w:sectPr><w:headerReference r:id='header'/></w:sectPr></w:pPr></w:p>\
         <w:p><w:r><w:rPr><w:rStyle w:val='Veil'/></w:rPr><w:t>안 보임</w:t></w:r><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>\
         <w:sectPr><w:headerReference r:id='header'/><w:footerReference r:id='footer'/></w:sectPr>",
        p("컨트롤 안")
    );
    let word = Word::default()
        .with("styles", STYLES)
        .with("header", &p("대외비"))
        .with("footer", &p("- 1 -"))
        .with("footnotes", &format!("<w:footnote w:id='0' w:type='separator'><w:p/></w:footnote><w:footnote w:id='2'>{}</w:footnote><w:footnote w:id='9'>{}</w:footnote>", p(" 둘째 각주"), p(" 첫째 각주")))
        .with("endnotes", &format!("<w:endnote w:id='5'>{}</w:endnote>", p("미주 글")));
    let document = word.read(&body);
    assert_eq!(
        lines(&document),
        ["컨트롤 안", "본문", "상자 글", "미주 글", "첫째 각주", "둘째 각주", "대외비", "- 1 -"]
    );
    use BlockKind::{Note, Paragraph, Running, TextBox};
    assert_eq!(kinds(&document), [Paragraph, Paragraph, TextBox, Note, Note, Note, Running, Running]);
    assert_eq!(document.place(document.text().find("둘째").unwrap()), "각주 2");
    for word in ["메모 1개", "그림 1개", "숨은 글 1곳"] {
        assert!(noticed(&document, word), "{word}");
    }
    assert_sound(&document);
}

#[test]
fn fields_marks_and_breaks_read_as_shown() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let t = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}<w:r><w:instrText> IF </w:instrText></w:r>{}<w:r><w:instrText> REF x </w:instrText></w:r>{}{}{}{}{}{}</w:p>\
         <w:p><w:fldSimple w:instr='PAGE'>{}</w:fldSimple><w:hyperlink>{}</w:hyperlink><w:r><w:tab/><w:t>나</w:t><w:br/><w:t>다</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>라</w:t>\
         <w:br w:type='page'/><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>\
         <w:p>{}<w:r><w:instrText>열린 채</w:instrText></w:r></w:p><w:p>{}</w:p>\
         <w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>{}{}</w:p>\
         <w:p><m:oMath><m:f><m:num><m:r><m:t>가동 시간</m:t></m:r></m:num><m:den><m:r><m:t>총시간</m:t></m:r></m:den></m:f></m:oMath></w:p>",
        field("begin"),
        field("begin"),
        field("separate"),
        t("숨은 결과"),
        field("end"),
        field("separate"),
        t("보이는 결과"),
        field("end"),
        t("7"),
        t("고리"),
        field("begin"),
        t("다음 문단"),
        field("end"),
        t("동의함"),
    );
    let document = Word::default().read(&body);
    assert_eq!(
        lines(&document),
        ["보이는 결과", "7고리\t나\n다-라 ✓", "다음 문단", "☑동의함", "(가동 시간)/총시간"]
    );
    assert_sound(&document);
}

#[test]
fn fields_without_a_stored_result_show_what_word_shows() {
    let field = |instruction: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText xml:space='preserve'>{instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let t = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let split = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> eq \\o\\ac(○,</w:instrText></w:r>\
                 <w:r><w:instrText>2</w:instrText></w:r><w:r><w:instrText>)</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let stored = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>EQ \\f(1,2)</w:instrText></w:r>\
                  <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>반</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let body = [
        format!("<w:p>{}{}</w:p>", field("EQ \\o\\ac(○,1)"), t(" 첫째")),
        format!("<w:p>{split}{}</w:p>", t(" 둘째")),
        format!("<w:p>{}{}{}</w:p>", t("요금의 2"), field("EQ \\f(1,2)"), t("배")),
        format!("<w:p>{stored}<w:fldSimple w:instr=' SYMBOL 254 \\f Wingdings '/>{}</w:p>", t("끝")),
        format!("<w:p>{}{}{}</w:p>", field("XE &quot;색인&quot;"), field("MACROBUTTON x [상호]"), t("는")),
        format!("<w:p>{}{}<w:fldSimple w:instr='autonum'/></w:p>", field("AUTONUM"), t("번호")),
        format!(
            "<w:p>{}{}<w:fldSimple w:instr='TITLE'><w:r/></w:fldSimple></w:p>",
            field("docproperty x"),
            t("이름")
        ),
        format!("<w:p>{}</w:p>", field("EQ \\a(가,나)")),
    ]
    .concat();
    let document = Word::default().read(&body);
    assert_eq!(
        lines(&document),
        ["① 첫째", "② 둘째", "요금의 2 1/2배", "반☑끝", "[상호]는", "번호", "이름", "가; 나"]
    );
    for notice in ["번호 필드(AUTONUM, LISTNUM) 2곳", "저장된 결과가 없는 필드 1곳", "수식 필드(EQ) 1곳"]
    {
        assert!(noticed(&document, notice), "{notice}");
    }
    assert_sound(&document);
}

#[test]
fn glyphs_of_symbol_fonts_are_read_as_seen() {
    let sym = |font: &str, code: &str| format!("<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>");
    let in_font = |font: &str, text: &str| {
        format!("<w:r><w:rPr><w:rFonts w:ascii='{font}' w:hAnsi='{font}'/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let tick = |state: &str, content: &str| {
        format!(
            "<w:sdt><w:sdtPr><w14:checkbox xmlns:w14='urn:w14'><w14:checked w14:val='{state}'/></w14:checkbox></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )
    };
    let body = [
        format!("<w:p>{}{}{}</w:p>", sym("바탕", "2460"), sym("Symbol", "F0B1"), sym("Wingdings", "F08D")),
        format!("<w:p>{}{}</w:p>", sym("MS Gothic", "2612"), sym("Wingdings 2", "F0A3")),
        format!(
            "<w:p>{}{}{}</w:p>",
            in_font("Wingdings", "þ가"),
            in_font("Symbol", "a\u{f0b3}"),
            in_font("바탕", "þ")
        ),
        format!("<w:p>{}{}</w:p>", sym("Times New Roman", "F0B3"), sym("Wingdings", "F0FF")),
        format!(
            "<w:p>{}{}{}</w:p>",
            tick("1", &sym("Wingdings", "F0FE")),
            tick("1", ""),
            tick("0", &sym("Marlett", "F063"))
        ),
    ]
    .concat();
    let document = Word::default().read(&body);
    assert_eq!(lines(&document), ["①±❷", "☒☐", "☑가α≥þ", "▯▯", "☑☑☐"]);
    assert!(noticed(&document, "기호 글꼴의 글자 2곳"));
    assert_sound(&document);
}

#[test]
fn breaks_glosses_and_style_separators_keep_the_lines_of_the_page() {
    let page = "<w:r><w:br w:type='page'/></w:r>";
    let t = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let separator = "<w:pPr><w:pStyle w:val='S'/><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>";
    let body = [
        format!("<w:p>{}{page}{}</w:p>", t("목적은 다음과 같다"), t("제2조(정의)")),
        format!("<w:p>{}{page}{}<w:r><w:br w:type='column'/></w:r>{}</w:p>", t("① 쪽을 넘어"), t("간다"), t("② 다음")),
        format!("<w:p>{page}{}{page}</w:p>", t("제3조(요금)")),
        format!("<w:p>{separator}{}</w:p>{}", t("(위반)"), numbered(2, 0, "갑은 알린다.")),
        format!("<w:p><w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>{}</w:p>", t("甲"), t("갑"), t("은")),
        format!("<w:p><w:r><w:ruby><w:rt/><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>", t("을")),
        "<w:p><w:r><w:t>갑은<!-- 주석 -->을</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:v'><v:textpath string='대외비'/></v:shape></w:pict></w:r></w:p>".to_owned(),
    ]
    .concat();
    let level = |text: &str| {
        format!("<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='{text}'/></w:lvl>")
    };
    let document = Word::default()
        .with("styles", "<w:style w:type='paragraph' w:styleId='S'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>")
        .with(
            "numbering",
            &format!(
                "<w:abstractNum w:abstractNumId='0'>{}</w:abstractNum><w:abstractNum w:abstractNumId='1'>{}</w:abstractNum>\
                 <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>",
                level("제%1조"),
                level("(%1)")
            ),
        )
        .read(&body);
    assert_eq!(
        lines(&document),
        [
            "목적은 다음과 같다\n제2조(정의)",
            "① 쪽을 넘어 간다\n② 다음",
            "제3조(요금)",
            "제1조 (위반)(1) 갑은 알린다.",
            "갑(甲)은",
            "을",
            "갑은을",
            "대외비"
        ]
    );
    assert_eq!(kinds(&document).last(), Some(&BlockKind::TextBox));
    assert_sound(&document);
}

#[test]
fn what_styles_hide_or_strike_out_is_told() {
    let styles = "<w:style w:type='paragraph' w:styleId='P'><w:rPr><w:vanish/></w:rPr></w:style>\
                  <w:style w:type='character' w:styleId='C'><w:rPr><w:vanish/></w:rPr></w:style>\
                  <w:style w:type='character' w:styleId='S'><w:rPr><w:strike/></w:rPr></w:style>";
    let body = "<w:p><w:pPr><w:pStyle w:val='P'/></w:pPr><w:r><w:t>숨음</w:t></w:r><w:r><w:rPr><w:rStyle w:val='C'/></w:rPr><w:t>보임</w:t></w:r></w:p>\
                <w:p><w:r><w:rPr><w:rStyle w:val='S'/></w:rPr><w:t>지움</w:t></w:r></w:p>\
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>보이는 행</w:t></w:r></w:p></w:tc></w:tr>\
                <w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>숨긴 행</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let document = Word::default().with("styles", styles).read(body);
    assert_eq!(lines(&document), ["보임", "지움", "보이는 행"]);
    for notice in ["숨은 글 2곳", "취소선이 그어진 글 1곳"] {
        assert!(noticed(&document, notice), "{notice}");
    }
    let dangling = "<w:sectPr><w:headerReference r:id='nowhere'/></w:sectPr>";
    let document = Word::default().read(&(p("글") + dangling));
    assert!(noticed(&document, "읽지 못한 부분이 있습니다: 머리말"));
}

#[test]
fn tables_are_rows_and_frames_are_paragraphs() {
    let tc = |inner: &str, more: &str| format!("<w:tc><w:tcPr>{more}</w:tcPr>{inner}</w:tc>");
    let tr = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let nested = format!("<w:tbl>{}</w:tbl>", tr(&[tc(&p("안1"), ""), tc(&p("안2"), "")]));
    let data = format!(
        "<w:tbl>{}{}{}{}</w:tbl>",
        tr(&[tc(&p("구분"), ""), tc(&p("요율"), "")]),
        tr(&[tc(&p("기본"), "<w:vMerge w:val='restart'/>"), tc(&[p("월"), p("십만")].concat(), "")]),
        tr(&[tc("<w:p/>", "<w:vMerge/>"), tc(&p("연 백만"), "")]),
        tr(&[tc(&p("부가"), ""), tc(&[p("겉"), nested, "<w:p/>".into()].concat(), "")]),
    );
    let frame = format!("<w:tbl>{}</w:tbl>", tr(&[tc(&[p("제1조(목적)"), p("회사는 준다.")].concat(), "")]));
    let bilingual = format!(
        "<w:tbl>{}</w:tbl>",
        tr(&[tc(&[p("제2조(정의)"), p("① 용어")].concat(), ""), tc(&p("Article 2"), "")])
    );
    let document = Word::default().read(&[data, frame, bilingual].concat());
    assert_eq!(
        lines(&document),
        [
            "구분 | 요율",
            "기본 | 월 십만",
            "연 백만",
            "부가 | 겉",
            "안1 | 안2",
            "제1조(목적)",
            "회사는 준다.",
            "제2조(정의)",
            "① 용어",
            "Article 2"
        ]
    );
    assert_eq!(document.place(document.text().find("십만").unwrap()), "표 1의 2행");
    assert_eq!(document.place(document.text().find("용어").unwrap()), "표 4의 1행");
    assert_sound(&document);
}

#[test]
fn any_prefix_edition_and_encoding_is_the_same_document() {
    let body = [numbered(1, 0, "(목적)"), p("회사는 준다.")].concat();
    let word = || Word::default().with("numbering", LISTS);
    let plain = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let expected = read(&word().raw(plain.as_bytes())).unwrap().text().to_owned();
    assert_eq!(expected, "제1조(목적)\n회사는 준다.");
    let prefixed = plain.replace("w:", "조문:").replace("xmlns:w=", "xmlns:조문=");
    let strict = plain.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    let mut wide = b"\xFF\xFE".to_vec();
    wide.extend(plain.encode_utf16().flat_map(u16::to_le_bytes));
    for document in [prefixed.into_bytes(), strict.into_bytes(), wide] {
        assert_eq!(read(&word().raw(&document)).unwrap().text(), expected);
    }
}

#[test]
fn documents_of_docx_rs_are_read() {
    use docx_rs::{
        AbstractNumbering, Docx, IndentLevel, Level, LevelJc, LevelText, NumberFormat, Numbering,
        NumberingId, Paragraph, Run, Start,
    };
    let level = |at, format, text| {
        Level::new(at, Start::new(1), NumberFormat::new(format), LevelText::new(text), LevelJc::new("left"))
    };
    let list = AbstractNumbering::new(2).add_level(level(0, "decimal", "제%1조")).add_level(level(
        1,
        "decimalEnclosedCircle",
        "%2",
    ));
    let item = |text: &str, at| {
        Paragraph::new()
            .add_run(Run::new().add_text(text))
            .numbering(NumberingId::new(2), IndentLevel::new(at))
    };
    let mut bytes = Cursor::new(Vec::new());
    Docx::new()
        .add_abstract_numbering(list)
        .add_numbering(Numbering::new(2, 2))
        .add_paragraph(item("(목적)", 0))
        .add_paragraph(item("회사는 서비스를 준다.", 1))
        .add_paragraph(item("이용자는 요금을 낸다.", 1))
        .add_paragraph(item("(해지)", 0))
        .build()
        .pack(&mut bytes)
        .unwrap();
    let document = read(&bytes.into_inner()).unwrap();
    assert_eq!(
        lines(&document),
        ["제1조 (목적)", "① 회사는 서비스를 준다.", "② 이용자는 요금을 낸다.", "제2조 (해지)"]
    );
    assert_sound(&document);
}

#[test]
fn pages_that_word_broke_stand_in_the_place() {
    let broken = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>둘째 쪽</w:t></w:r></w:p>";
    let document = Word::default().read(&[p("첫 쪽"), broken.into(), p("계속")].concat());
    let places: Vec<String> =
        document.blocks().iter().map(|block| document.place(block.span.start)).collect();
    assert_eq!(places, ["1쪽 1번째 문단", "2쪽 2번째 문단", "2쪽 3번째 문단"]);
}

#[test]
fn every_finding_shows_where_it_stands_in_the_file() {
    let exempting = "회사는 회원에게 생긴 손해에 대하여 어떠한 책임도 지지 아니한다.";
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let body = format!(
        "{}{}<w:p><w:r><w:lastRenderedPageBreak/><w:t>제2조(책임) {exempting}</w:t></w:r></w:p>\
         <w:tbl><w:tr>{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        p("서비스 이용약관"),
        p("제1조(목적) 이 약관은 회사가 제공하는 서비스를 회원이 이용하는 데 필요한 사항을 정한다."),
        cell(&p("제3조(특칙)")),
        cell(&[p("제4조(면책)"), p(exempting)].concat()),
        cell(&p("비고")),
    );
    let document = Word::default().read(&body);
    let analyzer = jomun::analyze::Analyzer::builder().build().unwrap();
    let report = analyzer.analyze(&document);
    let places: Vec<&str> = report.findings.iter().filter_map(|finding| finding.place.as_deref()).collect();
    assert!(places.contains(&"2쪽 3번째 문단") && places.contains(&"2쪽 표 1의 2행"), "{places:?}");
    let anchored = report.findings.iter().filter(|finding| finding.span.is_some());
    assert!(anchored.clone().all(|finding| finding.place.is_some()));
    let legend = jomun::render::Legend::of(&analyzer);
    let options = jomun::render::terminal::Options { width: 100, color: false };
    for shown in [
        jomun::render::terminal::render(&report, &legend, &options),
        jomun::render::markdown::render(&report, &legend),
        jomun::render::json::pretty(&report).unwrap(),
    ] {
        for place in &places {
            assert!(shown.contains(place), "{place}: {shown}");
        }
    }
}

#[test]
fn deep_documents_fit_a_small_stack() {
    let around = |open: &str, close: &str, inner: &str, times: usize| {
        open.repeat(times) + inner + &close.repeat(times)
    };
    let tables = around("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", &p("안쪽"), 80);
    let runs = format!("<w:p>{}</w:p>", around("<w:ins>", "</w:ins>", "<w:r><w:t>안쪽</w:t></w:r>", 240));
    let boxes =
        around("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>", &p("안쪽"), 60);
    let sums = format!("<w:p><m:oMath>{}</m:oMath></w:p>", around("<m:e>", "</m:e>", "<m:t>안쪽</m:t>", 240));
    for body in [tables, runs, boxes, sums] {
        let file = Word::default().file(&body);
        let reader = std::thread::Builder::new()
            .stack_size(1 << 20)
            .spawn(move || read(&file).unwrap().text().to_owned());
        assert_eq!(reader.unwrap().join().unwrap(), "안쪽");
    }
}

#[test]
fn broken_side_parts_are_noticed_and_the_text_is_read() {
    let mut word = Word::default().with("numbering", LISTS).with("styles", STYLES);
    word.parts[0].1.truncate(300);
    let document = word.read(&numbered(1, 0, "본문은 읽힌다"));
    assert_eq!(lines(&document), ["본문은 읽힌다"]);
    assert!(noticed(&document, "손상되어 읽지 못한 부분이 있습니다: 번호 매기기"));
    let odd = "<w:p><w:pPr><w:pStyle/><w:numPr><w:ilvl/><w:numId/></w:numPr></w:pPr><w:bookmarkStart/><w:r><w:t>속성 없는</w:t><w:footnoteReference/>\
        <w:sym/><w:br w:type='x'/><w:fldChar/></w:r></w:p><w:tbl/><w:tbl><w:tr/></w:tbl><w:sectPr><w:headerReference/></w:sectPr>";
    let document = Word::default().read(odd);
    assert_eq!(lines(&document), ["속성 없는"]);
    assert!(noticed(&document, "스타일 이름이 빠진"));
}

fn error(bytes: &[u8]) -> LoadError {
    let error = load("a.docx", bytes, &Limits::default()).expect_err("must be refused");
    let line = error.to_string();
    assert!(
        !line.contains('\n') && line.chars().any(|c| ('가'..='힣').contains(&c)),
        "one Korean line: {line}"
    );
    error
}

#[test]
fn attacks_and_foreign_packages_are_refused_with_their_reason() {
    let word = Word::default();
    let paragraph = p("본문");
    assert!(matches!(error(&[]), LoadError::Empty));
    // Entities, with and without an expansion bomb.
    let dtd = format!(
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><w:document {NAMESPACES}><w:body>&b;</w:body></w:document>"
    );
    assert!(matches!(error(&word.raw(dtd.as_bytes())), LoadError::Damaged(_)));
    // Depth.
    let deep = format!("{}{}", "<w:ins>".repeat(100_000), "</w:ins>".repeat(100_000));
    assert!(matches!(error(&word.file(&deep)), LoadError::Limit(_)));
    // A bomb in a part that is read, in one that is not, and one that hides its size.
    let zeros = vec![b' '; 201 << 20];
    let bomb =
        archive(&[("word/document.xml", word.file(&paragraph).as_slice()), ("word/media/a.png", &zeros)]);
    assert!(bomb.len() < 1 << 20 && matches!(error(&bomb), LoadError::Limit(_)));
    let limits = Limits::default();
    let many: Vec<String> = (0..limits.parts + 1).map(|n| format!("p{n}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert!(matches!(error(&archive(&many)), LoadError::Limit(_)));
    // Zips in zips are not opened: neither as a document nor inside one.
    let nested = archive(&[("a.zip", archive(&[("b.zip", &zeros[..1 << 20])]).as_slice())]);
    assert!(matches!(error(&nested), LoadError::UnknownFormat(_)));
    // More elements and more text than a contract can have are seen before a tree is built.
    let limits = Limits { nodes: 10_000, bytes: 1 << 20, ..Limits::default() };
    let refused = |body: &str| load("a.docx", &word.file(body), &limits).unwrap_err().to_string();
    assert!(refused(&"<w:p/>".repeat(10_001)).contains("요소가 너무 많습니다"));
    assert!(refused(&p(&"가".repeat(400_000))).contains("1MB보다 깁니다"));
    // Other packages.
    let has = |name: &str| archive(&[("[Content_Types].xml", b"<x/>"), (name, b"<x/>")]);
    assert!(matches!(error(&has("xl/workbook.xml")), LoadError::UnknownFormat(_)));
    assert!(matches!(error(&has("ppt/presentation.xml")), LoadError::UnknownFormat(_)));
    assert!(matches!(error(&archive(&[("a.txt", b"x")])), LoadError::UnknownFormat(_)));
    assert!(matches!(error(&archive(&[("mimetype", b"application/hwp+zip")])), LoadError::Damaged(_)));
    assert!(matches!(error(&has("word/document.xml")), LoadError::Damaged(_)));
    assert!(matches!(error(b"%PDF-1.4\n%..."), LoadError::Damaged(_)));
    // An encrypted document is a compound file.
    let mut ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    ole.resize(512, 0);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    ole.resize(4096, 0);
    assert!(matches!(error(&ole), LoadError::Encrypted));
    assert!(matches!(sniff(&ole), Err(LoadError::Encrypted)));
    // Nothing but pictures, nothing at all.
    assert!(matches!(
        error(&word.file("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>")),
        LoadError::Damaged(_)
    ));
    assert!(matches!(error(&word.file("<w:p/>")), LoadError::Empty));
}

#[test]
fn a_size_that_lies_does_not_unpack_without_end() {
    let body: String = (0..3000).map(|n| p(&format!("문단 {n}"))).collect();
    let mut bytes = Word::default().file(&body);
    let limits = Limits { unpacked: 50_000, ..Limits::default() };
    assert!(matches!(load("a.docx", &bytes, &limits), Err(LoadError::Limit(_))));
    // The same with a declared size of one byte in the directory and in the local header.
    for signature in [b"PK\x01\x02".as_slice(), b"PK\x03\x04"] {
        let (size, name) = if signature[2] == 1 { (24, 46) } else { (22, 30) };
        let at = bytes
            .windows(name + 17)
            .position(|w| w.starts_with(signature) && w.ends_with(b"word/document.xml"))
            .unwrap();
        bytes[at + size..at + size + 4].copy_from_slice(&1u32.to_le_bytes());
    }
    assert!(load("a.docx", &bytes, &limits).is_err());
}

#[test]
fn truncated_and_flipped_files_never_panic() {
    let word = Word::default()
        .with("numbering", LISTS)
        .with("styles", STYLES)
        .with("footnotes", &format!("<w:footnote w:id='2'>{}</w:footnote>", p("각주")));
    let body: String = (0..40).map(|n| numbered(1, n % 4, "조항의 글")).collect::<String>()
        + "<w:p><w:r><w:footnoteReference w:id='2'/></w:r></w:p>";
    let file = word.file(&body);
    for percent in 0..100 {
        let cut = &file[..file.len() * percent / 100];
        assert!(read(cut).is_err(), "a package without its directory, cut at {percent} %");
    }
    let page = "<!doctype html><title>약관</title><ol start=3><li>가<table><tr><td>나</td></tr></table></ol><p hidden>다</p>".repeat(3).into_bytes();
    let text = "제1조(목적)\r\n① 회사는 준다.\n".repeat(20).into_bytes();
    // A simple generator, so that every run meets the same damage.
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for round in 0..300 {
        for original in [&file, &page, &text] {
            let mut bytes = original.clone();
            for _ in 0..=round % 8 {
                let at = (random() % bytes.len() as u64) as usize;
                bytes[at] ^= 1 << (random() % 8);
            }
            if let Ok(document) = load("a.html", &bytes, &Limits::default()) {
                assert_sound(&document);
            }
        }
        // Damage inside the XML, which the archive's checksum would otherwise hide.
        let mut bytes = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>").into_bytes();
        let at = bytes.len() / 8 + (random() % (bytes.len() as u64 * 7 / 8)) as usize;
        bytes[at] = b"<>/'&\0 9"[(random() % 8) as usize];
        if let Ok(document) = read(&word.raw(&bytes)) {
            assert_sound(&document);
        }
    }
}

#[test]
fn files_are_read_within_limits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("약관.txt");
    std::fs::write(&path, "제1조(목적)\n").unwrap();
    assert_eq!(load_path(&path, &Limits::default()).unwrap().text(), "제1조(목적)\n");
    let small = Limits { bytes: 3, ..Limits::default() };
    assert!(matches!(load_path(&path, &small), Err(LoadError::TooLarge { limit: 3, .. })));
    assert!(matches!(load_path(folder.path(), &small), Err(LoadError::Io(_))));
    assert!(matches!(load_path(&folder.path().join("없음.txt"), &small), Err(LoadError::Io(_))));
    // A file that claims no size and never ends.
    #[cfg(target_os = "linux")]
    assert!(matches!(load_path(Path::new("/dev/zero"), &small), Err(LoadError::TooLarge { .. })));
}

#[test]
fn fifty_thousand_paragraphs_are_read_in_time() {
    let word = Word::default().with("numbering", LISTS);
    let body: String =
        (0..50_000).map(|n| numbered(1, n % 4, "회사는 이 조에 따라 서비스를 제공한다.")).collect();
    let file = word.file(&body);
    let started = std::time::Instant::now();
    let document = read(&file).unwrap();
    assert!(started.elapsed().as_secs() < 5, "took {:?}", started.elapsed());
    assert_eq!(document.blocks().len(), 50_000);
    assert!(document.text().starts_with("제1조회사는"));
}

/// Files with expected readings that lie beside the repository where it is developed; elsewhere this test has nothing to do.
#[test]
fn the_shared_format_files_are_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/formats");
    if !folder.is_dir() {
        eprintln!("skipped: no {}", folder.display());
        return;
    }
    let limits = Limits::default();
    let file = |name: &str| load_path(&folder.join(name), &limits);
    let kitchen = file("docx/kitchen.docx").unwrap();
    assert_eq!(kitchen.text(), file("docx/ns_prefix.docx").unwrap().text());
    // Every line of the expected reading is found, spaces aside; but for what the folder's README explains.
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '|').collect::<String>();
    for (name, explained) in [("auto_lo", 2), ("auto_word", 1), ("kitchen", 10), ("typed", 0)] {
        let document = file(&format!("docx/{name}.docx")).unwrap();
        assert_sound(&document);
        let text = squeeze(document.text());
        let expected = std::fs::read_to_string(folder.join(format!("expected/{name}.txt"))).unwrap();
        let missing: Vec<&str> = expected
            .lines()
            .filter(|line| !squeeze(line).is_empty() && !text.contains(&squeeze(line)))
            .collect();
        assert!(missing.len() <= explained, "{name}: {missing:?}");
    }
    for name in ["empty", "random", "trunc50", "trunc95", "deflate", "xmltrunc", "entity"] {
        assert!(file(&format!("hostile/bad_{name}.docx")).is_err(), "{name}");
    }
    assert!(matches!(file("hostile/bad_deep.docx"), Err(LoadError::Limit(_))));
    for name in ["bookmark", "comment_noid", "noval", "numneg", "numtrunc", "pstyle", "declsize", "utf16"] {
        if let Ok(document) = file(&format!("hostile/bad_{name}.docx")) {
            assert_sound(&document);
            assert!(!document.notices.is_empty(), "{name}");
        }
    }
    assert_eq!(file("hostile/huge_50kpara.docx").unwrap().blocks().len(), 50_025);
    for name in ["tos_utf8", "tos_cp949", "tos_div"] {
        let document = file(&format!("html/{name}.html")).unwrap();
        let text = document.text();
        for present in
            ["제1조 (목적)", "가. 개인회원", "나. 법인회원", "7일 이내 | 100%", "제4조 (접힌 조항)"]
        {
            assert!(text.contains(present), "{name}: {present}");
        }
        for absent in ["고객센터", "스크립트", "숨김", "3일", "광고", "사업자등록번호", "5. 다섯째"]
        {
            assert!(!text.contains(absent), "{name}: {absent}");
        }
    }
    let utf8 = file("txt/utf8.txt").unwrap();
    for name in ["utf8bom", "utf8_nfd", "utf16le", "utf16le_nobom"] {
        assert_eq!(file(&format!("txt/{name}.txt")).unwrap().text(), utf8.text(), "{name}");
    }
    assert_eq!(file("txt/cp949.txt").unwrap().text(), utf8.text().replace('—', "-"));
    assert!(matches!(file("txt/johab.txt"), Err(LoadError::Encoding(_))));
    assert_eq!(file("txt/short_cp949.txt").unwrap().text(), "제1조");
    assert!(file("txt/utf8_trunc.txt").unwrap().text().starts_with(utf8.text()));
    assert!(
        file("txt/cp949_long_trunc.txt")
            .unwrap()
            .notices
            .iter()
            .any(|notice| notice.message.contains("CP949"))
    );
}
