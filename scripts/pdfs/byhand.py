"""Hand-made PDFs with the GB encodings of old office software: fonts not embedded, no ToUnicode.

A small typesetter: Han are one em wide, ASCII half an em; lines are broken so that no closing mark
begins one, and justified by character spacing where the layout says so.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Iterator

from texts import Text

MM = 72 / 25.4
WIDTH, HEIGHT = 595.0, 842.0
LEADING = 1.75
CMAPS = Path("/usr/share/poppler/cMap/Adobe-GB1")  # of Debian's poppler-data
NO_START = "，。、；：！？）】》〉”’…%‰℃"
NO_END = "（【《〈“‘"


def gbk(text: str) -> bytes:
    return text.encode("gbk")


def euc(text: str) -> bytes:
    """GB 2312 only; Python's codec of that name maps the dash and the middle dot to look-alikes."""
    code = text.encode("gbk")
    assert all(byte < 0x80 or byte > 0xA0 for byte in code), f"not in GB 2312: {text}"
    return code


def utf16(text: str) -> bytes:
    return text.encode("utf-16-be")


def cids(text: str) -> bytes:
    table = _cids()
    return b"".join(table[ord(char)].to_bytes(2, "big") for char in text)


_table: dict[int, int] = {}


def _cids() -> dict[int, int]:
    """Unicode to Adobe-GB1, from the predefined map for UTF-32."""
    if not _table:
        source = (CMAPS / "UniGB-UTF32-H").read_text(encoding="latin-1")
        for first, last, cid in re.findall(r"<([0-9a-f]{8})> <([0-9a-f]{8})> (\d+)", source):
            for at in range(int(first, 16), int(last, 16) + 1):
                _table[at] = int(cid) + at - int(first, 16)
        for block in re.findall(r"begincidchar(.*?)endcidchar", source, re.S):
            for code, cid in re.findall(r"<([0-9a-f]{8})> (\d+)", block):
                _table[int(code, 16)] = int(cid)
    return _table


# producer -> encoding and coder
HORIZONTAL: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "gbk-euc-h": ("GBK-EUC-H", gbk),
    "gb-euc-h": ("GB-EUC-H", euc),
    "gbkp-euc-h": ("GBKp-EUC-H", gbk),
    "gbk2k-h": ("GBK2K-H", lambda text: text.encode("gb18030")),
    "unigb-utf16-h": ("UniGB-UTF16-H", utf16),
    "identity-h": ("Identity-H", cids),
}
VERTICAL: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "gbk-euc-v": ("GBK-EUC-V", gbk),
    "unigb-utf16-v": ("UniGB-UTF16-V", utf16),
}


def maker(name: str) -> Callable[[Path, list[Text]], None]:
    encoding, code = (HORIZONTAL | VERTICAL)[name]

    def make(folder: Path, texts: list[Text]) -> None:
        for text in texts:
            typesetter = Columns if text.layout.vertical else Rows
            (folder / f"{text.name}.pdf").write_bytes(pdf(typesetter(text, code).pages(), encoding))

    return make


@dataclass
class Page:
    """Drawing operators."""

    operators: list[bytes] = field(default_factory=list)

    def show(self, code: bytes, x: float, y: float, size: float, spacing: float = 0) -> None:
        self.operators.append(b"BT /F1 %g Tf %.3f Tc 1 0 0 1 %.2f %.2f Tm <%s> Tj ET" % (
            size, spacing, x, y, code.hex().encode()))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.operators.append(b"0.5 w %.2f %.2f m %.2f %.2f l S" % (x0, y0, x1, y1))


def width(text: str, size: float) -> float:
    return size * sum(0.5 if char < "\x80" else 1 for char in text)


def units(text: str) -> list[str]:
    """What a line end does not divide: Latin words and numbers, marks with what they belong to."""
    out: list[str] = []
    for unit in re.findall(r"[!-~]+| |[^ -~]", text):
        glued = out and (unit in NO_START or out[-1] and out[-1][-1] in NO_END)
        # A run of dashes or dots stays together.
        glued = glued or (out and unit in "—…" and out[-1][-1] == unit)
        if glued:
            out[-1] += unit
        else:
            out.append(unit)
    return out


def length(text: str, size: float) -> float:
    """In a column, where every character takes an em."""
    return size * len(text)


def lines(text: str, first: float, room: float, size: float, extent: Callable[[str, float], float]) -> Iterator[str]:
    """Cuts a text; the first line has less room."""
    line, left = "", room - first
    for unit in units(text):
        if line and extent(line + unit, size) > left:
            # A blank hangs past the line end.
            yield line + unit if unit == " " else line
            line, left = "" if unit == " " else unit, room
        else:
            line += unit
    if line:
        yield line


class Rows:
    """Pages of horizontal lines."""

    def __init__(self, text: Text, code: Callable[[str], bytes]):
        self.text, self.code = text, code
        top, right, bottom, left = (side * MM for side in text.layout.margins)
        self.left, self.right = left, WIDTH - right
        self.top, self.bottom = HEIGHT - top, bottom
        self.done: list[Page] = []
        self.turn()

    def pages(self) -> list[Page]:
        text, size = self.text, self.text.layout.size
        if not text.run_in:
            self.title()
        for part in text.printed:
            self.paragraph(part)
        if text.closing == "right":
            closing = f"（{text.attribution}）"
            self.line(closing, self.right - width(closing, size), size)
        if text.table:
            self.table()
        return self.done

    def turn(self) -> None:
        """A new page with its furniture."""
        self.page, self.y = Page(), self.top
        self.done.append(self.page)
        layout = self.text.layout
        footer = layout.footer.replace("{}", str(len(self.done)))
        for line, y, size in [(layout.header, HEIGHT - 18 * MM, 10.5), (footer, 18 * MM, 14)]:
            if line:
                self.page.show(self.code(line), (WIDTH - width(line, size)) / 2, y, size)

    def line(self, text: str, x: float, size: float, spacing: float = 0) -> None:
        if self.y - size * LEADING < self.bottom:
            self.turn()
        self.y -= size * LEADING
        self.page.show(self.code(text), x, self.y, size, spacing)

    def title(self) -> None:
        for line in lines(self.text.title, 0, self.right - self.left, 22, width):
            self.line(line, (self.left + self.right - width(line, 22)) / 2, 22)
        self.y -= 14

    def paragraph(self, text: str) -> None:
        layout, room = self.text.layout, self.right - self.left
        first = 0 if layout.blanks else 2 * layout.size
        cut = list(lines(text, first, room, layout.size, width))
        for at, line in enumerate(cut):
            indent = 0 if at else first
            slack = room - indent - width(line.rstrip(" "), layout.size)
            justified = layout.justify and at + 1 < len(cut)
            spacing = slack / max(len(line) - 1, 1) if justified else 0
            self.line(line, self.left + indent, layout.size, spacing)

    def table(self) -> None:
        rows = self.text.table
        wide = (self.right - self.left) / len(rows[0])
        # A cell is not broken into lines: it fits.
        size = min(12, *(0.95 * wide / width(cell, 1) for row in rows for cell in row))
        height = size * 1.75
        if self.y - (len(rows) + 1) * height < self.bottom:
            self.turn()
        top = self.y - height
        edges = [self.left + at * wide for at in range(len(rows[0]) + 1)]
        for at, row in enumerate(rows):
            for cell, edge in zip(row, edges):
                x = edge + (wide - width(cell, size)) / 2
                self.page.show(self.code(cell), x, top - at * height - 0.7 * height, size)
        for at in range(len(rows) + 1):
            self.page.rule(edges[0], top - at * height, edges[-1], top - at * height)
        for edge in edges:
            self.page.rule(edge, top, edge, top - len(rows) * height)


class Columns:
    """Pages of vertical columns, from right to left. The origin of a glyph is in the middle of its top."""

    def __init__(self, text: Text, code: Callable[[str], bytes]):
        self.text, self.code = text, code
        top, right, bottom, left = (side * MM for side in text.layout.margins)
        self.top, self.bottom, self.left, self.right = HEIGHT - top, bottom, left, WIDTH - right
        self.done: list[Page] = []
        self.turn()

    def pages(self) -> list[Page]:
        text, size = self.text, self.text.layout.size
        room = self.top - self.bottom
        if not text.run_in:
            for line in lines(text.title, 0, room, 22, length):
                self.column(line, (room - 22 * len(line)) / 2, 22)
            self.x -= 14
        for part in text.printed:
            first = 0 if text.layout.blanks else 2 * size
            for at, line in enumerate(lines(part, first, room, size, length)):
                self.column(line, 0 if at else first, size)
        if text.closing == "right":
            closing = f"（{text.attribution}）"
            self.column(closing, room - size * len(closing), size)
        return self.done

    def turn(self) -> None:
        self.page, self.x = Page(), self.right
        self.done.append(self.page)

    def column(self, text: str, indent: float, size: float) -> None:
        if self.x - size * LEADING < self.left:
            self.turn()
        self.x -= size * LEADING
        self.page.show(self.code(text), self.x, self.top - indent, size)


def pdf(pages: list[Page], encoding: str) -> bytes:
    """The file: catalog, page tree, font, then two objects a page."""
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-{encoding} /Encoding /{encoding} "
        "/DescendantFonts [4 0 R] >>".encode(),
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 "
        b"/W [1 95 500 814 908 500] /DW2 [880 -1000] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for at, page in enumerate(pages):
        content = b"\n".join(page.operators)
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * at} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, xref)
    return bytes(out)
