"""The person's settings: a small JSON file. A damaged one is kept aside and defaults are used."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from desktop_app.runtime.files import atomic_write

log = logging.getLogger(__name__)

MOST_RECENT = 8


@dataclass(slots=True)
class Settings:
    """What the program remembers of the person's choices. ``places``: section last shown, by report file."""

    language: str = ""
    appearance: str = "system"
    person: str = ""
    recent: list[str] = field(default_factory=list)
    last_file: str = ""
    places: dict[str, str] = field(default_factory=dict)
    window: str = ""
    side_panel: bool = True

    def opened(self, path: Path) -> None:
        """Remember that ``path`` was opened now."""
        name = str(path)
        self.recent = [name, *(other for other in self.recent if other != name)][:MOST_RECENT]
        self.places = {other: place for other, place in self.places.items() if other in self.recent}
        self.last_file = name


def load_settings(path: Path) -> Settings:
    """The settings in ``path``, or defaults. A file that cannot be read as settings is set aside."""
    try:
        words = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        log.warning("settings could not be read: %s", error)
        return Settings()
    except UnicodeDecodeError:
        return _set_aside(path)
    try:
        plain = json.loads(words)
    except ValueError:
        return _set_aside(path)
    return _from_plain(plain) if isinstance(plain, dict) else _set_aside(path)


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings whole. DeskError when the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    words = json.dumps(asdict(settings), ensure_ascii=False, indent=2)
    atomic_write(path, (words + "\n").encode("utf-8"))


def _from_plain(plain: Mapping[str, Any]) -> Settings:
    defaults = Settings()
    known = {
        entry.name: plain[entry.name]
        for entry in fields(Settings)
        if entry.name in plain and isinstance(plain[entry.name], type(getattr(defaults, entry.name)))
    }
    settings = Settings(**known)
    settings.recent = [entry for entry in settings.recent if isinstance(entry, str)][:MOST_RECENT]
    settings.places = {
        key: place
        for key, place in settings.places.items()
        if isinstance(key, str) and isinstance(place, str)
    }
    return settings


def _set_aside(path: Path) -> Settings:
    aside = path.with_suffix(".damaged.json")
    log.warning("settings are damaged; kept as %s", aside.name)
    try:
        path.replace(aside)
    except OSError as error:
        log.warning("the damaged settings could not be set aside: %s", error)
    return Settings()
