"""What an IT department has settled for everybody at this computer: a small TOML file that is only read.

It stands in a place that officials cannot write. Nothing in it is passed over in silence: what cannot be
read or is not known is told in ``Policy.complaints``. Where the file as a whole, or the rule itself, cannot
be read, protection counts as required: who has made a policy wanted more than is usual, not less.
"""

from __future__ import annotations

import dataclasses
import errno
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _

VARIABLE = "ALLIANCE_DESK_POLICY"
"""Environment variable with the path of the policy file, in place of the usual ones."""

_NAME = "policy.toml"


@dataclass(frozen=True, slots=True)
class BackupsKept:
    """How many backups are kept; None: as many as the program proposes."""

    latest: int | None = None
    days: int | None = None
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What is settled. ``path``: the file that says so, if there is one."""

    require_protection: bool = False
    """Every report file has a passphrase; others are only read."""

    backup_folder: Path | None = None
    """Where backups go, whatever the person chose."""

    backups_kept: BackupsKept = BackupsKept()

    work_in_place: bool = False
    """Files on shares and sticks are written where they are, without a working copy."""

    secretariat_keys: tuple[Path, ...] = ()
    """Key files of secretariats, whose keys count as confirmed at this computer."""

    path: Path | None = None
    complaints: tuple[str, ...] = ()
    """A sentence for each mistake in the file, to be shown to the person and passed on to IT."""


class _WrongValueError(Exception):
    """Carries the words that say what was expected."""


def policy() -> Policy:
    """The policy of this computer as it stands now: nothing is kept, so that no restart is needed."""
    named = os.environ.get(VARIABLE, "")
    if named:
        return read_policy(Path(named)) or _unreadable(Path(named), os.strerror(errno.ENOENT))
    for path in _places():
        found = read_policy(path)
        if found is not None:
            return found
    return Policy()


def read_policy(path: Path) -> Policy | None:
    """The policy in the file at ``path``; None when there is no file."""
    try:
        plain = tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return _unreadable(path, error.strerror)
    except (ValueError, RecursionError) as error:
        return _unreadable(path, error)
    return _from_plain(path, plain)


def _from_plain(path: Path, plain: Mapping[str, Any]) -> Policy:
    settled: dict[str, Any] = {}
    complaints = []
    for key, value in plain.items():
        read = _KEYS.get(key)
        if read is None:
            sentence = _("The policy file “{file}” has a rule this program does not know: “{key}”.")
            complaints.append(sentence.format(file=path, key=key))
            continue
        try:
            settled[key] = read(value)
        except _WrongValueError as error:
            sentence = _("In the policy file “{file}”, “{key}” must be {expected}.")
            complaints.append(sentence.format(file=path, key=key, expected=error))
            if key == "require_protection":
                settled[key] = True
    return Policy(**settled, path=path, complaints=tuple(complaints))


def _unreadable(path: Path, reason: object) -> Policy:
    sentence = _(
        "The policy file “{file}” cannot be read ({reason}), so protection with a passphrase counts as"
        " required. Tell your IT department."
    )
    return Policy(require_protection=True, path=path, complaints=(sentence.format(file=path, reason=reason),))


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise _WrongValueError(_("true or false"))
    return value


def _folder(value: object) -> Path:
    folder = Path(os.path.expandvars(value)).expanduser() if isinstance(value, str) and value else None
    if folder is None or not folder.is_absolute():
        raise _WrongValueError(_("the full path of a folder, in quotation marks"))
    return folder


def _files(value: object) -> tuple[Path, ...]:
    named = value if isinstance(value, list) else None
    found = [Path(os.path.expandvars(each)) for each in named or () if isinstance(each, str) and each]
    if named is None or len(found) != len(named) or not all(each.is_absolute() for each in found):
        raise _WrongValueError(_("a list with the full paths of files, each in quotation marks"))
    return tuple(found)


def _kept(value: object) -> BackupsKept:
    names = [field.name for field in dataclasses.fields(BackupsKept)]
    if not isinstance(value, dict) or not set(value) <= set(names):
        raise _WrongValueError(_("a table with {names}").format(names=", ".join(names)))
    for number in value.values():
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise _WrongValueError(_("a table of whole numbers from 1 on"))
    return BackupsKept(**value)


_KEYS: Mapping[str, Callable[[object], object]] = {
    "require_protection": _yes_or_no,
    "backup_folder": _folder,
    "backups_kept": _kept,
    "work_in_place": _yes_or_no,
    "secretariat_keys": _files,
}
"""What a policy file may settle, and how each value is read."""


def _places() -> list[Path]:
    """Where the file may stand; the first that is there counts."""
    places = [_computer_folder() / _NAME]
    if getattr(sys, "frozen", False):
        places.append(Path(sys.executable).resolve().parent / _NAME)
    return places


def _computer_folder() -> Path:
    """The folder for settings of the whole computer, which only its administrators write."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "alliance-desk"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/alliance-desk")
    return Path("/etc/alliance-desk")
