"""The package: the one file that travels, with workbook, answers and manifest.

The same answers make the same bytes, whatever the clock says, so a package can be exported again and
compared. It is finished beside its place, read again and compared with the report, then moved there.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from desktop_app.exchange.archive import PIECE, ArchiveWriter, Window, stored_members
from desktop_app.exchange.manifest import MANIFEST, sha256, write_manifest
from desktop_app.exchange.package_reading import (
    ANSWERS,
    WORKBOOK,
    NotAPackageError,
    PackageChangedError,
    Verification,
    read_package,
    verify_package,
)
from desktop_app.exchange.sending import Sending
from desktop_app.exchange.steps import Progress, Steps
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import AlreadyThereError, beside, writing_error
from desktop_app.runtime.i18n import _

__all__ = [
    "Exported",
    "NotAPackageError",
    "PackageChangedError",
    "PackageExistsError",
    "PackageNotWholeError",
    "Verification",
    "package_name",
    "read_package",
    "verify_package",
    "write_package",
]

if TYPE_CHECKING:
    from desktop_app.exchange.workbook import WorkbookPlan

DRAFT = Sending()
STEPS = 100
_PLANNING, _WRITING, _CHECKING = 30, 35, 34
"""How many of the steps each part of the work takes, about."""
_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a workbook beyond which it waits on the disk for the rest of the package."""


class PackageExistsError(DeskError):
    """Another package of that name is there, and it may not be replaced."""


class PackageNotWholeError(DeskError):
    """A package that was just written does not read as it should. It is not kept."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The package that was written, or was there already with the same bytes.

    ``checksum`` is the content checksum; ``notices`` are sentences the sender should know.
    """

    path: Path
    checksum: str
    notices: tuple[str, ...] = ()
    already_there: bool = False


def package_name(report: Report, sending: Sending = DRAFT) -> str:
    """The file name of the report's package, such as ``al-commitments-1.0-2013-draft.zip``."""
    parts = (report.country.lower(), report.form.id, report.form.version, report.cycle, sending.ending)
    return "-".join(_sanitised(part) for part in parts) + ".zip"


def _sanitised(part: str) -> str:
    """``part`` with only what every file system and mail program takes."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", part).strip("-.") or "x"


def write_package(
    report: Report,
    folder: Path,
    sending: Sending = DRAFT,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write the package of ``report`` into ``folder``, which is made when it is missing.

    The same package being there already is success. PackageExistsError for another one unless
    ``replace``; CannotWriteError when the place does not take it; ReadBackError or
    PackageNotWholeError when what was written does not read as the report. Then, and when ``progress``
    raises to cancel it, nothing is left behind.
    """
    from desktop_app.exchange.workbook import plan_workbook

    told = Steps(progress, STEPS)
    answers = _answers(report)
    told.begin(_PLANNING, 1)
    plan = plan_workbook(report, answers)
    told.one()
    target = folder / package_name(report, sending)
    made = _make_folder(target)
    placed = False
    try:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(target.parent)) as workbook:
            members = _members(target, cast(BinaryIO, workbook), plan, answers, told)
            manifest = write_manifest(report, answers, {name: each.facts for name, each in members.items()})
            parts = {MANIFEST: Part.of(manifest), **members}
            already_there = _is_there(target, parts, replace)
            if not already_there:
                _place(target, parts, replace, plan, told)
        placed = True
    finally:
        if not placed:
            _remove(made)
    told.finish()
    return Exported(target, sha256(answers), plan.notices, already_there)


def _members(
    target: Path, workbook: BinaryIO, plan: WorkbookPlan, answers: bytes, told: Steps
) -> dict[str, Part]:
    """What the package holds beside its manifest; the workbook is written into ``workbook``."""
    from desktop_app.exchange.workbook import write_workbook

    told.begin(_WRITING, plan.row_count)
    try:
        write_workbook(plan, workbook, told.one)
    except OSError as error:
        raise writing_error(error, target) from error
    return {WORKBOOK: Part.read(workbook), ANSWERS: Part.of(answers)}


def _answers(report: Report) -> bytes:
    """The canonical JSON of the report. Halves of characters, which no file can hold, are left out."""
    plain = report_to_plain(report)
    try:
        return canonical_bytes(plain)
    except UnicodeEncodeError:
        return canonical_bytes(_cleaned(plain))


def _cleaned(plain: Any) -> Any:
    if isinstance(plain, str):
        return plain.encode("utf-8", "ignore").decode("utf-8")
    if isinstance(plain, list):
        return [_cleaned(each) for each in plain]
    if isinstance(plain, dict):
        return {key: _cleaned(each) for key, each in plain.items()}
    return plain


@dataclass(frozen=True, slots=True)
class Part:
    """A member of the package to be: an open file, with its size and SHA-256."""

    stream: BinaryIO
    facts: tuple[int, str]

    @classmethod
    def of(cls, content: bytes) -> Part:
        """A member whose bytes are in memory."""
        return cls(io.BytesIO(content), (len(content), sha256(content)))

    @classmethod
    def read(cls, stream: BinaryIO) -> Part:
        """A member in a file that was just written."""
        digest = hashlib.sha256()
        part = cls(stream, (stream.seek(0, io.SEEK_END), ""))
        for piece in part.pieces():
            digest.update(piece)
        return cls(stream, (part.facts[0], digest.hexdigest()))

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the beginning."""
        self.stream.seek(0)
        while piece := self.stream.read(PIECE):
            yield piece


def _pack(stream: BinaryIO, parts: Mapping[str, Part]) -> None:
    archive = ArchiveWriter(stream)
    for name, part in parts.items():
        archive.add(name, part.pieces())
    archive.finish()


def _is_there(target: Path, parts: Mapping[str, Part], replace: bool) -> bool:
    """Whether exactly this package is at its place. PackageExistsError for another one."""
    try:
        if target.is_file():
            with target.open("rb") as stream:
                found = stored_members(stream)
            facts = {name: (each.size, each.sha256) for name, each in (found or {}).items()}
            if list(facts.items()) == [(name, part.facts) for name, part in parts.items()]:
                return True
    except OSError as error:
        raise writing_error(error, target) from error
    if target.exists() and not (replace and target.is_file()):
        raise PackageExistsError(_exists_sentence(target))
    return False


def _exists_sentence(target: Path) -> str:
    return _("There is already another “{file}” in “{folder}”. Choose another folder, or replace it.").format(
        file=target.name, folder=target.parent
    )


def _place(target: Path, parts: Mapping[str, Part], replace: bool, plan: WorkbookPlan, told: Steps) -> None:
    """Write the package beside ``target``, verify it, move it into place; leave nothing if that fails."""

    def verify(finished: Path) -> None:
        told.begin(_CHECKING, plan.row_count)
        with finished.open("rb") as stream:
            _verify(target.name, stream, parts, plan, told)

    try:
        with beside(target, replace=replace, verify=verify) as new, new.open("r+b") as stream:
            _pack(stream, parts)
    except AlreadyThereError as error:
        raise PackageExistsError(_exists_sentence(target)) from error


def _verify(name: str, stream: BinaryIO, parts: Mapping[str, Part], plan: WorkbookPlan, told: Steps) -> None:
    """PackageNotWholeError, or ReadBackError, unless every byte of the package is right."""
    from desktop_app.exchange.workbook import check_workbook

    found = stored_members(stream)
    if found is None or {each: (at.size, at.sha256) for each, at in found.items()} != {
        each: part.facts for each, part in parts.items()
    }:
        raise PackageNotWholeError(
            _("“{file}” did not reach the disk as it should. Nothing was exported; try again.").format(
                file=name
            )
        )
    place = found[WORKBOOK]
    window = Window(stream, place.start, place.size)
    check_workbook(cast(BinaryIO, io.BufferedReader(window, PIECE)), plan, told.one)


def _make_folder(target: Path) -> list[Path]:
    """Make the folder of ``target``; the folders that were made, the innermost first."""
    missing = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    made: list[Path] = []
    try:
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
            made.insert(0, folder)
    except OSError as error:
        _remove(made)
        raise writing_error(error, missing[0]) from error
    return made


def _remove(folders: list[Path]) -> None:
    """Remove the folders that were made for nothing, unless somebody has put something there."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
