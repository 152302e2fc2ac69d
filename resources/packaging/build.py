"""Builds the one-folder program of the platform it runs on, and what goes with it, into dist/.

    build.py [--out DIR] [--system NAME] [--sign COMMAND] [--untried]

It runs in an environment with requirements-build.txt (see package.sh). The folder holds the program,
LICENSES/ (of every part) and bill-of-materials.cdx.json (CycloneDX). Beside it lie the archive, .tar.xz, on
Windows .zip, and the bill once more. The same source and packages make the same content. COMMAND is called
with every program and library of Windows, before they are packed. What was built has to pass its own
self-test, unless it is to stay --untried.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

# The embeddable Python of Windows does not look beside the script.
sys.path.insert(0, str(Path(__file__).resolve().parent))
import bill

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WORK = ROOT / "build" / "package"
PROGRAMS = {"alliance-desk", "Alliance Desk"}


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--out", type=Path, default=ROOT / "dist")
    options.add_argument("--system", default=_system())
    options.add_argument("--sign", default="")
    options.add_argument("--untried", action="store_true")
    asked = options.parse_args()
    # A build tells its time by the newest change in the source, not by the clock.
    os.environ.setdefault("SOURCE_DATE_EPOCH", _epoch())
    folder = freeze()
    if sys.platform.startswith("linux"):
        remove_orphans(folder / "_internal")
        strip(folder)
    if asked.sign:
        sign(folder, asked.sign)
    bill.write(folder, WORK / "work" / "alliance-desk" / "sources.json", version())
    if not asked.untried:
        try_out(folder)
    settle_modes(folder)
    settle_times(folder)
    asked.out.mkdir(parents=True, exist_ok=True)
    stem = asked.out / f"alliance-desk-{version()}-{asked.system}"
    shutil.copyfile(folder / bill.NAME, stem.with_name(stem.name + ".cdx.json"))
    made = archive(folder, stem)
    print(made)
    return 0


def version() -> str:
    """The one place versions come from."""
    source = (ROOT / "desktop_app" / "__init__.py").read_text("utf-8")
    found = re.search(r'__version__ = "([^"]+)"', source)
    if found is None:
        raise SystemExit("desktop_app/__init__.py names no version")
    return found[1]


def _system() -> str:
    name = {"linux": "linux", "win32": "windows", "darwin": "macos"}[sys.platform]
    return f"{name}-{platform.machine().lower().replace('amd64', 'x86_64')}"


def _epoch() -> str:
    git = shutil.which("git")
    told = ""
    if git is not None:
        asked = [git, "-C", str(ROOT), "log", "-1", "--format=%ct"]
        told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    # An unpacked source archive has no history.
    return told.strip() or "1700000000"


def freeze() -> Path:
    """Run PyInstaller; the folder of the program."""
    target = WORK / "frozen"
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(target), "--workpath", str(WORK / "work"), str(HERE / "alliance-desk.spec")]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": ""})
    return target / "alliance-desk"


def remove_orphans(internal: Path) -> None:
    """Remove system libraries that nothing asks for any more, once Qt's unused plugins are gone."""
    while True:
        wanted = {name for path in _binaries(internal) for name in _needed(path)}
        # Modules of Python lie here too, and nothing but Python asks for them.
        top = [path for path in internal.glob("lib*.so*") if path.is_file()]
        orphans = [path for path in top if path.name not in wanted and not path.name.startswith("libpython")]
        if not orphans:
            return
        for path in orphans:
            path.unlink()


def strip(folder: Path) -> None:
    """Take debugging names out of what its makers left them in; Qt's libraries have none."""
    for path in _binaries(folder):
        if not path.is_symlink() and "PySide6" not in path.parts:
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)


def _binaries(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                if stream.read(4) == b"\x7fELF":
                    found.append(path)
    return found


def _needed(path: Path) -> list[str]:
    done = subprocess.run(["readelf", "-d", str(path)], capture_output=True, text=True, check=True)
    return re.findall(r"\(NEEDED\).*\[(.+)\]", done.stdout)


def sign(folder: Path, command: str) -> None:
    """Have every program and library of Windows signed: application control looks at each of them."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in {".exe", ".dll", ".pyd"}:
            subprocess.run([command, str(path)], check=True)


def try_out(folder: Path) -> None:
    """Have the finished program test itself, as a person who has never used it."""
    program = next(path for path in sorted(folder.glob("alliance-desk*")) if path.suffix in {"", ".exe"})
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    with tempfile.TemporaryDirectory() as home:
        own = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), home)
        done = subprocess.run(
            [str(program), "self-test"], env=kept | own, capture_output=True, encoding="utf-8", check=False
        )
    print(done.stdout, done.stderr, file=sys.stderr)
    if done.returncode:
        raise SystemExit("The build does not pass its own self-test.")


def settle_modes(folder: Path) -> None:
    """Whoever builds may have another umask; and only programs are for starting."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            is_started = path.is_dir() or (path.parent == folder and path.stem in PROGRAMS)
            path.chmod(0o755 if is_started else 0o644)


def settle_times(folder: Path) -> None:
    moment = int(os.environ["SOURCE_DATE_EPOCH"])
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (moment, moment), follow_symlinks=not path.is_symlink())


def archive(folder: Path, stem: Path) -> Path:
    """Pack ``folder`` under its own name; members in order, without owners and with one time."""
    members = sorted(folder.rglob("*"))
    if sys.platform == "win32":
        target = stem.with_name(stem.name + ".zip")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for path in members:
                if path.is_file():
                    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                    packed.writestr(_dated(name), path.read_bytes(), compresslevel=9)
        return target
    target = stem.with_name(stem.name + ".tar.xz")
    # Blocks of a fixed size and always two threads: the same bytes, whatever the processor.
    command = ["xz", "-6", "--threads=2", "--block-size=32MiB", "--stdout"]
    with target.open("wb") as out, subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out) as packer:
        with tarfile.open(fileobj=packer.stdin, mode="w|") as packed:
            for path in [folder, *members]:
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}".removesuffix("/.")
                packed.add(path, name, recursive=False, filter=_plain)
        packer.communicate()
    if packer.returncode:
        raise SystemExit("The archive could not be packed.")
    return target


def _dated(name: str) -> zipfile.ZipInfo:
    """A member with the time of the build, which would else be told in the time of the builder's zone."""
    moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))
    member = zipfile.ZipInfo(name, moment[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = int(os.environ["SOURCE_DATE_EPOCH"])
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member


if __name__ == "__main__":
    sys.exit(main())
