"""From the version of a form a report was made with to the one it is read with, and where codes went."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop_app.formdef.model import Form, ListDefinition
from desktop_app.runtime.dataclass import dataclass

CHOICE = "choice"
"""``[[moved]]`` names an option ``choice.<choice list>.<code>``, as the form's texts do."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The versions of one form on the way from a report's own to the one wanted.

    ``origin`` is the report's own, None when it is not at hand; then words for old questions are missing.
    ``steps`` are the versions after it that are at hand, old to new; the last one is the one wanted.
    """

    origin: Form | None
    steps: tuple[Form, ...]

    @property
    def target(self) -> Form:
        """The version wanted."""
        return self.steps[-1]


class Moves:
    """Follows codes through the ``[[moved]]`` tables of a lineage, one version after the other.

    What no table names stays where it is, whether the version wanted has such a place or not.
    """

    def __init__(self, lineage: Lineage) -> None:
        """Of all the versions between."""
        self._steps = [(form, {moved.old: moved.new for moved in form.moved}) for form in lineage.steps]
        self._goals = [
            frozenset(goal.code for section in form.walk() for goal in section.goals)
            for form in lineage.steps
        ]

    def answer(self, path: str) -> str:
        """The path where the single answer at ``path`` belongs."""
        return self._follow(path, lambda index, code: self._steps[index][0].field_at(code) is not None)

    def list(self, path: str) -> str:
        """The path of the list the rows at ``path`` belong to."""
        return self._follow(path, lambda index, code: self._steps[index][0].list_at(code) is not None)

    def section(self, code: str) -> str:
        """The code of the section the answers of the section ``code`` belong to."""
        return self._follow(code, lambda index, found: self._steps[index][0].section(found) is not None)

    def goal(self, code: str) -> str:
        """The code a goal has now."""
        return self._follow(code, lambda index, found: found in self._goals[index])

    def choice(self, choice_list: str, code: str) -> str:
        """The code an option of a choice list has now."""
        named = self._follow(f"{CHOICE}.{choice_list}.{code}", _nowhere)
        return named.split(".", 2)[2] if named.startswith(f"{CHOICE}.") else code

    def row_field(self, code: str, row_type: str | None, entry: ListDefinition) -> str | None:
        """The code that the field ``code`` of rows has in the rows of ``entry``; None when it has none.

        ``row_type``: the code of the row type it was in, None when that is not known.
        """
        present = {question.code for question in entry.row.fields}
        for named in self._row_keys(code, row_type):
            followed = self._follow(named, _nowhere)
            kind, _dot, found = followed.partition(".")
            if followed != named and kind == entry.row.code and found in present:
                return found
        return code if code in present else None

    def _row_keys(self, code: str, row_type: str | None) -> Iterator[str]:
        """How the tables may name the field of rows."""
        if row_type is not None:
            yield f"{row_type}.{code}"
            return
        for _form, table in self._steps:
            yield from (old for old in table if old.partition(".")[2] == code)

    def _follow(self, code: str, has: Callable[[int, str], bool]) -> str:
        for index, (_form, table) in enumerate(self._steps):
            code = table.get(code) or self._with_its_section(code, table, index, has) or code
        return code

    @staticmethod
    def _with_its_section(
        code: str, table: dict[str, str], index: int, has: Callable[[int, str], bool]
    ) -> str | None:
        """Where ``code`` is now when the section around it moved as a whole."""
        around = code
        while "." in around:
            around = around.rpartition(".")[0]
            if around in table:
                moved = table[around] + code.removeprefix(around)
                if has(index, moved):
                    return moved
        return None


def _nowhere(index: int, code: str) -> bool:
    """Row types and choice lists do not move as a whole."""
    return False
