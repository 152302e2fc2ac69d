"""The command line: one small function for each command, all work in the services.

Every command prints lines a person can read, or JSON with ``--json``, and ends with 0 (done),
1 (the answer is no: errors found, changed) or 2 (cannot: one sentence says why).
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop_app import __version__
from desktop_app.runtime import i18n, paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

DONE, NO, CANNOT = 0, 1, 2

log = logging.getLogger(__name__)


class Output:
    """Prints for a person, or collects for a program; never both."""

    def __init__(self, *, as_json: bool) -> None:
        """``as_json``: print one JSON document at the end instead of lines."""
        self._as_json = as_json

    def line(self, words: str) -> None:
        """A line for a person."""
        if not self._as_json:
            print(words)

    def result(self, plain: Mapping[str, Any] | Sequence[Any]) -> None:
        """The document for a program."""
        if self._as_json:
            print(json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True))

    def failure(self, sentence: str) -> None:
        """Why the command cannot be carried out."""
        if self._as_json:
            print(json.dumps({"error": sentence}, ensure_ascii=False))
        print(sentence, file=sys.stderr)


def main(arguments: Sequence[str]) -> int:
    """Carry out one command. Returns the exit code."""
    _speak_utf8()
    i18n.install(os.environ.get("ALLIANCE_DESK_LANGUAGE"), paths.resource("i18n"))
    options = _parser().parse_args(arguments)
    output = Output(as_json=options.json)
    try:
        command: Callable[[argparse.Namespace, Output], int] = options.carry_out
        return command(options, output)
    except DeskError as error:
        output.failure(error.sentence)
        return CANNOT
    except BrokenPipeError:
        # Whoever read our lines has seen enough; Python must not complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        output.failure(_("The system refused: {reason}").format(reason=error))
        return CANNOT
    except KeyboardInterrupt:
        output.failure(_("Stopped. Nothing was left half done."))
        return CANNOT


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alliance-desk",
        description=_(
            "Write national reports offline and export them for the secretariat."
            " Without a command the window opens; with a report file it opens that file."
        ),
    )
    parser.add_argument("--version", action="version", version=f"alliance-desk {__version__}")
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help=_("print JSON"))
    report = argparse.ArgumentParser(add_help=False)
    report.add_argument("file", metavar=_("FILE"), type=Path, help=_("a report file (.adesk)"))
    report.add_argument(
        "--report", metavar="N", type=int, help=_("number of the report in the file; else the newest")
    )

    def add(name: str, carry_out: Callable[..., int], words: str, *parents: argparse.ArgumentParser) -> Any:
        command = commands.add_parser(name, help=words, description=words, parents=[*parents, common])
        command.set_defaults(carry_out=carry_out)
        return command

    demo = add("demo", _demo, _("fill in the example report, check it, export it, and say where"))
    demo.add_argument(
        "--to", metavar=_("DIR"), type=Path, help=_("where the files go; else a folder of its own")
    )
    new = add("new", _new, _("start a report"))
    new.add_argument("file", metavar=_("FILE"), type=Path)
    new.add_argument("--form", metavar="ID", required=True)
    new.add_argument("--country", metavar="CC", required=True)
    new.add_argument("--cycle", metavar="C")
    bring = add("import", _import, _("bring in an old report (md, txt), a data.json or a package"))
    bring.add_argument("file", metavar=_("FILE"), type=Path)
    bring.add_argument("document", metavar=_("DOCUMENT"), type=Path)
    bring.add_argument("--form", metavar="ID")
    bring.add_argument("--country", metavar="CC")
    add("show", _show, _("print the content of a report"), report)
    add("check", _check, _("print the problems; 1 if there are errors"), report)
    export = add("export", _export, _("write the package"), report)
    export.add_argument(
        "--to", metavar=_("DIR"), type=Path, help=_("folder of the package; else beside the file")
    )
    export.add_argument("--replace", action="store_true", help=_("replace a different package that is there"))
    verify = add("verify", _verify, _("say whether a package is intact; 1 if it was changed"))
    verify.add_argument("package", metavar=_("PACKAGE"), type=Path)
    forms = add("forms", _forms_list, _("the forms of this program: list, or check a form folder"))
    forms.add_argument("task", choices=("list", "check"))
    forms.add_argument("path", nargs="?", type=Path, metavar=_("PATH"))
    add("self-test", _self_test, _("try everything this build needs, one line each"))
    return parser


# The commands


def _demo(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.demo import run_demo

    result = run_demo(options.to)
    output.line(_("Report file: {path}").format(path=result.report_file))
    output.line(_("Checked: {summary}").format(summary=_count_words(result.counts)))
    output.line(_("Package: {path}").format(path=result.package))
    output.line(_("Content checksum: {checksum}").format(checksum=result.checksum))
    output.result(
        {
            "report_file": str(result.report_file),
            "package": str(result.package),
            "checksum": result.checksum,
            "problems": result.counts,
        }
    )
    return DONE


def _new(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.reports import start_report

    started = start_report(options.file, options.form, options.country, options.cycle)
    output.line(_("Report {number} started in {path}").format(number=started.number, path=started.path))
    output.result({"report_file": str(started.path), "report": started.number})
    return DONE


def _import(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.importing import import_document

    imported = import_document(options.file, options.document, form_id=options.form, country=options.country)
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
    )
    return DONE


def _show(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.report.plain import report_to_plain
    from desktop_app.services.outline_text import report_lines
    from desktop_app.services.reports import read_report

    report = read_report(options.file, options.report)
    if options.json:
        output.result(report_to_plain(report))
    else:
        for line in report_lines(report):
            output.line(line)
    return DONE


def _check(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.checking import check

    checked = check(options.file, options.report)
    for found in checked.problems:
        output.line(f"{found.level_words}: {found.where}: {found.sentence}")
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

    exported = export_file(options.file, options.report, options.to, replace=options.replace)
    if exported.already_there:
        output.line(_("The same package is already there: {path}").format(path=exported.path))
    else:
        output.line(_("Package: {path}").format(path=exported.path))
    output.line(_("Content checksum: {checksum}").format(checksum=exported.checksum))
    for notice in exported.notices:
        output.line(notice)
    output.result(
        {
            "package": str(exported.path),
            "checksum": exported.checksum,
            "already_there": exported.already_there,
            "notices": list(exported.notices),
        }
    )
    return DONE


def _verify(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.verifying import verify

    verified = verify(options.package)
    for line in verified.lines:
        output.line(line)
    output.result(verified.to_plain())
    return DONE if verified.intact else NO


def _forms_list(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services import forms

    if options.task == "list":
        listed = forms.list_forms()
        for entry in listed:
            provisional = "" if entry["labels_verified"] else f" ({_('provisional labels')})"
            output.line(f"{entry['id']} {entry['version']}  {entry['title']}{provisional}")
        output.result(listed)
        return DONE
    if options.path is None:
        raise DeskError(_("Say which form folder to check: alliance-desk forms check PATH"))
    checked = forms.check_form(options.path)
    for line in checked.lines:
        output.line(line)
    output.result(checked.to_plain())
    return DONE if checked.is_good else NO


def _self_test(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.self_test import run_self_test

    results = run_self_test()
    for result in results:
        output.line(f"{_('ok') if result.passed else _('FAILED')}  {result.what}: {result.told}")
    output.result([result.to_plain() for result in results])
    return DONE if all(result.passed for result in results) else NO
