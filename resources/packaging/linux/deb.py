"""Packs the finished folder of build.py into a Debian package: deb.py FOLDER OUT.

The program goes to /usr/lib/alliance-desk, with its menu entry, icons and the type of .adesk files. Nothing
is run on installing or removing but what the system's own triggers do; reports and settings of people are
never touched. What the program needs from the system is read from its libraries.
"""

from __future__ import annotations

import datetime
import email.utils
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import build  # noqa: E402

MAINTAINER = "Alliance Desk maintainers <maintainers@alliance-desk.invalid>"
LIBC = {"libc6", "libgcc-s1", "libstdc++6"}
CONTROL = """\
Package: alliance-desk
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size}
Depends: libc6 (>= {libc}), {depends}
Recommends: fonts-noto-core, shared-mime-info, desktop-file-utils, hicolor-icon-theme
Section: misc
Priority: optional
Description: country reports to an international secretariat, written offline
 National focal points fill in forms without a network; every word is kept at
 once in one local file; a package with a workbook goes to the secretariat, and
 the reviewers' comments come back onto the very questions.
"""


def main() -> int:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    os.environ.setdefault("SOURCE_DATE_EPOCH", build._epoch())
    root = build.WORK / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / "usr/lib/alliance-desk", symlinks=True)
    link = root / "usr/bin/alliance-desk"
    link.parent.mkdir(parents=True)
    link.symlink_to("../lib/alliance-desk/alliance-desk")
    _put(HERE / "alliance-desk.desktop", root / "usr/share/applications/alliance-desk.desktop")
    _put(HERE / "alliance-desk.xml", root / "usr/share/mime/packages/alliance-desk.xml")
    icons = build.ROOT / "resources" / "icons"
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        place = root / f"usr/share/icons/hicolor/{size}x{size}/apps/alliance-desk.png"
        _put(icons / f"app-{size}.png", place)
    _put(icons / "app.svg", root / "usr/share/icons/hicolor/scalable/apps/alliance-desk.svg")
    _put(HERE / "lintian-overrides", root / "usr/share/lintian/overrides/alliance-desk")
    _put_documents(root / "usr/share/doc/alliance-desk")
    _pack((HERE / "alliance-desk.1").read_text("utf-8"), root / "usr/share/man/man1/alliance-desk.1.gz")
    sums = _sums(root)
    control = root / "DEBIAN/control"
    control.parent.mkdir()
    control.write_text(_control(root), "utf-8")
    (control.parent / "md5sums").write_text(sums, "utf-8")
    for path in (root, *sorted(root.rglob("*"))):
        if not path.is_symlink():
            is_program = path.is_dir() or path == root / "usr/lib/alliance-desk/alliance-desk"
            path.chmod(0o755 if is_program else 0o644)
    build.settle_times(root)
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"alliance-desk_{build.version()}_{_architecture()}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(target)],
        check=True, stdout=subprocess.DEVNULL, env=os.environ | {"DPKG_DEB_THREADS_MAX": "2"},
    )  # fmt: skip
    print(target)
    return 0


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _put_documents(place: Path) -> None:
    """What Debian's rules ask for in the folder of documents."""
    place.mkdir(parents=True)
    licence = (build.ROOT / "LICENSE").read_text("utf-8")
    holder = re.search(r"^Copyright (.+)$", licence, re.MULTILINE)
    if holder is None:
        raise SystemExit("LICENSE names no holder")
    head = (HERE / "copyright").read_text("utf-8").format(copyright=f"Copyright: {holder[1]}")
    terms = licence[holder.end() :].strip().splitlines()
    text = head + "".join(f" {line or '.'}\n" for line in terms)
    (place / "copyright").write_text(text, "utf-8")
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.UTC)
    _pack(
        f"alliance-desk ({build.version()}) stable; urgency=medium\n\n  * Version {build.version()}.\n\n"
        f" -- {MAINTAINER}  {email.utils.format_datetime(moment)}\n",
        place / "changelog.gz",
    )
    _pack((build.ROOT / "CHANGELOG.md").read_text("utf-8"), place / "CHANGELOG.md.gz")
    # Where administrators look for the pages written for them.
    (place / "help").symlink_to("../../../lib/alliance-desk/_internal/resources/help")


def _pack(text: str, target: Path) -> None:
    """Pressed as Debian wants it, without a time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def _sums(root: Path) -> str:
    """With these an administrator sees later whether a file was changed (``dpkg --verify``)."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    lines = (
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}\n"
        for path in files
    )
    return "".join(lines)


def _architecture() -> str:
    asked = ["dpkg", "--print-architecture"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def _control(root: Path) -> str:
    sizes = [path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    libc = subprocess.run(
        ["dpkg-query", "-W", "-f=${Version}", "libc6"], capture_output=True, text=True, check=True
    ).stdout
    return CONTROL.format(
        version=build.version(),
        maintainer=MAINTAINER,
        architecture=_architecture(),
        size=sum(sizes) // 1024,
        libc=libc.split("-")[0],
        depends=", ".join(_system_packages(root / "usr/lib/alliance-desk")),
    )


def _system_packages(folder: Path) -> list[str]:
    """The packages with the libraries the program asks for and does not bring."""
    binaries = build._binaries(folder)
    brought = {path.name for path in folder.rglob("*.so*")}
    wanted = {name for path in binaries for name in build._needed(path)} - brought
    known = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    found = set()
    for name in sorted(wanted):
        place = re.search(
            rf"^\t{re.escape(name)} \(libc6,(?:x86-64|AArch64)[^)]*\) => (.+)$", known, re.MULTILINE
        )
        if place is None:
            raise SystemExit(f"Install what has {name}, so that the package can name it.")
        asked = [
            "dpkg",
            "-S",
            place[1].removeprefix("/usr"),
            place[1],
            "/usr" + place[1],
            str(Path(place[1]).resolve()),
        ]
        told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        if not told:
            raise SystemExit(f"No package of this system has {place[1]}.")
        found.add(told.split(":")[0])
    # Data that the libraries brought along look for in the system.
    return sorted((found - LIBC) | {"fontconfig-config", "fonts-dejavu-core", "xkb-data"})


if __name__ == "__main__":
    sys.exit(main())
