"""The content checksum: what stands on the cover and the sign-off page, and what a minister signs.

It is the SHA-256 of ``data.json``. A submission's is known before it is submitted: its bytes follow from the
answers, and say "submitted" whatever the report's status is until then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from typing import Any

from desktop_app.report.plain import canonical_bytes, canonical_pieces, plain_steps, result_of
from desktop_app.report.report import Report
from desktop_app.report.rules import irrelevant_steps
from desktop_app.report.status import Status
from desktop_app.report.values import Plain
from desktop_app.runtime.dataclass import dataclass


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


@dataclass(frozen=True, slots=True)
class SubmissionContent:
    """What a report submits: the text of ``data.json``, and the content checksum in hexadecimal."""

    text: str
    checksum: str


def submission_steps(report: Report) -> Generator[None, None, SubmissionContent]:
    """What the report would submit now, worked out little by little; it may not change between two steps."""
    left_out = yield from irrelevant_steps(report)
    yield
    answers = yield from plain_steps(report, left_out)
    plain = {**answers, "status": Status.SUBMITTED.value}
    try:
        return (yield from _content_steps(plain))
    except UnicodeEncodeError:
        return (yield from _content_steps(_cleaned(plain)))


def _content_steps(plain: Mapping[str, Plain]) -> Generator[None, None, SubmissionContent]:
    """What the bytes of ``canonical_bytes`` say, and their checksum."""
    pieces, digest = [], hashlib.sha256()
    for piece in canonical_pieces(plain):
        digest.update(piece.encode("utf-8"))
        pieces.append(piece)
        yield
    return SubmissionContent("".join(pieces), digest.hexdigest())


def submission_bytes(report: Report) -> bytes:
    """The ``data.json`` of the report as it would be submitted now, without what is not asked."""
    return result_of(submission_steps(report)).text.encode()


def submission_checksum(report: Report) -> str:
    """The content checksum of the report as it would be submitted now, in hexadecimal."""
    return result_of(submission_steps(report)).checksum
