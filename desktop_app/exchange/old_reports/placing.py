"""Walking through a document with a form at hand: which words answer which question.

Form wording says where the walk stands: a section's heading or one of its goals opens the section (so
a heading lost in conversion is no loss where goals are left), a list's title or prompt opens the list,
a field's label the field. What follows answers it. Words with no open question are set aside, with
the place they stood near; so is wording that is like the form's but not the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.exchange.old_reports.blocks import Block, BlockKind
from desktop_app.exchange.old_reports.cutting import Cutter
from desktop_app.exchange.old_reports.mending import is_page_number
from desktop_app.exchange.old_reports.openings import Found, Spoken, wording_at
from desktop_app.exchange.old_reports.wording import WordingIndex, WordingKind
from desktop_app.formdef.model import FieldType, Section
from desktop_app.report.text import Paragraph

_LEAST_WORDS_IN_ITEM = 3


@dataclass(slots=True)
class Portion:
    """Answers to one list that stood together. ``goals`` stood directly above them."""

    list_path: str
    goals: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Aside:
    """Words no question asks for. ``near`` is a section's code or a path, or empty for the document's head.

    ``like``: the words are almost those of the form, which they were taken for.
    """

    near: str
    blocks: list[Block]
    like: bool = False


@dataclass(slots=True)
class Placed:
    """Where everything in the document belongs."""

    goals: dict[str, list[str]] = field(default_factory=dict)
    portions: list[Portion] = field(default_factory=list)
    fields: dict[str, list[Block]] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)


def placed(spoken: Sequence[Spoken], index: WordingIndex, country: str) -> Placed:
    """Every block of the document in its place."""
    walk = _Walk(index, country)
    for block in spoken:
        walk.follow(block)
    return walk.placed


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: the section, and the open list (``portion``) or field.

    ``leads_to_goal``: the words that announce a goal came last. ``above`` are the goals met since the
    last answer. ``in_head``: no section was met yet.
    """

    index: WordingIndex
    country: str
    placed: Placed = field(default_factory=Placed)
    section: Section | None = None
    portion: Portion | None = None
    field_path: str | None = None
    leads_to_goal: bool = False
    above: list[str] = field(default_factory=list)
    in_head: bool = True
    aside: Aside | None = None
    goal_sections: dict[str, Section] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for section in self.index.form.walk():
            self.goal_sections.update((goal.code, section) for goal in section.goals)

    def follow(self, spoken: Spoken) -> None:
        """Take the words of one block in turn: wording and answers."""
        if is_page_number(spoken.block):
            self._set_aside(spoken.block)
            return
        cutter = Cutter(spoken.block.content)
        place = 0
        while place < len(spoken.words):
            found = self._wording(spoken, place)
            if found is not None and found.unknown:
                # The heading of a section the form does not have: what follows is not for the one before.
                self._close()
                self.section, self.in_head = None, False
            elif found is not None:
                self._take_wording(found)
                self._keep_notes(cutter.up_to(spoken.after_between(found.end)))
                place = found.end
                continue
            end = self._next_wording(spoken, place)
            stop = spoken.words[end].start if end < len(spoken.words) else len(spoken.text)
            self._take_words(spoken, place, end, cutter.up_to(stop))
            place = end
        if not spoken.words and (spoken.text.strip() or spoken.block.content.notes()):
            self._take_words(spoken, 0, 0, spoken.block.content)

    # Wording.

    def _wording(self, spoken: Spoken, place: int) -> Found | None:
        """The wording at ``place``, with those of its meanings that make sense here."""
        found = wording_at(spoken, self.index, place)
        if found is None or found.unknown:
            return found
        meanings = tuple(
            meaning
            for meaning in found.meanings
            if self._makes_sense(spoken, found, meaning.kind, meaning.code)
        )
        return replace(found, meanings=meanings) if meanings else None

    def _makes_sense(self, spoken: Spoken, found: Found, kind: WordingKind, code: str) -> bool:
        in_item = self.portion is not None and spoken.block.kind is BlockKind.ITEM
        match kind:
            case WordingKind.COUNTRY | WordingKind.CYCLE:
                return self.in_head and (code == self.country or kind is WordingKind.CYCLE)
            case WordingKind.STATE:
                return False
            case WordingKind.GOAL:
                # A country may write a goal's words as its own action.
                met = code in self.placed.goals.get(self.goal_sections[code].code, ())
                return self.portion is None or self.leads_to_goal or not (in_item or met)
            case WordingKind.LIST:
                return self._list_here(code) and not (in_item and not self._is_long_line(found))
            case WordingKind.FIELD:
                return self._field_here(code)
            case WordingKind.TITLE | WordingKind.SECTION | WordingKind.GOAL_LEAD:
                return not in_item or self._is_long_line(found)

    def _is_long_line(self, found: Found) -> bool:
        return found.line_end and found.end - found.start >= _LEAST_WORDS_IN_ITEM

    def _list_here(self, path: str) -> bool:
        return self.section is not None and any(entry.path == path for entry in self.section.lists)

    def _field_here(self, path: str) -> bool:
        found = self.index.form.field_at(path)
        return found is not None and (found[0] is self.section or (self.section is None and self.in_head))

    def _next_wording(self, spoken: Spoken, place: int) -> int:
        """The place of the next line that begins with wording; after the last word if there is none."""
        for later in range(place + 1, len(spoken.words)):
            if spoken.begins_line(later) and self._wording(spoken, later) is not None:
                return later
        return len(spoken.words)

    def _take_wording(self, found: Found) -> None:
        leads = False
        if goals := found.of(WordingKind.GOAL):
            self._take_goal(goals[0])
        elif sections := found.of(WordingKind.SECTION):
            self._open_section(sections[0])
        elif found.of(WordingKind.GOAL_LEAD):
            self.in_head = False
            leads = True
        elif lists := found.of(WordingKind.LIST):
            self._open_list(lists[0])
        elif fields := found.of(WordingKind.FIELD):
            self._close()
            self.field_path = fields[0]
        self.leads_to_goal = leads

    def _close(self) -> None:
        self.portion = self.field_path = self.aside = None

    def _open_section(self, code: str) -> None:
        """Open the section. Its heading met again, as at the head of a page, changes nothing."""
        section = self.index.form.section(code)
        if section is self.section:
            return
        self._close()
        self.above = []
        self.section, self.in_head = section, False

    def _take_goal(self, code: str) -> None:
        """Note the goal as chosen. Met again in its section, as at the head of a page, it changes nothing."""
        section = self.goal_sections[code]
        chosen = self.placed.goals.setdefault(section.code, [])
        if section is self.section and code in chosen and self.portion is not None:
            return
        if section is not self.section or self.portion is not None:
            self.above = []
        self._close()
        self.section, self.in_head = section, False
        self.above.append(code)
        if code not in chosen:
            chosen.append(code)

    def _open_list(self, path: str) -> None:
        if self.portion is not None and self.portion.list_path == path:
            return
        self._close()
        self.portion = Portion(path, tuple(self.above))
        self.placed.portions.append(self.portion)

    # Answers, and words that answer nothing.

    def _take_words(self, spoken: Spoken, start: int, end: int, content: Paragraph) -> None:
        block = replace(spoken.block, content=content)
        if self.leads_to_goal:
            self._close()
        like = None
        is_open = self.portion is not None or self.field_path is not None
        if start < end and (not is_open or spoken.block.kind is BlockKind.HEADING):
            like = self.index.like(spoken.words[start:end])
        if like is not None:
            if like.kind is WordingKind.GOAL:
                self._take_goal(like.code)
            else:
                self._open_section(like.code)
            self.placed.asides.append(Aside(self._near(), [block], like=True))
        elif self.portion is not None:
            self.portion.blocks.append(block)
        elif self.field_path is not None:
            self._answer_field(self.field_path, block)
        else:
            self._set_aside(block)
        self.leads_to_goal = False

    def _answer_field(self, path: str, block: Block) -> None:
        """Add to a field's answer; only rich text goes on for as long as there are words."""
        blocks = self.placed.fields.setdefault(path, [])
        blocks.append(block)
        found = self.index.form.field_at(path)
        assert found is not None
        question = found[1]
        if (question.type is not FieldType.TEXT or question.plain) and len(blocks) >= question.lines:
            self.field_path = None

    def _set_aside(self, block: Block) -> None:
        """Keep the block with the words set aside just before it, if the walk has not moved since."""
        near = self._near()
        if self.aside is None or self.aside.near != near or self.portion or self.field_path:
            self.aside = Aside(near, [])
            self.placed.asides.append(self.aside)
        self.aside.blocks.append(block)

    def _near(self) -> str:
        if self.portion is not None:
            return self.portion.list_path
        return self.field_path or (self.section.code if self.section else "")

    def _keep_notes(self, wording: Paragraph) -> None:
        """A footnote to the form's words is the country's."""
        for note in wording.notes():
            self._set_aside(Block(BlockKind.PARAGRAPH, Paragraph(note.runs)))


def portions_of(placed: Placed, list_path: str) -> Iterator[Portion]:
    """The portions of one list that hold anything, in the order of the document."""
    return (portion for portion in placed.portions if portion.list_path == list_path and portion.blocks)
