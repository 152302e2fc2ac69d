"""What is confidential is in no member of a public package, whatever is marked and however."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.documents.plan import Variant
from desktop_app.exchange.documents.planning import plan_document
from desktop_app.exchange.documents.reading import plan_lines
from desktop_app.exchange.documents.word import write_docx
from desktop_app.exchange.package import package_name, write_package
from desktop_app.exchange.sending import Previous, Sending
from desktop_app.report.changes import Change
from desktop_app.report.content import content_bytes
from desktop_app.report.plain import report_to_plain
from desktop_app.report.public_copy import public_copy
from desktop_app.report.report import Report
from tests.support.workbooks import opened, report_of, row_id

PUBLIC = Sending(is_public=True, documents=False)
FIELDS = ("description", "authority", "original", "remark", "timeframe", "link")


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every file of a zip, and of the zips in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            yield name, content
            if content.startswith(b"PK\x03\x04"):
                yield from ((f"{name}/{inner}", found) for inner, found in members(content))


def value_of(code: str, words: str) -> object:
    match code:
        case "timeframe":
            return {"text": words, "edtf": "2013", "confirmed": True}
        case "link":
            return {"url": f"https://example.org/{words}", "label": words}
    return f"<p>{words} <b>{words}</b><note>{words}</note></p>"


@st.composite
def marked_reports(draw: st.DrawFn) -> tuple[Report, set[str], set[str]]:
    """A report in which every answer has a word of its own; which of them are secret, which public."""
    report = report_of("ga-commitments", ("T1.goals", ["T1.G1"]))
    secret: set[str] = set()
    public: set[str] = set()
    number = 0

    def word(is_secret: bool) -> str:
        nonlocal number
        number += 1
        name = f"zq{number}x"
        (secret if is_secret else public).add(name)
        return name

    def put(path: str, value: object) -> None:
        report.apply(Change(path, None, value))

    marks = st.sampled_from(["", "", "mark", "state"])
    for code in ("authority", "contact"):
        mark = draw(marks)
        put(f"cover.{code}", word(bool(mark)))
        if mark:
            put(
                f"cover.{code}#{'confidential' if mark == 'mark' else 'state'}",
                True if mark == "mark" else "confidential",
            )
    for at, path in enumerate(("T1.undertaken", "T1.planned", "T2.planned")):
        whole_list = draw(marks)
        if whole_list:
            put(
                f"{path}#{'confidential' if whole_list == 'mark' else 'state'}",
                True if whole_list == "mark" else "confidential",
            )
        for row in range(draw(st.integers(0, 3))):
            place = f"{path}/{row_id(10 * at + row)}"
            whole_row = draw(st.sampled_from([False, False, True]))
            put(place, {"position": row})
            if whole_row:
                put(f"{place}#confidential", True)
            for code in draw(st.lists(st.sampled_from(FIELDS), unique=True)):
                is_secret = draw(st.booleans())
                put(f"{place}/{code}", value_of(code, word(bool(whole_list) or whole_row or is_secret)))
                if is_secret:
                    put(f"{place}/{code}#confidential", True)
            file = word(bool(whole_list) or whole_row)
            put(
                f"attached/{row_id(10 * at + row)}",
                {"path": place, "name": file, "sha256": "a" * 64, "size": 1},
            )
            put(f"comment/{row_id(10 * at + row)}", {"about": place, "words": word(True), "kind": "official"})
    put("unplaced/1", {"text": word(True), "near": "T1"})
    put("accepted/1", {"path": "T1.goals", "code": "x", "reason": word(True)})
    return report, secret, public


def assert_nothing_secret(contents: dict[str, bytes], secret: set[str]) -> None:
    for name, content in contents.items():
        assert not [word for word in secret if word.encode() in content], name


@settings(max_examples=30)
@given(marked_reports())
def test_no_confidential_word_is_in_data_or_documents(found: tuple[Report, set[str], set[str]]) -> None:
    report, secret, public = found
    copy = public_copy(report).report
    contents = {"data.json": content_bytes(report_to_plain(copy))}
    for variant in (Variant.FULL, Variant.SHORT):
        plan = plan_document(copy, variant)
        lines = "\n".join(part for words, notes in plan_lines(plan) for part in (words, *notes))
        contents[f"plan {variant}"] = lines.encode()
    contents |= dict(members(write_docx(plan)))
    assert_nothing_secret(contents, secret)
    for name in ("data.json", "plan full"):
        assert not [word for word in public if word.encode() not in contents[name]], name


@settings(max_examples=4)
@given(marked_reports())
def test_no_confidential_word_is_in_any_member(found: tuple[Report, set[str], set[str]]) -> None:
    report, secret, _public = found
    before = Previous(1, "f" * 64, report_to_plain(report))
    sending = Sending(is_public=True, documents=False, previous=before)
    with tempfile.TemporaryDirectory() as folder:
        exported = write_package(report, Path(folder), sending)
        assert_nothing_secret(dict(members(exported.path.read_bytes())), secret)


def secretive() -> Report:
    return report_of(
        "ga-commitments",
        ("cover.authority", "Ministry"),
        (f"T1.planned/{row_id(1)}", {"position": 1}),
        (f"T1.planned/{row_id(1)}/description", "zq1x"),
        (f"T1.planned/{row_id(1)}#confidential", True),
    )


def test_a_public_package_is_named_so_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    report = secretive()
    exported = write_package(report, tmp_path, Sending(is_public=True))
    sentence = "1 entry is confidential and left out of this public copy. (Target 1: 1)"
    assert exported.path.name == package_name(report, Sending(is_public=True))
    assert exported.path.name.endswith("-draft-public.zip")
    assert sentence in exported.notices
    contents = dict(members(exported.path.read_bytes()))
    assert not [name for name, content in contents.items() if b"zq1x" in content]
    data = json.loads(contents["data.json"])
    assert (data["public"], data["left_out"]) == (True, {"T1.planned": 1})
    assert json.loads(contents["manifest.json"])["public"] is True
    cover = [str(cell.value) for row in opened(contents["report.xlsx"])["Cover"] for cell in row]
    assert sentence in cover
    assert "Check results" not in cover
    assert sentence.encode() in contents["report.docx/word/document.xml"]
    assert contents["report.pdf"].startswith(b"%PDF")


def test_a_full_package_says_nothing_of_a_public_copy(tmp_path: Path) -> None:
    contents = dict(members(write_package(secretive(), tmp_path, Sending(documents=False)).path.read_bytes()))
    assert contents["data.json"] == content_bytes(report_to_plain(secretive()))
    assert b"zq1x" in contents["data.json"]
    cover = [str(cell.value) for row in opened(contents["report.xlsx"])["Cover"] for cell in row]
    assert not [words for words in cover if "public copy." in words and "left out of this" in words]
    assert "Check results" in cover


def test_a_sheet_does_not_say_unanswered_of_what_is_left_out(tmp_path: Path) -> None:
    contents = dict(members(write_package(secretive(), tmp_path, PUBLIC).path.read_bytes()))
    words = [cell.value for row in opened(contents["report.xlsx"])["T1"] for cell in row if cell.value]
    assert words.count("Confidential, not in this public copy") == 1
