#!/usr/bin/env python3
"""Makes the eight samples of corpora/samples as .hwpx and .hwp with public libraries that know nothing of jomun.

hwpx: python-hwpx 6.9.0 (PyPI, Python 3.12 or newer).
hwp:  @rhwp/core 0.8.6 (npm, Node.js 20), by make_hwp.mjs beside this file; `npm install` it where node finds it.

Takes the plain text of every sample, its own or the one that make.py made: a line is a paragraph (an empty line an empty
one), lines in columns parted by " | " are a table. Labels are typed. What differs from file to file is in LOOKS.
Usage: make_hwp.py OUT
"""
import json
import pathlib
import random
import subprocess
import sys
import uuid

import hwpx.oxml._document_primitives as primitives
from hwpx import HwpxDocument

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parents[2] / "corpora" / "samples"

# Running header, page number and columns of a hwpx; whether its indents are typed as spaces (a hwp has only those).
LOOKS = {
    "auto-numbered": (None, False, 1, True),
    "fair-b2b-cloud": ("누리결 클라우드 기업 이용계약서", True, 1, False),
    "hosting-terms-cp949": (None, False, 1, True),
    "iaas-terms": (None, True, 2, False),
    "negotiated-service-contract": ("계약번호: DH-2026-클라우드-017", True, 1, False),
    "poor-b2c-cloud": ("말랑박스", False, 1, True),
    "saas-terms": (None, True, 1, False),
    "sla": ("온새미 클라우드 서비스수준협약", True, 1, True),
}
# From here on an indent is that of a centred line.
CENTRED = 18


def blocks(name):
    """The paragraphs of a sample (strings) and its tables (lists of rows)."""
    path = SAMPLES / f"{name}.txt"
    raw = (path if path.exists() else HERE / f"{name}.txt").read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp949")
    out, rows = [], []
    for line in text.replace("\r\n", "\n").rstrip("\n").split("\n") + [""]:
        cells = [cell.strip() for cell in line.split(" | ")]
        if len(cells) > 1:
            rows.append(cells)
            continue
        # A row alone is a line with bars in it.
        out += [rows] if len(rows) > 1 else [" | ".join(row) for row in rows]
        rows = []
        out.append(line.rstrip())
    return out[:-1]


def write_hwpx(model, path, look):
    header, numbered, columns, typed = look
    # The ids of paragraphs and tables are drawn at random; always the same ones here.
    ids = random.Random(path.name)
    primitives.uuid4 = lambda: uuid.UUID(int=ids.getrandbits(128))
    document = HwpxDocument.new()
    first = document.paragraphs[0]
    if columns > 1:
        document.page.set_columns(columns, paragraph=first)
    if header:
        document.page.set_header(text=header)
    if numbered:
        document.page.set_page_number(prefix="- ", suffix=" -")
    indents = {}
    for number, block in enumerate(model):
        if isinstance(block, list):
            table = document.add_table(len(block), max(map(len, block)))
            for y, row in enumerate(block):
                for x, text in enumerate(row):
                    table.set_cell_text(y, x, text)
            continue
        text = block if typed else block.strip()
        if number:
            # Not the look of the paragraph before, which may be that of a table.
            document.add_paragraph(text, para_pr_id_ref=0, style_id_ref=0)
        else:
            first.text = text
        if not typed and text != block:
            place = len(document.paragraphs) - 1
            indents.setdefault(len(block) - len(text), []).append(place)
    for indent, places in indents.items():
        if indent >= CENTRED:
            document.styles.apply_paragraph_format(paragraph_indexes=places, alignment="CENTER")
        else:
            document.styles.apply_paragraph_format(paragraph_indexes=places, indent_left_mm=2 * indent)
    path.write_bytes(document.to_bytes())


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    models = {name: blocks(name) for name in LOOKS}
    for name, look in LOOKS.items():
        write_hwpx(models[name], out / f"{name}.hwpx", look)
    subprocess.run(["node", HERE / "make_hwp.mjs", out], input=json.dumps(models), text=True, check=True)


main()
