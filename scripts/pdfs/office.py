"""LibreOffice: each text as a Word file of python-docx, all printed by one process."""

import os
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from docx.shared import Mm

from texts import Layout, Text
from word import PRINT_FONTS, Piece, Word

WHEN = datetime(2025, 3, 20, 9, 0)


def make(folder: Path, texts: list[Text]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        files = [Path(temporary) / f"{text.name}.docx" for text in texts]
        for file, text in zip(files, texts):
            word_file(text).save(file)
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{temporary}/profile",
             "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, *files],
            env={**os.environ, "TZ": "Asia/Shanghai"}, timeout=900, check=True, capture_output=True)


def word_file(text: Text) -> Word:
    layout = text.layout
    word = Word(WHEN, "政务信息", text.title, PRINT_FONTS, layout.size, layout.size * 1.75, layout.margins)
    word.section.header_distance = word.section.footer_distance = Mm(13)
    if layout.header:
        word.header(Piece(layout.header, size=10.5))
    if layout.footer:
        before, after = layout.footer.split("{}")
        word.page_number(before, after)
    if not text.run_in:
        word.title(text.title)
    for part in text.printed:
        word.paragraph(*pieces(part, layout), indent=0 if layout.blanks else 2)
    if text.closing == "right":
        word.paragraph(f"（{text.attribution}）", align="right")
    if text.table:
        word.table([list(row) for row in text.table], [50, *[35] * (len(text.table[0]) - 1)])
    return word


def pieces(text: str, layout: Layout) -> list[Piece]:
    """Quotation marks in the Latin face where that comes first, as WPS Office sets them."""
    if not layout.latin_first:
        return [Piece(text)]
    out, current = [], ""
    for char in text:
        if char in "“”‘’…":
            out += [Piece(current), Piece(char, latin=True)]
            current = ""
        else:
            current += char
    return [piece for piece in [*out, Piece(current)] if piece.text]
