"""Files of this program are known by their content, whatever they are called, and others are not."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop_app.exchange.form_delivery import files_of, pack_form
from desktop_app.exchange.package import write_package
from desktop_app.exchange.proof.key_files import write_key_file
from desktop_app.exchange.proof.public_key import to_pem
from desktop_app.exchange.proof.receipts import write_receipt
from desktop_app.exchange.proof.signing import SigningKey
from desktop_app.exchange.sending import Sending
from desktop_app.services.known_files import KnownKind, asking_words, known_kind
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import make_file
from tests.support.small_form import filled_report

KEY = SigningKey(bytes(range(32)))
TINY = Path(__file__).resolve().parents[1] / "data" / "forms" / "tiny" / "2"
RECEIPT = {"package": "x.zip", "submission": 1}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    return write_package(filled_report(), folder, Sending(documents=False)).path


def workbook_of(package: Path) -> bytes:
    with zipfile.ZipFile(package) as archive:
        return archive.read("report.xlsx")


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def kind(folder: Path, name: str, content: bytes) -> KnownKind | None:
    path = folder / name
    path.write_bytes(content)
    return known_kind(path)


def test_what_this_program_writes_is_known_under_any_name(package: Path, tmp_path: Path) -> None:
    assert kind(tmp_path, "sent.bin", package.read_bytes()) is KnownKind.PACKAGE
    assert kind(tmp_path, "mine.dat", workbook_of(package)) is KnownKind.WORKBOOK
    assert kind(tmp_path, "receipt (1).txt", write_receipt(RECEIPT, None)) is KnownKind.RECEIPT
    assert kind(tmp_path, "key.txt", write_key_file(KEY, "Secretariat")) is KnownKind.KEY
    assert kind(tmp_path, "public.txt", to_pem(KEY.public_key)) is KnownKind.KEY
    assert kind(tmp_path, "form.bin", pack_form("tiny", "2", files_of(TINY), None)) is KnownKind.FORM
    assert kind(tmp_path, "sent.zip.age", b"age-encryption.org/v1\n-> X25519") is KnownKind.PACKAGE
    report = make_file(tmp_path / "small.adesk", filled_report())
    assert known_kind(report) is KnownKind.REPORT
    assert kind(tmp_path, "small.bin", report.read_bytes()) is KnownKind.REPORT
    with ReportFile.open(report, "read"):
        assert known_kind(report) is KnownKind.REPORT


def test_a_workbook_without_its_hidden_sheet_still_holds_the_answers(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_of(package))) as archive:
        listed = archive.read("xl/workbook.xml").replace(b'"_meta"', b'"Sheet9"')
    assert b"Sheet9" in listed
    assert kind(tmp_path, "a.xlsx", zipped({"xl/workbook.xml": listed})) is KnownKind.WORKBOOK


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"%PDF-1.7"),
        ("empty.zip", b""),
        ("cut.zip", b"PK\x03\x04"),
        ("photos.zip", zipped({"a.jpg": b"", "data.json": b"{}"})),
        ("budget.xlsx", zipped({"xl/workbook.xml": b'<workbook><sheet name="Review"/></workbook>'})),
        ("broken.xlsx", zipped({"xl/workbook.xml": b"<workbook>"})),
        ("odd.xlsx", zipped({"xl/workbook.xml": b'<!DOCTYPE x><workbook><sheet name="_meta"/></workbook>'})),
        ("post.zip", zipped({"delivery.json": b'{"kind": "parcel"}'})),
        ("list.json", b'{"kind": ["alliance-desk-receipt"]}'),
        ("deep.json", b'{"a":' * 60_000),
        ("array.json", json.dumps(["alliance-desk-key"]).encode()),
        ("long.json", b'{"kind": "alliance-desk-key", "a": "' + b"x" * 300_000 + b'"}'),
        ("x.receipt.json", b"{}"),
        ("notes.age", b"age-encryption.org/v1\n"),
    ],
)
def test_other_files_are_not(tmp_path: Path, name: str, content: bytes) -> None:
    assert kind(tmp_path, name, content) is None


def test_a_zip_with_too_long_a_list_is_left_alone(package: Path, tmp_path: Path) -> None:
    content = bytearray(package.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    content[end + 12 : end + 16] = (2 * 1024 * 1024).to_bytes(4, "little")
    assert kind(tmp_path, "x.zip", bytes(content)) is None


def test_what_cannot_be_read_is_nothing_known(tmp_path: Path) -> None:
    assert known_kind(tmp_path / "gone.zip") is None
    assert known_kind(tmp_path) is None
    os.mkfifo(tmp_path / "pipe.zip")
    assert known_kind(tmp_path / "pipe.zip") is None


@pytest.mark.parametrize("known", list(KnownKind))
def test_each_has_words_to_ask_with(known: KnownKind) -> None:
    assert asking_words("a\u202eb.zip", known).startswith("“ab.zip” ")
