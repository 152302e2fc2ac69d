"""What IT's rule that report files have a passphrase means for opening one and making one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import policy
from desktop_app.storage.errors import ProtectionMissingError, ReportFileError
from desktop_app.storage.format import is_plain
from desktop_app.storage.sqlite import has_cipher

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


class ProtectionRequiredError(ReportFileError):
    """IT requires a passphrase, and this file has none."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _(
            "Your IT department requires report files to be protected with a passphrase. “{file}” can be"
            " read without one, but not changed."
        )
        super().__init__(path, sentence.format(file=path.name))


class ProtectionStaysError(ReportFileError):
    """IT requires a passphrase, and a file was to lose it."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _(
            "Your IT department requires report files to be protected with a passphrase, so it cannot be"
            " removed from “{file}”."
        )
        super().__init__(path, sentence.format(file=path.name))


class PassphraseRequiredError(ReportFileError):
    """IT requires a passphrase, and a file was to be made without one."""

    def __init__(self, path: Path) -> None:
        """About the file that was to be at ``path``."""
        sentence = _(
            "Your IT department requires report files to be protected with a passphrase. Choose one for"
            " “{file}”."
        )
        super().__init__(path, sentence.format(file=path.name))


def refuse_unprotected(path: Path) -> None:
    """ProtectionRequiredError where IT requires a passphrase and the file at ``path`` has none."""
    if policy().require_protection and path.exists() and is_plain(path):
        raise ProtectionRequiredError(path)


def new_key(path: Path, passphrase: str | None) -> Key | None:
    """The key for a file that is to be made at ``path``; None for an ordinary one.

    PassphraseRequiredError when IT requires one; UnfitPassphraseError, ProtectionMissingError.
    """
    if passphrase is None:
        if policy().require_protection:
            raise PassphraseRequiredError(path)
        return None
    if not has_cipher():
        raise ProtectionMissingError(path)
    from desktop_app.storage.protection import Key

    return Key.new(passphrase)
