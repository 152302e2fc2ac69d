"""The text files of a form, ``text.<language>.toml``: read, and held against what the form needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from desktop_app.formdef.mistakes import KeyPath, Mistakes
from desktop_app.formdef.reading.files import FormFolder
from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.reading.wanted_texts import PARTS, WantedTexts
from desktop_app.formdef.suggestions import shown
from desktop_app.formdef.texts import FormTexts, Key
from desktop_app.runtime.i18n import _

_FORM = "form"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = ("number", "title")


def text_file(language: str) -> str:
    """The name of the file with the words in ``language``."""
    return f"text.{language}.toml"


def read_texts(folder: FormFolder, languages: tuple[str, ...], mistakes: Mistakes) -> FormTexts:
    """The words in all languages of the form; the first is the official one.

    What is wrong is left out, and so is a language whose file cannot be read.
    """
    by_language = {}
    for language in languages:
        content = folder.toml(text_file(language))
        if content is not None:
            by_language[language] = _read_language(content, KeyPath(text_file(language)), mistakes)
    return FormTexts(languages[0], by_language)


def report_unlisted(folder: FormFolder, languages: tuple[str, ...], mistakes: Mistakes) -> None:
    """Report text files of languages that the form does not name."""
    for language in folder.languages():
        if language not in languages:
            sentence = _("The form does not name the language “{tag}”. Add it, or remove the file.")
            mistakes.warning(KeyPath(text_file(language)), sentence.format(tag=shown(language)))


def _read_language(content: Mapping[str, Any], top: KeyPath, mistakes: Mistakes) -> dict[Key, str]:
    words: dict[Key, str] = {}
    table = Table(content, top, mistakes)
    for kind in content:
        if kind == _FORM:
            _read_parts(kind, "", table.table(kind), words)
        else:
            for code, parts in table.named(kind).items():
                _read_parts(kind, code, parts, words)
    return words


def _read_parts(kind: str, code: str, table: Table, words: dict[Key, str]) -> None:
    for part, value in table.content.items():
        if isinstance(value, dict):
            sentence = _('A code with points stands in quotes, such as [{kind}."{code}"].')
            table.error(part, sentence.format(kind=kind, code=f"{code}.{part}" if code else part))
            continue
        found = table.text(part)
        if found is not None:
            words[kind, code, part] = found


def report_missing(texts: FormTexts, wanted: WantedTexts, mistakes: Mistakes) -> None:
    """Report the words the form needs and does not have."""
    for language, words in texts.by_language.items():
        _check_missing(words, wanted, KeyPath(text_file(language)), language == texts.official, mistakes)


def report_unknown(texts: FormTexts, wanted: WantedTexts, mistakes: Mistakes) -> None:
    """Report words for what the form does not have, and patterns that are never filled in."""
    for language, words in texts.by_language.items():
        top = KeyPath(text_file(language))
        for key, text in words.items():
            sentence = _unknown(key, wanted, mistakes)
            if sentence is not None:
                mistakes.warning(_place(top, key), sentence)
            elif key[0] == "kind":
                _check_pattern(text, _place(top, key), mistakes)


def _check_missing(
    words: Mapping[Key, str], wanted: WantedTexts, top: KeyPath, is_official: bool, mistakes: Mistakes
) -> None:
    for keys in wanted.required:
        if any(words.get(key, "").strip() for key in keys):
            continue
        where = _place(top, keys[0])
        if mistakes.is_told(where):
            continue
        if is_official:
            table = _place(top, (*keys[0][:2], "")).path
            sentence = _('The words are missing. Write [{table}] and below it {part} = "...".')
            mistakes.error(where, sentence.format(table=table, part=keys[0][2]))
        else:
            mistakes.warning(where, _("The translation is missing; the official words will be shown."))


def _place(top: KeyPath, key: Key) -> KeyPath:
    for part in filter(None, key):
        top = top.key(part)
    return top


def _unknown(key: Key, wanted: WantedTexts, mistakes: Mistakes) -> str | None:
    """Why the form has no use for these words; None when it has."""
    kind, code, part = key
    if kind not in PARTS:
        return _("The form has no texts of the kind “{kind}”.").format(kind=shown(kind)) + mistakes.hint(
            kind, PARTS, always=True
        )
    codes = wanted.codes[kind]
    if code not in codes:
        return _("The form has no {kind} “{code}”.").format(kind=kind, code=shown(code)) + mistakes.hint(
            code, codes
        )
    parts = wanted.choices[code] if kind == "choice" else PARTS[kind]
    if part not in parts:
        sentence = _("“{part}” is not used here.").format(part=shown(part))
        return sentence + mistakes.hint(part, parts, always=True)
    return None


def _check_pattern(text: str, where: KeyPath, mistakes: Mistakes) -> None:
    for name in _PLACEHOLDER.findall(text):
        if name not in _PLACEHOLDERS:
            sentence = _("“{name}” in curly brackets is not filled in. Write {{number}} or {{title}}.")
            mistakes.warning(where, sentence.format(name=shown(name)))
