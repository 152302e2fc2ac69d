"""What kind of place a file is on, which decides whether it can be worked on there.

On a fixed local disk a report file is opened in place. Elsewhere locks do not reach everybody, flushes
lie, drives vanish and other programs put other versions in its place; there a working copy is used.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path, PurePath, PureWindowsPath

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.mounts import Mount, mounts_at
from desktop_app.runtime.own_folders import home
from desktop_app.runtime.sync_folders import Computer, lies_in, synchronised_by

IN_PLACE_VARIABLE = "ALLIANCE_DESK_WORK_IN_PLACE"
"""Environment variable: ``1`` to work in place everywhere, or some of the kinds ``network``, ``removable``
and ``synchronised``, separated by commas. For IT where working copies are not wanted."""


class PlaceKind(StrEnum):
    """Where a file lives."""

    LOCAL = "local"
    NETWORK = "network"
    REMOVABLE = "removable"
    SYNCHRONISED = "synchronised"
    READ_ONLY = "read_only"


NEEDS_COPY = frozenset({PlaceKind.NETWORK, PlaceKind.REMOVABLE, PlaceKind.SYNCHRONISED})
"""The kinds of places where the work happens in a working copy."""


@dataclass(frozen=True, slots=True)
class Place:
    """``whose``: the name of the program that synchronises it, where there is one."""

    kind: PlaceKind
    whose: str = ""


def kind_of(path: Path, mounts: Sequence[Mount] | None = None) -> PlaceKind:
    """What kind of place ``path`` is on; it need not exist. ``mounts``: in place of this computer's."""
    return place_of(path, mounts).kind


def place_of(path: Path, mounts: Sequence[Mount] | None = None) -> Place:
    """As ``kind_of``, with the name of the program that synchronises the place."""
    # Links followed: what counts is where the bytes are.
    real = path.resolve()
    return judge(real, mounts_at(real) if mounts is None else mounts, this_computer())


def needs_working_copy(kind: PlaceKind, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a file on a place of this kind is worked on in a working copy; IT may have said otherwise."""
    wanted = {word.strip().casefold() for word in environment.get(IN_PLACE_VARIABLE, "").split(",")}
    return kind in NEEDS_COPY and not wanted & {"1", "yes", "true", kind.value}


def this_computer() -> Computer:
    """The computer this runs on."""
    return Computer(sys.platform, home(), os.environ, _names_in, _text_of)


# The rule. It sees nothing but what it is given.

_NETWORK = frozenset(
    {
        "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs",
        "ncp", "afs", "auristorfs", "coda", "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "orangefs",
        "ocfs2", "gfs2", "9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "drvfs", "ftp", "macfuse", "osxfuse",
    }
)  # fmt: skip
"""Shares, and folders that a virtual machine shows of its host: locks do not reach the others there."""

_FUSE_LOCAL = frozenset(
    {
        "fuse.encfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.securefs", "fuse.mergerfs", "fuse.unionfs",
        "fuse.unionfs-fuse", "fuse.fuse-overlayfs", "fuse.lxcfs", "fuse.portal", "fuse.zfs", "fuse.ntfs-3g",
        "fuse.ntfs", "fuse.exfat", "fuse.veracrypt",
    }
)  # fmt: skip
"""Programs that show files of a local disk in another way; of all others nobody knows what is behind."""

_OF_STICKS = frozenset(
    {
        "vfat", "msdos", "fat", "fat32", "exfat", "ntfs", "ntfs3", "fuseblk", "fuse.ntfs-3g", "fuse.exfat",
        "udf",
    }
)  # fmt: skip
_WHERE_STICKS_ARE = ("/media", "/run/media", "/mnt", "/Volumes")
_WHERE_ONLY_DRIVES_ARE = ("/media", "/run/media", "/Volumes")
_MAC_DATA = "/System/Volumes/Data"
_READ_ONLY = frozenset({"iso9660", "cd9660", "squashfs", "erofs", "cramfs", "cddafs", "cdfs"})


def judge(path: PurePath, mounts: Sequence[Mount], computer: Computer) -> Place:
    """What kind of place ``path``, links followed, is on. Unknown is local: so it has always worked.

    A medium that nothing can be written to is read-only before all else.
    """
    mount = mount_of(path, mounts, computer.system)
    if mount.is_read_only or mount.fs_type.casefold() in _READ_ONLY:
        return Place(PlaceKind.READ_ONLY)
    if _is_network(path, mount):
        return Place(PlaceKind.NETWORK)
    if whose := _drive_of_a_program(mount) or synchronised_by(path, computer):
        return Place(PlaceKind.SYNCHRONISED, whose)
    # Where the person's own folder is, the system is at home: it may itself run from such a drive.
    is_at_home = mount == mount_of(computer.home, mounts, computer.system)
    return Place(PlaceKind.REMOVABLE if _is_removable(mount) and not is_at_home else PlaceKind.LOCAL)


def mount_of(path: PurePath, mounts: Sequence[Mount], system: str) -> Mount:
    """The drive ``path`` is on: the one mounted deepest on its way, of several at one point the last."""
    found = Mount("", "")
    depth = 0
    for mount in mounts:
        point = type(path)(mount.point)
        if len(point.parts) >= depth and lies_in(path, point, system):
            found, depth = mount, len(point.parts)
    if system == "darwin" and found.point == "/":
        # The system itself is on a sealed drive; what else seems to be there is on this one.
        return next((mount for mount in mounts if mount.point == _MAC_DATA), found)
    return found


def _is_network(path: PurePath, mount: Mount) -> bool:
    kind = mount.fs_type.casefold()
    if isinstance(path, PureWindowsPath) and _is_address(path.drive):
        return True
    is_unknown_fuse = (kind == "fuse" or kind.startswith("fuse.")) and kind not in _FUSE_LOCAL
    return mount.is_remote or kind in _NETWORK or is_unknown_fuse


def _is_address(drive: str) -> bool:
    r"""Whether it is ``\\server\share`` and not ``\\?\C:``, Windows' way to write a long path."""
    plain = drive.replace("/", "\\").casefold()
    if plain.startswith("\\\\?\\unc\\"):
        return True
    return plain.startswith("\\\\") and not plain.startswith(("\\\\?\\", "\\\\.\\"))


def _drive_of_a_program(mount: Mount) -> str:
    """Google Drive shows itself under Windows as a fixed drive with this name."""
    return "Google Drive" if mount.label.casefold().startswith("google drive") else ""


def _is_removable(mount: Mount) -> bool:
    if mount.point == "/" or mount.fs_type in ("tmpfs", "overlay"):
        return False
    if mount.is_removable or _is_below(mount.point, _WHERE_ONLY_DRIVES_ARE):
        return True
    return mount.fs_type.casefold() in _OF_STICKS and _is_below(mount.point, _WHERE_STICKS_ARE)


def _is_below(point: str, folders: Collection[str]) -> bool:
    return any(point.startswith(f"{folder}/") for folder in folders)


# Looking at this computer

_MOST_NAMES = 20_000
_LONGEST = 1 << 20


def _names_in(folder: PurePath) -> Collection[str]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in islice(entries, _MOST_NAMES)}
    except OSError:
        return ()


def _text_of(file: PurePath) -> str:
    try:
        with Path(file).open("rb") as stream:
            words = stream.read(_LONGEST)
    except OSError:
        return ""
    # Windows writes desktop.ini in UTF-16 as often as not.
    encoding = "utf-16" if words.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return words.decode(encoding, errors="replace")
