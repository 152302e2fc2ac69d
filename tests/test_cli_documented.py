"""Every command that stands in the documents for IT on a line of its own is one that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from desktop_app.cli import _commands

HELP = Path(__file__).resolve().parents[1] / "resources" / "help"
LINE = re.compile(r"^ {4,}(?:sudo -u SOMEBODY )?alliance-desk (\S.*)$", re.MULTILINE)
DOCUMENTED = [
    (page.relative_to(HELP).as_posix(), line)
    for page in sorted(HELP.rglob("*.md"))
    for line in LINE.findall(page.read_text("utf-8"))
]


def test_there_are_some() -> None:
    assert len(DOCUMENTED) > 20


@pytest.mark.parametrize(("page", "line"), DOCUMENTED)
def test_a_command_is_taken_as_it_is_written(page: str, line: str) -> None:
    # What it does stands behind it; what may be left out, between brackets.
    words = re.split(r" {3,}", line)[0]
    for written in (re.sub(r"\[[^]]*\]", "", words), words.replace("[", "").replace("]", "")):
        _commands().parser.parse_args(shlex.split(written))
