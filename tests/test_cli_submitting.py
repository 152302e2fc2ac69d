"""The commands about a report's way: what they print, how they end, and what they leave."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.__main__ import COMMANDS
from desktop_app.report.review import comment_path
from desktop_app.services import keys
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.reports import read_report
from desktop_app.services.review import comment
from desktop_app.services.submitting import change_file
from desktop_app.services.verifying import verify
from tests.support.report_files import everything_in, make_file
from tests.support.workbooks import example

Run = Callable[..., tuple[int, str, str]]

REQUIRED = "cover.authority:required"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The example in a file."""
    folder = tmp_path / "reports"
    folder.mkdir()
    return make_file(folder / "albania.adesk", example())


@pytest.fixture
def submitted(path: Path) -> Path:
    """The example, submitted without a package."""
    change_file(path, None, lambda session: session.submit(), who="Ana")
    return path


def test_the_program_knows_the_commands() -> None:
    assert {"submit", "status"} <= set(COMMANDS)


def test_what_was_approved_is_submitted_without_a_word_about_it(run: Run, path: Path, tmp_path: Path) -> None:
    assert run("status", path, "--ready")[0] == 0
    assert run("status", path, "--approve")[0] == 0
    code, out, _err = run("submit", path, "--to", tmp_path / "out", "--json")
    assert (code, any("approved" in each for each in json.loads(out)["notices"])) == (0, False)


def test_what_was_sent_and_is_lost_is_told_by_status(run: Run, submitted: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(submitted)
    with connection:
        connection.execute("UPDATE submissions SET content = '[]'")
    connection.close()
    new = tmp_path / "new.adesk"
    code, out, _err = run("doctor", submitted, "--salvage", new)
    assert code == 1
    assert "What was sent as submission 1 of report 1 is damaged and was not kept." in out
    code, out, _err = run("status", new)
    assert code == 0
    assert "  What was sent is not in this file: its package cannot be made again." in out.splitlines()
    assert run("export", new, "--to", tmp_path / "out")[0] == 2
    (told,) = json.loads(run("status", new, "--json")[1])["submissions"]
    assert told["here"] is False


def test_a_file_in_the_place_of_the_folder_is_named(run: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "o").write_text("a file")
    code, _out, err = run("submit", path, "--to", tmp_path / "o")
    assert (code, f"“{tmp_path / 'o'}” is a file, not a folder." in err) == (2, True)


def test_submit_tells_what_is_open_what_is_accepted_and_where_the_package_is(
    run: Run, path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    code, printed, errors = run("submit", path, "--to", out, "--accept", f"{REQUIRED}=It is the state.")
    assert (code, errors) == (0, "")
    lines = printed.splitlines()
    assert any(line.startswith("Warning: Cover, National focal point") for line in lines)
    assert any(
        line.startswith("Accepted: Cover, Authority") and "Reason: It is the state." in line for line in lines
    )
    assert "Submitted: submission 1" in lines
    assert "Nobody marked it as approved before." in lines
    package = next(out.iterdir())
    assert f"Package: {package}" in lines
    assert not any("--accept" in line for line in lines)
    lines = run("check", path)[1].splitlines()
    assert any(line.endswith("Accepted: It is the state.") for line in lines)
    code, printed, errors = run("submit", path, "--to", out)
    assert (code, errors) == (0, "")
    assert printed.splitlines()[:2] == [
        "It is submitted already, as submission 1. Nothing was submitted again.",
        f"The same package is already there: {package}",
    ]
    code, printed, errors = run("submit", path, "--to", out, "--json")
    told = json.loads(printed)
    assert (told["submission"], told["already_submitted"], told["preflight"]) == (1, True, None)
    assert told["checksum"] == read_report(path).submissions["1"].checksum


def test_submit_ends_with_1_while_errors_are_open_and_says_how_a_warning_is_accepted(
    run: Run, path: Path, tmp_path: Path
) -> None:
    change_file(path, None, lambda session: session.add_rows("T1.planned", [{}, {}]))
    before = everything_in(tmp_path)
    code, printed, errors = run("submit", path, "--to", tmp_path / "out")
    assert (code, errors) == (1, "")
    lines = printed.splitlines()
    assert lines[0].startswith("Error: Target 1")
    assert f"  Accept it with --accept '{REQUIRED}=…', if it is right as it stands." in lines
    assert lines[-2:] == [
        "2 errors must be mended before the report can be submitted.",
        "Nothing was submitted.",
    ]
    code, printed, errors = run("submit", path, "--json")
    told = json.loads(printed)
    assert (code, told["submission"], told["package"]) == (1, None, None)
    assert told["preflight"]["may_submit"] is False
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("accept", ["cover.authority", "cover.authority:required", ":required=x", "a:b= "])
def test_an_acceptance_that_says_too_little_is_explained(run: Run, path: Path, accept: str) -> None:
    code, printed, errors = run("submit", path, "--accept", accept)
    assert (code, printed) == (2, "")
    assert "does not say which warning is accepted, and why" in errors
    assert read_report(path).status == "draft"


def test_status_says_how_far_a_report_is(run: Run, submitted: Path) -> None:
    code, printed, errors = run("status", submitted)
    checksum = read_report(submitted).submissions["1"].checksum
    day = read_report(submitted).submissions["1"].at[:10]
    assert (code, errors) == (0, "")
    assert printed.splitlines() == ["Status: Submitted", f"Submission 1, {day}, Ana: {checksum}"]
    code, printed, _errors = run("status", submitted, "--json")
    told = json.loads(printed)
    assert (told["status"], told["report"], told["corrections"]) == ("submitted", 1, [])
    assert told["submissions"][0]["checksum"] == told["submission_checksum"] == checksum


def test_status_changes_how_far_it_is(run: Run, path: Path) -> None:
    assert run("status", path, "--ready", "--note", "For the minister")[1] == "Status: Ready\n"
    assert run("status", path, "--approve", "--who", "Ana")[1] == "Status: Approved\n"
    assert run("status", path, "--draft")[1] == "Status: Draft\n"
    change_file(path, None, lambda session: session.submit(), who="Ana")
    code, printed, _errors = run("status", path, "--take-back", "A page was missing")
    assert code == 0
    assert "Status: Draft" in printed
    assert "A page was missing" in printed
    change_file(path, None, lambda session: session.submit(), who="Ana")
    assert "Status: Draft" in run("status", path, "--amend")[1]
    change_file(path, None, lambda session: session.submit(), who="Ana")
    _code, printed, _errors = run("status", path)
    assert "  It amends submission 2." in printed.splitlines()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--draft",), "This report is a draft."),
        (("--take-back", "Why"), "This report is a draft."),
        (("--amend",), "This report is a draft."),
        (("--receipt", "nowhere.json"), "nowhere.json"),
    ],
)
def test_what_does_not_lead_on_ends_with_2_and_changes_nothing(
    run: Run, path: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = path.read_bytes()
    code, printed, errors = run("status", path, *arguments)
    assert (code, printed) == (2, "")
    assert words in errors
    assert path.read_bytes() == before


def test_taking_back_needs_a_reason(run: Run, submitted: Path) -> None:
    code, _printed, errors = run("status", submitted, "--take-back", " ")
    assert code == 2
    assert errors == "Say why the submission is taken back: the reason stays with it.\n"


def test_a_receipt_is_filed_with_its_submission(run: Run, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("submit", path, "--to", out)
    (package,) = out.iterdir()
    words = "Target 3 is not complete."
    assert run("receipt", package, "--correction", words, "--who", "L. Berg")[0] == 0
    (receipt,) = out.glob("*.receipt.json")
    code, printed, errors = run("status", path, "--receipt", receipt)
    assert (code, errors) == (0, "")
    lines = printed.splitlines()
    assert "It carries no signature: anybody can have made it." in lines
    assert any(line.startswith("  Receipt: Correction requested · L. Berg · ") for line in lines)
    assert f"Correction requested: The whole report: {words}" in lines
    before = path.read_bytes()
    code, printed, _errors = run("status", path, "--receipt", receipt)
    assert code == 0
    assert printed.startswith("The receipt is already filed.\n")
    assert path.read_bytes() == before
    other = make_file(tmp_path / "other.adesk", example())
    code, printed, errors = run("status", other, "--receipt", receipt)
    assert (code, printed) == (2, "")
    assert "another report of AL" in errors or "does not have" in errors


def test_a_wrong_passphrase_of_the_key_submits_nothing(run: Run, path: Path, tmp_path: Path) -> None:
    keys.make_key("correct horse battery staple")
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("something else\n", "utf-8")
    before = path.read_bytes()
    code, printed, errors = run("submit", path, "--to", tmp_path / "out", "--key-passphrase-file", wrong)
    assert (code, printed) == (2, "")
    assert "does not open with this passphrase" in errors
    assert path.read_bytes() == before
    assert not (tmp_path / "out").exists()


def test_a_signed_package_gives_way_to_an_unsigned_one_only_when_told_so(
    run: Run, path: Path, tmp_path: Path
) -> None:
    keys.make_key("correct horse battery staple")
    secret, out = tmp_path / "secret.txt", tmp_path / "out"
    secret.write_text("correct horse battery staple\n", "utf-8")
    assert run("submit", path, "--to", out, "--key-passphrase-file", secret)[0] == 0
    (package,) = out.iterdir()
    signed = package.read_bytes()
    code, _printed, errors = run("export", path, "--to", out, "--replace")
    assert (code, "is signed, and the new one would not be" in errors) == (2, True)
    assert "--unsigned" in errors
    code, _printed, errors = run("export", path, "--to", out, "--key-passphrase-file", secret, "--unsigned")
    assert (code, package.read_bytes()) == (2, signed)
    code, printed, _errors = run("export", path, "--to", out, "--replace", "--unsigned")
    assert (code, "It is not signed, as you asked for." in printed) == (0, True)
    assert verify(package).to_plain()["signed"] is False


def test_export_gives_any_submission_again_and_says_when_there_is_none(
    run: Run, submitted: Path, tmp_path: Path
) -> None:
    run("status", submitted, "--amend")
    code, printed, _errors = run("export", submitted, "--to", tmp_path, "--submission", "1", "--json")
    told = json.loads(printed)
    assert (code, told["submission"]) == (0, 1)
    assert told["package"].endswith("-s1.zip")
    code, printed, errors = run("export", submitted, "--to", tmp_path, "--submission", "2")
    assert (code, printed) == (2, "")
    assert errors == "There is no submission 2 of report 1 in “albania.adesk”.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "--ready", "--note", "half \udcff"),
        ("status", "--ready", "--who", "half \udcff"),
        ("submit", "--accept", f"{REQUIRED}=half \udcff"),
        ("submit", "--who", "half \udcff"),
    ],
)
def test_half_a_character_is_refused_and_nothing_is_changed(
    run: Run, path: Path, arguments: tuple[str, ...]
) -> None:
    before = everything_in(path.parent)
    code, printed, errors = run(arguments[0], path, *arguments[1:])
    assert (code, printed) == (2, "")
    assert errors.startswith("“") and errors.count("\n") == 1
    assert "half \\udcff” holds a character that is only half there and cannot be kept." in errors
    assert everything_in(path.parent) == before


@pytest.mark.parametrize("step", ["--amend", "--take-back"])
def test_half_a_character_in_a_reason_leaves_the_report_submitted(
    run: Run, submitted: Path, step: str
) -> None:
    before = everything_in(submitted.parent)
    assert run("status", submitted, step, "half \udcff")[0] == 2
    assert everything_in(submitted.parent) == before


def test_status_and_export_tell_which_answers_to_reviewers_no_package_has(
    run: Run, submitted: Path, tmp_path: Path
) -> None:
    def begin(session: EntrySession) -> None:
        asked = comment(session, "T1", "Which ministry?")
        session.keep_draft(comment_path(asked), "The Ministry of")

    change_file(submitted, None, begin, who="Ana")
    not_sent = "1 comment for reviewers is not in what was sent. It goes with the next submission."
    unfinished = "1 answer to reviewers is not finished, so it is in no package: Target 1."
    _code, printed, _errors = run("status", submitted)
    assert printed.splitlines()[-2:] == [
        f"{not_sent} Open an amendment for that: “status --amend”.",
        unfinished,
    ]
    _code, printed, _errors = run("status", submitted, "--json")
    told = json.loads(printed)
    assert (told["answers_not_sent"], told["answers_unfinished"]) == (1, 1)
    code, printed, errors = run("export", submitted, "--to", tmp_path / "out")
    assert (code, errors) == (0, "")
    assert printed.splitlines()[-2:] == [f"{not_sent} Write an amendment for that.", unfinished]
    _code, printed, _errors = run("submit", submitted, "--to", tmp_path / "out", "--json")
    assert unfinished in json.loads(printed)["notices"]
