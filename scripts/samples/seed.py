"""The text that the samples carry: samples/seed/items.json."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "samples"
DATA = SAMPLES / "seed" / "items.json"
TEXT = SAMPLES / "seed" / "gusu-2025-012.txt"

# A point starts with 一是, 二是 … at the head of a sentence.
POINT = re.compile(r"(?:^|(?<=[。：]))(?=[一二三四五六七八九十]是)")


@dataclass(frozen=True)
class Item:
    id: str
    section: str
    title: str
    body: str
    attribution: str

    @property
    def closing(self) -> str:
        return f"（{self.attribution}）"

    @property
    def text(self) -> str:
        """As printed: run-in title, body, closing."""
        head = f"{self.title}。" if self.title else ""
        return head + self.body + self.closing

    @property
    def parts(self) -> list[str]:
        """The body cut before each point; a lead comes first if there is one."""
        return [part for part in POINT.split(self.body) if part]


def load() -> tuple[dict, dict[str, Item]]:
    """The frame of the issue, and its items by id in printed order."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return data["issue"], {item["id"]: Item(**item) for item in data["items"]}


def bare(text: str) -> str:
    """Without any white space: how two texts are compared here."""
    return re.sub(r"\s+", "", text)


def issue_text(issue: dict, items: dict[str, Item]) -> str:
    """The whole issue in printed order, one paragraph a line."""
    lines = [issue["name"], issue["edition"], issue["number"] + issue["cumulative"]]
    lines += [*issue["offices"], issue["date"], issue["contents"]]
    number = 0
    for section in ("news", "digest"):
        lines.append(issue["sections"][section])
        for item in items.values():
            if item.section == section:
                number += 1
                lines.append(f"{number}. {item.title}")
    for section in ("news", "brief", "digest"):
        lines.append(issue["sections"][section])
        bullet = "• " if section == "brief" else ""
        lines += [bullet + item.text for item in items.values() if item.section == section]
    return "\n".join([*lines, *issue["colophon"]])
