"""The system's key store: the one place where the program's own secret is kept without a passphrase.

Whatever stands behind it (Windows Credential Manager, macOS Keychain, Secret Service, KWallet) may ask the
person, hang on a bus, or end the process it runs in. So each question is put by a process of its own, this
program again with a hidden command, which has no terminal to ask at and is ended when it takes too long.
A store that is missing, or locked while nobody may be asked, is an ordinary answer, not an error.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from desktop_app.runtime.own_process import NO_WINDOW, end_session, own_command, own_folder

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

COMMAND = "_key-store"
SERVICE = "Alliance Desk"
"""How the program's secrets are called in the store."""
SECONDS, SECONDS_TO_ASK = 15.0, 120.0
"""How long the store may take: by itself, and where it may ask the person for a password first."""

_BEAT = 0.2
"""Seconds from one look to the next whether somebody still waits."""

_READ, _KEEP, _FORGET = "read", "keep", "forget"
_ASK = "ask"
_WORST = 1.0
"""Of keyring's own priorities: what is less is no store that anybody would recommend."""
_MAY_ASK = ("keyring.backends.kwallet", "keyring.backends.libsecret")
"""Stores that may ask the person before they answer, and do not tell whether they will."""
_SECRET_SERVICE = "keyring.backends.SecretService"


class StoreState(StrEnum):
    """What became of a question to the key store."""

    DONE = "done"
    EMPTY = "empty"
    """The store is there and holds no such secret."""
    LOCKED = "locked"
    """It would have to ask the person first, or it did not answer in time."""
    NONE = "none"
    """There is no key store on this system, or none that works."""


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """The answer of the key store; ``secret`` is what was read.

    ``heard``: the process that asks the store answered at all.
    """

    state: StoreState
    secret: str | None = None
    heard: bool = True

    def __repr__(self) -> str:
        """Without the secret, which belongs in no log."""
        return f"StoreAnswer({self.state.value})"


def read_secret(name: str, *, may_ask: bool = False, seconds: float | None = None) -> StoreAnswer:
    """The secret ``name``. With ``may_ask`` the system may show its own window to unlock the store."""
    return _put(_READ, name, may_ask=may_ask, seconds=seconds)


def keep_secret(name: str, secret: str, *, may_ask: bool = False, seconds: float | None = None) -> StoreState:
    """Keep ``secret``, in place of what was kept under this name; DONE only when it was read back."""
    return _put(_KEEP, name, secret, may_ask=may_ask, seconds=seconds).state


def forget_secret(name: str, *, may_ask: bool = False, seconds: float | None = None) -> StoreState:
    """Take the secret ``name`` out of the store."""
    return _put(_FORGET, name, may_ask=may_ask, seconds=seconds).state


_waiting = threading.local()


@contextlib.contextmanager
def while_waiting(call: Callable[[], object]) -> Iterator[None]:
    """``call`` is made several times a second while this thread waits for the store.

    What it raises ends the waiting, and the question with it.
    """
    _waiting.call = call
    try:
        yield
    finally:
        _waiting.call = None


def _put(
    task: str, name: str, secret: str = "", *, may_ask: bool, seconds: float | None = None
) -> StoreAnswer:
    """Put one question to the store, in a process of its own."""
    try:
        process = subprocess.Popen(
            own_command(COMMAND, task, name, *([_ASK] if may_ask else [])),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=own_folder(),
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=os.name == "posix",
            creationflags=NO_WINDOW,
        )
    except OSError as error:
        log.warning("the key store could not be asked: %s", error.strerror)
        return StoreAnswer(StoreState.NONE, heard=False)
    limit = seconds if seconds is not None else SECONDS_TO_ASK if may_ask else SECONDS
    with process:
        try:
            said = _said(process, secret, limit)
        except subprocess.TimeoutExpired:
            log.warning("the key store did not answer within %s seconds", limit)
            return StoreAnswer(StoreState.LOCKED)
        finally:
            end_session(process)
    return _answer_in(said)


def _said(process: subprocess.Popen[bytes], secret: str, limit: float) -> bytes:
    """What the process answers. TimeoutExpired; and what ``while_waiting`` was given raises."""
    call, until = getattr(_waiting, "call", None), time.monotonic() + limit
    given: bytes | None = secret.encode("utf-8")
    while True:
        left = max(0.0, until - time.monotonic())
        try:
            return process.communicate(given, timeout=left if call is None else min(left, _BEAT))[0]
        except subprocess.TimeoutExpired:
            if time.monotonic() >= until:
                raise
        given = None
        if call is not None:
            call()


def _answer_in(said: bytes) -> StoreAnswer:
    try:
        plain = json.loads(said)
        secret = plain.get("secret")
        return StoreAnswer(StoreState(plain["state"]), secret if isinstance(secret, str) else None)
    except (ValueError, KeyError, AttributeError, TypeError):
        log.warning("the key store gave no answer")
        return StoreAnswer(StoreState.NONE, heard=False)


# Below here is what runs in the process of its own.


def main() -> int:
    """Answer the question in the arguments, a secret to be kept on the standard input; JSON goes out."""
    task, name, *more = sys.argv[2:]
    # By number: a program without a console has no sys.stdin and sys.stdout, but the pipes all the same.
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as said:
        answer = _answer(task, name, given.read().decode("utf-8"), may_ask=_ASK in more)
        said.write(json.dumps({"state": answer.state.value, "secret": answer.secret}).encode("ascii"))
    return 0


def _answer(task: str, name: str, secret: str, *, may_ask: bool) -> StoreAnswer:
    try:
        stores, locked = _stores(may_ask=may_ask)
        found = _ask_each(stores, task, name, secret)
    except Exception as error:  # noqa: BLE001 - the edge of the process: stores fail in ways of their own
        log.debug("the key store failed: %s", type(error).__name__)
        return StoreAnswer(StoreState.LOCKED if _is_locked_error(error) else StoreState.NONE)
    if found is not None and not (locked and found.state is StoreState.EMPTY):
        return found
    return StoreAnswer(StoreState.LOCKED if locked else StoreState.NONE)


def _stores(*, may_ask: bool) -> tuple[list[KeyringBackend], bool]:
    """The stores that answer without asking anybody, unless they may; and whether one would ask."""
    import keyring

    chosen = keyring.get_keyring()
    offered = list(getattr(chosen, "backends", None) or [chosen])
    able = [each for each in offered if _is_one(each)]
    if may_ask:
        return able, False
    silent = [each for each in able if not _would_ask(each)]
    return silent, len(silent) < len(able)


def _is_one(store: KeyringBackend) -> bool:
    """Whether a backend is a store at all: keyring has one that fails and one that forgets."""
    kind = type(store).__module__
    return kind not in ("keyring.backends.fail", "keyring.backends.null") and float(store.priority) >= _WORST


def _would_ask(store: KeyringBackend) -> bool:
    kind = type(store).__module__
    if kind != _SECRET_SERVICE:
        return kind in _MAY_ASK
    import secretstorage

    with contextlib.closing(secretstorage.dbus_init()) as bus:
        return bool(secretstorage.get_default_collection(bus).is_locked())


def _ask_each(stores: list[KeyringBackend], task: str, name: str, secret: str) -> StoreAnswer | None:
    """The answer of the first store that has one; None when there is no store."""
    answers: dict[str, Callable[..., Any]] = {_READ: _read, _KEEP: _keep, _FORGET: _forget}
    found: StoreAnswer | None = None
    for store in stores:
        found = answers[task](store, name, secret)
        if found is not None and found.state is StoreState.DONE:
            break
    return found


def _read(store: KeyringBackend, name: str, _secret: str) -> StoreAnswer:
    held = store.get_password(SERVICE, name)
    return StoreAnswer(StoreState.EMPTY if held is None else StoreState.DONE, held)


def _keep(store: KeyringBackend, name: str, secret: str) -> StoreAnswer:
    store.set_password(SERVICE, name, secret)
    kept = store.get_password(SERVICE, name) == secret
    return StoreAnswer(StoreState.DONE if kept else StoreState.NONE)


def _forget(store: KeyringBackend, name: str, _secret: str) -> StoreAnswer:
    from keyring.errors import PasswordDeleteError

    try:
        store.delete_password(SERVICE, name)
    except PasswordDeleteError:
        return StoreAnswer(StoreState.EMPTY)
    return StoreAnswer(StoreState.DONE)


def _is_locked_error(error: Exception) -> bool:
    from keyring.errors import KeyringLocked

    return isinstance(error, KeyringLocked)
