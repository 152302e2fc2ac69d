"""A package put into its place: written beside it, read again and compared, and only then moved there."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from desktop_app.exchange.archive import PIECE, ArchiveWriter, Window, stored_members
from desktop_app.exchange.package_members import Part
from desktop_app.exchange.package_reading import WORKBOOK
from desktop_app.exchange.package_there import PackageExistsError, exists_sentence
from desktop_app.exchange.sending import Sending
from desktop_app.exchange.steps import Steps
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import AlreadyThereError, atomic_write, beside
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.exchange.workbook import WorkbookPlan

_CHECKING = 29
"""How many of an export's steps the comparing takes, about."""


class PackageNotWholeError(DeskError):
    """A package that was just written does not read as it should. It is not kept."""


def place(
    target: Path,
    parts: Mapping[str, Part],
    replace: bool,
    plan: WorkbookPlan,
    sending: Sending,
    told: Steps,
) -> None:
    """Write the package beside ``target``, verify it, move it into place; leave nothing if that fails."""

    def check(stream: BinaryIO) -> None:
        told.begin(_CHECKING, plan.row_count)
        _verify(target.name, stream, parts, plan, told)

    def verify(finished: Path) -> None:
        with finished.open("rb") as stream:
            check(stream)

    try:
        if sending.recipients:
            packed = io.BytesIO()
            _pack(packed, parts)
            packed.seek(0)
            check(packed)
            _place_encrypted(target, packed.getvalue(), sending.recipients, replace)
            return
        with beside(target, replace=replace, verify=verify) as new, new.open("r+b") as stream:
            _pack(stream, parts)
    except AlreadyThereError as error:
        raise PackageExistsError(exists_sentence(target, sending)) from error


def _place_encrypted(target: Path, package: bytes, recipients: Sequence[str], replace: bool) -> None:
    """Of a package that was verified only its encrypted form reaches the disk."""
    from desktop_app.exchange.proof.encryption import encrypt

    content = encrypt(package, recipients)

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


def _pack(stream: BinaryIO, parts: Mapping[str, Part]) -> None:
    archive = ArchiveWriter(stream)
    for name, part in parts.items():
        archive.add(name, part.pieces())
    archive.finish()
