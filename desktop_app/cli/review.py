"""The command that brings in what reviewers wrote in a workbook."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.commands import Commands
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.cli.secrets import key_of
from desktop_app.runtime.i18n import _, ngettext

if TYPE_CHECKING:
    from desktop_app.services.review.items import NewComment, NewRow, ReviewPreview, Suggestion


def add_to(commands: Commands) -> None:
    """Offer the command."""
    review = commands.add(
        "review",
        _review,
        _("say what a reviewed workbook holds for a report, or bring it in; 1 if a person is needed"),
        commands.file,
    )
    review.add_argument("workbook", metavar=_("WORKBOOK"), type=Path)
    review.add_argument(
        "--report",
        metavar="N",
        type=int,
        help=_("number of the report in the file; else the one the workbook was made of, else the newest"),
    )
    review.add_argument("--apply", action="store_true", help=_("bring in the comments"))
    review.add_argument(
        "--suggestions", action="store_true", help=_("with --apply: take suggested wordings over as well")
    )
    review.add_argument("--rows", action="store_true", help=_("with --apply: add the new rows as well"))
    review.add_argument(
        "--remarks",
        action="store_true",
        help=_("with --apply: bring in words from other columns and sheets than those for reviews as well"),
    )
    review.add_argument(
        "--even-if-other",
        action="store_true",
        help=_("bring it in although it is of another country, form or report of the file"),
    )


def _review(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.review.filing import for_a_person, how_to_bring_in, look, review_file

    key = key_of(options, options.file)
    if not options.apply:
        preview = look(options.file, options.workbook, options.report, key=key)
        _tell(preview, output)
        for line in filter(None, (how_to_bring_in(preview), for_a_person(preview))):
            output.line(line)
        output.result(to_plain(preview))
        return NO if preview.refusals or preview.conflicts else DONE
    done = review_file(
        options.file,
        options.workbook,
        options.report,
        suggestions=options.suggestions,
        rows=options.rows,
        remarks=options.remarks,
        even_if_other=options.even_if_other,
        key=key,
    )
    _tell(done.preview, output)
    person = "" if done.is_refused else for_a_person(done.preview)
    for line in filter(None, (*done.lines, done.left_out, person)):
        output.line(line)
    output.result({**to_plain(done.preview), "applied": done.to_plain()})
    return NO if done.is_refused or done.preview.conflicts else DONE


# What is said


def _tell(preview: ReviewPreview, output: Output) -> None:
    for line in _lines(preview):
        output.line(line)


def _lines(preview: ReviewPreview) -> Iterator[str]:
    yield from (_("Not brought in: {reason}").format(reason=each) for each in preview.refusals)
    yield from (_("Note: {sentence}").format(sentence=each) for each in preview.warnings)
    for comment in preview.comments:
        yield from _comment_lines(comment)
    for suggestion in preview.suggestions:
        yield from _suggestion_lines(suggestion)
    for row in preview.new_rows:
        yield from _row_lines(row)
    yield _counts(preview)


def _comment_lines(found: NewComment) -> Iterator[str]:
    from desktop_app.report.review import CommentKind, comment_words

    words = comment_words(found.comment).replace("\n", "\n  ")
    if found.comment.kind == CommentKind.INTERNAL:
        known = _("Internal comment, known already: {place}: {words}")
        line = known if found.is_known else _("Internal comment: {place}: {words}")
    else:
        known = _("Comment, known already: {place}: {words}")
        line = known if found.is_known else _("Comment: {place}: {words}")
    yield line.format(place=found.where, words=words)
    yield from (f"  {each}" for each in found.told)


def _suggestion_lines(found: Suggestion) -> Iterator[str]:
    line = (
        _("Suggested wording, decided already: {place}: {words}")
        if found.is_known
        else _("Suggested wording: {place}: {words}")
    )
    yield line.format(place=found.where, words=_indented(found.found))
    yield "  " + _("instead of: {words}").format(words=_indented(found.official))
    if found.is_stale:
        yield "  " + _("The report reads now: {words}").format(words=_indented(found.now))
        if found.outcome != found.found:
            yield "  " + _("would become: {words}").format(words=_indented(found.outcome))
    yield from (f"  {each}" for each in (*found.told, *([found.obstacle] if found.obstacle else ())))


def _indented(words: str) -> str:
    return words.replace("\n", "\n  ") or _("(nothing)")


def _row_lines(found: NewRow) -> Iterator[str]:
    line = _("New row, known already: {place}: {words}") if found.is_known else _("New row: {place}: {words}")
    yield line.format(place=found.where, words=found.words)
    yield from (f"  {each}" for each in (*found.told, *([found.obstacle] if found.obstacle else ())))


def _counts(preview: ReviewPreview) -> str:
    comments, suggestions = len(preview.new_comments), len(preview.open_suggestions)
    rows = len(preview.rows_to_add)
    conflicts = sum(each.is_stale for each in preview.open_suggestions)
    if not preview.has_news:
        return _("Nothing new in this workbook.")
    wordings = ngettext("{count} suggested wording", "{count} suggested wordings", suggestions).format(
        count=suggestions
    )
    if conflicts:
        wordings = _("{wordings} ({count} of them in words that were changed since)").format(
            wordings=wordings, count=conflicts
        )
    return ", ".join(
        (
            ngettext("{count} new comment", "{count} new comments", comments).format(count=comments),
            wordings,
            ngettext("{count} new row", "{count} new rows", rows).format(count=rows),
        )
    )


def to_plain(preview: ReviewPreview) -> dict[str, Any]:
    """The preview for a program."""
    from desktop_app.report.review import write_comment

    return {
        "comments": [
            {
                "id": each.id,
                "place": each.where,
                "known": each.is_known,
                "told": list(each.told),
                **write_comment(each.comment),
            }
            for each in preview.comments
        ],
        "suggestions": [
            {
                "id": each.id,
                "place": each.where,
                "path": each.path,
                "official": each.official,
                "found": each.found,
                "now": each.now,
                "known": each.is_known,
                "obstacle": each.obstacle,
                "stale": each.is_stale,
                "told": list(each.told),
            }
            for each in preview.suggestions
        ],
        "rows": [
            {
                "id": each.id,
                "place": each.where,
                "list": each.list_path,
                "words": each.words,
                "known": each.is_known,
                "obstacle": each.obstacle,
                "told": list(each.told),
            }
            for each in preview.new_rows
        ],
        "warnings": list(preview.warnings),
        "refusals": list(preview.refusals),
    }
