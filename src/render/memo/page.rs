//! How a memo looks: Korean fonts, headings, tables whose heads repeat, page numbers. Knows no report.

use docx_rs::{
    AlignmentType, BorderType, Docx, Footer, LineSpacing, NumPages, PageMargin, PageNum, Paragraph, Run,
    RunFonts, Shading, Style, StyleType, Table, TableAlignmentType, TableBorder, TableBorderPosition,
    TableBorders, TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Width between the margins of an A4 page, in twentieths of a point.
const WIDTH: usize = 9_866;
const FONT: &str = "맑은 고딕";
const INK: &str = "1F3864";
const LINES: &str = "BFBFBF";
const HEAD: &str = "DCE6F2";
const PALE: &str = "F5F7FA";

/// How words are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// As they are.
    Plain,
    /// What matters.
    Strong,
    /// Beside the point.
    Quiet,
    /// Words that went.
    Gone,
    /// Words that came.
    Come,
    /// To somebody's loss.
    Warning,
}

/// A paragraph of a cell: bits of text.
pub(super) type Line = Vec<(String, Tone)>;

/// A memo in the making.
pub(super) struct Page {
    docx: Docx,
    /// Paragraphs so far: their ids must not depend on what else the process wrote.
    count: usize,
}

impl Page {
    pub fn new() -> Self {
        let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).east_asia(FONT).cs(FONT);
        let heading = |level: usize, size: usize, before: u32| {
            Style::new(format!("Heading{level}"), StyleType::Paragraph)
                .name(format!("heading {level}"))
                .based_on("Normal")
                .next("Normal")
                .q_format(true)
                .size(size)
                .bold()
                .color(INK)
                .outline_lvl(level - 1)
                .line_spacing(LineSpacing::new().before(before).after(80))
        };
        let docx = Docx::new()
            .default_fonts(fonts)
            .default_size(20)
            .default_line_spacing(LineSpacing::new().after(60).line(276))
            .page_size(11_906, 16_838)
            .page_margin(PageMargin {
                top: 1134,
                bottom: 1134,
                left: 1020,
                right: 1020,
                header: 567,
                footer: 567,
                gutter: 0,
            })
            .add_style(
                Style::new("Title", StyleType::Paragraph)
                    .name("Title")
                    .based_on("Normal")
                    .size(36)
                    .bold()
                    .color(INK),
            )
            .add_style(heading(1, 28, 360))
            .add_style(heading(2, 22, 200));
        Self { docx, count: 0 }
    }

    fn blank(&mut self) -> Paragraph {
        self.count += 1;
        Paragraph::new().id(format!("{:08X}", self.count))
    }

    fn put(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    /// The title and what it is about.
    pub fn title(&mut self, title: &str, about: &str) {
        let paragraph = self.blank().style("Title").add_run(run(title, Tone::Plain));
        self.put(paragraph);
        let paragraph = self.blank().add_run(run(about, Tone::Quiet).size(24));
        self.put(paragraph);
    }

    /// The last words, set off from what stands before.
    pub fn close(&mut self, text: &str) {
        let spacing = LineSpacing::new().before(360).after(0);
        let paragraph = self.blank().line_spacing(spacing).add_run(run(text, Tone::Quiet));
        self.put(paragraph);
    }

    /// A heading of level 1 or 2; it stays with what follows.
    pub fn heading(&mut self, level: usize, text: &str) {
        let paragraph =
            self.blank().style(&format!("Heading{level}")).keep_next(true).add_run(run(text, Tone::Plain));
        self.put(paragraph);
    }

    /// A paragraph.
    pub fn text(&mut self, text: &str, tone: Tone) {
        let paragraph = self.blank().add_run(run(text, tone));
        self.put(paragraph);
    }

    /// A labelled line; none without text.
    pub fn point(&mut self, label: &str, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let paragraph = self
            .blank()
            .indent(Some(1_300), Some(docx_rs::SpecialIndentType::Hanging(1_300)), None, None)
            .add_tab(docx_rs::Tab::new().val(docx_rs::TabValueType::Left).pos(1_300))
            .add_run(run(label, Tone::Strong).color(INK))
            .add_run(Run::new().add_tab())
            .add_run(run(text, Tone::Plain));
        self.put(paragraph);
    }

    /// An entry of a list.
    pub fn bullet(&mut self, text: &str) {
        let paragraph = self
            .blank()
            .indent(Some(300), Some(docx_rs::SpecialIndentType::Hanging(300)), None, None)
            .add_tab(docx_rs::Tab::new().val(docx_rs::TabValueType::Left).pos(300))
            .add_run(run("•", Tone::Plain))
            .add_run(Run::new().add_tab())
            .add_run(run(text, Tone::Plain));
        self.put(paragraph);
    }

    /// Words of the document.
    pub fn quote(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let line = vec![(format!("“{}”", one_line(text)), Tone::Plain)];
        self.boxed(&[line]);
    }

    /// Wording to put in; none without text.
    pub fn model(&mut self, label: &str, text: Option<&str>) {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return };
        let mut lines: Vec<Line> = vec![vec![(label.to_owned(), Tone::Strong)]];
        lines.extend(text.trim().lines().map(|line| vec![(line.trim().to_owned(), Tone::Come)]));
        self.boxed(&lines);
    }

    /// Lines in a pale box.
    fn boxed(&mut self, lines: &[Line]) {
        let cell = self.cell(lines, WIDTH, Some(PALE));
        let table = bordered(Table::new(vec![TableRow::new(vec![cell])]), &[WIDTH]);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
        self.gap();
    }

    /// A small paragraph behind a table, so that two tables never grow together.
    fn gap(&mut self) {
        let paragraph = self.blank().line_spacing(
            LineSpacing::new().before(0).after(0).line(120).line_rule(docx_rs::LineSpacingType::Exact),
        );
        self.put(paragraph);
    }

    /// A table of two columns: what, and how it is.
    pub fn facts(&mut self, facts: &[(String, String)]) {
        let widths = shares(&[18, 82]);
        let rows = facts.iter().map(|(label, text)| {
            let label = self.cell(&[vec![(label.clone(), Tone::Strong)]], widths[0], Some(HEAD));
            TableRow::new(vec![label, self.cell(&[vec![(text.clone(), Tone::Plain)]], widths[1], None)])
        });
        let rows: Vec<TableRow> = rows.collect();
        self.docx = std::mem::take(&mut self.docx).add_table(bordered(Table::new(rows), &widths));
        self.gap();
    }

    /// A table of plain texts under a head; `shares` are percents of the width.
    pub fn grid(&mut self, head: &[&str], percents: &[usize], rows: &[Vec<String>]) {
        let rows: Vec<Vec<Vec<Line>>> = rows
            .iter()
            .map(|row| row.iter().map(|text| vec![vec![(text.clone(), Tone::Plain)]]).collect())
            .collect();
        self.table(head, percents, &rows);
    }

    /// A table under a head that every page repeats.
    pub fn table(&mut self, head: &[&str], percents: &[usize], rows: &[Vec<Vec<Line>>]) {
        let widths = shares(percents);
        let mut all = Vec::with_capacity(rows.len() + 1);
        let cells = head.iter().zip(&widths).map(|(text, width)| {
            let line = vec![((*text).to_owned(), Tone::Strong)];
            self.cell(&[line], *width, Some(HEAD)).vertical_align(VAlignType::Center)
        });
        // No row but a head is kept whole: that is how `finish` knows heads.
        all.push(TableRow::new(cells.collect()).cant_split());
        for row in rows {
            let cells = row.iter().zip(&widths).map(|(lines, width)| self.cell(lines, *width, None));
            all.push(TableRow::new(cells.collect()));
        }
        let table = bordered(Table::new(all), &widths);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
        self.gap();
    }

    /// A cell; one with a `fill` stays on the page of what follows.
    fn cell(&mut self, lines: &[Line], width: usize, fill: Option<&str>) -> TableCell {
        let mut cell = TableCell::new().width(width, WidthType::Dxa);
        if let Some(fill) = fill {
            cell = cell.shading(Shading::new().shd_type(docx_rs::ShdType::Clear).color("auto").fill(fill));
        }
        for line in lines {
            let mut paragraph = self.blank().line_spacing(LineSpacing::new().before(20).after(20).line(252));
            if fill == Some(HEAD) {
                paragraph = paragraph.keep_next(true);
            }
            for (text, tone) in line.iter().filter(|(text, _)| !text.is_empty()) {
                paragraph = paragraph.add_run(run(text, *tone).size(18));
            }
            cell = cell.add_paragraph(paragraph);
        }
        if lines.is_empty() {
            cell = cell.add_paragraph(self.blank());
        }
        cell
    }

    /// The bytes of the document.
    ///
    /// # Errors
    /// What the archive's writer says.
    pub fn finish(mut self, about: &str) -> Result<Vec<u8>, String> {
        let number = self
            .blank()
            .align(AlignmentType::Center)
            .add_page_num(PageNum::new())
            .add_run(run(" / ", Tone::Quiet))
            .add_num_pages(NumPages::new());
        let built = self.docx.footer(Footer::new().add_paragraph(number)).build();
        let mut parts = Cursor::new(Vec::new());
        built.pack(&mut parts).map_err(|error| error.to_string())?;
        squeezed(parts.into_inner(), about).map_err(|error| error.to_string())
    }
}

/// The archive with its parts compressed, all of one fixed time, and the heads of tables marked to be repeated.
fn squeezed(bytes: Vec<u8>, about: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for index in 0..archive.len() {
        let mut part = archive.by_index(index)?;
        if part.is_dir() {
            continue;
        }
        let name = part.name()?.into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        if let Some(edits) = additions(&name, about) {
            let mut text = String::from_utf8(bytes)?;
            for (written, wanted) in edits {
                text = text.replace(&written, &wanted);
            }
            bytes = text.into_bytes();
        }
        writer.start_file(name, options)?;
        writer.write_all(&bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// What the writer of the document has no words for: heads of tables that every page repeats, Korean as the language, no
/// blank between digits and Hangul (제1조), who wrote it.
fn additions(part: &str, about: &str) -> Option<Vec<(String, String)>> {
    let pairs: Vec<(&str, String)> = match part {
        "word/document.xml" => vec![("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />".into())],
        "word/styles.xml" => vec![
            (
                "</w:rPr></w:rPrDefault>",
                "<w:lang w:val=\"ko-KR\" w:eastAsia=\"ko-KR\" /></w:rPr></w:rPrDefault>".into(),
            ),
            (
                "<w:pPrDefault><w:pPr><w:rPr />",
                "<w:pPrDefault><w:pPr><w:autoSpaceDE w:val=\"0\" /><w:autoSpaceDN w:val=\"0\" />".into(),
            ),
        ],
        "docProps/core.xml" => {
            let title = escaped(&clean(about));
            vec![
                ("<dc:creator>unknown", format!("<dc:title>{title}</dc:title><dc:creator>jomun")),
                ("<cp:lastModifiedBy>unknown", "<cp:lastModifiedBy>jomun".into()),
            ]
        }
        _ => return None,
    };
    Some(pairs.into_iter().map(|(written, wanted)| (written.to_owned(), wanted)).collect())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn run(text: &str, tone: Tone) -> Run {
    let run = Run::new().add_text(clean(text));
    match tone {
        Tone::Plain => run,
        Tone::Strong => run.bold(),
        Tone::Quiet => run.color("595959"),
        Tone::Gone => run.color("C00000").strike(),
        Tone::Come => run.color("1F4E9E"),
        Tone::Warning => run.bold().color("C00000"),
    }
}

/// Text that XML can hold and that turns no reading direction.
fn clean(text: &str) -> String {
    let steers =
        |c: &char| !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    text.replace(['\n', '\t', '\r'], " ").chars().filter(steers).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parts of the width by percents.
fn shares(percents: &[usize]) -> Vec<usize> {
    percents.iter().map(|percent| WIDTH * percent / 100).collect()
}

fn bordered(table: Table, widths: &[usize]) -> Table {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let mut borders = TableBorders::with_empty();
    for position in [Top, Bottom, Left, Right, InsideH, InsideV] {
        borders =
            borders.set(TableBorder::new(position).border_type(BorderType::Single).size(4).color(LINES));
    }
    table
        .set_grid(widths.to_vec())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Left)
        .margins(TableCellMargins::new().margin(40, 90, 40, 90))
        .set_borders(borders)
}
