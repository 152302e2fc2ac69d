"""A key store for tests: a JSON file that an environment variable names. It can be locked, slow, or forget.

keyring loads it by its name, ``PYTHON_KEYRING_BACKEND``, in the process that the program asks.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

FILE, MANNER = "TEST_KEY_STORE", "TEST_KEY_STORE_MANNER"
MODULE = "tests.support.key_store"


class FileStore(KeyringBackend):
    """Keeps secrets in the file that ``FILE`` names, in the manner that ``MANNER`` says."""

    priority = 9.0

    def get_password(self, service: str, username: str) -> str | None:
        self._behave()
        return self._held().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._behave()
        if os.environ.get(MANNER) != "forgets":
            self._write({**self._held(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        held = self._held()
        if held.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("not there")
        self._write(held)

    def _behave(self) -> None:
        match os.environ.get(MANNER):
            case "locked":
                raise KeyringLocked("locked")
            case "hangs":
                threading.Event().wait(60)
            case "dies":
                os._exit(3)
            case "asks":
                input("Password: ")

    def _held(self) -> dict[str, str]:
        path = Path(os.environ[FILE])
        found: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return found

    def _write(self, held: dict[str, str]) -> None:
        Path(os.environ[FILE]).write_text(json.dumps(held), "utf-8")


class PoorStore(FileStore):
    """One that keyring itself would not recommend."""

    priority = 0.5


def use_key_store(
    monkeypatch: pytest.MonkeyPatch, folder: Path, manner: str = "", store: str = "FileStore"
) -> Path:
    """Give the program a key store of its own in ``folder``; returns the file it keeps secrets in."""
    path = folder / "key-store.json"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"{MODULE}.{store}")
    monkeypatch.setenv(FILE, str(path))
    monkeypatch.setenv(MANNER, manner)
    return path
