"""Files of a form's folder: syntax, encoding, size, and where they may lie."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.formdef.loader import inspect_form
from desktop_app.formdef.mistakes import Mistake, Mistakes
from desktop_app.formdef.reading.files import MAX_SIZE, FormFolder

WriteForm = Callable[..., Path]
Found = Callable[..., tuple[Mistake, ...]]

SECTION = '[[section]]\ncode = "A"\n'
TEXT = '[form]\ntitle = "T"\n[section.A]\ntitle = "A"\n[choice.countries]\nAL = "Albania"\nNO = "Norway"\n'


def only(mistakes: tuple[Mistake, ...]) -> Mistake:
    assert len(mistakes) == 1, [mistake.line() for mistake in mistakes]
    return mistakes[0]


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("[form\n", "Line 1, column 6: Expected ']'"),
        ("[form]\nid = tiny\n", "Line 2, column 6: Invalid value. Texts stand in quotes"),
        ('[form]\nid = "tiny\n', "Is a closing quote missing?"),
        ('[form]\nid = "a"\nid = "b"\n[x]\n', "The same name is written twice"),
        ("[form]\n[form]\n[x]\n", "The same name is written twice"),
        ('[form]\nid = "a\\d"\n', "write two backslashes for one"),
        ('[form]\nid = "a" version = "b"\n', "Line 2, column 10: Expected newline"),
        (
            '[form]\nid = """never ends',
            "At the end of the file: Unterminated string. Is a closing quote missing?",
        ),
        ("[form]\nid = 'a\x07'\n", "Line 2, column 8: "),
    ],
)
def test_a_syntax_error_is_told_with_line_and_column(found: Found, toml: str, sentence: str) -> None:
    mistake = only(found(whole=toml))
    assert (mistake.file, mistake.key) == ("form.toml", "")
    assert sentence in mistake.sentence


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_byte_order_mark_and_windows_line_ends_do_not_matter(
    found: Found, write_form: WriteForm, mark: str, end: str
) -> None:
    folder = write_form(SECTION, text=TEXT)
    for name in ("form.toml", "text.en.toml"):
        words = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_bytes((mark + words.replace("\n", end)).encode())
    assert inspect_form(folder).mistakes == ()


@pytest.mark.parametrize(
    ("content", "line"),
    [('[form]\nid = "ë"'.encode("latin-1"), 2), ("[form]".encode("utf-16"), 1), (b"\xff", 1)],
)
def test_a_file_that_is_not_utf_8(found: Found, content: bytes, line: int) -> None:
    mistake = only(found(files={"form.toml": content}))
    assert mistake.sentence == f"Line {line} is not in UTF-8. Save the file with the encoding UTF-8."


@pytest.mark.parametrize("name", ["form.toml", "text.en.toml", "lists/l.csv"])
def test_a_file_that_is_too_large(found: Found, name: str) -> None:
    body = '[choices.l]\nfile = "lists/l.csv"\n' + SECTION
    files = {"lists/l.csv": "code,name\nA,a\n"}
    mistakes = found(body, text=TEXT, files={**files, name: "#" * (MAX_SIZE + 1)})
    assert f"The file “{name}” is larger than 1024 KiB." in "".join(m.sentence for m in mistakes)


def test_files_that_are_too_large_together(found: Found) -> None:
    rows = "code,name\nA," + "x" * 100_000 + "\n"
    lists = "".join(f'[choices.l{n}]\nfile = "l.csv"\n' for n in range(100))
    mistakes = found(lists + SECTION, files={"l.csv": rows})
    assert any("larger than 8192 KiB together" in mistake.sentence for mistake in mistakes)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.csv",
        "lists/../../secret.csv",
        "/etc/passwd",
        "C:/secret.csv",
        "C:secret.csv",
        "//server/share/secret.csv",
        "..\\\\secret.csv",
        "lists\\\\l.csv",
        "",
        " ",
        "a\\u0000b.csv",
    ],
)
def test_a_path_that_leaves_the_folder(found: Found, tmp_path: Path, name: str) -> None:
    (tmp_path / "tiny").mkdir(exist_ok=True)
    (tmp_path / "tiny" / "secret.csv").write_text("code,name\nA,secret\n", encoding="utf-8")
    mistake = found(f'[choices.l]\nfile = "{name}"\n' + SECTION, text=TEXT)[0]
    assert mistake.key == "choices.l.file"
    assert "is not a file in the form's folder" in mistake.sentence or "cannot be printed" in mistake.sentence


def test_a_link_that_leads_out_of_the_folder(write_form: WriteForm, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("code,name\nA,secret\n", encoding="utf-8")
    folder = write_form('[choices.l]\nfile = "l.csv"\n' + SECTION, text=TEXT)
    (folder / "l.csv").symlink_to(secret)
    assert "is not a file in the form's folder" in inspect_form(folder).mistakes[0].sentence


def test_a_link_to_itself(write_form: WriteForm) -> None:
    folder = write_form('[choices.l]\nfile = "l.csv"\n' + SECTION, text=TEXT)
    (folder / "l.csv").symlink_to("l.csv")
    assert only(inspect_form(folder).mistakes).key == "choices.l.file"


def test_a_folder_or_a_pipe_in_place_of_a_file(write_form: WriteForm) -> None:
    folder = write_form('[choices.l]\nfile = "lists"\n[choices.m]\nfile = "pipe.csv"\n' + SECTION, text=TEXT)
    (folder / "lists").mkdir()
    os.mkfifo(folder / "pipe.csv")
    assert [mistake.sentence for mistake in inspect_form(folder).mistakes] == [
        "The file “lists” is missing from the form's folder.",
        "The file “pipe.csv” is missing from the form's folder.",
    ]


def test_a_missing_file_is_told_where_it_is_named(found: Found) -> None:
    mistake = only(found('[choices.l]\nfile = "lists/l.csv"\n' + SECTION, text=TEXT))
    assert mistake.line() == (
        "1. error: form.toml, choices.l.file: The file “lists/l.csv” is missing from the form's folder."
    )


def test_only_the_head_of_a_file_is_read_when_that_is_enough(tmp_path: Path) -> None:
    (tmp_path / "form.toml").write_text('# A form\n[form]\nid = "a"\n\n[rest\n', encoding="utf-8")
    mistakes = Mistakes()
    assert FormFolder(tmp_path, mistakes).table("form.toml", "form") == {"id": "a"}
    assert mistakes.numbered() == ()


@pytest.mark.parametrize(
    "toml",
    [
        '[form]\nnote = """\n[x]\n"""\nid = "a"\n[rest]\n',
        'form.id = "a"\n[rest]\n',
        '[ form ]\nid = "a"\n[rest]\n',
        '[other]\nnote = """\n[form]\n[x]\n"""\n[form]\nid = "a"\n',
    ],
)
def test_the_head_is_found_however_it_is_written(tmp_path: Path, toml: str) -> None:
    (tmp_path / "form.toml").write_text(toml, encoding="utf-8")
    mistakes = Mistakes()
    assert FormFolder(tmp_path, mistakes).table("form.toml", "form")["id"] == "a"
    assert mistakes.numbered() == ()


@pytest.mark.parametrize("toml", ["[form]\nid = a\n[rest]\n", "[form]\n" + "a." * 30 + "a = 1\n[rest]\n"])
def test_a_head_that_cannot_be_read_is_reported(tmp_path: Path, toml: str) -> None:
    (tmp_path / "form.toml").write_text(toml, encoding="utf-8")
    mistakes = Mistakes()
    assert FormFolder(tmp_path, mistakes).table("form.toml", "form") == {}
    assert len(mistakes.numbered()) == 1
