"""Small forms for tests: each test writes the part it is about, the rest is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desktop_app.formdef.loader import inspect_form
from desktop_app.formdef.mistakes import Mistake
from tests.support.toml_forms import head

WriteForm = Callable[..., Path]
Mistakes = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def write_form(tmp_path: Path) -> WriteForm:
    """Writes a form's folder: ``body`` below a complete ``[form]``, or ``whole`` instead; further files."""

    def write(
        body: str = "",
        *,
        whole: str | None = None,
        text: str = "",
        files: Mapping[str, str | bytes] | None = None,
        version: str = "1",
    ) -> Path:
        folder = tmp_path / "tiny" / version
        written: dict[str, str | bytes] = {
            "form.toml": whole if whole is not None else head(version) + body,
            "text.en.toml": text,
            **(files or {}),
        }
        for name, content in written.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write


@pytest.fixture
def found(write_form: WriteForm) -> Callable[..., tuple[Mistake, ...]]:
    """All mistakes of a form written as with ``write_form``."""

    def inspect(*body: str, **parts: object) -> tuple[Mistake, ...]:
        return inspect_form(write_form(*body, **parts)).mistakes

    return inspect


@pytest.fixture
def in_structure(found: Callable[..., tuple[Mistake, ...]]) -> Mistakes:
    """Key path and sentence of each mistake outside the text files."""

    def inspect(*body: str, **parts: object) -> list[tuple[str, str]]:
        return [
            (mistake.key, mistake.sentence)
            for mistake in found(*body, **parts)
            if not mistake.file.startswith("text.")
        ]

    return inspect
