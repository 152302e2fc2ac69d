"""Where the program starts: the version at once, a command, or the window."""

from __future__ import annotations

import sys

COMMANDS = (
    "demo",
    "new",
    "import",
    "show",
    "check",
    "export",
    "submit",
    "status",
    "document",
    "verify",
    "review",
    "attach",
    "attachments",
    "upgrade",
    "backup",
    "restore",
    "doctor",
    "protect",
    "unprotect",
    "keys",
    "receipt",
    "forms",
    "policy",
    "self-test",
    "diagnostics",
)


def main() -> int:
    """Run the program; the return value is the exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        # Answered before anything else is loaded: scripts ask often.
        from desktop_app import __version__

        sys.stdout.write(f"alliance-desk {__version__}\n")
        return 0
    if arguments[:1] == ["_read-workbook"]:
        # The process that reads what came from outside, limited before anything else is loaded.
        from desktop_app.exchange.review import limited_process

        return limited_process.main()
    if arguments[:1] == ["_typeset"]:
        # The process that makes pages, likewise.
        from desktop_app.exchange.documents import typesetting_process

        return typesetting_process.main()
    if arguments[:1] == ["_look-at-workbook"]:
        # The process that compares the workbook of a long report with it, so that the window does not wait.
        from desktop_app.services.review import apart

        return apart.main()
    if arguments[:1] == ["_try-window"]:
        # The process of the self-test that loads Qt, as the commands do without it.
        from desktop_app.start_up import load_app
        from desktop_app.ui import window_trial

        return window_trial.main(load_app)
    if arguments[:1] == ["_key-store"]:
        # The process that asks the system's key store, so that nothing there can hold up the program.
        from desktop_app.runtime import key_store

        return key_store.main()
    if arguments and (arguments[0] in COMMANDS or arguments[0].startswith("-")):
        from desktop_app import cli

        return cli.main(arguments)
    from desktop_app.start_up import load_app, refusal

    if sentence := refusal(arguments, COMMANDS):
        sys.stderr.write(f"{sentence}\n")
        return 2
    try:
        app = load_app()
    except ImportError as error:
        from desktop_app import cli
        from desktop_app.runtime.missing_library import missing_library

        cli.speak()
        if not (sentence := missing_library(str(error))):
            raise
        sys.stderr.write(f"{sentence}\n")
        return 2
    from desktop_app.runtime.own_folders import NoHomeError

    try:
        code: int = app.main(arguments)
    except NoHomeError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
