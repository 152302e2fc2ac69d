"""The rules a policy may hold, and how the value of each is read."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, StrEnum, auto
from pathlib import Path

from desktop_app.runtime.dataclass import dataclass, field_names
from desktop_app.runtime.i18n import _
from desktop_app.runtime.shipped import resource

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


_ON_WINDOWS = r"|%(\w+)%" if sys.platform == "win32" else r"|(?!)()"
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)\})" + _ON_WINDOWS, re.ASCII)


_SHOWN = dict.fromkeys(range(32), "�") | {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"}
"""How signs are written of which TOML makes others."""


class Feature(StrEnum):
    """What a policy may switch off."""

    IMPORT = "import"
    """Old reports, packages and workbooks are brought in."""
    ATTACHMENTS = "attachments"
    """Files are attached to answers."""
    PUBLIC_COPY = "public_copy"
    """Copies without what is confidential are made."""
    ENCRYPTION = "encryption"
    """Packages are encrypted."""
    FORM_DELIVERIES = "form_deliveries"
    """Forms are installed by the person."""


class Kind(Enum):
    """The kind of a rule's value, which the registry writes in its own way."""

    FLAG = auto()
    WORDS = auto()
    LIST = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class BackupsKept:
    """How many backups are kept; None: as many as the program proposes."""

    latest: int | None = None
    days: int | None = None
    weeks: int | None = None


class WrongValueError(Exception):
    """Carries the words that say what was expected. ``in_force``: what holds of the value all the same.

    ``wrong``: the parts of the value that are none of what was expected, such as one entry of a list.
    """

    def __init__(self, expected: str, in_force: object = None, wrong: Sequence[object] = ()) -> None:
        """``expected`` follows "must be"."""
        super().__init__(expected)
        self.in_force = in_force
        self.wrong = ", ".join(f"“{each}”" for each in wrong)


@dataclass(frozen=True, slots=True)
class Rule:
    """How a rule is read; ``strict`` is in force where its value cannot be read, None: nothing is."""

    kind: Kind
    read: Callable[[object], object]
    strict: object = None


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError(_("true or false"))
    return value


def _whole_path(value: object) -> Path | None:
    """A full path, variables and ~ filled in; None when it is none.

    WrongValueError: unknown variables, or what became of a backslash in the file.
    """
    if not isinstance(value, str):
        return None
    if any(sign < " " for sign in value):
        # In TOML "D:\backups" is D:, a backspace and "ackups".
        raise WrongValueError(
            _("a path in single quotation marks: in double ones a backslash begins a character"),
            wrong=[value.translate(_SHOWN)],
        )
    found = [each[0] or each[1] or each[2] for each in _VARIABLE.findall(value)]
    unknown = [f"${name}" for name in found if name not in os.environ]
    if unknown:
        raise WrongValueError(_("a path with variables that are set here"), wrong=unknown)
    path = os.path.expanduser(os.path.expandvars(value))  # noqa: PTH111 - Path.expanduser raises without a home
    return Path(path) if os.path.isabs(path) else None  # noqa: PTH117


def _folder(value: object) -> Path:
    folder = _whole_path(value)
    if folder is None:
        raise WrongValueError(_("the full path of a folder, in quotation marks"))
    return folder


def _paths(value: object) -> tuple[Path, ...] | None:
    found = [_whole_path(each) for each in value] if isinstance(value, list) else [None]
    whole = tuple(each for each in found if each is not None)
    return whole if len(whole) == len(found) else None


def _files(value: object) -> tuple[Path, ...]:
    found = _paths(value)
    if found is None:
        raise WrongValueError(_("a list with the full paths of files, each in quotation marks"))
    return found


def _folders(value: object) -> tuple[Path, ...]:
    found = _paths(value)
    if found is None:
        raise WrongValueError(_("a list with the full paths of folders, each in quotation marks"))
    return found


def _kept(value: object) -> BackupsKept:
    names = field_names(BackupsKept)
    if not isinstance(value, dict) or not set(value) <= set(names):
        wrong = [name for name in value if name not in names] if isinstance(value, dict) else []
        raise WrongValueError(_("a table with {names}").format(names=", ".join(names)), wrong=wrong)
    for number in value.values():
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise WrongValueError(_("a table of whole numbers from 1 on"))
    return BackupsKept(**value)


def _language(value: object) -> str:
    spoken = languages()
    tag = value.replace("_", "-") if isinstance(value, str) and _TAG.fullmatch(value) else ""
    if tag not in spoken and tag.split("-")[0] not in spoken:
        raise WrongValueError(_("one of these: {names}").format(names=", ".join(spoken)))
    return tag


def languages() -> list[str]:
    """The tags of the languages that the program speaks."""
    catalogues = resource("i18n").glob("*/LC_MESSAGES")
    return sorted({"en", *(each.parent.name.replace("_", "-") for each in catalogues)})


def _features(value: object) -> tuple[Feature, ...]:
    known = [each.value for each in Feature]
    named = value if isinstance(value, list) else []
    found = tuple(each for each in Feature if each.value in named)
    if not isinstance(value, list) or not all(each in known for each in named):
        # Of a list, those that are known stay switched off.
        kept = found if isinstance(value, list) else None
        wrong = [each for each in named if each not in known]
        expected = _("a list of some of these: {names}").format(names=", ".join(known))
        raise WrongValueError(expected, kept, wrong)
    return found


RULES: Mapping[str, Rule] = {
    "require_protection": Rule(Kind.FLAG, _yes_or_no, strict=True),
    "backup_folder": Rule(Kind.WORDS, _folder),
    "backups_kept": Rule(Kind.TABLE, _kept),
    "work_in_place": Rule(Kind.FLAG, _yes_or_no),
    "secretariat_keys": Rule(Kind.LIST, _files),
    "data_folder": Rule(Kind.WORDS, _folder),
    "form_folders": Rule(Kind.LIST, _folders, strict=()),
    "form_keys": Rule(Kind.LIST, _files, strict=()),
    "language": Rule(Kind.WORDS, _language),
    "disabled": Rule(Kind.LIST, _features, strict=tuple(Feature)),
}
"""What a policy may settle, by name."""
