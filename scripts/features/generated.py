"""Documents at random with revisions, hidden text, fields, numbers, notes, boxes and tables, in every format.

`scripts/features/generated.py FOLDER COUNT [SEED]` writes SEED-NUMBER.docx, .rtf, .doc, .wps and .json for
each document. The .json is what Word shows and what it does not show, by construction: the generator
keeps the account while it puts the document together, and counts the lists itself.
"""

import dataclasses
import json
import random
import sys
from pathlib import Path

import rows
from build import WRITERS
from model import (CONTINUOUS, DEFAULT, DELETED, HIDDEN, INSERTED, Cell, Document, Feature, Field, Level, ListDefinition, ListUse, Note,
                   Paragraph, Run, Special, Table, TableRow, TextBox)

SYLLABLES = "区街社政务数据服民生安全推进完成项目整治专班联动指标企业就业养老物业“”、·（）０１２3456789%"
DIGITS = "零一二三四五六七八九"
SIZE = 18  # of notes, half-points


def chinese(number: int) -> str:
    """A number below 100 as chineseCountingThousand writes it."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + ("" if ones == 0 and tens else DIGITS[ones])


class Counter:
    """The counting of a list with three levels, one document long."""

    FORMS = (lambda at: f"{chinese(at[0])}、", lambda at: f"（{chinese(at[1])}）", lambda at: f"{at[0]}.{at[1]}.{at[2]}")

    def __init__(self, start: int):
        self.starts = [start, 1, 1]
        self.at: list[int | None] = [None, None, None]

    def next(self, level: int) -> str:
        for above in range(level):
            if self.at[above] is None:
                self.at[above] = self.starts[above]
        self.at[level] = self.starts[level] if self.at[level] is None else self.at[level] + 1
        self.at[level + 1:] = [None] * (2 - level)
        return Counter.FORMS[level](self.at)


class Generator:
    def __init__(self, seed: int):
        self.dice = random.Random(seed)
        self.shown: list[str] = []
        self.dropped: dict[str, list[str]] = {}
        self.counters = [Counter(1), Counter(self.dice.randint(2, 40))]
        self.markers: list[str] = []
        self.notes = 0
        self.number = 0

    def text(self) -> str:
        """Text that is nowhere else in the document."""
        self.number += 1
        return f"甲{self.number}" + "".join(self.dice.choice(SYLLABLES) for _ in range(self.dice.randint(1, 12)))

    def drop(self, reason: str, text: str) -> None:
        self.dropped.setdefault(reason, []).append(text)

    # --- pieces: what is written, and what of it is shown -------------------

    def pieces(self, in_cell: bool = False) -> tuple[list, str, list[str]]:
        """Pieces, their text on the page, and the lines that follow the paragraph."""
        first = self.text()
        pieces, shown, after = [first], first, []
        kinds = [self.plain, self.inserted, self.deleted, self.hidden, self.field, self.special]
        for _ in range(self.dice.randint(0, 5)):
            piece, text = self.dice.choice(kinds)()
            pieces.append(piece)
            shown += text
        if not in_cell and self.dice.random() < 0.15:
            text = self.text()
            pieces.append(Note("footnote", text))
            self.notes += 1
            mark = chr(0x2460 + self.notes - 1)
            shown += mark
            after.append(f"[{mark}] {text} {{{SIZE}}}")
        if not in_cell and self.dice.random() < 0.1:
            text = self.text()
            pieces.append(TextBox((Paragraph((text,)),)))
            after.append(text)
        return pieces, shown, after

    def plain(self):
        text = self.text()
        return Run(text, bold=self.dice.choice([None, True])), text

    def inserted(self):
        text = self.text()
        return Run(text, revision=INSERTED), text

    def deleted(self):
        text = self.text()
        self.drop("deleted", text)
        return Run(text, revision=DELETED), ""

    def hidden(self):
        text = self.text()
        self.drop("hidden", text)
        return Run(text, hidden=True), ""

    def field(self):
        code, result = f" TITLE {self.text()} ", self.text()
        self.drop("field-code", code.strip())
        return Field((code,), (result,)), result

    def special(self):
        kind, sign = self.dice.choice([("tab", "⇥"), ("line-break", "⏎"), ("soft-hyphen", ""), ("no-break-hyphen", "\u2011")])
        return Special(kind), sign

    # --- blocks -------------------------------------------------------------

    def paragraph(self):
        pieces, shown, after = self.pieces()
        align = self.dice.choice([None, None, None, "center", "right"])
        use = self.dice.choice([None, None, 0, 1])
        level = self.dice.randint(0, 2)
        marker = "" if use is None else f"[{self.counters[use].next(level)}] "
        self.markers += [marker] if marker else []
        self.shown += [{None: "", "center": "= ", "right": "> "}[align] + marker + shown, *after]
        return [Paragraph(tuple(pieces), align=align, list=None if use is None else (use + 1, level))]

    def joined(self):
        """Two paragraphs of which a revision or hiding made one."""
        first, shown, after = self.pieces()
        second, more, then = self.pieces()
        self.shown += [shown + more, *after, *then]
        return [Paragraph(tuple(first), mark=self.dice.choice([DELETED, HIDDEN])), Paragraph(tuple(second))]

    def table(self):
        columns = self.dice.randint(2, 4)
        table_rows = []
        for number in range(self.dice.randint(1, 4)):
            is_deleted = number > 0 and self.dice.random() < 0.15
            # Formats without a grid know a column only by an edge of some row: the first has them all.
            table_rows.append(self.deleted_row(columns) if is_deleted else self.row(columns, spans=number > 0))
        return [Table(tuple(table_rows), columns)]

    def row(self, columns: int, spans: bool) -> TableRow:
        cells, texts, left = [], [], columns
        while left:
            span = self.dice.randint(1, left) if spans and self.dice.random() < 0.3 else 1
            lines = [self.pieces(in_cell=True) for _ in range(self.dice.randint(1, 2))]
            cells.append(Cell(tuple(Paragraph(tuple(pieces)) for pieces, _, _ in lines), span))
            texts += ["⏎".join(shown for _, shown, _ in lines), *[""] * (span - 1)]
            left -= span
        self.shown.append(("| " + " | ".join(texts)).rstrip())
        return TableRow(tuple(cells))

    def deleted_row(self, columns: int) -> TableRow:
        cells = []
        for _ in range(columns):
            text = self.text()
            self.drop("deleted", text)
            cells.append(Cell((Paragraph((Run(text, revision=DELETED),)),)))
        return TableRow(tuple(cells), deleted=True)

    def document(self) -> Document:
        blocks = []
        for _ in range(self.dice.randint(2, 10)):
            blocks += self.dice.choice([self.paragraph, self.paragraph, self.paragraph, self.joined, self.table])()
            # Two tables in a row would be one.
            if isinstance(blocks[-1], Table):
                blocks += self.paragraph()
        levels = [Level("chineseCountingThousand", "%1、"), Level("chineseCountingThousand", "（%2）"), Level("decimal", "%1.%2.%3")]
        # The third level counts the Chinese levels above it in Arabic digits.
        levels[2] = dataclasses.replace(levels[2], legal=True)
        first = [dataclasses.replace(levels[0], start=counter.starts[0]) for counter in self.counters]
        definitions = tuple(ListDefinition(id, (level, *levels[1:])) for id, level in enumerate(first))
        uses = (ListUse(1, 0), ListUse(2, 1))
        # What RTF keeps of each number is taken from the shown lines.
        feature = Feature("generated", tuple(blocks), shown=tuple(self.markers))
        return Document((feature,), rows.STYLES, definitions, uses, headers={DEFAULT: (Paragraph(("页眉",)),)}, footers={DEFAULT: (Paragraph(("页脚",)),)},
                        last_section=CONTINUOUS, footnote_format="decimalEnclosedCircle")


def write(folder: Path, seed: int) -> None:
    generator = Generator(seed)
    document = generator.document()
    for name, writer in WRITERS.items():
        (folder / f"{seed}.{name}").write_bytes(writer(document))
    expected = {"shown": generator.shown, "dropped": generator.dropped}
    (folder / f"{seed}.json").write_text(json.dumps(expected, ensure_ascii=False))


if __name__ == "__main__":
    target, count, first_seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0
    for seed in range(first_seed, first_seed + count):
        write(target, seed)
