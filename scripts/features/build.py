"""Writes tests/features/: the description as expected.json and as a file of each format."""

import json
from pathlib import Path

import doc
import docx
import rtf
import rows
from model import Document, heading

FOLDER = Path(__file__).resolve().parent.parent.parent / "tests" / "features"
WRITERS = {"docx": docx.write, "rtf": rtf.write, "doc": doc.write, "wps": doc.write_wps}


def files() -> dict[str, bytes]:
    """Name -> bytes of everything that is made."""
    document = rows.document()
    made = {"expected.json": expected(document)}
    made |= {f"feature.{name}": write(document) for name, write in WRITERS.items()}
    return made


def expected(document: Document) -> bytes:
    check(document)
    features = [{
        "name": feature.name,
        "heading": heading(feature.name),
        "shown": feature.shown,
        "dropped": feature.dropped,
        "furniture": feature.furniture,
        "lost_in": feature.lost_in,
    } for feature in document.features]
    found = {"end": heading("end"), "formats": list(WRITERS), "features": features}
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


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
