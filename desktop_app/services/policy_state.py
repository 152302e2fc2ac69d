"""What the policy settles at this computer, rule by rule, and where each comes from."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import BackupsKept, Policy, places_looked_at, policy
from desktop_app.runtime.policy_rules import RULES

STRICTER = "stricter"
"""Where a rule comes from when the policy cannot be read."""


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """One rule, its value as in JSON; ``origin``: file, registry, default, STRICTER; ``place``: its file."""

    name: str
    value: Any
    origin: str
    place: str

    @property
    def line(self) -> str:
        """The rule for a person."""
        return f"{self.name} = {self.words}"

    @property
    def words(self) -> str:
        """Its value, and where it comes from."""
        where = self.place or _("default")
        if self.origin == STRICTER:
            where = _("the stricter way, because the policy cannot be read")
        return f"{_words(self.value)}  ({where})"

    def to_plain(self) -> dict[str, Any]:
        """The same in JSON."""
        return {"rule": self.name, "value": self.value, "from": self.origin, "place": self.place or None}


@dataclass(frozen=True, slots=True)
class PolicyState:
    """Every rule, and a sentence for everything that is wrong with the policy."""

    rules: tuple[RuleInForce, ...]
    complaints: tuple[str, ...]
    file: Path | None = None
    """The policy file that was read, if there is one."""

    looked_at: tuple[str, ...] = ()
    """Where a policy is looked for."""

    is_read: bool = True
    """Whether the policy file could be read."""

    passed_over: tuple[str, ...] = ()
    """Further policy files that are there and do not count, because another one comes first."""

    @property
    def lines(self) -> list[str]:
        """All of it for a person."""
        if not self.is_read:
            found = _("There is a policy that cannot be read; what holds in its place:")
        elif self.file is not None:
            found = _("The policy was read from “{file}”.").format(file=self.file)
        elif any(rule.origin == "registry" for rule in self.rules):
            found = _("The policy was read from the registry.")
        else:
            found = _("There is no policy. It was looked for here: {places}").format(
                places=", ".join(self.looked_at)
            )
        sentence = _("“{file}” is there too, and does not count: only the first file does.")
        further = [sentence.format(file=each) for each in self.passed_over]
        return [found, *further, *(rule.line for rule in self.rules), *self.complaints]

    def to_plain(self) -> dict[str, Any]:
        """The same in JSON."""
        return {
            "rules": [rule.to_plain() for rule in self.rules],
            "complaints": list(self.complaints),
            "file": str(self.file) if self.file is not None else None,
            "looked_at": list(self.looked_at),
            "passed_over": list(self.passed_over),
        }


def policy_state() -> PolicyState:
    """What is in force now; the key files that the policy names are read."""
    found = policy()
    named = (*found.secretariat_keys, *(found.form_keys or ()))
    looked_at = places_looked_at()
    return PolicyState(
        tuple(_rule(found, name) for name in RULES),
        (*found.complaints, *_unreadable_keys(dict.fromkeys(named)), *_unwritable_folders(found)),
        found.path,
        tuple(looked_at),
        found.is_read,
        tuple(each for each in looked_at if each != str(found.path) and os.path.lexists(each)),
    )


def _rule(found: Policy, name: str) -> RuleInForce:
    origin = found.origins.get(name)
    value = _plain(getattr(found, name))
    if origin is None:
        return RuleInForce(name, value, "default", "")
    if origin.is_stricter_way:
        return RuleInForce(name, value, STRICTER, origin.place)
    return RuleInForce(name, value, "registry" if origin.is_registry else "file", origin.place)


def _plain(value: object) -> object:
    if isinstance(value, BackupsKept):
        return {key: number for key, number in dataclasses.asdict(value).items() if number is not None}
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return str(value) if isinstance(value, Path) else value


def _words(value: object) -> str:
    """A value as the policy file would have it; what settles nothing is said in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{key} = {number}" for key, number in value.items()) + " }"
    return f'"{value}"' if value else _("as the program or the person has it")


def _unreadable_keys(named: Iterable[Path]) -> list[str]:
    from desktop_app.exchange.proof.key_files import read_key_file
    from desktop_app.exchange.proof.signing import KeyFileError

    complaints = []
    for path in named:
        try:
            read_key_file(path)
        except KeyFileError as error:
            complaints.append(error.sentence)
    return complaints


def _unwritable_folders(found: Policy) -> list[str]:
    """A sentence for each folder of the policy in which this person can keep nothing."""
    sentence = _(
        "The policy wants “{rule}” to be “{folder}”, but you may not write there, and it cannot be made."
    )
    named = {"data_folder": found.data_folder, "backup_folder": found.backup_folder}
    return [
        sentence.format(rule=rule, folder=folder)
        for rule, folder in named.items()
        if folder is not None and not can_be_kept_in(folder)
    ]


def can_be_kept_in(folder: Path) -> bool:
    """Whether files can be written into ``folder``, which may have to be made first."""
    for place in (folder, *folder.parents):
        try:
            place.stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return False
        return place.is_dir() and os.access(place, os.W_OK | os.X_OK, effective_ids=_EFFECTIVE)
    return False


_EFFECTIVE = os.access in os.supports_effective_ids
