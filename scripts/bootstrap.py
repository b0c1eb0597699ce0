"""Installs what a script needs: programs and fonts with apt-get, Python packages into .venv."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"


def install(who: str, programs: dict[str, str], fonts: dict[str, str], files: dict[str, str] = {}) -> None:
    """Each maps what is looked for (a program, a font family, a path) to its Debian package."""
    packages = _missing(programs, fonts, files)
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"{who}: please install: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    subprocess.run(["apt-get", *wait, "update"], env=environment, timeout=600, check=True)
    subprocess.run(
        ["apt-get", *wait, "install", "-y", "--no-install-recommends", *packages],
        env=environment, timeout=1800, check=True,
    )
    if still := _missing(programs, fonts, files):
        sys.exit(f"{who}: still missing after the installation: {' '.join(still)}")


def _missing(programs: dict[str, str], fonts: dict[str, str], files: dict[str, str]) -> list[str]:
    packages = {package for program, package in programs.items() if not shutil.which(program)}
    packages |= {package for path, package in files.items() if not Path(path).exists()}
    families = ""
    if shutil.which("fc-list"):
        families = subprocess.run(
            ["fc-list", ":", "family"], capture_output=True, text=True, check=True
        ).stdout
    packages |= {package for family, package in fonts.items() if family not in families}
    return sorted(packages)


def python_with(requirements: Path, folder: Path = VENV) -> Path:
    """The interpreter of a virtual environment, with the pinned packages in it."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        (folder / ".gitignore").write_text("*\n")
    stamp = folder / f"requirements-of-{requirements.parent.name}.txt"
    if not stamp.exists() or stamp.read_bytes() != requirements.read_bytes():
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", requirements],
            timeout=1200, check=True,
        )
        stamp.write_bytes(requirements.read_bytes())
    return python
