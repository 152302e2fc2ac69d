"""Records read from the bytes of a damaged SQLite file, page by page, where SQLite itself finds no way.

A page in the middle of a tree may be gone while all its leaves are sound; SQLite reaches none of them.
Here every leaf is looked at by itself (https://www.sqlite.org/fileformat2.html), and the shape of a
record says which table it is from. Nothing here says that a record is right.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from typing import NamedTuple

_HEADER = 100
_LEAF = 0x0D
_KEY_PAGES = {0x0A: 0, 0x02: 4}
"""Pages of an index, and how many bytes stand before each of their records."""
_LARGEST = 50_000_000
"""Bytes of one record; damaged numbers may promise more."""

Column = int | float | str | bytes | None


class CarvedRecord(NamedTuple):
    """A record of some table: its rowid, and its columns as they are stored."""

    rowid: int
    columns: tuple[Column, ...]


def page_size_of(content: bytes) -> int:
    """The size of the file's pages as its header says it, or the usual one."""
    (size,) = struct.unpack(">H", content[16:18]) if len(content) >= _HEADER else (4096,)
    size = 65536 if size == 1 else size
    return size if size >= 512 and size & (size - 1) == 0 else 4096


def carve(content: bytes) -> Iterator[CarvedRecord]:
    """Every record in a leaf page of some table that can be read whole; free pages are passed over."""
    pages = _Pages(content)
    free = pages.free()
    for number in range(1, pages.count + 1):
        if number not in free:
            yield from pages.records(number)


def carve_keys(content: bytes) -> Iterator[tuple[Column, ...]]:
    """Every record of some index, as ``carve``: they name lines that may be lost themselves."""
    pages = _Pages(content)
    free = pages.free()
    for number in range(1, pages.count + 1):
        if number not in free:
            yield from pages.keys(number)


class _DamagedRecordError(Exception):
    """A record cannot be read."""


class _Pages:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = page_size_of(content)
        reserved = content[20] if len(content) > _HEADER and content[20] < 64 else 0
        self._usable = self._size - reserved
        self.count = -(-len(content) // self._size)

    def free(self) -> set[int]:
        """The pages on the list of free ones, as far as it can be followed."""
        found: set[int] = set()
        trunk = self._number(self._content, 32)
        while trunk and trunk not in found:
            page = self._page(trunk) if trunk <= self.count else b""
            length, behind = self._number(page, 4), self._number(page, 0)
            pages = {self._number(page, 8 + 4 * index) for index in range(min(length, self._usable // 4))}
            if not page or max({length, behind} | pages) > self.count:
                # The header is an old one, and the page holds something else by now.
                break
            found |= {trunk} | pages
            trunk = behind
        return found

    def records(self, number: int) -> Iterator[CarvedRecord]:
        page = self._page(number)
        at = _HEADER if number == 1 else 0
        if page[at : at + 1] != bytes([_LEAF]):
            return
        for place in self._places(page, at, 8):
            with contextlib.suppress(_DamagedRecordError, struct.error, IndexError, UnicodeDecodeError):
                yield self._record(page, place)

    def keys(self, number: int) -> Iterator[tuple[Column, ...]]:
        page = self._page(number)
        before = _KEY_PAGES.get(page[0] if page else 0)
        if before is None:
            return
        for place in self._places(page, 0, 8 + before):
            with contextlib.suppress(_DamagedRecordError, struct.error, IndexError, UnicodeDecodeError):
                length, at = _varint(page, place + before)
                # Longer ones go on elsewhere; ours are short.
                if length <= self._usable // 5:
                    yield _columns(page[at : at + length])

    @staticmethod
    def _places(page: bytes, at: int, header: int) -> list[int]:
        """Where the records of a page begin, as its own list says."""
        if len(page) < at + header:
            return []
        (count,) = struct.unpack_from(">H", page, at + 3)
        count = min(count, (len(page) - at - header) // 2)
        return list(struct.unpack_from(f">{count}H", page, at + header))

    def _page(self, number: int) -> bytes:
        return self._content[(number - 1) * self._size : number * self._size]

    @staticmethod
    def _number(content: bytes, at: int) -> int:
        return int.from_bytes(content[at : at + 4])

    def _record(self, page: bytes, at: int) -> CarvedRecord:
        length, at = _varint(page, at)
        rowid, at = _varint(page, at)
        if length > _LARGEST:
            raise _DamagedRecordError
        local = self._local(length)
        payload = page[at : at + local]
        if length > local:
            payload += self._overflow(self._number(page, at + local), length - local)
        if len(payload) != length:
            raise _DamagedRecordError
        return CarvedRecord(_signed(rowid), _columns(payload))

    def _local(self, length: int) -> int:
        """How much of a record stands in its leaf; the rest is in overflow pages."""
        most = self._usable - 35
        if length <= most:
            return length
        least = (self._usable - 12) * 32 // 255 - 23
        fitting = least + (length - least) % (self._usable - 4)
        return fitting if fitting <= most else least

    def _overflow(self, number: int, missing: int) -> bytes:
        parts = []
        while missing > 0:
            page = self._page(number) if 0 < number <= self.count else b""
            part = page[4 : 4 + min(missing, self._usable - 4)]
            if not part:
                raise _DamagedRecordError
            parts.append(part)
            missing -= len(part)
            number = self._number(page, 0)
        return b"".join(parts)


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """SQLite's number of one to nine bytes, and where it ends."""
    value = 0
    for index in range(9):
        byte = content[at + index]
        if index == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    raise AssertionError


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _columns(payload: bytes) -> tuple[Column, ...]:
    length, at = _varint(payload, 0)
    if length > len(payload):
        raise _DamagedRecordError
    kinds = []
    while at < length:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    columns = []
    at = length
    for kind in kinds:
        column, at = _column(payload, at, kind)
        columns.append(column)
    if at != len(payload):
        raise _DamagedRecordError
    return tuple(columns)


_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)


def _column(payload: bytes, at: int, kind: int) -> tuple[Column, int]:
    if kind in (0, 8, 9):
        return {0: None, 8: 0, 9: 1}[kind], at
    if kind in (10, 11):
        raise _DamagedRecordError
    size = _INTEGER_BYTES[kind] if kind < 7 else 8 if kind == 7 else (kind - 12) // 2
    part = payload[at : at + size]
    if len(part) != size:
        raise _DamagedRecordError
    if kind < 7:
        return int.from_bytes(part, signed=True), at + size
    if kind == 7:
        return float(struct.unpack(">d", part)[0]), at + size
    return (part if kind % 2 == 0 else part.decode("utf-8")), at + size
