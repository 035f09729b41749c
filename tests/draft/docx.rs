//! Writes Word packages for tests: as much as holds a text with its lists and tables, in our own words.

use crate::draft::{Draft, Head, Line, hwpx::escape};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const NAMESPACE: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";
const DECLARATION: &str = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>";
/// The list of the chapters comes after those of the draft.
const OUTLINE_LIST: usize = 900;

/// Word's names of the formats that drafts have.
fn format(name: &str) -> &'static str {
    match name {
        "DIGIT" => "decimal",
        "CIRCLED_DIGIT" => "decimalEnclosedCircle",
        "HANGUL_SYLLABLE" => "ganada",
        "LATIN_SMALL" => "lowerLetter",
        _ => panic!("{name}"),
    }
}

fn level(at: usize, start: u32, (name, text): (&str, &str)) -> String {
    // Nothing stands after 제1조, as its heading stands right behind it.
    let suffix = if at == 0 && text.ends_with('조') { "nothing" } else { "space" };
    format!(
        "<w:lvl w:ilvl='{at}'><w:start w:val='{start}'/><w:numFmt w:val='{}'/><w:suff w:val='{suffix}'/>\
         <w:lvlText w:val='{}'/><w:lvlJc w:val='left'/></w:lvl>",
        format(name),
        text.replace('^', "%")
    )
}

/// The lists: each with levels of its own, every other with its first number as an override.
fn numbering(draft: &Draft) -> String {
    let (mut lists, mut uses) = (String::new(), String::new());
    for (list, start) in (1..).zip(&draft.starts) {
        let over = list % 2 == 0;
        let formats = draft.formats();
        let levels = formats
            .iter()
            .enumerate()
            .map(|(at, shape)| level(at, if at == 0 && !over { *start } else { 1 }, *shape));
        lists.push_str(&format!(
            "<w:abstractNum w:abstractNumId='{list}'><w:multiLevelType w:val='multilevel'/>{}</w:abstractNum>",
            levels.collect::<String>()
        ));
        let first = format!("<w:lvlOverride w:ilvl='0'><w:startOverride w:val='{start}'/></w:lvlOverride>");
        uses.push_str(&format!(
            "<w:num w:numId='{list}'><w:abstractNumId w:val='{list}'/>{}</w:num>",
            if over { &first } else { "" }
        ));
    }
    format!(
        "{DECLARATION}<w:numbering {NAMESPACE}>{lists}<w:abstractNum w:abstractNumId='{OUTLINE_LIST}'>\
         <w:multiLevelType w:val='singleLevel'/>{}</w:abstractNum>{uses}<w:num w:numId='{OUTLINE_LIST}'>\
         <w:abstractNumId w:val='{OUTLINE_LIST}'/></w:num></w:numbering>",
        level(0, 1, draft.outline())
    )
}

fn paragraph(properties: &str, words: &str) -> String {
    format!(
        "<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{}</w:t></w:r></w:p>",
        escape(words)
    )
}

fn table(rows: &[Vec<String>]) -> String {
    let cell = |words: &String| format!("<w:tc>{}</w:tc>", paragraph("", words));
    let row = |cells: &Vec<String>| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let borders: String =
        sides.iter().map(|side| format!("<w:{side} w:val='single' w:sz='4' w:color='000000'/>")).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{}</w:tblGrid>{}</w:tbl>",
        "<w:gridCol w:w='2000'/>".repeat(rows[0].len()),
        rows.iter().map(row).collect::<String>()
    )
}

/// The draft as a package.
pub fn write(draft: &Draft) -> Vec<u8> {
    let mut body = String::new();
    for line in &draft.lines {
        body.push_str(&match line {
            Line::Para(Head::None, words) => paragraph("", words),
            Line::Para(Head::Outline, words) => paragraph("<w:pStyle w:val='Chapter'/>", words),
            Line::Para(Head::Number(list, level), words) => paragraph(
                &format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>"),
                words,
            ),
            Line::Blank => "<w:p/>".to_owned(),
            Line::Table(rows) => table(rows),
        });
    }
    let styles = format!(
        "{DECLARATION}<w:styles {NAMESPACE}><w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/></w:style>\
         <w:style w:type='paragraph' w:styleId='Chapter'><w:name w:val='Chapter'/><w:basedOn w:val='Normal'/>\
         <w:pPr><w:numPr><w:numId w:val='{OUTLINE_LIST}'/></w:numPr></w:pPr></w:style></w:styles>"
    );
    let wml = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "{DECLARATION}<Types xmlns='{package}/content-types'>\
                 <Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>\
                 <Override PartName='/word/document.xml' ContentType='{wml}.document.main+xml'/>\
                 <Override PartName='/word/styles.xml' ContentType='{wml}.styles+xml'/>\
                 <Override PartName='/word/numbering.xml' ContentType='{wml}.numbering+xml'/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "{DECLARATION}<Relationships xmlns='{package}/relationships'>\
                 <Relationship Id='rId1' Type='{office}/officeDocument' Target='word/document.xml'/></Relationships>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                "{DECLARATION}<Relationships xmlns='{package}/relationships'>\
                 <Relationship Id='rId1' Type='{office}/styles' Target='styles.xml'/>\
                 <Relationship Id='rId2' Type='{office}/numbering' Target='numbering.xml'/></Relationships>"
            ),
        ),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering(draft)),
        (
            "word/document.xml",
            format!("{DECLARATION}<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
