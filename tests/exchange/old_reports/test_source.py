"""Which documents are read at all, from which bytes, and the sentence for each that is not."""

from __future__ import annotations

import hashlib
import time

import pytest

from desktop_app.exchange.old_reports import MAX_BYTES, DocumentError, is_old_report, read_source
from desktop_app.exchange.old_reports.blocks import MAX_BLOCKS


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.md", "text/markdown"), ("A.MARKDOWN", "text/markdown"), ("a.txt", "text/plain")],
)
def test_kinds_that_are_read(name: str, media_type: str) -> None:
    document = read_source(name, b"word")
    assert (document.name, document.media_type, document.data) == (name, media_type, b"word")
    assert document.sha256 == hashlib.sha256(b"word").hexdigest()
    assert is_old_report(name)


@pytest.mark.parametrize("name", ["report.docx", "report.pdf", "report", "report.json"])
def test_other_kinds_are_refused_with_the_kinds_there_are(name: str) -> None:
    assert not is_old_report(name)
    with pytest.raises(DocumentError, match=r"\.md or \.txt, a report as \.json, or a package as \.zip"):
        read_source(name, b"word")


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"---\n\n", b"<!-- x -->"])
def test_an_empty_document(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"“report\.md” is empty"):
        read_source("report.md", data)


def test_a_document_that_is_too_large() -> None:
    with pytest.raises(DocumentError, match="larger than 10 MB"):
        read_source("report.md", b"x" * (MAX_BYTES + 1))


@pytest.mark.parametrize("text", ["word\n" * 60_000, "- word\n" * (MAX_BLOCKS + 1), "\tx" * (MAX_BLOCKS + 2)])
def test_a_document_with_too_many_paragraphs(text: str) -> None:
    with pytest.raises(DocumentError, match="more than 20000 paragraphs"):
        read_source("report.md", text.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x06\x00rest",
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
        b"%PDF-1.4 plain",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"word\x00word",
        "word".encode("utf-16-le"),
    ],
)
def test_a_document_that_is_no_text_whatever_its_name(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"“report\.txt” is not a text document, whatever its name says"):
        read_source("report.txt", data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_word(encoding: str) -> None:
    document = read_source("report.txt", "Vepra të turpshme – ž".encode(encoding))
    assert [block.content.text for block in document.blocks] == ["Vepra të turpshme – ž"]
    assert document.notices == ()


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Vepra të turpshme, “ç”", "cp1252"),
        ("Señor Müller, à Genève", "cp1252"),
        ("Sprječavanje će se provoditi još više", "cp1250"),
        ("Ustawa została przyjęta, dążąc", "cp1250"),
    ],
)
def test_old_code_pages_are_read_and_announced(words: str, encoding: str) -> None:
    document = read_source("report.txt", words.encode(encoding))
    assert [block.content.text for block in document.blocks] == [words]
    (notice,) = document.notices
    assert f"it was read as {encoding}" in notice


def test_control_characters_are_left_out_and_announced() -> None:
    document = read_source("report.txt", b"wo\x07rd\x1b and\x0cpage")
    assert [block.content.text for block in document.blocks] == ["word and", "page"]
    assert document.notices == ("2 control characters, which no report can hold, were left out.",)


HOSTILE = {
    "brackets": "[" * 50_000,
    "emphasis": "*a _b " * 20_000,
    "ticks": "`a``b" * 20_000,
    "open tags": "<sup>" * 20_000 + "word",
    "comments": "<!-- " * 20_000,
    "breaks with bullets": "a<br>- " * 15_000,
    "marks and definitions": "a<sup>1</sup> " * 4_000 + "\n\n" + "<sup>1</sup>b\n\n" * 4_000,
    "cut sentences": "word and\n\n" * 10_000,
    "table": "|a" * 20_000 + "\n" + "|-" * 20_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_documents_made_to_be_slow_are_not(kind: str) -> None:
    """Each takes a second or less; with work that grows with the square it would take minutes."""
    start = time.monotonic()
    read_source("report.md", HOSTILE[kind].encode())
    assert time.monotonic() - start < 20
