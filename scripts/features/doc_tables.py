"""The style sheet, lists and fonts of Word binaries, as their table stream holds them."""

import struct

from doc_sprm import ALIGN, C_FONT, P_ALIGN, P_LEVEL, P_LIST, P_OUTLINE, look, sprm
from formats import (
    HAN,
    LATIN,
    LEVELS,
    NUMBER_CODES,
    SYMBOL,
    WINGDINGS,
    levels,
    number_text,
)
from model import Document, Level, Run, Style

FONTS = [LATIN, SYMBOL, WINGDINGS, HAN]
CHARSETS = {LATIN: 0, SYMBOL: 2, WINGDINGS: 2, HAN: 134}
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
    slots[NORMAL_TABLE] = std_bytes(
        "Normal Table", 105, 3, NO_STYLE, NORMAL_TABLE, [b"", struct.pack("<H", 11), b""], base
    )
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


def std_bytes(
    name: str, built_in: int, kind: int, based_on: int, following: int, lists: list[bytes], base: int
) -> bytes:
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
    head = struct.pack(
        "<iBB9sB8xBBBB",
        level.start,
        NUMBER_CODES[level.format],
        flags,
        bytes(places),
        2,
        len(chpx),
        0,
        level.restart or 0,
        0,
    )
    return head + chpx + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def list_uses(document: Document) -> bytes:
    """`PlfLfo` (MS-DOC 2.9.190)."""
    entries, data = struct.pack("<I", len(document.uses)), b""
    for use in document.uses:
        entries += struct.pack("<i8xBBBB", use.definition + 100, len(use.starts) + len(use.levels), 0, 0, 0)
        data += struct.pack("<I", 0xFFFFFFFF)
        for level, start in use.starts.items():
            data += struct.pack("<iI", start, level | 0x10)
        for at, own in use.levels.items():
            # fStartAt and fFormatting: the start is the level's.
            data += struct.pack("<iI", own.start, at | 0x30) + lvl(own)
    return entries + data


def font_table() -> bytes:
    """`SttbfFfn` (MS-DOC 2.9.286)."""
    found = struct.pack("<HH", len(FONTS), 0)
    for name in FONTS:
        body = struct.pack("<BhBB10x24x", 0x06, 400, CHARSETS[name], 0) + name.encode("utf-16-le") + bytes(2)
        found += struct.pack("<B", len(body)) + body
    return found
