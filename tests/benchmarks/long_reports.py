"""The group "long-reports": a report of a thousand and of 36,000 actions against one of ten.

``long_reports.py FILE`` is the program that is measured: it opens the report in the window, types into its
last action, waits until that is on disk, looks for words, and tells the seconds of each as JSON.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.benchmarks.table import Row, amount, ratio  # noqa: E402

FEW, SIZES = 10, (1_000, 10_000, 36_000)
ROUNDS = {1_000: 5, 10_000: 3, 36_000: 3}
BUDGETED = 10_000
"""Actions up to which opening and typing may take twice as long as with ten."""

BUDGET = 2.0
DURABLE = 1.0
"""Seconds from the end of typing until it is on disk."""

BUSY = 0.05
"""Seconds that the window may work without looking at what was pressed."""

STROKES, SAVES, FINDS = 20, 5, 3
RARE = "the very last words"
"""They stand in the last action only, and all is looked through for them."""

Seconds = Mapping[str, float]


def rows(folder: Path) -> Iterator[Row]:
    """The lines of the table; the reports are made in ``folder``."""
    from desktop_app.report.changes import OperationKind
    from desktop_app.services.reports import keep_report
    from tests.benchmarks.large_reports import large_report

    of_few: dict[int, list[Seconds]] = {}
    of_many: dict[int, list[Seconds]] = {}
    few = folder / f"{FEW} actions.adesk"
    keep_report(few, large_report(FEW), OperationKind.IMPORT)
    for size in SIZES:
        path = folder / f"{size} actions.adesk"
        keep_report(path, large_report(size), OperationKind.IMPORT)
        _measured(path, folder), _measured(few, folder)
        of_many[size], of_few[size] = [], []
        for _round in range(ROUNDS[size]):
            of_many[size].append(_measured(path, folder))
            of_few[size].append(_measured(few, folder))
    for what, key in (
        ("first page painted", "painted"),
        ("a stroke in the last action", "stroke"),
        ("edit left until durable", "left"),
        ("words found that stand once", "found"),
    ):
        for size in SIZES:
            pairs = zip(of_many[size], of_few[size], strict=True)
            found = statistics.median(many[key] / fewer[key] for many, fewer in pairs)
            budget = BUDGET if key in ("painted", "stroke") and size <= BUDGETED else None
            yield ratio(f"{what}: {size:,} actions", f"{FEW} actions", found, budget)
    for size in SIZES:
        milliseconds = _median(of_many[size], "typed") * 1000
        yield amount(f"typed until durable: {size:,} actions", milliseconds, "ms", DURABLE * 1000)
    for size in SIZES:
        milliseconds = _median(of_many[size], "busiest") * 1000
        yield amount(f"window busy while finding: {size:,} actions", milliseconds, "ms", BUSY * 1000)
    for size in (FEW, *SIZES):
        measured = of_few[SIZES[0]] if size == FEW else of_many[size]
        yield amount(f"memory, report open: {size:,} actions", _median(measured, "peak"), "MiB")


def _median(measured: list[Seconds], key: str) -> float:
    return statistics.median(each[key] for each in measured)


def _measured(path: Path, folder: Path) -> Seconds:
    """What the program told of one report, and after how many seconds its first page was painted."""
    from tests.benchmarks.timing import PAINTED, Programs

    programs = Programs(folder / "home")
    start = time.perf_counter()
    with subprocess.Popen(
        [programs.python, __file__, str(path)],
        cwd=ROOT,
        env=programs.environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stdout is not None
        assert started.stdout.readline().strip() == PAINTED
        painted = time.perf_counter() - start
        told: Seconds = json.loads(started.stdout.readline())
    return {**told, "painted": painted}


# The program that is measured


def _be_measured(path: Path) -> int:
    from tests.benchmarks.start_up import show_first_page, tell_painted

    def tell() -> None:
        tell_painted()
        sys.stdout.write(json.dumps(_work()) + "\n")
        sys.stdout.flush()

    return show_first_page(path, tell)


def _work() -> Seconds:
    from PySide6.QtWidgets import QApplication

    from desktop_app import app
    from desktop_app.report.text.model import Text
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.place_lines import PATH

    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    desk, view = window.findChild(app.Desk), window.view
    assert desk is not None
    assert view is not None
    opened = desk._keeper._open
    assert opened is not None
    session, settle = opened.session, QApplication.processEvents
    # Looking the file through and checking all answers is work of its own, and goes on beside.
    opened.integrity.result()
    while not view._checking.has_settled:
        settle()
    opened_with = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lists = session.report.lists
    list_path, row_list = next((path, each) for path, each in reversed(lists.items()) if each.rows)
    place = f"{list_path}/{row_list.rows[-1].id}/description"
    view.go_to(place)
    settle()

    def stroke(number: int) -> None:
        session.type(place, Text.plain(f"{RARE} {'x' * number}"))
        settle()

    def typed(number: int) -> None:
        session.type(place, Text.plain(f"{RARE} {'y' * number}"))
        while not opened.journal.durability.is_saved:
            settle()

    def left(number: int) -> None:
        session.type(place, Text.plain(f"{RARE} {'z' * number}"))
        settle()
        session.leave()
        assert opened.journal.flush(30)

    busy: list[float] = []

    def find(number: int) -> None:
        start = time.thread_time()
        view.outline.find_line.words_settled.emit(RARE)
        found = view.outline.found
        assert found is not None
        while True:
            busy.append(time.thread_time() - start)
            start = time.thread_time()
            settle()
            if not found.is_looking:
                break
        assert found.item(0).data(PATH)  # a place, not the words that there is none

    view.outline.find_line.words_settled.emit("the list is made when it is first asked for")
    settle()
    return {
        "stroke": _seconds(stroke, STROKES),
        "typed": _seconds(typed, SAVES),
        "left": _seconds(left, SAVES),
        "found": _seconds(find, FINDS),
        "busiest": max(busy),
        "peak": opened_with,
    }


def _seconds(work: Callable[[int], None], rounds: int) -> float:
    taken = []
    for number in range(rounds):
        start = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(_be_measured(Path(sys.argv[1])))
