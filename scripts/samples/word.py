"""Word files as office software writes them, on python-docx.

A paragraph is given as a list of pieces: a plain string, a `Piece` with its own
character format, or a ready XML element (a field, a tracked change).
"""

import datetime
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
OFFICE_FONTS = {"title": "方正小标宋简体", "body": "仿宋_GB2312", "head": "黑体", "kai": "楷体_GB2312",
                "page": "宋体", "latin": "Times New Roman"}
# For files that are printed here: only fonts that every Debian has.
PRINT_FONTS = {role: "Noto Serif CJK SC" for role in OFFICE_FONTS} | {"latin": "DejaVu Serif"}
RED = RGBColor(0xFF, 0, 0)


@dataclass(frozen=True)
class Piece:
    text: str
    role: str = "body"
    size: float | None = None
    bold: bool = False
    red: bool = False
    hidden: bool = False
    latin: bool = False  # set East Asian text in the Latin face, too


class Word:
    def __init__(self, when: datetime.datetime, author: str, title: str = "",
                 fonts: dict[str, str] = OFFICE_FONTS, size: float = 16, line: float | None = 28.95,
                 margins: tuple[float, float, float, float] = (37, 26, 35, 28)):
        self.when, self.fonts, self.size, self.line = when, fonts, size, line
        self.doc = docx.Document()
        for paragraph in list(self.doc.element.body.iterchildren(qn("w:p"))):
            self.doc.element.body.remove(paragraph)
        normal = self.doc.styles["Normal"]
        normal.font.size = Pt(size)
        self._fonts(normal.element.get_or_add_rPr(), "body")
        normal.element.get_or_add_rPr().append(
            parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.widow_control = False
        self.section = self.doc.sections[0]
        self.section.page_width, self.section.page_height = Mm(210), Mm(297)
        top, right, bottom, left = margins
        self.section.top_margin, self.section.right_margin = Mm(top), Mm(right)
        self.section.bottom_margin, self.section.left_margin = Mm(bottom), Mm(left)
        self.section.footer_distance = Mm(25)
        self.section.header_distance = Mm(20)
        core = self.doc.core_properties
        core.author = core.last_modified_by = author
        core.title, core.comments, core.keywords = title, "", ""
        core.created = core.modified = when
        core.revision = 3
        self._numbering = 0

    # --- characters -------------------------------------------------------

    def _fonts(self, properties, role: str, latin: bool = False) -> None:
        old = properties.find(qn("w:rFonts"))
        if old is not None:
            properties.remove(old)
        face = self.fonts["latin"] if latin else self.fonts[role]
        properties.insert(0, parse_xml(
            f'<w:rFonts {nsdecls("w")} w:ascii="{self.fonts["latin"]}" w:hAnsi="{face}" '
            f'w:eastAsia="{face}" w:cs="{self.fonts["latin"]}"/>'))

    def run(self, paragraph, piece: str | Piece):
        if isinstance(piece, str):
            piece = Piece(piece)
        run = paragraph.add_run(piece.text)
        if piece.bold:
            run.bold = True
        if piece.red:
            run.font.color.rgb = RED
        if piece.size:
            run.font.size = Pt(piece.size)
        if piece.hidden:
            run.font.hidden = True
        if piece.role != "body" or piece.latin:
            self._fonts(run._r.get_or_add_rPr(), piece.role, piece.latin)
        return run

    # --- paragraphs -------------------------------------------------------

    def paragraph(self, *pieces, align: str = "both", indent: float = 2, number=None,
                  line: float | None = None, before: float = 0, after: float = 0,
                  keep_next: bool = False, to=None):
        """`indent`: first line, in characters; `number`: what `numbering` gave; `to`: the story."""
        paragraph = (to or self.doc).add_paragraph()
        self.fill(paragraph, *pieces)
        layout = paragraph.paragraph_format
        # LibreOffice 7.4 loses a mark that hangs past the end of a justified line.
        layout.alignment = ALIGN["left" if align == "both" and self.fonts is PRINT_FONTS else align]
        line = line or self.line
        if line:
            layout.line_spacing = Pt(line)
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        if keep_next:
            layout.keep_with_next = True
        if indent and align in ("both", "left"):
            layout.first_line_indent = Pt(self.size * indent)
            paragraph._p.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), str(int(indent * 100)))
        if number is not None:
            properties = paragraph._p.get_or_add_pPr()
            properties._add_numPr()
            properties.numPr._add_ilvl().val = 0
            properties.numPr._add_numId().val = number
        return paragraph

    def fill(self, paragraph, *pieces) -> None:
        for piece in pieces:
            if isinstance(piece, (str, Piece)):
                self.run(paragraph, piece)
            else:
                paragraph._p.append(piece)

    def title(self, text: str, size: float = 22, after: float = 14):
        return self.paragraph(Piece(text, role="title", size=size, bold=True), align="center",
                              line=size * 1.5, after=after)

    def rule(self, paragraph, colour: str = "FF0000", side: str = "bottom", size: int = 12) -> None:
        border = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{size}" w:space="4" '
            f'w:color="{colour}"/></w:pBdr>')
        paragraph._p.get_or_add_pPr().insert_element_before(
            border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap",
            "w:overflowPunct", "w:spacing", "w:ind", "w:jc", "w:rPr")

    def numbering(self, text: str, form: str, suffix: str = "nothing") -> int:
        """A new one-level list; gives the number to put on its paragraphs."""
        part = self.doc.part.numbering_part.element
        self._numbering += 1
        abstract = number = 90 + self._numbering
        element = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">'
            f'<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/></w:lvl></w:abstractNum>')
        part.insert(0, element)
        part.append(parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'))
        return number

    # --- headers and footers ---------------------------------------------

    def header(self, *pieces, align: str = "center"):
        header = self.section.header
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        self.fill(paragraph, *pieces)
        paragraph.paragraph_format.alignment = ALIGN[align]
        return paragraph

    def page_number(self, before: str = "— ", after: str = " —", align: str = "center",
                    even: str | None = None, simple: bool = False) -> None:
        stories = [(self.section.footer, align)]
        if even:
            self.doc.settings.odd_and_even_pages_header_footer = True
            stories.append((self.section.even_page_footer, even))
        for story, side in stories:
            story.is_linked_to_previous = False
            paragraph = story.paragraphs[0]
            field = [simple_field(" PAGE ", "1")] if simple else complex_field(" PAGE ", "1")
            self.fill(paragraph, Piece(before, role="page", size=14) if before else "", *field,
                      Piece(after, role="page", size=14) if after else "")
            paragraph.paragraph_format.alignment = ALIGN[side]

    # --- tables -----------------------------------------------------------

    def table(self, rows: list[list[str]], widths: list[float], size: float = 12) -> None:
        table = self.doc.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for row, values in zip(table.rows, rows):
            for cell, value, width in zip(row.cells, values, widths):
                cell.width = Mm(width)
                paragraph = cell.paragraphs[0]
                self.run(paragraph, Piece(value, size=size))
                paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER

    # --- saving -----------------------------------------------------------

    def save(self, path: Path) -> None:
        buffer = io.BytesIO()
        self.doc.save(buffer)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(fixed_zip(buffer.getvalue()))


def fixed_zip(data: bytes, replace: dict[str, bytes] | None = None) -> bytes:
    """The same archive with the entry times that Word writes, and without a thumbnail."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = (replace or {}).get(name, old.read(name))
            if name == "docProps/thumbnail.jpeg":
                continue
            if name == "_rels/.rels":
                content = b"".join(
                    piece for piece in content.replace(b"<Relationship ", b"\0<Relationship ")
                    .replace(b"</Relationships>", b"\0</Relationships>").split(b"\0")
                    if b"thumbnail" not in piece)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, content)
    return out.getvalue()


def complex_field(code: str, result: str) -> list:
    run = f'<w:r {nsdecls("w")}><w:rPr><w:sz w:val="28"/></w:rPr>'
    return [parse_xml(run + inner + "</w:r>") for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve">{code}</w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{result}</w:t>",
        '<w:fldChar w:fldCharType="end"/>')]


def simple_field(code: str, result: str):
    return parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:rPr><w:sz w:val="28"/>'
                     f"</w:rPr><w:t>{result}</w:t></w:r></w:fldSimple>")


def inserted(text: str, author: str, when: str, mark: int):
    return parse_xml(f'<w:ins {nsdecls("w")} w:id="{mark}" w:author="{author}" w:date="{when}">'
                     f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>')


def deleted(text: str, author: str, when: str, mark: int):
    return parse_xml(f'<w:del {nsdecls("w")} w:id="{mark}" w:author="{author}" w:date="{when}">'
                     f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>')
