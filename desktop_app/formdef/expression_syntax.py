"""From the source of a rule to a checked syntax tree, or a sentence that says what is wrong where.

Rules come from form folders that anybody may have written, so the source is read by allow-lists:
first its characters, then its length and depth. Which names, functions and kinds of expression are
allowed is checked where the tree is turned into a rule (``expression_reading``).
"""

from __future__ import annotations

import ast
import re

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

MAX_LENGTH = 2000
"""Characters."""

MAX_DEPTH = 32
"""Levels of brackets, operators and calls within each other."""

# Python's own tokenizer warns about odd numbers and backslashes; here they are mistakes.
_TOKEN = re.compile(
    r"""[ ]+ | '[^'\\\0]*' | "[^"\\\0]*" | [0-9]+(?:\.[0-9]+)?(?![\w.]) | [A-Za-z_][A-Za-z0-9_]*(?![\w'"])
    | == | != | <= | >= | [-+<>()\[\],]""",
    re.VERBOSE,
)


class ExpressionError(DeskError):
    """A rule that cannot be used. ``position`` is the character it is about, from 1; 0 for the whole."""

    def __init__(self, sentence: str, position: int = 0) -> None:
        """``sentence`` says what is wrong and what to write instead."""
        self.position = position
        if position:
            sentence = _("At character {position}: {sentence}").format(position=position, sentence=sentence)
        super().__init__(sentence)


def read_tree(source: str) -> ast.expr:
    """The syntax tree of a rule. ExpressionError when it cannot be read or goes beyond the limits."""
    if len(source) > MAX_LENGTH:
        raise ExpressionError(
            _("The rule is longer than {limit} characters. Write shorter ones.").format(limit=MAX_LENGTH)
        )
    line = re.sub(r"\s", " ", source)
    if not line.strip():
        raise ExpressionError(_("The rule is empty. Write a condition, such as answered(description)."))
    _check_characters(line)
    # Leading spaces would be an indented block to Python.
    start = len(line) - len(line.lstrip())
    try:
        tree = ast.parse(line[start:], mode="eval").body
    except SyntaxError as error:
        raise ExpressionError(
            _("the rule cannot be read here. Look for a missing bracket, comma or operator."),
            start + error.offset if error.offset else len(line.rstrip()),
        ) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(_("The rule cannot be read. Write it in a simpler way.")) from error
    _check_depth(tree)
    return tree


def position_of(node: ast.expr, source: str) -> int:
    """The character of ``source`` where ``node`` begins, from 1."""
    line = source.lstrip().encode("utf-8", "surrogatepass")
    before = line[: node.col_offset].decode("utf-8", "ignore")
    return len(source) - len(source.lstrip()) + len(before) + 1


def _check_characters(line: str) -> None:
    at = 0
    while at < len(line):
        token = _TOKEN.match(line, at)
        if token is None:
            raise ExpressionError(_advice(line[at], line[at + 1 : at + 2]), at + 1)
        at = token.end()


def _advice(character: str, following: str) -> str:
    if character == "=":
        return _("write == to compare two values.")
    if character in "&|!":
        return _("write the words and, or, not.")
    if character in "'\"":
        return _("this text in quotes does not end, or holds a backslash.")
    if character.isdigit():
        return _("write numbers such as 10 or 2.5.")
    if character == ".":
        return _("a point has no meaning here. Write answer('section.field') for an answer in another place.")
    if following and character.isidentifier():
        return _("names have only the letters a to z, digits and _, and nothing in quotes follows directly.")
    printed = character if character.isprintable() else f"U+{ord(character):04X}"
    return _("“{character}” has no meaning in a rule.").format(character=printed)


def _check_depth(tree: ast.expr) -> None:
    level: list[ast.AST] = [tree]
    for _depth in range(MAX_DEPTH):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise ExpressionError(_("The rule is nested too deeply. Write several simpler rules."))
