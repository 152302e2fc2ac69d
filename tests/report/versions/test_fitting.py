"""Answers that come to a question of another kind: what they become, and in what words the rest is kept."""

from __future__ import annotations

import pytest

from desktop_app.report.versions.fitting import Asked, Fitted, fit
from desktop_app.report.versions.lineage import Lineage, Moves
from tests.support.toml_forms import toml_form

FORM = toml_form(
    """
[choices.phases]
codes = ["first", "second"]
[choices.kinds]
codes = ["second", "law"]
[[section]]
code = "A"
[[section.field]]
code = "text"
type = "text"
[[section.field]]
code = "choice"
type = "choice"
choices = "phases"
[[section.field]]
code = "kind"
type = "choice"
choices = "kinds"
[[section.field]]
code = "choices"
type = "choices"
choices = "phases"
[[section.field]]
code = "number"
type = "number"
[[section.field]]
code = "years"
type = "year_series"
[[section.field]]
code = "date"
type = "date"
[[section.field]]
code = "time"
type = "timeframe"
[[section.field]]
code = "yes"
type = "yes_no"
[[section.field]]
code = "link"
type = "link"
[[section.field]]
code = "file"
type = "attachment"
""",
    'choice.phases.first = "The first phase"\nchoice.phases.second = "The second phase"\n',
)


def asked(code: str) -> Asked:
    found = FORM.field_at(f"A.{code}")
    assert found is not None
    return Asked(FORM, *found)


def fitted(old: str, plain: object, new: str) -> Fitted:
    return fit(plain, asked(old), asked(new), Moves(Lineage(FORM, (FORM,))), "en")


@pytest.mark.parametrize(
    ("old", "plain", "new", "becomes"),
    [
        ("text", "<b>bold</b>", "text", "<b>bold</b>"),
        ("choice", "first", "text", "The first phase"),
        ("choices", ["first", "second"], "text", "The first phase, The second phase"),
        ("number", 12.5, "text", "12.5"),
        ("years", {"2012": 5, "2013": 7}, "text", "2012: 5, 2013: 7"),
        ("date", "2013-05-02", "text", "2013-05-02"),
        ("time", {"text": "Soon", "edtf": "2013", "confirmed": True}, "text", "Soon (in 2013)"),
        ("yes", False, "text", "No"),
        ("link", {"url": "https://a.org", "label": "The law"}, "text", "The law (https://a.org)"),
        ("choice", "first", "choices", ["first"]),
        ("choices", ["second"], "choice", "second"),
        ("choice", "second", "kind", "second"),
        ("text", "Till May", "time", {"text": "Till May", "edtf": None, "confirmed": False}),
    ],
)
def test_what_an_answer_becomes(old: str, plain: object, new: str, becomes: object) -> None:
    assert fitted(old, plain, new) == Fitted(becomes)


@pytest.mark.parametrize(
    ("old", "plain", "new", "words"),
    [
        ("file", {"name": "a.pdf", "sha256": "0" * 64, "size": 7}, "text", f"a.pdf (SHA-256 {'0' * 64})"),
        ("choices", ["first", "second"], "choice", "The first phase, The second phase"),
        ("text", "<b>Till</b> May", "time", "Till May"),
        ("text", "twelve", "number", "twelve"),
        ("number", 12, "years", "12"),
        ("time", {"text": "Soon"}, "date", "Soon"),
        ("yes", True, "choice", "Yes"),
        ("date", "2013-05-02", "number", "2013-05-02"),
    ],
)
def test_what_does_not_fit_is_kept_in_words(old: str, plain: object, new: str, words: str) -> None:
    found = fitted(old, plain, new)
    assert found.plain is None
    assert found.rest is not None
    assert found.rest.plain_text() == words
    assert found.reason == "it does not fit the kind of the question"


def test_an_option_that_is_gone_is_kept_by_its_label() -> None:
    found = fitted("choice", "first", "kind")
    assert (found.plain, found.reason) == (None, "this option is no longer offered")
    assert found.rest is not None
    assert found.rest.plain_text() == "The first phase"


def test_what_never_was_an_option_stays_for_the_checks_to_find() -> None:
    assert fitted("choice", "sixth", "kind") == Fitted("sixth")


def test_what_is_no_answer_at_all_leaves_nothing() -> None:
    assert fitted("text", "", "text") == Fitted(None)
    assert fitted("text", " ", "number") == Fitted(None)
