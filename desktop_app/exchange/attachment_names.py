"""The names of attached files inside a package: harmless on every system, whatever the file was called.

``attachments/<first 12 digits of its SHA-256>-<name>``. The digits keep two files of one name apart; the
report itself keeps the name as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.report.file_names import safe_member_name
from desktop_app.report.values import Attachment

FOLDER = "attachments/"


def names_by_file(files: Iterable[Attachment]) -> dict[Attachment, str]:
    """The name of the member for each file. The same content under two names is two members.

    Whoever gets the package looks for a file by its own name. Names that differ in case alone are one on many
    systems: of one content they share a member, of two the second has all of its checksum.
    """
    found: dict[Attachment, str] = {}
    taken: dict[str, tuple[str, str]] = {}
    for file in sorted(set(files), key=_sha256_and_name):
        name = FOLDER + safe_member_name(file.name, file.sha256)
        owner, name = taken.setdefault(name.casefold(), (file.sha256, name))
        found[file] = name if owner == file.sha256 else f"{FOLDER}{file.sha256}"
    return found


def member_names(files: Iterable[Attachment]) -> dict[str, Attachment]:
    """The files by the names of their members, in order."""
    found: dict[str, Attachment] = {}
    for file, name in names_by_file(files).items():
        found.setdefault(name, file)
    return dict(sorted(found.items()))


def _sha256_and_name(file: Attachment) -> tuple[str, str, int]:
    return file.sha256, file.name, file.size
