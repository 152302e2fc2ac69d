"""The sections of a report as a tree, each with its state as a shape and a word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Level, Section
from desktop_app.report.accepted import open_problems
from desktop_app.report.progress import Stage, section_progress
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui import icons, tokens
from desktop_app.ui.checking import Checking
from desktop_app.ui.parts import paint_focus, tone_colour
from desktop_app.ui.problem_counts import open_warnings_within, problems_within
from desktop_app.ui.progress_words import short_stage_words, stage_icon, stage_words
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar
from desktop_app.ui.tips import tip

CODE = Qt.ItemDataRole.UserRole
STAGE_ICON = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
COMMENTS = Qt.ItemDataRole.UserRole + 3
"""How many open comments the section has."""
UNSENT = Qt.ItemDataRole.UserRole + 4
"""How many comments and answers in the section are not finished."""
SHORT_COUNT = Qt.ItemDataRole.UserRole + 5
"""``COUNT`` where there is little room."""

_LINE = 40


class _SectionDelegate(QStyledItemDelegate):
    """A section's state as a shape, its name, and a word or count at the end of the line.

    What is chosen and what the pointer is over it asks the tree: reading the style's flags would load
    all names of Qt's styles, before the first page.
    """

    def __init__(self, tree: SectionTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A line a tired hand can hit."""
        return QSize(option.rect.width(), max(_LINE, option.fontMetrics.height() + tokens.SPACE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The whole line."""
        self.initStyleOption(option, index)
        palette = option.palette
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(tokens.HALF, 1, -tokens.HALF, -1)
        selected = index == self._tree.currentIndex()
        if selected or index == self._tree.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.tint(palette, 0.16) if selected else tokens.hover(palette))
            painter.drawRoundedRect(rect, tokens.SMALL_RADIUS, tokens.SMALL_RADIUS)
        if selected:
            bar = QRectF(rect.right() - 3 if rtl else rect.left(), rect.top() + 8, 3, rect.height() - 16)
            painter.setBrush(tokens.accent(palette))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        inner = rect.adjusted(tokens.GAP + 2, 0, -tokens.GAP, 0)
        stage, size = index.data(STAGE_ICON), tokens.ICON
        if stage is not None:
            x = inner.right() - size if rtl else inner.left()
            room = QRectF(x, rect.center().y() - size / 2, size, size)
            icons.paint(painter, stage[0], room, tone_colour(stage[1], palette))
        self._words(painter, option, index, inner, selected=selected)
        if selected and self._tree.hasFocus():
            paint_focus(painter, rect, palette, tokens.SMALL_RADIUS)
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        inner: QRectF,
        *,
        selected: bool,
    ) -> None:
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        # Mirrored by the painter where the language runs from right to left.
        start, end = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
        painter.setFont(tokens.small_font())
        count = count_that_fits(index, inner.width())
        count_width = painter.fontMetrics().horizontalAdvance(count) + tokens.GAP
        painter.setPen(tokens.quiet(option.palette))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | end), count)
        comments = index.data(COMMENTS)
        if comments:
            ink = tokens.accent(option.palette)
            count_width += self._mark(painter, ("comments", str(comments), ink), inner, count_width, rtl=rtl)
        unsent = index.data(UNSENT)
        if unsent:
            ink = tokens.warning(option.palette)
            count_width += self._mark(painter, ("notes", "", ink), inner, count_width, rtl=rtl)
        painter.setFont(tokens.strong_font() if selected else tokens.body_font())
        painter.setPen(tokens.text(option.palette))
        room = inner.width() - tokens.ICON - tokens.GAP - count_width
        left = inner.left() + count_width if rtl else inner.left() + tokens.ICON + tokens.GAP
        words = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(
            QRectF(left, inner.top(), room, inner.height()), int(Qt.AlignmentFlag.AlignVCenter | start), words
        )

    def _mark(
        self, painter: QPainter, mark: tuple[str, str, QColor], inner: QRectF, behind: int, *, rtl: bool
    ) -> int:
        """An icon and a number, or none, in an ink, ``behind`` pixels from the end; returns their width."""
        icon_name, count, ink = mark
        number, size = painter.fontMetrics().horizontalAdvance(count), tokens.SMALL_ICON
        width = size + tokens.HALF + number if count else size
        left = inner.left() + behind if rtl else inner.right() - behind - width
        start = left + number + tokens.HALF if rtl and count else left
        icon = QRectF(start, inner.center().y() - size / 2, size, size)
        icons.paint(painter, icon_name, icon, ink)
        painter.setPen(ink)
        words = QRectF(left if rtl else left + size + tokens.HALF, inner.top(), number + 1, inner.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), count)
        return width + tokens.GAP


class SectionTree(QTreeView):
    """Follows the report. The current line is the section shown."""

    section_chosen = Signal(str)

    def __init__(self, session: EntrySession, checking: Checking, labels: Labels) -> None:
        """For the session's report; ``checking`` tells when the states are known."""
        super().__init__()
        self._session, self._checking, self._labels = session, checking, labels
        self._items: dict[str, QStandardItem] = {}
        self._only_missing = self._only_commented = False
        self._is_showing = False
        self.hovered = QModelIndex()
        self._model = QStandardItemModel(self)
        # The delegate marks the line; the style would mark the room before it as well.
        bare = QPalette()
        bare.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(bare)
        self.setModel(self._model)
        self._set_up()
        for section in session.report.form.sections:
            self._add(section, self._model.invisibleRootItem())
        self.expandAll()
        checking.settled.connect(self._show_progress)
        self._show_progress()

    def _set_up(self) -> None:
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        use_quiet_scroll_bar(self)
        self.setItemDelegate(_SectionDelegate(self))
        self.setMouseTracking(True)
        self.entered.connect(self._on_entered)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setIndentation(tokens.SPACE)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setAccessibleName(_("Sections of the report"))
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _add(self, section: Section, parent: QStandardItem) -> None:
        item = QStandardItem(self._labels.section_short(section))
        item.setData(section.code, CODE)
        item.setToolTip(tip(self._labels.section_heading(section)))
        parent.appendRow(item)
        self._items[section.code] = item
        for child in section.sections:
            self._add(child, item)

    def show_section(self, code: str | None) -> None:
        """Mark the section as the one shown; None for a page that is no section."""
        item = self._items.get(code or "")
        self._is_showing = True
        try:
            self.setCurrentIndex(item.index() if item is not None else QModelIndex())
            if item is None:
                self.clearSelection()
        finally:
            self._is_showing = False

    def set_only_missing(self, only: bool) -> None:
        """Leave out the sections that are complete."""
        self._only_missing = only
        self._show_progress()

    def set_only_commented(self, only: bool) -> None:
        """Leave out the sections about which nobody said anything."""
        self._only_commented = only
        self._show_progress()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is over no section."""
        super().leaveEvent(event)
        self._on_entered(QModelIndex())

    def _on_entered(self, index: QModelIndex) -> None:
        self.hovered = index
        self.viewport().update()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which section was chosen, by mouse or keyboard."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_showing:
            self.section_chosen.emit(current.data(CODE))

    def _show_progress(self) -> None:
        if not self._checking.has_settled:
            self._show_names()
            return
        report = self._session.report
        for code, item in self._items.items():
            section = report.form.section(code)
            assert section is not None
            errors = problems_within(self._session, section, Level.ERROR)
            progress = section_progress(report, section, errors)
            warnings = open_warnings_within(self._session, section)
            words = stage_words(progress, warnings)
            item.setData(stage_icon(progress, warnings), STAGE_ICON)
            item.setData(words, COUNT)
            item.setData(short_stage_words(progress, warnings), SHORT_COUNT)
            name, waiting = self._labels.section_short(section), self._session.comments.open_of_section(code)
            unsent = len(self._session.comments.drafts_of_section(code))
            item.setData(waiting, COMMENTS)
            item.setData(unsent, UNSENT)
            spoken = ", ".join(filter(None, (name, words, _comment_words(waiting), _unsent_words(unsent))))
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            is_done = progress.stage is Stage.COMPLETE and not open_problems(
                problems_within(self._session, section), report.accepted.values()
            )
            is_left_out = (self._only_missing and is_done) or (
                self._only_commented and not self._has_comments(section)
            )
            # The section shown stays: nothing vanishes below the hand.
            hidden = is_left_out and item.index() != self.currentIndex()
            self.setRowHidden(item.row(), item.index().parent(), hidden)

    def _show_names(self) -> None:
        """While nothing is known of them: room for the shapes, and no word that may be wrong."""
        for item in self._items.values():
            item.setData("", COUNT)
            item.setData("", SHORT_COUNT)
            spoken = _("{section}, is being checked").format(section=item.text())
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)

    def _has_comments(self, section: Section) -> bool:
        book = self._session.comments
        return any(book.of_section(part.code) or book.drafts_of_section(part.code) for part in section.walk())


def count_that_fits(index: QModelIndex | QPersistentModelIndex, width: float) -> str:
    """A section's state in words; in fewer where its name would be cut in a line of ``width`` pixels."""
    words: str = index.data(COUNT)
    name = QFontMetricsF(tokens.strong_font()).horizontalAdvance(index.data())
    count = QFontMetricsF(tokens.small_font()).horizontalAdvance(words)
    marks = sum(tokens.CONTROL for role in (COMMENTS, UNSENT) if index.data(role))
    is_room = tokens.ICON + tokens.GAP + name + marks + tokens.GAP + count <= width
    return words if is_room else index.data(SHORT_COUNT)


def _comment_words(count: int) -> str:
    if not count:
        return ""
    from desktop_app.ui.review.comment_words import count_words

    return count_words(count)


def _unsent_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("{count} answer not finished", "{count} answers not finished", count).format(count=count)
