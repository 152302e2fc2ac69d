"""The files of a packaged program, compared with the list that its build wrote beside it."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

NAME = "bill-of-materials.cdx.json"
"""CycloneDX; ``resources/packaging/bill.py`` writes it."""
_INTERNAL = "_internal/"
_LIBRARIES = {".exe", ".dll", ".pyd", ".so", ".dylib"}
_PROGRAM_STARTS = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""How programs begin that have no ending in their name: Linux, Windows, macOS."""


class DamagedProgramError(DeskError):
    """Files of the program are missing, or not as they were built."""


def is_packaged() -> bool:
    """Whether this is a build; from source there is no list to compare with."""
    return bool(getattr(sys, "_MEIPASS", None))


def program_files_words() -> str:
    """How many files of this build are as they were built. DamagedProgramError when not all are.

    Files that are not in the list are no fault. Programs and libraries have to be there; their content is
    not compared, because signing them changes it.
    """
    places, bill = _places(), _bill()
    try:
        wanted = dict(_files_in(json.loads(bill.read_text("utf-8"))))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedProgramError(
            _("The list of the program's files, “{file}”, cannot be read. Install the program again.").format(
                file=bill
            )
        ) from error
    missing, changed = _compared(wanted, places)
    # A list without files is none.
    missing = missing if wanted else [bill.name]
    if missing or changed:
        raise DamagedProgramError(" ".join(_complaints(missing, changed)))
    told = ngettext("{count} file is as it was built", "{count} files are as they were built", len(wanted))
    return told.format(count=len(wanted))


def build_mark() -> str:
    """What tells this build from others of the same version; empty from source, or without the list.

    The list names every file with its checksum, so two builds have the same only where all else is the same.
    """
    try:
        return hashlib.sha256(_bill().read_bytes()).hexdigest()[:12] if is_packaged() else ""
    except OSError:
        return ""


def _bill() -> Path:
    places = _places()
    return next((place / NAME for place in places if (place / NAME).is_file()), places[0] / NAME)


def _places() -> list[Path]:
    """Where the program and what lies beside it are; in the bundle of macOS they lie apart."""
    beside = Path(sys.executable).parent
    return [beside, beside.parent / "Resources"] if sys.platform == "darwin" else [beside]


def _files_in(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of every file that the list names, at whatever depth."""
    for each in (*part.get("components", ()), part.get("metadata", {}).get("component", {})):
        if each.get("type") == "file":
            (content,) = (found["content"] for found in each["hashes"] if found["alg"] == "SHA-256")
            yield each["name"], content
        if each:
            yield from _files_in(each)


def _compared(wanted: Mapping[str, str], places: list[Path]) -> tuple[list[str], list[str]]:
    missing, changed = [], []
    for name, content in sorted(wanted.items()):
        if name.startswith(_INTERNAL):
            possible = [Path(vars(sys)["_MEIPASS"]) / name.removeprefix(_INTERNAL)]
        else:
            possible = [place / name for place in places]
        path = next((each for each in possible if each.is_file()), None)
        if path is None:
            missing.append(name)
        elif not _is_as_built(path, content):
            changed.append(name)
    return missing, changed


def _is_as_built(path: Path, content: str) -> bool:
    try:
        found = path.read_bytes()
    except OSError:
        return False
    is_program = path.suffix in _LIBRARIES or ".so." in path.name or found.startswith(_PROGRAM_STARTS)
    return bool(found) if is_program else hashlib.sha256(found).hexdigest() == content


def _complaints(missing: list[str], changed: list[str]) -> Iterator[str]:
    if missing:
        yield ngettext(
            "{count} file of the program is missing: “{file}”.",
            "{count} files of the program are missing, the first is “{file}”.",
            len(missing),
        ).format(count=len(missing), file=missing[0])
    if changed:
        yield ngettext(
            "{count} file of the program is not as it was built: “{file}”.",
            "{count} files of the program are not as they were built, the first is “{file}”.",
            len(changed),
        ).format(count=len(changed), file=changed[0])
    yield _("Install the program again.")
