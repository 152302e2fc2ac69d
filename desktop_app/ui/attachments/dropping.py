"""Dropping and pasting files onto answers and rows. While a file is over one, it says what will happen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.report.places import place_name
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.attachments.way import Way
from desktop_app.ui.files import dropped_files
from desktop_app.ui.files_over import FilesOver
from desktop_app.ui.parts import IconButton

if TYPE_CHECKING:
    from desktop_app.ui.past import Past


class DropHint(QWidget):
    """Lies over what a file would be dropped onto, and says so."""

    def __init__(self, parent: QWidget, words: str) -> None:
        """Over all of ``parent``, which keeps the mouse."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.say(words)
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def say(self, words: str) -> None:
        """Other words: more is known of the file now."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tinted ground with a dashed edge, and the words on a ground of their own."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = tokens.accent(palette)
        ground.setAlphaF(0.12)
        painter.setPen(QPen(tokens.accent(palette), 2, Qt.PenStyle.DashLine))
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        painter.setFont(tokens.strong_font())
        metrics = painter.fontMetrics()
        words = metrics.elidedText(
            self._words, Qt.TextElideMode.ElideRight, max(1, self.width() - 4 * tokens.GAP)
        )
        box = QRectF(0, 0, metrics.horizontalAdvance(words) + 2 * tokens.SPACE, metrics.height() + tokens.GAP)
        box.moveCenter(rect.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.accent(palette))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(tokens.on_accent(palette))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


class Clip(IconButton):
    """A paper clip beside an answer, faint until the mouse is on it.

    For the mouse alone: keys go from answer to answer, and the menu has a key for it.
    """

    def __init__(self, name: str) -> None:
        """``name`` says what it does."""
        super().__init__("attach", name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setIconSize(QSize(tokens.SMALL_ICON, tokens.SMALL_ICON))
        # No higher than the words it stands beside.
        self.setFixedSize(tokens.CONTROL, self.fontMetrics().height())

    def icon_mode(self) -> QIcon.Mode:
        """Faint while it is only there."""
        return QIcon.Mode.Normal if self.underMouse() else QIcon.Mode.Disabled


class FileDrop(FilesOver):
    """Lets files be dropped onto a widget, to go with a place of the report."""

    def __init__(self, target: QWidget, past: Past, place: str) -> None:
        """As long as ``target`` exists."""
        super().__init__(target)
        self._past, self._place = past, place

    def _may_take(self) -> bool:
        return not self._past.session.is_closed

    def _say_what_becomes_of(self, files: list[Path]) -> QWidget:
        hint = DropHint(self._target, self._words(len(files), 0))
        self._past.files.look(files, hint, partial(self._on_looked, hint, len(files)))
        return hint

    def _on_looked(self, hint: DropHint, count: int, known: int) -> None:
        hint.say(self._words(count, known))

    def _words(self, count: int, known: int) -> str:
        """What will happen to ``count`` files, of which this program made ``known``."""
        if known == count:
            return _("Drop to open")
        name = place_name(self._past.session.report, self._place)
        if known:
            return _("Drop to attach to {place}; what this program made is opened").format(place=name)
        return _("Drop to attach to {place}").format(place=name)

    def _use(self, files: list[Path]) -> None:
        # Whatever was below the pointer when the file came is not any more, and was not told so.
        self._target.window().update()
        self._past.files.attach_files(self._place, files, Way.DROPPED)


def attach_pasted(past: Past, place: str) -> bool:
    """Attach what the clipboard has: files, or a picture. False where it has neither."""
    mime = QGuiApplication.clipboard().mimeData()
    files = dropped_files(mime)
    if files:
        past.files.attach_files(place, files, Way.DROPPED)
        return True
    picture = mime.imageData() if mime.hasImage() else None
    if isinstance(picture, QImage) and not picture.isNull():
        past.files.attach_picture(place, picture)
        return True
    return False


def choose_and_attach(past: Past, place: str, window: QWidget) -> None:
    """Ask for files and attach them, if they may be attached here."""
    if not past.files.may_attach():
        return
    from desktop_app.services.attachments import asks_for_file
    from desktop_app.ui.files import choose_attachments

    many = not asks_for_file(past.session.report, place)
    files = choose_attachments(window, past.files.folder, many=many)
    if files:
        past.files.use_folder(files[0].parent)
        past.files.attach_files(place, files, Way.CHOSEN)
