from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.formdef.expression_functions import FUNCTIONS, Function
from desktop_app.formdef.expression_reading import parse
from desktop_app.formdef.expression_syntax import MAX_LENGTH, ExpressionError
from desktop_app.formdef.expressions import evaluate

NOTHING: dict[str, object] = {}

NAMES = {
    "list",
    "section",
    "section_goals",
    "goals",
    "goals_chosen",
    "country",
    "cycle",
    "description",
    "timeframe",
    "amount",
    "agreed",
    "figures",
    "day",
    "planned",
}


class Period:
    """Stands for any timeframe: it only has bounds."""

    def __init__(self, first: datetime.date | None, last: datetime.date | None) -> None:
        self._bounds = (first, last)

    def bounds(self) -> tuple[datetime.date | None, datetime.date | None]:
        return self._bounds


class Prose:
    """Stands for any text: it has words, and may be empty."""

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def is_empty(self) -> bool:
        return not self._text.strip()

    def words(self) -> tuple[str, ...]:
        return tuple(self._text.split())


class Rows:
    """Stands for a list of a report."""

    def __init__(self, *rows: str, state: str | None = None) -> None:
        self.rows = list(rows)
        self.state = state


def result(
    source: str, values: Mapping[str, object] | None = None, answers: Mapping[str, object] | None = None
) -> bool | None:
    return evaluate(parse(source, names=NAMES), values or {}, (answers or {}).get)


# ------------------------------------------------------------------------------ what a rule uses


def test_a_rule_knows_the_names_and_answers_it_looks_at() -> None:
    rule = parse("list == 'planned' and ends(timeframe) < answer('cover.date')", names=NAMES)
    assert rule.names == {"list", "timeframe"}
    assert rule.answers == {"cover.date"}
    assert rule.source == "list == 'planned' and ends(timeframe) < answer('cover.date')"


def test_rules_of_the_same_source_are_equal_and_can_be_kept_in_sets() -> None:
    assert parse("answered(goals)", names=NAMES) == parse("answered(goals)", names=NAMES)
    assert len({parse("agreed", names=NAMES), parse("agreed", names=NAMES)}) == 1


def test_a_rule_remembers_which_codes_it_compares_with() -> None:
    rule = parse(
        "list in ('a', 'b') and 'g' in goals and any_of(goals, 'h') and state(planned) != 'x' "
        "and answer('c.d') == 'e' and 'f' == section",
        names=NAMES,
    )
    assert rule.compared == {
        ("list", "a"),
        ("list", "b"),
        ("goals", "g"),
        ("goals", "h"),
        ("state()", "x"),
        ("c.d", "e"),
        ("section", "f"),
    }


def test_other_functions_can_be_given() -> None:
    functions = {**FUNCTIONS, "double": Function(lambda value: value * 2)}
    rule = parse("double(amount) == 6", names=NAMES, functions=functions)
    assert evaluate(rule, {"amount": 3}, NOTHING.get) is True


# --------------------------------------------------------------------------------------- results


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("list == 'planned'", {"list": "planned"}, True),
        ("list != 'planned'", {"list": "planned"}, False),
        ("list in ('a', 'b')", {"list": "b"}, True),
        ("list not in ['a', 'b']", {"list": "b"}, False),
        ("'G1' in goals", {"goals": ("G1", "G2")}, True),
        ("'G3' not in goals", {"goals": ("G1", "G2")}, True),
        ("2012 in figures", {"figures": {"2012": 5}}, True),
        ("'2013' in figures", {"figures": {"2012": 5}}, False),
        ("1 < amount <= 3", {"amount": 3}, True),
        ("1 < amount < 3", {"amount": 3}, False),
        ("amount + 1 - 2 == -1.5 + 3.5", {"amount": 3}, True),
        ("amount == -3", {"amount": -3}, True),
        ("agreed", {"agreed": True}, True),
        ("agreed == False", {"agreed": False}, True),
        ("not agreed", {"agreed": False}, True),
        ("agreed or amount > 2", {"agreed": False, "amount": 3}, True),
        ("agreed and amount > 2", {"agreed": False, "amount": 3}, False),
        ("True", {}, True),
        (" \n list\n == 'a'\n", {"list": "a"}, True),
        ("section == 'ëЖ日'", {"section": "ëЖ日"}, True),
    ],
)
def test_what_is_known_gives_yes_or_no(source: str, values: dict[str, object], expected: bool) -> None:
    assert result(source, values) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("amount > 3", None),
        ("amount != 3", None),
        ("not amount > 3", None),
        ("'G1' in goals", None),
        ("'G1' not in goals", None),
        ("amount + 1 > 0", None),
        ("agreed", None),
        ("amount > 3 and False", False),
        ("amount > 3 and True", None),
        ("amount > 3 or True", True),
        ("amount > 3 or False", None),
        ("True or amount > 3", True),
        ("False and amount > 3", False),
        ("0 < amount < 3", None),
        ("answered(amount)", False),
        ("count(goals) == 0", True),
        ("any_of(goals, 'G1')", None),
        ("answer('cover.date') == day", None),
    ],
)
def test_what_is_unanswered_makes_the_rest_unknown(source: str, expected: bool | None) -> None:
    assert result(source) is expected


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("amount > 3", {"amount": "4"}),
        ("amount == 3", {"amount": True}),
        ("amount == 'x'", {"amount": 3}),
        ("list > description", {"list": "b", "description": "a"}),
        ("amount + 1 == 2", {"amount": "1"}),
        ("amount + agreed == 2", {"amount": 1, "agreed": True}),
        ("day < amount", {"day": datetime.date(2013, 1, 1), "amount": 3}),
        ("day < cycle", {"day": datetime.date(2013, 1, 1), "cycle": datetime.datetime(2013, 1, 1)}),
        ("goals == 'G1'", {"goals": ("G1",)}),
        ("'a' in country", {"country": "abc"}),
        ("agreed and agreed", {"agreed": "yes"}),
        ("count(amount) == 1", {"amount": 3}),
        ("starts(amount) < day", {"amount": 3, "day": datetime.date(2013, 1, 1)}),
        ("words(amount) < 3", {"amount": 3}),
        ("state(amount) == ''", {"amount": 3}),
        ("year(amount) < 3", {"amount": 3}),
    ],
)
def test_what_does_not_fit_is_unknown(source: str, values: dict[str, object]) -> None:
    assert result(source, values) is None


def test_sums_beyond_all_numbers_are_unknown() -> None:
    assert result("amount + 0.5 > 1", {"amount": 10**400}) is None
    assert result("amount + amount > 1", {"amount": 10**400}) is True


# ------------------------------------------------------------------------------------- functions


def test_answered() -> None:
    assert result("answered(description)", {"description": Prose("Some words")}) is True
    assert result("answered(description)", {"description": Prose(" ")}) is False
    assert result("answered(cycle)", {"cycle": "  "}) is False
    assert result("answered(amount)", {"amount": 0}) is True
    assert result("answered(agreed)", {"agreed": False}) is True
    assert result("answered(goals)", {"goals": ()}) is False
    assert result("answered(figures)", {"figures": {"2012": 0}}) is True
    assert result("answered(answer('cover.date'))", answers={"cover.date": datetime.date(2013, 5, 2)}) is True


def test_a_list_is_answered_by_rows_or_by_a_state() -> None:
    assert result("answered(planned)", {"planned": Rows()}) is False
    assert result("answered(planned)", {"planned": Rows("a row")}) is True
    assert result("answered(planned)", {"planned": Rows(state="no_action_taken")}) is True


def test_count_counts_rows_codes_and_years() -> None:
    assert result("count(planned) == 2", {"planned": Rows("a", "b")}) is True
    assert result("count(goals) > 1", {"goals": ("G1", "G2")}) is True
    assert result("count(figures) == 1", {"figures": {"2012": 5}}) is True


def test_any_of_looks_at_one_code_or_at_several() -> None:
    assert result("any_of(goals, 'G2', 'G3')", {"goals": ("G1", "G2")}) is True
    assert result("any_of(goals, 'G3')", {"goals": ("G1", "G2")}) is False
    assert result("any_of(country, 'AL', 'NO')", {"country": "NO"}) is True


def test_starts_ends_and_year_of_timeframes_and_dates() -> None:
    first, last = datetime.date(2012, 3, 1), datetime.date(2013, 12, 31)
    values = {"timeframe": Period(first, last), "day": first}
    assert result("starts(timeframe) == day", values) is True
    assert result("ends(timeframe) > day", values) is True
    assert result("year(timeframe) == 2013", values) is True
    assert result("year(day) == 2012", values) is True
    assert result("starts(day) == ends(day)", values) is True
    assert result("year(timeframe) == 2012", {"timeframe": Period(first, None)}) is True
    assert result("ends(timeframe) > day", {"timeframe": Period(first, None), "day": first}) is None
    assert result("year(timeframe) == 2012", {"timeframe": Period(None, None)}) is None


def test_words_counts_words() -> None:
    assert result("words(description) == 3", {"description": Prose("three short words")}) is True
    assert result("words(cycle) == 2", {"cycle": "two words"}) is True
    assert result("words(description) < 3", {}) is None


def test_state_is_a_code_or_an_empty_text() -> None:
    assert result("state(planned) == 'no_action_taken'", {"planned": Rows(state="no_action_taken")}) is True
    assert result("state(planned) == ''", {"planned": Rows()}) is True


# -------------------------------------------------------------------------------- mistakes at load


@pytest.mark.parametrize(
    ("source", "position", "words"),
    [
        ("", 0, "The rule is empty"),
        ("   ", 0, "The rule is empty"),
        ("lst == 'a'", 1, "Do you mean “list”?"),
        ("xyz(goals)", 1, "Possible are: answer, answered, any_of,"),
        ("cuont(goals) > 1", 1, "Do you mean “count”?"),
        ("list = 'a'", 6, "write == to compare"),
        ("list is 'a'", 1, "write == to compare"),
        ("agreed && agreed", 8, "write the words and, or, not"),
        ("!agreed", 1, "write the words and, or, not"),
        ("list == 'a' or 'b'", 16, "a condition is missing"),
        ("count(goals)", 1, "a condition is missing"),
        ("'a'", 1, "a condition is missing"),
        ("not 3", 5, "a condition is missing"),
        ("list < 'b'", 8, "texts have no order"),
        ("list == ('a', 'b')", 9, "a list can only stand after in"),
        ("'a' in 'abc'", 8, "a list is missing after in"),
        ("list in ('a', goals)", 15, "only texts in quotes and numbers"),
        ("amount + 'a' == 3", 10, "only numbers can be added"),
        ("amount == None", 11, "write not answered(field)"),
        ("any_of(goals)", 1, "write any_of(field, 'code', ...)"),
        ("any_of(goals, list)", 15, "write the code in quotes"),
        ("answered(goals, list)", 1, "write answered(field)"),
        ("answered()", 1, "write answered(field)"),
        ("answer(list) == 1", 1, "write the path of one answer in quotes"),
        ("answer('a.b', 'c.d') == 1", 1, "write the path of one answer in quotes"),
        ("goals.count", 6, "a point has no meaning here"),
        ("list == 'a", 9, "does not end"),
        (r"list == 'a\'", 9, "does not end"),
        ("1_000 < amount", 1, "write numbers such as 10 or 2.5"),
        ("amount < 0x10", 10, "write numbers such as 10 or 2.5"),
        ("amount < 1e9", 10, "write numbers such as 10 or 2.5"),
        ("amount < 1j", 10, "write numbers such as 10 or 2.5"),
        ("f'{list}' == list", 1, "nothing in quotes follows directly"),
        ("amount * 2 == 4", 8, "“*” has no meaning in a rule"),
        ("amount ** 9", 8, "“*” has no meaning in a rule"),
        ("lambda: agreed", 7, "“:” has no meaning in a rule"),
        ("[x for x in goals]", 1, "this kind of expression is not allowed"),
        ("1 if agreed else 2", 1, "this kind of expression is not allowed"),
        ("goals[0] == 'a'", 1, "this kind of expression is not allowed"),
        ("answered(goals)(list) == 1", 1, "only the functions of the rules can be called"),
        ("__import__('os')", 1, "there is no function “__import__”"),
        ("list == 'ë' and lst", 17, "there is no “lst” here"),
        ("\n  list ==", 10, "cannot be read here"),
        ("list list", 6, "cannot be read here"),
        ("(list == 'a'", 1, "cannot be read here"),
        ("list == \ud800", 9, "“U+D800” has no meaning"),
        ("list == '\ud800'", 0, "cannot be read"),
        ("list == 'a'\0", 12, "“U+0000” has no meaning"),
    ],
)
def test_mistakes_are_told_with_their_place(source: str, position: int, words: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse(source, names=NAMES)
    assert words in raised.value.sentence
    assert raised.value.position == position
    if position:
        assert raised.value.sentence.startswith(f"At character {position}: ")


@pytest.mark.parametrize(
    "source",
    [
        "agreed and " * (MAX_LENGTH // 11 + 1) + "agreed",
        "not " * 400 + "agreed",
        "(" * 900 + "agreed" + ")" * 900,
        "-" * 1900 + "1 == amount",
        "amount" + " + 1" * 400 + " == 1",
        "[" * 1900,
    ],
)
def test_rules_beyond_the_limits_are_refused(source: str) -> None:
    with pytest.raises(ExpressionError):
        parse(source, names=NAMES)


def test_long_but_flat_rules_are_fine() -> None:
    assert result(" and ".join(["agreed"] * 180), {"agreed": True}) is True


# ------------------------------------------------------------------------------------ properties

_SOURCES = st.recursive(
    st.sampled_from(
        [
            "agreed",
            "amount > 3",
            "amount + figures - 1 == day",
            "list == 'planned'",
            "'G1' in goals",
            "list not in ('a', 1)",
            "answered(timeframe)",
            "count(planned) == 0",
            "any_of(goals, 'G1', 'G2')",
            "year(day) == 2013",
            "starts(timeframe) <= ends(day)",
            "words(description) != 3",
            "state(planned) == 'x'",
            "answer('cover.date') < day",
            "1 <= amount < 10",
            "True",
        ]
    ),
    lambda inner: st.one_of(
        inner.map(lambda source: f"not ({source})"),
        st.tuples(inner, inner).map(" and ".join).map(lambda source: f"({source})"),
        st.tuples(inner, inner).map(" or ".join).map(lambda source: f"({source})"),
    ),
    max_leaves=8,
)

_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=3),
    st.complex_numbers(),
    st.lists(st.one_of(st.text(max_size=3), st.integers(), st.lists(st.none(), max_size=1)), max_size=3),
    st.lists(st.text(max_size=3), max_size=3).map(tuple),
    st.frozensets(st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=3),
    st.builds(Period, st.none() | st.dates(), st.none() | st.dates()),
    st.builds(Prose, st.text(max_size=9)),
    st.builds(Rows, st.text(max_size=3), state=st.none() | st.text(max_size=3)),
    st.builds(object),
)


@given(_SOURCES, st.dictionaries(st.sampled_from(sorted(NAMES)), _VALUES), _VALUES)
def test_no_value_makes_a_rule_fail(source: str, values: dict[str, object], found: object) -> None:
    rule = parse(source, names=NAMES)
    assert evaluate(rule, values, lambda path: found) in (True, False, None)
    opposite = evaluate(parse(f"not ({source})", names=NAMES), values, lambda path: found)
    plain = evaluate(rule, values, lambda path: found)
    assert opposite is (None if plain is None else not plain)


@given(st.text(max_size=40))
def test_any_source_is_a_rule_or_a_mistake_of_the_form(source: str) -> None:
    try:
        rule = parse(source, names=NAMES)
    except ExpressionError as error:
        assert error.sentence.endswith((".", "?"))
    else:
        assert evaluate(rule, {}, NOTHING.get) in (True, False, None)


_TOKENS = ["agreed", "amount", "list", "goals", "'a'", "3", "==", "<", "in", "not", "and", "or", "(", ")"]


@given(st.lists(st.sampled_from([*_TOKENS, "[", "]", ",", "+", "-", "answered", "answer", "is", "if"])))
def test_any_mixture_of_known_words_is_a_rule_or_a_mistake_of_the_form(tokens: list[str]) -> None:
    try:
        rule = parse(" ".join(tokens), names=NAMES)
    except ExpressionError:
        return
    assert evaluate(rule, {"agreed": True, "amount": 3, "goals": ("a",)}, NOTHING.get) in (True, False, None)
