"""Writes tests/features/: the description as expected.json and as a file of each format."""

import json
from pathlib import Path

import doc
import docx
import rows
import rtf
from model import Document, Feature, heading

FOLDER = Path(__file__).resolve().parent.parent.parent / "tests" / "features"
HEAD = """# Feature matrix

`feature.*` are one document in every format, made by `scripts/make-features` from
`scripts/features/rows.py`; `tests/tests/features.rs` holds the readers to `expected.json`. ✓: as described;
a number: what the format itself does not have.
"""
WRITERS = {"docx": docx.write, "rtf": rtf.write, "doc": doc.write, "wps": doc.write_wps}


def files() -> dict[str, bytes]:
    """Name -> bytes of everything that is made."""
    document = rows.document()
    made = {"expected.json": expected(document), "matrix.md": matrix(document).encode()}
    made |= {f"feature.{name}": write(document) for name, write in WRITERS.items()}
    return made


def expected(document: Document) -> bytes:
    check(document)
    features = [
        {
            "name": feature.name,
            "heading": heading(feature.name),
            "shown": feature.shown,
            "dropped": feature.dropped,
            "furniture": feature.furniture,
            "lost_in": feature.lost_in,
        }
        for feature in document.features
    ]
    found = {"end": heading("end"), "formats": list(WRITERS), "features": features}
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def matrix(document: Document) -> str:
    """For people: every feature and what each format keeps of it."""
    reasons: list[str] = []

    def cell(feature: Feature, name: str) -> str:
        if name not in feature.lost_in:
            return "✓"
        why = feature.lost_in[name]["why"]
        if why not in reasons:
            reasons.append(why)
        return f"({reasons.index(why) + 1})"

    head = ["feature", *WRITERS]
    lines = [head, ["---"] * len(head)]
    lines += [[feature.name, *(cell(feature, name) for name in WRITERS)] for feature in document.features]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    notes = "\n".join(f"{number}. {why}" for number, why in enumerate(reasons, 1))
    return f"{HEAD}\n{table}\n\n{notes}\n"


def check(document: Document) -> None:
    """What is dropped names its feature only by its text, so no two may be the same."""
    names = [feature.name for feature in document.features]
    assert len(names) == len(set(names)), "two features of one name"
    dropped = [piece for feature in document.features for piece in set(feature.dropped)]
    assert len(dropped) == len(set(dropped)), "the same text is dropped in two features"


def main(only_check: bool) -> list[str]:
    """Writes the files, or names those that differ."""
    differing = []
    for name, data in files().items():
        path = FOLDER / name
        if only_check:
            if not path.exists() or path.read_bytes() != data:
                differing.append(name)
        else:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return differing
