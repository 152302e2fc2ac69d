"""Random pairs of form versions and random reports: every word of every answer is found again."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app.formdef.model import (
    Choice,
    ChoiceList,
    Field,
    FieldType,
    Form,
    Goal,
    ListDefinition,
    Moved,
    RowType,
    Section,
    State,
)
from desktop_app.formdef.texts import FormTexts
from desktop_app.report.report import Report
from desktop_app.report.text import markup
from desktop_app.report.versions.carry_over import carry_over
from desktop_app.report.versions.content import Content, changes_between, content_of, fill
from desktop_app.report.versions.fitting import OPTIONS as OPTION_TYPES
from desktop_app.report.versions.fitting import Asked, words_of
from desktop_app.report.versions.lineage import Lineage, Moves
from desktop_app.storage.carrying import content_of_stored
from desktop_app.storage.projection import Projection

TYPES = [kind for kind in FieldType if kind is not FieldType.ATTACHMENT]
CODES = ["one", "two", "three", "four", "five"]
OPTIONS = ["red", "green", "blue", "grey"]
SECTIONS = ["A", "B", "C"]
LISTS = ["planned", "done"]


@st.composite
def fields(draw: st.DrawFn, home: str) -> tuple[Field, ...]:
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, min_size=1, max_size=4))
    return tuple(
        Field(
            code,
            draw(st.sampled_from(TYPES)),
            f"{home}.{code}",
            choices=draw(st.sampled_from(["colours", "shades"])),
            states=(State.NOT_AVAILABLE,),
        )
        for code in codes
    )


@st.composite
def forms(draw: st.DrawFn, version: str) -> Form:
    """One version: sections, fields, lists, row types and options as chance has it."""
    rows = {code: RowType(code, draw(fields(code))) for code in ("action", "measure")}
    sections = []
    for code in draw(st.lists(st.sampled_from(SECTIONS), unique=True, min_size=1)):
        lists = tuple(
            ListDefinition(name, f"{code}.{name}", rows[draw(st.sampled_from(["action", "measure"]))])
            for name in draw(st.lists(st.sampled_from(LISTS), unique=True))
        )
        own = tuple(question for question in draw(fields(code)) if question.code not in LISTS)
        goals = tuple(Goal(f"{code}.G{number}") for number in range(draw(st.integers(0, 2))))
        sections.append(Section(code, goals=goals, fields=own, lists=lists))
    colours = draw(st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1))
    shades = draw(st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1))
    return Form(
        id="random",
        version=version,
        hash=version * 64,
        texts=FormTexts("en"),
        languages=("en",),
        labels_verified=True,
        cycles=("2013",),
        respondents="countries",
        sections=tuple(sections),
        row_types=rows,
        choice_lists={
            "countries": ChoiceList("countries", (Choice("AL"),)),
            "colours": ChoiceList(
                "colours", tuple(Choice(code, {"en": f"the {code} one"}) for code in colours)
            ),
            "shades": ChoiceList("shades", tuple(Choice(code) for code in shades)),
        },
    )


def codes_of(form: Form) -> list[str]:
    """Everything that can move or be moved to."""
    found = [*form.field_paths(), *form.list_paths(), *(section.code for section in form.walk())]
    found += [goal.code for section in form.walk() for goal in section.goals]
    found += [question.text_key for row in form.row_types.values() for question in row.fields]
    found += [
        f"choice.{code}.{choice.code}"
        for code, choices in form.choice_lists.items()
        for choice in choices.choices
    ]
    return list(dict.fromkeys(found))


@st.composite
def next_versions(draw: st.DrawFn, old: Form, version: str) -> Form:
    """Another version, whose codes that are gone moved or not, to where it makes sense or not."""
    new = draw(forms(version))
    present = set(codes_of(new))
    moved = []
    for code in codes_of(old):
        if code not in present and draw(st.booleans()):
            same = [each for each in sorted(present) if _kind(each) == _kind(code)]
            if same:
                moved.append(Moved(code, draw(st.sampled_from(same))))
    return replace(new, moved=tuple(moved), _sections={}, _lists={}, _fields={})


def _kind(code: str) -> str:
    """Options move within their list; anything else may be moved to anything, by a careless author."""
    return code.rpartition(".")[0] if code.startswith("choice.") else ""


def value(kind: FieldType, number: int, codes: list[str]) -> Any:
    """An answer in JSON whose words no other answer has, but for options and yes and no."""
    return {
        FieldType.TEXT: f"<p><b>bold{number}</b></p><ul><li>item{number}<note>note{number}</note></li></ul>"
        if number % 2
        else f"plain{number}",
        FieldType.CHOICE: codes[0],
        FieldType.SCALE: codes[0],
        FieldType.CHOICES: codes,
        FieldType.NUMBER: 10_000 + number,
        FieldType.YEAR_SERIES: {"2012": 20_000 + number, "2013": 30_000 + number},
        FieldType.DATE: f"{1000 + number:04}-05-01",
        FieldType.TIMEFRAME: {"text": f"time{number}", "edtf": f"{4000 + number}", "confirmed": True},
        FieldType.YES_NO: bool(number % 2),
        FieldType.LINK: {"url": f"https://link{number}.org", "label": f"label{number}"},
    }[kind]


ANY_OPTIONS = st.lists(st.sampled_from([*OPTIONS, "unknown"]), min_size=1, max_size=3, unique=True)
ANY_GOALS = st.lists(st.sampled_from(["A.G0", "A.G1", "B.G0"]), min_size=1, unique=True)


@st.composite
def contents(draw: st.DrawFn, form: Form) -> Content:
    """A report of the form, with rows and a bin; options also such as the form does not offer."""
    content: Content = {}
    numbers = itertools.count()

    def answer(path: str, question: Field) -> None:
        match draw(st.integers(0, 3)):
            case 0:
                content[f"{path}#state"] = "not_available"
            case 1 | 2:
                codes = ["red"]
                if question.type in OPTION_TYPES:
                    codes = draw(ANY_GOALS if question.choices == "goals" else ANY_OPTIONS)
                content[path] = value(question.type, next(numbers), codes)

    for section in form.walk():
        for question in section.questions:
            answer(section.field_path(question), question)
        for entry in section.lists:
            for number in range(draw(st.integers(0, 2))):
                row = f"{entry.path}/{entry.path}-{number}"
                content[row] = {
                    "position": 1024 * (number + 1),
                    **({"bin": True} if draw(st.booleans()) else {}),
                }
                for question in entry.row.fields:
                    answer(f"{row}/{question.code}", question)
    return content


def answers_in(content: Content, form: Form) -> Iterator[tuple[str, Any, Asked | None]]:
    """Every answer with its question, as far as the form has one."""
    for path, plain in content.items():
        if "#" in path or path.startswith("unplaced/") or (isinstance(plain, dict) and "position" in plain):
            continue
        yield path, plain, _asked(form, path)


def _asked(form: Form, path: str) -> Asked | None:
    head, _slash, rest = path.partition("/")
    single, listed = form.field_at(head), form.list_at(head)
    if single is not None and not rest:
        return Asked(form, *single)
    codes = {} if listed is None else {each.code: each for each in listed[1].row.fields}
    code = rest.partition("/")[2]
    return Asked(form, listed[0], codes[code]) if listed is not None and code in codes else None


def words_in(content: Content, form: Form) -> set[str]:
    """Every word of the content, as a person reads it, and the codes of chosen options."""
    found = {
        word
        for path, plain, asked in answers_in(content, form)
        for word in words_of(plain, asked, "en").words()
    }
    for _path, plain, asked in answers_in(content, form):
        if asked is not None and asked.question.type in OPTION_TYPES:
            found |= {plain} if isinstance(plain, str) else set(plain) if isinstance(plain, list) else set()
    for path, plain in content.items():
        if path.startswith("unplaced/"):
            found |= set(markup.read(plain["text"]).words())
    return found


class Case:
    """A report of the first form, and the way to the last; no data class, so that its forms are not shown."""

    def __init__(self, forms: tuple[Form, ...], content: Content, *, knows_first: bool) -> None:
        self.forms, self.content, self.knows_first = forms, content, knows_first

    @property
    def lineage(self) -> Lineage:
        return Lineage(self.forms[0] if self.knows_first else None, self.forms[1:])

    def __repr__(self) -> str:
        moved = [(each.old, each.new) for form in self.forms for each in form.moved]
        places = [[*form.field_paths(), *form.list_paths()] for form in self.forms]
        return f"{self.content}\n{places}\n{moved}"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    first = draw(forms("1"))
    second = draw(next_versions(first, "2"))
    way: tuple[Form, ...]
    match draw(st.integers(0, 3)):
        case 0:
            way = (first, second, draw(next_versions(second, "3")))
        case 1:
            way = (first, draw(next_versions(second, "3")))
        case 2:
            way = (first, first)
        case _:
            way = (first, second)
    return Case(way, draw(contents(first)), knows_first=draw(st.booleans()))


@settings(
    suppress_health_check=list(HealthCheck),
    # What fails is large, and made smaller step by step it would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(cases())
def test_every_word_of_every_answer_is_placed_or_unplaced(case: Case) -> None:
    first, target, content = case.forms[0], case.forms[-1], case.content
    carried = carry_over(content, case.lineage, "en")

    # The form reads all of it but what waits in the bin, and asks for what is placed.
    report = Report("r", target, "AL", "2013", "en")
    fill(report, carried.content)
    shown = words_in(content_of(report), target)
    binned = {path: plain for path, plain in carried.content.items() if _is_binned(carried.content, path)}
    waiting = words_in(binned, target)
    waiting |= {
        word
        for _path, plain, _asked in answers_in(binned, target)
        for word in words_of(plain, None, "en").words()
    }
    moves = Moves(case.lineage)
    for path, plain, asked in answers_in(content, first):
        found = waiting | shown if _is_binned(content, path) else shown
        assert asked is not None
        if asked.question.type in OPTION_TYPES:
            for code in [plain] if isinstance(plain, str) else plain:
                # Where the first version is not known, an option is taken for one of the list asked with now.
                lists = [asked.question.choices or ""] if case.knows_first else ["colours", "shades"]
                now = {moves.goal(code), *(moves.choice(each, code) for each in lists)}
                kept = words_of(code, replace_type(asked) if case.knows_first else None, "en").words()
                assert code in found or now & found or set(kept) <= found, (path, code)
        else:
            words = words_of(plain, asked if case.knows_first else None, "en").words()
            assert set(words) <= found, (path, plain)

    # The log leads from the one to the other, and no row changes its id.
    before = _projected(content)
    before.apply_all(changes_between(content, carried.content))
    assert _without_bare_rows(content_of_stored(before)) == _without_bare_rows(carried.content)
    assert _rows_of(content) >= _rows_of(carried.content)


def replace_type(asked: Asked) -> Asked:
    """The same question for a single option."""
    return replace(asked, question=replace(asked.question, type=FieldType.CHOICE))


def _is_binned(content: Content, path: str) -> bool:
    row = "/".join(path.partition("#")[0].split("/")[:2])
    plain = content.get(row)
    return isinstance(plain, dict) and bool(plain.get("bin"))


def _projected(content: Content) -> Projection:
    """The same content as a report file's tables have it."""
    projection = Projection()
    projection.apply_all(changes_between({}, content))
    return projection


def _without_bare_rows(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        path: plain
        for path, plain in content.items()
        if not (isinstance(plain, dict) and plain.get("bin"))
        or any(other.startswith((f"{path}/", f"{path}#")) for other in content)
    }


def _rows_of(content: Content) -> set[str]:
    return {
        path.split("/")[1] for path in content if path.count("/") >= 1 and not path.startswith("unplaced/")
    }
