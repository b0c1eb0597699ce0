"""Drawings in a Word binary (MS-ODRAW): a picture in the line, and shapes with text."""

import hashlib
import struct

from model import Picture, TextBox

# Record types (MS-ODRAW 2.2).
DGG_CONTAINER, STORE, DG_CONTAINER, SPGR_CONTAINER, SP_CONTAINER = 0xF000, 0xF001, 0xF002, 0xF003, 0xF004
DGG, BSE, DG, SPGR, SP, OPTIONS = 0xF006, 0xF007, 0xF008, 0xF009, 0xF00A, 0xF00B
CLIENT_TEXT, CLIENT_ANCHOR, CLIENT_DATA, PNG = 0xF00D, 0xF010, 0xF011, 0xF01E
# OfficeArtFSP flags: group, patriarch, have anchor, have shape type.
ROOT_FLAGS, SHAPE_FLAGS = 0x05, 0xA00
PICTURE_FRAME, WORD_ART, TEXT_BOX = 75, 136, 202
MM_SHAPE = 100  # MS-DOC 2.9.157
FIRST_SHAPE = 0x400
# Properties (MS-ODRAW 2.3); 0x4000 is for the number of a picture, 0x8000 for a text.
TEXT_ID, PICTURE_ID, ART_TEXT, ART_FONT, ART_FLAGS = 0x0080, 0x4104, 0x80C0, 0x80C5, 0x00FF


def record(kind: int, data: bytes, version: int = 0, instance: int = 0) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(data)) + data


def container(kind: int, *records: bytes) -> bytes:
    return record(kind, b"".join(records), version=0xF)


def shape_record(kind: int, id: int, flags: int) -> bytes:
    return record(SP, struct.pack("<II", id, flags), version=2, instance=kind)


def options(*pairs: tuple[int, int | str]) -> bytes:
    """Properties (MS-ODRAW 2.2.9); a text stands behind all of them."""
    fixed, texts = b"", b""
    for name, value in pairs:
        if isinstance(value, str):
            text = (value + "\0").encode("utf-16-le")
            texts += text
            value = len(text)
        fixed += struct.pack("<HI", name, value)
    return record(OPTIONS, fixed + texts, version=3, instance=len(pairs))


def blip(picture: Picture) -> bytes:
    """`OfficeArtBlipPNG` (MS-ODRAW 2.2.28): identifier, a byte of no use, the file."""
    return record(PNG, digest(picture) + b"\xff" + picture.data, instance=0x6E0)


def digest(picture: Picture) -> bytes:
    return hashlib.md5(picture.data, usedforsecurity=False).digest()


def entry(picture: Picture, place: int, inside: bytes = b"") -> bytes:
    """`OfficeArtFBSE` (MS-ODRAW 2.2.32); the picture is `inside`, or at a place of the `WordDocument` stream."""
    data = struct.pack("<BB16sHIII4B", 6, 6, digest(picture), 0xFF, len(blip(picture)), 1, place, 0, 0, 0, 0)
    return record(BSE, data + inside, version=2, instance=6)


def inline_picture(picture: Picture) -> bytes:
    """`PICFAndOfficeArtData` (MS-DOC 2.9.193): the header, a shape, and the picture as it is."""
    shape = container(SP_CONTAINER, shape_record(PICTURE_FRAME, FIRST_SHAPE + 1, SHAPE_FLAGS),
                      options((PICTURE_ID, 1)), record(CLIENT_ANCHOR, struct.pack("<I", 0)))
    art = shape + entry(picture, 0, blip(picture))
    twips = (picture.width * 15, picture.height * 15)
    header = struct.pack("<HHHHH14x", 68, MM_SHAPE, *twips, 0)
    middle = struct.pack("<hhHH8xBB16xhhh", *twips, 1000, 1000, 0, 0, 0, 0, 0)
    return struct.pack("<I", 4 + len(header) + len(middle) + len(art)) + header + middle + art


def shape(at: int) -> int:
    """The identifier of a text box; the root of the drawing has the first one."""
    return FIRST_SHAPE + 1 + at


def anchor(at: int) -> bytes:
    """`Spa` (MS-DOC 2.9.253): the shape and its place in twips, relative to column and paragraph, text above and below."""
    relative = 2 << 1 | 2 << 3 | 1 << 5
    return struct.pack("<i4iHi", shape(at), 0, 600, 2835, 1734, relative, 0)


def shapes(drawn: list, places: list[int]) -> bytes:
    """`OfficeArtContent` (MS-DOC 2.9.172): all shapes of the main text; `places` are those of its pictures."""
    if not drawn:
        return b""
    last = shape(len(drawn) - 1)
    pictures = [one for one in drawn if isinstance(one, Picture)]
    counts = record(DGG, struct.pack("<IIIIII", last + 1, 2, len(drawn) + 1, 1, 1, len(drawn) + 1))
    store = record(STORE, b"".join(map(entry, pictures, places)), version=0xF, instance=len(pictures))
    root = container(SP_CONTAINER, record(SPGR, bytes(16), version=1), shape_record(0, FIRST_SHAPE, ROOT_FLAGS))
    found, boxes, seen = [], 0, 0
    for at, one in enumerate(drawn):
        text = b""
        if isinstance(one, TextBox):
            boxes += 1
            kind, properties = TEXT_BOX, options((TEXT_ID, boxes << 16))
            text = record(CLIENT_TEXT, struct.pack("<I", boxes << 16))
        elif isinstance(one, Picture):
            seen += 1
            kind, properties = PICTURE_FRAME, options((PICTURE_ID, seen))
        else:
            kind, properties = WORD_ART, options((ART_TEXT, one.text), (ART_FONT, "宋体"), (ART_FLAGS, 0x40004000))
        found.append(container(
            SP_CONTAINER, shape_record(kind, shape(at), SHAPE_FLAGS), properties,
            record(CLIENT_ANCHOR, struct.pack("<I", at)), record(CLIENT_DATA, struct.pack("<I", 1)), text))
    drawing = container(DG_CONTAINER, record(DG, struct.pack("<II", len(drawn) + 1, last), instance=1),
                        container(SPGR_CONTAINER, root, *found))
    # The byte says that the drawing is of the main text.
    return container(DGG_CONTAINER, counts, store) + b"\0" + drawing
