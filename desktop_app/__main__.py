"""Where the program starts. The version is told before anything else is loaded."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program; the return value is the exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from desktop_app import __version__

        sys.stdout.write(f"alliance-desk {__version__}\n")
        return 0
    from desktop_app import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
