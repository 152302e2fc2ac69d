"""What no honest zip file has, found in its directory before a single byte is unpacked.

The layout is APPNOTE.TXT 4.3 to 4.4. Whoever reads a zip says in its own words what a danger means.
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_MARK = b"PK\x03\x04"
_END, _END_MARK = struct.Struct("<4s4H2LH"), b"PK\x05\x06"
_END_64, _END_64_MARK = struct.Struct("<4sQ2H2L4Q"), b"PK\x06\x06"
_LOCATOR, _LOCATOR_MARK = struct.Struct("<4sLQL"), b"PK\x06\x07"
_LONGEST_COMMENT = 0xFFFF
_ENTRY = 400
"""Bytes of the directory for one member, at most: 46, a name, and what some programs add."""
_LONGEST_NAME = 240
"""Bytes: what every file system takes."""
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Kinds of characters that show nothing, or turn round what stands beside them."""
_ENCRYPTED = 0x1
_LINK, _KIND = 0o120000, 0o170000

#: Control characters, backslash, colon (a drive or a stream), absolute, "..", empty parts, a folder.
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f\\:]|^/|(^|/)\.\.?(/|$)|//|/$")
#: Names that Windows keeps for devices, whatever follows the point, and what it would change itself.
_KEPT_NAME = re.compile(r"(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(/|$)|[ .](/|$)", re.IGNORECASE)


class DangerKind(Enum):
    """Why a zip file is not read."""

    MANY = auto()
    """More members than it may have."""
    ENCRYPTED = auto()
    NAME = auto()
    """A member that would be written outside its folder, a link, or a name that a system keeps."""
    TWICE = auto()
    """Two members of the same name; upper and lower case make no difference."""
    SIZE = auto()
    """It would unpack to too much."""
    OVERLAP = auto()
    """Members share bytes, or lie outside the file."""


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger and the member that is one; ``member`` is empty for what concerns the whole file."""

    kind: DangerKind
    member: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a zip file of a kind may hold; sizes in bytes, unpacked.

    ``ratio``: unpacked bytes for each byte of the file; ``free``: so many may be unpacked whatever the ratio.
    ``strict``: every member must be where the directory says, have a name that all systems take, and keep to
    the ratio by itself, so that a file is not made larger with something else.
    """

    members: int
    size: int
    ratio: int
    member_size: int | None = None
    free: int = 0
    strict: bool = False


def listed(data: bytes) -> list[zipfile.ZipInfo]:
    """The members that the directory of a zip lists; none when it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return opened.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError):
        return []


def first_danger(entries: Sequence[zipfile.ZipInfo], data: bytes, limits: Limits) -> Danger | None:
    """The first danger among the listed members of the zip ``data``; None when there is none."""
    if len(entries) > limits.members:
        return Danger(DangerKind.MANY)
    seen: set[str] = set()
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            return Danger(DangerKind.ENCRYPTED, entry.filename)
        bad = is_bad_name(entry.filename) or is_bad_name(entry.orig_filename) or _is_link(entry)
        if bad or (limits.strict and is_unfit_name(entry.filename)):
            return Danger(DangerKind.NAME, entry.orig_filename)
        if entry.filename.casefold() in seen:
            return Danger(DangerKind.TWICE, entry.filename)
        seen.add(entry.filename.casefold())
        if limits.member_size is not None and entry.file_size > limits.member_size:
            return Danger(DangerKind.SIZE, entry.filename)
    size = sum(entry.file_size for entry in entries)
    if size > limits.size or (size > limits.free and _packed_too_well(entries, size, data, limits)):
        return Danger(DangerKind.SIZE)
    if sum(entry.compress_size for entry in entries) > len(data):
        return Danger(DangerKind.OVERLAP)
    return _overlap(entries, data) if limits.strict else None


def _packed_too_well(entries: Sequence[zipfile.ZipInfo], size: int, data: bytes, limits: Limits) -> bool:
    if size > limits.ratio * len(data):
        return True
    beyond = (max(0, entry.file_size - limits.ratio * entry.compress_size) for entry in entries)
    return limits.strict and sum(beyond) > limits.free


def is_bad_name(name: str) -> bool:
    """Whether a member of that name would lead somewhere else, on any system."""
    return _BAD_NAME.search(name) is not None


def is_unfit_name(name: str) -> bool:
    """Whether some system does not take a member of that name as it is, or a person would misread it."""
    return (
        _KEPT_NAME.search(name) is not None
        or len(name.encode("utf-8", "replace")) > _LONGEST_NAME
        or any(unicodedata.category(each) in _UNSEEN for each in name)
    )


def has_long_directory(data: bytes, members: int) -> bool:
    """Whether the directory is longer than that of so many members: then it is not even listed.

    What its end says of its own size is what the standard library reads, so that is what counts.
    """
    at = data.rfind(_END_MARK, max(len(data) - _END.size - _LONGEST_COMMENT, 0))
    if at < 0 or at + _END.size > len(data):
        return False
    size = _END.unpack_from(data, at)[5]
    before = at - _LOCATOR.size
    if before >= 0 and data[before : before + 4] == _LOCATOR_MARK:
        place = before - _END_64.size
        if place >= 0 and data[place : place + 4] == _END_64_MARK:
            size = max(size if size != 0xFFFFFFFF else 0, _END_64.unpack_from(data, place)[8])
    return bool(size > members * _ENTRY and size <= len(data))


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return (entry.external_attr >> 16) & _KIND == _LINK


def _overlap(entries: Sequence[zipfile.ZipInfo], data: bytes) -> Danger | None:
    """Members that share bytes: one small piece could be unpacked a thousand times."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            return Danger(DangerKind.OVERLAP, entry.filename)
        start = content_start(data, entry)
        end = entry.header_offset if start is None else start + entry.compress_size
        if end > len(data):
            return Danger(DangerKind.OVERLAP, entry.filename)
    return None


def content_start(data: bytes, entry: zipfile.ZipInfo) -> int | None:
    """Where the packed bytes of a member begin; None where no member is."""
    if not 0 <= entry.header_offset <= len(data) - _LOCAL.size:
        return None
    header = _LOCAL.unpack_from(data, entry.header_offset)
    if header[0] != _LOCAL_MARK:
        return None
    return int(entry.header_offset + _LOCAL.size + header[9] + header[10])
