//! Writes OWPML packages for tests: the parts that 한글 writes, with a header of shapes and lists, in our own words.

use crate::draft::{Draft, Head, Line};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

pub const NAMESPACES: &str = "xmlns:hp='http://www.hancom.co.kr/hwpml/2011/paragraph' \
    xmlns:hs='http://www.hancom.co.kr/hwpml/2011/section' xmlns:hc='http://www.hancom.co.kr/hwpml/2011/core' \
    xmlns:hh='http://www.hancom.co.kr/hwpml/2011/head' xmlns:opf='http://www.idpf.org/2007/opf/'";
/// The list of the 개요 comes after those of the draft.
const OUTLINE_LIST: usize = 900;

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A paragraph of a shape, with what stands inside.
pub fn p(shape: usize, inner: &str) -> String {
    format!(
        "<hp:p id='0' paraPrIDRef='{shape}' styleIDRef='0' pageBreak='0' columnBreak='0' merged='0'>{inner}</hp:p>"
    )
}

pub fn run(inner: &str) -> String {
    format!("<hp:run charPrIDRef='0'>{inner}</hp:run>")
}

/// A plain paragraph.
pub fn text(words: &str) -> String {
    p(0, &run(&format!("<hp:t>{}</hp:t>", escape(words))))
}

/// A list of paragraphs inside something.
pub fn sub_list(inner: &str) -> String {
    format!(
        "<hp:subList id='' textDirection='HORIZONTAL' lineWrap='BREAK' vertAlign='TOP'>{inner}</hp:subList>"
    )
}

pub fn table(rows: &[Vec<String>]) -> String {
    let mut out = format!(
        "<hp:tbl id='1' numberingType='TABLE' rowCnt='{}' colCnt='{}' borderFillIDRef='1'><hp:sz width='100' height='100'/>",
        rows.len(),
        rows[0].len()
    );
    for (at, row) in rows.iter().enumerate() {
        out.push_str("<hp:tr>");
        for (column, cell) in row.iter().enumerate() {
            out.push_str(&format!(
                "<hp:tc name='' header='0' borderFillIDRef='1'>{}<hp:cellAddr colAddr='{column}' rowAddr='{at}'/>\
                 <hp:cellSpan colSpan='1' rowSpan='1'/><hp:cellSz width='10' height='10'/></hp:tc>",
                sub_list(cell)
            ));
        }
        out.push_str("</hp:tr>");
    }
    out + "</hp:tbl>"
}

/// What begins a section.
pub fn section_start() -> String {
    format!(
        "<hp:secPr id='' textDirection='HORIZONTAL' outlineShapeIDRef='{OUTLINE_LIST}'>\
         <hp:startNum pageStartsOn='BOTH' page='0' pic='0' tbl='0' equation='0'/></hp:secPr>\
         <hp:ctrl><hp:colPr id='' type='NEWSPAPER' layout='LEFT' colCount='1' sameSz='1' sameGap='0'/></hp:ctrl>"
    )
}

/// The package of these sections with this header and further parts.
pub fn package(header: &str, sections: &[String], title: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let names: Vec<String> = (0..sections.len()).map(|n| format!("Contents/section{n}.xml")).collect();
    let items: String = (0..sections.len())
        .map(|n| format!("<opf:item id='section{n}' href='{}' media-type='application/xml'/>", names[n]))
        .collect();
    let spine: String =
        (0..sections.len()).map(|n| format!("<opf:itemref idref='section{n}' linear='yes'/>")).collect();
    let declaration = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>";
    let contents = format!(
        "{declaration}<opf:package {NAMESPACES}><opf:metadata><opf:title>{}</opf:title><opf:language>ko</opf:language></opf:metadata>\
         <opf:manifest><opf:item id='header' href='Contents/header.xml' media-type='application/xml'/>{items}</opf:manifest>\
         <opf:spine><opf:itemref idref='header' linear='yes'/>{spine}</opf:spine></opf:package>",
        escape(title)
    );
    let header = format!(
        "{declaration}<hh:head {NAMESPACES} version='1.4' secCnt='{}'>{header}</hh:head>",
        sections.len()
    );
    let sections: Vec<String> =
        sections.iter().map(|inner| format!("{declaration}<hs:sec {NAMESPACES}>{inner}</hs:sec>")).collect();
    let container = "<ocf:container xmlns:ocf='urn:oasis:names:tc:opendocument:xmlns:container'><ocf:rootfiles>\
        <ocf:rootfile full-path='Contents/content.hpf' media-type='application/hwpml-package+xml'/></ocf:rootfiles></ocf:container>";
    let manifest = "<odf:manifest xmlns:odf='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>";
    let mut parts: Vec<(&str, &str)> = vec![
        ("mimetype", "application/hwp+zip"),
        (
            "version.xml",
            "<hv:HCFVersion xmlns:hv='http://www.hancom.co.kr/hwpml/2011/version' major='5' minor='1'/>",
        ),
        ("Contents/header.xml", &header),
    ];
    parts.extend(names.iter().map(String::as_str).zip(sections.iter().map(String::as_str)));
    parts.extend([
        ("META-INF/container.xml", container),
        ("META-INF/manifest.xml", manifest),
        ("Contents/content.hpf", &contents),
    ]);
    for (name, text) in more {
        parts.retain(|(own, _)| own != name);
        parts.push((*name, *text));
    }
    // A part without text is none: packages may lack what they list.
    parts.retain(|(_, text)| !text.is_empty());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn para_head(level: usize, start: u32, (shape, format): (&str, &str), gap: u32) -> String {
    format!(
        "<hh:paraHead start='{start}' level='{level}' align='LEFT' useInstWidth='1' autoIndent='1' textOffsetType='PERCENT' \
         textOffset='{gap}' numFormat='{shape}' charPrIDRef='4294967295' checkable='0'>{format}</hh:paraHead>"
    )
}

/// Shapes and lists for a draft: shape 0 is plain, 1 that of chapters, 10 × list + level those of the lists.
pub fn header(draft: &Draft) -> String {
    let mut lists = String::new();
    let mut shapes =
        String::from("<hh:paraPr id='0'><hh:heading type='NONE' idRef='0' level='0'/></hh:paraPr>");
    shapes.push_str("<hh:paraPr id='1'><hh:heading type='OUTLINE' idRef='0' level='0'/></hh:paraPr>");
    for (list, start) in (1..).zip(&draft.starts) {
        let mut levels = String::new();
        for (at, format) in draft.formats().iter().enumerate() {
            // No gap after 제1조, as its heading stands right behind it.
            let start = if at == 0 { *start } else { 1 };
            levels.push_str(&para_head(at + 1, start, *format, if at == 0 { 0 } else { 50 }));
            shapes.push_str(&format!(
                "<hh:paraPr id='{}'><hh:heading type='NUMBER' idRef='{list}' level='{at}'/></hh:paraPr>",
                10 * list + at
            ));
        }
        lists.push_str(&format!("<hh:numbering id='{list}' start='1'>{levels}</hh:numbering>"));
    }
    lists.push_str(&format!(
        "<hh:numbering id='{OUTLINE_LIST}' start='0'>{}</hh:numbering>",
        para_head(1, 1, draft.outline(), 50)
    ));
    format!(
        "<hh:beginNum page='1' footnote='1' endnote='1' pic='1' tbl='1' equation='1'/><hh:refList><hh:numberings>{lists}</hh:numberings>\
         <hh:bullets><hh:bullet id='1' char='■' useImage='0'/></hh:bullets><hh:paraProperties>{shapes}\
         <hh:paraPr id='5'><hh:heading type='BULLET' idRef='1' level='0'/></hh:paraPr></hh:paraProperties>\
         <hh:styles><hh:style id='0' type='PARA' name='바탕글' engName='Normal' paraPrIDRef='0'/>\
         <hh:style id='3' type='PARA' name='제목' engName='Title' paraPrIDRef='0'/></hh:styles></hh:refList>"
    )
}

/// The draft as a package.
pub fn write(draft: &Draft) -> Vec<u8> {
    let mut body = String::new();
    for (at, line) in draft.lines.iter().enumerate() {
        let start = if at == 0 { run(&section_start()) } else { String::new() };
        body.push_str(&match line {
            Line::Para(head, words) => {
                let shape = match head {
                    Head::None => 0,
                    Head::Outline => 1,
                    Head::Number(list, level) => 10 * *list as usize + level,
                };
                p(shape, &(start + &run(&format!("<hp:t>{}</hp:t>", escape(words)))))
            }
            Line::Blank => p(0, &(start + &run("<hp:t/>"))),
            Line::Table(rows) => {
                let rows: Vec<Vec<String>> =
                    rows.iter().map(|row| row.iter().map(|cell| text(cell)).collect()).collect();
                p(0, &(start + &run(&table(&rows))))
            }
        });
    }
    package(&header(draft), &[body], draft.title(), &[])
}
