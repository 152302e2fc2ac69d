"""Passphrases and recovery keys on the command line: they come from files and are never asked for."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.output import Output
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

_LONGEST = 10_000
"""Bytes; a larger file is not one with a passphrase in it."""


def add_secrets(parser: argparse.ArgumentParser) -> None:
    """Offer the two ways to open a protected file."""
    either = parser.add_mutually_exclusive_group()
    add_passphrase(
        either, "--passphrase-file", _("the first line of PATH is the passphrase of a protected file")
    )
    either.add_argument(
        "--recovery-key-file", metavar=_("PATH"), type=Path, help=_("PATH holds its recovery key instead")
    )


def add_passphrase(parser: argparse._ActionsContainer, name: str, words: str) -> None:
    """Offer a file with a passphrase in its first line."""
    parser.add_argument(name, metavar=_("PATH"), type=Path, help=words)


def key_of(options: argparse.Namespace, path: Path) -> Key | None:
    """The key to the file at ``path`` that the options name; None when they name none, or it needs none.

    SecretFileError, RecoveryKeyTypedWrongError, FileMissingError, CannotReadError.
    """
    if options.passphrase_file is None and options.recovery_key_file is None:
        return None
    from desktop_app.services.protection import read_key

    if options.recovery_key_file is not None:
        return read_key(path, recovery_key=_read(options.recovery_key_file))
    return read_key(path, passphrase=first_line(options.passphrase_file))


def key_for_new(options: argparse.Namespace, path: Path) -> Key | None:
    """The key to the file at ``path``, or for the file that is to be made there.

    As ``key_of``; PassphraseRequiredError, UnfitPassphraseError, ProtectionMissingError.
    """
    from desktop_app.services.required_protection import new_key, refuse_unprotected

    if path.exists():
        refuse_unprotected(path)
        return key_of(options, path)
    return new_key(path, first_line(options.passphrase_file) if options.passphrase_file else None)


def hint_for(error: DeskError) -> str:
    """How to give on the command line what the error says is missing; empty for other errors."""
    from desktop_app.exchange.package import SignedPackageExistsError
    from desktop_app.services.required_protection import PassphraseRequiredError
    from desktop_app.storage.errors import ProtectedFileError

    # That no backup was made may have the same reason.
    reasons = (error, error.__cause__)
    if any(isinstance(reason, ProtectedFileError | PassphraseRequiredError) for reason in reasons):
        return " " + _("Write it into the first line of a file and name that with --passphrase-file.")
    if any(isinstance(reason, SignedPackageExistsError) for reason in reasons):
        return " " + _("That is said with --replace --unsigned.")
    return ""


def tell_recovery_key(key: Key | None, output: Output) -> dict[str, str]:
    """Show the recovery key of a file that has just got its passphrase; returns it for the result in JSON."""
    if key is None:
        return {}
    output.line(_("Recovery key (shown only this once; print it and keep it in a safe place):"))
    output.line(key.recovery_key)
    return {"recovery_key": key.recovery_key}


def first_line(path: Path) -> str:
    """The passphrase in the file at ``path``. SecretFileError."""
    line = _read(path).split("\n", 1)[0].removesuffix("\r")
    if not line:
        raise SecretFileError(
            _("The first line of “{file}” is empty; it must be the passphrase.").format(file=path)
        )
    return line


class SecretFileError(DeskError):
    """A file with a passphrase or a recovery key cannot be used."""


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except OSError as error:
        sentence = _("“{file}” cannot be read: {reason}.")
        raise SecretFileError(sentence.format(file=path, reason=error.strerror)) from error
    try:
        if len(content) > _LONGEST:
            raise ValueError
        return content.decode("utf-8-sig")
    except ValueError as error:
        sentence = _("“{file}” is not a text file (UTF-8) with a passphrase or a recovery key in it.")
        raise SecretFileError(sentence.format(file=path)) from error
