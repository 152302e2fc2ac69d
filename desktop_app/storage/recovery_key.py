"""The recovery key: a file's key in letters and figures, to be printed, kept, and typed in one day.

Thirteen groups of five: four that carry the key, and one that checks them. A check finds every single
mistake and every exchange of neighbours, and belongs to its place, so that exchanged groups are found
too. The letters are Crockford's (https://www.crockford.com/base32.html): I, L, O and U do not occur, and
whoever reads a one as I or L, or a zero as O, is understood.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

KEY_BYTES = 32
GROUPS = 13
GROUP = 5

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("ILO", "110")
_NUMBERED = re.compile(rf"(?<!\w)(\d{{1,2}})\s*[:.)]\s*([0-9A-Za-z]{{{GROUP}}})(?!\w)")
"""A group with its number before it, as the saved text has them."""
_SPARE_BITS = GROUPS * (GROUP - 1) * 5 - KEY_BYTES * 8
"""What the groups have room for beside the key holds a check of the whole."""


class RecoveryKeyTypedWrongError(DeskError):
    """What was typed is no recovery key; ``groups`` are the numbers of those with a mistake in them."""

    def __init__(self, sentence: str, groups: tuple[int, ...] = ()) -> None:
        """No part of the key is in the sentence."""
        self.groups = groups
        super().__init__(sentence)


def write(key: bytes) -> str:
    """The recovery key for a key of 32 bytes."""
    number = int.from_bytes(key) << _SPARE_BITS | _check_of_all(key)
    digits = [number >> 5 * place & 31 for place in reversed(range(GROUPS * (GROUP - 1)))]
    groups = []
    for index in range(GROUPS):
        group = digits[index * (GROUP - 1) : (index + 1) * (GROUP - 1)]
        groups.append("".join(_LETTERS[digit] for digit in (*group, _check_of_group(index, group))))
    return "-".join(groups)


def read(text: str) -> bytes:
    """The key that a recovery key stands for; spaces, hyphens, line ends and capitals do not matter.

    The groups may have their numbers before them, as on the paper, and any words around them then.
    RecoveryKeyTypedWrongError.
    """
    digits = _digits(_numbered_groups(text) or text)
    wrong = []
    number = 0
    for index in range(GROUPS):
        *group, check = digits[index * GROUP : (index + 1) * GROUP]
        if check != _check_of_group(index, group):
            wrong.append(index + 1)
        for digit in group:
            number = number << 5 | digit
    if wrong:
        sentence = ngettext(
            "Group {groups} of the recovery key has a mistake in it. Compare it with the paper.",
            "These groups of the recovery key have mistakes in them: {groups}. Compare them with the paper.",
            len(wrong),
        )
        raise RecoveryKeyTypedWrongError(sentence.format(groups=", ".join(map(str, wrong))), tuple(wrong))
    key = (number >> _SPARE_BITS).to_bytes(KEY_BYTES)
    if number & (1 << _SPARE_BITS) - 1 != _check_of_all(key):
        raise RecoveryKeyTypedWrongError(
            _("The recovery key has a mistake in it. Compare every group with the paper.")
        )
    return key


def _numbered_groups(text: str) -> str:
    """The groups in the order of the numbers before them; empty where not every one has its own."""
    plain = unicodedata.normalize("NFKC", text)
    found = _NUMBERED.findall(plain)
    groups = {int(number): group for number, group in found}
    if len(found) != GROUPS or groups.keys() != set(range(1, GROUPS + 1)):
        return ""
    return "".join(groups[number] for number in sorted(groups))


def _digits(text: str) -> list[int]:
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(letter for letter in plain if letter.isalnum()).translate(_READ_AS)
    for letter in letters:
        if letter not in _LETTERS:
            sentence = _("“{letter}” does not occur in a recovery key. Compare it with the paper.")
            raise RecoveryKeyTypedWrongError(sentence.format(letter=letter))
    if len(letters) != GROUPS * GROUP:
        sentence = ngettext(
            "A recovery key has {groups} groups of {size}: {wanted} letters and figures. This is {count}.",
            "A recovery key has {groups} groups of {size}: {wanted} letters and figures. These are {count}.",
            len(letters),
        )
        raise RecoveryKeyTypedWrongError(
            sentence.format(groups=GROUPS, size=GROUP, wanted=GROUPS * GROUP, count=len(letters))
        )
    return [_LETTERS.index(letter) for letter in letters]


def _check_of_all(key: bytes) -> int:
    return hashlib.sha256(key).digest()[0] >> 8 - _SPARE_BITS


def _check_of_group(index: int, digits: list[int]) -> int:
    """Each digit times another power of two in the field of 32 elements, and the group's place."""
    check = index + 1
    for digit in digits:
        check ^= digit
        # Times two, in the field made with x^5 + x^2 + 1.
        check = check << 1 ^ (0b100101 if check & 16 else 0)
    return check
