"""Starting the process that sets documents, waiting for it, and ending it when it is no longer wanted.

Nothing is written to the disk: answers go in and pages come out through pipes, so that a report with a
passphrase leaves no readable trace.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Literal

from desktop_app.exchange.review.limited import environment
from desktop_app.runtime import own_process
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.shipped import resource

log = logging.getLogger(__name__)

COMMAND = "_typeset"
WALL_SECONDS = 300.0
"""The largest part of a report takes a tenth of it on a slow computer."""
_LOOK = 0.1
"""Seconds between two looks at whether the document is still wanted."""

Product = Literal["pdf", "pictures", "measure"]

#: Where a person's own typefaces are found, besides what every limited process gets.
_FONT_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "LOCALAPPDATA",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "FONTCONFIG_PATH",
)


class TypesettingError(DeskError):
    """A document could not be set. The sentence says why and what is left to do."""


class NotWantedError(DeskError):
    """The document is no longer wanted: whoever asked for it has gone on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of a document stands in the whole.

    ``first``: the number of its first page. ``pages``: how many the whole has, or 0 when the piece is the
    whole. ``notes``: how many footnotes come before it.
    """

    first: int = 1
    pages: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Typeset:
    """What came of it. ``last``: the number of the last page; ``notes``: footnotes so far.

    ``sections``: the page numbers of the level 1 headings, in order.
    ``products``: one PDF, or a picture (SVG) of each page, or nothing when it was only measured.
    ``missing``: characters no typeface at hand has. ``accessible``: the PDF keeps the rules of PDF/UA-1.
    """

    products: tuple[bytes, ...]
    last: int
    notes: int
    sections: tuple[int, ...]
    missing: tuple[str, ...]
    accessible: bool


def typeset(
    content: Mapping[str, Any],
    place: Place,
    product: Product,
    *,
    stop: threading.Event | None = None,
    command: Sequence[str] | None = None,
    seconds: float = WALL_SECONDS,
) -> Typeset:
    """Set ``content``. TypesettingError; NotWantedError once ``stop`` is set. It may take seconds.

    ``command``: another program to start; ``seconds``: how long it may take at most.
    """
    request = {
        "content": content,
        "piece": {"first": place.first, "pages": place.pages, "notes": place.notes},
        "product": product,
        "template": str(resource("documents", "report.typ")),
    }
    output = _run(json.dumps(request).encode(), command or own_command(), stop, seconds)
    return _found(output)


def own_command() -> list[str]:
    """The command that starts this program's typesetting process, frozen or not."""
    return own_process.own_command(COMMAND)


def _run(request: bytes, command: Sequence[str], stop: threading.Event | None, seconds: float) -> bytes:
    own = {name: os.environ[name] for name in _FONT_VARIABLES if name in os.environ}
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=own_process.own_folder(),
            env={**environment(), **own},
            creationflags=own_process.NO_WINDOW,
        )
    except OSError as error:
        raise TypesettingError(
            _("The part of the program that makes pages could not be started: {reason}.").format(
                reason=error.strerror
            )
        ) from error
    # Popen.communicate may be asked again after a time, but would not go on writing then.
    pipe, process.stdin = process.stdin, None
    writer = threading.Thread(target=_write, args=(pipe, request), name="document to be set")
    writer.start()
    try:
        return _output(process, stop, time.monotonic() + seconds)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            process.kill()
        process.communicate()
        writer.join()


def _write(pipe: IO[bytes] | None, request: bytes) -> None:
    # The process may end before it has read all: then the pipe is broken, and that is all right.
    with contextlib.suppress(OSError, ValueError):
        if pipe is not None:
            pipe.write(request)
    with contextlib.suppress(OSError):
        if pipe is not None:
            pipe.close()


def _output(process: subprocess.Popen[bytes], stop: threading.Event | None, latest: float) -> bytes:
    while True:
        try:
            output, _errors = process.communicate(timeout=_LOOK)
        except subprocess.TimeoutExpired:
            pass
        else:
            return output
        if stop is not None and stop.is_set():
            raise NotWantedError(_("Stopped."))
        if time.monotonic() > latest:
            raise TypesettingError(
                _("Making the pages took too long, so it was stopped. The Word document has the same words.")
            )


def _found(output: bytes) -> Typeset:
    head, line, rest = output.partition(b"\n")
    if not line:
        log.info("the process that makes pages ended without a word")
        raise _gave_up()
    told = json.loads(head)
    if "failed" in told:
        log.info("pages could not be made: %s", told["failed"])
        raise _gave_up()
    ends = list(itertools.accumulate(told["sizes"], initial=0))
    products = [rest[start:end] for start, end in itertools.pairwise(ends)]
    if not told.get("accessible", True):
        log.warning("a PDF does not keep the rules of PDF/UA-1")
    return Typeset(
        products=tuple(products),
        last=told["pages"],
        notes=told["notes"],
        sections=tuple(told["sections"]),
        missing=tuple(told["missing"]),
        accessible=told.get("accessible", True),
    )


def _gave_up() -> TypesettingError:
    return TypesettingError(
        _(
            "The pages could not be made: the memory of the computer may be used up. Close other programs and"
            " try again. The Word document has the same words."
        )
    )
