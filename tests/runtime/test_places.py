"""The rule by tables of drives and folders as they are met on the three systems."""

from __future__ import annotations

import json
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.runtime.mounts import Mount, is_removable_device, mount_of_drive, mounts_in_mountinfo
from desktop_app.runtime.places import (
    IN_PLACE_VARIABLE,
    Place,
    PlaceKind,
    judge,
    kind_of,
    mount_of,
    needs_working_copy,
    place_of,
)
from desktop_app.runtime.sync_folders import Computer

MOUNTINFO = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
25 24 0:23 / /dev/shm rw,relatime - tmpfs tmpfs rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,discard
29 27 254:1 / /home rw,relatime shared:2 - btrfs /dev/mapper/home rw
30 27 0:45 / /mnt/Ministry\040of\040Justice rw,relatime shared:9 - cifs //server/justice rw,vers=3.1.1
31 27 0:46 / /srv/reports rw,relatime - nfs4 10.0.0.2:/reports rw
32 27 0:47 /data /home/ana/host rw,relatime - 9p hostshare rw
33 29 0:48 / /run/user/1000/gvfs rw,nosuid - fuse.gvfsd-fuse gvfsd-fuse rw,user_id=1000
34 29 0:49 / /home/ana/remote rw,nosuid - fuse.sshfs ana@server:/home rw
35 29 0:50 / /home/ana/secret rw,nosuid - fuse.gocryptfs /home/ana/.secret rw
36 27 8:17 / /media/ana/STICK rw,nosuid - vfat /dev/sdb1 rw
37 27 8:33 / /run/media/ana/Disk rw,nosuid - ext4 /dev/sdc1 rw
38 27 8:49 / /backup rw - xfs /dev/sdd1 rw
39 27 8:65 / /mnt/old rw - ext4 /dev/sde1 rw
40 27 8:81 / /mnt/windows rw - fuseblk /dev/sdf3 rw
41 27 11:0 / /media/ana/CD ro,nosuid - iso9660 /dev/sr0 ro
42 27 8:97 / /archive rw,relatime - ext4 /dev/sdg1 ro,relatime
43 27 0:51 / /shares rw - autofs systemd-1 rw
44 43 0:52 / /shares/policy rw - nfs 10.0.0.2:/policy rw
45 27 0:53 / /var/lib/layers rw - overlay overlay rw,lowerdir=/a
46 27 0:54 / /home/ana/bound rw - fuse.bindfs /anywhere rw
47 27 0:55 / /stacked rw - ext4 /dev/nvme0n1p3 rw
48 47 0:56 / /stacked rw - cifs //server/stacked rw
a line that says nothing
"""

LINUX = [
    ("/home/ana/albania.adesk", PlaceKind.LOCAL),
    ("/tmp/albania.adesk", PlaceKind.LOCAL),
    ("/dev/shm/albania.adesk", PlaceKind.LOCAL),
    ("/var/lib/layers/albania.adesk", PlaceKind.LOCAL),
    ("/home/ana/secret/albania.adesk", PlaceKind.LOCAL),
    ("/mnt/old/albania.adesk", PlaceKind.LOCAL),
    ("/mnt/Ministry of Justice/2013/albania.adesk", PlaceKind.NETWORK),
    ("/mnt/Ministry of Justice 2/albania.adesk", PlaceKind.LOCAL),
    ("/srv/reports/albania.adesk", PlaceKind.NETWORK),
    ("/srv/reports2/albania.adesk", PlaceKind.LOCAL),
    ("/home/ana/host/albania.adesk", PlaceKind.NETWORK),
    ("/run/user/1000/gvfs/smb-share:server=s,share=x/albania.adesk", PlaceKind.NETWORK),
    ("/home/ana/remote/albania.adesk", PlaceKind.NETWORK),
    ("/home/ana/bound/albania.adesk", PlaceKind.NETWORK),
    ("/shares/policy/albania.adesk", PlaceKind.NETWORK),
    ("/stacked/albania.adesk", PlaceKind.NETWORK),
    ("/media/ana/STICK/albania.adesk", PlaceKind.REMOVABLE),
    ("/run/media/ana/Disk/albania.adesk", PlaceKind.REMOVABLE),
    ("/backup/albania.adesk", PlaceKind.REMOVABLE),
    ("/mnt/windows/albania.adesk", PlaceKind.REMOVABLE),
    ("/media/ana/CD/albania.adesk", PlaceKind.READ_ONLY),
    ("/archive/albania.adesk", PlaceKind.READ_ONLY),
]


def linux_mounts() -> list[Mount]:
    return mounts_in_mountinfo(MOUNTINFO, lambda device: device == "/dev/sdd1")


@pytest.mark.parametrize(("path", "kind"), LINUX)
def test_linux_by_its_table_of_drives(path: str, kind: PlaceKind) -> None:
    computer = Computer("linux", PurePosixPath("/home/ana"))
    assert judge(PurePosixPath(path), linux_mounts(), computer) == Place(kind)


MAC = [
    Mount("/", "apfs", "/dev/disk3s1s1", is_read_only=True),
    Mount("/System/Volumes/Data", "apfs", "/dev/disk3s5"),
    Mount("/Volumes/justice", "smbfs", "//ana@server/justice", is_remote=True),
    Mount("/Volumes/STICK", "msdos", "/dev/disk4s1", is_removable=True),
    Mount("/Volumes/Disk", "apfs", "/dev/disk5s1"),
    Mount("/Volumes/Installer", "hfs", "/dev/disk6s1", is_read_only=True),
    Mount("/Users/ana/remote", "macfuse", "ana@server:"),
]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/Users/ana/albania.adesk", PlaceKind.LOCAL),
        ("/Volumes/justice/albania.adesk", PlaceKind.NETWORK),
        ("/Volumes/JUSTICE/albania.adesk", PlaceKind.NETWORK),
        ("/Volumes/STICK/albania.adesk", PlaceKind.REMOVABLE),
        ("/Volumes/Disk/albania.adesk", PlaceKind.REMOVABLE),
        ("/Volumes/Installer/albania.adesk", PlaceKind.READ_ONLY),
        ("/Users/ana/remote/albania.adesk", PlaceKind.NETWORK),
    ],
)
def test_macos_by_its_table_of_drives(path: str, kind: PlaceKind) -> None:
    computer = Computer("darwin", PurePosixPath("/Users/ana"))
    assert judge(PurePosixPath(path), MAC, computer).kind is kind


@pytest.mark.parametrize(
    ("path", "drive", "kind"),
    [
        (r"C:\Users\Ana\albania.adesk", ("C:\\", 3, "NTFS", "", 0), PlaceKind.LOCAL),
        (r"\\?\C:\Users\Ana\albania.adesk", ("\\\\?\\C:\\", 3, "NTFS", "", 0), PlaceKind.LOCAL),
        (r"\\server\justice\albania.adesk", None, PlaceKind.NETWORK),
        (r"\\?\UNC\server\justice\albania.adesk", None, PlaceKind.NETWORK),
        (r"\\wsl$\Debian\home\albania.adesk", None, PlaceKind.NETWORK),
        (r"H:\albania.adesk", ("H:\\", 4, "NTFS", "home", 0), PlaceKind.NETWORK),
        (r"E:\albania.adesk", ("E:\\", 2, "FAT32", "STICK", 0), PlaceKind.REMOVABLE),
        (r"E:\albania.adesk", ("E:\\", 2, "FAT32", "STICK", 0x80000), PlaceKind.READ_ONLY),
        (r"D:\albania.adesk", ("D:\\", 5, "UDF", "DVD", 0x80000), PlaceKind.READ_ONLY),
        (r"R:\albania.adesk", ("R:\\", 6, "NTFS", "RAM", 0), PlaceKind.LOCAL),
        (r"G:\My Drive\albania.adesk", ("G:\\", 3, "FAT32", "Google Drive", 0), PlaceKind.SYNCHRONISED),
    ],
)
def test_windows_by_what_it_says_of_a_drive(
    path: str, drive: tuple[str, int, str, str, int] | None, kind: PlaceKind
) -> None:
    computer = Computer("win32", PureWindowsPath(r"C:\Users\Ana"))
    mounts = [mount_of_drive(*drive)] if drive else []
    assert judge(PureWindowsPath(path), mounts, computer).kind is kind


class Disk:
    """Files with their texts, as the rule asks for them."""

    def __init__(self, files: dict[str, str], path_type: type[PurePath] = PurePosixPath) -> None:
        self._files = {path_type(name): words for name, words in files.items()}

    def names(self, folder: PurePath) -> set[str]:
        depth = len(folder.parts)
        return {
            file.parts[depth]
            for file in self._files
            if len(file.parts) > depth and file.parts[:depth] == folder.parts
        }

    def read(self, file: PurePath) -> str:
        return self._files.get(file, "")


HOME = "/home/ana"
ON_LINUX: list[tuple[str, dict[str, str], str]] = [
    (f"{HOME}/Documents/a.adesk", {}, ""),
    (f"{HOME}/Dropbox.adesk", {}, ""),
    (f"{HOME}/Dropbox/a.adesk", {}, "Dropbox"),
    (f"{HOME}/Documents/a.adesk", {f"{HOME}/.dropbox/info.json": "{"}, ""),
    (
        "/data/box/a.adesk",
        {f"{HOME}/.dropbox/info.json": json.dumps({"personal": {"path": "/data/box"}, "x": 1})},
        "Dropbox",
    ),
    ("/data/box/deep/a.adesk", {"/data/box/.dropbox.cache/x": ""}, "Dropbox"),
    (f"{HOME}/Nextcloud2/a.adesk", {}, "Nextcloud"),
    (
        "/data/Büro/a.adesk",
        {f"{HOME}/.config/Nextcloud/nextcloud.cfg": "[Accounts]\n0\\Folders\\1\\localPath=/data/B\\xfcro/\n"},
        "Nextcloud",
    ),
    (
        "/data/own/a.adesk",
        {f"{HOME}/.config/ownCloud/owncloud.cfg": "0\\Folders\\1\\localPath=/data/own/\n"},
        "ownCloud",
    ),
    ("/data/cloud/2013/a.adesk", {"/data/cloud/.sync_0a1b2c3d4e5f.db": ""}, "Nextcloud"),
    ("/data/sync/2013/a.adesk", {"/data/sync/.stfolder/x": ""}, "Syncthing"),
    ("/data/sync/2013/a.adesk", {"/data/sync/.sync/ID": ""}, "Resilio Sync"),
    ("/data/sync/2013/a.adesk", {"/data/sync/.sync/other": ""}, ""),
    (f"{HOME}/Seafile/My Library/a.adesk", {}, "Seafile"),
    (f"{HOME}/Box Sync/a.adesk", {}, "Box"),
    ("/data/one/a.adesk", {f"{HOME}/.config/onedrive/config": 'sync_dir = "/data/one"\n'}, "OneDrive"),
    (f"{HOME}/drive/a.adesk", {f"{HOME}/.config/onedrive/config": 'sync_dir = "~/drive"\n'}, "OneDrive"),
]


@pytest.mark.parametrize(("path", "files", "whose"), ON_LINUX)
def test_synchronised_folders_on_linux(path: str, files: dict[str, str], whose: str) -> None:
    disk = Disk(files)
    computer = Computer("linux", PurePosixPath(HOME), {}, disk.names, disk.read)
    kind = PlaceKind.SYNCHRONISED if whose else PlaceKind.LOCAL
    assert judge(PurePosixPath(path), linux_mounts(), computer) == Place(kind, whose)


ANA = r"C:\Users\Ana"
VARIABLES = {
    "OneDrive": rf"{ANA}\OneDrive",
    "OneDriveCommercial": r"D:\Cloud\OneDrive - Ministry",
    "APPDATA": rf"{ANA}\AppData\Roaming",
}
ON_WINDOWS: list[tuple[str, dict[str, str], str]] = [
    (rf"{ANA}\Documents\a.adesk", {}, ""),
    (rf"{ANA}\onedrive\Documents\a.adesk", {}, "OneDrive"),
    (r"d:\cloud\onedrive - ministry\a.adesk", {}, "OneDrive"),
    (rf"{ANA}\OneDrive - Ministry of Justice\a.adesk", {}, "OneDrive"),
    (rf"{ANA}\iCloudDrive\a.adesk", {}, "iCloud Drive"),
    (
        r"E:\Team\a.adesk",
        {rf"{ANA}\AppData\Roaming\Dropbox\info.json": json.dumps({"business": {"path": r"E:\Team"}})},
        "Dropbox",
    ),
    (
        r"E:\Team\a.adesk",
        {r"E:\Team\Desktop.ini": "[.ShellClassInfo]\nIconResource=C:\\OneDrive\\OneDrive.exe,0"},
        "OneDrive",
    ),
    (r"E:\Team\a.adesk", {r"E:\Team\desktop.ini": "[.ShellClassInfo]\nIconResource=shell32.dll,3"}, ""),
    (
        r"E:\Cloud\a.adesk",
        {rf"{ANA}\AppData\Roaming\Nextcloud\nextcloud.cfg": "0\\Folders\\1\\localPath=E:/Cloud/\n"},
        "Nextcloud",
    ),
]


@pytest.mark.parametrize(("path", "files", "whose"), ON_WINDOWS)
def test_synchronised_folders_on_windows(path: str, files: dict[str, str], whose: str) -> None:
    disk = Disk(files, PureWindowsPath)
    computer = Computer("win32", PureWindowsPath(ANA), VARIABLES, disk.names, disk.read)
    kind = PlaceKind.SYNCHRONISED if whose else PlaceKind.LOCAL
    assert judge(PureWindowsPath(path), [], computer) == Place(kind, whose)


LIBRARY = "/Users/ana/Library"
ON_MACOS: list[tuple[str, dict[str, str], str]] = [
    ("/Users/ana/Documents/a.adesk", {}, ""),
    (f"{LIBRARY}/CloudStorage/GoogleDrive-a@b.c/a.adesk", {}, "File Provider"),
    (
        f"{LIBRARY}/CloudStorage/Dropbox/a.adesk",
        {f"{LIBRARY}/CloudStorage/Dropbox/a.adesk": ""},
        "Dropbox",
    ),
    (
        f"{LIBRARY}/CloudStorage/OneDrive-Ministry/a.adesk",
        {f"{LIBRARY}/CloudStorage/OneDrive-Ministry/x": ""},
        "OneDrive",
    ),
    (f"{LIBRARY}/Mobile Documents/com~apple~CloudDocs/a.adesk", {}, "iCloud Drive"),
    (
        "/Users/ana/Documents/a.adesk",
        {f"{LIBRARY}/Mobile Documents/com~apple~CloudDocs/Documents": ""},
        "iCloud Drive",
    ),
    ("/Users/ana/dropbox/a.adesk", {}, "Dropbox"),
]


@pytest.mark.parametrize(("path", "files", "whose"), ON_MACOS)
def test_synchronised_folders_on_macos(path: str, files: dict[str, str], whose: str) -> None:
    disk = Disk(files)
    computer = Computer("darwin", PurePosixPath("/Users/ana"), {}, disk.names, disk.read)
    kind = PlaceKind.SYNCHRONISED if whose else PlaceKind.LOCAL
    assert judge(PurePosixPath(path), MAC, computer) == Place(kind, whose)


def test_a_system_that_runs_from_a_drive_on_usb_is_at_home_there() -> None:
    mounts = mounts_in_mountinfo(
        "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 8:2 / /home rw - ext4 /dev/sda2 rw\n"
        "3 1 8:17 / /data rw - ext4 /dev/sdb1 rw",
        lambda device: True,
    )
    computer = Computer("linux", PurePosixPath(HOME))
    kinds = [judge(PurePosixPath(path), mounts, computer).kind for path in ("/a", f"{HOME}/a", "/data/a")]
    assert kinds == [PlaceKind.LOCAL, PlaceKind.LOCAL, PlaceKind.REMOVABLE]


def test_a_share_with_a_synchronised_folder_is_a_share_first() -> None:
    disk = Disk({"/srv/reports/.stfolder/x": ""})
    computer = Computer("linux", PurePosixPath(HOME), {}, disk.names, disk.read)
    assert judge(PurePosixPath("/srv/reports/a.adesk"), linux_mounts(), computer) == Place(PlaceKind.NETWORK)


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=6)


@given(st.lists(st.lists(NAMES, max_size=4), min_size=1, max_size=6), st.lists(NAMES, min_size=1, max_size=6))
def test_the_drive_mounted_deepest_on_the_way_wins(points: list[list[str]], steps: list[str]) -> None:
    mounts = [Mount("/" + "/".join(point), "ext4", str(number)) for number, point in enumerate(points)]
    path = PurePosixPath("/", *steps)
    found = mount_of(path, mounts, "linux")
    on_the_way = [mount for mount in mounts if path.is_relative_to(mount.point)]
    deepest = max((len(PurePosixPath(mount.point).parts) for mount in on_the_way), default=0)
    last = [mount for mount in on_the_way if len(PurePosixPath(mount.point).parts) == deepest][-1:]
    assert found == (last[0] if last else Mount("", ""))


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("", {PlaceKind.NETWORK, PlaceKind.REMOVABLE, PlaceKind.SYNCHRONISED}),
        ("1", set()),
        ("network", {PlaceKind.REMOVABLE, PlaceKind.SYNCHRONISED}),
        (" Synchronised , removable", {PlaceKind.NETWORK}),
        ("unknown", {PlaceKind.NETWORK, PlaceKind.REMOVABLE, PlaceKind.SYNCHRONISED}),
    ],
)
def test_where_a_working_copy_is_needed_it_may_have_said_otherwise(said: str, kinds: set[PlaceKind]) -> None:
    environment = {IN_PLACE_VARIABLE: said}
    assert {kind for kind in PlaceKind if needs_working_copy(kind, environment)} == kinds


# This computer itself


def test_a_folder_of_this_computer(tmp_path: Path) -> None:
    assert kind_of(tmp_path / "a.adesk") is PlaceKind.LOCAL
    assert kind_of(tmp_path / "a.adesk", [Mount(str(tmp_path), "nfs4")]) is PlaceKind.NETWORK


def test_what_programs_leave_in_real_folders_is_seen(tmp_path: Path, home: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / ".stfolder").mkdir()
    assert place_of(tmp_path / "deep" / "a.adesk") == Place(PlaceKind.SYNCHRONISED, "Syncthing")
    (home / ".dropbox").mkdir()
    (home / "team").mkdir()
    assert kind_of(home / "a.adesk") is PlaceKind.LOCAL
    (home / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(home / "team")}}))
    assert place_of(home / "team" / "a.adesk") == Place(PlaceKind.SYNCHRONISED, "Dropbox")


def test_links_are_followed_to_the_place_itself(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "link").symlink_to(share)
    mounts = [Mount(str(share), "cifs")]
    assert kind_of(tmp_path / "link" / "a.adesk", mounts) is PlaceKind.NETWORK


def test_what_the_system_says_of_devices(tmp_path: Path) -> None:
    disks = {
        "usb1/host6/block/sdb": "1",
        "ata1/host0/block/sda": "0",
        "pci/block/mmcblk1": "1",
        "usb2/host7/block/sdc": "0",
    }
    blocks = tmp_path / "class"
    blocks.mkdir()
    for place, removable in disks.items():
        disk = tmp_path / place
        partition = disk / f"{disk.name}1"
        partition.mkdir(parents=True)
        (disk / "removable").write_text(f"{removable}\n")
        for folder in (disk, partition):
            (blocks / folder.name).symlink_to(folder)
    found = {link.name: is_removable_device(f"/dev/{link.name}", blocks) for link in blocks.iterdir()}
    assert found == {
        "sda": False, "sda1": False, "sdb": True, "sdb1": True, "sdc": True, "sdc1": True,
        "mmcblk1": True, "mmcblk11": True,
    }  # fmt: skip
    assert not is_removable_device("/dev/nothing", blocks)
