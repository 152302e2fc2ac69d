from __future__ import annotations

import pytest

from desktop_app.report.journal import Durability


@pytest.mark.parametrize(
    ("durability", "is_saved"),
    [
        (Durability(), True),
        (Durability(handed=3, durable=3, at="2013-05-02T10:00:00.000Z"), True),
        (Durability(handed=3, durable=2), False),
        (Durability(handed=3, durable=3, failure="The disk is full."), False),
    ],
)
def test_saved_means_that_everything_is_on_disk(durability: Durability, is_saved: bool) -> None:
    assert durability.is_saved is is_saved
