"""What an IT department has settled for everybody at this computer: a small TOML file that is only read.

It stands in a place that officials cannot write; on Windows the registry may hold the same rules, which
then come first. Nothing in it is passed over in silence: what cannot be read or is not known is told in
``Policy.complaints``. Where a rule, or all of it, cannot be read, the stricter way holds: who has made a
policy wanted more than is usual, not less.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop_app.runtime import policy_registry
from desktop_app.runtime.dataclass import dataclass, field, replace
from desktop_app.runtime.i18n import _
from desktop_app.runtime.own_folders import NoHomeError, own_forms
from desktop_app.runtime.policy_rules import RULES, BackupsKept, Feature, WrongValueError

__all__ = [
    "VARIABLE",
    "BackupsKept",
    "Feature",
    "Origin",
    "Policy",
    "places_looked_at",
    "policy",
    "read_policy",
    "read_values",
    "usual_places",
]

VARIABLE = "ALLIANCE_DESK_POLICY"
"""Environment variable with the path of a policy file where no usual place has one.

Everybody may set variables of their own, and nobody may put away by one what was settled for the computer.
"""

_NAME = "policy.toml"
_LARGEST = 1024 * 1024
"""Bytes of a policy; what is larger is none, and would hold up every start."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule stands: in which file, or where in the registry."""

    place: str
    is_registry: bool = False
    is_stricter_way: bool = False
    """Nothing stands there that could be read: the stricter way holds until it can."""


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

    data_folder: Path | None = None
    """Where files are proposed to be kept and looked for."""

    form_folders: tuple[Path, ...] | None = None
    """The only folders with forms besides the program's own and the computer's; None: as is usual."""

    form_keys: tuple[Path, ...] | None = None
    """Key files: a form is installed only when one of these keys has signed it; None: any form."""

    language: str = ""
    """Of the program; empty: the person's."""

    disabled: tuple[Feature, ...] = ()
    """What cannot be done with the program here."""

    path: Path | None = None
    is_read: bool = True
    """Whether the file could be read."""

    complaints: tuple[str, ...] = ()
    """A sentence for each mistake, to be shown to the person and passed on to IT."""

    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False)
    """Where each rule that is in force stands, by its name."""


def policy() -> Policy:
    """The policy of this computer as it stands now: nothing is kept, so that no restart is needed."""
    in_file = _of_file()
    try:
        values = policy_registry.read_registry()
    except OSError as error:
        unreadable = _unreadable(Origin(policy_registry.PLACE, is_registry=True), error.strerror)
        return _together(unreadable, in_file)
    if values is None:
        return in_file
    plain = policy_registry.plain_of(values)
    return _together(read_values(plain, Origin(policy_registry.PLACE, is_registry=True)), in_file)


def _of_file() -> Policy:
    for path in usual_places():
        found = read_policy(path)
        if found is not None:
            return found
    named = os.environ.get(VARIABLE, "")
    if named:
        missing = os.strerror(errno.ENOENT)
        return read_policy(Path(named)) or _unreadable(Origin(named), missing, Path(named))
    return Policy()


def read_policy(path: Path) -> Policy | None:
    """The policy in the file at ``path``; None when there is no file."""
    words = ""
    try:
        words = _words_of(path)
        # Seldom is there one, and every start looks for it.
        import tomllib

        plain = tomllib.loads(words)
    except (FileNotFoundError, NotADirectoryError) as error:
        # A link says that there is to be a policy, though what it leads to is away, as on a share may be.
        is_linked = path.is_symlink() or path.parent.is_symlink()
        return _unreadable(Origin(str(path)), error.strerror, path) if is_linked else None
    except OSError as error:
        return _unreadable(Origin(str(path)), error.strerror, path)
    except (ValueError, RecursionError) as error:
        return _unreadable(Origin(str(path)), _reason(error, words), path)
    return read_values(plain, Origin(str(path)), path)


def _words_of(path: Path) -> str:
    """OSError, ValueError when it is no policy for its size or its bytes."""
    if path.is_fifo():
        # Whoever opens one waits for somebody to write.
        raise ValueError(_("it is no ordinary file"))
    with path.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(_("it is too large for a policy"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(_("it must be saved as UTF-8")) from error


def _reason(error: Exception, words: str) -> str:
    """Why the policy cannot be read; with what helps where a path of Windows stands in the wrong marks."""
    place = re.search(r"\(at line (\d+), column \d+\)$", str(error))
    lines = words.splitlines()
    line = lines[int(place[1]) - 1] if place is not None and int(place[1]) <= len(lines) else ""
    if "\\" in line.partition('"')[2]:
        hint = _("In double quotation marks a backslash begins a character: put paths in single ones")
        return f"{error}. {hint}"
    return str(error)


def read_values(plain: Mapping[str, Any], origin: Origin, path: Path | None = None) -> Policy:
    """The policy that ``plain`` settles, which stands at ``origin``."""
    settled: dict[str, Any] = {}
    complaints = []
    for key, value in plain.items():
        value, strays = _without_strays(value)
        if strays:
            complaints += [_stray_words(name, key, origin) for name in strays]
            settled |= _strict_of(strays, settled)
        rule = RULES.get(key)
        if rule is None:
            sentence = _("The policy “{file}” has a rule this program does not know: “{key}”.")
            complaints.append(sentence.format(file=origin.place, key=key))
            continue
        try:
            settled[key] = rule.read(value)
        except WrongValueError as error:
            complaints.append(_wrong_words(key, error, origin))
            strict = error.in_force if error.in_force is not None else rule.strict
            if strict is not None:
                settled[key] = strict
    origins = dict.fromkeys(settled, origin)
    return Policy(**settled, path=path, complaints=tuple(complaints), origins=origins)


def _without_strays(value: Any) -> tuple[Any, Mapping[str, Any]]:
    """A table without the rules that stand in it by mistake, and those; any other value as it is."""
    if not isinstance(value, Mapping):
        return value, {}
    strays = {name: value[name] for name in value if name in RULES}
    return {name: value[name] for name in value if name not in strays}, strays


def _strict_of(strays: Mapping[str, Any], settled: Mapping[str, Any]) -> dict[str, Any]:
    """What holds of rules that stand in a table by mistake: those that have a stricter way."""
    held: dict[str, Any] = {}
    for name, value in strays.items():
        if (strict := RULES[name].strict) is None or name in settled:
            continue
        try:
            held[name] = RULES[name].read(value)
        except WrongValueError as error:
            held[name] = error.in_force if error.in_force is not None else strict
    return held


def _stray_words(name: str, table: str, origin: Origin) -> str:
    sentence = _(
        "In the policy “{file}”, “{key}” stands below “[{table}]” and so belongs to that table, where it"
        " is no rule. Put it above: a table comes last."
    )
    return sentence.format(file=origin.place, key=name, table=table)


def _wrong_words(key: str, error: WrongValueError, origin: Origin) -> str:
    if error.wrong:
        sentence = _("In the policy “{file}”, “{key}” must be {expected}; not so: {wrong}.")
        return sentence.format(file=origin.place, key=key, expected=error, wrong=error.wrong)
    sentence = _("In the policy “{file}”, “{key}” must be {expected}.")
    return sentence.format(file=origin.place, key=key, expected=error)


def _together(first: Policy, second: Policy) -> Policy:
    """The rules of both; those of ``first`` where both have one."""
    settled = {name: getattr(second, name) for name in second.origins}
    settled |= {name: getattr(first, name) for name in first.origins}
    return Policy(
        **settled,
        path=second.path,
        is_read=second.is_read,
        complaints=(*first.complaints, *second.complaints),
        origins={**second.origins, **first.origins},
    )


def _unreadable(origin: Origin, reason: object, path: Path | None = None) -> Policy:
    sentence = _(
        "The policy “{file}” cannot be read ({reason}). Until it can, the stricter way holds: a passphrase"
        " counts as required, no forms are installed, and what a policy can switch off is switched off."
        " Tell your IT department."
    )
    told = (sentence.format(file=origin.place, reason=reason),)
    strict: dict[str, Any] = {name: rule.strict for name, rule in RULES.items() if rule.strict is not None}
    strict["form_folders"] = _folder_of_own_forms()
    stricter = replace(origin, is_stricter_way=True)
    origins = dict.fromkeys(strict, stricter)
    return Policy(**strict, path=path, is_read=False, complaints=told, origins=origins)


def _folder_of_own_forms() -> tuple[Path, ...]:
    """Where the forms are that the person has; without them nobody could open what was written in them."""
    try:
        return (own_forms(),)
    except NoHomeError:
        return ()


def places_looked_at() -> list[str]:
    """Where a policy is looked for at this computer, in the order in which it counts."""
    named = os.environ.get(VARIABLE, "")
    in_registry = [policy_registry.PLACE] if sys.platform == "win32" else []
    return [*in_registry, *map(str, usual_places()), *([named] if named else [])]


def usual_places() -> list[Path]:
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
