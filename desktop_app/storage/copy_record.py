"""What is remembered of a working copy: where it was taken from, and what that place held then.

A small JSON file beside the working copy. It is never the only trace of anybody's words: where it is
lost or damaged, the working copy is taken to hold work of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.files import atomic_write
from desktop_app.storage.log import Head

RECORD = "place.json"

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The bytes of a file: how many, and their SHA-256."""

    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Fingerprint | None:
        """Of the file at ``path``; None when there is none. OSError."""
        digest, size = hashlib.sha256(), 0
        try:
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    digest.update(piece)
                    size += len(piece)
        except FileNotFoundError:
            return None
        return cls(size, digest.hexdigest())


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a report file. ``content`` is a SHA-256 over all that stands in its tables."""

    fingerprint: Fingerprint
    file_id: str
    head: Head
    content: str


@dataclass(slots=True)
class CopyRecord:
    """``base`` is what ``target`` held when it was last read or written; None: it does not exist yet.

    ``place`` is the person's file. ``target``, where the working copy is written to, is another one after a
    conflict. ``pending`` is what was about to be moved to ``target``. ``device`` is the drive of the place.
    """

    place: Path
    target: Path
    who: str
    taken_at: str
    base: Version | None
    pending: Fingerprint | None = None
    written_at: str = ""
    device: int = 0

    @property
    def has_conflict(self) -> bool:
        """Whether somebody else changed the person's file, so that the work goes to another."""
        return self.target != self.place

    def is_known(self, found: Fingerprint | None) -> bool:
        """Whether what now stands at ``target`` came from here or was taken from there."""
        if found is None:
            return self.base is None
        return found == self.pending or (self.base is not None and found == self.base.fingerprint)

    def save(self, folder: Path) -> None:
        """Write it into the folder of its working copy. CannotWriteError."""
        from dataclasses import asdict

        plain = asdict(self)
        plain["place"], plain["target"] = str(self.place), str(self.target)
        if self.base is not None:
            plain["base"]["head"]["hash"] = self.base.head.hash.hex()
        # In ASCII: names of files need not be proper Unicode.
        atomic_write(folder / RECORD, json.dumps(plain, indent=1).encode("ascii"))


def read_record(folder: Path) -> CopyRecord | None:
    """The record in the folder of a working copy; None where there is none that can be read."""
    try:
        plain = json.loads((folder / RECORD).read_bytes())
        return CopyRecord(
            place=Path(plain["place"]),
            target=Path(plain["target"]),
            who=str(plain["who"]),
            taken_at=str(plain["taken_at"]),
            base=_version(plain["base"]),
            pending=_fingerprint(plain["pending"]),
            written_at=str(plain["written_at"]),
            device=int(plain["device"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _fingerprint(plain: Any) -> Fingerprint | None:
    return None if plain is None else Fingerprint(int(plain["size"]), str(plain["sha256"]))


def _version(plain: Any) -> Version | None:
    if plain is None:
        return None
    fingerprint = _fingerprint(plain["fingerprint"])
    assert fingerprint is not None
    head = Head(int(plain["head"]["seq"]), bytes.fromhex(plain["head"]["hash"]))
    return Version(fingerprint, str(plain["file_id"]), head, str(plain["content"]))


def copy_folders(folder: Path) -> Iterator[tuple[Path, CopyRecord]]:
    """The folders of all working copies below ``folder`` whose record can be read."""
    if folder.is_dir():
        for home in sorted(folder.iterdir()):
            if (record := read_record(home)) is not None:
                yield home, record


def folder_for(place: Path, folder: Path) -> Path:
    """Where a working copy of the file at ``place`` is, or would be, below ``folder``."""
    for home, record in copy_folders(folder):
        if place in (record.target, record.place):
            return home
    return folder / hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
