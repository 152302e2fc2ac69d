"""The words of a form by language: headings, labels, guidance, messages.

A text file has three levels, ``[<kind>.<code>]`` and then parts, or ``[form]`` and its parts::

    [section.T1]
    title = "Enhancing efforts ..."

    [field."action.timeframe"]
    label = "Timeframe"

Official wording is never changed here; a missing translation falls back to the official language.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.runtime.dataclass import dataclass, field

Key = tuple[str, str, str]
"""Kind (``section``, ``field``, ...), code (empty for the form itself) and part (``title``, ...)."""


@dataclass(frozen=True)
class FormTexts:
    """Texts by language tag. ``official`` is the language the form was published in."""

    official: str
    by_language: Mapping[str, Mapping[Key, str]] = field(default_factory=dict)

    def find(self, kind: str, code: str, part: str, language: str | None = None) -> str | None:
        """The text in ``language``, else in the official language, else None."""
        key = (kind, code, part)
        for tag in (language or self.official, self.official):
            words = self.by_language.get(tag, {}).get(key)
            if words is not None:
                return words
        return None

    def get(self, kind: str, code: str, part: str, language: str | None = None) -> str:
        """The text, or the code itself where the form has no words: nothing is shown as blank."""
        return self.find(kind, code, part, language) or code or part

    def is_translated(self, kind: str, code: str, part: str, language: str) -> bool:
        """Whether ``language`` has its own words for this text."""
        return (kind, code, part) in self.by_language.get(language, {})
