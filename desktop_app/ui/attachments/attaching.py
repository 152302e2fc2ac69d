"""Attaching in the window: files are read beside it, and given out again; the session keeps them."""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QIODevice, QObject, QTimer, Signal
from PySide6.QtGui import QImage, QImageWriter
from shiboken6 import isValid

from desktop_app.report.file_names import shown_name
from desktop_app.report.file_words import media_type, warning_words
from desktop_app.report.paths import read_path
from desktop_app.report.places import place_name
from desktop_app.report.values import Attachment
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.runtime.paths import documents_folder
from desktop_app.runtime.policy import Feature
from desktop_app.services.allowed import is_allowed, switched_off_words
from desktop_app.services.attachments import (
    FileRead,
    OpenCopies,
    asks_for_file,
    attach,
    file_of,
    read_file,
    save_as,
)
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.known_files import KnownKind, asking_words, known_kind
from desktop_app.ui.attachments.way import Way
from desktop_app.ui.job_queue import JobQueue
from desktop_app.ui.parts import Tone

if TYPE_CHECKING:
    from desktop_app.storage.records import AttachmentFacts
    from desktop_app.storage.report_file import ReportFile

MOST_AT_ONCE = 20
"""Files that are taken in one go: a whole folder of them is dropped by mistake."""

_LOOK_AGAIN = 500
"""Milliseconds until it is asked again whether the disk has a file."""


class Presence(Enum):
    """How far the bytes of an attached file are."""

    UNKNOWN = "unknown"
    SAVING = "saving"
    HERE = "here"
    MISSING = "missing"


Ask = Callable[[QObject, Callable[["ReportFile"], Any], Callable[[Any], None]], None]
"""Asks the report file behind everything recorded so far, as ``Past.ask``."""


class Attaching(QObject):
    """All that the window does with attached files of one open report."""

    changed = Signal()
    """Something else is being read, or more is known of the files."""

    told = Signal(str, object)
    """What could not be done, or was done elsewhere: a sentence and its ``Tone``."""

    file_wanted = Signal(object)
    """The path of a file, or of a folder, that another program is to show."""

    folder_used = Signal(object)
    """The path of the folder that files were chosen from."""

    known_dropped = Signal(object)
    """The paths of files that this program made: they are to be opened, not attached."""

    asked = Signal(str, object)
    """A question before something is attached, and what to call when the person agrees."""

    chosen = Signal()
    """Files were chosen, and are being read."""

    attached = Signal(str, object)
    """What was chosen is attached, in words; and where the files stand."""

    def __init__(
        self, session: EntrySession, ask: Ask, whole: Callable[[str], bytes], parent: QObject
    ) -> None:
        """For the report of ``session``. ``whole``: the bytes by SHA-256, for other threads."""
        super().__init__(parent)
        self._session, self._ask_file, self._whole = session, ask, whole
        self._queue = JobQueue(self)
        self._copies = OpenCopies()
        self._facts: dict[str, AttachmentFacts] | None = None
        self._saving: set[str] = set()
        self._reading: dict[str, list[str]] = {}
        self._read: deque[tuple[str, FileRead]] = deque()
        """Read, and not attached yet: filled in the threads of the jobs."""
        self._failures: list[str] = []
        self._folder: Path | None = None
        self._looking = JobQueue(self)
        self._known: list[Path] = []
        self._in_doubt: list[tuple[str, Path, KnownKind]] = []
        """Chosen, and known to this program: both filled in the threads of the jobs."""
        self._chosen: set[str] = set()
        """The places for which files were chosen: what is attached there is shown and told."""
        self._done: dict[str, list[str]] = {}
        self._again = QTimer(self, singleShot=True, interval=_LOOK_AGAIN)
        self._again.timeout.connect(self._ask)
        self._ask()

    # What is known

    def reading(self, place: str) -> tuple[str, ...]:
        """The names of the files that are being read for the place."""
        return tuple(self._reading.get(place, ()))

    def presence(self, file: Attachment) -> Presence:
        """Whether the bytes of the file are in the report file."""
        if self._facts is not None and file.sha256 in self._facts:
            return Presence.HERE
        if file.sha256 in self._saving:
            return Presence.SAVING
        return Presence.UNKNOWN if self._facts is None else Presence.MISSING

    def media_type(self, file: Attachment) -> str:
        """The media type found when the file was attached; else what its name says."""
        facts = self._facts.get(file.sha256) if self._facts is not None else None
        return facts.media_type if facts is not None else media_type(file.name, b"")

    def _ask(self) -> None:
        report = self._session.report.id
        self._ask_file(self, lambda file: file.attachments(report), self._on_facts)

    def _on_facts(self, found: list[AttachmentFacts]) -> None:
        self._facts = {facts.sha256: facts for facts in found}
        self._saving -= self._facts.keys()
        if self._saving:
            # The disk does not take them at present.
            self._again.start()
        self.changed.emit()

    # Attaching

    def attach_files(self, place: str, paths: Sequence[Path], way: Way) -> None:
        """Attach the files to the answer, row or list at ``place``; what cannot be is told."""
        if refusal := self._refusal(place, len(paths), way):
            self.told.emit(refusal, Tone.ERROR)
            return
        if way is not Way.DROPPED:
            self._chosen.add(place)
            self.chosen.emit()
        for path in paths:
            self._begin(place, path.name or str(path), partial(self._take, place, path, way))

    def look(self, paths: Sequence[Path], owner: QObject, then: Callable[[int], None]) -> None:
        """Tell ``then`` how many of the files this program made, unless ``owner`` is gone by then."""

        def work() -> int:
            return sum(known_kind(path) is not None for path in paths)

        def found(count: object) -> None:
            if isValid(owner) and isinstance(count, int):
                then(count)

        self._looking.add(work, found, self._on_refused)

    def _take(self, place: str, path: Path, way: Way) -> None:
        """In the thread of a job."""
        kind = known_kind(path) if way is not Way.AGREED else None
        if kind is None or (way is Way.CHOSEN and kind is KnownKind.REPORT):
            # A report file is refused by whoever reads it.
            self._read.append((place, read_file(path)))
        elif way is Way.DROPPED:
            self._known.append(path)
        else:
            self._in_doubt.append((place, path, kind))

    def attach_picture(self, place: str, picture: QImage) -> None:
        """Attach a picture, from the clipboard perhaps, as a PNG file."""
        if refusal := self._refusal(place, 1, Way.DROPPED):
            self.told.emit(refusal, Tone.ERROR)
            return
        time = datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")
        name = _("Picture {time}.png").format(time=time)
        copy = picture.copy()

        def draw() -> None:
            self._read.append((place, _picture_file(name, copy)))

        self._begin(place, name, draw)

    @property
    def folder(self) -> Path:
        """Where files are looked for first: where the last ones were chosen, else the person's documents."""
        folder = self._folder
        return folder if folder is not None and folder.is_dir() else documents_folder()

    def use_folder(self, folder: Path) -> None:
        """Files were chosen from there."""
        self._folder = folder
        self.folder_used.emit(folder)

    def may_attach(self) -> bool:
        """Whether files can be attached at this computer; says so where they cannot."""
        if not is_allowed(Feature.ATTACHMENTS):
            self.told.emit(switched_off_words(), Tone.WARNING)
            return False
        return True

    def detach(self, place: str) -> None:
        """Take a file off: the one at ``attached/<id>``, or the answer to a question for one."""
        try:
            self._session.detach(place)
        except DeskError as error:
            self.told.emit(error.sentence, Tone.ERROR)

    def _refusal(self, place: str, count: int, way: Way) -> str:
        if self._session.is_closed:
            return self._session.read_only or self._session.frozen_words
        if way is not Way.DROPPED and not is_allowed(Feature.ATTACHMENTS):
            # What is dropped may be meant to be opened; else it is refused where it is attached.
            return switched_off_words()
        if count > 1 and asks_for_file(self._session.report, place):
            return _("This question takes one file. Choose one of them.")
        if count > MOST_AT_ONCE:
            return ngettext(
                "That is {count} file. At most {most} are attached at a time.",
                "These are {count} files. At most {most} are attached at a time.",
                count,
            ).format(count=count, most=MOST_AT_ONCE)
        return ""

    def _begin(self, place: str, name: str, work: Callable[[], None]) -> None:
        self._reading.setdefault(place, []).append(name)
        self._queue.add(work, partial(self._on_read, place, name), partial(self._on_failed, place, name))
        self.changed.emit()

    def _on_read(self, place: str, name: str, _nothing: object) -> None:
        self._done_reading(place, name)
        self._attach_read()
        self._ask()

    def _attach_read(self) -> None:
        while self._read:
            place, file = self._read.popleft()
            self._saving.add(file.sha256)
            try:
                keys = attach(self._session, place, [file])
                if place in self._chosen:
                    self._done.setdefault(place, []).extend(keys or [""])
            except DeskError as error:
                self._saving.discard(file.sha256)
                self._failures.append(error.sentence)
        self._tell_all()

    def _on_failed(self, place: str, name: str, error: DeskError) -> None:
        self._done_reading(place, name)
        self._failures.append(error.sentence)
        self._tell_all()

    def _done_reading(self, place: str, name: str) -> None:
        names = self._reading.get(place, [])
        # At the end all of them are through before anybody is told.
        if name in names:
            names.remove(name)
        if not names:
            self._reading.pop(place, None)
        self.changed.emit()

    def _tell_all(self) -> None:
        """All of what came in one go is told together, when it is through."""
        if self._reading:
            return
        self._chosen.clear()
        done, self._done = self._done, {}
        for place, keys in done.items():
            self.attached.emit(self._attached_words(place, keys), keys)
        failures, self._failures = list(dict.fromkeys(self._failures)), []
        doubts, self._in_doubt = self._in_doubt, []
        if failures and not doubts:
            self.told.emit("\n".join(failures), Tone.ERROR)
        known, self._known = self._known, []
        if known:
            self.known_dropped.emit(known)
        if doubts:
            # One line above the page has room for one notice: the question must not take the place of those.
            asked = [asking_words(path.name, kind) for _place, path, kind in doubts]
            self.asked.emit("\n".join((*asked, *failures)), partial(self._attach_all_the_same, doubts))

    def _attach_all_the_same(self, doubts: list[tuple[str, Path, KnownKind]]) -> None:
        for place, path, _kind in doubts:
            self.attach_files(place, [path], Way.AGREED)

    def _attached_words(self, place: str, keys: Sequence[str]) -> str:
        report, where = self._session.report, place_name(self._session.report, place)
        held = [report.attached.get(read_path(key).row or "") for key in keys if key]
        answer = report.value(place) if place in keys else None
        names = [each.file.name for each in held if each is not None]
        if isinstance(answer, Attachment):
            names.append(answer.name)
        if not names:
            return _("That file is attached to {place} already.").format(place=where)
        files = ", ".join(map(shown_name, names))
        return _("Attached to {place}: {files}").format(place=where, files=files)

    # Giving out

    def open(self, file: Attachment) -> None:
        """Let another program show a copy; of what may do harm, only the folder it is in."""
        is_harmful = bool(warning_words(file.name, self.media_type(file)))

        def make() -> Path:
            copy = self._copies.make(self._whole, file)
            return copy.parent if is_harmful else copy

        self._queue.add(make, self.file_wanted.emit, self._on_refused)

    def save(self, file: Attachment, target: Path) -> None:
        """Write the file to ``target``."""
        told = _("Saved: {file}").format(file=target)

        def saved(_nothing: object) -> None:
            self.told.emit(told, Tone.SUCCESS)

        self._queue.add(partial(save_as, self._whole, file, target), saved, self._on_refused)

    def _on_refused(self, error: DeskError) -> None:
        self.told.emit(error.sentence, Tone.ERROR)

    # The end

    def finish(self) -> None:
        """Attach what is still being read: before it is asked whether all is saved."""
        self._looking.finish()
        self._queue.finish()
        self._attach_read()
        if self._reading:
            self._reading.clear()
            self.changed.emit()

    def release(self) -> None:
        """Nothing is under way any more; copies that were opened go. Before the report is closed."""
        self._again.stop()
        self.finish()
        self._copies.close()


def _picture_file(name: str, picture: QImage) -> FileRead:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(picture)
    return file_of(name, bytes(buffer.data().data()))
