from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.attachment_names import FOLDER, member_names, names_by_file
from desktop_app.exchange.zip_dangers import is_bad_name
from desktop_app.report.values import Attachment

SHA = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)


@settings(max_examples=40)
@given(st.lists(st.builds(Attachment, st.text(min_size=1, max_size=300), SHA, st.integers(0, 9)), max_size=6))
def test_every_file_has_a_member_of_its_content_that_harms_nobody(files: list[Attachment]) -> None:
    found = member_names(files)
    by_file = names_by_file(files)
    assert {file: found[name].sha256 for file, name in by_file.items()} == {f: f.sha256 for f in files}
    assert set(by_file.values()) == set(found)
    assert len({name.casefold() for name in found}) == len(found)
    for name in found:
        assert name.startswith(FOLDER)
        assert name.count("/") == 1
        assert not is_bad_name(name)
    assert list(member_names(reversed(files))) == list(found)


def test_the_same_content_under_two_names_is_found_under_both() -> None:
    sha256 = "a" * 64
    files = [Attachment(name, sha256, 1) for name in ("b.pdf", "a.pdf", "A.pdf")]
    assert list(member_names(files)) == [f"{FOLDER}{'a' * 12}-A.pdf", f"{FOLDER}{'a' * 12}-b.pdf"]
    assert [name[-5:] for name in names_by_file(files).values()] == ["A.pdf", "A.pdf", "b.pdf"]


def test_names_that_some_systems_take_for_one_are_told_apart() -> None:
    first, second = Attachment("A.pdf", "a" * 63 + "1", 1), Attachment("a.PDF", "a" * 63 + "2", 1)
    assert list(member_names([first, second])) == [f"{FOLDER}{'a' * 12}-A.pdf", f"{FOLDER}{second.sha256}"]
