#!/usr/bin/env python3
"""Turns every page of a PDF by a quarter, drawing and paper alike. Needs pikepdf. Usage: turn.py IN OUT"""
import sys

import pikepdf

with pikepdf.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        _, _, width, height = (float(value) for value in page.MediaBox)
        page.contents_add(f"q 0 1 -1 0 {height} 0 cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.MediaBox = [0, 0, height, width]
    pdf.save(sys.argv[2], deterministic_id=True)
