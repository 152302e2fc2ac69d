"""A report's JSON from a file of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop_app.exchange.old_reports import (
    DocumentError,
    form_named,
    read_json_report,
    read_source,
    recognise,
)
from desktop_app.exchange.strict_json import JsonError
from desktop_app.formdef.library import FormLibrary
from desktop_app.report.plain import canonical_bytes, report_from_plain, report_to_plain

EMPTY: dict[str, Any] = {"form": {"id": "x", "version": "1"}, "answers": {}, "lists": {}}


def test_a_report_comes_back_as_it_went(library: FormLibrary, albania_document: bytes) -> None:
    report = recognise(read_source("albania.md", albania_document), library).report
    plain = read_json_report("data.json", canonical_bytes(report_to_plain(report)))
    assert form_named("data.json", plain) == ("ga-commitments", "2013.1")
    again = report_from_plain(plain, library.form("ga-commitments"))
    assert report_to_plain(again) == report_to_plain(report)


@pytest.mark.parametrize("plain", [[], "text", 1, None, {}, {**EMPTY, "lists": []}, {**EMPTY, "form": "x"}])
def test_json_that_is_no_report(plain: Any) -> None:
    with pytest.raises(DocumentError, match=r"“x\.json” is no report: it has no form, answers and lists"):
        read_json_report("x.json", json.dumps(plain).encode())


@pytest.mark.parametrize("form", [{}, {"id": "x"}, {"id": 1, "version": "1"}])
def test_json_that_names_no_form(form: Any) -> None:
    with pytest.raises(DocumentError, match="does not say which form it answers"):
        read_json_report("x.json", json.dumps({**EMPTY, "form": form}).encode())


def test_json_that_is_damaged() -> None:
    with pytest.raises(JsonError, match="damaged"):
        read_json_report("x.json", b"{")
