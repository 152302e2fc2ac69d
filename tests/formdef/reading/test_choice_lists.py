from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desktop_app.formdef.loader import read_form
from desktop_app.formdef.model import Choice

WriteForm = Callable[..., Path]
InStructure = Callable[..., list[tuple[str, str]]]

SECTION = '[[section]]\ncode = "A"\n[[section.field]]\ncode = "f"\ntype = "choice"\nchoices = "l"\n'
FILE = '[choices.l]\nfile = "l.csv"\n' + SECTION


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("[choices.l]\n", {"": "Write either codes = "}),
        ('[choices.l]\ncodes = ["a"]\nfile = "l.csv"\n', {"": "Write either codes = "}),
        ("[choices.l]\ncodes = []\n", {".codes": "The list is empty."}),
        ('[choices.l]\ncodes = ["a", "a"]\n', {".codes": "“a” stands here twice."}),
        ('[choices.l]\ncodes = ["a b"]\n', {".codes": "“a b” cannot be a code."}),
        ('[choices.l]\ncodes = ["-a"]\n', {".codes": "“-a” cannot be a code."}),
        ('[choices.l]\ncodes = "a"\n', {".codes": "Write a list of texts"}),
        ('[choices.l]\ncodes = ["a"]\nordered = 1\n', {".ordered": "Write ordered = true"}),
        ('[choices.l]\ncodes = ["a"]\nsorted = true\n', {".sorted": "Do you mean “ordered”?"}),
        ("[choices.l]\nfile = 3\n", {".file": "Write a text in quotes", "": "Write either codes"}),
    ],
)
def test_mistakes_in_a_written_list(
    in_structure: InStructure, table: str, expected: Mapping[str, str]
) -> None:
    told = dict(in_structure(table + SECTION, files={"l.csv": "code,name\nx,X\n"}))
    assert told.keys() == {f"choices.l{key}" for key in expected}
    for key, words in expected.items():
        assert words in told[f"choices.l{key}"]


@pytest.mark.parametrize("code", ["goals", "Phase", "a-b"])
def test_the_code_of_a_list(in_structure: InStructure, code: str) -> None:
    told = in_structure(f'[choices.{code}]\ncodes = ["a"]\n[[section]]\ncode = "A"\n')
    assert [key for key, _sentence in told] == [f"choices.{code}"]


@pytest.mark.parametrize(
    ("content", "row", "sentence"),
    [
        ("", None, "The file is empty. Begin with a row of column names, such as code,name."),
        ("code,name\n\n", None, "The list is empty. Write at least one row below the first."),
        ("code;name\nAL;Albania\n", 1, "Save the file as CSV with commas."),
        ("code\tname\nAL\tAlbania\n", 1, "Save the file as CSV with commas."),
        ("name\nAlbania\n", 1, "The column “code” is missing."),
        ("code,name,name\nAL,a,b\n", 1, "The column “name” stands here twice."),
        ("code,name,alias\nAL,a,b\n", 1, "There is no column “alias”. Do you mean “aliases”?"),
        ("code,name,name.FR\nAL,a,b\n", 1, "There is no column “name.FR”."),
        ("code,name" + ",x" * 200 + "\nAL,a\n", 1, "There are too many columns."),
        ("code,name\nAL,Albania\nAL,Again\n", 3, "The code “AL” stands in two rows."),
        ("code,name\n\n,Albania\n", 3, "The code is missing."),
        ("code,name\nA L,Albania\n", 2, "“A L” cannot be a code."),
        ("code,name\nAL,\n", 2, "The name of “AL” is missing."),
        ("code,name\nAL\n", 2, "The name of “AL” is missing."),
        ("code,name\nBA,Bosnia, Herzegovina\n", 2, "Put a text with a comma in double quotes."),
        ("code,name\nAL,Alb\x07ania\n", 2, "a character that cannot be printed"),
        ('code,name\nAL,"Alb"ania\n', 2, "The row cannot be read"),
        ('code,name\nAL,Albania\nNO,"Norway\n', 3, "a double quote that does not end"),
        ("code,name\nAL," + "x" * 200_000 + "\n", 2, "The row cannot be read"),
        (
            "code,name,valid_from\nAL,Albania,13\n",
            2,
            "“13” is not a date. Write 2013, 2013-12 or 2013-12-31.",
        ),
        ("code,name,valid_to\nAL,Albania,2013-13\n", 2, "“2013-13” is not a date."),
        ("code,name,valid_from,valid_to\nAL,a,2013-05,2013-04-30\n", 2, "valid_from lies after valid_to."),
        ("code,name\n" + "AL,a\n" * 10_001, None, "The list has more than 10000 rows."),
    ],
)
def test_mistakes_in_a_file(in_structure: InStructure, content: str, row: int | None, sentence: str) -> None:
    told = in_structure(FILE, files={"l.csv": content})
    assert any(words.startswith(sentence) or sentence in words for _key, words in told), told
    assert told[0][0] == (f"row {row}" if row else "")


def test_the_official_name_may_stand_under_its_language(in_structure: InStructure) -> None:
    assert in_structure(FILE, files={"l.csv": "code,name.en\nAL,Albania\n"}) == []
    told = in_structure(FILE, files={"l.csv": "code,name.fr\nAL,Albanie\n"})
    assert "The column “name” is missing" in told[0][1]


def test_every_bad_row_is_told(in_structure: InStructure) -> None:
    told = in_structure(FILE, files={"l.csv": "code,name\nAL,\n,x\nok,fine\n-,y\n"})
    assert [key for key, _sentence in told] == ["row 2", "row 3", "row 5"]


def test_what_a_row_says(write_form: WriteForm) -> None:
    text = '[form]\ntitle = "T"\n[section.A]\ntitle = "A"\n[field."A.f"]\nlabel = "F"\n'
    folder = write_form(
        FILE,
        text=text + '[choice.countries]\nAL = "Albania"\nNO = "Norway"\n',
        files={
            "l.csv": "\ufeffcode, name ,aliases,note,valid_from,valid_to\r\n"
            'XK,Kosovo,Kosova | Kosovë||Kosova,"A note, with a comma and a ""quote""",2012-12,2020\r\n'
            "\r\n"
            "NA,Namibia,,,,\r\n"
        },
    )
    assert read_form(folder).choice_lists["l"].choices == (
        Choice(
            "XK",
            {"en": "Kosovo"},
            ("Kosova", "Kosovë"),
            'A note, with a comma and a "quote"',
            "2012-12",
            "2020",
        ),
        Choice("NA", {"en": "Namibia"}),
    )
