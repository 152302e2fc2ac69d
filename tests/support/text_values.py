"""Hypothesis strategies for text answers.

``texts()`` gives texts as the program holds them, ``rough_texts()`` as an editor or a paste may hand
them over: line breaks and forbidden characters in runs, empty pieces, items that begin with a list.
"""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st

from desktop_app.report.text import (
    Block,
    Inline,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Run,
    Text,
    normalise,
)

_WORDS = [
    "article 108",
    "2",
    "nd",
    "Vepra të turpshme",
    "=SUM(A1)",
    "a < b & c",
    "<b>",
    "&amp;",
    '"quoted"',
    "+1",
    "-2",
    "@home",
    "'",
    "(Till December 2013).",
    "e\u0301té",
    "Щит",
    "حماية الأطفال",
    "子どもの保護",
    "👩‍👧",
    "_x000D_",
    " ",
    "  ",
    "\t",
    "\u00a0",
]
_FORBIDDEN_OR_BREAKING = [
    "\n",
    "\r\n",
    "\r",
    "\x0b",
    "\x0c",
    "\u2028",
    "\u2029",
    "\x00",
    "\x1f",
    "\ud800",
    "\uffff",
]
_HREFS = ["https://example.org/?a=1&b=2", "http://example.org/é", "mailto:desk@example.org"]
_UNSAFE_HREFS = ["javascript:alert(1)", "file:///c:/", "#top", "", " https://example.org/a b "]

#: Plain more often than not, so that neighbours share formats.
_FORMATS = [*[frozenset[Mark]()] * 8, *(frozenset(each) for n in (1, 2, 4) for each in combinations(Mark, n))]

_ANY_CHARACTER = st.characters(exclude_categories=("Cs", "Cc"))


def _characters(rough: bool) -> st.SearchStrategy[str]:
    pieces = [st.sampled_from(_WORDS), st.text(_ANY_CHARACTER, max_size=6)]
    if rough:
        pieces += [st.sampled_from(_FORBIDDEN_OR_BREAKING), st.text(max_size=4)]
    one = st.one_of(pieces)
    return one | st.lists(one, min_size=0 if rough else 2, max_size=3).map("".join)


def _runs(rough: bool) -> st.SearchStrategy[Run]:
    hrefs = _HREFS + _UNSAFE_HREFS if rough else _HREFS
    return st.builds(
        Run,
        _characters(rough),
        st.sampled_from(_FORMATS),
        st.sampled_from([*[None] * 8, *hrefs]),
    )


def _paragraphs(rough: bool) -> st.SearchStrategy[Paragraph]:
    notes = st.builds(Note, st.lists(_runs(rough), min_size=1, max_size=2).map(tuple))
    inlines: st.SearchStrategy[Inline] = _runs(rough) | _runs(rough) | notes
    return st.builds(Paragraph, st.lists(inlines, max_size=3).map(tuple))


def _blocks(rough: bool, depth: int) -> st.SearchStrategy[Block]:
    paragraphs = _paragraphs(rough)
    if depth == 0:
        return paragraphs
    inner = st.lists(_blocks(rough, depth - 1), max_size=2)
    contents = inner if rough else st.builds(lambda first, rest: [first, *rest], paragraphs, inner)
    items = st.builds(Item, contents.map(tuple))
    return paragraphs | st.builds(ListBlock, st.booleans(), st.lists(items, max_size=3).map(tuple))


def rough_texts(*, max_depth: int = 3) -> st.SearchStrategy[Text]:
    """Any text that can be built, lists nested up to ``max_depth`` levels."""
    return st.builds(Text, st.lists(_blocks(True, max_depth), max_size=3).map(tuple))


def texts(*, max_depth: int = 3) -> st.SearchStrategy[Text]:
    """Normalised texts with marks, links, notes, lists nested up to ``max_depth`` levels, in many scripts."""
    return st.builds(Text, st.lists(_blocks(False, max_depth), max_size=3).map(tuple)).map(normalise)
