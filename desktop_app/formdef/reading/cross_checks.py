"""What can only be checked when every part of the form has been read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from desktop_app.formdef.mistakes import KeyPath
from desktop_app.formdef.model import GOALS_CODE, Field, FieldType, ListDefinition, Section, State
from desktop_app.formdef.reading.draft import Draft, Home, PlacedRule
from desktop_app.formdef.reading.files import FORM_FILE
from desktop_app.formdef.reading.sections import walk
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.dataclass import dataclass, field
from desktop_app.runtime.i18n import _

_TOP = KeyPath(FORM_FILE)


@dataclass(slots=True)
class _Uses:
    """Where rows of one type stand: codes of the lists and sections, and of those sections' goals."""

    lists: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    goals: set[str] = field(default_factory=set)


def _uses(lists: Collection[tuple[Section, ListDefinition]]) -> dict[str, _Uses]:
    found: dict[str, _Uses] = defaultdict(_Uses)
    for section, entry in lists:
        uses = found[entry.row.code]
        uses.lists.add(entry.code)
        uses.sections.add(section.code)
        uses.goals.update(goal.code for goal in section.goals)
    return found


def circles(waits: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The circles among things that wait for others, each thing told in one circle at most."""
    done: set[str] = set()
    told: set[str] = set()
    for start in waits:
        path = {start: iter(waits[start])} if start not in done else {}
        while path:
            last = next(reversed(path))
            following = next(path[last], None)
            if following is None:
                done.add(last)
                del path[last]
            elif following in path and following not in told:
                circle = list(path)
                circle = circle[circle.index(following) :]
                told.update(circle)
                yield circle
            elif following not in done and following not in path:
                path[following] = iter(waits[following])


def _in_short(paths: Sequence[str]) -> str:
    """The paths, or only the codes of the fields where all are of one section or row."""
    owners = {path.rpartition(".")[0] for path in paths}
    return ", ".join(path.rpartition(".")[2] if len(owners) == 1 else path for path in paths)


class WholeForm:
    """A form whose parts have all been read: what its paths mean, and the checks that need them."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.mistakes = draft.mistakes
        self.sections = {section.code: section for section in walk(draft.sections)}
        self.fields: dict[str, tuple[Section, Field]] = {
            section.field_path(question): (section, question)
            for section in self.sections.values()
            for question in section.questions
        }
        self.lists: dict[str, tuple[Section, ListDefinition]] = {
            entry.path: (section, entry) for section in self.sections.values() for entry in section.lists
        }
        self._uses = _uses(self.lists.values())

    def check(self) -> None:
        """Report everything."""
        self._check_rules()
        self._check_circles()
        self._check_section_codes()
        self._check_text_owners()
        self._check_goals_of_rows()
        if not self.mistakes.has_errors:  # else a misspelt code would be told twice
            self._check_unused()

    # Rules.

    def _check_rules(self) -> None:
        placed = defaultdict(list)
        for rule in self.draft.rules:
            placed[rule.where].append(rule)
            for path in sorted(rule.expression.answers - self.fields.keys()):
                sentence = _("There is no answer at “{path}”.").format(path=shown(path))
                self.mistakes.error(rule.where, sentence + self.mistakes.hint(path, self.fields))
        for rules in placed.values():
            self._check_compared(rules)

    def _check_compared(self, rules: Sequence[PlacedRule]) -> None:
        """One rule in every place that uses it: a group's rule may be about one section only."""
        for subject, code in sorted(rules[0].expression.compared):
            codes = [self._known_codes(rule.home, subject) for rule in rules]
            known = {code for found in codes if found is not None for code in found}
            if None not in codes and code not in known:
                sentence = _("“{subject}” is never “{code}”.").format(subject=subject, code=shown(code))
                self.mistakes.error(rules[0].where, sentence + self.mistakes.hint(code, known, always=True))

    def _known_codes(self, home: Home, subject: str) -> Collection[str] | None:
        """The codes ``subject`` can have in a rule; None where it can be anything."""
        if subject == "state()":
            return [state.value for state in State]
        if subject in self.fields:
            return self._options(*self.fields[subject])
        if home.row is not None:
            return self._codes_in_row(home.row, subject)
        if home.section in self.sections:
            section = self.sections[home.section]
            for question in section.questions:
                if question.code == subject:
                    return self._options(section, question)
            if subject == "section":
                return [section.code]
        return self._countries() if subject == "country" else None

    def _codes_in_row(self, row: str, subject: str) -> Collection[str] | None:
        uses = self._uses.get(row, _Uses())
        for question in self.draft.row_types[row].fields:
            if question.code == subject:
                return uses.goals if question.choices == GOALS_CODE else self._choices(question)
        by_name: Mapping[str, Collection[str] | None] = {
            "section_goals": uses.goals,
            "goals_chosen": uses.goals,
            "list": uses.lists,
            "section": uses.sections,
            "country": self._countries(),
        }
        return by_name.get(subject)

    def _options(self, section: Section, question: Field) -> Collection[str] | None:
        if question.choices == GOALS_CODE:
            return [goal.code for goal in section.goals]
        return self._choices(question)

    def _choices(self, question: Field) -> Collection[str] | None:
        if question.type not in (FieldType.CHOICE, FieldType.CHOICES, FieldType.SCALE):
            return None
        known = self.draft.choice_lists.get(question.choices or "")
        return {choice.code for choice in known.choices} if known else None

    def _countries(self) -> Collection[str] | None:
        known = self.draft.choice_lists.get(self.draft.head.respondents)
        return {choice.code for choice in known.choices} if known else None

    # Questions that wait for each other.

    def _check_circles(self) -> None:
        rules = {rule.decides: rule for rule in self.draft.rules if rule.decides is not None}
        waits = {path: sorted(self._looks_at(rule) & rules.keys()) for path, rule in rules.items()}
        for circle in circles(waits):
            where = rules[circle[0]].where
            if len(circle) == 1:
                self.mistakes.error(where, _("The question waits for its own answer. Change the rule."))
            else:
                sentence = _("These questions wait for each other: {paths}. Change one of their rules.")
                self.mistakes.error(where, sentence.format(paths=_in_short(circle)))

    @staticmethod
    def _looks_at(rule: PlacedRule) -> set[str]:
        owner = (rule.decides or "").rpartition(".")[0]
        return {f"{owner}.{name}" for name in rule.expression.names} | rule.expression.answers

    # Codes.

    def _check_section_codes(self) -> None:
        folded = Counter(code.casefold() for code in self.sections)
        taken = self.fields.keys() | self.lists.keys()
        for code in self.sections:
            where = self.draft.section_places[code]
            if folded[code.casefold()] > 1:
                sentence = _("Another code differs from “{code}” only in capital letters. Change one.")
                self.mistakes.error(where, sentence.format(code=code))
            if code in taken:
                sentence = _("“{code}” is also the path of a field or list. Choose another code.")
                self.mistakes.error(where, sentence.format(code=code))

    def _check_text_owners(self) -> None:
        """Texts of fields are found by owner and code, so that an owner's code must be its own."""
        draft = self.draft
        kinds: Mapping[str, Collection[str]] = {
            "section": self.sections,
            "row": draft.row_types,
            "group": draft.groups,
            "list": draft.lists,
        }
        owners: dict[str, str] = {}
        for kind, codes in kinds.items():
            for code in codes:
                taken = owners.setdefault(code, kind)
                # The texts of a list's fields are those of its rows with another heading.
                is_own_row = kind == "list" and taken == "row" and draft.lists[code].row.code == code
                if taken != kind and not is_own_row:
                    where = draft.section_places[code] if kind == "section" else _TOP.key(kind).key(code)
                    sentence = _("“{code}” is already the code of a {kind}. Their texts would be mixed up.")
                    self.mistakes.error(where, sentence.format(code=code, kind=f"[{taken}]"))

    def _check_goals_of_rows(self) -> None:
        for section, entry in self.lists.values():
            if section.goals:
                continue
            for question in entry.row.fields:
                if question.choices == GOALS_CODE and question.relevant is None:
                    sentence = _(
                        "The rows of “{list}” serve goals, but the section has none. Give the section goals, "
                        'or the field “{field}” a rule: relevant = "count(section_goals) > 0".'
                    ).format(list=entry.code, field=question.code)
                    self.mistakes.warning(self.draft.section_places[section.code], sentence)

    def _check_unused(self) -> None:
        draft = self.draft
        rows = {entry.row.code for entry in draft.lists.values()}
        lists = {entry.code for _section, entry in self.lists.values()}
        choices = draft.used_choice_lists | {draft.head.respondents}
        for kind, code in self._unused(rows, lists, choices):
            self.mistakes.warning(_TOP.key(kind).key(code), _("Nothing uses this. Use it or take it out."))

    def _unused(
        self, rows: Collection[str], lists: Collection[str], choices: Collection[str]
    ) -> Iterator[tuple[str, str]]:
        draft = self.draft
        yield from (("row", code) for code in draft.row_types if code not in rows)
        yield from (("list", code) for code in draft.lists if code not in lists)
        yield from (("group", code) for code in draft.groups if code not in draft.used_groups)
        yield from (("choices", code) for code in draft.choice_lists if code not in choices)
