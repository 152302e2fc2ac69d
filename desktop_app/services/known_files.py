"""Which files are this program's own, by their content: a receipt, workbook, package, key or form.

Only a little of each is read, so that it can be asked while a file is dragged over the window.
"""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from desktop_app.report.file_names import shown_name
from desktop_app.runtime.i18n import _
from desktop_app.services.attachments import REPORT_FILE, is_report_file
from desktop_app.storage import held_files

_HEAD = 4096
_LARGEST_JSON = 256 * 1024
"""Bytes of a receipt, at most."""
_LARGEST_LISTING = 1024 * 1024
"""Bytes of the list of members of a zip: many times what a package has."""
_LARGEST_PART = 256 * 1024
"""Bytes that are read of one member."""
_ZIP, _ZIP_END, _ZIP_END_SIZE = b"PK\x03\x04", b"PK\x05\x06", 22
_ENCRYPTED = ".zip.age"
_SHEETS = "xl/workbook.xml"


class KnownKind(Enum):
    """What a file is to this program."""

    REPORT = "report"
    RECEIPT = "receipt"
    WORKBOOK = "workbook"
    PACKAGE = "package"
    KEY = "key"
    FORM = "form"


def known_kind(path: Path) -> KnownKind | None:
    """What the file at ``path`` is; None for what this program has no use for, and what cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        if path.name.casefold().endswith(REPORT_FILE) or held_files.is_held(path):
            # Never opened here: to close it again would take SQLite's locks away.
            return KnownKind.REPORT
        with path.open("rb") as stream:
            return _kind_in(path.name, stream)
    except OSError:
        # Whoever wants its bytes says why it cannot be read.
        return None


def asking_words(name: str, kind: KnownKind) -> str:
    """What is to be known before a file of this program is attached all the same."""
    sentence = {
        KnownKind.REPORT: _("“{file}” is a report file with its whole history. Attach it all the same?"),
        KnownKind.RECEIPT: _(
            "“{file}” is the receipt of a submission, and belongs with that: drop it onto the window to file"
            " it. Attach it all the same?"
        ),
        KnownKind.WORKBOOK: _(
            "“{file}” is the workbook of a report. It holds all its answers, the confidential ones too."
            " Attach it all the same?"
        ),
        KnownKind.PACKAGE: _(
            "“{file}” is the package of a report. It holds all its answers, the confidential ones too."
            " Attach it all the same?"
        ),
        KnownKind.KEY: _("“{file}” is a key that proves who signed a report. Attach it all the same?"),
        KnownKind.FORM: _("“{file}” brings a form to be installed. Attach it all the same?"),
    }[kind]
    return sentence.format(file=shown_name(name))


def _kind_in(name: str, stream: io.BufferedReader) -> KnownKind | None:
    from desktop_app.exchange.package_reading import AGE_MARK

    head = stream.read(_HEAD)
    if is_report_file(name, head):
        return KnownKind.REPORT
    if head.startswith(AGE_MARK):
        return KnownKind.PACKAGE if name.casefold().endswith(_ENCRYPTED) else None
    if head.startswith(_ZIP):
        return _kind_of_zip(stream)
    if b"BEGIN PUBLIC KEY" in head or b"PRIVATE KEY" in head:
        return KnownKind.KEY
    if head.lstrip().startswith(b"{"):
        return _kind_of_json(head + stream.read(_LARGEST_JSON))
    return None


def _kind_of_json(content: bytes) -> KnownKind | None:
    from desktop_app.exchange.proof import key_files, receipts

    kinds = {receipts.KIND: KnownKind.RECEIPT, key_files.KIND: KnownKind.KEY}
    found = _kind_said(content) if len(content) <= _LARGEST_JSON else None
    return kinds.get(found) if isinstance(found, str) else None


def _kind_said(content: bytes) -> object:
    try:
        facts = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return facts.get("kind") if isinstance(facts, Mapping) else None


def _kind_of_zip(stream: io.BufferedReader) -> KnownKind | None:
    from desktop_app.exchange.form_delivery import NOTE
    from desktop_app.exchange.manifest import MANIFEST
    from desktop_app.exchange.package_reading import ANSWERS

    if not _is_short(stream):
        return None
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if {MANIFEST, ANSWERS} <= names:
                return KnownKind.PACKAGE
            if NOTE in names and _says_form(archive):
                return KnownKind.FORM
            if _SHEETS in names and _is_ours(_sheet_names(_part(archive, _SHEETS))):
                return KnownKind.WORKBOOK
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        # Damaged, or locked with a password: nothing of this program.
        return None
    return None


def _says_form(archive: zipfile.ZipFile) -> bool:
    from desktop_app.exchange import form_delivery

    return _kind_said(_part(archive, form_delivery.NOTE)) == form_delivery.KIND


def _is_short(stream: io.BufferedReader) -> bool:
    """Whether its list of members is soon read (APPNOTE.TXT 4.3.16)."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _ZIP_END_SIZE - 0xFFFF))
    tail = stream.read()
    at = tail.rfind(_ZIP_END)
    if at < 0 or len(tail) - at < _ZIP_END_SIZE:
        return False
    (listing,) = struct.unpack_from("<L", tail, at + 12)
    return bool(listing <= _LARGEST_LISTING)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_LARGEST_PART)


def _sheet_names(content: bytes) -> set[str]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return set()
    from xml.etree import ElementTree

    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return set()
    return {each.get("name", "") for each in root.iter() if each.tag.rpartition("}")[2] == "sheet"}


def _is_ours(sheets: set[str]) -> bool:
    """Who takes the hidden sheet away leaves the others, and all the answers in them."""
    from desktop_app.exchange.workbook.naming import CODES, DICTIONARY, META

    return META in sheets or {DICTIONARY, CODES} <= sheets
