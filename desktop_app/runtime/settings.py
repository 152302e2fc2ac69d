"""The person's settings: a small JSON file. A damaged one is kept aside and defaults are used."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop_app.runtime.dataclass import dataclass, field, field_names, values_of
from desktop_app.runtime.files import atomic_write, writing_error

log = logging.getLogger(__name__)

MOST_RECENT = 8


@dataclass(slots=True)
class Settings:
    """What the program remembers of the person's choices. ``places``: section last shown, by report file.

    ``backup_folder`` is where backups go; empty for the program's own folder. ``attach_folder`` is where
    files to attach were chosen last.
    ``others`` are settings of a newer program; they are kept as they are.
    """

    language: str = ""
    appearance: str = "system"
    person: str = ""
    recent: list[str] = field(default_factory=list)
    last_file: str = ""
    places: dict[str, str] = field(default_factory=dict)
    window: str = ""
    side_panel: bool = True
    panel_part: str = "guidance"
    backup_folder: str = ""
    attach_folder: str = ""
    others: dict[str, Any] = field(default_factory=dict, repr=False)

    def opened(self, path: Path) -> None:
        """Remember that ``path`` was opened now."""
        name = str(path)
        self.recent = [name, *(other for other in self.recent if other != name)][:MOST_RECENT]
        self.places = {other: place for other, place in self.places.items() if other in self.recent}
        self.last_file = name


def load_settings(path: Path) -> Settings:
    """The settings in ``path``, or defaults. A file that cannot be read as settings is set aside."""
    try:
        plain = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        log.warning("settings could not be read: %s", error.strerror)
        return Settings()
    except (ValueError, RecursionError):
        return _set_aside(path)
    return _from_plain(plain) if isinstance(plain, dict) else _set_aside(path)


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings whole. CannotWriteError when the folder cannot be written."""
    plain = values_of(settings)
    others = plain.pop("others")
    # In ASCII: names of files need not be proper Unicode.
    words = json.dumps({**others, **plain}, indent=2)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise writing_error(error, path) from error
    atomic_write(path, (words + "\n").encode("ascii"))


def _from_plain(plain: Mapping[str, Any]) -> Settings:
    settings = Settings()
    ours = set(field_names(Settings)) - {"others"}
    for name, value in plain.items():
        if name not in ours:
            settings.others[name] = value
        elif isinstance(value, type(getattr(settings, name))):
            setattr(settings, name, value)
        else:
            log.warning("the setting %s is damaged; its default is used", name)
    settings.recent = [name for name in settings.recent if isinstance(name, str)][:MOST_RECENT]
    settings.places = {name: place for name, place in settings.places.items() if isinstance(place, str)}
    return settings


def _set_aside(path: Path) -> Settings:
    aside = path.with_suffix(".damaged.json")
    log.warning("settings are damaged; kept as %s", aside.name)
    try:
        path.replace(aside)
    except OSError as error:
        log.warning("the damaged settings could not be set aside: %s", error.strerror)
    return Settings()
