"""What a package holds beside its workbook and its answers: documents, and the attached files."""

from __future__ import annotations

import contextlib
import contextvars
import dataclasses
import hashlib
import io
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from desktop_app.exchange.archive import PIECE
from desktop_app.exchange.attachment_names import member_names
from desktop_app.exchange.manifest import sha256
from desktop_app.exchange.sending import Sending
from desktop_app.report.file_names import shown_name
from desktop_app.report.placed_files import files_of
from desktop_app.report.report import Report
from desktop_app.report.values import Attachment
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.exchange.documents.pdf import Pdf
    from desktop_app.exchange.documents.plan import DocumentPlan

WORD, PDF = "report.docx", "report.pdf"
_BEAT = 0.1
"""Seconds from one tick to the next."""


class AttachmentLostError(DeskError):
    """An attached file is not in the report file, or not as it was attached."""


@dataclass(frozen=True, slots=True)
class Part:
    """A member of the package to be: how to open it, with its size and SHA-256."""

    open: Callable[[], BinaryIO]
    facts: tuple[int, str]

    @classmethod
    def of(cls, content: bytes) -> Part:
        """A member whose bytes are in memory."""
        return cls(lambda: io.BytesIO(content), (len(content), sha256(content)))

    @classmethod
    def read(cls, stream: BinaryIO) -> Part:
        """A member in a file that was just written."""
        digest = hashlib.sha256()
        part = cls(lambda: stream, (stream.seek(0, io.SEEK_END), ""))
        for piece in part.pieces():
            digest.update(piece)
        return dataclasses.replace(part, facts=(part.facts[0], digest.hexdigest()))

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the beginning."""
        stream = self.open()
        stream.seek(0)
        while piece := stream.read(PIECE):
            yield piece


@dataclass(frozen=True, slots=True)
class Members:
    """Members by name, and what the sender should know about them."""

    parts: dict[str, Part]
    notices: tuple[str, ...] = ()


Finish = Callable[[Callable[[], None]], Members]
"""Wait for what was begun; called several times a second meanwhile, ``tick`` ends it by what it raises."""


@contextlib.contextmanager
def documents(report: Report, sending: Sending, checksum: str) -> Iterator[Finish]:
    """Begin report.docx and report.pdf, which are made while something else is done; ``Finish`` has them.

    Left before, they are no longer wanted. What cannot be made is told, and is not in the package.
    ``checksum``: the content checksum of the package. DocumentReadBackError when the Word file that was made
    does not say what was planned.
    """
    if not sending.documents:
        yield _none
        return
    from desktop_app.exchange.documents.pdf import write_pdf
    from desktop_app.exchange.documents.plan import Variant
    from desktop_app.exchange.documents.planning import plan_document

    plan = plan_document(report, Variant.FULL, sending, checksum=checksum)
    stop = threading.Event()
    with ThreadPoolExecutor(1, "documents") as pool:
        # Pages are set in a process of their own, which takes longer than all the rest.
        pages = pool.submit(contextvars.copy_context().run, partial(write_pdf, plan, stop=stop))
        try:
            yield partial(_finished, plan, pages)
        finally:
            stop.set()


def _none(_tick: Callable[[], None]) -> Members:
    return Members({})


def _finished(plan: DocumentPlan, pages: Future[Pdf], tick: Callable[[], None]) -> Members:
    from desktop_app.exchange.documents.word import check_docx, write_docx

    parts: dict[str, Part] = {}
    notices: list[str] = []
    try:
        word = write_docx(plan)
    except (DeskError, ImportError) as error:
        notices.append(_not_made(WORD, error))
    else:
        check_docx(word, plan)
        parts[WORD] = Part.of(word)
    while not wait((pages,), _BEAT).done:
        tick()
    try:
        pdf = pages.result()
    except (DeskError, ImportError) as error:
        notices.append(_not_made(PDF, error))
    else:
        parts |= {name: Part.of(content) for name, content in pdf.files()}
        notices.extend(pdf.notices)
    return Members(parts, tuple(notices))


def _not_made(name: str, error: Exception) -> str:
    sentence = _("“{file}” could not be made, so it is not in the package. {reason}")
    return sentence.format(file=name, reason=error)


def attachments(report: Report, sending: Sending) -> Members:
    """The attached files, each once. AttachmentLostError for one that is not as it was attached.

    Of some the names alone are known: the example's, or those of a report that came as its answers only. They
    are told.
    """
    files = member_names(file for _path, file in files_of(report))
    content = sending.attachments or _nowhere
    parts: dict[str, Part] = {}
    notices = []
    for name, file in files.items():
        try:
            found = content(file.sha256)
        except KeyError:
            sentence = _("The attached file “{file}” is not in the package, because it is not at hand here.")
            notices.append(sentence.format(file=shown_name(file.name)))
        else:
            parts[name] = _attached(file, content, found)
    return Members(parts, tuple(notices))


def _nowhere(sha256: str) -> bytes:
    raise KeyError(sha256)


def _attached(file: Attachment, content: Callable[[str], bytes], found: bytes) -> Part:
    """A member that is read again each time, so that attached files are never all in memory."""
    if sha256(found) != file.sha256:
        raise AttachmentLostError(
            _("The attached file “{file}” is damaged in the report file. Attach it again.").format(
                file=shown_name(file.name)
            )
        )
    return Part(lambda: io.BytesIO(content(file.sha256)), (len(found), file.sha256))
