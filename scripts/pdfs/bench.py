"""`scripts/bench pdf [DIR [PRODUCER…]]`: makes the set where it is missing, builds, and compares."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "scripts"))

import bootstrap


def main() -> None:
    if sys.argv[1:2] in (["-h"], ["--help"]):
        sys.exit("usage: scripts/bench pdf [DIR [PRODUCER…]]")
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "target/pdfs"
    if not (folder / "truth").is_dir():
        # The tables are the output of this; what is made is told beside them.
        subprocess.run([ROOT / "scripts/make-pdfs", folder], stdout=sys.stderr, check=True)
    bootstrap.install("bench", {"pdftotext": "poppler-utils"}, {}, {"/usr/share/poppler/cMap": "poppler-data"})
    python = bootstrap.python_with(ROOT / "scripts/pdfs/peers.txt", ROOT / "target/peers-pdf")
    # A folder of its own: with and without the readers of Word files are two programs.
    target = ROOT / "target/peers-pdf-timer"
    subprocess.run(["cargo", "build", "--release", "--quiet", "--locked"], cwd=ROOT, check=True)
    # Not `--locked`: the lock file holds the peers' versions, and has to follow what our crates need.
    command = ["cargo", "build", "--release", "--quiet", "--no-default-features", "--target-dir", target]
    subprocess.run(command, cwd=ROOT / "scripts/peers", check=True)
    compare = ROOT / "scripts/pdfs/compare.py"
    programs = [ROOT / "target/release/jianbao", target / "release/jianbao-peers"]
    os.execv(python, list(map(str, [python, compare, folder, *programs, *sys.argv[2:]])))


if __name__ == "__main__":
    main()
