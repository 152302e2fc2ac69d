"""What a package holds beside its workbook and its answers: documents, and the attached files."""

from __future__ import annotations

import contextvars
import dataclasses
import hashlib
import io
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from desktop_app.exchange.archive import PIECE
from desktop_app.exchange.attachment_names import member_names
from desktop_app.exchange.manifest import sha256
from desktop_app.exchange.sending import Sending
from desktop_app.report.attachments import files_of
from desktop_app.report.file_names import shown_name
from desktop_app.report.report import Report
from desktop_app.report.values import Attachment
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

T = TypeVar("T")

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


def documents(report: Report, sending: Sending, checksum: str, tick: Callable[[], None]) -> Members:
    """report.docx and report.pdf. What cannot be made is told, and is not in the package.

    ``tick`` is called several times a second meanwhile; what it raises ends the work.

    ``checksum``: the content checksum of the package. DocumentReadBackError when the Word file that was made
    does not say what was planned.
    """
    from desktop_app.exchange.documents.pdf import write_pdf
    from desktop_app.exchange.documents.plan import Variant
    from desktop_app.exchange.documents.planning import plan_document
    from desktop_app.exchange.documents.word import check_docx, write_docx

    plan = plan_document(report, Variant.FULL, sending, checksum=checksum)
    parts: dict[str, Part] = {}
    notices: list[str] = []
    try:
        word = write_docx(plan)
    except (DeskError, ImportError) as error:
        notices.append(_not_made(WORD, error))
    else:
        check_docx(word, plan)
        parts[WORD] = Part.of(word)
    try:
        pdf = _beside(lambda stop: write_pdf(plan, stop=stop), tick)
    except (DeskError, ImportError) as error:
        notices.append(_not_made(PDF, error))
    else:
        parts |= {name: Part.of(content) for name, content in pdf.files()}
        notices.extend(pdf.notices)
    return Members(parts, tuple(notices))


def _beside(work: Callable[[threading.Event], T], tick: Callable[[], None]) -> T:
    """The result of ``work``, done in a thread of its own, which is told to stop when ``tick`` raises."""
    stop = threading.Event()
    with ThreadPoolExecutor(1, "documents") as pool:
        # In the language that is spoken here.
        made = pool.submit(contextvars.copy_context().run, work, stop)
        try:
            while not wait((made,), _BEAT).done:
                tick()
        except BaseException:
            stop.set()
            raise
        return made.result()


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
