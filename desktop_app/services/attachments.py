"""Files that go with answers and rows: read from the disk, attached, given out again.

What a file claims to be is never believed: a program, a script or a document with macros is not opened from
here, and a copy that is opened to be looked at stands in a folder of its own that nobody else can read.
"""

from __future__ import annotations

import errno
import hashlib
import io
import logging
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.formdef.model import FieldType
from desktop_app.report.attachments import Attached, attached_path, write_attached
from desktop_app.report.changes import Change, new_id
from desktop_app.report.field_checks import LARGEST_ATTACHMENT
from desktop_app.report.file_names import safe_file_name, shown_name
from desktop_app.report.file_words import media_type
from desktop_app.report.journal import Document
from desktop_app.report.paths import ATTACHED, read_path
from desktop_app.report.placed_files import files_of
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.values import Attachment, write_value
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import beside
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature
from desktop_app.services import row_steps
from desktop_app.services.allowed import refuse_switched_off
from desktop_app.storage import held_files
from desktop_app.storage.hand_overs import KeptAttachment
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.services.entry_session import EntrySession
    from desktop_app.storage.protection import Key
    from desktop_app.storage.worker import FileWorker

_logger = logging.getLogger(__name__)

Bytes = Callable[[str], bytes]
"""The content of an attached file by its SHA-256; KeyError when it is not in the report file."""

REPORT_FILE = ".adesk"
_ID_AT, _REPORT_FILE_ID = 68, b"ADSK"
"""Where SQLite keeps whose file it is (https://www.sqlite.org/fileformat.html), and our name there."""

_HELD_ELSEWHERE = (32, 33)
"""Windows: sharing violation, lock violation."""


class CannotAttachError(DeskError):
    """A file cannot be attached. The sentence names it and the reason."""


class MissingContentError(DeskError):
    """The bytes of an attached file are not in the report file."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as it was read, ready to be attached."""

    sha256: str
    document: Document

    @property
    def attachment(self) -> Attachment:
        """What an answer says of it."""
        return Attachment(self.document.name, self.sha256, len(self.document.content))


def read_file(path: Path) -> FileRead:
    """Read the file at ``path``. CannotAttachError for whatever is no file of a fitting size.

    To be called where nobody waits for it: a share may be slow.
    """
    try:
        content = _read(path)
    except OSError as error:
        raise CannotAttachError(_reading_sentence(path, error)) from error
    return file_of(path.name, content)


def file_of(name: str, content: bytes) -> FileRead:
    """A file of these bytes. CannotAttachError when they are none, or too many."""
    if not content:
        raise CannotAttachError(
            _("“{file}” is empty. Save it in the program it was made with, then attach it.").format(
                file=shown_name(name)
            )
        )
    _refuse_size(name, len(content))
    _refuse_report_file(name, content)
    kept = _kept_name(name)
    return FileRead(hashlib.sha256(content).hexdigest(), Document(kept, media_type(kept, content), content))


def _read(path: Path) -> bytes:
    found = path.stat()
    _refuse_kind(path, found)
    if held_files.is_held(path):
        # To open and close it beside SQLite would take SQLite's locks away.
        raise CannotAttachError(
            _("“{file}” is a report file that is open here. Attach a copy of it.").format(
                file=shown_name(path.name)
            )
        )
    _refuse_size(path.name, found.st_size)
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with io.FileIO(os.open(path, flags), "rb") as stream:
        before = os.fstat(stream.fileno())
        _refuse_kind(path, before)
        # Unbuffered and in one go, so that the bytes are in memory once.
        content = stream.read(min(before.st_size, LARGEST_ATTACHMENT) + 1) or b""
        after = os.fstat(stream.fileno())
    if len(content) != after.st_size or _stamp(before) != _stamp(after):
        if len(content) > LARGEST_ATTACHMENT:
            _refuse_size(path.name, max(len(content), after.st_size))
        raise CannotAttachError(
            _(
                "“{file}” was changed while it was read. Save it and wait a moment, then attach it again."
            ).format(file=shown_name(path.name))
        )
    return content


def _stamp(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def _refuse_kind(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise CannotAttachError(
            _("“{file}” is a folder. Attach the files in it, or pack them into one file first.").format(
                file=shown_name(path.name) if path.name else path
            )
        )
    if not stat.S_ISREG(found.st_mode):
        raise CannotAttachError(
            _("“{file}” is a device, not a file, so it cannot be attached.").format(file=path)
        )


def _refuse_size(name: str, size: int) -> None:
    if size > LARGEST_ATTACHMENT:
        raise CannotAttachError(
            _("“{name}” is larger than {limit} MB. Attach a smaller file.").format(
                name=shown_name(name), limit=LARGEST_ATTACHMENT // 1024**2
            )
        )


def is_report_file(name: str, content: bytes) -> bool:
    """Whether it is named as a report file is, or begins as one."""
    return name.casefold().endswith(REPORT_FILE) or content[_ID_AT : _ID_AT + 4] == _REPORT_FILE_ID


def _refuse_report_file(name: str, content: bytes) -> None:
    """With the file its history and its private notes would travel, which no package holds."""
    if is_report_file(name, content):
        raise CannotAttachError(
            _("“{file}” is a report file with its whole history. Export its package and attach that.").format(
                file=shown_name(name)
            )
        )


def _reading_sentence(path: Path, error: OSError) -> str:
    name = shown_name(path.name)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _("“{file}” is not there any more. Was it moved or renamed?").format(file=name)
    if getattr(error, "winerror", None) in _HELD_ELSEWHERE or error.errno in (errno.EBUSY, errno.EAGAIN):
        return _("Another program has “{file}” open. Close it there, then attach it again.").format(file=name)
    if isinstance(error, PermissionError):
        return _("You may not read “{file}”. Ask whoever it belongs to, or attach a copy.").format(file=name)
    return _("“{file}” cannot be read: {reason}.").format(file=name, reason=error.strerror or error)


def _kept_name(name: str) -> str:
    """The name as it stands in the report: as it was, but for what no name of a file may have anywhere."""
    words = "".join("_" if sign in "/\\\0" else sign for sign in shown_name(name))
    return words if words.strip(". ") else safe_file_name(words)


# In the report


def attach(session: EntrySession, path: str, files: Sequence[FileRead]) -> list[str]:
    """Attach files to the answer, row or list at ``path`` as one step; returns where they stand.

    A question for a file is answered with it, and takes one. What stands there with the same content and
    name already is not attached twice; its bytes are kept where they were missing. ReadOnlyError,
    FrozenError, UnknownPlaceError, CannotAttachError, SwitchedOffError.
    """
    refuse_switched_off(Feature.ATTACHMENTS)
    report = session.report
    if asks_for_file(report, path):
        if len(files) != 1:
            raise CannotAttachError(_("This question takes one file. Choose one of them."))
        after = write_value(FieldType.ATTACHMENT, files[0].attachment)
        before = report.plain(path)
        changes = (
            [Change(path, before, after), *row_steps.ending_state(report, path)] if before != after else []
        )
        session.attach(_contents(files), changes)
        return [path]
    _refuse_unknown(report, path)
    present = {(each.about, each.file) for each in report.attached.values()}
    wanted = dict.fromkeys(Attached(path, file.attachment) for file in files)
    fresh = {attached_path(new_id()): each for each in wanted if (each.about, each.file) not in present}
    found = [
        attached_path(key)
        for key, each in report.attached.items()
        if each in wanted and each.file.sha256 in report.lost
    ]
    session.attach(
        _contents(files), [Change(place, None, write_attached(each)) for place, each in fresh.items()]
    )
    return [*found, *fresh]


def _contents(files: Iterable[FileRead]) -> list[tuple[str, Document]]:
    return [_parts(file) for file in files]


def asks_for_file(report: Report, path: str) -> bool:
    """Whether the question at ``path`` is answered with a file."""
    try:
        return report.question(path).type is FieldType.ATTACHMENT
    except UnknownPlaceError:
        return False


def _refuse_unknown(report: Report, path: str) -> None:
    """UnknownPlaceError where the report has no answer, row or list to attach something to."""
    place = read_path(path)
    if place.facet is not None or place.head == ATTACHED:
        raise UnknownPlaceError(path)
    row_list = report.lists.get(place.head)
    if row_list is None or place.field is not None:
        report.question(path)
    if row_list is not None and place.row is not None and row_list.row(place.row) is None:
        raise UnknownPlaceError(path)


def brought_in(report: Report, contents: Mapping[str, bytes]) -> tuple[list[KeptAttachment], list[str]]:
    """The bytes of the report's files among ``contents``, by SHA-256; a sentence for each that is not there.

    Nothing that the report does not name is kept.
    """
    kept: dict[str, KeptAttachment] = {}
    missing: dict[str, str] = {}
    for _path, wanted in files_of(report):
        content = contents.get(wanted.sha256)
        if content is None:
            missing[wanted.sha256] = _(
                "The content of the attached file “{file}” did not come along. Its name is kept; attach the"
                " file again, or ask for it."
            ).format(file=shown_name(wanted.name))
        elif wanted.sha256 not in kept:
            try:
                kept[wanted.sha256] = KeptAttachment(report.id, *_parts(file_of(wanted.name, content)))
            except CannotAttachError as error:
                missing[wanted.sha256] = error.sentence
    return list(kept.values()), list(missing.values())


def _parts(file: FileRead) -> tuple[str, Document]:
    return file.sha256, file.document


# Out of the report


def attachment_bytes(path: Path, report_id: str, *, key: Key | None = None) -> Bytes:
    """What gives the bytes of the files attached to a report of the file at ``path``."""

    def read(sha256: str) -> bytes:
        with ReportFile.open(path, "read", key=key) as file:
            return whole(file, report_id, sha256)

    return read


def open_attachment_bytes(worker: FileWorker, report_id: str) -> Bytes:
    """The same of a file that is open here; each call waits for the file's worker."""

    def read(sha256: str) -> bytes:
        return worker.read(lambda file: whole(file, report_id, sha256)).result()

    return read


def whole(file: ReportFile, report_id: str, sha256: str) -> bytes:
    """The bytes of a file attached to a report of the open file. KeyError when they are not there."""
    found = io.BytesIO()
    file.read_attachment(report_id, sha256, found.write)
    return found.getvalue()


def content_of(read: Bytes, attachment: Attachment) -> bytes:
    """The bytes of the attached file. MissingContentError when they are not in the report file."""
    try:
        return read(attachment.sha256)
    except KeyError as error:
        raise MissingContentError(
            _(
                "The content of “{file}” is not in this report file; only its name came with the report."
                " Ask whoever sent the report for its package, or attach the file again."
            ).format(file=shown_name(attachment.name))
        ) from error


def save_as(read: Bytes, attachment: Attachment, target: Path) -> None:
    """Write the attached file to ``target``, which is replaced. MissingContentError, CannotWriteError."""
    content = content_of(read, attachment)
    with beside(target) as new:
        new.write_bytes(content)


def save_into(read: Bytes, attachment: Attachment, folder: Path) -> Path:
    """Write the attached file into ``folder`` under a harmless name that is free there; returns its path."""
    content = content_of(read, attachment)
    target = _free(folder, safe_file_name(attachment.name))
    with beside(target, replace=False) as new:
        new.write_bytes(content)
    return target


def _free(folder: Path, name: str) -> Path:
    stem, suffix = Path(name).stem, Path(name).suffix
    number, target = 1, folder / name
    while os.path.lexists(target):
        number += 1
        target = folder / f"{stem} {number}{suffix}"
    return target


class OpenCopies:
    """Copies of attached files that other programs show: to be read only, and gone with the report."""

    def __init__(self) -> None:
        """Nothing is on the disk yet."""
        self._folder: Path | None = None

    def make(self, read: Bytes, attachment: Attachment) -> Path:
        """A read-only copy under a harmless name. MissingContentError, CannotWriteError.

        To be called in one thread at a time.
        """
        content = content_of(read, attachment)
        if self._folder is None:
            # For this person alone, whatever the machine's habits.
            self._folder = Path(tempfile.mkdtemp(prefix="alliance-desk-"))
        place = self._folder / attachment.sha256[:12]
        place.mkdir(mode=0o700, exist_ok=True)
        copy = place / safe_file_name(attachment.name)
        if not copy.exists():
            with beside(copy, replace=False) as new:
                new.write_bytes(content)
            copy.chmod(stat.S_IREAD)
        return copy

    def close(self) -> None:
        """Take the copies away; what another program holds on to stays for the machine to clear."""
        folder, self._folder = self._folder, None
        if folder is None:
            return
        try:
            for copy in folder.glob("*/*"):
                copy.chmod(stat.S_IWRITE | stat.S_IREAD)
            shutil.rmtree(folder)
        except OSError as error:
            _logger.warning("copies that were opened to be read were not removed: %s", type(error).__name__)
