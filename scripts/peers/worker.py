"""A reader in a process of its own that is told what to measure, and the tables of what came out."""

import os
import select
import subprocess
from pathlib import Path

HANGS_AFTER = 20  # seconds without an answer


class Unreadable(Exception):
    """Why a tool gives no text of a file: `error`, `panic`, `abort`, `hang`."""


class Worker:
    """A tool in its process, started anew after it hung or died.

    It is asked with lines `MILLISECONDS ITERATIONS PATH` and answers `ok NANOSECONDS…` or `failed REASON`.
    """

    def __init__(self, tool: str, command: list):
        self.tool, self.command = tool, command
        self.process = None

    def times(self, file: Path, milliseconds: int, iterations: int) -> list[float]:
        """Seconds of each iteration. A file that cannot be read raises its reason."""
        if self.process is None:
            self.start()
        self.process.stdin.write(os.fsencode(f"{milliseconds} {iterations} {file}\n"))
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], HANGS_AFTER)
        answer = self.process.stdout.readline().decode() if ready else ""
        if not answer:
            self.stop()
            raise Unreadable("abort" if ready else "hang")
        verdict, _, rest = answer.strip().partition(" ")
        if verdict != "ok":
            raise Unreadable("panic" if rest == "panic" else "error")
        return [int(nanoseconds) / 1e9 for nanoseconds in rest.split()]

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def machine() -> str:
    cpu = Path("/proc/cpuinfo").read_text()
    model = next(line.split(": ")[1] for line in cpu.splitlines() if line.startswith("model name"))
    return f"{os.cpu_count()} cores, {model}"


def print_row(cells: list) -> None:
    print(f"| {' | '.join(map(str, cells))} |")


def print_rule(columns: int) -> None:
    print(f"|{'---|' * columns}")
