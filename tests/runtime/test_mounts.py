from __future__ import annotations

import struct
from pathlib import Path

from desktop_app.runtime.mounts import Mount, mounts_at, mounts_in_mountinfo, mounts_in_statfs


def test_names_with_spaces_and_other_letters_are_read_as_they_are() -> None:
    line = (
        r"30 27 0:45 / /mnt/a\040b\011c\134d\012é rw,relatime shared:9 master:1 - cifs //s/x\040y ro,vers=3"
    )
    assert mounts_in_mountinfo(line) == [Mount("/mnt/a b\tc\\d\né", "cifs", "//s/x y", is_read_only=True)]


def test_only_devices_are_asked_about() -> None:
    asked: list[str] = []

    def is_removable(device: str) -> bool:
        asked.append(device)
        return True

    lines = "1 0 0:1 / /a rw - ext4 /dev/sdb1 rw\n2 0 0:2 / /b rw - nfs server:/dev/sdb1 rw"
    assert [mount.is_removable for mount in mounts_in_mountinfo(lines, is_removable)] == [True, False]
    assert asked == ["/dev/sdb1"]


def test_half_a_table_is_no_mistake() -> None:
    assert mounts_in_mountinfo("1 0 0:1 / /a rw -\n1 0\n\n - ext4 /dev/sda1 rw") == []
    assert mounts_in_statfs(b"\0" * 100) == []


def statfs(fs_type: str, point: str, source: str, flags: int) -> bytes:
    """One entry, laid out as <sys/mount.h> says."""
    numbers = struct.pack("=IiQQQQQii", 4096, 1 << 20, 1, 1, 1, 1, 1, 1, 2) + struct.pack(
        "=IIII", 501, 26, flags, 0
    )
    names = fs_type.encode().ljust(16, b"\0") + point.encode().ljust(1024, b"\0")
    entry = numbers + names + source.encode().ljust(1024, b"\0") + bytes(32)
    assert len(entry) == 2168
    return entry


def test_macos_table_of_drives() -> None:
    table = (
        statfs("apfs", "/", "/dev/disk3s1s1", 0x1001)
        + statfs("smbfs", "/Volumes/Büro", "//ana@server/x", 0)
        + statfs("msdos", "/Volumes/STICK", "/dev/disk4s1", 0x1200)
    )
    assert mounts_in_statfs(table) == [
        Mount("/", "apfs", "/dev/disk3s1s1", is_read_only=True),
        Mount("/Volumes/Büro", "smbfs", "//ana@server/x", is_remote=True),
        Mount("/Volumes/STICK", "msdos", "/dev/disk4s1", is_removable=True),
    ]


def test_this_computer_tells_its_drives(tmp_path: Path) -> None:
    assert mounts_at(tmp_path)
