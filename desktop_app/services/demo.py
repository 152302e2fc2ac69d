"""The example: a real report filled in, checked and exported, to look around in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.report.changes import OperationKind
from desktop_app.report.plain import report_to_plain
from desktop_app.report.report import Report
from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import CannotWriteError, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import policy
from desktop_app.services.checking import checked
from desktop_app.services.example_names import example_stem
from desktop_app.services.exporting import export_report
from desktop_app.services.reports import form_library, keep_report, read_report
from desktop_app.storage.format import SUFFIX


class NoExampleError(DeskError):
    """No form comes with an example."""


class NoPlaceForExampleError(CannotWriteError):
    """The example cannot go where it should."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the example went. ``notices``: what could not go into its package."""

    report_file: Path
    package: Path
    checksum: str
    counts: Mapping[str, int]
    notices: tuple[str, ...] = ()


def example_folder() -> Path:
    """Where the person's examples are when nobody names a place."""
    return paths.data_folder() / "example"


def example_report() -> Report:
    """The example of the first form that has one."""
    from desktop_app.report.example import has_example, read_example

    library = form_library()
    for entry in library.entries():
        form = library.form(entry.id, entry.version)
        if has_example(form):
            return read_example(form)
    raise NoExampleError(_("None of the forms comes with an example."))


def run_demo(folder: Path | None = None) -> Demo:
    """Fill in the example, check it and export it into ``folder``. Doing it again gives the same files.

    Without ``folder`` it goes where the window has it, which is each person's own. NoPlaceForExampleError.
    """
    place = folder if folder is not None else example_folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if isinstance(error, FileExistsError | NotADirectoryError):
            told = _("“{folder}” is no folder that anything could be put into.").format(folder=place)
        else:
            told = writing_error(error, place).sentence
        way_on = _("Name another folder with --to.")
        raise NoPlaceForExampleError(f"{told} {way_on}") from error
    path = fresh_example(place)
    report = example_report()
    exported = export_report(report, place, replace=True)
    notices = exported.notices
    if policy().require_protection:
        notices = (
            *notices,
            _(
                "The example has no passphrase, although your IT department requires one of reports: it can"
                " be looked around in, but not changed."
            ),
        )
    return Demo(path, exported.path, exported.checksum, checked(report).counts, notices)


@dataclass(frozen=True, slots=True)
class Example:
    """A report file with the example. ``is_untouched``: nobody has written in it yet."""

    path: Path
    is_untouched: bool


def latest_example(folder: Path) -> Example:
    """The example in ``folder`` that was made last, with all that was written in it; made if need be."""
    report = example_report()
    found = [path for path in _places(folder, report) if path.exists()]
    if not found:
        return Example(fresh_example(folder), is_untouched=True)
    return Example(found[-1], _is_untouched(found[-1], report))


def fresh_example(folder: Path) -> Path:
    """The example's report file in ``folder``, as it is at first. Returns its path.

    A file of that name is used when it still holds the example and nothing else; one that someone has
    written in stays as it is, and the example gets the next number.
    """
    report = example_report()
    folder.mkdir(parents=True, exist_ok=True)
    *_taken, free = places = list(_places(folder, report))
    untouched = (path for path in places if path.exists() and _is_untouched(path, report))
    return next(untouched, None) or keep_report(free, report, OperationKind.CREATE).path


def _places(folder: Path, report: Report) -> Iterator[Path]:
    """Where examples are, in the order in which they were made; the last is the first place that is free."""
    name = example_stem(report)
    for number in itertools.count(1):
        path = folder / (f"{name}{SUFFIX}" if number == 1 else f"{name}-{number}{SUFFIX}")
        yield path
        if not path.exists():
            return


def _is_untouched(path: Path, report: Report) -> bool:
    try:
        return report_to_plain(read_report(path)) == report_to_plain(report)
    except DeskError:
        return False
