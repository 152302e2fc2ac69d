"""``make faults``: tries every fault, kills and cuts the power, and says what came out.

The exit code is 0 when nothing was lost, nothing was damaged in silence, no person was shown a traceback
and every fault showed what stands in the table.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import queue
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.fault import FAULTS, UNTRIED, Fault, NotTriedError, Tally, Trial
from tests.faults.nursery import Nursery, home_variables, nursery

MODULES = (
    "kills",
    "submission_faults",
    "attachment_faults",
    "review_faults",
    "restless_faults",
    "power_cuts",
    "storage_faults",
    "file_faults",
    "version_faults",
    "form_faults",
    "program_faults",
    "hostile_faults",
    "place_faults",
)
"""The modules with faults, in the order of the table."""

WORKERS = 2


def all_faults() -> dict[str, Fault]:
    """Every fault there is."""
    for name in MODULES:
        importlib.import_module(f"tests.faults.{name}")
    return FAULTS


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a trial ended: ``problem`` and ``not_tried`` are empty for a fault that behaved."""

    fault: Fault
    seen: str = ""
    problem: str = ""
    not_tried: str = ""
    seconds: float = 0.0


def try_fault(fault: Fault, server: Nursery, tally: Tally, *, is_long: bool) -> Outcome:
    """Try one fault in a folder of its own."""
    begun = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix=f"alliance-desk-{fault.id}-")).resolve()
    place, home = folder / "work", folder / "home"
    place.mkdir()
    home_variables(home)
    trial = Trial(place, home, server, tally, is_long)
    seen, problem, not_tried = "", "", ""
    try:
        seen = fault.carry_out(trial) or ""
        fault.check(seen)
    except NotTriedError as error:
        not_tried = str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others are tried too
        tally.note(error)
        last = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Outcome(fault, seen, problem, not_tried, time.monotonic() - begun)


def _work(waiting: queue.SimpleQueue[Fault], outcomes: list[Outcome], tally: Tally, *, is_long: bool) -> None:
    with nursery() as server:
        while True:
            try:
                fault = waiting.get_nowait()
            except queue.Empty:
                return
            outcome = try_fault(fault, server, tally, is_long=is_long)
            outcomes.append(outcome)
            print(line_of(outcome), flush=True)


def line_of(outcome: Outcome) -> str:
    """One line for one fault."""
    verdict = "FAILED" if outcome.problem else "not tried" if outcome.not_tried else "ok"
    told = " … ".join((outcome.problem or outcome.not_tried or outcome.seen).split("\n")[-6:])
    return f"{verdict:<9} {outcome.fault.id:<5} {outcome.seconds:6.1f} s  {outcome.fault.what}" + (
        f" | {told}" if told else ""
    )


def run(faults: Sequence[Fault], *, is_long: bool) -> tuple[list[Outcome], Tally]:
    """Try these faults, two at a time, the long ones first."""
    tally = Tally()
    waiting: queue.SimpleQueue[Fault] = queue.SimpleQueue()
    for fault in faults:
        waiting.put(fault)
    outcomes: list[Outcome] = []
    workers = [
        threading.Thread(target=_work, args=(waiting, outcomes, tally), kwargs={"is_long": is_long})
        for _number in range(min(WORKERS, len(faults)))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return outcomes, tally


def main(arguments: Sequence[str]) -> int:
    """Try all faults, or those named; the last line counts."""
    # What the program writes into its log is not what a person sees.
    logging.getLogger().addHandler(logging.NullHandler())
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these faults")
    parser.add_argument("--short", action="store_true", help="the shortened form")
    options = parser.parse_args(arguments)
    present = all_faults()
    chosen = [present[identifier] for identifier in options.ids] or list(present.values())
    outcomes, tally = run(chosen, is_long=not options.short)
    for untried in UNTRIED:
        print(f"not tried {untried.id:<5}           {untried.what} | {untried.why}")
    failed = [outcome for outcome in outcomes if outcome.problem]
    tried = sum(not outcome.not_tried for outcome in outcomes)
    if tally.tracebacks:
        print(f"tracebacks shown to a person: {tally.tracebacks}")
    if failed:
        print("not as the table says: " + ", ".join(sorted(outcome.fault.id for outcome in failed)))
    print(f"longest typing lost in a kill: {tally.longest_typing_lost:.2f} s")
    print(
        f"faults {tried} tried, kills {tally.kills}, power cuts {tally.cuts},"
        f" acknowledged edits {tally.edits}, lost {tally.lost}, damaged {tally.damaged}"
    )
    return 1 if failed or tally.lost or tally.damaged or tally.tracebacks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
