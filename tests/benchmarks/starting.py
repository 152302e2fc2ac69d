"""The group "start-up": from source, installed, and packaged, each against a bare window of PySide6."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.table import Row, ratio, untold
from tests.benchmarks.timing import ROOT, START_UP, Programs, ratios
from tests.benchmarks.timing import ratio as in_pairs

ROUNDS = 9
FIRST_PAGE = 1.5
VERSION = 3.0
PACKAGED = 1.1

_BARE = "bare window with 40 widgets"
_NEEDS = ROOT / "resources" / "packaging" / "requirements.txt"
_INSTALLED = ROOT / "build" / "bench" / "installed"
_FROZEN = ROOT / "build" / "package" / "frozen" / "alliance-desk" / "alliance-desk"


def rows(folder: Path) -> Iterator[Row]:
    """The lines of the table; files are made in ``folder``."""
    source = Programs(folder / "home")
    version, nothing = source.whole("-m", "desktop_app", "--version"), source.whole("-c", "pass")
    yield ratio("--version", "python -c pass", in_pairs(version, nothing, ROUNDS), VERSION)
    report = example(source, folder)
    yield ratio("first page of a report, from source", _BARE, _first_page(source, report), FIRST_PAGE)
    yield _installed(folder, report)
    yield from _packaged(source, report)


def example(programs: Programs, folder: Path) -> Path:
    """The report file of the example, made in ``folder``."""
    programs.run("-m", "desktop_app", "demo", "--to", str(folder))
    return next(folder.glob("*.adesk"))


def _first_page(programs: Programs, report: Path) -> float:
    page = programs.until_painted(START_UP, "page", str(report))
    return in_pairs(page, programs.until_painted(START_UP, "bare"), ROUNDS)


def _installed(folder: Path, report: Path) -> Row:
    what = "first page, installed with pip"
    try:
        python = _install()
    except subprocess.CalledProcessError as error:
        return untold(what, f"not installed: pip ended with {error.returncode}")
    return ratio(what, _BARE, _first_page(Programs(folder / "home", python), report), FIRST_PAGE)


def _install() -> str:
    """The Python of an environment with what users install: the wheel, outside of the source tree.

    The packages it needs stay there between two runs, the program is put in anew.
    """
    python = _INSTALLED / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    key, needs = _INSTALLED / "ready", _NEEDS.read_bytes()
    pip = [str(python), "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check", "install"]
    if not key.is_file() or key.read_bytes() != needs:
        _call(sys.executable, "-m", "venv", "--clear", str(_INSTALLED))
        _call(*pip, "--only-binary", ":all:", "--require-hashes", "--requirement", str(_NEEDS))
        key.write_bytes(needs)
    wheels = _INSTALLED / "wheels"
    own = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
    _call(*own, "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT))
    _call(*pip, "--no-deps", "--no-index", "--force-reinstall", *map(str, wheels.glob("alliance_desk-*.whl")))
    return str(python)


def _call(*command: str) -> None:
    _INSTALLED.parent.mkdir(parents=True, exist_ok=True)
    # With what pip is told on this computer; and compiled, as pip does unless Python is told not to.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, cwd=_INSTALLED.parent, env=environment, check=True, capture_output=True)


def _packaged(source: Programs, report: Path) -> Iterator[Row]:
    """The frozen program is left as it is, so Qt says when a window is there, of all three."""
    what = "first page, packaged"
    if not _FROZEN.is_file():
        yield untold(what, "not built: make package")
        return
    frozen = source.until_flushed(str(_FROZEN), str(report))
    others = [(source.python, START_UP, "bare", "stay"), (source.python, "-m", "desktop_app", str(report))]
    bare, plain = (source.until_flushed(*command) for command in others)
    to_source, bare_to_source = ratios([frozen, bare, plain], ROUNDS)
    yield ratio(what, "the same, from source", to_source, PACKAGED)
    yield ratio(what, _BARE, to_source / bare_to_source, FIRST_PAGE)
