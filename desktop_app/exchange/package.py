"""The package: the one file that travels, with workbook, answers and manifest.

The same answers make the same bytes, whatever the clock says, so a package can be exported again and
compared. It is finished beside its place, read again and compared with the report, then moved there.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.exchange.archive import build, open_archive
from desktop_app.exchange.manifest import MANIFEST, sha256, write_manifest
from desktop_app.exchange.package_reading import (
    ANSWERS,
    WORKBOOK,
    NotAPackageError,
    PackageChangedError,
    Verification,
    read_package,
    verify_bytes,
    verify_package,
)
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

Progress = Callable[[int, int], None]
"""Told the steps done and the steps in all."""

STEPS = 5


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


def package_name(report: Report) -> str:
    """The file name of the report's package as a draft, such as ``al-commitments-1.0-2013-draft.zip``."""
    parts = (report.country.lower(), report.form.id, report.form.version, report.cycle, "draft")
    return "-".join(_sanitised(part) for part in parts) + ".zip"


def _sanitised(part: str) -> str:
    """``part`` with only what every file system and mail program takes."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", part).strip("-.") or "x"


def write_package(
    report: Report, folder: Path, *, replace: bool = False, progress: Progress | None = None
) -> Exported:
    """Write the package of ``report`` into ``folder``, which is made when it is missing.

    The same package being there already is success. PackageExistsError for another one unless
    ``replace``; CannotWriteError when the place does not take it; ReadBackError or
    PackageNotWholeError when what was written does not read as the report. Then nothing is left behind.
    """
    from desktop_app.exchange.workbook import check_workbook, plan_workbook, workbook_bytes

    told = _Steps(progress)
    answers = _answers(report)
    plan = plan_workbook(report, answers)
    told.done()
    members = {WORKBOOK: workbook_bytes(plan), ANSWERS: answers}
    told.done()
    package = build({MANIFEST: write_manifest(report, answers, members), **members})
    target = folder / package_name(report)
    exported = Exported(target, sha256(answers), plan.notices)
    if _is_there(target, package, replace):
        told.finish()
        return Exported(target, exported.checksum, exported.notices, already_there=True)

    def verify(finished: Path) -> None:
        told.done()
        written = _verified(target.name, finished.read_bytes())
        check_workbook(io.BytesIO(written), plan)
        told.done()

    _place(target, package, replace, verify)
    told.finish()
    return exported


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


class _Steps:
    """Counts the steps for whoever wants to know."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._count = 0

    def done(self) -> None:
        """One step more."""
        self._count += 1
        if self._progress is not None:
            self._progress(self._count, STEPS)

    def finish(self) -> None:
        """The rest is not needed, or done."""
        while self._count < STEPS:
            self.done()


def _is_there(target: Path, package: bytes, replace: bool) -> bool:
    """Whether exactly this package is at its place. PackageExistsError for another one."""
    try:
        if target.is_file() and target.stat().st_size == len(package) and target.read_bytes() == package:
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


def _verified(name: str, data: bytes) -> bytes:
    """The workbook of a package that was just written, when every byte of the package is right."""
    verdict = verify_bytes(name, data)
    workbook = open_archive(name, data).content(WORKBOOK)
    if not verdict.intact or workbook is None:
        raise PackageNotWholeError(
            _(
                "“{file}” did not reach the disk as it should: {finding} Nothing was exported; try again."
            ).format(file=name, finding=" ".join(verdict.findings))
        )
    return workbook


def _place(target: Path, package: bytes, replace: bool, verify: Callable[[Path], None]) -> None:
    """Write ``package`` beside ``target``, verify it, move it into place; leave nothing if that fails."""
    made = _make_folder(target)
    placed = False
    try:
        with beside(target, replace=replace, verify=verify) as new:
            new.write_bytes(package)
        placed = True
    except AlreadyThereError as error:
        raise PackageExistsError(_exists_sentence(target)) from error
    finally:
        if not placed:
            _remove(made)


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
