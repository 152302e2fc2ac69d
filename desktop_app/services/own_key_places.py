"""Where our own private key is kept: the system's key store, or a file under a passphrase."""

from __future__ import annotations

import contextlib
from pathlib import Path

from desktop_app.exchange.proof.public_key import fingerprint
from desktop_app.exchange.proof.signing import (
    KeyFileError,
    SigningKey,
    from_key_file,
    from_text,
    to_key_file,
    to_text,
)
from desktop_app.runtime import key_store, paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import beside, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.runtime.key_store import StoreState
from desktop_app.services.key_book import Kept, OwnEntry

STORED_AS = "signing key"
"""The name of the secret in the key store."""
_PRIVATE = 0o600
_LONGEST = 64 * 1024 + 1
"""Bytes that are read of a key file: one more than any has."""


class NoKeyStoreError(DeskError):
    """The key store of the system is missing, locked, or does not answer."""


class KeyNotAtHandError(DeskError):
    """The own key is there, but cannot be used now: its store is locked, or its passphrase is needed."""


def key_path() -> Path:
    """Where a key under a passphrase is kept."""
    return paths.data_folder() / "keys" / "signing-key.pem"


def from_store(*, may_ask: bool) -> SigningKey:
    """Our key out of the key store. KeyNotAtHandError."""
    held = key_store.read_secret(STORED_AS, may_ask=may_ask)
    if held.state is StoreState.DONE and held.secret and (key := from_text(held.secret)):
        return key
    if held.state in (StoreState.DONE, StoreState.EMPTY):
        raise KeyNotAtHandError(
            _("The key store of this system no longer holds your key. Restore it from its backup.")
        )
    raise KeyNotAtHandError(no_store(held.state).sentence)


def from_file(passphrase: str | None) -> SigningKey:
    """Our key out of its file. KeyNotAtHandError, KeyFileError, WrongPassphraseError."""
    path = key_path()
    if passphrase is None:
        raise KeyNotAtHandError(_("Your key is kept under a passphrase, which was not given."))
    return from_key_file(path.name, read_private(path), passphrase)


def read_private(path: Path) -> bytes:
    """The content of a file with a private key under a passphrase. KeyFileError."""
    try:
        with path.open("rb") as stream:
            return stream.read(_LONGEST)
    except OSError as error:
        raise KeyFileError(
            _("“{file}” cannot be read: {reason}.").format(file=path, reason=error.strerror)
        ) from error


def no_store(state: StoreState) -> NoKeyStoreError:
    """Why the key store was of no use."""
    if state is StoreState.LOCKED:
        return NoKeyStoreError(
            _("The key store of this system is locked, or did not answer. Unlock it first.")
        )
    return NoKeyStoreError(
        _("This system has no key store. A key can be kept in a file under a passphrase instead.")
    )


def keep(key: SigningKey, passphrase: str | None, *, may_ask: bool) -> Kept:
    """Keep ``key``, under ``passphrase`` in a file, else in the key store.

    NoKeyStoreError, CannotWriteError.
    """
    if passphrase is not None:
        write_private(key_path(), to_key_file(key, passphrase))
        return Kept.FILE
    state = key_store.keep_secret(STORED_AS, to_text(key), may_ask=may_ask)
    if state is not StoreState.DONE:
        raise no_store(state)
    return Kept.STORE


def left_in_store(*, may_ask: bool) -> SigningKey | None:
    """The key in the key store, whether or not it is known here. NoKeyStoreError."""
    held = key_store.read_secret(STORED_AS, may_ask=may_ask)
    if held.state not in (StoreState.DONE, StoreState.EMPTY):
        raise no_store(held.state)
    return from_text(held.secret) if held.secret else None


def write_private(path: Path, content: bytes, *, replace: bool = True) -> None:
    """A file that nobody else may read, from its first byte on. CannotWriteError, AlreadyThereError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise writing_error(error, path) from error
    with beside(path, replace=replace) as new:
        new.chmod(_PRIVATE)
        new.write_bytes(content)
    with contextlib.suppress(OSError):
        # Where a file took another's place it took its mode, too.
        path.chmod(_PRIVATE)


def set_aside(own: OwnEntry, *, may_ask: bool) -> None:
    """Keep the key that is about to be replaced under a name of its own.

    NoKeyStoreError, CannotWriteError.
    """
    mark = fingerprint(own.public_key).replace(" ", "")[:8]
    if own.kept is Kept.STORE:
        held = key_store.read_secret(STORED_AS, may_ask=may_ask)
        if held.state is StoreState.DONE and held.secret:
            state = key_store.keep_secret(f"{STORED_AS} {mark}", held.secret, may_ask=may_ask)
            if state is not StoreState.DONE:
                raise no_store(state)
        return
    path = key_path()
    if path.exists():
        try:
            path.replace(path.with_name(f"signing-key-{mark}.pem"))
        except OSError as error:
            raise writing_error(error, path) from error
