"""A reader with a Python face, for compare.py: `reader.py TOOL` answers as scripts/peers does."""

import sys
import time

import pdf_oxide
import pypdfium2

FEWEST = 3
PATIENCE = 4


def pdfium(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    pages = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        pages.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return "\n".join(pages)


def oxide(data: bytes) -> str:
    document = pdf_oxide.PdfDocument.from_bytes(data)
    return "\n".join(document.extract_text(number) for number in range(document.page_count()))


TOOLS = {"pypdfium2": pdfium, "pdf_oxide": oxide}


def measure(tool, data: bytes, seconds: float, iterations: int) -> list[int]:
    """Nanoseconds of each iteration after a first one that warms up; as in scripts/peers/src/main.rs."""
    tool(data)
    times, start = [], time.perf_counter()
    while True:
        spent = time.perf_counter() - start
        wanted = spent < seconds or len(times) < iterations
        if len(times) >= FEWEST and not (wanted and spent < seconds * PATIENCE):
            return times
        begun = time.perf_counter_ns()
        tool(data)
        times.append(time.perf_counter_ns() - begun)


def main() -> None:
    tool = TOOLS[sys.argv[1]]
    for line in sys.stdin:
        milliseconds, iterations, path = line.rstrip("\n").split(" ", 2)
        try:
            with open(path, "rb") as file:
                times = measure(tool, file.read(), int(milliseconds) / 1000, int(iterations))
            print("ok", *times, flush=True)
        except Exception as error:
            print("failed", str(error).replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
