"""PAPER-1 what reviewers will see and the page to sign are reached from the menu, and lead back
PAPER-2 what is printed is what is shown, all pages or those asked for
PAPER-3 what is saved is what is shown, as the ending of the name says
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from desktop_app.ui.documents.document_page import DocumentPage
from desktop_app.ui.documents.papers import Papers
from desktop_app.ui.documents.printing import NotPrintedError, page_range, paper_printer, print_pages
from desktop_app.ui.menus import Step
from tests.support.pdf_files import opened, shown_words
from tests.support.window_steps import Person


def page_shown(person: Person, step: Step) -> DocumentPage:
    """The page a step of the menu leads to, with its pages there."""
    person.window.menus.step_chosen.emit(step)
    view = person.window.view
    assert view is not None
    page = view.pages.page
    assert isinstance(page, DocumentPage)
    person.until(lambda: page.paper is not None)
    return page


def papers(person: Person) -> Papers:
    found = person.desk.findChildren(Papers) or person.window.findChildren(Papers)
    return found[0]


def pdf_printer(path: Path) -> QPrinter:
    printer = paper_printer("example")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_the_menu_leads_to_the_pages_and_back(person: Person) -> None:
    view = person.window.view
    assert view is not None
    before = view.pages.shown
    page = page_shown(person, Step.PREVIEW)
    assert page.view.hasFocus()
    assert page.choice.code() == "full"
    assert page_shown(person, Step.SIGN_OFF) is page
    person.until(lambda: len(page.view.sheets) == 1)
    assert page.choice.code() == "sign-off"
    person.press("Back to the report")
    assert view.pages.shown == before


def test_all_pages_are_printed_or_those_asked_for(person: Person, tmp_path: Path) -> None:
    page = page_shown(person, Step.PREVIEW)
    assert page.paper is not None
    pictures, target = page.paper.pictures, tmp_path / "printed.pdf"
    papers(person).send(page.paper, pdf_printer(target))
    person.until(lambda: "were sent to the printer" in person.window.notice.words)
    with opened(target.read_bytes()) as pdf:
        assert len(pdf.pages) == pictures.pages
        box = pdf.pages[0].mediabox
        assert (round(float(box[2])), round(float(box[3]))) == (595, 842)
    printer = pdf_printer(target)
    printer.setFromTo(2, 3)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    assert page_range(printer, pictures.pages) == range(2, 4)
    steps: list[tuple[int, int]] = []
    assert print_pages(printer, range(2, 4), pictures.picture, lambda *step: steps.append(step)) == 2
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert len(opened(target.read_bytes()).pages) == 2


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotPrintedError, match="takes nothing"):
        print_pages(pdf_printer(tmp_path / "missing" / "a.pdf"), range(1, 2), no_picture, no_progress)


def no_picture(number: int) -> bytes:
    return b""


def no_progress(done: int, steps: int) -> None:
    """Nobody waits for it."""


def test_what_is_shown_is_saved(person: Person, tmp_path: Path) -> None:
    page = page_shown(person, Step.PREVIEW)
    assert page.paper is not None
    for name in ("mine.pdf", "mine.docx", "mine.html"):
        papers(person).save(page.paper, tmp_path / name)
        person.until(lambda name=name: f"Saved: {name}" in person.window.notice.words)  # type: ignore[misc]
    shown = shown_words(opened((tmp_path / "mine.pdf").read_bytes()))
    assert f"Page1of{page.paper.pictures.pages}" in shown
    assert (tmp_path / "mine.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert (tmp_path / "mine.docx").read_bytes().startswith(b"PK")
    # A file nobody was asked about stays.
    (tmp_path / "mine.pdf").write_text("mine")
    papers(person).save(page.paper, tmp_path / "mine.pdf")
    person.until(lambda: "already a different" in person.window.notice.words)
    assert (tmp_path / "mine.pdf").read_text() == "mine"
