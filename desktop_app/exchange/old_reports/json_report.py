"""A report as JSON, as ``show --json`` prints it and packages carry it, read from a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.exchange.old_reports.source import DocumentError
from desktop_app.exchange.strict_json import read_json
from desktop_app.runtime.i18n import _

_PARTS = ("form", "answers", "lists")


def read_json_report(name: str, data: bytes) -> Mapping[str, Any]:
    """The JSON object of a report; ``form_named`` and ``report_from_plain`` take it from there.

    JsonError for what is no safe JSON, DocumentError for JSON that is no report.
    """
    plain = read_json(name, data)
    if not isinstance(plain, Mapping) or not all(isinstance(plain.get(part), Mapping) for part in _PARTS):
        raise DocumentError(
            _(
                "“{name}” is no report: it has no form, answers and lists. "
                "A report's JSON is what “show --json” prints."
            ).format(name=name)
        )
    form_named(name, plain)
    return plain


def form_named(name: str, plain: Mapping[str, Any]) -> tuple[str, str]:
    """Id and version of the form the report of the file ``name`` answers. DocumentError."""
    form = plain["form"]
    form_id, version = form.get("id"), form.get("version")
    if not isinstance(form_id, str) or not isinstance(version, str):
        raise DocumentError(_("“{name}” does not say which form it answers.").format(name=name))
    return form_id, version
