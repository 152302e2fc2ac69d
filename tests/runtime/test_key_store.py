from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop_app.runtime import key_store
from desktop_app.runtime.key_store import StoreAnswer, StoreState
from tests.support.key_store import use_key_store

NAME = "a secret"


def test_a_secret_is_kept_read_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = use_key_store(monkeypatch, tmp_path)
    assert key_store.read_secret(NAME) == StoreAnswer(StoreState.EMPTY)
    assert key_store.keep_secret(NAME, "wörds") is StoreState.DONE
    assert json.loads(held.read_text("utf-8")) == {f"{key_store.SERVICE}/{NAME}": "wörds"}
    assert key_store.read_secret(NAME, may_ask=True) == StoreAnswer(StoreState.DONE, "wörds")
    assert key_store.forget_secret(NAME) is StoreState.DONE
    assert key_store.forget_secret(NAME) is StoreState.EMPTY


@pytest.mark.parametrize("backend", ["fail", "null"])
def test_a_store_that_keeps_nothing_is_none(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{backend}.Keyring")
    assert key_store.read_secret(NAME).state is StoreState.NONE
    assert key_store.keep_secret(NAME, "words") is StoreState.NONE


@pytest.mark.parametrize("manner", ["forgets", "dies", "asks"])
def test_a_store_that_fails_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manner: str) -> None:
    """One that asks at the terminal finds none to ask at."""
    use_key_store(monkeypatch, tmp_path, manner)
    assert key_store.keep_secret(NAME, "words") is StoreState.NONE


def test_a_store_that_nobody_would_recommend_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = use_key_store(monkeypatch, tmp_path, store="PoorStore")
    assert key_store.keep_secret(NAME, "words") is StoreState.NONE
    assert not held.exists()


def test_a_locked_store_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_key_store(monkeypatch, tmp_path, "locked")
    assert key_store.read_secret(NAME).state is StoreState.LOCKED


def test_a_store_that_hangs_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_key_store(monkeypatch, tmp_path, "hangs")
    started = time.monotonic()
    assert key_store.read_secret(NAME, seconds=1.0).state is StoreState.LOCKED
    assert time.monotonic() - started < 10


def test_a_secret_is_never_shown() -> None:
    assert "words" not in repr(StoreAnswer(StoreState.DONE, "words"))


def test_the_program_itself_does_not_load_the_library() -> None:
    code = (
        "import sys; from desktop_app.services import keys, proof; from desktop_app import cli; "
        "print({'keyring', 'cryptography', 'pyrage'} & set(sys.modules))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "set()"


def test_whoever_waits_may_give_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_key_store(monkeypatch, tmp_path, "hangs")
    looks: list[float] = []

    def look() -> None:
        looks.append(time.monotonic())
        if len(looks) == 2:
            raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), key_store.while_waiting(look):
        key_store.read_secret(NAME)
    assert time.monotonic() - started < 10
    assert len(looks) == 2


def test_whoever_waits_hears_the_answer_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_key_store(monkeypatch, tmp_path)
    with key_store.while_waiting(tuple):
        assert key_store.keep_secret(NAME, "words" * 10_000) is StoreState.DONE
        assert key_store.read_secret(NAME) == StoreAnswer(StoreState.DONE, "words" * 10_000)
