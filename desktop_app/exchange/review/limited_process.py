"""The process that reads a foreign workbook: what it may use is limited before the first byte comes in.

It is this program again, started by ``limited`` with a hidden command. The workbook comes in on the
standard input, JSON goes out on the standard output: what was found, or the reason it is not read.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from desktop_app.runtime.process_limits import limit_this_process

_MB = 1024 * 1024
MEMORY = 700 * _MB
"""Bytes of address space, for a workbook of ordinary size; ``memory`` for any."""
CPU_SECONDS = 10
"""For a workbook of ordinary size; ``cpu_seconds`` for any."""
MAX_OUTPUT = 300 * _MB


def main() -> int:
    """Read the standard input as a workbook; 0 when something was reported."""
    size = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdecimal() else 0
    limited = limit_this_process(memory(size), cpu_seconds(size))
    # By number: a program without a console has no sys.stdin and sys.stdout, but the pipes all the same.
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as said:
        said.write(answer(given.read(), limited))
    return 0


def answer(data: bytes, limited: list[str]) -> bytes:
    """JSON with what is in the workbook ``data``, or why it is not read. Nothing is raised."""
    # Loaded now, within the limits.
    from desktop_app.exchange.review.reasons import Reason, UnreadableError

    pieces: list[bytes] = []
    verdict: dict[str, Any] = {"limited": limited}
    try:
        _read(data, pieces, verdict)
    except UnreadableError as error:
        verdict |= {"refused": error.reason.value, "part": error.part}
    except MemoryError:
        verdict |= {"refused": Reason.TOO_MUCH.value, "part": ""}
    except Exception:  # noqa: BLE001 - the edge of the process: whatever a damaged workbook breaks
        verdict |= {"refused": Reason.DAMAGED.value, "part": ""}
    if "refused" in verdict:
        pieces.clear()
    return b'{"sheets":[' + b",".join(pieces) + b"]," + _json(verdict)[1:]


def _read(data: bytes, pieces: list[bytes], verdict: dict[str, Any]) -> None:
    """Put each sheet into ``pieces`` as soon as it is read: as JSON it takes far less room."""
    from desktop_app.exchange.review.workbook_reading import ForeignWorkbook

    workbook = ForeignWorkbook(data)
    for sheet in workbook.sheets():
        pieces.append(_json(sheet))
    verdict |= {"names": workbook.names(), "seen": workbook.seen()}


def _json(found: dict[str, Any]) -> bytes:
    words = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return words.encode("utf-8", "replace")


def memory(size: int) -> int:
    """Bytes of address space for a file of so many bytes: more only for the largest reports."""
    return min(MEMORY + 40 * max(0, size - 10 * _MB), 3 * MEMORY)


def cpu_seconds(size: int) -> int:
    """Seconds of processor time for a file of so many bytes: more only for the largest reports."""
    return min(CPU_SECONDS + 2 * (size // _MB), 6 * CPU_SECONDS)
