"""Prints the set of texts through every producer: build.py DIR [PRODUCER…]."""

import json
import sys
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
VERTICAL = {"chromium-v": web.chromium, **{name: byhand.maker(name) for name in byhand.VERTICAL}}


def main() -> None:
    folder, wanted = Path(sys.argv[1]), sys.argv[2:] or [*HORIZONTAL, *VERTICAL]
    for producers, texts in [(HORIZONTAL, source.texts()), (VERTICAL, source.vertical_texts())]:
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
