"""The submissions that carry the ten items, as eight units would send them."""

import re
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from docx.oxml.ns import qn

sys.path.append(str(Path(__file__).resolve().parent.parent / "features"))

import doc
import printing
from model import (CONTINUOUS, DEFAULT, Document, Feature, Field, Level, ListDefinition, ListUse, Paragraph, Run,
                   Style)
from seed import Item
from word import PRINT_FONTS, Piece, Word, deleted, inserted

CONTACTS = [["姓名", "科室", "电话"],
            ["周晓敏", "组织联络科", "0512-12345611"],
            ["吴建国", "康复科", "0512-12345612"]]


def make(inbox: Path, items: dict[str, Item]) -> None:
    xuanchuanbu(inbox / "区委宣传部", items["xuanchuanbu"])
    chengguanwei(inbox / "区城管委", items["chengguanwei"])
    shujuju(inbox / "区数据局", items["shujuju"])
    canlian(inbox / "区残联", items["canlian"])
    two_items(inbox / "区市场监管局", items["jinchang"], items["huqiu"])
    jinchang(inbox / "金阊街道", items["jinchang"])
    briefs(inbox / "党政办信息科", [items["tongjiju"], items["minweiju"], items["shuangta"]])
    hangzhou(inbox / "区住建委", items["hangzhou"])


def xuanchuanbu(folder: Path, item: Item) -> None:
    """Automatic numbers 一是, 二是, 三是; a 落款 in place of a closing; a contact line."""
    word = Word(datetime(2025, 3, 24, 9, 12), "宣传部信息员", item.title)
    word.rule(word.header(Piece("苏州市姑苏区委宣传部信息专报", role="head", size=10.5)), "000000", size=6)
    word.page_number()
    word.title(item.title)
    number = word.numbering("%1是", "chineseCounting")
    for part in item.parts:
        heading, rest = re.fullmatch(r"[一二三]是(.*?。)(.*)", part).groups()
        word.paragraph(Piece(heading, role="kai", bold=True), rest, number=number)
    word.paragraph("中共苏州市姑苏区委宣传部", align="right", before=29)
    word.paragraph("2025年3月24日", align="right")
    word.paragraph("联系人：张三  联系电话：0512-12345678  审核：李四", align="left", before=29)
    save_older(word, folder / "健全应急体系推动实现舆情快报告早处置抓关键.doc")


def chengguanwei(folder: Path, item: Item) -> None:
    """Printed by LibreOffice: run-in title, one paragraph over a page end, quotes in a second face."""
    when = datetime(2025, 3, 20, 16, 40)
    word = Word(when, "姑苏区城管委办公室", item.title, PRINT_FONTS, margins=(45, 28, 43, 30))
    word.rule(word.header(Piece("姑苏城管信息　第15期", role="head", size=14, red=True)))
    word.page_number()
    quotes = [Piece(piece, latin=True) if piece in "“”" else piece
              for piece in re.split("([“”])", item.body) if piece]
    word.paragraph(Piece(f"{item.title}。", role="head", bold=True), *quotes)
    word.paragraph(item.closing, align="right")
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "page.docx"
        word.save(source)
        printing.libreoffice(source, folder / "打造最美四精街区.pdf", when)


def shujuju(folder: Path, item: Item) -> None:
    """One untidy paragraph with tracked changes, a comment and hidden text."""
    when, stamp = datetime(2025, 3, 21, 11, 5), "2025-03-21T11:02:00Z"
    word = Word(when, "数据局办公室", "政务信息")
    word.page_number(before="", after="", simple=True)
    text = item.title + "。" + item.body + item.closing
    for right, sent in [
        ("一是聚焦惠企利民，激发", "一是聚焦惠企利民,激发"),
        ("流程、提供定制化业务指导，全区", "流程、提供定制化业务指导, 全区"),
        ("“拿地即开工”", '"拿地即开工"'),
        ("备案235件、核发施工许可证104张", "备案 235 件、核发施工许可证 104 张"),
        ("梳理42项两级审批事项，实现", "梳理  42 项两级审批事项,实现"),
        ("二是强化体系建设，提升", "二是强化体系建设,提升"),
        ("设置7个服务专区、55个综窗", "设置 7 个服务专区、55个综窗"),
        ("整合270余个", "整合270 余个"),
        ("创新AI赋能", "创新 AI 赋能"),
        ("推动98.7%事项", "推动 98.7% 事项"),
        ("构建闭环服务机制。强化", "构建闭环服务机制。  强化"),
        ("三是深化监管改革，构建", "　三是深化监管改革,构建"),
        ("运用DeepSeek等AI技术", "运用 DeepSeek等 AI 技术"),
        ("评价数据8600条，助力", "评价数据 8600 条,助力"),
        ("（区数据局）", "(区数据局)　 "),
    ]:
        assert text.count(right) == 1, right
        text = text.replace(right, sent)

    def cut(at: str) -> str:
        nonlocal text
        head, text = text.split(at, 1)
        return head

    paragraph = word.paragraph("　　", indent=0)
    add = lambda *pieces: word.fill(paragraph, *pieces)
    add(Piece(cut("一是"), bold=True), "一是", cut("19.61"))
    add(deleted("19.16", "王审核", stamp, 901), inserted("19.61", "王审核", stamp, 902), cut("2.13"))
    add(inserted("2.13", "王审核", stamp, 903), deleted("2.31", "王审核", stamp, 904), cut("试点运行"))
    add(Piece("（以上数据为内部口径，暂勿对外）", hidden=True), "试点运行", cut("1.2万件"))
    commented = word.run(paragraph, "1.2万件")
    comment = word.doc.add_comment(commented, "此数请数据科再核。", author="王审核", initials="王")
    comment._comment_elm.set(qn("w:date"), stamp)
    add(deleted("和建议", "王审核", stamp, 905), text)
    word.save(folder / "关于优化政务服务的信息（改）.docx")


def canlian(folder: Path, item: Item) -> None:
    """The same submission twice: as Word file and printed from a browser."""
    word = Word(datetime(2025, 3, 19, 15, 30), "残联办公室", item.title)
    word.header(Piece("苏州市姑苏区残疾人联合会", role="body", size=10.5), align="right")
    word.page_number(before="第 ", after=" 页")
    word.title(item.title)
    for part in item.parts:
        word.paragraph(part)
    word.paragraph(item.closing, align="right", after=14)
    word.table(CONTACTS, [40, 60, 55])
    contact = "联系人：周晓敏；联系电话：0512-12345611；审核人：钱立"
    word.paragraph(contact, align="left", before=10)
    save_older(word, folder / "四项发力提高基层服务残疾人办事能力.doc")

    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in CONTACTS)
    points = "".join(f"<p>{part}</p>" for part in item.parts)
    printing.chromium(f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{item.title}</title><style>
@page {{ size: A4; margin: 30mm 26mm 28mm 28mm;
  @top-right {{ content: "苏州市姑苏区残疾人联合会"; font: 9pt "Noto Serif CJK SC"; }}
  @bottom-center {{ content: "第 " counter(page) " 页"; font: 10.5pt "Noto Serif CJK SC"; }} }}
body {{ font: 14pt/1.75 "Noto Serif CJK SC", serif; margin: 0; text-align: justify; }}
h1 {{ font-size: 20pt; line-height: 1.5; text-align: center; margin: 0 0 1em; }}
p {{ text-indent: 2em; margin: 0; }}
.closing {{ text-align: right; text-indent: 0; }}
table {{ border-collapse: collapse; margin: 1em auto; font-size: 12pt; }}
td {{ border: 1px solid #000; padding: 2px 24px; text-align: center; }}
</style></head><body><h1>{item.title}</h1>{points}<p class="closing">{item.closing}</p>
<table>{rows}</table><p style="text-indent:0">{contact}</p></body></html>""",
        folder / "四项发力提高基层服务残疾人办事能力.pdf", datetime(2025, 3, 19, 15, 34))


def two_items(folder: Path, first: Item, second: Item) -> None:
    """One file, two items of two subdistricts, titles bold on their own lines."""
    word = Word(datetime(2025, 3, 18, 10, 20), "市场监管局办公室", "石路虎丘信息两则")
    word.header(Piece("姑苏区市场监管局　信息报送", role="kai", size=10.5), align="left")
    word.page_number(even="left", align="right")
    word.paragraph(Piece(f"1. {first.title}。", role="head", bold=True), keep_next=True)
    word.paragraph(first.body + first.closing)
    word.paragraph(Piece(f"2. {second.title}", role="head", bold=True), before=29, keep_next=True)
    for part in second.parts[:-1]:
        word.paragraph(part)
    word.paragraph(second.parts[-1] + second.closing)
    save_older(word, folder / "石路虎丘信息两则.rtf")


def jinchang(folder: Path, item: Item) -> None:
    """Printed by Typst: larger type, over a page end in mid-sentence, page number in the footer."""
    body = printing.markup(item.body + item.closing)
    printing.typeset(f"""
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer: context align(center, text(14pt)[— #counter(page).display() —]))
#set text(font: "{printing.SERIF}", size: 18pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 1em)
#align(center, text(22pt, weight: "bold")[{printing.markup(item.title)}])
#v(1em)

{body}
""", folder / "金阊街道信息（3月18日）.pdf", datetime(2025, 3, 18, 14, 0), "金阊街道党政办")


def briefs(folder: Path, items: list[Item]) -> None:
    """Three 简讯 without titles under one heading, numbered automatically; the pieces of the text lie
    out of order in the file, as WPS Office leaves them."""
    numbered = [Paragraph((item.body + item.closing,), list=(1, 0)) for item in items]
    blocks = (Paragraph((Run("【简讯】", bold=True),), align="center"), *numbered)
    level = Level("decimal", "%1.")
    page_number = Paragraph(("— ", Field((" PAGE ",), ("1",)), " —"), align="center")
    document = Document(
        features=(Feature("briefs", blocks),), styles=(Style("Normal", "Normal", size=32),),
        definitions=(ListDefinition(0, (level,)),), uses=(ListUse(1, 0),),
        headers={}, footers={DEFAULT: (page_number,)}, last_section=CONTINUOUS, footnote_format="decimal",
        has_headings=False)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "简讯三则.wps").write_bytes(doc.write_wps(document))


def hangzhou(folder: Path, item: Item) -> None:
    """Printed by Typst: Latin face first, so that quotes, digits and dashes come from it."""
    lead, *points = item.parts
    paragraphs = "\n\n".join(map(printing.markup, [lead, *points]))
    printing.typeset(f"""
#set page(paper: "a4", margin: (top: 30mm, bottom: 30mm, left: 28mm, right: 26mm),
  header: context align(right, text(10.5pt)[姑苏区住建委　学习参考]),
  footer: context align(center, text(12pt)[#counter(page).display("1 / 1", both: true)]))
#set text(font: ("Libertinus Serif", "{printing.SERIF}"), size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 14.5pt, spacing: 14.5pt)
#align(center, text(22pt, weight: "bold")[{printing.markup(item.title)}])
#v(0.5em)

{paragraphs}

#align(right)[{item.closing}]
""", folder / "摘报-杭州市城市更新专项规划获批.pdf", datetime(2025, 3, 26, 8, 30), "区住建委办公室")


def save_older(word: Word, target: Path) -> None:
    """Saves as the office did before: in the format of the target's extension."""
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / f"{target.stem}.docx"
        word.save(source)
        printing.older(source, target, word.when)


# What the finished files must hold, white space left out: file -> items.
def expected(items: dict[str, Item]) -> dict[str, list[Item]]:
    pick = lambda *names: [items[name] for name in names]
    return {
        "区城管委/打造最美四精街区.pdf": pick("chengguanwei"),
        "区残联/四项发力提高基层服务残疾人办事能力.pdf": pick("canlian"),
        "金阊街道/金阊街道信息（3月18日）.pdf": pick("jinchang"),
        "区住建委/摘报-杭州市城市更新专项规划获批.pdf": pick("hangzhou"),
        "区委宣传部/健全应急体系推动实现舆情快报告早处置抓关键.doc": pick("xuanchuanbu"),
        "区数据局/关于优化政务服务的信息（改）.docx": pick("shujuju"),
        "区残联/四项发力提高基层服务残疾人办事能力.doc": pick("canlian"),
        "区市场监管局/石路虎丘信息两则.rtf": pick("jinchang", "huqiu"),
        "党政办信息科/简讯三则.wps": pick("tongjiju", "minweiju", "shuangta"),
    }
