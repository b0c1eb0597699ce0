"""Prints the set of texts through every producer: build.py DIR [--texts FOLDER] [PRODUCER…]."""

import argparse
import json
import time
from pathlib import Path

import texts as source

import byhand
import lab
import office
import typesetter
import web

# producer -> what prints texts into a folder
HORIZONTAL = {
    "libreoffice": office.make,
    "chromium": web.chromium,
    "weasyprint": web.weasy,
    "typst": typesetter.make,
    "reportlab": lab.make,
    **{name: byhand.maker(name) for name in byhand.HORIZONTAL},
}
# How many texts are made of other files.
HELD_OUT = 100
VERTICAL = {"chromium-v": web.chromium, **{name: byhand.maker(name) for name in byhand.VERTICAL}}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("producers", nargs="*", default=[*HORIZONTAL, *VERTICAL])
    arguments = parser.parse_intermixed_args()
    folder, wanted = arguments.folder, arguments.producers
    texts = source.held_out(arguments.texts, HELD_OUT) if arguments.texts else source.texts()
    for producers, texts in [(HORIZONTAL, texts), (VERTICAL, source.vertical(texts))]:
        write_truth(folder / "truth", texts)
        for name in producers:
            if name in wanted:
                start = time.monotonic()
                (folder / name).mkdir(parents=True, exist_ok=True)
                producers[name](folder / name, texts)
                print(f"{name}: {len(texts)} files, {time.monotonic() - start:.0f} s", flush=True)


def write_truth(folder: Path, texts: list[source.Text]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for text in texts:
        # The vertical ones are without furniture: the truth of all others serves them too.
        if not text.layout.vertical:
            truth = json.dumps(text.truth, ensure_ascii=False, indent=1)
            (folder / f"{text.name}.json").write_text(truth + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
