"""Files that go with a report: the answers to questions that ask for one, and what is attached beside.

Any answer, row or list can carry files. Each stands in the report under an id of its own, with the path of
what it goes with, so that adding one and removing another never get in each other's way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from desktop_app.formdef.model import FieldType
from desktop_app.report.paths import ATTACHED, PlaceKind, read_path
from desktop_app.report.values import Attachment, Plain, read_value
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class Attached:
    """``file`` goes with the answer, row or list at the path ``about``."""

    about: str
    file: Attachment


def attached_path(attached_id: str) -> str:
    """The path of an attached file."""
    return f"{ATTACHED}/{attached_id}"


def write_attached(attached: Attached) -> dict[str, Plain]:
    """An attached file in JSON, as it stands in the log and in ``data.json``."""
    file = attached.file
    return {"path": attached.about, "name": file.name, "sha256": file.sha256, "size": file.size}


def read_attached(plain: Plain) -> Attached:
    """The attached file of its JSON. ValueError says what was expected."""
    file = read_value(FieldType.ATTACHMENT, plain)
    about = plain.get("path") if isinstance(plain, Mapping) else None
    if not isinstance(file, Attachment) or not isinstance(about, str) or not can_carry(about):
        raise ValueError(_("an attachment with its place was expected"))
    return Attached(about, file)


def can_carry(path: str) -> bool:
    """Whether files can go with what stands at ``path``; the empty path is the report as a whole."""
    return not path or read_path(path).kind in (PlaceKind.ANSWER, PlaceKind.ROW)


class HasAttached(Protocol):
    """What files are attached to: a report."""

    @property
    def attached(self) -> Mapping[str, Attached]:
        """By their ids."""


def attached_to(report: HasAttached, path: str) -> list[tuple[str, Attached]]:
    """The files beside exactly the place at ``path``, each with its id, by name."""
    return by_name((key, each) for key, each in report.attached.items() if each.about == path)


def attached_within(report: HasAttached, path: str) -> list[tuple[str, Attached]]:
    """The files beside the place at ``path`` and all that stands in it, such as the fields of a row."""
    below = f"{path}/"
    return by_name(
        (key, each)
        for key, each in report.attached.items()
        if each.about == path or each.about.startswith(below)
    )


def by_name(found: Iterable[tuple[str, Attached]]) -> list[tuple[str, Attached]]:
    """Files with their ids in the order they are shown in."""
    return sorted(found, key=_name_and_id)


def _name_and_id(entry: tuple[str, Attached]) -> tuple[str, str, str]:
    key, attached = entry
    return attached.file.name.casefold(), attached.file.name, key
