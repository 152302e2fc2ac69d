"""The names of attached files inside a package: harmless on every system, whatever the file was called.

``attachments/<first 12 digits of its SHA-256>-<name>``. The digits keep two files of one name apart; the
report itself keeps the name as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.report.file_names import safe_member_name
from desktop_app.report.values import Attachment

FOLDER = "attachments/"


def member_names(files: Iterable[Attachment]) -> dict[str, Attachment]:
    """The files by the names of their members, in order; the same content once, under the first of its names.

    Names that differ in case alone are one on many systems: the second of them has all of its checksum.
    """
    by_content: dict[str, Attachment] = {}
    for file in sorted(files, key=_name_and_sha256):
        by_content.setdefault(file.sha256, file)
    found: dict[str, Attachment] = {}
    taken: set[str] = set()
    for sha256, file in sorted(by_content.items()):
        name = FOLDER + safe_member_name(file.name, sha256)
        if name.casefold() in taken:
            name = f"{FOLDER}{sha256}"
        taken.add(name.casefold())
        found[name] = file
    return dict(sorted(found.items()))


def _name_and_sha256(file: Attachment) -> tuple[str, str]:
    return file.name, file.sha256
