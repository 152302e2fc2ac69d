"""Print a page of plain text with the system's own dialog."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

PRINTED_SIZE = 12
"""Points: to be read by tired eyes from old paper."""


def print_text(parent: QWidget, text: str, title: str) -> bool:
    """Ask for a printer and print; whether it was sent there."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    is_wanted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    if is_wanted:
        send(printer, text)
    return is_wanted


def send(printer: QPrinter, text: str) -> None:
    """Print ``text`` as it stands, line by line."""
    document = QTextDocument()
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(PRINTED_SIZE)
    document.setDefaultFont(font)
    document.setPlainText(text)
    document.print_(printer)
