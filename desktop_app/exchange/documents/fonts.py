"""Which typefaces a document is set in: one that ships with typst, and the computer's own where it has none.

The typeface that ships covers Latin, Greek, Cyrillic and Hebrew, so that a report in these looks the same
on every computer, down to the bytes. For other scripts a typeface is looked for among those at hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

TEXT = "Libertinus Serif"
CODE = "DejaVu Sans Mono"
"""For checksums and fingerprints. Both ship with typst."""

#: The letters of a script and who writes them well, the best first: free typefaces, Windows, macOS.
_SCRIPTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "",
        "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]",
        ("Noto Naskh Arabic", "Amiri", "Scheherazade New", "Sakkal Majalla", "Times New Roman", "Al Bayan",
         "Geeza Pro", "Noto Sans Arabic", "Arial", "Tahoma", "DejaVu Sans"),
    ),
    (
        "ja",
        "[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]",
        ("Noto Serif CJK JP", "Source Han Serif", "Yu Mincho", "Hiragino Mincho ProN", "MS Mincho",
         "Noto Sans CJK JP", "Yu Gothic", "Meiryo", "Hiragino Sans", "IPAexMincho"),
    ),
    (
        "ko",
        "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]",
        ("Noto Serif CJK KR", "Source Han Serif K", "Batang", "AppleMyungjo", "NanumMyeongjo",
         "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic"),
    ),
    (
        "zh",
        "[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]",
        ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "NSimSun", "Noto Sans CJK SC",
         "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
         "AR PL UMing CN", "Droid Sans Fallback"),
    ),
    ("", "[\u0530-\u058f]", ("Noto Serif Armenian", "Sylfaen", "Mshtakan", "DejaVu Serif")),
    ("", "[\u10a0-\u10ff\u1c90-\u1cbf]", ("Noto Serif Georgian", "Sylfaen", "DejaVu Serif")),
    ("", "[\u1200-\u139f\u2d80-\u2ddf]", ("Noto Serif Ethiopic", "Nyala", "Ebrima", "Kefa")),
    ("", "[\u0900-\u097f]", ("Noto Serif Devanagari", "Kokila", "Mangal", "Nirmala UI", "Devanagari MT")),
    ("", "[\u0980-\u09ff]", ("Noto Serif Bengali", "Vrinda", "Nirmala UI", "Kohinoor Bangla")),
    ("", "[\u0b80-\u0bff]", ("Noto Serif Tamil", "Latha", "Nirmala UI", "Tamil Sangam MN")),
    ("", "[\u0d80-\u0dff]", ("Noto Serif Sinhala", "Iskoola Pota", "Nirmala UI", "Sinhala Sangam MN")),
    ("", "[\u0e00-\u0e7f]", ("Noto Serif Thai", "Angsana New", "Leelawadee UI", "Thonburi", "Loma")),
    ("", "[\u0e80-\u0eff]", ("Noto Serif Lao", "Leelawadee UI", "Lao Sangam MN")),
    ("", "[\u1000-\u109f]", ("Noto Serif Myanmar", "Myanmar Text", "Myanmar Sangam MN")),
    ("", "[\u1780-\u17ff]", ("Noto Serif Khmer", "Leelawadee UI", "Khmer Sangam MN")),
)  # fmt: skip

_FURTHER = ("DejaVu Serif", "Times New Roman", "Cambria", "Segoe UI Symbol", "Apple Symbols", "DejaVu Sans")
"""For single signs: arrows, ticks, mathematics."""


def families(words: str, language: str, at_hand: Collection[str]) -> list[str]:
    """The typefaces for a document in which all of ``words`` occur, the first for all it has.

    ``at_hand``: those of the computer. Han is written as the document's ``language`` does.
    """
    tongue = re.split("[-_]", language, maxsplit=1)[0].lower()
    needed = [(own == tongue, found) for own, letters, found in _SCRIPTS if re.search(letters, words)]
    own_first = [found for is_own, found in needed if is_own] + [
        found for is_own, found in needed if not is_own
    ]
    named = [TEXT, *(name for found in own_first for name in _first_two(found, at_hand))]
    return list(dict.fromkeys([*named, *(name for name in _FURTHER if name in at_hand)]))


def _first_two(found: Iterable[str], at_hand: Collection[str]) -> list[str]:
    """The best at hand, and one more for what it lacks."""
    return [name for name in found if name in at_hand][:2]


def clusters(words: Iterable[str]) -> list[str]:
    """What has to be shown, each once: every character, with the marks that stand on it."""
    signs: set[str] = set()
    marked: set[str] = set()
    for piece in words:
        signs.update(piece)
    marks = "".join(re.escape(sign) for sign in sorted(signs) if _is_mark(sign))
    if marks:
        pattern = re.compile(f"[^\\s{marks}][{marks}]+")
        for piece in words:
            marked.update(pattern.findall(piece))
    alone = (sign for sign in signs if not (_is_mark(sign) or sign.isspace()))
    return [*sorted(alone), *sorted(marked)]


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")
