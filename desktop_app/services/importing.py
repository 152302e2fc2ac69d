"""Bring a report in: an old document, a data.json, a package with its ids kept, or a workbook."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.formdef.model import Form
from desktop_app.formdef.suggestions import shown
from desktop_app.report.changes import OperationKind
from desktop_app.report.journal import SubmittedContent
from desktop_app.report.plain import (
    PUBLIC,
    canonical_bytes,
    changes_from_plain,
    empty_from_plain,
    report_from_plain,
)
from desktop_app.report.report import Report, UnknownPlaceError, WrongValueError
from desktop_app.report.status import Status, frozen_words, is_frozen
from desktop_app.report.submissions import SubmissionRecord
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature
from desktop_app.services.allowed import refuse_switched_off
from desktop_app.services.attachments import brought_in
from desktop_app.services.form_versions import FormFound, find_form, form_changed, unplaced_notice
from desktop_app.services.package_in import PackageIn, of_its_own, read_package_in
from desktop_app.services.reports import Kept, find_country, form_library, keep_report
from desktop_app.services.working_places import left_here
from desktop_app.storage.errors import ReportExistsError
from desktop_app.storage.records import SourceDocument

if TYPE_CHECKING:
    from desktop_app.services.review.items import NewRow, Suggestion
    from desktop_app.storage.hand_overs import KeptAttachment
    from desktop_app.storage.protection import Key

PACKAGE, ENCRYPTED = ".zip", ".age"
JSON = ".json"
WORKBOOK = ".xlsx"
ANSWERS = "data.json"
MOST_KEPT = 16 * 1024 * 1024
"""Bytes of a package that is kept with its report, a little less than a value of the file may have."""


class DocumentMissingError(DeskError):
    """There is no document of that name, or it cannot be read."""


class WrongOverrideError(DeskError):
    """The form or country asked for is not the one of the report."""


class AlreadyThereError(DeskError):
    """The report of the document is in the file already."""


class NoAnswersError(DeskError):
    """A workbook without the answers it was made of."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was brought in, and what the person should know about it."""

    path: Path
    number: int
    form: str
    country: str
    rows: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untold:
    """What an old report does not say itself. ``form``: the id of its form, empty where that is not told."""

    about: str
    form: str


def look_at_document(
    document: Path, *, form_id: str | None = None, country: str | None = None
) -> Untold | None:
    """Whether ``document`` can be brought in as it is; nothing is kept. Else what has to be chosen before.

    A DeskError when it cannot be, whatever is chosen. Packages and workbooks are read when they are brought
    in: a key may have to be asked for, and both say themselves what they are.
    """
    refuse_switched_off(Feature.IMPORT)
    kind = document.suffix.lower()
    if kind in (WORKBOOK, PACKAGE, ENCRYPTED):
        return None
    from desktop_app.exchange.old_reports import UntoldError

    data = _read(document)
    try:
        if kind == JSON:
            _from_plain(document, _json_of(document, data), form_id, country)
        else:
            _from_old_report(document, data, form_id, country)
    except UntoldError as error:
        return Untold(error.about, error.form)
    return None


def import_document(
    path: Path,
    document: Path,
    *,
    form_id: str | None = None,
    country: str | None = None,
    who: str = "",
    key: Key | None = None,
    key_passphrase: str | None = None,
    may_ask: bool = False,
) -> Imported:
    """Add the report in ``document`` to the file at ``path``, which is made when it is missing.

    ``form_id`` and ``country`` override what an old document says. The document is kept in the
    report file byte by byte. ``key`` opens a protected report file, ``key_passphrase`` our own signing key,
    which an encrypted package needs; ``may_ask``: the system may show its own window for that. Every failure
    is a DeskError, and the file is left as it was.
    """
    refuse_switched_off(Feature.IMPORT)
    kind = document.suffix.lower()
    if kind == WORKBOOK:
        return _import_workbook(path, document, form_id, country, who=who, key=key)
    contents: Mapping[str, bytes] = {}
    submitted: SubmittedContent | None = None
    if kind in (PACKAGE, ENCRYPTED):
        package = read_package_in(document, path, key=key, passphrase=key_passphrase, may_ask=may_ask)
        report, notices = _from_plain(document, package.plain, form_id, country)
        notices = (*package.notices, *notices)
        contents, source = package.attached, _kept_package(package)
        submitted = _note_submission(report, package)
        notices = (*notices, *_too_large_notice(package, source))
    else:
        data = _read(document)
        source = SourceDocument(document.name, _media_type(kind), data)
        if kind == JSON:
            report, notices = _from_plain(document, _json_of(document, data), form_id, country)
        else:
            report, notices = _from_old_report(document, data, form_id, country)
    attachments, missing = brought_in(report, contents)
    notices = (*notices, *missing, *_back_up(path, key))
    kept = _keep(
        path,
        report,
        of_its_own(),
        who=who,
        source=source,
        attachments=attachments,
        submitted=submitted,
        key=key,
    )
    rows = sum(1 for _row in report.rows())
    return Imported(kept.path, kept.number, report.form.id, report.country, rows, notices)


def _keep(
    path: Path,
    report: Report,
    way_on: str,
    *,
    who: str,
    source: SourceDocument,
    attachments: Sequence[KeptAttachment] = (),
    submitted: SubmittedContent | None,
    key: Key | None,
) -> Kept:
    """Add the report to the file. AlreadyThereError, which says with ``way_on`` what to do instead."""
    try:
        return keep_report(
            path,
            report,
            OperationKind.IMPORT,
            who=who,
            source=source,
            attachments=attachments,
            submitted=submitted,
            key=key,
        )
    except ReportExistsError as error:
        raise AlreadyThereError(f"{error.sentence} {way_on}") from error


def _note_submission(report: Report, package: PackageIn) -> SubmittedContent | None:
    """Let the report know which submission it is, so that the next one follows it."""
    if package.submission is None:
        return None
    submission = package.submission
    report.submissions[str(submission.number)] = submission
    text = canonical_bytes(package.plain).decode()
    return SubmittedContent(submission.number, submission.checksum, text)


def _kept_package(package: PackageIn) -> SourceDocument:
    """The package byte by byte; where its attached files make it too large for that, its answers."""
    if len(package.content) <= MOST_KEPT:
        return SourceDocument(package.name, _media_type(PACKAGE), package.content)
    name = f"{package.name} {ANSWERS}"
    return SourceDocument(name, _media_type(JSON), canonical_bytes(package.plain))


def _too_large_notice(package: PackageIn, source: SourceDocument) -> tuple[str, ...]:
    if source.name == package.name:
        return ()
    sentence = _(
        "“{file}” is too large to be kept in the report file as a whole. Its answers and attached files"
        " are in it; keep the package itself where you have it now."
    )
    return (sentence.format(file=package.name),)


def _import_workbook(
    path: Path, document: Path, form_id: str | None, country: str | None, *, who: str, key: Key | None
) -> Imported:
    """The report as it went out in the workbook, and as a second step what was written into it since.

    Changed answers that can be answers, new rows and comments come in; whatever cannot is told.
    """
    from desktop_app.exchange.old_reports import read_json_report
    from desktop_app.services.review.filing import review_file
    from desktop_app.services.review.previewing import preview, read_workbook

    read = read_workbook(document)
    if not read.returned.original:
        raise NoAnswersError(
            _(
                "“{file}” no longer holds the answers it was made with, because its hidden sheet is gone. "
                "Import the package or the workbook as it was sent, then bring in the comments of this one."
            ).format(file=document.name)
        )
    plain = read_json_report(document.name, read.returned.original)
    report, notices = _from_plain(document, plain, form_id, country)
    submitted = _submission_of_workbook(report, read.returned.original, read.returned.identity.submission)
    held = preview(report, read)
    source = SourceDocument(read.name, _media_type(WORKBOOK), read.content)
    notices += _back_up(path, key)
    hint = _("To bring in what was written in the workbook, use “review”, or open it in the report.")
    kept = _keep(path, report, hint, who=who, source=source, submitted=submitted, key=key)
    is_free = not is_frozen(report.status)
    filed = review_file(kept.path, document, kept.number, suggestions=is_free, rows=is_free, who=who, key=key)
    if not is_free and filed.left:
        notices += (frozen_words(report.status),)
    left = [_left_line(each) for each in filed.left]
    rows = sum(len(row_list.rows) for row_list in report.lists.values()) + filed.applied.rows
    told = dict.fromkeys((*notices, *held.warnings, *filed.lines, *left))
    return Imported(kept.path, kept.number, report.form.id, report.country, rows, tuple(told))


def _left_line(left: Suggestion | NewRow) -> str:
    """Where it stands and why it did not come in; its words where nothing but the report's status is why."""
    from desktop_app.services.review.items import Suggestion

    words = (left.found or _("(nothing)")) if isinstance(left, Suggestion) else left.words
    return f"{left.where}: {' '.join((left.obstacle or words, *left.told))}"


def _submission_of_workbook(report: Report, original: bytes, number: str | None) -> SubmittedContent | None:
    """As ``_note_submission``; when and by whom it was submitted, a workbook does not say."""
    if number is None or not number.isdecimal() or report.status != Status.SUBMITTED:
        return None
    checksum = hashlib.sha256(original).hexdigest()
    report.submissions[number] = SubmissionRecord(int(number), "", "", checksum)
    return SubmittedContent(int(number), checksum, original.decode())


def _back_up(path: Path, key: Key | None) -> tuple[str, ...]:
    """Keep the file as it is before something is added, unless its last backup has all of it.

    Returns why that could not be done; the import itself is all or nothing, and goes on.
    """
    here = left_here(path) or path
    if not here.exists():
        return ()
    from desktop_app.services.backups import BEFORE_IMPORT, BackupSchedule, NoBackupError

    try:
        BackupSchedule(here, key=key, place=path).run(BEFORE_IMPORT)
    except NoBackupError as error:
        return (error.sentence,)
    return ()


def _read(document: Path) -> bytes:
    from desktop_app.exchange.old_reports import MAX_BYTES

    try:
        with document.open("rb") as stream:
            # Answers alone may be longer than an old report; one byte more tells that it is too long.
            return stream.read(16 * MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise DocumentMissingError(
            _("There is no document “{file}”. Was it moved or renamed?").format(file=document)
        ) from error
    except OSError as error:
        raise DocumentMissingError(
            _("“{file}” cannot be read: {reason}.").format(file=document, reason=error.strerror)
        ) from error


def _media_type(kind: str) -> str:
    return {
        PACKAGE: "application/zip",
        JSON: "application/json",
        WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".md": "text/markdown",
        ".markdown": "text/markdown",
    }.get(kind, "text/plain")


def _from_old_report(
    document: Path, data: bytes, form_id: str | None, country: str | None
) -> tuple[Report, tuple[str, ...]]:
    from desktop_app.exchange.old_reports import read_source, recognise

    found = recognise(read_source(document.name, data), form_library(), form=form_id, country=country)
    return found.report, found.notices


def _from_plain(
    document: Path, plain: Mapping[str, Any], form_id: str | None, country: str | None
) -> tuple[Report, tuple[str, ...]]:
    from desktop_app.exchange.old_reports import form_named

    found_id, version = form_named(document.name, plain)
    form_hash = plain["form"].get("hash") or ""
    found = find_form(form_library(), document.name, found_id, version, form_hash)
    form = found.form
    report, unplaced = _placed(plain, found)
    find_country(form, report.country)
    if form_id is not None and form_id != found_id:
        raise WrongOverrideError(
            _("“{file}” answers the form “{form}”, not “{other}”. Leave out --form.").format(
                file=document.name, form=found_id, other=form_id
            )
        )
    if country is not None and find_country(form, country).code != report.country:
        raise WrongOverrideError(
            _("“{file}” is the report of {country}. Leave out --country.").format(
                file=document.name, country=report.country
            )
        )
    notices = _form_notices(document.name, plain, form)
    if plain.get(PUBLIC) is True:
        sentence = _("It is a public copy: what is confidential was left out, and is not in this file.")
        notices = (*notices, sentence)
    return report, (*notices, unplaced_notice(unplaced)) if unplaced else notices


def _placed(plain: Mapping[str, Any], found: FormFound) -> tuple[Report, int]:
    """The report, and how many texts have no place in the form: one answer must not keep out the others.

    ShapeError; UnknownPlaceError for a path that is more than that of an answer.
    """
    form, answered = found.form, plain["form"]
    if answered.get("version") == form.version and answered.get("hash") in (None, form.hash):
        with contextlib.suppress(UnknownPlaceError, WrongValueError):
            return report_from_plain(plain, form), 0
    from desktop_app.report.versions.carry_over import carry_over
    from desktop_app.report.versions.content import fill

    report = empty_from_plain(plain, form)
    content = {change.path: change.new for change in changes_from_plain(plain) if change.new is not None}
    carried = carry_over(content, found.lineage, report.language)
    fill(report, carried.content)
    return report, len(carried.left_over)


def _json_of(document: Path, data: bytes) -> Mapping[str, Any]:
    from desktop_app.exchange.old_reports import read_json_report

    return read_json_report(document.name, data)


def _form_notices(name: str, plain: Mapping[str, Any], form: Form) -> tuple[str, ...]:
    answered = plain["form"]
    if answered["version"] != form.version:
        sentence = _(
            "“{file}” answers version {old} of the form, which is not here. It was brought in with version"
            " {new}. Look through the answers before you go on."
        )
        return (sentence.format(file=name, old=shown(answered["version"]), new=form.version),)
    return () if answered.get("hash") in (None, form.hash) else (form_changed(),)
