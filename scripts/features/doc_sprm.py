"""Single property modifiers of Word binaries (MS-DOC 2.6): their codes and how they are written."""

import struct

from model import Run

ALIGN = {"center": 1, "right": 2}
# Single property modifiers (MS-DOC 2.6.1, 2.6.2).
C_DELETED, C_INSERTED, C_BOLD, C_HIDDEN, C_SPECIAL = 0x0800, 0x0801, 0x0835, 0x083C, 0x0855
C_INSERTED_BY, C_INSERTED_AT, C_DELETED_BY, C_DELETED_AT = 0x4804, 0x6805, 0x4863, 0x6864
C_STYLE, C_SIZE, C_PICTURE, C_SYMBOL, C_RAISED = 0x4A30, 0x4A43, 0x6A03, 0x6A09, 0x2A48
C_FONT = (0x4A4F, 0x4A50, 0x4A51)
P_ALIGN, P_BREAK_BEFORE, P_LEVEL, P_LIST, P_OUTLINE = 0x2461, 0x2407, 0x260A, 0x460B, 0x2640
P_IN_TABLE, P_ENDS_ROW, P_DEPTH, P_ENDS_INNER_CELL, P_ENDS_INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
P_HUGE = 0x6646
T_DEFINE = 0xD608
S_TITLE_PAGE = 0x300A
OPERANDS = {0: "B", 1: "B", 2: "H", 3: "I", 4: "H", 5: "H"}


def sprm(code: int, value: int) -> bytes:
    """A modifier with an operand of the size that its code says (MS-DOC 2.6)."""
    return struct.pack("<H" + OPERANDS[code >> 13], code, value)


SPECIAL = sprm(C_SPECIAL, 1)


def look(run: Run) -> bytes:
    """What a run or a style states of its characters."""
    chpx = b"" if run.bold is None else sprm(C_BOLD, run.bold)
    chpx += b"" if run.hidden is None else sprm(C_HIDDEN, run.hidden)
    return chpx + (b"" if run.size is None else sprm(C_SIZE, run.size))
