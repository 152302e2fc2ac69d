"""A paragraph in pieces is the paragraph."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.old_reports.cutting import Cutter, cut
from desktop_app.report.text import Inline, Mark, Note, Paragraph, Run

inlines: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Run, st.text(max_size=4), st.sets(st.sampled_from(Mark)).map(frozenset)),
    st.builds(lambda words: Note((Run(words),)), st.text(max_size=3)),
)
paragraphs = st.lists(inlines, max_size=8).map(lambda each: Paragraph(tuple(each)))


@given(paragraphs, st.sets(st.integers(1, 40)))
def test_pieces_are_what_part_gives(paragraph: Paragraph, places: set[int]) -> None:
    stops = [place for place in sorted(places) if place < len(paragraph.text)]
    pieces = list(cut(paragraph, stops))
    assert [start for start, _piece in pieces] == [0, *stops]
    ends = [*stops, len(paragraph.text)]
    for (start, piece), end in zip(pieces, ends, strict=True):
        assert piece.text == paragraph.text[start:end]
        assert piece.notes() == paragraph.part(start, end).notes()


def test_a_note_goes_with_the_character_before_it() -> None:
    note = Note((Run("n"),))
    cutter = Cutter(Paragraph((Run("ab"), note, Run("cd"))))
    assert cutter.up_to(2) == Paragraph((Run("ab"), note))
    assert cutter.rest() == Paragraph((Run("cd"),))
