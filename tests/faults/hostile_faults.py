"""Files made to do harm: databases with statements in them, packages with traps, values without end."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
import warnings
import zipfile
from pathlib import Path

from desktop_app.runtime.errors import DeskError
from desktop_app.storage.connection import connect
from tests.faults.fault import DamagedError, Trial, fault
from tests.faults.file_faults import unchanged
from tests.faults.showing import opening, opening_and_state, words_at
from tests.faults.storage_faults import DAMAGED, NO_FORM
from tests.faults.witness import state_of

IN_TIME = 10.0
"""Seconds after which a file is said to keep the program busy."""


def _spoiled(trial: Trial, *statements: str) -> Path:
    """A report file in which somebody has carried out SQL."""
    path = trial.full_report()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def _opened_in_time(path: Path) -> str:
    before = path.read_bytes()
    begun = time.monotonic()
    seen = opening(path)
    assert time.monotonic() - begun < IN_TIME, f"{time.monotonic() - begun:.1f} seconds"
    if seen:
        unchanged(path, before)
    return seen


@fault(
    "J1",
    "A report file has a trigger that changes answers or calls functions",
    expected="It is refused; nothing of it runs.",
    shows=DAMAGED,
    do="Do not use the file; ask who made it.",
)
def trigger(trial: Trial) -> str:
    return _opened_in_time(
        _spoiled(
            trial,
            "CREATE TRIGGER spoil AFTER INSERT ON changes BEGIN UPDATE answers SET value = '\"other\"'; END",
        )
    )


@fault(
    "J1v",
    "A report file has views that call functions or load files",
    expected="They are never read; the answers are the ones that were written.",
)
def view_that_calls(trial: Trial) -> None:
    path = _spoiled(
        trial,
        "CREATE VIEW spoil AS SELECT load_extension('/tmp/x.so'), readfile('/etc/passwd') FROM answers",
    )
    wanted = opening_and_state(trial.full_report("sound.adesk"))[1]
    seen, state = opening_and_state(path)
    if not seen and state != wanted:
        raise DamagedError("the answers are others")


@fault(
    "J1c",
    "A table of a report file was made anew with columns that compute, or checks that call functions",
    expected="It is refused, or the answers are the ones that were written.",
    shows=DAMAGED,
    do="Do not use the file; ask who made it.",
)
def computing_columns(trial: Trial) -> str:
    return _opened_in_time(
        _spoiled(
            trial,
            "ALTER TABLE answers RENAME TO kept",
            "CREATE TABLE answers (report, path, value AS (hex(zeroblob(9000000))), state, confidential)",
        )
    )


@fault(
    "J2",
    "Statements of a file ask for ATTACH, extensions, functions that read files, or another schema",
    expected="All are denied, whoever asks.",
)
def denied_statements(trial: Trial) -> None:
    path = trial.full_report()
    before = path.read_bytes()
    connection = connect(path, "rw")
    try:
        for statement in (
            f"ATTACH '{trial.folder / 'other.db'}' AS other",
            "SELECT load_extension('/tmp/x.so')",
            "SELECT readfile('/etc/passwd')",
            "PRAGMA writable_schema = ON",
            "PRAGMA trusted_schema = ON",
            "CREATE TRIGGER t AFTER INSERT ON answers BEGIN SELECT 1; END",
            "CREATE VIEW v AS SELECT 1",
            "DROP TABLE answers",
            "CREATE TEMP TABLE t (x)",
            "ALTER TABLE answers RENAME TO other",
            "VACUUM INTO '/tmp/copy.db'",
            "PRAGMA journal_mode_x = 1",
        ):
            try:
                connection.execute(statement)
            except sqlite3.Error:
                continue
            if statement.startswith("PRAGMA"):
                name = statement.split()[1]
                found = connection.execute(f"PRAGMA {name}").fetchone()
                assert found in (None, (0,)), f"{statement}: {found}"
            else:
                raise AssertionError(f"not denied: {statement}")
    finally:
        connection.close()
    unchanged(path, before)
    assert not (trial.folder / "other.db").exists()


@fault(
    "J2s",
    "Schema entries of a file were written over by hand",
    expected="It is refused.",
    shows=DAMAGED,
    do="Do not use the file; ask who made it.",
)
def schema_written_over(trial: Trial) -> str:
    return _opened_in_time(
        _spoiled(trial, "UPDATE sqlite_master SET sql = 'CREATE TABLE answers (x' WHERE name = 'answers'")
    )


@fault(
    "J3",
    "Reports, places and people have names made of SQL and quotes",
    expected="They are words; nothing of it runs.",
)
def sql_in_words(trial: Trial) -> None:
    from desktop_app.report.text.model import Text
    from desktop_app.services.open_report import open_report
    from desktop_app.services.reports import form_library
    from tests.faults.children import FIELDS

    path = trial.new_report("'; DROP TABLE answers; --.adesk")
    for number, words in enumerate(
        trial.few(
            ["'; DROP TABLE answers; --", '"); DELETE FROM changes; --', "]] x' OR '1'='1", "\\' %s ?1 :a"]
        )
    ):
        opened = open_report(path, form_library(), who=words)
        opened.session.type(FIELDS[number % 3], Text.plain(words))
        opened.close()
    state_of(path)
    assert words_at(path, FIELDS[0]) is not None
    trial.tally.add(edits=3)


@fault(
    "J5",
    "A package or an answer names a file of this computer or an address",
    expected="Nothing is read or loaded.",
    shows=NO_FORM,
    do="Ask the sender for a package of the program.",
    slow=True,
)
def paths_in_answers(trial: Trial) -> str:
    document = trial.folder / "data.json"
    code, said = trial.command("export", str(trial.full_report()), "--to", str(trial.folder))
    assert code == 0, said
    (package,) = trial.folder.glob("*.zip")
    with zipfile.ZipFile(package) as opened:
        plain = json.loads(opened.read("data.json"))
    plain["form"]["id"] = "../../../../etc"
    document.write_text(json.dumps(plain))
    code, seen = trial.command("import", str(trial.folder / "new.adesk"), str(document))
    assert code == 2, seen
    assert not (trial.folder / "new.adesk").exists()
    return seen


@fault(
    "J7",
    "An answer in a file is JSON nested a hundred thousand levels deep",
    expected="The file is refused.",
    shows=DAMAGED,
    do="Do not use the file; ask who made it.",
)
def deep_json(trial: Trial) -> str:
    deep = "[" * 100_000 + "]" * 100_000
    return _opened_in_time(_spoiled(trial, f"UPDATE answers SET value = '{deep}'"))


@fault(
    "J7l",
    "An answer in a file is larger than any that can be written (60 MB)",
    expected="The file is refused; the memory is not filled.",
    shows="This is too large for a report file. One document may have up to {size} MB.",
    do="Do not use the file; ask who made it.",
)
def huge_value(trial: Trial) -> str:
    return _opened_in_time(_spoiled(trial, "UPDATE answers SET value = hex(zeroblob(30000000))"))


@fault(
    "J9",
    "A file has views and tables that would keep a computer busy for ever",
    expected="They are never read; the file opens or is refused in a moment.",
)
def endless_view(trial: Trial) -> str:
    return _opened_in_time(
        _spoiled(
            trial,
            "CREATE VIEW busy AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
            " SELECT count(*) FROM c",
        )
    )


@fault(
    "J9t",
    "A table the program reads was replaced by a view that never ends",
    expected="It is refused in a moment.",
    shows=DAMAGED,
    do="Do not use the file; ask who made it.",
)
def endless_table(trial: Trial) -> str:
    return _opened_in_time(
        _spoiled(
            trial,
            "ALTER TABLE rows RENAME TO kept",
            "CREATE VIEW rows AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
            " SELECT x AS report, x AS list, x AS id, 0 AS position, 0 AS in_bin, '' AS answers,"
            " '' AS states, '' AS confidential FROM c",
        )
    )


# Packages


def _import(trial: Trial, package: Path) -> str:
    """Bring a package in; it must be refused in time, and leave nothing."""
    target = trial.folder / "new.adesk"
    begun = time.monotonic()
    code, seen = trial.command("import", str(target), str(package))
    assert code == 2, (code, seen)
    assert time.monotonic() - begun < IN_TIME
    assert not target.exists()
    return seen


@fault(
    "H1",
    "A package is cut off, empty, or no package",
    expected="It is refused; nothing is imported.",
    shows="“{file}” is no package: a package is a zip file made by “export”.",
    do="Ask the sender to send it again.",
    slow=True,
)
def broken_package(trial: Trial) -> str:
    code, said = trial.command("export", str(trial.full_report()), "--to", str(trial.folder))
    assert code == 0, said
    (whole,) = trial.folder.glob("*.zip")
    content = whole.read_bytes()
    seen = ""
    for number, part in enumerate(
        [b"", content[: len(content) // 2], content[:-10], b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 300]
    ):
        package = trial.folder / f"broken-{number}.zip"
        package.write_bytes(part)
        seen = _import(trial, package)
    return seen


@fault(
    "H3",
    "A package unpacks to gigabytes (a zip bomb), or has thousands of members",
    expected="It is refused before it is unpacked.",
    shows="“{file}” would unpack to far more than a package holds. It is not read.",
    do="Ask the sender for a package of the program.",
    slow=True,
)
def zip_bomb(trial: Trial) -> str:
    bomb = trial.folder / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("manifest.json", b"{}")
        opened.writestr("data.json", bytes(300_000_000))
    many = trial.folder / "many.zip"
    with zipfile.ZipFile(many, "w") as opened:
        for number in range(20_000):
            opened.writestr(f"m{number}", b"")
    _import(trial, many)
    return _import(trial, bomb)


@fault(
    "H7",
    "Members of a package have names that lead elsewhere (.., /, drives, links)",
    expected="It is refused; nothing is written anywhere.",
    shows="“{file}” holds “{name}”, which no package has. It is not read.",
    do="Ask the sender for a package of the program.",
)
def names_that_lead_elsewhere(trial: Trial) -> str:
    seen = ""
    names = ("CON", "/etc/evil", "C:\\evil", "a/../../evil", "data.json\x00.exe", "../../evil.txt")
    for number, name in enumerate(trial.few(names)):
        package = trial.folder / f"package-{number}.zip"
        with warnings.catch_warnings(), zipfile.ZipFile(package, "w") as opened:
            warnings.simplefilter("ignore")
            opened.writestr("manifest.json", b"{}")
            opened.writestr("data.json", b"{}")
            opened.writestr(name, b"evil")
        seen = _import(trial, package)
        assert not list(trial.folder.rglob("*evil*"))
    return seen


@fault(
    "H8",
    "Answers in a package have the same key twice, NaN, or numbers with thousands of digits",
    expected="It is refused; nothing is imported.",
    shows="“{file}” is damaged: it cannot be read at line {line}, character {place}.",
    do="Ask the sender for a package of the program.",
)
def strange_json(trial: Trial) -> str:
    seen = ""
    for number, content in enumerate(
        ['{"form": 1, "form": 2}', '{"form": NaN}', '{"form": ' + "9" * 5000 + "}", "[" * 100_000, "\ufeff{"]
    ):
        document = trial.folder / f"data-{number}.json"
        document.write_text(content, encoding="utf-8")
        seen = _import(trial, document)
    return seen


@fault(
    "H9",
    "A single bit of a package was changed",
    expected="It is noticed, and said which part.",
    do="Ask the sender to send it again.",
)
def changed_package(trial: Trial) -> None:
    import random

    from desktop_app.services.verifying import verify

    code, said = trial.command("export", str(trial.full_report()), "--to", str(trial.folder))
    assert code == 0, said
    (whole,) = trial.folder.glob("*.zip")
    content = whole.read_bytes()
    with zipfile.ZipFile(whole) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    chance = random.Random(9)
    changed = trial.folder / "changed.zip"
    for _number in range(trial.many(200, 15)):
        spoiled = bytearray(content)
        place = chance.randrange(len(spoiled) * 8)
        spoiled[place // 8] ^= 1 << place % 8
        changed.write_bytes(spoiled)
        try:
            is_intact = verify(changed).intact
        except DeskError:
            is_intact = False
        if is_intact:
            with zipfile.ZipFile(changed) as opened:
                if {name: opened.read(name) for name in opened.namelist()} != members:
                    raise DamagedError(f"bit {place} of a package changed an answer, and nobody noticed")


@fault(
    "H12",
    "A document to import is not readable text, or is of another kind",
    expected="It is refused; nothing is imported.",
    shows="“{file}” is empty: there are no words in it.",
    do="Save it as a text or Markdown file, or ask for the package.",
    slow=True,
)
def unreadable_document(trial: Trial) -> str:
    seen = ""
    for name, content in (
        ("noise.md", bytes(range(256)) * 50),
        ("sheet.xlsx", b"PK\x03\x04" + bytes(500)),
        ("empty.md", b""),
    ):
        document = trial.folder / name
        document.write_bytes(content)
        seen = _import(trial, document)
    return seen
