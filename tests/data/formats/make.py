#!/usr/bin/env python3
"""Makes the eight samples of corpora/samples in every other format: docx, pdf, html, md, txt.

Needs python-docx, fpdf2, LibreOffice (soffice) and the Nanum fonts; README.md says what is varied from file to file.
Usage: make.py JOMUN OUT   (JOMUN is the jomun binary: it prints the text of the docx and html samples)
"""
import html
import pathlib
import re
import subprocess
import sys
import tempfile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from fpdf import FPDF

SAMPLES = pathlib.Path(__file__).resolve().parents[3] / "corpora" / "samples"
ARTICLE = re.compile(r"^\s*제\s*\d+\s*조(의\d+)?\s*[\(\[]")

# What a PDF is made to look like: font, columns, justified, running header, margin and whether Hangul words may break.
LOOKS = {
    "auto-numbered": None,
    "fair-b2b-cloud": ("NanumMyeongjo", 1, True, "누리결 클라우드 기업 이용계약서", 2.5, True),
    "hosting-terms-cp949": ("NanumGothicCoding", 1, False, None, 2.0, False),
    "iaas-terms": ("NanumGothic", 2, True, None, 1.8, False),
    "negotiated-service-contract": ("NanumMyeongjo", 1, True, "계약번호: DH-2026-클라우드-017", 2.5, False),
    "poor-b2c-cloud": ("NanumGothic", 1, False, "말랑박스", 2.0, True),
    "saas-terms": ("NanumGothic", 1, False, None, 2.0, False),
    "sla": ("NanumGothic", 1, False, "온새미 클라우드 서비스수준협약", 2.0, False),
}


def text_of(jomun, path):
    return subprocess.run([jomun, "text", str(path)], check=True, capture_output=True, text=True).stdout


def blocks(name, jomun):
    """(kind, level or indent, text or rows) for every line of a sample."""
    path = next(SAMPLES.glob(name + ".*"))
    if path.suffix == ".txt":
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp949")
    elif path.suffix == ".md":
        text = path.read_text(encoding="utf-8")
    else:
        text = text_of(jomun, path)
    out, rows = [], []
    lines = text.replace("\r\n", "\n").split("\n")
    if path.suffix == ".md" and lines[0] == "---":
        lines = lines[lines.index("---", 1) + 1:]
    is_row = lambda line: line.startswith("|") or (path.suffix in (".docx", ".html") and " | " in line)
    for line in lines + [""]:
        if is_row(line):
            if not re.fullmatch(r"[|\-: ]+", line):
                rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            out.append(("table", 0, rows))
            rows = []
        if path.suffix == ".md":
            if re.fullmatch(r"-{3,}", line.strip()):
                continue
            line = re.sub(r"^>\s?", "", line)
            line = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line).replace("**", "")
            heading = re.match(r"^(#+)\s+(.*)$", line)
            if heading:
                out.append(("heading", len(heading[1]), heading[2]))
                continue
        indent = len(line) - len(line.lstrip(" "))
        out.append(("line", indent, line.strip()))
    while out and out[-1] == ("line", 0, ""):
        out.pop()
    return out


def write_txt(model, path):
    lines = []
    for kind, level, value in model:
        if kind == "table":
            lines += [" | ".join(row) for row in value]
        else:
            lines.append(" " * (level if kind == "line" else 0) + value)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_md(model, path):
    lines = []
    for kind, level, value in model:
        if kind == "table":
            lines += ["| " + " | ".join(row) + " |" for row in value]
            lines.insert(len(lines) - len(value) + 1, "|" + "---|" * len(value[0]))
        elif kind == "heading":
            lines.append("#" * level + " " + value)
        else:
            lines.append(" " * level + value)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_html(model, path, title):
    out = ["<!DOCTYPE html>", '<html lang="ko"><head><meta charset="utf-8">', f"<title>{html.escape(title)}</title></head><body>"]
    for kind, level, value in model:
        if kind == "table":
            cells = lambda row: "".join(f"<td>{html.escape(cell)}</td>" for cell in row)
            out.append("<table>" + "".join(f"<tr>{cells(row)}</tr>" for row in value) + "</table>")
        elif kind == "heading":
            out.append(f"<h{level}>{html.escape(value)}</h{level}>")
        elif value:
            style = f' style="margin-left:{level}ch"' if level else ""
            out.append(f"<p{style}>{html.escape(value)}</p>")
    out.append("</body></html>")
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


def page_field(paragraph):
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._r.append(element)


def write_docx(model, path, look):
    font, columns, justified, header, margin, word_break = look
    document = Document()
    for style in document.styles:
        if style.type == 1 and style.element.rPr is not None or style.name == "Normal":
            style.font.name = font
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(slot), font)
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
    document.styles["Normal"].font.size = Pt(10)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(margin)
    if columns > 1:
        cols = section._sectPr.find(qn("w:cols"))
        cols.set(qn("w:num"), str(columns))
        cols.set(qn("w:space"), "567")
    if header:
        section.header.paragraphs[0].text = header
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("- ")
    page_field(footer)
    footer.add_run(" -")
    for kind, level, value in model:
        if kind == "table":
            table = document.add_table(rows=0, cols=max(map(len, value)))
            table.style = "Table Grid"
            for row in value:
                for cell, text in zip(table.add_row().cells, row):
                    cell.text = text
            continue
        if kind == "heading":
            paragraph = document.add_paragraph(value, style=f"Heading {min(level, 4)}")
        else:
            if not value:
                continue
            paragraph = document.add_paragraph(value)
            paragraph.paragraph_format.space_after = Pt(3)
            if level >= 18:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif level:
                paragraph.paragraph_format.left_indent = Pt(5 * level)
            if justified and level < 18:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if not word_break:
            wrap = OxmlElement("w:wordWrap")
            wrap.set(qn("w:val"), "1")
            paragraph._p.get_or_add_pPr().append(wrap)
    document.core_properties.title = ""
    document.core_properties.author = "jomun"
    document.save(path)


# Samples whose PDF does not come from LibreOffice: lines broken between words, page numbers as "3 / 7".
OTHER = {"saas-terms": ("L", 10), "negotiated-service-contract": ("J", 10.5)}


def write_pdf(model, path, align, size):
    class Paper(FPDF):
        def footer(self):
            self.set_y(-15)
            self.set_font("Nanum", size=9)
            self.cell(0, 8, f"{self.page_no()} / {{nb}}", align="C")

    pdf = Paper(format="A4")
    pdf.set_margins(22, 22, 22)
    pdf.set_auto_page_break(True, margin=22)
    pdf.add_font("Nanum", fname="/usr/share/fonts/truetype/nanum/NanumGothic.ttf")
    pdf.add_page()
    for kind, level, value in model:
        if kind == "table":
            pdf.set_font("Nanum", size=size - 1)
            with pdf.table(text_align="LEFT", first_row_as_headings=False) as table:
                for row in value:
                    cells = table.row()
                    for text in row:
                        cells.cell(text)
            continue
        if not value:
            pdf.ln(2)
            continue
        pdf.set_font("Nanum", size=size + (6 - 2 * level if kind == "heading" and level < 3 else 0))
        centred = kind == "line" and level >= 18
        pdf.set_x(pdf.l_margin + (0 if centred or kind == "heading" else 1.8 * level))
        pdf.multi_cell(0, 6, value, align="C" if centred else align, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(path))


def soffice(source, kind, out):
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind, "--outdir", str(out), str(source)],
            check=True, capture_output=True)


# What the bench of loading reads: contracts one after another, some twenty pages.
LONG = ["fair-b2b-cloud", "negotiated-service-contract", "saas-terms", "sla"]


def main():
    jomun, out = sys.argv[1], pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for name, look in LOOKS.items():
        own = next(SAMPLES.glob(name + ".*")).suffix
        model = blocks(name, jomun)
        docx = out / f"{name}.docx"
        if look is None:
            soffice(SAMPLES / f"{name}.docx", "pdf", out)
        else:
            write_docx(model, docx, look)
            if name in OTHER:
                write_pdf(model, out / f"{name}.pdf", *OTHER[name])
            else:
                soffice(docx, "pdf", out)
        if own != ".txt":
            write_txt(model, out / f"{name}.txt")
        if own != ".md":
            write_md(model, out / f"{name}.md")
        if own != ".html":
            write_html(model, out / f"{name}.html", name)
    with tempfile.TemporaryDirectory() as folder:
        docx = pathlib.Path(folder) / "twenty-pages.docx"
        write_docx(sum((blocks(name, jomun) for name in LONG), []), docx, LOOKS["fair-b2b-cloud"])
        soffice(docx, "pdf", out)


main()
