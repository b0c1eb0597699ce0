"""The document as Office Open XML (ECMA-376), written part by part as Word lays them out."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from model import (DELETED, HIDDEN, INSERTED, MOVED_FROM, MOVED_TO, BlockControl, Cell, Comment, Control, Document,
                   Field, FieldEnd, FieldStart, Level, Link, Note, Paragraph, Picture, Ruby, Run, Special, Style, Symbol, Table, TextBox, WordArt, runs)

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": TYPES,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}.items())
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
AUTHOR = 'w:author="李四" w:date="2025-03-01T08:00:00Z"'
SPECIALS = {
    "tab": "<w:tab/>",
    "line-break": "<w:br/>",
    "page-break": '<w:br w:type="page"/>',
    "soft-hyphen": "<w:softHyphen/>",
    "no-break-hyphen": "<w:noBreakHyphen/>",
}
REVISIONS = {INSERTED: "ins", DELETED: "del", MOVED_FROM: "moveFrom", MOVED_TO: "moveTo"}
EMU = 9525  # a pixel
ANCHOR = ('<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
          'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
          '<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>360000'
          '</wp:posOffset></wp:positionV>')


def write(document: Document) -> bytes:
    writer = Writer(document)
    body = "".join(writer.block(block) for block in document.blocks())
    parts = {
        "word/document.xml": root("document", f"<w:body>{body}{writer.section(document.last_section)}</w:body>"),
        "word/styles.xml": root("styles", writer.styles()),
        "word/numbering.xml": root("numbering", writer.numbering()),
        "word/footnotes.xml": root("footnotes", writer.notes("footnote")),
        "word/endnotes.xml": root("endnotes", writer.notes("endnote")),
        "word/comments.xml": root("comments", "".join(writer.comments)),
        "word/header1.xml": root("hdr", "".join(map(writer.block, document.header))),
        "word/footer1.xml": root("ftr", "".join(map(writer.block, document.footer))),
        "word/settings.xml": root("settings", f"<w:trackRevisions/>{writer.footnote_marks()}"),
    }
    return package(parts, writer.media, writer.links)


PAGE = ('<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" '
        'w:header="851" w:footer="992" w:gutter="0"/>')


def root(name: str, inside: str) -> bytes:
    text = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:{name} {NAMESPACES}>{inside}</w:{name}>')
    return text.encode()


def package(parts: dict[str, bytes], media: list[bytes], links: list[str]) -> bytes:
    """The zip with fixed times; nothing is compressed, so every zlib gives the same bytes."""
    kinds = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
             "comments": "comments", "header": "header1", "footer": "footer1", "settings": "settings"}
    relations = "".join(f'<Relationship Id="{kind}" Type="{TYPES}/{kind}" Target="{name}.xml"/>'
                        for kind, name in kinds.items())
    relations += "".join(f'<Relationship Id="image{at}" Type="{TYPES}/image" Target="media/image{at}.png"/>'
                         for at in range(1, len(media) + 1))
    relations += "".join(f'<Relationship Id="link{at}" Type="{TYPES}/hyperlink" Target={quoteattr(address)} '
                         f'TargetMode="External"/>' for at, address in enumerate(links, 1))
    types = f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>'
    types += "".join(f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{kind}+xml"/>'
                     for kind, name in kinds.items())
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    package_ns = "http://schemas.openxmlformats.org/package/2006"
    all_parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package_ns}/content-types"><Default Extension="rels" '
                               f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
                               f'Extension="xml" ContentType="application/xml"/><Default Extension="png" '
                               f'ContentType="image/png"/>{types}</Types>'.encode(),
        "_rels/.rels": f'{head}<Relationships xmlns="{package_ns}/relationships"><Relationship Id="document" '
                       f'Type="{TYPES}/officeDocument" Target="word/document.xml"/></Relationships>'.encode(),
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{package_ns}/relationships">'
                                        f'{relations}</Relationships>'.encode(),
        **parts,
        **{f"word/media/image{at}.png": data for at, data in enumerate(media, 1)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in all_parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def on(value: bool) -> str:
    return "" if value else ' w:val="0"'


def text_of(tag: str, text: str) -> str:
    return f'<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}>'


class Writer:
    def __init__(self, document: Document):
        self.document = document
        self.media: list[bytes] = []
        self.comments: list[str] = []
        self.found_notes: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self.links: list[str] = []
        self.revision = 0

    # --- blocks ------------------------------------------------------------

    def block(self, block) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Table():
                return self.table(block)
            case BlockControl():
                inside = "".join(map(self.block, block.blocks))
                return self.control(block.title, inside)
        raise TypeError(block)

    def paragraph(self, paragraph: Paragraph) -> str:
        inside = "".join(map(self.piece, runs(paragraph.pieces)))
        return f"<w:p>{self.paragraph_properties(paragraph)}{inside}</w:p>"

    def paragraph_properties(self, paragraph: Paragraph) -> str:
        found = ""
        if paragraph.style:
            found += f'<w:pStyle w:val="{paragraph.style}"/>'
        if paragraph.breaks_before:
            found += "<w:pageBreakBefore/>"
        if paragraph.list:
            use, level = paragraph.list
            found += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>'
        if paragraph.align:
            found += f'<w:jc w:val="{paragraph.align}"/>'
        if paragraph.mark in (DELETED, INSERTED):
            found += f"<w:rPr><w:{REVISIONS[paragraph.mark]} {self.change()}/></w:rPr>"
        elif paragraph.mark == HIDDEN:
            found += "<w:rPr><w:vanish/></w:rPr>"
        if paragraph.ends_section:
            found += self.section(paragraph.ends_section)
        return f"<w:pPr>{found}</w:pPr>" if found else ""

    def section(self, kind: str) -> str:
        return (f'<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" '
                f'r:id="footer"/>{self.footnote_marks()}<w:type w:val="{kind}"/>{PAGE}</w:sectPr>')

    def footnote_marks(self) -> str:
        return f'<w:footnotePr><w:numFmt w:val="{self.document.footnote_format}"/></w:footnotePr>'

    def table(self, table: Table) -> str:
        width = 8000 // table.columns
        grid = f'<w:gridCol w:w="{width}"/>' * table.columns
        rows = ""
        for row in table.rows:
            properties = f"<w:trPr><w:del {self.change()}/></w:trPr>" if row.deleted else ""
            rows += f"<w:tr>{properties}{''.join(self.cell(cell, width) for cell in row.cells)}</w:tr>"
        return (f'<w:tbl><w:tblPr><w:tblW w:w="{8000}" w:type="dxa"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
                f"{rows}</w:tbl>")

    def cell(self, cell: Cell, width: int) -> str:
        properties = f'<w:tcW w:w="{width * cell.span}" w:type="dxa"/>'
        if cell.span > 1:
            properties += f'<w:gridSpan w:val="{cell.span}"/>'
        if cell.merge:
            # A merge that goes on is written without a value (ECMA-376 §17.4.84).
            properties += '<w:vMerge w:val="restart"/>' if cell.merge == "restart" else "<w:vMerge/>"
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(self.block, cell.blocks))}</w:tc>"

    # --- pieces ------------------------------------------------------------

    def piece(self, piece) -> str:
        match piece:
            case Run():
                return self.run(piece)
            case Special():
                return f"<w:r>{SPECIALS[piece.kind]}</w:r>"
            case Symbol(as_text=True):
                fonts = f'<w:rFonts w:ascii="{piece.font}" w:hAnsi="{piece.font}"/>'
                return f'<w:r><w:rPr>{fonts}</w:rPr>{text_of("t", chr(piece.code))}</w:r>'
            case Symbol():
                return f'<w:r><w:sym w:font="{piece.font}" w:char="{piece.code:04X}"/></w:r>'
            case Field(simple=True):
                return (f"<w:fldSimple w:instr={quoteattr(piece.code[0])}>"
                        f"{''.join(map(self.piece, runs(piece.result)))}</w:fldSimple>")
            case Field():
                return self.field(piece)
            case FieldStart():
                return mark("begin") + self.run(Run(piece.code), "instrText") + mark("separate")
            case FieldEnd():
                return mark("end")
            case Link():
                self.links.append(piece.address)
                return f'<w:hyperlink r:id="link{len(self.links)}">{self.run(Run(piece.text))}</w:hyperlink>'
            case Ruby():
                return (f'<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/></w:rubyPr><w:rt>'
                        f'{self.run(Run(piece.guide))}</w:rt><w:rubyBase>{self.run(Run(piece.base))}'
                        f'</w:rubyBase></w:ruby></w:r>')
            case Note():
                return self.note(piece)
            case Comment():
                return self.comment(piece)
            case TextBox():
                return self.text_box(piece)
            case Control():
                return self.control(piece.title, "".join(map(self.piece, runs(piece.pieces))))
            case WordArt():
                return (f'<w:r><w:pict><v:shape id="art1" type="#_x0000_t136" style="position:absolute;width:120pt;'
                        f'height:30pt"><v:textpath style="font-family:宋体" string={quoteattr(piece.text)}/></v:shape></w:pict></w:r>')
            case Picture():
                return self.picture(piece)
        raise TypeError(piece)

    def run(self, run: Run, tag: str = "t") -> str:
        if run.revision in (DELETED, MOVED_FROM) and tag == "t":
            # Word writes text that moved away as text, deleted text as such.
            tag = "delText" if run.revision == DELETED else "t"
        found = f"<w:r>{run_properties(run)}{text_of(tag, run.text)}</w:r>"
        if run.revision is None:
            return found
        name = REVISIONS[run.revision]
        found = f"<w:{name} {self.change()}>{found}</w:{name}>"
        if name.startswith("move"):
            range_id = self.change().split()[0]
            found = (f'<w:{name}RangeStart {range_id} {AUTHOR} w:name="move1"/>{found}'
                     f"<w:{name}RangeEnd {range_id}/>")
        return found

    def change(self) -> str:
        self.revision += 1
        return f'w:id="{self.revision}" {AUTHOR}'

    def field(self, field: Field) -> str:
        if field.revision:
            return f"<w:{REVISIONS[field.revision]} {self.change()}>{self.deleted_field(field)}</w:{REVISIONS[field.revision]}>"
        code = "".join(self.run(piece, "instrText") if isinstance(piece, Run) else self.piece(piece)
                       for piece in runs(field.code))
        result = "" if field.result is None else mark("separate") + "".join(map(self.piece, runs(field.result)))
        return mark("begin") + code + result + mark("end")

    def deleted_field(self, field: Field) -> str:
        code = "".join(self.run(piece, "delInstrText") for piece in runs(field.code))
        return mark("begin") + code + mark("separate") + "".join(self.run(piece, "delText") for piece in runs(field.result)) + mark("end")

    def note(self, note: Note) -> str:
        found = self.found_notes[note.kind]
        mark = f"<w:{note.kind}Ref/>" if note.mark is None else text_of("t", note.mark)
        # A blank after the mark, as Word writes it.
        before = f'<w:r>{mark}</w:r><w:r>{text_of("t", " ")}</w:r>'
        found.append(self.lines(note.text, before, '<w:pPr><w:pStyle w:val="NoteText"/></w:pPr>'))
        if note.mark is None:
            return f'<w:r><w:{note.kind}Reference w:id="{len(found)}"/></w:r>'
        return (f'<w:r><w:{note.kind}Reference w:customMarkFollows="1" w:id="{len(found)}"/>'
                f'{text_of("t", note.mark)}</w:r>')

    def notes(self, kind: str) -> str:
        separators = (f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
                      f'<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r>'
                      f"</w:p></w:{kind}>")
        found = "".join(f'<w:{kind} w:id="{at}">{note}</w:{kind}>' for at, note in enumerate(self.found_notes[kind], 1))
        return separators + found

    def comment(self, comment: Comment) -> str:
        id = len(self.comments)
        self.comments.append(f'<w:comment w:id="{id}" {AUTHOR} w:initials="李">'
                             f"{self.lines(comment.text, '<w:r><w:annotationRef/></w:r>')}</w:comment>")
        return (f'<w:commentRangeStart w:id="{id}"/>{self.run(Run(comment.about))}<w:commentRangeEnd w:id="{id}"/>'
                f'<w:r><w:commentReference w:id="{id}"/></w:r>')

    def lines(self, text: str, before: str, properties: str = "") -> str:
        """Paragraphs; the first one has something before its text."""
        first, *others = [self.run(Run(line)) for line in text.splitlines()]
        return "".join(f"<w:p>{properties}{inside}</w:p>" for inside in (before + first, *others))

    def control(self, title: str, inside: str) -> str:
        return (f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(title)}/></w:sdtPr><w:sdtContent>{inside}"
                f"</w:sdtContent></w:sdt>")

    def text_box(self, box: TextBox) -> str:
        """A DrawingML shape with the same text once more as VML, as Word 2010 and later write it."""
        inside = f"<w:txbxContent>{''.join(map(self.block, box.blocks))}</w:txbxContent>"
        shape = (f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" '
                 f'cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>'
                 f"{inside}</wps:txbx><wps:bodyPr/></wps:wsp>")
        drawing = (f'<w:drawing>{ANCHOR}<wp:extent cx="1800000" cy="720000"/><wp:wrapTopAndBottom/><wp:docPr id="2" name="文本框 2"/>'
                   f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
                   f'wordprocessingShape">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing>')
        fallback = (f'<w:pict><v:shape id="box2" style="position:absolute;width:141.7pt;height:56.7pt"><v:textbox>'
                    f"{inside}</v:textbox></v:shape></w:pict>")
        return (f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{fallback}'
                f"</mc:Fallback></mc:AlternateContent></w:r>")

    def picture(self, picture: Picture) -> str:
        self.media.append(picture.data)
        id = f"image{len(self.media)}"
        extent = f'cx="{picture.width * EMU}" cy="{picture.height * EMU}"'
        place, end = '<wp:inline distT="0" distB="0" distL="0" distR="0">', "</wp:inline>"
        if picture.floats:
            place, end = ANCHOR, "</wp:anchor>"
        wrap = "<wp:wrapTopAndBottom/>" if picture.floats else ""
        return (f'<w:r><w:drawing>{place}<wp:extent {extent}/>{wrap}<wp:docPr id="3" name="图片 3"/><a:graphic>'
                f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/'
                f'2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="3" name="{id}.png"/><pic:cNvPicPr/>'
                f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{id}"/><a:stretch><a:fillRect/></a:stretch>'
                f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom '
                f'prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>{end}'
                f"</w:drawing></w:r>")

    # --- styles and lists --------------------------------------------------

    def styles(self) -> str:
        defaults = ('<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New '
                    'Roman" w:eastAsia="仿宋_GB2312"/></w:rPr></w:rPrDefault></w:docDefaults>')
        return defaults + "".join(map(self.style, self.document.styles))

    def style(self, style: Style) -> str:
        kind = "character" if style.character else "paragraph"
        default = ' w:default="1"' if style.id == "Normal" else ""
        found = f"<w:name w:val={quoteattr(style.name)}/>"
        if style.based_on:
            found += f'<w:basedOn w:val="{style.based_on}"/>'
        properties = ""
        if style.list:
            # The level is in the list, by its link to the style.
            properties += f'<w:numPr><w:numId w:val="{style.list[0]}"/></w:numPr>'
        if style.align:
            properties += f'<w:jc w:val="{style.align}"/>'
        if style.outline is not None:
            properties += f'<w:outlineLvl w:val="{style.outline}"/>'
        if properties:
            found += f"<w:pPr>{properties}</w:pPr>"
        found += run_properties(Run("", bold=style.bold, size=style.size, hidden=style.hidden))
        return f'<w:style w:type="{kind}"{default} w:styleId="{style.id}">{found}</w:style>'

    def numbering(self) -> str:
        definitions = "".join(
            f'<w:abstractNum w:abstractNumId="{definition.id}"><w:multiLevelType w:val="multilevel"/>'
            f"{''.join(level(at, one) for at, one in enumerate(definition.levels))}</w:abstractNum>"
            for definition in self.document.definitions)
        uses = ""
        for use in self.document.uses:
            starts = "".join(f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
                             for at, start in use.starts.items())
            uses += f'<w:num w:numId="{use.id}"><w:abstractNumId w:val="{use.definition}"/>{starts}</w:num>'
        return definitions + uses


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def run_properties(run: Run) -> str:
    found = ""
    if run.style:
        found += f'<w:rStyle w:val="{run.style}"/>'
    if run.bold is not None:
        found += f"<w:b{on(run.bold)}/>"
    if run.hidden is not None:
        found += f"<w:vanish{on(run.hidden)}/>"
    if run.size is not None:
        found += f'<w:sz w:val="{run.size}"/>'
    return f"<w:rPr>{found}</w:rPr>" if found else ""


def level(at: int, level: Level) -> str:
    found = f'<w:start w:val="{level.start}"/><w:numFmt w:val="{level.format}"/>'
    if level.restart is not None:
        found += f'<w:lvlRestart w:val="{level.restart}"/>'
    if level.style:
        found += f'<w:pStyle w:val="{level.style}"/>'
    if level.legal:
        found += "<w:isLgl/>"
    found += f'<w:suff w:val="nothing"/><w:lvlText w:val={quoteattr(level.text)}/><w:lvlJc w:val="left"/>'
    if level.font:
        found += f'<w:rPr><w:rFonts w:ascii="{level.font}" w:hAnsi="{level.font}" w:hint="default"/></w:rPr>'
    return f'<w:lvl w:ilvl="{at}">{found}</w:lvl>'
