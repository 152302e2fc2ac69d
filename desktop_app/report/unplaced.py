"""Words that no question of a form asks for: kept, shown, never dropped."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.formdef.model import FieldType
from desktop_app.report.values import Plain, read_value
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words from an old document or form that have no place in this one.

    ``text`` is in the text notation; ``near`` is the path or section code they stood beside, or empty.
    """

    text: str
    near: str = ""


def read_unplaced(plain: Plain) -> Unplaced:
    """Read from JSON. ValueError when it is none; MarkupError for text that cannot be read."""
    if not isinstance(plain, Mapping):
        raise ValueError(_("words were expected"))
    text, near = plain.get("text"), plain.get("near", "")
    if not isinstance(text, str) or not isinstance(near, str):
        raise ValueError(_("words were expected"))
    read_value(FieldType.TEXT, text)
    return Unplaced(text, near)


def write_unplaced(kept: Unplaced) -> Plain:
    """As it stands in JSON."""
    return {"text": kept.text, "near": kept.near}
