"""What the cells of an added row say of where it belongs, and which of them were only copied with it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.exchange.review.returned import ReturnedRecord


def is_named(record: ReturnedRecord, code: str, names: set[str], known: set[str]) -> bool:
    """Whether the record has one of the names as code, as title where it has no code, or has neither.

    ``known``: all names, so that a title that names another one than its code is seen.
    """
    words, title = (record.values.get(each, "").strip().casefold() for each in (code, f"{code}_title"))
    if words and title in known - names:
        return False
    return not (words or title) or (words or title) in names


def without_copied(values: Mapping[str, str], source: Mapping[str, str]) -> dict[str, str]:
    """The cells without the code, or the title, that was left as it stood in the row they are a copy of,
    where only the other one was written anew: that one says where the row belongs.
    """
    found = dict(values)
    for code in ("section", "list"):
        both = (code, f"{code}_title")
        kept = [each for each in both if found.get(each, "").strip() == source.get(each, "").strip()]
        if (
            source
            and len(kept) == 1
            and any(found.get(each, "").strip() for each in both if each not in kept)
        ):
            found.pop(kept[0], None)
    return found


def copied_codes(code: str, cells: Mapping[str, str], source: Mapping[str, str]) -> list[str]:
    """The columns of an answer that were left as they stood in the row this is a copy of, although what they
    follow from, or what follows from them, was written anew.

    Codes whose labels are others now, and the reading of other words.
    """
    if not source:
        return []
    kept = {each for each in cells if cells[each].strip() == source.get(each, "").strip()}
    reading = f"{code}_reading"
    if code not in kept:
        return [reading] if reading in kept else []
    labels = (f"{code}_label", f"{code}_labels")
    return [code] if any(each in cells and each not in kept for each in labels) else []
