from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.attachment_names import FOLDER, member_names
from desktop_app.exchange.zip_dangers import is_bad_name
from desktop_app.report.values import Attachment

SHA = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)


@settings(max_examples=40)
@given(st.lists(st.builds(Attachment, st.text(min_size=1, max_size=300), SHA, st.integers(0, 9)), max_size=6))
def test_every_content_has_one_name_that_harms_nobody(files: list[Attachment]) -> None:
    found = member_names(files)
    assert {file.sha256 for file in found.values()} == {file.sha256 for file in files}
    assert len({name.casefold() for name in found}) == len(found) == len({file.sha256 for file in files})
    for name in found:
        assert name.startswith(FOLDER)
        assert name.count("/") == 1
        assert not is_bad_name(name)
    assert list(member_names(reversed(files))) == list(found)


def test_the_same_content_under_two_names_is_one_member() -> None:
    sha256 = "a" * 64
    files = [Attachment(name, sha256, 1) for name in ("b.pdf", "a.pdf")]
    assert list(member_names(files)) == [f"{FOLDER}{'a' * 12}-a.pdf"]


def test_names_that_some_systems_take_for_one_are_told_apart() -> None:
    first, second = Attachment("A.pdf", "a" * 63 + "1", 1), Attachment("a.PDF", "a" * 63 + "2", 1)
    assert list(member_names([first, second])) == [f"{FOLDER}{'a' * 12}-A.pdf", f"{FOLDER}{second.sha256}"]
