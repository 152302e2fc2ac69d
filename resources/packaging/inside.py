"""What is inside the libraries of a part, beyond what its name says: other makers' code, and typefaces.

Packages with Rust in them bring a bill of their own. For the others, what is known is asked of the library
itself where it can tell; the versions are never written here by hand.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNTOLD = {"openssl": "Apache-2.0"}
"""Licences that the bills of packages leave out."""


@dataclass(frozen=True)
class Inner:
    """A part of a part. ``purl`` is its address among packages, where it has one."""

    name: str
    version: str
    licence: str
    purl: str = ""


def inner_parts(name: str, kind: str, files: Sequence[str]) -> list[Inner]:
    """What is inside the part ``name``, of which ``files`` are in the build."""
    if kind != "pypi" or not files:
        return []
    known = KNOWN.get(name.lower(), _nothing)
    found = {(each.name, each.version): each for each in (*_own_bill(name), *known(files))}
    return [found[key] for key in sorted(found)]


def _own_bill(name: str) -> list[Inner]:
    """What a package's own bill of materials lists (PEP 770)."""
    found = []
    package = importlib.metadata.distribution(name)
    for file in package.files or []:
        if ".dist-info/sboms/" in file.as_posix() and file.name.endswith(".json"):
            plain = json.loads(Path(str(package.locate_file(file))).read_text("utf-8"))
            found.extend(_inner(each) for each in plain.get("components", []))
    return found


def _inner(plain: dict[str, Any]) -> Inner:
    told = [
        each.get("expression") or each.get("license", {}).get("id") or each.get("license", {}).get("name", "")
        for each in plain.get("licenses", [])
    ]
    # What follows the version tells where somebody had it on a disk.
    purl = plain.get("purl", "").split("?")[0].split("#")[0]
    licence = " AND ".join(filter(None, told)) or UNTOLD.get(plain["name"], "")
    return Inner(plain["name"], plain.get("version", ""), licence, purl)


def _nothing(_files: Sequence[str]) -> list[Inner]:
    return []


def _in_qt(files: Sequence[str]) -> list[Inner]:
    from PySide6.QtCore import qVersion

    found = [Inner("Qt", qVersion(), "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")]
    icu = {match[1] for match in (re.search(r"libicudata\.so\.(\d+)$", name) for name in files) if match}
    return [*found, *(Inner("ICU", version, "Unicode-3.0") for version in sorted(icu))]


def _in_sqlcipher(_files: Sequence[str]) -> list[Inner]:
    import sqlcipher3

    database = sqlcipher3.connect(":memory:")
    database.execute("PRAGMA key = 'x'")

    def told(question: str) -> str:
        return str(database.execute(question).fetchone()[0])

    cipher = told("PRAGMA cipher_version").split()[0]
    maker, number = told("PRAGMA cipher_provider_version").split()[:2]
    found = [
        Inner("SQLCipher", cipher, "BSD-3-Clause"),
        Inner("SQLite", told("SELECT sqlite_version()"), "blessing"),
        Inner(maker, number, "Apache-2.0"),
    ]
    database.close()
    return found


def _in_lxml(_files: Sequence[str]) -> list[Inner]:
    from lxml import etree

    versions = {"libxml2": etree.LIBXML_VERSION, "libxslt": etree.LIBXSLT_VERSION}
    return [Inner(name, ".".join(map(str, version)), "MIT") for name, version in versions.items()]


def _in_typst(_files: Sequence[str]) -> list[Inner]:
    # Their texts are in licences/Typefaces.txt.
    return [
        Inner("Libertinus Serif (typeface)", "", "OFL-1.1"),
        Inner("New Computer Modern (typeface)", "", "GUST Font License 1.0"),
        Inner("DejaVu Sans Mono (typeface)", "", "Bitstream-Vera"),
    ]


KNOWN: dict[str, Callable[[Sequence[str]], list[Inner]]] = {
    "pyside6_essentials": _in_qt,
    "sqlcipher3": _in_sqlcipher,
    "lxml": _in_lxml,
    "typst": _in_typst,
}
