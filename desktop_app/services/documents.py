"""Documents of a report, each by itself: for printing, clearance, a meeting, a signature, a web site.

They are made of the answers as they stand, and say which state that is. The report file is not changed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.exchange.documents.plan import DocumentPlan, Variant
from desktop_app.exchange.sending import Previous, Sending
from desktop_app.report.report import Report
from desktop_app.report.status import Status
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import AlreadyThereError, CannotWriteError, atomic_write, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature
from desktop_app.services.allowed import refuse_switched_off

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


class Kind(StrEnum):
    """Which document; the values are what the command line takes."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    BLANK = "blank"
    SIGN_OFF = "sign-off"


class DocumentNotMadeError(DeskError):
    """What was asked for makes no sense, such as the short version of an empty form."""


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document: its files by name, nearly always one, and what its sender should know.

    ``pages`` is 0 where the reader's program makes the pages.
    """

    files: tuple[tuple[str, bytes], ...]
    pages: int = 0
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a document was put. ``already_there``: the same bytes were there before."""

    paths: tuple[Path, ...]
    pages: int
    notices: tuple[str, ...]
    already_there: bool = False


def make_document(
    report: Report,
    kind: Kind,
    *,
    short: bool = False,
    public: bool = False,
    stop: threading.Event | None = None,
) -> Document:
    """The document ``kind`` of ``report``. ``short``: what was answered alone; ``public``: for anybody.

    DocumentNotMadeError for a combination that makes no sense; TypesettingError; NotWantedError once
    ``stop`` is set.
    """
    return document_of(
        document_plan(report, kind, short=short, public=public),
        kind,
        file_stem(report, kind, short=short, public=public),
        stop=stop,
    )


def document_plan(report: Report, kind: Kind, *, short: bool = False, public: bool = False) -> DocumentPlan:
    """What stands in the document. DocumentNotMadeError. It is quick, and looks at the report only here."""
    from desktop_app.exchange.documents.planning import plan_document
    from desktop_app.report.public_copy import public_copy

    _refuse_nonsense(kind, short=short, public=public)
    if public:
        refuse_switched_off(Feature.PUBLIC_COPY)
    variant = Variant.BLANK if kind is Kind.BLANK else Variant.SHORT if short else Variant.FULL
    shown = public_copy(report).report if public else report
    return plan_document(shown, variant, sending_of(report, is_public=public, with_key=kind is Kind.SIGN_OFF))


def document_of(
    plan: DocumentPlan, kind: Kind, stem: str, *, stop: threading.Event | None = None
) -> Document:
    """The files of the document; slow. ``stem``: their name without its ending. Errors: ``make_document``."""
    if kind is Kind.DOCX:
        from desktop_app.exchange.documents.word import check_docx, write_docx

        word = write_docx(plan)
        check_docx(word, plan)
        return Document(((f"{stem}.docx", word),))
    if kind is Kind.HTML:
        from desktop_app.exchange.documents.html import write_html

        return Document(((f"{stem}.html", write_html(plan)),))
    from desktop_app.exchange.documents.pdf import write_pdf, write_sign_off

    pdf = write_sign_off(plan, stop=stop) if kind is Kind.SIGN_OFF else write_pdf(plan, stop=stop)
    return Document(pdf.files(stem), pdf.pages, pdf.notices)


def save_document(
    path: Path,
    kind: Kind,
    number: int | None = None,
    to: Path | None = None,
    *,
    short: bool = False,
    public: bool = False,
    replace: bool = False,
    key: Key | None = None,
) -> Saved:
    """Make a document of report ``number`` (the newest for None) in the file at ``path``, and keep it.

    ``to``: a file with the ending of its kind, or a folder, which is made when it is missing; None: the
    report file's folder. Another kind's ending: DocumentNotMadeError. A different file is there:
    AlreadyThereError unless ``replace``.
    """
    from desktop_app.services.reports import look_into

    _refuse_nonsense(kind, short=short, public=public)
    _refuse_ending(to, kind)
    read = look_into(path, number, key=key)
    made = make_document(read.report, kind, short=short, public=public)
    folder, names = _place(path, to, kind, made)
    saved = keep_document(folder, names, replace=replace)
    told = (*read.sentences, *made.notices, *unprotected_notice(key))
    return Saved(saved.paths, made.pages, told, saved.already_there)


def keep_document(folder: Path, files: Mapping[str, bytes], *, replace: bool = False) -> Saved:
    """Put the files into ``folder``, each whole or not at all. AlreadyThereError, CannotWriteError."""
    _make_folder(folder)
    targets = {folder / name: content for name, content in files.items()}
    missing = {path: content for path, content in targets.items() if not _holds(path, content)}
    for path in missing:
        if path.exists() and not replace:
            raise AlreadyThereError(
                _(
                    "There is already a different “{file}” in “{folder}”. Choose another name, or replace it."
                ).format(file=path.name, folder=path.parent)
            )
    for path, content in missing.items():
        atomic_write(path, content, replace=replace)
    return Saved(tuple(targets), 0, (), already_there=not missing)


def unprotected_notice(key: Key | None) -> tuple[str, ...]:
    """What to know of a document of a protected report file, which ``key`` opens."""
    if key is None:
        return ()
    return (_("The document itself has no passphrase: whoever gets the file can read it."),)


def file_stem(report: Report, kind: Kind, *, short: bool = False, public: bool = False) -> str:
    """The name proposed for a document, without its ending; it says how far the report is.

    Only a package is called a draft until it is submitted: what is ready or approved is read, and signed, as
    documents.
    """
    from desktop_app.exchange.package import package_name

    sending = sending_of(report, is_public=public)
    stem = package_name(report, sending).removesuffix(f"-{sending.ending}.zip")
    if kind is Kind.BLANK:
        return f"{stem}-blank"
    is_fixed = sending.submission is None and report.status != Status.DRAFT
    stage = f"-{_name_of(report.status)}" if is_fixed else f"-{Sending(sending.submission).ending}"
    if kind is Kind.SIGN_OFF:
        # What is signed is no draft any more: its checksum is that of what will be submitted.
        return f"{stem}{'' if is_fixed else stage}-sign-off"
    return stem + stage + ("-public" if public else "") + ("-short" if short else "")


def _name_of(status: str) -> str:
    """One that only a later program knows may hold anything."""
    return status if status in set(Status) else "fixed"


def ending_of(kind: Kind) -> str:
    """The ending of a document's file name, with its dot."""
    return {Kind.DOCX: ".docx", Kind.HTML: ".html"}.get(kind, ".pdf")


def sending_of(report: Report, *, is_public: bool = False, with_key: bool = False) -> Sending:
    """What a document says of the way the report went: its submission, once it is submitted.

    ``with_key``: say which key signs the package, when there is one; its secret half is not asked for.
    """
    from desktop_app.report.submissions import last_submission, submissions_of

    signer = _shown_key() if with_key else None
    record = last_submission(report) if report.status == Status.SUBMITTED else None
    if record is None:
        return Sending(is_public=is_public, signer=signer)
    amended = next((each for each in submissions_of(report) if each.number == record.amendment_of), None)
    return Sending(
        submission=record.number,
        submitted_at=record.at,
        submitted_by=record.who,
        previous=Previous(amended.number, amended.checksum, {}) if amended else None,
        is_public=is_public,
        signer=signer,
    )


@dataclass(frozen=True, slots=True)
class _ShownKey:
    """A key to be named, not to sign with."""

    public_key: bytes
    fingerprint: str

    def sign(self, content: bytes) -> bytes:
        """Documents are not signed; their package is."""
        raise TypeError


def _shown_key() -> _ShownKey | None:
    from desktop_app.services.keys import own_key

    own = own_key()
    return None if own is None else _ShownKey(own.public_key, own.fingerprint)


def _refuse_nonsense(kind: Kind, *, short: bool, public: bool) -> None:
    if short and kind in (Kind.BLANK, Kind.SIGN_OFF):
        raise DocumentNotMadeError(
            _("There is no short version of a blank form or a sign-off page: they hold no answers.")
        )
    if public and kind is Kind.BLANK:
        raise DocumentNotMadeError(_("A blank form holds no answers, so it has no public copy."))
    if public and kind is Kind.SIGN_OFF:
        raise DocumentNotMadeError(
            _("A public copy is not signed: what is signed is the full report. Leave “public” out.")
        )


def _refuse_ending(to: Path | None, kind: Kind) -> None:
    """A file of another kind is meant by its ending: no folder of that name must come of it."""
    if to is None or to.is_dir():
        return
    ending, named = ending_of(kind), to.suffix.lower()
    if named != ending and named in map(ending_of, Kind):
        raise DocumentNotMadeError(
            _(
                "The document is a “{ending}” file, so it cannot be called “{file}”."
                " Name “{right}”, or a folder."
            ).format(ending=ending, file=to.name, right=to.stem + ending)
        )


def _place(path: Path, to: Path | None, kind: Kind, made: Document) -> tuple[Path, dict[str, bytes]]:
    """The folder, and the files by the names they get there."""
    ending = ending_of(kind)
    if to is None or to.is_dir() or to.suffix.lower() != ending:
        return to or path.absolute().parent, dict(made.files)
    if len(made.files) == 1:
        return to.absolute().parent, {to.name: made.files[0][1]}
    count = len(made.files)
    return to.absolute().parent, {
        f"{to.stem}-{number}-of-{count}{ending}": content
        for number, (_name, content) in enumerate(made.files, 1)
    }


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise CannotWriteError(
            _("“{folder}” is a file. Name a folder, or a file with the ending of the document.").format(
                folder=folder
            )
        ) from error
    except OSError as error:
        raise writing_error(error, folder) from error


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == content
    except OSError:
        return False
