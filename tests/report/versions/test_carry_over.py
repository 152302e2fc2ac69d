"""Carrying answers to another version of the form: what moves, what stays, what has no place left."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.changes import Change
from desktop_app.report.report import Report
from desktop_app.report.text import markup
from desktop_app.report.versions.carry_over import Carried, carry_over
from desktop_app.report.versions.content import Content, changes_between, content_of, fill
from desktop_app.report.versions.lineage import Lineage
from tests.support.form_versions import (
    BINNED_DONE_ROW,
    BINNED_ROW,
    DONE_ROW,
    FIRST_ROW,
    SECOND_ROW,
    first_report,
    versioned_library,
)
from tests.support.report_content import everything


@pytest.fixture
def library(tmp_path: Path) -> FormLibrary:
    return versioned_library(tmp_path, "1", "2", "3")


@pytest.fixture
def carried(library: FormLibrary) -> Carried:
    """The report of version 1 in version 2."""
    return carry(library, content_of(first_report(library)), "1", "2")


def carry(library: FormLibrary, content: Content, *versions: str, knows_first: bool = True) -> Carried:
    forms = [library.form("tiny", version) for version in versions]
    return carry_over(content, Lineage(forms[0] if knows_first else None, tuple(forms[1:])), "en")


def unplaced(carried: Carried) -> dict[str, str]:
    """The unplaced words by the path they come from."""
    return {each.path: markup.read(each.text).plain_text() for each in carried.left_over}


def test_a_single_answer_moves_with_its_mark(carried: Carried) -> None:
    assert carried.content["cover.ministry"] == "Ministry of <b>Justice</b>"
    assert carried.content["cover.ministry#confidential"] is True
    assert "cover.authority" not in carried.content
    assert ("cover.authority", "cover.ministry") in {(move.old, move.new) for move in carried.moves}


def test_a_section_moves_with_its_answers_goals_and_lists(carried: Carried) -> None:
    assert carried.content["B.goals"] == ["B.G1", "B.G9"]
    assert carried.content["B.phase#state"] == "not_applicable"
    assert carried.content[f"B.planned/{FIRST_ROW}/what"] == "Train the police in every district"
    assert not [path for path in carried.content if path.startswith("A.planned")]
    (move,) = [move for move in carried.moves if move.new == "B.planned"]
    assert (move.old, move.rows, move.old_name) == ("A.planned", 2, "A, planned")


def test_goals_and_options_that_moved_are_mapped_inside_values(carried: Carried) -> None:
    assert carried.content[f"B.planned/{FIRST_ROW}/goals"] == ["B.G9"]
    assert carried.content[f"B.planned/{FIRST_ROW}/phase"] == "early"
    assert carried.content["B.many"] == ["early", "third"]


def test_a_field_of_rows_moves_with_its_state(carried: Carried) -> None:
    assert carried.content[f"B.planned/{FIRST_ROW}/when"]["text"] == "Till December 2013"
    assert carried.content[f"B.planned/{SECOND_ROW}/when#state"] == "not_available"
    assert carried.content[f"B.planned/{SECOND_ROW}#confidential"] is True
    (move,) = [move for move in carried.moves if move.old == "A.planned/time"]
    assert (move.new, move.rows) == ("B.planned/when", 2)


def test_what_was_accepted_goes_with_its_place_and_what_was_sent_stays(library: FormLibrary) -> None:
    said = {"code": "required", "reason": "So it is", "who": "Ana", "at": ""}
    content = content_of(first_report(library)) | {
        "accepted/a": {**said, "path": "cover.authority"},
        "accepted/b": {**said, "path": f"A.planned/{FIRST_ROW}/time"},
        "accepted/c": "unreadable",
        "submission/1": {"number": 1},
        "receipt/r": {"submission": 1, "signed": {}},
    }
    found = carry(library, content, "1", "2")
    assert found.content["accepted/a"] == {**said, "path": "cover.ministry"}
    assert found.content["accepted/b"] == {**said, "path": f"B.planned/{FIRST_ROW}/when"}
    assert found.content["submission/1"] == {"number": 1}
    assert found.content["receipt/r"] == {"submission": 1, "signed": {}}
    assert "accepted/c" in unplaced(found)


def test_an_answer_to_a_question_of_another_kind_is_kept_in_words(carried: Carried) -> None:
    assert carried.content["cover.begun"] == "2013-05-02"


def test_an_answer_nobody_asks_for_becomes_unplaced_text_as_it_was_written(carried: Carried) -> None:
    (left,) = [each for each in carried.left_over if each.path == "cover.old_note"]
    assert left.text == "<p><b>cover, Old note</b></p><p>Nobody asks</p><ul><li>for this</li></ul>"
    assert carried.content[f"unplaced/{left.key}"] == {"text": left.text, "near": "cover"}
    assert left.summary == "Nobody asks · for this"


def test_an_option_that_is_gone_becomes_unplaced_words_and_the_others_stay(carried: Carried) -> None:
    assert unplaced(carried)["A.many"] == "A, many\nThe second phase"
    assert unplaced(carried)[f"A.planned/{SECOND_ROW}"] == "A, planned 2\n• phase: The second phase"


def test_fields_of_a_row_that_are_gone_are_kept_as_a_list_with_their_labels(carried: Carried) -> None:
    words = unplaced(carried)[f"A.planned/{FIRST_ROW}"]
    assert "A, planned 1" in words
    assert "budget" in words
    assert "12.5" in words
    (left,) = [each for each in carried.left_over if each.path == f"A.planned/{FIRST_ROW}"]
    assert carried.content[f"unplaced/{left.key}"]["near"] == f"B.planned/{FIRST_ROW}"


def test_every_answer_of_every_row_of_a_list_that_is_gone_is_kept(carried: Carried) -> None:
    words = unplaced(carried)[f"A.done/{DONE_ROW}"]
    for part in ("A, done 1", "what", "A law was passed", "Article 108.", "time", "In 2012"):
        assert part in words


def test_rows_in_the_bin_stay_there_and_are_not_brought_to_light(carried: Carried) -> None:
    assert carried.content[f"B.planned/{BINNED_ROW}"] == {"position": 3072, "bin": True}
    assert carried.content[f"B.planned/{BINNED_ROW}/what"] == "Thrown away"
    assert carried.content[f"B.planned/{BINNED_ROW}/budget"] == 7
    assert carried.content[f"A.done/{BINNED_DONE_ROW}/what"] == "Never done"
    told = " ".join(unplaced(carried).values())
    assert "Thrown away" not in told
    assert "Never done" not in told


def test_texts_that_were_unplaced_before_stay_and_follow_their_place(carried: Carried) -> None:
    assert carried.content["unplaced/old"] == {"text": "Words of an old document", "near": "B.planned"}


def test_moves_compose_over_a_version_between(library: FormLibrary) -> None:
    content = content_of(first_report(library))
    carried = carry(library, content, "1", "2", "3")
    assert carried.content["cover.office"] == "Ministry of <b>Justice</b>"
    assert carried.content[f"B.planned/{FIRST_ROW}/phase"] == "early"


def test_without_the_version_between_only_the_last_table_counts(library: FormLibrary) -> None:
    carried = carry(library, content_of(first_report(library)), "1", "3")
    assert "cover.office" not in carried.content
    assert "Justice" in unplaced(carried)["cover.authority"]


def test_without_the_reports_own_version_codes_stand_for_the_words(library: FormLibrary) -> None:
    carried = carry(library, content_of(first_report(library)), "1", "2", knows_first=False)
    assert carried.content["cover.ministry"] == "Ministry of <b>Justice</b>"
    assert carried.content[f"B.planned/{FIRST_ROW}/when"]["text"] == "Till December 2013"
    assert "second" in unplaced(carried)["A.many"]
    assert "cover.old_note" in unplaced(carried)["cover.old_note"]
    assert "In 2012" in unplaced(carried)[f"A.done/{DONE_ROW}"]


def test_the_same_version_changes_nothing(library: FormLibrary) -> None:
    content = content_of(first_report(library))
    carried = carry(library, content, "1", "1")
    assert carried.content == content
    assert carried.is_unchanged
    assert carried.stayed == 16


def test_who_has_a_place_keeps_it_and_who_moves_there_is_unplaced(library: FormLibrary) -> None:
    content = {"cover.ministry": "There already", "cover.authority": "Comes later"}
    carried = carry(library, content, "1", "2")
    assert carried.content["cover.ministry"] == "There already"
    (left,) = carried.left_over
    assert (left.path, left.reason) == ("cover.authority", "another answer has this place already")
    assert "Comes later" in left.text


def test_a_row_whose_id_is_taken_is_kept_as_words(library: FormLibrary) -> None:
    content: Content = {}
    for path, words in (("B.planned", "Native"), ("A.planned", "Mover")):
        content[f"{path}/{FIRST_ROW}"] = {"position": 1024}
        content[f"{path}/{FIRST_ROW}/what"] = words
    carried = carry(library, content, "1", "2")
    assert carried.content[f"B.planned/{FIRST_ROW}/what"] == "Native"
    assert "Mover" in unplaced(carried)[f"A.planned/{FIRST_ROW}"]


def test_rows_that_move_into_a_list_come_behind_its_own(library: FormLibrary) -> None:
    content: Content = {
        f"B.planned/{FIRST_ROW}": {"position": 4096},
        f"B.planned/{FIRST_ROW}/what": "Native",
        f"A.planned/{SECOND_ROW}": {"position": 1024},
        f"A.planned/{SECOND_ROW}/what": "Mover",
    }
    carried = carry(library, content, "1", "2")
    assert carried.content[f"B.planned/{SECOND_ROW}"] == {"position": 5120}


def test_a_state_of_a_list_that_is_gone_is_kept_in_words(library: FormLibrary) -> None:
    carried = carry(
        library, {"A.done#state": "no_action_taken", "A.planned#state": "no_action_taken"}, "1", "2"
    )
    assert carried.content["B.planned#state"] == "no_action_taken"
    assert unplaced(carried)["A.done"] == "A, done\nNo action taken"


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ({"text": "Soon", "edtf": "2013", "confirmed": True}, "Soon (in 2013)"),
        ({"url": "https://example.org", "label": "The law"}, "The law (https://example.org)"),
        ({"name": "a.pdf", "sha256": "0" * 64, "size": 7}, f"a.pdf (SHA-256 {'0' * 64})"),
        ({"2012": 5, "2013": 7.5}, "2012: 5, 2013: 7.5"),
        (["one", "two"], "one, two"),
        (True, "Yes"),
        ("<b>broken", "<b>broken"),
    ],
)
def test_answers_whose_question_nobody_knows_are_readable(
    library: FormLibrary, plain: object, words: str
) -> None:
    carried = carry(library, {"gone.question": plain}, "1", "2", knows_first=False)
    assert unplaced(carried)["gone.question"] == f"gone.question\n{words}"


def test_what_stands_where_nothing_can_stand_is_kept_too(library: FormLibrary) -> None:
    content: Content = {"cover.begun#colour": "green", "unplaced/odd": 7, "A.planned": "a list has no answer"}
    carried = carry(library, content, "1", "1")
    assert {path: words.rpartition("\n")[2] for path, words in unplaced(carried).items()} == {
        "cover.begun#colour": "green",
        "unplaced/odd": "7",
        "A.planned": "a list has no answer",
    }


def test_a_state_that_does_not_exist_is_kept_in_words(library: FormLibrary) -> None:
    carried = carry(library, {"A.phase#state": "tired", "A.many#state": "not_available"}, "1", "1")
    assert carried.content["A.many#state"] == "not_available"
    assert unplaced(carried) == {"A.phase": "A, phase\ntired"}


def test_the_changes_between_two_contents_make_one_the_other(library: FormLibrary, carried: Carried) -> None:
    before = content_of(first_report(library))
    changes = changes_between(before, carried.content)
    content = dict(before)
    for change in changes:
        held = content.get(change.path)
        if isinstance(held, dict) and "position" in held:
            held = None if held.get("bin") else {"position": held["position"]}
        assert held == change.old, change
        _follow(content, change)
    assert {path: plain for path, plain in content.items() if not _is_bare(content, path)} == carried.content
    assert len({change.path for change in changes}) == len(changes) - 1  # the row that is put into the bin


def _follow(content: Content, change: Change) -> None:
    if change.path.count("/") == 1 and "#" not in change.path and not change.path.startswith("unplaced/"):
        position = content[change.path]["position"] if change.new is None else change.new["position"]
        content[change.path] = {"position": position, **({"bin": True} if change.new is None else {})}
    elif change.new is None:
        content.pop(change.path)
    else:
        content[change.path] = change.new


def _is_bare(content: Content, path: str) -> bool:
    """A row in the bin with nothing in it is what is left where a row moved away."""
    plain = content[path]
    return (
        isinstance(plain, dict)
        and bool(plain.get("bin"))
        and not any(other.startswith((f"{path}/", f"{path}#")) for other in content)
    )


def test_a_report_filled_with_its_own_content_is_the_same(library: FormLibrary) -> None:
    report = first_report(library)
    again = Report(report.id, report.form, report.country, report.cycle, report.language)
    fill(again, content_of(report))
    assert everything(again) == everything(report)
