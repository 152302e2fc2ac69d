"""What a passphrase keeps from others, and how it is said when a file cannot be opened with it."""

from __future__ import annotations

import copy
import pickle
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from desktop_app.report.changes import OpenEdit
from desktop_app.report.report import Report
from desktop_app.storage.backups import copy_whole, verify_copy
from desktop_app.storage.connection import connect
from desktop_app.storage.errors import (
    DamagedFileError,
    FileChangedError,
    FileInUseError,
    FileMissingError,
    NotAReportFileError,
    ProtectedFileError,
    ReportFileError,
    WrongPassphraseError,
)
from desktop_app.storage.format import has_magic, is_plain, is_protected, look_at
from desktop_app.storage.opening import connect_to_write
from desktop_app.storage.protection import (
    Key,
    UnfitPassphraseError,
    check_new_passphrase,
    new_salt,
)
from desktop_app.storage.report_file import Mode, ReportFile
from desktop_app.storage.worker import FileWorker
from desktop_app.storage.working_copy import WorkingCopy
from tests.support.protected import PASSPHRASE, key, make_protected_file
from tests.support.report_files import edit, everything_in, run_script, start
from tests.support.small_form import FIRST_ROW

DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"
WORDS = "Ministry of Justice"
PAGE = 4096
MODES: tuple[Mode, ...] = ("read", "write")


@pytest.fixture
def protected(tmp_path: Path, report: Report) -> Path:
    return make_protected_file(tmp_path / "secret.adesk", report)


def said(path: Path, mode: Mode, given: Key | None) -> ReportFileError:
    with pytest.raises(ReportFileError) as raised:
        ReportFile.open(path, mode, key=given)
    return raised.value


# ---------------------------------------------------------------------------------------- secrecy


def test_no_answer_stands_in_the_file_or_beside_it(protected: Path, report: Report) -> None:
    secret = "Wholly unheard of words"
    connection = connect(protected, "rw", key())
    connection.execute("BEGIN")
    connection.execute("UPDATE answers SET value = ?", (f'"{secret}"',))
    # In the middle of a write there is a journal with pages as they were.
    while_writing = everything_in(protected.parent)
    connection.rollback()
    connection.close()
    assert while_writing["secret.adesk-journal"]
    with ReportFile.open(protected, "write", key=key()) as file:
        file.record(edit(report, DESCRIPTION, secret))
        file.keep_open_edit(OpenEdit(report.id, "cover.authority", secret, "Ana"))
        while_open = everything_in(protected.parent)
    for content in (*while_writing.values(), *while_open.values(), *everything_in(protected.parent).values()):
        for words in (secret, WORDS, "Vepra", "CREATE TABLE", "SQLite format"):
            assert words.encode() not in content


def test_the_key_is_shown_nowhere(protected: Path) -> None:
    raw = key().as_sql()
    opened = Key.from_recovery_key(protected, key().recovery_key)
    for secret in (key(), opened):
        for words in (repr(secret), str(secret), f"{secret!r:>40}"):
            assert words.strip() == "Key(…)"
        assert not hasattr(secret, "__dict__")
        with pytest.raises(TypeError, match="not written anywhere"):
            pickle.dumps(secret)
        with pytest.raises(TypeError, match="not written anywhere"):
            copy.copy(secret)
    assert raw not in str(said(protected, "read", Key.from_passphrase(protected, "another passphrase")))


def test_keys_are_equal_when_they_open_the_same(protected: Path) -> None:
    same = Key.from_passphrase(protected, PASSPHRASE)
    assert same == key() and hash(same) == hash(key())
    assert Key.from_recovery_key(protected, key().recovery_key) == key()
    assert Key.from_passphrase(protected, "another passphrase") != key()
    assert key() != "key"


def test_two_files_of_one_passphrase_have_two_keys() -> None:
    one, other = Key.new(PASSPHRASE), Key.new(PASSPHRASE)
    assert one != other and one.recovery_key != other.recovery_key


def test_other_programs_with_sqlcipher_open_it_with_the_passphrase(protected: Path) -> None:
    """As the command ``sqlcipher`` does: no option, no raw key."""
    other = dbapi2.connect(f"file:{protected}?mode=ro", uri=True)
    other.execute(f"PRAGMA key = '{PASSPHRASE}'")
    found = other.execute("SELECT value FROM answers WHERE path = 'cover.authority'").fetchone()
    other.close()
    assert found == (f'"{WORDS}"',)


def test_a_file_made_by_another_program_with_sqlcipher_is_opened(tmp_path: Path, protected: Path) -> None:
    path = tmp_path / "other.adesk"
    other = dbapi2.connect(path)
    other.execute("PRAGMA key = 'çelësi i fshehtë'")
    other.execute("CREATE TABLE t (x)")
    other.close()
    assert isinstance(said(path, "read", Key.from_passphrase(path, "çelësi i fshehtë")), NotAReportFileError)
    assert isinstance(said(path, "read", key()), WrongPassphraseError)


# ------------------------------------------------------------------------------------- passphrases


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        ("cafe\N{COMBINING ACUTE ACCENT} au lait", "café au lait"),
        ("café au lait", "cafe\N{COMBINING ACUTE ACCENT} au lait"),
        ("한국어 암호문 열두 글자", "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165 암호문 열두 글자"),
        ("four words and\N{NO-BREAK SPACE}more", "four words and more"),
        ("four words\N{IDEOGRAPHIC SPACE}more", "four words more"),
        ("пароль из кириллицы", "пароль из кириллицы"),
        ("كلمة مرور طويلة", "كلمة مرور طويلة"),
        ("emoji 🔑🔑🔑🔑🔑🔑🔑", "emoji 🔑🔑🔑🔑🔑🔑🔑"),
        ('it\'s "quoted"; --', 'it\'s "quoted"; --'),
    ],
)
def test_letters_are_the_same_whatever_keyboard_made_them(tmp_path: Path, chosen: str, typed: str) -> None:
    path = tmp_path / "secret.adesk"
    ReportFile.create(path, key=Key.new(chosen)).close()
    with ReportFile.open(path, "read", key=Key.from_passphrase(path, typed)) as file:
        assert file.reports() == []


@pytest.mark.parametrize(
    "typed", ["Correct horse battery", "correct horse battery ", "correct  horse battery", ""]
)
def test_what_is_not_the_same_does_not_open_it(protected: Path, typed: str) -> None:
    assert isinstance(said(protected, "read", Key.from_passphrase(protected, typed)), WrongPassphraseError)


def test_letters_that_only_look_alike_are_others(tmp_path: Path) -> None:
    """NFKC would make them the same, and other programs with SQLCipher would not open the file then."""
    path = tmp_path / "secret.adesk"
    ReportFile.create(path, key=Key.new("ﬁve hundred ²")).close()
    assert isinstance(said(path, "read", Key.from_passphrase(path, "five hundred 2")), WrongPassphraseError)


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("", "too short. Take at least 12 characters"),
        ("elevenchars", "too short"),
        # Twelve characters for a computer, eleven for whoever typed them.
        ("e\N{COMBINING ACUTE ACCENT}levenchar", "too short"),
        ("x" * 501, "too long. Take at most 500 characters"),
        (" twelve characters", "cannot begin or end with a space"),
        ("twelve characters\N{NO-BREAK SPACE}", "cannot begin or end with a space"),
        ("twelve\tcharacters", "cannot be typed"),
        ("twelve characters\ud800", "cannot be typed"),
    ],
)
def test_what_is_no_good_as_a_passphrase(passphrase: str, words: str) -> None:
    with pytest.raises(UnfitPassphraseError, match=words):
        Key.new(passphrase)


@pytest.mark.parametrize("passphrase", ["twelve chars", "111111111111", "пароль и ещё", "x" * 500])
def test_length_is_all_that_is_asked_of_a_passphrase(passphrase: str) -> None:
    check_new_passphrase(passphrase)


# ------------------------------------------------------------------------------- opening, or not


@pytest.mark.parametrize("mode", MODES)
def test_without_a_key_it_is_said_to_be_protected(protected: Path, mode: Mode) -> None:
    before = everything_in(protected.parent)
    error = said(protected, mode, None)
    assert isinstance(error, ProtectedFileError)
    assert error.sentence == "“secret.adesk” is protected with a passphrase."
    assert everything_in(protected.parent) == before


@pytest.mark.parametrize("mode", MODES)
def test_with_a_wrong_key_both_reasons_are_said(protected: Path, mode: Mode) -> None:
    before = everything_in(protected.parent)
    error = said(protected, mode, Key.from_passphrase(protected, "another passphrase"))
    assert isinstance(error, WrongPassphraseError)
    assert error.sentence.startswith("The passphrase is not right. Type it again;")
    assert error.sentence.endswith("the beginning of “secret.adesk” is damaged; then take a backup.")
    other = Key.from_recovery_key(protected, Key.new(PASSPHRASE).recovery_key)
    error = said(protected, mode, other)
    assert isinstance(error, WrongPassphraseError)
    assert error.sentence.startswith("This recovery key does not open “secret.adesk”.")
    assert everything_in(protected.parent) == before


def test_the_recovery_key_opens_it(protected: Path, report: Report) -> None:
    recovered = Key.from_recovery_key(protected, key().recovery_key.lower())
    with ReportFile.open(protected, "write", key=recovered) as file:
        assert file.load(1, report.form).plain("cover.authority") == WORDS
        file.record(edit(report, DESCRIPTION, "After recovery"))
    with ReportFile.open(protected, "read", key=key()) as file:
        assert file.load(1, report.form).plain(DESCRIPTION) == "After recovery"


def test_a_key_is_not_needed_for_an_ordinary_file(path: Path, report: Report) -> None:
    for mode in MODES:
        with ReportFile.open(path, mode, key=key()) as file:
            assert file.load(1, report.form).plain("cover.authority") == WORDS
    assert is_plain(path)


def test_a_worker_says_why_it_cannot_open(protected: Path) -> None:
    with pytest.raises(ProtectedFileError):
        FileWorker(protected).opened.result()
    with pytest.raises(WrongPassphraseError):
        FileWorker(protected, key=Key.from_passphrase(protected, "another passphrase")).opened.result()


def test_nothing_is_written_to_the_terminal_when_a_key_does_not_fit(
    protected: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    said(protected, "write", Key.from_passphrase(protected, "another passphrase"))
    assert capfd.readouterr() == ("", "")


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError):
        Key.from_passphrase(tmp_path / "none.adesk", PASSPHRASE)
    assert isinstance(said(tmp_path / "none.adesk", "read", key()), FileMissingError)
    assert list(tmp_path.iterdir()) == []


def test_without_sqlcipher_it_is_said_what_to_install(protected: Path) -> None:
    script = """
import sys
from pathlib import Path
sys.modules["sqlcipher3"] = None
from desktop_app.runtime.errors import DeskError
from desktop_app.storage.protection import Key
from desktop_app.storage.report_file import ReportFile
path = Path(sys.argv[1])
try:
    ReportFile.open(path, "read")
except DeskError as error:
    print(type(error).__name__, error.sentence)
for mode in ("read", "write"):
    try:
        ReportFile.open(path, mode, key=Key.from_passphrase(path, "correct horse battery"))
    except DeskError as error:
        print(type(error).__name__, error.sentence)
try:
    ReportFile.create(path.with_name("new.adesk"), key=Key.new("correct horse battery"))
except DeskError as error:
    print(type(error).__name__)
print([found.name for found in path.parent.iterdir()])
"""
    told = run_script(script, protected).stdout.splitlines()
    for line in told[:3]:
        assert line.startswith("ProtectionMissingError Protection with a passphrase is not installed")
        assert "Ask your IT department to install the Python package “sqlcipher3”." in line
    assert told[3:] == ["ProtectionMissingError", "['secret.adesk']"]


def test_sqlcipher_is_loaded_only_for_protected_files(path: Path) -> None:
    script = """
import sys
from pathlib import Path
from desktop_app.storage.report_file import ReportFile
with ReportFile.open(Path(sys.argv[1]), "write") as file:
    print("sqlcipher3" in sys.modules)
"""
    assert run_script(script, path).stdout == "False\n"


# ------------------------------------------------------------------------------------ recognising


def test_a_protected_file_is_told_from_an_ordinary_one(path: Path, protected: Path) -> None:
    assert is_protected(protected) and not is_plain(protected)
    assert is_plain(path) and not is_protected(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 8192,
        ("Ministria e Drejtësisë. " * 400).encode(),
        b"<html><body>" + b"<p>words</p>" * 900,
        b"PK\x03\x04" + bytes(range(256)) * 32,
        b"%PDF-1.7\n" + bytes(range(256)) * 32,
        "Политика ".encode("utf-16") * 500,
        bytes(300),
    ],
    ids=["empty", "zeros", "text", "html", "zip", "pdf", "utf-16", "short"],
)
def test_what_is_no_report_file_is_not_called_protected(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.adesk"
    path.write_bytes(content)
    assert isinstance(said(path, "read", None), NotAReportFileError)


def test_noise_of_another_name_is_not_called_protected(protected: Path) -> None:
    path = protected.rename(protected.with_suffix(".bin"))
    assert isinstance(said(path, "read", None), NotAReportFileError)
    with ReportFile.open(path, "read", key=key()) as file:
        assert len(file.reports()) == 1


@given(st.binary(max_size=2 * PAGE))
def test_bytes_of_any_kind_are_judged_without_an_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.adesk"
    path.write_bytes(content)
    with pytest.raises((NotAReportFileError, ProtectedFileError, DamagedFileError)):
        look_at(path)


def test_no_salt_looks_like_the_beginning_of_another_file() -> None:
    assert not any(has_magic(new_salt()) for _each in range(1000))


# ----------------------------------------------------------------------------------------- damage


def damage(path: Path, at: int, length: int = 1) -> None:
    content = bytearray(path.read_bytes())
    for place in range(at, at + length):
        content[place] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("at", [0, 15, 16, 100, 2000, PAGE - 1])
def test_damage_in_the_first_page_is_not_blamed_on_the_passphrase_alone(protected: Path, at: int) -> None:
    damage(protected, at)
    error = said(protected, "write", Key.from_passphrase(protected, PASSPHRASE))
    assert isinstance(error, WrongPassphraseError)
    assert "the beginning of “secret.adesk” is damaged" in error.sentence


@pytest.mark.parametrize("length", [512, PAGE])
def test_a_first_page_partly_gone_is_still_taken_for_a_protected_file(protected: Path, length: int) -> None:
    content = protected.read_bytes()
    protected.write_bytes(bytes(length - 512) + content[length - 512 :])
    assert isinstance(said(protected, "read", None), ProtectedFileError)


def test_damage_anywhere_else_is_called_damage(protected: Path) -> None:
    pages = protected.stat().st_size // PAGE
    content = protected.read_bytes()
    for page in range(1, pages):
        damage(protected, page * PAGE + 1234)
        assert isinstance(said(protected, "write", key()), DamagedFileError)
        protected.write_bytes(content)


@pytest.mark.parametrize("gone", [1, 100, PAGE, 3 * PAGE])
def test_a_file_whose_end_is_gone_is_called_damaged(protected: Path, gone: int) -> None:
    protected.write_bytes(protected.read_bytes()[:-gone])
    assert isinstance(said(protected, "read", key()), DamagedFileError)


# ------------------------------------------------------------------------------------- under way


def test_settings_are_those_of_an_ordinary_file(protected: Path) -> None:
    connection = connect(protected, "rw", key())
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete", "trusted_schema", "cell_size_check")
    }
    connection.close()
    assert found == {
        "journal_mode": "truncate",
        "synchronous": 3,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
    }


def test_errors_of_both_libraries_are_understood(protected: Path, report: Report) -> None:
    """One is no subclass of the other: who catches ``sqlite3.Error`` alone lets SQLCipher's pass by."""
    assert not issubclass(dbapi2.Error, sqlite3.Error)
    with ReportFile.open(protected, "write", key=key()) as file:
        reader = connect(protected, "ro", key())
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM answers").fetchone()
        with pytest.raises(FileInUseError):
            file.record(edit(report, DESCRIPTION, "While another reads"))
        reader.rollback()
        reader.close()


def test_a_file_that_was_moved_away_is_not_called_read_only(protected: Path, report: Report) -> None:
    with ReportFile.open(protected, "write", key=key()) as file:
        protected.rename(protected.with_name("moved.adesk"))
        with pytest.raises(FileChangedError):
            file.record(edit(report, DESCRIPTION, "Into nowhere"))


TYPE = """
import sys
from pathlib import Path
from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.storage.protection import Key
from desktop_app.storage.report_file import ReportFile
path, report, place, first = sys.argv[1:]
key = Key.from_passphrase(Path(path), "correct horse battery")
with ReportFile.open(Path(path), "write", key=key) as file:
    for number in range(int(first), int(first) + 100_000):
        words = f"{number} " + "words " * (number % 700)
        file.record(Operation(report, OperationKind.EDIT, (Change(place, None, words),), "Ana"))
        print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_it_had_saved(protected: Path, report: Report) -> None:
    last = 0
    for round_number in range(1, 9):
        with start(TYPE, protected, report.id, DESCRIPTION, last + 1) as process:
            assert process.stdout is not None
            for _line in range(round_number * 3):
                saved = int(process.stdout.readline())
            process.kill()
        with ReportFile.open(protected, "read", key=key()) as file:
            words = str(file.load(1, report.form).plain(DESCRIPTION))
        last = int(words.split(maxsplit=1)[0])
        assert last >= saved
    with ReportFile.open(protected, "write", key=key()) as file:
        assert file.verify_chain() == []


# ------------------------------------------------------------------- what others rely on without a key


def test_no_key_is_not_called_damage(protected: Path) -> None:
    """Else a copy that only needs its key would be set aside as damaged."""
    before = protected.read_bytes()
    with pytest.raises(ProtectedFileError):
        verify_copy(protected, protected)
    with pytest.raises(ProtectedFileError):
        connect_to_write(protected, protected)
    assert protected.read_bytes() == before


def test_a_working_copy_that_was_left_waits_for_its_key(
    protected: Path, tmp_path: Path, report: Report
) -> None:
    folder = tmp_path / "copies"
    working = WorkingCopy.check_out(protected, folder, "Ana", key=key())
    with ReportFile.open(working.path, "write", key=key()) as file:
        file.record(edit(report, DESCRIPTION, "Only here"))
    assert WORDS.encode() not in working.path.read_bytes()
    # The program ends in the middle: nothing is written back.
    working.release()
    before = everything_in(folder)
    with pytest.raises(ProtectedFileError):
        WorkingCopy.check_out(protected, folder, "Ana")
    with pytest.raises(WrongPassphraseError):
        WorkingCopy.check_out(protected, folder, "Ana", key=Key.new("another passphrase"))
    left = {name: content for name, content in everything_in(folder).items() if ".lock" not in name}
    assert left == {name: content for name, content in before.items() if ".lock" not in name}
    working = WorkingCopy.check_out(protected, folder, "Ana", key=key())
    assert working.write_back()
    assert working.release()
    with ReportFile.open(protected, "read", key=key()) as file:
        assert file.load(1, report.form).plain(DESCRIPTION) == "Only here"


def test_a_key_knows_the_copies_of_its_file(protected: Path, path: Path, tmp_path: Path) -> None:
    copied = tmp_path / "copy.adesk"
    copied.write_bytes(b"")
    copy_whole(protected, copied, key())
    assert key().belongs_to(copied) and not is_plain(copied)
    assert not Key.new(PASSPHRASE).belongs_to(copied)
    assert not key().belongs_to(path)
    assert not key().belongs_to(tmp_path / "none.adesk")
