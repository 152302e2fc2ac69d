"""A form's example: sample answers in ``example.toml``, for the demonstration and the tests.

The file has the shape of a report's JSON (``report.plain``), written as TOML: ``[answers]``, and for
each list ``[lists."<path>"]`` with its state or its ``rows``. The form itself is not named; dates may
be TOML dates.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from desktop_app.formdef.mistakes import FormError, Mistakes
from desktop_app.formdef.model import Form
from desktop_app.formdef.reading.files import FormFolder
from desktop_app.report.plain import report_from_plain
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

EXAMPLE_FILE = "example.toml"


class NoExampleError(DeskError):
    """The form comes without an example."""


def has_example(form: Form) -> bool:
    """Whether the form's folder holds an example."""
    return form.folder is not None and (form.folder / EXAMPLE_FILE).is_file()


def read_example(form: Form) -> Report:
    """The example report of ``form``, in no file yet.

    NoExampleError when there is none, FormError when the file cannot be read; ShapeError,
    UnknownPlaceError or WrongValueError when its content does not fit the form.
    """
    if form.folder is None or not has_example(form):
        raise NoExampleError(
            _("The form {form} {version} comes without an example.").format(
                form=form.id, version=form.version
            )
        )
    mistakes = Mistakes()
    tables = FormFolder(form.folder, mistakes).toml(EXAMPLE_FILE)
    if tables is None:
        raise FormError(form.folder, mistakes.numbered())
    plain: Mapping[str, Any] = _as_json(tables)
    return report_from_plain({"answers": {}, "lists": {}, **plain}, form)


def _as_json(value: Any) -> Any:
    """The value with TOML's own dates as the strings that JSON has for them."""
    if isinstance(value, Mapping):
        return {key: _as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_json(each) for each in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value
