"""The few building blocks every page is made of: cards, words in three sizes, chips, buttons."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import icons, tokens
from desktop_app.ui.path_label import PathLabel
from desktop_app.ui.pressing import EnterPresses


class Card(QFrame):
    """A quiet ground with a hairline and room around its content. ``layout_`` is its column."""

    def __init__(self, parent: QWidget | None = None, margin: int = tokens.SPACE) -> None:
        """With ``margin`` pixels of room inside."""
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(tokens.GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded ground with a hairline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.hairline(self.palette()), tokens.HAIRLINE))
        painter.setBrush(tokens.card(self.palette()))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS
        )


class Tone(Enum):
    """How loud words are."""

    NORMAL = "normal"
    QUIET = "quiet"
    ACCENT = "accent"
    ERROR = "error"
    WARNING = "warning"
    SUCCESS = "success"


_COLOURS = {
    Tone.NORMAL: tokens.text,
    Tone.QUIET: tokens.quiet,
    Tone.ACCENT: tokens.accent,
    Tone.ERROR: tokens.error,
    Tone.WARNING: tokens.warning,
    Tone.SUCCESS: tokens.success,
}


def tone_colour(tone: Tone, palette: QPalette) -> QColor:
    """The colour of a tone in this palette."""
    return _COLOURS[tone](palette)


class Words(PathLabel):
    """Words in one of the type sizes and tones; plain text unless ``rich``, so that data is never markup."""

    def __init__(
        self,
        words: str = "",
        *,
        font: QFont | None = None,
        tone: Tone = Tone.NORMAL,
        wrap: bool = True,
        rich: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``words``; they wrap unless ``wrap`` is False."""
        super().__init__(parent)
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if font is not None:
            self.setFont(font)
        self.setText(words)
        self._tint()

    def set_tone(self, tone: Tone) -> None:
        """Change how loud the words are."""
        if tone is not self._tone:
            self._tone = tone
            self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._tint()

    def _tint(self) -> None:
        if self._tone is Tone.NORMAL and not self.testAttribute(Qt.WidgetAttribute.WA_SetPalette):
            return
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, tone_colour(self._tone, palette))
        self.setPalette(palette)


def title(words: str) -> Words:
    """A page's title."""
    return Words(words, font=tokens.title_font())


def heading(words: str) -> Words:
    """A heading of a part of a page."""
    return Words(words, font=tokens.section_font())


def label(words: str) -> Words:
    """The label of a question."""
    return Words(words, font=tokens.strong_font())


def help_line(words: str) -> Words:
    """A line of help: small and quiet."""
    return Words(words, font=tokens.small_font(), tone=Tone.QUIET)


class ButtonKind(Enum):
    """One primary action on a page; the others stand back."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"


class Button(EnterPresses, QPushButton):
    """A button of one hand with the rest: flat, rounded, with a visible focus."""

    def __init__(
        self,
        words: str,
        icon_name: str | None = None,
        kind: ButtonKind = ButtonKind.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        """With ``words`` (an ampersand marks the shortcut letter) and an icon by name."""
        super().__init__(words, parent)
        self._icon_name = icon_name
        self._kind = kind
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_kind(self, kind: ButtonKind) -> None:
        """Step forward or back."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words, the icon and a hand's width around them."""
        width = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        if self._icon_name:
            width += tokens.SMALL_ICON + (tokens.GAP if self.text() else 0)
        room = tokens.GAP if self._kind is ButtonKind.QUIET else tokens.SPACE
        return QSize(width + 2 * room, max(tokens.CONTROL, self.fontMetrics().height() + 2 * tokens.GAP))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, the icon and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, line, ink = self._colours()
        # On a ground of the ring's own colour nobody would see the ring: it stands apart from it.
        inset = tokens.HALF if self.hasFocus() and self._kind is ButtonKind.PRIMARY else 1
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(line, tokens.HAIRLINE) if line else Qt.PenStyle.NoPen)
        painter.setBrush(ground if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        self._paint_content(painter, ink)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), self.palette(), tokens.SMALL_RADIUS)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        palette = self.palette()
        over = self.underMouse() and self.isEnabled()
        pressed = self.isDown() or self.isChecked()
        if not self.isEnabled():
            line = tokens.hairline(palette) if self._kind is not ButtonKind.QUIET else None
            return None, line, tokens.faint(palette)
        if self._kind is ButtonKind.PRIMARY:
            ground = tokens.accent(palette)
            if over or pressed:
                ground = tokens.mix(ground, tokens.text(palette), 0.18 if pressed else 0.1)
            return ground, None, tokens.on_accent(palette)
        ground_over = tokens.tint(palette, 0.18) if pressed else tokens.hover(palette) if over else None
        if self._kind is ButtonKind.QUIET:
            return ground_over, None, tokens.accent(palette)
        return ground_over or tokens.card(palette), tokens.strong_line(palette), tokens.text(palette)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic)
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        icon_width = tokens.SMALL_ICON + (tokens.GAP if self.text() else 0) if self._icon_name else 0
        left = (self.width() - words - icon_width) / 2
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self._icon_name:
            x = left + words + icon_width - tokens.SMALL_ICON if rtl else left
            box = QRectF(x, (self.height() - tokens.SMALL_ICON) / 2, tokens.SMALL_ICON, tokens.SMALL_ICON)
            icons.paint(painter, self._icon_name, box, ink)
        painter.setPen(ink)
        x = left if rtl else left + icon_width
        painter.drawText(QRectF(x, 0, words + 1, self.height()), flags, self.text())


def paint_focus(painter: QPainter, rect: QRectF, palette: QPalette, radius: float) -> None:
    """The ring that shows where the keyboard is."""
    painter.setPen(QPen(tokens.accent(palette), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


class IconButton(EnterPresses, QToolButton):
    """A small button with an icon only; its name is spoken and shown as a tool tip."""

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        """``name`` says what it does."""
        super().__init__(parent)
        self.setIcon(icons.icon(icon_name))
        self.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self.setAutoRaise(True)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFixedSize(tokens.CONTROL, tokens.CONTROL)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_icon_name(self, icon_name: str) -> None:
        """Show another icon."""
        self.setIcon(icons.icon(icon_name))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon on a ground that answers the pointer, with a visible focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ground = None
        if self.isEnabled() and (self.isDown() or self.isChecked()):
            ground = tokens.tint(palette, 0.2)
        elif self.isEnabled() and self.underMouse():
            ground = tokens.hover(palette)
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.SMALL_RADIUS, tokens.SMALL_RADIUS
            )
        size = self.iconSize()
        box = self.rect()
        self.icon().paint(
            painter,
            box.center().x() - size.width() // 2 + 1,
            box.center().y() - size.height() // 2 + 1,
            size.width(),
            size.height(),
            Qt.AlignmentFlag.AlignCenter,
            self.icon_mode(),
        )
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), palette, tokens.SMALL_RADIUS)

    def icon_mode(self) -> QIcon.Mode:
        """Faint when disabled."""
        return QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled


_WRAPPED = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextWordWrap)


class Chip(EnterPresses, QAbstractButton):
    """A small rounded mark with a word: a goal, a timeframe, a state. Clickable and checkable if asked."""

    def __init__(
        self,
        words: str,
        icon_name: str | None = None,
        tone: Tone = Tone.QUIET,
        *,
        clickable: bool = False,
        ghost: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``words`` with an icon by name. A ``ghost`` stands for something that could be added."""
        super().__init__(parent)
        self._icon_name = icon_name
        self._tone = tone
        self._clickable = clickable
        self._ghost = ghost
        self.setText(words)
        self.setFont(tokens.small_font())
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if clickable else Qt.FocusPolicy.NoFocus)
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_mark(self, icon_name: str | None, tone: Tone) -> None:
        """Change the icon and the tone."""
        self._icon_name, self._tone = icon_name, tone
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words and the icon, in one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + self._lead() + tokens.GAP + tokens.HALF
        return QSize(width, self.fontMetrics().height() + tokens.GAP)

    def minimumSizeHint(self) -> QSize:
        """Long words go on in further lines."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), tokens.CONTROL * 4), hint.height())

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height all lines take."""
        if width >= self.sizeHint().width():
            return self.sizeHint().height()
        room = QRect(0, 0, max(1, width - self._lead() - tokens.GAP), 16_777_215)
        return self.fontMetrics().boundingRect(room, _WRAPPED, self.text()).height() + tokens.GAP

    def _lead(self) -> int:
        """Pixels before the words."""
        has_icon = self._icon_name is not None or self.isChecked()
        return tokens.GAP + (tokens.SMALL_ICON + tokens.HALF if has_icon else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pill with icon and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ink = tone_colour(Tone.ACCENT if self.isChecked() else self._tone, palette)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = min(rect.height() / 2, float(tokens.GAP + tokens.HALF))
        loud = self.isChecked() or self.underMouse()
        line = tokens.mix(tokens.card(palette), ink, 0.85 if self._clickable else 0.35)
        painter.setPen(Qt.PenStyle.NoPen if self._ghost and not loud else QPen(line, tokens.HAIRLINE))
        painter.setBrush(tokens.mix(tokens.card(palette), ink, 0.14 if loud else 0.06))
        painter.drawRoundedRect(rect, radius, radius)
        self._paint_content(painter, ink)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), palette, radius)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        lead, name = self._lead(), "check" if self.isChecked() else self._icon_name
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if name is not None:
            size = tokens.SMALL_ICON
            middle = (self.fontMetrics().height() + tokens.GAP) / 2
            x = self.width() - tokens.GAP - size if rtl else tokens.GAP
            icons.paint(painter, name, QRectF(x, middle - size / 2, size, size), ink)
        room = QRectF(self.rect()).adjusted(lead, 0, -tokens.GAP, 0)
        if rtl:
            room = QRectF(self.rect()).adjusted(tokens.GAP, 0, -lead, 0)
        painter.setPen(ink)
        painter.drawText(room, _WRAPPED, self.text())


def keep_room(part: QWidget) -> None:
    """Let nothing else move when ``part`` is hidden or shown."""
    policy = part.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    part.setSizePolicy(policy)


def in_row(*widgets: QWidget | int | None, spacing: int = tokens.GAP) -> QHBoxLayout:
    """Widgets side by side; a number is room in pixels, None takes up what is left."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        elif isinstance(widget, int):
            row.addSpacing(widget)
        else:
            row.addWidget(widget)
    return row
