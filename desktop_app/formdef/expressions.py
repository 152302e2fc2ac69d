"""A rule of a form that was read, and whether it is true for some answers.

The logic has three values: an unanswered value is None, a comparison with it is unknown, and so is
a comparison of things that do not fit; a rule fires only when it is certainly true. Text is never
ordered, because the codes of a scale do not stand in alphabetical order. How a rule is written, and how it
is read, is in ``expression_reading``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop_app.runtime.dataclass import dataclass, field

if TYPE_CHECKING:
    from desktop_app.formdef.expression_functions import Known

Answer = Callable[[str], object]
"""The answer at a path, or None."""

Step = Callable[[Mapping[str, object], Answer], object]
"""What a rule, or a part of it, comes to for some values."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A rule ready for use.

    ``names``: the names it looks at, so that only affected rules run again. ``answers``: the paths
    it looks up with ``answer``. ``compared``: pairs of what is compared (a name, a path, or a
    function such as ``state()``) and the text in quotes it is compared with; the loader checks that
    there is such a code.
    """

    source: str
    names: frozenset[str]
    answers: frozenset[str]
    compared: frozenset[tuple[str, str]] = field(default=frozenset(), compare=False)
    step: Step = field(default=lambda values, answer: None, repr=False, compare=False)


def evaluate(expression: Expression, values: Mapping[str, object], answer: Answer) -> Known:
    """Whether the rule is true for these values; None when that is not known. Raises for no value."""
    result = expression.step(values, answer)
    return result if isinstance(result, bool) else None
