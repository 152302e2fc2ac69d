"""The forms that were read at an earlier start, kept beside the program's other leftovers.

To read a form takes longer than to read a report: rules and texts are checked against each other. What
comes out depends on nothing but the words of the form's files and the program, so it is kept together with
all those words, and used while every one of them is the same. Whatever is wrong with what was kept (damaged,
of another program, somebody else's), it is as if it were not there, and made anew. Not a word in it is
an answer.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop_app import __version__
from desktop_app.formdef.mistakes import Mistakes
from desktop_app.formdef.model import Form, FormEntry
from desktop_app.formdef.plain_form import form_from_plain, form_to_plain
from desktop_app.formdef.reading.files import FormFolder
from desktop_app.runtime.dataclass import dataclass, values_of

log = logging.getLogger(__name__)

_MOST_BYTES = 32 * 1024 * 1024
_OF_OTHERS = 0o022
"""Permissions with which other people could put in another form."""


@dataclass(frozen=True, slots=True)
class FormRead:
    """What was read of a folder: a form's head, and the whole ``form`` if it was asked for.

    ``files``: the words of all files that counted, by name.
    """

    files: Mapping[str, str]
    entry: FormEntry
    form: Form | None = None


class KeptForms:
    """Forms kept in the file at ``path``, which need not be there. May be asked in any thread."""

    def __init__(self, path: Path) -> None:
        """Nothing is read before the first question."""
        self._path = path
        self._kept: dict[str, Any] | None = None
        self._read: dict[Path, FormRead] = {}

    def find(self, folder: Path) -> FormRead | None:
        """What was kept of ``folder``, if all its files hold what they held then."""
        if self._kept is None:
            self._kept = self._load()
        plain = self._kept.get(str(folder))
        if plain is None:
            return None
        try:
            files: dict[str, str] = plain["files"]
            present = FormFolder(folder, Mistakes())
            if not files or any(present.text(name) != words for name, words in files.items()):
                return None
            form = None if plain["form"] is None else form_from_plain(plain["form"], folder)
            return FormRead(files, FormEntry(**plain["entry"], folder=folder), form)
        except (ValueError, TypeError, LookupError, AttributeError):
            log.info("what was kept of a form is not used: it is of another shape")
            return None

    def note(self, folder: Path, read: FormRead) -> None:
        """``read`` was read just now, and is kept from the next ``keep`` on."""
        self._read[folder] = read

    def keep(self) -> None:
        """Write what was read, beside what was kept before. CannotWriteError; then all is as it was."""
        from desktop_app.runtime.files import atomic_write, writing_error

        program = _program()
        if not self._read or program is None:
            return
        read, self._read = self._read, {}
        before = {folder: plain for folder, plain in (self._kept or {}).items() if Path(folder).is_dir()}
        kept = {**before, **{str(folder): _to_plain(found) for folder, found in read.items()}}
        body = json.dumps({"program": program, "forms": kept}, ensure_ascii=False).encode("utf-8")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise writing_error(error, self._path.parent) from error
        atomic_write(self._path, b"%08x\n%s" % (zlib.crc32(body), body))

    def _load(self) -> dict[str, Any]:
        try:
            with self._path.open("rb") as file:
                if _belongs_to_others(file.fileno()):
                    return {}
                content = file.read(_MOST_BYTES)
            checksum, _line_end, body = content.partition(b"\n")
            if checksum != b"%08x" % zlib.crc32(body):
                return {}
            kept: dict[str, Any] = json.loads(body)
            forms: dict[str, Any] = kept["forms"]
            return dict(forms) if kept["program"] == _program() else {}
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            # Not there yet, or of no use; it is made anew, and nobody misses it meanwhile.
            return {}


def _to_plain(read: FormRead) -> dict[str, Any]:
    entry = values_of(read.entry)
    del entry["folder"]
    return {
        "files": dict(read.files),
        "entry": entry,
        "form": None if read.form is None else form_to_plain(read.form),
    }


def _belongs_to_others(handle: int) -> bool:
    """Whether somebody else could have written it; where folders have no owners, the place says enough."""
    if sys.platform == "win32":
        return False
    facts = os.fstat(handle)
    return facts.st_uid != os.geteuid() or bool(facts.st_mode & _OF_OTHERS)


def _program() -> list[Any] | None:
    """What tells this program from every other that reads forms in another way; None where nothing does.

    Its version, and the files of the modules that read forms: somebody may be at work on them.
    """
    here = Path(__file__).parent
    try:
        if getattr(sys, "frozen", False):
            return [__version__, *_state(os.stat(sys.executable))]  # noqa: PTH116 - a string as it is
        folders = (here, here / "reading")
        found = [entry for folder in folders for entry in os.scandir(folder) if entry.name.endswith(".py")]
        return [__version__, *sorted([entry.name, *_state(entry.stat())] for entry in found)]
    except OSError:
        return None


def _state(facts: os.stat_result) -> list[int]:
    return [facts.st_mtime_ns, facts.st_size]
