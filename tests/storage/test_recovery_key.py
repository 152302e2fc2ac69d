from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.storage.recovery_key import RecoveryKeyTypedWrongError, read, write

KEY = bytes(range(1, 33))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
keys = st.binary(min_size=32, max_size=32)


@given(keys)
def test_what_is_written_can_be_read(key: bytes) -> None:
    assert read(write(key)) == key


def test_it_is_thirteen_groups_of_five_without_letters_to_mix_up() -> None:
    groups = write(KEY).split("-")
    assert [len(group) for group in groups] == [5] * 13
    assert set(itertools.chain(*groups)) <= set(LETTERS)
    assert write(KEY) == ("0410H-61058-0R3G2-G28A6-1C60X-T3GFZ-208HR-44RMS-2MB1V-E60S8-38DH8-R78Y6-3WGAY")


@pytest.mark.parametrize(
    "typed",
    [
        write(KEY).lower(),
        write(KEY).replace("-", ""),
        write(KEY).replace("-", " "),
        write(KEY).replace("-", "\n"),
        f"  {write(KEY)}\r\n",
        write(KEY).replace("-", "\N{EN DASH}"),
        write(KEY).replace("0", "O").replace("1", "l"),
        write(KEY).replace("0", "o").replace("1", "I"),
        write(KEY).translate(
            {ord("4"): "\N{FULLWIDTH DIGIT FOUR}", ord("A"): "\N{FULLWIDTH LATIN CAPITAL LETTER A}"}
        ),
    ],
)
def test_how_it_is_typed_does_not_matter(typed: str) -> None:
    assert read(typed) == KEY


@given(keys, st.integers(0, 64), st.sampled_from(LETTERS))
def test_every_single_mistake_is_found_in_its_group(key: bytes, place: int, letter: str) -> None:
    right = write(key).replace("-", "")
    if right[place] == letter:
        return
    with pytest.raises(RecoveryKeyTypedWrongError) as raised:
        read(right[:place] + letter + right[place + 1 :])
    assert raised.value.groups == (place // 5 + 1,)


@given(keys, st.integers(0, 63))
def test_every_exchange_of_neighbours_is_found(key: bytes, place: int) -> None:
    right = write(key).replace("-", "")
    one, other = right[place], right[place + 1]
    if one == other:
        return
    with pytest.raises(RecoveryKeyTypedWrongError):
        read(right[:place] + other + one + right[place + 2 :])


@given(keys, st.integers(0, 12), st.integers(0, 12))
def test_exchanged_groups_are_found(key: bytes, one: int, other: int) -> None:
    groups = write(key).split("-")
    if one == other:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(RecoveryKeyTypedWrongError) as raised:
        read("-".join(groups))
    assert raised.value.groups == tuple(sorted((one + 1, other + 1)))


def wrong(typed: str) -> str:
    with pytest.raises(RecoveryKeyTypedWrongError) as raised:
        read(typed)
    return raised.value.sentence


def test_what_is_wrong_is_said_without_the_key() -> None:
    groups = write(KEY).split("-")
    one = "-".join(["ZZZZZ", *groups[1:]])
    assert wrong(one) == "Group 1 of the recovery key has a mistake in it. Compare it with the paper."
    two = "-".join(["ZZZZZ", *groups[1:4], "ZZZZZ", *groups[5:]])
    assert wrong(two).startswith("These groups of the recovery key have mistakes in them: 1, 5.")
    assert wrong("-".join(groups[:-1])) == (
        "A recovery key has 13 groups of 5: 65 letters and figures. These are 60."
    )
    assert wrong("A").endswith("65 letters and figures. This is 1.")
    assert wrong("").endswith("65 letters and figures. These are 0.")
    assert wrong("U" + write(KEY)[1:]) == ("“U” does not occur in a recovery key. Compare it with the paper.")
    assert wrong("П" + write(KEY)[1:]).startswith("“П” does not occur")


def test_groups_that_are_right_each_and_do_not_belong_together() -> None:
    first, second = write(KEY).split("-"), write(bytes(32)).split("-")
    mixed = "-".join([*first[:5], *second[5:]])
    assert wrong(mixed) == "The recovery key has a mistake in it. Compare every group with the paper."


def test_the_text_as_the_program_saves_it_can_be_read_whole() -> None:
    groups = write(KEY).split("-")
    lines = [f"{number:>2}: {group}" for number, group in enumerate(groups, start=1)]
    saved = "Recovery key of a report file\n\nFile: /home/ana/reports/albania 2013.adesk\n\n" + "   ".join(
        lines
    )
    assert read(saved + "\n\nIt opens the file when the passphrase is forgotten.\n") == KEY
    assert read("\n".join(reversed(lines))) == KEY


def test_a_number_that_is_missing_or_there_twice_is_not_guessed() -> None:
    groups = write(KEY).split("-")
    lines = [f"{number}: {group}" for number, group in enumerate(groups, start=1)]
    for wrong in (lines[:-1], [*lines, lines[0]], ["1: " + groups[1], *lines[1:]]):
        with pytest.raises(RecoveryKeyTypedWrongError):
            read(" ".join(wrong))
