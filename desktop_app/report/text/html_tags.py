"""What the reader of pasted HTML must know about tags: which are blocks, and which close which."""

from __future__ import annotations


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


LISTS = _tags("ul ol menu dir")
#: Tags that begin and end a line.
BLOCKS = LISTS | _tags(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav option p pre search"
    " section select summary table tbody td textarea tfoot th thead tr"
)
HEADINGS = _tags("h1 h2 h3 h4 h5 h6")
#: Tags without an end.
VOID = _tags("area base br col embed hr img input link meta param source track wbr")
#: Elements whose characters no browser shows.
DROPPED = _tags("script style title template noscript")

#: An end tag does not reach beyond the cell it stands in.
TABLE_SCOPE = _tags("table td th")
_TABLE_PARTS = _tags("tbody thead tfoot tr td th")

#: Opening the key closes an open tag of the first set, unless one of the second stands between.
CLOSED_BY_OPENING: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (_tags("li"), LISTS | TABLE_SCOPE),
    "td": (_tags("td th"), _tags("table tr")),
    "th": (_tags("td th"), _tags("table tr")),
    "tr": (_tags("tr"), _tags("table")),
    "dt": (_tags("dt dd"), TABLE_SCOPE | {"dl"}),
    "dd": (_tags("dt dd"), TABLE_SCOPE | {"dl"}),
    "option": (_tags("option"), _tags("select")),
}


def barrier_of_end(tag: str) -> frozenset[str]:
    """The tags beyond which the end tag ``tag`` finds nothing to close."""
    if tag == "table":
        return frozenset()
    if tag in _TABLE_PARTS:
        return frozenset(("table",))
    return TABLE_SCOPE | LISTS if tag == "li" else TABLE_SCOPE
