"""What a person has chosen of a returned workbook: plain values that outlive the lines they are chosen in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from desktop_app.services.review import ReviewPreview

T = TypeVar("T")


def choose(chosen: set[T], more: Iterable[T], *, is_chosen: bool) -> None:
    """Put ``more`` into ``chosen``, or take them out."""
    if is_chosen:
        chosen.update(more)
    else:
        chosen.difference_update(more)


class Verdict(StrEnum):
    """What is to become of words that a reviewer changed."""

    LATER = "later"
    ACCEPT = "accept"
    PARTS = "parts"
    REFUSE = "refuse"


@dataclass(slots=True)
class Choices:
    """``comments`` and ``rows`` by id; of suggestions the verdict, and the numbers of accepted changes."""

    comments: set[str] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    hunks: dict[str, set[int]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    """By the id of a row that does not say it itself, the path of the list it is to come into."""
    even_if_other: bool = False

    @classmethod
    def sensible(cls, preview: ReviewPreview) -> Choices:
        """Every comment that was meant as one; nothing that changes what the country wrote."""
        return cls(comments={found.id for found in preview.new_comments if not found.is_aside})

    def verdict(self, suggestion_id: str) -> Verdict:
        """What is to become of a suggestion."""
        return self.verdicts.get(suggestion_id, Verdict.LATER)

    def judge(self, suggestion_id: str, verdict: Verdict) -> None:
        """Decide about a suggestion."""
        self.verdicts[suggestion_id] = verdict

    def choose_hunk(self, suggestion_id: str, number: int, *, is_chosen: bool) -> None:
        """Accept one change of a suggestion that is accepted in parts, or not."""
        choose(self.hunks.setdefault(suggestion_id, set()), [number], is_chosen=is_chosen)

    @property
    def judged(self) -> list[str]:
        """The ids of suggestions that are decided. One accepted in parts, of which none is, is not."""
        return [
            each
            for each, verdict in self.verdicts.items()
            if verdict in (Verdict.ACCEPT, Verdict.REFUSE)
            or (verdict is Verdict.PARTS and self.hunks.get(each))
        ]

    @property
    def refused(self) -> frozenset[str]:
        """The ids of suggestions that are refused."""
        return frozenset(each for each, verdict in self.verdicts.items() if verdict is Verdict.REFUSE)

    @property
    def chosen(self) -> frozenset[str]:
        """The ids of all that is to be brought in."""
        return frozenset((*self.comments, *self.rows, *self.judged)) - self.refused

    @property
    def accepted_hunks(self) -> dict[str, frozenset[int]]:
        """The numbers of the accepted changes, of suggestions that are accepted in parts."""
        return {
            each: frozenset(self.hunks[each]) for each in self.judged if self.verdicts[each] is Verdict.PARTS
        }

    @property
    def count(self) -> int:
        """How many things are chosen."""
        return len(self.comments) + len(self.rows) + len(self.judged)
