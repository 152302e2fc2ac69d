"""What a report file holds of the report that a package is about: is the package newer, older or the same."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.exchange.archive import shown
from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.report.submissions import SubmissionRecord, read_submission
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.storage.records import ReportSummary
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

_ZIP = "application/zip"


class Standing(StrEnum):
    """How a package stands to the report file it is held against. The codes stand in JSON."""

    SAME = "same"
    NEWER = "newer"
    OLDER = "older"
    """An earlier submission than one that is held: perhaps sent a second time."""
    CONFLICT = "conflict"
    """A submission of a number that is held, with other content."""
    DRAFT = "draft"
    """Of a report that is held, but no submission."""
    OTHER_REPORT = "other_report"
    """Of the same country, and a report that is not in the file."""
    WRONG_COUNTRY = "wrong_country"
    EMPTY = "empty"
    """There is no report in the file."""


_FITS = (Standing.SAME, Standing.NEWER, Standing.DRAFT, Standing.EMPTY)


@dataclass(frozen=True, slots=True)
class Compared:
    """``told`` says in a sentence how a package stands to the file.

    ``held``: the number of the newest submission there; ``report``: of the report it is one of.
    ``taken_back``: why the file's own submission of its number was taken back; None where it was not.
    """

    standing: Standing
    told: str
    held: int | None = None
    report: int | None = None
    taken_back: str | None = None

    @property
    def fits(self) -> bool:
        """Whether the package may be taken for what the file should hold next."""
        return self.standing in _FITS

    def to_plain(self) -> dict[str, Any]:
        """It in JSON."""
        return {
            "standing": self.standing.value,
            "held_submission": self.held,
            "report": self.report,
            "taken_back": self.taken_back,
            "told": self.told,
        }


def compare_with_file(facts: Mapping[str, Any], path: Path, key: Key | None = None) -> Compared:
    """How the package with the manifest ``facts`` stands to the report file at ``path``.

    What opening a report file raises.
    """
    with ReportFile.open(path, "read", key=key) as file:
        present = file.reports()
        if not present:
            return Compared(Standing.EMPTY, _("There is no report in “{file}” yet.").format(file=path.name))
        summary = next((each for each in present if each.id == facts["report"]), None)
        if summary is None:
            return _not_held(facts, path, present)
        own = _own_submissions(file, summary)
        held = {each.number: each.checksum for each in own} | _brought_in(file, summary)
    compared = _standing(facts, path, summary, held)
    return _with_taken_back(compared, facts.get("submission"), own)


def _not_held(facts: Mapping[str, Any], path: Path, present: list[ReportSummary]) -> Compared:
    countries = sorted({each.country for each in present})
    if facts["country"] not in countries:
        sentence = _(
            "Wrong country: the package is the report of {other}, and “{file}” holds those of {country}."
        )
        told = sentence.format(other=shown(facts["country"]), file=path.name, country=", ".join(countries))
        return Compared(Standing.WRONG_COUNTRY, told)
    sentence = _("The report of the package is not in “{file}”; other reports of {country} are.")
    return Compared(Standing.OTHER_REPORT, sentence.format(file=path.name, country=shown(facts["country"])))


def _own_submissions(file: ReportFile, summary: ReportSummary) -> list[SubmissionRecord]:
    """The submissions that the report in the file knows of."""
    _summary, content = file.content(summary.number)
    found: list[SubmissionRecord] = []
    for path, value in content.items():
        if read_path(path).kind is PlaceKind.SUBMISSION:
            with contextlib.suppress(ValueError):
                found.append(read_submission(value))
    return found


def _with_taken_back(compared: Compared, number: int | None, own: Iterable[SubmissionRecord]) -> Compared:
    """What became of it in the country that has sent it."""
    back = next((each.taken_back for each in own if each.number == number), None)
    if back is None or compared.standing is Standing.CONFLICT:
        return compared
    words = _("It was taken back on {day}: {reason}").format(day=back.at[:10], reason=back.reason)
    return dataclasses.replace(compared, told=f"{compared.told} {words}", taken_back=back.reason)


def _brought_in(file: ReportFile, summary: ReportSummary) -> dict[int, str]:
    """The content checksum of each submission that was brought in."""
    found: dict[int, str] = {}
    for source in file.sources(summary.id):
        if source.media_type == _ZIP and not source.is_removed:
            found |= _submission_in(source.content, summary.id)
    return found


def _submission_in(package: bytes, report: str) -> dict[int, str]:
    """The submission that a package is, which was brought in here."""
    from desktop_app.exchange.package_reading import verify_bytes

    try:
        facts = verify_bytes("", package).manifest
    except DeskError:
        return {}
    number = facts.get("submission")
    return {number: facts["content"]} if number and facts["report"] == report else {}


def _standing(
    facts: Mapping[str, Any], path: Path, summary: ReportSummary, held: Mapping[int, str]
) -> Compared:
    number, newest = facts.get("submission"), max(held, default=None)
    words = {"number": number, "held": newest, "file": path.name, "report": summary.number}
    if number is None:
        standing, sentence = Standing.DRAFT, _("A draft of report {report} in “{file}”, not a submission.")
    elif newest is None or number > newest:
        standing = Standing.NEWER
        sentence = (
            _("Newer: submission {number} of report {report} in “{file}”, which holds no submission yet.")
            if newest is None
            else _(
                "Newer: submission {number} of report {report} in “{file}”, which holds submission {held}."
            )
        )
    elif number in held and _is_other(facts, held[number]):
        standing = Standing.CONFLICT
        sentence = _(
            "Another submission {number} of report {report} is in “{file}”, with other answers."
            " One of the two is not what was sent."
        )
    elif number < newest:
        standing = Standing.OLDER
        sentence = _(
            "Older: submission {number} of report {report} in “{file}”, which holds submission {held}"
            " already. It may have been sent a second time."
        )
    else:
        standing = Standing.SAME
        sentence = _("The same as submission {number} of report {report} in “{file}”.")
    return Compared(standing, sentence.format(**words), newest, summary.number)


def _is_other(facts: Mapping[str, Any], checksum: str) -> bool:
    """Whether the answers are others than those of that checksum; a public copy names the full ones'."""
    content = facts.get("full_content") if facts.get("public") else facts["content"]
    return content is not None and content != checksum
