"""Finding the timeframe that an official wrote in brackets at the end of an action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.report.timeframe.reading import Kind, kind

_BRACKETS = {")": "(", "]": "["}
_STOPS = ".;,:!?"
_SENTENCE_ENDS = ".!?;"


@dataclass(frozen=True, slots=True)
class SplitTimeframe:
    """An action's words and the timeframe taken out of them.

    ``phrase`` is what stood between the brackets, verbatim, or None when there is no timeframe; then
    ``span`` is None and ``rest`` the whole text. ``span`` is the first character to remove and the one
    after the last, so that the same characters can be cut out of formatted text.
    """

    rest: str
    phrase: str | None = None
    span: tuple[int, int] | None = None


def split_timeframe(text: str, languages: Sequence[str] | None = None) -> SplitTimeframe:
    """``text`` without the bracketed timeframe at its end, with the timeframe and where it stood.

    Only brackets whose content is a timeframe count, in any of ``languages`` (default: every one with
    a word list). The space before the bracket goes too; a full stop after it stays, unless the words
    before already end a sentence: "resources.(Within 2014)." becomes "resources.".
    """
    closing = _last_bracket(text)
    opening = _matching(text, closing)
    if opening is None:
        return SplitTimeframe(text)
    phrase = text[opening + 1 : closing].strip()
    if kind(phrase, languages) is Kind.NONE:
        return SplitTimeframe(text)
    words = text[:opening].rstrip()
    after = text[closing + 1 :]
    stop = after.strip()
    end = closing + 1
    if stop:
        end += after.index(stop) + (len(stop) if not words or words[-1] in _SENTENCE_ENDS else 0)
    span = (len(words), end)
    return SplitTimeframe(text[: span[0]] + text[span[1] :], phrase, span)


def _last_bracket(text: str) -> int:
    """The place of the closing bracket that ends ``text``, but for spaces and one stop; -1 without one."""
    bare = text.rstrip()
    if bare and bare[-1] in _STOPS:
        bare = bare[:-1].rstrip()
    return len(bare) - 1 if bare and bare[-1] in _BRACKETS else -1


def _matching(text: str, closing: int) -> int | None:
    """The place of the bracket that the one at ``closing`` closes; None when it is not balanced."""
    if closing < 0:
        return None
    depth = 0
    for place in range(closing, -1, -1):
        depth += (text[place] == text[closing]) - (text[place] == _BRACKETS[text[closing]])
        if depth == 0:
            return place
    return None
