from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path

import pytest

from desktop_app.exchange.archive import ArchiveError, build, open_archive
from desktop_app.exchange.manifest import NewerPackageError, sha256
from desktop_app.exchange.package import (
    NotAPackageError,
    PackageChangedError,
    read_package,
    verify_package,
    write_package,
)
from desktop_app.exchange.package_reading import verify_bytes
from desktop_app.exchange.sending import Sending
from desktop_app.report.plain import canonical_bytes
from desktop_app.runtime.errors import DeskError
from tests.support.workbooks import planned_action, report_of

MEMBERS = ("manifest.json", "report.xlsx", "data.json")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small package, made once."""
    report = report_of("ga-commitments", *planned_action(1, description="Train <b>police</b>."))
    folder = tmp_path_factory.mktemp("package")
    return write_package(report, folder, Sending(documents=False)).path.read_bytes()


@cache
def members(package: bytes) -> dict[str, bytes]:
    return {member.name: member.content for member in open_archive("a.zip", package).members}


def flipped(package: bytes, offset: int, mask: int = 0x01) -> bytes:
    return package[:offset] + bytes([package[offset] ^ mask]) + package[offset + 1 :]


def findings(package: bytes) -> tuple[str, ...]:
    verdict = verify_bytes("a.zip", package)
    assert verdict.intact == (not verdict.findings)
    return verdict.findings


def file_of(tmp_path: Path, package: bytes) -> Path:
    path = tmp_path / "a.zip"
    path.write_bytes(package)
    return path


def with_member(package: bytes, name: str, content: bytes) -> bytes:
    """The package with one member put in or changed, the manifest saying so too."""
    contents = {**members(package), name: content}
    facts = {**json.loads(contents["manifest.json"]), "sha256": ""}
    facts["members"][name] = {"size": len(content), "sha256": sha256(content)}
    facts["content"] = facts["members"]["data.json"]["sha256"]
    contents["manifest.json"] = canonical_bytes({**facts, "sha256": sha256(canonical_bytes(facts))})
    return build(contents)


def test_a_package_is_intact(package: bytes) -> None:
    verdict = verify_bytes("a.zip", package)
    assert verdict.intact
    assert verdict.manifest["country"] == "AL"


@pytest.mark.parametrize("member", ["manifest.json", "data.json"])
def test_every_changed_byte_is_found_and_its_member_named(package: bytes, member: str) -> None:
    content = members(package)[member]
    start = package.index(content)
    for offset in range(start, start + len(content)):
        assert f"“{member}” was changed." in findings(flipped(package, offset)), offset


def test_changed_bytes_of_the_workbook_are_found_and_named(package: bytes) -> None:
    content = members(package)["report.xlsx"]
    start = package.index(content)
    for offset in range(start, start + len(content), 97):
        assert findings(flipped(package, offset)) == ("“report.xlsx” was changed.",), offset


def test_every_changed_byte_of_the_container_is_found(package: bytes) -> None:
    inside: set[int] = set()
    for content in members(package).values():
        start = package.index(content)
        inside.update(range(start, start + len(content)))
    for offset in set(range(len(package))) - inside:
        for mask in (0x01, 0x80):
            assert findings(flipped(package, offset, mask)), offset


def test_a_change_of_the_container_alone_is_called_so(package: bytes) -> None:
    [finding] = findings(package + b"more")
    assert "the container" in finding
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(package).items():
            archive.writestr(name, content)
    [finding] = findings(stream.getvalue())
    assert "the container" in finding


def test_a_missing_member_is_named(package: bytes) -> None:
    contents = dict(members(package))
    del contents["report.xlsx"]
    assert findings(build(contents)) == ("“report.xlsx” is missing.",)


def test_a_member_too_many_is_named(package: bytes) -> None:
    contents = {**members(package), "letter.docx": b"words"}
    assert findings(build(contents)) == ("“letter.docx” does not belong to the package.",)


def test_a_replaced_member_is_named_even_when_the_container_is_in_order(package: bytes) -> None:
    contents = {**members(package), "data.json": b"{}\n"}
    assert findings(build(contents)) == ("“data.json” was changed.",)


def test_a_package_cut_off_is_not_intact(package: bytes) -> None:
    for size in (len(package) - 1, len(package) - 60, len(package) // 2):
        assert findings(package[:size])


def test_content_that_is_not_what_the_manifest_says_is_named(package: bytes) -> None:
    contents = dict(members(package))
    facts = {**json.loads(contents["manifest.json"]), "sha256": "", "content": "0" * 64}
    contents["manifest.json"] = canonical_bytes({**facts, "sha256": sha256(canonical_bytes(facts))})
    [finding] = findings(build(contents))
    assert "content checksum" in finding


# What is no package.


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"# A report\n", "is no package"),
        (b"PK\x03\x04 and no more", "damaged or incomplete"),
        (build({"other.txt": b"words"}), "“manifest.json” is missing"),
    ],
)
def test_what_is_no_package_gets_a_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    for look in (verify_package, read_package):
        with pytest.raises(DeskError) as caught:
            look(file_of(tmp_path, data))
        assert sentence in caught.value.sentence


def test_a_missing_package_and_a_folder_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotAPackageError, match="moved or renamed"):
        verify_package(tmp_path / "a.zip")
    with pytest.raises(NotAPackageError, match="is a folder"):
        verify_package(tmp_path)


def test_a_package_of_a_newer_program_is_not_called_changed(package: bytes) -> None:
    contents = dict(members(package))
    facts = {**json.loads(contents["manifest.json"]), "sha256": "", "format": 3}
    contents["manifest.json"] = canonical_bytes({**facts, "sha256": sha256(canonical_bytes(facts))})
    with pytest.raises(NewerPackageError):
        verify_bytes("a.zip", build(contents))


def test_a_dangerous_zip_is_not_read(tmp_path: Path, package: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(package).items():
            archive.writestr(name, content)
        archive.writestr("../evil.txt", b"words")
    with pytest.raises(ArchiveError, match="which no package has"):
        read_package(file_of(tmp_path, stream.getvalue()))


# Reading the answers.


def test_the_answers_of_a_changed_package_are_not_read(tmp_path: Path, package: bytes) -> None:
    start = package.index(members(package)["data.json"])
    path = file_of(tmp_path, flipped(package, start + 100))
    with pytest.raises(
        PackageChangedError, match=r"was changed after it was exported.*“data\.json” was changed\."
    ):
        read_package(path)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (b'{"form": {}, "form": {}}', "“form” stands twice"),
        (b'{"answers": NaN}', "“NaN” is no number"),
        (b"[" * 60 + b"]" * 60, "nested more than"),
        (b"\xff", "not UTF-8"),
        (b"[]", "is no report"),
        (b"{}\n", "another report than the one"),
    ],
)
def test_answers_that_could_be_read_in_two_ways_or_are_not_those_of_the_manifest_are_refused(
    tmp_path: Path, package: bytes, answers: bytes, reason: str
) -> None:
    changed = with_member(package, "data.json", answers)
    assert reason in findings(changed)[0]
    with pytest.raises(PackageChangedError, match=reason):
        read_package(file_of(tmp_path, changed))


def test_json_that_is_no_report_is_refused(tmp_path: Path, package: bytes) -> None:
    facts = json.loads(members(package)["data.json"])
    answers = canonical_bytes({"id": facts["id"], "country": facts["country"]})
    with pytest.raises(DeskError, match="no report"):
        read_package(file_of(tmp_path, with_member(package, "data.json", answers)))


def test_a_further_member_that_the_manifest_names_is_welcome(package: bytes) -> None:
    assert findings(with_member(package, "attachments/annex.pdf", b"%PDF")) == ()
