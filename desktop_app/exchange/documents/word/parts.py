"""What the parts of a Word file know of each other: links by id, lists by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_app.exchange.documents.word.runs import attribute

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
BULLETED, NUMBERED = 1, 2
"""The two kinds of lists there are, by their numbers in the part for numbering."""


@dataclass
class Links:
    """The addresses a part leads to, each once."""

    _ids: dict[str, str] = field(default_factory=dict)

    def id_of(self, address: str) -> str:
        """The id of the relationship to ``address``."""
        return self._ids.setdefault(address, f"rLink{len(self._ids) + 1}")

    def relationships(self) -> Iterator[str]:
        """An element for each address."""
        for address, found in self._ids.items():
            yield (
                f'<Relationship Id="{found}" Type="{_HYPERLINK}" Target="{attribute(address)}" '
                'TargetMode="External"/>'
            )


@dataclass
class Numbering:
    """Lists by number: all with bullets share one, each numbered one has its own to begin at 1."""

    bullets: int = 1
    _levels: list[int] = field(default_factory=list)

    def ordered(self, level: int) -> int:
        """The number of a new numbered list, whose items stand at ``level``."""
        self._levels.append(level)
        return self.bullets + len(self._levels)

    def instances(self) -> Iterator[str]:
        """An element ``w:num`` for each list."""
        yield f'<w:num w:numId="{self.bullets}"><w:abstractNumId w:val="{BULLETED}"/></w:num>'
        for number, level in enumerate(self._levels, start=self.bullets + 1):
            yield (
                f'<w:num w:numId="{number}"><w:abstractNumId w:val="{NUMBERED}"/>'
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
