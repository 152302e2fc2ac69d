"""A reviewed workbook brought in in the window: the longest time the window does nothing meanwhile.

``review_in_window.py REPORT WORKBOOK`` is the program that is measured: the real window, somebody who opens
the workbook, reads down the preview, brings all of it in, takes that back and makes it again, and a timer
that should come every five milliseconds. A line for each step has the longest time between two of its ticks
in seconds: on the clock, of processor of the whole program but no more than that, and of processor of the
window's thread alone. The first also counts what other programs of a busy machine took.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

BUDGET = 0.05
"""Seconds the window may do nothing."""

STEPS = ("read and compare", "read down the preview", "bring in", "take back", "make again")

_ROW = re.compile(r'<row r="(\d+)".*?</row>', re.DOTALL)
_KEY = re.compile(r"<t>([^<]*)</t>")


def with_comments(data: bytes, count: int) -> bytes:
    """The workbook with a comment of a reviewer on ``count`` rows of its sheet for reviews.

    Written into the part itself: openpyxl would take minutes for a long report.
    """
    from openpyxl import load_workbook

    names = load_workbook(io.BytesIO(data), read_only=True).sheetnames
    part = f"xl/worksheets/sheet{names.index('Review') + 1}.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members[part].decode()
    rows = [found for found in _ROW.finditer(sheet) if int(found[1]) > 1]
    chosen = {found[1] for found in rows[:: max(1, len(rows) // count)][:count]}

    def written(found: re.Match[str]) -> str:
        row = found[1]
        if row not in chosen:
            return found[0]
        said = {"E": "clarification", "F": f"Which budget pays for row {row}?", "H": "L. Berg"}
        cells = found[0]
        for column, words in said.items():
            empty = re.compile(rf'<c r="{column}{row}"( s="\d+")?[^>]*/>')
            cell = rf'<c r="{column}{row}"\1 t="inlineStr"><is><t>{words}</t></is></c>'
            cells, made = empty.subn(cell, cells)
            assert made == 1, f"no empty cell {column}{row}"
        return cells

    members[part] = _ROW.sub(written, sheet).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def measure(report_file: Path, workbook: Path) -> dict[str, tuple[float, float, float]]:
    """By step, the longest times in seconds: on the clock, of the program, of the window's thread."""
    from tests.faults.nursery import home_variables

    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, **home_variables(Path(name)), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, str(Path(__file__)), str(report_file), str(workbook)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=2400
        )
    lines = (line.split("\t") for line in done.stdout.splitlines() if "\t" in line)
    return {step: (float(clock), float(program), float(own)) for step, clock, program, own in lines}


def _be_measured(path: Path, workbook: Path) -> int:
    from desktop_app.start_up import load_app

    load_app()
    from desktop_app.ui.review.preview_page import PreviewPage
    from tests.benchmarks.ticks import Ticks
    from tests.faults.window_child import Act, Seat, wait_until, with_window

    def tell(step: str, ticks: Ticks) -> None:
        sys.stdout.write(f"{step}\t{ticks.longest:.4f}\t{ticks.program:.4f}\t{ticks.busiest:.4f}\n")
        sys.stdout.flush()
        ticks.begin()

    def act(seat: Seat) -> Act:
        yield from wait_until(lambda: seat.is_open, 120)
        seat.window.activateWindow()
        yield 3000
        yield from wait_until(lambda: seat.opened.journal.integrity.done(), 300)
        yield 3000
        ticks = Ticks()
        yield 100
        ticks.begin()
        seat.window.files_dropped.emit([workbook])
        yield from wait_until(lambda: "Reading" in seat.notice, 60)
        yield from wait_until(lambda: seat.find(PreviewPage) or "Reading" not in seat.notice, 1800)
        assert seat.find(PreviewPage) is not None, seat.notice
        yield 500
        tell(STEPS[0], ticks)
        page = seat.find(PreviewPage)
        assert page is not None
        bar = page.verticalScrollBar()
        for part in range(41):
            bar.setValue(bar.maximum() * part // 40)
            yield 30
        tell(STEPS[1], ticks)
        seat.press("Bring in the chosen")
        yield from wait_until(lambda: "Brought in" in seat.notice, 300)
        yield from wait_until(lambda: seat.opened.journal.durability.is_saved, 300)
        yield 500
        tell(STEPS[2], ticks)
        assert seat.session.report.comments
        seat.window.undo()
        yield from wait_until(lambda: seat.session.can_redo, 300)
        assert not seat.session.report.comments
        yield from wait_until(lambda: seat.opened.journal.durability.is_saved, 300)
        yield 500
        tell(STEPS[3], ticks)
        seat.window.redo()
        yield from wait_until(lambda: not seat.session.can_redo, 300)
        assert seat.session.report.comments
        yield from wait_until(lambda: seat.opened.journal.durability.is_saved, 300)
        yield 500
        tell(STEPS[4], ticks)

    with tempfile.TemporaryDirectory() as name:
        return with_window(Path(name), [str(path)], act)


if __name__ == "__main__":
    sys.exit(_be_measured(Path(sys.argv[1]), Path(sys.argv[2])))
