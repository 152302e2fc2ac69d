"""Reading a finished Word file again, and comparing it paragraph by paragraph with what was planned.

Every word is compared, in reading order, and every note with the mark that leads to it; the boxes to tick,
numbers and bullets of lists are drawn by the writer and are no words.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import BinaryIO

from lxml import etree

from desktop_app.exchange.documents.plan import DocumentPlan
from desktop_app.exchange.documents.reading import Line, plan_lines
from desktop_app.exchange.documents.word.runs import clean
from desktop_app.exchange.documents.word.styles import MAIN
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

_W = f"{{{MAIN}}}"
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n"}


class DocumentReadBackError(DeskError):
    """A document that was just written does not read as it was meant. It is not kept."""


def check_docx(document: BinaryIO | bytes, plan: DocumentPlan) -> None:
    """DocumentReadBackError, naming the first place, when the ``document`` does not say what was planned."""
    difference = first_difference(document, plan)
    if difference is not None:
        raise DocumentReadBackError(
            _(
                "The document report.docx does not read as it was written, near “{words}”. "
                "Nothing was exported; try again."
            ).format(words=difference)
        )


def first_difference(document: BinaryIO | bytes, plan: DocumentPlan) -> str | None:
    """The words where the file first differs from the plan; None when it says exactly that."""
    stream = io.BytesIO(document) if isinstance(document, bytes) else document
    try:
        with zipfile.ZipFile(stream) as archive:
            notes = list(_notes(archive))
            for planned, found in zip_longest(_planned(plan), _paragraphs(archive, notes)):
                if planned != found:
                    return (planned or found or ("", ()))[0]
            # Each note is led to once, in order: so all of them are compared, and none is left over.
            count = sum(len(marks) for _words, marks in _planned(plan))
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, etree.XMLSyntaxError, EOFError) as error:
        return f"{type(error).__name__}: {error}"
    return None if count == len(notes) else notes[-1]


def _planned(plan: DocumentPlan) -> Iterator[Line]:
    for words, notes in plan_lines(plan):
        if words or notes:
            yield clean(words), tuple(clean(note) for note in notes)


def _paragraphs(archive: zipfile.ZipFile, notes: list[str]) -> Iterator[Line]:
    """The paragraphs of the body that hold anything."""
    with archive.open("word/document.xml") as part:
        for _event, paragraph in etree.iterparse(part, tag=f"{_W}p", resolve_entities=False, huge_tree=True):
            line = _line(paragraph, notes)
            if line != ("", ()):
                yield line
            # What has been read goes, so that no size is too large.
            paragraph.clear()


def _line(paragraph: etree._Element, notes: list[str]) -> Line:
    words, marks = [], []
    for run in paragraph.iter(f"{_W}r"):
        if _is_box(run):
            continue
        for element in run:
            if element.tag == f"{_W}t":
                words.append(element.text or "")
            elif element.tag == f"{_W}footnoteReference":
                marks.append(notes[int(element.get(f"{_W}id", "")) - 1])
            else:
                words.append(_CHARACTERS.get(str(element.tag), ""))
    return "".join(words), tuple(marks)


def _is_box(run: etree._Element) -> bool:
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return style is not None and style.get(f"{_W}val") == "Box"


def _notes(archive: zipfile.ZipFile) -> Iterator[str]:
    """The words of the notes, without the mark and the space that each begins with."""
    for note in etree.fromstring(archive.read("word/footnotes.xml"), etree.XMLParser(huge_tree=True)):
        if note.get(f"{_W}type") is None:
            yield "".join(_line(paragraph, [])[0] for paragraph in note)[1:]
