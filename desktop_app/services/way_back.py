"""Back to an earlier moment, also to one from before the report went over to another version of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_app.formdef.model import Form
from desktop_app.report.changes import OperationKind
from desktop_app.report.paths import FORM_PATH
from desktop_app.services.history import Difference, compare, content_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.formdef.library import FormLibrary
    from desktop_app.storage.reader import ReportReader


def differences_back(
    file: ReportReader,
    report_id: str,
    seq: int | None,
    form: Form,
    language: str,
    library: Callable[[], FormLibrary],
) -> list[Difference]:
    """What is different now from what it was after the operation ``seq``, at the places of the form now.

    Where the report went over to another version of its form since, what it held then is carried over in
    the same way: moved answers are looked for where they are now, and what has no place is unplaced text.
    """
    then_form = _form_then(file, report_id, seq)
    if then_form is None:
        return compare(file, report_id, seq, None)
    from desktop_app.report.versions.carry_over import carry_over
    from desktop_app.services.form_versions import lineage_to

    then, now = content_at(file, report_id, seq), content_at(file, report_id, None)
    held = {path: plain for path, plain in then.items() if not path.startswith("#")}
    lineage = lineage_to(library(), then_form["version"], then_form["hash"], form)
    before: dict[str, Any] = {path: plain for path, plain in then.items() if path.startswith("#")}
    before |= carry_over(held, lineage, language).content
    paths = [path for path in {**before, **now} if before.get(path) != now.get(path) and path != FORM_PATH]
    return [Difference(path, before.get(path), now.get(path)) for path in paths]


def _form_then(file: ReportReader, report_id: str, seq: int | None) -> dict[str, str] | None:
    """Version and hash of the form the report answered at that moment; None if it is still the same."""
    upgrades = [moment.seq for moment in reversed(file.moments(report_id, OperationKind.UPGRADE))]
    later = [upgrade for upgrade in upgrades if seq is not None and upgrade > seq]
    if not later:
        return None
    operations = [each for each in file.operations(report_id) if each.kind is OperationKind.UPGRADE]
    first = operations[upgrades.index(later[0])]
    form: dict[str, str] = next(change.old for change in first.changes if change.path == FORM_PATH)
    return form
