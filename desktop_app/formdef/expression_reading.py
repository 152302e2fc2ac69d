"""Reading the rules of a form: a small subset of Python's expressions, checked when the form is loaded.

Allowed are names, numbers, texts in quotes, True and False, comparisons (also chained), ``and``,
``or``, ``not``, ``in``, ``not in``, ``+`` and ``-`` on numbers, calls of the named functions, and
``answer('T1.goals')`` for an answer in another place. Everything else is a mistake of the form.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeGuard

from desktop_app.formdef.expression_functions import (
    FUNCTIONS,
    Function,
    Kind,
    Known,
    contains,
    equal,
    kind_of,
)
from desktop_app.formdef.expression_syntax import ExpressionError, position_of, read_tree
from desktop_app.formdef.expressions import Answer, Expression, Step
from desktop_app.formdef.suggestions import hint, shown
from desktop_app.runtime.i18n import _

ANSWER = "answer"
"""The function that looks up an answer by its path."""

_ORDER: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def parse(
    source: str, *, names: Collection[str], functions: Mapping[str, Function] = FUNCTIONS
) -> Expression:
    """Check and prepare a rule that may use ``names`` and ``functions``.

    Raises ExpressionError with one sentence: where, what is wrong, and what to write instead.
    """
    reader = _Reader(source, names, functions)
    step = reader.condition(read_tree(source))
    return Expression(
        source, frozenset(reader.names), frozenset(reader.answers), frozenset(reader.compared), step
    )


class _Text(ast.Constant):
    """A text in quotes, for the type checker."""

    value: str


class _Reader:
    """Turns a syntax tree into steps, and notes which names and answers they use."""

    def __init__(self, source: str, names: Collection[str], functions: Mapping[str, Function]) -> None:
        self._source = source
        self._known_names = names
        self._functions = functions
        self.names: set[str] = set()
        self.answers: set[str] = set()
        self.compared: set[tuple[str, str]] = set()

    def condition(self, node: ast.expr) -> Step:
        """The step of what stands where yes or no is expected."""
        match node:
            case ast.Constant(value=bool() | None) | ast.Name() | ast.Compare() | ast.BoolOp():
                return self._step(node)
            case ast.UnaryOp(op=ast.Not()):
                return self._step(node)
            case ast.Call(func=ast.Name(id=name)) if name == ANSWER or name not in self._functions:
                return self._step(node)
            case ast.Call(func=ast.Name(id=name)) if self._functions[name].condition:
                return self._step(node)
            case ast.Constant() | ast.BinOp() | ast.UnaryOp() | ast.Tuple() | ast.List() | ast.Call():
                raise self._error(
                    node,
                    _("a condition is missing. Compare with ==, <, > or in, such as list in ('a', 'b')."),
                )
        return self._step(node)

    def _step(self, node: ast.expr) -> Step:
        match node:
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.Constant(value=bool() | int() | float() | str() as value):
                return _constant(value)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                return _constant(tuple(self._literal(element) for element in elements))
            case ast.BoolOp(op=ast.And(), values=parts):
                return _all([self.condition(part) for part in parts])
            case ast.BoolOp(op=ast.Or(), values=parts):
                return _any([self.condition(part) for part in parts])
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return _not(self.condition(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _sum(_constant(0), self._number(operand), operator.sub)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _sum(self._number(left), self._number(right), operator.add)
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return _sum(self._number(left), self._number(right), operator.sub)
            case ast.Compare():
                return self._comparison(node)
            case ast.Call():
                return self._call(node)
            case ast.Constant(value=None):
                raise self._error(node, _("write not answered(field) for a missing answer."))
        raise self._error(node, _("this kind of expression is not allowed in a rule."))

    def _name(self, node: ast.expr, name: str) -> Step:
        if name not in self._known_names:
            raise self._error(
                node,
                _("there is no “{name}” here.").format(name=shown(name))
                + hint(name, self._known_names, always=True),
            )
        self.names.add(name)
        return lambda values, answer: values.get(name)

    def _literal(self, node: ast.expr) -> object:
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float):
            return node.value
        raise self._error(node, _("only texts in quotes and numbers can stand in a list."))

    def _number(self, node: ast.expr) -> Step:
        if isinstance(node, ast.Constant) and kind_of(node.value) is not Kind.NUMBER:
            raise self._error(node, _("only numbers can be added or subtracted."))
        return self._step(node)

    def _comparison(self, node: ast.Compare) -> Step:
        operands = [node.left, *node.comparators]
        for left, compared_by, right in zip(operands, node.ops, operands[1:], strict=False):
            self._check_comparison(left, compared_by, right)
        steps = [self._step(operand) for operand in operands]
        pairs = [
            self._compare(node, left, compared_by, right)
            for left, compared_by, right in zip(steps, node.ops, steps[1:], strict=False)
        ]
        return pairs[0] if len(pairs) == 1 else _all(pairs)

    def _check_comparison(self, left: ast.expr, compared_by: ast.cmpop, right: ast.expr) -> None:
        if isinstance(compared_by, ast.In | ast.NotIn):
            if isinstance(right, ast.Constant):
                raise self._error(right, _("a list is missing after in, such as ('a', 'b')."))
        else:
            for side in (left, right):
                if isinstance(side, ast.Tuple | ast.List):
                    raise self._error(side, _("a list can only stand after in."))
                if type(compared_by) in _ORDER and _is_text(side):
                    raise self._error(
                        side, _("texts have no order. Compare them with ==, or with in and a list of codes.")
                    )
        self._note(left, right)
        self._note(right, left)

    def _note(self, subject: ast.expr, other: ast.expr) -> None:
        """Remember which codes a name, answer or function is compared with."""
        literals = other.elts if isinstance(other, ast.Tuple | ast.List) else [other]
        codes = [part.value for part in literals if _is_text(part)]
        match subject:
            case ast.Name(id=name):
                self.compared.update((name, code) for code in codes)
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str() as path)]) if name == ANSWER:
                self.compared.update((path, code) for code in codes)
            case ast.Call(func=ast.Name(id=name)):
                self.compared.update((f"{name}()", code) for code in codes)

    def _compare(self, node: ast.Compare, left: Step, compared_by: ast.cmpop, right: Step) -> Step:
        match compared_by:
            case ast.Eq():
                return lambda values, answer: equal(left(values, answer), right(values, answer))
            case ast.NotEq():
                return _not(lambda values, answer: equal(left(values, answer), right(values, answer)))
            case ast.In():
                return lambda values, answer: contains(right(values, answer), left(values, answer))
            case ast.NotIn():
                return _not(lambda values, answer: contains(right(values, answer), left(values, answer)))
        if type(compared_by) in _ORDER:
            return _ordered(left, _ORDER[type(compared_by)], right)
        raise self._error(node, _("write == to compare two values."))

    def _call(self, node: ast.Call) -> Step:
        if not isinstance(node.func, ast.Name):
            raise self._error(node, _("only the functions of the rules can be called."))
        name = node.func.id
        if node.keywords:
            raise self._error(node, _("a function takes plain values, without names or =."))
        if name == ANSWER:
            return self._answer(node)
        function = self._functions.get(name)
        if function is None:
            known = [*self._functions, ANSWER]
            raise self._error(
                node,
                _("there is no function “{name}”.").format(name=shown(name)) + hint(name, known, always=True),
            )
        if not node.args or (len(node.args) > 1) is not function.codes:
            example = f"{name}(field, 'code', ...)" if function.codes else f"{name}(field)"
            raise self._error(node, _("write {example}.").format(example=example))
        first, *codes = node.args
        literals = tuple(self._code(code) for code in codes)
        for code in codes:
            self._note(first, code)
        step, call = self._step(first), function.call
        return lambda values, answer: call(step(values, answer), *literals)

    def _code(self, node: ast.expr) -> str:
        if _is_text(node):
            return node.value
        raise self._error(node, _("write the code in quotes."))

    def _answer(self, node: ast.Call) -> Step:
        match node.args:
            case [ast.Constant(value=str() as path)]:
                self.answers.add(path)
                return lambda values, answer: answer(path)
        raise self._error(node, _("write the path of one answer in quotes, such as answer('section.field')."))

    def _error(self, node: ast.expr, sentence: str) -> ExpressionError:
        return ExpressionError(sentence, position_of(node, self._source))


def _is_text(node: ast.expr) -> TypeGuard[_Text]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _constant(value: object) -> Step:
    return lambda values, answer: value


def _all(steps: Sequence[Step]) -> Step:
    """Kleene's "and": false when one part is false, else unknown when one part is."""

    def step(values: Mapping[str, object], answer: Answer) -> Known:
        unknown = False
        for part in steps:
            found = part(values, answer)
            if found is False:
                return False
            unknown = unknown or found is not True
        return None if unknown else True

    return step


def _any(steps: Sequence[Step]) -> Step:
    """Kleene's "or": true when one part is true, else unknown when one part is."""
    return _not(_all([_not(part) for part in steps]))


def _not(inner: Step) -> Step:
    def step(values: Mapping[str, object], answer: Answer) -> Known:
        found = inner(values, answer)
        return not found if isinstance(found, bool) else None

    return step


def _ordered(left: Step, order: Callable[[Any, Any], bool], right: Step) -> Step:
    def step(values: Mapping[str, object], answer: Answer) -> Known:
        one, other = left(values, answer), right(values, answer)
        kind = kind_of(one)
        comparable = kind in (Kind.NUMBER, Kind.DATE) and kind is kind_of(other)
        return order(one, other) if comparable else None

    return step


def _sum(left: Step, right: Step, combine: Callable[[float, float], float]) -> Step:
    def step(values: Mapping[str, object], answer: Answer) -> float | None:
        one, other = left(values, answer), right(values, answer)
        if kind_of(one) is not Kind.NUMBER or kind_of(other) is not Kind.NUMBER:
            return None
        assert isinstance(one, int | float)
        assert isinstance(other, int | float)
        try:
            return combine(one, other)
        except OverflowError:
            return None

    return step
