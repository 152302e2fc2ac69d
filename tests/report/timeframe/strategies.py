"""Any reading that can be written, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from desktop_app.report.timeframe import Edtf, Unit

QUALIFIERS = st.sampled_from(["", "~", "?", "%"])
YEARS = st.integers(1, 9999)


def whole_years() -> st.SearchStrategy[Unit]:
    return st.builds(Unit, YEARS, qualifier=QUALIFIERS)


def months() -> st.SearchStrategy[Unit]:
    return st.builds(Unit, YEARS, st.integers(1, 12), qualifier=QUALIFIERS)


def seasons() -> st.SearchStrategy[Unit]:
    return st.builds(Unit, YEARS, st.integers(21, 24))


def days() -> st.SearchStrategy[Unit]:
    return st.builds(
        lambda day, qualifier: Unit(day.year, day.month, day.day, qualifier), st.dates(), QUALIFIERS
    )


def groups() -> st.SearchStrategy[Unit]:
    return st.builds(Unit, YEARS, st.sampled_from([33, 34, 35, 36, 40, 41]))


def intervals() -> st.SearchStrategy[Edtf]:
    ends = st.none() | whole_years() | months() | seasons() | days()
    return st.tuples(ends, ends).filter(possible).map(lambda pair: Edtf(*pair))


def possible(ends: tuple[Unit | None, Unit | None]) -> bool:
    start, end = ends
    if start is None or end is None:
        return start is not end
    return start.first_day() <= end.last_day()


def readings() -> st.SearchStrategy[Edtf]:
    units = whole_years() | months() | seasons() | days() | groups()
    return units.map(Edtf.of) | intervals()
