"""Starting the limited process, and taking nothing from it but a bounded amount of strict JSON.

The parent holds the clock and the size of the answer on every system; memory, processor time and files
are limited by the process itself where the system can. It gets no secret: of the environment only what
a program needs to start.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from typing import IO, Any

from desktop_app.exchange.review.limited_process import CPU_SECONDS, MAX_OUTPUT, cpu_seconds
from desktop_app.exchange.review.reasons import Reason, ReturnedError, damaged, refusal
from desktop_app.exchange.strict_json import JsonError, read_json
from desktop_app.runtime import own_process
from desktop_app.runtime.i18n import _

log = logging.getLogger(__name__)

COMMAND = "_read-workbook"
WALL_SECONDS = 30.0
"""For a workbook of ordinary size."""
_PIECE = 1 << 20

#: What a program needs to start and to find its libraries; nothing else is passed on.
_PASSED_ON = frozenset(
    {
        "PATH", "SYSTEMROOT", "WINDIR", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE",
        "PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV",
    }
)  # fmt: skip
_PASSED_ON_PREFIXES = ("_PYI", "_MEI")
"""How a frozen program finds what it has unpacked."""


def read_limited(
    name: str, data: bytes, *, command: Sequence[str] | None = None, seconds: float | None = None
) -> Any:
    """What the limited process found in the workbook ``data``, the content of the file ``name``.

    ReturnedError with one sentence for whatever goes wrong. ``command``: another program to start;
    ``seconds``: how long it may take at most.
    """
    output = _run(
        name,
        data,
        own_command(len(data)) if command is None else command,
        wall_seconds(len(data)) if seconds is None else seconds,
    )
    return found_in(name, output)


def found_in(name: str, output: bytes) -> Any:
    """What the process reported. ReturnedError for the reason it did not read the file ``name``."""
    at = output.rstrip(b"\n").rfind(b"\n") + 1
    found = _said(name, output[at:])
    if isinstance(found.get("refused"), str):
        log.info("a workbook is not read: %s", found["refused"])
        raise refusal(name, found["refused"], str(found.get("part", "")))
    if "names" not in found:
        raise damaged(name)
    found["sheets"] = sheets = []
    for line in _lines(output, at):
        said = _said(name, line)
        if "name" in said:
            sheets.append({**said, "rows": [], "cut": False, "struck": []})
        elif sheets and isinstance(said.get("rows"), list):
            sheets[-1]["rows"] += said["rows"]
            sheets[-1]["cut"] = said.get("cut", False)
            sheets[-1]["struck"] += said.get("struck", [])
        else:
            raise damaged(name)
    return found


def _lines(output: bytes, end: int) -> Iterator[bytes]:
    """The lines before ``end``, one at a time: all of them together would be there twice."""
    at = 0
    while at < end:
        behind = output.index(b"\n", at) + 1
        yield output[at:behind]
        at = behind


def _said(name: str, line: bytes) -> dict[str, Any]:
    try:
        found = read_json(name, line, max_bytes=MAX_OUTPUT)
    except JsonError as error:
        raise damaged(name) from error
    if not isinstance(found, dict):
        raise damaged(name)
    return found


def wall_seconds(size: int) -> float:
    """Seconds on the clock for a file of so many bytes."""
    return WALL_SECONDS * cpu_seconds(size) / CPU_SECONDS


def own_command(size: int) -> list[str]:
    """The command that starts this program's limited process, frozen or not, for so many bytes."""
    return own_process.own_command(COMMAND, str(size))


def environment() -> dict[str, str]:
    """The environment of the limited process."""
    passed_on = {
        key: value
        for key, value in os.environ.items()
        if key.upper() in _PASSED_ON or key.startswith(_PASSED_ON_PREFIXES)
    }
    return {**passed_on, "PYTHONDONTWRITEBYTECODE": "1"}


def _run(name: str, data: bytes, command: Sequence[str], seconds: float) -> bytes:
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=own_process.own_folder(),
            env=environment(),
            start_new_session=os.name == "posix",
            creationflags=own_process.NO_WINDOW,
        )
    except OSError as error:
        raise ReturnedError(
            _("The part of the program that reads workbooks could not be started: {reason}.").format(
                reason=error.strerror
            )
        ) from error
    late = threading.Event()
    clock = threading.Timer(seconds, _on_late, (process, late))
    writer = threading.Thread(target=_write, args=(process.stdin, data), name="workbook to be read")
    clock.start()
    writer.start()
    try:
        output = _read(process.stdout)
        if len(output) <= MAX_OUTPUT:
            process.wait()  # not for ever: the clock is running
    finally:
        own_process.end_session(process)
        process.wait()
        clock.cancel()
        writer.join()
        clock.join()
    if late.is_set():
        raise _took_too_long(name)
    if len(output) > MAX_OUTPUT:
        raise refusal(name, Reason.TOO_MUCH.value, "")
    if not output:
        raise _ended(name, process.returncode)
    return output


def _read(pipe: IO[bytes] | None) -> bytes:
    """What the process says, at most a byte more than it may."""
    assert pipe is not None
    pieces: list[bytes] = []
    size = 0
    with pipe:
        while size <= MAX_OUTPUT and (piece := pipe.read(min(_PIECE, MAX_OUTPUT + 1 - size))):
            pieces.append(piece)
            size += len(piece)
    return b"".join(pieces)


def _write(pipe: IO[bytes] | None, data: bytes) -> None:
    # The process may end before it has read all: then the pipe is broken, and that is all right.
    with contextlib.suppress(OSError, ValueError):
        if pipe is not None:
            pipe.write(data)
    with contextlib.suppress(OSError):
        if pipe is not None:
            pipe.close()


def _on_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    own_process.end_session(process)


def _took_too_long(name: str) -> ReturnedError:
    return ReturnedError(
        _(
            "Reading “{file}” took too long, so it was stopped. No workbook of a report takes so long; "
            "ask for the workbook as it was sent."
        ).format(file=name)
    )


def _ended(name: str, code: int | None) -> ReturnedError:
    log.info("the process that reads workbooks ended with %s", code)
    return ReturnedError(
        _(
            "“{file}” cannot be read: it asks for more than any report's workbook. Open it in Excel or "
            "LibreOffice, save it as .xlsx, or ask for it to be sent again."
        ).format(file=name)
    )
