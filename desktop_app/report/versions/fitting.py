"""Whether an answer fits the question it comes to, and in what words the rest is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Field, FieldType, Form, Section
from desktop_app.report.text import markup
from desktop_app.report.text.model import Text
from desktop_app.report.value_words import reading_words, value_words
from desktop_app.report.values import Attachment, Plain, Value, read_value
from desktop_app.report.versions.lineage import Moves
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one version of the form has it."""

    form: Form
    section: Section
    question: Field

    @property
    def options(self) -> tuple[str, ...]:
        """The codes it may be answered with."""
        return self.form.options(self.section, self.question)


@dataclass(frozen=True, slots=True)
class Fitted:
    """``plain`` goes to the question, None for nothing; ``rest`` are the words that do not, and why."""

    plain: Plain
    rest: Text | None = None
    reason: str = ""


OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.SCALE})
"""The types that are answered with codes of a list."""


def fit(plain: Plain, old: Asked | None, new: Asked, moves: Moves, language: str) -> Fitted:
    """Bring an answer in JSON from the question ``old``, None when that is not known, to ``new``."""
    new_type = new.question.type
    if old is not None and old.question.type is not new_type:
        plain_of_type = _converted(plain, old, new_type, language)
    else:
        plain_of_type = plain if can_be_read(plain, new_type) else None
    if plain_of_type is None:
        words = words_of(plain, old, language)
        if words.is_empty:
            return Fitted(None)
        return Fitted(None, words, _("it does not fit the kind of the question"))
    if new_type in OPTIONS:
        return _fit_options(plain_of_type, old, new, moves, language)
    return Fitted(plain_of_type)


def moved_codes(plain: Plain, new: Asked, moves: Moves) -> Plain:
    """The answer with the codes its options have now; what is no option is left as it is."""
    if new.question.type not in OPTIONS or not can_be_read(plain, new.question.type):
        return plain
    if isinstance(plain, str):
        return _moved_option(plain, new, moves)
    return list(dict.fromkeys(_moved_option(code, new, moves) for code in plain))


def _fit_options(plain: Plain, old: Asked | None, new: Asked, moves: Moves, language: str) -> Fitted:
    codes = [plain] if isinstance(plain, str) else list(plain)
    kept, gone = [], []
    for code in codes:
        moved = _moved_option(code, old or new, moves)
        # What was no option before is not gone: the checks say that it never was one.
        if moved in new.options or (old is not None and code not in old.options):
            kept.append(moved)
        else:
            gone.append(code)
    kept = list(dict.fromkeys(kept))
    if not gone:
        return Fitted(kept if new.question.type is FieldType.CHOICES else kept[0])
    left = kept if new.question.type is FieldType.CHOICES and kept else None
    named = Text.plain(", ".join(_option_words(code, old, language) for code in gone))
    if old is None and not kept:
        # It need not have been an option at all.
        named = words_of(plain, None, language)
    return Fitted(left, named, _("this option is no longer offered"))


def _moved_option(code: str, asked: Asked, moves: Moves) -> str:
    choices = asked.question.choices or ""
    return moves.goal(code) if choices == GOALS_CODE else moves.choice(choices, code)


def _option_words(code: str, old: Asked | None, language: str) -> str:
    if old is None:
        return code
    labels = Labels(old.form, language)
    if old.question.choices == GOALS_CODE and code in old.options:
        return f"{labels.goal_short(code)}: {labels.goal(code)}"
    return labels.choice(old.question, code) if code in old.options else code


def can_be_read(plain: Plain, field_type: FieldType) -> bool:
    """Whether this is an answer of that type, and not an empty one."""
    return _read(plain, field_type) is not None


def _read(plain: Plain, field_type: FieldType) -> Value | None:
    try:
        return read_value(field_type, plain)
    except (ValueError, DeskError):
        return None


def _converted(plain: Plain, old: Asked, new_type: FieldType, language: str) -> Plain:
    """The answer in JSON for another type of question; None when nobody could say what it would be there."""
    old_type = old.question.type
    value = _read(plain, old_type)
    if value is None:
        return None
    if new_type is FieldType.TEXT:
        # A file is not its name.
        return None if old_type is FieldType.ATTACHMENT else markup.write(words_of(plain, old, language))
    if {old_type, new_type} <= OPTIONS:
        codes = [plain] if isinstance(plain, str) else list(plain)
        if new_type is FieldType.CHOICES:
            return codes
        return codes[0] if len(codes) == 1 else None
    if new_type is FieldType.TIMEFRAME and isinstance(value, Text) and value.is_plain:
        return {"text": value.plain_text(), "edtf": None, "confirmed": False}
    return None


# Words


def words_of(plain: Plain, old: Asked | None, language: str) -> Text:
    """The answer for a person to read, whatever it is."""
    value = _read(plain, old.question.type) if old is not None else None
    if old is None or value is None:
        return _raw_words(plain)
    if isinstance(value, Text):
        return value
    if old.question.type in OPTIONS:
        codes = value if isinstance(value, tuple) else (str(value),)
        return Text.plain(", ".join(_option_words(code, old, language) for code in codes))
    if isinstance(value, Attachment):
        return Text.plain(f"{value.name} (SHA-256 {value.sha256})")
    return Text.plain(value_words(old.question, value, Labels(old.form, language)))


def _raw_words(plain: Plain) -> Text:
    """Words for an answer whose question nobody knows: its shape tells what it is."""
    if isinstance(plain, str):
        try:
            return markup.read(plain)
        except markup.MarkupError:
            return Text.plain(plain)
    return Text.plain(_flat_words(plain))


def _flat_words(plain: Plain) -> str:
    if isinstance(plain, bool):
        return _("Yes") if plain else _("No")
    if isinstance(plain, list):
        return ", ".join(_flat_words(each) for each in plain)
    if isinstance(plain, Mapping):
        for keys, words in _SHAPES.items():
            if keys <= plain.keys():
                return words(plain)
        return ", ".join(f"{key}: {_flat_words(each)}" for key, each in plain.items())
    return "" if plain is None else str(plain)


def _timeframe(plain: Mapping[str, Plain]) -> str:
    value = _read(plain, FieldType.TIMEFRAME)
    reading = plain.get("edtf")
    if value is None or not reading:
        return " ".join(_flat_words(each) for each in (plain["text"], reading) if each)
    return f"{plain['text']} ({reading_words(str(reading))})"


def _link(plain: Mapping[str, Plain]) -> str:
    label = _flat_words(plain.get("label"))
    return f"{label} ({_flat_words(plain['url'])})" if label else _flat_words(plain["url"])


def _file(plain: Mapping[str, Plain]) -> str:
    return f"{_flat_words(plain['name'])} (SHA-256 {_flat_words(plain['sha256'])})"


_SHAPES: dict[frozenset[str], Callable[[Mapping[str, Plain]], str]] = {
    frozenset({"text", "confirmed"}): _timeframe,
    frozenset({"url"}): _link,
    frozenset({"name", "sha256"}): _file,
}
