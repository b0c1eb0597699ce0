"""The document as a Word 97–2003 binary (MS-DOC), as Word saves it and as Kingsoft WPS does.

First every story becomes characters with their properties (`Text`), then the characters are laid
out in pieces, and the tables that describe them are put into the table stream.
"""

import struct
from dataclasses import dataclass, field, replace

import drawing
from cfb import compound
from formats import (HAN, LATIN, LEVELS, NUMBER_CODES, SYMBOL, WINGDINGS, levels, number_text, stated)
from model import (CONTINUOUS, DELETED, HIDDEN, INSERTED, MOVED_FROM, MOVED_TO, NEXT_PAGE, BlockControl, Cell, Comment, Control, Document,
                   Field, FieldEnd, FieldStart, Level, Link, Note, Paragraph, Picture, Ruby, Run, Special, Style, Symbol, Table, TableRow, TextBox,
                   WordArt, runs)

FONTS = [LATIN, SYMBOL, WINGDINGS, HAN]
CHARSETS = {LATIN: 0, SYMBOL: 2, WINGDINGS: 2, HAN: 134}
AUTHORS = ["Unknown", "李四"]
# 1 March 2025, 8:00, a Saturday (MS-DOC 2.9.71 `DTTM`).
WHEN = 8 << 6 | 1 << 11 | 3 << 16 | (2025 - 1900) << 20 | 6 << 29
ALIGN = {"center": 1, "right": 2}
SPECIALS = {"tab": 0x09, "line-break": 0x0B, "page-break": 0x0C, "soft-hyphen": 0x1F, "no-break-hyphen": 0x1E}
CELL, MARK, SECTION = 0x07, 0x0D, 0x0C
PICTURE, NOTE, COMMENT, DRAWING = 0x01, 0x02, 0x05, 0x08
FIELD_BEGIN, FIELD_SEPARATOR, FIELD_END = 0x13, 0x14, 0x15
# Field types (MS-DOC 2.9.90 `flt`).
FIELD_TYPES = {"IF": 7, "TOC": 13, "TITLE": 15, "AUTHOR": 17, "DATE": 31, "TIME": 32, "PAGE": 33, "EQ": 49, "ADVANCE": 84, "HYPERLINK": 88}
WIDTH = 8000  # twips of a table
PAGE = 512

# Single property modifiers (MS-DOC 2.6.1, 2.6.2).
C_DELETED, C_INSERTED, C_BOLD, C_HIDDEN, C_SPECIAL = 0x0800, 0x0801, 0x0835, 0x083C, 0x0855
C_INSERTED_BY, C_INSERTED_AT, C_DELETED_BY, C_DELETED_AT = 0x4804, 0x6805, 0x4863, 0x6864
C_STYLE, C_SIZE, C_PICTURE, C_SYMBOL, C_RAISED = 0x4A30, 0x4A43, 0x6A03, 0x6A09, 0x2A48
C_FONT = (0x4A4F, 0x4A50, 0x4A51)
P_ALIGN, P_BREAK_BEFORE, P_LEVEL, P_LIST, P_OUTLINE = 0x2461, 0x2407, 0x260A, 0x460B, 0x2640
P_IN_TABLE, P_ENDS_ROW, P_DEPTH, P_ENDS_INNER_CELL, P_ENDS_INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
T_DEFINE = 0xD608
OPERANDS = {0: "B", 1: "B", 2: "H", 3: "I", 4: "H", 5: "H"}


def sprm(code: int, value: int) -> bytes:
    """A modifier with an operand of the size that its code says (MS-DOC 2.6)."""
    return struct.pack("<H" + OPERANDS[code >> 13], code, value)


SPECIAL = sprm(C_SPECIAL, 1)


@dataclass(frozen=True)
class Saving:
    """What differs between the programs that save."""
    table: str
    flags: int  # FibBase
    created: int  # FibRgW97 wMagicCreated
    parts: int  # pairs in FibRgFcLcb
    version: tuple[int, ...]  # FibRgCswNew
    style_base: int  # bytes of an STD before its name
    in_pieces: object  # Text -> pieces in the order of the file
    streams: object  # more streams


# --- text ------------------------------------------------------------------

@dataclass
class Text:
    """A story: UTF-16 units, each with its modifiers, and paragraphs by the position after their mark."""
    units: list[int] = field(default_factory=list)
    formats: list[bytes] = field(default_factory=list)
    paragraphs: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    fields: list[tuple[int, int, int]] = field(default_factory=list)  # position, character, type or flags

    def __len__(self) -> int:
        return len(self.units)

    def add(self, text: str, format: bytes = b"") -> None:
        encoded = text.encode("utf-16-le")
        for unit in struct.unpack(f"<{len(encoded) // 2}H", encoded):
            self.put(unit, format)

    def put(self, unit: int, format: bytes = b"") -> None:
        self.units.append(unit)
        self.formats.append(format)

    def mark(self, unit: int = MARK, format: bytes = b"", style: int = 0, papx: bytes = b"") -> None:
        """Ends a paragraph."""
        self.put(unit, format)
        self.paragraphs[len(self)] = (style, papx)

    def extend(self, other: "Text") -> None:
        base = len(self)
        self.units += other.units
        self.formats += other.formats
        self.paragraphs |= {base + end: properties for end, properties in other.paragraphs.items()}


class Writer:
    def __init__(self, document: Document):
        self.document = document
        self.istd = style_numbers(document)
        self.main, self.footnotes, self.headers = Text(), Text(), Text()
        self.comments, self.endnotes, self.boxes = Text(), Text(), Text()
        self.references = {"footnote": [], "endnote": [], "comment": []}  # position in the text, automatic
        self.texts = {"footnote": [], "endnote": [], "comment": []}  # starts in the story
        self.anchors: list[int] = []
        self.drawn: list[TextBox | Picture | WordArt] = []  # at each anchor
        self.box_starts: list[int] = []
        self.section_ends: list[int] = []
        self.header_bounds: list[int] = []
        self.data = b""

    # --- stories -----------------------------------------------------------

    def write_stories(self) -> None:
        for block in self.document.blocks():
            self.block(block, self.main)
        self.section_ends.append(len(self.main))
        self.write_headers()
        # Each story of texts ends with one more mark (MS-DOC 2.3.2, 2.3.4, 2.3.5, 2.3.6).
        for story in (self.footnotes, self.headers, self.comments, self.endnotes, self.boxes):
            if len(story):
                story.mark()

    def write_headers(self) -> None:
        """Six stories of separators, then six for each section (MS-DOC 2.3.3); the second section has none."""
        self.header_bounds = [0] * 7
        for blocks in ((), self.document.header, (), self.document.footer, (), ()):
            for block in blocks:
                self.block(block, self.headers)
            if blocks:
                self.headers.mark()  # the guard mark
            self.header_bounds.append(len(self.headers))
        self.header_bounds += [len(self.headers)] * (6 * (len(self.section_ends) - 1))
        self.header_bounds.append(len(self.headers) + 1)

    def stories(self) -> list[Text]:
        """In the order of the file; the one of macros is always empty."""
        return [self.main, self.footnotes, self.headers, Text(), self.comments, self.endnotes, self.boxes, Text()]

    # --- blocks ------------------------------------------------------------

    def block(self, block, to: Text, depth: int = 0) -> None:
        match block:
            case Paragraph():
                self.paragraph(block, to, depth)
            case Table():
                for row in block.rows:
                    self.row(row, block.columns, to, depth + 1)
            case BlockControl():
                for one in block.blocks:
                    self.block(one, to, depth)
            case _:
                raise TypeError(block)

    def paragraph(self, paragraph: Paragraph, to: Text, depth: int = 0, ends_cell: bool = False) -> None:
        for piece in runs(paragraph.pieces):
            self.piece(piece, to)
        papx = self.paragraph_properties(paragraph) + in_table(depth)
        mark = self.character(Run("", hidden=paragraph.mark == HIDDEN or None,
                                  revision=paragraph.mark if paragraph.mark in (DELETED, INSERTED) else None))
        unit = MARK
        if ends_cell and depth == 1:
            unit = CELL
        elif ends_cell:
            papx += sprm(P_ENDS_INNER_CELL, 1)
        if paragraph.ends_section:
            unit = SECTION
        to.mark(unit, mark, self.istd[paragraph.style or "Normal"], papx)
        if paragraph.ends_section:
            self.section_ends.append(len(to))

    def paragraph_properties(self, paragraph: Paragraph) -> bytes:
        papx = sprm(P_BREAK_BEFORE, 1) if paragraph.breaks_before else b""
        if paragraph.list:
            use, level = paragraph.list
            papx += sprm(P_LEVEL, level) + sprm(P_LIST, use)
        return papx + (sprm(P_ALIGN, ALIGN[paragraph.align]) if paragraph.align else b"")

    def row(self, row: TableRow, columns: int, to: Text, depth: int) -> None:
        for cell in row.cells:
            *before, last = cell.blocks
            for block in before:
                self.block(block, to, depth)
            self.paragraph(last, to, depth, ends_cell=True)
        mark = self.character(Run("", revision=DELETED)) if row.deleted else b""
        ends_row = sprm(P_ENDS_ROW, 1) if depth == 1 else sprm(P_ENDS_INNER_CELL, 1) + sprm(P_ENDS_INNER_ROW, 1)
        papx = in_table(depth) + ends_row + table_definition(row, columns)
        to.mark(CELL if depth == 1 else MARK, mark, 0, papx)

    # --- pieces ------------------------------------------------------------

    def piece(self, piece, to: Text) -> None:
        match piece:
            case Run():
                to.add(piece.text, self.character(piece))
            case Special():
                to.put(SPECIALS[piece.kind])
            case Symbol(as_text=True):
                to.put(piece.code, b"".join(sprm(code, FONTS.index(piece.font)) for code in C_FONT))
            case Symbol():
                # Word puts a bracket where the symbol stands.
                code = struct.pack("<HHH", C_SYMBOL, FONTS.index(piece.font), piece.code)
                to.put(ord("("), code + SPECIAL)
            case Field():
                self.field(piece, to)
            case FieldStart():
                self.bracket(to, FIELD_BEGIN, FIELD_TYPES[piece.code.split()[0]])
                to.add(piece.code)
                self.bracket(to, FIELD_SEPARATOR, 0xFF)
            case FieldEnd():
                self.bracket(to, FIELD_END, 0x80)
            case Link():
                self.field(piece.field, to)
            case Ruby():
                self.field(Field((piece.code,)), to)
            case Note():
                self.note(piece, to)
            case Comment():
                self.comment(piece, to)
            case TextBox() | WordArt() | Picture(floats=True):
                self.drawing(piece, to)
            case Control():
                for one in runs(piece.pieces):
                    self.piece(one, to)
            case Picture():
                to.put(PICTURE, sprm(C_PICTURE, len(self.data)) + SPECIAL)
                self.data += drawing.inline_picture(piece)
            case _:
                raise TypeError(piece)

    def character(self, run: Run) -> bytes:
        chpx = sprm(C_STYLE, self.istd[run.style]) if run.style else b""
        # The format has no moves: what was moved is deleted here and inserted there.
        if run.revision in (DELETED, MOVED_FROM):
            chpx += sprm(C_DELETED, 1) + sprm(C_DELETED_BY, 1) + sprm(C_DELETED_AT, WHEN)
        if run.revision in (INSERTED, MOVED_TO):
            chpx += sprm(C_INSERTED, 1) + sprm(C_INSERTED_BY, 1) + sprm(C_INSERTED_AT, WHEN)
        return chpx + look(run)

    def field(self, found: Field, to: Text) -> None:
        name = next((piece.text for piece in runs(found.code) if isinstance(piece, Run)), "").split()[0]
        is_nested = bool(to.fields) and sum({FIELD_BEGIN: 1, FIELD_END: -1}.get(kind, 0) for _, kind, _ in to.fields) > 0

        def all_of(pieces) -> None:
            for piece in runs(pieces):
                self.piece(replace(piece, revision=found.revision) if found.revision else piece, to)

        revision = self.character(Run("", revision=found.revision))
        self.bracket(to, FIELD_BEGIN, FIELD_TYPES[name], revision)
        all_of(found.code)
        if found.result is not None:
            self.bracket(to, FIELD_SEPARATOR, 0xFF, revision)
            all_of(found.result)
        # fNested and fHasSep (MS-DOC 2.9.89).
        self.bracket(to, FIELD_END, 0x40 * is_nested | 0x80 * (found.result is not None), revision)

    def bracket(self, to: Text, character: int, more: int, format: bytes = b"") -> None:
        to.fields.append((len(to), character, more))
        to.put(character, format + SPECIAL)

    def note(self, note: Note, to: Text) -> None:
        story = {"footnote": self.footnotes, "endnote": self.endnotes}[note.kind]
        self.references[note.kind].append((len(to), note.mark is None))
        self.texts[note.kind].append(len(story))
        raised = sprm(C_RAISED, 1)
        for text in (to, story):
            if note.mark is None:
                text.put(NOTE, SPECIAL + raised)
            else:
                text.add(note.mark, raised)
        story.add(" ")
        add_lines(story, note.text, self.istd["NoteText"])

    def comment(self, comment: Comment, to: Text) -> None:
        to.add(comment.about)
        self.references["comment"].append((len(to), True))
        self.texts["comment"].append(len(self.comments))
        to.put(COMMENT, SPECIAL)
        self.comments.put(COMMENT, SPECIAL)
        add_lines(self.comments, comment.text, 0)

    def drawing(self, drawn: TextBox | Picture | WordArt, to: Text) -> None:
        self.anchors.append(len(to))
        self.drawn.append(drawn)
        to.put(DRAWING, SPECIAL)
        if isinstance(drawn, TextBox):
            self.box_starts.append(len(self.boxes))
            for block in drawn.blocks:
                self.block(block, self.boxes)


def add_lines(to: Text, text: str, style: int) -> None:
    """A paragraph for each line."""
    for line in text.splitlines():
        to.add(line)
        to.mark(style=style)


def look(run: Run) -> bytes:
    """What a run or a style states of its characters."""
    chpx = b"" if run.bold is None else sprm(C_BOLD, run.bold)
    chpx += b"" if run.hidden is None else sprm(C_HIDDEN, run.hidden)
    return chpx + (b"" if run.size is None else sprm(C_SIZE, run.size))


def in_table(depth: int) -> bytes:
    return sprm(P_IN_TABLE, 1) + sprm(P_DEPTH, depth) if depth else b""


def table_definition(row: TableRow, columns: int) -> bytes:
    """`sprmTDefTable` (MS-DOC 2.9.322): the cells' edges, then a `TC80` each."""
    edges, cells, at = [-108], b"", 0
    for cell in row.cells:
        at += cell.span
        edges.append(WIDTH * at // columns - 108)
        flags = {None: 0, "continue": 0x20, "restart": 0x60}[cell.merge]
        cells += struct.pack("<HH16x", flags, WIDTH * cell.span // columns)
    operand = struct.pack(f"<B{len(edges)}h", len(row.cells), *edges) + cells
    # The length counts one byte of itself.
    return struct.pack("<HH", T_DEFINE, len(operand) + 1) + operand


# --- styles and lists ------------------------------------------------------

FIXED = 15  # styles with a fixed place (MS-DOC 2.9.273)
BUILT_IN = {"Normal": 0, "heading 1": 1, "footnote text": 29, "Strong": 87}
USER, NO_STYLE = 0x0FFE, 0x0FFF
DEFAULT_FONT, NORMAL_TABLE = 10, 11


def style_numbers(document: Document) -> dict[str, int]:
    places = {"Normal": 0, "Heading1": 1}
    rest = [style.id for style in document.styles if style.id not in places]
    return places | {id: FIXED + at for at, id in enumerate(rest)}


def style_sheet(document: Document, base: int) -> bytes:
    numbers = style_numbers(document)
    slots = [b""] * (FIXED + len(document.styles) - 2)
    for style in document.styles:
        slots[numbers[style.id]] = std(style, numbers, base)
    slots[DEFAULT_FONT] = std_bytes("Default Paragraph Font", 65, 2, NO_STYLE, DEFAULT_FONT, [b""], base)
    slots[NORMAL_TABLE] = std_bytes("Normal Table", 105, 3, NO_STYLE, NORMAL_TABLE, [b"", struct.pack("<H", 11), b""], base)
    latin, east_asian = FONTS.index(LATIN), FONTS.index(HAN)
    header = struct.pack("<9H", len(slots), base, 1, 91, FIXED, 0, latin, east_asian, latin)
    if base > 10:
        # The font of other scripts, and what latent styles look like (MS-DOC 2.9.273).
        header += struct.pack("<HH", latin, 4) + bytes(4 * 91)
    entries = b"".join(struct.pack("<H", len(slot)) + slot for slot in slots)
    return struct.pack("<H", len(header)) + header + entries


def std(style: Style, numbers: dict[str, int], base: int) -> bytes:
    number = numbers[style.id]
    chpx = look(Run("", bold=style.bold, size=style.size, hidden=style.hidden))
    based_on = numbers[style.based_on] if style.based_on else NO_STYLE
    built_in = BUILT_IN.get(style.name, USER)
    if style.character:
        return std_bytes(style.name, built_in, 2, DEFAULT_FONT, number, [chpx], base)
    papx = struct.pack("<H", number)
    if style.list:
        papx += sprm(P_LEVEL, style.list[1]) + sprm(P_LIST, style.list[0])
    if style.align:
        papx += sprm(P_ALIGN, ALIGN[style.align])
    if style.outline is not None:
        papx += sprm(P_OUTLINE, style.outline)
    return std_bytes(style.name, built_in, 1, based_on, number, [papx, chpx], base)


def std_bytes(name: str, built_in: int, kind: int, based_on: int, following: int, lists: list[bytes], base: int) -> bytes:
    """`STD` (MS-DOC 2.9.258); each list of modifiers begins at an even offset."""
    text = struct.pack("<H", len(name)) + name.encode("utf-16-le") + bytes(2)
    upx = b"".join(struct.pack("<H", len(one)) + one + bytes(len(one) % 2) for one in lists)
    length = base + len(text) + len(upx)
    head = struct.pack("<5H", built_in, kind | based_on << 4, len(lists) | following << 4, length, 0)
    return head.ljust(base, b"\0") + text + upx


def list_definitions(document: Document) -> tuple[bytes, bytes]:
    """`PlfLst` (MS-DOC 2.9.191) and the levels that follow it."""
    entries, all_levels = struct.pack("<H", len(document.definitions)), b""
    for definition in document.definitions:
        is_simple = len(definition.levels) == 1
        styles = [NO_STYLE] * LEVELS
        entries += struct.pack("<ii9HBB", definition.id + 100, definition.id + 500, *styles, is_simple, 0)
        found = definition.levels if is_simple else levels(definition.levels)
        all_levels += b"".join(lvl(level) for level in found)
    return entries, all_levels


def lvl(level: Level) -> bytes:
    """`LVL` (MS-DOC 2.9.150)."""
    text, places = number_text(level)
    chpx = b"".join(sprm(code, FONTS.index(level.font)) for code in C_FONT) if level.font else b""
    # fLegal and fNoRestart; the number is followed by nothing.
    flags = 0x04 * level.legal | 0x08 * (level.restart is not None)
    head = struct.pack("<iBB9sB8xBBBB", level.start, NUMBER_CODES[level.format], flags, bytes(places), 2,
                       len(chpx), 0, level.restart or 0, 0)
    return head + chpx + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def list_uses(document: Document) -> bytes:
    """`PlfLfo` (MS-DOC 2.9.190)."""
    entries, data = struct.pack("<I", len(document.uses)), b""
    for use in document.uses:
        entries += struct.pack("<i8xBBBB", use.definition + 100, len(use.starts), 0, 0, 0)
        data += struct.pack("<I", 0xFFFFFFFF)
        for level, start in use.starts.items():
            data += struct.pack("<iI", start, level | 0x10)
    return entries + data


def font_table() -> bytes:
    """`SttbfFfn` (MS-DOC 2.9.286)."""
    found = struct.pack("<HH", len(FONTS), 0)
    for name in FONTS:
        body = struct.pack("<BhBB10x24x", 0x06, 400, CHARSETS[name], 0) + name.encode("utf-16-le") + bytes(2)
        found += struct.pack("<B", len(body)) + body
    return found


# --- layout of the text ----------------------------------------------------

@dataclass
class Piece:
    """A stretch of characters that is stored in one place."""
    start: int
    end: int
    compressed: bool = False
    offset: int = 0

    @property
    def width(self) -> int:
        return 1 if self.compressed else 2

    def place(self, position: int) -> int:
        return self.offset + self.width * (position - self.start)


def pieces_of_word(text: Text) -> list[Piece]:
    """A full save has the text in one piece; readers of plain text rely on that."""
    return [Piece(0, len(text))]


def pieces_of_wps(text: Text) -> list[Piece]:
    """Short pieces out of order in the file; paragraphs of Latin text take one byte a character."""
    longest = 97
    pieces: list[Piece] = []
    start = 0
    for end in text.paragraphs:
        # Codes from 0x80 to 0x9F mean something else when compressed (MS-DOC 2.9.73).
        compressed = all(unit < 0x80 or 0xA0 <= unit < 0x100 for unit in text.units[start:end])
        while start < end:
            last = pieces[-1] if pieces else Piece(0, 0)
            room = longest - (last.end - last.start)
            if not pieces or last.compressed != compressed or room <= 0:
                pieces.append(last := Piece(start, start, compressed))
                room = longest
            start = last.end = min(end, start + room)
    # The last one stays the last: it ends with a paragraph mark.
    *others, last = pieces
    return [*others[1::2][::-1], *others[::2], last]


def clx(pieces: list[Piece]) -> bytes:
    """`PlcPcd` (MS-DOC 2.8.35) in the order of the text."""
    pieces = sorted(pieces, key=lambda piece: piece.start)
    plc = struct.pack(f"<{len(pieces) + 1}I", *[piece.start for piece in pieces], pieces[-1].end)
    for piece in pieces:
        offset = piece.offset * 2 | 0x40000000 if piece.compressed else piece.offset
        plc += struct.pack("<HIH", 0, offset, 0)
    return struct.pack("<BI", 2, len(plc)) + plc


def character_runs(text: Text, pieces: list[Piece]) -> list[tuple[int, int, bytes]]:
    """Start, end and modifiers, by their place in the file."""
    found = []
    for piece in pieces:
        for position in range(piece.start, piece.end):
            start, format = piece.place(position), text.formats[position]
            if found and found[-1][1] == start and found[-1][2] == format:
                found[-1] = (found[-1][0], start + piece.width, format)
            else:
                found.append((start, start + piece.width, format))
    return found


def paragraph_runs(text: Text, pieces: list[Piece]) -> list[tuple[int, int, bytes]]:
    """As the marks stand in the file, with the properties of the mark (MS-DOC 2.4.2)."""
    found, start = [], pieces[0].offset
    for piece in pieces:
        for position in range(piece.start, piece.end):
            if properties := text.paragraphs.get(position + 1):
                style, papx = properties
                end = piece.place(position + 1)
                found.append((start, end, struct.pack("<H", style) + papx))
                start = end
    return found


def formatted_pages(found: list[tuple[int, int, bytes]], entry: int, stored) -> list[tuple[int, bytes]]:
    """Pages of 512 bytes, each with the first offset that it describes (MS-DOC 2.9.33, 2.9.174)."""
    pages, at = [], 0
    while at < len(found):
        places, blocks, free = [], {}, PAGE - 1
        first = at
        while at < len(found):
            block = stored(found[at][2])
            known = blocks.get(block)
            place = known if known is not None else (free - len(block)) // 2 * 2
            head = 4 * (len(places) + 2) + entry * (len(places) + 1)
            if block and place < head or head > free or len(places) == 0xFF:
                break
            places.append(place // 2 if block else 0)
            if block and known is None:
                blocks[block] = free = place
            at += 1
        page = bytearray(PAGE)
        bounds = [start for start, _, _ in found[first:at]] + [found[at - 1][1]]
        struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
        for index, place in enumerate(places):
            page[4 * len(bounds) + entry * index] = place
        for block, place in blocks.items():
            page[place:place + len(block)] = block
        page[PAGE - 1] = len(places)
        pages.append((bounds[0], bytes(page)))
    return pages


def stored_chpx(chpx: bytes) -> bytes:
    return bytes([len(chpx)]) + chpx if chpx else b""


def stored_papx(papx: bytes) -> bytes:
    """`PapxInFkp` (MS-DOC 2.9.175): the length is in words, in a second byte when it is even."""
    if len(papx) % 2:
        return bytes([len(papx) // 2 + 1]) + papx
    return bytes([0, len(papx) // 2]) + papx


# --- the file --------------------------------------------------------------

STSHF, FOOTNOTE_REF, FOOTNOTE_TXT, COMMENT_REF, COMMENT_TXT, SED = 1, 2, 3, 4, 5, 6
HDD, BTE_CHPX, BTE_PAPX, FFN, FLD_MAIN, FLD_HEADERS, DOP = 11, 12, 13, 15, 16, 17, 31
CLX, COMMENT_AUTHORS, SPA_MAIN, ENDNOTE_REF, ENDNOTE_TXT, DRAWINGS = 33, 36, 40, 46, 47, 50
REVISION_AUTHORS, BOX_TXT, LST, LFO, BOX_BREAKS = 51, 56, 73, 74, 75
TEXT_AT = 0x800


class File:
    def __init__(self, writer: Writer, saving: Saving):
        self.writer, self.saving = writer, saving
        self.text = Text()
        for story in writer.stories():
            self.text.extend(story)
        self.text.mark()  # after all stories (MS-DOC 2.4.1)
        self.stream = bytearray(TEXT_AT)
        self.table = bytearray()
        self.parts: dict[int, tuple[int, int]] = {}

    def part(self, index: int, data: bytes, uncounted: bytes = b"") -> None:
        """Adds to the table stream; `uncounted` follows without being in the length."""
        if data:
            self.parts[index] = (len(self.table), len(data))
            self.table += data + uncounted

    def bytes(self) -> bytes:
        writer, saving = self.writer, self.saving
        pieces = saving.in_pieces(self.text)
        for piece in pieces:
            self.stream += bytes(len(self.stream) % 2)  # Unicode text begins at even offsets
            piece.offset = len(self.stream)
            units = self.text.units[piece.start:piece.end]
            self.stream += struct.pack(f"<{len(units)}{'B' if piece.compressed else 'H'}", *units)
        text_end = len(self.stream)
        self.part(STSHF, style_sheet(writer.document, saving.style_base))
        self.sections()
        self.pages(BTE_CHPX, formatted_pages(character_runs(self.text, pieces), 1, stored_chpx), text_end)
        self.pages(BTE_PAPX, formatted_pages(paragraph_runs(self.text, pieces), 13, stored_papx), text_end)
        self.part(FFN, font_table())
        self.part(CLX, clx(pieces))
        self.part(LST, *list_definitions(writer.document))
        self.part(LFO, list_uses(writer.document))
        self.part(DOP, document_properties(NUMBER_CODES[writer.document.footnote_format]))
        self.attached()
        self.fields()
        self.drawings()
        self.stream[:TEXT_AT] = self.information_block(text_end).ljust(TEXT_AT, b"\0")
        streams = {"WordDocument": bytes(self.stream), saving.table: bytes(self.table), "Data": writer.data}
        return compound(streams | saving.streams())

    def sections(self) -> None:
        """How each section begins, on A4 (MS-DOC 2.6.4, 2.9.242)."""
        ends, kinds = self.writer.section_ends, self.writer.document.sections()
        marks = NUMBER_CODES[self.writer.document.footnote_format]
        seds = b""
        for kind in kinds:
            sepx = struct.pack("<HB HH HH HH HH HH Hh Hh", 0x3009, {CONTINUOUS: 0, NEXT_PAGE: 2}[kind], 0x5040, marks,
                               0xB01F, 11906, 0xB020, 16838, 0xB021, 1588, 0xB022, 1474, 0x9023, 2098, 0x9024, 1985)
            seds += struct.pack("<HIHI", 0, len(self.stream), 0, 0xFFFFFFFF)
            self.stream += struct.pack("<H", len(sepx)) + sepx
        self.part(SED, struct.pack(f"<{len(ends) + 1}I", 0, *ends) + seds)

    def pages(self, part: int, pages: list[tuple[int, bytes]], text_end: int) -> None:
        self.stream += bytes(-len(self.stream) % PAGE)
        first = len(self.stream) // PAGE
        for _, page in pages:
            self.stream += page
        bounds = [start for start, _ in pages] + [text_end]
        numbers = range(first, first + len(pages))
        self.part(part, struct.pack(f"<{len(bounds)}I", *bounds) + struct.pack(f"<{len(pages)}I", *numbers))

    def attached(self) -> None:
        """Notes, comments and headers: where they are attached, and where their texts are."""
        writer = self.writer
        for kind, reference, text, story in (("footnote", FOOTNOTE_REF, FOOTNOTE_TXT, writer.footnotes),
                                             ("endnote", ENDNOTE_REF, ENDNOTE_TXT, writer.endnotes)):
            places = writer.references[kind]
            automatic = [is_automatic for _, is_automatic in places]
            self.part(reference, positions([at for at, _ in places], len(writer.main))
                      + struct.pack(f"<{len(places)}H", *automatic))
            self.part(text, positions(writer.texts[kind], len(story) - 1, len(story)))
        places = [at for at, _ in writer.references["comment"]]
        initials = struct.pack("<H", 1) + "李".encode("utf-16-le").ljust(18, b"\0")
        entry = initials + struct.pack("<HHHi", 0, 0, 0, -1)
        self.part(COMMENT_REF, positions(places, len(writer.main)) + entry * len(places))
        self.part(COMMENT_TXT, positions(writer.texts["comment"], len(writer.comments) - 1, len(writer.comments)))
        self.part(COMMENT_AUTHORS, struct.pack("<H", 2) + AUTHORS[1].encode("utf-16-le"))
        self.part(HDD, positions(writer.header_bounds))
        authors = b"".join(struct.pack("<H", len(name)) + name.encode("utf-16-le") for name in AUTHORS)
        self.part(REVISION_AUTHORS, struct.pack("<HHH", 0xFFFF, len(AUTHORS), 0) + authors)

    def fields(self) -> None:
        """`Plcfld` (MS-DOC 2.8.25)."""
        for part, story in ((FLD_MAIN, self.writer.main), (FLD_HEADERS, self.writer.headers)):
            entries = b"".join(struct.pack("<BB", character, more) for _, character, more in story.fields)
            self.part(part, positions([at for at, _, _ in story.fields], len(story)) + entries)

    def drawings(self) -> None:
        """Shapes, their anchors and the texts of boxes (MS-DOC 2.8.30, 2.8.32, 2.9.172)."""
        writer = self.writer
        pictures = [one for one in writer.drawn if isinstance(one, Picture)]
        places = []
        for picture in pictures:
            places.append(len(self.stream))
            self.stream += drawing.blip(picture)
        self.part(DRAWINGS, drawing.shapes(writer.drawn, places))
        anchors = b"".join(drawing.anchor(at) for at in range(len(writer.drawn)))
        self.part(SPA_MAIN, positions(writer.anchors, len(writer.main)) + anchors)
        bounds = positions(writer.box_starts, len(writer.boxes) - 1, len(writer.boxes))
        boxes = [at for at, one in enumerate(writer.drawn) if isinstance(one, TextBox)]
        entries = b"".join(struct.pack("<iiHiii", 1, 0, 0, -1, drawing.shape(at), 0) for at in boxes)
        self.part(BOX_TXT, bounds + entries + bytes(22))
        breaks = b"".join(struct.pack("<hhH", at, 0, 0) for at in range(len(boxes)))
        self.part(BOX_BREAKS, bounds + breaks + struct.pack("<hhH", -1, 0, 0))

    def information_block(self, text_end: int) -> bytes:
        """The FIB (MS-DOC 2.5)."""
        saving = self.saving
        base = struct.pack("<8H", 0xA5EC, 0xC1, 0, 0x0804, 0, saving.flags, 0xBF, 0)
        base += struct.pack("<HBBHHII", 0, 0, 0x10, 0, 0, TEXT_AT, text_end)
        words = [saving.created, saving.created, *[0] * 11, 0x0804]
        lengths = [len(story) for story in self.writer.stories()]
        longs = [len(self.stream), 0, 0, *lengths, *[0] * 11]
        parts = [number for index in range(saving.parts) for number in self.parts.get(index, (0, 0))]
        return (base + struct.pack("<H14H", 14, *words) + struct.pack("<H22I", 22, *longs)
                + struct.pack(f"<H{2 * saving.parts}I", saving.parts, *parts)
                + struct.pack(f"<H{len(saving.version)}H", len(saving.version), *saving.version))


def positions(*values) -> bytes:
    """Character positions of a `Plc`: lists and single ones; nothing when the first list is empty."""
    if isinstance(values[0], list) and not values[0]:
        return b""
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return struct.pack(f"<{len(flat)}I", *flat)


def document_properties(footnotes: int) -> bytes:
    """`DopBase` and `Dop97` (MS-DOC 2.7.2, 2.7.4): notes at the foot and at the end, endnotes in Roman numbers."""
    dop = bytearray(500)
    struct.pack_into("<HH", dop, 0, 0x0020, 1 << 2)
    struct.pack_into("<H", dop, 10, 420)  # dxaTab
    struct.pack_into("<HH", dop, 52, 1 << 2, 3 | 2 << 6)
    struct.pack_into("<HH", dop, 492, footnotes, 2)
    return bytes(dop)


def object_name() -> bytes:
    """The stream `CompObj` (MS-OLEDS 2.3.8)."""
    def text(value: str) -> bytes:
        return struct.pack("<I", len(value) + 1) + value.encode("ascii") + b"\0"

    head = struct.pack("<HHIi", 1, 0xFFFE, 0x0A03, -1) + bytes.fromhex("0609020000000000c000000000000046")
    return head + text("Microsoft Word Document") + text("MSWordDoc") + text("Word.Document.8") + struct.pack("<III", 0x71B239F4, 0, 0) + bytes(4)


# fExtChar, fWhichTblStm; and for WPS fComplex, one quick save, fExtChar, fFarEast.
WORD = Saving("1Table", 0x1200, 0x6A62, 93, (), 10, pieces_of_word, lambda: {"\x01CompObj": object_name()})
WPS = Saving("0Table", 0x5014, 0x534B, 164, (0x10C, 0), 18, pieces_of_wps, lambda: {"WpsCustomData": bytes(12)})


def write(document: Document, saving: Saving = WORD) -> bytes:
    writer = Writer(document)
    writer.write_stories()
    return File(writer, saving).bytes()


def write_wps(document: Document) -> bytes:
    return write(document, WPS)
