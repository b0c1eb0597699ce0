"""An office's bulletin as its secretary would draw it: masthead, contents, text, colophon."""

import sys
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

RED = RGBColor(0xC0, 0, 0)


def face(font, name: str, size: float | None = None) -> None:
    font.name = "Times New Roman"
    fonts = font.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), name)
    if size:
        font.size = Pt(size)


def style(document, name: str, font: str, size: float, line: float):
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    face(made.font, font, size)
    made.paragraph_format.line_spacing = Pt(line)
    made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(0)
    return made


def line(document, *pieces, align=None, **look):
    """A paragraph of several runs."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    for piece in pieces:
        run = paragraph.add_run(piece)
        face(run.font, look.get("font", "仿宋"), look.get("size", 16))
        if look.get("red"):
            run.font.color.rgb = RED
    return paragraph


def border(paragraph, side: str, size: int, color: str) -> None:
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "4"), ("color", color)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def page_number(paragraph) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), ("text", "1"), ("end", None)):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
            run._r.append(field)
        else:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)


def office() -> Document:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(30)
    section.top_margin, section.bottom_margin = Mm(35), Mm(30)
    face(document.styles["Normal"].font, "宋体", 12)

    body = style(document, "信息正文", "楷体", 15, 28)
    body.paragraph_format.first_line_indent = Pt(30)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    head = style(document, "栏目标题", "黑体", 16, 36)
    head.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.keep_with_next = True
    head.font.color.rgb = RED

    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    header.add_run("《{{名称}}》{{年}}年第{{期}}期")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page_number(footer)

    centre = WD_ALIGN_PARAGRAPH.CENTER
    line(document, "{{名称}}", align=centre, font="方正小标宋简体", size=60, red=True)
    line(document, "（{{版名}}）", align=centre, font="楷体", size=18)
    # In three runs, as Word leaves it when a figure was typed over.
    line(document, "第{", "{期}", "}期（｛｛年｝｝年总{{ 总期 }}期）", align=centre)
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    left.paragraphs[0].add_run("{{编发单位}}")
    right.paragraphs[0].add_run("{{日期}}")
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    border(line(document, "", size=2), "bottom", 12, "C00000")

    line(document, "本期目录：", font="黑体")
    document.add_paragraph("{{目录}}")
    document.add_paragraph("{{正文}}")

    border(line(document, "报：{{报}}", size=14), "top", 8, "000000")
    line(document, "送：{{送}}", size=14)
    line(document, "发：{{发}}", size=14)
    border(line(document, "责任编辑：{{责任编辑}}", size=14), "top", 6, "000000")
    line(document, "{{简字号}}", size=14)
    border(line(document, "共印{{印数}}份", size=14, align=WD_ALIGN_PARAGRAPH.RIGHT), "bottom", 8, "000000")
    return document


def freeze(path: Path) -> None:
    """Gives all entries one time, so that the same description gives the same file."""
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    office().save(target)
    freeze(target)
