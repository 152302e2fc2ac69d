from __future__ import annotations

from desktop_app.services.typing_steps import PAUSE, TypingSteps


class Typist:
    """Types contents at the moments of a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.content = ""
        self.steps = TypingSteps(lambda: self.now)

    def type(self, content: str, after: float = 0.1) -> None:
        self.now += after
        self.steps.note(self.content)
        self.content = content

    def undo(self) -> bool:
        return self._take(self.steps.undo(self.content))

    def redo(self) -> bool:
        return self._take(self.steps.redo(self.content))

    def _take(self, found: tuple[object] | None) -> bool:
        if found is None:
            return False
        assert isinstance(found[0], str)
        self.content = found[0]
        return True


def test_one_burst_of_typing_is_one_step() -> None:
    typist = Typist()
    for content in ("T", "Tr", "Train"):
        typist.type(content)
    typist.type("Train judges", after=PAUSE + 0.1)
    assert typist.undo()
    assert typist.content == "Train"
    assert typist.undo()
    assert typist.content == ""
    assert not typist.undo()


def test_what_was_taken_back_is_made_again() -> None:
    typist = Typist()
    typist.type("Train")
    typist.type("Train judges", after=5)
    typist.undo()
    typist.undo()
    assert typist.steps.can_redo
    assert typist.redo()
    assert typist.content == "Train"
    assert typist.redo()
    assert typist.content == "Train judges"
    assert not typist.redo()
    assert not typist.steps.can_redo


def test_typing_forgets_what_was_taken_back() -> None:
    typist = Typist()
    typist.type("Train")
    typist.undo()
    typist.type("Plan")
    assert not typist.steps.can_redo
    assert not typist.redo()


def test_after_an_undo_the_next_key_begins_a_new_step() -> None:
    typist = Typist()
    typist.type("Train")
    typist.type("Train judges", after=5)
    typist.undo()
    typist.type("Train police")
    assert typist.undo()
    assert typist.content == "Train"


def test_a_step_that_changes_nothing_is_passed_over() -> None:
    typist = Typist()
    typist.type("Train")
    typist.type("", after=5)
    assert typist.steps.can_undo(typist.content)
    assert typist.undo()
    assert typist.content == "Train"
    fresh = TypingSteps(lambda: 0.0)
    fresh.note("same")
    assert not fresh.can_undo("same")
    assert fresh.undo("same") is None
