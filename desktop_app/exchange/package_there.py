"""What stands already in the place of a package, and when it may be replaced."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from desktop_app.exchange.archive import stored_members
from desktop_app.exchange.manifest import SIGNATURE
from desktop_app.exchange.package_members import Part
from desktop_app.exchange.sending import Sending
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import writing_error
from desktop_app.runtime.i18n import _


class PackageExistsError(DeskError):
    """Another package of that name is there, and it may not be replaced."""


class SignedPackageExistsError(PackageExistsError):
    """A signed package of that name is there; one without a signature takes its place only when told so."""


def is_there(target: Path, parts: Mapping[str, Part], replace: bool, sending: Sending) -> bool:
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
        raise PackageExistsError(exists_sentence(target, sending))
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


def exists_sentence(target: Path, sending: Sending) -> str:
    """That another package is there, and what to do."""
    another = _("There is already another “{file}” in “{folder}”. Choose another folder, or replace it.")
    another_encrypted = _(
        "There is already another “{file}” in “{folder}”. Nobody can see here for whom it is encrypted; if it"
        " is replaced, what stands there now is lost. Choose another folder, or replace it."
    )
    sentence = another_encrypted if sending.recipients else another
    return sentence.format(file=target.name, folder=target.parent)
