"""Typst."""

import tempfile
from pathlib import Path

import typst

import printing
from texts import Text


def make(folder: Path, texts: list[Text]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        page = Path(temporary) / "page.typ"
        for text in texts:
            page.write_text(source(text), encoding="utf-8")
            typst.compile(str(page), output=str(folder / f"{text.name}.pdf"))


def source(text: Text) -> str:
    layout = text.layout
    top, right, bottom, left = (f"{side}mm" for side in layout.margins)
    fonts = f'("Libertinus Serif", "{printing.SERIF}")' if layout.latin_first else f'"{printing.SERIF}"'
    header = f"align(center, text(10.5pt)[{printing.markup(layout.header)}])" if layout.header else "none"
    before, _, after = layout.footer.partition("{}")
    footer = (f"context align(center, text(14pt)[{printing.markup(before)}#counter(page).display(){after}])"
              if layout.footer else "none")
    indent = "0em" if layout.blanks else "2em"
    title = "" if text.run_in else f"#align(center, text(22pt, weight: \"bold\")[{printing.markup(text.title)}])"
    closing = f"#align(right)[（{text.attribution}）]" if text.closing == "right" else ""
    cells = ", ".join(f"[{printing.markup(cell)}]" for row in text.table for cell in row)
    table = (f"#align(center, table(columns: {len(text.table[0])}, inset: 6pt, {cells}))"
             if text.table else "")
    body = "\n\n".join(map(printing.markup, text.printed))
    return f"""
#set page(paper: "a4", margin: (top: {top}, right: {right}, bottom: {bottom}, left: {left}),
  header: {header}, footer: {footer})
#set text(font: {fonts}, size: {layout.size}pt, lang: "zh", region: "cn")
#set par(justify: {str(layout.justify).lower()}, first-line-indent: (amount: {indent}, all: true),
  leading: 0.9em, spacing: 0.9em)
{title}

{body}

{closing}

#set par(first-line-indent: 0em)
{table}
"""
