"""A report file from outside may try things: none of them works."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop_app.storage.connection import connect


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH 'elsewhere.db' AS other",
        "VACUUM INTO 'elsewhere.db'",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TRIGGER t AFTER INSERT ON answers BEGIN DELETE FROM rows; END",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "DROP TABLE answers",
        "DROP VIEW small_form_planned",
        "ALTER TABLE answers RENAME TO questions",
        "PRAGMA writable_schema = ON",
        "PRAGMA trusted_schema = ON",
        "PRAGMA user_version = 7",
        "UPDATE sqlite_master SET sql = ''",
        "SELECT load_extension('evil.so')",
    ],
)
def test_the_guard_refuses(path: Path, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    monkeypatch.chdir(path.parent)
    connection = connect(path, "rw")
    with pytest.raises(
        sqlite3.DatabaseError, match=r"not authorized|authorization denied|prohibited|may not be modified"
    ):
        connection.execute(statement)
    connection.close()
    assert [found.name for found in path.parent.iterdir()] == ["albania.adesk"]


def test_the_settings_are_those_that_survive_a_power_cut(path: Path) -> None:
    connection = connect(path, "rw")
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "trusted_schema",
            "secure_delete",
            "temp_store",
        )
    }
    connection.close()
    assert found == {
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "temp_store": 2,
    }


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    for mode in ("ro", "rw"):
        with pytest.raises(sqlite3.OperationalError):
            connect(tmp_path / "none.adesk", mode)
    assert list(tmp_path.iterdir()) == []


def test_nothing_larger_than_the_limit_is_read(path: Path) -> None:
    outside = sqlite3.connect(path)
    with outside:
        outside.execute("UPDATE meta SET value = hex(zeroblob(26000000)) WHERE key = 'program'")
    outside.close()
    connection = connect(path, "ro")
    with pytest.raises(sqlite3.DataError, match="too big"):
        connection.execute("SELECT value FROM meta").fetchall()
    connection.close()
