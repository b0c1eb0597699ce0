"""Drawings in a Word binary (MS-ODRAW): a picture in the line, and shapes with text."""

import hashlib
import struct

from model import Picture

# Record types (MS-ODRAW 2.2).
DGG_CONTAINER, DG_CONTAINER, SPGR_CONTAINER, SP_CONTAINER = 0xF000, 0xF002, 0xF003, 0xF004
DGG, BSE, DG, SPGR, SP, OPTIONS = 0xF006, 0xF007, 0xF008, 0xF009, 0xF00A, 0xF00B
CLIENT_TEXT, CLIENT_ANCHOR, CLIENT_DATA, PNG = 0xF00D, 0xF010, 0xF011, 0xF01E
# OfficeArtFSP flags: group, patriarch, have anchor, have shape type.
ROOT_FLAGS, SHAPE_FLAGS = 0x05, 0xA00
PICTURE_FRAME, TEXT_BOX = 75, 202
PICTURE_SHAPE = 1
FIRST_SHAPE = 0x400
TEXT_ID, PICTURE_ID = 0x0080, 0x4104


def record(kind: int, data: bytes, version: int = 0, instance: int = 0) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(data)) + data


def container(kind: int, *records: bytes) -> bytes:
    return record(kind, b"".join(records), version=0xF)


def shape_record(kind: int, id: int, flags: int) -> bytes:
    return record(SP, struct.pack("<II", id, flags), version=2, instance=kind)


def options(*pairs: tuple[int, int]) -> bytes:
    data = b"".join(struct.pack("<HI", name, value) for name, value in pairs)
    return record(OPTIONS, data, version=3, instance=len(pairs))


def inline_picture(picture: Picture) -> bytes:
    """`PICFAndOfficeArtData` (MS-DOC 2.9.193): the header, a shape, and the picture as it is."""
    digest = hashlib.md5(picture.data, usedforsecurity=False).digest()
    blip = record(PNG, digest + b"\xff" + picture.data, instance=0x6E0)
    entry = struct.pack("<BB16sHIII4B", 6, 6, digest, 0xFF, len(blip), 1, 0, 0, 0, 0, 0)
    shape = container(SP_CONTAINER, shape_record(PICTURE_FRAME, PICTURE_SHAPE + FIRST_SHAPE, SHAPE_FLAGS),
                      options((PICTURE_ID, 1)), record(CLIENT_ANCHOR, struct.pack("<I", 0)))
    art = shape + record(BSE, entry + blip, version=2, instance=6)
    twips = (picture.width * 15, picture.height * 15)
    header = struct.pack("<H", 68) + struct.pack("<HHHH", 100, *twips, 0) + bytes(14)
    middle = struct.pack("<hhHH8xBB16xhh", *twips, 1000, 1000, 0, 0, 0, 0) + struct.pack("<h", 0)
    return struct.pack("<I", 4 + len(header) + len(middle) + len(art)) + header + middle + art


def shape(at: int) -> int:
    """The identifier of a text box; the root of the drawing has the first one."""
    return FIRST_SHAPE + 1 + at


def anchor(at: int) -> bytes:
    """`Spa` (MS-DOC 2.9.253): the shape and its place in twips, relative to column and paragraph, text above and below."""
    relative = 2 << 1 | 2 << 3 | 1 << 5
    return struct.pack("<i4iHi", shape(at), 0, 600, 2835, 1734, relative, 0)


def text_box_shapes(count: int) -> bytes:
    """`OfficeArtContent` (MS-DOC 2.9.172) with one text box for each text."""
    if not count:
        return b""
    last = shape(count - 1)
    group = record(DGG, struct.pack("<IIII", last + 1, 2, count + 1, 1) + struct.pack("<II", 1, count + 1))
    root = container(SP_CONTAINER, record(SPGR, bytes(16), version=1), shape_record(0, FIRST_SHAPE, ROOT_FLAGS))
    boxes = [container(SP_CONTAINER, shape_record(TEXT_BOX, shape(at), SHAPE_FLAGS), options((TEXT_ID, at + 1 << 16)),
                       record(CLIENT_ANCHOR, struct.pack("<I", at)), record(CLIENT_DATA, struct.pack("<I", 1)),
                       record(CLIENT_TEXT, struct.pack("<I", at + 1 << 16))) for at in range(count)]
    drawing = container(DG_CONTAINER, record(DG, struct.pack("<II", count + 1, last), instance=1),
                        container(SPGR_CONTAINER, root, *boxes))
    # The byte says that the drawing is of the main text.
    return container(DGG_CONTAINER, group) + b"\0" + drawing
