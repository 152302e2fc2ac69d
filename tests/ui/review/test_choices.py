from __future__ import annotations

from dataclasses import replace

from desktop_app.report.review import ReviewComment
from desktop_app.services.review import NewComment, ReviewPreview
from desktop_app.ui.review.choices import Choices, Verdict, choose


def found(comment_id: str, *, is_known: bool = False) -> NewComment:
    return NewComment(comment_id, "Target 1", ReviewComment("T1", words="Words"), is_known)


def test_at_first_every_new_comment_is_chosen_and_nothing_else() -> None:
    preview = ReviewPreview(comments=(found("a"), found("b", is_known=True)))
    choices = Choices.sensible(preview)
    assert choices.chosen == {"a"}
    assert choices.count == 1
    assert choices.refused == frozenset()


def test_words_in_a_column_that_was_added_are_not_chosen_at_first() -> None:
    preview = ReviewPreview(comments=(found("a"), replace(found("b"), is_aside=True)))
    assert Choices.sensible(preview).chosen == {"a"}


def test_ticks_go_in_and_out() -> None:
    chosen = {"a"}
    choose(chosen, ["b", "c"], is_chosen=True)
    choose(chosen, ["a", "x"], is_chosen=False)
    assert chosen == {"b", "c"}


def test_a_suggestion_counts_when_it_is_decided() -> None:
    choices = Choices()
    assert choices.verdict("s") is Verdict.LATER
    choices.judge("s", Verdict.ACCEPT)
    assert choices.count == 1
    assert choices.chosen == {"s"}
    assert not choices.accepted_hunks
    choices.judge("s", Verdict.REFUSE)
    assert choices.count == 1
    assert not choices.chosen
    assert choices.refused == {"s"}
    choices.judge("s", Verdict.LATER)
    assert choices.count == 0
    assert not choices.chosen | choices.refused


def test_word_by_word_counts_when_a_change_is_ticked() -> None:
    choices = Choices()
    choices.judge("s", Verdict.PARTS)
    assert choices.count == 0
    choices.choose_hunk("s", 2, is_chosen=True)
    assert choices.count == 1
    assert choices.chosen == {"s"}
    assert choices.accepted_hunks == {"s": frozenset({2})}
    choices.judge("s", Verdict.ACCEPT)
    assert choices.accepted_hunks == {}
    choices.judge("s", Verdict.PARTS)
    choices.choose_hunk("s", 2, is_chosen=False)
    assert choices.count == 0
