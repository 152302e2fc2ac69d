"""Carry a report's answers to another version of its form: what moves, what stays, what has no place left.

Nothing is dropped. A word that no question of the version wanted asks for becomes unplaced text; rows in
the bin keep waiting there with all they hold, in the report file, whether their list is left or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from desktop_app.formdef.model import FieldType, ListDefinition, Section, State
from desktop_app.report.attachments import read_attached
from desktop_app.report.paths import UNPLACED, confidential_path, read_path, row_path, state_path
from desktop_app.report.review import read_comment
from desktop_app.report.values import Plain
from desktop_app.report.versions.comments import moved_about
from desktop_app.report.versions.content import BIN, POSITION, Content
from desktop_app.report.versions.fitting import Asked, Fitted, can_be_read, fit
from desktop_app.report.versions.holdings import Answer, HeldList, HeldRow, Holdings, holdings_of, put
from desktop_app.report.versions.left_over import LeftOver, Words, kept_words, unplaced_key
from desktop_app.report.versions.lineage import Lineage, Moves
from desktop_app.report.versions.names import Names
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class Move:
    """An answer, or a list with ``rows`` rows, that is kept under another code now. Names are for people."""

    old: str
    new: str
    old_name: str
    new_name: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Recoded:
    """An answer that stays at its place but is written in another way there."""

    path: str
    name: str


@dataclass(slots=True)
class Carried:
    """``content`` is the report's as the version wanted has it, its unplaced texts included."""

    content: Content = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    recoded: list[Recoded] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    stayed: int = 0
    """How many answers, those of rows counted one by one, stand where they stood."""

    @property
    def is_unchanged(self) -> bool:
        """Whether everything stands where it stood."""
        return not (self.moves or self.recoded or self.left_over)


def carry_over(content: Content, lineage: Lineage, language: str) -> Carried:
    """Carry ``content`` to the last version of the lineage. ``language`` is the report's."""
    return _Carrying(content, lineage, language).carried


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A list of the version wanted."""

    section: Section
    entry: ListDefinition


class _Carrying:
    """One report on its way."""

    def __init__(self, content: Content, lineage: Lineage, language: str) -> None:
        self.carried = Carried()
        self._lineage, self._language = lineage, language
        self._target = lineage.target
        self._moves = Moves(lineage)
        self._names = Names(lineage, language)
        self._held: Holdings = holdings_of(content, self._is_list)
        self._taken = {path.partition("/")[2] for path in self._held.unplaced}
        self._field_moves: dict[tuple[str, str], tuple[str, str, int]] = {}
        for path, plain in self._held.unplaced.items():
            self._carry_unplaced(path, plain)
        for path, plain in self._held.comments.items():
            self._carry_comment(path, plain)
        for path, plain in self._held.attached.items():
            self._carry_attached(path, plain)
        for path, plain in self._held.accepted.items():
            self._carry_accepted(path, plain)
        self.carried.content.update(self._held.kept)
        # Whoever keeps its place has it before those that move there.
        for path in sorted(self._held.answers, key=lambda path: self._moves.answer(path) != path):
            self._carry_answer(path, self._held.answers[path])
        for path in sorted(self._held.lists, key=lambda path: self._moves.list(path) != path):
            self._carry_list(path, self._held.lists[path])
        for (old, new), (old_name, new_name, rows) in self._field_moves.items():
            self.carried.moves.append(Move(old, new, old_name, new_name, rows))
        for path, plain in self._held.strays.items():
            self._leave("", path, [Words(path, Answer(plain))], _("no version of the form has such a place"))
        self.carried.moves.sort(key=lambda move: self._names.order(move.old))
        self.carried.recoded.sort(key=lambda recoded: self._names.order(recoded.path))
        self.carried.left_over.sort(key=lambda left: self._names.order(left.path))

    def _is_list(self, path: str) -> bool:
        origin = self._lineage.origin
        if origin is not None and (origin.list_at(path) or origin.field_at(path)):
            return origin.list_at(path) is not None
        return self._target.list_at(self._moves.list(path)) is not None

    # Texts that were unplaced before

    def _carry_unplaced(self, path: str, plain: Plain) -> None:
        near = plain.get("near", "") if isinstance(plain, dict) else None
        if isinstance(near, str) and can_be_read(plain.get("text"), FieldType.TEXT):
            self.carried.content[path] = {**plain, "near": self._near(near)}
        else:
            self._leave("", path, [Words(path, Answer(plain))], _("it can no longer be read"))

    # Review comments

    def _carry_comment(self, path: str, plain: Plain) -> None:
        try:
            about = read_comment(plain).about
        except ValueError:
            self._leave("", path, [Words(path, Answer(plain))], _("it can no longer be read"))
            return
        moved = self._moved(about)
        was = {} if moved == about else {"was_about": about}
        self.carried.content[path] = {**was, **plain, "about": moved}

    def _carry_accepted(self, path: str, plain: Plain) -> None:
        """A problem is where its place is. One that no rule finds any more is ignored, as it is anywhere."""
        if not isinstance(plain, dict) or not isinstance(plain.get("path"), str):
            self._leave("", path, [Words(path, Answer(plain))], _("it can no longer be read"))
            return
        self.carried.content[path] = {**plain, "path": self._moved(plain["path"]) or plain["path"]}

    def _moved(self, path: str) -> str:
        row_type = self._names.row_type(read_path(path).head)
        return moved_about(path, self._target, self._moves, row_type)

    # Attached files

    def _carry_attached(self, path: str, plain: Plain) -> None:
        try:
            about = read_attached(plain).about
        except ValueError:
            self._leave("", path, [Words(path, Answer(plain))], _("it can no longer be read"))
            return
        row_type = self._names.row_type(read_path(about).head)
        self.carried.content[path] = {
            **plain,
            "path": moved_about(about, self._target, self._moves, row_type),
        }

    def _near(self, near: str) -> str:
        """Where words stood, as the version wanted calls it; empty when it has no such place."""
        if not near:
            return ""
        head, slash, rest = near.partition("/")
        answer, listed, section = self._moves.answer(head), self._moves.list(head), self._moves.section(head)
        if self._target.list_at(listed):
            return f"{listed}{slash}{rest}"
        if self._target.field_at(answer):
            return answer
        return section if self._target.section(section) else ""

    def _section_near(self, path: str) -> str:
        section = self._moves.section(path.rpartition(".")[0])
        return section if self._target.section(section) else ""

    # Single answers

    def _carry_answer(self, path: str, answer: Answer) -> None:
        moved = self._moves.answer(path)
        found = self._target.field_at(moved)
        old = self._names.old_question(path)
        name = self._names.old_answer(path)
        if found is None:
            reason = _("no question asks for it any more")
            self._leave(self._section_near(path), path, [Words(name, answer, old)], reason)
            return
        placed, rest = self._fit(answer, old, Asked(self._target, *found), moved)
        if rest is not None:
            self._leave(moved, path, [replace(rest, name=name)], rest.reason)
        self._note_placed(path, moved, name, self._names.new_answer(moved), answer, placed)

    def _fit(self, answer: Answer, old: Asked | None, new: Asked, path: str) -> tuple[Answer, Words | None]:
        """Place what fits at ``path``; returns it, and the words for what does not."""
        content = self.carried.content
        if path in content or state_path(path) in content:
            return Answer(), Words("", answer, old, reason=_("another answer has this place already"))
        fitted = (
            Fitted(None) if answer.value is None else fit(answer.value, old, new, self._moves, self._language)
        )
        lost_state = None if _is_state(answer.state) else answer.state
        placed = Answer(fitted.plain, None if lost_state else answer.state, answer.confidential)
        put(content, path, placed)
        if fitted.rest is None and lost_state is None:
            return placed, None
        left = Answer(None if fitted.rest is None else answer.value, lost_state, answer.confidential)
        reason = fitted.reason or _("it can no longer be read")
        return placed, Words("", left, old, fitted.rest, reason)

    def _note_placed(
        self, old: str, new: str, old_name: str, new_name: str, answer: Answer, placed: Answer
    ) -> None:
        if placed.is_nothing:
            return
        if old != new:
            self.carried.moves.append(Move(old, new, old_name, new_name))
        elif placed.value is not None and placed.value != answer.value:
            self.carried.recoded.append(Recoded(old, old_name))
        else:
            self.carried.stayed += 1

    # Lists

    def _carry_list(self, path: str, held: HeldList) -> None:
        moved = self._moves.list(path)
        found = self._target.list_at(moved)
        if found is None:
            self._leave_list(path, held)
            return
        if held.whole.value is not None:
            words = Words(self._names.old_list(path), Answer(held.whole.value))
            self._leave(moved, path, [words], _("a list has no answer of its own"))
        after = self._end_of(moved) if moved != path else 0
        if held.whole.confidential:
            self.carried.content[confidential_path(moved)] = True
        self._carry_list_state(path, moved, held.whole.state)
        count = 0
        for number, row in enumerate(held.in_order(), start=1):
            at = row_path(moved, row.id)
            if at in self.carried.content and not self._is_bare(at):
                self._refuse_row(path, row, number)
                continue
            position = {POSITION: row.position + after, **({BIN: True} if row.in_bin else {})}
            self.carried.content[at] = position
            if row.marked:
                self.carried.content[confidential_path(at)] = True
            self._carry_row(path, row, number, at, ListPlace(*found))
            count += not row.in_bin
        if moved != path and (count or held.whole.state is not None):
            names = self._names.old_list(path), self._names.new_list(moved)
            self.carried.moves.append(Move(path, moved, *names, rows=count))

    def _end_of(self, path: str) -> int:
        positions = [
            plain[POSITION]
            for at, plain in self.carried.content.items()
            if at.startswith(f"{path}/") and isinstance(plain, dict) and plain.keys() >= {POSITION}
        ]
        return max(positions, default=0)

    def _is_bare(self, at: str) -> bool:
        """Whether the row is in the bin with nothing in it: it was carried away from here once."""
        bare = bool(self.carried.content[at].get(BIN))
        return bare and not any(path.startswith((f"{at}/", f"{at}#")) for path in self.carried.content)

    def _carry_list_state(self, path: str, moved: str, state: Plain) -> None:
        if state is None:
            return
        place = state_path(moved)
        if not _is_state(state) or place in self.carried.content:
            words = Words(self._names.old_list(path), Answer(state=state))
            self._leave(moved, path, [words], _("another answer has this place already"))
        else:
            self.carried.content[place] = state

    def _carry_row(self, path: str, row: HeldRow, number: int, at: str, to: ListPlace) -> None:
        kind = self._names.row_type(path)
        codes = {code: self._moves.row_field(code, kind, to.entry) for code in row.answers}
        left: list[Words] = []
        for code in sorted(codes, key=lambda code: codes[code] != code):
            answer, new_code = row.answers[code], codes[code]
            old, name = self._names.old_row_field(path, code), self._names.old_field(path, code)
            asked = Asked(self._target, to.section, to.entry.row.field(new_code)) if new_code else None
            if row.in_bin:
                self._carry_binned(answer, old, asked, f"{at}/{code}", f"{at}/{new_code}")
            elif asked is None:
                reason = _("no question of the list asks for it any more")
                left.append(Words(name, answer, old, reason=reason))
            else:
                placed, rest = self._fit(answer, old, asked, f"{at}/{new_code}")
                if rest is not None:
                    left.append(replace(rest, name=name))
                self._note_placed_in_row((path, code), (to, asked.question.code), answer, placed)
        if left:
            self._leave(at, row_path(path, row.id), left, left[0].reason, self._names.row(path, number))

    def _carry_binned(
        self, answer: Answer, old: Asked | None, new: Asked | None, at_old: str, at_new: str
    ) -> None:
        """An answer of a row in the bin that has no place waits beside the row's questions."""
        content = self.carried.content
        if new is not None and at_new not in content:
            fitted = Fitted(None)
            if answer.value is not None:
                fitted = fit(answer.value, old, new, self._moves, self._language)
            if fitted.rest is None:
                put(content, at_new, replace(answer, value=fitted.plain))
                return
        put(content, at_old, answer)

    def _note_placed_in_row(
        self, old: tuple[str, str], new: tuple[ListPlace, str], answer: Answer, placed: Answer
    ) -> None:
        """As ``_note_placed``; what happens to one field of many rows is told once."""
        if placed.is_nothing:
            return
        (path, code), (to, new_code) = old, new
        if code != new_code:
            key = (f"{path}/{code}", f"{to.entry.path}/{new_code}")
            names = (
                f"{self._names.old_list(path)}, {self._names.old_field(path, code)}",
                f"{self._names.new_list(to.entry.path)}, {self._names.new_field(to.entry, new_code)}",
            )
            self._field_moves.setdefault(key, (*names, 0))
            self._field_moves[key] = (*names, self._field_moves[key][2] + 1)
        elif placed.value is not None and placed.value != answer.value:
            recoded = Recoded(
                f"{path}/{code}", f"{self._names.old_list(path)}, {self._names.old_field(path, code)}"
            )
            if recoded not in self.carried.recoded:
                self.carried.recoded.append(recoded)
        elif path == to.entry.path:
            self.carried.stayed += 1

    def _refuse_row(self, path: str, row: HeldRow, number: int) -> None:
        if row.in_bin:
            self._let_wait(path, row)
        else:
            self._leave_row(path, row, number, _("another row has its place already"))

    def _leave_list(self, path: str, held: HeldList) -> None:
        reason = _("the list no longer exists")
        if held.whole.state is not None or held.whole.value is not None:
            words = Words(self._names.old_list(path), held.whole)
            self._leave(self._section_near(path), path, [words], reason)
        for number, row in enumerate(held.in_order(), start=1):
            if row.in_bin:
                self._let_wait(path, row)
            else:
                self._leave_row(path, row, number, reason)

    def _let_wait(self, path: str, row: HeldRow) -> None:
        at = row_path(path, row.id)
        self.carried.content[at] = {POSITION: row.position, BIN: True}
        if row.marked:
            self.carried.content[confidential_path(at)] = True
        for code, answer in row.answers.items():
            put(self.carried.content, f"{at}/{code}", answer)

    def _leave_row(self, path: str, row: HeldRow, number: int, reason: str) -> None:
        words = [
            Words(self._names.old_field(path, code), answer, self._names.old_row_field(path, code))
            for code, answer in self._names.in_order(path, row.answers)
        ]
        name = self._names.row(path, number)
        self._leave(self._section_near(path), row_path(path, row.id), words, reason, name, marked=row.marked)

    # What has no place

    def _leave(
        self,
        near: str,
        path: str,
        words: list[Words],
        reason: str,
        name: str = "",
        *,
        marked: bool = False,
    ) -> None:
        text = kept_words(words, name, self._names.state_labels, marked=marked)
        if text is None:
            return
        order, _head = self._names.order(path)
        key = unplaced_key(path, self._target.version, order, self._taken)
        self._taken.add(key)
        self.carried.content[f"{UNPLACED}/{key}"] = {"text": text, "near": near}
        self.carried.left_over.append(LeftOver(path, key, name or words[0].name, text, reason))


def _is_state(plain: Plain) -> bool:
    return plain is None or (isinstance(plain, str) and plain in {state.value for state in State})
