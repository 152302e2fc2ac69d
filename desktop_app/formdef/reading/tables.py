"""One TOML table at a time: its values checked, and what nobody asked for reported as unknown."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from desktop_app.formdef.mistakes import KeyPath, Mistakes
from desktop_app.formdef.reading.files import has_control_character
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.i18n import _

_Option = TypeVar("_Option", bound=StrEnum)


class Table:
    """Hands out the values of one table. What is wrong is reported and then treated as absent."""

    def __init__(self, content: Mapping[str, Any], where: KeyPath, mistakes: Mistakes) -> None:
        self.content = content
        self.where = where
        self.mistakes = mistakes
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.content

    def error(self, key: str, sentence: str) -> None:
        """Report a mistake at ``key``, or of the table itself for an empty key."""
        self.mistakes.error(self.where.key(key) if key else self.where, sentence)

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A text; None when absent. ``required``: absent or blank is a mistake."""
        value = self._value(key)
        if value is None:
            if required:
                self.error(key, _('This is missing. Write {key} = "...".').format(key=key))
            return None
        if not isinstance(value, str):
            self.error(key, _('Write a text in quotes, such as {key} = "...".').format(key=key))
            return None
        if has_control_character(value):
            self.error(key, _("The text holds a character that cannot be printed. Take it out."))
            return None
        if required and not value.strip():
            self.error(key, _('This is empty. Write {key} = "...".').format(key=key))
            return None
        return value

    def flag(self, key: str) -> bool:
        """True or false; false when absent."""
        value = self._value(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.error(key, _("Write {key} = true or {key} = false, without quotes.").format(key=key))
        return False

    def whole(self, key: str, least: int, most: int) -> int | None:
        """A whole number from ``least`` to ``most``; None when absent."""
        value = self._value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.error(key, _("Write a whole number without quotes, such as {key} = 3.").format(key=key))
        elif not least <= value <= most:
            self.error(key, _("Write a number from {least} to {most}.").format(least=least, most=most))
        else:
            return value
        return None

    def number(self, key: str) -> float | None:
        """A number; None when absent."""
        value = self._value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.error(key, _("Write a number without quotes, such as {key} = 3.").format(key=key))
            return None
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts without repetition; empty when absent."""
        value = self._value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self.error(key, _('Write a list of texts, such as {key} = ["a", "b"].').format(key=key))
            return ()
        for entry in (entry for entry, times in Counter(value).items() if times > 1):
            self.error(key, _("“{word}” stands here twice. Write it once.").format(word=shown(entry)))
        return tuple(dict.fromkeys(value))

    def option(self, key: str, options: type[_Option], *, required: bool = False) -> _Option | None:
        """One of a closed set of words; None when absent."""
        word = self.text(key, required=required)
        return self._option(key, word, options) if word is not None else None

    def options(self, key: str, options: type[_Option]) -> tuple[_Option, ...]:
        """Words of a closed set."""
        found = [self._option(key, word, options) for word in self.texts(key)]
        return tuple(option for option in found if option is not None)

    def _option(self, key: str, word: str, options: type[_Option]) -> _Option | None:
        known = [option.value for option in options]
        if word in known:
            return options(word)
        self.error(
            key,
            _("“{word}” is not known for {key}.").format(key=key, word=shown(word))
            + self.mistakes.hint(word, known, always=True),
        )
        return None

    def tables(self, key: str) -> list[Table]:
        """The entries of an array of tables, ``[[key]]``; empty when absent."""
        value = self._value(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            sentence = _("Write [[{header}]] in double square brackets before each entry.")
            self.error(key, sentence.format(header=self._header(key)))
            return []
        return [
            Table(entry, self.where.entry(key, place), self.mistakes) for place, entry in enumerate(value)
        ]

    def table(self, key: str) -> Table:
        """The table ``[key]``; an empty one when absent."""
        value = self._value(key)
        if value is not None and not isinstance(value, dict):
            sentence = _("Write [{header}] in single square brackets, and its entries below.")
            self.error(key, sentence.format(header=self._header(key)))
            value = None
        return Table(value or {}, self.where.key(key), self.mistakes)

    def named(self, key: str) -> dict[str, Table]:
        """The tables ``[key.a]``, ``[key.b]`` by their names."""
        outer = self.table(key)
        return {name: outer.table(name) for name in outer.content}

    def finish(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self.content:
            if key not in self._asked:
                self.error(
                    key,
                    _("“{key}” is not known here.").format(key=shown(key))
                    + self.mistakes.hint(key, sorted(self._asked), always=True),
                )

    def _header(self, key: str) -> str:
        """How a table below this one is headed: its path without the places of entries."""
        return re.sub(r"\[[0-9]+\]", "", self.where.key(key).path)

    def _value(self, key: str) -> Any:
        self._asked.add(key)
        return self.content.get(key)
