"""A report of ten thousand actions against one of ten: the first page, and typing in an action.

``many_actions.py FILE`` is the program that is measured while somebody types: it opens the report in the
window, types into its last action, and says how many seconds one stroke took until the window is done.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

MANY, FEW = 10_000, 10
BUDGET = 2.0
STROKES = 20

Entry = tuple[str, str, float, float]
"""What was measured, against what, the ratio, and the budget."""


def measure(folder: Path, until_painted: Callable[..., Callable[[], float]]) -> list[Entry]:
    """Both rows; the two reports are made in ``folder``. ``until_painted`` times a program."""
    from desktop_app.report.changes import OperationKind
    from desktop_app.services.reports import keep_report
    from tests.benchmarks.export_large import large_report

    many, few = (folder / f"{actions} actions.adesk" for actions in (MANY, FEW))
    for path, actions in ((many, MANY), (few, FEW)):
        keep_report(path, large_report(actions), OperationKind.IMPORT)
    start_up = str(ROOT / "tests" / "benchmarks" / "start_up.py")
    of_many, of_few = (until_painted(start_up, "page", str(path)) for path in (many, few))
    of_many(), of_few()
    opening = statistics.median(of_many() / of_few() for _round in range(5))
    typing = statistics.median(_stroke(many) / _stroke(few) for _round in range(3))
    return [
        (f"first page of {MANY} actions painted", f"of {FEW} actions", opening, BUDGET),
        (f"a stroke in one of {MANY} actions", f"in one of {FEW} actions", typing, BUDGET),
    ]


def _stroke(path: Path) -> float:
    done = subprocess.run(
        [sys.executable, str(Path(__file__)), str(path)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return float(done.stdout.split()[-1])


def _type(path: Path) -> int:
    from tests.benchmarks.start_up import show_first_page

    def tell() -> None:
        from PySide6.QtWidgets import QApplication

        from desktop_app.report.text.model import Text
        from desktop_app.ui.main_window import MainWindow

        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        assert window.view is not None
        session = window.view._session
        list_path, row = next(
            (entry, rows.rows[-1]) for entry, rows in reversed(session.report.lists.items()) if rows.rows
        )
        place = f"{list_path}/{row.id}/description"
        window.view.go_to(place)
        QApplication.processEvents()
        taken = []
        for number in range(STROKES):
            start = time.perf_counter()
            session.type(place, Text.plain("typed " + "x" * number))
            QApplication.processEvents()
            taken.append(time.perf_counter() - start)
        sys.stdout.write(f"{statistics.median(taken):.6f}\n")
        sys.stdout.flush()

    return show_first_page(path, tell)


if __name__ == "__main__":
    sys.exit(_type(Path(sys.argv[1])))
