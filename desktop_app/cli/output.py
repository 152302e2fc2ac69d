"""What a command says: lines for a person or one JSON document for a program, and the exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

DONE, NO, CANNOT = 0, 1, 2


class Output:
    """Prints for a person, or collects for a program; never both."""

    def __init__(self, *, as_json: bool) -> None:
        """``as_json``: print one JSON document at the end instead of lines."""
        self._as_json = as_json

    def line(self, words: str) -> None:
        """A line for a person."""
        if not self._as_json:
            print(words)

    def result(self, plain: Mapping[str, Any] | Sequence[Any]) -> None:
        """The document for a program."""
        if self._as_json:
            print(json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True))

    def notice(self, sentence: str) -> None:
        """What a person should know besides the result; a program's document stays as it is."""
        print(sentence, file=sys.stderr)

    def failure(self, sentence: str) -> None:
        """Why the command cannot be carried out."""
        if self._as_json:
            print(json.dumps({"error": sentence}, ensure_ascii=False))
        print(sentence, file=sys.stderr)
