"""The workbook of a very long report against openpyxl's write-only mode for the same cells.

``python tests/benchmarks/export_large.py`` prints the lines of the table, and how long the whole export
takes. Both writers walk the same plan, whose rows are made meanwhile, and both share their styles.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from desktop_app.exchange.package import write_package  # noqa: E402
from desktop_app.exchange.workbook import WorkbookPlan, plan_workbook, write_workbook  # noqa: E402
from desktop_app.formdef.library import FormLibrary  # noqa: E402
from desktop_app.report.changes import Change  # noqa: E402
from desktop_app.report.plain import canonical_bytes, report_to_plain  # noqa: E402
from desktop_app.report.report import Report  # noqa: E402
from tests.support.openpyxl_writer import write_only_workbook  # noqa: E402

BUDGET = 0.3
MEMORY_BUDGET = 100
"""MiB."""
ACTIONS = 36_000
_WORDS = [
    "the",
    "of",
    "police",
    "unit",
    "children",
    "online",
    "national",
    "law",
    "training",
    "victims",
    "hotline",
    "ministry",
    "justice",
    "ensure",
    "cooperation",
    "2013",
    "and",
    "for",
    "with",
    "strategy",
    "implement",
    "awareness",
    "schools",
    "providers",
]

Entry = tuple[str, str, float, float]
"""What was measured, against what, the ratio, and the budget."""


def large_report(actions: int = ACTIONS) -> Report:
    """A report with so many actions of some 700 characters each, every seventh with formats."""
    form = FormLibrary([ROOT / "forms"]).form("ga-commitments")
    report = Report("11111111-1111-4111-8111-111111111111", form, "AL", "2013", "en")
    lists = [entry.path for section in form.walk() for entry in section.lists]
    chance = random.Random(1)
    for number in range(actions):
        path = f"{lists[number * len(lists) // actions]}/{number:08d}-0000-4000-8000-000000000000"
        text = " ".join(chance.choices(_WORDS, k=chance.randint(70, 140)))
        words = f"<b>Law</b> {text}" if number % 7 == 0 else text
        report.apply(Change(path, None, {"position": (number + 1) * 1024}))
        report.apply(Change(f"{path}/description", None, words))
        report.apply(Change(f"{path}/timeframe", None, {"text": "by the end of 2014", "edtf": None}))
    return report


def large_plan(report: Report) -> WorkbookPlan:
    """The plan of its workbook."""
    return plan_workbook(report, canonical_bytes(report_to_plain(report)))


def write_streamed(plan: WorkbookPlan, path: Path) -> None:
    """The workbook as the program writes it."""
    with path.open("w+b") as stream:
        write_workbook(plan, stream)


def measure(actions: int = ACTIONS, rounds: int = 1) -> list[Entry]:
    """The rows of the table: time of processor, as the machine may be busy with other things.

    The program works out the heights of the rows while it writes; openpyxl is given the same cells.
    """
    report = large_report(actions)
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.xlsx")
        for _round in range(rounds):
            plan = large_plan(report)  # its heights are not known yet
            start = time.process_time()
            write_streamed(plan, path)
            middle = time.process_time()
            write_only_workbook(plan).save(path)
            ratios.append((middle - start) / (time.process_time() - middle))
    against = "openpyxl write-only, the same cells"
    return [(f"workbook of {actions:,} actions written", against, min(ratios), BUDGET)]


def memory_line(actions: int = ACTIONS) -> str:
    """The peak of memory while the workbook is written: what the writing adds, and the whole process."""
    done = subprocess.run(
        [sys.executable, __file__, "memory", str(actions)], check=True, capture_output=True, text=True
    )
    traced, before, whole = map(float, done.stdout.split())
    verdict = "ok" if traced <= MEMORY_BUDGET else "OVER"
    what = f"memory while {actions:,} actions are written"
    return (
        f"{what:<46} {traced:.0f} MiB, the process grows from {before:.0f} MiB with the report and its plan"
        f" to {whole:.0f}; budget {MEMORY_BUDGET} MiB  {verdict}"
    )


def _print_memory(actions: int) -> None:
    """The traced peak of plan and writing, and the process's peak before and after, all in MiB."""
    report = large_report(actions)
    answers = canonical_bytes(report_to_plain(report))
    before = _peak()
    tracemalloc.start()
    plan = plan_workbook(report, answers)
    with tempfile.TemporaryDirectory() as folder:
        write_streamed(plan, Path(folder, "report.xlsx"))
    print(tracemalloc.get_traced_memory()[1] / 2**20, before, _peak())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _print_all(actions: int) -> None:
    for what, against, ratio, budget in measure(actions, rounds=1):
        print(f"{what:<46} {against:<40} {ratio:>6.2f}  {budget:>6.2f}")
    print(memory_line(actions))
    report = large_report(actions)
    with tempfile.TemporaryDirectory() as folder:
        wall, processor = time.perf_counter(), time.process_time()
        write_package(report, Path(folder))
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"whole export, read again: {wall:.1f} s, {processor:.1f} s of the processor")


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        _print_memory(int(sys.argv[2]))
    else:
        _print_all(int(sys.argv[1]) if sys.argv[1:] else ACTIONS)
