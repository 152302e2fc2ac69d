"""Export a package: the answers as they stand, whatever the checks say. The report file is not changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.report.report import Report
from desktop_app.services.reports import read_report

Progress = Callable[[int, int], None]
"""Told the steps done and the steps in all."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The package that was written, or was there already with the same content."""

    path: Path
    checksum: str
    notices: tuple[str, ...]
    already_there: bool


def export_file(
    path: Path,
    number: int | None = None,
    folder: Path | None = None,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write the package of report ``number`` (the newest for None) into ``folder``, else beside the file."""
    report = read_report(path, number)
    return export_report(report, folder or path.absolute().parent, replace=replace, progress=progress)


def export_report(
    report: Report, folder: Path, *, replace: bool = False, progress: Progress | None = None
) -> Exported:
    """Write the package of a report in memory."""
    from desktop_app.exchange.package import write_package

    written = write_package(report, folder, replace=replace, progress=progress)
    return Exported(written.path, written.checksum, tuple(written.notices), written.already_there)
