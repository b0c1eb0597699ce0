"""The published issue as Word file, as print of it, and set independently by Typst."""

import tempfile
from datetime import datetime
from pathlib import Path

import printing
from seed import Item
from word import OFFICE_FONTS, PRINT_FONTS, Piece, Word

WHEN = datetime(2025, 3, 27, 8, 0)
NAME = "姑苏信息-2025-012"
LISTED = ("news", "digest")
PRINTED = ("news", "brief", "digest")


def make(folder: Path, issue: dict, items: dict[str, Item]) -> None:
    word_issue(issue, items, OFFICE_FONTS).save(folder / f"{NAME}.docx")
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "page.docx"
        word_issue(issue, items, PRINT_FONTS).save(source)
        printing.libreoffice(source, folder / f"{NAME}.pdf", WHEN)
    printing.typeset(typst_issue(issue, items), folder / f"{NAME}-typst.pdf", WHEN, issue["offices"][1])


def of(items: dict[str, Item], section: str) -> list[Item]:
    return [item for item in items.values() if item.section == section]


def own_line(item: Item) -> bool:
    """The two items whose closing the printed issue sets on a line of its own."""
    return item.id in ("xuanchuanbu", "chengguanwei")


def word_issue(issue: dict, items: dict[str, Item], fonts: dict[str, str]) -> Word:
    word = Word(WHEN, "信息科", f"{issue['name']}{issue['number']}", fonts)
    word.page_number(align="right", even="left")
    word.paragraph(Piece(issue["name"], role="title", size=54, red=True), align="center", line=72)
    word.paragraph(Piece(issue["edition"], role="kai", size=18), align="center")
    word.paragraph(f"{issue['number']} {issue['cumulative']}", align="center", before=14)
    for office in issue["offices"]:
        word.paragraph(office, align="left", indent=0)
    word.rule(word.paragraph(issue["date"], align="right", after=14))

    word.paragraph(Piece(issue["contents"], role="head"), align="left", indent=0)
    number = 0
    for section in LISTED:
        word.paragraph(Piece(issue["sections"][section], role="head"), align="left", indent=0)
        for item in of(items, section):
            number += 1
            word.paragraph(f"{number}. {item.title}", align="left", indent=0)

    bullet = word.numbering("•", "bullet", "space")
    for section in PRINTED:
        word.paragraph(Piece(issue["sections"][section], role="head"), align="center",
                       before=14, keep_next=True)
        for item in of(items, section):
            if section == "brief":
                word.paragraph(item.body + item.closing, number=bullet)
                continue
            title = Piece(f"{item.title}。", role="head", bold=True)
            if item.id == "jinchang":  # the one title that stands on its own line
                word.paragraph(title, keep_next=True)
                word.paragraph(item.body + item.closing)
            elif own_line(item):
                word.paragraph(title, item.body)
                word.paragraph(item.closing, align="right")
            else:
                word.paragraph(title, item.body + item.closing)

    first, *middle, last = issue["colophon"]
    word.rule(word.paragraph(Piece(first, size=14), align="left", indent=0, before=29), "000000", "top", 8)
    for line in middle:
        word.paragraph(Piece(line, size=14), align="left", indent=0)
    word.rule(word.paragraph(Piece(last, size=14), align="right"), "000000", "bottom", 8)
    return word


def typst_issue(issue: dict, items: dict[str, Item]) -> str:
    text = printing.markup
    lines = [f"""
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer: context align(if calc.odd(here().page()) {{ right }} else {{ left }},
    text(14pt)[— #counter(page).display() —]))
#set text(font: ("Libertinus Serif", "{printing.SERIF}"), size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 13pt, spacing: 13pt, first-line-indent: (amount: 2em, all: true))
#let plain(body) = par(first-line-indent: 0pt, body)
#align(center, text(54pt, fill: red, weight: "bold")[{text(issue['name'])}])
#align(center, text(18pt)[{text(issue['edition'])}])
#align(center)[{text(issue['number'])} {text(issue['cumulative'])}]
#v(1em)
"""]
    lines += [f"#plain[{text(office)}]" for office in issue["offices"]]
    lines.append(f"#align(right)[{issue['date']}]\n#line(length: 100%, stroke: 1.5pt + red)")
    lines.append(f"#plain[*{issue['contents']}*]")
    number = 0
    for section in LISTED:
        lines.append(f"#plain[*{issue['sections'][section]}*]")
        for item in of(items, section):
            number += 1
            lines.append(f"#plain[{number}\\. {text(item.title)}]")
    for section in PRINTED:
        lines.append(f"#v(0.5em)\n#align(center)[*{issue['sections'][section]}*]")
        for item in of(items, section):
            title = f"*{text(item.title)}。*" if item.title else "• "
            gap = "\n\n" if item.id == "jinchang" else ""
            closing = f"\n\n#align(right)[{item.closing}]" if own_line(item) else item.closing
            lines.append(title + gap + text(item.body) + closing)
    lines.append("#line(length: 100%, stroke: 1pt)")
    lines += [f"#plain(text(14pt)[{text(line)}])" for line in issue["colophon"]]
    lines.append("#line(length: 100%, stroke: 1pt)")
    return "\n\n".join(lines)
