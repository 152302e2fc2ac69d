"""Looking at a returned workbook of a long report in a process of its own: the window never waits for it.

Reading tens of thousands of rows and comparing them keeps the interpreter to itself for a second at a time,
in whichever thread. So this program is started once more, reads the report file beside the window, and sends
what it found back in pieces. Both ends are this very program; what came from outside is read by the limited
process that it starts, as always. Nothing is written to the disk: the key of a protected file goes in
through the pipe as well.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from desktop_app.formdef.library import FormLibrary
from desktop_app.runtime import i18n, own_process
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.logs import WordlessFormatter
from desktop_app.runtime.shipped import resource
from desktop_app.services.review.items import ReviewPreview
from desktop_app.services.review.looking import Looked, looked_at

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

log = logging.getLogger(__name__)

COMMAND = "_look-at-workbook"
_PIECE = 100
"""Comments, suggestions or rows that are taken out of the pipe at a time."""
_LOOK = 0.1
"""Seconds between two looks at whether it is still wanted."""
_PARTS = ("comments", "suggestions", "new_rows")


class LookingFailedError(DeskError):
    """The process could not be started, ended without a word, or met what nobody foresaw."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be looked at: report ``number`` of the file at ``path``, and a workbook.

    ``folders``: where the forms are; ``recovery_key`` opens a protected file.
    """

    path: Path
    workbook: Path
    number: int
    folders: tuple[Path, ...]
    recovery_key: str = ""
    language: str = "en"


def look_apart(
    path: Path,
    workbook: Path,
    number: int,
    library: FormLibrary,
    *,
    key: Key | None = None,
    still_wanted: Callable[[], object] = lambda: None,
    command: Sequence[str] | None = None,
) -> Looked:
    """What the workbook holds for the report, as it is in the file now. The DeskError of whoever looked.

    ``still_wanted`` is called ten times a second; what it raises ends the process. ``command``: another
    program to start.
    """
    recovery_key = key.recovery_key if key is not None else ""
    asked = Asked(path, workbook, number, library.folders, recovery_key, i18n.language())
    try:
        process = subprocess.Popen(
            command or own_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=own_process.own_folder(),
            creationflags=own_process.NO_WINDOW,
        )
    except OSError as error:
        raise LookingFailedError(
            _(
                "The workbook could not be looked through: the program cannot be started again ({reason})."
            ).format(reason=error.strerror)
        ) from error
    said: queue.SimpleQueue[Any] = queue.SimpleQueue()
    reader = threading.Thread(
        target=_take, args=(process, pickle.dumps(asked), said), name="workbook looked at"
    )
    reader.start()
    try:
        return _looked(said, still_wanted)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            process.terminate()
        reader.join()
        process.wait()


def own_command() -> list[str]:
    """The command that starts this program's looking process, frozen or not."""
    return own_process.own_command(COMMAND)


def _take(process: subprocess.Popen[bytes], asked: bytes, said: queue.SimpleQueue[Any]) -> None:
    """Ask, and put each thing that is said into the queue; ``None`` when nothing follows."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(OSError):
        process.stdin.write(asked)
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        with process.stdout as pipe, contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                said.put(pickle.load(pipe))
    finally:
        said.put(None)


def _looked(said: queue.SimpleQueue[Any], still_wanted: Callable[[], object]) -> Looked:
    parts: dict[str, list[Any]] = {name: [] for name in _PARTS}
    while True:
        try:
            found = said.get(timeout=_LOOK)
        except queue.Empty:
            still_wanted()
            continue
        match found:
            case Looked():
                preview = replace(
                    found.preview,
                    comments=tuple(parts["comments"]),
                    suggestions=tuple(parts["suggestions"]),
                    new_rows=tuple(parts["new_rows"]),
                )
                return replace(found, preview=preview)
            case DeskError():
                raise found
            case (str() as name, list() as entries):
                parts[name] += entries
            case None:
                raise LookingFailedError(
                    _(
                        "The workbook could not be looked through: the process that does it was ended. The"
                        " memory of the computer may be used up: close other programs and try again."
                    )
                )
            case _:
                log.error("looking at a workbook failed: %s", found)
                raise LookingFailedError(
                    _(
                        "The workbook could not be looked through: something went wrong inside the program."
                        " Nothing was changed; details are in the log."
                    )
                )


# In the process


def main() -> int:
    """Look at what the standard input asks for; 0 when something was said."""
    if os.name == "posix":
        # What this process has started is ended with it.
        signal.signal(signal.SIGTERM, _on_ended)
    # By number: a program without a console has no sys.stdin and sys.stdout, but the pipes all the same.
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as said:
        asked = pickle.load(given)
        for found in _answers(asked):
            _say(said, found)
    return 0


def _on_ended(number: int, frame: object) -> None:
    raise SystemExit(1)


def _say(pipe: IO[bytes], found: object) -> None:
    pickle.dump(found, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _answers(asked: Asked) -> Iterator[object]:
    try:
        i18n.install(asked.language, resource("i18n"))
        looked = _look(asked)
    except DeskError as error:
        # Its class may have been made with more than a sentence.
        yield DeskError(error.sentence)
    except Exception:  # noqa: BLE001 - the edge of the process: nothing may end it in silence
        # In the log, where the words of an exception have no place.
        yield WordlessFormatter().formatException(sys.exc_info())
    else:
        for name in _PARTS:
            entries = iter(getattr(looked.preview, name))
            while piece := list(islice(entries, _PIECE)):
                yield name, piece
        yield replace(looked, preview=_without_parts(looked.preview))


def _without_parts(preview: ReviewPreview) -> ReviewPreview:
    return replace(preview, comments=(), suggestions=(), new_rows=())


def _look(asked: Asked) -> Looked:
    from desktop_app.services.form_versions import load_report
    from desktop_app.services.reports import choose_summary
    from desktop_app.services.review.previewing import read_workbook
    from desktop_app.storage.report_file import ReportFile

    library, key = FormLibrary(asked.folders), None
    if asked.recovery_key:
        from desktop_app.storage.protection import Key

        key = Key.from_recovery_key(asked.path, asked.recovery_key)
    read = read_workbook(asked.workbook, library)
    with ReportFile.open(asked.path, "read", key=key) as file:
        present = file.reports()
        report = load_report(file, choose_summary(asked.path, present, asked.number), library).report
    return looked_at(report, read, library, present)
