"""The timeframe of an action: the country's own words, and beside them what they may mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.report.timeframe.edtf import Edtf, parse
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class Timeframe:
    """The words verbatim, an optional reading in EDTF, and whether the user confirmed it.

    Confirmed without a reading means that the user agrees there is none ("on an ongoing basis").
    The reading is kept in canonical notation; one that cannot be understood raises EdtfError,
    which is a ValueError.
    """

    text: str
    edtf: str | None = None
    confirmed: bool = False

    def __post_init__(self) -> None:
        if self.edtf is not None:
            object.__setattr__(self, "edtf", str(parse(self.edtf)))

    @classmethod
    def read(cls, text: str, languages: Sequence[str] = ("en",)) -> Timeframe:
        """The words with the reading suggested for them, if any, not yet confirmed."""
        from desktop_app.report.timeframe.reading import suggest

        return cls(text, suggest(text, languages))

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> Timeframe:
        """The timeframe in ``{"text": str, "edtf": str or null, "confirmed": bool}``; other keys are ignored.

        ``edtf`` and ``confirmed`` may be missing. Raises ValueError with a translated sentence.
        """
        text, edtf, confirmed = plain.get("text"), plain.get("edtf"), plain.get("confirmed", False)
        if not isinstance(text, str):
            raise ValueError(_("A timeframe needs its words as “text”."))
        if edtf is not None and not isinstance(edtf, str):
            raise ValueError(
                _("The reading “edtf” of the timeframe “{text}” must be text or null.").format(text=text)
            )
        if not isinstance(confirmed, bool):
            raise ValueError(
                _("“confirmed” of the timeframe “{text}” must be true or false.").format(text=text)
            )
        return cls(text, edtf, confirmed)

    def to_plain(self) -> dict[str, str | bool | None]:
        """The shape that ``from_plain`` reads, as in a report's data."""
        return {"text": self.text, "edtf": self.edtf, "confirmed": self.confirmed}

    @property
    def reading(self) -> Edtf | None:
        """The reading, taken apart."""
        return None if self.edtf is None else parse(self.edtf)

    def bounds(self) -> tuple[date | None, date | None]:
        """First and last day of the reading, for rules; None for an open end, both without a reading."""
        reading = self.reading
        return reading.bounds() if reading is not None else (None, None)
