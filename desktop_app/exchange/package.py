"""The package: the one file that travels, with workbook, answers and manifest.

The same answers make the same bytes, whatever the clock says, so a package can be exported again and
compared (only encryption is never twice the same). It is finished beside its place, read again and compared
with the report, then moved there.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from desktop_app.exchange.archive import MAX_MEMBERS, MAX_SIZE
from desktop_app.exchange.manifest import MANIFEST, SIGNATURE, sha256, write_manifest
from desktop_app.exchange.package_members import Members, Part, attachments, documents
from desktop_app.exchange.package_placing import PackageNotWholeError, place
from desktop_app.exchange.package_reading import (
    ANSWERS,
    WORKBOOK,
    NotAPackageError,
    PackageChangedError,
    Verification,
    read_package,
    verify_package,
)
from desktop_app.exchange.package_there import PackageExistsError, SignedPackageExistsError, is_there
from desktop_app.exchange.sending import Sending
from desktop_app.exchange.steps import Progress, Steps
from desktop_app.report.content import content_bytes
from desktop_app.report.plain import report_to_plain
from desktop_app.report.public_copy import public_copy
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import writing_error
from desktop_app.runtime.i18n import _

__all__ = [
    "Exported",
    "NotAPackageError",
    "PackageChangedError",
    "PackageExistsError",
    "PackageNotWholeError",
    "PackageTooLargeError",
    "SignedPackageExistsError",
    "Verification",
    "package_name",
    "read_package",
    "verify_package",
    "write_package",
]

if TYPE_CHECKING:
    from desktop_app.exchange.workbook import WorkbookPlan

DRAFT = Sending()
ENCRYPTED = ".age"
STEPS = 100
_PLANNING, _WRITING, _DOCUMENTS = 20, 30, 20
"""How many of the steps each part of the work takes, about."""
_OTHERS = 100
"""Members beside the attached files, at most: a very long report.pdf comes in parts."""
_TICKS = 20
"""How often the documents of a small report tick, at most; a longer one has a tick more for so many rows."""
_ROOM = 100 * 1024 * 1024
"""Bytes left for the workbook and the documents beside the attached files."""
_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a workbook beyond which it waits on the disk for the rest of the package."""


class PackageTooLargeError(DeskError):
    """A package would be larger than one that is read."""


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
    name = "-".join(_sanitised(part) for part in parts) + ".zip"
    return name + ENCRYPTED if sending.recipients else name


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
    ``replace``; SignedPackageExistsError for a signed one where this is not; CannotWriteError when the
    place does not take it; ReadBackError or PackageNotWholeError when what was written does not read as
    the report. Then, and when ``progress`` raises to cancel it, nothing is left behind.
    """
    told = Steps(progress, STEPS)
    full = content_bytes(report_to_plain(report))
    answers, shown = full, report
    if sending.is_public:
        shown = public_copy(report).report
        answers = content_bytes(report_to_plain(shown))
    plan = _planned(shown, answers, sending, told)
    target = folder / package_name(report, sending)
    made = _make_folder(target)
    placed = False
    try:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(target.parent)) as workbook:
            members = _members(shown, target, cast(BinaryIO, workbook), plan, answers, sending, told)
            submitted = sha256(full) if sending.is_public and sending.submission else None
            parts = _proven(shown, answers, members, sending, submitted)
            already_there = is_there(target, parts, replace, sending)
            if not already_there:
                place(target, parts, replace, plan, sending, told)
        placed = True
    finally:
        if not placed:
            _remove(made)
    told.finish()
    return Exported(target, sha256(answers), (*plan.notices, *members.notices), already_there)


def _planned(report: Report, answers: bytes, sending: Sending, told: Steps) -> WorkbookPlan:
    from desktop_app.exchange.workbook import plan_workbook, planning_steps

    told.begin(_PLANNING, planning_steps(report))
    previous, signer = sending.previous, sending.signer
    return plan_workbook(
        report,
        answers,
        # What was left out of a public copy may stand in the submission before it.
        previous.content if previous and not sending.is_public else None,
        submission=sending.submission,
        signed_with=signer.fingerprint if signer else "",
        step_done=told.one,
    )


def _members(
    report: Report,
    target: Path,
    workbook: BinaryIO,
    plan: WorkbookPlan,
    answers: bytes,
    sending: Sending,
    told: Steps,
) -> Members:
    """What the package holds beside its manifest; the workbook is written into ``workbook``."""
    from desktop_app.exchange.workbook import write_workbook

    attached = attachments(report, sending)
    _refuse_too_large(target, attached)
    with documents(report, sending, sha256(answers)) as finish:
        told.begin(_WRITING, plan.row_count)
        try:
            write_workbook(plan, workbook, told.one)
        except OSError as error:
            raise writing_error(error, target) from error
        told.begin(_DOCUMENTS, _TICKS + plan.row_count // _TICKS)
        readable = finish(told.one)
    parts = {WORKBOOK: Part.read(workbook), **readable.parts, ANSWERS: Part.of(answers), **attached.parts}
    return Members(parts, (*readable.notices, *attached.notices))


def _refuse_too_large(target: Path, attached: Members) -> None:
    size = sum(part.facts[0] for part in attached.parts.values())
    if size > MAX_SIZE - _ROOM:
        raise PackageTooLargeError(
            _(
                "The attached files are {size} MB together, too much for “{file}”. Take some of them out."
            ).format(size=size // (1024 * 1024), file=target.name)
        )
    if len(attached.parts) > MAX_MEMBERS - _OTHERS:
        raise PackageTooLargeError(
            _("{count} attached files are too many for “{file}”. Take some of them out.").format(
                count=len(attached.parts), file=target.name
            )
        )


def _proven(
    report: Report, answers: bytes, members: Members, sending: Sending, full: str | None
) -> dict[str, Part]:
    """All members: the manifest first, with the signature over its exact bytes when somebody signs."""
    facts = {name: part.facts for name, part in members.parts.items()}
    manifest = write_manifest(report, answers, facts, sending, full=full)
    proof = {MANIFEST: Part.of(manifest)}
    if sending.signer is not None:
        proof[SIGNATURE] = Part.of(sending.signer.sign(manifest))
    return {**proof, **members.parts}


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
