"""Where a report file is worked on: at its place, or in a copy on this computer that is written back."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.places import Place, PlaceKind, needs_working_copy, place_of
from desktop_app.runtime.policy import policy

if TYPE_CHECKING:
    from desktop_app.storage.place_worker import PlaceWorker
    from desktop_app.storage.protection import Key
    from desktop_app.storage.report_file import ReportFile
    from desktop_app.storage.working_copy import WorkingCopy


class OtherVersionError(DeskError):
    """What was to be written went to a file of its own, because somebody else changed the person's file."""


def copies_folder() -> Path:
    """Where working copies are, on this computer."""
    return paths.data_folder() / "working copies"


def left_here(path: Path) -> Path | None:
    """The working copy of the file at ``path`` that an earlier sitting left on this computer, if any."""
    folder = copies_folder()
    if not folder.is_dir():
        # On most computers there never was one, and every start asks.
        return None
    from desktop_app.storage.copy_record import folder_for, read_record

    home = folder_for(path.resolve(), folder)
    record = read_record(home)
    copy = home / (record.place if record is not None else path.resolve()).name
    return copy if copy.is_file() else None


def is_worked_on_in_place(path: Path) -> bool:
    """Whether the file at ``path`` is opened where it is.

    So it is on a local disk, and everywhere when IT wants it so. What an earlier sitting left in a working
    copy is brought to its end in any case: a share that is away looks like a folder of the local disk.
    """
    if left_here(path) is not None:
        return False
    settled = policy()
    if settled.work_in_place:
        return True
    # A policy that says no comes before the environment.
    environment: Mapping[str, str] = {} if "work_in_place" in settled.origins else os.environ
    return not needs_working_copy(place_of(path).kind, environment)


def check_out(path: Path, who: str, *, key: Key | None = None) -> WorkingCopy | None:
    """A working copy of the file at ``path``; None where it is worked on in place.

    What ``WorkingCopy.check_out`` raises.
    """
    if is_worked_on_in_place(path):
        return None
    from desktop_app.storage.working_copy import WorkingCopy

    return WorkingCopy.check_out(path, copies_folder(), who, key=key)


def open_place(path: Path, who: str, *, key: Key | None = None) -> PlaceWorker | None:
    """As ``check_out``, with a thread that writes back as the person works."""
    working = check_out(path, who, key=key)
    if working is None:
        return None
    from desktop_app.storage.place_worker import PlaceWorker

    return PlaceWorker(working)


@contextlib.contextmanager
def file_to_write(path: Path, who: str = "", *, key: Key | None = None) -> Iterator[ReportFile]:
    """The report file at ``path`` opened to write; where needed in a working copy that is then written back.

    Its ``path`` is the one that is open. What ``ReportFile.open`` raises; NotWrittenBackError when all is
    done but could only be kept on this computer, OtherVersionError when it went to a file of its own;
    ProtectionRequiredError where IT requires a passphrase and the file has none.
    """
    from desktop_app.services.required_protection import refuse_unprotected
    from desktop_app.storage.report_file import ReportFile

    refuse_unprotected(left_here(path) or path)
    working = check_out(path, who, key=key)
    if working is None:
        with ReportFile.open(path, "write", who=who, key=key) as file:
            yield file
        return
    try:
        with ReportFile.open(working.path, "write", who=who, key=key) as file:
            yield file
        working.write_back()
        if working.conflict is not None:
            raise OtherVersionError(working.conflict.sentence)
    finally:
        working.release()


def place_notices(path: Path, worker: PlaceWorker | None) -> tuple[str, ...]:
    """What the person should know about the place of the file just opened."""
    told: list[str] = []
    if worker is not None:
        state, conflict = worker.state, worker.working.conflict
        if conflict is not None:
            told.append(conflict.sentence)
        else:
            told.append(state.sentence or _where(place_of(path)))
    conflict = worker.working.conflict if worker is not None else None
    others = [other for other in conflicted_copies(path) if conflict is None or other != conflict.mine]
    if others:
        sentence = _(
            "Beside this file lies another version of it, made when two computers changed it at the same"
            " time: {files}. Open both, compare them, and go on with one."
        )
        told.append(sentence.format(files=", ".join(f"“{other.name}”" for other in others)))
    return tuple(told)


def is_all_well(worker: PlaceWorker | None) -> bool:
    """Whether there is a working copy, and nothing to say of it but that."""
    return worker is not None and worker.working.conflict is None and not worker.state.sentence


def _where(place: Place) -> str:
    if place.kind is PlaceKind.NETWORK:
        return _(
            "This file lies on a network share. You work in a copy on this computer; it is written back as"
            " you go."
        )
    if place.kind is PlaceKind.REMOVABLE:
        return _(
            "This file lies on a removable drive. You work in a copy on this computer; it is written back as"
            " you go. Close the report before you take the drive out."
        )
    if place.kind is PlaceKind.SYNCHRONISED:
        return _(
            "This file lies in a folder that {program} copies to other computers. You work in a copy on this"
            " computer; it is written back as you go."
        ).format(program=place.whose)
    return _("You work in a copy on this computer; it is written back as you go.")


_OF_A_CONFLICT = (
    r"conflict|konflikt|conflit|conflicto|conflitto|конфликт|kolizj"
    # Our own: a person and a moment.
    r"|\(.+, \d{4}-\d\d-\d\d \d\d\.\d\d\)"
)
"""What programs that synchronise put into the name of a second version, in their languages."""


def conflicted_copies(path: Path) -> list[Path]:
    """Versions of the file at ``path`` beside it that were made by a conflict, by what their names say."""
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return []
    return [
        other
        for other in beside
        if other.suffix == path.suffix
        and other.stem != path.stem
        and other.stem.startswith(path.stem)
        and re.search(_OF_A_CONFLICT, other.stem[len(path.stem) :], re.IGNORECASE)
    ]
