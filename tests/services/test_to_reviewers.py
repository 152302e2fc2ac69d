"""What is said to reviewers and no package has: told at an export, in the status, and kept over a kill."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from desktop_app.report.drafts import draft_at
from desktop_app.report.plain import report_from_plain, report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.review import comment_path
from desktop_app.services.demo import fresh_example
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.exporting import export_file
from desktop_app.services.reports import read_report
from desktop_app.services.review import answer, comment
from desktop_app.services.submitting import change_file
from desktop_app.services.to_reviewers import (
    not_sent_words,
    not_sent_yet,
    package_notices,
    status_lines,
    unfinished_words,
)
from desktop_app.services.verifying import verify
from desktop_app.services.words_held import places_with
from desktop_app.storage.report_file import ReportFile
from tests.support.memory_journal import MemoryJournal
from tests.support.report_files import run_script


def first_row(report: Report) -> str:
    return f"T1.planned/{report.lists['T1.planned'].rows[0].id}"


def all_bytes(package: Path | io.BytesIO) -> bytes:
    """The bytes of a zip's members, those of zips within it unpacked as well."""
    with zipfile.ZipFile(package) as found:
        read = [found.read(name) for name in found.namelist()]
    return b"".join(all_bytes(io.BytesIO(each)) if each.startswith(b"PK") else each for each in read)


def session_on(report: Report) -> EntrySession:
    return EntrySession(report, MemoryJournal(), who="Ana")


def test_what_is_unfinished_is_told_with_its_places_and_is_in_no_package(report: Report) -> None:
    session = session_on(report)
    assert unfinished_words(report) == ""
    asked = comment(session, first_row(report), "Which ministry?")
    before = report_to_plain(report)
    session.keep_draft(comment_path(asked), "The Ministry of")
    assert unfinished_words(report) == (
        "1 answer to reviewers is not finished, so it is in no package: Target 1, planned action 1."
    )
    session.keep_draft("T1", "On the target")
    assert unfinished_words(report).startswith("2 comments for reviewers are not finished")
    assert report_to_plain(report) == before
    assert report_from_plain(before, report.form).drafts == {}
    (found,) = set(places_with(report, "ministry OF")) & {comment_path(each) for each in report.drafts}
    assert report.drafts[found.removeprefix("comment/")].words == "The Ministry of"


def test_a_draft_ends_with_its_comment_with_blank_words_and_when_removed_for_good(report: Report) -> None:
    session = session_on(report)
    asked = comment(session, first_row(report), "Which ministry?")
    place = comment_path(asked)
    told: list[frozenset[str]] = []
    session.listen(told.append)
    session.keep_draft(place, "The")
    session.keep_draft(place, "The Ministry")
    draft = draft_at(report.drafts, place)
    assert draft is not None
    # Only its beginning and its end are news: nothing is made anew while somebody types.
    assert told == [frozenset([comment_path(draft.id)])]
    # An answer given in another way leaves it.
    answer(session, asked, "By another way.")
    assert session.draft_at(place) == draft
    assert answer(session, asked, draft.words, draft.id) == draft.id
    assert report.drafts == {}
    session.keep_draft(place, "Again")
    session.keep_draft(place, " ")
    assert report.drafts == {}
    session.keep_draft(place, "Of Lulzim")
    (again,) = report.drafts
    session.remove_for_good([comment_path(again)], "A name")
    assert report.drafts == {}


def test_answers_after_the_submission_wait_for_the_next_one(report: Report) -> None:
    session = session_on(report)
    asked = comment(session, first_row(report), "Which ministry?")
    answer(session, asked, "Before.")
    assert not_sent_words(report) == ""
    session.submit()
    assert not_sent_yet(report) == ()
    answer(session, asked, "After.")
    assert not_sent_words(report) == (
        "1 answer to reviewers is not in what was sent. It goes with the next submission."
    )
    comment(session, "T1", "On the target.")
    assert not_sent_words(report).startswith("2 comments for reviewers are not in what was sent.")
    assert package_notices(report)[0].endswith("Write an amendment for that.")
    assert status_lines(report)[0].endswith("Open an amendment for that: “status --amend”.")
    session.amend("because")
    assert package_notices(report) == ()


def test_an_export_says_which_answers_it_has_not(tmp_path: Path) -> None:
    path = fresh_example(tmp_path)

    def begin(session: EntrySession) -> None:
        asked = comment(session, "T1", "Which ministry?")
        session.keep_draft(comment_path(asked), "The Ministry of Lulzim")
        session.submit()
        answer(session, asked, "In May.")

    change_file(path, None, begin)
    exported = export_file(path, None, tmp_path / "out")
    assert [notice for notice in exported.notices if "reviewers" in notice] == list(
        package_notices(read_report(path))
    )
    assert len(package_notices(read_report(path))) == 2
    assert verify(exported.path).intact
    content = all_bytes(exported.path)
    assert b"Which ministry?" in content
    assert b"Lulzim" not in content
    public = export_file(path, None, tmp_path / "public", is_public=True)
    assert not any("reviewers" in notice for notice in public.notices)


KILLED = """
import os, sys
from pathlib import Path
from desktop_app.report.drafts import CommentDraft
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library
from desktop_app.services.review import comment
opened = open_report(Path(sys.argv[1]), form_library(), who="Ana")
session = opened.session
said = comment(session, "T1", "Which ministry?")
for words in ("The Min", "The Ministry", "The Ministry of Justice, as"):
    session.keep_draft(f"comment/{said}", words)
session.keep_draft("T1", "On the")
assert opened.journal.flush(30)
session.keep_draft("T1", "On the target")
os.kill(os.getpid(), 9)
"""


def test_killed_in_the_middle_of_a_comment_its_words_are_there(tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    assert run_script(KILLED, path).returncode == -9
    report = read_report(path)
    (said,) = report.comments
    answer, own = sorted(report.drafts.values(), key=lambda each: each.place == "T1")
    assert (answer.place, answer.words) == (comment_path(said), "The Ministry of Justice, as")
    assert own.place == "T1"
    assert own.words in ("On the", "On the target")
    with ReportFile.open(path, "write") as file:
        assert file.recovered == ()
        assert file.verify_chain() == []
