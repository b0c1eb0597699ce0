"""How text and its properties lie in a Word binary: pieces, and formatted disk pages."""

import struct
from dataclasses import dataclass

from doc_sprm import C_BOLD, C_SIZE, sprm
from doc_text import Text

PAGE = 512


@dataclass
class Piece:
    """A stretch of characters that is stored in one place."""

    start: int
    end: int
    compressed: bool = False
    modifier: bytes = b""  # properties of the whole piece, which are then not in the pages
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
    """Short pieces out of order in the file, as after fast saves; paragraphs of Latin text take one byte a
    character, and some formats are those of a piece."""
    longest = 97
    pieces: list[Piece] = []
    start = 0
    for end in text.paragraphs:
        # Codes from 0x80 to 0x9F mean something else when compressed (MS-DOC 2.9.73).
        compressed = all(unit < 0x80 or 0xA0 <= unit < 0x100 for unit in text.units[start:end])
        for position in range(start, end):
            format = text.formats[position]
            modifier = format if format in MODIFIERS else b""
            last = pieces[-1] if pieces else None
            if (
                not last
                or (last.compressed, last.modifier) != (compressed, modifier)
                or last.end - last.start >= longest
            ):
                pieces.append(last := Piece(position, position, compressed, modifier))
            last.end = position + 1
        start = end
    # The last one stays the last: it ends with a paragraph mark.
    *others, last = pieces
    return [*others[1::2][::-1], *others[::2], last]


# Formats that a piece can have: bold in the modifier itself (`Prm0`), a size in a list beside (`Prm1`).
MODIFIERS = {sprm(C_BOLD, 1): 0x55 << 1 | 1 << 8, sprm(C_SIZE, 36): 1}


def clx(pieces: list[Piece]) -> bytes:
    """A list for `Prm1`, then the `PlcPcd` (MS-DOC 2.9.38, 2.8.35) in the order of the text."""
    uses_list = any(MODIFIERS.get(piece.modifier) == 1 for piece in pieces)
    size = sprm(C_SIZE, 36)
    before = struct.pack("<BH", 1, len(size)) + size if uses_list else b""
    pieces = sorted(pieces, key=lambda piece: piece.start)
    plc = struct.pack(f"<{len(pieces) + 1}I", *[piece.start for piece in pieces], pieces[-1].end)
    for piece in pieces:
        offset = piece.offset * 2 | 0x40000000 if piece.compressed else piece.offset
        plc += struct.pack("<HIH", 0, offset, MODIFIERS.get(piece.modifier, 0))
    return before + struct.pack("<BI", 2, len(plc)) + plc


def character_runs(text: Text, pieces: list[Piece]) -> list[tuple[int, int, bytes]]:
    """Start, end and modifiers, by their place in the file."""
    found = []
    for piece in pieces:
        for position in range(piece.start, piece.end):
            start, format = piece.place(position), b"" if piece.modifier else text.formats[position]
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
            page[place : place + len(block)] = block
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
