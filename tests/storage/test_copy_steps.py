"""The decision over all that can have happened to a file and its working copy: nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.storage.copy_record import CopyRecord, Fingerprint, Version
from desktop_app.storage.copy_steps import CopyStep, Met, choose_step
from desktop_app.storage.log import Head


@dataclass(frozen=True)
class File:
    """A report file as the list of its steps, told apart by a letter for whoever made each."""

    steps: str
    open_edit: bool = False

    def version(self) -> Version:
        content = f"{self.steps}{'?' if self.open_edit else ''}"
        head = Head(len(self.steps), self.steps.encode())
        return Version(Fingerprint(len(content), content), "file", head, content)


def met(own: File, place: File) -> Met:
    return Met(own.version(), place.version(), place.steps.startswith(own.steps), own.open_edit)


def record(base: File, pending: File | None = None) -> CopyRecord:
    noted = pending.version().fingerprint if pending is not None else None
    return CopyRecord(Path("a"), Path("a"), "", "", base.version(), noted)


MINE = st.text("m", max_size=3)
THEIRS = st.text("t", max_size=3)
OPEN = st.booleans()


@given(st.text("b", max_size=2), MINE, OPEN, MINE, THEIRS, st.booleans(), st.booleans())
def test_nobodys_steps_are_lost(
    base: str, mine: str, open_edit: bool, brought: str, theirs: str, is_on_mine: bool, is_noted: bool
) -> None:
    """From ``base`` on, I made ``mine``, of which ``brought`` came to the place; they made ``theirs``."""
    if not mine.startswith(brought):
        return
    own = File(base + mine, open_edit)
    place = File(base + (brought if is_on_mine else "") + theirs)
    step = choose_step(record(File(base), File(base + brought) if is_noted else None), met(own, place))
    if step is CopyStep.TAKE:
        assert place.steps.startswith(own.steps)
        assert not own.open_edit
    elif step is CopyStep.GO_ON:
        # The place will be written over.
        assert own.steps.startswith(place.steps)
    else:
        assert theirs or not (is_noted or not brought or not is_on_mine)


@given(st.text("b", max_size=2), MINE, OPEN, THEIRS)
def test_without_a_record_nothing_is_written_over(base: str, mine: str, open_edit: bool, theirs: str) -> None:
    own, place = File(base + mine, open_edit), File(base + theirs)
    step = choose_step(None, met(own, place))
    if own == place:
        assert step is CopyStep.GO_ON
    elif place.steps.startswith(own.steps) and not open_edit:
        assert step is CopyStep.TAKE
    else:
        assert step is CopyStep.PART


def test_the_usual_cases() -> None:
    base, mine, theirs = File("b"), File("bm"), File("bt")
    assert choose_step(record(base), met(base, base)) is CopyStep.GO_ON
    assert choose_step(record(base), met(mine, base)) is CopyStep.GO_ON
    assert choose_step(record(base), met(base, theirs)) is CopyStep.TAKE
    assert choose_step(record(base), met(mine, theirs)) is CopyStep.PART
    assert choose_step(record(base, pending=mine), met(File("bmm"), mine)) is CopyStep.GO_ON
    assert choose_step(record(base), met(File("b", open_edit=True), theirs)) is CopyStep.PART


def test_another_file_of_the_same_name_is_not_written_over() -> None:
    own, place = File("bm").version(), File("bm").version()
    other = Version(Fingerprint(9, "other"), "another file", place.head, "other")
    assert choose_step(record(File("b")), Met(own, other, True, False)) is CopyStep.PART
