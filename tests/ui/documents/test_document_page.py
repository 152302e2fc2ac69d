"""PAGE-1 the pages are shown as they are recorded, the first in sight drawn, and each has a name
PAGE-2 full, short, blank, page to sign, public copy: what is chosen is shown
PAGE-3 size and place by mouse and keys
PAGE-4 a change of the report makes the pages anew
PAGE-5 what cannot be made is said
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.documents.document_page import BLANK, SHORT, SIGN_OFF, DocumentPage
from desktop_app.ui.documents.papers import recorded
from tests.support.window_parts import add_actions
from tests.ui.conftest import Shower

PATIENCE = 20_000
Maker = Callable[..., DocumentPage]


@pytest.fixture
def make_page(example: OpenReport, shown: Shower) -> Iterator[Maker]:
    """Shows pages of the example, and releases them before it is closed."""
    made: list[DocumentPage] = []

    def make(read: Callable[[], Report] | None = None) -> DocumentPage:
        made.append(DocumentPage(example.session, read or partial(recorded, example)))
        shown(made[-1])
        made[-1].enter()
        return made[-1]

    yield make
    for each in made:
        each.release()


@pytest.fixture
def page(make_page: Maker, qtbot: QtBot) -> DocumentPage:
    """The page of the example, with its pages there."""
    made = make_page()
    settle(made, qtbot)
    return made


def settle(page: DocumentPage, qtbot: QtBot) -> None:
    if page.is_busy:
        with qtbot.waitSignal(page.settled, timeout=PATIENCE):
            pass


# PAGE-1


def test_the_first_pages_are_drawn_and_named(page: DocumentPage, qtbot: QtBot) -> None:
    sheets = page.view.sheets
    assert page.paper is not None
    assert len(sheets) == page.paper.pictures.pages > 3
    assert page.view.accessibleDescription() == f"Page 1 of {len(sheets)}"
    qtbot.waitUntil(lambda: sheets[0].image is not None, timeout=PATIENCE)
    image = sheets[0].image
    assert image is not None
    assert image.size() == page.view.sheet_size * page.devicePixelRatioF()
    colours = {
        image.pixelColor(x, y).lightness() for x in range(0, image.width(), 9) for y in range(0, 400, 9)
    }
    assert min(colours) < 120
    assert page.words.text().startswith(f"Page 1 of {len(sheets)}")
    assert "Draft" in page.words.text()
    # Pages out of sight are not drawn before they come into sight.
    assert sheets[-1].image is None
    page.view.go_to(len(sheets))
    qtbot.waitUntil(lambda: sheets[-1].image is not None, timeout=PATIENCE)
    assert page.view.current == len(sheets)
    assert page.view.accessibleDescription() == f"Page {len(sheets)} of {len(sheets)}"


# PAGE-2


def test_what_is_chosen_is_shown(page: DocumentPage, qtbot: QtBot) -> None:
    counts = {"full": len(page.view.sheets)}
    page.public.click()
    settle(page, qtbot)
    assert page.paper is not None
    assert page.paper.is_public
    assert page.paper.stem.endswith("-public")
    for which in (SHORT, BLANK, SIGN_OFF):
        segment = next(each for each in page.choice.segments() if each.code == which)
        qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
        settle(page, qtbot)
        assert page.paper is not None
        assert page.paper.which == which
        counts[which] = len(page.view.sheets)
    assert counts[SIGN_OFF] == 1
    assert counts[BLANK] > counts["full"]
    assert not page.public.isEnabled()
    # A page to sign is never a public copy, and the tick says what is shown.
    assert not page.public.isChecked()
    full = next(each for each in page.choice.segments() if each.code == "full")
    qtbot.mouseClick(full, Qt.MouseButton.LeftButton)
    assert page.public.isChecked()
    settle(page, qtbot)
    assert page.paper.is_public


# PAGE-3


def test_pages_grow_and_shrink(page: DocumentPage, qtbot: QtBot) -> None:
    view, sheet = page.view, page.view.sheets[0]
    before = view.sheet_size.width()
    page.larger.click()
    assert view.sheet_size.width() > before
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.sheet_size.width() == before
    qtbot.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    width = view.sheet_size.width()
    assert width < before
    qtbot.waitUntil(lambda: sheet.image is not None and sheet.image.width() == width, timeout=PATIENCE)
    qtbot.keyClick(page.view, Qt.Key.Key_End)
    assert page.view.current == len(page.view.sheets)
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    assert page.view.current == 1
    qtbot.keyClick(page.view, Qt.Key.Key_PageDown)
    assert page.view.verticalScrollBar().value() > 0


# PAGE-4


def test_a_change_makes_the_pages_anew(example: OpenReport, page: DocumentPage, qtbot: QtBot) -> None:
    before = page.paper
    add_actions(example.session, "T1.planned", "A new action of ours")
    settle(page, qtbot)
    assert page.paper is not None
    assert page.paper is not before
    assert before is not None
    assert page.paper.plan != before.plan
    # Coming back to an unchanged report keeps the pages.
    present = page.paper
    page.leave()
    page.enter()
    assert page.paper is present
    assert not page.is_busy


# PAGE-5


def test_what_cannot_be_made_is_said(make_page: Maker, qtbot: QtBot) -> None:
    def read() -> Report:
        raise DeskError("The report was closed meanwhile.")

    page = make_page(read)
    settle(page, qtbot)
    assert page.trouble.text() == "The report was closed meanwhile."
    assert page.trouble.isVisible()
    assert not page.print.isEnabled()
    assert page.paper is None


def test_a_character_without_a_typeface_is_named(example: OpenReport, make_page: Maker, qtbot: QtBot) -> None:
    add_actions(example.session, "T1.planned", "Before \u0378 after")
    page = make_page()
    settle(page, qtbot)
    assert "U+0378" in page.trouble.text()
    assert page.trouble.isVisible()
