"""What an author may have meant: the nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Collection

from desktop_app.runtime.i18n import _

_LONGEST_WORD = 64
_MOST_WORDS = 300
_FEW_WORDS = 12
_SHOWN = 60


def hint(word: str, known: Collection[str], *, always: bool = False) -> str:
    """A sentence to append, with the nearest of ``known``; empty when nothing is near.

    ``always``: where nothing is near and the right words are few, name them all.
    """
    near = _nearest(word, known)
    if near is not None:
        return " " + _("Do you mean “{word}”?").format(word=near)
    if always and 0 < len(known) <= _FEW_WORDS:
        return " " + _("Possible are: {words}.").format(words=", ".join(sorted(known)))
    return ""


def shown(word: str) -> str:
    """The word as a message quotes it: a very long one ends in "…"."""
    line = " ".join(word.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _nearest(word: str, known: Collection[str]) -> str | None:
    # The search takes time with the square of the length, and a form is untrusted input.
    if len(word) > _LONGEST_WORD or len(known) > _MOST_WORDS:
        return None
    import difflib

    by_folded = {candidate.casefold(): candidate for candidate in known if len(candidate) <= _LONGEST_WORD}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None
