"""The forms of this repository, and documents read with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.exchange.old_reports import Recognised, read_source, recognise
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import Form
from tests.support.old_reports import Recognise

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def library() -> FormLibrary:
    return FormLibrary([ROOT / "forms"])


@pytest.fixture(scope="session")
def commitments(library: FormLibrary) -> Form:
    return library.form("ga-commitments")


@pytest.fixture(scope="session")
def albania_document() -> bytes:
    return (ROOT / "tests" / "data" / "albania-2013.md").read_bytes()


@pytest.fixture
def recognised(library: FormLibrary) -> Recognise:
    """A document's text or bytes, recognised; ``name`` says its kind."""

    def recognise_text(content: str | bytes, name: str = "report.md", **given: str) -> Recognised:
        data = content.encode() if isinstance(content, str) else content
        return recognise(read_source(name, data), library, **given)

    return recognise_text
