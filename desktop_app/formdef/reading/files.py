"""The files of a form's folder, read with care: anybody may have made the folder.

A file lies inside the folder, is UTF-8, and is no larger than a form needs. Windows line ends and
a byte order mark do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from desktop_app.formdef.mistakes import KeyPath, Mistakes
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.i18n import _

FORM_FILE = "form.toml"

MAX_SIZE = 1024 * 1024
"""Bytes of one file."""

MAX_TOTAL = 8 * MAX_SIZE
"""Bytes of all files together, each counted as often as the form names it."""

MAX_KEY_PARTS = 16
"""Parts of one dotted key. Reading takes time with the square of their number."""

_KEY_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""

# What no text of a form may hold: it cannot be printed, and workbooks refuse it.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"

_PLACE = r"(?P<reason>.*) \((?:at line (?P<line>\d+), column (?P<column>\d+)|at end of document)\)"


@cache
def _long_key() -> re.Pattern[str]:
    """Prepared when a file is read for the first time: where forms were kept, none is."""
    return re.compile(rf"(?<![\w.-]){_KEY_PART}(?:\.[ \t]*+{_KEY_PART}){{{MAX_KEY_PARTS}}}")


class FormFolder:
    """Reads files of one form's folder, and remembers their contents for the form's hash."""

    def __init__(self, folder: Path, mistakes: Mistakes) -> None:
        self.folder = folder
        self._mistakes = mistakes
        self._contents: dict[str, str] = {}
        self._bytes_left = MAX_TOTAL

    @property
    def contents(self) -> Mapping[str, str]:
        """The words of all files read so far, by name."""
        return self._contents

    def text(self, name: str, named_at: KeyPath | None = None) -> str | None:
        """The content of the file ``name``; None when it cannot be had, which is then reported.

        ``named_at`` is the place in the form that names the file, if one does.
        """
        where = named_at or KeyPath(name)
        if not _stays_inside(name) or not self._lies_inside(name):
            sentence = _("“{file}” is not a file in the form's folder. Put it there and write its name.")
            self._mistakes.error(where, sentence.format(file=shown(name)))
            return None
        content = self._bytes(name, where)
        if content is None:
            return None
        try:
            words = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            sentence = _("Line {line} is not in UTF-8. Save the file with the encoding UTF-8.")
            self._mistakes.error(KeyPath(name), sentence.format(line=line))
            return None
        words = words.replace("\r\n", "\n")
        self._contents[name] = words
        return words

    def toml(self, name: str, named_at: KeyPath | None = None) -> dict[str, Any] | None:
        """The tables of a TOML file; None when there are none to be had, which is then reported."""
        words = self.text(name, named_at)
        if words is None:
            return None
        import tomllib

        long_key = _long_key().search(words)
        if long_key is not None:
            line = words.count("\n", 0, long_key.start()) + 1
            sentence = _("Line {line} has a name with too many points. Write fewer parts.")
            self._mistakes.error(KeyPath(name), sentence.format(line=line))
            return None
        try:
            return tomllib.loads(words)
        except RecursionError:
            self._mistakes.error(KeyPath(name), _("Brackets are nested too deeply. Write it more simply."))
        except ValueError as error:
            self._mistakes.error(KeyPath(name), _toml_sentence(str(error)))
        return None

    def table(self, name: str, key: str) -> dict[str, Any]:
        """Only what ``[key]`` at the head of a TOML file says, quickly: the rest is not read.

        Empty when there is nothing to be had, which is then reported. Where the head cannot be told
        from the rest, the whole file is read.
        """
        import tomllib

        words = self.text(name)
        if words is None:
            return {}
        header = re.search(rf"^\[{key}\]", words, re.MULTILINE)
        following = re.compile(r"^\[", re.MULTILINE).search(words, header.end()) if header else None
        head = words[: following.start()] if following else words
        try:
            content = tomllib.loads(head) if _long_key().search(head) is None else None
        except (ValueError, RecursionError):
            content = None
        if content is None:
            content = self.toml(name) or {}
        found = content.get(key)
        return found if isinstance(found, dict) else {}

    def languages(self) -> list[str]:
        """The tags of the languages the folder has a text file for."""
        return sorted(path.name[len("text.") : -len(".toml")] for path in self.folder.glob("text.*.toml"))

    def hash(self) -> str:
        """SHA-256 over the names and contents of form.toml and of the choice lists read so far.

        Each file, in the order of the names: name, a zero byte, length of the content in bytes, a
        zero byte, content.
        """
        import hashlib

        digest = hashlib.sha256()
        for name in sorted(self._contents):
            if not name.startswith("text."):
                content = self._contents[name].encode("utf-8")
                digest.update(f"{name}\0{len(content)}\0".encode())
                digest.update(content)
        return digest.hexdigest()

    def _lies_inside(self, name: str) -> bool:
        try:
            return (self.folder / name).resolve().is_relative_to(self._real_folder)
        except (OSError, RuntimeError, ValueError):  # a link to itself, or a name no system takes
            return False

    @cached_property
    def _real_folder(self) -> Path:
        return self.folder.resolve()

    def _bytes(self, name: str, where: KeyPath) -> bytes | None:
        path = self.folder / name
        try:
            if not path.is_file():
                sentence = _("The file “{file}” is missing from the form's folder.")
                self._mistakes.error(where, sentence.format(file=shown(name)))
                return None
            with path.open("rb") as file:
                content = file.read(MAX_SIZE + 1)
        except OSError as error:
            sentence = _("The file “{file}” cannot be read: {reason}.")
            reason = error.strerror or str(error)
            self._mistakes.error(where, sentence.format(file=shown(name), reason=reason))
            return None
        if len(content) > MAX_SIZE:
            sentence = _("The file “{file}” is larger than {limit} KiB. Split it, or make its texts shorter.")
            self._mistakes.error(where, sentence.format(file=shown(name), limit=MAX_SIZE // 1024))
            return None
        self._bytes_left -= len(content)
        if self._bytes_left < 0:
            sentence = _("The form's files are larger than {limit} KiB together. Make the form smaller.")
            self._mistakes.error(KeyPath(FORM_FILE), sentence.format(limit=MAX_TOTAL // 1024))
            return None
        return content


def has_control_character(words: str) -> bool:
    """Whether the text holds a character that cannot be printed; line ends and tabs may stand."""
    return re.search(_CONTROL, words) is not None


def _stays_inside(name: str) -> bool:
    """Whether the name, on every system, is that of a file in the folder or below."""
    windows = PureWindowsPath(name)
    return (
        bool(name.strip())
        and "\\" not in name
        and not has_control_character(name)
        and not windows.drive
        and not windows.root
        and ".." not in PurePosixPath(name).parts
    )


def _toml_sentence(message: str) -> str:
    found = re.fullmatch(_PLACE, message)
    if found is None:
        return _("The file cannot be read as TOML: {reason}.").format(reason=message.rstrip("."))
    advice = _toml_advice(found["reason"])
    if found["line"] is None:
        sentence = _("At the end of the file: {reason}. {advice}")
    else:
        sentence = _("Line {line}, column {column}: {reason}. {advice}")
    return sentence.format(**found.groupdict(), advice=advice).rstrip()


def _toml_advice(reason: str) -> str:
    if reason.startswith("Invalid value"):
        return _("Texts stand in quotes; true, false and numbers do not.")
    if reason.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate")):
        return _("The same name is written twice; give each entry its own.")
    if "escape" in reason.lower() or "Unescaped" in reason:
        return _("In a text in double quotes, write two backslashes for one.")
    if reason.startswith("Expected newline"):
        return _("Each entry needs a line of its own; long texts stand between three quotes.")
    if reason.startswith(("Illegal character", "Unterminated")):
        return _("Is a closing quote missing?")
    return ""
