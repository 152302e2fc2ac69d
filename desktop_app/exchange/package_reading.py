"""A package that came in: is every byte as it was written, and what are its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.exchange.archive import Archive, open_archive
from desktop_app.exchange.manifest import (
    MANIFEST,
    Manifest,
    ManifestError,
    read_manifest,
    sha256,
)
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

WORKBOOK = "report.xlsx"
ANSWERS = "data.json"
REQUIRED = (WORKBOOK, ANSWERS)
MAX_FILE = 500 * 1024 * 1024
"""Bytes of a package."""


class NotAPackageError(DeskError):
    """A file is no package, or cannot be read at all."""


class PackageChangedError(DeskError):
    """A package is not as it was written."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a package. ``findings``: a sentence for each change; ``manifest``: its facts.

    The facts are empty when the manifest itself was changed.
    """

    intact: bool
    findings: tuple[str, ...] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)


def verify_package(path: Path) -> Verification:
    """Look at every byte of the package at ``path``.

    NotAPackageError, ArchiveError or NewerPackageError for what is no package of this program.
    """
    return verify_bytes(path.name, read_file(path))


def verify_bytes(name: str, data: bytes) -> Verification:
    """Look at every byte of ``data``, the content of the package ``name``."""
    return _inspect(name, data)[1]


def read_package(path: Path) -> Mapping[str, Any]:
    """The answers of the package at ``path``, as ``show --json`` prints them, when it is intact.

    PackageChangedError when it is not; what ``verify_package`` raises; JsonError or DocumentError
    when the answers cannot be read.
    """
    from desktop_app.exchange.old_reports.json_report import read_json_report

    archive, verdict = _inspect(path.name, read_file(path))
    if not verdict.intact:
        raise PackageChangedError(
            _("“{file}” was changed after it was exported, so it is not read. {finding}").format(
                file=path.name, finding=verdict.findings[0]
            )
        )
    answers = archive.content(ANSWERS)
    assert answers is not None
    return read_json_report(ANSWERS, answers)


def read_file(path: Path) -> bytes:
    """The bytes of the file at ``path``. NotAPackageError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise NotAPackageError(
            _("There is no package “{file}”. Was it moved or renamed?").format(file=path)
        ) from error
    except IsADirectoryError as error:
        raise NotAPackageError(_("“{file}” is a folder, not a package.").format(file=path)) from error
    except OSError as error:
        raise NotAPackageError(
            _("“{file}” cannot be read: {reason}.").format(file=path, reason=error.strerror)
        ) from error
    if len(data) > MAX_FILE:
        raise NotAPackageError(
            _("“{file}” is larger than {limit} MB, too large for a package.").format(
                file=path.name, limit=MAX_FILE // (1024 * 1024)
            )
        )
    return data


def _inspect(name: str, data: bytes) -> tuple[Archive, Verification]:
    archive = open_archive(name, data, MANIFEST)
    content = archive.content(MANIFEST)
    if content is None:
        raise NotAPackageError(
            _("“{file}” is a zip file, but no package: “{member}” is missing.").format(
                file=name, member=MANIFEST
            )
        )
    try:
        manifest = read_manifest(name, content)
    except ManifestError as error:
        damaged = (
            _changed(each.name) for each in archive.members if not each.sound and each.name != MANIFEST
        )
        return archive, Verification(False, (error.sentence, *damaged))
    findings = tuple(_findings(archive, manifest))
    if not findings and not archive.as_built:
        findings = (
            _("The files in the package are unchanged, but the container, the zip file around them, is not."),
        )
    return archive, Verification(not findings, findings, manifest.facts)


def _findings(archive: Archive, manifest: Manifest) -> Iterator[str]:
    present = {member.name: member for member in archive.members}
    for name in dict.fromkeys((*REQUIRED, *manifest.members)):
        found = present.pop(name, None)
        if found is None:
            yield _("“{member}” is missing.").format(member=name)
        elif manifest.members.get(name) != (len(found.content), sha256(found.content)):
            yield _changed(name)
        elif name == ANSWERS and manifest.content != sha256(found.content):
            yield _("“{member}” is not what the content checksum stands for.").format(member=name)
    present.pop(MANIFEST, None)
    for name in present:
        yield _("“{member}” does not belong to the package.").format(member=name)


def _changed(name: str) -> str:
    return _("“{member}” was changed.").format(member=name)
