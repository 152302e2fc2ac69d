"""The process that sets a document: typst, with a template of ours, some data, and nothing else.

It is this program again, started by ``typesetting`` with a hidden command. What is to be set comes in on the
standard input as JSON; on the standard output goes a line of JSON, then the bytes it announces. Whatever
happens in there, an endless layout, a crash, gigabytes of memory, ends with the process.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from desktop_app.exchange.documents import fonts as typefaces
from desktop_app.exchange.documents.shown_words import HIDDEN, shown_words
from desktop_app.runtime.process_limits import limit_this_process

_GB = 1 << 30
MEMORY = 4 * _GB
"""Bytes of address space; the largest part of a report takes a quarter of it."""
CPU_SECONDS = 240

REPLACEMENT = "\ufffd"
"""Stands where no typeface has a character."""
_PIECES = re.compile(f"{REPLACEMENT}{{1,8}}|[^{REPLACEMENT}]+")
_NO_CHARACTER = "\U0010fffd"
"""Private use, and at the very end of it: what no typeface has."""

_PROBE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#let asked = json(bytes(sys.inputs.asked))
#set text(font: asked.fonts)
#for sign in asked.signs { page(text(sign)) }
"""
_GLYPH = re.compile(rb'href="#(\w+)"')


def main() -> int:
    """Set what the standard input asks for; 0 when something was reported."""
    limit_this_process(MEMORY, CPU_SECONDS)
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as said:
        told, products = answer(given.read())
        said.write(json.dumps({**told, "sizes": [len(product) for product in products]}).encode() + b"\n")
        for product in products:
            said.write(product)
    return 0


def answer(request: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What is to be said (``missing``, ``pages``, ``notes``, or ``failed``), and what was set.

    Nothing is raised.
    """
    try:
        asked = json.loads(request)
        return _typeset(asked["content"], asked["piece"], asked["product"], Path(asked["template"]))
    except MemoryError:
        return {"failed": "memory"}, []
    except Exception as error:  # noqa: BLE001 - the edge of the process: whatever typst stumbles over
        return {"failed": type(error).__name__}, []


def _typeset(
    content: dict[str, Any], piece: dict[str, int], product: str, template: Path
) -> tuple[dict[str, Any], list[bytes]]:
    import typst

    chosen, named, missing = _typefaces(content, typst)
    if missing:
        content = _without(
            content, re.compile("|".join(map(re.escape, sorted(missing, key=len, reverse=True))))
        )
    compiler = typst.Compiler(
        template,
        root=template.parent,
        font_paths=chosen,
        sys_inputs={
            "content": json.dumps(content),
            "fonts": json.dumps(named),
            "piece": json.dumps(piece),
        },
    )
    end = json.loads(compiler.query("<end>", field="value", one=True))
    told = {**end, "missing": missing}
    if product == "pictures":
        made = compiler.compile(format="svg")
        return told, _as_list(made)
    if product == "pdf":
        verdict, pdf = _pdf(compiler, typst)
        return told | verdict, [pdf]
    return told, []


def _pdf(compiler: Any, typst: Any) -> tuple[dict[str, Any], bytes]:
    """The accessible PDF; an ordinary tagged one when typst finds that a rule of PDF/UA is not kept."""
    try:
        return {"accessible": True}, compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        # Why is not told: typst quotes the text it is about.
        return {"accessible": False}, compiler.compile(format="pdf")


def _typefaces(content: dict[str, Any], typst: Any) -> tuple[Any, dict[str, list[str]], list[str]]:
    """The typefaces to choose from, those named for the text, and what none of them has."""
    words = list(shown_words(content))
    signs = typefaces.clusters(words)
    own = typst.Fonts(include_system_fonts=False)
    own_only = {"text": [typefaces.TEXT], "code": [typefaces.CODE]}
    if not _unknown(typst, own, own_only["text"], signs, fallback=False):
        return own, own_only, []
    every = typst.Fonts()
    at_hand = set(every.families())
    named = typefaces.families("".join(signs), content["lang"], at_hand)
    return (
        every,
        {"text": named, "code": [typefaces.CODE]},
        _unknown(typst, every, named, signs, fallback=True),
    )


def _unknown(typst: Any, chosen: Any, named: list[str], signs: list[str], *, fallback: bool) -> list[str]:
    """The signs that no typeface has: drawn, they are the very same box as what no typeface has at all."""
    head = b"" if fallback else b"#set text(fallback: false)\n"
    drawn = _draw(typst, head, chosen, named, [_NO_CHARACTER, "".join(signs)])
    if not _glyphs(drawn[0]) & _glyphs(drawn[1]):
        return []
    box, *each = (_glyphs(page) for page in _draw(typst, head, chosen, named, [_NO_CHARACTER, *signs]))
    return [sign for sign, glyphs in zip(signs, each, strict=True) if glyphs & box]


def _draw(typst: Any, head: bytes, chosen: Any, named: list[str], signs: list[str]) -> list[bytes]:
    asked = json.dumps({"fonts": named, "signs": signs})
    made = typst.compile(head + _PROBE, font_paths=chosen, format="svg", sys_inputs={"asked": asked})
    return _as_list(made)


def _as_list(made: bytes | list[bytes] | None) -> list[bytes]:
    if made is None:
        return []
    return made if isinstance(made, list) else [made]


def _glyphs(page: bytes) -> set[bytes]:
    return set(_GLYPH.findall(page))


def _without(plain: Any, missing: re.Pattern[str]) -> Any:
    """The data with a sign of replacement for what is missing; lines can be broken between such signs."""
    if isinstance(plain, str):
        return missing.sub(REPLACEMENT, plain)
    if isinstance(plain, dict):
        return {
            key: value
            if key in HIDDEN
            else _pieces(value, missing)
            if key == "words"
            else _without(value, missing)
            for key, value in plain.items()
        }
    if isinstance(plain, list):
        return [_without(value, missing) for value in plain]
    return plain


def _pieces(words: list[str] | str | dict[str, Any] | None, missing: re.Pattern[str]) -> Any:
    """Words in pieces between which a line may be broken. Elsewhere the key stands for other things."""
    if not isinstance(words, list):
        return _without(words, missing)
    return [piece for each in words for piece in _PIECES.findall(missing.sub(REPLACEMENT, each)) or [""]]
