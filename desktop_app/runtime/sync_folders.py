"""Folders that a program copies to other computers: OneDrive, Dropbox, Nextcloud, Syncthing and their like.

Such a program copies a file at any moment and puts another computer's version in its place, so a
report is never worked on in there. They are known by what the system's variables say, by the
programs' own settings, by what they leave in their folders, and by the names they give them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePath

from desktop_app.runtime.dataclass import dataclass, field

Names = Callable[[PurePath], Collection[str]]
"""The names of all files in a folder; none when there is no such folder."""
Read = Callable[[PurePath], str]
"""The text of a file; empty when there is none."""


def _nothing_in(folder: PurePath) -> Collection[str]:
    return ()


def _no_text(file: PurePath) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Computer:
    """What the rule looks at. ``system`` is ``linux``, ``win32`` or ``darwin``, as ``sys.platform``."""

    system: str
    home: PurePath
    environment: Mapping[str, str] = field(default_factory=dict)
    names: Names = _nothing_in
    read: Read = _no_text


_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")

_FOLDERS_AT_HOME = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "iclouddrive": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "box": "Box",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "seadrive": "Seafile",
    "mega": "MEGA",
    "megasync": "MEGA",
    "pclouddrive": "pCloud",
    "pcloud sync": "pCloud",
    "yandex.disk": "Yandex Disk",
    "yandexdisk": "Yandex Disk",
    "resilio sync": "Resilio Sync",
    "tresors": "Tresorit",
    "proton drive": "Proton Drive",
}
"""Names of folders right in the person's own, in small letters, and whose they are."""

_BEGINNINGS_AT_HOME = {
    "onedrive - ": "OneDrive",
    "dropbox (": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}

_MARKS = (
    (r"\.stfolder$", "Syncthing"),
    (r"\.dropbox(\.cache)?$", "Dropbox"),
    (r"\._?sync_[0-9a-f]+\.db$", "Nextcloud"),
    (r"\.(nextcloud|owncloud)sync\.log$", "Nextcloud"),
    (r"\.tmp\.drive(down|up)load$", "Google Drive"),
    (r"\.shortcut-targets-by-id$", "Google Drive"),
    (r"\.boxsync$", "Box"),
    (r"\.seafile-data$", "Seafile"),
    (r"\.SynologyDrive$|\.SynologyWorkingDirectory$", "Synology Drive"),
)
"""What these programs leave in the folder they copy."""

_ICONS = {
    "onedrive.exe": "OneDrive",
    "dropbox.exe": "Dropbox",
    "googledrivefs.exe": "Google Drive",
    "iclouddrive": "iCloud Drive",
    "nextcloud.exe": "Nextcloud",
    "owncloud.exe": "ownCloud",
    "box.exe": "Box",
}
"""Whose icon a folder has under Windows, as its ``desktop.ini`` says."""


def synchronised_by(path: PurePath, computer: Computer) -> str:
    """The name of the program that copies the folder ``path`` is in to other computers, else nothing."""
    for folder, name in _told_folders(computer):
        if lies_in(path, folder, computer.system):
            return name
    at_home = _step_below(path, computer.home, computer.system)
    if at_home and (name := _by_name(at_home)):
        return name
    return next((name for folder in path.parents if (name := _by_marks(folder, computer))), "")


def lies_in(path: PurePath, folder: PurePath, system: str) -> bool:
    """Whether ``path`` is below ``folder``; Windows and macOS do not tell capitals from small letters."""
    return _parts(path, system)[: len(folder.parts)] == _parts(folder, system)


def _parts(path: PurePath, system: str) -> tuple[str, ...]:
    return path.parts if system == "linux" else tuple(part.casefold() for part in path.parts)


def _step_below(path: PurePath, folder: PurePath, system: str) -> str:
    """The folder right below ``folder`` that ``path`` is in."""
    depth = len(folder.parts)
    inside = lies_in(path, folder, system) and len(path.parts) > depth + 1
    return path.parts[depth] if inside else ""


def _by_name(name: str) -> str:
    small = name.casefold()
    found = _FOLDERS_AT_HOME.get(small)
    beginnings = (whose for words, whose in _BEGINNINGS_AT_HOME.items() if small.startswith(words))
    return found or next(beginnings, "")


def _by_marks(folder: PurePath, computer: Computer) -> str:
    names = computer.names(folder)
    for name in names:
        if not name.startswith("."):
            # As all marks do; there may be thousands of others.
            continue
        for mark, whose in _MARKS:
            # Dropbox keeps its settings in a folder of that name among the person's own files.
            if re.match(mark, name) and not (name == ".dropbox" and folder == computer.home):
                return whose
    if ".sync" in names and "ID" in computer.names(folder / ".sync"):
        return "Resilio Sync"
    if computer.system == "win32" and any(name.casefold() == "desktop.ini" for name in names):
        words = computer.read(folder / "desktop.ini").casefold()
        return next((whose for icon, whose in _ICONS.items() if icon in words), "")
    return ""


def _told_folders(computer: Computer) -> Iterator[tuple[PurePath, str]]:
    """Folders that variables and the programs' own settings name."""
    for variable in _VARIABLES:
        if named := computer.environment.get(variable):
            yield type(computer.home)(named), "OneDrive"
    if computer.system == "darwin":
        yield from _mac_folders(computer)
    yield from _dropbox_folders(computer)
    yield from _cloud_folders(computer)
    if computer.system == "linux":
        words = computer.read(computer.home / ".config" / "onedrive" / "config")
        for found in re.finditer(r'^\s*sync_dir\s*=\s*"(.+)"', words, re.M):
            yield _from_home(found[1], computer), "OneDrive"


def _from_home(named: str, computer: Computer) -> PurePath:
    return computer.home / named[2:] if named.startswith("~/") else type(computer.home)(named)


def _mac_folders(computer: Computer) -> Iterator[tuple[PurePath, str]]:
    library = computer.home / "Library"
    for name in computer.names(library / "CloudStorage"):
        yield library / "CloudStorage" / name, name.split("-")[0]
    # Programs' folders are made only when there is something in them.
    yield library / "CloudStorage", "File Provider"
    documents = library / "Mobile Documents"
    yield documents, "iCloud Drive"
    # "Desktop & Documents Folders" in iCloud: they stay where they were and are linked to from there.
    for name in computer.names(documents / "com~apple~CloudDocs"):
        if name in ("Desktop", "Documents"):
            yield computer.home / name, "iCloud Drive"


def _settings_folders(computer: Computer, program: str) -> Iterator[PurePath]:
    home, environment = computer.home, computer.environment
    if computer.system == "win32":
        for variable in ("APPDATA", "LOCALAPPDATA"):
            if folder := environment.get(variable):
                yield type(home)(folder) / program
    elif computer.system == "darwin":
        yield home / "Library" / "Preferences" / program
    else:
        config = environment.get("XDG_CONFIG_HOME")
        yield (type(home)(config) if config else home / ".config") / program
        yield (
            home
            / ".var"
            / "app"
            / f"com.{program.lower()}.desktopclient.{program.lower()}"
            / "config"
            / program
        )


def _dropbox_folders(computer: Computer) -> Iterator[tuple[PurePath, str]]:
    """Dropbox's ``info.json`` names the folder of each account."""
    for folder in (computer.home / ".dropbox", *_settings_folders(computer, "Dropbox")):
        try:
            accounts = json.loads(computer.read(folder / "info.json"))
        except (ValueError, RecursionError):
            continue
        for account in accounts.values() if isinstance(accounts, dict) else ():
            named = account.get("path") if isinstance(account, dict) else None
            if isinstance(named, str) and named:
                yield type(computer.home)(named), "Dropbox"


def _cloud_folders(computer: Computer) -> Iterator[tuple[PurePath, str]]:
    """Nextcloud and ownCloud name each folder in a line ``0\\Folders\\1\\localPath=...``."""
    for program in ("Nextcloud", "ownCloud"):
        for folder in _settings_folders(computer, program):
            words = computer.read(folder / f"{program.lower()}.cfg")
            for found in re.finditer(r"\\localPath=(.+)$", words, re.M):
                named = re.sub(r"\\x([0-9a-fA-F]{1,4})", lambda code: chr(int(code[1], 16)), found[1].strip())
                if named.strip('"'):
                    yield type(computer.home)(named.strip('"')), program
