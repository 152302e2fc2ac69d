"""SET-1 the process gets no secret, and nothing of what it sets is written to the disk
SET-2 a document that is no longer wanted, or takes too long, ends with its process
SET-3 whatever happens in the process is a sentence
SET-4 pictures are the pages of the PDF, made piece by piece
"""

from __future__ import annotations

import json
import re
import sys
import threading
from pathlib import Path

import pytest

from desktop_app.exchange.documents.pages import Limits, contents
from desktop_app.exchange.documents.pdf import write_pdf
from desktop_app.exchange.documents.pictures import PagePictures
from desktop_app.exchange.documents.plan import Variant
from desktop_app.exchange.documents.planning import plan_document
from desktop_app.exchange.documents.typesetting import (
    NotWantedError,
    Place,
    TypesettingError,
    own_command,
    typeset,
)
from desktop_app.exchange.documents.typst_content import Plain
from tests.support.workbooks import example, report_of

NEVER_ENDS = [sys.executable, "-c", "import threading; threading.Event().wait()"]


@pytest.fixture(scope="module")
def content() -> Plain:
    return contents(plan_document(report_of("ga-commitments"), Variant.FULL))[0]


# SET-1


def test_the_process_gets_no_secret(content: Plain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ALLIANCE_SECRET", "hidden")
    told = tmp_path / "environment"
    script = f"import os; open({str(told)!r}, 'w').write(' '.join(os.environ))"
    with pytest.raises(TypesettingError):
        typeset(content, Place(), "pdf", command=[sys.executable, "-c", script])
    assert "ALLIANCE_SECRET" not in told.read_text()
    assert "PATH" in told.read_text()


def test_nothing_is_left_on_the_disk(content: Plain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert len(typeset(content, Place(), "pictures").products) > 1
    assert list(tmp_path.iterdir()) == []


# SET-2


def test_a_document_that_is_no_longer_wanted_is_stopped(content: Plain) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(NotWantedError):
        typeset(content, Place(), "pdf", stop=stop, command=NEVER_ENDS)


def test_a_document_that_takes_too_long_is_stopped(content: Plain) -> None:
    with pytest.raises(TypesettingError, match="took too long"):
        typeset(content, Place(), "pdf", command=NEVER_ENDS, seconds=0.2)


# SET-3


@pytest.mark.parametrize(
    "script",
    [
        "raise SystemExit(3)",
        "import os; os.kill(os.getpid(), 9)",
        'import sys; sys.stdin.buffer.read(); print(\'{"failed": "memory", "sizes": []}\')',
    ],
)
def test_a_process_that_fails_is_told_in_a_sentence(content: Plain, script: str) -> None:
    with pytest.raises(TypesettingError, match="could not be made"):
        typeset(content, Place(), "pdf", command=[sys.executable, "-c", script])


def test_a_process_that_cannot_be_started_is_told(content: Plain, tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match="could not be started"):
        typeset(content, Place(), "pdf", command=[str(tmp_path / "missing")])


def test_what_the_template_cannot_read_is_told(content: Plain) -> None:
    with pytest.raises(TypesettingError, match="could not be made"):
        typeset({**content, "sections": [[{"kind": "heading"}]]}, Place(), "pdf")


def test_a_request_larger_than_a_pipe_arrives(content: Plain) -> None:
    reader = "import sys, json; n = len(sys.stdin.buffer.read()); print(json.dumps(" + (
        '{"sizes": [], "pages": n, "notes": 0, "sections": [], "missing": []}))'
    )
    padded = {**content, "padding": "x" * 3_000_000}
    made = typeset(padded, Place(), "measure", command=[sys.executable, "-c", reader])
    assert made.last > 3_000_000


def test_the_process_is_this_program() -> None:
    assert own_command()[-1] == "_typeset"
    assert json.dumps(own_command())


# SET-4


def test_pictures_are_the_pages_of_the_pdf() -> None:
    plan = plan_document(example(), Variant.FULL)
    pictures = PagePictures(plan)
    assert pictures.measure() == pictures.pages == write_pdf(plan).pages
    first, last = pictures.picture(1), pictures.picture(pictures.pages)
    assert first.startswith(b"<svg")
    assert first != last


def test_a_long_document_is_made_in_pieces_that_are_the_same_pages() -> None:
    plan = plan_document(example(), Variant.FULL)
    few = Limits(entries=12, sheet_entries=4, sheet_characters=5000)
    pictures = PagePictures(plan, limits=few)
    assert pictures.measure() == write_pdf(plan, limits=few).pages
    assert all(_glyphs(pictures.picture(number)) > 20 for number in (1, 2, pictures.pages))


def test_pictures_that_are_not_wanted_end() -> None:
    pictures = PagePictures(plan_document(example(), Variant.FULL))
    pictures.stop()
    with pytest.raises(NotWantedError):
        pictures.measure()


def test_the_page_to_sign_has_one_picture() -> None:
    pictures = PagePictures(plan_document(example(), Variant.FULL), sign_off=True)
    assert pictures.measure() == 1
    assert pictures.notices() == ()


def _glyphs(picture: bytes) -> int:
    return len(re.findall(rb"<use ", picture))
