"""The description: every feature, how it is built, and what Word shows of it.

The expectations are written by hand from what Word prints, never taken from a reader's output.
Notation of a line: `#1 ` heading of level 1, `* ` all bold, `= ` centred, `> ` right, `[一、] ` the
automatic number, then the text with ⇥ for a tab and ⏎ for a line break, and ` {44}` for a size in
half-points other than 32. `| a | b` is a table's row, `----` a page break, `<picture …>` a picture.
"""

import hashlib
import struct
import zlib

from model import (CONTINUOUS, DELETED, HIDDEN, INSERTED, MOVED_FROM, MOVED_TO, NEXT_PAGE, BlockControl, Cell, Comment, Control,
                   Document, Feature, Field, FieldEnd, FieldStart, Level, Link, ListDefinition, ListUse, Note, Paragraph, Picture, Ruby, Run,
                   Special, Style, Symbol, Table, TableRow, TextBox, WordArt)

TAB, LINE_BREAK, PAGE_BREAK = Special("tab"), Special("line-break"), Special("page-break")
SOFT_HYPHEN, NO_BREAK_HYPHEN = Special("soft-hyphen"), Special("no-break-hyphen")


def p(*pieces, **more) -> Paragraph:
    return Paragraph(pieces, **more)


def field(code: str, result: str | None = None, **more) -> Field:
    return Field((code,), None if result is None else (result,), **more)


def table(*rows, columns: int) -> Table:
    """Rows of cells; a plain string is a cell of one paragraph."""
    def cell(content) -> Cell:
        return Cell((p(content),)) if isinstance(content, str) else content

    def row(content) -> TableRow:
        return content if isinstance(content, TableRow) else TableRow(tuple(map(cell, content)))

    return Table(tuple(map(row, rows)), columns)


def png() -> bytes:
    """A red square of 4 × 4 pixels, stored without compression so that no zlib changes it."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    pixels = (b"\0" + b"\xff\0\0" * 4) * 4
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels, 0)) + chunk(b"IEND", b"")


PICTURE = png()
PICTURE_LINE = f"<picture {len(PICTURE)} {hashlib.sha256(PICTURE).hexdigest()[:16]}>"


def symbol_field(code: int) -> str:
    return f'SYMBOL {code} \\f "Wingdings" \\s 16'


# --- automatic numbers -----------------------------------------------------

class Lists:
    """Definitions and uses, numbered as they are asked for."""

    def __init__(self):
        self.definitions: list[ListDefinition] = []
        self.uses: list[ListUse] = []

    def define(self, *levels: Level) -> int:
        self.definitions.append(ListDefinition(len(self.definitions), levels))
        return len(self.definitions) - 1

    def use(self, definition: int, **starts) -> int:
        """`level0=1` begins the first level with 1."""
        starts = {int(name.removeprefix("level")): start for name, start in starts.items()}
        self.uses.append(ListUse(len(self.uses) + 1, definition, starts))
        return len(self.uses)

    def new(self, *levels: Level) -> int:
        return self.use(self.define(*levels))


def items(use: int, *texts: str, level: int = 0) -> tuple:
    return tuple(p(text, list=(use, level)) for text in texts)


def simple_numbers(lists: Lists) -> list[Feature]:
    """Three items of each number format, over a place where the format changes its form."""
    rows = [
        ("number-decimal", "decimal", "%1.", 9, ("9.", "10.", "11.")),
        ("number-decimal-zero", "decimalZero", "%1.", 9, ("09.", "10.", "11.")),
        ("number-chinese-counting", "chineseCounting", "%1、", 9, ("九、", "十、", "十一、")),
        ("number-chinese-counting-thousand", "chineseCountingThousand", "（%1）", 19, ("（十九）", "（二十）", "（二十一）")),
        ("number-over-hundred", "chineseCountingThousand", "第%1条", 109, ("第一百零九条", "第一百一十条", "第一百一十一条")),
        ("number-chinese-legal-simplified", "chineseLegalSimplified", "%1、", 9, ("玖、", "壹拾、", "壹拾壹、")),
        ("number-ideograph-digital", "ideographDigital", "%1、", 9, ("九、", "一〇、", "一一、")),
        # After 癸 Word goes on in Arabic digits (ECMA-376 §17.18.59).
        ("number-ideograph-traditional", "ideographTraditional", "%1、", 9, ("壬、", "癸、", "11、")),
        ("number-decimal-enclosed-circle", "decimalEnclosedCircle", "%1", 9, ("⑨", "⑩", "⑪")),
        ("number-japanese-counting", "japaneseCounting", "%1、", 9, ("九、", "十、", "十一、")),
        ("number-decimal-full-width", "decimalFullWidth", "%1．", 9, ("９．", "１０．", "１１．")),
        ("number-upper-letter", "upperLetter", "%1.", 25, ("Y.", "Z.", "AA.")),
        ("number-lower-letter", "lowerLetter", "%1)", 25, ("y)", "z)", "aa)")),
        ("number-upper-roman", "upperRoman", "%1.", 3, ("III.", "IV.", "V.")),
        ("number-lower-roman", "lowerRoman", "%1.", 8, ("viii.", "ix.", "x.")),
    ]
    features = []
    for name, form, text, start, numbers in rows:
        use = lists.new(Level(form, text, start))
        shown = tuple(f"[{number}] 第{at}项" for number, at in zip(numbers, "甲乙丙"))
        features.append(Feature(name, items(use, "第甲项", "第乙项", "第丙项"), shown))
    bullets = lists.new(Level("bullet", "\uf0b7", font="Symbol"))
    arrows = lists.new(Level("bullet", "\uf0d8", font="Wingdings"))
    features.append(Feature("number-bullet", items(bullets, "要点甲", "要点乙"), ("[•] 要点甲", "[•] 要点乙")))
    features.append(Feature("number-bullet-wingdings", items(arrows, "要点丙"), ("[➢] 要点丙",)))
    return features


def counted_numbers(lists: Lists) -> list[Feature]:
    """How levels count with each other."""
    multi = lists.new(Level("decimal", "%1."), Level("decimal", "%1.%2."), Level("decimal", "%1.%2.%3"))
    restart = lists.new(Level("chineseCountingThousand", "%1、"), Level("chineseCountingThousand", "（%2）"))
    never = lists.new(Level("chineseCountingThousand", "%1、"), Level("decimal", "%2.", restart=0))
    after_first = lists.new(Level("decimal", "%1."), Level("lowerLetter", "%2)"), Level("lowerRoman", "%3.", restart=1))
    started = lists.define(Level("chineseCountingThousand", "%1、"))
    first, again = lists.use(started), lists.use(started, level0=1)
    shared = lists.define(Level("decimal", "%1)"))
    one, other = lists.use(shared), lists.use(shared)
    legal = lists.new(Level("chineseCountingThousand", "第%1章"), Level("decimal", "%1.%2", legal=True))
    deeper = lists.new(Level("decimal", "%1."), Level("decimal", "%1.%2."))

    def mixed(use: int, *levels: int) -> tuple:
        return tuple(p(f"第{at}款", list=(use, level)) for at, level in enumerate(levels, 1))

    def numbered(*numbers: str) -> tuple:
        return tuple(f"[{number}] 第{at}款" for at, number in enumerate(numbers, 1))

    return [
        Feature("number-multi-level", mixed(multi, 0, 1, 2, 2, 1, 2),
                numbered("1.", "1.1.", "1.1.1", "1.1.2", "1.2.", "1.2.1")),
        Feature("number-restart-at-higher-level", mixed(restart, 0, 1, 1, 0, 1),
                numbered("一、", "（一）", "（二）", "二、", "（一）")),
        Feature("number-never-restarts", mixed(never, 0, 1, 1, 0, 1), numbered("一、", "1.", "2.", "二、", "3.")),
        # w:lvlRestart=1: only a number of the first level begins the third one anew.
        Feature("number-restart-after-first-level", mixed(after_first, 0, 1, 2, 1, 2, 0, 1, 2),
                numbered("1.", "a)", "i.", "b)", "ii.", "2.", "a)", "i."),
                lost_in={"rtf": {"why": "the format only knows whether a level restarts, not after which one",
                                 "shown": numbered("1.", "a)", "i.", "b)", "i.", "2.", "a)", "i."),
                                 # The number that the writer had counted is in the file, too.
                                 "dropped": [("duplicate-fallback", "ii.")]}}),
        Feature("number-start-override", (*items(first, "前一", "前二"), *items(again, "后一", "后二")),
                ("[一、] 前一", "[二、] 前二", "[一、] 后一", "[二、] 后二")),
        # Two uses of one definition count together.
        Feature("number-shared-definition", (*items(one, "前一", "前二"), *items(other, "后三")),
                ("[1)] 前一", "[2)] 前二", "[3)] 后三")),
        Feature("number-is-legal", mixed(legal, 0, 1, 0, 1, 1), numbered("第一章", "1.1", "第二章", "2.1", "2.2")),
        Feature("number-deeper-level-first", mixed(deeper, 1, 0), numbered("1.1.", "2.")),
        Feature("number-interrupted", (*mixed(deeper, 0), p("中间一段没有编号。"), *mixed(deeper, 0)),
                ("[3.] 第1款", "中间一段没有编号。", "[4.] 第1款")),
    ]


def styled_numbers(style_list: int) -> list[Feature]:
    return [
        Feature("number-by-style", (p("样式带出编号", style="ListStyle"), p("派生样式也带编号", style="ListChild")),
                ("[第一条] 样式带出编号", "[第二条] 派生样式也带编号")),
        Feature("number-taken-from-style", (p("去掉了编号", style="ListStyle", list=(0, 0)), p("接着编号", style="ListStyle")),
                ("去掉了编号", "[第三条] 接着编号")),
    ]


# --- revisions and hidden text ---------------------------------------------

NO_MOVES = {"why": "the format has no moves: what was moved is deleted here and inserted there"}


def revisions() -> list[Feature]:
    moved = "这一句移到后面。"
    gone = (Cell((p(Run("删去的行", revision=DELETED)),)), Cell((p(Run("也删去", revision=DELETED)),)))
    return [
        Feature("revision-inserted", (p("全年", Run("新增", revision=INSERTED), "三个项目。"),), ("全年新增三个项目。",)),
        Feature("revision-deleted", (p("全年", Run("约计", revision=DELETED), "完成三个项目。"),),
                ("全年完成三个项目。",), (("deleted", "约计"),)),
        Feature("revision-deleted-twice",
                (p("先", Run("删一处", revision=DELETED), "再", Run("删两处", revision=DELETED), "后。"),),
                ("先再后。",), (("deleted", "删一处"), ("deleted", "删两处"))),
        Feature("revision-moved",
                (p("甲处", Run(moved, revision=MOVED_FROM), "留下。"), p("乙处", Run(moved, revision=MOVED_TO), "接上。")),
                ("甲处留下。", f"乙处{moved}接上。"), (("moved", moved),),
                lost_in={name: NO_MOVES | {"dropped": [("deleted", moved)]} for name in ("doc", "wps")}),
        Feature("revision-deleted-mark", (p("前半段", mark=DELETED), p("与后半段合为一段。", align="center")),
                ("= 前半段与后半段合为一段。",)),
        Feature("revision-deleted-paragraph", (p(Run("整段不要了。", revision=DELETED), mark=DELETED), p("下一段还在。")),
                ("下一段还在。",), (("deleted", "整段不要了。"),)),
        Feature("revision-deleted-paragraphs",
                (p(Run("第一段删去。", revision=DELETED), mark=DELETED), p(Run("第二段删去。", revision=DELETED), mark=DELETED),
                 p("第三段留下。")),
                ("第三段留下。",), (("deleted", "第一段删去。"), ("deleted", "第二段删去。"))),
        Feature("revision-inserted-mark", (p("新分出的一段", mark=INSERTED), p("原来的后一段")), ("新分出的一段", "原来的后一段")),
        Feature("revision-deleted-field",
                (p("截至", field(" TIME ", "18时", revision=DELETED), "本月底。"),), ("截至本月底。",), (("deleted", "TIME 18时"),)),
        Feature("revision-deleted-row", (table(("留下的行", "数一"), TableRow(gone, deleted=True), ("末行", "数二"), columns=2),),
                ("| 留下的行 | 数一", "| 末行 | 数二"), (("deleted", "删去的行"), ("deleted", "也删去"))),
    ]


def hidden_text() -> list[Feature]:
    return [
        Feature("hidden-direct", (p("看得见", Run("看不见", hidden=True), "的字。"),), ("看得见的字。",), (("hidden", "看不见"),)),
        Feature("hidden-by-character-style",
                (p("样式", Run("藏住的字", style="Concealed"), "生效，", Run("又放开的", style="Concealed", hidden=False), "也对。"),),
                ("样式生效，又放开的也对。",), (("hidden", "藏住的字"),)),
        Feature("hidden-by-paragraph-style", (p("整段按样式隐藏。", style="Secret", mark=HIDDEN), p("后一段照常。")),
                ("后一段照常。",), (("hidden", "整段按样式隐藏。"),)),
        Feature("hidden-mark", (p("标记隐藏的段", mark=HIDDEN), p("接着排印。")), ("标记隐藏的段接着排印。",)),
    ]


# --- fields ----------------------------------------------------------------

def fields() -> list[Feature]:
    nested = Field((" IF ", field(' DATE \\@ "yyyy" ', "2024"), ' = "2024" "本年" "往年" '), ("本年",))
    return [
        Feature("field-page", (p("见第", field(" PAGE \\* Arabic ", "7"), "页。"),), ("见第7页。",), (("field-code", "PAGE \\* Arabic"),)),
        Feature("field-date-cached", (p("印发日期：", field(' DATE \\@ "yyyy年M月d日" ', "2019年3月5日"), "。"),),
                ("印发日期：2019年3月5日。",), (("field-code", 'DATE \\@ "yyyy年M月d日"'),)),
        Feature("field-nested", (p("属于", nested, "。"),), ("属于本年。",),
                (("field-code", 'IF  DATE \\@ "yyyy" 2024 = "2024" "本年" "往年"'),)),
        Feature("field-simple", (p("作者", field(" AUTHOR ", "张三", simple=True), "。"),), ("作者张三。",), (("field-code", "AUTHOR"),)),
        Feature("field-hyperlink", (p("见", field(' HYPERLINK "http://www.example.gov.cn/" ', "区政府网站"), "。"),),
                ("见区政府网站。",), (("field-code", 'HYPERLINK "http://www.example.gov.cn/"'),)),
        Feature("field-across-paragraphs", (p(FieldStart(' TOC \\o "1-3" '), "目录第一行"), p("目录第二行", FieldEnd()), p("目录之后")),
                ("目录第一行", "目录第二行", "目录之后"), (("field-code", 'TOC \\o "1-3"'),)),
        Feature("link", (p("见", Link("http://www.example.gov.cn/tz", "通知原文"), "。"),), ("见通知原文。",),
                lost_in={name: {"why": "the format has links as fields",
                                "dropped": [("field-code", 'HYPERLINK "http://www.example.gov.cn/tz"')]}
                         for name in ("rtf", "doc", "wps")}),
        Feature("field-code-not-shown", (p("没有结果的域", field(" ADVANCE \\d 4 "), "不占位置。"),), ("没有结果的域不占位置。",),
                (("field-code", "ADVANCE \\d 4"),)),
        Feature("field-across-formats", (p(Field((" TITLE ",), ("加", Run("粗", bold=True), "结果")), "。"),), ("加粗结果。",),
                (("field-code", "TITLE"),)),
    ]


# --- boxes, controls, notes ------------------------------------------------

def boxes_and_notes() -> list[Feature]:
    return [
        Feature("text-box", (p("框外的文字。", TextBox((p("框内第一段。"), p("框内第二段。")))),),
                ("框外的文字。", "框内第一段。", "框内第二段。"), (("duplicate-fallback", "框内第一段。⏎框内第二段。"),),
                lost_in={name: {"why": "the format has the text box once, without a copy for old programs", "dropped": []}
                         for name in ("doc", "wps")}),
        Feature("text-box-before-text", (p(TextBox((p("锚在段首的框。"),)), "框所在的段。"),), ("框所在的段。", "锚在段首的框。"),
                (("duplicate-fallback", "锚在段首的框。"),),
                lost_in={name: {"why": "the format has the text box once, without a copy for old programs", "dropped": []}
                         for name in ("doc", "wps")}),
        Feature("content-control-inline", (p("单位：", Control("单位", ("城管局",)), "。"),), ("单位：城管局。",)),
        Feature("content-control-block", (BlockControl("正文", (p("控件里的一段。"), p("控件里又一段。"))),),
                ("控件里的一段。", "控件里又一段。")),
        # The mark is raised, or in brackets where it would run into the text; the note follows its paragraph.
        Feature("footnote", (p("有脚注的字", Note("footnote", "脚注的内容。"), "在此。"),), ("有脚注的字①在此。", "[①] 脚注的内容。 {18}")),
        Feature("footnote-counted", (p("又一个脚注", Note("footnote", "第二个脚注。"), "，再一个", Note("footnote", "第三个脚注。"), "。"),),
                ("又一个脚注②，再一个③。", "[②] 第二个脚注。 {18}", "[③] 第三个脚注。 {18}")),
        Feature("footnote-of-two-paragraphs", (p("两段的脚注", Note("footnote", "注的第一段。\n注的第二段。"), "。"),),
                ("两段的脚注④。", "[④] 注的第一段。 {18}", "注的第二段。 {18}")),
        Feature("footnote-own-mark", (p("自选标记", Note("footnote", "自选标记的脚注。", mark="※"), "的字。"),),
                ("自选标记※的字。", "※ 自选标记的脚注。 {18}")),
        Feature("endnote", (p("有尾注的字", Note("endnote", "尾注的内容。"), "在此。"),), ("有尾注的字[i]在此。", "[[i]] 尾注的内容。 {18}")),
        Feature("comment", (p("有", Comment("批注", "请核对数字。"), "的字。"),), ("有批注的字。",), (("comment", "请核对数字。"),)),
        Feature("comment-of-two-paragraphs", (p("再", Comment("批注", "第一条意见。\n第二条意见。"), "一处。"),), ("再批注一处。",),
                (("comment", "第一条意见。⏎第二条意见。"),)),
    ]


# --- tables ----------------------------------------------------------------

def tables() -> list[Feature]:
    def text(*lines: str, **more) -> Cell:
        return Cell(tuple(map(p, lines)), **more)

    inner = table(("里甲", "里乙"), ("里丙", "里丁"), columns=2)
    return [
        Feature("table-plain", (table(("街道", "件数"), ("平江", "12"), columns=2),), ("| 街道 | 件数", "| 平江 | 12")),
        Feature("table-grid-span", (table((text("横跨两列", span=2), "右"), ("左", "中", "末"), columns=3),),
                ("| 横跨两列 |  | 右", "| 左 | 中 | 末")),
        Feature("table-vertical-merge",
                (table((text("竖跨两行", merge="restart"), "上"), (text("", merge="continue"), "下"), columns=2),),
                ("| 竖跨两行 | 上", "|  | 下")),
        Feature("table-nested", (table(("外左", Cell((p("外右"), inner, p("")))), columns=2),),
                ("| 外左 | 外右⏎里甲⇥里乙⏎里丙⇥里丁",)),
        Feature("table-layout", (table((text("只有一格的表", "当作段落。"),), columns=1),), ("只有一格的表", "当作段落。")),
        Feature("table-cell-of-lines", (table((text("甲行", "乙行"), "单行"), columns=2),), ("| 甲行⏎乙行 | 单行",)),
        Feature("picture-in-table", (table(("有图的格", Cell((p("图在此", Picture(PICTURE, 4, 4)),))), columns=2),),
                ("| 有图的格 | 图在此", PICTURE_LINE)),
        Feature("table-with-numbers", (table(("序", Cell(items(TABLE_LIST, "表中一", "表中二"))), columns=2),),
                ("| 序 | 1.表中一⏎2.表中二",)),
    ]


# --- characters ------------------------------------------------------------

def characters() -> list[Feature]:
    return [
        Feature("symbol", (p("已办结", Symbol("Wingdings", 0xF0FC), "，未办结", Symbol("Wingdings", 0xF0FB), "。"),), ("已办结✓，未办结✗。",),
                lost_in={"rtf": {"why": "the format has symbols as SYMBOL fields", "dropped": [("field-code", symbol_field(252)), ("field-code", symbol_field(251))]}}),
        Feature("symbol-by-font", (p("字体里的符号", Symbol("Wingdings", 0xF0FE, as_text=True), "同意。"),), ("字体里的符号☑同意。",)),
        Feature("hyphens", (p("co", SOFT_HYPHEN, "operation与T", NO_BREAK_HYPHEN, "1"),), ("cooperation与T\u20111",)),
        Feature("tab", (p("左", TAB, "右"),), ("左⇥右",)),
        Feature("line-break", (p("上", LINE_BREAK, "下"),), ("上⏎下",)),
        Feature("page-break", (p("前一页"), p(PAGE_BREAK, "后一页")), ("前一页", "----", "后一页")),
        Feature("page-break-after", (p("本页末段", PAGE_BREAK), p("新页首段")), ("本页末段", "----", "新页首段")),
        Feature("page-break-before", (p("又换一页", breaks_before=True),), ("----", "又换一页")),
        # A section says how it begins itself, so the break before it is of its own kind.
        Feature("section-break", (p("前一节", ends_section=NEXT_PAGE), p("后一节")), ("前一节", "----", "后一节")),
        Feature("section-continuous", (p("同页上一节", ends_section=NEXT_PAGE), p("同页下一节")), ("同页上一节", "同页下一节")),
        Feature("ruby", (p("古镇", Ruby("甪", "lù"), "直。"),), ("古镇甪(lù)直。",),
                lost_in={name: {"why": "the format has phonetic guides as EQ fields", "dropped": [("field-code", Ruby("甪", "lù").code)]}
                         for name in ("doc", "wps", "rtf")}),
        Feature("picture", (p("图前", Picture(PICTURE, 4, 4), "图后"),), ("图前图后", PICTURE_LINE)),
        Feature("picture-beside-text", (p("浮动的图", Picture(PICTURE, 4, 4, floats=True), "旁边的字"),), ("浮动的图旁边的字", PICTURE_LINE)),
        Feature("word-art", (p("艺术字", WordArt("简报专刊"), "之外的字"),), ("艺术字之外的字", "简报专刊")),
        Feature("style-heading-bold", (p("加粗由样式而来", style="Heading1"), p("孙样式还是粗体", style="Grandchild")),
                ("#1 * 加粗由样式而来 {44}", "#1 * 孙样式还是粗体 {36}")),
        Feature("style-bold-taken-back", (p(Run("直接取消粗体", bold=False), style="Heading1"),), ("#1 直接取消粗体 {44}",)),
        Feature("bold-direct", (p(Run("直接加粗", bold=True)), p("半段", Run("加粗", bold=True))), ("* 直接加粗", "半段加粗")),
        Feature("size-direct", (p(Run("小二号字", size=36)),), ("小二号字 {36}",)),
        Feature("bold-by-character-style", (p(Run("字符样式加粗", style="Strong")),), ("* 字符样式加粗",)),
        Feature("align-by-style", (p("居中由样式而来", style="Centred"),), ("= 居中由样式而来",)),
        Feature("signature-right", (p("平江街道办事处", align="right"), p("2025年3月5日", align="right")),
                ("> 平江街道办事处", "> 2025年3月5日")),
        Feature("full-width-blanks", (p("　　首行空两格，中间　有空格。"),), ("　　首行空两格，中间　有空格。",)),
        Feature("rare-characters", (p("𠮷野家·“引号”—破折号……～波浪㐂〇"),), ("𠮷野家·“引号”—破折号……～波浪㐂〇",)),
        Feature("latin-only", (p("ABC abc 123 (x) [y] {z} \\ ~ ^ 5% \u00e9 \u00fc."),),
                ("ABC abc 123 (x) [y] {z} \\ ~ ^ 5% \u00e9 \u00fc.",)),
    ]


def margins() -> list[Feature]:
    return [
        Feature("header", (), dropped=(("header", "姑苏区信息专报"),), furniture=("= 姑苏区信息专报",)),
        Feature("footer", (), dropped=(("footer", "内部资料注意保存"),), furniture=("内部资料注意保存",)),
        Feature("page-number", (), dropped=(("page-number", "— 1 —"), ("field-code", "PAGE"))),
    ]


STYLES = (
    Style("Normal", "Normal", size=32),
    Style("Heading1", "heading 1", based_on="Normal", bold=True, size=44, outline=0),
    Style("Child", "题注样式", based_on="Heading1", size=36),
    Style("Grandchild", "题注孙样式", based_on="Child"),
    Style("Centred", "居中样式", based_on="Normal", align="center"),
    Style("Secret", "隐藏段落", based_on="Normal", hidden=True),
    Style("NoteText", "footnote text", based_on="Normal", size=18),
    Style("Strong", "Strong", character=True, bold=True),
    Style("Concealed", "隐藏字符", character=True, hidden=True),
)
TABLE_LIST = 1


def document() -> Document:
    lists = Lists()
    assert lists.new(Level("decimal", "%1.")) == TABLE_LIST
    style_list = lists.new(Level("chineseCountingThousand", "第%1条", style="ListStyle"))
    styles = (*STYLES, Style("ListStyle", "条款样式", based_on="Normal", list=(style_list, 0)),
              Style("ListChild", "条款子样式", based_on="ListStyle"))
    features = [*simple_numbers(lists), *counted_numbers(lists), *styled_numbers(style_list), *revisions(),
                *hidden_text(), *fields(), *boxes_and_notes(), *tables(), *characters(), *margins()]
    return Document(
        features=tuple(features), styles=styles, definitions=tuple(lists.definitions), uses=tuple(lists.uses),
        header=(p("姑苏区信息专报", align="center"),),
        footer=(p("内部资料注意保存"), p("— ", field(" PAGE ", "1"), " —", align="center")),
        last_section=CONTINUOUS, footnote_format="decimalEnclosedCircle")
