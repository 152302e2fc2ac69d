"""The table of faults for IT, made of what is tried: ``python -m tests.faults.table`` writes it."""

from __future__ import annotations

import re
import sys
from itertools import groupby

from tests.faults.fault import UNTRIED, Fault
from tests.faults.nursery import ROOT
from tests.faults.run import all_faults

TABLE = ROOT / "resources" / "help" / "faults.md"

_GROUPS = {
    "A": "Disks, power and crashes",
    "B": "Files, locks, names and settings",
    "C": "Versions and installations",
    "E": "Texts",
    "H": "Packages and documents to import",
    "J": "Files made to do harm",
    "K": "The program and its window",
    "P": "Shares, synchronised folders and protected files",
    "T": "Clocks and time zones",
    "V": "Versions of forms",
}

_HEAD = """\
# What happens when something goes wrong

For IT departments. Each line is a fault that was provoked on purpose, and what the program does then.
`make faults` provokes all of them again and ends with one line that counts; it fails when an acknowledged
word is lost, when damage goes unnoticed, when a traceback is shown, or when a sentence is not the one of this
table. This file is written by `python -m tests.faults.table`.

"""


def table() -> str:
    """The whole document."""
    parts = [_HEAD]
    faults = sorted(all_faults().values(), key=_order)
    for letter, group in groupby(faults, key=lambda fault: fault.id[0]):
        parts.append(f"## {_GROUPS[letter]}\n\n")
        parts.append("| No. | What happens | What the person sees | What to do | Is anything lost |\n")
        parts.append("|---|---|---|---|---|\n")
        parts.extend(_row(fault) for fault in group)
        parts.append("\n")
    parts.append("## Not tried\n\nThese need other machines; nothing is claimed about them here.\n\n")
    parts.extend(f"- {each.what}: {each.why}.\n" for each in UNTRIED)
    return "".join(parts)


def _order(fault: Fault) -> tuple[str, int, str]:
    found = re.fullmatch(r"([A-Z])(\d+)(\w*)", fault.id)
    assert found is not None, fault.id
    return found[1], int(found[2]), found[3]


def _row(fault: Fault) -> str:
    sees = fault.expected
    if fault.shows:
        sees += f"<br>*{_as_shown(fault.shows)}*"
    cells = (fault.id, fault.what, sees, fault.do, fault.lost)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _as_shown(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "…", sentence.replace("{file}", "report.adesk"))


def main() -> int:
    """Write the table."""
    TABLE.write_text(table(), encoding="utf-8")
    print(TABLE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
