"""The two that print HTML: Chromium and WeasyPrint."""

import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path

import weasyprint

from texts import Text


def chromium(folder: Path, texts: list[Text]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        for text in texts:
            page = Path(temporary) / "page.html"
            page.write_text(html(text), encoding="utf-8")
            subprocess.run(
                [shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu",
                 f"--user-data-dir={temporary}/profile", "--no-pdf-header-footer",
                 f"--print-to-pdf={folder / text.name}.pdf", page.as_uri()],
                timeout=300, check=True, capture_output=True)


def weasy(folder: Path, texts: list[Text]) -> None:
    for text in texts:
        weasyprint.HTML(string=html(text)).write_pdf(folder / f"{text.name}.pdf")


def html(text: Text) -> str:
    layout = text.layout
    top, right, bottom, left = layout.margins
    faces = '"Noto Serif CJK SC", serif'
    if layout.latin_first:
        faces = f'"DejaVu Serif", {faces}'
    title = "" if text.run_in else f"<h1>{escape(text.title)}</h1>"
    body = "".join(f"<p>{escape(part)}</p>" for part in text.printed)
    closing = f'<p class="closing">（{text.attribution}）</p>' if text.closing == "right" else ""
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in text.table)
    table = f"<table>{rows}</table>" if rows else ""
    before, _, after = layout.footer.partition("{}")
    number = f'"{before}" counter(page) "{after}"' if layout.footer else "none"
    mode = "writing-mode: vertical-rl;" if layout.vertical else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(text.title)}</title><style>
@page {{ size: A4; margin: {top}mm {right}mm {bottom}mm {left}mm;
  @top-center {{ content: "{layout.header}"; font: 10.5pt "Noto Serif CJK SC"; }}
  @bottom-center {{ content: {number}; font: 14pt "Noto Serif CJK SC"; }} }}
html {{ {mode} }}
body {{ font: {layout.size}pt/1.75 {faces}; margin: 0; text-align: {"justify" if layout.justify else "left"}; }}
h1 {{ font-size: 22pt; line-height: 1.5; text-align: center; margin: 0 0 14pt; }}
p {{ text-indent: {0 if layout.blanks else 2}em; margin: 0; }}
.closing {{ text-align: right; text-indent: 0; }}
table {{ border-collapse: collapse; margin: 1em auto; font-size: 12pt; }}
td {{ border: 1px solid #000; padding: 2px 20px; text-align: center; }}
</style></head><body>{title}{body}{closing}{table}</body></html>"""
