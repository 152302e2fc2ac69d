"""Where the backups of a report file stand, how they are called, and what each was made for.

Each report file has a folder of its own among the backups, found by the file's own number and not by
its name, so that two files of one name do not mix and a renamed file keeps its backups. A backup is
an ordinary report file called ``albania 0042 2026-11-26 14-03-22 closed.adesk``: its number says in
what order backups were made, whatever the clock said.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.runtime import paths
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import atomic_write, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import policy
from desktop_app.runtime.settings import load_settings
from desktop_app.storage.backups import Content, read_content
from desktop_app.storage.format import SUFFIX, is_protected

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

log = logging.getLogger(__name__)

FOLDER_VARIABLE = "ALLIANCE_DESK_BACKUPS"
"""Environment variable with the folder for the backups: after a policy, before the person's own setting."""

OPENED = "opened"
HALF_HOURLY = "half-hourly"
CLOSED = "closed"
BEFORE_UPGRADE = "before upgrade"
BEFORE_RESTORE = "before restore"
BEFORE_IMPORT = "before import"
BEFORE_REMOVAL = "before removal"
PROTECTED = "protected"
BY_HAND = "by hand"
SUBMISSION = "submission"
"""Followed by the number of the submission."""

_NAME = re.compile(
    r"(?P<stem>.*) (?P<number>\d{4,}) (?P<at>\d{4}-\d\d-\d\d \d\d-\d\d-\d\d) (?P<why>[a-z][a-z0-9 -]*)",
    re.DOTALL,
)
_AT = "%Y-%m-%d %H-%M-%S"
_ABOUT = "about.json"
_RESTORED = "restored.txt"
_MOST_PLACES = 20
_STEM_BYTES = 100
"""Names of files have at most 255 bytes, and ours say more than the name of the report file."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LEFT_OVER = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. ``at`` is UTC, ``size`` in bytes, ``title`` says whose reports it holds.

    ``number_of_reports`` is 0 and ``title`` empty where the content cannot be read without its passphrase.
    ``place``: the path of the file it was made of; empty where that was not noted. ``is_elsewhere``: it
    stands where backups went before IT or the person chose another folder.
    """

    path: Path
    at: str
    why: str
    size: int
    number_of_reports: int
    title: str
    number: int = 0
    place: str = ""
    is_elsewhere: bool = False

    @property
    def why_words(self) -> str:
        """What it was made for, for a person."""
        return why_words(self.why)

    @property
    def is_closed(self) -> bool:
        """Whether it is, by all appearances, protected with a passphrase that is not in hand."""
        with contextlib.suppress(DeskError):
            return not self.number_of_reports and is_protected(self.path)
        return False

    @property
    def file_stem(self) -> str:
        """The name of the file it is a backup of, without its ending, as far as it fits into a name."""
        found = _parts(self.path)
        return found["stem"] if found else self.path.stem

    def is_of(self, path: Path) -> bool:
        """Whether it was made of the file at this place; where that is not noted, of one of this name."""
        if self.place:
            return _same(Path(self.place), path)
        return self.file_stem == _stem(path)

    def is_of_another(self, path: Path) -> bool:
        """Whether the file it was made of is still there beside ``path``: one is a copy of the other.

        A file that was renamed or moved is the same one, and keeps its backups.
        """
        other = Path(self.place) if self.place else path.with_name(self.file_stem + SUFFIX)
        return not self.is_of(path) and other.is_file()

    def file_words(self, path: Path) -> str:
        """Which file it was made of, for a person who looks at ``path``; empty where it is that one."""
        if self.is_of(path):
            return ""
        if self.place and not _same(Path(self.place).parent, path.parent):
            return self.place
        return self.file_stem

    @property
    def is_kept_for_ever(self) -> bool:
        """Whether thinning never takes it: backups of submissions, and those a person asked for."""
        return self.why == BY_HAND or self.why.startswith(f"{SUBMISSION} ")

    @property
    def day(self) -> datetime.date:
        """The day it was made, as its name says."""
        return datetime.datetime.fromisoformat(self.at).astimezone().date()

    def to_plain(self) -> dict[str, Any]:
        """The backup in JSON."""
        return {
            "path": str(self.path),
            "at": self.at,
            "why": self.why,
            "size": self.size,
            "reports": self.number_of_reports,
            "title": self.title,
            "file": self.place or None,
            "elsewhere": self.is_elsewhere,
        }


def submission(number: int) -> str:
    """What a backup is made for at the submission with this number."""
    return f"{SUBMISSION} {number}"


def why_words(why: str) -> str:
    """What a backup was made for, for a person."""
    words = {
        OPENED: _("after opening"),
        HALF_HOURLY: _("every half hour"),
        CLOSED: _("on closing"),
        BEFORE_UPGRADE: _("before the file was brought up to date"),
        BEFORE_RESTORE: _("before another backup was restored"),
        BEFORE_IMPORT: _("before an import"),
        BEFORE_REMOVAL: _("before something was removed for good"),
        PROTECTED: _("after the file got a passphrase"),
        BY_HAND: _("made by hand"),
        DAMAGED: _("the damaged file, kept aside"),
    }
    if why.startswith(f"{SUBMISSION} "):
        return _("submission {number}").format(number=why.removeprefix(f"{SUBMISSION} "))
    return words.get(why, why)


DAMAGED = "damaged"
"""No backup, but a damaged report file that was kept aside when a backup took its place."""


def backup_folder() -> Path:
    """The folder of all backups: the one IT has settled, else the person's, else one of the program's own."""
    settled = policy().backup_folder
    if settled is not None:
        return settled
    from_it = os.environ.get(FOLDER_VARIABLE, "").strip()
    chosen = from_it or load_settings(paths.config_folder() / "settings.json").backup_folder.strip()
    return Path(chosen).expanduser().absolute() if chosen else paths.data_folder() / "backups"


def folders_looked_into() -> list[Path]:
    """Where backups may stand: in ``backup_folder``, and where they went before IT or the person chose it."""
    own = paths.data_folder() / "backups"
    from_it = os.environ.get(FOLDER_VARIABLE, "").strip()
    chosen = load_settings(paths.config_folder() / "settings.json").backup_folder.strip()
    before = [Path(each).expanduser().absolute() for each in (from_it, chosen) if each]
    return list(dict.fromkeys([backup_folder(), *before, own]))


class Shelf:
    """The folder with the backups of one report file; it may not be there yet."""

    def __init__(self, folder: Path, file_id: str, places: tuple[str, ...] = ()) -> None:
        """Use ``find`` instead."""
        self.folder = folder
        self.file_id = file_id
        self.places = places
        """Where the report file was when it was backed up, the last place first."""

    @classmethod
    def find(cls, path: Path, folder: Path, content: Content | None) -> Shelf | None:
        """The shelf of the report file at ``path`` among all backups in ``folder``.

        ``content`` is what the file holds; when it is None (the file is damaged or gone) the shelf is known
        by the place the file had. None when there is no such shelf.
        """
        shelves = all_shelves(folder)
        if content is not None and content.file_id:
            return next((shelf for shelf in shelves if shelf.file_id == content.file_id), None)
        place = str(path.absolute())
        known = [shelf for shelf in shelves if place in shelf.places]
        # Where several files had this place, the last one that was backed up there is meant.
        return max(known, key=lambda shelf: (shelf.places[0] == place, shelf._newest_time()), default=None)

    @classmethod
    def of(cls, path: Path, folder: Path, content: Content) -> Shelf:
        """The shelf of the report file at ``path``, made when it is missing. CannotWriteError."""
        shelf = cls.find(path, folder, content)
        if shelf is None:
            shelf = cls(folder / f"{_stem(path)} {content.file_id[:8]}", content.file_id)
            _make_folder(folder)
            _make_folder(shelf.folder)
        shelf._remember(str(path.absolute()))
        return shelf

    def backups(self, key: Key | None = None) -> list[Backup]:
        """All backups, the one that was made last first. ``key``: of those that are protected."""
        of = _noted(self.folder)
        read = (_read(path, key, of.get(path.name, "")) for path in self._files())
        found = [backup for backup in read if backup is not None]
        return sorted(found, key=lambda backup: (backup.number, backup.path.name), reverse=True)

    def free_name(self, path: Path, why: str, now: datetime.datetime) -> Path:
        """The name of the next backup of the report file at ``path``. ``now`` in any time zone."""
        number = 1 + max((int(found["number"]) for found in map(_parts, self._files()) if found), default=0)
        at = now.astimezone().strftime(_AT)
        return self.folder / f"{_stem(path)} {number:04d} {at} {why}{SUFFIX}"

    def note_place(self, backup: Path, place: Path) -> None:
        """Note which file a backup is of: a copy of a file has its number. CannotWriteError."""
        there = {path.name for path in self._files()}
        of = {name: noted for name, noted in _noted(self.folder).items() if name in there}
        self._write_about({**of, backup.name: str(place.absolute())})

    def note_restored(self, backup: Path) -> None:
        """What was restored last is the ground of all that is written from now on. CannotWriteError."""
        atomic_write(self.folder / _RESTORED, backup.name.encode("utf-8"))

    @property
    def restored(self) -> str:
        """The name of the backup that was restored last; empty when there was none."""
        with contextlib.suppress(OSError, ValueError):
            return (self.folder / _RESTORED).read_bytes().decode("utf-8")
        return ""

    def sweep(self, now: datetime.datetime) -> None:
        """Take away what a program that was ended in the middle of a backup has left here."""
        for left in self.folder.glob(f".*{SUFFIX}.*"):
            # One that is being made at this moment is younger; a clock that was set back proves nothing.
            with contextlib.suppress(OSError):
                written = datetime.datetime.fromtimestamp(left.stat().st_mtime, datetime.UTC)
                if abs(now.astimezone(datetime.UTC) - written) > _LEFT_OVER:
                    left.unlink()

    def _files(self) -> list[Path]:
        try:
            return [path for path in self.folder.iterdir() if _parts(path)]
        except OSError:
            return []

    def _newest_time(self) -> float:
        with contextlib.suppress(OSError):
            return max((path.stat().st_mtime for path in self._files()), default=0.0)
        return 0.0

    def _remember(self, place: str) -> None:
        if self.places[:1] == (place,):
            return
        self.places = (place, *(other for other in self.places if other != place))[:_MOST_PLACES]
        self._write_about(_noted(self.folder))

    def _write_about(self, of: dict[str, str]) -> None:
        about = {"file": self.file_id, "places": list(self.places), "of": of}
        atomic_write(self.folder / _ABOUT, (json.dumps(about, indent=2) + "\n").encode("ascii"))


def all_shelves(folder: Path) -> list[Shelf]:
    """The backups of every report file that has some, in the folder of all backups."""
    try:
        folders = sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []
    return [shelf for path in folders if (shelf := _read_shelf(path)) is not None]


def _read_shelf(folder: Path) -> Shelf | None:
    """A folder of backups; where the note about it is lost or damaged, a backup says whose they are."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        about = json.loads((folder / _ABOUT).read_bytes())
        if (
            isinstance(about, dict)
            and isinstance(about.get("file"), str)
            and isinstance(about.get("places"), list)
        ):
            return Shelf(
                folder, about["file"], tuple(place for place in about["places"] if isinstance(place, str))
            )
    shelf = Shelf(folder, "")
    for path in sorted(shelf._files(), reverse=True):
        content = read_content(path, is_at_rest=True)
        if content is not None and content.file_id:
            return Shelf(folder, content.file_id)
    return None


def _noted(folder: Path) -> dict[str, str]:
    """By the names of backups, the files they were made of, as far as that is noted."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        about = json.loads((folder / _ABOUT).read_bytes())
        of = about.get("of") if isinstance(about, dict) else None
        if isinstance(of, dict):
            return {name: place for name, place in of.items() if isinstance(place, str)}
    return {}


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are of one file or folder, be it there or not."""
    first, second = (os.path.normcase(os.path.realpath(each)) for each in (one, other))
    return first == second


def _read(path: Path, key: Key | None, place: str) -> Backup | None:
    found = _parts(path)
    if found is None:
        return None
    try:
        at = datetime.datetime.strptime(found["at"], _AT).astimezone(datetime.UTC)
        size = path.stat().st_size
    except (OSError, ValueError, OverflowError):
        return None
    content = read_content(path, key, is_at_rest=True)
    return Backup(
        path=path,
        at=in_utc(at),
        why=found["why"],
        size=size,
        number_of_reports=len(content.reports) if content else 0,
        title=title_of(content) if content else "",
        number=int(found["number"]),
        place=place,
    )


def title_of(content: Content) -> str:
    """Whose reports, and of which cycles."""
    cycles = dict.fromkeys(summary.cycle for summary in content.reports)
    return " ".join([*sorted(content.countries), ", ".join(cycles)]).strip()


def in_utc(moment: datetime.datetime) -> str:
    """ISO 8601 with a Z, to the second."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _parts(path: Path) -> re.Match[str] | None:
    return _NAME.fullmatch(path.stem) if path.suffix == SUFFIX and not path.name.startswith(".") else None


def _stem(path: Path) -> str:
    """The name of the report file, as far as every disk can have it in a longer name."""
    name = _NOT_IN_NAMES.sub("_", path.stem).encode("utf-8", errors="replace")[:_STEM_BYTES]
    return name.decode("utf-8", errors="ignore").strip(" .") or "report"


def _make_folder(folder: Path) -> None:
    try:
        # Backups hold all that the report file holds: they are for the person alone.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise writing_error(error, folder) from error


Clock = Callable[[], datetime.datetime]


def local_now() -> datetime.datetime:
    """The present moment, with its time zone."""
    return datetime.datetime.now().astimezone()


class NoBackupError(DeskError):
    """No backup was made; the report itself is not touched by that."""
