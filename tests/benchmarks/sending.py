"""A long report made ready, approved and submitted in the window: how long the window does nothing meanwhile.

``python -m tests.benchmarks.sending FILE FOLDER`` is the program that is measured: the real window, somebody
who takes the steps of the page to send, and a timer that should come every five milliseconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUDGET = 0.05
"""Seconds the window may do nothing."""

MINUTES = 600.0


def measure(report_file: Path) -> dict[str, tuple[float, float]]:
    """By step, the longest time in seconds the window did nothing, and worked without a pause."""
    from tests.faults.nursery import home_variables

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, **home_variables(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "tests.benchmarks.sending", str(report_file), name]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    told = (json.loads(line) for line in done.stdout.splitlines())
    return {step: (longest, busiest) for step, longest, busiest in told}


def _be_measured(path: Path, folder: Path) -> int:
    from desktop_app.start_up import load_app

    # As the program itself begins.
    load_app()
    from desktop_app.report.status import Status
    from desktop_app.ui.pages.send_page import SendPage
    from tests.benchmarks.ticks import Ticks
    from tests.faults.window_child import Act, Seat, wait_until, with_window

    def act(seat: Seat) -> Act:
        yield from wait_until(lambda: seat.is_open, MINUTES)
        seat.window.activateWindow()
        yield from wait_until(seat.opened.integrity.done, MINUTES)
        yield 1000
        ticks = Ticks()

        def step(words: str, do: Callable[[], object], is_done: Callable[[], object]) -> Act:
            yield 100
            ticks.begin()
            do()
            yield from wait_until(is_done, MINUTES)
            yield from wait_until(lambda: seat.opened.journal.durability.is_saved, MINUTES)
            yield 200
            print(json.dumps([words, ticks.longest, ticks.busiest]), flush=True)

        def is_now(status: Status) -> Callable[[], bool]:
            return lambda: seat.session.report.status == status

        view = seat.window.view
        assert view is not None
        yield from step("page to send shown", view.show_send, lambda: isinstance(view.pages.page, SendPage))
        page = view.pages.page
        assert isinstance(page, SendPage)
        clearance, making = page.clearance, page.making
        yield from step("made ready", clearance.next.click, is_now(Status.READY))
        clearance.next.click()
        yield from wait_until(lambda: clearance.line is not None)
        assert clearance.line is not None
        given = clearance.line.given
        yield from step("approved", lambda: given.emit(""), is_now(Status.APPROVED))
        yield from step("looked through", making.submit.click, lambda: not making.for_good.isHidden())
        yield from step("submitted", making.for_good.yes.click, is_now(Status.SUBMITTED))
        # The export that follows is in a process and threads of its own.
        yield from wait_until(making._cancel.isVisible, MINUTES)
        making._cancel.click()
        yield from wait_until(lambda: making._job is None, MINUTES)

    return with_window(folder, [str(path)], act)


if __name__ == "__main__":
    sys.exit(_be_measured(Path(sys.argv[1]), Path(sys.argv[2])))
