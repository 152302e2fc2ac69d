"""The package: the one file that travels, with workbook, answers and manifest.

The same answers make the same bytes, whatever the clock says, so a package can be exported again and
compared (only encryption is never twice the same). It is finished beside its place, read again and compared
with the report, then moved there.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from desktop_app.exchange.archive import MAX_MEMBERS, MAX_SIZE, PIECE, ArchiveWriter, Window, stored_members
from desktop_app.exchange.manifest import MANIFEST, SIGNATURE, sha256, write_manifest
from desktop_app.exchange.package_members import Members, Part, attachments, documents
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
from desktop_app.report.content import content_bytes
from desktop_app.report.plain import report_to_plain
from desktop_app.report.public_copy import public_copy
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import AlreadyThereError, atomic_write, beside, writing_error
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
_PLANNING, _WRITING, _DOCUMENTS, _CHECKING = 20, 30, 20, 29
"""How many of the steps each part of the work takes, about."""
_OTHERS = 100
"""Members beside the attached files, at most: a very long report.pdf comes in parts."""
_TICKS = 20
"""How often the documents of a small report tick, at most; a longer one has a tick more for so many rows."""
_ROOM = 100 * 1024 * 1024
"""Bytes left for the workbook and the documents beside the attached files."""
_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a workbook beyond which it waits on the disk for the rest of the package."""


class PackageExistsError(DeskError):
    """Another package of that name is there, and it may not be replaced."""


class SignedPackageExistsError(PackageExistsError):
    """A signed package of that name is there; one without a signature takes its place only when told so."""


class PackageNotWholeError(DeskError):
    """A package that was just written does not read as it should. It is not kept."""


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
            already_there = _is_there(target, parts, replace, sending)
            if not already_there:
                _place(target, parts, replace, plan, sending, told)
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


def _pack(stream: BinaryIO, parts: Mapping[str, Part]) -> None:
    archive = ArchiveWriter(stream)
    for name, part in parts.items():
        archive.add(name, part.pieces())
    archive.finish()


def _is_there(target: Path, parts: Mapping[str, Part], replace: bool, sending: Sending) -> bool:
    """Whether exactly this package is at its place. PackageExistsError for another one.

    SignedPackageExistsError when that one is signed and this is not, unless ``may_drop_signature``. An
    encrypted one may be signed: that cannot be seen.
    """
    try:
        # For whom it was encrypted cannot be seen, so what may be replaced is made anew.
        if target.is_file() and not (sending.recipients and replace) and _holds(target, parts, sending):
            return True
        drops = sending.signer is None and not sending.may_drop_signature
        if drops and target.is_file() and (sending.recipients or _is_signed(target)):
            raise SignedPackageExistsError(_signed_sentence(target, sending))
    except OSError as error:
        raise writing_error(error, target) from error
    if target.exists() and not (replace and target.is_file()):
        raise PackageExistsError(_exists_sentence(target, sending))
    return False


def _holds(target: Path, parts: Mapping[str, Part], sending: Sending) -> bool:
    """Whether the file holds these members and nothing else. OSError."""
    from desktop_app.exchange.proof.encryption import recipient_count

    with target.open("rb") as stream:
        if not sending.recipients:
            return _facts_in(stream) == _facts_of(parts)
        content = stream.read()
    if sending.opens is None or recipient_count(content) != len(set(sending.recipients)):
        return False
    try:
        opened = sending.opens(target.name, content)
    except DeskError:
        # Encrypted for others, or something else: another package in any case.
        return False
    return _facts_in(io.BytesIO(opened)) == _facts_of(parts)


def _is_signed(target: Path) -> bool:
    """Whether the package carries a signature, be it good or not. OSError."""
    with target.open("rb") as stream:
        return SIGNATURE in (stored_members(stream) or {})


def _facts_in(stream: BinaryIO) -> list[tuple[str, tuple[int, str]]]:
    found = stored_members(stream) or {}
    return [(name, (each.size, each.sha256)) for name, each in found.items()]


def _facts_of(parts: Mapping[str, Part]) -> list[tuple[str, tuple[int, str]]]:
    return [(name, part.facts) for name, part in parts.items()]


def _signed_sentence(target: Path, sending: Sending) -> str:
    is_signed = _(
        "The “{file}” in “{folder}” is signed, and the new one would not be. Sign it too, choose another"
        " folder, or say that an unsigned one may take its place."
    )
    may_be_signed = _(
        "The “{file}” in “{folder}” is encrypted, so that nobody can see here whether it is signed. The new"
        " one would not be. Sign it too, choose another folder, or say that an unsigned one may take its"
        " place."
    )
    sentence = may_be_signed if sending.recipients else is_signed
    return sentence.format(file=target.name, folder=target.parent)


def _exists_sentence(target: Path, sending: Sending) -> str:
    another = _("There is already another “{file}” in “{folder}”. Choose another folder, or replace it.")
    another_encrypted = _(
        "There is already another “{file}” in “{folder}”. Nobody can see here for whom it is encrypted; if it"
        " is replaced, what stands there now is lost. Choose another folder, or replace it."
    )
    sentence = another_encrypted if sending.recipients else another
    return sentence.format(file=target.name, folder=target.parent)


def _place(
    target: Path,
    parts: Mapping[str, Part],
    replace: bool,
    plan: WorkbookPlan,
    sending: Sending,
    told: Steps,
) -> None:
    """Write the package beside ``target``, verify it, move it into place; leave nothing if that fails."""

    def verify(finished: Path) -> None:
        told.begin(_CHECKING, plan.row_count)
        with finished.open("rb") as stream:
            _verify(target.name, stream, parts, plan, told)

    try:
        if sending.recipients:
            _place_encrypted(target, parts, replace, plan, sending, told)
            return
        with beside(target, replace=replace, verify=verify) as new, new.open("r+b") as stream:
            _pack(stream, parts)
    except AlreadyThereError as error:
        raise PackageExistsError(_exists_sentence(target, sending)) from error


def _place_encrypted(
    target: Path,
    parts: Mapping[str, Part],
    replace: bool,
    plan: WorkbookPlan,
    sending: Sending,
    told: Steps,
) -> None:
    """The package as it would be, verified, and only its encrypted form on the disk."""
    from desktop_app.exchange.proof.encryption import encrypt

    packed = io.BytesIO()
    _pack(packed, parts)
    packed.seek(0)
    told.begin(_CHECKING, plan.row_count)
    _verify(target.name, packed, parts, plan, told)
    content = encrypt(packed.getvalue(), sending.recipients)

    def verify(finished: Path) -> None:
        if finished.read_bytes() != content:
            raise _not_whole(target.name)

    atomic_write(target, content, replace=replace, verify=verify)


def _verify(name: str, stream: BinaryIO, parts: Mapping[str, Part], plan: WorkbookPlan, told: Steps) -> None:
    """PackageNotWholeError, or ReadBackError, unless every byte of the package is right."""
    from desktop_app.exchange.workbook import check_workbook

    found = stored_members(stream)
    if found is None or {each: (at.size, at.sha256) for each, at in found.items()} != {
        each: part.facts for each, part in parts.items()
    }:
        raise _not_whole(name)
    place = found[WORKBOOK]
    window = Window(stream, place.start, place.size)
    check_workbook(cast(BinaryIO, io.BufferedReader(window, PIECE)), plan, told.one)


def _not_whole(name: str) -> PackageNotWholeError:
    return PackageNotWholeError(
        _("“{file}” did not reach the disk as it should. Nothing was exported; try again.").format(file=name)
    )


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
