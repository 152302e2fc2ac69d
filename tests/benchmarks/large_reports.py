"""Very long reports, all the same for the same number of actions."""

from __future__ import annotations

import random

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.changes import Change
from desktop_app.report.report import Report
from tests.benchmarks.timing import ROOT

_SENTENCE = (
    "the of police unit children online national law training victims hotline ministry justice ensure"
    " cooperation 2013 and for with strategy implement awareness schools providers"
)
_WORDS = _SENTENCE.split()


def large_report(actions: int) -> Report:
    """A report with so many actions of some 700 characters each, every seventh with formats."""
    form = FormLibrary([ROOT / "forms"]).form("ga-commitments")
    report = Report("11111111-1111-4111-8111-111111111111", form, "AL", "2013", "en")
    lists = [entry.path for section in form.walk() for entry in section.lists]
    chance = random.Random(1)
    for number in range(actions):
        path = f"{lists[number * len(lists) // actions]}/{number:08d}-0000-4000-8000-000000000000"
        text = " ".join(chance.choices(_WORDS, k=chance.randint(70, 140)))
        words = f"<b>Law</b> {text}" if number % 7 == 0 else text
        report.apply(Change(path, None, {"position": (number + 1) * 1024}))
        report.apply(Change(f"{path}/description", None, words))
        report.apply(Change(f"{path}/timeframe", None, {"text": "by the end of 2014", "edtf": None}))
    return report
