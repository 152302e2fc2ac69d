"""The page of one section: heading, goals to choose, single questions, lists. Made when first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Field, Section
from desktop_app.report.paths import read_path, row_path
from desktop_app.report.rules import is_relevant, section_names
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import tokens
from desktop_app.ui.binding import Binding
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.follow import follow
from desktop_app.ui.pages.page import Page, settle
from desktop_app.ui.parts import Card, Tone, Words, heading, help_line, in_row, title
from desktop_app.ui.past import Past
from desktop_app.ui.question import QuestionField
from desktop_app.ui.rows.problem_lines import IconMark

if TYPE_CHECKING:
    from desktop_app.formdef.model import ListDefinition
    from desktop_app.ui.rows.list_card import ListCard
    from desktop_app.ui.rows.row_steps import NextRow


class SectionPage(Page):
    """Everything of one section; exactly one row is being edited at a time."""

    section_wanted = Signal(str)
    """The code of a section below this one that someone wants to see."""

    removal_wanted = Signal(str)
    """The path of a row whose words someone wants to remove for good."""

    comments_wanted = Signal(str)
    """The path of a question or row, whose comments someone wants to see."""

    def __init__(
        self, session: EntrySession, section: Section, labels: Labels, past: Past | None = None
    ) -> None:
        """Build the page of ``section``. ``past``: for what was removed from its lists, and by whom."""
        super().__init__()
        self.section = section
        self._session = session
        self._labels = labels
        self._past = past
        self._bindings: list[Binding] = []
        self._fields: dict[str, QuestionField] = {}
        self._conditional: list[Field] = []
        self._cards: dict[str, ListCard] = {}
        self._wanted = ""
        self._add_heading()
        if section.goals:
            self._add_goals()
        self._add_fields()
        for entry in section.lists:
            self._add_list(entry, past)
        self._add_subsections()
        self._show_relevant()
        self.scrolled.connect(self._load_visible)
        follow(session, self, self._on_paths_changed)

    # Building

    def _add_heading(self) -> None:
        kicker = self._labels.section_kicker(self.section)
        if kicker:
            self.column.addWidget(Words(kicker, font=tokens.strong_font(), tone=Tone.ACCENT))
        self.column.addWidget(title(self._labels.section_title(self.section)))
        if self._past is not None:
            self._add_files(self._past)
        note = self._labels.note()
        if note:
            mark = IconMark("info", Tone.QUIET)
            line = in_row(mark, help_line(note))
            line.setStretch(1, 1)
            line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            self.column.addLayout(line)

    def _add_files(self, past: Past) -> None:
        """Those whose question is gone in this version of the form; the report's own on the first page."""
        from desktop_app.ui.attachments.room import FilesRoom

        self.column.addWidget(FilesRoom(past, self.section.code))
        if self.section is self._session.report.form.sections[0]:
            self.column.addWidget(FilesRoom(past, ""))

    def _add_goals(self) -> None:
        card = Card()
        goals = self.section.questions[0]
        card.column.addWidget(heading(self._labels.field_label(goals)))
        card.column.addWidget(self._question(goals, show_label=False))
        for question in self.section.fields:
            if question.goal is not None:
                card.column.addSpacing(tokens.GAP)
                card.column.addWidget(self._question(question))
        self.column.addWidget(card)

    def _add_fields(self) -> None:
        questions = [question for question in self.section.fields if question.goal is None]
        if not questions:
            return
        card = Card()
        card.column.setSpacing(tokens.SPACE)
        for question in questions:
            card.column.addWidget(self._question(question))
        self.column.addWidget(card)

    def _question(self, question: Field, *, show_label: bool = True) -> QuestionField:
        path = self.section.field_path(question)
        field = QuestionField(
            question,
            self.section,
            self._labels,
            show_label=show_label,
            cycle=self._session.report.cycle,
        )
        if question.respondent:
            field.editor.show_value(self._session.report.country)
            field.editor.set_read_only(True)
        else:
            self._bindings.append(Binding(self._session, path, field.editor))
            field.follow_problems(self._session, path)
            field.comments_wanted.connect(self.comments_wanted)
            if self._past is not None:
                field.take_files(self._past, path)
        self._fields[path] = field
        if question.goal is not None or question.relevant is not None:
            self._conditional.append(question)
        return field

    def _add_list(self, entry: ListDefinition, past: Past | None) -> None:
        from desktop_app.ui.rows.context import ListContext
        from desktop_app.ui.rows.list_card import ListCard

        card = ListCard(ListContext(self._session, self.section, entry, self._labels, past))
        card.edit_begun.connect(self._on_edit_begun)
        card.row_wanted.connect(self._on_row_wanted)
        card.removal_wanted.connect(self.removal_wanted)
        card.rows.comments_wanted.connect(self.comments_wanted)
        self._cards[entry.path] = card
        self.column.addWidget(card)

    def _add_subsections(self) -> None:
        if not self.section.sections:
            return
        from desktop_app.ui.pages.subsections import SubsectionLine

        for section in self.section.sections:
            line = SubsectionLine(self._session, section, self._labels)
            line.section_wanted.connect(self.section_wanted)
            self.column.addWidget(line)

    # Following

    def _on_paths_changed(self, paths: frozenset[str]) -> None:
        if self._conditional:
            with self.hold_still():
                self._show_relevant()

    def _show_relevant(self) -> None:
        """Questions that are not asked now stand back; one that was answered says why it does not count."""
        if not self._conditional:
            return
        report, section = self._session.report, self.section
        names = section_names(report, section)
        for question in self._conditional:
            path = section.field_path(question)
            self._fields[path].show_relevance(
                is_asked=is_relevant(report, section, question, names), is_answered=path in report.answers
            )

    def _on_edit_begun(self, card: ListCard) -> None:
        for other in self._cards.values():
            if other is not card:
                other.close_editor()

    def _on_row_wanted(self, wanted: NextRow) -> None:
        self._cards[wanted.list_path].focus_row(wanted.row)

    def _load_visible(self) -> None:
        if not self.isVisible():
            # Its parts have not their width yet, and rows would be measured for nothing.
            return
        seen = self.visible_rect()
        for card in self._cards.values():
            card.load_visible(seen.translated(-card.mapTo(self.ground, QPoint(0, 0))))

    # Places

    def showEvent(self, event: QShowEvent) -> None:
        """A place asked for before there was a page to see is shown now."""
        super().showEvent(event)
        settle()
        self._load_visible()
        settle()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.show_place(wanted)

    def go_to(self, path: str) -> None:
        """Bring the place at ``path`` into view, ready to be answered."""
        place = read_path(path)
        card = self._cards.get(place.head)
        if card is not None and place.row is not None and card.context.row_list.row(place.row) is not None:
            card.edit_row(place.row, place.field)
        else:
            self.show_place(path)

    def show_place(self, path: str) -> None:
        """Bring the place at ``path`` into view and put the keyboard there; a row is not opened for it."""
        if not self.isVisible():
            self._wanted = path
            return
        place = read_path(path)
        card, field = self._cards.get(place.head), self._fields.get(place.head)
        if card is not None and place.row is not None and card.context.row_list.row(place.row) is not None:
            card.focus_row(place.row)
        elif card is not None:
            self.show_part(card)
            card.focus_list()
        elif field is not None:
            self.show_part(field)
            field.editor.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def place(self) -> str:
        """The path of the question or row the keyboard is in; the section's code where it is in none."""
        focus = self.window().focusWidget()
        for path, field in self._fields.items():
            if focus is not None and field.isAncestorOf(focus):
                return path
        for path, card in self._cards.items():
            row_id = card.rows.focused_row
            if row_id is not None:
                return row_path(path, row_id)
        return self.section.code

    @property
    def last_place(self) -> str:
        """As ``place``; while the keyboard is elsewhere, the question it was in on this page."""
        place, last = self.place, self.ground.focusWidget()
        if place != self.section.code or last is None:
            return place
        return next((path for path, field in self._fields.items() if field.isAncestorOf(last)), place)

    @property
    def focused_path(self) -> str:
        """As ``place``; in a row being edited, the path of the field the keyboard is in."""
        place = self.place
        card = self._cards.get(read_path(place).head)
        editor = card.rows.editor if card is not None else None
        field = editor.focused_field if editor is not None else None
        return f"{place}/{field}" if field is not None else place

    def attach_here(self) -> bool:
        """Ask for files for the question or row the keyboard is in; False when it is in none."""
        place = self.last_place
        if self._past is None or place == self.section.code:
            return False
        from desktop_app.ui.attachments.dropping import choose_and_attach

        self.hand_over()
        choose_and_attach(self._past, place, self.window())
        return True

    def unfinished(self) -> QWidget | None:
        """Where the cursor should go because something stands there that is no answer yet."""
        found = next(iter(self._unfinished().values()), None)
        return found.focus_target() if found is not None else None

    def take_unfinished(self) -> dict[str, str]:
        """The words, by path, that would go with the page because they are no answer; they leave it."""
        taken = {}
        for path, editor in self._unfinished().items():
            taken[path] = editor.unfinished()
            editor.show_value(self._session.report.value(path))
        return taken

    def _unfinished(self) -> dict[str, FieldEditor]:
        """The editors in which something stands that is no answer yet, by path."""
        found = {path: field.editor for path, field in self._fields.items() if field.editor.unfinished()}
        for path, card in self._cards.items():
            if (editor := card.rows.editor) is not None:
                for code, each in editor.unfinished_fields().items():
                    found[row_path(path, editor.row_id, code)] = each
        return found

    # Used by the window

    def hand_over(self) -> None:
        """Give the session everything that was typed and not handed over yet."""
        for binding in self._bindings:
            binding.hand_over()
        for card in self._cards.values():
            card.rows.hand_over()

    def enter(self) -> None:
        """The page is always up to date."""

    def leave(self) -> None:
        """The page is left: what is open is closed and saved."""
        for binding in self._bindings:
            binding.finish()
        for card in self._cards.values():
            card.close_editor()
        self._session.leave()

    def release(self) -> None:
        """Let go of the session; before the page goes away."""
        self.leave()
        for binding in self._bindings:
            binding.release()
        self._session.ignore(self._on_paths_changed)

    def add_action(self, text: object) -> None:
        """Add a suggested action to the section's last list, and open it."""
        if self.section.lists and not self._session.is_closed:
            entry = self.section.lists[-1]
            row_id = self._session.add_row(entry.path, {entry.row.lead.code: text})  # type: ignore[dict-item]
            self._cards[entry.path].edit_row(row_id)
