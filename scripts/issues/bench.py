"""`scripts/bench issues`: issues of ten pages rendered by Jianbao, docxtpl and python-docx, one thread each.

The seed's items are repeated until LibreOffice prints ten pages. Each tool is a process of its own that has
the issue in memory and is timed from there to the bytes of the .docx file, template or base document read
anew for every issue as its users have to; what is imported and compiled before counts for none. Jianbao runs
twice: with one renderer for all issues, which keeps what they share, and with a new one for each (`jianbao
alone`). The tools take turns, so that other work of the machine hits all alike, and of each the median counts.
"""

import json
import re
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path += [str(ROOT / "scripts"), str(ROOT / "scripts/peers")]

import bootstrap
from worker import Worker, machine, print_row, print_rule

PAGES = 10
ISSUES = 200
TURNS = 10
MOST_ITEMS = 100
PEERS = ["docxtpl", "python-docx"]
ALONE = "jianbao alone"


def main() -> None:
    if len(sys.argv) > 1:
        sys.exit("usage: scripts/bench issues")
    bootstrap.install(
        "bench", {"soffice": "libreoffice-writer", "pdfinfo": "poppler-utils"}, {"Noto Serif CJK SC": "fonts-noto-cjk"}
    )
    python = bootstrap.python_with(ROOT / "scripts/issues/peers.txt", ROOT / "target/peers-issues")
    command = ["cargo", "build", "--release", "--quiet", "--locked", "-p", "jianbao-publish", "--example", "render"]
    subprocess.run(command, cwd=ROOT, check=True)
    ours = ROOT / "target/release/examples/render"
    peers = ROOT / "scripts/issues/peers.py"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        items = ten_pages(ours, folder)
        issue, base = folder / "issue.json", folder / "issue.docx"
        commands = {"jianbao": [ours], ALONE: [ours, "alone"], **{peer: [python, peers, peer, base] for peer in PEERS}}
        pages = dict.fromkeys(["jianbao", ALONE], pages_of(base))
        for peer in PEERS:
            target = folder / f"{peer}.docx"
            subprocess.run([*commands[peer], issue, target], check=True)
            pages[peer] = pages_of(target)
        print_table(items, pages, measured(commands, issue))


def ten_pages(program: Path, folder: Path) -> int:
    """Writes the least issue of ten pages; the number of its items."""
    low, high = 1, MOST_ITEMS
    while low < high:
        middle = (low + high) // 2
        if pages_of(write_issue(program, folder, middle)) >= PAGES:
            high = middle
        else:
            low = middle + 1
    pages = pages_of(write_issue(program, folder, low))
    if pages != PAGES:
        sys.exit(f"bench: {low} items are {pages} pages")
    return low


def write_issue(program: Path, folder: Path, count: int) -> Path:
    seed = json.loads((ROOT / "samples/seed/items.json").read_text())
    printed = seed["issue"]
    split = lambda line: re.split("[，、]", line.split("：")[1])
    year, month, day = map(int, re.findall(r"\d+", printed["date"]))
    items = [{**item, "id": f"item-{at}"} for at, item in enumerate(islice(cycle(seed["items"]), count))]
    name_of = {key: name.strip("【】") for key, name in printed["sections"].items()}
    send, distribute, editors, registration = printed["colophon"]
    issue = {
        "masthead": {
            "name": printed["name"],
            "edition": printed["edition"].strip("()").split("·"),
            "year": year,
            "number": int(re.search(r"\d+", printed["number"])[0]),
            "cumulative": int(re.search(r"总(\d+)期", printed["cumulative"])[1]),
            "offices": printed["offices"],
            "date": f"{year:04}-{month:02}-{day:02}",
        },
        "sections": [
            {"id": key, "name": name, "bulleted": key == "brief", "items": [i for i in items if i["section"] == key]}
            for key, name in name_of.items()
        ],
        "colophon": {
            "send": split(send), "distribute": split(distribute), "editors": split(editors), "registration": registration,
        },
    }
    issue["sections"] = [section for section in issue["sections"] if section["items"]]
    (folder / "issue.json").write_text(json.dumps(issue, ensure_ascii=False))
    subprocess.run([program, folder / "issue.json", folder / "issue.docx"], check=True)
    return folder / "issue.docx"


def pages_of(docx: Path) -> int:
    profile = f"-env:UserInstallation=file://{docx.parent / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", docx.parent, docx]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    told = subprocess.run(["pdfinfo", docx.with_suffix(".pdf")], check=True, capture_output=True, text=True)
    return int(re.search(r"Pages:\s+(\d+)", told.stdout)[1])


def measured(commands: dict[str, list], issue: Path) -> dict[str, list[float]]:
    """Seconds of every issue, by tool."""
    workers = [Worker(tool, command) for tool, command in commands.items()]
    seconds = {worker.tool: [] for worker in workers}
    try:
        for worker in workers:
            worker.times(issue, 0, 3)
        for _ in range(TURNS):
            for worker in workers:
                seconds[worker.tool] += worker.times(issue, 0, ISSUES // TURNS)
    finally:
        for worker in workers:
            worker.stop()
    return seconds


def print_table(items: int, pages: dict[str, int], seconds: dict[str, list[float]]) -> None:
    print(f"Machine: {machine()}. {ISSUES} issues of {items} items.\n")
    print_row(["tool", "pages", "issues/s", "ms an issue", "tool / jianbao", f"tool / {ALONE}"])
    print_rule(6)
    ours = [median(seconds[tool]) for tool in ("jianbao", ALONE)]
    for tool, times in seconds.items():
        one = median(times)
        print_row([tool, pages[tool], f"{1 / one:.1f}", f"{one * 1000:.2f}", *(f"{one / our:.1f}" for our in ours)])


if __name__ == "__main__":
    main()
