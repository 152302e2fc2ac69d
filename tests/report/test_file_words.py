from __future__ import annotations

import pytest

from desktop_app.report.file_words import (
    UNKNOWN,
    ending,
    file_words,
    kind_words,
    media_type,
    size_words,
    warning_words,
)
from desktop_app.report.values import Attachment

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "kind", "warning"),
    [
        ("plan.pdf", b"%PDF-1.7", "PDF document", ""),
        ("plan.PDF", b"%PDF-1.7", "PDF document", ""),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "Picture", ""),
        ("law.docx", ZIP, "Word document", ""),
        ("law.docx", ZIP + b"word/vbaProject.bin", "Word document", "has macros, may do harm"),
        ("law.doc", OLE, "Word document", ""),
        ("law.doc", OLE + "_VBA_PROJECT".encode("utf-16-le"), "Word document", "has macros, may do harm"),
        ("figures.xlsm", ZIP, "Excel workbook", "has macros, may do harm"),
        ("figures.csv", b"a;b", "Table", ""),
        ("notes.txt", b"notes", "Plain text", ""),
        ("all.zip", ZIP, "Packed files", ""),
        ("setup.exe", b"MZ\x90", "Program", "may do harm"),
        ("plan.pdf", b"MZ\x90", "Program", "may do harm"),
        ("plan\u202efdp.exe", b"", "EXE file", "may do harm"),
        ("plan.pdf", b"\x7fELF", "Program", "may do harm"),
        ("run.txt", b"#!/bin/sh", "File", "a script, may do harm"),
        ("page.html", b"<html>", "File", "a script, may do harm"),
        ("link.lnk", b"L", "LNK file", "a script, may do harm"),
        ("plan.pdf", b"no pdf at all", "PDF file", ""),
        ("nothing", b"?", "File", ""),
    ],
)
def test_what_a_file_is(name: str, content: bytes, kind: str, warning: str) -> None:
    found = media_type(name, content)
    if kind != "File" or name == "nothing":
        assert kind_words(found, name) == kind
    assert warning_words(name, found) == warning


def test_a_kind_that_the_bytes_deny_is_no_kind() -> None:
    assert media_type("plan.pdf", b"something else") == UNKNOWN


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (1023, "1023 bytes"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (2_400_000, "2.3 MB"),
        (15 * 1024 * 1024, "15.0 MB"),
    ],
)
def test_a_size_in_words(size: int, words: str) -> None:
    assert size_words(size) == words


def test_a_file_in_words_deceives_nobody() -> None:
    assert file_words(Attachment("a\u202efdp.exe", "a" * 64, 2048)) == "afdp.exe (2 KB)"


@pytest.mark.parametrize(
    ("name", "found"), [("a.PDF", ".pdf"), ("a", ""), (".pdf", ""), ("a.b.c ", ".c"), ("a." + "x" * 20, "")]
)
def test_an_ending(name: str, found: str) -> None:
    assert ending(name) == found
