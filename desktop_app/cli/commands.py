"""The commands of the command line, as the parser knows them; each module of commands adds its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from desktop_app import __version__
from desktop_app.cli.secrets import add_secrets
from desktop_app.runtime.i18n import _


class UsageError(Exception):
    """The command line cannot be understood. Carries the sentence; ``usage``: what could be written."""

    def __init__(self, sentence: str, usage: str, program: str) -> None:
        """``program``: the name of the program and the command."""
        super().__init__(sentence)
        self.usage, self.program = usage, program


class Parser(argparse.ArgumentParser):
    """Leaves it to its caller how a mistake is told; the parsers of the commands are of this kind too."""

    def error(self, message: str) -> NoReturn:
        """UsageError."""
        raise UsageError(message, self.format_usage(), self.prog)


class Commands:
    """Collects commands. ``report`` is what every command about one report file takes."""

    def __init__(self) -> None:
        """No commands yet."""
        self.parser = Parser(
            prog="alliance-desk",
            description=_(
                "Write national reports offline and export them for the secretariat."
                " Without a command the window opens; with a report file it opens that file."
            ),
        )
        self.parser.add_argument("--version", action="version", version=f"alliance-desk {__version__}")
        self._commands = self.parser.add_subparsers(metavar=_("COMMAND"), required=True)
        self._common = Parser(add_help=False)
        self._common.add_argument("--json", action="store_true", help=_("print JSON"))
        self.file = Parser(add_help=False)
        self.file.add_argument("file", metavar=_("FILE"), type=Path, help=_("a report file (.adesk)"))
        add_secrets(self.file)
        self.report = Parser(add_help=False, parents=[self.file])
        self.report.add_argument(
            "--report", metavar="N", type=int, help=_("number of the report in the file; else the newest")
        )

    def add(
        self, name: str, carry_out: Callable[..., int], words: str, *parents: Parser
    ) -> argparse.ArgumentParser:
        """Offer the command ``name``; ``carry_out`` gets the options and the ``Output``."""
        command = self._commands.add_parser(
            name, help=words, description=words, parents=[*parents, self._common]
        )
        command.set_defaults(carry_out=carry_out)
        return command
