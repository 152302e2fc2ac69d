"""The group "large-workbook": the workbook of 36,000 actions against openpyxl's write-only mode.

``large_workbook.py ACTIONS FOLDER`` is the program that is measured. It makes the report once, and for each
writer and reader a child by fork, which makes a plan of its own. The rows of a plan are worked out while they
are written, so each writer pays for that. It tells, a line of JSON each, the seconds of the processor and how
many MiB the process grew meanwhile.
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
from typing import TYPE_CHECKING, BinaryIO, TypeVar

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.benchmarks import yardsticks  # noqa: E402
from tests.benchmarks.table import Row, amount, ratio, untold  # noqa: E402
from tests.benchmarks.timing import Programs, processor  # noqa: E402

if TYPE_CHECKING:
    from desktop_app.exchange.workbook import WorkbookPlan
    from desktop_app.report.report import Report

T = TypeVar("T")

ACTIONS = 36_000
BUDGET = 0.3
MEMORY_BUDGET = 100
"""MiB."""

OWN, WRITE_ONLY, COMPARED, READ_ONLY, FAST_READ = "own", "write-only", "compared", "read-only", "fast read"


def rows(folder: Path) -> Iterator[Row]:
    """The lines of the table; files are made in ``folder``."""
    words = f"{ACTIONS:,} actions"
    if not hasattr(os, "fork"):
        yield untold(f"workbook of {words}", "this system has no fork")
        return
    told = Programs(folder / "home").run(__file__, str(ACTIONS), str(folder))
    found = {each["what"]: each for each in map(json.loads, told.splitlines())}
    against = "openpyxl write-only, the same cells"
    usual = found[WRITE_ONLY]["seconds"]
    yield ratio(f"workbook of {words} written", against, found[OWN]["seconds"] / usual, BUDGET)
    for name, module, _write in yardsticks.WRITERS:
        if name in found:
            yield ratio(f"  yardstick: {name}", against, found[name]["seconds"] / usual)
        else:
            yield untold(f"  yardstick: {name}", yardsticks.MISSING if module else "")
    reading = found[READ_ONLY]["seconds"]
    against = "openpyxl read-only reads it"
    yield ratio(f"workbook of {words} compared", against, found[COMPARED]["seconds"] / reading)
    if FAST_READ in found:
        yield ratio("  yardstick: calamine, values only", against, found[FAST_READ]["seconds"] / reading)
    else:
        yield untold("  yardstick: calamine", yardsticks.MISSING)
    growth = found[OWN]["memory"]
    before = f"beside the report itself, {found[OWN]['before']:.0f} MiB"
    yield amount(f"memory while {words} are written", growth, "MiB", MEMORY_BUDGET, before)
    usual_growth = found[WRITE_ONLY]["memory"]
    yield amount("  yardstick: openpyxl write-only", usual_growth, "MiB", None, "likewise")
    yield amount(f"memory while {words} are compared", found[COMPARED]["memory"], "MiB", MEMORY_BUDGET)


def whole_export(folder: Path) -> Iterator[Row]:
    """The group "whole-export": the package of 36,000 actions with all its documents. It takes minutes."""
    from tests.benchmarks.large_reports import large_report

    report = large_report(ACTIONS)
    for words, documents in (("without documents", False), ("with documents", True)):
        told = _in_child(partial(bool, documents), partial(_package, report, folder))
        what = f"package of {ACTIONS:,} actions, {words}"
        yield amount(what, told["wall"], "s", None, "by the clock")
        yield amount(what, told["seconds"], "s", None, "of the processor")
        yield amount(what, told["memory"], "MiB", None, "beside the report itself")


# The program that is measured


def _package(report: Report, folder: Path, documents: bool) -> None:
    from desktop_app.exchange.package import write_package
    from desktop_app.exchange.sending import Sending

    write_package(report, folder / f"package {documents}", Sending(documents=documents))


def _be_measured(actions: int, folder: Path) -> int:
    from desktop_app.exchange.workbook import check_workbook, plan_workbook, write_workbook
    from desktop_app.report.plain import canonical_bytes, report_to_plain
    from tests.benchmarks.large_reports import large_report
    from tests.support.openpyxl_writer import write_only_workbook

    report = large_report(actions)
    answers = canonical_bytes(report_to_plain(report))
    path = folder / "own.xlsx"

    def plan() -> WorkbookPlan:
        return plan_workbook(report, answers)

    def own(plan: WorkbookPlan, target: Path | BinaryIO) -> None:
        with path.open("w+b") as stream:
            write_workbook(plan, stream)

    def write_only(plan: WorkbookPlan, target: Path | BinaryIO) -> None:
        write_only_workbook(plan).save(target)

    def compared(plan: WorkbookPlan, target: Path | BinaryIO) -> None:
        with path.open("rb") as stream:
            check_workbook(stream, plan)

    def tell(what: str, write: yardsticks.Writer) -> None:
        told = _in_child(plan, lambda plan: write(plan, folder / "others.xlsx"))
        print(json.dumps({"what": what, **told}), flush=True)

    tell(OWN, own)
    tell(WRITE_ONLY, write_only)
    for name, module, write in yardsticks.WRITERS:
        if yardsticks.is_there(module):
            tell(name, write)
    tell(COMPARED, compared)
    tell(READ_ONLY, lambda _plan, _target: yardsticks.read_openpyxl(path.read_bytes(), read_only=True))
    if yardsticks.is_there(yardsticks.CALAMINE):
        tell(FAST_READ, lambda _plan, _target: yardsticks.read_calamine(path.read_bytes()))
    return 0


def _in_child(prepare: Callable[[], T], work: Callable[[T], object]) -> dict[str, float]:
    """What ``work`` takes in a process of its own, which knows all that this one knows, once it is prepared.

    ``wall`` and ``seconds`` of the processor, its own children included; ``before``, and by how much it grew
    at most in ``memory``, both MiB.
    """
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            prepared = prepare()
            os.write(mouth, json.dumps(_measured(lambda: work(prepared))).encode())
            status = 0
        except BaseException:  # noqa: BLE001 - the child ends here, whatever it is
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(mouth)
    with os.fdopen(ear, "rb") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    found: dict[str, float] = json.loads(told)
    return found


def _measured(work: Callable[[], object]) -> dict[str, float]:
    before = _memory("VmRSS")
    with contextlib.suppress(OSError):
        # The peak is counted from here.
        Path("/proc/self/clear_refs").write_text("5")
    wall, start = time.perf_counter(), processor()
    work()
    taken = {"wall": time.perf_counter() - wall, "seconds": processor() - start}
    return {**taken, "before": before, "memory": _memory("VmHWM") - before}


def _memory(key: str) -> float:
    """MiB of this process; where the system tells no more, its peak so far."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return float(re.search(rf"{key}:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(_be_measured(int(sys.argv[1]), Path(sys.argv[2])))
