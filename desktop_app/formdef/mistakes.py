"""The mistakes of a form definition: all of them, numbered, in words its author understands."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from desktop_app.formdef.model import Level
from desktop_app.formdef.suggestions import hint
from desktop_app.runtime.dataclass import dataclass, replace
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")
_MOST_HINTS = 50


@dataclass(frozen=True, slots=True)
class KeyPath:
    """Where something stands: a file of the form's folder, and a path such as ``section[2].goal[0].code``.

    The places in brackets count from 0. In a choice list the path is such as ``row 7``.
    """

    file: str
    path: str = ""

    def key(self, key: str) -> KeyPath:
        """A key below this place, in quotes where TOML wants them."""
        written = key if _PLAIN_KEY.fullmatch(key) else '"' + key.replace('"', '\\"') + '"'
        return replace(self, path=f"{self.path}.{written}" if self.path else written)

    def entry(self, key: str, place: int) -> KeyPath:
        """An entry of the array of tables ``key`` below this place."""
        below = self.key(key)
        return replace(below, path=f"{below.path}[{place}]")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. ``level`` is error (the form cannot be used) or warning; ``key`` may be empty."""

    number: int
    level: Level
    file: str
    key: str
    sentence: str

    def line(self) -> str:
        """The mistake in one line, as a command prints it."""
        place = f"{self.file}, {self.key}" if self.key else self.file
        word = _("error") if self.level is Level.ERROR else _("warning")
        return f"{self.number}. {word}: {place}: {self.sentence}"


class Mistakes:
    """Gathers what is found while a form is read. Those of the file ``first`` come first."""

    def __init__(self, first: str = "") -> None:
        self._first = first
        self._found: list[tuple[Level, KeyPath, str]] = []
        self._told: dict[KeyPath, set[str]] = {}
        self._hints_left = _MOST_HINTS

    @property
    def has_errors(self) -> bool:
        """Whether the form cannot be used."""
        return any(level is Level.ERROR for level, _where, _sentence in self._found)

    def is_told(self, where: KeyPath) -> bool:
        """Whether something is already known to be wrong at this place."""
        return where in self._told

    def error(self, where: KeyPath, sentence: str) -> None:
        """Something that keeps the form from being used."""
        self._add(Level.ERROR, where, sentence)

    def warning(self, where: KeyPath, sentence: str) -> None:
        """Something that is probably not meant."""
        self._add(Level.WARNING, where, sentence)

    def hint(self, word: str, known: Collection[str], *, always: bool = False) -> str:
        """What may have been meant, as a sentence to append (``suggestions.hint``).

        Only so many are looked for: a form is untrusted input, and looking takes time.
        """
        self._hints_left -= 1
        return hint(word, known, always=always) if self._hints_left >= 0 else ""

    def numbered(self) -> tuple[Mistake, ...]:
        """All of them, those of a file together, in the order in which they were found."""
        files = {self._first: 0}
        for _level, where, _sentence in self._found:
            files.setdefault(where.file, len(files))
        ordered = sorted(self._found, key=lambda found: files[found[1].file])
        return tuple(
            Mistake(number, level, where.file, where.path, sentence)
            for number, (level, where, sentence) in enumerate(ordered, 1)
        )

    def _add(self, level: Level, where: KeyPath, sentence: str) -> None:
        # What a group of fields has wrong would else be told once for every section that uses it.
        told = self._told.setdefault(where, set())
        if sentence not in told:
            told.add(sentence)
            self._found.append((level, where, sentence))


class FormError(DeskError):
    """The form in ``folder`` cannot be used. ``mistakes`` are all errors and warnings."""

    def __init__(self, folder: Path, mistakes: Sequence[Mistake]) -> None:
        """The sentence names the folder and the first error."""
        self.folder = folder
        self.mistakes = tuple(mistakes)
        errors = [mistake for mistake in mistakes if mistake.level is Level.ERROR]
        super().__init__(
            ngettext(
                "The form in “{folder}” has {count} error: {first}",
                "The form in “{folder}” has {count} errors. The first: {first}",
                len(errors),
            ).format(folder=folder, count=len(errors), first=_first_line(errors))
        )


def _first_line(errors: Sequence[Mistake]) -> str:
    if not errors:
        return ""
    place = f"{errors[0].file}, {errors[0].key}" if errors[0].key else errors[0].file
    return f"{place}: {errors[0].sentence}"
