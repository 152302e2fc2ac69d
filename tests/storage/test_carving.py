"""Reading records from bytes: whatever SQLite writes is read the same; noise is read without harm."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.storage.carving import carve, carve_keys, page_size_of

COLUMNS = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    st.binary(max_size=20_000),
)


def database(statements: list[str], rows: list[tuple[object, ...]], page_size: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("PRAGMA secure_delete = ON")
        for statement in statements:
            connection.execute(statement)
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        connection.commit()
        connection.close()
        return path.read_bytes()


@pytest.mark.parametrize("page_size", [512, 4096, 65536])
@given(rows=st.lists(st.tuples(COLUMNS, COLUMNS, COLUMNS), max_size=12))
def test_every_record_is_read_as_it_was_written(page_size: int, rows: list[tuple[object, ...]]) -> None:
    content = database(["CREATE TABLE t (a, b, c)"], rows, page_size)
    assert page_size_of(content) == page_size
    found = {record.rowid: record.columns for record in carve(content) if len(record.columns) == 3}
    assert [found[rowid] for rowid in sorted(found)] == rows


def test_many_records_and_their_keys_are_found_below_a_damaged_root() -> None:
    rows: list[tuple[object, ...]] = [(number, f"key {number}", "words " * 40) for number in range(2000)]
    content = bytearray(
        database(["CREATE TABLE t (a, b, c)", "CREATE INDEX of_b ON t (a, b)"], rows, page_size=1024)
    )
    for page in (1, 2):
        content[page * 1024 : (page + 1) * 1024] = random.Random(page).randbytes(1024)
    assert {record.columns for record in carve(bytes(content)) if len(record.columns) == 3} == set(rows)
    keys = {columns[:2] for columns in carve_keys(bytes(content))}
    # Those that stood in the root itself are gone.
    assert len(keys) > 1900
    assert keys <= {row[:2] for row in rows}


def test_free_pages_are_passed_over() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE t (a, b, c)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", [(n, "secret", "x" * 500) for n in range(9)])
        connection.commit()
        connection.execute("DROP TABLE t")
        connection.commit()
        connection.close()
        content = path.read_bytes()
    assert b"secret" in content
    assert [record for record in carve(content) if "secret" in record.columns] == []


@given(st.binary(max_size=9000), st.integers(0, 2**32))
def test_noise_does_no_harm(noise: bytes, seed: int) -> None:
    content = bytearray(database(["CREATE TABLE t (a, b, c)"], [(1, "two", b"3" * 9000)], 512))
    chance = random.Random(seed)
    for _flip in range(20):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    for damaged in (noise, bytes(content), bytes(content[: chance.randrange(len(content))])):
        list(carve(damaged))
        list(carve_keys(damaged))


def test_a_page_in_use_that_an_old_header_calls_free_is_read_all_the_same() -> None:
    rows: list[tuple[object, ...]] = [(1, "b", "c")]
    content = bytearray(database(["CREATE TABLE t (a, b, c)"], rows, page_size=512))
    content[32:36] = (2).to_bytes(4)
    assert rows == [record.columns for record in carve(bytes(content)) if len(record.columns) == 3]
