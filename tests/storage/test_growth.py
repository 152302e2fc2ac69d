"""The file does not swell: what is typed over a long time costs a few times its size, not a hundred times."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.history import versions_of
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from tests.support.small_form import FIRST_ROW, small_form

PATIENCE = 60.0
DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"
CHARACTERS = 20_000
BURST = 20
"""Characters typed in six seconds: two hundred a minute, for a hundred minutes."""
SECONDS = 6.0


def words() -> str:
    """Text that no compression would make smaller by much."""
    chance = random.Random(2013)
    letters = "abcdefghijklmnopqrstuvwxyz     "
    return "".join(chance.choice(letters) for _each in range(CHARACTERS)).strip().ljust(CHARACTERS, "x")


class Desk:
    """A person who types in the description of one action, with a clock that can be set."""

    def __init__(self, path: Path) -> None:
        self.now = 0.0
        self.worker = FileWorker(path)
        self.worker.opened.result(PATIENCE)
        report = self.worker.read(lambda file: file.load(1, small_form())).result(PATIENCE)
        self.session = EntrySession(report, self.worker, (), "Ana", lambda: self.now)

    def type(self, content: str, before: str = "", behind: str = "") -> None:
        """Type ``content`` in bursts, between what stands there already."""
        for end in range(BURST, len(content) + BURST, BURST):
            self.now += SECONDS
            self.session.type(DESCRIPTION, Text.plain(before + content[:end] + behind))
            if end % (10 * BURST) == 0:
                assert self.worker.flush(PATIENCE)

    def close(self) -> None:
        self.session.leave()
        assert self.worker.close(PATIENCE)


def type_through(desk: Desk) -> None:
    """In one go, which makes a change every five minutes."""
    desk.type(words())


def type_and_look_elsewhere(desk: Desk) -> None:
    """The field is left after every minute of typing."""
    whole = words()
    for start in range(0, CHARACTERS, 200):
        desk.type(whole[start : start + 200], before=whole[:start])
        desk.session.leave()


def type_at_the_front(desk: Desk) -> None:
    """Each new paragraph goes before the others."""
    whole, there = words(), ""
    for start in range(0, CHARACTERS, 500):
        paragraph = whole[start : start + 499] + "\n"
        desk.type(paragraph, behind=there)
        desk.session.leave()
        there = paragraph + there


@pytest.mark.parametrize("sit", [type_through, type_and_look_elsewhere, type_at_the_front])
def test_an_answer_written_in_one_sitting_costs_at_most_ten_times_its_size(
    path: Path, sit: Callable[[Desk], None]
) -> None:
    before = path.stat().st_size
    desk = Desk(path)
    sit(desk)
    desk.close()
    assert path.stat().st_size - before <= 10 * CHARACTERS
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []
        report = file.load(1, small_form())
        assert report == desk.session.report
        versions = [str(version.value) for version in versions_of(file, report.id, DESCRIPTION)]
        assert len(versions) > 15
        assert versions[0] == report.plain(DESCRIPTION)


def test_every_version_of_a_long_text_can_be_read(path: Path, report: Report) -> None:
    """However they differ: words added, taken away and changed, before, behind and in the middle."""
    chance = random.Random(2013)
    text, expected = words()[:3000], [str(report.plain(DESCRIPTION))]
    desk = Desk(path)
    for _round in range(150):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.choice([0, 0, 1, 50, 2000]))
        text = text[:start] + chance.choice(["", "é", "new words", "𝄞 music " * 40]) + text[end:] or "x"
        desk.session.set_value(DESCRIPTION, Text.plain(text.strip() or "x"))
        now = str(desk.session.report.plain(DESCRIPTION))
        if now != expected[-1]:
            expected.append(now)
    desk.close()
    with ReportFile.open(path, "read") as file:
        assert [version.value for version in versions_of(file, desk.session.report.id, DESCRIPTION)] == list(
            reversed(expected)
        )
        changes = [each.changes[0] for each in file.operations(desk.session.report.id)[1:]]
        assert [change.old for change in changes] == expected[:-1]
        assert file.verify_chain() == []


def test_steps_behind_a_removed_part_of_the_log_are_read_whole(path: Path) -> None:
    """Undo reads the end of the log alone; its texts may stand further back."""
    desk = Desk(path)
    whole = words()[:2000]
    desk.session.set_value(DESCRIPTION, Text.plain(whole))
    desk.session.remove_for_good(["cover.authority"], "A name")
    desk.session.set_value(DESCRIPTION, Text.plain(whole + " and more"))
    desk.close()
    with ReportFile.open(path, "read") as file:
        (*_removal, step) = file.operations(desk.session.report.id, undoable=True)
        assert (step.changes[0].old, step.changes[0].new) == (whole, whole + " and more")
