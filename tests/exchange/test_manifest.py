from __future__ import annotations

import json

import pytest

from desktop_app import __version__
from desktop_app.exchange.manifest import (
    ManifestError,
    NewerPackageError,
    read_manifest,
    sha256,
    write_manifest,
)
from desktop_app.report.plain import canonical_bytes, report_to_plain
from tests.support.workbooks import example

ANSWERS = canonical_bytes(report_to_plain(example()))
MEMBERS = {"data.json": ANSWERS, "report.xlsx": b"workbook"}
WRITTEN = write_manifest(
    example(), ANSWERS, {name: (len(content), sha256(content)) for name, content in MEMBERS.items()}
)


def test_it_says_what_the_package_is() -> None:
    report = example()
    assert json.loads(WRITTEN) | {"sha256": ""} == {
        "format": 2,
        "app": {"name": "Alliance Desk", "version": __version__},
        "form": {"id": "ga-commitments", "version": "2013.1", "hash": report.form.hash},
        "report": report.id,
        "country": "AL",
        "cycle": "2013",
        "language": "en",
        "status": "draft",
        "submission": None,
        "submitted": None,
        "previous": None,
        "public": False,
        "full_content": None,
        "accepted": 0,
        "signer": None,
        "content": sha256(ANSWERS),
        "members": {
            "data.json": {"size": len(ANSWERS), "sha256": sha256(ANSWERS)},
            "report.xlsx": {"size": 8, "sha256": sha256(b"workbook")},
        },
        "sha256": "",
    }


def test_its_own_checksum_is_that_of_its_bytes_with_the_value_blank() -> None:
    own = json.loads(WRITTEN)["sha256"]
    assert own == sha256(WRITTEN.replace(own.encode(), b""))


def test_it_reads_as_it_was_written() -> None:
    manifest = read_manifest("a.zip", WRITTEN)
    assert manifest.content == sha256(ANSWERS)
    assert manifest.members["report.xlsx"] == (8, sha256(b"workbook"))


def test_every_single_byte_counts() -> None:
    for offset in range(len(WRITTEN)):
        for mask in (0x01, 0x20):
            changed = WRITTEN[:offset] + bytes([WRITTEN[offset] ^ mask]) + WRITTEN[offset + 1 :]
            with pytest.raises(ManifestError, match=r"“manifest\.json” was changed\."):
                read_manifest("a.zip", changed)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"format": 1, "format": 1}',
        WRITTEN + b" ",
        WRITTEN.replace(b'"cycle": "2013"', b'"cycle": NaN'),
        canonical_bytes({"format": 1, "sha256": sha256(canonical_bytes({"format": 1, "sha256": ""}))}),
    ],
)
def test_anything_else_was_changed(content: bytes) -> None:
    with pytest.raises(ManifestError):
        read_manifest("a.zip", content)


def test_a_newer_format_is_told_apart_from_a_change() -> None:
    facts = {**json.loads(WRITTEN), "format": 3, "sha256": ""}
    newer = canonical_bytes({**facts, "sha256": sha256(canonical_bytes(facts))})
    with pytest.raises(NewerPackageError, match="newer version"):
        read_manifest("a.zip", newer)
