"""The group "large-workbook": the workbook of 36,000 actions against openpyxl's write-only mode.

``large_workbook.py ACTIONS SAMPLE FOLDER`` is the program that is measured. It makes a report and a plan,
and for each writer and reader a child by fork, which tells a line of JSON: seconds of the processor, and how
many MiB are needed at most beside the report and its canonical JSON, to plan and to do the work. The rows of
a plan are worked out while they are written, so each writer pays for that. What the program is compared with
gets a report of SAMPLE actions, and its seconds, which grow with the actions, are taken so many times as
that is smaller.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.benchmarks import yardsticks  # noqa: E402
from tests.benchmarks.table import Row, amount, ratio, untold  # noqa: E402
from tests.benchmarks.timing import Programs, processor  # noqa: E402

if TYPE_CHECKING:
    from desktop_app.exchange.workbook import WorkbookPlan
    from desktop_app.report.report import Report

ACTIONS, SAMPLE = 36_000, 4_000
ROUNDS = 2
"""The least of so many counts, of the program and of what it is compared with in turn."""
BUDGET = 0.3
MEMORY_BUDGET = 100
"""MiB."""

OWN, WRITE_ONLY, COMPARED, READ_ONLY, FAST_READ = "own", "write-only", "compared", "read-only", "fast read"


def rows(folder: Path) -> Iterator[Row]:
    """The lines of the table; files are made in ``folder``."""
    words, more = f"{ACTIONS:,} actions", f"{SAMPLE:,}, times {ACTIONS // SAMPLE}"
    if not hasattr(os, "fork"):
        yield untold(f"workbook of {words}", "this system has no fork")
        return
    told = Programs(folder / "home").run(__file__, str(ACTIONS), str(SAMPLE), str(folder))
    found: dict[str, dict[str, float]] = {}
    for each in map(json.loads, told.splitlines()):
        least = found.setdefault(each.pop("what"), each)
        least["seconds"] = min(least["seconds"], each["seconds"])
    times = ACTIONS / SAMPLE
    against = f"openpyxl write-only, {more}"
    usual = found[WRITE_ONLY]["seconds"]
    yield ratio(f"workbook of {words} written", against, found[OWN]["seconds"] / usual / times, BUDGET)
    for name, module, _write in yardsticks.WRITERS:
        if name in found:
            yield ratio(f"  yardstick: {name}", f"both {SAMPLE:,}", found[name]["seconds"] / usual)
        else:
            yield untold(f"  yardstick: {name}", yardsticks.MISSING if module else "")
    reading = found[READ_ONLY]["seconds"]
    against = f"openpyxl read-only reads {more}"
    yield ratio(f"workbook of {words} compared", against, found[COMPARED]["seconds"] / reading / times)
    if FAST_READ in found:
        calamine = "  yardstick: calamine, values only"
        yield ratio(calamine, f"both {SAMPLE:,}", found[FAST_READ]["seconds"] / reading)
    else:
        yield untold("  yardstick: calamine", yardsticks.MISSING)
    before = f"beside report and answers, {found[OWN]['before']:.0f} MiB"
    yield amount(
        "memory while they are planned and written", found[OWN]["memory"], "MiB", MEMORY_BUDGET, before
    )
    growth = found[COMPARED]["memory"]
    yield amount("memory while they are planned and compared", growth, "MiB", MEMORY_BUDGET, "likewise")


def whole_export(folder: Path) -> Iterator[Row]:
    """The group "whole-export": the package of 36,000 actions with all its documents. It takes minutes."""
    from tests.benchmarks.large_reports import large_report

    report = large_report(ACTIONS)
    for words, documents in (("without documents", False), ("with documents", True)):
        told = _in_child(partial(_package, report, folder, documents))
        what = f"package of {ACTIONS:,} actions, {words}"
        yield amount(what, told["wall"], "s", None, "by the clock")
        yield amount(what, told["seconds"], "s", None, "of the processor")
        yield amount(what, told["memory"], "MiB", None, "beside the report itself")


# The program that is measured


def _package(report: Report, folder: Path, documents: bool) -> None:
    from desktop_app.exchange.package import write_package
    from desktop_app.exchange.sending import Sending

    write_package(report, folder / f"package {documents}", Sending(documents=documents))


def _be_measured(actions: int, sample: int, folder: Path) -> int:
    whole = _Trial(actions, folder)
    # Made when what the whole needs was counted: what it leaves free would hide some of that.
    whole.tell(OWN, whole.own)
    part = _Trial(sample, folder)
    part.tell(WRITE_ONLY, part.write_only)
    for _round in range(1, ROUNDS):
        whole.tell(OWN, whole.own)
        part.tell(WRITE_ONLY, part.write_only)
    for name, module, write in yardsticks.WRITERS:
        if yardsticks.is_there(module):
            part.tell(name, partial(write, part.plan, folder / "others.xlsx"))
    whole.tell(COMPARED, whole.compared)
    _in_child(part.own)
    content = part.path.read_bytes()
    part.tell(READ_ONLY, partial(yardsticks.read_openpyxl, content, read_only=True))
    if yardsticks.is_there(yardsticks.CALAMINE):
        part.tell(FAST_READ, partial(yardsticks.read_calamine, content))
    return 0


class _Trial:
    """A report of so many actions, its plan, of which no row is made yet, and what is done with it."""

    def __init__(self, actions: int, folder: Path) -> None:
        from desktop_app.exchange.workbook import plan_workbook
        from tests.benchmarks.large_reports import large_report

        self.path = folder / f"{actions}.xlsx"
        self._report = large_report(actions)
        answers = _answers(self._report)
        self._before = _memory("VmRSS")
        _count_peak_anew()
        self.plan: WorkbookPlan = plan_workbook(self._report, answers)
        self._planning = _memory("VmHWM") - self._before

    def tell(self, what: str, work: Callable[[], object]) -> None:
        """Do the work in a child, and say what it takes."""
        told = _in_child(work)
        memory = {"memory": self._planning + told["memory"], "before": self._before}
        print(json.dumps({"what": what, **told, **memory}), flush=True)

    def own(self) -> None:
        from desktop_app.exchange.workbook import write_workbook

        with self.path.open("w+b") as stream:
            write_workbook(self.plan, stream)

    def compared(self) -> None:
        from desktop_app.exchange.workbook import check_workbook

        with self.path.open("rb") as stream:
            check_workbook(stream, self.plan)

    def write_only(self) -> None:
        from tests.support.openpyxl_writer import write_only_workbook

        write_only_workbook(self.plan).save(self.path.with_name("others.xlsx"))


def _answers(report: Report) -> bytes:
    """The canonical JSON of a report, made by a child, so that no memory is left free here from making it."""
    from desktop_app.report.plain import canonical_bytes, report_to_plain

    return _told_by_child(lambda: canonical_bytes(report_to_plain(report)))


def _in_child(work: Callable[[], object]) -> dict[str, float]:
    """What ``work`` takes in a process of its own, which knows all that this one knows.

    ``wall`` and ``seconds`` of the processor, its own children included; by how many MiB it grew at most in
    ``memory``.
    """
    found: dict[str, float] = json.loads(_told_by_child(lambda: json.dumps(_measured(work)).encode()))
    return found


def _told_by_child(tell: Callable[[], bytes]) -> bytes:
    """What ``tell`` says in a process of its own."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with os.fdopen(mouth, "wb") as stream:
                stream.write(tell())
            status = 0
        except BaseException:  # noqa: BLE001 - the child ends here, whatever it is
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(mouth)
    with os.fdopen(ear, "rb") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return told


def _measured(work: Callable[[], object]) -> dict[str, float]:
    before = _memory("VmRSS")
    _count_peak_anew()
    wall, start = time.perf_counter(), processor()
    work()
    taken = {"wall": time.perf_counter() - wall, "seconds": processor() - start}
    return {**taken, "memory": _memory("VmHWM") - before}


def _count_peak_anew() -> None:
    """From here on, where the system allows it."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _memory(key: str) -> float:
    """MiB of this process; where the system tells no more, its peak so far."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return float(re.search(rf"{key}:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(_be_measured(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
