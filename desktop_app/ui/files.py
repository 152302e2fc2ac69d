"""The system's own dialogs that choose files and folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _

SUFFIX = ".adesk"


def _choose(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    """A file that is there, of one of ``kinds``."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(chosen) if chosen else None


def choose_report_file(parent: QWidget, folder: Path) -> Path | None:
    """A report file to open."""
    return _choose(parent, _("Open a report file"), folder, _("Report files (*.adesk)"))


def choose_document(parent: QWidget, folder: Path) -> Path | None:
    """An old report, a package or its data, to bring in."""
    kinds = _("Old reports, workbooks and packages (*.md *.markdown *.txt *.json *.xlsx *.zip *.age)")
    return _choose(parent, _("Import an old report"), folder, kinds)


def choose_workbook(parent: QWidget, folder: Path) -> Path | None:
    """A workbook that came back, alone or in its package."""
    kinds = _("Workbooks and packages (*.xlsx *.zip)")
    return _choose(parent, _("Open a reviewed workbook"), folder, kinds)


def choose_package(parent: QWidget, folder: Path) -> Path | None:
    """A package to verify."""
    kinds = _("Packages (*.zip *.age)")
    return _choose(parent, _("Verify a package"), folder, kinds)


def choose_receipt(parent: QWidget, folder: Path) -> Path | None:
    """A receipt that came back for a package."""
    kinds = _("Receipts (*.json)")
    return _choose(parent, _("File a receipt"), folder, kinds)


def choose_delivery(parent: QWidget, folder: Path) -> Path | None:
    """The delivery of a form."""
    kinds = _("Forms (*.form.zip);;All files (*)")
    return _choose(parent, _("Install a form"), folder, kinds)


def choose_attachments(parent: QWidget, folder: Path, *, many: bool) -> list[Path]:
    """Files to go with an answer or a row, or one of them."""
    from PySide6.QtWidgets import QFileDialog

    kinds = _("All files (*)")
    if many:
        chosen, _kind = QFileDialog.getOpenFileNames(parent, _("Attach files"), str(folder), kinds)
        return [Path(each) for each in chosen]
    single, _kind = QFileDialog.getOpenFileName(parent, _("Attach a file"), str(folder), kinds)
    return [Path(single)] if single else []


def choose_copy(parent: QWidget, name: str) -> Path | None:
    """Where to write a copy of an attached file; one that is there is replaced when the person says so."""
    from PySide6.QtCore import QStandardPaths
    from PySide6.QtWidgets import QFileDialog

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save the attached file"), str(Path(folder) / name))
    return Path(chosen) if chosen else None


def choose_document_file(
    parent: QWidget, folder: Path, stem: str, *, only_pdf: bool
) -> tuple[Path, bool] | None:
    """Where to write a document, and whether a file of that name may go: the person was asked then."""
    from PySide6.QtWidgets import QFileDialog

    kinds = {_("PDF (*.pdf)"): ".pdf", _("Word document (*.docx)"): ".docx", _("Web page (*.html)"): ".html"}
    offered = list(kinds)[:1] if only_pdf else list(kinds)
    proposed = str(folder / f"{stem}.pdf")
    chosen, kind = QFileDialog.getSaveFileName(parent, _("Save the document"), proposed, ";;".join(offered))
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() in kinds.values():
        return path, True
    return path.with_name(path.name + kinds.get(kind, ".pdf")), False


def dropped_files(mime: QMimeData) -> list[Path]:
    """The files of this computer that are dragged; empty where anything else is dragged with them."""
    urls = mime.urls() if mime.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []


def choose_place(parent: QWidget, proposed: Path, title: str) -> Path | None:
    """Where a report file shall live. An existing one is a good choice: nothing in it is replaced."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _kind = QFileDialog.getSaveFileName(
        parent,
        title,
        str(proposed),
        _("Report files (*.adesk)"),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
