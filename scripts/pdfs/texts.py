"""The texts that every producer prints, made of the seed's items, and what a reader must give of them."""

import random
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "samples"))

import seed

NUMERALS = "一二三四五六七八九十"
# The seed's briefs have no title.
TITLES = {
    "tongjiju": "全区1-2月消费品零售总额实现稳步增长",
    "minweiju": "我区入选全省健康县区健康细胞建设典型案例",
    "shuangta": "十全街片区综合更新提升项目入选典型案例集",
}
LONG = "不断增强人民群众的获得感、幸福感、安全感"
CONTACTS = [["姓名", "科室", "电话"],
            ["周晓敏", "组织联络科", "0512-12345611"],
            ["吴建国", "康复科", "0512-12345612"]]
FIGURES = [["指标", "一季度", "二季度", "同比"],
           ["营业额（亿元）", "152.84", "163.07", "3.8%"],
           ["新登记市场主体（户）", "1024", "986", "-3.7%"],
           ["网上可办事项占比", "98.7%", "99.1%", "0.4%"]]
DIGITS = ("全年完成投资1,286.5万元，其中设备购置占38.2%、不良率降至0.6‰；改造管网12.5公里、楼面3.6万平方米，"
          "夏季室温控制在26℃以下，3#楼、4-6#楼已于2024年12月31日18:30前完工，投诉量同比下降12.3个百分点。")
QUOTES = ("坚持“听民声、解民忧、暖民心”，有居民说：“过去常讲‘办事难’，如今是‘马上办’。”"
          "《姑苏区“十五五”规划〈征求意见稿〉》提出“一核、两翼、多点”布局（详见附件），【专班】按“周调度——月通报”推进…")
LATIN = ("推广DeepSeek R1、Qwen等大模型在12345热线的应用，建成AI+政务平台1个，接入API接口36个；"
         "创建国家5A级景区1家、4A级景区3家，引进IC设计、VR体验等项目9个，APP日均访问量（PV）达2.3万次。")
EXTRAS = {"digits": DIGITS, "quotes": QUOTES, "latin": LATIN}


@dataclass(frozen=True)
class Layout:
    size: float = 16
    margins: tuple[float, float, float, float] = (37, 26, 35, 28)  # mm: top, right, bottom, left
    justify: bool = True
    blanks: bool = False  # paragraphs begin with two full-width blanks in place of an indent
    latin_first: bool = False  # a Latin face gives digits and quotation marks
    header: str = ""
    footer: str = "— {} —"  # `{}` is the page's number; empty: no footer
    vertical: bool = False


@dataclass(frozen=True)
class Text:
    number: int
    title: str
    paragraphs: tuple[str, ...]
    attribution: str
    run_in: bool = False  # the title is the first sentence of the first paragraph
    closing: str = "right"  # own line at the right margin, or `inline`: at the end of the last paragraph
    table: tuple[tuple[str, ...], ...] = ()  # after the text
    layout: Layout = Layout()

    @property
    def name(self) -> str:
        return f"{self.number:02}"

    @property
    def body(self) -> list[str]:
        """The paragraphs as printed, with a run-in title and an inline closing."""
        body = list(self.paragraphs)
        if self.run_in:
            body[0] = f"{self.title}。{body[0]}"
        if self.closing == "inline":
            body[-1] += f"（{self.attribution}）"
        return body

    @property
    def printed(self) -> list[str]:
        """`body` with the full-width blanks before each paragraph, where they make the indent."""
        return ["　　" + part for part in self.body] if self.layout.blanks else self.body

    @property
    def truth(self) -> dict:
        lines = [] if self.run_in else [self.title]
        lines += self.body
        if self.closing == "right":
            lines.append(f"（{self.attribution}）")
        lines += [" ".join(row) for row in self.table]
        item = {"title": self.title, "paragraphs": list(self.paragraphs), "attribution": self.attribution}
        furniture = [text.replace("{}", "1") for text in (self.layout.header, self.layout.footer) if text]
        return {"paragraphs": lines, "items": [item], "furniture": furniture}


LAYOUTS = [
    Layout(),
    Layout(size=14, margins=(30, 26, 28, 28), header="苏州市姑苏区信息专报", footer="{}"),
    Layout(blanks=True, justify=False),
    Layout(size=15, footer="第 {} 页", latin_first=True),
    Layout(size=12, margins=(25, 32, 25, 32), justify=False, header="姑苏信息　第15期", footer="- {} -"),
    Layout(size=18, blanks=True, latin_first=True, footer=""),
]


def texts() -> list[Text]:
    """At least sixty, the same each time."""
    _, items = seed.load()
    items = {name: replace(item, title=item.title or TITLES[name]) for name, item in items.items()}
    made: list[Text] = []

    def add(item: seed.Item, paragraphs: list[str], **more) -> None:
        number = len(made) + 1
        layout = LAYOUTS[number % len(LAYOUTS)]
        made.append(Text(number, more.pop("title", item.title), tuple(paragraphs), item.attribution,
                         layout=layout, **more))

    for item in items.values():
        add(item, item.parts)
        add(item, [item.body], run_in=True, closing="inline")
        add(item, [item.body], closing="inline")
    for at, item in enumerate(items.values()):
        add(item, item.parts, title=item.title + LONG, closing="inline" if at % 2 else "right")
    for at, item in enumerate(items.values()):
        add(item, item.parts, table=tuple(map(tuple, [CONTACTS, FIGURES][at % 2])))
    for at, item in enumerate(items.values()):
        names = list(EXTRAS)[at % 3:] + list(EXTRAS)[:at % 3]
        add(item, [item.parts[0], *(EXTRAS[name] for name in names[:2])], run_in=at % 2 == 1)
    pointed = [item for item in items.values() if len(item.parts) >= 3]
    for at, item in enumerate(pointed):
        add(item, long_body([item, *pointed[at + 1:], *pointed[:at]][:3]), closing="inline" if at % 2 else "right")
    return made


def long_body(items: list[seed.Item]) -> list[str]:
    """The points of several items under one count: more than a page."""
    points = [part[2:] for item in items for part in item.parts if part[1] == "是"]
    return [f"{NUMERALS[at]}是{point}" for at, point in enumerate(points[:10])]


HEADERS = ["", "", "内部资料　注意保存", "{}工作简报", "情况反映（第12期）"]
FOOTERS = ["", "{}", "— {} —", "- {} -", "第 {} 页", "第{}页"]
UNITS = ["区科技局", "平江街道办事处", "市发展改革委", "区政务办", "综合来稿"]


def held_out(folder: Path, count: int) -> list[Text]:
    """Texts of the lines of other files, one a paragraph, in layouts at random, the same each time."""
    chance = random.Random(count)
    files = sorted(folder.rglob("*.txt"))
    lines = [line.strip() for file in files for line in file.read_text("utf-8").splitlines()]
    titles = [line[2:] for line in lines if re.fullmatch(r"[一二三四五六七八九十]、[^。；：\s]{7,40}", line)]
    # Lines that end otherwise are pieces. The hand-made files do not break what is longer than a line.
    whole = [line for line in lines if 60 <= len(line) <= 700 and line.endswith("。")]
    paragraphs = [line for line in whole if not re.search(r"[!-~]{25}", line)]
    made = []
    for number in range(1, count + 1):
        margins = tuple(chance.randrange(25, 40) for _ in range(4))
        unit = chance.choice(UNITS)
        layout = Layout(chance.choice([12, 14, 15, 16, 16, 18]), margins, chance.random() < 0.7,
                        chance.random() < 0.3, chance.random() < 0.3, chance.choice(HEADERS).format(unit),
                        chance.choice(FOOTERS))
        body = tuple(chance.sample(paragraphs, chance.randrange(2, 9)))
        table = chance.choice([(), (), tuple(map(tuple, CONTACTS)), tuple(map(tuple, FIGURES))])
        made.append(Text(number, chance.choice(titles), body, unit, chance.random() < 0.3,
                         chance.choice(["right", "inline"]), table, layout))
    return made


def vertical(texts: list[Text]) -> list[Text]:
    """Some of the texts set in columns from right to left; Latin and tables stand in few such pages."""
    chosen = [text for text in texts if not text.table][::5]
    return [replace(text, layout=replace(text.layout, vertical=True, latin_first=False, header="", footer=""))
            for text in chosen]
