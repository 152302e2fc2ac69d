"""Files read from the disk, attached, taken along wherever their answer goes, and given out again."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.formdef.model import Level
from desktop_app.report.attachments import attached_to
from desktop_app.report.field_checks import LARGEST_ATTACHMENT
from desktop_app.report.placed_files import files_of, placed_files
from desktop_app.report.problems import FILE_LOST
from desktop_app.report.report import UnknownPlaceError
from desktop_app.report.status import FrozenError
from desktop_app.report.text.model import Text
from desktop_app.report.values import Attachment
from desktop_app.runtime.files import CannotWriteError
from desktop_app.services.attachments import (
    CannotAttachError,
    FileRead,
    MissingContentError,
    OpenCopies,
    attach,
    attachment_bytes,
    brought_in,
    content_of,
    file_of,
    read_file,
    save_as,
    save_into,
)
from desktop_app.services.backups import BY_HAND, make_backup, restore_backup
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.open_report import open_report
from desktop_app.services.recorded_report import ReadOnlyError
from desktop_app.services.reports import form_library, start_report
from tests.support.memory_journal import MemoryJournal
from tests.support.report_files import unprivileged_folder
from tests.support.small_form import FIRST_ROW, SECOND_ROW, filled_report

LIST = "T1.planned"
ROW = f"{LIST}/{FIRST_ROW}"
ANNEX = f"{ROW}/annex"


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def session(journal: MemoryJournal) -> EntrySession:
    return EntrySession(filled_report(), journal, who="Ana")


def plan(name: str = "plan.pdf", content: bytes = b"%PDF-1.7 the plan") -> FileRead:
    return file_of(name, content)


def names(session: EntrySession, place: str) -> list[str]:
    return [each.file.name for _key, each in attached_to(session.report, place)]


# Reading


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "Plan d’action.pdf"
    path.write_bytes(b"%PDF-1.7 the plan")
    read = read_file(path)
    assert read.document.content == b"%PDF-1.7 the plan"
    assert read.document.media_type == "application/pdf"
    assert read.attachment == Attachment(
        "Plan d’action.pdf", hashlib.sha256(b"%PDF-1.7 the plan").hexdigest(), 17
    )


def test_the_largest_file_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(LARGEST_ATTACHMENT))
    assert read_file(path).attachment.size == LARGEST_ATTACHMENT
    with path.open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(CannotAttachError, match=r"“large\.bin” is larger than 15 MB"):
        read_file(path)


def test_a_file_far_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as stream:
        stream.truncate(1024**4)
    with pytest.raises(CannotAttachError, match="is larger than 15 MB"):
        read_file(path)


def test_what_is_no_file_with_something_in_it(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    with pytest.raises(CannotAttachError, match=r"“empty\.pdf” is empty"):
        read_file(empty)
    with pytest.raises(CannotAttachError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(CannotAttachError, match="is not there any more"):
        read_file(tmp_path / "gone.pdf")
    with pytest.raises(CannotAttachError, match="is not there any more"):
        read_file(empty / "inside.pdf")
    with pytest.raises(CannotAttachError, match="cannot be read"):
        read_file(tmp_path / ("x" * 300))
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for device in (fifo, Path(os.devnull)):
        with pytest.raises(CannotAttachError, match="is a device"):
            read_file(device)


def test_a_file_that_may_not_be_read() -> None:
    with unprivileged_folder() as folder:
        path = folder / "secret.pdf"
        path.write_bytes(b"x")
        path.chmod(0)
        with pytest.raises(CannotAttachError, match=r"You may not read “secret\.pdf”"):
            read_file(path)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    """A program writes on; whatever is read of it is refused or the whole of one moment."""
    path = tmp_path / "growing.bin"
    path.write_bytes(b"x" * 4_000_000)
    stop = threading.Event()

    def write_on() -> None:
        with path.open("ab", buffering=0) as stream:
            while not stop.is_set():
                stream.write(b"y" * 10)

    writer = threading.Thread(target=write_on)
    writer.start()
    refused = 0
    try:
        while not refused:
            try:
                read = read_file(path)
            except CannotAttachError as error:
                assert "was changed while it was read" in error.sentence
                refused += 1
            else:
                assert len(read.document.content) == read.attachment.size
    finally:
        stop.set()
        writer.join()


def test_a_report_file_is_refused(tmp_path: Path) -> None:
    """Its history and private notes would travel in the package."""
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    renamed = tmp_path / "norway.pdf"
    renamed.write_bytes(path.read_bytes())
    for each in (path, renamed):
        with pytest.raises(CannotAttachError, match="is a report file with its whole history"):
            read_file(each)


def test_the_open_report_itself_is_never_opened_and_closed_beside_sqlite(tmp_path: Path) -> None:
    opened = open_report(start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path, form_library())
    try:
        with pytest.raises(CannotAttachError, match="is a report file that is open here"):
            read_file(opened.path)
    finally:
        opened.close()


@pytest.mark.parametrize(("name", "kept"), [("a\\b.pdf", "a_b.pdf"), ("a\nb.pdf", "a_b.pdf"), ("..", "file")])
def test_a_name_that_no_file_may_have_everywhere(name: str, kept: str) -> None:
    assert file_of(name, b"x").attachment.name == kept


# Attaching


def test_files_beside_an_answer_are_one_step_with_their_bytes(
    session: EntrySession, journal: MemoryJournal
) -> None:
    files = [plan(), plan("law.docx", b"the law")]
    places = attach(session, "cover.authority", files)
    assert len(places) == 2
    assert names(session, "cover.authority") == ["law.docx", "plan.pdf"]
    assert len(journal.operations) == 1
    assert {sha256 for _report, sha256 in journal.attachments} == {file.sha256 for file in files}
    session.undo()
    assert names(session, "cover.authority") == []
    session.redo()
    assert names(session, "cover.authority") == ["law.docx", "plan.pdf"]


def test_a_question_for_a_file_is_answered_with_it(session: EntrySession, journal: MemoryJournal) -> None:
    session.set_value(ANNEX, None)
    assert attach(session, ANNEX, [plan()]) == [ANNEX]
    assert session.report.value(ANNEX) == plan().attachment
    with pytest.raises(CannotAttachError, match="takes one file"):
        attach(session, ANNEX, [plan(), plan("b.pdf")])
    session.detach(ANNEX)
    assert session.report.value(ANNEX) is None
    session.undo()
    assert session.report.value(ANNEX) == plan().attachment


def test_an_answer_with_a_file_is_not_empty_for_a_reason(session: EntrySession) -> None:
    session.set_value(ANNEX, None)
    attach(session, ANNEX, [plan()])
    assert f"{ANNEX}#state" not in {change.path for change in session.undo_step.changes}  # type: ignore[union-attr]


def test_the_same_file_is_attached_once_and_brings_its_bytes_again(
    session: EntrySession, journal: MemoryJournal
) -> None:
    attach(session, ROW, [plan(), plan()])
    assert attach(session, ROW, [plan()]) == []
    assert names(session, ROW) == ["plan.pdf"]
    assert len(journal.operations) == 1


def test_a_file_is_taken_off_and_comes_back(session: EntrySession) -> None:
    (place,) = attach(session, ROW, [plan()])
    session.detach(place)
    assert names(session, ROW) == []
    session.undo()
    assert names(session, ROW) == ["plan.pdf"]


@pytest.mark.parametrize(
    "place", ["T9.nothing", f"{LIST}/nobody", f"{ROW}/nothing", f"{ROW}#state", "attached/1", "#status"]
)
def test_there_is_no_such_place(session: EntrySession, journal: MemoryJournal, place: str) -> None:
    with pytest.raises(UnknownPlaceError):
        attach(session, place, [plan()])
    assert not journal.operations
    assert not journal.attachments


def test_nothing_is_attached_to_what_is_only_read_or_frozen(
    session: EntrySession, journal: MemoryJournal
) -> None:
    reading = EntrySession(filled_report(), journal, read_only="Only to be read.")
    with pytest.raises(ReadOnlyError):
        attach(reading, ROW, [plan()])
    session.mark_ready()
    with pytest.raises(FrozenError):
        attach(session, ROW, [plan()])
    assert not journal.attachments


# Wherever the row goes


def test_a_duplicate_has_the_files_too(session: EntrySession) -> None:
    attach(session, ROW, [plan()])
    attach(session, f"{ROW}/description", [plan("law.pdf")])
    copy = session.duplicate_row(LIST, FIRST_ROW)
    assert names(session, f"{LIST}/{copy}") == ["plan.pdf"]
    assert names(session, f"{LIST}/{copy}/description") == ["law.pdf"]
    assert names(session, ROW) == ["plan.pdf"]
    session.undo()
    assert len(session.report.attached) == 2


def test_a_row_that_moves_to_another_list_takes_its_files(session: EntrySession) -> None:
    attach(session, ROW, [plan()])
    fresh = session.move_row_to_list(LIST, FIRST_ROW, "T1.undertaken")
    assert [path for path, file in files_of(session.report) if file.name == "plan.pdf"] == [
        f"T1.undertaken/{fresh}"
    ]
    session.undo()
    assert [path for path, file in files_of(session.report) if file.name == "plan.pdf"] == [ROW]


def test_the_bin_keeps_the_files_of_a_row(session: EntrySession) -> None:
    attach(session, ROW, [plan()])
    session.remove_rows(LIST, [FIRST_ROW])
    assert list(files_of(session.report)) == []
    session.restore_row(LIST, FIRST_ROW)
    assert names(session, ROW) == ["plan.pdf"]


def test_a_row_with_nothing_but_a_file_is_not_blank(session: EntrySession) -> None:
    row = session.add_row(LIST)
    attach(session, f"{LIST}/{row}", [plan()])
    session.drop_blank_row(LIST, row)
    assert session.report.lists[LIST].row(row) is not None


def test_removed_for_good_the_files_go_with_their_answer(session: EntrySession) -> None:
    attach(session, ROW, [plan()])
    attach(session, "cover.authority", [plan("law.pdf")])
    attach(session, f"{LIST}/{SECOND_ROW}", [plan("other.pdf")])
    session.remove_for_good([ROW, "cover.authority"], "names")
    assert [each.file.name for each in session.report.attached.values()] == ["other.pdf"]


# The report file


@pytest.fixture
def norway(tmp_path: Path) -> Path:
    """A report file with a report that has one file."""
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    opened = open_report(path, form_library(), who="Ana")
    attach(opened.session, "cover.authority", [plan()])
    opened.close()
    return path


@pytest.fixture
def report_id(norway: Path) -> str:
    opened = open_report(norway, form_library())
    opened.close()
    return opened.session.report.id


def test_a_file_is_there_when_the_report_is_opened_again(norway: Path, report_id: str) -> None:
    opened = open_report(norway, form_library())
    try:
        assert names(opened.session, "cover.authority") == ["plan.pdf"]
        assert opened.attachment_bytes(plan().sha256) == plan().document.content
        assert attachment_bytes(norway, report_id)(plan().sha256) == plan().document.content
        opened.session.undo()
        assert names(opened.session, "cover.authority") == []
    finally:
        opened.close()


def test_words_typed_behind_a_large_file_are_on_the_disk(norway: Path) -> None:
    opened = open_report(norway, form_library())
    large = file_of("large.bin", bytes(LARGEST_ATTACHMENT))
    attach(opened.session, "cover.authority", [large])
    opened.session.type("cover.contact", Text.plain("Behind it"))
    assert opened.journal.flush(60)
    opened.close()
    again = open_report(norway, form_library())
    try:
        assert again.session.report.value("cover.contact") == Text.plain("Behind it")
        assert again.attachment_bytes(large.sha256) == large.document.content
    finally:
        again.close()


def test_a_backup_has_the_bytes(norway: Path, report_id: str, tmp_path: Path) -> None:
    backup = make_backup(norway, BY_HAND, folder=tmp_path / "backups")
    opened = open_report(norway, form_library())
    opened.session.remove_for_good(["cover.authority"], "by mistake")
    opened.close()
    with pytest.raises(KeyError):
        attachment_bytes(norway, report_id)(plan().sha256)
    restore_backup(backup.path, norway, folder=tmp_path / "backups")
    assert attachment_bytes(norway, report_id)(plan().sha256) == plan().document.content


# Out again


def nothing(_sha256: str) -> bytes:
    raise KeyError(_sha256)


def given(_sha256: str) -> bytes:
    return b"%PDF-1.7 the plan"


def test_content_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingContentError, match=r"The content of “plan\.pdf” is not in this report file"):
        content_of(nothing, plan().attachment)


def test_a_file_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    target.write_bytes(b"older")
    with pytest.raises(MissingContentError):
        save_as(nothing, plan().attachment, target)
    assert target.read_bytes() == b"older"
    save_as(given, plan().attachment, target)
    assert target.read_bytes() == b"%PDF-1.7 the plan"
    with pytest.raises(CannotWriteError):
        save_as(given, plan().attachment, tmp_path / "nowhere" / "plan.pdf")


def test_names_in_a_folder_are_harmless_and_replace_nothing(tmp_path: Path) -> None:
    hostile = Attachment("..\u202e", "a" * 64, 1)
    targets = [save_into(given, file, tmp_path) for file in (plan().attachment, plan().attachment, hostile)]
    assert [target.name for target in targets] == ["plan.pdf", "plan 2.pdf", "_"]
    assert all(target.parent == tmp_path for target in targets)


@pytest.fixture
def copies() -> Iterator[OpenCopies]:
    made = OpenCopies()
    yield made
    made.close()


def test_a_copy_to_be_opened_is_private_and_goes(copies: OpenCopies) -> None:
    copy = copies.make(given, plan().attachment)
    assert copy.name == "plan.pdf"
    assert copy.read_bytes() == b"%PDF-1.7 the plan"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    assert stat.S_IMODE(copy.parent.parent.stat().st_mode) == 0o700
    assert copies.make(given, plan().attachment) == copy
    copies.close()
    assert not copy.parent.parent.exists()
    copies.close()


def test_a_copy_under_a_hostile_name_stands_in_its_folder(copies: OpenCopies) -> None:
    copy = copies.make(given, Attachment("con", "b" * 64, 1))
    assert copy.name == "_con"
    with pytest.raises(MissingContentError):
        copies.make(nothing, plan("other.pdf", b"x").attachment)


# What came with a package


def test_only_what_the_report_names_is_brought_in(session: EntrySession) -> None:
    attach(session, ROW, [plan(), plan("gone.pdf", b"gone"), plan("large.bin", b"large")])
    sizes = {plan().sha256: given(""), plan("x", b"stray").sha256: b"stray"}
    sizes[plan("", b"large").sha256] = bytes(LARGEST_ATTACHMENT + 1)
    kept, missing = brought_in(session.report, sizes)
    assert [each.sha256 for each in kept] == [plan().sha256]
    told = "\n".join(missing)
    assert "“annex.pdf” did not come along" in told
    assert "“gone.pdf” did not come along" in told
    assert "“large.bin” is larger than 15 MB" in told


def test_a_file_without_its_bytes_is_a_problem_until_they_come(session: EntrySession) -> None:
    attach(session, ROW, [plan(), plan("law.pdf", b"%PDF-1.7 the law")])
    session.report.lost = {plan().sha256}
    session.problems.check_all()
    (found,) = [each for each in session.problems.of_section("T1") if each.code == FILE_LOST]
    assert (found.level, found.path) == (Level.ERROR, ROW)
    assert "“plan.pdf”" in found.sentence
    told: list[frozenset[str]] = []
    session.listen(told.append)
    taken_off = next(path for path, _about, file in placed_files(session.report) if file.name == "plan.pdf")
    session.detach(taken_off)
    assert not [each for each in session.problems.problems() if each.code == FILE_LOST]
    session.undo()
    assert [each for each in session.problems.problems() if each.code == FILE_LOST]
    assert attach(session, ROW, [plan()]) == [taken_off]
    assert told[-1] == {ROW}
    assert not [each for each in session.problems.problems() if each.code == FILE_LOST]
    assert len(session.report.attached) == 2
