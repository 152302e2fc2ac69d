"""``report.docx``: the form as officials know it, to read, comment and edit in any word processor.

``write_docx`` writes the file of a plan, ``check_docx`` reads a file again and compares. Nothing is loaded
before one of them is asked for.
"""

from __future__ import annotations

from typing import BinaryIO

from desktop_app.exchange.documents.plan import DocumentPlan

__all__ = ["check_docx", "write_docx", "write_docx_to"]


def write_docx(plan: DocumentPlan) -> bytes:
    """The docx file of a plan: the same bytes for the same plan."""
    from desktop_app.exchange.documents.word.write import write_docx as write

    return write(plan)


def write_docx_to(plan: DocumentPlan, stream: BinaryIO) -> None:
    """Write the docx file of a plan into the empty, seekable ``stream``. OSError."""
    from desktop_app.exchange.documents.word.write import write_docx_to as write

    write(plan, stream)


def check_docx(document: BinaryIO | bytes, plan: DocumentPlan) -> None:
    """DocumentReadBackError, naming the first place, when the ``document`` does not say what was planned."""
    from desktop_app.exchange.documents.word.read_back import check_docx as check

    check(document, plan)
