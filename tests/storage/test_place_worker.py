"""Writing back beside the work: real files, short pauses, and waiting for states, not for time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.report.report import Report
from desktop_app.storage.place_state import PlaceState, Standing
from desktop_app.storage.place_worker import Pauses, PlaceWorker
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from desktop_app.storage.working_copy import WorkingCopy
from tests.support.report_files import edit, everything_in, make_file

AUTHORITY = "cover.authority"
LONG = 20.0
AT_ONCE = Pauses(quiet=0.01, between=0.02, again=(0.02,))
NEVER = Pauses(quiet=600, between=600, again=(600,))

Start = Callable[[Pauses], PlaceWorker]


@pytest.fixture
def place(tmp_path: Path, report: Report) -> Path:
    (tmp_path / "share").mkdir()
    return make_file(tmp_path / "share" / "albania.adesk", report)


@pytest.fixture
def start_worker(place: Path, tmp_path: Path) -> Iterator[Start]:
    started: list[PlaceWorker] = []

    def start(pauses: Pauses) -> PlaceWorker:
        started.append(PlaceWorker(WorkingCopy.check_out(place, tmp_path / "copies", "Ana"), pauses))
        return started[-1]

    yield start
    for worker in started:
        worker.close(LONG)


class News:
    """What a worker tells, from its thread."""

    def __init__(self, worker: PlaceWorker) -> None:
        self._told: queue.Queue[PlaceState] = queue.Queue()
        worker.listen(self._told.put)

    def until(self, standing: Standing) -> PlaceState:
        while (state := self._told.get(timeout=LONG)).standing is not standing:
            pass
        return state


def authority(path: Path, report: Report) -> object:
    with ReportFile.open(path, "read") as file:
        return file.load(1, report.form).plain(AUTHORITY)


def test_what_was_saved_goes_to_its_place_by_itself(place: Path, start_worker: Start, report: Report) -> None:
    worker = start_worker(AT_ONCE)
    news = News(worker)
    journal = FileWorker(worker.working.path, who="Ana")
    journal.listen(worker.note_durability)
    for words in ("Ministry", "Ministry of Justice"):
        journal.record(edit(report, AUTHORITY, words))
        assert journal.flush(LONG)
        news.until(Standing.IN_STEP)
        assert worker.wait_written(LONG)
        assert authority(place, report) == words
    assert journal.close(LONG)
    assert worker.close(LONG)
    assert worker.has_ended
    assert list(everything_in(place.parent)) == ["albania.adesk"]


def test_closing_writes_back_what_waits(place: Path, start_worker: Start, report: Report) -> None:
    worker = start_worker(NEVER)
    journal = FileWorker(worker.working.path, who="Ana")
    journal.listen(worker.note_durability)
    journal.record(edit(report, AUTHORITY, "Ministry"))
    assert journal.flush(LONG)
    assert worker.state.standing is Standing.WAITING
    assert not worker.is_settled
    assert authority(place, report) != "Ministry"
    assert journal.close(LONG)
    assert worker.close(LONG)
    assert authority(place, report) == "Ministry"


def test_a_place_that_is_away_is_tried_again(place: Path, start_worker: Start, report: Report) -> None:
    worker = start_worker(AT_ONCE)
    news = News(worker)
    away = place.parent.rename(place.parent.with_name("away"))
    journal = FileWorker(worker.working.path, who="Ana")
    journal.listen(worker.note_durability)
    journal.record(edit(report, AUTHORITY, "Ministry"))
    assert journal.flush(LONG)
    assert "kept on this computer" in news.until(Standing.AWAY).sentence
    assert worker.is_settled
    away.rename(place.parent)
    assert not news.until(Standing.IN_STEP).sentence
    assert authority(place, report) == "Ministry"
    assert journal.close(LONG)
    assert worker.close(LONG)


def test_closed_while_the_place_is_away_the_next_sitting_brings_the_work(
    place: Path, start_worker: Start, report: Report, tmp_path: Path
) -> None:
    worker = start_worker(NEVER)
    with ReportFile.open(worker.working.path, "write") as file:
        file.record(edit(report, AUTHORITY, "Ministry"))
    away = place.parent.rename(place.parent.with_name("away"))
    assert not worker.wait_written(LONG)
    assert not worker.close(LONG)
    assert worker.state.standing is Standing.AWAY
    away.rename(place.parent)
    again = start_worker(NEVER)
    # Without a change, at once.
    assert again.wait_written(LONG)
    assert again.close(LONG)
    assert authority(place, report) == "Ministry"
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_damaged_working_copy_is_said_and_not_written_back(
    place: Path, start_worker: Start, report: Report
) -> None:
    worker = start_worker(NEVER)
    with ReportFile.open(worker.working.path, "write") as file:
        file.record(edit(report, AUTHORITY, "Ministry"))
    content = bytearray(worker.working.path.read_bytes())
    content[4096:8192] = bytes(4096)
    worker.working.path.write_bytes(content)
    before = place.read_bytes()
    assert not worker.wait_written(LONG)
    assert "is damaged" in worker.state.sentence
    assert not worker.close(LONG)
    assert place.read_bytes() == before


def test_a_listener_that_fails_ends_nothing(place: Path, start_worker: Start, report: Report) -> None:
    worker = start_worker(NEVER)
    was_told = threading.Event()

    def fail(state: PlaceState) -> None:
        was_told.set()
        raise ValueError("no")

    worker.listen(fail)
    with ReportFile.open(worker.working.path, "write") as file:
        file.record(edit(report, AUTHORITY, "Ministry"))
    assert worker.wait_written(LONG)
    assert was_told.wait(LONG)
    assert worker.close(LONG)
