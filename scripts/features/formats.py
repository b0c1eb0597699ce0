"""What the formats before WordprocessingML share: their codes, and styles resolved."""

from dataclasses import replace

from model import Document, Feature, Level, Paragraph, Run, Style

# ST_NumberFormat -> MSONFC (MS-OSHARED 2.2.1.3), also \levelnfc in RTF.
NUMBER_CODES = {
    "decimal": 0, "upperRoman": 1, "lowerRoman": 2, "upperLetter": 3, "lowerLetter": 4, "ideographDigital": 10,
    "japaneseCounting": 11, "decimalFullWidth": 14, "decimalEnclosedCircle": 18, "decimalZero": 22, "bullet": 23,
    "ideographTraditional": 30, "chineseCounting": 37, "chineseLegalSimplified": 38, "chineseCountingThousand": 39,
}
LEVELS = 9
LATIN, SYMBOL, WINGDINGS, HAN = "Times New Roman", "Symbol", "Wingdings", "仿宋_GB2312"


def levels(found: tuple) -> list[Level]:
    """All nine levels, as Word writes them for a list of several levels."""
    return [found[at] if at < len(found) else Level("decimal", f"%{at + 1}.") for at in range(LEVELS)]


def number_text(level: Level) -> tuple[str, list[int]]:
    """The text with each `%n` made the character n - 1, and their places from 1."""
    text, places = "", []
    rest = level.text
    while rest:
        if rest[0] == "%" and rest[1:2].isdigit():
            text += chr(int(rest[1]) - 1)
            places.append(len(text))
            rest = rest[2:]
        else:
            text += rest[0]
            rest = rest[1:]
    return text, places


def chain(document: Document, id: str | None) -> list[Style]:
    """A style and its ancestors."""
    found = []
    while id:
        found.append(document.style(id))
        id = found[-1].based_on
    return found


def stated(document: Document, id: str | None, name: str):
    """What the nearest style says of a property."""
    values = (getattr(style, name) for style in chain(document, id))
    return next((value for value in values if value is not None), None)


def resolved(document: Document, run: Run, style: str | None) -> Run:
    """The run with every property that its styles give it."""
    def value(name: str):
        own = getattr(run, name)
        if own is None and run.style:
            own = stated(document, run.style, name)
        return stated(document, style or "Normal", name) if own is None else own

    return replace(run, bold=value("bold"), size=value("size"), hidden=value("hidden"))


def list_of(document: Document, paragraph: Paragraph) -> tuple[int, int] | None:
    """The list and level that number a paragraph, also by its style."""
    found = paragraph.list or stated(document, paragraph.style, "list")
    return found if found and found[0] else None
