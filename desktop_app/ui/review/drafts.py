"""Words of comments and answers that are written and not sent yet; they outlive the boxes they stand in."""

from __future__ import annotations

_NEW = "new:"


class Drafts:
    """By the id of the thread they answer, or by the place a new comment is about."""

    def __init__(self) -> None:
        """None yet."""
        self._words: dict[str, str] = {}
        self._places: dict[str, str] = {}

    def keep(self, key: str, about: str, words: str) -> None:
        """Keep ``words``, which belong to the place ``about``; blank ones are no draft."""
        if words.strip():
            self._words[key], self._places[key] = words, about
        else:
            self.drop(key)

    def drop(self, key: str) -> None:
        """The words are sent, or not wanted any more."""
        self._words.pop(key, None)
        self._places.pop(key, None)

    def words(self, key: str) -> str:
        """What is written so far."""
        return self._words.get(key, "")

    def first(self) -> tuple[str, str] | None:
        """A key with unsent words and the place they are about; None when there are none."""
        return next(iter(self._places.items()), None)


def new_key(about: str) -> str:
    """The key of a new comment on the place ``about``."""
    return f"{_NEW}{about}"


def is_new(key: str) -> bool:
    """Whether it is the key of a new comment, and not of an answer."""
    return key.startswith(_NEW)
