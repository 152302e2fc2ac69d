"""The doctor: what it says of damaged files; that what it saves is right and its list of losses complete."""

from __future__ import annotations

import random
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind
from desktop_app.report.report import Report
from desktop_app.services.backups import BY_HAND, make_backup
from desktop_app.services.doctor import examine, salvage
from desktop_app.storage.errors import FileMissingError, ProtectedFileError
from desktop_app.storage.rebuilding import NothingSavedError, Salvaged
from desktop_app.storage.records import SourceDocument
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import ROOT, edit, everything_in
from tests.support.small_form import empty_report, filling, small_form

PAGE = 4096
ROWS = 300
OPEN = "T2.planned/row-7/budget"
NAMELESS = "Some changes cannot even be named"


def fill(report: Report, rows: int = ROWS) -> list[Operation]:
    """Some hundred rows, each written in two sittings; some removed, some changed again."""
    operations = []
    chance = random.Random(7)
    for number in range(rows):
        row = f"T{1 + number % 2}.planned/row-{number}"
        changes = [Change(row, None, {"position": 1024 * (number + 1)})]
        for change in changes:
            report.apply(change)
        operations.append(Operation(report.id, OperationKind.ADD, tuple(changes), "Ana", "s1"))
        words = " ".join(chance.choice(("law", "police", "kërkesë", "plan")) for _word in range(60))
        operations.append(edit(report, f"{row}/description", f"{number} {words}"))
        if number % 3 == 0:
            operations.append(edit(report, f"{row}/description", f"{number} {words} again"))
        if number % 5 == 0:
            operations.append(edit(report, f"{row}/budget", number))
        if number % 20 == 0:
            operations.append(edit(report, f"{row}/timeframe#state", "not_available"))
        if number % 25 == 0:
            operations.append(edit(report, row, None, OperationKind.REMOVE))
    return operations


@dataclass
class Original:
    """A sound report file, its bytes, and all that it says, the text that was being typed too."""

    path: Path
    content: bytes
    facts: dict[str, Any]
    steps: dict[str, Operation]
    source: SourceDocument

    @property
    def operations(self) -> int:
        """How many steps its history has."""
        return len(self.steps)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    path = tmp_path_factory.mktemp("original") / "albania.adesk"
    report = empty_report()
    for change in filling():
        if not change.path.startswith("T1.planned/"):
            report.apply(change)
    source = SourceDocument("albania.md", "text/markdown", b"# Country report\n" * 2000)
    with ReportFile.create(path, fill=lambda file: file.add_report(report, source=source)) as file:
        for operation in fill(report):
            file.record(operation)
        file.keep_open_edit(OpenEdit(report.id, OPEN, 77, "Ana"))
        steps = {step.id: step for step in file.operations(report.id)}
    return Original(path, path.read_bytes(), facts_of(path) | {OPEN: 77}, steps, source)


def facts_of(path: Path, report: int = 1) -> dict[str, Any]:
    """Everything a report of a file says, by place, rows in the bin too."""
    connection = sqlite3.connect(path)
    facts: dict[str, Any] = {}
    for place, value, state, confidential in connection.execute(
        "SELECT path, value, state, confidential FROM answers WHERE report = ?", (report,)
    ):
        facts |= {place: value, f"{place}#state": state, f"{place}#confidential": confidential or None}
    for list_path, row_id, position, in_bin, answers, states, marks in connection.execute(
        "SELECT list, id, position, in_bin, answers, states, confidential FROM rows WHERE report = ?",
        (report,),
    ):
        row = f"{list_path}/{row_id}"
        facts[row] = None if in_bin else position
        for kind, column in (("", answers), ("#state", states)):
            for code, value in connection.execute("SELECT key, value FROM json_each(?)", (column,)):
                facts[f"{row}/{code}{kind}"] = value
        facts[f"{row}#marks"] = marks if marks != "[]" else None
    for name in ("cycle", "language", "status"):
        facts[f"#{name}"] = connection.execute(f"SELECT {name} FROM reports").fetchone()[0]
    connection.close()
    return {place: value for place, value in facts.items() if value is not None}


def named(saved: Salvaged, report: int = 1) -> set[str]:
    """The places of a report the list of losses names."""
    return {found for line in saved.lost for found in re.findall(f"“(.*?)” in report {report}", line)}


def assert_honest(saved: Salvaged, original: Original, where: str = "") -> None:
    """The new file is sound; what it says and does not name as doubtful is what the original said.

    ``where`` the damage is, for whoever has to find out why not. The history that is kept is that of the
    original, and so is the document that was imported.
    """
    assert examine(saved.target).is_sound, where
    now = facts_of(saved.target)
    places = named(saved)
    wrong = {place for place in now if now[place] != original.facts.get(place)}
    assert wrong <= places, f"{where}: passed off as good are {sorted(wrong - places)}"
    missing = original.facts.keys() - now.keys()
    if any(line.startswith("Text that was being typed") for line in saved.lost):
        missing -= {OPEN}
    if not any(line.startswith(NAMELESS) for line in saved.lost):
        assert missing <= places, f"{where}: missing and not named are {sorted(missing - places)}"
    with ReportFile.open(saved.target, "read") as file:
        (summary,) = file.reports()
        assert file.load(summary.number, small_form()).country == "AL"
        kept = {step.id: step for step in file.operations(summary.id)}
        (source,) = file.sources(summary.id) or (None,)
    assert all(kept[id] == step for id, step in original.steps.items() if id in kept), where
    is_told = any("ocument" in line for line in saved.lost)
    assert source == original.source if source is not None else is_told, where


def damaged_copy(folder: Path, content: bytes) -> Path:
    path = folder / "damaged" / "albania.adesk"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def with_noise(content: bytes, pages: list[int], chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for page in pages:
        damaged[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    return bytes(damaged)


# Saving


def test_of_a_sound_file_everything_is_saved(original: Original, tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, original.content)
    saved = salvage(path, tmp_path / "new.adesk")
    assert saved.lost == []
    assert facts_of(saved.target) == original.facts
    assert path.read_bytes() == original.content
    assert list(everything_in(path.parent)) == [path.name]
    with ReportFile.open(saved.target, "read") as new, ReportFile.open(path, "read") as old:
        (summary,) = old.reports()
        assert new.reports() == [summary]
        assert new.operations(summary.id)[:-1] == old.operations(summary.id)
        assert new.sources(summary.id) == old.sources(summary.id)


@pytest.mark.parametrize("seed", range(6))
def test_of_damaged_pages_what_is_saved_is_right_and_what_is_lost_is_named(
    original: Original, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    count, length = len(original.content) // PAGE, 1 + seed % 4
    first = chance.randrange(1, count - length)
    # What is written at one time stands close together: then log and tables are hit at once.
    together = range(first, first + length)
    pages = list(together) if seed % 2 else chance.sample(range(1, count), length)
    path = damaged_copy(tmp_path, original.content)
    make_backup(path, BY_HAND)
    path.write_bytes(with_noise(original.content, pages, chance))
    saved = salvage(path, tmp_path / "new.adesk")
    assert_honest(saved, original)
    assert len(facts_of(saved.target)) > 0.7 * len(original.facts)


@pytest.mark.parametrize("page", [*range(5), 8, 11])
def test_a_damaged_page_near_the_beginning(original: Original, tmp_path: Path, page: int) -> None:
    """There stand the header, the list of tables, and the roots of all trees."""
    path = damaged_copy(tmp_path, original.content)
    make_backup(path, BY_HAND)
    path.write_bytes(with_noise(original.content, [page], random.Random(page)))
    saved = salvage(path, tmp_path / "new.adesk")
    assert_honest(saved, original)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_of_a_file_that_was_cut(original: Original, tmp_path: Path, part: float) -> None:
    length = int(len(original.content) * part)
    path = damaged_copy(tmp_path, original.content[:length])
    saved = salvage(path, tmp_path / "new.adesk")
    assert_honest(saved, original)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with two reports that have the same places, and were written in turn."""
    path = tmp_path_factory.mktemp("pair") / "albania.adesk"
    one, other = empty_report(), empty_report()
    with ReportFile.create(path, fill=lambda file: (file.add_report(one), file.add_report(other))) as file:
        for operations in zip(fill(one, 120), fill(other, 120), strict=True):
            file.keep(operations)
    return path


@pytest.mark.parametrize("seed", range(5))
def test_two_reports_of_one_file_are_not_mixed_up(pair: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = pair.read_bytes()
    first, length = chance.randrange(20, len(content) // PAGE - 4), 1 + seed % 3
    path = damaged_copy(tmp_path, with_noise(content, list(range(first, first + length)), chance))
    saved = salvage(path, tmp_path / "new.adesk")
    assert examine(saved.target).is_sound
    for number in (1, 2):
        was, now, places = facts_of(pair, number), facts_of(saved.target, number), named(saved, number)
        assert {place for place in now if now[place] != was.get(place)} <= places
        if not any(line.startswith(NAMELESS) for line in saved.lost):
            assert was.keys() - now.keys() <= places


def test_single_bits_lose_no_answer(original: Original, tmp_path: Path) -> None:
    """Log and tables hold each answer once each: the one mends the other.

    The bytes are others in each run, as ids and salts are: a failure says which bit of which file it was.
    """
    chance = random.Random(2026)
    used = [offset for offset, byte in enumerate(original.content) if byte and offset >= PAGE]
    (tmp_path / "new").mkdir()
    for number in range(8):
        content, offset, bit = bytearray(original.content), chance.choice(used), chance.randrange(8)
        content[offset] ^= 1 << bit
        path = damaged_copy(tmp_path, bytes(content))
        saved = salvage(path, tmp_path / "new" / f"{number}.adesk")
        where = f"bit {bit} of byte {offset} of {original.path}, as in {path}"
        assert_honest(saved, original, where)
        now = facts_of(saved.target)
        unlike = [place for place in original.facts if now.get(place) != original.facts[place]]
        assert len(unlike) <= 3, f"{where}: {unlike}"


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement).rowcount > 0
    connection.close()


def test_a_changed_answer_is_mended_from_the_history(original: Original, tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, original.content)
    change(
        path,
        "UPDATE rows SET answers = substr(answers, 1, instr(answers, 'police') - 1) || 'P'"
        " || substr(answers, instr(answers, 'police') + 1) WHERE id = 'row-3'",
    )
    change(path, "UPDATE answers SET value = '[' WHERE path = 'cover.authority'")
    change(path, "DELETE FROM answers WHERE path = 'unplaced/1'")
    saved = salvage(path, tmp_path / "new.adesk")
    assert saved.lost == []
    assert facts_of(saved.target) == original.facts


def test_a_damaged_history_is_left_out_from_there(original: Original, tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, original.content)
    change(path, "UPDATE changes SET new = replace(new, 'police', 'Police') WHERE operation = 100")
    saved = salvage(path, tmp_path / "new.adesk")
    assert facts_of(saved.target) == original.facts
    assert [line for line in saved.lost if "“" in line] == []
    assert any(
        re.match(r"The history after \d{4}-\d\d-\d\d \d\d:\d\d was not kept\.", line) for line in saved.lost
    )
    assert not any(word == "0" for line in saved.lost for word in line.split())
    with ReportFile.open(saved.target, "read") as file:
        (summary,) = file.reports()
        log = file.operations(summary.id)
        assert len(log) == 101
        assert log[-2].kind is OperationKind.IMPORT


def test_a_damaged_source_and_open_edit_are_named(original: Original, tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, original.content)
    change(path, "UPDATE sources SET content = x'00'")
    change(path, "UPDATE open_edits SET value = '78'")
    saved = salvage(path, tmp_path / "new.adesk")
    assert any("“albania.md”" in line for line in saved.lost)
    assert any(f"“{OPEN}”" in line for line in saved.lost)
    assert facts_of(saved.target).items() <= original.facts.items()
    assert original.facts.keys() - facts_of(saved.target).keys() == {OPEN}


def test_a_report_that_lost_its_name_is_known_from_a_backup(original: Original, tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, original.content)
    make_backup(path, BY_HAND)
    change(path, "UPDATE reports SET country = 'XX'")
    saved = salvage(path, tmp_path / "new.adesk")
    assert facts_of(saved.target) == original.facts
    with ReportFile.open(saved.target, "read") as file:
        (summary,) = file.reports()
        assert summary.country == "AL"
        assert len(file.operations(summary.id)) == original.operations + 1


def test_a_file_whose_key_is_missing_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, random.Random(3).randbytes(20 * PAGE))
    for ask in (examine, lambda file: salvage(file, tmp_path / "new.adesk")):
        with pytest.raises(ProtectedFileError):
            ask(path)


@pytest.mark.parametrize("content", [b"", b"A text", b"SQLite format 3\x00", b"\x00" * 5000])
def test_nothing_is_saved_of_nothing(tmp_path: Path, content: bytes) -> None:
    path = damaged_copy(tmp_path, content)
    with pytest.raises(NothingSavedError, match=r"Nothing in “albania\.adesk” can be read"):
        salvage(path, tmp_path / "new.adesk")
    assert not (tmp_path / "new.adesk").exists()


# Saying


def test_a_sound_file_is_called_sound(original: Original) -> None:
    found = examine(original.path)
    assert found.is_sound and found.can_be_opened
    assert found.lines == ("“albania.adesk” is sound: every answer is the one that was written.",)


def test_the_places_of_changed_answers_are_named(original: Original, tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, original.content)
    change(path, "UPDATE answers SET value = '\"Mini\"' WHERE path = 'cover.authority'")
    before = everything_in(path.parent)
    found = examine(path)
    assert (found.is_sound, found.can_be_opened) == (False, True)
    assert [damage.path for damage in found.damages] == ["cover.authority"]
    assert found.lines[0] == "“albania.adesk” can be opened, but 1 thing in it is not as it was written:"
    assert found.lines[1] == "“cover.authority” in report 1 is not what its history says."
    assert "no backup" in found.lines[2]
    assert everything_in(path.parent) == before


def test_what_is_cut_or_damaged_cannot_be_opened(original: Original, tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, original.content)
    make_backup(path, BY_HAND)
    path.write_bytes(original.content[: -3 * PAGE])
    found = examine(path)
    assert (found.is_sound, found.can_be_opened, found.is_report_file) == (False, False, True)
    assert (
        found.lines[0]
        == f"The end of “albania.adesk” is missing: {3 * PAGE} bytes. Copying it was broken off."
    )
    assert found.lines[1].startswith("There is 1 backup of it. Restore it")
    path.write_bytes(with_noise(original.content, [20, 21], random.Random(1)))
    found = examine(path)
    assert (found.is_sound, found.can_be_opened) == (False, False)
    assert found.lines[0].startswith("Pages of “albania.adesk” are damaged")
    assert found.details
    path.write_bytes(with_noise(original.content, [0], random.Random(1)))
    found = examine(path)
    assert (found.is_sound, found.can_be_opened, found.is_report_file) == (False, False, True)


def test_something_else_is_called_so(tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, b"A text")
    found = examine(path)
    assert (found.is_sound, found.is_report_file) == (False, False)
    assert "is not a report file" in found.lines[0]
    with pytest.raises(FileMissingError):
        examine(tmp_path / "none.adesk")


def test_a_newer_format_is_no_damage(original: Original, tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, original.content)
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA user_version = 99; UPDATE meta SET value = '99' WHERE key = 'format'")
    connection.execute("UPDATE meta SET value = '9.9' WHERE key = 'program'")
    connection.commit()
    connection.close()
    found = examine(path)
    assert found.is_sound
    assert "version 9.9" in found.lines[0]


def test_an_old_format_is_examined_and_saved(tmp_path: Path) -> None:
    path = damaged_copy(tmp_path, (ROOT / "tests" / "data" / "files" / "format-1.adesk").read_bytes())
    assert examine(path).is_sound
    saved = salvage(path, tmp_path / "new.adesk")
    assert saved.lost == []
    with ReportFile.open(saved.target, "read") as file:
        report = file.load(1, small_form())
    with ReportFile.open(path, "read") as file:
        assert file.load(1, small_form()) == report
