from __future__ import annotations

import io
import os
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop_app.exchange.archive import build
from desktop_app.exchange.review.reasons import ReturnedError
from tests.support.hostile_workbooks import hostile, with_member, zipped
from tests.support.returned_workbooks import LIBRARY, read_bytes
from tests.support.workbooks import example_workbook

# One of each kind; what takes long to make is made once.
NAMES = (
    "bomb", "many members", "false size", "false smaller sum", "overlap", "encrypted", "twice", "case twin",
    "traversal", "absolute", "backslash", "drive", "stream", "reserved", "symlink", "macros", "old macros",
    "controls", "embedded", "dde", "ole link", "entity bomb", "external entity", "doctype elsewhere",
    "doctype in utf-16", "a million rows", "deep", "deep styles", "bad string index", "far row", "far column",
    "many elements", "huge text", "huge shared string", "huge comments", "invalid utf-8", "not closed",
    "truncated", "empty", "no zip", "web page", "picture", "pdf", "xml", "csv", "csv of Excel", "password",
    "xls", "doc", "ods", "docx", "pptx", "xlsb", "other zip", "workbook without parts", "empty zip",
    "unpacked wrongly", "larger bomb", "larger with cells", "larger with attributes", "larger with texts",
    "larger with names", "larger with strings",
)  # fmt: skip


MOST_SECONDS = 3
"""Of processor, of this process and of the one that reads: two on a machine that does nothing else."""


def processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.fixture(scope="module")
def hostile_files() -> Mapping[str, tuple[bytes, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of equal names
        return hostile(example_workbook())


def refusal(folder: Path, data: bytes, name: str = "report.xlsx") -> str:
    with pytest.raises(ReturnedError) as caught:
        read_bytes(folder, data, name)
    return caught.value.sentence


@pytest.mark.parametrize("kind", NAMES)
def test_hostile_and_wrong_files_are_refused_with_a_sentence(
    kind: str, hostile_files: Mapping[str, tuple[bytes, str]], tmp_path: Path
) -> None:
    data, words = hostile_files[kind]
    before = processor_seconds()
    sentence = refusal(tmp_path, data)
    assert processor_seconds() - before < MOST_SECONDS
    assert words in sentence
    assert sentence.startswith("“report.xlsx”") and sentence.endswith(".")
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]


def test_no_hostile_file_is_forgotten(hostile_files: Mapping[str, tuple[bytes, str]]) -> None:
    assert set(hostile_files) == set(NAMES)


def test_the_bomb_is_one(hostile_files: Mapping[str, tuple[bytes, str]]) -> None:
    """It unpacks to what its directory says, without the guard."""
    data, _words = hostile_files["bomb"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("xl/media/image1.png") as member:
        assert archive.getinfo("xl/media/image1.png").file_size == 1 << 30
        assert member.read(3 << 20) == bytes(3 << 20)
    assert len(data) < 8 << 20


def test_a_folder_and_a_missing_file_have_their_sentences(tmp_path: Path) -> None:
    from desktop_app.exchange.review.read import read_returned

    with pytest.raises(ReturnedError, match="is a folder"):
        read_returned(tmp_path, LIBRARY)
    with pytest.raises(ReturnedError, match="There is no file"):
        read_returned(tmp_path / "gone.xlsx", LIBRARY)
    with pytest.raises(ReturnedError, match="cannot be read"):
        read_returned(tmp_path / ("x" * 300), LIBRARY)


def test_the_workbook_of_a_package_is_read(tmp_path: Path) -> None:
    workbook = example_workbook()
    for deflate in (False, True):
        package = build({"manifest.json": b"{}", "report.xlsx": workbook}, deflate=deflate)
        returned = read_bytes(tmp_path, package, "package.zip")
        assert returned.identity.country == "AL"
        assert returned.edits == () and returned.unknown == ()


def test_a_table_that_libreoffice_saved_is_called_what_it_is(tmp_path: Path) -> None:
    """It has folders as members, which no workbook has."""
    members = [("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<a/>")]
    for folder in ("Configurations2/toolpanel/", "Thumbnails/"):
        members.append((folder, b""))
    sentence = refusal(tmp_path, zipped(members), "report.ods")
    assert sentence.startswith(
        "“report.ods” is an OpenDocument file. Open it in LibreOffice, save it as .xlsx"
    )


def test_the_only_workbook_that_a_person_packed_is_read(tmp_path: Path) -> None:
    """Under any name, in a folder, beside what a Mac adds to a zip file and Excel to a folder."""
    packed = zipped(
        [
            ("Reviewed (Zoë)/", b""),
            ("Reviewed (Zoë)/AL 2013 final.XLSX", example_workbook()),
            ("Reviewed (Zoë)/~$AL 2013 final.xlsx", b"Zoe"),
            ("__MACOSX/Reviewed (Zoë)/._AL 2013 final.XLSX", b"attributes"),
            ("Reviewed (Zoë)/letter.pdf", b"%PDF-1.4"),
        ]
    )
    assert read_bytes(tmp_path, packed, "reviewed.zip").identity.country == "AL"


def test_of_several_workbooks_in_a_zip_nobody_guesses(tmp_path: Path) -> None:
    packed = zipped([(f"{name}.xlsx", example_workbook()) for name in "ab"])
    sentence = refusal(tmp_path, packed, "both.zip")
    assert "holds several workbooks: “a.xlsx”, “b.xlsx”. Take the one that came back out" in sentence
    many = zipped([(f"{number}.xlsx", b"PK") for number in range(9)])
    assert "“4.xlsx” …." in refusal(tmp_path, many, "many.zip")


def test_a_damaged_or_hostile_workbook_within_a_package_is_refused(tmp_path: Path) -> None:
    assert "damaged" in refusal(tmp_path, build({"report.xlsx": b"PK nothing"}), "package.zip")
    damaged = bytearray(build({"report.xlsx": example_workbook()}))
    damaged[2000] ^= 0xFF
    assert "damaged" in refusal(tmp_path, bytes(damaged), "package.zip")
    macros = with_member(example_workbook(), ("xl/vbaProject.bin", b"x"))
    assert "macros" in refusal(tmp_path, build({"report.xlsx": macros}), "package.zip")
    outside = zipped([("report.xlsx", example_workbook()), ("../evil", b"x")])
    assert "which no workbook has" in refusal(tmp_path, outside, "package.zip")


def test_pictures_and_links_to_other_workbooks_do_no_harm(tmp_path: Path) -> None:
    data = with_member(
        example_workbook(),
        ("xl/media/image1.png", b"\x89PNG"),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink><externalBook/></externalLink>"),
        ("xl/connections.xml", b"<connections/>"),
    )
    unknown = " ".join(read_bytes(tmp_path, data).unknown)
    assert "links to other workbooks" in unknown and "connections" in unknown
