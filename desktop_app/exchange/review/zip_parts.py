"""The parts of a workbook, unpacked piece by piece in memory. Used in the limited process only."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from desktop_app.exchange.review.reasons import Reason, UnreadableError
from desktop_app.exchange.zip_dangers import content_start, listed

PIECE = 1 << 18
_STORED, _DEFLATED = 0, 8


class ZipParts:
    """The parts by name; upper and lower case make no difference, as in Excel."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._entries = {entry.filename.casefold(): entry for entry in listed(data)}

    def names(self) -> list[str]:
        """The names of all parts."""
        return [entry.filename for entry in self._entries.values()]

    def unpacked_size(self, names: Iterable[str] | None = None) -> int:
        """Bytes of these parts once they are unpacked, or of all that can be read as XML."""
        endings = (".xml", ".rels")
        chosen = (each for each in self._entries if each.endswith(endings)) if names is None else names
        return sum(self._entries[each.casefold()].file_size for each in chosen)

    def packed_size(self, name: str) -> int:
        """Bytes that a part takes in the file; none where there is no such part."""
        entry = self._entries.get(name.casefold())
        return entry.compress_size if entry is not None else 0

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.casefold() in self._entries

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, bit by bit. UnreadableError when they are not what the directory says."""
        entry = self._entries.get(name.casefold())
        start = content_start(self._data, entry) if entry is not None else None
        if entry is None or start is None:
            raise UnreadableError(Reason.DAMAGED, name)
        size, checksum = 0, 0
        for piece in self._unpacked(entry, start):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if size > entry.file_size:
                raise UnreadableError(Reason.TOO_MUCH, name)
            yield piece
        if size != entry.file_size or checksum != entry.CRC:
            raise UnreadableError(Reason.DAMAGED, name)

    def refuse_many(self, name: str, mark: bytes, most: int) -> None:
        """UnreadableError where ``mark`` stands in a part more than ``most`` times.

        Counted while unpacking, which is far quicker than to parse as much before it is too much. A mark
        that two pieces share is not counted.
        """
        count = 0
        for piece in self.pieces(name):
            count += piece.count(mark)
            if count > most:
                raise UnreadableError(Reason.TOO_MUCH, name)

    def _unpacked(self, entry: zipfile.ZipInfo, start: int) -> Iterator[bytes]:
        packed = memoryview(self._data)[start : start + entry.compress_size]
        if entry.compress_type == _STORED:
            for offset in range(0, len(packed), PIECE):
                yield bytes(packed[offset : offset + PIECE])
        elif entry.compress_type == _DEFLATED:
            yield from _inflated(packed, entry.filename)
        else:
            raise UnreadableError(Reason.DAMAGED, entry.filename)


def _inflated(packed: memoryview, name: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=-15)
    try:
        for offset in range(0, len(packed), PIECE):
            rest: bytes | memoryview = packed[offset : offset + PIECE]
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, PIECE)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise UnreadableError(Reason.DAMAGED, name) from error


def target_of(source: str, target: str) -> str:
    """The name of the part that a relationship of the part ``source`` leads to."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def relationships_of(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, _slash, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
