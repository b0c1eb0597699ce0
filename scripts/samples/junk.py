"""What else lies in a shared folder: files that carry no item."""

import io
import random
import re
import struct
import subprocess
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pikepdf
from PIL import Image

import printing
from seed import Item
from word import Word, fixed_zip

WHEN = datetime(2025, 3, 20, 9, 0)


def make(inbox: Path, items: dict[str, Item]) -> None:
    lock_file(inbox / "区委宣传部" / "~$三月份工作安排.doc", "宣传部信息员")
    thumbnails(inbox / "区残联" / "Thumbs.db")
    desktop_store(inbox / "金阊街道" / ".DS_Store")
    empty(inbox / "双塔街道" / "新建 Microsoft Word 文档.docx")
    scanned(inbox / "区统计局" / "扫描件20250320.pdf")
    locked(inbox / "区民卫局" / "健康细胞建设情况（内部）.pdf")
    workbook(inbox / "区民卫局" / "各科室联系表.xlsx", "各科室联系表")
    workbook(inbox / "区统计局" / "信息员名单.docx", "信息员名单")  # renamed: a workbook in truth
    half_copied(inbox / "虎丘街道" / "婚纱产业信息.docx", items["huqiu"])


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def lock_file(path: Path, user: str) -> None:
    """The owner file beside an open document: 162 bytes, the user's name in two encodings."""
    narrow, wide = user.encode("gbk"), user.encode("utf-16-le")
    data = bytes([len(narrow)]) + narrow.ljust(53, b"\0")
    data += bytes([len(user), 0]) + wide.ljust(106, b"\0")
    assert len(data) == 162
    write(path, data)


def empty(path: Path) -> None:
    write(path, b"")


def desktop_store(path: Path) -> None:
    head = struct.pack(">I4sIIII", 1, b"Bud1", 0x1000, 0x800, 0x1000, 0x10D)
    tree = struct.pack(">5I", 2, 0, 0, 1, 0x1000)
    data = bytearray(6148)
    data[: len(head)] = head
    data[0x804:0x804 + len(tree)] = tree
    write(path, bytes(data))


def thumbnails(path: Path) -> None:
    """A compound file as the Explorer leaves it: a catalogue and one small picture."""
    picture = io.BytesIO()
    Image.new("RGB", (96, 96), (240, 240, 236)).save(picture, "JPEG", quality=50)
    catalogue = struct.pack("<HHIII", 16, 7, 1, 96, 96)
    write(path, compound({"Catalog": catalogue, "1": picture.getvalue()}))


def compound(streams: dict[str, bytes]) -> bytes:
    """A minimal compound file, version 3: each stream padded past the mini-stream limit."""
    end, free, special = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    sectors: list[bytes] = [b"", b""]  # the table and the directory, filled in below
    chain = [special, end]
    entries = [_entry("Root Entry", 5, end, 0, child=1)]
    for index, (name, data) in enumerate(streams.items()):
        data = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
        start = len(sectors)
        sectors += [data[at:at + 512] for at in range(0, len(data), 512)]
        chain += [*range(start + 1, len(sectors)), end]
        right = index + 2 if index + 1 < len(streams) else free
        entries.append(_entry(name, 2, start, len(data), right=right))
    sectors[0] = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    sectors[1] = b"".join(entries).ljust(512, b"\0")
    head = struct.pack("<8s16sHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE,
                       9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    return head + struct.pack("<109I", 0, *[free] * 108) + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF,
           right: int = 0xFFFFFFFF) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16sIQQIQ", wide, len(wide), kind, 1, 0xFFFFFFFF, right, child,
                       b"", 0, 0, 0, start, size)


LETTER = f"""
#set page(paper: "a4", margin: (x: 28mm, y: 37mm))
#set text(font: "{printing.SERIF}", size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 14pt, first-line-indent: (amount: 2em, all: true))
#align(center, text(22pt, weight: "bold")[TITLE])
#v(1em)
#par(first-line-indent: 0pt)[区党政办公室信息科：]

BODY

#v(2em)
#align(right)[UNIT #h(2em)]
#align(right)[2025年3月20日 #h(2em)]
"""


def letter(title: str, body: str, unit: str, target: Path) -> None:
    source = LETTER.replace("TITLE", title).replace("BODY", body).replace("UNIT", unit)
    printing.typeset(source, target, WHEN, unit)


def scanned(path: Path) -> None:
    """A page without any text: one grey picture, slightly turned, with specks."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.pdf"
        letter("关于报送信息的说明", "因系统升级，我局本月信息以纸质件报送，请予接收。电子稿将于下周补报。",
               "姑苏区统计局", page)
        subprocess.run(["pdftoppm", "-r", "100", "-gray", "-singlefile", page, Path(folder) / "page"],
                       timeout=120, check=True)
        picture = Image.open(Path(folder) / "page.pgm").rotate(0.7, Image.Resampling.BICUBIC, fillcolor=250)
    specks = random.Random(12)
    for _ in range(300):
        picture.putpixel((specks.randrange(picture.width), specks.randrange(picture.height)), 90)
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=45)
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    image = pikepdf.Stream(pdf, jpeg.getvalue())
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width,
        Height=picture.height, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode, Length=len(jpeg.getvalue()))
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    pdf.pages[0].Contents = pikepdf.Stream(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    pdf.docinfo["/Producer"] = "Scanner Image Library 3.1"
    pdf.docinfo["/CreationDate"] = "D:20250320090000+08'00'"
    path.parent.mkdir(parents=True, exist_ok=True)
    pdf.save(path, static_id=True)


def locked(path: Path) -> None:
    """A PDF that asks for a password (it is 123456)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.pdf"
        letter("健康细胞建设情况", "本件仅供内部参阅。", "姑苏区民卫局", page)
        subprocess.run(
            ["qpdf", "--allow-weak-crypto", "--static-id", "--static-aes-iv",
             "--encrypt", "123456", "654321", "128", "--use-aes=y", "--", page, path],
            timeout=60, check=True)


def workbook(path: Path, title: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in [["姓名", "科室", "电话"], ["孙丽华", "办公室", "0512-12345621"],
                ["郑海", "综合科", "0512-12345622"], ["冯雨", "业务科", "0512-12345623"]]:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    # openpyxl always writes the current time as time of the last change.
    core = "docProps/core.xml"
    with zipfile.ZipFile(buffer) as archive:
        text = archive.read(core).decode()
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "2025-03-20T01:00:00Z", text)
    write(path, fixed_zip(buffer.getvalue(), {core: text.encode()}))


def half_copied(path: Path, item: Item) -> None:
    """The head of a good Word file: its directory at the end of the archive is lost."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.docx"
        word = Word(WHEN, "虎丘街道", item.title)
        word.title(item.title)
        word.paragraph(item.body + item.closing)
        word.save(whole)
        data = whole.read_bytes()
    write(path, data[: len(data) * 6 // 10])
