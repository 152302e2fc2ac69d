"""Commands about one report: start it, bring it in, look at it, send it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from desktop_app.cli.commands import Commands
from desktop_app.cli.keys import add_key_passphrase, add_proof, key_passphrase, proof_of
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.cli.secrets import add_secrets, key_for_new, key_of, tell_recovery_key
from desktop_app.runtime.i18n import _, ngettext


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    demo = commands.add("demo", _demo, _("fill in the example report, check it, export it, and say where"))
    demo.add_argument(
        "--to", metavar=_("DIR"), type=Path, help=_("where the files go; else your own example folder")
    )
    new = commands.add("new", _new, _("start a report"))
    new.add_argument("file", metavar=_("FILE"), type=Path)
    new.add_argument("--form", metavar="ID", required=True)
    new.add_argument("--country", metavar="CC", required=True)
    new.add_argument("--cycle", metavar="C")
    add_secrets(new)
    bring = commands.add(
        "import",
        _import,
        _("bring in an old report (md, txt), a data.json, a package or a filled-in workbook"),
    )
    bring.add_argument("file", metavar=_("FILE"), type=Path)
    bring.add_argument("document", metavar=_("DOCUMENT"), type=Path)
    bring.add_argument("--form", metavar="ID")
    bring.add_argument("--country", metavar="CC")
    add_secrets(bring)
    add_key_passphrase(bring)
    commands.add("show", _show, _("print the content of a report"), commands.report)
    commands.add("check", _check, _("print the problems; 1 if there are errors"), commands.report)
    export = commands.add("export", _export, _("write the package"), commands.report)
    export.add_argument(
        "--to", metavar=_("DIR"), type=Path, help=_("folder of the package; else beside the file")
    )
    export.add_argument("--replace", action="store_true", help=_("replace a different package that is there"))
    export.add_argument(
        "--submission",
        metavar="N",
        type=int,
        help=_("the package of submission N, as it was sent; else of what stands there now"),
    )
    export.add_argument(
        "--public",
        action="store_true",
        help=_("the public copy: without what is marked confidential"),
    )
    add_proof(export)


def _demo(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.demo import run_demo

    result = run_demo(options.to)
    output.line(_("Report file: {path}").format(path=result.report_file))
    output.line(_("Checked: {summary}").format(summary=_count_words(result.counts)))
    output.line(_("Package: {path}").format(path=result.package))
    output.line(_("Checksum of this draft: {checksum}").format(checksum=result.checksum))
    for notice in (_("It is not signed: nobody signs an example."), *result.notices):
        output.line(notice)
    output.result(
        {
            "report_file": str(result.report_file),
            "package": str(result.package),
            "checksum": result.checksum,
            "problems": result.counts,
            "notices": list(result.notices),
        }
    )
    return DONE


def _new(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.reports import start_report

    is_new, key = not options.file.exists(), key_for_new(options, options.file)
    started = start_report(options.file, options.form, options.country, options.cycle, key=key)
    output.line(_("Report {number} started in {path}").format(number=started.number, path=started.path))
    told = {"report_file": str(started.path), "report": started.number}
    output.result(told | (tell_recovery_key(key, output) if is_new else {}))
    return DONE


def _import(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.importing import import_document

    is_new, key = not options.file.exists(), key_for_new(options, options.file)
    imported = import_document(
        options.file,
        options.document,
        form_id=options.form,
        country=options.country,
        key=key,
        key_passphrase=key_passphrase(options),
    )
    output.line(_("Report {number} written to {path}").format(number=imported.number, path=imported.path))
    output.line(
        ngettext("{count} entry brought in.", "{count} entries brought in.", imported.rows).format(
            count=imported.rows
        )
    )
    for notice in imported.notices:
        output.line(notice)
    output.result(
        {
            "report_file": str(imported.path),
            "report": imported.number,
            "form": imported.form,
            "country": imported.country,
            "rows": imported.rows,
            "notices": list(imported.notices),
        }
        | (tell_recovery_key(key, output) if is_new else {})
    )
    return DONE


def _show(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.report.plain import report_to_plain
    from desktop_app.report.review import comments_to_plain
    from desktop_app.services.form_versions import MissingFormError
    from desktop_app.services.outline_text import report_lines
    from desktop_app.services.reports import look_into, raw_report

    key = key_of(options, options.file)
    try:
        read = look_into(options.file, options.report, key=key)
    except MissingFormError as error:
        if not options.json:
            raise
        output.result({**raw_report(options.file, options.report, key=key), "notices": [error.sentence]})
        return DONE
    for sentence in read.sentences:
        output.line(sentence)
    if options.json:
        notices = {"notices": list(read.sentences)} if read.sentences else {}
        output.result({**report_to_plain(read.report), **comments_to_plain(read.report), **notices})
    else:
        for line in report_lines(read.report):
            output.line(line)
    return DONE


def _check(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.checking import check

    checked = check(options.file, options.report, key=key_of(options, options.file))
    for found in checked.problems:
        line = f"{found.level_words}: {found.where}: {found.sentence}"
        reason = _("Accepted: {reason}").format(reason=found.reason) if found.reason else ""
        output.line(f"{line} {reason}".rstrip())
    output.line(_count_words(checked.counts))
    output.result(
        {
            "problems": [found.to_plain() for found in checked.problems],
            "errors": checked.counts["error"],
            "warnings": checked.counts["warning"],
            "hints": checked.counts["hint"],
        }
    )
    return NO if checked.counts["error"] else DONE


def _count_words(counts: Mapping[str, int]) -> str:
    errors = ngettext("{count} error", "{count} errors", counts["error"]).format(count=counts["error"])
    warnings = ngettext("{count} warning", "{count} warnings", counts["warning"]).format(
        count=counts["warning"]
    )
    hints = ngettext("{count} hint", "{count} hints", counts["hint"]).format(count=counts["hint"])
    return f"{errors}, {warnings}, {hints}"


def _export(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.exporting import export_file

    exported = export_file(
        options.file,
        options.report,
        options.to,
        replace=options.replace,
        key=key_of(options, options.file),
        proof=proof_of(options),
        submission=options.submission,
        is_public=options.public,
    )
    if exported.already_there:
        output.line(_("The same package is already there: {path}").format(path=exported.path))
    else:
        output.line(_("Package: {path}").format(path=exported.path))
    is_draft = exported.submission is None
    checksum = _("Checksum of this draft: {checksum}") if is_draft else _("Content checksum: {checksum}")
    output.line(checksum.format(checksum=exported.checksum))
    for notice in (*exported.proof, *exported.notices):
        output.line(notice)
    output.result(
        {
            "package": str(exported.path),
            "checksum": exported.checksum,
            "submission": exported.submission,
            "already_there": exported.already_there,
            "proof": list(exported.proof),
            "notices": list(exported.notices),
        }
    )
    return DONE
