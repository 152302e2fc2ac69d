"""What helps whoever looks for a fault, in one text to be passed on. It holds no answers and names no files.

The person's own folder is written "~", and another one that bears the name of the account "…", so that the
name does not travel with it.
"""

from __future__ import annotations

import locale
import os
import platform
import re
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from desktop_app import __version__
from desktop_app.runtime import i18n, paths
from desktop_app.runtime.i18n import _
from desktop_app.runtime.key_store import read_secret
from desktop_app.runtime.logs import LOG_FILE
from desktop_app.runtime.person import login_name
from desktop_app.services.backups import backup_folder
from desktop_app.services.forms import list_forms
from desktop_app.services.policy_state import policy_state
from desktop_app.services.program_files import build_mark, is_packaged
from desktop_app.storage.sqlite import has_cipher, sqlite_version

_LINES = 60
"""The last lines of the log."""
_PACKAGES = ("PySide6-Essentials", "sqlite-utils", "sqlcipher3", "openpyxl", "python-docx", "lxml", "typst",
             "cryptography", "pyrage", "keyring")  # fmt: skip
_FILE_NAME = re.compile(r"""[^"'“”/\\:]+\.(adesk|zip|age|xlsx|docx|pdf|json|md|odt|csv)\b""", re.IGNORECASE)
"""With the words before it: names have spaces."""


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Facts by heading, each a name with its value; ``log``: its last lines.

    Names are codes, the same in every language: whoever gets this may not speak the person's.
    """

    sections: Mapping[str, Mapping[str, str]]
    complaints: tuple[str, ...]
    log: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """All of it for a person."""
        lines: list[str] = []
        for head, facts in self.sections.items():
            lines += [f"[{head}]", *(f"{name}: {value}" for name, value in facts.items())]
            lines += [*(self.complaints if head == "policy" else ()), ""]
        return [*lines, "[log]", *self.log]

    @property
    def text(self) -> str:
        """The same, to be copied."""
        return "\n".join(self.lines) + "\n"

    def to_plain(self) -> dict[str, Any]:
        """The same in JSON."""
        sections = {head: dict(facts) for head, facts in self.sections.items()}
        return {"sections": sections, "complaints": list(self.complaints), "log": list(self.log)}


def diagnostics(further: Mapping[str, str] | None = None) -> Diagnostics:
    """Look at the program and the computer now; asks the key store, so that it may take a moment.

    ``further``: what a window knows besides, such as its screen.
    """
    state = policy_state()
    sections = {
        "program": _program() | dict(further or {}),
        "computer": _computer(),
        "folders": {name: _shown(str(folder)) for name, folder in _folders().items()},
        "policy": {rule.name: _shown(rule.words) for rule in state.rules},
        "forms": _forms(),
    }
    complaints = tuple(_shown(sentence) for sentence in state.complaints)
    return Diagnostics(sections, complaints, tuple(_last_lines(paths.log_folder() / LOG_FILE)))


def _program() -> dict[str, str]:
    build = f"packaged {build_mark()}".strip() if is_packaged() else "python"
    return {
        "version": __version__,
        "build": build,
        "Python": platform.python_version(),
        "SQLite": sqlite_version() + ("" if not has_cipher() else ", SQLCipher"),
        "language": i18n.language(),
        **{name: version for name in _PACKAGES if (version := _version(name))},
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _computer() -> dict[str, str]:
    return {
        "system": platform.platform(),
        "processor": f"{platform.machine()}, {os.cpu_count()}",
        "locale": ".".join(each or "-" for each in locale.getlocale()),
        "key_store": read_secret("diagnostics").state.value,
    }


def _folders() -> dict[str, Path]:
    return {
        "program": Path(sys.executable),
        "settings": paths.config_folder(),
        "data": paths.data_folder(),
        "reports": paths.documents_folder(),
        "backups": backup_folder(),
        "logs": paths.log_folder(),
    }


def _forms() -> dict[str, str]:
    return {
        f"{form['id']} {form['version']}": form["origin"]
        + (f", {form['signed_by']}" if form["signed_by"] else "")
        for form in list_forms()
    }


def _last_lines(path: Path) -> Sequence[str]:
    """The end of the log. Names of files are taken out, should one have come into it."""
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            last = deque(stream, _LINES)
    except OSError as error:
        return [_("There is no log: {reason}.").format(reason=error.strerror)]
    return [_FILE_NAME.sub("…", _shown(line.rstrip("\n"))) for line in last]


def _shown(words: str) -> str:
    """Without the person's folder, and without folders that bear the name of the account."""
    home, account = str(paths.home()), login_name()
    words = words.replace(home, "~") if len(home) > 1 else words
    if not account:
        return words
    return re.sub(rf"(?<=[/\\]){re.escape(account)}(?![^/\\\s\"'”)\],])", "…", words, flags=re.IGNORECASE)
