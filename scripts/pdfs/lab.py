"""ReportLab with STSong-Light: UniGB-UCS2-H, font not embedded."""

from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from texts import Text

FACE = "STSong-Light"


def make(folder: Path, texts: list[Text]) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    for text in texts:
        top, right, bottom, left = (side * mm for side in text.layout.margins)
        document = SimpleDocTemplate(
            str(folder / f"{text.name}.pdf"), pagesize=A4, topMargin=top, rightMargin=right,
            bottomMargin=bottom, leftMargin=left, invariant=1)
        page = furniture(text)
        document.build(story(text), onFirstPage=page, onLaterPages=page)


def story(text: Text) -> list:
    layout = text.layout
    # Full-width blanks at the start of a paragraph are stripped: all paragraphs are indented.
    body = style("body", layout.size, firstLineIndent=2 * layout.size)
    out = []
    if not text.run_in:
        out.append(Paragraph(escape(text.title), style("title", 22, alignment=TA_CENTER, spaceAfter=14)))
    out += [Paragraph(escape(part), body) for part in text.body]
    if text.closing == "right":
        out.append(Paragraph(f"（{text.attribution}）", style("closing", layout.size, alignment=TA_RIGHT)))
    if text.table:
        grid = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FACE, 12),
                ("ALIGN", (0, 0), (-1, -1), "CENTER")]
        out += [Spacer(1, 14), Table([list(row) for row in text.table], style=grid)]
    return out


def style(name: str, size: float, **more) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=FACE, fontSize=size, leading=size * 1.75, wordWrap="CJK", **more)


def furniture(text: Text):
    layout = text.layout

    def draw(canvas, document) -> None:
        if layout.header:
            canvas.setFont(FACE, 10.5)
            canvas.drawCentredString(A4[0] / 2, A4[1] - 18 * mm, layout.header)
        if layout.footer:
            canvas.setFont(FACE, 14)
            canvas.drawCentredString(A4[0] / 2, 18 * mm, layout.footer.replace("{}", str(document.page)))

    return draw
