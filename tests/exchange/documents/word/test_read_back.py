"""READ-1 a file that says what was planned passes
READ-2 one changed, missing, added or moved word is found and named
READ-3 what is no Word file at all is no document of this report
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from desktop_app.exchange.documents.word import check_docx
from desktop_app.exchange.documents.word.read_back import DocumentReadBackError
from tests.support.word_files import plan_of, written
from tests.support.workbooks import example, planned_action, report_of


def changed(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one part rewritten."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    return stream.getvalue()


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


def without_row(content: bytes) -> bytes:
    begin, end = content.rindex(b"<w:tr>"), content.rindex(b"</w:tr>")
    return content[:begin] + content[end + len(b"</w:tr>") :]


def test_what_was_written_passes() -> None:
    check_docx(written(example()), plan_of(example()))
    check_docx(io.BytesIO(written(example())), plan_of(example()))


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("word/document.xml", replaced(b"Till May 2013", b"Till June 2013")),
        ("word/document.xml", replaced(b"Not answered", b"")),
        ("word/document.xml", without_row),
        ("word/document.xml", replaced(b"</w:body>", b"<w:p><w:r><w:t>more</w:t></w:r></w:p></w:body>")),
        ("word/document.xml", replaced(b'<w:footnoteReference w:id="1"/>', b"")),
        ("word/footnotes.xml", replaced(b"in the Albanian original", b"in the original")),
    ],
)
def test_a_word_that_differs_is_named(member: str, change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(
        DocumentReadBackError, match=r"report\.docx does not read as it was written, near “.+”"
    ):
        check_docx(changed(written(example()), member, change), plan_of(example()))


def test_a_note_that_nothing_leads_to_is_found() -> None:
    note = (
        b'<w:footnote w:id="2"><w:p><w:r><w:t xml:space="preserve"> Left over</w:t></w:r></w:p></w:footnote>'
    )
    data = changed(
        written(example()), "word/footnotes.xml", replaced(b"</w:footnotes>", note + b"</w:footnotes>")
    )
    with pytest.raises(DocumentReadBackError, match="Left over"):
        check_docx(data, plan_of(example()))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK no zip",
        changed(written(report_of("ga-commitments")), "word/document.xml", lambda content: content[:-9]),
        changed(
            written(example()), "word/document.xml", replaced(b'Reference w:id="1"', b'Reference w:id="7"')
        ),
    ],
)
def test_a_broken_file_is_no_document(data: bytes) -> None:
    with pytest.raises(DocumentReadBackError):
        check_docx(data, plan_of(example()))


def test_another_report_is_another_document() -> None:
    other = report_of("ga-commitments", *planned_action(1, description="x"))
    with pytest.raises(DocumentReadBackError):
        check_docx(written(other), plan_of(example()))
