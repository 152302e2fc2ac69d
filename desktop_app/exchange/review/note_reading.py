"""Notes and threaded comments of a sheet, each from its own part. Used in the limited process only.

Notes are ECMA-376 part 1, 18.7; threaded comments are [MS-XLSX] 2.1.16 and 2.6.203. Excel keeps a note
for programs that know no threads ("[Threaded comment] Your version of Excel ..."); LibreOffice saves
only that note, so its words are taken apart where the thread itself is gone. Google Sheets makes a note of
a whole thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from desktop_app.exchange.review.characters import shown, text_of
from desktop_app.exchange.review.xml_reading import Element

_PLACEHOLDER_AUTHOR = "tc="
_PLACEHOLDER_ADDRESS = re.compile(r"https?://go\.microsoft\.com/fwlink/\?linkid=\d+\s*", re.IGNORECASE)
_COLONS = ":\uff1a"
_INDENT = "    "
_BROWSER_RULE = "------"
_BROWSER_COMMENT = re.compile(
    r"^ID#[\w-]+ *\n(.*?) *\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\) *\n", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note or comment as it stands in the file.

    ``at``: when, in ISO format, empty for notes, which do not say; ``thread_of``: the id of the comment
    that it answers, empty for the first of a thread.
    """

    place: str
    id: str
    author: str
    words: str
    at: str = ""
    thread_of: str = ""
    resolved: bool = False

    def plain(self) -> dict[str, str | bool]:
        """As JSON."""
        return asdict(self)


def persons(part: Element) -> dict[str, str]:
    """Names by the ids that threaded comments use."""
    return {each.get("id").upper(): shown(each.get("displayName")) for each in part.all("person")}


def threaded(part: Element, names: Mapping[str, str]) -> list[Note]:
    """The threaded comments of a sheet; a thread is resolved when its first comment says so."""
    done = {each.get("id"): each.get("done") in ("1", "true") for each in part.all("threadedComment")}
    found = []
    for each in part.all("threadedComment"):
        parent = each.get("parentId")
        text = each.first("text")
        found.append(
            Note(
                place=each.get("ref").partition(":")[0],
                id=each.get("id"),
                author=names.get(each.get("personId").upper(), ""),
                words=shown(text.text if text is not None else "").strip(),
                at=each.get("dT"),
                thread_of=parent,
                resolved=done.get(parent or each.get("id"), False),
            )
        )
    return [note for note in found if note.words]


def notes(part: Element, with_thread: frozenset[str]) -> Iterator[Note]:
    """The notes of a sheet, without those that stand in for a thread that is there itself."""
    authors = [shown(each.text).strip() for each in part.all("author")]
    for each in part.all("comment"):
        place = each.get("ref").partition(":")[0]
        number = each.get("authorId", "0")
        author = authors[int(number)] if number.isdecimal() and int(number[:6]) < len(authors) else ""
        text = each.first("text")
        words = (text_of(text) if text is not None else "").strip()
        is_placeholder = author.startswith(_PLACEHOLDER_AUTHOR) or bool(
            words.startswith("[") and _PLACEHOLDER_ADDRESS.search(words)
        )
        if is_placeholder:
            if place not in with_thread:
                yield from _of_placeholder(place, words)
        elif found := _of_browser(place, words):
            yield from found
        elif words:
            yield Note(place, place, author, _without_author(words, author))


def _without_author(words: str, author: str) -> str:
    """Excel begins a note with its author's name, a colon and a new line."""
    first, _feed, rest = words.partition("\n")
    if author and first.strip().rstrip(_COLONS).strip() == author and rest.strip():
        return rest.strip()
    return words


def _of_browser(place: str, words: str) -> list[Note]:
    """The comments of a thread of Google Sheets in the one note that its download makes of them.

    Each stands behind a line with its id and one with its author and moment; none where it is no such note.
    """
    found: list[Note] = []
    first, *rest = _BROWSER_COMMENT.split(words)
    if first.strip(" =\n"):
        return []
    for number, (author, day, time, said) in enumerate(zip(*[iter(rest)] * 4, strict=False), start=1):
        text = said.strip().removesuffix(_BROWSER_RULE).strip()
        if text:
            thread = f"{place}#1" if number > 1 else ""
            found.append(Note(place, f"{place}#{number}", author, text, f"{day}T{time}", thread))
    return found


def _of_placeholder(place: str, words: str) -> Iterator[Note]:
    """The comments of a thread in the note that stands for it; who wrote them is not in it."""
    found = _PLACEHOLDER_ADDRESS.search(words)
    lines = (words[found.end() :] if found else words).split("\n")
    comments: list[list[str]] = []
    for line in lines:
        if line.startswith(_INDENT) and comments:
            comments[-1].append(line[len(_INDENT) :])
        elif line.rstrip().endswith(tuple(_COLONS)):
            comments.append([])
        elif comments and line.strip():
            comments[-1].append(line)
        elif line.strip():
            comments.append([line])
    for number, comment in enumerate(comments, start=1):
        text = "\n".join(comment).strip()
        if text:
            first = f"{place}#1"
            yield Note(
                place, f"{place}#{number}", "", text, thread_of=first if number > 1 else "", resolved=False
            )
