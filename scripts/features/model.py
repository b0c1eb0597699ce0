"""A document in neutral terms, from which each writer makes its own format.

A paragraph is a list of pieces; a plain string is a `Run` without a format of its own.
"""

import re
from dataclasses import dataclass, field

INSERTED, DELETED, MOVED_FROM, MOVED_TO = "inserted", "deleted", "moved-from", "moved-to"
HIDDEN = "hidden"
NEXT_PAGE, CONTINUOUS = "nextPage", "continuous"


# --- pieces of a paragraph -------------------------------------------------

@dataclass(frozen=True)
class Run:
    """Characters with one format; what is None comes from the styles."""
    text: str
    bold: bool | None = None
    size: int | None = None  # half-points
    hidden: bool | None = None
    style: str | None = None  # id of a character style
    revision: str | None = None


@dataclass(frozen=True)
class Special:
    """A character that formats write in their own way."""
    kind: str  # tab, line-break, page-break, soft-hyphen, no-break-hyphen


@dataclass(frozen=True)
class Symbol:
    """A character of a symbol font."""
    font: str
    code: int  # 0xF020 to 0xF0FF
    as_text: bool = False  # a character in the font, not an element of its own


@dataclass(frozen=True)
class Field:
    """A field; its code and result are pieces themselves."""
    code: tuple
    result: tuple | None = None  # None: the field has no result
    simple: bool = False  # w:fldSimple in WordprocessingML
    revision: str | None = None


@dataclass(frozen=True)
class FieldStart:
    """A field whose result goes on until `FieldEnd`, over paragraphs."""
    code: str


@dataclass(frozen=True)
class FieldEnd:
    pass


@dataclass(frozen=True)
class Link:
    """A link to an address: an element of its own, or a field."""
    address: str
    text: str

    @property
    def field(self) -> Field:
        return Field((f' HYPERLINK "{self.address}" ',), (self.text,))


@dataclass(frozen=True)
class Ruby:
    base: str
    guide: str

    @property
    def code(self) -> str:
        """The field that formats before WordprocessingML use."""
        return f' EQ \\* jc2 \\* "Font:仿宋_GB2312" \\* hps16 \\o\\ad(\\s\\up 15({self.guide}),{self.base})'


@dataclass(frozen=True)
class Note:
    kind: str  # footnote, endnote
    text: str  # a paragraph a line
    mark: str | None = None  # the author's own; None: counted


@dataclass(frozen=True)
class Comment:
    """A comment on the text `about`."""
    about: str
    text: str  # a paragraph a line


@dataclass(frozen=True)
class TextBox:
    blocks: tuple


@dataclass(frozen=True)
class Control:
    """A content control inside a paragraph."""
    title: str
    pieces: tuple


@dataclass(frozen=True)
class Picture:
    data: bytes  # PNG
    width: int  # pixels
    height: int
    floats: bool = False  # beside the text, not in its line


@dataclass(frozen=True)
class WordArt:
    text: str


# --- blocks ----------------------------------------------------------------

@dataclass(frozen=True)
class Paragraph:
    pieces: tuple
    style: str | None = None
    list: tuple[int, int] | None = None  # id of a list use (0: none), level from 0
    align: str | None = None  # center, right
    mark: str | None = None  # what became of the paragraph mark: DELETED, INSERTED, HIDDEN
    breaks_before: bool = False
    ends_section: str | None = None  # NEXT_PAGE, CONTINUOUS: how the section that ends here began


@dataclass(frozen=True)
class Cell:
    blocks: tuple
    span: int = 1
    merge: str | None = None  # restart, continue: vertically


@dataclass(frozen=True)
class TableRow:
    cells: tuple
    deleted: bool = False


@dataclass(frozen=True)
class Table:
    rows: tuple
    columns: int


@dataclass(frozen=True)
class BlockControl:
    """A content control around blocks."""
    title: str
    blocks: tuple


# --- styles and lists ------------------------------------------------------

@dataclass(frozen=True)
class Style:
    id: str
    name: str
    character: bool = False
    based_on: str | None = None
    bold: bool | None = None
    size: int | None = None
    hidden: bool | None = None
    align: str | None = None
    outline: int | None = None  # 0 to 8
    list: tuple[int, int] | None = None


@dataclass(frozen=True)
class Level:
    format: str  # name of ST_NumberFormat
    text: str  # with %1 to %9
    start: int = 1
    restart: int | None = None  # w:lvlRestart
    legal: bool = False
    style: str | None = None
    font: str | None = None


@dataclass(frozen=True)
class ListDefinition:
    id: int
    levels: tuple


@dataclass(frozen=True)
class ListUse:
    """What paragraphs name; may begin levels with another number."""
    id: int
    definition: int
    starts: dict = field(default_factory=dict)


# --- the whole -------------------------------------------------------------

@dataclass(frozen=True)
class Feature:
    """One row of the matrix: how it is built and what Word shows of it."""
    name: str
    blocks: tuple
    shown: tuple = ()  # lines in the notation of tests/tests/features.rs
    dropped: tuple = ()  # (reason, text)
    furniture: tuple = ()  # lines of headers and footers
    # format -> what differs there: {"why": …, "shown": …, "dropped": …}
    lost_in: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    features: tuple
    styles: tuple
    definitions: tuple
    uses: tuple
    header: tuple
    footer: tuple
    last_section: str  # how the last section begins
    footnote_format: str  # of the marks, a name of ST_NumberFormat

    def sections(self) -> list[str]:
        """How each section begins."""
        ended = (getattr(block, "ends_section", None) for feature in self.features for block in feature.blocks)
        return [*filter(None, ended), self.last_section]

    def blocks(self):
        """All blocks: each feature under a line with its name."""
        for feature in self.features:
            if feature.blocks:
                yield Paragraph((heading(feature.name),))
                yield from feature.blocks
        yield Paragraph((heading("end"),))

    def style(self, id: str) -> Style:
        return next(style for style in self.styles if style.id == id)

    def definition(self, id: int) -> ListDefinition:
        return next(found for found in self.definitions if found.id == id)

    def use(self, id: int) -> ListUse:
        return next(found for found in self.uses if found.id == id)


def markers(feature: Feature) -> list[str]:
    """The automatic numbers that the feature shows, in order."""
    lines = "\n".join(feature.shown).replace("⏎", "\n").replace(" | ", "\n")
    return [square or plain for square, plain in re.findall(r"^(?:\[(.+?)\] |(\d\.)(?=表))", lines, re.MULTILINE)]


def heading(name: str) -> str:
    return f"§ {name}"


def runs(pieces) -> list:
    """Pieces with plain strings made runs."""
    return [Run(piece) if isinstance(piece, str) else piece for piece in pieces]
