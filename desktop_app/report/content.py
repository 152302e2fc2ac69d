"""The content checksum: what stands on the cover and the sign-off page, and what a minister signs.

It is the SHA-256 of ``data.json``. A submission's is known before it is submitted: its bytes follow from the
answers, and say "submitted" whatever the report's status is until then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.rules import irrelevant_paths
from desktop_app.report.status import Status
from desktop_app.report.values import Plain


def content_bytes(plain: Mapping[str, Plain]) -> bytes:
    """The canonical bytes of a report in JSON. Halves of characters, which no file can hold, are left out."""
    try:
        return canonical_bytes(plain)
    except UnicodeEncodeError:
        return canonical_bytes(_cleaned(plain))


def _cleaned(plain: Any) -> Any:
    if isinstance(plain, str):
        return plain.encode("utf-8", "ignore").decode("utf-8")
    if isinstance(plain, list):
        return [_cleaned(each) for each in plain]
    if isinstance(plain, Mapping):
        return {key: _cleaned(each) for key, each in plain.items()}
    return plain


def submission_bytes(report: Report) -> bytes:
    """The ``data.json`` of the report as it would be submitted now, without what is not asked."""
    plain = report_to_plain(report, without=irrelevant_paths(report))
    return content_bytes({**plain, "status": Status.SUBMITTED.value})


def submission_checksum(report: Report) -> str:
    """The content checksum of the report as it would be submitted now, in hexadecimal."""
    return hashlib.sha256(submission_bytes(report)).hexdigest()
