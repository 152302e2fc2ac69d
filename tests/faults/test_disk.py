"""The simulated disk finds what careless programs lose, so that what it does not find counts."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from desktop_app.runtime.errors import DeskError
from tests.faults.disk import SECTOR, Disk, Recording, Step, StraceLog
from tests.faults.fault import DamagedError, LostError
from tests.faults.power_cuts import KEPT, WAYS, lay_out, told_in
from tests.faults.witness import Account

OLD, NEW = b"old" * 500, b"new" * 500


def found(steps: Iterable[Step], *, tries: int = 20) -> set[bytes | None]:
    """What may be found of ``name`` after a cut behind the last step."""
    disk, chance = Disk({"name": OLD}), random.Random(1)
    for step in steps:
        disk.take(step)
    return {disk.after_cut(how, chance).get("name") for how in WAYS for _try in range(tries)}


def escaped(words: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in words.encode())


def test_calls_of_two_threads_that_overlap_are_all_read() -> None:
    handle, told = f"5<{escaped('/w/name')}>", f"6<{escaped('/t/told')}>"
    log = [
        f'10 openat(AT_FDCWD<{escaped("/w")}>, "{escaped("/w/name")}", O_RDWR|O_CREAT, 0644) = {handle}',
        f'11 pwrite64({handle}, "{escaped("ab")}", 2, 512 <unfinished ...>',
        f'10 write({told}, "{escaped("state 1")}", 7 <unfinished ...>',
        "11 <... pwrite64 resumed>)        = 2",
        "10 <... write resumed>)           = 7",
        f"11 ftruncate({handle}, 1 <unfinished ...>",
        f"10 fsync({handle}) = -1 EIO (Input/output error)",
        "11 <... ftruncate resumed>) = 0",
        f"11 fdatasync({handle}) = 0",
        f'11 rename("{escaped("/w/name")}", "{escaped("/w/other")}") = 0',
        f"11 fsync(7<{escaped('/w')}>) = 0",
    ]
    assert list(StraceLog(Path("/w"), Path("/t/told"), {}).steps(iter(log))) == [
        Step("open", "name"),
        Step("write", "name", offset=512, data=b"ab"),
        Step("tell", data=b"state 1"),
        Step("truncate", "name", offset=1),
        Step("flush", "name"),
        Step("rename", "name", "other"),
        Step("flush_folder", "."),
    ]


def test_what_was_flushed_is_there() -> None:
    assert found([Step("write", "name", data=NEW), Step("flush", "name")]) == {NEW}


def test_what_was_not_flushed_may_be_there_or_lost_or_torn() -> None:
    states = found([Step("write", "name", data=NEW)])
    assert {OLD, NEW} <= states
    torn = states - {OLD, NEW}
    assert NEW[:SECTOR] + OLD[SECTOR:] in torn


def test_a_careless_replacement_may_leave_an_empty_file() -> None:
    steps = [Step("open", "new"), Step("write", "new", data=NEW), Step("rename", "new", "name")]
    assert b"" in found(steps)


def test_a_careful_replacement_leaves_the_old_or_the_new() -> None:
    steps = [
        Step("open", "new"),
        Step("write", "new", data=NEW),
        Step("flush", "new"),
        Step("rename", "new", "name"),
    ]
    assert found(steps) == {OLD, NEW}
    assert found([*steps, Step("flush_folder", ".")]) == {NEW}


def test_writes_may_come_in_another_order() -> None:
    first, second = Step("write", "name", data=b"1" * SECTOR), Step("write", "name", data=b"2" * SECTOR)
    assert b"1" * SECTOR + OLD[SECTOR:] in found([first, second])


def test_a_recording_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    recording = Recording.load(KEPT)
    recording.save(tmp_path / "again.gz")
    assert Recording.load(tmp_path / "again.gz") == recording


def test_without_flushes_the_same_session_loses_words(tmp_path: Path) -> None:
    """What the real session is spared: the replay can tell."""
    recording = Recording.load(KEPT)
    states = Account.of(told_in(recording)).states
    chance, failures = random.Random(4), 0
    for number in range(20):
        disk, told = Disk(recording.before, lies=True), b""
        for step in recording.steps[: chance.randrange(len(recording.steps) // 2, len(recording.steps))]:
            disk.take(step)
            told += step.data if step.kind == "tell" else b""
        folder = tmp_path / str(number)
        lay_out(folder, disk.after_cut("torn", chance))
        durable = Account.of(told.decode("utf-8", "surrogateescape").splitlines()).durable
        try:
            Account(states, (), durable).compare(folder / "report.adesk")
        except (LostError, DamagedError, DeskError):
            failures += 1
    assert failures > 0


@pytest.mark.parametrize("how", sorted(set(WAYS)))
def test_the_beginning_is_sure(how: str) -> None:
    recording = Recording.load(KEPT)
    assert Disk(recording.before).after_cut(how, random.Random(1)) == recording.before
