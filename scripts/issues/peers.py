"""Renders an issue with docxtpl or python-docx: `peers.py TOOL BASE.docx [ISSUE.json OUT.docx]`.

BASE has the named styles, page and footers. With two more arguments the issue is written once; else each
line `MILLISECONDS COUNT ISSUE.json` is answered by `ok` and the nanoseconds of so many renderings.
"""

import copy
import io
import json
import sys
import time

import docx
import docxtpl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FRAME = {"w": "8844", "wrap": "around", "vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}


def main() -> None:
    tool, base = sys.argv[1:3]
    render = {"docxtpl": Template, "python-docx": Builder}[tool](base)
    if len(sys.argv) > 3:
        content = read(sys.argv[3])
        with open(sys.argv[4], "wb") as target:
            target.write(render(content))
        return
    for line in sys.stdin:
        _, count, path = line.strip().split(" ", 2)
        content = read(path)
        answer = ["ok"]
        for _ in range(int(count)):
            start = time.perf_counter_ns()
            render(content)
            answer.append(str(time.perf_counter_ns() - start))
        print(*answer, flush=True)


def read(path: str) -> dict:
    """The issue as its printed lines, in the form that a template wants."""
    with open(path) as file:
        issue = json.load(file)
    masthead, colophon = issue["masthead"], issue["colophon"]
    year, month, day = map(int, masthead["date"].split("-"))
    number = 0
    for section in issue["sections"]:
        for item in section["items"]:
            if not section["bulleted"]:
                number += 1
                item["number"] = number
    return {
        "name": masthead["name"],
        "edition": f"（{'·'.join(masthead['edition'])}）",
        "number": f"第{masthead['number']}期（{masthead['year']}年总{masthead['cumulative']}期）",
        "offices": masthead["offices"][:-1],
        "last_office": masthead["offices"][-1],
        "date": f"{year}年{month}月{day}日",
        "sections": issue["sections"],
        "last": number,
        "send": f"送：{'，'.join(colophon['send'])}",
        "distribute": f"发：{'，'.join(colophon['distribute'])}",
        "editors": f"责任编辑：{'、'.join(colophon['editors'])}",
        "registration": colophon["registration"],
    }


class Page:
    """A document that gets paragraphs of the base's styles, which are looked up once."""

    def __init__(self, source):
        self.document = docx.Document(source)
        self.styles = {style.style_id: style for style in self.document.styles}

    def add(self, style: str, *runs, framed: bool = False) -> None:
        paragraph = self.document.add_paragraph(style=self.styles[style])
        for run in runs:
            if isinstance(run, tuple):
                paragraph.add_run(run[0], style=self.styles[run[1]])
            else:
                paragraph.add_run(run)
        if framed:
            frame = OxmlElement("w:framePr")
            for name, value in FRAME.items():
                frame.set(qn(f"w:{name}"), value)
            paragraph._p.pPr.insert_element_before(frame, "w:widowControl")

    def bytes(self) -> bytes:
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()


def emptied(base: str) -> Page:
    """The base without its text: what an office would keep as its template."""
    page = Page(base)
    body = page.document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return page


def colophon(page: Page, send: str, distribute: str, editors: str, registration: str) -> None:
    lines = [
        ("ColophonOuterRule",), ("ColophonList", send), ("ColophonList", distribute), ("ColophonInnerRule",),
        ("ColophonEditors", editors), ("Colophon", registration), ("ColophonOuterRule",),
    ]
    for style, *runs in lines:
        page.add(style, *runs, framed=True)
    page.add("ColophonAnchor")


class Builder:
    """python-docx: paragraph by paragraph."""

    def __init__(self, base: str):
        self.base = emptied(base).bytes()

    def __call__(self, issue: dict) -> bytes:
        page = Page(io.BytesIO(self.base))
        page.add("MastheadName", issue["name"])
        page.add("MastheadEdition", issue["edition"])
        page.add("MastheadNumber", issue["number"])
        for office in issue["offices"]:
            page.add("MastheadOffice", office)
        page.add("MastheadDate", f"{issue['last_office']}\t{issue['date']}")
        page.add("ContentsLabel", "本期目录：")
        for section in issue["sections"]:
            if section["bulleted"]:
                continue
            page.add("ContentsSection", f"【{section['name']}】")
            for item in section["items"]:
                style = "ContentsLast" if item["number"] == issue["last"] else "ContentsEntry"
                page.add(style, f"{item['number']}. {item['title']}")
        for section in issue["sections"]:
            page.add("SectionHead", f"【{section['name']}】")
            for item in section["items"]:
                end = f"\t（{item['attribution']}）"
                if section["bulleted"]:
                    page.add("BriefItem", f"• {item['body']}", end)
                else:
                    page.add("ItemBody", (f"{item['title']}。", "ItemTitleRun"), item["body"], end)
        colophon(page, issue["send"], issue["distribute"], issue["editors"], issue["registration"])
        return page.bytes()


class Template:
    """docxtpl: a document with Jinja tags, read anew for every issue, for rendering changes it."""

    def __init__(self, base: str):
        page = emptied(base)
        page.add("MastheadName", "{{ name }}")
        page.add("MastheadEdition", "{{ edition }}")
        page.add("MastheadNumber", "{{ number }}")
        page.add("Normal", "{%p for office in offices %}")
        page.add("MastheadOffice", "{{ office }}")
        page.add("Normal", "{%p endfor %}")
        page.add("MastheadDate", "{{ last_office }}\t{{ date }}")
        page.add("ContentsLabel", "本期目录：")
        page.add("Normal", "{%p for section in sections if not section.bulleted %}")
        page.add("ContentsSection", "【{{ section.name }}】")
        page.add("Normal", "{%p for item in section['items'] %}")
        page.add("Normal", "{%p if item.number == last %}")
        page.add("ContentsLast", "{{ item.number }}. {{ item.title }}")
        page.add("Normal", "{%p else %}")
        page.add("ContentsEntry", "{{ item.number }}. {{ item.title }}")
        for end in ("endif", "endfor", "endfor"):
            page.add("Normal", f"{{%p {end} %}}")
        page.add("Normal", "{%p for section in sections %}")
        page.add("SectionHead", "【{{ section.name }}】")
        page.add("Normal", "{%p for item in section['items'] %}")
        page.add("Normal", "{%p if section.bulleted %}")
        page.add("BriefItem", "• {{ item.body }}", "\t（{{ item.attribution }}）")
        page.add("Normal", "{%p else %}")
        page.add("ItemBody", ("{{ item.title }}。", "ItemTitleRun"), "{{ item.body }}", "\t（{{ item.attribution }}）")
        for end in ("endif", "endfor", "endfor"):
            page.add("Normal", f"{{%p {end} %}}")
        colophon(page, "{{ send }}", "{{ distribute }}", "{{ editors }}", "{{ registration }}")
        self.template = page.bytes()

    def __call__(self, issue: dict) -> bytes:
        template = docxtpl.DocxTemplate(io.BytesIO(self.template))
        template.render(copy.copy(issue))
        target = io.BytesIO()
        template.save(target)
        return target.getvalue()


if __name__ == "__main__":
    main()
