"""Report files as people use them: start a report, read one, add one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.formdef.kept_forms import KeptForms
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import Choice, Form
from desktop_app.report.changes import OperationKind, new_id
from desktop_app.report.journal import SubmittedContent
from desktop_app.report.report import Report
from desktop_app.runtime import paths
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.form_versions import ReportRead, load_report
from desktop_app.services.working_places import file_to_write, left_here
from desktop_app.storage.hand_overs import KeptAttachment
from desktop_app.storage.records import ReportSummary, SourceDocument
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


KEPT_FORMS = "forms.json"
"""The file of forms that were read at an earlier start."""


class UnknownCountryError(DeskError):
    """The form has no such respondent."""


class OtherRespondentError(DeskError):
    """The report file belongs to another country."""


class NoReportError(DeskError):
    """The report file holds no report yet."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A report in its file."""

    path: Path
    number: int


def form_library() -> FormLibrary:
    """The forms of this program, of the person, and those an administrator names."""
    return FormLibrary(paths.form_folders(), KeptForms(paths.cache_folder() / KEPT_FORMS))


def find_country(form: Form, country: str) -> Choice:
    """The respondent with this code, name or other name. UnknownCountryError."""
    wanted = country.strip().casefold()
    choices = form.choice_lists[form.respondents].choices
    for choice in choices:
        if wanted == choice.code.casefold():
            return choice
    for choice in choices:
        if wanted in {name.casefold() for name in (*choice.names.values(), *choice.aliases)}:
            return choice
    raise UnknownCountryError(
        _("“{country}” is not a country of this form. Give its two-letter code, such as {example}.").format(
            country=country, example=choices[0].code
        )
    )


def start_report(
    path: Path,
    form_id: str,
    country: str,
    cycle: str | None = None,
    language: str | None = None,
    *,
    version: str | None = None,
    who: str = "",
    key: Key | None = None,
) -> Kept:
    """Start an empty report in ``path``; the file is created when it is missing, with a ``key`` protected.

    UnknownFormError, UnknownCountryError, and what the report file has to say.
    """
    form = form_library().form(form_id, version)
    report = Report(
        id=new_id(),
        form=form,
        country=find_country(form, country).code,
        cycle=(cycle or "").strip() or form.cycles[0],
        language=language or form.languages[0],
    )
    return keep_report(path, report, OperationKind.CREATE, who=who, key=key)


def keep_report(
    path: Path,
    report: Report,
    kind: OperationKind,
    *,
    who: str = "",
    source: SourceDocument | None = None,
    attachments: Sequence[KeptAttachment] = (),
    submitted: SubmittedContent | None = None,
    key: Key | None = None,
) -> Kept:
    """Add ``report`` to the file at ``path``, which is made when it is missing. As ``ReportFile.add_report``.

    OtherRespondentError when the file holds another country's reports: nothing is written then.
    """
    add = partial(
        ReportFile.add_report,
        report=report,
        kind=kind,
        who=who,
        source=source,
        attachments=attachments,
        submitted=submitted,
    )
    # Not Path.exists, which raises for a name that is too long.
    if os.path.lexists(path) or left_here(path) is not None:
        with file_to_write(path, who, key=key) as file:
            _check_respondent(path, file.reports(), report)
            return Kept(path, add(file))
    numbers: list[int] = []

    def fill(file: ReportFile) -> None:
        numbers.append(add(file))

    ReportFile.create(path, who=who, fill=fill, key=key).close()
    return Kept(path, numbers[0])


def _check_respondent(path: Path, present: list[ReportSummary], report: Report) -> None:
    others = {summary.country for summary in present} - {report.country}
    if others:
        raise OtherRespondentError(
            _("“{file}” holds the reports of {country}. Choose another file for this report.").format(
                file=path.name, country=", ".join(sorted(others))
            )
        )


def choose_summary(path: Path, present: list[ReportSummary], number: int | None) -> ReportSummary:
    """The report with this number, the newest for None. NoReportError, or the file's own sentence."""
    if not present:
        raise NoReportError(_("There is no report in “{file}” yet.").format(file=path.name))
    if number is None:
        return present[-1]
    for summary in present:
        if summary.number == number:
            return summary
    raise NoReportError(_("There is no report {number} in “{file}”.").format(number=number, file=path.name))


def read_report(path: Path, number: int | None = None, *, key: Key | None = None) -> Report:
    """Read report ``number`` (the newest for None) without changing the file; a window may have it open."""
    return look_into(path, number, key=key).report


def look_into(path: Path, number: int | None = None, *, key: Key | None = None) -> ReportRead:
    """As ``read_report``, with what is to be said about the version of the form it is read with."""
    library = form_library()
    with ReportFile.open(path, "read", key=key) as file:
        return load_report(file, choose_summary(path, file.reports(), number), library)


def raw_report(path: Path, number: int | None = None, *, key: Key | None = None) -> dict[str, Any]:
    """The answers of a report whose form is not here, as they are kept, in the shape of ``show --json``."""
    from desktop_app.report.versions.raw import raw_plain

    with ReportFile.open(path, "read", key=key) as file:
        summary, content = file.content(choose_summary(path, file.reports(), number).number)
    form = {"id": summary.form_id, "version": summary.form_version, "hash": summary.form_hash}
    about = {name: getattr(summary, name) for name in ("id", "country", "cycle", "language", "status")}
    return {"form": form, **about, **raw_plain(content)}
