"""The command line: one small function for each command, all work in the services.

Every command prints lines a person can read, or JSON with ``--json``, and ends with 0 (done),
1 (the answer is no: errors found, changed) or 2 (cannot: one sentence says why).
"""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app.cli import (
    attachments,
    documents,
    keys,
    packages,
    program,
    protection,
    reports,
    review,
    safety,
    submitting,
    versions,
)
from desktop_app.cli.commands import Commands, UsageError
from desktop_app.cli.output import CANNOT, DONE, Output
from desktop_app.cli.secrets import hint_for
from desktop_app.runtime import files, i18n, logs, paths, policy
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.half_characters import refuse_halves
from desktop_app.runtime.i18n import _
from desktop_app.runtime.shipped import resource

log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Carry out one command. Returns the exit code."""
    try:
        return _carry_out(arguments)
    except MemoryError:
        pass
    # Only here, where all that was begun has let go of its memory, is there room to say so.
    output = Output(as_json="--json" in arguments)
    output.failure(_("The memory of the computer is used up. Close other programs and try again."))
    return CANNOT


def _carry_out(arguments: Sequence[str]) -> int:
    speak()
    if arguments[:1] == ["--json"]:
        # Before the command it is meant for the command all the same.
        end = arguments.index("--") if "--" in arguments else len(arguments)
        arguments = [*arguments[1:end], "--json", *arguments[end:]]
    try:
        options = _commands().parser.parse_args(arguments)
    except UsageError as error:
        output = Output(as_json="--json" in arguments)
        output.notice(error.usage.rstrip())
        output.failure(_("{program}: {sentence}").format(program=error.program, sentence=error))
        raise SystemExit(CANNOT) from None
    output = Output(as_json=options.json)
    try:
        # No file, no key and no receipt takes them; the paths of files are bytes, and may hold them.
        refuse_halves({name: words for name, words in vars(options).items() if isinstance(words, str | list)})
        command: Callable[[argparse.Namespace, Output], int] = options.carry_out
        code = command(options, output)
        sys.stdout.flush()
        return code
    except DeskError as error:
        output.failure(error.sentence + hint_for(error))
        return CANNOT
    except BrokenPipeError:
        # Whoever read our lines has seen enough; Python must not complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        output.failure(_in_words(error))
        return CANNOT
    except KeyboardInterrupt:
        output.failure(_("Stopped. Nothing was left half done."))
        return CANNOT
    except MemoryError:
        raise
    except Exception:
        logs.start_logging(paths.log_folder())
        log.exception("unforeseen")
        words = _("Something went wrong inside the program. Nothing was changed; details are in {folder}.")
        output.failure(words.format(folder=paths.log_folder()))
        return CANNOT


def _in_words(error: OSError) -> str:
    if error.errno == errno.ENAMETOOLONG and isinstance(error.filename, str):
        return files.writing_error(error, Path(error.filename)).sentence
    return _("The system refused: {reason}").format(reason=error)


def speak() -> None:
    """Speak the language of this computer, in whatever the streams can carry."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    language = policy.policy().language or os.environ.get("ALLIANCE_DESK_LANGUAGE")
    i18n.install(language, resource("i18n"))


def _commands() -> Commands:
    commands = Commands()
    for module in (
        reports,
        submitting,
        documents,
        review,
        attachments,
        safety,
        protection,
        program,
        versions,
        packages,
        keys,
    ):
        module.add_to(commands)
    return commands
