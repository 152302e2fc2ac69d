"""XML from outside, read as a stream by expat. Used in the limited process only.

No document type, so no entities and nothing from elsewhere; nesting, number of elements and length of
texts are limited; names lose their prefix. Memory follows from what is kept, not from what is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from desktop_app.exchange.review.allowance import Budget
from desktop_app.exchange.review.reasons import Reason, UnreadableError

MAX_DEPTH = 100
MAX_TREE_DEPTH = 40
"""Of a part that is kept as a tree; those of Excel have some ten levels."""
MAX_ELEMENTS = 150_000
"""Of a part that is kept as a tree; the sheets are not."""
MAX_TEXT = 20_000_000
MAX_WORDS = 1_000_000
"""Characters of one element; a cell of Excel holds 32,767."""

Start = Callable[[str, dict[str, str]], None]


class StopReading(Exception):
    """Raised by a handler that has seen enough."""


def parse(
    pieces: Iterable[bytes], part: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]
) -> None:
    """Read a part and call the handlers, names with their prefixes. UnreadableError."""
    for _piece in parsed(pieces, part, start, end, text):
        pass


def parsed(
    pieces: Iterable[bytes], part: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]
) -> Iterator[None]:
    """As ``parse``, with a step after each piece, so that what was found in it can be taken."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text

    def refuse(*_details: object) -> NoReturn:
        raise UnreadableError(Reason.DOCTYPE, part)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    waiting = iter(pieces)
    try:
        for piece in waiting:
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
    except StopReading:
        # The rest is unpacked all the same: its checksum says whether the part is whole.
        for _rest in waiting:
            pass
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnreadableError(Reason.DAMAGED, part) from error
    yield


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


@dataclass(slots=True)
class Element:
    """An element of a small part: names and attributes without prefixes."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def all(self, name: str) -> Iterator[Element]:
        """The elements of that name below this one, in order."""
        waiting = self.children[::-1]
        while waiting:
            element = waiting.pop()
            if element.name == name:
                yield element
            if element.children:
                waiting.extend(reversed(element.children))

    def first(self, name: str) -> Element | None:
        """The first of them."""
        return next(self.all(name), None)


def tree(pieces: Iterable[bytes], part: str, budget: Budget) -> Element:
    """A small part as a tree; an element counts twice in the ``budget``, as it is kept. UnreadableError."""
    root = Element("", {})
    open_elements = [root]
    counted = [0, 0]

    def start(name: str, attributes: dict[str, str]) -> None:
        counted[0] += 1
        budget.marks -= 2 + len(attributes)
        too_much = counted[0] > MAX_ELEMENTS or budget.marks < 0
        if too_much or len(open_elements) > MAX_TREE_DEPTH:
            raise UnreadableError(Reason.TOO_MUCH, part)
        element = Element(local(name), {local(key): value for key, value in attributes.items()})
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_name: str) -> None:
        open_elements.pop()

    def text(words: str) -> None:
        counted[1] += len(words)
        element = open_elements[-1]
        element.text += words
        if counted[1] > MAX_TEXT or len(element.text) > MAX_WORDS:
            raise UnreadableError(Reason.TOO_MUCH, part)

    parse(pieces, part, start, end, text)
    return root
