"""The bill of materials of a build (CycloneDX), and the licence of every part in it.

Every file in the build is traced to where it came from: a Python package, a package of the system, Python
itself or Alliance Desk. A file of unknown origin ends the build.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from cyclonedx.builder.this import this_component
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[2]
SPDX = {"MIT", "MIT License", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "MPL-2.0", "ISC", "BSD-2-Clause"}


class Part:
    """A package some files of the build came from."""

    def __init__(self, kind: str, name: str, version: str, licence: str, texts: list[Path]) -> None:
        self.kind, self.name, self.version, self.licence, self.texts = kind, name, version, licence, texts

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.name}"

    @property
    def component(self) -> Component:
        address = PackageURL(type=self.kind, name=self.name, version=self.version)
        licences = []
        if self.licence in SPDX or " OR " in self.licence or " AND " in self.licence:
            licences = [LicenseExpression(self.licence)] if self.licence != "MIT License" else []
        elif self.licence:
            licences = [DisjunctiveLicense(name=self.licence)]
        return Component(
            type=ComponentType.LIBRARY, name=self.name, version=self.version, purl=address,
            bom_ref=self.key, licenses=licences,
        )  # fmt: skip


def write(folder: Path, sources: Path, version: str) -> None:
    """Write ``LICENSES/`` and the bill into the build in ``folder``, from the list of sources."""
    parts = _parts_of(folder, sources)
    licences = folder / "LICENSES"
    shutil.rmtree(licences, ignore_errors=True)
    shutil.copytree(ROOT / "resources" / "packaging" / "licences", licences)
    shutil.copyfile(ROOT / "LICENSE", licences / "Alliance Desk.txt")
    for part in parts.values():
        place = licences / f"{part.name}-{part.version}".replace(":", "-").replace("/", "-")
        for text in part.texts:
            place.mkdir(exist_ok=True)
            shutil.copyfile(text, place / text.name)
    program = Component(
        type=ComponentType.APPLICATION, name="alliance-desk", version=version, bom_ref="alliance-desk",
        licenses=[LicenseExpression("MIT")],
        hashes=[_hash(path) for path in sorted(folder.glob("alliance-desk*")) if path.is_file()][:1],
    )  # fmt: skip
    made = Bom(components=[part.component for _key, part in sorted(parts.items())])
    made.metadata.component = program
    made.metadata.tools.components.add(this_component())
    made.register_dependency(program, made.components)
    text = json.loads(make_outputter(made, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string())
    # The same build has the same bill: no clock, no chance.
    text["metadata"].pop("timestamp", None)
    text.pop("serialNumber", None)
    target = folder / "bill-of-materials.cdx.json"
    target.write_text(json.dumps(text, indent=1, sort_keys=True) + "\n", "utf-8")


def _hash(path: Path) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(path.read_bytes()).hexdigest())


def _parts_of(folder: Path, sources: Path) -> dict[str, Part]:
    owners = _python_owners()
    internal = folder / "_internal"
    parts: dict[str, Part] = {}
    unknown = []
    for name, source in json.loads(sources.read_text("utf-8")):
        path = Path(source)
        is_module = path.suffix in {".py", ".pyc"} or not path.is_absolute()
        if not is_module and not (internal / name).exists():
            continue
        part = _part_of(path, owners) if path.is_absolute() else None
        if part is not None:
            parts[part.key] = part
        elif path.is_absolute() and not path.is_relative_to(ROOT):
            unknown.append(source)
    if unknown:
        raise SystemExit("Nobody knows where these came from: " + ", ".join(unknown))
    python = _python()
    return {python.key: python, **parts}


def _python_owners() -> Mapping[Path, importlib.metadata.Distribution]:
    owners = {}
    for found in importlib.metadata.distributions():
        for file in found.files or []:
            owners[Path(str(found.locate_file(file))).resolve()] = found
    return owners


def _part_of(path: Path, owners: Mapping[Path, importlib.metadata.Distribution]) -> Part | None:
    found = owners.get(path.resolve())
    if found is not None:
        if found.metadata["Name"].lower().replace("_", "-") == "alliance-desk":
            return None
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
        licence = found.metadata["License-Expression"] or found.metadata["License"] or " or ".join(named)
        return Part("pypi", found.metadata["Name"], found.version, licence.split("\n")[0][:80], texts)
    standard = Path(sysconfig.get_path("stdlib")).resolve()
    base = Path(sys.base_prefix).resolve()
    place = path.resolve()
    if place.is_relative_to(standard) or (place.is_relative_to(base) and "python3" in str(path)):
        return _python()
    # On Windows all that lies with Python came with it, the C runtime too.
    if sys.platform == "win32" and place.is_relative_to(base):
        return _python()
    if path.name.startswith(("libpython", "python3")) or place.is_relative_to(base / "DLLs"):
        return _python()
    return _of_system(path)


def _python() -> Part:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    return Part("generic", "python", platform.python_version(), "PSF-2.0", [text] if text.is_file() else [])


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
            return Part("deb", name, version, "", [text] if text.is_file() else [])
    return None
