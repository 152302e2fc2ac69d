"""The words a form has for each of its parts, in one language: what window, workbook and messages show."""

from __future__ import annotations

from desktop_app.formdef.model import GOALS_CODE, Field, Form, ListDefinition, Section, State
from desktop_app.runtime.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """Words of ``form`` in ``language``, the official words where a translation is missing."""

    form: Form
    language: str

    def _find(self, kind: str, code: str, part: str) -> str | None:
        return self.form.texts.find(kind, code, part, self.language)

    def form_title(self) -> str:
        """The form's full title."""
        return self.form.texts.get("form", "", "title", self.language)

    def form_short(self) -> str:
        """A title short enough for a window's header."""
        return self._find("form", "", "short") or self.form_title()

    def form_heading(self) -> str:
        """The line the published form prints at its top; the full title where it has none."""
        return self._find("form", "", "heading") or self.form_title()

    def form_about(self) -> str:
        """One or two sentences for choosing a form; may be empty."""
        return self._find("form", "", "about") or ""

    def section_title(self, section: Section) -> str:
        """The section's own title, without number."""
        return self.form.texts.get("section", section.code, "title", self.language)

    def section_heading(self, section: Section) -> str:
        """The heading as the form prints it, such as "Policy target No. 1: ..."."""
        pattern = self._find("kind", section.kind, "heading") if section.kind else None
        title = self.section_title(section)
        return pattern.replace("{number}", section.number).replace("{title}", title) if pattern else title

    def section_short(self, section: Section) -> str:
        """A name for outlines and messages, such as "Target 1"."""
        own = self._find("section", section.code, "short")
        if own:
            return own
        pattern = self._find("kind", section.kind, "short") if section.kind else None
        title = self.section_title(section)
        return pattern.replace("{number}", section.number).replace("{title}", title) if pattern else title

    def section_kicker(self, section: Section) -> str:
        """The small line above a page's title, such as "Policy target No. 1"; may be empty."""
        pattern = self._find("kind", section.kind, "kicker") if section.kind else None
        return pattern.replace("{number}", section.number) if pattern else ""

    def section_guidance(self, section: Section) -> str:
        """Guidance for the section, in the text notation; may be empty."""
        return self._find("section", section.code, "guidance") or ""

    def suggestions(self, section: Section) -> list[str]:
        """Suggested actions for the section, one a line in the form's texts."""
        lines = (self._find("section", section.code, "suggestions") or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def goal(self, code: str) -> str:
        """The goal's official wording."""
        return self.form.texts.get("goal", code, "label", self.language)

    def goal_short(self, code: str) -> str:
        """A few words for a chip, such as "Goal 2.1"."""
        return self._find("goal", code, "short") or code

    def goal_heading(self, section: Section) -> str:
        """The words the form prints before each goal, such as "Operational Goal:"; may be empty."""
        return (self._find("kind", section.kind, "goal") if section.kind else None) or ""

    def list_title(self, entry: ListDefinition) -> str:
        """The list's official heading."""
        return self._find("list", entry.path, "title") or self.form.texts.get(
            "list", entry.code, "title", self.language
        )

    def list_prompt(self, entry: ListDefinition) -> str:
        """The line the form prints above the list's answers; may be empty."""
        return self._find("list", entry.path, "prompt") or self._find("list", entry.code, "prompt") or ""

    def list_short(self, entry: ListDefinition) -> str:
        """A few words for messages, such as "planned actions"."""
        return self._find("list", entry.code, "short") or self.list_title(entry)

    def list_empty(self, entry: ListDefinition) -> str:
        """What an empty list says, and what to do; may be empty."""
        return self._find("list", entry.path, "empty") or self._find("list", entry.code, "empty") or ""

    def row_name(self, entry: ListDefinition) -> str:
        """What one row of the list is called, such as "planned action"."""
        return self._find("list", entry.code, "row") or self.list_short(entry)

    def field_label(self, question: Field, entry: ListDefinition | None = None) -> str:
        """The question's label; a list may have its own words for a field of its rows."""
        return self._field_part(question, entry, "label") or question.code

    def field_help(self, question: Field, entry: ListDefinition | None = None) -> str:
        """One line of help below the question; may be empty."""
        return self._field_part(question, entry, "help") or ""

    def field_placeholder(self, question: Field, entry: ListDefinition | None = None) -> str:
        """Grey words in an empty editor; may be empty."""
        return self._field_part(question, entry, "placeholder") or ""

    def _field_part(self, question: Field, entry: ListDefinition | None, part: str) -> str | None:
        own = self._find("field", f"{entry.code}.{question.code}", part) if entry else None
        return own or self._find("field", question.text_key, part)

    def choice(self, question: Field, code: str) -> str:
        """The label of one option of a choice, choices or scale field."""
        if question.choices == GOALS_CODE:
            return self.goal(code)
        return self.list_choice(question.choices or "", code)

    def list_choice(self, choice_list: str, code: str) -> str:
        """The label of one entry of a choice list; the code where there are no words for it."""
        words = self._find("choice", choice_list, code)
        if words:
            return words
        entries = self.form.choice_lists.get(choice_list)
        entry = entries.choice(code) if entries else None
        if entry is None:
            return code
        for tag in (self.language, self.form.texts.official):
            if tag in entry.names:
                return entry.names[tag]
        return next(iter(entry.names.values()), code)

    def country(self, code: str) -> str:
        """The respondent's name."""
        return self.list_choice(self.form.respondents, code)

    def country_note(self, code: str) -> str:
        """The footnote that belongs to the respondent's name wherever it is printed; may be empty."""
        choice = self.form.country(code)
        return choice.note if choice else ""

    def state(self, state: State) -> str | None:
        """The form's own words for an empty list's state, such as "No action taken."."""
        return self._find("state", state.value, "label")

    def check(self, code: str) -> str:
        """The sentence of one of the form's rules."""
        return self.form.texts.get("check", code, "message", self.language)

    def note(self) -> str:
        """The standing note of the form (such as: no personal data); may be empty."""
        return self._find("form", "", "note") or ""
