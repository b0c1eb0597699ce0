"""Our reader of PDFs beside others, on the set of scripts/make-pdfs: called by `scripts/bench pdf [DIR]`.

    compare.py DIR PROGRAM READER [PRODUCER…]

PROGRAM is `jianbao`, READER the measuring process of scripts/peers. What a text should give is known, so
every figure is a distance from it; docs/benchmarks.md says what is counted. Each difference of our reader
goes to the standard error.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pypdfium2
from rapidfuzz.distance import Levenshtein

sys.path.append(str(Path(__file__).resolve().parent.parent / "peers"))

import reader
from worker import Unreadable, Worker, machine, print_row, print_rule

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = "jianbao"
TOOLS = [OURS, "pdftotext", "pypdfium2", "pdf_oxide"]
TIMED = [OURS, "pypdfium2", "pdf_oxide"]
TURNS, MILLISECONDS = 3, 20
HAN = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—·]")


@dataclass
class Score:
    """Sums over the files of a producer."""

    characters: int = 0
    errors: int = 0
    bare_characters: int = 0
    bare_errors: int = 0
    false_spaces: int = 0
    paragraphs: int = 0
    exact: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass
class Result:
    pages: int = 0
    items: int = 0
    items_exact: int = 0
    scores: dict[str, Score] = field(default_factory=lambda: {tool: Score() for tool in TOOLS})


def main() -> None:
    folder, program, timer, *wanted = sys.argv[1:]
    folder = Path(folder)
    names = wanted or sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name != "truth")
    workers = [Worker(OURS, [timer, "jianbao-read"])]
    workers += [Worker(tool, [sys.executable, reader.__file__, tool]) for tool in TIMED[1:]]
    try:
        results = {name: measure(folder, name, program, workers) for name in names}
    finally:
        for worker in workers:
            worker.stop()
    print(f"Machine: {machine()}.\n")
    print_text(results)
    print_ours(results)
    print_speed(results)


def measure(folder: Path, producer: str, program: str, workers: list[Worker]) -> Result:
    result = Result()
    for path in sorted((folder / producer).glob("*.pdf")):
        truth = json.loads((folder / "truth" / f"{path.stem}.json").read_text(encoding="utf-8"))
        document = pypdfium2.PdfDocument(path)
        result.pages += len(document)
        document.close()
        for tool in TOOLS:
            score(result.scores[tool], text_of(tool, path, program), truth, tool, path)
        result.items += len(truth["items"])
        result.items_exact += exact_items(path, program, truth["items"])
        for tool, seconds in speed(path, workers).items():
            result.scores[tool].seconds += seconds
    return result


def text_of(tool: str, path: Path, program: str) -> str | None:
    try:
        if tool == OURS:
            return jianbao(program, path, "text")
        if tool == "pdftotext":
            done = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True, timeout=60)
            return done.stdout.decode("utf-8")
        return reader.TOOLS[tool](path.read_bytes())
    except Exception as error:  # a reader that fails has read nothing
        print(f"{path}: {tool}: {error}", file=sys.stderr)
        return None


def jianbao(program: str, path: Path, kind: str) -> str:
    config = ROOT / "samples/jianbao.toml"
    command = [program, "convert", "--config", config, "--to", kind, path]
    return subprocess.run(command, capture_output=True, timeout=60).stdout.decode("utf-8")


# --- text ---------------------------------------------------------------


def normal(lines: list[str]) -> list[str]:
    """Lines without blanks at their ends; any white space within is one blank; empty lines are nothing."""
    lines = [re.sub(r"\s", " ", line.strip()) for line in lines]
    return [line for line in lines if line]


def masked(line: str) -> str:
    return re.sub(r"\d+", "#", "".join(line.split()))


def score(score: Score, text: str | None, truth: dict, tool: str, path: Path) -> None:
    wanted = normal(truth["paragraphs"])
    if text is None:
        score.failed += 1
    found = normal(re.split(r"[\r\n\f]+", text or ""))
    if tool != OURS:
        # The others have no notion of page furniture; what is none but that is not held against them.
        furniture = {masked(line) for line in truth["furniture"]}
        found = [line for line in found if masked(line) not in furniture]
    target, output = "\n".join(wanted), "\n".join(found)
    bare_target, bare_output = ("".join(text.split()) for text in (target, output))
    score.characters += len(target)
    score.errors += Levenshtein.distance(target, output)
    score.bare_characters += len(bare_target)
    score.bare_errors += Levenshtein.distance(bare_target, bare_output)
    score.false_spaces += false_spaces(target, output)
    score.paragraphs += len(wanted)
    known = set(found)
    missing = [line for line in wanted if line not in known]
    score.exact += len(wanted) - len(missing)
    if tool == OURS and target != output:
        tell(path, wanted, found)


def false_spaces(target: str, output: str) -> int:
    """Blanks between two Han characters that the truth has not."""
    count = 0
    for edit in Levenshtein.editops(target, output):
        if edit.tag == "delete" or edit.dest_pos in (0, len(output) - 1):
            continue
        around = output[edit.dest_pos - 1], output[edit.dest_pos + 1]
        count += output[edit.dest_pos] == " " and all(map(HAN.match, around))
    return count


def tell(path: Path, wanted: list[str], found: list[str]) -> None:
    for sign, lines, others in (("-", wanted, found), ("+", found, wanted)):
        for line in lines:
            if line not in others:
                print(f"{path}: {sign} {line}", file=sys.stderr)


def exact_items(path: Path, program: str, wanted: list[dict]) -> int:
    record = json.loads(jianbao(program, path, "jsonl") or '{"items": []}')
    found = [
        {"title": item["title"], "attribution": (item["attribution"] or {}).get("printed"),
         "paragraphs": ([item["lead"]] if item.get("lead") else []) + item["paragraphs"]}
        for item in record.get("items", [])
    ]
    wrong = [item for item in wanted if item not in found]
    if wrong or len(found) != len(wanted):
        print(f"{path}: items: {json.dumps(found, ensure_ascii=False)}", file=sys.stderr)
    return len(wanted) - len(wrong) if len(found) == len(wanted) else 0


# --- speed --------------------------------------------------------------


def speed(path: Path, workers: list[Worker]) -> dict[str, float]:
    """The median of each tool; they take turns, so that other work of the machine hits all alike."""
    times: dict[str, list[float]] = {worker.tool: [] for worker in workers}
    for _ in range(TURNS):
        for worker in workers:
            try:
                times[worker.tool] += worker.times(path, MILLISECONDS, 2)
            except Unreadable as why:
                print(f"{path}: {worker.tool}: {why}", file=sys.stderr)
    return {tool: median(found) if found else float("inf") for tool, found in times.items()}


# --- tables -------------------------------------------------------------


def print_text(results: dict[str, Result]) -> None:
    print("Text: character error rate with white space / without it, false blanks, paragraphs exact:\n")
    print_row(["producer", *TOOLS])
    print_rule(1 + len(TOOLS))
    for name, result in results.items():
        print_row([name, *(figures(result.scores[tool]) for tool in TOOLS)])
    print()


def figures(score: Score) -> str:
    rate = score.errors / score.characters
    bare = score.bare_errors / score.bare_characters
    share = 100 * score.exact / score.paragraphs
    failed = f", {score.failed} failed" if score.failed else ""
    return f"{rate:.4f} / {bare:.4f}, {score.false_spaces}, {share:.1f} %{failed}"


def print_ours(results: dict[str, Result]) -> None:
    print("Jianbao in whole numbers:\n")
    print_row(["producer", "files", "pages", "characters", "wrong", "false blanks", "paragraphs", "exact",
               "items", "exact"])
    print_rule(10)
    for name, result in results.items():
        own = result.scores[OURS]
        print_row([name, result.items, result.pages, own.characters, own.errors, own.false_spaces,
                   own.paragraphs, own.exact, result.items, result.items_exact])
    print()


def print_speed(results: dict[str, Result]) -> None:
    print("Speed, pages/s, one thread:\n")
    print_row(["producer", *TIMED, *(f"{OURS} / {tool}" for tool in TIMED[1:])])
    print_rule(2 * len(TIMED))
    for name, result in results.items():
        rates = [result.pages / result.scores[tool].seconds for tool in TIMED]
        ratios = [f"{rates[0] / rate:.1f}" if rate else "—" for rate in rates[1:]]
        print_row([name, *(f"{rate:.0f}" for rate in rates), *ratios])


if __name__ == "__main__":
    main()
