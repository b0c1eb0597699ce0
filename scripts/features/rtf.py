r"""The document as Rich Text Format 1.9.1, as Word for Chinese writes it.

Text is in the code page of its font, GBK for Chinese, and every second run as \u with that for
old readers; what GBK does not have is only in \u. Formatting is stated in full everywhere, since
the format inherits nothing.
"""

import itertools
from dataclasses import replace

from model import (CONTINUOUS, DELETED, HIDDEN, INSERTED, MOVED_FROM, MOVED_TO, NEXT_PAGE, BlockControl, Cell, Comment, Control, Document,
                   Field, FieldEnd, FieldStart, Link, Note, Paragraph, Picture, Ruby, Run, Special, Symbol, Table, TableRow, TextBox, WordArt, heading,
                   markers, runs)
from formats import HAN, LATIN, LEVELS, NUMBER_CODES, SYMBOL, WINGDINGS, chain, levels, list_of, number_text, resolved

# Font numbers as Word gives them: 13 is the East Asian one.
FONTS = {LATIN: 0, SYMBOL: 2, WINGDINGS: 3, HAN: 13}
CHARSETS = {LATIN: 0, SYMBOL: 2, WINGDINGS: 2, HAN: 134}
ALIGN = {None: r"\qj", "center": r"\qc", "right": r"\qr"}
SPECIALS = {"tab": r"\tab ", "line-break": r"\line ", "page-break": r"\page ", "soft-hyphen": r"\-",
            "no-break-hyphen": r"\_"}
WHEN = 1_234_567_890  # DTTM of all revisions
REVISIONS = {
    INSERTED: rf"\revised\revauth1\revdttm{WHEN} ",
    DELETED: rf"\deleted\revauthdel1\revdttmdel{WHEN} ",
    MOVED_FROM: rf"\mvf\mvauth1\mvdate{WHEN} ",
    MOVED_TO: rf"\mvt\mvauth1\mvdate{WHEN} ",
}
WIDTH = 8000  # twips of a table
# An empty metafile for readers without PNG: header and end record (MS-WMF 2.3.2.3, 2.3.2.1).
METAFILE = "010009000003" "0c0000000000" "030000000000" "030000000000"


def write(document: Document) -> bytes:
    writer = Writer(document)
    first_section = writer.section()
    body = "".join(writer.features())
    text = "".join([
        r"{\rtf1\adeflang1025\ansi\ansicpg936\uc2\adeff0\deff0\stshfdbch13\stshfloch0\stshfhich0\stshfbi0",
        r"\deflang1033\deflangfe2052", fonts(), r"{\colortbl;\red0\green0\blue0;\red255\green0\blue0;}",
        writer.styles(), writer.list_table(), r"{\*\revtbl{Unknown;}{", han("李四"), ";}}",
        r"{\info{\title ", han("不排印的标题"), r"}{\author ", han("李四"), r"}{\creatim\yr2025\mo3\dy1\hr8\min0}}",
        r"{\*\generator Microsoft Word 11.0.0000;}",
        r"\paperw11906\paperh16838\margl1588\margr1474\margt2098\margb1985\ftnbj\aenddoc\ftnncnum\aftnnrlc\revisions",
        r"\pard\plain", first_section, writer.margins(), body, "}",
    ])
    return text.encode("ascii") + b"\0"


def fonts() -> str:
    table = "".join(rf"{{\f{number}\fnil\fcharset{CHARSETS[name]}\fprq2 {han(name)};}}" for name, number in FONTS.items())
    return rf"{{\fonttbl{table}}}"


def han(text: str) -> str:
    """Text in GBK, outside of any run."""
    return "".join(byte_of(byte) for byte in text.encode("gbk"))


def byte_of(byte: int) -> str:
    character = chr(byte)
    if character in "\\{}":
        return "\\" + character
    return character if 0x20 <= byte < 0x7F else f"\\'{byte:02x}"


def unicode_of(character: str, fallback: str) -> str:
    """The UTF-16 units, signed, each with what old readers show."""
    units = character.encode("utf-16-le")
    numbers = [int.from_bytes(units[at:at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(rf"\u{number}{fallback}" for number in numbers)


def is_latin_letter(character: str) -> bool:
    """· is Latin by its code and Chinese by its use."""
    return ord(character) < 0x100 and character != "·"


class Writer:
    def __init__(self, document: Document):
        self.document = document
        self.style_numbers = {style.id: number for number, style in enumerate(document.styles)}
        self.as_unicode = False
        self.comments = 0
        self.sections = document.sections()
        assert document.footnote_format == "decimalEnclosedCircle", r"which is what \ftnncnum says"
        self.markers: list[str] = []

    def features(self):
        for feature in self.document.features:
            if feature.blocks:
                self.markers = markers(feature)
                yield self.paragraph(Paragraph((heading(feature.name),)))
                yield from map(self.block, feature.blocks)
        yield self.paragraph(Paragraph((heading("end"),)))

    def margins(self) -> str:
        return (rf"{{\header \uc2 {''.join(map(self.block, self.document.header))}}}"
                rf"{{\footer \uc2 {''.join(map(self.block, self.document.footer))}}}")

    def section(self) -> str:
        """The properties of the next section, which stand before its text."""
        kind = {NEXT_PAGE: r"\sbkpage", CONTINUOUS: r"\sbknone"}[self.sections.pop(0)]
        return rf"\sectd {kind}\linex0\headery851\footery992\sectdefaultcl\sftnbj\sftnncnum "

    # --- blocks ------------------------------------------------------------

    def block(self, block, depth: int = 0) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block, depth)
            case Table():
                return self.table(block, depth + 1)
            case BlockControl():
                return "".join(self.block(one, depth) for one in block.blocks)
        raise TypeError(block)

    def paragraph(self, paragraph: Paragraph, depth: int = 0, end: str = r"\par ") -> str:
        """`end` is what stands for the paragraph mark; in cells the cell's mark does."""
        style = paragraph.style or "Normal"
        number = self.number_text(paragraph)
        inside = "".join(self.piece(piece, style) for piece in runs(paragraph.pieces))
        mark = Run("", hidden=paragraph.mark == HIDDEN or None,
                   revision=paragraph.mark if paragraph.mark in (DELETED, INSERTED) else None)
        if paragraph.ends_section:
            end = r"\sect "
        after = self.section() if paragraph.ends_section else ""
        return (f"{number}{self.paragraph_properties(paragraph, depth)}{inside}"
                f"{{{self.run_properties(mark, style)}{end}}}{after}\n")

    def number_text(self, paragraph: Paragraph) -> str:
        """The number once more as text, for readers without lists."""
        if not list_of(self.document, paragraph):
            return ""
        return rf"{{\listtext\pard\plain\fs32 {self.text(self.markers.pop(0))}}}"

    def paragraph_properties(self, paragraph: Paragraph, depth: int) -> str:
        style = paragraph.style or "Normal"
        align = paragraph.align or next((one.align for one in chain(self.document, style) if one.align), None)
        found = rf"\pard\plain \s{self.style_numbers[style]}{ALIGN[align]}\nowidctlpar\wrapdefault"
        if paragraph.breaks_before:
            found += r"\pagebb"
        if numbered := list_of(self.document, paragraph):
            found += rf"\ls{numbered[0]}\ilvl{numbered[1]}"
        outline = next((one.outline for one in chain(self.document, style) if one.outline is not None), None)
        if outline is not None:
            found += rf"\outlinelevel{outline}"
        if depth:
            found += rf"\intbl\itap{depth}"
        return found + rf"\lang1033\langfe2052{self.run_properties(Run(''), style)}"

    # --- tables ------------------------------------------------------------

    def table(self, table: Table, depth: int) -> str:
        return "".join(self.row(row, table.columns, depth) for row in table.rows)

    def row(self, row: TableRow, columns: int, depth: int) -> str:
        definition = self.row_definition(row, columns)
        deleted = REVISIONS[DELETED] if row.deleted else ""
        cells = "".join(self.cell(cell, depth) for cell in row.cells)
        if depth == 1:
            return f"{definition}{cells}\\pard\\plain \\intbl{{{deleted}{definition}\\row}}\n"
        return f"{cells}\\pard\\plain \\intbl\\itap{depth}{{\\*\\nesttableprops{deleted}{definition}\\nestrow}}{{\\nonesttables\\par }}\n"

    def row_definition(self, row: TableRow, columns: int) -> str:
        found, edge = r"\trowd \irow0\irowband0\ltrrow\trgaph108\trleft-108\trftsWidth1", 0
        for cell in row.cells:
            edge += cell.span
            merge = {"restart": r"\clvmgf", "continue": r"\clvmrg", None: ""}[cell.merge]
            found += rf"{merge}\clvertalt\cltxlrtb\clftsWidth3\clwWidth{WIDTH * cell.span // columns}"
            found += rf"\cellx{WIDTH * edge // columns - 108}"
        return found

    def cell(self, cell: Cell, depth: int) -> str:
        end = r"\cell " if depth == 1 else r"\nestcell{\nonesttables\tab }"
        *before, last = cell.blocks
        return "".join(self.block(block, depth) for block in before) + self.paragraph(last, depth, end)

    # --- pieces ------------------------------------------------------------

    def piece(self, piece, style: str) -> str:
        match piece:
            case Run():
                return self.run(piece, style)
            case Special():
                return f"{{{SPECIALS[piece.kind]}}}"
            case Symbol():
                return self.symbol(piece)
            case Field():
                return self.field(piece, style)
            case FieldStart():
                return rf"{{\field{{\*\fldinst {self.run(Run(piece.code), style)}}}{{\fldrslt "
            case FieldEnd():
                return "}}"
            case Link():
                return self.field(piece.field, style)
            case Ruby():
                return self.field(Field((piece.code,)), style)
            case Note():
                return self.note(piece)
            case Comment():
                return self.comment(piece, style)
            case TextBox():
                return self.text_box(piece)
            case Control():
                return "".join(self.piece(one, style) for one in runs(piece.pieces))
            case WordArt():
                return shape(136, ("gtextUNICODE", self.text(piece.text)), ("gtextFont", han("宋体")))
            case Picture(floats=True):
                return shape(75, ("pib", picture_of(piece)), result=r"\par\pard\plain " + picture_of(piece))
            case Picture():
                return picture(piece)
        raise TypeError(piece)

    def run(self, run: Run, style: str) -> str:
        found = f"{{{self.run_properties(run, style)}{self.text(run.text)}}}"
        if run.revision == MOVED_FROM:
            return rf"{{\*\mvfmf move1}}{found}{{\*\mvfml move1}}"
        if run.revision == MOVED_TO:
            return rf"{{\*\mvtof move1}}{found}{{\*\mvtol move1}}"
        return found

    def run_properties(self, run: Run, style: str) -> str:
        known = resolved(self.document, run, style)
        found = rf"\cs{self.style_numbers[run.style]}" if run.style else ""
        for name, word in (("bold", "b"), ("hidden", "v")):
            value, own = getattr(known, name), getattr(run, name)
            found += rf"\{word}" if value else rf"\{word}0" if own is False else ""
        # The paragraph has its size and the run repeats it.
        found = rf"\rtlch\fcs1 \af0 \ltrch\fcs0 {found}\fs{known.size}"
        return found + (REVISIONS[run.revision] if run.revision else " ")

    def text(self, text: str) -> str:
        """ASCII and Latin in the Latin font, all else in the East Asian one."""
        found = ""
        self.as_unicode = not self.as_unicode
        for is_latin, characters in itertools.groupby(text, is_latin_letter):
            if is_latin:
                found += r"\hich\af0\dbch\af13\loch\f0 " + "".join(byte_of(ord(one)) for one in characters)
            else:
                found += r"\loch\af0\hich\af0\dbch\f13 " + "".join(map(self.east_asian, characters))
        return found

    def east_asian(self, character: str) -> str:
        try:
            bytes_of = "".join(f"\\'{byte:02x}" for byte in character.encode("gbk"))
        except UnicodeEncodeError:
            return rf"{{\uc1 {unicode_of(character, '?')}}}"
        # Without a group \uc2 holds, which is what two bytes of GBK are.
        return unicode_of(character, bytes_of) if self.as_unicode else bytes_of

    def symbol(self, symbol: Symbol) -> str:
        """Word writes a field for a symbol of its dialogue."""
        number = symbol.code & 0xFF
        if symbol.as_text:
            return rf"{{\fs32\f{FONTS[symbol.font]} \'{number:02x}}}"
        code = rf'SYMBOL {number} \\f "{symbol.font}" \\s 16'
        return rf"{{\field{{\*\fldinst {{{code}}}}}{{\fldrslt {{\f{FONTS[symbol.font]}\fs32}}}}}}"

    def field(self, field: Field, style: str) -> str:
        def all_of(pieces) -> str:
            revised = (replace(one, revision=field.revision) if isinstance(one, Run) else one for one in runs(pieces))
            return "".join(self.piece(one, style) for one in revised)

        code, result = all_of(field.code), all_of(field.result or ())
        return rf"{{\field{{\*\fldinst {code}}}{{\fldrslt {result}}}}}"

    def note(self, note: Note) -> str:
        mark = r"\chftn " if note.mark is None else self.text(note.mark)
        kind = r"\ftnalt\uc2 " if note.kind == "endnote" else r"\uc2 "
        inside = self.lines(note.text, rf"{{\super {mark}}}{self.run(Run(' '), 'NoteText')}", "NoteText")
        return rf"{{\super {mark}{{\footnote{kind}{inside}}}}}"

    def comment(self, comment: Comment, style: str) -> str:
        self.comments += 1
        id = self.comments
        inside = self.lines(comment.text, r"{\chatn }", "Normal")
        return (rf"{{\*\atrfstart {id}}}{self.run(Run(comment.about), style)}{{\*\atrfend {id}}}"
                rf"{{\*\atnid {han('李')}}}{{\*\atnauthor {han('李四')}}}\chatn "
                rf"{{\*\annotation{{\*\atnref {id}}}{inside}}}")

    def lines(self, text: str, before: str, style: str) -> str:
        """Paragraphs; the first one has something before its text, and the last one no mark."""
        first, *others = [self.run(Run(line), style) for line in text.splitlines()]
        properties = self.paragraph_properties(Paragraph((), style=style), 0)
        return r"\par ".join(properties + inside for inside in (before + first, *others))

    def text_box(self, box: TextBox) -> str:
        """A shape, and the same once more for Word 6 and 95."""
        inside = "".join(map(self.block, box.blocks))
        old = r"\do\dobxcolumn\dobypara\dodhgt8192\dptxbx\dptxlrtb"
        size = r"\dpx0\dpy600\dpxsize2835\dpysize1134\dpfillfgcr255\dpfillpat1\dplinew15"
        return shape(202, ("lTxid", 65536), ("fLine", 1), inside=rf"{{\shptxt {inside}}}",
                     result=rf"{{\*{old}{{\dptxbxtext {inside}}}{size}}}")

    # --- tables in front of the text ---------------------------------------

    def styles(self) -> str:
        found = ""
        for style in self.document.styles:
            number = self.style_numbers[style.id]
            if style.character:
                toggles = (r"\b" if style.bold else "") + (r"\v" if style.hidden else "")
                found += rf"{{\*\cs{number} \additive {toggles} {han(style.name)};}}"
            else:
                properties = self.paragraph_properties(Paragraph((), style=style.id), 0).removeprefix(r"\pard\plain ")
                base = rf"\sbasedon{self.style_numbers[style.based_on]}" if style.based_on else ""
                found += rf"{{{properties}{base}\snext{number} {han(style.name)};}}"
        return rf"{{\stylesheet{found}}}"

    def list_table(self) -> str:
        lists = "".join(
            rf"{{\list\listtemplateid{definition.id + 1}{''.join(map(level, levels(definition.levels)))}"
            rf"{{\listname ;}}\listid{definition.id + 100}}}" for definition in self.document.definitions)
        overrides = ""
        for use in self.document.uses:
            starts = "".join(rf"{{\lfolevel\listoverridestartat\levelstartat{start}}}" for start in use.starts.values())
            assert list(use.starts) == list(range(len(use.starts))), "levels of an override are counted"
            overrides += (rf"{{\listoverride\listid{use.definition + 100}\listoverridecount{len(use.starts)}"
                          rf"{starts}\ls{use.id}}}")
        return rf"{{\*\listtable{lists}}}{{\*\listoverridetable{overrides}}}"


def level(level) -> str:
    code = NUMBER_CODES[level.format]
    text, places = number_text(level)
    written = "".join(character_of_number(character) for character in text)
    numbers = "".join(rf"\'{place:02x}" for place in places)
    found = (rf"\levelnfc{code}\levelnfcn{code}\leveljc0\leveljcn0\levelfollow2\levelstartat{level.start}"
             rf"\levelspace0\levelindent0{{\leveltext\'{len(text):02x}{written};}}{{\levelnumbers{numbers};}}")
    if level.font:
        found += rf"\f{FONTS[level.font]}"
    if level.restart == 0:
        found += r"\levelnorestart1"
    if level.legal:
        found += r"\levellegal1"
    return rf"{{\listlevel{found}}}"


def character_of_number(character: str) -> str:
    if ord(character) < LEVELS:
        return rf"\'{ord(character):02x}"
    if ord(character) < 0x80:
        return byte_of(ord(character))
    try:
        return unicode_of(character, han(character))
    except UnicodeEncodeError:
        return rf"{{\uc1 {unicode_of(character, '?')}}}"


def shape(kind: int, *properties: tuple, inside: str = "", result: str = "") -> str:
    """A drawn object; `result` is for readers of Word 6 and 95."""
    place = (r"\shpleft0\shptop600\shpright2835\shpbottom1734\shpfhdr0\shpbxcolumn\shpbypara\shpwr1\shpwrk0"
             r"\shpfblwtxt0\shpz0\shplid1026")
    all_of = "".join(rf"{{\sp{{\sn {name}}}{{\sv {value}}}}}" for name, value in (("shapeType", kind), *properties))
    result = rf"{{\shprslt{result}}}" if result else ""
    return rf"{{\shp{{\*\shpinst{place}{all_of}{inside}}}{result}}}"


def picture_of(picture: Picture) -> str:
    return rf"{{\pict{size_of(picture)}\pngblip\bliptag1 {picture.data.hex()}}}"


def size_of(picture: Picture) -> str:
    size = rf"\picscalex100\picscaley100\picw{picture.width * 26}\pich{picture.height * 26}"
    return size + rf"\picwgoal{picture.width * 15}\pichgoal{picture.height * 15}"


def picture(picture: Picture) -> str:
    return (rf"{{\*\shppict{picture_of(picture)}}}"
            rf"{{\nonshppict{{\pict{size_of(picture)}\wmetafile8 {METAFILE}}}}}")
