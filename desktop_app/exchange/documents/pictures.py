"""What each page of a document looks like: pictures (SVG) made when they are asked for.

They are the very pages of the PDF. A long document is cut where a page begins anyway, and of each piece the
pictures are made at once; they are kept packed, in memory alone.
"""

from __future__ import annotations

import bisect
import threading
import zlib
from collections.abc import Sequence

from desktop_app.exchange.documents.pages import LIMITS, Limits, contents, pieces, sign_off_content
from desktop_app.exchange.documents.pdf import laid_out, notices
from desktop_app.exchange.documents.plan import DocumentPlan
from desktop_app.exchange.documents.typesetting import Place, Typeset, typeset
from desktop_app.exchange.documents.typst_content import Plain


class PagePictures:
    """The pages of one document, for threads beside the window: making them takes its time."""

    def __init__(self, plan: DocumentPlan, *, sign_off: bool = False, limits: Limits = LIMITS) -> None:
        """Nothing is made yet. ``sign_off``: of the page to sign instead of the document."""
        self._plan = plan
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._pieces: Sequence[Plain] = []
        self._places: list[Place] = []
        self._made: dict[int, list[bytes]] = {}
        self._told: list[Typeset] = []
        self._sign_off, self._limits = sign_off, limits
        self.pages = 0
        """How many there are, once ``measure`` has said so."""

    def stop(self) -> None:
        """They are no longer wanted: what is under way ends soon. From any thread."""
        self._stop.set()

    def measure(self) -> int:
        """How many pages there are. TypesettingError; NotWantedError after ``stop``."""
        parts = [sign_off_content(self._plan)] if self._sign_off else contents(self._plan, self._limits)
        whole = [piece for part in parts for piece in pieces(part, self._limits)]
        self._pieces, self._places = laid_out(whole, self._stop)
        if len(self._pieces) == 1:
            self.pages = len(self._piece(0))
        else:
            self.pages = self._places[0].pages
        return self.pages

    def picture(self, number: int) -> bytes:
        """Page ``number``, from 1, as SVG. Errors as those of ``measure``."""
        firsts = [place.first for place in self._places]
        at = bisect.bisect_right(firsts, number) - 1
        return zlib.decompress(self._piece(at)[number - firsts[at]])

    def notices(self) -> tuple[str, ...]:
        """What is to be said of the pages made so far."""
        return notices(self._plan, self._told)

    def _piece(self, at: int) -> list[bytes]:
        with self._lock:
            if at not in self._made:
                made = typeset(self._pieces[at], self._places[at], "pictures", stop=self._stop)
                self._told.append(made)
                self._made[at] = [zlib.compress(page, 1) for page in made.products]
            return self._made[at]
