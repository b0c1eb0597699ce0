"""The three programs that print the PDF samples, each with a fixed date; one of them also saves Word's older formats."""

import datetime
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import typst

SERIF = "Noto Serif CJK SC"
# Stands for 32 hexadecimal digits until the checksum of the rest is known.
PLACE = b"<<place of a 32 digit checksum>>"


def converted(source: Path, kind: str, when: datetime.datetime) -> bytes:
    """What LibreOffice makes of a file; `kind` is an extension, with a filter's name where it needs one."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
             "--convert-to", kind, "--outdir", folder, source],
            env={**os.environ, "SOURCE_DATE_EPOCH": str(int(when.timestamp())), "TZ": "Asia/Shanghai"},
            timeout=300, check=True, capture_output=True)
        return (Path(folder) / f"{source.stem}.{kind.partition(':')[0]}").read_bytes()


def libreoffice(source: Path, target: Path, when: datetime.datetime) -> None:
    data = converted(source, "pdf:writer_pdf_Export", when)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(fixed_pdf(data, when))


def older(source: Path, target: Path, when: datetime.datetime) -> None:
    """A .docx saved as what the target's extension says: .doc, .rtf."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(converted(source, target.suffix[1:], when))


def chromium(html: str, target: Path, when: datetime.datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        subprocess.run(
            [shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu",
             f"--user-data-dir={folder}/profile", "--no-pdf-header-footer",
             f"--print-to-pdf={out}", page.as_uri()],
            timeout=300, check=True, capture_output=True)
        data = out.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(fixed_pdf(data, when))


def typeset(source: str, target: Path, when: datetime.datetime, author: str) -> None:
    """`source` is Typst markup; the date goes into the document's properties."""
    date = ", ".join(f"{name}: {getattr(when, name)}"
                     for name in ("year", "month", "day", "hour", "minute", "second"))
    source = f'#set document(author: "{author}", date: datetime({date}))\n' + source
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.typ"
        page.write_text(source, encoding="utf-8")
        typst.compile(str(page), output=str(target))


def fixed_pdf(data: bytes, when: datetime.datetime) -> bytes:
    """The same file with a fixed date and /ID, every byte offset unchanged."""
    stamp = when.strftime("%Y%m%d%H%M%S").encode()
    data = re.sub(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}", rb"\g<1>" + stamp, data)
    data = re.sub(rb"/ID\s*\[\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\]", _blank, data)
    data = re.sub(rb"/DocChecksum\s*/([0-9A-Fa-f]+)", _blank, data)
    digest = hashlib.sha256(data).hexdigest().upper().encode()
    return data.replace(PLACE, digest[:32])


def _blank(match: re.Match) -> bytes:
    text = match.group(0)
    for group in match.groups():
        assert len(group) == 32, text
        text = text.replace(group, PLACE)
    return text


def markup(text: str) -> str:
    """Plain text as Typst markup."""
    return re.sub(r"([\\#*_`$<>@\[\]=~/\"'-])", r"\\\1", text)
