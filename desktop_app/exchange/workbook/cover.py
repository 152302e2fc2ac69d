"""The cover: who reports what, how far it has come, what is on which sheet, and how to read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.common_columns import sentence_case
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.naming import COVER, REVIEW
from desktop_app.exchange.workbook.paper import row_ends
from desktop_app.exchange.workbook.plan import Cell, Look, SheetPlan, Words
from desktop_app.exchange.workbook.readable import readable_words
from desktop_app.exchange.workbook.sheet_rows import SheetRows
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.formdef.model import GOALS_FIELD, Level, Section
from desktop_app.report.file_words import size_words
from desktop_app.report.placed_files import files_of
from desktop_app.report.places import place_name
from desktop_app.report.public_copy import public_copy_words
from desktop_app.report.report import Report
from desktop_app.report.state_words import status_words
from desktop_app.report.status import Status
from desktop_app.report.submissions import amendment_words, taken_back_before, taken_back_words
from desktop_app.runtime.i18n import _, ngettext

NAME, WORDS, COUNT, STATE = 1, 2, 3, 4
_WIDTHS = (27.0, 64.0, 11.0, 19.0)
_ON_ONE_PAGE = 30
"""Lines of the table of numbers up to which it is printed on one page."""
_HEAD_LOOKS = {
    NAME: Look.COLUMN_HEAD,
    WORDS: Look.COLUMN_HEAD,
    COUNT: Look.COUNT_HEAD,
    STATE: Look.COLUMN_HEAD_BESIDE,
}


def cover_sheet(
    context: Context,
    tables: Iterable[FlatTable],
    checksum: str,
    submission: int | None = None,
    signed_with: str = "",
) -> SheetPlan:
    """The first sheet. ``tables``: those with a sheet of their own, in order.

    ``submission``: its number; ``signed_with``: the fingerprint of the key that signs the package.
    """
    rows = SheetRows(_WIDTHS)
    tables = list(tables)
    title = _heading(context, rows, submission)
    _facts(context, rows)
    _of_earlier(context.report, rows, submission)
    rows.gap()
    _warnings(context, rows)
    _contents(context, rows, tables)
    if any(table.sheet == REVIEW for table in tables):
        _commenting(context, rows)
    _numbers(context, rows)
    if context.report.left_out is None:
        _checks(context, rows)
    _reading(rows)
    _checksum(context.report, rows, checksum, submission)
    if signed_with:
        _signed(rows, signed_with)
    sheet = SheetPlan(COVER, title, tuple(rows.rows), _WIDTHS)
    return replace(sheet, row_ends=row_ends(sheet))


def country_name(context: Context) -> str:
    """The respondent's name, with an asterisk where a note belongs to it."""
    country = context.report.country
    star = "*" if context.labels.country_note(country) else ""
    return context.labels.country(country) + star


def country_note(context: Context) -> str:
    """The note that belongs to the respondent's name wherever it is printed; empty for most."""
    note = context.labels.country_note(context.report.country)
    return f"* {note}" if note else ""


def _heading(context: Context, rows: SheetRows, submission: int | None) -> str:
    labels, report = context.labels, context.report
    rows.add({NAME: Cell(plain(labels.form_heading()), Look.KICKER)})
    rows.add({NAME: Cell(plain(country_name(context)), Look.COVER_TITLE)})
    line = " · ".join(
        (
            labels.form_short(),
            _("Cycle {cycle}").format(cycle=report.cycle),
            status_words(report.status)
            if submission is None
            else _("Submission {number}").format(number=submission),
        )
    )
    rows.add({NAME: Cell(plain(line), Look.COVER_LINE)})
    if country_note(context):
        rows.add({WORDS: Cell(plain(country_note(context)), Look.QUIET_BESIDE)})
    rows.gap(8.0)
    return f"{country_name(context)}: {labels.form_title()}"


def _facts(context: Context, rows: SheetRows) -> None:
    """What the section about the respondent says, and the form in full."""
    report, labels = context.report, context.labels
    section = context.cover
    for question in section.fields if section else ():
        path = section.field_path(question) if section else ""
        value, state = report.answers.get(path), report.states.get(path)
        is_empty = value is None and state is None and not context.left_out(path)
        if question.respondent or (is_empty and question.supplement):
            continue
        words = readable_words(question, value, labels)
        look = Look.BODY_BESIDE if words else Look.STATE_BESIDE
        if not words:
            words = plain(context.empty_words(path, state))
        _fact(rows, labels.field_label(question), words, look, context.is_confidential(path))
    form = _("{title} ({form}, version {version})").format(
        title=labels.form_title(), form=report.form.id, version=report.form.version
    )
    _fact(rows, _("Form"), plain(form))


def _of_earlier(report: Report, rows: SheetRows, submission: int | None) -> None:
    """What its reader must know of the submissions before it."""
    if about := amendment_words(report, submission):
        _fact(rows, _("What the amendment is about"), plain(about))
    if back := taken_back_before(report, submission):
        _fact(rows, _("Taken back"), plain(taken_back_words(back)))


def _fact(
    rows: SheetRows, label: str, words: Words, look: Look = Look.BODY_BESIDE, confidential: bool = False
) -> None:
    cells = {NAME: Cell(plain(label), Look.LABEL_BESIDE), WORDS: Cell(words, look)}
    if confidential:
        cells[STATE] = Cell(plain(_("Confidential")), Look.MARK)
    rows.add(cells, mark=COUNT)


def _warnings(context: Context, rows: SheetRows) -> None:
    if left_out := public_copy_words(context.report, context.labels):
        label = Cell(plain(_("Public copy")), Look.WARNING)
        rows.add({NAME: label, WORDS: Cell(plain(left_out), Look.WARNING)})
    if not context.report.form.labels_verified:
        warning = _(
            "Provisional form: its wording has not been compared with the published form. "
            "Check it before you quote from it."
        )
        rows.add(
            {NAME: Cell(plain(_("Please note")), Look.WARNING), WORDS: Cell(plain(warning), Look.WARNING)}
        )
    note = context.labels.note()
    if note:
        rows.add(
            {
                NAME: Cell(plain(_("Standing note")), Look.LABEL_BESIDE),
                WORDS: Cell(plain(note), Look.STATE_BESIDE),
            }
        )


def _contents(context: Context, rows: SheetRows, tables: Iterable[FlatTable]) -> None:
    _caption(rows, _("Sheets of this workbook"))
    for section in context.readable():
        name = context.sheets[section.code]
        _entry(rows, name, plain(context.labels.section_heading(section)))
    for table in tables:
        _entry(rows, table.sheet, plain(table.about))


def _entry(rows: SheetRows, sheet: str, words: Words) -> None:
    link = Cell(plain(sheet), Look.LINK, rule=True, sheet=sheet)
    _ruled(rows, {NAME: link, WORDS: Cell(words, Look.ENTRY, rule=True)})


def _ruled(rows: SheetRows, cells: dict[int, Cell], keeps: bool = False) -> None:
    """A row with a hairline over the whole width."""
    line = {column: Cell(None, Look.ENTRY, rule=True) for column in range(NAME, STATE + 1)}
    rows.add({**line, **cells}, keeps=keeps)


def _caption(rows: SheetRows, words: str) -> None:
    rows.gap(16.0)
    line = {column: Cell(None, Look.LIST_HEADING, rule=True) for column in range(NAME, STATE + 1)}
    rows.add({**line, NAME: Cell(plain(words), Look.CAPTION)}, keeps=True)


def _commenting(context: Context, rows: SheetRows) -> None:
    """What a reviewer does, in three steps, who sees it, and where the country's answers are."""
    _caption(rows, _("How to comment"))
    rows.gap(4.0)
    for step, words in (
        (_("1. Open the sheet Review"),
         _("Each row is a goal or an action. Sort and filter it as you like.")),
        (_("2. Write in the tinted columns"),
         _("Choose a decision, type a comment or a question to the country, and give your name and the date. "
           "Two reviewers may each write in a copy of their own.")),
        (_("3. Save it and send it back"),
         _("Under any name. Your words then stand in Alliance Desk beside the very goal or action.")),
        (_("Who reads it"),
         _("The country sees and answers official comments. Comments of the kind Internal are meant for "
           "reviewers, but the country can see them as well when it opens this workbook.")),
        *([(_("What was said before"), _said_before())] if context.report.comments else []),
    ):  # fmt: skip
        rows.add({NAME: Cell(plain(step), Look.LABEL_BESIDE), WORDS: Cell(plain(words), Look.BODY_BESIDE)})


def _said_before() -> str:
    return _(
        "On the sheet Review, earlier comments with the answers to them stand in the column “{thread}”, "
        "beside the official words. Further to the right are “{answer}”, “{status}” and, where there are "
        "any, “{internal}”."
    ).format(
        thread=_("Said before"),
        answer=_("Country's answer"),
        status=_("Status"),
        internal=_("Internal comments before"),
    )


def _checks(context: Context, rows: SheetRows) -> None:
    """How much the checks found, and what belongs to no single answer."""
    _caption(rows, _("Check results"))
    rows.gap(4.0)
    checks = context.checks
    counts = (
        ngettext("{count} error", "{count} errors", checks.counts[Level.ERROR]),
        ngettext("{count} warning", "{count} warnings", checks.counts[Level.WARNING]),
        ngettext("{count} hint", "{count} hints", checks.counts[Level.HINT]),
    )
    found = zip(counts, (checks.counts[level] for level in Level), strict=True)
    words = ", ".join(pattern.format(count=count) for pattern, count in found if count)
    where = _("They stand in the columns “Check” of the tables.") if words else _("Nothing was found.")
    if checks.accepted_count:
        accepted = ngettext(
            "{count} warning was accepted, with the reason beside it.",
            "{count} warnings were accepted, with the reason beside each.",
            checks.accepted_count,
        )
        where = f"{where} {accepted.format(count=checks.accepted_count)}"
    rows.add(
        {
            NAME: Cell(plain(words or _("No problems")), Look.LABEL_BESIDE),
            WORDS: Cell(plain(where), Look.BODY_BESIDE),
        }
    )
    for problem in checks.of_whole:
        name = Cell(plain(place_name(context.report, problem.path)), Look.LABEL_BESIDE)
        rows.add({NAME: name, WORDS: Cell(plain(checks.sentence(problem)), Look.BODY_BESIDE)})


def _numbers(context: Context, rows: SheetRows) -> None:
    """Goals chosen, rows and states, by section."""
    counted = [section for section in context.report.form.walk() if section.goals or section.lists]
    if not counted:
        return
    _caption(rows, _("In numbers"))
    heads = {NAME: _("Section"), WORDS: _("What"), COUNT: _("Number"), STATE: _("State")}
    rows.add({column: Cell(plain(head), _HEAD_LOOKS[column]) for column, head in heads.items()}, keeps=True)
    by_section = [(section, list(_counts(context, section))) for section in counted]
    is_short = sum(len(counts) for _section, counts in by_section) <= _ON_ONE_PAGE
    for section, counts in by_section:
        name = context.labels.section_short(section)
        is_last = section is counted[-1]
        for number, (what, count, state) in enumerate(counts, start=1):
            cells = {NAME: plain(name), WORDS: plain(what), STATE: plain(state)}
            shown = {column: Cell(words, Look.ENTRY, rule=True) for column, words in cells.items()}
            cells_of_row = {**shown, COUNT: Cell(plain(count), Look.COUNT, rule=True)}
            keeps = number < len(counts) or (is_short and not is_last)
            _ruled(rows, cells_of_row, keeps=keeps)
            name = ""
    _files(context, rows)


def _files(context: Context, rows: SheetRows) -> None:
    """How many files are attached, and how large they are together."""
    sizes = {file.sha256: file.size for _path, file in files_of(context.report)}
    if sizes:
        cells = {NAME: _("Attached files"), WORDS: size_words(sum(sizes.values())), STATE: ""}
        shown = {column: Cell(plain(words), Look.ENTRY, rule=True) for column, words in cells.items()}
        _ruled(rows, {**shown, COUNT: Cell(plain(str(len(sizes))), Look.COUNT, rule=True)})


def _counts(context: Context, section: Section) -> Iterable[tuple[str, str, str]]:
    report, labels = context.report, context.labels
    if section.goals:
        path = section.field_path(GOALS_FIELD)
        chosen = report.answers.get(path)
        count = len(chosen) if isinstance(chosen, tuple) else 0
        state = report.states.get(path)
        words = _("{count} of {total}").format(count=count, total=len(section.goals))
        yield _("Goals chosen"), words, context.state(state) if state else ""
    for entry in section.lists:
        row_list = report.lists[entry.path]
        words = context.state(row_list.state) if row_list.state else ""
        if not words and not row_list.rows:
            words = context.empty_words(entry.path, None)
        yield sentence_case(labels.list_short(entry)), str(len(row_list.rows)), words


def _reading(rows: SheetRows) -> None:
    _caption(rows, _("How to read this workbook"))
    rows.gap(4.0)
    for words in (
        _("A blank cell means that nothing was answered. Words such as “No action taken” are an answer."),
        _("A timeframe stands in the country's own words. Below it, in grey, is how the program reads them; "
          "“not confirmed” means that nobody in the country has looked at that reading yet."),
        _("An answer too long for one row goes on in the next; (2/3) is the second of three parts."),
        _("In the tables a row shows the beginning of a very long text, and says beside it on which sheet "
          "and in which row all of it can be read. The cell itself holds the whole text."),
        _("Rows and answers marked “Confidential” are left out of the public copy."),
    ):  # fmt: skip
        rows.add({WORDS: Cell(plain(words), Look.BODY_BESIDE)})


def _checksum(report: Report, rows: SheetRows, checksum: str, submission: int | None) -> None:
    rows.gap()
    name = _("Content checksum")
    words = _("SHA-256 of the answers. It changes with every answer, so two copies can be told apart.")
    if report.left_out is not None:
        name = _("Content checksum of this public copy")
    elif submission is None and report.status != Status.SUBMITTED:
        name = _("Checksum of this draft")
        words = _(
            "SHA-256 of the answers in this package, so that two drafts can be told apart. The checksum to"
            " sign stands on the sign-off page: it is that of what will be submitted."
        )
    label = Cell(plain(name), Look.LABEL_BESIDE)
    rows.add({NAME: label, WORDS: Cell(plain(checksum), Look.CHECKSUM)}, keeps=True)
    rows.add({WORDS: Cell(plain(words), Look.QUIET_BESIDE)})


def _signed(rows: SheetRows, fingerprint: str) -> None:
    label = Cell(plain(_("Signed with the key")), Look.LABEL_BESIDE)
    rows.add({NAME: label, WORDS: Cell(plain(fingerprint), Look.CHECKSUM)}, keeps=True)
    words = _("Fingerprint of the sender's key. Compare it with the one you were given in person.")
    rows.add({WORDS: Cell(plain(words), Look.QUIET_BESIDE)})
