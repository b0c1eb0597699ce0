"""A document's stories as characters with their properties, for Word binaries (MS-DOC 2.3, 2.4)."""

import struct
from dataclasses import dataclass, field, replace

import drawing
from doc_sprm import (
    ALIGN,
    C_DELETED,
    C_DELETED_AT,
    C_DELETED_BY,
    C_FONT,
    C_INSERTED,
    C_INSERTED_AT,
    C_INSERTED_BY,
    C_PICTURE,
    C_RAISED,
    C_STYLE,
    C_SYMBOL,
    P_ALIGN,
    P_BREAK_BEFORE,
    P_DEPTH,
    P_ENDS_INNER_CELL,
    P_ENDS_INNER_ROW,
    P_ENDS_ROW,
    P_HUGE,
    P_IN_TABLE,
    P_LEVEL,
    P_LIST,
    SPECIAL,
    T_DEFINE,
    look,
    sprm,
)
from doc_tables import FONTS, style_numbers
from model import (
    DEFAULT,
    DELETED,
    EVEN,
    FIRST,
    HIDDEN,
    INSERTED,
    MOVED_FROM,
    MOVED_TO,
    BlockControl,
    Comment,
    Control,
    Document,
    Field,
    FieldEnd,
    FieldStart,
    Link,
    Note,
    Paragraph,
    Picture,
    Ruby,
    Run,
    Special,
    Symbol,
    Table,
    TableRow,
    TextBox,
    WordArt,
    runs,
)

# 1 March 2025, 8:00, a Saturday (MS-DOC 2.9.71 `DTTM`).
WHEN = 8 << 6 | 1 << 11 | 3 << 16 | (2025 - 1900) << 20 | 6 << 29
SPECIALS = {"tab": 0x09, "line-break": 0x0B, "page-break": 0x0C, "soft-hyphen": 0x1F, "no-break-hyphen": 0x1E}
CELL, MARK, SECTION = 0x07, 0x0D, 0x0C
PICTURE, NOTE, COMMENT, DRAWING = 0x01, 0x02, 0x05, 0x08
FIELD_BEGIN, FIELD_SEPARATOR, FIELD_END = 0x13, 0x14, 0x15
# Field types (MS-DOC 2.9.90 `flt`).
FIELD_TYPES = {
    "IF": 7,
    "TOC": 13,
    "TITLE": 15,
    "AUTHOR": 17,
    "DATE": 31,
    "TIME": 32,
    "PAGE": 33,
    "EQ": 49,
    "ADVANCE": 84,
    "HYPERLINK": 88,
}
# Longer lists of modifiers are in the Data stream (MS-DOC 2.9.211); Word's own bound is 488 bytes.
LONGEST_PAPX = 80
WIDTH = 8000  # twips of a table


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
        headers, footers = self.document.headers, self.document.footers
        for blocks in (
            headers.get(EVEN),
            headers.get(DEFAULT),
            footers.get(EVEN),
            footers.get(DEFAULT),
            headers.get(FIRST),
            footers.get(FIRST),
        ):
            blocks = blocks or ()
            for block in blocks:
                self.block(block, self.headers)
            if blocks:
                self.headers.mark()  # the guard mark
            self.header_bounds.append(len(self.headers))
        self.header_bounds += [len(self.headers)] * (6 * (len(self.section_ends) - 1))
        self.header_bounds.append(len(self.headers) + 1)

    def stories(self) -> list[Text]:
        """In the order of the file; the one of macros is always empty."""
        return [
            self.main,
            self.footnotes,
            self.headers,
            Text(),
            self.comments,
            self.endnotes,
            self.boxes,
            Text(),
        ]

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
        mark = self.character(
            Run(
                "",
                hidden=paragraph.mark == HIDDEN or None,
                revision=paragraph.mark if paragraph.mark in (DELETED, INSERTED) else None,
            )
        )
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
        ends_row = (
            sprm(P_ENDS_ROW, 1) if depth == 1 else sprm(P_ENDS_INNER_CELL, 1) + sprm(P_ENDS_INNER_ROW, 1)
        )
        papx = in_table(depth) + ends_row + table_definition(row, columns)
        if len(papx) > LONGEST_PAPX:
            place = len(self.data)
            self.data += struct.pack("<H", len(papx)) + papx
            papx = sprm(P_HUGE, place)
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
        is_nested = (
            bool(to.fields)
            and sum({FIELD_BEGIN: 1, FIELD_END: -1}.get(kind, 0) for _, kind, _ in to.fields) > 0
        )

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
        deleted = self.character(Run("", revision=DELETED)) if note.deleted else b""
        for text in (to, story):
            if note.mark is None:
                text.put(NOTE, deleted * (text is to) + SPECIAL + raised)
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
