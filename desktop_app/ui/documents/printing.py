"""Pages on paper: through the system's own dialog, drawn as sharp as most printers can."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.documents.drawing import PAPER, image_of

_DOTS = QSize(round(PAPER[0] / 72 * 300), round(PAPER[1] / 72 * 300))
"""A page at 300 dots to the inch."""

Progress = Callable[[int, int], None]


class NotPrintedError(DeskError):
    """The printer took nothing."""


def has_printer() -> bool:
    """Whether any printer is set up on this computer."""
    return bool(QPrinterInfo.availablePrinterNames())


def paper_printer(name: str) -> QPrinter:
    """A printer for pages of A4 that have their own margins. ``name``: of the job."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    return printer


def ask_printer(parent: QWidget, name: str, pages: int) -> QPrinter | None:
    """Ask which printer, and which of the pages; None when it is not wanted after all."""
    printer = paper_printer(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    is_wanted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if is_wanted else None


def page_range(printer: QPrinter, pages: int) -> range:
    """The numbers of the pages that were asked for."""
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        return range(printer.fromPage(), min(printer.toPage(), pages) + 1)
    return range(1, pages + 1)


def print_pages(
    printer: QPrinter, numbers: range, picture: Callable[[int], bytes], progress: Progress
) -> int:
    """Print these pages; for a thread of its own. Returns how many. NotPrintedError.

    What ``progress`` raises to cancel it passes through; the pages sent before may come out.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrintedError(
            _(
                "The printer “{name}” takes nothing. Is it switched on? Save the PDF and print it later."
            ).format(name=printer.printerName())
        )
    try:
        for done, number in enumerate(numbers):
            progress(done, len(numbers))
            if done:
                printer.newPage()
            area = printer.paperRect(QPrinter.Unit.DevicePixel)
            # Drawn by dots: as lines, each letter would be sent anew, megabytes for a page.
            painter.drawImage(QRectF(0, 0, area.width(), area.height()), image_of(picture(number), _DOTS))
    finally:
        painter.end()
    progress(len(numbers), len(numbers))
    return len(numbers)
