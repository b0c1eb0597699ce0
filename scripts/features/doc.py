"""The document as a Word 97–2003 binary (MS-DOC), as Word saves it and as Kingsoft WPS does.

First every story becomes characters with their properties (`Text`), then the characters are laid
out in pieces, and the tables that describe them are put into the table stream.
"""

import struct
from dataclasses import dataclass

import drawing
from cfb import compound
from doc_layout import (
    PAGE,
    character_runs,
    clx,
    formatted_pages,
    paragraph_runs,
    pieces_of_word,
    pieces_of_wps,
    stored_chpx,
    stored_papx,
)
from doc_sprm import S_TITLE_PAGE, sprm
from doc_tables import font_table, list_definitions, list_uses, style_sheet
from doc_text import Text, Writer
from formats import NUMBER_CODES
from model import CONTINUOUS, NEXT_PAGE, Document, Picture, TextBox

AUTHORS = ["Unknown", "李四"]


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
            units = self.text.units[piece.start : piece.end]
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
            sepx = sprm(S_TITLE_PAGE, 1) + struct.pack(
                "<HB HH HH HH HH HH Hh Hh",
                0x3009,
                {CONTINUOUS: 0, NEXT_PAGE: 2}[kind],
                0x5040,
                marks,
                0xB01F,
                11906,
                0xB020,
                16838,
                0xB021,
                1588,
                0xB022,
                1474,
                0x9023,
                2098,
                0x9024,
                1985,
            )
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
        for kind, reference, text, story in (
            ("footnote", FOOTNOTE_REF, FOOTNOTE_TXT, writer.footnotes),
            ("endnote", ENDNOTE_REF, ENDNOTE_TXT, writer.endnotes),
        ):
            places = writer.references[kind]
            automatic = [is_automatic for _, is_automatic in places]
            self.part(
                reference,
                positions([at for at, _ in places], len(writer.main))
                + struct.pack(f"<{len(places)}H", *automatic),
            )
            self.part(text, positions(writer.texts[kind], len(story) - 1, len(story)))
        places = [at for at, _ in writer.references["comment"]]
        initials = struct.pack("<H", 1) + "李".encode("utf-16-le").ljust(18, b"\0")
        entry = initials + struct.pack("<HHHi", 0, 0, 0, -1)
        self.part(COMMENT_REF, positions(places, len(writer.main)) + entry * len(places))
        self.part(
            COMMENT_TXT, positions(writer.texts["comment"], len(writer.comments) - 1, len(writer.comments))
        )
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
        return (
            base
            + struct.pack("<H14H", 14, *words)
            + struct.pack("<H22I", 22, *longs)
            + struct.pack(f"<H{2 * saving.parts}I", saving.parts, *parts)
            + struct.pack(f"<H{len(saving.version)}H", len(saving.version), *saving.version)
        )


def positions(*values) -> bytes:
    """Character positions of a `Plc`: lists and single ones; nothing when the first list is empty."""
    if isinstance(values[0], list) and not values[0]:
        return b""
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return struct.pack(f"<{len(flat)}I", *flat)


def document_properties(footnotes: int) -> bytes:
    """`DopBase` and `Dop97` (MS-DOC 2.7.2, 2.7.4): notes at the foot and at the end, endnotes in Roman numbers."""
    dop = bytearray(500)
    struct.pack_into("<HH", dop, 0, 0x0021, 1 << 2)  # with facing pages
    struct.pack_into("<H", dop, 10, 420)  # dxaTab
    struct.pack_into("<HH", dop, 52, 1 << 2, 3 | 2 << 6)
    struct.pack_into("<HH", dop, 492, footnotes, 2)
    return bytes(dop)


def object_name() -> bytes:
    """The stream `CompObj` (MS-OLEDS 2.3.8)."""

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value) + 1) + value.encode("ascii") + b"\0"

    head = struct.pack("<HHIi", 1, 0xFFFE, 0x0A03, -1) + bytes.fromhex("0609020000000000c000000000000046")
    return (
        head
        + text("Microsoft Word Document")
        + text("MSWordDoc")
        + text("Word.Document.8")
        + struct.pack("<III", 0x71B239F4, 0, 0)
        + bytes(4)
    )


# fExtChar, fWhichTblStm; and for WPS fComplex, one quick save, fExtChar, fFarEast.
WORD = Saving("1Table", 0x1200, 0x6A62, 93, (), 10, pieces_of_word, lambda: {"\x01CompObj": object_name()})
WPS = Saving(
    "0Table", 0x5014, 0x534B, 164, (0x10C, 0), 18, pieces_of_wps, lambda: {"WpsCustomData": bytes(12)}
)


def write(document: Document, saving: Saving = WORD) -> bytes:
    writer = Writer(document)
    writer.write_stories()
    return File(writer, saving).bytes()


def write_wps(document: Document) -> bytes:
    return write(document, WPS)
