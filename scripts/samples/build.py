"""Builds samples/, then compares what was built with the seed (--check: only compares)."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

from lxml import etree

import inbox
import issue
import junk
import printing
import seed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def main() -> None:
    frame, items = seed.load()
    if "--check" not in sys.argv[1:]:
        for name in ("inbox", "issue"):
            shutil.rmtree(seed.SAMPLES / name, ignore_errors=True)
        inbox.make(seed.SAMPLES / "inbox", items)
        junk.make(seed.SAMPLES / "inbox", items)
        issue.make(seed.SAMPLES / "issue", frame, items)
    faults = check(frame, items)
    for fault in faults:
        print(f"make-samples: {fault}", file=sys.stderr)
    files = [path for path in seed.SAMPLES.rglob("*") if path.is_file()]
    print(f"samples: {len(files)} files, {sum(path.stat().st_size for path in files) // 1024} KiB, "
          f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


def check(frame: dict, items: dict[str, seed.Item]) -> list[str]:
    faults = []
    printed = seed.bare(seed.TEXT.read_text(encoding="utf-8"))
    if seed.bare(seed.issue_text(frame, items)) != printed:
        faults.append("items.json and the seed's text differ")
    for name, wanted in inbox.expected(items).items():
        path = seed.SAMPLES / "inbox" / name
        text = shown(path)
        for item in wanted:
            for part in [item.title, *(re.sub("^[一二三]是", "", part) if item.id == "xuanchuanbu" else part
                                       for part in item.parts)]:
                if seed.bare(part) not in text:
                    faults.append(f"{name}: not found: {part[:30]}…")
            if item.id != "xuanchuanbu" and item.closing not in text:
                faults.append(f"{name}: not found: {item.closing}")
    for path in sorted((seed.SAMPLES / "issue").iterdir()):
        text = shown(path).replace("•", "")
        if text != printed.replace("•", ""):
            faults.append(f"{path.name}: differs from the seed's text")
    return faults


def shown(path: Path) -> str:
    """The text without white space, page numbers, headers and changes of punctuation."""
    if path.suffix == ".pdf":
        return pdf_text(path)
    # Another program's word for the formats that are not read here.
    package = path if path.suffix == ".docx" else io.BytesIO(printing.converted(path, "docx", datetime.now()))
    body = etree.fromstring(zipfile.ZipFile(package).read("word/document.xml"))
    lines = []
    for paragraph in body.iter(f"{W}p"):
        runs = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}rPr/{W}vanish") is None]
        lines.append("".join(text.text or "" for run in runs for text in run.iter(f"{W}t")))
    text = seed.bare("\n".join(lines))
    if "inbox" in path.parts:
        text = re.sub(r'"(\w+)"', r"“\1”", text)
        text = re.sub(r"(?<=[\u4e00-\u9fff]),(?=[\u4e00-\u9fff])", "，", text)
        text = re.sub(r"\(([\u4e00-\u9fff]+)\)", r"（\1）", text)
    return text


def pdf_text(path: Path) -> str:
    out = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True, timeout=60)
    furniture = re.compile(r"^(— ?\d+ ?—|第 ?\d+ ?页|\d+ ?/ ?\d+|姑苏城管信息.*|第 ?15 ?期|苏州市姑苏区残疾人联合会|.*学习参考)$")
    lines = out.stdout.decode("utf-8").replace("\f", "\n").splitlines()
    return seed.bare("".join(line for line in lines if not furniture.match(line.strip())))


if __name__ == "__main__":
    main()
