"""Zip files whose bytes follow from their members alone, and a reader that trusts no byte of one.

``build`` and ``ArchiveWriter`` write each member once, with one fixed time, in the order given: the same
members make the same bytes on every machine and under every clock. ``open_archive`` reads what comes
from outside: it never unpacks to disk, refuses what no honest archive has (APPNOTE.TXT 4.3 to 4.4 for
the layout), and still finds the members when the directory at the end is damaged.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from desktop_app.exchange.zip_dangers import (
    Danger,
    DangerKind,
    Limits,
    first_danger,
    has_long_directory,
    is_bad_name,
    is_unfit_name,
    listed,
)
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

MAX_MEMBERS = 2000
MAX_SIZE = 500 * 1024 * 1024
"""Bytes of all members together, unpacked."""
MAX_RATIO, ANY_RATIO = 30, 16 * 1024 * 1024
"""Unpacked bytes for each packed one, once they are more than so many; answers alone have about ten."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 20
_MADE_BY = (3 << 8) | _VERSION  # Unix, so that the mode below means something
_MODE = 0o100644 << 16
_TIME, _DATE = 0, (1 << 5) | 1  # 1 January 1980, 0:00, the first moment a zip can name
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
PIECE = 1024 * 1024
"""Bytes that are read at once."""
_LEVEL = 5
"""Of zlib, from 1 to 9: half the time of the usual 6 for a few bytes more."""
_LIMITS = Limits(MAX_MEMBERS, MAX_SIZE, MAX_RATIO, free=ANY_RATIO)
_SHOWN = 80
"""Characters of a member's name in a sentence."""
_OFFICE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a password-protected Office file begins: a container of its own, not a zip."""


class ArchiveError(DeskError):
    """A file is no zip, or one that is not read."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. ``sound``: its bytes agree with the checksum beside them."""

    name: str
    content: bytes
    sound: bool = True


@dataclass(frozen=True, slots=True)
class Archive:
    """What was found in a zip. ``as_built``: every byte is the one that ``build`` writes for its members."""

    members: tuple[Member, ...]
    as_built: bool

    def content(self, name: str) -> bytes | None:
        """The bytes of a member, None when it is not there."""
        return next((member.content for member in self.members if member.name == name), None)


def build(members: Mapping[str, bytes], *, deflate: bool = False) -> bytes:
    """A zip of ``members`` in their order, stored as they are, or deflated."""
    stream = io.BytesIO()
    archive = ArchiveWriter(stream, deflate=deflate)
    for name, content in members.items():
        archive.add(name, (content,))
    archive.finish()
    return stream.getvalue()


class ArchiveWriter:
    """Writes a zip member by member, each in pieces, so that none of them is ever whole in memory.

    ``stream`` is empty and seekable. OSError when it does not take the bytes.
    """

    def __init__(self, stream: BinaryIO, *, deflate: bool = False) -> None:
        """Members are stored as they are, or deflated."""
        self._stream = stream
        self._deflate = deflate
        self._directory: list[bytes] = []
        self._offset = 0

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """One member more, its content in pieces."""
        encoded = name.encode("utf-8")
        # The sizes are known in the end only; the header is written a second time then.
        self._stream.write(bytes(_LOCAL.size) + encoded)
        checksum, size, packed = 0, 0, 0
        packer = zlib.compressobj(level=_LEVEL, wbits=-15) if self._deflate else None
        for piece in pieces:
            checksum, size = zlib.crc32(piece, checksum), size + len(piece)
            packed += self._stream.write(packer.compress(piece) if packer else piece)
        packed += self._stream.write(packer.flush() if packer else b"")
        header, entry = _headers(encoded, checksum, packed, size, self._offset, deflate=self._deflate)
        self._stream.seek(self._offset)
        self._stream.write(header)
        self._directory.append(entry)
        self._offset = self._stream.seek(0, io.SEEK_END)

    def finish(self) -> None:
        """Write the directory; nothing may be added after it."""
        self._stream.write(_ending(self._directory, self._offset))


def _headers(
    name: bytes, checksum: int, packed: int, size: int, offset: int, *, deflate: bool
) -> tuple[bytes, bytes]:
    """The local header of a member that stands at ``offset``, and its entry in the directory."""
    flags = 0 if name.isascii() else _UTF8
    method = _DEFLATED if deflate else _STORED
    common = (_VERSION, flags, method, _TIME, _DATE, checksum, packed, size, len(name), 0)
    entry = _CENTRAL.pack(_CENTRAL_MARK, _MADE_BY, *common, 0, 0, 0, _MODE, offset)
    return _LOCAL.pack(_LOCAL_MARK, *common) + name, entry + name


def _ending(directory: list[bytes], offset: int) -> bytes:
    """The directory, which stands at ``offset``, and the end of the zip."""
    listing, count = b"".join(directory), len(directory)
    return listing + _END.pack(_END_MARK, 0, 0, count, count, len(listing), offset, 0)


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the bytes of a member stand in a zip, how many they are, and their SHA-256."""

    start: int
    size: int
    sha256: str


def stored_members(stream: BinaryIO) -> dict[str, Stored] | None:
    """The members of a zip that ``ArchiveWriter`` stored; None when any byte is not as it writes it.

    Nothing of it is ever whole in memory.
    """
    found: dict[str, Stored] = {}
    directory: list[bytes] = []
    offset = 0
    while (read := stream.read(_LOCAL.size))[:4] == _LOCAL_MARK and len(read) == _LOCAL.size:
        size, name_size = _LOCAL.unpack(read)[8:10]
        name = stream.read(name_size)
        start = offset + _LOCAL.size + name_size
        checksum, digest, left = 0, hashlib.sha256(), size
        while piece := stream.read(min(left, PIECE)):
            checksum, left = zlib.crc32(piece, checksum), left - len(piece)
            digest.update(piece)
        header, entry = _headers(name, checksum, size, size, offset, deflate=False)
        if left or header != read + name:
            return None
        found[name.decode("utf-8", "replace")] = Stored(start, size, digest.hexdigest())
        directory.append(entry)
        offset = start + size
    return found if read + stream.read() == _ending(directory, offset) else None


class Window(io.RawIOBase):
    """Part of a file that is open for reading, as a file of its own."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        """``size`` bytes of ``stream`` from ``start``."""
        super().__init__()
        self._stream, self._start, self._size = stream, start, size
        self._position = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; ValueError before the beginning."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill as much of ``buffer`` as there is."""
        self._stream.seek(self._start + self._position)
        content = self._stream.read(min(len(buffer), max(self._size - self._position, 0)))
        buffer[: len(content)] = content
        self._position += len(content)
        return len(content)


def open_archive(name: str, data: bytes, key: str | None = None) -> Archive:
    """The members of the zip ``data``, the content of the file ``name``. ArchiveError with one sentence.

    A zip of our own is read from the front, its directory only compared, so that a damaged directory
    hides nothing. Any other zip, and one without the member ``key``, is read by its directory, after
    the dangers have been refused.
    """
    _refuse_other_files(name, data)
    members, complete = _read_in_sequence(data)
    if not complete or (key is not None and not _has(members, key)):
        listed_there = _read_by_directory(name, data)
        # Where the end is cut off, the directory found may be that of a zip inside, such as the workbook.
        if key is None or _has(listed_there, key) or not _has(members, key):
            members = listed_there or members
    if not members:
        raise ArchiveError(
            _("“{file}” is damaged or incomplete. Ask for it to be sent again.").format(file=name)
        )
    contents = {member.name: member.content for member in members}
    return Archive(members, as_built=build(contents) == data)


def _has(members: Iterable[Member], name: str) -> bool:
    return any(member.name == name for member in members)


def _read_by_directory(name: str, data: bytes) -> tuple[Member, ...]:
    """The members that the directory lists; none when it cannot be read. ArchiveError for dangers."""
    if has_long_directory(data, MAX_MEMBERS):
        raise _refused(name, Danger(DangerKind.MANY))
    entries = listed(data)
    unfit = (Danger(DangerKind.NAME, each.filename) for each in entries if is_unfit_name(each.filename))
    danger = first_danger(entries, data, _LIMITS) or next(unfit, None)
    if danger is not None:
        raise _refused(name, danger)
    return tuple(_member(data, entry) for entry in entries)


def _refuse_other_files(name: str, data: bytes) -> None:
    if not data:
        raise ArchiveError(_("“{file}” is empty.").format(file=name))
    if data.startswith(_OFFICE_MARK):
        raise ArchiveError(
            _("“{file}” is protected by a password, or an old Office file. It is no package.").format(
                file=name
            )
        )
    if _LOCAL_MARK not in data and _END_MARK not in data:
        raise ArchiveError(
            _("“{file}” is no package: a package is a zip file made by “export”.").format(file=name)
        )


def _refused(name: str, danger: Danger) -> ArchiveError:
    """Everything that can be seen without unpacking. A false size is found later, by the checksum."""
    match danger.kind:
        case DangerKind.MANY:
            sentence = _("“{file}” holds more than {count} files, far too many for a package.")
        case DangerKind.ENCRYPTED:
            sentence = _("“{file}” is protected by a password. Ask for it without one.")
        case DangerKind.NAME:
            sentence = _("“{file}” holds “{member}”, which no package has. It is not read.")
        case DangerKind.TWICE:
            sentence = _("“{file}” holds “{member}” twice, so it could be read in two ways. It is not read.")
        case _:
            sentence = _("“{file}” would unpack to far more than a package holds. It is not read.")
    return ArchiveError(sentence.format(file=name, member=shown(danger.member), count=MAX_MEMBERS))


def shown(name: str) -> str:
    """The name of a member as it can be shown: nothing in it turns round or hides what stands beside it."""
    whole = "".join(each if each.isprintable() else "\ufffd" for each in name)
    return whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN]}…"


def _member(data: bytes, entry: zipfile.ZipInfo) -> Member:
    """One member, its bytes taken whether or not they agree with their checksum."""
    start = entry.header_offset + _LOCAL.size
    if entry.header_offset < 0 or start > len(data):
        return Member(entry.filename, b"", sound=False)
    header = _LOCAL.unpack_from(data, entry.header_offset)
    start += header[9] + header[10]
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == _STORED:
        content: bytes | None = packed
    elif entry.compress_type == _DEFLATED:
        content = _inflated(packed, entry.file_size)
    else:
        content = None
    if content is None:
        return Member(entry.filename, b"", sound=False)
    whole = len(content) == entry.file_size and zlib.crc32(content) == entry.CRC
    return Member(entry.filename, content, sound=whole and header[0] == _LOCAL_MARK)


def _inflated(packed: bytes, size: int) -> bytes | None:
    """At most ``size`` bytes, whatever the packed ones would become."""
    try:
        return zlib.decompressobj(wbits=-15).decompress(packed, max(size, 1))
    except zlib.error:
        return None


def _read_in_sequence(data: bytes) -> tuple[tuple[Member, ...], bool]:
    """The stored members from the front, and whether they are sound and followed by the directory."""
    found: list[Member] = []
    seen: set[str] = set()
    offset = 0
    while data[offset : offset + 4] == _LOCAL_MARK and offset + _LOCAL.size <= len(data):
        header = _LOCAL.unpack_from(data, offset)
        method, crc, packed_size, size, name_size, extra_size = header[3], *header[6:11]
        start = offset + _LOCAL.size + name_size + extra_size
        name = data[offset + _LOCAL.size : offset + _LOCAL.size + name_size].decode("utf-8", "replace")
        is_unfit = is_bad_name(name) or is_unfit_name(name) or len(found) >= MAX_MEMBERS
        if method != _STORED or packed_size != size or is_unfit or name.casefold() in seen:
            return tuple(found), False
        seen.add(name.casefold())
        content = data[start : start + size]
        found.append(Member(name, content, sound=len(content) == size and zlib.crc32(content) == crc))
        offset = start + size
    at_directory = data[offset : offset + 4] == _CENTRAL_MARK
    return tuple(found), at_directory and all(member.sound for member in found)
