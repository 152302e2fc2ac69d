from __future__ import annotations

import pytest

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import State
from desktop_app.report.state_words import state_words, status_words
from tests.support.toml_forms import shipped_form, toml_form

SECTION = '[[section]]\ncode = "A"\n'


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.NO_ACTION_TAKEN, "No action taken"),
        (State.NOT_APPLICABLE, "Not applicable to our country"),
        (State.NOT_AVAILABLE, "Information not available"),
        (State.CONFIDENTIAL, "Confidential"),
    ],
)
def test_a_state_has_words_where_the_form_has_none(state: State, words: str) -> None:
    assert state_words(state, Labels(toml_form(SECTION), "en")) == words


def test_every_state_has_words_in_every_shipped_form() -> None:
    for form_id in ("ga-commitments", "mnr"):
        form = shipped_form(form_id)
        labels = Labels(form, form.languages[0])
        assert all(state_words(state, labels).strip() for state in State)


def test_the_form_s_own_words_come_first() -> None:
    form = shipped_form("ga-commitments")
    own = Labels(form, "en").state(State.NO_ACTION_TAKEN)
    assert own
    assert state_words(State.NO_ACTION_TAKEN, Labels(form, "en")) == own


def test_a_status_in_words() -> None:
    assert [status_words(status) for status in ("draft", "ready", "approved", "submitted")] == [
        "Draft",
        "Ready",
        "Approved",
        "Submitted",
    ]
    assert status_words("returned") == "returned"
