from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.file_names import MOST_BYTES, safe_file_name, safe_member_name, shown_name

DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
HOSTILE = st.text(alphabet='aC.oOnN \\/:*?"<>|\0\r\n\u202e\u2066\u200b\u3000\xa0é漢👩~$', max_size=400)


@given(st.one_of(st.text(max_size=300), HOSTILE))
def test_no_name_does_harm_anywhere(name: str) -> None:
    safe = safe_file_name(name)
    assert safe
    assert len(safe.encode()) <= MOST_BYTES
    assert not set(safe) & set('<>:"/\\|?*')
    assert not any(ord(sign) < 32 or ord(sign) == 127 or "\u202a" <= sign <= "\u202e" for sign in safe)
    assert safe == safe.strip(". ")
    assert safe.partition(".")[0].strip().casefold() not in DEVICES
    assert safe_file_name(safe) == safe


@given(st.text(alphabet=string.ascii_letters + string.digits + "_-", min_size=1, max_size=30))
def test_an_ordinary_name_stays(stem: str) -> None:
    name = f"x{stem}.pdf"
    assert safe_file_name(name) == name
    assert shown_name(name) == name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_._etc_passwd"),
        ("C:\\Windows\\system.ini", "C__Windows_system.ini"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("LPT1.pdf", "_LPT1.pdf"),
        ("nul .txt", "_nul.txt"),
        ("report.pdf. . ", "report.pdf"),
        (".bashrc", "bashrc"),
        ("", "file"),
        ("...", "file"),
        ("a\0b.pdf", "a_b.pdf"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("Šárka – plán.docx", "Šárka – plán.docx"),
        ("e\u0301tude.pdf", "étude.pdf"),
    ],
)
def test_what_becomes_of_a_name(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    for name in ("x" * 300 + ".pdf", "漢" * 300 + ".docx"):
        safe = safe_file_name(name)
        assert safe.endswith(name[-5:].partition(".")[1] + name.rpartition(".")[2])
        assert MOST_BYTES - 4 < len(safe.encode()) <= MOST_BYTES


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("two\nlines.pdf", "two_lines.pdf"),
        ("\u06a9\u200c\u0628.pdf", "\u06a9\u200c\u0628.pdf"),
        ("\u200b", "file"),
    ],
)
def test_a_name_is_shown_as_it_is_written(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_member_begins_with_what_tells_its_content_apart() -> None:
    assert safe_member_name("a/b.pdf", "0123456789abcdef" * 4) == "0123456789ab-a_b.pdf"
