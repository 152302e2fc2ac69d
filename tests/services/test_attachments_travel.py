"""Attached files in a package and back: whole, under harmless names, and missing ones named."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.exchange.package import verify_package
from desktop_app.exchange.package_members import AttachmentLostError
from desktop_app.report.field_checks import LARGEST_ATTACHMENT
from desktop_app.report.placed_files import files_of
from desktop_app.services.attachments import attach, attachment_bytes, file_of
from desktop_app.services.demo import fresh_example
from desktop_app.services.exporting import export_file
from desktop_app.services.importing import import_document
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report
from desktop_app.services.review.previewing import preview, read_workbook
from desktop_app.storage.connection import connect
from desktop_app.storage.report_file import ReportFile

CONTENTS = {
    "plan.pdf": b"%PDF-1.7 the plan",
    "CON.txt": b"notes",
    "a\u202efdp.exe": b"MZ",
    "x" * 200 + ".pdf": b"y",
}


def with_files(path: Path, contents: dict[str, bytes]) -> Path:
    opened = open_report(path, form_library(), who="Ana")
    row = f"T1.planned/{opened.session.report.lists['T1.planned'].rows[0].id}"
    attach(opened.session, row, [file_of(name, content) for name, content in contents.items()])
    attach(opened.session, "cover.authority", [file_of("plan.pdf", CONTENTS["plan.pdf"])])
    opened.close()
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return with_files(fresh_example(tmp_path), CONTENTS)


def test_a_package_brings_every_byte(report: Path, tmp_path: Path) -> None:
    exported = export_file(report, folder=tmp_path / "out")
    assert verify_package(exported.path).intact
    with zipfile.ZipFile(exported.path) as package:
        names = [name for name in package.namelist() if name.startswith("attachments/")]
        assert len(names) == len(CONTENTS)
        assert {package.read(name) for name in names} == set(CONTENTS.values())
    again = import_document(tmp_path / "again.adesk", exported.path)
    assert not any("did not come along" in notice for notice in again.notices)
    first, second = read_report(report), read_report(again.path)
    assert second.attached == first.attached
    read = attachment_bytes(again.path, second.id)
    assert {read(file.sha256) for _path, file in files_of(second)} == set(CONTENTS.values())
    twice = export_file(again.path, folder=tmp_path / "twice")
    assert twice.path.read_bytes() == exported.path.read_bytes()


def test_the_workbook_lists_them_and_comes_back_unchanged(report: Path, tmp_path: Path) -> None:
    exported = export_file(report, folder=tmp_path / "out")
    workbook = tmp_path / "report.xlsx"
    with zipfile.ZipFile(exported.path) as package:
        workbook.write_bytes(package.read("report.xlsx"))
        members = {name for name in package.namelist() if name.startswith("attachments/")}
    book = load_workbook(workbook)
    heads, *table = book["Attachments"].iter_rows(values_only=True)
    assert len(table) == len(CONTENTS) + 1
    assert {row[heads.index("Name in the package")] for row in table} == members
    head = [cell.value for cell in book["Actions"][1]]
    rows = list(book["Actions"].iter_rows(min_row=2, values_only=True))
    assert any("plan.pdf (17 bytes)" in str(row[head.index("Attached files")]) for row in rows)
    assert "Attached files" in [cell.value for cell in book["Cover"]["A"]]
    held = preview(read_report(report), read_workbook(workbook))
    assert not held.has_news
    assert held.warnings == ()


def test_a_package_too_large_to_be_kept_as_a_whole_leaves_its_answers(report: Path, tmp_path: Path) -> None:
    with_files(report, {"one.bin": bytes(LARGEST_ATTACHMENT), "two.bin": bytes(LARGEST_ATTACHMENT - 1)})
    exported = export_file(report, folder=tmp_path / "out")
    again = import_document(tmp_path / "again.adesk", exported.path)
    assert any("too large to be kept in the report file as a whole" in notice for notice in again.notices)
    with ReportFile.open(again.path, "read") as file:
        report_id = file.reports()[0].id
        assert [source.name for source in file.sources(report_id)] == [f"{exported.path.name} data.json"]
        assert len(file.attachments(report_id)) == len(CONTENTS) + 2


def test_what_is_not_at_hand_is_left_out_and_named(report: Path, tmp_path: Path) -> None:
    exported = export_file(report, folder=tmp_path / "out")
    with zipfile.ZipFile(exported.path) as package:
        (tmp_path / "data.json").write_bytes(package.read("data.json"))
    again = import_document(tmp_path / "again.adesk", tmp_path / "data.json")
    assert sum("did not come along" in notice for notice in again.notices) == len(CONTENTS)
    twice = export_file(again.path, folder=tmp_path / "twice")
    assert "“plan.pdf” is not in the package, because it is not at hand here" in "\n".join(twice.notices)
    assert verify_package(twice.path).intact
    with zipfile.ZipFile(twice.path) as package:
        assert not any(name.startswith("attachments/") for name in package.namelist())


def test_a_file_that_rotted_is_not_exported(report: Path, tmp_path: Path) -> None:
    connection = connect(report, "rw")
    connection.execute("UPDATE attachments SET content = x'00' WHERE name = 'plan.pdf'")
    connection.close()
    with pytest.raises(AttachmentLostError, match=r"“plan\.pdf” is damaged"):
        export_file(report, folder=tmp_path / "out")
