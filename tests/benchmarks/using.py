"""A long report read and worked on in the window: how long the window does nothing meanwhile.

``python -m tests.benchmarks.using FILE`` is the program that is measured: the real window, somebody who
scrolls, pastes a list, and opens problems and history, and a timer that should come every five milliseconds.
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
PASTED = 300
"""Lines of the list that is pasted."""


def measure(report_file: Path) -> dict[str, tuple[float, float]]:
    """By step, the longest time in seconds the window did nothing, and worked without a pause."""
    from tests.faults.nursery import home_variables

    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, **home_variables(Path(name)), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "tests.benchmarks.using", str(report_file)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    told = (json.loads(line) for line in done.stdout.splitlines())
    return {step: (longest, busiest) for step, longest, busiest in told}


def _be_measured(path: Path) -> int:
    from desktop_app.start_up import load_app

    # As the program itself begins.
    load_app()
    from PySide6.QtWidgets import QAbstractButton, QApplication

    from desktop_app.ui.history.history_page import HistoryPage
    from desktop_app.ui.pages.section_page import SectionPage
    from tests.benchmarks.ticks import Ticks
    from tests.faults.window_child import Act, Seat, wait_until, with_window

    def act(seat: Seat) -> Act:
        yield from wait_until(lambda: seat.is_open, MINUTES)
        seat.window.activateWindow()
        yield from wait_until(seat.opened.integrity.done, MINUTES)
        yield from wait_until(lambda: seat.session.problems.is_complete, MINUTES)
        yield 1000
        ticks = Ticks()

        def step(words: str, do: Callable[[], object], is_done: Callable[[], object] = bool) -> Act:
            yield 100
            ticks.begin()
            do()
            if is_done is not bool:
                yield from wait_until(is_done, MINUTES)
            yield from wait_until(lambda: seat.opened.journal.durability.is_saved, MINUTES)
            yield 400
            print(json.dumps([words, ticks.longest, ticks.busiest]), flush=True)

        view, session = seat.window.view, seat.session
        assert view is not None
        lists = session.report.lists
        longest = max(lists, key=lambda path: len(lists[path].rows))
        section = longest.partition(".")[0]
        view.show_page(view.pages.codes[0])
        yield 500
        yield from step("a section shown", lambda: view.show_page(section))
        page = view.pages.page
        assert isinstance(page, SectionPage)
        bar = page.verticalScrollBar()
        yield 100
        ticks.begin()
        for part in range(101):
            bar.setValue(bar.maximum() * part // 100)
            yield 20
        for _line in range(60):
            bar.setValue(bar.value() - page.viewport().height() // 2)
            yield 20
        print(json.dumps(["scrolled", ticks.longest, ticks.busiest]), flush=True)
        before, card = len(lists[longest].rows), page._cards[longest]
        words = "Train police and prosecutors in the cyber unit of the ministry (till May 2014)"
        QApplication.clipboard().setText("\n".join(f"• {words}" for _line in range(PASTED)))
        yield from step(
            "a list pasted into its box",
            card.buttons.paste.click,
            lambda: seat.find(QAbstractButton, f"Add {PASTED}"),
        )
        add = seat.find(QAbstractButton, f"Add {PASTED}")
        assert add is not None
        pasted = before + PASTED
        yield from step("its rows added", add.click, lambda: len(lists[longest].rows) == pasted)
        yield from step("undone", seat.window.undo, lambda: len(lists[longest].rows) == before)
        yield from step("redone", seat.window.redo, lambda: len(lists[longest].rows) == pasted)
        yield from step("list of problems opened", view.problems.toggle_list)
        yield from step("list of problems closed", view.problems.close_list)
        yield from step("history opened", view.show_history, lambda: _is_compared(view.pages.page))
        history = view.pages.page
        assert isinstance(history, HistoryPage)
        oldest = history._moments[-1]
        yield from step("versions compared", lambda: history._on_moment_chosen(oldest))

    def _is_compared(page: object) -> bool:
        return isinstance(page, HistoryPage) and bool(page._moments) and page._summary.text() != "Reading …"

    with tempfile.TemporaryDirectory() as name:
        return with_window(Path(name), [str(path)], act)


if __name__ == "__main__":
    sys.exit(_be_measured(Path(sys.argv[1])))
