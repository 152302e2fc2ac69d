from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.formdef.model import Field, FieldType
from desktop_app.report.values import Attachment, Link
from desktop_app.ui.parts import Words
from desktop_app.ui.rich_text.addresses import completed_address
from tests.support.editor_window import Shown

Show = Callable[[Field], Shown]
LINK = Field("q", FieldType.LINK, "q")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("http://example.org", "http://example.org"),
        ("www.example.org/law?x=1", "https://www.example.org/law?x=1"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("desk@example.org", "mailto:desk@example.org"),
        (" mailto:desk@example.org ", "mailto:desk@example.org"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("see the law", None),
        ("3.5", None),
        ("", None),
    ],
)
def test_addresses_are_completed(typed: str, expected: str | None) -> None:
    assert completed_address(typed) == expected


def visible_words(shown: Shown) -> list[str]:
    return [part.text() for part in shown.editor.findChildren(Words) if part.isVisible()]


def test_an_address_and_its_words(show: Show, qtbot: QtBot) -> None:
    shown = show(LINK)
    address, words = shown.editor.findChildren(QLineEdit)
    qtbot.keyClicks(address, "example.org/law")
    qtbot.keyClicks(words, "The law")
    assert shown.editor.value() == Link("https://example.org/law", "The law")
    shown.enter()
    shown.leave()
    assert visible_words(shown) == ["Kept as https://example.org/law"]
    address.clear()
    address.textEdited.emit("")
    assert shown.editor.value() == Link("", "The law")


def test_what_is_no_address_is_kept_and_told(show: Show, qtbot: QtBot) -> None:
    shown = show(LINK)
    shown.enter()
    qtbot.keyClicks(shown.editor.focus_target(), "see the law")
    shown.leave()
    assert shown.editor.value() == Link("see the law", "")
    assert "This is no address" in visible_words(shown)[0]


def test_an_attachment_is_shown_with_its_size(show: Show) -> None:
    shown = show(Field("q", FieldType.ATTACHMENT, "q"))
    assert visible_words(shown)[0] == "No file"
    shown.editor.show_value(Attachment("<b>law</b>.pdf", "a" * 64, 240_123))
    assert visible_words(shown) == ["<b>law</b>.pdf", "PDF file · 235 KB"]
