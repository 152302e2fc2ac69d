"""The process that reads a foreign workbook: what it may use is limited before the first byte comes in.

It is this program again, started by ``limited`` with a hidden command. The workbook comes in on the
standard input, lines of JSON go out on the standard output: what was found, and last whether that is all of
it, or the reason why the workbook is not read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from desktop_app.runtime.process_limits import limit_this_process

_MB = 1024 * 1024
MEMORY = 700 * _MB
"""Bytes of address space, for a workbook of any size."""
CPU_SECONDS = 10
"""For a workbook of ordinary size; ``cpu_seconds`` for any."""
MAX_OUTPUT = 300 * _MB


def main() -> int:
    """Read the standard input as a workbook; 0 when something was reported."""
    size = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdecimal() else 0
    limited = limit_this_process(MEMORY, cpu_seconds(size))
    # By number: a program without a console has no sys.stdin and sys.stdout, but the pipes all the same.
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as said:
        for line in answer(given.read(), limited):
            said.write(line)
    return 0


def answer(data: bytes, limited: list[str]) -> Iterator[bytes]:
    """What is in the workbook ``data``, as lines of JSON, said as soon as it is read.

    The last one tells that it is whole, or why it is not read: then all before is for nothing. Nothing is
    raised.
    """
    # Loaded now, within the limits.
    from desktop_app.exchange.review.reasons import Reason, UnreadableError

    verdict: dict[str, Any] = {"limited": limited}
    try:
        yield from _read(data, verdict)
    except UnreadableError as error:
        verdict |= {"refused": error.reason.value, "part": error.part}
    except MemoryError:
        verdict |= {"refused": Reason.TOO_MUCH.value, "part": ""}
    except Exception:  # noqa: BLE001 - the edge of the process: whatever a damaged workbook breaks
        verdict |= {"refused": Reason.DAMAGED.value, "part": ""}
    yield _line(verdict)


def _read(data: bytes, verdict: dict[str, Any]) -> Iterator[bytes]:
    from desktop_app.exchange.review.workbook_reading import ForeignWorkbook

    workbook = ForeignWorkbook(data)
    for found in workbook.said():
        yield _line(found)
    verdict |= {"names": workbook.names(), "seen": workbook.seen()}


def _line(found: dict[str, Any]) -> bytes:
    words = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return words.encode("utf-8", "replace") + b"\n"


def cpu_seconds(size: int) -> int:
    """Seconds of processor time for a file of so many bytes: more only for the largest reports.

    What a file is allowed to hold, whatever its size, is far less: ``allowance``.
    """
    return min(CPU_SECONDS + 4 * (size // _MB), 12 * CPU_SECONDS)
