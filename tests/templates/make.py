"""Templates that the suite fills, written with python-docx: make.py FOLDER."""

import sys
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

OUT = Path(sys.argv[1])

BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>
 <v:shape id="box" style="position:absolute;width:300pt;height:30pt"><v:textbox><w:txbxContent>
 <w:p><w:r><w:t>框中：{{</w:t></w:r><w:r><w:t>日期}}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""


def own_style(document, name, font):
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name = font
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return style


def full():
    """Placeholders everywhere, own styles by our names, a picture, a bookmark, a section of its own."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(40), Mm(40)
    own_style(document, "信息正文", "Noto Sans CJK SC").font.size = Pt(14)
    own_style(document, "栏目标题", "Noto Sans CJK SC")
    section.header.paragraphs[0].text = "页眉{{名称}}"
    section.footer.paragraphs[0].text = "页脚第｛｛ 期 ｝｝期"
    paragraph = document.add_paragraph()
    paragraph.add_run("第{")
    paragraph.add_run("{").bold = True
    paragraph.add_run("期").italic = True
    paragraph.add_run("}}期，总{{总期}}期")
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "{{编发单位}}"
    empty = document.add_table(rows=1, cols=1).rows[0].cells[0]
    empty.text = "{{报}}"
    document.add_paragraph("前{{版名}}后")._p.append(parse_xml(BOX))
    marked = document.add_paragraph("旧书签")
    for kind in ("Start", "End"):
        name = ' w:name="old"' if kind == "Start" else ""
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        marked._p.append(parse_xml(f'<w:bookmark{kind} {space} w:id="7"{name}/>'))
    document.add_picture(str(OUT / "dot.png"), width=Mm(5))
    document.add_paragraph("{{简字号}}")
    document.add_paragraph("{{印数}}")
    document.add_paragraph("{{目录}}")
    broken = document.add_paragraph()
    broken.add_run().add_break(WD_BREAK.PAGE)
    broken.add_run("{{正文}}")
    document.add_paragraph("送：{{送}}；发：{{发}}；{{责任编辑}}")
    return document


def lacking():
    """The text only, a wrong name, and a name among words that must be alone."""
    document = Document()
    document.add_paragraph("第{{期号}}期{{外星}}")
    document.add_paragraph("目录见{{目录}}")
    document.add_paragraph("{{正文}}")
    return document


def simple(*paragraphs):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def in_cell():
    document = Document()
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "{{正文}}"
    return document


def tracked():
    document = simple("{{正文}}")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    change = f'<w:ins {space} w:id="90" w:author="甲" w:date="2025-01-01T00:00:00Z"><w:r><w:t>补</w:t></w:r></w:ins>'
    document.paragraphs[0]._p.append(parse_xml(change))
    document.paragraphs[0].clear()
    document.add_paragraph("{{正文}}")._p.addnext(parse_xml(f"<w:p {space}>{change}</w:p>"))
    return document


def changed(source, target, change):
    """A copy in which some parts are other ones."""
    with zipfile.ZipFile(OUT / source) as old, zipfile.ZipFile(OUT / target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))


def hostile():
    changed("alone.docx", "dtd.docx", lambda name, data: data.replace(
        b"<w:document", b'<!DOCTYPE w:document [<!ENTITY a "b">]><w:document', 1
    ) if name == "word/document.xml" else data)
    deep = b"<w:sdt>" * 5000 + b"</w:sdt>" * 5000
    changed("alone.docx", "deep.docx", lambda name, data: data.replace(
        b"<w:body>", b"<w:body>" + deep, 1) if name == "word/document.xml" else data)
    changed("alone.docx", "macros.docx", lambda name, data: data.replace(
        b"wordprocessingml.document.main", b"wordprocessingml.document.macroEnabled.main")
        if name == "[Content_Types].xml" else data)
    changed("alone.docx", "cut.docx", lambda name, data: data[: len(data) // 2] if name == "word/styles.xml" else data)
    with zipfile.ZipFile(OUT / "alone.docx") as old, zipfile.ZipFile(
        OUT / "bomb.docx", "w", zipfile.ZIP_DEFLATED
    ) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        with new.open("word/media/zeros.bin", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(bytes(1 << 20))
    (OUT / "none.docx").write_bytes(b"no zip at all")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "dot.png").write_bytes(bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
        "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
    ))
    made = {
        "full": full(),
        "lacking": lacking(),
        "alone": simple("{{正文}}"),
        "mixed": simple("全文：{{正文}}"),
        "bodiless": simple("第{{期}}期"),
        "cell": in_cell(),
        "tracked": tracked(),
    }
    for name, document in made.items():
        document.save(OUT / f"{name}.docx")
    hostile()


main()
