"""The bill of materials of a build (CycloneDX), and the licence of every part in it.

Every file in the build is traced to where it came from: a Python package, a package of the system, Python
itself, PyInstaller or Alliance Desk. A file of unknown origin, or a part whose licence nobody knows, ends the
build. Each part lists its files with their checksums, and what is inside them (``inside.py``).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

from cyclonedx.builder.this import this_component
from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

sys.path.insert(0, str(Path(__file__).resolve().parent))
import inside

ROOT = Path(__file__).resolve().parents[2]
OWN = tuple(ROOT / name for name in ("desktop_app", "forms", "resources"))
NAME, LICENCES = "bill-of-materials.cdx.json", "LICENSES"
COMMON = Path("/usr/share/common-licenses")
SPDX = {
    "MIT License": "MIT",
    "PSFL": "PSF-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    # Their packages have the text alone.
    "pyrage": "MIT",
    "sqlcipher3": "Zlib",
}


class Part:
    """A package some files of the build came from."""

    def __init__(self, kind: str, name: str, version: str, licence: str, texts: Sequence[Path]) -> None:
        self.kind, self.name, self.version, self.licence, self.texts = kind, name, version, licence, texts
        self.files: dict[str, Path] = {}
        self.inside: list[inside.Inner] = []

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.name}"

    @property
    def component(self) -> Component:
        purl = PackageURL(type=self.kind, name=self.name, version=self.version)
        made = _component(self.key, self.name, self.version, self.licence, purl)
        for inner in self.inside:
            address = f"{self.key}/{inner.name}@{inner.version}"
            purl = PackageURL.from_string(inner.purl) if inner.purl else None
            made.components.add(_component(address, inner.name, inner.version, inner.licence, purl))
        _add_files(made, self.files)
        return made


def _add_files(component: Component, files: Mapping[str, Path]) -> None:
    for name, path in files.items():
        file = Component(type=ComponentType.FILE, name=name, bom_ref=f"file:{name}", hashes=[_hash(path)])
        component.components.add(file)


def _component(key: str, name: str, version: str, licence: str, purl: PackageURL | None) -> Component:
    licences = _licences(licence)
    kind = ComponentType.LIBRARY
    return Component(
        type=kind, name=name, version=version or None, purl=purl, bom_ref=key, licenses=licences
    )  # fmt: skip


def _licences(licence: str) -> list[License]:
    return [LicenseFactory().make_from_string(licence)] if licence else []


def write(folder: Path, sources: Path, version: str) -> None:
    """Write ``LICENSES/`` and the bill into the build in ``folder``, from the list of sources."""
    licences, target = folder / LICENCES, folder / NAME
    shutil.rmtree(licences, ignore_errors=True)
    target.unlink(missing_ok=True)
    parts = _parts_of(folder, sources)
    shutil.copytree(ROOT / "resources" / "packaging" / "licences", licences)
    shutil.copyfile(ROOT / "LICENSE", licences / "Alliance Desk.txt")
    for part in parts.values():
        _copy_texts(part, licences)
    program = Component(
        type=ComponentType.APPLICATION, name="alliance-desk", version=version, bom_ref="alliance-desk",
        licenses=_licences("MIT"),
        hashes=[_hash(path) for path in sorted(folder.glob("alliance-desk*")) if path.is_file()][:1],
    )  # fmt: skip
    # The program's own, so that its self-test can tell of every file that is missing.
    named = {name for part in parts.values() for name in part.files}
    _add_files(program, {name: path for name, path in _files_of(folder).items() if name not in named})
    made = Bom(components=[part.component for _key, part in sorted(parts.items())])
    made.metadata.component = program
    made.metadata.tools.components.add(this_component())
    made.register_dependency(program, made.components)
    text = json.loads(make_outputter(made, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string())
    # The same build has the same bill: no clock, no chance.
    text["metadata"].pop("timestamp", None)
    text.pop("serialNumber", None)
    target.write_text(json.dumps(text, indent=1, sort_keys=True) + "\n", "utf-8")


def _copy_texts(part: Part, licences: Path) -> None:
    place = licences / f"{part.name}-{part.version}".replace(":", "-").replace("/", "-")
    for text in part.texts:
        place.mkdir(exist_ok=True)
        shutil.copyfile(text, place / text.name)
        if part.kind != "deb":
            continue
        # Debian's texts point to what every Debian has; elsewhere it has to be at hand too.
        named = set(
            re.findall(r"/usr/share/common-licenses/([\w.+-]*\w)", text.read_text("utf-8", "replace"))
        )
        for name in sorted(each for each in named if (COMMON / each).is_file()):
            (licences / "common-licenses").mkdir(exist_ok=True)
            shutil.copyfile(COMMON / name, licences / "common-licenses" / name)


def _hash(path: Path) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(path.read_bytes()).hexdigest())


def _parts_of(folder: Path, sources: Path) -> dict[str, Part]:
    owners = _python_owners()
    named = json.loads(sources.read_text("utf-8"))
    parts = {
        part.key: part for part in (_python(), _of_package(importlib.metadata.distribution("pyinstaller")))
    }
    unknown = []
    # Modules of Python lie together in an archive inside the program.
    for source in sorted(
        {Path(source) for source in named["modules"].values() if Path(source).is_absolute()}
    ):
        if not _is_own(source):
            part = _part_of(source, owners)
            if part is None:
                unknown.append(str(source))
            else:
                parts.setdefault(part.key, part)
    for name, path in _files_of(folder).items():
        part, is_known = _owner(name, named["files"], owners)
        if part is not None:
            parts.setdefault(part.key, part).files[name] = path
        elif not is_known:
            unknown.append(name)
    if unknown:
        raise SystemExit("Nobody knows where these came from: " + ", ".join(unknown))
    nameless = [part.key for part in parts.values() if not part.licence]
    if nameless:
        raise SystemExit("Nobody knows the licence of these: " + ", ".join(nameless))
    for part in parts.values():
        part.inside = inside.inner_parts(part.name, part.kind, list(part.files))
    return parts


def _files_of(folder: Path) -> dict[str, Path]:
    """Every file of the build by its name in it; a link stands for what it leads to."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            if not path.resolve().is_relative_to(folder.resolve()) or not path.exists():
                raise SystemExit(f"{path} leads out of the build.")
        elif path.is_file():
            found[path.relative_to(folder).as_posix()] = path
    return found


def _owner(
    name: str, files: Mapping[str, str], owners: Mapping[Path, importlib.metadata.Distribution]
) -> tuple[Part | None, bool]:
    """The part a file of the build came with, or None; and whether that is known (ours have none)."""
    if name.startswith("_internal/"):
        inner = name.removeprefix("_internal/")
        if inner == "base_library.zip":
            return _python(), True
        source = Path(files[inner]) if inner in files else None
        if source is not None and _is_own(source):
            return None, True
        part = _part_of(source, owners) if source is not None else None
        return part, part is not None
    # Beside the folder of parts lies the program alone.
    return None, Path(name).stem.lower().replace(" ", "-") == "alliance-desk"


def _is_own(source: Path) -> bool:
    return any(source.is_relative_to(place) for place in OWN)


def _python_owners() -> Mapping[Path, importlib.metadata.Distribution]:
    owners = {}
    for found in importlib.metadata.distributions():
        for file in found.files or []:
            owners[Path(str(found.locate_file(file))).resolve()] = found
    return owners


def _part_of(path: Path, owners: Mapping[Path, importlib.metadata.Distribution]) -> Part | None:
    found = owners.get(path.resolve())
    if found is not None:
        return _of_package(found)
    standard = Path(sysconfig.get_path("stdlib")).resolve()
    base = Path(sys.base_prefix).resolve()
    place = path.resolve()
    if place.is_relative_to(standard) or (place.is_relative_to(base) and "python3" in str(path)):
        return _python()
    # On Windows and macOS all that lies with Python came with it, the C runtime too.
    if sys.platform in ("win32", "darwin") and place.is_relative_to(base):
        return _python()
    if path.name.startswith(("libpython", "python3")) or place.is_relative_to(base / "DLLs"):
        return _python()
    return _of_system(path)


def _of_package(found: importlib.metadata.Distribution) -> Part:
    texts = [
        Path(str(found.locate_file(file)))
        for file in found.files or []
        if ".dist-info" in str(file) and file.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))
    ]
    named = [
        each.rsplit(" :: ", 1)[-1]
        for each in found.metadata.get_all("Classifier") or []
        if each.startswith("License ::")
    ]
    name = found.metadata["Name"]
    told = found.metadata["License-Expression"] or found.metadata["License"] or " or ".join(named)
    licence = SPDX.get(name.lower()) or told.split("\n")[0]
    return Part("pypi", name, found.version, SPDX.get(licence, licence), texts)


def _python() -> Part:
    # Where Python lies differs from one maker to the next.
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    text = [place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file()]
    return Part("generic", "python", platform.python_version(), "PSF-2.0", text[:1])


def _of_system(path: Path) -> Part | None:
    if not sys.platform.startswith("linux"):
        return None
    for asked in (str(path), str(path.resolve()), "/usr" + str(path)):
        done = subprocess.run(["dpkg", "-S", asked], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            name = done.stdout.split(":")[0]
            version = subprocess.run(
                ["dpkg-query", "-W", "-f=${Version}", name], capture_output=True, text=True, check=True
            ).stdout
            text = Path("/usr/share/doc") / name / "copyright"
            return Part("deb", name, version, _debian_licence(text), [text])
    return None


def _debian_licence(text: Path) -> str:
    """The names of the licences in Debian's copyright file; not every one of these lists them by name."""
    if not text.is_file():
        return ""
    names = re.findall(r"^License:[ \t]*(\S.*)$", text.read_text("utf-8", "replace"), re.MULTILINE)
    return ", ".join(sorted({name.strip() for name in names})) or "as its copyright file says"
