"""Protect a report file with a passphrase, change the passphrase, take the protection away.

Each time a whole new file is made beside the old one, compared with it row by row, and moved into its
place; until then the old file is as it was. The file must be closed. Packages and what else is exported
are not protected, nor are backups made before: ``protect_backups`` and ``delete_backups`` see to those.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import beside, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import policy
from desktop_app.services.backups import PROTECTED, Backup, NoBackupError, list_backups, make_backup
from desktop_app.services.required_protection import ProtectionStaysError
from desktop_app.storage.backups import read_content, settle
from desktop_app.storage.errors import (
    DamagedFileError,
    NotProtectedError,
    ProtectedFileError,
    ProtectionMissingError,
    ReportFileError,
)
from desktop_app.storage.format import is_plain, is_protected
from desktop_app.storage.lock import FileLock
from desktop_app.storage.protecting import check_same, copy_under_key
from desktop_app.storage.protection import Key
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.sqlite import has_cipher


class AlreadyProtectedError(ReportFileError):
    """The file has a passphrase already."""

    def __init__(self, path: Path) -> None:
        """About the file at ``path``."""
        sentence = _("“{file}” is protected with a passphrase already.")
        super().__init__(path, sentence.format(file=path.name))


@dataclass(frozen=True, slots=True)
class Protected:
    """A file that has a new passphrase. ``notices``: what did not work, and what the person should know."""

    key: Key
    notices: tuple[str, ...] = ()


def protect(path: Path, passphrase: str, *, who: str = "", folder: Path | None = None) -> Protected:
    """Give an ordinary report file a passphrase, and make a protected backup of it.

    UnfitPassphraseError, AlreadyProtectedError, ProtectionMissingError, FileInUseError, DamagedFileError,
    CannotWriteError, and what ``ReportFile.open`` raises: nothing has changed then.
    """
    if not is_plain(path) and is_protected(path):
        raise AlreadyProtectedError(path)
    return _give(path, None, passphrase, who, folder)


def change_passphrase(
    path: Path, key: Key, passphrase: str, *, who: str = "", folder: Path | None = None
) -> Protected:
    """Give a protected report file, which ``key`` opens, another passphrase and recovery key. As ``protect``.

    Its backups that ``key`` opens get the new ones too. NotProtectedError, WrongPassphraseError.
    """
    if is_plain(path):
        raise NotProtectedError(path)
    present = list_backups(path, folder=folder, key=key)
    changed = _give(path, key, passphrase, who, folder)
    of_this_key = [
        backup for backup in present if not is_plain(backup.path) and read_content(backup.path, key)
    ]
    followed = _for_each(of_this_key, lambda backup: _rewrite(backup.path, key, changed.key))
    return Protected(changed.key, (*changed.notices, *followed.failed))


def unprotect(path: Path, key: Key | None, *, who: str = "") -> None:
    """Make a protected report file an ordinary one.

    ProtectionStaysError, NotProtectedError, ProtectedFileError without a key, WrongPassphraseError, else
    as ``protect``.
    """
    if policy().require_protection:
        raise ProtectionStaysError(path)
    if is_plain(path):
        raise NotProtectedError(path)
    if key is None:
        raise ProtectedFileError(path)
    with _locked(path, who):
        _rewrite(path.resolve(), key, None)


def exports_are_open() -> str:
    """What the person must know about the limits of a passphrase."""
    return _(
        "The passphrase protects this file, its backups and its working copies. Packages, workbooks and"
        " whatever else you export can be read by everybody who has them."
    )


def read_key(path: Path, *, passphrase: str | None = None, recovery_key: str | None = None) -> Key | None:
    """The key to the file at ``path``; None for a file that needs none. It is not tried here.

    RecoveryKeyTypedWrongError, FileMissingError, CannotReadError.
    """
    if is_plain(path) or (passphrase is None and recovery_key is None):
        return None
    if recovery_key is not None:
        return Key.from_recovery_key(path, recovery_key)
    assert passphrase is not None
    return Key.from_passphrase(path, passphrase)


# Backups made before


@dataclass(frozen=True, slots=True)
class OlderBackups:
    """What became of backups made before. ``failed`` says of each that stays as it was why."""

    done: int
    failed: tuple[str, ...] = ()


def open_backups(path: Path, key: Key, *, folder: Path | None = None) -> list[Backup]:
    """The backups of the protected file at ``path`` that anybody can read: those without a passphrase."""
    found = list_backups(path, folder=folder, key=key)
    return [backup for backup in found if is_plain(backup.path)]


def protect_backups(backups: Iterable[Backup], key: Key) -> OlderBackups:
    """Protect ordinary backups with ``key``, each in the same way as a report file. Names and dates stay."""
    return _for_each(backups, lambda backup: _rewrite(backup.path, None, key))


def delete_backups(backups: Iterable[Backup]) -> OlderBackups:
    """Take backups away for good."""
    return _for_each(backups, lambda backup: backup.path.unlink())


# What these have in common


def _give(path: Path, key: Key | None, passphrase: str, who: str, folder: Path | None) -> Protected:
    if not has_cipher():
        raise ProtectionMissingError(path)
    new = Key.new(passphrase)
    with _locked(path, who):
        _rewrite(path.resolve(), key, new)
    try:
        make_backup(path, PROTECTED, folder=folder, key=new)
    except NoBackupError as error:
        return Protected(new, (error.sentence,))
    return Protected(new)


@contextlib.contextmanager
def _locked(path: Path, who: str) -> Iterator[None]:
    lock = FileLock.take(path.resolve(), who)
    try:
        yield
    finally:
        lock.release()


def _rewrite(path: Path, key: Key | None, new_key: Key | None) -> None:
    with ReportFile.open(path, "read", key=key):
        pass
    # What a crash left half written is taken back first: its journal belongs to the old file alone.
    settle(path, key)
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists() and journal.stat().st_size > 0:
        raise DamagedFileError(path)
    with beside(path, verify=lambda new: check_same(new, path, new_key, key)) as new:
        copy_under_key(path, new, key, new_key)


def _for_each(backups: Iterable[Backup], step: Callable[[Backup], object]) -> OlderBackups:
    done, failed = 0, []
    for backup in backups:
        try:
            step(backup)
        except (DeskError, OSError) as error:
            words = error if isinstance(error, DeskError) else writing_error(error, backup.path)
            sentence = _("The backup “{file}” stays as it is: {reason}")
            failed.append(sentence.format(file=backup.path, reason=words.sentence))
        else:
            done += 1
    return OlderBackups(done, tuple(failed))
