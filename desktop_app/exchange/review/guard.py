"""What a file that came back is, told from its first bytes and its directory; nothing is unpacked here.

Every kind of file that people send instead of a workbook has its sentence, and every danger of a zip is
refused before anything is parsed. Nothing ever goes to the disk.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from desktop_app.exchange.package_reading import WORKBOOK
from desktop_app.exchange.review.reasons import ReturnedError, damaged
from desktop_app.exchange.zip_dangers import DangerKind, Limits, content_start, first_danger, listed
from desktop_app.runtime.i18n import _

_MB = 1024 * 1024
MAX_FILE = 100 * _MB
"""Bytes of a workbook; the largest reports have a tenth."""
MAX_PACKAGE = 500 * _MB
LIMITS = Limits(members=2_000, size=400 * _MB, ratio=150, member_size=250 * _MB, free=20 * _MB, strict=True)
_PACKAGE_LIMITS = Limits(members=2_000, size=MAX_PACKAGE, ratio=150, free=20 * _MB, strict=True)

_OFFICE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_STORED, _DEFLATED = 0, 8
CONTENT_TYPES = "[content_types].xml"
_NAMED = 5
"""So many workbooks of a zip file are named."""


def read_workbook_bytes(path: Path) -> bytes:
    """The workbook at ``path``, or the one in the package there, guarded. ReturnedError with one sentence."""
    return guarded(path.name, _bytes_of(path))


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_PACKAGE + 1)
    except FileNotFoundError as error:
        raise ReturnedError(
            _("There is no file “{file}”. Was it moved or renamed?").format(file=path)
        ) from error
    except IsADirectoryError as error:
        raise ReturnedError(
            _("“{file}” is a folder. Choose the workbook in it.").format(file=path.name)
        ) from error
    except OSError as error:
        if isinstance(error, PermissionError) and path.is_dir():  # so says Windows
            sentence = _("“{file}” is a folder. Choose the workbook in it.")
            raise ReturnedError(sentence.format(file=path.name)) from error
        raise ReturnedError(
            _("“{file}” cannot be read: {reason}.").format(file=path, reason=error.strerror)
        ) from error
    if len(data) > MAX_PACKAGE:
        raise _too_large(path.name)
    return data


def guarded(name: str, data: bytes) -> bytes:
    """The workbook in ``data``, the content of the file ``name``: itself, or the one of a package.

    ReturnedError with one sentence for every other kind of file, and for every danger.
    """
    if not data.startswith(_ZIP_MARKS):
        raise ReturnedError(_other_file(data).format(file=name))
    entries = listed(data)
    if not entries:
        raise damaged(name)
    names = {entry.filename.casefold() for entry in entries}
    if CONTENT_TYPES in names and WORKBOOK not in names:
        return _guarded_workbook(name, data)
    # Before all dangers: a table of OpenDocument has folders as members, and they are none.
    _refuse_open_document(name, names)
    entries = [entry for entry in entries if not _is_folder(entry)]
    workbook = _workbook_among(name, entries)
    if workbook is None:
        return _guarded_workbook(name, data)
    _refuse_dangers(name, entries, data, _PACKAGE_LIMITS)
    return _guarded_workbook(name, _member(name, workbook, data))


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    """Whether the member stands for a folder alone, as people's own zip files have them."""
    return entry.filename.endswith("/") and not entry.file_size


def _workbook_among(name: str, entries: Sequence[zipfile.ZipInfo]) -> zipfile.ZipInfo | None:
    """The workbook of a package, else the only one that somebody packed; None for none.

    ReturnedError where there are several, for nobody can tell which is meant.
    """
    found = [entry for entry in entries if entry.filename.casefold() == WORKBOOK]
    found = found or [entry for entry in entries if _is_packed_workbook(entry.filename)]
    if len(found) > 1 and found[0].filename.casefold() != WORKBOOK:
        listing = ", ".join(f"“{entry.filename}”" for entry in found[:_NAMED])
        raise ReturnedError(
            _(
                "“{file}” holds several workbooks: {names}. "
                "Take the one that came back out of it, and choose that one."
            ).format(file=name, names=listing + (" …" if len(found) > _NAMED else ""))
        )
    return found[0] if found else None


def _is_packed_workbook(member: str) -> bool:
    """Whether it is a workbook by its name, and not what systems and programs put beside one."""
    folder, _slash, last = member.rpartition("/")
    return (
        last.casefold().endswith(".xlsx")
        and not last.startswith(("._", "~$"))
        and not folder.startswith("__MACOSX")
    )


def _guarded_workbook(name: str, data: bytes) -> bytes:
    if len(data) > MAX_FILE:
        raise _too_large(name)
    entries = listed(data) if data.startswith(_ZIP_MARKS) else []
    if not entries:
        raise damaged(name)
    _refuse_dangers(name, entries, data, LIMITS)
    _refuse_other_zips(name, {entry.filename.casefold() for entry in entries})
    return data


def _too_large(name: str) -> ReturnedError:
    return ReturnedError(
        _("“{file}” is larger than {limit} MB, too large for a report's workbook.").format(
            file=name, limit=MAX_FILE // _MB
        )
    )


def _other_file(data: bytes) -> str:
    """The sentence for a file that is no zip."""
    if not data:
        return _("“{file}” is empty. Ask for it to be sent again.")
    if data.startswith(_OFFICE_MARK):
        if _ENCRYPTED_PACKAGE in data:
            return _(
                "“{file}” is protected by a password. "
                "Open it in Excel, remove the password, save it and try again."
            )
        if any(mark in data for mark in _OLD_WORKBOOKS):
            return _(
                "“{file}” is a workbook in the format of Excel 97 to 2003. Save it as .xlsx and try again."
            )
        return _("“{file}” is an old Office file, but no workbook. Choose the .xlsx file that came back.")
    if data.startswith(b"%PDF"):
        return _("“{file}” is a PDF file. Comments are read from the workbook; choose the .xlsx file.")
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")):
        return _("“{file}” is a picture, not a workbook. Choose the .xlsx file that came back.")
    if _HTML.search(data[:2000]):
        return _(
            "“{file}” is a web page, not a workbook, whatever its name says. "
            "Choose the .xlsx file that came back."
        )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _("“{file}” is an XML file, not a workbook. Save it as .xlsx and try again.")
    if _is_text(data):
        return _(
            "“{file}” is a plain text or CSV file, which cannot hold the keys of the report. "
            "Choose the .xlsx file that came back."
        )
    return _("“{file}” is no workbook, or it is damaged. Choose the .xlsx file that came back.")


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 32 for byte in data[:4000])


def _refuse_dangers(name: str, entries: Sequence[zipfile.ZipInfo], data: bytes, limits: Limits) -> None:
    danger = first_danger(entries, data, limits)
    if danger is None:
        return
    match danger.kind:
        case DangerKind.MANY:
            sentence = _("“{file}” holds {count} parts, far too many for a workbook. It is not read.")
        case DangerKind.ENCRYPTED:
            sentence = _("“{file}” is protected by a password. Ask for it without one.")
        case DangerKind.NAME:
            sentence = _("“{file}” holds “{member}”, which no workbook has. It is not read.")
        case DangerKind.TWICE:
            sentence = _("“{file}” holds “{member}” twice, so it could be read in two ways. It is not read.")
        case DangerKind.SIZE:
            sentence = _("“{file}” would unpack to far more than a report's workbook holds. It is not read.")
        case DangerKind.OVERLAP:
            sentence = _(
                "“{file}” is built in a way that no program writes: its parts overlap or are missing. "
                "It is not read. Ask for it to be sent again."
            )
    raise ReturnedError(sentence.format(file=name, member=danger.member, count=len(entries)))


def _refuse_other_zips(name: str, names: set[str]) -> None:
    """What is no workbook, and the kinds of workbooks that are not read."""
    sentence = _kind_sentence(names)
    if sentence is not None:
        raise ReturnedError(sentence.format(file=name))


def _refuse_open_document(name: str, names: set[str]) -> None:
    if "content.xml" in names and "mimetype" in names:
        raise ReturnedError(
            _(
                "“{file}” is an OpenDocument file. Open it in LibreOffice, save it as .xlsx and try again; "
                "nothing is lost by that."
            ).format(file=name)
        )


def _kind_sentence(names: set[str]) -> str | None:
    if CONTENT_TYPES not in names:
        return _("“{file}” is a zip file, but no workbook. Choose the .xlsx file that came back.")
    if any(each.startswith("word/") for each in names):
        return _("“{file}” is a Word document. Comments are read from the workbook; choose the .xlsx file.")
    if any(each.startswith("ppt/") for each in names):
        return _("“{file}” is a presentation. Comments are read from the workbook; choose the .xlsx file.")
    if "xl/workbook.bin" in names:
        return _("“{file}” is a binary workbook (.xlsb). Save it as .xlsx and try again.")
    if any("vbaproject" in each or each.startswith("xl/macrosheets/") for each in names):
        return _(
            "“{file}” holds macros, which are programs. It is not read. "
            "Save it as an ordinary workbook (.xlsx) and try again."
        )
    if any(each.startswith(("xl/activex/", "xl/ctrlprops/", "customui/")) for each in names):
        return _(
            "“{file}” holds buttons or other controls that can run programs. It is not read. "
            "Remove them, or ask for a copy without them."
        )
    if any(each.startswith("xl/embeddings/") for each in names):
        return _(
            "“{file}” holds other files embedded in it. It is not read. "
            "Remove them, or ask for a copy without them."
        )
    return None


def _member(name: str, entry: zipfile.ZipInfo, data: bytes) -> bytes:
    """The workbook in a zip file, never more bytes than the directory says."""
    start = content_start(data, entry)
    if start is None or entry.file_size > MAX_FILE:
        raise damaged(name) if start is None else _too_large(name)
    packed = data[start : start + entry.compress_size]
    try:
        if entry.compress_type == _DEFLATED:
            packed = zlib.decompressobj(wbits=-15).decompress(packed, max(entry.file_size, 1))
        elif entry.compress_type != _STORED:
            raise damaged(name)
    except zlib.error as error:
        raise damaged(name) from error
    if len(packed) != entry.file_size or zlib.crc32(packed) != entry.CRC:
        raise damaged(name)
    return packed
