"""Whatever people do: tables, log and memory agree, also after undo and reopening."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from desktop_app.formdef.model import FieldType, State
from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind, inverse, new_id
from desktop_app.report.content import submission_bytes
from desktop_app.report.journal import SubmittedContent
from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.report.plain import report_from_plain, report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.submissions import SubmissionRecord, submission_path, write_submission
from desktop_app.report.text import markup
from desktop_app.storage.hand_overs import KeptSubmission
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import replayed
from tests.support.small_form import COVER_FIELDS, EVERY_TYPE, ROW_FIELDS, empty_report
from tests.support.text_values import texts

LISTS = ("T1.planned", "T1.undertaken", "T2.planned")
TYPES = {question.code: question.type for question in (*ROW_FIELDS, *COVER_FIELDS)}


@st.composite
def notations(draw: st.DrawFn) -> str:
    return markup.write(draw(texts()))


VALUES: dict[FieldType, st.SearchStrategy[object]] = {
    FieldType.TEXT: notations().map(lambda notation: notation or None),
    FieldType.CHOICE: st.sampled_from(["AL", "FR"]),
    FieldType.CHOICES: st.sampled_from([["T1.G1"], ["T1.G2", "T1.G1"]]),
    FieldType.NUMBER: st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False),
    FieldType.YEAR_SERIES: st.dictionaries(st.sampled_from(["2012", "2013"]), st.integers(), min_size=1),
    FieldType.DATE: st.dates().map(lambda date: date.isoformat()),
    FieldType.TIMEFRAME: st.text(min_size=1).map(
        lambda words: {"text": words, "edtf": None, "confirmed": True}
    ),
    FieldType.YES_NO: st.booleans(),
    FieldType.SCALE: st.sampled_from(["first", "second"]),
    FieldType.LINK: st.text().map(lambda words: {"url": "https://example.org", "label": words}),
    FieldType.ATTACHMENT: st.integers(0, 9).map(lambda size: {"name": "a", "sha256": "a" * 64, "size": size}),
}
ROW_ANSWERS = st.sampled_from([question.code for question in ROW_FIELDS]).flatmap(
    lambda code: st.tuples(st.just(code), st.none() | VALUES[TYPES[code]])
)
COVER_ANSWERS = st.sampled_from([question.code for question in COVER_FIELDS]).flatmap(
    lambda code: st.tuples(st.just(code), st.none() | VALUES[TYPES[code]])
)
STATES = st.sampled_from([None, *(state.value for state in State)])
MARKS = st.sampled_from([None, True])

assert set(TYPES.values()) == set(VALUES) == set(FieldType)
assert EVERY_TYPE.keys() == {question.code for question in ROW_FIELDS}


class PeopleAtWork(RuleBasedStateMachine):
    """Edits a report in memory and in its file; looks at both, and at the log, over and over."""

    rows = Bundle("rows")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "albania.adesk"
        self.report = empty_report()
        self.report.number = 1
        self.done: list[Operation] = []
        self.open: OpenEdit | None = None
        self.sent: list[SubmittedContent] = []
        self.is_past_whole = True
        self.file: ReportFile

    @initialize()
    def start(self) -> None:
        self.file = ReportFile.create(self.path, fill=lambda file: file.add_report(self.report))

    def teardown(self) -> None:
        self.file.close()
        self.folder.cleanup()

    def make(self, *changes: tuple[str, object], kind: OperationKind = OperationKind.EDIT) -> None:
        self.leave()
        made = []
        for path, new in changes:
            made.append(Change(path, self.report.plain(path), new))
            self.report.apply(made[-1])
        operation = Operation(self.report.id, kind, tuple(made))
        self.file.record(operation)
        self.done.append(operation)

    def leave(self) -> None:
        if self.open is not None:
            edit, self.open = self.open, None
            self.make((edit.path, edit.value))

    @rule(target=rows, list_path=st.sampled_from(LISTS), position=st.integers(0, 5), answer=ROW_ANSWERS)
    def add_row(self, list_path: str, position: int, answer: tuple[str, object]) -> str:
        path = f"{list_path}/{new_id()}"
        self.make((path, {"position": position}), (f"{path}/{answer[0]}", answer[1]), kind=OperationKind.ADD)
        return path

    @rule(row=rows, answer=ROW_ANSWERS)
    def answer(self, row: str, answer: tuple[str, object]) -> None:
        self.make((f"{row}/{answer[0]}", answer[1]))

    @rule(answer=COVER_ANSWERS)
    def fill_in_the_cover(self, answer: tuple[str, object]) -> None:
        self.make((f"cover.{answer[0]}", answer[1]))

    @rule(row=rows, position=st.integers(0, 5))
    def move_or_restore(self, row: str, position: int) -> None:
        self.make((row, {"position": position}), kind=OperationKind.MOVE)

    @rule(row=rows)
    def remove(self, row: str) -> None:
        self.make((row, None), kind=OperationKind.REMOVE)

    @rule(row=rows, code=st.sampled_from(sorted(EVERY_TYPE)), state=STATES)
    def say_why_empty(self, row: str, code: str, state: str | None) -> None:
        self.make((f"{row}/{code}#state", state), (f"{row.split('/', maxsplit=1)[0]}#state", state))

    @rule(row=rows, code=st.sampled_from(["", "/budget"]), mark=MARKS)
    def mark_confidential(self, row: str, code: str, mark: bool | None) -> None:
        self.make((f"{row}{code}#confidential", mark), ("cover.date#confidential", mark))

    @rule(key=st.sampled_from("ab"), words=st.none() | notations())
    def keep_unplaced(self, key: str, words: str | None) -> None:
        self.make((f"unplaced/{key}", None if words is None else {"text": words, "near": "T1"}))

    @rule(row=rows, code=st.sampled_from(["", "/description", "/budget"]))
    def remove_for_good(self, row: str, code: str) -> None:
        self.leave()
        self.file.purge(self.report.id, [f"{row}{code}", "cover.authority", "unplaced/a"], "A mistake")
        removal = self.file.operations(self.report.id)[-1]
        for change in removal.changes:
            self.report.apply(change)
        # What was done there before can no longer be told.
        self.is_past_whole = False
        self.done = self.file.operations(self.report.id)[1:]

    @rule()
    def submit(self) -> None:
        self.leave()
        number, text = len(self.sent) + 1, submission_bytes(self.report)
        content = SubmittedContent(number, hashlib.sha256(text).hexdigest(), text.decode())
        record = write_submission(SubmissionRecord(number, "", "Ana", content.checksum))
        changes = (
            Change("#status", self.report.status, "submitted"),
            Change(submission_path(number), None, record),
        )
        for change in changes:
            self.report.apply(change)
        operation = Operation(self.report.id, OperationKind.STATUS, changes)
        self.file.keep([KeptSubmission(operation, content)])
        self.done.append(operation)
        self.sent.append(content)

    @rule()
    def look_at_what_was_sent(self) -> None:
        form = self.report.form
        for content in self.sent:
            stored = self.file.submission(self.report.id, content.number)
            assert stored is not None
            assert (stored.text, stored.checksum) == (content.text, content.checksum)
            again = report_from_plain(json.loads(stored.text), form)
            assert submission_bytes(again).decode() == content.text
            if self.is_past_whole:
                then = self.file.report_after(self.report.id, stored.operation, form)
                assert submission_bytes(then).decode() == content.text
                assert list(then.submissions)[-1:] == [str(content.number)]

    @rule(status=st.sampled_from(["draft", "ready"]))
    def change_status(self, status: str) -> None:
        self.make(("#status", status), kind=OperationKind.STATUS)

    @rule(words=st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1))
    def type(self, words: str) -> None:
        if self.open is not None and self.open.path != "cover.authority":
            self.leave()
        self.open = OpenEdit(self.report.id, "cover.authority", words)
        self.file.keep_open_edit(self.open)

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """Of the last step, and of one that is long past: the log takes either."""
        self.leave()
        # What was submitted stays.
        done = [each for each in self.done if not any(_is_submission(change) for change in each.changes)]
        if done:
            step = data.draw(st.sampled_from([done[-1], done[0]]))
            self.make(
                *((change.path, change.new) for change in inverse(step.changes)), kind=OperationKind.UNDO
            )

    @rule()
    def reopen(self) -> None:
        self.leave()
        self.file.close()
        self.file = ReportFile.open(self.path, "write")
        assert self.file.recovered == ()

    @rule()
    def look_at_everything(self) -> None:
        assert self.file.verify_chain() == []
        log = self.file.operations(self.report.id)
        assert log[1:] == self.done
        moments = self.file.moments(self.report.id)
        assert [moment.at for moment in reversed(moments)] == [operation.at for operation in log]
        assert replayed(self.report, log) == self.report

    @invariant()
    def the_file_says_what_memory_says(self) -> None:
        if hasattr(self, "file"):
            expected = self.expected()
            loaded = self.file.load(1, self.report.form)
            assert loaded == expected
            assert report_to_plain(loaded) == report_to_plain(expected)

    def expected(self) -> Report:
        if self.open is None:
            return self.report
        return replayed(
            self.report, [*self.file.operations(self.report.id), _of_open_edit(self.report, self.open)]
        )


def _is_submission(change: Change) -> bool:
    return read_path(change.path).kind is PlaceKind.SUBMISSION


def _of_open_edit(report: Report, edit: OpenEdit) -> Operation:
    return Operation(report.id, OperationKind.EDIT, (Change(edit.path, None, edit.value),))


TestPeopleAtWork = PeopleAtWork.TestCase
TestPeopleAtWork.settings = settings(max_examples=15, stateful_step_count=30)
