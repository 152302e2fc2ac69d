"""The drives of this computer as its system lists them: Linux and macOS in a table, Windows one by one.

Each system's answer is turned into ``Mount`` by a function that takes plain text or bytes, so that
every system's drives can be looked at on every system.
"""

from __future__ import annotations

import os
import re
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_app.runtime.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Mount:
    """A drive or share and where it is seen.

    ``fs_type`` in the system's words; ``source`` is the device or address.
    ``is_remote`` and ``is_removable`` are what the system itself says, where it says so.
    """

    point: str
    fs_type: str
    source: str = ""
    is_read_only: bool = False
    is_remote: bool = False
    is_removable: bool = False
    label: str = ""


def mounts_at(path: Path) -> list[Mount]:
    """The drives that ``path`` may be on. Empty where the system does not tell."""
    if sys.platform == "win32":
        return _windows_mount(str(path))
    if sys.platform == "darwin":
        return _mac_mounts()
    try:
        table = Path("/proc/self/mountinfo").read_bytes()
    except OSError:
        return []
    return mounts_in_mountinfo(os.fsdecode(table), is_removable_device)


# Linux

_OCTAL = re.compile(r"\\([0-7]{3})")


def mounts_in_mountinfo(
    table: str, is_removable: Callable[[str], bool] = lambda device: False
) -> list[Mount]:
    """The drives in ``/proc/self/mountinfo`` (proc(5)), those mounted over others last."""
    return [mount for line in table.splitlines() if (mount := _mount_in_line(line, is_removable))]


def _mount_in_line(line: str, is_removable: Callable[[str], bool]) -> Mount | None:
    before, separator, after = line.partition(" - ")
    places, kinds = before.split(), after.split()
    if not separator or len(places) < 6 or len(kinds) < 2:
        return None
    source = _without_octal(kinds[1])
    options = {*places[5].split(","), *(kinds[2].split(",") if len(kinds) > 2 else ())}
    return Mount(
        _without_octal(places[4]),
        kinds[0],
        source,
        is_read_only="ro" in options,
        is_removable=source.startswith("/dev/") and is_removable(source),
    )


def _without_octal(name: str) -> str:
    r"""``\040`` is a space; bytes beyond ASCII stand as they are."""
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), name)


def is_removable_device(device: str, blocks: Path = Path("/sys/class/block")) -> bool:
    """Whether a block device such as ``/dev/sdb1`` can be pulled out: a stick, a card, a disk on USB."""
    try:
        block = (blocks / Path(device).resolve().name).resolve(strict=True)
    except OSError:
        return False
    if any(part.startswith("usb") for part in block.parts):
        return True
    # A partition stands in the folder of its disk.
    for folder in (block, block.parent):
        try:
            return (folder / "removable").read_text().strip() == "1"
        except OSError:
            continue
    return False


# macOS

_STATFS = struct.Struct("=II5Q8x4I16s1024s1024s32x")
"""``struct statfs`` with 64-bit inodes, <sys/mount.h>."""
_MAC_READ_ONLY, _MAC_REMOVABLE, _MAC_LOCAL = 0x1, 0x200, 0x1000


def mounts_in_statfs(table: bytes) -> list[Mount]:
    """The drives in what macOS's ``getfsstat`` has written."""
    return list(_each_statfs(table))


def _each_statfs(table: bytes) -> Iterator[Mount]:
    whole = len(table) - len(table) % _STATFS.size
    for fields in _STATFS.iter_unpack(table[:whole]):
        flags = fields[9]
        fs_type, point, source = (os.fsdecode(name.split(b"\0", 1)[0]) for name in fields[11:14])
        yield Mount(
            point,
            fs_type,
            source,
            is_read_only=bool(flags & _MAC_READ_ONLY),
            is_remote=not flags & _MAC_LOCAL,
            is_removable=bool(flags & _MAC_REMOVABLE),
        )


def _mac_mounts() -> list[Mount]:
    import ctypes
    import platform

    system = ctypes.CDLL(None)
    name = "getfsstat" if platform.machine() == "arm64" else "getfsstat$INODE64"
    try:
        getfsstat = getattr(system, name)
    except AttributeError:
        return []
    no_wait = 2
    count = getfsstat(None, 0, no_wait)
    # Room for what is mounted between the two calls.
    table = ctypes.create_string_buffer(_STATFS.size * (max(count, 0) + 8))
    found = getfsstat(table, len(table), no_wait)
    return mounts_in_statfs(table.raw[: _STATFS.size * max(found, 0)])


# Windows

_REMOVABLE, _REMOTE, _CD = 2, 4, 5
_READ_ONLY_VOLUME = 0x80000


def mount_of_drive(point: str, drive_type: int, fs_type: str, label: str, flags: int) -> Mount:
    """What Windows says of a drive: ``GetDriveTypeW`` and ``GetVolumeInformationW``."""
    return Mount(
        point,
        fs_type,
        is_read_only=drive_type == _CD or bool(flags & _READ_ONLY_VOLUME),
        is_remote=drive_type == _REMOTE,
        is_removable=drive_type in (_REMOVABLE, _CD),
        label=label,
    )


if sys.platform == "win32":

    def _windows_mount(path: str) -> list[Mount]:
        import ctypes

        kernel = ctypes.windll.kernel32
        point = ctypes.create_unicode_buffer(1024)
        if not kernel.GetVolumePathNameW(path, point, len(point)):
            return []
        label, fs_type = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
        flags = ctypes.c_uint32(0)
        kernel.GetVolumeInformationW(
            point.value, label, len(label), None, None, ctypes.byref(flags), fs_type, len(fs_type)
        )
        drive_type = kernel.GetDriveTypeW(point.value)
        return [mount_of_drive(point.value, drive_type, fs_type.value, label.value, flags.value)]

else:

    def _windows_mount(path: str) -> list[Mount]:
        return []
